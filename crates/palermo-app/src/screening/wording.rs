//! How questions are put to a person, in any language that has a file in
//! `content/indicators/wording/`, with guidance on how to ask.

use crate::content::Content;
use palermo_standards::delimited;
use std::collections::BTreeMap;

const FOLDER: &str = "indicators/wording/";

/// A language questions exist in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskingLanguage {
    /// BCP 47 code.
    pub code: String,
    /// What its speakers call it.
    pub name: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Translated by a machine and not yet read by a person.
    pub machine_translated: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Put {
    question: String,
    child: String,
    how: String,
}

/// Questions by language and code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording {
    languages: Vec<AskingLanguage>,
    texts: BTreeMap<(String, String), Put>,
}

impl Wording {
    /// Reads the files; a row that is short gives what it has.
    #[must_use]
    pub fn load(content: &Content) -> Self {
        let rows = |path: String| {
            let text = content.text(&path).unwrap_or_default();
            delimited::read(text.as_bytes()).unwrap_or_default().into_iter().skip(1)
        };
        let mut wording = Self::default();
        for row in rows(format!("{FOLDER}languages.csv")) {
            wording.languages.push(AskingLanguage {
                code: row.cell(0).to_owned(),
                name: row.cell(1).to_owned(),
                direction: if row.cell(2) == "rtl" { "rtl" } else { "ltr" },
                machine_translated: row.cell(3) == "machine-translated",
            });
        }
        for language in &wording.languages {
            for row in rows(format!("{FOLDER}{}.csv", language.code)) {
                let [question, child, how] = [1, 2, 3].map(|at| row.cell(at).to_owned());
                wording.texts.insert(
                    (language.code.clone(), row.cell(0).to_owned()),
                    Put { question, child, how },
                );
            }
        }
        wording
    }

    /// Languages to ask in.
    #[must_use]
    pub fn languages(&self) -> &[AskingLanguage] {
        &self.languages
    }

    /// The language with this code, or English.
    #[must_use]
    pub fn language(&self, code: &str) -> Option<&AskingLanguage> {
        let found = |code: &str| self.languages.iter().find(|language| language.code == code);
        found(code).or_else(|| found("en"))
    }

    fn put(&self, language: &str, code: &str) -> Option<&Put> {
        self.texts
            .get(&(language.to_owned(), code.to_owned()))
            .or_else(|| self.texts.get(&("en".to_owned(), code.to_owned())))
    }

    /// The question, in words for a child where they differ.
    #[must_use]
    pub fn question(&self, language: &str, code: &str, child: bool) -> String {
        let Some(put) = self.put(language, code) else { return code.to_owned() };
        if child && !put.child.is_empty() { put.child.clone() } else { put.question.clone() }
    }

    /// How to ask it: its own guidance, or that of its dimension.
    #[must_use]
    pub fn how_to_ask(&self, language: &str, code: &str) -> String {
        let own = |code: &str| {
            self.put(language, code).map(|put| put.how.clone()).filter(|how| !how.is_empty())
        };
        let dimension = code.split('.').next().unwrap_or_default();
        own(code).or_else(|| own(dimension)).unwrap_or_default()
    }
}
