//! Our markup against what GOV.UK Frontend publishes: for every fixture whose options we
//! support, both must be the same once white space and the order of attributes are evened out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use askama::Template;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde_json::{Map, Value, json};

use super::*;

mod markup;
mod options;

/// Fixtures we do not follow, with the reason. A fixture listed here must really differ or use
/// an option we do not have: the test says so when an entry is no longer needed.
const UNSUPPORTED: &[(&str, &str, &str)] = &[
    ("accordion", "with falsy values", GAPS),
    ("accordion", "with remember expanded off", "which sections were open is never stored"),
    ("accordion", "with translations", "our script shows two words: open all, close all"),
    ("button", "start", "start buttons belong to GOV.UK's start pages"),
    ("button", "start link", "start buttons belong to GOV.UK's start pages"),
    ("button", "start link with html", "start buttons belong to GOV.UK's start pages"),
    ("character-count", "with count type 'characters'", CHARACTERS),
    ("character-count", "with count type 'characters' and error message", CHARACTERS),
    ("character-count", "with count type 'characters' and threshold", CHARACTERS),
    ("character-count", "with count type 'characters' and value", CHARACTERS),
    ("character-count", "with count type 'length'", CHARACTERS),
    ("character-count", "with count type 'words'", CHARACTERS),
    ("character-count", "with count type 'words' and error message", CHARACTERS),
    ("character-count", "with count type 'words' and threshold", CHARACTERS),
    ("character-count", "with count type 'words' and value", CHARACTERS),
    ("character-count", "with maxwords", CHARACTERS),
    ("character-count", "with neither maxlength nor maxwords set", "a limit is always given"),
    (
        "character-count",
        "with translations",
        "one form for every number, as scripts know no plurals",
    ),
    ("checkboxes", "with falsy values", GAPS),
    ("date-input", "with field value and items", "a box has one value, not one in two places"),
    ("exit-this-page", "testing-html", "the way out is always given, never a page elsewhere"),
    ("exit-this-page", "translated", "the way out is always given, never a page elsewhere"),
    ("file-upload", "enhanced", PLAIN_FILE),
    ("file-upload", "enhanced, custom wrapper classes and attributes", PLAIN_FILE),
    ("file-upload", "enhanced, multiple files", PLAIN_FILE),
    ("file-upload", "enhanced, with error message and hint", PLAIN_FILE),
    ("file-upload", "translated", PLAIN_FILE),
    ("file-upload", "translated, no javascript enhancement", PLAIN_FILE),
    ("file-upload", "with value", "browsers ignore the value of a file field"),
    ("pagination", "with empty items", GAPS),
    ("radios", "with falsy items", GAPS),
    ("select", "with falsy values", "values are text: nothing is neither true nor false"),
    ("service-navigation", "inverse with language navigation", SLOTS),
    ("service-navigation", "with `inline` end slot", SLOTS),
    ("service-navigation", "with language navigation", SLOTS),
    ("service-navigation", "with right-aligned language navigation", SLOTS),
    ("service-navigation", "with slotted content", SLOTS),
    ("task-list", "with empty values", GAPS),
];

const GAPS: &str = "numbers ids across gaps in a list; a typed list has none";
const CHARACTERS: &str = "limits are in characters, which every script has";
const PLAIN_FILE: &str = "a plain file field works everywhere, also by voice and keyboard";
const SLOTS: &str = "languages have their own place in the layout";

fn fixtures_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../assets/node_modules/govuk-frontend/dist/govuk/components")
}

#[derive(Default)]
struct Tally {
    same: usize,
    unsupported: Vec<String>,
    wrong: Vec<String>,
}

impl Tally {
    fn check<T: Template + DeserializeOwned>(&mut self, component: &str) {
        let file = fixtures_root().join(component).join("fixtures.json");
        let text = std::fs::read_to_string(&file).expect("the fixtures can be read");
        let parsed: Value = serde_json::from_str(&text).expect("the fixtures are JSON");
        for fixture in parsed["fixtures"].as_array().expect("a list of fixtures") {
            self.check_one::<T>(component, fixture);
        }
    }

    fn check_one<T: Template + DeserializeOwned>(&mut self, component: &str, fixture: &Value) {
        let name = fixture["name"].as_str().expect("a name");
        let excused = UNSUPPORTED.iter().any(|(c, n, _)| *c == component && *n == name);
        let options = options::ours(component, &fixture["options"]);
        let outcome = match serde_json::from_value::<T>(options) {
            Err(error) => Err(format!("option: {error}")),
            Ok(part) => {
                let ours = markup::normalised(&part.render().expect("the part can be written"));
                let theirs = markup::normalised(fixture["html"].as_str().expect("markup"));
                if ours == theirs { Ok(()) } else { Err(markup::difference(&theirs, &ours)) }
            }
        };
        match (outcome, excused) {
            (Ok(()), false) => self.same += 1,
            (Ok(()), true) => {
                self.wrong.push(format!("{component} / {name}: need not be listed any more"));
            }
            (Err(_), true) => self.unsupported.push(format!("{component} / {name}")),
            (Err(why), false) => self.wrong.push(format!("{component} / {name}: {why}")),
        }
    }
}

#[test]
fn parts_write_the_published_markup() {
    if !fixtures_root().exists() {
        eprintln!("not run: npm packages not installed");
        return;
    }
    let mut tally = Tally::default();
    tally.check::<Accordion>("accordion");
    tally.check::<BackLink>("back-link");
    tally.check::<Breadcrumbs>("breadcrumbs");
    tally.check::<Button>("button");
    tally.check::<CharacterCount>("character-count");
    tally.check::<Checkboxes>("checkboxes");
    tally.check::<options::PublishedDate>("date-input");
    tally.check::<Details>("details");
    tally.check::<ErrorMessage>("error-message");
    tally.check::<ErrorSummary>("error-summary");
    tally.check::<ExitThisPage>("exit-this-page");
    tally.check::<Fieldset>("fieldset");
    tally.check::<FileUpload>("file-upload");
    tally.check::<GenericHeader>("generic-header");
    tally.check::<Hint>("hint");
    tally.check::<Input>("input");
    tally.check::<InsetText>("inset-text");
    tally.check::<Label>("label");
    tally.check::<LanguageNavigation>("language-navigation");
    tally.check::<NotificationBanner>("notification-banner");
    tally.check::<Pagination>("pagination");
    tally.check::<Panel>("panel");
    tally.check::<PasswordInput>("password-input");
    tally.check::<PhaseBanner>("phase-banner");
    tally.check::<Radios>("radios");
    tally.check::<Select>("select");
    tally.check::<ServiceNavigation>("service-navigation");
    tally.check::<SkipLink>("skip-link");
    tally.check::<SummaryList>("summary-list");
    tally.check::<Table>("table");
    tally.check::<Tabs>("tabs");
    tally.check::<Tag>("tag");
    tally.check::<TaskList>("task-list");
    tally.check::<Textarea>("textarea");
    tally.check::<WarningText>("warning-text");
    eprintln!("{} fixtures the same, {} not supported", tally.same, tally.unsupported.len());
    assert!(tally.wrong.is_empty(), "{} differ:\n{}", tally.wrong.len(), tally.wrong.join("\n"));
    assert!(tally.same > 500, "only {} fixtures were compared", tally.same);
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        fn read(value: &Value) -> Option<Content> {
            match value {
                Value::String(text) => Some(Content::Text(text.clone())),
                Value::Object(map) => map
                    .get("html")
                    .and_then(Value::as_str)
                    .map(|html| Content::Html(html.to_owned()))
                    .or_else(|| map.get("text").and_then(read))
                    .or_else(|| map.get("content").and_then(read)),
                _ => None,
            }
        }
        let value = Value::deserialize(source)?;
        read(&value).ok_or_else(|| D::Error::custom(format!("not content: {value}")))
    }
}

impl<'de> Deserialize<'de> for Classes {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        String::deserialize(source).map(Classes::from)
    }
}

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let mut all = Attributes::default();
        for (name, value) in BTreeMap::<String, Value>::deserialize(source)? {
            let (value, optional) = match value {
                Value::Object(map) => (
                    map.get("value").cloned().unwrap_or(Value::Null),
                    map.get("optional") == Some(&json!(true)),
                ),
                plain => (plain, false),
            };
            match (value, optional) {
                (Value::Null | Value::Bool(false), true) => {}
                (Value::Bool(true), true) => all.flag(name),
                (Value::Null, false) => all.set(name, ""),
                (Value::String(text), _) => all.set(name, text),
                (other, _) => all.set(name, other.to_string()),
            }
        }
        Ok(all)
    }
}
