//! The least number of persons a release may show: the strictest of all rules
//! that bind whoever publishes.

use super::explore;
use crate::{App, Refused, release::spec::Kind};
use palermo_domain::knowledge::{columns::Columns, dataset::Dataset};
use palermo_stats::disclosure::Threshold;

/// The States whose figures a dataset holds: its own, and every one its lines
/// speak of, as a regional dataset is of many.
#[must_use]
pub fn states(dataset: &Dataset, figures: &Columns) -> Vec<String> {
    let mut all = explore::words(figures, "state");
    all.extend(dataset.state.clone());
    all.sort();
    all.dedup();
    all
}

/// The least threshold for figures of these States: of the access policy, of this
/// installation's mechanism, of every mechanism one of the States takes part in.
/// Records need more than tables, because their combinations are more.
///
/// # Errors
/// When the store does not answer.
pub async fn least(app: &App, states: &[String], kind: Kind) -> Result<u32, Refused> {
    let policy = app.policy.publication_threshold().max(Threshold::LEAST);
    let house = app.store.mechanism().await?;
    let of_house = house.map_or(policy, |id| crate::report::threshold(app, &id));
    let mut tables = policy.max(of_house);
    for state in states {
        tables = tables.max(crate::report::strictest(app, state).await);
    }
    Ok(match kind {
        Kind::Suppress | Kind::Round => tables,
        Kind::Synthetic | Kind::Dp => tables.max(Threshold::MICRODATA.get()),
    })
}
