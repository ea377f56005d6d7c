//! Buttons and inputs. Every input brings its label, hint and error, tied together by id.

use askama::Template;

use super::content::{Attributes, Classes, Content, field_setters, parts};
use super::marks::{ErrorMessage, Hint, Label};
use super::words::Words;

/// A button, or a link that looks like one.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/button.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Button {
    /// Its words: a verb.
    pub content: Content,
    /// Makes it a link.
    pub href: String,
    /// `submit` unless given.
    #[cfg_attr(test, serde(rename = "type"))]
    pub kind: String,
    /// Field name sent when this button is pressed.
    pub name: String,
    /// Value sent with the name.
    pub value: String,
    /// Id, if something points here.
    pub id: String,
    /// Cannot be pressed. Prefer to leave a button out and say why.
    pub disabled: bool,
    /// Ignores a second press within a second.
    pub prevent_double_click: Option<bool>,
    /// For example `govuk-button--secondary`.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Button {
    /// Sends its form; a second press within a second is ignored.
    pub fn new(content: impl Into<Content>) -> Self {
        Self { content: content.into(), prevent_double_click: Some(true), ..Self::default() }
    }

    /// A link that looks like a button.
    pub fn link(content: impl Into<Content>, href: impl Into<String>) -> Self {
        Self { content: content.into(), href: href.into(), ..Self::default() }
    }

    /// Less prominent.
    #[must_use]
    pub fn secondary(mut self) -> Self {
        self.classes.push("govuk-button--secondary");
        self
    }

    /// For what cannot be undone.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.classes.push("govuk-button--warning");
        self
    }

    /// Small, for rows of a table.
    #[must_use]
    pub fn small(mut self) -> Self {
        self.classes.push("p-button-small");
        self
    }

    /// What is sent when this button, and no other, is pressed.
    #[must_use]
    pub fn sends(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.name = name.into();
        self.value = value.into();
        self
    }

    fn shown_kind(&self) -> &str {
        if self.kind.is_empty() { "submit" } else { &self.kind }
    }
}

/// Frame around an input: what stands before and after it, and classes.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct FormGroup {
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
    /// Shown before the input or inputs.
    #[cfg_attr(test, serde(alias = "beforeInput", alias = "beforeInputs"))]
    pub before: Content,
    /// Shown after the input or inputs.
    #[cfg_attr(test, serde(alias = "afterInput", alias = "afterInputs"))]
    pub after: Content,
}

/// Label, hint and error above an input.
#[derive(Template)]
#[template(path = "components/field-head.html")]
pub(crate) struct FieldHead<'a> {
    pub(crate) id: &'a str,
    pub(crate) label: Option<&'a Label>,
    pub(crate) hint: Option<&'a Hint>,
    pub(crate) error: Option<&'a ErrorMessage>,
}

impl FieldHead<'_> {
    fn shown_label(&self) -> Option<Label> {
        self.label.map(|label| Label { for_id: self.id.to_owned(), ..label.clone() })
    }

    fn shown_hint(&self) -> Option<Hint> {
        self.hint.map(|hint| Hint { id: format!("{}-hint", self.id), ..hint.clone() })
    }

    fn shown_error(&self) -> Option<ErrorMessage> {
        self.error.map(|error| ErrorMessage { id: format!("{}-error", self.id), ..error.clone() })
    }
}

impl askama::filters::HtmlSafe for FieldHead<'_> {}

pub(crate) fn or_name<'a>(id: &'a str, name: &'a str) -> &'a str {
    if id.is_empty() { name } else { id }
}

/// Value of `aria-describedby`: what the page gave, the hint, the error.
pub(crate) fn described_by(given: &str, id: &str, hint: bool, error: bool) -> String {
    let mut all = Vec::with_capacity(3);
    if !given.is_empty() {
        all.push(given.to_owned());
    }
    if hint {
        all.push(format!("{id}-hint"));
    }
    if error {
        all.push(format!("{id}-error"));
    }
    all.join(" ")
}

/// A word or sign before or after an input, such as a currency.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Affix {
    /// The sign.
    pub content: Content,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// Classes and attributes of the box round an input with affixes.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Wrapper {
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// One line of text.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/input.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Input {
    /// Id; the name unless given.
    pub id: String,
    /// Field name.
    pub name: String,
    /// `text` unless given.
    #[cfg_attr(test, serde(rename = "type"))]
    pub kind: String,
    /// Keyboard to offer, such as `numeric` or `email`.
    pub inputmode: String,
    /// What is in it.
    pub value: String,
    /// Cannot be changed.
    pub disabled: bool,
    /// Ids that describe it besides hint and error.
    pub described_by: String,
    /// Its name for people.
    pub label: Label,
    /// Help.
    pub hint: Option<Hint>,
    /// What is wrong.
    pub error_message: Option<ErrorMessage>,
    /// Sign before it.
    pub prefix: Option<Affix>,
    /// Sign after it.
    pub suffix: Option<Affix>,
    /// Frame.
    pub form_group: FormGroup,
    /// Further classes, such as `govuk-input--width-10`.
    pub classes: Classes,
    /// What a browser may fill in; `off` for anything about a person.
    pub autocomplete: String,
    /// `none`, `words`, …
    pub autocapitalize: String,
    /// Pattern the browser may check.
    pub pattern: String,
    /// Whether the browser may check spelling (which can send text away).
    pub spellcheck: Option<bool>,
    /// Box round input and affixes.
    pub input_wrapper: Wrapper,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Input {
    /// An empty line called `name` with a label.
    pub fn new(name: impl Into<String>, label: impl Into<Label>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
    }

    field_setters!();

    /// What is in it.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// `email`, `search`, `tel`, …
    #[must_use]
    pub fn kind(mut self, kind: &str) -> Self {
        self.kind = kind.to_owned();
        self
    }

    /// What a browser may fill in.
    #[must_use]
    pub fn autocomplete(mut self, value: &str) -> Self {
        self.autocomplete = value.to_owned();
        self
    }

    /// An input for an e-mail address.
    #[must_use]
    pub fn email(mut self) -> Self {
        self.kind = "email".into();
        self.autocomplete = "email".into();
        self.spellcheck = Some(false);
        self
    }

    /// An input for digits that are not an amount, such as a code.
    #[must_use]
    pub fn digits(mut self) -> Self {
        self.inputmode = "numeric".into();
        self.spellcheck = Some(false);
        self
    }

    fn shown_id(&self) -> &str {
        or_name(&self.id, &self.name)
    }

    fn shown_kind(&self) -> &str {
        if self.kind.is_empty() { "text" } else { &self.kind }
    }

    fn head(&self) -> FieldHead<'_> {
        FieldHead {
            id: self.shown_id(),
            label: Some(&self.label),
            hint: self.hint.as_ref(),
            error: self.error_message.as_ref(),
        }
    }

    fn described(&self) -> String {
        described_by(
            &self.described_by,
            self.shown_id(),
            self.hint.is_some(),
            self.error_message.is_some(),
        )
    }

    fn shown_prefix(&self) -> Option<&Affix> {
        self.prefix.as_ref().filter(|affix| !affix.content.is_empty())
    }

    fn shown_suffix(&self) -> Option<&Affix> {
        self.suffix.as_ref().filter(|affix| !affix.content.is_empty())
    }

    fn wrapped(&self) -> bool {
        self.shown_prefix().is_some()
            || self.shown_suffix().is_some()
            || !self.form_group.before.is_empty()
            || !self.form_group.after.is_empty()
    }
}

/// Several lines of text.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/textarea.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Textarea {
    /// Id; the name unless given.
    pub id: String,
    /// Field name.
    pub name: String,
    /// Whether the browser may check spelling (which can send text away).
    pub spellcheck: Option<bool>,
    /// Lines shown; 5 unless given.
    pub rows: u32,
    /// What is in it.
    pub value: String,
    /// Cannot be changed.
    pub disabled: bool,
    /// Ids that describe it besides hint and error.
    pub described_by: String,
    /// Its name for people.
    pub label: Label,
    /// Help.
    pub hint: Option<Hint>,
    /// What is wrong.
    pub error_message: Option<ErrorMessage>,
    /// Frame.
    pub form_group: FormGroup,
    /// Further classes.
    pub classes: Classes,
    /// What a browser may fill in.
    pub autocomplete: String,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Textarea {
    /// An empty box called `name` with a label.
    pub fn new(name: impl Into<String>, label: impl Into<Label>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
    }

    field_setters!();

    /// What is in it.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Lines shown.
    #[must_use]
    pub fn rows(mut self, rows: u32) -> Self {
        self.rows = rows;
        self
    }

    fn shown_rows(&self) -> u32 {
        if self.rows == 0 { 5 } else { self.rows }
    }

    fn shown_id(&self) -> &str {
        or_name(&self.id, &self.name)
    }

    fn head(&self) -> FieldHead<'_> {
        FieldHead {
            id: self.shown_id(),
            label: Some(&self.label),
            hint: self.hint.as_ref(),
            error: self.error_message.as_ref(),
        }
    }

    fn described(&self) -> String {
        described_by(
            &self.described_by,
            self.shown_id(),
            self.hint.is_some(),
            self.error_message.is_some(),
        )
    }
}

parts!(Button, Input, Textarea);
