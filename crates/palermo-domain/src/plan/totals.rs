//! What the money of a plan comes to (R029, R231): each currency apart, and beside it
//! a total in one currency at the rates its editors told. Nothing is converted at a
//! rate nobody told.

use super::{Plan, Row};
use crate::money::{
    Currency, Money,
    rate::{Rate, Total, total},
};

/// Which money of a row.
pub type Pick = fn(&Row) -> Option<Money>;

impl Plan {
    /// Every amount of the plan once: that of a row counts only where no row under it
    /// tells its own, since a heading repeats what its measures cost.
    #[must_use]
    pub fn amounts(&self, pick: Pick) -> Vec<Money> {
        let mut told = Vec::new();
        self.gather(None, pick, 0, &mut told);
        told
    }

    fn gather(&self, parent: Option<&str>, pick: Pick, depth: usize, told: &mut Vec<Money>) {
        // Parents come before their children; a plan that is wrong ends here all the same.
        if depth > self.rows.len() {
            return;
        }
        for row in self.under(parent) {
            let before = told.len();
            self.gather(Some(&row.key), pick, depth + 1, told);
            if told.len() == before {
                told.extend(pick(row));
            }
        }
    }

    /// The currency its total is told in: its mechanism's, or that of the latest rate.
    #[must_use]
    pub fn total_currency(&self, mechanism: Option<Currency>) -> Option<Currency> {
        mechanism.or_else(|| self.rates.iter().max_by_key(|rate| rate.on).map(|rate| rate.to))
    }

    /// Its money in one currency; none where it is told in that currency anyway, or
    /// nobody said which.
    #[must_use]
    pub fn total(&self, pick: Pick, mechanism: Option<Currency>) -> Option<Total> {
        let to = self.total_currency(mechanism)?;
        let amounts = self.amounts(pick);
        let foreign = amounts.iter().any(|money| money.currency() != to);
        foreign.then(|| total(amounts, to, &self.rates))
    }

    /// Takes a rate: one of the same currencies and day is corrected by it.
    pub fn tell_rate(&mut self, rate: Rate) {
        let same = |told: &Rate| (told.from, told.to, told.on) == (rate.from, rate.to, rate.on);
        self.rates.retain(|told| !same(told));
        self.rates.push(rate);
        self.rates.sort_by_key(|told| (told.from, told.to, told.on));
    }
}
