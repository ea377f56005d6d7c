//! `palermo stats watch`: which counts are higher than the past explains?

use anyhow::Context;
use clap::{Args, ValueEnum};
use palermo_stats::surveillance::bound::{Bound, Power};
use palermo_stats::surveillance::calendar::Calendar;
use palermo_stats::surveillance::cusum::{CusumOptions, Transform};
use palermo_stats::surveillance::ears::{Ears, EarsOptions};
use palermo_stats::surveillance::farrington::FarringtonOptions;
use palermo_stats::surveillance::flexible::FlexibleOptions;
use palermo_stats::surveillance::glr::GlrOptions;
use palermo_stats::surveillance::in_control::{InControl, Law};
use palermo_stats::surveillance::many::benjamini_hochberg;
use palermo_stats::surveillance::table::SeriesTable;
use palermo_stats::surveillance::watch::{Method, QuietPhase, expected_false_alarms, watch};
use palermo_stats::surveillance::{SurveillanceError, Verdict};
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs::File;
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
Example:
  palermo stats watch cases.csv --method farrington-flexible --frequency 12

The file has a column `t` (1, 2, 3 ...), perhaps `epoch` (an index or dates like
2024-05-01), perhaps `population` (an offset of the Farrington methods), and every
other column is a series of counts. An empty cell or NA is a missing count.

What --upper means: the count above which the method alarms. For cusum it is the count
at which the sum reaches --h. For the glr methods it is the statistic, which alarms from
--c-arl on; `--upper-as cases` gives cases instead.

Configurations of the reference files (stats/surveillance/configs.json) as flags:
  E1..E6 `C1/0.001/0/7`   --method ears-c1 --alpha 0.001 --min-sigma 0 --baseline 7
  farrington A            --method farrington --frequency 52 --years-back 3 --half-window 3
                          --alpha 0.01 --reweight --trend-threshold 0.05 --power 2/3
  farrington B            the same, --alpha 0.05 --no-reweight --power 1/2
  farrington C            the same, --half-window 2 --alpha 0.05 --trend-threshold 0 --power none
  b, w, past              --years-back b --half-window w --past-excluded past
  flexible orig           --method farrington-flexible --periods 1 --weights-threshold 1
                          --trend-threshold 0.05 --bound delta --alpha 0.01 --past-excluded w
  flexible delta258       --periods 10 (monthly 4) --weights-threshold 2.58
                          --trend-threshold 1 --bound delta --alpha 0.01
  flexible nb             as delta258, --bound nb
  flexible muan           as delta258, --bound muan --alpha 0.005
  flexible noreweight     --periods 1 --no-reweight --trend-threshold 0 --bound nb
                          --alpha 0.05 --past-excluded w
  farringtonFlexible_*    with --compat;  farringtonCorrected_*  without
  X1..X5                  --method cusum --frequency 52 --k 1.04 --h 2.26 --baseline 104
                          --trans standard | rossi | anscombe | anscombe2nd | none
                          (bounds of X2, X4 and X5 with --compat; alarms either way)
  X6                      as X2 with --in-control seasonal
  X11                     --method glr-poisson --frequency 52 --c-arl 5 --m-tilde 1 --baseline 104
  X12                     --method glr-nb, the rest as X11 (dispersion estimated, or --dispersion)
  X13                     as X11 with --theta 0.4054651081081644 (the logarithm of 1.5)

Exit status: 0 done, 1 the data cannot be watched (reasons on standard error), 2 wrong use.";

/// Which counts are higher than the past explains?
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct WatchArgs {
    /// CSV file of series
    file: PathBuf,
    /// Method
    #[arg(long, value_enum)]
    method: MethodName,
    /// Periods to the year, 52 or 12 mostly [default: what the dates suggest]
    #[arg(long)]
    frequency: Option<usize>,
    /// Level: two-sided for farrington, one-sided elsewhere
    /// [default: 0.001 for ears-c1 and ears-c2, 0.025 for ears-c3, else 0.01]
    #[arg(long)]
    alpha: Option<f64>,
    /// Periods of the baseline [default: 7 for EARS, two years for cusum and glr]
    #[arg(long)]
    baseline: Option<usize>,
    /// EARS: least standard deviation, in cases
    #[arg(long, default_value_t = 0.0)]
    min_sigma: f64,
    /// Farrington: years of reference [default: 3, flexible 5]
    #[arg(long)]
    years_back: Option<usize>,
    /// Farrington: half width of the windows [default: 3, monthly 1]
    #[arg(long)]
    half_window: Option<usize>,
    /// Flexible: periods before the present left out [default: 26, monthly 3]
    #[arg(long)]
    past_excluded: Option<usize>,
    /// Flexible: levels of the season [default: 10, monthly 4]
    #[arg(long)]
    periods: Option<usize>,
    /// Farrington: residual from which past outbreaks weigh less [default: 1, flexible 2.58]
    #[arg(long)]
    weights_threshold: Option<f64>,
    /// Farrington: level of the test of the trend, 0 for no trend [default: 0.05, flexible 1]
    #[arg(long)]
    trend_threshold: Option<f64>,
    /// Flexible: kind of bound [default: delta, monthly nb]
    #[arg(long, value_enum)]
    bound: Option<BoundName>,
    /// Farrington: power of the delta bound
    #[arg(long, value_enum, default_value = "2/3")]
    power: PowerName,
    /// Farrington: weigh past outbreaks down (the default)
    #[arg(long, overrides_with = "no_reweight")]
    reweight: bool,
    /// Farrington: fit once only
    #[arg(long, overrides_with = "reweight")]
    no_reweight: bool,
    /// Bounds of the R package surveillance where they are faulty (flexible, cusum)
    #[arg(long)]
    compat: bool,
    /// Cusum: what is subtracted each period
    #[arg(long, default_value_t = 1.04)]
    k: f64,
    /// Cusum: where it alarms
    #[arg(long, default_value_t = 2.26)]
    h: f64,
    /// Cusum: how counts are standardised
    #[arg(long, value_enum, default_value = "standard")]
    trans: TransformName,
    /// Cusum, glr: shape of the in-control mean [default: mean for cusum, else seasonal-trend]
    #[arg(long, value_enum)]
    in_control: Option<InControlName>,
    /// Glr: where the statistic alarms
    #[arg(long, default_value_t = 5.0)]
    c_arl: f64,
    /// Glr: a fixed shift on the log scale [default: estimated]
    #[arg(long)]
    theta: Option<f64>,
    /// Glr: fewest periods since the change
    #[arg(long, default_value_t = 1)]
    m_tilde: usize,
    /// Glr-nb: dispersion alpha, variance mu + alpha mu^2 [default: estimated]
    #[arg(long)]
    dispersion: Option<f64>,
    /// Glr: what `upper` holds
    #[arg(long, value_enum, default_value = "statistic")]
    upper_as: UpperName,
    /// Alarm only where the false discovery rate over all series is at most this
    #[arg(long)]
    fdr: Option<f64>,
    /// Seed of the simulated false-alarm rate (glr)
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// Every period in the table, not only alarms and the last one
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MethodName {
    #[value(name = "ears-c1")]
    EarsC1,
    #[value(name = "ears-c2")]
    EarsC2,
    #[value(name = "ears-c3")]
    EarsC3,
    Farrington,
    FarringtonFlexible,
    Cusum,
    GlrPoisson,
    GlrNb,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum BoundName {
    Delta,
    Nb,
    Muan,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PowerName {
    #[value(name = "2/3")]
    TwoThirds,
    #[value(name = "1/2")]
    Half,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TransformName {
    Standard,
    Rossi,
    Anscombe,
    #[value(name = "anscombe2", alias = "anscombe2nd")]
    Anscombe2,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum InControlName {
    Mean,
    Seasonal,
    SeasonalTrend,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UpperName {
    Statistic,
    Cases,
}

impl MethodName {
    fn is_ears(self) -> bool {
        matches!(self, Self::EarsC1 | Self::EarsC2 | Self::EarsC3)
    }
}

/// The name a value has on the command line.
fn name(value: impl ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// Runs the command.
///
/// # Errors
/// When the file cannot be read or its series cannot be watched.
pub fn run(args: &WatchArgs) -> anyhow::Result<ExitCode> {
    let shown = args.file.display();
    let file = File::open(&args.file).with_context(|| format!("`{shown}` cannot be opened"))?;
    let table = SeriesTable::read(file).with_context(|| format!("`{shown}`"))?;
    let known = args.frequency.or_else(|| table.likely_frequency());
    if known.is_none() && !args.method.is_ears() {
        return Ok(wrong_use("give `--frequency`: the periods have no dates that suggest one"));
    }
    // EARS does not ask what a year is; only its false alarms per month do.
    let frequency = known.unwrap_or(1);
    if args.fdr.is_some_and(|rate| !(rate > 0.0 && rate < 1.0)) {
        return Ok(wrong_use("`fdr` must be between 0 and 1"));
    }
    let method = args.method(frequency);
    let found = table
        .calendar(frequency)
        .and_then(|calendar| Findings::of(args, &table, &calendar, &method));
    let mut findings = match found {
        Err(wrong @ SurveillanceError::Option { .. }) => return Ok(wrong_use(&wrong.to_string())),
        other => other.with_context(|| format!("`{shown}`"))?,
    };
    findings.expected_false_alarms = findings.expected_false_alarms.filter(|_| known.is_some());
    let parameters = args.parameters(known, &method);
    if args.json {
        findings.print_json(&name(args.method), &parameters)?;
    } else {
        super::print_line(&findings.readable(args.all)?)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn wrong_use(reason: &str) -> ExitCode {
    eprintln!("palermo: {reason}");
    ExitCode::from(2)
}

impl WatchArgs {
    fn method(&self, frequency: usize) -> Method {
        match self.method {
            MethodName::EarsC1 => self.ears(Ears::C1),
            MethodName::EarsC2 => self.ears(Ears::C2),
            MethodName::EarsC3 => self.ears(Ears::C3),
            MethodName::Farrington => Method::Farrington(self.farrington(frequency)),
            MethodName::FarringtonFlexible => Method::Flexible(self.flexible(frequency)),
            MethodName::Cusum => Method::Cusum {
                options: CusumOptions {
                    k: self.k,
                    h: self.h,
                    transform: self.transform(),
                    compat: self.compat,
                },
                quiet: self.quiet(frequency, InControl::Mean),
            },
            MethodName::GlrPoisson => self.glr(frequency, Law::Poisson),
            MethodName::GlrNb => self.glr(frequency, Law::NegativeBinomial),
        }
    }

    fn ears(&self, method: Ears) -> Method {
        let usual = EarsOptions::new(method);
        Method::Ears(EarsOptions {
            alpha: self.alpha.unwrap_or(usual.alpha),
            baseline: self.baseline.unwrap_or(usual.baseline),
            min_sigma: self.min_sigma,
            ..usual
        })
    }

    /// The threshold in force: nothing without reweighting.
    fn weights(&self, usual: Option<f64>) -> Option<f64> {
        if self.no_reweight { None } else { self.weights_threshold.or(usual) }
    }

    /// The level in force: nothing for no trend.
    fn trend(&self, usual: Option<f64>) -> Option<f64> {
        self.trend_threshold.or(usual).filter(|level| *level != 0.0)
    }

    fn power(&self) -> Power {
        match self.power {
            PowerName::TwoThirds => Power::TwoThirds,
            PowerName::Half => Power::Half,
            PowerName::None => Power::One,
        }
    }

    fn farrington(&self, frequency: usize) -> FarringtonOptions {
        let usual = FarringtonOptions::default();
        FarringtonOptions {
            alpha: self.alpha.unwrap_or(usual.alpha),
            years_back: self.years_back.unwrap_or(usual.years_back),
            half_window: self.half_window.unwrap_or(if frequency <= 12 {
                1
            } else {
                usual.half_window
            }),
            weights_threshold: self.weights(usual.weights_threshold),
            trend_threshold: self.trend(usual.trend_threshold),
            power: self.power(),
            ..usual
        }
    }

    fn flexible(&self, frequency: usize) -> FlexibleOptions {
        let usual =
            if frequency <= 12 { FlexibleOptions::monthly() } else { FlexibleOptions::weekly() };
        FlexibleOptions {
            alpha: self.alpha.unwrap_or(usual.alpha),
            years_back: self.years_back.unwrap_or(usual.years_back),
            half_window: self.half_window.unwrap_or(usual.half_window),
            periods: self.periods.unwrap_or(usual.periods),
            past_excluded: self.past_excluded.unwrap_or(usual.past_excluded),
            weights_threshold: self.weights(usual.weights_threshold),
            trend_threshold: self.trend(usual.trend_threshold),
            bound: match self.bound {
                None => usual.bound,
                Some(BoundName::Delta) => Bound::Delta(self.power()),
                Some(BoundName::Nb) => Bound::NegativeBinomial,
                Some(BoundName::Muan) => Bound::Muan,
            },
            compat: self.compat,
            ..usual
        }
    }

    fn transform(&self) -> Transform {
        match self.trans {
            TransformName::Standard => Transform::Standard,
            TransformName::Rossi => Transform::Rossi,
            TransformName::Anscombe => Transform::Anscombe,
            TransformName::Anscombe2 => Transform::Anscombe2,
            TransformName::None => Transform::None,
        }
    }

    fn quiet(&self, frequency: usize, usual: InControl) -> QuietPhase {
        let shape = match self.in_control {
            None => usual,
            Some(InControlName::Mean) => InControl::Mean,
            Some(InControlName::Seasonal) => InControl::Seasonal,
            Some(InControlName::SeasonalTrend) => InControl::SeasonalTrend,
        };
        QuietPhase { baseline: self.baseline.unwrap_or(frequency.saturating_mul(2)), shape }
    }

    fn glr(&self, frequency: usize, law: Law) -> Method {
        Method::Glr {
            options: GlrOptions {
                theta: self.theta,
                fewest_periods: self.m_tilde,
                cases: self.upper_as == UpperName::Cases,
                ..GlrOptions::poisson(self.c_arl)
            },
            quiet: self.quiet(frequency, InControl::SeasonalTrend),
            law,
            alpha: self.dispersion.filter(|_| law == Law::NegativeBinomial),
        }
    }

    /// The settings in force, by the names of their flags.
    fn parameters(&self, frequency: Option<usize>, method: &Method) -> Value {
        let mut parameters = match method {
            Method::Ears(o) => json!({
                "alpha": o.alpha, "baseline": o.baseline, "min_sigma": o.min_sigma,
            }),
            Method::Farrington(o) => json!({
                "alpha": o.alpha, "years_back": o.years_back, "half_window": o.half_window,
                "weights_threshold": o.weights_threshold, "trend_threshold": o.trend_threshold,
                "reweight": o.weights_threshold.is_some(), "power": name(self.power),
            }),
            Method::Flexible(o) => json!({
                "alpha": o.alpha, "years_back": o.years_back, "half_window": o.half_window,
                "past_excluded": o.past_excluded, "periods": o.periods,
                "weights_threshold": o.weights_threshold, "trend_threshold": o.trend_threshold,
                "reweight": o.weights_threshold.is_some(), "compat": o.compat,
                "bound": name(match o.bound {
                    Bound::Delta(_) => BoundName::Delta,
                    Bound::NegativeBinomial => BoundName::Nb,
                    Bound::Muan => BoundName::Muan,
                }),
            }),
            Method::Cusum { options: o, quiet } => json!({
                "k": o.k, "h": o.h, "trans": name(self.trans), "baseline": quiet.baseline,
                "in_control": name(self.in_control.unwrap_or(InControlName::Mean)),
                "compat": o.compat,
            }),
            Method::Glr { options: o, quiet, alpha, .. } => json!({
                "c_arl": o.threshold, "theta": o.theta, "m_tilde": o.fewest_periods,
                "dispersion": alpha, "baseline": quiet.baseline, "upper_as": name(self.upper_as),
                "in_control": name(self.in_control.unwrap_or(InControlName::SeasonalTrend)),
                "seed": self.seed,
            }),
        };
        parameters["frequency"] = json!(frequency);
        if let Some(rate) = self.fdr {
            parameters["fdr"] = json!(rate);
        }
        parameters
    }
}

/// One line of the answer.
#[derive(Serialize)]
struct Row<'a> {
    t: i64,
    series: &'a str,
    observed: Option<u64>,
    expected: Option<f64>,
    upper: Option<f64>,
    alarm: bool,
    p: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    q: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statistic: Option<f64>,
}

struct Findings<'a> {
    rows: Vec<Row<'a>>,
    periods: usize,
    series: usize,
    expected_false_alarms: Option<f64>,
}

impl<'a> Findings<'a> {
    fn of(
        args: &WatchArgs,
        table: &'a SeriesTable,
        calendar: &Calendar,
        method: &Method,
    ) -> Result<Self, SurveillanceError> {
        let verdicts = watch(&table.series, table.population.as_deref(), calendar, method)?;
        let by_chance =
            expected_false_alarms(&table.series, &verdicts, calendar, method, args.seed)?;
        let mut rows = Vec::with_capacity(verdicts.len() * table.t.len());
        for (series, verdicts) in table.names.iter().zip(&verdicts) {
            rows.extend(table.t.iter().zip(verdicts).map(|(&t, verdict)| row(t, series, verdict)));
        }
        let mut findings = Self {
            rows,
            periods: table.t.len(),
            series: table.names.len(),
            expected_false_alarms: Some(by_chance),
        };
        if let Some(rate) = args.fdr {
            findings.control_false_discoveries(rate);
        }
        Ok(findings)
    }

    /// Adjusts over the series of each period.
    fn control_false_discoveries(&mut self, rate: f64) {
        for period in 0..self.periods {
            let of_period = |i: &usize| i % self.periods == period;
            let at: Vec<usize> = (0..self.rows.len()).filter(of_period).collect();
            let p: Vec<Option<f64>> = at.iter().map(|&i| self.rows[i].p).collect();
            for (i, q) in at.into_iter().zip(benjamini_hochberg(&p)) {
                self.rows[i].q = q;
                self.rows[i].alarm &= q.is_some_and(|q| q <= rate);
            }
        }
    }

    fn print_json(&self, method: &str, parameters: &Value) -> anyhow::Result<()> {
        let answer = json!({
            "method": method,
            "parameters": parameters,
            "rows": self.rows,
            "expected_false_alarms_per_month": self.expected_false_alarms,
        });
        super::print_line(&serde_json::to_string(&answer)?)
    }

    fn readable(&self, all: bool) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        let width =
            self.rows.iter().map(|row| row.series.chars().count()).max().unwrap_or(0).max(6);
        write!(text, "{:>6}  {:<width$}  {:>8}  {:>9}  ", "t", "series", "observed", "expected")?;
        writeln!(text, "{:>9}  {:>8}  alarm", "upper", "p")?;
        let last = self.rows.last().map_or(0, |row| row.t);
        for row in self.rows.iter().filter(|row| all || row.alarm || row.t == last) {
            let observed = row.observed.map_or_else(|| "-".into(), |count| count.to_string());
            write!(text, "{:>6}  {:<width$}  {observed:>8}  ", row.t, row.series)?;
            write!(text, "{:>9}  {:>9}  ", figure(row.expected, 2), figure(row.upper, 2))?;
            writeln!(text, "{:>8}  {}", figure(row.p, 4), if row.alarm { "ALARM" } else { "-" })?;
        }
        let alarms = self.rows.iter().filter(|row| row.alarm).count();
        writeln!(text, "\n{alarms} alarms in {} periods of {} series", self.periods, self.series)?;
        let chance = figure(self.expected_false_alarms, 2);
        write!(text, "expected false alarms per month if nothing changed: {chance}")?;
        Ok(text)
    }
}

fn row<'a>(t: i64, series: &'a str, verdict: &Verdict) -> Row<'a> {
    let finite = |value: Option<f64>| value.filter(|value| value.is_finite());
    Row {
        t,
        series,
        observed: (!verdict.observed.is_nan()).then_some(verdict.observed as u64),
        expected: finite(verdict.expected),
        upper: finite(verdict.upper),
        alarm: verdict.alarm,
        p: finite(verdict.p),
        q: None,
        statistic: finite(verdict.statistic),
    }
}

fn figure(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(|| "-".into(), |value| format!("{value:.digits$}"))
}
