//! Challenges that were answered. An authenticator without a counter cannot
//! tell that an answer is shown a second time; this table can.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Store,
};
use palermo_domain::moment::Moment;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

pub(crate) mod row {
    super::entity!("answered", key { tenant: Uuid, challenge: Vec<u8> } ends_at: i64,);
}

/// Notes, in the act that lets someone in, that a challenge was answered.
/// `until` is when the challenge would have run out anyway.
///
/// # Errors
/// [`Error::Duplicate`] if it was answered before.
pub async fn once(act: &mut Act, challenge: &[u8], until: Moment) -> Result<()> {
    let challenge = palermo_crypto::sha256(challenge).to_vec();
    let row = row::Model { tenant: act.tenant, challenge, ends_at: until.micros() };
    let id = (row.tenant, row.challenge.clone());
    if row::Entity::find_by_id(id).one(&act.txn).await?.is_some() {
        return Err(Error::Duplicate);
    }
    act.insert(&row).await
}

/// Forgets challenges that ran out. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(store: &Store) -> Result<u64> {
    let old = row::Entity::delete_many().filter(row::Column::EndsAt.lt(store.now().micros()));
    Ok(old.exec(&store.inner.writes).await?.rows_affected)
}
