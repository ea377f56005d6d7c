//! What is likely to be done next for a case, as buttons on top of its page: help for
//! what cannot wait as long as nobody was asked for it, then what a day brings. What
//! may not be done is not offered; the act decides again.

use super::help;
use crate::{
    components::{Button, Content},
    shell::visit::Visit,
};
use palermo_app::{
    care,
    case::{CaseFile, referral::may_send},
};
use std::fmt::Write as _;

/// The buttons, for whoever may write in the case; `notes` says whether the form of a
/// note stands below.
pub(super) fn acts(visit: &Visit, file: &CaseFile, referred: bool, notes: bool) -> String {
    let (id, why) = (file.id(), file.purpose.code());
    let mut html = String::new();
    if !referred {
        for button in help::urgent(visit, file) {
            let _ = write!(html, "{button}");
        }
    }
    let sends = may_send(&visit.acting(), file);
    let sees_care = care::may_see(&visit.acting(), file);
    let links = [
        (notes, "case-act-note", "#text".to_owned()),
        (sends, "case-refer", visit.link(&format!("/cases/{id}/refer?for={why}"))),
        (sees_care, "care-open", visit.link(&format!("/cases/{id}/care?for={why}"))),
        (true, "case-task-set", visit.link(&format!("/cases/{id}/task?for={why}"))),
        (true, "case-section-contact", "#contact".to_owned()),
    ];
    for (offered, word, href) in links {
        if offered {
            html.push_str(&Button::link(visit.text(word), href).secondary().to_string());
        }
    }
    let title = Content::from(visit.text("case-acts"));
    format!(
        "<nav class=\"p-noprint\" aria-label=\"{title}\"><div class=\"govuk-button-group\">{html}</div></nav>"
    )
}
