//! Cases: opening, carrying, telling and closing them. One act, one file.
//!
//! How another area builds on a case (a screening, a service, a decision, a
//! guardian …):
//!
//! ```ignore
//! // 1. facts and access, in one step; refused reads as absent
//! let file = case::permitted(acting, id, Action::WriteCase, purpose).await?;
//! // 2. decide in palermo-domain, with file.case, file.person, file.team
//! // 3. one act: the change, an event of the history, the audit entry
//! let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
//! let event = event::new(&act, id, "service-started").with("service", "legal");
//! case::tell(&mut act, Some(vault), file.person.record.id, event, Some(text)).await?;
//! act.commit(&()).await?;
//! ```
//!
//! To read sealed texts for a page: [`look`] writes the audit entry first and
//! gives an [`Opened`] with `read` and, if the reader's key is open, `vault`.
//! A case changes through [`change`], which counts revisions. A person's new
//! case after an old one: [`open::again`]. The kinds of events a page shows
//! are told by messages `case-event-<kind>`. Pages contribute sections to the
//! case page in `palermo-web/src/pages/case/sections.rs`, one line each.

pub mod abroad;
pub mod age;
pub mod alike;
pub mod beside;
mod carry_out;
pub mod close;
pub mod consent;
pub mod consent_text;
pub mod erase;
pub mod files;
pub mod flags;
pub mod found;
pub mod guardian_word;
pub mod hand_back;
pub mod incident;
pub mod incoming;
pub mod keeping;
pub mod legal_basis;
pub mod list;
pub mod look_for;
pub mod looked;
pub mod never_told;
pub mod note;
pub mod note_draft;
pub mod open;
pub mod papers;
pub mod particulars;
pub mod print;
pub mod questions;
pub mod referral;
pub mod related;
pub mod retention;
pub mod rights;
pub mod rights_count;
pub mod rights_lead;
pub mod sealed_file;
pub mod second;
mod summary;
pub mod task;
pub mod team;
pub mod withdrawal;
pub mod words;

use crate::{
    Acting, Refused,
    access::{Action, Resource},
    keys,
    session::Signed,
};
use palermo_domain::{
    case::{
        Case,
        event::Event,
        guardian_word::guardians_are_shut_out,
        person::Person,
        team::{TeamMember, TeamPart},
    },
    compartment::Compartment,
    id::{AccountId, CaseId, Id, PersonId},
    moment::Moment,
    purpose::Purpose,
    role::Role,
};
use palermo_store::{
    Act, ActContext, Db, PersonalRead, UnlockedVault, Versioned, care,
    case::{event as events, file as stored, person as persons, team as teams},
    keys::sealed::{self, Clear, Place},
};
use uuid::Uuid;

pub use open::name_place;
pub use palermo_store::{
    case::{event, file},
    keys::sealed::Version,
};

/// A case with its person and team, after access was decided.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// The case.
    pub case: Versioned<Case>,
    /// Whom it is about, in coded facts.
    pub person: Versioned<Person>,
    /// Everyone who is or was on its team.
    pub team: Vec<TeamMember>,
    /// Why it is looked at (E01).
    pub purpose: Purpose,
}

impl CaseFile {
    /// Those on the team now.
    pub fn team_at(&self, at: Moment) -> impl Iterator<Item = &TeamMember> {
        self.team.iter().filter(move |member| member.holds_at(at))
    }

    /// The context of an act about this case, with its purpose.
    ///
    /// # Errors
    /// [`Refused::SignInNeeded`] if nobody is signed in.
    pub fn context(&self, acting: &Acting<'_>, action: Action) -> Result<ActContext, Refused> {
        Ok(acting
            .context(action)?
            .for_purpose(self.purpose)
            .about(self.case.record.id)
            .about(self.person.record.id))
    }

    /// Where a text of this case is sealed, in the compartment care.
    #[must_use]
    pub fn place(&self, table: &'static str, record: Uuid, field: &'static str) -> Place {
        Place {
            person: self.person.record.id,
            table,
            record,
            field,
            compartment: Compartment::Care,
        }
    }

    /// The case's id.
    #[must_use]
    pub fn id(&self) -> CaseId {
        self.case.record.id
    }
}

/// The purpose someone of these roles has unless they name another (E01).
#[must_use]
pub fn usual_purpose(roles: &[Role]) -> Purpose {
    let has = |role: Role| roles.contains(&role);
    if has(Role::CaseManager) || has(Role::ServiceProvider) || has(Role::Guardian) {
        Purpose::Care
    } else if has(Role::IdentificationOfficer) || has(Role::HotlineWorker) {
        Purpose::Identification
    } else if has(Role::LegalRepresentative) {
        Purpose::Remedy
    } else if has(Role::OnCall) {
        Purpose::Supervision
    } else if has(Role::DataProtectionOfficer) {
        Purpose::DataProtection
    } else {
        Purpose::Care
    }
}

/// What access needs to know about a case: whose it is and who is on its team.
pub(crate) fn resource(case: &Case, team: &[TeamMember], at: Moment) -> Resource {
    let on_team = team.iter().filter(|member| member.holds_at(at)).map(|m| m.account);
    Resource::of(case.tenant).with_team(on_team.collect())
}

/// Whether the reader may do this to a case, for the purpose they look for: for
/// links and buttons. Who broke the glass may read, and nothing else.
#[must_use]
pub fn may(acting: &Acting<'_>, file: &CaseFile, action: Action) -> bool {
    let about = resource(&file.case.record, &file.team, acting.now());
    acting.may_for(action, &about, file.purpose).allowed
}

/// Purposes for which the reader may open this case. Whoever is not on its team
/// opened it for one alone.
#[must_use]
pub fn purposes(acting: &Acting<'_>, file: &CaseFile) -> Vec<Purpose> {
    let about = resource(&file.case.record, &file.team, acting.now());
    let opens = |purpose: &Purpose| acting.may_for(Action::ReadCase, &about, *purpose).allowed;
    Purpose::ALL.into_iter().filter(|one| *one == file.purpose || opens(one)).collect()
}

/// Loads a case and goes on only if the rules allow the action on it for this
/// purpose. What one may not see answers as absent.
///
/// # Errors
/// [`Refused::NotFound`] for a case that is not there or not for this person.
pub async fn permitted(
    acting: &Acting<'_>,
    id: CaseId,
    action: Action,
    purpose: Purpose,
) -> Result<CaseFile, Refused> {
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    let case = stored::find(store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let team = teams::of_case(store, tenant, id).await?;
    let mut about = resource(&case.record, &team, acting.now());
    if shut_out(acting, &case.record, &team).await? {
        about.team.retain(|one| Some(*one) != acting.subject.account);
    }
    // Someone on call who broke the glass may look, for that purpose, while it holds.
    let breaks = action == Action::ReadCase && purpose == Purpose::DangerToLife;
    if breaks && crate::break_glass::holds(acting, case.record.person).await? {
        about.team.extend(acting.subject.account);
    }
    acting.allow_for(action, &about, Some(purpose)).await?;
    // A program is told less than a person: a sealed record is not there for it (E11).
    if case.record.sealed && acting.subject.is_program() {
        return Err(Refused::NotFound);
    }
    let person = persons::find(store, tenant, case.record.person).await?;
    let person = person.ok_or(Refused::NotFound)?;
    Ok(CaseFile { case, person, team, purpose })
}

/// Whether the reader is on the team as guardian and as nothing else, or has no role but
/// that of a guardian, while guardians are shut out of the case (R3).
async fn shut_out(acting: &Acting<'_>, case: &Case, team: &[TeamMember]) -> Result<bool, Refused> {
    let now = acting.now();
    let is_own =
        |one: &&TeamMember| one.holds_at(now) && Some(one.account) == acting.subject.account;
    let parts: Vec<TeamPart> = team.iter().filter(is_own).map(|one| one.part).collect();
    let by_part = parts.iter().all(|part| *part == TeamPart::Guardian);
    let by_role = acting.subject.roles.iter().all(|role| *role == Role::Guardian);
    if parts.is_empty() || !(by_part || by_role) {
        return Ok(false);
    }
    guardians_gone(&acting.app.store, case, now).await
}

/// Whether a guardian of record is gone and none stands by the child, by the rule of the
/// domain.
pub(crate) async fn guardians_gone(db: &dyn Db, case: &Case, at: Moment) -> Result<bool, Refused> {
    let Some(person) = persons::find(db, case.tenant, case.person).await? else {
        return Ok(false);
    };
    let records = care::of_case(db, case.tenant, case.id).await?;
    let records: Vec<_> = records.into_iter().map(|one| one.record).collect();
    Ok(guardians_are_shut_out(person.record.age, &records, at.date().into()))
}

/// A case being looked at: the log knows, so sealed texts may be opened.
#[derive(Debug)]
pub struct Opened {
    /// Its coded facts.
    pub file: CaseFile,
    /// What the reader's key opens; nothing while it is closed.
    pub vault: Option<UnlockedVault>,
    /// The committed entry of this look.
    pub read: PersonalRead,
}

/// Looks at a case. The entry (who, why, which case) is committed first; if it
/// cannot be written, nothing is read.
///
/// # Errors
/// As [`permitted`].
pub async fn look(
    acting: &Acting<'_>,
    signed: Option<&Signed>,
    id: CaseId,
    purpose: Purpose,
) -> Result<Opened, Refused> {
    look_for(acting, signed, id, Action::ReadCase, purpose).await
}

/// The same, for another action than reading the case page.
///
/// # Errors
/// As [`permitted`].
pub async fn look_for(
    acting: &Acting<'_>,
    signed: Option<&Signed>,
    id: CaseId,
    action: Action,
    purpose: Purpose,
) -> Result<Opened, Refused> {
    let file = permitted(acting, id, action, purpose).await?;
    let mut context = file.context(acting, action)?;
    context.idempotency = None;
    let read = acting.app.store.read_personal(context).await?;
    let vault = match signed {
        Some(signed) => vault_if_open(acting, signed).await?,
        None => None,
    };
    Ok(Opened { file, vault, read })
}

/// What the session's key opens, or nothing while it is closed.
///
/// # Errors
/// When the database does not answer.
pub async fn vault_if_open(
    acting: &Acting<'_>,
    signed: &Signed,
) -> Result<Option<UnlockedVault>, Refused> {
    match keys::vault(acting, signed).await {
        Ok(vault) => Ok(Some(vault)),
        Err(Refused::UnlockNeeded) => Ok(None),
        Err(other) => Err(other),
    }
}

impl Opened {
    /// A sealed text, if the reader's key opens its compartment.
    ///
    /// # Errors
    /// When it was changed or moved, or the database does not answer.
    pub async fn text(&self, place: Place) -> Result<Option<String>, Refused> {
        let Some(vault) = self.vault_for(place.compartment) else { return Ok(None) };
        match sealed::open(&self.read, vault, place).await {
            Ok(clear) => Ok(clear.map(|clear| utf8(&clear))),
            Err(palermo_store::Error::Erased) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The vault, if it opens this compartment.
    #[must_use]
    pub fn vault_for(&self, compartment: Compartment) -> Option<&UnlockedVault> {
        self.vault.as_ref().filter(|vault| vault.opens(compartment))
    }
}

pub(crate) fn utf8(clear: &Clear) -> String {
    String::from_utf8_lossy(clear).into_owned()
}

/// Writes an event of a case's history; what someone wrote is sealed beside it.
///
/// # Errors
/// [`Refused::UnlockNeeded`] with a text and no open key.
pub async fn tell(
    act: &mut Act,
    vault: Option<&UnlockedVault>,
    person: PersonId,
    mut event: Event,
    text: Option<&str>,
) -> Result<(), Refused> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    event.has_text = text.is_some();
    events::insert(act, &event).await?;
    if let Some(text) = text {
        let vault = vault.ok_or(Refused::UnlockNeeded)?;
        sealed::put(act, vault, text_place(person, &event, "text"), text.as_bytes()).await?;
    }
    Ok(())
}

/// Where a text of an event is sealed: `text`, `before` or `after`.
#[must_use]
pub fn text_place(person: PersonId, event: &Event, field: &'static str) -> Place {
    Place {
        person,
        table: events::TABLE,
        record: event.id.uuid(),
        field,
        compartment: Compartment::Care,
    }
}

/// Changes a case as its acts see it now, whatever its revision on someone's
/// page: for changes that belong to the act itself, such as the time of the
/// last service. Reads and writes happen in one act, so nothing is lost.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn change(
    act: &mut Act,
    id: CaseId,
    edit: impl FnOnce(&mut Case),
) -> Result<Case, Refused> {
    let found = stored::get(act, id).await?;
    let mut case = found.record;
    edit(&mut case);
    stored::update(act, &case, found.revision).await?;
    Ok(case)
}

/// Names of members of staff by account, for pages.
///
/// # Errors
/// When the database does not answer.
pub async fn staff_names(
    acting: &Acting<'_>,
    accounts: Vec<AccountId>,
) -> Result<std::collections::BTreeMap<AccountId, String>, Refused> {
    let (tenant, _) = acting.member()?;
    let mut names = std::collections::BTreeMap::new();
    for account in accounts {
        if names.contains_key(&account) {
            continue;
        }
        if let Some(found) =
            palermo_store::account::find(&acting.app.store, tenant, account).await?
        {
            names.insert(account, found.record.name);
        }
    }
    Ok(names)
}
