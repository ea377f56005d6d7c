//! Sections that open and close, all open without scripts.

use askama::Template;

use super::content::{Attributes, Classes, Content, parts};
use super::words::Words;

/// One section.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct AccordionItem {
    /// Its heading.
    pub heading: Content,
    /// A line under the heading.
    pub summary: Content,
    /// What it holds.
    pub content: Content,
    /// Open from the start.
    pub expanded: bool,
}

/// Sections that open and close.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/accordion.html")]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Accordion {
    /// Id, and beginning of the sections' ids.
    pub id: String,
    /// 2 unless given.
    pub heading_level: u8,
    /// The sections.
    pub items: Vec<AccordionItem>,
    /// Button that opens all.
    pub show_all_sections_text: String,
    /// Button that closes all.
    pub hide_all_sections_text: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Accordion {
    /// Sections as (heading, content).
    pub fn new<H: Into<Content>, C: Into<Content>>(
        id: &str,
        words: &Words,
        items: impl IntoIterator<Item = (H, C)>,
    ) -> Self {
        Self {
            id: id.to_owned(),
            show_all_sections_text: words.show_all_sections.clone(),
            hide_all_sections_text: words.hide_all_sections.clone(),
            items: items
                .into_iter()
                .map(|(heading, content)| AccordionItem {
                    heading: heading.into(),
                    content: content.into(),
                    ..AccordionItem::default()
                })
                .collect(),
            ..Self::default()
        }
    }

    fn level(&self) -> u8 {
        if self.heading_level == 0 { 2 } else { self.heading_level }
    }
}

parts!(Accordion);
