//! Course corrections: what an adopted plan changes, why, and what stood before
//! (R031; S3 III.III.3).

use super::{
    Plan, PlanStatus,
    computed::{Computed, Misfit},
    indicator::{Baseline, Definition, Indicator, Target},
    period::Period,
    revise::{Fact, Part},
    unit::Fraction,
};
use crate::register::{day::Day, state::StateCode};
use serde::{Deserialize, Serialize};

/// What is changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Change {
    /// A target.
    Target {
        /// The indicator.
        indicator: String,
        /// The State; nothing for the joint target.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        state: Option<StateCode>,
        /// The period.
        period: Period,
        /// What stood before; nothing if there was none.
        from: Option<f64>,
        /// What stands now; nothing if it is taken away.
        to: Option<f64>,
    },
    /// The definition of an indicator; its series breaks there.
    Definition {
        /// The indicator.
        indicator: String,
        /// Words before.
        from: String,
        /// Words now.
        to: String,
        /// First period the new words count for.
        since: Period,
    },
    /// The baseline of an indicator.
    Baseline {
        /// The indicator.
        indicator: String,
        /// What stood before.
        from: Option<Baseline>,
        /// What stands now.
        to: Baseline,
    },
    /// The figure that Palermo works out for an indicator; its series breaks there.
    /// Before that period it is read as it was.
    Computed {
        /// The indicator.
        indicator: String,
        /// The figure before; nothing where values were reported.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Computed>,
        /// The figure now; nothing where values are reported.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Computed>,
        /// First period it counts for.
        since: Period,
    },
    /// The words of a row.
    Row {
        /// The row.
        row: String,
        /// Words before.
        from: String,
        /// Words now.
        to: String,
    },
    /// Any other fact of the plan, of a row or of an indicator.
    Fact {
        /// What it is about.
        part: Part,
        /// Key of the row or indicator; nothing for the plan.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        key: String,
        /// Which fact.
        fact: Fact,
        /// What stood before.
        from: String,
        /// What stands now.
        to: String,
    },
}

/// A change of an adopted plan with its reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amendment {
    /// The day it was decided.
    pub on: Day,
    /// Who decided.
    pub decided_by: String,
    /// Why.
    pub reason: String,
    /// What.
    pub change: Change,
}

/// Why a plan cannot be changed so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmendRefused {
    /// No reason.
    #[error("say why the plan is changed; the reason stays beside the old figure")]
    NoReason,
    /// Nobody decided.
    #[error("say which body decided the change")]
    NobodyDecided,
    /// What is not there.
    #[error("`{0}` is not in the plan")]
    NotThere(String),
    /// The same as before.
    #[error("nothing changes")]
    NoChange,
    /// A target for what only gives context.
    #[error("indicator `{0}` gives context only and has no target")]
    Context(String),
    /// A figure that the indicator cannot read.
    #[error(transparent)]
    Misfit(#[from] Misfit),
    /// Part of what is counted one by one.
    #[error(transparent)]
    Fraction(#[from] Fraction),
    /// The plan is over.
    #[error("the plan is closed")]
    Closed,
}

/// One cell of a grid of targets.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetCell {
    /// The indicator.
    pub indicator: String,
    /// The State; nothing for the joint target.
    pub state: Option<StateCode>,
    /// The period.
    pub period: Period,
    /// What is to stand there; nothing for no target.
    pub to: Option<f64>,
}

/// Who decided to change an adopted plan, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The day.
    pub on: Day,
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
}

impl Plan {
    /// Sets a target freely while the plan is a draft.
    ///
    /// # Errors
    /// When the indicator is not there or has no targets; an adopted plan is changed by
    /// [`Plan::amend`] only.
    pub fn set_target(&mut self, target: Target) -> Result<(), AmendRefused> {
        if self.status != PlanStatus::Draft {
            return Err(AmendRefused::NoReason);
        }
        self.put_target(&target.indicator, target.state, target.period, Some(target.value))
            .map(|_| ())
    }

    /// Sets many targets at once, as a grid is filled in (R022): freely while the plan is
    /// a draft, else by one amendment a cell, so that every old target stays visible.
    /// Cells that say what stands already are left alone. Gives how many changed.
    ///
    /// # Errors
    /// The cells that cannot be set, by their place, with the reason; the plan is then
    /// to be thrown away.
    pub fn put_targets(
        &mut self,
        cells: &[TargetCell],
        decision: &Decision,
    ) -> Result<usize, Vec<(usize, AmendRefused)>> {
        let mut wrong = Vec::new();
        let mut changed = 0;
        for (at, cell) in cells.iter().enumerate() {
            let set = if self.status == PlanStatus::Draft {
                self.put_target(&cell.indicator, cell.state, cell.period, cell.to).map(|_| ())
            } else {
                self.amend(Amendment {
                    on: decision.on,
                    decided_by: decision.by.clone(),
                    reason: decision.reason.clone(),
                    change: Change::Target {
                        indicator: cell.indicator.clone(),
                        state: cell.state,
                        period: cell.period,
                        from: None,
                        to: cell.to,
                    },
                })
            };
            match set {
                Ok(()) => changed += 1,
                Err(AmendRefused::NoChange) => {}
                Err(why) => wrong.push((at, why)),
            }
        }
        if wrong.is_empty() { Ok(changed) } else { Err(wrong) }
    }

    /// The target set for exactly this place and period; the joint one is another.
    #[must_use]
    pub fn own_target(
        &self,
        indicator: &str,
        state: Option<StateCode>,
        period: Period,
    ) -> Option<f64> {
        self.targets
            .iter()
            .find(|t| t.indicator == indicator && t.state == state && t.period == period)
            .map(|t| t.value)
    }

    /// The periods a grid of targets offers: those in use, and every year of the plan
    /// that has none yet.
    #[must_use]
    pub fn target_periods(&self) -> Vec<Period> {
        let mut periods: Vec<Period> = self.targets.iter().map(|target| target.period).collect();
        for year in self.from.date().year()..=self.to.date().year() {
            let Ok(year) = u16::try_from(year) else { continue };
            if periods.iter().all(|period| period.of_year() != year) {
                periods.push(Period::year(year));
            }
        }
        periods.sort();
        periods.dedup();
        periods
    }

    fn put_target(
        &mut self,
        indicator: &str,
        state: Option<StateCode>,
        period: Period,
        to: Option<f64>,
    ) -> Result<Option<f64>, AmendRefused> {
        let found = self
            .indicator(indicator)
            .ok_or_else(|| AmendRefused::NotThere(indicator.to_owned()))?;
        if found.is_context() {
            return Err(AmendRefused::Context(indicator.to_owned()));
        }
        to.map_or(Ok(()), |value| found.fits(value))?;
        let place = self
            .targets
            .iter()
            .position(|t| t.indicator == indicator && t.state == state && t.period == period);
        let from = place.and_then(|at| self.targets.get(at)).map(|t| t.value);
        if from == to {
            return Err(AmendRefused::NoChange);
        }
        match (place, to) {
            (Some(at), Some(value)) => {
                if let Some(target) = self.targets.get_mut(at) {
                    target.value = value;
                }
            }
            (Some(at), None) => {
                self.targets.remove(at);
            }
            (None, Some(value)) => {
                self.targets.push(Target { indicator: indicator.to_owned(), state, period, value });
            }
            (None, None) => {}
        }
        Ok(from)
    }

    /// Changes an adopted plan. What stood before is filled in from the plan itself,
    /// so that the history cannot tell otherwise.
    ///
    /// # Errors
    /// [`AmendRefused`]; the plan is then as it was.
    pub fn amend(&mut self, mut amendment: Amendment) -> Result<(), AmendRefused> {
        if self.status == PlanStatus::Closed {
            return Err(AmendRefused::Closed);
        }
        if amendment.reason.trim().is_empty() {
            return Err(AmendRefused::NoReason);
        }
        if amendment.decided_by.trim().is_empty() {
            return Err(AmendRefused::NobodyDecided);
        }
        match &mut amendment.change {
            Change::Target { indicator, state, period, from, to } => {
                *from = self.put_target(indicator, *state, *period, *to)?;
            }
            Change::Definition { indicator, from, to, since } => {
                *from = self.redefine(indicator, to, *since)?;
            }
            Change::Baseline { indicator, from, to } => {
                let found = self.indicator_mut(indicator)?;
                if found.baseline.as_ref() == Some(to) {
                    return Err(AmendRefused::NoChange);
                }
                if let Baseline::Value { value, .. } = &*to {
                    found.fits(*value)?;
                }
                *from = found.baseline.replace(to.clone());
            }
            Change::Computed { indicator, from, to, since } => {
                *from = self.work_out(indicator, to.as_ref(), *since)?;
            }
            Change::Row { row, from, to } => {
                let found = self.rows.iter_mut().find(|r| r.key == *row);
                let found = found.ok_or_else(|| AmendRefused::NotThere(row.clone()))?;
                if found.title == *to {
                    return Err(AmendRefused::NoChange);
                }
                *from = std::mem::replace(&mut found.title, to.clone());
            }
            // Told by what differs, not typed by itself.
            Change::Fact { .. } => return Err(AmendRefused::NoChange),
        }
        self.amendments.push(amendment);
        Ok(())
    }

    fn indicator_mut(&mut self, key: &str) -> Result<&mut Indicator, AmendRefused> {
        let found = self.indicators.iter_mut().find(|indicator| indicator.key == key);
        found.ok_or_else(|| AmendRefused::NotThere(key.to_owned()))
    }

    fn redefine(&mut self, key: &str, words: &str, since: Period) -> Result<String, AmendRefused> {
        let found = self.indicator_mut(key)?;
        let last = found.definition().cloned();
        let before = last.as_ref().map(|d| d.words.clone()).unwrap_or_default();
        if before == words || words.trim().is_empty() {
            return Err(AmendRefused::NoChange);
        }
        let version = last.map_or(1, |d| d.version + 1);
        found.definitions.push(Definition { version, words: words.to_owned(), since: Some(since) });
        Ok(before)
    }

    /// Another figure measures another thing: the words get a version of their own from
    /// that period on, as when they change, so that nothing is held against a baseline
    /// measured otherwise.
    fn work_out(
        &mut self,
        key: &str,
        figure: Option<&Computed>,
        since: Period,
    ) -> Result<Option<Computed>, AmendRefused> {
        let found = self.indicator_mut(key)?;
        if found.computed.as_ref() == figure {
            return Err(AmendRefused::NoChange);
        }
        if let Some(why) = figure.and_then(|figure| figure.misfit(found)) {
            return Err(why.into());
        }
        let last = found.definition().cloned();
        let version = last.as_ref().map_or(1, |d| d.version) + 1;
        let words = last.map(|d| d.words).unwrap_or_default();
        found.definitions.push(Definition { version, words, since: Some(since) });
        Ok(std::mem::replace(&mut found.computed, figure.cloned()))
    }

    /// The figure that an indicator reads in a period; nothing where values are reported.
    #[must_use]
    pub fn computed_in<'a>(
        &'a self,
        indicator: &'a Indicator,
        period: Period,
    ) -> Option<&'a Computed> {
        let mut figure = indicator.computed.as_ref();
        for amendment in self.amendments.iter().rev() {
            let Change::Computed { indicator: key, from, since, .. } = &amendment.change else {
                continue;
            };
            if *key != indicator.key {
                continue;
            }
            if period.counts_from(*since) {
                break;
            }
            figure = from.as_ref();
        }
        figure
    }

    /// Every figure that an indicator reads or read in any period, each once.
    #[must_use]
    pub fn figures_of<'a>(&'a self, indicator: &'a Indicator) -> Vec<&'a Computed> {
        let mut figures: Vec<&Computed> = indicator.computed.iter().collect();
        for amendment in &self.amendments {
            if let Change::Computed { indicator: key, from: Some(from), .. } = &amendment.change
                && *key == indicator.key
                && !figures.contains(&from)
            {
                figures.push(from);
            }
        }
        figures
    }

    /// Amendments of one target, oldest first: the old figures stay visible.
    pub fn history_of<'a>(
        &'a self,
        indicator: &'a str,
        state: Option<StateCode>,
        period: Period,
    ) -> impl Iterator<Item = &'a Amendment> {
        self.amendments.iter().filter(move |amendment| {
            matches!(&amendment.change, Change::Target { indicator: i, state: s, period: p, .. }
                if i == indicator && *s == state && *p == period)
        })
    }
}
