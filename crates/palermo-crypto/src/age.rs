//! A file that opens with a passphrase, on any machine, without us: the age
//! format, version 1 (<https://age-encryption.org/v1>), with its scrypt
//! recipient. Chosen because programs for every system read it; put together
//! here from the same primitives as the rest, without the 139 crates of the
//! program (see `docs/decisions`). Only what we write is read back: one
//! passphrase, no plugins, no armour.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce, aead::Aead};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{CannotOpen, CannotSeal, Entropy};

const VERSION: &str = "age-encryption.org/v1";
const SALT_LABEL: &[u8] = b"age-encryption.org/v1/scrypt";
/// Cost of the passphrase: 2^15 blocks of 1 KiB, about a tenth of a second. The
/// passphrases we make have a hundred bits; this is for those people choose.
const LOG_COST: u8 = 15;
/// The highest cost we pay to open a file.
const HIGHEST_COST: u8 = 20;
/// Bytes of text in a chunk.
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;

fn stretched(passphrase: &str, salt: &[u8], cost: u8) -> Result<Zeroizing<[u8; 32]>, CannotOpen> {
    let params = scrypt::Params::new(cost, 8, 1).map_err(|_| CannotOpen)?;
    let mut salted = SALT_LABEL.to_vec();
    salted.extend_from_slice(salt);
    let mut out = Zeroizing::new([0u8; 32]);
    scrypt::scrypt(passphrase.as_bytes(), &salted, &params, out.as_mut_slice())
        .map_err(|_| CannotOpen)?;
    Ok(out)
}

fn derived(file_key: &[u8], salt: &[u8], info: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut out = Zeroizing::new([0u8; 32]);
    // Thirty-two bytes are always within what HKDF gives.
    let _ = Hkdf::<Sha256>::new(Some(salt), file_key).expand(info, out.as_mut_slice());
    out
}

fn mac(file_key: &[u8], header: &str) -> Hmac<Sha256> {
    let mut block = [0u8; 64];
    block[..32].copy_from_slice(derived(file_key, b"", b"header").as_slice());
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new((&block).into());
    mac.update(header.as_bytes());
    mac
}

/// The nonce of a chunk: its number and whether it is the last.
fn nonce(number: u64, last: bool) -> Nonce {
    let mut bytes = [0u8; 12];
    bytes[3..11].copy_from_slice(&number.to_be_bytes());
    bytes[11] = u8::from(last);
    bytes.into()
}

/// Seals `text` so that it opens with `passphrase` in any program that reads age files.
///
/// # Errors
/// When there is no randomness.
pub fn seal_with_passphrase(
    text: &[u8],
    passphrase: &str,
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, CannotSeal> {
    let (mut file_key, mut salt, mut start) = (Zeroizing::new([0u8; 16]), [0u8; 16], [0u8; 16]);
    entropy.fill(file_key.as_mut_slice())?;
    entropy.fill(&mut salt)?;
    entropy.fill(&mut start)?;
    let by = stretched(passphrase, &salt, LOG_COST).map_err(|_| CannotSeal::TooLong)?;
    let wrapped = ChaCha20Poly1305::new((&*by).into())
        .encrypt(&Nonce::default(), file_key.as_slice())
        .map_err(|_| CannotSeal::TooLong)?;
    let header = format!(
        "{VERSION}\n-> scrypt {} {LOG_COST}\n{}\n---",
        STANDARD_NO_PAD.encode(salt),
        STANDARD_NO_PAD.encode(wrapped)
    );
    let proof = mac(file_key.as_slice(), &header).finalize().into_bytes();
    let mut file = format!("{header} {}\n", STANDARD_NO_PAD.encode(proof)).into_bytes();
    file.extend_from_slice(&start);
    let cipher = ChaCha20Poly1305::new((&*derived(file_key.as_slice(), &start, b"payload")).into());
    let chunks: Vec<&[u8]> = if text.is_empty() { vec![&[]] } else { text.chunks(CHUNK).collect() };
    let count = chunks.len();
    for (number, chunk) in chunks.into_iter().enumerate() {
        let nonce = nonce(number as u64, number + 1 == count);
        let sealed = cipher.encrypt(&nonce, chunk).map_err(|_| CannotSeal::TooLong)?;
        file.extend_from_slice(&sealed);
    }
    Ok(file)
}

/// Opens a file made by [`seal_with_passphrase`], or by another program with a passphrase.
///
/// # Errors
/// [`CannotOpen`] for a wrong passphrase, a changed byte, or no such file.
pub fn open_with_passphrase(
    file: &[u8],
    passphrase: &str,
) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
    let (header, payload) = split(file)?;
    let mut lines = header.lines();
    if lines.next() != Some(VERSION) {
        return Err(CannotOpen);
    }
    let stanza = lines.next().and_then(|line| line.strip_prefix("-> scrypt ")).ok_or(CannotOpen)?;
    let (salt, cost) = stanza.split_once(' ').ok_or(CannotOpen)?;
    let cost: u8 = cost.parse().map_err(|_| CannotOpen)?;
    let decode = |text: &str| STANDARD_NO_PAD.decode(text).map_err(|_| CannotOpen);
    let (salt, wrapped) = (decode(salt)?, decode(lines.next().ok_or(CannotOpen)?)?);
    let proof = lines.next().and_then(|line| line.strip_prefix("--- ")).ok_or(CannotOpen)?;
    if cost > HIGHEST_COST || salt.len() != 16 || wrapped.len() != 32 || lines.next().is_some() {
        return Err(CannotOpen);
    }
    let by = stretched(passphrase, &salt, cost)?;
    let file_key = ChaCha20Poly1305::new((&*by).into())
        .decrypt(&Nonce::default(), wrapped.as_slice())
        .map_err(|_| CannotOpen)?;
    let file_key = Zeroizing::new(file_key);
    let told = header.rsplit_once(' ').map(|(told, _)| told).ok_or(CannotOpen)?;
    mac(&file_key, told).verify_slice(&decode(proof)?).map_err(|_| CannotOpen)?;
    let (start, body) = payload.split_at_checked(16).ok_or(CannotOpen)?;
    let cipher = ChaCha20Poly1305::new((&*derived(&file_key, start, b"payload")).into());
    let chunks: Vec<&[u8]> = body.chunks(CHUNK + TAG).collect();
    let count = chunks.len();
    let mut text = Zeroizing::new(Vec::with_capacity(body.len()));
    for (number, chunk) in chunks.into_iter().enumerate() {
        let last = number + 1 == count;
        let clear = cipher.decrypt(&nonce(number as u64, last), chunk).map_err(|_| CannotOpen)?;
        // An empty last chunk after others is not how the format is written.
        if clear.is_empty() && number > 0 {
            return Err(CannotOpen);
        }
        text.extend_from_slice(&clear);
    }
    if count == 0 { Err(CannotOpen) } else { Ok(text) }
}

/// The header up to its last line, without the line's end, and what follows.
fn split(file: &[u8]) -> Result<(&str, &[u8]), CannotOpen> {
    const LONGEST_HEADER: usize = 1024;
    let mut at = 0;
    for _ in 0..4 {
        let rest = file.get(at..file.len().min(LONGEST_HEADER)).ok_or(CannotOpen)?;
        at += rest.iter().position(|byte| *byte == b'\n').ok_or(CannotOpen)? + 1;
    }
    let header = file.get(..at - 1).and_then(|bytes| std::str::from_utf8(bytes).ok());
    Ok((header.ok_or(CannotOpen)?, file.get(at..).ok_or(CannotOpen)?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::SeededEntropy;

    /// Made by another program: rage 0.11 through pyrage 1.4, passphrase `correct horse`.
    const FOREIGN: &str = "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCAwNkZobzUrNitNRHcvYWRZMHVTMFFnIDE5CmRGVFZ0ZVhp\
        Wk9Mb2xFbGRFWUtJRUxVQVl3M2FxZXJ5bmZNT1BPQ2RBTjQKLS0tIHJadkVPV3dWOWVJa1R1aWFUVWx4TUhGenIr\
        aDhCRzArY0RTT3BjbzNDQ2sKTee/5C/5cSYrcVCebwwfchFYkVVy2Mwpxs1fIx8WhCbkBAvr6wPSUg==";

    #[test]
    fn what_another_program_sealed_opens_here() {
        let file = base64::engine::general_purpose::STANDARD.decode(FOREIGN).unwrap();
        assert_eq!(open_with_passphrase(&file, "correct horse").unwrap().as_slice(), b"two beds");
    }

    #[test]
    fn a_file_opens_with_its_passphrase_whatever_its_length_and_not_when_a_byte_changed() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
            let text: Vec<u8> = (0..length).map(|at| at as u8).collect();
            let mut entropy = SeededEntropy::new(7);
            let file = seal_with_passphrase(&text, "a b c", &mut entropy).unwrap();
            assert_eq!(*open_with_passphrase(&file, "a b c").unwrap(), text);
        }
        let file = seal_with_passphrase(b"two beds", "a b c", &mut SeededEntropy::new(8)).unwrap();
        for at in [3, 30, 60, 110, 140, 170, file.len() - 1] {
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert!(open_with_passphrase(&changed, "a b c").is_err(), "byte {at}");
        }
        assert!(open_with_passphrase(&file[..file.len() - 1], "a b c").is_err(), "cut short");
    }
}
