//! A section or a question is taken out: asked first, with what rests on it.

use super::{mark, opened, outline_of};
use crate::{
    components::Content,
    pages::{
        Answer,
        report::{Page, notice_heading},
    },
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    domain::report::{Question, Questionnaire},
    report,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/questionnaires/build/{draft}/remove", Action::AuthorQuestionnaire, ask)
        .form("/questionnaires/build/{draft}/remove", Action::AuthorQuestionnaire, remove)
}

/// What is to be taken out.
struct Gone<'a> {
    section: &'a str,
    question: &'a str,
    title: String,
    /// The questions that go.
    questions: Vec<&'a Question>,
    /// What it was when it was asked about.
    mark: String,
}

fn gone<'a>(
    visit: &Visit,
    all: &'a Questionnaire,
    section: &'a str,
    question: &'a str,
) -> Result<Gone<'a>, Refused> {
    let language = visit.language.code();
    if question.is_empty() {
        let found = all.section(section).ok_or(Refused::NotFound)?;
        let title = format!("{}. {}", found.code, found.title.say(language).0);
        let questions = found.questions.iter().collect();
        return Ok(Gone { section, question, title, questions, mark: mark(found) });
    }
    let found = all.question(question).ok_or(Refused::NotFound)?;
    let title = format!("{} {}", found.code, found.text.say(language).0);
    Ok(Gone { section, question, title, questions: vec![found], mark: mark(found) })
}

async fn ask(visit: Visit, Path(draft): Path<String>) -> Answer {
    let (section, question) = (visit.query("section"), visit.query("question"));
    page(&visit, &draft, (&section, &question), &Problems::default()).await
}

async fn page(
    visit: &Visit,
    draft: &str,
    (section, question): (&str, &str),
    problems: &Problems,
) -> Answer {
    let found = opened(visit, draft).await?;
    let all = &found.questionnaire;
    let gone = gone(visit, all, section, question)?;
    let mut page = Page::new(visit);
    page.push(notice_heading(gone.title.as_str()));
    let language = visit.language.code();
    let line = |one: &Question| Content::from(format!("{} {}", one.code, one.text.say(language).0));
    if gone.question.is_empty() && !gone.questions.is_empty() {
        page.say("builder-remove-with").list(gone.questions.iter().map(|one| line(one)));
    }
    let left = |one: &&Question| gone.questions.iter().all(|other| other.code != one.code);
    let resting: Vec<Content> = gone
        .questions
        .iter()
        .flat_map(|one| all.resting_on(&one.code))
        .filter(left)
        .map(line)
        .collect();
    let linked = pointing(visit, all, &gone).await?;
    if resting.is_empty() && linked.is_empty() {
        page.say("builder-remove-nothing");
    }
    if !resting.is_empty() {
        page.say("builder-remove-resting").list(resting);
    }
    if !linked.is_empty() {
        page.say("builder-remove-linked").list(linked);
    }
    let form = FormPage::new(visit, &format!("{}/remove", outline_of(draft)), problems)
        .part(page.finish())
        .hidden("section", gone.section)
        .hidden("question", gone.question)
        .hidden("before", &gone.mark)
        .warning_button("builder-remove");
    let title =
        if gone.question.is_empty() { "builder-section-remove" } else { "builder-question-remove" };
    Ok(form.page(title, &outline_of(draft)))
}

/// Questions of other questionnaires that lead to what goes.
async fn pointing(
    visit: &Visit,
    all: &Questionnaire,
    gone: &Gone<'_>,
) -> Result<Vec<Content>, Failure> {
    let language = visit.language.code();
    let others = report::questionnaires(visit.web.app()).await?;
    let mut found = Vec::new();
    for other in others.values().filter(|one| one.id != all.id) {
        let leads = |one: &&Question| {
            one.maps.iter().any(|map| {
                map.questionnaire == all.id
                    && gone.questions.iter().any(|gone| gone.code == map.code)
            })
        };
        found.extend(other.questions().filter(leads).map(|one| {
            let title = other.title.say(language).0;
            Content::from(format!("{title}: {} {}", one.code, one.text.say(language).0))
        }));
    }
    Ok(found)
}

async fn remove(Path(draft): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let found = opened(&visit, &draft).await?;
    let of = (form.text("section"), form.text("question"));
    let mut changed = found.questionnaire.clone();
    let as_asked = {
        let gone = gone(&visit, &found.questionnaire, of.0, of.1)?;
        gone.mark == form.text("before")
    };
    if of.1.is_empty() {
        changed.take_section(of.0);
    } else {
        changed.take_question(of.1);
    }
    let kept = if as_asked {
        report::change_draft(&visit.acting_once(&form), &found, &changed, None).await
    } else {
        Err(Refused::Conflict)
    };
    match kept {
        Ok(()) => Ok(done(&visit, &outline_of(&draft), "questionnaire-saved")),
        Err(Refused::Invalid(problems)) => page(&visit, &draft, of, &problems).await,
        Err(Refused::Conflict) => {
            let mut problems = Problems::default();
            problems.add("", Message::new("builder-conflict"));
            page(&visit, &draft, of, &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}
