//! What is watched, as it stands now, with the signals it raised.

use super::{
    datasets::{self, Listed},
    watching::{Watch, judge},
};
use crate::{Acting, Refused};
use palermo_domain::{id::SignalId, knowledge::signal::Signal};
use palermo_store::knowledge::{batch as batches, dataset, signal as signals};

/// A dataset with what is watched in it.
#[derive(Debug)]
pub struct Trends {
    /// The dataset.
    pub dataset: Listed,
    /// When its newest batch was accepted, in microseconds since 1970.
    pub accepted_at: i64,
    /// The series.
    pub watch: Watch,
    /// Signals of the newest month, by the name of their series.
    pub raised: Vec<(SignalId, String)>,
}

impl Trends {
    /// The signal that a series raised in the newest month, if it raised one.
    #[must_use]
    pub fn signal(&self, series: &str) -> Option<SignalId> {
        self.raised.iter().find(|(_, name)| name == series).map(|(id, _)| *id)
    }
}

/// What is watched, as it stands now: each own dataset with months, the one whose
/// batch came last first.
///
/// # Errors
/// What access or the store refuse.
pub async fn trends(acting: &Acting<'_>) -> Result<Vec<Trends>, Refused> {
    let tenant = datasets::reader(acting).await?;
    let store = &acting.app.store;
    let known = signals::list(store, None).await?;
    let mut out = Vec::new();
    for dataset in dataset::list(store, None).await? {
        if dataset.tenant != tenant || dataset.entry.format.has_sums() {
            continue;
        }
        let about = batches::about(store, dataset.tenant, dataset.id).await?;
        let kept = about.iter().filter(|(_, batch)| batch.undone.is_none());
        let Some(accepted_at) = kept.map(|(_, batch)| batch.accepted_at).max() else { continue };
        let watch = judge(&batches::figures(store, dataset.tenant, dataset.id).await?);
        let Some(newest) = watch.months.last() else { continue };
        let of = |signal: &Signal| signal.period == *newest;
        let raised = known
            .iter()
            .filter(|one| one.tenant == tenant && of(&one.entry))
            .map(|one| (one.id, one.entry.series.clone()))
            .collect();
        out.push(Trends { dataset, accepted_at, watch, raised });
    }
    out.sort_by_key(|one| std::cmp::Reverse((one.accepted_at, one.watch.all.len())));
    Ok(out)
}
