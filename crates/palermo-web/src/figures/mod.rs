//! Figures drawn on the server as SVG: no script, no style attribute, text in fixed pixels.
//!
//! A figure always has a title, a table that says the same, and room for source and notes.
//! Numbers come in already written for their reader ([`Amount`]); here they are only drawn.
//! From right to left a length is drawn from `100 − x`: percent positions turn round where a
//! fixed drawing could not. Maps are never turned.

mod bars;
mod frame;
mod map;
mod matrix;
mod pyramid;
mod spans;
mod spark;
mod standalone;
#[cfg(test)]
mod tests;

pub use bars::{BarRow, StackedBars};
pub use frame::{Amount, Figure};
pub use map::{FlowArc, FlowMap, Geography, MapState, RegionMap, Shade, Way};
pub use matrix::{Bound, BoundCell, BoundMatrix, Heading};
pub use pyramid::{AgeGroup, Pyramid};
pub use spans::{Span, SpanRow, Spans};
pub use spark::Sparkline;
pub use standalone::{Block, SvgFile};

/// A percentage as short as it can be written.
pub(crate) fn percent(value: f64) -> String {
    let text = format!("{value:.2}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    format!("{short}%")
}

/// The narrowest room a figure has, in pixels: a small telephone without its margins, or one of
/// several figures side by side.
pub(crate) const NARROWEST: f64 = 290.0;

/// How many pixels a text takes, rather too many than too few: a number that is cut reads as
/// another number.
pub(crate) fn pixels(text: &str, size: f64) -> f64 {
    text.chars().map(|c| if c.is_whitespace() { 0.3 } else { 0.58 }).sum::<f64>() * size
}

/// Where a length of `width` that begins at `start` is drawn, both in percent.
pub(crate) fn placed(start: f64, width: f64, rtl: bool) -> f64 {
    if rtl { 100.0 - start - width } else { start }
}
