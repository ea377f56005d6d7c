//! Between the data and the keystore there is no common transaction: a process
//! is killed wherever it happens to be in making and erasing persons, and what
//! it leaves behind is put in order by what runs anyway (D1).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::killed;

use killed::{Child, begun, opened, tell};
use palermo_crypto::{OsEntropy, StaffSecret};
use palermo_domain::{
    compartment::Compartment::{Care, Identity},
    id::{AccountId, Id, PersonId, TenantId},
    tenant::TenantKind,
};
use palermo_store::{
    Store, UnlockedVault,
    keys::{
        compartment, erase, names, person,
        sealed::{self, Place},
        staff::{self, Holder},
    },
    testing::{Engine, TestStore},
};
use std::{collections::BTreeMap, time::Duration};
use uuid::Uuid;

/// Makes persons and erases every other one until it is killed.
async fn work(store: &Store, tenant: TenantId, vault: &UnlockedVault) {
    for turn in 0.. {
        let person = PersonId::from_uuid(Uuid::new_v4());
        let mut act = begun(store, tenant, "person.create").await;
        person::create(&mut act, vault, person, &[Care, Identity]).await.unwrap();
        let story = Place {
            person,
            table: "case",
            record: person.uuid(),
            field: "story",
            compartment: Care,
        };
        sealed::put(&mut act, vault, story, b"a story").await.unwrap();
        names::put(&mut act, vault, person, &["A Name"]).await.unwrap();
        act.commit(&()).await.unwrap();
        tell("made", person.uuid());
        if turn % 2 == 1 {
            let mut act = begun(store, tenant, "person.erase").await;
            erase::order(&mut act, person, "persons-request").await.unwrap();
            act.commit(&()).await.unwrap();
            tell("ordered", person.uuid());
            erase::finish(store).await.unwrap();
            tell("erased", person.uuid());
        }
    }
}

#[tokio::test]
#[ignore = "run by the other tests of this file, as a process to be killed"]
async fn the_process_that_is_killed() {
    let Some((place, tenant, account)) = killed::arguments() else { return };
    let store = opened(&place).await;
    let secret = StaffSecret::generate(&mut OsEntropy).unwrap();
    let mut act = begun(&store, tenant, "compartment.establish").await;
    let key = staff::insert(&mut act, Holder::Staff(account), &secret.public()).await.unwrap();
    for one in [Care, Identity] {
        compartment::establish(&mut act, one, std::slice::from_ref(&key)).await.unwrap();
    }
    act.commit(&()).await.unwrap();
    let vault = store.unlock(&key, &secret).await.unwrap();
    work(&store, tenant, &vault).await;
}

/// How far each person came, as the process told before it died.
fn killed_after(
    test: &TestStore,
    tenant: TenantId,
    account: AccountId,
    lines: usize,
) -> BTreeMap<Uuid, String> {
    let mut child = Child::start(
        module_path!(),
        &test.database,
        tenant,
        account,
        &[],
        &test.folder.join("log"),
    );
    let mut told = child.told(lines);
    // Somewhere between this line and the next.
    std::thread::sleep(Duration::from_micros((lines as u64 * 7_919) % 12_000));
    told.extend(child.kill());
    told.into_iter().map(|(word, person)| (person, word)).collect()
}

async fn keys_of(test: &TestStore, person: Uuid) -> usize {
    let hex = person.simple().to_string();
    let id = match test.engine {
        Engine::Sqlite => format!("X'{hex}'"),
        Engine::Postgres => format!("'{person}'::uuid"),
    };
    let sql = format!("SELECT compartment FROM stored_key WHERE person = {id}");
    test.ask_keystore(&sql).await.len()
}

async fn kill_and_check(test: &TestStore, round: usize) {
    let tenant = test.tenant(&format!("Shelter {round}"), TenantKind::Care).await;
    let account = test.account(tenant, &format!("a{round}@shelter.example")).await;
    let told = killed_after(test, tenant, account, round + 1);

    // What the background jobs do on the next start and from then on.
    erase::finish(&test.store).await.unwrap();
    assert_eq!(test.store.erasures_waiting().await.unwrap(), 0);
    test.clock.advance(Duration::from_secs(2 * 3_600));
    person::collect_orphans(&test.store, tenant).await.unwrap();

    for (person, word) in &told {
        match word.as_str() {
            "erased" => assert_eq!(keys_of(test, *person).await, 0, "an erased person has a key"),
            "ordered" => {
                assert_eq!(keys_of(test, *person).await, 0, "an order was not carried out")
            }
            // The last one may have been ordered without the word getting out.
            _ => assert!([0, 2].contains(&keys_of(test, *person).await), "half a person's keys"),
        }
    }
    let made = told.iter().filter(|(_, word)| *word == "made");
    let mut without = 0;
    for (person, _) in made {
        without += usize::from(keys_of(test, *person).await == 0);
    }
    assert!(without <= 1, "{without} persons have lost their keys");
    let report = test.store.verify(None, &[]).await.unwrap();
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    let live = test.ask("SELECT compartment FROM person_key WHERE erased_at IS NULL").await.len();
    assert_eq!(test.ask_keystore("SELECT compartment FROM stored_key").await.len(), live);
}

async fn d1(rounds: usize) {
    TestStore::each(async |test| {
        for round in 0..rounds {
            kill_and_check(&test, round).await;
        }
        println!("D1 on {:?}: {rounds} kills between data and keystore", test.engine);
    })
    .await;
}

#[tokio::test]
async fn d1_a_process_killed_between_data_and_keystore_leaves_nothing_half_done() {
    d1(4).await;
}

#[tokio::test]
#[ignore = "long: 100 kills between data and keystore on each engine"]
async fn d1_killed_a_hundred_times_between_data_and_keystore() {
    d1(100).await;
}
