//! Referrals and transfers, the sender's side: what leaves is previewed item by
//! item, rests on consent or a legal basis, and is sealed to the recipient. A
//! clock shows until when an answer is due.

pub use super::carry_out::carry_out;
use super::{
    CaseFile, Opened, abroad,
    carry_out::deliver_waiting,
    consent::{named, recipient},
    never_told,
    open::name_place,
    permitted, tell,
};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin, care,
};
use palermo_domain::{
    case::{
        referral::{Ask, Decline, Item, Referral, ReferralState, Side, Step, Urgency},
        sharing::{Answer, Consent, LegalBasis, Recipient, ShareFor},
    },
    compartment::Compartment,
    id::{CaseId, ConsentId, Id, KeyId, LegalBasisId, ReferralId, TenantId},
    moment::Moment,
    purpose::Purpose,
    safeguard::{
        abroad::{border_may_be_crossed, may_be_told},
        sharing::{Rests, Share, is_about, may_share},
    },
};
use palermo_store::{
    Db, UnlockedVault, Versioned,
    case::{
        background as backgrounds, event as events, incoming,
        outgoing::{self, Outgoing},
        record,
    },
    keys::{compartment, sealed, staff},
    tenant as tenants,
};
use serde::{Deserialize, Serialize};

/// The reason in the log of the act with which something leaves, and of no
/// other: by it the person's own view tells what was passed on.
pub(crate) const SENT: &str = "sent";

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
    /// A body that is not here, instead of a desk: gets a sealed file.
    pub outside: String,
    /// Whom that file says it comes from; empty for the house's own name.
    pub sender: String,
    /// For how many days that file can be fetched.
    pub days: String,
    /// Why a transfer leaves the list of who is never told behind; sealed.
    pub left_why: String,
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

/// What is asked of whom, checked.
pub(super) struct Order {
    ask: Ask,
    recipient: Recipient,
    purpose: ShareFor,
    service: String,
    urgency: Urgency,
    items: Vec<Item>,
}

/// Checks what was typed, but for the recipient.
pub(super) fn order(form: &ReferralForm, recipient: Recipient) -> Result<Order, Refused> {
    let mut problems = Problems::default();
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
    let urgency = urgency.ok_or(Refused::NotFound)?;
    Ok(Order { ask, recipient, purpose, service, urgency, items })
}

impl Order {
    /// The same with the items that have something to say alone: what was empty did
    /// not leave.
    pub(super) fn carrying(mut self, payload: &Payload) -> Self {
        self.items.retain(|item| payload.item(*item).is_some());
        self
    }

    /// The referral as it is sent now.
    pub(super) fn referral(
        self,
        act: &palermo_store::Act,
        acting: &Acting<'_>,
        file: &CaseFile,
        id: ReferralId,
        (consent, basis): (Option<ConsentId>, Option<LegalBasisId>),
    ) -> Result<Referral, Refused> {
        let (tenant, account) = acting.member()?;
        Ok(Referral {
            tenant,
            id,
            ask: self.ask,
            case: file.id(),
            person: file.person.record.id,
            recipient: self.recipient,
            purpose: self.purpose,
            service: self.service,
            urgency: self.urgency,
            items: self.items,
            consent,
            basis,
            state: ReferralState::Draft.after(Step::Send).map_err(impossible)?,
            decline: None,
            by: account,
            sent_at: Some(act.now()),
            answered_at: None,
            ends_at: None,
            recorded_at: act.now(),
        })
    }
}

/// On what sharing rests.
enum Ground {
    /// This consent, given at this moment.
    Consent(ConsentId, Moment),
    /// This legal basis.
    Law(LegalBasisId),
}

/// Whether something about a case may be shared, and on what it rests: the person's last
/// word about it, or the legal basis that is named.
async fn ground(
    db: &dyn Db,
    (tenant, case): (TenantId, CaseId),
    basis: Option<LegalBasisId>,
    share: &Share<'_>,
    now: Moment,
) -> Result<Ground, Refused> {
    // Whom the person fears is told nothing, whatever else would allow it (E17).
    let never = never_told::standing(db, tenant, case).await?;
    may_be_told(&never, share.recipient)?;
    let found = record::of_case::<Consent>(db, tenant, case).await?;
    let consents: Vec<Consent> = found.into_iter().map(|one| one.record).collect();
    let law = match basis {
        Some(basis) => record::find::<LegalBasis>(db, tenant, basis.uuid()).await?,
        None => None,
    };
    let law = law.map(|found| found.record);
    Ok(match may_share(share, &consents, law.as_ref(), now)? {
        Rests::Consent(consent) => Ground::Consent(consent.id, consent.happened_at),
        Rests::Law(law) => Ground::Law(law.id),
    })
}

/// Whether a recipient works in the person's State of origin, and not in the State of
/// who shares.
async fn is_home(db: &dyn Db, file: &CaseFile, to: &Recipient) -> Result<bool, Refused> {
    let tenant = file.case.record.tenant;
    let Some(there) = to.tenant else { return Ok(false) };
    let there = tenants::find(db, there).await?.and_then(|one| one.record.state);
    let here = tenants::find(db, tenant).await?.and_then(|one| one.record.state);
    let Some(there) = there.filter(|there| here.as_ref() != Some(there)) else {
        return Ok(false);
    };
    let found = backgrounds::find(db, tenant, file.person.record.id).await?;
    let from = found.map(|one| one.record.nationalities).unwrap_or_default();
    Ok(from.iter().any(|state| state == there.as_str()))
}

/// On what sharing rests, decided inside the act that shares.
///
/// # Errors
/// [`Refused::Forbidden`] by R6; [`Refused::Declined`] while the person has asked
/// that nothing is passed on (E23).
pub(super) async fn rests_on(
    act: &palermo_store::Act,
    file: &CaseFile,
    form: &ReferralForm,
    order: &Order,
) -> Result<(Option<ConsentId>, Option<LegalBasisId>), Refused> {
    let share = Share {
        purpose: order.purpose,
        recipient: &order.recipient,
        ask: order.ask,
        items: &order.items,
    };
    let of = (file.case.record.tenant, file.id());
    care::own_answer::may_pass_on(act, of.0, of.1).await?;
    let risk = abroad::risk_today(act, of, act.now().date().into()).await?;
    let home = is_home(act, file, &order.recipient).await?;
    border_may_be_crossed(&order.recipient, home, risk)?;
    Ok(match ground(act, of, form.basis.parse().ok(), &share, act.now()).await? {
        Ground::Consent(consent, _) => (Some(consent), None),
        Ground::Law(law) => (None, Some(law)),
    })
}

/// The consent on which a question to this body rests now, decided inside the act that
/// sends it: no law opens the way to a person's State of origin (R6).
///
/// # Errors
/// As [`rests_on`].
pub(super) async fn agreed_to(
    db: &dyn Db,
    file: &CaseFile,
    (recipient, purpose): (&Recipient, ShareFor),
    now: Moment,
) -> Result<ConsentId, Refused> {
    let items = [Item::CallName];
    let share = Share { purpose, recipient, ask: Ask::Referral, items: &items };
    let of = (file.case.record.tenant, file.id());
    care::own_answer::may_pass_on(db, of.0, of.1).await?;
    match ground(db, of, None, &share, now).await? {
        Ground::Consent(consent, _) => Ok(consent),
        Ground::Law(_) => Err(Refused::NotFound),
    }
}

/// Whether what a referral rested on holds now, decided inside the act that passes
/// more on: the person's last word about it, or the legal basis it was sent on.
///
/// # Errors
/// [`Refused::Forbidden`] by R6.
pub(super) async fn still_rests(act: &palermo_store::Act, sent: &Referral) -> Result<(), Refused> {
    let share = Share {
        purpose: sent.purpose,
        recipient: &sent.recipient,
        ask: sent.ask,
        items: &sent.items,
    };
    care::own_answer::may_pass_on(act, sent.tenant, sent.case).await?;
    ground(act, (sent.tenant, sent.case), sent.basis, &share, act.now()).await.map(drop)
}

/// On what a referral would rest if it left now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// The person agreed to this recipient and purpose at this moment.
    Agreed(Moment),
    /// A legal basis covers it.
    Law,
    /// Nothing: the person is asked first (R6).
    Nothing,
    /// The person said no or not now, or took a yes back, at this moment.
    Refused(Moment),
    /// The body is never asked or told of the person (E17).
    Never,
}

/// On what a referral would rest, said before it is sent; nothing while no
/// recipient is named. Whether it may leave is decided again in the act.
///
/// # Errors
/// When the database does not answer.
pub async fn rests(
    acting: &Acting<'_>,
    opened: &Opened,
    form: &ReferralForm,
) -> Result<Option<Rest>, Refused> {
    let mut problems = Problems::default();
    let to = recipient(acting, &form.desk, &form.kind, &form.outside, &mut problems).await?;
    let Some(to) = to else { return Ok(None) };
    let share = Share {
        purpose: ShareFor::from_code(&form.purpose).unwrap_or(ShareFor::Help),
        recipient: &to,
        ask: Ask::from_code(&form.ask).unwrap_or(Ask::Referral),
        items: &[],
    };
    let of = (opened.file.case.record.tenant, opened.file.id());
    let basis = form.basis.parse().ok();
    Ok(Some(match ground(&opened.read, of, basis, &share, acting.now()).await {
        Ok(Ground::Consent(_, at)) => Rest::Agreed(at),
        Ok(Ground::Law(_)) => Rest::Law,
        Err(Refused::Forbidden(_)) => unshared(acting, opened, &share).await?,
        Err(refused) => return Err(refused),
    }))
}

/// Why nothing covers it: the body is never told, the person said no, or nobody asked.
async fn unshared(
    acting: &Acting<'_>,
    opened: &Opened,
    share: &Share<'_>,
) -> Result<Rest, Refused> {
    let (tenant, case) = (opened.file.case.record.tenant, opened.file.id());
    let never = never_told::standing(&opened.read, tenant, case).await?;
    if may_be_told(&never, share.recipient).is_err() {
        return Ok(Rest::Never);
    }
    let said = super::consent::list(opened).await?;
    let last = said
        .iter()
        .map(|one| &one.record)
        .filter(|one| is_about(one, share))
        .filter(|one| one.happened_at <= acting.now())
        .max_by_key(|one| (one.happened_at, one.recorded_at));
    Ok(match last {
        Some(one) if one.answer != Answer::Yes => Rest::Refused(one.happened_at),
        Some(one) => one.withdrawn_at.map_or(Rest::Nothing, Rest::Refused),
        None => Rest::Nothing,
    })
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
            Item::NeverTold => never_told::lines(opened).await?,
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
/// withdrawal a moment earlier stops it. What leaves is kept, sealed, until it
/// has arrived: a crash on the way sends it again.
///
/// # Errors
/// [`Refused::Forbidden`] by R6 without consent or legal basis.
pub async fn send(
    acting: &Acting<'_>,
    opened: &Opened,
    form: &ReferralForm,
) -> Result<ReferralId, Refused> {
    let file =
        permitted(acting, opened.file.id(), Action::SendReferral, opened.file.purpose).await?;
    let mut problems = Problems::default();
    let recipient = recipient(acting, &form.desk, &form.kind, "", &mut problems).await?;
    let order = match recipient {
        Some(recipient) if problems.0.is_empty() => order(form, recipient)?,
        _ => {
            problems.none()?;
            return Err(Refused::NotFound);
        }
    };
    let left = never_told::left_behind(opened, form).await?;
    let payload = preview(opened, form).await?;
    let to = order.recipient.tenant.ok_or(Refused::NotFound)?;
    let id: ReferralId = acting.app.store.new_id();
    let clear = serde_json::to_vec(&payload).map_err(|e| Refused::Unavailable(e.to_string()))?;
    let envelope = incoming::seal_for(to, id, &holders(acting.app, to).await?, &clear)
        .map_err(|_| Refused::Declined(Message::new("case-referral-no-key")))?;
    let context = file.context(acting, Action::SendReferral)?.about(id).because(SENT);
    let mut act = begin!(acting, context);
    let rests = match rests_on(&act, &file, form, &order).await {
        Ok(rests) => rests,
        Err(refused) => {
            act.give_up().await?;
            return Err(refused);
        }
    };
    let referral = order.carrying(&payload).referral(&act, acting, &file, id, rests)?;
    record::insert(&mut act, &referral).await?;
    outgoing::put(&mut act, &Outgoing { id, recipient: to, envelope }).await?;
    let event = events::new(&act, file.id(), "referral-sent")
        .with("ask", referral.ask.code())
        .with("service", referral.service.clone())
        .with("recipient", named(acting.app, &referral.recipient).await?);
    tell(&mut act, None, referral.person, event, None).await?;
    never_told::tell_left(&mut act, opened, left.as_deref()).await?;
    act.commit(&id).await?;
    deliver_waiting(acting.app, referral.tenant).await?;
    Ok(id)
}

fn impossible(error: impl std::fmt::Display) -> Refused {
    Refused::Unavailable(error.to_string())
}

/// Key pairs at an organisation that may open what comes in.
pub(super) async fn holders(app: &App, tenant: TenantId) -> Result<Vec<staff::StaffKey>, Refused> {
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

/// Referrals of a case, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(opened: &Opened) -> Result<Vec<Versioned<Referral>>, Refused> {
    let case = &opened.file.case.record;
    Ok(record::of_case(&opened.read, case.tenant, case.id).await?)
}

/// A step of the sender: takes it back. What a body that is not here answered, and
/// that its question was, is written down by the sender too; what is answered to one
/// that is here goes in words ([`super::questions::answer`]).
///
/// # Errors
/// [`Refused::Declined`] if the step does not follow.
pub async fn step(
    acting: &Acting<'_>,
    case: CaseId,
    id: ReferralId,
    step: Step,
    decline: Option<Decline>,
    purpose: Purpose,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let file: CaseFile = permitted(acting, case, Action::SendReferral, purpose).await?;
    if step == Step::Decline && decline.is_none() {
        return Err(Refused::field("decline", Message::new("error-choose")));
    }
    let mut act = begin!(acting, file.context(acting, Action::SendReferral)?.about(id));
    let found = record::find::<Referral>(&act, tenant, id.uuid()).await?;
    let Some(found) = found.filter(|one| one.record.case == case) else {
        act.give_up().await?;
        return Err(Refused::NotFound);
    };
    let mut referral = found.record;
    let outside = referral.recipient.tenant.is_none();
    let theirs = outside && step.side() == Side::Recipient;
    let own = step.side() == Side::Sender && (outside || step != Step::Inform);
    if !own && !theirs {
        act.give_up().await?;
        return Err(Refused::NotFound);
    }
    let Ok(state) = referral.state.after(step) else {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("case-referral-not-now")));
    };
    let before = std::mem::replace(&mut referral.state, state);
    if theirs {
        referral.decline = decline.filter(|_| step == Step::Decline);
        referral.answered_at = Some(act.now());
        super::carry_out::file_unmet(acting.app, &mut act, &referral).await?;
    }
    if step == Step::Cancel {
        outgoing::gone(&mut act, id).await?;
        super::sealed_file::revoke_of(&mut act, &referral).await?;
    }
    super::questions::moved(&mut act, &referral, found.revision, before).await?;
    let event = events::new(&act, case, "referral-step").with("referral", state.code());
    tell(&mut act, None, referral.person, event, None).await?;
    act.commit(&()).await?;
    carry_out(acting.app, tenant).await
}

/// Takes a referral back inside an act of its sender: nothing more leaves with it.
///
/// # Errors
/// [`Refused::Declined`] if it can no longer be taken back.
pub(super) async fn take_back(
    act: &mut palermo_store::Act,
    found: Versioned<Referral>,
) -> Result<(), Refused> {
    let mut referral = found.record;
    let Ok(state) = referral.state.after(Step::Cancel) else {
        return Err(Refused::Declined(Message::new("case-referral-not-now")));
    };
    let before = std::mem::replace(&mut referral.state, state);
    outgoing::gone(act, referral.id).await?;
    super::sealed_file::revoke_of(act, &referral).await?;
    act.about(referral.id);
    super::questions::moved(act, &referral, found.revision, before).await?;
    let event = events::new(act, referral.case, "referral-step").with("referral", state.code());
    tell(act, None, referral.person, event, None).await
}

/// Whether the reader may refer in this case, for buttons.
#[must_use]
pub fn may_send(acting: &Acting<'_>, file: &CaseFile) -> bool {
    let about: Resource = super::resource(&file.case.record, &file.team, acting.now());
    acting.may_for(Action::SendReferral, &about, file.purpose).allowed
}

/// Codes in words of a language; words as they are.
#[must_use]
pub fn said(acting: &Acting<'_>, item: Item, text: &str) -> String {
    let family = match item {
        Item::Age => "case-age",
        Item::Communication => "case-communication",
        Item::Urgent => "case-urgent",
        Item::Language => return super::open::language_name(acting, text),
        Item::NeverTold => return never_told::said(acting, text),
        _ => return text.to_owned(),
    };
    let catalogue = &acting.app.catalogue;
    let known = |code: &str| {
        let id = format!("{family}-{code}");
        if catalogue.has(palermo_locale::Language::En, &id) {
            catalogue.text(acting.language, &id)
        } else {
            code.to_owned()
        }
    };
    text.split_whitespace().map(known).collect::<Vec<_>>().join(", ")
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
