//! The forms of a finished page, read from its own markup: what each field is called, what
//! its choices are in words, what is in it; and the same form with other values in it. It
//! reads what our components write (attributes in double quotes, every text escaped) and
//! nobody else's markup.

mod tags;

use super::form::Form;
use crate::components::Content;
use std::{borrow::Cow, collections::BTreeMap};
use tags::{Part, Tag, parts, plain, quoted};

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Sent along unseen.
    Unseen,
    /// Sent by the button that is pressed.
    Button,
    /// Typed anew each time: a passphrase, a file.
    Anew,
    /// A text.
    Text,
    /// One line of a menu.
    Menu,
    /// Ticked or not.
    Ticks,
}

/// A field of a form.
#[derive(Debug)]
struct Field {
    name: String,
    label: String,
    kind: Kind,
    /// What is in it; of choices the codes of those chosen.
    values: Vec<String>,
    /// Codes of its choices, with their words.
    choices: Vec<(String, String)>,
}

impl Field {
    fn words(&self, values: &[String]) -> String {
        let word = |value: &String| {
            let choice = self.choices.iter().find(|(code, _)| code == value);
            choice.map_or_else(|| value.clone(), |(_, word)| word.clone())
        };
        values.iter().filter(|value| !value.is_empty()).map(word).collect::<Vec<_>>().join(" · ")
    }

    fn is_seen(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Menu | Kind::Ticks)
    }
}

/// What was typed into a field that the form has no more.
#[derive(Debug, PartialEq, Eq)]
pub struct Left {
    /// Name of the field.
    pub name: String,
    /// What it is called, if the form still tells.
    pub label: Option<String>,
    /// What was typed.
    pub value: String,
}

/// A form of a page.
pub struct Written<'a> {
    parts: Vec<Part<'a>>,
    fields: Vec<Field>,
    action: String,
}

/// All forms of a page.
#[must_use]
pub fn forms(html: &str) -> Vec<Written<'_>> {
    html.match_indices("<form ")
        .filter_map(|(at, _)| html.get(at..)?.split_once("</form>"))
        .map(|(form, _)| Written::read(form))
        .collect()
}

/// The form of a page that is sent to this path and is about the same; of several the one
/// most like what was sent.
#[must_use]
pub fn sent_to<'a>(html: &'a str, path: &str, sent: &Form) -> Option<Written<'a>> {
    let ours = |form: &Written<'_>| {
        form.action.split('?').next() == Some(path) && form.is_about_the_same(sent)
    };
    forms(html).into_iter().rev().filter(ours).max_by_key(|form| form.likeness(sent))
}

impl<'a> Written<'a> {
    fn read(form: &'a str) -> Self {
        let parts = parts(form);
        let action = match parts.first() {
            Some(Part::Tag(tag)) => tag.get("action"),
            _ => String::new(),
        };
        let fields = Reader::new(&parts).fields();
        Self { parts, fields, action }
    }

    /// Fields to be seen that nothing names.
    #[must_use]
    pub fn unnamed(&self) -> Vec<&str> {
        let unnamed = self.fields.iter().filter(|one| one.is_seen() && one.label.is_empty());
        unnamed.map(|one| one.name.as_str()).collect()
    }

    /// How many fields to be seen it has.
    #[must_use]
    pub fn seen(&self) -> usize {
        self.fields.iter().filter(|one| one.is_seen()).count()
    }

    /// Whether what it sends along unseen (which record, which step) is what was sent.
    /// Many records of a page have a form of the same address: words and a button of one
    /// must never come back as those of another. What says which version was seen differs.
    fn is_about_the_same(&self, sent: &Form) -> bool {
        let version = |name: &str| {
            name.starts_with('_')
                || matches!(name, "seen" | "before" | "drafted")
                || ["revision", "version", "was"].iter().any(|end| name.ends_with(end))
        };
        let unseen = self.fields.iter().filter(|field| field.kind == Kind::Unseen);
        unseen.filter(|field| !version(&field.name)).all(|field| {
            let own = sent.list(&field.name);
            own.is_empty() || field.values.iter().all(|value| own.contains(value))
        })
    }

    fn likeness(&self, sent: &Form) -> usize {
        let known = |name: &&str| self.fields.iter().any(|field| field.name == **name);
        let same = |field: &&Field| {
            matches!(field.kind, Kind::Unseen | Kind::Button)
                && !field.name.starts_with('_')
                && field.values.first().is_some_and(|value| sent.list(&field.name).contains(value))
        };
        sent.names().filter(known).count() + 2 * self.fields.iter().filter(same).count()
    }

    /// What is in the form now and was typed otherwise: what the field is called, what is
    /// in it, what was typed, both in words.
    #[must_use]
    pub fn differences(&self, sent: &Form) -> Vec<(String, String, String)> {
        let mut places = Places::default();
        let mut found = Vec::new();
        for field in self.fields.iter().filter(|field| field.is_seen()) {
            let typed = match field.kind {
                Kind::Ticks => sent.list(&field.name).to_vec(),
                _ => match places.next(sent, &field.name) {
                    Some(typed) => vec![typed.to_owned()],
                    None => continue,
                },
            };
            let (saved, own) = (field.words(&field.values), field.words(&typed));
            let even = |text: &str| text.replace('\r', "").trim().to_owned();
            if even(&saved) != even(&own) {
                found.push((field.label.clone(), saved, own));
            }
        }
        found
    }

    /// What was typed and has no place in the form any more.
    #[must_use]
    pub fn left_over(&self, sent: &Form) -> Vec<Left> {
        let mut left = Vec::new();
        for name in sent.names().filter(|name| !name.starts_with('_')) {
            let own: Vec<&Field> = self.fields.iter().filter(|field| field.name == name).collect();
            let choices: Vec<&str> = own
                .iter()
                .flat_map(|field| field.choices.iter().map(|(code, _)| code.as_str()))
                .collect();
            let label = own.first().map(|field| field.label.clone()).filter(|l| !l.is_empty());
            for (at, value) in sent.list(name).iter().enumerate() {
                let unseen = own.iter().any(|field| !field.is_seen());
                let placed = if choices.is_empty() {
                    at < own.len()
                } else {
                    choices.contains(&value.as_str())
                };
                if !value.trim().is_empty() && !unseen && !placed {
                    let (name, value) = (name.to_owned(), value.clone());
                    left.push(Left { name, label: label.clone(), value });
                }
            }
        }
        left
    }

    /// The form as it is now, with what was typed in it. What is sent along unseen stays
    /// as the page has it: it says which version someone has read.
    #[must_use]
    pub fn filled(&self, sent: &Form) -> String {
        let mut html = String::new();
        let mut places = Places::default();
        let mut menu: Option<&str> = None;
        let mut within_lines = false;
        for part in &self.parts {
            let tag = match part {
                Part::Text(text) => {
                    if !within_lines {
                        html.push_str(text);
                    }
                    continue;
                }
                Part::Tag(tag) => tag,
            };
            let written: Cow<'_, str> = match tag.name {
                "input" => filled_input(tag, sent, &mut places),
                "select" => {
                    let name = tag.get("name");
                    menu = if tag.closes { None } else { places.next(sent, &name) };
                    tag.raw.into()
                }
                "option" if !tag.closes && menu.is_some() => {
                    let chosen = menu == Some(tag.get("value").as_str());
                    tag.with("selected", chosen.then_some("selected")).into()
                }
                "textarea" if tag.closes => {
                    within_lines = false;
                    tag.raw.into()
                }
                "textarea" => match places.next(sent, &tag.get("name")) {
                    Some(typed) => {
                        within_lines = true;
                        // A line break after the tag is not part of the words.
                        format!("{}\n{}", tag.raw, Content::from(typed)).into()
                    }
                    None => tag.raw.into(),
                },
                _ => tag.raw.into(),
            };
            html.push_str(&written);
        }
        html.push_str("</form>");
        html
    }
}

fn filled_input<'t>(tag: &Tag<'t>, sent: &Form, places: &mut Places) -> Cow<'t, str> {
    let name = tag.get("name");
    match input_kind(tag) {
        Kind::Ticks => tag.ticked(sent.list(&name).contains(&tag.get("value"))).into(),
        Kind::Text => match places.next(sent, &name) {
            Some(typed) => tag.with("value", Some(&format!("value=\"{}\"", quoted(typed)))).into(),
            None => tag.raw.into(),
        },
        _ => tag.raw.into(),
    }
}

/// Which of several values of one name comes next.
#[derive(Default)]
struct Places(BTreeMap<String, usize>);

impl Places {
    fn next<'f>(&mut self, sent: &'f Form, name: &str) -> Option<&'f str> {
        let at = self.0.entry(name.to_owned()).or_default();
        let value = sent.list(name).get(*at);
        *at += 1;
        value.map(String::as_str)
    }
}

fn input_kind(tag: &Tag<'_>) -> Kind {
    match tag.get("type").as_str() {
        "hidden" => Kind::Unseen,
        "submit" | "button" => Kind::Button,
        "password" | "file" => Kind::Anew,
        "radio" | "checkbox" => Kind::Ticks,
        _ => Kind::Text,
    }
}

/// Reads the fields of a form one after the other.
struct Reader<'p, 'a> {
    parts: &'p [Part<'a>],
    labels: BTreeMap<String, String>,
    /// What the sets of fields around the present place are called.
    legends: Vec<String>,
    fields: Vec<Field>,
}

impl<'p, 'a> Reader<'p, 'a> {
    fn new(parts: &'p [Part<'a>]) -> Self {
        let mut reader =
            Self { parts, labels: BTreeMap::new(), legends: Vec::new(), fields: Vec::new() };
        for (at, part) in parts.iter().enumerate() {
            if let Part::Tag(tag) = part
                && tag.is("label")
            {
                let words = reader.line(at, "label");
                reader.labels.insert(tag.get("for"), words);
            }
        }
        reader
    }

    /// The text from here to the closing tag.
    fn text(&self, at: usize, closing: &str) -> String {
        let inner = self.parts.iter().skip(at + 1).take_while(
            |part| !matches!(part, Part::Tag(tag) if tag.closes && tag.name == closing),
        );
        let texts = inner.map(|part| match part {
            Part::Text(text) => plain(text),
            Part::Tag(_) => String::new(),
        });
        texts.collect()
    }

    /// The same on one line.
    fn line(&self, at: usize, closing: &str) -> String {
        self.text(at, closing).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn fields(mut self) -> Vec<Field> {
        let parts = self.parts;
        for (at, part) in parts.iter().enumerate() {
            let Part::Tag(tag) = part else { continue };
            match (tag.name, tag.closes) {
                ("fieldset", false) => self.legends.push(String::new()),
                ("fieldset", true) => {
                    self.legends.pop();
                }
                ("legend", false) => {
                    let words = self.line(at, "legend");
                    if let Some(last) = self.legends.last_mut() {
                        *last = words;
                    }
                }
                ("input", false) => self.input(tag),
                ("button", false) if tag.has("name") => {
                    self.push(tag, Kind::Button, vec![tag.get("value")], Vec::new());
                }
                ("textarea", false) => {
                    let text = self.text(at, "textarea");
                    let text = text.strip_prefix('\n').unwrap_or(&text).to_owned();
                    self.push(tag, Kind::Text, vec![text], Vec::new());
                }
                ("select", false) => self.menu(at, tag),
                _ => {}
            }
        }
        self.fields
    }

    fn legend(&self) -> &str {
        let named = self.legends.iter().rev().find(|legend| !legend.is_empty());
        named.map_or("", String::as_str)
    }

    /// What a tag is called by itself.
    fn own_label(&self, tag: &Tag<'_>) -> String {
        let label = self.labels.get(&tag.get("id")).cloned().unwrap_or_default();
        if label.is_empty() { tag.get("aria-label") } else { label }
    }

    fn push(
        &mut self,
        tag: &Tag<'_>,
        kind: Kind,
        values: Vec<String>,
        choices: Vec<(String, String)>,
    ) {
        let (legend, own) = (self.legend(), self.own_label(tag));
        let label = match (legend.is_empty(), own.is_empty()) {
            (true, _) => own,
            (false, true) => legend.to_owned(),
            (false, false) => format!("{legend} – {own}"),
        };
        self.fields.push(Field { name: tag.get("name"), label, kind, values, choices });
    }

    fn input(&mut self, tag: &Tag<'_>) {
        let kind = input_kind(tag);
        let value = tag.get("value");
        if kind != Kind::Ticks {
            self.push(tag, kind, vec![value], Vec::new());
            return;
        }
        let name = tag.get("name");
        let words = self.own_label(tag);
        let chosen = tag.has("checked").then(|| value.clone());
        let mine = |field: &&mut Field| field.kind == Kind::Ticks && field.name == name;
        if let Some(field) = self.fields.iter_mut().find(mine) {
            field.values.extend(chosen);
            field.choices.push((value, words));
            return;
        }
        let legend = self.legend();
        let label = if legend.is_empty() { words.clone() } else { legend.to_owned() };
        self.fields.push(Field {
            name,
            label,
            kind,
            values: chosen.into_iter().collect(),
            choices: vec![(value, words)],
        });
    }

    fn menu(&mut self, at: usize, select: &Tag<'_>) {
        let (mut values, mut choices) = (Vec::new(), Vec::new());
        for (at, part) in self.parts.iter().enumerate().skip(at + 1) {
            let Part::Tag(tag) = part else { continue };
            if tag.name == "select" {
                break;
            }
            if tag.is("option") {
                let value = tag.get("value");
                if tag.has("selected") {
                    values.push(value.clone());
                }
                choices.push((value, self.line(at, "option")));
            }
        }
        self.push(select, Kind::Menu, values, choices);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::components::{Checkboxes, Choice, DateInput, Input, Radios, Select, Textarea};

    fn page() -> String {
        let options = [("XAA", "Avelmar"), ("XBB", "Bresk")];
        let two = [("a", "Advice"), ("b", "Bed & board")];
        let choices = || two.map(|(value, label)| Choice::new(value, label));
        let labels = ["Day", "Month", "Year"].map(str::to_owned);
        format!(
            "<p>x</p><form method=\"post\" action=\"/en/x?y=1\" novalidate>\
             <input type=\"hidden\" name=\"revision\" value=\"7\">{}{}{}{}{}{}\
             <button name=\"do\" value=\"save\">Save</button></form><p>y</p>",
            Input::new("name", "Name \"here\"").value("Their > name"),
            Textarea::new("words", "Words").value("One <line>"),
            Select::new("state", "State").options(options).value("XAA"),
            Radios::new("kind", "Kind", choices()).value("a"),
            Checkboxes::new("needs", "Needs", choices()).values(["a".to_owned()]),
            DateInput::new("on", "Day of it", labels).values(["1", "2", "2025"]),
        )
    }

    fn sent() -> Form {
        Form::parse(
            b"_once=x&revision=6&name=%22Own%22&words=Two%0D%0Alines+%26+more&state=XBB&kind=b\
              &needs=a&needs=b&on-day=3&on-month=2&on-year=2025&gone=9&state=XCC&do=save",
        )
    }

    #[test]
    fn what_was_typed_stands_beside_what_was_saved_in_the_words_of_the_form() {
        let page = page();
        let form = sent_to(&page, "/en/x", &sent()).unwrap();
        assert_eq!(form.unnamed(), Vec::<&str>::new());
        let told: Vec<String> =
            form.differences(&sent()).into_iter().map(|(a, b, c)| format!("{a}|{b}|{c}")).collect();
        assert_eq!(
            told,
            [
                "Name \"here\"|Their > name|\"Own\"",
                "Words|One <line>|Two\r\nlines & more",
                "State|Avelmar|Bresk",
                "Kind|Advice|Bed & board",
                "Needs|Advice|Advice · Bed & board",
                "Day of it – Day|1|3",
            ]
        );
    }

    #[test]
    fn the_form_is_filled_in_and_keeps_the_version_it_shows() {
        let page = page();
        let html = sent_to(&page, "/en/x", &sent()).unwrap().filled(&sent());
        assert!(html.contains("name=\"revision\" value=\"7\""), "{html}");
        // Read again, it holds what was typed.
        let again = sent_to(&html, "/en/x", &sent()).unwrap();
        assert!(again.differences(&sent()).is_empty(), "{html}");
        assert!(!html.contains("<line>") && html.contains("lines &#38; more"), "{html}");
    }

    #[test]
    fn what_has_no_place_any_more_is_told_apart() {
        let page = page();
        let left = sent_to(&page, "/en/x", &sent()).unwrap().left_over(&sent());
        let told: Vec<(&str, Option<&str>, &str)> = left
            .iter()
            .map(|one| (one.name.as_str(), one.label.as_deref(), one.value.as_str()))
            .collect();
        assert_eq!(told, [("gone", None, "9"), ("state", Some("State"), "XCC")]);
    }

    #[test]
    fn a_form_that_is_sent_elsewhere_is_another() {
        assert!(sent_to(&page(), "/en/z", &sent()).is_none());
    }

    #[test]
    fn a_form_about_another_record_is_another() {
        let button = |id: &str, to: &str| {
            format!(
                "<form method=\"post\" action=\"/en/x\">\
                 <input type=\"hidden\" name=\"revision\" value=\"9\">\
                 <input type=\"hidden\" name=\"id\" value=\"{id}\">\
                 <button name=\"to\" value=\"{to}\">Agree</button></form>"
            )
        };
        let sent = Form::parse(b"revision=8&id=one&to=yes");
        let both = button("two", "yes") + &button("one", "no");
        let found = sent_to(&both, "/en/x", &sent).unwrap();
        assert!(found.filled(&sent).contains("value=\"one\""));
        assert!(sent_to(&button("two", "yes"), "/en/x", &sent).is_none());
    }
}
