//! An organisation's own sign-in (OpenID Connect). It says who someone is and
//! nothing else: accounts and roles are made in Palermo alone, and an account
//! counts only once its owner, signed in, has linked it.

use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    ports::{ProviderAnswer, ProviderSettings},
    session::{Signed, SignedIn, sign_in_elsewhere},
    tokens,
};
use palermo_crypto::{Aad, OsEntropy, open, seal};
use palermo_domain::id::{AccountId, Id, TenantId};
use palermo_store::{
    Act, Versioned, answered,
    credential::{self as credentials, Credential, CredentialKind},
    identity_provider::{self as providers, IdentityProvider},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::{net::IpAddr, time::Duration};
use uuid::Uuid;
use zeroize::Zeroizing;

/// How long someone may take at their provider.
const HOLDS: Duration = Duration::from_secs(600);

/// What an administrator typed about the provider.
#[derive(Debug, Clone, Default)]
pub struct ProviderForm {
    /// What people call it.
    pub name: String,
    /// Addresses and claim.
    pub settings: ProviderSettings,
    /// Values that admit, one a line.
    pub values: String,
    /// A new client secret; empty keeps the stored one.
    pub secret: String,
    /// Whether people may come in through it.
    pub open: bool,
    /// The revision the form was opened with; empty for a new one.
    pub revision: String,
    /// Whether a secret is stored.
    pub has_secret: bool,
}

fn place<'a>(tenant: &'a Uuid, id: &'a Uuid) -> Aad<'a> {
    Aad {
        tenant: tenant.as_bytes(),
        person: &[],
        table: "identity_provider",
        column: "secret",
        row: id.as_bytes(),
        key_id: b"pages",
        version: 1,
    }
}

fn secret_key(app: &App, tenant: Uuid) -> palermo_crypto::Key {
    app.store.page_key().derive(&[b"identity provider", tenant.as_bytes()])
}

/// The settings of a stored provider, its secret opened.
fn settings(app: &App, stored: &IdentityProvider) -> Result<ProviderSettings, Refused> {
    let broken = |_| Refused::Unavailable("an identity provider cannot be read".into());
    let mut settings: ProviderSettings =
        serde_json::from_value(stored.settings.clone()).map_err(broken)?;
    if !stored.secret.is_empty() {
        let tenant = stored.tenant.uuid();
        let clear = open(&secret_key(app, tenant), &place(&tenant, &stored.id), &stored.secret)
            .map_err(|_| Refused::Unavailable("a client secret does not open".into()))?;
        settings.client_secret = Zeroizing::new(String::from_utf8_lossy(&clear).into_owned());
    }
    Ok(settings)
}

async fn of_tenant(
    acting: &Acting<'_>,
    tenant: TenantId,
) -> Result<Option<Versioned<IdentityProvider>>, Refused> {
    Ok(providers::of_tenant(&acting.app.store, tenant).await?.into_iter().next())
}

/// A form showing what is stored.
///
/// # Errors
/// What access or the store refuse.
pub async fn form(acting: &Acting<'_>) -> Result<ProviderForm, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageSignIn, &Resource::of(tenant)).await?;
    let Some(stored) = of_tenant(acting, tenant).await? else {
        return Ok(ProviderForm::default());
    };
    let settings = settings(acting.app, &stored.record)?;
    Ok(ProviderForm {
        name: stored.record.name.clone(),
        values: settings.values.join("\n"),
        settings: ProviderSettings { client_secret: Zeroizing::default(), ..settings },
        secret: String::new(),
        open: stored.record.open,
        revision: stored.revision.0.to_string(),
        has_secret: !stored.record.secret.is_empty(),
    })
}

/// What was typed, if it can be taken.
fn checked(form: &ProviderForm) -> Result<(String, ProviderSettings), Refused> {
    let mut problems = Problems::default();
    let name = problems.required("name", &form.name, 80);
    let wanted = ProviderSettings {
        values: form
            .values
            .lines()
            .map(str::trim)
            .filter(|v| !v.is_empty())
            .map(str::to_owned)
            .collect(),
        ..form.settings.clone()
    };
    for (field, value) in [
        ("issuer", &wanted.issuer),
        ("authorization_endpoint", &wanted.authorization_endpoint),
        ("token_endpoint", &wanted.token_endpoint),
        ("jwks_uri", &wanted.jwks_uri),
        ("client_id", &wanted.client_id),
        ("claim", &wanted.claim),
    ] {
        problems.required(field, value, 500);
    }
    if wanted.values.is_empty() {
        problems.add("values", Message::new("error-required"));
    }
    problems.none()?;
    Ok((name, wanted))
}

/// Keeps a provider's description.
///
/// # Errors
/// Every problem of the form at once.
pub async fn save(acting: &Acting<'_>, form: &ProviderForm) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageSignIn, &Resource::of(tenant)).await?;
    let app = acting.app;
    let before = of_tenant(acting, tenant).await?;
    let (name, mut wanted) = checked(form)?;
    let typed = Zeroizing::new(form.secret.trim().to_owned());
    let kept = before.as_ref().map(|one| one.record.secret.clone()).unwrap_or_default();
    if !typed.is_empty() {
        wanted.client_secret = typed.clone();
    }
    if form.open {
        app.organisations.check(&wanted).map_err(|why| {
            Refused::field("issuer", Message::new("error-provider").with("why", why))
        })?;
    }
    let id = before.as_ref().map_or_else(
        || app.store.new_id::<palermo_domain::id::TokenId>().uuid(),
        |one| one.record.id,
    );
    let uuid = tenant.uuid();
    let secret = if typed.is_empty() {
        kept
    } else {
        seal(&secret_key(app, uuid), &place(&uuid, &id), typed.as_bytes(), &mut OsEntropy)
            .map_err(|error| Refused::Unavailable(error.to_string()))?
    };
    let context =
        acting.context(Action::ManageSignIn)?.about_named("identity-provider", &id.to_string());
    let mut act = crate::begin!(acting, context);
    let record = IdentityProvider {
        tenant,
        id,
        name,
        settings: serde_json::to_value(&wanted)
            .map_err(|error| Refused::Unavailable(error.to_string()))?,
        secret,
        // Other addresses may mean other keys.
        signing_keys: Json::Null,
        open: form.open,
        recorded_at: act.now(),
    };
    act.detail("open", form.open);
    match &before {
        Some(_) => {
            let seen = crate::desk::parse_revision(&form.revision)?;
            providers::update(&mut act, &record, seen).await?;
        }
        None => providers::insert(&mut act, &record).await?,
    }
    Ok(act.commit(&()).await?)
}

/// A provider people may come in through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Its id.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
}

/// Every provider people may come in through.
///
/// # Errors
/// When the database does not answer.
pub async fn offered(app: &App) -> Result<Vec<Offered>, Refused> {
    let all = providers::open(&app.store).await?;
    Ok(all.into_iter().map(|one| Offered { id: one.id, name: one.name }).collect())
}

/// The provider of one's own organisation, to link one's account with.
///
/// # Errors
/// When the database does not answer.
pub async fn own(acting: &Acting<'_>) -> Result<Option<Offered>, Refused> {
    let (tenant, _) = acting.member()?;
    let stored = of_tenant(acting, tenant).await?.filter(|one| one.record.open);
    Ok(stored.map(|one| Offered { id: one.record.id, name: one.record.name.clone() }))
}

/// A sign-in that has begun, sealed into a cookie of the browser that began it.
#[derive(Serialize, Deserialize)]
struct Begun {
    provider: Uuid,
    pending: Json,
    /// The account to link with, if that is what it is for.
    link: Option<AccountId>,
}

async fn open_provider(app: &App, id: Uuid) -> Result<IdentityProvider, Refused> {
    let all = providers::open(&app.store).await?;
    all.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)
}

/// Begins: the address to go to, and what the browser keeps meanwhile.
///
/// # Errors
/// [`Refused::NotFound`] if there is no such provider.
pub async fn start(
    app: &App,
    provider: &str,
    link: Option<&Signed>,
) -> Result<(String, String), Refused> {
    let provider = Uuid::try_parse(provider).map_err(|_| Refused::NotFound)?;
    let stored = open_provider(app, provider).await?;
    if link.is_some_and(|signed| signed.tenant.id != stored.tenant) {
        return Err(Refused::NotFound);
    }
    let settings = settings(app, &stored)?;
    let (address, pending) =
        app.organisations.start(&settings, app.store.now()).map_err(not_possible)?;
    let begun = Begun { provider, pending, link: link.map(|signed| signed.account.id) };
    Ok((address, tokens::keep(app, "organisation", b"", &begun, HOLDS)))
}

fn not_possible(error: crate::ports::FactorError) -> Refused {
    tracing::warn!(%error, "an organisation's sign-in did not work");
    Refused::Declined(Message::new("error-organisation-sign-in"))
}

/// What came of it.
#[derive(Debug)]
pub enum Back {
    /// Someone signed in.
    SignedIn(SignedIn),
    /// The account of the present session is linked now.
    Linked,
}

/// The browser comes back from the provider.
///
/// # Errors
/// [`Refused::Declined`] with one message for whatever does not hold, and one
/// for an account that was not linked.
pub async fn back(
    app: &App,
    kept: &str,
    answer: ProviderAnswer,
    signed: Option<&Signed>,
    device: &str,
    source: Option<IpAddr>,
) -> Result<Back, Refused> {
    let begun: Begun = tokens::kept(app, "organisation", b"", kept)
        .ok_or_else(|| Refused::Declined(Message::new("error-organisation-sign-in")))?;
    let stored = open_provider(app, begun.provider).await?;
    // Counted by source and by this very sign-in: nobody locks out a whole organisation.
    let name = format!("organisation:{}", begun.pending);
    crate::throttle::may_try(app, &name, source, None).await?;
    let settings = settings(app, &stored)?;
    let keys = stored.signing_keys.as_str();
    let now = app.store.now();
    let identity = app
        .organisations
        .finish(&settings, keys, &begun.pending, answer, now)
        .await
        .map_err(not_possible)?;
    crate::throttle::succeeded(app, &name, None).await?;
    let facts = json!({ "issuer": identity.issuer, "subject": identity.subject });
    let challenge = begun.pending.to_string().into_bytes();
    if let Some(account) = begun.link {
        let signed = signed
            .filter(|signed| signed.account.id == account && signed.tenant.id == stored.tenant);
        let signed = signed.ok_or(Refused::SignInNeeded)?;
        link(app, signed, &stored, facts, &challenge, identity.fetched_keys).await?;
        return Ok(Back::Linked);
    }
    let known = credentials::of_kind(&app.store, stored.tenant, CredentialKind::Oidc).await?;
    let Some(credential) = known.into_iter().find(|one| one.record.facts == facts) else {
        return Err(Refused::Declined(Message::new("error-organisation-not-linked")));
    };
    let second = settings.second_factor && identity.second_factor;
    let found =
        sign_in_elsewhere(app, &credential.record, second, (challenge, now.after(HOLDS)), device)
            .await?;
    Ok(Back::SignedIn(found))
}

async fn link(
    app: &App,
    signed: &Signed,
    stored: &IdentityProvider,
    facts: Json,
    challenge: &[u8],
    fetched: Option<String>,
) -> Result<(), Refused> {
    let known = credentials::of_kind(&app.store, stored.tenant, CredentialKind::Oidc).await?;
    if known.iter().any(|one| one.record.facts == facts) {
        return Err(Refused::Declined(Message::new("error-organisation-linked")));
    }
    let acting = signed.acting(app, palermo_locale::Language::En);
    let context = acting.context(Action::OwnAccount)?.about(signed.account.id);
    let mut act = crate::begin_unrepeated!(acting, context.because("organisation-linked"));
    let until = act.now().after(HOLDS);
    answered::once(&mut act, challenge, until).await?;
    let credential = Credential {
        tenant: stored.tenant,
        id: act.new_id(),
        account: signed.account.id,
        kind: CredentialKind::Oidc,
        label: stored.name.clone(),
        secret: Vec::new(),
        facts,
        counter: Json::Null,
        recorded_at: act.now(),
        used_at: None,
        revoked_at: None,
    };
    credentials::insert(&mut act, &credential).await?;
    keep_keys(&mut act, stored, fetched).await?;
    Ok(act.commit(&()).await?)
}

/// Keeps signing keys that had to be fetched, so that the next sign-in needs
/// one request less.
async fn keep_keys(
    act: &mut Act,
    stored: &IdentityProvider,
    fetched: Option<String>,
) -> Result<(), Refused> {
    let Some(keys) = fetched else { return Ok(()) };
    let now = providers::of_tenant(&*act, stored.tenant).await?;
    let Some(now) = now.into_iter().find(|one| one.record.id == stored.id) else { return Ok(()) };
    let record = IdentityProvider { signing_keys: Json::String(keys), ..now.record.clone() };
    providers::update(act, &record, now.revision).await?;
    Ok(())
}
