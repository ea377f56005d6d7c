//! Compares synthetic with sensitive records for a file of records:
//! `cargo run --example disclosure_quality -- records.csv K EPSILON`

use palermo_stats::disclosure::dp::{
    Ledger, MarginalSettings, NoiseSource, Promise, noisy_marginals, synthesise_from,
};
use palermo_stats::disclosure::{
    Attributes, Fit, LengthQuality, Records, Seeding, Threshold, compare, synthesise,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [file, k, epsilon] = given.as_slice() else {
        return Err("expected a file, a threshold and an epsilon".into());
    };
    let k: u32 = k.parse()?;
    let people = Attributes::of::<&str>(&Records::from_csv(std::fs::File::open(file)?)?, &[])?;
    for (name, seeding) in [
        ("row-seeded", Seeding::Rows),
        ("unseeded", Seeding::Unseeded),
        ("value-seeded", Seeding::Values { oversampling: 0.1 }),
    ] {
        for fit in [Fit::Singles, Fit::Pairs] {
            let made = synthesise(&people, Threshold::new(k)?, seeding, fit, 1, &mut |_| ())?;
            tell(&format!("{name}, {fit:?}"), &compare(&people, made.attributes(), 4, k)?);
        }
    }
    let n = people.len() as f64;
    let promise = Promise::new(epsilon.parse()?, 1.0 / (n * n.ln()))?;
    let mut ledger = Ledger::new(promise);
    let rho = ledger.budget_rho();
    let spent = ledger.spend("comparison", rho, promise.delta / 2.0)?;
    let mut noise = NoiseSource::operating_system();
    let noisy = noisy_marginals(&people, &MarginalSettings::synthesis(), spent, &mut noise)?;
    let made = synthesise_from(&noisy, 32, 1, &mut |_| ())?;
    tell(
        &format!("differential privacy, epsilon {epsilon}"),
        &compare(&people, made.attributes(), 3, k)?,
    );
    Ok(())
}

fn tell(name: &str, report: &[LengthQuality]) {
    println!("{name}");
    for l in report {
        println!(
            "  length {}: error {:.3}, preserved {:.1} %, leaked {}, made up {}",
            l.length, l.mean_proportional_error, l.preserved_percent, l.leaked, l.fabricated
        );
    }
}
