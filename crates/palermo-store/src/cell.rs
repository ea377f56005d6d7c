//! One value of one column, the same on both databases: what row hashes,
//! backups and `verify` speak about.

use crate::error::{Error, Result};
use sea_orm::{ColIdx, QueryResult, Value, sea_query::ColumnType};
use serde_json::Value as Json;
use uuid::Uuid;

/// The few kinds of column Palermo uses. Fewer kinds mean fewer differences
/// between two databases: instants are microseconds in `Number`, decimals and
/// dates are text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A UUID.
    Uuid,
    /// A text.
    Text,
    /// A 64-bit whole number; instants are microseconds since 1970.
    Number,
    /// Yes or no.
    Flag,
    /// Bytes.
    Bytes,
    /// A JSON document.
    Json,
}

impl Kind {
    /// The kind of a declared column, or nothing if Palermo does not use such columns.
    pub(crate) fn of(column: &ColumnType) -> Option<Self> {
        Some(match column {
            ColumnType::Uuid => Self::Uuid,
            ColumnType::String(_) | ColumnType::Text => Self::Text,
            ColumnType::BigInteger => Self::Number,
            ColumnType::Boolean => Self::Flag,
            ColumnType::VarBinary(_) | ColumnType::Blob | ColumnType::Binary(_) => Self::Bytes,
            ColumnType::Json | ColumnType::JsonBinary => Self::Json,
            _ => return None,
        })
    }
}

/// One value of one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// No value.
    Null,
    /// A UUID.
    Uuid(Uuid),
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A JSON document.
    Json(Json),
}

impl Cell {
    /// The cell of a value about to be written.
    pub(crate) fn from_value(value: Value) -> Result<Self> {
        Ok(match value {
            Value::Bool(v) => v.map_or(Self::Null, Self::Flag),
            Value::BigInt(v) => v.map_or(Self::Null, Self::Number),
            Value::String(v) => v.map_or(Self::Null, Self::Text),
            Value::Bytes(v) => v.map_or(Self::Null, Self::Bytes),
            Value::Uuid(v) => v.map_or(Self::Null, Self::Uuid),
            Value::Json(v) => v.map_or(Self::Null, |json| Self::Json(*json)),
            other => {
                return Err(Error::Corrupt(format!("a value of a kind not stored: {other:?}")));
            }
        })
    }

    /// The value to bind for a column of this kind.
    pub(crate) fn into_value(self, kind: Kind) -> Value {
        match self {
            Self::Uuid(v) => Value::Uuid(Some(v)),
            Self::Text(v) => Value::String(Some(v)),
            Self::Number(v) => Value::BigInt(Some(v)),
            Self::Flag(v) => Value::Bool(Some(v)),
            Self::Bytes(v) => Value::Bytes(Some(v)),
            Self::Json(v) => Value::Json(Some(Box::new(v))),
            Self::Null => match kind {
                Kind::Uuid => Value::Uuid(None),
                Kind::Text => Value::String(None),
                Kind::Number => Value::BigInt(None),
                Kind::Flag => Value::Bool(None),
                Kind::Bytes => Value::Bytes(None),
                Kind::Json => Value::Json(None),
            },
        }
    }

    /// Reads one column of a row.
    pub(crate) fn read(row: &QueryResult, column: impl ColIdx, kind: Kind) -> Result<Self> {
        fn or_null<T>(value: Option<T>, make: fn(T) -> Cell) -> Cell {
            value.map_or(Cell::Null, make)
        }
        Ok(match kind {
            Kind::Uuid => or_null(row.try_get_by(column)?, Self::Uuid),
            Kind::Text => or_null(row.try_get_by(column)?, Self::Text),
            Kind::Number => or_null(row.try_get_by(column)?, Self::Number),
            Kind::Flag => or_null(row.try_get_by(column)?, Self::Flag),
            Kind::Bytes => or_null(row.try_get_by(column)?, Self::Bytes),
            Kind::Json => or_null(row.try_get_by(column)?, Self::Json),
        })
    }

    /// The cell in a backup file: texts as they are, bytes in hexadecimal.
    pub(crate) fn to_backup(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Uuid(v) => Json::String(v.to_string()),
            Self::Text(v) => Json::String(v.clone()),
            Self::Number(v) => Json::from(*v),
            Self::Flag(v) => Json::Bool(*v),
            Self::Bytes(v) => Json::String(hex::encode(v)),
            // Inside a one-element list, so that a stored JSON null is not taken for no value.
            Self::Json(v) => Json::Array(vec![v.clone()]),
        }
    }

    /// Reads a cell of a backup file; nothing if it is not of this kind.
    pub(crate) fn from_backup(json: Json, kind: Kind) -> Option<Self> {
        Some(match (kind, json) {
            (_, Json::Null) => Self::Null,
            (Kind::Uuid, Json::String(v)) => Self::Uuid(Uuid::try_parse(&v).ok()?),
            (Kind::Text, Json::String(v)) => Self::Text(v),
            (Kind::Number, Json::Number(v)) => Self::Number(v.as_i64()?),
            (Kind::Flag, Json::Bool(v)) => Self::Flag(v),
            (Kind::Bytes, Json::String(v)) => Self::Bytes(hex::decode(v).ok()?),
            (Kind::Json, Json::Array(mut v)) => Self::Json(v.pop()?),
            _ => return None,
        })
    }

    /// The cell as part of a row's key in an audit entry.
    pub(crate) fn to_key(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Uuid(v) => v.to_string(),
            Self::Text(v) => v.clone(),
            Self::Number(v) => v.to_string(),
            Self::Flag(v) => v.to_string(),
            Self::Bytes(v) => hex::encode(v),
            Self::Json(v) => v.to_string(),
        }
    }

    /// Appends the cell to the bytes a row hash is made of.
    pub(crate) fn feed(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.push(0),
            Self::Uuid(v) => tagged(out, 1, v.as_bytes()),
            Self::Text(v) => tagged(out, 2, v.as_bytes()),
            Self::Number(v) => tagged(out, 3, &v.to_be_bytes()),
            Self::Flag(v) => tagged(out, 4, &[u8::from(*v)]),
            Self::Bytes(v) => tagged(out, 5, v),
            Self::Json(v) => {
                let mut text = String::new();
                canonical_json(v, &mut text);
                tagged(out, 6, text.as_bytes());
            }
        }
    }

    /// Whether PostgreSQL can hold it: no NUL in texts, which SQLite would take.
    pub(crate) fn is_storable(&self) -> bool {
        match self {
            Self::Text(v) => !v.contains('\0'),
            Self::Json(v) => json_is_storable(v),
            _ => true,
        }
    }
}

fn json_is_storable(json: &Json) -> bool {
    match json {
        Json::String(v) => !v.contains('\0'),
        Json::Array(items) => items.iter().all(json_is_storable),
        Json::Object(map) => map.iter().all(|(k, v)| !k.contains('\0') && json_is_storable(v)),
        _ => true,
    }
}

fn tagged(out: &mut Vec<u8>, tag: u8, bytes: &[u8]) {
    out.push(tag);
    out.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
    out.extend_from_slice(bytes);
}

/// JSON with sorted keys and one way to write a number. PostgreSQL stores
/// documents in its own order and notation, so the text itself cannot be hashed.
fn canonical_json(json: &Json, out: &mut String) {
    match json {
        Json::Object(map) => {
            let mut keys: Vec<_> = map.iter().collect();
            keys.sort_by_key(|(key, _)| key.as_str());
            out.push('{');
            for (key, value) in keys {
                out.push_str(&Json::String(key.clone()).to_string());
                out.push(':');
                canonical_json(value, out);
                out.push(',');
            }
            out.push('}');
        }
        Json::Array(items) => {
            out.push('[');
            for item in items {
                canonical_json(item, out);
                out.push(',');
            }
            out.push(']');
        }
        // Beyond 2^53 a number may come back as another type; its nearest float is the same.
        Json::Number(number) => match number.as_i64() {
            Some(whole) if whole.unsigned_abs() <= 1 << 53 => out.push_str(&whole.to_string()),
            _ => out.push_str(&format!("{:e}", number.as_f64().unwrap_or(f64::NAN))),
        },
        other => out.push_str(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn canonical(text: &str) -> String {
        let mut out = String::new();
        canonical_json(&serde_json::from_str(text).unwrap(), &mut out);
        out
    }

    #[test]
    fn a_document_hashes_alike_however_a_database_orders_it() {
        assert_eq!(
            canonical(r#"{"b":1,"a":[true,null]}"#),
            canonical(r#"{"a":[true,null],"b":1}"#)
        );
        assert_ne!(canonical(r#"{"a":"1"}"#), canonical(r#"{"a":1}"#));
    }

    #[test]
    fn a_large_number_hashes_alike_whether_read_as_whole_or_as_float() {
        assert_eq!(canonical("1e17"), canonical("100000000000000000"));
    }
}
