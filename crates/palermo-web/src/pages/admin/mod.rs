//! Administration of one's tenant: particulars, desks, people, tokens, rights.

mod approvals;
mod break_glass;
mod desks;
mod keys;
mod leave;
mod people;
mod recoveries;
mod recovery;
mod rights;
mod tenants;
mod titles;
mod tokens;

use super::Answer;
use crate::{
    components::{Card, Cards, SummaryList},
    shell::{route::Routes, visit::Visit},
};
use palermo_app::{
    access::{Action, Resource},
    locale::Language,
    tenant,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/admin", Action::ReadTenant, show)
        .and(desks::routes())
        .and(keys::routes())
        .and(recovery::routes())
        .and(approvals::routes())
        .and(break_glass::routes())
        .and(people::routes())
        .and(recoveries::routes())
        .and(rights::routes())
        .and(tenants::routes())
        .and(tokens::routes())
}

async fn show(visit: Visit) -> Answer {
    let own = tenant::own(&visit.acting()).await?.record;
    let here = Resource::of(own.id);
    let list = SummaryList::new()
        .row(visit.text("tenant-name"), &own.name)
        .row(visit.text("tenant-kind"), visit.text(&format!("tenant-kind-{}", own.kind.code())))
        .row(
            visit.text("field-state"),
            own.state.clone().map(|s| visit.state(&s)).unwrap_or_default(),
        )
        .row(
            visit.text("field-language"),
            Language::from_code(&own.language)
                .map_or_else(|| own.language.clone(), |language| language.own_name().to_owned()),
        );
    let mut cards = Vec::new();
    let mut card = |action: Action, resource: &Resource, title: &str, path: &str| {
        if visit.may(action, resource) {
            cards.push(
                Card::link(visit.text(title), visit.link(path))
                    .line(visit.text(&format!("{title}-why"))),
            );
        }
    };
    card(Action::EditTenant, &here, "admin-tenant", "/admin/tenant");
    card(Action::ReadTenant, &here, "admin-desks", "/admin/desks");
    card(Action::ReadTenant, &here, "admin-people", "/admin/people");
    if own.kind.assists_people() {
        card(Action::ReadTenant, &here, "admin-keys", "/admin/keys");
    }
    card(Action::ReadTenant, &here, "admin-recoveries", "/admin/recoveries");
    if own.kind.assists_people() {
        card(Action::ReviewBreakGlass, &here, "admin-break-glass", "/admin/break-glass");
    }
    card(Action::ViewAs, &here, "admin-rights", "/admin/rights");
    card(Action::ManageSignIn, &here, "admin-sign-in", "/admin/sign-in");
    card(Action::ManageTokens, &here, "admin-tokens", "/admin/tokens");
    card(Action::ReadDeliveries, &here, "admin-deliveries", "/admin/deliveries");
    card(Action::ReadAudit, &here, "admin-audit", "/audit");
    card(Action::CreateTenant, &Resource::region(), "admin-tenants", "/admin/tenants");
    Ok(visit.page(&visit.text("nav-admin")).html(&format!("{list}{}", Cards::new(2, cards))))
}
