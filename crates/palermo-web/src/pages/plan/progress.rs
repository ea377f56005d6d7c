//! How a plan stands: every indicator for every State and period, one indicator with
//! its series, and the sheet to take away.

use super::{
    cells::{Cells, measured, one_place},
    show::changed,
    titled,
};
use crate::{
    components::{
        Column, Content, DataTable, Definitions, FilterPanel, Known, ListTools, Select, TableCell,
    },
    pages::{
        Answer,
        register::{
            common::{Body, day, link, word},
            matrix::sheet_of,
        },
    },
    shell::{asked::Asked, gate::encode, route::Routes, visit::Visit},
};
use axum::extract::Path;
use palermo_app::{
    Message, Refused,
    access::{Action, Resource},
    domain::{
        plan::{
            Plan, PlanStatus,
            indicator::{Indicator, Origin, Value},
            period::Period,
            progress::{Progress, Standing},
            reported::Reported,
        },
        register::{day::Day, state::StateCode},
    },
    plan::{
        ask::{self, ProgressReport},
        sheet,
    },
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/plans/{code}/progress", Action::PublicRead, show).page(
        "/plans/{code}/indicators/{key}",
        Action::PublicRead,
        indicator,
    )
}

fn today(visit: &Visit) -> Day {
    Day::from(visit.acting().now().date())
}

async fn show(visit: Visit, Path(code): Path<String>) -> Answer {
    let plan = ask::find(&visit.acting(), &code).await?;
    let (report, values) = ask::shown_for(&visit.acting(), &plan.entry, today(&visit)).await?;
    let mut asked = Asked::of(&visit);
    let known = |code: &StateCode| report.states.contains(code);
    let only =
        asked.read("state", "state-name", |typed| StateCode::typed(typed).ok().filter(known));
    let missed = asked.read("missed", "plan-show", |typed| (typed == "yes").then_some(()));
    let missed = missed.is_some();
    let _ = asked.read("period", "plan-value-period", |typed| in_report(&report, typed));
    if let format @ ("csv" | "xlsx") = visit.query("format").as_str() {
        let say = |message: &Message| visit.say_plain(message);
        let mut sheet = sheet::matrix(&plan.entry, &report, &values, only, &say);
        sheet.notes.extend(asked.notes());
        return sheet_of(&visit, sheet, plan.entry.code.as_str(), format == "xlsx");
    }
    let mut body = Body::new(&visit);
    body.say("plan-progress-intro");
    if report.rows.iter().any(|row| row.status == Standing::Withheld) {
        body.say("plan-withheld-why");
    }
    summary(&mut body, &plan.entry, &report);
    body.push(filters(&visit, &code, &report, (only, missed)));
    body.push(asked.told());
    let address = |format: &str| {
        let state = only.map(|state| state.to_string()).unwrap_or_default();
        visit.link(&format!("/plans/{code}/progress?state={}&format={format}", encode(&state)))
    };
    let count = visit.format(
        "plan-missed-count",
        &[("count", report.missed.into()), ("shown", visit.whole(report.missed).into())],
    );
    body.push(
        ListTools::new(&body.words, count)
            .download("CSV", address("csv"))
            .download("XLSX", address("xlsx")),
    );
    if may_report(&visit, &plan.entry) {
        let upload = crate::components::Button::link(
            visit.text("plan-upload"),
            visit.link(&format!("/plans/{code}/upload")),
        );
        body.push(upload.secondary());
    }
    if only.is_some() || missed {
        body.push(grid(&visit, &plan.entry, &report, only, missed));
    } else if let Some(period) = chosen_period(&visit, &report) {
        body.push(at_a_glance(&visit, &plan.entry, &report, period));
    }
    let formula = Content::from(visit.text("plan-formula"));
    body.push(format!("<p class=\"govuk-body-s\">{formula}</p>"));
    let html = body.plain();
    let title = visit.format("plan-progress-of", &[("plan", plan.entry.title.as_str().into())]);
    Ok(visit.page(&title).back(&format!("/plans/{code}")).html(&html))
}

/// Whether this person may report figures of a plan, of their State or of any.
fn may_report(visit: &Visit, plan: &Plan) -> bool {
    let own = visit.signed.as_ref().and_then(|signed| signed.tenant.state.clone());
    plan.status != PlanStatus::Closed
        && visit.signed.is_some()
        && visit.may(Action::ReportIndicator, &Resource::region().in_state(own.as_deref()))
}

fn summary(body: &mut Body<'_>, plan: &Plan, report: &ProgressReport) {
    let visit = body.visit;
    let mut terms = Definitions::new();
    let share = |part: usize, of: usize, percent: Option<f64>| {
        let percent = percent.map_or_else(|| "–".into(), |percent| one_place(visit, percent));
        visit.format(
            "plan-share",
            &[
                ("part", visit.whole(part).into()),
                ("of", visit.whole(of).into()),
                ("percent", percent.into()),
            ],
        )
    };
    let funded = share(report.funded.part, report.funded.of, report.funded.percent());
    terms.rows.push((visit.text("plan-funded").into(), Known::fact(funded)));
    for tag in &report.tags {
        let said = share(tag.share.part, tag.share.of, tag.percent);
        terms.rows.push((word(visit, "plan-tag", tag.tag.code()).into(), Known::fact(said)));
    }
    let unassigned = visit.whole(report.unassigned.len());
    terms.rows.push((visit.text("plan-without-lead").into(), Known::fact(unassigned)));
    let _ = plan;
    body.details(visit.text("plan-summary"), terms);
}

fn filters(
    visit: &Visit,
    code: &str,
    report: &ProgressReport,
    (only, only_missed): (Option<StateCode>, bool),
) -> FilterPanel {
    let all = std::iter::once((String::new(), visit.text("list-all")));
    let states = report.states.iter().map(|s| (s.to_string(), visit.state(s.as_str())));
    let state = Select::new("state", visit.text("state-name"))
        .options(all.chain(states))
        .value(only.map(|state| state.to_string()).unwrap_or_default());
    let missed = Select::new("missed", visit.text("plan-show"))
        .options([
            (String::new(), visit.text("list-all")),
            ("yes".to_owned(), visit.text("plan-only-missed")),
        ])
        .value(if only_missed { "yes" } else { "" });
    let chosen = chosen_period(visit, report).map(|period| period.to_string());
    let period = Select::new("period", visit.text("plan-value-period"))
        .options(report.periods.iter().map(|period| (period.to_string(), period.to_string())))
        .value(chosen.unwrap_or_default());
    FilterPanel::new(&visit.words(), visit.link(&format!("/plans/{code}/progress")))
        .as_row()
        .field(period)
        .field(state)
        .field(missed)
}

/// A period as it was typed, if the plan speaks of it.
fn in_report(report: &ProgressReport, typed: &str) -> Option<Period> {
    typed.parse().ok().filter(|period| report.periods.contains(period))
}

/// The period asked for, or the last one that is over.
fn chosen_period(visit: &Visit, report: &ProgressReport) -> Option<Period> {
    let asked = in_report(report, visit.query("period").trim());
    let over = report.periods.iter().rev().find(|period| period.last_day() < report.on);
    asked.or(over.copied()).or(report.periods.last().copied())
}

/// One line an indicator, one column a State, for one period.
fn at_a_glance(visit: &Visit, plan: &Plan, report: &ProgressReport, period: Period) -> DataTable {
    let heads = std::iter::once(visit.text("plan-indicator"))
        .chain(report.states.iter().map(|state| visit.state(state.as_str())))
        .map(Column::new);
    let caption = visit.format("plan-in-period", &[("period", period.to_string().into())]);
    let mut table = DataTable::new("progress", caption, heads)
        .dense()
        .sideways(visit.text("table-sideways"))
        .when_empty(visit.text("plan-nothing"));
    let cells: std::collections::HashMap<(&str, Option<StateCode>), &Progress> = report
        .rows
        .iter()
        .filter(|row| row.period == period)
        .map(|row| ((row.indicator.as_str(), row.state), row))
        .collect();
    let mut written = Cells::new(visit, plan);
    for indicator in &plan.indicators {
        let path = format!("/plans/{}/indicators/{}", plan.code, indicator.key);
        let title = link(visit, &path, titled(&indicator.title, &plan.language));
        let of = |state: Option<StateCode>| cells.get(&(indicator.key.as_str(), state)).copied();
        let mut cells = vec![TableCell::from(title)];
        if let Some(regional) = of(None) {
            let mut cell = TableCell::from(written.write(regional));
            cell.colspan = u32::try_from(report.states.len()).ok();
            cells.push(cell);
        } else {
            cells.extend(report.states.iter().map(|state| {
                of(Some(*state)).map_or_else(
                    || TableCell::from(Content::from("–")),
                    |row| TableCell::from(written.write(row)),
                )
            }));
        }
        table.push(cells);
    }
    table
}

/// One line an indicator and place, one column a period.
fn grid(
    visit: &Visit,
    plan: &Plan,
    report: &ProgressReport,
    only: Option<StateCode>,
    missed: bool,
) -> DataTable {
    let heads =
        [visit.text("plan-indicator"), visit.text("state-name"), visit.text("plan-baseline")]
            .into_iter()
            .map(Column::new)
            .chain(report.periods.iter().map(|period| Column::new(period.to_string())));
    let mut table = DataTable::new("progress", visit.text("plan-progress"), heads)
        .quiet_caption()
        .dense()
        .sideways(visit.text("table-sideways"))
        .when_empty(visit.text("plan-nothing"));
    let mut written = Cells::new(visit, plan);
    for line in report.rows.chunks(report.periods.len().max(1)) {
        let Some(first) = line.first() else { continue };
        if only.is_some() && first.state.is_some() && first.state != only {
            continue;
        }
        if missed && !line.iter().any(|cell| cell.missed) {
            continue;
        }
        let Some(indicator) = plan.indicator(&first.indicator) else { continue };
        let path = format!("/plans/{}/indicators/{}", plan.code, indicator.key);
        let place =
            first.state.map_or_else(|| visit.text("plan-region"), |s| visit.state(s.as_str()));
        let mut cells = vec![
            link(visit, &path, titled(&indicator.title, &plan.language)),
            place.into(),
            super::show::baseline(visit, indicator),
        ];
        cells.extend(line.iter().map(|cell| written.write(cell)));
        table.push(cells);
    }
    table
}

/// What an indicator is, for its page.
fn particulars(visit: &Visit, entry: &Plan, indicator: &Indicator) -> Definitions {
    let mut terms = Definitions::new();
    let mut add =
        |id: &str, value: Content| terms.rows.push((visit.text(id).into(), Known::fact(value)));
    let text = |text: Option<&String>| {
        text.map_or_else(|| visit.text("word-none").into(), |text| titled(text, &entry.language))
    };
    add("plan-kind", word(visit, "plan-kind", indicator.kind.code()).into());
    for definition in &indicator.definitions {
        let since = definition.since.map(|since| format!(" ({since})")).unwrap_or_default();
        let words = titled(&definition.words, &entry.language);
        add("plan-definition", Content::Html(format!("{words}<bdi>{since}</bdi>")));
    }
    add("plan-unit", text(indicator.unit.as_ref()));
    add("plan-counted", word(visit, "plan-counted", indicator.counted.code()).into());
    if let Some(direction) = indicator.direction {
        add("plan-direction", word(visit, "plan-direction", direction.code()).into());
    }
    add("plan-frequency", text(indicator.frequency.as_ref()));
    add("plan-source", text(indicator.source.as_ref()));
    if let Some(figure) = &indicator.computed {
        let name = Content::from(word(visit, "plan-computed", figure.code()));
        let what = Content::from(word(visit, "plan-figure", figure.code()));
        add("plan-computed", Content::Html(format!("{name}<br>{what}")));
    }
    add("plan-baseline", super::show::baseline(visit, indicator));
    let needed: Vec<String> = indicator
        .required_breakdowns()
        .iter()
        .map(|b| word(visit, "plan-breakdown", b.code()))
        .collect();
    if !needed.is_empty() {
        add("plan-breakdowns", needed.join(", ").into());
    }
    add("plan-indicator-state", super::show::state_of(visit, indicator));
    terms
}

async fn indicator(visit: Visit, Path((code, key)): Path<(String, String)>) -> Answer {
    let plan = ask::find(&visit.acting(), &code).await?;
    let entry = &plan.entry;
    let indicator = entry.indicator(&key).ok_or(Refused::NotFound)?;
    let (report, values) = ask::shown_for(&visit.acting(), entry, today(&visit)).await?;
    let beside = super::beside::Beside::of(&visit).await?;
    let trail = ask::trail(&visit.acting(), entry, indicator, &report).await?;
    let mut body = Body::new(&visit);
    body.terms(particulars(&visit, entry, indicator));
    if indicator.is_context() {
        body.say("plan-context-why");
    }
    if may_report(&visit, entry) && indicator.active && indicator.computed.is_none() {
        let address = visit.link(&format!("/plans/{code}/indicators/{key}/report"));
        body.push(crate::components::Button::link(visit.text("plan-report-value"), address));
    }
    if ask::is_own(&visit.acting(), &plan) && entry.status != PlanStatus::Closed {
        for (rest, words) in [("edit", "plan-edit-indicator"), ("drop", "plan-drop-indicator")] {
            let address = visit.link(&format!("/plans/{code}/indicators/{key}/{rest}"));
            let button = crate::components::Button::link(visit.text(words), address);
            body.push(button.secondary());
        }
    }
    let tied = beside.of_indicator(&visit, &entry.code, &key);
    if !tied.is_empty() {
        let links: Vec<String> = tied.iter().map(ToString::to_string).collect();
        let words = Content::from(visit.text("plan-recommendations"));
        body.paragraph(Content::Html(format!("{words}: {}", links.join(" · "))));
    }
    series(&mut body, entry, &key, &report, (&values, &trail));
    let changes: Vec<Vec<Content>> = entry
        .amendments
        .iter()
        .filter(|amendment| names(amendment, &key))
        .map(|amendment| {
            vec![
                day(&visit, amendment.on).into(),
                changed(&visit, entry, amendment),
                titled(&amendment.reason, &entry.language),
            ]
        })
        .collect();
    if !changes.is_empty() {
        body.heading("plan-amendments");
        let heads = ["plan-when", "plan-change", "plan-reason"];
        body.table("amendments", "plan-amendments", &heads, changes);
    }
    let html = body.plain();
    Ok(visit.page(&indicator.title).back(&format!("/plans/{code}/progress")).html(&html))
}

fn names(amendment: &palermo_app::domain::plan::amend::Amendment, key: &str) -> bool {
    use palermo_app::domain::plan::{amend::Change, revise::Part};
    match &amendment.change {
        Change::Target { indicator, .. }
        | Change::Definition { indicator, .. }
        | Change::Computed { indicator, .. }
        | Change::Baseline { indicator, .. } => indicator == key,
        Change::Fact { part, key: about, .. } => *part == Part::Indicator && about == key,
        Change::Row { .. } => false,
    }
}

/// Who told a value and when, and what was told before for the same place and period.
fn told_by(visit: &Visit, trail: &[Reported], value: &Value) -> String {
    let Some(told) = trail.iter().rev().find(|told| told.value == *value) else {
        return String::new();
    };
    let said = |by: &str, on: Option<Day>| {
        let on = on.map(|on| day(visit, on)).unwrap_or_default();
        let parts = [by, on.as_str()].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(", ")
    };
    let mut html = String::new();
    let now = said(&told.by, told.on);
    if !now.is_empty() {
        html = format!("<br><span class=\"p-src\"><bdi>{}</bdi></span>", Content::from(now));
    }
    for old in told.earlier.iter().rev() {
        let was = Content::from(measured(visit, Some(old.measured)));
        let by = Content::from(said(&old.by, old.on));
        html.push_str(&format!(
            "<br><del>{was}</del> <span class=\"p-src\"><bdi>{by}</bdi></span>"
        ));
    }
    html
}

/// Every value with where it comes from; a line where the definition changed.
fn series(
    body: &mut Body<'_>,
    plan: &Plan,
    key: &str,
    report: &ProgressReport,
    (values, trail): (&[Value], &[Reported]),
) {
    let visit = body.visit;
    body.heading("plan-series");
    let mut written = Cells::new(visit, plan);
    let rows = report.rows.iter().filter(|row| row.indicator == key).filter_map(|row| {
        let told = values.iter().rev().find(|value| {
            value.indicator == key && value.state == row.state && value.period == row.period
        });
        let withheld = row.status == Standing::Withheld;
        if told.is_none() && row.target.is_none() && !withheld {
            return None;
        }
        let place =
            row.state.map_or_else(|| visit.text("plan-region"), |s| visit.state(s.as_str()));
        let mut origin = told.map_or_else(String::new, |value| {
            let origin = word(visit, "plan-origin", value.origin.code());
            let evidence = titled(&value.evidence, &plan.language);
            let comment = titled(&value.comment, &plan.language);
            let who = told_by(visit, trail, value);
            format!(
                "{} <span class=\"p-src\">{evidence}</span> {comment}{who}",
                Content::from(origin)
            )
        });
        if let Some(provenance) = row.provenance.as_ref().filter(|_| told.is_none()) {
            let name = Content::from(word(visit, "plan-origin", Origin::Computed.code()));
            let source = titled(provenance, &plan.language);
            origin = format!("{name} <span class=\"p-src\">{source}</span>");
        }
        if let Some(value) = told
            && plan.indicator(key).is_some_and(|i| value.version != i.version_in(row.period))
        {
            let old = Content::from(visit.text("plan-old-definition"));
            origin.push_str(&format!(" <strong>{old}</strong>"));
        }
        Some(vec![
            place.into(),
            row.period.to_string().into(),
            written.write(row),
            Content::Html(origin),
        ])
    });
    let rows: Vec<Vec<Content>> = rows.collect();
    if rows.is_empty() {
        body.say("plan-nothing");
    }
    let heads = ["state-name", "plan-value-period", "plan-value", "plan-origin"];
    body.table("series", "plan-series", &heads, rows);
}
