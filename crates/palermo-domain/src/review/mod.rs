//! Reviewing States in rounds: in which order, by which steps, who writes
//! which text, and what becomes of the recommendations.

mod adjust;
mod follow_up;
mod information;
mod order;
mod owed;
mod persons;
mod recommendation;
mod round;
mod workflow;

pub use adjust::{Moved, NotMoved, OwnReviewer, Reviewer};
pub use follow_up::{FollowUp, FollowUpSide, Statistics, Statuses, UNLED_DAYS, statistics};
pub use information::{
    Compulsion, ImpactAnswer, ImpactReview, InformationReply, InformationRequest, URGENT_DAYS,
};
pub use order::{OrderRule, Ordered, order};
pub use owed::{Acted, StepOwed, StepStatus};
pub use persons::{asks_for_persons, one_person, refused_by_r6};
pub use recommendation::{
    AddresseeKind, Recommendation, RecordStatus, Strength, read_recommendations, similar,
};
pub use round::{Evaluation, ReviewText, Round, Visit, read_round};
pub use workflow::{
    Actor, NotThatStep, Pillar, Stage, StageEntry, StatesStep, due_from, may_edit, may_leave,
    may_move, stands,
};

#[cfg(test)]
mod tests;
