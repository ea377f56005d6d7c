//! Messages by id. A message missing in a language falls back to English; the
//! lint in this crate's tests keeps that from happening in tier 1.

use crate::Language;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use rust_embed::RustEmbed;
use std::{borrow::Cow, collections::BTreeMap};
use unic_langid::LanguageIdentifier;

#[derive(RustEmbed)]
#[folder = "../../content/locales"]
struct Files;

/// What is wrong with a message file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {message}")]
pub struct MessageProblem {
    /// The file, from the locales folder.
    pub file: String,
    /// What is wrong.
    pub message: String,
}

/// A value put into a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg<'a> {
    /// Text, isolated from the direction around it.
    Text(Cow<'a, str>),
    /// A number that chooses a plural form. Text shown for it is given apart,
    /// already formatted, where the message asks for it.
    Number(f64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<usize> for Arg<'_> {
    #[allow(clippy::cast_precision_loss)] // counts on pages are far below 2^52
    fn from(number: usize) -> Self {
        Self::Number(number as f64)
    }
}

impl From<u32> for Arg<'_> {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

struct Messages {
    /// With marks that keep inserted values from changing the direction around them.
    isolating: FluentBundle<FluentResource>,
    /// Without, for CSV and spreadsheets.
    plain: FluentBundle<FluentResource>,
    machine_translated: Vec<String>,
    ids: Vec<String>,
}

/// All messages of all languages.
pub struct Catalogue {
    languages: BTreeMap<Language, Messages>,
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogue").field("languages", &self.languages.keys()).finish()
    }
}

impl Catalogue {
    /// Reads the messages embedded in the program.
    ///
    /// # Errors
    /// Every message that cannot be read or stands twice.
    pub fn shipped() -> Result<Self, Vec<MessageProblem>> {
        let mut problems = Vec::new();
        let mut languages = BTreeMap::new();
        for language in Language::ALL {
            let messages = read(language, &mut problems);
            languages.insert(language, messages);
        }
        if problems.is_empty() { Ok(Self { languages }) } else { Err(problems) }
    }

    /// A message without values.
    #[must_use]
    pub fn text(&self, language: Language, id: &str) -> String {
        self.format(language, id, &[])
    }

    /// A message with values, for pages.
    #[must_use]
    pub fn format(&self, language: Language, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.find(language, id, args, true)
    }

    /// A message with values, for files: no marks of direction.
    #[must_use]
    pub fn format_plain(&self, language: Language, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.find(language, id, args, false)
    }

    /// Whether a message exists in this very language.
    #[must_use]
    pub fn has(&self, language: Language, id: &str) -> bool {
        self.languages.get(&language).is_some_and(|messages| messages.plain.has_message(id))
    }

    /// The ids of all messages in this very language.
    pub fn ids(&self, language: Language) -> impl Iterator<Item = &str> {
        self.languages.get(&language).into_iter().flat_map(|m| m.ids.iter().map(String::as_str))
    }

    /// Whether any file of the language was translated by a machine and not
    /// yet read by a person.
    #[must_use]
    pub fn machine_translated(&self, language: Language) -> bool {
        self.languages
            .get(&language)
            .is_some_and(|messages| !messages.machine_translated.is_empty())
    }

    fn find(
        &self,
        language: Language,
        id: &str,
        args: &[(&str, Arg<'_>)],
        isolate: bool,
    ) -> String {
        [language, Language::En]
            .iter()
            .filter_map(|language| self.languages.get(language))
            .find_map(|messages| {
                say(if isolate { &messages.isolating } else { &messages.plain }, id, args)
            })
            .unwrap_or_else(|| id.to_owned())
    }
}

fn say(
    bundle: &FluentBundle<FluentResource>,
    id: &str,
    args: &[(&str, Arg<'_>)],
) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    let values: FluentArgs<'_> = args
        .iter()
        .map(|(name, value)| {
            let value: FluentValue<'_> = match value {
                Arg::Text(text) => FluentValue::from(text.as_ref()),
                Arg::Number(number) => FluentValue::from(*number),
            };
            (Cow::Borrowed(*name), value)
        })
        .collect();
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned())
}

fn read(language: Language, problems: &mut Vec<MessageProblem>) -> Messages {
    let tag: LanguageIdentifier = language.code().parse().unwrap_or_default();
    let mut messages = Messages {
        isolating: FluentBundle::new_concurrent(vec![tag.clone()]),
        plain: FluentBundle::new_concurrent(vec![tag]),
        machine_translated: Vec::new(),
        ids: Vec::new(),
    };
    messages.plain.set_use_isolating(false);
    let prefix = format!("{}/", language.code());
    for name in Files::iter().filter(|name| name.starts_with(&prefix) && name.ends_with(".ftl")) {
        let Some(file) = Files::get(&name) else { continue };
        let text = String::from_utf8_lossy(&file.data).into_owned();
        if text.starts_with("### machine-translated") {
            messages.machine_translated.push(name.to_string());
        }
        messages.ids.extend(ids(&text));
        for bundle in [&mut messages.isolating, &mut messages.plain] {
            add(bundle, &name, &text, problems);
        }
    }
    messages
}

/// The ids at the beginning of lines. What the parser would refuse is reported by it.
fn ids(text: &str) -> impl Iterator<Item = String> {
    text.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('='))
        .map(|(id, _)| id.trim().to_owned())
}

fn add(
    bundle: &mut FluentBundle<FluentResource>,
    file: &str,
    text: &str,
    problems: &mut Vec<MessageProblem>,
) {
    let resource =
        match FluentResource::try_new(text.to_owned()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                problems.extend(errors.into_iter().map(|error| MessageProblem {
                    file: file.to_owned(),
                    message: error.to_string(),
                }));
                resource
            }
        };
    if let Err(errors) = bundle.add_resource(resource) {
        problems.extend(
            errors
                .into_iter()
                .map(|error| MessageProblem { file: file.to_owned(), message: error.to_string() }),
        );
    }
}
