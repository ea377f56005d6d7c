//! The readers of series and areas, and several series watched at once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_stats::glm::laws::CountLaw;
use palermo_stats::scan::table::{AreaColumns, AreaTable};
use palermo_stats::surveillance::bound::Bound;
use palermo_stats::surveillance::calendar::Calendar;
use palermo_stats::surveillance::flexible::FlexibleOptions;
use palermo_stats::surveillance::many::{benjamini_hochberg, simulated_false_alarm_rate};
use palermo_stats::surveillance::table::SeriesTable;
use palermo_stats::surveillance::watch::{Method, expected_false_alarms, watch};
use proptest::prelude::*;

fn refused(file: &str) -> String {
    SeriesTable::read(file.as_bytes()).unwrap_err().to_string()
}

#[test]
fn a_file_of_series_is_refused_with_the_line_and_column_to_mend() {
    assert_eq!(refused("month,a\n1,2\n"), "the file has no column `t`");
    assert_eq!(
        refused("t,epoch\n1,2\n"),
        "the file has no series: every column but `t`, `epoch` and `population` is one"
    );
    assert_eq!(refused("t,a\n"), "the file has no rows");
    assert_eq!(refused("t,a,a\n1,2,3\n"), "the column `a` appears twice");
    assert_eq!(refused("t,a\n1,2\n3,4\n"), "line `3`: the period is `3`, expected `2`");
    assert_eq!(
        refused("t,a\n1,2.5\n"),
        "line `2`, column `a`: `2.5` is not a count (a whole number, 0 or more)"
    );
    assert_eq!(
        refused("t,population,a\n1,0,2\n"),
        "line `2`, column `population`: `0` is not a number above 0"
    );
    assert_eq!(
        refused("t,epoch,a\n1,2024-01-01,2\n2,2024-02-30,2\n"),
        "line `3`, column `epoch`: `2024-02-30` is not a date like `2024-05-31`"
    );
}

#[test]
fn areas_need_one_row_for_each_period() {
    let columns = AreaColumns { time: Some("month".into()), ..AreaColumns::default() };
    let read = |file: &str| AreaTable::read(file.as_bytes(), &columns);
    let file =
        "id,month,x,y,cases,population\nA,2,0,0,3,9\nB,1,1,0,1,8\nA,1,0,0,5,9\nB,2,1,0,2,8\n";
    let table = read(file).unwrap();
    assert_eq!(table.periods, [1, 2]);
    assert_eq!(table.areas[0].cases, [5, 3]);
    let short = file.trim_end().rsplit_once('\n').unwrap().0;
    assert_eq!(read(short).unwrap_err().to_string(), "area `B` has `1` rows for `2` periods");
    let moved = file.replace("A,1,0,0", "A,1,0,7");
    assert_eq!(
        read(&moved).unwrap_err().to_string(),
        "line `2`: the area has other coordinates than before"
    );
}

#[test]
fn the_weekly_and_monthly_rhythm_is_read_off_the_dates() {
    let frequency = |second: &str| {
        SeriesTable::read(format!("t,epoch,a\n1,2024-01-01,1\n2,{second},1\n").as_bytes())
            .unwrap()
            .likely_frequency()
    };
    assert_eq!(frequency("2024-01-08"), Some(52));
    assert_eq!(frequency("2024-02-01"), Some(12));
    assert_eq!(frequency("2024-01-02"), Some(365));
    assert_eq!(frequency("2024-01-04"), None);
}

#[test]
fn quiet_monthly_series_alarm_no_more_often_than_stated() {
    // Negative-binomial counts around a season; the plug-in bound takes the mean
    // as known, which costs a little on five years of months: allow one half more.
    let alpha = 0.05;
    let laws: Vec<CountLaw> = (0..132)
        .map(|t| {
            CountLaw::with_dispersion(
                20.0 * (0.3 * (f64::from(t) / 12.0 * std::f64::consts::TAU).sin()).exp(),
                1.6,
            )
        })
        .collect();
    for (bound, allowed) in [(Bound::NegativeBinomial, 1.5), (Bound::Muan, 1.0)] {
        let options = FlexibleOptions { alpha, bound, ..FlexibleOptions::monthly() };
        let calendar = Calendar::index(12).unwrap();
        let mut judged = 0;
        let rate = simulated_false_alarm_rate(&laws, 120, 5, |counts| {
            let verdicts = watch(&[counts.to_vec()], None, &calendar, &Method::Flexible(options))
                .unwrap()
                .remove(0);
            judged += verdicts.iter().filter(|v| v.upper.is_some()).count();
            verdicts.iter().filter(|v| v.alarm).count()
        }) * (120 * 132) as f64
            / judged as f64;
        assert!(judged > 120 * 60);
        assert!(rate <= alpha * allowed, "{bound:?}: {rate}");
        assert!(rate >= alpha / 10.0, "{bound:?}: {rate}");
    }
}

#[test]
fn a_step_of_three_times_the_mean_is_detected_in_its_first_period() {
    let mut counts: Vec<f64> = (0..90).map(|i| f64::from(10 + (i * 7) % 5)).collect();
    counts[80] *= 3.0;
    let watched = watch(
        &[counts],
        None,
        &Calendar::index(12).unwrap(),
        &Method::Flexible(FlexibleOptions::monthly()),
    )
    .unwrap();
    let alarms: Vec<usize> =
        watched[0].iter().enumerate().filter_map(|(t, v)| v.alarm.then_some(t)).collect();
    assert_eq!(alarms, [80]);
}

#[test]
fn only_series_that_are_judged_count_for_false_alarms() {
    let calendar = Calendar::index(12).unwrap();
    let series = vec![vec![7.0; 100]; 3];
    let options = FlexibleOptions { alpha: 0.01, ..FlexibleOptions::monthly() };
    let method = Method::Flexible(options);
    let verdicts = watch(&series, None, &calendar, &method).unwrap();
    let expected = expected_false_alarms(&series, &verdicts, &calendar, &method, 1).unwrap();
    assert!((expected - 0.03).abs() < 1e-12);
    let short = vec![vec![7.0; 20]; 3];
    let verdicts = watch(&short, None, &calendar, &method).unwrap();
    assert_eq!(expected_false_alarms(&short, &verdicts, &calendar, &method, 1).unwrap(), 0.0);
}

#[test]
fn a_population_that_doubles_explains_cases_that_double() {
    let population: Vec<f64> = (0..100).map(|t| if t < 90 { 1000.0 } else { 2000.0 }).collect();
    let mut counts: Vec<f64> = population.iter().map(|n| (n * 0.01).round()).collect();
    let options = FlexibleOptions { trend_threshold: None, ..FlexibleOptions::monthly() };
    let calendar = Calendar::index(12).unwrap();
    let alarms = |counts: &[f64], population: Option<&[f64]>| {
        let watched =
            watch(&[counts.to_vec()], population, &calendar, &Method::Flexible(options)).unwrap();
        watched[0].iter().filter(|v| v.alarm).count()
    };
    assert_eq!(alarms(&counts, Some(&population)), 0);
    assert!(alarms(&counts, None) >= 4);
    counts[99] *= 3.0;
    assert_eq!(alarms(&counts, Some(&population)), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn no_bytes_make_a_reader_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = SeriesTable::read(&bytes[..]);
        let _ = AreaTable::read(&bytes[..], &AreaColumns::default());
    }

    #[test]
    fn no_text_like_a_table_makes_a_reader_fall_over(
        rows in prop::collection::vec("[-0-9A,.eN/]{0,12},[-0-9.,]{0,12}", 0..8),
    ) {
        let file = format!("t,epoch,a\n{}", rows.join("\n"));
        if let Ok(table) = SeriesTable::read(file.as_bytes()) {
            prop_assert!(table.series.iter().all(|series| series.len() == table.t.len()));
            let _ = table.calendar(12);
        }
        let _ = AreaTable::read(format!("x,y,cases,population\n{}", rows.join("\n")).as_bytes(), &AreaColumns::default());
    }

    #[test]
    fn the_order_of_series_does_not_change_their_verdicts(
        series in prop::collection::vec(prop::collection::vec(0u32..20, 80), 2..4),
    ) {
        let series: Vec<Vec<f64>> = series.into_iter().map(|s| s.into_iter().map(f64::from).collect()).collect();
        let calendar = Calendar::index(12).unwrap();
        let method = Method::Flexible(FlexibleOptions::monthly());
        let mut one = watch(&series, None, &calendar, &method).unwrap();
        let turned: Vec<Vec<f64>> = series.iter().rev().cloned().collect();
        let other = watch(&turned, None, &calendar, &method).unwrap();
        one.reverse();
        prop_assert_eq!(one, other);
    }

    #[test]
    fn adjusted_probabilities_are_no_smaller_and_keep_the_order(p in prop::collection::vec(0.0f64..1.0, 1..30)) {
        let q: Vec<f64> = benjamini_hochberg(&p.iter().copied().map(Some).collect::<Vec<_>>()).into_iter().map(Option::unwrap).collect();
        for i in 0..p.len() {
            prop_assert!(q[i] >= p[i] && q[i] <= 1.0);
            for j in 0..p.len() {
                prop_assert!(p[i] > p[j] || q[i] <= q[j]);
            }
        }
    }
}
