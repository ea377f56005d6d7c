//! The log of commitments.

use super::{listed, mechanisms, outside, states, typed, words};
use crate::{
    components::Content,
    pages::{
        Answer,
        report::{day, link, tag},
    },
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::parse_id,
    domain::{
        governance::{Commitment, CommitmentStatus, Occasion},
        id::CommitmentId,
        register::day::Day,
    },
    governance::{self, Typed},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/commitments", Action::PublicRead, list)
        .page("/commitments/new", Action::KeepCommitments, ask)
        .form("/commitments/new", Action::KeepCommitments, make)
        .page("/commitments/{id}/edit", Action::KeepCommitments, edit)
        .form("/commitments/{id}/edit", Action::KeepCommitments, save)
}

fn status(visit: &Visit, one: &Commitment, today: Day) -> Content {
    let colour = match one.status {
        CommitmentStatus::Open => "grey",
        CommitmentStatus::Moving => "yellow",
        CommitmentStatus::Kept => "green",
        CommitmentStatus::NotKept => "red",
    };
    let mut html = tag(visit, "commitment-status", one.status.code(), colour).to_string();
    if one.overdue(today) {
        html.push_str(&format!(" {}", tag(visit, "commitment", "overdue", "orange")));
    }
    Content::Html(html)
}

/// What was promised, where it can be read, and what takes it up.
fn promised(visit: &Visit, one: &Commitment) -> Content {
    let mut html = format!("<span dir=\"auto\">{}</span>", Content::from(&one.text));
    let mut more: Vec<String> = Vec::new();
    if !one.states.is_empty() {
        let names: Vec<String> = one.states.iter().map(|s| visit.state(s.as_str())).collect();
        more.push(names.join(", "));
    }
    if !one.taken_up.is_empty() {
        more.push(visit.format("commitment-taken-up-by", &[("id", one.taken_up.as_str().into())]));
    }
    if !one.evidence.is_empty() {
        more.push(one.evidence.clone());
    }
    let more: Vec<String> =
        more.iter().map(|one| format!("<bdi>{}</bdi>", Content::from(one))).collect();
    html.push_str(&format!(
        " <span class=\"p-src\">{}{}</span>",
        more.join(" · "),
        outside(one.link.as_deref())
    ));
    Content::Html(html)
}

async fn list(visit: Visit) -> Answer {
    let today: Day = visit.acting().now().date().into();
    let keeps = visit.may(Action::KeepCommitments, &Resource::region());
    let own = visit.signed.as_ref().map(|signed| signed.tenant.id);
    let all = governance::commitments(visit.web.app()).await?;
    let (a, b, c, d, e) =
        (visit.clone(), visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let mut list = List::new(&visit, "commitments", &visit.text("commitments-title"), all)
        .column(
            "made",
            "commitment-made",
            |one| one.record.entry.made.to_string(),
            move |one| day(&a, one.record.entry.made).into(),
        )
        .column(
            "text",
            "commitment-text",
            |one| one.record.entry.text.clone(),
            move |one| promised(&c, &one.record.entry),
        )
        .column(
            "body",
            "commitment-body",
            |one| one.record.entry.body.clone(),
            |one| Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.record.entry.body))),
        )
        .text("occasion", "commitment-occasion", move |one| {
            b.text(&format!("occasion-{}", one.record.entry.occasion))
        })
        .column(
            "due",
            "commitment-due",
            |one| one.record.entry.due.map(|due| due.to_string()).unwrap_or_default(),
            move |one| one.record.entry.due.map(|due| day(&d, due)).unwrap_or_default().into(),
        )
        .column(
            "status",
            "report-status",
            |one| one.record.entry.status.code().to_owned(),
            move |one| status(&e, &one.record.entry, today),
        )
        .filter(
            "status",
            "report-status",
            words(&visit, "commitment-status", CommitmentStatus::ALL),
            |one, wanted| one.record.entry.status.code() == wanted,
        )
        .filter(
            "occasion",
            "commitment-occasion",
            words(&visit, "occasion", Occasion::ALL),
            |one, wanted| one.record.entry.occasion.code() == wanted,
        );
    if keeps {
        let f = visit.clone();
        list = list.acts("report-next", move |one| {
            if Some(one.record.tenant) != own {
                return Content::default();
            }
            link(&f, &format!("/commitments/{}/edit", one.record.id), f.text("governance-edit"))
        });
    }
    let new = keeps.then_some(("commitment-new", "/commitments/new"));
    listed(&visit, list, ("commitments-title", "commitments-intro"), new)
}

fn form_page(visit: &Visit, path: &str, t: &Typed, problems: &Problems) -> Response {
    FormPage::new(visit, path, problems)
        .hidden("revision", t.text("revision"))
        .text("made", "commitment-made", "report-day-hint", t.text("made"))
        .text("body", "commitment-body", "commitment-body-hint", t.text("body"))
        .select(
            "occasion",
            "commitment-occasion",
            words(visit, "occasion", Occasion::ALL),
            t.text("occasion"),
        )
        .lines("text", "commitment-text", "commitment-text-hint", t.text("text"))
        .text("link", "governance-link", "governance-link-hint", t.text("link"))
        .select("mechanism", "report-mechanism", mechanisms(visit), t.text("mechanism"))
        .part(states(visit, "states", t.list("states"), problems))
        .text("due", "commitment-due", "report-day-hint", t.text("due"))
        .text("taken_up", "commitment-taken-up", "commitment-taken-up-hint", t.text("taken_up"))
        .radios(
            "status",
            "report-status",
            words(visit, "commitment-status", CommitmentStatus::ALL),
            t.text("status"),
        )
        .lines("evidence", "report-evidence", "", t.text("evidence"))
        .button("form-save")
        .page(
            if t.text("revision").is_empty() { "commitment-new" } else { "commitment-edit" },
            "/commitments",
        )
}

async fn ask(visit: Visit) -> Response {
    let typed = Typed::default().with("status", CommitmentStatus::Open);
    form_page(&visit, "/commitments/new", &typed, &Problems::default())
}

async fn edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CommitmentId = parse_id(&id)?;
    let typed = governance::commitment(&visit.acting(), id).await?;
    Ok(form_page(&visit, &format!("/commitments/{id}/edit"), &typed, &Problems::default()))
}

async fn keep(sent: Sent, id: Option<CommitmentId>, path: &str) -> Answer {
    let Sent { visit, form } = sent;
    let typed = typed(&form);
    match governance::keep_commitment(&visit.acting_once(&form), id, &typed).await {
        Ok(_) => Ok(done(&visit, "/commitments", "saved")),
        Err(Refused::Invalid(problems)) => Ok(form_page(&visit, path, &typed, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

async fn make(sent: Sent) -> Answer {
    keep(sent, None, "/commitments/new").await
}

async fn save(Path(id): Path<String>, sent: Sent) -> Answer {
    let id: CommitmentId = parse_id(&id)?;
    keep(sent, Some(id), &format!("/commitments/{id}/edit")).await
}
