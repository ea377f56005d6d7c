//! Writes a questionnaire in the form of its file, the other way round than `read.rs`.
//!
//! A change made in a form touches only the part of the text it is about: everything else
//! stays letter by letter, and comments stay beside what they stand with.

use super::{Condition, EvidenceRule, Question, Questionnaire, Section, Texts, read_draft};
use std::fmt::Write as _;

/// The file of a questionnaire.
#[must_use]
pub fn write(all: &Questionnaire) -> String {
    let mut text = head(all);
    for section in &all.sections {
        let _ = write!(text, "\n{}", section_head(section));
        for question in &section.questions {
            let _ = write!(text, "\n{}", question_part(question));
        }
    }
    text
}

/// The file `text` of `old`, changed as little as makes it the file of `new`.
#[must_use]
pub fn rewrite(text: &str, old: &Questionnaire, new: &Questionnaire) -> String {
    let reads_back = |text: &String| read_draft(text).is_ok_and(|(read, _)| read == *new);
    spliced(text, old, new).filter(reads_back).unwrap_or_else(|| {
        // A layout of its own: written anew, with every comment on top.
        let lines: Vec<&str> = text.lines().collect();
        commented(&comments(&lines), &write(new))
    })
}

/// The fields before the first section.
fn head(all: &Questionnaire) -> String {
    let mut text = String::new();
    field(&mut text, "id", &quoted(&all.id));
    field(&mut text, "version", &all.version.to_string());
    field(&mut text, "mechanisms", &list(&all.mechanisms));
    field(&mut text, "cycle", &quoted(all.cycle.code()));
    field(&mut text, "source", &quoted(&all.source));
    text.push_str("\n[title]\n");
    table(&mut text, &all.title);
    text
}

/// The fields of a section before its questions.
fn section_head(section: &Section) -> String {
    let mut text = String::from("[[section]]\n");
    field(&mut text, "code", &quoted(&section.code));
    if !section.help.0.is_empty() {
        field(&mut text, "help", &said(&section.help));
    }
    text.push_str("[section.title]\n");
    table(&mut text, &section.title);
    text
}

/// A question.
fn question_part(one: &Question) -> String {
    let mut text = String::from("[[section.question]]\n");
    field(&mut text, "code", &quoted(&one.code));
    field(&mut text, "kind", &quoted(one.kind.code()));
    field(&mut text, "text", &said(&one.text));
    if !one.help.0.is_empty() {
        field(&mut text, "help", &said(&one.help));
    }
    if one.required {
        field(&mut text, "required", "true");
    }
    if one.evidence != EvidenceRule::Optional {
        field(&mut text, "evidence", &quoted(one.evidence.code()));
    }
    if let Some(when) = &one.when {
        field(&mut text, "when", &quoted(&condition(when)));
    }
    let named = [
        ("unit", &one.unit),
        ("part_of", &one.part_of),
        ("breakdown", &one.breakdown),
        ("rule", &one.rule),
    ];
    for (name, value) in named {
        if let Some(value) = value {
            field(&mut text, name, &quoted(value));
        }
    }
    for (name, value) in [("minimum", one.minimum), ("maximum", one.maximum)] {
        if let Some(value) = value {
            field(&mut text, name, &number(value));
        }
    }
    lists(&mut text, one);
    if let Some(standard) = &one.standard {
        let value = format!(
            "{{ value = {}, unit = {}, more_is_stricter = {}, source = {} }}",
            number(standard.value),
            quoted(&standard.unit),
            standard.more_is_stricter,
            quoted(&standard.source)
        );
        field(&mut text, "standard", &value);
    }
    if !one.options.is_empty() {
        text.push_str("[section.question.options]\n");
        for (key, texts) in &one.options {
            field(&mut text, &named_key(key), &said(texts));
        }
    }
    text
}

/// What a question has several of.
fn lists(text: &mut String, one: &Question) {
    let columns: Vec<String> =
        one.columns.iter().map(|(key, title)| format!("{key}:{}", title.en())).collect();
    let maps: Vec<String> = one
        .maps
        .iter()
        .map(|map| format!("{}:{} {}", map.questionnaire, map.code, map.kind))
        .collect();
    let order: Vec<String> = one.options.iter().map(|(key, _)| key.clone()).collect();
    let lists = [
        ("provisions", &one.provisions),
        ("maps", &maps),
        ("prefill", &one.prefill),
        ("columns", &columns),
        ("order", &order),
    ];
    for (name, values) in lists {
        if !values.is_empty() {
            field(text, name, &list(values));
        }
    }
}

fn field(text: &mut String, name: &str, value: &str) {
    let _ = writeln!(text, "{name} = {value}");
}

fn table(text: &mut String, texts: &Texts) {
    for (language, words) in &texts.0 {
        field(text, &named_key(language), &quoted(words));
    }
}

/// A text in English alone as a string, one in several languages as a table.
fn said(texts: &Texts) -> String {
    match (texts.0.len(), texts.0.get("en")) {
        (1, Some(text)) => quoted(text),
        _ => {
            let words: Vec<String> = texts
                .0
                .iter()
                .map(|(language, words)| format!("{} = {}", named_key(language), quoted(words)))
                .collect();
            format!("{{ {} }}", words.join(", "))
        }
    }
}

/// A condition as [`Condition::parse`] reads it.
fn condition(when: &Condition) -> String {
    let sign = if when.is { "=" } else { "!=" };
    format!("{} {sign} {}", when.question, when.values.join("|"))
}

fn list(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    format!("[{}]", values.join(", "))
}

fn named_key(key: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    if !key.is_empty() && key.bytes().all(plain) { key.to_owned() } else { quoted(key) }
}

/// A number with a point; what is none has a name of its own in a file.
fn number(value: f64) -> String {
    if value.is_nan() { "nan".to_owned() } else { format!("{value:?}") }
}

/// A string on one line, whatever stands in it.
fn quoted(text: &str) -> String {
    let mut all = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => all.push_str("\\\""),
            '\\' => all.push_str("\\\\"),
            '\n' => all.push_str("\\n"),
            '\r' => all.push_str("\\r"),
            '\t' => all.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(all, "\\u{:04X}", u32::from(c));
            }
            c => all.push(c),
        }
    }
    all.push('"');
    all
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Head,
    Section,
    Question,
}

/// A part of a file: the fields on top, a section, a question.
struct Part<'t> {
    of: Of,
    lines: Vec<&'t str>,
}

impl Part<'_> {
    fn text(&self) -> String {
        let text = self.lines.join("\n");
        format!("{}\n", text.trim_end())
    }
}

/// The parts of a file, each with the comments right above it.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut all = vec![Part { of: Of::Head, lines: Vec::new() }];
    let mut quote = None;
    for line in text.lines() {
        let begins = if quote.is_some() { None } else { begins(line) };
        quote = still_open(quote, line);
        if let Some(of) = begins {
            let mut lines = Vec::new();
            if let Some(last) = all.last_mut() {
                while last.lines.last().is_some_and(|line| line.trim_start().starts_with('#')) {
                    lines.extend(last.lines.pop());
                }
            }
            lines.reverse();
            all.push(Part { of, lines });
        }
        if let Some(last) = all.last_mut() {
            last.lines.push(line);
        }
    }
    all
}

fn begins(line: &str) -> Option<Of> {
    let plain: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    match plain.split('#').next()? {
        "[[section]]" => Some(Of::Section),
        "[[section.question]]" => Some(Of::Question),
        _ => None,
    }
}

/// The quotes of three that a string of several lines still waits for after this line.
fn still_open<'q>(open: Option<&'q str>, line: &str) -> Option<&'q str> {
    let mut open = open;
    let mut rest = line;
    loop {
        let next = match open {
            Some(quote) => rest.find(quote).map(|at| (at, quote)),
            None => ["\"\"\"", "'''"]
                .into_iter()
                .filter_map(|quote| rest.find(quote).map(|at| (at, quote)))
                .min(),
        };
        let Some((at, quote)) = next else { return open };
        open = if open.is_some() { None } else { Some(quote) };
        rest = rest.get(at + quote.len()..).unwrap_or_default();
    }
}

/// The comments of some lines, without what they stand beside.
fn comments(lines: &[&str]) -> Vec<String> {
    let mut quote = None;
    let mut found = Vec::new();
    for line in lines {
        let within = quote.is_some();
        quote = still_open(quote, line);
        if !within && quote.is_none() {
            found.extend(comment(line).map(str::to_owned));
        }
    }
    found
}

/// What stands after the `#` that is in no string.
fn comment(line: &str) -> Option<&str> {
    let mut string = None;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match string {
            Some('"') if escaped => escaped = false,
            Some('"') if c == '\\' => escaped = true,
            Some(quote) if c == quote => string = None,
            Some(_) => {}
            None if c == '#' => return line.get(at..),
            None if c == '"' || c == '\'' => string = Some(c),
            None => {}
        }
    }
    None
}

fn commented(comments: &[String], text: &str) -> String {
    let mut all = String::new();
    for one in comments {
        let _ = writeln!(all, "{one}");
    }
    all.push_str(text);
    all
}

/// A section of a file with its questions.
struct SectionParts<'t> {
    own: Part<'t>,
    questions: Vec<Part<'t>>,
}

fn spliced(text: &str, old: &Questionnaire, new: &Questionnaire) -> Option<String> {
    let mut parts = parts(text).into_iter();
    let first = parts.next()?;
    let mut sections: Vec<SectionParts<'_>> = Vec::new();
    for part in parts {
        match part.of {
            Of::Question => sections.last_mut()?.questions.push(part),
            _ => sections.push(SectionParts { own: part, questions: Vec::new() }),
        }
    }
    // The text is laid out otherwise than its parts are counted here.
    let alike = sections.len() == old.sections.len()
        && sections
            .iter()
            .zip(&old.sections)
            .all(|(parts, section)| parts.questions.len() == section.questions.len());
    if !alike {
        return None;
    }
    let mut done = vec![part_text(Some(&first), same_head(old, new), || head(new))];
    for section in &new.sections {
        let was = old.sections.iter().zip(&sections).find(|(was, _)| was.code == section.code);
        let same =
            was.is_some_and(|(was, _)| (&was.title, &was.help) == (&section.title, &section.help));
        let own = was.map(|(_, parts)| &parts.own);
        done.push(part_text(own, same, || section_head(section)));
        for question in &section.questions {
            let known = || {
                old.sections
                    .iter()
                    .zip(&sections)
                    .flat_map(|(was, parts)| was.questions.iter().zip(&parts.questions))
            };
            let equal = known().find(|(was, _)| *was == question);
            let own = equal.or_else(|| known().find(|(was, _)| was.code == question.code));
            let part = own.map(|(_, part)| part);
            done.push(part_text(part, equal.is_some(), || question_part(question)));
        }
    }
    Some(done.join("\n"))
}

fn same_head(old: &Questionnaire, new: &Questionnaire) -> bool {
    (&old.id, old.version, &old.title, &old.mechanisms, old.cycle, &old.source)
        == (&new.id, new.version, &new.title, &new.mechanisms, new.cycle, &new.source)
}

/// A part as it stands, or written anew with its comments.
fn part_text(part: Option<&Part<'_>>, same: bool, written: impl Fn() -> String) -> String {
    match part {
        Some(part) if same => part.text(),
        Some(part) => commented(&comments(&part.lines), &written()),
        None => written(),
    }
}
