//! Tenants.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    keys,
    list::{Page, Paging, contains, fold, page},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    id::{Id, TenantId},
    tenant::{Tenant, TenantKind},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

pub(crate) mod row {
    super::entity!(
        "tenant",
        key { tenant: Uuid }
        name: String,
        folded: String,
        kind: String,
        state: Option<String>,
        language: String,
        recorded_at: i64,
        revision: i64,
    );
}

fn to_row(tenant: &Tenant, recorded_at: i64) -> row::Model {
    row::Model {
        tenant: tenant.id.uuid(),
        name: tenant.name.clone(),
        folded: fold(&tenant.name),
        kind: tenant.kind.code().to_owned(),
        state: tenant.state.clone(),
        language: tenant.language.clone(),
        recorded_at,
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<Tenant>> {
    let kind = TenantKind::from_code(&row.kind)
        .ok_or_else(|| Error::Corrupt(format!("tenant kind `{}`", row.kind)))?;
    let tenant = Tenant {
        id: TenantId::from_uuid(row.tenant),
        name: row.name,
        kind,
        state: row.state,
        language: row.language,
    };
    Ok(Versioned::new(tenant, row.revision))
}

/// Adds a tenant, within [`crate::Store::act_for_new_tenant`], and the keys of
/// the compartments the server opens (case, account).
///
/// # Errors
/// [`Error::Duplicate`] if it is there already.
pub async fn insert(act: &mut Act, tenant: &Tenant) -> Result<()> {
    let row = to_row(tenant, act.now().micros());
    act.insert(&row).await?;
    keys::compartment::establish_for_server(act).await
}

/// Changes a tenant.
///
/// # Errors
/// [`Error::Conflict`] if someone else changed it since `seen`.
pub async fn update(act: &mut Act, tenant: &Tenant, seen: Revision) -> Result<Revision> {
    let old = row::Entity::find_by_id(tenant.id.uuid()).one(&act.txn).await?;
    let recorded_at = old.ok_or(Error::NotFound)?.recorded_at;
    act.update(&to_row(tenant, recorded_at), seen).await
}

/// The tenant with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &dyn Db, id: TenantId) -> Result<Option<Versioned<Tenant>>> {
    let row = row::Entity::find_by_id(id.uuid()).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// Which tenants to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Part of the name.
    pub text: Option<String>,
    /// Of this kind.
    pub kind: Option<TenantKind>,
    /// In this State.
    pub state: Option<String>,
}

/// Tenants by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &dyn Db, filter: &Filter, paging: Paging) -> Result<Page<Versioned<Tenant>>> {
    let mut select =
        row::Entity::find().order_by_asc(row::Column::Folded).order_by_asc(row::Column::Tenant);
    if let Some(text) = &filter.text {
        select = select.filter(contains(row::Column::Folded, text));
    }
    if let Some(kind) = filter.kind {
        select = select.filter(row::Column::Kind.eq(kind.code()));
    }
    if let Some(state) = &filter.state {
        select = select.filter(row::Column::State.eq(state.as_str()));
    }
    page(&db.executor(), select, paging, from_row).await
}
