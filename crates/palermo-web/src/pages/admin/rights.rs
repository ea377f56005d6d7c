//! "View as": what someone with a role would see and could do in an organisation
//! like this one. Asked of the policy and the list of routes alone: no row is read,
//! nobody is signed in, nothing is changed.

use super::{super::Answer, super::actions, titles};
use crate::{
    Declared, Surface,
    components::{Column, Content, DataTable, Details, FilterPanel, Select, ServiceNavigation},
    shell::{asked::Asked, layout::navigation_of, route::Routes, visit::Visit},
};
use palermo_app::{
    access::{Action, MatrixCell, Scope, Subject, reach},
    domain::{compartment::Compartment, role::Role, tenant::TenantKind},
    people,
};
use std::{collections::BTreeSet, fmt::Write as _};

pub(super) fn routes() -> Routes {
    Routes::new().page("/admin/rights", Action::ViewAs, show)
}

/// Who is looked at.
struct Someone {
    role: Role,
    kind: TenantKind,
}

impl Someone {
    fn reach(&self, visit: &Visit, action: Action) -> MatrixCell {
        reach(&visit.web.app().policy, action, self.role, Some(self.kind))
    }
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

/// A link to this page, where roles are given to people.
pub(super) fn link(visit: &Visit) -> String {
    format!(
        "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{}\">{}</a></p>",
        visit.link("/admin/rights"),
        visit.text("view-as-link")
    )
}

async fn show(visit: Visit) -> Answer {
    let tenant = &visit.signed()?.tenant;
    let mut roles = people::roles_here(&visit.acting());
    let first = roles.first().copied().unwrap_or(Role::Public);
    roles.push(Role::Public);
    let mut notice = Asked::of(&visit);
    let asked = notice.read("role", "account-role", |typed| {
        Role::from_code(typed).filter(|role| roles.contains(role))
    });
    let someone = Someone { role: asked.unwrap_or(first), kind: tenant.kind };
    let name = |role: &Role| visit.text(&format!("role-{}", role.code()));
    let options = roles.iter().map(|role| (role.code().to_owned(), name(role)));
    let panel = FilterPanel::new(&visit.words(), visit.link("/admin/rights")).as_row().field(
        Select::new("role", visit.text("account-role")).options(options).value(someone.role.code()),
    );
    let made_up = Subject::made_up(tenant, someone.role);
    let subject = (someone.role != Role::Public).then_some(&made_up);
    let html = format!(
        "{}<p class=\"govuk-body\">{}</p>{panel}{}{}{}{}{}",
        notice.told(),
        visit.text("admin-rights-why"),
        navigation(&visit, subject),
        keys(&visit, &someone),
        parts(&visit, &someone),
        everyone(&visit),
        closed(&visit, &someone),
    );
    Ok(visit.page(&visit.text("admin-rights")).back("/admin").html(&html))
}

fn heading(visit: &Visit, id: &str) -> String {
    format!("<h2 class=\"govuk-heading-m\">{}</h2>", visit.text(id))
}

/// The sections of the real navigation, as words: who looks stays where they are.
fn navigation(visit: &Visit, subject: Option<&Subject>) -> String {
    let items = navigation_of(visit, subject, "/work").into_iter().map(|mut item| {
        item.href.clear();
        item
    });
    let mut bar = ServiceNavigation::new(&visit.words(), items);
    bar.navigation_id = "view-as-sections".to_owned();
    bar.navigation_label = visit.text("view-as-navigation");
    bar.collapse_navigation_on_mobile = Some(false);
    format!("{}{bar}", heading(visit, "view-as-navigation"))
}

fn keys(visit: &Visit, someone: &Someone) -> String {
    let name = |c: &Compartment| visit.text(&format!("compartment-{}", c.code()));
    let opens = visit.web.app().policy.opens(someone.role);
    let opened: Vec<_> = opens.iter().map(name).collect();
    let shut: Vec<_> = Compartment::ALL.iter().filter(|c| !opens.contains(c)).map(name).collect();
    let list = |names: Vec<String>| {
        if names.is_empty() { visit.text("rights-no-keys") } else { names.join(", ") }
    };
    format!(
        "<p class=\"govuk-body\"><strong>{}</strong> {}<br><strong>{}</strong> {}</p>",
        visit.text("rights-keys"),
        list(opened),
        visit.text("view-as-keys-shut"),
        list(shut)
    )
}

/// Pages, files and forms of people in one part of the house, in the order of their addresses.
fn routes_in<'a>(visit: &'a Visit, area: &'a str) -> Vec<&'a Declared> {
    let mut routes: Vec<_> = visit
        .web
        .routes()
        .iter()
        .filter(|route| route.surface != Surface::Api && titles::area(route.path) == Some(area))
        .collect();
    routes.sort_by_key(|route| (route.changes, route.path));
    routes
}

fn far(visit: &Visit, cell: &MatrixCell) -> String {
    let mut scopes: Vec<_> = cell.scopes.iter().map(|s| visit.text(scope_id(*s))).collect();
    if cell.step_up {
        scopes.push(visit.text("scope-step-up"));
    }
    scopes.join(", ")
}

/// What this role opens and sends that not everyone does, part by part.
fn parts(visit: &Visit, someone: &Someone) -> String {
    let mut html = heading(visit, "view-as-parts");
    for (area, _) in titles::AREAS {
        let columns = ["view-as-what", "view-as-kind", "rights-where", "rights-scope"]
            .map(|id| Column::new(visit.text(id)));
        let name = visit.text(area);
        let mut table = DataTable::new(format!("view-as-{area}"), name, columns).dense();
        for route in routes_in(visit, area) {
            let cell = someone.reach(visit, route.action);
            if route.action.open_to_public() || cell.scopes.is_empty() {
                continue;
            }
            table.push(row(visit, route, &cell));
        }
        if !table.rows.is_empty() {
            let _ = write!(html, "{table}");
        }
    }
    html
}

fn row(visit: &Visit, route: &Declared, cell: &MatrixCell) -> [Content; 4] {
    let (words, kind) = if route.changes {
        (titles::sent(visit, route), "view-as-form")
    } else if route.surface == Surface::Download {
        (titles::title(visit, route), "view-as-download")
    } else {
        (titles::title(visit, route), "view-as-page")
    };
    let address = format!("<code class=\"p-code p-small\">{}</code>", Content::from(route.path));
    [words.into(), visit.text(kind).into(), Content::Html(address), far(visit, cell).into()]
}

/// Pages open to everyone, folded: they are the same for each role.
fn everyone(visit: &Visit) -> String {
    let mut html = String::new();
    let mut count = 0;
    for (area, _) in titles::AREAS {
        let mut pages = BTreeSet::new();
        for route in routes_in(visit, area) {
            if route.action.open_to_public() && !route.changes {
                pages.insert(titles::title(visit, route));
            }
        }
        count += pages.len();
        html.push_str(&bullets(&visit.text(area), pages));
    }
    let summary = visit.format("view-as-everyone", &[("count", visit.whole(count).into())]);
    Details::new(summary, Content::Html(html)).to_string()
}

/// What is closed to this role, in words.
fn closed(visit: &Visit, someone: &Someone) -> String {
    let mut html = heading(visit, "view-as-not");
    let _ = write!(html, "<p class=\"govuk-body\">{}</p>", visit.text("view-as-not-why"));
    for (area, _) in titles::AREAS {
        let refused = routes_in(visit, area)
            .into_iter()
            .map(|route| route.action)
            .filter(|action| someone.reach(visit, *action).scopes.is_empty())
            .map(|action| actions::words(visit, action.code()))
            .collect();
        html.push_str(&bullets(&visit.text(area), refused));
    }
    html
}

fn bullets(title: &str, items: BTreeSet<String>) -> String {
    if items.is_empty() {
        return String::new();
    }
    let title = Content::from(title);
    let mut html = format!(
        "<h3 class=\"govuk-heading-s\">{title}</h3><ul class=\"govuk-list govuk-list--bullet\">"
    );
    for item in items {
        let _ = write!(html, "<li>{}</li>", Content::from(item));
    }
    html.push_str("</ul>");
    html
}
