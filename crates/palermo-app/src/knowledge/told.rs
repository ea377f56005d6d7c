//! What public releases tell of a State and a year, for indicators that Palermo works
//! out. Only tables that were protected, attacked, signed by two people and published
//! are read; the lines they were made from are never opened.

use super::releases::{spec, state_of, tables};
use crate::{
    Refused,
    release::prepare::{CellStatus, ReleasedCell, ReleasedTable},
};
use palermo_domain::{knowledge::publication::Status, plan::indicator::Breakdown};
use palermo_store::{Store, knowledge::release as kept};

/// Persons detected.
pub(crate) const VICTIMS: &str = "victims";
/// Persons who used services.
pub(crate) const SERVICES: &str = "services";

/// What a release tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Total {
    /// The count, or its lower end where it is rounded; nothing where it is withheld.
    pub count: Option<u64>,
    /// Which release, since when, under which definition.
    pub provenance: String,
    /// What the release breaks the State's persons down by.
    pub breakdowns: Vec<Breakdown>,
}

#[derive(Debug)]
struct One {
    slug: String,
    issued: String,
    definition: String,
    counted: String,
    years: (u16, u16),
    /// The State, where the release holds the figures of one.
    state: Option<String>,
    rounded: Option<u32>,
    tables: Vec<ReleasedTable>,
}

/// The releases that stand, the newest first.
#[derive(Debug, Default)]
pub(crate) struct Releases(Vec<One>);

impl Releases {
    /// Reads them. What was corrected or retracted no longer counts.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn load(store: &Store) -> Result<Self, Refused> {
        let mut all = Vec::new();
        for found in kept::with_status(store, Status::Published).await? {
            let release = found.record.entry;
            let (Some(issued), Some(spec)) = (release.issued.clone(), spec(&release)) else {
                continue;
            };
            let Some(years) = years(&spec.release.period) else { continue };
            all.push(One {
                slug: release.slug.clone(),
                issued,
                definition: spec.release.definition,
                counted: release.counted.clone(),
                years,
                state: state_of(store, &release).await?,
                rounded: spec.method.k,
                tables: tables(&release),
            });
        }
        all.sort_by(|a, b| b.issued.cmp(&a.issued).then(b.slug.cmp(&a.slug)));
        Ok(Self(all))
    }

    /// What the newest release that speaks of it tells of a State and a year.
    pub(crate) fn total(&self, counted: &str, state: &str, year: u16) -> Option<Total> {
        self.0.iter().find_map(|one| one.total(counted, state, year))
    }
}

fn years(period: &str) -> Option<(u16, u16)> {
    let (from, to) = period.split_once('/').unwrap_or((period, period));
    let year = |text: &str| text.trim().get(..4)?.parse().ok();
    Some((year(from)?, year(to)?))
}

impl One {
    fn total(&self, counted: &str, state: &str, year: u16) -> Option<Total> {
        let cells =
            || self.tables.iter().filter_map(move |one| self.cell(one, counted, state, year));
        // A table may hide what another of the same release shows.
        let shown = cells().find_map(shown);
        cells().next()?;
        let rounded = match self.rounded {
            Some(k) if cells().any(|cell| cell.status == CellStatus::Rounded) => {
                format!(", rounded down to multiples of {k}")
            }
            _ => String::new(),
        };
        let (slug, issued, definition) = (&self.slug, &self.issued, self.definition.trim());
        Some(Total {
            count: shown,
            provenance: format!("release {slug}, published {issued}{rounded}; {definition}"),
            breakdowns: self.breakdowns(),
        })
    }

    /// The cell of a table that counts all persons of a State and a year.
    fn cell<'t>(
        &self,
        table: &'t ReleasedTable,
        counted: &str,
        state: &str,
        year: u16,
    ) -> Option<&'t ReleasedCell> {
        let year = year.to_string();
        let has = |name: &str| table.columns.iter().any(|column| column == name);
        let one_year = self.years.0 == self.years.1 && self.years.0.to_string() == year;
        let fits = (has("state") || self.state.as_deref() == Some(state))
            && (has("year") || one_year)
            && (has("indicator") || self.counted == counted);
        if !fits {
            return None;
        }
        let wanted: Vec<&str> = table
            .columns
            .iter()
            .map(|column| match column.as_str() {
                "state" => state,
                "year" => year.as_str(),
                "indicator" => counted,
                _ => "",
            })
            .collect();
        table.cells.iter().find(|cell| cell.values == wanted)
    }

    fn breakdowns(&self) -> Vec<Breakdown> {
        let of_state = |table: &&ReleasedTable| {
            self.state.is_some() || table.columns.iter().any(|column| column == "state")
        };
        let named = self.tables.iter().filter(of_state).flat_map(|table| &table.columns);
        let mut found: Vec<Breakdown> = named
            .filter_map(|column| match column.as_str() {
                "age" => Some(Breakdown::Age),
                "sex" => Some(Breakdown::Sex),
                "citizenship" => Some(Breakdown::Nationality),
                "means" => Some(Breakdown::Means),
                "form" => Some(Breakdown::Forms),
                _ => None,
            })
            .collect();
        found.sort_unstable_by_key(|one| one.code());
        found.dedup();
        found
    }
}

/// The count of a cell; nothing if it is hidden, or rounded down to nought.
fn shown(cell: &ReleasedCell) -> Option<u64> {
    match cell.status {
        CellStatus::Shown => cell.count,
        CellStatus::Rounded => cell.count.filter(|count| *count > 0),
        CellStatus::Hidden => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn cell(values: [&str; 2], count: Option<u64>, status: CellStatus) -> ReleasedCell {
        ReleasedCell { values: values.map(str::to_owned).to_vec(), count, status }
    }

    fn releases() -> Releases {
        let table = ReleasedTable {
            id: "state-sex".into(),
            title: String::new(),
            columns: vec!["state".into(), "sex".into()],
            cells: vec![
                cell(["XAA", ""], Some(40), CellStatus::Rounded),
                cell(["XAA", "male"], Some(15), CellStatus::Rounded),
                cell(["XBB", ""], Some(0), CellStatus::Rounded),
                cell(["XCC", ""], None, CellStatus::Hidden),
                cell(["XDD", ""], Some(0), CellStatus::Shown),
                cell(["", ""], Some(60), CellStatus::Rounded),
            ],
        };
        Releases(vec![One {
            slug: "detected-2025".into(),
            issued: "2026-03-31".into(),
            definition: "under each State's law".into(),
            counted: VICTIMS.into(),
            years: (2025, 2025),
            state: None,
            rounded: Some(5),
            tables: vec![table],
        }])
    }

    #[test]
    fn a_release_tells_the_total_of_a_state_and_year_with_where_it_stands() {
        let total = releases().total(VICTIMS, "XAA", 2025).unwrap();
        assert_eq!(total.count, Some(40));
        assert_eq!(
            total.provenance,
            "release detected-2025, published 2026-03-31, rounded down to multiples of 5; \
             under each State's law"
        );
        assert_eq!(total.breakdowns, [Breakdown::Sex]);
    }

    #[test]
    fn what_a_release_hides_or_rounds_to_nought_is_withheld() {
        for state in ["XBB", "XCC"] {
            assert_eq!(releases().total(VICTIMS, state, 2025).unwrap().count, None, "{state}");
        }
        assert_eq!(releases().total(VICTIMS, "XDD", 2025).unwrap().count, Some(0));
    }

    #[test]
    fn a_release_says_nothing_of_another_year_state_or_thing() {
        let all = releases();
        assert_eq!(all.total(VICTIMS, "XAA", 2024), None);
        assert_eq!(all.total(VICTIMS, "XFF", 2025), None);
        assert_eq!(all.total(SERVICES, "XAA", 2025), None);
    }
}
