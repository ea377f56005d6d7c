//! A note: what happened today, in a minute.

use super::{Answer, happened, purpose_of, typed_day};
use crate::{
    components::{DateInput, Input},
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    case::note::{self, NoteForm},
    desk::parse_id,
    domain::id::CaseId,
    keys,
};

/// When it happened, if not now.
pub(super) fn when(visit: &Visit, day: &[String; 3], time: &str) -> String {
    let labels = ["date-day", "date-month", "date-year"].map(|id| visit.text(id));
    let [d, m, y] = day;
    format!(
        "{}{}",
        DateInput::new("happened", visit.text("case-happened"), labels)
            .values([d, m, y])
            .words(&visit.words()),
        Input::new("happened_time", visit.text("case-happened-time"))
            .value(time)
            .hint(visit.text("case-happened-time-hint"))
            .words(&visit.words())
    )
}

pub(super) async fn add(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let mut problems = Problems::default();
    let typed =
        NoteForm { text: form.text("text").to_owned(), happened: happened(&form, &mut problems) };
    let purpose = purpose_of(&visit, &form);
    let again = |problems: &Problems| -> Response {
        FormPage::new(&visit, &format!("/cases/{id}/note"), problems)
            .hidden("for", purpose.code())
            .lines("text", "case-note", "case-note-hint", &typed.text)
            .part(when(&visit, &typed_day(&form), form.text("happened_time")))
            .button("case-note-save")
            .page("case-note", &format!("/cases/{id}"))
    };
    if !problems.0.is_empty() {
        return Ok(again(&problems));
    }
    let acting = visit.acting_once(&form);
    let vault = keys::vault(&acting, visit.signed()?).await?;
    match note::add(&acting, &vault, id, &typed, purpose).await {
        Ok(_) => Ok(done(&visit, &format!("/cases/{id}"), "case-noted")),
        Err(Refused::Invalid(problems)) => Ok(again(&problems)),
        Err(other) => Err(Failure(other)),
    }
}
