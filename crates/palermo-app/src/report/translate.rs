//! Translations of a State's answers: each is linked to the answer it translates, and
//! what is not translated, or changed since, is flagged (R051).

use super::{Opened, StateVersion, opened};
use crate::{Acting, App, Problems, Refused, access::Action, begin};
use palermo_domain::{
    id::SubmissionId,
    report::{
        Answer, AnswerKind, Questionnaire, Translated, TranslatedAnswer, Value, translatable,
        translated,
    },
};
use palermo_store::{account as accounts, report::translation as stored};
use std::collections::BTreeMap;

/// What someone typed about one answer.
#[derive(Debug, Clone, Default)]
pub struct TranslationForm {
    /// The value, where it is words.
    pub value: String,
    /// The explanation.
    pub explanation: String,
    /// Made by a machine and not read by a person.
    pub machine: bool,
}

/// The newest translation of each answer into a language.
///
/// # Errors
/// When the store does not answer.
pub async fn translations(
    app: &App,
    submission: SubmissionId,
    language: &str,
) -> Result<BTreeMap<String, TranslatedAnswer>, Refused> {
    let all = stored::list(&app.store, Some(&submission.to_string())).await?;
    let of = all.into_iter().map(|one| one.record.entry).filter(|one| one.language == language);
    Ok(of.map(|one| (one.code.clone(), one)).collect())
}

/// An answer that has words, with how its translation stands.
#[derive(Debug, Clone)]
pub struct ToTranslate {
    /// The question.
    pub code: String,
    /// Whether the value itself is words.
    pub worded: bool,
    /// The original.
    pub answer: Answer,
    /// The translation, if there is one.
    pub translation: Option<TranslatedAnswer>,
    /// How it stands.
    pub stands: Translated,
}

/// Answers of a submission with words in them, each with its translation.
///
/// # Errors
/// [`Refused::NotFound`] for a submission one may not see.
pub async fn to_translate(
    acting: &Acting<'_>,
    id: SubmissionId,
    language: &str,
) -> Result<(Opened, Vec<ToTranslate>), Refused> {
    let opened = opened(acting, id).await?;
    let known = translations(acting.app, id, language).await?;
    let lines = opened
        .questionnaire
        .questions()
        .filter(|question| {
            let section = opened.questionnaire.section_of(&question.code);
            section.is_some_and(|section| opened.visible.contains(&section.code))
        })
        .filter_map(|question| {
            let answer = &opened.answers.get(&question.code)?.record.answer;
            let translation = known.get(&question.code);
            let stands = translated(answer, translation);
            (stands != Translated::Wordless).then(|| ToTranslate {
                code: question.code.clone(),
                worded: question.kind == AnswerKind::Text,
                answer: answer.clone(),
                translation: translation.cloned(),
                stands,
            })
        })
        .collect();
    Ok((opened, lines))
}

/// Saves the translation of one answer.
///
/// # Errors
/// Problems of the form; [`Refused::NotFound`] for a section that is not one's own.
pub async fn translate(
    acting: &Acting<'_>,
    id: SubmissionId,
    code: &str,
    language: &str,
    form: &TranslationForm,
) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    let opened = opened(acting, id).await?;
    let section = opened.questionnaire.section_of(code).ok_or(Refused::NotFound)?;
    if !opened.writable.contains(&section.code) || language == opened.sheet.record.entry.language {
        return Err(Refused::NotFound);
    }
    palermo_locale::Language::from_code(language).ok_or(Refused::NotFound)?;
    let original = opened.answers.get(code).ok_or(Refused::NotFound)?;
    let mut problems = Problems::default();
    let value = problems.bounded(&format!("v_{code}"), &form.value, 20_000);
    let explanation = problems.bounded(&format!("e_{code}"), &form.explanation, 20_000);
    problems.none()?;
    let before = translations(acting.app, id, language).await?.remove(code);
    let of = translatable(&original.record.answer);
    if value.is_empty() && explanation.is_empty() {
        return Ok(());
    }
    let same = |one: &TranslatedAnswer| {
        (one.value.as_str(), one.explanation.as_str(), one.of.as_str(), one.machine)
            == (value.as_str(), explanation.as_str(), of.as_str(), form.machine)
    };
    if before.as_ref().is_some_and(same) {
        return Ok(());
    }
    let by = accounts::find(&acting.app.store, tenant, account).await?;
    let record = TranslatedAnswer {
        submission: id,
        code: code.to_owned(),
        language: language.to_owned(),
        value,
        explanation,
        of,
        machine: form.machine,
        by: by.map(|one| one.record.name).unwrap_or_default(),
        on: acting.now().date().into(),
    };
    let mut act = begin!(acting, acting.context(Action::WriteSection)?.about(id));
    let made = stored::insert(&mut act, &record).await?;
    act.about(made);
    Ok(act.commit(&()).await?)
}

/// Puts the words of a language in place of the original's, where a translation of just
/// these words is there. Gives, by question, how each answer with words stands.
pub(super) fn apply(
    all: &Questionnaire,
    stands: &mut StateVersion,
    known: &BTreeMap<String, TranslatedAnswer>,
    language: &str,
) -> BTreeMap<String, Translated> {
    let mut told = BTreeMap::new();
    if stands.version.language == language {
        return told;
    }
    for question in all.questions() {
        let Some(answer) = stands.version.answers.get_mut(&question.code) else { continue };
        let translation = known.get(&question.code);
        let how = translated(answer, translation);
        if how == Translated::Wordless {
            continue;
        }
        if let (Translated::Done | Translated::Machine, Some(one)) = (how, translation) {
            if let Value::Text(text) = &mut answer.value
                && !one.value.is_empty()
            {
                text.clone_from(&one.value);
            }
            if !one.explanation.is_empty() {
                answer.explanation.clone_from(&one.explanation);
            }
        }
        told.insert(question.code.clone(), how);
    }
    told
}
