//! Requests for more time and what was decided about them, on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_domain::{
    id::DutyExtensionId,
    register::{day::Day, state::StateCode},
    report::{DutyExtension, ExtensionDecision},
    tenant::TenantKind,
};
use palermo_store::{
    report::{extension, extension_decision},
    testing::TestStore,
};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn state() -> StateCode {
    "XAA".parse().unwrap()
}

fn asked(mechanism: &str) -> DutyExtension {
    DutyExtension {
        mechanism: mechanism.to_owned(),
        duty: "annual-report".to_owned(),
        state: state(),
        period: 2025,
        part: 1,
        due: day("2026-03-31"),
        wanted: day("2026-05-31"),
        why: "Elections".to_owned(),
        by: "Joan".to_owned(),
        on: day("2026-03-01"),
    }
}

fn decided(extension: DutyExtensionId, until: Option<Day>) -> ExtensionDecision {
    ExtensionDecision {
        extension,
        mechanism: "MERIDIAN".to_owned(),
        state: state(),
        until,
        why: "The first request".to_owned(),
        by: "Ines".to_owned(),
        on: day("2026-03-02"),
    }
}

#[tokio::test]
async fn req_038_more_time_belongs_to_the_state_and_the_decision_to_who_decides() {
    TestStore::each(async |test| {
        let state = test.tenant("Task Force", TenantKind::NationalCoordination).await;
        let house = test.tenant("Secretariat", TenantKind::Secretariat).await;
        let mut act = test.begin_act(state, "report.edit").await;
        let id = extension::insert(&mut act, &asked("MERIDIAN")).await.unwrap();
        extension::insert(&mut act, &asked("OTHER")).await.unwrap();
        act.commit(&()).await.unwrap();
        let mut act = test.begin_act(house, "report.receive").await;
        let granted = decided(id, Some(day("2026-05-15")));
        extension_decision::insert(&mut act, &granted).await.unwrap();
        // What the act decided is seen within it: a second decision finds the first.
        let within = extension_decision::list(&act, Some("MERIDIAN")).await.unwrap();
        assert_eq!(within.len(), 1);
        act.commit(&()).await.unwrap();

        let all = extension::list(&test.store, Some("MERIDIAN")).await.unwrap();
        assert_eq!(all.len(), 1, "found by its mechanism");
        assert_eq!((all[0].record.tenant, all[0].record.id), (state, id));
        assert_eq!(all[0].record.entry, asked("MERIDIAN"));
        let all = extension_decision::list(&test.store, None).await.unwrap();
        assert_eq!((all[0].record.tenant, &all[0].record.entry), (house, &granted));
        let refused = decided(id, None);
        let mut act = test.begin_act(house, "report.receive").await;
        extension_decision::insert(&mut act, &refused).await.unwrap();
        act.give_up().await.unwrap();
        let all = extension_decision::list(&test.store, None).await.unwrap();
        assert_eq!(all.len(), 1, "what was given up is not kept");
        assert!(extension::find(&test.store, house, id).await.unwrap().is_none());
    })
    .await;
}
