//! Reports that came in and wait for the receiving body's decision.

use super::questionnaires::Versions;
use crate::{
    Acting, Refused,
    access::{Action, Resource},
};
use palermo_domain::{
    register::{day::Day, state::StateCode},
    report::{Entered, SubmissionVersion},
};
use palermo_store::report::{reception as receptions, version as versions};
use std::collections::{BTreeMap, BTreeSet};

/// A report that waits to be received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToReceive {
    /// The questionnaire.
    pub questionnaire: String,
    /// Its title in the reader's language.
    pub title: String,
    /// The State.
    pub state: StateCode,
    /// The year reported on.
    pub period: i32,
    /// The day its newest version was submitted.
    pub submitted: Day,
}

/// Reports of States whose newest version nobody accepted or sent back, those that wait
/// longest first, for who receives reports; nothing for others.
///
/// # Errors
/// When the store does not answer.
pub async fn to_receive(acting: &Acting<'_>) -> Result<Vec<ToReceive>, Refused> {
    if !acting.may(Action::ReceiveReports, &Resource::region()).allowed {
        return Ok(Vec::new());
    }
    let store = &acting.app.store;
    let mut newest: BTreeMap<(String, StateCode, i32), SubmissionVersion> = BTreeMap::new();
    for one in versions::list(store, None).await? {
        let one = one.record.entry;
        let key = (one.questionnaire.clone(), one.state, one.period);
        let order = |of: &SubmissionVersion| (of.submitted, of.version);
        if newest.get(&key).is_none_or(|other| order(other) <= order(&one)) {
            newest.insert(key, one);
        }
    }
    let decided = receptions::list(store, None).await?;
    let decided: BTreeSet<_> =
        decided.iter().map(|one| (one.record.entry.submission, one.record.entry.version)).collect();
    let known = Versions::load(acting.app).await?;
    let mut all: Vec<ToReceive> = newest
        .into_values()
        .filter(|one| {
            one.entered == Entered::State && !decided.contains(&(one.submission, one.version))
        })
        .map(|one| {
            let title = known.at(&one.questionnaire, one.questionnaire_version).map_or_else(
                || one.questionnaire.clone(),
                |all| all.title.say(acting.language.code()).0.to_owned(),
            );
            ToReceive {
                questionnaire: one.questionnaire,
                title,
                state: one.state,
                period: one.period,
                submitted: one.submitted,
            }
        })
        .collect();
    all.sort_by_key(|one| one.submitted);
    Ok(all)
}
