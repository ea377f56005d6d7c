//! The order in which parties are evaluated: by the day on which each became
//! bound, ties by name, split into yearly groups (R055).

use crate::{
    coded,
    register::{
        adherence::{Act, Adherence},
        day::Day,
        state::StateCode,
    },
};
use serde::Serialize;

coded! {
    /// How parties are put in order.
    OrderRule {
        /// By the day of ratification or accession, ties by name.
        Adherence = "by-adherence",
        /// By name alone.
        Name = "by-name",
        /// As the file lists them: drawn by lot, or agreed.
        Listed = "as-listed",
    }
}

/// A party in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ordered {
    /// Place, from 1.
    pub place: usize,
    /// The party.
    pub state: StateCode,
    /// Its name in English, by which ties are broken.
    pub name: String,
    /// The day it became bound.
    pub date: Option<Day>,
    /// By which act.
    pub act: Option<Act>,
    /// The year of the round in which it is evaluated.
    pub year: i32,
    /// Where the date was read.
    pub source: String,
}

/// The parties that were bound on `on`, in the order of the rule, divided
/// evenly over the years of the round: earlier years take what is left over.
pub fn order(
    rule: OrderRule,
    parties: &[Adherence],
    listed: &[StateCode],
    years: (i32, i32),
    on: Day,
    name: impl Fn(StateCode) -> String,
) -> Vec<Ordered> {
    let mut all: Vec<Ordered> = parties
        .iter()
        .filter_map(|party| {
            let bound = party.bound_on(on)?;
            Some(Ordered {
                place: 0,
                state: party.party,
                name: name(party.party),
                date: Some(bound.date),
                act: Some(bound.act),
                year: 0,
                source: party.source.clone(),
            })
        })
        .collect();
    match rule {
        OrderRule::Adherence => {
            all.sort_by(|a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
        }
        OrderRule::Name => all.sort_by(|a, b| a.name.cmp(&b.name)),
        OrderRule::Listed => {
            let place = |state: StateCode| {
                listed.iter().position(|one| *one == state).unwrap_or(usize::MAX)
            };
            all.sort_by(|a, b| (place(a.state), &a.name).cmp(&(place(b.state), &b.name)));
        }
    }
    let span = usize::try_from((years.1 - years.0 + 1).max(1)).unwrap_or(1);
    let (each, over) = (all.len() / span, all.len() % span);
    let mut at = 0;
    for year in 0..span {
        let take = each + usize::from(year < over);
        for one in all.iter_mut().skip(at).take(take) {
            one.year = years.0 + i32::try_from(year).unwrap_or(0);
        }
        at += take;
    }
    for (at, one) in all.iter_mut().enumerate() {
        one.place = at + 1;
    }
    all
}
