//! Keys in the browser: opened by their owner, made for the organisation,
//! handed from one member to another, brought back by two officers, never held
//! by the server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::StatusCode;
use palermo_app::{
    demo::PASSPHRASE,
    domain::{
        actor::Actor,
        compartment::Compartment::Care,
        id::{AccountId, TenantId},
    },
    keys::Paper,
    locale::Language,
};
use palermo_store::{
    ActContext, Begun, account,
    keys::{
        compartment,
        staff::{self, Holder},
    },
};
use support::{Answer, Region};

const RUTH: &str = "ruth@harbourhouse.example";
const NADIA: &str = "nadia@harbourhouse.example";
/// A shelter of two cleared members.
const MARISOL: &str = "marisol@casaalondra.example";
const BENITO: &str = "benito@casaalondra.example";
/// An auditor: opens nothing, has no key pair.
const YUSUF: &str = "yusuf@secretariat.meridian.example";

fn typed(passphrase: &str) -> String {
    format!("passphrase={}", passphrase.replace(' ', "+"))
}

async fn unlock(region: &Region, cookie: &str) {
    let answer = region.post("/en/account/unlock", Some(cookie), &typed(PASSPHRASE)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

fn said(region: &Region, id: &str) -> String {
    region.app.catalogue.text(Language::En, id)
}

async fn who(region: &Region, email: &str) -> (TenantId, AccountId) {
    let found = account::find_by_email(&region.app.store, email).await.unwrap().unwrap();
    (found.record.tenant, found.record.id)
}

/// Whether someone's key pair opens care.
async fn holds(region: &Region, email: &str) -> bool {
    let (tenant, account) = who(region, email).await;
    let store = &region.app.store;
    let keys = staff::of_holder(store, tenant, Holder::Staff(account)).await.unwrap();
    let holders = compartment::holders(store, tenant, Care).await.unwrap();
    keys.iter().any(|key| holders.contains(&key.id))
}

/// Someone's key pair is lost, with everything wrapped to it.
async fn lose_key(region: &Region, email: &str) {
    let (tenant, account) = who(region, email).await;
    let store = &region.app.store;
    let context = ActContext::new(tenant, Actor::System { job: "test".into() }, "key.lost");
    let Begun::Fresh(mut act) = store.act(context).await.unwrap() else { panic!("repeated") };
    for key in staff::of_holder(store, tenant, Holder::Staff(account)).await.unwrap() {
        staff::retire(&mut act, key.id).await.unwrap();
    }
    act.commit(&()).await.unwrap();
}

/// The letters of a paper on its page.
fn letters(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    // Names of languages are marked the same way; only the paper reads as one.
    let marked = answer.text.split("dir=\"ltr\">").skip(1);
    let mut texts = marked.filter_map(|from| from.split('<').next());
    texts.find(|text| Paper::parse(text).is_ok()).expect("letters").to_owned()
}

fn form(name: &str, value: &str) -> String {
    format!("{name}={}", value.replace(' ', "+"))
}

#[tokio::test]
async fn signing_in_opens_ones_key_and_locking_closes_it() {
    let region = Region::new().await;
    let ruth = region.step_in(RUTH).await;
    let page = region.get("/en/account", Some(&ruth)).await.text;
    assert!(page.contains(&said(&region, "keys-open")), "{page}");
    region.post("/en/account/lock", Some(&ruth), "").await;
    let page = region.get("/en/account", Some(&ruth)).await.text;
    assert!(page.contains(&said(&region, "keys-closed")));
    unlock(&region, &ruth).await;
    assert!(
        region.get("/en/account", Some(&ruth)).await.text.contains(&said(&region, "keys-open"))
    );
}

#[tokio::test]
async fn the_first_opening_makes_a_key_pair_and_leaves_it_open() {
    let region = Region::new().await;
    let yusuf = region.step_in(YUSUF).await;
    let first = said(&region, "keys-unlock-first");
    assert!(region.get("/en/account/unlock", Some(&yusuf)).await.text.contains(&first));
    unlock(&region, &yusuf).await;
    assert!(
        region.get("/en/account", Some(&yusuf)).await.text.contains(&said(&region, "keys-open"))
    );
    // From now on signing in opens it.
    let again = region.step_in(YUSUF).await;
    assert!(
        region.get("/en/account", Some(&again)).await.text.contains(&said(&region, "keys-open"))
    );
}

#[tokio::test]
async fn a_wrong_passphrase_opens_no_key_and_says_so() {
    let region = Region::new().await;
    let ruth = region.step_in(RUTH).await;
    region.post("/en/account/lock", Some(&ruth), "").await;
    let answer =
        region.post("/en/account/unlock", Some(&ruth), &typed("not this one at all")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains(&said(&region, "error-key-passphrase")));
}

#[tokio::test]
async fn a_closed_key_leads_to_where_it_is_opened_and_back() {
    let region = Region::new().await;
    let marisol = region.step_in(MARISOL).await;
    region.post("/en/account/lock", Some(&marisol), "").await;
    let refused = region.post("/en/admin/keys/recovery/renew", Some(&marisol), "").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text.contains("/en/account/unlock"), "{}", refused.text);
    let answer = region
        .post(
            "/en/account/unlock",
            Some(&marisol),
            &format!("{}&to=/admin/keys", typed(PASSPHRASE)),
        )
        .await;
    assert_eq!(answer.headers["location"], "/en/admin/keys");
}

#[tokio::test]
async fn a_lost_passphrase_is_rewrapped_by_two_officers() {
    let region = Region::new().await;
    // Ruth loses her key. Nadia and Kofi remain; only Nadia's role hands over, so
    // a third officer of the house is needed: Iris becomes on call too.
    let nadia = region.step_in(NADIA).await;
    let ruth = region.step_in(RUTH).await;
    let (_, iris) = who(&region, "iris@harbourhouse.example").await;
    let given =
        region.post(&format!("/en/admin/people/{iris}/roles"), Some(&ruth), "role=on-call").await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text);
    let (_, ruth_id) = who(&region, RUTH).await;
    lose_key(&region, RUTH).await;
    let ruth = region.step_in(RUTH).await;
    unlock(&region, &ruth).await;
    assert!(!holds(&region, RUTH).await, "a new key holds nothing by itself");

    let account = form("account", &ruth_id.to_string());
    let alone = region.post("/en/admin/keys/hand-over", Some(&nadia), &account).await;
    assert_eq!(alone.status, StatusCode::SEE_OTHER, "{}", alone.text);
    assert!(alone.headers["location"].to_str().unwrap().ends_with("keys-second-officer"));
    assert!(!holds(&region, RUTH).await, "one officer is not enough");
    let twice = region.post("/en/admin/keys/hand-over", Some(&nadia), &account).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "nor the same one twice");
    assert!(!holds(&region, RUTH).await);

    // The second officer must hold the compartments; Nadia hands them to Iris first.
    let iris_page = region.step_in("iris@harbourhouse.example").await;
    let to_iris = form("account", &iris.to_string());
    let handed = region.post("/en/admin/keys/hand-over", Some(&nadia), &to_iris).await;
    assert_eq!(handed.status, StatusCode::SEE_OTHER, "{}", handed.text);
    let second = region.post("/en/admin/keys/hand-over", Some(&iris_page), &account).await;
    assert_eq!(second.status, StatusCode::SEE_OTHER, "{}", second.text);
    assert!(holds(&region, RUTH).await, "two officers are");
}

#[tokio::test]
async fn a_tenant_of_two_survives_the_loss_of_one_key_by_paper_and_colleague() {
    let region = Region::new().await;
    let marisol = region.step_in(MARISOL).await;
    let paper = region.post("/en/admin/keys/recovery/paper", Some(&marisol), "").await;
    let paper = letters(&paper);
    let renewed = region.post("/en/admin/keys/recovery/renew", Some(&marisol), "").await;
    assert_eq!(renewed.status, StatusCode::SEE_OTHER, "{}", renewed.text);

    lose_key(&region, MARISOL).await;
    let marisol = region.step_in(MARISOL).await;
    unlock(&region, &marisol).await;
    assert!(!holds(&region, MARISOL).await);

    // Alone neither opens it: nothing was released for Marisol yet.
    let early =
        region.post("/en/admin/keys/recovery/open", Some(&marisol), &form("paper", &paper)).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    let benito = region.step_in(BENITO).await;
    let released = region.post("/en/admin/keys/recovery/release", Some(&benito), "").await;
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.text);
    let own = region.post("/en/admin/keys/recovery/open", Some(&benito), "").await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "not by the one who released");
    let waits = region.get("/en/notices", Some(&marisol)).await.text;
    assert!(waits.contains(&said(&region, "notice-recovery-released")), "{waits}");

    let opened =
        region.post("/en/admin/keys/recovery/open", Some(&marisol), &form("paper", &paper)).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
    assert!(opened.text.contains("Marisol"), "{}", opened.text);
    assert!(holds(&region, MARISOL).await);
    // It is sealed again: a second opening needs two people again.
    let again = region.post("/en/admin/keys/recovery/open", Some(&marisol), "").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn when_both_lose_their_keys_two_papers_bring_them_back() {
    let region = Region::new().await;
    let (marisol, benito) = (region.step_in(MARISOL).await, region.step_in(BENITO).await);
    let one = letters(&region.post("/en/admin/keys/recovery/paper", Some(&marisol), "").await);
    let two = letters(&region.post("/en/admin/keys/recovery/paper", Some(&benito), "").await);
    region.post("/en/admin/keys/recovery/renew", Some(&benito), "").await;
    for email in [MARISOL, BENITO] {
        lose_key(&region, email).await;
    }
    let (marisol, benito) = (region.step_in(MARISOL).await, region.step_in(BENITO).await);
    for cookie in [&marisol, &benito] {
        unlock(&region, cookie).await;
    }
    // A colleague's paper in one's own hands opens nothing.
    let stolen =
        region.post("/en/admin/keys/recovery/release", Some(&benito), &form("paper", &one)).await;
    assert_eq!(stolen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stolen.text.contains(&said(&region, "error-paper")));
    let released =
        region.post("/en/admin/keys/recovery/release", Some(&benito), &form("paper", &two)).await;
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.text);
    let opened =
        region.post("/en/admin/keys/recovery/open", Some(&marisol), &form("paper", &one)).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
    assert!(holds(&region, MARISOL).await && holds(&region, BENITO).await);
}

#[tokio::test]
async fn a_rotation_moves_everything_and_keeps_everyones_access() {
    let region = Region::new().await;
    let marisol = region.step_in(MARISOL).await;
    let (tenant, _) = who(&region, MARISOL).await;
    let before = compartment::holders(&region.app.store, tenant, Care).await.unwrap();
    let rotated = region.post("/en/admin/keys/rotate", Some(&marisol), "compartment=care").await;
    assert_eq!(rotated.status, StatusCode::SEE_OTHER, "{}", rotated.text);
    let after = compartment::holders(&region.app.store, tenant, Care).await.unwrap();
    assert_eq!(before.len(), after.len(), "staff and recovery hold the new key");
    assert_eq!(compartment::retired(&region.app.store, tenant, Care).await.unwrap(), 0);
    assert!(holds(&region, BENITO).await);
}

#[tokio::test]
async fn staying_signed_in_takes_a_request_of_ones_own() {
    let region = Region::new().await;
    let ruth = region.step_in(RUTH).await;
    assert_eq!(
        region.post("/en/account/keep", Some(&ruth), "").await.status,
        StatusCode::NO_CONTENT
    );
}

/// The id of a colleague in the form that hands a key over.
fn offered(page: &str) -> Option<String> {
    let form = page.split("/admin/keys/hand-over").nth(1)?;
    Some(form.split("name=\"account\" value=\"").nth(1)?.get(..36)?.to_owned())
}

#[tokio::test]
async fn a_member_makes_the_keys_and_hands_them_to_a_colleague_whose_role_needs_them() {
    let region = Region::bare().await;
    let (ruth, nadia) = (region.step_in(RUTH).await, region.step_in(NADIA).await);
    unlock(&region, &ruth).await;
    let page = region.get("/en/admin/keys", Some(&ruth)).await.text;
    assert!(page.contains("Two different officers are needed"), "told before it is asked");
    assert!(!page.contains("/admin/keys/establish"), "{page}");
    let alone = region.post("/en/admin/keys/establish", Some(&ruth), "").await;
    assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY, "recovery needs a second officer");
    unlock(&region, &nadia).await;
    let made = region.post("/en/admin/keys/establish", Some(&ruth), "").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let page = region.get("/en/admin/keys", Some(&ruth)).await.text;
    let colleague = offered(&page).expect("Nadia lacks what her role opens");
    let body = form("account", &colleague);
    region.post("/en/account/lock", Some(&ruth), "").await;
    let closed = region.post("/en/admin/keys/hand-over", Some(&ruth), &body).await;
    assert_eq!(closed.status, StatusCode::FORBIDDEN, "a closed key hands nothing over");
    unlock(&region, &ruth).await;
    let handed = region.post("/en/admin/keys/hand-over", Some(&ruth), &body).await;
    assert_eq!(handed.status, StatusCode::SEE_OTHER);
    assert!(holds(&region, NADIA).await);
}
