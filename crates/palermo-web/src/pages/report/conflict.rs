//! Two hands on one answer: what happened and both versions stand on top of the section,
//! and what somebody else wrote beside the question. What was typed stays in the form.

use crate::{
    components::{Content, InsetText},
    shell::{failure::Failure, forms::theirs, visit::Visit},
};
use palermo_app::{
    FieldProblem, Problems,
    domain::{
        id::SubmissionId,
        report::{Answer, AnswerKind, Question, Value},
    },
    report::{self, AnswerForm, Opened},
};
use std::collections::BTreeMap;

/// The message of an answer that two people wrote.
pub(super) const CONFLICT: &str = "error-answer-conflict";

/// The revision of an answer as it stands now; empty where there is none.
pub(super) async fn revision(
    acting: &palermo_app::Acting<'_>,
    id: SubmissionId,
    code: &str,
) -> Result<String, Failure> {
    let now = report::opened_or_handed(acting, id).await?;
    Ok(now.answers.get(code).map(|one| one.revision.0.to_string()).unwrap_or_default())
}

/// What somebody else wrote in the meantime, under what was typed.
pub(super) fn other_text(visit: &Visit, opened: &Opened, code: &str) -> String {
    let Some(other) = opened.answers.get(code).map(|one| &one.record) else {
        return InsetText::new(visit.text("answer-other-removed")).to_string();
    };
    let value = match other.answer.value.word() {
        Some(word) => visit.text(&format!("answer-word-{word}")),
        None => other.answer.value.plain(),
    };
    let lines = [
        format!("{}, {}", other.by, visit.moment(other.at)),
        value,
        other.answer.explanation.clone(),
    ];
    let lines: Vec<String> = lines
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| !line.trim().is_empty())
        .map(|line| format!("<bdi>{}</bdi>", Content::from(line)))
        .collect();
    let head = Content::from(visit.text("answer-other-wrote"));
    let html = format!("<strong>{head}</strong><br>{}", lines.join("<br>"));
    InsetText::new(Content::Html(html)).to_string()
}

/// A value as it is read: words of the vocabulary and options by their names.
fn said(visit: &Visit, question: &Question, value: &[String]) -> String {
    let language = visit.language.code();
    let named = |code: &String| match question.options.iter().find(|(one, _)| one == code) {
        Some((_, texts)) => texts.say(language).0.to_owned(),
        None if question.kind == AnswerKind::Word => visit.text(&format!("answer-word-{code}")),
        None => code.clone(),
    };
    value.iter().filter(|text| !text.trim().is_empty()).map(named).collect::<Vec<_>>().join("; ")
}

/// A saved value in the form in which it is typed.
fn typed_value(answer: &Answer) -> Vec<String> {
    match &answer.value {
        Value::Choices(codes) => codes.clone(),
        other => vec![other.plain()],
    }
}

/// Every answer that two people wrote, both versions of each; nothing where there is none.
pub(super) fn both(
    visit: &Visit,
    opened: &Opened,
    typed: &BTreeMap<String, AnswerForm>,
    problems: &Problems,
) -> Option<String> {
    let mut fields = Vec::new();
    for (code, own) in typed {
        let field = format!("a-{code}");
        let met = |one: &FieldProblem| one.field == field && one.message.id == CONFLICT;
        let Some(question) = opened.questionnaire.question(code) else { continue };
        if !problems.0.iter().any(met) {
            continue;
        }
        let saved = opened.answers.get(code).map(|one| &one.record);
        let saved = saved.map(|one| {
            let value = said(visit, question, &typed_value(&one.answer));
            let by = format!("{}, {}", one.by, visit.moment(one.at));
            format!("{value}\n{}\n{by}", one.answer.explanation)
        });
        let mine = format!("{}\n{}", said(visit, question, &own.value), own.explanation);
        let (text, _) = question.text.say(visit.language.code());
        fields.push((format!("{code} {text}"), saved.unwrap_or_default(), mine));
    }
    (!fields.is_empty()).then(|| theirs(visit, &fields).to_string())
}
