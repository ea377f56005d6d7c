//! Lists as files. Re-exported for pages, which know only this crate.

pub use palermo_standards::sheet::{Cell, NotAWorkbook, Sheet};
pub use palermo_store::fold;
