//! Zones, what is expected in them, and the likelihood ratio of each.

use super::{Area, ScanError, ScanOptions};

/// Likelihood of the cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// Cases are Poisson: rare in their population.
    Poisson,
    /// Cases are a share of a finite population.
    Binomial,
}

/// All zones: around each centre a growing list of neighbours; and for each
/// number of last periods what is expected in them.
pub(super) struct Plan {
    pub(super) areas: usize,
    /// Neighbours of all centres, one list after the other, nearest first.
    order: Vec<u32>,
    /// Where the list of each centre begins, and the end.
    starts: Vec<usize>,
    /// One for every number of last periods, beginning with one.
    layers: Vec<Layer>,
    /// Expected share of each cell (area by area, period by period).
    pub(super) shares: Vec<f64>,
    pub(super) periods: usize,
    pub(super) total_cases: u64,
    total_population: f64,
    statistic: Statistic,
}

/// Expected cases, population and screening factor of each zone: the ratio is at
/// most the square of factor times excess. It is a sum of `E h(d/E)` with
/// `h(u) = (1 + u) ln(1 + u) − u`, which is at most `u²/2` above 0 and `u²` below.
struct Layer {
    periods: usize,
    expected: Vec<f64>,
    population: Vec<f64>,
    screen: Vec<f64>,
}

/// A zone with more cases than expected.
pub(super) struct Candidate {
    pub(super) centre: usize,
    pub(super) size: usize,
    pub(super) periods: usize,
    pub(super) cases: u64,
    pub(super) expected: f64,
    pub(super) llr: f64,
}

/// Replicas worked on side by side, so that one pass over the zones serves all.
pub(super) const LANES: usize = 8;

impl Plan {
    pub(super) fn new(areas: &[Area], options: &ScanOptions) -> Result<Self, ScanError> {
        let periods = areas[0].cases.len();
        let total_cases: u64 = areas.iter().flat_map(|area| &area.cases).sum();
        let total_population: f64 = areas.iter().flat_map(|area| &area.population).sum();
        let basis: Vec<&[f64]> =
            areas.iter().map(|area| area.expected.as_deref().unwrap_or(&area.population)).collect();
        let total_basis: f64 = basis.iter().flat_map(|cells| cells.iter()).sum();
        if total_cases == 0 || total_basis <= 0.0 || total_population <= 0.0 {
            return Err(ScanError::Empty);
        }
        // Populations are always brought to the scale of cases; expected counts when asked.
        let given = areas[0].expected.is_some() && options.statistic == Statistic::Poisson;
        let scale = if given && !options.rescale { 1.0 } else { total_cases as f64 / total_basis };
        let (order, starts) = neighbours(areas, options.max_population * total_population);
        let mut plan = Self {
            areas: areas.len(),
            order,
            starts,
            layers: Vec::new(),
            shares: basis.iter().flat_map(|cells| cells.iter().map(|e| e / total_basis)).collect(),
            periods,
            total_cases,
            total_population,
            statistic: options.statistic,
        };
        let longest = ((periods as f64 * options.max_time).floor() as usize).clamp(1, periods);
        // A scan in space alone has the single period as its only layer.
        plan.layers = (1..=longest).map(|m| plan.layer(areas, &basis, scale, m)).collect();
        Ok(plan)
    }

    fn layer(&self, areas: &[Area], basis: &[&[f64]], scale: f64, periods: usize) -> Layer {
        let recent = |cells: &[f64]| cells[self.periods - periods..].iter().sum::<f64>();
        let (mut expected, mut population) = (Vec::new(), Vec::new());
        for centre in self.starts.windows(2) {
            let (mut e, mut n) = (0.0, 0.0);
            for &area in &self.order[centre[0]..centre[1]] {
                e += scale * recent(basis[area as usize]);
                n += recent(&areas[area as usize].population);
                expected.push(e);
                population.push(n);
            }
        }
        let total = self.total_cases as f64;
        let screen = expected
            .iter()
            .zip(&population)
            .map(|(&e, &n)| match self.statistic {
                Statistic::Poisson => 0.5 / e + 1.0 / (total - e),
                Statistic::Binomial => {
                    let well_outside = self.total_population - n - (total - e);
                    0.5 / e + 1.0 / (n - e) + 1.0 / (total - e) + 0.5 / well_outside
                }
            })
            .map(
                |factor| {
                    if factor.is_finite() && factor > 0.0 { factor.sqrt() } else { f64::INFINITY }
                },
            )
            .collect();
        Layer { periods, expected, population, screen }
    }

    pub(super) fn zones(&self) -> usize {
        self.order.len() * self.layers.len()
    }

    pub(super) fn layers(&self) -> usize {
        self.layers.len()
    }

    pub(super) fn members(&self, candidate: &Candidate) -> Vec<usize> {
        let start = self.starts[candidate.centre];
        self.order[start..start + candidate.size].iter().map(|&area| area as usize).collect()
    }

    /// Every zone with more cases than expected.
    pub(super) fn candidates(&self, areas: &[Area]) -> Vec<Candidate> {
        let mut found = Vec::new();
        for layer in &self.layers {
            for centre in 0..self.areas {
                let mut cases = 0;
                for zone in self.starts[centre]..self.starts[centre + 1] {
                    let counts = &areas[self.order[zone] as usize].cases;
                    cases += counts[self.periods - layer.periods..].iter().sum::<u64>();
                    let llr = self.ratio(layer, zone, cases as f64);
                    if llr > 0.0 {
                        found.push(Candidate {
                            centre,
                            size: zone + 1 - self.starts[centre],
                            periods: layer.periods,
                            cases,
                            expected: layer.expected[zone],
                            llr,
                        });
                    }
                }
            }
        }
        found
    }

    /// Raises `best` to the largest ratio of each lane. `counts[l * areas + i]`
    /// are the cases of area `i` in the last `l + 1` periods.
    pub(super) fn raise(&self, counts: &[[f64; LANES]], best: &mut [f64; LANES]) {
        for (layer, counts) in self.layers.iter().zip(counts.chunks_exact(self.areas)) {
            for centre in self.starts.windows(2) {
                self.raise_around(layer, centre[0]..centre[1], counts, best);
            }
        }
    }

    fn raise_around(
        &self,
        layer: &Layer,
        zones: std::ops::Range<usize>,
        counts: &[[f64; LANES]],
        best: &mut [f64; LANES],
    ) {
        let mut cases = [0.0; LANES];
        // A hair below, so that rounding in the root cannot hide an equal.
        let root = |best: f64| best.sqrt() * (1.0 - 1e-12);
        let mut least = best.map(root);
        let order = &self.order[zones.clone()];
        let expected = &layer.expected[zones.clone()];
        let screen = &layer.screen[zones.clone()];
        for (i, ((&area, &e), &factor)) in order.iter().zip(expected).zip(screen).enumerate() {
            let add = &counts[area as usize];
            // Whole masks, not a branch per lane: this is the loop that counts.
            let mut hits = [0u64; LANES];
            for lane in 0..LANES {
                cases[lane] += add[lane];
                hits[lane] = u64::from((cases[lane] - e) * factor > least[lane]);
            }
            if hits.iter().fold(0, |all, hit| all | hit) == 0 {
                continue;
            }
            for lane in (0..LANES).filter(|&lane| hits[lane] == 1) {
                let llr = self.ratio(layer, zones.start + i, cases[lane]);
                if llr > best[lane] {
                    best[lane] = llr;
                    least[lane] = root(llr);
                }
            }
        }
    }

    /// Log likelihood ratio of a zone with so many cases; 0 with no more than
    /// expected.
    fn ratio(&self, layer: &Layer, zone: usize, cases: f64) -> f64 {
        let (expected, total) = (layer.expected[zone], self.total_cases as f64);
        if cases <= expected || expected <= 0.0 || total <= expected {
            return 0.0;
        }
        let outside = total - cases;
        let gain = |count: f64, base: f64| {
            if count > 0.0 { count * (count / base).ln() } else { 0.0 }
        };
        match self.statistic {
            Statistic::Poisson => gain(cases, expected) + gain(outside, total - expected),
            Statistic::Binomial => {
                let (n, all) = (layer.population[zone], self.total_population);
                let rate = total / all;
                let (well_in, well_out) = (n - cases, all - n - outside);
                gain(cases, n * rate)
                    + gain(outside, (all - n) * rate)
                    + gain(well_in, n * (1.0 - rate))
                    + gain(well_out, (all - n) * (1.0 - rate))
            }
        }
    }
}

/// For each area its neighbours by distance, itself first, as long as their
/// population stays within the limit.
fn neighbours(areas: &[Area], limit: f64) -> (Vec<u32>, Vec<usize>) {
    let (mut order, mut starts) = (Vec::new(), vec![0]);
    let mut by_distance: Vec<(f64, u32)> = Vec::with_capacity(areas.len());
    for centre in areas {
        by_distance.clear();
        by_distance.extend(
            areas
                .iter()
                .zip(0u32..)
                .map(|(area, i)| ((area.x - centre.x).powi(2) + (area.y - centre.y).powi(2), i)),
        );
        by_distance.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut population = 0.0;
        for &(_, i) in &by_distance {
            population += areas[i as usize].population.iter().sum::<f64>();
            // A hair of slack: one half of an even split is within one half.
            if population > limit * (1.0 + 1e-12) {
                break;
            }
            order.push(i);
        }
        starts.push(order.len());
    }
    (order, starts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn screening_finds_the_largest_ratio_of_all_zones() -> Result<(), ScanError> {
        let mut random = ChaCha8Rng::seed_from_u64(11);
        for round in 0..60 {
            let statistic = if round % 2 == 0 { Statistic::Poisson } else { Statistic::Binomial };
            let areas: Vec<Area> = (0..20)
                .map(|_| Area {
                    cases: (0..3).map(|_| random.random_range(0..9)).collect(),
                    population: (0..3).map(|_| random.random_range(10.0..60.0)).collect(),
                    ..Area::new(random.random::<f64>(), random.random::<f64>(), 0, 0.0)
                })
                .collect();
            let options = ScanOptions { statistic, max_time: 1.0, ..ScanOptions::default() };
            let plan = Plan::new(&areas, &options)?;
            let plainly = plan.candidates(&areas).iter().map(|zone| zone.llr).fold(0.0, f64::max);
            let counts: Vec<[f64; LANES]> = (1..=3)
                .flat_map(|m| areas.iter().map(move |area| area.cases[3 - m..].iter().sum::<u64>()))
                .map(|cases| [cases as f64; LANES])
                .collect();
            let mut best = [0.0; LANES];
            plan.raise(&counts, &mut best);
            assert!(best.iter().all(|found| (found - plainly).abs() < 1e-12), "{best:?} {plainly}");
        }
        Ok(())
    }
}
