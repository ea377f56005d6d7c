//! Register entries that belong to an organisation and are kept as one
//! document, with the few columns they are found by.

use palermo_domain::id::TenantId;
use serde::Serialize;

/// An entry with the organisation that answers for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filed<I, T> {
    /// Who answers for it.
    pub tenant: TenantId,
    /// Its id within the organisation.
    pub id: I,
    /// The entry.
    #[serde(flatten)]
    pub entry: T,
}

/// A list of entries as they are read.
pub type ListOf<I, T> = Vec<crate::write::Versioned<Filed<I, T>>>;

/// The functions of one such table: `insert`, `update`, `remove`, `find`, `of`.
macro_rules! documents {
    ($id:ty, $entry:ty, $about:literal, columns($($column:ident: $value:expr),* $(,)?), by($key:ident: $key_type:ty => $key_column:ident)) => {
        fn to_row(filed: &$crate::register::Filed<$id, $entry>) -> $crate::error::Result<row::Model> {
            let body = serde_json::to_value(&filed.entry)
                .map_err(|error| $crate::error::Error::Corrupt(error.to_string()))?;
            let _entry = &filed.entry;
            Ok(row::Model {
                tenant: palermo_domain::id::Id::uuid(filed.tenant),
                id: palermo_domain::id::Id::uuid(filed.id),
                $($column: ($value)(_entry),)*
                body,
                revision: 1,
            })
        }

        fn from_row(
            row: row::Model,
        ) -> $crate::error::Result<$crate::write::Versioned<$crate::register::Filed<$id, $entry>>> {
            let entry = serde_json::from_value(row.body).map_err(|error| {
                $crate::error::Error::Corrupt(format!(concat!($about, ": {}"), error))
            })?;
            let filed = $crate::register::Filed {
                tenant: palermo_domain::id::Id::from_uuid(row.tenant),
                id: palermo_domain::id::Id::from_uuid(row.id),
                entry,
            };
            Ok($crate::write::Versioned::new(filed, row.revision))
        }

        /// Adds an entry of the act's organisation and gives its id.
        ///
        /// # Errors
        /// When the database does not answer.
        pub async fn insert(act: &mut $crate::Act, entry: &$entry) -> $crate::error::Result<$id> {
            let id = act.new_id();
            let filed = $crate::register::Filed { tenant: act.tenant(), id, entry: entry.clone() };
            act.insert(&to_row(&filed)?).await?;
            Ok(id)
        }

        /// Changes an entry of the act's organisation.
        ///
        /// # Errors
        /// `Conflict` if someone else changed it since `seen`.
        pub async fn update(
            act: &mut $crate::Act,
            id: $id,
            entry: &$entry,
            seen: $crate::Revision,
        ) -> $crate::error::Result<$crate::Revision> {
            let filed = $crate::register::Filed { tenant: act.tenant(), id, entry: entry.clone() };
            act.update(&to_row(&filed)?, seen).await
        }

        /// Removes an entry of the act's organisation; the audit log keeps
        /// that it was there.
        ///
        /// # Errors
        /// `NotFound` if it is not there.
        pub async fn remove(act: &mut $crate::Act, id: $id) -> $crate::error::Result<()> {
            use sea_orm::EntityTrait;
            let key = (act.tenant, palermo_domain::id::Id::uuid(id));
            let row = row::Entity::find_by_id(key).one(&act.txn).await?;
            act.delete(&row.ok_or($crate::Error::NotFound)?).await
        }

        /// The entry of an organisation with this id.
        ///
        /// # Errors
        /// When the database does not answer.
        pub async fn find(
            db: &dyn $crate::Db,
            tenant: palermo_domain::id::TenantId,
            id: $id,
        ) -> $crate::error::Result<Option<$crate::write::Versioned<$crate::register::Filed<$id, $entry>>>> {
            use sea_orm::EntityTrait;
            let key = (palermo_domain::id::Id::uuid(tenant), palermo_domain::id::Id::uuid(id));
            let row = row::Entity::find_by_id(key).one(&db.executor()).await?;
            row.map(from_row).transpose()
        }

        /// The entries of all organisations, or those with this key, in the
        /// order they were added.
        ///
        /// # Errors
        /// When the database does not answer.
        pub async fn list(
            db: &dyn $crate::Db,
            $key: Option<$key_type>,
        ) -> $crate::error::Result<$crate::register::ListOf<$id, $entry>> {
            use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
            let mut select = row::Entity::find();
            if let Some(key) = $key {
                select = select.filter(row::Column::$key_column.eq(key.to_string()));
            }
            let rows = select.order_by_asc(row::Column::Id).all(&db.executor()).await?;
            rows.into_iter().map(from_row).collect()
        }
    };
}

pub(crate) use documents;
