//! The recovery that takes two officers: who they are, their papers, and
//! opening it together.

use super::super::Answer;
use crate::{
    components::{Button, Content, InsetText, SummaryList, Tag, WarningText},
    shell::{
        forms::{FormPage, done, one_button, refused},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::response::Response;
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    keys::{self, Candidate, Standing},
};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/admin/keys/recovery", Action::ReadTenant, show)
        .form("/admin/keys/recovery/paper", Action::RecoverKeys, paper)
        .form("/admin/keys/recovery/renew", Action::RecoverKeys, renew)
        .form("/admin/keys/recovery/release", Action::RecoverKeys, release)
        .form("/admin/keys/recovery/take-back", Action::RecoverKeys, take_back)
        .form("/admin/keys/recovery/open", Action::RecoverKeys, open)
}

/// People who can be officers, to tick; those who are, or everyone at first, ticked.
pub(super) fn officer_choices(standing: &Standing) -> (Vec<(String, String)>, Vec<String>) {
    let usable = |one: &&Candidate| one.is_usable();
    let options = standing.people.iter().filter(usable);
    let options = options.map(|one| (one.account.to_string(), one.name.clone())).collect();
    let chosen = standing.people.iter().filter(usable);
    let chosen = chosen.filter(|one| one.officer || standing.made_at.is_none());
    (options, chosen.map(|one| one.account.to_string()).collect())
}

/// The same page again, with what needs correcting.
pub(super) fn again(visit: &Visit, html: &str) -> Response {
    refused(visit, visit.text("recovery-title"), Some("/admin/keys"), html)
}

async fn show(visit: Visit) -> Answer {
    let html = body(&visit, &Problems::default(), "").await?;
    Ok(visit.page(&visit.text("recovery-title")).back("/admin/keys").html(&html))
}

async fn body(visit: &Visit, problems: &Problems, sent_to: &str) -> Result<String, Refused> {
    let acting = visit.acting();
    let signed = visit.signed()?;
    let standing = keys::standing(&acting).await?;
    let open = keys::is_open(&acting, signed).await?;
    let takes_part = visit.may(Action::RecoverKeys, &Resource::of(signed.tenant.id));
    let mut html = format!("<p class=\"govuk-body-l\">{}</p>", visit.text("recovery-why"));
    if standing.made_at.is_none() {
        html.push_str(&InsetText::new(visit.text("keys-not-established")).to_string());
    } else {
        let text = visit.format("recovery-pairs", &[("count", standing.pairs.into())]);
        let _ = write!(html, "<p class=\"govuk-body\"><strong>{text}</strong></p>");
    }
    if standing.outdated {
        html.push_str(&InsetText::new(visit.text("recovery-outdated-why")).to_string());
    }
    html.push_str(&people(visit, &standing));
    if !takes_part {
        return Ok(html);
    }
    html.push_str(&paper_section(visit, &standing));
    if standing.made_at.is_some() {
        html.push_str(&renew_section(visit, &standing, open, none_but(problems, sent_to, "renew")));
        html.push_str(&opening(visit, &standing, open, problems, sent_to));
    }
    Ok(html)
}

fn none_but(problems: &Problems, sent_to: &str, here: &str) -> Problems {
    if sent_to == here { problems.clone() } else { Problems::default() }
}

fn people(visit: &Visit, standing: &Standing) -> String {
    let mut rows = SummaryList::new();
    for one in &standing.people {
        let mut cell = String::new();
        if one.officer {
            let _ =
                write!(cell, "<p>{}</p>", Tag::coloured(visit.text("recovery-officer"), "teal"));
        }
        let key = if one.has_key { "recovery-has-key" } else { "recovery-has-no-key" };
        let paper = match one.paper_since {
            Some(at) => {
                visit.format("recovery-paper-since", &[("date", visit.date(at.date()).into())])
            }
            None => visit.text("recovery-no-paper"),
        };
        let _ = write!(cell, "<p>{}<br>{}</p>", visit.text(key), Content::from(paper));
        rows = rows.row(&one.name, Content::Html(cell));
    }
    rows.to_string()
}

fn heading(visit: &Visit, id: &str, why: &str) -> String {
    format!(
        "<h2 class=\"govuk-heading-m\">{}</h2><p class=\"govuk-body\">{}</p>",
        visit.text(id),
        visit.text(why)
    )
}

fn paper_section(visit: &Visit, standing: &Standing) -> String {
    let own = visit.signed.as_ref().map(|signed| signed.account.id);
    let has = standing.people.iter().any(|o| Some(o.account) == own && o.paper_since.is_some());
    let label = if has { "recovery-paper-anew" } else { "recovery-paper-make" };
    format!(
        "{}{}",
        heading(visit, "recovery-paper-title", "recovery-paper-why"),
        one_button(visit, "/admin/keys/recovery/paper", label, &[], false)
    )
}

fn renew_section(visit: &Visit, standing: &Standing, open: bool, problems: Problems) -> String {
    let mut html = heading(visit, "recovery-renew-title", "recovery-renew-why");
    if !open {
        html.push_str(&open_first(visit));
        return html;
    }
    if let Some(told) = too_few(visit, standing) {
        html.push_str(&told);
        return html;
    }
    let (options, chosen) = officer_choices(standing);
    let form = FormPage::new(visit, "/admin/keys/recovery/renew", &problems)
        .checkboxes("officers", "keys-officers", options, &chosen)
        .button("recovery-renew");
    html.push_str(&form.html());
    html
}

/// That there are not two people who could be officers, instead of a form that
/// could not be taken.
pub(super) fn too_few(visit: &Visit, standing: &Standing) -> Option<String> {
    let why = keys::too_few_officers(&visit.acting(), &standing.people)?;
    Some(InsetText::new(visit.say(&why)).to_string())
}

fn open_first(visit: &Visit) -> String {
    let link = Button::link(visit.text("keys-unlock"), visit.link("/account/unlock"));
    format!("<p class=\"govuk-body\">{}</p>{}", visit.text("recovery-needs-open"), link.secondary())
}

fn opening(
    visit: &Visit,
    standing: &Standing,
    open: bool,
    problems: &Problems,
    sent_to: &str,
) -> String {
    let mut html = heading(visit, "recovery-open-title", "recovery-open-why");
    let hint = if open { "recovery-paper-or-key" } else { "recovery-paper-typed" };
    if standing.waits_for_me {
        html.push_str(
            &WarningText::new(visit.text("recovery-waits-for-you"), &visit.words()).to_string(),
        );
        let form =
            FormPage::new(visit, "/admin/keys/recovery/open", &none_but(problems, sent_to, "open"));
        let form = form.lines("paper", "recovery-paper", hint, "").warning_button("recovery-open");
        html.push_str(&form.html());
    } else if standing.pairs == 0 {
        html.push_str(&InsetText::new(visit.text("recovery-no-pair")).to_string());
    } else {
        let form = FormPage::new(
            visit,
            "/admin/keys/recovery/release",
            &none_but(problems, sent_to, "release"),
        );
        let form =
            form.lines("paper", "recovery-paper", hint, "").warning_button("recovery-release");
        html.push_str(&form.html());
    }
    if standing.released {
        html.push_str(&one_button(
            visit,
            "/admin/keys/recovery/take-back",
            "recovery-take-back",
            &[],
            false,
        ));
    }
    html
}

async fn paper(Sent { visit, .. }: Sent) -> Answer {
    let text = keys::make_paper(&visit.acting()).await?;
    let signed = visit.signed()?;
    let today = visit.date(visit.acting().now().date());
    let html = format!(
        "{}<p class=\"govuk-body\"><bdi>{}</bdi> · <bdi>{}</bdi> · {}</p>\
         <p class=\"p-code govuk-body-l\" dir=\"ltr\">{}</p><p class=\"govuk-body\">{}</p>{}",
        WarningText::new(visit.text("recovery-paper-once"), &visit.words()),
        Content::from(&signed.tenant.name),
        Content::from(&signed.account.name),
        Content::from(today),
        text.as_str(),
        visit.text("recovery-paper-then"),
        Button::link(visit.text("form-continue"), visit.link("/admin/keys/recovery"))
    );
    Ok(visit.page(&visit.text("recovery-paper-page")).html(&html))
}

async fn renew(Sent { visit, form }: Sent) -> Answer {
    let chosen = super::keys::ticked(&form)?;
    match keys::renew(&visit.acting(), visit.signed()?, &chosen).await {
        Ok(()) => Ok(done(&visit, "/admin/keys/recovery", "recovery-renewed")),
        Err(Refused::Invalid(problems)) => {
            Ok(again(&visit, &body(&visit, &problems, "renew").await?))
        }
        Err(other) => Err(other.into()),
    }
}

async fn release(Sent { visit, form }: Sent) -> Answer {
    match keys::release(&visit.acting(), visit.signed()?, form.text("paper")).await {
        Ok(_) => Ok(done(&visit, "/admin/keys/recovery", "recovery-released")),
        Err(Refused::Invalid(problems)) => {
            Ok(again(&visit, &body(&visit, &problems, "release").await?))
        }
        Err(other) => Err(other.into()),
    }
}

async fn take_back(Sent { visit, .. }: Sent) -> Answer {
    keys::take_back(&visit.acting()).await?;
    Ok(done(&visit, "/admin/keys/recovery", "recovery-taken-back"))
}

async fn open(Sent { visit, form }: Sent) -> Answer {
    let found = match keys::recover(&visit.acting(), visit.signed()?, form.text("paper")).await {
        Ok(found) => found,
        Err(Refused::Invalid(problems)) => {
            return Ok(again(&visit, &body(&visit, &problems, "open").await?));
        }
        Err(other) => return Err(other.into()),
    };
    let list = |names: &[String]| -> String {
        names.iter().map(|name| format!("<li><bdi>{}</bdi></li>", Content::from(name))).collect()
    };
    let mut html = format!("<p class=\"govuk-body-l\">{}</p>", visit.text("recovery-opened-why"));
    let none =
        if found.members.is_empty() { visit.text("recovery-opened-none") } else { String::new() };
    let _ = write!(
        html,
        "<p class=\"govuk-body\">{none}</p><ul class=\"govuk-list govuk-list--bullet\">{}</ul>",
        list(&found.members)
    );
    if !found.without_key.is_empty() {
        let _ = write!(
            html,
            "<p class=\"govuk-body\">{}</p><ul class=\"govuk-list govuk-list--bullet\">{}</ul>",
            visit.text("recovery-opened-without"),
            list(&found.without_key)
        );
    }
    let _ =
        write!(html, "{}", Button::link(visit.text("form-continue"), visit.link("/admin/keys")));
    Ok(visit.page(&visit.text("recovery-opened")).html(&html))
}
