//! What the library that writes the parts cannot say yet, put into them: the
//! title and language of the file, text that runs from right to left, the
//! heading row that is repeated on every page.

use super::super::{Direction, Document, clean::clean};
use docx_rs::XMLDocx;

/// Completes the parts of the file.
pub fn finish(parts: &mut XMLDocx, document: &Document) {
    let rtl = document.direction == Direction::Rtl;
    edit(&mut parts.doc_props.core, |core| properties(core, document));
    edit(&mut parts.styles, |styles| {
        let lang = format!(
            "<w:lang w:val=\"{0}\" w:bidi=\"{0}\" /></w:rPr></w:rPrDefault>",
            escape(&document.language)
        );
        styles.replacen("</w:rPr></w:rPrDefault>", &lang, 1)
    });
    edit(&mut parts.document, |body| {
        let body = body.replace("<w:cantSplit />", "<w:cantSplit /><w:tblHeader />");
        if rtl { right_to_left(&body) } else { body }
    });
    if rtl {
        edit(&mut parts.footnotes, right_to_left);
        for part in parts.headers.iter_mut().chain(&mut parts.footers) {
            edit(part, right_to_left);
        }
    }
}

fn edit(part: &mut Vec<u8>, change: impl FnOnce(&str) -> String) {
    if let Ok(text) = std::str::from_utf8(part) {
        *part = change(text).into_bytes();
    }
}

fn properties(core: &str, document: &Document) -> String {
    let publisher = document.publisher.as_deref().unwrap_or("Palermo");
    let mut text = core.replace(">unknown<", &format!(">{}<", escape(publisher)));
    if let Some(date) = document.date {
        text = text.replace("1970-01-01T00:00:00Z", &format!("{date}T00:00:00Z"));
    }
    let described = format!(
        "<dc:language>{}</dc:language><dc:title>{}</dc:title></cp:coreProperties>",
        escape(&document.language),
        escape(&document.title)
    );
    text.replace("</cp:coreProperties>", &described)
}

/// Letters of a script that runs from right to left are ordered by themselves;
/// the marks say so of punctuation, numbers, tables and the page as well.
fn right_to_left(part: &str) -> String {
    part.replace("<w:rPr />", "<w:rPr></w:rPr>")
        .replace("</w:rPr>", "<w:rtl /></w:rPr>")
        .replace("<w:tblPr>", "<w:tblPr><w:bidiVisual />")
        .replace("</w:sectPr>", "<w:bidi /></w:sectPr>")
}

fn escape(text: &str) -> String {
    clean(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
