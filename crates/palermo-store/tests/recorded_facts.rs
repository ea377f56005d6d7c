//! Facts recorded beside what ships: added and taken back, never overwritten;
//! on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_domain::{
    register::{
        mechanism::MemberStatus,
        provenance::{Confidence, Provenance},
        recorded::{Recorded, RecordedFact},
    },
    tenant::TenantKind,
};
use palermo_store::{Error, register::recorded, testing::TestStore};

fn fact(state: &str) -> RecordedFact {
    RecordedFact {
        fact: Recorded::Membership {
            mechanism: "MERIDIAN".to_owned(),
            state: state.parse().unwrap(),
            status: MemberStatus::Observer,
            from: Some("2025-01".parse().unwrap()),
            to: None,
        },
        preferred: true,
        provenance: Provenance {
            source: "gazette 7".to_owned(),
            as_of: "2025-02".parse().unwrap(),
            confidence: Confidence::Stated,
            note: Some("announced on the fifth".to_owned()),
            disputed: None,
        },
    }
}

#[tokio::test]
async fn req_015_a_recorded_fact_reads_back_and_stays_in_its_row_when_it_is_taken_back() {
    TestStore::each(async |test| {
        let house = test.tenant("Secretariat", TenantKind::Secretariat).await;
        let editor = test.account(house, "ines@secretariat.example").await;
        let mut act = test.begin_act(house, "register.edit").await;
        let id = recorded::insert(&mut act, &fact("XGG"), editor).await.unwrap();
        let other = recorded::insert(&mut act, &fact("XAA"), editor).await.unwrap();
        act.commit(&()).await.unwrap();
        let standing = recorded::standing(&test.store).await.unwrap();
        assert_eq!(standing.len(), 2);
        let found = standing.iter().find(|one| one.id == id).unwrap();
        assert_eq!((&found.recorded, found.by, found.tenant), (&fact("XGG"), editor, house));

        let seen = recorded::all(&test.store).await.unwrap();
        let seen = seen.iter().find(|one| one.record.id == id).unwrap().revision;
        let mut act = test.begin_act(house, "register.edit").await;
        recorded::withdraw(&mut act, id, editor, "misread", seen).await.unwrap();
        act.commit(&()).await.unwrap();
        let standing = recorded::standing(&test.store).await.unwrap();
        assert_eq!(standing.iter().map(|one| one.id).collect::<Vec<_>>(), [other]);
        let all = recorded::all(&test.store).await.unwrap();
        let gone = all.iter().find(|one| one.record.id == id).unwrap();
        assert_eq!(gone.record.recorded, fact("XGG"), "what it said is still there");
        assert_eq!(gone.record.withdrawn.as_ref().unwrap().1, "misread");

        let mut act = test.begin_act(house, "register.edit").await;
        let again = recorded::withdraw(&mut act, id, editor, "again", gone.revision).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn nobody_takes_back_what_another_organisation_recorded() {
    TestStore::each(async |test| {
        let house = test.tenant("Secretariat", TenantKind::Secretariat).await;
        let ministry = test.tenant("Ministry", TenantKind::NationalCoordination).await;
        let editor = test.account(house, "ines@secretariat.example").await;
        let mut act = test.begin_act(house, "register.edit").await;
        let id = recorded::insert(&mut act, &fact("XGG"), editor).await.unwrap();
        act.commit(&()).await.unwrap();
        let seen = recorded::all(&test.store).await.unwrap()[0].revision;
        let mut act = test.begin_act(ministry, "register.edit").await;
        let refused = recorded::withdraw(&mut act, id, editor, "not ours", seen).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    })
    .await;
}
