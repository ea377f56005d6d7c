//! The tenant's recovery, which takes two officers. Its secret is made in
//! memory, sealed to every pair of officers, and dropped: nobody ever sees it.
//! One officer releases, another opens; staff keys are then wrapped anew. An
//! officer uses their own key, or the paper in their safe if that was lost.

use super::{GUARDED, Paper, carry_vault, compartments, unavailable, vault};
use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
    session::Signed,
    two_person,
};
use palermo_crypto::{OsEntropy, StaffSecret};
use palermo_domain::{
    account::AccountStatus,
    id::{AccountId, KeyId, TenantId},
    moment::Moment,
    role::Role,
};
use palermo_store::{
    Act, ActContext, Paging, Store, account as accounts,
    keys::{
        compartment,
        recovery_seal::{self, SealedPair},
        staff::{self, Holder, StaffKey},
        verify_seals::SealReport,
    },
    notice, role as roles, tenant as tenants,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use zeroize::Zeroizing;

/// Most officers at once: each pair is a seal of its own.
pub const MOST_OFFICERS: usize = 5;

/// Someone who can be a recovery officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Account.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// Whether they have a key pair of their own.
    pub has_key: bool,
    /// Since when they have a paper; none if they have none.
    pub paper_since: Option<Moment>,
    /// Whether the present recovery counts on them.
    pub officer: bool,
}

impl Candidate {
    /// Whether they have something a recovery can be sealed to.
    #[must_use]
    pub const fn is_usable(&self) -> bool {
        self.has_key || self.paper_since.is_some()
    }
}

/// What to say where fewer than two of these people could be officers, naming
/// the roles that could; nothing where two can.
#[must_use]
pub fn too_few_officers(acting: &Acting<'_>, people: &[Candidate]) -> Option<Message> {
    let too_few = people.iter().filter(|one| one.is_usable()).count() < 2;
    too_few.then(|| two_needed(acting))
}

fn two_needed(acting: &Acting<'_>) -> Message {
    let roles = two_person::roles_named(acting, Action::RecoverKeys);
    Message::new("error-two-officers").with("roles", roles)
}

/// How recovery stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Since when there is a recovery key; none before the first.
    pub made_at: Option<Moment>,
    /// Who is, or can be, an officer.
    pub people: Vec<Candidate>,
    /// How many different pairs of people could open it now.
    pub pairs: usize,
    /// Someone released it for me.
    pub waits_for_me: bool,
    /// Someone released it, for whomever.
    pub released: bool,
    /// A key or paper made since then is not part of it yet.
    pub outdated: bool,
}

fn may_recover(acting: &Acting<'_>, role: Role) -> bool {
    acting.app.policy.grants_of(&[role], Action::RecoverKeys).next().is_some()
}

/// Members whose role lets them take part in recovery, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn candidates(acting: &Acting<'_>) -> Result<Vec<Candidate>, Refused> {
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    let mut people = BTreeSet::new();
    for role in Role::ALL.iter().filter(|role| may_recover(acting, **role)) {
        for holder in roles::holders(store, tenant, *role, acting.now()).await? {
            people.insert(holder.record.account);
        }
    }
    let keys = staff::in_use(store, tenant).await?;
    let part = recovery_seal::list(store, tenant).await?;
    let of = |id: KeyId| keys.iter().find(|key| key.id == id).and_then(|key| key.holder.account());
    let officers: BTreeSet<AccountId> =
        part.iter().flat_map(|pair| [of(pair.opens), of(pair.releases)]).flatten().collect();
    let mut found = Vec::new();
    for account in people {
        let Some(known) = accounts::find(store, tenant, account).await? else { continue };
        if known.record.status != AccountStatus::Active {
            continue;
        }
        let paper = keys.iter().rfind(|key| key.holder == Holder::Paper(account));
        found.push(Candidate {
            account,
            name: known.record.name,
            has_key: keys.iter().any(|key| key.holder == Holder::Staff(account)),
            paper_since: paper.map(|key| key.recorded_at),
            officer: officers.contains(&account),
        });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// How recovery stands in one's tenant.
///
/// # Errors
/// What access or the store refuse.
pub async fn standing(acting: &Acting<'_>) -> Result<Standing, Refused> {
    let (tenant, own) = acting.member()?;
    acting.allow(Action::ReadTenant, &Resource::of(tenant)).await?;
    let store = &acting.app.store;
    let keys = staff::in_use(store, tenant).await?;
    let recovery = keys.iter().rfind(|key| key.holder == Holder::Recovery);
    let all = recovery_seal::list(store, tenant).await?;
    let live = live_pairs(&keys, &all);
    let people = candidates(acting).await?;
    let pairs: BTreeSet<BTreeSet<AccountId>> =
        live.iter().map(|(_, opens, releases)| BTreeSet::from([*opens, *releases])).collect();
    let sealed: BTreeSet<KeyId> = all.iter().flat_map(|pair| [pair.opens, pair.releases]).collect();
    let officers: BTreeSet<AccountId> =
        people.iter().filter(|one| one.officer).map(|one| one.account).collect();
    let outdated = recovery.is_some()
        && keys.iter().any(|key| {
            key.holder.account().is_some_and(|account| officers.contains(&account))
                && !sealed.contains(&key.id)
        });
    Ok(Standing {
        made_at: recovery.map(|key| key.recorded_at),
        people,
        pairs: pairs.len(),
        waits_for_me: live.iter().any(|(pair, opens, _)| pair.released && *opens == own),
        released: all.iter().any(|pair| pair.released),
        outdated,
    })
}

/// Seals both of whose key pairs are still in use, with who holds them.
fn live_pairs(keys: &[StaffKey], all: &[SealedPair]) -> Vec<(SealedPair, AccountId, AccountId)> {
    let of: BTreeMap<KeyId, AccountId> =
        keys.iter().filter_map(|key| Some((key.id, key.holder.account()?))).collect();
    all.iter()
        .filter_map(|pair| Some((*pair, *of.get(&pair.opens)?, *of.get(&pair.releases)?)))
        .collect()
}

/// The key pairs of the officers chosen; without a choice, of everyone who can be one.
pub(super) async fn keys_of_chosen(
    acting: &Acting<'_>,
    chosen: &[AccountId],
) -> Result<Vec<StaffKey>, Refused> {
    let (tenant, _) = acting.member()?;
    let known = candidates(acting).await?;
    let usable = |one: &&Candidate| one.is_usable();
    let people: BTreeSet<AccountId> = if chosen.is_empty() {
        known.iter().filter(usable).map(|one| one.account).take(MOST_OFFICERS).collect()
    } else {
        let fits = |account: &AccountId| known.iter().filter(usable).any(|o| o.account == *account);
        if !chosen.iter().all(fits) || chosen.len() > MOST_OFFICERS {
            return Err(Refused::field("officers", Message::new("error-choose")));
        }
        chosen.iter().copied().collect()
    };
    if people.len() < 2 {
        return Err(Refused::field("officers", two_needed(acting)));
    }
    Ok(keys_of(&acting.app.store, tenant, &people).await?)
}

async fn keys_of(
    store: &Store,
    tenant: TenantId,
    people: &BTreeSet<AccountId>,
) -> Result<Vec<StaffKey>, palermo_store::Error> {
    let mut keys = staff::in_use(store, tenant).await?;
    keys.retain(|key| key.holder.account().is_some_and(|account| people.contains(&account)));
    Ok(keys)
}

/// Seals a recovery key to officers and names them in the entry.
pub(crate) async fn seal_to(
    act: &mut Act,
    recovery: &StaffKey,
    secret: &StaffSecret,
    keys: &[StaffKey],
) -> Result<(), Refused> {
    recovery_seal::seal(act, recovery, secret, keys).await?;
    let people: BTreeSet<String> =
        keys.iter().filter_map(|key| key.holder.account()).map(|one| one.to_string()).collect();
    act.detail("officers", json!(people));
    act.about(recovery.id);
    Ok(())
}

/// Makes one's own paper: the letters to print and put into a safe, shown
/// once. An earlier paper is void from then on. It becomes part of the
/// recovery when that is next made or renewed.
///
/// # Errors
/// [`Refused::NotFound`] unless one's role takes part in recovery.
pub async fn make_paper(acting: &Acting<'_>) -> Result<Zeroizing<String>, Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::RecoverKeys, &Resource::of(tenant)).await?;
    let secret = StaffSecret::generate(&mut OsEntropy).map_err(unavailable)?;
    let holder = Holder::Paper(account);
    let mut act = crate::begin_unrepeated!(
        acting,
        acting.context(Action::RecoverKeys)?.about(account).because("paper-made")
    );
    for old in staff::of_holder(&act, tenant, holder).await? {
        staff::retire(&mut act, old.id).await?;
    }
    let key = staff::insert(&mut act, holder, &secret.public()).await?;
    act.commit(&()).await?;
    Ok(Paper { key: key.id, secret }.text())
}

/// Makes the recovery anew, out of one's own open key: a new secret for these
/// officers with the keys and papers they have now. The old one opens nothing
/// any more.
///
/// # Errors
/// [`Refused::UnlockNeeded`] when one's key is closed, [`Refused::Declined`]
/// when it does not hold every compartment.
pub async fn renew(
    acting: &Acting<'_>,
    signed: &Signed,
    chosen: &[AccountId],
) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::RecoverKeys, &Resource::of(tenant)).await?;
    let vault = vault(acting, signed).await?;
    let mut held = Vec::new();
    for one in GUARDED {
        if compartment::holders(&acting.app.store, tenant, one).await?.is_empty() {
            continue;
        }
        if !vault.opens(one) {
            return Err(Refused::Declined(Message::new("error-not-every-compartment")));
        }
        held.push(one);
    }
    if held.is_empty() {
        return Err(Refused::Declined(Message::new("error-keys-not-established")));
    }
    let keys = keys_of_chosen(acting, chosen).await?;
    let secret = StaffSecret::generate(&mut OsEntropy).map_err(unavailable)?;
    let mut act = crate::begin_unrepeated!(
        acting,
        acting.context(Action::RecoverKeys)?.about(account).because("recovery-renewed")
    );
    for old in staff::of_holder(&act, tenant, Holder::Recovery).await? {
        staff::retire(&mut act, old.id).await?;
        recovery_seal::forget(&mut act, old.id).await?;
    }
    let recovery = staff::insert(&mut act, Holder::Recovery, &secret.public()).await?;
    compartment::grant(&mut act, &vault, &recovery, &held).await?;
    seal_to(&mut act, &recovery, &secret, &keys).await?;
    Ok(act.commit(&()).await?)
}

/// The key pairs someone brings: their own, if it is open, and a paper typed in.
async fn brought(
    acting: &Acting<'_>,
    signed: &Signed,
    paper: &str,
) -> Result<Vec<(KeyId, StaffSecret)>, Refused> {
    let (tenant, account) = acting.member()?;
    let mut brought = Vec::new();
    if let Some((key, secret)) = carry_vault(acting.app, signed).await? {
        brought.push((key.id, secret));
    }
    if !paper.trim().is_empty() {
        let wrong = || Refused::field("paper", Message::new("error-paper"));
        let paper = Paper::parse(paper).map_err(|_| wrong())?;
        let key = staff::find(&acting.app.store, tenant, paper.key).await?.ok_or_else(wrong)?;
        // A colleague's paper in one's own hands would make one person two.
        if key.holder != Holder::Paper(account) || key.retired_at.is_some() {
            return Err(wrong());
        }
        brought.push((paper.key, paper.secret));
    }
    if brought.is_empty() {
        return Err(Refused::UnlockNeeded);
    }
    Ok(brought)
}

/// The first officer takes off the outer layer, for whichever officer comes
/// second. Returns how many others can go on from here.
///
/// # Errors
/// [`Refused::Declined`] when none of what one brought is part of the
/// recovery; [`Refused::Invalid`] for a paper that is none of one's own.
pub async fn release(acting: &Acting<'_>, signed: &Signed, paper: &str) -> Result<usize, Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::RecoverKeys, &Resource::of(tenant)).await?;
    let mine = brought(acting, signed, paper).await?;
    let keys = staff::in_use(&acting.app.store, tenant).await?;
    let all = recovery_seal::list(&acting.app.store, tenant).await?;
    let mut act = crate::begin_unrepeated!(
        acting,
        acting.context(Action::RecoverKeys)?.about(account).because("recovery-released")
    );
    let mut others = BTreeSet::new();
    for (pair, opens, releases) in live_pairs(&keys, &all) {
        let own = mine.iter().find(|(key, _)| *key == pair.releases);
        let (Some((key, secret)), true) = (own, releases == account && opens != account) else {
            continue;
        };
        recovery_seal::release(&mut act, pair.recovery, pair.opens, *key, secret).await?;
        others.insert(opens);
    }
    if others.is_empty() {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("error-not-an-officer")));
    }
    for other in &others {
        notice::leave(&mut act, *other, "notice-recovery-released", json!({})).await?;
    }
    act.commit(&()).await?;
    Ok(others.len())
}

/// Takes back what was released, before anyone opened it.
///
/// # Errors
/// What access or the store refuse.
pub async fn take_back(acting: &Acting<'_>) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::RecoverKeys, &Resource::of(tenant)).await?;
    let mut act = crate::begin_unrepeated!(
        acting,
        acting.context(Action::RecoverKeys)?.about(account).because("recovery-taken-back")
    );
    recovery_seal::take_back(&mut act).await?;
    Ok(act.commit(&()).await?)
}

/// What a recovery gave back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// Names of the members who hold again what their roles open.
    pub members: Vec<String>,
    /// Members without a key pair, who must open their key once first.
    pub without_key: Vec<String>,
}

/// The second officer opens the recovery: every member with a key pair gets
/// what their role opens, and the recovery is sealed to the officers' present
/// keys. The secret lives in memory for as long as this takes.
///
/// # Errors
/// [`Refused::Declined`] when nobody released it for what one brought.
pub async fn recover(
    acting: &Acting<'_>,
    signed: &Signed,
    paper: &str,
) -> Result<Recovered, Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::RecoverKeys, &Resource::of(tenant)).await?;
    let store = &acting.app.store;
    let mine = brought(acting, signed, paper).await?;
    let keys = staff::in_use(store, tenant).await?;
    let all = recovery_seal::list(store, tenant).await?;
    let live = live_pairs(&keys, &all);
    let found = live.iter().find_map(|(pair, opens, releases)| {
        let own = mine.iter().find(|(key, _)| *key == pair.opens)?;
        let mine = pair.released && *opens == account && *releases != account;
        mine.then_some((*pair, own))
    });
    let Some((pair, (key, secret))) = found else {
        return Err(Refused::Declined(Message::new("error-not-released")));
    };
    let recovery = keys.iter().find(|one| one.id == pair.recovery).ok_or(Refused::NotFound)?;
    let members = compartments::overview_of(acting, tenant).await?.members;
    let mut act = crate::begin_unrepeated!(
        acting,
        acting.context(Action::RecoverKeys)?.about(account).because("recovery-opened")
    );
    let opened = recovery_seal::open(&mut act, pair.recovery, *key, pair.releases, secret).await?;
    let vault = store.unlock(recovery, &opened).await?;
    let mut done = Recovered { members: Vec::new(), without_key: Vec::new() };
    for member in members.iter().filter(|member| !member.missing().is_empty()) {
        let own = keys.iter().rfind(|one| one.holder == Holder::Staff(member.account));
        let Some(own) = own else {
            done.without_key.push(member.name.clone());
            continue;
        };
        let held: Vec<_> = member.missing().into_iter().filter(|one| vault.opens(*one)).collect();
        compartment::grant(&mut act, &vault, own, &held).await?;
        done.members.push(member.name.clone());
        act.about(member.account);
    }
    seal_again(&mut act, &live, &keys, recovery, &opened).await?;
    for member in &members {
        notice::leave(&mut act, member.account, "notice-keys-recovered", json!({})).await?;
    }
    act.commit(&()).await?;
    Ok(done)
}

/// After an opening the seals are made anew, with keys and papers the officers
/// have now: two people are needed the next time too.
async fn seal_again(
    act: &mut Act,
    live: &[(SealedPair, AccountId, AccountId)],
    keys: &[StaffKey],
    recovery: &StaffKey,
    secret: &StaffSecret,
) -> Result<(), Refused> {
    let officers: BTreeSet<AccountId> =
        live.iter().flat_map(|(_, opens, releases)| [*opens, *releases]).collect();
    let theirs: Vec<StaffKey> = keys
        .iter()
        .filter(|key| key.holder.account().is_some_and(|account| officers.contains(&account)))
        .cloned()
        .collect();
    seal_to(act, recovery, secret, &theirs).await
}

/// Opens every sealed value of the organisations these papers belong to, and
/// tells how many there were: two officers at the machine, over live data or a
/// restored backup. Nothing read is kept or shown.
///
/// # Errors
/// A text for whoever sits there.
pub async fn check_seals(
    store: &Store,
    papers: &[Paper],
    operator: &str,
) -> Result<Vec<SealReport>, Refused> {
    let none = || Refused::Declined(Message::new("error-papers-do-not-pair"));
    let mut reports = Vec::new();
    for tenant in tenants::list(store, &tenants::Filter::default(), Paging::all()).await?.items {
        let id = tenant.record.id;
        let keys = staff::in_use(store, id).await?;
        let all = recovery_seal::list(store, id).await?;
        let of = |key: KeyId| papers.iter().find(|paper| paper.key == key);
        let pair = live_pairs(&keys, &all)
            .into_iter()
            .find_map(|(pair, _, _)| Some((pair, of(pair.opens)?, of(pair.releases)?)));
        let Some((pair, opens, releases)) = pair else { continue };
        let actor =
            palermo_domain::actor::Actor::Operator { user: operator.to_owned(), account: None };
        let context = ActContext::new(id, actor, "verify.seals").about(pair.recovery);
        store.read_personal(context).await?;
        let secret =
            recovery_seal::open_with_both(store, id, pair, &opens.secret, &releases.secret).await?;
        let recovery = keys.iter().find(|key| key.id == pair.recovery).ok_or_else(none)?;
        let vault = store.unlock(recovery, &secret).await?;
        reports.push(store.verify_seals(&vault).await?);
    }
    if reports.is_empty() { Err(none()) } else { Ok(reports) }
}
