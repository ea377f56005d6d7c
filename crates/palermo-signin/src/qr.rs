//! A QR code as SVG, so that enrolling a one-time-code app needs no image library
//! and breaks no content policy.

use qrcode::{Color, EcLevel, QrCode};

/// White border a scanner needs, in modules (ISO/IEC 18004).
const QUIET: usize = 4;

/// Width and height on the page, so that the field for the code stands in sight.
const SIDE: usize = 220;

/// A text that does not fit into a QR code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long for a QR code")]
pub struct TooMuchForQr;

/// `text` as a QR code. `title` is what a screen reader says; the text itself is not
/// in the SVG as letters.
///
/// # Errors
/// When the text is longer than about 2,300 bytes.
pub fn qr_svg(text: &str, title: &str) -> Result<String, TooMuchForQr> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| TooMuchForQr)?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        for (column, module) in modules.iter().enumerate() {
            if *module == Color::Dark {
                path.push_str(&format!("M{} {}h1v1h-1z", column + QUIET, row + QUIET));
            }
        }
    }
    let title = escaped(title);
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{SIDE}" height="{SIDE}" role="img" shape-rendering="crispEdges"><title>{title}</title><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>"##
    ))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
