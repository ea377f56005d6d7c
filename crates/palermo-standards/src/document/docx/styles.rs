//! Styles under the names word processors know, so that a table of contents
//! and the navigation of headings work.

use docx_rs::{
    AlignmentType, Docx, LineSpacing, ParagraphBorder, ParagraphBorderPosition, RunFonts, Style,
    StyleType,
};

const INK: &str = "1B2430";
const SOFT: &str = "4A5666";

/// Adds all styles. Sizes are half points.
pub fn add(docx: Docx, rtl: bool) -> Docx {
    let fonts = RunFonts::new().ascii("Noto Sans").hi_ansi("Noto Sans").cs("Noto Naskh Arabic");
    let mut docx = docx.default_fonts(fonts).default_size(21).default_spacing(0);
    docx = docx.add_style(spaced("Normal", "Normal", 0, 140));
    docx = docx.add_style(spaced("Title", "Title", 0, 60).size(44).bold().color(INK));
    docx = docx.add_style(spaced("Subtitle", "Subtitle", 0, 360).size(26).color(SOFT));
    for (level, size) in [(1_usize, 32), (2, 27), (3, 23), (4, 21)] {
        let style = spaced(&format!("Heading{level}"), &format!("heading {level}"), 320, 100);
        docx = docx.add_style(style.size(size).bold().color(INK).outline_lvl(level - 1));
    }
    docx = docx.add_style(spaced("ListParagraph", "List Paragraph", 0, 60));
    docx = docx.add_style(spaced("Caption", "caption", 200, 80).bold());
    docx = docx.add_style(spaced("Cell", "Table text", 20, 20).size(19));
    docx = docx.add_style(spaced("Under", "Table note", 40, 40).size(18).color(SOFT));
    docx = docx.add_style(spaced("Header", "header", 0, 60).size(18).color(SOFT));
    docx = docx.add_style(spaced("Footer", "footer", 60, 0).size(18).color(SOFT));
    docx = docx.add_style(spaced("FootnoteText", "footnote text", 0, 20).size(18));
    docx = docx.add_style(sided("Callout", "Callout", "5B7EA4", rtl));
    docx = docx.add_style(sided("Warning", "Warning", "8A1F11", rtl));
    docx = docx.add_style(sided("Quote", "Quote", "9AA7B5", rtl));
    docx.add_style(
        Style::new("FootnoteReference", StyleType::Character).name("footnote reference").size(15),
    )
}

fn spaced(id: &str, name: &str, before: u32, after: u32) -> Style {
    Style::new(id, StyleType::Paragraph)
        .name(name)
        .q_format(true)
        .line_spacing(LineSpacing::new().before(before).after(after).line(276))
}

/// With a bar at the side where the line begins.
fn sided(id: &str, name: &str, colour: &str, rtl: bool) -> Style {
    let side = if rtl { ParagraphBorderPosition::Right } else { ParagraphBorderPosition::Left };
    let bar = ParagraphBorder::new(side).size(24).space(8).color(colour);
    let mut style = spaced(id, name, 120, 160).align(AlignmentType::Start);
    style.paragraph_property = style.paragraph_property.set_border(bar);
    style
}
