//! The person's own view of what is held. No account exists: a worker prepares
//! a view with the person's record open, and a slip of paper carries the code.
//! What the view shows is sealed by that code; the server alone opens nothing,
//! and nothing is sent anywhere. When it is closed, or its hour is over, the
//! row is gone.

use super::{
    own_answer::{self, HeldRequest},
    own_more::HeldMore,
    read::words,
};
use crate::{
    Acting, App, Message, Refused,
    access::Action,
    begin_unrepeated,
    case::{self, looked, words as texts},
    keys::stretch,
    session::Signed,
    throttle,
};
use palermo_crypto::{Entropy, Key, OsEntropy, StaffSecret, VaultKey, open_with, seal_to};
use palermo_domain::{
    actor::Actor,
    care::{
        CareKind,
        form::FieldType,
        own_view::{CODE_LIVES, CODE_TRIES, OPEN_FOR, code, normal_code},
    },
    case::{sharing::Consent, team::TeamPart},
    compartment::Compartment,
    id::{AccountId, CaseId, ConsentId, Id, OwnViewId, TenantId},
    moment::Moment,
    purpose::Purpose,
    register::day::Day,
};
use palermo_store::{
    ActContext, Begun, Entry, Outcome, Paging, care,
    case::record,
    own_view::{self as views, OwnView},
    tenant as tenants,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::{collections::BTreeMap, net::IpAddr};
use zeroize::Zeroizing;

/// Most entries of "who looked".
const LOOKS: u64 = 200;

/// What a view shows: made with the worker's key, read with the code.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Bundle {
    /// Organisation.
    pub tenant: TenantId,
    /// Its name.
    pub house: String,
    /// Case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// When it was made.
    pub on: Day,
    /// Who carries the case: requests are sealed to them.
    pub leads: Vec<AccountId>,
    /// Age group, language.
    pub age: String,
    /// Language (BCP 47).
    pub language: String,
    /// Texts of the case by field.
    pub texts: Vec<(String, String)>,
    /// What was planned and done.
    pub records: Vec<HeldRecord>,
    /// Who looked.
    pub looked: Vec<Look>,
    /// What the person said about sharing, the latest first.
    #[serde(default)]
    pub consents: Vec<HeldConsent>,
    /// What else is held: how to reach them, referrals, decisions, the team, work.
    #[serde(default)]
    pub more: HeldMore,
    /// What they asked for, and what was answered, the latest first.
    #[serde(default)]
    pub requests: Vec<HeldRequest>,
}

/// An answer about sharing as its person sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HeldConsent {
    /// The consent.
    pub id: ConsentId,
    /// With whom.
    pub recipient: String,
    /// For what: a code.
    pub purpose: String,
    /// What they said: a code.
    pub answer: String,
    /// When they said it.
    pub on: Day,
    /// Whether it can be taken back now.
    pub holds: bool,
    /// When it was taken back.
    pub withdrawn: Option<Day>,
    /// Who received something on it: name and answer code.
    pub received: Vec<(String, String)>,
}

/// A care record as its person sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HeldRecord {
    /// Kind.
    pub kind: CareKind,
    /// Coded facts.
    pub facts: Map<String, Value>,
    /// Words; names of others only in `others`.
    pub words: BTreeMap<String, String>,
    /// Names of others (a lawyer, a guardian): shown, never in the copy.
    pub others: BTreeMap<String, String>,
    /// When it was written down.
    pub on: Day,
}

/// Someone who looked or wrote.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Look {
    /// When.
    pub on: Day,
    /// Name of the member of staff; empty for the program itself.
    pub who: String,
    /// What they did: `looked`, `passed-on`, `refused`, or an action's code.
    pub action: String,
    /// When exactly, where something was passed on.
    #[serde(default)]
    pub at: Option<Moment>,
    /// To whom something was passed on; empty otherwise.
    #[serde(default)]
    pub to: String,
}

/// A view prepared: the code is shown once and kept nowhere.
#[derive(Debug)]
pub struct Prepared {
    /// Written on a slip.
    pub code: String,
    /// The view.
    pub id: OwnViewId,
    /// Minutes until it can no longer be used.
    pub minutes: u64,
}

fn unavailable(error: impl std::fmt::Display) -> Refused {
    Refused::Unavailable(error.to_string())
}

fn info<'a>(tenant: &'a [u8; 16], view: &'a [u8; 16]) -> [&'a [u8]; 3] {
    [b"own view v1", tenant, view]
}

/// The key the twelve secret signs of a code give.
pub(super) async fn stretched(app: &App, signs: &str, salt: &[u8]) -> Result<VaultKey, Refused> {
    stretch(app, Zeroizing::new(signs.to_owned()), salt.to_vec()).await
}

/// Prepares a view, at the person's request, with one's own key open.
///
/// # Errors
/// [`Refused::UnlockNeeded`] without an open key; whatever access refuses.
pub async fn prepare(
    acting: &Acting<'_>,
    signed: &Signed,
    id: CaseId,
) -> Result<Prepared, Refused> {
    let (_, account) = acting.member()?;
    let purpose = Purpose::PersonsRequest;
    super::permitted(acting, id, Action::PrepareOwnView, purpose).await?;
    let bundle = bundle(acting, signed, id).await?;
    let mut random = [0u8; 16];
    let mut salt = [0u8; 16];
    OsEntropy.fill(&mut random).map_err(unavailable)?;
    OsEntropy.fill(&mut salt).map_err(unavailable)?;
    let shown = code(random);
    let plain = normal_code(&shown).ok_or_else(|| unavailable("a code cannot be read back"))?;
    let (slip, signs) = plain.split_at(4);
    let secret = StaffSecret::generate(&mut OsEntropy).map_err(unavailable)?;
    let by = stretched(acting.app, signs, &salt).await?;
    let context = acting.context(Action::PrepareOwnView)?.for_purpose(purpose).about(id);
    let mut act = begin_unrepeated!(acting, context);
    let now = act.now();
    views::sweep(&mut act, now).await?;
    let view: OwnViewId = act.new_id();
    let (tenant, key) = (*act.tenant().uuid().as_bytes(), *view.uuid().as_bytes());
    let owner = info(&tenant, &key);
    let clear = Zeroizing::new(serde_json::to_vec(&bundle).map_err(unavailable)?);
    let row = OwnView {
        tenant: act.tenant(),
        id: view,
        case: id,
        opened_by: account,
        language: bundle.language.clone(),
        slip: slip.to_owned(),
        salt: salt.to_vec(),
        secret: by.seal_secret(&owner, &secret, &mut OsEntropy).map_err(unavailable)?,
        bundle: seal_to(&secret.public(), &owner, &clear, &mut OsEntropy).map_err(unavailable)?,
        tries: 0,
        expires_at: now.after(CODE_LIVES),
        used_at: None,
    };
    act.about(view);
    views::insert(&mut act, &row).await?;
    act.commit(&()).await?;
    Ok(Prepared { code: shown, id: view, minutes: CODE_LIVES.as_secs() / 60 })
}

async fn bundle(acting: &Acting<'_>, signed: &Signed, id: CaseId) -> Result<Bundle, Refused> {
    let purpose = Purpose::PersonsRequest;
    let opened = case::look_for(acting, Some(signed), id, Action::ReadCase, purpose).await?;
    let paging = Paging { page: 1, size: LOOKS };
    let (entries, names) = looked::entries(acting, &opened, paging).await?;
    let sent = case::referral::list(&opened).await?;
    let more = HeldMore::of(acting, &opened, &sent).await?;
    if opened.vault_for(Compartment::Care).is_none() {
        return Err(Refused::UnlockNeeded);
    }
    let texts = texts::read(&opened).await?;
    let tenant = opened.file.case.record.tenant;
    let house = tenants::find(&acting.app.store, tenant).await?;
    let mut records = Vec::new();
    for record in care::of_case(&opened.read, tenant, id).await? {
        let all = words(&opened.read, opened.vault.as_ref(), &opened.file, &record.record).await?;
        let kind = record.record.kind();
        let (others, words) =
            all.into_iter().partition(|(field, _)| names_another(acting.app, kind, field));
        records.push(HeldRecord {
            kind,
            facts: record.record.body.facts(),
            words,
            others,
            on: record.record.recorded_at.date().into(),
        });
    }
    let now = acting.now();
    let leads = opened.file.team_at(now).filter(|member| member.part == TeamPart::Lead);
    let file = &opened.file;
    Ok(Bundle {
        tenant,
        house: house.map(|house| house.record.name).unwrap_or_default(),
        case: id,
        number: file.case.record.number(),
        on: now.date().into(),
        leads: leads.map(|member| member.account).collect(),
        age: file.person.record.age.code().to_owned(),
        language: file.person.record.language.clone(),
        texts: texts
            .into_iter()
            .filter(|seen| !seen.text.is_empty())
            .map(|seen| (seen.field.code().to_owned(), seen.text))
            .collect(),
        records,
        consents: consents(acting, &opened).await?,
        requests: own_answer::held(acting, signed, &opened).await?,
        looked: entries.items.iter().map(|entry| look(entry, &names, &more)).collect(),
        more,
    })
}

async fn consents(acting: &Acting<'_>, opened: &case::Opened) -> Result<Vec<HeldConsent>, Refused> {
    let told = case::withdrawal::of_case(opened).await?;
    let mut held = Vec::new();
    for one in case::consent::list(opened).await? {
        let consent = one.record;
        let recipient = case::consent::about(acting, &consent.recipient).await?;
        let mine = told.iter().filter(|notice| notice.record.consent == Some(consent.id));
        held.push(HeldConsent {
            id: consent.id,
            purpose: case::consent::share_code(&consent).to_owned(),
            answer: consent.answer.code().to_owned(),
            on: consent.happened_at.date().into(),
            holds: consent.holds_at(acting.now()),
            withdrawn: consent.withdrawn_at.map(|at| at.date().into()),
            received: mine
                .map(|notice| (recipient.clone(), notice.record.answer.code().to_owned()))
                .collect(),
            recipient,
        });
    }
    Ok(held)
}

/// Whether a field holds the name of someone else.
fn names_another(app: &App, kind: CareKind, field: &str) -> bool {
    let form = app.care.forms.of(kind);
    let found = form.and_then(|form| form.fields.iter().find(|one| one.name == field));
    found.is_some_and(|one| one.takes == FieldType::Name)
}

/// What someone did, in a word. Opening a page or a form changes nothing and is
/// looking; passed on is what was sent, and that alone.
fn look(entry: &Entry, names: &BTreeMap<AccountId, String>, more: &HeldMore) -> Look {
    let who = entry.actor.account().and_then(|account| names.get(&account).cloned());
    let by_action = entry.action == Action::SendReferral.code();
    let sent = more.referrals.iter().find(|one| by_action && one.sent_by(entry));
    let did = match (entry.outcome == Outcome::Refused, sent) {
        (true, _) => "refused",
        (false, Some(_)) => "passed-on",
        (false, None) if entry.rows.is_empty() => "looked",
        (false, None) => entry.action.as_str(),
    };
    Look {
        on: entry.recorded_at.date().into(),
        who: who.unwrap_or_default(),
        action: did.to_owned(),
        at: sent.map(|_| entry.recorded_at),
        to: sent.map(|one| one.to.clone()).unwrap_or_default(),
    }
}

/// Opens a view with the code from the slip; gives what the browser keeps.
///
/// # Errors
/// [`Refused::Invalid`] for a code that opens nothing, the same for every
/// reason; [`Refused::TooMany`] after too many tries from one place.
pub async fn enter(app: &App, typed: &str, source: Option<IpAddr>) -> Result<String, Refused> {
    let wrong = || Refused::field("code", Message::new("own-error-code"));
    let Some(plain) = normal_code(typed) else { return Err(wrong()) };
    let (slip, signs) = plain.split_at(4);
    throttle::may_try(app, &format!("own-view:{slip}"), source, None).await?;
    let now = app.store.now();
    for found in views::of_slip(&app.store, slip, now).await? {
        let mut view = found.record;
        if view.tries >= CODE_TRIES || view.used_at.is_some() {
            continue;
        }
        let (tenant, id) = (*view.tenant.uuid().as_bytes(), *view.id.uuid().as_bytes());
        let by = stretched(app, signs, &view.salt).await?;
        let opened = by.open_secret(&info(&tenant, &id), &view.secret);
        let right = opened.is_ok();
        let context = ActContext::new(view.tenant, Actor::Public, Action::OwnView.code())
            .for_purpose(Purpose::PersonsRequest)
            .about(view.case)
            .about(view.id)
            .because(if right { "opened" } else { "wrong-code" });
        let Begun::Fresh(mut act) = app.store.act(context).await? else { return Err(wrong()) };
        if right {
            view.used_at = Some(act.now());
            view.expires_at = act.now().after(OPEN_FOR);
        } else {
            view.tries = view.tries.saturating_add(1);
        }
        views::update(&mut act, &view, found.revision).await?;
        act.commit(&()).await?;
        if let Ok(secret) = opened {
            let key = hex::encode(secret.to_key().as_bytes());
            let tenant = view.tenant.uuid().simple();
            return Ok(format!("{tenant}.{}.{key}", view.id.uuid().simple()));
        }
    }
    Err(wrong())
}

/// What the browser of an open view brings.
struct Brought {
    tenant: TenantId,
    view: OwnViewId,
    secret: StaffSecret,
}

fn brought(cookie: &str) -> Option<Brought> {
    let mut parts = cookie.split('.');
    let tenant = TenantId::from_uuid(uuid::Uuid::try_parse(parts.next()?).ok()?);
    let view = OwnViewId::from_uuid(uuid::Uuid::try_parse(parts.next()?).ok()?);
    let bytes: [u8; 32] = hex::decode(parts.next()?).ok()?.try_into().ok()?;
    let secret = StaffSecret::from_key(&Key::from_bytes(bytes)).ok()?;
    parts.next().is_none().then_some(Brought { tenant, view, secret })
}

/// What an open view shows.
///
/// # Errors
/// [`Refused::NotFound`] once it is closed or its time is over.
pub async fn look_at(app: &App, cookie: &str) -> Result<(OwnView, Bundle), Refused> {
    let Some(Brought { tenant, view, secret }) = brought(cookie) else {
        return Err(Refused::NotFound);
    };
    let found = views::find(&app.store, tenant, view).await?.ok_or(Refused::NotFound)?.record;
    if found.used_at.is_none() || found.expires_at <= app.store.now() {
        return Err(Refused::NotFound);
    }
    let (tenant, id) = (*tenant.uuid().as_bytes(), *view.uuid().as_bytes());
    let clear = open_with(&secret, &info(&tenant, &id), &found.bundle);
    let clear = clear.map_err(|_| Refused::NotFound)?;
    let mut bundle: Bundle = serde_json::from_slice(&clear).map_err(unavailable)?;
    // What was taken back since the view was made stands in clear coded facts.
    for held in bundle.consents.iter_mut().filter(|held| held.holds) {
        let now = record::find::<Consent>(&app.store, found.tenant, held.id.uuid()).await?;
        let taken = now.and_then(|now| now.record.withdrawn_at);
        held.holds = taken.is_none();
        held.withdrawn = taken.map(|at| at.date().into());
    }
    Ok((found, bundle))
}

/// Closes a view: its row is gone.
///
/// # Errors
/// When the database does not answer.
pub async fn close(app: &App, cookie: &str) -> Result<(), Refused> {
    let Ok((view, _)) = look_at(app, cookie).await else { return Ok(()) };
    let context = ActContext::new(view.tenant, Actor::Public, Action::OwnView.code())
        .for_purpose(Purpose::PersonsRequest)
        .about(view.case)
        .about(view.id)
        .because("closed");
    if let Begun::Fresh(mut act) = app.store.act(context).await? {
        views::remove(&mut act, &view).await?;
        act.commit(&()).await?;
    }
    Ok(())
}

/// Whether the reader may prepare a view of this case: for the link.
#[must_use]
pub fn may_prepare(acting: &Acting<'_>, file: &case::CaseFile) -> bool {
    let team = file.team_at(acting.now()).map(|member| member.account).collect();
    let about = crate::access::Resource::of(file.case.record.tenant).with_team(team);
    acting.may_for(Action::PrepareOwnView, &about, Purpose::PersonsRequest).allowed
}
