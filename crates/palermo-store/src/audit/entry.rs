//! One entry of the audit log. Its bytes are what the tree is over; nothing
//! in it may tell who a person is: records are named by their ids.

use crate::error::{Error, Result};
use palermo_domain::{
    actor::Actor,
    id::{Id, TenantId},
    moment::Moment,
    purpose::Purpose,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A record an entry is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// Kind of record, as in [`Id::KIND`].
    pub kind: String,
    /// Its id.
    pub id: String,
}

impl Subject {
    /// The record with this id.
    pub fn of<I: Id>(id: I) -> Self {
        Self { kind: I::KIND.to_owned(), id: id.to_string() }
    }

    /// A record that is named rather than numbered, such as a mechanism.
    pub fn named(kind: &str, id: &str) -> Self {
        Self { kind: kind.to_owned(), id: id.to_owned() }
    }
}

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Something was changed.
    Done,
    /// Data about persons was read.
    Read,
    /// It was refused.
    Refused,
}

impl Outcome {
    /// The code stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Read => "read",
            Self::Refused => "refused",
        }
    }

    /// The outcome with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Done, Self::Read, Self::Refused].into_iter().find(|outcome| outcome.code() == code)
    }
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowChange {
    /// The table.
    #[serde(rename = "t")]
    pub table: String,
    /// The row's key without the tenant.
    #[serde(rename = "k")]
    pub key: Vec<String>,
    /// Hash of the row as it is now, in hexadecimal; none if it is gone.
    #[serde(rename = "h")]
    pub hash: Option<String>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Format of the entry.
    pub v: u8,
    /// Whose log.
    pub tenant: TenantId,
    /// Place in the log, from 0.
    pub seq: i64,
    /// When it was written down.
    pub recorded_at: Moment,
    /// When it happened.
    pub happened_at: Moment,
    /// Who acted.
    pub actor: Actor,
    /// What was done, for example `desk.create`.
    pub action: String,
    /// How it went.
    pub outcome: Outcome,
    /// Why data about a person was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Purpose>,
    /// Which records it is about, the first foremost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Subject>,
    /// Codes of the reasons (of a refusal, of break-glass).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// Further coded facts; never free text about a person.
    #[serde(default, skip_serializing_if = "serde_json::Value::is_null")]
    pub details: serde_json::Value,
    /// The rows changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<RowChange>,
}

impl Entry {
    /// The bytes that are stored and hashed. They are never made a second
    /// time: whoever checks, hashes what is stored.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self).map_err(|error| Error::Corrupt(error.to_string()))
    }

    /// Reads stored bytes.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self> {
        serde_json::from_slice(bytes)
            .map_err(|error| Error::Corrupt(format!("an audit entry cannot be read: {error}")))
    }

    /// The account behind it.
    pub(crate) fn account(&self) -> Option<Uuid> {
        self.actor.account().map(Id::uuid)
    }

    /// Its subjects, each once.
    pub(crate) fn distinct_subjects(&self) -> BTreeSet<&Subject> {
        self.subjects.iter().collect()
    }
}
