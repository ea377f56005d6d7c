//! A memorandum in which a State and organisations agree who does what for
//! trafficked persons (R083).

use crate::{
    id::DeskId,
    register::{day::Day, state::StateCode},
    service::REMIND_DAYS,
};
use serde::{Deserialize, Serialize};

/// A memorandum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memorandum {
    /// Its title.
    pub title: String,
    /// What it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// The State.
    pub state: StateCode,
    /// Who signed it.
    pub parties: Vec<String>,
    /// Who does what.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub roles: String,
    /// When it was signed.
    pub signed: Day,
    /// Its last day; none if it has no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// The desk of the organisation that keeps it which is reminded of its end;
    /// its first open desk if none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<DeskId>,
}

impl Memorandum {
    /// Whether one should be reminded of its end: within 60 days, or past.
    #[must_use]
    pub fn ends_soon(&self, today: Day) -> bool {
        self.until.is_some_and(|until| until <= today.plus_days(REMIND_DAYS))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn req_083_one_is_reminded_60_days_before_a_memorandum_ends() {
        let until: Day = "2026-06-30".parse().unwrap();
        let one = Memorandum {
            title: "Referral of trafficked persons".into(),
            state: "XAA".parse().unwrap(),
            parties: vec!["Ministry of Interior".into(), "Harbour Trust".into()],
            subject: String::new(),
            roles: String::new(),
            desk: None,
            signed: "2024-07-01".parse().unwrap(),
            until: Some(until),
        };
        assert!(!one.ends_soon(until.plus_days(-61)));
        assert!(one.ends_soon(until.plus_days(-60)));
    }
}
