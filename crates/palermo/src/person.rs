//! Acts that touch care or identity, or that an organisation's administrator
//! decides: whoever sits at the command line signs in for them.

use crate::{console, runtime};
use palermo_app::{
    Acting, App,
    domain::actor::Actor,
    locale::Language,
    session::{self, Credentials, Proof, Signed, SignedIn},
};
use std::path::PathBuf;

/// In whose name.
#[derive(Debug, Clone, clap::Args)]
pub struct AsWhom {
    /// Sign in as this person for the act
    #[arg(id = "as", long = "as", value_name = "EMAIL")]
    pub email: Option<String>,
    /// File with their passphrase; asked for on a terminal
    #[arg(long, value_name = "FILE", requires = "as")]
    pub passphrase_file: Option<PathBuf>,
    /// Their one-time code, or one of their recovery codes; asked for on a terminal
    #[arg(long, value_name = "CODE", requires = "as")]
    pub code: Option<String>,
}

/// Someone who signed in for one command.
pub struct Person<'a> {
    app: &'a App,
    /// Their session.
    pub signed: Signed,
    user: String,
}

impl AsWhom {
    /// Signs in, with the second factor, if a person is named.
    ///
    /// # Errors
    /// When the passphrase or the code is wrong, or no second factor is set up.
    pub async fn sign_in<'a>(&self, app: &'a App) -> anyhow::Result<Option<Person<'a>>> {
        let Some(email) = &self.email else { return Ok(None) };
        let question = format!("Passphrase of {email}");
        let passphrase =
            console::passphrase(self.passphrase_file.as_deref(), &question, "--passphrase-file")?;
        let typed = Credentials {
            email: email.clone(),
            passphrase: passphrase.clone(),
            device: "command line".to_owned(),
            mark: String::new(),
            source: None,
        };
        let user = runtime::system_user();
        let refused = |refused| console::told(app, refused);
        let signed = match session::sign_in(app, typed).await.map_err(refused)? {
            SignedIn::Done(signed) => {
                // The demonstration has no second factor; the passphrase stands in.
                let acting = signed.acting(app, Language::En);
                session::step_up(&acting, &signed, None, &passphrase).await.map_err(refused)?
            }
            SignedIn::SecondFactor(signed) => {
                let acting = signed.acting(app, Language::En);
                let code = console::answer(self.code.as_deref(), "One-time code", "--code")?;
                let digits = code.chars().filter(char::is_ascii_digit).count();
                let proof = if digits == 6 && code.trim().len() <= 7 {
                    Proof::OneTimeCode(code)
                } else {
                    Proof::RecoveryCode(code)
                };
                session::prove(&acting, &signed, &proof).await.map_err(refused)?
            }
            SignedIn::EnrolFirst(signed) => {
                let acting = signed.acting(app, Language::En);
                session::sign_out(&acting, &signed).await.map_err(refused)?;
                anyhow::bail!(
                    "{email} has no second factor yet; set one up by signing in to the pages"
                );
            }
        };
        Ok(Some(Person { app, signed, user }))
    }

    /// Signs in as the person who must be named for this act.
    ///
    /// # Errors
    /// As [`AsWhom::sign_in`]; wrong use when nobody is named.
    pub async fn required<'a>(&self, app: &'a App) -> anyhow::Result<Person<'a>> {
        match self.sign_in(app).await? {
            Some(person) => Ok(person),
            None => Err(runtime::WrongUse(
                "this touches care or identity: give `--as EMAIL --passphrase-file F --code CODE`"
                    .to_owned(),
            )
            .into()),
        }
    }
}

impl<'a> Person<'a> {
    /// This person acting at the command line: the log names the system user
    /// and the account.
    #[must_use]
    pub fn acting(&self) -> Acting<'a> {
        let mut acting = self.signed.acting(self.app, Language::En);
        acting.actor =
            Actor::Operator { user: self.user.clone(), account: Some(self.signed.account.id) };
        acting
    }

    /// Ends the session that was opened for the command.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn leave(self) -> anyhow::Result<()> {
        let acting = self.acting();
        session::sign_out(&acting, &self.signed).await.map_err(|r| console::told(self.app, r))
    }
}
