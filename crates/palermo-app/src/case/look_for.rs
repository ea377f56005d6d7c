//! Asking other care organisations whether they know a person (R096), without
//! telling anyone who it is.
//!
//! * The person agreed, in words of its own, and the organisation is one of
//!   care. What leaves are names *encoded* (bigrams in a Bloom filter, Schnell et
//!   al. 2009) under a secret made for this one question, with sex and year of
//!   birth, sealed to those who open identity where it is asked. Nothing about
//!   names stands anywhere in clear, and no index of encodings is kept.
//! * It is answered in a session whose key opens identity, by one click: the
//!   program encodes, in memory, the names of those who agreed to be looked for
//!   there, and compares. Whoever clicks sees neither the question nor the
//!   answer. No job can do it: no job opens identity.
//! * The answer, *possible match, ask them* or *nobody who agreed*, is sealed
//!   to the key of whoever asked. It names a desk, never a person.
//!
//! Honest limit: the asked organisation's program holds the encoding and its
//! secret for a moment, and could try names against it. That is why a question
//! is sealed, lives two weeks, and is emptied when answered.

mod answering;

pub(super) use answering::carry_out;
pub use answering::{answer_all, waiting};

use super::{CaseFile, Opened, permitted, tell};
use crate::{
    Acting, App, Message, Problems, Refused, access::Action, begin, care::own_answer,
    desk::first_open, keys, keys::carry_vault, session::Signed,
};
use palermo_crypto::{Entropy, OsEntropy, open_with, seal_to};
use palermo_domain::{
    actor::Actor,
    case::{
        look_for::{
            AGAIN_AFTER, ALIKE, Known, LookFor, MOST_NAMES, MayNot, WAITS, contradicts, may_ask,
        },
        sharing::{Recipient, RecipientKind},
    },
    compartment::Compartment,
    id::{AccountId, CaseId, Id, LookForId, PersonId, TenantId},
    purpose::Purpose,
    task::Task,
    tenant::TenantKind,
};
use palermo_stats::linkage::{
    clk::{Encoder, Filters},
    dice::similar_pairs,
    schema::Schema,
};
use palermo_store::{
    Act, ActContext, Begun, Db, Paging,
    case::look_for::{self as store, Agreed, Asked, SealedAnswer},
    fold,
    keys::{
        compartment,
        staff::{self, Holder, StaffKey},
    },
    task as tasks, tenant as tenants,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use zeroize::Zeroizing;

/// Bits of an encoded name.
const BITS: usize = 1024;
/// One text column, bigrams, ten bits a token.
const SCHEMA: &str = r#"{"version": 3,
  "clkConfig": {"l": 1024, "kdf": {"type": "HKDF", "keySize": 64}},
  "features": [{"identifier": "name", "format": {"type": "string", "encoding": "utf-8"},
    "hashing": {"comparison": {"type": "ngram", "n": 2},
      "strategy": {"bitsPerToken": 10}, "hash": {"type": "blakeHash"}}}]}"#;

fn unavailable(error: impl std::fmt::Display) -> Refused {
    Refused::Unavailable(error.to_string())
}

impl From<MayNot> for Refused {
    fn from(why: MayNot) -> Self {
        Self::Declined(Message::new(match why {
            MayNot::NotCare => "look-for-not-care",
            MayNot::NotAgreed => "look-for-not-agreed",
            MayNot::Sealed => "look-for-sealed",
            MayNot::TooMany => "look-for-too-many",
            MayNot::TooSoon => "look-for-too-soon",
        }))
    }
}

/// What is asked, sealed to the asked.
#[derive(Serialize, Deserialize)]
struct Question {
    /// The secret of this question.
    secret: String,
    /// Encoded names.
    names: Vec<String>,
    sex: Option<String>,
    birth_year: Option<u16>,
    /// Public key the answer is sealed to, and whose it is.
    answer_to: String,
}

/// What is answered, sealed to whoever asked.
#[derive(Serialize, Deserialize)]
struct Reply {
    known: Known,
    desk: String,
}

fn question_info<'a>(tenant: &'a [u8; 16], id: &'a [u8; 16]) -> [&'a [u8]; 3] {
    [b"look for question v1", tenant, id]
}

fn answer_info<'a>(tenant: &'a [u8; 16], id: &'a [u8; 16]) -> [&'a [u8]; 3] {
    [b"look for answer v1", tenant, id]
}

/// Whether a button leads anywhere: the reader may ask in this case.
#[must_use]
pub fn may(acting: &Acting<'_>, file: &CaseFile) -> bool {
    let care = acting.subject.tenant.is_some_and(|(_, kind)| kind == TenantKind::Care);
    let about = super::resource(&file.case.record, &file.team, acting.now());
    care && !file.case.record.sealed
        && acting.may_for(Action::LookFor, &about, file.purpose).allowed
}

/// Spellings to ask with, one a line: trimmed, folded, without what is too
/// short to mean anything.
fn spellings(typed: &str) -> Vec<String> {
    let lines: BTreeSet<String> = typed
        .lines()
        .map(|line| fold(line).split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| line.chars().count() >= 3)
        .collect();
    lines.into_iter().collect()
}

fn encoder(secret: &[u8]) -> Result<Encoder, Refused> {
    let schema = Schema::from_json(SCHEMA).map_err(unavailable)?;
    Encoder::new(schema, secret).map_err(unavailable)
}

fn encode(encoder: &Encoder, names: &[String]) -> Result<Filters, Refused> {
    let records: Vec<Vec<String>> = names.iter().map(|name| vec![name.clone()]).collect();
    encoder.encode(&records).map_err(unavailable)
}

/// Asks every other care organisation here. `typed` are spellings, one a line;
/// what to call the person is asked with in any case.
///
/// # Errors
/// [`Refused::Declined`] with the reason; [`Refused::UnlockNeeded`] unless one's
/// open key holds identity.
pub async fn ask(
    acting: &Acting<'_>,
    signed: &Signed,
    id: CaseId,
    typed: &str,
    purpose: Purpose,
) -> Result<LookForId, Refused> {
    let (tenant, account) = acting.member()?;
    let file = permitted(acting, id, Action::LookFor, purpose).await?;
    let vault = keys::vault(acting, signed).await?;
    if !vault.opens(Compartment::Identity) {
        return Err(Refused::UnlockNeeded);
    }
    let Some((key, _)) = carry_vault(acting.app, signed).await? else {
        return Err(Refused::UnlockNeeded);
    };
    let mut problems = Problems::default();
    problems.bounded("names", typed, 800);
    let names = spellings(typed);
    if names.is_empty() {
        problems.add("names", Message::new("look-for-no-name"));
    }
    if names.len() > MOST_NAMES {
        problems.add("names", Message::new("look-for-many-names").with("most", MOST_NAMES));
    }
    problems.none()?;
    let kind = acting.subject.tenant.map_or(TenantKind::Secretariat, |(_, kind)| kind);
    let look: LookForId = acting.app.store.new_id();
    let mut act = begin!(acting, file.context(acting, Action::LookFor)?.about(look));
    let now = act.now();
    if let Err(refused) = own_answer::may_pass_on(&act, tenant, id).await {
        act.give_up().await?;
        return Err(refused);
    }
    let person = file.person.record.id;
    let earlier = store::since(&act, tenant, account, person, now.before(AGAIN_AFTER)).await?;
    // Asked again inside the act: a no a moment earlier stops it.
    let known = palermo_store::case::person::find(&act, tenant, person).await?;
    let known = known.map_or_else(|| file.person.record.clone(), |found| found.record);
    if let Err(why) = may_ask(kind, &file.case.record, &known, account, &earlier, now) {
        act.give_up().await?;
        return Err(why.into());
    }
    let record = LookFor {
        tenant,
        id: look,
        case: id,
        person,
        asked_by: account,
        asked_at: now,
        expires_at: now.after(WAITS),
        ended_at: None,
    };
    store::ask(&mut act, &record).await?;
    let event = palermo_store::case::event::new(&act, id, "looked-for");
    tell(&mut act, None, person, event, None).await?;
    act.commit(&look).await?;
    let question = question(&names, &known, &key)?;
    send(acting.app, &record, &question).await?;
    // One's own organisation answers at once: the key is open already.
    let own = own_answer(acting, signed, &vault, &record, &question).await?;
    keep(acting.app, &record, tenant, &key, &own).await?;
    Ok(look)
}

fn question(
    names: &[String],
    person: &palermo_domain::case::person::Person,
    key: &StaffKey,
) -> Result<Question, Refused> {
    let mut secret = Zeroizing::new([0u8; 32]);
    OsEntropy.fill(secret.as_mut_slice()).map_err(unavailable)?;
    let filters = encode(&encoder(secret.as_slice())?, names)?;
    Ok(Question {
        secret: hex::encode(secret.as_slice()),
        names: (0..filters.len()).map(|at| hex::encode(filters.bytes(at))).collect(),
        sex: person.sex.map(|sex| sex.code().to_owned()),
        birth_year: person.birth_year,
        answer_to: key.id.to_string(),
    })
}

/// Care organisations that can be asked: others than one's own, with someone
/// who opens identity.
async fn others(app: &App, own: TenantId) -> Result<Vec<(TenantId, Vec<StaffKey>)>, Refused> {
    let filter = tenants::Filter { kind: Some(TenantKind::Care), ..tenants::Filter::default() };
    let mut found = Vec::new();
    for tenant in tenants::list(&app.store, &filter, Paging::all()).await?.items {
        let id = tenant.record.id;
        if id == own {
            continue;
        }
        let mut holders = Vec::new();
        for key in compartment::holders(&app.store, id, Compartment::Identity).await? {
            if let Some(key) = staff::find(&app.store, id, key).await?
                && key.retired_at.is_none()
                && matches!(key.holder, Holder::Staff(_))
            {
                holders.push(key);
            }
        }
        if !holders.is_empty() {
            found.push((id, holders));
        }
    }
    Ok(found)
}

/// A house of care as whoever would be told.
fn house(tenant: TenantId) -> Recipient {
    let (kind, outside) = (RecipientKind::Care, String::new());
    Recipient { kind, tenant: Some(tenant), desk: None, outside }
}

/// Whether the person a question is about fears this house: it is not asked, since
/// asking tells it that someone looks (E17).
async fn is_feared(db: &dyn Db, asked: &LookFor, of: TenantId) -> Result<bool, Refused> {
    let never = super::never_told::standing(db, asked.tenant, asked.case).await?;
    Ok(never.iter().any(|one| one.keeps_out(&house(of))))
}

async fn send(app: &App, record: &LookFor, question: &Question) -> Result<(), Refused> {
    let clear = Zeroizing::new(serde_json::to_vec(question).map_err(unavailable)?);
    let key = *record.id.uuid().as_bytes();
    for (to, holders) in others(app, record.tenant).await? {
        if is_feared(&app.store, record, to).await? {
            continue;
        }
        let owner = *to.uuid().as_bytes();
        let info = question_info(&owner, &key);
        let mut sealed = BTreeMap::new();
        for holder in &holders {
            let text = seal_to(&holder.public, &info, &clear, &mut OsEntropy);
            sealed.insert(holder.id.uuid(), hex::encode(text.map_err(unavailable)?));
        }
        let actor = Actor::System { job: "look-for".into() };
        let context = ActContext::new(to, actor, "look-for.deliver").about(record.id);
        let Begun::Fresh(mut act) = app.store.act(context).await? else { continue };
        let asked = Asked {
            tenant: to,
            id: record.id,
            sender: record.tenant,
            sealed,
            asked_at: record.asked_at,
            expires_at: record.expires_at,
            answered_at: None,
        };
        store::deliver(&mut act, &asked).await?;
        for holder in &holders {
            if let Holder::Staff(account) = holder.holder {
                remind(&mut act, account).await?;
            }
        }
        act.commit(&()).await?;
    }
    Ok(())
}

/// One task for each who can answer, however many questions wait.
async fn remind(act: &mut Act, account: AccountId) -> Result<(), Refused> {
    let filter = tasks::Filter {
        assignee: Some(account),
        kind: Some(TASK.into()),
        done: Some(false),
        ..tasks::Filter::default()
    };
    let (sort, paging) = (tasks::SortBy::default(), Paging::default());
    if tasks::list(&*act, act.tenant(), &filter, sort, paging).await?.total > 0 {
        return Ok(());
    }
    let task = Task {
        tenant: act.tenant(),
        id: act.new_id(),
        kind: TASK.into(),
        subject: None,
        note: String::new(),
        desk: None,
        assignee: Some(account),
        due_at: Some(act.now().after(std::time::Duration::from_secs(3 * 86_400))),
        done_at: None,
        done_by: None,
        recorded_at: act.now(),
    };
    Ok(tasks::insert(act, &task).await?)
}

const TASK: &str = "task-look-for";

/// Whether anyone who agreed looks alike, but for those left out.
fn compare(
    question: &Question,
    agreed: &[Agreed],
    leave_out: &BTreeSet<PersonId>,
) -> Result<Known, Refused> {
    let secret = Zeroizing::new(hex::decode(&question.secret).map_err(unavailable)?);
    let asked: Vec<Vec<u8>> =
        question.names.iter().map(hex::decode).collect::<Result<_, _>>().map_err(unavailable)?;
    let asked = Filters::from_bytes(BITS, &asked).map_err(unavailable)?;
    let told = (question.sex.as_deref(), question.birth_year);
    let names: Vec<String> = agreed
        .iter()
        .filter(|one| !leave_out.contains(&one.person))
        .filter(|one| !contradicts(told, (one.sex.as_deref(), one.birth_year)))
        .flat_map(|one| spellings(&one.names))
        .collect();
    if names.is_empty() || asked.is_empty() {
        return Ok(Known::Nobody);
    }
    let here = encode(&encoder(&secret)?, &names)?;
    let pairs = similar_pairs(&asked, &here, ALIKE).map_err(unavailable)?;
    Ok(if pairs.is_empty() { Known::Nobody } else { Known::Possible })
}

async fn own_answer(
    acting: &Acting<'_>,
    _signed: &Signed,
    vault: &palermo_store::UnlockedVault,
    record: &LookFor,
    question: &Question,
) -> Result<Known, Refused> {
    let mut context = acting.context(Action::LookFor)?.for_purpose(Purpose::Care).about(record.id);
    context.idempotency = None;
    let read = acting.app.store.read_personal(context).await?;
    let agreed = store::agreed(&read, vault).await?;
    compare(question, &agreed, &BTreeSet::from([record.person]))
}

/// Keeps an answer for the asker alone.
async fn keep(
    app: &App,
    record: &LookFor,
    answering: TenantId,
    to: &StaffKey,
    known: &Known,
) -> Result<(), Refused> {
    let desk = first_open(app, answering).await?.map(|desk| desk.name).unwrap_or_default();
    let clear = serde_json::to_vec(&Reply { known: *known, desk }).map_err(unavailable)?;
    let (owner, id) = (*record.tenant.uuid().as_bytes(), *record.id.uuid().as_bytes());
    let sealed = seal_to(&to.public, &answer_info(&owner, &id), &clear, &mut OsEntropy)
        .map_err(unavailable)?;
    let actor = Actor::System { job: "look-for".into() };
    let context = ActContext::new(record.tenant, actor, "look-for.answer").about(record.id);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    let answered_at = act.now();
    let answer = SealedAnswer { organisation: answering, sealed, answered_at };
    store::keep_answer(&mut act, record.id, &answer).await?;
    Ok(act.commit(&()).await?)
}

/// Ends the questions of a case, because the person took their yes back:
/// inside an act of the case's organisation. Where they were asked they find
/// nobody to answer, and a job empties them.
pub(super) async fn end(_app: &App, act: &mut Act, case: CaseId) -> Result<(), Refused> {
    for one in store::of_case(&*act, act.tenant(), case).await? {
        if one.record.ended_at.is_none() {
            let ended = LookFor { ended_at: Some(act.now()), ..one.record };
            store::update(act, &ended, one.revision).await?;
        }
    }
    Ok(())
}

/// One organisation's answer, as the asker sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The organisation.
    pub organisation: String,
    /// What it said; nothing while it has not, or for anyone but the asker.
    pub known: Option<Known>,
    /// The desk to ask.
    pub desk: String,
}

/// A question with its answers.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The question.
    pub record: LookFor,
    /// Whether the reader asked it: the answers are for them alone.
    pub mine: bool,
    /// The answers, one for each organisation asked.
    pub answers: Vec<Answered>,
}

/// The questions asked in a case. Only the asker's own key opens the answers.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(
    acting: &Acting<'_>,
    signed: &Signed,
    opened: &Opened,
) -> Result<Vec<Looked>, Refused> {
    let (tenant, account) = acting.member()?;
    let carried = carry_vault(acting.app, signed).await?;
    let mut all = Vec::new();
    for one in store::of_case(&opened.read, tenant, opened.file.id()).await? {
        let record = one.record;
        let mine = record.asked_by == account;
        let mut answers = Vec::new();
        if mine {
            let kept = store::answers(&opened.read, tenant, record.id).await?;
            let mut organisations: Vec<TenantId> = vec![tenant];
            organisations.extend(others(acting.app, tenant).await?.into_iter().map(|(id, _)| id));
            for organisation in organisations {
                let sealed = kept.iter().find(|answer| answer.organisation == organisation);
                let reply = sealed.and_then(|answer| {
                    let (_, secret) = carried.as_ref()?;
                    let (owner, id) = (*tenant.uuid().as_bytes(), *record.id.uuid().as_bytes());
                    let clear =
                        open_with(secret, &answer_info(&owner, &id), &answer.sealed).ok()?;
                    serde_json::from_slice::<Reply>(&clear).ok()
                });
                let name = tenants::find(&acting.app.store, organisation).await?;
                answers.push(Answered {
                    organisation: name.map(|tenant| tenant.record.name).unwrap_or_default(),
                    known: reply.as_ref().map(|reply| reply.known),
                    desk: reply.map(|reply| reply.desk).unwrap_or_default(),
                });
            }
        }
        all.push(Looked { record, mine, answers });
    }
    Ok(all)
}
