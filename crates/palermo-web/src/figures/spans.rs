//! Stretches of time in rows: membership, adherence, plans. Time runs the way the reader reads.

use askama::Template;

use super::{percent, placed};
use crate::components::parts;

/// One stretch of time.
#[derive(Clone, Debug, Default)]
pub struct Span {
    /// Beginning in years, with fractions (2009.25 is 1 April 2009); before the axis is cut.
    pub from: f64,
    /// End in years; none while it lasts.
    pub to: Option<f64>,
    /// Which of the six colours, 1 to 6, as in the legend.
    pub class: u8,
    /// Words in the bar if they fit: usually the year.
    pub text: String,
    /// The beginning is not known: drawn open.
    pub open: bool,
}

/// One row.
#[derive(Clone, Debug, Default)]
pub struct SpanRow {
    /// State, instrument or plan.
    pub label: String,
    /// Its stretches, in order.
    pub spans: Vec<Span>,
}

/// Rows of stretches under a line of years.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/figures/spans.html")]
pub struct Spans {
    /// Id of the element that names the drawing.
    pub labelled_by: String,
    /// First year of the axis.
    pub from: f64,
    /// Last year of the axis.
    pub to: f64,
    /// Marks on the axis: year and how it is written.
    pub ticks: Vec<(f64, String)>,
    /// The rows.
    pub rows: Vec<SpanRow>,
    /// Names of the colours in use, with their numbers.
    pub legend: Vec<(u8, String)>,
    /// The reader's language is written from right to left.
    pub rtl: bool,
}

struct Stretch<'a> {
    x: String,
    width: String,
    middle: String,
    class: u8,
    text: Option<&'a str>,
    open: bool,
}

impl Spans {
    fn along(&self, year: f64) -> f64 {
        let length = self.to - self.from;
        if length <= 0.0 || !year.is_finite() {
            return 0.0;
        }
        ((year - self.from) / length * 100.0).clamp(0.0, 100.0)
    }

    fn tick(&self, year: &f64) -> String {
        percent(placed(self.along(*year), 0.0, self.rtl))
    }

    fn anchor(&self, year: &f64) -> &'static str {
        let at = placed(self.along(*year), 0.0, self.rtl);
        // Anchors follow the text's direction, so they turn round with it.
        match (at < 9.0, at > 91.0, self.rtl) {
            (true, _, false) | (_, true, true) => "start",
            (_, true, false) | (true, _, true) => "end",
            _ => "middle",
        }
    }

    fn stretches<'a>(&self, row: &'a SpanRow) -> Vec<Stretch<'a>> {
        row.spans
            .iter()
            .filter_map(|span| {
                let start = self.along(span.from);
                let end = self.along(span.to.unwrap_or(self.to));
                let width = end - start;
                (width > 0.0).then(|| {
                    let x = placed(start, width, self.rtl);
                    #[allow(clippy::cast_precision_loss)]
                    let fits = width > span.text.chars().count() as f64 * 2.8 + 3.0;
                    Stretch {
                        x: percent(x),
                        width: percent(width),
                        middle: percent(x + width / 2.0),
                        class: span.class.clamp(1, 6),
                        text: (fits && !span.text.is_empty()).then_some(span.text.as_str()),
                        open: span.open,
                    }
                })
            })
            .collect()
    }
}

parts!(Spans);
