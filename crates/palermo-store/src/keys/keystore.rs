//! The keystore: person keys, wrapped, in a database of their own, so that
//! erasing a person is destroying a key that no old backup of the data holds.

use crate::{
    connect::{self, Database},
    entity::entity,
    error::Result,
    store::begin,
    table::{Owner, TableInfo, Watch},
};
use sea_orm::{
    ColumnTrait, DatabaseConnection, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "stored_key",
        key { tenant: Uuid, person: Uuid, compartment: String, id: Uuid }
        compartment_key: Uuid,
        version: i64,
        wrapped: Vec<u8>,
        recorded_at: i64,
    );
}

pub(crate) struct Keystore {
    db: DatabaseConnection,
}

/// The keystore's tables, for its backup and the schema lint.
pub fn tables() -> Vec<TableInfo> {
    vec![TableInfo::of::<row::Entity>(Owner::Tenant, Watch::Nothing, &[])]
}

impl Keystore {
    pub(crate) async fn open(database: &Database, create: bool) -> Result<Self> {
        let db = connect::open_keystore(database, create).await?;
        crate::migration::bring_keystore_up_to_date(&db).await?;
        Ok(Self { db })
    }

    pub(crate) fn connection(&self) -> &DatabaseConnection {
        &self.db
    }

    /// Answers when the keystore does.
    pub(crate) async fn ping(&self) -> Result<()> {
        Ok(self.db.ping().await?)
    }

    pub(crate) async fn close(&self) -> Result<()> {
        Ok(self.db.close_by_ref().await?)
    }

    /// Keeps a key. Committed before the act that will use it.
    pub(crate) async fn put(&self, key: row::Model) -> Result<()> {
        let txn = begin(&self.db).await?;
        let row = key.into_active_model();
        row::Entity::insert(row).exec_without_returning(&txn).await?;
        txn.commit().await.map_err(crate::error::unclear)
    }

    pub(crate) async fn find(
        &self,
        tenant: Uuid,
        person: Uuid,
        compartment: &str,
        id: Uuid,
    ) -> Result<Option<row::Model>> {
        let place = (tenant, person, compartment.to_owned(), id);
        Ok(row::Entity::find_by_id(place).one(&self.db).await?)
    }

    /// The keys of these persons, of one compartment or all: one question for a whole list.
    pub(crate) async fn of_persons(
        &self,
        tenant: Uuid,
        persons: &[Uuid],
        compartment: Option<&str>,
    ) -> Result<Vec<row::Model>> {
        let mut found = Vec::new();
        for some in persons.chunks(500) {
            let mut rows = row::Entity::find()
                .filter(row::Column::Tenant.eq(tenant))
                .filter(row::Column::Person.is_in(some.iter().copied()));
            if let Some(compartment) = compartment {
                rows = rows.filter(row::Column::Compartment.eq(compartment));
            }
            found.extend(rows.all(&self.db).await?);
        }
        Ok(found)
    }

    /// Replaces a key's wrapping, if it is still the one read.
    pub(crate) async fn rewrap(&self, old: &row::Model, new: row::Model) -> Result<()> {
        let txn = begin(&self.db).await?;
        let place = (old.tenant, old.person, old.compartment.clone(), old.id);
        let now = row::Entity::find_by_id(place).lock_exclusive().one(&txn).await?;
        // Gone or moved meanwhile: an erasure or another worker was faster.
        if now.as_ref() == Some(old) {
            use sea_orm::ActiveModelTrait;
            row::Entity::update(new.into_active_model().reset_all()).exec(&txn).await?;
        }
        txn.commit().await.map_err(crate::error::unclear)
    }

    /// Some keys wrapped by this compartment key.
    pub(crate) async fn wrapped_by(
        &self,
        tenant: Uuid,
        key: Uuid,
        most: u64,
    ) -> Result<Vec<row::Model>> {
        let rows = row::Entity::find()
            .filter(row::Column::Tenant.eq(tenant))
            .filter(row::Column::CompartmentKey.eq(key))
            .order_by_asc(row::Column::Person)
            .limit(most);
        Ok(rows.all(&self.db).await?)
    }

    pub(crate) async fn count_wrapped_by(&self, tenant: Uuid, key: Uuid) -> Result<u64> {
        let rows = row::Entity::find()
            .filter(row::Column::Tenant.eq(tenant))
            .filter(row::Column::CompartmentKey.eq(key));
        Ok(rows.count(&self.db).await?)
    }

    /// A tenant's keys made before a moment, page by page.
    pub(crate) async fn older_than(
        &self,
        tenant: Uuid,
        before: i64,
        after: Option<Uuid>,
        most: u64,
    ) -> Result<Vec<row::Model>> {
        let mut rows = row::Entity::find()
            .filter(row::Column::Tenant.eq(tenant))
            .filter(row::Column::RecordedAt.lt(before));
        if let Some(after) = after {
            rows = rows.filter(row::Column::Id.gt(after));
        }
        Ok(rows.order_by_asc(row::Column::Id).limit(most).all(&self.db).await?)
    }

    /// Destroys one key.
    pub(crate) async fn destroy(&self, key: row::Model) -> Result<()> {
        let txn = begin(&self.db).await?;
        row::Entity::delete_by_id((key.tenant, key.person, key.compartment, key.id))
            .exec(&txn)
            .await?;
        txn.commit().await.map_err(crate::error::unclear)?;
        self.overwrite_traces().await
    }

    /// Destroys all keys of a person, in all compartments.
    pub(crate) async fn shred(&self, tenant: Uuid, person: Uuid) -> Result<u64> {
        let txn = begin(&self.db).await?;
        let gone = row::Entity::delete_many()
            .filter(row::Column::Tenant.eq(tenant))
            .filter(row::Column::Person.eq(person))
            .exec(&txn)
            .await?;
        txn.commit().await.map_err(crate::error::unclear)?;
        self.overwrite_traces().await?;
        Ok(gone.rows_affected)
    }

    /// A deleted row can linger beside its table.
    async fn overwrite_traces(&self) -> Result<()> {
        connect::overwrite_traces(&self.db, "stored_key", connect::WAIT).await
    }
}
