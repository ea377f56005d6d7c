//! The review of a plan at mid-term or end: drafted from what was measured and from
//! what those who did the work learnt, for a body to finish (R030; S1:181).

use super::ask::ProgressReport;
use crate::{
    App,
    document::{Column, Document, Line, Table, Tone, begin},
};
use palermo_domain::plan::{
    Plan, Row, RowReport, indicator::Measured, progress::Progress, revise::ReviewKind,
};
use palermo_locale::Language;

/// A draft of the review, area by area: achievements, figures against targets, lessons,
/// proposals for the next plan. A review at mid-term or end says so.
#[must_use]
pub fn draft(
    app: &App,
    language: Language,
    plan: &Plan,
    report: &ProgressReport,
    told: &[RowReport],
    kind: Option<ReviewKind>,
) -> Document {
    let text = |id: &str| app.catalogue.text(language, id);
    let title = app.catalogue.format(
        language,
        "plan-review-of",
        &[("plan", palermo_locale::Arg::from(plan.title.as_str()))],
    );
    let mut document = begin(app, language, title);
    let time = format!("{} – {}", plan.from, plan.to);
    document.subtitle = Some(match kind {
        Some(kind) => format!("{}, {time}", text(&format!("plan-review-kind-{}", kind.code()))),
        None => time,
    });
    document.date = Some(report.on.date());
    document.contents = true;
    document.callout(Tone::Note, text("plan-review-draft"));
    document.paragraph(text("plan-formula"));
    for area in plan.under(None) {
        document.heading(1, format!("{} {}", area.number, area.title).trim());
        let rows = below(plan, area);
        measures(&mut document, &text, &rows, told);
        figures(&mut document, app, language, plan, report, &rows);
        for (heading, pick) in PARTS {
            let lines: Vec<Line> = told
                .iter()
                .filter(|report| rows.iter().any(|row| row.key == report.row))
                .filter(|report| !pick(report).trim().is_empty())
                .map(|report| {
                    Line::new().text(pick(report)).note(format!("{}, {}", report.by, report.on))
                })
                .collect();
            if !lines.is_empty() {
                document.heading(2, text(heading));
                document.list(lines);
            }
        }
    }
    amendments(&mut document, &text, plan);
    document
}

type Pick = fn(&RowReport) -> &str;

/// What those who did the work say, in the order a review asks for it.
const PARTS: [(&str, Pick); 3] = [
    ("plan-achieved", |report| report.achieved.as_str()),
    ("plan-lessons", |report| report.lessons.as_str()),
    ("plan-proposal", |report| report.proposal.as_str()),
];

/// A row and everything under it.
fn below<'p>(plan: &'p Plan, row: &'p Row) -> Vec<&'p Row> {
    let mut rows = vec![row];
    for child in plan.under(Some(&row.key)) {
        rows.extend(below(plan, child));
    }
    rows
}

fn measures(
    document: &mut Document,
    text: &dyn Fn(&str) -> String,
    rows: &[&Row],
    told: &[RowReport],
) {
    let columns =
        ["plan-row", "plan-lead", "plan-status", "plan-budget", "plan-allocated", "plan-funded-by"];
    let columns = columns.map(|id| Column::text(text(id))).to_vec();
    let mut table = Table::new(text("plan-rows"), columns);
    for row in rows.iter().skip(1) {
        let status = told.iter().find(|r| r.row == row.key).map_or(row.status, |r| r.status);
        let money = |money: Option<palermo_domain::money::Money>| {
            money.map(|money| money.to_string()).unwrap_or_default()
        };
        table.row([
            format!("{} {}", row.number, row.title).trim().to_owned(),
            row.lead.as_ref().map(|lead| lead.name.clone()).unwrap_or_default(),
            text(&format!("plan-row-status-{}", status.code())),
            money(row.budget),
            money(row.allocated),
            row.funded_by.clone().unwrap_or_default(),
        ]);
    }
    if !table.rows.is_empty() {
        document.table(table);
    }
}

fn figures(
    document: &mut Document,
    app: &App,
    language: Language,
    plan: &Plan,
    report: &ProgressReport,
    rows: &[&Row],
) {
    let text = |id: &str| app.catalogue.text(language, id);
    let of_area = |progress: &&Progress| {
        plan.indicator(&progress.indicator)
            .is_some_and(|indicator| rows.iter().any(|row| row.key == indicator.row))
    };
    let columns = vec![
        Column::text(text("plan-indicator")),
        Column::text(text("state-name")),
        Column::text(text("plan-value-period")),
        Column::number(text("plan-value")),
        Column::number(text("plan-target")),
        Column::text(text("plan-status")),
    ];
    let mut table = Table::new(text("plan-indicators"), columns);
    for row in report.rows.iter().filter(of_area).filter(|row| row.value.is_some()) {
        let title = plan.indicator(&row.indicator).map(|i| i.title.clone()).unwrap_or_default();
        let place = row.state.map_or_else(
            || text("plan-region"),
            |state| app.registers.states.name(state, language.code()),
        );
        let value = match row.value {
            Some(Measured::Number(number)) => number.to_string(),
            Some(Measured::Answer(answer)) => text(&format!("plan-answer-{}", answer.code())),
            None => String::new(),
        };
        let stands = if row.is_reached() { "reached" } else { row.status.code() };
        let mut standing = text(&format!("plan-standing-{stands}"));
        if let Some(share) = row.progress {
            standing.push_str(&format!(" ({share:.2})"));
        }
        let target = row.target.map(|target| target.to_string()).unwrap_or_default();
        table.row([title, place, row.period.to_string(), value, target, standing]);
    }
    if !table.rows.is_empty() {
        document.table(table);
    }
}

fn amendments(document: &mut Document, text: &dyn Fn(&str) -> String, plan: &Plan) {
    if plan.amendments.is_empty() {
        return;
    }
    document.heading(1, text("plan-amendments"));
    let lines = plan.amendments.iter().map(|amendment| {
        Line::new()
            .strong(amendment.on.to_string())
            .text(format!(" {} ({})", amendment.reason, amendment.decided_by))
    });
    document.list(lines.collect::<Vec<_>>());
}
