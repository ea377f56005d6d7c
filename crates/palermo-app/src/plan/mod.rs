//! Plans of action: reading them with what was reached, writing and adopting them,
//! reporting, amending, and the matrix that travels to a ministry and back.

pub mod about;
pub mod actions;
pub mod ask;
pub mod change;
pub(crate) mod computed;
pub mod import;
pub mod links;
pub mod rate;
pub mod report;
pub mod review;
pub mod rows;
pub mod sheet;
pub mod templates;
pub mod told;
