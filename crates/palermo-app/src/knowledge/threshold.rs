//! The least number of persons a release may show: the strictest of all rules
//! that bind whoever publishes.

use crate::{App, Refused, release::spec::Kind};
use palermo_stats::disclosure::Threshold;

/// The least threshold for figures of a State, or of the region: of the access
/// policy, of this installation's mechanism, of every mechanism the State takes
/// part in. Records need more than tables, because their combinations are more.
///
/// # Errors
/// When the store does not answer.
pub async fn least(app: &App, state: Option<&str>, kind: Kind) -> Result<u32, Refused> {
    let policy = app.policy.publication_threshold().max(Threshold::LEAST);
    let house = app.store.mechanism().await?;
    let of_house = house.map_or(policy, |id| crate::report::threshold(app, &id));
    let of_state = match state {
        Some(state) => crate::report::strictest(app, state).await,
        None => policy,
    };
    let tables = policy.max(of_house).max(of_state);
    Ok(match kind {
        Kind::Suppress | Kind::Round => tables,
        Kind::Synthetic | Kind::Dp => tables.max(Threshold::MICRODATA.get()),
    })
}
