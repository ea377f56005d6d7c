#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use std::io::{Cursor, Read};

/// Texts that are markup in one format or another.
const HOSTILE: &str =
    "<script>alert(1)</script> #panic(\"x\") $x^2$ *b* & \"q\" 'p' ]]> \u{0}\u{b}";

fn report(language: &str) -> Document {
    let mut report = Document::new(format!("Report {HOSTILE}"), language);
    report.header = Some("Meridian Process".to_owned());
    report.watermark = Some("Draft".to_owned());
    report.contents = true;
    report.heading(1, "Training").paragraph(
        Line::from("Twelve courses")
            .note("One was held twice.")
            .strong(" were held")
            .text(".\nAll."),
    );
    report.heading(3, "By State").callout(Tone::Warning, HOSTILE);
    report.list(["one", HOSTILE]).steps(["first", "second"]).steps(["again first"]);
    report.facts([("State", "Norland")]);
    let mut table = Table::new("Courses", vec![Column::text("State"), Column::number("held")]);
    table.row_headings = true;
    table.row(["Norland", "12"]).row(["Sudland"]);
    report.table(table);
    report.sources([
        Line::new().link("the plan", "https://plan.example/a?b=1&c=2"),
        Line::new().link("a trap", "javascript:alert(1)"),
    ]);
    report
}

fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn well_formed(xml: &str) {
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            _ => continue,
        }
    }
}

#[test]
fn headings_skip_no_level() {
    let mut report = Document::new("t", "en");
    report.heading(3, "a").heading(4, "b").heading(1, "c").heading(2, "d").heading(9, "e");
    assert_eq!(report.levels(), [1, 2, 1, 2, 3]);
}

#[test]
fn a_row_has_as_many_cells_as_there_are_columns() {
    let mut table = Table::new("t", vec![Column::text("a"), Column::text("b")]);
    table.row(["1"]).row(["1", "2", "3"]);
    for row in &table.rows {
        assert_eq!(table.cells(row).count(), 2);
    }
}

#[test]
fn a_page_shows_hostile_text_as_text() {
    let page = html::page(&report("en"));
    assert!(!page.contains("<script"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; #panic(&quot;x&quot;)"));
    assert!(!page.contains('\u{0}') && !page.contains("javascript:"));
    assert!(page.contains("<a href=\"https://plan.example/a?b=1&amp;c=2\">the plan</a>"));
    assert!(page.contains("a trap"));
}

#[test]
fn a_page_has_its_landmarks_headings_and_notes() {
    let page = html::page(&report("ar"));
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(page.contains("<h2 id=\"h1\">Training</h2>") && page.contains("<h3 id=\"h2\">"));
    assert!(page.contains("<li class=\"level-2\"><a href=\"#h2\">By State</a></li>"));
    assert!(page.contains("<th scope=\"row\">Norland</th><td class=\"number\">12</td>"));
    assert!(
        page.contains("href=\"#n1\">1</a>") && page.contains("<li id=\"n1\">One was held twice.")
    );
    assert!(page.contains("were held</strong>.<br>All."));
}

#[test]
fn a_picture_in_a_page_cannot_run() {
    let mut report = Document::new("t", "en");
    report.figure(Figure {
        svg: "<svg onload=\"alert(1)\"/>".to_owned(),
        alt: "a \"bar\"".to_owned(),
        caption: "Courses".into(),
        data: None,
    });
    let page = html::page(&report);
    assert!(page.contains("alt=\"a &quot;bar&quot;\" src=\"data:image/svg+xml,%3Csvg%20onload"));
    assert!(!page.contains("<svg"));
}

#[test]
fn an_editable_text_has_every_part_well_formed_whatever_is_written() {
    for language in ["en", "ar"] {
        let docx = docx::write(&report(language)).unwrap();
        let archive = zip::ZipArchive::new(Cursor::new(&docx)).unwrap();
        let names: Vec<_> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        for name in names.iter().filter(|n| n.ends_with(".xml") || n.ends_with(".rels")) {
            well_formed(&part(&docx, name));
        }
        let body = part(&docx, "word/document.xml");
        assert!(body.contains("&lt;script&gt;alert(1)"), "{body}");
        assert!(part(&docx, "docProps/core.xml").contains("<dc:title>Report &lt;script"));
    }
}

#[test]
fn an_editable_text_keeps_styles_lists_notes_and_links() {
    let docx = docx::write(&report("en")).unwrap();
    let body = part(&docx, "word/document.xml");
    for style in ["Title", "Heading1", "Heading2", "Warning", "ListParagraph", "Caption"] {
        assert!(body.contains(&format!("<w:pStyle w:val=\"{style}\"")), "{style}: {body}");
    }
    assert!(body.contains("<w:tblHeader />") && body.contains("w:footnoteReference w:id=\"1\""));
    assert!(body.contains("<w:numId w:val=\"3\" />") && body.contains("<w:numId w:val=\"4\" />"));
    assert!(part(&docx, "word/footnotes.xml").contains("One was held twice."));
    let links = part(&docx, "word/_rels/document.xml.rels");
    assert!(links.contains("https://plan.example/a?b=1&amp;c=2") && !links.contains("javascript"));
    assert!(part(&docx, "word/header1.xml").contains("Meridian Process"));
    assert!(part(&docx, "word/footer1.xml").contains("PAGE"));
    assert!(!body.contains("w:bidi"));
}

#[test]
fn an_arabic_text_runs_from_right_to_left_in_paragraphs_tables_and_page() {
    let docx = docx::write(&report("ar")).unwrap();
    let body = part(&docx, "word/document.xml");
    assert!(body.contains("<w:bidi />") && body.contains("<w:rtl />"));
    assert!(body.contains("<w:bidiVisual />") && body.contains("<w:bidi /></w:sectPr>"));
    assert!(part(&docx, "word/styles.xml").contains("w:bidi=\"ar\""));
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let first = docx::write(&report("fr")).unwrap();
    drop(docx::write(&report("ar")).unwrap());
    assert_eq!(first, docx::write(&report("fr")).unwrap());
}

#[test]
fn a_report_is_also_json() {
    let json = serde_json::to_value(report("en")).unwrap();
    assert_eq!(
        json["blocks"][0],
        serde_json::json!({"kind":"heading","level":1,"text":"Training"})
    );
    assert_eq!(json["blocks"][1]["line"][1]["kind"], "note");
}

#[test]
fn only_addresses_that_lead_somewhere_are_links() {
    for good in ["https://a.example", "http://a.example/x", "mailto:a@b.example"] {
        assert_eq!(safe_address(good), Some(good));
    }
    for bad in
        ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "https:", "x", "https://a b"]
    {
        assert_eq!(safe_address(bad), None, "{bad}");
    }
}
