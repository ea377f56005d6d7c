//! Questions about a referral and their answers, as each of its two sides has
//! them: sealed to the key pairs of those who open care there. Where the words
//! were written they lie sealed for the other side too, so that a crash between
//! the two acts loses nothing; the server opens neither. Once someone opens them where
//! the person has a key, they lie under that key alone, so that whoever joins later
//! reads them, and erasing the person takes them out of every backup since.

use super::{
    coded,
    envelope::{Address, Envelope},
};
use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    keys::{
        Audited,
        sealed::{self, Clear, Place},
        staff::StaffKey,
        vault::UnlockedVault,
    },
    store::Db,
    write::Revision,
};
use palermo_crypto::StaffSecret;
use palermo_domain::{
    case::referral::WordKind,
    compartment::Compartment,
    id::{Id, PersonId, ReferralId, ReferralWordId, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use std::collections::HashSet;
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "referral_word",
        key { tenant: Uuid, id: Uuid }
        referral: Uuid,
        kind: String,
        sealed: Vec<u8>,
        wraps: Json,
        other_sealed: Option<Vec<u8>>,
        other_wraps: Json,
        recorded_at: i64,
        revision: i64,
    );
}

/// The table, for the place of what is sealed.
const TABLE: &str = "referral_word";

/// A question or an answer.
#[derive(Debug, Clone)]
pub struct ReferralWord {
    /// Whose copy it is.
    pub tenant: TenantId,
    /// Id, the same on both sides.
    pub id: ReferralWordId,
    /// About which referral.
    pub referral: ReferralId,
    /// Question or answer.
    pub kind: WordKind,
    /// The words, sealed to those who open care here.
    pub own: Envelope,
    /// The words for the other side, where they were written.
    pub other: Option<Envelope>,
    /// When they were written.
    pub recorded_at: Moment,
}

impl ReferralWord {
    /// Whether the words lie under the key of their person, and here no longer.
    #[must_use]
    pub const fn is_kept(&self) -> bool {
        self.own.sealed.is_empty()
    }
}

/// Where words lie under the key of their person.
#[must_use]
pub const fn place(person: PersonId, word: Uuid) -> Place {
    Place { person, table: TABLE, record: word, field: "words", compartment: Compartment::Care }
}

/// To whom words are sealed.
fn address(side: TenantId, word: ReferralWordId) -> Address {
    Address { what: b"palermo referral word", table: TABLE, side: side.uuid(), id: word.uuid() }
}

/// Seals words to the key pairs of one side.
///
/// # Errors
/// [`Error::Refused`] if nobody there has a key.
pub fn seal_for(
    to: TenantId,
    word: ReferralWordId,
    holders: &[StaffKey],
    clear: &[u8],
) -> Result<Envelope> {
    address(to, word).seal(holders, clear)
}

fn to_row(word: &ReferralWord) -> row::Model {
    row::Model {
        tenant: word.tenant.uuid(),
        id: word.id.uuid(),
        referral: word.referral.uuid(),
        kind: word.kind.code().to_owned(),
        sealed: word.own.sealed.clone(),
        wraps: word.own.wraps_written(),
        other_sealed: word.other.as_ref().map(|other| other.sealed.clone()),
        other_wraps: word.other.as_ref().map_or_else(|| json!([]), Envelope::wraps_written),
        recorded_at: word.recorded_at.micros(),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<ReferralWord> {
    let other =
        row.other_sealed.map(|sealed| Envelope::read(sealed, row.other_wraps)).transpose()?;
    Ok(ReferralWord {
        tenant: TenantId::from_uuid(row.tenant),
        id: ReferralWordId::from_uuid(row.id),
        referral: ReferralId::from_uuid(row.referral),
        kind: coded(&row.kind, WordKind::from_code, "kind of words")?,
        own: Envelope::read(row.sealed, row.wraps)?,
        other,
        recorded_at: Moment::from_micros(row.recorded_at),
    })
}

/// Keeps a question or an answer on one side.
///
/// # Errors
/// [`Error::Duplicate`] if it is there already.
pub async fn put(act: &mut Act, word: &ReferralWord) -> Result<()> {
    act.insert(&to_row(word)).await
}

/// Puts words under the key of their person, and away from the keys of those who were
/// there when they came; with `arrived`, the copy for the other side goes, too. Words
/// that were removed meanwhile stay away.
///
/// # Errors
/// As [`sealed::put`].
pub async fn keep(
    act: &mut Act,
    vault: &UnlockedVault,
    person: PersonId,
    word: ReferralWordId,
    clear: &[u8],
    arrived: bool,
) -> Result<()> {
    let found = row::Entity::find_by_id((act.tenant().uuid(), word.uuid())).one(&act.txn).await?;
    let Some(mut row) = found else { return Ok(()) };
    let seen = Revision(row.revision);
    if !row.sealed.is_empty() {
        sealed::put(act, vault, place(person, word.uuid()), clear).await?;
        row.sealed = Vec::new();
        row.wraps = json!([]);
    }
    if arrived {
        row.other_sealed = None;
        row.other_wraps = json!([]);
    }
    act.update(&row, seen).await?;
    Ok(())
}

/// What was asked and answered about a referral, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_referral(
    db: &dyn Db,
    tenant: TenantId,
    referral: ReferralId,
) -> Result<Vec<ReferralWord>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Referral.eq(referral.uuid()))
        .order_by_asc(row::Column::RecordedAt)
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// The referrals of a sender with an answer of theirs, whether it was fetched or not.
///
/// # Errors
/// When the database does not answer.
pub async fn answered(db: &dyn Db, tenant: TenantId) -> Result<HashSet<ReferralId>> {
    let ids: Vec<Uuid> = row::Entity::find()
        .select_only()
        .column(row::Column::Referral)
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Kind.eq(WordKind::Answer.code()))
        .filter(row::Column::OtherSealed.is_not_null())
        .into_tuple()
        .all(&db.executor())
        .await?;
    Ok(ids.into_iter().map(ReferralId::from_uuid).collect())
}

/// Removes what was asked and answered about a referral on one side.
///
/// # Errors
/// When the database does not answer.
pub async fn remove_of(act: &mut Act, referral: ReferralId) -> Result<()> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(act.tenant().uuid()))
        .filter(row::Column::Referral.eq(referral.uuid()))
        .all(&act.txn)
        .await?;
    for row in &rows {
        act.delete(row).await?;
    }
    Ok(())
}

/// Opens words with the key pair of someone they were sealed to. The log knows
/// of the look already.
///
/// # Errors
/// [`Error::Locked`] if they were not sealed to them.
pub fn open<L: Audited>(
    _log: &L,
    key: &StaffKey,
    secret: &StaffSecret,
    word: &ReferralWord,
) -> Result<Clear> {
    let wrapped = word.own.wraps.iter().find(|(held, _)| *held == key.id);
    let (_, wrapped) = wrapped.ok_or(Error::Locked("referral"))?;
    address(word.tenant, word.id).open(key, secret, wrapped, &word.own.sealed)
}
