//! Recovery that one person cannot do alone.
//!
//! No secret sharing: the key is sealed to one officer, and the result to another.
//! The second officer takes off the outer layer in their own session and learns
//! nothing; the first officer then opens the rest. A tenant with several officers
//! keeps one seal for every ordered pair, so that any two will do.

use crate::{
    CannotOpen, CannotSeal, Entropy, Key, StaffPublic, StaffSecret,
    staff::{hpke_open, hpke_seal},
};

const INNER: &[u8] = b"palermo two officers inner v1";
const OUTER: &[u8] = b"palermo two officers outer v1";

/// A key sealed so that two named officers are needed to open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoOfficerSeal(Layers);

/// A seal whose outer layer one officer has taken off: still closed to everyone
/// but the other officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Released(Layers);

/// Who opens, who releases (fingerprints), and the sealed bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Layers {
    opens: [u8; 32],
    releases: [u8; 32],
    sealed: Vec<u8>,
}

impl TwoOfficerSeal {
    /// Seals `key` so that `releases` and then `opens` are needed. `purpose`
    /// (tenant, what the key is, its id) is bound to both layers.
    ///
    /// # Errors
    /// [`CannotPair::SameOfficer`] if both are one; otherwise as sealing.
    pub fn seal(
        opens: &StaffPublic,
        releases: &StaffPublic,
        purpose: &[&[u8]],
        key: &Key,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, CannotPair> {
        let mut layers = Layers {
            opens: opens.fingerprint(),
            releases: releases.fingerprint(),
            sealed: Vec::new(),
        };
        if layers.opens == layers.releases {
            return Err(CannotPair::SameOfficer);
        }
        let info = layers.info(purpose);
        let inner = hpke_seal(INNER, opens, &info, key.as_bytes(), entropy)?;
        let sealed = hpke_seal(OUTER, releases, &info, &inner, entropy)?;
        layers.sealed = sealed;
        Ok(Self(layers))
    }

    /// One seal for every ordered pair of `officers`: whichever two are there, either
    /// may release and the other opens.
    ///
    /// # Errors
    /// [`CannotPair::TooFew`] with fewer than two; [`CannotPair::SameOfficer`] if one
    /// is named twice; otherwise as sealing.
    pub fn for_every_pair(
        officers: &[&StaffPublic],
        purpose: &[&[u8]],
        key: &Key,
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<Self>, CannotPair> {
        if officers.len() < 2 {
            return Err(CannotPair::TooFew);
        }
        let mut seals = Vec::new();
        for (place, opens) in officers.iter().enumerate() {
            for (other, releases) in officers.iter().enumerate() {
                if place != other {
                    seals.push(Self::seal(opens, releases, purpose, key, entropy)?);
                }
            }
        }
        Ok(seals)
    }

    /// Fingerprint of the officer who must release first.
    pub fn releases(&self) -> &[u8; 32] {
        &self.0.releases
    }

    /// Fingerprint of the officer who then opens and receives the key.
    pub fn opens(&self) -> &[u8; 32] {
        &self.0.opens
    }

    /// Takes off the outer layer. The result is for the other officer.
    ///
    /// # Errors
    /// When `secret` is not the releasing officer's, or purpose or bytes differ.
    pub fn release(&self, secret: &StaffSecret, purpose: &[&[u8]]) -> Result<Released, CannotOpen> {
        let inner = hpke_open(OUTER, secret, &self.0.info(purpose), &self.0.sealed)?;
        Ok(Released(Layers { sealed: inner.to_vec(), ..self.0 }))
    }

    /// The seal as stored: kind, format, both fingerprints, the sealed bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.write(b'S')
    }

    /// Reads what [`TwoOfficerSeal::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are no such seal.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CannotOpen> {
        Layers::read(b'S', bytes).map(Self)
    }
}

impl Released {
    /// Fingerprint of the officer who released it.
    pub fn releases(&self) -> &[u8; 32] {
        &self.0.releases
    }

    /// Fingerprint of the officer who can open it.
    pub fn opens(&self) -> &[u8; 32] {
        &self.0.opens
    }

    /// Opens the inner layer with the other officer's secret.
    ///
    /// # Errors
    /// When `secret` is not that officer's, or purpose or bytes differ.
    pub fn open(&self, secret: &StaffSecret, purpose: &[&[u8]]) -> Result<Key, CannotOpen> {
        let key = hpke_open(INNER, secret, &self.0.info(purpose), &self.0.sealed)?;
        Key::try_from(key.as_slice()).map_err(|_| CannotOpen)
    }

    /// The released seal as stored until the other officer comes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.write(b'R')
    }

    /// Reads what [`Released::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are no such seal.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CannotOpen> {
        Layers::read(b'R', bytes).map(Self)
    }
}

impl Layers {
    fn info<'a>(&'a self, purpose: &[&'a [u8]]) -> Vec<&'a [u8]> {
        let mut info: Vec<&[u8]> = vec![&self.opens, &self.releases];
        info.extend_from_slice(purpose);
        info
    }

    fn write(&self, kind: u8) -> Vec<u8> {
        let mut out = vec![kind, 1];
        out.extend_from_slice(&self.opens);
        out.extend_from_slice(&self.releases);
        out.extend_from_slice(&self.sealed);
        out
    }

    fn read(kind: u8, bytes: &[u8]) -> Result<Self, CannotOpen> {
        let rest = bytes.strip_prefix(&[kind, 1]).ok_or(CannotOpen)?;
        let (opens, rest) = rest.split_first_chunk().ok_or(CannotOpen)?;
        let (releases, sealed) = rest.split_first_chunk().ok_or(CannotOpen)?;
        Ok(Self { opens: *opens, releases: *releases, sealed: sealed.to_vec() })
    }
}

/// A pair of officers cannot be given a seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotPair {
    /// One person would hold both layers.
    #[error("recovery needs two different officers, this names the same one twice")]
    SameOfficer,
    /// Nobody to pair with.
    #[error("recovery needs at least two officers")]
    TooFew,
    /// Sealing failed.
    #[error(transparent)]
    Seal(#[from] CannotSeal),
}
