//! Typeset reports: `palermo-pdf` behind the port of the app, if the program
//! was built with the feature `pdf`.

use palermo_app::App;

/// The program, able to typeset if it was built so.
#[must_use]
pub fn able(app: App) -> App {
    #[cfg(feature = "pdf")]
    let app = app.with_typesetter(std::sync::Arc::new(filled::Pdf::default()));
    app
}

#[cfg(feature = "pdf")]
mod filled {
    use palermo_app::{
        document::Document,
        ports::{TypesetError, Typesetter},
    };
    use std::sync::OnceLock;

    /// Fonts are read with the first report, so that no start waits for them.
    #[derive(Debug, Default)]
    pub struct Pdf(OnceLock<Result<palermo_pdf::Typesetter, palermo_pdf::NotTypeset>>);

    impl Typesetter for Pdf {
        fn pdf(&self, document: &Document) -> Result<Vec<u8>, TypesetError> {
            let told = |error: palermo_pdf::NotTypeset| TypesetError(error.to_string());
            let typesetter = self
                .0
                .get_or_init(palermo_pdf::Typesetter::new)
                .as_ref()
                .map_err(|e| told(e.clone()))?;
            typesetter.pdf(document).map(|pdf| pdf.bytes).map_err(told)
        }
    }
}
