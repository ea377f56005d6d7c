//! Services, calls nobody answered, contact points and unmet needs, on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_domain::{
    desk::{
        Desk, DeskLevel, DeskMember,
        contact::{ContactPoint, PointKind},
    },
    id::{DeskId, Id, ServiceId, TenantId},
    register::state::StateCode,
    service::{
        Location, Need, Organisation, Outcome, Phone, Place, Provider, Service, Status,
        eligibility::{Eligibility, Group},
        find::{AgeGroup, Particulars, Sex, Wanted, find},
        standard::{SecondView, Standard},
    },
    tenant::TenantKind,
};
use palermo_store::{
    contact_point, desk, hsds_row, second_view,
    service::{self, Filter},
    service_standard,
    testing::TestStore,
};
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

fn some_service(name: &str, need: Need, area: &str) -> Service {
    Service {
        name: name.into(),
        alternate_name: None,
        need,
        centre: None,
        description: "What it does, in a line or two of the length that people write.".into(),
        organisation: Organisation {
            id: Uuid::from_u128(7),
            name: "Harbour Trust".into(),
            description: String::new(),
            provider: Provider::Ngo,
            website: None,
            email: None,
        },
        state: Some("XAA".parse().unwrap()),
        areas: vec![area.into()],
        status: Status::Active,
        place: Place::Open { locations: Vec::new() },
        phones: Vec::new(),
        url: None,
        email: None,
        hours: Some("Mo-Fr 08:00-17:00".into()),
        time_zone: Some("Europe/Lisbon".into()),
        languages: vec!["en".into(), "fr".into()],
        interpretation: None,
        step_free: Some(true),
        accessibility: String::new(),
        eligibility: Eligibility::of(&[Group::Women], &[Group::Men]),
        capacity: None,
        fees: String::new(),
        application: String::new(),
        funding: Vec::new(),
        assessments: Vec::new(),
        assured: Some("2026-02-01".parse().unwrap()),
        alert: None,
    }
}

async fn keep(test: &TestStore, tenant: TenantId, list: &[(ServiceId, Service)]) {
    let mut act = test.begin_act(tenant, "service.edit").await;
    service::insert_many(&mut act, list).await.unwrap();
    act.commit(&()).await.unwrap();
}

#[tokio::test]
async fn a_service_reads_back_whole_and_its_offer_has_what_matching_needs() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Coordination", TenantKind::NationalCoordination).await;
        let id: ServiceId = test.new_id();
        let given = some_service("Foyer de Kambéville", Need::Shelter, "Kambéville");
        keep(&test, tenant, &[(id, given.clone())]).await;
        let found = service::find(&test.store, id).await.unwrap().unwrap();
        assert_eq!(found.record.service, given);
        let by_text = Filter { text: Some("kambeville".into()), ..Filter::default() };
        assert_eq!(service::all(&test.store, &by_text).await.unwrap().len(), 1);
        let state = "XAA".parse().unwrap();
        let offers = service::offers(&test.store, Need::Shelter, state, test.now()).await.unwrap();
        assert_eq!(offers.len(), 1);
        assert_eq!(offers[0].eligibility, given.eligibility);
        assert_eq!(offers[0].areas, ["kambeville"]);
        assert_eq!(offers[0].unanswered, None);

        let mut act = test.begin_act(tenant, "service.note-call").await;
        service::note_unanswered(&mut act, tenant, id).await.unwrap();
        act.commit(&()).await.unwrap();
        let offers = service::offers(&test.store, Need::Shelter, state, test.now()).await.unwrap();
        assert_eq!(offers[0].unanswered, Some(test.now()));
        let protected = service::protected_among(&test.store, &[id]).await.unwrap();
        assert_eq!(protected, [], "it is an open one");
        test.clock.advance(Duration::from_secs(2 * 86_400));
        let offers = service::offers(&test.store, Need::Shelter, state, test.now()).await.unwrap();
        assert_eq!(offers[0].unanswered, None, "a call counts for a day");
    })
    .await;
}

#[tokio::test]
async fn req_076_req_082_places_keep_their_hours_and_standards_are_found_by_their_state() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Coordination", TenantKind::NationalCoordination).await;
        let id: ServiceId = test.new_id();
        let mut given = some_service("Advice", Need::Legal, "Northferry");
        let annexe = Location {
            id: Uuid::from_u128(9),
            name: "Annexe".into(),
            lines: vec!["1 Quay".into()],
            city: "Westquay".into(),
            region: String::new(),
            postal_code: String::new(),
            transport: String::new(),
            coordinates: None,
            hours: Some("Sa 10:00-12:00".into()),
            phones: vec![Phone {
                id: Uuid::from_u128(10),
                number: "+999 7".into(),
                extension: None,
                toll_free: true,
                uniform: None,
                note: String::new(),
            }],
        };
        given.place = Place::Open { locations: vec![annexe] };
        keep(&test, tenant, &[(id, given.clone())]).await;
        let found = service::find(&test.store, id).await.unwrap().unwrap();
        assert_eq!(found.record.service, given);
        assert_eq!(given.numbers().len(), 1);

        let standard = |state: Option<&str>| Standard {
            name: "Minimum".into(),
            by: String::new(),
            state: state.map(|code| code.parse().unwrap()),
            needs: vec![Need::Legal],
            points: vec!["A closed room".into()],
            since: None,
            until: None,
            source: String::new(),
        };
        let mut act = test.begin_act(tenant, "directory.edit").await;
        let one = service_standard::insert(&mut act, &standard(Some("XAA"))).await.unwrap();
        service_standard::insert(&mut act, &standard(None)).await.unwrap();
        act.commit(&()).await.unwrap();
        let state: StateCode = "XAA".parse().unwrap();
        let all = service_standard::list(&test.store, None::<StateCode>).await.unwrap();
        let own = service_standard::list(&test.store, Some(state)).await.unwrap();
        assert_eq!((all.len(), own.len()), (2, 1));
        assert_eq!((own[0].record.id, &own[0].record.entry), (one, &standard(Some("XAA"))));
    })
    .await;
}

#[tokio::test]
async fn districts_are_told_to_be_all_only_where_every_service_was_looked_through() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Coordination", TenantKind::NationalCoordination).await;
        let in_town = |at: usize| {
            let name = format!("Service {at}");
            (test.new_id(), some_service(&name, Need::Legal, &format!("Town {}", at % 3)))
        };
        let some: Vec<(ServiceId, Service)> = (0..399).map(in_town).collect();
        keep(&test, tenant, &some).await;
        let state = "XAA".parse().unwrap();
        let found = service::areas(&test.store, state).await.unwrap();
        assert_eq!((found.names.len(), found.all), (3, true));
        let more: Vec<(ServiceId, Service)> = (399..402).map(in_town).collect();
        keep(&test, tenant, &more).await;
        assert!(!service::areas(&test.store, state).await.unwrap().all, "some were not");
    })
    .await;
}

#[tokio::test]
async fn req_082_second_views_are_listed_by_their_service() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Coordination", TenantKind::NationalCoordination).await;
        let (id, other): (ServiceId, ServiceId) = (test.new_id(), test.new_id());
        let view = SecondView {
            service: id,
            standard: "Minimum standards".into(),
            by: "Coordination".into(),
            outcome: Outcome::Partly,
            on: "2026-02-01".parse().unwrap(),
            until: None,
            words: String::new(),
        };
        let mut act = test.begin_act(tenant, "service.assess").await;
        second_view::insert(&mut act, &view).await.unwrap();
        act.commit(&()).await.unwrap();
        let found = second_view::list(&test.store, Some(id)).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].record.entry, view);
        assert!(second_view::list(&test.store, Some(other)).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_a_service_said_before_is_overwritten_and_the_service_stays() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        let id: ServiceId = test.new_id();
        let open = Service {
            place: Place::Open { locations: vec![at("Quay", None)] },
            ..some_service("Night house", Need::Shelter, "Quay")
        };
        keep(&test, tenant, &[(id, open.clone())]).await;
        let seen = service::find(&test.store, id).await.unwrap().unwrap().revision;
        let hidden = Service { place: Place::Protected { through: None }, ..open };
        let mut act = test.begin_act(tenant, "service.edit").await;
        service::update(&mut act, id, &hidden, seen).await.unwrap();
        act.commit(&()).await.unwrap();
        test.store.overwrite_traces().await.unwrap();
        test.store.overwrite_traces().await.unwrap();
        let kept = service::find(&test.store, id).await.unwrap().unwrap();
        assert_eq!(kept.record.service, hidden);
    })
    .await;
}

fn at(city: &str, hours: Option<&str>) -> Location {
    Location {
        id: Uuid::from_u128(8),
        name: String::new(),
        lines: vec!["1 Quay".into()],
        city: city.into(),
        region: String::new(),
        postal_code: String::new(),
        transport: String::new(),
        coordinates: None,
        hours: hours.map(str::to_owned),
        phones: Vec::new(),
    }
}

#[tokio::test]
async fn the_hours_of_an_area_are_those_of_the_place_that_is_there() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Coordination", TenantKind::NationalCoordination).await;
        let given = |hours: Option<&str>, areas: &[&str], locations: Vec<Location>| Service {
            areas: areas.iter().map(|area| (*area).to_owned()).collect(),
            hours: hours.map(str::to_owned),
            place: Place::Open { locations },
            ..some_service("Law office", Need::Legal, "Hills")
        };
        let quay = || vec![at("Quay", None), at("Érable", Some("24/7"))];
        let own = Some("Mo-Fr 08:00-17:00");
        let services = [
            given(own, &["Hills"], quay()),
            given(None, &[], vec![at("Érable", Some("Sa 10:00-12:00"))]),
            given(own, &[], vec![at("Érable", None)]),
            given(own, &["Hills"], vec![at("Quay", Some("24/7"))]),
            Service { need: Need::Medical, ..given(own, &[], quay()) },
        ];
        let kept: Vec<(ServiceId, Service)> =
            services.into_iter().map(|one| (test.new_id(), one)).collect();
        keep(&test, tenant, &kept).await;
        let state = "XAA".parse().unwrap();
        let here = service::hours_in(&test.store, Need::Legal, state, "erable").await.unwrap();
        assert_eq!(here.len(), 2, "{here:?}");
        assert_eq!(here[&kept[0].0], "24/7");
        assert_eq!(here[&kept[1].0], "Sa 10:00-12:00");
        let none = service::hours_in(&test.store, Need::Legal, state, "hills").await.unwrap();
        assert!(none.is_empty(), "{none:?}");
    })
    .await;
}

#[tokio::test]
async fn help_is_found_among_20_000_services() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Coordination", TenantKind::NationalCoordination).await;
        let needs = Need::ALL;
        let all: Vec<(ServiceId, Service)> = (0..20_000)
            .map(|at| {
                let area = format!("Town {}", at % 40);
                (
                    test.new_id(),
                    some_service(&format!("Service {at}"), needs[at % needs.len()], &area),
                )
            })
            .collect();
        keep(&test, tenant, &all).await;
        let wanted = Wanted {
            need: Need::Shelter,
            state: "XAA".parse().unwrap(),
            area: Some("town 15".into()),
            person: Particulars {
                sex: Some(Sex::Female),
                age: Some(AgeGroup::Adult),
                ..Particulars::default()
            },
            tried: Vec::new(),
        };
        let offers =
            service::offers(&test.store, wanted.need, wanted.state, test.now()).await.unwrap();
        let found = find(&offers, &wanted, test.now());
        assert!(found.matches.len() > 1_000);
        let ids: Vec<ServiceId> = found.matches.iter().take(5).map(|one| one.id).collect();
        assert_eq!(service::by_ids(&test.store, &ids).await.unwrap().len(), 5);
    })
    .await;
}

#[tokio::test]
async fn a_desk_remembers_who_sat_there_and_what_was_confirmed() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Coordination", TenantKind::NationalCoordination).await;
        let account = test.account(tenant, "joan@focal.example").await;
        let id: DeskId = test.new_id();
        let office = Desk {
            tenant,
            id,
            name: "Focal point".into(),
            level: DeskLevel::National,
            state: Some("XAA".into()),
            topics: Vec::new(),
            languages: Vec::new(),
            time_zone: "UTC".into(),
            hours: "24/7".into(),
            telephone: None,
            open: true,
        };
        let member = DeskMember { tenant, desk: id, account, alternate: false };
        let mut act = test.begin_act(tenant, "desk.manage").await;
        desk::insert(&mut act, &office).await.unwrap();
        desk::add_member(&mut act, &member).await.unwrap();
        let mut point = ContactPoint::new(PointKind::FocalPoint);
        point.confirmed = Some(act.now());
        contact_point::put(&mut act, id, &point).await.unwrap();
        act.commit(&()).await.unwrap();
        assert_eq!(contact_point::find(&test.store, tenant, id).await.unwrap(), Some(point));
        assert_eq!(contact_point::staffing(&test.store).await.unwrap()[&id].leads, 1);

        test.clock.advance(Duration::from_secs(86_400));
        let mut act = test.begin_act(tenant, "desk.manage").await;
        desk::remove_member(&mut act, &member).await.unwrap();
        act.commit(&()).await.unwrap();
        let tenures = contact_point::tenures(&test.store, tenant, id).await.unwrap();
        assert_eq!(tenures.len(), 1);
        assert_eq!(tenures[0].account, account);
        assert_eq!(tenures[0].until, Some(test.now()));
    })
    .await;
}

#[tokio::test]
async fn rows_of_an_exchange_are_replaced_and_forgotten_by_their_owner_only() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Coordination", TenantKind::NationalCoordination).await;
        let other = test.tenant("Other", TenantKind::NationalCoordination).await;
        let row = |name: &str| hsds_row::StoredRow {
            resource: "service".into(),
            id: Uuid::from_u128(9),
            body: json!({ "id": Uuid::from_u128(9).to_string(), "name": name, "colour": "blue " }),
        };
        for name in ["A", "B", "B"] {
            let mut act = test.begin_act(tenant, "service.import").await;
            hsds_row::put(&mut act, &[row(name)]).await.unwrap();
            act.commit(&()).await.unwrap();
        }
        assert_eq!(hsds_row::all(&test.store).await.unwrap(), [row("B")]);
        for (who, left) in [(other, 1), (tenant, 0)] {
            let mut act = test.begin_act(who, "service.edit").await;
            hsds_row::forget(&mut act, &[("service".into(), Uuid::from_u128(9))]).await.unwrap();
            act.commit(&()).await.unwrap();
            assert_eq!(hsds_row::all(&test.store).await.unwrap().len(), left);
        }
        let _ = tenant.uuid();
    })
    .await;
}
