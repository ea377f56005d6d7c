//! The least count that may be shown.

use super::error::DisclosureError;

/// The least count that may be published: counts of 1 to k − 1 stay hidden.
///
/// Statistical offices publish at 5 or more; combinations of microdata want 11
/// (the CTDC practice). Below 5 is refused. "In a class smaller than k" is
/// read strictly, `count < k`: the CTDC codebook and glossary differ by one
/// here ("fewer than k − 1" against "fewer than k"), and only the stricter
/// reading hides every count that either of them hides.
///
/// ```
/// use palermo_stats::disclosure::Threshold;
/// assert_eq!(Threshold::new(11)?.get(), 11);
/// assert!(Threshold::new(4).is_err());
/// assert_eq!(Threshold::new(5)?.floor(17), 15);
/// # Ok::<(), palermo_stats::disclosure::DisclosureError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Threshold(u32);

impl Threshold {
    /// The least threshold accepted.
    pub const LEAST: u32 = 5;
    /// The usual threshold for combinations of microdata.
    pub const MICRODATA: Self = Self(11);
    /// The usual threshold for national tables.
    pub const TABLE: Self = Self(5);

    /// Checks a threshold.
    ///
    /// # Errors
    /// When it is below [`Threshold::LEAST`].
    pub fn new(value: u32) -> Result<Self, DisclosureError> {
        if value < Self::LEAST {
            return Err(DisclosureError::ThresholdTooLow { value, least: Self::LEAST });
        }
        Ok(Self(value))
    }

    /// The value.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }

    /// A count rounded down to a multiple of the threshold.
    #[must_use]
    pub fn floor(self, count: u64) -> u64 {
        count - count % u64::from(self.0)
    }

    /// Whether a count must be hidden: some people, but fewer than k.
    #[must_use]
    pub fn hides(self, count: u64) -> bool {
        count > 0 && count < u64::from(self.0)
    }
}
