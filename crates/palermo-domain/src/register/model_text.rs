//! Model texts (laws, agreements, task forces) and who used them, so that one
//! can say how many States did by a day (R013).

use super::{
    day::Day,
    document::{self, Log, Problem, Table},
    fact::{self, Said, Statements},
    instrument::is_slug,
    provenance::{PartialDate, Provenance},
    state::StateCode,
    statement::{About, RegisterStatement},
    topic::Topic,
};
use crate::coded;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

coded! {
    /// What a text is a model for.
    ModelKind {
        /// A law.
        Law = "law",
        /// A bilateral agreement.
        BilateralAgreement = "bilateral_agreement",
        /// A task force.
        TaskForce = "task_force",
        /// A focal point.
        FocalPoint = "focal_point",
        /// A national plan.
        NationalPlan = "national_plan",
        /// A checklist of compliance.
        Checklist = "checklist",
        /// Standard operating procedures.
        Sops = "sops",
    }
}

coded! {
    /// What a State did with it.
    Use {
        /// Took it over.
        Adopted = "adopted",
        /// Changed it to its needs.
        Adapted = "adapted",
        /// Used it, without the source saying how.
        Used = "used",
    }
}

/// One State's use of a model text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adoption {
    /// The State.
    pub state: StateCode,
    /// What it did.
    #[serde(rename = "use")]
    pub used: Use,
    /// When.
    pub date: PartialDate,
    /// The law or agreement that came of it.
    pub result: Option<String>,
    /// Where it was read.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A use of a model text that is entered by hand, with the text it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdoptionOf {
    /// The model text.
    pub model: String,
    /// The use.
    pub adoption: Adoption,
}

/// A number of States a source gives without naming them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatedCount {
    /// How many States.
    pub states: u32,
    /// How many years after the introduction, if the source counts that way.
    pub years_after: Option<u32>,
    /// The day it held, if the source gives one.
    pub on: Option<PartialDate>,
    /// Where it was read.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A model text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModelText {
    /// Its short name.
    pub key: String,
    /// What it is a model for.
    pub kind: ModelKind,
    /// The mechanism that offers it.
    pub mechanism: String,
    /// Its title.
    pub title: Statements<String>,
    /// States that drew it up.
    pub authors: Vec<StateCode>,
    /// When it was introduced.
    pub introduced: Statements<PartialDate>,
    /// What it is about.
    pub topics: Vec<Topic>,
    /// States known to have used it.
    pub adoptions: Vec<Adoption>,
    /// Numbers sources give.
    pub stated: Vec<StatedCount>,
}

/// How many States used a model text by a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AdoptionReport {
    /// The model text.
    pub model: String,
    /// The day.
    pub by: Day,
    /// The States, by code.
    pub states: Vec<StateCode>,
    /// How many.
    pub count: usize,
}

impl ModelText {
    /// The States known to have used it by a day, each once. A date known only
    /// in part counts once it has certainly passed.
    #[must_use]
    pub fn used_by(&self, by: Day) -> AdoptionReport {
        let states: BTreeSet<StateCode> =
            self.adoptions.iter().filter(|a| a.date.last_day() <= by).map(|a| a.state).collect();
        let states: Vec<StateCode> = states.into_iter().collect();
        AdoptionReport { model: self.key.clone(), by, count: states.len(), states }
    }

    /// The same text with uses that were entered by hand.
    #[must_use]
    pub fn with(mut self, entered: &[AdoptionOf]) -> Self {
        let own = entered.iter().filter(|e| e.model == self.key);
        self.adoptions.extend(own.map(|e| e.adoption.clone()));
        self
    }

    /// The same text with what editors said of the day of its introduction,
    /// beside what ships: the last preference counts (R015).
    #[must_use]
    pub fn with_statements(mut self, added: &[RegisterStatement]) -> Self {
        let own = added.iter().filter(|one| {
            one.about == About::ModelText && one.id == self.key && one.field == "introduced"
        });
        for one in own {
            if let Some(value) = PartialDate::parse(one.said.value.trim()) {
                let provenance = one.said.provenance.clone();
                self.introduced.add(Said { value, preferred: one.said.preferred, provenance });
            }
        }
        self
    }

    /// How many States had used it some whole years after its introduction, for
    /// the first year and each later one in which the number grew, up to a day.
    #[must_use]
    pub fn used_year_by_year(&self, today: Day) -> Vec<(u16, AdoptionReport)> {
        let mut all: Vec<(u16, AdoptionReport)> = Vec::new();
        for years in 1..=100 {
            let Some(report) = self.used_after_years(years) else { break };
            if report.by > today {
                break;
            }
            if all.last().is_none_or(|(_, before)| before.count < report.count) {
                all.push((years, report));
            }
        }
        all
    }

    /// The same, some years after its introduction; nothing if the day of the
    /// introduction is unknown.
    #[must_use]
    pub fn used_after_years(&self, years: u16) -> Option<AdoptionReport> {
        let introduced = self.introduced.settled()?.value;
        Some(self.used_by(introduced.last_day().plus_months(years.saturating_mul(12))))
    }
}

/// Reads and checks the text of one file of `content/model-texts`.
///
/// # Errors
/// Every problem found, by line.
pub fn read(text: &str) -> Result<ModelText, Vec<Problem>> {
    let log = Log::new(text);
    let root = document::read(text, &log);
    let table = Table::root(&log, &root);
    let model = model(&table);
    table.finish(&[]);
    let problems = log.into_problems();
    match model {
        Some(model) if problems.is_empty() => Ok(model),
        _ => Err(problems),
    }
}

fn model(table: &Table<'_>) -> Option<ModelText> {
    let key = table.text("id");
    if let Some(key) = key.as_deref().filter(|key| !is_slug(key)) {
        table.problem(
            "id",
            format!("`{key}` is not a short name"),
            "use small letters, digits and hyphens",
        );
    }
    let kind = table.choice("kind");
    let mechanism = table.text("mechanism");
    let read = ModelText {
        title: fact::statements(table, "title"),
        authors: fact::all_parsed(table, "authors"),
        introduced: fact::statements(table, "introduced"),
        topics: table.choices("topics"),
        adoptions: table.tables("adoption").into_iter().filter_map(adoption).collect(),
        stated: table.tables("stated").into_iter().filter_map(stated).collect(),
        key: key?,
        kind: kind?,
        mechanism: mechanism?,
    };
    if read.title.is_empty() {
        table.missing("title", "at least one statement of its title");
    }
    Some(read)
}

fn adoption(table: Table<'_>) -> Option<Adoption> {
    let state = fact::parsed(&table, "state");
    let used = table.choice("use");
    let date = fact::parsed(&table, "date");
    let result = table.opt_text("result");
    let provenance = fact::provenance(&table);
    table.finish(&[]);
    Some(Adoption { state: state?, used: used?, date: date?, result, provenance: provenance? })
}

fn stated(table: Table<'_>) -> Option<StatedCount> {
    let states = table.number("states");
    let years_after = table.opt_number("years_after");
    let on = fact::opt_parsed(&table, "on");
    let provenance = fact::provenance(&table);
    if years_after.is_none() && on.is_none() {
        table.missing("on", "the day, or `years_after` with the years since the introduction");
    }
    table.finish(&[]);
    Some(StatedCount { states: states?, years_after, on, provenance: provenance? })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn text(adoptions: &[(String, &str)]) -> String {
        let mut text = r#"
id = "model-law"
kind = "law"
mechanism = "BALI"
authors = ["XAA", "XBB"]
topics = ["offence"]
title = [{ value = "Model law", source = "S1:328", as_of = "2010-12" }]
introduced = [{ value = "2003-04-30", source = "an invented date for a test", as_of = "2010-12" }]

[[stated]]
states = 18
years_after = 1
source = "S1:328"
as_of = "2010-12"
"#
        .to_owned();
        for (state, date) in adoptions {
            text += &format!(
                "\n[[adoption]]\nstate = \"{state}\"\nuse = \"used\"\ndate = \"{date}\"\nsource = \"an invented list\"\nas_of = \"2010-12\"\n"
            );
        }
        text
    }

    #[test]
    fn req_013_eighteen_states_used_the_model_law_one_year_after_its_introduction() {
        let code = |n: u8| format!("X{}{}", char::from(b'A' + n / 26), char::from(b'A' + n % 26));
        let mut adoptions: Vec<_> = (0..18).map(|n| (code(n), "2004-03")).collect();
        adoptions.push((code(0), "2004-04-30"));
        adoptions.push((code(19), "2004-05-01"));
        adoptions.push((code(20), "2004"));
        let model = read(&text(&adoptions)).unwrap();
        let report = model.used_after_years(1).unwrap();
        assert_eq!(report.by.to_string(), "2004-04-30");
        assert_eq!(report.count, 18);
        assert_eq!(model.stated[0].states, 18);
    }

    #[test]
    fn a_number_without_a_day_is_a_problem() {
        let wrong = text(&[]).replace("years_after = 1\n", "");
        let problems = read(&wrong).unwrap_err();
        assert!(problems.iter().any(|p| p.message.contains("`on` is missing")), "{problems:?}");
    }
}
