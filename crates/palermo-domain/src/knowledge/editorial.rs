//! The editorial checklist: pictures, words, consent, identifying detail. It is
//! answered before anything is published (R196); questions and the guideline
//! they rest on are content (`content/editorial/guideline.toml`).

use super::dataset::codes;
use crate::id::AccountId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text in several languages.
pub type Said = BTreeMap<String, String>;

/// The text in a language, or in English, with whether it is in that language.
#[must_use]
pub fn say<'s>(said: &'s Said, language: &str) -> (&'s str, bool) {
    match said.get(language) {
        Some(text) => (text, true),
        None => (said.get("en").map_or("", String::as_str), false),
    }
}

codes! {
    /// What somebody answered to a question of the checklist.
    Reply {
        /// It holds.
        Yes = "yes",
        /// There is nothing of the kind in the publication.
        NotApplicable = "not-applicable",
        /// It does not hold: the publication waits.
        No = "no",
    }
}

/// A section of the guideline.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its name in addresses.
    pub id: String,
    /// Its title.
    pub title: Said,
    /// What it says; paragraphs divided by an empty line.
    pub text: Said,
    /// Where it comes from.
    pub source: String,
}

/// A question of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its name.
    pub id: String,
    /// The section it rests on.
    pub section: String,
    /// The question; "yes" must be the good answer.
    pub text: Said,
    /// Whether there may be nothing of the kind.
    #[serde(default)]
    pub may_not_apply: bool,
}

/// A word that hurts, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// Language of the word.
    pub language: String,
    /// The word or words.
    pub avoid: String,
    /// What to write instead.
    pub instead: String,
}

/// The guideline with its checklist.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guideline {
    /// Its version: answers to an older one do not count.
    pub version: String,
    /// Sections.
    pub section: Vec<Section>,
    /// Questions.
    pub question: Vec<Question>,
    /// Words to avoid.
    #[serde(default)]
    pub word: Vec<Word>,
}

/// A checklist as somebody answered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The version of the guideline.
    pub version: String,
    /// Replies by question.
    pub replies: BTreeMap<String, Reply>,
    /// A note.
    pub note: String,
    /// By whom.
    pub by: AccountId,
    /// Their name, for the log.
    pub name: String,
    /// When, in microseconds since 1970.
    pub at: i64,
}

/// Why a publication waits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotReady {
    /// Nobody has answered the checklist of this version.
    #[error("the editorial checklist has not been answered")]
    NotAnswered,
    /// Questions without an answer, or with one they do not allow.
    #[error("these questions are not answered: {}", .0.join(", "))]
    Missing(Vec<String>),
    /// Questions answered with no.
    #[error("these questions were answered with no: {}", .0.join(", "))]
    Refused(Vec<String>),
    /// Languages of the mechanism without a title.
    #[error("these languages have no title: {}", .0.join(", "))]
    NoTitle(Vec<String>),
}

impl NotReady {
    /// A short fixed word.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAnswered => "not-answered",
            Self::Missing(_) => "missing",
            Self::Refused(_) => "refused",
            Self::NoTitle(_) => "no-title",
        }
    }

    /// What is missing, for people.
    #[must_use]
    pub fn what(&self) -> String {
        match self {
            Self::NotAnswered => String::new(),
            Self::Missing(all) | Self::Refused(all) | Self::NoTitle(all) => all.join(", "),
        }
    }
}

impl Guideline {
    /// Whether a publication may go out.
    ///
    /// # Errors
    /// The first reason why it waits.
    pub fn ready(
        &self,
        answered: Option<&Answered>,
        titles: &Said,
        languages: &[String],
    ) -> Result<(), NotReady> {
        let answered =
            answered.filter(|one| one.version == self.version).ok_or(NotReady::NotAnswered)?;
        let reply = |question: &Question| answered.replies.get(&question.id).copied();
        let which = |wanted: &dyn Fn(&Question) -> bool| -> Vec<String> {
            self.question.iter().filter(|q| wanted(q)).map(|q| q.id.clone()).collect()
        };
        let missing = which(&|question| match reply(question) {
            None => true,
            Some(Reply::NotApplicable) => !question.may_not_apply,
            Some(_) => false,
        });
        if !missing.is_empty() {
            return Err(NotReady::Missing(missing));
        }
        let refused = which(&|question| reply(question) == Some(Reply::No));
        if !refused.is_empty() {
            return Err(NotReady::Refused(refused));
        }
        let untitled: Vec<String> = languages
            .iter()
            .filter(|language| titles.get(*language).is_none_or(|title| title.trim().is_empty()))
            .cloned()
            .collect();
        if untitled.is_empty() { Ok(()) } else { Err(NotReady::NoTitle(untitled)) }
    }

    /// Words to avoid that stand in a text, whatever their case.
    pub fn words_in<'g>(&'g self, text: &str) -> Vec<&'g Word> {
        let text = format!(" {} ", folded(text));
        self.word
            .iter()
            .filter(|word| text.contains(&format!(" {} ", folded(&word.avoid))))
            .collect()
    }
}

/// Letters and digits in small letters, everything else one space.
fn folded(text: &str) -> String {
    let mut out = String::new();
    for c in text.to_lowercase().chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    fn said(text: &str) -> Said {
        Said::from([("en".to_owned(), text.to_owned())])
    }

    fn guideline() -> Guideline {
        let question = |id: &str, may_not_apply| Question {
            id: id.to_owned(),
            section: "s".to_owned(),
            text: said(id),
            may_not_apply,
        };
        Guideline {
            version: "2".to_owned(),
            section: Vec::new(),
            question: vec![question("pictures", true), question("identifying", false)],
            word: vec![Word {
                language: "en".to_owned(),
                avoid: "sex slave".to_owned(),
                instead: "person exploited".to_owned(),
            }],
        }
    }

    fn answered(replies: &[(&str, Reply)]) -> Answered {
        Answered {
            version: "2".to_owned(),
            replies: replies.iter().map(|(id, reply)| ((*id).to_owned(), *reply)).collect(),
            note: String::new(),
            by: AccountId::from_uuid(Uuid::from_u128(1)),
            name: "X".to_owned(),
            at: 0,
        }
    }

    #[test]
    fn req_196_nothing_is_published_before_every_question_is_answered_well() {
        let guideline = guideline();
        let titles = said("T");
        let check = |answered: Option<&Answered>| guideline.ready(answered, &titles, &[]);
        assert_eq!(check(None), Err(NotReady::NotAnswered));
        let half = answered(&[("pictures", Reply::NotApplicable)]);
        assert_eq!(check(Some(&half)), Err(NotReady::Missing(vec!["identifying".into()])));
        let no = answered(&[("pictures", Reply::Yes), ("identifying", Reply::No)]);
        assert_eq!(check(Some(&no)), Err(NotReady::Refused(vec!["identifying".into()])));
        let evaded = answered(&[("pictures", Reply::Yes), ("identifying", Reply::NotApplicable)]);
        assert_eq!(check(Some(&evaded)), Err(NotReady::Missing(vec!["identifying".into()])));
        let good = answered(&[("pictures", Reply::NotApplicable), ("identifying", Reply::Yes)]);
        assert_eq!(check(Some(&good)), Ok(()));
        let old = Answered { version: "1".to_owned(), ..good };
        assert_eq!(check(Some(&old)), Err(NotReady::NotAnswered));
    }

    #[test]
    fn req_197_a_publication_waits_for_its_title_in_each_language_of_the_mechanism() {
        let good = answered(&[("pictures", Reply::Yes), ("identifying", Reply::Yes)]);
        let languages = ["en".to_owned(), "fr".to_owned()];
        let found = guideline().ready(Some(&good), &said("T"), &languages);
        assert_eq!(found, Err(NotReady::NoTitle(vec!["fr".into()])));
    }

    #[test]
    fn words_that_hurt_are_found_whole_and_in_any_case() {
        let guideline = guideline();
        assert_eq!(guideline.words_in("Former Sex-Slave rescued").len(), 1);
        assert!(guideline.words_in("Essex slavery laws").is_empty());
    }
}
