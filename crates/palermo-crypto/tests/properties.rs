//! What must hold for every value, not for examples.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_crypto::{
    Aad, CannotOpen, Key, SeededEntropy, encode_parts, open, padded_len, seal, unwrap_key, wrap_key,
};
use proptest::{collection::vec, prelude::*};

/// An owned place, so that it can be generated and changed field by field.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    bytes: [Vec<u8>; 4],
    names: [String; 2],
    version: u32,
}

impl Place {
    fn aad(&self) -> Aad<'_> {
        let [tenant, person, row, key_id] = &self.bytes;
        let [table, column] = &self.names;
        Aad { tenant, person, table, column, row, key_id, version: self.version }
    }
}

fn place() -> impl Strategy<Value = Place> {
    // Short and from few letters, so that two places are often nearly the same.
    let bytes = || vec(0..3_u8, 0..4);
    let name = || "[ab]{0,3}";
    ([bytes(), bytes(), bytes(), bytes()], [name(), name()], 0..4_u32)
        .prop_map(|(bytes, names, version)| Place { bytes, names, version })
}

fn key() -> impl Strategy<Value = Key> {
    any::<[u8; 32]>().prop_map(Key::from_bytes)
}

proptest! {
    #[test]
    fn what_is_sealed_opens_to_the_same_text(key in key(), place in place(), text in vec(any::<u8>(), 0..3000), seed: u64) {
        let sealed = seal(&key, &place.aad(), &text, &mut SeededEntropy::new(seed)).unwrap();
        prop_assert_eq!(&open(&key, &place.aad(), &sealed).unwrap()[..], &text[..]);
    }

    #[test]
    fn a_sealed_text_opens_in_no_other_place(key in key(), here in place(), there in place(), text in vec(any::<u8>(), 0..40), seed: u64) {
        let sealed = seal(&key, &here.aad(), &text, &mut SeededEntropy::new(seed)).unwrap();
        prop_assume!(here != there);
        prop_assert_eq!(open(&key, &there.aad(), &sealed), Err(CannotOpen));
    }

    #[test]
    fn each_single_field_of_the_place_is_bound(key in key(), here in place(), field in 0..7_usize, seed: u64) {
        let mut there = here.clone();
        match field {
            0..4 => there.bytes[field].push(0),
            4 | 5 => there.names[field - 4].push('a'),
            _ => there.version += 1,
        }
        let sealed = seal(&key, &here.aad(), b"text", &mut SeededEntropy::new(seed)).unwrap();
        prop_assert_eq!(open(&key, &there.aad(), &sealed), Err(CannotOpen));
        let wrapped = wrap_key(&key, &here.aad(), &Key::from_bytes([5; 32]), &mut SeededEntropy::new(seed)).unwrap();
        prop_assert_eq!(unwrap_key(&key, &there.aad(), &wrapped), Err(CannotOpen));
    }

    #[test]
    fn no_two_places_have_one_encoding(here in place(), there in place()) {
        prop_assert_eq!(here == there, here.aad().encode() == there.aad().encode());
    }

    #[test]
    fn no_two_lists_of_parts_have_one_encoding(left in vec(vec(0..2_u8, 0..3), 0..4), right in vec(vec(0..2_u8, 0..3), 0..4)) {
        let encode = |parts: &[Vec<u8>]| encode_parts(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>());
        prop_assert_eq!(left == right, encode(&left) == encode(&right));
    }

    #[test]
    fn another_key_never_opens(key in key(), other in key(), place in place(), seed: u64) {
        prop_assume!(key != other);
        let sealed = seal(&key, &place.aad(), b"text", &mut SeededEntropy::new(seed)).unwrap();
        prop_assert_eq!(open(&other, &place.aad(), &sealed), Err(CannotOpen));
    }

    #[test]
    fn a_flipped_bit_never_opens(key in key(), place in place(), text in vec(any::<u8>(), 0..100), bit: prop::sample::Index, seed: u64) {
        let mut sealed = seal(&key, &place.aad(), &text, &mut SeededEntropy::new(seed)).unwrap();
        let bit = bit.index(sealed.len() * 8);
        sealed[bit / 8] ^= 1 << (bit % 8);
        prop_assert_eq!(open(&key, &place.aad(), &sealed), Err(CannotOpen));
    }

    #[test]
    fn a_cut_or_lengthened_ciphertext_never_opens(key in key(), place in place(), cut: prop::sample::Index, seed: u64) {
        let sealed = seal(&key, &place.aad(), b"text", &mut SeededEntropy::new(seed)).unwrap();
        prop_assert_eq!(open(&key, &place.aad(), &sealed[..cut.index(sealed.len())]), Err(CannotOpen));
        let longer = [&sealed[..], &[0]].concat();
        prop_assert_eq!(open(&key, &place.aad(), &longer), Err(CannotOpen));
    }

    #[test]
    fn whatever_bytes_are_given_nothing_panics(key in key(), place in place(), bytes in vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(open(&key, &place.aad(), &bytes), Err(CannotOpen));
        prop_assert_eq!(unwrap_key(&key, &place.aad(), &bytes), Err(CannotOpen));
    }

    #[test]
    fn the_length_of_a_sealed_text_tells_only_its_bucket(len in 0..5000_usize, seed: u64) {
        let place = Place { bytes: Default::default(), names: Default::default(), version: 0 };
        let sealed = seal(&Key::from_bytes([1; 32]), &place.aad(), &vec![0x80; len], &mut SeededEntropy::new(seed)).unwrap();
        let bucket = sealed.len() - 41;
        prop_assert_eq!(bucket, padded_len(len));
        prop_assert!(bucket > len);
        prop_assert!([32, 64, 128, 256, 512].contains(&bucket) || bucket.is_multiple_of(1024));
    }
}

#[test]
fn padding_takes_the_next_bucket_at_its_border() {
    let borders = [
        (0, 32),
        (31, 32),
        (32, 64),
        (63, 64),
        (64, 128),
        (127, 128),
        (128, 256),
        (511, 512),
        (512, 1024),
        (1023, 1024),
        (1024, 2048),
        (2047, 2048),
        (2048, 3072),
    ];
    for (len, bucket) in borders {
        assert_eq!(padded_len(len), bucket, "{len} bytes");
    }
}

#[test]
fn a_key_does_not_open_as_a_text_nor_a_text_as_a_key() {
    let key = Key::from_bytes([1; 32]);
    let place = Place { bytes: Default::default(), names: Default::default(), version: 0 };
    let entropy = &mut SeededEntropy::new(1);
    let wrapped = wrap_key(&key, &place.aad(), &key, entropy).unwrap();
    assert_eq!(open(&key, &place.aad(), &wrapped), Err(CannotOpen));
    let sealed = seal(&key, &place.aad(), &[7; 31], entropy).unwrap();
    assert_eq!(unwrap_key(&key, &place.aad(), &sealed), Err(CannotOpen));
}

#[test]
fn the_same_text_is_never_sealed_to_the_same_bytes() {
    let key = Key::from_bytes([1; 32]);
    let place = Place { bytes: Default::default(), names: Default::default(), version: 0 };
    let entropy = &mut SeededEntropy::new(1);
    let first = seal(&key, &place.aad(), b"text", entropy).unwrap();
    let second = seal(&key, &place.aad(), b"text", entropy).unwrap();
    assert_ne!(first, second);
}
