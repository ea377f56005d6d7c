//! The message files of every language against one another. Translators work in separate files
//! and tools; this is what holds them together.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, Resource, VariantKey,
};
use palermo_locale::{Arg, Catalogue, Language};

const ARABIC_FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

fn locales() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/locales")
}

/// What the lint knows of one message.
#[derive(Debug, Default, PartialEq)]
struct Facts {
    file: String,
    variables: BTreeSet<String>,
    /// Forms of each selector in it.
    selectors: Vec<BTreeSet<String>>,
}

fn read(language: Language) -> (BTreeMap<String, Facts>, Vec<String>) {
    let mut all = BTreeMap::new();
    let mut problems = Vec::new();
    let folder = locales().join(language.code());
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("no folder `{}`: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "ftl"))
        .collect();
    files.sort();
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let resource: Resource<&str> = match fluent_syntax::parser::parse(text.as_str()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                problems.push(format!("{}/{name}: {errors:?}", language.code()));
                resource
            }
        };
        for entry in &resource.body {
            match entry {
                Entry::Message(message) => {
                    let mut facts = Facts { file: name.clone(), ..Facts::default() };
                    match &message.value {
                        Some(pattern) => walk(pattern, &mut facts),
                        None => problems.push(format!("{name}: `{}` is empty", message.id.name)),
                    }
                    if all.insert(message.id.name.to_owned(), facts).is_some() {
                        problems.push(format!("{name}: `{}` stands twice", message.id.name));
                    }
                }
                Entry::Junk { content } => {
                    problems.push(format!("{}/{name}: not a message: {content}", language.code()));
                }
                _ => {}
            }
        }
    }
    (all, problems)
}

fn walk(pattern: &Pattern<&str>, facts: &mut Facts) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            match expression {
                Expression::Inline(inline) => variable(inline, facts),
                Expression::Select { selector, variants } => {
                    variable(selector, facts);
                    let mut forms = BTreeSet::new();
                    for variant in variants {
                        forms.insert(match &variant.key {
                            VariantKey::Identifier { name } => (*name).to_owned(),
                            VariantKey::NumberLiteral { value } => (*value).to_owned(),
                        });
                        walk(&variant.value, facts);
                    }
                    facts.selectors.push(forms);
                }
            }
        }
    }
}

fn variable(inline: &InlineExpression<&str>, facts: &mut Facts) {
    if let InlineExpression::VariableReference { id } = inline {
        facts.variables.insert(id.name.to_owned());
    }
}

fn of_languages() -> BTreeMap<Language, BTreeMap<String, Facts>> {
    Language::ALL.into_iter().map(|language| (language, read(language).0)).collect()
}

#[test]
fn every_file_of_every_language_can_be_read() {
    let problems: Vec<String> =
        Language::ALL.into_iter().flat_map(|language| read(language).1).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    Catalogue::shipped().expect("the catalogue reads them too");
}

#[test]
fn every_message_exists_in_every_language_in_the_same_file() {
    let all = of_languages();
    let english = &all[&Language::En];
    let mut problems = Vec::new();
    for (language, messages) in &all {
        for (id, facts) in english {
            match messages.get(id) {
                None => problems.push(format!("{}: `{id}` is missing", language.code())),
                Some(own) if own.file != facts.file => problems.push(format!(
                    "{}: `{id}` stands in `{}` instead of `{}`",
                    language.code(),
                    own.file,
                    facts.file
                )),
                Some(_) => {}
            }
        }
        for id in messages.keys().filter(|id| !english.contains_key(*id)) {
            problems.push(format!("{}: `{id}` does not exist in English", language.code()));
        }
    }
    assert!(problems.is_empty(), "{} faults:\n{}", problems.len(), problems.join("\n"));
    assert!(english.len() > 200, "only {} messages were compared", english.len());
}

#[test]
fn a_message_takes_the_same_values_in_every_language() {
    let all = of_languages();
    let mut problems = Vec::new();
    for (language, messages) in &all {
        for (id, facts) in messages {
            let english = &all[&Language::En][id];
            if facts.variables != english.variables {
                problems.push(format!(
                    "{}: `{id}` takes {:?}, in English {:?}",
                    language.code(),
                    facts.variables,
                    english.variables
                ));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_message_chooses_once_and_arabic_has_its_six_forms() {
    let mut problems = Vec::new();
    for (language, messages) in of_languages() {
        for (id, facts) in messages {
            if facts.selectors.len() > 1 {
                problems.push(format!("{}: `{id}` chooses more than once", language.code()));
            }
            for forms in &facts.selectors {
                let plural = forms.contains("one") || forms.contains("few");
                if !forms.contains("other") {
                    problems.push(format!("{}: `{id}` has no form `other`", language.code()));
                }
                if language == Language::Ar && plural {
                    for form in ARABIC_FORMS.iter().filter(|form| !forms.contains(**form)) {
                        problems.push(format!("ar: `{id}` has no form `{form}`"));
                    }
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn files_a_machine_translated_say_so_in_their_first_line() {
    for language in [Language::Fr, Language::Es, Language::Ar] {
        for entry in fs::read_dir(locales().join(language.code())).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let first = text.lines().next().unwrap_or_default();
            assert!(
                first == "### machine-translated" || first.starts_with("### translated by "),
                "`{}` says neither who nor what translated it",
                path.display()
            );
        }
    }
    let catalogue = Catalogue::shipped().unwrap();
    assert!(!catalogue.machine_translated(Language::En));
}

#[test]
fn an_arabic_count_takes_the_form_its_number_asks_for() {
    let catalogue = Catalogue::shipped().unwrap();
    let say = |n: u32| {
        let number = n.to_string();
        catalogue.format_plain(
            Language::Ar,
            "count-states",
            &[("count", Arg::from(n)), ("shown", Arg::from(number.as_str()))],
        )
    };
    let forms: BTreeSet<String> =
        [0, 1, 2, 3, 11, 100].iter().map(|n| say(*n).replace(char::is_numeric, "")).collect();
    assert_eq!(forms.len(), 6, "{forms:?}");
}

#[test]
fn values_are_isolated_on_pages_and_bare_in_files() {
    let catalogue = Catalogue::shipped().unwrap();
    let args = [("count", Arg::from(3_u32)), ("shown", Arg::from("3"))];
    assert!(catalogue.format(Language::Ar, "count-states", &args).contains('\u{2068}'));
    assert!(!catalogue.format_plain(Language::Ar, "count-states", &args).contains('\u{2068}'));
}

#[test]
fn an_unknown_message_is_shown_by_its_id_so_that_somebody_notices() {
    let catalogue = Catalogue::shipped().unwrap();
    assert_eq!(catalogue.text(Language::Fr, "no-such-message"), "no-such-message");
}
