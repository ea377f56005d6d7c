//! `palermo demo`: a whole invented region in a browser, within seconds.

use crate::{
    console,
    runtime::{self, DEMO_MARK, Location},
    server::{Listening, serve},
};
use anyhow::Context;
use palermo_app::demo;
use std::{
    io::{self, IsTerminal, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// What to demonstrate, and where.
#[derive(Debug, clap::Args)]
pub struct DemoCommand {
    /// Address and port to listen on (this machine only)
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8470")]
    listen: SocketAddr,
    /// Folder to keep the demonstration in; without it everything is gone at the end
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Make the folder and stop
    #[arg(long, requires = "data")]
    prepare_only: bool,
    /// Open at a lesson: its page with roles and the way to begin is printed
    #[arg(long, value_name = "N")]
    lesson: Option<u8>,
    /// Run as root all the same: a fault in the program then reaches the whole machine
    #[arg(long, env = "PALERMO_ALLOW_ROOT", value_parser = clap::builder::BoolishValueParser::new())]
    allow_root: bool,
}

/// Runs the demonstration.
///
/// # Errors
/// When the folder holds real data, or the region cannot be built.
pub fn run(command: &DemoCommand) -> anyhow::Result<ExitCode> {
    runtime::not_as_root(command.allow_root)?;
    if let Some(lesson) = command.lesson
        && !(1..=LESSONS).contains(&lesson)
    {
        let told = format!("there is no lesson {lesson}; the lessons are 1 to {LESSONS}");
        return Err(runtime::WrongUse(told).into());
    }
    // Dropped, and so wiped, at the end, unless a folder was named.
    let passing = match &command.data {
        Some(_) => None,
        None => Some(
            tempfile::Builder::new()
                .prefix("palermo-demo-")
                .permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700))
                .tempdir()?,
        ),
    };
    let folder = match (&command.data, &passing) {
        (Some(folder), _) => folder.clone(),
        (None, Some(passing)) => passing.path().to_owned(),
        (None, None) => anyhow::bail!("no folder for the demonstration"),
    };
    runtime::block_on(async {
        let new = prepare(&folder)?;
        let location = Location::demo(&folder, command.allow_root);
        let app = location.app(new, None).await?;
        let region = if new { demo::build(&app).await } else { demo::region(&app) };
        let region = region.map_err(|refused| anyhow::anyhow!("{refused}"))?;
        if new {
            complete(&folder)?;
        }
        if command.prepare_only {
            writeln!(console::out(), "the demonstration is ready in `{}`", folder.display())?;
            return app.store.close().await.context("the database did not close cleanly");
        }
        let listening = Listening {
            listen: command.listen,
            tls_cert: None,
            tls_key: None,
            behind_proxy: false,
            address: None,
            sign_in_hosts: Vec::new(),
            mail: crate::mail::MailSettings::default(),
            metrics_token_file: None,
        };
        serve(app, &listening, |address| announce(address, &region, command)).await
    })?;
    Ok(ExitCode::SUCCESS)
}

/// How many lessons there are.
const LESSONS: u8 = 3;

/// What the mark of a demonstration says until the whole region is there.
const BEING_MADE: &str = "invented data only; being made\n";

/// Makes the folder with its key, unless it is a demonstration already. True
/// if it is new. A demonstration whose making was cut off is made anew: half a
/// region would mislead whoever looks at it.
fn prepare(folder: &Path) -> anyhow::Result<bool> {
    runtime::make_private_folder(folder)?;
    let mark = folder.join(DEMO_MARK);
    if mark.is_file() {
        if std::fs::read_to_string(&mark)? != BEING_MADE {
            return Ok(false);
        }
        for made in ["palermo.db", "keystore.db"] {
            for rest in ["", "-wal", "-shm"] {
                remove(&folder.join(format!("{made}{rest}")))?;
            }
        }
        let key = folder.join("root.key");
        remove(&key)?;
        remove(&runtime::aside(&key))?;
        remove(&mark)?;
    }
    remove(&runtime::aside(&mark))?;
    anyhow::ensure!(
        std::fs::read_dir(folder)?.next().is_none(),
        "`{}` is not empty and no demonstration; name an empty folder",
        folder.display()
    );
    // The mark first: whatever is left after it is known to be invented.
    runtime::write_private(&mark, BEING_MADE)?;
    runtime::write_private(&folder.join("root.key"), &runtime::new_root_key()?)?;
    Ok(true)
}

fn remove(file: &Path) -> anyhow::Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove `{}`", file.display()))
        }
        _ => Ok(()),
    }
}

/// Notes that the whole region is there, in one step.
fn complete(folder: &Path) -> anyhow::Result<()> {
    let mark = folder.join(DEMO_MARK);
    let aside = runtime::aside(&mark);
    remove(&aside)?;
    runtime::write_private(&aside, "invented data only\n")?;
    std::fs::rename(&aside, &mark).with_context(|| format!("cannot write `{}`", mark.display()))
}

fn announce(address: &str, region: &demo::Region, command: &DemoCommand) -> io::Result<()> {
    let kept = command.data.as_deref();
    let mut out = console::out();
    let bold = if io::stdout().is_terminal() { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    writeln!(out, "\n  The Meridian Process, a demonstration. Everything in it is invented.")?;
    writeln!(out, "\n  Open {}{address}/{}", bold.0, bold.1)?;
    if let Some(lesson) = command.lesson {
        writeln!(
            out,
            "  Lesson {lesson} begins at {}{address}/en/demo/lessons/{lesson}{} (print that page)",
            bold.0, bold.1
        )?;
    }
    writeln!(out, "  Step into any role: {address}/demo")?;
    writeln!(out, "\n  Or sign in with the passphrase `{}` as", demo::PASSPHRASE)?;
    for person in &region.people {
        writeln!(out, "    {:<38} {}", person.email, person.roles.join(", "))?;
    }
    let end = match kept {
        Some(folder) => format!("kept in `{}`", folder.display()),
        None => "wiped at the end".to_owned(),
    };
    writeln!(out, "\n  Stop with Ctrl+C; the data is {end}.\n")?;
    out.flush()
}
