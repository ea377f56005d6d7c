//! Published vectors, and values computed independently (Python's `hashlib`,
//! PyCryptodome 3, argon2-cffi 25) that pin every stored format: if one of these
//! changes, data already sealed no longer opens.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use hpke::{Deserializable, OpModeR, kdf::HkdfSha256, kem::X25519HkdfSha256};
use palermo_crypto::{
    Aad, Entropy, Key, NoEntropy, StaffSecret, blind_index, open, password, root, seal, sha256,
    unwrap, unwrap_key, wrap, wrap_key,
};
use sha2::Sha256;

fn hex(text: &str) -> Vec<u8> {
    hex::decode(text).unwrap()
}

fn counting() -> Key {
    let mut bytes = [0; 32];
    for (place, byte) in (0..).zip(&mut bytes) {
        *byte = place;
    }
    Key::from_bytes(bytes)
}

/// Hands out the bytes of a vector, once, and then fails.
struct Script(Vec<u8>);

impl Entropy for Script {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), NoEntropy> {
        if self.0.len() < out.len() {
            return Err(NoEntropy);
        }
        let rest = self.0.split_off(out.len());
        out.copy_from_slice(&self.0);
        self.0 = rest;
        Ok(())
    }
}

const PLACE: Aad<'static> = Aad {
    tenant: b"tenant-1",
    person: b"person-1",
    table: "need",
    column: "note",
    row: b"row-1",
    key_id: b"key-1",
    version: 7,
};

#[test]
fn sha256_gives_the_examples_of_fips_180_4() {
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(sha256(b"abc"), *hex(abc));
    let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(sha256(b""), *hex(nothing));
}

#[test]
fn hkdf_gives_the_examples_of_rfc_5869() {
    let ikm = [0x0b; 22];
    let salt = hex("000102030405060708090a0b0c");
    let (prk, hkdf) = Hkdf::<Sha256>::extract(Some(&salt), &ikm);
    assert_eq!(prk[..], hex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
    let mut okm = [0; 42];
    hkdf.expand(&hex("f0f1f2f3f4f5f6f7f8f9"), &mut okm).unwrap();
    assert_eq!(
        okm[..],
        hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
    );
    Hkdf::<Sha256>::new(None, &ikm).expand(b"", &mut okm).unwrap();
    assert_eq!(
        okm[..],
        hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")
    );
}

#[test]
fn xchacha20_poly1305_gives_the_example_of_its_draft() {
    // draft-irtf-cfrg-xchacha-03, appendix A.3.1.
    let text = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
    let key: Vec<u8> = (0x80..0xa0).collect();
    let nonce: Vec<u8> = (0x40..0x58).collect();
    let sealed = XChaCha20Poly1305::new_from_slice(&key)
        .unwrap()
        .encrypt(
            nonce.as_slice().try_into().unwrap(),
            Payload { msg: text, aad: &hex("50515253c0c1c2c3c4c5c6c7") },
        )
        .unwrap();
    let expected = concat!(
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb",
        "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452",
        "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9",
        "21f9664c97637da9768812f615c68b13b52e",
        "c0875924c1c7987947deafd8780acf49",
    );
    assert_eq!(sealed, hex(expected));
}

#[test]
fn hpke_opens_the_example_of_rfc_9180_appendix_a_2_1() {
    let secret = hex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb");
    let encapsulated = hex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a");
    let text = hpke::single_shot_open::<hpke::aead::ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &Deserializable::from_bytes(&secret).unwrap(),
        &Deserializable::from_bytes(&encapsulated).unwrap(),
        &hex("4f6465206f6e2061204772656369616e2055726e"),
        &hex("1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"),
        b"Count-0",
    )
    .unwrap();
    assert_eq!(text, b"Beauty is truth, truth beauty");
}

/// X-Wing's first published vector (draft-connolly-cfrg-xwing-kem, appendix C):
/// seed, encapsulation randomness, shared secret; SHA-256 of public key and ciphertext.
const XWING_SEED: &str = "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26";
const XWING_RANDOM: &str = "3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e235b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2";
const XWING_SHARED: &str = "d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384";
const XWING_PUBLIC: &str = "2e816deebcd76c5c80d0cd2d174478871658e8e2ff42bc9d4a6e486372e856bb";
const XWING_CIPHERTEXT: &str = "17cd532d657e44c897ca6583e548a5424fc70bf54f99515a4d2bcf99e3469f33";

#[test]
fn a_key_is_wrapped_as_x_wing_and_rfc_9180_say() {
    let seed = Key::try_from(hex(XWING_SEED).as_slice()).unwrap();
    let secret = StaffSecret::from_key(&seed).unwrap();
    assert_eq!(secret.public().fingerprint(), *hex(XWING_PUBLIC));

    let wrapped = wrap(
        &secret.public(),
        &[b"tenant-1", b"care"],
        &counting(),
        &mut Script(hex(XWING_RANDOM)),
    )
    .unwrap();

    assert_eq!(wrapped[0], 1);
    assert_eq!(sha256(&wrapped[1..1121]), *hex(XWING_CIPHERTEXT));
    let (key, nonce) = key_schedule(&hex(XWING_SHARED), &wrap_info());
    let inner = ChaCha20Poly1305::new_from_slice(&key)
        .unwrap()
        .decrypt(nonce.as_slice().try_into().unwrap(), Payload { msg: &wrapped[1121..], aad: &[1] })
        .unwrap();
    assert_eq!(inner, counting().as_bytes());
    let opened = unwrap(&secret, &[b"tenant-1", b"care"], &wrapped).unwrap();
    assert_eq!(opened, counting());
}

/// What `wrap` binds for `["tenant-1", "care"]`, written out byte by byte.
fn wrap_info() -> Vec<u8> {
    let part = |bytes: &[u8]| [&(bytes.len() as u64).to_be_bytes(), bytes].concat();
    let inner = [&2_u64.to_be_bytes()[..], &part(b"tenant-1"), &part(b"care")].concat();
    [&2_u64.to_be_bytes()[..], &part(b"palermo wrap v1"), &part(&inner)].concat()
}

/// RFC 9180 §5.1, Base mode, written a second time on HKDF alone, for the suite
/// X-Wing (0x647a), HKDF-SHA-256 (1), ChaCha20-Poly1305 (3): key and first nonce.
fn key_schedule(shared: &[u8], info: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let suite = [&b"HPKE"[..], &[0x64, 0x7a, 0, 1, 0, 3]].concat();
    let extract = |salt: &[u8], label: &[u8], ikm: &[u8]| {
        let ikm = [b"HPKE-v1", &suite[..], label, ikm].concat();
        Hkdf::<Sha256>::extract(Some(salt), &ikm)
    };
    let psk_id = extract(b"", b"psk_id_hash", b"").0;
    let info = extract(b"", b"info_hash", info).0;
    let context = [&[0][..], &psk_id, &info].concat();
    let (_, secret) = extract(shared, b"secret", b"");
    let expand = |label: &[u8], len: u16| {
        let info = [&len.to_be_bytes()[..], b"HPKE-v1", &suite, label, &context].concat();
        let mut out = vec![0; usize::from(len)];
        secret.expand(&info, &mut out).unwrap();
        out
    };
    (expand(b"key", 32), expand(b"base_nonce", 12))
}

#[test]
fn a_derived_key_is_the_one_python_derives() {
    let expected = "92585cdb2d782d46ddc2b2774685958db3d0755f2cdf8f2eba5665bb961038dc";
    assert_eq!(counting().for_column("need", "note").as_bytes()[..], hex(expected));
}

#[test]
fn a_blind_index_is_the_one_python_computes() {
    assert_eq!(
        blind_index(&counting(), "passport", " xa-123 4567"),
        *hex("d1aeaf2c056b61b621f41cb3eeda1d96")
    );
}

#[test]
fn a_sealed_text_has_the_bytes_python_gives_it() {
    let mut nonce = Script((0x40..0x58).collect());
    let sealed = seal(&counting(), &PLACE, b"safe until Friday", &mut nonce).unwrap();
    let expected = concat!(
        "01404142434445464748494a4b4c4d4e4f5051525354555657a7586315f0951762e698a7f8ddf501f3",
        "eb3aadc41359539a6a31fd450904239012f71e61b64f8d3a9e924512039ba466",
    );
    assert_eq!(sealed, hex(expected));
    assert_eq!(open(&counting(), &PLACE, &hex(expected)).unwrap()[..], *b"safe until Friday");
}

#[test]
fn a_wrapped_key_has_the_bytes_python_gives_it() {
    let inner = Key::try_from((100..132).collect::<Vec<u8>>().as_slice()).unwrap();
    let mut nonce = Script((0x40..0x58).collect());
    let wrapped = wrap_key(&counting(), &PLACE, &inner, &mut nonce).unwrap();
    let expected = concat!(
        "02404142434445464748494a4b4c4d4e4f5051525354555657b05c6317b889137de399e9d1dfed17e1",
        "e6cfdbb36b2029e1164c833a8985a1130996b54b0d9b81b266db3b42532be885",
    );
    assert_eq!(wrapped, hex(expected));
    assert_eq!(unwrap_key(&counting(), &PLACE, &wrapped).unwrap(), inner);
}

#[test]
fn a_hash_made_by_the_reference_implementation_of_argon2_is_verified() {
    let stored = "$argon2id$v=19$m=65536,t=3,p=1$MDEyMzQ1Njc4OWFiY2RlZg$CovHqd0mhp95hnD0wLoyccq/HqaVE5giQWMcYOLKQg0";
    assert_eq!(password::verify("correct horse battery staple é", stored), Ok(true));
    // The same letter as `e` and a combining accent, as another keyboard writes it.
    assert_eq!(password::verify("correct horse battery staple e\u{301}", stored), Ok(true));
    assert_eq!(password::verify("correct horse battery staple e", stored), Ok(false));
}

#[test]
fn a_root_key_from_a_passphrase_is_the_one_python_derives() {
    let key = root::from_passphrase(
        "correct horse battery staple",
        b"0123456789abcdef",
        &password::Params::standard(),
    )
    .unwrap();
    let expected = "a8005866c57236826700bafbdbda818abcd67e015b7f7512a1a72fa223f5c255";
    assert_eq!(key.as_bytes()[..], hex(expected));
}

#[test]
fn ed25519_gives_the_first_example_of_rfc_8032() {
    use ed25519_dalek::{Signer, SigningKey};
    let seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    let key = SigningKey::try_from(seed.as_slice()).unwrap();
    assert_eq!(
        key.verifying_key().to_bytes()[..],
        hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    );
    let expected = concat!(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555",
        "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    );
    assert_eq!(key.sign(b"").to_bytes()[..], hex(expected));
}
