//! Closing a case with a reason, and opening it again. A closed case still
//! takes notes, services and rights incidents: help never depends on it (R2).
//! Nothing is left dangling: whoever closes says of each task and each referral
//! that is open what becomes of it.

use super::{CaseFile, change, consent::named, permitted, referral, task, tell};
use crate::{
    Acting, Message, Problems, Refused,
    access::Action,
    begin,
    care::{remind, write as care},
};
use palermo_domain::{
    care::reminder,
    case::{
        Closure, Phase,
        closing::{ClosingFacts, may_close, moved},
        referral::{Referral, Step},
        status::VictimStatus,
    },
    id::{CaseId, Id},
    purpose::Purpose,
    task::Task,
};
use palermo_store::{
    Act, Db, Paging, UnlockedVault, Versioned,
    case::{event as events, record},
    task as tasks,
};
use std::collections::BTreeMap;

/// It was done.
const DONE: &str = "done";
/// Nobody needs it any more.
const DROPPED: &str = "dropped";
/// It is taken back from whoever was asked.
const TAKEN_BACK: &str = "taken-back";
/// It goes on although the case is closed.
const STAYS: &str = "stays";

/// What becomes of what is open, by its field.
pub type Fates = BTreeMap<String, String>;

/// Something open, as it is asked about.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The field of its answer.
    pub field: String,
    /// What it is, in words.
    pub label: String,
    /// The answers there are: codes of `case-close-fate-…`.
    pub fates: Vec<&'static str>,
}

/// What of a case is open. Reminders of care end by themselves, and what its
/// answer ends waits for that.
struct StillOpen {
    tasks: Vec<Versioned<Task>>,
    referrals: Vec<Versioned<Referral>>,
}

impl StillOpen {
    async fn of(db: &dyn Db, file: &CaseFile) -> Result<Self, Refused> {
        let (tenant, id) = (file.case.record.tenant, file.id());
        let filter = tasks::Filter {
            subject: Some(id.subject()),
            done: Some(false),
            ..tasks::Filter::default()
        };
        let due = tasks::SortBy::Due;
        let mut open = tasks::list(db, tenant, &filter, due, Paging::all()).await?.items;
        open.retain(|one| {
            let task = &one.record;
            task.is_for_its_team()
                && !task.is_done_by_its_answer()
                && !reminder::is_of_care(&task.kind)
        });
        let mut referrals = record::of_case::<Referral>(db, tenant, id).await?;
        referrals.retain(|one| !one.record.state.is_over());
        Ok(Self { tasks: open, referrals })
    }
}

fn of_task(task: &Task) -> (String, Vec<&'static str>) {
    (format!("task-{}", task.id), vec![DONE, DROPPED, STAYS])
}

fn of_referral(referral: &Referral, may_send: bool) -> (String, Vec<&'static str>) {
    let back = may_send && referral.state.after(Step::Cancel).is_ok();
    let fates = if back { vec![TAKEN_BACK, STAYS] } else { vec![STAYS] };
    (format!("referral-{}", referral.id), fates)
}

/// What is asked about before this case is closed.
///
/// # Errors
/// When the database does not answer.
pub async fn asked(acting: &Acting<'_>, file: &CaseFile) -> Result<Vec<Asked>, Refused> {
    let open = StillOpen::of(&acting.app.store, file).await?;
    let text = |id: &str| acting.app.catalogue.text(acting.language, id);
    let mut all = Vec::new();
    for one in open.tasks.iter().map(|one| &one.record) {
        let (field, fates) = of_task(one);
        let label = task::says(acting, one, &file.case.record);
        let label = format!("{} – {label}", text("case-close-task"));
        all.push(Asked { field, label, fates });
    }
    let may_send = referral::may_send(acting, file);
    for one in open.referrals.iter().map(|one| &one.record) {
        let (field, fates) = of_referral(one, may_send);
        let to = named(acting.app, &one.recipient).await?;
        let service = text(&format!("case-service-{}", one.service));
        let label = format!("{} – {to}: {service}", text("case-close-referral"));
        all.push(Asked { field, label, fates });
    }
    Ok(all)
}

/// Closes a case whose open tasks and referrals all go on.
///
/// # Errors
/// As [`close_deciding`].
pub async fn close(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    id: CaseId,
    closure: &str,
    words: &str,
    purpose: Purpose,
) -> Result<(), Refused> {
    close_deciding(acting, vault, id, (closure, words, None), purpose).await
}

/// Closes a case and carries out what becomes of what is open. A person who was
/// not identified is referred elsewhere rather than sent away: another reason
/// then needs words (R095). Without answers everything open goes on.
///
/// # Errors
/// [`Refused::Invalid`] without a reason or for one that the rules of rights do not
/// allow, where words are needed, and for each open thing without an answer, also one
/// that was added meanwhile.
pub async fn close_deciding(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    id: CaseId,
    (closure, words, fates): (&str, &str, Option<&Fates>),
    purpose: Purpose,
) -> Result<(), Refused> {
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut problems = Problems::default();
    let closure = Closure::from_code(closure);
    let negative =
        matches!(file.case.record.status, VictimStatus::NotIdentified | VictimStatus::Inconclusive);
    if closure.is_none() {
        problems.add("closure", Message::new("error-choose"));
    } else if negative && closure != Some(Closure::NotIdentifiedReferred) && words.trim().is_empty()
    {
        problems.add("words", Message::new("case-close-where-to"));
    }
    let takes_back = fates.is_some_and(|fates| fates.values().any(|fate| fate == TAKEN_BACK));
    if takes_back {
        permitted(acting, id, Action::SendReferral, purpose).await?;
    }
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let open = StillOpen::of(&act, &file).await?;
    if let Some(closure) = closure {
        allowed(&act, &file, closure, &mut problems).await?;
    }
    if let Some(fates) = fates {
        unanswered(&open, fates, takes_back, &mut problems);
    }
    let closure = match closure {
        Some(closure) if problems.0.is_empty() => closure,
        _ => {
            act.give_up().await?;
            return Err(Refused::Invalid(problems));
        }
    };
    if let Some(fates) = fates {
        carry_through(&mut act, open, fates).await?;
    }
    let now = act.now();
    let closed = change(&mut act, id, |case| {
        case.phase = Phase::Closed;
        case.closed_at = Some(now);
        case.closure = Some(closure);
    })
    .await?;
    let event = events::new(&act, id, "closed").happened(act.happened_at());
    let event = event.with("closure", closure.code());
    tell(&mut act, vault, closed.person, event, Some(words)).await?;
    care::guardian_not_due(&mut act, id, "closed").await?;
    remind::in_act(acting.app, &mut act, id).await?;
    act.commit(&()).await?;
    if takes_back {
        referral::carry_out(acting.app, closed.tenant).await?;
    }
    Ok(())
}

/// Notes why the case cannot be closed for this reason: nobody accepted it, or a child
/// would be left alone (R3).
async fn allowed(
    act: &Act,
    file: &CaseFile,
    closure: Closure,
    problems: &mut Problems,
) -> Result<(), Refused> {
    let (tenant, id) = (file.case.record.tenant, file.id());
    let child = file.person.record.age.has_the_rights_of_a_child();
    let sent = record::of_case::<Referral>(act, tenant, id).await?;
    let facts = ClosingFacts {
        child_alone: child && !care::guarded(act, file).await?,
        transfer_accepted: sent.iter().any(|one| moved(&one.record)),
    };
    if let Err(denied) = may_close(closure, facts) {
        problems.add("closure", Message::new(denied.message()).by(denied.rule()));
    }
    Ok(())
}

/// Notes what has no answer, or one that cannot be.
fn unanswered(open: &StillOpen, fates: &Fates, may_send: bool, problems: &mut Problems) {
    let tasks = open.tasks.iter().map(|one| of_task(&one.record));
    let referrals = open.referrals.iter().map(|one| of_referral(&one.record, may_send));
    for (field, known) in tasks.chain(referrals) {
        let fate = fates.get(&field);
        if !fate.is_some_and(|fate| known.iter().any(|one| one == fate)) {
            problems.add(&field, Message::new("case-close-error-fate"));
        }
    }
}

async fn carry_through(act: &mut Act, open: StillOpen, fates: &Fates) -> Result<(), Refused> {
    let now = act.now();
    for found in open.tasks {
        let (field, _) = of_task(&found.record);
        let (by, told) = match fates.get(&field).map(String::as_str) {
            Some(DONE) => (act.actor().account(), "task-done"),
            Some(DROPPED) => (None, "task-dropped"),
            _ => continue,
        };
        let Some(case) = found.record.case() else { continue };
        let ended = Task { done_at: Some(now), done_by: by, ..found.record };
        tasks::update(act, &ended, found.revision).await?;
        task::told(act, case, &ended, told).await?;
    }
    for found in open.referrals {
        let (field, _) = of_referral(&found.record, true);
        if fates.get(&field).is_some_and(|fate| fate == TAKEN_BACK) {
            referral::take_back(act, found).await?;
        }
    }
    Ok(())
}

/// Opens a closed case again.
///
/// # Errors
/// What access or the store refuse.
pub async fn reopen(acting: &Acting<'_>, id: CaseId, purpose: Purpose) -> Result<(), Refused> {
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let opened = change(&mut act, id, |case| {
        case.phase = Phase::Open;
        case.closed_at = None;
        case.closure = None;
    })
    .await?;
    let event = events::new(&act, id, "opened-anew");
    tell(&mut act, None, opened.person, event, None).await?;
    if file.person.record.age.has_the_rights_of_a_child() {
        care::guardian_wanted_if_alone(acting, &mut act, &file).await?;
    }
    remind::in_act(acting.app, &mut act, id).await?;
    Ok(act.commit(&()).await?)
}
