//! What is added to the registers, on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_domain::{
    id::{Id, TenantId},
    register::{
        adherence::{Act as Did, Adherence, DatedAct},
        agreement,
        law::{LawEntry, Provided},
        provenance::{Confidence, Provenance},
        ratification::{Obstacle, RatificationReport, Stage},
        topic::Topic,
    },
    tenant::TenantKind,
};
use palermo_store::{Error, register, testing::TestStore};

fn adherence(party: &str, acts: &[(Did, &str)]) -> Adherence {
    Adherence {
        instrument: "tip-protocol".parse().unwrap(),
        party: party.parse().unwrap(),
        acts: acts.iter().map(|(act, day)| DatedAct::new(*act, day.parse().unwrap())).collect(),
        entry_into_force: None,
        source: "an invented list".to_owned(),
        as_of: "2015-03".parse().unwrap(),
    }
}

fn provenance() -> Provenance {
    Provenance {
        source: "an invented report".to_owned(),
        as_of: "2010-12".parse().unwrap(),
        confidence: Confidence::Stated,
        note: None,
        disputed: None,
    }
}

async fn house(test: &TestStore) -> TenantId {
    let house = test.tenant("Secretariat", TenantKind::Secretariat).await;
    test.store.name_house(house).await.unwrap();
    house
}

#[tokio::test]
async fn adherence_reads_back_and_a_later_list_replaces_only_what_it_names() {
    TestStore::each(async |test| {
        let house = house(&test).await;
        let mut first = adherence("XAA", &[(Did::Signature, "2000-12-12")]);
        first.acts.push(DatedAct {
            detail: Some("a reservation to article 15".to_owned()),
            until: Some("2009-01-01".parse().unwrap()),
            ..DatedAct::new(Did::Reservation, "2001-01-01".parse().unwrap())
        });
        first.entry_into_force = Some("2003-12-25".parse().unwrap());
        let listed = adherence("XDD", &[]);
        let mut act = test.begin_act(house, "register.import").await;
        register::adherence::put(&mut act, &[first.clone(), listed.clone()]).await.unwrap();
        act.commit(&()).await.unwrap();

        let id = first.instrument.clone();
        let stored = register::adherence::of_instrument(&test.store, &id).await.unwrap();
        assert_eq!(stored, [first.clone(), listed.clone()]);

        let ratified = adherence("XDD", &[(Did::Accession, "2009-04-16")]);
        let mut act = test.begin_act(house, "register.import").await;
        register::adherence::put(&mut act, std::slice::from_ref(&ratified)).await.unwrap();
        act.commit(&()).await.unwrap();
        let stored = register::adherence::all(&test.store).await.unwrap();
        assert_eq!(stored, [first.clone(), ratified]);
        let own = register::adherence::of_party(&test.store, first.party).await.unwrap();
        assert_eq!(own, [first]);
    })
    .await;
}

#[tokio::test]
async fn only_the_house_writes_adherence() {
    TestStore::each(async |test| {
        house(&test).await;
        let other = test.tenant("Shelter", TenantKind::Care).await;
        let mut act = test.begin_act(other, "register.import").await;
        let one = adherence("XAA", &[]);
        let refused = register::adherence::put(&mut act, &[one]).await;
        assert!(matches!(refused, Err(Error::OtherTenant)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn two_editors_do_not_overwrite_each_other() {
    TestStore::each(async |test| {
        let house = house(&test).await;
        let one = adherence("XAA", &[]);
        let mut act = test.begin_act(house, "register.edit").await;
        register::adherence::put(&mut act, std::slice::from_ref(&one)).await.unwrap();
        act.commit(&()).await.unwrap();
        let seen = register::adherence::find(&test.store, &one.instrument, one.party)
            .await
            .unwrap()
            .unwrap();

        let changed = adherence("XAA", &[(Did::Accession, "2009-04-16")]);
        let mut act = test.begin_act(house, "register.edit").await;
        register::adherence::update(&mut act, &changed, seen.revision).await.unwrap();
        act.commit(&()).await.unwrap();
        let mut act = test.begin_act(house, "register.edit").await;
        let late = register::adherence::update(&mut act, &one, seen.revision).await;
        assert!(matches!(late, Err(Error::Conflict)));
    })
    .await;
}

#[tokio::test]
async fn law_entries_and_obstacles_belong_to_who_files_them_and_are_read_by_all() {
    TestStore::each(async |test| {
        let ministry = test.tenant("Ministry", TenantKind::NationalCoordination).await;
        let law = LawEntry {
            state: "XAA".parse().unwrap(),
            topic: Topic::Compensation,
            provided: Provided::Partly,
            law: Some("Act 3 of 2008".to_owned()),
            article: Some("s. 9".to_owned()),
            words: Some("only after a conviction".to_owned()),
            days: None,
            provenance: provenance(),
        };
        let report = RatificationReport {
            state: "XAA".parse().unwrap(),
            instrument: "tip-protocol".parse().unwrap(),
            stage: Some(Stage::BeforeParliament),
            obstacles: vec![Obstacle::NationalLaw],
            words: None,
            help_wanted: Some("a review of the bill".to_owned()),
            reported: "2010-05-01".parse().unwrap(),
            source: "the ministry".to_owned(),
        };
        let mut act = test.begin_act(ministry, "law.edit").await;
        let id = register::law::insert(&mut act, &law).await.unwrap();
        register::obstacle::insert(&mut act, &report).await.unwrap();
        act.commit(&()).await.unwrap();

        let found = register::law::list(&test.store, Some("XAA".parse().unwrap())).await.unwrap();
        assert_eq!((found[0].record.tenant, found[0].record.id), (ministry, id));
        assert_eq!(found[0].record.entry, law);
        assert!(
            register::law::list(&test.store, Some("XBB".parse().unwrap()))
                .await
                .unwrap()
                .is_empty()
        );
        let reports =
            register::obstacle::list(&test.store, Some(&report.instrument)).await.unwrap();
        assert_eq!(reports[0].record.entry, report);

        let mut act = test.begin_act(ministry, "law.edit").await;
        register::law::remove(&mut act, id).await.unwrap();
        act.commit(&()).await.unwrap();
        assert!(register::law::find(&test.store, ministry, id).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn an_agreement_reads_back_whole() {
    const TEXT: &str = include_str!("../../../content/agreements/ecowas-eccas.toml");
    TestStore::each(async |test| {
        let tenant = test.tenant("Secretariat", TenantKind::Secretariat).await;
        let agreement = agreement::read(TEXT).unwrap();
        let mut act = test.begin_act(tenant, "agreement.edit").await;
        let id = register::agreement::insert(&mut act, &agreement).await.unwrap();
        act.commit(&id).await.unwrap();
        let found = register::agreement::find(&test.store, tenant, id).await.unwrap().unwrap();
        assert_eq!(found.record.entry, agreement);
        assert!(!found.record.id.uuid().is_nil());
    })
    .await;
}
