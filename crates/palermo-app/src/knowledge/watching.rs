//! Which series are watched, by which method, and what the newest month says.
//! Routes, citizenships, forms and places are watched at once, so the chance to
//! cry wolf is kept in hand over all of them (Benjamini & Hochberg).

use palermo_domain::knowledge::{
    columns::Columns,
    signal::{Signal, SignalStatus},
};
use palermo_stats::surveillance::{
    Verdict,
    calendar::Calendar,
    ears::{Ears, EarsOptions},
    farrington::FarringtonOptions,
    flexible::FlexibleOptions,
    many::benjamini_hochberg,
    watch::{Method, expected_false_alarms, watch},
};
use std::collections::{BTreeMap, BTreeSet};

/// A series shorter than this many months is not judged.
pub const FEWEST_MONTHS: usize = 10;

/// Fewer persons than this in a month raise nothing: that is one household.
pub const FEWEST_PERSONS: f64 = 5.0;

/// Share of false signals among all, over the series of a month.
pub const FALSE_SHARE: f64 = 0.1;

/// Months of a series kept with a signal and drawn beside it.
const HISTORY: usize = 24;

/// One series: its name and its months.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The State.
    pub state: String,
    /// Dimension and value; a route is `route:XBB>XCC`, in the State where it ends.
    pub name: String,
    /// Persons a month.
    pub counts: Vec<f64>,
}

/// A series with what the newest month says of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Watched {
    /// The series.
    pub series: Series,
    /// The newest month; none if there is too little history.
    pub verdict: Option<Verdict>,
    /// Adjusted for all series watched at once.
    pub q: Option<f64>,
    /// Whether it is a signal.
    pub signal: bool,
    /// First month of the run of alarms.
    pub since: String,
}

/// Everything watched in a dataset, as it stands with its newest batch.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Watch {
    /// The months, without gaps.
    pub months: Vec<String>,
    /// The series by name.
    pub all: Vec<Watched>,
    /// The method, in words.
    pub method: &'static str,
    /// Signals a month to be expected if nothing ever happens.
    pub false_alarms: f64,
}

/// The method that fits so many months, in words and as the library wants it.
#[must_use]
pub fn method(months: usize) -> (Method, &'static str) {
    if months > 5 * 12 + 1 {
        let options = FlexibleOptions::monthly();
        return (Method::Flexible(options), FLEXIBLE);
    }
    if months > 3 * 12 + 1 {
        let options = FarringtonOptions { half_window: 1, ..FarringtonOptions::default() };
        return (Method::Farrington(options), FARRINGTON);
    }
    let options = EarsOptions { min_sigma: 1.0, ..EarsOptions::new(Ears::C1) };
    (Method::Ears(options), EARS)
}

/// Five years and more.
pub const FLEXIBLE: &str = "Farrington flexible: five years back, the month before and after each anniversary, season of four levels, trend, past outbreaks weighted down; negative binomial bound at 1 %";
/// Three years.
pub const FARRINGTON: &str = "Farrington: three years back, the month before and after each anniversary, trend if it is clear, past outbreaks weighted down; bound at 0.5 %, one-sided";
/// Less.
pub const EARS: &str = "EARS C1: mean and spread of the seven months before, one-sided level 0.1 %";

/// Judges the newest month of every series.
#[must_use]
pub fn judge(figures: &Columns) -> Watch {
    judge_until(figures, None)
}

/// Judges every series as it stood at the end of a month, with all that is known
/// of that month today: a State that reports late is seen too.
#[must_use]
pub fn judge_until(figures: &Columns, last: Option<&str>) -> Watch {
    let (months, all) = series_until(figures, last);
    let (how, words) = method(months.len());
    let unwatched = |all: Vec<Series>, months| Watch {
        all: all
            .into_iter()
            .map(|series| Watched {
                series,
                verdict: None,
                q: None,
                signal: false,
                since: String::new(),
            })
            .collect(),
        months,
        method: words,
        false_alarms: 0.0,
    };
    let Ok(calendar) = Calendar::index(12) else { return unwatched(all, months) };
    if months.len() < FEWEST_MONTHS {
        return unwatched(all, months);
    }
    let counts: Vec<Vec<f64>> = all.iter().map(|one| one.counts.clone()).collect();
    let Ok(verdicts) = watch(&counts, None, &calendar, &how) else {
        return unwatched(all, months);
    };
    let false_alarms = expected_false_alarms(&counts, &verdicts, &calendar, &how, 1).unwrap_or(0.0);
    let newest: Vec<Option<f64>> =
        verdicts.iter().map(|verdicts| verdicts.last().and_then(|last| last.p)).collect();
    let adjusted = benjamini_hochberg(&newest);
    let all = all
        .into_iter()
        .zip(verdicts)
        .zip(adjusted)
        .map(|((series, verdicts), q)| watched(series, &verdicts, q, &months))
        .collect();
    Watch { months, all, method: words, false_alarms }
}

fn watched(series: Series, verdicts: &[Verdict], q: Option<f64>, months: &[String]) -> Watched {
    let verdict = verdicts.last().copied().filter(|last| last.expected.is_some());
    let signal = verdict.is_some_and(|last| {
        last.alarm && last.observed >= FEWEST_PERSONS && q.is_none_or(|q| q <= FALSE_SHARE)
    });
    let run = verdicts.iter().rev().take_while(|verdict| verdict.alarm).count().max(1);
    let since = months.get(months.len().saturating_sub(run)).cloned().unwrap_or_default();
    Watched { series, verdict, q, signal, since }
}

impl Watch {
    /// The signals of the newest month, not yet seen by anybody.
    #[must_use]
    pub fn signals(&self, dataset: &str) -> Vec<Signal> {
        let watched = self.all.iter().filter(|one| one.verdict.is_some()).count();
        self.all
            .iter()
            .filter(|one| one.signal)
            .filter_map(|one| {
                let verdict = one.verdict?;
                Some(Signal {
                    series: format!("{} {}", one.series.state, one.series.name),
                    period: self.months.last().cloned().unwrap_or_default(),
                    observed: whole(verdict.observed),
                    expected: verdict.expected.unwrap_or(0.0),
                    threshold: verdict.upper.unwrap_or(0.0),
                    method: self.method.to_owned(),
                    since: one.since.clone(),
                    status: SignalStatus::New,
                    reason: None,
                    response: None,
                    dataset: Some(dataset.to_owned()),
                    p: verdict.p,
                    q: one.q,
                    watched: u32::try_from(watched).unwrap_or(u32::MAX),
                    false_alarms: Some(self.false_alarms),
                    history: self.history(&one.series),
                    triaged: None,
                })
            })
            .collect()
    }

    /// The last months of a series.
    #[must_use]
    pub fn history(&self, series: &Series) -> Vec<(String, u64)> {
        let from = self.months.len().saturating_sub(HISTORY);
        self.months
            .iter()
            .zip(&series.counts)
            .skip(from)
            .map(|(month, count)| (month.clone(), whole(*count)))
            .collect()
    }
}

/// A count of persons, whole and not negative.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
#[must_use]
pub fn whole(count: f64) -> u64 {
    count.max(0.0).round() as u64
}

/// The months of the figures, without gaps, and their series.
#[must_use]
pub fn series(figures: &Columns) -> (Vec<String>, Vec<Series>) {
    series_until(figures, None)
}

/// The months that lines speak of, the oldest first.
#[must_use]
pub fn months_of(figures: &Columns) -> Vec<String> {
    let Some(period) = figures.place("_period") else { return Vec::new() };
    let months: BTreeSet<&str> = (0..figures.len())
        .map(|line| figures.word(period, line))
        .filter(|m| !m.is_empty())
        .collect();
    months.into_iter().map(str::to_owned).collect()
}

fn series_until(figures: &Columns, until: Option<&str>) -> (Vec<String>, Vec<Series>) {
    let Some(period) = figures.place("_period") else { return (Vec::new(), Vec::new()) };
    let months: BTreeSet<&str> = (0..figures.len())
        .map(|line| figures.word(period, line))
        .filter(|m| !m.is_empty() && until.is_none_or(|until| *m <= until))
        .collect();
    let (Some(first), Some(last)) = (months.first(), months.last()) else {
        return (Vec::new(), Vec::new());
    };
    let all = between(first, last);
    let place: BTreeMap<&str, usize> =
        all.iter().enumerate().map(|(at, month)| (month.as_str(), at)).collect();
    let column = |name: &str| figures.place(name);
    let word = |at: Option<usize>, line: usize| at.map_or("", |at| figures.word(at, line));
    let (state, indicator) = (column("state"), column("indicator"));
    let mut found: BTreeMap<(String, String), Vec<f64>> = BTreeMap::new();
    for line in 0..figures.len() {
        let Some(month) = place.get(figures.word(period, line)) else { continue };
        if !matches!(word(indicator, line), "" | "victims") {
            continue;
        }
        let home = word(state, line);
        // Hidden counts enter at their greatest, so that nothing is missed.
        #[allow(clippy::cast_precision_loss)]
        let persons = figures.amount(line).upper as f64;
        for (state, name) in names(figures, line, home) {
            let counts = found.entry((state, name)).or_insert_with(|| vec![0.0; all.len()]);
            counts[*month] += persons;
        }
    }
    let found =
        found.into_iter().map(|((state, name), counts)| Series { state, name, counts }).collect();
    (all, found)
}

/// The series a line belongs to: its place, form, citizenship and route.
fn names(figures: &Columns, line: usize, home: &str) -> Vec<(String, String)> {
    let word = |name: &str| figures.place(name).map_or("", |at| figures.word(at, line));
    let told = |text: &str| !matches!(text, "" | "unknown");
    let mut names = Vec::with_capacity(4);
    if told(home) {
        names.push((home.to_owned(), format!("state:{home}")));
    }
    for dimension in ["form", "citizenship"] {
        let of = word(dimension);
        if told(of) {
            names.push((home.to_owned(), format!("{dimension}:{of}")));
        }
    }
    let (origin, via, to) = (word("origin"), word("transit"), word("destination"));
    if told(origin) {
        let end = if told(to) { to } else { home };
        let through = if told(via) && via != "none" { format!(">{via}") } else { String::new() };
        names.push((end.to_owned(), format!("route:{origin}{through}")));
    }
    names
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::take::DIMENSIONS;
    use palermo_domain::knowledge::amount::Amount;

    fn months(counts: &[u64]) -> Columns {
        let mut figures = Columns::new(&DIMENSIONS);
        for (at, count) in counts.iter().enumerate() {
            let month = format!("{}-{:02}", 2021 + at / 12, at % 12 + 1);
            figures.push(
                &[
                    &month[..4],
                    &month,
                    "XBB",
                    "victims",
                    "labour",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "XDD",
                    "XBB",
                    "",
                    "XCC",
                ],
                Some(Amount::exactly(*count)),
            );
        }
        figures
    }

    fn quiet(months: usize) -> Vec<u64> {
        (0..months).map(|at| [6, 7, 5, 6, 8, 6, 7, 5][at % 8]).collect()
    }

    #[test]
    fn req_179_a_known_step_raises_a_signal_in_its_first_period_by_each_method() {
        for (length, method) in [(11, EARS), (44, FARRINGTON), (70, FLEXIBLE)] {
            let mut counts = quiet(length);
            counts[length - 1] = 24;
            let watch = judge(&months(&counts));
            assert_eq!(watch.method, method);
            let found = watch.signals("d");
            let names: Vec<&str> = found.iter().map(|one| one.series.as_str()).collect();
            assert_eq!(
                names,
                ["XBB form:labour", "XBB route:XDD>XCC", "XBB state:XBB"],
                "{method}"
            );
            let one = &found[0];
            assert_eq!((one.observed, one.watched), (24, 3));
            assert_eq!(Some(&one.since), watch.months.last());
            assert!(one.threshold < 24.0 && one.expected < 10.0, "{one:?}");
            assert!(one.q.is_some_and(|q| q <= FALSE_SHARE) && one.false_alarms.is_some());
            assert_eq!(one.history.len(), length.min(24));
        }
    }

    #[test]
    fn a_quiet_series_and_a_short_one_raise_none() {
        for length in [11, 44, 70] {
            assert!(judge(&months(&quiet(length))).signals("d").is_empty(), "{length}");
        }
        let short = judge(&months(&[1, 1, 1, 40]));
        assert!(short.signals("d").is_empty() && short.all.iter().all(|one| one.verdict.is_none()));
    }

    #[test]
    fn many_quiet_series_cry_wolf_no_more_often_than_stated() {
        // 60 citizenships over four years; each month's count is noise of its own.
        let mut figures = Columns::new(&DIMENSIONS);
        let mut state = 7_u64;
        for month in 0..48 {
            for of in 0..60 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let persons = 6 + (state >> 33) % 5;
                let name = format!("{}-{:02}", 2021 + month / 12, month % 12 + 1);
                let citizenship = format!("X{of:02}");
                let mut words = vec![""; DIMENSIONS.len()];
                words[..4].copy_from_slice(&[&name[..4], &name, "XBB", "victims"]);
                words[7] = &citizenship;
                figures.push(&words, Some(Amount::exactly(persons)));
            }
        }
        let watch = judge(&figures);
        assert!(watch.false_alarms < 1.0, "{}", watch.false_alarms);
        assert!(watch.signals("d").len() <= 1, "{:?}", watch.signals("d").len());
    }

    #[test]
    fn a_month_that_was_reported_late_is_judged_as_it_stood() {
        let mut counts = quiet(44);
        counts[42] = 24;
        let figures = months(&counts);
        assert!(judge(&figures).signals("d").is_empty(), "the newest month is quiet");
        let all = months_of(&figures);
        let late = judge_until(&figures, Some(&all[42]));
        assert!(late.signals("d").iter().any(|one| one.period == all[42]));
    }

    #[test]
    fn months_without_anybody_are_months_of_zero() {
        assert_eq!(between("2024-11", "2025-02"), ["2024-11", "2024-12", "2025-01", "2025-02"]);
    }
}
