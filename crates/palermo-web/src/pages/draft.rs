//! Forms that are saved as they are typed: what the script hears back. No page is shown,
//! so it is told in one line, with what the form has to send along next time.

use crate::shell::{failure::Failure, form::Form, visit::Visit};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use palermo_app::Refused;
use serde_json::json;
use std::collections::BTreeMap;

/// Whether a form was sent by itself while it is being typed into.
pub(super) fn asked(form: &Form) -> bool {
    form.ticked("draft")
}

/// What became of what was typed.
#[derive(Debug, Default)]
pub(super) struct Heard {
    fields: BTreeMap<String, String>,
    problems: Vec<String>,
    aside: bool,
}

impl Heard {
    /// A hidden field has this value from now on.
    pub(super) fn field(&mut self, name: &str, value: String) {
        self.fields.insert(name.to_owned(), value);
    }

    /// It is kept for whoever types it, beside what others read until the button is pressed.
    pub(super) fn aside(&mut self) {
        self.aside = true;
    }

    /// Something was not saved, and why; `place` is put in front of it.
    ///
    /// # Errors
    /// What is no matter of what was typed is told as everywhere.
    pub(super) fn refused(
        &mut self,
        visit: &Visit,
        place: &str,
        refused: Refused,
    ) -> Result<(), Failure> {
        let why = match refused {
            Refused::Invalid(found) => {
                let told: Vec<String> =
                    found.0.iter().map(|problem| visit.say(&problem.message)).collect();
                told.join(" ")
            }
            Refused::Conflict => visit.text("draft-changed"),
            Refused::Declined(message) => visit.say(&message),
            other => return Err(Failure(other)),
        };
        self.problems.push(format!("{place}{why}"));
        Ok(())
    }

    /// The answer to the script.
    pub(super) fn told(self, visit: &Visit) -> Response {
        let said = if self.problems.is_empty() {
            let at = visit.moment(visit.acting().now());
            let kept = if self.aside { "draft-kept" } else { "draft-saved" };
            visit.format(kept, &[("at", at.into())])
        } else {
            visit.format("draft-not-saved", &[("why", self.problems.join(" ").into())])
        };
        Json(json!({ "said": said, "fields": self.fields })).into_response()
    }
}
