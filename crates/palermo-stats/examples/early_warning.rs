//! Five invented monthly series watched by three methods at once: what a person
//! at a regional desk would see, with the alarms to be expected by chance.
//!
//! Run with `cargo run --example early_warning`.

use palermo_stats::glm::laws::CountLaw;
use palermo_stats::surveillance::calendar::Calendar;
use palermo_stats::surveillance::ears::{Ears, EarsOptions};
use palermo_stats::surveillance::flexible::FlexibleOptions;
use palermo_stats::surveillance::glr::GlrOptions;
use palermo_stats::surveillance::in_control::{InControl, Law};
use palermo_stats::surveillance::watch::{Method, QuietPhase, expected_false_alarms, watch};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Ten years of months; in the last three the route of series 2 trebles.
fn series() -> Vec<Vec<f64>> {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    (0..5)
        .map(|route| {
            (0..120)
                .map(|t| {
                    let season = (std::f64::consts::TAU * f64::from(t) / 12.0).sin();
                    let shift = if route == 2 && t >= 117 { 3.0 } else { 1.0 };
                    let mean = shift * f64::from(route + 2) * (0.3 * season).exp();
                    CountLaw::with_dispersion(mean, 1.5).quantile(random.random::<f64>())
                })
                .collect()
        })
        .collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (series, calendar) = (series(), Calendar::index(12)?);
    let quiet = QuietPhase { baseline: 48, shape: InControl::Seasonal };
    let methods = [
        ("EARS C1", Method::Ears(EarsOptions { min_sigma: 1.0, ..EarsOptions::new(Ears::C1) })),
        ("Farrington flexible", Method::Flexible(FlexibleOptions::monthly())),
        (
            "GLR, negative binomial",
            Method::Glr {
                options: GlrOptions::poisson(5.0),
                quiet,
                law: Law::NegativeBinomial,
                alpha: None,
            },
        ),
    ];
    for (name, method) in methods {
        let verdicts = watch(&series, None, &calendar, &method)?;
        let chance = expected_false_alarms(&series, &verdicts, &calendar, &method, 1)?;
        println!("{name}: {chance:.2} false alarms a month to be expected");
        for (route, verdicts) in verdicts.iter().enumerate() {
            for (t, verdict) in verdicts.iter().enumerate().skip(108).filter(|(_, v)| v.alarm) {
                println!(
                    "  month {t}, series {route}: {} cases, {:.1} expected",
                    verdict.observed,
                    verdict.expected.unwrap_or(f64::NAN)
                );
            }
        }
    }
    Ok(())
}
