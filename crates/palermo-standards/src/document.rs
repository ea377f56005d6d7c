//! A report as typed blocks: what a country report, a printed case sheet or a
//! regional report says, before anyone decides what it looks like. From one
//! [`Document`] come a page ([`html`]), an editable text ([`docx`]), JSON
//! (`serde_json`) and, in `palermo-pdf`, a typeset file.
//!
//! Texts are texts: nothing in them is ever markup of any format.

mod clean;
pub mod docx;
pub mod html;
mod line;
#[cfg(test)]
mod tests;

pub use clean::{clean, safe_address};
pub use line::{Line, Span};

use serde::Serialize;
use time::Date;

/// Which way the text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The direction in which a language is usually written, by its BCP 47 tag.
    #[must_use]
    pub fn of(language: &str) -> Self {
        const RTL: [&str; 10] = ["ar", "fa", "he", "ur", "ps", "ckb", "dv", "sd", "ug", "yi"];
        let primary = language.split('-').next().unwrap_or_default();
        if RTL.iter().any(|tag| tag.eq_ignore_ascii_case(primary)) { Self::Rtl } else { Self::Ltr }
    }

    /// `ltr` or `rtl`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// The few words a renderer adds itself, in the document's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Before the number of a page.
    pub page: String,
    /// Above the table of contents.
    pub contents: String,
    /// Above the list of sources.
    pub sources: String,
    /// Before the notes at the end of a web page.
    pub notes: String,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            page: "Page".to_owned(),
            contents: "Contents".to_owned(),
            sources: "Sources".to_owned(),
            notes: "Notes".to_owned(),
        }
    }
}

/// A report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// Its title, also in the file's own description.
    pub title: String,
    /// A line under the title.
    pub subtitle: Option<String>,
    /// BCP 47 tag of its language.
    pub language: String,
    /// Which way it runs.
    pub direction: Direction,
    /// The day it was made; no clock is read.
    pub date: Option<Date>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// At the top of every page.
    pub header: Option<String>,
    /// At the bottom of every page, beside the page number.
    pub footer: Option<String>,
    /// Across every page: "Draft", "Demonstration, all data invented".
    pub watermark: Option<String>,
    /// Whether a table of contents follows the title.
    pub contents: bool,
    /// Words the renderer adds.
    pub words: Words,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// One part of a report.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A heading; 1 is the highest under the title, 4 the lowest.
    Heading {
        /// 1 … 4.
        level: u8,
        /// Its text.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        line: Line,
    },
    /// A paragraph that must not be missed, or that is someone's own words.
    Callout {
        /// Which of these.
        tone: Tone,
        /// Its text.
        line: Line,
    },
    /// A list.
    List {
        /// Whether it is numbered.
        ordered: bool,
        /// Its items.
        items: Vec<Line>,
    },
    /// Names and what they stand for: "State", "Norland".
    Facts {
        /// Pairs in order.
        facts: Vec<(String, Line)>,
    },
    /// A table.
    Table(Table),
    /// A picture with its text for those who do not see it.
    Figure(Figure),
    /// What the report rests on.
    Sources {
        /// One a line.
        sources: Vec<Line>,
    },
    /// What follows begins on a new page.
    PageBreak,
}

/// How a callout is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// To be kept in mind while reading.
    Note,
    /// To be read before anything is done.
    Warning,
    /// Quoted.
    Quote,
}

/// A table; rows are as wide as the columns.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows. A short row is filled with empty cells, a long one is cut.
    pub rows: Vec<Vec<Line>>,
    /// Whether the first cell of a row names it.
    pub row_headings: bool,
    /// Lines under it.
    pub notes: Vec<Line>,
}

/// A column of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Whether it holds numbers.
    pub numeric: bool,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// The picture, as SVG made by Palermo itself.
    pub svg: String,
    /// What it shows, in words. Never empty.
    pub alt: String,
    /// Its caption.
    pub caption: Line,
    /// The numbers it is drawn from. An editable text shows these instead.
    pub data: Option<Table>,
}

impl Column {
    /// A column of texts.
    pub fn text(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), numeric: false }
    }

    /// A column of numbers.
    pub fn number(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), numeric: true }
    }
}

impl Table {
    /// An empty table.
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self { caption: caption.into(), columns, ..Self::default() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = impl Into<Line>>) -> &mut Self {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self
    }

    /// The cells of a row, exactly as many as there are columns.
    pub fn cells<'a>(&'a self, row: &'a [Line]) -> impl Iterator<Item = (&'a Column, &'a Line)> {
        static EMPTY: Line = Line(Vec::new());
        self.columns.iter().enumerate().map(|(at, column)| (column, row.get(at).unwrap_or(&EMPTY)))
    }
}

impl Document {
    /// An empty report. Its direction follows from the language.
    ///
    /// ```
    /// use palermo_standards::document::{Column, Document, Table};
    ///
    /// let mut report = Document::new("Progress of the plan", "en");
    /// report.heading(1, "Training").paragraph("Twelve courses were held.");
    /// let mut table = Table::new("Courses", vec![Column::text("State"), Column::number("held")]);
    /// table.row(["Norland", "12"]);
    /// report.table(table);
    /// assert!(palermo_standards::document::html::page(&report).contains("<th scope=\"col\">State"));
    /// ```
    pub fn new(title: impl Into<String>, language: impl Into<String>) -> Self {
        let language = language.into();
        Self {
            title: title.into(),
            subtitle: None,
            direction: Direction::of(&language),
            language,
            date: None,
            publisher: None,
            header: None,
            footer: None,
            watermark: None,
            contents: false,
            words: Words::default(),
            blocks: Vec::new(),
        }
    }

    /// Adds a block.
    pub fn push(&mut self, block: Block) -> &mut Self {
        self.blocks.push(block);
        self
    }

    /// Adds a heading of level 1 … 4.
    pub fn heading(&mut self, level: u8, text: impl Into<String>) -> &mut Self {
        self.push(Block::Heading { level: level.clamp(1, 4), text: text.into() })
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, line: impl Into<Line>) -> &mut Self {
        self.push(Block::Paragraph { line: line.into() })
    }

    /// Adds a paragraph that stands out.
    pub fn callout(&mut self, tone: Tone, line: impl Into<Line>) -> &mut Self {
        self.push(Block::Callout { tone, line: line.into() })
    }

    /// Adds a list with dots.
    pub fn list(&mut self, items: impl IntoIterator<Item = impl Into<Line>>) -> &mut Self {
        let items = items.into_iter().map(Into::into).collect();
        self.push(Block::List { ordered: false, items })
    }

    /// Adds a numbered list.
    pub fn steps(&mut self, items: impl IntoIterator<Item = impl Into<Line>>) -> &mut Self {
        let items = items.into_iter().map(Into::into).collect();
        self.push(Block::List { ordered: true, items })
    }

    /// Adds names and what they stand for.
    pub fn facts<K: Into<String>, V: Into<Line>>(
        &mut self,
        facts: impl IntoIterator<Item = (K, V)>,
    ) -> &mut Self {
        let facts = facts.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        self.push(Block::Facts { facts })
    }

    /// Adds a table.
    pub fn table(&mut self, table: Table) -> &mut Self {
        self.push(Block::Table(table))
    }

    /// Adds a picture.
    pub fn figure(&mut self, figure: Figure) -> &mut Self {
        self.push(Block::Figure(figure))
    }

    /// Adds what the report rests on.
    pub fn sources(&mut self, sources: impl IntoIterator<Item = impl Into<Line>>) -> &mut Self {
        let sources = sources.into_iter().map(Into::into).collect();
        self.push(Block::Sources { sources })
    }

    /// Begins a new page.
    pub fn page_break(&mut self) -> &mut Self {
        self.push(Block::PageBreak)
    }

    /// The levels of the headings in order, none skipped: a report that jumps
    /// from 1 to 3 is read as 1, 2, because a screen reader's user would look
    /// for what is missing.
    #[must_use]
    pub fn levels(&self) -> Vec<u8> {
        let mut before = 0;
        let headings = self.blocks.iter().filter_map(|block| match block {
            Block::Heading { level, .. } => Some(*level),
            _ => None,
        });
        headings
            .map(|level| {
                before = level.clamp(1, before + 1);
                before
            })
            .collect()
    }
}
