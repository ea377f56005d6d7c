//! What States report of decisions of meetings, on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_domain::{
    meeting::{ActionStatus, DecisionReply},
    tenant::TenantKind,
};
use palermo_store::{Error, meeting::reply, testing::TestStore};

fn told(meeting: &str, state: &str, action: Option<&str>) -> DecisionReply {
    DecisionReply {
        meeting: meeting.to_owned(),
        decision: "Every State names a \"contact point\", مركز اتصال".to_owned(),
        action: action.map(str::to_owned),
        state: state.parse().unwrap(),
        status: ActionStatus::Done,
        text: "Named; the list is public".to_owned(),
        evidence: "Gazette 12".to_owned(),
        on: "2026-02-01".parse().unwrap(),
    }
}

#[tokio::test]
async fn req_219_each_state_keeps_its_own_report_of_a_decision_in_the_order_they_were_made() {
    TestStore::each(async |test| {
        let (first, second) = (told("m1", "XAA", Some("a list")), told("m1", "XBB", None));
        let mut made = Vec::new();
        for (name, report) in [("Task force", &first), ("Ministry", &second)] {
            let tenant = test.tenant(name, TenantKind::NationalCoordination).await;
            let mut act = test.begin_act(tenant, "review.write-comments").await;
            let id = reply::insert(&mut act, report).await.unwrap();
            reply::insert(&mut act, &told("m2", "XAA", None)).await.unwrap();
            act.commit(&()).await.unwrap();
            made.push((tenant, id));
        }
        let found = reply::list(&test.store, Some("m1")).await.unwrap();
        let all: Vec<&DecisionReply> = found.iter().map(|one| &one.record.entry).collect();
        assert_eq!(all, [&first, &second]);
        assert_eq!(reply::list(&test.store, None).await.unwrap().len(), 4);
        // A row of one organisation is not changed by another.
        let (owner, id) = made[0];
        let mut act = test.begin_act(made[1].0, "review.write-comments").await;
        let other = reply::update(&mut act, id, &second, found[0].revision).await;
        assert!(matches!(other, Err(Error::NotFound | Error::Conflict)), "{other:?}");
        drop(act);
        let kept = reply::find(&test.store, owner, id).await.unwrap().unwrap();
        assert_eq!(kept.record.entry, first);
    })
    .await;
}
