//! What reviews wait for, among everything a State owes; figures whose unit is doubtful;
//! what was published; two hands on one text; addresses that ask for what is not there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::StatusCode;
use palermo_app::{
    domain::{
        actor::Actor,
        register::day::Day,
        review::{Recommendation, Stage, StepOwed, StepStatus},
    },
    report::{self, Standing},
    review,
};
use palermo_store::{ActContext, Begun, review::recommendation};
use support::{
    Answer, Region,
    program::{Call, Told as _},
};

const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const EXPERT: &str = "ewa@lodestar.example";
const FOCAL: &str = "joan@taskforce.avelmar.example";
const CADRINTH: &str = "xiomara@comite.cadrinth.example";

fn today(region: &Region) -> Day {
    region.app.store.now().date().into()
}

fn last_year(region: &Region) -> i32 {
    region.app.store.now().date().year() - 1
}

fn saved(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
}

#[tokio::test]
async fn req_056_068_a_step_that_waits_for_a_state_stands_wherever_the_state_looks() {
    let region = Region::new().await;
    let (focal, expert) = (region.step_in(FOCAL).await, region.step_in(EXPERT).await);
    let door = "href=\"/en/reviews/lodestar-r2/XAA\"";
    let todo = "Comment on the draft report";
    let work = region.get("/en/work", Some(&focal)).await.text;
    assert!(work.contains(door) && work.contains(todo), "{work}");
    let duties = region.get("/en/reports/duties?state=XAA&kind=review", None).await.text;
    assert!(duties.contains(door) && duties.contains(todo), "{duties}");
    let feed = region.get("/en/states/XAA/duties.ics", None).await.text;
    assert!(feed.contains("LODESTAR: comment on the draft report"), "{feed}");
    let told = Call::get("/api/v1/states/XAA/duties").to(&region).await.json();
    let steps = told["steps"].as_array().unwrap();
    let draft = steps.iter().find(|one| one["stage"] == "draft" && one["status"] == "due");
    assert_eq!(draft.unwrap()["page"], "/reviews/lodestar-r2/XAA", "{steps:?}");
    assert!(steps.iter().all(|one| one["actor"] == "state"), "{steps:?}");
    // Past its deadline and not settled: late, with the way to where the State answers.
    let late = steps.iter().find(|one| one["recommendation"] == "LOD-R1-XAA-2").unwrap();
    assert_eq!(late["status"], "overdue");
    assert_eq!(late["page"], "/recommendations/LOD-R1-XAA-2");
    // Whoever runs the round has the steps that are theirs, and not the State's.
    let experts = region.get("/en/work", Some(&expert)).await.text;
    assert!(experts.contains("Send the questionnaire"), "{experts}");
    assert!(!experts.contains(todo), "{experts}");
    let led = experts.matches("Lead the review on").count();
    let comments = "pillar=state&title=Ours&text=Two+courts+differ.&revision=&shared=yes";
    saved(&region.post("/en/reviews/lodestar-r2/XAA/comments", Some(&focal), comments).await);
    let work = region.get("/en/work", Some(&focal)).await.text;
    assert!(!work.contains(todo), "{work}");
    let experts = region.get("/en/work", Some(&expert)).await.text;
    assert_eq!(experts.matches("Lead the review on").count(), led + 1, "{experts}");
    let (state, today) = ("XAA".parse().unwrap(), today(&region));
    let years = today.date().year() - 1..=today.date().year();
    let steps = review::steps_of(&region.app, state, &[], years, today, false).await.unwrap();
    let round = |one: &&StepOwed| one.round.as_deref() == Some("lodestar-r2");
    let draft = steps.iter().filter(round).find(|one| one.stage == Stage::Draft);
    assert_eq!(draft.map(|one| one.status), Some(StepStatus::Done), "{steps:?}");
}

#[tokio::test]
async fn req_060_068_a_confidential_recommendation_is_a_step_for_its_state_alone() {
    let region = Region::new().await;
    let store = &region.app.store;
    let all = recommendation::list(store, None).await.unwrap();
    let made = |one: &Recommendation| one.id == "LOD-R1-XAA-2";
    let found = all.into_iter().find(|one| made(&one.record.entry)).unwrap().record;
    let record = Recommendation {
        id: "LOD-QUIET".into(),
        confidential: true,
        same_as: Vec::new(),
        ..found.entry
    };
    let actor = Actor::System { job: "test".into() };
    let context = ActContext::new(found.tenant, actor, "recommendation.keep");
    let Begun::Fresh(mut act) = store.act(context).await.unwrap() else { panic!("once") };
    recommendation::insert(&mut act, &record).await.unwrap();
    act.commit(&()).await.unwrap();
    let focal = region.step_in(FOCAL).await;
    let other = region.step_in(CADRINTH).await;
    for path in [
        "/en/reports/duties?state=XAA&kind=review",
        "/en/states/XAA/duties.ics",
        "/api/v1/states/XAA/duties",
    ] {
        let own = Call::get(path).session(&focal).to(&region).await.text;
        assert!(own.contains("LOD-QUIET"), "{path}");
        let public = region.get(path, None).await.text;
        assert!(!public.contains("LOD-QUIET"), "{path}");
        let others = Call::get(path).session(&other).to(&region).await.text;
        assert!(!others.contains("LOD-QUIET"), "{path}");
    }
    // Nor do other States read what it says.
    let path = "/en/recommendations/LOD-QUIET";
    assert_eq!(region.get(path, Some(&focal)).await.status, StatusCode::OK);
    for reader in [None, Some(other.as_str())] {
        assert_eq!(region.get(path, reader).await.status, StatusCode::NOT_FOUND);
    }
    let ours = "state=XCC&status=ongoing&lead=&deadline=&account=Ours&evidence=";
    let spoken = region.post(&format!("{path}/own"), Some(&other), ours).await;
    assert_eq!(spoken.status, StatusCode::NOT_FOUND, "nor speak of it");
    let work = region.get("/en/work", Some(&focal)).await.text;
    assert!(work.contains("/en/recommendations/LOD-QUIET"), "{work}");
}

#[tokio::test]
async fn req_043_049_a_figure_of_doubtful_unit_is_left_out_until_its_state_confirms_it() {
    let region = Region::new().await;
    let (app, year) = (&region.app, last_year(&region));
    let trained = async || {
        let made =
            report::regional(app, "joint-annual", "MERIDIAN", year, Standing::Submitted, "en")
                .await
                .unwrap();
        let mut all = made.sections.into_iter().flat_map(|section| section.questions);
        all.find(|one| one.code == "4.7").unwrap().summary
    };
    let added = |summary: &palermo_app::domain::report::QuestionSummary| {
        let mut figures = summary.figures.iter().flat_map(|group| &group.figures);
        figures.any(|(state, _)| state.as_str() == "XCC")
    };
    let before = trained().await;
    let doubted: Vec<&str> = before.doubtful.iter().map(|one| one.state.as_str()).collect();
    assert_eq!(doubted, ["XCC"]);
    assert!(!added(&before));
    let secretariat = region.step_in(SECRETARIAT).await;
    let path = format!("/en/reports/regional/joint-annual/MERIDIAN/{year}");
    for path in [path.clone(), format!("{path}?format=html"), format!("{path}?format=json")] {
        let told = region.get(&path, Some(&secretariat)).await.text;
        let named = told.contains("Left out of the total") || told.contains("\"doubtful\"");
        assert!(named, "{path}");
    }
    // The State stands by it, and nobody else does for it.
    let report = format!("/en/reports/country/joint-annual/XCC/{year}");
    let confirm = format!("{report}/unit");
    let own = region.step_in(CADRINTH).await;
    let page = region.get(&report, Some(&own)).await.text;
    assert!(page.contains(": add it"), "{page}");
    let focal = region.step_in(FOCAL).await;
    let counts = "code=4.7&meant=as-asked";
    let other = region.post(&confirm, Some(&focal), counts).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    saved(&region.post(&confirm, Some(&own), counts).await);
    let after = trained().await;
    assert!(after.doubtful.is_empty() && added(&after), "{after:?}");
    let page = region.get(&report, Some(&own)).await.text;
    assert!(!page.contains(": add it") && page.contains("The State confirmed the unit"));
    assert_ne!(
        region.post(&confirm, Some(&own), counts).await.status,
        StatusCode::SEE_OTHER,
        "once"
    );
}

#[tokio::test]
async fn what_was_published_is_neither_accepted_nor_sent_back_again() {
    let region = Region::new().await;
    let path = format!("/en/reports/country/joint-annual/XAA/{}", last_year(&region));
    let secretariat = region.step_in(SECRETARIAT).await;
    let receive = format!("{path}/receive");
    saved(&region.post(&receive, Some(&secretariat), "decision=published&why=").await);
    let page = region.get(&path, Some(&secretariat)).await.text;
    assert!(!page.contains("name=\"decision\""), "nothing is left to decide");
    assert!(page.contains("This version was published"));
    let form = "decision=returned&why=Count+again";
    let late = region.post(&receive, Some(&secretariat), form).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.text.contains("changed by correction only"), "{}", late.text);
}

#[tokio::test]
async fn the_trail_of_a_figure_tells_who_entered_it_and_names_only_to_its_state() {
    let region = Region::new().await;
    let year = last_year(&region);
    let path = format!("/en/reports/country/joint-annual/XAA/{year}");
    let public = region.get(&path, None).await.text;
    assert!(public.contains("Entered by: "), "{public}");
    let at = format!("/api/v1/reports/country/joint-annual/XAA/{year}");
    let told = Call::get(&at).to(&region).await.json();
    let answers = told["sections"].as_array().unwrap().iter();
    let mut by =
        answers.flat_map(|one| one["answers"].as_array().unwrap()).map(|one| &one["entered_by"]);
    assert!(by.clone().any(|by| by["organisation"].as_str().is_some_and(|name| !name.is_empty())));
    assert!(by.all(|by| by["name"].is_null()), "no account is named to the public");
    let made =
        report::country(&region.app, "joint-annual", "XAA", year, Standing::Submitted, "en", true);
    let made = made.await.unwrap();
    let mut all = made.sections.iter().flat_map(|one| &one.answers);
    let named = all.find_map(|one| one.entered_by.as_ref()?.name.clone());
    assert!(named.is_some(), "its State reads who typed it");
}

#[tokio::test]
async fn two_hands_on_a_review_text_are_told_on_top_with_both_versions() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let path = "/en/reviews/lodestar-r2/XAA/comments";
    let form = |text: &str| format!("pillar=state&title=Ours&text={text}&revision=");
    saved(&region.post(path, Some(&focal), &form("First+hand")).await);
    let met = region.post(path, Some(&focal), &form("Second+hand")).await;
    assert_eq!(met.status, StatusCode::UNPROCESSABLE_ENTITY);
    let main = met.text.split("<main").nth(1).unwrap();
    let at = |words: &str| main.find(words).expect(words);
    assert!(at("govuk-error-summary") < at("Saved meanwhile"));
    assert!(at("First hand") < at("Second hand"));
    assert!(at("Second hand") < at("id=\"review-steps\""), "on top of the page");
    assert!(main.contains("Second hand</textarea>"), "what was typed stays");
}

#[tokio::test]
async fn an_address_that_asks_for_what_is_not_there_is_told_so() {
    let region = Region::new().await;
    let year = last_year(&region);
    for path in [
        "/en/reports/regional?questionnaire=bogus&mechanism=MERIDIAN&year=2020".to_owned(),
        "/en/reports/regional?questionnaire=joint-annual&mechanism=bogus&year=2020".to_owned(),
        format!("/en/reports/regional/joint-annual/MERIDIAN/{year}?format=bogus"),
        format!("/en/reports/country/joint-annual/XAA/{year}?version=bogus"),
    ] {
        let page = region.get(&path, None).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.text.contains("data-not-taken") && page.text.contains("bogus"), "{path}");
    }
    let report = format!("/api/v1/reports/country/joint-annual/XAA/{year}/versions");
    let regional = format!("/api/v1/reports/regional/joint-annual/MERIDIAN/{year}");
    for path in [
        report.as_str(),
        regional.as_str(),
        "/api/v1/rounds/lodestar-r2",
        "/api/v1/rounds/lodestar-r2/order",
        "/api/v1/rounds/lodestar-r2/evaluations/XAA",
    ] {
        let slip = Call::get(&format!("{path}?bogus=1")).to(&region).await;
        assert_eq!(slip.problem(400)["status"], 400, "{path}");
    }
}

#[tokio::test]
async fn a_notice_about_a_report_leads_to_that_report() {
    let region = Region::new().await;
    let path = format!("/en/reports/country/joint-annual/XAA/{}", last_year(&region));
    let secretariat = region.step_in(SECRETARIAT).await;
    let form = "decision=returned&why=Count+again";
    saved(&region.post(&format!("{path}/receive"), Some(&secretariat), form).await);
    let focal = region.step_in(FOCAL).await;
    let notices = region.get("/en/notices", Some(&focal)).await.text;
    assert!(notices.contains(&format!("href=\"{path}\"")), "{notices}");
}
