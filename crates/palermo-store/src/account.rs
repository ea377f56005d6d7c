//! Accounts of members of staff, and the names they sign in with.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    list::{Page, Paging, contains, fold, page},
    store::{Db, Store},
    write::{Revision, Versioned},
};
use hmac::{Hmac, KeyInit, Mac};
use palermo_domain::{
    account::{Account, AccountStatus},
    id::{AccountId, Id, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use sha2::Sha256;

pub(crate) mod row {
    super::entity!(
        "account",
        key { tenant: Uuid, id: Uuid }
        email: String,
        name: String,
        folded: String,
        language: String,
        own_digits: bool,
        status: String,
        recorded_at: i64,
        revision: i64,
    );
}

pub(crate) mod sign_in_row {
    super::entity!("sign_in_name", key { name_index: Vec<u8> } tenant: Uuid, account: Uuid);
}

fn to_row(account: &Account) -> row::Model {
    row::Model {
        tenant: account.tenant.uuid(),
        id: account.id.uuid(),
        email: normal(&account.email),
        name: account.name.clone(),
        folded: fold(&account.name),
        language: account.language.clone(),
        own_digits: account.own_digits,
        status: account.status.code().to_owned(),
        recorded_at: account.recorded_at.micros(),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<Account>> {
    let status = AccountStatus::from_code(&row.status)
        .ok_or_else(|| Error::Corrupt(format!("account status `{}`", row.status)))?;
    let account = Account {
        tenant: TenantId::from_uuid(row.tenant),
        id: AccountId::from_uuid(row.id),
        email: row.email,
        name: row.name,
        language: row.language,
        own_digits: row.own_digits,
        status,
        recorded_at: Moment::from_micros(row.recorded_at),
    };
    Ok(Versioned::new(account, row.revision))
}

/// An address as it is compared: no blanks around it, lower case.
fn normal(email: &str) -> String {
    email.trim().to_lowercase()
}

/// The keyed hash an address is looked up by, over the whole installation.
fn name_index(store: &Store, email: &str) -> Vec<u8> {
    let key = store.inner.keys.sign_in_names();
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return Vec::new() };
    mac.update(normal(email).as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn sign_in_row_of(store: &Store, account: &Account) -> sign_in_row::Model {
    sign_in_row::Model {
        name_index: name_index(store, &account.email),
        tenant: account.tenant.uuid(),
        account: account.id.uuid(),
    }
}

/// Adds an account; its address must be new to the whole installation.
///
/// # Errors
/// [`Error::Duplicate`] if the address is taken, also by another tenant.
pub async fn insert(act: &mut Act, account: &Account) -> Result<()> {
    let name = sign_in_row_of(&act.store, account);
    act.insert(&name).await?;
    act.insert(&to_row(account)).await
}

/// Names every account of a tenant that came from another installation for
/// signing in here, in the act that takes it in.
pub(crate) async fn name_all(act: &mut Act) -> Result<()> {
    let rows = row::Entity::find().filter(row::Column::Tenant.eq(act.tenant)).all(&act.txn).await?;
    for row in rows {
        let account = from_row(row)?.record;
        let name = sign_in_row_of(&act.store, &account);
        act.insert(&name).await?;
    }
    Ok(())
}

/// Changes an account, its address included.
///
/// # Errors
/// [`Error::Conflict`] if someone else changed it since `seen`.
pub async fn update(act: &mut Act, account: &Account, seen: Revision) -> Result<Revision> {
    let id = (account.tenant.uuid(), account.id.uuid());
    let old = row::Entity::find_by_id(id).one(&act.txn).await?.ok_or(Error::NotFound)?;
    if old.email != normal(&account.email) {
        let mut name = sign_in_row_of(&act.store, account);
        act.insert(&name).await?;
        name.name_index = name_index(&act.store, &old.email);
        act.delete(&name).await?;
    }
    act.update(&to_row(account), seen).await
}

/// The account with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: AccountId,
) -> Result<Option<Versioned<Account>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// Whose address this is, in any tenant: the first step of signing in.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_email(store: &Store, email: &str) -> Result<Option<Versioned<Account>>> {
    let name =
        sign_in_row::Entity::find_by_id(name_index(store, email)).one(&store.inner.reads).await?;
    let Some(name) = name else { return Ok(None) };
    let row = row::Entity::find_by_id((name.tenant, name.account)).one(&store.inner.reads).await?;
    row.map(from_row).transpose()
}

/// The account with this id, in any tenant: a passkey names its account alone.
///
/// # Errors
/// When the database does not answer.
pub async fn find_anywhere(store: &Store, id: AccountId) -> Result<Option<Versioned<Account>>> {
    let name = sign_in_row::Entity::find()
        .filter(sign_in_row::Column::Account.eq(id.uuid()))
        .one(&store.inner.reads)
        .await?;
    let Some(name) = name else { return Ok(None) };
    find(store, TenantId::from_uuid(name.tenant), id).await
}

/// Which accounts to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Part of the name or the address.
    pub text: Option<String>,
    /// In this state.
    pub status: Option<AccountStatus>,
}

/// What accounts are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortBy {
    /// Name.
    #[default]
    Name,
    /// Address.
    Email,
    /// Newest first.
    Newest,
}

/// Accounts of a tenant.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    db: &dyn Db,
    tenant: TenantId,
    filter: &Filter,
    sort: SortBy,
    paging: Paging,
) -> Result<Page<Versioned<Account>>> {
    let mut select = row::Entity::find().filter(row::Column::Tenant.eq(tenant.uuid()));
    if let Some(text) = &filter.text {
        select = select.filter(
            Condition::any()
                .add(contains(row::Column::Folded, text))
                .add(contains(row::Column::Email, text)),
        );
    }
    if let Some(status) = filter.status {
        select = select.filter(row::Column::Status.eq(status.code()));
    }
    select = match sort {
        SortBy::Name => select.order_by_asc(row::Column::Folded),
        SortBy::Email => select.order_by_asc(row::Column::Email),
        SortBy::Newest => select.order_by_desc(row::Column::RecordedAt),
    };
    page(&db.executor(), select.order_by_asc(row::Column::Id), paging, from_row).await
}
