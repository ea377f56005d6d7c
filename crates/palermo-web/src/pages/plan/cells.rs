//! How one cell of the matrix is written: value, target, how it stands. The matrix of a
//! large region has ten thousand cells and few different words and numbers, so each is
//! put together once a page.

use super::super::register::common::word;
use crate::{
    components::{Content, Tag},
    shell::visit::Visit,
};
use palermo_app::domain::plan::{
    Plan,
    computed::Computed,
    indicator::Measured,
    progress::{Progress, Standing},
};
use std::collections::HashMap;

/// A value as the reader writes it.
pub(super) fn measured(visit: &Visit, value: Option<Measured>) -> String {
    match value {
        Some(Measured::Number(number)) => visit.number(number),
        Some(Measured::Answer(answer)) => word(visit, "plan-answer", answer.code()),
        None => "–".into(),
    }
}

/// A share of a hundred with one place at most: more would be more than anyone knows.
pub(super) fn one_place(visit: &Visit, share: f64) -> String {
    visit.number((share * 10.0).round() / 10.0)
}

/// The cells of one page, with what was written for it before.
pub(super) struct Cells<'v> {
    visit: &'v Visit,
    plan: &'v Plan,
    numbers: HashMap<u64, String>,
    targets: HashMap<u64, String>,
    shares: HashMap<u64, String>,
    standings: HashMap<(Standing, Option<&'static str>), String>,
    missed: String,
}

impl<'v> Cells<'v> {
    /// For a page about a plan.
    pub(super) fn new(visit: &'v Visit, plan: &'v Plan) -> Self {
        Self {
            visit,
            plan,
            numbers: HashMap::new(),
            targets: HashMap::new(),
            shares: HashMap::new(),
            standings: HashMap::new(),
            missed: format!(" {}", Tag::coloured(visit.text("plan-missed"), "orange")),
        }
    }

    /// One cell.
    pub(super) fn write(&mut self, cell: &Progress) -> Content {
        let mut html = String::with_capacity(240);
        html.push_str("<bdi>");
        match cell.value {
            Some(Measured::Number(number)) => html.push_str(self.number(number)),
            other => html.push_str(&Content::from(measured(self.visit, other)).to_string()),
        }
        html.push_str("</bdi>");
        if let Some(target) = cell.target {
            html.push_str(self.target(target));
        }
        html.push_str("<br>");
        html.push_str(self.standing(cell));
        if let Some(share) = cell.progress {
            html.push_str(self.share(share));
        }
        if cell.missed {
            html.push_str(&self.missed);
        }
        if !cell.missing_breakdowns.is_empty() {
            html.push_str(&self.incomplete(cell));
        }
        Content::Html(html)
    }

    fn number(&mut self, number: f64) -> &str {
        let visit = self.visit;
        let write = || Content::from(visit.number(number)).to_string();
        self.numbers.entry(number.to_bits()).or_insert_with(write)
    }

    fn target(&mut self, target: f64) -> &str {
        let visit = self.visit;
        self.targets.entry(target.to_bits()).or_insert_with(|| {
            let said = visit.format("plan-of-target", &[("target", visit.number(target).into())]);
            format!(" <span class=\"p-small p-muted\">{}</span>", Content::from(said))
        })
    }

    fn share(&mut self, share: f64) -> &str {
        let visit = self.visit;
        self.shares.entry(share.to_bits()).or_insert_with(|| {
            let said = visit.format("plan-percent", &[("share", one_place(visit, share).into())]);
            format!(" <bdi class=\"p-small\">{}</bdi>", Content::from(said))
        })
    }

    /// How it stands: a word with a colour, never a colour alone.
    fn standing(&mut self, cell: &Progress) -> &str {
        let (visit, status) = (self.visit, cell.status);
        let instead = if cell.is_reached() {
            Some("plan-standing-reached")
        } else {
            worked_out(self.plan, cell)
        };
        self.standings.entry((status, instead)).or_insert_with(|| {
            let colour = match status {
                Standing::Green => "green",
                Standing::Amber => "yellow",
                Standing::Red => "red",
                _ => "grey",
            };
            let said = match instead {
                Some(id) => visit.text(id),
                None => word(visit, "plan-standing", status.code()),
            };
            Tag::coloured(said, colour).to_string()
        })
    }

    fn incomplete(&self, cell: &Progress) -> String {
        let visit = self.visit;
        let names: Vec<String> = cell
            .missing_breakdowns
            .iter()
            .map(|b| word(visit, "plan-breakdown", b.code()))
            .collect();
        let said = format!("{}: {}", visit.text("plan-incomplete"), names.join(", "));
        format!("<br><span class=\"p-small\">{}</span>", Content::from(said))
    }
}

/// Where nobody reports a figure because Palermo works it out, a cell says that instead
/// of "nothing reported".
fn worked_out(plan: &Plan, cell: &Progress) -> Option<&'static str> {
    if cell.status != Standing::NoValue {
        return None;
    }
    let indicator = plan.indicator(&cell.indicator)?;
    match plan.computed_in(indicator, cell.period)? {
        Computed::PlacesConfirmed | Computed::DesksConfirmed => Some("plan-worked-out-running"),
        _ => Some("plan-worked-out-none"),
    }
}
