//! Sessions: who is signed in, how surely, and for how long.

pub mod known_device;
mod passkey;
mod proof;
mod sign_in;
mod step_up;

pub(crate) use passkey::show_passkey;
pub use passkey::{ask_anyone, sign_in_by_passkey};
pub use proof::{Proof, prove};
pub(crate) use proof::{recovery_hash, secret_place};
pub use sign_in::{Credentials, SignedIn, sign_in};
pub(crate) use sign_in::{passphrase_fits, sign_in_elsewhere};
pub use step_up::step_up;

use crate::{
    Acting, App, Refused,
    access::{Action, Assurance, Subject},
};
use palermo_domain::{
    account::Account,
    actor::Actor,
    id::{AccountId, DeskId, SessionId},
    role::Role,
    tenant::Tenant,
};
use palermo_locale::Language;
use palermo_store::{
    account as accounts, desk as desks, role as roles,
    session::{self as sessions, Session, SessionToken},
    tenant as tenants,
};

/// Someone signed in: everything a request needs to know about them.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The session.
    pub session: Session,
    /// What the cookie holds.
    pub token: SessionToken,
    /// The account.
    pub account: Account,
    /// Its organisation.
    pub tenant: Tenant,
    /// Roles held at this moment.
    pub roles: Vec<Role>,
    /// Desks the account is a member of.
    pub desks: Vec<DeskId>,
    /// Secret of this session's form tokens; only the cookie brings it about.
    pub form_secret: [u8; 32],
}

impl Signed {
    /// This person doing something.
    #[must_use]
    pub fn acting<'a>(&self, app: &'a App, language: Language) -> Acting<'a> {
        Acting {
            app,
            subject: Subject {
                desks: self.desks.clone(),
                assurance: self.assurance(),
                stepped_up_at: self.session.proven_at,
                ..Subject::of(&self.tenant, self.account.id, self.roles.clone())
            },
            actor: Actor::Account { account: self.account.id, session: self.session.id },
            language,
            once: None,
            happened: None,
        }
    }

    /// How surely it is them.
    #[must_use]
    pub const fn assurance(&self) -> Assurance {
        match self.session.assurance {
            sessions::Assurance::Single => Assurance::One,
            sessions::Assurance::Two | sessions::Assurance::Hardware => Assurance::Two,
        }
    }

    /// The language of the account.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        Language::from_code(&self.account.language)
    }
}

/// Who a cookie belongs to. Roles and status are read anew for each request,
/// so that a change counts at once (check A6).
///
/// # Errors
/// When the database does not answer.
pub async fn resume(app: &App, cookie: &str) -> Result<Option<Signed>, Refused> {
    let Some(token) = SessionToken::parse(cookie) else { return Ok(None) };
    let Some(session) = sessions::resume(&app.store, &token).await? else { return Ok(None) };
    gather(app, session, token).await
}

/// Whose session a cookie named, also where it has ended: what was typed in it belongs to
/// them and to nobody else.
///
/// # Errors
/// When the database does not answer.
pub async fn owner(app: &App, cookie: &str) -> Result<Option<AccountId>, Refused> {
    let Some(token) = SessionToken::parse(cookie) else { return Ok(None) };
    Ok(sessions::owner(&app.store, &token).await?)
}

pub(crate) async fn gather(
    app: &App,
    session: Session,
    token: SessionToken,
) -> Result<Option<Signed>, Refused> {
    let account = accounts::find(&app.store, session.tenant, session.account).await?;
    let tenant = tenants::find(&app.store, session.tenant).await?;
    let (Some(account), Some(tenant)) = (account, tenant) else { return Ok(None) };
    let roles = held_now(app, &session).await?;
    let desks = desks::of_member(&app.store, session.tenant, session.account)
        .await?
        .into_iter()
        .map(|member| member.desk)
        .collect();
    let form_secret = *token.secret.derive(&[b"forms"]).as_bytes();
    let (account, tenant) = (account.record, tenant.record);
    Ok(Some(Signed { session, token, account, tenant, roles, desks, form_secret }))
}

async fn held_now(app: &App, session: &Session) -> Result<Vec<Role>, Refused> {
    let now = app.store.now();
    let held = roles::of_account(&app.store, session.tenant, session.account).await?;
    Ok(held
        .into_iter()
        .filter(|assignment| assignment.record.holds_at(now))
        .map(|assignment| assignment.record.role)
        .collect())
}

/// Ends the present session.
///
/// # Errors
/// What the store refuses.
pub async fn sign_out(acting: &Acting<'_>, signed: &Signed) -> Result<(), Refused> {
    end(acting, signed.session.id).await
}

/// Ends one of one's own sessions.
///
/// # Errors
/// [`Refused::NotFound`] if it is not a live session of one's own.
pub async fn end(acting: &Acting<'_>, session: SessionId) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    let context = acting.context(Action::OwnAccount)?.about(session);
    let mut act = crate::begin!(acting, context);
    sessions::revoke(&mut act, account, session).await?;
    crate::break_glass::end_all(&mut act, account).await?;
    act.commit(&()).await?;
    acting.app.names.left(tenant, session);
    Ok(())
}

/// Ends all of one's sessions, the present one excepted. Returns how many.
///
/// # Errors
/// What the store refuses.
pub async fn end_others(acting: &Acting<'_>, signed: &Signed) -> Result<u64, Refused> {
    let context = acting.context(Action::OwnAccount)?.about(signed.account.id);
    let mut act = crate::begin!(acting, context);
    let ended = sessions::revoke_all(&mut act, signed.account.id, Some(signed.session.id)).await?;
    act.commit(&ended).await?;
    Ok(ended)
}

/// One's live sessions, last seen first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Session>, Refused> {
    let (tenant, account) = acting.member()?;
    Ok(sessions::of_account(&acting.app.store, tenant, account).await?)
}
