//! Project Wycheproof's hostile vectors against the primitives we build on (F6):
//! every case the library must accept is accepted, every one it must refuse refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit, KeySizeUser, Nonce, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use ed25519_dalek::{Signature, VerifyingKey};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use wycheproof::{TestResult, aead, eddsa, hkdf as kdf, mac};

fn check_aead<C>(
    name: aead::TestName,
    nonce_len: usize,
    seal: fn(&C, &aead::Test) -> Option<Vec<u8>>,
    open: fn(&C, &aead::Test) -> Option<Vec<u8>>,
) where
    C: KeyInit + KeySizeUser,
{
    let set = aead::TestSet::load(name).unwrap();
    let (mut valid, mut refused) = (0, 0);
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let right_nonce = test.nonce.len() == nonce_len;
        let cipher = C::new_from_slice(&test.key).unwrap();
        let opened = right_nonce.then(|| open(&cipher, test)).flatten();
        if test.result == TestResult::Invalid {
            assert_eq!(opened, None, "case {} opened", test.tc_id);
            refused += 1;
        } else {
            assert_eq!(opened.as_deref(), Some(&test.pt[..]), "case {}", test.tc_id);
            let expected = [&test.ct[..], &test.tag[..]].concat();
            assert_eq!(seal(&cipher, test), Some(expected), "case {}", test.tc_id);
            valid += 1;
        }
    }
    assert!(valid > 100 && refused > 30, "{valid} valid, {refused} refused");
}

#[test]
fn xchacha20_poly1305_passes_every_wycheproof_vector() {
    check_aead::<XChaCha20Poly1305>(
        aead::TestName::XChaCha20Poly1305,
        24,
        |cipher, test| {
            cipher
                .encrypt(
                    &XNonce::try_from(&test.nonce[..]).ok()?,
                    Payload { msg: &test.pt, aad: &test.aad },
                )
                .ok()
        },
        |cipher, test| {
            let sealed = [&test.ct[..], &test.tag[..]].concat();
            cipher
                .decrypt(
                    &XNonce::try_from(&test.nonce[..]).ok()?,
                    Payload { msg: &sealed, aad: &test.aad },
                )
                .ok()
        },
    );
}

#[test]
fn chacha20_poly1305_passes_every_wycheproof_vector() {
    check_aead::<ChaCha20Poly1305>(
        aead::TestName::ChaCha20Poly1305,
        12,
        |cipher, test| {
            cipher
                .encrypt(
                    &Nonce::try_from(&test.nonce[..]).ok()?,
                    Payload { msg: &test.pt, aad: &test.aad },
                )
                .ok()
        },
        |cipher, test| {
            let sealed = [&test.ct[..], &test.tag[..]].concat();
            cipher
                .decrypt(
                    &Nonce::try_from(&test.nonce[..]).ok()?,
                    Payload { msg: &sealed, aad: &test.aad },
                )
                .ok()
        },
    );
}

#[test]
fn hmac_sha256_passes_every_wycheproof_vector() {
    let set = mac::TestSet::load(mac::TestName::HmacSha256).unwrap();
    let mut seen = 0;
    for group in &set.test_groups {
        for test in &group.tests {
            let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&test.key).unwrap();
            mac.update(&test.msg);
            let holds = mac.verify_truncated_left(&test.tag).is_ok();
            assert_eq!(holds, test.result != TestResult::Invalid, "case {}", test.tc_id);
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen} cases");
}

#[test]
fn hkdf_sha256_passes_every_wycheproof_vector() {
    let set = kdf::TestSet::load(kdf::TestName::HkdfSha256).unwrap();
    let mut seen = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let mut okm = vec![0; test.size];
        let made = Hkdf::<Sha256>::new(Some(&test.salt), &test.ikm).expand(&test.info, &mut okm);
        if test.result == TestResult::Invalid {
            assert!(made.is_err(), "case {}", test.tc_id);
        } else {
            assert!(made.is_ok() && okm == test.okm[..], "case {}", test.tc_id);
        }
        seen += 1;
    }
    assert!(seen > 50, "{seen} cases");
}

#[test]
fn ed25519_strict_verification_passes_every_wycheproof_vector() {
    let set = eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap();
    let mut seen = 0;
    for group in &set.test_groups {
        let key = VerifyingKey::try_from(&group.key.pk[..]).unwrap();
        for test in &group.tests {
            let holds = Signature::from_slice(&test.sig)
                .is_ok_and(|signature| key.verify_strict(&test.msg, &signature).is_ok());
            assert_eq!(holds, test.result != TestResult::Invalid, "case {}", test.tc_id);
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen} cases");
}
