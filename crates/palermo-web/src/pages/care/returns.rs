//! Whether a child's return may be arranged, and if not, everything that is missing:
//! the gate of `palermo-domain::care::returning`, in the reader's words (R134, R5).

use crate::{
    components::{Content, InsetText, WarningText},
    shell::visit::Visit,
};
use palermo_app::care::{self, CarePage};

/// What the gate says of a child; nothing for an adult, whose own wish opens the way.
pub(super) fn outcome(visit: &Visit, page: &CarePage) -> String {
    let Some(found) = &page.child_return else { return String::new() };
    let version = found.version.as_str();
    let mut html = String::new();
    if let Some(answered) = found.outdated() {
        let told = visit.format(
            "care-standards-outdated",
            &[("answered", answered.into()), ("version", version.into())],
        );
        html.push_str(&WarningText::new(told, &visit.words()).to_string());
    }
    let whose = match found.mechanism.as_deref() {
        Some(mechanism) => visit.format(
            "care-standards-of",
            &[("mechanism", mechanism.into()), ("version", version.into())],
        ),
        None => visit.format("care-standards-version", &[("version", version.into())]),
    };
    let may = if found.may_be_arranged() { "care-return-may" } else { "care-return-may-not" };
    let mut told = format!(
        "<p class=\"govuk-body\"><strong>{}</strong><br>{}</p>",
        Content::from(visit.text(may)),
        Content::from(whose)
    );
    if !found.may_be_arranged() {
        let acting = visit.acting();
        let why: String = found
            .denied
            .iter()
            .map(|one| format!("<li>{}</li>", Content::from(visit.say(&care::why(&acting, one)))))
            .collect();
        told.push_str(&format!("<ul class=\"govuk-list govuk-list--bullet\">{why}</ul>"));
    }
    html.push_str(&InsetText::new(Content::Html(told)).to_string());
    html
}
