//! Writing care down, changing it, and what must follow at once: an alert when
//! a child is left without a guardian, a task for a rights incident.

use super::{
    ListInForce, changed, days_for, facts, permitted, records, standards_in_force, told, wrong,
};
use crate::{Acting, Message, Refused, access::Action, begin, case};
use palermo_domain::{
    care::{
        Body, CareFacts, CareKind, CareRecord, Notice, check,
        form::{Answers, Sealed, Typed},
        reintegration,
        rules::words_needed,
    },
    case::{Case, Phase, person::AgeGroup, team::TeamPart},
    compartment::Compartment,
    id::{AccountId, CareId, CaseId, Id},
    purpose::Purpose,
    register::day::Day,
    task::Task,
};
use palermo_store::{
    Act, Paging, Revision, UnlockedVault, Versioned, care,
    case::event as events,
    keys::sealed::{self, Place},
    task as tasks,
};
use serde::{Deserialize, Serialize};

/// What was written, and what should be noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The record.
    pub id: CareId,
    /// Messages of what should be noticed.
    pub notices: Vec<String>,
}

/// Fields whose words are sealed, as the store names their places.
const SEALED_FIELDS: [&str; 9] = [
    "wishes",
    "skipped_why",
    "note",
    "provider_name",
    "lawyer",
    "agreed",
    "name",
    "view_words",
    "reasons",
];

/// The store's name of a field whose words are sealed.
pub(crate) fn sealed_field(field: &str) -> Option<&'static str> {
    SEALED_FIELDS.into_iter().find(|name| *name == field)
}

pub(super) fn place(file: &case::CaseFile, id: CareId, sealed: &Sealed) -> Result<Place, Refused> {
    let field = sealed_field(&sealed.field).ok_or_else(|| {
        Refused::Unavailable(format!("there is no place for words of `{}`", sealed.field))
    })?;
    let compartment = if sealed.identity { Compartment::Identity } else { Compartment::Care };
    Ok(Place { compartment, ..file.place(care::TABLE, id.uuid(), field) })
}

/// Answers to standards name the mechanism whose list they answer (R134): the one in
/// force, or the one they answered before as long as their version is the same.
fn names_its_list(body: &mut Body, before: Option<&Body>, standards: &ListInForce) {
    let Body::ReturnChecklist(list) = body else { return };
    list.mechanism = match before {
        Some(Body::ReturnChecklist(before)) if before.version == list.version => {
            before.mechanism.clone()
        }
        _ => standards.mechanism.clone(),
    };
}

/// A mark of a life of one's own names the list it was made by (R110).
fn names_its_criteria(
    acting: &Acting<'_>,
    body: &mut Body,
    before: Option<&Body>,
    here: &ListInForce,
) {
    let Body::Progress(mark) = body else { return };
    let before = match before {
        Some(Body::Progress(before)) => Some(before),
        _ => None,
    };
    let list = acting.app.care.criteria.of(here.mechanism.as_deref());
    reintegration::names_its_list(mark, before, &list.version);
}

/// Refuses a record that needs words and has none. Without the key nothing sealed
/// was shown, so what stood there before stays.
fn in_words(
    answers: &Answers,
    before: Option<&Body>,
    vault: Option<&UnlockedVault>,
) -> Result<(), Refused> {
    let Some((field, message)) = words_needed(&answers.body) else { return Ok(()) };
    // A deployment's own form may not ask for them.
    let Some(asked) = answers.sealed.iter().find(|one| one.field == field) else { return Ok(()) };
    let shown = vault.is_some_and(|vault| vault.opens(Compartment::Care));
    let stood = before.and_then(words_needed).is_some_and(|(before, _)| before == field);
    if !asked.words.trim().is_empty() || (stood && !shown) {
        return Ok(());
    }
    Err(Refused::field(field, Message::new(message)))
}

/// Whether a record needed words before and holds none: one from before they were asked
/// for is changed without anyone having to make them up.
async fn never_said(
    act: &Act,
    vault: Option<&UnlockedVault>,
    file: &case::CaseFile,
    id: CareId,
    before: &Body,
) -> Result<bool, Refused> {
    let Some((field, _)) = words_needed(before) else { return Ok(false) };
    let asked = Sealed { field: field.to_owned(), identity: false, words: String::new() };
    let at = place(file, id, &asked)?;
    let Some(vault) = vault.filter(|vault| vault.opens(at.compartment)) else { return Ok(false) };
    Ok(sealed::open(act, vault, at).await?.is_none())
}

/// Writes a new record of a kind.
///
/// # Errors
/// [`Refused::Invalid`] with everything that is wrong, each refusal with its
/// rule and source; [`Refused::UnlockNeeded`] with words and no open key.
pub async fn write(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    case: CaseId,
    kind: CareKind,
    typed: &Typed,
    purpose: Purpose,
) -> Result<Written, Refused> {
    let (tenant, author) = acting.member()?;
    let file = permitted(acting, case, Action::WriteCare, purpose).await?;
    let child = file.person.record.age.has_the_rights_of_a_child();
    let mut answers = acting.app.care.forms.read(kind, typed, child).map_err(wrong)?;
    let standards = standards_in_force(acting.app).await?;
    names_its_list(&mut answers.body, None, &standards);
    names_its_criteria(acting, &mut answers.body, None, &standards);
    let least_days = days_for(acting.app, tenant, kind).await?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCare)?);
    let all = care::of_case(&act, act.tenant(), case).await?;
    let others = records(&all);
    let facts = CareFacts { least_days, ..facts(acting, &file, &others, &standards) };
    let notices = check(&answers.body, None, &facts).map_err(|denied| told(acting, &denied))?;
    in_words(&answers, None, vault)?;
    let id: CareId = act.new_id();
    act.about(id);
    let record = CareRecord { id, case, body: answers.body, author, recorded_at: act.now() };
    care::insert(&mut act, &record).await?;
    seal(&mut act, vault, &file, id, &answers.sealed, false).await?;
    let event = events::new(&act, case, "care-written").with("care-kind", kind.code());
    case::tell(&mut act, None, file.person.record.id, event, None).await?;
    follow(acting, &mut act, &file, &record, &notices).await?;
    let written = Written { id, notices: messages(&notices) };
    act.commit(&written).await?;
    Ok(written)
}

/// Changes a record as someone saw it.
///
/// # Errors
/// As [`write()`]; [`Refused::Conflict`] if someone else changed it meanwhile:
/// what was typed is kept on the page.
pub async fn change(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    case: CaseId,
    id: CareId,
    typed: &Typed,
    seen: Revision,
    purpose: Purpose,
) -> Result<Written, Refused> {
    let (tenant, author) = acting.member()?;
    let file = permitted(acting, case, Action::WriteCare, purpose).await?;
    let child = file.person.record.age.has_the_rights_of_a_child();
    let standards = standards_in_force(acting.app).await?;
    // What kind a record is never changes.
    let stored = care::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let kind = stored.record.kind();
    let least_days = days_for(acting.app, tenant, kind).await?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCare)?.about(id));
    let all = care::of_case(&act, tenant, case).await?;
    let before = all.iter().find(|one| one.record.id == id).ok_or(Refused::NotFound)?;
    let forms = &acting.app.care.forms;
    let was = Some(&before.record.body);
    let mut answers = forms.read_again(kind, typed, child, was).map_err(wrong)?;
    names_its_list(&mut answers.body, Some(&before.record.body), &standards);
    names_its_criteria(acting, &mut answers.body, Some(&before.record.body), &standards);
    let others: Vec<CareRecord> =
        records(&all).into_iter().filter(|record| record.id != id).collect();
    let facts = CareFacts { least_days, ..facts(acting, &file, &others, &standards) };
    let notices = check(&answers.body, Some(&before.record.body), &facts)
        .map_err(|denied| told(acting, &denied))?;
    if !never_said(&act, vault, &file, id, &before.record.body).await? {
        in_words(&answers, Some(&before.record.body), vault)?;
    }
    let record =
        CareRecord { body: answers.body, author, recorded_at: act.now(), ..before.record.clone() };
    care::update(&mut act, &record, seen).await?;
    let words = changed::words(&act, vault, &file, id, &answers.sealed).await?;
    seal(&mut act, vault, &file, id, &answers.sealed, true).await?;
    let event = events::new(&act, case, "care-changed").with("care-kind", kind.code());
    let event = changed::coded(event, &before.record.body, &record.body);
    let event = changed::with_words(event, &words);
    case::tell(&mut act, None, file.person.record.id, event, None).await?;
    follow(acting, &mut act, &file, &record, &notices).await?;
    let written = Written { id, notices: messages(&notices) };
    act.commit(&written).await?;
    Ok(written)
}

/// Suspends a guardian at once: no form, no grounds asked first, whatever else
/// someone is changing. If nobody stands by the child then, whoever is on the team as
/// guardian is off it and the alert is set, in the same act (R3, R127).
///
/// # Errors
/// [`Refused::NotFound`] for a record that is no guardian of this case.
pub async fn suspend_guardian(
    acting: &Acting<'_>,
    case: CaseId,
    id: CareId,
    purpose: Purpose,
) -> Result<Written, Refused> {
    let (_, author) = acting.member()?;
    let file = permitted(acting, case, Action::WriteCare, purpose).await?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCare)?.about(id));
    let all = care::of_case(&act, act.tenant(), case).await?;
    let found = all.iter().find(|one| one.record.id == id).ok_or(Refused::NotFound)?;
    let Body::Guardian(mut guardian) = found.record.body.clone() else {
        return Err(Refused::NotFound);
    };
    let today: Day = act.now().date().into();
    guardian.suspended_on = Some(guardian.suspended_on.map_or(today, |day| day.min(today)));
    let record = CareRecord {
        body: Body::Guardian(guardian),
        author,
        recorded_at: act.now(),
        ..found.record.clone()
    };
    // The revision as this act sees it: a suspension is never turned away by an edit.
    let seen = found.revision;
    care::update(&mut act, &record, seen).await?;
    let others: Vec<CareRecord> =
        records(&all).into_iter().filter(|record| record.id != id).collect();
    let alone = !palermo_domain::care::rules::has_guardian(&others, today);
    let notices: Vec<Notice> = alone.then_some(Notice::NoGuardian).into_iter().collect();
    let event = events::new(&act, case, "guardian-suspended");
    case::tell(&mut act, None, file.person.record.id, event, None).await?;
    follow(acting, &mut act, &file, &record, &notices).await?;
    let written = Written { id, notices: messages(&notices) };
    act.commit(&written).await?;
    Ok(written)
}

fn messages(notices: &[Notice]) -> Vec<String> {
    notices.iter().map(|notice| notice.message().to_owned()).collect()
}

async fn seal(
    act: &mut Act,
    vault: Option<&UnlockedVault>,
    file: &case::CaseFile,
    id: CareId,
    words: &[Sealed],
    replaces: bool,
) -> Result<(), Refused> {
    for one in words {
        let at = place(file, id, one)?;
        if one.words.is_empty() && !replaces {
            continue;
        }
        // Without the key nothing sealed was shown, so nothing is taken back.
        let Some(vault) = vault.filter(|vault| vault.opens(at.compartment)) else {
            if one.words.is_empty() {
                continue;
            }
            return Err(Refused::UnlockNeeded);
        };
        if one.words.is_empty() {
            match sealed::remove(act, at).await {
                Ok(()) | Err(palermo_store::Error::NotFound) => {}
                Err(error) => return Err(error.into()),
            }
        } else {
            sealed::put(act, vault, at, one.words.as_bytes()).await?;
        }
    }
    Ok(())
}

/// What a record brings with it, in the same act: the retention clock of a
/// service, reminders, alerts to whoever carries the case.
async fn follow(
    acting: &Acting<'_>,
    act: &mut Act,
    file: &case::CaseFile,
    record: &CareRecord,
    notices: &[Notice],
) -> Result<(), Refused> {
    if matches!(record.body, Body::Service(_)) {
        let now = act.now();
        case::change(act, record.case, |case| case.last_service_at = Some(now)).await?;
    }
    let today: Day = act.now().date().into();
    if matches!(&record.body, Body::Guardian(guardian) if guardian.stands_on(today)) {
        guardian_stands(act, file).await?;
    }
    if matches!(record.body, Body::Guardian(_))
        && case::guardians_gone(&*act, &file.case.record, act.now()).await?
    {
        case::team::guardians_off(act, record.case).await?;
    }
    for notice in notices.iter().filter(|notice| notice.is_alert()) {
        let kind = match notice {
            Notice::NoGuardian => NO_GUARDIAN,
            _ => "task-open-rights-incident",
        };
        alert(acting, act, file, kind).await?;
    }
    super::remind::in_act(acting.app, act, record.case).await.map(drop)
}

/// The alert that no guardian stands by a child (R127).
pub(super) const NO_GUARDIAN: &str = Task::NO_GUARDIAN;

/// What a corrected age asks for, in the act that corrects it: of someone who now
/// has the rights of a child whoever carries the case is told at once, unless a
/// guardian stands; for an adult nobody looks for one (R127), and one who stands is told.
pub(crate) async fn age_corrected(
    acting: &Acting<'_>,
    act: &mut Act,
    file: &case::CaseFile,
    age: AgeGroup,
) -> Result<(), Refused> {
    let was = file.person.record.age.has_the_rights_of_a_child();
    match (was, age.has_the_rights_of_a_child()) {
        (true, false) => {
            guardian_not_due(act, file.id(), "age").await?;
            // Whoever stood by them as guardian hears of it from the team.
            if guarded(act, file).await? {
                alert(acting, act, file, "task-tell-guardian").await?;
            }
            Ok(())
        }
        (false, true) if file.case.record.phase == Phase::Open => {
            guardian_wanted_if_alone(acting, act, file).await
        }
        _ => Ok(()),
    }
}

/// Alerts whoever carries the case, unless a guardian stands by the child.
pub(crate) async fn guardian_wanted_if_alone(
    acting: &Acting<'_>,
    act: &mut Act,
    file: &case::CaseFile,
) -> Result<(), Refused> {
    if guarded(act, file).await? { Ok(()) } else { alert(acting, act, file, NO_GUARDIAN).await }
}

/// Whether a guardian stands by the child today, as this act sees it.
pub(crate) async fn guarded(act: &Act, file: &case::CaseFile) -> Result<bool, Refused> {
    let all = records(&care::of_case(act, act.tenant(), file.id()).await?);
    Ok(palermo_domain::care::rules::has_guardian(&all, act.now().date().into()))
}

/// Nobody looks for a guardian any more: the alerts end as no longer due, done by
/// nobody, and the history says why.
pub(crate) async fn guardian_not_due(
    act: &mut Act,
    case: CaseId,
    because: &str,
) -> Result<(), Refused> {
    let mut ended = false;
    for kind in [NO_GUARDIAN, super::guardian::OVERDUE] {
        for found in waiting(act, case, kind).await? {
            let task = Task { done_at: Some(act.now()), done_by: None, ..found.record };
            tasks::update(act, &task, found.revision).await?;
            ended = true;
        }
    }
    if ended {
        let event = events::new(act, case, "guardian-not-due").with("not_due", because);
        events::insert(act, &event).await?;
    }
    Ok(())
}

/// The alerts that no guardian stands by a child are over.
async fn guardian_stands(act: &mut Act, file: &case::CaseFile) -> Result<(), Refused> {
    answered(act, file, NO_GUARDIAN).await?;
    answered(act, file, super::guardian::OVERDUE).await
}

/// The alert for a case just opened with someone who has the rights of a child:
/// a guardian is looked for at once, before anything is asked.
pub(crate) fn guardian_wanted(
    acting: &Acting<'_>,
    act: &Act,
    case: &Case,
    lead: AccountId,
) -> Task {
    alert_task(acting, act, case, NO_GUARDIAN, lead)
}

fn alert_task(acting: &Acting<'_>, act: &Act, case: &Case, kind: &str, lead: AccountId) -> Task {
    let what = acting.app.catalogue.text(acting.language, kind);
    Task {
        tenant: act.tenant(),
        id: act.new_id(),
        kind: kind.to_owned(),
        subject: Some(subject(case.id)),
        note: format!("{}: {what}", case.number()),
        desk: None,
        assignee: Some(lead),
        due_at: Some(act.now()),
        done_at: None,
        done_by: None,
        recorded_at: act.now(),
    }
}

fn subject(case: CaseId) -> String {
    format!("{}:{case}", CaseId::KIND)
}

async fn waiting(act: &Act, case: CaseId, kind: &str) -> Result<Vec<Versioned<Task>>, Refused> {
    let filter = tasks::Filter {
        subject: Some(subject(case)),
        kind: Some(kind.to_owned()),
        done: Some(false),
        ..tasks::Filter::default()
    };
    let page = tasks::list(act, act.tenant(), &filter, tasks::SortBy::Due, Paging::all());
    Ok(page.await?.items)
}

/// An alert that no longer holds is done.
async fn answered(act: &mut Act, file: &case::CaseFile, kind: &str) -> Result<(), Refused> {
    for found in waiting(act, file.id(), kind).await? {
        let (now, by) = (act.now(), act.actor().account());
        let task = Task { done_at: Some(now), done_by: by, ..found.record };
        tasks::update(act, &task, found.revision).await?;
    }
    Ok(())
}

/// An alert to every lead of the case, due now; not a second one while the
/// first waits.
async fn alert(
    acting: &Acting<'_>,
    act: &mut Act,
    file: &case::CaseFile,
    kind: &str,
) -> Result<(), Refused> {
    let there = waiting(act, file.id(), kind).await?;
    let now = act.now();
    let leads = file.team_at(now).filter(|member| member.part == TeamPart::Lead);
    let leads: Vec<AccountId> = leads.map(|member| member.account).collect();
    for lead in leads {
        if there.iter().any(|task| task.record.assignee == Some(lead)) {
            continue;
        }
        let task = alert_task(acting, act, &file.case.record, kind, lead);
        tasks::insert(act, &task).await?;
    }
    Ok(())
}
