//! What runs beside plans, reports and reviews, and what working together on a text
//! needs: answers as they stood before, and their translations. What somebody says in a
//! consultation has no column for a person, an account or a day, so that nobody can be
//! found from it.

use super::tools::{NewTable, migration, owned};

/// A document with an id and two columns it is found by.
fn document(name: &'static str, a: &'static str, b: &'static str) -> NewTable {
    owned(name, &["id"]).uuid("id").text(a).text(b).json("body").number("revision").index(&[a, b])
}

migration!(
    "m0018_governance",
    document("commitment", "mechanism", "made"),
    document("parliament_entry", "state", "held"),
    document("mechanism_year", "mechanism", "told"),
    document("consultation", "opens", "closes"),
    document("consultation_input", "consultation", "spoken"),
    document("legal_review", "name", "state"),
    document("rapporteur_report", "state", "edition"),
    document("good_practice", "state", "language"),
    document("practice_step", "practice", "decision"),
    document("past_answer", "submission", "code"),
    document("translated_answer", "submission", "language"),
);
