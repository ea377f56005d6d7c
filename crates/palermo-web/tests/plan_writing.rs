//! Writing plans in the demonstration region: rows and indicators added, placed and taken
//! out, adopted plans changed with a reason, organisations that report their own rows,
//! plans from files, reviews kept between one plan and the next.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use palermo_app::{
    Refused,
    domain::plan::{
        Plan, PlanStatus,
        amend::Change,
        revise::{Fact, ReviewKind},
    },
    locale::Language,
    plan::{
        about::{About, NewPlan, adopt_regional},
        ask, change,
        import::{PlanFile, import},
        rows::Why,
    },
    session,
};
use palermo_store::{Paging, tenant as tenants};
use support::{Answer, Region};

pub(crate) const SECRETARIAT: &str = "ines@secretariat.meridian.example";

pub(crate) async fn plan_called(region: &Region, code: &str) -> Plan {
    let plans = ask::list_all(&region.app.store).await.unwrap();
    let found = plans.into_iter().find(|plan| plan.entry.code.as_str() == code);
    found.unwrap_or_else(|| panic!("no plan {code}")).record.entry
}

pub(crate) async fn revision(region: &Region, code: &str) -> i64 {
    let plans = ask::list_all(&region.app.store).await.unwrap();
    plans.iter().find(|plan| plan.entry.code.as_str() == code).unwrap().revision.0
}

pub(crate) fn saved(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
}

/// Begins a plan of the region without a structure.
async fn begin(region: &Region, cookie: &str, code: &str, more: &str) {
    let form = format!(
        "origin=empty&code={code}&title=A+plan&mechanism=MERIDIAN&from=2027-01-01&to=2029-12-31{more}"
    );
    saved(&region.post("/en/plans/new", Some(cookie), &form).await);
}

async fn add_row(region: &Region, cookie: &str, code: &str, form: &str) {
    let form = format!("level=measure&tier=both&{form}");
    saved(&region.post(&format!("/en/plans/{code}/rows/new"), Some(cookie), &form).await);
}

pub(crate) async fn tenant_named(region: &Region, part: &str) -> String {
    let filter = tenants::Filter::default();
    let all = tenants::list(&region.app.store, &filter, Paging::all()).await.unwrap();
    let found = all.items.iter().find(|one| one.record.name.contains(part));
    found.unwrap_or_else(|| panic!("no {part}")).record.id.to_string()
}

#[tokio::test]
async fn req_017_020_021_rows_and_indicators_are_added_placed_and_taken_out_in_the_browser() {
    let region = Region::new().await;
    let ines = region.step_in(SECRETARIAT).await;
    begin(&region, &ines, "new-plan", "").await;
    for title in ["Area", "Second", "Third"] {
        add_row(&region, &ines, "new-plan", &format!("title={title}")).await;
    }
    add_row(&region, &ines, "new-plan", "title=Measure&place=under%3Arow-1").await;
    add_row(&region, &ines, "new-plan", "title=Between&place=after%3Arow-1").await;
    let titles = |plan: &Plan, under: Option<&str>| -> Vec<String> {
        plan.under(under).map(|row| row.title.clone()).collect()
    };
    let plan = plan_called(&region, "new-plan").await;
    assert_eq!(titles(&plan, None), ["Area", "Between", "Second", "Third"]);
    assert_eq!(titles(&plan, Some("row-1")), ["Measure"]);
    // A row goes elsewhere with all that lies under it, and never under itself.
    let seen = revision(&region, "new-plan").await;
    let edit = "/en/plans/new-plan/rows/row-1/edit";
    let form = |place: &str, seen: i64| {
        format!("title=Area&level=area&tier=both&place={place}&seen={seen}")
    };
    let itself = region.post(edit, Some(&ines), &form("under%3Arow-4", seen)).await;
    assert_eq!(itself.status, StatusCode::UNPROCESSABLE_ENTITY);
    saved(&region.post(edit, Some(&ines), &form("after%3Arow-3", seen)).await);
    let plan = plan_called(&region, "new-plan").await;
    assert_eq!(titles(&plan, None), ["Between", "Second", "Third", "Area"]);
    assert_eq!(titles(&plan, Some("row-1")), ["Measure"]);
    assert!(plan.problems().is_empty(), "{:?}", plan.problems());

    let form = "title=Desks+open&row=row-4&kind=operational&counted=other&active=no\
                &breakdowns=disability";
    saved(&region.post("/en/plans/new-plan/indicators/new", Some(&ines), form).await);
    let plan = plan_called(&region, "new-plan").await;
    let indicator = plan.indicator("indicator-1").unwrap();
    assert_eq!(indicator.required_breakdowns().len(), 1, "what was asked for is required");
    // In use it must not lack anything.
    let lacking = form.replace("active=no", "active=yes");
    let refused = region.post("/en/plans/new-plan/indicators/new", Some(&ines), &lacking).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);

    let used = region.post("/en/plans/new-plan/rows/row-4/drop", Some(&ines), "").await;
    assert_ne!(used.status, StatusCode::SEE_OTHER, "an indicator hangs on it");
    let drop = "/en/plans/new-plan/indicators/indicator-1/drop";
    saved(&region.post(drop, Some(&ines), "").await);
    saved(&region.post("/en/plans/new-plan/rows/row-4/drop", Some(&ines), "").await);
    let plan = plan_called(&region, "new-plan").await;
    assert!(plan.row("row-4").is_none() && plan.indicators.is_empty());
    // Another organisation's plan is not there to be written.
    let sione = region.step_in("sione@focal.fenlua.example").await;
    let other = region.post("/en/plans/new-plan/rows/new", Some(&sione), "title=x").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn req_031_an_adopted_plan_changes_its_rows_and_measures_with_a_reason_only() {
    let region = Region::new().await;
    let ines = region.step_in(SECRETARIAT).await;
    let code = "meridian-plan";
    let before = plan_called(&region, code).await;
    let old = before.row("law-nonpunish").unwrap().title.clone();
    let path = "/en/plans/meridian-plan/rows/law-nonpunish/edit";
    let seen = revision(&region, code).await;
    let form =
        format!("title=New+words&number=1.2&level=measure&tier=national&themes=legal&seen={seen}");
    let silent = region.post(path, Some(&ines), &form).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = format!("{form}&reason=the+courts+asked&decided_by=Senior+officials");
    saved(&region.post(path, Some(&ines), &told).await);
    let plan = plan_called(&region, code).await;
    let last = plan.amendments.last().unwrap();
    assert_eq!(last.reason, "the courts asked");
    assert!(
        matches!(&last.change, Change::Row { from, to, .. } if *from == old && to == "New words")
    );
    let page = region.get("/en/plans/meridian-plan", None).await.text;
    assert!(page.contains("the courts asked") && page.contains(&old), "old and reason stay");

    // Who leads and pays changes freely; whoever saw an older plan is told.
    let stale = format!("{form}&funded_by=A+fund");
    assert_ne!(region.post(path, Some(&ines), &stale).await.status, StatusCode::SEE_OTHER);
    let seen = revision(&region, code).await;
    let free = format!(
        "title=New+words&number=1.2&level=measure&tier=national&funded_by=A+fund&seen={seen}"
    );
    saved(&region.post(path, Some(&ines), &free).await);
    let page = region.get("/en/plans/meridian-plan", None).await.text;
    assert!(page.contains("Who pays: A fund"));

    let signed = session::resume(&region.app, ines.split_once('=').unwrap().1).await;
    let signed = signed.unwrap().unwrap();
    let acting = signed.acting(&region.app, Language::En);
    let mut men = plan.indicator("men").unwrap().clone();
    men.unit = Some("beds".into());
    let silent = change::put_indicator(&acting, code, men.clone(), &Why::default(), None).await;
    assert!(matches!(silent, Err(Refused::Invalid(_))), "{silent:?}");
    let why = Why { reason: "beds are counted".into(), decided_by: "Senior officials".into() };
    change::put_indicator(&acting, code, men, &why, None).await.unwrap();
    let plan = plan_called(&region, code).await;
    let last = &plan.amendments.last().unwrap().change;
    assert!(matches!(last, Change::Fact { fact: Fact::Unit, to, .. } if to == "beds"), "{last:?}");
}

#[tokio::test]
async fn req_019_an_organisation_tied_to_a_row_reports_its_own_and_no_other() {
    let region = Region::new().await;
    let ines = region.step_in(SECRETARIAT).await;
    let union = tenant_named(&region, "Seafarers").await;
    let expert = tenant_named(&region, "Rapporteur").await;
    begin(&region, &ines, "shared-plan", "").await;
    let row = format!("title=Tied&lead_org={union}&partner_orgs={expert}");
    add_row(&region, &ines, "shared-plan", &row).await;
    add_row(&region, &ines, "shared-plan", "title=Untied&lead=A+ministry&lead_kind=government")
        .await;
    saved(
        &region
            .post("/en/plans/shared-plan/adopt-draft", Some(&ines), "by=Ministers&on=2024-01-10")
            .await,
    );
    let plan = plan_called(&region, "shared-plan").await;
    let tied = plan.row("row-1").unwrap();
    assert!(tied.lead.as_ref().unwrap().name.contains("Seafarers"), "named as it calls itself");
    assert_eq!(
        (tied.partners.len(), plan.adopted_on.unwrap().to_string().as_str()),
        (1, "2024-01-10")
    );
    let report = |row: &str| format!("/en/plans/shared-plan/rows/{row}/report");
    for (email, words) in [
        ("jomo@seafarers.example", "Four+ports+visited"),
        ("elin@rapporteur.avelmar.example", "One+study+begun"),
    ] {
        let cookie = region.step_in(email).await;
        let form = format!("status=ongoing&achieved={words}");
        saved(&region.post(&report("row-1"), Some(&cookie), &form).await);
        let other = region.post(&report("row-2"), Some(&cookie), &form).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND, "{email} reports another's row");
    }
    let page = region.get("/en/plans/shared-plan", None).await.text;
    assert!(page.contains("Four ports visited") && page.contains("One study begun"));
    // What was reported stays: the row cannot be taken out.
    let form = "reason=x&decided_by=y";
    let kept = region.post("/en/plans/shared-plan/rows/row-1/drop", Some(&ines), form).await;
    assert_ne!(kept.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn req_016_030_a_plan_leads_to_the_next_with_the_review_between_them() {
    let region = Region::new().await;
    let ines = region.step_in(SECRETARIAT).await;
    let review = "kind=final&on=2024-02-01&by=Ministerial+Meeting&conclusions=Six+of+ten+reached";
    saved(&region.post("/en/plans/meridian-plan/review/new", Some(&ines), review).await);
    let more = "&predecessor=meridian-plan&adopted_by=Ministers\
                &phases=Ports%3B+2027-01-01%3B+2027-12-31";
    begin(&region, &ines, "second-plan", more).await;
    let page = region.get("/en/plans/second-plan", Some(&ines)).await.text;
    for words in ["Final review, Ministerial Meeting", "/plans/meridian-plan", "Ports"] {
        assert!(page.contains(words), "{words}");
    }
    saved(&region.post("/en/plans/second-plan/adopt-draft", Some(&ines), "by=Ministers").await);
    let first = region.get("/en/plans/meridian-plan", None).await.text;
    assert!(first.contains("Plan after it") && first.contains("/plans/second-plan"));
    let kept = region.get("/en/plans/meridian-plan/review", None).await.text;
    assert!(kept.contains("Six of ten reached"));

    let silent = region.post("/en/plans/meridian-plan/close", Some(&ines), "").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = "reason=its+time+is+over&decided_by=Ministers";
    saved(&region.post("/en/plans/meridian-plan/close", Some(&ines), form).await);
    let plan = plan_called(&region, "meridian-plan").await;
    assert_eq!((plan.status, plan.reviews[0].kind), (PlanStatus::Closed, ReviewKind::Final));
    let late = "title=x&level=measure&tier=both&reason=r&decided_by=d";
    let late = region.post("/en/plans/meridian-plan/rows/new", Some(&ines), late).await;
    assert_ne!(late.status, StatusCode::SEE_OTHER, "a closed plan does not change");

    // Nor is anything told of it, and no page offers it; a review can still be kept.
    let joan = region.step_in("joan@taskforce.avelmar.example").await;
    let value = format!("state=XBB&period={}&value=17&evidence=register", plan.from.date().year());
    for (cookie, rest, form) in [
        (&ines, "declare/situation-analysis", "place=An+annex"),
        (&ines, "rates", "from=XOF&rate=0.0015&to=EUR&on=2024-01-01&source=A+bank"),
        (&ines, "indicators/men/report", value.as_str()),
        (&joan, "rows/law-offence/report", "status=ongoing&achieved=Late"),
    ] {
        let late =
            region.post(&format!("/en/plans/meridian-plan/{rest}"), Some(cookie), form).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "{rest}");
        assert!(late.text.contains("The plan is closed"), "{rest}: {}", late.text);
        for page in ["", "/progress", "/indicators/men"] {
            let page = region.get(&format!("/en/plans/meridian-plan{page}"), Some(cookie)).await;
            assert!(!page.text.contains(&format!("/plans/meridian-plan/{rest}\"")), "{rest}");
        }
    }
    let review = review.replace("final", "mid-term");
    saved(&region.post("/en/plans/meridian-plan/review/new", Some(&ines), &review).await);
    assert_eq!(plan_called(&region, "meridian-plan").await.reviews.len(), 2);
}

#[tokio::test]
async fn a_focal_points_plan_is_that_of_its_state_and_a_regional_one_names_its_mechanism() {
    let region = Region::new().await;
    let sione = region.step_in("sione@focal.fenlua.example").await;
    let form = "origin=ouagadougou&code=fenlua-own&title=Ours&from=2027-01-01&to=2031-12-31";
    saved(&region.post("/en/plans/new", Some(&sione), form).await);
    let plan = plan_called(&region, "fenlua-own").await;
    assert_eq!((plan.state.unwrap().as_str(), plan.mechanism), ("XFF", None));
    let ines = region.step_in(SECRETARIAT).await;
    let form = form.replace("fenlua-own", "whose");
    let refused = region.post("/en/plans/new", Some(&ines), &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "whose plan is it?");
}

#[tokio::test]
async fn req_032_actions_by_states_leave_as_a_sheet_also_without_indicators() {
    let region = Region::new().await;
    let ines = region.step_in(SECRETARIAT).await;
    let form = "origin=ouagadougou&code=oap&title=OAP&mechanism=MERIDIAN\
                &from=2026-01-01&to=2031-12-31";
    saved(&region.post("/en/plans/new", Some(&ines), form).await);
    assert!(plan_called(&region, "oap").await.indicators.is_empty());
    let sheet = region.get("/en/plans/oap/actions?format=csv", Some(&ines)).await;
    assert_eq!(sheet.status, StatusCode::OK);
    assert!(sheet.text.contains("XAA") && sheet.text.contains("Victims in proceedings"));
    let page = region.get("/en/plans/meridian-plan/actions", None).await.text;
    assert!(page.contains("by the national plan"), "what national plans say is there");
    let sheet = region.get("/en/plans/meridian-plan/actions?format=xlsx", None).await;
    assert_eq!(sheet.status, StatusCode::OK);
}

#[tokio::test]
async fn a_plan_comes_from_a_file_with_a_preview_first() {
    let region = Region::new().await;
    let ines = region.step_in(SECRETARIAT).await;
    let signed = session::resume(&region.app, ines.split_once('=').unwrap().1).await;
    let signed = signed.unwrap().unwrap();
    let acting = signed.acting(&region.app, Language::En);
    let toml = "id = \"from-file\"\ntitle = \"From a file\"\nmechanism = \"MERIDIAN\"\n\
                from = \"2027-01-01\"\nto = \"2029-12-31\"\nsource = \"invented\"\n\n\
                [[row]]\nkey = \"a\"\nlevel = \"area\"\ntitle = \"An area\"\n";
    let file = |bytes, toml, apply| PlanFile { bytes, toml, plan: Some("from-file"), apply };
    let told = import(&acting, &file(toml.as_bytes(), true, false)).await.unwrap();
    assert_eq!((told.new, told.rows_added, told.applied), (true, 1, false));
    let told = import(&acting, &file(toml.as_bytes(), true, true)).await.unwrap();
    assert!(told.applied);
    let sheet = "what,key,parent,title,level,lead,lead_kind,unit,period,value\n\
                 row,b,a,A measure,measure,A ministry,government,,,\n\
                 indicator,desks,b,Desks open,,,,desks,,\n\
                 target,desks,,,,,,,2028,40\n";
    let told = import(&acting, &file(sheet.as_bytes(), false, true)).await.unwrap();
    assert_eq!((told.rows_added, told.indicators_added, told.targets), (1, 1, 1));
    let plan = plan_called(&region, "from-file").await;
    assert_eq!(plan.row("b").unwrap().parent.as_deref(), Some("a"));
    let wrong = "what,key,parent,title,starts\nrow,c,nowhere,Lost,soon\n";
    let told = import(&acting, &file(wrong.as_bytes(), false, true)).await.unwrap();
    assert_eq!((told.rejected.len(), told.applied), (1, false), "{:?}", told.rejected);
    assert_eq!(told.rejected[0].field, "starts");
    let adopted = PlanFile { plan: Some("meridian-plan"), ..file(sheet.as_bytes(), false, true) };
    assert!(matches!(import(&acting, &adopted).await, Err(Refused::Declined(_))));
}

#[tokio::test]
async fn programs_add_a_row_with_its_place_and_get_the_plan_as_it_is() {
    let region = Region::new().await;
    let ines = region.step_in(SECRETARIAT).await;
    begin(&region, &ines, "api-plan", "").await;
    let body = "{\"row\":{\"key\":\"\",\"level\":\"area\",\"title\":\"By a program\"}}";
    let request = Request::post("/api/v1/plans/api-plan/rows")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::COOKIE, &ines)
        .header("idempotency-key", "plan-row-0123456789")
        .body(Body::from(body))
        .unwrap();
    let answer = region.send(request).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let told: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(told["rows"][0]["key"], "row-1");
}

#[tokio::test]
async fn req_061_236_what_points_at_an_action_stands_beside_it() {
    let region = Region::new().await;
    let ines = region.step_in(SECRETARIAT).await;
    let form = "body=Committee&made=2026&text=Open+rooms+for+men&addressee=states&states=XBB\
                &strength=urge&source=Report&measures=meridian-plan%3Acare-men\
                &indicators=meridian-plan%3Amen&id=LINK-1";
    saved(&region.post("/en/recommendations/new", Some(&ines), form).await);
    for path in ["/en/plans/meridian-plan", "/en/plans/meridian-plan/indicators/men"] {
        let page = region.get(path, None).await.text;
        assert!(page.contains("/recommendations/LINK-1"), "{path}");
    }
    let page = region.get("/en/recommendations/LINK-1", None).await.text;
    assert!(page.contains("/plans/meridian-plan#row-care-men"));
    assert!(page.contains("/plans/meridian-plan/indicators/men"));
    let typed = form.replace("care-men", "nowhere").replace("LINK-1", "LINK-2");
    let refused = region.post("/en/recommendations/new", Some(&ines), &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);

    let jomo = region.step_in("jomo@seafarers.example").await;
    let form = "measure_id=meridian-plan%3Acare-men&harmed=migrants&findings=Men+were+locked+in\
                &responsible=The+shelter";
    saved(&region.post("/en/impact/new", Some(&jomo), form).await);
    let page = region.get("/en/plans/meridian-plan", None).await.text;
    assert!(page.contains("Men were locked in"));
}

#[tokio::test]
async fn req_023_a_figure_tells_who_told_it_when_and_what_stood_before() {
    let region = Region::new().await;
    let ines = region.step_in(SECRETARIAT).await;
    let plan = plan_called(&region, "meridian-plan").await;
    let year = plan.from.date().year();
    let path = "/en/plans/meridian-plan/indicators/men/report";
    for number in [17, 23] {
        let form = format!("state=XBB&period={year}&value={number}&evidence=register");
        saved(&region.post(path, Some(&ines), &form).await);
    }
    let page = region.get("/en/plans/meridian-plan/indicators/men", None).await.text;
    assert!(page.contains("<del>17</del>"), "the earlier figure stays beside the new one");
    assert!(page.contains("Secretariat"), "{page}");
}

#[tokio::test]
async fn a_row_or_indicator_at_which_something_points_is_not_taken_out() {
    let region = Region::new().await;
    let ines = region.step_in(SECRETARIAT).await;
    begin(&region, &ines, "named-plan", "").await;
    for title in ["Area", "Second", "Third", "Fourth", "Fifth"] {
        add_row(&region, &ines, "named-plan", &format!("title={title}")).await;
    }
    let form = "title=Rooms&row=row-5&kind=operational&counted=other&active=no";
    saved(&region.post("/en/plans/named-plan/indicators/new", Some(&ines), form).await);
    saved(&region.post("/en/plans/named-plan/adopt-draft", Some(&ines), "by=Ministers").await);
    let form = "body=Committee&made=2026&text=Open+rooms&addressee=states&states=XBB\
                &strength=urge&source=Report&measures=named-plan%3Arow-1\
                &indicators=named-plan%3Aindicator-1&id=LINK-3";
    saved(&region.post("/en/recommendations/new", Some(&ines), form).await);
    let jomo = region.step_in("jomo@seafarers.example").await;
    let form = "measure_id=named-plan%3Arow-2&harmed=migrants&findings=Locked+in\
                &responsible=The+shelter";
    saved(&region.post("/en/impact/new", Some(&jomo), form).await);
    let why = "reason=x&decided_by=y";
    for (part, goes) in [
        ("rows/row-1", false),
        ("rows/row-2", false),
        ("rows/row-3", true),
        ("indicators/indicator-1", false),
    ] {
        let path = format!("/en/plans/named-plan/{part}/drop");
        let answer = region.post(&path, Some(&ines), why).await;
        assert_eq!(answer.status == StatusCode::SEE_OTHER, goes, "{part}: {}", answer.text);
    }
    let sione = region.step_in("sione@focal.fenlua.example").await;
    let signed = session::resume(&region.app, sione.split_once('=').unwrap().1).await;
    let signed = signed.unwrap().unwrap();
    let acting = signed.acting(&region.app, Language::En);
    let about = About {
        title: "Ours".into(),
        from: "2027-01-01".into(),
        to: "2029-12-31".into(),
        ..About::default()
    };
    for (origin, code) in [("named-plan", "theirs"), ("meridian-plan", "ours")] {
        let (origin, code, about) = (origin.into(), code.into(), about.clone());
        adopt_regional(&acting, &NewPlan { origin, code, about }).await.unwrap();
    }
    let parent = region.post("/en/plans/named-plan/rows/row-4/drop", Some(&ines), why).await;
    assert_eq!(parent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(parent.text.contains("points at it"), "a national plan adopted it: {}", parent.text);
    let taken = plan_called(&region, "ours").await;
    let link = taken.rows.iter().find_map(|row| row.adopted_from.clone()).unwrap();

    // A file over the draft keeps where its rows came from.
    let row = taken.row(&link.row).unwrap();
    let toml = format!(
        "id = \"ours\"\ntitle = \"Ours\"\nmechanism = \"MERIDIAN\"\nfrom = \"2027-01-01\"\n\
         to = \"2029-12-31\"\nsource = \"invented\"\n\n[[row]]\nkey = \"{}\"\n\
         level = \"area\"\ntitle = \"Other words\"\n",
        row.key
    );
    let file = PlanFile { bytes: toml.as_bytes(), toml: true, plan: Some("ours"), apply: true };
    assert!(import(&acting, &file).await.unwrap().applied);
    let after = plan_called(&region, "ours").await;
    assert_eq!(after.rows.len(), 1);
    assert_eq!(after.rows[0].adopted_from, row.adopted_from);
    let stranger = format!(
        "{toml}lead = {{ name = \"Us\", kind = \"government\", \
                            tenant = \"00000000-0000-4000-8000-00000000000f\" }}\n"
    );
    let file = PlanFile { bytes: stranger.as_bytes(), ..file };
    assert!(matches!(import(&acting, &file).await, Err(Refused::Invalid(_))));
}
