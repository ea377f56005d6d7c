//! Who holds which compartment of the tenant; making, handing over and
//! replacing their keys.

use super::{GUARDED, carry_vault, officers, own_key, unavailable, vault};
use crate::{
    Acting, App, Message, Refused,
    access::{Action, Resource},
    session::Signed,
    two_person,
};
use palermo_crypto::{OsEntropy, StaffSecret};
use palermo_domain::{
    compartment::Compartment,
    id::{AccountId, Id, KeyId, TenantId},
    role::Role,
};
use palermo_store::{
    Act, account as accounts,
    keys::{
        compartment, person,
        staff::{self, Holder, StaffKey},
    },
    role as roles,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Who holds which compartment of the tenant, and who should but does not.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Whether the compartments have keys at all.
    pub established: bool,
    /// Members whose role opens compartments.
    pub members: Vec<KeyHolder>,
}

/// A member whose role opens compartments.
#[derive(Debug, Clone)]
pub struct KeyHolder {
    /// Account.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// What the roles open.
    pub should: Vec<Compartment>,
    /// What is wrapped to their key.
    pub holds: Vec<Compartment>,
    /// Whether they have a key pair yet.
    pub has_key: bool,
}

impl KeyHolder {
    /// What still has to be handed over.
    #[must_use]
    pub fn missing(&self) -> Vec<Compartment> {
        self.should.iter().copied().filter(|c| !self.holds.contains(c)).collect()
    }
}

async fn holders(
    acting: &Acting<'_>,
    tenant: TenantId,
) -> Result<BTreeMap<Compartment, BTreeSet<KeyId>>, Refused> {
    let mut found = BTreeMap::new();
    for one in GUARDED {
        let keys = compartment::holders(&acting.app.store, tenant, one).await?;
        found.insert(one, keys.into_iter().collect());
    }
    Ok(found)
}

/// Who holds what in one's tenant.
///
/// # Errors
/// What access or the store refuse.
pub async fn overview(acting: &Acting<'_>) -> Result<Overview, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReadTenant, &Resource::of(tenant)).await?;
    overview_of(acting, tenant).await
}

/// The same, for an act that has asked already.
pub(super) async fn overview_of(
    acting: &Acting<'_>,
    tenant: TenantId,
) -> Result<Overview, Refused> {
    let store = &acting.app.store;
    let held = holders(acting, tenant).await?;
    let established = held.values().any(|keys| !keys.is_empty());
    let mut accounts_by_role: BTreeMap<AccountId, BTreeSet<Role>> = BTreeMap::new();
    for role in Role::ALL.iter().filter(|role| !acting.app.policy.opens(**role).is_empty()) {
        for holder in roles::holders(store, tenant, *role, acting.now()).await? {
            accounts_by_role.entry(holder.record.account).or_default().insert(*role);
        }
    }
    let mut members = Vec::new();
    for (account, held_roles) in accounts_by_role {
        let name = accounts::find(store, tenant, account)
            .await?
            .map(|a| a.record.name)
            .unwrap_or_default();
        let key = own_key(acting.app, tenant, account).await?;
        let holds = GUARDED
            .into_iter()
            .filter(|one| key.as_ref().is_some_and(|key| held[one].contains(&key.id)))
            .collect();
        let should = opened_by(acting.app, &held_roles);
        if should.is_empty() {
            continue;
        }
        members.push(KeyHolder { account, name, should, holds, has_key: key.is_some() });
    }
    members.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Overview { established, members })
}

/// Ends the key pair of someone who leaves the organisation, with all that was wrapped to
/// it, in the act that ends their account.
///
/// # Errors
/// [`Refused::Declined`] while nobody else of the staff opens what it opens.
pub(crate) async fn end_of(act: &mut Act, account: AccountId) -> Result<(), Refused> {
    let tenant = act.tenant();
    let (mut own, mut others) = (BTreeSet::new(), BTreeSet::new());
    for key in staff::in_use(&*act, tenant).await? {
        match key.holder {
            Holder::Staff(holder) if holder == account => own.insert(key.id),
            Holder::Staff(_) => others.insert(key.id),
            _ => false,
        };
    }
    for one in GUARDED {
        let held = compartment::holders(&*act, tenant, one).await?;
        let theirs = held.iter().any(|key| own.contains(key));
        if theirs && !held.iter().any(|key| others.contains(key)) {
            return Err(Refused::Declined(Message::new("people-leave-held")));
        }
    }
    for key in own {
        staff::retire(act, key).await?;
    }
    Ok(())
}

fn opened_by(app: &App, held: &BTreeSet<Role>) -> Vec<Compartment> {
    GUARDED
        .into_iter()
        .filter(|one| held.iter().any(|role| app.policy.opens(*role).contains(one)))
        .collect()
}

/// Makes the tenant's compartment keys, wrapped to oneself and to a recovery
/// key pair that any two of the officers open together. Nobody sees the
/// recovery secret: it is sealed to the officers' keys and papers and dropped.
///
/// # Errors
/// [`Refused::NotFound`] unless one's role opens the compartments,
/// [`Refused::Declined`] if they have keys already or there are not two officers.
pub async fn establish(
    acting: &Acting<'_>,
    signed: &Signed,
    chosen: &[AccountId],
) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::RecoverKeys, &Resource::of(tenant)).await?;
    if overview(acting).await?.established {
        return Err(Refused::Declined(Message::new("error-keys-established")));
    }
    let own: BTreeSet<Role> = acting.subject.roles.iter().copied().collect();
    let opens = opened_by(acting.app, &own);
    if opens.is_empty() {
        return Err(Refused::NotFound);
    }
    let Some((key, _)) = carry_vault(acting.app, signed).await? else {
        return Err(Refused::UnlockNeeded);
    };
    let keys = officers::keys_of_chosen(acting, chosen).await?;
    let secret = StaffSecret::generate(&mut OsEntropy).map_err(unavailable)?;
    let mut act =
        crate::begin_unrepeated!(acting, acting.context(Action::RecoverKeys)?.about(account));
    let recovery = staff::insert(&mut act, Holder::Recovery, &secret.public()).await?;
    for one in opens {
        compartment::establish(&mut act, one, &[key.clone(), recovery.clone()]).await?;
    }
    officers::seal_to(&mut act, &recovery, &secret, &keys).await?;
    Ok(act.commit(&()).await?)
}

/// What became of handing a key over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handed {
    /// The colleague holds what their role opens.
    Done,
    /// The colleague's key came after a loss: a second officer must agree.
    Asked,
}

/// Hands a colleague what their role opens, out of one's own open key. If
/// their key pair replaces one that was lost, two officers are needed: the
/// first call asks, a call by another officer hands over.
///
/// # Errors
/// [`Refused::UnlockNeeded`] when one's key is not open; [`Refused::Declined`]
/// when the colleague has no key pair yet, or one asked already oneself.
pub async fn hand_over(
    acting: &Acting<'_>,
    signed: &Signed,
    to: AccountId,
) -> Result<Handed, Refused> {
    let (tenant, own) = acting.member()?;
    acting.allow(Action::RecoverKeys, &Resource::of(tenant)).await?;
    let known = overview_of(acting, tenant).await?;
    let colleague =
        known.members.iter().find(|member| member.account == to).ok_or(Refused::NotFound)?;
    let missing = colleague.missing();
    let Some(key) = own_key(acting.app, tenant, to).await? else {
        return Err(Refused::Declined(Message::new("error-no-key-yet")));
    };
    for one in &missing {
        may_hold(acting, tenant, to, *one).await?;
    }
    let vault = vault(acting, signed).await?;
    // The other officer agrees to this key and to these compartments.
    let codes: Vec<&str> = missing.iter().map(|one| one.code()).collect();
    let subject = format!("{}:{}", two_person::mark(&codes), key.id);
    let two = needs_two(acting, &key, own).await?;
    let asked = if two {
        let Some(asked) = two_person::waiting(acting, Action::RecoverKeys, &subject).await? else {
            two_person::ask(acting, Action::RecoverKeys, &subject).await?;
            return Ok(Handed::Asked);
        };
        Some(asked)
    } else {
        None
    };
    let mut act = crate::begin_unrepeated!(acting, acting.context(Action::RecoverKeys)?.about(to));
    if let Some(asked) = &asked {
        two_person::agree_and_use(&mut act, asked, own).await?;
    }
    compartment::grant(&mut act, &vault, &key, &missing).await?;
    act.detail("compartments", json!(missing.iter().map(|c| c.code()).collect::<Vec<_>>()));
    act.detail("to", to.uuid().to_string());
    act.commit(&()).await?;
    Ok(Handed::Done)
}

/// The policy is asked again by the domain: no overlay gives what a role can never hold.
async fn may_hold(
    acting: &Acting<'_>,
    tenant: TenantId,
    to: AccountId,
    one: Compartment,
) -> Result<(), Refused> {
    let may = |role: &Role| palermo_domain::safeguard::overlay::may_open(*role, one).is_ok();
    let held = roles::of_account(&acting.app.store, tenant, to).await?;
    let now = acting.now();
    let fits = held.iter().any(|r| r.record.holds_at(now) && may(&r.record.role));
    if fits { Ok(()) } else { Err(Refused::NotFound) }
}

/// Whether a second officer must agree: the key replaces a lost one, and there
/// is another officer besides the two. In an organisation of two, where there
/// is none, the two approvals of the account's recovery are what stands.
async fn needs_two(acting: &Acting<'_>, key: &StaffKey, own: AccountId) -> Result<bool, Refused> {
    if !staff::had_before(&acting.app.store, key.tenant, key.holder).await? {
        return Ok(false);
    }
    let others = officers::candidates(acting).await?.into_iter().filter(|one| {
        one.account != own && Some(one.account) != key.holder.account() && one.has_key
    });
    Ok(others.count() > 0)
}

/// Replaces the key of a compartment and moves everything it wraps: persons'
/// keys, staff and recovery wraps. What someone who left may have kept opens
/// nothing new, nor anything of the keystore from now on. Interrupted
/// anywhere, [`finish_rotation`] goes on. Returns how many persons' keys moved.
///
/// # Errors
/// [`Refused::UnlockNeeded`] when one's key does not hold the compartment.
pub async fn rotate(
    acting: &Acting<'_>,
    signed: &Signed,
    which: Compartment,
) -> Result<u64, Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::RotateKeys, &Resource::of(tenant)).await?;
    // One at a time: what an earlier one left is moved first.
    let before = finish_rotation(acting, signed, which).await?;
    let vault = vault(acting, signed).await?;
    if !vault.opens(which) {
        return Err(Refused::UnlockNeeded);
    }
    let mut act = crate::begin_unrepeated!(
        acting,
        acting.context(Action::RotateKeys)?.about(account).because(which.code())
    );
    compartment::rotate(&mut act, &vault, which).await?;
    act.commit(&()).await?;
    Ok(before + finish_rotation(acting, signed, which).await?)
}

/// Persons' keys moved at a time.
const BATCH: u64 = 500;

/// Goes on with a rotation that stopped: moves persons' keys to the new key,
/// then forgets the old one. Returns how many moved.
///
/// # Errors
/// [`Refused::UnlockNeeded`] when one's key does not hold the compartment.
pub async fn finish_rotation(
    acting: &Acting<'_>,
    signed: &Signed,
    which: Compartment,
) -> Result<u64, Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::RotateKeys, &Resource::of(tenant)).await?;
    let store = &acting.app.store;
    if compartment::retired(store, tenant, which).await? == 0 {
        return Ok(0);
    }
    let vault = vault(acting, signed).await?;
    let mut moved = 0;
    loop {
        match person::rewrap(store, &vault, which, BATCH).await? {
            0 => break,
            some => moved += some,
        }
    }
    let mut act = crate::begin_unrepeated!(
        acting,
        acting.context(Action::RotateKeys)?.about(account).because("old-key-forgotten")
    );
    compartment::forget_retired(&mut act, which).await?;
    act.detail("moved", moved);
    act.commit(&()).await?;
    Ok(moved)
}

/// Compartments whose rotation stopped halfway.
///
/// # Errors
/// When the database does not answer.
pub async fn unfinished(acting: &Acting<'_>) -> Result<Vec<Compartment>, Refused> {
    let (tenant, _) = acting.member()?;
    let mut found = Vec::new();
    for one in GUARDED {
        if compartment::retired(&acting.app.store, tenant, one).await? > 0 {
            found.push(one);
        }
    }
    Ok(found)
}
