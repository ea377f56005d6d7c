//! Acts: all or nothing, once, one after another.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_crypto::Key;
use palermo_domain::{
    desk::{Desk, DeskLevel},
    id::{DeskId, TenantId},
    tenant::TenantKind,
};
use palermo_store::{
    Act, Begun, Database, Error, IdempotencyKey, Paging, Store, StoreConfig, desk, retrying,
    sweep_idempotency,
    testing::{Engine, TestStore, root_key},
};
use serde_json::json;
use std::time::Duration;

fn desk_of(tenant: TenantId, id: DeskId, name: &str) -> Desk {
    Desk {
        tenant,
        id,
        name: name.to_owned(),
        level: DeskLevel::National,
        state: Some("XAA".to_owned()),
        topics: vec!["identification".to_owned()],
        languages: vec!["fr".to_owned()],
        time_zone: "Africa/Dakar".to_owned(),
        hours: "24/7".to_owned(),
        telephone: None,
        open: true,
    }
}

async fn add_desk(act: &mut Act, name: &str) -> DeskId {
    let record = desk_of(act.tenant(), act.new_id(), name);
    desk::insert(act, &record).await.unwrap();
    record.id
}

async fn entries(test: &TestStore) -> usize {
    test.ask("SELECT action FROM audit_entry ORDER BY seq").await.len()
}

#[tokio::test]
async fn an_act_keeps_its_change_and_its_entry_together() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        let mut act = test.begin_act(tenant, "desk.create").await;
        let id = add_desk(&mut act, "Night desk").await;
        act.commit(&()).await.unwrap();

        let found = desk::find(&test.store, tenant, id).await.unwrap().unwrap();
        assert_eq!(found.record, desk_of(tenant, id, "Night desk"));
        assert_eq!(entries(&test).await, 2);
    })
    .await;
}

#[tokio::test]
async fn an_act_that_is_not_committed_leaves_neither_change_nor_entry() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        for fault in ["", "act.entry", "act.commit"] {
            let mut act = test.begin_act(tenant, "desk.create").await;
            add_desk(&mut act, "Night desk").await;
            if fault.is_empty() {
                drop(act);
            } else {
                test.fail_once_at(fault);
                assert!(matches!(act.commit(&()).await, Err(Error::Fault(_))));
            }
        }
        let filter = desk::Filter::default();
        let desks = desk::list(&test.store, &filter, desk::SortBy::Name, Paging::default());
        assert_eq!(desks.await.unwrap().total, 0);
        assert_eq!(entries(&test).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_failed_step_spoils_the_whole_act_on_both_engines() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        let mut act = test.begin_act(tenant, "desk.create").await;
        let id = add_desk(&mut act, "Night desk").await;
        let twice = desk::insert(&mut act, &desk_of(tenant, id, "Again")).await;
        assert!(matches!(twice, Err(Error::Duplicate)), "{twice:?}");
        assert!(matches!(act.commit(&()).await, Err(Error::Spoiled)));
        assert!(desk::find(&test.store, tenant, id).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_request_sent_twice_has_one_effect_and_one_answer() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        let key = IdempotencyKey::new("8f0c2f6e", b"name=Night desk");
        let context = || test.context(tenant, "desk.create").once(key.clone());

        let mut act = test.begin_with(context()).await;
        let id = add_desk(&mut act, "Night desk").await;
        // The answer gets lost on its way.
        test.fail_once_at("act.answer");
        assert!(act.commit(&json!({ "desk": id })).await.is_err());

        match test.act(context()).await.unwrap() {
            Begun::Repeated(result) => assert_eq!(result, json!({ "desk": id })),
            Begun::Fresh(_) => panic!("the request counted twice"),
        }
        assert_eq!(entries(&test).await, 2);
    })
    .await;
}

#[tokio::test]
async fn the_same_key_with_another_request_is_refused() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        let first = test.context(tenant, "desk.create").once(IdempotencyKey::new("k", b"one"));
        test.begin_with(first).await.commit(&()).await.unwrap();
        let other = test.context(tenant, "desk.create").once(IdempotencyKey::new("k", b"two"));
        assert!(matches!(test.act(other).await, Err(Error::KeyReused)));
    })
    .await;
}

#[tokio::test]
async fn two_editors_conflict_instead_of_overwriting() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        let mut act = test.begin_act(tenant, "desk.create").await;
        let id = add_desk(&mut act, "Night desk").await;
        act.commit(&()).await.unwrap();
        let seen = desk::find(&test.store, tenant, id).await.unwrap().unwrap().revision;

        let mut first = test.begin_act(tenant, "desk.change").await;
        desk::update(&mut first, &desk_of(tenant, id, "Day desk"), seen).await.unwrap();
        first.commit(&()).await.unwrap();

        let mut second = test.begin_act(tenant, "desk.change").await;
        let late = desk::update(&mut second, &desk_of(tenant, id, "Dusk desk"), seen).await;
        assert!(matches!(late, Err(Error::Conflict)), "{late:?}");
        drop(second);
        let kept = desk::find(&test.store, tenant, id).await.unwrap().unwrap();
        assert_eq!(kept.name, "Day desk");
    })
    .await;
}

#[tokio::test]
async fn a_row_of_another_tenant_cannot_be_written() {
    TestStore::each(async |test| {
        let ours = test.tenant("Shelter", TenantKind::Care).await;
        let theirs = test.tenant("Other shelter", TenantKind::Care).await;
        let mut act = test.begin_act(ours, "desk.create").await;
        let foreign = desk_of(theirs, act.new_id(), "Theirs");
        assert!(matches!(desk::insert(&mut act, &foreign).await, Err(Error::OtherTenant)));
    })
    .await;
}

#[tokio::test]
async fn a_text_only_one_engine_would_take_is_refused_on_both() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        let mut act = test.begin_act(tenant, "desk.create").await;
        let bad = desk_of(tenant, act.new_id(), "Night\0desk");
        let refused = desk::insert(&mut act, &bad).await;
        assert!(matches!(refused, Err(Error::Unstorable { column: "name" })), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn a_search_finds_names_without_accents_and_takes_percent_as_a_letter() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        let mut act = test.begin_act(tenant, "desk.create").await;
        for name in ["Côte desk", "50% desk", "Other"] {
            add_desk(&mut act, name).await;
        }
        act.commit(&()).await.unwrap();
        for (typed, expected) in [("cote", 1), ("%", 1), ("DESK", 2), ("_", 0)] {
            let filter = desk::Filter { text: Some(typed.to_owned()), ..Default::default() };
            let found = desk::list(&test.store, &filter, desk::SortBy::Name, Paging::default());
            assert_eq!(found.await.unwrap().total, expected, "`{typed}`");
        }
    })
    .await;
}

#[tokio::test]
async fn acts_of_one_tenant_follow_one_another_and_none_is_lost() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        let many = (0..40).map(|number| {
            let test = test.clone();
            tokio::spawn(async move {
                let mut act = test.begin_act(tenant, "desk.create").await;
                add_desk(&mut act, &format!("Desk {number}")).await;
                act.commit(&()).await.unwrap();
            })
        });
        for one in many.collect::<Vec<_>>() {
            one.await.unwrap();
        }
        assert_eq!(entries(&test).await, 41);
        let filter = desk::Filter { tenant: Some(tenant), ..Default::default() };
        let desks =
            desk::list(&test.store, &filter, desk::SortBy::Name, Paging::all()).await.unwrap();
        assert_eq!(desks.total, 40);
    })
    .await;
}

#[tokio::test]
async fn an_act_the_database_undid_is_run_again_and_other_errors_are_not() {
    let Some(test) = TestStore::open(Engine::Postgres).await else { return };
    for (code, attempts) in [("40001", 5), ("40P01", 5), ("22012", 1)] {
        let count = std::cell::Cell::new(0);
        let sql = format!("DO $$ BEGIN RAISE EXCEPTION 'clash' USING ERRCODE = '{code}'; END $$");
        let given_up = retrying(|| {
            count.set(count.get() + 1);
            test.try_sql(&sql)
        });
        assert!(given_up.await.is_err());
        assert_eq!(count.get(), attempts, "{code}");
    }
    test.discard().await;
}

#[tokio::test]
async fn a_remembered_request_is_forgotten_after_a_week() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        let context = || test.context(tenant, "desk.create").once(IdempotencyKey::new("k", b"one"));
        test.begin_with(context()).await.commit(&()).await.unwrap();
        test.clock.advance(Duration::from_secs(6 * 86_400));
        assert_eq!(sweep_idempotency(&test.store).await.unwrap(), 0);
        test.clock.advance(Duration::from_secs(2 * 86_400));
        assert_eq!(sweep_idempotency(&test.store).await.unwrap(), 1);
        assert!(matches!(test.act(context()).await, Ok(Begun::Fresh(_))));
    })
    .await;
}

#[tokio::test]
async fn another_root_key_opens_nothing_and_a_changed_root_key_opens_everything() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        let other = root_key().derive(&[b"other"]);
        let with = |root: &Key| StoreConfig { root: root.clone(), ..test.config() };
        let refused = Store::open(with(&other)).await;
        assert!(matches!(refused, Err(Error::Refused(why)) if why.contains("key file")));
        assert!(test.change_root(&other, &root_key()).await.is_err(), "the old key must be right");
        test.change_root(&root_key(), &other).await.unwrap();
        assert!(Store::open(with(&root_key())).await.is_err());
        let store = Store::open(with(&other)).await.unwrap();
        assert!(store.verify(Some(tenant), &[]).await.unwrap().is_clean());
        store.close().await.unwrap();
    })
    .await;
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_the_database_files() {
    use std::os::unix::fs::PermissionsExt;
    let test = TestStore::open(Engine::Sqlite).await.unwrap();
    test.tenant("Shelter", TenantKind::Care).await;
    for file in std::fs::read_dir(test.folder.join("data")).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.path().display());
    }
}

#[tokio::test]
async fn a_folder_without_a_palermo_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestStore::open(Engine::Sqlite).await.unwrap();
    let database = Database::Sqlite { folder: folder.path().to_owned() };
    let refused = Store::open(StoreConfig { database, create: false, ..test.config() }).await;
    assert!(matches!(refused, Err(Error::Refused(why)) if why.contains("palermo init")));
}
