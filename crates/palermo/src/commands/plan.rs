//! `palermo plan`: plans of action and how they stand.

use crate::runtime::{self, Location};
use palermo_app::{
    App,
    domain::{
        plan::{PlanStatus, indicator::Measured},
        register::day::Day,
    },
    plan::ask::{self, Line, PlanOf},
};
use std::{io::Write, process::ExitCode};

/// What to ask of plans.
#[derive(Debug, clap::Args)]
pub struct PlanCommand {
    #[command(subcommand)]
    ask: Ask,
}

#[derive(Debug, clap::Subcommand)]
enum Ask {
    /// All plans
    List {
        /// Answer in JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        location: Location,
    },
    /// How a plan stands: every indicator for every State and period
    Progress {
        /// The plan's code, e.g. meridian-plan; `palermo plan list` shows all
        #[arg(long, value_name = "ID")]
        plan: String,
        /// The day to look at it from [default: today]
        #[arg(long, value_name = "DATE")]
        on: Option<Day>,
        /// Answer in JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        location: Location,
    },
    /// The structures that ship: the plans of the documents
    Templates {
        /// Answer in JSON
        #[arg(long)]
        json: bool,
    },
}

/// Answers from what is stored, or from what ships.
///
/// # Errors
/// When the data cannot be opened or the output not be written.
pub fn run(command: &PlanCommand) -> anyhow::Result<ExitCode> {
    let mut out = crate::console::out();
    match &command.ask {
        Ask::Templates { json } => templates(*json, &mut out),
        Ask::List { json, location } => runtime::block_on(async {
            let app = location.app(false, None).await?;
            list(&app, *json, &mut out).await
        }),
        Ask::Progress { plan, on, json, location } => runtime::block_on(async {
            let app = location.app(false, None).await?;
            progress(&app, plan, *on, *json, &mut out).await
        }),
    }
}

async fn list(app: &App, json: bool, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let plans = ask::list_all(&app.store).await?;
    let lines: Vec<Line> = plans.iter().map(|plan| Line::from(&plan.record.entry)).collect();
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&lines)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    for line in &lines {
        let state = line.state.map(|state| state.to_string()).unwrap_or_default();
        writeln!(
            out,
            "{:<24} {:<8} {:<4} {}–{}  {}",
            line.code, line.status, state, line.from, line.to, line.title
        )?;
    }
    writeln!(out, "{} plans", lines.len())?;
    Ok(ExitCode::SUCCESS)
}

fn find<'p>(plans: &'p [PlanOf], code: &str) -> Option<&'p PlanOf> {
    plans.iter().find(|plan| plan.record.entry.code.as_str() == code)
}

async fn progress(
    app: &App,
    code: &str,
    on: Option<Day>,
    json: bool,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let plans = ask::list_all(&app.store).await?;
    let Some(found) = find(&plans, code) else {
        eprintln!("no plan has the code `{code}`; `palermo plan list` shows all");
        return Ok(ExitCode::FAILURE);
    };
    let plan = &found.record.entry;
    if plan.status == PlanStatus::Draft {
        eprintln!("note: `{code}` is a draft");
    }
    let today = on.unwrap_or_else(|| Day::from(app.store.now().date()));
    let report = ask::progress_open(app, plan, today).await?;
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    for row in &report.rows {
        let state = row.state.map_or_else(|| "all".to_owned(), |state| state.to_string());
        let value = match row.value {
            Some(Measured::Number(number)) => number.to_string(),
            Some(Measured::Answer(answer)) => answer.to_string(),
            None => "–".into(),
        };
        let target = row.target.map_or_else(|| "–".into(), |target| target.to_string());
        let share = row.progress.map_or_else(String::new, |share| format!("{share:.2} %"));
        writeln!(
            out,
            "{:<16} {state:<4} {:<8} value {value:>8}  target {target:>8}  {share:>9}  {}{}",
            row.indicator,
            row.period.to_string(),
            row.status,
            if row.missed { "  missed" } else { "" }
        )?;
    }
    writeln!(out, "{} rows, {} targets missed on {}", report.rows.len(), report.missed, report.on)?;
    writeln!(out, "{}", report.formula)?;
    Ok(ExitCode::SUCCESS)
}

fn templates(json: bool, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let parts = palermo_app::Parts::load(None, false).map_err(|why| anyhow::anyhow!("{why}"))?;
    let templates = &parts.registers.plans.templates;
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(templates)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    for template in templates {
        writeln!(
            out,
            "{:<20} {:>3} rows  {:>3} indicators  {}",
            template.id,
            template.rows.len(),
            template.indicators.len(),
            template.title
        )?;
    }
    Ok(ExitCode::SUCCESS)
}
