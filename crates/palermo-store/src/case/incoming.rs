//! Referrals as the recipient has them: coded facts in clear, the rest sealed
//! to the key pairs of those who may open it there. The sender's organisation
//! and the server cannot open the copy it delivered.

use super::{
    coded,
    envelope::{Address, Envelope},
    event, file, record, referral_word,
};
use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    keys::{Audited, sealed::Clear, staff::StaffKey},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_crypto::StaffSecret;
use palermo_domain::{
    case::referral::{Ask, Decline, Referral, ReferralState, Urgency},
    id::{CaseId, DeskId, Id, ReferralId, TenantId},
    moment::Moment,
    plan::computed::{Arrived, Sealing},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::HashMap;
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "referral_in",
        key { tenant: Uuid, id: Uuid }
        sender: Uuid,
        desk: Option<Uuid>,
        ask: String,
        service: String,
        urgency: String,
        state: String,
        decline: Option<String>,
        case_id: Option<Uuid>,
        sent_at: i64,
        answered_at: Option<i64>,
        told_at: Option<i64>,
        sealed: Option<Vec<u8>>,
        revision: i64,
    );
}

pub(crate) mod wrap_row {
    super::entity!(
        "referral_wrap",
        key { tenant: Uuid, referral: Uuid, holder_key: Uuid }
        wrapped: Vec<u8>,
        revision: i64,
    );
}

/// A referral at its recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// The recipient's organisation.
    pub tenant: TenantId,
    /// Id, the same as the sender's.
    pub id: ReferralId,
    /// Who sent it.
    pub sender: TenantId,
    /// To which desk.
    pub desk: Option<DeskId>,
    /// What is asked.
    pub ask: Ask,
    /// Which service.
    pub service: String,
    /// How soon.
    pub urgency: Urgency,
    /// Where it stands.
    pub state: ReferralState,
    /// Why it was declined.
    pub decline: Option<Decline>,
    /// The case opened from it.
    pub case: Option<CaseId>,
    /// When it was sent.
    pub sent_at: Moment,
    /// When it was last answered.
    pub answered_at: Option<Moment>,
    /// When the sender's side learned of that.
    pub told_at: Option<Moment>,
    /// Whether there is something to open.
    pub has_content: bool,
}

impl Incoming {
    /// Until when an answer is due.
    #[must_use]
    pub fn answer_by(&self) -> Moment {
        self.sent_at.after(self.urgency.answer_within())
    }
}

/// To whom a referral that leaves is sealed.
fn address(recipient: TenantId, referral: ReferralId) -> Address {
    Address {
        what: b"palermo referral",
        table: "referral_in",
        side: recipient.uuid(),
        id: referral.uuid(),
    }
}

/// Seals what leaves to the key pairs of the recipient's organisation.
///
/// # Errors
/// [`Error::Refused`] if nobody there has a key.
pub fn seal_for(
    to: TenantId,
    referral: ReferralId,
    holders: &[StaffKey],
    clear: &[u8],
) -> Result<Envelope> {
    address(to, referral).seal(holders, clear)
}

fn to_row(incoming: &Incoming, sealed: Option<Vec<u8>>) -> row::Model {
    row::Model {
        tenant: incoming.tenant.uuid(),
        id: incoming.id.uuid(),
        sender: incoming.sender.uuid(),
        desk: incoming.desk.map(Id::uuid),
        ask: incoming.ask.code().to_owned(),
        service: incoming.service.clone(),
        urgency: incoming.urgency.code().to_owned(),
        state: incoming.state.code().to_owned(),
        decline: incoming.decline.map(|reason| reason.code().to_owned()),
        case_id: incoming.case.map(Id::uuid),
        sent_at: incoming.sent_at.micros(),
        answered_at: incoming.answered_at.map(Moment::micros),
        told_at: incoming.told_at.map(Moment::micros),
        sealed,
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<Incoming>> {
    let decline =
        row.decline.map(|code| coded(&code, Decline::from_code, "decline")).transpose()?;
    let incoming = Incoming {
        tenant: TenantId::from_uuid(row.tenant),
        id: ReferralId::from_uuid(row.id),
        sender: TenantId::from_uuid(row.sender),
        desk: row.desk.map(DeskId::from_uuid),
        ask: coded(&row.ask, Ask::from_code, "ask")?,
        service: row.service,
        urgency: coded(&row.urgency, Urgency::from_code, "urgency")?,
        state: coded(&row.state, ReferralState::from_code, "referral state")?,
        decline,
        case: row.case_id.map(CaseId::from_uuid),
        sent_at: Moment::from_micros(row.sent_at),
        answered_at: row.answered_at.map(Moment::from_micros),
        told_at: row.told_at.map(Moment::from_micros),
        has_content: row.sealed.is_some(),
    };
    Ok(Versioned::new(incoming, row.revision))
}

/// Delivers a referral to its recipient: an act of the recipient's tenant.
///
/// # Errors
/// [`Error::Duplicate`] if it is there already.
pub async fn deliver(act: &mut Act, incoming: &Incoming, envelope: &Envelope) -> Result<()> {
    act.insert(&to_row(incoming, Some(envelope.sealed.clone()))).await?;
    let wraps: Vec<_> = envelope
        .wraps
        .iter()
        .map(|(holder, wrapped)| wrap_row::Model {
            tenant: incoming.tenant.uuid(),
            referral: incoming.id.uuid(),
            holder_key: holder.uuid(),
            wrapped: wrapped.clone(),
            revision: 1,
        })
        .collect();
    act.insert_many(&wraps).await
}

/// Changes where a referral stands at its recipient; what it carried goes when
/// it is over without having been accepted.
///
/// # Errors
/// [`Error::Conflict`] if someone else changed it since `seen`.
pub async fn update(act: &mut Act, incoming: &Incoming, seen: Revision) -> Result<Revision> {
    let id = (incoming.tenant.uuid(), incoming.id.uuid());
    let old = row::Entity::find_by_id(id).one(&act.txn).await?.ok_or(Error::NotFound)?;
    let keep = !matches!(
        incoming.state,
        ReferralState::Declined
            | ReferralState::Withdrawn
            | ReferralState::Expired
            | ReferralState::Cancelled
    );
    let sealed = if keep { old.sealed } else { None };
    if sealed.is_none() {
        forget(act, incoming.id).await?;
    }
    act.update(&to_row(incoming, sealed), seen).await
}

/// Takes away what a referral carried and what was asked and answered about it:
/// the person was erased here.
///
/// # Errors
/// [`Error::NotFound`] if it is not there.
pub async fn empty(act: &mut Act, id: ReferralId) -> Result<()> {
    let found = row::Entity::find_by_id((act.tenant().uuid(), id.uuid()));
    let row = found.one(&act.txn).await?.ok_or(Error::NotFound)?;
    forget(act, id).await?;
    let seen = Revision(row.revision);
    act.update(&row::Model { sealed: None, ..row }, seen).await?;
    Ok(())
}

/// The keys to what a referral carried, and the words about it.
async fn forget(act: &mut Act, id: ReferralId) -> Result<()> {
    let wraps = wrap_row::Entity::find()
        .filter(wrap_row::Column::Tenant.eq(act.tenant().uuid()))
        .filter(wrap_row::Column::Referral.eq(id.uuid()))
        .all(&act.txn)
        .await?;
    for wrap in &wraps {
        act.delete(wrap).await?;
    }
    referral_word::remove_of(act, id).await
}

/// The referral with this id at its recipient.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: ReferralId,
) -> Result<Option<Versioned<Incoming>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// Referrals to these desks, those that wait first, then the latest.
///
/// # Errors
/// When the database does not answer.
pub async fn of_desks(
    db: &dyn Db,
    tenant: TenantId,
    desks: &[DeskId],
) -> Result<Vec<Versioned<Incoming>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Desk.is_in(desks.iter().map(|desk| desk.uuid())))
        .order_by_desc(row::Column::SentAt)
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    let mut found = rows.into_iter().map(from_row).collect::<Result<Vec<_>>>()?;
    found.sort_by_key(|one| !one.record.state.waits_for_answer());
    Ok(found)
}

/// The referrals a case was opened from, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(
    db: &dyn Db,
    tenant: TenantId,
    case: CaseId,
) -> Result<Vec<Versioned<Incoming>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::CaseId.eq(case.uuid()))
        .order_by_desc(row::Column::SentAt)
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Id, sender, state, case, sent and answered of a referral.
type Coded = (Uuid, Uuid, String, Option<Uuid>, i64, Option<i64>);

/// The records that are sealed now, of every organisation.
async fn sealings(db: &dyn Db) -> Result<HashMap<Uuid, Sealing>> {
    let sealed: Vec<(Uuid, Uuid, i64)> = file::row::Entity::find()
        .select_only()
        .columns([file::row::Column::Tenant, file::row::Column::Id, file::row::Column::RecordedAt])
        .filter(file::row::Column::Sealed.eq(true))
        .into_tuple()
        .all(&db.executor())
        .await?;
    let mut found: HashMap<Uuid, Sealing> = HashMap::new();
    let mut houses: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (tenant, case, opened) in sealed {
        let opened = Moment::from_micros(opened);
        found.insert(case, Sealing { opened, turns: Vec::new() });
        houses.entry(tenant).or_default().push(case);
    }
    for (tenant, cases) in houses {
        for some in cases.chunks(500) {
            let turns: Vec<(Uuid, String, i64)> = event::row::Entity::find()
                .select_only()
                .columns([
                    event::row::Column::CaseId,
                    event::row::Column::Kind,
                    event::row::Column::RecordedAt,
                ])
                .filter(event::row::Column::Tenant.eq(tenant))
                .filter(event::row::Column::CaseId.is_in(some.iter().copied()))
                .filter(event::row::Column::Kind.is_in(["sealed", "unsealed"]))
                .order_by_asc(event::row::Column::RecordedAt)
                .into_tuple()
                .all(&db.executor())
                .await?;
            for (case, kind, at) in turns {
                if let Some(one) = found.get_mut(&case) {
                    one.turns.push((Moment::from_micros(at), kind == "sealed"));
                }
            }
        }
    }
    Ok(found)
}

/// Referrals that arrived and were sent from one moment until before another, for
/// figures; transfers are not among them. What of them counts is decided in
/// `palermo-domain`.
///
/// # Errors
/// When the database does not answer.
pub async fn arrived(db: &dyn Db, from: Moment, until: Moment) -> Result<Vec<Arrived>> {
    use row::Column as C;
    let within = || {
        row::Entity::find()
            .select_only()
            .filter(C::Ask.eq(Ask::Referral.code()))
            .filter(C::SentAt.gte(from.micros()))
            .filter(C::SentAt.lt(until.micros()))
    };
    let sealed = file::row::Entity::find()
        .select_only()
        .column(file::row::Column::Id)
        .filter(file::row::Column::Sealed.eq(true));
    let sealings = sealings(db).await?;
    let of_sealed: Vec<(Uuid, Uuid)> = record::row::Entity::find()
        .select_only()
        .columns([record::row::Column::Id, record::row::Column::CaseId])
        .filter(record::row::Column::Kind.eq(<Referral as record::Record>::KIND))
        .filter(record::row::Column::CaseId.in_subquery(sealed.into_query()))
        .into_tuple()
        .all(&db.executor())
        .await?;
    let led_to = within().column(C::CaseId).filter(C::CaseId.is_not_null());
    let cases: Vec<(Uuid, i64)> = file::row::Entity::find()
        .select_only()
        .columns([file::row::Column::Id, file::row::Column::RecordedAt])
        .filter(file::row::Column::Id.in_subquery(led_to.into_query()))
        .into_tuple()
        .all(&db.executor())
        .await?;
    let of_sealed: HashMap<Uuid, Uuid> = of_sealed.into_iter().collect();
    let cases: HashMap<Uuid, i64> = cases.into_iter().collect();
    let rows: Vec<Coded> = within()
        .columns([C::Id, C::Sender, C::State, C::CaseId, C::SentAt, C::AnsweredAt])
        .into_tuple()
        .all(&db.executor())
        .await?;
    let read = |(id, sender, state, case, sent_at, answered_at): Coded| -> Result<Arrived> {
        let records = [of_sealed.get(&id).copied(), case].into_iter().flatten();
        Ok(Arrived {
            sender: TenantId::from_uuid(sender),
            sent_at: Moment::from_micros(sent_at),
            state: coded(&state, ReferralState::from_code, "referral state")?,
            case_opened_at: case
                .and_then(|case| cases.get(&case).copied())
                .map(Moment::from_micros),
            answered_at: answered_at.map(Moment::from_micros),
            sealings: records.filter_map(|case| sealings.get(&case).cloned()).collect(),
        })
    };
    rows.into_iter().map(read).collect()
}

/// Opens what a referral carries with the key pair of someone it was sealed to.
///
/// # Errors
/// [`Error::Locked`] if it was not sealed to them, [`Error::Erased`] if what it
/// carried is gone.
pub async fn open<L: Audited>(
    log: &L,
    key: &StaffKey,
    secret: &StaffSecret,
    id: ReferralId,
) -> Result<Clear> {
    let (tenant, uuid) = (key.tenant.uuid(), id.uuid());
    let row = row::Entity::find_by_id((tenant, uuid)).one(&log.executor()).await?;
    let sealed = row.ok_or(Error::NotFound)?.sealed.ok_or(Error::Erased)?;
    let wrap = wrap_row::Entity::find_by_id((tenant, uuid, key.id.uuid()));
    let wrap = wrap.one(&log.executor()).await?.ok_or(Error::Locked("referral"))?;
    address(key.tenant, id).open(key, secret, &wrap.wrapped, &sealed)
}
