//! Someone leaves the organisation: what they carry, as counts, and who takes it.

use super::super::Answer;
use crate::{
    components::{Button, SummaryList},
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    desk::{parse_id, parse_revision},
    domain::id::AccountId,
    people::leave::{self, Leaving},
};

/// The way there, from the page of a person.
pub(super) fn link(visit: &Visit, id: AccountId) -> Button {
    let href = visit.link(&format!("/admin/people/{id}/leave"));
    Button::link(visit.text("people-left"), href).small().warning()
}

fn page(visit: &Visit, leaving: &Leaving, to: &str, problems: &Problems) -> Response {
    let account = &leaving.account.record;
    let carried = leaving.carried;
    let back = format!("/admin/people/{}", account.id);
    let counts = SummaryList::new()
        .row(visit.text("people-name"), &account.name)
        .row(visit.text("people-leave-alone"), visit.whole(carried.alone))
        .row(visit.text("people-leave-beside"), visit.whole(carried.beside));
    let mut form = FormPage::new(visit, &format!("{back}/leave"), problems)
        .part(counts)
        .hidden("revision", &leaving.account.revision.0.to_string())
        .words("people-leave-why");
    if carried.alone > 0 {
        let takers = leaving.takers.iter().map(|(id, name)| (id.to_string(), name.clone()));
        form = form.hinted("people-leave-to-hint").select(
            "to",
            "people-leave-to",
            takers.collect(),
            to,
        );
    }
    form.warning_button("people-left").page("people-left", &back)
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let leaving = leave::look(&visit.acting(), parse_id(&id)?).await?;
    Ok(page(&visit, &leaving, "", &Problems::default()))
}

pub(super) async fn leave(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: AccountId = parse_id(&id)?;
    let typed = form.text("to");
    let to: Option<AccountId> = if typed.is_empty() { None } else { Some(parse_id(typed)?) };
    let seen = parse_revision(form.text("revision"))?;
    match leave::leave(&visit.acting_once(&form), id, to, seen).await {
        Ok(_) => Ok(done(&visit, &format!("/admin/people/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            let leaving = leave::look(&visit.acting(), id).await?;
            Ok(page(&visit, &leaving, typed, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}
