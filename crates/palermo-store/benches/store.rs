//! How fast the store writes, reads and verifies, on both engines. Not a timed
//! test: figures are printed for people to compare.
//!
//! `cargo bench -p palermo-store [-- ENTRIES]`; with `million` instead, a log of
//! a million entries is made and verified, and must be within 30 s (L5).

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_domain::{id::TenantId, task::Task, tenant::TenantKind};
use palermo_store::{
    Paging, task,
    testing::{Engine, TestStore},
};
use std::time::Instant;

fn some_task(test: &TestStore, tenant: TenantId) -> Task {
    Task {
        tenant,
        id: test.new_id(),
        kind: "task-confirm-desk".to_owned(),
        subject: None,
        note: "a line of the length people write".to_owned(),
        desk: None,
        assignee: None,
        due_at: Some(test.now()),
        done_at: None,
        done_by: None,
        recorded_at: test.now(),
    }
}

fn say(engine: Engine, what: &str, count: usize, since: Instant) {
    let seconds = since.elapsed().as_secs_f64();
    #[allow(clippy::cast_precision_loss)]
    let rate = count as f64 / seconds;
    println!("{engine:?}: {what}: {count} in {seconds:.2} s, {rate:.0}/s");
}

async fn measure(engine: Engine, entries: usize) {
    let Some(test) = TestStore::open(engine).await else { return };
    let tenant = test.tenant("Shelter", TenantKind::Care).await;
    let start = Instant::now();
    for _ in 0..entries {
        let mut act = test.begin_act(tenant, "task.set").await;
        task::insert(&mut act, &some_task(&test, tenant)).await.unwrap();
        act.commit(&()).await.unwrap();
    }
    say(engine, "acts of one row, one after another", entries, start);

    let start = Instant::now();
    let workers = (0..8).map(|_| {
        let test = test.clone();
        tokio::spawn(async move {
            let own = test.tenant("Other", TenantKind::Care).await;
            for _ in 0..entries / 8 {
                let mut act = test.begin_act(own, "task.set").await;
                task::insert(&mut act, &some_task(&test, own)).await.unwrap();
                act.commit(&()).await.unwrap();
            }
        })
    });
    for worker in workers.collect::<Vec<_>>() {
        worker.await.unwrap();
    }
    say(engine, "acts of one row, eight tenants at once", entries, start);

    let rows = entries * 10;
    let start = Instant::now();
    let mut act = test.begin_act(tenant, "demo.build").await;
    let tasks: Vec<_> = (0..rows).map(|_| some_task(&test, tenant)).collect();
    task::insert_many(&mut act, &tasks).await.unwrap();
    act.commit(&()).await.unwrap();
    say(engine, "rows in one act", rows, start);

    let start = Instant::now();
    let filter = task::Filter::default();
    for page in 1..=100 {
        let paging = Paging { page, size: 50 };
        task::list(&test.store, tenant, &filter, task::SortBy::Due, paging).await.unwrap();
    }
    say(engine, "pages of 50 of a list", 100, start);

    let start = Instant::now();
    let report = test.verify(None, &[]).await.unwrap();
    assert!(report.is_clean());
    let seen = usize::try_from(report.entries + report.rows).unwrap();
    say(engine, "entries and rows verified", seen, start);
    test.discard().await;
}

async fn million(engine: Engine) {
    const ENTRIES: usize = 1_000_000;
    let Some(test) = TestStore::open(engine).await else { return };
    let tenant = test.tenant("Shelter", TenantKind::Care).await;
    let start = Instant::now();
    test.fill_log(tenant, ENTRIES).await;
    say(engine, "entries made", ENTRIES, start);
    let start = Instant::now();
    let report = test.verify(Some(tenant), &[]).await.unwrap();
    let took = start.elapsed();
    assert!(report.is_clean(), "{:?}", report.problems);
    assert!(report.entries > ENTRIES as u64);
    say(engine, "L5: entries verified", ENTRIES, start);
    test.discard().await;
    assert!(took.as_secs() < 30, "{engine:?}: verified only in {took:?}");
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let all = std::env::args().any(|word| word == "million");
    let entries = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(2_000);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        runtime.block_on(async {
            if all { million(engine).await } else { measure(engine, entries).await }
        });
    }
}
