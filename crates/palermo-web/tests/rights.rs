//! Who may reach which route: the matrix printed from the router and reviewed
//! as a file, and the running router asked by every role (checks A1, A3, N6, N7).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use palermo_app::{
    access::{Action, Policy, Scope, matrix, reach},
    demo,
    domain::{role::Role, tenant::TenantKind},
};
use palermo_web::{Declared, Surface, routes};
use std::{collections::BTreeMap, fmt::Write as _, path::Path};
use support::Region;

fn declared() -> Vec<Declared> {
    routes().finish().1
}

fn policy() -> Policy {
    Policy::parse(include_str!("../../../content/policy/roles.toml")).unwrap()
}

const fn word(scope: Scope) -> &'static str {
    match scope {
        Scope::Own => "own",
        Scope::Assigned => "assigned",
        Scope::Tenant => "tenant",
        Scope::State => "state",
        Scope::Region => "region",
    }
}

fn printed() -> String {
    let rules: Vec<_> = declared().iter().map(Declared::rule).collect();
    let mut text = String::from("method,path,action");
    for role in Role::ALL {
        let _ = write!(text, ",{}", role.code());
    }
    text.push('\n');
    for (rule, cells) in matrix(&policy(), &rules) {
        let _ = write!(text, "{},{},{}", rule.method, rule.path, rule.action.code());
        for cell in cells {
            let scopes: Vec<_> = cell.scopes.iter().map(|scope| word(*scope)).collect();
            let again = if cell.step_up { " again" } else { "" };
            let _ = write!(text, ",{}{again}", scopes.join(" "));
        }
        text.push('\n');
    }
    text
}

#[test]
fn the_printed_matrix_of_rights_is_the_routers() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rights.csv");
    let now = printed();
    if std::env::var_os("PALERMO_WRITE").is_some() {
        std::fs::write(&file, &now).unwrap();
    }
    let reviewed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        reviewed == now,
        "rights changed; run this test with PALERMO_WRITE=1 and review the difference of docs/rights.csv"
    );
}

/// A path with every parameter filled with an id nobody has.
fn filled(path: &str) -> String {
    let mut filled = String::new();
    for part in path.split('/').skip(1) {
        filled.push('/');
        filled.push_str(if part.starts_with('{') {
            "0198c0de-7f00-7abc-8def-0123456789ab"
        } else {
            part
        });
    }
    if filled.is_empty() { "/".into() } else { filled }
}

async fn ask(region: &Region, route: &Declared, cookie: Option<&str>) -> StatusCode {
    let mut request = Request::builder()
        .method(route.method.clone())
        .uri(filled(route.path))
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if route.surface == Surface::Api {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    region.send(request.body(Body::empty()).unwrap()).await.status
}

#[tokio::test]
async fn a_stranger_reaches_only_what_is_public() {
    let region = Region::new().await;
    for route in declared().iter().filter(|route| !route.action.open_to_public()) {
        let status = ask(&region, route, None).await;
        let turned_away = matches!(status, StatusCode::SEE_OTHER | StatusCode::UNAUTHORIZED);
        assert!(turned_away, "{} {} answered {status}", route.method, route.path);
    }
}

#[tokio::test]
async fn a_role_without_the_right_gets_the_answer_of_an_absent_page() {
    let region = Region::new().await;
    let people = demo::region(&region.app).unwrap().people;
    let mut one_each: BTreeMap<Vec<String>, String> = BTreeMap::new();
    for person in people {
        one_each.entry(person.roles).or_insert(person.email);
    }
    let policy = policy();
    for (codes, email) in one_each {
        let cookie = region.step_in(&email).await;
        let roles: Vec<Role> = codes.iter().filter_map(|code| Role::from_code(code)).collect();
        for route in declared() {
            let granted = route.action.open_to_members()
                || policy.grants_of(&roles, route.action).next().is_some();
            // Signing out would end this very session.
            if granted || route.path == "/sign-out" {
                continue;
            }
            let status = ask(&region, &route, Some(&cookie)).await;
            assert_eq!(
                status,
                StatusCode::NOT_FOUND,
                "{codes:?} at {} {}",
                route.method,
                route.path
            );
        }
    }
}

#[tokio::test]
async fn no_change_is_taken_from_another_site() {
    let region = Region::new().await;
    let cookie = region.step_in("ruth@harbourhouse.example").await;
    for route in declared().iter().filter(|route| route.changes) {
        for (name, value) in
            [("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.example")]
        {
            let kind = match route.surface {
                Surface::Api => "application/json",
                _ => "application/x-www-form-urlencoded",
            };
            let request = Request::builder()
                .method(route.method.clone())
                .uri(filled(route.path))
                .header(name, value)
                .header(header::HOST, "palermo.example")
                .header(header::CONTENT_TYPE, kind)
                .header(header::COOKIE, &cookie)
                .body(Body::from("{}"))
                .unwrap();
            let status = region.send(request).await.status;
            assert!(
                status.is_client_error(),
                "{} {} from another site answered {status}",
                route.method,
                route.path
            );
        }
    }
    assert_eq!(
        region.get("/en/work", Some(&cookie)).await.status,
        StatusCode::OK,
        "still signed in"
    );
}

#[tokio::test]
async fn every_answer_carries_the_headers_also_errors() {
    let region = Region::new().await;
    let cookie = region.step_in("omar@secretariat.meridian.example").await;
    for path in [
        "/en/",
        "/en/nothing-here",
        "/en/work",
        "/en/admin/people",
        "/api/v1/nothing",
        "/healthz",
        "/static/0/none",
    ] {
        let answer = region.get(path, Some(&cookie)).await;
        for name in [
            "content-security-policy",
            "x-content-type-options",
            "referrer-policy",
            "strict-transport-security",
            "cross-origin-opener-policy",
        ] {
            assert!(answer.headers.contains_key(name), "{path} has no {name}");
        }
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
    }
}

#[tokio::test]
async fn another_tenants_records_answer_as_absent_ones() {
    let region = Region::new().await;
    let shelter = region.step_in("ruth@harbourhouse.example").await;
    let other = region.step_in("paloma@linea544.example").await;
    let list = region.get("/en/admin/desks", Some(&shelter)).await.text;
    let id = list.split("/admin/desks/").nth(2).unwrap().get(..36).unwrap().to_owned();
    let path = format!("/en/admin/desks/{id}");
    assert_eq!(region.get(&path, Some(&shelter)).await.status, StatusCode::OK);
    let theirs = region.get(&path, Some(&other)).await;
    let absent =
        region.get("/en/admin/desks/0198c0de-7f00-7abc-8def-0123456789ab", Some(&other)).await;
    assert_eq!((theirs.status, absent.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    let plain = |text: &str| {
        text.split("<main")
            .nth(1)
            .unwrap_or_default()
            .split("</main")
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(plain(&theirs.text), plain(&absent.text));
}

#[tokio::test]
async fn a_signed_out_cookie_and_a_suspended_account_open_nothing() {
    let region = Region::new().await;
    let cookie = region.step_in("kofi@harbourhouse.example").await;
    assert_eq!(region.get("/en/work", Some(&cookie)).await.status, StatusCode::OK);
    assert_eq!(region.post("/en/sign-out", Some(&cookie), "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(region.get("/en/work", Some(&cookie)).await.status, StatusCode::SEE_OTHER);
}

#[test]
fn a_route_that_changes_something_is_never_a_get() {
    for route in declared() {
        assert_eq!(route.changes, route.method != Method::GET, "{}", route.path);
        assert!(
            route.action != Action::PublicRead || !route.changes,
            "{} changes in public",
            route.path
        );
    }
}

/// The main part of the preview of a role.
async fn preview(region: &Region, cookie: &str, role: &str) -> String {
    let answer = region.get(&format!("/en/admin/rights?role={role}"), Some(cookie)).await;
    assert_eq!(answer.status, StatusCode::OK, "{role}");
    let text = answer.text.split("<main").nth(1).expect("a page").to_owned();
    text.split("</main").next().unwrap_or_default().to_owned()
}

/// The words of the sections of the first navigation in a piece of a page.
fn sections(html: &str) -> Vec<String> {
    let list = html.split("govuk-service-navigation__list").nth(1).expect("a navigation");
    let list = list.split("</ul>").next().unwrap_or_default();
    let items = list.split("<li").skip(1).map(|item| {
        let words = item.split_once('>').map_or("", |(_, words)| words);
        let mut plain = String::new();
        let mut inside = false;
        for sign in words.chars() {
            match sign {
                '<' => inside = true,
                '>' => inside = false,
                other if !inside => plain.push(other),
                _ => {}
            }
        }
        plain.trim().to_owned()
    });
    items.collect()
}

#[tokio::test]
async fn view_as_lists_what_the_router_opens_to_a_role_and_nothing_else() {
    let region = Region::new().await;
    let policy = policy();
    for (email, kind, codes) in [
        (
            "ruth@harbourhouse.example",
            TenantKind::Care,
            ["case-manager", "auditor", "tenant-administrator"],
        ),
        (
            "omar@secretariat.meridian.example",
            TenantKind::Secretariat,
            ["secretariat", "data-clerk", "tenant-administrator"],
        ),
    ] {
        let cookie = region.step_in(email).await;
        for code in codes {
            let role = Role::from_code(code).unwrap();
            let page = preview(&region, &cookie, code).await;
            let mut open: BTreeMap<&str, bool> = BTreeMap::new();
            for route in declared().iter().filter(|route| route.surface != Surface::Api) {
                let reached = reach(&policy, route.action, role, Some(kind));
                *open.entry(route.path).or_default() |=
                    !reached.scopes.is_empty() && !route.action.open_to_public();
            }
            assert!(open.values().any(|open| *open) && open.values().any(|open| !open), "{code}");
            for (path, open) in open {
                let told = page.contains(&format!("<code class=\"p-code p-small\">{path}</code>"));
                assert_eq!(told, open, "{code} at {path}");
            }
        }
    }
}

#[tokio::test]
async fn view_as_tells_agreeing_from_refusing() {
    let region = Region::new().await;
    let admin = region.step_in("ruth@harbourhouse.example").await;
    let page = preview(&region, &admin, "tenant-administrator").await;
    let page = page.replace(['\u{2068}', '\u{2069}'], "");
    for words in ["What takes two people: Agree", "What takes two people: Refuse"] {
        assert!(page.contains(words), "{words}");
    }
}

#[tokio::test]
async fn view_as_shows_the_navigation_the_role_really_has_and_reads_no_row() {
    let region = Region::new().await;
    let admin = region.step_in("ruth@harbourhouse.example").await;
    let shown = preview(&region, &admin, "case-manager").await;
    let people = demo::region(&region.app).unwrap().people;
    let manager = people
        .iter()
        .find(|person| person.tenant == "harbour-house" && person.roles == ["case-manager"]);
    let cookie = region.step_in(&manager.expect("a case manager").email).await;
    let work = region.get("/en/work", Some(&cookie)).await.text;
    assert_eq!(sections(&shown), sections(&work));
    // Its words lead nowhere, and nobody of the house is named.
    let list = shown.split("view-as-sections").nth(1).unwrap().split("</ul>").next().unwrap();
    assert!(!list.contains("href"), "{list}");
    for person in people.iter().filter(|person| person.tenant == "harbour-house") {
        assert!(!shown.contains(&person.name), "{}", person.name);
    }
    // A role that this organisation cannot give is not shown as if it could.
    let secretariat = preview(&region, &admin, "secretariat").await;
    assert!(!secretariat.contains("value=\"secretariat\""));
    let people_page = region.get("/en/admin/people", Some(&admin)).await.text;
    assert!(people_page.contains("/en/admin/rights"));
}

#[test]
fn every_address_of_people_belongs_to_a_part_of_the_house() {
    let titles = include_str!("../src/pages/admin/titles.rs");
    let areas = titles.split("const TITLES").next().unwrap();
    let known: Vec<&str> = areas.split([' ', '"', '\n', '\\']).collect();
    for route in declared().iter().filter(|route| route.surface != Surface::Api) {
        let first = route.path.split(['/', '.']).nth(1).unwrap_or_default();
        assert!(first.is_empty() || known.contains(&first), "{} is in no part", route.path);
    }
}
