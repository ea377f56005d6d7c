//! `palermo serve`: a real region.

use crate::{
    console,
    organisations::Organisations,
    runtime::{self, Location},
    server::{Listening, serve},
};
use std::{io::Write, process::ExitCode, sync::Arc};

/// Which data to serve, and how.
#[derive(Debug, clap::Args)]
pub struct ServeCommand {
    /// TOML file with these flags under their names; flags and environment go before it
    #[arg(long, value_name = "FILE")]
    #[allow(dead_code)] // read before the other arguments, which it may supply
    config: Option<std::path::PathBuf>,
    #[command(flatten)]
    location: Location,
    #[command(flatten)]
    listening: Listening,
    /// Serve with a development build all the same: it is slow and checks less
    #[arg(long, env = "PALERMO_ALLOW_DEBUG_BUILD", hide = true, value_parser = clap::builder::BoolishValueParser::new())]
    allow_debug_build: bool,
}

/// Serves until told to stop.
///
/// # Errors
/// When it may not be served like this, or the data cannot be opened.
pub fn run(command: &ServeCommand) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(
        !cfg!(debug_assertions) || command.allow_debug_build,
        "this is a development build; build with `--release` to serve"
    );
    command.listening.check()?;
    runtime::block_on(async {
        let address = command.listening.address.as_deref();
        let mut app = command.location.app(false, address).await?;
        if let (Some(address), false) = (address, command.listening.sign_in_hosts.is_empty()) {
            let hosts = Organisations::new(address, &command.listening.sign_in_hosts);
            app = app.with_organisations(Arc::new(hosts));
        }
        serve(app, &command.listening, |address| writeln!(console::out(), "listening on {address}"))
            .await
    })?;
    Ok(ExitCode::SUCCESS)
}
