//! Who holds which compartment of the tenant, handing keys over, replacing them.

use super::super::Answer;
use crate::{
    components::{Button, Content, InsetText, SummaryList, Tag, WarningText},
    shell::{
        forms::{FormPage, done, one_button},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::parse_id,
    domain::{compartment::Compartment, id::AccountId},
    keys::{self, Handed},
};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/admin/keys", Action::ReadTenant, show)
        .form("/admin/keys/establish", Action::RecoverKeys, establish)
        .form("/admin/keys/hand-over", Action::RecoverKeys, hand_over)
        .form("/admin/keys/rotate", Action::RotateKeys, rotate)
        .form("/admin/keys/finish", Action::RotateKeys, finish)
}

fn names(visit: &Visit, compartments: &[Compartment]) -> String {
    if compartments.is_empty() {
        return visit.text("keys-nothing");
    }
    let names: Vec<_> =
        compartments.iter().map(|c| visit.text(&format!("compartment-{}", c.code()))).collect();
    names.join(", ")
}

async fn show(visit: Visit) -> Answer {
    let acting = visit.acting();
    let signed = visit.signed()?;
    let overview = keys::overview(&acting).await?;
    let standing = keys::standing(&acting).await?;
    let open = keys::is_open(&acting, signed).await?;
    let recovers = visit.may(Action::RecoverKeys, &Resource::of(signed.tenant.id));
    let rotates = visit.may(Action::RotateKeys, &Resource::of(signed.tenant.id));
    let mut html = format!("<p class=\"govuk-body\">{}</p>", visit.text("admin-keys-why"));
    html.push_str(&own_key(&visit, open));
    if !overview.established {
        html.push_str(&InsetText::new(visit.text("keys-not-established")).to_string());
        if recovers && open {
            html.push_str(&establish_form(&visit, &standing, &Problems::default()));
        }
    }
    html.push_str(&members(&visit, &overview, recovers && open && overview.established));
    if overview.established {
        html.push_str(&recovery_section(&visit, &standing));
    }
    if overview.established && rotates && open {
        html.push_str(&unfinished(&visit, &keys::unfinished(&acting).await?));
        html.push_str(&rotation(&visit));
    }
    Ok(visit.page(&visit.text("admin-keys")).back("/admin").html(&html))
}

fn own_key(visit: &Visit, open: bool) -> String {
    let (id, colour) = if open { ("keys-open", "green") } else { ("keys-closed", "grey") };
    let state = Tag::coloured(visit.text(id), colour);
    let button = if open {
        one_button(visit, "/account/lock", "keys-lock", &[], false)
    } else {
        Button::link(visit.text("keys-unlock"), visit.link("/account/unlock"))
            .secondary()
            .to_string()
    };
    format!("<p class=\"govuk-body\">{state}</p>{button}")
}

fn establish_form(visit: &Visit, standing: &keys::Standing, problems: &Problems) -> String {
    if let Some(told) = super::recovery::too_few(visit, standing) {
        return told;
    }
    let (options, all) = super::recovery::officer_choices(standing);
    FormPage::new(visit, "/admin/keys/establish", problems)
        .checkboxes("officers", "keys-officers", options, &all)
        .words("keys-officers-why")
        .warning_button("keys-establish")
        .html()
}

fn members(visit: &Visit, overview: &keys::Overview, may_hand_over: bool) -> String {
    let mut rows = SummaryList::new();
    for member in &overview.members {
        let missing = member.missing();
        let mut cell =
            format!("<p>{}: {}</p>", visit.text("keys-holds"), names(visit, &member.holds));
        if !missing.is_empty() {
            let _ =
                write!(cell, "<p>{}: {}</p>", visit.text("keys-missing"), names(visit, &missing));
            if !member.has_key {
                let _ = write!(cell, "<p>{}</p>", visit.text("keys-no-pair"));
            } else if may_hand_over {
                let account = member.account.to_string();
                let fields = [("account", account.as_str())];
                let button =
                    one_button(visit, "/admin/keys/hand-over", "keys-hand-over", &fields, false);
                cell.push_str(&button);
            }
        }
        rows = rows.row(&member.name, Content::Html(cell));
    }
    rows.to_string()
}

fn recovery_section(visit: &Visit, standing: &keys::Standing) -> String {
    let (id, colour) = match standing {
        keys::Standing { made_at: None, .. } => ("recovery-none-made", "red"),
        keys::Standing { pairs: 0, .. } => ("recovery-nobody", "red"),
        keys::Standing { released: true, .. } => ("recovery-under-way", "yellow"),
        keys::Standing { outdated: true, .. } => ("recovery-outdated", "yellow"),
        _ => ("recovery-good", "green"),
    };
    format!(
        "<h2 class=\"govuk-heading-m\">{}</h2><p class=\"govuk-body\">{}</p>\
         <p class=\"govuk-body\">{} {}</p>{}",
        visit.text("recovery-title"),
        visit.text("recovery-short"),
        Tag::coloured(visit.text(id), colour),
        visit.format("recovery-pairs", &[("count", standing.pairs.into())]),
        Button::link(visit.text("recovery-go"), visit.link("/admin/keys/recovery")).secondary()
    )
}

/// A rotation that was interrupted is finished before anything else.
fn unfinished(visit: &Visit, left: &[Compartment]) -> String {
    let mut html = String::new();
    for one in left {
        let what = visit.text(&format!("compartment-{}", one.code()));
        let text = visit.format("keys-unfinished", &[("compartment", what.into())]);
        html.push_str(&WarningText::new(text, &visit.words()).to_string());
        let fields = [("compartment", one.code())];
        html.push_str(&one_button(visit, "/admin/keys/finish", "keys-finish", &fields, false));
    }
    html
}

/// Replacing the key of each compartment.
fn rotation(visit: &Visit) -> String {
    let mut html = String::new();

    let _ = write!(
        html,
        "<h2 class=\"govuk-heading-m\">{}</h2><p class=\"govuk-body\">{}</p>",
        visit.text("keys-rotate-title"),
        visit.text("keys-rotate-why")
    );
    for one in [Compartment::Care, Compartment::Identity, Compartment::ProtectedAddress] {
        let label = visit.text(&format!("compartment-{}", one.code()));
        let _ = write!(
            html,
            "<p class=\"govuk-body\">{label}</p>{}",
            one_button(
                visit,
                "/admin/keys/rotate",
                "keys-rotate",
                &[("compartment", one.code())],
                true
            )
        );
    }
    html
}

/// The ids of ticked people.
pub(super) fn ticked(form: &crate::shell::form::Form) -> Result<Vec<AccountId>, Refused> {
    form.list("officers").iter().map(|text| parse_id(text)).collect()
}

async fn establish(Sent { visit, form }: Sent) -> Answer {
    let chosen = ticked(&form)?;
    match keys::establish(&visit.acting(), visit.signed()?, &chosen).await {
        Ok(()) => Ok(done(&visit, "/admin/keys/recovery", "keys-established")),
        Err(Refused::Invalid(problems)) => {
            let standing = keys::standing(&visit.acting()).await?;
            let html = establish_form(&visit, &standing, &problems);
            Ok(super::recovery::again(&visit, &html))
        }
        Err(other) => Err(other.into()),
    }
}

async fn hand_over(Sent { visit, form }: Sent) -> Answer {
    let to = parse_id(form.text("account"))?;
    let what = match keys::hand_over(&visit.acting(), visit.signed()?, to).await? {
        Handed::Done => "keys-handed-over",
        Handed::Asked => "keys-second-officer",
    };
    Ok(done(&visit, "/admin/keys", what))
}

async fn rotate(Sent { visit, form }: Sent) -> Answer {
    let which = Compartment::from_code(form.text("compartment")).ok_or(Refused::NotFound)?;
    keys::rotate(&visit.acting(), visit.signed()?, which).await?;
    Ok(done(&visit, "/admin/keys", "keys-rotated"))
}

async fn finish(Sent { visit, form }: Sent) -> Answer {
    let which = Compartment::from_code(form.text("compartment")).ok_or(Refused::NotFound)?;
    keys::finish_rotation(&visit.acting(), visit.signed()?, which).await?;
    Ok(done(&visit, "/admin/keys", "keys-rotated"))
}
