//! Referrals and transfers, the recipient's side: seen by the desk they were
//! sent to, opened with one's own key, answered before the clock runs out.

use super::{
    carry_out::carry_out_one,
    open::{First, FirstAnswers, open_one},
    questions::{self, Said},
    referral::{self, Payload},
    vault_if_open,
};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin, keys,
    session::Signed,
};
use palermo_domain::{
    case::referral::{Decline, Item, Referral, ReferralState, Side, Step, WordKind},
    id::{CaseId, Id, ReferralId, TaskId},
    purpose::Purpose,
    register::day::Day,
    task::Task,
};
use palermo_store::{
    Act, UnlockedVault, Versioned,
    case::{
        file as files,
        incoming::{self as arrived, Incoming},
        record,
        referral_word::{self as words, ReferralWord},
        team as teams,
    },
    task as tasks, tenant as tenants,
};

/// One referral to one's desks.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// The referral.
    pub referral: Versioned<Incoming>,
    /// Name of whoever sent it.
    pub sender: String,
    /// What was asked and answered, where it was opened.
    pub said: Vec<Said>,
}

/// Name of whoever sent a referral.
async fn sender_of(acting: &Acting<'_>, one: &Incoming) -> Result<String, Refused> {
    let sender = tenants::find(&acting.app.store, one.sender).await?;
    Ok(sender.map(|tenant| tenant.record.name).unwrap_or_default())
}

/// Referrals to one's desks, those that wait first.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Arrived>, Refused> {
    let (tenant, account) = acting.member()?;
    let mine = Resource::of(tenant).with_team(vec![account]);
    acting.allow_for(Action::ReceiveReferral, &mine, Some(Purpose::Referral)).await?;
    let store = &acting.app.store;
    let mut found = Vec::new();
    for referral in arrived::of_desks(store, tenant, &acting.subject.desks).await? {
        let sender = sender_of(acting, &referral.record).await?;
        found.push(Arrived { referral, sender, said: Vec::new() });
    }
    Ok(found)
}

/// The referrals a case was opened from, for its page.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(acting: &Acting<'_>, opened: &super::Opened) -> Result<Vec<Arrived>, Refused> {
    let case = &opened.file.case.record;
    let mut found = Vec::new();
    for referral in arrived::of_case(&opened.read, case.tenant, case.id).await? {
        let sender = sender_of(acting, &referral.record).await?;
        found.push(Arrived { referral, sender, said: Vec::new() });
    }
    Ok(found)
}

/// Whether the reader sits at the desk a referral was sent to: for the link.
#[must_use]
pub fn may_receive(acting: &Acting<'_>, one: &Incoming) -> bool {
    let about = Resource::of(one.tenant).at_desk(one.desk);
    acting.may_for(Action::ReceiveReferral, &about, Purpose::Referral).allowed
}

/// Whether the reader may open the case a referral led to: for the link.
///
/// # Errors
/// When the database does not answer.
pub async fn may_open(acting: &Acting<'_>, case: CaseId) -> Result<bool, Refused> {
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    let Some(found) = files::find(store, tenant, case).await? else { return Ok(false) };
    let team = teams::of_case(store, tenant, case).await?;
    let about = super::resource(&found.record, &team, acting.now());
    let purpose = super::usual_purpose(&acting.subject.roles);
    Ok(acting.may_for(Action::ReadCase, &about, purpose).allowed)
}

pub(super) async fn permitted(
    acting: &Acting<'_>,
    id: ReferralId,
) -> Result<Versioned<Incoming>, Refused> {
    let (tenant, _) = acting.member()?;
    let found = arrived::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let about = Resource::of(tenant).at_desk(found.record.desk);
    acting.allow_for(Action::ReceiveReferral, &about, Some(Purpose::Referral)).await?;
    Ok(found)
}

/// Opens a referral: an entry in the log, then what it carries. Opening it the
/// first time is the receipt the sender sees.
///
/// # Errors
/// [`Refused::UnlockNeeded`] when one's key is not open.
pub async fn show(
    acting: &Acting<'_>,
    signed: &Signed,
    id: ReferralId,
) -> Result<(Arrived, Option<Payload>), Refused> {
    let found = permitted(acting, id).await?;
    let context = acting.context(Action::ReceiveReferral)?.for_purpose(Purpose::Referral).about(id);
    let read = acting.app.store.read_personal(context).await?;
    let payload = if found.record.has_content {
        let Some((key, secret)) = keys::carry_vault(acting.app, signed).await? else {
            return Err(Refused::UnlockNeeded);
        };
        let clear = arrived::open(&read, &key, &secret, id).await?;
        Some(serde_json::from_slice(&clear).map_err(|e| Refused::Unavailable(e.to_string()))?)
    } else {
        None
    };
    let found = if found.record.state == ReferralState::Sent {
        take(acting, id, Step::Receive, Taken::default()).await?;
        permitted(acting, id).await?
    } else {
        found
    };
    let sender = sender_of(acting, &found.record).await?;
    let vault = vault_if_open(acting, signed).await?;
    let keys = (Some(signed), vault.as_ref());
    let said = questions::of_referral(acting, keys, &read, id).await?;
    Ok((Arrived { referral: found, sender, said }, payload))
}

/// Answers: decline with a reason, or start. Asking back takes words ([`ask`]), so do
/// handing back and a waiting list ([`super::hand_back`]); accepting opens a case
/// ([`accept`]). Acts of an organisation follow one another, so of two who answer at
/// once the second learns what the first did.
///
/// # Errors
/// [`Refused::Declined`] if the step no longer follows.
pub async fn answer(
    acting: &Acting<'_>,
    id: ReferralId,
    step: Step,
    decline: Option<Decline>,
) -> Result<(), Refused> {
    permitted(acting, id).await?;
    let elsewhere = [Step::Accept, Step::AskInfo, Step::Complete, Step::Waitlist];
    if step.side() != Side::Recipient || elsewhere.contains(&step) {
        return Err(Refused::NotFound);
    }
    if step == Step::Decline && decline.is_none() {
        let mut problems = Problems::default();
        problems.add("decline", Message::new("error-choose"));
        return problems.none();
    }
    take(acting, id, step, Taken { decline, ..Taken::default() }).await
}

/// Asks the sender something, in words: sealed for both sides, kept on both.
///
/// # Errors
/// [`Refused::Invalid`] without words; [`Refused::Declined`] if the step no
/// longer follows, or nobody at the sender's has a key.
pub async fn ask(acting: &Acting<'_>, id: ReferralId, text: &str) -> Result<(), Refused> {
    let found = permitted(acting, id).await?.record;
    let text = questions::typed("words", text)?;
    let sides = (found.tenant, found.sender);
    let word = questions::sealed(acting.app, sides, id, WordKind::Question, &text).await?;
    take(acting, id, Step::AskInfo, Taken { word: Some(word), ..Taken::default() }).await
}

/// What goes with a step of the recipient.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// Why it is declined.
    pub(super) decline: Option<Decline>,
    /// What is said with it.
    pub(super) word: Option<ReferralWord>,
    /// When a waiting list is looked at again.
    pub(super) review_on: Option<Day>,
}

/// The work of a desk on whose list someone waits.
pub(super) const WAITS: &str = "task-waiting-list";

/// The list is looked at again on a day, by whoever sits at the desk then.
fn review(act: &Act, incoming: &Incoming, on: Day) -> Task {
    Task {
        tenant: incoming.tenant,
        id: act.new_id::<TaskId>(),
        kind: WAITS.into(),
        subject: Some(incoming.id.subject()),
        note: String::new(),
        desk: incoming.desk,
        assignee: None,
        due_at: Some(on.ends()),
        done_at: None,
        done_by: None,
        recorded_at: act.now(),
    }
}

pub(super) async fn take(
    acting: &Acting<'_>,
    id: ReferralId,
    step: Step,
    with: Taken,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let context = acting.context(Action::ReceiveReferral)?.for_purpose(Purpose::Referral).about(id);
    let mut act = begin!(acting, context);
    let found = arrived::find(&act, tenant, id).await?.ok_or(Refused::NotFound)?;
    let mut incoming = found.record;
    let Ok(state) = incoming.state.after(step) else {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("case-referral-not-now")));
    };
    incoming.state = state;
    incoming.decline = with.decline.filter(|_| step == Step::Decline);
    incoming.answered_at = Some(act.now());
    arrived::update(&mut act, &incoming, found.revision).await?;
    if let Some(mut word) = with.word {
        word.recorded_at = act.now();
        words::put(&mut act, &word).await?;
    }
    crate::work::answered_kind(&mut act, id.subject(), WAITS).await?;
    if let Some(on) = with.review_on {
        let work = review(&act, &incoming, on);
        tasks::insert(&mut act, &work).await?;
    }
    act.commit(&()).await?;
    tell_sender(acting, &incoming).await
}

async fn tell_sender(acting: &Acting<'_>, incoming: &Incoming) -> Result<(), Refused> {
    let store = &acting.app.store;
    let sent = record::find::<Referral>(store, incoming.sender, incoming.id.uuid()).await?;
    match sent {
        Some(sent) => carry_out_one(acting.app, &sent.record).await,
        None => Ok(()),
    }
}

/// Accepts: a case is opened from what the referral carries, in the same act,
/// so that nobody is asked again and nothing is accepted without a case.
/// Accepting counts once, whoever else accepts at the same time.
///
/// # Errors
/// [`Refused::Declined`] if it was answered already.
pub async fn accept(
    acting: &Acting<'_>,
    signed: &Signed,
    vault: &UnlockedVault,
    id: ReferralId,
) -> Result<CaseId, Refused> {
    let (tenant, account) = acting.member()?;
    let reading = Acting { once: None, ..acting.clone() };
    let (found, payload) = show(&reading, signed, id).await?;
    if let Some(case) = found.referral.record.case {
        return Ok(case);
    }
    // Taken back meanwhile: it says so, as asking the sender does.
    let not_now = || Refused::Declined(Message::new("case-referral-not-now"));
    let payload = payload.ok_or_else(not_now)?;
    let purpose = Some(Purpose::Referral);
    acting.allow_for(Action::OpenCase, &Resource::of(tenant), purpose).await?;
    let first = first_answers(&payload)?;
    let context = acting.context(Action::ReceiveReferral)?.for_purpose(Purpose::Referral).about(id);
    let mut act = begin!(acting, context);
    let now = arrived::find(&act, tenant, id).await?.ok_or(Refused::NotFound)?;
    let Ok(state) = now.record.state.after(Step::Accept) else {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("case-referral-not-now")));
    };
    let opened = open_one(acting, &mut act, vault, &first, account).await?;
    referral::keep_words(&mut act, vault, &opened, &payload).await?;
    let incoming = Incoming {
        case: Some(opened.id),
        state,
        decline: None,
        answered_at: Some(act.now()),
        ..now.record
    };
    arrived::update(&mut act, &incoming, now.revision).await?;
    crate::work::answered_kind(&mut act, id.subject(), WAITS).await?;
    act.about(opened.id);
    act.commit(&opened.id).await?;
    tell_sender(acting, &incoming).await?;
    Ok(opened.id)
}

/// The four answers as the sender gave them.
fn first_answers(payload: &Payload) -> Result<First, Refused> {
    let words = |item: Item| payload.item(item).unwrap_or_default().to_owned();
    let person = FirstAnswers {
        name: words(Item::CallName),
        age: payload.item(Item::Age).unwrap_or("unsure").to_owned(),
        language: payload.item(Item::Language).unwrap_or("en").to_owned(),
        urgent: words(Item::Urgent).split_whitespace().map(str::to_owned).collect(),
    };
    let mut problems = Problems::default();
    let first = person.parse("", &mut problems);
    problems.none()?;
    first.ok_or(Refused::NotFound)
}
