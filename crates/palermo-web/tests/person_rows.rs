//! Small promises of the person loop as people meet them in a browser: who
//! identified and where, communication needs, a second episode, permits and
//! costs in counts that tell of nobody, child protection, young voices.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::{StatusCode, header};
use palermo_app::domain::{
    care::{Body, CareKind},
    case::rights_incident::{ByBody, IncidentState, RightsIncident},
    id::{CaseId, TenantId},
};
use palermo_store::{account, care, case::record, identification};
use support::{Answer, Region};

const LEAD: &str = "nadia@harbourhouse.example";
const FOCAL: &str = "joan@taskforce.avelmar.example";

fn led_to(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let to = answer.headers[header::LOCATION].to_str().unwrap();
    to.split('?').next().unwrap().to_owned()
}

async fn case_of(region: &Region, who: &str, first: &str) -> String {
    led_to(&region.post("/en/cases/new", Some(who), first).await)
}

async fn tenant(region: &Region) -> TenantId {
    let lead = account::find_by_email(&region.app.store, LEAD).await.unwrap();
    lead.unwrap().record.tenant
}

fn id_of(case: &str) -> CaseId {
    case.rsplit('/').next().unwrap().parse().unwrap()
}

fn hidden(text: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = text.find(&mark).expect(name) + mark.len();
    text[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn req_091_identification_before_boarding_and_at_a_joint_border_office_is_recorded_as_such() {
    let region = Region::new().await;
    let who = region.step_in(LEAD).await;
    for (site, words) in
        [("pre_boarding", "Airport, before boarding"), ("joint_office", "Joint border office")]
    {
        let incident = format!("site={site}&found_by=joint_border_office&state=XAA&persons=1");
        let incident = led_to(&region.post("/en/incidents/new", Some(&who), &incident).await);
        assert!(region.get(&incident, Some(&who)).await.text.contains(words), "{site}");
        let case = case_of(&region, &who, "age=adult&language=en").await;
        let decide = format!("{case}/identification");
        let form = region.get(&decide, Some(&who)).await.text;
        assert!(form.contains(words), "the form offers it");
        let typed = format!(
            "finding=under_assessment&basis=new_facts&body=joint_border_office&site={site}"
        );
        led_to(&region.post(&decide, Some(&who), &typed).await);
        let store = &region.app.store;
        let all =
            identification::of_case(store, tenant(&region).await, id_of(&case)).await.unwrap();
        assert_eq!(
            (all[0].record.site.as_str(), all[0].record.body.as_str()),
            (site, "joint_border_office")
        );
    }
}

#[tokio::test]
async fn req_097_language_and_the_interpreters_sex_are_asked_kept_and_shown() {
    let region = Region::new().await;
    let who = region.step_in(LEAD).await;
    let case = case_of(&region, &who, "age=adult&language=fr").await;
    let path = format!("{case}/person");
    let form = region.get(&path, Some(&who)).await.text;
    for field in
        ["value=\"woman_interpreter\"", "value=\"man_interpreter\"", "value=\"sign_language\""]
    {
        assert!(form.contains(field), "{field}");
    }
    let typed = format!(
        "revision={}&age=adult&language=&language_other=wo&communication=woman_interpreter&communication=not_reading",
        hidden(&form, "revision")
    );
    led_to(&region.post(&path, Some(&who), &typed).await);
    let again = region.get(&path, Some(&who)).await.text;
    assert!(again.contains("value=\"wo\""), "the language is kept");
    let ticked = |code: &str| {
        let at = again.find(&format!("value=\"{code}\"")).unwrap();
        again[at..].split('>').next().unwrap().contains("checked")
    };
    assert!(ticked("woman_interpreter") && ticked("not_reading") && !ticked("man_interpreter"));
    let page = region.get(&case, Some(&who)).await.text;
    assert!(page.contains("interpreter who is a woman") || page.contains("woman"), "{page}");
}

#[tokio::test]
async fn req_098_a_second_episode_leaves_the_first_and_its_decisions_as_they_were() {
    let region = Region::new().await;
    let who = region.step_in(LEAD).await;
    let first = case_of(&region, &who, "age=adult&language=en").await;
    let begin = "finding=under_assessment&basis=new_facts&body=ngo&site=desk";
    led_to(&region.post(&format!("{first}/identification"), Some(&who), begin).await);
    let second = led_to(&region.post(&format!("{first}/again"), Some(&who), "").await);
    assert_ne!(first, second);
    let other = "finding=under_assessment&basis=wish&body=police&site=street";
    led_to(&region.post(&format!("{second}/identification"), Some(&who), other).await);
    let (store, tenant) = (&region.app.store, tenant(&region).await);
    let before = identification::of_case(store, tenant, id_of(&first)).await.unwrap();
    let after = identification::of_case(store, tenant, id_of(&second)).await.unwrap();
    assert_eq!((before.len(), after.len()), (1, 1));
    assert_eq!((before[0].record.episode, before[0].record.body.as_str()), (1, "ngo"));
    assert_eq!((after[0].record.episode, after[0].record.body.as_str()), (2, "police"));
    assert!(region.get(&first, Some(&who)).await.text.contains("Non-governmental organisation"));
    assert!(region.get(&second, Some(&who)).await.text.contains("Police"));
}

#[tokio::test]
async fn req_094_a_decision_elsewhere_without_reasons_raises_its_rights_incident_once() {
    let region = Region::new().await;
    let who = region.step_in(LEAD).await;
    let case = case_of(&region, &who, "age=adult&language=en").await;
    let decide = format!("{case}/identification");
    let incidents = async || {
        let (store, tenant) = (&region.app.store, tenant(&region).await);
        record::of_case::<RightsIncident>(store, tenant, id_of(&case)).await.unwrap()
    };
    let reasoned = "finding=not_identified&elsewhere=yes&basis=no_means\
        &legal_ground=national_law&body=border&site=border_crossing&review_route=court";
    led_to(&region.post(&decide, Some(&who), reasoned).await);
    assert!(incidents().await.is_empty(), "reasons and a way to contest it: none");
    let bare = "finding=not_identified&elsewhere=yes&body=border&site=border_crossing\
        &happened-day=1&happened-month=9&happened-year=2025&happened_time=10:00";
    let told = region.post(&decide, Some(&who), bare).await;
    let to = told.headers[header::LOCATION].to_str().unwrap();
    assert!(to.contains("identification-incident"), "{to}");
    led_to(&region.post(&decide, Some(&who), bare).await);
    let raised = incidents().await;
    assert_eq!(raised.len(), 1, "written down twice, one incident");
    let one = &raised[0].record;
    assert_eq!((one.rule, one.body, one.state), (12, ByBody::Border, IncidentState::Open));
    let page = region.get(&case, Some(&who)).await.text;
    assert!(page.contains("gave no reasons or no way to contest it"));
    assert!(page.contains("Rights incident: rule"), "{page}");
    let lead = region.step_in("ruth@harbourhouse.example").await;
    let list = region.get("/en/rights-incidents", Some(&lead)).await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.text.contains("Border guard"), "{}", list.text);
}

/// Cases of one organisation with a permit and a service that cost something.
async fn with_permits(region: &Region, who: &str, count: usize) {
    for _ in 0..count {
        let case = case_of(region, who, "age=adult&language=en").await;
        let permit = "ground=personal&state=granted&decided_on-day=3&decided_on-month=2&decided_on-year=2025";
        led_to(&region.post(&format!("{case}/care/new/permit"), Some(who), permit).await);
        let service = "service=vocational&provider=ngo&started_on-day=3&started_on-month=2&started_on-year=2025&cost=1234+EUR";
        led_to(&region.post(&format!("{case}/care/new/service"), Some(who), service).await);
    }
}

#[tokio::test]
async fn req_105_req_113_permits_are_counted_by_year_and_ground_and_costs_only_in_sums_of_many() {
    let region = Region::new().await;
    let who = region.step_in(LEAD).await;
    with_permits(&region, &who, 4).await;
    let plain = async || {
        let page = region.get("/en/own-figures.csv", Some(&who)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        page.text.replace(['\u{2068}', '\u{2069}'], "")
    };
    let few = plain().await;
    assert!(few.contains("2025 · Personal situation · Given,fewer than 5"), "{few}");
    assert!(!few.contains("1234") && !few.contains("4936"), "the sum of four is not told: {few}");
    with_permits(&region, &who, 7).await;
    let many = plain().await;
    assert!(many.contains("2025 · Personal situation · Given,") && many.contains("10"), "{many}");
    let row = many.lines().find(|line| line.contains("Cost of assistance by service")).unwrap();
    // 11 × 1,234 = 13,574, to two digits.
    let total: String =
        row.rsplit("10,").next().unwrap().chars().filter(char::is_ascii_digit).collect();
    assert_eq!(total, "13000", "{row}");
    for language in ["en", "fr", "es", "ar"] {
        let page = region.get(&format!("/{language}/own-figures"), Some(&who)).await;
        assert_eq!(page.status, StatusCode::OK);
    }
    // Another organisation counts its own, and a donor nothing at all.
    let other = region.step_in(FOCAL).await;
    assert_eq!(region.get("/en/own-figures", Some(&other)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn req_090_who_identified_and_where_is_counted_across_cases_and_small_numbers_are_not_told() {
    let region = Region::new().await;
    let who = region.step_in(LEAD).await;
    let page = region.get("/en/own-figures", Some(&who)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("Identified as trafficked: by whom and where"));
    assert!(page.text.contains("each counted once a line and rounded down"));
    // Whom the questions of screening find stands beside it, each year that is over (E32).
    assert!(page.text.contains("Screening: whom the questions find, year by year"));
    // No count that is no multiple of the threshold stands in a cell.
    let file = region.get("/en/own-figures.csv", Some(&who)).await.text;
    for line in file.lines().skip(1) {
        let count = line.rsplit(',').next().unwrap().replace(['\u{2068}', '\u{2069}'], "");
        let digits: String = count.chars().filter(char::is_ascii_digit).collect();
        let alone = digits.parse::<u32>().is_ok_and(|n| n % 5 != 0 && count == digits);
        assert!(!alone, "{line}");
    }
}

#[tokio::test]
async fn req_133_a_referral_can_ask_the_child_protection_system_and_get_a_child_out_of_work() {
    let region = Region::new().await;
    let who = region.step_in(LEAD).await;
    let case = case_of(&region, &who, "name=Teo&age=child&language=en").await;
    let form = region.get(&format!("{case}/refer"), Some(&who)).await.text;
    assert!(form.contains("value=\"child_protection\"") && form.contains("value=\"child_labour\""));
    assert!(form.contains("Guardian or child protection"), "{form}");
    let need = "service=child_protection&state=open&on-day=1&on-month=2&on-year=2026";
    led_to(&region.post(&format!("{case}/care/new/need"), Some(&who), need).await);
    let plan = region.get(&format!("{case}/care"), Some(&who)).await.text;
    assert!(plan.contains("the child protection system"), "{plan}");
}

#[tokio::test]
async fn req_109_a_programme_for_former_child_soldiers_stands_in_the_plan_and_in_the_month() {
    let region = Region::new().await;
    let who = region.step_in(LEAD).await;
    let case = case_of(&region, &who, "name=Ebo&age=child&language=en").await;
    for (code, words) in [
        ("child_soldier", "After being a child soldier"),
        ("special_group", "Programme for another special group"),
    ] {
        let service = format!(
            "service={code}&provider=ngo&started_on-day=3&started_on-month=2&started_on-year=2026"
        );
        led_to(&region.post(&format!("{case}/care/new/service"), Some(&who), &service).await);
        let plan = region.get(&format!("{case}/care"), Some(&who)).await.text;
        assert!(plan.contains(words), "{words}");
        let month = region.get("/en/month-end?month=2026-02", Some(&who)).await.text;
        assert!(month.contains(words), "{words}");
    }
    let records =
        care::of_case(&region.app.store, tenant(&region).await, id_of(&case)).await.unwrap();
    let kinds = records.iter().filter(|one| one.record.kind() == CareKind::Service).count();
    assert_eq!(kinds, 2);
    let coded = records
        .iter()
        .any(|one| matches!(&one.record.body, Body::Service(s) if s.service == "child_soldier"));
    assert!(coded, "it is coded, so that it can be counted");
}

#[tokio::test]
async fn req_132_what_young_people_said_is_kept_without_a_name_and_gets_an_answer() {
    let region = Region::new().await;
    let who = region.step_in(FOCAL).await;
    let said = "forum=youth-forum&meeting=Quayside+youth+forum&state=XAA&on-day=4&on-month=10&on-year=2026\
                &themes=on-line&themes=school&ages=15-17&group=10-24";
    let named = format!("{said}&said=Write+to+mina%40school.example");
    let refused = region.post("/en/youth-input/new", Some(&who), &named).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.contains("leads to someone") && refused.text.contains("Quayside youth forum")
    );
    let kept = format!("{said}&said=We+want+a+number+one+can+write+to");
    let page = led_to(&region.post("/en/youth-input/new", Some(&who), &kept).await);
    let shown = region.get(&page, Some(&who)).await.text;
    assert!(shown.contains("We want a number one can write to") && shown.contains("answer owed"));
    let form = region.get(&format!("{page}/edit"), Some(&who)).await.text;
    for identity in ["name=\"name\"", "name=\"email\"", "name=\"telephone\""] {
        assert!(!form.contains(identity), "{identity}: who said it is not asked");
    }
    let answer = format!(
        "{kept}&revision={}&answer=The+hotline+now+reads+messages&answered-day=20&answered-month=11&answered-year=2026",
        hidden(&form, "revision")
    );
    led_to(&region.post(&format!("{page}/edit"), Some(&who), &answer).await);
    let shown = region.get(&page, Some(&who)).await.text;
    assert!(shown.contains("The hotline now reads messages") && !shown.contains("answer owed"));
    // The region hears it; another office cannot change it.
    let other = region.step_in("sione@focal.fenlua.example").await;
    assert!(
        region.get("/en/youth-input", Some(&other)).await.text.contains("Quayside youth forum")
    );
    let refused = region.get(&format!("{page}/edit"), Some(&other)).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert_eq!(region.get("/en/youth-input", None).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn req_093_a_planned_return_warns_on_the_case_page_until_asylum_was_explained() {
    let region = Region::new().await;
    let who = region.step_in(LEAD).await;
    let case = case_of(&region, &who, "age=adult&language=en").await;
    let warned = async || {
        let plan = region.get(&format!("{case}/care"), Some(&who)).await.text;
        let page = region.get(&case, Some(&who)).await.text;
        let words = "nobody wrote down that asylum was explained";
        (plan.contains(words), page.contains(words))
    };
    assert_eq!(warned().await, (false, false));
    let need = "service=return&state=open&on-day=1&on-month=2&on-year=2026";
    led_to(&region.post(&format!("{case}/care/new/need"), Some(&who), need).await);
    assert_eq!(warned().await, (true, true));
    let told = "on-day=2&on-month=2&on-year=2026&language=en&items=asylum&items=residence";
    led_to(&region.post(&format!("{case}/care/new/information"), Some(&who), told).await);
    assert_eq!(warned().await, (false, false));
    // A concern about non-refoulement is kept with the risk, in codes.
    let risk = "of=person&on-day=2&on-month=2&on-year=2026&factors=refoulement&level=high\
                &valid_until-day=2&valid_until-month=5&valid_until-year=2026";
    led_to(&region.post(&format!("{case}/care/new/risk"), Some(&who), risk).await);
    let store = &region.app.store;
    let kept = care::of_case(store, tenant(&region).await, id_of(&case)).await.unwrap();
    assert!(kept.iter().any(
        |one| matches!(&one.record.body, Body::Risk(risk) if risk.factors == ["refoulement"])
    ));
}

#[tokio::test]
async fn req_243_the_lead_says_what_was_done_and_the_rapporteur_counts() {
    let region = Region::new().await;
    let lead = region.step_in("marisol@casaalondra.example").await;
    let list = region.get("/en/rights-incidents", Some(&lead)).await.text;
    let at = list.find("/en/rights-incidents/").expect("an incident of the demonstration");
    let path: String = list[at..].chars().take_while(|c| *c != '"').collect();
    let page = region.get(&path, Some(&lead)).await;
    assert_eq!(page.status, StatusCode::OK);
    let silent = region.post(&path, Some(&lead), "state=closed&words=").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "closed without a word");
    let done = "state=closed&words=The+commander+apologised";
    led_to(&region.post(&path, Some(&lead), done).await);
    let page = region.get(&path, Some(&lead)).await.text;
    assert!(page.contains("The commander apologised"), "{page}");

    let rapporteur = region.step_in("elin@rapporteur.avelmar.example").await;
    for path in ["/en/rights-counts", "/en/rights-counts.csv", "/api/v1/rights-counts"] {
        assert_eq!(region.get(path, Some(&rapporteur)).await.status, StatusCode::OK, "{path}");
        assert_eq!(region.get(path, Some(&lead)).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn e24_more_time_is_given_with_a_reason_and_shown_on_the_case() {
    let region = Region::new().await;
    let who = region.step_in(LEAD).await;
    let case = case_of(&region, &who, "age=adult&language=en").await;
    let path = format!("{case}/keeping");
    assert!(region.get(&case, Some(&who)).await.text.contains(&path), "the case leads there");
    let bare = region.post(&path, Some(&who), "wish=more&reason=").await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let today = region.app.store.now().date();
    let year = today.year() + 2;
    let form = format!("wish=more&reason=claim&until-day=1&until-month=3&until-year={year}&words=");
    led_to(&region.post(&path, Some(&who), &form).await);
    let page = region.get(&case, Some(&who)).await.text;
    assert!(page.contains("A claim or an award is expected"), "{page}");
    // The story names until when.
    let told = page.split("How long this is kept: more time, until").nth(1).expect("in the story");
    assert!(told.split('<').next().unwrap().contains(&year.to_string()), "{told}");
}
