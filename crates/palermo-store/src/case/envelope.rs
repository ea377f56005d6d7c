//! Envelopes: what is written for the other side of a referral. A key of its own
//! seals it, and is wrapped to the key pair of each of those who may open it there.
//! Here is the one way of sealing and opening them; what travels in one is a matter
//! of [`super::incoming`] and [`super::referral_word`].

use super::read_json;
use crate::{
    error::{Error, Result},
    keys::{sealed::Clear, staff::StaffKey},
};
use palermo_crypto::{Aad, Key, OsEntropy, StaffSecret, open, seal, unwrap, wrap};
use palermo_domain::id::{Id, KeyId, TenantId};
use serde_json::{Value, json};
use uuid::Uuid;

/// What is sealed to one side.
#[derive(Debug, Clone)]
pub struct Envelope {
    pub(super) sealed: Vec<u8>,
    pub(super) wraps: Vec<(KeyId, Vec<u8>)>,
}

impl Envelope {
    /// Read from two columns.
    pub(super) fn read(sealed: Vec<u8>, wraps: Value) -> Result<Self> {
        let wraps: Vec<(Uuid, String)> = read_json(wraps)?;
        let bytes = |(holder, wrapped): (Uuid, String)| -> Result<_> {
            let bytes = hex::decode(wrapped)
                .map_err(|error| Error::Corrupt(format!("a wrapped key: {error}")))?;
            Ok((KeyId::from_uuid(holder), bytes))
        };
        Ok(Self { sealed, wraps: wraps.into_iter().map(bytes).collect::<Result<_>>()? })
    }

    /// The wrapped keys as a column holds them.
    pub(super) fn wraps_written(&self) -> Value {
        let written = |(holder, wrapped): &(KeyId, Vec<u8>)| (holder.uuid(), hex::encode(wrapped));
        let wraps: Vec<(Uuid, String)> = self.wraps.iter().map(written).collect();
        json!(wraps)
    }
}

/// What an envelope is bound to: put anywhere else it does not open.
pub(super) struct Address {
    /// What it carries, for the wrapped keys.
    pub what: &'static [u8],
    /// The table it stands in at the one it is sealed to.
    pub table: &'static str,
    /// The organisation it is sealed to.
    pub side: Uuid,
    /// The row.
    pub id: Uuid,
}

impl Address {
    const fn aad(&self) -> Aad<'_> {
        Aad {
            tenant: self.side.as_bytes(),
            person: &[],
            table: self.table,
            column: "sealed",
            row: self.id.as_bytes(),
            key_id: b"envelope",
            version: 1,
        }
    }

    const fn info<'a>(&'a self, holder: &'a Uuid) -> [&'a [u8]; 4] {
        [self.what, self.side.as_bytes(), self.id.as_bytes(), holder.as_bytes()]
    }

    /// Seals to the key pairs of this side, and of no other.
    ///
    /// # Errors
    /// [`Error::Refused`] if nobody there has a key.
    pub fn seal(&self, holders: &[StaffKey], clear: &[u8]) -> Result<Envelope> {
        let key = Key::generate(&mut OsEntropy)?;
        let sealed = seal(&key, &self.aad(), clear, &mut OsEntropy)?;
        let there = |holder: &&StaffKey| holder.tenant == TenantId::from_uuid(self.side);
        let mut wraps = Vec::new();
        for holder in holders.iter().filter(there) {
            let place = holder.id.uuid();
            let wrapped = wrap(&holder.public, &self.info(&place), &key, &mut OsEntropy)?;
            wraps.push((holder.id, wrapped));
        }
        // Words that nobody there can open would be told as sent.
        if wraps.is_empty() {
            return Err(Error::Refused(
                "nobody at the recipient holds a key to open this with".into(),
            ));
        }
        Ok(Envelope { sealed, wraps })
    }

    /// Opens with the key pair of someone the key was wrapped to.
    ///
    /// # Errors
    /// If it was wrapped to someone else, or for another address.
    pub fn open(
        &self,
        key: &StaffKey,
        secret: &StaffSecret,
        wrapped: &[u8],
        sealed: &[u8],
    ) -> Result<Clear> {
        let opened = unwrap(secret, &self.info(&key.id.uuid()), wrapped)?;
        Ok(open(&opened, &self.aad(), sealed)?)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::keys::staff::Holder;
    use palermo_domain::{id::AccountId, moment::Moment};

    const SIDE: Uuid = Uuid::from_u128(1);

    fn address(what: &'static [u8], id: u128) -> Address {
        Address { what, table: "referral_in", side: SIDE, id: Uuid::from_u128(id) }
    }

    #[test]
    fn an_envelope_opens_at_its_address_alone() {
        let secret = StaffSecret::generate(&mut OsEntropy).unwrap();
        let holder = StaffKey {
            tenant: TenantId::from_uuid(SIDE),
            id: KeyId::from_uuid(Uuid::from_u128(2)),
            holder: Holder::Staff(AccountId::from_uuid(Uuid::from_u128(3))),
            public: secret.public(),
            recorded_at: Moment::from_micros(0),
            retired_at: None,
        };
        let elsewhere = StaffKey { tenant: TenantId::from_uuid(Uuid::nil()), ..holder.clone() };
        let here = address(b"palermo referral", 4);
        let made = here.seal(&[holder.clone(), elsewhere.clone()], b"words").unwrap();
        assert_eq!(made.wraps.len(), 1, "nobody of another side has a key to it");
        let column = made.wraps_written();
        let read = Envelope::read(made.sealed, column).unwrap();
        let (sealed, wrapped) = (&read.sealed, &read.wraps[0].1);
        assert_eq!(here.open(&holder, &secret, wrapped, sealed).unwrap().as_slice(), b"words");
        for other in [address(b"palermo referral", 5), address(b"palermo referral word", 4)] {
            assert!(other.open(&holder, &secret, wrapped, sealed).is_err());
        }
        assert!(here.seal(&[], b"words").is_err());
        assert!(here.seal(&[elsewhere], b"words").is_err(), "only others hold a key");
    }
}
