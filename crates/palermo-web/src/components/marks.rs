//! Small parts that say one thing: tag, hint, label, messages, notices.

use askama::Template;

use super::content::{Attributes, Classes, Content, parts};
use super::words::Words;

/// A short state in a coloured box. Colour is never the only sign: the word says it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/tag.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Tag {
    /// The word or two.
    pub content: Content,
    /// For example `govuk-tag--green`.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Tag {
    /// A blue tag.
    pub fn new(content: impl Into<Content>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// A tag in `green`, `yellow`, `orange`, `red`, `purple` or `grey`.
    pub fn coloured(content: impl Into<Content>, colour: &str) -> Self {
        Self { classes: format!("govuk-tag--{colour}").into(), ..Self::new(content) }
    }
}

/// Help under a label.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/hint.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Hint {
    /// The help.
    pub content: Content,
    /// Id that the input names in `aria-describedby`.
    pub id: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl<T: Into<Content>> From<T> for Hint {
    fn from(content: T) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

/// The name of an input.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/label.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Label {
    /// The name; without one nothing is shown.
    pub content: Content,
    /// Id of the input; parts with an input set it themselves.
    #[cfg_attr(test, serde(rename = "for"))]
    pub for_id: String,
    /// Further classes, such as `govuk-label--l`.
    pub classes: Classes,
    /// Whether the label is also the page's heading.
    pub is_page_heading: bool,
    /// Further attributes.
    pub attributes: Attributes,
}

impl<T: Into<Content>> From<T> for Label {
    fn from(content: T) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

/// What is wrong with one answer.
#[derive(Clone, Debug, Template)]
#[template(path = "components/error-message.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct ErrorMessage {
    /// The fault and its remedy.
    pub content: Content,
    /// Id that the input names in `aria-describedby`.
    pub id: String,
    /// Further classes.
    pub classes: Classes,
    /// Said before the message; empty for none.
    pub visually_hidden_text: String,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Default for ErrorMessage {
    fn default() -> Self {
        Self {
            content: Content::default(),
            id: String::new(),
            classes: Classes::default(),
            visually_hidden_text: Words::default().error,
            attributes: Attributes::default(),
        }
    }
}

impl<T: Into<Content>> From<T> for ErrorMessage {
    fn from(content: T) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

/// Text set apart from the rest.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/inset-text.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct InsetText {
    /// The text.
    pub content: Content,
    /// Id, if something points here.
    pub id: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl InsetText {
    /// Sets `content` apart.
    pub fn new(content: impl Into<Content>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

/// A warning with an exclamation mark.
#[derive(Clone, Debug, Template)]
#[template(path = "components/warning-text.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct WarningText {
    /// The warning.
    pub content: Content,
    /// Said instead of the mark.
    pub icon_fallback_text: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Default for WarningText {
    fn default() -> Self {
        Self {
            content: Content::default(),
            icon_fallback_text: Words::default().warning,
            classes: Classes::default(),
            attributes: Attributes::default(),
        }
    }
}

impl WarningText {
    /// A warning in the reader's language.
    pub fn new(content: impl Into<Content>, words: &Words) -> Self {
        Self {
            content: content.into(),
            icon_fallback_text: words.warning.clone(),
            ..Self::default()
        }
    }
}

/// A closed section that opens on request, without a script.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/details.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Details {
    /// What one opens.
    pub summary: Content,
    /// What appears.
    pub content: Content,
    /// Id, if something points here.
    pub id: String,
    /// Open from the start.
    pub open: bool,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Details {
    /// A closed section.
    pub fn new(summary: impl Into<Content>, content: impl Into<Content>) -> Self {
        Self { summary: summary.into(), content: content.into(), ..Self::default() }
    }
}

/// The large confirmation at the end of a task, or an interruption with a choice.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/panel.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Panel {
    /// What happened.
    pub title: Content,
    /// A line more, such as a reference.
    pub content: Content,
    /// 1 unless given.
    pub heading_level: u8,
    /// `govuk-panel--interruption` turns it into a question.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
    /// Buttons and links of an interruption.
    pub actions: Option<PanelActions>,
}

/// What one can do in an interruption panel.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct PanelActions {
    /// Buttons and links.
    pub items: Vec<PanelAction>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// One action of a panel: a link if it has an address, else a button.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct PanelAction {
    /// Its words.
    pub content: Content,
    /// Where it leads.
    pub href: String,
    /// `button` or `submit`; with an address, a link that looks like a button.
    #[cfg_attr(test, serde(rename = "type"))]
    pub kind: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Panel {
    /// A confirmation.
    pub fn new(title: impl Into<Content>, content: impl Into<Content>) -> Self {
        Self { title: title.into(), content: content.into(), ..Self::default() }
    }

    fn level(&self) -> u8 {
        if self.heading_level == 0 { 1 } else { self.heading_level }
    }

    fn interrupts(&self) -> bool {
        self.classes.as_str().contains("govuk-panel--interruption")
    }
}

impl PanelAction {
    fn is_link(&self) -> bool {
        !self.href.is_empty() && self.kind != "button"
    }

    fn button(&self) -> super::Button {
        let mut classes = Classes::from("govuk-button--inverse");
        classes.push(self.classes.as_str());
        super::Button {
            content: self.content.clone(),
            href: self.href.clone(),
            kind: if self.kind.is_empty() { "button".into() } else { self.kind.clone() },
            classes,
            attributes: self.attributes.clone(),
            ..super::Button::default()
        }
    }
}

/// A notice across the page: something happened, or something matters.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/notification-banner.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct NotificationBanner {
    /// The notice; plain text becomes a heading line.
    pub content: Content,
    /// `success`, or empty for a neutral notice.
    #[cfg_attr(test, serde(rename = "type"))]
    pub kind: String,
    /// Title, if another than the usual one.
    pub title: Content,
    /// 2 unless given.
    pub title_heading_level: u8,
    /// Id of the title.
    pub title_id: String,
    /// Role, if another than `region` (or `alert` for success).
    pub role: String,
    /// Keeps the focus where it is.
    pub disable_auto_focus: Option<bool>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl NotificationBanner {
    /// A neutral notice.
    pub fn notice(content: impl Into<Content>, words: &Words) -> Self {
        Self { content: content.into(), title: words.important.as_str().into(), ..Self::default() }
    }

    /// A notice that an act succeeded.
    pub fn success(content: impl Into<Content>, words: &Words) -> Self {
        Self {
            content: content.into(),
            title: words.success.as_str().into(),
            kind: "success".into(),
            ..Self::default()
        }
    }

    fn succeeded(&self) -> bool {
        self.kind == "success"
    }

    fn shown_role(&self) -> &str {
        match (self.role.as_str(), self.succeeded()) {
            ("", true) => "alert",
            ("", false) => "region",
            (role, _) => role,
        }
    }

    fn shown_title(&self) -> Content {
        match (self.title.is_empty(), self.succeeded()) {
            (false, _) => self.title.clone(),
            (true, true) => "Success".into(),
            (true, false) => "Important".into(),
        }
    }

    fn level(&self) -> u8 {
        if self.title_heading_level == 0 { 2 } else { self.title_heading_level }
    }

    fn heading_id(&self) -> &str {
        if self.title_id.is_empty() { "govuk-notification-banner-title" } else { &self.title_id }
    }
}

/// Says in which phase the site is: demonstration, training, pilot.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/phase-banner.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct PhaseBanner {
    /// The phase in a word.
    pub tag: Tag,
    /// What it means.
    pub content: Content,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl PhaseBanner {
    /// A phase and what it means.
    pub fn new(tag: impl Into<Content>, content: impl Into<Content>) -> Self {
        Self { tag: Tag::new(tag), content: content.into(), ..Self::default() }
    }

    fn shown_tag(&self) -> Tag {
        let mut classes = Classes::from("govuk-phase-banner__content__tag");
        classes.push(self.tag.classes.as_str());
        Tag { classes, attributes: Attributes::default(), ..self.tag.clone() }
    }
}

// No `Content` from these: hints, labels and errors are made from content themselves.
impl askama::filters::HtmlSafe for Hint {}
impl askama::filters::HtmlSafe for Label {}
impl askama::filters::HtmlSafe for ErrorMessage {}

parts!(Tag, InsetText, WarningText, Details, Panel, NotificationBanner, PhaseBanner);
