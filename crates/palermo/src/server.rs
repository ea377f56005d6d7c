//! Listening: plain HTTP on loopback only, TLS or a proxy elsewhere; jobs in
//! the background; an end that lets running requests finish.

use crate::{
    figures::Figures,
    mail::{MailSettings, Mailer},
};
use anyhow::{Context, bail};
use axum_server::{Handle, tls_rustls::RustlsConfig};
use palermo_app::App;
use palermo_web::Settings;
use std::{
    net::{IpAddr, SocketAddr, TcpListener},
    path::PathBuf,
    time::Duration,
};

/// How to listen.
#[derive(Debug, Clone, clap::Args)]
pub struct Listening {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8470", env = "PALERMO_LISTEN")]
    pub listen: SocketAddr,
    /// Certificate chain in PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Its private key in PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// A proxy in front ends TLS and sets X-Forwarded-For
    #[arg(long, conflicts_with = "tls_cert")]
    pub behind_proxy: bool,
    /// The installation's address, such as https://palermo.example; passkeys need it
    #[arg(long, value_name = "URL", env = "PALERMO_ADDRESS")]
    pub address: Option<String>,
    /// Host of an organisation's own sign-in this installation may speak with; can be given several times
    #[arg(long = "sign-in-host", value_name = "HOST", requires = "address")]
    pub sign_in_hosts: Vec<String>,
    /// File with a token that lets a collector read /metrics from elsewhere; without it only this machine may
    #[arg(long, value_name = "FILE", env = "PALERMO_METRICS_TOKEN_FILE")]
    pub metrics_token_file: Option<PathBuf>,
    #[command(flatten)]
    pub mail: MailSettings,
}

impl Listening {
    /// Refuses to send sign-ins in the clear over a network.
    ///
    /// # Errors
    /// When neither loopback, TLS nor a proxy protects them.
    pub fn check(&self) -> anyhow::Result<()> {
        let loopback = match self.listen.ip() {
            IpAddr::V4(ip) => ip.is_loopback(),
            IpAddr::V6(ip) => ip.is_loopback(),
        };
        if loopback || self.tls_cert.is_some() || self.behind_proxy {
            return Ok(());
        }
        bail!(
            "`{}` can be reached over the network: give `--tls-cert` and `--tls-key`, or `--behind-proxy`; \
             without TLS only 127.0.0.1 is served",
            self.listen
        )
    }
}

/// Serves until told to stop. `ready` is called with the address once it listens.
///
/// # Errors
/// When it cannot listen or the certificate does not fit.
pub async fn serve(
    app: App,
    listening: &Listening,
    ready: impl FnOnce(&str) -> std::io::Result<()>,
) -> anyhow::Result<()> {
    listening.check()?;
    let figures = Figures::new(listening.metrics_token_file.as_deref(), listening.behind_proxy)?;
    let mailer = Mailer::new(&listening.mail, listening.address.as_deref())?;
    let settings = Settings {
        demo: app.demo,
        behind_proxy: listening.behind_proxy,
        exit_address: None,
        tls: listening.tls_cert.is_some(),
        address: listening.address.clone(),
        mail: mailer.is_some(),
    };
    let socket = TcpListener::bind(listening.listen)
        .with_context(|| format!("cannot listen on `{}`", listening.listen))?;
    socket.set_nonblocking(true)?;
    let address = socket.local_addr()?;
    let handle = Handle::new();
    tokio::spawn(stop_when_told(handle.clone()));
    tokio::spawn(jobs(app.clone(), figures.clone()));
    tokio::spawn(forget_names(app.clone()));
    if let Some(mailer) = mailer {
        tokio::spawn(letters(app.clone(), mailer));
    }
    let store = app.store.clone();
    let service = palermo_web::service(app, settings).route("/metrics", figures.route());
    let make = service.into_make_service_with_connect_info::<SocketAddr>();
    let scheme = if listening.tls_cert.is_some() { "https" } else { "http" };
    ready(&format!("{scheme}://{address}"))?;
    match (&listening.tls_cert, &listening.tls_key) {
        (Some(cert), Some(key)) => {
            let config = RustlsConfig::from_pem_file(cert, key)
                .await
                .context("the certificate or its key cannot be used")?;
            axum_server::from_tcp_rustls(socket, config)?.handle(handle).serve(make).await?;
        }
        _ => axum_server::from_tcp(socket)?.handle(handle).serve(make).await?,
    }
    store.sign_due_checkpoints().await?;
    store.close().await.context("the database did not close cleanly")
}

async fn stop_when_told(handle: Handle<SocketAddr>) {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
    handle.graceful_shutdown(Some(Duration::from_secs(10)));
}

/// Sends letters as they come to wait.
async fn letters(app: App, mailer: Mailer) {
    let mut ticks = tokio::time::interval(Duration::from_secs(10));
    loop {
        ticks.tick().await;
        if let Err(error) = mailer.deliver(&app).await {
            metrics::counter!("palermo_job_failures_total", "job" => "letters").increment(1);
            tracing::error!(%error, "letters could not be sent");
        }
    }
}

/// Names leave the memory within seconds of the last identity session's end,
/// also where it was ended by another instance or at the command line.
async fn forget_names(app: App) {
    let mut ticks = tokio::time::interval(Duration::from_secs(3));
    loop {
        ticks.tick().await;
        if let Err(error) = palermo_app::names::sweep(&app).await {
            metrics::counter!("palermo_job_failures_total", "job" => "names").increment(1);
            tracing::error!(%error, "it could not be seen whether names are still needed");
        }
    }
}

/// Keys whose act was never kept, and names of requests nobody will repeat.
async fn hourly(app: &App) {
    let failed = |error: palermo_store::Error| {
        metrics::counter!("palermo_job_failures_total", "job" => "sweep").increment(1);
        tracing::error!(%error, "keys without an act or old requests could not be swept");
    };
    if let Err(error) = palermo_store::sweep_idempotency(&app.store).await {
        failed(error);
    }
    if let Err(error) = app.store.overwrite_traces().await {
        metrics::counter!("palermo_job_failures_total", "job" => "traces").increment(1);
        tracing::error!(%error, "what the database keeps beside its tables was not overwritten");
    }
    if let Err(error) = palermo_app::screening::ask::sweep(app).await {
        metrics::counter!("palermo_job_failures_total", "job" => "screening-drafts").increment(1);
        tracing::error!(%error, "expired screenings could not be erased; it is tried again");
    }
    if let Err(error) = palermo_app::case::note_draft::sweep(app).await {
        metrics::counter!("palermo_job_failures_total", "job" => "note-drafts").increment(1);
        tracing::error!(%error, "drafts of notes could not be taken away; it is tried again");
    }
    if let Err(error) = palermo_app::review::typed::sweep(app).await {
        metrics::counter!("palermo_job_failures_total", "job" => "typed-words").increment(1);
        tracing::error!(%error, "words nobody saved could not be taken away; it is tried again");
    }
    if let Err(error) = palermo_app::knowledge::extract_requests::forget(app).await {
        metrics::counter!("palermo_job_failures_total", "job" => "extracts").increment(1);
        tracing::error!(%error, "addresses of researchers could not be forgotten");
    }
    let every = palermo_store::tenant::Filter::default();
    match palermo_store::tenant::list(&app.store, &every, palermo_store::Paging::all()).await {
        Err(error) => failed(error),
        Ok(page) => {
            for tenant in page.items {
                let id = tenant.record.id;
                if let Err(error) =
                    palermo_store::keys::person::collect_orphans(&app.store, id).await
                {
                    failed(error);
                }
            }
        }
    }
}

/// What is done in the background: none of it opens care or identity.
async fn jobs(app: App, figures: Figures) {
    let mut minutes = tokio::time::interval(Duration::from_secs(60));
    let mut count: u64 = 0;
    loop {
        minutes.tick().await;
        count += 1;
        figures.tidy();
        if let Err(error) = app.store.sign_due_checkpoints().await {
            metrics::counter!("palermo_job_failures_total", "job" => "checkpoint").increment(1);
            tracing::error!(%error, "a checkpoint could not be signed");
        }
        if let Err(error) = palermo_store::keys::erase::finish(&app.store).await {
            metrics::counter!("palermo_job_failures_total", "job" => "erase").increment(1);
            tracing::error!(%error, "an erasure could not be finished; it is tried again");
        }
        if count % 60 == 1 {
            hourly(&app).await;
            if let Err(error) = palermo_app::desk::ask_stale(&app).await {
                metrics::counter!("palermo_job_failures_total", "job" => "confirm").increment(1);
                tracing::error!(%error, "stale contact points could not be asked");
            }
            if let Err(error) = palermo_app::reminders::run(&app).await {
                metrics::counter!("palermo_job_failures_total", "job" => "reminders").increment(1);
                tracing::error!(%error, "reminders could not be set; they are tried again");
            }
            if let Err(error) = palermo_app::knowledge::signals::catch_up(&app).await {
                metrics::counter!("palermo_job_failures_total", "job" => "signals").increment(1);
                tracing::error!(%error, "signals could not be followed up; it is tried again");
            }
            if let Err(error) = palermo_app::care::remind::run(&app).await {
                metrics::counter!("palermo_job_failures_total", "job" => "care").increment(1);
                tracing::error!(%error, "reminders of care could not be set; they are tried again");
            }
            if let Err(error) = palermo_app::care::guardian::run(&app).await {
                metrics::counter!("palermo_job_failures_total", "job" => "guardians").increment(1);
                tracing::error!(%error, "children without a guardian could not be told of");
            }
            if let Err(error) = palermo_app::report::remind_ahead(&app).await {
                metrics::counter!("palermo_job_failures_total", "job" => "remind").increment(1);
                tracing::error!(%error, "States could not be reminded of reports; it is tried again");
            }
            if let Err(error) = palermo_app::case::retention::run(&app).await {
                metrics::counter!("palermo_job_failures_total", "job" => "cases").increment(1);
                tracing::error!(%error, "the clocks of cases could not be run; they are tried again");
            }
            let sessions = palermo_store::session::sweep(&app.store).await;
            let throttle = palermo_store::throttle::sweep(&app.store).await;
            let answered = palermo_store::answered::sweep(&app.store).await;
            if let Err(error) = palermo_app::notices::send_digests(&app).await {
                metrics::counter!("palermo_job_failures_total", "job" => "digest").increment(1);
                tracing::error!(%error, "letters about notices could not be written");
            }
            for error in [sessions.err(), throttle.err(), answered.err()].into_iter().flatten() {
                metrics::counter!("palermo_job_failures_total", "job" => "sweep").increment(1);
                tracing::error!(%error, "old sessions or counts could not be swept");
            }
        }
    }
}
