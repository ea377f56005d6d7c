//! The history of a case, one event after another, so that it reads as a
//! story. An event holds coded facts; whatever someone wrote is sealed beside
//! it in the compartment care under the fields `text`, `before` and `after`.
//!
//! A kind is a code of its own (`note`, `status-changed`, `service-started` …).
//! Whoever adds a kind adds the messages `case-event-<kind>` in all languages;
//! facts are given to the message by name, and a fact whose value is a code is
//! shown by the message `<name>-<value>` if there is one.

use crate::{
    id::{AccountId, CaseId, EventId, TenantId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that happened in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Organisation.
    pub tenant: TenantId,
    /// Id; tells nothing.
    pub id: EventId,
    /// Of which case.
    pub case: CaseId,
    /// What kind of event.
    pub kind: String,
    /// Coded facts by name, never text about a person.
    pub facts: BTreeMap<String, String>,
    /// When it happened.
    pub happened_at: Moment,
    /// When it was written down.
    pub recorded_at: Moment,
    /// By whom; empty for the program itself.
    pub by: Option<AccountId>,
    /// Whether something written is sealed beside it.
    pub has_text: bool,
}

impl Event {
    /// The same with a coded fact.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }

    /// The same, happened at another moment than it is written down.
    #[must_use]
    pub fn happened(mut self, at: Moment) -> Self {
        self.happened_at = at;
        self
    }
}
