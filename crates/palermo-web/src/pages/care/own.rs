//! What a worker does about the person's own view: prepare it, and answer what
//! the person asked for. Complaints come to an independent body.

use crate::{
    components::{Button, Content, InsetText, Panel, SummaryList, Tag},
    pages::{Answer, case::words_of},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    care::{
        own, own_answer,
        own_ask::{self, RequestShown},
    },
    desk::{parse_id, parse_revision},
    domain::id::{CaseId, OwnRequestId},
};
use std::fmt::Write as _;

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let asked = own_ask::of_case(&visit.acting(), visit.signed()?, id).await?;
    let write = visit.link(&format!("/cases/{id}/own-view/write-down"));
    let mut html = format!(
        "<p class=\"govuk-body\">{}</p>{}{}",
        Content::from(visit.text("own-prepare-why")),
        one_button(&visit, &format!("/cases/{id}/own-view"), "own-prepare", &[], false),
        Button::link(visit.text("own-write-down"), write).secondary()
    );
    html.push_str(&requests(&visit, &asked, &format!("/cases/{id}/own-view")));
    let title = visit.text("own-worker-title");
    Ok(visit.page(&title).back(&format!("/cases/{id}")).html(&html))
}

/// The form for what a person, or someone in their name, asks by word of mouth
/// or on paper.
fn write_down_page(visit: &Visit, id: CaseId, form: &Form, problems: &Problems) -> Response {
    let kinds = own_ask::can_be_written_down();
    let kinds: Vec<_> = kinds.iter().map(|kind| kind.code()).collect();
    FormPage::new(visit, &format!("/cases/{id}/own-view/write-down"), problems)
        .words("own-write-down-why")
        .radios("kind", "own-ask-what", words_of(visit, "own-ask", &kinds), form.text("kind"))
        .radios("by", "own-by", crate::pages::own::askers(visit), form.text("by"))
        .part(InsetText::new(visit.text("own-by-check")))
        .lines("words", "own-words", "own-words-hint", form.text("words"))
        .button("form-save")
        .page("own-write-down", &format!("/cases/{id}/own-view"))
}

pub(super) async fn ask_write_down(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    own_ask::of_case(&visit.acting(), visit.signed()?, id).await?;
    Ok(write_down_page(&visit, id, &Form::default(), &Problems::default()))
}

pub(super) async fn write_down(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let asked = (form.text("kind"), form.text("by"));
    let acting = visit.acting_once(&form);
    match own_ask::write_down(&acting, id, asked, form.text("words")).await {
        Ok(_) => Ok(done(&visit, &format!("/cases/{id}/own-view"), "saved")),
        Err(Refused::Invalid(problems)) => Ok(write_down_page(&visit, id, &form, &problems)),
        Err(Refused::Declined(message)) => {
            let mut problems = Problems::default();
            problems.add("words", message);
            Ok(write_down_page(&visit, id, &form, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn prepare(Path(id): Path<String>, Sent { visit, .. }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let prepared = own::prepare(&visit.acting(), visit.signed()?, id).await?;
    let code = Content::Html(format!("<bdi dir=\"ltr\">{}</bdi>", Content::from(prepared.code)));
    let minutes = visit.whole(usize::try_from(prepared.minutes).unwrap_or(0));
    let how = visit.format("own-code-how", &[("minutes", minutes.into())]);
    let html = format!(
        "{}{}<p class=\"govuk-body\">{}</p>{}",
        Panel::new(visit.text("own-code"), code),
        InsetText::new(how),
        Content::from(visit.text("own-hands-over")),
        Button::link(visit.text("own-open-here"), visit.link("/own"))
    );
    let title = visit.text("own-worker-title");
    Ok(visit.page(&title).back(&format!("/cases/{id}")).html(&html))
}

fn requests(visit: &Visit, asked: &[RequestShown], address: &str) -> String {
    let title = Content::from(visit.text("own-requests"));
    let mut html = format!("<h2 class=\"govuk-heading-m\">{title}</h2>");
    if asked.is_empty() {
        let _ = write!(
            html,
            "<p class=\"govuk-body\">{}</p>",
            Content::from(visit.text("own-requests-none"))
        );
    }
    for one in asked {
        let request = &one.request.record;
        let words = match &one.words {
            Some(words) => Content::Html(format!(
                "<p class=\"govuk-body\" dir=\"auto\">{}</p>",
                Content::from(words)
            )),
            None => visit.text("own-words-closed").into(),
        };
        let state: Content = match request.answered_at {
            Some(at) => {
                let tag = Tag::coloured(visit.text("own-answered"), "green");
                Content::Html(format!("{tag} {}", Content::from(visit.date(at.date()))))
            }
            None => {
                let due = visit.date(request.due_at.date());
                visit.format("own-answer-by", &[("day", due.into())]).into()
            }
        };
        let list = SummaryList::new()
            .row(visit.text("own-asked-on"), visit.date(request.recorded_at.date()))
            .row(visit.text("own-by"), visit.text(&format!("own-by-{}", one.by.code())))
            .row(visit.text("own-words"), words)
            .row(visit.text("care-standing"), state);
        let list = match &one.answer {
            Some(answer) => list.row(
                visit.text("own-answer-words"),
                Content::Html(format!(
                    "<p class=\"govuk-body\" dir=\"auto\">{}</p>",
                    Content::from(answer)
                )),
            ),
            None => list,
        };
        let list = list.card(visit.text(&format!("own-ask-{}", request.kind)));
        let _ = write!(html, "{list}");
        if one.by.shows_authority() && request.answered_at.is_none() {
            let _ = write!(html, "{}", InsetText::new(visit.text("own-by-check")));
        }
        if request.answered_at.is_none() {
            let revision = one.request.revision.0.to_string();
            let address = format!("{address}/{}", request.id);
            if one.reaches_them {
                let to = visit.link(&format!("{address}?revision={revision}"));
                let _ = write!(html, "{}", Button::link(visit.text("own-answer-it"), to));
            } else {
                let fields = [("revision", revision.as_str())];
                html.push_str(&one_button(visit, &address, "own-mark-answered", &fields, false));
            }
        }
    }
    html
}

/// The form of an answer in words. It goes to the person: their own view shows
/// it, or the code on their slip opens it.
fn answer_page(
    visit: &Visit,
    (address, back): (&str, &str),
    (revision, words): (&str, &str),
    problems: &Problems,
) -> Response {
    FormPage::new(visit, address, problems)
        .words("own-answer-why")
        .hidden("revision", revision)
        .lines("words", "own-answer-words", "own-answer-hint", words)
        .button("form-send")
        .page("own-answer-it", back)
}

pub(super) async fn ask_answer(
    visit: Visit,
    Path((id, request)): Path<(String, String)>,
) -> Answer {
    let (id, request): (CaseId, OwnRequestId) = (parse_id(&id)?, parse_id(&request)?);
    let asked = own_ask::of_case(&visit.acting(), visit.signed()?, id).await?;
    asked.iter().find(|one| one.request.record.id == request).ok_or(Refused::NotFound)?;
    let back = format!("/cases/{id}/own-view");
    let address = format!("{back}/{request}");
    let revision = visit.query("revision");
    Ok(answer_page(&visit, (&address, &back), (&revision, ""), &Problems::default()))
}

pub(super) async fn answered(
    Path((id, request)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let (id, request): (CaseId, OwnRequestId) = (parse_id(&id)?, parse_id(&request)?);
    answer(&visit, &form, request, &format!("/cases/{id}/own-view")).await
}

async fn answer(visit: &Visit, form: &Form, request: OwnRequestId, back: &str) -> Answer {
    let revision = form.text("revision");
    let seen = parse_revision(revision)?;
    let (acting, words) = (visit.acting_once(form), form.text("words"));
    match own_answer::answered(&acting, visit.signed()?, request, seen, words).await {
        Ok(()) => Ok(done(visit, back, "saved")),
        Err(Refused::Invalid(problems)) => {
            let address = format!("{back}/{request}");
            Ok(answer_page(visit, (&address, back), (revision, words), &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn complaints(visit: Visit) -> Answer {
    let asked = own_ask::complaints(&visit.acting(), visit.signed()?).await?;
    let html = format!(
        "<p class=\"govuk-body\">{}</p>{}",
        Content::from(visit.text("complaints-why")),
        requests(&visit, &asked, "/complaints")
    );
    Ok(visit.page(&visit.text("complaints-title")).html(&html))
}

pub(super) async fn ask_complaint(visit: Visit, Path(request): Path<String>) -> Answer {
    let request: OwnRequestId = parse_id(&request)?;
    let asked = own_ask::complaints(&visit.acting(), visit.signed()?).await?;
    asked.iter().find(|one| one.request.record.id == request).ok_or(Refused::NotFound)?;
    let (address, revision) = (format!("/complaints/{request}"), visit.query("revision"));
    let back = "/complaints";
    Ok(answer_page(&visit, (&address, back), (&revision, ""), &Problems::default()))
}

pub(super) async fn complaint_answered(
    Path(request): Path<String>,
    Sent { visit, form }: Sent,
) -> Answer {
    let request: OwnRequestId = parse_id(&request)?;
    answer(&visit, &form, request, "/complaints").await
}
