//! Text inputs with something more: a passphrase that can be shown, a box that counts.

use askama::Template;

use super::content::{Attributes, Classes, Content, field_setters, parts};
use super::fields::{Button, FormGroup, Input, Textarea, Wrapper};
use super::marks::{ErrorMessage, Hint, Label};
use super::words::Words;

/// A passphrase that its writer can look at.
#[derive(Clone, Debug, Default, Template)]
#[template(source = "{{ self.input() }}", ext = "html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct PasswordInput {
    /// Id; the name unless given.
    pub id: String,
    /// Field name.
    pub name: String,
    /// What is in it: leave empty when a page comes back with errors.
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
    /// `current-password` unless given.
    pub autocomplete: String,
    /// Further attributes.
    pub attributes: Attributes,
    /// Button that shows it.
    pub show_password_text: String,
    /// Button that hides it.
    pub hide_password_text: String,
    /// The same, said in full.
    pub show_password_aria_label_text: String,
    /// The same, said in full.
    pub hide_password_aria_label_text: String,
    /// Said when shown.
    pub password_shown_announcement_text: String,
    /// Said when hidden.
    pub password_hidden_announcement_text: String,
    /// Classes of the button.
    pub button: ButtonClasses,
}

/// Classes of a button inside another part.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct ButtonClasses {
    /// Further classes.
    pub classes: Classes,
}

fn or<'a>(given: &'a str, otherwise: &'a str) -> &'a str {
    if given.is_empty() { otherwise } else { given }
}

fn prefixed(first: &str, more: &Classes) -> Classes {
    let mut classes = Classes::from(first);
    classes.push(more.as_str());
    classes
}

impl PasswordInput {
    /// The passphrase someone already has, in the reader's language.
    pub fn new(name: impl Into<String>, label: impl Into<Label>, words: &Words) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            show_password_text: words.show.clone(),
            hide_password_text: words.hide.clone(),
            show_password_aria_label_text: words.show_password.clone(),
            hide_password_aria_label_text: words.hide_password.clone(),
            password_shown_announcement_text: words.password_shown.clone(),
            password_hidden_announcement_text: words.password_hidden.clone(),
            ..Self::default()
        }
    }

    /// A new passphrase, which a password manager may propose.
    #[must_use]
    pub fn new_password(mut self) -> Self {
        self.autocomplete = "new-password".into();
        self
    }

    field_setters!();

    fn frame_attributes(&self) -> Attributes {
        let mut all = Attributes::default().with("data-module", "govuk-password-input");
        for (key, words) in [
            ("show-password", &self.show_password_text),
            ("hide-password", &self.hide_password_text),
            ("show-password-aria-label", &self.show_password_aria_label_text),
            ("hide-password-aria-label", &self.hide_password_aria_label_text),
            ("password-shown-announcement", &self.password_shown_announcement_text),
            ("password-hidden-announcement", &self.password_hidden_announcement_text),
        ] {
            if !words.is_empty() {
                all.set(format!("data-i18n.{key}"), words);
            }
        }
        all.extend(&self.form_group.attributes);
        all
    }

    fn toggle(&self, id: &str) -> Button {
        let mut attributes = Attributes::default()
            .with("aria-controls", id)
            .with("aria-label", or(&self.show_password_aria_label_text, "Show password"));
        attributes.flag("hidden");
        Button {
            content: or(&self.show_password_text, "Show").into(),
            kind: "button".into(),
            classes: prefixed(
                "govuk-button--secondary govuk-password-input__toggle \
                 govuk-js-password-input-toggle",
                &self.button.classes,
            ),
            attributes,
            ..Button::default()
        }
    }

    fn input(&self) -> Input {
        let id = or(&self.id, &self.name);
        Input {
            id: id.to_owned(),
            name: self.name.clone(),
            kind: "password".into(),
            value: self.value.clone(),
            disabled: self.disabled,
            described_by: self.described_by.clone(),
            label: self.label.clone(),
            hint: self.hint.clone(),
            error_message: self.error_message.clone(),
            spellcheck: Some(false),
            autocapitalize: "none".into(),
            autocomplete: or(&self.autocomplete, "current-password").to_owned(),
            classes: prefixed(
                "govuk-password-input__input govuk-js-password-input-input",
                &self.classes,
            ),
            input_wrapper: Wrapper {
                classes: "govuk-password-input__wrapper".into(),
                attributes: Attributes::default(),
            },
            form_group: FormGroup {
                classes: prefixed("govuk-password-input", &self.form_group.classes),
                attributes: self.frame_attributes(),
                before: self.form_group.before.clone(),
                after: Content::Html(format!("{}{}", self.toggle(id), self.form_group.after)),
            },
            attributes: self.attributes.clone(),
            ..Input::default()
        }
    }
}

/// A box for text that counts how much room is left.
#[derive(Clone, Debug, Default, Template)]
#[template(source = "{{ self.textarea() }}", ext = "html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct CharacterCount {
    /// Id; the name unless given.
    pub id: String,
    /// Field name.
    pub name: String,
    /// Lines shown.
    pub rows: u32,
    /// What is in it.
    pub value: String,
    /// Most characters.
    pub maxlength: Option<u32>,
    /// Percent of the limit from which the count shows.
    pub threshold: Option<u32>,
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
    /// Whether the browser may check spelling (which can send text away).
    pub spellcheck: Option<bool>,
    /// Further attributes.
    pub attributes: Attributes,
    /// Classes of the count.
    pub count_message: ButtonClasses,
    /// The limit in words, with `%{count}`.
    pub textarea_description_text: String,
    /// Live count, with `%{count}`: one form for every number, since scripts know no plurals.
    #[cfg_attr(test, serde(skip))]
    pub characters_left_text: String,
    /// Live count over the limit, with `%{count}`.
    #[cfg_attr(test, serde(skip))]
    pub characters_over_text: String,
}

impl CharacterCount {
    /// A box that takes up to `maxlength` characters, in the reader's language.
    pub fn new(
        name: impl Into<String>,
        label: impl Into<Label>,
        maxlength: u32,
        words: &Words,
    ) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            maxlength: Some(maxlength),
            textarea_description_text: words.up_to_characters.clone(),
            characters_left_text: words.characters_left.clone(),
            characters_over_text: words.characters_over.clone(),
            ..Self::default()
        }
    }

    field_setters!();

    /// What is in it.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    fn count(&self, id: &str) -> Hint {
        let words = or(&self.textarea_description_text, "You can enter up to %{count} characters");
        let limit = self.maxlength.map(|n| words.replace("%{count}", &n.to_string()));
        Hint {
            content: limit.unwrap_or_default().into(),
            id: format!("{id}-info"),
            classes: prefixed("govuk-character-count__message", &self.count_message.classes),
            ..Hint::default()
        }
    }

    fn frame_attributes(&self) -> Attributes {
        let mut all = Attributes::default().with("data-module", "govuk-character-count");
        if let Some(most) = self.maxlength {
            all.set("data-maxlength", most.to_string());
        }
        if let Some(percent) = self.threshold {
            all.set("data-threshold", percent.to_string());
        }
        for (key, words) in [
            ("characters-under-limit.other", &self.characters_left_text),
            ("characters-over-limit.other", &self.characters_over_text),
        ] {
            if !words.is_empty() {
                all.set(format!("data-i18n.{key}"), words);
            }
        }
        all.extend(&self.form_group.attributes);
        all
    }

    fn textarea(&self) -> Textarea {
        let id = or(&self.id, &self.name);
        Textarea {
            id: id.to_owned(),
            name: self.name.clone(),
            described_by: format!("{id}-info"),
            rows: self.rows,
            spellcheck: self.spellcheck,
            value: self.value.clone(),
            label: self.label.clone(),
            hint: self.hint.clone(),
            error_message: self.error_message.clone(),
            form_group: FormGroup {
                classes: prefixed("govuk-character-count", &self.form_group.classes),
                attributes: self.frame_attributes(),
                before: self.form_group.before.clone(),
                after: Content::Html(format!("{}{}", self.count(id), self.form_group.after)),
            },
            classes: prefixed("govuk-js-character-count", &self.classes),
            attributes: self.attributes.clone(),
            ..Textarea::default()
        }
    }
}

parts!(PasswordInput, CharacterCount);
