//! Speed of the early-warning methods and the scan, on seeded series. Read
//! `items/s` as evaluated points per second; the scan as whole scans.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use palermo_stats::glm::laws::CountLaw;
use palermo_stats::scan::{Area, ScanOptions, scan};
use palermo_stats::surveillance::bound::Bound;
use palermo_stats::surveillance::calendar::Calendar;
use palermo_stats::surveillance::cusum::{CusumOptions, cusum};
use palermo_stats::surveillance::ears::{Ears, EarsOptions, ears};
use palermo_stats::surveillance::farrington::{Farrington, FarringtonOptions};
use palermo_stats::surveillance::flexible::{Flexible, FlexibleOptions};
use palermo_stats::surveillance::glr::{GlrOptions, glr};
use palermo_stats::surveillance::in_control::{InControl, Law, learn};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::f64::consts::TAU;

fn main() {
    divan::main();
}

/// Six years of weeks.
const WEEKS: usize = 312;

/// Weekly counts with season, trend, over-dispersion and a few outbreaks.
fn series() -> Vec<f64> {
    let mut random = ChaCha8Rng::seed_from_u64(20_240_917);
    (0..WEEKS)
        .map(|t| {
            let season = (TAU * t as f64 / 52.0).cos();
            let outbreak = if t % 97 > 93 { 3.0 } else { 1.0 };
            let mean = outbreak * (1.2 + 0.002 * t as f64 + 0.4 * season).exp();
            CountLaw::with_dispersion(mean, 1.8).quantile(random.random::<f64>())
        })
        .collect()
}

#[divan::bench(args = [Ears::C1, Ears::C2, Ears::C3])]
fn ears_c(bencher: Bencher<'_, '_>, method: Ears) {
    let (counts, options) = (series(), EarsOptions::new(method));
    bencher
        .counter(ItemsCount::new(WEEKS - 9))
        .bench(|| ears(black_box(&counts), &options).unwrap());
}

/// First period with three full years before it.
const FIRST: usize = 3 * 52 + 3;

#[divan::bench]
fn farrington_classic(bencher: Bencher<'_, '_>) {
    let counts = series();
    let method =
        Farrington::new(FarringtonOptions::default(), Calendar::index(52).unwrap()).unwrap();
    bencher
        .counter(ItemsCount::new(WEEKS - FIRST))
        .bench(|| method.judge(black_box(&counts), None).unwrap());
}

fn flexible(bencher: Bencher<'_, '_>, options: FlexibleOptions) {
    let counts = series();
    let options = FlexibleOptions { years_back: 3, bound: Bound::NegativeBinomial, ..options };
    let method = Flexible::new(options, Calendar::index(52).unwrap()).unwrap();
    bencher
        .counter(ItemsCount::new(WEEKS - FIRST))
        .bench(|| method.judge(black_box(&counts), None).unwrap());
}

#[divan::bench]
fn farrington_flexible(bencher: Bencher<'_, '_>) {
    flexible(bencher, FlexibleOptions::weekly());
}

#[divan::bench]
fn farrington_flexible_without_reweighting(bencher: Bencher<'_, '_>) {
    flexible(bencher, FlexibleOptions { weights_threshold: None, ..FlexibleOptions::weekly() });
}

#[divan::bench]
fn cusum_rossi(bencher: Bencher<'_, '_>) {
    let counts = series();
    let learnt = learn(&counts, 104, 52, InControl::Seasonal, Law::Poisson).unwrap();
    let options = CusumOptions::default();
    bencher
        .counter(ItemsCount::new(WEEKS - 104))
        .bench(|| cusum(black_box(&counts[104..]), &learnt.means, &options).unwrap());
}

/// Four years of weeks around a known seasonal mean, raised by a factor.
fn around_a_mean(raised: f64) -> (Vec<f64>, Vec<f64>) {
    let mut random = ChaCha8Rng::seed_from_u64(52);
    (0..208)
        .map(|t| {
            let mean = (1.5 + 0.4 * (TAU * f64::from(t) / 52.0).cos()).exp();
            let law = CountLaw::NegativeBinomial { mean: mean * raised, size: 4.0 };
            (law.quantile(random.random::<f64>()), mean)
        })
        .unzip()
}

/// In control, and raised by a third without ever alarming: the worst case,
/// where every change point since the beginning stays in play.
#[divan::bench(args = [(0.0, 1.0), (0.0, 1.33), (0.25, 1.0), (0.25, 1.33)])]
fn glr_dispersion_and_rise(bencher: Bencher<'_, '_>, (alpha, raised): (f64, f64)) {
    let (counts, means) = around_a_mean(raised);
    let threshold = if raised > 1.0 { 1e9 } else { 5.0 };
    let options = GlrOptions::negative_binomial(threshold, alpha);
    bencher
        .counter(ItemsCount::new(counts.len()))
        .bench(|| glr(black_box(&counts), black_box(&means), &options).unwrap());
}

/// As many areas and cases as the leukaemia data of upstate New York.
fn areas() -> Vec<Area> {
    let mut random = ChaCha8Rng::seed_from_u64(281);
    let mut areas: Vec<Area> = (0..281)
        .map(|_| {
            let (x, y) = (random.random::<f64>(), random.random::<f64>());
            Area::new(x, y, 0, random.random_range(500.0..8000.0))
        })
        .collect();
    for _ in 0..592 {
        let hit = random.random_range(0..areas.len());
        areas[hit].cases[0] += 1;
    }
    areas
}

#[divan::bench(sample_count = 10)]
fn kulldorff_281_areas_999_replicas(bencher: Bencher<'_, '_>) {
    let areas = areas();
    bencher.bench(|| scan(black_box(&areas), &ScanOptions::default()).unwrap());
}

#[divan::bench(sample_count = 10)]
fn kulldorff_281_areas_999_replicas_one_thread(bencher: Bencher<'_, '_>) {
    let areas = areas();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    bencher.bench(|| pool.install(|| scan(black_box(&areas), &ScanOptions::default()).unwrap()));
}
