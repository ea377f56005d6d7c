//! Disclosure control.

mod aggregate;
mod anonymity;
mod combinations;
mod error;
mod evaluate;
mod invented;
mod local;
mod records;
mod releases;
mod suda;
mod threshold;

pub use aggregate::{
    LengthSummary, ProtectedCombinations, PublishableCombinations, RawCombinations, RefusedRelease,
};
pub use anonymity::{Anonymity, HomogeneousClass, RiskCounts, anonymity, homogeneous_classes};
pub use combinations::LONGEST;
pub use error::DisclosureError;
pub use evaluate::{LengthQuality, compare};
pub use invented::invented_records;
pub use local::{LocallySuppressed, suppress_exactly, suppress_locally};
pub use records::{Attributes, Column, Records};
pub use releases::{Finding, Release, difference_findings};
pub use suda::{SpecialUnique, special_uniques};
pub use threshold::Threshold;
