//! Every number that is public: the tables of all releases that stand, by the
//! source they come from. Numbers of unlike definitions keep apart (R11).

use crate::{
    Refused,
    knowledge::releases,
    release::{
        prepare::{CellStatus, ReleasedTable},
        spec::Kind,
    },
};
use palermo_domain::{
    id::{DatasetId, Id},
    knowledge::{
        amount::Amount,
        dataset::{Dataset, SourceType},
        publication::Status,
        released::{Told, ToldCell, intervals},
    },
};
use palermo_store::{
    Store,
    knowledge::{
        dataset as datasets,
        release::{self as kept, KeptRelease},
    },
};
use std::collections::BTreeMap;

/// Who counted, under which definition, by which rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicSource {
    /// Its name in addresses.
    pub key: String,
    /// Its title.
    pub title: String,
    /// The kind of source, where the dataset is still there.
    pub kind: Option<SourceType>,
    /// Where figures come from, in words.
    pub source: String,
    /// The legal definition.
    pub definition: String,
    /// When a person counts, and how often.
    pub counting_rule: String,
    /// Who is not counted.
    pub coverage: String,
    /// What is counted: the code of an indicator.
    pub counted: String,
    /// The State whose figures they are; none for several.
    pub state: Option<String>,
}

/// One table of one release.
#[derive(Debug, Clone)]
pub struct PublicTable {
    /// The release's short name: the identifier of every number in it (R193).
    pub release: String,
    /// The release's title.
    pub title: String,
    /// The day it became public.
    pub issued: String,
    /// The period: a year, or two.
    pub period: String,
    /// The place of its source in [`PublicFigures::sources`].
    pub source: usize,
    /// The table.
    pub table: ReleasedTable,
    /// The interval of each cell.
    pub amounts: Vec<Amount>,
    /// The threshold.
    pub threshold: u64,
    /// How small numbers were protected.
    pub kind: Kind,
}

impl PublicTable {
    /// The place of a column.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.table.columns.iter().position(|column| column == name)
    }

    /// Whether it crosses all these columns.
    #[must_use]
    pub fn crosses(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.column(name).is_some())
    }
}

/// All public numbers.
#[derive(Debug, Clone, Default)]
pub struct PublicFigures {
    /// Sources, by title.
    pub sources: Vec<PublicSource>,
    /// Tables, the newest release first.
    pub tables: Vec<PublicTable>,
}

impl PublicFigures {
    /// The source with this name in addresses.
    #[must_use]
    pub fn source(&self, key: &str) -> Option<usize> {
        self.sources.iter().position(|source| source.key == key)
    }

    /// The tables of a source.
    pub fn of(&self, source: usize) -> impl Iterator<Item = &PublicTable> {
        self.tables.iter().filter(move |table| table.source == source)
    }

    /// The periods of a source, the oldest first.
    #[must_use]
    pub fn periods(&self, source: usize) -> Vec<String> {
        let mut all: Vec<String> = self.of(source).map(|table| table.period.clone()).collect();
        all.sort();
        all.dedup();
        all
    }
}

/// Reads all releases that stand. Corrected ones have a later one in their place.
///
/// # Errors
/// When the store does not answer.
pub async fn load(store: &Store) -> Result<PublicFigures, Refused> {
    let mut standing = kept::with_status(store, Status::Published).await?;
    standing.sort_by(|a, b| b.entry.issued.cmp(&a.entry.issued).then(b.id.cmp(&a.id)));
    let known: BTreeMap<String, Dataset> = datasets::list(store, None)
        .await?
        .into_iter()
        .map(|one| (one.id.to_string(), one.record.entry))
        .collect();
    let mut out = PublicFigures::default();
    for release in &standing {
        add(&mut out, &release.entry, &known);
    }
    sort_sources(&mut out);
    Ok(out)
}

fn add(out: &mut PublicFigures, release: &KeptRelease, known: &BTreeMap<String, Dataset>) {
    let Some(spec) = releases::spec(release) else { return };
    let dataset = release.dataset.as_ref().and_then(|id| known.get(id));
    let about = &spec.release;
    let title = dataset.map_or_else(|| about.source.clone(), |one| one.title.clone());
    let source = PublicSource {
        key: String::new(),
        kind: dataset.map(|one| one.source_type),
        source: about.source.clone(),
        definition: about.definition.clone(),
        counting_rule: about.counting_rule.clone(),
        coverage: dataset.map(|one| one.coverage.clone()).unwrap_or_default(),
        counted: release.counted.clone(),
        state: dataset.and_then(|one| one.state.clone()),
        title,
    };
    let same = |one: &PublicSource| {
        (&one.title, &one.definition, &one.counting_rule, &one.counted)
            == (&source.title, &source.definition, &source.counting_rule, &source.counted)
    };
    let place = out.sources.iter().position(same).unwrap_or_else(|| {
        let key = free_key(out, &source.title, release.dataset.as_deref());
        out.sources.push(PublicSource { key, ..source });
        out.sources.len() - 1
    });
    let threshold = spec.threshold().map_or(5, |k| u64::from(k.get()));
    for table in releases::tables(release) {
        let amounts = amounts(&table, threshold);
        out.tables.push(PublicTable {
            release: release.slug.clone(),
            title: release.title.clone(),
            issued: release.issued.clone().unwrap_or_default(),
            period: period(&about.period),
            source: place,
            amounts,
            table,
            threshold,
            kind: spec.method.kind,
        });
    }
}

/// The interval of each cell of a released table.
#[must_use]
pub fn amounts(table: &ReleasedTable, threshold: u64) -> Vec<Amount> {
    let told: Vec<ToldCell> = table
        .cells
        .iter()
        .map(|cell| ToldCell {
            values: cell.values.clone(),
            told: match (cell.status, cell.count) {
                (CellStatus::Shown, Some(count)) => Told::Exactly(count),
                (CellStatus::Rounded, Some(count)) => Told::RoundedDown(count),
                _ => Told::Hidden,
            },
        })
        .collect();
    intervals(&told, threshold)
}

/// A period as people read it: `2025/2025` is 2025; others keep both ends.
#[must_use]
pub fn period(text: &str) -> String {
    match text.split_once('/') {
        Some((from, to)) if from == to => from.to_owned(),
        Some((from, to)) if from.is_empty() || to.is_empty() => format!("{from}{to}"),
        Some((from, to)) => format!("{from}–{to}"),
        None => text.to_owned(),
    }
}

/// A name for addresses that no other source has.
fn free_key(out: &PublicFigures, title: &str, dataset: Option<&str>) -> String {
    let mut key = String::new();
    for c in title.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => key.push(c),
            _ if !key.is_empty() && !key.ends_with('-') => key.push('-'),
            _ => {}
        }
    }
    let key = key.trim_matches('-').to_owned();
    let key = match (key.is_empty(), dataset.and_then(|id| id.parse::<DatasetId>().ok())) {
        (false, _) => key,
        (true, Some(id)) => id.uuid().simple().to_string(),
        (true, None) => "source".to_owned(),
    };
    let taken = |key: &str| out.sources.iter().any(|one| one.key == key);
    if !taken(&key) {
        return key;
    }
    (2_u32..).map(|n| format!("{key}-{n}")).find(|key| !taken(key)).unwrap_or(key)
}

fn sort_sources(out: &mut PublicFigures) {
    let mut order: Vec<usize> = (0..out.sources.len()).collect();
    // Persons detected come first, whatever else is counted after them.
    order.sort_by(|a, b| {
        let rank = |at: usize| {
            let one = &out.sources[at];
            (one.counted != "victims", one.state.is_some(), one.title.clone())
        };
        rank(*a).cmp(&rank(*b))
    });
    let sources = order.iter().map(|at| out.sources[*at].clone()).collect();
    for table in &mut out.tables {
        table.source = order.iter().position(|at| *at == table.source).unwrap_or(0);
    }
    out.sources = sources;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_of_one_year_is_that_year() {
        assert_eq!(period("2025/2025"), "2025");
        assert_eq!(period("2023/2025"), "2023–2025");
        assert_eq!(period("/2025"), "2025");
    }

    #[test]
    fn every_source_has_a_name_of_its_own_in_addresses() {
        let mut out = PublicFigures::default();
        let source = |key: String| PublicSource {
            key,
            title: String::new(),
            kind: None,
            source: String::new(),
            definition: String::new(),
            counting_rule: String::new(),
            coverage: String::new(),
            counted: String::new(),
            state: None,
        };
        for _ in 0..2 {
            let key = free_key(&out, "Returns of Avelmar, 2025", None);
            out.sources.push(source(key));
        }
        let keys: Vec<_> = out.sources.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys, ["returns-of-avelmar-2025", "returns-of-avelmar-2025-2"]);
        assert_eq!(free_key(&out, "بيانات", None), "source");
    }
}
