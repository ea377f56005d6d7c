//! A statement an editor adds to a fact of a register, beside what ships with
//! the program: both stay, and one is preferred (R015).

use super::fact::{Said, Statements, StatementsRefused};
use crate::coded;
use serde::{Deserialize, Serialize};

coded! {
    /// What kind of record a statement is about.
    About {
        /// A mechanism.
        Mechanism = "mechanism",
        /// An instrument.
        Instrument = "instrument",
        /// An agreement.
        Agreement = "agreement",
        /// A model text.
        ModelText = "model_text",
        /// A State.
        State = "state",
    }
}

impl About {
    /// The facts of such a record a statement can be about. A mechanism's profile
    /// adds those its own sources differ on.
    #[must_use]
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Mechanism => &[
                "name",
                "kind",
                "members",
                "founded",
                "ended",
                "secretariat",
                "languages",
                "persons",
                "forms",
                "bodies",
                "cadence",
                "plan",
                "duties",
                "policy",
                "other",
            ],
            Self::Instrument => {
                &["title", "adopted", "opened", "in_force", "depositary", "scope", "other"]
            }
            Self::Agreement => {
                &["title", "parties", "status", "signed", "in_force", "ends", "monitoring", "other"]
            }
            Self::ModelText => &["title", "introduced", "authors", "other"],
            Self::State => &["name", "contact", "law", "other"],
        }
    }
}

/// A statement about one field of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterStatement {
    /// What kind of record.
    pub about: About,
    /// Its id.
    pub id: String,
    /// The field, as the record names it.
    pub field: String,
    /// What is said.
    pub said: Said<String>,
}

/// What ships and what editors added about one field, side by side. An
/// editor's preference, the last one added, outweighs the shipped one.
///
/// # Errors
/// Never in practice: at most one preference is left.
pub fn side_by_side(
    shipped: &[Said<String>],
    added: &[RegisterStatement],
) -> Result<Statements<String>, StatementsRefused> {
    let mut all = Statements::new(shipped.to_vec())?;
    for statement in added {
        all.add(statement.said.clone());
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::register::provenance::{Confidence, Provenance};

    fn said(value: &str, source: &str, preferred: bool) -> Said<String> {
        Said {
            value: value.to_owned(),
            preferred,
            provenance: Provenance {
                source: source.to_owned(),
                as_of: "2010-12".parse().unwrap(),
                confidence: Confidence::Stated,
                note: None,
                disputed: None,
            },
        }
    }

    #[test]
    fn req_015_an_editors_statement_stands_beside_the_shipped_ones_and_takes_the_preference() {
        let shipped = [said("2009-04", "S0 ¶76", true), said("2010", "S1:85", false)];
        let added = [RegisterStatement {
            about: About::Instrument,
            id: "ecowas-victim-policy".to_owned(),
            field: "adopted".to_owned(),
            said: said("2009-04-17", "the official journal", true),
        }];
        let all = side_by_side(&shipped, &added).unwrap();
        assert_eq!(all.all().len(), 3);
        assert_eq!(all.settled().unwrap().value, "2009-04-17");
        assert_eq!(all.all().iter().filter(|s| s.preferred).count(), 1);
    }
}
