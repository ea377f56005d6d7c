//! A table's row as SeaORM knows it, without the parts that are the same for
//! every table. Use inside a module of its own: `mod row { entity!(…); }`.

macro_rules! entity {
    ($table:tt, key { $($key:ident: $key_type:ty),* $(,)? } $($column:ident: $type:ty),* $(,)?) => {
        use sea_orm::entity::prelude::*;

        #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
        #[sea_orm(table_name = $table)]
        pub struct Model {
            $(#[sea_orm(primary_key, auto_increment = false)] pub $key: $key_type,)*
            $(pub $column: $type,)*
        }

        #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
        pub enum Relation {}

        impl ActiveModelBehavior for ActiveModel {}
    };
}

pub(crate) use entity;
