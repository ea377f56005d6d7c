//! Statistics for small, sensitive, hidden populations: estimation from
//! overlapping lists, early warning, disclosure control and record linkage.
//! Knows nothing of Palermo, so that others can use it.

pub mod disclosure;
pub mod estimate;
pub mod glm;
pub mod linkage;
pub mod quantile;
pub mod scan;
pub mod surveillance;
