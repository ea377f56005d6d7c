//! One method on one set of lists: the estimate, its interval, and what
//! speaks against it.

use super::bootstrap::{NoBca, Selection, bca_interval};
use super::fit::Fitter;
use super::model::pairs;
use super::report::{EstimateRefused, IntervalKind, MethodResult, Settings};
use super::search::{best_models, default_max_order};
use super::special::poisson_one_sided;
use super::{
    GraphSettings, Interval, LatentSettings, Lists, LoglinearFit, Method, Mixing, Model,
    ModelScore, Progress, SimpleEstimate, ThresholdSettings, all_models, average_over_graphs,
    bayes_threshold, chao, chapman, downhill, fit_closed, latent_classes, lincoln_petersen,
    profile_interval, stepwise,
};

fn is_slow(mixing: Mixing) -> bool {
    mixing.r_hat.is_nan()
        || mixing.r_hat > 1.01
        || mixing.ess_bulk < 400.0
        || mixing.ess_tail < 400.0
}

pub(crate) struct Run<'a> {
    lists: &'a Lists,
    method: Method,
    settings: &'a Settings,
    progress: &'a dyn Progress,
    /// In a report other methods stand beside this one, and settings for
    /// some methods are no mistake.
    pub(crate) in_report: bool,
    result: MethodResult,
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        lists: &'a Lists,
        method: Method,
        settings: &'a Settings,
        progress: &'a dyn Progress,
    ) -> Self {
        Self {
            lists,
            method,
            settings,
            progress,
            in_report: false,
            result: MethodResult {
                method: method.name(),
                lists: lists.names().to_vec(),
                observed: lists.observed(),
                model: None,
                estimate: None,
                dark_figure: None,
                interval: None,
                exists: true,
                identifiable: true,
                bic: None,
                warnings: Vec::new(),
                mixing: None,
                assumptions: Vec::new(),
            },
        }
    }

    pub(crate) fn result(mut self) -> Result<MethodResult, EstimateRefused> {
        let fixed = self.settings.interval.is_some() && !self.method.selects();
        if fixed && self.method != Method::Mt && !self.in_report {
            self.warn(format!(
                "`{}` has an interval of its own; the kind asked for was not used",
                self.method
            ));
        }
        match self.method {
            Method::Loglinear => self.loglinear(),
            Method::AllModels => self.all_models()?,
            Method::Downhill => self.downhill(),
            Method::LatentClass => self.latent_class(),
            Method::Graphs => self.graphs()?,
            Method::BayesThreshold => self.bayes_threshold(),
            Method::Mt => {
                let model = Model::main_effects(self.lists.len());
                let fit = LoglinearFit::new(self.lists, &model);
                let kind = match self.settings.interval {
                    Some(kind) if !self.in_report => kind,
                    _ => IntervalKind::Normal,
                };
                self.take_fit(&fit, &Selection::Fixed(model), kind);
            }
            Method::ChaoMoment => {
                let found = chao(self.lists);
                self.take_simple(found, "nobody is on exactly two lists");
            }
            Method::LincolnPetersen | Method::Chapman => self.two_lists()?,
            _ => self.closed(),
        }
        Ok(self.result)
    }

    fn warn(&mut self, warning: impl Into<String>) {
        self.result.warnings.push(warning.into());
    }

    fn take(&mut self, total: f64, interval: Interval) {
        self.result.estimate = Some(total);
        self.result.dark_figure = Some(total - self.lists.observed() as f64);
        self.result.interval = Some(interval);
    }

    fn loglinear(&mut self) {
        let threshold = self.settings.threshold;
        let fit = stepwise(self.lists, threshold);
        self.take_chosen(&fit, &Selection::Stepwise { threshold });
        if fit.total().is_none() || threshold == 0.0 {
            return;
        }
        // Pairs that another usual threshold would have decided otherwise.
        let mut fitter = Fitter::with_table(self.lists.len(), &self.lists.table());
        fitter.fit(fit.model().terms(), super::fit::Start::Cold);
        let near: Vec<String> = pairs(self.lists.len())
            .filter(|&pair| !fit.model().contains(pair))
            .filter(|&pair| {
                let p = poisson_one_sided(fitter.overlap(pair), fitter.expected_overlap(pair));
                p < 2.5 * threshold
            })
            .map(|pair| self.name_pair(pair))
            .collect();
        if !near.is_empty() {
            self.warn(format!(
                "just above the threshold and left out: {}; try other thresholds",
                near.join(", ")
            ));
        }
    }

    fn all_models(&mut self) -> Result<(), EstimateRefused> {
        let t = self.lists.len();
        let order = self.settings.max_order.unwrap_or_else(|| default_max_order(t));
        let scores = all_models(self.lists, order)?;
        let best = best_models(scores.clone(), 1);
        let Some(first) = best.first() else {
            let none = LoglinearFit::new(self.lists, &Model::main_effects(t));
            self.result.exists = none.exists();
            self.result.identifiable = none.identifiable();
            self.warn("no model has an estimate");
            return Ok(());
        };
        self.near_ties(&scores, first);
        let fit = LoglinearFit::new(self.lists, &first.model());
        self.take_chosen(&fit, &Selection::among_the_best(t, scores));
        Ok(())
    }

    fn near_ties(&mut self, scores: &[ModelScore], best: &ModelScore) {
        let close = scores.iter().filter(|s| s.bic - best.bic < 2.0);
        let totals: Vec<f64> = close.filter_map(|s| s.total).collect();
        let low = totals.iter().copied().fold(f64::INFINITY, f64::min);
        let high = totals.iter().copied().fold(0.0, f64::max);
        if totals.len() > 1 && high > 1.1 * low {
            self.warn(format!(
                "{} models are within 2 of the best criterion, with totals from {low:.0} to \
                 {high:.0}",
                totals.len()
            ));
        }
    }

    fn downhill(&mut self) {
        let t = self.lists.len();
        let usual = (t as u32 - 1).min(3);
        let max_order = self.settings.max_order.unwrap_or(usual);
        let found = downhill(self.lists, max_order);
        self.take_chosen(&found.fit, &Selection::Downhill { max_order });
        self.warn(format!(
            "the search looked at {} models and may have stopped at a local optimum",
            found.considered
        ));
    }

    /// A fit that was chosen on the data.
    fn take_chosen(&mut self, fit: &LoglinearFit, selection: &Selection) {
        let kind = self.settings.interval.unwrap_or(IntervalKind::Normal);
        self.take_fit(fit, selection, kind);
        if kind != IntervalKind::Bca && self.result.interval.is_some() {
            self.warn("the interval takes the chosen model as given; it is too narrow");
        }
    }

    fn take_fit(&mut self, fit: &LoglinearFit, selection: &Selection, kind: IntervalKind) {
        self.result.model = Some(fit.model().to_string());
        self.result.exists = fit.exists();
        self.result.identifiable = fit.identifiable();
        self.result.estimate = fit.total();
        self.result.dark_figure = fit.dark_figure();
        self.result.bic = fit.bic();
        if fit.total().is_none() {
            self.warn(if !fit.exists() {
                "the maximum likelihood estimate does not exist: the likelihood rises for ever"
            } else if !fit.identifiable() {
                "the data do not determine the estimate"
            } else {
                "the estimate exists but is too extreme to be computed"
            });
            return;
        }
        let hollow: Vec<String> = fit
            .coefficients()
            .iter()
            .filter(|c| c.1 == f64::NEG_INFINITY && c.0.count_ones() == 2)
            .map(|c| self.name_pair(c.0))
            .collect();
        if !hollow.is_empty() {
            self.warn(format!("in the model although they share nobody: {}", hollow.join(", ")));
        }
        let level = self.settings.level;
        self.result.interval = match kind {
            IntervalKind::Normal => fit.normal_interval(level),
            IntervalKind::Profile => {
                profile_interval(self.lists, fit.model(), level).map(|p| p.interval)
            }
            IntervalKind::Bca => self.bootstrap(selection),
        };
        if self.result.interval.is_none() && kind == IntervalKind::Profile {
            self.warn("the profile likelihood could not be followed");
        }
    }

    fn bootstrap(&mut self, selection: &Selection) -> Option<Interval> {
        let Settings { level, bootstrap, seed, .. } = *self.settings;
        let found = bca_interval(self.lists, selection, level, bootstrap, seed, self.progress);
        match found {
            Ok(found) => {
                if found.failed > 0 {
                    self.warn(format!(
                        "{} of {bootstrap} bootstrap samples have no estimate and are left out",
                        found.failed
                    ));
                }
                if found.ties * 200 > bootstrap {
                    self.warn(format!(
                        "{} bootstrap samples repeat the estimate exactly; the interval is coarse",
                        found.ties
                    ));
                }
                let extreme = 1.0 / bootstrap as f64;
                let (low, high) =
                    (found.bca.level(0.5 - level / 2.0), found.bca.level(0.5 + level / 2.0));
                if low < extreme || high > 1.0 - extreme {
                    self.warn(
                        "a limit rests on the most extreme bootstrap sample; take more samples",
                    );
                }
                Some(found.interval)
            }
            Err(NoBca::NoEstimate) => None,
            Err(reason) => {
                self.warn(reason.to_string());
                None
            }
        }
    }

    fn latent_class(&mut self) {
        let settings = LatentSettings { seed: self.settings.seed, ..LatentSettings::default() };
        let mut draws = latent_classes(self.lists, &settings, self.progress);
        if is_slow(draws.mixing) {
            // Ten times as long, from the start; what is still slow is told.
            let longer =
                LatentSettings { burn_in: 100_000, draws: 10_000, thinning: 100, ..settings };
            draws = latent_classes(self.lists, &longer, self.progress);
        }
        self.take(draws.quantile(0.5), draws.interval(self.settings.level));
        self.check_mixing(draws.mixing);
        if draws.redrawn as f64 > 1e-3 * draws.mixing.draws as f64 {
            self.warn(format!(
                "the posterior is cut off at twenty times the observed ({} draws repeated)",
                draws.redrawn
            ));
        }
        // Without anybody on two lists the posterior is little but its prior.
        if self.lists.frequencies().iter().skip(2).sum::<u64>() == 0 {
            self.warn("nobody is on two lists: the posterior is that of the prior");
        }
    }

    fn check_mixing(&mut self, mixing: Mixing) {
        if is_slow(mixing) {
            self.warn(format!(
                "slow mixing: R-hat {:.3}, effective sample size {:.0} (tails {:.0}); do not rely \
                 on the number",
                mixing.r_hat, mixing.ess_bulk, mixing.ess_tail
            ));
        }
        self.result.mixing = Some(mixing);
    }

    fn graphs(&mut self) -> Result<(), EstimateRefused> {
        let settings = GraphSettings::usual(self.lists);
        let average = average_over_graphs(self.lists, &settings, self.progress)?;
        let level = self.settings.level;
        self.take(average.quantile(0.5) as f64, average.interval(level));
        if average.mass_at_end() * settings.most_unseen as f64 > 0.01 {
            self.warn(format!(
                "the posterior reaches {} unobserved, where it is cut off",
                settings.most_unseen
            ));
        }
        let humps = average.humps(0.05);
        if humps.len() > 1 {
            let tops: Vec<String> = humps.iter().map(ToString::to_string).collect();
            self.warn(format!(
                "the posterior has {} humps, around {}: the median describes none of them",
                humps.len(),
                tops.join(" and ")
            ));
        }
        Ok(())
    }

    fn bayes_threshold(&mut self) {
        let settings =
            ThresholdSettings { seed: self.settings.seed, ..ThresholdSettings::default() };
        let Some(draws) = bayes_threshold(self.lists, &settings, self.progress) else {
            self.result.exists = false;
            self.warn("the posterior has no mode; is a list without persons?");
            return;
        };
        self.result.model = Some(draws.model.to_string());
        self.take(draws.quantile(0.5), draws.interval(self.settings.level));
        self.check_mixing(draws.mixing);
        let near: Vec<String> = draws
            .statistics
            .iter()
            .filter(|s| (s.1 - settings.threshold).abs() < 0.3)
            .map(|s| self.name_pair(s.0))
            .collect();
        if !near.is_empty() {
            self.warn(format!("close to the threshold: {}", near.join(", ")));
        }
        self.warn("the interval does not include the choice of the pairs");
    }

    fn closed(&mut self) {
        let Some(model) = self.method.closed_model() else {
            return;
        };
        self.result.model = Some(model.name().into());
        let Some(fit) = fit_closed(self.lists, model) else {
            self.result.exists = false;
            self.warn("the model has no estimate on these lists");
            return;
        };
        self.take(fit.total(), fit.normal_interval(self.settings.level));
        self.result.bic = Some(fit.bic);
        if !fit.converged {
            self.warn("the fit did not come to rest");
        }
        if fit.log_error > 1.0 {
            self.warn("the standard error is larger than the estimate: hardly any information");
        }
    }

    fn two_lists(&mut self) -> Result<(), EstimateRefused> {
        if self.lists.len() != 2 {
            return Err(EstimateRefused::NotTwoLists {
                method: self.method,
                lists: self.lists.len(),
            });
        }
        let found = if self.method == Method::Chapman {
            chapman(self.lists, 0, 1)
        } else {
            lincoln_petersen(self.lists, 0, 1)
        };
        if self.lists.overlap(0b11) == 0 {
            self.warn("the two lists share nobody");
        }
        self.take_simple(found, "the formula divides by nought");
        Ok(())
    }

    fn take_simple(&mut self, found: Option<SimpleEstimate>, otherwise: &str) {
        match found {
            Some(found) => self.take(found.total, found.interval(self.settings.level)),
            None => {
                self.result.exists = false;
                self.warn(otherwise);
            }
        }
    }

    fn name_pair(&self, pair: u32) -> String {
        let names = self.lists.names().iter().enumerate();
        let pair: Vec<&str> = names
            .filter(|(list, _)| pair >> list & 1 == 1)
            .map(|(_, name)| name.as_str())
            .collect();
        pair.join(" and ")
    }
}
