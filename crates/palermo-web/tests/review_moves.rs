//! Rounds of reviews after they were set up: days are moved, provisions changed,
//! reviewers named, with the reason beside what stood before; the same over the interface.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::{Method, StatusCode};
use palermo_app::{domain::register::day::Day, review};
use palermo_store::{Paging, outbox, tenant};
use serde_json::{Value, json};
use support::{
    Answer, Region,
    program::{Call, Told as _},
};

const EXPERT: &str = "ewa@lodestar.example";
const FOCAL: &str = "joan@taskforce.avelmar.example";
const SECRETARIAT: &str = "ines@secretariat.meridian.example";

fn saved(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
}

/// The revision a form was opened with.
fn revision(page: &str) -> String {
    let rest = page.split("name=\"revision\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

async fn letters(region: &Region) -> usize {
    let mut found = 0;
    let all = tenant::Filter::default();
    let tenants = tenant::list(&region.app.store, &all, Paging::all()).await.unwrap();
    for tenant in tenants.items {
        let all = outbox::list(&region.app.store, tenant.record.id, None, Paging::all());
        found += all.await.unwrap().items.iter().filter(|one| one.kind == "review-changed").count();
    }
    found
}

#[tokio::test]
async fn req_054_056_the_day_of_a_step_is_moved_with_a_reason_and_the_state_is_told() {
    let region = Region::new().await;
    let expert = region.step_in(EXPERT).await;
    let path = "/en/reviews/lodestar-r2/XAA/days";
    let state = "XAA".parse().unwrap();
    let before = review::evaluation(&region.app, "lodestar-r2", state).await.unwrap();
    let page = region.get(path, Some(&expert)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let seen = revision(&page.text);
    let at = before.evaluation.steps.len() - 1;
    let reached = before.evaluation.steps[at].on;
    let later: Day = before.due.unwrap().plus_days(30);
    let form = |on: Day, due: Day, reason: &str| {
        format!("step={at}&on={on}&due={due}&reason={reason}&revision={seen}")
    };
    // A step before the one before it, no reason, and time taken from the State.
    let early =
        region.post(path, Some(&expert), &form(reached.plus_days(-90), later, "Late")).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.text.contains("steps keep their order"), "{}", early.text);
    let mute = region.post(path, Some(&expert), &form(reached, later, "")).await;
    assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
    let short = before.due.unwrap().plus_days(-5);
    let short = region.post(path, Some(&expert), &form(reached, short, "Soon")).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.text.contains("only made longer"), "{}", short.text);
    let good = form(reached, later, "The+ministry+moved+house");
    saved(&region.post(path, Some(&expert), &good).await);
    let after = review::evaluation(&region.app, "lodestar-r2", state).await.unwrap();
    assert_eq!(after.due, Some(later));
    assert_eq!(after.evaluation.moved.len(), 1);
    assert!(letters(&region).await > 0);
    let focal = region.step_in(FOCAL).await;
    let notices = region.get("/en/notices", Some(&focal)).await.text;
    assert!(notices.contains("The review of your State was changed"), "{notices}");
    let shown = region.get("/en/reviews/lodestar-r2/XAA", None).await.text;
    assert!(shown.contains("The ministry moved house"), "{shown}");
    // Whoever opened an older form changes nothing.
    let older = good.replace(&later.to_string(), "2031-01-01");
    let stale = region.post(path, Some(&expert), &older).await;
    assert_ne!(stale.status, StatusCode::SEE_OTHER);
    assert_eq!(region.get(path, Some(&focal)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn req_054_reviewers_are_named_and_nobody_reviews_their_own_state() {
    let region = Region::new().await;
    let expert = region.step_in(EXPERT).await;
    let path = "/en/reviews/lodestar-r2/XAA/reviewers";
    let page = region.get(path, Some(&expert)).await.text;
    let form =
        |who: &str| format!("reviewers={who}&reason=Drawn+by+lot&revision={}", revision(&page));
    let own = region.post(path, Some(&expert), &form("Judge+of+a+port+%7C+XAA")).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.text.contains("Judge of a port"), "what was typed stays");
    saved(&region.post(path, Some(&expert), &form("Judge+of+a+port+%7C+XBB")).await);
    let shown = region.get("/en/reviews/lodestar-r2/XAA", None).await.text;
    assert!(shown.contains("Judge of a port") && shown.contains("Drawn by lot"), "{shown}");
}

#[tokio::test]
async fn req_054_the_provisions_in_focus_change_and_the_order_stays_once_begun() {
    let region = Region::new().await;
    let expert = region.step_in(EXPERT).await;
    let path = "/en/reviews/lodestar-r2/change";
    let page = region.get(path, Some(&expert)).await.text;
    let round = review::round(&region.app, "lodestar-r2").await.unwrap();
    let form = |order: &str, to: i32| {
        format!(
            "title=Second+round&provisions=Article+5,Article+26&from={}&to={to}&order={order}\
             &source=A+decision&reason=The+parties+asked&revision={}",
            round.from,
            revision(&page)
        )
    };
    let other = if round.order.code() == "by-name" { "by-adherence" } else { "by-name" };
    let late = region.post(path, Some(&expert), &form(other, round.to)).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "evaluations have begun");
    let order = round.order.code();
    let backwards = region.post(path, Some(&expert), &form(order, round.from - 1)).await;
    assert_eq!(backwards.status, StatusCode::UNPROCESSABLE_ENTITY);
    saved(&region.post(path, Some(&expert), &form(order, round.to)).await);
    let after = review::round(&region.app, "lodestar-r2").await.unwrap();
    assert_eq!(after.provisions, ["Article 5", "Article 26"]);
    assert!(after.moved.iter().any(|one| one.what == "provisions"));
    let shown = region.get("/en/reviews/lodestar-r2", None).await.text;
    assert!(shown.contains("The parties asked"), "{shown}");
}

#[tokio::test]
async fn req_219_a_state_reports_on_a_decision_and_it_lies_before_the_next_meeting() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let body = region.get("/en/meetings/MERIDIAN/officials", Some(&focal)).await.text;
    let meeting = |title: &str| {
        let before = body.split(title).next().unwrap();
        let path = before.rsplit("href=\"").next().unwrap();
        path.split('"').next().unwrap().to_owned()
    };
    let ninth = meeting("Ninth Senior Officials Meeting");
    let tenth = meeting("Tenth Senior Officials Meeting");
    let reply = ninth.replace("/en/meetings/", "/en/meetings/reply/");
    let form = "decision=0&action=2&status=done&text=Ten+were+made&evidence=";
    let bare = region.post(&reply, Some(&focal), form).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY, "what is done is shown");
    assert!(bare.text.contains("Ten were made"), "what was typed stays");
    saved(&region.post(&reply, Some(&focal), &format!("{form}Gazette+12")).await);
    let next = region.get(&tenth, Some(&focal)).await.text;
    assert!(next.contains("Gazette 12"), "{next}");
    assert!(next.contains("What States reported since the last meeting"), "{next}");
    let page = region.get(&ninth, Some(&focal)).await.text;
    assert!(page.contains("Gazette 12"));
    // The form names the decision by its words: numbers change when one is put before it.
    let words = page.split("name=\"decision\" value=\"").nth(1).unwrap();
    assert!(words.split('"').next().unwrap().parse::<usize>().is_err(), "{words}");
    let public = region.get(&tenth, None).await.text;
    assert!(!public.contains("Gazette 12"), "observers and the public do not read it");
    let expert = region.step_in(EXPERT).await;
    let nobodys = region.post(&reply, Some(&expert), &format!("{form}Gazette+13")).await;
    assert_eq!(nobodys.status, StatusCode::NOT_FOUND, "it speaks for no State");
}

/// A request of a program with a name of its own, and the revision it saw.
async fn program(
    region: &Region,
    cookie: &str,
    (method, path, body): (Method, &str, &Value),
    (key, seen): (&str, &str),
) -> Answer {
    let name = format!("review-moves-{key}");
    let call = Call::new(method, path).body(body.to_string());
    let call = call.session(cookie).once(&name);
    if seen.is_empty() {
        call.to(region).await
    } else {
        call.with("if-match", seen).to(region).await
    }
}

#[tokio::test]
async fn req_056_a_program_moves_days_once_and_an_older_revision_is_told() {
    let region = Region::new().await;
    let expert = region.step_in(EXPERT).await;
    let focal = region.step_in(FOCAL).await;
    let path = "/api/v1/rounds/lodestar-r2/evaluations/XAA";
    let told = Call::get(path).to(&region).await;
    let tag = told.headers["etag"].to_str().unwrap().to_owned();
    let told = told.json();
    let steps = told["evaluation"]["steps"].as_array().unwrap();
    let last = steps.len() - 1;
    let due: Day = told["evaluation"]["due"].as_str().unwrap().parse().unwrap();
    let body = json!({ "step": last, "on": steps[last]["on"], "reason": "Elections",
        "due": due.plus_days(30).to_string() });
    let days = format!("{path}/days");
    let put = (Method::PUT, days.as_str(), &body);
    let nobody = program(&region, &focal, put.clone(), ("focal-point", &tag)).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    for _ in 0..2 {
        // Sent again after a lost connection it is done once, and answered the same.
        let moved = program(&region, &expert, put.clone(), ("first-time", &tag)).await;
        assert_eq!(moved.status, StatusCode::NO_CONTENT, "{}", moved.text);
    }
    let more = json!({ "step": last, "on": steps[last]["on"], "reason": "Elections",
        "due": due.plus_days(60).to_string() });
    let stale = (Method::PUT, days.as_str(), &more);
    let stale = program(&region, &expert, stale, ("second-time", &tag)).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.text);
    let now = Call::get(path).to(&region).await.json();
    assert_eq!(now["evaluation"]["moved"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn req_058_a_program_reads_a_report_together_with_the_states_comments() {
    let region = Region::new().await;
    let path = "/api/v1/rounds/lodestar-r1/evaluations/XAA";
    let told = Call::get(path).to(&region).await;
    assert!(told.text.contains("Hospitals are not among those"), "{}", told.text);
    assert!(told.text.contains("two hotels are under contract"), "{}", told.text);
    // The draft of another is not there for everyone.
    let draft = Call::get("/api/v1/rounds/lodestar-r2/evaluations/XAA").to(&region).await;
    assert!(!draft.text.contains("Legal aid begins"), "{}", draft.text);
    let focal = region.step_in(FOCAL).await;
    let draft = "/api/v1/rounds/lodestar-r2/evaluations/XAA";
    let draft = Call::get(draft).session(&focal).to(&region).await;
    assert!(draft.text.contains("Legal aid begins"), "{}", draft.text);
    assert!(!draft.text.contains("turned away crews"), "notes of a visit are the experts' alone");
    let text = |of: &str| format!("/api/v1/rounds/lodestar-r2/evaluations/XAA/texts/{of}");
    for of in ["expert", "political", "visit-notes", "nobody"] {
        let own = Call::get(&text(of)).session(&focal).to(&region).await;
        assert_eq!(own.status, StatusCode::NOT_FOUND, "{of} is not the State's");
    }
    let own = Call::get(&text("state")).session(&focal).to(&region).await;
    assert_eq!(own.status, StatusCode::OK, "{}", own.text);
    for path in [text("state"), "/api/v1/rounds/lodestar-r2/evaluations/XAA".to_owned()] {
        let slip = Call::get(&format!("{path}?bogus=1")).session(&focal).to(&region).await;
        assert_eq!(slip.problem(400)["status"], 400);
    }
}

#[tokio::test]
async fn req_219_220_a_program_reads_a_meeting_by_its_rights_and_reports_for_its_state() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let body = Call::get("/api/v1/bodies/MERIDIAN/officials").to(&region).await.json();
    assert_eq!(body["rights"]["observer"]["votes"], false);
    let meetings = body["meetings"].as_array().unwrap();
    let ninth = meetings
        .iter()
        .find(|one| one["meeting"]["title"] == "Ninth Senior Officials Meeting")
        .unwrap();
    let papers = ninth["meeting"]["papers"].as_array().unwrap();
    assert!(papers.iter().all(|one| one["open"] == true), "the public reads open papers");
    assert_eq!(ninth["quorate"].is_null(), body["quorum"].is_null());
    let path = format!("/api/v1/meetings/{}", ninth["id"].as_str().unwrap());
    let replies = format!("{path}/replies");
    let told = json!({ "decision": 0, "action": 2, "status": "done", "text": "Ten were made" });
    let bare = (Method::POST, replies.as_str(), &told);
    let bare = program(&region, &focal, bare, ("without-proof", "")).await;
    assert_eq!(bare.problem(422)["errors"][0]["field"], "evidence");
    let told = json!({ "decision": 0, "action": 2, "status": "done", "text": "Ten were made",
        "evidence": "Gazette 14" });
    let proved = (Method::POST, replies.as_str(), &told);
    let proved = program(&region, &focal, proved, ("with-proof-given", "")).await;
    assert_eq!(proved.status, StatusCode::CREATED, "{}", proved.text);
    let own = Call::get(&path).session(&focal).to(&region).await;
    assert!(own.text.contains("Gazette 14"), "{}", own.text);
    let public = Call::get(&path).to(&region).await;
    assert!(!public.text.contains("Gazette 14"), "{}", public.text);
    let slip = Call::get(&format!("{path}?bogus=1")).to(&region).await;
    assert_eq!(slip.problem(400)["status"], 400);
    let progress = "/api/v1/plans/meridian-plan/progress";
    let one = Call::get(&format!("{progress}?state=XBB")).to(&region).await.json();
    let rows = one["rows"].as_array().unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row["state"] == "XBB"), "{rows:?}");
    let unknown = Call::get(&format!("{progress}?state=ZZZ")).to(&region).await;
    assert_eq!(unknown.problem(400)["status"], 400);
}

#[tokio::test]
async fn req_023_a_program_reports_figures_of_its_own_state_by_the_rules_of_the_form() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let plan = Call::get("/api/v1/plans/meridian-plan").to(&region).await.json();
    let year = plan["to"].as_str().unwrap().split('-').next().unwrap().to_owned();
    let path = "/api/v1/plans/meridian-plan/values";
    let values = |state: &str, value: Value| {
        json!({ "values": [{ "indicator": "men", "state": state, "period": year,
            "value": value, "evidence": "register of places" }] })
    };
    let below = values("XAA", json!(-4));
    let below =
        program(&region, &focal, (Method::POST, path, &below), ("below-nought-1", "")).await;
    assert_eq!(below.problem(422)["errors"][0]["field"], "value");
    let mut long = values("XAA", json!(4));
    long["values"][0]["evidence"] = json!("a".repeat(501));
    let long = program(&region, &focal, (Method::POST, path, &long), ("of-great-length", "")).await;
    assert_eq!(long.problem(422)["errors"][0]["field"], "evidence");
    let others = values("XBB", json!(4));
    let others =
        program(&region, &focal, (Method::POST, path, &others), ("of-another-one", "")).await;
    assert_eq!(others.status, StatusCode::NOT_FOUND, "{}", others.text);
    let own = values("XAA", json!(4));
    let own = program(&region, &focal, (Method::POST, path, &own), ("of-ones-own-1", "")).await;
    assert_eq!(own.json()["ids"].as_array().unwrap().len(), 1);
    // What the national plan has of the same year and place stays, and both say so.
    let path = "/api/v1/plans/avelmar-plan/values";
    let other = values("XAA", json!(99));
    let other = program(&region, &focal, (Method::POST, path, &other), ("nationally-99", "")).await;
    assert_eq!(other.json()["ids"].as_array().unwrap().len(), 1);
    for (path, other) in [("meridian-plan", "avelmar-plan"), ("avelmar-plan", "meridian-plan")] {
        let page = region.get(&format!("/en/plans/{path}"), None).await.text;
        let told = page.split("id=\"plan-drift\"").nth(1).unwrap_or_default();
        assert!(told.contains("99") && told.contains(&format!("/en/plans/{other}")), "{page}");
    }
}

#[tokio::test]
async fn req_022_031_a_program_sets_targets_and_amends_with_a_reason() {
    let region = Region::new().await;
    let ines = region.step_in("ines@secretariat.meridian.example").await;
    let path = "/api/v1/plans/meridian-plan/amendments";
    let body = |reason: &str| {
        json!({ "what": "computed", "indicator": "party", "since": "2031", "reason": reason,
            "decided_by": "Senior Officials" })
    };
    let mute = body("");
    let mute = program(&region, &ines, (Method::POST, path, &mute), ("without-reason", "")).await;
    assert_eq!(mute.problem(422)["errors"][0]["field"], "reason");
    let told = body("The register comes too late");
    let told = (Method::POST, path, &told);
    let first = program(&region, &ines, told.clone(), ("with-a-reason-1", "")).await.json();
    assert!(first["revision"].as_i64().unwrap() > 0);
    // Sent again it changes nothing more, and is answered the same.
    let again = program(&region, &ines, told, ("with-a-reason-1", "")).await.json();
    assert_eq!(again, first);
    let plan = Call::get("/api/v1/plans/meridian-plan").session(&ines).to(&region).await;
    let tag = plan.headers["etag"].to_str().unwrap().to_owned();
    let plan = plan.json();
    let year = plan["to"].as_str().unwrap().split('-').next().unwrap().to_owned();
    let path = "/api/v1/plans/meridian-plan/targets";
    let targets = json!({ "targets": [{ "indicator": "men", "state": "XBB", "period": year,
        "value": 77 }], "decided_by": "Senior Officials", "reason": "More was promised" });
    let put = (Method::PUT, path, &targets);
    let set = program(&region, &ines, put.clone(), ("targets-set-once", &tag)).await;
    assert_eq!(set.json()["changed"], 1);
    let stale = json!({ "targets": [{ "indicator": "men", "state": "XBB", "period": year,
        "value": 78 }], "decided_by": "Senior Officials", "reason": "More was promised" });
    let stale = (Method::PUT, path, &stale);
    let stale = program(&region, &ines, stale, ("targets-set-late", &tag)).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.text);
    let focal = region.step_in(FOCAL).await;
    let other = program(&region, &focal, put, ("targets-of-others", &tag)).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "the plan is the secretariat's");
}

fn plain(answer: Answer) -> String {
    answer.text.replace(['\u{2068}', '\u{2069}'], "")
}

#[tokio::test]
async fn whoever_does_not_lead_a_review_is_offered_nothing_that_could_not_be_saved() {
    let region = Region::new().await;
    let (expert, secretariat) = (region.step_in(EXPERT).await, region.step_in(SECRETARIAT).await);
    let (round, state) = ("/en/reviews/lodestar-r2", "/en/reviews/lodestar-r2/XBB");
    for (page, door) in [
        (round, format!("{round}/change")),
        (state, format!("{state}/move")),
        (state, format!("{state}/days")),
        (state, format!("{state}/reviewers")),
        (state, format!("{state}/visit")),
    ] {
        let own = region.get(page, Some(&expert)).await.text;
        assert!(own.contains(&format!("\"{door}\"")), "{door}");
        let other = region.get(page, Some(&secretariat)).await.text;
        assert!(!other.contains(&format!("\"{door}\"")), "{door}");
        if !door.ends_with("/move") {
            let form = region.get(&door, Some(&secretariat)).await;
            assert_eq!(form.status, StatusCode::NOT_FOUND, "no form that loses what is typed");
            assert_eq!(region.get(&door, Some(&expert)).await.status, StatusCode::OK);
        }
    }
}

#[tokio::test]
async fn req_056_nobody_reads_that_a_state_replied_where_it_did_not() {
    let region = Region::new().await;
    let expert = region.step_in(EXPERT).await;
    let path = "/en/reviews/lodestar-r2/XBB";
    let page = plain(region.get(path, Some(&expert)).await);
    assert!(page.contains("Go on to: went on without a reply"), "the button says it: {page}");
    saved(&region.post(&format!("{path}/move"), Some(&expert), "to=reply").await);
    for path in [path, "/en/reviews/lodestar-r2"] {
        let public = region.get(path, None).await.text;
        assert!(public.contains("went on without a reply"), "{public}");
        assert!(!public.contains("State replied"), "{public}");
    }
    let told = Call::get("/api/v1/rounds/lodestar-r2").to(&region).await.json();
    let all = told["evaluations"].as_array().unwrap();
    let found = all.iter().find(|one| one["state"] == "XBB").unwrap();
    assert_eq!(found["without"], json!(["reply"]));
    // Avelmar did.
    let replied = region.get("/en/reviews/lodestar-r2/XAA", None).await.text;
    assert!(replied.contains("State replied"), "{replied}");
}

#[tokio::test]
async fn req_059_a_draft_stands_while_its_state_comments_on_it() {
    let region = Region::new().await;
    let expert = region.step_in(EXPERT).await;
    let path = "/en/reviews/lodestar-r2/XAA";
    let page = region.get(path, Some(&expert)).await.text;
    assert!(page.contains("The draft stands as it was sent"), "{page}");
    assert!(!page.contains("name=\"pillar\" value=\"expert\""), "{page}");
    assert!(page.contains("name=\"pillar\" value=\"visit-notes\""), "{page}");
    let typed = "pillar=expert&title=Draft&text=Another+finding&shared=yes&revision=1";
    let late = region.post(&format!("{path}/findings"), Some(&expert), typed).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.text.contains("is commenting on this draft"), "{}", late.text);
    assert!(late.text.contains("Another finding"), "what was typed stays");
    let focal = region.step_in(FOCAL).await;
    let shown = region.get(path, Some(&focal)).await.text;
    assert!(shown.contains("Legal aid begins") && !shown.contains("Another finding"), "{shown}");
}

#[tokio::test]
async fn req_219_an_action_that_is_late_stands_before_whoever_owes_it() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let work = region.get("/en/work", Some(&secretariat)).await.text;
    let line = work.split("<li>").find(|one| one.contains("one form for all States")).unwrap();
    assert!(line.contains("overdue"), "{line}");
    assert!(!work.contains("Name an officer for determinations"), "that is a State's");
    let meeting = line.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    let page = region.get(meeting, Some(&secretariat)).await.text;
    let row = page.split("<tr").find(|one| one.contains("one form for all States")).unwrap();
    assert!(row.contains("overdue"), "{row}");
    // To report on it does not say that it is done.
    assert!(row.contains("<option value=\"open\" selected"), "{row}");
}

#[tokio::test]
async fn of_two_recommendations_that_contradict_each_other_both_say_so() {
    let region = Region::new().await;
    for (one, other) in [("LOD-R1-XAA-2", "MER-SOM-8"), ("MER-SOM-8", "LOD-R1-XAA-2")] {
        let page = region.get(&format!("/en/recommendations/{one}"), None).await.text;
        let against = page.split("Contradicts").nth(1).unwrap_or_default();
        assert!(against.contains(&format!("/en/recommendations/{other}")), "{page}");
    }
    let ministers = region.get("/en/meetings/MERIDIAN/ministers", None).await.text;
    assert!(ministers.contains("Second Ministerial Meeting"), "{ministers}");
}
