//! Tasks about a case: set by someone on its team, for themselves or another
//! on it. What is to be done is a code; words about it are sealed beside the
//! task, so that a list of work says nothing about anybody (E13).

use super::{CaseFile, Opened, permitted};
use crate::{Acting, Message, Problems, Refused, access::Action, begin, care, work};
use palermo_domain::{
    care::reminder,
    case::{Case, UrgentNeed},
    id::{AccountId, CaseId, Id, TaskId},
    purpose::Purpose,
    task::Task,
};
use palermo_locale::Language;
use palermo_store::{
    Act, UnlockedVault, Versioned,
    case::event as events,
    keys::sealed::{self, Place},
    task as tasks,
};

/// The kinds of tasks about a case begin with it.
const KIND: &str = "task-case";

/// What can be asked of someone: a task is of the kind `task-case-<what>`.
pub const WHAT: [&str; 6] =
    ["contact", "appointment", "papers", "ask-service", "look-again", "other"];

/// Longest words beside a task, in characters.
const LONGEST: usize = 2_000;

/// What someone typed about a task.
#[derive(Debug, Clone, Default)]
pub struct TaskForm {
    /// One of [`WHAT`].
    pub what: String,
    /// For whom on the team.
    pub who: String,
    /// More about it, sealed.
    pub words: String,
    /// Day, month, year.
    pub due: [String; 3],
}

/// The code of what a task about a case asks for, if someone on the team set it.
#[must_use]
pub fn what(task: &Task) -> Option<&str> {
    task.kind.strip_prefix(KIND)?.strip_prefix('-')
}

/// What a task about a case asks for, in words: its line without the number of the
/// case, or what its kind says.
#[must_use]
pub fn says(acting: &Acting<'_>, task: &Task, case: &Case) -> String {
    match task.note.split_once(": ") {
        Some((_, line)) => in_ones_language(acting, task, line),
        None if task.note.is_empty() || task.note == case.number() => {
            acting.app.catalogue.text(acting.language, &task.kind)
        }
        None => task.note.clone(),
    }
}

/// The line of a task with the number of its case, if it has one, in the reader's language.
#[must_use]
pub fn line(acting: &Acting<'_>, task: &Task) -> String {
    match task.note.split_once(": ") {
        Some((number, line)) => format!("{number}: {}", in_ones_language(acting, task, line)),
        None => task.note.clone(),
    }
}

/// What the program wrote in the language of whoever it acted for, in the reader's own;
/// what someone typed stays as it is.
fn in_ones_language(acting: &Acting<'_>, task: &Task, line: &str) -> String {
    let catalogue = &acting.app.catalogue;
    let needs = UrgentNeed::ALL.iter().map(|need| format!("case-urgent-{}", need.code()));
    let mut ids = std::iter::once(task.kind.clone()).chain(needs);
    let wrote = |id: &String| Language::ALL.iter().any(|one| catalogue.text(*one, id) == line);
    ids.find(wrote).map_or_else(|| line.to_owned(), |id| catalogue.text(acting.language, &id))
}

/// Sets a task for someone on the team.
///
/// # Errors
/// Every problem of the form at once; [`Refused::UnlockNeeded`] with words and
/// no open key.
pub async fn set(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    id: CaseId,
    form: &TaskForm,
    purpose: Purpose,
) -> Result<TaskId, Refused> {
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut problems = Problems::default();
    if !WHAT.contains(&&*form.what) {
        problems.add("what", Message::new("error-choose"));
    }
    let who = form.who.parse::<AccountId>().ok();
    let who = who.filter(|who| file.team_at(acting.now()).any(|member| member.account == *who));
    if who.is_none() {
        problems.add("who", Message::new("error-choose"));
    }
    let words = problems.bounded("words", &form.words, LONGEST);
    let before = problems.0.len();
    let due = work::due_date(&form.due, &mut problems);
    if due.is_none() && problems.0.len() == before {
        problems.add("due", Message::new("error-required"));
    }
    problems.none()?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let task = Task {
        tenant: act.tenant(),
        id: act.new_id(),
        kind: format!("{KIND}-{}", form.what),
        subject: Some(id.subject()),
        note: file.case.record.number(),
        desk: None,
        assignee: who,
        due_at: due,
        done_at: None,
        done_by: None,
        recorded_at: act.now(),
    };
    act.about(task.id);
    tasks::insert(&mut act, &task).await?;
    if !words.is_empty() {
        let vault = vault.ok_or(Refused::UnlockNeeded)?;
        sealed::put(&mut act, vault, place(&file, task.id), words.as_bytes()).await?;
    }
    told(&mut act, id, &task, "task-set").await?;
    act.commit(&task.id).await?;
    Ok(task.id)
}

/// Tells in the history that a task was set or done.
pub(crate) async fn told(
    act: &mut Act,
    case: CaseId,
    task: &Task,
    kind: &str,
) -> Result<(), Refused> {
    let Some(what) = what(task) else { return Ok(()) };
    let mut event = events::new(act, case, kind).with("task_case", what);
    if let Some(who) = task.assignee {
        event = event.with("staff", who.to_string());
    }
    Ok(events::insert(act, &event).await?)
}

fn place(file: &CaseFile, id: TaskId) -> Place {
    file.place(tasks::TABLE, id.uuid(), "words")
}

/// Work about a case as its reader may see it, due first: what reminds of care
/// is there for whoever may see the care.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(
    acting: &Acting<'_>,
    file: &CaseFile,
) -> Result<Vec<Versioned<Task>>, Refused> {
    let sees_care = care::may_see(acting, file);
    let mut all = work::about(acting, file.id()).await?;
    all.retain(|task| sees_care || !reminder::is_of_care(&task.record.kind));
    Ok(all)
}

/// The words beside a task, as far as the reader's key opens them.
///
/// # Errors
/// As [`Opened::text`].
pub async fn words(opened: &Opened, task: &Task) -> Result<Option<String>, Refused> {
    match what(task) {
        Some(_) => opened.text(place(&opened.file, task.id)).await,
        None => Ok(None),
    }
}
