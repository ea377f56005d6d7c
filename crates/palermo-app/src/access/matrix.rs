//! The matrix of rights: every route against every role, printed to a file
//! that people review as a diff, and compared with what the running router
//! answers (check A1).

use super::{Action, Policy, Scope};
use palermo_domain::{role::Role, tenant::TenantKind};
use serde::Serialize;

/// A route as the router declares it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RouteRule {
    /// Path with its parameters in braces.
    pub path: String,
    /// HTTP method.
    pub method: String,
    /// What the route does.
    pub action: Action,
}

/// What one role may do on one route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixCell {
    /// The role.
    pub role: Role,
    /// How far, widest scope first; empty: not at all.
    pub scopes: Vec<Scope>,
    /// Whether the second factor is asked for again.
    pub step_up: bool,
}

/// One row for each route, one cell for each role.
#[must_use]
pub fn matrix(policy: &Policy, routes: &[RouteRule]) -> Vec<(RouteRule, Vec<MatrixCell>)> {
    let mut routes = routes.to_vec();
    routes.sort();
    routes
        .into_iter()
        .map(|route| {
            let cells =
                Role::ALL.iter().map(|role| reach(policy, route.action, *role, None)).collect();
            (route, cells)
        })
        .collect()
}

/// How far a role may do something, in organisations of this kind or of any.
#[must_use]
pub fn reach(policy: &Policy, action: Action, role: Role, kind: Option<TenantKind>) -> MatrixCell {
    let mut scopes = Vec::new();
    let mut step_up = false;
    let member = !matches!(role, Role::Public | Role::Survivor);
    if action.open_to_public() {
        scopes.push(Scope::Region);
    } else if member && action.open_to_members() {
        scopes.push(Scope::Own);
    }
    for grant in policy.grants_of(&[role], action) {
        if kind.is_none_or(|kind| grant.holds_in(kind)) {
            scopes.push(grant.scope);
            step_up |= grant.step_up_minutes.is_some();
        }
    }
    scopes.sort_by(|a, b| b.cmp(a));
    scopes.dedup();
    MatrixCell { role, scopes, step_up }
}
