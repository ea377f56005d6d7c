//! Starting a real region: the tenant of the secretariat, which answers for
//! the registers, and its first administrator.

use crate::{
    App, Message, Problems, Refused,
    access::Action,
    content::Content,
    invitation::{check_address, check_passphrase_by, hash, passphrase_credential},
};
use palermo_domain::{
    account::{Account, AccountStatus, RoleAssignment},
    actor::Actor,
    id::{AccountId, TenantId},
    role::Role,
    tenant::{Tenant, TenantKind},
};
use palermo_locale::Language;
use palermo_store::{
    Act, ActContext, Paging, account as accounts, credential as credentials, role as roles,
    tenant as tenants,
};
use serde::Serialize;
use zeroize::Zeroizing;

/// The roles of the first administrator.
const FIRST_ROLES: [Role; 2] = [Role::TenantAdministrator, Role::Secretariat];

/// What a region is started from.
#[derive(Debug, Clone)]
pub struct NewRegion {
    /// The mechanism's id, e.g. `ECOWAS`.
    pub mechanism: String,
    /// Address of the first administrator.
    pub email: String,
    /// Their name; empty takes the part of the address before the at sign.
    pub name: String,
    /// Their language and that of the secretariat's letters (BCP 47).
    pub language: String,
    /// Their passphrase.
    pub passphrase: Zeroizing<String>,
    /// The system user who starts it, for the log.
    pub operator: String,
}

/// A region that was started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Founded {
    /// The mechanism's id.
    pub mechanism: String,
    /// The secretariat's tenant.
    pub tenant: TenantId,
    /// Its name.
    pub name: String,
    /// The first administrator's account.
    pub account: AccountId,
    /// Their address.
    pub email: String,
    /// Their role codes.
    pub roles: Vec<&'static str>,
}

/// Why no region was started.
#[derive(Debug, thiserror::Error)]
pub enum NotFounded {
    /// The mechanism has no profile.
    #[error("no mechanism has the id `{0}`; `palermo mechanisms list` shows all")]
    UnknownMechanism(String),
    /// There is a region already.
    #[error("there is a region here already: `{0}`")]
    Occupied(String),
    /// The database holds organisations, but no region was ever finished in it.
    #[error("the database is not empty, and no region was finished in it; begin with an empty one")]
    NotEmpty,
    /// The answers cannot be taken as they are, or the store refused.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl From<palermo_store::Error> for NotFounded {
    fn from(error: palermo_store::Error) -> Self {
        Self::Refused(error.into())
    }
}

/// Checks everything that needs no database, so that nothing is made for a
/// region that could not be started.
///
/// # Errors
/// An unknown mechanism, or every problem of the answers at once.
pub fn check(content: &Content, new: &NewRegion) -> Result<(), NotFounded> {
    house_name(content, &new.mechanism)?;
    let mut problems = Problems::default();
    if let Err(Refused::Invalid(found)) = check_address(&new.email) {
        problems.0.extend(found.0);
    }
    problems.bounded("name", &new.name, 120);
    if Language::from_code(&new.language).is_none() {
        problems.add("language", Message::new("error-choose"));
    }
    let words = [new.email.as_str(), new.name.as_str(), new.mechanism.as_str()];
    check_passphrase_by(content, &mut problems, &new.passphrase, &new.passphrase, &words);
    Ok(problems.none()?)
}

/// What the secretariat is called: its own name, or the mechanism's where the
/// sources name none.
fn house_name(content: &Content, mechanism: &str) -> Result<String, NotFounded> {
    let profile = content
        .mechanisms()
        .get(&mechanism.to_uppercase())
        .ok_or_else(|| NotFounded::UnknownMechanism(mechanism.to_owned()))?;
    let own = profile.secretariat.given().map(|secretariat| secretariat.name.clone());
    Ok(own.unwrap_or_else(|| profile.names.en.clone()))
}

/// Starts the region. If an earlier attempt with the same administrator was
/// interrupted, finishes it.
///
/// # Errors
/// As [`check`]; [`NotFounded::Occupied`] if there is a region already.
pub async fn found(app: &App, new: &NewRegion) -> Result<Founded, NotFounded> {
    check(&app.content, new)?;
    refuse_occupied(app).await?;
    let email = check_address(&new.email)?.to_lowercase();
    let mechanism = new.mechanism.to_uppercase();
    let (tenant, account) = match earlier(app, &email).await? {
        Some(begun) => begun,
        None => make(app, new, &email).await?,
    };
    app.store.name_mechanism(&mechanism).await?;
    app.store.name_house(tenant.id).await?;
    Ok(Founded {
        mechanism,
        tenant: tenant.id,
        name: tenant.name,
        account,
        email,
        roles: FIRST_ROLES.iter().map(|role| role.code()).collect(),
    })
}

async fn refuse_occupied(app: &App) -> Result<(), NotFounded> {
    let Some(house) = app.store.house() else { return Ok(()) };
    let name = tenants::find(&app.store, house).await?.map(|tenant| tenant.record.name);
    Err(NotFounded::Occupied(name.unwrap_or_default()))
}

/// What an interrupted attempt left: tenant and administrator are made in one
/// act, so either both are there or neither.
async fn earlier(app: &App, email: &str) -> Result<Option<(Tenant, AccountId)>, NotFounded> {
    let all = tenants::list(&app.store, &tenants::Filter::default(), Paging::all()).await?;
    if all.items.is_empty() {
        return Ok(None);
    }
    let account = accounts::find_by_email(&app.store, email).await?.ok_or(NotFounded::NotEmpty)?;
    let begun = all.items.into_iter().map(|tenant| tenant.record).find(|tenant| {
        tenant.id == account.record.tenant && tenant.kind == TenantKind::Secretariat
    });
    Ok(Some((begun.ok_or(NotFounded::NotEmpty)?, account.record.id)))
}

async fn make(app: &App, new: &NewRegion, email: &str) -> Result<(Tenant, AccountId), NotFounded> {
    let hash = hash(app, new.passphrase.clone()).await?;
    let keys = crate::keys::new_staff_key(app, &new.passphrase).await?;
    let tenant = Tenant {
        id: app.store.new_id(),
        name: house_name(&app.content, &new.mechanism)?,
        kind: TenantKind::Secretariat,
        state: None,
        language: new.language.clone(),
    };
    let actor = Actor::Operator { user: new.operator.clone(), account: None };
    let context = ActContext::new(tenant.id, actor, Action::CreateTenant.code()).about(tenant.id);
    let mut act = app.store.act_for_new_tenant(context).await?;
    tenants::insert(&mut act, &tenant).await?;
    let account = administrator(&mut act, new, email, hash).await?;
    crate::keys::keep_staff_key(&mut act, account, keys).await?;
    act.detail("mechanism", new.mechanism.to_uppercase());
    act.commit(&account).await?;
    Ok((tenant, account))
}

async fn administrator(
    act: &mut Act,
    new: &NewRegion,
    email: &str,
    hash: String,
) -> Result<AccountId, NotFounded> {
    let (tenant, now): (TenantId, _) = (act.tenant(), act.now());
    let id: AccountId = act.new_id();
    act.about(id);
    let typed = new.name.trim();
    let name = if typed.is_empty() { email.split('@').next().unwrap_or(email) } else { typed };
    let account = Account {
        tenant,
        id,
        email: email.to_owned(),
        name: name.to_owned(),
        language: new.language.clone(),
        own_digits: false,
        status: AccountStatus::Active,
        recorded_at: now,
    };
    accounts::insert(act, &account).await?;
    for role in FIRST_ROLES {
        let held = RoleAssignment { tenant, account: id, role, from: now, until: None };
        roles::assign(act, &held).await?;
    }
    let credential = passphrase_credential(act, id, hash);
    credentials::insert(act, &credential).await?;
    Ok(id)
}
