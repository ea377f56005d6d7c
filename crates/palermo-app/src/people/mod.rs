//! The people of a tenant: their roles with dates, and whether they may
//! still come in.

pub mod leave;

use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    account::{Account, AccountStatus, OnesOwnRoles, RoleAssignment, may_change_roles},
    id::AccountId,
    role::Role,
};
use palermo_store::{
    Act, Paging, Revision, Versioned, account as accounts, role as roles,
    session::{self as sessions, Session},
};

impl From<OnesOwnRoles> for Refused {
    fn from(why: OnesOwnRoles) -> Self {
        Self::Declined(Message::new(match why {
            OnesOwnRoles::Changed => "error-own-roles",
            OnesOwnRoles::Invited => "error-own-invitation",
        }))
    }
}

/// Someone with the roles they hold or held.
#[derive(Debug, Clone)]
pub struct Member {
    /// The account.
    pub account: Versioned<Account>,
    /// All assignments, past ones too.
    pub roles: Vec<Versioned<RoleAssignment>>,
}

impl Member {
    /// Roles held now.
    #[must_use]
    pub fn held(&self, acting: &Acting<'_>) -> Vec<Role> {
        let now = acting.now();
        self.roles.iter().filter(|r| r.record.holds_at(now)).map(|r| r.record.role).collect()
    }
}

/// Everyone in one's tenant, by name.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Member>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReadTenant, &Resource::of(tenant)).await?;
    let store = &acting.app.store;
    let (filter, sort) = (accounts::Filter::default(), accounts::SortBy::default());
    let page = accounts::list(store, tenant, &filter, sort, Paging::all()).await?;
    let mut everyone = Vec::with_capacity(page.items.len());
    for account in page.items {
        let roles = roles::of_account(store, tenant, account.record.id).await?;
        everyone.push(Member { account, roles });
    }
    Ok(everyone)
}

/// One person of one's tenant, with their live sessions.
///
/// # Errors
/// [`Refused::NotFound`] for someone of another tenant.
pub async fn show(acting: &Acting<'_>, id: AccountId) -> Result<(Member, Vec<Session>), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReadTenant, &Resource::of(tenant)).await?;
    let store = &acting.app.store;
    let account = accounts::find(store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let roles = roles::of_account(store, tenant, id).await?;
    let sessions = sessions::of_account(store, tenant, id).await?;
    Ok((Member { account, roles }, sessions))
}

/// Whether an account is that of whoever is acting: its roles and its access are
/// then for colleagues to change.
#[must_use]
pub fn is_own(acting: &Acting<'_>, id: AccountId) -> bool {
    acting.member().is_ok_and(|(_, own)| may_change_roles(own, id).is_err())
}

/// Roles that can be given in this tenant.
#[must_use]
pub fn roles_here(acting: &Acting<'_>) -> Vec<Role> {
    let Some((_, kind)) = acting.subject.tenant else { return Vec::new() };
    Role::ALL.iter().copied().filter(|role| role.fits(kind)).collect()
}

/// Gives a role from now on. Keys that the role opens are handed over in a
/// session of someone who holds them, never here.
///
/// # Errors
/// [`Refused::Declined`] for oneself, [`Refused::Invalid`] if the role does not fit
/// the tenant or is held already.
pub async fn give_role(acting: &Acting<'_>, id: AccountId, role: Role) -> Result<(), Refused> {
    let (tenant, own) = acting.member()?;
    acting.allow(Action::ChangeRoles, &Resource::of(tenant)).await?;
    may_change_roles(own, id)?;
    let (member, _) = show(acting, id).await?;
    if member.account.record.status == AccountStatus::Left {
        return Err(Refused::field("role", Message::new("error-role-left")));
    }
    if !roles_here(acting).contains(&role) {
        return Err(Refused::field("role", Message::new("error-role-does-not-fit")));
    }
    if member.held(acting).contains(&role) {
        return Err(Refused::field("role", Message::new("error-role-held")));
    }
    let context = acting.context(Action::ChangeRoles)?.about(id).because(role.code());
    let mut act = begin!(acting, context);
    let assignment = RoleAssignment { tenant, account: id, role, from: act.now(), until: None };
    roles::assign(&mut act, &assignment).await?;
    Ok(act.commit(&()).await?)
}

/// Ends a role now. The last administrator of a tenant stays one.
///
/// # Errors
/// [`Refused::Declined`] for oneself and for the last administrator.
pub async fn end_role(acting: &Acting<'_>, id: AccountId, role: Role) -> Result<(), Refused> {
    let (tenant, own) = acting.member()?;
    acting.allow(Action::ChangeRoles, &Resource::of(tenant)).await?;
    may_change_roles(own, id)?;
    let context = acting.context(Action::ChangeRoles)?.about(id).because(role.code());
    let mut act = begin!(acting, context);
    if let Err(refused) = end_role_in(&mut act, id, role).await {
        act.give_up().await?;
        return Err(refused);
    }
    Ok(act.commit(&()).await?)
}

/// Ends a role within an act.
pub(crate) async fn end_role_in(act: &mut Act, id: AccountId, role: Role) -> Result<(), Refused> {
    let (tenant, now) = (act.tenant(), act.now());
    // Read inside the act: acts of one tenant follow one another, so two
    // administrators who end each other's role cannot both succeed.
    if role == Role::TenantAdministrator && active_administrators(act, tenant, Some(id)).await? == 0
    {
        return Err(Refused::Declined(Message::new("error-last-administrator")));
    }
    let held = roles::of_account(act, tenant, id).await?;
    let current = held.into_iter().find(|r| r.record.role == role && r.record.holds_at(now));
    let current = current.ok_or(Refused::NotFound)?;
    roles::end(act, &current.record, now, current.revision).await?;
    Ok(())
}

/// How many others could still administer the tenant.
async fn active_administrators(
    act: &Act,
    tenant: palermo_domain::id::TenantId,
    besides: Option<AccountId>,
) -> Result<usize, Refused> {
    let mut count = 0;
    for holder in roles::holders(act, tenant, Role::TenantAdministrator, act.now()).await? {
        let account = accounts::find(act, tenant, holder.record.account).await?;
        let active = account.is_some_and(|account| account.record.status == AccountStatus::Active);
        count += usize::from(active && Some(holder.record.account) != besides);
    }
    Ok(count)
}

/// Suspends, resumes or ends an account. Its sessions end at once (check A6). Whoever has
/// left leaves nothing behind: see [`leave::leave`], with nobody named to take cases.
///
/// # Errors
/// [`Refused::Declined`] for the last administrator or for oneself; as [`leave::leave`].
pub async fn set_status(
    acting: &Acting<'_>,
    id: AccountId,
    status: AccountStatus,
    seen: Revision,
) -> Result<(), Refused> {
    if status == AccountStatus::Left {
        leave::leave(acting, id, None, seen).await?;
        return Ok(());
    }
    let (tenant, own) = acting.member()?;
    acting.allow(Action::EndAccess, &Resource::of(tenant)).await?;
    if id == own {
        return Err(Refused::Declined(Message::new("error-not-oneself")));
    }
    let context = acting.context(Action::EndAccess)?.about(id).because(status.code());
    let mut act = begin!(acting, context);
    if let Err(refused) = set_status_in(&mut act, id, status, Some(seen)).await {
        act.give_up().await?;
        return Err(refused);
    }
    Ok(act.commit(&()).await?)
}

/// Changes an account's status within an act; `seen` is the revision the
/// person who decides was shown, if they were shown one.
pub(crate) async fn set_status_in(
    act: &mut Act,
    id: AccountId,
    status: AccountStatus,
    seen: Option<Revision>,
) -> Result<(), Refused> {
    let tenant = act.tenant();
    let found = accounts::find(act, tenant, id).await?.ok_or(Refused::NotFound)?;
    let mut account = found.record;
    let leaves = matches!(status, AccountStatus::Suspended | AccountStatus::Left);
    let allowed = match (account.status, status) {
        (AccountStatus::Suspended, AccountStatus::Active) => true,
        (AccountStatus::Left, _) => false,
        (_, AccountStatus::Suspended | AccountStatus::Left) => true,
        _ => false,
    };
    if !allowed {
        return Err(Refused::Declined(Message::new("error-status-change")));
    }
    let administers = roles::of_account(act, tenant, id)
        .await?
        .iter()
        .any(|r| r.record.role == Role::TenantAdministrator && r.record.holds_at(act.now()));
    if leaves && administers && active_administrators(act, tenant, Some(id)).await? == 0 {
        return Err(Refused::Declined(Message::new("error-last-administrator")));
    }
    account.status = status;
    accounts::update(act, &account, seen.unwrap_or(found.revision)).await?;
    if leaves {
        sessions::revoke_all(act, id, None).await?;
    }
    Ok(())
}

/// Ends all sessions of someone else.
///
/// # Errors
/// [`Refused::NotFound`] for someone of another tenant.
pub async fn end_sessions(acting: &Acting<'_>, id: AccountId) -> Result<u64, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EndAccess, &Resource::of(tenant)).await?;
    accounts::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let mut act = begin!(acting, acting.context(Action::EndAccess)?.about(id));
    let ended = sessions::revoke_all(&mut act, id, None).await?;
    act.commit(&ended).await?;
    Ok(ended)
}
