//! Documents, flags, like names and the closing of a case, in the browser.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::StatusCode;
use palermo_app::locale::Language;
use support::Region;

const NADIA: &str = "nadia@harbourhouse.example";

/// Opens a case: where its page is, and where one is led to.
async fn open(region: &Region, cookie: &str, name: &str) -> (String, String) {
    let form = format!("name={name}&age=adult&language=tr");
    let answer = region.post("/en/cases/new", Some(cookie), &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let to = answer.headers["location"].to_str().unwrap().to_owned();
    (to.split('?').next().unwrap().to_owned(), to)
}

fn said(region: &Region, id: &str) -> String {
    region.app.catalogue.text(Language::En, id)
}

#[tokio::test]
async fn a_document_is_written_down_found_by_its_number_and_in_no_address() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let (case, _) = open(&region, &nadia, "Selma").await;
    let papers = format!("{case}/papers");
    let empty = region.post(&papers, Some(&nadia), "version=0").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = "version=0&kind=passport&number=XA+55-66-77&state=XAA&at=withheld";
    let kept = region.post(&papers, Some(&nadia), form).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    let page = region.get(&case, Some(&nadia)).await.text;
    assert!(
        page.contains("XA 55-66-77") && page.contains(&said(&region, "case-paper-at-withheld"))
    );

    let search = region.post("/en/cases/search", Some(&nadia), "name=xa+556677").await;
    assert_eq!(search.status, StatusCode::OK);
    assert!(search.text.contains(&case), "{}", search.text);
    assert!(search.headers.get("content-encoding").is_none());
    let list = region.get("/api/v1/cases", Some(&nadia)).await.text;
    assert!(!list.contains("55-66-77"), "programs are told no number");
    // The second of two editors is shown what the first wrote, with their own words kept.
    let late = region.post(&papers, Some(&nadia), "version=0&kind=other&number=XB+1").await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text);
    assert!(late.text.contains("XA 55-66-77") && late.text.contains("XB 1"));
    // Locked, nobody sees it.
    region.post("/en/account/lock", Some(&nadia), "").await;
    let locked = region.get(&case, Some(&nadia)).await.text;
    assert!(!locked.contains("55-66-77"));
}

#[tokio::test]
async fn a_flag_is_on_top_of_its_case_and_the_list_is_narrowed_by_it() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let (case, _) = open(&region, &nadia, "Selma").await;
    let (other, _) = open(&region, &nadia, "Zora").await;
    let flags = format!("{case}/flags");
    let without = region.post(&flags, Some(&nadia), "code=do-not-telephone").await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY, "a flag has its reason");
    let form = "code=do-not-telephone&reason=The+brother+answers";
    let set = region.post(&flags, Some(&nadia), form).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.text);
    let page = region.get(&case, Some(&nadia)).await.text;
    assert!(page.contains("The brother answers"), "{page}");
    assert!(page.contains(&said(&region, "case-flag-do-not-telephone")));
    let list = region.get("/en/cases?flag=do-not-telephone", Some(&nadia)).await.text;
    assert!(list.contains(&case) && !list.contains(&other), "{list}");
    assert!(!list.contains("The brother answers"), "why stands on the case alone");
}

#[tokio::test]
async fn a_like_name_is_a_hint_on_the_page_of_a_new_case_and_closing_asks_about_its_work() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let (first, _) = open(&region, &nadia, "Qesivara+Tolbukk").await;
    let (second, led) = open(&region, &nadia, "Qesivara+Tolbuk").await;
    assert!(!led.contains("Qesivara"), "no name in an address");
    let page = region.get(&led, Some(&nadia)).await.text;
    assert!(page.contains(&said(&region, "case-alike-why")) && page.contains(&first), "{page}");
    let other = first.rsplit('/').next().unwrap();
    let answer = format!("other={other}");
    let told = region.post(&format!("{second}/not-same"), Some(&nadia), &answer).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.text);
    let page = region.get(&led, Some(&nadia)).await.text;
    assert!(!page.contains(&said(&region, "case-alike-why")), "it is remembered");

    let account = palermo_store::account::find_by_email(&region.app.store, NADIA).await;
    let account = account.unwrap().unwrap().record.id;
    let task = format!("what=contact&who={account}&due-day=1&due-month=12&due-year=2099");
    let set = region.post(&format!("{second}/task"), Some(&nadia), &task).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.text);
    let close = format!("{second}/close");
    let page = region.get(&close, Some(&nadia)).await.text;
    let field = page.split("name=\"task-").nth(1).unwrap().get(..36).unwrap().to_owned();
    let early = region.post(&close, Some(&nadia), "closure=goals_met").await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.text.contains(&said(&region, "case-close-error-fate")), "{}", early.text);
    let form = format!("closure=goals_met&task-{field}=dropped");
    let closed = region.post(&close, Some(&nadia), &form).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.text);
    let page = region.get(&second, Some(&nadia)).await.text;
    assert!(page.contains(&said(&region, "case-tag-closed")), "{page}");
}
