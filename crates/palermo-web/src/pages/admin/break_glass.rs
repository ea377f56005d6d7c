//! Who broke the glass, and looking at it afterwards. Shows ids, never names
//! of persons: whoever reviews opens the case by their own right.

use super::super::Answer;
use crate::{
    components::{Content, Tag},
    shell::{
        forms::{done, one_button},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use palermo_app::{
    access::Action,
    break_glass::{self, Opening},
    desk::parse_id,
    domain::break_glass::BreakReason,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/admin/break-glass", Action::ReviewBreakGlass, show)
        .form("/admin/break-glass/review", Action::ReviewBreakGlass, review)
        .form("/break-glass/end", Action::BreakGlass, end)
}

async fn show(visit: Visit) -> Answer {
    let all = break_glass::list(&visit.acting()).await?;
    let (a, b, c) = (visit.clone(), visit.clone(), visit.clone());
    let reasons = BreakReason::ALL
        .map(|one| (one.code().to_owned(), visit.text(&format!("break-reason-{}", one.code()))))
        .to_vec();
    let (reason, d) = (visit.clone(), visit.clone());
    let list = List::new(&visit, "break-glass", &visit.text("admin-break-glass"), all)
        .column(
            "opened",
            "break-glass-opened",
            |one: &Opening| one.record.record.opened_at.to_string(),
            move |one: &Opening| a.moment(one.record.record.opened_at).into(),
        )
        .text("by", "break-glass-by", |one: &Opening| one.by.clone())
        .text("reason", "break-glass-reason", move |one: &Opening| {
            reason.text(&format!("break-reason-{}", one.record.record.reason.code()))
        })
        .column(
            "state",
            "break-glass-state",
            move |one: &Opening| d.text(holds(one).0),
            move |one: &Opening| state(&b, one),
        )
        .column(
            "reviewed",
            "break-glass-reviewed",
            |one: &Opening| one.reviewed_by.clone(),
            move |one: &Opening| reviewed(&c, one),
        )
        .filter("reason", "break-glass-reason", reasons, |one, wanted| {
            one.record.record.reason.code() == wanted
        });
    let answer = list.answer(|table| {
        let why = visit.text("admin-break-glass-long");
        let html = format!("<p class=\"govuk-body\">{why}</p>{table}");
        visit.page(&visit.text("admin-break-glass")).back("/admin").html(&html)
    })?;
    Ok(answer)
}

/// Whether it still opens, as a message and its colour.
const fn holds(one: &Opening) -> (&'static str, &'static str) {
    if one.holds { ("break-glass-holds", "red") } else { ("break-glass-ended", "grey") }
}

fn state(visit: &Visit, one: &Opening) -> Content {
    let (id, colour) = holds(one);
    Tag::coloured(visit.text(id), colour).into()
}

fn reviewed(visit: &Visit, one: &Opening) -> Content {
    let own = visit.signed.as_ref().map(|signed| signed.account.id);
    if !one.reviewed_by.is_empty() {
        return Content::from(&one.reviewed_by);
    }
    if own == Some(one.record.record.account) {
        return visit.text("break-glass-by-another").into();
    }
    let id = one.record.record.id.to_string();
    Content::Html(one_button(
        visit,
        "/admin/break-glass/review",
        "break-glass-review",
        &[("id", &id)],
        false,
    ))
}

async fn review(Sent { visit, form }: Sent) -> Answer {
    break_glass::review(&visit.acting_once(&form), parse_id(form.text("id"))?).await?;
    Ok(done(&visit, "/admin/break-glass", "break-glass-reviewed"))
}

async fn end(Sent { visit, form }: Sent) -> Answer {
    break_glass::end(&visit.acting_once(&form), parse_id(form.text("id"))?).await?;
    Ok(done(&visit, "/work", "break-glass-ended"))
}
