//! Asking other care organisations whether they know a person who agreed
//! (R096). The answers are shown to the asker alone; whoever answers sees
//! neither question nor answer.

use super::{Answer, purpose, purpose_of, sections::Section};
use crate::{
    components::{Button, Content, InsetText, SummaryList, Tag},
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        visit::{Sent, Visit},
    },
};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use palermo_app::{
    Problems, Refused,
    access::Action,
    case::{
        Opened,
        look_for::{self, Looked},
        words::{self, Field},
    },
    desk::parse_id,
    domain::{case::look_for::Known, id::CaseId, purpose::Purpose},
};
use std::fmt::Write as _;

/// Whether the person agreed, the questions asked and their answers.
pub(super) async fn section(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let acting = visit.acting();
    if !look_for::may(&acting, &opened.file) {
        return Ok(None);
    }
    let id = opened.file.id();
    let agreed = opened.file.person.record.may_be_looked_for;
    let said = match agreed {
        Some(true) => "look-for-agreed",
        Some(false) => "look-for-said-no",
        None => "look-for-not-asked",
    };
    let mut html = format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.text(said)));
    let asked = look_for::of_case(&acting, visit.signed()?, opened).await?;
    for one in &asked {
        html.push_str(&answers(visit, one));
    }
    let (label, href) = match agreed {
        Some(true) => ("look-for-ask", format!("/cases/{id}/look-for")),
        _ => ("case-person-edit", format!("/cases/{id}/person")),
    };
    let _ = write!(html, "{}", Button::link(visit.text(label), visit.link(&href)).secondary());
    let (title, count) = (visit.text("look-for-title"), Some(asked.len()));
    Ok(Some(Section { id: "known-elsewhere", title, html, count, ..Section::default() }))
}

fn answers(visit: &Visit, looked: &Looked) -> String {
    let on = visit.moment(looked.record.asked_at);
    let asked = visit.format("look-for-asked-on", &[("at", on.into())]);
    if !looked.mine {
        let only = Content::from(visit.text("look-for-not-yours"));
        return format!("<p class=\"govuk-body\">{} {only}</p>", Content::from(asked));
    }
    let mut list = SummaryList::new();
    for answer in &looked.answers {
        let (word, colour) = match answer.known {
            Some(Known::Possible) => ("look-for-possible", "yellow"),
            Some(Known::Nobody) => ("look-for-nobody", "grey"),
            None if looked.record.ended_at.is_some() => ("look-for-ended", "grey"),
            None => ("look-for-waits", "blue"),
        };
        let mut body = Tag::coloured(visit.text(word), colour).to_string();
        if answer.known == Some(Known::Possible) {
            let ask = visit.format("look-for-ask-desk", &[("desk", answer.desk.as_str().into())]);
            let _ = write!(body, "<p class=\"govuk-body\">{}</p>", Content::from(ask));
        }
        let name = Content::from(&answer.organisation);
        list = list.row(Content::Html(format!("<bdi>{name}</bdi>")), Content::Html(body));
    }
    format!("<p class=\"govuk-body\">{}</p>{list}", Content::from(asked))
}

fn page(visit: &Visit, id: CaseId, purpose: Purpose, names: &str, problems: &Problems) -> Response {
    let why = ["look-for-why-1", "look-for-why-2", "look-for-why-3"]
        .map(|id| format!("<li>{}</li>", Content::from(visit.text(id))))
        .concat();
    FormPage::new(visit, &format!("/cases/{id}/look-for"), problems)
        .part(InsetText::new(Content::Html(format!(
            "<ul class=\"govuk-list govuk-list--bullet\">{why}</ul>"
        ))))
        .hidden("for", purpose.code())
        .lines("names", "look-for-names", "look-for-names-hint", names)
        .button("look-for-send")
        .page("look-for-ask", &format!("/cases/{id}"))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let (acting, purpose) = (visit.acting(), purpose(&visit));
    let signed = visit.signed()?;
    let opened =
        palermo_app::case::look_for(&acting, Some(signed), id, Action::LookFor, purpose).await?;
    if opened.vault.is_none() {
        return Err(Failure(Refused::UnlockNeeded));
    }
    let texts = words::read(&opened).await?;
    let name = texts.iter().find(|seen| seen.field == Field::Name);
    let name = name.map(|seen| seen.text.clone()).unwrap_or_default();
    Ok(page(&visit, id, purpose, &name, &Problems::default()))
}

pub(super) async fn send(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let names = form.text("names");
    let acting = visit.acting_once(&form);
    match look_for::ask(&acting, visit.signed()?, id, names, purpose).await {
        Ok(_) => Ok(done(&visit, &format!("/cases/{id}"), "look-for-asked")),
        Err(Refused::Invalid(problems)) => Ok(page(&visit, id, purpose, names, &problems)),
        Err(Refused::Declined(message)) => {
            let mut problems = Problems::default();
            problems.add("names", message);
            Ok(page(&visit, id, purpose, names, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

/// Questions of others: how many wait, and one button.
pub(super) async fn waiting(visit: Visit) -> Answer {
    let count = look_for::waiting(&visit.acting()).await?;
    let told = visit.format("look-for-waiting", &[("count", visit.whole(count).into())]);
    let mut form = FormPage::new(&visit, "/look-for", &Problems::default())
        .words("look-for-others-why")
        .part(format!("<p class=\"govuk-body\">{}</p>", Content::from(told)));
    if count > 0 {
        form = form.button("look-for-answer");
    }
    Ok(form.page("look-for-others", "/work"))
}

pub(super) async fn answer(Sent { visit, form }: Sent) -> Answer {
    let _ = form;
    look_for::answer_all(&visit.acting(), visit.signed()?).await?;
    let to = visit.link("/work?done=look-for-answered");
    Ok(Redirect::to(&to).into_response())
}
