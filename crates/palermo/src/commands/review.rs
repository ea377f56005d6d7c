//! `palermo review`: rounds, and the order in which parties are evaluated.

use super::report::refused;
use crate::runtime::{self, Location};
use palermo_app::review;
use std::{io::Write, process::ExitCode};

/// What to tell about rounds.
#[derive(Debug, clap::Subcommand)]
pub enum ReviewCommand {
    /// All rounds, or one with the State of each evaluation
    List(RoundArguments),
    /// The parties of a round in the order in which they are evaluated
    Order(RoundArguments),
}

/// Which round.
#[derive(Debug, clap::Args)]
pub struct RoundArguments {
    /// The round's id, e.g. greta-r1
    #[arg(long, value_name = "ID")]
    round: Option<String>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    location: Location,
}

/// Answers from what ships and what is stored.
///
/// # Errors
/// When the data cannot be opened or the output not be written.
pub fn run(command: &ReviewCommand) -> anyhow::Result<ExitCode> {
    match command {
        ReviewCommand::List(arguments) => list(arguments),
        ReviewCommand::Order(arguments) => order(arguments),
    }
}

fn list(arguments: &RoundArguments) -> anyhow::Result<ExitCode> {
    runtime::block_on(async {
        let app = arguments.location.app(false, None).await?;
        let mut rounds = review::rounds(&app).await?;
        if let Some(id) = &arguments.round {
            if let Err(why) = review::round(&app, id).await {
                return refused(why);
            }
            rounds.retain(|one| one.id == *id);
        }
        let mut told = Vec::new();
        for round in rounds {
            let evaluations = review::evaluations(&app, &round.id).await?;
            told.push((round, evaluations));
        }
        let mut out = crate::console::out();
        if arguments.json {
            let rounds: Vec<_> = told
                .iter()
                .map(|(round, evaluations)| {
                    let mut one = serde_json::to_value(round)?;
                    if let Some(fields) = one.as_object_mut() {
                        fields.insert("evaluations".into(), serde_json::to_value(evaluations)?);
                    }
                    Ok(one)
                })
                .collect::<Result<_, serde_json::Error>>()?;
            let all = serde_json::json!({ "rounds": rounds });
            writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
            return Ok(ExitCode::SUCCESS);
        }
        for (round, evaluations) in &told {
            writeln!(
                out,
                "{:<16} {}-{}  {:<14} {}",
                round.id, round.from, round.to, round.mechanism, round.title
            )?;
            for one in evaluations {
                let due = one.due.map(|day| day.to_string()).unwrap_or_default();
                let late = if one.overdue { "  overdue" } else { "" };
                writeln!(out, "    {}  {:<14} {due}{late}", one.evaluation.state, one.stage)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

fn order(arguments: &RoundArguments) -> anyhow::Result<ExitCode> {
    let Some(id) = &arguments.round else {
        return Err(runtime::WrongUse("name the round with `--round ID`".to_owned()).into());
    };
    runtime::block_on(async {
        let app = arguments.location.app(false, None).await?;
        let order = match review::round_order(&app, id).await {
            Ok(order) => order,
            Err(why) => return refused(why),
        };
        let mut out = crate::console::out();
        if arguments.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&order)?)?;
            return Ok(ExitCode::SUCCESS);
        }
        for one in &order.order {
            let date = one.date.map(|day| day.to_string()).unwrap_or_default();
            writeln!(out, "{:>3}  {}  {date}  {}  {}", one.place, one.state, one.year, one.name)?;
        }
        for source in &order.sources {
            writeln!(out, "source: {source}")?;
        }
        Ok(ExitCode::SUCCESS)
    })
}
