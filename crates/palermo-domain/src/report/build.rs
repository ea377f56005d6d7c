//! A questionnaire changed question by question: which code comes next, what moves where,
//! what rests on what, and what is left to do before it can be used.

use super::{AnswerKind, Question, Questionnaire, Section};
use crate::coded;
use std::collections::BTreeSet;

coded! {
    /// What a questionnaire still lacks.
    Lacking {
        /// There is no section.
        Section = "section",
        /// A section asks nothing.
        Question = "question",
        /// A question without words.
        Words = "words",
        /// Fewer than two choices.
        Options = "options",
        /// A table without columns.
        Columns = "columns",
        /// It rests on a question that is not asked before it.
        Condition = "condition",
        /// A number of nothing.
        Unit = "unit",
        /// A part of something that is no number.
        Total = "total",
        /// Two have one code.
        Code = "code",
    }
}

impl Questionnaire {
    /// What is left to do, with the code of the section or question.
    #[must_use]
    pub fn lacks(&self) -> Vec<(String, Lacking)> {
        let mut found = Vec::new();
        if self.sections.is_empty() {
            found.push((String::new(), Lacking::Section));
        }
        let mut sections = BTreeSet::new();
        for section in &self.sections {
            if section.questions.is_empty() {
                found.push((section.code.clone(), Lacking::Question));
            }
            if !sections.insert(section.code.as_str()) {
                found.push((section.code.clone(), Lacking::Code));
            }
        }
        let mut before = BTreeSet::new();
        for one in self.questions() {
            found.extend(
                self.lacks_of(one, &before).into_iter().map(|what| (one.code.clone(), what)),
            );
            before.insert(one.code.as_str());
        }
        found
    }

    fn lacks_of(&self, one: &Question, before: &BTreeSet<&str>) -> Vec<Lacking> {
        let choice = matches!(one.kind, AnswerKind::Choice | AnswerKind::Choices);
        let later = one.when.as_ref().is_some_and(|when| !before.contains(when.question.as_str()));
        let total = one.part_of.as_ref().is_some_and(|total| {
            let found = self.question(total).map(|question| question.kind);
            one.kind != AnswerKind::Number || found != Some(AnswerKind::Number)
        });
        let all = [
            (one.text.en().trim().is_empty(), Lacking::Words),
            (choice && one.options.len() < 2, Lacking::Options),
            (one.kind == AnswerKind::Rows && one.columns.is_empty(), Lacking::Columns),
            (later, Lacking::Condition),
            (one.kind == AnswerKind::Number && one.unit.is_none(), Lacking::Unit),
            (total, Lacking::Total),
            (before.contains(one.code.as_str()), Lacking::Code),
        ];
        all.into_iter().filter(|(lacks, _)| *lacks).map(|(_, what)| what).collect()
    }

    /// The code a next section is proposed.
    #[must_use]
    pub fn next_section(&self) -> String {
        (self.sections.len() + 1..)
            .map(|number| number.to_string())
            .find(|code| self.section(code).is_none())
            .unwrap_or_default()
    }

    /// The code a next question of a section is proposed.
    #[must_use]
    pub fn next_question(&self, section: &Section) -> String {
        (section.questions.len() + 1..)
            .map(|number| format!("{}.{number}", section.code))
            .find(|code| self.question(code).is_none())
            .unwrap_or_default()
    }

    /// The questions that rest on this one: by their condition, or as parts of its number.
    #[must_use]
    pub fn resting_on(&self, code: &str) -> Vec<&Question> {
        self.questions()
            .filter(|one| {
                one.part_of.as_deref() == Some(code)
                    || one.when.as_ref().is_some_and(|when| when.question == code)
            })
            .collect()
    }

    /// The questions asked before this one; all, if it is not there yet and stands at the
    /// end of its section.
    #[must_use]
    pub fn before(&self, code: &str, section: &str) -> Vec<&Question> {
        let mut found = Vec::new();
        for one in &self.sections {
            for question in &one.questions {
                if question.code == code {
                    return found;
                }
                found.push(question);
            }
            if one.code == section && self.question(code).is_none() {
                return found;
            }
        }
        found
    }

    /// Puts a question into a section: in place of the one with the code `was`, after the
    /// one named, or at the end. What rests on a renamed question goes on to.
    pub fn put_question(&mut self, was: &str, section: &str, after: &str, question: Question) {
        let code = question.code.clone();
        let old = self.questions_mut().find(|one| !was.is_empty() && one.code == was);
        if let Some(old) = old {
            *old = question;
            if was != code {
                self.follow(was, &code);
            }
            return;
        }
        if let Some(found) = self.sections.iter_mut().find(|one| one.code == section) {
            let at = found.questions.iter().position(|one| one.code == after);
            let at = at.map_or(found.questions.len(), |at| at + 1);
            found.questions.insert(at, question);
        }
    }

    fn questions_mut(&mut self) -> impl Iterator<Item = &mut Question> {
        self.sections.iter_mut().flat_map(|section| &mut section.questions)
    }

    fn follow(&mut self, was: &str, code: &str) {
        for one in self.questions_mut() {
            if let Some(when) = one.when.as_mut().filter(|when| when.question == was) {
                code.clone_into(&mut when.question);
            }
            if one.part_of.as_deref() == Some(was) {
                one.part_of = Some(code.to_owned());
            }
        }
    }

    /// Takes a question out; what was a part of it, or rested on it, is asked on its own.
    pub fn take_question(&mut self, code: &str) {
        for section in &mut self.sections {
            // Another one with the same code is another question.
            if let Some(at) = section.questions.iter().position(|one| one.code == code) {
                section.questions.remove(at);
                break;
            }
        }
        self.unrest(code);
    }

    /// What rested on a question that is gone rests on nothing.
    fn unrest(&mut self, code: &str) {
        if self.question(code).is_some() {
            return;
        }
        for one in self.questions_mut() {
            if one.when.as_ref().is_some_and(|when| when.question == code) {
                one.when = None;
            }
            if one.part_of.as_deref() == Some(code) {
                one.part_of = None;
                one.breakdown = None;
            }
        }
    }

    /// Takes a section out with its questions.
    pub fn take_section(&mut self, code: &str) {
        let Some(at) = self.sections.iter().position(|one| one.code == code) else { return };
        let gone = self.sections.remove(at);
        for question in gone.questions {
            self.unrest(&question.code);
        }
    }

    /// Moves a section one place up or down.
    pub fn move_section(&mut self, code: &str, up: bool) {
        let Some(at) = self.sections.iter().position(|one| one.code == code) else { return };
        let to = if up { at.checked_sub(1) } else { Some(at + 1) };
        if let Some(to) = to.filter(|to| *to < self.sections.len()) {
            self.sections.swap(at, to);
        }
    }

    /// Moves a question one place up or down; at the edge of its section into the next.
    pub fn move_question(&mut self, code: &str, up: bool) {
        let place = self.sections.iter().enumerate().find_map(|(section, one)| {
            let at = one.questions.iter().position(|one| one.code == code)?;
            Some((section, at, one.questions.len()))
        });
        let Some((section, at, length)) = place else { return };
        let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < length) };
        if let Some(to) = to {
            if let Some(own) = self.sections.get_mut(section) {
                own.questions.swap(at, to);
            }
            return;
        }
        let other = if up { section.checked_sub(1) } else { Some(section + 1) };
        let Some(other) = other.filter(|other| *other < self.sections.len()) else { return };
        let Some(own) = self.sections.get_mut(section) else { return };
        let question = own.questions.remove(at);
        if let Some(other) = self.sections.get_mut(other) {
            let at = if up { other.questions.len() } else { 0 };
            other.questions.insert(at, question);
        }
    }
}
