//! What can go wrong, told for the person who reads it.

/// A refusal or failure of this module.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DisclosureError {
    /// The threshold is too low to protect anyone.
    #[error("a threshold of `{value}` is too low; published counts need at least `{least}`")]
    ThresholdTooLow {
        /// The value asked for.
        value: u32,
        /// The least value accepted.
        least: u32,
    },
    /// The file could not be read as records.
    #[error("the records could not be read: {0}")]
    Unreadable(String),
    /// The result could not be written.
    #[error("the result could not be written: {0}")]
    Unwritable(String),
    /// A named column does not exist.
    #[error("there is no column `{0}`")]
    UnknownColumn(String),
    /// A value uses a character that the combinations format needs.
    #[error("`{0}` contains `;` or a line break, which the combinations format uses as separator")]
    Separator(String),
    /// A size is beyond what the method can hold.
    #[error("{0}")]
    TooLarge(String),
    /// The table is not additive or refers to cells that do not exist.
    #[error("the table is not consistent: {0}")]
    Inconsistent(String),
    /// No pattern of suppression protects the table.
    #[error("no suppression protects cell `{0}`: even with every cell hidden it can be worked out")]
    Unprotectable(String),
    /// The linear solver gave up.
    #[error("the linear solver failed: {0}")]
    Solver(String),
    /// A setting makes no sense.
    #[error("{0}")]
    Setting(String),
    /// The privacy budget would be exceeded.
    #[error(
        "the release `{release}` needs a privacy loss of `{asked}` and only `{left}` of `{budget}` is left (rho, zero-concentrated)"
    )]
    BudgetExceeded {
        /// The release refused.
        release: String,
        /// What it would have spent (rho).
        asked: f64,
        /// What is left (rho).
        left: f64,
        /// The whole budget (rho).
        budget: f64,
    },
    /// The probability kept for thresholds would be exceeded.
    #[error(
        "the release `{release}` needs a probability of `{asked}` for its thresholds and only `{left}` of `{budget}` is left (half of the budget's delta); a smaller `delta` for each release would fit more of them"
    )]
    DeltaExceeded {
        /// The release refused.
        release: String,
        /// What it would have spent.
        asked: f64,
        /// What is left.
        left: f64,
        /// Half of the budget's δ.
        budget: f64,
    },
    /// The operating system gave no randomness, so no noise was drawn.
    #[error("the operating system gave no randomness; nothing was released")]
    NoRandomness,
}

impl From<csv::Error> for DisclosureError {
    fn from(reason: csv::Error) -> Self {
        Self::Unreadable(reason.to_string())
    }
}

impl From<microlp::Error> for DisclosureError {
    fn from(reason: microlp::Error) -> Self {
        Self::Solver(reason.to_string())
    }
}
