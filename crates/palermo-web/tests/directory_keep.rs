//! What whoever keeps services is refused or told: a desk of others, a protected service
//! without a desk in a sheet, another State, none; and that no file of the database holds
//! the address of a service that became protected (R9, E14).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::{directory::holds, support};

use axum::http::{StatusCode, header};
use palermo_app::{
    domain::{id::TenantId, service::Flag},
    locale::Language,
    service::{self, InputFile, ServiceFilter},
    session,
    sheets::{How, Importer, import_services},
};
use palermo_store::{Paging, desk as desks, service as services};
use serde_json::{Value, json};
use support::{
    Region,
    program::{Call, Told as _},
};

const NADIA: &str = "nadia@harbourhouse.example";
const JOAN: &str = "joan@taskforce.avelmar.example";
const FOLDER: &str = "/api/v1/service-standards";

const OPEN: &str = "name=Night+house&need=shelter&organisation=Harbour+House&state=XAA&\
                    status=active&protected=no&address=5+Hidden+Way&city=Northferry&\
                    hours=24%2F7&time_zone=UTC&languages=en";

async fn tenant(region: &Region, cookie: &str) -> TenantId {
    let text = cookie.split_once('=').unwrap().1;
    session::resume(&region.app, text).await.unwrap().unwrap().tenant.id
}

/// The page of a service that was just saved, and what is said there.
fn saved(answer: &support::Answer) -> (String, String) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let to = answer.headers[header::LOCATION].to_str().unwrap();
    let (page, said) = to.split_once('?').unwrap();
    (page.to_owned(), said.to_owned())
}

fn revision(page: &str) -> String {
    let mark = "name=\"revision\" value=\"";
    page[page.find(mark).unwrap() + mark.len()..].split('"').next().unwrap().to_owned()
}

/// The files of the databases that hold a text, while the program runs.
fn files_with(region: &Region, text: &str) -> Vec<String> {
    let files = std::fs::read_dir(region.folder()).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.is_file() && holds(&std::fs::read(path).unwrap(), text))
        .map(|path| path.display().to_string())
        .collect()
}

#[tokio::test]
async fn e14_the_address_of_a_service_that_becomes_protected_is_in_no_file_of_the_database() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let (page, _) = saved(&region.post("/en/services/new", Some(&nadia), OPEN).await);
    assert!(!files_with(&region, "5 Hidden Way").is_empty(), "an open one may be looked up");
    let edit = region.get(&format!("{page}/edit"), Some(&nadia)).await.text;
    let hidden = OPEN.replace("protected=no&address=5+Hidden+Way&city=Northferry", "protected=yes")
        + &format!("&revision={}", revision(&edit));
    saved(&region.post(&format!("{page}/edit"), Some(&nadia), &hidden).await);
    assert_eq!(files_with(&region, "5 Hidden Way"), Vec::<String>::new());
}

#[tokio::test]
async fn rule_9_a_protected_service_is_led_to_by_a_desk_of_its_own_house_alone() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let own = tenant(&region, &nadia).await;
    let filter = desks::Filter::default();
    let all = desks::list(&region.app.store, &filter, desks::SortBy::Name, Paging::all());
    let all: Vec<_> = all.await.unwrap().items.into_iter().map(|one| one.record).collect();
    let named = |wanted: bool| {
        let desk = all.iter().find(|desk| (desk.tenant == own) == wanted).unwrap();
        format!("{}/{}", desk.tenant, desk.id)
    };
    let form = OPEN.replace("protected=no&address=5+Hidden+Way&city=Northferry", "protected=yes");
    let through = |desk: String| format!("{form}&through={}", desk.replace('/', "%2F"));
    let refused = region.post("/en/services/new", Some(&nadia), &through(named(false))).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("href=\"#through\""), "{}", refused.text);
    assert!(refused.text.contains("nobody there was asked"), "{}", refused.text);
    saved(&region.post("/en/services/new", Some(&nadia), &through(named(true))).await);
}

#[tokio::test]
async fn rule_9_a_sheet_names_the_desk_of_a_protected_service_where_there_are_some() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let own = tenant(&region, &nadia).await;
    let text = nadia.split_once('=').unwrap().1;
    let signed = session::resume(&region.app, text).await.unwrap().unwrap();
    let acting = signed.acting(&region.app, Language::En);
    let take = async |through: &str| {
        let sheet = format!(
            "name,need,organisation,state,protected,through\n\
             Late house,shelter,Harbour House,XAA,yes,{through}\n"
        );
        let how = How { apply: true, skip_rejected: false };
        let who = Importer::Member(&acting);
        import_services(&region.app, sheet.as_bytes(), how, who).await.unwrap()
    };
    let refused = take("").await;
    assert!(!refused.applied && refused.rejected.len() == 1, "{refused:?}");
    assert_eq!(refused.rejected[0].field, "through");
    assert_eq!(refused.rejected[0].message.id, "error-sheet-desk");
    let filter = desks::Filter { tenant: Some(own), ..desks::Filter::default() };
    let desk = desks::list(&region.app.store, &filter, desks::SortBy::Name, Paging::all());
    let desk = desk.await.unwrap().items.remove(0).record;
    let stored = take(&format!("{}/{}", desk.tenant, desk.id)).await;
    assert!(stored.applied && stored.new.len() == 1, "{stored:?}");
    // What stands already is unchanged when it comes back.
    let again = take(&format!("{}/{}", desk.tenant, desk.id)).await;
    assert_eq!((again.unchanged, again.rejected.len()), (1, 0), "{again:?}");
}

#[tokio::test]
async fn a_service_in_another_state_is_taken_and_it_is_said_from_where_it_is_operated() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let (page, said) = saved(&region.post("/en/services/new", Some(&nadia), OPEN).await);
    assert_eq!(said, "done=saved");
    let shown = region.get(&page, None).await.text;
    assert!(!shown.contains("Operated from"), "{shown}");
    let abroad = OPEN.replace("state=XAA", "state=XBB").replace("Night+house", "Far+house");
    let (page, said) = saved(&region.post("/en/services/new", Some(&nadia), &abroad).await);
    assert_eq!(said, "done=service-saved-elsewhere");
    let told = region.get(&format!("{page}?{said}"), Some(&nadia)).await.text;
    assert!(told.contains("listed there as operated from yours"), "{told}");
    let shown = region.get(&page, None).await.text;
    assert!(shown.contains("Operated from") && shown.contains("Avelmar"), "{shown}");
    let listed = region.get("/en/services?operated=elsewhere&format=csv", None).await.text;
    assert!(listed.contains("Far house") && !listed.contains("Night house"), "{listed}");
}

#[tokio::test]
async fn a_service_that_comes_in_without_a_state_is_told_and_listed_as_found_by_nobody() {
    let region = Region::new().await;
    let file = |name: &str, text: &str| InputFile {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let files = [
        file(
            "organizations.csv",
            "id,name,description\nd9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610,Harbour Trust,Helps\n",
        ),
        file(
            "services.csv",
            "id,organization_id,name,status,protected\n\
             ac148810-d857-441c-9679-408f346de14b,d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610,\
             Nowhere house,active,no\n",
        ),
    ];
    let how = service::How { apply: true, skip_rejected: false };
    let who = service::Importer::Operator("clerk");
    let report = service::import_hsds(&region.app, &files, how, who).await.unwrap();
    assert!(report.applied && report.rejected.is_empty(), "{report:?}");
    assert!(report.notices.iter().any(|told| told.contains("names no State")), "{report:?}");
    let every = services::all(&region.app.store, &ServiceFilter::default()).await.unwrap();
    let today = region.app.store.now().date().into();
    let nowhere =
        every.iter().filter(|one| one.record.service.flags(today).contains(&Flag::NoState));
    assert_eq!(nowhere.count(), 1);
    let joan = region.step_in(JOAN).await;
    let listed = region.get("/en/services?flag=no-state&format=csv", Some(&joan)).await.text;
    assert!(listed.contains("Nowhere house") && !listed.contains("Harbour House"), "{listed}");
}

#[tokio::test]
async fn req_082_a_program_reads_enters_and_ends_a_standard_as_the_page_does() {
    let region = Region::new().await;
    let joan = region.step_in(JOAN).await;
    let every = Call::get(FOLDER).to(&region).await.json();
    let first = &every["items"][0];
    assert!(first["name"].is_string() && first["bound"].is_u64(), "{every}");
    let mut written = json!({"name": "Advice standard", "state": "XAA", "needs": ["legal"],
        "points": ["A closed room", "An interpreter"]});
    let post = async |body: &Value, once: &str| {
        Call::post(FOLDER, body).once(once).session(&joan).to(&region).await
    };
    let mut wrong = written.clone();
    (wrong["name"], wrong["points"]) = (json!("A | B"), json!([]));
    let told = post(&wrong, "a-standard-nobody-can-read").await.problem(422);
    let fields: Vec<&str> = told["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["field"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["name", "points"]);
    let made = post(&written, "a-standard-for-legal-advice").await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let at = made.headers[header::LOCATION].to_str().unwrap().to_owned();
    let seen = Call::get(&at).to(&region).await;
    assert_eq!(seen.json()["points"], written["points"]);
    assert_eq!(seen.json()["needs"], json!(["legal"]));
    let revision = seen.headers[header::ETAG].to_str().unwrap().to_owned();
    written["until"] = json!("2021-01-01");
    let put = async |cookie: &str, once: &str| {
        let call = Call::put(&at, &written).once(once).session(cookie);
        call.with("if-match", revision.as_str()).to(&region).await
    };
    let nadia = region.step_in(NADIA).await;
    let refused = put(&nadia, "a-standard-of-someone-else").await;
    assert!(refused.status.is_client_error(), "{}", refused.text);
    assert_eq!(put(&joan, "the-standard-has-ended").await.json()["until"], "2021-01-01");
    put(&joan, "the-standard-has-ended-twice").await.problem(412);
    let holding = format!("{FOLDER}?state=XAA&need=legal&holds=yes&size=200");
    let holding = Call::get(&holding).to(&region).await;
    assert!(!holding.text.contains("Advice standard"), "{}", holding.text);
    let ended = format!("{FOLDER}?state=XAA&need=legal&holds=no&size=200");
    let ended = Call::get(&ended).to(&region).await;
    assert!(ended.text.contains("Advice standard"), "{}", ended.text);
}

#[tokio::test]
async fn req_082_whoever_coordinates_the_state_says_beside_the_keeper_how_a_service_stands() {
    let region = Region::new().await;
    let (nadia, joan) = (region.step_in(NADIA).await, region.step_in(JOAN).await);
    let (page, _) = saved(&region.post("/en/services/new", Some(&nadia), OPEN).await);
    let seen = region.get(&page, Some(&joan)).await.text;
    assert!(seen.contains("Add how you see it"), "{seen}");
    let path = format!("{page}/assess");
    let form = region.get(&path, Some(&joan)).await.text;
    assert!(form.contains("Meridian minimum standards for services"), "{form}");
    let wrong = "standard=Another&on-day=1&on-month=2&on-year=2999&words=Seen+on+a+visit";
    let refused = region.post(&path, Some(&joan), wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["standard", "outcome", "on"] {
        assert!(refused.text.contains(&format!("href=\"#{field}")), "{field}: {}", refused.text);
    }
    assert!(refused.text.contains("Seen on a visit"), "what was typed stays");
    let view = "standard=Meridian+minimum+standards+for+services&outcome=partly&on-day=1&\
                on-month=2&on-year=2025&words=Seen+on+a+visit";
    saved(&region.post(&path, Some(&joan), view).await);
    let own = region.get(&page, Some(&nadia)).await.text;
    assert!(own.contains("Seen by others") && own.contains("Seen on a visit"), "{own}");
    assert!(!own.contains("Add how you see it"), "{own}");
    let public = region.get(&page, None).await.text;
    assert!(!public.contains("Seen by others"), "{public}");
    // The latest of an organisation counts; what the keeper says stays as it was.
    let later = view.replace("partly", "met").replace("2025", "2026").replace("on+a", "in+one");
    saved(&region.post(&path, Some(&joan), &later.replace("on-month=2", "on-month=1")).await);
    let own = region.get(&page, Some(&nadia)).await.text;
    assert!(own.contains("Seen in one visit") && !own.contains("Seen on a visit"), "{own}");
    let told = format!("{}/second-views", page.replace("/en/", "/api/v1/"));
    let told = Call::get(&told).session(&joan).to(&region).await.json();
    assert_eq!(told["total"], 1, "{told}");
    assert_eq!(told["items"][0]["outcome"], "met", "{told}");
    // Nobody looks at their own service so, and nobody at one of another State.
    let refused = region.post(&path, Some(&nadia), view).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let abroad = OPEN.replace("state=XAA", "state=XBB").replace("Night+house", "Far+house");
    let (far, _) = saved(&region.post("/en/services/new", Some(&nadia), &abroad).await);
    let refused = region.post(&format!("{far}/assess"), Some(&joan), view).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}
