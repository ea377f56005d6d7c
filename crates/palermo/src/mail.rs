//! Letters that wait in the outbox are sent by SMTP over TLS. A letter says
//! only that there is something, never what (E13). Without a mail server they
//! stay waiting, where an administrator sees them.

use anyhow::Context;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use palermo_app::{
    App,
    locale::{Arg, Language},
};
use palermo_store::outbox::{self, Claimed};
use serde_json::Value as Json;
use std::{path::PathBuf, time::Duration};

/// Letters taken at once, and how long a worker may hold them.
const BATCH: u64 = 20;
const LEASE: Duration = Duration::from_secs(300);

/// How mail leaves.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct MailSettings {
    /// File with the address of the mail server, such as smtps://user:password@mail.example:465
    #[arg(long, value_name = "FILE", requires = "mail_from", env = "PALERMO_SMTP_URL_FILE")]
    pub smtp_url_file: Option<PathBuf>,
    /// Sender of letters, such as "Palermo <no-reply@palermo.example>"
    #[arg(long, value_name = "MAILBOX", env = "PALERMO_MAIL_FROM")]
    pub mail_from: Option<String>,
}

/// Sends letters.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// The installation's address, put in front of links.
    address: String,
}

impl Mailer {
    /// A mailer, where a mail server is named.
    ///
    /// # Errors
    /// When the file, the address in it or the sender cannot be used.
    pub fn new(settings: &MailSettings, address: Option<&str>) -> anyhow::Result<Option<Self>> {
        let (Some(file), Some(from)) = (&settings.smtp_url_file, &settings.mail_from) else {
            return Ok(None);
        };
        crate::runtime::private(file)?;
        let url = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read `{}`", file.display()))?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.trim())
            .with_context(|| format!("`{}` holds no address of a mail server", file.display()))?
            .timeout(Some(Duration::from_secs(30)))
            .build();
        let from = from.parse().with_context(|| format!("`{from}` is not a sender"))?;
        let address = address
            .context("letters hold links: give `--address`, such as https://palermo.example")?
            .trim_end_matches('/')
            .to_owned();
        Ok(Some(Self { transport, from, address }))
    }

    /// Sends what is due; what does not go is tried again later.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn deliver(&self, app: &App) -> anyhow::Result<()> {
        for claimed in outbox::claim(&app.store, BATCH, LEASE).await? {
            match self.send(app, &claimed).await {
                Ok(()) => outbox::delivered(&app.store, &claimed.item).await?,
                Err(error) => {
                    // The mail server's words may hold the address. The item has it anyway,
                    // unless it is one that is forgotten with the letter.
                    let why = if claimed.item.destination.is_empty() {
                        error.to_string()
                    } else {
                        format!("{error:#}")
                    };
                    let state = outbox::not_delivered(&app.store, &claimed.item, &why).await?;
                    tracing::warn!(item = %claimed.item.id, state = state.code(), "a letter did not go");
                }
            }
        }
        Ok(())
    }

    async fn send(&self, app: &App, claimed: &Claimed) -> anyhow::Result<()> {
        anyhow::ensure!(claimed.item.channel == "mail", "this goes by another way than mail");
        let mut letter = compose(app, &claimed.body, &self.address)?;
        if !claimed.item.destination.is_empty() {
            letter.to.clone_from(&claimed.item.destination);
        }
        let message = Message::builder()
            .from(self.from.clone())
            .to(letter.to.parse().context("the address cannot be used")?)
            .subject(letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body)?;
        self.transport.send(message).await.context("the mail server refused")?;
        Ok(())
    }
}

/// A letter in its reader's language.
struct Letter {
    /// Whom it goes to, where only the letter says it.
    to: String,
    subject: String,
    body: String,
}

fn compose(app: &App, body: &[u8], address: &str) -> anyhow::Result<Letter> {
    let facts: Json = serde_json::from_slice(body).context("the letter cannot be read")?;
    let fact = |name: &str| facts.get(name).and_then(Json::as_str).unwrap_or_default();
    let language = Language::from_code(fact("language")).unwrap_or(Language::En);
    let (id, path) = match fact("letter") {
        "invitation" => ("letter-invitation", "invitation"),
        "recovery" => ("letter-recovery", "recover"),
        "digest" => ("letter-digest", "notices"),
        "confirm-contact-point" => ("letter-confirm", "contact-points/confirm"),
        "report-ahead" => ("letter-report-ahead", "reports/mine"),
        "report-late" => ("letter-report-late", "reports/mine"),
        "report-returned" => ("letter-report-returned", "reports/mine"),
        "confirm-report" => ("letter-confirm-report", "confirm"),
        "information-asked" => ("letter-information-asked", "information"),
        "extract-answered" => ("letter-extract-answered", "extract-requests"),
        "review-changed" => ("letter-review-changed", "reviews"),
        other => anyhow::bail!("there is no letter `{other}`"),
    };
    let token = fact("token");
    let rest = if token.is_empty() { String::new() } else { format!("/{token}") };
    let link = format!("{address}/{}/{path}{rest}", language.code());
    let say = |part: &str| {
        app.catalogue.format_plain(language, &format!("{id}-{part}"), &[("link", Arg::from(&link))])
    };
    Ok(Letter {
        to: fact("to").to_owned(),
        subject: app.catalogue.format_plain(language, "letter-subject", &[]),
        body: say("body"),
    })
}
