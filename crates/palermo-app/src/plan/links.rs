//! Actions and indicators of plans by a name of their own, `plan:key`: recommendations
//! and reviews of impact point at them, and the plan shows what points at it (R061, R236).

use super::ask::{self, PlanOf};
use crate::{Acting, Refused};
use palermo_domain::plan::{PlanCode, PlanStatus};

/// The name of an action or indicator outside its plan.
#[must_use]
pub fn name(plan: &PlanCode, key: &str) -> String {
    format!("{plan}:{key}")
}

/// An action or indicator that can be pointed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointed {
    /// Its name.
    pub id: String,
    /// Its address among the pages.
    pub path: String,
    /// Its words, with those of its plan.
    pub words: String,
}

/// What of the plans can be pointed at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pointers {
    /// Actions and the rows above them.
    pub measures: Vec<Pointed>,
    /// Indicators.
    pub indicators: Vec<Pointed>,
}

fn of(plan: &PlanOf, pointers: &mut Pointers) {
    let entry = &plan.entry;
    let (code, title) = (&entry.code, &entry.title);
    pointers.measures.extend(entry.rows.iter().map(|row| Pointed {
        id: name(code, &row.key),
        path: format!("/plans/{code}#row-{}", row.key),
        words: format!("{title}: {}", format!("{} {}", row.number, row.title).trim()),
    }));
    pointers.indicators.extend(entry.indicators.iter().map(|one| Pointed {
        id: name(code, &one.key),
        path: format!("/plans/{code}/indicators/{}", one.key),
        words: format!("{title}: {}", one.title),
    }));
}

/// Actions and indicators of plans that everyone may read; of a draft none.
///
/// # Errors
/// When the database does not answer.
pub async fn pointers(acting: &Acting<'_>) -> Result<Pointers, Refused> {
    let mut pointers = Pointers::default();
    for plan in ask::list(acting).await? {
        if plan.entry.status != PlanStatus::Draft {
            of(&plan, &mut pointers);
        }
    }
    Ok(pointers)
}
