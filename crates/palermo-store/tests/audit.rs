//! The audit log: complete, in order, and impossible to change unseen.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_domain::{
    id::{AccountId, Id, PersonId, TenantId},
    purpose::Purpose,
    task::Task,
    tenant::TenantKind,
};
use palermo_store::{
    Error, Outcome, Paging, Subject,
    audit::{
        query,
        verify::{Finding, VerifyReport},
    },
    task,
    testing::TestStore,
};
use std::time::Duration;
use uuid::Uuid;

async fn set_task(test: &TestStore, tenant: TenantId) -> Task {
    let mut act = test.begin_act(tenant, "task.set").await;
    let task = Task {
        tenant,
        id: act.new_id(),
        kind: "task-confirm-desk".to_owned(),
        subject: None,
        note: String::new(),
        desk: None,
        assignee: None,
        due_at: None,
        done_at: None,
        done_by: None,
        recorded_at: act.now(),
    };
    act.about(task.id);
    task::insert(&mut act, &task).await.unwrap();
    act.commit(&()).await.unwrap();
    task
}

/// A tenant whose log has this many entries.
async fn log_of(test: &TestStore, entries: usize) -> TenantId {
    let tenant = test.tenant("Shelter", TenantKind::Care).await;
    for _ in 1..entries {
        set_task(test, tenant).await;
    }
    tenant
}

fn findings(report: &VerifyReport) -> Vec<Finding> {
    report.problems.iter().map(|problem| problem.finding).collect()
}

#[tokio::test]
async fn an_untouched_log_verifies() {
    TestStore::each(async |test| {
        let first = log_of(&test, 5).await;
        log_of(&test, 3).await;
        let report = test.verify(None, &[]).await.unwrap();
        assert!(report.is_clean(), "{:?}", report.problems);
        assert_eq!((report.tenants, report.entries, report.rows), (2, 8, 12));
        assert_eq!(test.verify(Some(first), &[]).await.unwrap().entries, 5);
    })
    .await;
}

/// Changes each entry, one at a time: a bit flipped always, and of the other ways
/// all, or one in turn. Every change must be found (L1).
async fn flip_everything(test: &TestStore, entries: usize, all_ways: bool) {
    let tenant = log_of(test, entries).await;
    let whose = format!("tenant = {}", test.id_literal(tenant));
    let sql = format!("SELECT body FROM audit_entry WHERE {whose} ORDER BY seq");
    let bodies = test.ask_bytes(&sql).await;
    assert_eq!(bodies.len(), entries);
    for (seq, body) in bodies.iter().enumerate() {
        let at = format!("{whose} AND seq = {seq}");
        let mut flipped = body.clone();
        let place = seq * 7 % flipped.len();
        flipped[place] ^= 1 << (seq % 8);
        let (old, new) = (test.literal(body), test.literal(&flipped));
        let leaf = test.literal(&palermo_crypto::audit::leaf_hash(&flipped));
        let old_leaf = test.literal(&palermo_crypto::audit::leaf_hash(body));
        let next = (seq + 1) % entries;
        let ways = [
            (
                format!("UPDATE audit_entry SET body = {new} WHERE {at}"),
                format!("UPDATE audit_entry SET body = {old} WHERE {at}"),
            ),
            (
                format!("UPDATE audit_entry SET body = {new}, leaf = {leaf} WHERE {at}"),
                format!("UPDATE audit_entry SET body = {old}, leaf = {old_leaf} WHERE {at}"),
            ),
            (
                format!("UPDATE audit_entry SET seq = -1 WHERE {at}"),
                format!("UPDATE audit_entry SET seq = {seq} WHERE {whose} AND seq = -1"),
            ),
            (
                format!(
                    "INSERT INTO audit_entry (tenant, seq, recorded_at, account, action, outcome, body, leaf) \
                      SELECT tenant, {entries}, recorded_at, account, action, outcome, body, leaf \
                      FROM audit_entry WHERE {at}"
                ),
                format!("DELETE FROM audit_entry WHERE {whose} AND seq = {entries}"),
            ),
            (
                format!(
                    "UPDATE audit_entry SET seq = {next} - seq + {seq} + 100000 WHERE {whose} AND seq IN ({seq}, {next}); \
                      UPDATE audit_entry SET seq = seq - 100000 WHERE {whose} AND seq >= 100000"
                ),
                format!(
                    "UPDATE audit_entry SET seq = {next} - seq + {seq} + 100000 WHERE {whose} AND seq IN ({seq}, {next}); \
                      UPDATE audit_entry SET seq = seq - 100000 WHERE {whose} AND seq >= 100000"
                ),
            ),
            (
                format!("UPDATE audit_entry SET action = 'other' WHERE {at}"),
                format!(
                    "UPDATE audit_entry SET action = '{}' WHERE {at}",
                    if seq == 0 { "tenant.create" } else { "task.set" }
                ),
            ),
        ];
        for (number, (attack, undo)) in ways.iter().enumerate() {
            if !all_ways && number != 0 && number != 1 + seq % (ways.len() - 1) {
                continue;
            }
            test.tamper(attack).await;
            let report = test.verify_log(Some(tenant), &[]).await.unwrap();
            assert!(!report.is_clean(), "entry {seq}, way {number} was not found");
            test.tamper(undo).await;
        }
    }
    let report = test.verify(Some(tenant), &[]).await.unwrap();
    assert!(report.is_clean(), "the test did not undo itself: {:?}", report.problems);
}

#[tokio::test]
async fn l1_every_changed_removed_inserted_or_swapped_entry_is_found() {
    TestStore::each(async |test| flip_everything(&test, 200, false).await).await;
}

#[tokio::test]
#[ignore = "long: run by cargo xtask nightly"]
async fn l1_in_a_log_of_two_hundred_in_every_way() {
    TestStore::each(async |test| flip_everything(&test, 200, true).await).await;
}

#[tokio::test]
#[ignore = "long: run by cargo xtask nightly"]
async fn l1_in_a_log_of_ten_thousand_a_sample_of_removals_is_found() {
    // All 10,000 by all six ways are 60,000 verifications of 10,000 entries;
    // the tree does not know how long it is, so every change is tried on the
    // log of 200, and here that length does not matter.
    TestStore::each(async |test| {
        let tenant = log_of(&test, 10_000).await;
        let whose = format!("tenant = {}", test.id_literal(tenant));
        for seq in (0..10_000).step_by(97) {
            let at = format!("{whose} AND seq = {seq}");
            test.tamper(&format!("UPDATE audit_entry SET seq = -1 WHERE {at}")).await;
            assert!(!test.verify(Some(tenant), &[]).await.unwrap().is_clean(), "entry {seq}");
            test.tamper(&format!("UPDATE audit_entry SET seq = {seq} WHERE {whose} AND seq = -1"))
                .await;
        }
    })
    .await;
}

#[tokio::test]
async fn an_entry_rewritten_with_all_its_hashes_is_found_before_any_checkpoint() {
    TestStore::each(async |test| {
        let tenant = log_of(&test, 4).await;
        let whose = format!("tenant = {}", test.id_literal(tenant));
        let sql = format!("SELECT body FROM audit_entry WHERE {whose} ORDER BY seq");
        let mut bodies = test.ask_bytes(&sql).await;
        // Someone who owns the database makes the whole tree anew.
        let text = String::from_utf8(bodies[3].clone())
            .unwrap()
            .replace("\"user\":\"test\"", "\"user\":\"nobody\"");
        bodies[3] = text.into_bytes();
        let mut frontier = palermo_crypto::audit::Frontier::new();
        for body in &bodies {
            frontier.append(palermo_crypto::audit::leaf_hash(body));
        }
        let leaf = palermo_crypto::audit::leaf_hash(&bodies[3]);
        let (body, leaf) = (test.literal(&bodies[3]), test.literal(&leaf));
        test.tamper(&format!(
            "UPDATE audit_entry SET body = {body}, leaf = {leaf} WHERE {whose} AND seq = 3"
        ))
        .await;
        let edge = test.literal(&frontier.to_bytes());
        test.tamper(&format!("UPDATE audit_head SET frontier = {edge} WHERE {whose}")).await;

        let report = test.verify(None, &[]).await.unwrap();
        assert_eq!(findings(&report), [Finding::LogEnd]);
        // And nothing is written on top of it.
        let refused = test.act(test.context(tenant, "task.set")).await;
        assert!(matches!(refused, Err(Error::Corrupt(_))));
    })
    .await;
}

#[tokio::test]
async fn rows_changed_removed_or_added_past_palermo_are_named() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        let (first, second) = (set_task(&test, tenant).await, set_task(&test, tenant).await);
        let third = set_task(&test, tenant).await;
        let id = |task: &Task| test.id_literal(task.id);
        test.tamper(&format!("UPDATE task SET note = 'changed' WHERE id = {}", id(&first))).await;
        test.tamper(&format!("DELETE FROM task WHERE id = {}", id(&second))).await;
        let copy: palermo_domain::id::TaskId = test.new_id();
        test.tamper(&format!(
            "INSERT INTO task (tenant, id, kind, note, recorded_at, revision) \
             SELECT tenant, {}, kind, note, recorded_at, revision FROM task WHERE id = {}",
            test.id_literal(copy),
            id(&third),
        ))
        .await;
        let report = test.verify(None, &[]).await.unwrap();
        let mut named: Vec<_> =
            report.problems.iter().map(|p| (p.finding, p.place.clone())).collect();
        named.sort_by_key(|(_, place)| place.clone());
        let mut expected = vec![
            (Finding::RowAltered, format!("task {}", first.id)),
            (Finding::RowMissing, format!("task {}", second.id)),
            (Finding::RowAdded, format!("task {copy}")),
        ];
        expected.sort_by_key(|(_, place)| place.clone());
        assert_eq!(named, expected);
    })
    .await;
}

/// A house with its mechanism, named as `palermo init` names them.
async fn named_house(test: &TestStore) -> TenantId {
    let house = test.tenant("Secretariat", TenantKind::Secretariat).await;
    test.store.name_mechanism("ECOWAS").await.unwrap();
    test.store.name_house(house).await.unwrap();
    house
}

#[tokio::test]
async fn l1_a_changed_row_of_the_installation_itself_is_found() {
    TestStore::each(async |test| {
        let house = named_house(&test).await;
        let other = test.tenant("Shelter", TenantKind::Care).await;
        let clean = test.verify(None, &[]).await.unwrap();
        assert!(clean.is_clean() && clean.uncovered.is_empty(), "{clean:?}");
        // Name, column, what it becomes: as SQL text, on both databases.
        let value = |text: String| format!("'\"{text}\"'");
        let ways = [
            ("installation", "mechanism", "value", value("ASEAN".into()), value("ECOWAS".into())),
            ("installation", "house", "value", value(other.to_string()), value(house.to_string())),
            (
                "installation",
                "house",
                "recorded_at",
                "recorded_at + 1".into(),
                "recorded_at - 1".into(),
            ),
            (
                "installation_key",
                "installation",
                "recorded_at",
                "recorded_at + 1".into(),
                "recorded_at - 1".into(),
            ),
        ];
        for (table, name, column, changed, before) in ways {
            let sql =
                |to: &str| format!("UPDATE {table} SET {column} = {to} WHERE name = '{name}'");
            test.tamper(&sql(&changed)).await;
            // Opened anew: the house is read at the start.
            let anew = test.reopen().await;
            let report = anew.verify(None, &[]).await.unwrap();
            anew.close().await.unwrap();
            let place = format!("{table} {name}");
            let told = report
                .problems
                .iter()
                .any(|problem| problem.finding == Finding::RowAltered && problem.place == place);
            assert!(told, "{place}, {column}: {:?}", report.problems);
            test.tamper(&sql(&before)).await;
        }
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
        test.tamper("DELETE FROM installation WHERE name = 'mechanism'").await;
        let report = test.verify(None, &[]).await.unwrap();
        assert_eq!(findings(&report), [Finding::RowMissing]);
    })
    .await;
}

#[tokio::test]
async fn what_an_older_installation_never_logged_is_told_as_not_covered_and_not_as_altered() {
    TestStore::each(async |test| {
        let house = test.tenant("Secretariat", TenantKind::Secretariat).await;
        test.tamper(&format!(
            "INSERT INTO installation (name, value, recorded_at) VALUES ('house', '\"{house}\"', 1)"
        ))
        .await;
        let anew = test.reopen().await;
        let report = anew.verify(None, &[]).await.unwrap();
        anew.close().await.unwrap();
        assert!(report.is_clean(), "{:?}", report.problems);
        assert_eq!(report.uncovered, ["installation house", "installation_key installation"]);
    })
    .await;
}

#[tokio::test]
async fn l1_another_time_of_the_latest_checkpoint_is_found() {
    TestStore::each(async |test| {
        let tenant = log_of(&test, 3).await;
        test.witness(tenant).await.unwrap();
        test.tamper("UPDATE audit_checkpoint SET recorded_at = recorded_at + 1").await;
        let report = test.verify(None, &[]).await.unwrap();
        assert_eq!(findings(&report), [Finding::Checkpoint]);
    })
    .await;
}

#[tokio::test]
async fn a_log_cut_back_to_an_older_state_is_found_by_a_witness() {
    TestStore::each(async |test| {
        let tenant = log_of(&test, 3).await;
        let whose = format!("tenant = {}", test.id_literal(tenant));
        let column = |name: &str| format!("SELECT {name} FROM audit_head WHERE {whose}");
        let frontier = test.ask_bytes(&column("frontier")).await.remove(0);
        let mark = test.ask_bytes(&column("mark")).await.remove(0);
        let cut = set_task(&test, tenant).await;
        let witness = test.witness(tenant).await.unwrap();

        let at = |sql: &str| format!("{sql} WHERE {whose} AND seq >= 3");
        test.tamper(&at("DELETE FROM audit_entry")).await;
        test.tamper(&at("DELETE FROM audit_subject")).await;
        test.tamper(&format!("DELETE FROM audit_checkpoint WHERE {whose}")).await;
        test.tamper(&format!("DELETE FROM task WHERE id = {}", test.id_literal(cut.id))).await;
        test.tamper(&format!(
            "UPDATE audit_head SET size = 3, checkpoint_size = 0, frontier = {}, mark = {} WHERE {whose}",
            test.literal(&frontier), test.literal(&mark),
        )).await;

        // An older copy of the database is whole in itself …
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
        // … but not against what was kept elsewhere.
        let report = test.verify(None, &[witness]).await.unwrap();
        assert_eq!(findings(&report), [Finding::Witness]);
    })
    .await;
}

#[tokio::test]
async fn a_checkpoint_is_signed_every_256_entries_and_every_five_minutes() {
    TestStore::each(async |test| {
        let tenant = log_of(&test, 255).await;
        let count = async || test.ask("SELECT note FROM audit_checkpoint").await.len();
        assert_eq!(count().await, 0);
        set_task(&test, tenant).await;
        assert_eq!(count().await, 1);

        set_task(&test, tenant).await;
        assert_eq!(test.sign_due_checkpoints().await.unwrap(), 0);
        test.clock.advance(Duration::from_secs(301));
        assert_eq!(test.sign_due_checkpoints().await.unwrap(), 1);
        assert_eq!(test.sign_due_checkpoints().await.unwrap(), 0, "nothing new, nothing to sign");
        let report = test.verify(None, &[]).await.unwrap();
        assert!(report.is_clean(), "{:?}", report.problems);
        assert_eq!(report.checkpoints, 2);

        test.tamper("DELETE FROM audit_checkpoint WHERE size = 256").await;
        let report = test.verify(None, &[]).await.unwrap();
        assert_eq!(findings(&report), [Finding::Checkpoint]);
    })
    .await;
}

#[tokio::test]
async fn a_read_of_a_person_is_in_the_log_before_it_happens_or_does_not_happen() {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        let officer: AccountId = test.account(tenant, "a@shelter.example").await;
        let person = PersonId::from_uuid(Uuid::new_v4());
        let context = || {
            test.context_of(tenant, officer, "person.read").about(person).for_purpose(Purpose::Care)
        };
        test.fail_once_at("read.entry");
        assert!(test.read_personal(context()).await.is_err());
        let read = test.read_personal(context()).await.unwrap();
        test.refused(context(), ["not-on-the-case".to_owned()]).await.unwrap();

        // "Who looked at this person" names the read and the refusal, newest first.
        let filter = query::Filter { subject: Some(Subject::of(person)), ..Default::default() };
        let looked = query::list(&test.store, tenant, &filter, Paging::default()).await.unwrap();
        let said: Vec<_> =
            looked.items.iter().map(|entry| (entry.outcome, entry.actor.account())).collect();
        assert_eq!(said, [(Outcome::Refused, Some(officer)), (Outcome::Read, Some(officer))]);
        assert_eq!(looked.items[0].reasons, ["not-on-the-case"]);
        assert_eq!(
            query::find(&read, tenant, read.seq).await.unwrap().purpose,
            Some(Purpose::Care)
        );
    })
    .await;
}

#[tokio::test]
async fn the_audit_viewer_filters_by_who_what_how_and_when() {
    TestStore::each(async |test| {
        let tenant = log_of(&test, 3).await;
        test.clock.advance(Duration::from_secs(60));
        let later = test.now();
        test.refused(test.context(tenant, "desk.create"), ["role".to_owned()]).await.unwrap();
        let count = async |filter: query::Filter| {
            query::list(&test.store, tenant, &filter, Paging::default()).await.unwrap().total
        };
        let by = query::Filter::default;
        assert_eq!(count(by()).await, 4);
        assert_eq!(count(query::Filter { action: Some("task.".to_owned()), ..by() }).await, 2);
        assert_eq!(count(query::Filter { action: Some("task".to_owned()), ..by() }).await, 0);
        assert_eq!(count(query::Filter { outcome: Some(Outcome::Refused), ..by() }).await, 1);
        assert_eq!(count(query::Filter { from: Some(later), ..by() }).await, 1);
        assert_eq!(count(query::Filter { until: Some(later), ..by() }).await, 3);
    })
    .await;
}
