//! Sources side by side: for one State and year each source with its own count,
//! what is known about their overlap, and what States report about their
//! response. No number here is a sum over sources (R176).

use super::datasets::{self, Listed};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::{DatasetId, OverlapId},
    knowledge::{
        amount::Amount,
        columns::Query,
        sources::{Overlap, Shared},
    },
};
use palermo_store::{Versioned, knowledge::overlap as overlaps, register::Filed};
use std::collections::BTreeMap;

/// What States report about their response, in the order shown.
pub const RESPONSES: [&str; 4] = ["services", "permits", "compensated", "trained"];

/// One source's count for a State and a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// The State.
    pub state: String,
    /// The year.
    pub year: String,
    /// The dataset.
    pub dataset: DatasetId,
    /// Its title.
    pub title: String,
    /// Code of who counted.
    pub source_type: &'static str,
    /// Its legal definition.
    pub definition: String,
    /// Detected victims.
    pub victims: Amount,
    /// Other sources of the same State and year, with what is known of the overlap.
    pub others: Vec<(String, Shared)>,
}

/// One State's response in a year, as one source reports it.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The State.
    pub state: String,
    /// The year.
    pub year: String,
    /// The source.
    pub title: String,
    /// Counts in the order of [`RESPONSES`]; nothing where nothing was reported.
    pub counts: Vec<Option<Amount>>,
}

/// Counts by State and year of one indicator of one dataset.
async fn counted(
    acting: &Acting<'_>,
    dataset: &Listed,
    indicators: &[&str],
) -> Result<Vec<BTreeMap<(String, String), Amount>>, Refused> {
    let figures = datasets::figures(acting, dataset).await?;
    let own = dataset.entry.state.clone().unwrap_or_default();
    let mut all = Vec::new();
    for indicator in indicators {
        let query = Query {
            by: vec!["state".to_owned(), "year".to_owned()],
            only: vec![("indicator".to_owned(), (*indicator).to_owned())],
            aggregates: dataset.entry.format.has_sums(),
        };
        let mut found = BTreeMap::new();
        for cell in figures.count(&query).cells {
            if let [state, year] = cell.words.as_slice() {
                let state = if state.is_empty() { own.clone() } else { state.clone() };
                found.insert((state, year.clone()), cell.amount);
            }
        }
        all.push(found);
    }
    Ok(all)
}

/// Every State and year with each of its sources.
///
/// # Errors
/// What access or the store refuse.
pub async fn beside(acting: &Acting<'_>) -> Result<Vec<Beside>, Refused> {
    let all = datasets::list(acting).await?;
    let known = pairs(acting).await?;
    let mut rows: Vec<Beside> = Vec::new();
    for dataset in &all {
        let counts = counted(acting, dataset, &["victims"]).await?;
        for ((state, year), victims) in counts.into_iter().flatten() {
            rows.push(Beside {
                state,
                year,
                dataset: dataset.id,
                title: dataset.entry.title.clone(),
                source_type: dataset.entry.source_type.code(),
                definition: dataset.entry.definition.clone(),
                victims,
                others: Vec::new(),
            });
        }
    }
    rows.sort_by(|a, b| (&a.state, &b.year, &a.title).cmp(&(&b.state, &a.year, &b.title)));
    let mut same: BTreeMap<(String, String), Vec<(DatasetId, String)>> = BTreeMap::new();
    for row in &rows {
        let key = (row.state.clone(), row.year.clone());
        same.entry(key).or_default().push((row.dataset, row.title.clone()));
    }
    for row in &mut rows {
        let Some(sources) = same.get(&(row.state.clone(), row.year.clone())) else { continue };
        for (other, title) in sources.iter().filter(|(other, _)| *other != row.dataset) {
            let pair = Overlap::pair(row.dataset, *other);
            let shared = known
                .iter()
                .find(|one| Overlap::pair(one.entry.a, one.entry.b) == pair)
                .map_or(Shared::Unknown, |one| one.entry.shared);
            row.others.push((title.clone(), shared));
        }
    }
    Ok(rows)
}

/// What each source reports about the response of each State, year by year.
///
/// # Errors
/// What access or the store refuse.
pub async fn responses(acting: &Acting<'_>) -> Result<Vec<Response>, Refused> {
    let mut rows = Vec::new();
    for dataset in datasets::list(acting).await? {
        let counts = counted(acting, &dataset, &RESPONSES).await?;
        let mut by_place: BTreeMap<(String, String), Vec<Option<Amount>>> = BTreeMap::new();
        for (at, found) in counts.into_iter().enumerate() {
            for (place, amount) in found {
                let row = by_place.entry(place).or_insert_with(|| vec![None; RESPONSES.len()]);
                row[at] = Some(amount);
            }
        }
        rows.extend(by_place.into_iter().map(|((state, year), counts)| Response {
            state,
            year,
            title: dataset.entry.title.clone(),
            counts,
        }));
    }
    rows.sort_by(|a, b| (&a.state, &b.year, &a.title).cmp(&(&b.state, &a.year, &b.title)));
    Ok(rows)
}

/// What someone typed about two sources.
#[derive(Debug, Clone, Default)]
pub struct OverlapForm {
    /// One dataset.
    pub a: String,
    /// The other.
    pub b: String,
    /// Code of what they share.
    pub shared: String,
    /// How it comes about.
    pub words: String,
}

/// What is known about pairs of sources.
///
/// # Errors
/// What access or the store refuse.
pub async fn pairs(
    acting: &Acting<'_>,
) -> Result<Vec<Versioned<Filed<OverlapId, Overlap>>>, Refused> {
    let tenant = datasets::reader(acting).await?;
    let mut all = overlaps::list(&acting.app.store, None).await?;
    all.retain(|one| one.tenant == tenant);
    Ok(all)
}

/// Describes how two sources stand to each other.
///
/// # Errors
/// Every problem of the form; what access or the store refuse.
pub async fn describe(acting: &Acting<'_>, form: &OverlapForm) -> Result<OverlapId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ImportData, &Resource::of(tenant)).await?;
    let all = datasets::list(acting).await?;
    let mut problems = Problems::default();
    let mut find = |field: &str, text: &str| -> Option<DatasetId> {
        let found = all.iter().find(|one| one.id.to_string() == text).map(|one| one.id);
        if found.is_none() {
            problems.add(field, Message::new("error-choose"));
        }
        found
    };
    let (a, b) = (find("a", &form.a), find("b", &form.b));
    if a.is_some() && a == b {
        problems.add("b", Message::new("overlap-itself"));
    }
    let words = problems.required("words", &form.words, 1_000);
    let shared = Shared::from_code(&form.shared);
    if shared.is_none() {
        problems.add("shared", Message::new("error-choose"));
    }
    problems.none()?;
    let (Some(a), Some(b), Some(shared)) = (a, b, shared) else { return Err(Refused::NotFound) };
    let new = Overlap { a, b, shared, words };
    let pair = Overlap::pair(a, b);
    let old = overlaps::list(&acting.app.store, Some(&pair)).await?;
    let old = old.into_iter().find(|one| one.tenant == tenant);
    let mut act = begin!(acting, acting.context(Action::ImportData)?.about(a).about(b));
    let id = match old {
        Some(one) => {
            overlaps::update(&mut act, one.id, &new, one.revision).await?;
            one.id
        }
        None => overlaps::insert(&mut act, &new).await?,
    };
    act.commit(&id).await?;
    Ok(id)
}
