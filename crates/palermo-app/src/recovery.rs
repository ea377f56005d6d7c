//! Recovering an account: two people decide, neither of them the one
//! recovered; the second factor is never bypassed (check N8).

use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
};
use palermo_domain::{
    account::{Account, AccountStatus},
    actor::Actor,
    id::{AccountId, Id, RecoveryId, TenantId},
    role::Role,
};
use palermo_store::{
    Act, ActContext, Begun, TenantToken, Versioned, account as accounts,
    credential::{self as credentials, Credential, CredentialKind},
    outbox, recovery as recoveries, session as sessions,
};
use serde_json::json;
use std::{collections::BTreeSet, time::Duration};

pub use recoveries::{Recovery, RecoveryState};
use zeroize::Zeroizing;

/// How long a request waits for its two approvals, and a link for its use.
const HOLDS: Duration = Duration::from_secs(3 * 86_400);

/// What an approval came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agreed {
    /// One more person must agree.
    Half,
    /// Two have agreed; the letter with the link goes out.
    Sent,
    /// Two have agreed and no mail leaves here: the word of the link, shown this once.
    Shown(String),
}

/// What to tell, and in the log that the link was shown.
fn told(act: &mut Act, link: Option<&TenantToken>, show: bool) -> Agreed {
    match link {
        None => Agreed::Half,
        Some(_) if !show => Agreed::Sent,
        Some(link) => {
            act.detail("link", "shown");
            Agreed::Shown(link.text())
        }
    }
}

/// Asks for recovery of an address. The answer is the same whether the address
/// is known or not (check N2).
///
/// # Errors
/// Every problem of the form, before anything is looked up; [`Refused::TooMany`] when too
/// often; what the store refuses.
pub async fn ask(
    app: &App,
    email: &str,
    reason: &str,
    source: Option<std::net::IpAddr>,
) -> Result<(), Refused> {
    let mut problems = Problems::default();
    if let Err(Refused::Invalid(found)) = crate::invitation::check_address(email) {
        problems.0.extend(found.0);
    }
    if reason.trim().is_empty() {
        problems.add("reason", Message::new("error-required"));
    }
    problems.none()?;
    let email = email.trim();
    crate::throttle::may_try(app, &format!("recovery:{email}"), source, None).await?;
    let Some(account) = accounts::find_by_email(&app.store, email).await? else {
        // The same work: one entry, in the log of the house, without the address.
        let Some(house) = app.store.house() else { return Ok(()) };
        let context = ActContext::new(house, Actor::Public, "account.ask-recovery");
        let noted = app.store.refused(context, ["unknown-address".to_owned()]).await;
        return Ok(noted?);
    };
    let account = account.record;
    let context =
        ActContext::new(account.tenant, Actor::Public, "account.ask-recovery").about(account.id);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    let ends = act.now().after(HOLDS);
    let reason: String = reason.trim().chars().take(300).collect();
    let id = recoveries::ask(&mut act, account.id, &reason, ends).await?;
    act.about(id);
    Ok(act.commit(&()).await?)
}

/// Requests of one's tenant, with the name of the one recovered and approvals so far.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(
    acting: &Acting<'_>,
) -> Result<Vec<(Versioned<Recovery>, String, Vec<AccountId>)>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReadTenant, &Resource::of(tenant)).await?;
    let store = &acting.app.store;
    let mut found = Vec::new();
    for request in recoveries::list(store, tenant).await? {
        let name = accounts::find(store, tenant, request.record.account).await?;
        let approvers = recoveries::approvers(store, tenant, request.record.id).await?;
        found.push((request, name.map(|a| a.record.name).unwrap_or_default(), approvers));
    }
    Ok(found)
}

/// Approves a request; with the second approval the link goes out, or is shown to the
/// one who gave it where no letter leaves (`show`).
///
/// # Errors
/// [`Refused::Declined`] when one approved already or is the one recovered.
pub async fn approve(acting: &Acting<'_>, id: RecoveryId, show: bool) -> Result<Agreed, Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::ApproveRecovery, &Resource::of(tenant)).await?;
    let request = find(acting, tenant, id).await?;
    if request.record.account == account {
        return Err(Refused::Declined(Message::new("error-own-recovery")));
    }
    let recovered = accounts::find(&acting.app.store, tenant, request.record.account)
        .await?
        .ok_or(Refused::NotFound)?
        .record;
    let context = acting.context(Action::ApproveRecovery)?.about(id).about(recovered.id);
    let mut act = crate::begin_unrepeated!(acting, context);
    let link = match recoveries::approve(&mut act, id, account).await {
        Ok(link) => link,
        Err(palermo_store::Error::Duplicate | palermo_store::Error::Conflict) => {
            act.give_up().await?;
            return Err(Refused::Declined(Message::new("error-recovery-decided")));
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(link) = &link {
        send_link(&mut act, &recovered, link).await?;
    }
    let agreed = told(&mut act, link.as_ref(), show);
    act.commit(&()).await?;
    Ok(agreed)
}

/// The letter with the link, to the address of the one recovered.
async fn send_link(act: &mut Act, to: &Account, link: &TenantToken) -> Result<(), Refused> {
    let letter = json!({ "letter": "recovery", "language": to.language, "token": link.text() });
    outbox::put(act, "mail", &to.email, "recovery", letter.to_string().as_bytes()).await?;
    Ok(())
}

/// Whoever runs the machine approves as one of the two, where the organisation
/// has only one other person who could. Says whether the link went out, or shows it.
///
/// # Errors
/// [`Refused::Declined`] where two people could decide by themselves, where
/// nobody asked, or when it was approved from here already.
pub(crate) async fn approve_as_operator(
    app: &App,
    recovered: &Account,
    user: &str,
    show: bool,
) -> Result<Agreed, Refused> {
    let (store, tenant) = (&app.store, recovered.tenant);
    let now = store.now();
    let request = recoveries::list(store, tenant).await?.into_iter().find(|one| {
        let one = &one.record;
        one.account == recovered.id && one.state == RecoveryState::Asked && one.ends_at > now
    });
    let none = || Refused::Declined(Message::new("error-no-recovery-asked"));
    let id = request.ok_or_else(none)?.record.id;
    if others_who_decide(app, recovered).await? > 1 {
        return Err(Refused::Declined(Message::new("error-recovery-by-colleagues")));
    }
    let actor = Actor::Operator { user: user.to_owned(), account: None };
    let context = ActContext::new(tenant, actor, Action::ApproveRecovery.code())
        .about(id)
        .about(recovered.id)
        .because("operator-second");
    let Begun::Fresh(mut act) = store.act(context).await? else {
        return Ok(Agreed::Half);
    };
    let link = match recoveries::approve_as_operator(&mut act, id, user).await {
        Ok(link) => link,
        Err(palermo_store::Error::Duplicate | palermo_store::Error::Conflict) => {
            act.give_up().await?;
            return Err(Refused::Declined(Message::new("error-recovery-decided")));
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(link) = &link {
        send_link(&mut act, recovered, link).await?;
    }
    let agreed = told(&mut act, link.as_ref(), show);
    act.commit(&()).await?;
    Ok(agreed)
}

/// How many active members besides this one may decide on a recovery.
async fn others_who_decide(app: &App, besides: &Account) -> Result<usize, Refused> {
    let (store, tenant) = (&app.store, besides.tenant);
    let mut others = BTreeSet::new();
    for role in Role::ALL {
        if app.policy.grants_of(&[*role], Action::ApproveRecovery).next().is_none() {
            continue;
        }
        for holder in palermo_store::role::holders(store, tenant, *role, store.now()).await? {
            let account = accounts::find(store, tenant, holder.record.account).await?;
            let active = account.is_some_and(|one| one.record.status == AccountStatus::Active);
            if active && holder.record.account != besides.id {
                others.insert(holder.record.account);
            }
        }
    }
    Ok(others.len())
}

/// Refuses a request.
///
/// # Errors
/// [`Refused::Declined`] when it was decided already.
pub async fn refuse(acting: &Acting<'_>, id: RecoveryId) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ApproveRecovery, &Resource::of(tenant)).await?;
    find(acting, tenant, id).await?;
    let mut act = crate::begin!(acting, acting.context(Action::ApproveRecovery)?.about(id));
    recoveries::refuse(&mut act, id).await?;
    Ok(act.commit(&()).await?)
}

async fn find(
    acting: &Acting<'_>,
    tenant: TenantId,
    id: RecoveryId,
) -> Result<Versioned<Recovery>, Refused> {
    let all = recoveries::list(&acting.app.store, tenant).await?;
    all.into_iter().find(|request| request.record.id == id).ok_or(Refused::NotFound)
}

/// Whether a recovery link can still be used.
///
/// # Errors
/// [`Refused::NotFound`] for a dead link.
pub async fn open(app: &App, token: &str) -> Result<Versioned<Recovery>, Refused> {
    let token = TenantToken::parse(token).ok_or(Refused::NotFound)?;
    recoveries::find_by_token(&app.store, &token).await?.ok_or(Refused::NotFound)
}

/// Chooses a new passphrase by a link two people allowed. The second factor
/// stays as it is and is asked for at the next sign-in; all sessions end. What
/// the old passphrase sealed stays sealed until two officers re-wrap it.
///
/// # Errors
/// Every problem of the passphrase at once.
pub async fn complete(
    app: &App,
    token: &str,
    passphrase: &Zeroizing<String>,
    again: &str,
) -> Result<(), Refused> {
    let request = open(app, token).await?.record;
    let account = accounts::find(&app.store, request.tenant, request.account)
        .await?
        .filter(|one| !matches!(one.record.status, AccountStatus::Suspended | AccountStatus::Left))
        .ok_or(Refused::NotFound)?;
    let mut problems = Problems::default();
    let known_words = [account.record.email.as_str(), account.record.name.as_str()];
    crate::invitation::check_passphrase(app, &mut problems, passphrase, again, &known_words);
    problems.none()?;
    let hash = crate::invitation::hash(app, passphrase.clone()).await?;
    let keys = crate::keys::new_staff_key(app, passphrase).await?;
    let known = credentials::of_account(&app.store, request.tenant, request.account).await?;
    let context = ActContext::new(request.tenant, Actor::Public, "account.recover")
        .about(request.id)
        .about(request.account);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    recoveries::use_up(&mut act, request.id).await?;
    recoveries::void(&mut act, request.account).await?;
    for old in known.iter().filter(|c| c.record.kind == CredentialKind::Passphrase) {
        let gone = Credential { revoked_at: Some(act.now()), ..old.record.clone() };
        credentials::update(&mut act, &gone, old.revision).await?;
    }
    let fresh = crate::invitation::passphrase_credential(&act, request.account, hash);
    credentials::insert(&mut act, &fresh).await?;
    crate::keys::keep_staff_key(&mut act, request.account, keys).await?;
    sessions::revoke_all(&mut act, request.account, None).await?;
    act.detail("account", request.account.uuid().to_string());
    Ok(act.commit(&()).await?)
}
