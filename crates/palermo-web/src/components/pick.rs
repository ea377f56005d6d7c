//! Choosing from a list and choosing a file.

use askama::Template;

use super::content::{Attributes, Classes, Content, field_setters, parts};
use super::fields::{FieldHead, FormGroup, described_by, or_name};
use super::marks::{ErrorMessage, Hint, Label};
use super::words::Words;

/// One line of a select.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct SelectItem {
    /// What is sent; the words unless given.
    pub value: Option<String>,
    /// The words.
    pub content: Content,
    /// Chosen, whatever the select's value.
    pub selected: Option<bool>,
    /// Cannot be chosen.
    pub disabled: bool,
    /// Further attributes.
    pub attributes: Attributes,
}

/// A choice from a closed list. For up to about seven, prefer `Radios`.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/select.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Select {
    /// Id; the name unless given.
    pub id: String,
    /// Field name.
    pub name: String,
    /// The lines.
    pub items: Vec<SelectItem>,
    /// Value of the chosen line.
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
    /// Further attributes.
    pub attributes: Attributes,
}

impl Select {
    /// A list called `name` with a label.
    pub fn new(name: impl Into<String>, label: impl Into<Label>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
    }

    field_setters!();

    /// Lines as (value, words).
    #[must_use]
    pub fn options<V: Into<String>, T: Into<Content>>(
        mut self,
        options: impl IntoIterator<Item = (V, T)>,
    ) -> Self {
        self.items.extend(options.into_iter().map(|(value, text)| SelectItem {
            value: Some(value.into()),
            content: text.into(),
            ..SelectItem::default()
        }));
        self
    }

    /// Value of the chosen line.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    fn is_selected(&self, item: &SelectItem) -> bool {
        if item.selected == Some(true) {
            return true;
        }
        let effective = match &item.value {
            Some(value) => value.clone(),
            None => item.content.to_string(),
        };
        !self.value.is_empty() && effective == self.value && item.selected != Some(false)
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

/// A file to send.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/file-upload.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct FileUpload {
    /// Id; the name unless given.
    pub id: String,
    /// Field name.
    pub name: String,
    /// Cannot be used.
    pub disabled: bool,
    /// Several files at once.
    pub multiple: bool,
    /// Ids that describe it besides hint and error.
    pub described_by: String,
    /// Its name for people.
    pub label: Label,
    /// Help: which formats, how large.
    pub hint: Option<Hint>,
    /// What is wrong.
    pub error_message: Option<ErrorMessage>,
    /// Frame.
    pub form_group: FormGroup,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes, such as `accept`.
    pub attributes: Attributes,
}

impl FileUpload {
    /// A file field called `name` with a label.
    pub fn new(name: impl Into<String>, label: impl Into<Label>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
    }

    field_setters!();

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

parts!(Select, FileUpload);
