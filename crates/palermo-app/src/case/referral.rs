//! Referrals and transfers, the sender's side: what leaves is previewed item by
//! item, rests on consent or a legal basis, and is sealed to the recipient. A
//! clock shows until when an answer is due.

use super::{
    CaseFile, Opened,
    consent::{named, recipient},
    open::name_place,
    permitted, tell,
};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    actor::Actor,
    case::{
        Closure, Phase,
        referral::{Ask, Item, Referral, ReferralState, Step, Urgency},
        sharing::{Consent, LegalBasis, Recipient, ShareFor},
    },
    compartment::Compartment,
    id::{CaseId, Id, KeyId, ReferralId, TenantId},
    purpose::Purpose,
    safeguard::sharing::{Rests, Share, may_share},
};
use palermo_store::{
    ActContext, Begun, UnlockedVault, Versioned,
    case::{
        event as events,
        incoming::{self, Incoming},
        record,
    },
    keys::{compartment, sealed, staff},
};
use serde::{Deserialize, Serialize};

/// What someone typed to refer.
#[derive(Debug, Clone, Default)]
pub struct ReferralForm {
    /// `referral` or `transfer`.
    pub ask: String,
    /// The desk.
    pub desk: String,
    /// Kind of body.
    pub kind: String,
    /// For what.
    pub purpose: String,
    /// Which service.
    pub service: String,
    /// How soon.
    pub urgency: String,
    /// What it carries.
    pub items: Vec<String>,
    /// What the sender writes for this recipient.
    pub words: String,
    /// A legal basis instead of consent.
    pub basis: String,
}

/// What leaves, item by item: shown before it is sent, sealed when it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// Pseudonymous number at the sender.
    pub number: String,
    /// Items by code, with what they say.
    pub items: Vec<(String, String)>,
}

impl Payload {
    /// What an item says.
    #[must_use]
    pub fn item(&self, item: Item) -> Option<&str> {
        self.items.iter().find(|(code, _)| code == item.code()).map(|(_, text)| text.as_str())
    }
}

struct Parsed {
    ask: Ask,
    recipient: Recipient,
    purpose: ShareFor,
    service: String,
    urgency: Urgency,
    items: Vec<Item>,
}

async fn parse(acting: &Acting<'_>, form: &ReferralForm) -> Result<Parsed, Refused> {
    let mut problems = Problems::default();
    let to = recipient(acting, &form.desk, &form.kind, "", &mut problems).await?;
    let ask = Ask::from_code(&form.ask).unwrap_or(Ask::Referral);
    let purpose = ShareFor::from_code(&form.purpose).unwrap_or(ShareFor::Help);
    let urgency = Urgency::from_code(&form.urgency);
    if urgency.is_none() {
        problems.add("urgency", Message::new("error-choose"));
    }
    let service = problems.required("service", &form.service, 40);
    problems.bounded("words", &form.words, 4_000);
    let items = form.items.iter().filter_map(|code| Item::from_code(code));
    let items: Vec<Item> = items.filter(|item| item.goes_with(ask)).collect();
    problems.none()?;
    let (Some(recipient), Some(urgency)) = (to, urgency) else { return Err(Refused::NotFound) };
    Ok(Parsed { ask, recipient, purpose, service, urgency, items })
}

/// What exactly would leave.
///
/// # Errors
/// [`Refused::UnlockNeeded`] when the sender's key is not open.
pub async fn preview(opened: &Opened, form: &ReferralForm) -> Result<Payload, Refused> {
    let ask = Ask::from_code(&form.ask).unwrap_or(Ask::Referral);
    let (file, person) = (&opened.file, &opened.file.person.record);
    if opened.vault.is_none() {
        return Err(Refused::UnlockNeeded);
    }
    let mut payload = Payload { number: file.case.record.number(), items: Vec::new() };
    for item in form.items.iter().filter_map(|code| Item::from_code(code)) {
        if !item.goes_with(ask) {
            continue;
        }
        let case = file.id().uuid();
        let text = match item {
            Item::CallName => opened.text(name_place(person.id)).await?.unwrap_or_default(),
            Item::Age => person.age.code().to_owned(),
            Item::Language => person.language.clone(),
            Item::Communication => {
                person.communication.iter().map(|c| c.code()).collect::<Vec<_>>().join(" ")
            }
            Item::Urgent => {
                file.case.record.urgent.iter().map(|u| u.code()).collect::<Vec<_>>().join(" ")
            }
            Item::SafeContact => super::beside::safe_contact(opened).await?,
            Item::Words => form.words.trim().to_owned(),
            Item::Wishes => {
                opened.text(file.place("case_file", case, "wishes")).await?.unwrap_or_default()
            }
            Item::Story => {
                opened.text(file.place("case_file", case, "story")).await?.unwrap_or_default()
            }
        };
        if !text.is_empty() {
            payload.items.push((item.code().to_owned(), text));
        }
    }
    Ok(payload)
}

/// Sends a referral. Whether it may leave is decided inside the act, so that a
/// withdrawal a moment earlier stops it.
///
/// # Errors
/// [`Refused::Forbidden`] by R6 without consent or legal basis.
pub async fn send(
    acting: &Acting<'_>,
    opened: &Opened,
    form: &ReferralForm,
) -> Result<ReferralId, Refused> {
    let (tenant, account) = acting.member()?;
    let file =
        permitted(acting, opened.file.id(), Action::SendReferral, opened.file.purpose).await?;
    let parsed = parse(acting, form).await?;
    let payload = preview(opened, form).await?;
    let to = parsed.recipient.tenant.ok_or(Refused::NotFound)?;
    let id: ReferralId = acting.app.store.new_id();
    let clear = serde_json::to_vec(&payload).map_err(|e| Refused::Unavailable(e.to_string()))?;
    let envelope = incoming::seal_for(to, id, &holders(acting.app, to).await?, &clear)
        .map_err(|_| Refused::Declined(Message::new("case-referral-no-key")))?;
    let mut act = begin!(acting, file.context(acting, Action::SendReferral)?.about(id));
    let consents: Vec<Consent> = record::of_case::<Consent>(&act, tenant, file.id())
        .await?
        .into_iter()
        .map(|found| found.record)
        .collect();
    let law = match form.basis.parse::<palermo_domain::id::LegalBasisId>() {
        Ok(basis) => record::find::<LegalBasis>(&act, tenant, basis.uuid()).await?,
        Err(_) => None,
    };
    let law = law.map(|found| found.record);
    let share = Share {
        purpose: parsed.purpose,
        recipient: &parsed.recipient,
        ask: parsed.ask,
        items: &parsed.items,
    };
    let rests = match may_share(&share, &consents, law.as_ref(), act.now()) {
        Ok(rests) => rests,
        Err(forbidden) => {
            act.give_up().await?;
            return Err(forbidden.into());
        }
    };
    let (consent, basis) = match rests {
        Rests::Consent(consent) => (Some(consent.id), None),
        Rests::Law(law) => (None, Some(law.id)),
    };
    let referral = Referral {
        tenant,
        id,
        ask: parsed.ask,
        case: file.id(),
        person: file.person.record.id,
        recipient: parsed.recipient,
        purpose: parsed.purpose,
        service: parsed.service,
        urgency: parsed.urgency,
        items: parsed.items,
        consent,
        basis,
        state: ReferralState::Draft.after(Step::Send).map_err(impossible)?,
        decline: None,
        by: account,
        sent_at: Some(act.now()),
        answered_at: None,
        recorded_at: act.now(),
    };
    record::insert(&mut act, &referral).await?;
    let event = events::new(&act, file.id(), "referral-sent")
        .with("ask", referral.ask.code())
        .with("service", referral.service.clone())
        .with("recipient", named(acting, &referral.recipient).await?);
    tell(&mut act, None, referral.person, event, None).await?;
    act.commit(&id).await?;
    deliver(acting.app, &referral, &envelope).await?;
    Ok(id)
}

fn impossible(error: impl std::fmt::Display) -> Refused {
    Refused::Unavailable(error.to_string())
}

/// Key pairs at an organisation that may open what comes in.
async fn holders(app: &App, tenant: TenantId) -> Result<Vec<staff::StaffKey>, Refused> {
    let held: Vec<KeyId> = compartment::holders(&app.store, tenant, Compartment::Care).await?;
    let mut keys = Vec::new();
    for id in held {
        if let Some(key) = staff::find(&app.store, tenant, id).await?
            && key.retired_at.is_none()
        {
            keys.push(key);
        }
    }
    Ok(keys)
}

/// Puts a referral into the recipient's own records: an act in their log.
async fn deliver(
    app: &App,
    referral: &Referral,
    envelope: &incoming::Envelope,
) -> Result<(), Refused> {
    let Some(to) = referral.recipient.tenant else { return Ok(()) };
    let actor = Actor::System { job: "referral".into() };
    let context = ActContext::new(to, actor, "referral.deliver")
        .for_purpose(Purpose::Referral)
        .about(referral.id);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    let arrived = Incoming {
        tenant: to,
        id: referral.id,
        sender: referral.tenant,
        desk: referral.recipient.desk,
        ask: referral.ask,
        service: referral.service.clone(),
        urgency: referral.urgency,
        state: referral.state,
        decline: None,
        case: None,
        sent_at: referral.sent_at.unwrap_or(referral.recorded_at),
        answered_at: None,
        told_at: None,
        has_content: true,
    };
    incoming::deliver(&mut act, &arrived, envelope).await?;
    Ok(act.commit(&()).await?)
}

/// Referrals of a case, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(opened: &Opened) -> Result<Vec<Versioned<Referral>>, Refused> {
    let case = &opened.file.case.record;
    Ok(record::of_case(&opened.read, case.tenant, case.id).await?)
}

/// A step of the sender: takes it back, or answers a question with words that
/// are told in the case.
///
/// # Errors
/// [`Refused::Declined`] if the step does not follow.
pub async fn step(
    acting: &Acting<'_>,
    case: CaseId,
    id: ReferralId,
    step: Step,
    purpose: Purpose,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let file: CaseFile = permitted(acting, case, Action::SendReferral, purpose).await?;
    if step.side() != palermo_domain::case::referral::Side::Sender {
        return Err(Refused::NotFound);
    }
    let mut act = begin!(acting, file.context(acting, Action::SendReferral)?.about(id));
    let found = record::find::<Referral>(&act, tenant, id.uuid()).await?;
    let found = found.filter(|one| one.record.case == case).ok_or(Refused::NotFound)?;
    let mut referral = found.record;
    let Ok(state) = referral.state.after(step) else {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("case-referral-not-now")));
    };
    referral.state = state;
    record::update(&mut act, &referral, found.revision).await?;
    let event = events::new(&act, case, "referral-step").with("referral", state.code());
    tell(&mut act, None, referral.person, event, None).await?;
    act.commit(&()).await?;
    carry_out(acting.app, tenant).await
}

/// Tells both sides what the other did, and lets the clock run out. Safe to
/// call at any time; a job does.
///
/// # Errors
/// When the database does not answer.
pub async fn carry_out(app: &App, tenant: TenantId) -> Result<(), Refused> {
    for sent in record::of_tenant::<Referral>(&app.store, tenant, &[]).await? {
        let Some(to) = sent.record.recipient.tenant else { continue };
        let Some(there) = incoming::find(&app.store, to, sent.record.id).await? else { continue };
        if there.record.state == sent.record.state && !sent.record.has_expired(app.store.now()) {
            continue;
        }
        reconcile(app, &sent.record, &there.record).await?;
    }
    Ok(())
}

/// One referral on both sides. The person's and the sender's taking back wins;
/// otherwise the recipient's answer.
async fn reconcile(app: &App, sent: &Referral, there: &Incoming) -> Result<(), Refused> {
    let actor = || Actor::System { job: "referral".into() };
    let sender_ended = matches!(
        sent.state,
        ReferralState::Withdrawn | ReferralState::Cancelled | ReferralState::Expired
    );
    if sent.has_expired(app.store.now()) && there.state.waits_for_answer() {
        let context = ActContext::new(there.tenant, actor(), "referral.expire").about(sent.id);
        if let Begun::Fresh(mut act) = app.store.act(context).await? {
            if let Some(mut now) = incoming::find(&act, there.tenant, sent.id).await?
                && let Ok(state) = now.record.state.after(Step::Expire)
            {
                now.record.state = state;
                incoming::update(&mut act, &now.record, now.revision).await?;
            }
            act.commit(&()).await?;
        }
        return Box::pin(carry_out_one(app, sent)).await;
    }
    if sender_ended {
        let context = ActContext::new(there.tenant, actor(), "referral.withdraw").about(sent.id);
        let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
        if let Some(mut now) = incoming::find(&act, there.tenant, sent.id).await? {
            now.record.state = sent.state;
            incoming::update(&mut act, &now.record, now.revision).await?;
        }
        return Ok(act.commit(&()).await?);
    }
    carry_out_one(app, sent).await
}

/// Brings the recipient's answer to the sender's case.
pub(super) async fn carry_out_one(app: &App, sent: &Referral) -> Result<(), Refused> {
    let Some(to) = sent.recipient.tenant else { return Ok(()) };
    let actor = Actor::System { job: "referral".into() };
    let context = ActContext::new(sent.tenant, actor, "referral.answer")
        .for_purpose(Purpose::Referral)
        .about(sent.case)
        .about(sent.id);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    let mine = record::find::<Referral>(&act, sent.tenant, sent.id.uuid()).await?;
    let there = incoming::find(&app.store, to, sent.id).await?;
    let (Some(mine), Some(there)) = (mine, there) else {
        return Ok(act.give_up().await?);
    };
    let ended = mine.record.state.is_over() || mine.record.state == there.record.state;
    if ended {
        return Ok(act.give_up().await?);
    }
    let mut referral = mine.record;
    referral.state = there.record.state;
    referral.decline = there.record.decline;
    referral.answered_at = there.record.answered_at;
    record::update(&mut act, &referral, mine.revision).await?;
    let mut event =
        events::new(&act, referral.case, "referral-step").with("referral", referral.state.code());
    if let Some(reason) = referral.decline {
        event = event.with("reason", reason.code());
    }
    events::insert(&mut act, &event).await?;
    if referral.ask == Ask::Transfer && referral.state == ReferralState::Accepted {
        // Responsibility has moved: only now, with the acceptance.
        super::change(&mut act, referral.case, |case| {
            case.phase = Phase::Closed;
            case.closed_at = there.record.answered_at;
            case.closure = Some(Closure::Transferred);
        })
        .await?;
    }
    Ok(act.commit(&()).await?)
}

/// Whether the reader may refer in this case, for buttons.
#[must_use]
pub fn may_send(acting: &Acting<'_>, file: &CaseFile) -> bool {
    let about: Resource = super::resource(&file.case.record, &file.team, acting.now());
    acting.may_for(Action::SendReferral, &about, file.purpose).allowed
}

/// Keeps a story that came with a transfer.
pub(super) async fn keep_words(
    act: &mut palermo_store::Act,
    vault: &UnlockedVault,
    case: &palermo_domain::case::Case,
    payload: &Payload,
) -> Result<(), Refused> {
    for (item, field) in [(Item::Story, "story"), (Item::Wishes, "wishes")] {
        let Some(text) = payload.item(item) else { continue };
        let place = sealed::Place {
            person: case.person,
            table: "case_file",
            record: case.id.uuid(),
            field,
            compartment: Compartment::Care,
        };
        sealed::put(act, vault, place, text.as_bytes()).await?;
    }
    Ok(())
}
