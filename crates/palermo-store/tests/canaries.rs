//! Names, stories, addresses and document numbers sealed, read, searched,
//! changed and erased by a process that is then killed: none of their words
//! lies anywhere on the disk, on either engine (P1).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::killed;

use killed::{Child, begun, opened};
use palermo_crypto::{OsEntropy, StaffSecret};
use palermo_domain::{
    actor::Actor,
    compartment::Compartment::{Care, Identity, ProtectedAddress},
    id::{AccountId, Id, PersonId, TenantId},
    tenant::TenantKind,
};
use palermo_store::{
    ActContext, Store, UnlockedVault,
    keys::{
        blind, compartment, erase,
        names::{self, NameIndex},
        person,
        sealed::{self, Place},
        staff::{self, Holder},
    },
    testing::{
        Engine, TestStore,
        traces::{Traces, postgres_files},
    },
};
use std::path::{Path, PathBuf};
use uuid::Uuid;

const PERSONS: &str = "PALERMO_CANARIES";
const WORD: &str = "PALERMO_CANARY_WORD";

/// Five words a person, each with the run's own word in it.
struct Told {
    name: String,
    story: String,
    changed: String,
    address: String,
    number: String,
}

impl Told {
    fn of(word: &str, n: usize) -> Self {
        Self {
            name: format!("Ñame {word} Nr{n}"),
            story: format!("They took her papers; {word} story {n}. \"Tell nobody\" & <leave>."),
            changed: format!("Later she said: {word} change {n}"),
            address: format!("{n} {word} Street, behind the harbour"),
            number: format!("{word}{n:04}"),
        }
    }
}

async fn seal(store: &Store, vault: &UnlockedVault, tenant: TenantId, told: &Told) -> PersonId {
    let person = PersonId::from_uuid(Uuid::new_v4());
    let place = |field: &'static str, compartment| Place {
        person,
        table: "case",
        record: person.uuid(),
        field,
        compartment,
    };
    let mut act = begun(store, tenant, "person.create").await;
    person::create(&mut act, vault, person, &[Care, Identity, ProtectedAddress]).await.unwrap();
    sealed::put(&mut act, vault, place("story", Care), told.story.as_bytes()).await.unwrap();
    let address = place("address", ProtectedAddress);
    sealed::put(&mut act, vault, address, told.address.as_bytes()).await.unwrap();
    names::put(&mut act, vault, person, &[&told.name]).await.unwrap();
    blind::put(&mut act, vault, "passport", &told.number, person).await.unwrap();
    act.commit(&()).await.unwrap();

    let mut act = begun(store, tenant, "case.change").await;
    sealed::put(&mut act, vault, place("story", Care), told.changed.as_bytes()).await.unwrap();
    act.commit(&()).await.unwrap();

    let actor = Actor::Operator { user: "test".to_owned(), account: None };
    let context = ActContext::new(tenant, actor, "case.read").about(person);
    let read = store.read_personal(context).await.unwrap();
    let clear = sealed::open(&read, vault, place("story", Care)).await.unwrap().unwrap();
    assert_eq!(clear.as_slice(), told.changed.as_bytes());
    assert!(!blind::find(&read, vault, "passport", &told.number).await.unwrap().is_empty());
    let mut index = NameIndex::new(tenant);
    index.refresh(&read, vault).await.unwrap();
    assert!(!index.search(&told.name, |_| true).is_empty());
    person
}

#[tokio::test]
#[ignore = "run by the other tests of this file, as a process to be killed"]
async fn the_process_that_is_killed() {
    let Some((place, tenant, account)) = killed::arguments() else { return };
    let store = opened(&place).await;
    let secret = StaffSecret::generate(&mut OsEntropy).unwrap();
    let mut act = begun(&store, tenant, "compartment.establish").await;
    let key = staff::insert(&mut act, Holder::Staff(account), &secret.public()).await.unwrap();
    for one in [Care, Identity, ProtectedAddress] {
        compartment::establish(&mut act, one, std::slice::from_ref(&key)).await.unwrap();
    }
    act.commit(&()).await.unwrap();
    let vault = store.unlock(&key, &secret).await.unwrap();
    let word = std::env::var(WORD).unwrap();
    let persons: usize = std::env::var(PERSONS).unwrap().parse().unwrap();
    for n in 0..persons {
        let person = seal(&store, &vault, tenant, &Told::of(&word, n)).await;
        if n % 10 == 9 {
            let mut act = begun(&store, tenant, "person.erase").await;
            erase::order(&mut act, person, "persons-request").await.unwrap();
            act.commit(&()).await.unwrap();
            erase::finish(&store).await.unwrap();
        }
        killed::tell("sealed", person.uuid());
    }
    // Everything is open, nothing closed: this is the moment the power goes.
    tokio::time::sleep(std::time::Duration::from_secs(600)).await;
}

/// All that is on the disk because of this database.
async fn places(test: &TestStore, aside: &Path) -> Vec<PathBuf> {
    let mut places = vec![test.folder.clone(), aside.to_owned()];
    if test.engine == Engine::Postgres {
        test.tamper("CHECKPOINT").await;
        let data = test.ask("SELECT current_setting('data_directory')").await.remove(0);
        let own = "SELECT oid::text FROM pg_database WHERE datname LIKE current_database() || '%'";
        places.extend(postgres_files(Path::new(&data), &test.ask(own).await));
    }
    places
}

async fn p1(persons: usize) {
    TestStore::each(async |test| {
        let tenant = test.tenant("Shelter", TenantKind::Care).await;
        let account: AccountId = test.account(tenant, "a@shelter.example").await;
        // A word of this run alone: remains of other runs are not ours.
        let word = format!("Zq{}Wöx", &Uuid::new_v4().simple().to_string()[..12]);
        let clear = format!("Yk{}", &Uuid::new_v4().simple().to_string()[..12]);
        let aside = tempfile::tempdir().unwrap();
        let mut child = Child::start(
            module_path!(),
            &test.database,
            tenant,
            account,
            &[
                (PERSONS, persons.to_string()),
                (WORD, word.clone()),
                ("TMPDIR", aside.path().display().to_string()),
                ("RUST_LOG", "trace".to_owned()),
            ],
            &aside.path().join("log"),
        );
        child.told(persons);
        child.kill();
        // A word stored in clear on purpose: it shows that the search finds things.
        test.tenant(&clear, TenantKind::Care).await;
        test.backup(&aside.path().join("backup/data"), &aside.path().join("backup/keys"))
            .await
            .unwrap();

        let places = places(&test, aside.path()).await;
        let (found, _) = Traces::of([clear.as_str()]).in_files(&places);
        assert!(found.len() >= 2, "the search itself finds nothing: {found:?}");
        let traces = Traces::of([word.as_str()]);
        let (found, read) = traces.in_files(&places);
        assert_eq!(found, Vec::<PathBuf>::new(), "sealed words lie in clear");

        // Whoever has the root key and the disk opens coded fields, and nothing sealed.
        let server = test.server_vault(tenant).await.unwrap();
        for one in [Care, Identity, ProtectedAddress] {
            assert!(!server.opens(one), "the root key opens {}", one.code());
        }
        println!(
            "P1 on {:?}: {} words of {persons} persons in {} forms, {} MiB read: none found",
            test.engine,
            persons * 5,
            traces.len(),
            read >> 20
        );
    })
    .await;
}

#[tokio::test]
async fn p1_no_sealed_word_lies_on_the_disk_after_a_crash() {
    p1(10).await;
}

#[tokio::test]
#[ignore = "long: 500 words of 100 persons on each engine"]
async fn p1_none_of_five_hundred_sealed_words_lies_on_the_disk_after_a_crash() {
    p1(100).await;
}
