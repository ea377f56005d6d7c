//! Erasing a person: the order is committed, then the keys are destroyed,
//! then the receipt is committed. Wherever it stops, it goes on from there.

use super::{blind, names, person, sealed};
use crate::{
    act::{Act, ActContext, Begun},
    entity::entity,
    error::{Error, Result},
    store::Store,
};
use palermo_domain::{
    actor::Actor,
    id::{Id, PersonId, TenantId},
};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "erasure",
        key { tenant: Uuid, id: Uuid }
        person: Uuid,
        state: String,
        ordered_by: Option<Uuid>,
        basis: String,
        recorded_at: i64,
        receipt_at: Option<i64>,
        keys_deleted: i64,
        revision: i64,
    );
}

const ORDERED: &str = "ordered";
const DONE: &str = "done";

/// Orders the erasure of everything sealed about a person; `basis` is a code
/// (`persons-request`, `retention`). From the commit on nothing opens any
/// more; [`finish`] then destroys the keys. Coded rows of other tables are
/// removed by their own nouns in the same act.
///
/// # Errors
/// [`Error::NotFound`] if nothing was ever sealed about them.
pub async fn order(act: &mut Act, person: PersonId, basis: &str) -> Result<()> {
    let uuid = person.uuid();
    let keys = person::row::Entity::find()
        .filter(person::row::Column::Tenant.eq(act.tenant))
        .filter(person::row::Column::Person.eq(uuid))
        .all(&act.txn)
        .await?;
    if keys.is_empty() {
        return Err(Error::NotFound);
    }
    for mut key in keys {
        key.erased_at = key.erased_at.or(Some(act.now().micros()));
        act.overwrite(&key).await?;
    }
    sealed::remove_all(act, uuid).await?;
    blind::remove_all(act, uuid).await?;
    names::empty(act, uuid).await?;
    let row = row::Model {
        tenant: act.tenant,
        id: act.store.inner.ids.untimed(),
        person: uuid,
        state: ORDERED.to_owned(),
        ordered_by: act.actor().account().map(Id::uuid),
        basis: basis.to_owned(),
        recorded_at: act.now().micros(),
        receipt_at: None,
        keys_deleted: 0,
        revision: 1,
    };
    act.about(person);
    act.insert(&row).await
}

/// Carries out all orders that wait, of all tenants. Called right after an
/// order and by a job until nothing waits. Returns how many were finished.
///
/// # Errors
/// When a database does not answer; called again, it goes on.
pub async fn finish(store: &Store) -> Result<u64> {
    let waiting = row::Entity::find()
        .filter(row::Column::State.eq(ORDERED))
        .order_by_asc(row::Column::RecordedAt)
        .all(&store.inner.reads)
        .await?;
    let mut finished = 0;
    for order in waiting {
        store.fault("erase.ordered")?;
        let destroyed = store.inner.keystore.shred(order.tenant, order.person).await?;
        store.fault("erase.destroyed")?;
        let tenant = TenantId::from_uuid(order.tenant);
        let actor = Actor::System { job: "erase".to_owned() };
        let context = ActContext::new(tenant, actor, "erasure.receipt")
            .about(PersonId::from_uuid(order.person));
        let Begun::Fresh(mut act) = store.act(context).await? else { continue };
        let now = row::Entity::find_by_id((order.tenant, order.id)).one(&act.txn).await?;
        let Some(mut now) = now.filter(|order| order.state == ORDERED) else {
            act.give_up().await?;
            continue;
        };
        now.state = DONE.to_owned();
        now.receipt_at = Some(act.now().micros());
        now.keys_deleted = i64::try_from(destroyed).unwrap_or(i64::MAX);
        act.overwrite(&now).await?;
        act.commit(&()).await?;
        finished += 1;
    }
    Ok(finished)
}

impl Store {
    /// How many erasures wait for their receipt (an alarm if it stays above zero).
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn erasures_waiting(&self) -> Result<u64> {
        let waiting = row::Entity::find().filter(row::Column::State.eq(ORDERED));
        Ok(waiting.count(&self.inner.reads).await?)
    }

    pub(super) async fn erasure_is_pending(
        &self,
        txn: &DatabaseTransaction,
        tenant: Uuid,
        person: Uuid,
    ) -> Result<bool> {
        let waiting = row::Entity::find()
            .filter(row::Column::Tenant.eq(tenant))
            .filter(row::Column::Person.eq(person))
            .filter(row::Column::State.eq(ORDERED));
        Ok(waiting.count(txn).await? > 0)
    }
}
