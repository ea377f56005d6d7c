//! Invitations: someone is asked in by an administrator, chooses a passphrase
//! nobody else ever knows, and becomes a member with the roles named.

use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    content::Content,
    session::Signed,
};
use palermo_crypto::password::{self, BannedList};
use palermo_domain::{
    account::{Account, AccountStatus, OnesOwnRoles, RoleAssignment, same_mailbox},
    actor::Actor,
    id::{AccountId, InvitationId},
    role::Role,
    tenant::Tenant,
};
use palermo_locale::Language;
use palermo_store::{
    Act, ActContext, Begun, TenantToken, Versioned, account as accounts,
    credential::{self as credentials, Credential, CredentialKind},
    invitation::{self as invitations, Invitation},
    outbox, role as roles,
};
use serde_json::{Value as Json, json};
use std::time::Duration;
use zeroize::Zeroizing;

/// How long an invitation counts.
const HOLDS: Duration = Duration::from_secs(7 * 86_400);

/// What someone typed to invite a colleague.
#[derive(Debug, Clone, Default)]
pub struct InvitationForm {
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Role codes.
    pub roles: Vec<String>,
    /// Language code.
    pub language: String,
}

/// Checks the shape of an address: something, an at sign, a domain with a dot.
///
/// # Errors
/// [`Refused::Invalid`] naming the field `email`.
pub fn check_address(email: &str) -> Result<String, Refused> {
    let email = email.trim();
    if email.is_empty() {
        return Err(Refused::field("email", Message::new("error-required")));
    }
    let fits = email.len() <= 254
        && !email
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ','))
        && email.rsplit_once('@').is_some_and(|(name, domain)| {
            !name.is_empty()
                && domain.contains('.')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
        });
    if fits {
        return Ok(email.to_owned());
    }
    Err(Refused::field("email", Message::new("error-email").with("email", email)))
}

/// The same for an address that must not be one's own: a second account would be a
/// way around [`may_change_roles`](palermo_domain::account::may_change_roles).
///
/// # Errors
/// [`Refused::Invalid`] naming the field `email`.
pub(crate) async fn check_another(acting: &Acting<'_>, email: &str) -> Result<String, Refused> {
    let email = check_address(email)?;
    let (tenant, own) = acting.member()?;
    let mine = accounts::find(&acting.app.store, tenant, own).await?.ok_or(Refused::NotFound)?;
    if same_mailbox(&mine.record.email, &email) {
        return Err(Refused::field("email", Message::new("error-own-invitation")));
    }
    Ok(email)
}

/// Invites someone into one's own tenant. The link goes out by mail; it is
/// returned too, for the page to show where no mail can be sent.
///
/// # Errors
/// Every problem of the form at once; an address of one's own is one of them.
pub async fn invite(acting: &Acting<'_>, form: &InvitationForm) -> Result<String, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::InvitePeople, &Resource::of(tenant)).await?;
    let mut problems = Problems::default();
    let name = problems.required("name", &form.name, 120);
    let email = match check_another(acting, &form.email).await {
        Ok(email) => email,
        Err(Refused::Invalid(found)) => {
            problems.0.extend(found.0);
            String::new()
        }
        Err(other) => return Err(other),
    };
    let here = crate::people::roles_here(acting);
    let wanted: Vec<Role> = form.roles.iter().filter_map(|code| Role::from_code(code)).collect();
    if wanted.is_empty() || wanted.iter().any(|role| !here.contains(role)) {
        problems.add("roles", Message::new("error-choose"));
    }
    if Language::from_code(&form.language).is_none() {
        problems.add("language", Message::new("error-choose"));
    }
    problems.none()?;
    if accounts::find_by_email(&acting.app.store, &email)
        .await?
        .is_some_and(|a| a.record.tenant == tenant)
    {
        return Err(Refused::field("email", Message::new("error-already-member")));
    }
    let context = acting.context(Action::InvitePeople)?;
    let mut act = crate::begin_unrepeated!(acting, context);
    let token = write(&mut act, &email, &name, wanted, &form.language).await?;
    act.commit(&()).await?;
    Ok(token.text())
}

/// Invites the first administrator of a new tenant.
///
/// # Errors
/// What the store refuses.
pub async fn first_administrator(
    acting: &Acting<'_>,
    tenant: &Tenant,
    email: &str,
) -> Result<String, Refused> {
    let email = check_address(email)?;
    let context = ActContext::new(tenant.id, acting.actor.clone(), Action::InvitePeople.code());
    let Begun::Fresh(mut act) = acting.app.store.act(context).await? else {
        return Err(Refused::Unavailable("an invitation without a name was repeated".into()));
    };
    let administrator = vec![Role::TenantAdministrator];
    let token = write(&mut act, &email, &tenant.name, administrator, &tenant.language).await?;
    act.commit(&()).await?;
    Ok(token.text())
}

/// The kind of the letter that carries an invitation.
const LETTER: &str = "invitation";

/// Takes back what was open for this address, with its letter if that still waits: only the newest link counts.
pub(crate) async fn void_older(act: &mut Act, email: &str) -> Result<(), Refused> {
    for older in invitations::waiting(act, act.tenant()).await? {
        if older.record.email.eq_ignore_ascii_case(email) {
            let mut record = older.record;
            record.revoked_at = Some(act.now());
            act.about(record.id);
            invitations::update(act, &record, older.revision).await?;
            outbox::cancel(act, LETTER, &record.email).await?;
        }
    }
    Ok(())
}

/// Writes an invitation within an act, with the letter that carries its link. Older
/// ones for the same address are void from then on.
pub(crate) async fn write(
    act: &mut Act,
    email: &str,
    name: &str,
    roles: Vec<Role>,
    language: &str,
) -> Result<TenantToken, Refused> {
    void_older(act, email).await?;
    let invitation = Invitation {
        tenant: act.tenant(),
        id: act.new_id::<InvitationId>(),
        email: email.to_owned(),
        name: name.to_owned(),
        roles,
        language: language.to_owned(),
        invited_by: act.actor().account(),
        recorded_at: act.now(),
        ends_at: act.now().after(HOLDS),
        accepted_at: None,
        revoked_at: None,
    };
    act.about(invitation.id);
    let token = invitations::insert(act, &invitation).await?;
    let letter = json!({ "letter": "invitation", "language": language, "token": token.text() });
    outbox::put(act, "mail", email, LETTER, letter.to_string().as_bytes()).await?;
    Ok(token)
}

/// Invitations nobody has used yet.
///
/// # Errors
/// What access or the store refuse.
pub async fn waiting(acting: &Acting<'_>) -> Result<Vec<Versioned<Invitation>>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::InvitePeople, &Resource::of(tenant)).await?;
    Ok(invitations::waiting(&acting.app.store, tenant).await?)
}

/// Takes an invitation back.
///
/// # Errors
/// [`Refused::NotFound`] if it is not one of this tenant.
pub async fn take_back(acting: &Acting<'_>, id: InvitationId) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::InvitePeople, &Resource::of(tenant)).await?;
    let found = invitations::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let mut act = crate::begin!(acting, acting.context(Action::InvitePeople)?.about(id));
    let mut invitation = found.record;
    invitation.revoked_at = Some(act.now());
    invitations::update(&mut act, &invitation, found.revision).await?;
    outbox::cancel(&mut act, LETTER, &invitation.email).await?;
    Ok(act.commit(&()).await?)
}

/// The open invitation a link belongs to.
///
/// # Errors
/// [`Refused::NotFound`] for a link that was used, taken back or is too old.
pub async fn open(app: &App, token: &str) -> Result<Versioned<Invitation>, Refused> {
    let token = TenantToken::parse(token).ok_or(Refused::NotFound)?;
    invitations::find_by_token(&app.store, &token).await?.ok_or(Refused::NotFound)
}

/// What the organisation someone is invited to is called.
///
/// # Errors
/// [`Refused::NotFound`] if it is gone.
pub async fn organisation(app: &App, invitation: &Invitation) -> Result<String, Refused> {
    let found = palermo_store::tenant::find(&app.store, invitation.tenant).await?;
    Ok(found.ok_or(Refused::NotFound)?.record.name)
}

/// Accepts an invitation: the account with its roles, passphrase and key pair.
///
/// # Errors
/// Every problem of the passphrase at once; [`Refused::NotFound`] for a dead link,
/// [`Refused::Declined`] while whoever invited is signed in (`by`).
pub async fn accept(
    app: &App,
    by: Option<AccountId>,
    token: &str,
    name: &str,
    passphrase: &Zeroizing<String>,
    again: &str,
) -> Result<AccountId, Refused> {
    let found = open(app, token).await?;
    let invitation = &found.record;
    if by.is_some() && by == invitation.invited_by {
        return Err(OnesOwnRoles::Invited.into());
    }
    let mut problems = Problems::default();
    let name = problems.required("name", name, 120);
    check_passphrase(app, &mut problems, passphrase, again, &[&invitation.email, &name]);
    problems.none()?;
    let hash = hash(app, passphrase.clone()).await?;
    let keys = crate::keys::new_staff_key(app, passphrase).await?;
    let context = ActContext::new(invitation.tenant, Actor::Public, Action::SignIn.code())
        .about(invitation.id)
        .because("invitation-accepted");
    let Begun::Fresh(mut act) = app.store.act(context).await? else {
        return Err(Refused::Unavailable("an acceptance without a name was repeated".into()));
    };
    let account = member(&mut act, invitation, &name, hash).await?;
    crate::keys::keep_staff_key(&mut act, account, keys).await?;
    let used = Invitation { accepted_at: Some(act.now()), ..invitation.clone() };
    invitations::update(&mut act, &used, found.revision).await?;
    outbox::cancel(&mut act, LETTER, &used.email).await?;
    act.commit(&account).await?;
    Ok(account)
}

async fn member(
    act: &mut Act,
    invitation: &Invitation,
    name: &str,
    hash: String,
) -> Result<AccountId, Refused> {
    let id: AccountId = act.new_id();
    let (tenant, now) = (act.tenant(), act.now());
    act.about(id);
    let account = Account {
        tenant,
        id,
        email: invitation.email.clone(),
        name: name.to_owned(),
        language: invitation.language.clone(),
        own_digits: false,
        status: AccountStatus::Active,
        recorded_at: now,
    };
    accounts::insert(act, &account).await?;
    for role in &invitation.roles {
        let assignment =
            RoleAssignment { tenant, account: id, role: *role, from: now, until: None };
        roles::assign(act, &assignment).await?;
    }
    let credential = passphrase_credential(act, id, hash);
    credentials::insert(act, &credential).await?;
    Ok(id)
}

/// The stored form of a passphrase.
pub(crate) fn passphrase_credential(act: &Act, account: AccountId, hash: String) -> Credential {
    Credential {
        tenant: act.tenant(),
        id: act.new_id(),
        account,
        kind: CredentialKind::Passphrase,
        label: String::new(),
        secret: hash.into_bytes(),
        facts: Json::Null,
        counter: Json::Null,
        recorded_at: act.now(),
        used_at: None,
        revoked_at: None,
    }
}

/// Notes what is wrong with a new passphrase: length, guessability, repetition.
pub(crate) fn check_passphrase(
    app: &App,
    problems: &mut Problems,
    passphrase: &str,
    again: &str,
    context: &[&str],
) {
    check_passphrase_by(&app.content, problems, passphrase, again, context);
}

/// The same by content alone, before there is a database.
pub(crate) fn check_passphrase_by(
    content: &Content,
    problems: &mut Problems,
    passphrase: &str,
    again: &str,
    context: &[&str],
) {
    let banned = BannedList::from_lines(
        content.overlay_text("policy/banned-passphrases.txt").unwrap_or_default(),
    );
    if let Err(weaknesses) = password::check_strength(passphrase, context, &banned) {
        for weakness in &weaknesses {
            problems.add("passphrase", weakness_message(weakness));
        }
    } else if passphrase != again {
        problems.add("again", Message::new("error-passphrase-differs"));
    }
}

fn weakness_message(weakness: &password::Weakness) -> Message {
    match weakness {
        password::Weakness::TooShort { least, .. } => {
            Message::new("error-passphrase-short").with("least", least)
        }
        _ => Message::new("error-passphrase-guessable"),
    }
}

/// Hashes a passphrase off the async threads, two at a time.
pub(crate) async fn hash(app: &App, passphrase: Zeroizing<String>) -> Result<String, Refused> {
    let cost = app.passphrase_cost;
    let turn = app.passphrase_turns.clone().acquire_owned().await;
    let hashed = tokio::task::spawn_blocking(move || {
        password::hash(&passphrase, &cost, &mut palermo_crypto::OsEntropy)
    })
    .await;
    drop(turn);
    hashed
        .map_err(|error| Refused::Unavailable(error.to_string()))?
        .map_err(|error| Refused::Unavailable(error.to_string()))
}

/// Chooses a new passphrase for oneself, with the old one.
///
/// # Errors
/// [`Refused::Invalid`] when the old one is wrong or the new one weak.
pub async fn change_passphrase(
    acting: &Acting<'_>,
    signed: &Signed,
    old: &Zeroizing<String>,
    new: &Zeroizing<String>,
    again: &str,
) -> Result<(), Refused> {
    let app = acting.app;
    let (tenant, account) = acting.member()?;
    acting.allow(Action::OwnAccount, &Resource::of(tenant).about(account)).await?;
    let known = credentials::of_account(&app.store, tenant, account).await?;
    let stored = known.iter().find(|c| c.record.kind == CredentialKind::Passphrase);
    let mut problems = Problems::default();
    if !crate::session::passphrase_fits(app, old.clone(), stored).await? {
        problems.add("old", Message::new("error-old-passphrase"));
    }
    check_passphrase(
        app,
        &mut problems,
        new,
        again,
        &[&signed.account.email, &signed.account.name],
    );
    problems.none()?;
    let hash = hash(app, new.clone()).await?;
    let rewrapped = crate::keys::rewrap_for(app, signed, old, new).await?;
    let mut act =
        crate::begin_unrepeated!(acting, acting.context(Action::OwnAccount)?.about(account));
    if let Some(stored) = stored {
        let gone = Credential { revoked_at: Some(act.now()), ..stored.record.clone() };
        credentials::update(&mut act, &gone, stored.revision).await?;
    }
    let fresh = passphrase_credential(&act, account, hash);
    credentials::insert(&mut act, &fresh).await?;
    palermo_store::recovery::void(&mut act, account).await?;
    crate::keys::keep_rewrapped(&mut act, rewrapped).await?;
    palermo_store::session::revoke_all(&mut act, account, Some(signed.session.id)).await?;
    Ok(act.commit(&()).await?)
}
