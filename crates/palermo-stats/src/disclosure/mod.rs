//! Disclosure control.

mod aggregate;
mod anonymity;
mod audit;
mod combinations;
pub mod dp;
mod error;
mod evaluate;
mod frame;
mod invented;
mod local;
mod network;
mod primary;
mod protect;
mod reconstruct;
mod records;
mod releases;
mod suda;
mod suppress;
mod synthesis;
mod table;
mod threshold;

pub use aggregate::{
    LengthSummary, ProtectedCombinations, PublishableCombinations, RawCombinations, RefusedRelease,
};
pub use anonymity::{Anonymity, HomogeneousClass, RiskCounts, anonymity, homogeneous_classes};
pub use audit::{Interval, Shown, attack_intervals, audit_intervals};
pub use combinations::LONGEST;
pub use error::DisclosureError;
pub use evaluate::{LengthQuality, compare};
pub use frame::{Equation, Frame};
pub use invented::invented_records;
pub use local::{LocallySuppressed, suppress_exactly, suppress_locally};
pub use primary::{dominance, p_percent};
pub use protect::Protection;
pub use reconstruct::{Published, Reconstruction, reconstruct};
pub use records::{Attributes, Column, Records};
pub use releases::{Finding, Release, difference_findings};
pub use suda::{SpecialUnique, special_uniques};
pub use suppress::Cost;
pub use synthesis::{Fit, Seeding, Synthetic, synthesise};
pub use table::{Method, Policy, ProtectedTable, PublishableTable, RawTable, RefusedTable};
pub use threshold::Threshold;
