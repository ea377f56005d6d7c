//! What every page and every answer share: routes, session, language,
//! headers, forms, layout and failures.

pub mod again;
pub mod asked;
pub mod carried;
pub mod count;
pub mod cross_site;
pub mod failure;
pub mod files;
pub mod form;
pub mod forms;
pub mod gate;
pub mod headers;
pub mod kept;
pub mod language;
pub mod layout;
pub mod listing;
pub mod markup;
pub mod paper;
pub mod route;
pub mod static_files;
pub mod upload;
pub mod visit;
