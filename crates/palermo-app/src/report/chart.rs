//! Bars as a picture that stands alone: for reports that leave the browser.
//! Every colour and size is written out; from right to left it is mirrored.

use std::fmt::Write as _;

/// Width of the picture in pixels.
const WIDTH: f64 = 640.0;
/// Width kept for names.
const NAMES: f64 = 190.0;
/// Width kept for numbers after the longest bar.
const NUMBERS: f64 = 70.0;
/// Height of a row.
const ROW: f64 = 26.0;
/// Colours that differ in print and for the colour-blind.
const COLOURS: [&str; 5] = ["#12436d", "#28a197", "#f46a25", "#a285d1", "#6f777b"];

/// A bar: its name, its parts and what is written after it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bar {
    /// Name.
    pub name: String,
    /// Lengths of its parts.
    pub parts: Vec<f64>,
    /// Written after it.
    pub told: String,
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Bars under one another, with a legend where they have several parts.
pub(super) fn bars(bars: &[Bar], legend: &[String], rtl: bool) -> String {
    let longest = bars.iter().map(|bar| bar.parts.iter().sum::<f64>()).fold(0.0, f64::max);
    let span = WIDTH - NAMES - NUMBERS;
    #[allow(clippy::cast_precision_loss)] // some dozen rows
    let head = if legend.len() > 1 { ROW } else { 4.0 };
    #[allow(clippy::cast_precision_loss)]
    let height = head + ROW * bars.len() as f64 + 4.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {WIDTH} {height:.0}\" font-family=\"Noto Sans, Noto Naskh Arabic, sans-serif\" \
         font-size=\"13\">"
    );
    let x = |left: f64, width: f64| if rtl { WIDTH - left - width } else { left };
    if legend.len() > 1 {
        let mut left = NAMES;
        for (name, colour) in legend.iter().zip(COLOURS.iter().cycle()) {
            let _ = write!(
                svg,
                "<rect x=\"{:.1}\" y=\"5\" width=\"12\" height=\"12\" fill=\"{colour}\"/>\
                 <text x=\"{:.1}\" y=\"16\" text-anchor=\"start\" fill=\"#0b0c0c\">{}</text>",
                x(left, 12.0),
                if rtl { x(left + 16.0, 80.0) } else { left + 16.0 },
                escaped(name)
            );
            left += 108.0;
        }
    }
    for (at, bar) in bars.iter().enumerate() {
        #[allow(clippy::cast_precision_loss)]
        let top = head + ROW * at as f64;
        let names_at = if rtl { WIDTH - NAMES + 8.0 } else { NAMES - 8.0 };
        let anchor = if rtl { "start" } else { "end" };
        let _ = write!(
            svg,
            "<text x=\"{names_at:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" fill=\"#0b0c0c\">{}</text>",
            top + 17.0,
            escaped(&bar.name)
        );
        let mut left = NAMES;
        for (part, colour) in bar.parts.iter().zip(COLOURS.iter().cycle()) {
            let width = if longest > 0.0 { part / longest * span } else { 0.0 };
            if width > 0.0 {
                let _ = write!(
                    svg,
                    "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"18\" fill=\"{colour}\"/>",
                    x(left, width),
                    top + 3.0
                );
            }
            left += width;
        }
        let anchor = if rtl { "end" } else { "start" };
        let told_at = if rtl { WIDTH - left - 6.0 } else { left + 6.0 };
        let _ = write!(
            svg,
            "<text x=\"{told_at:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" fill=\"#0b0c0c\">{}</text>",
            top + 17.0,
            escaped(&bar.told)
        );
    }
    svg.push_str("</svg>");
    svg
}
