//! Making or renewing the tables can be cut off anywhere: the next start goes
//! on from there and ends with the same tables (D8).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::killed;

use killed::Child;
use palermo_domain::id::{AccountId, Id, TenantId};
use palermo_store::testing::{Engine, TestStore};
use std::time::{Duration, Instant};
use uuid::Uuid;

#[tokio::test]
#[ignore = "run by the other tests of this file, as a process to be killed"]
async fn the_process_that_is_killed() {
    let Some((place, ..)) = killed::arguments() else { return };
    killed::tell("begun", Uuid::nil());
    let store = killed::open(&place, true).await;
    killed::tell("open", Uuid::nil());
    store.close().await.unwrap();
}

/// Every table, column and index of the database, and which migrations ran.
async fn schema(test: &TestStore) -> Vec<String> {
    let sql: &[&str] = match test.engine {
        Engine::Sqlite => &["SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"],
        Engine::Postgres => &[
            "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable \
             FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1",
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname",
        ],
    };
    let mut found = Vec::new();
    for one in sql.iter().chain(&["SELECT version FROM seaql_migrations ORDER BY version"]) {
        found.extend(test.ask(one).await);
        found.extend(test.ask_keystore(one).await);
    }
    found
}

/// True if the tables were all made before the process was killed.
async fn cut_off(engine: Engine, delay: Duration, wanted: &[String]) -> Option<bool> {
    let test = TestStore::open_empty(engine).await?;
    let nobody = Uuid::nil();
    let mut child = Child::start(
        module_path!(),
        &test.database,
        TenantId::from_uuid(nobody),
        AccountId::from_uuid(nobody),
        &[],
        &test.folder.join("log"),
    );
    child.told(1);
    let begun = Instant::now();
    std::thread::sleep(delay.saturating_sub(begun.elapsed()));
    let ended = child.kill().iter().any(|(word, _)| word == "open");
    let store = test.reopen().await;
    let test = test.with_store(store);
    assert_eq!(schema(&test).await, wanted, "{engine:?}, cut off after {delay:?}");
    test.discard().await;
    Some(ended)
}

async fn whole(engine: Engine) -> Option<Vec<String>> {
    let test = TestStore::open(engine).await?;
    let schema = schema(&test).await;
    assert!(schema.len() > 50);
    test.discard().await;
    Some(schema)
}

#[tokio::test]
async fn d8_tables_half_made_are_completed_by_the_next_start() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(wanted) = whole(engine).await else { continue };
        for millis in [10, 60, 140] {
            cut_off(engine, Duration::from_millis(millis), &wanted).await;
        }
    }
}

#[tokio::test]
#[ignore = "long: cut off every 4 ms until the tables are all there, three times"]
async fn d8_tables_cut_off_everywhere_are_completed_by_the_next_start() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(wanted) = whole(engine).await else { continue };
        let (mut delay, mut complete, mut kills) = (Duration::ZERO, 0, 0);
        while complete < 3 {
            let Some(ended) = cut_off(engine, delay, &wanted).await else { break };
            complete += usize::from(ended);
            delay += Duration::from_millis(4);
            kills += 1;
        }
        println!("D8 on {engine:?}: {kills} kills while tables were made, up to {delay:?}");
    }
}
