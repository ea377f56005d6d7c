//! What a questionnaire is: its title, who uses it, how often it is answered.

use super::{
    LONGEST, both,
    choices::{ENTER_SAVES, again, chosen, mechanisms, several, words},
    is_code, mark, opened, outline_of, said, shown, slug, typed, with,
};
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
use axum::extract::Path;
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    domain::report::{Cycle, Questionnaire},
    report,
};
use std::collections::BTreeSet;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/questionnaires/build", Action::AuthorQuestionnaire, ask_new)
        .form("/questionnaires/build", Action::AuthorQuestionnaire, begin)
        .page("/questionnaires/build/{draft}/about", Action::AuthorQuestionnaire, ask)
        .form("/questionnaires/build/{draft}/about", Action::AuthorQuestionnaire, save)
}

/// A new version of the one named is begun by a button on its page.
const FROM: &str = "from";

async fn ask_new(visit: Visit) -> Answer {
    let form = with(Form::default(), "cycle", Cycle::Year.code());
    Ok(page(&visit, "", &form, "", &Problems::default()))
}

fn page(
    visit: &Visit,
    draft: &str,
    form: &Form,
    theirs: &str,
    problems: &Problems,
) -> axum::response::Response {
    let cycles = Cycle::ALL
        .iter()
        .map(|one| (one.code().to_owned(), visit.text(&format!("cycle-{one}"))))
        .collect();
    let (path, title, back) = if draft.is_empty() {
        ("/questionnaires/build".to_owned(), "builder-new", "/questionnaires".to_owned())
    } else {
        (format!("{}/about", outline_of(draft)), "builder-about", outline_of(draft))
    };
    let page = FormPage::new(visit, &path, problems)
        .part(theirs)
        .part(ENTER_SAVES)
        .words(if draft.is_empty() { "builder-new-words" } else { "builder-about-words" })
        .hidden("before", form.text("before"))
        .text("title", "builder-title", "builder-english", form.text("title"))
        .text("id", "builder-id", "builder-id-hint", form.text("id"))
        .radios("cycle", "questionnaire-cycle", cycles, form.text("cycle"))
        .text("origin", "questionnaire-source", "builder-source-hint", form.text("origin"));
    let taken = chosen(form, "mechanisms");
    let page = several(page, ("mechanisms", "builder-mechanisms"), mechanisms(visit), &taken)
        .part(again(visit, "builder-add"))
        .button("form-save");
    shown(page, title, &back, !theirs.is_empty())
}

/// Reads the form onto what there was.
fn read(form: &Form, was: Option<&Questionnaire>, problems: &mut Problems) -> Questionnaire {
    let title = problems.required("title", &typed(form, "title"), LONGEST);
    let id = match typed(form, "id").as_str() {
        "" => slug(&title),
        id => id.to_owned(),
    };
    if !is_code(&id) || id != slug(&id) {
        problems.add("id", Message::new("error-builder-id"));
    }
    let cycle: Option<Cycle> = form.text("cycle").parse().ok();
    if cycle.is_none() {
        problems.add("cycle", Message::new("error-choose"));
    }
    let source = problems.required("origin", &typed(form, "origin"), LONGEST);
    Questionnaire {
        id,
        version: was.map_or(1, |one| one.version),
        title: said(was.map(|one| &one.title), &title),
        mechanisms: chosen(form, "mechanisms"),
        cycle: cycle.unwrap_or(Cycle::Year),
        source,
        sections: was.map(|one| one.sections.clone()).unwrap_or_default(),
        machine_translated: BTreeSet::new(),
    }
}

/// The form of what is kept.
fn kept(all: &Questionnaire) -> Form {
    let form = Form::default().with("mechanisms", &all.mechanisms);
    let form = with(form, "before", &before(all));
    let form = with(form, "title", all.title.en());
    let form = with(form, "id", &all.id);
    let form = with(form, "cycle", all.cycle.code());
    with(form, "origin", &all.source)
}

fn before(all: &Questionnaire) -> String {
    mark(&(&all.id, &all.title, &all.mechanisms, all.cycle, &all.source))
}

/// What the form says, for who finds that someone else said otherwise.
fn told(visit: &Visit, form: &Form) -> Vec<(&'static str, String)> {
    let menu = mechanisms(visit);
    let taken: Vec<String> =
        chosen(form, "mechanisms").iter().map(|one| words(&menu, one)).collect();
    vec![
        ("builder-title", typed(form, "title")),
        ("builder-id", typed(form, "id")),
        ("questionnaire-cycle", visit.text(&format!("cycle-{}", form.text("cycle")))),
        ("questionnaire-source", typed(form, "origin")),
        ("builder-mechanisms", taken.join("\n")),
    ]
}

async fn begin(Sent { visit, form }: Sent) -> Answer {
    let acting = visit.acting_once(&form);
    let from = form.text(FROM);
    if !from.is_empty() {
        let id = report::begin_next(&acting, from).await?;
        return Ok(done(&visit, &outline_of(&id.to_string()), "builder-begun"));
    }
    if form.ticked("show") {
        return Ok(page(&visit, "", &form, "", &Problems::default()));
    }
    let mut problems = Problems::default();
    let new = read(&form, None, &mut problems);
    if !problems.0.is_empty() {
        return Ok(page(&visit, "", &form, "", &problems));
    }
    match report::begin_draft(&acting, &new).await {
        Ok(id) => Ok(done(&visit, &outline_of(&id.to_string()), "builder-begun")),
        Err(Refused::Invalid(problems)) => Ok(page(&visit, "", &form, "", &problems)),
        Err(other) => Err(Failure(other)),
    }
}

async fn ask(visit: Visit, Path(draft): Path<String>) -> Answer {
    let found = opened(&visit, &draft).await?;
    Ok(page(&visit, &draft, &kept(&found.questionnaire), "", &Problems::default()))
}

async fn save(Path(draft): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let found = opened(&visit, &draft).await?;
    if form.ticked("show") {
        return Ok(page(&visit, &draft, &form, "", &Problems::default()));
    }
    let mut problems = Problems::default();
    let new = read(&form, Some(&found.questionnaire), &mut problems);
    if !problems.0.is_empty() {
        return Ok(page(&visit, &draft, &form, "", &problems));
    }
    if form.text("before") != before(&found.questionnaire) {
        return Ok(conflict(&visit, &draft, &form, &found.questionnaire));
    }
    match report::change_draft(&visit.acting_once(&form), &found, &new, None).await {
        Ok(()) => Ok(done(&visit, &outline_of(&draft), "questionnaire-saved")),
        Err(Refused::Invalid(problems)) => Ok(page(&visit, &draft, &form, "", &problems)),
        Err(Refused::Conflict) => {
            let now = opened(&visit, &draft).await?;
            Ok(conflict(&visit, &draft, &form, &now.questionnaire))
        }
        Err(other) => Err(Failure(other)),
    }
}

fn conflict(
    visit: &Visit,
    draft: &str,
    form: &Form,
    now: &Questionnaire,
) -> axum::response::Response {
    let (theirs, problems) = both(visit, &told(visit, &kept(now)), &told(visit, form));
    let form = with(form.clone(), "before", &before(now));
    page(visit, draft, &form, &theirs, &problems)
}
