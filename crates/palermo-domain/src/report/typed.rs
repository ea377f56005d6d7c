//! What somebody has typed into a form and not saved yet: theirs alone until they press the
//! button, and gone with it.

use crate::{id::AccountId, register::day::Day};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Words on their way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedWords {
    /// Who types them.
    pub account: AccountId,
    /// The record they are about.
    pub about: String,
    /// The part of it.
    pub place: String,
    /// What stands in each field.
    pub fields: BTreeMap<String, String>,
    /// The day.
    pub on: Day,
}
