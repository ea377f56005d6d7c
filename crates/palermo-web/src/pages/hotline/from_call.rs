//! A case from a call: what the caller told stands in the form already, and is read
//! from the sealed call by whoever may read it, never from an address.

use super::super::{
    Answer,
    case::{first_answers, first_questions},
};
use crate::{
    components::{Button, InsetText},
    shell::{
        failure::Failure,
        form::Form,
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
    case::{Opened, open::FirstAnswers},
    desk::parse_id,
    domain::id::CallId,
    hotline::{
        self,
        from_call::{self, FromCallForm},
    },
    keys,
};

fn page(visit: &Visit, id: CallId, typed: &FromCallForm, problems: &Problems) -> Response {
    let form =
        FormPage::new(visit, &format!("/hotline/{id}/case"), problems).words("hotline-case-why");
    first_questions(visit, form, "", &typed.first)
        .text("address", "hotline-contact", "", &typed.address)
        .text("times", "case-channel-times", "case-channel-times-hint", &typed.times)
        .lines("note", "hotline-note", "hotline-case-note-hint", &typed.note)
        .button("case-open")
        .page("case-new", &format!("/hotline/{id}"))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CallId = parse_id(&id)?;
    let acting = visit.acting();
    let vault = keys::vault(&acting, visit.signed()?).await?;
    let shown = hotline::show(&acting, Some(&vault), id).await?;
    if shown.case.is_some() {
        return Ok(Redirect::to(&visit.link(&format!("/hotline/{id}"))).into_response());
    }
    let typed = FromCallForm {
        first: FirstAnswers {
            name: shown.name.unwrap_or_default(),
            age: String::new(),
            language: shown.call.language,
            urgent: shown.urgent.iter().map(|need| need.code().to_owned()).collect(),
        },
        address: shown.contact.unwrap_or_default(),
        times: shown.times.unwrap_or_default(),
        note: shown.note.unwrap_or_default(),
    };
    Ok(page(&visit, id, &typed, &Problems::default()))
}

fn typed(form: &Form) -> FromCallForm {
    FromCallForm {
        first: first_answers(form, ""),
        address: form.text("address").to_owned(),
        times: form.text("times").to_owned(),
        note: form.text("note").to_owned(),
    }
}

pub(super) async fn open(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CallId = parse_id(&id)?;
    let typed = typed(&form);
    let acting = visit.acting_once(&form);
    let vault = keys::vault(&acting, visit.signed()?).await?;
    match from_call::open(&acting, &vault, id, &typed).await {
        Ok(case) => Ok(done(&visit, &format!("/cases/{case}"), "case-opened")),
        Err(Refused::Invalid(problems)) => Ok(page(&visit, id, &typed, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

/// The way from a case to the call it was opened from, for whoever may read calls.
pub(in crate::pages) async fn origin(visit: &Visit, opened: &Opened) -> Result<String, Failure> {
    let Some(call) = from_call::of_case(&visit.acting(), opened).await? else {
        return Ok(String::new());
    };
    let href = visit.link(&format!("/hotline/{call}"));
    let link = Button::link(visit.text("hotline-call"), href).small().secondary();
    Ok(format!("{}{link}", InsetText::new(visit.text("case-event-from-call"))))
}
