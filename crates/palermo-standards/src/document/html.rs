//! A report as one web page that needs nothing from anywhere: style inside,
//! pictures inside, no script.

use super::{
    Block, Document, Figure, Line, Span, Table, Tone,
    clean::{clean, safe_address},
};
use std::fmt::Write;

const STYLE: &str = include_str!("report.css");

/// The whole page.
#[must_use]
pub fn page(document: &Document) -> String {
    let mut page = Page::default();
    page.document(document);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        lang = escape(&document.language),
        dir = document.direction.code(),
        title = escape(&document.title),
        body = page.out,
    )
}

/// Text as text, in an element or an attribute.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in clean(text).chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter => safe.push(letter),
        }
    }
    safe
}

#[derive(Default)]
struct Page {
    out: String,
    notes: Vec<String>,
    headings: usize,
}

impl Page {
    fn add(&mut self, html: &str) {
        self.out.push_str(html);
        self.out.push('\n');
    }

    fn document(&mut self, document: &Document) {
        if let Some(mark) = &document.watermark {
            self.add(&format!("<p class=\"watermark\">{}</p>", escape(mark)));
        }
        if let Some(header) = &document.header {
            self.add(&format!("<header><p>{}</p></header>", escape(header)));
        }
        self.add(&format!("<main>\n<h1>{}</h1>", escape(&document.title)));
        if let Some(subtitle) = &document.subtitle {
            self.add(&format!("<p class=\"subtitle\">{}</p>", escape(subtitle)));
        }
        if document.contents {
            self.contents(document);
        }
        let mut levels = document.levels().into_iter();
        for block in &document.blocks {
            let level = match block {
                Block::Heading { .. } => levels.next().unwrap_or(1),
                _ => 1,
            };
            self.block(block, level, document);
        }
        self.footnotes(document);
        self.add("</main>");
        if let Some(footer) = &document.footer {
            self.add(&format!("<footer><p>{}</p></footer>", escape(footer)));
        }
    }

    fn contents(&mut self, document: &Document) {
        let headings: Vec<_> = document
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Heading { text, .. } => Some(text),
                _ => None,
            })
            .zip(document.levels())
            .collect();
        if headings.is_empty() {
            return;
        }
        let name = escape(&document.words.contents);
        self.add(&format!("<nav aria-label=\"{name}\">\n<h2>{name}</h2>\n<ul>"));
        for (at, (text, level)) in headings.iter().enumerate() {
            let (at, text) = (at + 1, escape(text));
            self.add(&format!("<li class=\"level-{level}\"><a href=\"#h{at}\">{text}</a></li>"));
        }
        self.add("</ul>\n</nav>");
    }

    fn block(&mut self, block: &Block, level: u8, document: &Document) {
        match block {
            Block::Heading { text, .. } => {
                self.headings += 1;
                let (at, tag) = (self.headings, level + 1);
                self.add(&format!("<h{tag} id=\"h{at}\">{}</h{tag}>", escape(text)));
            }
            Block::Paragraph { line } => {
                let text = self.line(line);
                self.add(&format!("<p>{text}</p>"));
            }
            Block::Callout { tone, line } => self.callout(*tone, line),
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Facts { facts } => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Sources { sources } => {
                self.add(&format!(
                    "<section class=\"sources\">\n<h2>{}</h2>",
                    escape(&document.words.sources)
                ));
                self.list(true, sources);
                self.add("</section>");
            }
            Block::PageBreak => self.add("<hr class=\"page\">"),
        }
    }

    fn callout(&mut self, tone: Tone, line: &Line) {
        let text = self.line(line);
        self.add(&match tone {
            Tone::Note => format!("<p class=\"callout\">{text}</p>"),
            Tone::Warning => format!("<p class=\"callout warning\">{text}</p>"),
            Tone::Quote => format!("<blockquote><p>{text}</p></blockquote>"),
        });
    }

    fn list(&mut self, ordered: bool, items: &[Line]) {
        let tag = if ordered { "ol" } else { "ul" };
        self.add(&format!("<{tag}>"));
        for item in items {
            let text = self.line(item);
            self.add(&format!("<li>{text}</li>"));
        }
        self.add(&format!("</{tag}>"));
    }

    fn facts(&mut self, facts: &[(String, Line)]) {
        self.add("<dl>");
        for (name, value) in facts {
            let value = self.line(value);
            self.add(&format!("<div><dt>{}</dt><dd>{value}</dd></div>", escape(name)));
        }
        self.add("</dl>");
    }

    fn table(&mut self, table: &Table) {
        self.add("<div class=\"table\">\n<table>");
        if !table.caption.is_empty() {
            self.add(&format!("<caption>{}</caption>", escape(&table.caption)));
        }
        self.add("<thead>\n<tr>");
        for column in &table.columns {
            let class = if column.numeric { " class=\"number\"" } else { "" };
            self.add(&format!("<th scope=\"col\"{class}>{}</th>", escape(&column.heading)));
        }
        self.add("</tr>\n</thead>\n<tbody>");
        for row in &table.rows {
            self.out.push_str("<tr>");
            for (at, (column, cell)) in table.cells(row).enumerate() {
                let text = self.line(cell);
                let class = if column.numeric { " class=\"number\"" } else { "" };
                let _ = if at == 0 && table.row_headings {
                    write!(self.out, "<th scope=\"row\"{class}>{text}</th>")
                } else {
                    write!(self.out, "<td{class}>{text}</td>")
                };
            }
            self.add("</tr>");
        }
        self.add("</tbody>\n</table>");
        for note in &table.notes {
            let text = self.line(note);
            self.add(&format!("<p class=\"under\">{text}</p>"));
        }
        self.add("</div>");
    }

    /// The picture goes in as an image: whatever is in it cannot run.
    fn figure(&mut self, figure: &Figure) {
        let caption = self.line(&figure.caption);
        self.add(&format!(
            "<figure>\n<img alt=\"{}\" src=\"data:image/svg+xml,{}\">\n<figcaption>{caption}</figcaption>",
            escape(&figure.alt),
            percent(&figure.svg)
        ));
        if let Some(data) = &figure.data {
            self.table(data);
        }
        self.add("</figure>");
    }

    fn line(&mut self, line: &Line) -> String {
        let mut html = String::new();
        for span in &line.0 {
            let _ = match span {
                Span::Text { text } => write!(html, "{}", escape(text)),
                Span::Strong { text } => write!(html, "<strong>{}</strong>", escape(text)),
                Span::Emphasis { text } => write!(html, "<em>{}</em>", escape(text)),
                Span::Link { text, to } => match safe_address(to) {
                    Some(to) => {
                        write!(html, "<a href=\"{}\">{}</a>", escape(to), escape(text))
                    }
                    None => write!(html, "{}", escape(text)),
                },
                Span::Note { text } => {
                    self.notes.push(escape(text));
                    let at = self.notes.len();
                    write!(html, "<sup><a id=\"r{at}\" href=\"#n{at}\">{at}</a></sup>")
                }
                Span::Break => write!(html, "<br>"),
            };
        }
        html
    }

    fn footnotes(&mut self, document: &Document) {
        let notes = std::mem::take(&mut self.notes);
        if notes.is_empty() {
            return;
        }
        self.add(&format!(
            "<section class=\"notes\">\n<h2>{}</h2>\n<ol>",
            escape(&document.words.notes)
        ));
        for (at, note) in notes.iter().enumerate() {
            let at = at + 1;
            self.add(&format!("<li id=\"n{at}\">{note} <a href=\"#r{at}\">↩</a></li>"));
        }
        self.add("</ol>\n</section>");
    }
}

/// Every byte that an address may not hold as it is, as `%XX`.
fn percent(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            let _ = write!(safe, "%{byte:02X}");
        }
    }
    safe
}
