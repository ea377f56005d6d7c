//! Care: what is planned with a person and done for them, from the first need
//! to a life of their own. One record for each thing; the same few facts about
//! all of them (kind, days, state) so that a plan, a reminder and a month's end
//! read them alike.
//!
//! Coded facts stand in the record; words about the person are sealed beside it
//! and never come into this crate. Whatever may not be done is decided in
//! [`rules`], with the rule and its source. What happened anyway is recorded and
//! gives a [`Notice`].

mod codes;

pub mod body;
pub mod child;
pub mod figures;
pub mod form;
pub mod funding;
pub mod month_end;
pub mod own_view;
pub mod recovery;
pub mod reintegration;
pub mod reminder;
pub mod returning;
pub mod rules;
pub mod standards;

pub use body::{Body, Days, Ill};
pub(crate) use codes::codes;
pub use codes::{CareKind, Standing};
pub use rules::{CareFacts, Denied, Notice, check};

use crate::{
    id::{AccountId, CareId, CaseId},
    moment::Moment,
    register::day::Day,
};
use serde::{Deserialize, Serialize};

/// One thing planned with or done for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareRecord {
    /// Its id.
    pub id: CareId,
    /// The case it belongs to.
    pub case: CaseId,
    /// The coded facts.
    pub body: Body,
    /// Who wrote it, or changed it last (R12).
    pub author: AccountId,
    /// When it was written down; when it happened stands in the body.
    pub recorded_at: Moment,
}

impl CareRecord {
    /// What kind of record it is.
    #[must_use]
    pub const fn kind(&self) -> CareKind {
        self.body.kind()
    }

    /// The days that matter for plans, reminders and counts.
    #[must_use]
    pub fn days(&self) -> Days {
        self.body.days()
    }

    /// How it stands on a day.
    #[must_use]
    pub fn standing(&self, today: Day) -> Standing {
        self.body.standing(today)
    }
}
