//! The contact points of the demonstration: whose desks nobody is told of, whose
//! number stands in, and what a form of a desk refuses.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use palermo_app::{
    App, Parts,
    access::Action,
    desk,
    domain::{
        actor::Actor,
        desk::answers::Candidate,
        id::TenantId,
        register::state::StateCode,
        service::{Need, Place, Service, Status},
        tenant::TenantKind,
    },
    ports::NoSecondFactors,
    region, reminders,
    service::ServiceFilter,
    session,
};
use palermo_store::{
    ActContext, Begun, Database, Paging, Store, StoreConfig, service as services, task as tasks,
    tenant as tenants,
    testing::{RandomIds, WallClock},
};
use std::{collections::BTreeSet, sync::Arc};
use support::Region;
use tower::ServiceExt as _;

#[tokio::test]
async fn rule_9_a_program_is_told_of_no_desk_of_whoever_keeps_a_protected_house() {
    let region = Region::new().await;
    let store = &region.app.store;
    let all = tenants::list(store, &tenants::Filter::default(), Paging::all()).await.unwrap();
    let cares: BTreeSet<TenantId> = all
        .items
        .iter()
        .filter(|one| one.record.kind == TenantKind::Care)
        .map(|one| one.record.id)
        .collect();
    let protected = ServiceFilter { protected: Some(true), ..ServiceFilter::default() };
    let houses = services::all(store, &protected).await.unwrap();
    let keepers: BTreeSet<TenantId> =
        houses.iter().map(|one| one.record.tenant).filter(|one| cares.contains(one)).collect();
    assert!(!keepers.is_empty());
    // They name no desk of their own as the way in: the desks are there all the same.
    for one in houses.iter().filter(|one| keepers.contains(&one.record.tenant)) {
        let context = ActContext::new(one.record.tenant, Actor::Public, "test");
        let Begun::Fresh(mut act) = store.act(context).await.unwrap() else { panic!("once") };
        let place = Place::Protected { through: None };
        let service = Service { place, ..one.record.service.clone() };
        services::update(&mut act, one.record.id, &service, one.revision).await.unwrap();
        act.commit(&()).await.unwrap();
    }
    let cookie = region.step_in("sione@focal.fenlua.example").await;
    let signed = session::resume(&region.app, cookie.split_once('=').unwrap().1).await;
    let signed = signed.unwrap().unwrap();
    let mut program = signed.acting(&region.app, palermo_app::locale::Language::En);
    let desks = desk::directory(&program).await.unwrap();
    let theirs = |one: &&(Candidate, String)| keepers.contains(&one.0.desk.tenant);
    let own: Vec<_> = desks.iter().filter(theirs).collect();
    assert!(!own.is_empty(), "staff see them");
    program.subject.limited_to = Some(vec![Action::ReadDirectory]);
    let told = desk::directory_for_programs(&program).await.unwrap();
    assert!(!told.is_empty() && told.iter().filter(theirs).count() == 0);
    for (one, _) in own {
        let Some(state) = &one.desk.state else { continue };
        let state = state.parse::<StateCode>().unwrap();
        for topic in &one.desk.topics {
            let about = desk::Sought { topic, ..desk::Sought::default() };
            let found = desk::answers_now(&program, state, about).await.unwrap();
            assert!(found.desk.is_none_or(|desk| !keepers.contains(&desk.tenant)), "{topic}");
        }
    }
}

#[tokio::test]
async fn a_state_without_numbers_of_its_own_shows_those_of_the_region_and_says_so() {
    let region = Region::new().await;
    let store = &region.app.store;
    let filter = ServiceFilter {
        state: Some("XFF".parse().unwrap()),
        need: Some(Need::Hotline),
        ..ServiceFilter::default()
    };
    for one in services::all(store, &filter).await.unwrap() {
        let context = ActContext::new(one.record.tenant, Actor::Public, "test");
        let Begun::Fresh(mut act) = store.act(context).await.unwrap() else { panic!("once") };
        let gone = Service { status: Status::Defunct, ..one.record.service.clone() };
        services::update(&mut act, one.record.id, &gone, one.revision).await.unwrap();
        act.commit(&()).await.unwrap();
    }
    let page = region.get("/en/get-help/XFF", None).await.text;
    assert!(page.contains("no number of its own") && page.contains("tel:544"), "{page}");
    let kept = region.get("/en/get-help/XFF/keep.html", None).await;
    assert!(kept.text.contains("tel:544"), "{}", kept.text);
    // A State that is in no mechanism is not told a number that may not work there.
    for path in ["/en/get-help/XGG", "/en/get-help/XGG/keep.html"] {
        let page = region.get(path, None).await.text;
        assert!(!page.contains("tel:544") && page.contains("tel:+999105550100"), "{page}");
    }
}

#[tokio::test]
async fn a_desk_with_hours_or_a_zone_nobody_can_read_is_refused_with_what_would_be_right() {
    let region = Region::new().await;
    let cookie = region.step_in("omar@secretariat.meridian.example").await;
    let form = |hours: &str, zone: &str| {
        format!("name=Night+desk&level=national&languages=en&time_zone={zone}&hours={hours}")
    };
    let path = "/en/admin/desks/new";
    for (hours, zone, told) in [
        ("Monday+to+Friday+08:00", "UTC", "Write them like Mo-Fr 08:00-17:00"),
        ("Mo-Fr+25:00", "UTC", "Write them like Mo-Fr 08:00-17:00"),
        ("Mo-Fr+08:00-16:00", "Africa/Abuja", "Write it like Africa/Lagos"),
    ] {
        let refused = region.post(path, Some(&cookie), &form(hours, zone)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{hours} {zone}");
        assert!(refused.text.contains(told), "{}", refused.text);
    }
    let made = region.post(path, Some(&cookie), &form("Mo-Fr+08:00-16:00", "Africa/Lagos")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
}

#[tokio::test]
async fn free_places_ages_and_languages_that_cannot_be_are_refused_by_name() {
    let region = Region::new().await;
    let cookie = region.step_in("nadia@harbourhouse.example").await;
    let form = "name=Night+house&need=shelter&organisation=Harbour+House&state=XAA&status=active&\
                protected=yes&hours=24%2F7&time_zone=UTC&maximum=8&available=3";
    let wrong = format!("{form}&languages=en+xx&minimum_age=30&maximum_age=18");
    let refused = region.post("/en/services/new", Some(&cookie), &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = refused.text.replace(['\u{2068}', '\u{2069}'], "");
    for words in
        ["`xx` is not a language code", "The youngest age, 30, is above the oldest age, 18"]
    {
        assert!(told.contains(words), "{words}: {told}");
    }
    let made =
        region.post("/en/services/new", Some(&cookie), &format!("{form}&languages=en")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let to = made.headers[header::LOCATION].to_str().unwrap().split('?').next().unwrap().to_owned();
    for (typed, words) in [("x", "Write a whole number"), ("9", "more free places than places")] {
        let path = format!("{to}/places");
        let refused = region.post(&path, Some(&cookie), &format!("available={typed}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(refused.text.contains(words) && refused.text.contains("Night house"), "{typed}");
    }
}

/// The address of the first link before some words on a page.
fn link_before(page: &str, words: &str, start: &str) -> String {
    let at = page.find(words).unwrap();
    let from = page[..at].rfind(start).unwrap();
    page[from..at].split('"').next().unwrap().to_owned()
}

fn revision(form: &str) -> String {
    let at = form.find("name=\"revision\" value=\"").unwrap() + 23;
    form[at..].trim_start_matches('"').split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn req_073_a_unit_that_was_found_can_be_called_and_one_that_ended_is_not_in_the_way() {
    let region = Region::new().await;
    let found = region.get("/en/structures?area=Camp+Meru", None).await.text;
    assert!(found.contains("Camp Meru Unit") && found.contains("tel:+999145550196"), "{found}");
    assert!(found.contains("name=\"area\"") && found.contains("Areas covered"), "{found}");
    let unit = link_before(&found, "Camp Meru Unit", "/en/structures/");
    let page = region.get(&unit, None).await.text;
    assert!(page.contains("Whom to call") && page.contains("tel:+999145550196"), "{page}");
    // That a police unit has a desk is told to staff; the public has the State's numbers.
    let list = region.get("/en/structures?state=XAA", None).await.text;
    let police = link_before(&list, "Avelmar Police, Specialist Unit", "/en/structures/");
    let public = region.get(&police, None).await.text;
    assert!(
        !public.contains("/contact-points/") && public.contains("/en/get-help/XAA"),
        "{public}"
    );
    let focal = region.step_in("joan@taskforce.avelmar.example").await;
    let staff = region.get(&police, Some(&focal)).await.text;
    assert!(staff.contains("/contact-points/"), "{staff}");
    // Programs are told the same.
    let told = region.get("/api/v1/structures?area=Camp%20Meru&state=XDD", None).await.text;
    assert!(told.contains("+999 14 555 0196"), "{told}");
    // Ended, it is shown only on request, with its days.
    let form = region.get(&format!("{police}/edit"), Some(&focal)).await.text;
    let body = |seats: &str| {
        format!(
            "revision={}&name=Avelmar+Police%2C+Specialist+Unit&kind=specialist-unit&state=XAA&\
             since=2019-01-01&until=2025-06-30&seats={seats}",
            revision(&form)
        )
    };
    let unread = body("police+%7C+A+%7C+two");
    let wrong = region.post(&format!("{police}/edit"), Some(&focal), &unread).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "no number is lost unseen");
    let seats = "Social+welfare+%7C+Ministry+%7C+3+women+%7C+1";
    let saved = region.post(&format!("{police}/edit"), Some(&focal), &body(seats)).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let page = region.get(&police, None).await.text.replace(['\u{2068}', '\u{2069}'], "");
    assert!(page.contains("No longer working") && page.contains("2019"), "{page}");
    assert!(page.contains("3 women and 1 men; 75 of 100"), "{page}");
    let now = region.get("/en/structures?state=XAA&format=csv", None).await.text;
    assert!(!now.contains("Specialist Unit"), "{now}");
    let all = region.get("/en/structures?state=XAA&ended=yes&format=csv", None).await.text;
    assert!(all.contains("Specialist Unit"), "{all}");
}

#[tokio::test]
async fn req_071_members_of_a_network_can_be_called_and_its_meetings_keep_their_ids() {
    let region = Region::new().await;
    let cookie = region.step_in("ines@secretariat.meridian.example").await;
    let list = region.get("/en/networks", Some(&cookie)).await.text;
    let path = link_before(&list, "Heads of specialist units</bdi>", "/en/networks/");
    let page = region.get(&path, Some(&cookie)).await.text;
    assert!(page.contains("tel:+999115550171"), "{page}");
    assert!(page.contains("mailto:avelmar-unit@desks.meridian.example"), "{page}");
    let save = async |members: &str, meetings: &str| {
        let form = region.get(&format!("{path}/edit"), Some(&cookie)).await.text;
        let body = format!(
            "revision={}&name=Heads&kind=heads-of-unit&mechanism=MERIDIAN&most_per_state=3&\
             members={members}&meetings={meetings}",
            revision(&form)
        );
        region.post(&format!("{path}/edit"), Some(&cookie), &body).await
    };
    let member = "XAA+%7C+Ida+Marlow+%7C+Head+%7C++%7C++%7C++%7C+ida%40unit.example+%7C+%2B999+1";
    let twice = "2026-04-14+%7C++%7C+Spring+meeting%0A2027-04-13+%7C++%7C+Spring+meeting";
    let saved = save(member, twice).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let ids = async || {
        let ics = region.get(&format!("{path}/meetings.ics"), Some(&cookie)).await.text;
        let uids = ics.lines().filter(|line| line.starts_with("UID:"));
        (uids.map(str::to_owned).collect::<Vec<_>>(), ics)
    };
    let before = ids().await.0;
    let different: BTreeSet<&String> = before.iter().collect();
    assert_eq!(different.len(), 2, "{before:?}");
    // Put off by a week, and the other called off: both keep their ids.
    let changed = "2026-04-14+%7C++%7C+Spring+meeting+%7C+Quayside+%7C+cancelled%0A\
                   2027-04-20+%7C+2027-04-21+%7C+Spring+meeting";
    assert_eq!(save(member, changed).await.status, StatusCode::SEE_OTHER);
    let (after, ics) = ids().await;
    assert_eq!(after, before);
    assert!(ics.contains("STATUS:CANCELLED"), "{ics}");
    let page = region.get(&path, Some(&cookie)).await.text;
    assert!(page.contains("cancelled") && page.contains("mailto:ida@unit.example"), "{page}");
    let page = page.replace(['\u{2068}', '\u{2069}'], "");
    assert!(page.contains("Nobody nominated: "), "States with none are named: {page}");
    let unread = save(member, "2026-04-14+%7C++%7C+Spring+meeting+%7C+Quayside+%7C+perhaps").await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// A region of its own that is no demonstration.
async fn founded(mechanism: &str) -> (axum::Router, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let config = StoreConfig {
        database: Database::Sqlite { folder: folder.path().to_owned() },
        root: palermo_crypto::Key::from_bytes([9; 32]),
        origin: "palermo/test".into(),
        clock: Arc::new(WallClock),
        ids: Arc::new(RandomIds),
        create: true,
        read_connections: 2,
    };
    let store = Store::open(config).await.unwrap();
    let parts = Parts::load(None, false).unwrap();
    let app = App::new(store, parts, Arc::new(NoSecondFactors), false);
    let new = region::NewRegion {
        mechanism: mechanism.into(),
        email: "first@secretariat.example".into(),
        name: "First".into(),
        language: "en".into(),
        passphrase: "seven quiet herons cross a ford".to_owned().into(),
        operator: "clerk".into(),
    };
    region::found(&app, &new).await.unwrap();
    (palermo_web::service(app, palermo_web::Settings::default()), folder)
}

#[tokio::test]
async fn in_a_region_of_its_own_the_public_finds_the_states_of_the_mechanism_first() {
    let (router, _folder) = founded("ECOWAS").await;
    let request = Request::get("/en/get-help").body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let page = String::from_utf8_lossy(&body);
    let at = |code: &str| page.find(&format!("value=\"{code}\"")).unwrap();
    assert!(at("TGO") < at("AFG"), "a member comes before every other State: {page}");
    assert!(page.contains("/en/get-help/GHA") && !page.contains("/en/get-help/AFG"), "{page}");
}

#[tokio::test]
async fn a_hotline_is_entered_with_a_free_common_number_and_shows_all_that_was_typed() {
    let region = Region::new().await;
    let cookie = region.step_in("joan@taskforce.avelmar.example").await;
    let form = "name=Night+line&need=hotline&organisation=Harbour+Trust&state=XAA&status=active&\
                protected=no&hours=24%2F7&time_zone=UTC&email=night%40line.example&\
                url=https%3A%2F%2Fline.example%2F&alert=Speak+slowly&alternate_name=Owl+line&\
                about_organisation=Fishers%27+families&website=https%3A%2F%2Ftrust.example&\
                interpretation=By+telephone&fees=free&application=Call";
    let path = "/en/services/new";
    for (phones, told) in
        [("%2B999+1+%7C+costs+nothing", "is not known"), ("%2B999+1+%7C+ECOWAS", "in a State of")]
    {
        let wrong = region.post(path, Some(&cookie), &format!("{form}&phones={phones}")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{phones}");
        assert!(wrong.text.contains(told), "{}", wrong.text);
    }
    let right = format!("{form}&phones=%2B999+1+%7C+Gratis+%7C+meridian");
    let made = region.post(path, Some(&cookie), &right).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let to = made.headers[header::LOCATION].to_str().unwrap().split('?').next().unwrap().to_owned();
    let page = region.get(&to, None).await.text;
    for shown in [
        "mailto:night@line.example",
        "href=\"https://line.example/\"",
        "Speak slowly",
        "Owl line",
        "https://trust.example",
        "By telephone",
        "free call",
        "the same number in every State",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let edit = region.get(&format!("{to}/edit"), Some(&cookie)).await.text;
    assert!(edit.contains("+999 1 | free | MERIDIAN"), "{edit}");
    // From the finder it can be written to as well.
    let found = region.get("/en/get-help?need=hotline&state=XAA&shown=200", None).await.text;
    assert!(found.contains("mailto:night@line.example"), "{found}");
}

#[tokio::test]
async fn the_finder_offers_the_towns_it_knows_and_says_where_a_name_is_not_known() {
    let region = Region::new().await;
    let form = region.get("/en/get-help?state=XAA", None).await.text;
    assert!(form.contains("<datalist") && form.contains("<option value=\"Northferry\">"), "{form}");
    let path = "/en/get-help?need=legal&state=XAA&area=";
    let slip = region.get(&format!("{path}Northferry+port"), None).await.text;
    assert!(slip.contains("No service in"), "{slip}");
    let known = region.get(&format!("{path}northferry"), None).await.text;
    assert!(!known.contains("No service in"), "{known}");
    let officer = region.step_in("desmond@labour.avelmar.example").await;
    let query = "need=shelter&state=XAA&area=NORTHFERRY&sex=male&age=adult";
    let filed = region.post("/en/get-help/unmet", Some(&officer), query).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text);
    let own = region.get("/en/unmet-needs?format=csv", Some(&officer)).await.text;
    assert!(own.contains("Northferry") && !own.contains("NORTHFERRY"), "{own}");
}

#[tokio::test]
async fn who_answers_is_asked_by_topic_in_any_language_and_by_level_and_says_how_old_it_is() {
    let region = Region::new().await;
    let officer = region.step_in("desmond@labour.avelmar.example").await;
    let page = region.get("/en/contact-points", Some(&officer)).await.text;
    assert!(page.contains("<option value=\"return\">Return</option>"), "{page}");
    let french = region.get("/fr/contact-points", Some(&officer)).await.text;
    assert!(french.contains("<option value=\"return\">Retour</option>"), "{french}");
    let ask = async |query: &str| {
        let path = format!("/api/v1/contact-points/answering?{query}");
        serde_json::from_str::<serde_json::Value>(&region.get(&path, None).await.text).unwrap()
    };
    for topic in ["return", "Return", "Retour", "%D8%A7%D9%84%D8%B9%D9%88%D8%AF%D8%A9"] {
        let told = ask(&format!("state=XAA&topic={topic}")).await;
        assert_eq!(told["desk"], "Avelmar duty officer", "{topic}: {told}");
        assert_eq!(told["freshness"], "fresh", "{told}");
    }
    let border = ask("state=XCC&level=border-office").await;
    assert_eq!(border["desk"], "Puesto fronterizo de La Quebrada", "{border}");
    let path = "/en/contact-points?state=XCC&for=&at=border-office";
    let border = region.get(path, Some(&officer)).await.text;
    assert!(border.contains("tel:+999135550193"), "{border}");
    // Emdarra's focal point was not confirmed for 400 days.
    let old = ask("state=XEE&topic=plans").await;
    assert_eq!(old["freshness"], "red", "{old}");
    let page = region.get("/en/contact-points?state=XEE&for=plans", Some(&officer)).await.text;
    assert!(page.contains("Older than 365 days"), "{page}");
}

#[tokio::test]
async fn req_084_consulates_are_found_by_the_country_they_are_in_and_hotspots_by_their_area() {
    let region = Region::new().await;
    let officer = region.step_in("desmond@labour.avelmar.example").await;
    let path = "/en/contact-points?host=XAA&kind=consular-post&format=csv";
    let posts = region.get(path, Some(&officer)).await.text;
    assert!(posts.contains("Br\u{e9}mora") && posts.contains("Avelmar"), "{posts}");
    let elsewhere = region.get("/en/contact-points?host=XBB&format=csv", Some(&officer)).await.text;
    assert!(!elsewhere.contains("Consulat"), "{elsewhere}");
    let area = region.get("/en/contact-points?q=northferry&format=csv", Some(&officer)).await.text;
    assert!(area.contains("Labour inspection, night desk"), "{area}");
    let page = region.get("/en/contact-points?kind=consular-post", Some(&officer)).await.text;
    let point = link_before(&page, "Consulat de", "/en/contact-points/");
    let card = region.get(&format!("{point}/card.vcf"), Some(&officer)).await.text;
    let card = card.replace("\r\n ", "");
    for line in ["ADR;TYPE=work:;;;Quayside;;;Avelmar", "CATEGORIES:Consular help,Return"] {
        assert!(card.contains(line), "{line}: {card}");
    }
}

#[tokio::test]
async fn the_last_of_two_who_change_a_contact_point_is_told_that_it_changed() {
    let region = Region::new().await;
    let cookie = region.step_in("omar@secretariat.meridian.example").await;
    let made = region
        .post(
            "/en/admin/desks/new",
            Some(&cookie),
            "name=Night+desk&level=regional&languages=en&time_zone=UTC&hours=24%2F7",
        )
        .await;
    let desk = made.headers[header::LOCATION].to_str().unwrap().split('?').next().unwrap();
    let path = format!("{desk}/contact");
    let form = region.get(&path, Some(&cookie)).await.text;
    let at = form.find("name=\"seen\" value=\"").unwrap() + 19;
    let seen = form[at..].split('"').next().unwrap();
    let body = |city: &str| format!("seen={seen}&kind=other&city={city}");
    let first = region.post(&path, Some(&cookie), &body("Quayside")).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text);
    let second = region.post(&path, Some(&cookie), &body("Saltmere")).await;
    assert_eq!(second.status, StatusCode::CONFLICT, "{}", second.text);
}

#[tokio::test]
async fn req_070_a_contact_point_no_letter_can_ask_is_a_task_until_someone_confirms_it() {
    let region = Region::new().await;
    let cookie = region.step_in("omar@secretariat.meridian.example").await;
    let new = "name=Night+desk&level=regional&languages=en&time_zone=UTC&hours=24%2F7";
    let made = region.post("/en/admin/desks/new", Some(&cookie), new).await;
    let desk = made.headers[header::LOCATION].to_str().unwrap().split('?').next().unwrap();
    let id = desk.rsplit('/').next().unwrap().to_owned();
    assert_eq!(reminders::run(&region.app).await.unwrap(), 1, "nobody ever described it");
    assert_eq!(reminders::run(&region.app).await.unwrap(), 0, "once");
    let open = async || {
        let tenant = region.app.store.house().unwrap();
        let filter =
            tasks::Filter { kind: Some(reminders::CONFIRM.into()), ..tasks::Filter::default() };
        let sort = tasks::SortBy::default();
        let all = tasks::list(&region.app.store, tenant, &filter, sort, Paging::all()).await;
        let all = all.unwrap().items.into_iter().map(|one| one.record);
        all.filter(|task| task.done_at.is_none()).collect::<Vec<_>>()
    };
    let waits = open().await;
    assert_eq!(waits.len(), 1);
    assert_eq!(waits[0].note, "Night desk");
    let path = format!("/en/contact-points/{id}/confirm");
    let seats = region.get(&format!("/en/admin/desks/{id}"), Some(&cookie)).await.text;
    let ines = seats.split("Inês").next().unwrap().rsplit("value=\"").next().unwrap();
    let seat = format!("account={}&kind=lead", &ines[..36]);
    let to = format!("/en/admin/desks/{id}/seat");
    assert_eq!(region.post(&to, Some(&cookie), &seat).await.status, StatusCode::SEE_OTHER);
    let there = region.step_in("ines@secretariat.meridian.example").await;
    let confirmed = region.post(&path, Some(&there), "").await;
    assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.text);
    assert!(open().await.is_empty(), "confirmed, nothing is left to be done");
}

#[tokio::test]
async fn a_service_without_places_is_confirmed_with_one_press() {
    let region = Region::new().await;
    let focal = region.step_in("joan@taskforce.avelmar.example").await;
    let filter = ServiceFilter {
        state: Some("XAA".parse().unwrap()),
        protected: Some(false),
        ..ServiceFilter::default()
    };
    let all = services::all(&region.app.store, &filter).await.unwrap();
    let now = region.app.store.now().date().into();
    let old = all.iter().find(|one| {
        one.record.service.capacity.is_none() && one.record.service.assured != Some(now)
    });
    let id = old.unwrap().record.id;
    let page = region.get(&format!("/en/services/{id}"), Some(&focal)).await.text;
    assert!(page.contains(&format!("/en/services/{id}/confirm")), "{page}");
    let path = format!("/en/services/{id}/confirm");
    let pressed = region.post(&path, Some(&focal), "").await;
    assert_eq!(pressed.status, StatusCode::SEE_OTHER, "{}", pressed.text);
    let after = services::find(&region.app.store, id).await.unwrap().unwrap();
    assert_eq!(after.record.service.assured, Some(now));
    // Another organisation has no such button, and its press is not there.
    let other = region.step_in("nadia@harbourhouse.example").await;
    let refused = region.post(&path, Some(&other), "").await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}
