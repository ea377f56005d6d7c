//! The form of a section: its number, its title, what to know before it is answered.

use super::{LONGEST, both, is_code, mark, opened, outline_of, said, shown, typed, with};
use crate::{
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    domain::report::{Questionnaire, Section},
    report::{self, NewCode},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/questionnaires/build/{draft}/section", Action::AuthorQuestionnaire, ask)
        .form("/questionnaires/build/{draft}/section", Action::AuthorQuestionnaire, save)
}

async fn ask(visit: Visit, Path(draft): Path<String>) -> Answer {
    let found = opened(&visit, &draft).await?;
    let code = visit.query("code");
    let form = if code.is_empty() {
        with(Form::default(), "code", &found.questionnaire.next_section())
    } else {
        kept(found.questionnaire.section(&code).ok_or(Refused::NotFound)?)
    };
    Ok(page(&visit, &draft, &form, "", &Problems::default()))
}

fn kept(section: &Section) -> Form {
    let form = with(Form::default(), "was", &section.code);
    let form = with(form, "before", &before(section));
    let form = with(form, "code", &section.code);
    let form = with(form, "title", section.title.en());
    with(form, "help", section.help.en())
}

fn before(section: &Section) -> String {
    mark(&(&section.code, &section.title, &section.help))
}

fn page(visit: &Visit, draft: &str, form: &Form, theirs: &str, problems: &Problems) -> Response {
    let new = form.text("was").is_empty();
    let path = format!("{}/section", outline_of(draft));
    let page = FormPage::new(visit, &path, problems)
        .part(theirs)
        .hidden("was", form.text("was"))
        .hidden("before", form.text("before"))
        .text("code", "questionnaire-code", "builder-section-code-hint", form.text("code"))
        .text("title", "builder-section-title", "builder-english", form.text("title"))
        .lines("help", "builder-guidance", "builder-guidance-hint", form.text("help"))
        .button("form-save");
    let title = if new { "builder-section-new" } else { "builder-section-change" };
    shown(page, title, &outline_of(draft), !theirs.is_empty())
}

fn told(form: &Form) -> Vec<(&'static str, String)> {
    vec![
        ("questionnaire-code", typed(form, "code")),
        ("builder-section-title", typed(form, "title")),
        ("builder-guidance", typed(form, "help")),
    ]
}

async fn save(Path(draft): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let found = opened(&visit, &draft).await?;
    let all = &found.questionnaire;
    let was = form.text("was").to_owned();
    let mut problems = Problems::default();
    let code = typed(&form, "code");
    if !is_code(&code) {
        problems.add("code", Message::new("error-builder-code"));
    } else if code != was && all.section(&code).is_some() {
        problems.add("code", Message::new("error-builder-code-taken").with("code", &code));
    }
    let title = problems.required("title", &typed(&form, "title"), LONGEST);
    let help = problems.bounded("help", &typed(&form, "help"), LONGEST);
    if !problems.0.is_empty() {
        return Ok(page(&visit, &draft, &form, "", &problems));
    }
    let old = all.section(&was);
    if !was.is_empty() && old.map(before).as_deref() != Some(form.text("before")) {
        return Ok(conflict(&visit, &draft, &form, old));
    }
    let new = Section {
        title: said(old.map(|one| &one.title), &title),
        help: said(old.map(|one| &one.help), &help),
        questions: old.map(|one| one.questions.clone()).unwrap_or_default(),
        code: code.clone(),
    };
    let mut changed = all.clone();
    put(&mut changed, &was, new);
    let renamed = (!was.is_empty() && was != code).then(|| NewCode::Section(was.clone(), code));
    let acting = visit.acting_once(&form);
    match report::change_draft(&acting, &found, &changed, renamed.as_ref()).await {
        Ok(()) => Ok(done(&visit, &outline_of(&draft), "questionnaire-saved")),
        Err(Refused::Invalid(problems)) => Ok(page(&visit, &draft, &form, "", &problems)),
        Err(Refused::Conflict) => {
            let now = opened(&visit, &draft).await?;
            Ok(conflict(&visit, &draft, &form, now.questionnaire.section(&was)))
        }
        Err(other) => Err(Failure(other)),
    }
}

/// In place of the section it was, or at the end.
fn put(all: &mut Questionnaire, was: &str, new: Section) {
    match all.sections.iter_mut().find(|one| one.code == was) {
        Some(old) => *old = new,
        None => all.sections.push(new),
    }
}

/// Someone else changed it meanwhile, or took it out: saved again, it stands as typed.
fn conflict(visit: &Visit, draft: &str, form: &Form, now: Option<&Section>) -> Response {
    let saved = now.map(kept).unwrap_or_default();
    let (theirs, problems) = both(visit, &told(&saved), &told(form));
    let form = with(form.clone(), "before", saved.text("before"));
    let form = with(form, "was", saved.text("was"));
    page(visit, draft, &form, &theirs, &problems)
}
