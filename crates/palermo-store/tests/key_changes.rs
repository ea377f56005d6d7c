//! Keys that are replaced, stopped halfway, verified with the recovery key, or
//! sealed to officers: nothing is lost and nobody is two people.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::shelter;

use palermo_crypto::{OsEntropy, StaffSecret};
use palermo_domain::compartment::Compartment::{Care, Identity};
use palermo_store::{
    Error, Store, StoreConfig,
    audit::verify::Finding,
    keys::{
        blind, compartment, erase, names, person, recovery_seal,
        staff::{self, Holder},
    },
    testing::{TestStore, root_key},
};
use shelter::{new_person, read, shelter, tell, unlock};

#[tokio::test]
async fn a_rotation_goes_on_from_wherever_it_stopped() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let mut persons = Vec::new();
        for number in 0..3 {
            let vault = unlock(&test, &shelter.first).await;
            let person = new_person(&test, &vault).await;
            tell(&test, &vault, person, &format!("story {number}")).await;
            persons.push(person);
        }
        for fault in
            ["act.entry", "act.commit", "act.answer", "rewrap.moved", "act.entry", "act.commit"]
                .into_iter()
                .enumerate()
        {
            let (step, fault) = fault;
            let vault = unlock(&test, &shelter.first).await;
            if step < 3 {
                test.fail_once_at(fault);
                let mut act = test.begin_act(shelter.tenant, "compartment.rotate").await;
                compartment::rotate(&mut act, &vault, Care).await.unwrap();
                assert!(act.commit(&()).await.is_err(), "{fault}");
            } else {
                let mut act = test.begin_act(shelter.tenant, "compartment.rotate").await;
                compartment::rotate(&mut act, &vault, Care).await.unwrap();
                act.commit(&()).await.unwrap();
                let vault = unlock(&test, &shelter.first).await;
                test.fail_once_at(fault);
                let moved = person::rewrap(&test.store, &vault, Care, 2).await;
                if moved.is_ok() {
                    while person::rewrap(&test.store, &vault, Care, 2).await.unwrap() > 0 {}
                    let mut act = test.begin_act(shelter.tenant, "compartment.forget").await;
                    compartment::forget_retired(&mut act, Care).await.unwrap();
                    assert!(act.commit(&()).await.is_err(), "{fault}");
                }
            }
            // Whatever stopped it, everything opens; and then it is finished.
            let vault = unlock(&test, &shelter.second).await;
            for person in &persons {
                assert!(read(&test, &vault, *person).await.unwrap().is_some(), "{fault}");
            }
            while person::rewrap(&test.store, &vault, Care, 2).await.unwrap() > 0 {}
            let mut act = test.begin_act(shelter.tenant, "compartment.forget").await;
            compartment::forget_retired(&mut act, Care).await.unwrap();
            act.commit(&()).await.unwrap();
            assert_eq!(compartment::retired(&test.store, shelter.tenant, Care).await.unwrap(), 0);
            // The recovery key was carried along each time.
            let recovery = test.unlock(&shelter.recovery, &shelter.recovery_secret).await.unwrap();
            for person in &persons {
                assert!(read(&test, &recovery, *person).await.unwrap().is_some(), "{fault}");
            }
            assert!(test.verify(None, &[]).await.unwrap().is_clean(), "{fault}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_vault_opened_before_a_rotation_seals_nothing_new() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let stale = unlock(&test, &shelter.first).await;
        let mut act = test.begin_act(shelter.tenant, "compartment.rotate").await;
        compartment::rotate(&mut act, &stale, Care).await.unwrap();
        act.commit(&()).await.unwrap();
        let mut act = test.begin_act(shelter.tenant, "person.create").await;
        let made = person::create(&mut act, &stale, test.new_id(), &[Care]).await;
        assert!(matches!(made, Err(Error::Conflict)), "{made:?}");
        drop(act);
        let mut act = test.begin_act(shelter.tenant, "compartment.grant").await;
        let granted = compartment::grant(&mut act, &stale, &shelter.second.key, &[Care]).await;
        assert!(matches!(granted, Err(Error::Conflict)));
    })
    .await;
}

#[tokio::test]
async fn a_document_number_is_found_after_identity_was_rotated_and_the_old_key_forgotten() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let vault = unlock(&test, &shelter.first).await;
        let person = new_person(&test, &vault).await;
        let mut act = test.begin_act(shelter.tenant, "person.document").await;
        blind::put(&mut act, &vault, "passport", "XA 123-456", person).await.unwrap();
        act.commit(&()).await.unwrap();
        for _ in 0..2 {
            let vault = unlock(&test, &shelter.first).await;
            let mut act = test.begin_act(shelter.tenant, "compartment.rotate").await;
            compartment::rotate(&mut act, &vault, Identity).await.unwrap();
            act.commit(&()).await.unwrap();
            let vault = unlock(&test, &shelter.first).await;
            person::rewrap(&test.store, &vault, Identity, 100).await.unwrap();
            let mut act = test.begin_act(shelter.tenant, "compartment.forget").await;
            compartment::forget_retired(&mut act, Identity).await.unwrap();
            act.commit(&()).await.unwrap();
        }
        let vault = unlock(&test, &shelter.second).await;
        let read = test.read_personal(test.context(shelter.tenant, "person.lookup")).await.unwrap();
        assert_eq!(blind::find(&read, &vault, "passport", "xa123456").await.unwrap(), [person]);
    })
    .await;
}

#[tokio::test]
async fn the_recovery_key_opens_every_seal_and_names_the_one_that_was_changed() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let vault = unlock(&test, &shelter.first).await;
        for number in 0..3 {
            let person = new_person(&test, &vault).await;
            tell(&test, &vault, person, &format!("story {number}")).await;
            let mut act = test.begin_act(shelter.tenant, "person.name").await;
            names::put(&mut act, &vault, person, &["Zora"]).await.unwrap();
            act.commit(&()).await.unwrap();
        }
        let gone = new_person(&test, &vault).await;
        tell(&test, &vault, gone, "to be forgotten").await;
        let mut act = test.begin_act(shelter.tenant, "person.erase").await;
        erase::order(&mut act, gone, "persons-request").await.unwrap();
        act.commit(&()).await.unwrap();
        erase::finish(&test.store).await.unwrap();

        let recovery = test.unlock(&shelter.recovery, &shelter.recovery_secret).await.unwrap();
        let report = test.verify_seals(&recovery).await.unwrap();
        assert_eq!((report.keys, report.values, report.names), (6, 3, 3));
        assert_eq!(report.problems, []);
        let server = test.server_vault(shelter.tenant).await.unwrap();
        assert!(matches!(test.verify_seals(&server).await, Err(Error::Locked(_))));

        test.tamper("UPDATE sealed_value SET version = version + 1").await;
        let report = test.verify_seals(&recovery).await.unwrap();
        assert_eq!(report.problems.len(), 3, "{:?}", report.problems);
        assert!(report.problems.iter().all(|p| p.finding == Finding::SealBroken));
        let old = test
            .ask_bytes("SELECT ciphertext FROM name_entry WHERE ciphertext IS NOT NULL")
            .await
            .remove(0);
        test.tamper(&format!(
            "UPDATE name_entry SET ciphertext = {} WHERE ciphertext IS NOT NULL",
            test.literal(&old)
        ))
        .await;
        assert_eq!(test.verify_seals(&recovery).await.unwrap().problems.len(), 5);
    })
    .await;
}

#[tokio::test]
async fn two_keys_of_one_person_are_not_two_officers() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let secret = StaffSecret::generate(&mut OsEntropy).unwrap();
        let mut act = test.begin_act(shelter.tenant, "recovery.seal").await;
        let holder = Holder::Paper(shelter.first.account);
        let paper = staff::insert(&mut act, holder, &secret.public()).await.unwrap();
        let alone = [shelter.first.key.clone(), paper.clone()];
        let sealed =
            recovery_seal::seal(&mut act, &shelter.recovery, &shelter.recovery_secret, &alone)
                .await;
        assert!(matches!(sealed, Err(Error::Refused(_))), "{sealed:?}");
        drop(act);
        let mut act = test.begin_act(shelter.tenant, "recovery.seal").await;
        let paper = staff::insert(&mut act, holder, &secret.public()).await.unwrap();
        let both = [shelter.first.key.clone(), paper.clone(), shelter.second.key.clone()];
        recovery_seal::seal(&mut act, &shelter.recovery, &shelter.recovery_secret, &both)
            .await
            .unwrap();
        act.commit(&()).await.unwrap();
        let pairs = recovery_seal::list(&test.store, shelter.tenant).await.unwrap();
        assert_eq!(pairs.len(), 4, "each of the first's keys with the second's, both ways");
        let own = [shelter.first.key.id, paper.id];
        assert!(pairs.iter().all(|p| !(own.contains(&p.opens) && own.contains(&p.releases))));
    })
    .await;
}

#[tokio::test]
async fn a_new_root_key_is_there_whole_or_not_at_all() {
    TestStore::each(async |test| {
        let (old, new) = (root_key(), palermo_crypto::Key::generate(&mut OsEntropy).unwrap());
        let opens = async |root: &palermo_crypto::Key| {
            let config = StoreConfig { root: root.clone(), create: false, ..test.config() };
            Store::open(config).await.is_ok()
        };
        test.fail_once_at("root.wrapped");
        assert!(test.change_root(&old, &new).await.is_err());
        assert!(opens(&old).await && !opens(&new).await);
        test.fail_once_at("root.kept");
        assert!(test.change_root(&old, &new).await.is_err());
        assert!(opens(&new).await && !opens(&old).await);
    })
    .await;
}
