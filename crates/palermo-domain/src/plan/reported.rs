//! Values with who told them, when, and what was told before (R023; S3 III.III.1).

use super::indicator::{Measured, Origin, Value};
use crate::register::day::Day;
use serde::{Deserialize, Serialize};

/// A value as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reported {
    /// What counts now.
    #[serde(flatten)]
    pub value: Value,
    /// The day it was told; unknown for values kept before that was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// The organisation that told it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// What it told before for the same place and period, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Earlier>,
}

/// What was told before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Earlier {
    /// What was measured.
    pub measured: Measured,
    /// The day it was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// The organisation that told it.
    #[serde(default)]
    pub by: String,
    /// What proved it.
    #[serde(default)]
    pub evidence: String,
    /// How it came here.
    pub origin: Origin,
}

impl From<Value> for Reported {
    fn from(value: Value) -> Self {
        Self { value, on: None, by: String::new(), earlier: Vec::new() }
    }
}

impl Reported {
    /// The same in the place of what was told before, which is kept.
    #[must_use]
    pub fn over(mut self, before: Self) -> Self {
        self.earlier = before.earlier;
        if before.value != self.value {
            self.earlier.push(Earlier {
                measured: before.value.measured,
                on: before.on,
                by: before.by,
                evidence: before.value.evidence,
                origin: before.value.origin,
            });
        }
        self
    }
}
