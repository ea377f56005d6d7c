//! Telling a State's contact persons that something waits for them: a notice in the
//! pages, and a letter that says nothing but that there is one (E13).

use crate::{App, Refused, access::Action};
use palermo_domain::{
    account::{AccountStatus, RoleAssignment},
    actor::Actor,
    id::{AccountId, TenantId},
    register::state::StateCode,
    role::Role,
    tenant::TenantKind,
};
use palermo_store::{
    Act, ActContext, Begun, Paging, Versioned, account as accounts, notice, outbox, role as roles,
    tenant as tenants,
};
use std::collections::BTreeMap;

/// Whom a State is written to: a contact person, or an address of one of its desks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Contact {
    /// Address of their letters.
    pub email: String,
    /// Language of their letters.
    pub language: String,
    /// Their organisation.
    pub tenant: TenantId,
    /// Who signs in; nobody for the address of a desk.
    pub account: Option<AccountId>,
}

/// The organisations through which a State is written to, each with its contact persons:
/// those in which somebody has that role, and its coordination in any case.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn addressed(
    app: &App,
    state: StateCode,
) -> Result<Vec<(TenantId, Vec<Contact>)>, Refused> {
    let store = &app.store;
    let filter = tenants::Filter { state: Some(state.to_string()), ..tenants::Filter::default() };
    let mut found = Vec::new();
    for tenant in tenants::list(store, &filter, Paging::all()).await?.items {
        let (tenant, kind) = (tenant.record.id, tenant.record.kind);
        let holders = roles::holders(store, tenant, Role::FocalPoint, store.now()).await?;
        if holders.is_empty() && kind != TenantKind::NationalCoordination {
            continue;
        }
        found.push((tenant, persons(app, tenant, &holders).await?));
    }
    Ok(found)
}

/// Those of a tenant who hold a role and may sign in.
async fn persons(
    app: &App,
    tenant: TenantId,
    holders: &[Versioned<RoleAssignment>],
) -> Result<Vec<Contact>, Refused> {
    let mut persons = Vec::new();
    for held in holders {
        let account = held.record.account;
        let Some(one) = accounts::find(&app.store, tenant, account).await? else { continue };
        if one.record.status == AccountStatus::Active {
            let (email, language) = (one.record.email, one.record.language);
            persons.push(Contact { email, language, tenant, account: Some(account) });
        }
    }
    Ok(persons)
}

/// The persons of the secretariats, who receive the reports of States.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn receivers(app: &App) -> Result<Vec<Contact>, Refused> {
    let store = &app.store;
    let filter =
        tenants::Filter { kind: Some(TenantKind::Secretariat), ..tenants::Filter::default() };
    let mut all = Vec::new();
    for tenant in tenants::list(store, &filter, Paging::all()).await?.items {
        let tenant = tenant.record.id;
        let holders = roles::holders(store, tenant, Role::Secretariat, store.now()).await?;
        all.extend(persons(app, tenant, &holders).await?);
    }
    Ok(all)
}

/// The contact persons of a State: who has that role in an organisation of the State.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn contacts(app: &App, state: StateCode) -> Result<Vec<Contact>, Refused> {
    Ok(addressed(app, state).await?.into_iter().flat_map(|(_, persons)| persons).collect())
}

/// Puts a letter to each of them on its way, with the act it belongs to.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn write(act: &mut Act, to: &[Contact], kind: &str) -> Result<(), Refused> {
    write_link(act, to, kind, "").await
}

/// The same with the word of a link.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn write_link(
    act: &mut Act,
    to: &[Contact],
    kind: &str,
    token: &str,
) -> Result<(), Refused> {
    for one in to {
        let letter =
            serde_json::json!({ "letter": kind, "language": one.language, "token": token });
        outbox::put(act, "mail", &one.email, kind, letter.to_string().as_bytes()).await?;
    }
    Ok(())
}

/// Leaves each of them who signs in a notice that leads to `page`, the record it is about.
/// It stands in the log of their own organisation, as an act of the installation: who told
/// it belongs to another one.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn leave(
    app: &App,
    action: Action,
    to: &[Contact],
    kind: &str,
    page: &str,
) -> Result<(), Refused> {
    let mut by_tenant: BTreeMap<TenantId, Vec<AccountId>> = BTreeMap::new();
    for one in to {
        by_tenant.entry(one.tenant).or_default().extend(one.account);
    }
    for (tenant, accounts) in by_tenant {
        let actor = Actor::System { job: "tell a State".into() };
        let context = ActContext::new(tenant, actor, action.code());
        let Begun::Fresh(mut act) = app.store.act(context).await? else { continue };
        for account in accounts {
            notice::leave(&mut act, account, kind, serde_json::json!({ "page": page })).await?;
        }
        act.commit(&()).await?;
    }
    Ok(())
}
