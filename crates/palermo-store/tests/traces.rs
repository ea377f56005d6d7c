//! What the files themselves hold: no word that was sealed, and no key that
//! was destroyed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_crypto::{OsEntropy, StaffSecret};
use palermo_domain::{
    compartment::Compartment::{Care, Identity},
    id::{AccountId, Id, PersonId},
    tenant::TenantKind,
};
use palermo_store::{
    keys::{
        blind, compartment, erase, names, person,
        sealed::{self, Place},
        staff::{self, Holder},
    },
    testing::{Engine, TestStore},
};
use std::{fs, path::Path};
use uuid::Uuid;

fn holds(folder: &Path, wanted: &[u8]) -> Option<String> {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if let Some(found) = holds(&path, wanted) {
                return Some(found);
            }
        } else if fs::read(&path).unwrap().windows(wanted.len()).any(|part| part == wanted) {
            return Some(path.display().to_string());
        }
    }
    None
}

/// A word in the forms it could lie about in.
fn forms(word: &str) -> Vec<Vec<u8>> {
    let wide = |swap: bool| {
        let units = word.encode_utf16();
        units.flat_map(|unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let hex: String = word.bytes().map(|byte| format!("{byte:02x}")).collect();
    vec![
        word.as_bytes().to_vec(),
        word.to_lowercase().into_bytes(),
        wide(false),
        wide(true),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
    ]
}

#[tokio::test]
async fn p1_p6_files_hold_no_sealed_word_and_no_destroyed_key() {
    let test = TestStore::open(Engine::Sqlite).await.unwrap();
    let tenant = test.tenant("Shelter", TenantKind::Care).await;
    let account: AccountId = test.account(tenant, "a@shelter.example").await;
    let secret = StaffSecret::generate(&mut OsEntropy).unwrap();
    let mut act = test.begin_act(tenant, "compartment.establish").await;
    let key = staff::insert(&mut act, Holder::Staff(account), &secret.public()).await.unwrap();
    for one in [Care, Identity] {
        compartment::establish(&mut act, one, std::slice::from_ref(&key)).await.unwrap();
    }
    act.commit(&()).await.unwrap();
    let vault = test.unlock(&key, &secret).await.unwrap();

    let (story, name, number) = ("CanaryStoryQuetzal", "CanaryNameOcelot", "CANARY778899");
    let person = PersonId::from_uuid(Uuid::new_v4());
    let place =
        Place { person, table: "case", record: person.uuid(), field: "story", compartment: Care };
    let mut act = test.begin_act(tenant, "person.create").await;
    person::create(&mut act, &vault, person, &[Care, Identity]).await.unwrap();
    sealed::put(&mut act, &vault, place, story.as_bytes()).await.unwrap();
    names::put(&mut act, &vault, person, &[name]).await.unwrap();
    blind::put(&mut act, &vault, "passport", number, person).await.unwrap();
    act.commit(&()).await.unwrap();
    let read = test.read_personal(test.context(tenant, "case.read").about(person)).await.unwrap();
    assert!(sealed::open(&read, &vault, place).await.unwrap().is_some());
    let backup = test.folder.join("backup");
    test.backup(&backup.join("data"), &backup.join("keys")).await.unwrap();

    // The search itself works: the desk's address is stored in clear.
    assert!(holds(&test.folder, b"a@shelter.example").is_some());
    for word in [story, name, number] {
        for form in forms(word) {
            assert_eq!(holds(&test.folder, &form), None, "`{word}`");
        }
    }

    let keys = fs::read_to_string(backup.join("keys/stored_key.jsonl")).unwrap();
    let wrapped = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        hex::decode(row["wrapped"].as_str().unwrap()).unwrap()
    };
    let wrapped: Vec<_> = keys.lines().map(wrapped).collect();
    assert_eq!(wrapped.len(), 2);
    let data = test.folder.join("data");
    assert!(wrapped.iter().all(|key| holds(&data, key).is_some()), "the keys are there before");
    let mut act = test.begin_act(tenant, "person.erase").await;
    erase::order(&mut act, person, "persons-request").await.unwrap();
    act.commit(&()).await.unwrap();
    erase::finish(&test.store).await.unwrap();
    for key in wrapped {
        assert_eq!(holds(&data, &key), None, "a destroyed key lingers");
    }
}
