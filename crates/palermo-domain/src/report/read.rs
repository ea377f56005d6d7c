//! Reads a questionnaire from its file and says everything that is wrong with
//! it, with lines. Its words in other languages are `words.rs`.

use super::{
    AnswerKind, Condition, Cycle, EvidenceRule, Mapping, Question, Questionnaire, Section,
    Standard, Texts,
};
use crate::register::document::Problem;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    version: u32,
    title: BTreeMap<String, String>,
    #[serde(default)]
    mechanisms: Vec<String>,
    cycle: Cycle,
    source: String,
    #[serde(default)]
    section: Vec<FileSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSection {
    code: String,
    title: BTreeMap<String, String>,
    #[serde(default)]
    help: Option<Said>,
    #[serde(default)]
    question: Vec<FileQuestion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileQuestion {
    code: String,
    kind: AnswerKind,
    text: Said,
    #[serde(default)]
    help: Option<Said>,
    #[serde(default)]
    options: BTreeMap<String, Said>,
    #[serde(default)]
    order: Vec<String>,
    #[serde(default)]
    columns: Vec<String>,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    evidence: Option<EvidenceRule>,
    #[serde(default)]
    provisions: Vec<String>,
    when: Option<String>,
    #[serde(default)]
    maps: Vec<String>,
    unit: Option<String>,
    minimum: Option<f64>,
    maximum: Option<f64>,
    part_of: Option<String>,
    breakdown: Option<String>,
    #[serde(default)]
    prefill: Vec<String>,
    standard: Option<Standard>,
    rule: Option<String>,
}

/// A text in English alone, or in several languages.
#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    English(String),
    Several(BTreeMap<String, String>),
}

impl From<Said> for Texts {
    fn from(said: Said) -> Self {
        match said {
            Said::English(text) => Self::english(&text),
            Said::Several(texts) => Self(texts),
        }
    }
}

/// Reads a questionnaire.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(text: &str) -> Result<Questionnaire, Vec<Problem>> {
    let (questionnaire, problems) = read_draft(text)?;
    if problems.is_empty() { Ok(questionnaire) } else { Err(problems) }
}

/// Reads a questionnaire that is being written, with what is still wrong with it.
///
/// # Errors
/// Where it cannot be read at all.
pub fn read_draft(text: &str) -> Result<(Questionnaire, Vec<Problem>), Vec<Problem>> {
    let file: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        vec![Problem {
            line: text[..at.min(text.len())].lines().count().max(1),
            field: String::new(),
            message: error.message().to_owned(),
            remedy: "correct this line; `docs/content/questionnaires.md` shows every field"
                .to_owned(),
        }]
    })?;
    let mut reader = Reader { text, problems: Vec::new() };
    let questionnaire = reader.questionnaire(file);
    reader.check(&questionnaire);
    Ok((questionnaire, reader.problems))
}

struct Reader<'t> {
    text: &'t str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn add(&mut self, code: &str, field: &str, message: String, remedy: &str) {
        let wanted = format!("code = \"{code}\"");
        let line = self.text.lines().position(|line| line.contains(&wanted)).map_or(1, |at| at + 1);
        let field =
            if code.is_empty() { field.to_owned() } else { format!("question {code}: {field}") };
        self.problems.push(Problem { line, field, message, remedy: remedy.to_owned() });
    }

    fn questionnaire(&mut self, file: File) -> Questionnaire {
        let sections = file
            .section
            .into_iter()
            .map(|section| Section {
                title: Texts(section.title),
                help: section.help.map(Texts::from).unwrap_or_default(),
                questions: section.question.into_iter().map(|one| self.question(one)).collect(),
                code: section.code,
            })
            .collect();
        Questionnaire {
            id: file.id,
            version: file.version,
            title: Texts(file.title),
            mechanisms: file.mechanisms,
            cycle: file.cycle,
            source: file.source,
            sections,
            machine_translated: std::collections::BTreeSet::new(),
        }
    }

    fn question(&mut self, file: FileQuestion) -> Question {
        let code = file.code;
        let when = file.when.and_then(|text| {
            let read = Condition::parse(&text);
            if read.is_none() {
                let message = format!("`{text}` is not a condition");
                self.add(&code, "when", message, "write it like `1.1 = yes|in-part`");
            }
            read
        });
        let mut maps = Vec::new();
        for text in &file.maps {
            match Mapping::parse(text) {
                Some(map) => maps.push(map),
                None => {
                    let message = format!("`{text}` points to no question");
                    let remedy = "write it like `palermo-check:2 same`, with `same`, `narrower`, `broader` or `related`";
                    self.add(&code, "maps", message, remedy);
                }
            }
        }
        let mut named: BTreeMap<String, Texts> =
            file.options.into_iter().map(|(key, said)| (key, said.into())).collect();
        let order: Vec<String> =
            if file.order.is_empty() { named.keys().cloned().collect() } else { file.order };
        let mut options = Vec::new();
        for key in order {
            match named.remove(&key) {
                Some(texts) => options.push((key, texts)),
                None => {
                    let message = format!("`order` names `{key}`, which is no option");
                    self.add(&code, "order", message, "name each option once");
                }
            }
        }
        options.extend(named);
        let columns = file
            .columns
            .iter()
            .map(|column| {
                let (key, title) = column.split_once(':').unwrap_or((column, column));
                (key.trim().to_owned(), Texts::english(title.trim()))
            })
            .collect();
        Question {
            kind: file.kind,
            text: file.text.into(),
            help: file.help.map(Texts::from).unwrap_or_default(),
            options,
            columns,
            required: file.required,
            evidence: file.evidence.unwrap_or(EvidenceRule::Optional),
            provisions: file.provisions,
            when,
            maps,
            unit: file.unit,
            minimum: file.minimum,
            maximum: file.maximum,
            part_of: file.part_of,
            breakdown: file.breakdown,
            prefill: file.prefill,
            standard: file.standard,
            rule: file.rule,
            code,
        }
    }

    fn check(&mut self, all: &Questionnaire) {
        if !slug(&all.id) {
            let message = format!("`{}` is not an id", all.id);
            self.add("", "id", message, "use small letters, digits and hyphens");
        }
        if all.version == 0 {
            self.add("", "version", "versions begin at 1".into(), "write `version = 1`");
        }
        if all.title.en().is_empty() {
            self.add("", "title", "the English title is missing".into(), "add `en`");
        }
        if all.sections.is_empty() || all.questions().next().is_none() {
            self.add("", "section", "nothing is asked".into(), "add a section with a question");
        }
        let mut sections = BTreeSet::new();
        for section in &all.sections {
            if !sections.insert(section.code.as_str()) {
                let message = format!("the section `{}` stands twice", section.code);
                self.add("", "section", message, "give each section a code of its own");
            }
            if !coded(&section.code) {
                let message = format!("`{}` is not a code", section.code);
                self.add("", "section", message, CODES);
            }
            if section.title.en().is_empty() {
                let message = format!("the section `{}` has no English title", section.code);
                self.add("", "section", message, "add `en`");
            }
        }
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for question in all.questions() {
            self.check_question(all, question, &seen);
            if !seen.insert(&question.code) {
                let remedy = "give each question a code of its own";
                self.add(&question.code, "code", "the code stands twice".into(), remedy);
            }
        }
    }

    fn check_question(&mut self, all: &Questionnaire, one: &Question, before: &BTreeSet<&str>) {
        let code = one.code.as_str();
        if !coded(code) {
            self.add(code, "code", format!("`{code}` is not a code"), CODES);
        }
        if one.text.en().trim().is_empty() {
            self.add(code, "text", "nothing is asked in English".into(), "write the question");
        }
        let choice = matches!(one.kind, AnswerKind::Choice | AnswerKind::Choices);
        if choice && one.options.len() < 2 {
            let message = format!("{} options are no choice", one.options.len());
            self.add(code, "options", message, "name two or more");
        }
        if one.kind == AnswerKind::Rows && one.columns.is_empty() {
            self.add(code, "columns", "rows have no columns".into(), "name them");
        }
        if let Some(when) = &one.when
            && !before.contains(when.question.as_str())
        {
            let message = format!("the condition rests on `{}`, not asked before", when.question);
            self.add(code, "when", message, "rest it on an earlier question");
        }
        if one.kind == AnswerKind::Number && one.unit.is_none() {
            self.add(code, "unit", "the number has no unit".into(), "name what is counted");
        }
        let standard = one.standard.as_ref().map(|standard| standard.value);
        let numbers = [one.minimum, one.maximum, standard];
        if numbers.into_iter().flatten().any(|number| !number.is_finite()) {
            self.add(code, "minimum", "this is no number".into(), "write one that has an end");
        }
        if let (Some(least), Some(most)) = (one.minimum, one.maximum)
            && least > most
        {
            let message = format!("nothing is between {least} and {most}");
            self.add(code, "maximum", message, "give a maximum above the minimum");
        }
        if let Some(total) = &one.part_of {
            let found = all.question(total).map(|question| question.kind);
            if one.kind != AnswerKind::Number || found != Some(AnswerKind::Number) {
                let message = format!("`{total}` is no number it could be a part of");
                self.add(code, "part_of", message, "name a question answered with a number");
            }
        }
    }
}

const CODES: &str = "use letters of the Latin alphabet, digits, dots and hyphens";

/// Codes stand in addresses and in the names of fields.
fn coded(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    !text.is_empty() && text.bytes().all(allowed)
}

fn slug(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The file of a questionnaire with another version on it: what the next one begins with.
#[must_use]
pub fn with_version(text: &str, version: u32) -> String {
    let mut done = false;
    let lines = text.lines().map(|line| {
        let is_it = line.split_once('=').is_some_and(|(key, _)| key.trim() == "version");
        if is_it && !done {
            done = true;
            return format!("version = {version}");
        }
        line.to_owned()
    });
    let mut text = lines.collect::<Vec<_>>().join("\n");
    text.push('\n');
    text
}
