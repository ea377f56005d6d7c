//! A date in three boxes.

use askama::Template;

use super::choices::{Fieldset, group_setters};
use super::content::{Attributes, Classes, Content, parts};
use super::fields::{FieldHead, FormGroup, Input, described_by};
use super::marks::{ErrorMessage, Hint, Label};
use super::words::Words;

/// One box of a date.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct DateItem {
    /// Id, if another than the date's with the name.
    pub id: String,
    /// `day`, `month` or `year`.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// What is in it.
    pub value: String,
    /// Marks this box as wrong; `Some(false)` as right.
    pub error: Option<bool>,
    /// What a browser may fill in.
    pub autocomplete: String,
    /// Keyboard to offer; digits unless given.
    pub inputmode: String,
    /// Pattern the browser may check.
    pub pattern: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// A date in three boxes, day first: nobody has to know a format.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/group.html")]
pub struct DateInput {
    /// Id, and beginning of the boxes' ids.
    pub id: String,
    /// Put before the boxes' names with a hyphen.
    pub name_prefix: String,
    /// The boxes in order.
    pub items: Vec<DateItem>,
    /// The question over the boxes.
    pub fieldset: Option<Fieldset>,
    /// Help under the question.
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

impl DateInput {
    /// An empty date; `labels` are the words for day, month and year. Fields are sent as
    /// `{name}-day`, `{name}-month` and `{name}-year`.
    pub fn new(name: impl Into<String>, question: impl Into<Content>, labels: [String; 3]) -> Self {
        let name = name.into();
        let items = ["day", "month", "year"]
            .into_iter()
            .zip(labels)
            .map(|(part, label)| DateItem { name: part.into(), label, ..DateItem::default() })
            .collect();
        Self {
            id: name.clone(),
            name_prefix: name,
            items,
            fieldset: Some(Fieldset::new(question, "")),
            ..Self::default()
        }
    }

    group_setters!();

    /// What was typed into day, month and year.
    #[must_use]
    pub fn values(mut self, values: [&str; 3]) -> Self {
        for (item, value) in self.items.iter_mut().zip(values) {
            item.value = value.to_owned();
        }
        self
    }

    /// Marks single boxes as wrong; without any, an error marks them all.
    #[must_use]
    pub fn wrong(mut self, parts: [bool; 3]) -> Self {
        for (item, wrong) in self.items.iter_mut().zip(parts) {
            item.error = wrong.then_some(true);
        }
        self
    }

    fn box_of(&self, item: &DateItem, any_marked: bool) -> Input {
        let marked = "govuk-input--error";
        let given = item.classes.as_str();
        let mut classes = Classes::from("govuk-date-input__input");
        let wrong = item.error == Some(true)
            || (item.error != Some(false) && self.error_message.is_some() && !any_marked);
        if wrong && !given.contains(marked) {
            classes.push(marked);
        }
        if !given.contains("govuk-input--width-") {
            let year = item.name == "year";
            classes.push(if year { "govuk-input--width-4" } else { "govuk-input--width-2" });
        }
        classes.push(given);
        let name = match self.name_prefix.as_str() {
            "" => item.name.clone(),
            prefix => format!("{prefix}-{}", item.name),
        };
        Input {
            id: if item.id.is_empty() {
                format!("{}-{}", self.id, item.name)
            } else {
                item.id.clone()
            },
            name,
            label: Label {
                content: item.label.as_str().into(),
                classes: "govuk-date-input__label".into(),
                ..Label::default()
            },
            classes,
            value: item.value.clone(),
            inputmode: if item.inputmode.is_empty() {
                "numeric".into()
            } else {
                item.inputmode.clone()
            },
            autocomplete: item.autocomplete.clone(),
            pattern: item.pattern.clone(),
            attributes: item.attributes.clone(),
            ..Input::default()
        }
    }

    fn inner(&self) -> Content {
        let given = self.fieldset.as_ref().map_or("", |fieldset| &fieldset.described_by);
        let any_marked = self.items.iter().any(|item| {
            item.error == Some(true) || item.classes.as_str().contains("govuk-input--error")
        });
        let content = Content::html(&DateBoxes {
            id: &self.id,
            head: FieldHead {
                id: &self.id,
                label: None,
                hint: self.hint.as_ref(),
                error: self.error_message.as_ref(),
            },
            classes: &self.classes,
            attributes: &self.attributes,
            group: &self.form_group,
            boxes: self.items.iter().map(|item| self.box_of(item, any_marked)).collect(),
        });
        let described =
            described_by(given, &self.id, self.hint.is_some(), self.error_message.is_some());
        // The role makes a screen reader say the description of a group of text boxes.
        self.framed(content, described, "group")
    }
}

#[derive(Template)]
#[template(path = "components/date-boxes.html")]
struct DateBoxes<'a> {
    id: &'a str,
    head: FieldHead<'a>,
    classes: &'a Classes,
    attributes: &'a Attributes,
    group: &'a FormGroup,
    boxes: Vec<Input>,
}

parts!(DateInput);
