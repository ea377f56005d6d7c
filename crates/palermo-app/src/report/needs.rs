//! Technical-assistance needs: whatever a State says it needs in any answer, of any
//! questionnaire, in one list with the way back to the answer (R044). It is what a
//! provider of assistance starts from.

use super::{Standing, standing};
use crate::{App, Refused};
use palermo_domain::register::{day::Day, state::StateCode};
use serde::Serialize;

/// A need a State stated in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NeedStated {
    /// Stable id: questionnaire, State, period and question.
    pub id: String,
    /// The State.
    pub state: StateCode,
    /// The questionnaire.
    pub questionnaire: String,
    /// The period.
    pub period: i32,
    /// The section of the question, by its title in the language asked for.
    pub section: String,
    /// The question's code.
    pub code: String,
    /// The question.
    pub question: String,
    /// What is needed, in the State's words.
    pub need: String,
    /// The day it was submitted.
    pub stated: Day,
    /// The page of the answer.
    pub link: String,
}

/// Every need of the versions that stand, the newest first. Needs of confidential
/// answers are left out for everybody: they are told to one body alone.
///
/// # Errors
/// When the store does not answer.
pub async fn needs(app: &App, which: Standing, language: &str) -> Result<Vec<NeedStated>, Refused> {
    let mut all = Vec::new();
    let asked = super::Versions::load(app).await?;
    for id in asked.readable().keys() {
        for ((state, period), stands) in standing(app, id, None, which).await? {
            let Some(questionnaire) = asked.at(id, stands.version.questionnaire_version) else {
                continue;
            };
            for question in questionnaire.questions() {
                let Some(answer) = stands.version.answers.get(&question.code) else { continue };
                let Some(need) = answer.need.clone().filter(|_| !answer.confidential) else {
                    continue;
                };
                let section = questionnaire.section_of(&question.code);
                let anchor = question.code.replace('.', "-");
                all.push(NeedStated {
                    id: format!("{id}/{state}/{period}/{}", question.code),
                    state,
                    questionnaire: id.clone(),
                    period,
                    section: section
                        .map(|section| section.title.say(language).0.to_owned())
                        .unwrap_or_default(),
                    code: question.code.clone(),
                    question: question.text.say(language).0.to_owned(),
                    need,
                    stated: stands.version.submitted,
                    link: format!("/reports/country/{id}/{state}/{period}#q-{anchor}"),
                });
            }
        }
    }
    all.sort_by(|a, b| (b.stated, &a.id).cmp(&(a.stated, &b.id)));
    Ok(all)
}
