//! Where else a protected address might show: pages and files of one service, of structures
//! and contact points, what programs and calendars are told, the page of the log, and what
//! the program itself writes while an address is sealed, asked for and refused (R9, E14).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::{
    directory::{assert_none, holds},
    support,
};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use palermo_app::{service::ServiceFilter, session, token};
use palermo_store::service as services;
use std::{
    fmt::Write as _,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};
use support::Region;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

const NADIA: &str = "nadia@harbourhouse.example";
const FOCAL: &str = "sione@focal.fenlua.example";

/// Everything the program would write of itself, at every level.
#[derive(Clone, Default)]
struct Written {
    text: Arc<Mutex<String>>,
    spans: Arc<AtomicU64>,
}

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = writeln!(self.0, "{field}={value:?}");
    }
}

impl Subscriber for Written {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Line(&mut self.text.lock().unwrap()));
        Id::from_u64(self.spans.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Line(&mut self.text.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Line(&mut self.text.lock().unwrap()));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn e14_what_the_program_writes_of_itself_holds_no_address_that_is_sealed_or_asked_for() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let form = "name=Night+house&need=shelter&organisation=Harbour+House&state=XAA&status=active&\
                protected=yes&hours=24%2F7&time_zone=UTC&languages=en";
    let made = region.post("/en/services/new", Some(&nadia), form).await;
    let service = made.headers[header::LOCATION].to_str().unwrap();
    let path = format!("{}/address", service.split('?').next().unwrap());
    let written = Written::default();
    let guard = tracing::subscriber::set_default(written.clone());
    tracing::trace!("the search for an address would find this line");
    let sealed = region.post(&path, Some(&nadia), "do=seal&address=5+Hidden+Way").await;
    assert_eq!(sealed.status, StatusCode::SEE_OTHER, "{}", sealed.text);
    let asked = region.post(&path, Some(&nadia), "do=open").await;
    let open_form = format!("{form}&address=6+Hidden+Way");
    let refused = region.post("/en/services/new", Some(&nadia), &open_form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let stranger = region.step_in(FOCAL).await;
    let never = region.post(&path, Some(&stranger), "do=open").await;
    drop(guard);
    assert!(!asked.text.contains("Hidden Way") && !never.text.contains("Hidden Way"));
    let text = written.text.lock().unwrap().clone();
    assert!(text.contains("would find this line"), "nothing was heard");
    assert!(!text.contains("Hidden Way"), "{text}");
    assert_none("what the program writes", text.as_bytes());
    let log = region.get("/en/audit", Some(&nadia)).await.text;
    assert!(!log.contains("Hidden Way"), "{log}");
}

#[tokio::test]
async fn e14_none_of_the_40_addresses_is_on_the_page_or_in_a_file_of_one_record() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let filter = ServiceFilter { protected: Some(true), ..ServiceFilter::default() };
    let houses = services::all(&region.app.store, &filter).await.unwrap();
    let mut paths: Vec<String> =
        houses.iter().map(|one| format!("/en/services/{}", one.record.id)).collect();
    assert_eq!(paths.len(), 40);
    let structures = region.get("/en/structures", None).await.text;
    let ids = structures.split("/en/structures/").skip(1).filter_map(|part| part.get(..36));
    let ids = ids.filter(|id| id.matches('-').count() == 4);
    paths.extend(ids.map(|id| format!("/en/structures/{id}")));
    let points = region.get("/en/contact-points", Some(&nadia)).await.text;
    let ids = points.split("/en/contact-points/").skip(1).filter_map(|part| part.get(..36));
    for id in ids.filter(|id| id.matches('-').count() == 4) {
        paths.push(format!("/en/contact-points/{id}"));
        paths.push(format!("/en/contact-points/{id}/card.vcf"));
    }
    let more = ["XAA", "XBB", "XCC", "XDD", "XEE", "XFF"]
        .map(|state| format!("/en/get-help/{state}/keep.html"));
    paths.extend(more);
    for path in ["/en/networks", "/en/services/hsds.zip", "/en/work", "/en/audit"] {
        paths.push(path.to_owned());
    }
    for path in &paths {
        let answer = region.get(path, Some(&nadia)).await;
        assert!(!answer.status.is_server_error(), "{path}");
        assert_none(path, answer.text.as_bytes());
    }
    let focal = region.step_in("joan@taskforce.avelmar.example").await;
    let sheet = region.get("/en/services/sheet.csv", Some(&focal)).await;
    assert_eq!(sheet.status, StatusCode::OK);
    assert_none("the sheet", sheet.text.as_bytes());
    assert!(holds(sheet.text.as_bytes(), "Avelmar") || holds(sheet.text.as_bytes(), "XAA"));
}

/// What a program is told, for a token with these scopes.
async fn told(region: &Region, path: &str, token: &str) -> (StatusCode, String) {
    let request = Request::get(path)
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(Body::empty())
        .unwrap();
    let answer = region.send(request).await;
    (answer.status, answer.text)
}

async fn token(region: &Region, email: &str, scopes: &[&str]) -> String {
    let cookie = region.step_in(email).await;
    let signed = session::resume(&region.app, cookie.split_once('=').unwrap().1).await;
    let signed = signed.unwrap().unwrap();
    let acting = signed.acting(&region.app, palermo_app::locale::Language::En);
    let scopes: Vec<String> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    token::make(&acting, &signed, "test", &scopes, "30").await.unwrap()
}

#[tokio::test]
async fn e14_programs_calendars_and_address_books_are_told_none_of_the_addresses() {
    let region = Region::new().await;
    let token = token(&region, FOCAL, &["directory.read"]).await;
    let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let (status, points) = told(&region, "/api/v1/contact-points?size=200", &token).await;
    assert_eq!(status, StatusCode::OK);
    assert_none("contact points", points.as_bytes());
    let id = parsed(&points)["items"][0]["id"].as_str().unwrap().to_owned();
    let (_, networks) = told(&region, "/api/v1/networks", &token).await;
    let network = parsed(&networks)["items"][0]["id"].as_str().unwrap().to_owned();
    for (path, start) in [
        (format!("/api/v1/contact-points/{id}/card.vcf"), "BEGIN:VCARD"),
        (format!("/api/v1/networks/{network}/meetings.ics"), "BEGIN:VCALENDAR"),
        ("/api/v1/services?size=200".to_owned(), "{"),
        ("/api/v1/services?size=200&page=2".to_owned(), "{"),
        ("/api/v1/services/coverage?state=XAA".to_owned(), "{"),
        ("/api/v1/structures".to_owned(), "{"),
    ] {
        let (status, text) = told(&region, &path, &token).await;
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        assert!(text.starts_with(start), "{path}: {text}");
        assert_none(&path, text.as_bytes());
    }
}

#[tokio::test]
async fn req_076_req_079_req_081_programs_narrow_services_and_see_who_is_left_out() {
    let region = Region::new().await;
    let token = token(&region, FOCAL, &["directory.read"]).await;
    let list = async |query: &str| {
        let path = format!("/api/v1/services?size=200&{query}");
        let (status, text) = told(&region, &path, &token).await;
        assert_eq!(status, StatusCode::OK, "{query}: {text}");
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    };
    let every = list("state=XAA").await["total"].as_u64().unwrap();
    for (query, field, value) in
        [("provider=ngo", "provider", "ngo"), ("centre=rehabilitation", "centre", "rehabilitation")]
    {
        let found = list(&format!("state=XAA&{query}")).await;
        let items = found["items"].as_array().unwrap();
        assert!(!items.is_empty() && found["total"].as_u64().unwrap() < every, "{query}");
        assert!(items.iter().all(|one| one[field] == value), "{query}: {found}");
    }
    let men = list("admits=men").await;
    let admit = |one: &serde_json::Value| {
        one["admits"].as_array().unwrap().iter().any(|group| group == "men")
    };
    assert!(men["items"].as_array().unwrap().iter().all(admit), "{men}");
    let placed = list("state=XAA&need=legal").await;
    let placed = placed["items"].as_array().unwrap();
    assert!(placed.iter().any(|one| one["places"][0]["city"].is_string()), "{placed:?}");
    // The same filters stand on the page.
    let page = region.get("/en/services?admits=men&provider=ngo&format=csv", None).await.text;
    let all = region.get("/en/services?format=csv", None).await.text;
    assert!(page.lines().count() > 1 && page.lines().count() < all.lines().count(), "{page}");
    let path = "/api/v1/services/coverage?state=XAA&size=200";
    let coverage = told(&region, path, &token).await.1;
    let coverage: serde_json::Value = serde_json::from_str(&coverage).unwrap();
    let needs: std::collections::BTreeSet<&str> = coverage["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["need"].as_str().unwrap())
        .collect();
    assert!(needs.contains("shelter") && needs.len() > 3, "{needs:?}");
    let focal = region.step_in(FOCAL).await;
    let page = region.get("/en/services/coverage?state=XAA", Some(&focal)).await.text;
    let page = page.replace(['\u{2068}', '\u{2069}'], "");
    assert!(page.contains("Legal advice in "), "every need has its table: {page}");
}

#[tokio::test]
async fn req_078_a_program_files_an_unmet_need_and_reads_those_of_its_organisation() {
    let region = Region::new().await;
    let officer = "paloma@linea544.example";
    let token = token(&region, officer, &["unmet-need.file", "unmet-need.read"]).await;
    let body = r#"{"need":"shelter","state":"XAA","area":"northferry","sex":"male","age":"adult"}"#;
    let request = Request::post("/api/v1/unmet-needs")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", "a-need-that-was-not-met")
        .body(Body::from(body))
        .unwrap();
    let filed = region.send(request).await;
    assert_eq!(filed.status, StatusCode::CREATED, "{}", filed.text);
    let (status, list) = told(&region, "/api/v1/unmet-needs?size=200", &token).await;
    assert_eq!(status, StatusCode::OK, "{list}");
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    assert_eq!(list["items"][0]["area"], "Northferry", "{list}");
    assert_eq!(list["items"][0]["sex"], "male", "{list}");
    // By area it is for whoever coordinates; small numbers are not told.
    let (status, _) = told(&region, "/api/v1/unmet-needs/by-area?state=XAA", &token).await;
    assert_ne!(status, StatusCode::OK);
    let long = body.replace("northferry", &"n".repeat(81));
    let request = Request::post("/api/v1/unmet-needs")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", "a-need-with-a-long-area")
        .body(Body::from(long))
        .unwrap();
    let refused = region.send(request).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
}

#[tokio::test]
async fn req_078_a_program_of_who_coordinates_one_state_counts_its_needs_and_no_others() {
    let region = Region::new().await;
    let rapporteur = "elin@rapporteur.avelmar.example";
    let token = token(&region, rapporteur, &["unmet-need.coordinate"]).await;
    let path = "/api/v1/unmet-needs/by-area?state=XAA&size=200";
    let (status, areas) = told(&region, path, &token).await;
    assert_eq!(status, StatusCode::OK, "{areas}");
    let parsed: serde_json::Value = serde_json::from_str(&areas).unwrap();
    let items = parsed["items"].as_array().unwrap();
    assert!(
        items.iter().any(|one| one["area"] == "Northferry" && one["count"].is_u64()),
        "{areas}"
    );
    assert!(items.iter().any(|one| one["count"].is_null()), "{areas}");
    assert!(items.iter().all(|one| one["state"] == "XAA"), "{areas}");
    // One's own State is meant where none is named; another's is none of theirs.
    let (_, own) = told(&region, "/api/v1/unmet-needs/by-area?size=200", &token).await;
    let own: serde_json::Value = serde_json::from_str(&own).unwrap();
    assert_eq!(own["items"], parsed["items"]);
    let (status, _) = told(&region, "/api/v1/unmet-needs/by-area?state=XBB", &token).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn req_082_assessments_that_end_are_one_task_that_leads_to_the_services() {
    let region = Region::new().await;
    let focal = region.step_in("joan@taskforce.avelmar.example").await;
    let work = region.get("/en/work", Some(&focal)).await.text;
    let link = "\"/en/services?flag=assessment-ends&amp;kept=own\"";
    assert_eq!(work.matches(link).count(), 1, "{work}");
    let path = "/en/services?flag=assessment-ends&kept=own&format=csv";
    let listed = region.get(path, Some(&focal)).await.text;
    assert!(listed.lines().count() > 1, "{listed}");
    assert_eq!(palermo_app::reminders::run(&region.app).await.unwrap(), 0, "once");
}
