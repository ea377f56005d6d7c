//! Plans of action: reading them with what was reached, writing and adopting them,
//! reporting, amending, and the matrix that travels to a ministry and back.

pub mod ask;
pub mod change;
mod computed;
pub mod report;
pub mod review;
pub mod sheet;
pub mod templates;
