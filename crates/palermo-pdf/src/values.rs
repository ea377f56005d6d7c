//! A report as values that the layout reads. Texts become strings, and a
//! string is shown letter by letter: it is never read as source.

use crate::fonts::FAMILIES;
use palermo_standards::document::{
    Block, Column, Document, Figure, Line, Span, Table, Tone, clean, safe_address,
};
use typst::foundations::{Array, Bytes, Dict, IntoValue, Value};

/// A column takes at least and at most this share of the width of a table.
const NARROW: usize = 6;
const WIDE: usize = 40;
/// Letters of a text that is not broken, and of all such columns of a table.
const SHORT: usize = 18;
const SHORT_TOGETHER: usize = 56;

fn dict<const N: usize>(pairs: [(&str, Value); N]) -> Dict {
    pairs.into_iter().map(|(name, value)| (name.into(), value)).collect()
}

fn text(text: &str) -> Value {
    clean(text).as_ref().into_value()
}

fn optional(given: Option<&String>) -> Value {
    given.map_or(Value::None, |given| text(given))
}

fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(values.into_iter().collect::<Array>())
}

/// The report, under `document`.
pub fn document(document: &Document) -> Dict {
    let (language, region) = tag(&document.language);
    let date = document.date.map_or(Value::None, |date| {
        Value::Dict(dict([
            ("year", i64::from(date.year()).into_value()),
            ("month", i64::from(u8::from(date.month())).into_value()),
            ("day", i64::from(date.day()).into_value()),
        ]))
    });
    let words = &document.words;
    let mut levels = document.levels().into_iter();
    let blocks = document.blocks.iter().map(|one| {
        let level = match one {
            Block::Heading { .. } => levels.next().unwrap_or(1),
            _ => 1,
        };
        Value::Dict(block(one, level))
    });
    let values = dict([
        ("title", text(&document.title)),
        ("subtitle", optional(document.subtitle.as_ref())),
        ("language", language.into_value()),
        ("region", region.map_or(Value::None, IntoValue::into_value)),
        ("rtl", (document.direction.code() == "rtl").into_value()),
        ("date", date),
        ("publisher", optional(document.publisher.as_ref())),
        ("header", optional(document.header.as_ref())),
        ("footer", optional(document.footer.as_ref())),
        ("watermark", optional(document.watermark.as_ref())),
        ("contents", document.contents.into_value()),
        ("page-word", text(&words.page)),
        ("contents-word", text(&words.contents)),
        ("sources-word", text(&words.sources)),
        ("fonts", list(FAMILIES.map(IntoValue::into_value))),
        ("blocks", list(blocks)),
    ]);
    dict([("document", Value::Dict(values))])
}

/// Language and region of a BCP 47 tag, as the layout engine takes them;
/// `und` where the tag is none.
fn tag(tag: &str) -> (String, Option<String>) {
    let letters = |part: &&str, from: usize, to: usize| {
        (from..=to).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let mut parts = tag.split('-');
    let language = parts.next().filter(|part| letters(part, 2, 3)).unwrap_or("und");
    let region = parts.find(|part| letters(part, 2, 2)).map(str::to_ascii_uppercase);
    (language.to_ascii_lowercase(), region)
}

fn block(block: &Block, level: u8) -> Dict {
    match block {
        Block::Heading { text: heading, .. } => dict([
            ("kind", "heading".into_value()),
            ("level", (i64::from(level) + 1).into_value()),
            ("text", text(heading)),
        ]),
        Block::Paragraph { line: said } => {
            dict([("kind", "paragraph".into_value()), ("line", line(said))])
        }
        Block::Callout { tone, line: said } => {
            let tone = match tone {
                Tone::Note => "note",
                Tone::Warning => "warning",
                Tone::Quote => "quote",
            };
            dict([
                ("kind", "callout".into_value()),
                ("tone", tone.into_value()),
                ("line", line(said)),
            ])
        }
        Block::List { ordered, items } => dict([
            ("kind", "list".into_value()),
            ("ordered", ordered.into_value()),
            ("items", list(items.iter().map(line))),
        ]),
        Block::Facts { facts } => {
            let facts = facts.iter().map(|(name, value)| list([text(name), line(value)]));
            dict([("kind", "facts".into_value()), ("facts", list(facts))])
        }
        Block::Table(shown) => table(shown),
        Block::Figure(shown) => figure(shown),
        Block::Sources { sources } => {
            dict([("kind", "sources".into_value()), ("items", list(sources.iter().map(line)))])
        }
        Block::PageBreak => dict([("kind", "page-break".into_value())]),
    }
}

fn line(line: &Line) -> Value {
    list(line.0.iter().map(|span| {
        Value::Dict(match span {
            Span::Text { text: said } => {
                dict([("kind", "text".into_value()), ("text", text(said))])
            }
            Span::Strong { text: said } => {
                dict([("kind", "strong".into_value()), ("text", text(said))])
            }
            Span::Emphasis { text: said } => {
                dict([("kind", "emphasis".into_value()), ("text", text(said))])
            }
            Span::Link { text: said, to } => match safe_address(to) {
                Some(to) if !clean(said).trim().is_empty() => dict([
                    ("kind", "link".into_value()),
                    ("text", text(said)),
                    ("to", to.into_value()),
                ]),
                _ => dict([("kind", "text".into_value()), ("text", text(said))]),
            },
            Span::Note { text: said } => {
                dict([("kind", "note".into_value()), ("text", text(said))])
            }
            Span::Break => dict([("kind", "break".into_value())]),
        })
    }))
}

fn table(table: &Table) -> Dict {
    let widths = table.columns.iter().enumerate().map(|(at, column)| {
        let longest = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or_default();
        let widest = longest(
            &mut table
                .rows
                .iter()
                .filter_map(|row| row.get(at))
                .map(|cell| cell.plain().chars().count()),
        );
        widest.max(column.heading.chars().count()).clamp(NARROW, WIDE)
    });
    let widths: Vec<usize> = widths.collect();
    let all = || table.columns.iter().zip(&widths);
    let short = |column: &Column, width: usize| column.numeric || width <= SHORT;
    let sum: usize =
        all().filter(|(one, width)| short(one, **width)).map(|(_, width)| *width).sum();
    // Beside long texts, short ones such as days keep the width they need: shared out, their
    // headings would run into each other.
    let tight = sum <= SHORT_TOGETHER && all().any(|(one, width)| !short(one, *width));
    let columns = all().map(|(column, width)| {
        Value::Dict(dict([
            ("heading", text(&column.heading)),
            ("numeric", column.numeric.into_value()),
            ("tight", (tight && short(column, *width)).into_value()),
            ("width", i64::try_from(*width).unwrap_or_default().into_value()),
        ]))
    });
    let rows = table.rows.iter().map(|row| list(table.cells(row).map(|(_, cell)| line(cell))));
    dict([
        ("kind", "table".into_value()),
        ("caption", text(&table.caption)),
        ("columns", list(columns)),
        ("rows", list(rows)),
        ("row-headings", table.row_headings.into_value()),
        ("notes", list(table.notes.iter().map(line))),
    ])
}

fn figure(figure: &Figure) -> Dict {
    dict([
        ("kind", "figure".into_value()),
        ("svg", Value::Bytes(Bytes::from_string(unpointed(&figure.svg)))),
        ("alt", text(&figure.alt)),
        ("caption", line(&figure.caption)),
    ])
}

/// A picture without the vowel signs of Arabic. In a picture the library gives a letter and
/// its sign one text between them, and a letter without text does not keep PDF/UA; read
/// aloud is the text that stands for the picture, which keeps its signs.
fn unpointed(svg: &str) -> String {
    svg.chars().filter(|letter| !matches!(letter, '\u{64b}'..='\u{652}' | '\u{670}')).collect()
}
