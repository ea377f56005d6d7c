//! Entries of the registers that turn out wrong: corrected or taken back by
//! the organisation that made them. What they said before stays beside them.

use super::entries::{
    checked_adoption, checked_law, checked_statement, known_state, report_problem,
};
use crate::{
    access::{Action, Resource},
    acting::Acting,
    begin,
    refused::Refused,
};
use palermo_domain::{
    id::{AdoptionId, Id, LawEntryId, ObstacleReportId, StatementId, TenantId},
    moment::Moment,
    register::{
        law::LawEntry, model_text::AdoptionOf, ratification::RatificationReport,
        statement::RegisterStatement,
    },
};
use palermo_store::{
    Act, Db, Revision,
    register::{ListOf, law, model_adoption, obstacle, past, statement},
};
use serde_json::Value;
use uuid::Uuid;

/// Which register an entry stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// National law.
    Law,
    /// What holds a State back from an instrument.
    Obstacle,
    /// Uses of model texts.
    Use,
    /// Statements beside what the registers say.
    Statement,
}

impl EntryKind {
    /// Its code, in addresses and in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Law => "laws",
            Self::Obstacle => "obstacles",
            Self::Use => "uses",
            Self::Statement => "statements",
        }
    }

    /// What one must be allowed to make, correct or take back such an entry.
    #[must_use]
    pub const fn action(self) -> Action {
        match self {
            Self::Law => Action::EditLaw,
            Self::Obstacle => Action::FileObstacle,
            Self::Use | Self::Statement => Action::EditRegister,
        }
    }
}

/// An entry made by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// What a law says.
    Law(LawEntry),
    /// What a State reported.
    Obstacle(RatificationReport),
    /// Who used a model text.
    Use(AdoptionOf),
    /// What a source says.
    Statement(RegisterStatement),
}

impl Entry {
    /// The register it stands in.
    #[must_use]
    pub const fn kind(&self) -> EntryKind {
        match self {
            Self::Law(_) => EntryKind::Law,
            Self::Obstacle(_) => EntryKind::Obstacle,
            Self::Use(_) => EntryKind::Use,
            Self::Statement(_) => EntryKind::Statement,
        }
    }

    /// What it is about. A correction says something else of the same.
    fn about(&self) -> String {
        match self {
            Self::Law(one) => one.state.to_string(),
            Self::Obstacle(one) => format!("{} {}", one.state, one.instrument),
            Self::Use(one) => one.model.clone(),
            Self::Statement(one) => format!("{} {}", one.about, one.id),
        }
    }

    fn resource(&self) -> Resource {
        match self {
            Self::Law(one) => Resource::region().in_state(Some(one.state.as_str())),
            Self::Obstacle(one) => Resource::region().in_state(Some(one.state.as_str())),
            Self::Use(_) | Self::Statement(_) => Resource::region(),
        }
    }

    /// What it says, to be kept.
    pub(crate) fn body(&self) -> Result<Value, Refused> {
        let body = match self {
            Self::Law(one) => serde_json::to_value(one),
            Self::Obstacle(one) => serde_json::to_value(one),
            Self::Use(one) => serde_json::to_value(one),
            Self::Statement(one) => serde_json::to_value(one),
        };
        body.map_err(|error| Refused::Unavailable(error.to_string()))
    }

    fn read(kind: EntryKind, body: Value) -> Result<Self, Refused> {
        let read = match kind {
            EntryKind::Law => serde_json::from_value(body).map(Self::Law),
            EntryKind::Obstacle => serde_json::from_value(body).map(Self::Obstacle),
            EntryKind::Use => serde_json::from_value(body).map(Self::Use),
            EntryKind::Statement => serde_json::from_value(body).map(Self::Statement),
        };
        read.map_err(|error| Refused::Unavailable(error.to_string()))
    }

    fn check(&self, acting: &Acting<'_>) -> Result<(), Refused> {
        let registers = &acting.app.registers;
        match self {
            Self::Law(one) => checked_law(registers, one),
            Self::Obstacle(one) => {
                known_state(registers, "state", one.state)?;
                // It tells of its own day: whether the State joined since is no matter.
                one.check(&[]).map_err(|why| {
                    let (field, message) = report_problem(&why);
                    Refused::field(field, message)
                })
            }
            Self::Use(one) => checked_adoption(registers, one),
            Self::Statement(one) => checked_statement(acting, one),
        }
    }
}

/// An entry of one's own organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnEntry {
    /// Its id.
    pub id: Uuid,
    /// What it says.
    pub entry: Entry,
    /// How often it was written.
    pub revision: Revision,
}

/// What an entry said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastEntry {
    /// Which entry.
    pub of: Uuid,
    /// What it said.
    pub entry: Entry,
    /// Why it was taken back; nothing where it was corrected.
    pub why: Option<String>,
    /// When it stopped saying so.
    pub until: Moment,
}

fn own_of<I: Id, T>(all: ListOf<I, T>, tenant: TenantId, entry: fn(T) -> Entry) -> Vec<OwnEntry> {
    let own = all.into_iter().filter(|one| one.record.tenant == tenant);
    own.map(|one| OwnEntry {
        id: one.record.id.uuid(),
        entry: entry(one.record.entry),
        revision: one.revision,
    })
    .collect()
}

/// The entries of an organisation in a register.
pub(crate) async fn of_tenant(
    db: &dyn Db,
    tenant: TenantId,
    kind: EntryKind,
) -> Result<Vec<OwnEntry>, Refused> {
    Ok(match kind {
        EntryKind::Law => own_of(law::list(db, None).await?, tenant, Entry::Law),
        EntryKind::Obstacle => own_of(obstacle::list(db, None).await?, tenant, Entry::Obstacle),
        EntryKind::Use => own_of(model_adoption::list(db, None).await?, tenant, Entry::Use),
        EntryKind::Statement => own_of(statement::list(db, None).await?, tenant, Entry::Statement),
    })
}

async fn allowed(acting: &Acting<'_>, kind: EntryKind) -> Result<TenantId, Refused> {
    let own = Resource::region().in_state(acting.subject.state.as_deref());
    acting.allow(kind.action(), &own).await?;
    Ok(acting.member()?.0)
}

/// The entries of one's own organisation in a register, in the order they were made.
///
/// # Errors
/// What access or the store refuse.
pub async fn own_entries(acting: &Acting<'_>, kind: EntryKind) -> Result<Vec<OwnEntry>, Refused> {
    let tenant = allowed(acting, kind).await?;
    of_tenant(&acting.app.store, tenant, kind).await
}

/// What those entries said before they were corrected or taken back, newest first.
///
/// # Errors
/// What access or the store refuse.
pub async fn past_entries(acting: &Acting<'_>, kind: EntryKind) -> Result<Vec<PastEntry>, Refused> {
    let tenant = allowed(acting, kind).await?;
    let all = past::list(&acting.app.store, tenant, kind.code()).await?;
    all.into_iter()
        .map(|one| {
            let entry = Entry::read(kind, one.body)?;
            Ok(PastEntry { of: one.entry, entry, why: one.why, until: one.until })
        })
        .collect()
}

/// The entry as it stands, if it is one's own organisation's and unchanged since `seen`.
async fn standing(act: &Act, kind: EntryKind, id: Uuid, seen: Revision) -> Result<Entry, Refused> {
    let own = of_tenant(act, act.tenant(), kind).await?;
    let found = own.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)?;
    if found.revision != seen {
        return Err(Refused::Conflict);
    }
    Ok(found.entry)
}

/// Corrects an entry of one's own organisation; what it said before is kept.
///
/// # Errors
/// [`Refused`] by the rules for a new entry; `Conflict` if someone else changed
/// it in the meantime.
pub async fn correct_entry(
    acting: &Acting<'_>,
    id: Uuid,
    entry: &Entry,
    seen: Revision,
) -> Result<(), Refused> {
    let kind = entry.kind();
    acting.allow(kind.action(), &entry.resource()).await?;
    entry.check(acting)?;
    let mut act = begin!(acting, acting.context(kind.action())?);
    let before = standing(&act, kind, id, seen).await?;
    if before.about() != entry.about() {
        return Err(Refused::NotFound);
    }
    let (register, said) = (kind.code(), before.body()?);
    match entry {
        Entry::Law(one) => {
            let id = LawEntryId::from_uuid(id);
            act.about(id);
            past::keep(&mut act, register, id, said, None).await?;
            law::update(&mut act, id, one, seen).await?;
        }
        Entry::Obstacle(one) => {
            let id = ObstacleReportId::from_uuid(id);
            act.about(id);
            past::keep(&mut act, register, id, said, None).await?;
            obstacle::update(&mut act, id, one, seen).await?;
        }
        Entry::Use(one) => {
            let id = AdoptionId::from_uuid(id);
            act.about(id);
            past::keep(&mut act, register, id, said, None).await?;
            model_adoption::update(&mut act, id, one, seen).await?;
        }
        Entry::Statement(one) => {
            let id = StatementId::from_uuid(id);
            act.about(id);
            past::keep(&mut act, register, id, said, None).await?;
            statement::update(&mut act, id, one, seen).await?;
        }
    }
    Ok(act.commit(&()).await?)
}

/// Takes an entry of one's own organisation back: it leaves the register, and
/// what it said is kept with the reason.
///
/// # Errors
/// [`Refused`]; a reason is needed.
pub async fn take_back_entry(
    acting: &Acting<'_>,
    kind: EntryKind,
    id: Uuid,
    why: &str,
    seen: Revision,
) -> Result<(), Refused> {
    allowed(acting, kind).await?;
    let mut problems = crate::Problems::default();
    let why = problems.required("why", why, 500);
    problems.none()?;
    let mut act = begin!(acting, acting.context(kind.action())?);
    let before = standing(&act, kind, id, seen).await?;
    // A refusal is written into the log, whose head this act holds.
    if !acting.may(kind.action(), &before.resource()).allowed {
        act.give_up().await?;
        acting.allow(kind.action(), &before.resource()).await?;
        return Err(Refused::NotFound);
    }
    let (register, said) = (kind.code(), before.body()?);
    match kind {
        EntryKind::Law => {
            let id = LawEntryId::from_uuid(id);
            act.about(id);
            past::keep(&mut act, register, id, said, Some(&why)).await?;
            law::remove(&mut act, id).await?;
        }
        EntryKind::Obstacle => {
            let id = ObstacleReportId::from_uuid(id);
            act.about(id);
            past::keep(&mut act, register, id, said, Some(&why)).await?;
            obstacle::remove(&mut act, id).await?;
        }
        EntryKind::Use => {
            let id = AdoptionId::from_uuid(id);
            act.about(id);
            past::keep(&mut act, register, id, said, Some(&why)).await?;
            model_adoption::remove(&mut act, id).await?;
        }
        EntryKind::Statement => {
            let id = StatementId::from_uuid(id);
            act.about(id);
            past::keep(&mut act, register, id, said, Some(&why)).await?;
            statement::remove(&mut act, id).await?;
        }
    }
    Ok(act.commit(&()).await?)
}
