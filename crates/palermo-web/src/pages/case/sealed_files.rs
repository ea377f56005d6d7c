//! Sealed files for bodies that are not here: what was made, once with its
//! code and passphrase; where it stands; taking it back; and the page where
//! whoever has a code fetches the file.

use super::{Answer, purpose, purpose_of};
use crate::{
    components::{Button, Content, InsetText, SummaryList, Tag},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        visit::{Sent, Visit},
    },
};
use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use palermo_app::{
    Problems, Refused,
    case::{
        Opened,
        sealed_file::{self, Made},
    },
    desk::parse_id,
    domain::{
        case::sealed_file::{FileState, SealedFile},
        id::CaseId,
    },
};
use std::fmt::Write as _;

/// Days a file can be fetched, to choose from.
pub(super) fn days(visit: &Visit) -> Vec<(String, String)> {
    palermo_app::domain::case::sealed_file::DAYS
        .iter()
        .map(|days| {
            let count = usize::try_from(*days).unwrap_or(0);
            let values = [("count", count.into()), ("days", visit.whole(count).into())];
            (days.to_string(), visit.format("sealed-file-days", &values))
        })
        .collect()
}

/// The one page that shows code and passphrase.
pub(super) fn made(visit: &Visit, origin: &str, case: CaseId, made: &Made) -> Response {
    let list = SummaryList::new()
        .row(
            visit.text("sealed-file-where"),
            Content::Html(format!(
                "<bdi dir=\"ltr\">{}</bdi>",
                Content::from(format!("{origin}{}", visit.link("/sealed")))
            )),
        )
        .row(visit.text("sealed-file-code"), Content::Html(secret(&made.code)))
        .row(visit.text("sealed-file-passphrase"), Content::Html(secret(&made.passphrase)));
    let limits = ["sealed-file-told-1", "sealed-file-told-2", "sealed-file-told-3"]
        .map(|id| format!("<li>{}</li>", Content::from(visit.text(id))))
        .concat();
    let count = usize::try_from(made.days).unwrap_or(0);
    let days = [("count", count.into()), ("days", visit.whole(count).into())];
    let until = visit.format("sealed-file-until", &days);
    let href = visit.link(&format!("/cases/{case}"));
    let to_case = Button::link(visit.text("sealed-file-to-case"), href).secondary();
    let second = if made.waits {
        InsetText::new(visit.text("sealed-file-made-waits")).to_string()
    } else {
        String::new()
    };
    let html = format!(
        "{second}<p class=\"govuk-body\">{}</p>{list}<p class=\"govuk-body\">{}</p>\
         <ul class=\"govuk-list govuk-list--bullet\">{limits}</ul>{to_case}",
        Content::from(visit.text("sealed-file-once")),
        Content::from(until),
    );
    let back = format!("/cases/{case}");
    visit.page(&visit.text("sealed-file-made")).back(&back).html(&html)
}

fn secret(text: &str) -> String {
    format!("<bdi dir=\"ltr\"><code>{}</code></bdi>", Content::from(text))
}

/// Where the file of a referral stands, with what can be done.
pub(super) async fn state(
    visit: &Visit,
    opened: &Opened,
    file: &SealedFile,
    sends: bool,
) -> Result<String, Failure> {
    let now = visit.acting().now();
    let waits = file.can_be_fetched(now) && sealed_file::waits_here(opened, file).await?;
    let state = file.state(now);
    let colour = match state {
        FileState::Waiting => "blue",
        FileState::Fetched => "yellow",
        FileState::Revoked | FileState::Over => "grey",
    };
    let tag = Tag::coloured(visit.text(&format!("sealed-file-{}", state.code())), colour);
    let mut html = format!("<p class=\"govuk-body\">{tag}</p>");
    if waits {
        html.push_str(&InsetText::new(visit.text("sealed-file-waits-second")).to_string());
    }
    if let Some(at) = file.fetched_at {
        let told = visit.format("sealed-file-fetched-at", &[("at", visit.moment(at).into())]);
        let _ = write!(html, "<p class=\"govuk-hint\">{}</p>", Content::from(told));
    }
    if sends && file.can_be_fetched(now) {
        let id = opened.file.id();
        let until =
            visit.format("sealed-file-until-day", &[("at", visit.moment(file.expires_at).into())]);
        let _ = write!(html, "<p class=\"govuk-hint\">{}</p>", Content::from(until));
        if !waits {
            let href = visit.link(&format!("/cases/{id}/sealed/{}", file.id));
            let take = Content::from(visit.text("sealed-file-take"));
            let _ = write!(
                html,
                "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{href}\">{take}</a></p>"
            );
        }
        let named = file.id.to_string();
        let fields = [("file", named.as_str()), ("for", opened.file.purpose.code())];
        let address = format!("/cases/{id}/sealed/revoke");
        html.push_str(&one_button(visit, &address, "sealed-file-revoke", &fields, true));
    }
    Ok(html)
}

fn bytes(name: &str, bytes: Vec<u8>) -> Response {
    (
        [
            (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
            (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        ],
        bytes,
    )
        .into_response()
}

pub(super) async fn take(visit: Visit, Path((id, file)): Path<(String, String)>) -> Answer {
    let (case, purpose) = (parse_id(&id)?, purpose(&visit));
    let (name, content) =
        sealed_file::take(&visit.acting(), case, parse_id(&file)?, purpose).await?;
    Ok(bytes(&name, content))
}

pub(super) async fn revoke(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let file = parse_id(form.text("file"))?;
    sealed_file::revoke(&visit.acting_once(&form), id, file, purpose).await?;
    Ok(done(&visit, &format!("/cases/{id}"), "sealed-file-revoked"))
}

fn fetch_page(visit: &Visit, form: &Form, problems: &Problems) -> Response {
    let how = ["sealed-file-how-1", "sealed-file-how-2", "sealed-file-how-3"]
        .map(|id| format!("<li>{}</li>", Content::from(visit.text(id))))
        .concat();
    let html = FormPage::new(visit, "/sealed", problems)
        .text("code", "sealed-file-code", "sealed-file-code-hint", form.text("code"))
        .button("sealed-file-fetch")
        .part(InsetText::new(Content::Html(format!(
            "<ol class=\"govuk-list govuk-list--number\">{how}</ol>"
        ))))
        .html();
    let mut response = visit.page(&visit.text("sealed-file-title")).quiet("/own/leave").html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

pub(super) async fn first(visit: Visit) -> Response {
    fetch_page(&visit, &Form::default(), &Problems::default())
}

pub(super) async fn fetch(Sent { visit, form }: Sent) -> Answer {
    match sealed_file::fetch(visit.web.app(), form.text("code"), visit.source).await {
        Ok((name, content)) => Ok(bytes(&name, content)),
        Err(Refused::Invalid(problems)) => Ok(fetch_page(&visit, &form, &problems)),
        Err(other) => Err(Failure(other)),
    }
}
