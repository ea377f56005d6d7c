//! The house: every list with its filters and files, and roles that nobody gives
//! to themselves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::{StatusCode, header};
use palermo_store::account;
use support::Region;

const RUTH: &str = "ruth@harbourhouse.example";
const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const FOCAL: &str = "joan@taskforce.avelmar.example";
const OFFICER: &str = "dpo@secretariat.meridian.example";

/// Lists of the house, with who opens each; nobody for what is public.
const LISTS: [(&str, Option<&str>); 30] = [
    ("/mechanisms", None),
    ("/states", None),
    ("/instruments", None),
    ("/agreements", None),
    ("/models", None),
    ("/registers/facts", Some(SECRETARIAT)),
    ("/registers/statements", Some(SECRETARIAT)),
    ("/registers/uses", Some(SECRETARIAT)),
    ("/instruments/tip-protocol/acts", Some(SECRETARIAT)),
    ("/admin/deliveries", Some(RUTH)),
    ("/reports/duties?state=XAA", None),
    ("/questionnaires", None),
    ("/reviews", None),
    ("/impact", None),
    ("/meetings", None),
    ("/legal-reviews", None),
    ("/mechanism-profiles", None),
    ("/plans", None),
    ("/recommendations", None),
    ("/reports/register", Some(SECRETARIAT)),
    ("/reports/entered", Some(SECRETARIAT)),
    ("/information", Some(SECRETARIAT)),
    ("/reports/mine", Some(FOCAL)),
    ("/work", Some(RUTH)),
    ("/work/approvals", Some(RUTH)),
    ("/legal-bases", Some(OFFICER)),
    ("/admin/people", Some(RUTH)),
    ("/admin/desks", Some(RUTH)),
    ("/admin/tokens", Some(RUTH)),
    ("/admin/recoveries", Some(RUTH)),
];

fn with(path: &str, more: &str) -> String {
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("/en{path}{sign}{more}")
}

#[tokio::test]
async fn every_list_is_filtered_in_its_address_and_taken_away_by_who_may_open_it() {
    let region = Region::new().await;
    for (path, who) in LISTS {
        let cookie = match who {
            Some(email) => Some(region.step_in(email).await),
            None => None,
        };
        let cookie = cookie.as_deref();
        let page = region.get(&format!("/en{path}"), cookie).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        // An empty work list has words of its own in place of a table.
        let listed = page.text.contains("format=csv") && page.text.contains("name=\"q\"");
        assert!(listed || path == "/work", "{path} has no filter or no file");
        for (format, kind) in [("csv", "text/csv"), ("xlsx", "spreadsheetml")] {
            let asked = with(path, &format!("format={format}"));
            let file = region.get(&asked, cookie).await;
            assert_eq!(file.status, StatusCode::OK, "{asked}");
            let told = file.headers[header::CONTENT_TYPE].to_str().unwrap();
            assert!(told.contains(kind), "{asked} is {told}");
            if who.is_some() {
                let stranger = region.get(&asked, None).await;
                assert_ne!(stranger.status, StatusCode::OK, "{asked} is for {who:?} alone");
            }
        }
    }
}

/// Rows of a list's file; what stands in every file is not counted.
async fn rows(region: &Region, path: &str) -> usize {
    let lines = async |more: &str| {
        let asked = with(path, &format!("format=csv{more}"));
        region.get(&asked, None).await.text.lines().count()
    };
    lines("").await - lines("&q=nothing-is-called-so").await
}

#[tokio::test]
async fn a_filter_narrows_the_file_as_the_page_and_clearing_it_keeps_the_state() {
    let region = Region::new().await;
    let path = "/reports/duties?state=XAA";
    let all = rows(&region, path).await;
    assert!(all > 0);
    let mut told = 0;
    for status in ["due", "late", "submitted", "accepted", "not-tracked", "done", "passed"] {
        told += rows(&region, &format!("{path}&status={status}")).await;
    }
    assert_eq!(told, all, "each duty has one status");
    let page = region.get(&with(path, "status=late&sort=-due"), None).await.text;
    let cleared =
        page.split("class=\"govuk-link\" href=\"").filter_map(|part| part.split('"').next());
    let cleared: Vec<_> = cleared.filter(|to| to.contains("sort=-due")).collect();
    assert!(cleared.iter().any(|to| to.contains("state=XAA") && !to.contains("status=")), "{page}");
    let file = region.get(&with(path, "format=csv"), None).await.text;
    let head = file.lines().next().unwrap();
    assert!(head.contains("Due") && !head.contains("Next"), "what one can do is no column: {head}");
}

#[tokio::test]
async fn nobody_gives_or_ends_a_role_of_their_own() {
    let region = Region::new().await;
    let ruth = region.step_in(RUTH).await;
    let found = account::find_by_email(&region.app.store, RUTH).await.unwrap().unwrap();
    let own = format!("/en/admin/people/{}", found.record.id);
    for (path, role) in [("roles", "case-manager"), ("roles/end", "on-call")] {
        let (place, form) = (format!("{own}/{path}"), format!("role={role}"));
        let refused = region.post(&place, Some(&ruth), &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        assert!(refused.text.contains("Nobody gives themselves a role"), "{}", refused.text);
    }
    let page = region.get(&own, Some(&ruth)).await.text;
    assert!(page.contains("Nobody gives themselves a role"), "the page says so beforehand");
    assert!(!page.contains("/roles\""), "and offers no form: {page}");
    let tenant = found.record.tenant;
    let held = palermo_store::role::of_account(&region.app.store, tenant, found.record.id).await;
    assert_eq!(held.unwrap().len(), 2, "nothing was given or ended");
    assert!(region.app.store.verify(Some(tenant), &[]).await.unwrap().is_clean());
}

#[tokio::test]
async fn nobody_is_told_to_have_left_while_cases_would_stay_with_them() {
    let region = Region::new().await;
    let ruth = region.step_in(RUTH).await;
    let nadia = "nadia@harbourhouse.example";
    let found = account::find_by_email(&region.app.store, nadia).await.unwrap().unwrap();
    let page = format!("/en/admin/people/{}", found.record.id);
    let shown = region.get(&page, Some(&ruth)).await.text;
    assert!(shown.contains(&format!("{page}/leave")), "{shown}");
    let counts = region.get(&format!("{page}/leave"), Some(&ruth)).await;
    assert_eq!(counts.status, StatusCode::OK);
    assert!(counts.text.contains("Cases they alone carry"), "{}", counts.text);
    let form = format!("status=left&revision={}", found.revision.0);
    let refused = region.post(&format!("{page}/status"), Some(&ruth), &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
}

#[tokio::test]
async fn an_administrator_does_not_invite_themselves() {
    let region = Region::new().await;
    let ruth = region.step_in(RUTH).await;
    let form = |email: &str| format!("email={email}&name=Second&roles=case-manager&language=en");
    let own = form("ruth%2Btwo%40harbourhouse.example");
    let refused = region.post("/en/admin/people/invite", Some(&ruth), &own).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("This is your own address"), "{}", refused.text);
    assert!(refused.text.contains("value=\"Second\""), "what was typed stays");
    let other = form("second%40harbourhouse.example");
    let made = region.post("/en/admin/people/invite", Some(&ruth), &other).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    let token = made.text.split("/en/invitation/").nth(1).unwrap();
    let path = format!("/en/invitation/{}", token.split(['"', '<']).next().unwrap());
    let typed = "name=Second&passphrase=quiet+lantern+meadow+otters+41\
                 &again=quiet+lantern+meadow+otters+41";
    let by_ruth = region.post(&path, Some(&ruth), typed).await;
    assert_eq!(by_ruth.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", by_ruth.text);
    let by_second = region.post(&path, None, typed).await;
    assert_eq!(by_second.status, StatusCode::SEE_OTHER, "{}", by_second.text);
    // A used link and one that never was are told alike.
    for dead in [path.as_str(), "/en/invitation/never-was"] {
        let told = region.get(dead, None).await;
        assert_eq!(told.status, StatusCode::NOT_FOUND, "{}", told.text);
        assert!(told.text.contains("used already or is too old"), "{}", told.text);
    }
}

#[tokio::test]
async fn signing_in_leads_back_to_the_whole_address_and_nowhere_else() {
    let region = Region::new().await;
    let path = "/registers/facts/new?kind=membership&about=MERIDIAN";
    let stopped = region.get(&format!("/en{path}"), None).await;
    let led = stopped.headers[header::LOCATION].to_str().unwrap().to_owned();
    assert!(led.contains("new%3Fkind%3Dmembership%26about%3DMERIDIAN"), "{led}");
    let to = led.split("?to=").nth(1).unwrap();
    let form = format!("email={SECRETARIAT}&to={to}");
    let there = region.post("/en/demo", None, &form).await;
    assert_eq!(there.headers[header::LOCATION], format!("/en{path}"));
    // An address that names its language already does not name it twice.
    let named = format!("email={SECRETARIAT}&to=/fr/admin/people");
    let there = region.post("/en/demo", None, &named).await;
    assert_eq!(there.headers[header::LOCATION], "/en/admin/people");
    let away = format!("email={SECRETARIAT}&to=//elsewhere.example/%3Fa%3Db");
    let home = region.post("/en/demo", None, &away).await;
    assert_eq!(home.headers[header::LOCATION], "/en/work");
}

#[tokio::test]
async fn a_new_invitation_voids_the_older_one() {
    let region = Region::new().await;
    let ruth = region.step_in(RUTH).await;
    let form = "email=third%40harbourhouse.example&name=Third&roles=case-manager&language=en";
    let mut paths = Vec::new();
    for _ in 0..2 {
        let made = region.post("/en/admin/people/invite", Some(&ruth), form).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.text);
        let token = made.text.split("/en/invitation/").nth(1).unwrap();
        paths.push(format!("/en/invitation/{}", token.split(['"', '<']).next().unwrap()));
    }
    assert_eq!(region.get(&paths[0], None).await.status, StatusCode::NOT_FOUND);
    let open = region.get(&paths[1], None).await;
    assert!(open.text.contains("Case manager"), "the role is named: {}", open.text);
    assert!(open.text.contains("third@harbourhouse.example"), "the address is: {}", open.text);
    let waiting = region.get("/en/admin/deliveries?format=csv", Some(&ruth)).await.text;
    assert_eq!(waiting.matches("third@harbourhouse.example").count(), 1, "{waiting}");
    let people = region.get("/en/admin/people", Some(&ruth)).await.text;
    assert_eq!(people.matches("/admin/people/take-back\"").count(), 1, "{people}");
}
