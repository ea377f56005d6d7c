//! The schema as it stands in the database, on both engines: what a
//! distributed PostgreSQL demands, and a disclosure class for every column.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_store::{
    Kind, Owner, TableInfo, catalogue, keystore_catalogue,
    testing::{Engine, TestStore},
};
use std::collections::{BTreeMap, BTreeSet};

/// Tables without a tenant in their key, each with why.
const WITHOUT_TENANT: [&str; 5] = [
    "adherence",        // the same facts for everyone, kept by the house
    "installation",     // facts about the whole installation
    "installation_key", // the one key the root key wraps
    "sign_in_name",     // asked before the tenant is known
    "throttle",         // asked before the tenant is known
];
/// Kept by the migrations themselves.
const MIGRATIONS: &str = "seaql_migrations";
const CLASSES: [&str; 6] = ["public", "internal", "staff", "case", "sealed", "secret"];

#[derive(Debug, Default)]
struct Live {
    /// Name → (type, may be empty).
    columns: BTreeMap<String, (String, bool)>,
    /// Columns of the primary key and of every unique index, in order.
    unique: BTreeSet<Vec<String>>,
    primary: Vec<String>,
    /// Name of a foreign key → its columns.
    foreign: BTreeMap<String, Vec<String>>,
}

type Schema = BTreeMap<String, Live>;

/// Rows of a question whose answer is one text with bars.
async fn ask(test: &TestStore, keystore: bool, sql: &str) -> Vec<Vec<String>> {
    let rows = if keystore { test.ask_keystore(sql).await } else { test.ask(sql).await };
    rows.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect()
}

async fn live(test: &TestStore, keystore: bool) -> Schema {
    let (columns, indexes, foreign) = match test.engine {
        Engine::Sqlite => (
            "SELECT m.name || '|' || c.name || '|' || lower(c.type) || '|' || \
             (CASE WHEN c.\"notnull\" = 1 THEN 'no' ELSE 'yes' END) \
             FROM sqlite_schema m, pragma_table_xinfo(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
            "SELECT m.name || '|' || i.name || '|' || i.origin || '|' || c.name \
             FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_info(i.name) c \
             WHERE m.type = 'table' AND i.\"unique\" = 1 ORDER BY m.name, i.name, c.seqno",
            "SELECT m.name || '|' || f.id || '|' || f.\"from\" \
             FROM sqlite_schema m, pragma_foreign_key_list(m.name) f \
             WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq",
        ),
        Engine::Postgres => (
            "SELECT table_name || '|' || column_name || '|' || data_type || '|' || lower(is_nullable) \
             FROM information_schema.columns WHERE table_schema = 'public'",
            "SELECT t.relname || '|' || x.relname || '|' || (CASE WHEN i.indisprimary THEN 'pk' ELSE 'u' END) \
             || '|' || a.attname FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid \
             JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_namespace n ON n.oid = t.relnamespace, \
             unnest(i.indkey) WITH ORDINALITY k(attnum, place) \
             JOIN pg_attribute a ON a.attnum = k.attnum WHERE a.attrelid = i.indrelid \
             AND i.indisunique AND n.nspname = 'public' ORDER BY t.relname, x.relname, k.place",
            "SELECT t.relname || '|' || c.conname || '|' || a.attname FROM pg_constraint c \
             JOIN pg_class t ON t.oid = c.conrelid, unnest(c.conkey) WITH ORDINALITY k(attnum, place) \
             JOIN pg_attribute a ON a.attnum = k.attnum WHERE a.attrelid = c.conrelid \
             AND c.contype = 'f' ORDER BY t.relname, c.conname, k.place",
        ),
    };
    let mut schema = Schema::new();
    for row in ask(test, keystore, columns).await {
        let [table, column, kind, nullable] = <[String; 4]>::try_from(row).unwrap();
        let table = schema.entry(table).or_default();
        table.columns.insert(column, (kind, nullable == "yes"));
    }
    schema.remove(MIGRATIONS);
    let mut indexes_of: BTreeMap<(String, String, bool), Vec<String>> = BTreeMap::new();
    for row in ask(test, keystore, indexes).await {
        let [table, index, origin, column] = <[String; 4]>::try_from(row).unwrap();
        indexes_of.entry((table, index, origin == "pk")).or_default().push(column);
    }
    for ((table, _, primary), columns) in indexes_of {
        let Some(table) = schema.get_mut(&table) else { continue };
        if primary {
            table.primary.clone_from(&columns);
        }
        table.unique.insert(columns);
    }
    for row in ask(test, keystore, foreign).await {
        let [table, name, column] = <[String; 3]>::try_from(row).unwrap();
        let table = schema.get_mut(&table).unwrap();
        table.foreign.entry(name).or_default().push(column);
    }
    schema
}

fn type_of(kind: Kind, engine: Engine) -> &'static [&'static str] {
    match (kind, engine) {
        (Kind::Uuid, Engine::Sqlite) => &["uuid_text"],
        (Kind::Uuid, Engine::Postgres) => &["uuid"],
        (Kind::Text, Engine::Sqlite) => &["text", "varchar"],
        (Kind::Text, Engine::Postgres) => &["text"],
        (Kind::Number, _) => &["bigint", "integer"],
        (Kind::Flag, _) => &["boolean"],
        (Kind::Bytes, Engine::Sqlite) => &["blob"],
        (Kind::Bytes, Engine::Postgres) => &["bytea"],
        (Kind::Json, Engine::Sqlite) => &["jsonb_text"],
        (Kind::Json, Engine::Postgres) => &["jsonb"],
    }
}

fn check_table(table: &TableInfo, live: &Live, engine: Engine) {
    let name = table.name;
    let known: BTreeSet<_> = table.columns.iter().map(|column| column.name.to_owned()).collect();
    let there: BTreeSet<_> = live.columns.keys().cloned().collect();
    assert_eq!(known, there, "columns of `{name}` in the code and in the database");
    for column in &table.columns {
        let (kind, nullable) = &live.columns[column.name];
        let wanted = type_of(column.kind, engine);
        assert!(wanted.contains(&kind.as_str()), "`{name}.{}` is `{kind}`", column.name);
        assert_eq!(*nullable, column.nullable, "`{name}.{}` may be empty", column.name);
    }
    let key: Vec<_> = table.key.iter().map(|at| table.columns[*at].name.to_owned()).collect();
    assert_eq!(key, live.primary, "primary key of `{name}`");
    if table.owner == Owner::Tenant {
        for columns in &live.unique {
            assert_eq!(
                columns[0], "tenant",
                "`{name}` has a unique index without the tenant first"
            );
        }
        for (key, columns) in &live.foreign {
            assert_eq!(columns[0], "tenant", "foreign key `{key}` of `{name}` leaves the tenant");
        }
        assert!(!WITHOUT_TENANT.contains(&name), "`{name}` is on the list without need");
    } else {
        assert!(WITHOUT_TENANT.contains(&name), "`{name}` has no tenant and is not on the list");
    }
}

#[tokio::test]
async fn the_schema_is_the_one_the_code_knows_and_a_distributed_engine_takes() {
    TestStore::each(async |test| {
        let keystore = keystore_catalogue();
        let stores: [(bool, Vec<&TableInfo>); 2] =
            [(false, catalogue().iter().collect()), (true, keystore.iter().collect())];
        for (is_keystore, tables) in stores {
            let schema = live(&test, is_keystore).await;
            let known: BTreeSet<_> = tables.iter().map(|table| table.name.to_owned()).collect();
            let there: BTreeSet<_> = schema.keys().cloned().collect();
            assert_eq!(known, there, "tables in the code and in the database");
            for table in tables {
                check_table(table, &schema[table.name], test.engine);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_in_the_schema_acts_by_itself() {
    TestStore::each(async |test| {
        // Triggers, sequences, defaults, generated and identity columns.
        let questions: &[&str] = match test.engine {
            Engine::Sqlite => &[
                "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')",
                "SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_xinfo(m.name) c \
                 WHERE m.type = 'table' AND (c.hidden <> 0 OR c.dflt_value IS NOT NULL)",
                "SELECT name FROM sqlite_schema WHERE lower(sql) LIKE '%autoincrement%'",
            ],
            Engine::Postgres => &[
                "SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal",
                "SELECT relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
                 WHERE n.nspname = 'public' AND c.relkind IN ('S', 'v', 'm')",
                "SELECT table_name || '.' || column_name FROM information_schema.columns \
                 WHERE table_schema = 'public' AND (column_default IS NOT NULL \
                 OR is_identity = 'YES' OR is_generated <> 'NEVER')",
                "SELECT conname::text FROM pg_constraint WHERE contype = 'x' OR condeferrable",
            ],
        };
        for question in questions {
            assert_eq!(test.ask(question).await, Vec::<String>::new(), "{question}");
        }
    })
    .await;
}

#[test]
fn every_column_has_a_disclosure_class_and_every_class_a_column() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/policy/columns.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let classes: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(&text).unwrap();
    let mut listed: BTreeSet<String> = BTreeSet::new();
    for (table, columns) in &classes {
        for (column, class) in columns {
            assert!(CLASSES.contains(&class.as_str()), "`{table}.{column}` has class `{class}`");
            listed.insert(format!("{table}.{column}"));
        }
    }
    let keystore = keystore_catalogue();
    let tables = catalogue().iter().chain(&keystore);
    let there: BTreeSet<String> = tables
        .flat_map(|table| {
            table.columns.iter().map(|column| format!("{}.{}", table.name, column.name))
        })
        .collect();
    let without: Vec<_> = there.difference(&listed).collect();
    let unknown: Vec<_> = listed.difference(&there).collect();
    assert!(
        without.is_empty() && unknown.is_empty(),
        "without class: {without:?}; no column: {unknown:?}"
    );
}
