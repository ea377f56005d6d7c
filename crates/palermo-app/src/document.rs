//! A report as a file: a page, an editable text, a typeset text or JSON, all
//! from one [`Document`]. What goes into it is decided by the act that makes
//! it; here it only gets its form, and in a demonstration its watermark.

use crate::{App, Refused, ports::TypesetError};
use palermo_locale::Language;
pub use palermo_standards::document::{
    Block, Column, Direction, Document, Figure, Line, Span, Table, Tone, Words, docx, html,
};

/// What a report can be made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A page that needs nothing from anywhere.
    Html,
    /// Typeset.
    Pdf,
    /// An editable text.
    Docx,
    /// For programs.
    Json,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Html, Self::Pdf, Self::Docx, Self::Json];

    /// The ending of its files, which is also its name in addresses and on the
    /// command line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Json => "json",
        }
    }

    /// The format with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Json => "application/json",
        }
    }
}

/// A report that could not be made into a file: a text for the log, with
/// nothing of what the report says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotMade {
    /// The program was built without typesetting.
    #[error("this program was built without typesetting; `docx` and `html` are there")]
    NoTypesetting,
    /// Something went wrong on the way.
    #[error("{0}")]
    Failed(String),
}

impl From<TypesetError> for NotMade {
    fn from(error: TypesetError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<NotMade> for Refused {
    fn from(error: NotMade) -> Self {
        Self::Unavailable(error.to_string())
    }
}

/// An empty report in one of the program's languages, with the words a
/// renderer needs.
#[must_use]
pub fn begin(app: &App, language: Language, title: impl Into<String>) -> Document {
    let word = |id: &str| app.catalogue.text(language, id);
    let mut document = Document::new(title, language.code());
    document.words = Words {
        page: word("document-page"),
        contents: word("document-contents"),
        sources: word("document-sources"),
        notes: word("document-notes"),
    };
    document
}

impl App {
    /// Whether reports can be made into this.
    #[must_use]
    pub fn can_make(&self, format: Format) -> bool {
        format != Format::Pdf || self.typesetter.is_some()
    }

    /// A report as a file. In a demonstration every file says that it is one.
    ///
    /// # Errors
    /// When typesetting is not there, or fails.
    pub async fn make(&self, document: &Document, format: Format) -> Result<Vec<u8>, NotMade> {
        let marked = self.marked(document);
        match format {
            Format::Html => Ok(html::page(&marked).into_bytes()),
            Format::Docx => docx::write(&marked).map_err(|e| NotMade::Failed(e.to_string())),
            Format::Json => {
                serde_json::to_vec_pretty(&marked).map_err(|e| NotMade::Failed(e.to_string()))
            }
            Format::Pdf => self.typeset(marked).await,
        }
    }

    fn marked(&self, document: &Document) -> Document {
        let mut marked = document.clone();
        if self.demo {
            let language = Language::from_code(&marked.language).unwrap_or(Language::En);
            let mark = self.catalogue.text(language, "demo-watermark");
            // A mark of its own (who printed it) stays beside that of the demonstration.
            marked.watermark = Some(match marked.watermark {
                Some(own) => format!("{mark} · {own}"),
                None => mark,
            });
        }
        marked
    }

    /// One report at a time, off the threads that answer requests: laying out
    /// takes a processor and some memory.
    async fn typeset(&self, document: Document) -> Result<Vec<u8>, NotMade> {
        let typesetter = self.typesetter.clone().ok_or(NotMade::NoTypesetting)?;
        let _turn = self
            .typesetting_turn
            .acquire()
            .await
            .map_err(|_| NotMade::Failed("the program is stopping".to_owned()))?;
        let made = tokio::task::spawn_blocking(move || typesetter.pdf(&document));
        Ok(made.await.map_err(|_| NotMade::Failed("typesetting broke off".to_owned()))??)
    }
}
