//! Compartments, person keys and sealed values: who opens what, and that an
//! erased person stays erased.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::shelter;

use palermo_crypto::{OsEntropy, StaffSecret, Token, VaultKey};
use palermo_domain::{
    compartment::Compartment::{Account, Care, Case, Identity, ProtectedAddress},
    id::{CredentialId, Id, PersonId},
};
use palermo_store::{
    Error, TenantToken,
    audit::verify::Finding,
    keys::{
        blind, compartment, erase,
        names::{self, NameIndex},
        person, recovery_seal, sealed, secret,
        staff::{self, Holder, Method},
    },
    testing::TestStore,
};
use serde_json::json;
use shelter::{CLEARED, new_person, officer, read, shelter, tell, unlock};
use std::time::Duration;
use uuid::Uuid;

#[tokio::test]
async fn a_sealed_story_opens_for_cleared_staff_and_not_for_the_server() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let vault = unlock(&test, &shelter.first).await;
        let person = new_person(&test, &vault).await;
        tell(&test, &vault, person, "she came by night").await;
        assert_eq!(
            read(&test, &vault, person).await.unwrap().as_deref(),
            Some("she came by night")
        );
        let colleague = unlock(&test, &shelter.second).await;
        assert!(read(&test, &colleague, person).await.unwrap().is_some());

        // Root key, database and keystore together: coded fields only.
        let server = test.server_vault(shelter.tenant).await.unwrap();
        assert!(server.opens(Case) && server.opens(Account));
        assert!(!server.opens(Care) && !server.opens(Identity) && !server.opens(ProtectedAddress));
        assert!(matches!(read(&test, &server, person).await, Err(Error::Locked("care"))));
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn a_ciphertext_moved_to_another_place_does_not_open() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let vault = unlock(&test, &shelter.first).await;
        let (one, other) = (new_person(&test, &vault).await, new_person(&test, &vault).await);
        tell(&test, &vault, one, "the first story").await;
        tell(&test, &vault, other, "the other story").await;
        // Same table, same record, same field: only the person differs.
        test.tamper(&format!(
            "UPDATE sealed_value SET ciphertext = (SELECT ciphertext FROM sealed_value WHERE person = {}), \
             key = (SELECT key FROM sealed_value WHERE person = {}) WHERE person = {}",
            test.id_literal(one), test.id_literal(one), test.id_literal(other),
        )).await;
        assert!(matches!(read(&test, &vault, other).await, Err(Error::Sealed)));
        let ways = ["record = {new}", "version = version + 1", "field = 'wish'"];
        for way in ways {
            let new = test.id_literal(PersonId::from_uuid(Uuid::from_u128(8)));
            let change = way.replace("{new}", &new);
            test.tamper(&format!("UPDATE sealed_value SET {change} WHERE person = {}", test.id_literal(one))).await;
            let log = test.begin_act(shelter.tenant, "case.read").await;
            let everything = sealed::open_record(&log, &vault, one, "case", if way.starts_with("record") { Uuid::from_u128(8) } else { Uuid::from_u128(7) }, Care).await;
            assert!(matches!(everything, Err(Error::Sealed)), "{way}: {everything:?}");
            drop(log);
            let back = match way {
                "record = {new}" => format!("record = {}", test.id_literal(PersonId::from_uuid(Uuid::from_u128(7)))),
                "version = version + 1" => "version = version - 1".to_owned(),
                _ => "field = 'story'".to_owned(),
            };
            test.tamper(&format!("UPDATE sealed_value SET {back} WHERE person = {}", test.id_literal(one))).await;
        }
        assert!(read(&test, &vault, one).await.unwrap().is_some(), "the test did not undo itself");
    })
    .await;
}

#[tokio::test]
async fn an_older_ciphertext_put_back_is_found() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let vault = unlock(&test, &shelter.first).await;
        let person = new_person(&test, &vault).await;
        tell(&test, &vault, person, "before").await;
        let old = test.ask_bytes("SELECT ciphertext FROM sealed_value").await.remove(0);
        tell(&test, &vault, person, "after").await;
        test.tamper(&format!("UPDATE sealed_value SET ciphertext = {}", test.literal(&old))).await;
        assert!(matches!(read(&test, &vault, person).await, Err(Error::Sealed)));
        let report = test.verify(None, &[]).await.unwrap();
        assert_eq!(report.problems[0].finding, Finding::RowAltered);
    })
    .await;
}

#[tokio::test]
async fn a_key_without_its_act_is_collected_and_an_act_without_its_key_does_not_happen() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let vault = unlock(&test, &shelter.first).await;
        for fault in ["keystore.created", "act.commit"] {
            let mut act = test.begin_act(shelter.tenant, "person.create").await;
            test.fail_once_at(fault);
            let made = person::create(&mut act, &vault, test.new_id(), &[Care]).await;
            if made.is_ok() {
                assert!(act.commit(&()).await.is_err());
            }
        }
        let kept = new_person(&test, &vault).await;
        assert_eq!(test.ask_keystore("SELECT compartment FROM stored_key").await.len(), 4);
        // While it may still be in progress, nothing is collected.
        assert_eq!(person::collect_orphans(&test.store, shelter.tenant).await.unwrap(), 0);
        test.clock.advance(Duration::from_secs(2 * 3600));
        assert_eq!(person::collect_orphans(&test.store, shelter.tenant).await.unwrap(), 2);
        tell(&test, &vault, kept, "still here").await;
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn a_key_lost_from_the_keystore_is_reported() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let vault = unlock(&test, &shelter.first).await;
        let person = new_person(&test, &vault).await;
        test.tamper_keystore("DELETE FROM stored_key WHERE compartment = 'care'").await;
        assert!(matches!(read(&test, &vault, person).await, Err(Error::Erased)));
        let report = test.verify(None, &[]).await.unwrap();
        assert_eq!(report.problems[0].finding, Finding::KeyMissing);
    })
    .await;
}

#[tokio::test]
async fn an_erasure_goes_on_from_wherever_it_stopped() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let vault = unlock(&test, &shelter.first).await;
        for fault in
            ["", "erase.ordered", "erase.destroyed", "act.entry", "act.commit", "act.answer"]
        {
            let person = new_person(&test, &vault).await;
            tell(&test, &vault, person, "to be forgotten").await;
            let mut act = test.begin_act(shelter.tenant, "person.erase").await;
            erase::order(&mut act, person, "persons-request").await.unwrap();
            act.commit(&()).await.unwrap();
            // From the order on nothing opens, whatever happens next.
            assert!(matches!(read(&test, &vault, person).await, Err(Error::Erased)));
            if !fault.is_empty() {
                test.fail_once_at(fault);
                assert!(erase::finish(&test.store).await.is_err(), "{fault}");
            }
            erase::finish(&test.store).await.unwrap();
            assert_eq!(test.erasures_waiting().await.unwrap(), 0, "{fault}");
            assert_eq!(test.ask_keystore("SELECT compartment FROM stored_key").await.len(), 0);
            let report = test.verify(None, &[]).await.unwrap();
            assert!(report.is_clean(), "{fault}: {:?}", report.problems);
        }
    })
    .await;
}

#[tokio::test]
async fn p6_an_old_copy_of_the_data_with_the_present_keystore_yields_nothing() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let vault = unlock(&test, &shelter.first).await;
        let person = new_person(&test, &vault).await;
        tell(&test, &vault, person, "to be forgotten").await;
        // What an old backup of the data would bring back.
        test.tamper("CREATE TABLE old_values AS SELECT * FROM sealed_value").await;
        let mut act = test.begin_act(shelter.tenant, "person.erase").await;
        erase::order(&mut act, person, "persons-request").await.unwrap();
        act.commit(&()).await.unwrap();
        erase::finish(&test.store).await.unwrap();

        test.tamper("UPDATE person_key SET erased_at = NULL").await;
        assert_eq!(test.tamper("INSERT INTO sealed_value SELECT * FROM old_values").await, 1);
        assert!(matches!(read(&test, &vault, person).await, Err(Error::Erased)));
    })
    .await;
}

#[tokio::test]
async fn a_rotated_compartment_opens_before_during_and_after_its_person_keys_move() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let vault = unlock(&test, &shelter.first).await;
        let mut persons = Vec::new();
        for number in 0..5 {
            let person = new_person(&test, &vault).await;
            tell(&test, &vault, person, &format!("story {number}")).await;
            persons.push(person);
        }
        let mut act = test.begin_act(shelter.tenant, "compartment.rotate").await;
        compartment::rotate(&mut act, &vault, Care).await.unwrap();
        act.commit(&()).await.unwrap();
        let vault = unlock(&test, &shelter.second).await;
        let mut act = test.begin_act(shelter.tenant, "compartment.forget").await;
        assert!(matches!(compartment::forget_retired(&mut act, Care).await, Err(Error::Conflict)));
        drop(act);
        assert_eq!(person::rewrap(&test.store, &vault, Care, 3).await.unwrap(), 3);
        for person in &persons {
            assert!(read(&test, &vault, *person).await.unwrap().is_some());
        }
        assert_eq!(person::rewrap(&test.store, &vault, Care, 100).await.unwrap(), 2);
        assert_eq!(person::rewrap(&test.store, &vault, Care, 100).await.unwrap(), 0);
        let mut act = test.begin_act(shelter.tenant, "compartment.forget").await;
        assert_eq!(compartment::forget_retired(&mut act, Care).await.unwrap(), 1);
        act.commit(&()).await.unwrap();
        let vault = unlock(&test, &shelter.first).await;
        for person in &persons {
            assert!(read(&test, &vault, *person).await.unwrap().is_some());
        }
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn a_tenant_of_two_survives_the_loss_of_one_key() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let vault = unlock(&test, &shelter.first).await;
        let person = new_person(&test, &vault).await;
        tell(&test, &vault, person, "still needed").await;
        drop(vault);

        // The first officer's key is lost; the second grants to the new one.
        let new_secret = StaffSecret::generate(&mut OsEntropy).unwrap();
        let colleague = unlock(&test, &shelter.second).await;
        let mut act = test.begin_act(shelter.tenant, "staff-key.replace").await;
        staff::retire(&mut act, shelter.first.key.id).await.unwrap();
        let holder = Holder::Staff(shelter.first.account);
        let new_key = staff::insert(&mut act, holder, &new_secret.public()).await.unwrap();
        compartment::grant(&mut act, &colleague, &new_key, &CLEARED).await.unwrap();
        act.commit(&()).await.unwrap();

        let vault = test.unlock(&new_key, &new_secret).await.unwrap();
        assert_eq!(read(&test, &vault, person).await.unwrap().as_deref(), Some("still needed"));
        let lost = test.unlock(&shelter.first.key, &shelter.first.secret).await.unwrap();
        assert!(!lost.opens(Care), "the lost key still opens care");
        let in_use = staff::of_holder(&test.store, shelter.tenant, holder).await.unwrap();
        assert_eq!(in_use.iter().map(|key| key.id).collect::<Vec<_>>(), [new_key.id]);
        assert_eq!(compartment::holders(&test.store, shelter.tenant, Care).await.unwrap().len(), 3);
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn when_all_staff_keys_are_lost_two_officers_open_the_recovery_key_together() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let vault = unlock(&test, &shelter.first).await;
        let person = new_person(&test, &vault).await;
        tell(&test, &vault, person, "still needed").await;
        // Two recovery officers, whose keys open no compartment themselves.
        let one = officer(&test, shelter.tenant, "one@board.example").await;
        let two = officer(&test, shelter.tenant, "two@board.example").await;
        let mut act = test.begin_act(shelter.tenant, "recovery.seal").await;
        let officers = [one.key.clone(), two.key.clone()];
        recovery_seal::seal(&mut act, &shelter.recovery, &shelter.recovery_secret, &officers)
            .await
            .unwrap();
        act.commit(&()).await.unwrap();

        let (recovery, opens, releases) = (shelter.recovery.id, two.key.id, one.key.id);
        let mut act = test.begin_act(shelter.tenant, "recovery.open").await;
        let alone = recovery_seal::open(&mut act, recovery, opens, releases, &two.secret).await;
        assert!(matches!(alone, Err(Error::NotFound)));
        recovery_seal::release(&mut act, recovery, opens, releases, &one.secret).await.unwrap();
        assert_eq!(
            recovery_seal::released_to(&act, shelter.tenant, opens).await.unwrap(),
            [(recovery, releases)]
        );
        let wrong = recovery_seal::open(&mut act, recovery, opens, releases, &one.secret).await;
        assert!(matches!(wrong, Err(Error::Sealed)));
        let opened =
            recovery_seal::open(&mut act, recovery, opens, releases, &two.secret).await.unwrap();
        act.commit(&()).await.unwrap();

        let vault = test.unlock(&shelter.recovery, &opened).await.unwrap();
        assert_eq!(read(&test, &vault, person).await.unwrap().as_deref(), Some("still needed"));
    })
    .await;
}

#[tokio::test]
async fn a_staff_key_opens_by_passphrase_and_in_the_session_that_has_the_cookie() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let officer = &shelter.first;
        let by = VaultKey::from_prf(&[3; 32], b"credential");
        let credential = Some(CredentialId::from_uuid(Uuid::from_u128(5)));
        let mut act = test.begin_act(shelter.tenant, "staff-key.seal").await;
        let facts = json!({ "salt": "00" });
        staff::seal(
            &mut act,
            &officer.key,
            &officer.secret,
            &by,
            Method::Prf,
            credential,
            facts.clone(),
        )
        .await
        .unwrap();
        act.commit(&()).await.unwrap();
        let found =
            staff::seal_facts(&test.store, &officer.key, Method::Prf, credential).await.unwrap();
        assert_eq!(found, Some(facts));
        let opened =
            staff::open(&test.store, &officer.key, &by, Method::Prf, credential).await.unwrap();
        assert_eq!(opened.public(), officer.secret.public());
        let other = VaultKey::from_prf(&[4; 32], b"credential");
        let wrong = staff::open(&test.store, &officer.key, &other, Method::Prf, credential).await;
        assert!(matches!(wrong, Err(Error::Sealed)));

        let token = TenantToken {
            tenant: shelter.tenant,
            secret: Token::generate(&mut OsEntropy).unwrap(),
        };
        let blob = staff::seal_for_session(&officer.key, &opened, &token).unwrap();
        let again = TenantToken::parse(&token.text()).unwrap();
        let (key, secret) = staff::open_from_session(&test.store, &again, &blob).await.unwrap();
        assert!(test.unlock(&key, &secret).await.unwrap().opens(Identity));
        let stolen = TenantToken { secret: Token::generate(&mut OsEntropy).unwrap(), ..token };
        assert!(staff::open_from_session(&test.store, &stolen, &blob).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn names_are_found_in_memory_and_forgotten_with_the_person() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let vault = unlock(&test, &shelter.first).await;
        let (one, other) = (new_person(&test, &vault).await, new_person(&test, &vault).await);
        let mut act = test.begin_act(shelter.tenant, "person.name").await;
        names::put(&mut act, &vault, one, &["Amínata Dialo", "Amy"]).await.unwrap();
        names::put(&mut act, &vault, other, &["Aminu Dembe"]).await.unwrap();
        act.commit(&()).await.unwrap();

        let mut index = NameIndex::new(shelter.tenant);
        let read = test.read_personal(test.context(shelter.tenant, "name.index")).await.unwrap();
        index.refresh(&read, &vault).await.unwrap();
        let everyone = |_: PersonId| true;
        let mut both = vec![one, other];
        both.sort();
        assert_eq!(index.search("amin", everyone), both);
        assert_eq!(index.search("dialo AMI", everyone), [one]);
        assert_eq!(index.search("amin", |person| person == other), [other], "own cases only");
        assert!(index.search("  ", everyone).is_empty());

        let mut act = test.begin_act(shelter.tenant, "person.name").await;
        names::put(&mut act, &vault, one, &["Zora"]).await.unwrap();
        erase::order(&mut act, other, "persons-request").await.unwrap();
        act.commit(&()).await.unwrap();
        index.refresh(&read, &vault).await.unwrap();
        assert_eq!(index.search("zor", everyone), [one]);
        assert!(index.search("amin", everyone).is_empty());
        assert_eq!(index.len(), 1);

        let server = test.server_vault(shelter.tenant).await.unwrap();
        let mut locked = NameIndex::new(shelter.tenant);
        assert!(matches!(locked.refresh(&read, &server).await, Err(Error::Locked("identity"))));
    })
    .await;
}

#[tokio::test]
async fn a_document_number_is_found_exactly_and_only_with_identity() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let vault = unlock(&test, &shelter.first).await;
        let person = new_person(&test, &vault).await;
        let mut act = test.begin_act(shelter.tenant, "person.document").await;
        blind::put(&mut act, &vault, "passport", "XA 123-456", person).await.unwrap();
        act.commit(&()).await.unwrap();
        let read = test.read_personal(test.context(shelter.tenant, "person.lookup")).await.unwrap();
        assert_eq!(blind::find(&read, &vault, "passport", "xa123456").await.unwrap(), [person]);
        assert!(blind::find(&read, &vault, "passport", "xa12345").await.unwrap().is_empty());
        assert!(blind::find(&read, &vault, "permit", "xa123456").await.unwrap().is_empty());
        let server = test.server_vault(shelter.tenant).await.unwrap();
        assert!(blind::find(&read, &server, "passport", "xa123456").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_one_time_code_seed_opens_for_its_own_credential_only() {
    TestStore::each(async |test| {
        let shelter = shelter(&test).await;
        let vault = test.server_vault(shelter.tenant).await.unwrap();
        let (own, other): (CredentialId, CredentialId) = (test.new_id(), test.new_id());
        let sealed = secret::seal_for_account(&vault, own, b"seed").unwrap();
        assert_eq!(secret::open_for_account(&vault, own, &sealed).unwrap().as_slice(), b"seed");
        assert!(matches!(secret::open_for_account(&vault, other, &sealed), Err(Error::Sealed)));
    })
    .await;
}
