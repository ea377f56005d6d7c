//! Invented records for examples, tests and benchmarks: nobody in them exists.

use super::records::{Column, Records};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const PROFILES: usize = 12;

// Name, number of values, per mille of records with a value.
const COLUMNS: [(&str, u32, u32); 8] = [
    ("yearOfRegistration", 20, 1000),
    ("gender", 3, 980),
    ("ageBroad", 9, 760),
    ("citizenship", 60, 890),
    ("countryOfExploitation", 40, 850),
    ("traffickMonths", 3, 310),
    ("typeOfLabour", 8, 400),
    ("recruiterRelation", 4, 350),
];

/// Invented case records from twelve latent profiles: eight coded columns and
/// as many yes/no columns (`1`, `0`) as are asked for beyond those. With 30
/// columns there are 169 attributes and about nine to a record.
///
/// The same seed gives the same records on every machine: only integers are
/// used. Values are skewed within each profile, so pairs of columns depend on
/// each other as they do in case data.
///
/// ```
/// use palermo_stats::disclosure::invented_records;
/// let records = invented_records(200, 30, 7);
/// assert_eq!((records.len(), records.columns().len()), (200, 30));
/// assert_eq!(records, invented_records(200, 30, 7));
/// ```
#[must_use]
pub fn invented_records(rows: usize, columns: usize, seed: u64) -> Records {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let specs: Vec<(String, u32, u32)> = COLUMNS
        .iter()
        .map(|&(name, values, filled)| (name.to_owned(), values, filled))
        .chain((0_u32..).map(|at| (format!("means{:02}", at + 1), 1, 170)))
        .take(columns)
        .collect();
    let profiles: Vec<Vec<Profile>> = (0..PROFILES)
        .map(|_| specs.iter().map(|spec| Profile::draw(spec.1, spec.2, &mut rng)).collect())
        .collect();
    // Profiles of unequal size: the i-th is drawn with weight 24/(i+1).
    let sizes: Vec<u32> = (0..PROFILES).map(|i| 24_000 / (i as u32 + 2)).collect();
    let mut codes: Vec<Vec<u16>> = specs.iter().map(|_| Vec::with_capacity(rows)).collect();
    for _ in 0..rows {
        let profile = &profiles[weighted(&sizes, &mut rng)];
        for ((column, shape), spec) in codes.iter_mut().zip(profile).zip(&specs) {
            column.push(shape.value(spec.1, &mut rng));
        }
    }
    let columns = specs
        .into_iter()
        .zip(codes)
        .map(|((name, values, _), codes)| Column { values: labels(&name, values), name, codes })
        .collect();
    Records::from_columns(columns, rows)
}

fn labels(name: &str, values: u32) -> Vec<String> {
    let mut out = vec![String::new()];
    if values == 1 {
        out.extend(["0".to_owned(), "1".to_owned()]);
    } else {
        out.extend((0..values).map(|v| match name {
            "yearOfRegistration" => format!("{}", 2005 + v),
            "citizenship" => format!("C{v:02}"),
            "countryOfExploitation" => format!("D{v:02}"),
            _ => format!("v{v:02}"),
        }));
    }
    out
}

struct Profile {
    weights: Vec<u32>,
    filled: u32,
}

impl Profile {
    fn draw(values: u32, filled: u32, rng: &mut ChaCha8Rng) -> Self {
        // A few values dominate each profile, the rest are a thin tail.
        let mut weights: Vec<u32> = (0..values).map(|_| rng.random_range(2..40_u32)).collect();
        for _ in 0..values.div_ceil(6) {
            let at = rng.random_range(0..values);
            weights[at as usize] += rng.random_range(100..900_u32);
        }
        let filled = match (values, filled) {
            (_, 1000) => 1000,
            // A yes/no question is common in some profiles and rare in others.
            (1, usual) => {
                [usual / 10, usual / 2, usual, usual * 2][rng.random_range(0..4_u32) as usize]
            }
            (_, usual) => (usual + rng.random_range(0..200_u32)).saturating_sub(100).min(1000),
        };
        Self { weights, filled }
    }

    fn value(&self, values: u32, rng: &mut ChaCha8Rng) -> u16 {
        let filled = rng.random_range(0..1000_u32) < self.filled;
        if values == 1 {
            return if filled { 2 } else { 1 };
        }
        if filled { u16::try_from(weighted(&self.weights, rng) + 1).unwrap_or(0) } else { 0 }
    }
}

fn weighted(weights: &[u32], rng: &mut ChaCha8Rng) -> usize {
    let total: u32 = weights.iter().sum();
    let mut at = rng.random_range(0..total.max(1));
    for (index, &weight) in weights.iter().enumerate() {
        if at < weight {
            return index;
        }
        at -= weight;
    }
    weights.len() - 1
}
