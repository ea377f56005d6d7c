//! Stacked bars, one row each: years, States or forms under one another, so that no time axis
//! has to be turned round.

use askama::Template;

use super::{Amount, NARROWEST, pixels, placed};
use crate::components::parts;

/// One row.
#[derive(Clone, Debug, Default)]
pub struct BarRow {
    /// Year, State or form.
    pub label: String,
    /// One amount for each series, in their order.
    pub amounts: Vec<Amount>,
    /// The row's total as it is written, which need not be the sum: hidden cells count too.
    pub total: String,
}

/// Rows of stacked bars with a legend.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/figures/bars.html")]
pub struct StackedBars {
    /// Id of the element that names the drawing.
    pub labelled_by: String,
    /// Names of the series, six at most; the legend names them in order.
    pub series: Vec<String>,
    /// The rows.
    pub rows: Vec<BarRow>,
    /// The reader's language is written from right to left.
    pub rtl: bool,
}

struct Piece {
    x: String,
    width: String,
    middle: String,
    pale: Option<(String, String)>,
    class: usize,
    text: Option<String>,
}

/// The width of the widest of some texts beside the bars, in pixels.
fn widest<'t>(texts: impl Iterator<Item = &'t String>) -> f64 {
    texts.map(|text| pixels(text, 16.0)).fold(0.0, f64::max)
}

impl StackedBars {
    /// The longest row fills the width.
    fn longest(&self) -> f64 {
        self.rows
            .iter()
            .map(|row| row.amounts.iter().map(|a| a.drawn() + a.pale()).sum::<f64>())
            .fold(0.0, f64::max)
    }

    /// How many pixels the bars have on the narrowest telephone, between the longest name,
    /// which takes 38 % at most, and the longest total.
    fn room(&self) -> f64 {
        let names = widest(self.rows.iter().map(|row| &row.label)).min(NARROWEST * 0.38);
        let totals = widest(self.rows.iter().map(|row| &row.total)) * 1.08;
        (NARROWEST - 20.0 - names - totals).max(0.0)
    }

    fn pieces(&self, row: &BarRow) -> Vec<Piece> {
        let longest = self.longest();
        let room = self.room();
        if longest <= 0.0 {
            return Vec::new();
        }
        let mut start = 0.0;
        let mut pieces = Vec::with_capacity(row.amounts.len());
        for (index, amount) in row.amounts.iter().enumerate() {
            let known = amount.drawn() / longest * 100.0;
            let pale = amount.pale() / longest * 100.0;
            let width = known + pale;
            if width > 0.0 {
                let x = placed(start, width, self.rtl);
                let at = super::percent(placed(start + known, pale, self.rtl));
                // Left out where it does not fit: the total and the table tell it.
                let fits = width / 100.0 * room > pixels(&amount.text, 14.0) + 4.0;
                pieces.push(Piece {
                    x: super::percent(placed(start, known, self.rtl)),
                    width: super::percent(known),
                    pale: (pale > 0.0).then(|| (at, super::percent(pale))),
                    middle: super::percent(x + width / 2.0),
                    class: index % 6 + 1,
                    text: fits.then(|| amount.text.clone()),
                });
                start += width;
            }
        }
        pieces
    }
}

parts!(StackedBars);
