//! The contact points of the demonstration: whose desks nobody is told of, whose
//! number stands in, and what a form of a desk refuses.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::{StatusCode, header};
use palermo_app::{
    access::Action,
    desk,
    domain::{
        actor::Actor,
        desk::answers::Candidate,
        id::TenantId,
        register::state::StateCode,
        service::{Place, Service},
        tenant::TenantKind,
    },
    service::ServiceFilter,
    session,
};
use palermo_store::{ActContext, Begun, Paging, service as services, tenant as tenants};
use std::collections::BTreeSet;
use support::Region;

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
    program.limited_to = Some(vec![Action::ReadDirectory]);
    let told = desk::directory_for_programs(&program).await.unwrap();
    assert!(!told.is_empty() && told.iter().filter(theirs).count() == 0);
    for (one, _) in own {
        let Some(state) = &one.desk.state else { continue };
        let state = state.parse::<StateCode>().unwrap();
        for topic in &one.desk.topics {
            let found = desk::answers_now(&program, state, topic).await.unwrap();
            assert!(found.desk.is_none_or(|desk| !keepers.contains(&desk.tenant)), "{topic}");
        }
    }
}

#[tokio::test]
async fn a_state_without_numbers_of_its_own_shows_those_of_the_region_and_says_so() {
    let region = Region::new().await;
    let page = region.get("/en/get-help/XGG", None).await.text;
    assert!(page.contains("no number of its own") && page.contains("tel:5"), "{page}");
    let kept = region.get("/en/get-help/XGG/keep.html", None).await;
    assert!(kept.text.contains("tel:5"), "{}", kept.text);
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
