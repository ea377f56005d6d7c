//! What takes two people: one asks, another agrees, it is done once (check
//! A8). For whatever asks for it: exports of many persons, erasure, addresses
//! that must not be found, keys handed to someone who lost theirs, the end of the
//! rights of a child, what leaves to a State of origin.

use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
    case::{CaseFile, age, sealed_file},
};
use palermo_domain::{
    account::AccountStatus,
    id::{AbroadQuestionId, AccountId, ApprovalId, PersonId, ServiceId},
    role::Role,
    two_person::{Approval, ApprovalState, CannotDecide, HOLDS},
};
use palermo_store::{
    Act, Db, Versioned, account as accounts, approval as approvals, case::file as files, notice,
    service as services,
};
use serde_json::json;

impl From<CannotDecide> for Refused {
    fn from(why: CannotDecide) -> Self {
        Self::Declined(Message::new(match why {
            CannotDecide::OneAndTheSame => "error-second-person",
            CannotDecide::NotWaiting => "error-not-waiting",
        }))
    }
}

/// The mark of what exactly is agreed to, for the subject of a question: the hash
/// of its contents. What changed since it was asked has another mark, so nobody
/// finds an agreement to it, and it is asked anew.
pub(crate) fn mark(contents: &[&str]) -> String {
    let parts: Vec<&[u8]> = contents.iter().map(|part| part.as_bytes()).collect();
    hex::encode(palermo_crypto::sha256(&palermo_crypto::encode_parts(&parts)))
}

/// Asks for a second person. Everyone else who may do the same and learn of it is told.
///
/// # Errors
/// [`Refused::Declined`] when one asked for exactly this already, and where
/// nobody else of the organisation may agree: a question would wait in vain.
pub async fn ask(
    acting: &Acting<'_>,
    action: Action,
    subject: &str,
) -> Result<ApprovalId, Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(action, &Resource::of(tenant)).await?;
    if let Some(why) = nobody_else(acting, action).await? {
        return Err(Refused::Declined(why));
    }
    let mut others = Vec::new();
    for other in others_who_may(acting, &acting.app.store, action).await? {
        // Of a sealed record its team alone hears (E11).
        if !is_hidden(acting, other, action, subject).await? {
            others.push(other);
        }
    }
    let mut act = crate::begin_unrepeated!(
        acting,
        acting.context(action)?.about(account).because("second-person-asked")
    );
    let now = act.now();
    let known = approvals::about(&act, tenant, action.code(), subject).await?;
    if known.iter().any(|one| one.record.state(now) == ApprovalState::Asked) {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("error-asked-already")));
    }
    let approval = Approval {
        tenant,
        id: act.new_id(),
        action: action.code().to_owned(),
        subject: subject.to_owned(),
        asked_by: account,
        recorded_at: now,
        ends_at: now.after(HOLDS),
        decided_by: None,
        agreed: false,
        used_at: None,
    };
    act.about(approval.id);
    approvals::insert(&mut act, &approval).await?;
    for other in others {
        notice::leave(&mut act, other, "notice-second-person", json!({})).await?;
    }
    act.commit(&()).await?;
    Ok(approval.id)
}

/// Why nobody else of one's organisation could agree, were one to ask: the roles
/// that may and nobody else holds. Nothing where someone could.
///
/// # Errors
/// When the database does not answer.
pub async fn nobody_else(acting: &Acting<'_>, action: Action) -> Result<Option<Message>, Refused> {
    let others = others_who_may(acting, &acting.app.store, action).await?;
    let none = || Message::new("error-nobody-may-agree").with("roles", roles_named(acting, action));
    Ok(others.is_empty().then(none))
}

/// Whether somebody else could agree to what is asked about a case: of a sealed record, and
/// of whoever is kept secret beside it, its team alone learns (E11).
pub(crate) async fn someone_else(
    acting: &Acting<'_>,
    action: Action,
    file: &CaseFile,
    secret: bool,
) -> Result<bool, Refused> {
    let others = others_who_may(acting, &acting.app.store, action).await?;
    let hears = |one: &AccountId| {
        let mut team = file.team_at(acting.now());
        !(secret || file.case.record.sealed) || team.any(|member| member.account == *one)
    };
    Ok(others.iter().any(hears))
}

/// Roles that may do this and that an organisation like one's own can give, in words.
pub(crate) fn roles_named(acting: &Acting<'_>, action: Action) -> String {
    let kind = acting.subject.tenant.map(|(_, kind)| kind);
    let given = |role: &Role| kind.is_some_and(|kind| role.fits(kind));
    let name =
        |role: Role| acting.app.catalogue.text(acting.language, &format!("role-{}", role.code()));
    let named = roles_for(acting, action).into_iter().filter(given).map(name);
    named.collect::<Vec<_>>().join(", ")
}

/// Roles that may do this in an organisation like one's own.
fn roles_for(acting: &Acting<'_>, action: Action) -> Vec<Role> {
    let Some((_, kind)) = acting.subject.tenant else { return Vec::new() };
    let policy = &acting.app.policy;
    let may = |role: &Role| policy.grants_of(&[*role], action).any(|grant| grant.holds_in(kind));
    Role::ALL.iter().copied().filter(may).collect()
}

/// Everyone else of one's organisation who may do the same and comes in.
async fn others_who_may(
    acting: &Acting<'_>,
    db: &dyn Db,
    action: Action,
) -> Result<Vec<AccountId>, Refused> {
    let (tenant, besides) = acting.member()?;
    let mut found = std::collections::BTreeSet::new();
    for role in roles_for(acting, action) {
        for holder in palermo_store::role::holders(db, tenant, role, acting.now()).await? {
            found.insert(holder.record.account);
        }
    }
    found.remove(&besides);
    let mut others = Vec::new();
    for account in found {
        let known = accounts::find(db, tenant, account).await?;
        if known.is_some_and(|one| one.record.status == AccountStatus::Active) {
            others.push(account);
        }
    }
    Ok(others)
}

/// A question another person asked about this, which waits for one.
///
/// # Errors
/// [`Refused::Declined`] when it is one's own question that waits.
pub async fn waiting(
    acting: &Acting<'_>,
    action: Action,
    subject: &str,
) -> Result<Option<Versioned<Approval>>, Refused> {
    let (tenant, account) = acting.member()?;
    let known = approvals::about(&acting.app.store, tenant, action.code(), subject).await?;
    let found = known.into_iter().find(|o| o.record.state(acting.now()) == ApprovalState::Asked);
    if found.as_ref().is_some_and(|one| one.record.asked_by == account) {
        return Err(Refused::Declined(Message::new("error-asked-already")));
    }
    Ok(found)
}

/// Agrees to a question and makes use of it within the same act: for what the
/// second person carries out themselves.
///
/// # Errors
/// [`Refused::Declined`] for whoever asked, or when it no longer waits.
pub(crate) async fn agree_and_use(
    act: &mut Act,
    asked: &Versioned<Approval>,
    by: AccountId,
) -> Result<(), Refused> {
    let now = act.now();
    let one = &asked.record;
    let used = one.decide(by, true, now)?.redeem(by, &one.action, &one.subject, now)?;
    act.about(used.id);
    approvals::update(act, &used, asked.revision).await?;
    Ok(())
}

/// Makes use, within an act, of what two people agreed to: once, for exactly
/// this action on exactly this subject, by one of the two.
///
/// # Errors
/// [`Refused::Declined`] saying that a second person must agree first.
pub async fn redeem(act: &mut Act, action: Action, subject: &str) -> Result<(), Refused> {
    let by = act.actor().account().ok_or(Refused::SignInNeeded)?;
    let (tenant, now) = (act.tenant(), act.now());
    for one in approvals::about(&*act, tenant, action.code(), subject).await? {
        if let Ok(used) = one.record.redeem(by, action.code(), subject, now) {
            act.about(used.id);
            approvals::update(act, &used, one.revision).await?;
            return Ok(());
        }
    }
    Err(Refused::Declined(Message::new("error-needs-second-person")))
}

/// A question as shown.
#[derive(Debug, Clone)]
pub struct Question {
    /// The question.
    pub approval: Versioned<Approval>,
    /// To what, in words that name no person: a case's number, a service.
    pub about: String,
    /// Why, as a code of `case-erase-ground-…` or `case-age-ground-…`; none where no
    /// reason is asked.
    pub ground: Option<&'static str>,
    /// Where it stands.
    pub state: ApprovalState,
    /// Who asked.
    pub asked_by: String,
    /// Who decided; empty if nobody has.
    pub decided_by: String,
    /// Whether the present person may decide.
    pub mine_to_decide: bool,
}

/// Questions of one's tenant that one may decide on or asked oneself.
///
/// # Errors
/// When the database does not answer.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Question>, Refused> {
    let (tenant, _) = acting.member()?;
    let mut found = Vec::new();
    for approval in approvals::list(&acting.app.store, tenant).await? {
        found.extend(question(acting, approval).await?);
    }
    Ok(found)
}

/// Questions about one record that still count, each with the roles of whoever
/// asked: those that wait for a second person, and those agreed to and not used.
///
/// # Errors
/// When the database does not answer.
pub async fn open_about(
    acting: &Acting<'_>,
    action: Action,
    subject: &str,
) -> Result<Vec<(Question, Vec<Role>)>, Refused> {
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    let mut found = Vec::new();
    for approval in approvals::about(store, tenant, action.code(), subject).await? {
        let asker = approval.record.asked_by;
        let Some(one) = question(acting, approval).await? else { continue };
        if !matches!(one.state, ApprovalState::Asked | ApprovalState::Agreed) {
            continue;
        }
        let held = palermo_store::role::of_account(store, tenant, asker).await?;
        let held = held.into_iter().map(|one| one.record);
        let now = held.filter(|one| one.holds_at(acting.now())).map(|one| one.role);
        found.push((one, now.collect()));
    }
    Ok(found)
}

/// A question as the present person sees it; nothing if it is not theirs to see.
pub(crate) async fn question(
    acting: &Acting<'_>,
    approval: Versioned<Approval>,
) -> Result<Option<Question>, Refused> {
    let (tenant, account) = acting.member()?;
    let one = &approval.record;
    let Some(action) = Action::from_code(&one.action) else { return Ok(None) };
    if is_hidden(acting, account, action, &one.subject).await? {
        return Ok(None);
    }
    let decision = acting.may(action, &Resource::of(tenant));
    let may = decision.allowed || decision.wants_step_up();
    if !may && one.asked_by != account {
        return Ok(None);
    }
    let asked_by = name_of(acting, one.asked_by).await?;
    let decided_by = match one.decided_by {
        Some(other) => name_of(acting, other).await?,
        None => String::new(),
    };
    let state = one.state(acting.now());
    // Keys are handed over by the second officer themselves, on their page.
    let elsewhere = action == Action::RecoverKeys;
    let mine_to_decide =
        may && !elsewhere && state == ApprovalState::Asked && one.asked_by != account;
    let about = about(acting, action, &one.subject).await?;
    let subject = &approval.record.subject;
    let ground = match action {
        Action::EndChildRights => age::ground_of(subject),
        _ => crate::case::erase::ground_of(subject),
    };
    Ok(Some(Question { approval, about, ground, state, asked_by, decided_by, mine_to_decide }))
}

/// Whether a question is about what someone of one's organisation may not learn of.
async fn is_hidden(
    acting: &Acting<'_>,
    account: AccountId,
    action: Action,
    subject: &str,
) -> Result<bool, Refused> {
    if action == Action::EndChildRights {
        return Ok(!age::may_learn(acting, account, subject).await?);
    }
    if let (Action::AskAbroad, Some(file)) = (action, sealed_file::named(subject)) {
        return Ok(!sealed_file::may_learn(acting, account, file).await?);
    }
    let id = subject.rsplit(':').next().unwrap_or_default();
    match id.parse::<AbroadQuestionId>() {
        Ok(question) if action == Action::AskAbroad => {
            Ok(!crate::case::abroad::may_learn(acting, account, question).await?)
        }
        _ => Ok(false),
    }
}

/// What a question is about, for whoever decides: never a person's name.
async fn about(acting: &Acting<'_>, action: Action, subject: &str) -> Result<String, Refused> {
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    let id = subject.rsplit(':').next().unwrap_or_default();
    match action {
        Action::ErasePerson => {
            let Ok(person) = id.parse::<PersonId>() else { return Ok(String::new()) };
            let cases = files::of_person(store, tenant, person).await?;
            let numbers = cases.iter().map(|case| palermo_domain::case::number(case.record.id));
            Ok(numbers.collect::<Vec<_>>().join(", "))
        }
        Action::EndChildRights => Ok(age::in_a_word(subject)),
        Action::AskAbroad => match (sealed_file::named(subject), id.parse::<AbroadQuestionId>()) {
            (Some(file), _) => sealed_file::in_a_word(acting, file).await,
            (None, Ok(question)) => crate::case::abroad::in_a_word(acting, question).await,
            (None, Err(_)) => Ok(String::new()),
        },
        Action::OpenAddress => {
            let Ok(service) = id.parse::<ServiceId>() else { return Ok(String::new()) };
            let found = services::find(store, service).await?;
            Ok(found.map(|one| one.record.service.name).unwrap_or_default())
        }
        _ => Ok(String::new()),
    }
}

async fn name_of(acting: &Acting<'_>, account: AccountId) -> Result<String, Refused> {
    let (tenant, _) = acting.member()?;
    let found = accounts::find(&acting.app.store, tenant, account).await?;
    Ok(found.map(|account| account.record.name).unwrap_or_default())
}

/// What takes effect with the second person's word, in their act: nobody has to come
/// back for it. Whether it did; the rest is carried out by one of the two.
async fn takes_effect(
    acting: &Acting<'_>,
    act: &mut Act,
    (action, subject): (Action, &str),
) -> Result<bool, Refused> {
    match (action, sealed_file::named(subject)) {
        (Action::EndChildRights, _) => age::carry_out(acting, act, subject).await?,
        (Action::AskAbroad, Some(file)) => sealed_file::agreed(act, file).await?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// The second person's answer.
///
/// # Errors
/// [`Refused::Declined`] for whoever asked, or when it no longer waits;
/// [`Refused::NotFound`] for what one may not do oneself; what speaks against it now,
/// where it takes effect at once.
pub async fn decide(acting: &Acting<'_>, id: ApprovalId, agrees: bool) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    let found = approvals::find(&acting.app.store, tenant, id).await?;
    let action = Action::from_code(&found.record.action).ok_or(Refused::NotFound)?;
    acting.allow(action, &Resource::of(tenant)).await?;
    if is_hidden(acting, account, action, &found.record.subject).await? {
        return Err(Refused::NotFound);
    }
    let why = if agrees { "second-person-agreed" } else { "second-person-refused" };
    let mut act = crate::begin!(acting, acting.context(action)?.about(id).because(why));
    let mut decided = match found.record.decide(account, agrees, act.now()) {
        Ok(decided) => decided,
        Err(why) => {
            act.give_up().await?;
            return Err(why.into());
        }
    };
    let subject = decided.subject.clone();
    if agrees && takes_effect(acting, &mut act, (action, &subject)).await? {
        decided = decided.redeem(account, action.code(), &subject, act.now())?;
    }
    approvals::update(&mut act, &decided, found.revision).await?;
    let kind = if agrees { "notice-agreed" } else { "notice-refused" };
    notice::leave(&mut act, found.record.asked_by, kind, json!({})).await?;
    Ok(act.commit(&()).await?)
}
