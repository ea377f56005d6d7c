//! The country brief: what one State answered for a period, with the mark of
//! every value that was not typed, what was wrong with it and what it disputes.

use super::{
    EnteredBy,
    facts::{ReportRefused, Standing, StateVersion, standing},
    questionnaires::Versions,
};
use crate::{App, Refused};
use palermo_domain::{
    register::state::StateCode,
    report::{
        Answer, AnswerWord, Correction, DutyStatus, Entered, Finding, Questionnaire,
        SubmissionStatus, Translated, UnitMeant, doubtful_unit, mask_corrections, withheld,
    },
};
use palermo_store::report as stored;
use serde::Serialize;
use std::collections::BTreeSet;

/// A question with what was answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerShown {
    /// Code of the question.
    pub code: String,
    /// The question in the language of the report.
    pub text: String,
    /// Whether the question stands in that language.
    pub translated: bool,
    /// Provisions it asks about.
    pub provisions: Vec<String>,
    /// Unit of a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The answer; none if the question was not answered.
    pub answer: Option<Answer>,
    /// The answer in one line: names of options in place of codes.
    pub said: String,
    /// Why the State disputes how it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disputed: Option<String>,
    /// The unit a figure seems to stand in, where it is doubtful.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubtful_unit: Option<String>,
    /// The day the State said what a figure of doubtful unit counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_confirmed: Option<palermo_domain::register::day::Day>,
    /// What it said: that it counts what was asked for, or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_meant: Option<UnitMeant>,
    /// Who entered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<EnteredBy>,
    /// How the words stand in the language of the report, where it is not the one they
    /// were written in (R051).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translation: Option<Translated>,
}

/// A section with its answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountrySection {
    /// Code.
    pub code: String,
    /// Title in the language of the report.
    pub title: String,
    /// Why there are no answers, if the State declared it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_data: Option<String>,
    /// Answers.
    pub answers: Vec<AnswerShown>,
}

/// A State's report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountryReport {
    /// The State's code.
    pub state: StateCode,
    /// Its name in the language of the report.
    pub name: String,
    /// The questionnaire.
    pub questionnaire: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub questionnaire_version: u32,
    /// The period.
    pub period: i32,
    /// The version of the submission.
    pub version: u32,
    /// The language it was written in.
    pub original_language: String,
    /// How far it is.
    pub status: DutyStatus,
    /// The day it was submitted.
    pub submitted: palermo_domain::register::day::Day,
    /// The day it was accepted.
    pub accepted: Option<palermo_domain::register::day::Day>,
    /// It was published: from then on it is changed by correction only.
    pub published: bool,
    /// Who signed it, by function on the day.
    pub signed_by: Option<String>,
    /// Who entered it.
    pub entered: Entered,
    /// Confirmed by the State, where the secretariat entered it.
    pub confirmed: bool,
    /// Sections.
    pub sections: Vec<CountrySection>,
    /// What stood against it when it was submitted: for the State and those who receive
    /// its report, never in what leaves, because it may tell a figure that is withheld.
    #[serde(skip)]
    pub warnings: Vec<Finding>,
    /// Assistance the State says it needs, with the question.
    pub needs: Vec<(String, String)>,
    /// What was corrected against the version before.
    pub corrections: Vec<Correction>,
    /// Numbers of persons below this are not shown.
    pub threshold: u32,
    /// How many questions were answered, of how many asked.
    pub answered: (usize, usize),
}

impl CountryReport {
    /// Takes out who entered each answer by name: for readers who do not write the report.
    pub fn without_names(&mut self) {
        let answers = self.sections.iter_mut().flat_map(|section| &mut section.answers);
        for by in answers.filter_map(|one| one.entered_by.as_mut()) {
            by.name = None;
        }
    }

    /// What is missing or there in part, question by question, as the State answered (R042).
    pub fn gaps(&self) -> impl Iterator<Item = &AnswerShown> {
        self.sections.iter().flat_map(|section| &section.answers).filter(|one| {
            let word = one.answer.as_ref().and_then(|answer| answer.value.word());
            matches!(word, Some(AnswerWord::No | AnswerWord::InPart))
        })
    }
}

/// Makes the report of a State from the version that stands. Confidential
/// answers are named as such unless `confidential` may be seen.
///
/// # Errors
/// [`ReportRefused::NothingSubmitted`] with what there is instead.
pub async fn country(
    app: &App,
    questionnaire: &str,
    state: &str,
    period: i32,
    which: Standing,
    language: &str,
    confidential: bool,
) -> Result<CountryReport, ReportRefused> {
    let asked = Versions::load(app).await?;
    let all = asked.newest(questionnaire)?;
    let code = known_state(app, state)?;
    let mut versions = standing(app, questionnaire, Some(period), which).await?;
    match versions.remove(&(code, period)) {
        Some(stands) => {
            Ok(of_version(app, &asked, stands, language, confidential, &BTreeSet::new()).await?)
        }
        None => Err(nothing(app, all, code, period, which).await?),
    }
}

/// A State the register knows.
pub(super) fn known_state(app: &App, state: &str) -> Result<StateCode, ReportRefused> {
    let no_state = || ReportRefused::NoState(state.to_owned());
    let code: StateCode = state.parse().map_err(|_| no_state())?;
    app.registers.states.get(code).map(|_| code).ok_or_else(no_state)
}

/// One version as it is shown, with the questions as they were asked then. Beside what
/// is withheld of itself, `also` is: what a later version does not show any more.
pub(super) async fn of_version(
    app: &App,
    asked: &Versions,
    mut stands: StateVersion,
    language: &str,
    confidential: bool,
    also: &BTreeSet<String>,
) -> Result<CountryReport, Refused> {
    let version = &stands.version;
    let all = asked.at(&version.questionnaire, version.questionnaire_version);
    let all = all.ok_or(Refused::NotFound)?;
    let known = super::translations(app, version.submission, language).await?;
    let state = version.state;
    let mut entered = super::entered::entered_by(app, all, &stands).await?;
    let told = super::translate::apply(all, &mut stands, &known, language);
    let name = app.registers.states.name(state, language);
    let threshold = strictest(app, state.as_str()).await;
    let mut hidden = BTreeSet::new();
    if !confidential {
        hidden = withheld(all, &stands.version.answers, threshold);
        hidden.extend(also.iter().cloned());
    }
    let private = private(&stands);
    let mut report = shown(all, stands, name, language, (confidential, &hidden));
    report.threshold = threshold;
    if !confidential {
        // What validation noted tells the figures that are withheld.
        report.warnings = Vec::new();
        mask_corrections(all, &hidden, &mut report.corrections, threshold);
        mask(&private, &mut report.corrections);
        mask(also, &mut report.corrections);
    }
    for one in report.sections.iter_mut().flat_map(|section| &mut section.answers) {
        one.translation = told.get(&one.code).copied().filter(|_| one.answer.is_some());
        one.entered_by = entered.remove(&one.code).filter(|_| one.answer.is_some());
        if let Some(by) = one.entered_by.as_mut().filter(|_| !confidential) {
            by.name = None;
        }
    }
    Ok(report)
}

/// Questions whose answers the State told in confidence.
pub(super) fn private(stands: &StateVersion) -> BTreeSet<String> {
    let answers = stands.version.answers.iter();
    answers.filter(|(_, one)| one.confidential).map(|(code, _)| code.clone()).collect()
}

/// Takes both values out of the corrections of these questions.
pub(super) fn mask(codes: &BTreeSet<String>, corrections: &mut [Correction]) {
    for one in corrections.iter_mut().filter(|one| codes.contains(&one.code)) {
        one.was = "–".into();
        one.now = "–".into();
    }
}

/// The largest threshold among the State's mechanisms.
pub(crate) async fn strictest(app: &App, state: &str) -> u32 {
    let today = app.store.now().date().into();
    let of = app.content.mechanisms().mechanisms_of(state, Some(today));
    let own = of.iter().map(|one| super::threshold(app, one.id.as_str())).max();
    own.unwrap_or_else(|| app.policy.publication_threshold())
}

async fn nothing(
    app: &App,
    all: &Questionnaire,
    state: StateCode,
    period: i32,
    which: Standing,
) -> Result<ReportRefused, Refused> {
    let drafts = stored::submission::list(&app.store, Some(&all.id)).await?;
    let own = drafts.iter().filter(|one| one.record.entry.state == state);
    let written = own.clone().any(|one| {
        one.record.entry.period == period && one.record.entry.status != SubmissionStatus::Submitted
    });
    let mut others: Vec<String> = standing(app, &all.id, None, which)
        .await?
        .into_keys()
        .filter(|(of, _)| *of == state)
        .map(|(_, period)| period.to_string())
        .collect();
    others.sort();
    let mut hint = String::new();
    if written {
        hint.push_str("; a draft is being written");
    }
    if !others.is_empty() {
        hint.push_str(&format!("; there are reports for {}", others.join(", ")));
    }
    Ok(ReportRefused::NothingSubmitted {
        state: state.to_string(),
        questionnaire: all.id.clone(),
        period,
        hint,
    })
}

fn shown(
    all: &Questionnaire,
    stands: StateVersion,
    name: String,
    language: &str,
    (confidential, small): (bool, &BTreeSet<String>),
) -> CountryReport {
    let (accepted, confirmed) = (stands.accepted(), stands.confirmed);
    let published = stands.published();
    let version = &stands.version;
    let mut sections = Vec::new();
    let (mut answered, mut asked) = (0, 0);
    let mut needs = Vec::new();
    for section in &all.sections {
        let mut answers = Vec::new();
        for question in all.asked(section, &version.answers) {
            asked += 1;
            let answer = version.answers.get(&question.code);
            answered += usize::from(answer.is_some());
            let private = answer.is_some_and(|a| a.confidential) && !confidential;
            let hidden = private || small.contains(&question.code);
            if let Some(need) = answer.and_then(|a| a.need.clone()).filter(|_| !hidden) {
                needs.push((question.code.clone(), need));
            }
            let disputed = stands.disputes.iter().rfind(|one| one.code == question.code);
            let mut one = answer_shown(question, answer, (private, hidden), language);
            one.disputed = disputed.map(|one| one.why.clone());
            if let Some(answer) = answer.filter(|_| !hidden) {
                one.doubtful_unit = doubtful_unit(question, answer);
                let stood_by = stands.stands_by(&question.code, answer);
                one.unit_confirmed = stood_by.map(|one| one.on);
                one.unit_meant = stood_by.and_then(|one| one.meant);
            }
            answers.push(one);
        }
        sections.push(CountrySection {
            code: section.code.clone(),
            title: section.title.say(language).0.to_owned(),
            no_data: version.no_data.get(&section.code).cloned(),
            answers,
        });
    }
    let version = stands.version;
    CountryReport {
        state: version.state,
        name,
        questionnaire: all.id.clone(),
        title: all.title.say(language).0.to_owned(),
        questionnaire_version: version.questionnaire_version,
        period: version.period,
        version: version.version,
        original_language: version.language,
        status: if accepted.is_some() { DutyStatus::Accepted } else { DutyStatus::Submitted },
        submitted: version.submitted,
        accepted,
        published,
        signed_by: version.signed.map(|signature| signature.name),
        entered: version.entered,
        confirmed,
        sections,
        warnings: version.warnings,
        needs,
        corrections: version.corrections,
        threshold: 0,
        answered: (answered, asked),
    }
}

fn answer_shown(
    question: &palermo_domain::report::Question,
    answer: Option<&Answer>,
    (private, hidden): (bool, bool),
    language: &str,
) -> AnswerShown {
    let (text, translated) = question.text.say(language);
    AnswerShown {
        code: question.code.clone(),
        text: text.to_owned(),
        translated,
        provisions: question.provisions.clone(),
        unit: question.unit.clone(),
        said: match answer {
            _ if private => "confidential".to_owned(),
            _ if hidden => "withheld".to_owned(),
            Some(answer) => said(question, answer, language),
            None => String::new(),
        },
        answer: answer.filter(|_| !hidden).cloned(),
        disputed: None,
        doubtful_unit: None,
        unit_confirmed: None,
        unit_meant: None,
        entered_by: None,
        translation: None,
    }
}

/// An answer in one line, with names of options in place of their codes. Words
/// of the vocabulary stay codes: who shows them has the words.
#[must_use]
pub fn said(
    question: &palermo_domain::report::Question,
    answer: &Answer,
    language: &str,
) -> String {
    use palermo_domain::report::Value;
    let named = |code: &String| {
        question
            .options
            .iter()
            .find(|(key, _)| key == code)
            .map_or_else(|| code.clone(), |(_, texts)| texts.say(language).0.to_owned())
    };
    match &answer.value {
        Value::Choice(code) => named(code),
        Value::Choices(codes) => codes.iter().map(named).collect::<Vec<_>>().join("; "),
        Value::Rows(rows) => rows
            .iter()
            .map(|row| {
                let cells = question.columns.iter().filter_map(|(key, _)| row.get(key));
                cells.map(String::as_str).collect::<Vec<_>>().join(" | ")
            })
            .collect::<Vec<_>>()
            .join("\n"),
        other => other.plain(),
    }
}
