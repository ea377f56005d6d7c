//! The directory as programs keep it: services with their places, contact points,
//! structures, networks and memoranda, under the rights of the pages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support::{
    Answer, Region,
    program::{Call, Told as _, token},
};
use axum::http::{Method, StatusCode, header};
use palermo_app::{
    domain::{id::TenantId, register::day::Day},
    service::ServiceFilter,
    session,
};
use palermo_store::service as services;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};

const NADIA: &str = "nadia@harbourhouse.example";
const JOAN: &str = "joan@taskforce.avelmar.example";
const RUTH: &str = "ruth@harbourhouse.example";
const INES: &str = "ines@secretariat.meridian.example";
const OMAR: &str = "omar@secretariat.meridian.example";

/// Someone's program, in their session.
struct Keeper<'r> {
    region: &'r Region,
    cookie: String,
}

impl<'r> Keeper<'r> {
    async fn of(region: &'r Region, email: &str) -> Self {
        Self { region, cookie: region.step_in(email).await }
    }

    async fn tenant(&self) -> TenantId {
        let text = self.cookie.split_once('=').unwrap().1;
        session::resume(&self.region.app, text).await.unwrap().unwrap().tenant.id
    }

    async fn get(&self, path: &str) -> Answer {
        Call::get(path).session(&self.cookie).to(self.region).await
    }

    async fn send(&self, method: Method, path: &str, seen: Option<&str>, body: Value) -> Answer {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let once = format!("directory-record-{:06}", NEXT.fetch_add(1, Ordering::Relaxed));
        let mut call = Call::new(method, path).once(&once);
        if !body.is_null() {
            call = call.body(body.to_string());
        }
        if let Some(seen) = seen {
            call = call.with("if-match", seen);
        }
        call.session(&self.cookie).to(self.region).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, None, body).await
    }

    async fn put(&self, path: &str, seen: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, Some(seen), body).await
    }
}

fn tag(answer: &Answer) -> String {
    answer.headers[header::ETAG].to_str().unwrap().to_owned()
}

fn address(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    answer.headers[header::LOCATION].to_str().unwrap().to_owned()
}

fn fields(problem: &Value) -> Vec<&str> {
    problem["errors"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect()
}

fn clinic() -> Value {
    json!({
        "name": "Day clinic", "need": "medical", "organization": "Harbour House",
        "provider": "ngo", "state": "XAA", "areas": ["Northferry", "Camp Meru"],
        "address": ["1 Quay"], "city": "Northferry",
        "phones": [{"number": "+999 11 1", "toll_free": true}],
        "hours": "Mo-Fr 08:00-16:00", "time_zone": "UTC", "languages": ["en", "fr"],
        "step_free": true, "admits": ["women"], "excludes": ["men"], "minimum_age_years": 18,
        "unit": "bed", "capacity": 8, "available": 3,
        "funding": [{"source": "Northway Fund", "until": "2031-05-01"}, {"source": "State"}],
        "assessments": [{"standard": "Minimum", "by": "Ministry", "outcome": "met",
            "on": "2026-01-10", "until": "2031-01-10"}]
    })
}

/// The same at a protected address.
fn clinic_hidden() -> Value {
    let mut hidden = clinic();
    hidden["protected"] = json!(true);
    for field in ["address", "phones"] {
        hidden[field] = json!([]);
    }
    hidden["city"] = json!("");
    hidden
}

#[tokio::test]
async fn req_076_a_program_enters_a_service_changes_it_and_closes_it() {
    let region = Region::new().await;
    let nadia = Keeper::of(&region, NADIA).await;
    let at = address(&nadia.post("/api/v1/services", clinic()).await);
    let path = format!("{at}/record");
    let seen = nadia.get(&path).await;
    let (first, mut record) = (tag(&seen), seen.json());
    for (field, value) in clinic().as_object().unwrap() {
        match field.as_str() {
            "phones" => assert_eq!(record["phones"][0]["toll_free"], true),
            "funding" => assert_eq!(record["funding"][0]["until"], "2031-05-01"),
            "assessments" => assert_eq!(record["assessments"][0]["outcome"], "met"),
            _ => assert_eq!(&record[field], value, "{field}"),
        }
    }
    // What was read goes back as it is.
    let again = nadia.put(&path, &first, record.clone()).await;
    let second = tag(&again);
    assert_eq!(again.json(), record);
    record["name"] = json!("Day clinic, closed");
    record["status"] = json!("defunct");
    nadia.put(&path, &first, record.clone()).await.problem(412);
    nadia.send(Method::PUT, &path, None, record.clone()).await.problem(428);
    assert_eq!(nadia.put(&path, &second, record).await.json()["status"], "defunct");
    let told = region.get(&at, None).await.json();
    assert_eq!((&told["name"], &told["status"]), (&json!("Day clinic, closed"), &json!("defunct")));
    assert_eq!(told["numbers"][0]["toll_free"], true, "{told}");

    let wrong = json!({"name": " ", "need": "medical", "organization": " ", "state": "XAA",
        "minimum_age_years": 30, "maximum_age_years": 18, "languages": ["a, b"],
        "url": "https://clinic.example"});
    let told = nadia.post("/api/v1/services", wrong.clone()).await.problem(422);
    assert_eq!(fields(&told), ["languages"]);
    let mut wrong = wrong;
    wrong["languages"] = json!([]);
    let told = nadia.post("/api/v1/services", wrong).await.problem(422);
    assert_eq!(fields(&told), ["name", "organization", "minimum_age_years"]);
    let mut line = clinic();
    line["funding"] = json!([{"source": "A | B"}]);
    assert_eq!(fields(&nadia.post("/api/v1/services", line).await.problem(422)), ["funding"]);
    nadia.post("/api/v1/services", json!({"need": "palace"})).await.problem(422);
    // What nobody could use is refused, and a service nobody could reach.
    let mut unusable = clinic();
    unusable["phones"] = json!([{"number": "abc"}]);
    unusable["email"] = json!("foo");
    unusable["url"] = json!("nonsense");
    let told = nadia.post("/api/v1/services", unusable.clone()).await.problem(422);
    assert_eq!(fields(&told), ["phones", "email", "url"]);
    for field in ["address", "phones"] {
        unusable[field] = json!([]);
    }
    for field in ["city", "email", "url"] {
        unusable[field] = json!("");
    }
    let told = nadia.post("/api/v1/services", unusable).await.problem(422);
    assert_eq!(fields(&told), ["phones"]);
    // Nobody else's, and nothing without the right to it.
    let joan = Keeper::of(&region, JOAN).await;
    joan.get(&path).await.problem(404);
    joan.post(&format!("{at}/confirm"), Value::Null).await.problem(404);
    region.get(&path, None).await.problem(401);
}

#[tokio::test]
async fn req_070_free_places_leave_the_day_of_the_record_and_one_call_confirms_all_of_it() {
    let region = Region::new().await;
    let joan = Keeper::of(&region, JOAN).await;
    let today: Day = region.app.store.now().date().into();
    let filter = ServiceFilter { tenant: Some(joan.tenant().await), ..ServiceFilter::default() };
    let own = services::all(&region.app.store, &filter).await.unwrap();
    let old = |one: &services::Kept| {
        one.service.capacity.is_some()
            && !one.service.place.is_protected()
            && one.service.assured.is_some_and(|day| day < today)
    };
    let kept = own.into_iter().map(|one| one.record).find(old).unwrap();
    let now = async || services::find(&region.app.store, kept.id).await.unwrap().unwrap().record;
    let at = format!("/api/v1/services/{}", kept.id);
    let free = joan.post(&format!("{at}/free-places"), json!({"available": 1})).await;
    assert_eq!(free.status, StatusCode::NO_CONTENT, "{}", free.text);
    let after = now().await.service;
    assert_eq!(after.assured, kept.service.assured, "nobody looked at the rest");
    let places = after.capacity.unwrap();
    assert_eq!((places.available, places.confirmed), (Some(1), Some(today)));
    let many = joan.post(&format!("{at}/free-places"), json!({"available": 100_000})).await;
    assert_eq!(fields(&many.problem(422)), ["available"]);
    let confirmed = joan.post(&format!("{at}/confirm"), Value::Null).await;
    assert_eq!(confirmed.status, StatusCode::NO_CONTENT, "{}", confirmed.text);
    assert_eq!(now().await.service.assured, Some(today));
    let silent = joan.post(&format!("{at}/no-answer"), Value::Null).await;
    assert_eq!(silent.status, StatusCode::NO_CONTENT, "{}", silent.text);
    let calls = services::unanswered(&region.app.store, region.app.store.now()).await.unwrap();
    assert!(calls.contains_key(&kept.id));
}

#[tokio::test]
async fn rule_9_a_program_that_was_not_made_for_the_directory_keeps_no_protected_service() {
    let region = Region::new().await;
    let nadia = Keeper::of(&region, NADIA).await;
    let mut house = json!({"name": "Night house", "need": "shelter", "organization": "Harbour",
        "state": "XAA", "protected": true, "address": ["5 Hidden Way"],
        "phones": [{"number": "+999 5"}]});
    let told = nadia.post("/api/v1/services", house.clone()).await.problem(422);
    assert_eq!(fields(&told), ["address", "phones"]);
    house["address"] = json!([]);
    house["phones"] = json!([]);
    let at = address(&nadia.post("/api/v1/services", house.clone()).await);
    let path = format!("{at}/record");
    let seen = nadia.get(&path).await;
    assert!(!seen.text.contains("Hidden Way"), "{}", seen.text);
    let revision = tag(&seen);
    assert_eq!(seen.json()["protected"], true);
    let blind = token(&region, RUTH, &["service.edit"]).await;
    Call::get(&path).token(&blind).to(&region).await.problem(404);
    let put = Call::put(&path, &house).once("a-house-nobody-may-see").token(&blind);
    put.with("if-match", revision.as_str()).to(&region).await.problem(404);
    // What it may not read it cannot confirm or hide either, so that no answer tells it apart.
    let confirm = format!("{at}/confirm");
    let call = Call::new(Method::POST, &confirm).once("a-house-nobody-confirms").token(&blind);
    call.to(&region).await.problem(404);
    let open = address(&nadia.post("/api/v1/services", clinic()).await);
    let (open, hide) = (format!("{open}/record"), clinic_hidden());
    let seen = tag(&nadia.get(&open).await);
    let put = Call::put(&open, &hide).once("a-house-nobody-hides").token(&blind);
    put.with("if-match", seen.as_str()).to(&region).await.problem(404);
    assert_eq!(nadia.get(&open).await.json()["protected"], false);
    let told = token(&region, RUTH, &["service.edit", "directory.read"]).await;
    assert_eq!(Call::get(&path).token(&told).to(&region).await.status, StatusCode::OK);
    // It has no places that anyone could keep here.
    nadia.get(&format!("{at}/places")).await.problem(404);
    let page = at.replace("/api/v1", "/en");
    let none = region.get(&format!("{page}/at"), Some(&nadia.cookie)).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

fn hidden(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let at = page.find(&start).unwrap() + start.len();
    page[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn req_076_a_service_is_opened_at_a_second_place_changed_and_ended_there() {
    let region = Region::new().await;
    let nadia = Keeper::of(&region, NADIA).await;
    let at = address(&nadia.post("/api/v1/services", clinic()).await);
    let page = at.replace("/api/v1", "/en");
    let form = region.get(&format!("{page}/at"), Some(&nadia.cookie)).await.text;
    let send = async |body: &str| {
        let body = format!("revision={}&{body}", hidden(&form, "revision"));
        region.post(&format!("{page}/at"), Some(&nadia.cookie), &body).await
    };
    let wrong = send("name=Annexe&hours=always&phones=%2B999+7+%7C+cheap").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("value=\"Annexe\""), "what was typed stays");
    for id in ["city", "hours", "phones"] {
        assert!(wrong.text.contains(&format!("href=\"#{id}\"")), "{id}: {}", wrong.text);
    }
    let saved = send("name=Annexe&city=Westquay&hours=Sa+10%3A00-12%3A00&phones=%2B999+7").await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    assert_eq!(send("city=Twice").await.status, StatusCode::CONFLICT, "seen by another");
    let shown = region.get(&page, None).await.text;
    assert!(shown.contains("Annexe") && shown.contains("tel:+9997"), "{shown}");
    let told = region.get(&at, None).await.json();
    assert_eq!(told["places"][1]["hours"], "Sa 10:00-12:00", "{told}");
    // Who asks for that town is told of the place there, by its own number and hours.
    let near = region.get("/en/get-help?need=medical&state=XAA&area=Westquay", None).await.text;
    let first = near.split("<section class=\"p-help\"").nth(1).unwrap();
    assert!(first.contains("Westquay") && first.contains("tel:+9997"), "{first}");
    assert!(!first.contains("tel:+999111") && first.contains("10:00"), "{first}");

    let path = format!("{at}/places");
    let seen = nadia.get(&path).await;
    let (revision, places) = (tag(&seen), seen.json());
    let id = places["items"][1]["id"].as_str().unwrap().to_owned();
    let mut place = places["items"][1]["place"].clone();
    assert_eq!(place["phones"][0]["number"], "+999 7", "{places}");
    place["city"] = json!("Eastquay");
    let twice =
        nadia.send(Method::POST, &path, Some(&revision), places["items"][1]["place"].clone());
    assert_eq!(fields(&twice.await.problem(422)), ["city"], "the same place again");
    let changed = nadia.put(&format!("{path}/{id}"), &revision, place.clone()).await;
    let newer = tag(&changed);
    assert_eq!(changed.json()["items"][1]["place"]["city"], "Eastquay");
    nadia.put(&format!("{path}/{id}"), &revision, place).await.problem(412);
    // On the page the end is asked about first.
    let ask = format!("{page}/at?place={id}&end=yes");
    let ask = region.get(&ask, Some(&nadia.cookie)).await.text;
    assert!(ask.contains("Annexe") && ask.contains(&format!("{page}/at/end")), "{ask}");
    let end = format!("{path}/{id}/end");
    let ended = nadia.send(Method::POST, &end, Some(&newer), Value::Null).await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT, "{}", ended.text);
    assert_eq!(nadia.get(&path).await.json()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn req_069_a_program_reads_changes_and_confirms_a_contact_point_of_its_organisation() {
    let region = Region::new().await;
    let omar = Keeper::of(&region, OMAR).await;
    let desks = omar.get("/api/v1/desks?size=200").await.json();
    let id = desks["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/contact-points/{id}/record");
    let seen = omar.get(&path).await;
    let (first, mut record) = (tag(&seen), seen.json());
    record["kind"] = json!("focal-point");
    record["city"] = json!("Lumen");
    record["areas"] = json!(["Northferry", "Camp Meru"]);
    record["channels"] = json!([{"kind": "messenger", "address": "@lumen"}]);
    let changed = omar.put(&path, &first, record.clone()).await;
    assert_eq!(changed.json()["channels"][0]["address"], "@lumen");
    assert_eq!(changed.json()["areas"], record["areas"]);
    omar.put(&path, &first, record.clone()).await.problem(412);
    record["channels"] = json!([{"kind": "messenger", "address": "a | b"}]);
    let told = omar.put(&path, &tag(&changed), record).await.problem(422);
    assert_eq!(fields(&told), ["channels"]);
    let confirm = format!("/api/v1/contact-points/{id}/confirm");
    let confirmed = omar.post(&confirm, Value::Null).await;
    assert_eq!(confirmed.status, StatusCode::NO_CONTENT, "{}", confirmed.text);
    let ines = Keeper::of(&region, INES).await;
    let one = ines.get(&format!("/api/v1/contact-points/{id}")).await.json();
    assert_eq!((&one["city"], &one["freshness"]), (&json!("Lumen"), &json!("fresh")), "{one}");
    // Those of other organisations are read, never kept.
    let joan = Keeper::of(&region, JOAN).await;
    joan.get(&path).await.problem(404);
    joan.post(&confirm, Value::Null).await.problem(404);
}

#[tokio::test]
async fn req_069_whoever_sits_at_a_desk_confirms_it_and_no_program_learns_the_town_of_a_house() {
    let region = Region::new().await;
    let ruth = Keeper::of(&region, RUTH).await;
    let desks = ruth.get("/api/v1/desks?size=200").await.json();
    let desks = desks["items"].as_array().unwrap();
    let intake = desks.iter().find(|one| one["name"] == "Harbour House intake").unwrap();
    let at = format!("/api/v1/contact-points/{}", intake["id"].as_str().unwrap());
    let (path, confirm) = (format!("{at}/record"), format!("{at}/confirm"));
    // Nadia keeps no desks, but sits at this one; Kofi does not.
    let nadia = Keeper::of(&region, NADIA).await;
    let confirmed = nadia.post(&confirm, Value::Null).await;
    assert_eq!(confirmed.status, StatusCode::NO_CONTENT, "{}", confirmed.text);
    let kofi = Keeper::of(&region, "kofi@harbourhouse.example").await;
    kofi.post(&confirm, Value::Null).await.problem(404);
    // A program made for reading does not say that someone looked.
    let reads = token(&region, RUTH, &["directory.read"]).await;
    let call = Call::new(Method::POST, &confirm).once("a-desk-only-read-about").token(&reads);
    call.to(&region).await.problem(404);
    let sits = token(&region, RUTH, &["work.finish-task"]).await;
    let call = Call::new(Method::POST, &confirm).once("a-desk-one-sits-at").token(&sits);
    assert_eq!(call.to(&region).await.status, StatusCode::NO_CONTENT);
    // The desk leads to protected houses: its town is for people, not for lists of programs.
    assert_eq!(ruth.get(&path).await.status, StatusCode::OK);
    let keeps = token(&region, RUTH, &["tenant.read", "desk.manage"]).await;
    Call::get(&path).token(&keeps).to(&region).await.problem(404);
}

#[tokio::test]
async fn req_072_a_program_enters_a_structure_of_its_state_and_gives_it_to_no_other() {
    let region = Region::new().await;
    let joan = Keeper::of(&region, JOAN).await;
    let mut unit = json!({"name": "Harbour unit", "kind": "hotspot-unit", "state": "XAA",
        "areas": ["Northferry"], "since": "2020-01-01",
        "seats": [{"sector": "police", "name": "Harbour police", "women": 2, "men": 5}]});
    let at = address(&joan.post("/api/v1/structures", unit.clone()).await);
    let shown = region.get(&at, None).await.json();
    assert_eq!((&shown["name"], &shown["seats"][0]["women"]), (&json!("Harbour unit"), &json!(2)));
    let path = format!("{at}/record");
    let seen = region.get(&path, None).await;
    let (first, record) = (tag(&seen), seen.json());
    assert_eq!((&record["seats"], &record["since"]), (&unit["seats"], &unit["since"]));
    unit["state"] = json!("XBB");
    let told = joan.post("/api/v1/structures", unit.clone()).await.problem(422);
    assert_eq!(fields(&told), ["state"], "another State is said beside the field");
    joan.put(&path, &first, unit.clone()).await.problem(422);
    unit["state"] = json!("XAA");
    unit["until"] = json!("2024-12-31");
    assert_eq!(joan.put(&path, &first, unit.clone()).await.json()["until"], "2024-12-31");
    joan.put(&path, &first, unit).await.problem(412);
    let working = region.get("/api/v1/structures?state=XAA&size=200", None).await.text;
    assert!(!working.contains("Harbour unit"), "{working}");
}

#[tokio::test]
async fn req_074_a_program_keeps_a_network_and_its_meetings_stay_the_same_in_calendars() {
    let region = Region::new().await;
    let ines = Keeper::of(&region, INES).await;
    let list = ines.get("/api/v1/networks?kind=heads-of-unit").await.json();
    let id = list["items"][0]["id"].as_str().unwrap();
    let at = format!("/api/v1/networks/{id}");
    let before = ines.get(&at).await.json()["meetings"][0]["id"].clone();
    let path = format!("{at}/record");
    let seen = ines.get(&path).await;
    let mut record = seen.json();
    record["members"][0]["until"] = json!("2020-12-31");
    record["meetings"][0]["cancelled"] = json!(true);
    let kept = ines.put(&path, &tag(&seen), record.clone()).await;
    assert_eq!(kept.json(), record);
    let after = ines.get(&at).await.json();
    assert_eq!(
        (&after["meetings"][0]["id"], &after["meetings"][0]["cancelled"]),
        (&before, &json!(true))
    );
    let served = record["members"].as_array().unwrap().len();
    assert_eq!(after["members"].as_array().unwrap().len(), served - 1, "who left stays on record");
    record["members"][1]["state"] = json!("BBB");
    assert_eq!(fields(&ines.put(&path, &tag(&kept), record).await.problem(422)), ["members"]);
    let joan = Keeper::of(&region, JOAN).await;
    joan.get(&path).await.problem(404);
    let body = ines.get(&path).await;
    joan.put(&path, &tag(&body), body.json()).await.problem(404);
    // The list of the page is narrowed by the same.
    let csv = async |query: &str| {
        region.get(&format!("/en/networks?{query}format=csv"), Some(&ines.cookie)).await.text
    };
    let (all, some) = (csv("").await, csv("kind=liaison-officers&").await);
    assert!(some.contains("Liaison officers") && !some.contains("Heads of"), "{some}");
    assert!(all.lines().count() > some.lines().count());
    let none = csv("kind=liaison-officers&state=XDD&").await;
    assert!(none.lines().count() < some.lines().count(), "{none}");
}

#[tokio::test]
async fn req_083_a_program_enters_and_changes_a_memorandum_of_its_state() {
    let region = Region::new().await;
    let joan = Keeper::of(&region, JOAN).await;
    let mut paper = json!({"title": "First nights", "state": "XAA",
        "parties": ["Task force", "Harbour House"], "signed": "2026-01-15"});
    let at = address(&joan.post("/api/v1/memoranda", paper.clone()).await);
    let seen = joan.get(&at).await;
    assert_eq!(seen.json()["parties"], paper["parties"]);
    paper["until"] = json!("2025-12-31");
    let told = joan.put(&at, &tag(&seen), paper.clone()).await.problem(422);
    assert_eq!(fields(&told), ["until"]);
    paper["until"] = json!("2099-12-31");
    assert_eq!(joan.put(&at, &tag(&seen), paper.clone()).await.json()["until"], "2099-12-31");
    joan.put(&at, &tag(&seen), paper.clone()).await.problem(412);
    paper["state"] = json!("XBB");
    let told = joan.post("/api/v1/memoranda", paper.clone()).await.problem(422);
    assert_eq!(fields(&told), ["state"]);
    paper["state"] = json!("");
    let told = joan.post("/api/v1/memoranda", paper).await;
    assert!(told.text.contains("Choose a State"), "{}", told.text);
    let ends = joan.get("/api/v1/memoranda?state=XAA&ends=no&size=200").await.text;
    assert!(ends.contains("First nights"), "{ends}");
    region.get("/api/v1/memoranda", None).await.problem(401);
}

#[tokio::test]
async fn req_082_a_standard_of_a_state_is_laid_beside_what_its_services_were_assessed_under() {
    let region = Region::new().await;
    let public = region.get("/en/service-standards", None).await.text;
    assert!(public.contains("Meridian minimum standards for services"), "{public}");
    let joan = Keeper::of(&region, JOAN).await;
    let send =
        async |form: &str| region.post("/en/service-standards/new", Some(&joan.cookie), form).await;
    let wrong = send("name=A+%7C+B&state=XAA&points=").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("Leave the bar"), "{}", wrong.text);
    let form = "name=Advice+standard&needs=legal&points=A+closed+room%0AAn+interpreter";
    let elsewhere = [form.to_owned(), format!("{form}&state=XBB")];
    for form in elsewhere {
        let told = send(&form).await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(told.text.contains("href=\"#state\"") && told.text.contains("A closed room"));
    }
    let made = send(&format!("{form}&state=XAA")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let to = made.headers[header::LOCATION].to_str().unwrap().split('?').next().unwrap().to_owned();
    let id = to.rsplit('/').next().unwrap().to_owned();
    let page = region.get(&to, None).await.text;
    assert!(page.contains("An interpreter") && !page.contains("/edit\""), "{page}");

    let nadia = Keeper::of(&region, NADIA).await;
    let mut office = clinic();
    office["need"] = json!("legal");
    office["name"] = json!("Law office");
    let office = address(&nadia.post("/api/v1/services", office).await);
    let mut clinic = clinic();
    clinic["need"] = json!("legal");
    clinic["name"] = json!("Law clinic");
    clinic["assessments"][0]["standard"] = json!("advice Standard");
    nadia.post("/api/v1/services", clinic).await.json();
    let path = format!("/en/services?under={id}&format=csv");
    let listed = region.get(&path, Some(&joan.cookie)).await.text;
    assert!(listed.contains("Law office") && !listed.contains("Law clinic"), "{listed}");
    let shown = region.get(&office.replace("/api/v1", "/en"), Some(&nadia.cookie)).await.text;
    assert!(shown.contains("Advice standard") && shown.contains("not assessed"), "{shown}");
    let form = region.get("/en/services/new", Some(&nadia.cookie)).await.text;
    assert!(form.contains("Advice standard"), "{form}");
    // Ended by its last day it binds nobody.
    let edit = region.get(&format!("{to}/edit"), Some(&joan.cookie)).await.text;
    let ended = format!(
        "revision={}&name=Advice+standard&state=XAA&needs=legal&points=A+closed+room&\
         since-day=1&since-month=1&since-year=2020&until-day=1&until-month=1&until-year=2021",
        hidden(&edit, "revision")
    );
    let saved = region.post(&format!("{to}/edit"), Some(&joan.cookie), &ended).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let shown = region.get(&office.replace("/api/v1", "/en"), Some(&nadia.cookie)).await.text;
    assert!(!shown.contains("Advice standard"), "{shown}");
}

#[tokio::test]
async fn a_contact_point_is_closed_after_a_look_at_what_depends_on_it() {
    let region = Region::new().await;
    let ruth = Keeper::of(&region, RUTH).await;
    let list = region.get("/en/admin/desks", Some(&ruth.cookie)).await.text;
    let mut links = list.split("href=\"").filter_map(|link| link.split('"').next());
    let path = links.find(|at| at.starts_with("/en/admin/desks/") && !at.ends_with("/new"));
    let path = path.unwrap();
    let shown = region.get(path, Some(&ruth.cookie)).await.text;
    let form = format!("revision={}", hidden(&shown, "revision"));
    let close = format!("{path}/close");
    let asked = region.post(&close, Some(&ruth.cookie), &form).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
    assert!(asked.text.contains("Nobody is led to it any more"), "{}", asked.text);
    let still = region.get(path, Some(&ruth.cookie)).await.text;
    assert!(still.contains("Close the contact point"), "one press closes nothing");
    let done = region.post(&close, Some(&ruth.cookie), &format!("{form}&sure=yes")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let after = region.get(path, Some(&ruth.cookie)).await.text;
    assert!(after.contains("Open the contact point again"), "{after}");
}
