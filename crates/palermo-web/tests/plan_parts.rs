//! Rows and indicators of a draft that programs and files write: by the rules of the form.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::{
    plan_writing::{SECRETARIAT, plan_called, revision, saved, tenant_named},
    support::{
        Answer, Region,
        program::{Call, Told as _},
    },
};
use axum::http::Method;
use palermo_app::{
    Refused,
    domain::plan::{Status, indicator::Baseline},
    locale::Language,
    plan::import::{PlanFile, import},
    session,
};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};

const PARTS: &str = "id = \"parts\"\ntitle = \"Parts\"\nmechanism = \"MERIDIAN\"\n\
                     from = \"2027-01-01\"\nto = \"2029-12-31\"\nsource = \"invented\"\n\n\
                     [[row]]\nkey = \"a\"\nlevel = \"area\"\ntitle = \"A\"\nstatus = \"ongoing\"\n\
                     adopted_from = { plan = \"meridian-plan\", row = \"care-men\" }\n";

/// A draft of the secretariat's as a file: two rows, the second its own to report.
fn parts_file(own: &str) -> String {
    format!(
        "{PARTS}\n[[row]]\nkey = \"b\"\nlevel = \"measure\"\ntitle = \"B\"\n\
         lead = {{ name = \"x\", kind = \"mechanism\", tenant = \"{own}\" }}\n"
    )
}

#[tokio::test]
async fn a_file_over_a_draft_keeps_the_rules_of_the_form_and_what_was_reported() {
    let region = Region::new().await;
    let ines = region.step_in(SECRETARIAT).await;
    let signed = session::resume(&region.app, ines.split_once('=').unwrap().1).await;
    let signed = signed.unwrap().unwrap();
    let acting = signed.acting(&region.app, Language::En);
    let take = async |text: &str, toml: bool| {
        let (bytes, plan) = (text.as_bytes(), Some("parts"));
        import(&acting, &PlanFile { bytes, toml, plan, apply: true }).await
    };
    let first = parts_file(&tenant_named(&region, "Secretariat").await);
    for (wrong, instead) in [("title = \"A\"", "title = \" \""), ("key = \"a\"", "key = \"A a\"")] {
        let refused = take(&first.replace(wrong, instead), true).await;
        assert!(matches!(refused, Err(Refused::Declined(_))), "{instead}: {refused:?}");
    }
    take(&first, true).await.unwrap();
    let plan = plan_called(&region, "parts").await;
    assert_eq!(plan.row("a").unwrap().adopted_from, None, "a file does not say where from");

    saved(
        &region
            .post("/en/plans/parts/rows/b/report", Some(&ines), "status=ongoing&achieved=Begun")
            .await,
    );
    let without = first.replace("key = \"b\"", "key = \"c\"");
    let refused = take(&without, true).await;
    assert!(
        matches!(&refused, Err(Refused::Declined(why)) if why.id == "plan-error-row-reported"),
        "{refused:?}"
    );

    // A baseline that stays keeps the version it was measured by.
    let measured = format!(
        "{first}\n[[indicator]]\nkey = \"desks\"\nrow = \"a\"\ntitle = \"Desks\"\n\
         kind = \"operational\"\ndefinitions = [{{ version = 1, words = \"x\" }}, \
         {{ version = 2, words = \"y\", since = \"2028\" }}]\n\
         baseline = {{ value = {{ value = 4.0, on = \"2026-12-31\", version = 1 }} }}\n"
    );
    take(&measured, true).await.unwrap();
    for (number, by) in [(4, 1), (5, 2)] {
        let sheet = format!(
            "what,key,title,baseline,baseline_on\nindicator,desks,Desks,{number},2026-12-31\n"
        );
        assert!(take(&sheet, false).await.unwrap().applied);
        let plan = plan_called(&region, "parts").await;
        let baseline = plan.indicator("desks").unwrap().baseline.clone();
        assert!(
            matches!(baseline, Some(Baseline::Value { version, .. }) if version == by),
            "{baseline:?}"
        );
    }
    let nameless = "what,key,title\nindicator,desks,\nrow,d,\n";
    let told = take(nameless, false).await.unwrap();
    let fields: Vec<&str> = told.rejected.iter().map(|bad| bad.field.as_str()).collect();
    assert_eq!((fields, told.applied), (vec!["title", "title"], false));
}

/// What a program of someone's does to the rows and indicators of the draft.
async fn program(
    region: &Region,
    cookie: &str,
    method: Method,
    rest: &str,
    body: &Value,
) -> Answer {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let once = format!("plan-in-parts-{:06}", NEXT.fetch_add(1, Ordering::Relaxed));
    let seen = format!("\"{}\"", revision(region, "parts").await);
    let path = format!("/api/v1/plans/parts/{rest}");
    let call = Call::new(method, &path).body(body.to_string()).once(&once);
    call.with("if-match", seen).session(cookie).to(region).await
}

#[tokio::test]
async fn programs_change_and_take_out_rows_and_indicators_by_the_rules_of_the_form() {
    let region = Region::new().await;
    let ines = region.step_in(SECRETARIAT).await;
    let signed = session::resume(&region.app, ines.split_once('=').unwrap().1).await;
    let signed = signed.unwrap().unwrap();
    let acting = signed.acting(&region.app, Language::En);
    let text = parts_file(&tenant_named(&region, "Secretariat").await);
    let file = PlanFile { bytes: text.as_bytes(), toml: true, plan: None, apply: true };
    import(&acting, &file).await.unwrap();
    let send = async |method: Method, rest: &str, body: Value| {
        program(&region, &ines, method, rest, &body).await
    };

    // A row changed without a word on how far it has come stays as far as it was.
    let row = json!({"row": {"key": "", "level": "area", "title": "Other words"}});
    let told = send(Method::PUT, "rows/a", row).await.json();
    assert_eq!(told["rows"][0]["title"], "Other words");
    assert_eq!(plan_called(&region, "parts").await.row("a").unwrap().status, Status::Ongoing);
    let claims = json!({"row": {"key": "c", "level": "area", "title": "C", "status": "done",
        "adopted_from": {"plan": "meridian-plan", "row": "care-men"}}});
    send(Method::POST, "rows", claims).await.json();
    let plan = plan_called(&region, "parts").await;
    let added = plan.row("c").unwrap();
    assert_eq!((added.status, &added.adopted_from), (Status::Planned, &None));
    for (level, title) in [("area", " "), ("", "A")] {
        let row = json!({"row": {"key": "", "level": level, "title": title}});
        send(Method::PUT, "rows/a", row.clone()).await.problem(422);
        send(Method::POST, "rows", row).await.problem(422);
    }

    let indicator = |title: &str| {
        let indicator = json!({"key": "", "row": "c", "title": title, "kind": "operational"});
        json!({"indicator": indicator})
    };
    send(Method::POST, "indicators", indicator("")).await.problem(422);
    let told = send(Method::POST, "indicators", indicator("Desks")).await.json();
    assert_eq!(told["indicators"][0]["key"], "indicator-1");
    let own = "indicators/indicator-1";
    send(Method::PUT, own, indicator(&"x".repeat(601))).await.problem(422);
    let told = send(Method::PUT, own, indicator("Desks open")).await.json();
    assert_eq!(told["indicators"][0]["title"], "Desks open");

    send(Method::POST, "rows/c/drop", json!({})).await.problem(422);
    send(Method::POST, &format!("{own}/drop"), json!({})).await.json();
    let told = send(Method::POST, "rows/c/drop", json!({})).await.json();
    assert_eq!((told["rows"].as_array().unwrap().len(), &told["indicators"]), (2, &json!([])));
}
