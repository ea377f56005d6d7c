//! Probabilistic linkage (Fellegi & Sunter 1969): how much does the agreement of
//! each field speak for two records being about one person?
//!
//! **Assumes** that fields agree independently given match or not, and that each
//! list has a person once. **Do not use** where one wrong link would harm someone
//! without a person looking at it: weights are learnt, not proven.
//!
//! The weight of a pair is log₂ λ/(1 − λ) + Σ log₂ m/u; agreement on a value whose
//! share f is smaller than the average counts log₂ u/f more (term frequencies,
//! Winkler 1988). u comes from all pairs or a random sample, m by [`super::em`]
//! within blocks, each field's from the rules that do not use it (Linacre et al. 2022).

use super::LinkError;
use super::assign::{Pair, greedy, sort};
use super::blocking::Blocking;
use super::em::{EmOptions, Parameters, Patterns, estimate};
use super::lists::Lists;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::HashMap;

/// A trained model.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Share of matches and level probabilities.
    pub parameters: Parameters,
    /// Whether every estimation settled.
    pub converged: bool,
    /// Fields whose m could not be learnt and stayed at their starting value.
    pub not_learnt: Vec<usize>,
}

/// Random pairs from which u is learnt when all pairs are too many.
const SAMPLE: usize = 1_000_000;

/// Learns a model. With rules, u is learnt from a million random pairs drawn by
/// `seed`, without rules from all pairs.
///
/// # Errors
/// When no pair is left by the rules, or too many are.
///
/// # Example
/// ```
/// use palermo_stats::linkage::{blocking::Blocking, fellegi_sunter::{link, train}, invented_lists, lists::{Field, Lists}};
///
/// let (ours, theirs) = invented_lists(400, 1);
/// let rows = |list: &[palermo_stats::linkage::InventedPerson]| list.iter().map(|p| p.values.clone()).collect::<Vec<_>>();
/// let fields = vec![Field::name("given"), Field::name("surname"), Field::date("born"), Field::exact("sex"), Field::exact("nationality")];
/// let lists = Lists::new(fields, &rows(&ours), &rows(&theirs))?;
/// let model = train(&lists, &Blocking::default(), 1)?;
/// let links = link(&lists, &Blocking::default(), &model, 0.5)?;
/// let right = links.iter().filter(|l| ours[l.pair.a].person == theirs[l.pair.b].person).count();
/// // 200 persons are on both lists.
/// assert!(right >= 185 && links.len() - right <= 4, "{right} of {}", links.len());
/// # Ok::<(), palermo_stats::linkage::LinkError>(())
/// ```
pub fn train(lists: &Lists, blocking: &Blocking, seed: u64) -> Result<Model, LinkError> {
    let (a, b) = lists.sizes();
    let guess = (a.min(b) as f64 / 2.0 / (a as f64 * b as f64)).min(0.5);
    if blocking.rules.is_empty() {
        let patterns = lists.all_patterns();
        let start = Parameters::start(guess, patterns.marginals());
        let fit = estimate(&patterns, start, EmOptions::default())?;
        return Ok(Model {
            parameters: fit.parameters,
            converged: fit.converged,
            not_learnt: Vec::new(),
        });
    }
    let start = Parameters::start(guess, chance_levels(lists, seed));
    let (by_rule, union) = blocking.count_patterns(lists)?;
    let mut model = within_blocks(lists, blocking, by_rule, start)?;
    settle_lambda(&mut model.parameters, &union, a as f64 * b as f64);
    Ok(model)
}

/// u: full agreement exactly, by counting values; the other levels from random pairs.
fn chance_levels(lists: &Lists, seed: u64) -> Vec<Vec<f64>> {
    let (a, b) = lists.sizes();
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut counts = vec![0u64; lists.pattern_codes()];
    for _ in 0..SAMPLE {
        let code = lists.pattern(random.random_range(0..a), random.random_range(0..b));
        if let Some(count) = counts.get_mut(code) {
            *count += 1;
        }
    }
    let mut u = lists.counted(&counts).marginals();
    for (field, u) in u.iter_mut().enumerate() {
        let same = lists.chance_agreement(field);
        let Some((top, rest)) = u.split_last_mut() else {
            continue;
        };
        *top = same;
        // A level that the sample never met is rare, not impossible.
        rest.iter_mut().for_each(|share| *share += 0.5 / SAMPLE as f64);
        let others: f64 = rest.iter().sum();
        rest.iter_mut().for_each(|share| *share *= (1.0 - same) / others);
    }
    u
}

/// m from each rule, averaged with the numbers of matches as weights.
fn within_blocks(
    lists: &Lists,
    blocking: &Blocking,
    by_rule: Vec<Patterns>,
    start: Parameters,
) -> Result<Model, LinkError> {
    let mut sums: Vec<Vec<f64>> = start.m.iter().map(|m| vec![0.0; m.len()]).collect();
    let mut converged = true;
    for (rule, mut patterns) in blocking.rules.iter().zip(by_rule) {
        if patterns.rows.is_empty() {
            continue;
        }
        for (levels, _) in &mut patterns.rows {
            for &field in rule {
                if let Some(level) = levels.get_mut(field) {
                    *level = None;
                }
            }
        }
        let (a, b) = lists.sizes();
        let likely = (a.min(b) as f64 / 4.0 / patterns.total()).clamp(1e-6, 0.5);
        let begin = Parameters { lambda: likely, ..start.clone() };
        let options = EmOptions { tolerance: 1e-9, rounds: 2_000, ..EmOptions::default() };
        let fit = estimate(&patterns, begin, options)?;
        converged &= fit.converged;
        let matches = fit.parameters.lambda * patterns.total();
        for (field, (sums, m)) in sums.iter_mut().zip(&fit.parameters.m).enumerate() {
            if !rule.contains(&field) {
                (sums.iter_mut().zip(m)).for_each(|(sum, m)| *sum += matches * m);
            }
        }
    }
    let mut parameters = start;
    let mut not_learnt = Vec::new();
    for (field, (m, sums)) in parameters.m.iter_mut().zip(&sums).enumerate() {
        let total: f64 = sums.iter().sum();
        if total > 0.0 {
            // Half a match in each level, so that no level is impossible.
            let floor = 0.5 / (total + 0.5 * sums.len() as f64);
            (m.iter_mut().zip(sums))
                .for_each(|(m, sum)| *m = sum / total * (1.0 - floor) + floor / sums.len() as f64);
        } else {
            not_learnt.push(field);
        }
    }
    Ok(Model { parameters, converged, not_learnt })
}

/// λ such that it equals the expected matches among all pairs; those outside the
/// blocks are taken as none.
fn settle_lambda(parameters: &mut Parameters, union: &Patterns, pairs: f64) {
    for _ in 0..200 {
        let matches: f64 =
            union.rows.iter().map(|(levels, count)| count * parameters.posterior(levels)).sum();
        let next = (matches / pairs).max(f64::MIN_POSITIVE);
        let change = (next - parameters.lambda).abs();
        parameters.lambda = next;
        if change <= 1e-10 * next {
            break;
        }
    }
}

/// A link with its weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Records; the score is the probability that they are one person's.
    pub pair: Pair,
    /// Weight of the evidence in bits, prior included.
    pub weight: f64,
    /// Level of agreement of each field; nothing where missing.
    pub levels: Vec<Option<usize>>,
}

/// All pairs whose probability is at least `threshold`, heaviest first.
///
/// # Errors
/// When the threshold is not in (0, 1], or too many pairs are to be looked at.
pub fn scored_pairs(
    lists: &Lists,
    blocking: &Blocking,
    model: &Model,
    threshold: f64,
) -> Result<Vec<Link>, LinkError> {
    if !(threshold > 0.0 && threshold <= 1.0) {
        return Err(LinkError::Threshold(threshold));
    }
    let weights = Weights::new(lists, model);
    let scored = blocking.gather(lists, |a, b| {
        let code = lists.pattern(a, b);
        let weight = weights.of(lists, code, a);
        (probability(weight) >= threshold).then_some((Pair { a, b, score: weight }, code))
    })?;
    let codes: HashMap<(usize, usize), usize> =
        scored.iter().map(|(pair, code)| ((pair.a, pair.b), *code)).collect();
    let mut pairs: Vec<Pair> = scored.into_iter().map(|(pair, _)| pair).collect();
    sort(&mut pairs);
    Ok(pairs
        .into_iter()
        .map(|pair| Link {
            weight: pair.score,
            levels: lists.levels(codes.get(&(pair.a, pair.b)).copied().unwrap_or(0)),
            pair: Pair { score: probability(pair.score), ..pair },
        })
        .collect())
}

/// One-to-one links, heaviest first ([`greedy`]).
///
/// # Errors
/// As [`scored_pairs`].
pub fn link(
    lists: &Lists,
    blocking: &Blocking,
    model: &Model,
    threshold: f64,
) -> Result<Vec<Link>, LinkError> {
    let scored = scored_pairs(lists, blocking, model, threshold)?;
    let by_weight = scored.iter().map(|link| Pair { score: link.weight, ..link.pair });
    let kept: std::collections::HashSet<(usize, usize)> =
        greedy(by_weight.collect()).into_iter().map(|pair| (pair.a, pair.b)).collect();
    Ok(scored.into_iter().filter(|link| kept.contains(&(link.pair.a, link.pair.b))).collect())
}

fn probability(weight: f64) -> f64 {
    1.0 / (1.0 + (-weight).exp2())
}

/// Weight of every pattern, and where term frequencies come in.
struct Weights {
    by_code: Vec<f64>,
    /// Field, divisor and radix of its digit, its level of full agreement, u.
    frequencies: Vec<(usize, usize, usize, usize, f64)>,
}

impl Weights {
    fn new(lists: &Lists, model: &Model) -> Self {
        let parameters = &model.parameters;
        let prior = (parameters.lambda / (1.0 - parameters.lambda)).log2();
        let by_code = (0..lists.pattern_codes())
            .map(|code| {
                let levels = lists.levels(code);
                let fields = parameters.m.iter().zip(&parameters.u).zip(levels);
                let evidence = fields.filter_map(|((m, u), level)| {
                    let (m, u) = (m.get(level?)?, u.get(level?)?);
                    // Neither seen among matches nor among others: no evidence.
                    (*m > 0.0 || *u > 0.0).then(|| (m / u).log2().clamp(-100.0, 100.0))
                });
                prior + evidence.sum::<f64>()
            })
            .collect();
        let mut divisor = 1;
        let mut frequencies = Vec::new();
        for (place, field) in lists.fields().iter().enumerate().rev() {
            let radix = field.levels() + 1;
            if field.term_frequency {
                let u = parameters.u.get(place).and_then(|u| u.last()).copied().unwrap_or(0.0);
                frequencies.push((place, divisor, radix, field.levels(), u));
            }
            divisor *= radix;
        }
        Self { by_code, frequencies }
    }

    fn of(&self, lists: &Lists, code: usize, a: usize) -> f64 {
        let mut weight = self.by_code.get(code).copied().unwrap_or(f64::NEG_INFINITY);
        for &(field, divisor, radix, full, u) in &self.frequencies {
            if code / divisor % radix == full && u > 0.0 {
                weight += (u / lists.share(field, a)).log2();
            }
        }
        weight
    }
}
