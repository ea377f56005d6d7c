//! A question is added, or changed: the acts behind its form.

use super::{
    both,
    choices::{Menu, elsewhere, provisions, words},
    mark, opened, outline_of,
    question_form::page,
    question_read::{Known, kept, links, read},
    typed, with,
};
use crate::{
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::done,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    domain::report::{AnswerKind, EvidenceRule, Question, Questionnaire},
    report::{self, NewCode},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/questionnaires/build/{draft}/question", Action::AuthorQuestionnaire, ask)
        .form("/questionnaires/build/{draft}/question", Action::AuthorQuestionnaire, save)
}

/// What the menus of the form offer.
struct Menus {
    provisions: Menu,
    elsewhere: Menu,
}

impl Menus {
    async fn of(visit: &Visit, all: &Questionnaire) -> Result<Self, Failure> {
        Ok(Self { provisions: provisions(visit), elsewhere: elsewhere(visit, all).await? })
    }

    fn known<'a>(&'a self, all: &'a Questionnaire) -> Known<'a> {
        Known { all, provisions: &self.provisions, elsewhere: &self.elsewhere }
    }
}

async fn ask(visit: Visit, Path(draft): Path<String>) -> Answer {
    let found = opened(&visit, &draft).await?;
    let all = &found.questionnaire;
    let code = visit.query("code");
    let form = if code.is_empty() {
        new_form(&visit, all)?
    } else {
        kept(all.question(&code).ok_or(Refused::NotFound)?)
    };
    let menus = Menus::of(&visit, all).await?;
    Ok(page(&visit, &draft, &menus.known(all), &form, "", &Problems::default()))
}

/// What a new question begins with: its number, and the commonest kind of answer.
fn new_form(visit: &Visit, all: &Questionnaire) -> Result<Form, Failure> {
    let section = all.section(&visit.query("section")).ok_or(Refused::NotFound)?;
    let fields = [
        ("section", section.code.clone()),
        ("after", visit.query("after")),
        ("code", all.next_question(section)),
        ("kind", AnswerKind::Word.code().to_owned()),
        ("evidence", EvidenceRule::Optional.code().to_owned()),
    ];
    let start = Form::default();
    Ok(fields.into_iter().fold(start, |form, (name, value)| with(form, name, &value)))
}

async fn save(Path(draft): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let found = opened(&visit, &draft).await?;
    let all = &found.questionnaire;
    let menus = Menus::of(&visit, all).await?;
    let known = menus.known(all);
    if form.ticked("show") {
        return Ok(page(&visit, &draft, &known, &form, "", &Problems::default()));
    }
    let mut problems = Problems::default();
    let question = read(&visit, &known, &form, &mut problems);
    if !problems.0.is_empty() {
        return Ok(page(&visit, &draft, &known, &form, "", &problems));
    }
    let was = form.text("was").to_owned();
    let old = all.question(&was);
    if !was.is_empty() && old.map(mark).as_deref() != Some(form.text("before")) {
        return Ok(conflict(&visit, &draft, &known, &form, old));
    }
    let section = form.text("section");
    if was.is_empty() && all.section(section).is_none() {
        // The section it was for is gone, or has another number.
        return Ok(conflict(&visit, &draft, &known, &form, None));
    }
    let code = question.code.clone();
    let mut changed = all.clone();
    changed.put_question(&was, section, form.text("after"), question);
    let renamed = (!was.is_empty() && was != code).then(|| NewCode::Question(was.clone(), code));
    let acting = visit.acting_once(&form);
    match report::change_draft(&acting, &found, &changed, renamed.as_ref()).await {
        Ok(()) => Ok(done(&visit, &outline_of(&draft), "questionnaire-saved")),
        Err(Refused::Invalid(problems)) => Ok(page(&visit, &draft, &known, &form, "", &problems)),
        Err(Refused::Conflict) => {
            let now = opened(&visit, &draft).await?;
            let known = menus.known(&now.questionnaire);
            let saved = now.questionnaire.question(&was);
            Ok(conflict(&visit, &draft, &known, &form, saved))
        }
        Err(other) => Err(Failure(other)),
    }
}

/// Someone else changed it meanwhile, or took it out: theirs stands above, one's own in
/// the form, which decides.
fn conflict(
    visit: &Visit,
    draft: &str,
    known: &Known<'_>,
    form: &Form,
    now: Option<&Question>,
) -> Response {
    let saved = now.map(kept).unwrap_or_default();
    let (theirs, problems) = both(visit, &told(visit, known, &saved), &told(visit, known, form));
    let mut form = with(form.clone(), "before", saved.text("before"));
    form = with(form, "was", saved.text("was"));
    if now.is_none() && known.all.section(form.text("section")).is_none() {
        // It goes back to where there is room: the last section.
        let last = known.all.sections.last().map(|one| one.code.clone()).unwrap_or_default();
        form = with(form, "section", &last);
    }
    page(visit, draft, known, &form, &theirs, &problems)
}

/// What a form says, in words.
fn told(visit: &Visit, known: &Known<'_>, form: &Form) -> Vec<(&'static str, String)> {
    let lines = |family: &str| {
        let all = (0..super::question_read::ROWS).map(|at| typed(form, &format!("{family}-{at}")));
        all.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    let named = |family: &str, code: &str| match code {
        "" => String::new(),
        code => visit.text(&format!("{family}-{code}")),
    };
    let provisions = super::choices::chosen(form, "provisions");
    let provisions: Vec<String> =
        provisions.iter().map(|one| words(known.provisions, one)).collect();
    let yes =
        if form.ticked("required") { visit.text("builder-required-yes") } else { String::new() };
    let when = match form.text("when") {
        "" => String::new(),
        question => {
            let is = if form.text("when-is") == "not" { "≠" } else { "=" };
            let values = match form.list("when-value") {
                [] => form.text("when-text").to_owned(),
                values => values.join(" | "),
            };
            format!("{question} {is} {values}")
        }
    };
    vec![
        ("questionnaire-code", typed(form, "code")),
        ("report-question", typed(form, "text")),
        ("builder-help", typed(form, "help")),
        ("questionnaire-kind", named("kind", form.text("kind"))),
        ("builder-of-option", lines("option")),
        ("builder-of-column", lines("column")),
        ("builder-unit", typed(form, "unit")),
        ("builder-minimum", typed(form, "minimum")),
        ("builder-maximum", typed(form, "maximum")),
        ("builder-part-of", typed(form, "part_of")),
        ("builder-breakdown", typed(form, "breakdown")),
        ("builder-required", yes),
        ("builder-evidence", named("builder-evidence", form.text("evidence"))),
        ("builder-when", when),
        ("questionnaire-provisions", provisions.join("\n")),
        ("builder-links", links(form).join("\n")),
    ]
}
