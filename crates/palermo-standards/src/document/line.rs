//! A line of text with the little it may hold besides letters.

use serde::Serialize;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Span {
    /// Plain text.
    Text {
        /// The text.
        text: String,
    },
    /// Strongly stressed.
    Strong {
        /// The text.
        text: String,
    },
    /// Stressed: a title, a foreign word.
    Emphasis {
        /// The text.
        text: String,
    },
    /// A link; shown as plain text unless it leads to `https:`, `http:` or `mailto:`.
    Link {
        /// The text.
        text: String,
        /// Where to.
        to: String,
    },
    /// A footnote.
    Note {
        /// What it says.
        text: String,
    },
    /// A new line.
    Break,
}

/// A line: a paragraph, an item, a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Line(pub Vec<Span>);

impl Line {
    /// An empty line.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds text; a line feed in it begins a new line.
    #[must_use]
    pub fn text(mut self, text: impl AsRef<str>) -> Self {
        for (at, part) in text.as_ref().split('\n').enumerate() {
            if at > 0 {
                self.0.push(Span::Break);
            }
            let part = part.trim_end_matches('\r');
            if !part.is_empty() {
                self.0.push(Span::Text { text: part.to_owned() });
            }
        }
        self
    }

    /// Adds strongly stressed text.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.with(Span::Strong { text: text.into() })
    }

    /// Adds stressed text.
    #[must_use]
    pub fn emphasis(self, text: impl Into<String>) -> Self {
        self.with(Span::Emphasis { text: text.into() })
    }

    /// Adds a link.
    #[must_use]
    pub fn link(self, text: impl Into<String>, to: impl Into<String>) -> Self {
        self.with(Span::Link { text: text.into(), to: to.into() })
    }

    /// Adds a footnote.
    #[must_use]
    pub fn note(self, text: impl Into<String>) -> Self {
        self.with(Span::Note { text: text.into() })
    }

    fn with(mut self, span: Span) -> Self {
        self.0.push(span);
        self
    }

    /// Its letters alone, without footnotes.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut plain = String::new();
        for span in &self.0 {
            match span {
                Span::Text { text }
                | Span::Strong { text }
                | Span::Emphasis { text }
                | Span::Link { text, .. } => plain.push_str(text),
                Span::Break => plain.push(' '),
                Span::Note { .. } => {}
            }
        }
        plain
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        Self::new().text(text)
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self::new().text(text)
    }
}

impl From<&String> for Line {
    fn from(text: &String) -> Self {
        Self::new().text(text)
    }
}
