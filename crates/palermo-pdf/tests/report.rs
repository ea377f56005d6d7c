//! What a typeset report must be: tagged, readable in its scripts, and deaf to
//! whatever its texts look like.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_pdf::Typesetter;
use palermo_standards::document::{Block, Column, Document, Figure, Line, Table, Tone};
use proptest::prelude::*;
use std::sync::LazyLock;
use time::macros::date;

static TYPESETTER: LazyLock<Typesetter> = LazyLock::new(|| Typesetter::new().unwrap());

fn figure() -> Figure {
    Figure {
        svg: "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 20\"><rect width=\"60\" height=\"20\" fill=\"#5b7ea4\"/></svg>".to_owned(),
        alt: "Sixty of a hundred courses were held".to_owned(),
        caption: "Courses held".into(),
        data: None,
    }
}

fn report(language: &str, title: &str, body: &str) -> Document {
    let mut report = Document::new(title, language);
    report.date = Some(date!(2026 - 03 - 01));
    report.publisher = Some("Meridian Process".to_owned());
    report.header = Some("Meridian Process".to_owned());
    report.footer = Some("Second report".to_owned());
    report.watermark = Some("Draft".to_owned());
    report.contents = true;
    report.heading(1, "1 Training").paragraph(Line::from(body).note("Counted twice."));
    report.heading(2, "By State").callout(Tone::Warning, body).callout(Tone::Quote, body);
    report.list([body, "two"]).steps(["first"]).facts([("State", body)]);
    let mut table = Table::new("Courses", vec![Column::text("State"), Column::number("held")]);
    table.row_headings = true;
    table.row(["Norland", "12"]).row([body, "7"]);
    report.table(table).figure(figure());
    report.sources([Line::new().link("the plan", "https://plan.example")]);
    report
}

/// All that is shown, without spaces: lines may break anywhere.
fn shown(document: &Document) -> String {
    TYPESETTER.texts(document).unwrap().concat().split_whitespace().collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

#[test]
fn a_report_is_a_tagged_file_that_keeps_the_accessibility_standard() {
    let pdf = TYPESETTER.pdf(&report("en", "Progress of the plan", "Twelve courses.")).unwrap();
    assert_eq!(pdf.lacking, [""; 0]);
    assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
    for mark in ["pdfuaid:part", "/StructTreeRoot", "Progress of the plan"] {
        assert!(holds(&pdf.bytes, mark), "{mark}");
    }
}

#[test]
fn every_script_of_the_region_has_its_letters() {
    for (language, text) in [
        ("fr", "Où sont les enquêtes menées à leur terme ? Œuvre, naïve, Ÿ"),
        ("es", "¿Cuántas víctimas fueron asistidas? Año, pingüino"),
        ("ar", "عُقدت اثنتا عشرة دورة تدريبية (12) في عام 2026؛ لا شيء آخر."),
        ("pt", "Ações de formação, não só relatórios"),
        ("ru", "Двенадцать учебных курсов — «проведены»"),
        ("vi", "Mười hai khóa đào tạo đã được tổ chức"),
        ("th", "จัดอบรมสิบสองครั้ง"),
        ("lo", "ຈັດຝຶກອົບຮົມສິບສອງຄັ້ງ"),
        ("km", "វគ្គបណ្តុះបណ្តាលដប់ពីរ"),
        ("my", "သင်တန်း ဆယ့်နှစ်ခု"),
        ("hi", "बारह प्रशिक्षण पाठ्यक्रम"),
        ("bn", "বারোটি প্রশিক্ষণ কোর্স"),
        ("si", "පුහුණු පාඨමාලා දොළහක්"),
        ("ta", "பன்னிரண்டு பயிற்சிகள்"),
    ] {
        let pdf = TYPESETTER.pdf(&report(language, text, text)).unwrap();
        assert!(pdf.accessible(), "{language}: a letter is missing");
    }
}

#[test]
fn isolated_numbers_in_arabic_keep_the_standard() {
    let text = "الدورات: \u{2068}12\u{2069} من \u{2066}20\u{2069}";
    assert!(TYPESETTER.pdf(&report("ar", "تقرير", text)).unwrap().accessible());
}

#[test]
fn arabic_with_vowel_signs_in_a_picture_keeps_the_standard() {
    let mut said = report("ar", "نعم", "Joan");
    let mut shown = figure();
    shown.svg = shown.svg.replace(
        "</svg>",
        "<text x=\"4\" y=\"16\" font-family=\"Noto Sans, Noto Naskh Arabic\">جزئيًا</text></svg>",
    );
    said.figure(shown);
    assert_eq!(TYPESETTER.pdf(&said).unwrap().lacking, [""; 0]);
}

#[test]
fn a_letter_no_font_has_costs_the_standard_and_not_the_report() {
    let pdf = TYPESETTER.pdf(&report("en", "Report", "\u{13000} and \u{1f600}")).unwrap();
    assert!(!pdf.accessible());
    assert!(holds(&pdf.bytes, "/StructTreeRoot"));
}

#[test]
fn a_report_without_headings_or_words_is_a_report() {
    let mut empty = Document::new("t", "not a tag");
    empty.table(Table::new("", vec![])).list(Vec::<Line>::new());
    empty.push(Block::Facts { facts: vec![] }).page_break();
    assert_eq!(TYPESETTER.pdf(&empty).unwrap().pages, 1);
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let one = report("ar", "تقرير", "نص");
    assert_eq!(TYPESETTER.pdf(&one).unwrap(), TYPESETTER.pdf(&one).unwrap());
}

#[test]
fn a_long_table_goes_over_pages() {
    let mut report = Document::new("Long", "en");
    let mut table = Table::new("Rows", vec![Column::text("Name"), Column::number("n")]);
    for n in 0..200 {
        table.row([format!("row {n}"), n.to_string()]);
    }
    report.table(table);
    let pdf = TYPESETTER.pdf(&report).unwrap();
    assert!(pdf.pages >= 4 && pdf.accessible(), "{}", pdf.pages);
}

#[test]
fn lists_of_every_kind_go_over_pages_and_keep_the_standard() {
    let lines = || (0..100).map(|n| format!("line {n}"));
    let mut report = Document::new("Long", "en");
    report.watermark = Some("Draft".to_owned());
    report.list(lines()).steps(lines()).facts(lines().map(|line| (line.clone(), line)));
    report.sources(lines());
    assert_eq!(TYPESETTER.pdf(&report).unwrap().lacking, [""; 0]);
}

#[test]
fn what_looks_like_source_is_shown_letter_by_letter() {
    for trap in [
        "#panic(\"x\")",
        "#import \"/etc/passwd\": *",
        "#read(\"/etc/passwd\")",
        "#sys.inputs",
        "$x^2$ *bold* _it_ `raw` = heading <label> @reference \\ ~ -- '' \"\" // no",
        "#{",
        "]",
        "\\u{41}",
    ] {
        let text = shown(&report("en", "t", trap));
        let wanted: String = trap.split_whitespace().collect();
        assert!(text.contains(&wanted), "{trap}: {text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_text_typesets_and_plain_letters_stay_as_they_are(
        any in ".{0,60}",
        plain in "[-a-z#$*_`@<>=\\[\\]{}()\\\\/~'\"+.]{1,24}",
    ) {
        let mut report = report("en", &any, &any);
        report.paragraph(plain.as_str());
        prop_assert!(TYPESETTER.pdf(&report).is_ok());
        prop_assert!(shown(&report).contains(&plain), "{}", plain);
    }
}

#[test]
fn a_page_may_end_anywhere_in_a_report() {
    for lines in 0..40 {
        let mut report = report("en", "Progress", "Twelve courses.");
        for _ in 0..lines {
            report.blocks.insert(1, Block::Paragraph { line: "and so on".into() });
        }
        assert_eq!(TYPESETTER.pdf(&report).unwrap().lacking, [""; 0], "after {lines} lines");
    }
}
