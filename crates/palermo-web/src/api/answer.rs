//! How answers look: one record, a page of a list with its links, something new.

use super::{Answer, asked::PageAsk};
use crate::shell::{form::Form, gate::encode, visit::Visit};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Listed<T> {
    /// The entries of this page.
    pub items: Vec<T>,
    /// How many entries there are on all pages.
    #[schema(minimum = 0)]
    pub total: u64,
    /// Which page this is, from 1.
    #[schema(minimum = 1)]
    pub page: u64,
    /// How many pages there are, at least one.
    #[schema(minimum = 1)]
    pub pages: u64,
}

/// What was made.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Made {
    /// Its id.
    #[schema(format = Uuid)]
    pub id: String,
}

/// One record.
pub(super) fn one<T: Serialize>(value: &T) -> Answer {
    Ok(Json(value).into_response())
}

/// One record that can be changed: its revision is its `ETag`.
pub(super) fn revised<T: Serialize>(value: &T, revision: i64) -> Answer {
    tagged(value, &revision.to_string())
}

/// The same where something else than a number says which state of the record it is.
pub(super) fn tagged<T: Serialize>(value: &T, tag: &str) -> Answer {
    let mut response = Json(value).into_response();
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{tag}\"")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// Something new, with its address if it has one.
pub(super) fn made(id: impl ToString, folder: Option<&str>) -> Answer {
    let id = id.to_string();
    let address = folder.and_then(|folder| HeaderValue::from_str(&format!("{folder}/{id}")).ok());
    let mut response = (StatusCode::CREATED, Json(Made { id })).into_response();
    if let Some(address) = address {
        response.headers_mut().insert(header::LOCATION, address);
    }
    Ok(response)
}

/// The page asked for of a whole list.
pub(super) fn page_of<S, T: Serialize>(
    visit: &Visit,
    all: Vec<S>,
    ask: PageAsk,
    show: impl Fn(S) -> T,
) -> Answer {
    let (page, size) = (u64::from(ask.page), u64::from(ask.size));
    let total = all.len() as u64;
    let skip = usize::try_from((page - 1).saturating_mul(size)).unwrap_or(usize::MAX);
    let items = all.into_iter().skip(skip).take(ask.size as usize).map(show).collect();
    listed(visit, Listed { items, total, page, pages: total.div_ceil(size).max(1) })
}

/// A page with links to the others.
pub(super) fn listed<T: Serialize>(visit: &Visit, list: Listed<T>) -> Answer {
    let mut links = vec![link(visit, 1, "first")];
    if list.page > 1 {
        links.push(link(visit, (list.page - 1).min(list.pages), "prev"));
    }
    if list.page < list.pages {
        links.push(link(visit, list.page + 1, "next"));
    }
    links.push(link(visit, list.pages, "last"));
    let mut response: Response = Json(list).into_response();
    if let Ok(value) = HeaderValue::from_str(&links.join(", ")) {
        response.headers_mut().insert(header::LINK, value);
    }
    Ok(response)
}

/// The same question for another page.
fn link(visit: &Visit, page: u64, relation: &str) -> String {
    let (path, query) = visit.address.split_once('?').unwrap_or((&visit.address, ""));
    let form = Form::parse(query.as_bytes());
    let mut address = format!("{path}?");
    for name in form.names().filter(|name| *name != "page") {
        address.push_str(&format!("{}={}&", encode(name), encode(form.text(name))));
    }
    format!("<{address}page={page}>; rel=\"{relation}\"")
}
