//! The directory at work: memoranda and postings of which one is reminded, and
//! services and contact points that go out in a sheet and come in again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use palermo_app::{
    domain::{desk::Desk, service::Place},
    reminders,
    service::ServiceFilter,
    session,
    sheets::{
        How, Importer, SheetReport, export_contacts, export_services, import_contacts,
        import_services,
    },
    token,
};
use palermo_store::service as services;
use serde_json::Value as Json;
use support::Region;
use time::Duration;

const FOCAL: &str = "joan@taskforce.avelmar.example";
const SECRETARIAT: &str = "ines@secretariat.meridian.example";

/// The three boxes of a date so many days from now.
fn boxes(field: &str, days: i64) -> String {
    let day = (time::OffsetDateTime::now_utc() + Duration::days(days)).date();
    let (d, m, y) = (day.day(), u8::from(day.month()), day.year());
    format!("{field}-day={d}&{field}-month={m}&{field}-year={y}")
}

fn memorandum(until: i64) -> String {
    format!(
        "title=Night+reception+at+the+port&subject=Who+opens+the+door&state=XAA&\
         parties=Avelmar+National+Task+Force%0AMission+of+the+Tidewater&\
         roles=The+Mission+receives%2C+the+Task+Force+pays&{}&{}",
        boxes("signed", -300),
        boxes("until", until)
    )
}

#[tokio::test]
async fn req_083_a_memorandum_is_entered_in_the_browser_and_its_end_is_one_task_of_a_desk() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let work = async || region.get("/en/work", Some(&focal)).await.text;
    assert!(work().await.contains("Referral between police, labour inspection and shelters"));
    assert!(!work().await.contains("Night reception at the port"));
    let wrong = region
        .post("/en/memoranda/new", Some(&focal), &memorandum(40).replace("%0AMission", "+Mission"))
        .await;
    assert!(
        wrong.text.contains("at least two parties") && wrong.text.contains("Who opens the door")
    );
    let entered = region.post("/en/memoranda/new", Some(&focal), &memorandum(40)).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.text);
    let page = entered.headers[header::LOCATION].to_str().unwrap().to_owned();
    let page = page.split('?').next().unwrap().to_owned();
    let shown = region.get(&page, Some(&focal)).await.text;
    assert!(shown.contains("ends within 60 days") && shown.contains("Mission of the Tidewater"));
    let told = work().await;
    assert_eq!(told.matches("Night reception at the port").count(), 1, "{told}");
    assert!(told.contains(&page), "the task leads to the memorandum");
    assert_eq!(reminders::run(&region.app).await.unwrap(), 0, "each end is reminded of once");
    // Prolonged, nothing is left to be done.
    let form = region.get(&format!("{page}/edit"), Some(&focal)).await.text;
    let at = form.find("name=\"revision\" value=\"").unwrap() + 23;
    let revision = form[at..].split('"').next().unwrap().trim_start_matches('"').to_owned();
    let longer = format!("{}&revision={revision}", memorandum(500));
    let changed = region.post(&format!("{page}/edit"), Some(&focal), &longer).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text);
    assert!(!work().await.contains("Night reception at the port"));
    // Another State's office cannot change it.
    let other = region.step_in("sione@focal.fenlua.example").await;
    let refused = region.get(&format!("{page}/edit"), Some(&other)).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn req_075_an_officer_abroad_is_shown_with_host_and_period_and_the_end_is_a_task() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let list = region.get("/en/networks", Some(&cookie)).await.text;
    let at = list.find("Liaison officers</bdi>").unwrap();
    let start = list[..at].rfind("/en/networks/").unwrap();
    let path = list[start..at].split('"').next().unwrap().to_owned();
    let page = region.get(&path, Some(&cookie)).await.text;
    assert!(page.contains("Ibrahima Sorel") && page.contains("Avelmar"), "{page}");
    assert!(page.contains("ends within 60 days"));
    let work = region.get("/en/work", Some(&cookie)).await.text;
    assert_eq!(work.matches("Liaison officer, XBB → XAA").count(), 1, "{work}");
    assert!(!work.contains("XEE → XCC"), "that one has a year left");
    assert_eq!(reminders::run(&region.app).await.unwrap(), 0);
    let form = region.get(&format!("{path}/edit"), Some(&cookie)).await.text;
    assert!(form.contains("| XAA"), "the host State is entered with the officer");
}

async fn services(region: &Region, bytes: &[u8], how: How) -> SheetReport {
    import_services(&region.app, bytes, how, Importer::Operator("clerk")).await.unwrap()
}

#[tokio::test]
async fn req_076_services_and_contact_points_that_went_out_in_a_sheet_come_back_unchanged() {
    let region = Region::new().await;
    let sheet = export_services(&region.app).await.unwrap();
    assert_eq!(sheet.rows.len(), 260, "protected ones stay at home");
    for bytes in [sheet.csv(), sheet.xlsx().unwrap()] {
        let read = services(&region, &bytes, How::default()).await;
        assert_eq!(read.rejected, [], "no cell is rejected");
        assert_eq!((read.unchanged, read.new.len(), read.changed.len()), (260, 0, 0));
    }
    let sheet = export_contacts(&region.app).await.unwrap();
    for bytes in [sheet.csv(), sheet.xlsx().unwrap()] {
        let operator = Importer::Operator("clerk");
        let read = import_contacts(&region.app, &bytes, How::default(), operator).await.unwrap();
        assert_eq!(read.rejected, []);
        assert_eq!((read.unchanged, read.changed.len()), (sheet.rows.len(), 0));
    }
}

async fn upload(
    region: &Region,
    path: &str,
    cookie: &str,
    parts: &[(&str, &[u8])],
) -> support::Answer {
    let mut body = Vec::new();
    for (name, content) in parts {
        let file = if *name == "file" { "; filename=\"a\"" } else { "" };
        let head = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    let request = Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap();
    let mut answer = region.send(request).await;
    // Without the marks that keep a value from changing the direction around it.
    answer.text = answer.text.replace(['\u{2068}', '\u{2069}'], "");
    answer
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn req_076_a_sheet_is_looked_at_first_and_stored_in_one_act_that_says_what_it_left_out() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let own = region.get("/en/services/sheet.csv", Some(&focal)).await.text;
    let head = own.lines().next().unwrap().to_owned();
    assert!(head.starts_with("id,name,need,centre"), "{head}");
    // One changed, one new, one with two cells that cannot be taken.
    let columns: Vec<&str> = head.split(',').collect();
    let row = |cells: &[(&str, &str)]| -> String {
        let cell = |column: &&str| {
            let found = cells.iter().find(|(name, _)| name == column);
            found.map_or(String::new(), |(_, text)| format!("\"{text}\""))
        };
        columns.iter().map(cell).collect::<Vec<_>>().join(",")
    };
    let night = row(&[
        ("name", "Night bus"),
        ("need", "material"),
        ("organisation", "Harbour Trust"),
        ("state", "XAA"),
        ("phones", "+999 11 600 9999"),
    ]);
    let wrong = row(&[
        ("name", "Day house"),
        ("need", "sheltr"),
        ("organisation", "Harbour Trust"),
        ("state", "XAA"),
        ("protected", "yes"),
        ("address", "1 Nowhere Row"),
    ]);
    let content = format!("{head}\n{night}\n{wrong}\n");
    let preview =
        upload(&region, "/en/services/sheet", &focal, &[("file", content.as_bytes())]).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    assert!(preview.text.contains("1 new, 0 changed, 0 unchanged, 1 rejected"), "{}", preview.text);
    assert!(preview.text.contains("`sheltr` is not known here. Write one of: shelter, "));
    assert!(preview.text.contains("A protected service takes no address here"));
    let before = region.get("/en/services?q=night+bus", Some(&focal)).await.text;
    assert!(!before.contains("Night bus"), "a preview stores nothing");
    let carried = hex(content.as_bytes());
    let held = [("content", carried.as_bytes()), ("skip", b"no".as_slice())];
    let held = upload(&region, "/en/services/sheet/apply", &focal, &held).await;
    assert!(held.text.contains("need correcting first"), "{}", held.text);
    let parts = [("content", carried.as_bytes()), ("skip", b"yes".as_slice())];
    let done = upload(&region, "/en/services/sheet/apply", &focal, &parts).await;
    assert!(
        done.text.contains("row was left out") && done.text.contains("sheltr"),
        "{}",
        done.text
    );
    let after = region.get("/en/services?q=night+bus", Some(&focal)).await.text;
    assert!(after.contains("Night bus"));
    // The same row again is unchanged although it has no id.
    let again = format!("{head}\n{night}\n");
    let again = upload(&region, "/en/services/sheet", &focal, &[("file", again.as_bytes())]).await;
    assert!(again.text.contains("0 new, 0 changed, 1 unchanged"), "{}", again.text);
}

#[tokio::test]
async fn req_076_a_short_workbook_changes_only_the_columns_it_has() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let own = region.get("/en/services/sheet.csv", Some(&focal)).await.text;
    let id = own.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let short = palermo_app::export::Sheet {
        name: "s".into(),
        columns: ["id", "name", "need", "fees"].map(str::to_owned).to_vec(),
        rows: vec![vec![
            id.as_str().into(),
            "Renamed house".into(),
            "shelter".into(),
            "free".into(),
        ]],
        notes: Vec::new(),
    };
    let book = short.xlsx().unwrap();
    let book = hex(&book);
    let parts = [("content", book.as_bytes())];
    let done = upload(&region, "/en/services/sheet/apply", &focal, &parts).await;
    assert!(done.text.contains("0 new, 1 changed"), "{}", done.text);
    let page = region.get(&format!("/en/services/{id}"), Some(&focal)).await.text;
    assert!(page.contains("Renamed house") && page.contains("Avelmar"), "{page}");
}

#[tokio::test]
async fn rule_9_a_sheet_neither_carries_nor_opens_a_protected_address() {
    let region = Region::new().await;
    let streets = include_str!("../../../content/demo/protected-addresses.csv");
    let streets: Vec<&str> = streets
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(',')?.1.trim_matches('"').split_once(','))
        .map(|(street, _)| street.split_once(' ').unwrap().1)
        .collect();
    assert_eq!(streets.len(), 40);
    let services = export_services(&region.app).await.unwrap().csv();
    let contacts = export_contacts(&region.app).await.unwrap().csv();
    for text in [services, contacts] {
        let text = String::from_utf8(text).unwrap();
        for street in &streets {
            assert!(!text.contains(street), "`{street}`");
        }
    }
}

#[tokio::test]
async fn req_080_the_numbers_of_a_state_are_one_small_file_that_asks_for_nothing() {
    let region = Region::new().await;
    for language in ["en", "fr", "es", "ar"] {
        let kept = region.get(&format!("/{language}/get-help/XAA/keep.html"), None).await;
        assert_eq!(kept.status, StatusCode::OK);
        assert!(kept.headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains("numbers"));
        assert!(kept.text.contains(&format!("lang=\"{language}\"")) && kept.text.contains("tel:"));
        for asked in ["<script", "<img", "<link", "http://", "https://", "src=", "url("] {
            assert!(!kept.text.contains(asked), "{language}: {asked}");
        }
        assert!(kept.text.len() < 40 * 1024, "{}", kept.text.len());
    }
}

/// What a list for programs holds, for a token with these scopes.
async fn listed(region: &Region, path: &str, token: Option<&str>) -> (StatusCode, Json) {
    let mut request = Request::builder().uri(path);
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let answer = region.send(request.body(Body::empty()).unwrap()).await;
    (answer.status, serde_json::from_str(&answer.text).unwrap())
}

#[tokio::test]
async fn programs_list_contact_points_structures_and_networks_without_what_is_protected() {
    let region = Region::new().await;
    let cookie = region.step_in("sione@focal.fenlua.example").await;
    let signed = session::resume(&region.app, cookie.split_once('=').unwrap().1);
    let signed = signed.await.unwrap().unwrap();
    let acting = signed.acting(&region.app, palermo_app::locale::Language::En);
    let scopes = ["directory.read".to_owned()];
    let token = token::make(&acting, &signed, "test", &scopes, "30").await.unwrap();
    for path in ["/api/v1/contact-points", "/api/v1/networks"] {
        assert_ne!(listed(&region, path, None).await.0, StatusCode::OK, "{path}");
        let (status, list) = listed(&region, path, Some(&token)).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(list["items"][0]["id"].is_string(), "{path}");
        let nobody = list["items"].as_array().unwrap().iter().filter_map(|one| one.get("unnamed"));
        assert_eq!(nobody.count() > 0, path == "/api/v1/networks", "{path}");
    }
    let structures = listed(&region, "/api/v1/structures?state=XAA", None).await.1;
    let items = structures["items"].as_array().unwrap();
    assert!(!items.is_empty() && items.iter().all(|one| one["state"] == "XAA"));
    let all = listed(&region, "/api/v1/contact-points?state=XAA&size=200", Some(&token)).await.1;
    let ids: Vec<&str> =
        all["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    let page = palermo_app::desk::directory(&acting).await.unwrap();
    let of_state = |desk: &Desk| desk.state.as_deref() == Some("XAA");
    let shown: Vec<&Desk> =
        page.iter().map(|(one, _)| &one.desk).filter(|desk| of_state(desk)).collect();
    let filter = ServiceFilter { protected: Some(true), ..ServiceFilter::default() };
    let houses = services::all(&region.app.store, &filter).await.unwrap();
    // The desks that lead to a house, and those of whoever keeps one.
    let leads = |desk: &Desk| {
        houses.iter().any(|one| match one.record.service.place {
            Place::Protected { through: Some(named) } if named.desk == desk.id => true,
            _ => one.record.tenant == desk.tenant,
        })
    };
    assert!(shown.iter().any(|desk| leads(desk)), "one desk of the State leads to a house");
    for desk in shown {
        assert_eq!(ids.contains(&desk.id.to_string().as_str()), !leads(desk), "{}", desk.name);
    }
    let open = listed(&region, "/api/v1/contact-points?open=maybe", Some(&token)).await.0;
    assert_eq!(open, StatusCode::BAD_REQUEST);
}

/// The results of a page of help found, one piece each, without marks of direction.
fn results(page: &str) -> Vec<String> {
    let plain = page.replace(['\u{2068}', '\u{2069}'], "");
    plain.split("<section class=\"p-help\"").skip(1).map(str::to_owned).collect()
}

#[tokio::test]
async fn called_without_an_answer_the_next_has_another_telephone_and_all_behind_it_come_last() {
    const DESK: &str = "tel:+999115550177";
    let region = Region::new().await;
    let officer = region.step_in("desmond@labour.avelmar.example").await;
    let path = "/en/get-help?need=shelter&state=XAA&shown=200";
    let before = results(&region.get(path, Some(&officer)).await.text);
    let behind = before.iter().filter(|one| one.contains(DESK)).count();
    assert!(behind > 1, "several houses behind one desk");
    let filter = ServiceFilter {
        state: Some("XAA".parse().unwrap()),
        protected: Some(true),
        status: Some(palermo_app::domain::service::Status::Active),
        ..ServiceFilter::default()
    };
    let house = services::all(&region.app.store, &filter).await.unwrap().remove(0).record.id;
    let form = format!("service={house}&next=need%3Dshelter%26state%3DXAA%26tried%3D{house}");
    let noted = region.post("/en/get-help/no-answer", Some(&officer), &form).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.text);
    let next = noted.headers[header::LOCATION].to_str().unwrap();
    let next = region.get(&format!("{next}&shown=200"), Some(&officer)).await.text;
    assert_eq!(results(&next).len(), before.len() - behind);
    assert!(!results(&next).iter().any(|one| one.contains(DESK)), "the same telephone again");
    // Asked anew, today: they are there again, behind all others, and say since when.
    let anew = results(&region.get(path, Some(&officer)).await.text);
    let silent: Vec<bool> = anew.iter().map(|one| one.contains("No answer at")).collect();
    assert_eq!(silent.iter().filter(|silent| **silent).count(), behind);
    assert!(silent.is_sorted(), "{silent:?}");
}

#[tokio::test]
async fn all_that_fit_can_be_reached_without_a_script_and_the_number_is_told() {
    let region = Region::new().await;
    let found = listed(&region, "/api/v1/services/find?need=legal&state=XAA", None).await.1;
    let total = found["total"].as_u64().unwrap();
    assert!(total > 5, "{total}");
    let path = "/en/get-help?need=legal&state=XAA&sex=male";
    let first = region.get(path, None).await.text;
    assert_eq!(results(&first).len(), 5);
    let said = first.replace(['\u{2068}', '\u{2069}'], "");
    assert!(said.contains(&format!("5 of {total} services")), "{said}");
    let more = first.split("href=\"").filter_map(|part| part.split('"').next());
    let more = more.map(|link| link.replace("&amp;", "&").replace("&#38;", "&"));
    let more = more.into_iter().find(|link| link.ends_with("#help-6")).unwrap();
    assert!(more.contains("sex=male"), "what was typed is kept: {more}");
    assert!(results(&region.get(more.split('#').next().unwrap(), None).await.text).len() > 5);
    let all = region.get(&format!("{path}&shown={total}"), None).await.text;
    assert_eq!(results(&all).len() as u64, total);
    // A shelter says how many places are free and since when.
    let beds = region.get("/en/get-help?need=shelter&state=XAA", None).await.text;
    assert!(results(&beds).iter().any(|one| one.contains(" free, confirmed ")), "{beds}");
}

#[tokio::test]
async fn help_asked_for_without_a_state_says_so_and_loses_nothing_that_was_typed() {
    let region = Region::new().await;
    let path = "/en/get-help?need=legal&state=&area=Saltmere&sex=male";
    let page = region.get(path, None).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in
        ["Choose the State in which help is needed", "#state", "Saltmere", "\"male\" selected"]
    {
        assert!(page.text.contains(kept), "{kept}: {}", page.text);
    }
    let unknown = region.get("/en/get-help?need=legal&state=KKK", None).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.text.contains("There is no State with the code"), "{}", unknown.text);
}

#[tokio::test]
async fn where_a_contact_point_has_no_telephone_it_is_said_whose_number_stands_in() {
    let region = Region::new().await;
    let page = region.get("/en/get-help/XEE", None).await.text;
    assert!(page.contains("has no telephone number here"), "{page}");
    assert!(page.contains("answers for the whole region") && page.contains("tel:+999105550100"));
    let officer = region.step_in("desmond@labour.avelmar.example").await;
    let asked = region.get("/en/contact-points?state=XEE&for=plans", Some(&officer)).await.text;
    assert!(asked.contains("call this line instead:"), "{asked}");
    for state in ["XAA", "XCC", "XEE", "XFF"] {
        let path = format!("/api/v1/contact-points/answering?state={state}&topic=plans");
        let told = listed(&region, &path, None).await.1;
        assert!(told["telephone"].is_string() && told["telephone_of"].is_string(), "{told}");
        assert!(told["telephone_name"].is_string(), "{told}");
        assert_ne!(told["telephone_name"], "MERIDIAN", "a mechanism has its name: {told}");
    }
}

/// The services of a State everyone may see, without its hotlines.
async fn open_services(region: &Region, state: &str) -> Vec<palermo_app::domain::service::Service> {
    let filter = ServiceFilter {
        state: Some(state.parse().unwrap()),
        protected: Some(false),
        status: Some(palermo_app::domain::service::Status::Active),
        ..ServiceFilter::default()
    };
    let all = services::all(&region.app.store, &filter).await.unwrap();
    let all = all.into_iter().map(|one| one.record.service);
    all.filter(|one| one.need != palermo_app::domain::service::Need::Hotline).collect()
}

#[tokio::test]
async fn the_page_of_a_state_and_the_file_to_keep_have_every_open_service() {
    let region = Region::new().await;
    let open = open_services(&region, "XAA").await;
    assert!(open.len() > 60, "{}", open.len());
    for path in ["/en/get-help/XAA", "/en/get-help/XAA/keep.html"] {
        let page = region.get(path, None).await.text;
        let entries = page.split("<p class=\"govuk-body\"><bdi><strong>").count() - 1;
        assert_eq!(entries, open.len(), "{path}");
    }
    // Languages stand by name.
    let page = region.get("/en/get-help/XFF", None).await.text;
    assert!(page.contains("Gagana S\u{101}moa") && !page.contains("\u{b7} sm"), "{page}");
}

#[tokio::test]
async fn where_nothing_is_left_an_open_hotline_comes_before_a_closed_desk_everywhere() {
    let region = Region::new().await;
    let plain = |text: String| text.replace(['\u{2068}', '\u{2069}'], "");
    // Nothing for this need exists: nobody is told that it was called already.
    let nothing = plain(region.get("/en/get-help?need=tracing&state=XFF", None).await.text);
    assert!(nothing.contains("is known here"), "{nothing}");
    assert!(!nothing.contains("called already"), "{nothing}");
    // All of another need were called, and nobody answered.
    let found = listed(&region, "/api/v1/services/find?need=legal&state=XFF", None).await.1;
    let all = found["matches"].as_array().unwrap().iter();
    let tried: Vec<&str> = all.map(|one| one["service"]["id"].as_str().unwrap()).collect();
    assert!(!tried.is_empty());
    let path = format!("/en/get-help?need=legal&state=XFF&tried={}", tried.join(","));
    let called = plain(region.get(&path, None).await.text);
    assert!(called.contains("called already"), "{called}");
    // Line 5-44 answers day and night: it comes before every desk with hours.
    for end in [&nothing, &called] {
        let hotline = end.find("tel:544").expect("the hotline is told");
        assert!(end.find("tel:+999").is_none_or(|desk| hotline < desk), "{end}");
    }
    let told = listed(&region, "/api/v1/contact-points/answering?state=XFF&topic=return", None);
    let told = told.await.1;
    let number = told["telephone"].as_str().unwrap();
    // Staff read the same on the page, also by night.
    let officer = region.step_in("desmond@labour.avelmar.example").await;
    let asked = region.get("/en/contact-points?state=XFF&for=return", Some(&officer)).await.text;
    let dialled = number.replace([' ', '-'], "");
    assert_eq!(dialled, "544", "{told}");
    assert!(asked.contains(&format!("tel:{dialled}")), "{asked}");
    // When a closed desk opens is said by its own clock and day.
    assert!(!asked.contains("local time"), "{asked}");
    if told["answer"] == "later" {
        assert!(asked.contains("Apia"), "{asked}");
    }
}

#[tokio::test]
async fn where_all_that_fit_are_closed_the_open_number_stands_before_them() {
    let region = Region::new().await;
    // By day some are open, and then nothing stands before them.
    for path in ["/en/get-help?need=guardianship&state=XAA", "/en/get-help?need=legal&state=XEE"] {
        let page = region.get(path, None).await.text;
        let open = results(&page).iter().any(|one| one.contains("Open now"));
        let first = page.split("<section class=\"p-help\"").next().unwrap();
        assert_eq!(first.contains("call here now"), !open, "{page}");
        assert!(open || first.contains("tel:"), "{page}");
    }
}
