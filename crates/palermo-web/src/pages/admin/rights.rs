//! "View as": what a role can do, without any data.

use super::super::Answer;
use crate::{
    components::{Column, DataTable, FilterPanel, Select},
    shell::{route::Routes, visit::Visit},
};
use palermo_app::{
    access::{Action, Scope, matrix},
    domain::role::Role,
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/admin/rights", Action::ViewAs, show)
}

const fn scope_id(scope: Scope) -> &'static str {
    match scope {
        Scope::Own => "scope-own",
        Scope::Assigned => "scope-assigned",
        Scope::Tenant => "scope-tenant",
        Scope::State => "scope-state",
        Scope::Region => "scope-region",
    }
}

async fn show(visit: Visit) -> Answer {
    let wanted = Role::from_code(&visit.query("role")).unwrap_or(Role::CaseManager);
    let options = Role::ALL
        .iter()
        .map(|role| (role.code().to_owned(), visit.text(&format!("role-{}", role.code()))));
    let panel = FilterPanel::new(&visit.words(), visit.link("/admin/rights")).as_row().field(
        Select::new("role", visit.text("account-role")).options(options).value(wanted.code()),
    );
    let rules: Vec<_> = visit.web.routes().iter().map(crate::Declared::rule).collect();
    let columns =
        ["rights-action", "rights-where", "rights-scope"].map(|id| Column::new(visit.text(id)));
    let mut table =
        DataTable::new("rights", visit.text("admin-rights"), columns).quiet_caption().dense();
    for (rule, cells) in matrix(&visit.web.app().policy, &rules) {
        let Some(cell) = cells.into_iter().find(|cell| cell.role == wanted) else { continue };
        if cell.scopes.is_empty() {
            continue;
        }
        let mut scopes: Vec<_> = cell.scopes.iter().map(|s| visit.text(scope_id(*s))).collect();
        if cell.step_up {
            scopes.push(visit.text("scope-step-up"));
        }
        table.push([
            rule.action.code().to_owned(),
            format!("{} {}", rule.method, rule.path),
            scopes.join(", "),
        ]);
    }
    let opens: Vec<_> = visit
        .web
        .app()
        .policy
        .opens(wanted)
        .iter()
        .map(|c| visit.text(&format!("compartment-{}", c.code())))
        .collect();
    let keys = if opens.is_empty() { visit.text("rights-no-keys") } else { opens.join(", ") };
    let html = format!(
        "<p class=\"govuk-body\">{}</p>{panel}<p class=\"govuk-body\"><strong>{}</strong> {keys}</p>{table}",
        visit.text("admin-rights-why"),
        visit.text("rights-keys")
    );
    Ok(visit.page(&visit.text("admin-rights")).back("/admin").html(&html))
}
