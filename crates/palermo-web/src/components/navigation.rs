//! Finding one's way: header, navigation, languages, breadcrumbs, pages, leaving at once.

use askama::Template;

use super::content::{Attributes, Classes, Content, parts};
use super::words::Words;

/// The band at the top with the service's name.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/generic-header.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct GenericHeader {
    /// Name, as text or markup.
    pub logo: Content,
    /// Where the name leads; `/` unless given.
    pub url: String,
    /// Class of the container instead of `govuk-width-container`.
    pub container_classes: String,
    /// Shown at the end of the band: who is signed in. Ours, not the design system's.
    #[cfg_attr(test, serde(skip))]
    pub end: Content,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl GenericHeader {
    fn shown_url(&self) -> &str {
        if self.url.is_empty() { "/" } else { &self.url }
    }

    fn container(&self) -> &str {
        if self.container_classes.is_empty() {
            "govuk-width-container"
        } else {
            &self.container_classes
        }
    }
}

/// One entry of the service navigation.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct NavItem {
    /// Its words.
    pub content: Content,
    /// Where it leads.
    pub href: String,
    /// This very page.
    pub current: bool,
    /// The page is in this section.
    pub active: bool,
    /// Further attributes.
    pub attributes: Attributes,
}

impl NavItem {
    /// An entry; `active` if the page lies under it.
    pub fn new(content: impl Into<Content>, href: impl Into<String>, active: bool) -> Self {
        Self { content: content.into(), href: href.into(), active, ..Self::default() }
    }

    fn marked(&self) -> bool {
        self.current || self.active
    }
}

/// Navigation by sections under the header.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/service-navigation.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct ServiceNavigation {
    /// Name of the service, if the header does not say it.
    pub service_name: String,
    /// Where that leads.
    pub service_url: String,
    /// The sections.
    pub navigation: Vec<NavItem>,
    /// Id of the list.
    pub navigation_id: String,
    /// Label of the list, if another than the button's words.
    pub navigation_label: String,
    /// Classes of the list's frame.
    pub navigation_classes: Classes,
    /// Whether small screens fold the list; by default if there are several.
    pub collapse_navigation_on_mobile: Option<bool>,
    /// Button that unfolds it.
    pub menu_button_text: String,
    /// The same, said in full.
    pub menu_button_label: String,
    /// Label of the whole.
    pub aria_label: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl ServiceNavigation {
    /// Sections in the reader's language.
    pub fn new(words: &Words, navigation: impl IntoIterator<Item = NavItem>) -> Self {
        Self {
            navigation: navigation.into_iter().collect(),
            menu_button_text: words.menu.clone(),
            ..Self::default()
        }
    }

    fn menu(&self) -> &str {
        if self.menu_button_text.is_empty() { "Menu" } else { &self.menu_button_text }
    }

    fn label(&self) -> &str {
        if self.navigation_label.is_empty() { self.menu() } else { &self.navigation_label }
    }

    fn list_id(&self) -> &str {
        if self.navigation_id.is_empty() { "navigation" } else { &self.navigation_id }
    }

    fn whole(&self) -> &str {
        if self.aria_label.is_empty() { "Service information" } else { &self.aria_label }
    }

    fn collapses(&self) -> bool {
        self.collapse_navigation_on_mobile.unwrap_or(self.navigation.len() > 1)
    }

    fn button_label(&self) -> Option<&str> {
        let label = self.menu_button_label.as_str();
        (!label.is_empty() && label != self.menu()).then_some(label)
    }
}

/// One language.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct LanguageItem {
    /// Its own name.
    pub content: Content,
    /// The same page in it; none for the language shown.
    pub href: String,
    /// The language shown.
    pub current: bool,
    /// Its code.
    pub lang: String,
    /// Code of the page behind the link, if another.
    pub href_lang: String,
    /// `rtl` or `ltr`.
    pub dir: String,
    /// Said after the name, in the reader's language.
    pub language_description_text: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl LanguageItem {
    /// A language by its own name.
    pub fn new(lang: &str, name: &str, dir: &str, href: impl Into<String>, current: bool) -> Self {
        Self {
            content: name.into(),
            href: href.into(),
            current,
            lang: lang.to_owned(),
            dir: dir.to_owned(),
            ..Self::default()
        }
    }

    fn shown_current(&self) -> bool {
        self.current || self.href.is_empty()
    }

    fn target(&self) -> &str {
        if self.href_lang.is_empty() { &self.lang } else { &self.href_lang }
    }
}

/// The languages a page comes in.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/language-navigation.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct LanguageNavigation {
    /// The languages.
    pub items: Vec<LanguageItem>,
    /// Label of the list.
    pub aria_label: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl LanguageNavigation {
    /// Languages, labelled in the reader's own.
    pub fn new(words: &Words, items: impl IntoIterator<Item = LanguageItem>) -> Self {
        Self {
            aria_label: words.language.clone(),
            items: items.into_iter().collect(),
            ..Self::default()
        }
    }

    fn label(&self) -> &str {
        if self.aria_label.is_empty() { "Language" } else { &self.aria_label }
    }
}

/// A link with words.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Crumb {
    /// Its words.
    pub content: Content,
    /// Where it leads; none for the page itself.
    pub href: String,
    /// Further attributes.
    pub attributes: Attributes,
}

/// The way from the start to this page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/breadcrumbs.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Breadcrumbs {
    /// From the start to the page above this one.
    pub items: Vec<Crumb>,
    /// Shows first and last alone on small screens.
    pub collapse_on_mobile: bool,
    /// Label of the list.
    pub label_text: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Breadcrumbs {
    /// Pages above this one as (words, address).
    pub fn new<C: Into<Content>, H: Into<String>>(
        words: &Words,
        items: impl IntoIterator<Item = (C, H)>,
    ) -> Self {
        Self {
            items: items
                .into_iter()
                .map(|(content, href)| Crumb {
                    content: content.into(),
                    href: href.into(),
                    ..Crumb::default()
                })
                .collect(),
            collapse_on_mobile: true,
            label_text: words.breadcrumb.clone(),
            ..Self::default()
        }
    }

    fn label(&self) -> &str {
        if self.label_text.is_empty() { "Breadcrumb" } else { &self.label_text }
    }
}

/// A link to the page before.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/back-link.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct BackLink {
    /// Its words; "Back" unless given.
    pub content: Content,
    /// Where it leads.
    pub href: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl BackLink {
    /// "Back" in the reader's language.
    pub fn new(words: &Words, href: impl Into<String>) -> Self {
        Self { content: words.back.as_str().into(), href: href.into(), ..Self::default() }
    }

    fn shown_content(&self) -> Content {
        if self.content.is_empty() { "Back".into() } else { self.content.clone() }
    }

    fn shown_href(&self) -> &str {
        if self.href.is_empty() { "#" } else { &self.href }
    }
}

/// The first link of a page, for who cannot point.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/skip-link.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct SkipLink {
    /// Its words.
    pub content: Content,
    /// Where it leads; `#content` unless given.
    pub href: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl SkipLink {
    /// To `#main-content`.
    pub fn new(words: &Words) -> Self {
        Self {
            content: words.skip_to_content.as_str().into(),
            href: "#main-content".into(),
            ..Self::default()
        }
    }

    fn shown_href(&self) -> &str {
        if self.href.is_empty() { "#content" } else { &self.href }
    }
}

/// Leaves the site at once: a button, and Shift three times. Works as a link without scripts.
///
/// The address must be a page of this server that shows nothing about trafficking and ends the
/// session; the script blanks the page before it goes there and replaces the history entry.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/exit-this-page.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct ExitThisPage {
    /// Its words.
    pub content: Content,
    /// Where it leads.
    pub redirect_url: String,
    /// Id.
    pub id: String,
    /// Said while leaving.
    pub activated_text: String,
    /// Said when Shift was not pressed again in time.
    pub timed_out_text: String,
    /// Said after the first Shift.
    pub press_two_more_times_text: String,
    /// Said after the second.
    pub press_one_more_time_text: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl ExitThisPage {
    /// Leaves to `redirect_url`, in the reader's language.
    pub fn new(words: &Words, redirect_url: impl Into<String>) -> Self {
        Self {
            content: Content::Html(format!(
                "<span class=\"govuk-visually-hidden\">{}</span> {}",
                Content::from(words.emergency.as_str()),
                Content::from(words.exit_this_page.as_str())
            )),
            redirect_url: redirect_url.into(),
            activated_text: words.exit_activated.clone(),
            timed_out_text: words.exit_timed_out.clone(),
            press_two_more_times_text: words.exit_two_more.clone(),
            press_one_more_time_text: words.exit_one_more.clone(),
            ..Self::default()
        }
    }

    fn button(&self) -> super::Button {
        let content = if self.content.is_empty() {
            Self::new(&Words::default(), "").content
        } else {
            self.content.clone()
        };
        super::Button {
            content,
            href: self.redirect_url.clone(),
            classes: "govuk-button--warning govuk-exit-this-page__button \
                      govuk-js-exit-this-page-button"
                .into(),
            attributes: Attributes::default().with("rel", "nofollow noreferrer"),
            ..super::Button::default()
        }
    }
}

/// A link to the page before or after.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct PageLink {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub content: Content,
    /// What is there, under the words.
    pub label_text: String,
    /// Further attributes.
    pub attributes: Attributes,
}

/// One page number, or dots for those left out.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct PageItem {
    /// The number, written for its reader.
    pub number: String,
    /// Said instead of "Page" and the number.
    pub visually_hidden_text: String,
    /// Where it leads.
    pub href: String,
    /// This page.
    pub current: bool,
    /// Dots instead of a number.
    pub ellipsis: bool,
    /// Further attributes.
    pub attributes: Attributes,
}

impl PageItem {
    fn label(&self) -> String {
        match self.visually_hidden_text.as_str() {
            "" => format!("Page {}", self.number),
            text => text.to_owned(),
        }
    }
}

/// Links to the other pages of a list.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/pagination.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Pagination {
    /// Numbers; none for lists that only know before and after.
    pub items: Option<Vec<PageItem>>,
    /// The page before.
    pub previous: Option<PageLink>,
    /// The page after.
    pub next: Option<PageLink>,
    /// Label of the links.
    pub landmark_label: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Pagination {
    /// Pages 1 to `last` with the first, the last and the neighbours of `current`.
    ///
    /// `address` gives the address of a page and `digits` writes its number.
    pub fn numbered(
        words: &Words,
        current: u32,
        last: u32,
        address: impl Fn(u32) -> String,
        digits: impl Fn(u32) -> String,
    ) -> Self {
        let mut items = Vec::new();
        let mut gap = false;
        for page in 1..=last {
            let near = page.abs_diff(current) <= 1 || page == 1 || page == last;
            if near {
                items.push(PageItem {
                    number: digits(page),
                    visually_hidden_text: format!("{} {}", words.page, digits(page)),
                    href: address(page),
                    current: page == current,
                    ..PageItem::default()
                });
                gap = false;
            } else if !gap {
                items.push(PageItem { ellipsis: true, ..PageItem::default() });
                gap = true;
            }
        }
        let link = |page: u32, text: &str| PageLink {
            href: address(page),
            content: text.into(),
            ..PageLink::default()
        };
        Self {
            items: Some(items),
            previous: (current > 1).then(|| link(current - 1, &words.previous_page)),
            next: (current < last).then(|| link(current + 1, &words.next_page)),
            landmark_label: words.pagination.clone(),
            ..Self::default()
        }
    }

    /// Before and after alone, for lists read by key.
    pub fn stepped(words: &Words, previous: Option<String>, next: Option<String>) -> Self {
        let link = |href: String, text: &str| PageLink {
            href,
            content: text.into(),
            ..PageLink::default()
        };
        Self {
            previous: previous.map(|href| link(href, &words.previous_page)),
            next: next.map(|href| link(href, &words.next_page)),
            landmark_label: words.pagination.clone(),
            ..Self::default()
        }
    }

    fn label(&self) -> &str {
        if self.landmark_label.is_empty() { "Pagination" } else { &self.landmark_label }
    }

    fn block(&self) -> bool {
        self.items.is_none() && (self.next.is_some() || self.previous.is_some())
    }

    fn arrows(&self) -> Vec<(&'static str, &PageLink)> {
        [("prev", &self.previous), ("next", &self.next)]
            .into_iter()
            .filter_map(|(kind, link)| link.as_ref().map(|link| (kind, link)))
            .filter(|(_, link)| !link.href.is_empty())
            .collect()
    }

    fn arrow(&self, kind: &str) -> Option<Arrow<'_>> {
        self.arrows().into_iter().find(|(k, _)| *k == kind).map(|(kind, link)| Arrow {
            kind,
            link,
            block: self.block(),
        })
    }
}

#[derive(Template)]
#[template(path = "components/pagination-arrow.html")]
struct Arrow<'a> {
    kind: &'static str,
    link: &'a PageLink,
    block: bool,
}

impl askama::filters::HtmlSafe for Arrow<'_> {}

impl Arrow<'_> {
    fn words(&self) -> Content {
        match (self.link.content.is_empty(), self.kind) {
            (false, _) => self.link.content.clone(),
            (true, "prev") => {
                Content::Html("Previous<span class=\"govuk-visually-hidden\"> page</span>".into())
            }
            (true, _) => {
                Content::Html("Next<span class=\"govuk-visually-hidden\"> page</span>".into())
            }
        }
    }
}

parts!(
    GenericHeader,
    ServiceNavigation,
    LanguageNavigation,
    Breadcrumbs,
    BackLink,
    SkipLink,
    ExitThisPage,
    Pagination,
);
