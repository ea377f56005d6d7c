//! Screening: asking, one question after another; what the engine says put
//! into the reader's words; and the officer's decision, which nothing takes
//! for them (E31).

pub mod ask;
pub mod bias;
pub mod decide;
pub mod list;
pub mod notify;
pub mod paper;
pub mod reach;
pub mod report;
pub mod sets;
pub mod wording;

pub(crate) use ask::set_of;

use crate::{Acting, Refused, access::Resource};
use palermo_domain::{
    id::{AccountId, TenantId},
    purpose::Purpose,
    role::Role,
};

/// The purpose a screening is asked for, unless care is what someone does (E01).
#[must_use]
pub fn purpose(acting: &Acting<'_>) -> Purpose {
    let roles = &acting.subject.roles;
    let identifies = [Role::IdentificationOfficer, Role::HotlineWorker, Role::DataClerk];
    if identifies.iter().any(|role| roles.contains(role)) {
        Purpose::Identification
    } else {
        Purpose::Care
    }
}

/// Whether a code is that of a State someone can be met in: one of a list, or one the
/// register knows; not any code that users may assign.
pub(crate) fn is_a_state(acting: &Acting<'_>, code: &str) -> bool {
    let known = |code| acting.app.registers.states.get(code).is_some();
    acting.app.content.lists_state(code) || code.parse().is_ok_and(known)
}

/// What is one's own: a screening is seen by whoever asked it.
fn own(acting: &Acting<'_>) -> Result<(TenantId, AccountId, Resource), Refused> {
    let (tenant, account) = acting.member()?;
    Ok((tenant, account, Resource::of(tenant).about(account)))
}
