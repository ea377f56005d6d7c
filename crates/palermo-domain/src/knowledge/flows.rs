//! Flows between States: where persons came from, through where, and where they
//! were found. A matrix whose sums can be checked against the victims counted
//! by citizenship (R178). Intervals stay intervals.

use super::amount::Amount;
use std::collections::{BTreeMap, BTreeSet};

/// The word for an origin nobody knows.
pub const UNKNOWN: &str = "unknown";

/// Persons who came from one State and were found in another, perhaps through
/// a third. The same State twice is trafficking within it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Whence: a State's code, or [`UNKNOWN`].
    pub origin: String,
    /// Through where; empty if nobody told or nobody passed through anywhere.
    pub transit: String,
    /// Where they were found.
    pub destination: String,
    /// Persons.
    pub amount: Amount,
}

impl Flow {
    /// Whether no border was crossed.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        self.origin == self.destination
    }
}

/// Origins down, destinations across.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FlowMatrix {
    /// Origins, by code, without the unknown.
    pub origins: Vec<String>,
    /// Destinations, by code.
    pub destinations: Vec<String>,
    cells: BTreeMap<(String, String), Amount>,
}

impl FlowMatrix {
    /// Adds flows up, over all transits.
    #[must_use]
    pub fn of<'f>(flows: impl IntoIterator<Item = &'f Flow>) -> Self {
        let mut cells: BTreeMap<(String, String), Amount> = BTreeMap::new();
        let (mut origins, mut destinations) = (BTreeSet::new(), BTreeSet::new());
        for flow in flows {
            let origin = if flow.origin.is_empty() { UNKNOWN } else { flow.origin.as_str() };
            if origin != UNKNOWN {
                origins.insert(origin.to_owned());
            }
            destinations.insert(flow.destination.clone());
            let key = (origin.to_owned(), flow.destination.clone());
            let sum = cells.entry(key).or_insert(Amount::ZERO);
            *sum = *sum + flow.amount;
        }
        Self {
            origins: origins.into_iter().collect(),
            destinations: destinations.into_iter().collect(),
            cells,
        }
    }

    /// Persons of an origin found in a destination; none if no flow tells.
    #[must_use]
    pub fn cell(&self, origin: &str, destination: &str) -> Option<Amount> {
        self.cells.get(&(origin.to_owned(), destination.to_owned())).copied()
    }

    /// Persons of an origin, wherever they were found.
    #[must_use]
    pub fn of_origin(&self, origin: &str) -> Amount {
        self.sum(|from, _| from == origin)
    }

    /// Persons found in a destination, the unknown included.
    #[must_use]
    pub fn in_destination(&self, destination: &str) -> Amount {
        self.sum(|_, to| to == destination)
    }

    /// Persons whose origin nobody knows.
    #[must_use]
    pub fn unknown(&self) -> Amount {
        self.sum(|from, _| from == UNKNOWN)
    }

    /// Everybody.
    #[must_use]
    pub fn total(&self) -> Amount {
        self.sum(|_, _| true)
    }

    fn sum(&self, takes: impl Fn(&str, &str) -> bool) -> Amount {
        self.cells.iter().filter(|((from, to), _)| takes(from, to)).map(|(_, amount)| *amount).sum()
    }

    /// Whether the matrix agrees with the victims counted by citizenship: the
    /// two may differ by those whose citizenship is unknown, and by what is
    /// hidden, and by nothing else.
    #[must_use]
    pub fn reconciles_with(&self, victims: Amount) -> bool {
        let known = self.sum(|from, _| from != UNKNOWN);
        let unknown = self.unknown();
        // Whoever is unknown may or may not stand in the other count.
        let least = known.lower;
        let most = known.upper.saturating_add(unknown.upper);
        victims.upper >= least && victims.lower <= most
    }
}

/// The legs of a way: from origin to transit and on, or straight on.
#[must_use]
pub fn legs(flows: &[Flow]) -> Vec<(String, String, Amount)> {
    let mut sums: BTreeMap<(String, String), Amount> = BTreeMap::new();
    let mut add = |from: &str, to: &str, amount: Amount| {
        let sum = sums.entry((from.to_owned(), to.to_owned())).or_insert(Amount::ZERO);
        *sum = *sum + amount;
    };
    for flow in flows.iter().filter(|flow| flow.origin != UNKNOWN && !flow.origin.is_empty()) {
        let through = !flow.transit.is_empty()
            && flow.transit != UNKNOWN
            && flow.transit != flow.origin
            && flow.transit != flow.destination;
        if through {
            add(&flow.origin, &flow.transit, flow.amount);
            add(&flow.transit, &flow.destination, flow.amount);
        } else {
            add(&flow.origin, &flow.destination, flow.amount);
        }
    }
    sums.into_iter().map(|((from, to), amount)| (from, to, amount)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(origin: &str, transit: &str, destination: &str, amount: Amount) -> Flow {
        let own = str::to_owned;
        Flow { origin: own(origin), transit: own(transit), destination: own(destination), amount }
    }

    fn some() -> Vec<Flow> {
        vec![
            flow("XBB", "XCC", "XAA", Amount::exactly(40)),
            flow("XBB", "", "XAA", Amount::exactly(10)),
            flow("XAA", "", "XAA", Amount::exactly(7)),
            flow("XDD", "", "XEE", Amount::below(5)),
            flow("unknown", "", "XAA", Amount::exactly(3)),
        ]
    }

    #[test]
    fn req_178_the_matrix_reconciles_with_victims_by_citizenship_give_or_take_the_unknown() {
        let matrix = FlowMatrix::of(&some());
        assert_eq!(matrix.cell("XBB", "XAA"), Some(Amount::exactly(50)));
        assert_eq!(matrix.in_destination("XAA"), Amount::exactly(60));
        assert_eq!(matrix.total(), Amount { lower: 60, upper: 64 });
        let by_origin: Amount = matrix.origins.iter().map(|origin| matrix.of_origin(origin)).sum();
        assert_eq!(by_origin + matrix.unknown(), matrix.total());
        for victims in [57, 60, 64] {
            assert!(matrix.reconciles_with(Amount::exactly(victims)), "{victims}");
        }
        for victims in [56, 65] {
            assert!(!matrix.reconciles_with(Amount::exactly(victims)), "{victims}");
        }
    }

    #[test]
    fn who_passed_through_a_third_state_walks_two_legs_and_counts_once() {
        let flows = some();
        let legs = legs(&flows);
        let find = |from: &str, to: &str| {
            legs.iter().find(|leg| leg.0 == from && leg.1 == to).map(|leg| leg.2)
        };
        assert_eq!(find("XBB", "XCC"), Some(Amount::exactly(40)));
        assert_eq!(find("XCC", "XAA"), Some(Amount::exactly(40)));
        assert_eq!(find("XBB", "XAA"), Some(Amount::exactly(10)));
        assert_eq!(FlowMatrix::of(&flows).in_destination("XAA"), Amount::exactly(60));
    }
}
