//! What everyone may see of the figures: numbers that were released, each with
//! the release it stands in. Nothing here adds counts of different tables up,
//! and nothing looks into a dataset.

pub mod catalogue;
pub mod figures;
pub mod flows;
pub mod view;
