//! Screenings. Answers are coded facts, sealed in the compartment case under a
//! key of the screening's own, so that destroying that key ends them.

pub mod draft;
pub mod kept;
pub mod notice;
pub mod paper;

use crate::error::{Error, Result};
use serde::{Serialize, de::DeserializeOwned};

fn code<T: std::str::FromStr<Err = E>, E: std::fmt::Display>(text: &str) -> Result<T> {
    text.parse().map_err(|error: E| Error::Corrupt(error.to_string()))
}

fn read<T: DeserializeOwned>(json: serde_json::Value) -> Result<T> {
    serde_json::from_value(json).map_err(|error| Error::Corrupt(error.to_string()))
}

fn json<T: Serialize>(value: &T) -> Result<serde_json::Value> {
    serde_json::to_value(value).map_err(|error| Error::Corrupt(error.to_string()))
}
