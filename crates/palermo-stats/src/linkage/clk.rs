//! Cryptographic long-term keys: one Bloom filter per record, made so that
//! similar records share bits (Schnell, Bachteler & Reiher 2009, 2011).
//!
//! **Assumes** that all owners use the same [`Schema`] and the same secret, which
//! the linkage unit does not have. **Do not use** for publication, nor where the
//! linkage unit may collude with an owner: the codes are pseudonyms and fall to
//! frequency attacks (Kroll & Steinmetzer 2015; Christen et al. 2018).
//!
//! Each value is cut into tokens; a token sets k bits of the filter. With
//! `blakeHash` bit numbers are the 16-bit words, little-endian, of
//! BLAKE2b-512(token; key, salt = block number in ASCII) mod l; with `doubleHash`
//! they are (HMAC-SHA1 + i·HMAC-MD5) mod l. Keys come from HKDF over all columns,
//! ignored ones too. Bit p of the filter is bit 7 − p mod 8 of byte p/8.

use super::LinkError;
use super::schema::{Hash, Hashing, KeyHash, Schema, Strategy};
use super::values::prepared;
use blake2::Blake2bMac512;
use blake2::digest::{FixedOutput, Mac, Update};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit};
use rayon::prelude::*;
use std::collections::HashMap;
use zeroize::Zeroizing;

/// Codes of a list, all of the same length.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filters {
    bits: usize,
    words: Vec<u64>,
    counts: Vec<u32>,
}

impl Filters {
    /// Codes from bytes, each `bits / 8` long, for instance decoded from Base64.
    ///
    /// # Errors
    /// When a code has another length.
    pub fn from_bytes(bits: usize, codes: &[Vec<u8>]) -> Result<Self, LinkError> {
        let mut filters = Self { bits, ..Self::default() };
        for code in codes {
            if code.len() * 8 != bits {
                let b = code.len() * 8;
                return Err(LinkError::Lengths { a: bits, b });
            }
            let words: Vec<u64> = code
                .chunks(8)
                .map(|chunk| {
                    let mut word = [0u8; 8];
                    word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
                    u64::from_be_bytes(word)
                })
                .collect();
            filters.push(&words);
        }
        Ok(filters)
    }

    fn push(&mut self, words: &[u64]) {
        self.words.extend_from_slice(words);
        self.counts.push(words.iter().map(|word| word.count_ones()).sum());
    }

    /// Number of codes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there is no code.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Bits of a code.
    #[must_use]
    pub fn bits(&self) -> usize {
        self.bits
    }

    /// 64-bit words of a code.
    #[must_use]
    pub fn words_per_code(&self) -> usize {
        self.bits.div_ceil(64)
    }

    /// Bits set in each code.
    #[must_use]
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// Words of one code, first bit of the code in the highest bit; empty beyond the last code.
    #[must_use]
    pub fn code(&self, index: usize) -> &[u64] {
        let width = self.words_per_code();
        self.words.get(index * width..(index + 1) * width).unwrap_or_default()
    }

    /// One code as bytes, the form in which it is exchanged.
    #[must_use]
    pub fn bytes(&self, index: usize) -> Vec<u8> {
        let words = self.code(index).iter();
        words.flat_map(|word| word.to_be_bytes()).take(self.bits / 8).collect()
    }
}

/// Turns records into codes.
///
/// # Example
/// ```
/// use palermo_stats::linkage::{clk::Encoder, schema::Schema};
///
/// let schema = Schema::from_json(r#"{"version": 3,
///   "clkConfig": {"l": 1024, "kdf": {"type": "HKDF", "keySize": 64}},
///   "features": [{"identifier": "name", "format": {"type": "string", "encoding": "utf-8"},
///     "hashing": {"comparison": {"type": "ngram", "n": 2},
///       "strategy": {"bitsPerToken": 10}, "hash": {"type": "blakeHash"}}}]}"#)?;
/// let encoder = Encoder::new(schema, b"a secret for this project alone")?;
/// let codes = encoder.encode(&[vec!["amina".into()], vec!["aminah".into()]])?;
/// let shared: u32 = codes.code(0).iter().zip(codes.code(1)).map(|(a, b)| (a & b).count_ones()).sum();
/// assert!(shared >= 45, "five of six bigrams are shared, ten bits each, less collisions");
/// # Ok::<(), palermo_stats::linkage::LinkError>(())
/// ```
pub struct Encoder {
    schema: Schema,
    keys: Vec<[Zeroizing<Vec<u8>>; 2]>,
}

/// What a column has hashed before. Names repeat, their tokens more so.
#[derive(Default)]
struct Known {
    /// The bits a whole value sets.
    values: HashMap<String, Box<[u64]>>,
    /// Bit numbers of a token.
    tokens: HashMap<String, Vec<u16>>,
}

/// Values, and tokens, kept per column before the memory is emptied.
const KNOWN_ENTRIES: usize = 1 << 16;

/// Refused values told at once.
const PROBLEMS_SHOWN: usize = 20;

impl Encoder {
    /// Derives the keys of a schema from the secret the owners share.
    ///
    /// # Errors
    /// When there are more columns than keys can be derived for.
    pub fn new(schema: Schema, secret: &[u8]) -> Result<Self, LinkError> {
        let size = schema.key_size;
        let mut material = Zeroizing::new(vec![0u8; schema.features.len() * 2 * size]);
        let derived = match schema.key_hash {
            KeyHash::Sha256 => Hkdf::<sha2::Sha256>::new(Some(&schema.salt), secret)
                .expand(&schema.info, &mut material),
            KeyHash::Sha512 => Hkdf::<sha2::Sha512>::new(Some(&schema.salt), secret)
                .expand(&schema.info, &mut material),
        };
        derived.map_err(|_| LinkError::Schema("it has too many columns for its keys".into()))?;
        let keys = material
            .chunks_exact(2 * size)
            .map(|pair| {
                let (first, second) = pair.split_at(size);
                [Zeroizing::new(first.to_vec()), Zeroizing::new(second.to_vec())]
            })
            .collect();
        Ok(Self { schema, keys })
    }

    /// The schema.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The two keys of a column, for comparison with another implementation.
    #[must_use]
    pub fn keys(&self, feature: usize) -> Option<[&[u8]; 2]> {
        let [first, second] = self.keys.get(feature)?;
        Some([first.as_slice(), second.as_slice()])
    }

    /// Codes of records, whose values are in the order of the schema's columns.
    ///
    /// # Errors
    /// All values that the schema does not allow (at most 20 are told).
    pub fn encode(&self, records: &[Vec<String>]) -> Result<Filters, LinkError> {
        let share = records.len().div_ceil(rayon::current_num_threads()).max(256);
        let parts: Vec<(Filters, Vec<String>)> = records
            .par_chunks(share)
            .enumerate()
            .map(|(part, chunk)| self.encode_part(part * share, chunk))
            .collect();
        let mut all = Filters { bits: self.schema.bits, ..Filters::default() };
        let mut problems = Vec::new();
        for (filters, wrong) in parts {
            all.words.extend(filters.words);
            all.counts.extend(filters.counts);
            problems.extend(wrong);
        }
        problems.truncate(PROBLEMS_SHOWN);
        if problems.is_empty() { Ok(all) } else { Err(LinkError::Values(problems)) }
    }

    fn encode_part(&self, first: usize, records: &[Vec<String>]) -> (Filters, Vec<String>) {
        let mut known: Vec<Known> = self.schema.features.iter().map(|_| Known::default()).collect();
        let mut filters = Filters { bits: self.schema.bits, ..Filters::default() };
        let mut problems = Vec::new();
        for (row, record) in records.iter().enumerate() {
            match self.filter(record, &mut known) {
                Ok(words) => filters.push(&words),
                Err(reason) if problems.len() < PROBLEMS_SHOWN => {
                    problems.push(format!("record {}, {reason}", first + row + 1));
                }
                Err(_) => break,
            }
        }
        (filters, problems)
    }

    fn filter(&self, record: &[String], known: &mut [Known]) -> Result<Vec<u64>, String> {
        if record.len() != self.schema.features.len() {
            return Err(format!(
                "{} values instead of {}",
                record.len(),
                self.schema.features.len()
            ));
        }
        let mut words = vec![0u64; self.schema.filter_bits().div_ceil(64)];
        let columns = self.schema.features.iter().zip(&self.keys).zip(known);
        for (value, ((feature, keys), known)) in record.iter().zip(columns) {
            let Some(hashing) = &feature.hashing else {
                continue;
            };
            if let Some(bits) = known.values.get(value) {
                words.iter_mut().zip(bits).for_each(|(word, bits)| *word |= bits);
                continue;
            }
            let told = |reason| format!("column `{}`: {reason}", feature.identifier);
            let spelt = prepared(hashing, value).map_err(told)?;
            let tokens =
                hashing.comparison.tokens(&spelt).map_err(|reason| told(reason.to_string()))?;
            let mut bits = vec![0u64; words.len()].into_boxed_slice();
            self.set(&mut bits, hashing, keys, tokens, &mut known.tokens);
            words.iter_mut().zip(&bits).for_each(|(word, bits)| *word |= bits);
            if known.values.len() >= KNOWN_ENTRIES {
                known.values.clear();
            }
            known.values.insert(value.clone(), bits);
        }
        Ok(fold(words, self.schema.filter_bits(), self.schema.xor_folds))
    }

    fn set(
        &self,
        words: &mut [u64],
        hashing: &Hashing,
        keys: &[Zeroizing<Vec<u8>>; 2],
        tokens: Vec<String>,
        known: &mut HashMap<String, Vec<u16>>,
    ) {
        let length = self.schema.filter_bits();
        let count = tokens.len();
        for (place, token) in tokens.into_iter().enumerate() {
            let bits = match hashing.strategy {
                Strategy::BitsPerToken(bits) => bits,
                Strategy::BitsPerFeature(bits) => bits / count + usize::from(place < bits % count),
            };
            let double = match hashing.hash {
                Hash::Blake => None,
                Hash::Double { prevent_singularity } => {
                    Some(double_hash(&token, keys, length, prevent_singularity))
                }
            };
            if let Some((start, step)) = double {
                (0..bits as u64)
                    .for_each(|i| set_bit(words, ((start + i * step) % length as u64) as usize));
                continue;
            }
            if known.len() >= KNOWN_ENTRIES {
                known.clear();
            }
            // Looked up by reference first: most tokens are known.
            if known.get(&token).is_none_or(|indices| indices.len() < bits) {
                let fresh = blake_indices(token.as_bytes(), &keys[0], bits);
                known.insert(token.clone(), fresh);
            }
            if let Some(indices) = known.get(&token) {
                let mask = length - 1;
                (indices.iter().take(bits))
                    .for_each(|&index| set_bit(words, usize::from(index) & mask));
            }
        }
    }
}

fn set_bit(words: &mut [u64], bit: usize) {
    if let Some(word) = words.get_mut(bit / 64) {
        *word |= 1 << (63 - bit % 64);
    }
}

/// At least `bits` random 16-bit numbers of a token.
fn blake_indices(token: &[u8], key: &[u8], bits: usize) -> Vec<u16> {
    let mut indices = Vec::with_capacity(bits.next_multiple_of(32));
    for block in 0..bits.div_ceil(32) {
        let salt = block.to_string();
        // Key and salt lengths were checked with the schema; without a code
        // nothing is set, and the record is like no other.
        let Ok(mut mac) =
            Blake2bMac512::new_with_salt_and_personal(Some(key), salt.as_bytes(), &[])
        else {
            continue;
        };
        Update::update(&mut mac, token);
        let digest = mac.finalize_fixed();
        let pairs = digest.as_slice().chunks_exact(2);
        indices.extend(pairs.map(|pair| {
            u16::from_le_bytes([
                pair.first().copied().unwrap_or(0),
                pair.last().copied().unwrap_or(0),
            ])
        }));
    }
    indices
}

/// First bit and step of the double hash.
fn double_hash(
    token: &str,
    keys: &[Zeroizing<Vec<u8>>; 2],
    length: usize,
    prevent_singularity: bool,
) -> (u64, u64) {
    let modulo = |digest: &[u8]| {
        digest.iter().fold(0u64, |rest, &byte| (rest * 256 + u64::from(byte)) % length as u64)
    };
    let start = mac::<Hmac<sha1::Sha1>>(&keys[0], &[token.as_bytes()]);
    let mut step = modulo(&mac::<Hmac<md5::Md5>>(&keys[1], &[token.as_bytes()]));
    let mut attempt = 0u32;
    while prevent_singularity && step == 0 && attempt < 128 {
        let again = char::from_u32(attempt).unwrap_or_default().to_string();
        step = modulo(&mac::<Hmac<md5::Md5>>(&keys[1], &[token.as_bytes(), again.as_bytes()]));
        attempt += 1;
    }
    (modulo(&start), step)
}

fn mac<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(key) else {
        return Vec::new();
    };
    parts.iter().for_each(|part| Mac::update(&mut mac, part));
    mac.finalize().into_bytes().to_vec()
}

/// Folds the halves of a filter onto each other by exclusive or.
fn fold(mut words: Vec<u64>, mut bits: usize, folds: u32) -> Vec<u64> {
    for _ in 0..folds {
        bits /= 2;
        let mut folded = vec![0u64; bits.div_ceil(64)];
        for bit in 0..bits {
            if has_bit(&words, bit) != has_bit(&words, bit + bits) {
                set_bit(&mut folded, bit);
            }
        }
        words = folded;
    }
    words
}

fn has_bit(words: &[u64], bit: usize) -> bool {
    words.get(bit / 64).is_some_and(|word| word >> (63 - bit % 64) & 1 == 1)
}
