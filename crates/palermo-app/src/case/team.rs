//! The care team: taking someone on, letting them go, handing over. A case is
//! never left without someone who carries it.

use super::{CaseFile, guardians_gone, permitted, tell};
use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
    begin,
    care::remind,
};
use palermo_domain::{
    account::AccountStatus,
    care::reminder,
    case::{
        guardian_word::CannotSpeak,
        team::{OnLeaving, TeamMember, TeamPart, may_leave, on_leaving},
    },
    id::{AccountId, CaseId, Id},
    purpose::Purpose,
    role::Role,
    task::Task,
};
use palermo_store::{
    Act, Db, Paging, account as accounts,
    case::{event as events, file as files, team as teams},
    role as roles, task as tasks,
};
use std::collections::{BTreeMap, BTreeSet};

/// Roles that can be on a care team.
const CAN_HELP: [Role; 8] = [
    Role::CaseManager,
    Role::OnCall,
    Role::HotlineWorker,
    Role::IdentificationOfficer,
    Role::ServiceProvider,
    Role::Guardian,
    Role::LegalRepresentative,
    Role::Interpreter,
];

/// Roles that carry cases.
const CARRIES: [Role; 3] = [Role::CaseManager, Role::IdentificationOfficer, Role::HotlineWorker];

/// Members of staff who can be taken on a team, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn candidates(acting: &Acting<'_>) -> Result<Vec<(AccountId, String)>, Refused> {
    let (tenant, _) = acting.member()?;
    let mut found = BTreeMap::new();
    for role in CAN_HELP {
        for held in roles::holders(&acting.app.store, tenant, role, acting.now()).await? {
            let account = held.record.account;
            if let Some(known) = accounts::find(&acting.app.store, tenant, account).await? {
                found.insert(account, known.record.name);
            }
        }
    }
    let mut people: Vec<_> = found.into_iter().collect();
    people.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(people)
}

/// Takes someone on the team.
///
/// # Errors
/// [`Refused::Invalid`] for someone whose role cannot help, and by R3 for a guardian while
/// a guardian of record is gone and none stands.
pub async fn add(
    acting: &Acting<'_>,
    id: CaseId,
    account: AccountId,
    part: TeamPart,
    purpose: Purpose,
) -> Result<(), Refused> {
    let file = permitted(acting, id, Action::ManageTeam, purpose).await?;
    let known = candidates(acting).await?.into_iter().any(|(one, _)| one == account);
    if !known {
        return Err(Refused::field("account", Message::new("error-choose")));
    }
    let mut act = begin!(acting, file.context(acting, Action::ManageTeam)?.about(account));
    if part == TeamPart::Guardian && guardians_gone(&act, &file.case.record, act.now()).await? {
        act.give_up().await?;
        let why = Message::new("case-team-guardian-gone").by(CannotSpeak::RULE);
        return Err(Refused::field("part", why));
    }
    put(&mut act, &file, account, part).await?;
    Ok(act.commit(&()).await?)
}

async fn put(
    act: &mut Act,
    file: &CaseFile,
    account: AccountId,
    part: TeamPart,
) -> Result<(), Refused> {
    let case = file.id();
    let member =
        TeamMember { tenant: act.tenant(), case, account, part, from: act.now(), until: None };
    teams::put(act, &member).await?;
    let event = events::new(act, case, "team-joined")
        .with("part", part.code())
        .with("staff", account.to_string());
    tell(act, None, file.person.record.id, event, None).await
}

/// Lets someone go from the team.
///
/// # Errors
/// [`Refused::Declined`] if nobody would carry the case.
pub async fn remove(
    acting: &Acting<'_>,
    id: CaseId,
    account: AccountId,
    purpose: Purpose,
) -> Result<(), Refused> {
    let file = permitted(acting, id, Action::ManageTeam, purpose).await?;
    let mut act = begin!(acting, file.context(acting, Action::ManageTeam)?.about(account));
    let team = teams::of_case(&act, act.tenant(), id).await?;
    if may_leave(&team, account, act.now()).is_err() {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("case-team-no-lead")));
    }
    end(&mut act, &file, &team, account).await?;
    let to = lead(&act, id).await?;
    pass_on(&mut act, id, account, to).await?;
    remind::in_act(acting.app, &mut act, id).await?;
    Ok(act.commit(&()).await?)
}

async fn end(
    act: &mut Act,
    file: &CaseFile,
    team: &[TeamMember],
    account: AccountId,
) -> Result<(), Refused> {
    let now = act.now();
    let held = team.iter().filter(|member| member.account == account && member.holds_at(now));
    for member in held {
        teams::put(act, &TeamMember { until: Some(now), ..member.clone() }).await?;
    }
    let event = events::new(act, file.id(), "team-left").with("staff", account.to_string());
    tell(act, None, file.person.record.id, event, None).await
}

/// Who carries a case now.
async fn lead(act: &Act, case: CaseId) -> Result<Option<AccountId>, Refused> {
    let mut team = teams::of_case(act, act.tenant(), case).await?;
    team.retain(|member| member.holds_at(act.now()));
    let lead = team.iter().find(|member| member.part == TeamPart::Lead);
    Ok(lead.map(|member| member.account))
}

/// Someone, if they are on the team of a case still; else whoever carries it.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn or_lead(
    act: &Act,
    case: CaseId,
    account: AccountId,
) -> Result<Option<AccountId>, Refused> {
    let team = teams::of_case(act, act.tenant(), case).await?;
    if team.iter().any(|member| member.account == account && member.holds_at(act.now())) {
        return Ok(Some(account));
    }
    lead(act, case).await
}

/// Gives what waits of a case to someone else, when whoever had it leaves its team.
/// Reminders of care find their own way.
async fn pass_on(
    act: &mut Act,
    case: CaseId,
    from: AccountId,
    to: Option<AccountId>,
) -> Result<(), Refused> {
    let filter = tasks::Filter {
        assignee: Some(from),
        subject: Some(case.subject()),
        done: Some(false),
        ..tasks::Filter::default()
    };
    let sort = tasks::SortBy::Due;
    for found in tasks::list(&*act, act.tenant(), &filter, sort, Paging::all()).await?.items {
        if found.record.is_for_its_team() && !reminder::is_of_care(&found.record.kind) {
            let passed = Task { assignee: to, ..found.record };
            tasks::update(act, &passed, found.revision).await?;
        }
    }
    Ok(())
}

/// Hands every case someone carries to a colleague, in one act: before they
/// leave, or when they fall ill. For whoever oversees the work; sealed records
/// are handed over by their own team. Returns how many.
///
/// # Errors
/// [`Refused::Invalid`] for someone whose role cannot carry cases, or who cannot come in.
pub async fn hand_over(
    acting: &Acting<'_>,
    from: AccountId,
    to: AccountId,
) -> Result<usize, Refused> {
    let (tenant, _) = acting.member()?;
    let purpose = Purpose::Supervision;
    acting.allow_for(Action::OverseeCases, &Resource::of(tenant), Some(purpose)).await?;
    let known = candidates(acting).await?.into_iter().any(|(one, _)| one == to);
    let there = accounts::find(&acting.app.store, tenant, to).await?;
    let there = there.is_some_and(|one| one.record.status == AccountStatus::Active);
    if !known || !there || from == to {
        return Err(Refused::field("to", Message::new("error-choose")));
    }
    let context = acting.context(Action::OverseeCases)?.for_purpose(purpose);
    let mut act = begin!(acting, context.about(from).about(to));
    let now = act.now();
    let mut handed = 0;
    for held in teams::of_account(&act, tenant, from, now).await? {
        let case = files::get(&act, held.case).await?.record;
        if case.sealed {
            continue;
        }
        teams::put(&mut act, &TeamMember { until: Some(now), ..held.clone() }).await?;
        let new = TeamMember { account: to, from: now, until: None, ..held.clone() };
        teams::put(&mut act, &new).await?;
        let event = events::new(&act, case.id, "handed-over")
            .with("from_staff", from.to_string())
            .with("staff", to.to_string());
        events::insert(&mut act, &event).await?;
        pass_on(&mut act, case.id, from, Some(to)).await?;
        remind::in_act(acting.app, &mut act, case.id).await?;
        act.about(case.id);
        handed += 1;
    }
    act.commit(&handed).await?;
    Ok(handed)
}

/// Takes everyone off a team who is on it as guardian: no guardian of record stands any
/// more (R3).
pub(crate) async fn guardians_off(act: &mut Act, case: CaseId) -> Result<(), Refused> {
    let now = act.now();
    let team = teams::of_case(&*act, act.tenant(), case).await?;
    let is_theirs = |one: &&TeamMember| one.part == TeamPart::Guardian && one.holds_at(now);
    for held in team.iter().filter(is_theirs) {
        teams::put(act, &TeamMember { until: Some(now), ..held.clone() }).await?;
        let event = events::new(act, case, "team-left").with("staff", held.account.to_string());
        events::insert(act, &event).await?;
        let carries = lead(act, case).await?;
        pass_on(act, case, held.account, carries).await?;
    }
    Ok(())
}

/// How much someone carries, as counts that tell of no case; sealed records are not there,
/// nor counted (E11).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Carried {
    /// Cases nobody else carries, which a colleague takes.
    pub alone: usize,
    /// Cases others carry too, or that they only help with.
    pub beside: usize,
}

/// Counts what someone carries, before they leave the organisation.
pub(crate) async fn carried(
    db: &dyn Db,
    acting: &Acting<'_>,
    account: AccountId,
) -> Result<Carried, Refused> {
    let (tenant, _) = acting.member()?;
    let now = acting.now();
    let mut carried = Carried::default();
    for case in cases_of(db, acting, account).await? {
        let found = files::find(db, tenant, case).await?;
        if found.is_none_or(|found| found.record.sealed) {
            continue;
        }
        let team = teams::of_case(db, tenant, case).await?;
        let alone = on_leaving(&team, account, false, now) == Ok(OnLeaving::HandOver);
        carried.alone += usize::from(alone);
        carried.beside += usize::from(!alone);
    }
    Ok(carried)
}

async fn cases_of(
    db: &dyn Db,
    acting: &Acting<'_>,
    account: AccountId,
) -> Result<BTreeSet<CaseId>, Refused> {
    let (tenant, _) = acting.member()?;
    let held = teams::of_account(db, tenant, account, acting.now()).await?;
    Ok(held.into_iter().map(|place| place.case).collect())
}

/// Who can carry the cases of someone who leaves: colleagues whose role carries cases
/// and who can come in.
pub(crate) async fn carriers(acting: &Acting<'_>) -> Result<Vec<(AccountId, String)>, Refused> {
    let (tenant, _) = acting.member()?;
    let mut found = BTreeMap::new();
    for role in CARRIES {
        for held in roles::holders(&acting.app.store, tenant, role, acting.now()).await? {
            let account = held.record.account;
            let known = accounts::find(&acting.app.store, tenant, account).await?;
            if let Some(known) = known.filter(|one| one.record.status == AccountStatus::Active) {
                found.insert(account, known.record.name);
            }
        }
    }
    let mut people: Vec<_> = found.into_iter().collect();
    people.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(people)
}

/// Takes someone who leaves the organisation off every team, in the act that ends their
/// account; what they carried alone passes to a colleague. Returns how many cases passed.
///
/// # Errors
/// [`Refused::Invalid`] with cases to pass and nobody to take them,
/// [`Refused::Declined`] while they alone carry a sealed record.
pub(crate) async fn leave_all(
    acting: &Acting<'_>,
    act: &mut Act,
    from: AccountId,
    to: Option<AccountId>,
) -> Result<usize, Refused> {
    let mut handed = 0;
    for id in cases_of(&*act, acting, from).await? {
        let case = files::get(act, id).await?.record;
        let team = teams::of_case(&*act, act.tenant(), id).await?;
        let next = match on_leaving(&team, from, case.sealed, act.now()) {
            Err(_) => return Err(Refused::Declined(Message::new("people-leave-held"))),
            Ok(OnLeaving::End) => None,
            Ok(OnLeaving::HandOver) => {
                let nobody = || Refused::field("to", Message::new("people-leave-needs-one"));
                Some(to.ok_or_else(nobody)?)
            }
        };
        step_off(act, &team, id, from, next).await?;
        let carries = if next.is_some() { next } else { lead(act, id).await? };
        pass_on(act, id, from, carries).await?;
        remind::in_act(acting.app, act, id).await?;
        act.about(id);
        handed += usize::from(next.is_some());
    }
    Ok(handed)
}

/// Ends the places someone has on one team; whoever comes next carries the case.
async fn step_off(
    act: &mut Act,
    team: &[TeamMember],
    case: CaseId,
    from: AccountId,
    next: Option<AccountId>,
) -> Result<(), Refused> {
    let now = act.now();
    for held in team.iter().filter(|one| one.account == from && one.holds_at(now)) {
        teams::put(act, &TeamMember { until: Some(now), ..held.clone() }).await?;
    }
    let event = if let Some(account) = next {
        let part = TeamPart::Lead;
        let lead = TeamMember { tenant: act.tenant(), case, account, part, from: now, until: None };
        teams::put(act, &lead).await?;
        events::new(act, case, "handed-over")
            .with("from_staff", from.to_string())
            .with("staff", account.to_string())
    } else {
        events::new(act, case, "team-left").with("staff", from.to_string())
    };
    Ok(events::insert(act, &event).await?)
}
