//! The directory in the demonstration: finding help, the public pages, the
//! contact points, the exchange, and above all that no protected address is
//! anywhere (R9, E14).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use palermo_app::{
    domain::{register::state::StateCode, service::Status},
    service::{ServiceFilter, export_hsds, tabular_json, zipped},
    session,
};
use palermo_store::{Paging, outbox, service as services, tenant as tenants};
use serde_json::Value as Json;
use std::path::Path;
use support::Region;

const FOCAL: &str = "joan@taskforce.avelmar.example";
const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const OFFICER: &str = "desmond@labour.avelmar.example";
const SHELTER: &str = "nadia@harbourhouse.example";
const STATES: [&str; 6] = ["XAA", "XBB", "XCC", "XDD", "XEE", "XFF"];

/// The 40 addresses, from the one file that holds them.
fn addresses() -> Vec<String> {
    let text = include_str!("../../../content/demo/protected-addresses.csv");
    let all: Vec<String> = text
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .map(|(_, address)| address.trim_matches('"').to_owned())
        .collect();
    assert_eq!(all.len(), 40);
    all
}

/// The street alone is enough to find a house.
fn streets() -> Vec<String> {
    let street = |address: &String| {
        let (street, _) = address.split_once(',').unwrap();
        street.split_once(' ').unwrap().1.to_owned()
    };
    addresses().iter().map(street).collect()
}

pub fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

pub fn assert_none(of: &str, bytes: &[u8]) {
    for street in streets() {
        assert!(!holds(bytes, &street), "`{street}` is in {of}");
    }
}

#[tokio::test]
async fn the_search_for_addresses_would_find_one() {
    let first = streets().remove(0);
    assert!(holds(format!("x{first}x").as_bytes(), &first));
}

#[tokio::test]
async fn req_077_e14_none_of_the_40_addresses_is_on_a_page_in_an_export_or_in_a_database_file() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let officer = region.step_in(OFFICER).await;
    let mut paths: Vec<String> = vec!["/en/get-help".into(), "/en/structures".into()];
    for state in STATES {
        for language in ["en", "fr", "es", "ar"] {
            paths.push(format!("/{language}/get-help/{state}"));
        }
        paths.push(format!("/en/get-help?need=shelter&state={state}"));
        paths.push(format!("/api/v1/services/find?need=shelter&state={state}"));
    }
    for more in [
        "/en/services",
        "/en/services?format=csv",
        "/en/services/hsds.json",
        "/api/v1/services?size=100",
        "/api/v1/services?size=100&page=2",
        "/api/v1/services?size=100&page=3",
    ] {
        paths.push(more.to_owned());
    }
    for path in &paths {
        let answer = region.get(path, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_none(path, answer.text.as_bytes());
    }
    for path in [
        "/en/services",
        "/en/services/coverage",
        "/en/contact-points",
        "/en/get-help?need=shelter&state=XAA",
    ] {
        for who in [&focal, &officer] {
            let answer = region.get(path, Some(who)).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert_none(path, answer.text.as_bytes());
        }
    }
    let package = export_hsds(&region.app).await.unwrap();
    assert_none("the data package", &tabular_json(&package).unwrap());
    for file in palermo_app::service::unzip(&zipped(&package).unwrap()).unwrap() {
        assert_none(&file.name, &file.bytes);
    }
    region.app.store.close().await.unwrap();
    for entry in std::fs::read_dir(region.folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            assert_none(&path.display().to_string(), &std::fs::read(&path).unwrap());
        }
    }
}

#[tokio::test]
async fn the_region_has_300_services_and_40_of_them_are_protected() {
    let region = Region::new().await;
    let every = services::all(&region.app.store, &ServiceFilter::default()).await.unwrap();
    assert_eq!(every.len(), 300);
    let protected = ServiceFilter { protected: Some(true), ..ServiceFilter::default() };
    assert_eq!(services::all(&region.app.store, &protected).await.unwrap().len(), 40);
}

#[tokio::test]
async fn rule_9_the_public_finds_no_protected_service_by_name_by_number_or_by_count() {
    let region = Region::new().await;
    let protected = ServiceFilter { protected: Some(true), ..ServiceFilter::default() };
    let hidden = services::all(&region.app.store, &protected).await.unwrap();
    for one in hidden.iter().take(3) {
        let id = one.record.id;
        let page = region.get(&format!("/en/services/{id}"), None).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        let api = region.get(&format!("/api/v1/services/{id}"), None).await;
        assert_eq!(api.status, StatusCode::NOT_FOUND);
        let search = region.get("/api/v1/services?text=Harbour%20House&size=100", None).await;
        assert!(!search.text.contains(&id.to_string()));
    }
    let list: Json =
        serde_json::from_str(&region.get("/api/v1/services", None).await.text).unwrap();
    assert_eq!(list["total"], 260);
    let found = region.get("/api/v1/services/find?need=shelter&state=XAA", None).await;
    let found: Json = serde_json::from_str(&found.text).unwrap();
    let shown: Vec<&Json> = found["matches"].as_array().unwrap().iter().collect();
    let secret: Vec<_> = shown.iter().filter(|one| one["service"]["protected"] == true).collect();
    assert_eq!(secret.len(), 1, "their number can be counted: {found}");
    for one in secret {
        let service = &one["service"];
        assert!(service["name"].is_null() && service["provider"] == "unknown", "{service}");
        for list in ["languages", "admits", "excludes", "areas", "phones"] {
            assert_eq!(service[list], serde_json::json!([]), "{list}");
        }
        assert!(service["assured"].is_null() && one["through"].is_string());
        for told in ["places-free", "full", "fresh", "stale", "admits"] {
            assert!(!one["because"].to_string().contains(&format!("\"{told}\"")), "{one}");
        }
    }
}

#[tokio::test]
async fn rule_9_pressing_the_next_again_and_again_tells_no_protected_house_from_another() {
    let region = Region::new().await;
    let protected = ServiceFilter { protected: Some(true), ..ServiceFilter::default() };
    let hidden = services::all(&region.app.store, &protected).await.unwrap();
    let mut path = "/en/get-help?need=shelter&state=XAA".to_owned();
    let mut entries = std::collections::BTreeSet::new();
    for _ in 0..40 {
        let page = region.get(&path, None).await.text;
        for one in &hidden {
            assert!(!page.contains(&one.record.id.to_string()), "{path}");
            assert!(!path.contains(&one.record.id.to_string()), "{path}");
        }
        let shown = page.matches("at a protected address").count();
        assert!(shown <= 1, "{shown} on {path}");
        entries.extend((shown > 0).then(|| page.contains("tried=")));
        let next = page.split("href=\"").filter_map(|part| part.split('"').next());
        let next = next.map(|link| link.replace("&amp;", "&").replace("&#38;", "&"));
        let Some(next) = next.into_iter().find(|link| link.contains("tried=")) else { break };
        assert_ne!(next, path);
        path = next;
    }
    assert!(!entries.is_empty(), "the public is told that there are some");
    let last = region.get(&path, None).await.text;
    assert!(!last.contains("at a protected address"), "called, it steps back as a whole");
    assert!(!last.contains("unmet need") && last.contains("tel:"), "the duty desk: {last}");
}

#[tokio::test]
async fn rule_9_one_record_for_each_desk_and_need_goes_out_and_comes_back_unchanged() {
    let region = Region::new().await;
    let package = export_hsds(&region.app).await.unwrap();
    let text = String::from_utf8(tabular_json(&package).unwrap()).unwrap();
    let protected = ServiceFilter { protected: Some(true), ..ServiceFilter::default() };
    for one in services::all(&region.app.store, &protected).await.unwrap() {
        assert!(!text.contains(&one.record.id.to_string()));
    }
    assert!(text.matches("shelter (protected)").count() <= STATES.len(), "one for a desk");
    let files = [palermo_app::service::InputFile { name: "all.json".into(), bytes: text.into() }];
    let (how, importer) =
        (palermo_app::service::How::default(), palermo_app::service::Importer::Operator("clerk"));
    let report =
        palermo_app::service::import_hsds(&region.app, &files, how, importer).await.unwrap();
    assert_eq!((report.new.len(), report.changed.len()), (0, 0), "{report:?}");
}

#[tokio::test]
async fn rule_9_neither_an_administrator_of_accounts_nor_a_token_for_work_reads_protected_services()
{
    let region = Region::new().await;
    let administrator = region.step_in("omar@secretariat.meridian.example").await;
    let list = region.get("/en/services?format=csv", Some(&administrator)).await.text;
    let protected = ServiceFilter { protected: Some(true), ..ServiceFilter::default() };
    let hidden = services::all(&region.app.store, &protected).await.unwrap();
    assert!(hidden.iter().all(|one| !list.contains(&one.record.service.name)));
    let path = format!("/en/services/{}", hidden[0].record.id);
    let page = region.get(&path, Some(&administrator)).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    for (email, scope, total) in [
        ("sione@focal.fenlua.example", "work.read", 260),
        ("sione@focal.fenlua.example", "directory.read", 300),
        // Not even those of the house it speaks for.
        ("ruth@harbourhouse.example", "service.edit", 260),
    ] {
        let cookie = region.step_in(email).await;
        let signed = session::resume(&region.app, cookie.split_once('=').unwrap().1).await;
        let signed = signed.unwrap().unwrap();
        let acting = signed.acting(&region.app, palermo_app::locale::Language::En);
        let scopes = [scope.to_owned()];
        let made = palermo_app::token::make(&acting, &signed, "t", &scopes, "30");
        let request = Request::get("/api/v1/services")
            .header(header::AUTHORIZATION, format!("Bearer {}", made.await.unwrap()))
            .body(Body::empty())
            .unwrap();
        let told: Json = serde_json::from_str(&region.send(request).await.text).unwrap();
        assert_eq!(told["total"], total, "{scope}");
    }
}

#[tokio::test]
async fn req_080_the_public_help_page_is_small_in_every_language_and_kept_by_the_browser() {
    let region = Region::new().await;
    for state in STATES {
        for language in ["en", "fr", "es", "ar"] {
            let path = format!("/{language}/get-help/{state}");
            let request = Request::get(&path)
                .header(header::ACCEPT_ENCODING, "gzip")
                .body(Body::empty())
                .unwrap();
            let response =
                tower::ServiceExt::oneshot(region.router.clone(), request).await.unwrap();
            assert_eq!(response.headers()[header::CONTENT_ENCODING], "gzip", "{path}");
            let kept = response.headers()[header::CACHE_CONTROL].to_str().unwrap().to_owned();
            assert!(kept.contains("max-age=86400") && kept.contains("stale-if-error"), "{kept}");
            let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
            assert!(body.len() <= 12 * 1024, "{path} has {} bytes", body.len());
        }
    }
    let page = region.get("/ar/get-help/XEE", None).await.text;
    assert!(page.contains("tel:5-44") || page.contains("tel:544"), "the common number");
    assert!(page.contains("dir=\"rtl\"") && page.contains("govuk-exit-this-page"));
    // It is reached from what was looked for, in a deployment without the list of States too.
    let found = region.get("/en/get-help?need=shelter&state=XAA", None).await.text;
    assert!(found.contains("href=\"/en/get-help/XAA\""));
    let services = region.get("/en/services", None).await.text;
    assert!(
        services.contains("/en/services/hsds.zip") && services.contains("/en/services/hsds.json")
    );
}

#[tokio::test]
async fn req_078_a_man_is_told_who_excludes_him_and_his_unmet_need_is_filed() {
    let region = Region::new().await;
    let officer = region.step_in(OFFICER).await;
    let query = "need=shelter&state=XAA&area=Northferry&sex=male&age=adult";
    let page = region.get(&format!("/en/get-help?{query}"), Some(&officer)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("do not admit this person"), "{}", page.text);
    let before = region.get("/en/unmet-needs?format=csv", Some(&officer)).await.text;
    let filed = region.post("/en/get-help/unmet", Some(&officer), query).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text);
    let after = region.get("/en/unmet-needs?format=csv", Some(&officer)).await.text;
    assert_eq!(after.lines().count(), before.lines().count() + 1);
    assert!(after.contains("Northferry") && after.contains("Avelmar"));
    let again = filed.headers[header::LOCATION].to_str().unwrap().to_owned();
    let again = region.get(&again, Some(&officer)).await.text;
    assert!(again.contains("The unmet need is filed") && !again.contains("File an unmet need"));
    // The coordinator sees it by area; a small number is not told.
    let focal = region.step_in(FOCAL).await;
    let areas = region.get("/en/unmet-needs/by-area?state=XAA&format=csv", Some(&focal)).await.text;
    assert!(areas.contains("Northferry,Shelter,8"), "{areas}");
    assert!(areas.contains("Quayside,Shelter,fewer than"), "{areas}");
    // Another State's are not theirs.
    let other = region.get("/en/unmet-needs/by-area?state=XCC", Some(&focal)).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    // From the list of one's own there is a way to them.
    let own = region.get("/en/unmet-needs", Some(&focal)).await.text;
    assert!(own.contains("href=\"/en/unmet-needs/by-area\""), "{own}");
    // Who has filed none is told how one comes about, not to clear filters nobody set.
    assert!(own.contains("has filed no unmet need") && !own.contains("Clear the filters"), "{own}");
}

#[tokio::test]
async fn unmet_needs_of_all_states_are_counted_for_the_coordination_of_the_region() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let all = "/en/unmet-needs/by-area?format=csv";
    let csv = region.get(all, Some(&secretariat)).await.text;
    assert!(csv.contains("Avelmar,Northferry,Shelter,7"), "{csv}");
    assert!(csv.contains("Cadrinth,La Quebrada,Shelter,8"), "{csv}");
    assert!(csv.contains("Avelmar,Quayside,Shelter,fewer than"), "{csv}");
    let page = region.get("/en/unmet-needs/by-area", Some(&secretariat)).await.text;
    assert!(!page.contains("No organisation coordinates"), "{page}");
    // Counts and never the records.
    let records = region.get("/en/unmet-needs", Some(&secretariat)).await;
    assert_eq!(records.status, StatusCode::NOT_FOUND);
    // A State in which nobody coordinates is seen here, and it is said.
    let officer = region.step_in(OFFICER).await;
    let query = "need=shelter&state=GHA&area=Tema&sex=male&age=adult";
    let filed = region.post("/en/get-help/unmet", Some(&officer), query).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text);
    let page = region.get("/en/unmet-needs/by-area", Some(&secretariat)).await.text;
    let page = page.replace(['\u{2068}', '\u{2069}'], "");
    assert!(page.contains("No organisation coordinates in Ghana"), "{page}");
    assert!(page.contains("Tema"));
    let nothing = region.get("/en/unmet-needs/by-area?need=tracing", Some(&secretariat)).await.text;
    assert!(nothing.contains("Clear the filters"), "{nothing}");
}

#[tokio::test]
async fn called_without_an_answer_the_next_comes_first_for_everyone() {
    let region = Region::new().await;
    let officer = region.step_in(OFFICER).await;
    let first = |text: &str| {
        let found: Json = serde_json::from_str(text).unwrap();
        found["matches"][0]["service"]["id"].as_str().unwrap().to_owned()
    };
    let path = "/api/v1/services/find?need=legal&state=XBB";
    let best = first(&region.get(path, None).await.text);
    let form = format!("service={best}&next=need%3Dlegal%26state%3DXBB%26tried%3D{best}");
    let noted = region.post("/en/get-help/no-answer", Some(&officer), &form).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.text);
    let to = noted.headers[header::LOCATION].to_str().unwrap();
    assert!(to.contains("tried=") && to.contains(&best), "{to}");
    assert_ne!(first(&region.get(path, None).await.text), best);
}

#[tokio::test]
async fn req_069_a_state_and_a_topic_give_a_desk_or_its_deputy_at_any_hour() {
    let region = Region::new().await;
    for state in STATES {
        let path = format!("/api/v1/contact-points/answering?state={state}&topic=plans");
        let told: Json = serde_json::from_str(&region.get(&path, None).await.text).unwrap();
        assert!(told["desk"].is_string(), "{state}: {told}");
    }
    // By night the duty officer answers for Avelmar's focal point.
    let path = "/api/v1/contact-points/answering?state=XAA&topic=requests";
    let told: Json = serde_json::from_str(&region.get(path, None).await.text).unwrap();
    assert!(["now", "deputy"].contains(&told["answer"].as_str().unwrap()), "{told}");
}

#[tokio::test]
async fn req_070_a_letter_confirms_a_contact_point_with_one_press_and_following_the_link_changes_nothing()
 {
    let region = Region::new().await;
    let asked = palermo_app::desk::ask_stale(&region.app).await.unwrap();
    // Dorvane, Emdarra and its consulate are older than 180 days.
    assert_eq!(asked, 3);
    assert_eq!(
        palermo_app::desk::ask_stale(&region.app).await.unwrap(),
        0,
        "asked once in two weeks"
    );
    let mut paths = Vec::new();
    for item in
        outbox::claim(&region.app.store, 10, std::time::Duration::from_secs(60)).await.unwrap()
    {
        let letter: Json = serde_json::from_slice(&item.body).unwrap();
        paths.push(format!("/en/contact-points/confirm/{}", letter["token"].as_str().unwrap()));
    }
    let red = async || {
        let focal = region.step_in(FOCAL).await;
        let list = region.get("/en/contact-points?fresh=red&format=csv", Some(&focal)).await.text;
        let amber =
            region.get("/en/contact-points?fresh=amber&format=csv", Some(&focal)).await.text;
        list.lines().count() + amber.lines().count()
    };
    let before = red().await;
    for path in &paths {
        assert_eq!(region.get(path, None).await.status, StatusCode::OK);
    }
    assert_eq!(red().await, before, "a mail filter that follows links confirms nothing");
    for path in &paths {
        assert_eq!(region.post(path, None, "").await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(red().await, before - 3);
    assert_eq!(
        region.get("/en/contact-points/confirm/forged", None).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn req_071_req_084_focal_points_see_each_other_and_a_consulate_is_found_by_country_and_city()
{
    let region = Region::new().await;
    for email in [FOCAL, "sione@focal.fenlua.example", "layla@committee.emdarra.example"] {
        let cookie = region.step_in(email).await;
        let networks = region.get("/en/networks", Some(&cookie)).await.text;
        assert!(networks.contains("Focal points of the Meridian Process"));
        let posts = region
            .get("/en/contact-points?kind=consular-post&q=Quayside&format=csv", Some(&cookie))
            .await
            .text;
        assert!(posts.contains("Brémora"), "{posts}");
    }
    let public = region.get("/en/networks", None).await;
    assert_eq!(public.status, StatusCode::SEE_OTHER, "names of officers are for staff");
}

#[tokio::test]
async fn req_072_the_structures_say_what_is_missing_in_them_and_req_073_a_district_finds_its_unit()
{
    let region = Region::new().await;
    let list = region.get("/en/structures?format=csv", None).await.text;
    let row = |name: &str| list.lines().find(|line| line.contains(name)).unwrap().to_owned();
    assert!(row("Comité Interministerial de Cadrinto").contains("justice missing"));
    assert!(!row("Avelmar National Task Force").contains("missing"));
    let found =
        region.get("/en/structures?area=northferry&kind=local-body&format=csv", None).await.text;
    assert!(found.contains("Northferry Port Group") && !found.contains("Saltmere District Panel"));
}

#[tokio::test]
async fn meetings_and_contact_points_go_into_calendars_and_address_books() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let list = region.get("/en/networks", Some(&cookie)).await.text;
    let id = list
        .split("/networks/")
        .filter_map(|part| part.get(..36))
        .find(|id| id.matches('-').count() == 4);
    let path = format!("/en/networks/{}/meetings.ics", id.unwrap());
    let calendar = region.get(&path, Some(&cookie)).await;
    assert!(calendar.text.starts_with("BEGIN:VCALENDAR") && calendar.text.contains("BEGIN:VEVENT"));
    let points = region.get("/en/contact-points", Some(&cookie)).await.text;
    let id = points
        .split("/contact-points/")
        .filter_map(|part| part.get(..36))
        .find(|id| id.matches('-').count() == 4);
    let card =
        region.get(&format!("/en/contact-points/{}/card.vcf", id.unwrap()), Some(&cookie)).await;
    assert!(card.text.starts_with("BEGIN:VCARD\r\nVERSION:4.0"));
}

#[tokio::test]
async fn a_shelter_keeps_its_service_and_refuses_an_address_in_the_open_form() {
    let region = Region::new().await;
    let cookie = region.step_in(SHELTER).await;
    let form = "name=Night+house&need=shelter&organisation=Harbour+House&state=XAA&status=active&\
                protected=yes&address=5+Hidden+Way&hours=24%2F7&time_zone=UTC&languages=en";
    let refused = region.post("/en/services/new", Some(&cookie), form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("takes no address here"));
    // Nor does any word of it: no number in a text, no mail, no page.
    let told = form.replace("&address=5+Hidden+Way", "&email=night%40house.example")
        + "&description=Ring+%2B999+11+600+1234";
    let refused = region.post("/en/services/new", Some(&cookie), &told).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["href=\"#email\"", "href=\"#description\""] {
        assert!(refused.text.contains(field), "{field}: {}", refused.text);
    }
    // A telephone would lead to the house; what cannot be read is named with its line.
    let wrong = form.replace("&address=5+Hidden+Way", "&phones=%2B999+11+600+1234")
        + "+French&funding=Fund+A+%7C+2027-01-31%0AFund+B+until+31.12.2027";
    let refused = region.post("/en/services/new", Some(&cookie), &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = refused.text.replace(['\u{2068}', '\u{2069}'], "");
    for words in ["would lead to the house", "`French` is not a language", "Line 2, `Fund B"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(told.contains("Fund A | 2027-01-31"), "what was typed is kept");
    let open = form.replace("&address=5+Hidden+Way", "").replace("=en", "=en+fr%2C+ar")
        + "&funding=Fund+A+%2F+2027-01-31";
    let emptied = region.post("/en/services/new", Some(&cookie), &format!("{open}&through=")).await;
    assert_eq!(emptied.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(emptied.text.contains("href=\"#through\""), "a desk is asked for: {}", emptied.text);
    let made = region.post("/en/services/new", Some(&cookie), &open).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let to = made.headers[header::LOCATION].to_str().unwrap().split('?').next().unwrap().to_owned();
    let page = region.get(&to, Some(&cookie)).await.text;
    assert!(
        page.contains("Night house") && page.contains("English · Français · العربية"),
        "{page}"
    );
    let edit = region.get(&format!("{to}/edit"), Some(&cookie)).await.text;
    assert!(edit.contains("Fund A | 2027-01-31") && edit.contains("en, fr, ar"), "{edit}");
    assert_eq!(region.get(&to, None).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_shelter_finds_its_own_services_and_has_one_under_its_name() {
    let region = Region::new().await;
    let cookie = region.step_in(SHELTER).await;
    let own = region.get("/en/services?kept=own&format=csv", Some(&cookie)).await.text;
    let row = "Harbour House Shelter,,Shelter,Harbour House Shelter";
    assert!(own.contains(row), "of a protected house no number: {own}");
    let filter = ServiceFilter { protected: Some(true), ..ServiceFilter::default() };
    let all = services::all(&region.app.store, &filter).await.unwrap();
    let house = all.iter().find(|one| one.record.service.name == "Harbour House Shelter").unwrap();
    let edit = format!("/en/services/{}/edit", house.record.id);
    assert_eq!(region.get(&edit, Some(&cookie)).await.status, StatusCode::OK);
    // No two of one organisation look the same.
    let every = services::all(&region.app.store, &ServiceFilter::default()).await.unwrap();
    let names: std::collections::BTreeSet<_> = every
        .iter()
        .map(|one| (one.record.tenant.to_string(), one.record.service.name.clone()))
        .collect();
    assert_eq!(names.len(), every.len());
    // They go out and come in as a sheet too, for whoever may change them.
    let sheet = region.get("/en/services/sheet.csv", Some(&cookie)).await.text;
    assert!(sheet.contains("Harbour House Shelter"), "{sheet}");
    let asked = region.get("/en/services/sheet", Some(&cookie)).await;
    assert_eq!(asked.status, StatusCode::OK);
    // Whoever keeps none has no such filter.
    let officer = region.step_in(OFFICER).await;
    assert!(!region.get("/en/services", Some(&officer)).await.text.contains("name=\"kept\""));
    // Hours that are filled in have their time zone.
    let new = region.get("/en/services/new", Some(&cookie)).await.text;
    assert!(new.contains("Atlantic/Azores") && new.contains("Mo-Fr 08:00-16:00"), "{new}");
}

#[tokio::test]
async fn req_082_a_provider_without_a_valid_assessment_is_flagged_for_staff() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let flagged = region.get("/en/services?flag=not-assessed&format=csv", Some(&focal)).await.text;
    let all = region.get("/en/services?format=csv", Some(&focal)).await.text;
    assert!(flagged.lines().count() > 10 && flagged.lines().count() < all.lines().count());
    let ends = region.get("/en/services?flag=funding-ends&format=csv", Some(&focal)).await.text;
    assert!(ends.lines().count() >= 2, "a shelter's money ends in 60 days");
}

#[tokio::test]
async fn req_079_req_081_who_excludes_whom_is_a_table_and_centres_are_found_by_their_kind() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let table = region.get("/en/services/coverage?state=XAA&excludes=men", Some(&focal)).await;
    assert_eq!(table.status, StatusCode::OK);
    assert!(table.text.contains("Foreigners"));
    assert!(!table.text.contains("Mission of the Tidewater, Mission of the Tidewater"));
    let centres = region.get("/en/services?centre=rehabilitation&format=csv", None).await.text;
    assert!(centres.lines().count() > 2);
    let head = centres.lines().next().unwrap();
    assert!(head.contains("Service,Telephone,") && head.contains(",Hours"), "{head}");
    // A watermark follows the rows of a demonstration.
    let transit = region.get("/en/services?centre=transit&format=csv", None).await.text;
    assert!(transit.lines().count() > 2);
}

#[tokio::test]
async fn everything_of_the_directory_is_in_the_log_and_holds() {
    let region = Region::new().await;
    let every =
        tenants::list(&region.app.store, &tenants::Filter::default(), Paging::all()).await.unwrap();
    assert!(every.items.len() > 10);
    let filter = ServiceFilter {
        state: Some("XAA".parse::<StateCode>().unwrap()),
        status: Some(Status::Active),
        ..ServiceFilter::default()
    };
    assert!(services::all(&region.app.store, &filter).await.unwrap().len() > 60);
    let cookie = region.step_in(SHELTER).await;
    let token = cookie.split_once('=').unwrap().1;
    assert!(session::resume(&region.app, token).await.unwrap().is_some());
    assert!(Path::new(region.folder()).is_dir());
}
