//! The reconstruction attack: rebuilding the records from what is published.
//!
//! Every published cell is a constraint on how many people of each kind there
//! are, where a kind is one cell of the finest cross-classification. Counts
//! are whole and not negative, so a few tables can leave a single possibility
//! (Garfinkel, Abowd & Martindale, CACM 62:3, 2019, who rebuilt a block despite
//! primary and complementary suppression). The attack finds, by integer
//! programming, the least and greatest number of people of each kind.
//!
//! **When not to use it.** The number of kinds is the limit: some hundreds.
//! What it does not find within its limits is not thereby safe.

use super::audit::Shown;
use super::error::DisclosureError;
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use rayon::prelude::*;

/// One published number: the kinds it counts, and what is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The kinds that the number counts together.
    pub kinds: Vec<usize>,
    /// What is shown of their sum.
    pub shown: Shown,
}

/// What the attack learnt.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Reconstruction {
    /// Least and greatest number of people of each kind.
    pub bounds: Vec<(u64, u64)>,
    /// Kinds whose number is known exactly.
    pub solved: usize,
    /// Kinds known to hold 1 to k − 1 people: individuals singled out.
    pub small_groups: Vec<usize>,
    /// People in kinds whose number is known exactly.
    pub people_rebuilt: u64,
}

/// Rebuilds as much as the published numbers allow. `upper` bounds every kind.
///
/// ```
/// use palermo_stats::disclosure::{reconstruct, Published, Shown};
/// // Two forms by two regions; all four margins shown, and one of the cells.
/// let published = [
///     Published { kinds: vec![0, 1], shown: Shown::Exact(9) },
///     Published { kinds: vec![2, 3], shown: Shown::Exact(8) },
///     Published { kinds: vec![0, 2], shown: Shown::Exact(10) },
///     Published { kinds: vec![0], shown: Shown::Exact(8) },
/// ];
/// let found = reconstruct(4, &published, 17, 5)?;
/// assert_eq!(found.bounds, [(8, 8), (1, 1), (2, 2), (6, 6)]);
/// assert_eq!(found.small_groups, [1, 2]);
/// # Ok::<(), palermo_stats::disclosure::DisclosureError>(())
/// ```
///
/// # Errors
/// When nothing agrees with what is published, or the solver gives up.
pub fn reconstruct(
    kinds: usize,
    published: &[Published],
    upper: u64,
    k: u32,
) -> Result<Reconstruction, DisclosureError> {
    if published.iter().flat_map(|p| &p.kinds).any(|&kind| kind >= kinds) {
        return Err(DisclosureError::Inconsistent(
            "a published number counts an unknown kind".to_owned(),
        ));
    }
    let bounds: Vec<(u64, u64)> = (0..kinds)
        .into_par_iter()
        .map(|kind| {
            let least = extreme(kinds, kind, published, upper, OptimizationDirection::Minimize)?;
            let most = extreme(kinds, kind, published, upper, OptimizationDirection::Maximize)?;
            Ok((least, most))
        })
        .collect::<Result<_, DisclosureError>>()?;
    let small_groups =
        (0..kinds).filter(|&i| bounds[i].0 >= 1 && bounds[i].1 < u64::from(k)).collect();
    Ok(Reconstruction {
        solved: bounds.iter().filter(|b| b.0 == b.1).count(),
        small_groups,
        people_rebuilt: bounds.iter().filter(|b| b.0 == b.1).map(|b| b.0).sum(),
        bounds,
    })
}

fn extreme(
    kinds: usize,
    target: usize,
    published: &[Published],
    upper: u64,
    direction: OptimizationDirection,
) -> Result<u64, DisclosureError> {
    let top = i32::try_from(upper).map_err(|_| {
        DisclosureError::TooLarge("counts above 2,147,483,647 cannot be attacked".to_owned())
    })?;
    let mut problem = Problem::new(direction);
    let variables: Vec<Variable> = (0..kinds)
        .map(|kind| problem.add_integer_var(if kind == target { 1.0 } else { 0.0 }, (0, top)))
        .collect();
    for number in published {
        let row: Vec<(Variable, f64)> =
            number.kinds.iter().map(|&kind| (variables[kind], 1.0)).collect();
        match number.shown {
            Shown::Exact(value) => problem.add_constraint(row, ComparisonOp::Eq, value as f64),
            Shown::Between(least, most) => {
                problem.add_constraint(row.clone(), ComparisonOp::Ge, least as f64);
                problem.add_constraint(row, ComparisonOp::Le, most as f64);
            }
            Shown::Hidden => {}
        }
    }
    let outcome = problem.solve().map_err(|reason| match reason {
        microlp::Error::Infeasible => DisclosureError::Inconsistent(
            "no set of records agrees with what is published".to_owned(),
        ),
        other => other.into(),
    })?;
    let solution = outcome
        .into_solution()
        .map_err(|_| DisclosureError::Solver("no answer within the limits".to_owned()))?;
    Ok(solution.var_value(variables[target]).round().max(0.0) as u64)
}
