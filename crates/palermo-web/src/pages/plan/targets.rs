//! Targets as a grid: one indicator, States down, periods across. While the plan is a
//! draft they are simply saved; once it is adopted every change is an amendment with
//! its reason, and the target that stood before stays visible (R022, R031).

use super::titled;
use crate::{
    components::{Column, Content, DataTable, FilterPanel, Select},
    pages::{Answer, register::common::word},
    shell::{
        asked::Asked,
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        gate::encode,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::{Action, Resource},
    desk::parse_revision,
    domain::{
        plan::{
            Plan, PlanStatus,
            amend::{Change, TargetCell},
            indicator::Indicator,
            period::Period,
        },
        register::{day::Day, state::StateCode},
        report::read_number,
    },
    plan::{
        ask::{self, PlanOf},
        change,
    },
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/plans/{code}/targets", Action::EditPlan, show).form(
        "/plans/{code}/targets",
        Action::EditPlan,
        save,
    )
}

/// What the grid is drawn from.
struct Grid {
    plan: PlanOf,
    states: Vec<StateCode>,
    periods: Vec<Period>,
}

impl Grid {
    async fn load(visit: &Visit, code: &str, extra: &str) -> Result<Self, Failure> {
        let plan = ask::find(&visit.acting(), code).await?;
        visit.acting().allow(Action::EditPlan, &Resource::of(plan.tenant)).await?;
        let today = Day::from(visit.acting().now().date());
        let mut states = ask::states(visit.web.app(), &plan.entry, today).await?;
        states.sort_by(|a, b| visit.compare(&visit.state(a.as_str()), &visit.state(b.as_str())));
        let mut periods = plan.entry.target_periods();
        periods.extend(extra.parse::<Period>().ok().filter(|one| !periods.contains(one)));
        periods.sort();
        Ok(Self { plan, states, periods })
    }

    /// Indicators that can have targets: what gives context has none.
    fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.plan.entry.indicators.iter().filter(|one| !one.is_context())
    }

    /// The rows: all States together where the plan speaks of several, then each.
    fn places(&self) -> Vec<Option<StateCode>> {
        std::iter::once(None).chain(self.states.iter().copied().map(Some)).collect()
    }
}

/// The name of a cell in the form.
fn field(state: Option<StateCode>, period: Period) -> String {
    let place = state.map_or_else(|| "all".to_owned(), |state| state.to_string());
    format!("t-{place}-{period}")
}

async fn show(visit: Visit, Path(code): Path<String>) -> Answer {
    let grid = Grid::load(&visit, &code, &visit.query("period")).await?;
    let wanted = visit.query("indicator");
    let indicator = grid.indicators().find(|one| one.key == wanted);
    let indicator = indicator.or_else(|| grid.indicators().next());
    page(&visit, &grid, indicator, None, &Problems::default())
}

fn page(
    visit: &Visit,
    grid: &Grid,
    indicator: Option<&Indicator>,
    typed: Option<&Form>,
    problems: &Problems,
) -> Answer {
    let entry = &grid.plan.entry;
    let back = format!("/plans/{}", entry.code);
    let title = visit.text("plan-targets");
    let Some(indicator) = indicator else {
        let none = Content::from(visit.text("plan-targets-none"));
        return Ok(visit
            .page(&title)
            .back(&back)
            .html(&format!("<p class=\"govuk-body\">{none}</p>")));
    };
    let options = grid.indicators().map(|one| (one.key.clone(), one.title.clone()));
    let choose = Select::new("indicator", visit.text("plan-indicator"))
        .options(options)
        .value(indicator.key.clone());
    let more = crate::components::Input::new("period", visit.text("plan-targets-more"))
        .hint(visit.text("plan-period-hint"))
        .value(visit.query("period"))
        .words(&visit.words());
    let panel = FilterPanel::new(&visit.words(), visit.link(&format!("{back}/targets")))
        .as_row()
        .field(choose)
        .field(more);
    let told = if typed.is_none() { not_taken(visit, grid) } else { String::new() };
    let adopted = entry.status != PlanStatus::Draft;
    let mut form = FormPage::new(visit, &format!("{back}/targets"), problems)
        .hidden("indicator", &indicator.key)
        .hidden("revision", &grid.plan.revision.0.to_string())
        .hidden(
            "period",
            &typed.map_or_else(|| visit.query("period"), |f| f.text("period").to_owned()),
        )
        .part(about(visit, entry, indicator))
        .words(if adopted { "plan-targets-adopted" } else { "plan-targets-draft" })
        .part(table(visit, grid, indicator, typed, problems));
    if adopted {
        let text = |name: &str| typed.map(|form| form.text(name).to_owned()).unwrap_or_default();
        form = form.lines("reason", "plan-reason", "plan-reason-hint", &text("reason")).text(
            "decided_by",
            "plan-decided-by",
            "",
            &text("decided_by"),
        );
    }
    let html = format!(
        "{panel}{told}{}{}",
        form.button("form-save").html(),
        history(visit, grid, indicator)
    );
    let shown = if problems.0.is_empty() {
        title
    } else {
        visit.format("form-title-error", &[("title", title.into())])
    };
    let mut response: Response = visit.page(&shown).back(&back).html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// What the address asked for that the grid does not have.
fn not_taken(visit: &Visit, grid: &Grid) -> String {
    let mut asked = Asked::of(visit);
    let known = |typed: &str| grid.indicators().any(|one| one.key == typed).then_some(());
    let _ = asked.read("indicator", "plan-indicator", known);
    let _ = asked.read("period", "plan-targets-more", |typed| typed.parse::<Period>().ok());
    asked.told()
}

/// What the indicator measures: unit, direction, baseline.
fn about(visit: &Visit, entry: &Plan, indicator: &Indicator) -> String {
    let unit = indicator.unit.as_deref().unwrap_or_default();
    let name = titled(&indicator.title, &entry.language);
    let mut intro = format!("<h2 class=\"govuk-heading-m\">{name}</h2>");
    let direction = indicator.direction.map(|one| word(visit, "plan-direction", one.code()));
    let known: Content = super::show::baseline(visit, indicator);
    let facts: Vec<String> = [
        ("plan-unit", Content::from(unit)),
        ("plan-direction", Content::from(direction.unwrap_or_default())),
        ("plan-baseline", known),
    ]
    .into_iter()
    .map(|(label, value)| format!("{}: <bdi>{value}</bdi>", Content::from(visit.text(label))))
    .collect();
    intro.push_str(&format!("<p class=\"govuk-body-s p-muted\">{}</p>", facts.join(" · ")));
    intro
}

/// The grid itself: every cell a field with a name of its own for screen readers.
fn table(
    visit: &Visit,
    grid: &Grid,
    indicator: &Indicator,
    typed: Option<&Form>,
    problems: &Problems,
) -> DataTable {
    let entry = &grid.plan.entry;
    let heads = std::iter::once(visit.text("state-name"))
        .chain(grid.periods.iter().map(ToString::to_string))
        .map(Column::new);
    let mut table = DataTable::new("targets", visit.text("plan-targets-caption"), heads)
        .quiet_caption()
        .dense();
    for state in grid.places() {
        let place = match state {
            Some(state) => visit.state(state.as_str()),
            None => visit.text("plan-targets-joint"),
        };
        let mut row: Vec<Content> = vec![place.clone().into()];
        for &period in &grid.periods {
            let name = field(state, period);
            let value = match typed {
                Some(form) => form.text(&name).to_owned(),
                None => entry
                    .own_target(&indicator.key, state, period)
                    .map(|value| value.to_string())
                    .unwrap_or_default(),
            };
            let joint = state.and_then(|_| entry.own_target(&indicator.key, None, period));
            row.push(cell(visit, &name, &value, &format!("{place}, {period}"), joint, problems));
        }
        table.push(row);
    }
    table
}

fn cell(
    visit: &Visit,
    name: &str,
    value: &str,
    label: &str,
    joint: Option<f64>,
    problems: &Problems,
) -> Content {
    let wrong = problems.0.iter().find(|one| one.field == name);
    let quoted = |text: &str| Content::from(text).to_string().replace('"', "&quot;");
    // Where a State has no target of its own the joint one counts: shown in the empty field.
    let hint = joint.filter(|_| value.is_empty()).map(|joint| visit.number(joint));
    let hint = hint.map(|joint| format!(" placeholder=\"{}\"", quoted(&joint))).unwrap_or_default();
    let (class, told) = match wrong {
        None => ("", String::new()),
        Some(problem) => (
            " govuk-input--error",
            format!(
                "<p class=\"govuk-error-message\" id=\"{name}-error\">{}</p>",
                Content::from(visit.say(&problem.message))
            ),
        ),
    };
    let described =
        if wrong.is_some() { format!(" aria-describedby=\"{name}-error\"") } else { String::new() };
    Content::Html(format!(
        "{told}<input class=\"govuk-input govuk-input--width-5{class}\" id=\"{name}\" name=\"{name}\" \
         type=\"text\" inputmode=\"decimal\" dir=\"ltr\" aria-label=\"{}\" value=\"{}\"{hint}{described}>",
        quoted(label),
        quoted(value)
    ))
}

/// Targets of this indicator that were changed, the old figure struck through.
fn history(visit: &Visit, grid: &Grid, indicator: &Indicator) -> String {
    let entry = &grid.plan.entry;
    let of_it = entry.amendments.iter().rev().filter(
        |one| matches!(&one.change, Change::Target { indicator: key, .. } if *key == indicator.key),
    );
    let mut table = DataTable::new(
        "changes",
        visit.text("plan-targets-before"),
        ["plan-when", "plan-change", "plan-reason", "plan-decided-by"]
            .iter()
            .map(|head| Column::new(visit.text(head))),
    )
    .dense();
    let mut any = false;
    for one in of_it {
        any = true;
        table.push(vec![
            Content::from(visit.date(one.on.date())),
            super::show::changed(visit, entry, one),
            titled(&one.reason, &entry.language),
            titled(&one.decided_by, &entry.language),
        ]);
    }
    if any { table.to_string() } else { String::new() }
}

async fn save(Path(code): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let grid = Grid::load(&visit, &code, form.text("period")).await?;
    let wanted = form.text("indicator");
    let indicator = grid.indicators().find(|one| one.key == wanted).ok_or(Refused::NotFound)?;
    let mut problems = Problems::default();
    let mut cells = Vec::new();
    for state in grid.places() {
        for &period in &grid.periods {
            let name = field(state, period);
            if form.names().all(|sent| sent != name) {
                continue;
            }
            let typed = form.text(&name).trim();
            let to = if typed.is_empty() { None } else { read_number(typed).ok() };
            if to.is_none() && !typed.is_empty() {
                problems.add(&name, Message::new("error-report-number").with("typed", typed));
            }
            cells.push(TargetCell { indicator: indicator.key.clone(), state, period, to });
        }
    }
    if !problems.0.is_empty() {
        return page(&visit, &grid, Some(indicator), Some(&form), &problems);
    }
    let seen = parse_revision(form.text("revision"))?;
    let decision = (form.text("decided_by"), form.text("reason"));
    let acting = visit.acting_once(&form);
    let named = |one: &TargetCell| field(one.state, one.period);
    match change::put_targets(&acting, &code, &cells, decision, seen, named).await {
        Ok(_) => {
            let path = format!("/plans/{code}/targets?indicator={}", encode(&indicator.key));
            Ok(done(&visit, &path, "plan-targets-saved"))
        }
        Err(Refused::Invalid(problems)) => {
            page(&visit, &grid, Some(indicator), Some(&form), &problems)
        }
        Err(Refused::Conflict) => {
            // What was typed stays; the plan is shown as it is now beside it.
            let mut problems = Problems::default();
            problems.add("targets", Message::new("plan-targets-conflict"));
            page(&visit, &grid, Some(indicator), Some(&form), &problems)
        }
        Err(refused) => Err(Failure(refused)),
    }
}
