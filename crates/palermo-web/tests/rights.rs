//! Who may reach which route: the matrix printed from the router and reviewed
//! as a file, and the running router asked by every role (checks A1, A3, N6, N7).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use palermo_app::{
    access::{Action, Policy, Scope, matrix},
    demo,
    domain::role::Role,
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
