//! Watching: as batches are accepted, series are held against their own past.
//! A signal goes to people; they dismiss it with a reason, or answer it with a
//! joint response that the host State agreed to and an organisation takes part in.

use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::{DatasetId, SignalId},
    knowledge::{
        columns::Columns,
        dataset::Dataset,
        signal::{JointResponse, Signal, SignalStatus, Step},
    },
};
use palermo_stats::surveillance::{
    calendar::Calendar,
    ears::{Ears, EarsOptions},
    watch::{Method, watch},
};
use palermo_store::{
    ActContext, Begun, Revision, Versioned,
    knowledge::{batch as batches, signal as signals},
    register::Filed,
};
use std::collections::{BTreeMap, BTreeSet};

/// A signal as it is listed.
pub type Listed1 = Versioned<Filed<SignalId, Signal>>;

/// Dimensions whose values are watched one by one, within each State.
const WATCHED: [&str; 3] = ["form", "citizenship", "origin"];

/// A series shorter than this many months is not judged.
const FEWEST_MONTHS: usize = 10;

/// Fewer persons than this in a month raise nothing: that is one household.
const FEWEST_PERSONS: f64 = 5.0;

/// How the method is told to people.
pub const METHOD: &str =
    "EARS C1: mean and spread of the seven months before, one-sided level 0.1 %";

/// One series: its name and its months.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The State.
    pub state: String,
    /// Dimension and value.
    pub name: String,
    /// Persons a month.
    pub counts: Vec<f64>,
}

/// The months of the figures, without gaps, and their series.
#[must_use]
pub fn series(figures: &Columns) -> (Vec<String>, Vec<Series>) {
    let Some(period) = figures.place("_period") else { return (Vec::new(), Vec::new()) };
    let months: BTreeSet<&str> = (0..figures.len())
        .map(|line| figures.word(period, line))
        .filter(|m| !m.is_empty())
        .collect();
    let (Some(first), Some(last)) = (months.first(), months.last()) else {
        return (Vec::new(), Vec::new());
    };
    let all = between(first, last);
    let place: BTreeMap<&str, usize> =
        all.iter().enumerate().map(|(at, month)| (month.as_str(), at)).collect();
    let (state, indicator) = (figures.place("state"), figures.place("indicator"));
    let mut found: BTreeMap<(String, String), Vec<f64>> = BTreeMap::new();
    for name in WATCHED {
        let Some(column) = figures.place(name) else { continue };
        for line in 0..figures.len() {
            let word = figures.word(column, line);
            let counts_here = indicator.is_none_or(|at| figures.word(at, line) == "victims");
            let (Some(month), false, true) = (
                place.get(figures.word(period, line)),
                word.is_empty() || word == "unknown",
                counts_here,
            ) else {
                continue;
            };
            let state = state.map_or("", |at| figures.word(at, line)).to_owned();
            let key = (state, format!("{name}:{word}"));
            let counts = found.entry(key).or_insert_with(|| vec![0.0; all.len()]);
            // Hidden counts enter at their greatest, so that nothing is missed.
            #[allow(clippy::cast_precision_loss)]
            let persons = figures.amount(line).upper as f64;
            counts[*month] += persons;
        }
    }
    let found =
        found.into_iter().map(|((state, name), counts)| Series { state, name, counts }).collect();
    (all, found)
}

/// Every month from the first to the last.
fn between(first: &str, last: &str) -> Vec<String> {
    let number = |text: &str| -> Option<i32> {
        let (year, month) = text.split_once('-')?;
        Some(year.parse::<i32>().ok()? * 12 + month.parse::<i32>().ok()? - 1)
    };
    let (Some(from), Some(to)) = (number(first), number(last)) else { return Vec::new() };
    (from..=to.min(from + 600)).map(|n| format!("{:04}-{:02}", n / 12, n % 12 + 1)).collect()
}

/// The signals of the newest month.
#[must_use]
pub fn judge(figures: &Columns) -> Vec<Signal> {
    let (months, all) = series(figures);
    if months.len() < FEWEST_MONTHS {
        return Vec::new();
    }
    let counts: Vec<Vec<f64>> = all.iter().map(|one| one.counts.clone()).collect();
    let options = EarsOptions { min_sigma: 1.0, ..EarsOptions::new(Ears::C1) };
    let Ok(calendar) = Calendar::index(12) else { return Vec::new() };
    let Ok(verdicts) = watch(&counts, None, &calendar, &Method::Ears(options)) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (one, verdicts) in all.iter().zip(verdicts) {
        let Some(last) = verdicts.last() else { continue };
        if !last.alarm || last.observed < FEWEST_PERSONS {
            continue;
        }
        let run = verdicts.iter().rev().take_while(|verdict| verdict.alarm).count();
        out.push(Signal {
            series: format!("{} {}", one.state, one.name),
            period: months.last().cloned().unwrap_or_default(),
            // Counts of persons, whole and not negative.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            observed: last.observed as u64,
            expected: last.expected.unwrap_or(0.0),
            threshold: last.upper.unwrap_or(0.0),
            method: METHOD.to_owned(),
            since: months.get(months.len() - run).cloned().unwrap_or_default(),
            status: SignalStatus::New,
            reason: None,
            response: None,
        });
    }
    out
}

/// Looks at a dataset that just grew and writes down what is new.
pub(super) async fn after_import(
    app: &App,
    mut context: ActContext,
    dataset: &Filed<DatasetId, Dataset>,
) -> Result<usize, Refused> {
    let store = &app.store;
    let figures = batches::figures(store, dataset.tenant, dataset.id).await?;
    let found = judge(&figures);
    if found.is_empty() {
        return Ok(0);
    }
    let known = signals::list(store, None).await?;
    let new: Vec<&Signal> = found
        .iter()
        .filter(|one| {
            !known
                .iter()
                .any(|old| old.entry.series == one.series && old.entry.period == one.period)
        })
        .collect();
    context.idempotency = None;
    let Begun::Fresh(mut act) = store.act(context).await? else { return Ok(0) };
    for signal in &new {
        let id = signals::insert(&mut act, signal).await?;
        act.about(id);
    }
    act.commit(&new.len()).await?;
    Ok(new.len())
}

/// All signals, the newest first.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Listed1>, Refused> {
    acting.allow(Action::ReadSignals, &Resource::region()).await?;
    let mut all = signals::list(&acting.app.store, None).await?;
    all.reverse();
    Ok(all)
}

/// One signal.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show(acting: &Acting<'_>, id: SignalId) -> Result<Listed1, Refused> {
    list(acting).await?.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)
}

/// What someone does about a signal.
#[derive(Debug, Clone, Default)]
pub struct TriageForm {
    /// `dismiss`, `propose`, or the next step of the response.
    pub what: String,
    /// The reason of a dismissal.
    pub reason: String,
    /// The host State.
    pub host: String,
    /// The note on human rights.
    pub rights_note: String,
    /// The team.
    pub team: String,
    /// The organisation that assists.
    pub ngo: String,
    /// Who consented for the host State.
    pub consent: String,
    /// Persons assisted.
    pub assisted: String,
    /// Persons refused entry.
    pub refused_entry: String,
    /// Lessons.
    pub lessons: String,
    /// The revision seen.
    pub revision: i64,
}

/// Dismisses a signal, proposes a joint response, or takes it a step further.
///
/// # Errors
/// Every problem of the form; what the rules refuse.
pub async fn triage(
    acting: &Acting<'_>,
    id: SignalId,
    form: &TriageForm,
) -> Result<SignalId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::TriageSignals, &Resource::of(tenant)).await?;
    let seen = show(acting, id).await?;
    if seen.tenant != tenant {
        return Err(Refused::NotFound);
    }
    let signal = changed(acting, &seen.entry, form)?;
    let mut act = begin!(acting, acting.context(Action::TriageSignals)?.about(id));
    signals::update(&mut act, id, &signal, Revision(form.revision)).await?;
    act.detail("step", form.what.clone());
    act.commit(&id).await?;
    Ok(id)
}

fn changed(acting: &Acting<'_>, seen: &Signal, form: &TriageForm) -> Result<Signal, Refused> {
    let mut signal = seen.clone();
    let mut problems = Problems::default();
    match (form.what.as_str(), &mut signal.response) {
        ("dismiss", None) => {
            signal.reason = Some(problems.required("reason", &form.reason, 1_000));
            signal.status = SignalStatus::Dismissed;
        }
        ("propose", None) => {
            let host = problems.required("host", &form.host.to_uppercase(), 3);
            if !host.is_empty() && !acting.app.content.knows_state(&host) {
                problems.add("host", Message::new("error-unknown-state").with("code", &host));
            }
            signal.response = Some(JointResponse {
                host,
                rights_note: problems.required("rights_note", &form.rights_note, 4_000),
                team: problems.required("team", &form.team, 1_000),
                ngo: problems.bounded("ngo", &form.ngo, 200),
                step: Step::Proposed,
                consent: None,
                assisted: None,
                refused_entry: None,
                lessons: None,
            });
            signal.status = SignalStatus::Answered;
        }
        (step, Some(response)) => {
            let to = Step::from_code(step).ok_or(Refused::NotFound)?;
            further(response, to, form, &mut problems)?;
        }
        _ => return Err(Refused::NotFound),
    }
    problems.none()?;
    Ok(signal)
}

fn further(
    response: &mut JointResponse,
    to: Step,
    form: &TriageForm,
    problems: &mut Problems,
) -> Result<(), Refused> {
    match to {
        Step::Consented => {
            response.consent = Some(problems.required("consent", &form.consent, 300));
        }
        Step::Deployed => response.ngo = problems.required("ngo", &form.ngo, 200),
        Step::Closed => {
            let mut count = |field: &str, text: &str| {
                let count = text.trim().parse::<u64>().ok();
                if count.is_none() {
                    problems.add(field, Message::new("data-error-count"));
                }
                count
            };
            response.assisted = count("assisted", &form.assisted);
            response.refused_entry = count("refused_entry", &form.refused_entry);
            response.lessons = Some(form.lessons.trim().to_owned());
        }
        Step::Proposed | Step::Declined => {}
    }
    if problems.0.is_empty() {
        let told = |why: palermo_domain::knowledge::signal::NotYet| {
            Refused::Declined(Message::new(&format!("signal-{}", why.code())))
        };
        response.advance(to).map_err(told)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::take::DIMENSIONS;
    use palermo_domain::knowledge::amount::Amount;

    fn months(counts: &[u64]) -> Columns {
        let mut figures = Columns::new(&DIMENSIONS);
        for (at, count) in counts.iter().enumerate() {
            let month = format!("2025-{:02}", at + 1);
            figures.push(
                &["2025", &month, "XBB", "victims", "labour", "", "", "", "", "", "", "", ""],
                Some(Amount::exactly(*count)),
            );
        }
        figures
    }

    #[test]
    fn req_179_a_known_step_raises_a_signal_in_its_first_period() {
        let found = judge(&months(&[6, 7, 5, 6, 8, 6, 7, 5, 6, 7, 24]));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].observed, found[0].since.as_str()), (24, "2025-11"));
        assert!(found[0].threshold < 24.0 && found[0].expected < 8.0);
        assert_eq!(found[0].series, "XBB form:labour");
    }

    #[test]
    fn a_quiet_series_and_a_short_one_raise_none() {
        assert!(judge(&months(&[6, 7, 5, 6, 8, 6, 7, 5, 6, 7, 8])).is_empty());
        assert!(judge(&months(&[1, 1, 1, 40])).is_empty());
    }

    #[test]
    fn months_without_anybody_are_months_of_zero() {
        assert_eq!(between("2024-11", "2025-02"), ["2024-11", "2024-12", "2025-01", "2025-02"]);
    }
}
