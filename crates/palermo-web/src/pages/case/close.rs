//! Closing a case, and opening it again.

use super::{Answer, acting_then, note::when_wrong, purpose, purpose_of, words_of};
use crate::shell::{
    failure::Failure,
    form::Form,
    forms::{FormPage, done},
    paper,
    visit::{Sent, Visit},
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    case::{
        self,
        close::{self, Asked, Fates},
        vault_if_open,
    },
    desk::parse_id,
    domain::{case::Closure, id::CaseId, purpose::Purpose},
};

fn page(
    visit: &Visit,
    (id, purpose): (CaseId, Purpose),
    asked: &[Asked],
    form: &Form,
    problems: &Problems,
) -> Response {
    let reasons: Vec<_> = Closure::ALL
        .iter()
        // Erasing is an act of its own.
        .filter(|closure| **closure != Closure::DataErased)
        .map(|closure| closure.code())
        .collect();
    let mut page = FormPage::new(visit, &format!("/cases/{id}/close"), problems)
        .words("case-close-why")
        .hidden("for", purpose.code())
        .select(
            "closure",
            "case-closure",
            words_of(visit, "case-closure", &reasons),
            form.text("closure"),
        )
        .lines("words", "case-close-words", "case-close-words-hint", form.text("words"));
    // A sheet that is carried about says nothing that is stored.
    let asked: &[Asked] = if paper::wanted(visit) { &[] } else { asked };
    if !asked.is_empty() {
        page = page.words("case-close-open");
    }
    for one in asked {
        let fates = words_of(visit, "case-close-fate", &one.fates);
        page = page.radios_said(&one.field, &one.label, fates, form.text(&one.field));
    }
    page.part(when_wrong(visit, form, problems))
        .button("case-close")
        .on_paper()
        .page("case-close", &format!("/cases/{id}"))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    shown(&visit, (id, purpose), &Form::default(), &Problems::default()).await
}

/// The form with what is open now.
async fn shown(
    visit: &Visit,
    (id, purpose): (CaseId, Purpose),
    form: &Form,
    problems: &Problems,
) -> Answer {
    let acting = visit.acting();
    let file = case::permitted(&acting, id, Action::WriteCase, purpose).await?;
    let asked = close::asked(&acting, &file).await?;
    Ok(page(visit, (id, purpose), &asked, form, problems))
}

pub(super) async fn close(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let acting = match acting_then(&visit, &form) {
        Ok(acting) => acting,
        Err(problems) => return shown(&visit, (id, purpose), &form, &problems).await,
    };
    let vault = vault_if_open(&acting, visit.signed()?).await?;
    let told = |name: &&str| name.starts_with("task-") || name.starts_with("referral-");
    let fates: Fates = form
        .names()
        .filter(told)
        .map(|name| (name.to_owned(), form.text(name).to_owned()))
        .collect();
    let said = (form.text("closure"), form.text("words"), Some(&fates));
    match close::close_deciding(&acting, vault.as_ref(), id, said, purpose).await {
        Ok(()) => Ok(done(&visit, &format!("/cases/{id}"), "case-closed")),
        Err(Refused::Invalid(problems)) => shown(&visit, (id, purpose), &form, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn reopen(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    close::reopen(&visit.acting_once(&form), id, purpose_of(&visit, &form)).await?;
    Ok(done(&visit, &format!("/cases/{id}"), "saved"))
}
