//! Work about a case on its page: what is to be done, for whom, until when,
//! and the way to set and to tick off more.

use super::{Answer, purpose, purpose_of, sections::Section, show::paragraphs};
use crate::{
    components::{Button, Content, SummaryList, Tag},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    case::{
        self, Opened,
        open::may_write,
        task::{self, TaskForm},
    },
    desk::parse_id,
    domain::{
        id::CaseId,
        task::{Task, Urgency},
    },
};
use std::fmt::Write as _;

/// How many open tasks stand on top of the page.
const NEXT: usize = 3;

/// Work about this case.
pub(super) async fn section(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let acting = visit.acting();
    let (file, id) = (&opened.file, opened.file.id());
    let all = task::of_case(&acting, file).await?;
    let writes = may_write(&acting, file);
    if all.is_empty() && !writes {
        return Ok(None);
    }
    let account = acting.subject.account;
    let assignees = all.iter().filter_map(|one| one.record.assignee).collect();
    let names = case::staff_names(&acting, assignees).await?;
    let mut list = SummaryList::new();
    let waits = all.iter().map(|one| &one.record).filter(|task| task.done_at.is_none());
    let mut waits: Vec<&Task> = waits.collect();
    waits.sort_by_key(|task| (task.due_at.is_none(), task.due_at));
    for one in &all {
        let record = &one.record;
        let due = record.due_at.map(|at| visit.moment(at)).unwrap_or_default();
        let whose = record.assignee.and_then(|who| names.get(&who)).map(|name| {
            let name = Content::from(name);
            format!("<p class=\"govuk-body\"><bdi>{name}</bdi></p>")
        });
        let mut body = whose.unwrap_or_default();
        if let Some(words) = task::words(opened, record).await? {
            body.push_str(&paragraphs(&words));
        }
        let due = Content::from(format!("{} {due}", visit.text("task-due")));
        let _ = write!(body, "<p class=\"govuk-body\">{due}</p>");
        let ticks = writes || account.is_some() && record.assignee == account;
        if record.ended_undone() {
            let _ = write!(body, "{}", Tag::coloured(visit.text("task-not-due"), "grey"));
        } else if record.done_at.is_some() {
            let _ = write!(body, "{}", Tag::coloured(visit.text("task-done"), "green"));
        } else if record.is_done_by_its_answer() || !ticks {
            let _ = write!(body, "{}", Tag::coloured(visit.text("task-open"), "blue"));
        } else {
            let (task, case) = (record.id.to_string(), id.to_string());
            let revision = one.revision.0.to_string();
            let fields = [("id", &*task), ("revision", &*revision), ("case", &*case)];
            body.push_str(&one_button(visit, "/work/finish", "task-mark-done", &fields, false));
        }
        list = list.row(task::says(&acting, record, &file.case.record), Content::Html(body));
    }
    let mut html = if all.is_empty() { String::new() } else { list.to_string() };
    if writes {
        let path = format!("/cases/{id}/task?for={}", file.purpose.code());
        let set = Button::link(visit.text("case-task-set"), visit.link(&path)).secondary();
        let _ = write!(html, "{set}");
    }
    let open = waits.iter().any(|task| task.urgency(acting.now()) <= Urgency::Soon);
    let (title, count) = (visit.text("case-section-tasks"), Some(waits.len()));
    let mut now = Vec::new();
    if !waits.is_empty() {
        now.push((title.clone(), Content::Html(next(visit, opened, &waits))));
    }
    Ok(Some(Section { id: "tasks", title, html, count, open, now, ..Section::default() }))
}

/// What is due next, for the top of the page.
fn next(visit: &Visit, opened: &Opened, waits: &[&Task]) -> String {
    let acting = visit.acting();
    let mut lines = String::new();
    for task in waits.iter().take(NEXT) {
        let what = Content::from(task::says(&acting, task, &opened.file.case.record));
        let due = task.due_at.map(|at| visit.moment(at)).unwrap_or_default();
        let due = Content::from(format!("{} {due}", visit.text("task-due")));
        let late = task.urgency(acting.now()) == Urgency::Overdue;
        let late = late.then(|| Tag::coloured(visit.text("task-overdue"), "red").to_string());
        let late = late.unwrap_or_default();
        let _ = write!(lines, "<p class=\"govuk-body\">{what} · {due} {late}</p>");
    }
    if waits.len() > NEXT {
        let all = Content::from(visit.text("case-now-all"));
        let _ = write!(lines, "<p><a class=\"govuk-link\" href=\"#tasks\">{all}</a></p>");
    }
    lines
}

/// The form; only the team can be chosen.
async fn page(
    visit: &Visit,
    opened: &Opened,
    typed: &TaskForm,
    problems: &Problems,
) -> Result<Response, Failure> {
    let acting = visit.acting();
    let (file, id) = (&opened.file, opened.file.id());
    let team: Vec<_> = file.team_at(acting.now()).map(|member| member.account).collect();
    let names = case::staff_names(&acting, team).await?;
    let people = names.into_iter().map(|(account, name)| (account.to_string(), name)).collect();
    let whats = task::WHAT
        .iter()
        .map(|code| ((*code).to_owned(), visit.text(&format!("task-case-{code}"))))
        .collect();
    Ok(FormPage::new(visit, &format!("/cases/{id}/task"), problems)
        .hidden("for", file.purpose.code())
        .words("case-task-why")
        .radios("what", "task-what", whats, &typed.what)
        .lines("words", "case-task-words", "case-task-words-hint", &typed.words)
        .select("who", "case-task-who", people, &typed.who)
        .line_on_paper()
        .date("due", "task-due", &typed.due)
        .button("form-save")
        .on_paper()
        .page("case-task-set", &format!("/cases/{id}")))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let acting = visit.acting();
    let (signed, why) = (visit.signed.as_deref(), purpose(&visit));
    let opened = case::look_for(&acting, signed, id, Action::WriteCase, why).await?;
    let who = acting.subject.account.map(|account| account.to_string()).unwrap_or_default();
    let typed = TaskForm { who, ..TaskForm::default() };
    page(&visit, &opened, &typed, &Problems::default()).await
}

fn typed(form: &Form) -> TaskForm {
    TaskForm {
        what: form.text("what").to_owned(),
        who: form.text("who").to_owned(),
        words: form.text("words").replace("\r\n", "\n"),
        due: form.boxes("due"),
    }
}

pub(super) async fn set(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let (typed, why) = (typed(&form), purpose_of(&visit, &form));
    let acting = visit.acting_once(&form);
    let vault = case::vault_if_open(&acting, visit.signed()?).await?;
    let problems = match task::set(&acting, vault.as_ref(), id, &typed, why).await {
        Ok(_) => return Ok(done(&visit, &format!("/cases/{id}"), "task-set")),
        Err(Refused::Invalid(problems)) => problems,
        Err(Refused::UnlockNeeded) => {
            let mut problems = Problems::default();
            problems.add("words", Message::new("care-error-key"));
            problems
        }
        Err(other) => return Err(Failure(other)),
    };
    let signed = visit.signed.as_deref();
    let opened = case::look_for(&visit.acting(), signed, id, Action::WriteCase, why).await?;
    page(&visit, &opened, &typed, &problems).await
}
