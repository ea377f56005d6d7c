//! The words of a questionnaire in another language: a file of their own, by the codes of
//! sections and questions, so that whoever translates never touches what is asked.

use super::{Questionnaire, Texts};
use crate::{coded, register::document::Problem};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

coded! {
    /// What some words of a questionnaire are.
    WordOf {
        /// Its title.
        Title = "title",
        /// The title of a section.
        Section = "section",
        /// What to know before a section is answered.
        Guidance = "guidance",
        /// What is asked.
        Question = "question",
        /// A line of help.
        Help = "help",
        /// Something that can be chosen.
        Option = "option",
        /// A column of rows.
        Column = "column",
    }
}

/// One place of a questionnaire that has words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordSlot {
    /// What the words are.
    pub of: WordOf,
    /// Code of the section or question; with the option or column after a dot.
    pub code: String,
    /// What stands there in English.
    pub original: String,
    /// What stands there in the language asked for; empty if nothing does.
    pub said: String,
}

/// The words of a questionnaire in one language, in the form of their file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Made by a machine and not read by a person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub machine_translated: bool,
    /// The title; always the one entry without a code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    title: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    section: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    guidance: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    question: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    help: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    option: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    column: BTreeMap<String, String>,
}

/// The code under which the title stands.
const TITLE: &str = "questionnaire";

/// Goes through all words of a questionnaire in their order.
fn each(all: &mut Questionnaire, mut with: impl FnMut(WordOf, String, &mut Texts)) {
    with(WordOf::Title, TITLE.to_owned(), &mut all.title);
    for section in &mut all.sections {
        with(WordOf::Section, section.code.clone(), &mut section.title);
        if !section.help.en().is_empty() {
            with(WordOf::Guidance, section.code.clone(), &mut section.help);
        }
        for question in &mut section.questions {
            let code = question.code.clone();
            with(WordOf::Question, code.clone(), &mut question.text);
            if !question.help.en().is_empty() {
                with(WordOf::Help, code.clone(), &mut question.help);
            }
            for (key, texts) in &mut question.options {
                with(WordOf::Option, format!("{code}.{key}"), texts);
            }
            for (key, texts) in &mut question.columns {
                with(WordOf::Column, format!("{code}.{key}"), texts);
            }
        }
    }
}

/// Every place with words, with what stands there in a language.
#[must_use]
pub fn word_slots(all: &Questionnaire, language: &str) -> Vec<WordSlot> {
    let mut slots = Vec::new();
    each(&mut all.clone(), |of, code, texts| {
        let said = texts.0.get(language).cloned().unwrap_or_default();
        slots.push(WordSlot { of, code, original: texts.en().to_owned(), said });
    });
    slots
}

impl Words {
    /// Reads the words from their file.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn read(text: &str, language: &str) -> Result<Self, Vec<Problem>> {
        toml::from_str(text).map_err(|error| vec![wrong(language, error.message().to_owned())])
    }

    /// Words for these places; what is empty is not translated.
    #[must_use]
    pub fn from_slots(slots: &[WordSlot], machine_translated: bool) -> Self {
        let mut all = Self { machine_translated, ..Self::default() };
        for slot in slots.iter().filter(|slot| !slot.said.is_empty()) {
            all.part(slot.of).insert(slot.code.clone(), slot.said.clone());
        }
        all
    }

    fn part(&mut self, of: WordOf) -> &mut BTreeMap<String, String> {
        match of {
            WordOf::Title => &mut self.title,
            WordOf::Section => &mut self.section,
            WordOf::Guidance => &mut self.guidance,
            WordOf::Question => &mut self.question,
            WordOf::Help => &mut self.help,
            WordOf::Option => &mut self.option,
            WordOf::Column => &mut self.column,
        }
    }

    /// Leaves out what this questionnaire does not ask: words of an earlier version fit
    /// the next one then.
    #[must_use]
    pub fn fitting(mut self, all: &Questionnaire) -> Self {
        let mut fits = Self { machine_translated: self.machine_translated, ..Self::default() };
        each(&mut all.clone(), |of, code, _| {
            if let Some(text) = self.part(of).remove(&code) {
                fits.part(of).insert(code, text);
            }
        });
        fits
    }

    /// The words of a question of `asked` under its new code.
    #[must_use]
    pub fn renamed(mut self, was: &str, code: &str, asked: &Questionnaire) -> Self {
        let (from, to) = (format!("{was}."), format!("{code}."));
        // `1.1.yes` is an option of `1.1`, also where there is a question `1`.
        let within = asked.questions().filter(|one| one.code.starts_with(&from));
        let others: Vec<String> = within.map(|one| format!("{}.", one.code)).collect();
        for part in [&mut self.question, &mut self.help] {
            if let Some(text) = part.remove(was) {
                part.insert(code.to_owned(), text);
            }
        }
        for part in [&mut self.option, &mut self.column] {
            let all = std::mem::take(part);
            let name = |key: String| match key.strip_prefix(&from) {
                Some(rest) if !others.iter().any(|other| key.starts_with(other)) => {
                    format!("{to}{rest}")
                }
                _ => key,
            };
            *part = all.into_iter().map(|(key, text)| (name(key), text)).collect();
        }
        self
    }

    /// The words of a section under its new code.
    #[must_use]
    pub fn section_renamed(mut self, was: &str, code: &str) -> Self {
        for part in [&mut self.section, &mut self.guidance] {
            if let Some(text) = part.remove(was) {
                part.insert(code.to_owned(), text);
            }
        }
        self
    }

    /// The file.
    #[must_use]
    pub fn text(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }
}

fn wrong(language: &str, message: String) -> Problem {
    Problem {
        line: 1,
        field: language.to_owned(),
        message,
        remedy: "use the codes of the questionnaire".to_owned(),
    }
}

/// Adds a language to a questionnaire: texts by the code of section or
/// question, options and columns by `question.option`.
///
/// # Errors
/// A file that cannot be read, or codes the questionnaire does not have.
pub fn translate(all: &mut Questionnaire, language: &str, text: &str) -> Result<(), Vec<Problem>> {
    let mut told = Words::read(text, language)?;
    if told.machine_translated {
        all.machine_translated.insert(language.to_owned());
    }
    each(all, |of, code, texts| {
        if let Some(text) = told.part(of).remove(&code) {
            texts.0.insert(language.to_owned(), text);
        }
    });
    let left: Vec<Problem> = WordOf::ALL
        .iter()
        .flat_map(|of| told.part(*of).keys().cloned().collect::<Vec<_>>())
        .map(|code| wrong(language, format!("`{code}` is translated and not asked")))
        .collect();
    if left.is_empty() { Ok(()) } else { Err(left) }
}
