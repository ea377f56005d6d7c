//! Typeset reports: a [`Document`] becomes a tagged PDF that a screen reader
//! can follow (PDF/UA-1), in the scripts of the region, right to left where
//! the language runs that way.
//!
//! The layout is one fixed text in Typst's language, `report.typ`. What a
//! report says reaches it as values, never as source: there is nothing to
//! escape and nothing that could be run. No file, no network and no clock can
//! be reached from it.
//!
//! A leaf: it knows no record, rule or database.

mod fonts;
mod values;
mod world;

use palermo_standards::document::Document;
use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use world::Desk;

/// How many compilations a result of the layout engine's memory outlives.
const KEPT_COMPILATIONS: usize = 4;

/// A report that could not be typeset: a text for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the report cannot be typeset: {0}")]
pub struct NotTypeset(pub String);

/// A typeset report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Why it does not keep PDF/UA-1, for the log; empty if it does. A letter
    /// that none of the fonts has costs this, not the report: the file is
    /// tagged all the same.
    pub lacking: Vec<String>,
}

impl Pdf {
    /// Whether it keeps PDF/UA-1.
    #[must_use]
    pub fn accessible(&self) -> bool {
        self.lacking.is_empty()
    }
}

/// Typesets reports. Make one and keep it: it holds the fonts.
#[derive(Debug)]
pub struct Typesetter {
    desk: Desk,
}

impl Typesetter {
    /// With the fonts that ship with the program.
    ///
    /// # Errors
    /// When a font cannot be read.
    pub fn new() -> Result<Self, NotTypeset> {
        Ok(Self { desk: Desk::new(fonts::shipped()?) })
    }

    /// Typesets a report. Takes a processor for up to some seconds: call it
    /// off the threads that answer requests.
    ///
    /// # Errors
    /// When the report cannot be laid out.
    pub fn pdf(&self, document: &Document) -> Result<Pdf, NotTypeset> {
        let laid_out = self.lay_out(document)?;
        let pages = laid_out.pages().len();
        let strict = PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|error| NotTypeset(error.message().to_string()))?;
        let made = match typst_pdf::pdf(&laid_out, &options(strict)) {
            Ok(bytes) => Ok(Pdf { bytes, pages, lacking: Vec::new() }),
            Err(why) => typst_pdf::pdf(&laid_out, &options(PdfStandards::default()))
                .map(|bytes| Pdf { bytes, pages, lacking: texts(&why) })
                .map_err(|problems| told(&problems)),
        };
        comemo::evict(KEPT_COMPILATIONS);
        made
    }

    /// The texts as they were laid out, line by line: what a reader sees.
    ///
    /// # Errors
    /// When the report cannot be laid out.
    pub fn texts(&self, document: &Document) -> Result<Vec<String>, NotTypeset> {
        let laid_out = self.lay_out(document)?;
        let mut shown = Vec::new();
        for page in laid_out.pages() {
            world::texts(&page.frame, &mut shown);
        }
        Ok(shown)
    }

    fn lay_out(&self, document: &Document) -> Result<PagedDocument, NotTypeset> {
        let page = self.desk.with(values::document(document));
        typst::compile::<PagedDocument>(&page).output.map_err(|problems| told(&problems))
    }
}

fn options(standards: PdfStandards) -> PdfOptions {
    PdfOptions {
        creator: typst::foundations::Smart::Custom(Some("Palermo".to_owned())),
        standards,
        ..PdfOptions::default()
    }
}

fn told(problems: &[SourceDiagnostic]) -> NotTypeset {
    NotTypeset(texts(problems).join("; "))
}

fn texts(problems: &[SourceDiagnostic]) -> Vec<String> {
    problems.iter().map(|problem| problem.message.to_string()).collect()
}
