//! The page of the log: narrowed by who, what, how and when, turned round, taken away.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support::Region;

const AUDITOR: &str = "yusuf@secretariat.meridian.example";

#[tokio::test]
async fn the_log_is_narrowed_turned_round_and_taken_away_by_its_address() {
    let region = Region::new().await;
    let cookie = region.step_in(AUDITOR).await;
    let page = region.get("/en/audit", Some(&cookie)).await;
    for name in ["who", "from", "until", "action", "kind", "about", "outcome", "sort"] {
        assert!(page.text.contains(&format!("name=\"{name}\"")), "{name}");
    }
    assert!(page.text.contains("aria-sort=\"descending\""));
    let none = region.get("/en/audit?from=1999-01-01&until=1999-01-31", Some(&cookie)).await;
    assert!(none.text.contains("p-empty"), "{}", none.text);
    let oldest = region.get("/en/audit?sort=oldest", Some(&cookie)).await;
    assert!(oldest.text.contains("aria-sort=\"ascending\""));
    let csv = region.get("/en/audit?action=audit.read&format=csv", Some(&cookie)).await;
    assert!(csv.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
    assert!(csv.text.contains("audit.read") && csv.text.contains("taken away as a file"));
    let xlsx = region.get("/en/audit?format=xlsx", Some(&cookie)).await;
    assert!(xlsx.text.starts_with("PK"));
}

#[tokio::test]
async fn a_day_that_is_none_is_named_and_stays_as_it_was_typed() {
    let region = Region::new().await;
    let cookie = region.step_in(AUDITOR).await;
    let wrong = region.get("/en/audit?from=November&kind=case", Some(&cookie)).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains("href=\"#from\"") && wrong.text.contains("value=\"November\""));
    let turned = region.get("/en/audit?from=2026-11-30&until=2026-11-01", Some(&cookie)).await;
    assert!(turned.text.contains("href=\"#until\""));
}

#[tokio::test]
async fn a_sign_in_says_in_words_how_it_was_done() {
    let region = Region::new().await;
    let cookie = region.step_in(AUDITOR).await;
    let none = region.get("/en/audit?action=nope", Some(&cookie)).await;
    assert_eq!(none.status, axum::http::StatusCode::UNPROCESSABLE_ENTITY, "{}", none.text);
    let page = region.get("/en/audit?action=account.sign-in", Some(&cookie)).await;
    assert!(page.text.contains("with two factors"), "{}", page.text);
}
