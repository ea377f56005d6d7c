//! Flows between States: from what was released, for everyone; from the lines
//! of a dataset, for own staff.

use super::figures::{PublicFigures, PublicTable};
use palermo_domain::knowledge::{
    amount::Amount,
    columns::Columns,
    flows::{Flow, UNKNOWN},
};
use std::collections::BTreeMap;

/// Whence and where, in the order of preference.
const ENDS: [(&str, &str); 4] = [
    ("origin", "destination"),
    ("origin", "state"),
    ("citizenship", "destination"),
    ("citizenship", "state"),
];

/// The flows of one period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShownFlows {
    /// The period.
    pub period: String,
    /// Persons detected.
    pub flows: Vec<Flow>,
    /// Persons brought home: `destination` is home.
    pub back: Vec<Flow>,
    /// Victims by citizenship as counted beside, all together, where told.
    pub victims: Option<Amount>,
    /// Releases the numbers stand in, by short name and title.
    pub releases: Vec<(String, String)>,
    /// Whether the origin is a person's citizenship and not a way that was told.
    pub by_citizenship: bool,
}

/// Sources that tell flows, by their place.
#[must_use]
pub fn sources(figures: &PublicFigures) -> Vec<usize> {
    (0..figures.sources.len())
        .filter(|at| figures.sources[*at].counted == "victims")
        .filter(|at| figures.of(*at).any(|table| ends(table).is_some()))
        .collect()
}

fn ends(table: &PublicTable) -> Option<(&'static str, &'static str)> {
    ENDS.into_iter().find(|(from, to)| table.crosses(&[from, to]))
}

/// Periods in which a source tells flows, the oldest first.
#[must_use]
pub fn periods(figures: &PublicFigures, source: usize) -> Vec<String> {
    let mut all: Vec<String> = figures
        .of(source)
        .filter(|table| ends(table).is_some())
        .map(|table| table.period.clone())
        .collect();
    all.sort();
    all.dedup();
    all
}

/// The flows of a source in a period, as they were released.
#[must_use]
pub fn released(figures: &PublicFigures, source: usize, period: &str) -> Option<ShownFlows> {
    let table = best(figures.of(source), period)?;
    let (from, _) = ends(table)?;
    let mut shown = ShownFlows {
        period: period.to_owned(),
        flows: of_table(table),
        releases: vec![(table.release.clone(), table.title.clone())],
        by_citizenship: from == "citizenship",
        ..ShownFlows::default()
    };
    let others = (0..figures.sources.len())
        .filter(|at| figures.sources[*at].counted == "repatriated")
        .filter_map(|at| best(figures.of(at), period));
    if let Some(back) = others.into_iter().next() {
        shown.back = of_table(back);
        shown.releases.push((back.release.clone(), back.title.clone()));
    }
    shown.victims = figures
        .of(source)
        .filter(|table| table.period == period && table.column("citizenship").is_some())
        .find_map(total);
    Some(shown)
}

fn best<'f>(
    tables: impl Iterator<Item = &'f PublicTable>,
    period: &str,
) -> Option<&'f PublicTable> {
    // Tables come newest release first; there the one that tells the way too.
    let mut all: Vec<&PublicTable> =
        tables.filter(|table| table.period == period && ends(table).is_some()).collect();
    let release = all.first()?.release.clone();
    all.retain(|table| table.release == release);
    all.into_iter().max_by_key(|table| {
        let place = ends(table).and_then(|e| ENDS.iter().position(|one| *one == e));
        (table.column("transit").is_some(), std::cmp::Reverse(place))
    })
}

fn total(table: &PublicTable) -> Option<Amount> {
    let place = table.table.cells.iter().position(|cell| cell.values.iter().all(String::is_empty));
    place.map(|at| table.amounts[at])
}

fn of_table(table: &PublicTable) -> Vec<Flow> {
    let Some((from, to)) = ends(table) else { return Vec::new() };
    let mut flows = Vec::new();
    for (cell, amount) in table.table.cells.iter().zip(&table.amounts) {
        let value = |name: &str| -> &str {
            table.column(name).and_then(|at| cell.values.get(at)).map_or("", String::as_str)
        };
        let known = [from, to, "transit"];
        let others_are_all = table
            .table
            .columns
            .iter()
            .all(|name| known.contains(&name.as_str()) || value(name).is_empty());
        let through = table.column("transit").is_none() || !value("transit").is_empty();
        if others_are_all && through && !value(from).is_empty() && !value(to).is_empty() {
            flows.push(Flow {
                origin: value(from).to_owned(),
                transit: transit(value("transit")),
                destination: value(to).to_owned(),
                amount: *amount,
            });
        }
    }
    flows
}

/// `none` is written where nobody passed through anywhere.
fn transit(word: &str) -> String {
    if matches!(word, "none" | UNKNOWN) { String::new() } else { word.to_owned() }
}

/// The years in which the lines of a dataset tell flows, the oldest first.
#[must_use]
pub fn years(figures: &Columns) -> Vec<String> {
    let column = figures.place("year").and_then(|at| figures.columns().get(at));
    let mut all: Vec<String> = column
        .map(|column| column.words.iter().filter(|word| !word.is_empty()).cloned().collect())
        .unwrap_or_default();
    all.sort();
    all
}

/// The flows among the lines of a dataset, exact: for own staff. In a table of
/// aggregates only lines that divide by nothing else count, so that nobody
/// counts twice.
#[must_use]
pub fn of_lines(figures: &Columns, has_sums: bool, year: &str) -> ShownFlows {
    let place = |name: &str| figures.place(name);
    let word = |at: Option<usize>, line: usize| at.map_or("", |at| figures.word(at, line));
    let (of_year, indicator) = (place("year"), place("indicator"));
    let (origin, citizenship) = (place("origin"), place("citizenship"));
    let (destination, state, via) = (place("destination"), place("state"), place("transit"));
    let divides = ["form", "sex", "age", "means", "recruiter"].map(place);
    let mut sums: [BTreeMap<(&str, &str, &str), Amount>; 2] = Default::default();
    let (mut victims, mut told) = (Amount::ZERO, false);
    let mut by_citizenship = true;
    for line in 0..figures.len() {
        if word(of_year, line) != year {
            continue;
        }
        if has_sums && divides.iter().any(|at| !word(*at, line).is_empty()) {
            continue;
        }
        let counted = word(indicator, line);
        let which = match counted {
            "victims" | "" => 0,
            "repatriated" => 1,
            _ => continue,
        };
        let of = word(citizenship, line);
        if which == 0 && !of.is_empty() {
            victims = victims + figures.amount(line);
            told = true;
        }
        let whence = word(origin, line);
        by_citizenship &= which == 1 || whence.is_empty();
        let whence = if whence.is_empty() { of } else { whence };
        let where_found = word(destination, line);
        let where_found = if where_found.is_empty() { word(state, line) } else { where_found };
        if where_found.is_empty() || (has_sums && whence.is_empty()) {
            continue;
        }
        let whence = if whence.is_empty() { UNKNOWN } else { whence };
        let key = (whence, word(via, line), where_found);
        let sum = sums[which].entry(key).or_insert(Amount::ZERO);
        *sum = *sum + figures.amount(line);
    }
    let flows = |sums: &BTreeMap<(&str, &str, &str), Amount>| {
        let one = |((from, via, to), amount): (&(&str, &str, &str), &Amount)| Flow {
            origin: (*from).to_owned(),
            transit: transit(via),
            destination: (*to).to_owned(),
            amount: *amount,
        };
        sums.iter().map(one).collect()
    };
    ShownFlows {
        period: year.to_owned(),
        flows: flows(&sums[0]),
        back: flows(&sums[1]),
        victims: told.then_some(victims),
        releases: Vec::new(),
        by_citizenship,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::take::DIMENSIONS;
    use palermo_domain::knowledge::flows::FlowMatrix;

    fn line(figures: &mut Columns, told: &[(&str, &str)], persons: Amount) {
        let words: Vec<&str> = DIMENSIONS
            .iter()
            .map(|name| told.iter().find(|(of, _)| of == name).map_or("", |(_, word)| *word))
            .collect();
        figures.push(&words, Some(persons));
    }

    #[test]
    fn req_178_flows_of_a_table_of_sums_reconcile_with_its_victims_by_citizenship() {
        let mut figures = Columns::new(&DIMENSIONS);
        let all = [("year", "2020"), ("state", "XAA"), ("indicator", "victims")];
        let with = |more: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> {
            all.iter().copied().chain(more.iter().copied()).collect()
        };
        line(&mut figures, &with(&[]), Amount::exactly(55));
        line(&mut figures, &with(&[("sex", "female")]), Amount::exactly(30));
        line(&mut figures, &with(&[("citizenship", "XBB")]), Amount::exactly(44));
        line(&mut figures, &with(&[("citizenship", "XAA")]), Amount::below(5));
        line(&mut figures, &with(&[("citizenship", "unknown")]), Amount::exactly(9));
        let home =
            [("year", "2020"), ("state", "XBB"), ("indicator", "repatriated"), ("origin", "XAA")];
        line(&mut figures, &home, Amount::exactly(6));
        let shown = of_lines(&figures, true, "2020");
        let matrix = FlowMatrix::of(&shown.flows);
        assert_eq!(matrix.total(), Amount { lower: 53, upper: 57 });
        assert_eq!(matrix.unknown(), Amount::exactly(9));
        assert_eq!(shown.victims, Some(matrix.total()));
        assert!(matrix.reconciles_with(shown.victims.unwrap_or_default()));
        assert_eq!(shown.back.len(), 1);
        assert!(shown.flows.iter().any(Flow::is_internal) && shown.by_citizenship);
        assert_eq!(years(&figures), ["2020"]);
    }
}
