//! The acts on a case for programs: the same as on the pages, refused by the same
//! rules; a token's program does what is coded and is told where a key is needed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::StatusCode;
use serde_json::{Value, json};
use support::{
    Region,
    program::{Call, Told, token},
};

/// Case manager and administrator of a shelter: makes tokens for what they carry.
const BENITO: &str = "benito@casaalondra.example";
const MARISOL: &str = "marisol@casaalondra.example";
const SCOPES: [&str; 6] = [
    "case.open",
    "case.read",
    "case.write",
    "referral.send",
    "identification.decide",
    "care.write",
];

/// One after another, each with a name of its own.
struct Names(std::cell::Cell<u32>);

impl Names {
    fn next(&self) -> String {
        self.0.set(self.0.get() + 1);
        format!("request-of-a-case-{}", self.0.get())
    }
}

async fn account(region: &Region, email: &str) -> String {
    let found = palermo_store::account::find_by_email(&region.app.store, email).await;
    found.unwrap().unwrap().record.id.to_string()
}

fn person() -> Value {
    json!({ "persons": [{ "name": "Selma", "age": "adult", "language": "tr", "urgent": ["food"] }] })
}

#[tokio::test]
async fn a_case_is_opened_and_referred_from_a_session_and_a_token_is_told_that_a_key_is_needed() {
    let region = Region::new().await;
    let cookie = region.step_in(BENITO).await;
    let token = token(&region, BENITO, &SCOPES).await;
    let names = Names(std::cell::Cell::new(0));
    let locked = Call::post("/api/v1/cases", &person());
    let locked = locked.token(&token).once(&names.next()).to(&region).await;
    assert!(locked.problem(403)["detail"].as_str().unwrap().contains("key"));
    let once = names.next();
    let open = async || {
        let call = Call::post("/api/v1/cases", &person()).session(&cookie).once(&once);
        call.to(&region).await.json()["cases"][0].as_str().unwrap().to_owned()
    };
    let case = open().await;
    assert_eq!(open().await, case, "the same request opens it once");
    let wrong = json!({ "persons": [{ "age": "grown", "language": "" }] });
    let wrong = Call::post("/api/v1/cases", &wrong).session(&cookie).once(&names.next());
    let told = wrong.to(&region).await.problem(422);
    assert_eq!(told["errors"].as_array().unwrap().len(), 2, "all at once: {told}");

    let desks = region.get(&format!("/en/cases/{case}/consent"), Some(&cookie)).await.text;
    let desk = desks.split("Harbour House intake").next().unwrap();
    let desk = desk.rsplit("value=\"").next().unwrap().get(..36).unwrap().to_owned();
    let path = format!("/api/v1/cases/{case}/referrals");
    let order = json!({ "ask": "referral", "desk": desk, "purpose": "help", "service": "shelter",
        "urgency": "now", "items": ["call_name", "age", "story"] });
    let refer = async |name: String| {
        Call::post(&path, &order).session(&cookie).once(&name).to(&region).await
    };
    let told = refer(names.next()).await.problem(403);
    assert!(told["detail"].as_str().unwrap().contains("CETS 197 art. 11"), "{told}");

    // What is coded a token's program writes down, and is refused like anyone.
    let consents = format!("/api/v1/cases/{case}/consents");
    let mut said =
        json!({ "purpose": "help", "desk": desk, "answer": "yes", "explained": ["who"] });
    let half = Call::post(&consents, &said).token(&token).once(&names.next());
    let told = half.to(&region).await.problem(422);
    assert!(told["errors"][0]["message"].as_str().unwrap().contains("Rule 6"), "{told}");
    said["explained"] = json!(["who", "what", "may_refuse", "may_withdraw"]);
    let yes = Call::post(&consents, &said).token(&token).once(&names.next()).to(&region).await;
    assert_eq!(yes.status, StatusCode::CREATED, "{}", yes.text);
    let consent = yes.json()["id"].clone();
    said["words"] = json!("She is not sure");
    let words = Call::post(&consents, &said).token(&token).once(&names.next());
    words.to(&region).await.problem(403);

    let sent = refer(names.next()).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
    let back = json!({ "consent": consent });
    let withdraw = format!("/api/v1/cases/{case}/withdraw");
    let taken = Call::post(&withdraw, &back).token(&token).once(&names.next()).to(&region).await;
    assert_eq!(taken.json()["told"], 1);
    let listed = Call::get(&path).token(&token).to(&region).await.json();
    assert_eq!(listed["items"][0]["state"], "withdrawn");
    assert_eq!(listed["items"][0]["items"], json!(["call_name", "age"]), "never the story");
    let listed = Call::get(&consents).token(&token).to(&region).await.json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    assert_eq!(listed["items"][0]["holds"], false);
}

#[tokio::test]
async fn a_program_decides_plans_and_sets_work_under_the_rules_of_the_page() {
    let region = Region::new().await;
    let cookie = region.step_in(BENITO).await;
    let token = token(&region, BENITO, &SCOPES).await;
    let names = Names(std::cell::Cell::new(0));
    let opened = Call::post("/api/v1/cases", &person()).session(&cookie).once(&names.next());
    let case = opened.to(&region).await.json()["cases"][0].as_str().unwrap().to_owned();
    let marisol = account(&region, MARISOL).await;
    let send = async |path: &str, body: Value| {
        let path = format!("/api/v1/cases/{case}/{path}");
        Call::post(&path, &body).token(&token).once(&names.next()).to(&region).await
    };

    let no =
        json!({ "finding": "not_identified", "body": "labour_inspector", "site": "workplace" });
    let told = send("identifications", no.clone()).await.problem(422);
    let errors = told["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 4, "reasons, ground, second person, way to contest: {told}");
    assert!(errors.iter().all(|one| one["message"].as_str().unwrap().contains("Rule 12")));
    let mut whole = no;
    whole["basis"] = json!(["no_means"]);
    whole["legal_ground"] = json!("national_law");
    whole["reviewer"] = json!(marisol);
    whole["review_route"] = json!("court");
    let decided = send("identifications", whole).await.json();
    let shown = Call::get(&format!("/api/v1/cases/{case}")).token(&token).to(&region).await.json();
    assert_eq!(shown["status"], "presumed", "it waits for its second person");
    let review = format!("/api/v1/identifications/{}/review", decided["id"].as_str().unwrap());
    let yes = json!({ "confirms": true });
    let own = Call::post(&review, &yes).session(&cookie).once(&names.next()).to(&region).await;
    own.problem(403);
    // A second person's word is no program's.
    let program = Call::post(&review, &yes).token(&token).once(&names.next()).to(&region).await;
    program.problem(404);
    let other = region.step_in(MARISOL).await;
    let done = Call::post(&review, &yes).session(&other).once(&names.next()).to(&region).await;
    assert_eq!(done.json()["case"], json!(case));

    let need = json!({ "kind": "need", "facts": { "service": "legal", "state": "open",
        "on": region.app.store.now().date().to_string() } });
    assert_eq!(send("care", need).await.status, StatusCode::CREATED);
    let benito = account(&region, BENITO).await;
    let task = json!({ "what": "papers", "who": benito, "due": "2031-02-28" });
    let set = send("tasks", task).await;
    assert_eq!(set.status, StatusCode::CREATED, "{}", set.text);
    let stranger = json!({ "what": "papers", "who": marisol, "due": "2031-02-28" });
    assert_eq!(send("tasks", stranger).await.problem(422)["errors"][0]["field"], "who");
}
