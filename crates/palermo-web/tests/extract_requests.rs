//! Figures asked for from outside, without an account.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::{knowledge::first, support::Region};
use axum::http::{StatusCode, header};
use palermo_app::{
    domain::{
        actor::Actor,
        id::{ExtractId, TenantId},
        knowledge::sharing::ExtractStatus,
        tenant::TenantKind,
    },
    knowledge::extract_requests,
};
use palermo_store::{
    ActContext, Begun, Paging, knowledge::extract as extracts, outbox, tenant as tenants,
};

const ANALYST: &str = "petra@secretariat.meridian.example";
const SECRETARIAT: &str = "ines@secretariat.meridian.example";

async fn secretariat(region: &Region) -> TenantId {
    let filter =
        tenants::Filter { kind: Some(TenantKind::Secretariat), ..tenants::Filter::default() };
    tenants::list(&region.app.store, &filter, Paging::all()).await.unwrap().items[0].record.id
}

/// The only request from outside.
async fn from_outside(region: &Region) -> (ExtractId, Option<String>, ExtractStatus) {
    let all = extracts::list(&region.app.store, None).await.unwrap();
    let one = all.into_iter().find(|one| one.entry.asked.is_none()).unwrap();
    (one.id, one.entry.contact.clone(), one.entry.status)
}

async fn letters(region: &Region) -> Vec<String> {
    let claimed =
        outbox::claim(&region.app.store, 50, std::time::Duration::from_secs(60)).await.unwrap();
    let mine = claimed.iter().filter(|one| one.item.kind == "extract-answered");
    mine.map(|one| {
        assert_eq!(one.item.destination, "", "the address is gone with the letter");
        String::from_utf8(one.body.to_vec()).unwrap()
    })
    .collect()
}

fn request(keeper: TenantId, year: i32, purpose: &str, email: &str) -> String {
    format!(
        "keeper={keeper}&title=Routes+at+sea&institution=Institute+of+Nordhaven&purpose={purpose}\
         &figures=Form+by+sex,+2015-2024&ethics=Board+12/2024-0012&delete_by-day=1&delete_by-month=6\
         &delete_by-year={year}&email={email}"
    )
}

/// A release that withstood the attack, and its id.
async fn prepared(region: &Region, analyst: &str) -> String {
    let list = region.get("/en/data?q=Harmonised", Some(analyst)).await;
    let dataset = first(&list.text, "/en/data/");
    let body = format!(
        "dataset={}&slug=for-nordhaven&title=Nordhaven&tables=form&method=round&k=20&from=&to=",
        &dataset["/en/data/".len()..]
    );
    let made = region.post("/en/publish/new", Some(analyst), &body).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let to = made.headers[header::LOCATION].to_str().unwrap().to_owned();
    to["/en/publish/".len()..][..36].to_owned()
}

#[tokio::test]
async fn req_189_somebody_outside_asks_is_answered_with_a_reason_and_forgotten() {
    let region = Region::new().await;
    let analyst = region.step_in(ANALYST).await;
    let second = region.step_in(SECRETARIAT).await;
    let keeper = secretariat(&region).await;
    let year = region.app.store.now().date().year() + 1;

    // Everything wrong is told at once, and nothing typed is lost.
    let wrong = request(keeper, year, "write+to+mina@school.example", "nobody");
    let refused = region.post("/en/figures/ask", None, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    assert!(refused.text.contains("Institute of Nordhaven"), "{}", refused.text);
    assert!(refused.text.contains("no addresses and telephone numbers here"), "{}", refused.text);

    let sent = request(keeper, year, "Thesis+on+recruitment", "mina@institute.example");
    let sent = region.post("/en/figures/ask", None, &sent).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let link = sent.headers[header::LOCATION].to_str().unwrap();
    let link = link.split('?').next().unwrap().to_owned();
    let page = region.get(&link, None).await.text;
    assert!(page.contains("Waits for review") && !page.contains("mina@"), "{page}");
    let (id, contact, _) = from_outside(&region).await;
    assert!(!contact.unwrap().contains("mina"), "the address lies there sealed");

    // Those who decide are told, and a decision has a reason.
    let work = region.get("/en/work", Some(&analyst)).await.text;
    assert!(work.contains("request for figures from outside"), "{work}");
    let path = format!("/en/extracts/{id}");
    let silent = "words=no+small+cell&agrees=yes&revision=1";
    let silent = region.post(&format!("{path}/review"), Some(&second), silent).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", silent.text);
    assert!(silent.text.contains("no small cell"), "{}", silent.text);
    let review = "words=no+small+cell&agrees=yes&answer=It+fits+the+purpose&revision=1";
    let done = region.post(&format!("{path}/review"), Some(&second), review).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert!(region.get(&link, None).await.text.contains("It fits the purpose"));
    let told = letters(&region).await;
    assert_eq!(told.len(), 1);
    assert!(!told[0].contains("purpose"), "a letter says only that there is an answer");
    let work = region.get("/en/work", Some(&analyst)).await.text;
    assert!(!work.contains("request for figures from outside"), "{work}");

    // One reviews, another gives; with the last letter the address is forgotten.
    let release = prepared(&region, &analyst).await;
    let give = format!("what=give&release={release}&revision=2");
    let alone = region.post(&path, Some(&second), &give).await;
    assert!(alone.text.contains("Another person must review it"), "{}", alone.text);
    let given = region.post(&path, Some(&analyst), &give).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text);
    let (_, contact, status) = from_outside(&region).await;
    assert_eq!((contact, status), (None, ExtractStatus::Given));
    assert_eq!(letters(&region).await.len(), 1);

    // The files are fetched by the link until their deletion is confirmed by it.
    let file = format!("{link}/files/form.csv");
    let fetched = region.get(&file, None).await;
    assert_eq!(fetched.status, StatusCode::OK, "{}", fetched.text);
    assert!(fetched.text.contains("labour"), "{}", fetched.text);
    let counts = region.get(&format!("{link}/files/release.json"), None).await;
    assert_eq!(counts.status, StatusCode::NOT_FOUND);
    let forged = region.get("/en/extract-requests/forged/files/form.csv", None).await;
    assert_eq!(forged.status, StatusCode::NOT_FOUND);
    let confirmed = region.post(&link, None, "").await;
    assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.text);
    assert_eq!(region.get(&file, None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(from_outside(&region).await.2, ExtractStatus::Deleted);
    let work = region.get("/en/work", Some(&analyst)).await.text;
    assert!(!work.contains("confirm a deletion"), "{work}");
}

#[tokio::test]
async fn req_189_an_address_that_was_never_answered_is_forgotten_after_the_day_of_deletion() {
    let region = Region::new().await;
    let keeper = secretariat(&region).await;
    let year = region.app.store.now().date().year() + 1;
    let body = request(keeper, year, "Thesis", "mina@institute.example");
    let body = format!("{body}&_once=0123456789abcdef012345");
    for _ in 0..2 {
        let sent = region.post("/en/figures/ask", None, &body).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    }
    let all = extracts::list(&region.app.store, None).await.unwrap();
    let mine: Vec<_> = all.iter().filter(|one| one.entry.asked.is_none()).collect();
    assert_eq!(mine.len(), 1, "sent twice, it counts once");
    extract_requests::forget(&region.app).await.unwrap();
    assert!(from_outside(&region).await.1.is_some(), "its day has not come");

    let mut extract = mine[0].entry.clone();
    extract.delete_by = "2020-01-01".parse().unwrap();
    let context = ActContext::new(keeper, Actor::Public, "extract.ask");
    let Begun::Fresh(mut act) = region.app.store.act(context).await.unwrap() else {
        panic!("it was done before");
    };
    extracts::update(&mut act, mine[0].id, &extract, mine[0].revision).await.unwrap();
    act.commit(&()).await.unwrap();
    extract_requests::forget(&region.app).await.unwrap();
    assert_eq!(from_outside(&region).await.1, None);
}
