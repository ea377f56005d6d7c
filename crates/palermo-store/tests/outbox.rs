//! The outbox: with the act or not at all, at least once, no body afterwards.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_domain::{id::TenantId, tenant::TenantKind};
use palermo_store::{
    Paging,
    outbox::{self, Claimed, Delivery, Item},
    testing::TestStore,
};
use std::{collections::BTreeSet, time::Duration};

const LEASE: Duration = Duration::from_secs(60);

async fn post(test: &TestStore, tenant: TenantId, body: &str) {
    let mut act = test.begin_act(tenant, "invitation.send").await;
    outbox::put(&mut act, "mail", "a@shelter.example", "invitation", body.as_bytes())
        .await
        .unwrap();
    act.commit(&()).await.unwrap();
}

async fn claim(test: &TestStore) -> Vec<Claimed> {
    outbox::claim(&test.store, 10, LEASE).await.unwrap()
}

async fn only(test: &TestStore, tenant: TenantId) -> Item {
    let mut page = outbox::list(&test.store, tenant, None, Paging::default()).await.unwrap();
    assert_eq!(page.total, 1);
    page.items.remove(0)
}

#[tokio::test]
async fn what_leaves_is_kept_with_its_act_or_not_at_all() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        let mut act = test.begin_act(tenant, "invitation.send").await;
        outbox::put(&mut act, "mail", "a@shelter.example", "invitation", b"x").await.unwrap();
        drop(act);
        assert!(claim(&test).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_body_is_sealed_while_it_waits_and_gone_once_delivered() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        post(&test, tenant, "https://palermo.example/invitation/secret").await;
        let stored = test.ask_bytes("SELECT body FROM outbox").await.remove(0);
        assert!(!String::from_utf8_lossy(&stored).contains("secret"));
        let claimed = claim(&test).await.remove(0);
        assert_eq!(claimed.body.as_slice(), b"https://palermo.example/invitation/secret");
        outbox::delivered(&test.store, &claimed.item).await.unwrap();
        assert_eq!(test.ask("SELECT state FROM outbox WHERE body IS NULL").await, ["delivered"]);
        assert_eq!(only(&test, tenant).await.delivered_at, Some(test.now()));
        assert!(claim(&test).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_dies_loses_nothing() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        post(&test, tenant, "x").await;
        assert_eq!(claim(&test).await.len(), 1);
        assert!(claim(&test).await.is_empty(), "another worker leaves it alone");
        test.clock.advance(LEASE);
        let again = claim(&test).await;
        assert_eq!(again.len(), 1, "at least once");
        assert_eq!(again[0].item.attempts, 2);
    })
    .await;
}

#[tokio::test]
async fn a_failed_delivery_waits_longer_each_time_is_given_up_and_can_be_retried() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        post(&test, tenant, "x").await;
        for attempt in 1..=12_u32 {
            let claimed = claim(&test).await.remove(0);
            let state = outbox::not_delivered(&test.store, &claimed.item, "refused").await.unwrap();
            let expected = if attempt == 12 { Delivery::Failed } else { Delivery::Waiting };
            assert_eq!(state, expected, "attempt {attempt}");
            assert!(claim(&test).await.is_empty(), "not at once again");
            test.clock.advance(Duration::from_secs(60 * 2_u64.pow(attempt - 1).min(720)));
        }
        let item = only(&test, tenant).await;
        assert_eq!((item.state, item.last_error.as_deref()), (Delivery::Failed, Some("refused")));
        assert!(claim(&test).await.is_empty());
        let mut act = test.begin_act(tenant, "outbox.retry").await;
        outbox::retry(&mut act, item.id).await.unwrap();
        act.commit(&()).await.unwrap();
        assert_eq!(claim(&test).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_workers_at_once_never_take_the_same_item() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        for number in 0..30 {
            post(&test, tenant, &number.to_string()).await;
        }
        let other = test.reopen().await;
        let workers = (0..6).map(|number| {
            let store = if number % 2 == 0 { test.store.clone() } else { other.clone() };
            tokio::spawn(async move { outbox::claim(&store, 10, LEASE).await.unwrap() })
        });
        let (mut taken, mut seen) = (0, BTreeSet::new());
        for worker in workers.collect::<Vec<_>>() {
            for claimed in worker.await.unwrap() {
                taken += 1;
                seen.insert(claimed.item.id.to_string());
            }
        }
        assert_eq!((taken, seen.len()), (30, 30));
        other.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_leads_nowhere_any_more_is_taken_out_with_the_act_that_ends_it() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        post(&test, tenant, "https://palermo.example/invitation/first").await;
        let sent = claim(&test).await.remove(0);
        outbox::delivered(&test.store, &sent.item).await.unwrap();
        post(&test, tenant, "https://palermo.example/invitation/second").await;
        let mut act = test.begin_act(tenant, "invitation.send").await;
        outbox::cancel(&mut act, "invitation", "b@shelter.example").await.unwrap();
        outbox::cancel(&mut act, "recovery", "a@shelter.example").await.unwrap();
        act.commit(&()).await.unwrap();
        let all = outbox::list(&test.store, tenant, None, Paging::default()).await.unwrap();
        assert_eq!(all.total, 2, "another address, another kind");
        let mut act = test.begin_act(tenant, "invitation.send").await;
        outbox::cancel(&mut act, "invitation", "a@shelter.example").await.unwrap();
        act.commit(&()).await.unwrap();
        assert_eq!(only(&test, tenant).await.state, Delivery::Delivered);
        assert!(claim(&test).await.is_empty());
    })
    .await;
}
