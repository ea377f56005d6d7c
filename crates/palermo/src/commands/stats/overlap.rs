//! `palermo stats overlap`: how large are the overlaps of lists whose owners may
//! not show each other names?

use super::link::Sheet;
use anyhow::{Context, bail};
use clap::Args;
use palermo_stats::linkage::intersection::{Agreement, Message, Party, count};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

const HELP: &str = "\
Each party runs the command on its own list, with the same --parties, --session and
--exchange folder (shared, or carried from one machine to the other and back):

  palermo stats overlap police.csv  --party police  --parties police,shelter --session 2026-q3 \\
      --columns given,surname,dob --exchange shared/
  palermo stats overlap shelter.csv --party shelter --parties police,shelter --session 2026-q3 \\
      --columns given,surname,dob --exchange shared/

Only points of an elliptic curve are exchanged. Everybody learns how many persons are on
each combination of lists, nobody who they are. Parties must follow the protocol; one that
invents names can learn whether others have them. Values must be spelt alike (case and
spaces at the ends do not matter). The secret lives only while the command runs.

The table is what `palermo stats estimate` reads. Protect it before publication.

Exit status: 0 done, 1 refused or nobody answered (reasons on standard error), 2 wrong use.";

/// How large are the overlaps of lists whose owners may not show names?
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct OverlapArgs {
    /// This party's CSV file
    list: PathBuf,
    /// This party
    #[arg(long)]
    party: String,
    /// All parties, in the order of the table's columns
    #[arg(long, value_delimiter = ',', required = true)]
    parties: Vec<String>,
    /// Name of this run, agreed by all; a new one for each run
    #[arg(long)]
    session: String,
    /// Columns that together tell a person
    #[arg(long, value_delimiter = ',', required = true)]
    columns: Vec<String>,
    /// Empty folder through which messages go
    #[arg(long, value_name = "FOLDER")]
    exchange: PathBuf,
    /// Fewest persons a list may have
    #[arg(long, default_value_t = 10)]
    minimum: usize,
    /// Seconds to wait for the others
    #[arg(long, default_value_t = 600)]
    wait: u64,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
}

/// Largest message read: two million points and the brackets around them.
const MOST_BYTES: u64 = 150_000_000;

/// Runs the command.
///
/// # Errors
/// When the list cannot be read, a message is refused, or others do not answer.
pub fn run(args: &OverlapArgs) -> anyhow::Result<ExitCode> {
    let agreement = Agreement {
        session: args.session.clone(),
        parties: args.parties.clone(),
        minimum: args.minimum,
    };
    let mut random = rand::rng();
    let party = Party::new(&agreement, &args.party, &mut random)?;
    let persons = persons(args)?;
    let exchange =
        Exchange { folder: &args.exchange, until: Instant::now() + Duration::from_secs(args.wait) };
    let me = agreement.parties.iter().position(|name| *name == args.party).unwrap_or(0);
    exchange.write(me, 0, &party.start(&persons, &mut random)?)?;
    let number = agreement.parties.len();
    let mut turns: Vec<(usize, usize)> = (0..number)
        .filter(|&owner| owner != me)
        .map(|owner| (owner, (me + number - owner) % number))
        .collect();
    // Early turns first, so that no two parties wait for each other.
    turns.sort_by_key(|&(_, step)| step);
    for (owner, step) in turns {
        let message = exchange.read(owner, step - 1, &agreement)?;
        exchange.write(owner, step, &party.pass(&message, &mut random)?)?;
    }
    let finished: anyhow::Result<Vec<Message>> =
        (0..number).map(|owner| exchange.read(owner, number - 1, &agreement)).collect();
    let histories = count(&agreement, &finished?)?;
    let small = histories.iter().any(|(_, count)| *count < args.minimum as u64);
    tell(args, &histories, small)?;
    Ok(ExitCode::SUCCESS)
}

fn tell(args: &OverlapArgs, histories: &[(Vec<bool>, u64)], small: bool) -> anyhow::Result<()> {
    let warning = "some overlaps are small: protect the table before it is published";
    if args.json {
        let rows: Vec<_> = (histories.iter())
            .map(|(lists, count)| {
                let lists: Vec<u8> = lists.iter().map(|&on| on.into()).collect();
                json!({"lists": lists, "count": count})
            })
            .collect();
        let observed: u64 = histories.iter().map(|(_, count)| count).sum();
        let warnings: Vec<&str> = small.then_some(warning).into_iter().collect();
        let object = json!({
            "method": "private-intersection", "lists": args.parties, "observed": observed,
            "histories": rows, "warnings": warnings,
        });
        return super::print_line(&object.to_string());
    }
    if small {
        eprintln!("palermo: {warning}");
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(args.parties.iter().map(String::as_str).chain(["count"]))?;
    for (lists, count) in histories {
        let cells = lists.iter().map(|&on| u8::from(on).to_string());
        writer.write_record(cells.chain([count.to_string()]))?;
    }
    let table = String::from_utf8(writer.into_inner()?)?;
    super::print_line(table.trim_end())
}

/// One text per person; the length before each value keeps `ab, c` from `a, bc`.
fn persons(args: &OverlapArgs) -> anyhow::Result<Vec<String>> {
    let sheet = Sheet::read(&args.list)?;
    let places: anyhow::Result<Vec<Option<usize>>> =
        args.columns.iter().map(|column| sheet.column(column).map(Some)).collect();
    let places = places.with_context(|| format!("`{}`", args.list.display()))?;
    let text = |row: Vec<String>| -> Option<String> {
        let values: Vec<String> = row.iter().map(|value| value.trim().to_lowercase()).collect();
        let known = values.iter().any(|value| !value.is_empty());
        known.then(|| values.iter().map(|value| format!("{}:{value}", value.len())).collect())
    };
    Ok(sheet.select(&places).into_iter().filter_map(text).collect())
}

/// Messages as files `OWNER-STEP.json`, both by number.
struct Exchange<'a> {
    folder: &'a Path,
    until: Instant,
}

impl Exchange<'_> {
    fn path(&self, owner: usize, step: usize) -> PathBuf {
        self.folder.join(format!("{owner}-{step}.json"))
    }

    /// Writes beside and renames, so that nobody reads half a message.
    fn write(&self, owner: usize, step: usize, message: &Message) -> anyhow::Result<()> {
        let path = self.path(owner, step);
        if path.exists() {
            bail!("`{}` is there already; each run needs an empty folder", path.display());
        }
        let part = path.with_extension("part");
        std::fs::write(&part, serde_json::to_vec(message)?)
            .and_then(|()| std::fs::rename(&part, &path))
            .with_context(|| format!("`{}` cannot be written", path.display()))
    }

    fn read(&self, owner: usize, step: usize, agreement: &Agreement) -> anyhow::Result<Message> {
        let path = self.path(owner, step);
        while !path.exists() {
            if Instant::now() >= self.until {
                let list = agreement.parties.get(owner).map_or("", String::as_str);
                let name = agreement.turn(list, step).unwrap_or("nobody");
                bail!("`{name}` did not answer in time");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let shown = || format!("`{}` cannot be read", path.display());
        if std::fs::metadata(&path).with_context(shown)?.len() > MOST_BYTES {
            bail!("`{}` is too large", path.display());
        }
        serde_json::from_slice(&std::fs::read(&path).with_context(shown)?).with_context(shown)
    }
}
