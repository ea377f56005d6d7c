//! Notices to oneself: that something happened, and where to look.

use super::Answer;
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
    notices::{self, Notice},
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/notices", Action::OwnAccount, show).form(
        "/notices/read",
        Action::OwnAccount,
        read,
    )
}

/// Where a notice leads: to the record it is about, where it names one.
fn leads_to(notice: &Notice) -> String {
    let fact = |name: &str| notice.facts.get(name).and_then(serde_json::Value::as_str);
    match (fact("page"), fact("comment")) {
        (Some(page), _) if page.starts_with('/') && !page.starts_with("//") => page.to_owned(),
        (None, Some(id)) if notice.kind == "notice-mention" => format!("/remarks/{id}"),
        _ => place(&notice.kind).to_owned(),
    }
}

/// The list a notice without a record leads to.
fn place(kind: &str) -> &'static str {
    match kind {
        "notice-recovery-released" | "notice-keys-recovered" => "/admin/keys/recovery",
        "notice-second-person" | "notice-agreed" | "notice-refused" => "/work/approvals",
        "notice-break-glass" => "/admin/break-glass",
        "notice-report-returned" => "/reports/mine",
        "notice-report-accepted" => "/reports",
        "notice-extension-given" | "notice-extension-refused" => "/reports/duties",
        "notice-information" => "/information",
        "notice-review-changed" => "/reviews",
        "notice-mention" => "/work",
        _ => "/work",
    }
}

fn words(visit: &Visit, notice: &Notice) -> String {
    let known = visit.web.app().catalogue.has(palermo_app::locale::Language::En, &notice.kind);
    visit.text(if known { &notice.kind } else { "notice-other" })
}

async fn show(visit: Visit) -> Answer {
    let all = notices::list(&visit.acting()).await?;
    let unread = all.iter().any(|notice| notice.read_at.is_none());
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "notices", &visit.text("notices-title"), all)
        .column(
            "when",
            "notice-when",
            |one: &Notice| one.recorded_at.to_string(),
            move |one: &Notice| a.moment(one.recorded_at).into(),
        )
        .column(
            "what",
            "notice-what",
            move |one: &Notice| words(&b, one),
            move |one: &Notice| {
                let text = Content::from(words(&c, one));
                let href = Content::from(c.link(&leads_to(one)));
                Content::Html(format!("<a class=\"govuk-link\" href=\"{href}\">{text}</a>"))
            },
        )
        .column(
            "state",
            "notice-state",
            |one: &Notice| one.read_at.is_some().to_string(),
            move |one: &Notice| match one.read_at {
                Some(_) => Tag::coloured(d.text("notice-is-read"), "grey").into(),
                None => Tag::coloured(d.text("notice-is-new"), "yellow").into(),
            },
        );
    let answer = list.unsearched().answer(|table| {
        let button = if unread {
            one_button(&visit, "/notices/read", "notices-read", &[], false)
        } else {
            String::new()
        };
        let why = visit.text("notices-why");
        let html = format!("<p class=\"govuk-body\">{why}</p>{button}{table}");
        visit.page(&visit.text("notices-title")).back("/work").html(&html)
    })?;
    Ok(answer)
}

async fn read(Sent { visit, form }: Sent) -> Answer {
    notices::mark_read(&visit.acting_once(&form), None).await?;
    Ok(done(&visit, "/notices", "notices-read"))
}
