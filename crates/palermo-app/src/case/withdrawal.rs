//! Taking a consent back: nothing more leaves on it from that moment, what was
//! on its way stops, and every recipient who received something is told. Their
//! answer, or their silence, is shown (R6). An erasure asks the same of everyone
//! who received something (E25). The recipient's side is here too: being told,
//! and answering.

use super::{CaseFile, Opened, consent::named, permitted, questions, sealed_file, tell};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    actor::Actor,
    case::{
        referral::{Referral, ReferralState, Step},
        sharing::{Answer, Consent, NoticeAnswer, ShareFor},
        team::TeamPart,
        withdrawal::{self as rules, Asking, Because, NoAnswer, Withdrawal, answer_within},
    },
    id::{AccountId, CaseId, ConsentId, Id, PersonId, TaskId, TenantId, WithdrawalId},
    moment::Moment,
    purpose::Purpose,
    task::Task,
};
use palermo_store::{
    Act, ActContext, Begun, Versioned,
    case::{
        event as events, file as files,
        incoming::{self, Incoming},
        outgoing, record, team as teams,
        withdrawal::{self as told, WithdrawalIn},
    },
    keys::person as person_keys,
    task as tasks, tenant as tenants,
};

/// Whose case it is, for whoever takes back: the person's team or the person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of {
    /// Organisation.
    pub tenant: TenantId,
    /// Case.
    pub case: CaseId,
    /// Person.
    pub person: PersonId,
}

impl Of {
    pub(super) fn file(file: &CaseFile) -> Self {
        Self { tenant: file.case.record.tenant, case: file.id(), person: file.person.record.id }
    }
}

/// Takes a consent back at the person's word. Returns how many recipients are told.
///
/// # Errors
/// [`Refused::NotFound`] if there is no such yes in this case.
pub async fn withdraw(
    acting: &Acting<'_>,
    id: CaseId,
    consent: ConsentId,
    purpose: Purpose,
) -> Result<usize, Refused> {
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?.about(consent));
    let count = match take_back(acting.app, &mut act, Of::file(&file), consent).await {
        Ok(count) => count,
        Err(refused) => {
            act.give_up().await?;
            return Err(refused);
        }
    };
    act.commit(&count).await?;
    super::referral::carry_out(acting.app, file.case.record.tenant).await?;
    Ok(count)
}

/// The same inside an act of the case's organisation, whoever takes it back.
/// Taking back what was taken back changes nothing.
pub(crate) async fn take_back(
    app: &App,
    act: &mut Act,
    of: Of,
    consent: ConsentId,
) -> Result<usize, Refused> {
    let found = record::find::<Consent>(&*act, of.tenant, consent.uuid()).await?;
    let found = found.filter(|one| one.record.case == of.case && one.record.answer == Answer::Yes);
    let found = found.ok_or(Refused::NotFound)?;
    let mut taken = found.record;
    if taken.withdrawn_at.is_some() {
        return Ok(0);
    }
    taken.withdrawn_at = Some(act.now());
    record::update(act, &taken, found.revision).await?;
    if taken.purpose == ShareFor::LookFor {
        super::look_for::end(app, act, of.case).await?;
    }
    let mut count = 0;
    for sent in record::of_case::<Referral>(&*act, of.tenant, of.case).await? {
        let rests = sent.record.consent == Some(taken.id)
            || (sent.record.purpose == taken.purpose
                && sent.record.recipient.is(&taken.recipient)
                && sent.record.basis.is_none());
        if rests {
            count += usize::from(stop(act, &taken, sent).await?);
        }
    }
    let event = events::new(act, of.case, "consent-withdrawn")
        .with("share", taken.purpose.code())
        .with("recipient", named(app, &taken.recipient).await?);
    tell(act, None, of.person, event, None).await?;
    Ok(count)
}

/// Stops one referral. Whether its recipient had received something, and so is told.
async fn stop(
    act: &mut Act,
    consent: &Consent,
    sent: Versioned<Referral>,
) -> Result<bool, Refused> {
    let mut referral = sent.record;
    let had_left = left(&referral);
    if let Ok(state) = referral.state.after(Step::Withdraw) {
        let before = std::mem::replace(&mut referral.state, state);
        questions::moved(act, &referral, sent.revision, before).await?;
    }
    if never_arrives(act, &referral).await? || !had_left {
        return Ok(false);
    }
    notify(act, &referral, Because::Withdrawn, Some(consent.id)).await?;
    Ok(true)
}

/// Whether something of it went out of the house.
const fn left(referral: &Referral) -> bool {
    !matches!(referral.state, ReferralState::Draft | ReferralState::ConsentPending)
}

/// Stops what is still on its way, or a file nobody fetched. Whether there was any.
async fn never_arrives(act: &mut Act, referral: &Referral) -> Result<bool, Refused> {
    Ok(outgoing::gone(act, referral.id).await?
        || sealed_file::revoke_of(act, referral).await? == sealed_file::Gone::Unfetched)
}

/// Asks everyone who received something about a case to erase it, in the act that
/// erases its person (E25); what is still on its way never arrives. Before the
/// consents and files it rests on go.
pub(super) async fn erased(act: &mut Act, case: CaseId) -> Result<(), Refused> {
    let tenant = act.tenant();
    let known = record::of_case::<Withdrawal>(&*act, tenant, case).await?;
    for sent in record::of_case::<Referral>(&*act, tenant, case).await? {
        let referral = sent.record;
        let before = known.iter().map(|one| &one.record);
        let asking = rules::asking(before.filter(|one| one.referral == referral.id));
        if never_arrives(act, &referral).await? || !reached(act, &referral).await? {
            continue;
        }
        match asking {
            Asking::Never => {}
            Asking::Anew => notify(act, &referral, Because::Erased, None).await?,
        }
    }
    Ok(())
}

/// Whether its recipient received something: one who is here has it in their own
/// records, whatever became of it since.
async fn reached(act: &Act, referral: &Referral) -> Result<bool, Refused> {
    Ok(match referral.recipient.tenant {
        Some(to) => incoming::find(act, to, referral.id).await?.is_some(),
        None => left(referral),
    })
}

/// Writes down that a recipient is to be told, and who tells a body outside.
async fn notify(
    act: &mut Act,
    referral: &Referral,
    because: Because,
    consent: Option<ConsentId>,
) -> Result<(), Refused> {
    let now = act.now();
    let here = referral.recipient.tenant.is_some();
    let notice = Withdrawal {
        tenant: referral.tenant,
        id: act.new_id(),
        case: referral.case,
        consent,
        because,
        recipient: referral.recipient.clone(),
        referral: referral.id,
        told_at: here.then_some(now),
        answer: NoticeAnswer::Silent,
        provision: String::new(),
        answered_at: None,
        recorded_at: now,
    };
    record::insert(act, &notice).await?;
    if !here {
        // Nobody but a person can tell a body that is not here.
        let team = teams::of_case(&*act, referral.tenant, referral.case).await?;
        let lead = team.iter().find(|one| one.part == TeamPart::Lead && one.holds_at(now));
        let kind = match because {
            Because::Withdrawn => "task-tell-withdrawal",
            Because::Erased => "task-tell-erasure",
        };
        let task = task(act, kind, referral.case, lead.map(|one| one.account));
        tasks::insert(act, &task).await?;
    }
    Ok(())
}

fn task(act: &Act, kind: &str, case: CaseId, assignee: Option<AccountId>) -> Task {
    Task {
        tenant: act.tenant(),
        id: act.new_id::<TaskId>(),
        kind: kind.into(),
        subject: Some(format!("{}:{case}", CaseId::KIND)),
        note: palermo_domain::case::number(case),
        desk: None,
        assignee,
        due_at: Some(act.now().after(answer_within())),
        done_at: None,
        done_by: None,
        recorded_at: act.now(),
    }
}

/// Tells recipients who were not told yet and brings their answers back. Safe
/// to call at any time.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn carry_out(app: &App, tenant: TenantId) -> Result<(), Refused> {
    let silent = [NoticeAnswer::Silent.code()];
    for notice in record::of_tenant::<Withdrawal>(&app.store, tenant, &silent).await? {
        bring(app, &notice.record).await?;
    }
    Ok(())
}

/// One notice on both sides.
async fn bring(app: &App, notice: &Withdrawal) -> Result<(), Refused> {
    let Some(to) = notice.recipient.tenant else { return Ok(()) };
    let Some(there) = told::find(&app.store, to, notice.id).await? else {
        return deliver(app, notice, to).await;
    };
    let there = there.record;
    if there.answer == notice.answer && there.provision == notice.provision {
        return Ok(());
    }
    let actor = Actor::System { job: "withdrawal".into() };
    let context =
        ActContext::new(notice.tenant, actor, "consent.answer-of-recipient").about(notice.case);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    let found = record::find::<Withdrawal>(&act, notice.tenant, notice.id.uuid()).await?;
    let Some(found) = found else { return Ok(act.give_up().await?) };
    let mut mine = found.record;
    mine.answer = there.answer;
    mine.provision.clone_from(&there.provision);
    mine.answered_at = there.answered_at;
    record::update(&mut act, &mine, found.revision).await?;
    let event = events::new(&act, mine.case, answered_kind(mine.because))
        .with("recipient", named(app, &mine.recipient).await?)
        .with("withdrawal", mine.answer.code());
    events::insert(&mut act, &event).await?;
    Ok(act.commit(&()).await?)
}

/// The event that tells a recipient's answer.
const fn answered_kind(because: Because) -> &'static str {
    match because {
        Because::Withdrawn => "withdrawal-answered",
        Because::Erased => "erasure-answered",
    }
}

/// Tells a recipient who is here: the desk has work to do, and a case opened
/// from what was sent says so in its history.
async fn deliver(app: &App, notice: &Withdrawal, to: TenantId) -> Result<(), Refused> {
    let actor = Actor::System { job: "withdrawal".into() };
    let (action, told_in, work) = match notice.because {
        Because::Withdrawn => {
            ("consent.withdrawn-by-person", "consent-taken-back", "task-withdrawal")
        }
        Because::Erased => ("case.erased-by-sender", "erased-by-sender", "task-erasure"),
    };
    let context = ActContext::new(to, actor, action).about(notice.referral);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    if told::find(&act, to, notice.id).await?.is_some() {
        return Ok(act.give_up().await?);
    }
    let sent = record::find::<Referral>(&app.store, notice.tenant, notice.referral.uuid()).await?;
    let one = WithdrawalIn {
        tenant: to,
        id: notice.id,
        sender: notice.tenant,
        referral: notice.referral,
        desk: notice.recipient.desk,
        purpose: sent.map_or(ShareFor::Help, |found| found.record.purpose),
        told_at: act.now(),
        answer: NoticeAnswer::Silent,
        provision: String::new(),
        answered_at: None,
    };
    told::tell(&mut act, &one).await?;
    // Whoever is to erase it need not say first that they use it no more.
    if notice.because == Because::Erased {
        for earlier in told::of_referral(&act, to, notice.referral).await? {
            if earlier.record.id != notice.id {
                let about = format!("{}:{}", WithdrawalId::KIND, earlier.record.id);
                crate::work::answered(&mut act, about).await?;
            }
        }
    }
    let arrived = incoming::find(&act, to, notice.referral).await?.map(|one| one.record);
    match arrived {
        Some(Incoming { case: Some(case), .. }) => {
            let event = events::new(&act, case, told_in);
            events::insert(&mut act, &event).await?;
        }
        // Nobody here helps the person: what the referral carried goes at once.
        Some(Incoming { has_content: true, id, .. }) if notice.because == Because::Erased => {
            incoming::empty(&mut act, id).await?;
        }
        _ => {}
    }
    let work = Task {
        subject: Some(format!("{}:{}", WithdrawalId::KIND, notice.id)),
        note: String::new(),
        desk: notice.recipient.desk,
        ..task(&act, work, notice.case, None)
    };
    tasks::insert(&mut act, &work).await?;
    Ok(act.commit(&()).await?)
}

/// Who received something on consents of a case that were taken back, with
/// what they answered.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(opened: &Opened) -> Result<Vec<Versioned<Withdrawal>>, Refused> {
    let case = &opened.file.case.record;
    Ok(record::of_case(&opened.read, case.tenant, case.id).await?)
}

fn checked(answer: &str, provision: &str) -> Result<(NoticeAnswer, String), Refused> {
    let mut problems = Problems::default();
    let provision = problems.bounded("provision", provision, rules::LONGEST_PROVISION);
    let answer = NoticeAnswer::from_code(answer).unwrap_or(NoticeAnswer::Silent);
    match rules::check(answer, &provision) {
        Ok(()) => {}
        Err(NoAnswer::Silence) => problems.add("answer", Message::new("error-choose")),
        Err(NoAnswer::NoLaw) => problems.add("provision", Message::new("withdrawal-error-law")),
    }
    problems.none()?;
    let kept = answer == NoticeAnswer::Cannot;
    Ok((answer, if kept { provision } else { String::new() }))
}

/// Writes down that a body outside was told, and what it answered.
///
/// # Errors
/// Every problem of the form at once.
pub async fn outside_answered(
    acting: &Acting<'_>,
    case: CaseId,
    id: WithdrawalId,
    answer: &str,
    provision: &str,
    purpose: Purpose,
) -> Result<(), Refused> {
    let file = permitted(acting, case, Action::WriteCase, purpose).await?;
    // "Told, no answer yet" is what can be said first.
    let (answer, provision) = match answer {
        "silent" => (NoticeAnswer::Silent, String::new()),
        other => checked(other, provision)?,
    };
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?.about(id));
    let found = record::find::<Withdrawal>(&act, file.case.record.tenant, id.uuid()).await?;
    let found = found
        .filter(|one| one.record.case == case && one.record.recipient.tenant.is_none())
        .ok_or(Refused::NotFound)?;
    let mut notice = found.record;
    notice.told_at = notice.told_at.or(Some(act.now()));
    notice.answer = answer;
    notice.provision = provision;
    notice.answered_at = (answer != NoticeAnswer::Silent).then_some(act.now());
    record::update(&mut act, &notice, found.revision).await?;
    let event = events::new(&act, case, answered_kind(notice.because))
        .with("recipient", notice.recipient.outside.clone())
        .with("withdrawal", answer.code());
    tell(&mut act, None, file.person.record.id, event, None).await?;
    Ok(act.commit(&()).await?)
}

/// A consent taken back, as one of its recipients sees it.
#[derive(Debug, Clone)]
pub struct ToldHere {
    /// The notice.
    pub notice: Versioned<WithdrawalIn>,
    /// Name of whoever had shared.
    pub sender: String,
    /// Why one is asked, as whoever had shared says now.
    pub because: Because,
    /// The case that was opened here from it and still stands.
    pub case: Option<CaseId>,
}

/// The warning of a case that was opened from what was let go of since.
#[must_use]
pub const fn warning(because: Because) -> &'static str {
    match because {
        Because::Withdrawn => "withdrawal-warning",
        Because::Erased => "withdrawal-warning-erased",
    }
}

async fn with_sender(
    acting: &Acting<'_>,
    notice: Versioned<WithdrawalIn>,
) -> Result<ToldHere, Refused> {
    let sender = tenants::find(&acting.app.store, notice.record.sender).await?;
    let sender = sender.map(|tenant| tenant.record.name).unwrap_or_default();
    let case = standing(acting, &notice.record).await?;
    let (from, id) = (notice.record.sender, notice.record.id);
    let theirs = record::find::<Withdrawal>(&acting.app.store, from, id.uuid()).await?;
    let because = theirs.map_or(Because::Withdrawn, |found| found.record.because);
    Ok(ToldHere { notice, sender, because, case })
}

/// Consents taken back of what one's desks received, the unanswered first.
///
/// # Errors
/// What access or the store refuse.
pub async fn at_my_desks(acting: &Acting<'_>) -> Result<Vec<ToldHere>, Refused> {
    let (tenant, account) = acting.member()?;
    let mine = Resource::of(tenant).with_team(vec![account]);
    acting.allow_for(Action::ReceiveReferral, &mine, Some(Purpose::Referral)).await?;
    let mut all = Vec::new();
    for notice in told::of_desks(&acting.app.store, tenant, &acting.subject.desks).await? {
        all.push(with_sender(acting, notice).await?);
    }
    Ok(all)
}

/// What was taken back, or erased where the person was first known, of what came with
/// a referral to this case: whoever works here sees it, whatever their desk.
///
/// # Errors
/// When the database does not answer.
pub async fn of_arrived(acting: &Acting<'_>, opened: &Opened) -> Result<Vec<ToldHere>, Refused> {
    let (store, case) = (&acting.app.store, &opened.file.case.record);
    let mut all = Vec::new();
    for arrived in incoming::of_case(store, case.tenant, case.id).await? {
        for notice in told::of_referral(store, case.tenant, arrived.record.id).await? {
            all.push(with_sender(acting, notice).await?);
        }
    }
    Ok(all)
}

/// A referral this case came from.
#[derive(Debug, Clone)]
pub struct CameFrom {
    /// Name of whoever sent it.
    pub sender: String,
    /// For which service.
    pub service: String,
    /// When it was sent.
    pub sent_at: Moment,
}

/// The referrals that were accepted here and led to this case.
///
/// # Errors
/// When the database does not answer.
pub async fn came_from(acting: &Acting<'_>, opened: &Opened) -> Result<Vec<CameFrom>, Refused> {
    let (store, case) = (&acting.app.store, &opened.file.case.record);
    let mut all = Vec::new();
    for arrived in incoming::of_case(store, case.tenant, case.id).await? {
        let one = arrived.record;
        let sender = tenants::find(store, one.sender).await?;
        let sender = sender.map(|tenant| tenant.record.name).unwrap_or_default();
        all.push(CameFrom { sender, service: one.service, sent_at: one.sent_at });
    }
    Ok(all)
}

async fn received(
    acting: &Acting<'_>,
    id: WithdrawalId,
) -> Result<Versioned<WithdrawalIn>, Refused> {
    let (tenant, _) = acting.member()?;
    let found = told::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let about = Resource::of(tenant).at_desk(found.record.desk);
    acting.allow_for(Action::ReceiveReferral, &about, Some(Purpose::Referral)).await?;
    Ok(found)
}

/// One of them.
///
/// # Errors
/// [`Refused::NotFound`] unless it came to one's desk.
pub async fn show(acting: &Acting<'_>, id: WithdrawalId) -> Result<ToldHere, Refused> {
    let found = received(acting, id).await?;
    with_sender(acting, found).await
}

/// The case that was opened here from what the person took back, as long as the
/// person's data in it are not erased.
///
/// # Errors
/// When the database does not answer.
async fn standing(acting: &Acting<'_>, one: &WithdrawalIn) -> Result<Option<CaseId>, Refused> {
    let store = &acting.app.store;
    let arrived = incoming::find(store, one.tenant, one.referral).await?;
    let Some(case) = arrived.and_then(|one| one.record.case) else { return Ok(None) };
    let Some(found) = files::find(store, one.tenant, case).await? else { return Ok(None) };
    let kept = person_keys::is_known(store, one.tenant, found.record.person).await?;
    Ok(kept.then_some(case))
}

/// Answers: uses it no more, erased it, or cannot and by which law. The answer
/// can be changed later (stopped first, erased then); the sender sees the last.
///
/// # Errors
/// Every problem of the form at once; "erased" while the case stands.
pub async fn answer(
    acting: &Acting<'_>,
    id: WithdrawalId,
    answer: &str,
    provision: &str,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let found = received(acting, id).await?;
    let (answer, provision) = checked(answer, provision)?;
    if answer == NoticeAnswer::Erased && standing(acting, &found.record).await?.is_some() {
        return Err(Refused::field("answer", Message::new("withdrawal-error-case-stands")));
    }
    let context = acting.context(Action::ReceiveReferral)?.for_purpose(Purpose::Referral).about(id);
    let mut act = begin!(acting, context);
    let now = told::find(&act, tenant, id).await?.ok_or(Refused::NotFound)?;
    let kept = WithdrawalIn { answer, provision, answered_at: Some(act.now()), ..now.record };
    told::update(&mut act, &kept, now.revision).await?;
    crate::work::answered(&mut act, format!("{}:{id}", WithdrawalId::KIND)).await?;
    act.commit(&()).await?;
    let sender = found.record.sender;
    let mine = record::find::<Withdrawal>(&acting.app.store, sender, id.uuid()).await?;
    match mine {
        Some(mine) => bring(acting.app, &mine.record).await,
        None => Ok(()),
    }
}
