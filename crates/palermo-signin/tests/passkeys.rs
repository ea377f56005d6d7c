//! Passkey ceremonies with a software authenticator that can misbehave (N3).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use palermo_signin::passkey::{
    CEREMONY_SECONDS, PasskeyRefused, Passkeys, Registered, SignIn, SignedIn, StoredPasskey,
};
use serde_json::{Value, json};
use support::Authenticator;
use time::{Duration, OffsetDateTime, macros::datetime};
use uuid::Uuid;

const NOW: OffsetDateTime = datetime!(2026-03-01 09:00 UTC);
const AMINA: Uuid = Uuid::from_u128(0xA0);

fn desk() -> Passkeys {
    Passkeys::new("desk.example", "https://desk.example", "Invented desk").unwrap()
}

fn register(authenticator: &mut Authenticator) -> Result<Registered, PasskeyRefused> {
    let (options, begun) =
        desk().start_registration(AMINA, "amina@desk.example", "Amina Invented", &[], NOW).unwrap();
    desk().finish_registration(&begun, &authenticator.create(&options), NOW)
}

fn registered(number: u8) -> (Authenticator, StoredPasskey) {
    let mut authenticator = Authenticator::new(number);
    let passkey = register(&mut authenticator).unwrap().passkey;
    (authenticator, passkey)
}

fn sign_in(
    authenticator: &mut Authenticator,
    keys: &[StoredPasskey],
) -> Result<SignedIn, PasskeyRefused> {
    let (options, begun) = desk().start_sign_in(NOW).unwrap();
    desk().finish_sign_in(begun, &authenticator.get(&options), keys, NOW)
}

fn second_factor(
    authenticator: &mut Authenticator,
    keys: &[StoredPasskey],
) -> Result<SignedIn, PasskeyRefused> {
    let (options, begun) = desk().start_second_factor(keys, NOW).unwrap();
    desk().finish_sign_in(begun, &authenticator.get(&options), keys, NOW)
}

#[test]
fn a_passkey_is_asked_to_verify_its_user_and_to_be_found_without_a_name() {
    let (options, _) =
        desk().start_registration(AMINA, "amina@desk.example", "Amina Invented", &[], NOW).unwrap();
    let wanted = &options["publicKey"]["authenticatorSelection"];
    assert_eq!(wanted["userVerification"], "required");
    assert_eq!(wanted["residentKey"], "required");
    assert_eq!(wanted["requireResidentKey"], true);
    assert_eq!(options["publicKey"]["rp"]["id"], "desk.example");
    assert_eq!(options["publicKey"]["attestation"], "none");
    assert!(options.pointer("/publicKey/extensions/prf/eval/first").is_some());
}

#[test]
fn someone_signs_in_with_a_passkey_and_nothing_else() {
    let (mut authenticator, passkey) = registered(1);
    let (options, begun) = desk().start_sign_in(NOW).unwrap();
    assert_eq!(options["publicKey"]["userVerification"], "required");
    assert_eq!(options["publicKey"]["allowCredentials"], json!([]));
    assert_eq!(options.get("mediation"), None);
    let answer = authenticator.get(&options);

    let claimed = desk().claimed(&answer).unwrap();
    assert_eq!((claimed.user, &claimed.credential_id), (AMINA, &vec![1; 20]));
    let held = desk().finish_sign_in(begun, &answer, &[passkey], NOW).unwrap();
    assert_eq!(held.credential_id, vec![1; 20]);
}

#[test]
fn the_options_of_a_sign_in_tell_nothing_about_who_exists() {
    let shape = |options: &Value| {
        let mut options = options.clone();
        options["publicKey"]["challenge"] = json!("");
        options
    };
    let (first, _) = desk().start_sign_in(NOW).unwrap();
    let (second, _) = desk().start_sign_in(NOW).unwrap();
    assert_ne!(first["publicKey"]["challenge"], second["publicKey"]["challenge"]);
    assert_eq!(shape(&first), shape(&second));
}

#[test]
fn a_second_factor_names_the_keys_it_expects() {
    let (mut authenticator, passkey) = registered(1);
    let keys = [passkey];
    let (options, _) = desk().start_second_factor(&keys, NOW).unwrap();
    let allowed = options["publicKey"]["allowCredentials"].as_array().unwrap();
    assert_eq!(allowed.len(), 1);
    assert!(second_factor(&mut authenticator, &keys).is_ok());
}

#[test]
fn the_prf_gives_the_same_secret_at_each_sign_in_and_each_passkey_its_own() {
    let mut authenticator = Authenticator::new(1);
    let registered_now = register(&mut authenticator).unwrap();
    assert!(registered_now.prf_enabled && registered_now.prf.is_none());
    let key = registered_now.passkey;
    let first = sign_in(&mut authenticator, std::slice::from_ref(&key)).unwrap();
    let again = second_factor(&mut authenticator, &[key]).unwrap();
    let secret = *first.prf.unwrap().as_bytes();
    assert_eq!(again.prf.unwrap().as_bytes(), &secret);

    let (mut other, other_key) = registered(2);
    let other = sign_in(&mut other, &[other_key]).unwrap();
    assert_ne!(other.prf.unwrap().as_bytes(), &secret);
}

#[test]
fn a_passkey_without_prf_signs_in_and_opens_no_vault() {
    let mut authenticator = Authenticator::new(1);
    authenticator.has_prf = false;
    let registered = register(&mut authenticator).unwrap();
    assert!(!registered.prf_enabled);
    let held = sign_in(&mut authenticator, &[registered.passkey]).unwrap();
    assert!(held.prf.is_none());
}

#[test]
fn a_prf_output_of_another_length_is_refused() {
    let (mut authenticator, key) = registered(1);
    for output in [json!("AAAA"), json!(7), json!("not base64!")] {
        let (options, begun) = desk().start_sign_in(NOW).unwrap();
        let mut answer: Value = serde_json::from_str(&authenticator.get(&options)).unwrap();
        answer["clientExtensionResults"]["prf"]["results"]["first"] = output;
        let held =
            desk().finish_sign_in(begun, &answer.to_string(), std::slice::from_ref(&key), NOW);
        assert!(matches!(held, Err(PasskeyRefused::Malformed)));
    }
}

#[test]
fn a_passkey_that_does_not_verify_its_user_is_refused() {
    let mut careless = Authenticator::new(1);
    careless.verifies_user = false;
    assert!(matches!(register(&mut careless), Err(PasskeyRefused::NotVerified)));

    let (mut authenticator, key) = registered(1);
    authenticator.verifies_user = false;
    let keys = [key];
    let held = sign_in(&mut authenticator, &keys);
    assert!(matches!(held, Err(PasskeyRefused::NotVerified)));
    let held = second_factor(&mut authenticator, &keys);
    assert!(matches!(held, Err(PasskeyRefused::NotVerified)));
}

#[test]
fn an_answer_is_to_one_question_only() {
    let (mut authenticator, key) = registered(1);
    let keys = [key];
    let (options, first) = desk().start_sign_in(NOW).unwrap();
    let (_, second) = desk().start_sign_in(NOW).unwrap();
    let answer = authenticator.get(&options);
    let replayed = desk().finish_sign_in(second, &answer, &keys, NOW);
    assert!(matches!(replayed, Err(PasskeyRefused::Refused(_))));
    assert!(desk().finish_sign_in(first, &answer, &keys, NOW).is_ok());
}

#[test]
fn an_answer_given_on_another_site_is_refused() {
    let (authenticator, key) = registered(1);
    for (origin, domain) in [
        ("https://desk.example.evil.example", "desk.example"),
        ("http://desk.example", "desk.example"),
        ("https://desk.example", "evil.example"),
    ] {
        let mut phished = authenticator.clone();
        phished.origin = origin.to_owned();
        phished.domain = domain.to_owned();
        let held = sign_in(&mut phished, std::slice::from_ref(&key));
        assert!(matches!(held, Err(PasskeyRefused::Refused(_))), "{origin}");
    }
}

#[test]
fn a_key_of_someone_else_is_refused_whatever_it_claims() {
    let (_, hers) = registered(1);
    let (mut thief, theirs) = registered(2);
    // Claims to be Amina, but its key is not among hers.
    let held = sign_in(&mut thief, std::slice::from_ref(&hers));
    assert!(matches!(held, Err(PasskeyRefused::Unknown)));
    // Claims her key's id, too, but cannot sign for it.
    thief.credential_id = hers.credential_id().to_vec();
    let held = sign_in(&mut thief, &[hers]);
    assert!(matches!(held, Err(PasskeyRefused::Refused(_))));
    drop(theirs);
}

#[test]
fn a_passkey_removed_meanwhile_lets_nobody_in() {
    let (mut authenticator, key) = registered(1);
    let (options, begun) = desk().start_second_factor(&[key], NOW).unwrap();
    let answer = authenticator.get(&options);
    let held = desk().finish_sign_in(begun, &answer, &[], NOW);
    assert!(matches!(held, Err(PasskeyRefused::Unknown)));
}

#[test]
fn a_copied_authenticator_is_noticed_by_its_counter() {
    let (mut authenticator, key) = registered(1);
    let mut copy = authenticator.clone();
    authenticator.counter = 7;
    let held = sign_in(&mut authenticator, &[key]).unwrap();
    let updated = held.updated.unwrap();
    let refused = sign_in(&mut copy, std::slice::from_ref(&updated));
    assert!(matches!(refused, Err(PasskeyRefused::Copied)));
    assert!(sign_in(&mut authenticator, &[updated]).is_ok());
}

#[test]
fn a_ceremony_ends_after_five_minutes_and_a_clock_set_back_revives_none() {
    let (mut authenticator, key) = registered(1);
    let keys = [key];
    for (after, in_time) in
        [(0, true), (CEREMONY_SECONDS, true), (CEREMONY_SECONDS + 1, false), (-1, false)]
    {
        let later = NOW + Duration::seconds(after);
        let (options, begun) = desk().start_sign_in(NOW).unwrap();
        let held = desk().finish_sign_in(begun, &authenticator.get(&options), &keys, later);
        assert_eq!(held.is_ok(), in_time, "{after} s");
        let (options, begun) =
            desk().start_registration(AMINA, "amina", "Amina", &[], NOW).unwrap();
        let held =
            desk().finish_registration(&begun, &Authenticator::new(3).create(&options), later);
        assert_eq!(held.is_ok(), in_time, "{after} s");
    }
}

#[test]
fn a_begun_ceremony_and_a_passkey_survive_storage() {
    let (mut authenticator, key) = registered(1);
    let stored = serde_json::to_string(&key).unwrap();
    let key: StoredPasskey = serde_json::from_str(&stored).unwrap();
    let (options, begun) = desk().start_sign_in(NOW).unwrap();
    let stored = serde_json::to_string(&begun).unwrap();
    let begun: SignIn = serde_json::from_str(&stored).unwrap();
    let answer = authenticator.get(&options);
    assert!(desk().finish_sign_in(begun, &answer, &[key], NOW).is_ok());
}

#[test]
fn a_passkey_is_not_registered_twice() {
    let (mut authenticator, key) = registered(1);
    let (options, begun) = desk().start_registration(AMINA, "amina", "Amina", &[key], NOW).unwrap();
    assert_eq!(options["publicKey"]["excludeCredentials"].as_array().unwrap().len(), 1);
    let again = desk().finish_registration(&begun, &authenticator.create(&options), NOW);
    assert!(matches!(again, Err(PasskeyRefused::Refused(_))));
}

#[test]
fn nonsense_is_no_answer() {
    let (_, key) = registered(1);
    for nonsense in ["", "{}", "[]", "null", "{\"clientExtensionResults\":7}"] {
        let (_, begun) = desk().start_sign_in(NOW).unwrap();
        let held = desk().finish_sign_in(begun, nonsense, std::slice::from_ref(&key), NOW);
        assert!(matches!(held, Err(PasskeyRefused::Malformed)), "{nonsense}");
        assert!(matches!(desk().claimed(nonsense), Err(PasskeyRefused::Malformed)));
    }
}

#[test]
fn passkeys_need_https_and_the_domain_of_the_page() {
    assert!(Passkeys::new("localhost", "http://localhost:8080", "Palermo").is_ok());
    for (domain, origin) in [
        ("desk.example", "http://desk.example"),
        ("other.example", "https://desk.example"),
        ("desk.example", "not an address"),
    ] {
        assert!(Passkeys::new(domain, origin, "Palermo").is_err(), "{origin}");
    }
}
