//! Files to keep: a sheet as CSV or as a workbook, and whatever else is downloaded.

use super::{failure::Failure, visit::Visit};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use palermo_app::{Refused, export};

/// A sheet as CSV or as a workbook; in a demonstration the file says so itself.
///
/// # Errors
/// When it is too long or wide for a workbook.
pub fn sheet_file(
    visit: &Visit,
    mut sheet: export::Sheet,
    name: &str,
    workbook: bool,
) -> Result<Response, Failure> {
    let watermark = visit.text("demo-watermark");
    if visit.web.settings().demo && !sheet.notes.contains(&watermark) {
        sheet.notes.push(watermark);
    }
    if !workbook {
        return Ok(download(sheet.csv(), "text/csv; charset=utf-8", name, "csv"));
    }
    let bytes = sheet.xlsx().map_err(|error| Failure(Refused::Unavailable(error.to_string())))?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(download(bytes, kind, name, "xlsx"))
}

/// A file to keep.
#[must_use]
pub fn download(bytes: Vec<u8>, kind: &'static str, name: &str, ending: &str) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}.{ending}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
