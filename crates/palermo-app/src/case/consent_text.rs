//! What is said before anyone agrees to sharing, as text to be read out or
//! handed over: `content/consent/<language>.toml`, with words for a child. A
//! deployment adds a language by laying a file beside those that ship.

use crate::content::Content;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The folder of the texts.
const FOLDER: &str = "consent/";

/// What every text says, in this order.
pub const BLOCKS: [&str; 11] = [
    "who-we-are",
    "help-first",
    "what-we-write",
    "who-sees",
    "who-never-sees",
    "each-yes",
    "other-countries",
    "your-rights",
    "not-erased",
    "safe-contact",
    "complain",
];

/// One thing that is said.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Which of [`BLOCKS`].
    pub code: String,
    /// The words.
    pub text: String,
    /// The words for a child.
    pub child: String,
}

impl Block {
    /// The words for whoever hears them.
    #[must_use]
    pub fn said(&self, child: bool) -> &str {
        if child { &self.child } else { &self.text }
    }
}

/// The text in one language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentText {
    /// Its language (BCP 47).
    pub language: String,
    /// Whether a machine translated it and no person has checked it.
    #[serde(default)]
    pub machine: bool,
    /// What is said.
    #[serde(rename = "block")]
    pub blocks: Vec<Block>,
}

/// The texts there are, by language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConsentTexts(BTreeMap<String, ConsentText>);

impl ConsentTexts {
    /// Reads every text.
    ///
    /// # Errors
    /// What is wrong in which file.
    pub fn load(content: &Content) -> Result<Self, String> {
        let mut texts = BTreeMap::new();
        for (path, file) in content.files(FOLDER) {
            let Some(name) = path.strip_prefix(FOLDER).and_then(|it| it.strip_suffix(".toml"))
            else {
                continue;
            };
            let text: ConsentText =
                toml::from_str(file).map_err(|error| format!("{path}: {error}"))?;
            if text.language != name {
                return Err(format!("{path}: the language is `{}`", text.language));
            }
            let codes: Vec<&str> = text.blocks.iter().map(|block| block.code.as_str()).collect();
            if codes != BLOCKS {
                return Err(format!("{path}: the blocks are not {}", BLOCKS.join(", ")));
            }
            let empty =
                |block: &&Block| block.text.trim().is_empty() || block.child.trim().is_empty();
            if let Some(block) = text.blocks.iter().find(empty) {
                return Err(format!("{path}: `{}` says nothing", block.code));
            }
            texts.insert(name.to_owned(), text);
        }
        Ok(Self(texts))
    }

    /// The text in a language, or in its language without region.
    #[must_use]
    pub fn of(&self, language: &str) -> Option<&ConsentText> {
        let plain = language.split('-').next().unwrap_or(language);
        self.0.get(language).or_else(|| self.0.get(plain))
    }

    /// Languages there are texts in.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_four_languages_say_every_block_to_an_adult_and_to_a_child() {
        let texts = ConsentTexts::load(&Content::shipped().unwrap()).unwrap();
        let all: Vec<&str> = texts.languages().collect();
        assert_eq!(all, ["ar", "en", "es", "fr"]);
        assert!(!texts.of("en").unwrap().machine && texts.of("ar").unwrap().machine);
        assert_eq!(texts.of("fr-SN").unwrap().language, "fr");
        assert!(texts.of("wo").is_none());
    }

    #[test]
    fn a_deployment_adds_a_language_and_is_told_what_its_file_lacks() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("consent");
        std::fs::create_dir_all(&own).unwrap();
        let blocks: String = BLOCKS
            .iter()
            .map(|code| format!("[[block]]\ncode = \"{code}\"\ntext = \"x\"\nchild = \"y\"\n"))
            .collect();
        std::fs::write(own.join("wo.toml"), format!("language = \"wo\"\n{blocks}")).unwrap();
        let content = Content::load(Some(folder.path()), false).unwrap();
        let texts = ConsentTexts::load(&content).unwrap();
        assert_eq!(texts.of("wo-SN").unwrap().blocks[0].said(true), "y");
        std::fs::write(own.join("wo.toml"), "language = \"wo\"\nblock = []\n").unwrap();
        let content = Content::load(Some(folder.path()), false).unwrap();
        assert!(ConsentTexts::load(&content).unwrap_err().contains("consent/wo.toml"));
    }
}
