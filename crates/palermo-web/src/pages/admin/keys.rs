//! Who holds which compartment of the tenant, and handing keys over.

use super::super::Answer;
use crate::{
    components::{Button, Content, InsetText, SummaryList, Tag, WarningText},
    shell::{
        failure::Failure,
        forms::{FormPage, done, one_button},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::response::Response;
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::parse_id,
    domain::compartment::Compartment,
    keys,
};
use std::fmt::Write as _;
use zeroize::Zeroizing;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/admin/keys", Action::ReadTenant, show)
        .form("/admin/keys/establish", Action::RecoverKeys, establish)
        .form("/admin/keys/hand-over", Action::RecoverKeys, hand_over)
        .form("/admin/keys/rotate", Action::RotateKeys, rotate)
        .page("/account/unlock", Action::Unlock, ask_unlock)
        .form("/account/unlock", Action::Unlock, unlock)
        .form("/account/lock", Action::Unlock, lock)
}

fn names(visit: &Visit, compartments: &[Compartment]) -> String {
    let names: Vec<_> =
        compartments.iter().map(|c| visit.text(&format!("compartment-{}", c.code()))).collect();
    names.join(", ")
}

async fn show(visit: Visit) -> Answer {
    let acting = visit.acting();
    let signed = visit.signed()?;
    let overview = keys::overview(&acting).await?;
    let open = keys::is_open(&acting, signed).await?;
    let recovers = visit.may(Action::RecoverKeys, &Resource::of(signed.tenant.id));
    let mut html = format!("<p class=\"govuk-body\">{}</p>", visit.text("admin-keys-why"));
    let state = if open { ("keys-open", "green") } else { ("keys-closed", "grey") };
    let _ =
        write!(html, "<p class=\"govuk-body\">{}</p>", Tag::coloured(visit.text(state.0), state.1));
    if open {
        html.push_str(&one_button(&visit, "/account/lock", "keys-lock", &[], false));
    } else {
        html.push_str(
            &Button::link(visit.text("keys-unlock"), visit.link("/account/unlock"))
                .secondary()
                .to_string(),
        );
    }
    if !overview.established {
        html.push_str(&InsetText::new(visit.text("keys-not-established")).to_string());
        if recovers && open {
            html.push_str(&one_button(
                &visit,
                "/admin/keys/establish",
                "keys-establish",
                &[],
                true,
            ));
        }
    }
    let mut rows = SummaryList::new();
    for member in &overview.members {
        let missing = member.missing();
        let mut cell =
            format!("<p>{}: {}</p>", visit.text("keys-holds"), names(&visit, &member.holds));
        if !missing.is_empty() {
            let _ =
                write!(cell, "<p>{}: {}</p>", visit.text("keys-missing"), names(&visit, &missing));
            if !member.has_key {
                let _ = write!(cell, "<p>{}</p>", visit.text("keys-no-pair"));
            } else if recovers && open && overview.established {
                let account = member.account.to_string();
                cell.push_str(&one_button(
                    &visit,
                    "/admin/keys/hand-over",
                    "keys-hand-over",
                    &[("account", &account)],
                    false,
                ));
            }
        }
        rows = rows.row(&member.name, Content::Html(cell));
    }
    html.push_str(&rows.to_string());
    let rotates = visit.may(Action::RotateKeys, &Resource::of(signed.tenant.id));
    if overview.established && rotates && open {
        html.push_str(&rotation(&visit));
    }
    Ok(visit.page(&visit.text("admin-keys")).back("/admin").html(&html))
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

async fn establish(Sent { visit, .. }: Sent) -> Answer {
    let secret = keys::establish(&visit.acting(), visit.signed()?).await?;
    let groups: Vec<String> =
        secret.as_bytes().chunks(8).map(|g| String::from_utf8_lossy(g).into_owned()).collect();
    let html = format!(
        "{}<p class=\"p-code govuk-body-l\">{}</p>{}",
        WarningText::new(visit.text("keys-recovery-once"), &visit.words()),
        groups.join(" "),
        Button::link(visit.text("form-continue"), visit.link("/admin/keys"))
    );
    Ok(visit.page(&visit.text("keys-recovery-title")).html(&html))
}

async fn hand_over(Sent { visit, form }: Sent) -> Answer {
    let to = parse_id(form.text("account"))?;
    keys::hand_over(&visit.acting(), visit.signed()?, to).await?;
    Ok(done(&visit, "/admin/keys", "keys-handed-over"))
}

async fn rotate(Sent { visit, form }: Sent) -> Answer {
    let which = Compartment::from_code(form.text("compartment")).ok_or(Refused::NotFound)?;
    keys::rotate(&visit.acting(), visit.signed()?, which).await?;
    Ok(done(&visit, "/admin/keys", "keys-rotated"))
}

fn unlock_form(visit: &Visit, problems: &Problems) -> Response {
    FormPage::new(visit, "/account/unlock", problems)
        .words("keys-unlock-why")
        .passphrase("passphrase", "field-passphrase", "", false)
        .button("keys-unlock")
        .page("keys-unlock-title", "/account")
}

async fn ask_unlock(visit: Visit) -> Response {
    unlock_form(&visit, &Problems::default())
}

async fn unlock(Sent { visit, form }: Sent) -> Answer {
    let passphrase = Zeroizing::new(form.text("passphrase").to_owned());
    match keys::unlock(&visit.acting(), visit.signed()?, &passphrase).await {
        Ok(()) => Ok(done(&visit, "/account", "key-opened")),
        Err(Refused::Invalid(problems)) => Ok(unlock_form(&visit, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

async fn lock(Sent { visit, .. }: Sent) -> Answer {
    keys::lock(&visit.acting(), visit.signed()?).await?;
    Ok(done(&visit, "/account", "key-closed"))
}
