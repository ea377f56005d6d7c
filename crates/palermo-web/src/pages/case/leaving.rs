//! What leaves with a referral, above the button that sends it: to whom and until when an
//! answer is due, what to know about a child, and all of it as it is read there; and the
//! way on where nobody weighed yet what may come of it.

use super::referrals::shown;
use crate::{
    components::{Button, Content, InsetText, SummaryList, WarningText},
    shell::{failure::Failure, visit::Visit},
};
use palermo_app::{
    case::{
        Opened, consent,
        referral::{Payload, ReferralForm},
        sealed_file,
    },
    domain::{
        case::{
            referral::{Ask, Item, Urgency},
            sealed_file::DAYS,
            sharing::ShareFor,
        },
        id::CaseId,
        safeguard::{Forbidden, abroad::wants_assessment},
    },
};
use std::{fmt::Write as _, time::Duration};

/// For how many days a file can be fetched; nothing for a desk.
fn days(order: &ReferralForm) -> Option<u64> {
    let days = order.days.parse().ok().filter(|days| DAYS.contains(days));
    days.filter(|_| sealed_file::is_for_outside(order))
}

/// All that leaves, as it is read there: of a file also whom it comes from, and what
/// stands at its end.
pub(super) async fn whole(
    visit: &Visit,
    order: &ReferralForm,
    payload: &Payload,
) -> Result<String, Failure> {
    let carried = shown(visit, payload);
    if !sealed_file::is_for_outside(order) {
        return Ok(carried);
    }
    let acting = visit.acting();
    let sender = sealed_file::sender(&acting, order).await?;
    let from = Content::Html(format!("<bdi>{}</bdi>", Content::from(sender)));
    let from = SummaryList::new().row(visit.text("case-referral-from"), from);
    let end = days(order).map(|days| sealed_file::please(&acting, days)).unwrap_or_default();
    Ok(format!("{from}{carried}<p class=\"govuk-body\">{}</p>", Content::from(end)))
}

/// The way to an assessment of risks, where it is one that is missing.
pub(super) fn lacks_assessment(visit: &Visit, case: CaseId, why: &Forbidden) -> String {
    if !wants_assessment(why) {
        return String::new();
    }
    assess(visit, case)
}

/// The link to writing an assessment of risks.
pub(super) fn assess(visit: &Visit, case: CaseId) -> String {
    let href = visit.link(&format!("/cases/{case}/care/new/risk"));
    let told = Content::from(visit.text("abroad-assess-why"));
    let link = Button::link(visit.text("abroad-assess"), href).secondary();
    format!("<p class=\"govuk-body\">{told}</p>{link}")
}

/// To whom, for what and until when; what was ticked and never goes.
pub(super) async fn to_whom(visit: &Visit, order: &ReferralForm) -> Result<String, Failure> {
    let acting = visit.acting();
    let to = if sealed_file::is_for_outside(order) {
        order.outside.trim().to_owned()
    } else {
        let desks = consent::desks_to_choose(&acting).await?;
        desks
            .into_iter()
            .find(|(id, _)| *id == order.desk)
            .map(|(_, name)| name)
            .unwrap_or_default()
    };
    let urgency = Urgency::from_code(&order.urgency).unwrap_or(Urgency::Usual);
    let now = acting.now();
    // A file that can be fetched for three days is not answered in seven.
    let ends = days(order).map(|days| now.after(Duration::from_secs(days * 86_400)));
    let due = now.after(urgency.answer_within());
    let until = visit.moment(ends.map_or(due, |ends| ends.min(due)));
    let purpose = ShareFor::from_code(&order.purpose).unwrap_or(ShareFor::Help);
    let ask = Ask::from_code(&order.ask).unwrap_or(Ask::Referral);
    let mut html = SummaryList::new()
        .row(
            visit.text("case-refer-to"),
            Content::Html(format!("<bdi>{}</bdi>", Content::from(to))),
        )
        .row(visit.text("case-ask"), visit.text(&format!("case-ask-{}", ask.code())))
        .row(visit.text("case-service"), visit.text(&format!("case-service-{}", order.service)))
        .row(visit.text("case-share"), visit.text(&format!("case-share-{}", purpose.code())))
        .row(
            visit.text("case-referral-by"),
            visit.format("case-referral-answer-by", &[("at", until.into())]),
        )
        .to_string();
    if order.items.iter().filter_map(|code| Item::from_code(code)).any(|item| !item.goes_with(ask))
    {
        let _ = write!(html, "{}", InsetText::new(visit.text("case-refer-no-story")));
    }
    Ok(html)
}

/// What to know before anything about a child is passed on (R3).
pub(super) async fn child(visit: &Visit, opened: &Opened) -> Result<String, Failure> {
    if !opened.file.person.record.age.has_the_rights_of_a_child() {
        return Ok(String::new());
    }
    let stands = consent::guardian_stands(&visit.acting(), opened).await?;
    let words = visit.text(if stands { "case-refer-child" } else { "case-refer-child-alone" });
    Ok(WarningText::new(words, &visit.words()).to_string())
}

/// What is said above what leaves.
pub(super) fn what_leaves(order: &ReferralForm) -> &'static str {
    if sealed_file::is_for_outside(order) { "sealed-file-leaves" } else { "case-refer-leaves" }
}
