//! Writes an invented report in English and Arabic into a folder, for a look:
//! `cargo run --example sample -- FOLDER`.

use palermo_pdf::Typesetter;
use palermo_standards::document::{Column, Document, Figure, Line, Table, Tone, Words, docx, html};
use std::{error::Error, fs, path::Path};

const BARS: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 90\">\
<rect width=\"300\" height=\"22\" fill=\"#5b7ea4\"/><rect y=\"32\" width=\"180\" height=\"22\" fill=\"#5b7ea4\"/>\
<rect y=\"64\" width=\"60\" height=\"22\" fill=\"#5b7ea4\"/></svg>";

fn english() -> Document {
    let mut report = Document::new("Progress of the regional plan", "en");
    report.subtitle = Some("Meridian Process, second year".to_owned());
    report.header = Some("Meridian Process".to_owned());
    report.footer = Some("Invented for demonstration".to_owned());
    report.watermark = Some("Demonstration, all data invented".to_owned());
    report.contents = true;
    report.heading(1, "Training").paragraph(
        Line::from("Twelve of twenty courses were held").note("A course held twice counts once.").text(
            ", most of them in the border provinces. Where a course was not held, the task force says why below.",
        ),
    );
    report.callout(
        Tone::Warning,
        "Two States sent no figures for this period; nothing is assumed about them.",
    );
    report.heading(2, "By State");
    let mut table = Table::new(
        "Courses held, by State",
        vec![
            Column::text("State"),
            Column::text("What the task force says"),
            Column::number("Planned"),
            Column::number("Held"),
        ],
    );
    table.row_headings = true;
    table
        .row(["Avelmar", "All held; the last one together with Bremora", "5", "5"])
        .row([
            "Bremora",
            "Two postponed to the next year because trainers were not available in time",
            "7",
            "5",
        ])
        .row(["Dorvane", "not submitted", "8", "2"]);
    table.notes.push("Source: answers of the States, as of 1 March 2026.".into());
    report.table(table);
    report.figure(Figure {
        svg: BARS.to_owned(),
        alt: "Bars: Avelmar 5, Bremora 5, Dorvane 2 courses held".to_owned(),
        caption: "Courses held".into(),
        data: None,
    });
    report.heading(1, "What follows").list([
        "Trainers are shared between neighbouring States",
        "The figures are asked for again in six months",
    ]);
    report.steps(["The focal points answer", "The secretariat compares"]);
    report.facts([
        ("Reporting period", "2025"),
        ("States asked", "6"),
        ("States that answered", "4"),
    ]);
    report.callout(Tone::Quote, "Nobody asked us before the course was planned.");
    report.sources([Line::new().link("Regional plan, measure 3.2", "https://plan.example/3.2")]);
    report
}

fn arabic() -> Document {
    let mut report = Document::new("التقدم المحرز في الخطة الإقليمية", "ar");
    report.words = Words {
        page: "صفحة".to_owned(),
        contents: "المحتويات".to_owned(),
        sources: "المصادر".to_owned(),
        notes: "ملاحظات".to_owned(),
    };
    report.subtitle = Some("عملية ميريديان، السنة الثانية".to_owned());
    report.header = Some("عملية ميريديان".to_owned());
    report.footer = Some("بيانات مختلقة للعرض".to_owned());
    report.contents = true;
    report.heading(1, "التدريب").paragraph(
        Line::from("عُقدت \u{2068}12\u{2069} دورة من أصل \u{2068}20\u{2069} دورة مخططة (انظر Palermo Protocol)")
            .note("تُحتسب الدورة مرة واحدة.")
            .text("، ومعظمها في المحافظات الحدودية."),
    );
    report.callout(Tone::Warning, "لم ترسل دولتان أرقامًا عن هذه الفترة.");
    let mut table = Table::new(
        "الدورات حسب الدولة",
        vec![
            Column::text("الدولة"),
            Column::text("ملاحظة"),
            Column::number("المخططة"),
            Column::number("المنعقدة"),
        ],
    );
    table.row_headings = true;
    table.row(["أفيلمار", "عُقدت كلها", "5", "5"]).row(["بريمورا", "أُجّلت دورتان", "7", "5"]);
    report
        .table(table)
        .list(["تقاسم المدربين بين الدول المتجاورة", "طلب الأرقام مجددًا بعد ستة أشهر"]);
    report.facts([("فترة التقرير", "2025"), ("الدول", "6")]);
    report.sources([Line::new().link("الخطة الإقليمية", "https://plan.example/3.2")]);
    report
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let typesetter = Typesetter::new()?;
    for report in [english(), arabic()] {
        let name = Path::new(&folder).join(format!("sample-{}", report.language));
        let begun = std::time::Instant::now();
        let pdf = typesetter.pdf(&report)?;
        println!(
            "{}: {} pages, lacking for PDF/UA-1: {:?}, {:?}",
            name.display(),
            pdf.pages,
            pdf.lacking,
            begun.elapsed()
        );
        fs::write(name.with_extension("pdf"), pdf.bytes)?;
        fs::write(name.with_extension("docx"), docx::write(&report)?)?;
        fs::write(name.with_extension("html"), html::page(&report))?;
    }
    Ok(())
}
