//! `palermo mechanisms`: who the mechanisms are, who belonged to which on a
//! date, and whether a profile is right. Reads shipped content,
//! or with `--data` what a data folder lays on top of it.

mod overlay;
mod show;

use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use palermo_app::content::Content;
use palermo_app::domain::register::day::Day;
use palermo_app::domain::register::document::Problem;
use palermo_app::domain::register::mechanism::{MechanismId, MechanismProfile, MechanismRegister};
use palermo_app::domain::register::provenance::PartialDate;
use palermo_app::register::Registers;
use palermo_store::{Store, register::recorded};
use serde::Serialize;

use crate::runtime::{self, Location};

/// Exit status: the data said no.
const NO: u8 = 1;
/// Exit status: used in a wrong way.
const WRONG_USE: u8 = 2;

const CHECK_HELP: &str = "\
Examples:
  palermo mechanisms check my-region.toml     the profile of a mechanism
  palermo mechanisms check policy/roles.toml  an installation's own policy
  palermo mechanisms check content            all of an installation's own content, as `serve` would read it

Every problem is told at once, with file, line and remedy.
Exit status: 0 no problem, 1 problems, 2 wrong use.";

/// What to ask of the mechanisms.
#[derive(Debug, clap::Subcommand)]
pub enum MechanismsCommand {
    /// Every mechanism with its members
    List {
        /// Members on this day, e.g. 2010-10-01 [default: the day each profile speaks of]
        #[arg(long, value_name = "DATE")]
        on: Option<Day>,
        /// Answer in JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        of: OfData,
    },
    /// Everything known of one mechanism, with sources
    Show {
        /// Its id, e.g. ECOWAS-ECCAS
        id: String,
        /// Answer in JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        of: OfData,
    },
    /// The mechanisms a State belonged to
    Of {
        /// The State's code, e.g. MMR
        state: String,
        /// On this day, e.g. 2010-10-01 [default: the day each profile speaks of]
        #[arg(long, value_name = "DATE")]
        on: Option<Day>,
        /// Answer in JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        of: OfData,
    },
    /// Check a profile, a policy, or a whole folder of own content before a restart
    #[command(after_help = CHECK_HELP)]
    Check {
        /// The file, or the folder
        file: PathBuf,
        /// Answer in JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        of: OfData,
    },
}

/// Whose content: what ships, or a data folder's.
#[derive(Debug, Default, clap::Args)]
pub struct OfData {
    /// Data folder whose own content lies on top of what ships
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Folder with an installation's own content, on top of what ships
    #[arg(long, value_name = "DIR", env = "PALERMO_CONTENT")]
    content: Option<PathBuf>,
    /// File with the root key of the data folder, to read what editors recorded in it
    #[arg(long, value_name = "FILE", env = "PALERMO_KEY_FILE")]
    key_file: Option<PathBuf>,
    /// Run as root all the same: a fault in the program then reaches the whole machine
    #[arg(long, env = "PALERMO_ALLOW_ROOT", value_parser = clap::builder::BoolishValueParser::new())]
    allow_root: bool,
}

impl OfData {
    /// The content asked for.
    fn load(&self, demo: bool) -> anyhow::Result<Content> {
        let Some(location) = self.location() else {
            return Ok(Content::load(self.content.as_deref(), demo)?);
        };
        runtime::not_as_root(self.allow_root)?;
        let folder = location.data.as_deref().unwrap_or_else(|| Path::new("."));
        anyhow::ensure!(folder.is_dir(), "`{}` is not there", folder.display());
        Ok(Content::load(location.own_content().as_deref(), demo || location.is_demo())?)
    }

    fn location(&self) -> Option<Location> {
        Some(Location {
            data: Some(self.data.clone()?),
            database_url_file: None,
            key_file: self.key_file.clone(),
            content: self.content.clone(),
            allow_root: self.allow_root,
        })
    }

    /// The mechanisms, with what editors recorded in the data folder. Content is
    /// not sealed and answers without a key; what was recorded is not read then,
    /// and that is said.
    fn mechanisms<'c>(&self, content: &'c Content) -> anyhow::Result<Cow<'c, MechanismRegister>> {
        let shipped = Cow::Borrowed(content.mechanisms());
        let Some(location) = self.location() else { return Ok(shipped) };
        let database = self.data.as_ref().map(|folder| folder.join("palermo.db"));
        if !database.is_some_and(|file| file.is_file()) {
            return Ok(shipped);
        }
        if location.key_file.is_none() && !location.is_demo() {
            eprintln!(
                "note: what editors recorded in this data folder is not read without its key; \
                 name it with `--key-file`"
            );
            return Ok(shipped);
        }
        runtime::block_on(async {
            let store = Store::open(location.config(false)?).await;
            let store = store.context("the data cannot be opened")?;
            let facts = recorded::standing(&store).await?;
            store.close().await.context("the database did not close cleanly")?;
            let facts: Vec<_> = facts.into_iter().map(|one| one.recorded).collect();
            Ok(Cow::Owned(content.mechanisms().clone().with(&facts)))
        })
    }
}

/// Runs the command on what ships with the program, or on a data folder's content.
///
/// # Errors
/// Content that cannot be read, or an output that cannot be written to.
pub fn run(command: &MechanismsCommand) -> anyhow::Result<ExitCode> {
    if let MechanismsCommand::Check { file, json, of } = command
        && file.is_dir()
    {
        let demo = of.data.as_ref().is_some_and(|data| data.join(runtime::DEMO_MARK).is_file());
        let mut streams = Streams { out: crate::console::out(), err: crate::console::err() };
        return Ok(ExitCode::from(overlay::check(file, demo, *json, &mut streams)?));
    }
    // A profile of the demonstration is checked among its own.
    let demo = matches!(command, MechanismsCommand::Check { .. });
    let (MechanismsCommand::List { of, .. }
    | MechanismsCommand::Show { of, .. }
    | MechanismsCommand::Of { of, .. }
    | MechanismsCommand::Check { of, .. }) = command;
    let content = of.load(demo)?;
    let register = match command {
        MechanismsCommand::Check { .. } => Cow::Borrowed(content.mechanisms()),
        _ => of.mechanisms(&content)?,
    };
    let mut streams = Streams { out: crate::console::out(), err: crate::console::err() };
    Ok(ExitCode::from(answer(command, &content, &register, &mut streams)?))
}

struct Streams<O, E> {
    out: O,
    err: E,
}

/// Answers from content, whichever it is; the exit status is the result.
fn answer<O: Write, E: Write>(
    command: &MechanismsCommand,
    content: &Content,
    register: &MechanismRegister,
    to: &mut Streams<O, E>,
) -> anyhow::Result<u8> {
    match command {
        MechanismsCommand::List { on, json, .. } => list(register, *on, *json, to),
        MechanismsCommand::Show { id, json, .. } => show(register, id, *json, to),
        MechanismsCommand::Of { state, on, json, .. } => {
            of((content, register), state, *on, *json, to)
        }
        MechanismsCommand::Check { file, json, .. } => check(content, file, *json, to),
    }
}

fn write_json<T: Serialize>(out: &mut impl Write, value: &T) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    writeln!(out, "{text}")?;
    Ok(())
}

fn list<O: Write, E: Write>(
    register: &MechanismRegister,
    on: Option<Day>,
    json: bool,
    to: &mut Streams<O, E>,
) -> anyhow::Result<u8> {
    let list = register.list(on);
    if json {
        write_json(&mut to.out, &list)?;
        return Ok(0);
    }
    for mechanism in &list {
        let members = match mechanism.members.len() {
            0 => "-".to_owned(),
            number => number.to_string(),
        };
        writeln!(to.out, "{:<17} {members:>4}  {}", mechanism.id, mechanism.name)?;
    }
    warn_beyond(register.profiles(), on, to)?;
    Ok(0)
}

/// Says on standard error when a question reaches past what profiles cover.
fn warn_beyond<'p, O: Write, E: Write>(
    mut profiles: impl Iterator<Item = &'p MechanismProfile>,
    on: Option<Day>,
    to: &mut Streams<O, E>,
) -> anyhow::Result<()> {
    if let Some(on) = on
        && profiles.any(|profile| profile.as_of_day() < on)
    {
        writeln!(
            to.err,
            "note: some profiles speak of an earlier day than {on}; later changes are there only where recorded"
        )?;
    }
    Ok(())
}

fn show<O: Write, E: Write>(
    register: &MechanismRegister,
    id: &str,
    json: bool,
    to: &mut Streams<O, E>,
) -> anyhow::Result<u8> {
    let wanted = id.to_uppercase();
    let Some(profile) = register.get(&wanted) else {
        let near: Vec<&str> = register
            .profiles()
            .map(|profile| profile.id.as_str())
            .filter(|known| known.contains(&wanted) || wanted.contains(known))
            .collect();
        let hint = if near.is_empty() {
            "`palermo mechanisms list` shows all".to_owned()
        } else {
            format!("did you mean {}?", near.join(", "))
        };
        writeln!(to.err, "no mechanism has the id `{id}`; {hint}")?;
        return Ok(NO);
    };
    if json {
        write_json(&mut to.out, profile)?;
    } else {
        show::profile(&mut to.out, register, profile)?;
    }
    Ok(0)
}

fn of<O: Write, E: Write>(
    (content, register): (&Content, &MechanismRegister),
    state: &str,
    on: Option<Day>,
    json: bool,
    to: &mut Streams<O, E>,
) -> anyhow::Result<u8> {
    let code = state.to_uppercase();
    if !content.knows_state(&code) {
        let near = near_state(content, state);
        let remedy =
            near.unwrap_or_else(|| "use the three letters of ISO 3166, such as MMR".to_owned());
        writeln!(to.err, "`{state}` is no code of a State; {remedy}")?;
        return Ok(WRONG_USE);
    }
    let found = register.mechanisms_of(&code, on);
    // A code that ISO 3166 leaves to users is a State's only where a profile, of the
    // day asked for or not, or a list says so.
    if found.is_empty()
        && !content.lists_state(&code)
        && register.mechanisms_of(&code, None).is_empty()
    {
        writeln!(
            to.err,
            "`{code}` is a code that ISO 3166 leaves to users, and no State has it here; \
             name the folder that gives it to one with `--data` or `--content`"
        )?;
        return Ok(WRONG_USE);
    }
    if json {
        write_json(&mut to.out, &found)?;
        return Ok(0);
    }
    if found.is_empty() {
        writeln!(to.out, "no mechanism is known for {code}")?;
    }
    for membership in &found {
        let date = |date: Option<_>, otherwise: &str| {
            date.map_or_else(|| otherwise.to_owned(), |date: PartialDate| date.to_string())
        };
        let (from, until) = (date(membership.from, "unknown"), date(membership.to, ""));
        writeln!(
            to.out,
            "{:<17} {:<17} {from:<10} - {until:<10}  {}",
            membership.id,
            membership.status.code(),
            membership.name
        )?;
    }
    let involved = found.iter().filter_map(|membership| register.get(membership.id.as_str()));
    warn_beyond(involved, on, to)?;
    Ok(0)
}

/// The States whose code or name is like this, as a remedy.
fn near_state(content: &Content, typed: &str) -> Option<String> {
    let registers = Registers::load(content, false).ok()?;
    let states = &registers.states;
    let near = match states.resolve(typed, None) {
        Ok(code) => vec![(states.name(code, "en"), code)],
        Err(_) => states.nearest(typed),
    };
    let near: Vec<_> = near.iter().map(|(name, code)| format!("{code} ({name})")).collect();
    (!near.is_empty()).then(|| format!("did you mean {}?", near.join(", ")))
}

#[derive(Serialize)]
struct Checked<'a> {
    file: String,
    id: Option<String>,
    problems: &'a [Problem],
}

fn check<O: Write, E: Write>(
    content: &Content,
    file: &Path,
    json: bool,
    to: &mut Streams<O, E>,
) -> anyhow::Result<u8> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            writeln!(to.err, "`{}` cannot be read: {error}", file.display())?;
            return Ok(WRONG_USE);
        }
    };
    if overlay::is_policy(file, &text) {
        return overlay::check_policy(content, file, &text, json, to);
    }
    let known = |id: &MechanismId| content.mechanisms().get(id.as_str()).is_some();
    let checked = content.check_mechanism(&text).and_then(|profile| {
        let unknown = profile.unknown_mechanisms(&text, known);
        if unknown.is_empty() { Ok(profile) } else { Err(unknown) }
    });
    let (id, problems) = match checked {
        Ok(profile) => (Some(profile.id.to_string()), Vec::new()),
        Err(problems) => (None, problems),
    };
    if json {
        let file = file.display().to_string();
        write_json(&mut to.out, &Checked { file, id: id.clone(), problems: &problems })?;
    } else if let Some(id) = &id {
        writeln!(to.out, "{}: {id}, no problem", file.display())?;
    }
    for problem in &problems {
        writeln!(to.err, "{}: {problem}", file.display())?;
    }
    Ok(if problems.is_empty() { 0 } else { NO })
}

#[cfg(test)]
#[path = "mechanisms/tests.rs"]
mod tests;
