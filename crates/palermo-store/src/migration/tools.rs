//! A table in a few lines. Columns come in the six kinds of [`crate::cell::Kind`]
//! only; a tenant's table has the tenant first in its key, its indexes and its
//! foreign keys, so that a distributed PostgreSQL can split it by tenant.

use sea_orm_migration::{
    prelude::*,
    sea_query::{ColumnDef, ForeignKey, ForeignKeyAction, Index, Table, TableCreateStatement},
};

/// A table under construction.
pub(super) struct NewTable {
    name: &'static str,
    statement: TableCreateStatement,
    indexes: Vec<IndexCreateStatement>,
    owned: bool,
}

/// A table whose rows belong to tenants; `key` follows the tenant.
pub(super) fn owned(name: &'static str, key: &[&'static str]) -> NewTable {
    let mut columns = vec!["tenant"];
    columns.extend(key);
    NewTable::new(name, &columns, true).uuid("tenant")
}

/// A table of the whole installation (on the list of the schema lint).
pub(super) fn shared(name: &'static str, key: &[&'static str]) -> NewTable {
    NewTable::new(name, key, false)
}

impl NewTable {
    fn new(name: &'static str, key: &[&'static str], owned: bool) -> Self {
        let mut primary = Index::create();
        primary.name(format!("pk_{name}"));
        for column in key {
            primary.col(*column);
        }
        let mut statement = Table::create();
        statement.table(name).primary_key(&mut primary);
        Self { name, statement, indexes: Vec::new(), owned }
    }

    fn column(mut self, name: &'static str, kind: impl FnOnce(&mut ColumnDef)) -> Self {
        let mut column = ColumnDef::new(name);
        kind(&mut column);
        self.statement.col(&mut column);
        self
    }

    pub(super) fn uuid(self, name: &'static str) -> Self {
        self.column(name, |c| {
            c.uuid().not_null();
        })
    }

    pub(super) fn uuid_or_none(self, name: &'static str) -> Self {
        self.column(name, |c| {
            c.uuid();
        })
    }

    pub(super) fn text(self, name: &'static str) -> Self {
        self.column(name, |c| {
            c.text().not_null();
        })
    }

    pub(super) fn text_or_none(self, name: &'static str) -> Self {
        self.column(name, |c| {
            c.text();
        })
    }

    /// A whole number, or a moment in microseconds since 1970.
    pub(super) fn number(self, name: &'static str) -> Self {
        self.column(name, |c| {
            c.big_integer().not_null();
        })
    }

    pub(super) fn number_or_none(self, name: &'static str) -> Self {
        self.column(name, |c| {
            c.big_integer();
        })
    }

    pub(super) fn flag(self, name: &'static str) -> Self {
        self.column(name, |c| {
            c.boolean().not_null();
        })
    }

    pub(super) fn flag_or_none(self, name: &'static str) -> Self {
        self.column(name, |c| {
            c.boolean();
        })
    }

    pub(super) fn bytes(self, name: &'static str) -> Self {
        self.column(name, |c| {
            c.blob().not_null();
        })
    }

    pub(super) fn bytes_or_none(self, name: &'static str) -> Self {
        self.column(name, |c| {
            c.blob();
        })
    }

    pub(super) fn json(self, name: &'static str) -> Self {
        self.column(name, |c| {
            c.json_binary().not_null();
        })
    }

    /// A row may only refer to a row of the same tenant.
    pub(super) fn refers(mut self, column: &'static str, to: &'static str) -> Self {
        let mut key = ForeignKey::create();
        key.name(format!("fk_{}_{column}", self.name)).from_tbl(self.name).to_tbl(to);
        if self.owned {
            key.from_col("tenant").to_col("tenant");
        }
        key.from_col(column).to_col("id").on_delete(ForeignKeyAction::Restrict);
        self.statement.foreign_key(&mut key);
        self
    }

    pub(super) fn index(self, columns: &[&'static str]) -> Self {
        self.indexed(columns, false)
    }

    /// For questions across tenants: not tied to one, and so never unique.
    pub(super) fn index_across(mut self, columns: &[&'static str]) -> Self {
        let mut index = Index::create();
        index.name(format!("ix_{}_across_{}", self.name, columns.join("_"))).table(self.name);
        for column in columns {
            index.col(*column);
        }
        self.indexes.push(index);
        self
    }

    pub(super) fn unique(self, columns: &[&'static str]) -> Self {
        self.indexed(columns, true)
    }

    fn indexed(mut self, columns: &[&'static str], unique: bool) -> Self {
        let mut index = Index::create();
        let prefix = if unique { "uq" } else { "ix" };
        index.name(format!("{prefix}_{}_{}", self.name, columns.join("_"))).table(self.name);
        if self.owned {
            index.col("tenant");
        }
        for column in columns {
            index.col(*column);
        }
        if unique {
            index.unique();
        }
        self.indexes.push(index);
        self
    }

    pub(super) async fn create(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        manager.create_table(self.statement).await?;
        for index in self.indexes {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// A migration that makes tables: one transaction, also on SQLite.
macro_rules! migration {
    ($name:literal, $($table:expr),+ $(,)?) => {
        pub(super) struct Migration;

        impl sea_orm_migration::MigrationName for Migration {
            fn name(&self) -> &str {
                $name
            }
        }

        #[sea_orm_migration::async_trait::async_trait]
        impl sea_orm_migration::MigrationTrait for Migration {
            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }

            async fn up(
                &self,
                manager: &sea_orm_migration::SchemaManager,
            ) -> Result<(), sea_orm_migration::DbErr> {
                $($table.create(manager).await?;)+
                Ok(())
            }
        }
    };
}

pub(super) use migration;
