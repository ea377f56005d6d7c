//! Key pairs of staff members and of a tenant's recovery: what is wrapped to one
//! opens with its secret half and with nothing the server keeps.
//!
//! HPKE Base mode (RFC 9180) with X-Wing (ML-KEM-768 and X25519 together,
//! draft-connolly-cfrg-xwing-kem, HPKE id 0x647a), HKDF-SHA-256 and
//! ChaCha20-Poly1305. X-Wing has no sender authentication: who wrapped a key is
//! a matter of the audit log, who sent a message of its signature.

use std::fmt;

use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, aead::ChaCha20Poly1305, kdf::HkdfSha256,
    kem::XWing,
};
use zeroize::{Zeroize, Zeroizing};

use crate::{
    CannotOpen, CannotSeal, Entropy, Key, NoEntropy, encode_parts, entropy::Lent, sealing, sha256,
};

const V1: u8 = 1;
/// Length of X-Wing's encapsulated key, in bytes.
const ENCAPSULATED_LEN: usize = 1120;

/// The secret half of a staff or recovery key pair.
///
/// Kept at rest only sealed: by a [`crate::VaultKey`], or by a
/// [`crate::TwoOfficerSeal`].
#[derive(Clone)]
pub struct StaffSecret(<XWing as Kem>::PrivateKey);

/// The public half: anyone may wrap to it.
#[derive(Clone, PartialEq, Eq)]
pub struct StaffPublic(<XWing as Kem>::PublicKey);

/// These bytes are not a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a public key")]
pub struct BadPublicKey;

impl StaffSecret {
    /// A new key pair; its other half is [`StaffSecret::public`].
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn generate(entropy: &mut dyn Entropy) -> Result<Self, NoEntropy> {
        let mut lent = Lent::new(entropy);
        let (secret, _) = XWing::gen_keypair_with_rng(&mut lent);
        lent.outcome()?;
        Ok(Self(secret))
    }

    /// The public half.
    pub fn public(&self) -> StaffPublic {
        StaffPublic(XWing::sk_to_pk(&self.0))
    }

    /// The secret as a 256-bit key (X-Wing's seed), to be sealed and stored.
    pub fn to_key(&self) -> Key {
        let mut bytes = [0; 32];
        self.0.write_exact(&mut bytes);
        let key = Key::from_bytes(bytes);
        bytes.zeroize();
        key
    }

    /// The key pair that [`StaffSecret::to_key`] gave.
    ///
    /// # Errors
    /// Never for a key that `to_key` gave.
    pub fn from_key(key: &Key) -> Result<Self, CannotOpen> {
        Deserializable::from_bytes(key.as_bytes()).map(Self).map_err(|_| CannotOpen)
    }
}

impl fmt::Debug for StaffSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StaffSecret(secret)")
    }
}

impl StaffPublic {
    /// The key as stored: 1,216 bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes().to_vec()
    }

    /// Reads what [`StaffPublic::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the length is wrong or the bytes are no such key.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadPublicKey> {
        Deserializable::from_bytes(bytes).map(Self).map_err(|_| BadPublicKey)
    }

    /// SHA-256 of the key: short enough to be compared by eye or over the telephone.
    pub fn fingerprint(&self) -> [u8; 32] {
        sha256(&self.to_bytes())
    }
}

impl fmt::Debug for StaffPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fingerprint = self.fingerprint();
        write!(f, "StaffPublic({}…)", hex::encode(&fingerprint[..4]))
    }
}

/// Wraps `key` to `recipient`. `info` says for what (tenant, compartment, key id,
/// staff member …) and must be the same when it is opened.
///
/// # Errors
/// When there is no randomness.
pub fn wrap(
    recipient: &StaffPublic,
    info: &[&[u8]],
    key: &Key,
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, CannotSeal> {
    hpke_seal(b"palermo wrap v1", recipient, info, key.as_bytes(), entropy)
}

/// Opens what [`wrap`] made.
///
/// # Errors
/// When it was wrapped to someone else, for something else, or was changed.
pub fn unwrap(secret: &StaffSecret, info: &[&[u8]], wrapped: &[u8]) -> Result<Key, CannotOpen> {
    let key = hpke_open(b"palermo wrap v1", secret, info, wrapped)?;
    Key::try_from(key.as_slice()).map_err(|_| CannotOpen)
}

/// Seals `text` to `recipient`, padded to a bucket as [`crate::seal`] pads: for
/// what is written when the reader is away, such as a message to a person that a
/// staff session will release.
///
/// # Errors
/// When there is no randomness.
pub fn seal_to(
    recipient: &StaffPublic,
    info: &[&[u8]],
    text: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, CannotSeal> {
    let padded = sealing::pad(text);
    hpke_seal(b"palermo message v1", recipient, info, &padded, entropy)
}

/// Opens what [`seal_to`] made.
///
/// # Errors
/// As [`unwrap`].
pub fn open_with(
    secret: &StaffSecret,
    info: &[&[u8]],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
    let mut padded = hpke_open(b"palermo message v1", secret, info, sealed)?;
    let len = sealing::unpadded_len(&padded).ok_or(CannotOpen)?;
    padded.truncate(len);
    Ok(padded)
}

pub(crate) fn hpke_seal(
    what: &[u8],
    recipient: &StaffPublic,
    info: &[&[u8]],
    text: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, CannotSeal> {
    let mut lent = Lent::new(entropy);
    let sealed = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeS::Base,
        &recipient.0,
        &encode_parts(&[what, &encode_parts(info)]),
        text,
        &[V1],
        &mut lent,
    );
    lent.outcome()?;
    let (encapsulated, ciphertext) = sealed.map_err(|_| CannotSeal::TooLong)?;
    let mut out = Vec::with_capacity(1 + ENCAPSULATED_LEN + ciphertext.len());
    out.push(V1);
    out.extend_from_slice(&encapsulated.to_bytes());
    out.extend_from_slice(&ciphertext);
    Ok(out)
}

pub(crate) fn hpke_open(
    what: &[u8],
    secret: &StaffSecret,
    info: &[&[u8]],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
    let (format, rest) = sealed.split_first().ok_or(CannotOpen)?;
    let (encapsulated, ciphertext) =
        rest.split_first_chunk::<ENCAPSULATED_LEN>().ok_or(CannotOpen)?;
    if *format != V1 {
        return Err(CannotOpen);
    }
    let encapsulated = Deserializable::from_bytes(encapsulated).map_err(|_| CannotOpen)?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeR::Base,
        &secret.0,
        &encapsulated,
        &encode_parts(&[what, &encode_parts(info)]),
        ciphertext,
        &[V1],
    )
    .map(Zeroizing::new)
    .map_err(|_| CannotOpen)
}
