//! The frame of every figure: title, drawing, notes, table.

use askama::Template;

use crate::components::{Content, Table, Words};

/// A number as it is drawn and as it is read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Amount {
    /// How long to draw it; none if it is hidden or unknown.
    pub value: Option<f64>,
    /// How far it may reach, where only an interval is known: drawn pale beyond the value.
    pub upto: Option<f64>,
    /// How to write it: digits of the reader's language, or "fewer than 5", or "unknown".
    pub text: String,
}

impl Amount {
    /// A number and its words.
    pub fn new(value: f64, text: impl Into<String>) -> Self {
        Self { value: Some(value), upto: None, text: text.into() }
    }

    /// A number that is not shown, and why.
    pub fn hidden(text: impl Into<String>) -> Self {
        Self { value: None, upto: None, text: text.into() }
    }

    /// A number known to lie between two ends.
    pub fn between(lower: f64, upper: f64, text: impl Into<String>) -> Self {
        Self { value: Some(lower), upto: Some(upper), text: text.into() }
    }

    /// What is drawn pale beyond the number.
    pub(crate) fn pale(&self) -> f64 {
        let most = self.upto.filter(|v| v.is_finite()).unwrap_or(0.0);
        (most - self.drawn()).max(0.0)
    }

    /// The number drawn: 0 when there is none to draw, never negative or infinite.
    pub(crate) fn drawn(&self) -> f64 {
        self.value.filter(|v| v.is_finite()).unwrap_or(0.0).max(0.0)
    }
}

/// A drawing with everything a reader needs to trust it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/figures/figure.html")]
pub struct Figure {
    /// Id, unique on the page; the title gets it with `-title`.
    pub id: String,
    /// What the figure shows: who is counted, where, when.
    pub title: Content,
    /// Level of the title.
    pub level: u8,
    /// The drawing. Its `aria-labelledby` is [`Figure::title_id`].
    pub drawing: Content,
    /// Source, counting rule, what is hidden and why; for maps the disclaimer.
    pub notes: Vec<Content>,
    /// The same as a table.
    pub table: Option<Table>,
    /// Words that open the table.
    pub table_label: String,
    /// Files of the same figure: words and address.
    pub downloads: Vec<(Content, String)>,
}

impl Figure {
    /// A figure with its table, in the reader's language.
    pub fn new(
        words: &Words,
        id: impl Into<String>,
        title: impl Into<Content>,
        drawing: impl Into<Content>,
        table: Table,
    ) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            level: 2,
            drawing: drawing.into(),
            table: Some(table),
            table_label: words.show_as_table.clone(),
            ..Self::default()
        }
    }

    /// One more note.
    #[must_use]
    pub fn note(mut self, note: impl Into<Content>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// A file of the same figure.
    #[must_use]
    pub fn download(mut self, words: impl Into<Content>, href: impl Into<String>) -> Self {
        self.downloads.push((words.into(), href.into()));
        self
    }

    /// Another level of the title than 2.
    #[must_use]
    pub fn level(mut self, level: u8) -> Self {
        self.level = level;
        self
    }

    /// Id of the title of the figure with this id, for a drawing's label.
    pub fn title_id(id: &str) -> String {
        format!("{id}-title")
    }
}

crate::components::parts!(Figure);
