//! The budget of noisy releases: opened once, entered before noise is drawn,
//! never raised. When it is spent there are no more noisy releases (E28).

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::id::{BudgetId, TenantId};
use palermo_stats::disclosure::dp::{Ledger, Promise};
use palermo_store::{
    Act, Store, Versioned,
    knowledge::budget::{self as kept, KeptBudget},
    register::Filed,
};

/// The one budget of an organisation.
pub(super) const NAME: &str = "releases";

/// A budget as it is listed.
pub type Listed = Versioned<Filed<BudgetId, KeptBudget>>;

/// What the page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// ε of the whole budget.
    pub epsilon: f64,
    /// δ of the whole budget.
    pub delta: f64,
    /// ε that all releases so far have cost, at the budget's δ.
    pub spent: f64,
    /// Share of the budget that is spent, in percent.
    pub percent: f64,
    /// Each release with its loss ρ, in the order they were drawn.
    pub entries: Vec<(String, f64)>,
}

/// The budget of an organisation.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn find(store: &Store, tenant: TenantId) -> Result<Option<Listed>, Refused> {
    let all = kept::list(store, Some(NAME)).await?;
    Ok(all.into_iter().find(|one| one.tenant == tenant))
}

/// Its ledger.
///
/// # Errors
/// When it cannot be read; then nothing is drawn.
pub(super) fn ledger(budget: &Listed) -> Result<Ledger, Refused> {
    serde_json::from_value(budget.entry.ledger.clone())
        .map_err(|error| Refused::Unavailable(format!("the budget cannot be read: {error}")))
}

/// Keeps a ledger in the act of the release it was spent for.
///
/// # Errors
/// `Conflict` if something else was spent meanwhile.
pub(super) async fn spent(act: &mut Act, budget: &Listed, ledger: &Ledger) -> Result<(), Refused> {
    let new = KeptBudget {
        name: budget.entry.name.clone(),
        ledger: serde_json::to_value(ledger).unwrap_or_default(),
    };
    kept::update(act, budget.id, &new, budget.revision).await?;
    act.about(budget.id);
    Ok(())
}

/// Why a noisy release with this delta has no room, with what would still fit into the
/// loss that is left: beside the field where less can be written.
pub(super) fn no_room(left: f64, delta: f64) -> Refused {
    // The plain conversion, as a promise makes it; half of delta is kept for thresholds.
    let epsilon = left + 2.0 * (left * (2.0 / delta).ln()).sqrt();
    // Rounded down: what is named here must be accepted.
    let fits = (epsilon * 100.0).floor() / 100.0;
    let message = if fits > 0.0 {
        Message::new("budget-left").with("left", fits)
    } else {
        Message::new("budget-all-spent")
    };
    Refused::field("epsilon", message)
}

/// The budget of one's organisation with what was spent.
///
/// # Errors
/// What access or the store refuse.
pub async fn show(acting: &Acting<'_>) -> Result<Option<Shown>, Refused> {
    let tenant = super::datasets::reader(acting).await?;
    let Some(found) = find(&acting.app.store, tenant).await? else { return Ok(None) };
    let ledger = ledger(&found)?;
    let promise = ledger.budget();
    let whole = ledger.budget_rho();
    let percent = if whole > 0.0 { ledger.spent_rho() / whole * 100.0 } else { 100.0 };
    Ok(Some(Shown {
        epsilon: promise.epsilon,
        delta: promise.delta,
        spent: ledger.epsilon_so_far(),
        percent,
        entries: ledger.entries().iter().map(|entry| (entry.release.clone(), entry.rho)).collect(),
    }))
}

/// Opens the budget. There is one, and it is never raised.
///
/// # Errors
/// Every problem of the form; what access or the store refuse.
pub async fn open(acting: &Acting<'_>, epsilon: &str, delta: &str) -> Result<BudgetId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::SignRelease, &Resource::of(tenant)).await?;
    let mut problems = Problems::default();
    let number = |text: &str, most: f64| {
        text.trim().parse::<f64>().ok().filter(|number| *number > 0.0 && *number <= most)
    };
    let (epsilon, delta) = (number(epsilon, 20.0), number(delta, 1e-3));
    if epsilon.is_none() {
        problems.add("epsilon", Message::new("budget-epsilon-wrong"));
    }
    if delta.is_none() {
        problems.add("delta", Message::new("budget-delta-wrong"));
    }
    problems.none()?;
    let (Some(epsilon), Some(delta)) = (epsilon, delta) else { return Err(Refused::NotFound) };
    if find(&acting.app.store, tenant).await?.is_some() {
        return Err(Refused::Declined(Message::new("budget-there")));
    }
    let promise = Promise::new(epsilon, delta)
        .map_err(|why| Refused::Declined(Message::new("budget-spent").with("why", why)))?;
    let new = KeptBudget {
        name: NAME.to_owned(),
        ledger: serde_json::to_value(Ledger::new(promise)).unwrap_or_default(),
    };
    let mut act = begin!(acting, acting.context(Action::SignRelease)?);
    let id = kept::insert(&mut act, &new).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}
