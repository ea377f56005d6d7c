//! Reviews: rounds and their order, the steps of each evaluation, texts of
//! each pillar, recommendations and follow-up, requests for information,
//! reviews of impact.

mod adjust;
mod comment;
mod evaluate;
mod follow;
mod impact;
mod information;
mod owed;
mod recommend;
mod round;
mod texts;
pub mod typed;

pub use adjust::{
    DaysForm, ReviewersForm, RoundChange, change_round, leads_round, move_days, name_reviewers,
    round_typed, typed_reviewers,
};
pub(crate) use comment::mention;
pub use comment::{
    CommentForm, Discussed, Remark, TextRef, close, colleagues, comment, comment_as_typed,
    discussed, place_of, typed_remarks,
};
pub use evaluate::{
    Basis, EvaluationShown, basis, begin, evaluates, evaluation, evaluations, leads, move_on,
    plan_visit, state_has_acted, waits_for_the_state,
};
pub use follow::{
    FollowForm, Recommended, StateFollowUp, export, follow_up, follow_up_as_typed,
    group_statistics, note_follow_up, open_of, recommendations, typed_follow_up,
};
pub use impact::{
    GROUPS, ImpactForm, ImpactShown, answer_impact, impact_for_me, impact_reviews, open_impact,
};
pub use information::{
    REFUSAL, RequestForm, RequestShown, ask, asked_of_me, compulsions, reply, requests,
};
pub use owed::{reads, sees_confidential, steps_for_me, steps_of};
pub use recommend::{may_edit, recommend, recommendation_typed};
pub use round::{RoundForm, RoundOrder, round, round_order, round_revision, rounds, set_up};
pub use texts::{
    TextForm, forget_text, own_text, publish, save_text, text_as_typed, texts_of, typed_text,
};
