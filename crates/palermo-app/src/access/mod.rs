//! Access: who may do what, to what, and why. Default deny; every decision
//! carries its reasons; what one may not see answers as if it did not exist.
//!
//! The policy is data (`content/policy/roles.toml`); the rules of rights in
//! `palermo-domain` apply after it and cannot be switched off.

mod action;
mod matrix;
mod policy;
mod policy_file;

pub use action::Action;
pub use matrix::{MatrixCell, RouteRule, matrix, reach};
pub use policy::{Grant, Policy, SessionLimits};

use palermo_domain::{
    id::{AccountId, DeskId, Id, TenantId},
    moment::Moment,
    purpose::Purpose,
    role::Role,
    tenant::{Tenant, TenantKind},
};
use serde::{Deserialize, Serialize};

/// How surely the person at the other end is the one they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assurance {
    /// Nobody has signed in.
    None,
    /// A passphrase alone (a first sign-in, on the way to a second factor).
    One,
    /// Passphrase and one-time code, or a passkey that verified its user.
    Two,
}

/// How far a grant reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// One's own record only.
    Own,
    /// What one's desks or cases hold.
    Assigned,
    /// Everything of the kind in one's tenant.
    Tenant,
    /// What belongs to the State one's tenant works in.
    State,
    /// Records that are nobody's: the region's registers.
    Region,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The organisation, with its kind and State; none for the public.
    pub tenant: Option<(TenantId, TenantKind)>,
    /// The State the tenant works in.
    pub state: Option<String>,
    /// The account; none for the public.
    pub account: Option<AccountId>,
    /// Roles held at this moment.
    pub roles: Vec<Role>,
    /// Desks the account is a member of.
    pub desks: Vec<DeskId>,
    /// How surely it is them.
    pub assurance: Assurance,
    /// When a second factor was last shown, for acts that ask for it again.
    pub stepped_up_at: Option<Moment>,
    /// What the token of a program was made for; nothing for people, who have no such limit.
    pub limited_to: Option<Vec<Action>>,
}

impl Subject {
    /// Someone not signed in.
    #[must_use]
    pub const fn public() -> Self {
        Self {
            tenant: None,
            state: None,
            account: None,
            roles: Vec::new(),
            desks: Vec::new(),
            assurance: Assurance::None,
            stepped_up_at: None,
            limited_to: None,
        }
    }

    /// Someone of an organisation with these roles, surely them; at no desk.
    #[must_use]
    pub fn of(tenant: &Tenant, account: AccountId, roles: Vec<Role>) -> Self {
        Self {
            tenant: Some((tenant.id, tenant.kind)),
            state: tenant.state.clone(),
            account: Some(account),
            roles,
            assurance: Assurance::Two,
            ..Self::public()
        }
    }

    /// Whether a program asks, which speaks for an account and is told less than a person.
    #[must_use]
    pub const fn is_program(&self) -> bool {
        self.limited_to.is_some()
    }

    /// Whether a token lets its program do this; people need none.
    #[must_use]
    pub fn made_for(&self, action: Action) -> bool {
        self.limited_to.as_ref().is_none_or(|only| only.contains(&action))
    }

    /// Whether it is, surely, someone of this organisation. A program is of none: it
    /// was made for some actions alone.
    #[must_use]
    pub fn is_member_of(&self, tenant: TenantId) -> bool {
        !self.is_program()
            && self.assurance == Assurance::Two
            && self.tenant.is_some_and(|(own, _)| own == tenant)
    }

    /// Nobody in particular, with this role in this organisation: for looking at
    /// what the rules would say. Its account is no one's, so it owns nothing.
    #[must_use]
    pub fn made_up(tenant: &Tenant, role: Role) -> Self {
        Self::of(tenant, AccountId::from_uuid(uuid::Uuid::nil()), vec![role])
    }
}

/// What is asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resource {
    /// The tenant that owns it; none for the region's registers.
    pub tenant: Option<TenantId>,
    /// The State it belongs to, where it belongs to one.
    pub state: Option<String>,
    /// The account it is about or that it was given to.
    pub account: Option<AccountId>,
    /// The desk it was sent to.
    pub desk: Option<DeskId>,
    /// Who is on its care team.
    pub team: Vec<AccountId>,
}

impl Resource {
    /// Something nobody owns: a register of the region, a public page.
    #[must_use]
    pub fn region() -> Self {
        Self::default()
    }

    /// Something a tenant owns.
    #[must_use]
    pub fn of(tenant: TenantId) -> Self {
        Self { tenant: Some(tenant), ..Self::default() }
    }

    /// The same, belonging to a State.
    #[must_use]
    pub fn in_state(mut self, state: Option<&str>) -> Self {
        self.state = state.map(str::to_owned);
        self
    }

    /// The same, about an account.
    #[must_use]
    pub const fn about(mut self, account: AccountId) -> Self {
        self.account = Some(account);
        self
    }

    /// The same, carried by these people.
    #[must_use]
    pub fn with_team(mut self, team: Vec<AccountId>) -> Self {
        self.team = team;
        self
    }

    /// The same, sent to a desk.
    #[must_use]
    pub const fn at_desk(mut self, desk: Option<DeskId>) -> Self {
        self.desk = desk;
        self
    }
}

/// Why something was allowed or refused. Kept in the audit entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "because", rename_all = "kebab-case")]
pub enum Reason {
    /// Open to everyone.
    Public,
    /// Open to every member of staff for what is their own.
    Own,
    /// A grant of this role.
    Granted {
        /// The role.
        role: &'static str,
    },
    /// No role held grants the action.
    NoGrant,
    /// A role grants it, but not for this record.
    OutOfScope,
    /// A second factor is needed first.
    NeedsSecondFactor,
    /// The second factor must be shown again.
    NeedsStepUp,
    /// Nobody has signed in.
    NotSignedIn,
    /// A purpose must be named, and this one is not among those granted.
    PurposeNotGranted,
}

/// The answer, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// May it go on.
    pub allowed: bool,
    /// Why, or why not.
    pub reasons: Vec<Reason>,
}

impl Decision {
    fn allow(reason: Reason) -> Self {
        Self { allowed: true, reasons: vec![reason] }
    }

    fn refuse(reason: Reason) -> Self {
        Self { allowed: false, reasons: vec![reason] }
    }

    /// Whether showing the second factor (again) would allow it.
    #[must_use]
    pub fn wants_step_up(&self) -> bool {
        self.reasons
            .iter()
            .any(|reason| matches!(reason, Reason::NeedsSecondFactor | Reason::NeedsStepUp))
    }
}

/// What is asked, in one value.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Who asks.
    pub subject: &'a Subject,
    /// To do what.
    pub action: Action,
    /// To what.
    pub resource: &'a Resource,
    /// For what purpose, where data about a person are read (E01).
    pub purpose: Option<Purpose>,
    /// Now.
    pub at: Moment,
}

/// Decides a request by the policy. Pure: the same request gets the same answer. A
/// token that was not made for the action has no more of it on the way through another.
#[must_use]
pub fn decide(policy: &Policy, request: &Request<'_>) -> Decision {
    let (subject, action) = (request.subject, request.action);
    if action.open_to_public() {
        return Decision::allow(Reason::Public);
    }
    if !subject.made_for(action) {
        return Decision::refuse(Reason::NoGrant);
    }
    let (Some((tenant, kind)), Some(account)) = (subject.tenant, subject.account) else {
        return Decision::refuse(Reason::NotSignedIn);
    };
    if subject.assurance < Assurance::Two && action != Action::SecondFactor {
        return Decision::refuse(Reason::NeedsSecondFactor);
    }
    if action.open_to_members() && owns(subject, request.resource, tenant, account) {
        return Decision::allow(Reason::Own);
    }
    let mut nearest = Reason::NoGrant;
    for grant in policy.grants_of(&subject.roles, action) {
        match weigh(grant, request, kind) {
            Ok(()) => return Decision::allow(Reason::Granted { role: grant.role.code() }),
            Err(reason) => nearest = nearer(nearest, reason),
        }
    }
    Decision::refuse(nearest)
}

fn owns(subject: &Subject, resource: &Resource, tenant: TenantId, account: AccountId) -> bool {
    resource.tenant.is_none_or(|owner| owner == tenant)
        && (resource.account.is_none_or(|about| about == account)
            || resource.desk.is_some_and(|desk| subject.desks.contains(&desk)))
}

/// Checks one grant of a role against the request.
fn weigh(grant: &Grant, request: &Request<'_>, kind: TenantKind) -> Result<(), Reason> {
    let subject = request.subject;
    if !grant.holds_in(kind) {
        return Err(Reason::NoGrant);
    }
    if !in_scope(grant.scope, request) {
        return Err(Reason::OutOfScope);
    }
    if !grant.purposes.is_empty() && !request.purpose.is_some_and(|p| grant.purposes.contains(&p)) {
        return Err(Reason::PurposeNotGranted);
    }
    if subject.assurance < grant.assurance {
        return Err(Reason::NeedsSecondFactor);
    }
    if let Some(minutes) = grant.step_up_minutes {
        let fresh = subject.stepped_up_at.is_some_and(|shown| {
            request.at.since(shown) <= std::time::Duration::from_secs(u64::from(minutes) * 60)
        });
        if !fresh {
            return Err(Reason::NeedsStepUp);
        }
    }
    Ok(())
}

fn in_scope(scope: Scope, request: &Request<'_>) -> bool {
    let (subject, resource) = (request.subject, request.resource);
    let own_tenant = match (resource.tenant, subject.tenant) {
        (Some(owner), Some((tenant, _))) => owner == tenant,
        (Some(_), None) => false,
        (None, _) => true,
    };
    match scope {
        Scope::Region => own_tenant,
        Scope::Tenant => resource.tenant.is_some() && own_tenant,
        Scope::State => own_tenant && resource.state.is_some() && resource.state == subject.state,
        Scope::Assigned => {
            own_tenant
                && (resource.desk.is_some_and(|desk| subject.desks.contains(&desk))
                    || subject.account.is_some_and(|account| resource.team.contains(&account)))
        }
        Scope::Own => {
            own_tenant && resource.account.is_some() && resource.account == subject.account
        }
    }
}

/// Of two refusals the one that tells more about what would help.
const fn nearer(a: Reason, b: Reason) -> Reason {
    const fn rank(reason: &Reason) -> u8 {
        match reason {
            Reason::NeedsStepUp => 5,
            Reason::NeedsSecondFactor => 4,
            Reason::PurposeNotGranted => 3,
            Reason::OutOfScope => 2,
            _ => 1,
        }
    }
    if rank(&b) > rank(&a) { b } else { a }
}

#[cfg(test)]
mod tests;
