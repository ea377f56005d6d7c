//! Keys of people: wrapping to staff, vaults, recovery by two officers, tokens,
//! key files, checkpoints.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_crypto::{
    CannotOpen, CannotPair, CannotRewrap, CannotSeal, Entropy, Key, NoEntropy, OsEntropy, Released,
    SeededEntropy, StaffPublic, StaffSecret, Token, TwoOfficerSeal, VaultKey,
    audit::{BadCheckpoint, Checkpoint, NoteKey, NoteVerifier},
    open_with,
    password::{CannotHash, Params},
    rewrap,
    root::{self, BadKeyFile},
    seal_to, unwrap, wrap,
};

fn staff(seed: u64) -> StaffSecret {
    StaffSecret::generate(&mut SeededEntropy::new(seed)).unwrap()
}

fn care_key() -> Key {
    Key::generate(&mut SeededEntropy::new(99)).unwrap()
}

const CARE: &[&[u8]] = &[b"tenant", b"care", b"key-1"];

struct Nothing;

impl Entropy for Nothing {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), NoEntropy> {
        Err(NoEntropy)
    }
}

#[test]
fn a_compartment_opens_for_the_member_of_staff_it_was_wrapped_to() {
    let wrapped = wrap(&staff(1).public(), CARE, &care_key(), &mut OsEntropy).unwrap();
    assert_eq!(unwrap(&staff(1), CARE, &wrapped), Ok(care_key()));
    assert_eq!(unwrap(&staff(2), CARE, &wrapped), Err(CannotOpen));
}

#[test]
fn a_wrapped_compartment_opens_for_no_other_purpose() {
    let wrapped = wrap(&staff(1).public(), CARE, &care_key(), &mut OsEntropy).unwrap();
    for other in [
        &[b"tenant".as_slice(), b"identity", b"key-1"][..],
        &[b"tenant", b"care"],
        &[b"tenant", b"care", b"key-1", b""],
        &[b"tenantcare", b"key-1"],
    ] {
        assert_eq!(unwrap(&staff(1), other, &wrapped), Err(CannotOpen));
    }
}

#[test]
fn no_changed_byte_of_a_wrapped_compartment_opens() {
    let wrapped = wrap(&staff(1).public(), CARE, &care_key(), &mut OsEntropy).unwrap();
    for at in (0..wrapped.len()).step_by(37).chain([wrapped.len() - 1]) {
        let mut changed = wrapped.clone();
        changed[at] ^= 0x40;
        assert_eq!(unwrap(&staff(1), CARE, &changed), Err(CannotOpen), "{at}");
    }
    for cut in [0, 1, 1120, 1121, wrapped.len() - 1] {
        assert_eq!(unwrap(&staff(1), CARE, &wrapped[..cut]), Err(CannotOpen));
    }
}

#[test]
fn a_message_waits_sealed_and_shows_only_its_bucket() {
    let short = seal_to(&staff(1).public(), CARE, b"call me", &mut OsEntropy).unwrap();
    let longer = seal_to(&staff(1).public(), CARE, b"call me after six", &mut OsEntropy).unwrap();
    assert_eq!(short.len(), longer.len());
    assert_eq!(open_with(&staff(1), CARE, &short).unwrap()[..], *b"call me");
    assert_eq!(open_with(&staff(2), CARE, &short), Err(CannotOpen));
    // A message is no wrapped key, even if it is 32 bytes long.
    let posing = seal_to(&staff(1).public(), CARE, &[7; 32], &mut OsEntropy).unwrap();
    assert_eq!(unwrap(&staff(1), CARE, &posing), Err(CannotOpen));
}

#[test]
fn a_key_pair_survives_storage() {
    let secret = StaffSecret::from_key(&staff(1).to_key()).unwrap();
    assert_eq!(secret.public(), staff(1).public());
    let public = StaffPublic::from_bytes(&staff(1).public().to_bytes()).unwrap();
    assert_eq!(public.fingerprint(), staff(1).public().fingerprint());
    assert!(StaffPublic::from_bytes(&[0; 1215]).is_err());
    assert!(StaffPublic::from_bytes(&[0xff; 1216]).is_err());
}

#[test]
fn secrets_are_never_printed() {
    let token = Token::generate(&mut SeededEntropy::new(5)).unwrap();
    let vault = VaultKey::from_token(&token);
    let note = NoteKey::from_seed("log", &care_key()).unwrap();
    let printed = format!("{:?} {:?} {token:?} {vault:?} {note:?}", care_key(), staff(1));
    assert_eq!(
        printed,
        "Key(secret) StaffSecret(secret) Token(secret) VaultKey(secret) NoteKey(log, secret)"
    );
}

#[test]
fn without_randomness_nothing_is_sealed() {
    let failed = Err(CannotSeal::NoEntropy(NoEntropy));
    assert_eq!(wrap(&staff(1).public(), CARE, &care_key(), &mut Nothing), failed);
    assert_eq!(seal_to(&staff(1).public(), CARE, b"text", &mut Nothing), failed);
    assert_eq!(Key::generate(&mut Nothing), Err(NoEntropy));
    assert!(StaffSecret::generate(&mut Nothing).is_err());
    assert!(Token::generate(&mut Nothing).is_err());
}

const OWNER: &[&[u8]] = &[b"tenant", b"staff-1", b"key-1"];

fn passphrase_vault(passphrase: &str) -> VaultKey {
    VaultKey::from_passphrase(passphrase, &[3; 16], &Params::demo_weakest()).unwrap()
}

#[test]
fn a_vault_opens_with_its_passphrase_for_its_owner_alone() {
    let sealed = passphrase_vault("open the harbour gate")
        .seal_secret(OWNER, &staff(1), &mut OsEntropy)
        .unwrap();
    let opened = passphrase_vault("open the harbour gate").open_secret(OWNER, &sealed);
    assert_eq!(opened.unwrap().public(), staff(1).public());
    let wrong = passphrase_vault("open the harbour gates").open_secret(OWNER, &sealed);
    assert_eq!(wrong.unwrap_err(), CannotOpen);
    let other_owner: &[&[u8]] = &[b"tenant", b"staff-2", b"key-1"];
    let moved = passphrase_vault("open the harbour gate").open_secret(other_owner, &sealed);
    assert_eq!(moved.unwrap_err(), CannotOpen);
    let other_salt =
        VaultKey::from_passphrase("open the harbour gate", &[4; 16], &Params::demo_weakest());
    assert!(other_salt.unwrap().open_secret(OWNER, &sealed).is_err());
}

#[test]
fn a_vault_refuses_a_short_salt() {
    let refused = VaultKey::from_passphrase("passphrase", &[3; 15], &Params::demo_weakest());
    assert_eq!(refused.unwrap_err(), CannotHash::Salt { found: 15 });
}

#[test]
fn a_secret_moves_from_passphrase_to_passkey_to_session() {
    let old = passphrase_vault("open the harbour gate");
    let passkey = VaultKey::from_prf(&[8; 32], b"credential");
    let token = Token::generate(&mut OsEntropy).unwrap();
    let session = VaultKey::from_token(&token);
    let sealed = old.seal_secret(OWNER, &staff(1), &mut OsEntropy).unwrap();

    let sealed = rewrap(&old, &passkey, OWNER, &sealed, &mut OsEntropy).unwrap();
    assert!(old.open_secret(OWNER, &sealed).is_err());
    let other_credential = VaultKey::from_prf(&[8; 32], b"another");
    assert!(other_credential.open_secret(OWNER, &sealed).is_err());
    let failed = rewrap(&old, &session, OWNER, &sealed, &mut OsEntropy);
    assert_eq!(failed, Err(CannotRewrap::Old(CannotOpen)));

    let sealed = rewrap(&passkey, &session, OWNER, &sealed, &mut OsEntropy).unwrap();
    let again = VaultKey::from_token(&Token::parse(&token.text()).unwrap());
    let opened = again.open_secret(OWNER, &sealed).unwrap();
    assert_eq!(opened.public(), staff(1).public());
}

const RECOVERY: &[&[u8]] = &[b"tenant", b"recovery", b"key-1"];

#[test]
fn two_officers_recover_what_neither_can_alone() {
    let (first, second, third) = (staff(1), staff(2), staff(3));
    let key = staff(7).to_key();
    let seal =
        TwoOfficerSeal::seal(&first.public(), &second.public(), RECOVERY, &key, &mut OsEntropy)
            .unwrap();
    let seal = TwoOfficerSeal::from_bytes(&seal.to_bytes()).unwrap();

    assert_eq!(seal.release(&first, RECOVERY), Err(CannotOpen));
    assert_eq!(seal.release(&third, RECOVERY), Err(CannotOpen));
    let released = seal.release(&second, RECOVERY).unwrap();
    let released = Released::from_bytes(&released.to_bytes()).unwrap();
    assert_eq!(released.open(&second, RECOVERY), Err(CannotOpen));
    assert_eq!(released.open(&first, CARE), Err(CannotOpen));
    assert_eq!(released.opens(), &first.public().fingerprint());
    let opened = released.open(&first, RECOVERY).unwrap();
    let recovered = StaffSecret::from_key(&opened).unwrap();
    assert_eq!(recovered.public(), staff(7).public());
}

#[test]
fn whichever_two_officers_are_there_can_recover() {
    let officers = [staff(1), staff(2), staff(3)];
    let publics: Vec<StaffPublic> = officers.iter().map(StaffSecret::public).collect();
    let refs: Vec<&StaffPublic> = publics.iter().collect();
    let seals =
        TwoOfficerSeal::for_every_pair(&refs, RECOVERY, &care_key(), &mut OsEntropy).unwrap();
    assert_eq!(seals.len(), 6);
    for opens in &officers {
        for releases in officers.iter().filter(|o| o.public() != opens.public()) {
            let seal = seals
                .iter()
                .find(|seal| {
                    *seal.opens() == opens.public().fingerprint()
                        && *seal.releases() == releases.public().fingerprint()
                })
                .unwrap();
            let released = seal.release(releases, RECOVERY).unwrap();
            assert_eq!(released.open(opens, RECOVERY), Ok(care_key()));
        }
    }
}

#[test]
fn one_person_is_never_two_officers() {
    let one = staff(1).public();
    let same = TwoOfficerSeal::seal(&one, &one, RECOVERY, &care_key(), &mut OsEntropy);
    assert_eq!(same, Err(CannotPair::SameOfficer));
    let twice =
        TwoOfficerSeal::for_every_pair(&[&one, &one], RECOVERY, &care_key(), &mut OsEntropy);
    assert_eq!(twice, Err(CannotPair::SameOfficer));
    let alone = TwoOfficerSeal::for_every_pair(&[&one], RECOVERY, &care_key(), &mut OsEntropy);
    assert_eq!(alone, Err(CannotPair::TooFew));
}

#[test]
fn a_stored_seal_cannot_be_passed_off_as_another_pairs() {
    let seal = TwoOfficerSeal::seal(
        &staff(1).public(),
        &staff(2).public(),
        RECOVERY,
        &care_key(),
        &mut OsEntropy,
    )
    .unwrap();
    let mut bytes = seal.to_bytes();
    bytes[2..34].copy_from_slice(&staff(3).public().fingerprint());
    let forged = TwoOfficerSeal::from_bytes(&bytes).unwrap();
    assert_eq!(forged.release(&staff(2), RECOVERY), Err(CannotOpen));
    assert!(Released::from_bytes(&seal.to_bytes()).is_err());
    assert!(TwoOfficerSeal::from_bytes(&bytes[..65]).is_err());
}

#[test]
fn a_token_has_one_text_and_the_server_only_its_hash() {
    let token = Token::generate(&mut OsEntropy).unwrap();
    assert_eq!(token.text().len(), 43);
    assert_eq!(Token::parse(&token.text()).unwrap().hash(), token.hash());
    for wrong in ["", "short", &format!("{}=", *token.text()), &token.text()[1..]] {
        assert!(Token::parse(wrong).is_err(), "{wrong}");
    }
    // 43 characters hold 258 bits: a text with the last two set is not the token's.
    let spare = [&"A".repeat(42), "B"].concat();
    assert!(Token::parse(&spare).is_err());
    let other = Token::generate(&mut OsEntropy).unwrap();
    assert_ne!(other.hash(), token.hash());
}

#[test]
fn a_key_file_holds_hexadecimal_or_raw_bytes() {
    let key = care_key();
    let text = root::to_file(&key);
    assert_eq!(text.len(), 65);
    assert_eq!(root::from_file(text.as_bytes()), Ok(key.clone()));
    assert_eq!(root::from_file(text.to_uppercase().trim().as_bytes()), Ok(key.clone()));
    assert_eq!(root::from_file(key.as_bytes()), Ok(key));
    for len in [0, 31, 33, 63, 64, 66] {
        let refused = root::from_file(&vec![b'x'; len]);
        assert_eq!(refused, Err(BadKeyFile::Shape { found: len }));
    }
}

#[test]
fn a_placeholder_is_no_root_key() {
    for placeholder in [[0; 32], [0xff; 32], *b"0123456789012345678901234567890\n"] {
        assert_eq!(root::from_file(&placeholder), Err(BadKeyFile::Regular));
    }
    assert_eq!(root::from_file("00".repeat(32).as_bytes()), Err(BadKeyFile::Regular));
}

fn log_key(seed: u64) -> NoteKey {
    NoteKey::generate("desk.example/audit", &mut SeededEntropy::new(seed)).unwrap()
}

#[test]
fn the_published_note_key_has_its_published_text() {
    // The example of the Go package `sumdb/note`, which C2SP signed-note describes.
    let published = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let verifier = NoteVerifier::parse(published).unwrap();
    assert_eq!(verifier.name(), "PeterNeumann");
    assert_eq!(verifier.key_id(), [0xc7, 0x4f, 0x20, 0xa3]);
    assert_eq!(verifier.text(), published);
    assert!(NoteVerifier::parse(&published.replace("c74f", "c74e")).is_err());
    assert!(NoteVerifier::parse(&published.replace("Peter", "Petra")).is_err());
}

#[test]
fn a_checkpoint_is_verified_with_the_logs_key_alone() {
    let checkpoint = Checkpoint::new("desk.example/audit", 256, [7; 32]).unwrap();
    let note = checkpoint.sign(&log_key(1));
    assert!(note.starts_with("desk.example/audit\n256\nBwcHBw"));
    assert_eq!(Checkpoint::verify(&note, &log_key(1).verifier()), Ok(checkpoint));
    assert_eq!(Checkpoint::verify(&note, &log_key(2).verifier()), Err(BadCheckpoint::Unsigned));
    let restored = NoteKey::from_seed("desk.example/audit", &log_key(1).seed()).unwrap();
    assert_eq!(restored.verifier(), log_key(1).verifier());
}

#[test]
fn a_changed_checkpoint_is_refused() {
    let note = Checkpoint::new("desk.example/audit", 256, [7; 32]).unwrap().sign(&log_key(1));
    let verifier = log_key(1).verifier();
    let forged = note.replacen("256", "257", 1);
    assert_eq!(Checkpoint::verify(&forged, &verifier), Err(BadCheckpoint::Forged));
    let forged = note.replacen("BwcH", "BwcI", 1);
    assert_eq!(Checkpoint::verify(&forged, &verifier), Err(BadCheckpoint::Forged));
    for shape in ["", "desk.example/audit\n256\n", &note.replace("— ", "- ")] {
        assert_eq!(Checkpoint::verify(shape, &verifier), Err(BadCheckpoint::Shape));
    }
    let unsigned = note.split_once("\n\n").unwrap().0;
    assert_eq!(
        Checkpoint::verify(&format!("{unsigned}\n\n"), &verifier),
        Err(BadCheckpoint::Unsigned)
    );
}

#[test]
fn a_witness_may_add_its_signature() {
    let checkpoint = Checkpoint::new("desk.example/audit", 256, [7; 32]).unwrap();
    let witness = NoteKey::generate("witness.example", &mut SeededEntropy::new(9)).unwrap();
    let ours = checkpoint.sign(&log_key(1));
    let theirs = checkpoint.sign(&witness);
    let both = format!("{ours}{}", theirs.split_once("\n\n").unwrap().1);
    assert_eq!(Checkpoint::verify(&both, &log_key(1).verifier()), Ok(checkpoint));
    // The witness signed it, but it is not the witness's own log.
    assert_eq!(Checkpoint::verify(&both, &witness.verifier()), Err(BadCheckpoint::OtherLog));
}

#[test]
fn a_log_has_a_name_that_fits_on_a_line() {
    for name in ["", "two words", "a+b", "line\nbreak", "nbsp\u{a0}"] {
        assert!(Checkpoint::new(name, 0, [0; 32]).is_err(), "{name}");
        assert!(NoteKey::from_seed(name, &care_key()).is_err(), "{name}");
    }
}

/// Values of this crate's own making: they prove nothing but that what was stored by
/// an earlier version still opens. They may change only with a format byte.
#[test]
fn the_formats_of_vaults_messages_and_recovery_stay_as_they_are() {
    let entropy = &mut SeededEntropy::new(1);
    let token = Token::generate(entropy).unwrap();
    let mut kept = String::new();
    let vaults = [
        passphrase_vault("open the harbour gate"),
        VaultKey::from_prf(&[8; 32], b"credential"),
        VaultKey::from_token(&token),
    ];
    for vault in vaults {
        let sealed = vault.seal_secret(OWNER, &staff(1), entropy).unwrap();
        kept += &hex::encode(&palermo_crypto::sha256(&sealed)[..4]);
    }
    let message = seal_to(&staff(1).public(), CARE, b"call me", entropy).unwrap();
    kept += &hex::encode(&palermo_crypto::sha256(&message)[..4]);
    let (opens, releases) = (staff(1).public(), staff(2).public());
    let seal = TwoOfficerSeal::seal(&opens, &releases, RECOVERY, &care_key(), entropy).unwrap();
    kept += &hex::encode(&palermo_crypto::sha256(&seal.to_bytes())[..4]);
    let released = seal.release(&staff(2), RECOVERY).unwrap();
    kept += &hex::encode(&palermo_crypto::sha256(&released.to_bytes())[..4]);
    assert_eq!(kept, "917580984af58d8d9f2deb445bd1703e9a0b450dfdaa9f65");
}
