//! Reports as files, from the program as it is put together.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use palermo_app::{
    document::{self, Document, Format, NotMade},
    locale::Language,
    ports::{TypesetError, Typesetter},
};
use std::sync::Arc;
use support::Region;

/// Typesets nothing: tells what it was given.
struct Told;

impl Typesetter for Told {
    fn pdf(&self, document: &Document) -> Result<Vec<u8>, TypesetError> {
        serde_json::to_vec(document).map_err(|error| TypesetError(error.to_string()))
    }
}

#[tokio::test]
async fn every_file_of_a_demonstration_says_that_it_is_one() {
    let region = Region::new().await;
    let app = region.app.clone().with_typesetter(Arc::new(Told));
    let mut report = document::begin(&app, Language::Fr, "Rapport");
    report.paragraph("Rien.");
    assert_eq!(report.words.contents, "Sommaire");
    let mark = app.catalogue.text(Language::Fr, "demo-watermark");
    for format in Format::ALL {
        assert!(app.can_make(format));
        let bytes = app.make(&report, format).await.unwrap();
        if format != Format::Docx {
            assert!(String::from_utf8(bytes).unwrap().contains(&mark), "{format:?}");
        }
    }
}

#[tokio::test]
async fn a_program_without_typesetting_offers_the_other_formats() {
    let region = Region::new().await;
    let report = document::begin(&region.app, Language::En, "Report");
    assert!(!region.app.can_make(Format::Pdf));
    let refused = region.app.make(&report, Format::Pdf).await.unwrap_err();
    assert_eq!(refused, NotMade::NoTypesetting);
    assert!(region.app.make(&report, Format::Docx).await.is_ok());
    assert_eq!(Format::from_code("docx"), Some(Format::Docx));
}
