//! The short way from a place that was found to a referral that is sent: one page with
//! what is said before anyone agrees, exactly what leaves, and the person's own answer.
//! What may leave is decided where it always is, in the act.

use super::{
    referrals::{names_someone, preview, to_consent, typed},
    sharing,
};
use crate::shell::{failure::Failure, form::Form, visit::Visit};
use axum::response::Response;
use palermo_app::{
    case::{
        Opened,
        open::may_write,
        referral::{self, Rest},
    },
    domain::{
        case::{
            UrgentNeed,
            referral::{Ask, Urgency},
            sharing::ShareFor,
        },
        service::{Need, referred::needs_of},
    },
};

/// From a place that was found straight to the page that sends: with the words of consent
/// and the answer where nobody asked yet, without them where the person agreed. Nothing
/// where something is missing or may not leave; then the form says so.
pub(super) async fn page(
    visit: &Visit,
    opened: &Opened,
    found: &Form,
) -> Result<Option<Response>, Failure> {
    let acting = visit.acting();
    let file = &opened.file;
    let service = found.text("service").to_owned();
    let cannot_wait = &file.case.record.urgent;
    let urgent = needs_of(cannot_wait);
    let urgent = urgent.into_iter().any(|need| need.referred() == Some(service.as_str()));
    let urgency = match (urgent, cannot_wait.contains(&UrgentNeed::SafePlace)) {
        (true, true) if Need::Shelter.referred() == Some(service.as_str()) => Urgency::Tonight,
        (true, _) => Urgency::Now,
        (false, _) => Urgency::Soon,
    };
    let usual = [
        ("ask", Ask::Referral.code()),
        ("purpose", ShareFor::Help.code()),
        ("urgency", urgency.code()),
        ("days", "7"),
        ("for", file.purpose.code()),
    ];
    let fill = |form: Form, (name, value): (&str, &str)| form.with(name, &[value.to_owned()]);
    let form = usual.into_iter().fold(found.clone(), fill);
    let order = typed(&form);
    if service.is_empty() || !names_someone(&order) || opened.vault.is_none() {
        return Ok(None);
    }
    match referral::rests(&acting, opened, &order).await? {
        Some(Rest::Nothing) if may_write(&acting, file) => {
            Ok(Some(sharing::from_referral(visit, opened, &to_consent(&form)).await?))
        }
        Some(Rest::Agreed(_)) => Ok(Some(preview(visit, opened, &form).await?)),
        _ => Ok(None),
    }
}
