//! Invitations to open an account: a link that counts once and ends by itself.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::{Db, Store},
    token::TenantToken,
    write::{Revision, Versioned},
};
use palermo_crypto::Token;
use palermo_domain::{
    id::{AccountId, Id, InvitationId, TenantId},
    moment::Moment,
    role::Role,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use serde_json::json;

pub(crate) mod row {
    super::entity!(
        "invitation",
        key { tenant: Uuid, id: Uuid }
        token_hash: Vec<u8>,
        email: String,
        name: String,
        roles: Json,
        language: String,
        invited_by: Option<Uuid>,
        recorded_at: i64,
        ends_at: i64,
        accepted_at: Option<i64>,
        revoked_at: Option<i64>,
        revision: i64,
    );
}

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Invitation {
    /// Organisation.
    pub tenant: TenantId,
    /// Id within it.
    pub id: InvitationId,
    /// Address it goes to.
    pub email: String,
    /// Name the account will have.
    pub name: String,
    /// Roles the account will have.
    pub roles: Vec<Role>,
    /// Language of the letter (BCP 47).
    pub language: String,
    /// Who invited; nobody at the command line.
    pub invited_by: Option<AccountId>,
    /// When it was made.
    pub recorded_at: Moment,
    /// Until when it counts.
    pub ends_at: Moment,
    /// When it was used.
    pub accepted_at: Option<Moment>,
    /// When it was taken back.
    pub revoked_at: Option<Moment>,
}

impl Invitation {
    /// Whether it can still be used.
    #[must_use]
    pub fn is_open(&self, now: Moment) -> bool {
        self.accepted_at.is_none() && self.revoked_at.is_none() && now < self.ends_at
    }
}

fn to_row(invitation: &Invitation, token_hash: Vec<u8>) -> row::Model {
    let roles: Vec<_> = invitation.roles.iter().map(|role| role.code()).collect();
    row::Model {
        tenant: invitation.tenant.uuid(),
        id: invitation.id.uuid(),
        token_hash,
        email: invitation.email.clone(),
        name: invitation.name.clone(),
        roles: json!(roles),
        language: invitation.language.clone(),
        invited_by: invitation.invited_by.map(Id::uuid),
        recorded_at: invitation.recorded_at.micros(),
        ends_at: invitation.ends_at.micros(),
        accepted_at: invitation.accepted_at.map(Moment::micros),
        revoked_at: invitation.revoked_at.map(Moment::micros),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<Invitation>> {
    let roles: Vec<String> =
        serde_json::from_value(row.roles).map_err(|error| Error::Corrupt(error.to_string()))?;
    let roles = roles
        .iter()
        .map(|code| Role::from_code(code).ok_or_else(|| Error::Corrupt(format!("role `{code}`"))));
    let invitation = Invitation {
        tenant: TenantId::from_uuid(row.tenant),
        id: InvitationId::from_uuid(row.id),
        email: row.email,
        name: row.name,
        roles: roles.collect::<Result<_>>()?,
        language: row.language,
        invited_by: row.invited_by.map(AccountId::from_uuid),
        recorded_at: Moment::from_micros(row.recorded_at),
        ends_at: Moment::from_micros(row.ends_at),
        accepted_at: row.accepted_at.map(Moment::from_micros),
        revoked_at: row.revoked_at.map(Moment::from_micros),
    };
    Ok(Versioned::new(invitation, row.revision))
}

/// Makes an invitation; the token goes into the letter and nowhere else.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(act: &mut Act, invitation: &Invitation) -> Result<TenantToken> {
    let secret = Token::generate(&mut act.store.entropy())?;
    let token = TenantToken { tenant: invitation.tenant, secret };
    act.insert(&to_row(invitation, token.hash())).await?;
    Ok(token)
}

/// Changes an invitation: accepted, or taken back.
///
/// # Errors
/// [`Error::Conflict`] if it was used or taken back since `seen`.
pub async fn update(act: &mut Act, invitation: &Invitation, seen: Revision) -> Result<Revision> {
    let id = (invitation.tenant.uuid(), invitation.id.uuid());
    let old = row::Entity::find_by_id(id).one(&act.txn).await?.ok_or(Error::NotFound)?;
    act.update(&to_row(invitation, old.token_hash), seen).await
}

/// The open invitation a token belongs to.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_token(
    store: &Store,
    token: &TenantToken,
) -> Result<Option<Versioned<Invitation>>> {
    let row = row::Entity::find()
        .filter(row::Column::Tenant.eq(token.tenant.uuid()))
        .filter(row::Column::TokenHash.eq(token.hash()))
        .one(&store.inner.reads)
        .await?;
    let found = row.map(from_row).transpose()?;
    Ok(found.filter(|invitation| invitation.is_open(store.now())))
}

/// The invitation with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: InvitationId,
) -> Result<Option<Versioned<Invitation>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// Invitations of a tenant that nobody used or took back, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(db: &dyn Db, tenant: TenantId) -> Result<Vec<Versioned<Invitation>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::AcceptedAt.is_null())
        .filter(row::Column::RevokedAt.is_null())
        .order_by_desc(row::Column::RecordedAt)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}
