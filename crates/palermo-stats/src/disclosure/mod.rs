//! Disclosure control: saying what many people share without giving one away.
//!
//! # Which method
//!
//! | to publish | use | promise |
//! |---|---|---|
//! | one table | [`RawTable::protect`] with suppression | no count of 1 to k − 1 can be worked out from it |
//! | a table every month | the same with [`Method::RoundDown`], and [`difference_findings`] | nor from the differences |
//! | many combinations | [`RawCombinations`] | every count is a multiple of k |
//! | records | [`synthesise`] | every record is shared by k people |
//! | anything, again and again | [`dp`] | bounded loss, whatever anybody knows |
//! | records to a trusted partner | [`suppress_locally`] | everybody looks like k − 1 others |
//!
//! # The order of work
//!
//! 1. Look at the risk: [`anonymity`], [`homogeneous_classes`], [`special_uniques`].
//! 2. Protect. The type of the result cannot be written out yet.
//! 3. Attack: [`ProtectedTable::attack`], [`ProtectedCombinations::attack`],
//!    [`reconstruct`], [`linked_findings`]. Only what withstands becomes publishable.
//! 4. Publish, and keep the [`Release`]: the next one is compared with it.
//!
//! # A worked example
//!
//! The 3 × 3 table below has counts of 1 in two places. Hiding only these is
//! useless: each follows from its row. The least that protects is six cells.
//!
//! ```
//! use palermo_stats::disclosure::{Policy, RawTable, Shown, Threshold};
//! let table = RawTable::two_way(&[
//!     vec![17, 31, 7, 55],
//!     vec![41, 0, 1, 42],
//!     vec![10, 9, 1, 20],
//!     vec![68, 40, 9, 117],
//! ])?;
//! let policy = Policy::suppress(Threshold::new(5)?);
//! let exposed = table.exposure(&policy)?;
//! assert!(exposed.values().all(|cell| cell.least == 1.0 && cell.most == 1.0));
//!
//! let safe = table.protect(&policy)?;
//! assert!(safe.is_optimal() && safe.cost() == 6.0);
//! let published = safe.attack(&[])?;
//! assert_eq!(published.cells()[6], Shown::Hidden);
//! assert_eq!((published.intervals()[&6].least, published.intervals()[&6].most), (0.0, 9.0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What no method here does
//!
//! It does not decide whether something should be published at all; detected
//! cases are not prevalence; and a promise about numbers is none about free
//! text, maps finer than the counts, or what somebody adds by hand.

mod aggregate;
mod anonymity;
mod audit;
mod combinations;
pub mod dp;
mod error;
mod evaluate;
mod frame;
mod invented;
mod joint;
mod linked;
mod local;
mod network;
mod primary;
mod protect;
mod reconstruct;
mod records;
mod releases;
mod side_by_side;
mod small;
mod suda;
mod suppress;
mod synthesis;
mod table;
mod threshold;
mod years;

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
pub use joint::{JointTables, TableCells, TablePlan};
pub use linked::{Linked, LinkedFinding, linked_findings};
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
