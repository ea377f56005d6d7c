//! A note: what happened today, in a minute.

use super::{Answer, happened, purpose, purpose_of, typed_day};
use crate::{
    components::{Content, DateInput, Input},
    pages::draft::{self, Heard},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done_with_words},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    case::{
        self,
        note::{self, NoteForm},
        note_draft,
    },
    desk::parse_id,
    domain::{id::CaseId, purpose::Purpose},
    keys,
};

/// When it happened, if not now.
pub(super) fn when(visit: &Visit, day: &[String; 3], time: &str) -> String {
    when_beside(visit, (day, time), &Problems::default())
}

/// The same with what is wrong beside it.
fn when_beside(visit: &Visit, (day, time): (&[String; 3], &str), problems: &Problems) -> String {
    let labels = ["date-day", "date-month", "date-year"].map(|id| visit.text(id));
    let [d, m, y] = day;
    let wrong = |field: &str| {
        let found = problems.0.iter().find(|one| one.field == field);
        found.map(|one| Content::from(visit.say(&one.message)))
    };
    format!(
        "{}{}",
        DateInput::new("happened", visit.text("case-happened"), labels)
            .values([d, m, y])
            .error(wrong("happened"))
            .words(&visit.words()),
        Input::new("happened_time", visit.text("case-happened-time"))
            .value(time)
            .error(wrong("happened_time"))
            .hint(visit.text("case-happened-time-hint"))
            .words(&visit.words())
    )
}

/// When it happened as it was typed, with what is wrong beside it.
pub(super) fn when_wrong(visit: &Visit, form: &Form, problems: &Problems) -> String {
    when_beside(visit, (&typed_day(form), form.text("happened_time")), problems)
}

/// The same with what was typed into a form.
pub(crate) fn when_typed(visit: &Visit, form: &Form) -> String {
    when(visit, &typed_day(form), form.text("happened_time"))
}

fn page(visit: &Visit, id: CaseId, purpose: Purpose, form: &Form, problems: &Problems) -> Response {
    FormPage::new(visit, &format!("/cases/{id}/note"), problems)
        .hidden("for", purpose.code())
        .hidden("drafted", form.text("drafted"))
        .lines("text", "case-note", "case-note-hint", form.text("text"))
        .part(when_wrong(visit, form, problems))
        .button("case-note-save")
        .on_paper()
        .page("case-note", &format!("/cases/{id}"))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    case::permitted(&visit.acting(), id, Action::WriteCase, purpose).await?;
    Ok(page(&visit, id, purpose, &Form::default(), &Problems::default()))
}

pub(super) async fn add(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let mut problems = Problems::default();
    let purpose = purpose_of(&visit, &form);
    if draft::asked(&form) {
        return drafted(&visit, id, form.text("text"), purpose).await;
    }
    let typed = NoteForm {
        text: form.text("text").to_owned(),
        happened: happened(&form, &mut problems),
        drafted: form.ticked("drafted"),
    };
    let again = |problems: &Problems| page(&visit, id, purpose, &form, problems);
    if !problems.0.is_empty() {
        return Ok(again(&problems));
    }
    let acting = visit.acting_once(&form);
    let vault = keys::vault(&acting, visit.signed()?).await?;
    match note::add(&acting, &vault, id, &typed, purpose).await {
        Ok(_) => Ok(done_with_words(&visit, &format!("/cases/{id}"), "case-noted", &typed.text)),
        Err(Refused::Invalid(problems)) => Ok(again(&problems)),
        Err(other) => Err(Failure(other)),
    }
}

/// What was typed so far, sealed; the script hears what became of it.
async fn drafted(visit: &Visit, id: CaseId, text: &str, purpose: Purpose) -> Answer {
    let acting = visit.acting();
    let vault = keys::vault(&acting, visit.signed()?).await?;
    let mut heard = Heard::default();
    let text = text.replace("\r\n", "\n");
    if let Err(refused) = note_draft::keep(&acting, &vault, id, &text, purpose).await {
        heard.refused(visit, "", refused)?;
    }
    Ok(heard.told(visit))
}
