//! Keys in the browser: opened by their owner, made for the organisation,
//! handed from one member to another, never held by the server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use axum::http::StatusCode;
use palermo_app::demo::PASSPHRASE;
use support::Region;

const RUTH: &str = "ruth@harbourhouse.example";
const NADIA: &str = "nadia@harbourhouse.example";

fn typed(passphrase: &str) -> String {
    format!("passphrase={}", passphrase.replace(' ', "+"))
}

async fn unlock(region: &Region, cookie: &str) {
    let answer = region.post("/en/account/unlock", Some(cookie), &typed(PASSPHRASE)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

/// The id of a colleague in the form that hands a key over.
fn offered(page: &str) -> Option<String> {
    let form = page.split("/admin/keys/hand-over").nth(1)?;
    Some(form.split("name=\"account\" value=\"").nth(1)?.get(..36)?.to_owned())
}

#[tokio::test]
async fn the_first_opening_makes_a_key_pair_and_leaves_it_open() {
    let region = Region::bare().await;
    let ruth = region.step_in(RUTH).await;
    let closed = region.app.catalogue.text(palermo_app::locale::Language::En, "keys-closed");
    assert!(region.get("/en/admin/keys", Some(&ruth)).await.text.contains(&closed));
    unlock(&region, &ruth).await;
    let open = region.app.catalogue.text(palermo_app::locale::Language::En, "keys-open");
    assert!(region.get("/en/admin/keys", Some(&ruth)).await.text.contains(&open));
}

#[tokio::test]
async fn a_wrong_passphrase_opens_no_key_and_says_so() {
    let region = Region::bare().await;
    let ruth = region.step_in(RUTH).await;
    let answer =
        region.post("/en/account/unlock", Some(&ruth), &typed("not this one at all")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_member_hands_the_organisations_keys_to_a_colleague_whose_role_needs_them() {
    let region = Region::bare().await;
    let ruth = region.step_in(RUTH).await;
    let nadia = region.step_in(NADIA).await;
    unlock(&region, &nadia).await;
    unlock(&region, &ruth).await;
    let made = region.post("/en/admin/keys/establish", Some(&ruth), "").await;
    assert_eq!(made.status, StatusCode::OK, "the recovery key is shown once");
    let page = region.get("/en/admin/keys", Some(&ruth)).await.text;
    let colleague = offered(&page).expect("Nadia lacks what her role opens");
    let handed =
        region.post("/en/admin/keys/hand-over", Some(&ruth), &format!("account={colleague}")).await;
    assert_eq!(handed.status, StatusCode::SEE_OTHER);
    let after = region.get("/en/admin/keys", Some(&ruth)).await.text;
    assert_ne!(offered(&after), Some(colleague), "she holds everything now");
}

#[tokio::test]
async fn a_closed_key_hands_nothing_over() {
    let region = Region::bare().await;
    let ruth = region.step_in(RUTH).await;
    let nadia = region.step_in(NADIA).await;
    for cookie in [&ruth, &nadia] {
        unlock(&region, cookie).await;
    }
    region.post("/en/admin/keys/establish", Some(&ruth), "").await;
    let page = region.get("/en/admin/keys", Some(&ruth)).await.text;
    let colleague = offered(&page).expect("someone to hand over to");
    region.post("/en/account/lock", Some(&ruth), "").await;
    let refused =
        region.post("/en/admin/keys/hand-over", Some(&ruth), &format!("account={colleague}")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn staying_signed_in_takes_a_request_of_ones_own() {
    let region = Region::bare().await;
    let ruth = region.step_in(RUTH).await;
    assert_eq!(
        region.post("/en/account/keep", Some(&ruth), "").await.status,
        StatusCode::NO_CONTENT
    );
}
