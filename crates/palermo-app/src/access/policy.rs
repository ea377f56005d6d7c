//! The policy as data: grants by role, session limits, compartments. A
//! deployment's overlay may narrow it, never widen it (design §5).

use super::{Action, Assurance, Scope};
use palermo_domain::{
    compartment::Compartment, purpose::Purpose, role::Role, safeguard::overlay, tenant::TenantKind,
};
use serde::Deserialize;
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

/// How long a session may last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// Without any request.
    pub idle: Duration,
    /// In all.
    pub absolute: Duration,
}

/// What is wrong with a policy file, for the person who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct PolicyProblem {
    /// Where: the entry and its field.
    pub place: String,
    /// What is wrong and what would be right.
    pub message: String,
}

/// A loaded and checked policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    grants: Vec<Grant>,
    opens: BTreeMap<Role, Vec<Compartment>>,
    sessions: BTreeMap<String, SessionLimits>,
    publication_threshold: u32,
    reflection_days: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    grant: Vec<FileGrant>,
    #[serde(default)]
    opens: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    session: BTreeMap<String, FileSession>,
    publication_threshold: Option<u32>,
    reflection_days: Option<u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileGrant {
    roles: Vec<String>,
    actions: Vec<String>,
    scope: Scope,
    #[serde(default)]
    tenant_kinds: Vec<TenantKind>,
    #[serde(default)]
    purposes: Vec<Purpose>,
    assurance: Option<Assurance>,
    step_up_minutes: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSession {
    idle_minutes: u64,
    absolute_hours: u64,
}

impl Policy {
    /// Reads and checks a policy.
    ///
    /// # Errors
    /// Every problem at once: unknown roles or actions, a compartment a role
    /// can never hold (R8), a threshold or period below the floor (R10, R4).
    pub fn parse(text: &str) -> Result<Self, Vec<PolicyProblem>> {
        let file: File = toml::from_str(text).map_err(|error| {
            vec![PolicyProblem { place: "policy".into(), message: error.to_string() }]
        })?;
        let mut problems = Vec::new();
        let grants = file
            .grant
            .iter()
            .enumerate()
            .flat_map(|(index, entry)| expand(index, entry, &mut problems))
            .collect();
        let opens = compartments(&file.opens, &mut problems);
        let sessions = file
            .session
            .iter()
            .map(|(name, limits)| {
                let limits = SessionLimits {
                    idle: Duration::from_secs(limits.idle_minutes * 60),
                    absolute: Duration::from_secs(limits.absolute_hours * 3600),
                };
                (name.clone(), limits)
            })
            .collect();
        let publication_threshold =
            file.publication_threshold.unwrap_or(overlay::PUBLICATION_THRESHOLD_FLOOR);
        let reflection_days = file.reflection_days.unwrap_or(overlay::REFLECTION_DAYS_FLOOR);
        for refused in [
            overlay::publication_threshold(publication_threshold).err(),
            overlay::reflection_days(reflection_days).err(),
        ] {
            problems.extend(
                refused
                    .map(|why| PolicyProblem { place: "policy".into(), message: why.to_string() }),
            );
        }
        if problems.is_empty() {
            Ok(Self { grants, opens, sessions, publication_threshold, reflection_days })
        } else {
            Err(problems)
        }
    }

    /// Applies a deployment's overlay, which replaces what it names and may
    /// only narrow.
    ///
    /// # Errors
    /// Everything in the overlay that would widen a right, lower a threshold
    /// or shorten a period.
    pub fn narrowed_by(&self, overlay_text: &str) -> Result<Self, Vec<PolicyProblem>> {
        let overlay = Self::parse(overlay_text)?;
        let mut problems = Vec::new();
        for grant in &overlay.grants {
            if !self.grants.iter().any(|base| covers(base, grant)) {
                problems.push(PolicyProblem {
                    place: format!(
                        "role `{}`, action `{}`",
                        grant.role.code(),
                        grant.action.code()
                    ),
                    message:
                        "an overlay may narrow rights, never widen them; remove this grant or \
                              keep it within the shipped one"
                            .into(),
                });
            }
        }
        for (role, opens) in &overlay.opens {
            for compartment in opens.iter().filter(|c| !self.opens(*role).contains(c)) {
                problems.push(PolicyProblem {
                    place: format!("opens.{}", role.code()),
                    message: format!("an overlay cannot add `{}`", compartment.code()),
                });
            }
        }
        if overlay.publication_threshold < self.publication_threshold {
            problems.push(lowered("publication_threshold"));
        }
        if overlay.reflection_days < self.reflection_days {
            problems.push(lowered("reflection_days"));
        }
        for (name, limits) in &overlay.sessions {
            if self
                .sessions
                .get(name)
                .is_some_and(|base| limits.idle > base.idle || limits.absolute > base.absolute)
            {
                problems.push(lowered(&format!("session.{name}")));
            }
        }
        if problems.is_empty() { Ok(self.merged(overlay)) } else { Err(problems) }
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

fn lowered(what: &str) -> PolicyProblem {
    PolicyProblem {
        place: what.into(),
        message: "an overlay may raise protection, never lower it".into(),
    }
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

fn expand(index: usize, entry: &FileGrant, problems: &mut Vec<PolicyProblem>) -> Vec<Grant> {
    let place = format!("grant {}", index + 1);
    let mut grants = Vec::new();
    for role_code in &entry.roles {
        let Some(role) = Role::from_code(role_code) else {
            problems.push(PolicyProblem {
                place: place.clone(),
                message: format!("`{role_code}` is not a role"),
            });
            continue;
        };
        for action_code in &entry.actions {
            let Some(action) = Action::from_code(action_code) else {
                problems.push(PolicyProblem {
                    place: place.clone(),
                    message: format!("`{action_code}` is not an action"),
                });
                continue;
            };
            grants.push(Grant {
                role,
                action,
                scope: entry.scope,
                tenant_kinds: entry.tenant_kinds.clone(),
                purposes: entry.purposes.clone(),
                assurance: entry.assurance.unwrap_or(Assurance::Two),
                step_up_minutes: entry.step_up_minutes,
            });
        }
    }
    grants
}

fn compartments(
    opens: &BTreeMap<String, Vec<String>>,
    problems: &mut Vec<PolicyProblem>,
) -> BTreeMap<Role, Vec<Compartment>> {
    let mut checked = BTreeMap::new();
    for (role_code, codes) in opens {
        let place = format!("opens.{role_code}");
        let Some(role) = Role::from_code(role_code) else {
            problems.push(PolicyProblem { place, message: format!("`{role_code}` is not a role") });
            continue;
        };
        let mut held = Vec::new();
        for code in codes {
            match Compartment::from_code(code) {
                None => problems.push(PolicyProblem {
                    place: place.clone(),
                    message: format!("`{code}` is not a compartment"),
                }),
                Some(compartment) => match overlay::may_open(role, compartment) {
                    Ok(()) => held.push(compartment),
                    Err(why) => problems
                        .push(PolicyProblem { place: place.clone(), message: why.to_string() }),
                },
            }
        }
        checked.insert(role, held);
    }
    checked
}
