//! Signed statements of a log's size and root: C2SP `tlog-checkpoint` in a C2SP
//! `signed-note`, with Ed25519 (RFC 8032) signatures.
//!
//! A checkpoint is text a person can print and compare:
//!
//! ```text
//! desk.example/audit/4f…
//! 256
//! qINS1GRFhWHwdkUeqLEoP4yEMkTBBzxBkGwGQlVlVcs=
//!
//! — desk.example/audit/4f… 2fSwXQ…
//! ```

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use super::Hash;
use crate::{Entropy, Key, NoEntropy, sha256};

/// C2SP signed-note: the signature type of plain Ed25519.
const ED25519: u8 = 1;
/// Before every signature line: an em dash and a space.
const SIGNATURE_MARK: &str = "— ";

/// How long a log was, and what it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
}

/// A name that cannot stand in a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the name of a log has no spaces, line breaks or plus signs and is not empty")]
pub struct BadOrigin;

/// A text that is not a checkpoint signed by the key expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCheckpoint {
    /// Not of the shape of a checkpoint.
    #[error("this is not a checkpoint")]
    Shape,
    /// No line of it is signed by the key expected.
    #[error("the checkpoint is not signed by the key expected")]
    Unsigned,
    /// A line claims the key expected, and the signature is wrong.
    #[error("the checkpoint was changed after it was signed")]
    Forged,
    /// It is another log's.
    #[error("the checkpoint is of another log")]
    OtherLog,
}

/// A text that is no signing or verifying key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a key for checkpoints")]
pub struct BadNoteKey;

/// The key a log's checkpoints are signed with. Its name is the log's origin.
#[derive(Clone)]
pub struct NoteKey {
    name: String,
    key: SigningKey,
}

/// The public half of a [`NoteKey`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteVerifier {
    name: String,
    key: VerifyingKey,
}

impl Checkpoint {
    /// The statement that the log `origin` had `size` entries and this `root`.
    ///
    /// # Errors
    /// When `origin` cannot stand in a checkpoint.
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, BadOrigin> {
        check_name(origin)?;
        Ok(Self { origin: origin.to_owned(), size, root })
    }

    /// The log's name.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// How many entries the log had.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root over them.
    pub fn root(&self) -> &Hash {
        &self.root
    }

    /// The checkpoint with `key`'s signature.
    pub fn sign(&self, key: &NoteKey) -> String {
        let body = self.body();
        let mut line = key.verifier().key_id().to_vec();
        line.extend_from_slice(&key.key.sign(body.as_bytes()).to_bytes());
        let line = STANDARD.encode(line);
        format!("{body}\n{SIGNATURE_MARK}{} {line}\n", key.name)
    }

    /// Reads a checkpoint and checks that `verifier` signed it and that it is of
    /// `verifier`'s log. Lines signed by others, such as witnesses, are passed over.
    ///
    /// # Errors
    /// When any of this does not hold.
    pub fn verify(note: &str, verifier: &NoteVerifier) -> Result<Self, BadCheckpoint> {
        // The last empty line parts text and signatures (signed-note).
        let (body, signatures) = note.rsplit_once("\n\n").ok_or(BadCheckpoint::Shape)?;
        let body = format!("{body}\n");
        verifier.check(&body, signatures)?;
        let checkpoint = Self::parse(&body)?;
        if checkpoint.origin != verifier.name {
            return Err(BadCheckpoint::OtherLog);
        }
        Ok(checkpoint)
    }

    fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root))
    }

    /// Only the text [`Checkpoint::sign`] would write again is taken, so that one
    /// statement has one form (no leading zeros, no extension lines).
    fn parse(body: &str) -> Result<Self, BadCheckpoint> {
        let mut lines = body.lines();
        let mut line = || lines.next().ok_or(BadCheckpoint::Shape);
        let (origin, size, root) = (line()?, line()?, line()?);
        let size = size.parse().map_err(|_| BadCheckpoint::Shape)?;
        let root = STANDARD.decode(root).map_err(|_| BadCheckpoint::Shape)?;
        let root = root.try_into().map_err(|_| BadCheckpoint::Shape)?;
        let checkpoint = Self::new(origin, size, root).map_err(|_| BadCheckpoint::Shape)?;
        if checkpoint.body() != body {
            return Err(BadCheckpoint::Shape);
        }
        Ok(checkpoint)
    }
}

impl NoteKey {
    /// A new signing key for the log `name`.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn generate(name: &str, entropy: &mut dyn Entropy) -> Result<Self, CannotMakeNoteKey> {
        check_name(name)?;
        Ok(Self::from_seed(name, &Key::generate(entropy)?)?)
    }

    /// The signing key with this seed (RFC 8032 §5.1.5), as unwrapped from storage.
    ///
    /// # Errors
    /// When `name` cannot stand in a checkpoint.
    pub fn from_seed(name: &str, seed: &Key) -> Result<Self, BadOrigin> {
        check_name(name)?;
        Ok(Self { name: name.to_owned(), key: SigningKey::from_bytes(seed.as_bytes()) })
    }

    /// The seed, to be wrapped with [`crate::wrap_key`] and stored.
    pub fn seed(&self) -> Key {
        Key::from_bytes(self.key.to_bytes())
    }

    /// The public half.
    pub fn verifier(&self) -> NoteVerifier {
        NoteVerifier { name: self.name.clone(), key: self.key.verifying_key() }
    }
}

impl fmt::Debug for NoteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NoteKey({}, secret)", self.name)
    }
}

/// A signing key could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotMakeNoteKey {
    /// The name cannot stand in a checkpoint.
    #[error(transparent)]
    Name(#[from] BadOrigin),
    /// There was no randomness.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
}

impl NoteVerifier {
    /// The log's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key's short id on signature lines (signed-note): the first four bytes of
    /// SHA-256 over name, line break, signature type and public key.
    pub fn key_id(&self) -> [u8; 4] {
        let mut bytes = self.name.as_bytes().to_vec();
        bytes.push(b'\n');
        bytes.extend(self.typed_key());
        let [a, b, c, d, ..] = sha256(&bytes);
        [a, b, c, d]
    }

    /// The key as text (signed-note "vkey"): `name+id+key`, to be published and pinned.
    pub fn text(&self) -> String {
        format!(
            "{}+{}+{}",
            self.name,
            hex::encode(self.key_id()),
            STANDARD.encode(self.typed_key())
        )
    }

    /// Reads what [`NoteVerifier::text`] wrote.
    ///
    /// # Errors
    /// When the text is not of that shape, the id does not fit, or the key is weak.
    pub fn parse(text: &str) -> Result<Self, BadNoteKey> {
        // Only the key itself may hold plus signs, as base64 does.
        let mut parts = text.splitn(3, '+');
        let mut part = || parts.next().ok_or(BadNoteKey);
        let (name, id, key) = (part()?, part()?, part()?);
        check_name(name).map_err(|_| BadNoteKey)?;
        let key = STANDARD.decode(key).map_err(|_| BadNoteKey)?;
        let key: &[u8; 32] =
            key.strip_prefix(&[ED25519]).and_then(|key| key.try_into().ok()).ok_or(BadNoteKey)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| BadNoteKey)?;
        let verifier = Self { name: name.to_owned(), key };
        if key.is_weak() || hex::encode(verifier.key_id()) != id {
            return Err(BadNoteKey);
        }
        Ok(verifier)
    }

    fn typed_key(&self) -> [u8; 33] {
        let mut out = [ED25519; 33];
        out[1..].copy_from_slice(self.key.as_bytes());
        out
    }

    fn check(&self, body: &str, signatures: &str) -> Result<(), BadCheckpoint> {
        let mut signed = false;
        for line in signatures.lines() {
            let (name, signature) = line
                .strip_prefix(SIGNATURE_MARK)
                .and_then(|line| line.split_once(' '))
                .ok_or(BadCheckpoint::Shape)?;
            let signature = STANDARD.decode(signature).map_err(|_| BadCheckpoint::Shape)?;
            let (id, signature) = signature.split_first_chunk::<4>().ok_or(BadCheckpoint::Shape)?;
            if name != self.name || *id != self.key_id() {
                continue;
            }
            let signature = Signature::from_slice(signature).map_err(|_| BadCheckpoint::Forged)?;
            self.key
                .verify_strict(body.as_bytes(), &signature)
                .map_err(|_| BadCheckpoint::Forged)?;
            signed = true;
        }
        if signed { Ok(()) } else { Err(BadCheckpoint::Unsigned) }
    }
}

fn check_name(name: &str) -> Result<(), BadOrigin> {
    let bad =
        name.is_empty() || name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+');
    if bad { Err(BadOrigin) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    /// The example of the Go package `sumdb/note`, after which C2SP wrote signed-note.
    const TEXT: &str = "If you think cryptography is the answer to your problem,\n\
                        then you don't know what your problem is.\n";
    const LINE: &str = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    const VERIFIER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const SEED: &str = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    #[test]
    fn the_published_note_is_verified_and_signed_again_alike() {
        let verifier = NoteVerifier::parse(VERIFIER).unwrap();
        assert_eq!(verifier.check(TEXT, LINE), Ok(()));
        let forged = TEXT.replace("answer", "Answer");
        assert_eq!(verifier.check(&forged, LINE), Err(BadCheckpoint::Forged));

        let seed = Key::try_from(&STANDARD.decode(SEED).unwrap()[1..]).unwrap();
        let key = NoteKey::from_seed("PeterNeumann", &seed).unwrap();
        assert_eq!(key.verifier().text(), VERIFIER);
        let mut line = verifier.key_id().to_vec();
        line.extend(key.key.sign(TEXT.as_bytes()).to_bytes());
        assert_eq!(LINE, format!("— PeterNeumann {}\n", STANDARD.encode(line)));
    }

    #[test]
    fn one_statement_has_one_form_even_when_signed() {
        let key = NoteKey::from_seed("log", &Key::from_bytes([7; 32])).unwrap();
        let root = STANDARD.encode([7; 32]);
        let note = |body: &str| {
            let mut line = key.verifier().key_id().to_vec();
            line.extend(key.key.sign(body.as_bytes()).to_bytes());
            format!("{body}\n— log {}\n", STANDARD.encode(line))
        };
        let good = note(&format!("log\n256\n{root}\n"));
        assert!(Checkpoint::verify(&good, &key.verifier()).is_ok());
        for body in [
            format!("log\n0256\n{root}\n"),
            format!("log\n+256\n{root}\n"),
            format!("log\n256\n{root}\nmore\n"),
            format!("log\r\n256\n{root}\n"),
            "log\n256\nAAAA\n".to_owned(),
            "log\n256\n".to_owned(),
        ] {
            let held = Checkpoint::verify(&note(&body), &key.verifier());
            assert_eq!(held, Err(BadCheckpoint::Shape), "{body}");
        }
    }
}
