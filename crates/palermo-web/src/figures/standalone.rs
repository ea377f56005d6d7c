//! A figure as one SVG file to keep: title, drawing, legend, notes in one picture on a light
//! card, with fixed colours, so that it says the same wherever it is put.

use super::{AgeGroup, BarRow};
use std::fmt::Write as _;

/// Width of the picture.
const WIDTH: f64 = 960.0;
/// Free space at its edges.
const EDGE: f64 = 28.0;
/// Room of the names of rows.
const NAMES: f64 = 250.0;
/// Room of the totals.
const TOTALS: f64 = 110.0;
/// Height of a row.
const ROW: f64 = 34.0;

/// The six colours of series on a light ground.
const COLOURS: [&str; 6] = ["#12436d", "#1a8277", "#801650", "#c24a08", "#5c6b73", "#7652b3"];

/// What a map's classes mean where there is no style sheet.
const MAP_STYLE: &str = ".p-land{fill:#dde6e4;stroke:#7d918e;stroke-width:.6}\
.p-member{stroke-width:1.1}.p-s0{fill:#e9efed}.p-s1{fill:#b4d6d0}.p-s2{fill:#6fb0a7}\
.p-s3{fill:#2f8279}.p-s4{fill:#0b4f4a}.p-dashed{stroke-dasharray:4 3}\
.p-small-state{stroke:#7d918e;stroke-width:1.5}\
.p-way{fill:none;stroke:#12436d;stroke-opacity:.82}.p-way1{stroke-width:1.6}\
.p-way2{stroke-width:3}.p-way3{stroke-width:5}.p-way4{stroke-width:8}\
.p-home{stroke:#c24a08;stroke-dasharray:5 4}.p-head{stroke:none;fill:#12436d}\
.p-head.p-home{fill:#c24a08}\
text{font-weight:600;paint-order:stroke;stroke:#fff;stroke-width:4px;text-anchor:middle}";

/// A part of the picture, under one another.
#[derive(Clone, Debug)]
pub enum Block {
    /// A smaller title.
    Heading(String),
    /// Rows of stacked bars with their series.
    Bars {
        /// Names of the series.
        series: Vec<String>,
        /// The rows.
        rows: Vec<BarRow>,
    },
    /// Two groups against one another by age, youngest first.
    Pyramid {
        /// Name of the first group.
        first: String,
        /// Name of the second group.
        second: String,
        /// The groups.
        groups: Vec<AgeGroup>,
    },
    /// A drawing of a map as it stands on a page.
    Map(String),
}

/// A picture to keep.
#[derive(Clone, Debug, Default)]
pub struct SvgFile {
    /// Language code.
    pub language: String,
    /// Written from right to left.
    pub rtl: bool,
    /// What the figure shows.
    pub title: String,
    /// The drawing.
    pub blocks: Vec<Block>,
    /// Source, definition, caption, address.
    pub notes: Vec<String>,
}

struct Pen {
    out: String,
    y: f64,
    rtl: bool,
}

impl Pen {
    /// Where something that begins at `x` and is `width` wide is drawn.
    fn x(&self, x: f64, width: f64) -> f64 {
        if self.rtl { WIDTH - x - width } else { x }
    }

    /// A line of text that begins at `x` in reading order.
    fn text(&mut self, x: f64, size: f64, weight: u32, text: &str) {
        let x = if self.rtl { WIDTH - x } else { x };
        let _ = write!(
            self.out,
            "<text x=\"{x:.0}\" y=\"{:.0}\" font-size=\"{size}\" font-weight=\"{weight}\">{}</text>",
            self.y,
            escaped(text)
        );
    }

    /// A number, which is read from left to right in every language.
    fn number(&mut self, x: f64, anchor: &str, fill: &str, text: &str) {
        let _ = write!(
            self.out,
            "<text x=\"{x:.1}\" y=\"{:.0}\" font-size=\"14\" text-anchor=\"{anchor}\" direction=\"ltr\" fill=\"{fill}\">{}</text>",
            self.y,
            escaped(text)
        );
    }

    fn paragraph(&mut self, size: f64, weight: u32, text: &str) {
        let per_line = (WIDTH - 2.0 * EDGE) / (size * 0.52);
        for line in wrapped(text, per_line) {
            self.y += size * 1.45;
            self.text(EDGE, size, weight, &line);
        }
    }
}

impl SvgFile {
    /// The file.
    #[must_use]
    pub fn render(&self) -> String {
        let mut pen = Pen { out: String::new(), y: EDGE, rtl: self.rtl };
        pen.paragraph(20.0, 600, &self.title);
        pen.y += 12.0;
        for block in &self.blocks {
            match block {
                Block::Heading(text) => {
                    pen.y += 10.0;
                    pen.paragraph(16.0, 600, text);
                    pen.y += 4.0;
                }
                Block::Bars { series, rows } => bars(&mut pen, series, rows),
                Block::Pyramid { first, second, groups } => {
                    pyramid(&mut pen, first, second, groups)
                }
                Block::Map(drawing) => map(&mut pen, drawing),
            }
        }
        pen.y += 8.0;
        for note in self.notes.iter().filter(|note| !note.is_empty()) {
            pen.paragraph(13.0, 400, note);
        }
        let height = pen.y + EDGE;
        let direction = if self.rtl { " direction=\"rtl\"" } else { "" };
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {WIDTH:.0} {height:.0}\" xml:lang=\"{}\"{direction} font-family=\"system-ui, Arial, sans-serif\" fill=\"#0b0c0c\"><title>{}</title><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>{}</svg>\n",
            escaped(&self.language),
            escaped(&self.title),
            pen.out
        )
    }
}

fn bars(pen: &mut Pen, series: &[String], rows: &[BarRow]) {
    let room = WIDTH - 2.0 * EDGE - NAMES - TOTALS;
    let longest = rows
        .iter()
        .map(|row| row.amounts.iter().map(|a| a.drawn() + a.pale()).sum::<f64>())
        .fold(0.0, f64::max)
        .max(f64::MIN_POSITIVE);
    for row in rows {
        pen.y += 20.0;
        pen.text(EDGE, 14.0, 400, &shortened(&row.label, 34));
        let mut start = 0.0;
        for (index, amount) in row.amounts.iter().enumerate() {
            let (known, pale) = (amount.drawn() / longest * room, amount.pale() / longest * room);
            let fill = COLOURS[index % COLOURS.len()];
            let mut part = |from: f64, width: f64, opacity: &str| {
                if width > 0.0 {
                    let x = pen.x(EDGE + NAMES + from, width);
                    let _ = write!(
                        pen.out,
                        "<rect x=\"{x:.1}\" y=\"{:.0}\" width=\"{width:.1}\" height=\"26\" fill=\"{fill}\" stroke=\"#fff\"{opacity}/>",
                        pen.y - 18.0
                    );
                }
            };
            part(start, known, "");
            part(start + known, pale, " fill-opacity=\".55\"");
            #[allow(clippy::cast_precision_loss)]
            let fits = known + pale > amount.text.chars().count() as f64 * 9.0 + 4.0;
            if fits {
                let middle = pen.x(EDGE + NAMES + start + (known + pale) / 2.0, 0.0);
                pen.number(middle, "middle", "#fff", &amount.text);
            }
            start += known + pale;
        }
        let end = pen.x(WIDTH - EDGE, 0.0);
        pen.number(end, if pen.rtl { "start" } else { "end" }, "#0b0c0c", &row.total);
        pen.y += ROW - 20.0;
    }
    legend(pen, series);
}

fn legend(pen: &mut Pen, series: &[String]) {
    if series.len() < 2 {
        return;
    }
    let mut x = EDGE;
    pen.y += 22.0;
    for (index, name) in series.iter().enumerate() {
        #[allow(clippy::cast_precision_loss)]
        let width = 40.0 + name.chars().count() as f64 * 7.8;
        if x + width > WIDTH - EDGE && x > EDGE {
            x = EDGE;
            pen.y += 22.0;
        }
        let fill = COLOURS[index % COLOURS.len()];
        let at = pen.x(x, 14.0);
        let _ = write!(
            pen.out,
            "<rect x=\"{at:.0}\" y=\"{:.0}\" width=\"14\" height=\"14\" rx=\"2\" fill=\"{fill}\"/>",
            pen.y - 12.0
        );
        pen.text(x + 21.0, 14.0, 400, name);
        x += width;
    }
    pen.y += 10.0;
}

fn pyramid(pen: &mut Pen, first: &str, second: &str, groups: &[AgeGroup]) {
    let (middle, gap) = (WIDTH / 2.0, 70.0);
    let room = middle - EDGE - gap - 80.0;
    let longest = groups
        .iter()
        .flat_map(|group| [group.first.drawn(), group.second.drawn()])
        .fold(f64::MIN_POSITIVE, f64::max);
    pen.y += 18.0;
    pen.text(EDGE, 15.0, 600, first);
    pen.text(middle + gap, 15.0, 600, second);
    for group in groups.iter().rev() {
        pen.y += 24.0;
        for (amount, is_first) in [(&group.first, true), (&group.second, false)] {
            let width = amount.drawn() / longest * room;
            let left = is_first != pen.rtl;
            let x = if left { middle - gap - width } else { middle + gap };
            let _ = write!(
                pen.out,
                "<rect x=\"{x:.1}\" y=\"{:.0}\" width=\"{width:.1}\" height=\"24\" fill=\"{}\"/>",
                pen.y - 17.0,
                COLOURS[if is_first { 2 } else { 0 }]
            );
            let (at, anchor) = if left { (x - 6.0, "end") } else { (x + width + 6.0, "start") };
            pen.number(at, anchor, "#0b0c0c", &amount.text);
        }
        let label = escaped(&group.label);
        let _ = write!(
            pen.out,
            "<text x=\"{middle:.0}\" y=\"{:.0}\" font-size=\"14\" text-anchor=\"middle\">{label}</text>",
            pen.y
        );
        pen.y += 8.0;
    }
}

/// The drawing of a page, with its classes explained.
fn map(pen: &mut Pen, drawing: &str) {
    let Some((from, to)) = drawing.find("<svg").zip(drawing.find("</svg>")) else { return };
    let svg = &drawing[from..to];
    let Some((open, inner)) = svg.split_once('>') else { return };
    let height: f64 = open
        .split("viewBox=\"0 0 640 ")
        .nth(1)
        .and_then(|rest| rest.split('"').next()?.parse().ok())
        .unwrap_or(400.0);
    let scale = (WIDTH - 2.0 * EDGE) / 640.0;
    pen.y += 6.0;
    let _ = write!(
        pen.out,
        "<svg x=\"{EDGE}\" y=\"{:.0}\" width=\"{:.0}\" height=\"{:.0}\" viewBox=\"0 0 640 {height}\"><style>{MAP_STYLE}</style><rect width=\"640\" height=\"{height}\" fill=\"#f6f9f9\"/>{inner}</svg>",
        pen.y,
        640.0 * scale,
        height * scale
    );
    pen.y += height * scale + 8.0;
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most - 1).collect();
    short.push('…');
    short
}

fn wrapped(text: &str, per_line: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        #[allow(clippy::cast_precision_loss)]
        let long = (line.chars().count() + word.chars().count() + 1) as f64 > per_line;
        if long && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Amount;

    fn file(rtl: bool) -> String {
        SvgFile {
            language: "en".into(),
            rtl,
            title: "Detected victims <by> form & sex".into(),
            blocks: vec![Block::Bars {
                series: vec!["Female".into(), "Male".into()],
                rows: vec![BarRow {
                    label: "2025".into(),
                    amounts: vec![Amount::new(30.0, "30"), Amount::between(0.0, 10.0, "0–10")],
                    total: "30–40".into(),
                }],
            }],
            notes: vec!["Detected, not prevalence".into()],
        }
        .render()
    }

    #[test]
    fn a_picture_says_its_title_and_notes_and_escapes_them() {
        let svg = file(false);
        assert!(svg.contains("&lt;by&gt; form &amp; sex") && !svg.contains("<by>"));
        assert!(svg.contains("Detected, not prevalence"));
        assert!(svg.contains("fill-opacity"), "an interval is drawn pale");
        assert!(svg.contains("0–10") && !svg.contains("NaN"));
    }

    #[test]
    fn a_picture_from_right_to_left_begins_on_the_right() {
        let (left, right) = (file(false), file(true));
        assert!(right.contains("direction=\"rtl\"") && !left.contains("direction=\"rtl\""));
        assert_ne!(left, right);
    }
}
