//! A guardian in the browser: words for the team on the child's behalf, read by whoever
//! carries the case.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::StatusCode;
use support::Region;

const NADIA: &str = "nadia@harbourhouse.example";
const HANNA: &str = "hanna@harbourhouse.example";

/// The address of the case whose row shows this name.
async fn case_of(region: &Region, cookie: &str, name: &str) -> String {
    let list = region.get("/en/cases", Some(cookie)).await.text;
    let at = list.find(&format!(">{name}<")).or_else(|| list.find(name)).expect(name);
    // The row's link stands before or after the name.
    let row = list[..at].rfind("<tr").unwrap_or(0);
    let link = list[row..].find("/en/cases/").expect("a link") + row;
    list[link..link + "/en/cases/".len() + 36].to_owned()
}

#[tokio::test]
async fn rule_3_a_guardian_leaves_words_on_a_page_and_whoever_carries_the_case_reads_them() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let amina = case_of(&region, &nadia, "Amina").await;
    // Hanna is the guardian on her team, and of record.
    let hanna = region.step_in(HANNA).await;
    let path = format!("{amina}/guardian");
    let case = region.get(&amina, Some(&hanna)).await.text;
    assert!(case.contains(&path), "the way there stands on the case: {case}");
    let form = region.get(&path, Some(&hanna)).await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(form.text.contains("What is best for the child"), "{}", form.text);
    let typed = "about=sharing&words=Her+uncle+must+not+know";
    let refused = region.post(&path, Some(&hanna), typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Say what you answer about sharing"), "{}", refused.text);
    assert!(refused.text.contains("Her uncle must not know"), "nothing typed is lost");
    let said = region.post(&path, Some(&hanna), &format!("{typed}&answer=disagrees")).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.text);
    let view = "about=best_interests&words=School+comes+first";
    let said = region.post(&path, Some(&hanna), view).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.text);
    let weighing = region.get(&format!("{amina}/care/new/best-interests"), Some(&nadia)).await;
    assert!(weighing.text.contains("School comes first"), "{}", weighing.text);
    let told = region.get(&amina, Some(&nadia)).await.text;
    assert!(told.contains("The guardian answered about sharing"), "{told}");
    assert!(told.contains("Her uncle must not know"), "{told}");
    assert_eq!(region.get(&path, Some(&nadia)).await.status, StatusCode::NOT_FOUND);
}
