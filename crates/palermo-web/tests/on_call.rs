//! Break-glass and the search by name: what someone on call and a case manager
//! reach, and what stays closed (checks A5, A7; E21).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::StatusCode;
use palermo_app::locale::Language;
use std::collections::BTreeSet;
use support::Region;

/// On call at a shelter, and its administrator.
const RUTH: &str = "ruth@harbourhouse.example";
/// Its case manager.
const NADIA: &str = "nadia@harbourhouse.example";

fn said(region: &Region, id: &str) -> String {
    region.app.catalogue.text(Language::En, id)
}

/// The ids behind a page's links of one kind.
fn linked(page: &str, path: &str) -> BTreeSet<String> {
    page.split(path)
        .skip(1)
        .filter_map(|rest| rest.get(..36))
        .filter(|id| id.split('-').count() == 5 && !id.contains('/') && !id.contains('"'))
        .map(str::to_owned)
        .collect()
}

/// A case that Ruth may not read by herself.
async fn foreign_case(region: &Region, ruth: &str) -> String {
    let list = region.get("/en/break-glass", Some(ruth)).await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.text);
    for id in linked(&list.text, "/en/break-glass/") {
        let path = format!("/en/cases/{id}?for=danger-to-life");
        if region.get(&path, Some(ruth)).await.status == StatusCode::NOT_FOUND {
            return id;
        }
    }
    panic!("Ruth is on the team of every case")
}

#[tokio::test]
async fn req_228_a7_on_call_opens_a_case_with_a_reason_and_the_team_is_told() {
    let region = Region::new().await;
    let ruth = region.step_in(RUTH).await;
    let case = foreign_case(&region, &ruth).await;
    let (page, glass) =
        (format!("/en/cases/{case}?for=danger-to-life"), format!("/en/break-glass/{case}"));
    let without = region.post(&glass, Some(&ruth), "reason=&minutes=60").await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY, "no reason, no opening");
    for minutes in ["0", "61", "600", "an+hour"] {
        let form = format!("reason=medical-emergency&minutes={minutes}");
        let answer = region.post(&glass, Some(&ruth), &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{minutes}");
    }
    assert_eq!(region.get(&page, Some(&ruth)).await.status, StatusCode::NOT_FOUND);

    let form = "reason=medical-emergency&minutes=30";
    let opened = region.post(&glass, Some(&ruth), form).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text);
    assert_eq!(opened.headers["location"].to_str().unwrap(), page);
    let read = region.get(&page, Some(&ruth)).await;
    assert_eq!(read.status, StatusCode::OK, "{}", read.text);
    for closed in ["/identification?", "/team?", "/refer\"", "/consent\"", "/work/finish"] {
        let button = format!("/en/cases/{case}{closed}");
        let shown = read.text.contains(&button) || read.text.contains(&format!("/en{closed}"));
        assert!(!shown, "a button that leads nowhere: {closed}");
    }
    assert!(read.text.contains("/en/break-glass/end"), "it can be ended from here");
    // For this purpose only, and nothing but reading.
    let other = region.get(&format!("/en/cases/{case}?for=care"), Some(&ruth)).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    let note = format!("/en/cases/{case}/note");
    let wrote = region.post(&note, Some(&ruth), "for=danger-to-life&text=x").await;
    assert_eq!(wrote.status, StatusCode::NOT_FOUND);

    // Those who answer for the case learn of it, and somebody else looks at it.
    let nadia = region.step_in(NADIA).await;
    let notices = region.get("/en/notices", Some(&nadia)).await.text;
    assert!(notices.contains(&said(&region, "notice-break-glass")), "{notices}");
    let list = region.get("/en/admin/break-glass", Some(&nadia)).await.text;
    assert!(list.contains(&said(&region, "break-reason-medical-emergency")), "{list}");
    let id = list.split("name=\"id\" value=\"").nth(1).unwrap().get(..36).unwrap().to_owned();
    let reviewed =
        region.post("/en/admin/break-glass/review", Some(&nadia), &format!("id={id}")).await;
    assert_eq!(reviewed.status, StatusCode::SEE_OTHER, "{}", reviewed.text);
}

#[tokio::test]
async fn a7_a_locked_key_and_a_sign_out_end_what_was_broken_open() {
    let region = Region::new().await;
    for end in ["/en/account/lock", "/en/sign-out"] {
        let ruth = region.step_in(RUTH).await;
        let case = foreign_case(&region, &ruth).await;
        let page = format!("/en/cases/{case}?for=danger-to-life");
        let form = "reason=person-asks&minutes=60";
        region.post(&format!("/en/break-glass/{case}"), Some(&ruth), form).await;
        assert_eq!(region.get(&page, Some(&ruth)).await.status, StatusCode::OK);
        assert_eq!(region.post(end, Some(&ruth), "").await.status, StatusCode::SEE_OTHER);
        let ruth = region.step_in(RUTH).await;
        assert_eq!(region.get(&page, Some(&ruth)).await.status, StatusCode::NOT_FOUND, "{end}");
    }
}

#[tokio::test]
async fn a7_nobody_but_on_call_breaks_the_glass_and_none_with_a_closed_key() {
    let region = Region::new().await;
    let ruth = region.step_in(RUTH).await;
    let case = foreign_case(&region, &ruth).await;
    let glass = format!("/en/break-glass/{case}");
    let form = "reason=person-asks&minutes=60";
    for email in ["kofi@harbourhouse.example", NADIA, "omar@secretariat.meridian.example"] {
        let other = region.step_in(email).await;
        let answer = region.post(&glass, Some(&other), form).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{email}");
    }
    region.post("/en/account/lock", Some(&ruth), "").await;
    assert_eq!(region.post(&glass, Some(&ruth), form).await.status, StatusCode::FORBIDDEN);
    // Someone on call elsewhere finds no such case.
    let sahar = region.step_in("sahar@baitalaman.example").await;
    assert_eq!(region.post(&glass, Some(&sahar), form).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn names_are_found_among_ones_own_cases_and_forgotten_at_lock() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let all = region.get("/en/cases", Some(&nadia)).await;
    assert!(all.text.contains(&said(&region, "case-search-name")), "{}", all.text);
    assert_eq!(region.app.names.held(), 0, "nothing is opened before someone searches");
    let own = linked(&all.text, "/en/cases/");
    let unsearched = region.get("/en/cases?name=zzzzqqqq", Some(&nadia)).await;
    assert_eq!(linked(&unsearched.text, "/en/cases/"), own, "an address searches for nobody");
    assert_eq!(region.app.names.held(), 0);
    let none = region.post("/en/cases/search", Some(&nadia), "name=zzzzqqqq").await;
    assert_eq!(none.status, StatusCode::OK);
    assert!(linked(&none.text, "/en/cases/").is_disjoint(&own), "{}", none.text);
    assert!(none.text.contains("zzzzqqqq"), "what was typed stays in its field");
    let addresses = none.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    assert!(addresses.clone().all(|address| !address.contains("zzzzqqqq")), "and in no address");
    assert_eq!(region.app.names.held(), 1);

    // A second session keeps them; the last one to lock wipes them.
    let marisol = region.step_in("marisol@casaalondra.example").await;
    let theirs = region.post("/en/cases/search", Some(&marisol), "name=a").await;
    assert!(linked(&theirs.text, "/en/cases/").is_disjoint(&own), "another house's cases");
    assert_eq!(region.app.names.held(), 2);
    region.post("/en/account/lock", Some(&nadia), "").await;
    assert_eq!(region.app.names.held(), 1);
    region.post("/en/sign-out", Some(&marisol), "").await;
    assert_eq!(region.app.names.held(), 0);

    // Ended elsewhere, the sweep notices.
    let nadia = region.step_in(NADIA).await;
    region.post("/en/cases/search", Some(&nadia), "name=a").await;
    assert_eq!(region.app.names.held(), 1);
    let operator = palermo_app::operator::Operator { app: &region.app, user: "test" };
    operator.lock().await.unwrap();
    palermo_app::names::sweep(&region.app).await.unwrap();
    assert_eq!(region.app.names.held(), 0);
}
