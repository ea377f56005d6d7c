//! One meeting: agenda, papers, decisions, what comes back from earlier ones.

use super::{
    super::report::{Page, day, link, tag},
    decided::Told,
};
use crate::{
    components::{Button, Content, Details},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::{Action, Resource},
    desk::parse_id,
    domain::{
        id::MeetingId,
        meeting::{ActionStatus, FollowingAction, Meeting},
    },
    meeting::{self, MeetingForm},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/meetings/call", Action::ManageMeetings, call)
        .form("/meetings/call", Action::ManageMeetings, save_new)
        .page("/meetings/{id}", Action::PublicRead, show)
        .page("/meetings/edit/{id}", Action::ManageMeetings, edit)
        .form("/meetings/edit/{id}", Action::ManageMeetings, save)
        .form("/meetings/action/{id}", Action::ManageMeetings, report)
}

fn action_row(visit: &Visit, one: &FollowingAction, decided: Content) -> Vec<Content> {
    let colour = match one.status {
        ActionStatus::Open => "yellow",
        ActionStatus::Done => "green",
        ActionStatus::Dropped => "grey",
    };
    let mut status = tag(visit, "action-status", one.status.code(), colour).to_string();
    if one.overdue(visit.acting().now().date().into()) {
        status.push_str(&format!(" {}", tag(visit, "review", "overdue", "red")));
    }
    vec![
        Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.what))),
        Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.who))),
        one.due.map(|on| day(visit, on)).unwrap_or_default().into(),
        Content::Html(status),
        Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.report))),
        decided,
    ]
}

const HEADS: [&str; 6] = [
    "meeting-action",
    "meeting-who",
    "review-due",
    "report-status",
    "meeting-report",
    "meeting-decided",
];

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: MeetingId = parse_id(&id)?;
    let (body, found, back) = meeting::meeting(&visit.acting(), id).await?;
    let record = &found.record.entry;
    let manages = visit.may(Action::ManageMeetings, &Resource::region());
    let told = Told::of(&visit, &body).await?;
    let mut page = Page::new(&visit);
    page.paragraph(link(&visit, &format!("/meetings/{}", body.key), &body.body.name));
    page.paragraph(format!(
        "{} – {}, {}",
        day(&visit, record.from),
        day(&visit, record.to),
        record.place
    ));
    if manages {
        let path = format!("/meetings/edit/{id}");
        page.push(Button::link(visit.text("meeting-edit"), visit.link(&path)).secondary());
    }
    if !record.agenda.is_empty() {
        page.heading("meeting-agenda");
        let items: String = record
            .agenda
            .iter()
            .map(|item| format!("<li><bdi>{}</bdi></li>", Content::from(item)))
            .collect();
        page.push(format!("<ol class=\"govuk-list govuk-list--number\">{items}</ol>"));
    }
    if !back.is_empty() {
        page.heading("meeting-back");
        let rows = back
            .iter()
            .map(|(on, _, action)| action_row(&visit, action, day(&visit, *on).into()))
            .collect();
        page.table("back", "meeting-back", &HEADS, rows);
    }
    told.since(&visit, &mut page, &body, record);
    if !record.papers.is_empty() {
        page.heading("meeting-papers");
        page.list(record.papers.iter().map(|paper| paper_line(&visit, paper)));
    }
    decisions(&visit, &mut page, (id, record), manages, &told);
    let html = page.finish();
    let back = format!("/meetings/{}", body.key);
    Ok(visit.page(&record.title).back(&back).html(&html))
}

fn paper_line(visit: &Visit, paper: &palermo_app::domain::meeting::Paper) -> Content {
    let title = Content::from(&paper.title);
    let name = match &paper.link {
        Some(to) => format!("<a class=\"govuk-link\" href=\"{}\">{title}</a>", Content::from(to)),
        None => format!("<bdi>{title}</bdi>"),
    };
    let closed = if paper.open {
        String::new()
    } else {
        format!(" {}", tag(visit, "meeting", "closed", "purple"))
    };
    Content::Html(format!("{name}{closed}"))
}

fn decisions(
    visit: &Visit,
    page: &mut Page<'_>,
    (id, record): (MeetingId, &Meeting),
    manages: bool,
    told: &Told,
) {
    if record.decisions.is_empty() {
        return;
    }
    page.heading("meeting-decisions");
    for (at, decision) in record.decisions.iter().enumerate() {
        page.paragraph(Content::Html(format!("<bdi>{}</bdi>", Content::from(&decision.text))));
        let rows = decision
            .actions
            .iter()
            .enumerate()
            .map(|(place, action)| {
                let open = manages && action.status == ActionStatus::Open;
                let form =
                    if open { outcome(visit, id, (at, place), action) } else { String::new() };
                action_row(visit, action, Content::Html(form))
            })
            .collect();
        let mut heads = HEADS;
        heads[5] = "report-next";
        page.table(&format!("d-{at}"), "meeting-decisions", &heads, rows);
        told.of_decision(visit, page, id, (at, decision));
    }
}

/// What became of an action, in words and with a status.
fn outcome(
    visit: &Visit,
    id: MeetingId,
    (decision, place): (usize, usize),
    action: &FollowingAction,
) -> String {
    let options = ActionStatus::ALL
        .iter()
        .map(|one| (one.code().to_owned(), visit.text(&format!("action-status-{one}"))))
        .collect();
    let form = FormPage::new(visit, &format!("/meetings/action/{id}"), &Problems::default())
        .ids_end(&format!("{decision}-{place}"))
        .hidden("decision", &decision.to_string())
        .hidden("action", &place.to_string())
        .lines("report", "meeting-report", "", &action.report)
        .select("status", "report-status", options, action.status.code())
        .button("form-save")
        .html();
    Details::new(visit.text("meeting-report-on"), Content::Html(form)).to_string()
}

fn form_page(
    visit: &Visit,
    path: &str,
    key: &str,
    title: &str,
    typed: &MeetingForm,
    problems: &Problems,
) -> Response {
    FormPage::new(visit, path, problems)
        .hidden("body", key)
        .hidden("revision", &typed.revision)
        .text("title", "meeting-name", "", &typed.title)
        .text("from", "meeting-from", "report-day-hint", &typed.from)
        .text("to", "meeting-to", "report-day-hint", &typed.to)
        .text("place", "meeting-place", "meeting-place-hint", &typed.place)
        .lines("agenda", "meeting-agenda", "meeting-lines-hint", &typed.agenda)
        .lines("papers", "meeting-papers", "meeting-papers-hint", &typed.papers)
        .text("present", "meeting-present", "", &typed.present)
        .lines("decisions", "meeting-decisions", "meeting-decisions-hint", &typed.decisions)
        .button("form-save")
        .page(title, &format!("/meetings/{key}"))
}

fn typed(form: &crate::shell::form::Form) -> MeetingForm {
    let text = |name: &str| form.text(name).to_owned();
    MeetingForm {
        title: text("title"),
        from: text("from"),
        to: text("to"),
        place: text("place"),
        agenda: text("agenda"),
        papers: text("papers"),
        present: text("present"),
        decisions: text("decisions"),
        revision: text("revision"),
    }
}

async fn call(visit: Visit) -> Answer {
    let wanted = visit.query("body");
    let bodies = meeting::bodies(&visit.acting()).await?;
    let first = bodies.first().map(|one| one.key.clone()).unwrap_or_default();
    let key = if wanted.is_empty() { first } else { wanted };
    meeting::body(&visit.acting(), &key).await?;
    let none = Problems::default();
    Ok(form_page(&visit, "/meetings/call", &key, "meeting-call", &MeetingForm::default(), &none))
}

async fn save_new(Sent { visit, form }: Sent) -> Answer {
    let typed = typed(&form);
    let key = form.text("body").to_owned();
    match meeting::save(&visit.acting_once(&form), &key, None, &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/meetings/{id}"), "meeting-saved")),
        Err(Refused::Invalid(problems)) => {
            Ok(form_page(&visit, "/meetings/call", &key, "meeting-call", &typed, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: MeetingId = parse_id(&id)?;
    let (body, found, _) = meeting::meeting(&visit.acting(), id).await?;
    let mut typed = MeetingForm::of(&found.record.entry);
    typed.revision = found.revision.0.to_string();
    let path = format!("/meetings/edit/{id}");
    Ok(form_page(&visit, &path, &body.key, "meeting-edit", &typed, &Problems::default()))
}

async fn save(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: MeetingId = parse_id(&id)?;
    let mut typed = typed(&form);
    let (body, found, _) = meeting::meeting(&visit.acting(), id).await?;
    match meeting::save(&visit.acting_once(&form), &body.key, Some(id), &typed).await {
        Ok(_) => Ok(done(&visit, &format!("/meetings/{id}"), "meeting-saved")),
        Err(Refused::Invalid(problems)) => {
            let path = format!("/meetings/edit/{id}");
            Ok(form_page(&visit, &path, &body.key, "meeting-edit", &typed, &problems))
        }
        Err(Refused::Conflict) => {
            // Nothing typed is lost; saving once more keeps it.
            typed.revision = found.revision.0.to_string();
            let mut problems = Problems::default();
            problems.add("title", Message::new("meeting-conflict"));
            let path = format!("/meetings/edit/{id}");
            Ok(form_page(&visit, &path, &body.key, "meeting-edit", &typed, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn report(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: MeetingId = parse_id(&id)?;
    let number = |name: &str| form.text(name).parse::<usize>().map_err(|_| Refused::NotFound);
    let (decision, action) = (number("decision")?, number("action")?);
    let status = form.text("status").parse().map_err(|_| Refused::NotFound)?;
    let acting = visit.acting_once(&form);
    meeting::report_action(&acting, id, decision, action, status, form.text("report")).await?;
    Ok(done(&visit, &format!("/meetings/{id}"), "saved"))
}
