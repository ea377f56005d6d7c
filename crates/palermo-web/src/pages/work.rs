//! My work: what is due, for me and for my desks.

use super::Answer;
use crate::{
    components::{Button, Content, Empty, Kpi, Kpis, Tag},
    shell::{
        failure::Failure,
        forms::{FormPage, done, one_button},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::response::Response;
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    domain::task::Urgency,
    work::{self, TaskForm, TaskView},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/work", Action::ReadWork, show)
        .page("/work/done", Action::ReadWork, show_done)
        .page("/work/new", Action::SetTask, ask_new)
        .form("/work/new", Action::SetTask, set)
        .form("/work/finish", Action::FinishTask, finish)
}

/// The message that says how urgent a task is; also its name in the address.
const fn urgency_word(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Overdue => "task-overdue",
        Urgency::Soon => "task-soon",
        Urgency::Later => "task-later",
        Urgency::Done => "task-done",
    }
}

fn urgency_tag(visit: &Visit, urgency: Urgency) -> Tag {
    let colour = match urgency {
        Urgency::Overdue => "red",
        Urgency::Soon => "yellow",
        Urgency::Later => "grey",
        Urgency::Done => "green",
    };
    Tag::coloured(visit.text(urgency_word(urgency)), colour)
}

/// What stands in a list once or more, each once and in the reader's order.
fn once(visit: &Visit, all: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = all.filter(|(code, _)| !code.is_empty()).collect();
    all.sort_by(|a, b| visit.compare(&a.1, &b.1).then_with(|| a.0.cmp(&b.0)));
    all.dedup();
    all
}

fn due(visit: &Visit, task: &TaskView) -> String {
    task.task.record.due_at.map(|at| visit.date(at.date())).unwrap_or_default()
}

/// What a task says, leading to the record of the directory or the text it is about.
fn what(visit: &Visit, task: &TaskView) -> Content {
    let note = match task.task.record.note.as_str() {
        "" => Content::from(visit.text(&task.task.record.kind)),
        _ => Content::from(palermo_app::case::task::line(&visit.acting(), &task.task.record)),
    };
    let subject = task.task.record.subject.as_deref().and_then(|text| text.split_once(':'));
    let path = match subject {
        Some(("memorandum", id)) => format!("/memoranda/{id}"),
        Some(("network", id)) => format!("/networks/{id}"),
        Some(("desk", id)) => format!("/contact-points/{id}"),
        Some(("comment", id)) => format!("/remarks/{id}"),
        Some(("identification", id)) => format!("/identifications/{id}"),
        Some(("withdrawal", id)) => format!("/withdrawals/{id}"),
        Some(("referral", id)) => format!("/referrals/{id}"),
        Some(("signal", id)) => format!("/signals/{id}"),
        Some(("extract", id)) => format!("/extracts/{id}"),
        Some(("own-request", _)) => "/complaints".to_owned(),
        // A desk's task does not say who is on the team of its case.
        Some(("case", id)) if task.task.record.assignee.is_some() => format!("/cases/{id}"),
        _ if task.task.record.kind == "task-look-for" => "/look-for".to_owned(),
        _ if task.task.record.kind == palermo_app::reminders::ASSESSMENT => {
            "/services?flag=assessment-ends&amp;kept=own".to_owned()
        }
        _ => return note,
    };
    let path = visit.link(&path);
    Content::Html(format!("<a class=\"govuk-link\" href=\"{path}\"><bdi>{note}</bdi></a>"))
}

fn list(visit: &Visit, tasks: Vec<TaskView>, open: bool) -> List<'_, TaskView> {
    let now = visit.acting().now();
    let (a, b, c) = (visit.clone(), visit.clone(), visit.clone());
    let (d, e) = (visit.clone(), visit.clone());
    let kinds = once(
        visit,
        tasks.iter().map(|t| (t.task.record.kind.clone(), visit.text(&t.task.record.kind))),
    );
    let desks = once(visit, tasks.iter().map(|t| (t.desk.clone(), t.desk.clone())));
    let urgencies = [Urgency::Overdue, Urgency::Soon, Urgency::Later]
        .map(|one| (urgency_word(one).to_owned(), visit.text(urgency_word(one))))
        .to_vec();
    let f = visit.clone();
    let mut list = List::new(visit, "tasks", &visit.text("work-title"), tasks)
        .text("kind", "task-kind", move |t: &TaskView| a.text(&t.task.record.kind))
        .column(
            "what",
            "task-what",
            |t: &TaskView| t.task.record.note.clone(),
            move |t: &TaskView| what(&b, t),
        )
        .text("desk", "task-desk", |t: &TaskView| t.desk.clone())
        .column(
            "due",
            "task-due",
            |t: &TaskView| t.task.record.due_at.map(|at| at.to_string()).unwrap_or_default(),
            move |t: &TaskView| due(&c, t).into(),
        )
        .column(
            "urgency",
            "task-urgency",
            move |t: &TaskView| f.text(urgency_word(t.task.record.urgency(now))),
            move |t: &TaskView| urgency_tag(&d, t.task.record.urgency(now)).into(),
        )
        .filter("kind", "task-kind", kinds, |t: &TaskView, wanted| t.task.record.kind == wanted)
        .filter("desk", "task-desk", desks, |t: &TaskView, wanted| t.desk == wanted);
    if open {
        list = list.filter("urgency", "task-urgency", urgencies, move |t: &TaskView, wanted| {
            urgency_word(t.task.record.urgency(now)) == wanted
        });
        list = list.acts("task-finish", move |t: &TaskView| {
            if t.task.record.is_done_by_its_answer() {
                return Content::from(e.text("task-answer-it"));
            }
            let (id, revision) = (t.task.record.id.to_string(), t.task.revision.0.to_string());
            let fields = [("id", id.as_str()), ("revision", revision.as_str())];
            Content::Html(one_button(&e, "/work/finish", "task-mark-done", &fields, false))
        });
    }
    list
}

/// What else waits for this person.
struct Also {
    /// All of it, with done work, notices and questions for a second one, as a list.
    html: String,
    /// Whether anything of it is to be done.
    waits: bool,
    /// How much of it is late.
    late: usize,
    /// How many reports are to be received.
    receive: usize,
}

async fn also(visit: &Visit) -> Result<Also, Refused> {
    let unread = palermo_app::notices::unread(&visit.acting()).await?;
    let count = usize::try_from(unread).unwrap_or(usize::MAX);
    let notices = visit.format("work-notices", &[("count", count.into())]);
    let tenant = visit.signed()?.tenant.id;
    let on_call = visit.acting().may_for(
        Action::BreakGlass,
        &Resource::of(tenant),
        palermo_app::domain::purpose::Purpose::DangerToLife,
    );
    let glass = on_call.allowed.then(|| ("/break-glass", visit.text("break-glass-title")));
    let keeps = visit.may(Action::KeepLegalBases, &Resource::of(tenant));
    let laws = keeps.then(|| ("/legal-bases", visit.text("case-legal-bases")));
    let links = [
        ("/notices", notices),
        ("/work/approvals", visit.text("approvals-title")),
        ("/work/done", visit.text("work-done")),
    ];
    let items: String = links
        .into_iter()
        .chain(glass)
        .chain(laws)
        .map(|(path, text)| {
            let text = Content::from(text);
            format!("<li><a class=\"govuk-link\" href=\"{}\">{text}</a></li>", visit.link(path))
        })
        .collect();
    let waiting = waiting(visit).await?;
    Ok(Also { html: format!("<ul class=\"govuk-list\">{}{items}</ul>", waiting.html), ..waiting })
}

/// What waits, as lines of a list.
async fn waiting(visit: &Visit) -> Result<Also, Refused> {
    let today = visit.acting().now().date();
    let mut late = 0;
    let handed: String = palermo_app::report::handed_to_me(&visit.acting())
        .await?
        .into_iter()
        .map(|one| {
            late += usize::from(one.due.is_some_and(|due| due.date() < today));
            let path = one.path;
            let due = one.due.map(|due| visit.date(due.date())).unwrap_or_default();
            let words = visit.format(
                "work-section",
                &[
                    ("section", one.section.into()),
                    ("title", one.title.into()),
                    ("year", one.period.to_string().into()),
                ],
            );
            let (words, path) = (Content::from(words), visit.link(&path));
            format!("<li><a class=\"govuk-link\" href=\"{path}\">{words}</a> {due}</li>")
        })
        .collect();
    let returned = sent_back(visit).await?;
    let mut html = String::new();
    let (reports, reports_late) = super::report::waiting(visit).await?;
    let (came_in, receive) = super::report::to_receive(visit).await?;
    let (asked, asked_late) = asked(visit).await?;
    let (decided, decided_late) = decided(visit).await?;
    for part in [came_in, reports, returned, asked, decided, impact(visit).await?, handed] {
        html.push_str(&part);
    }
    let late = late + reports_late + asked_late + decided_late;
    Ok(Also { waits: !html.is_empty(), html, late, receive })
}

/// Reviews of impact that wait for an answer.
async fn impact(visit: &Visit) -> Result<String, Refused> {
    let all = palermo_app::review::impact_for_me(&visit.acting()).await?;
    Ok(all
        .into_iter()
        .map(|one| {
            let values = [("measure", one.review.measure.into())];
            let words = Content::from(visit.format("work-impact", &values));
            let path = visit.link("/impact");
            format!("<li><a class=\"govuk-link\" href=\"{path}\">{words}</a></li>")
        })
        .collect())
}

/// Requests for information that one's State has not answered, and how many are late.
async fn asked(visit: &Visit) -> Result<(String, usize), Refused> {
    let today = visit.acting().now().date();
    let all = palermo_app::review::asked_of_me(&visit.acting()).await?;
    let late = all.iter().filter(|one| one.request.due.date() < today).count();
    let lines = all
        .into_iter()
        .map(|one| {
            let due = one.request.due.date();
            let values = [("title", one.request.title.into()), ("day", visit.date(due).into())];
            let id = if due < today { "work-information-late" } else { "work-information" };
            let words = Content::from(visit.format(id, &values));
            let path = visit.link(&format!("/information#i-{}", one.id));
            format!("<li><a class=\"govuk-link\" href=\"{path}\">{words}</a></li>")
        })
        .collect();
    Ok((lines, late))
}

/// Actions that meetings decided and one's State or office owes, and how many are late.
async fn decided(visit: &Visit) -> Result<(String, usize), Refused> {
    let all = palermo_app::meeting::owed_by_me(&visit.acting()).await?;
    let late = all.iter().filter(|one| one.overdue).count();
    let lines = all
        .into_iter()
        .map(|one| {
            let due = one.due.map(|due| visit.date(due.date())).unwrap_or_default();
            let words = visit.format("work-decided", &[("what", one.what.into())]);
            let path = visit.link(&format!("/meetings/{}", one.meeting));
            let words = Content::from(words);
            let mark = if one.overdue {
                format!(" {}", Tag::coloured(visit.text("task-overdue"), "red"))
            } else {
                String::new()
            };
            format!("<li><a class=\"govuk-link\" href=\"{path}\">{words}</a> {due}{mark}</li>")
        })
        .collect();
    Ok((lines, late))
}

/// Reports that came back from the body they were sent to.
async fn sent_back(visit: &Visit) -> Result<String, Refused> {
    let all = palermo_app::report::returned_to_me(&visit.acting()).await?;
    Ok(all
        .into_iter()
        .map(|one| {
            let values = [
                ("title", one.title.into()),
                ("year", one.reception.period.to_string().into()),
                ("day", visit.date(one.reception.on.date()).into()),
            ];
            let words = Content::from(visit.format("work-returned", &values));
            let path = visit.link(&one.path);
            format!("<li><a class=\"govuk-link\" href=\"{path}\">{words}</a></li>")
        })
        .collect())
}

async fn show(visit: Visit) -> Answer {
    let acting = visit.acting();
    let tasks = work::list(&acting, false).await?;
    let now = acting.now();
    let count = |urgency| tasks.iter().filter(|t| t.task.record.urgency(now) == urgency).count();
    let past = also(&visit).await?;
    // What is late is counted, wherever it stands on the page.
    let overdue = count(Urgency::Overdue) + past.late;
    let (soon, later) = (count(Urgency::Soon), count(Urgency::Later));
    let mut kpis = Kpis::new([
        Kpi::new(visit.whole(overdue), visit.text("task-overdue")),
        Kpi::new(visit.whole(soon), visit.text("task-soon")),
        Kpi::new(visit.whole(later), visit.text("task-later")),
    ]);
    if overdue > 0 {
        kpis.items[0].tone = "danger";
    }
    if past.receive > 0 {
        kpis.items.push(Kpi::new(visit.whole(past.receive), visit.text("work-to-receive")));
    }
    let tenant = visit.signed()?.tenant.id;
    let new = if visit.may(Action::SetTask, &Resource::of(tenant)) {
        Button::link(visit.text("work-new"), visit.link("/work/new")).to_string()
    } else {
        String::new()
    };
    let empty = tasks.is_empty();
    let answer = list(&visit, tasks, true).answer(|table| {
        let body = match (empty, past.waits) {
            (true, false) => Empty::new(visit.text("work-empty")).to_string(),
            (true, true) => kpis.to_string(),
            _ => format!("{kpis}{table}"),
        };
        visit.page(&visit.text("work-title")).html(&format!("{new}{body}{}", past.html))
    })?;
    Ok(answer)
}

async fn show_done(visit: Visit) -> Answer {
    let tasks = work::list(&visit.acting(), true).await?;
    let answer = list(&visit, tasks, false)
        .answer(|table| visit.page(&visit.text("work-done")).back("/work").html(&table))?;
    Ok(answer)
}

async fn new_form(
    visit: &Visit,
    typed: &TaskForm,
    problems: &Problems,
) -> Result<Response, Failure> {
    let desks = work::desks(&visit.acting()).await?;
    Ok(FormPage::new(visit, "/work/new", problems)
        .words("work-new-why")
        .select("desk", "task-desk", desks, &typed.desk)
        .text("note", "task-what", "task-note-hint", &typed.note)
        .date("due", "task-due", &typed.due)
        .button("form-save")
        .page("work-new", "/work"))
}

async fn ask_new(visit: Visit) -> Answer {
    new_form(&visit, &TaskForm::default(), &Problems::default()).await
}

async fn set(Sent { visit, form }: Sent) -> Answer {
    let typed = TaskForm {
        desk: form.text("desk").to_owned(),
        note: form.text("note").to_owned(),
        due: form.boxes("due"),
    };
    match work::set(&visit.acting_once(&form), &typed).await {
        Ok(_) => Ok(done(&visit, "/work", "task-set")),
        Err(Refused::Invalid(problems)) => new_form(&visit, &typed, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

async fn finish(Sent { visit, form }: Sent) -> Answer {
    let id = palermo_app::desk::parse_id(form.text("id"))?;
    let seen = palermo_app::desk::parse_revision(form.text("revision"))?;
    work::finish(&visit.acting_once(&form), id, seen).await?;
    // Ticked off on the page of a case, one stays there.
    let case = form.text("case").parse::<palermo_app::domain::id::CaseId>();
    let path = case.map_or_else(|_| "/work".to_owned(), |case| format!("/cases/{case}"));
    Ok(done(&visit, &path, "task-finished"))
}
