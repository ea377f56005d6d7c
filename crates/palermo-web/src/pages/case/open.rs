//! Opening a case in four answers.

use super::{
    Answer, alike::LOOK, chosen_language, happened, language_beside, language_listed,
    note::when_wrong, purpose, purpose_of, words_of,
};
use crate::{
    components::{Content, Details},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    case::open::{self, FirstAnswers, OpenForm},
    desk::parse_id,
    domain::{
        case::{UrgentNeed, person::AgeGroup},
        id::CaseId,
    },
    keys,
};

/// The four questions about one person; `suffix` tells rows apart.
pub(in crate::pages) fn questions<'a>(
    visit: &'a Visit,
    form: FormPage<'a>,
    suffix: &str,
    typed: &FirstAnswers,
) -> FormPage<'a> {
    questions_chosen(visit, form, suffix, (typed, ""))
}

/// The same, where a language was chosen from the list and another typed beside it.
fn questions_chosen<'a>(
    visit: &'a Visit,
    form: FormPage<'a>,
    suffix: &str,
    (typed, from_list): (&FirstAnswers, &str),
) -> FormPage<'a> {
    let ages: Vec<_> = AgeGroup::ALL.iter().map(|age| age.code()).collect();
    let needs: Vec<_> = UrgentNeed::ALL.iter().map(|need| need.code()).collect();
    let field = |name: &str| format!("{name}{suffix}");
    let (listed, chosen, other) = language_listed(visit, &typed.language);
    let chosen = if chosen.is_empty() { from_list } else { chosen };
    let form = form
        .text(&field("name"), "case-field-name", "case-field-name-hint", &typed.name)
        .radios(&field("age"), "case-age-ask", words_of(visit, "case-age", &ages), &typed.age)
        .select(&field("language"), "case-language-ask", listed, chosen)
        .text(&field("language_other"), "case-language-other", "case-language-other-hint", other);
    form.checkboxes(
        &field("urgent"),
        "case-urgent-ask",
        words_of(visit, "case-urgent", &needs),
        &typed.urgent,
    )
}

/// What was typed about one person.
pub(in crate::pages) fn answers(form: &Form, suffix: &str) -> FirstAnswers {
    FirstAnswers {
        name: form.text(&format!("name{suffix}")).to_owned(),
        age: form.text(&format!("age{suffix}")).to_owned(),
        language: chosen_language(form, suffix),
        urgent: form.list(&format!("urgent{suffix}")).to_vec(),
    }
}

fn page(visit: &Visit, typed: &FirstAnswers, sent: &Form, problems: &Problems) -> Response {
    let purpose =
        if sent.text("for").is_empty() { purpose(visit) } else { purpose_of(visit, sent) };
    let form = FormPage::new(visit, "/cases/new", problems)
        .words("case-new-why")
        .hidden("for", purpose.code());
    let sealed = vec![("yes".to_owned(), visit.text("case-sealed-tick"))];
    let mut more = Details::new(
        visit.text("case-new-more"),
        Content::Html(
            FormPage::new(visit, "", &Problems::default())
                .part(when_wrong(visit, sent, problems))
                .checkboxes("sealed", "case-sealed", sealed, sent.list("sealed"))
                .parts(),
        ),
    );
    // What is wrong is not behind a closed door.
    more.open = problems.0.iter().any(|one| one.field.starts_with("happened"));
    questions_chosen(visit, form, "", (typed, sent.text("language")))
        .part(more)
        .button("case-open")
        .on_paper()
        .page("case-new", "/cases")
}

pub(super) async fn ask(visit: Visit) -> Answer {
    // Found out before anything is typed: without an open key nothing can be kept.
    keys::vault(&visit.acting(), visit.signed()?).await?;
    let nothing = FirstAnswers::default();
    Ok(page(&visit, &nothing, &Form::default(), &Problems::default()))
}

pub(super) async fn open(Sent { visit, form }: Sent) -> Answer {
    let typed = answers(&form, "");
    let mut problems = Problems::default();
    let order = OpenForm {
        persons: vec![typed.clone()],
        happened: happened(&form, &mut problems),
        incident: None,
        sealed: form.ticked("sealed"),
    };
    if !problems.0.is_empty() {
        return Ok(page(&visit, &typed, &form, &problems));
    }
    let acting = visit.acting_once(&form);
    let vault = keys::vault(&acting, visit.signed()?).await?;
    match open::open(&acting, &vault, &order, purpose_of(&visit, &form)).await {
        Ok(ids) => {
            let look = if typed.name.trim().is_empty() { "" } else { LOOK };
            let path = ids.first().map_or("/cases".to_owned(), |id| format!("/cases/{id}{look}"));
            Ok(done(&visit, &path, "case-opened"))
        }
        Err(Refused::Invalid(problems)) => {
            Ok(page(&visit, &typed, &form, &language_beside(&form, problems)))
        }
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn again(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let new = open::again(&visit.acting_once(&form), id, None, purpose).await?;
    Ok(done(&visit, &format!("/cases/{new}"), "case-opened"))
}
