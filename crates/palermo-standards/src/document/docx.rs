//! A report as an editable text (Office Open XML, ECMA-376 part 1): real
//! headings, lists, tables, footnotes and page numbers, so that a secretariat
//! can go on writing in it. The same report gives the same bytes.
//!
//! A picture is replaced by its words and numbers: the pictures are drawn as
//! SVG, which word processors show only beside a bitmap.

mod finish;
mod styles;

use super::{
    Block, Direction, Document, Figure, Line, Span, Table, Tone,
    clean::{clean, safe_address},
};
use docx_rs::{
    AbstractNumbering, AlignmentType, BreakType, Docx, Footer, Footnote, Header, Hyperlink,
    HyperlinkData, HyperlinkType, IndentLevel, Level, LevelJc, LevelOverride, LevelText, NumPages,
    NumberFormat, Numbering, NumberingId, PageMargin, PageNum, Paragraph, Run, Shading,
    SpecialIndentType, Start, TableCell, TableLayoutType, TableRow, WidthType,
};
use std::io::Cursor;

/// A4 with margins of 2.5 cm, in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: i32 = 1_418;
const DOTS: usize = 1;
const NUMBERS: usize = 2;

/// The report could not be packed.
#[derive(Debug, thiserror::Error)]
#[error("the editable text cannot be written: {0}")]
pub struct NotADocx(String);

/// The report as the bytes of a `.docx` file.
///
/// # Errors
/// When it cannot be packed.
pub fn write(document: &Document) -> Result<Vec<u8>, NotADocx> {
    let mut writer = Writer::new(document);
    let docx = writer.document();
    let mut parts = docx.build();
    finish::finish(&mut parts, document);
    let mut bytes = Cursor::new(Vec::new());
    parts.pack(&mut bytes).map_err(|error| NotADocx(error.to_string()))?;
    Ok(bytes.into_inner())
}

struct Writer<'a> {
    document: &'a Document,
    paragraphs: u32,
    notes: usize,
    links: usize,
    numbered_lists: usize,
}

impl<'a> Writer<'a> {
    const fn new(document: &'a Document) -> Self {
        Self { document, paragraphs: 0, notes: 0, links: 0, numbered_lists: 0 }
    }

    const fn rtl(&self) -> bool {
        matches!(self.document.direction, Direction::Rtl)
    }

    fn document(&mut self) -> Docx {
        let document = self.document;
        let mut docx = styles::add(Docx::new(), self.rtl())
            .page_size(PAGE.0, PAGE.1)
            .page_margin(PageMargin {
                top: MARGIN,
                left: MARGIN,
                bottom: MARGIN,
                right: MARGIN,
                header: 708,
                footer: 708,
                gutter: 0,
            })
            .add_abstract_numbering(self.level(DOTS, "bullet", "•"))
            .add_abstract_numbering(self.level(NUMBERS, "decimal", "%1."))
            .add_numbering(Numbering::new(DOTS, DOTS));
        let (header, footer) = (self.header(), self.footer());
        docx = docx.header(header).footer(footer);
        docx = docx.add_paragraph(self.titled("Title", &document.title));
        if let Some(subtitle) = &document.subtitle {
            docx = docx.add_paragraph(self.titled("Subtitle", subtitle));
        }
        let mut levels = document.levels().into_iter();
        for block in &document.blocks {
            docx = match block {
                Block::Heading { text, .. } => {
                    let style = format!("Heading{}", levels.next().unwrap_or(1));
                    docx.add_paragraph(self.titled(&style, text))
                }
                other => self.block(docx, other),
            };
        }
        for list in 1..=self.numbered_lists {
            docx = docx.add_numbering(
                Numbering::new(NUMBERS + list, NUMBERS)
                    .add_override(LevelOverride::new(0).start(1)),
            );
        }
        docx
    }

    fn level(&self, id: usize, format: &str, text: &str) -> AbstractNumbering {
        let side = if self.rtl() { "right" } else { "left" };
        AbstractNumbering::new(id).add_level(
            Level::new(
                0,
                Start::new(1),
                NumberFormat::new(format),
                LevelText::new(text),
                LevelJc::new(side),
            )
            .indent(Some(720), Some(SpecialIndentType::Hanging(360)), None, None),
        )
    }

    fn block(&mut self, docx: Docx, block: &Block) -> Docx {
        match block {
            Block::Heading { .. } => docx,
            Block::Paragraph { line } => docx.add_paragraph(self.lined("Normal", line)),
            Block::Callout { tone, line } => {
                let style = match tone {
                    Tone::Note => "Callout",
                    Tone::Warning => "Warning",
                    Tone::Quote => "Quote",
                };
                docx.add_paragraph(self.lined(style, line))
            }
            Block::List { ordered, items } => self.list(docx, *ordered, items),
            Block::Facts { facts } => self.facts(docx, facts),
            Block::Table(table) => self.table(docx, table),
            Block::Figure(figure) => self.figure(docx, figure),
            Block::Sources { sources } => {
                let heading = self.titled("Heading1", &self.document.words.sources);
                self.list(docx.add_paragraph(heading), true, sources)
            }
            Block::PageBreak => {
                let pause = self.paragraph().add_run(Run::new().add_break(BreakType::Page));
                docx.add_paragraph(pause)
            }
        }
    }

    fn list(&mut self, mut docx: Docx, ordered: bool, items: &[Line]) -> Docx {
        let numbering = if ordered {
            self.numbered_lists += 1;
            NUMBERS + self.numbered_lists
        } else {
            DOTS
        };
        for item in items {
            let paragraph = self
                .lined("ListParagraph", item)
                .numbering(NumberingId::new(numbering), IndentLevel::new(0));
            docx = docx.add_paragraph(paragraph);
        }
        docx
    }

    fn facts(&mut self, mut docx: Docx, facts: &[(String, Line)]) -> Docx {
        for (name, value) in facts {
            let name = Run::new().add_text(format!("{}: ", clean(name))).bold();
            let paragraph = self.paragraph().style("Normal").add_run(name);
            docx = docx.add_paragraph(self.spans(paragraph, value));
        }
        docx
    }

    fn figure(&mut self, mut docx: Docx, figure: &Figure) -> Docx {
        let caption = figure.caption.plain();
        docx = docx.add_paragraph(self.lined("Caption", &figure.caption));
        // What the caption says is not said a second and a third time.
        if figure.alt != caption {
            docx = docx.add_paragraph(self.titled("Callout", &figure.alt));
        }
        let Some(data) = &figure.data else { return docx };
        let mut data = data.clone();
        if data.caption == caption {
            data.caption.clear();
        }
        self.table(docx, &data)
    }

    fn table(&mut self, mut docx: Docx, table: &Table) -> Docx {
        if !table.caption.is_empty() {
            docx = docx.add_paragraph(self.titled("Caption", &table.caption).keep_next(true));
        }
        let headings = table.columns.iter().map(|column| {
            let run = Run::new().add_text(clean(&column.heading)).bold();
            let paragraph = self.aligned(column.numeric).add_run(run);
            TableCell::new().add_paragraph(paragraph).shading(Shading::new().fill("E8EEF4"))
        });
        // The only row that may not be split: `finish` makes it the one repeated on every page.
        let mut rows = vec![TableRow::new(headings.collect()).cant_split()];
        for row in &table.rows {
            let cells = table.cells(row).enumerate().map(|(at, (column, cell))| {
                let paragraph = self.aligned(column.numeric);
                let paragraph = if at == 0 && table.row_headings {
                    paragraph.add_run(Run::new().add_text(clean(&cell.plain())).bold())
                } else {
                    self.spans(paragraph, cell)
                };
                TableCell::new().add_paragraph(paragraph)
            });
            rows.push(TableRow::new(cells.collect()));
        }
        if !table.columns.is_empty() {
            // 5,000 fiftieths of a percent: the whole width.
            let made = docx_rs::Table::new(rows)
                .layout(TableLayoutType::Autofit)
                .width(5_000, WidthType::Pct);
            docx = docx.add_table(made);
        }
        for note in &table.notes {
            docx = docx.add_paragraph(self.lined("Under", note));
        }
        let gap = self.paragraph().style("Under");
        docx.add_paragraph(gap)
    }

    fn header(&mut self) -> Header {
        let mut header = Header::new();
        if let Some(mark) = &self.document.watermark {
            let run = Run::new().add_text(clean(mark)).bold().color("8A1F11");
            header = header.add_paragraph(
                self.paragraph().style("Header").align(AlignmentType::Center).add_run(run),
            );
        }
        if let Some(text) = &self.document.header {
            header = header.add_paragraph(self.titled("Header", text));
        }
        header
    }

    fn footer(&mut self) -> Footer {
        let text = self.document.footer.as_deref().map(clean).unwrap_or_default();
        let gap = if text.is_empty() { "" } else { "  ·  " };
        let page = format!("{text}{gap}{} ", clean(&self.document.words.page));
        let paragraph = self
            .paragraph()
            .style("Footer")
            .add_run(Run::new().add_text(page))
            .add_page_num(PageNum::new())
            .add_run(Run::new().add_text(" / "))
            .add_num_pages(NumPages::new());
        Footer::new().add_paragraph(paragraph)
    }

    /// A paragraph with the next number, which keeps the file the same
    /// whatever was written before in this process.
    fn paragraph(&mut self) -> Paragraph {
        self.paragraphs += 1;
        let mut paragraph = Paragraph::new().id(format!("{:08x}", self.paragraphs));
        if self.rtl() {
            paragraph.property = paragraph.property.bidi(true);
        }
        paragraph
    }

    fn aligned(&mut self, numeric: bool) -> Paragraph {
        let paragraph = self.paragraph().style("Cell");
        if numeric { paragraph.align(AlignmentType::End) } else { paragraph }
    }

    fn titled(&mut self, style: &str, text: &str) -> Paragraph {
        self.paragraph().style(style).add_run(Run::new().add_text(clean(text)))
    }

    fn lined(&mut self, style: &str, line: &Line) -> Paragraph {
        let paragraph = self.paragraph().style(style);
        self.spans(paragraph, line)
    }

    fn spans(&mut self, mut paragraph: Paragraph, line: &Line) -> Paragraph {
        for span in &line.0 {
            paragraph = match span {
                Span::Text { text } => paragraph.add_run(Run::new().add_text(clean(text))),
                Span::Strong { text } => paragraph.add_run(Run::new().add_text(clean(text)).bold()),
                Span::Emphasis { text } => {
                    paragraph.add_run(Run::new().add_text(clean(text)).italic())
                }
                Span::Link { text, to } => self.link(paragraph, text, to),
                Span::Note { text } => {
                    let note = self.note(text);
                    paragraph.add_run(Run::new().add_footnote_reference(note))
                }
                Span::Break => paragraph.add_run(Run::new().add_break(BreakType::TextWrapping)),
            };
        }
        paragraph
    }

    fn link(&mut self, paragraph: Paragraph, text: &str, to: &str) -> Paragraph {
        let run = Run::new().add_text(clean(text));
        let Some(to) = safe_address(to) else { return paragraph.add_run(run) };
        self.links += 1;
        let run = run.color("14508C").underline("single");
        let mut link = Hyperlink::new(to, HyperlinkType::External).add_run(run);
        if let HyperlinkData::External { rid, .. } = &mut link.link {
            *rid = format!("rIdLink{}", self.links);
        }
        paragraph.add_hyperlink(link)
    }

    fn note(&mut self, text: &str) -> Footnote {
        self.notes += 1;
        let content = self.titled("FootnoteText", text);
        let mut note = Footnote::default().add_content(content);
        note.id = self.notes;
        note
    }
}
