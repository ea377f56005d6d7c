//! Budgets of noisy releases: one a tenant, changed in the act that draws the noise.

use crate::register::documents;
use palermo_domain::id::BudgetId;
use serde::{Deserialize, Serialize};

pub(crate) mod row {
    crate::entity::entity!(
        "data_budget",
        key { tenant: Uuid, id: Uuid }
        name: String,
        body: Json,
        revision: i64,
    );
}

/// A budget as it is kept; the ledger is a document of the floor above.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptBudget {
    /// Its name.
    pub name: String,
    /// What was granted and what was spent.
    pub ledger: serde_json::Value,
}

documents!(
    BudgetId,
    KeptBudget,
    "a budget cannot be read",
    columns(name: |entry: &KeptBudget| entry.name.clone()),
    by(name: &str => Name)
);
