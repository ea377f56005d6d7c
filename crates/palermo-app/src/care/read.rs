//! The care page of a case: everything planned and done, with the words one's
//! key opens, and what should be noticed today.

use super::{facts, permitted, records, standards_in_force};
use crate::{
    Acting, Refused,
    access::{Action, Resource},
    case::{CaseFile, Opened, vault_if_open},
    session::Signed,
};
use palermo_domain::{
    care::{
        Body, CareFacts, CareRecord, Notice,
        child::care_is_open,
        funding,
        recovery::Counter,
        reintegration::{Measured, Progress, measure},
        returning::{ChildReturn, child_return},
        rules,
    },
    case::person::AgeGroup,
    compartment::Compartment,
    id::{CaseId, Id, TenantId},
    purpose::Purpose,
};
use palermo_store::{
    PersonalRead, Store, UnlockedVault, Versioned, care,
    case::{file as files, person as persons, team as teams},
    keys::sealed,
};
use std::collections::{BTreeMap, BTreeSet};

/// A record with the words sealed beside it, as far as one's key opens them.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The record.
    pub record: Versioned<CareRecord>,
    /// Words by field.
    pub words: BTreeMap<String, String>,
}

/// The care page of a case.
#[derive(Debug)]
pub struct CarePage {
    /// The case.
    pub file: CaseFile,
    /// Everything planned and done, in the order it was written down.
    pub records: Vec<Shown>,
    /// What should be noticed today.
    pub notices: Vec<Notice>,
    /// The recovery and reflection period, if one protects the person today.
    pub counter: Option<Counter>,
    /// What the mechanism's list says of reintegration.
    pub measured: Measured,
    /// Until when each service that goes on is paid, and what happens then.
    pub funding: Vec<funding::FundingEnd>,
    /// Whether a child's return may be arranged and why not; none for an adult.
    pub child_return: Option<ChildReturn>,
    /// Whether one may write.
    pub writes: bool,
    /// What one's key opens; nothing while it is closed.
    pub vault: Option<UnlockedVault>,
    /// The committed entry of this look.
    pub read: PersonalRead,
}

/// Everything planned and done for a person. The look is in the log first.
///
/// # Errors
/// [`Refused::NotFound`] for a case that is not there or not for this person.
pub async fn plan(
    acting: &Acting<'_>,
    signed: Option<&Signed>,
    id: CaseId,
    purpose: Purpose,
) -> Result<CarePage, Refused> {
    let file = permitted(acting, id, Action::ReadCare, purpose).await?;
    let mut context = file.context(acting, Action::ReadCare)?;
    context.idempotency = None;
    let read = acting.app.store.read_personal(context).await?;
    let vault = match signed {
        Some(signed) => vault_if_open(acting, signed).await?,
        None => None,
    };
    let all = care::of_case(&read, file.case.record.tenant, id).await?;
    let plain = records(&all);
    let standards = standards_in_force(acting.app).await?;
    let facts = facts(acting, &file, &plain, &standards);
    let today = facts.today;
    let notices = noticed(acting, &file, &plain, &facts);
    let counter = plain.iter().find_map(|record| match &record.body {
        Body::Recovery(period) => period.counter(today),
        _ => None,
    });
    let marks: Vec<Progress> = plain
        .iter()
        .filter_map(|record| match &record.body {
            Body::Progress(progress) => Some(progress.clone()),
            _ => None,
        })
        .collect();
    let measured = measure(acting.app.care.criteria.of(standards.mechanism.as_deref()), &marks);
    let funding = funding::all(&plain, today);
    let child_return =
        facts.child_rights.then(|| child_return(&plain, standards.as_rules(), today));
    let mut shown = Vec::with_capacity(all.len());
    for record in all {
        let words = words(&read, vault.as_ref(), &file, &record.record).await?;
        shown.push(Shown { record, words });
    }
    let team: Vec<_> = file.team_at(acting.now()).map(|member| member.account).collect();
    let about = Resource::of(file.case.record.tenant).with_team(team);
    let writes = acting.may_for(Action::WriteCare, &about, purpose).allowed;
    Ok(CarePage {
        file,
        records: shown,
        notices,
        counter,
        measured,
        funding,
        child_return,
        writes,
        vault,
        read,
    })
}

/// The words sealed beside a record, from whichever compartments are open.
pub(crate) async fn words(
    read: &PersonalRead,
    vault: Option<&UnlockedVault>,
    file: &CaseFile,
    record: &CareRecord,
) -> Result<BTreeMap<String, String>, Refused> {
    let mut words = BTreeMap::new();
    let Some(vault) = vault else { return Ok(words) };
    for compartment in [Compartment::Care, Compartment::Identity] {
        if !vault.opens(compartment) {
            continue;
        }
        let (person, id) = (file.person.record.id, record.id.uuid());
        match sealed::open_record(read, vault, person, care::TABLE, id, compartment).await {
            Ok(found) => words.extend(
                found
                    .into_iter()
                    .map(|(field, clear)| (field, String::from_utf8_lossy(&clear).into_owned())),
            ),
            Err(palermo_store::Error::Erased) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(words)
}

/// What the case page shows of care.
#[derive(Debug, Clone)]
pub struct Glance {
    /// What should be noticed today.
    pub notices: Vec<Notice>,
    /// The recovery and reflection period, if one protects the person today.
    pub counter: Option<Counter>,
    /// How many records there are.
    pub count: usize,
}

/// Care at a glance, in a look at the case that is in the log already. Nothing
/// for whoever may not see care.
///
/// # Errors
/// When the database does not answer.
pub async fn glance(acting: &Acting<'_>, opened: &Opened) -> Result<Option<Glance>, Refused> {
    if !may_see(acting, &opened.file) {
        return Ok(None);
    }
    let file = &opened.file;
    let all = care::of_case(&opened.read, file.case.record.tenant, file.id()).await?;
    let plain = records(&all);
    let standards = standards_in_force(acting.app).await?;
    let facts = facts(acting, file, &plain, &standards);
    let counter = plain.iter().find_map(|record| match &record.body {
        Body::Recovery(period) => period.counter(facts.today),
        _ => None,
    });
    let notices = noticed(acting, file, &plain, &facts);
    Ok(Some(Glance { notices, counter, count: plain.len() }))
}

/// What is to be noticed of the records beside who is on the team now.
fn noticed(
    acting: &Acting<'_>,
    file: &CaseFile,
    plain: &[CareRecord],
    facts: &CareFacts<'_>,
) -> Vec<Notice> {
    let parts = file.team_at(acting.now()).map(|member| member.part);
    rules::beside_team(rules::notices(plain, facts), parts)
}

/// A record with the words beside it.
pub type Held = (CareRecord, BTreeMap<String, String>);

/// Everything planned and done, with the words one's key opens, in a look at
/// the case that is in the log already. Nothing for whoever may not see care.
///
/// # Errors
/// When the database does not answer.
pub async fn held(acting: &Acting<'_>, opened: &Opened) -> Result<Option<Vec<Held>>, Refused> {
    if !may_see(acting, &opened.file) {
        return Ok(None);
    }
    let file = &opened.file;
    let mut held = Vec::new();
    for record in care::of_case(&opened.read, file.case.record.tenant, file.id()).await? {
        let record = record.record;
        let words = words(&opened.read, opened.vault.as_ref(), file, &record).await?;
        held.push((record, words));
    }
    Ok(Some(held))
}

/// Whether the reader of a case may see its care: a child's is closed to
/// whoever only gives one service (R128).
#[must_use]
pub fn may_see(acting: &Acting<'_>, file: &CaseFile) -> bool {
    let team = file.team_at(acting.now()).map(|member| member.account).collect();
    let about = Resource::of(file.case.record.tenant).with_team(team);
    care_is_open(file.person.record.age, &acting.subject.roles)
        && reads_care(acting, &about, Some(file.purpose))
}

/// Whether the rules let someone read the care of a case, for this purpose or, where
/// none is named, for whatever purpose.
pub(super) fn reads_care(acting: &Acting<'_>, about: &Resource, purpose: Option<Purpose>) -> bool {
    let reads = |purpose| acting.may_for(Action::ReadCare, about, purpose).allowed;
    match purpose {
        Some(purpose) => reads(purpose),
        None => Purpose::ALL.into_iter().any(reads),
    }
}

/// Of these cases those whose care the reader may see, for whatever purpose: for lists
/// of work, where none is named.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn seen_of(
    acting: &Acting<'_>,
    cases: BTreeSet<CaseId>,
) -> Result<BTreeSet<CaseId>, Refused> {
    let (tenant, _) = acting.member()?;
    let (store, now) = (&acting.app.store, acting.now());
    let roles = &acting.subject.roles;
    let every_age = care_is_open(AgeGroup::Child, roles);
    let ids: Vec<CaseId> = cases.into_iter().collect();
    let teams = teams::of_cases(store, tenant, &ids).await?;
    let mut seen = BTreeSet::new();
    for id in ids {
        let team = teams.get(&id).into_iter().flatten().filter(|member| member.holds_at(now));
        let about = Resource::of(tenant).with_team(team.map(|member| member.account).collect());
        if !reads_care(acting, &about, None) {
            continue;
        }
        let open = |age| care_is_open(age, roles);
        if every_age || age_of(store, tenant, id).await?.is_some_and(open) {
            seen.insert(id);
        }
    }
    Ok(seen)
}

async fn age_of(
    store: &Store,
    tenant: TenantId,
    case: CaseId,
) -> Result<Option<AgeGroup>, Refused> {
    let Some(file) = files::find(store, tenant, case).await? else { return Ok(None) };
    let person = persons::find(store, tenant, file.record.person).await?;
    Ok(person.map(|found| found.record.age))
}
