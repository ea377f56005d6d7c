//! Reproduces what Chan, Silverman & Vincent (2021, section 5) publish on the
//! Western city: 345 victims of trafficking on five lists. They give 2,483
//! persons for the model chosen at p = 0.02, with bootstrap interval 1,293 to
//! 3,670.
//!
//! Run with `cargo run -p palermo-stats --example western_city`.

use palermo_stats::estimate::{
    Lists, Selection, Settings, bca_interval, report, stepwise, trace_stepwise,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lists = Lists::new(
        ["A", "B", "C", "D", "E"],
        [
            (0b00001, 52),
            (0b00010, 90),
            (0b00100, 114),
            (0b01000, 45),
            (0b10000, 21),
            (0b00101, 4),
            (0b01001, 2),
            (0b10001, 5),
            (0b00110, 6),
            (0b01010, 1),
            (0b11000, 3),
            (0b10101, 1),
            (0b01110, 1),
        ],
    )?;

    println!("threshold  model        total   95 % normal");
    for threshold in [0.0, 0.001, 0.01, 0.02, 0.05] {
        let fit = stepwise(&lists, threshold);
        let (Some(total), Some(interval)) = (fit.total(), fit.normal_interval(0.95)) else {
            continue;
        };
        let model = fit.model().to_string();
        println!(
            "{threshold:>9}  {model:<11}  {total:>5.0}   {:.0} to {:.0}",
            interval.lower, interval.upper
        );
    }

    println!("\nfirst round of the choice at 0.02");
    let (trace, _) = trace_stepwise(&lists, 0.02);
    for candidate in trace.iter().filter(|c| c.cycle == 1) {
        println!(
            "{:05b}  overlap {:>2}, expected {:>5.2}, p {:.5}{}",
            candidate.pair.reverse_bits() >> 27,
            candidate.observed_overlap,
            candidate.expected_overlap,
            candidate.p,
            if candidate.chosen { "  chosen" } else { "" }
        );
    }

    let selection = Selection::Stepwise { threshold: 0.02 };
    let interval = bca_interval(&lists, &selection, 0.95, 10_000, 1, &())?.interval;
    println!(
        "\nbootstrap interval with the choice repeated: {:.0} to {:.0}",
        interval.lower, interval.upper
    );

    println!("\nseveral methods");
    for found in report(&lists, &Settings::default(), &())?.methods {
        if let (Some(total), Some(interval)) = (found.estimate, found.interval) {
            println!(
                "{:<16} {total:>6.0}  {:.0} to {:.0} ({})",
                found.method, interval.lower, interval.upper, interval.method
            );
        }
    }
    Ok(())
}
