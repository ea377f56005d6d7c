//! The policy as data: grants by role, session limits, compartments. A
//! deployment's overlay may narrow it, never widen it (design §5).

use super::{
    Action, Assurance, Scope,
    policy_file::{self, Read},
};
use palermo_domain::{
    compartment::Compartment, purpose::Purpose, register::document::Problem, role::Role,
    tenant::TenantKind,
};
use std::{collections::BTreeMap, time::Duration};

/// One grant: a role may do something within a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// To whom.
    pub role: Role,
    /// To do what.
    pub action: Action,
    /// How far.
    pub scope: Scope,
    /// In tenants of these kinds only; empty: any kind.
    pub tenant_kinds: Vec<TenantKind>,
    /// For these purposes only; empty: none needed.
    pub purposes: Vec<Purpose>,
    /// How surely the person must be known.
    pub assurance: Assurance,
    /// The second factor must have been shown within so many minutes.
    pub step_up_minutes: Option<u32>,
}

impl Grant {
    /// Whether it holds in organisations of this kind.
    #[must_use]
    pub fn holds_in(&self, kind: TenantKind) -> bool {
        self.tenant_kinds.is_empty() || self.tenant_kinds.contains(&kind)
    }
}

/// How long a session may last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// Without any request.
    pub idle: Duration,
    /// In all.
    pub absolute: Duration,
}

/// A loaded and checked policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    pub(super) grants: Vec<Grant>,
    pub(super) opens: BTreeMap<Role, Vec<Compartment>>,
    pub(super) sessions: BTreeMap<String, SessionLimits>,
    pub(super) publication_threshold: u32,
    pub(super) reflection_days: u16,
}

impl Policy {
    /// Reads and checks a policy.
    ///
    /// # Errors
    /// Every problem at once, with its line: unknown roles or actions, a
    /// compartment a role can never hold (R8), a threshold or period below the
    /// floor (R10, R4).
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        match policy_file::read(text, &mut problems) {
            Some(read) if problems.is_empty() => Ok(read.policy),
            _ => Err(in_order(problems)),
        }
    }

    /// Whether a text is the file of a policy rather than of something else.
    #[must_use]
    pub fn is_meant_by(text: &str) -> bool {
        let marks =
            ["[[grant]]", "[opens]", "[session.", "publication_threshold", "reflection_days"];
        let mut lines = text.lines().map(str::trim_start);
        // A profile has rules of the same names, but its own id before them.
        lines
            .find(|line| !line.is_empty() && !line.starts_with('#'))
            .is_some_and(|first| marks.iter().any(|mark| first.starts_with(mark)))
    }

    /// Applies a deployment's overlay, which replaces what it names and may
    /// only narrow.
    ///
    /// # Errors
    /// Every problem at once, as [`Policy::parse`], and everything that would
    /// widen a right, lower a threshold or shorten a period.
    pub fn narrowed_by(&self, overlay_text: &str) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let Some(mut overlay) = policy_file::read(overlay_text, &mut problems) else {
            return Err(problems);
        };
        self.check_grants(&overlay, &mut problems);
        self.check_opens(&overlay, &mut problems);
        self.check_sessions(&overlay, &mut problems);
        let (threshold, days) = (self.publication_threshold, self.reflection_days);
        match overlay.lines.publication_threshold {
            // What the overlay does not name stays.
            None => overlay.policy.publication_threshold = threshold,
            Some(line) if overlay.policy.publication_threshold < threshold => {
                problems.push(lowered(
                    line,
                    "publication_threshold",
                    format!("set it to {threshold} or more"),
                ));
            }
            Some(_) => {}
        }
        match overlay.lines.reflection_days {
            None => overlay.policy.reflection_days = days,
            Some(line) if overlay.policy.reflection_days < days => {
                problems.push(lowered(
                    line,
                    "reflection_days",
                    format!("set it to {days} or more"),
                ));
            }
            Some(_) => {}
        }
        if problems.is_empty() { Ok(self.merged(overlay.policy)) } else { Err(in_order(problems)) }
    }

    fn check_grants(&self, overlay: &Read, problems: &mut Vec<Problem>) {
        for (grant, line) in overlay.policy.grants.iter().zip(&overlay.lines.grants) {
            if self.grants.iter().any(|base| covers(base, grant)) {
                continue;
            }
            let (role, action) = (grant.role.code(), grant.action.code());
            let shipped: Vec<_> =
                self.grants_of(&[grant.role], grant.action).map(reach_of).collect();
            let remedy = if shipped.is_empty() {
                format!("remove this grant; the shipped policy gives `{role}` no such right")
            } else {
                format!("keep it within the shipped one: {}", shipped.join(", or "))
            };
            problems.push(Problem {
                line: *line,
                field: format!("role `{role}`, action `{action}`"),
                message: "an overlay may narrow rights, never widen them".to_owned(),
                remedy,
            });
        }
    }

    fn check_opens(&self, overlay: &Read, problems: &mut Vec<Problem>) {
        for (role, opens) in &overlay.policy.opens {
            let shipped = self.opens(*role);
            for compartment in opens.iter().filter(|one| !shipped.contains(one)) {
                problems.push(Problem {
                    line: overlay.lines.opens.get(role).copied().unwrap_or(1),
                    field: format!("opens.{}", role.code()),
                    message: format!("an overlay cannot add `{}`", compartment.code()),
                    remedy: policy_file::keep_to(shipped),
                });
            }
        }
    }

    fn check_sessions(&self, overlay: &Read, problems: &mut Vec<Problem>) {
        for (name, limits) in &overlay.policy.sessions {
            let line = overlay.lines.sessions.get(name).copied().unwrap_or(1);
            let field = format!("session.{name}");
            let Some(base) = self.sessions.get(name) else {
                problems.push(Problem {
                    line,
                    message: format!("there is no session `{name}`"),
                    remedy: policy_file::one_of(self.sessions.keys().map(String::as_str)),
                    field,
                });
                continue;
            };
            if limits.idle > base.idle || limits.absolute > base.absolute {
                let (idle, whole) = (base.idle.as_secs() / 60, base.absolute.as_secs() / 3600);
                problems.push(lowered(
                    line,
                    &field,
                    format!("set `idle_minutes` to {idle} or less and `absolute_hours` to {whole} or less"),
                ));
            }
        }
    }

    fn merged(&self, overlay: Self) -> Self {
        let named = |role: Role, action: Action| {
            overlay.grants.iter().any(|grant| grant.role == role && grant.action == action)
        };
        let mut grants: Vec<Grant> =
            self.grants.iter().filter(|grant| !named(grant.role, grant.action)).cloned().collect();
        let mut opens = self.opens.clone();
        let mut sessions = self.sessions.clone();
        opens.extend(overlay.opens);
        sessions.extend(overlay.sessions);
        grants.extend(overlay.grants);
        Self {
            grants,
            opens,
            sessions,
            publication_threshold: overlay.publication_threshold,
            reflection_days: overlay.reflection_days,
        }
    }

    /// Grants of any of these roles for an action.
    pub fn grants_of<'a>(
        &'a self,
        roles: &'a [Role],
        action: Action,
    ) -> impl Iterator<Item = &'a Grant> {
        self.grants
            .iter()
            .filter(move |grant| grant.action == action && roles.contains(&grant.role))
    }

    /// Every grant.
    #[must_use]
    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }

    /// Compartments a role's key opens.
    #[must_use]
    pub fn opens(&self, role: Role) -> &[Compartment] {
        self.opens.get(&role).map_or(&[], Vec::as_slice)
    }

    /// Session limits for a set of roles: the strictest that applies.
    #[must_use]
    pub fn session_limits(&self, roles: &[Role]) -> SessionLimits {
        let name = if roles.iter().any(|role| role.reads_personal_data()) {
            "personal-data"
        } else {
            "default"
        };
        self.sessions.get(name).copied().unwrap_or(SessionLimits {
            idle: Duration::from_secs(15 * 60),
            absolute: Duration::from_secs(12 * 3600),
        })
    }

    /// Threshold below which counts are not published (E26).
    #[must_use]
    pub const fn publication_threshold(&self) -> u32 {
        self.publication_threshold
    }

    /// Length of the recovery and reflection period in days (R4).
    #[must_use]
    pub const fn reflection_days(&self) -> u16 {
        self.reflection_days
    }
}

fn in_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by_key(|problem| problem.line);
    problems
}

fn lowered(line: usize, field: &str, remedy: String) -> Problem {
    Problem {
        line,
        field: field.to_owned(),
        message: "an overlay may raise protection, never lower it".to_owned(),
        remedy,
    }
}

/// How far a grant reaches, as its author would write it.
fn reach_of(grant: &Grant) -> String {
    let scope = match grant.scope {
        Scope::Own => "own",
        Scope::Assigned => "assigned",
        Scope::Tenant => "tenant",
        Scope::State => "state",
        Scope::Region => "region",
    };
    let mut words = vec![format!("scope `{scope}`")];
    if !grant.tenant_kinds.is_empty() {
        let kinds: Vec<_> = grant.tenant_kinds.iter().map(|kind| kind.code()).collect();
        words.push(format!("tenant_kinds `{}`", kinds.join("`, `")));
    }
    if !grant.purposes.is_empty() {
        let purposes: Vec<_> = grant.purposes.iter().map(|purpose| purpose.code()).collect();
        words.push(format!("purposes `{}`", purposes.join("`, `")));
    }
    if let Some(minutes) = grant.step_up_minutes {
        words.push(format!("step_up_minutes {minutes} or less"));
    }
    words.join(", ")
}

/// Whether everything `narrow` allows is allowed by `base` too.
fn covers(base: &Grant, narrow: &Grant) -> bool {
    base.role == narrow.role
        && base.action == narrow.action
        && within(narrow.scope, base.scope)
        && subset(&narrow.tenant_kinds, &base.tenant_kinds)
        && subset(&narrow.purposes, &base.purposes)
        && narrow.assurance >= base.assurance
        && match (narrow.step_up_minutes, base.step_up_minutes) {
            (_, None) => true,
            (Some(narrow), Some(base)) => narrow <= base,
            (None, Some(_)) => false,
        }
}

/// An empty list means "any"; it is only within another empty list.
fn subset<T: PartialEq>(narrow: &[T], base: &[T]) -> bool {
    base.is_empty() || (!narrow.is_empty() && narrow.iter().all(|item| base.contains(item)))
}

const fn within(narrow: Scope, base: Scope) -> bool {
    matches!(
        (narrow, base),
        (_, Scope::Region)
            | (Scope::Tenant | Scope::Assigned | Scope::Own, Scope::Tenant)
            | (Scope::State, Scope::State)
            | (Scope::Assigned, Scope::Assigned)
            | (Scope::Own, Scope::Own)
    )
}
