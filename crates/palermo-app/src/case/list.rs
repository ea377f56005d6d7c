//! Lists of cases: one's own with what to call the person, and for whoever
//! oversees the work all that are not sealed, in coded facts.

use super::{open::name_place_table, utf8, vault_if_open};
use crate::{
    Acting, Refused,
    access::{Action, Resource},
    session::Signed,
};
use palermo_domain::{
    case::{Case, Phase, flag::Flag, person::Person, team::TeamPart},
    compartment::Compartment,
    id::{AccountId, CaseId, IncidentId, PersonId},
    purpose::Purpose,
    register::day::Day,
    role::Role,
};
use palermo_store::{
    Paging, Versioned,
    case::{file as files, person as persons, record, team as teams},
    keys::sealed,
};
use std::collections::BTreeMap;

/// Most rows of a list.
const MOST: u64 = 2_000;

/// One row.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// The case.
    pub case: Versioned<Case>,
    /// Whom it is about.
    pub person: Option<Person>,
    /// Whether a search found them by another spelling of what was typed.
    pub alike: bool,
    /// What to call them, if the reader's key opens it and something was told.
    pub name: Option<String>,
    /// Who carries it.
    pub leads: Vec<String>,
    /// In what part the reader is on the team.
    pub part: Option<TeamPart>,
    /// Codes of the flags that hold today.
    pub flags: Vec<String>,
}

/// Which cases.
#[derive(Debug, Clone, Copy, Default)]
pub struct Which {
    /// In this phase only.
    pub phase: Option<Phase>,
    /// Of this incident only.
    pub incident: Option<IncidentId>,
}

/// The cases on whose team one is, the latest first. Showing names is a read
/// about each of them.
///
/// # Errors
/// What access or the store refuse.
pub async fn own(
    acting: &Acting<'_>,
    signed: Option<&Signed>,
    which: Which,
    purpose: Purpose,
) -> Result<Vec<CaseRow>, Refused> {
    let (tenant, account) = acting.member()?;
    let mine = Resource::of(tenant).about(account);
    acting.allow_for(Action::ListCases, &mine, Some(purpose)).await?;
    let filter = files::Filter {
        team_of: Some(account),
        at: Some(acting.now()),
        phase: which.phase,
        incident: which.incident,
        without_sealed: acting.subject.is_program(),
        ..files::Filter::default()
    };
    let mut rows = Vec::new();
    for row in load(acting, &filter, Some(account)).await? {
        // What a guardian is shut out of shows them no name either (R3).
        let as_guardian = row.part == Some(TeamPart::Guardian);
        if as_guardian || acting.subject.roles.contains(&Role::Guardian) {
            let case = &row.case.record;
            let team = teams::of_case(&acting.app.store, tenant, case.id).await?;
            if super::shut_out(acting, case, &team).await? {
                continue;
            }
        }
        rows.push(row);
    }
    if let Some(signed) = signed {
        add_names(acting, signed, &mut rows, purpose).await?;
    }
    Ok(rows)
}

/// All open cases of one's tenant that are not sealed, for handing out work:
/// coded facts, no names. Sealed records are not there, nor counted (E11).
///
/// # Errors
/// What access or the store refuse.
pub async fn overseen(acting: &Acting<'_>, which: Which) -> Result<Vec<CaseRow>, Refused> {
    let (tenant, account) = acting.member()?;
    let all = Resource::of(tenant);
    acting.allow_for(Action::OverseeCases, &all, Some(Purpose::Supervision)).await?;
    let filter = files::Filter {
        phase: which.phase,
        incident: which.incident,
        without_sealed: true,
        ..files::Filter::default()
    };
    let mut context = acting.context(Action::OverseeCases)?.for_purpose(Purpose::Supervision);
    context.idempotency = None;
    acting.app.store.read_personal(context).await?;
    load(acting, &filter, Some(account)).await
}

async fn load(
    acting: &Acting<'_>,
    filter: &files::Filter,
    reader: Option<AccountId>,
) -> Result<Vec<CaseRow>, Refused> {
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    let paging = Paging { page: 1, size: MOST };
    let page = files::list(store, tenant, filter, files::SortBy::Newest, paging).await?;
    let people: Vec<PersonId> = page.items.iter().map(|case| case.record.person).collect();
    let ids: Vec<CaseId> = page.items.iter().map(|case| case.record.id).collect();
    let people = persons::of_ids(store, tenant, &people).await?;
    let members = teams::of_cases(store, tenant, &ids).await?;
    let now = acting.now();
    let on_teams = members.values().flatten().filter(|m| m.holds_at(now)).map(|m| m.account);
    let names = super::staff_names(acting, on_teams.collect()).await?;
    let today: Day = now.date().into();
    let mut flags: BTreeMap<CaseId, Vec<String>> = BTreeMap::new();
    for flag in record::of_cases::<Flag>(store, tenant, &ids, "set").await? {
        if flag.holds_on(today) {
            flags.entry(flag.case).or_default().push(flag.code);
        }
    }
    let mut rows = Vec::with_capacity(page.items.len());
    for case in page.items {
        let team = members.get(&case.record.id).map_or(&[][..], Vec::as_slice);
        let on_now = || team.iter().filter(|member| member.holds_at(now));
        let leads = on_now().filter(|m| m.part == TeamPart::Lead);
        let leads = leads.filter_map(|m| names.get(&m.account).cloned()).collect();
        let part = on_now().find(|m| Some(m.account) == reader).map(|m| m.part);
        let person = people.get(&case.record.person).map(|found| found.record.clone());
        let flags = flags.remove(&case.record.id).unwrap_or_default();
        rows.push(CaseRow { case, person, alike: false, name: None, leads, part, flags });
    }
    Ok(rows)
}

async fn add_names(
    acting: &Acting<'_>,
    signed: &Signed,
    rows: &mut [CaseRow],
    purpose: Purpose,
) -> Result<(), Refused> {
    let Some(vault) = vault_if_open(acting, signed).await? else { return Ok(()) };
    if !vault.opens(Compartment::Identity) || rows.is_empty() {
        return Ok(());
    }
    let mut context = acting.context(Action::ListCases)?.for_purpose(purpose);
    context.idempotency = None;
    for row in rows.iter() {
        context = context.about(row.case.record.id);
    }
    let read = acting.app.store.read_personal(context).await?;
    let people: Vec<PersonId> = rows.iter().map(|row| row.case.record.person).collect();
    let opened: BTreeMap<_, _> = sealed::open_field(
        &read,
        &vault,
        &people,
        name_place_table(),
        "call_name",
        Compartment::Identity,
    )
    .await?;
    for row in rows {
        row.name = opened.get(&row.case.record.person).map(utf8);
    }
    Ok(())
}
