//! A line the size of a word. Mirrored lines are read differently by different people, so the
//! first and last values are always written out.

use askama::Template;

use crate::components::parts;

/// A small line with its first and last value.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/figures/spark.html")]
pub struct Sparkline {
    /// What is shown, with all values in words: read instead of the line.
    pub label: String,
    /// The values in time; `None` where one is hidden or missing, which breaks the line.
    pub values: Vec<Option<f64>>,
    /// The first value as it is written.
    pub first: String,
    /// The last value as it is written.
    pub last: String,
    /// The reader's language is written from right to left: time runs that way too.
    pub rtl: bool,
}

const WIDTH: f64 = 72.0;
const HEIGHT: f64 = 24.0;
const EDGE: f64 = 4.0;

impl Sparkline {
    fn points(&self) -> Vec<Option<(f64, f64)>> {
        let most = self.values.iter().flatten().copied().fold(0.0, f64::max);
        #[allow(clippy::cast_precision_loss)]
        let step = (WIDTH - 2.0 * EDGE) / self.values.len().saturating_sub(1).max(1) as f64;
        self.values
            .iter()
            .enumerate()
            .map(|(i, value)| {
                #[allow(clippy::cast_precision_loss)]
                let along = EDGE + step * i as f64;
                let x = if self.rtl { WIDTH - along } else { along };
                value.filter(|v| v.is_finite()).map(|v| {
                    let share = if most > 0.0 { v.max(0.0) / most } else { 0.0 };
                    (x, HEIGHT - EDGE - share * (HEIGHT - 2.0 * EDGE))
                })
            })
            .collect()
    }

    /// Unbroken pieces of the line.
    fn lines(&self) -> Vec<String> {
        self.points()
            .split(Option::is_none)
            .filter(|piece| !piece.is_empty())
            .map(|piece| {
                piece
                    .iter()
                    .flatten()
                    .map(|(x, y)| format!("{x:.1},{y:.1}"))
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect()
    }

    fn dot(&self) -> Option<(String, String)> {
        let (x, y) = self.points().last().copied().flatten()?;
        Some((format!("{x:.1}"), format!("{y:.1}")))
    }
}

parts!(Sparkline);
