//! All that the layout can see: its own text, the fonts, one report.

use crate::NotTypeset;
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Dict, Duration},
    layout::{Frame, FrameItem},
    syntax::{FileId, Source},
    text::{Font, FontBook},
    utils::LazyHash,
};

const LAYOUT: &str = include_str!("report.typ");

/// What stays the same from report to report.
#[derive(Debug)]
pub struct Desk {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
    layout: Source,
}

/// A report on the desk.
pub struct Page<'a> {
    desk: &'a Desk,
    library: LazyHash<Library>,
}

impl Desk {
    /// With these fonts.
    pub fn new(fonts: Vec<Font>) -> Self {
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Self { fonts, book, layout: Source::detached(LAYOUT) }
    }

    /// Puts a report on the desk.
    pub fn with(&self, values: Dict) -> Page<'_> {
        let library = Library::builder().with_inputs(values).build();
        Page { desk: self, library: LazyHash::new(library) }
    }
}

impl World for Page<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.desk.book
    }

    fn main(&self) -> FileId {
        self.desk.layout.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.desk.layout.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.desk.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The runs of text in a frame, in drawing order.
pub fn texts(frame: &Frame, into: &mut Vec<String>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Text(run) => into.push(run.text.to_string()),
            FrameItem::Group(group) => texts(&group.frame, into),
            _ => {}
        }
    }
}

impl From<FileError> for NotTypeset {
    fn from(error: FileError) -> Self {
        Self(error.to_string())
    }
}
