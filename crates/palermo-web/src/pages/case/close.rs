//! Closing a case, and opening it again.

use super::{Answer, acting_then, note::when_typed, purpose, purpose_of, words_of};
use crate::shell::{
    failure::Failure,
    form::Form,
    forms::{FormPage, done},
    visit::{Sent, Visit},
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    case::{self, close, vault_if_open},
    desk::parse_id,
    domain::{case::Closure, id::CaseId, purpose::Purpose},
};

fn page(visit: &Visit, id: CaseId, purpose: Purpose, form: &Form, problems: &Problems) -> Response {
    let reasons: Vec<_> = Closure::ALL
        .iter()
        // Erasing is an act of its own.
        .filter(|closure| **closure != Closure::DataErased)
        .map(|closure| closure.code())
        .collect();
    FormPage::new(visit, &format!("/cases/{id}/close"), problems)
        .words("case-close-why")
        .hidden("for", purpose.code())
        .select(
            "closure",
            "case-closure",
            words_of(visit, "case-closure", &reasons),
            form.text("closure"),
        )
        .lines("words", "case-close-words", "case-close-words-hint", form.text("words"))
        .part(when_typed(visit, form))
        .button("case-close")
        .on_paper()
        .page("case-close", &format!("/cases/{id}"))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    case::permitted(&visit.acting(), id, Action::WriteCase, purpose).await?;
    Ok(page(&visit, id, purpose, &Form::default(), &Problems::default()))
}

pub(super) async fn close(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let acting = match acting_then(&visit, &form) {
        Ok(acting) => acting,
        Err(problems) => return Ok(page(&visit, id, purpose, &form, &problems)),
    };
    let vault = vault_if_open(&acting, visit.signed()?).await?;
    let (closure, words) = (form.text("closure"), form.text("words"));
    match close::close(&acting, vault.as_ref(), id, closure, words, purpose).await {
        Ok(()) => Ok(done(&visit, &format!("/cases/{id}"), "case-closed")),
        Err(Refused::Invalid(problems)) => Ok(page(&visit, id, purpose, &form, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn reopen(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    close::reopen(&visit.acting_once(&form), id, purpose_of(&visit, &form)).await?;
    Ok(done(&visit, &format!("/cases/{id}"), "saved"))
}
