//! Sizes of all overlaps of the lists of several parties, without showing names.
//!
//! Each person is hashed to a point of ristretto255. Each party multiplies its own
//! points by a secret number, shuffles them, and sends them round; every other party
//! multiplies by its own secret and shuffles again. After all have done so, the
//! same person is the same point in every list, whoever it came from, and counting
//! equal points gives the capture histories that [`crate::estimate`] starts from
//! (Meadows 1986; De Cristofaro, Gasti & Tsudik 2012).
//!
//! **Learnt by all:** how many persons are on each combination of lists, and the
//! length of every list. **Not learnt:** who.
//!
//! **Assumes** parties that follow the protocol (semi-honest) and at least one that
//! does not collude with the rest. A party that puts invented names into its list
//! can learn whether somebody else has them, and `t − 1` colluding parties learn the
//! overlap with the last one; hence lists below a minimum size are refused. **Do not use**
//! where values are spelt differently: one letter makes another person. Small
//! overlaps may tell on someone: protect the table before it is published.
//!
//! Not hidden: how long each step takes. Each run needs fresh secrets; there is no
//! way to keep one.

use super::LinkError;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::IsIdentity;
use rand::CryptoRng;
use rand::seq::SliceRandom;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha512};
use std::collections::{HashMap, HashSet};
use zeroize::Zeroizing;

/// Name and version of the protocol, bound into every point.
const PROTOCOL: &str = "palermo-overlap-1";
/// Most parties.
pub const MOST_PARTIES: usize = 12;
/// Most persons in a list.
pub const MOST_PERSONS: usize = 2_000_000;

/// What the parties agree on before they start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Name of this run; another run gives other points.
    pub session: String,
    /// Parties, in the order of the capture histories.
    pub parties: Vec<String>,
    /// Fewest persons a list may have.
    pub minimum: usize,
}

/// A list on its way round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Protocol and version.
    pub protocol: String,
    /// The agreement it belongs to.
    pub agreement: Agreement,
    /// Party whose list it is.
    pub owner: String,
    /// Parties whose secret is in it, in the order they applied it.
    pub applied: Vec<String>,
    /// Points, Base64, shuffled.
    pub points: Vec<String>,
}

/// One party during one run.
pub struct Party {
    agreement: Agreement,
    name: String,
    secret: Zeroizing<Scalar>,
}

impl Agreement {
    /// Checks names and numbers.
    ///
    /// # Errors
    /// When there are fewer than two or more than twelve parties, names are empty or
    /// repeated, or the minimum is nought.
    pub fn check(&self) -> Result<(), LinkError> {
        let refuse = |reason: &str| Err(LinkError::Settings(reason.into()));
        let distinct: HashSet<&String> = self.parties.iter().collect();
        if !(2..=MOST_PARTIES).contains(&self.parties.len()) {
            return refuse("an overlap needs two to twelve parties");
        }
        if distinct.len() != self.parties.len() || self.parties.iter().any(String::is_empty) {
            return refuse("the parties need different names");
        }
        if self.session.is_empty() || self.minimum == 0 {
            return refuse("the run needs a name, and lists at least one person");
        }
        Ok(())
    }

    /// Who applies their secret to the list of `owner` at a step, 0 for the owner.
    #[must_use]
    pub fn turn(&self, owner: &str, step: usize) -> Option<&str> {
        let first = self.parties.iter().position(|party| party == owner)?;
        let place = (first + step) % self.parties.len();
        self.parties.get(place).map(String::as_str)
    }
}

/// A secret number that is neither nought nor predictable.
fn draw(random: &mut (impl CryptoRng + ?Sized)) -> Scalar {
    loop {
        let mut bytes = Zeroizing::new([0u8; 64]);
        random.fill_bytes(bytes.as_mut());
        let scalar = Scalar::from_bytes_mod_order_wide(&bytes);
        if scalar != Scalar::ZERO {
            return scalar;
        }
    }
}

impl Party {
    /// A party with a fresh secret from `random`, which must be the operating
    /// system's or seeded by it.
    ///
    /// # Errors
    /// When the agreement is none, or `name` is not in it.
    ///
    /// # Example
    /// ```
    /// use palermo_stats::linkage::intersection::{Agreement, Party, count};
    ///
    /// let agreement = Agreement { session: "2026".into(), parties: vec!["police".into(), "shelter".into()], minimum: 2 };
    /// let mut random = rand::rng();
    /// let (police, shelter) = (Party::new(&agreement, "police", &mut random)?, Party::new(&agreement, "shelter", &mut random)?);
    /// let persons = |names: &[&str]| names.iter().map(|n| n.to_string()).collect::<Vec<_>>();
    /// let one = police.start(&persons(&["amina", "berk", "chi"]), &mut random)?;
    /// let two = shelter.start(&persons(&["chi", "dan"]), &mut random)?;
    /// let done = [shelter.pass(&one, &mut random)?, police.pass(&two, &mut random)?];
    /// // Amina and Berk on the first list alone, Dan on the second, Chi on both.
    /// assert_eq!(count(&agreement, &done)?, [(vec![true, false], 2), (vec![false, true], 1), (vec![true, true], 1)]);
    /// # Ok::<(), palermo_stats::linkage::LinkError>(())
    /// ```
    pub fn new(
        agreement: &Agreement,
        name: &str,
        random: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Self, LinkError> {
        agreement.check()?;
        if !agreement.parties.iter().any(|party| party == name) {
            return Err(LinkError::Settings(format!("`{name}` is not one of the parties")));
        }
        Ok(Self {
            agreement: agreement.clone(),
            name: name.to_owned(),
            secret: Zeroizing::new(draw(random)),
        })
    }

    /// The party's own list, hidden; persons listed twice count once.
    ///
    /// # Errors
    /// When the list is shorter than agreed or longer than two million.
    pub fn start(
        &self,
        persons: &[String],
        random: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Message, LinkError> {
        let persons: HashSet<&String> = persons.iter().collect();
        self.size(&self.name, persons.len())?;
        let points = persons.into_par_iter().map(|person| self.hide(self.point(person))).collect();
        Ok(self.message(self.name.clone(), vec![self.name.clone()], points, random))
    }

    /// Adds this party's secret to another's list.
    ///
    /// # Errors
    /// When the message is not of this run, not for this party now, or holds points
    /// that are none.
    pub fn pass(
        &self,
        message: &Message,
        random: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Message, LinkError> {
        check(&self.agreement, message, message.applied.len())?;
        let turn = self.agreement.turn(&message.owner, message.applied.len());
        if message.applied.len() >= self.agreement.parties.len() || turn != Some(&self.name) {
            return Err(refused(message, "it is not this party's turn"));
        }
        let points: Option<Vec<String>> = message
            .points
            .par_iter()
            .map(|point| decode(point).map(|point| self.hide(point)))
            .collect();
        let points =
            points.ok_or_else(|| refused(message, "it holds something that is no point"))?;
        let mut applied = message.applied.clone();
        applied.push(self.name.clone());
        Ok(self.message(message.owner.clone(), applied, points, random))
    }

    fn point(&self, person: &str) -> RistrettoPoint {
        let mut hash = Sha512::new();
        for part in [PROTOCOL, &self.agreement.session, person] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        RistrettoPoint::from_uniform_bytes(&hash.finalize().into())
    }

    fn hide(&self, point: RistrettoPoint) -> String {
        STANDARD.encode((point * *self.secret).compress().as_bytes())
    }

    fn size(&self, owner: &str, persons: usize) -> Result<(), LinkError> {
        if (self.agreement.minimum..=MOST_PERSONS).contains(&persons) {
            return Ok(());
        }
        Err(LinkError::Message {
            from: owner.to_owned(),
            reason: format!("a list of `{persons}` persons is too short or too long"),
        })
    }

    fn message(
        &self,
        owner: String,
        applied: Vec<String>,
        mut points: Vec<String>,
        random: &mut (impl CryptoRng + ?Sized),
    ) -> Message {
        points.shuffle(random);
        Message {
            protocol: PROTOCOL.into(),
            agreement: self.agreement.clone(),
            owner,
            applied,
            points,
        }
    }
}

fn refused(message: &Message, reason: &str) -> LinkError {
    LinkError::Message { from: message.owner.clone(), reason: reason.into() }
}

/// A point, unless the text is none, not in its one spelling, or the neutral one.
fn decode(text: &str) -> Option<RistrettoPoint> {
    let bytes: [u8; 32] = STANDARD.decode(text).ok()?.try_into().ok()?;
    let point = CompressedRistretto(bytes).decompress()?;
    (!point.is_identity()).then_some(point)
}

fn check(agreement: &Agreement, message: &Message, steps: usize) -> Result<(), LinkError> {
    if message.protocol != PROTOCOL || message.agreement != *agreement {
        return Err(refused(message, "it belongs to another agreement"));
    }
    let in_order = message
        .applied
        .iter()
        .enumerate()
        .all(|(step, party)| agreement.turn(&message.owner, step) == Some(party.as_str()));
    if message.applied.len() != steps || steps == 0 || !in_order {
        return Err(refused(message, "the parties did not take their turns"));
    }
    let distinct: HashSet<&String> = message.points.iter().collect();
    if distinct.len() != message.points.len() {
        return Err(refused(message, "it holds a point twice"));
    }
    if !(agreement.minimum..=MOST_PERSONS).contains(&message.points.len()) {
        return Err(refused(message, "the list is too short or too long"));
    }
    Ok(())
}

/// Persons on each combination of lists, from the lists all have been through:
/// for each history (one entry per party) how many, histories in the order of
/// their binary number with the first party lowest. Empty ones are left out.
///
/// # Errors
/// When a list is missing, twice there, or has not been through all parties.
pub fn count(
    agreement: &Agreement,
    finished: &[Message],
) -> Result<Vec<(Vec<bool>, u64)>, LinkError> {
    agreement.check()?;
    let mut histories: HashMap<&String, usize> = HashMap::new();
    for (place, party) in agreement.parties.iter().enumerate() {
        let mut own = finished.iter().filter(|message| message.owner == *party);
        let (Some(message), None) = (own.next(), own.next()) else {
            return Err(LinkError::Message {
                from: party.clone(),
                reason: "there is not exactly one finished list".into(),
            });
        };
        check(agreement, message, agreement.parties.len())?;
        for point in &message.points {
            *histories.entry(point).or_default() |= 1 << place;
        }
    }
    let mut counts = vec![0u64; 1 << agreement.parties.len()];
    for history in histories.into_values() {
        if let Some(count) = counts.get_mut(history) {
            *count += 1;
        }
    }
    let seen = counts.into_iter().enumerate().filter(|(_, count)| *count > 0);
    Ok(seen
        .map(|(history, count)| {
            let places = 0..agreement.parties.len();
            (places.map(|place| history >> place & 1 == 1).collect(), count)
        })
        .collect())
}
