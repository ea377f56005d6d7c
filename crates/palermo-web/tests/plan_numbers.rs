//! Figures of plans: what is counted one by one is whole wherever it is typed, sent or
//! imported; the sheet that comes back is the sender's own; every State's plan has
//! something to show.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::{
    plan_writing::{SECRETARIAT, plan_called, revision, saved},
    support::{
        Answer, Region,
        program::{Call, Told as _},
    },
};

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use palermo_app::{
    Message, Refused,
    domain::{
        plan::{
            Plan,
            indicator::{Baseline, Indicator},
            progress::Standing,
        },
        register::day::Day,
    },
    locale::Language,
    plan::{
        ask,
        import::{PlanFile, import},
        sheet,
    },
    session,
};
use serde_json::json;

const FOCAL: &str = "joan@taskforce.avelmar.example";
const NATIONAL: [&str; 6] = [
    "avelmar-plan",
    "bremora-plan",
    "cadrinth-plan",
    "dorvane-plan",
    "emdarra-plan",
    "fenlua-plan",
];

/// The last year of a plan, which is not over.
fn last_year(plan: &Plan) -> String {
    plan.to.date().year().to_string()
}

/// A form with a file or with what was carried from one, as a browser sends it.
async fn upload(region: &Region, path: &str, cookie: &str, parts: &[(&str, &str)]) -> Answer {
    let mut body = String::new();
    for (name, value) in parts {
        let file = if *name == "file" { "; filename=\"matrix.csv\"" } else { "" };
        body.push_str(&format!(
            "--line\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n"
        ));
    }
    body.push_str("--line--\r\n");
    let request = Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=line")
        .body(Body::from(body))
        .unwrap();
    region.send(request).await
}

#[tokio::test]
async fn req_023_half_a_person_is_refused_in_every_form_and_a_share_has_decimals() {
    let region = Region::new().await;
    let year = last_year(&plan_called(&region, "meridian-plan").await);
    let joan = region.step_in(FOCAL).await;
    let report = |key: &str| format!("/en/plans/meridian-plan/indicators/{key}/report");
    let form = |value: &str| format!("state=XAA&period={year}&value={value}&evidence=register");
    let half = region.post(&report("men"), Some(&joan), &form("12.5")).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(half.text.contains("is not a whole number"), "{}", half.text);
    assert!(half.text.contains("value=\"12.5\""), "what was typed stays");
    saved(&region.post(&report("men"), Some(&joan), &form("12")).await);
    saved(&region.post(&report("assessed"), Some(&joan), &form("12.5")).await);

    let ines = region.step_in(SECRETARIAT).await;
    let targets = "/en/plans/meridian-plan/targets";
    let seen = revision(&region, "meridian-plan").await;
    let cell = |key: &str, value: &str| {
        format!(
            "indicator={key}&revision={seen}&t-XBB-{year}={value}&reason=Count&decided_by=Officials"
        )
    };
    let half = region.post(targets, Some(&ines), &cell("men", "30.5")).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(half.text.contains(&format!("t-XBB-{year}-error")), "beside its cell");
    saved(&region.post(targets, Some(&ines), &cell("assessed", "97.5")).await);

    let amend = "/en/plans/meridian-plan/amend";
    let form = format!(
        "what=target&indicator=men&period={year}&value=40.5&reason=Count&decided_by=Officials"
    );
    let half = region.post(amend, Some(&ines), &form).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(half.text.contains("is not a whole number"), "{}", half.text);
    let new = "title=Beds&row=care-men&kind=operational&counted=other&unit=beds&baseline=2.5\
               &baseline_on=2024-12-31&active=no";
    let path = "/en/plans/meridian-plan/indicators/new";
    let half = region.post(path, Some(&ines), new).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(half.text.contains("Write a whole number without decimals"), "{}", half.text);
}

#[tokio::test]
async fn req_023_a_program_is_told_which_of_its_figures_is_no_whole_number() {
    let region = Region::new().await;
    let year = last_year(&plan_called(&region, "meridian-plan").await);
    let joan = region.step_in(FOCAL).await;
    let path = "/api/v1/plans/meridian-plan/values";
    let value = |state: &str, number: f64| {
        json!({ "indicator": "men", "state": state, "period": year, "value": number,
            "evidence": "register" })
    };
    let send = async |body: serde_json::Value, once: &str| {
        let call = Call::new(Method::POST, path).body(body.to_string()).once(once);
        call.session(&joan).to(&region).await
    };
    let two = json!({ "values": [value("XAA", 3.0), value("XAA", 3.5)] });
    let told = send(two, "half-a-place-0001").await;
    assert_eq!(told.problem(422)["errors"][0]["field"], "values.1.value");
    // Small letters are no other State.
    let small = send(json!({ "values": [value("xaa", 3.0)] }), "in-small-letters-1").await;
    assert_eq!(small.json()["ids"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn req_032_the_sheet_that_goes_back_is_the_senders_own_with_a_column_of_problems() {
    let region = Region::new().await;
    let plan = plan_called(&region, "meridian-plan").await;
    let year = last_year(&plan);
    let sent = format!(
        "ours;state;indicator;period;value;evidence;room\n\
         a;xaa;men;{year};12.5;register;1\n\
         b;XAA;men;{year};14;register;2\n\
         c;XAA;inspectors;{year};many;register;=1+1\n"
    );
    let found = sheet::preview(&plan, &[], sent.as_bytes(), |_| true).unwrap();
    let told: Vec<(u64, &str)> = found.rejected.iter().map(|row| (row.row, row.field)).collect();
    assert_eq!((told, found.changes.len()), (vec![(2, "value"), (4, "value")], 1));
    assert_eq!(found.rejected[0].about, format!("men · xaa · {year}"));
    let say = |message: &Message| message.id.clone();
    let back = sheet::returned(sent.as_bytes(), &found, &say).unwrap();
    let again = sheet::preview(&plan, &[], &back, |_| true).unwrap();
    let same = |one: &sheet::Preview| one.rejected.iter().map(|row| row.row).collect::<Vec<_>>();
    assert_eq!(same(&again), same(&found), "every row is where it was");
    assert_eq!(again.changes.len(), 1);

    let joan = region.step_in(FOCAL).await;
    let path = "/en/plans/meridian-plan/upload";
    let page = upload(&region, path, &joan, &[("file", sent.as_str())]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("id=\"import-changed\"") && page.text.contains("men · xaa"));
    let field = "name=\"content\" value=\"";
    let content = page.text.split(field).nth(1).unwrap().split('"').next().unwrap();
    let narrow = |show| [("content", content), ("show", show)];
    let rows = format!("{path}/rows");
    let errors = upload(&region, &rows, &joan, &narrow("errors")).await;
    assert!(errors.text.contains("id=\"import-rejected\""), "{}", errors.text);
    assert!(!errors.text.contains("id=\"import-changed\""));
    let changes = upload(&region, &rows, &joan, &narrow("changes")).await;
    assert!(!changes.text.contains("id=\"import-rejected\""));
    let back = upload(&region, &format!("{path}/problems"), &joan, &[("content", content)]).await;
    assert_eq!(back.status, StatusCode::OK);
    let kind = back.headers[header::CONTENT_TYPE].to_str().unwrap();
    assert!(kind.contains("spreadsheetml"), "{kind}");
}

#[tokio::test]
async fn a_file_of_a_plan_takes_no_fraction_of_what_is_counted_and_states_in_small_letters() {
    let region = Region::new().await;
    let ines = region.step_in(SECRETARIAT).await;
    let signed = session::resume(&region.app, ines.split_once('=').unwrap().1).await;
    let signed = signed.unwrap().unwrap();
    let acting = signed.acting(&region.app, Language::En);
    let toml = "id = \"counted\"\ntitle = \"Counted\"\nmechanism = \"MERIDIAN\"\n\
                from = \"2027-01-01\"\nto = \"2029-12-31\"\nsource = \"invented\"\n\n\
                [[row]]\nkey = \"a\"\nlevel = \"area\"\ntitle = \"An area\"\n\n\
                [[indicator]]\nkey = \"desks\"\nrow = \"a\"\ntitle = \"Desks\"\n\
                kind = \"operational\"\nunit = \"desks\"\n\n\
                [[target]]\nindicator = \"desks\"\nperiod = \"2028\"\nvalue = 4.0\n";
    let file = |bytes, toml, apply| PlanFile { bytes, toml, plan: Some("counted"), apply };
    let half = toml.replace("4.0", "4.5");
    let refused = import(&acting, &file(half.as_bytes(), true, true)).await;
    assert!(matches!(refused, Err(Refused::Declined(_))), "{refused:?}");
    assert!(import(&acting, &file(toml.as_bytes(), true, true)).await.unwrap().applied);
    let sheet = "what,key,title,state,period,value\n\
                 target,desks,,xbb,2028,3.5\ntarget,desks,,xbb,2029,3\n";
    let told = import(&acting, &file(sheet.as_bytes(), false, true)).await.unwrap();
    let wrong: Vec<(u64, &str)> =
        told.rejected.iter().map(|bad| (bad.line, bad.field.as_str())).collect();
    assert_eq!((wrong, told.applied), (vec![(2, "value")], false));
    let whole = sheet.replace("3.5", "2");
    assert!(import(&acting, &file(whole.as_bytes(), false, true)).await.unwrap().applied);
    let plan = plan_called(&region, "counted").await;
    let state = "XBB".parse().ok();
    assert_eq!(plan.own_target("desks", state, "2028".parse().unwrap()), Some(2.0));
    // A unit that is counted one by one does not come over targets that are shares.
    let sheet = "what,key,title,parent,unit,period,value\n\
                 indicator,desks,Desks,a,per cent,,\ntarget,desks,,,,2029,3.5\n";
    assert!(import(&acting, &file(sheet.as_bytes(), false, true)).await.unwrap().applied);
    let sheet = "what,key,title,parent,unit\nindicator,desks,Desks,a,desks\n";
    let told = import(&acting, &file(sheet.as_bytes(), false, true)).await.unwrap();
    assert_eq!(told.rejected[0].field, "unit");
}

#[tokio::test]
async fn req_027_every_national_plan_of_the_demonstration_has_something_to_show() {
    let region = Region::new().await;
    let today = Day::from(region.app.store.now().date());
    for code in NATIONAL {
        let plan = plan_called(&region, code).await;
        assert!(plan.rows.iter().any(|row| row.adopted_from.is_some()), "{code}");
        let own = plan.rows.iter().find(|row| row.key == "own").unwrap();
        assert!(own.adopted_from.is_none() && own.budget.is_some(), "{code}");
        assert!(plan.actions().all(|row| row.lead.is_some()), "{code}");
        assert!(plan.indicators.iter().all(|one| one.active), "{code}");
        let open = |one: &Indicator| matches!(one.baseline, Some(Baseline::ToBeEstablished { .. }));
        assert!(plan.indicators.iter().any(open), "{code}");
        let report = ask::progress(&region.app, &plan, today).await.unwrap();
        assert!(report.missed > 0, "{code} missed something");
        let standing = |status| report.rows.iter().any(|row| row.status == status);
        assert!(standing(Standing::NoBaseline) && standing(Standing::NoValue), "{code}");
        assert!(report.rows.iter().any(|row| row.value.is_some()), "{code}");
        let told = ask::reports(&region.app.store, &plan.code).await.unwrap();
        assert_eq!(told.len(), 1, "{code}");
        for page in ["", "/progress", "/actions", "/review", "/indicators/own-figure"] {
            let page = region.get(&format!("/en/plans/{code}{page}"), None).await;
            assert_eq!(page.status, StatusCode::OK, "{code}");
        }
    }
    // A figure the State gave the region is the same in its own plan.
    let values = async |code: &str| {
        let plan = plan_called(&region, code).await;
        ask::values(&region.app, &plan, today).await.unwrap()
    };
    let regional = values("meridian-plan").await;
    for value in values("avelmar-plan").await.iter().filter(|one| one.indicator != "own-figure") {
        let same = regional.iter().find(|one| {
            (&one.indicator, one.state, one.period) == (&value.indicator, value.state, value.period)
        });
        assert_eq!(same.map(|one| one.measured), Some(value.measured), "{}", value.indicator);
    }
}

#[tokio::test]
async fn req_024_what_is_reached_says_so_and_an_unknown_choice_is_told() {
    let region = Region::new().await;
    let year = plan_called(&region, "meridian-plan").await.from.date().year();
    let path = "/en/plans/meridian-plan/progress";
    let page = region.get(&format!("{path}?period={year}"), None).await.text;
    assert!(page.contains("Reached"), "{page}");
    let page = region.get(&format!("{path}?state=xbb"), None).await.text;
    assert!(!page.contains("is not one of the choices"), "small letters are no other State");
    assert!(page.contains("<option value=\"XBB\" selected"), "{page}");
    for wrong in ["state=ZZZ", "missed=perhaps", "period=1066"] {
        let page = region.get(&format!("{path}?{wrong}"), None).await.text;
        assert!(page.contains("is not one of the choices"), "{wrong}");
    }
    let ines = region.step_in(SECRETARIAT).await;
    let grid = "/en/plans/meridian-plan/targets";
    let page = region.get(&format!("{grid}?indicator=nothing"), Some(&ines)).await.text;
    assert!(page.contains("is not one of the choices"));
    let page = region.get("/en/plans/new", Some(&ines)).await.text;
    assert!(page.contains("First day the plan covers") && page.contains("such as 2026-01-31"));
}
