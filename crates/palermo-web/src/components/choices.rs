//! Choices and groups of inputs: fieldset, radios, checkboxes.

use askama::Template;

use super::content::{Attributes, Classes, Content, parts};
use super::fields::{FieldHead, FormGroup, described_by};
use super::marks::{ErrorMessage, Hint, Label};
use super::words::Words;

/// The question over a group of inputs.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Legend {
    /// The question.
    pub content: Content,
    /// Further classes, such as `govuk-fieldset__legend--l`.
    pub classes: Classes,
    /// Whether the question is also the page's heading.
    pub is_page_heading: bool,
}

/// Inputs that belong together.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/fieldset.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Fieldset {
    /// The question.
    pub legend: Legend,
    /// The inputs.
    pub content: Content,
    /// Ids that describe the group.
    pub described_by: String,
    /// Role, if another than a group's.
    pub role: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Fieldset {
    /// A group under a question of medium size.
    pub fn new(legend: impl Into<Content>, content: impl Into<Content>) -> Self {
        Self {
            legend: Legend {
                content: legend.into(),
                classes: "govuk-fieldset__legend--m".into(),
                is_page_heading: false,
            },
            content: content.into(),
            ..Self::default()
        }
    }
}

/// What appears under a choice once it is taken.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Conditional {
    /// Markup, usually one more input.
    pub content: Content,
}

/// Classes and attributes of a choice's label.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct ChoiceLabel {
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// One radio button or checkbox, or a divider ("or") between two.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Choice {
    /// Words of the choice.
    pub content: Content,
    /// What is sent.
    pub value: String,
    /// Id, if another than the group's with a number.
    pub id: String,
    /// Field name, if another than the group's (checkboxes alone).
    pub name: String,
    /// Classes and attributes of the label.
    pub label: ChoiceLabel,
    /// Help under the choice.
    pub hint: Option<Hint>,
    /// Makes this a divider with these words.
    pub divider: String,
    /// Taken, whatever the group's value; `Some(false)` never.
    pub checked: Option<bool>,
    /// What appears once it is taken.
    pub conditional: Option<Conditional>,
    /// `exclusive`: taking it clears the others (checkboxes alone).
    pub behaviour: String,
    /// Cannot be taken.
    pub disabled: bool,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Choice {
    /// A choice that sends `value`.
    pub fn new(value: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { value: value.into(), content: content.into(), ..Self::default() }
    }

    /// Words between choices, such as "or".
    pub fn divider(words: impl Into<String>) -> Self {
        Self { divider: words.into(), ..Self::default() }
    }

    /// Help under the choice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Hint>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What appears once the choice is taken.
    #[must_use]
    pub fn reveals(mut self, content: impl Into<Content>) -> Self {
        self.conditional = Some(Conditional { content: content.into() });
        self
    }

    /// Taking it clears all other checkboxes.
    #[must_use]
    pub fn exclusive(mut self) -> Self {
        self.behaviour = "exclusive".into();
        self
    }
}

/// A choice as its group's template shows it, with ids worked out.
pub(crate) struct ShownChoice<'a> {
    item: &'a Choice,
    id: String,
    name: &'a str,
    checked: bool,
    label: Label,
    hint: Option<Hint>,
    described: String,
    reveals: Option<&'a Content>,
}

struct Group<'a> {
    block: &'static str,
    id_prefix: &'a str,
    name: &'a str,
    described: String,
}

impl<'a> Group<'a> {
    fn show(&self, items: &'a [Choice], taken: impl Fn(&Choice) -> bool) -> Vec<ShownChoice<'a>> {
        items
            .iter()
            .enumerate()
            .map(|(index, item)| self.show_one(index, item, taken(item)))
            .collect()
    }

    fn show_one(&self, index: usize, item: &'a Choice, taken: bool) -> ShownChoice<'a> {
        let block = self.block;
        // The first id has no number, so that an error summary can point to it.
        let id = match (item.id.is_empty(), index) {
            (false, _) => item.id.clone(),
            (true, 0) => self.id_prefix.to_owned(),
            (true, n) => format!("{}-{}", self.id_prefix, n + 1),
        };
        let mut label_classes = Classes::from(format!("govuk-{block}__label"));
        label_classes.push(item.label.classes.as_str());
        let hint = item.hint.as_ref().filter(|hint| !hint.content.is_empty()).map(|hint| {
            let mut classes = Classes::from(format!("govuk-{block}__hint"));
            classes.push(hint.classes.as_str());
            Hint { id: format!("{id}-item-hint"), classes, ..hint.clone() }
        });
        let mut described = self.described.clone();
        if let Some(hint) = &hint {
            if !described.is_empty() {
                described.push(' ');
            }
            described.push_str(&hint.id);
        }
        ShownChoice {
            item,
            name: if item.name.is_empty() { self.name } else { &item.name },
            checked: taken,
            label: Label {
                content: item.content.clone(),
                for_id: id.clone(),
                classes: label_classes,
                attributes: item.label.attributes.clone(),
                ..Label::default()
            },
            hint,
            described,
            reveals: item.conditional.as_ref().map(|c| &c.content).filter(|c| !c.is_empty()),
            id,
        }
    }
}

/// Setters that every group of inputs has.
macro_rules! group_setters {
    () => {
        /// Help under the question.
        #[must_use]
        pub fn hint(mut self, hint: impl Into<Hint>) -> Self {
            self.hint = Some(hint.into());
            self
        }

        /// What is wrong with the answer, if anything.
        #[must_use]
        pub fn error(mut self, message: Option<impl Into<ErrorMessage>>) -> Self {
            self.error_message = message.map(Into::into);
            self
        }

        /// Makes the question the page's heading, for a page with one question.
        #[must_use]
        pub fn page_heading(mut self) -> Self {
            if let Some(fieldset) = &mut self.fieldset {
                fieldset.legend.is_page_heading = true;
                fieldset.legend.classes = "govuk-fieldset__legend--l".into();
            }
            self
        }

        /// The reader's words for what the part says by itself.
        #[must_use]
        pub fn words(mut self, words: &Words) -> Self {
            if let Some(error) = &mut self.error_message {
                error.visually_hidden_text = words.error.clone();
            }
            self
        }

        fn framed(&self, content: Content, described_by: String, role: &str) -> Content {
            match &self.fieldset {
                Some(fieldset) => Content::html(&Fieldset {
                    content,
                    described_by,
                    role: role.to_owned(),
                    ..fieldset.clone()
                }),
                None => content,
            }
        }
    };
}

pub(crate) use group_setters;

/// One choice of several.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/group.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Radios {
    /// The question over the choices.
    pub fieldset: Option<Fieldset>,
    /// Help under the question.
    pub hint: Option<Hint>,
    /// What is wrong.
    pub error_message: Option<ErrorMessage>,
    /// Frame.
    pub form_group: FormGroup,
    /// Beginning of ids; the name unless given.
    pub id_prefix: String,
    /// Field name.
    pub name: String,
    /// The choices.
    pub items: Vec<Choice>,
    /// Value of the choice taken.
    pub value: String,
    /// For example `govuk-radios--inline` or `govuk-radios--small`.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Radios {
    /// Choices under a question.
    pub fn new(
        name: impl Into<String>,
        question: impl Into<Content>,
        items: impl IntoIterator<Item = Choice>,
    ) -> Self {
        Self {
            name: name.into(),
            fieldset: Some(Fieldset::new(question, "")),
            items: items.into_iter().collect(),
            ..Self::default()
        }
    }

    group_setters!();

    /// Value of the choice taken.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Side by side, for two short choices.
    #[must_use]
    pub fn inline(mut self) -> Self {
        self.classes.push("govuk-radios--inline");
        self
    }

    fn inner(&self) -> Content {
        let prefix = if self.id_prefix.is_empty() { &self.name } else { &self.id_prefix };
        let given = self.fieldset.as_ref().map_or("", |fieldset| &fieldset.described_by);
        let group = Group {
            block: "radios",
            id_prefix: prefix,
            name: &self.name,
            described: String::new(),
        };
        let choices = group.show(&self.items, |item| {
            item.checked == Some(true)
                || (!self.value.is_empty()
                    && item.value == self.value
                    && item.checked != Some(false))
        });
        let content = Content::html(&Choices {
            block: "radios",
            kind: "radio",
            head: FieldHead {
                id: prefix,
                label: None,
                hint: self.hint.as_ref(),
                error: self.error_message.as_ref(),
            },
            classes: &self.classes,
            attributes: &self.attributes,
            group: &self.form_group,
            choices,
        });
        let described =
            described_by(given, prefix, self.hint.is_some(), self.error_message.is_some());
        self.framed(content, described, "")
    }
}

/// Any number of choices.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/group.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Checkboxes {
    /// Ids that describe every choice, without a question.
    pub described_by: String,
    /// The question over the choices.
    pub fieldset: Option<Fieldset>,
    /// Help under the question.
    pub hint: Option<Hint>,
    /// What is wrong.
    pub error_message: Option<ErrorMessage>,
    /// Frame.
    pub form_group: FormGroup,
    /// Beginning of ids; the name unless given.
    pub id_prefix: String,
    /// Field name.
    pub name: String,
    /// The choices.
    pub items: Vec<Choice>,
    /// Values of the choices taken.
    pub values: Vec<String>,
    /// For example `govuk-checkboxes--small`.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Checkboxes {
    /// Choices under a question.
    pub fn new(
        name: impl Into<String>,
        question: impl Into<Content>,
        items: impl IntoIterator<Item = Choice>,
    ) -> Self {
        Self {
            name: name.into(),
            fieldset: Some(Fieldset::new(question, "")),
            items: items.into_iter().collect(),
            ..Self::default()
        }
    }

    /// One box without a question, such as "I have read this".
    pub fn single(name: impl Into<String>, choice: Choice) -> Self {
        Self { name: name.into(), items: vec![choice], ..Self::default() }
    }

    group_setters!();

    /// Values of the choices taken.
    #[must_use]
    pub fn values(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.values = values.into_iter().map(Into::into).collect();
        self
    }

    fn inner(&self) -> Content {
        let prefix = if self.id_prefix.is_empty() { &self.name } else { &self.id_prefix };
        let given = match &self.fieldset {
            Some(fieldset) if !fieldset.described_by.is_empty() => &fieldset.described_by,
            _ => &self.described_by,
        };
        let described =
            described_by(given, prefix, self.hint.is_some(), self.error_message.is_some());
        let group = Group {
            block: "checkboxes",
            id_prefix: prefix,
            name: &self.name,
            // Without a fieldset nothing else could carry the description.
            described: if self.fieldset.is_some() { String::new() } else { described.clone() },
        };
        let choices = group.show(&self.items, |item| {
            item.checked == Some(true)
                || (self.values.contains(&item.value) && item.checked != Some(false))
        });
        let content = Content::html(&Choices {
            block: "checkboxes",
            kind: "checkbox",
            head: FieldHead {
                id: prefix,
                label: None,
                hint: self.hint.as_ref(),
                error: self.error_message.as_ref(),
            },
            classes: &self.classes,
            attributes: &self.attributes,
            group: &self.form_group,
            choices,
        });
        self.framed(content, described, "")
    }
}

#[derive(Template)]
#[template(path = "components/choices.html")]
struct Choices<'a> {
    block: &'static str,
    kind: &'static str,
    head: FieldHead<'a>,
    classes: &'a Classes,
    attributes: &'a Attributes,
    group: &'a FormGroup,
    choices: Vec<ShownChoice<'a>>,
}

parts!(Fieldset, Radios, Checkboxes);
