//! First values from plans, released tables and counts of referrals (R039). Of persons
//! only what a public release tells is offered; of referrals a count rounded down as a
//! release does. Where it is too small to be told, nothing is offered.

use crate::{
    App, Refused,
    knowledge::told::{Releases, SERVICES, VICTIMS},
    plan::{ask, computed::referrals_sent},
};
use palermo_domain::{
    plan::{Plan, PlanStatus, Status, computed::Told, period::Period, progress::Standing},
    register::{day::Day, state::StateCode},
    report::{Answer, AnswerKind, AnswerWord, Evidence, Question, Value},
};
use std::collections::BTreeMap;

/// What is asked for: a State and a year.
#[derive(Clone, Copy)]
pub(super) struct Of<'a> {
    pub app: &'a App,
    pub state: StateCode,
    pub year: u16,
    pub today: Day,
}

/// A number, or a sentence where words are asked for.
fn number(question: &Question, count: f64, sentence: String) -> Option<Answer> {
    match question.kind {
        AnswerKind::Number => Some(Answer::of(Value::Number(count))),
        AnswerKind::Text => Some(Answer::of(Value::Text(sentence))),
        _ => None,
    }
}

impl Of<'_> {
    /// What the newest public release tells of the State and the year.
    pub async fn released(
        self,
        question: &Question,
        what: &str,
    ) -> Result<Option<Answer>, Refused> {
        let counted = match what {
            "victims" => VICTIMS,
            "services" => SERVICES,
            _ => return Ok(None),
        };
        let releases = Releases::load(&self.app.store).await?;
        let Some(total) = releases.total(counted, self.state.as_str(), self.year) else {
            return Ok(None);
        };
        let Some(count) = total.count else { return Ok(None) };
        let sentence = format!("{count} persons by {}.", total.provenance);
        #[allow(clippy::cast_precision_loss)] // persons of one State in one year
        let answer = number(question, count as f64, sentence);
        Ok(answer.map(|mut answer| {
            answer.definition = Some(total.provenance);
            answer
        }))
    }

    /// Referrals that organisations of the State sent in the year, once it is over.
    pub async fn referrals(self, question: &Question) -> Result<Option<Answer>, Refused> {
        let told = referrals_sent(self.app, self.state, self.year, self.today).await?;
        let Some((Told::Number(count), threshold)) = told else { return Ok(None) };
        let rule = format!("rounded down to multiples of {threshold}");
        let sentence = format!("{count} referrals were sent to other organisations, {rule}.");
        // Nought in words says nothing that a reader needs.
        if count < 1.0 && question.kind == AnswerKind::Text {
            return Ok(None);
        }
        Ok(number(question, count, sentence).map(|mut answer| {
            let definition = format!("referrals sent through this installation, {rule}");
            answer.definition = Some(definition);
            answer
        }))
    }

    /// Adopted plans that speak of the State in the year.
    async fn plans(self) -> Result<Vec<Plan>, Refused> {
        let mut found = Vec::new();
        let (first, last) =
            (Period::year(self.year).first_day(), Period::year(self.year).last_day());
        for plan in ask::list_all(&self.app.store).await? {
            let plan = plan.record.entry;
            let then = plan.status != PlanStatus::Draft && plan.from <= last && plan.to >= first;
            if then && ask::states(self.app, &plan, self.today).await?.contains(&self.state) {
                found.push(plan);
            }
        }
        Ok(found)
    }

    /// Whether the State has a plan of its own for the year.
    pub async fn in_force(self, question: &Question) -> Result<Option<Answer>, Refused> {
        let own: Vec<String> = self
            .plans()
            .await?
            .into_iter()
            .filter(|plan| plan.state == Some(self.state))
            .map(|plan| format!("{}, {} to {}", plan.title, plan.from, plan.to))
            .collect();
        if own.is_empty() {
            return Ok(None);
        }
        Ok(match question.kind {
            AnswerKind::Word => {
                let mut answer = Answer::of(Value::Word(AnswerWord::Yes));
                answer.evidence =
                    own.into_iter().map(|what| Evidence { what, link: None }).collect();
                Some(answer)
            }
            AnswerKind::Text => Some(Answer::of(Value::Text(own.join("\n")))),
            _ => None,
        })
    }

    /// How the plans stand for the State in the year: targets by colour, and how far the
    /// actions of its own plans have come.
    pub async fn progress(self, question: &Question) -> Result<Option<Answer>, Refused> {
        if question.kind != AnswerKind::Text {
            return Ok(None);
        }
        let mut lines = Vec::new();
        for plan in self.plans().await? {
            let report = ask::progress_open(self.app, &plan, self.today).await?;
            let of = |status: Standing| {
                let rows = report.rows.iter().filter(|row| row.state == Some(self.state));
                rows.filter(|row| row.period.of_year() == self.year && row.status == status).count()
            };
            let (green, amber, red) = (of(Standing::Green), of(Standing::Amber), of(Standing::Red));
            let mut told = Vec::new();
            if green + amber + red > 0 {
                told.push(format!("targets green {green}, amber {amber}, red {red}"));
            }
            if plan.state == Some(self.state) {
                told.extend(self.actions(&plan).await?);
            }
            if !told.is_empty() {
                lines.push(format!("{}: {}.", plan.title, told.join("; ")));
            }
        }
        Ok((!lines.is_empty()).then(|| Answer::of(Value::Text(lines.join("\n")))))
    }

    /// How far the actions are that anybody reported on by the end of the year.
    async fn actions(self, plan: &Plan) -> Result<Option<String>, Refused> {
        let last = Period::year(self.year).last_day();
        let mut newest: BTreeMap<String, (Day, Status)> = BTreeMap::new();
        for (_, report) in ask::reports(&self.app.store, &plan.code).await? {
            let newer = newest.get(&report.row).is_none_or(|(on, _)| *on < report.on);
            if report.on <= last && newer {
                newest.insert(report.row, (report.on, report.status));
            }
        }
        if newest.is_empty() {
            return Ok(None);
        }
        let done = newest.values().filter(|(_, status)| *status == Status::Done).count();
        Ok(Some(format!("actions done {done} of {} reported on", newest.len())))
    }
}
