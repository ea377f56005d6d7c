//! Money of several currencies, and a child's return against the standards in force.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::StatusCode;
use support::Region;

const LEAD: &str = "nadia@harbourhouse.example";
const SECRETARIAT: &str = "ines@secretariat.meridian.example";

/// The address of the case whose row shows this name.
async fn case_of(region: &Region, cookie: &str, name: &str) -> String {
    let list = region.get("/en/cases", Some(cookie)).await.text;
    let at = list.find(&format!(">{name}<")).or_else(|| list.find(name)).expect(name);
    let row = list[..at].rfind("<tr").unwrap_or(0);
    let link = list[row..].find("/en/cases/").expect("a link") + row;
    list[link..link + "/en/cases/".len() + 36].to_owned()
}

/// Without the marks that keep directions apart.
fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

#[tokio::test]
async fn req_231_an_award_shows_in_its_own_currency_wherever_the_case_is_read() {
    let region = Region::new().await;
    let cookie = region.step_in(LEAD).await;
    let teo = case_of(&region, &cookie, "Teo").await;
    let amount = "2\u{202f}450\u{202f}000\u{a0}XOF";
    for path in ["/care", "/summary.html"] {
        let page = region.get(&format!("{teo}{path}"), Some(&cookie)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        assert!(plain(&page.text).contains(amount), "{path}: {}", page.text);
    }
    let api = teo.replace("/en/", "/api/v1/") + "/care";
    let told = region.get(&api, Some(&cookie)).await.text;
    assert!(told.contains("\"awarded\":\"2450000 XOF\""), "{told}");
    // An amount without its day or its currency is no amount.
    let form = format!("{teo}/care/new/service");
    let sent = "service=compensation&provider=state&paid=500";
    let refused = region.post(&form, Some(&cookie), sent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(plain(&refused.text).contains("`500` is not an amount"), "{}", refused.text);
    let sent = "service=compensation&provider=state&paid=500.50+EUR";
    let refused = region.post(&form, Some(&cookie), sent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("500.50 EUR"), "kept as typed: {}", refused.text);
}

#[tokio::test]
async fn req_231_a_rate_told_with_day_and_source_gives_a_total_beside_the_amounts() {
    let region = Region::new().await;
    let plan = "/en/plans/meridian-plan";
    let shown = plain(&region.get(plan, None).await.text);
    assert!(shown.contains("1 XOF = 0.00152449 EUR on") && shown.contains("Fixed parity"));
    assert!(shown.contains("95\u{202f}000\u{202f}000\u{a0}XOF"), "the original stays: {shown}");
    let cookie = region.step_in(SECRETARIAT).await;
    let form = region.get(&format!("{plan}/rates"), Some(&cookie)).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text);
    assert!(form.text.contains("value=\"EUR\""), "the mechanism's currency is proposed");
    let today = palermo_app::domain::register::day::Day::from(region.app.store.now().date());
    let sent = format!("from=XOF&to=EUR&rate=0.0016&on={today}&source=An+invented+bank");
    for (wrong, words) in [
        (sent.replace("XOF", "XOZ"), "not a currency in use"),
        (sent.replace("XOF", "EUR"), "two different currencies"),
        (sent.replace("0.0016", "0"), "is not a rate"),
    ] {
        let refused = region.post(&format!("{plan}/rates"), Some(&cookie), &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(refused.text.contains(words), "{words}: {}", refused.text);
    }
    let saved = region.post(&format!("{plan}/rates"), Some(&cookie), &sent).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let shown = plain(&region.get(plan, None).await.text);
    assert!(shown.contains("1 XOF = 0.0016 EUR on"), "the latest counts: {shown}");
    assert!(!shown.contains("1 XOF = 0.00152449 EUR"), "{shown}");
    let api = region.get("/api/v1/plans/meridian-plan", None).await.text;
    assert!(api.contains("\"budget_total\":{\"total\":\"") && api.contains("An invented bank"));
    // Nobody else's plan, and a stranger has no such page.
    let other = region.step_in(LEAD).await;
    let refused = region.get(&format!("{plan}/rates"), Some(&other)).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn req_134_the_page_says_whether_a_childs_return_may_be_arranged_and_planning_it_asks() {
    let region = Region::new().await;
    let cookie = region.step_in(LEAD).await;
    let amina = case_of(&region, &cookie, "Amina").await;
    for language in ["en", "fr", "es", "ar"] {
        let path = amina.replace("/en/", &format!("/{language}/"));
        let page = region.get(&format!("{path}/care"), Some(&cookie)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    }
    let page = plain(&region.get(&format!("{amina}/care"), Some(&cookie)).await.text);
    assert!(page.contains("A return may not be arranged yet."), "{page}");
    assert!(page.contains("A best-interests determination in favour is missing"));
    assert!(page.contains("Place at school") && page.contains("Standards of MERIDIAN"));
    let planned = "service=return&state=planned&on-day=1&on-month=2&on-year=2026";
    let refused = region.post(&format!("{amina}/care/new/need"), Some(&cookie), planned).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    assert!(refused.text.contains("Place at school"), "{}", refused.text);
    // Answers to an older version: said, and what was added since is open.
    let older = "version=2020-1&fulfilled=child_prepared&on-day=1&on-month=2&on-year=2026";
    let list = format!("{amina}/care/new/return-checklist");
    let kept = region.post(&list, Some(&cookie), older).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let page = plain(&region.get(&format!("{amina}/care"), Some(&cookie)).await.text);
    assert!(page.contains("Answered against version 2020-1; version 2026-1 is in force."));
    let gate = |case: &str| case.replace("/en/", "/api/v1/") + "/care/return";
    let told = region.get(&gate(&amina), Some(&cookie)).await.text;
    assert!(told.contains("\"may_be_arranged\":false") && told.contains("\"school_place\""));
    assert!(
        told.contains("\"answered\":\"2020-1\"") && told.contains("\"mechanism\":\"MERIDIAN\"")
    );
    let teo = case_of(&region, &cookie, "Teo").await;
    let adult = region.get(&gate(&teo), Some(&cookie)).await;
    assert_eq!(adult.status, StatusCode::NOT_FOUND, "an adult's own wish opens the way");
}
