//! The end of keeping (E24): a closed case is kept until its clock runs out,
//! then everything sealed is destroyed with its key and what is left names
//! nobody and still counts. Two months before, its lead is asked to offer the
//! person a copy or more time by a safe channel.

use super::{
    Opened, change,
    keeping::{self, Holds},
    withdrawal,
};
use crate::{Acting, App, Refused, work};
use palermo_domain::{
    actor::Actor,
    case::{
        Case, Closure, Phase,
        person::Person,
        referral::Referral,
        related::Related,
        retention::{Clock, Periods, Rule, clock, longest},
        sharing::Consent,
        team::TeamPart,
    },
    id::{CaseId, Id, PersonId, TaskId, TenantId},
    moment::Moment,
    purpose::Purpose,
    task::Task,
};
use palermo_store::{
    Act, ActContext, Begun, Paging,
    case::{
        attachment as attachments, channel as channels, event as events, file as files, incoming,
        look_for, person as persons, record, referral_word, sealed_file as sealed_files,
        team as teams,
    },
    keys::erase,
    own_view,
    screening::kept as screening,
    task as tasks, tenant as tenants,
};
use std::time::Duration;

/// How long before the end the offer is made.
const OFFER_BEFORE: Duration = Duration::from_secs(60 * 86_400);
/// How many closed cases are read at a time.
const SOME: u64 = 500;

/// How long a screening that was not taken further opens (E24).
const SCREENING_KEPT: Duration = Duration::from_secs(365 * 86_400);

/// What one run of the clock did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Cases whose person was erased.
    pub erased: usize,
    /// Cases whose lead was asked to offer a copy or more time.
    pub offered: usize,
}

/// Runs the clocks for every organisation: of referrals that wait for an
/// answer, and of keeping. A job calls this every hour; it needs no key, since
/// it destroys and never reads.
///
/// # Errors
/// When the database does not answer; called again, it goes on.
pub async fn run(app: &App) -> Result<Swept, Refused> {
    let mut all = Swept::default();
    let organisations =
        tenants::list(&app.store, &tenants::Filter::default(), Paging::all()).await?;
    for tenant in organisations.items {
        super::referral::carry_out(app, tenant.record.id).await?;
        all.erased += screenings(app, tenant.record.id).await?;
        let swept = sweep(app, tenant.record.id).await?;
        all.erased += swept.erased;
        all.offered += swept.offered;
        if swept.erased > 0 {
            withdrawal::carry_out(app, tenant.record.id).await?;
        }
    }
    erase::finish(&app.store).await?;
    Ok(all)
}

/// Answers of screenings that nobody took further for a year are erased; the
/// coded result stays as a count (E24).
async fn screenings(app: &App, tenant: TenantId) -> Result<usize, Refused> {
    let (store, before) = (&app.store, app.store.now().before(SCREENING_KEPT));
    let mut erased = 0;
    for found in screening::not_taken_further(store, tenant, before).await? {
        let kept = found.record;
        if !palermo_store::keys::person::is_known(store, tenant, kept.person).await? {
            continue;
        }
        let actor = Actor::System { job: "retention".into() };
        let context = ActContext::new(tenant, actor, "screening.erase").about(kept.id);
        let Begun::Fresh(mut act) = store.act(context.because("retention")).await? else {
            continue;
        };
        match erase::order(&mut act, kept.person, "retention").await {
            Ok(()) => {
                act.commit(&()).await?;
                erased += 1;
            }
            Err(palermo_store::Error::NotFound) => act.give_up().await?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(erased)
}

async fn sweep(app: &App, tenant: TenantId) -> Result<Swept, Refused> {
    let (store, now) = (&app.store, app.store.now());
    let mut swept = Swept::default();
    let periods = keeping::periods(app, tenant).await?;
    let before = now.before(periods.never_before());
    let mut seen = None;
    loop {
        let some = files::closed_before(store, tenant, before, seen, SOME).await?;
        let Some(last) = some.last() else { return Ok(swept) };
        seen = Some(last.record.id);
        for case in some.into_iter().map(|found| found.record) {
            let Some(end) = end_of_keeping(app, &case, periods).await? else { continue };
            if end <= now {
                erase_person(app, tenant, case.id).await?;
                swept.erased += 1;
            } else if end <= now.after(OFFER_BEFORE) {
                swept.offered += usize::from(offer(app, tenant, case.id, end).await?);
            }
        }
    }
}

/// When the time of a closed case's person is up: they are kept as long as their
/// longest case. Nothing while one stands, or for someone erased already.
async fn end_of_keeping(
    app: &App,
    case: &Case,
    periods: Periods,
) -> Result<Option<Moment>, Refused> {
    let (store, tenant) = (&app.store, case.tenant);
    let person = persons::find(store, tenant, case.person).await?.map(|found| found.record);
    let Some(person) = person.filter(|person| !person.is_erased()) else { return Ok(None) };
    let mut end: Option<Moment> = None;
    for episode in files::of_person(store, tenant, case.person).await? {
        let today = store.now().date().into();
        let holds = keeping::holds(store, tenant, episode.record.id, today).await?;
        let pending = !holds.matters.is_empty();
        let clock = clock(&episode.record, &person, pending, periods);
        match clock.with_more(holds.more_until()).until {
            Some(until) => end = end.max(Some(until)),
            None => return Ok(None),
        }
    }
    Ok(end)
}

/// The clock of keeping as the case page tells it.
#[derive(Debug, Clone)]
pub struct Keeping {
    /// From when, by which rule, until when.
    pub clock: Clock,
    /// When whoever carries the case is asked to offer a copy or more time.
    pub offer_at: Option<Moment>,
    /// The periods that hold here.
    pub periods: Periods,
    /// What of this case still needs the record, and what was said about keeping it.
    pub holds: Holds,
    /// Everything sealed was destroyed already.
    pub erased: bool,
}

/// The clock of keeping of a case being looked at, as far as its reader may know
/// it: an open case of the person stops it, otherwise the longest holds. A case
/// whose team the reader is not on, or that is sealed, is as if it were not there
/// (E11), so what is said here is the least: the sweep counts them all.
///
/// # Errors
/// When the database does not answer.
pub async fn keeping(acting: &Acting<'_>, opened: &Opened) -> Result<Keeping, Refused> {
    let file = &opened.file;
    let (tenant, person) = (file.case.record.tenant, &file.person.record);
    let periods = keeping::periods(acting.app, tenant).await?;
    let mut of_this = Holds::default();
    let mut clocks = Vec::new();
    let episodes = files::of_person(&opened.read, tenant, person.id).await?;
    let ids: Vec<CaseId> = episodes.iter().map(|episode| episode.record.id).collect();
    let teams = teams::of_cases(&opened.read, tenant, &ids).await?;
    let (account, now) = (acting.subject.account, acting.now());
    for episode in episodes {
        let other = episode.record.id != file.id();
        let mut team = teams.get(&episode.record.id).into_iter().flatten();
        let mine = team.any(|one| Some(one.account) == account && one.holds_at(now));
        if other && (episode.record.sealed || !mine) {
            continue;
        }
        let today = now.date().into();
        let holds = keeping::holds(&opened.read, tenant, episode.record.id, today).await?;
        let pending = !holds.matters.is_empty();
        let one = clock(&episode.record, person, pending, periods);
        let mut one = one.with_more(holds.more_until());
        if !other {
            of_this = holds;
        }
        // Another case of the person that is open is something that still runs.
        if one.rule == Rule::Open && other {
            one.rule = Rule::Pending;
        }
        clocks.push(one);
    }
    // An open case says so itself, whatever else runs.
    let own = clock(&file.case.record, person, false, periods);
    let clock = if own.rule == Rule::Open { own } else { longest(clocks).unwrap_or(own) };
    let offer_at = clock.until.map(|until| until.before(OFFER_BEFORE));
    let erased = person.is_erased();
    Ok(Keeping { clock, offer_at, periods, holds: of_this, erased })
}

/// A referral still runs: nobody can be erased while someone waits on it. A claim or
/// a permit stops the clock, and never what the person asks for.
pub(super) async fn referral_runs(
    app: &App,
    tenant: TenantId,
    case: CaseId,
) -> Result<bool, Refused> {
    let sent = record::of_case::<Referral>(&app.store, tenant, case).await?;
    Ok(sent.iter().any(|one| !one.record.state.is_over()))
}

async fn offer(app: &App, tenant: TenantId, case: CaseId, end: Moment) -> Result<bool, Refused> {
    let subject = case.subject();
    let filter = tasks::Filter {
        subject: Some(subject.clone()),
        kind: Some("task-offer-copy".into()),
        ..tasks::Filter::default()
    };
    let sort = tasks::SortBy::default();
    // Offered for this end already; after more time it is offered anew.
    let known = tasks::list(&app.store, tenant, &filter, sort, Paging::all()).await?.items;
    let since = end.before(OFFER_BEFORE);
    let offered = |task: &Task| task.done_at.is_none() || task.recorded_at >= since;
    if known.iter().any(|task| offered(&task.record)) {
        return Ok(false);
    }
    let actor = Actor::System { job: "retention".into() };
    let context = ActContext::new(tenant, actor, "retention.offer").about(case);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(false) };
    let team = teams::of_case(&act, tenant, case).await?;
    let lead = team.iter().find(|member| member.part == TeamPart::Lead && member.until.is_none());
    let task = Task {
        tenant,
        id: act.new_id::<TaskId>(),
        kind: "task-offer-copy".into(),
        subject: Some(subject),
        note: palermo_domain::case::number(case),
        desk: None,
        assignee: lead.map(|member| member.account),
        due_at: Some(end.before(Duration::from_secs(14 * 86_400))),
        done_at: None,
        done_by: None,
        recorded_at: act.now(),
    };
    tasks::insert(&mut act, &task).await?;
    act.commit(&()).await?;
    Ok(true)
}

/// Erases a person whose time is up.
///
/// # Errors
/// When the database does not answer.
async fn erase_person(app: &App, tenant: TenantId, case: CaseId) -> Result<(), Refused> {
    let actor = Actor::System { job: "retention".into() };
    let context = ActContext::new(tenant, actor, "retention.erase")
        .for_purpose(Purpose::DataProtection)
        .about(case)
        .because("retention");
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    erase_in(&mut act, case, "retention").await?;
    Ok(act.commit(&()).await?)
}

/// Erases the person of a case within an act: what is sealed goes with its
/// key, ways to reach them, consents and those beside them go; their cases stay
/// as counts, closed if they were open.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn erase_in(act: &mut Act, case: CaseId, basis: &str) -> Result<(), Refused> {
    let (tenant, now) = (act.tenant(), act.now());
    let file = files::get(&*act, case).await?.record;
    let found = persons::find(&*act, tenant, file.person).await?.ok_or(Refused::NotFound)?;
    // Nobody is left to be helped or contacted; whoever received something is.
    for episode in files::of_person(&*act, tenant, file.person).await? {
        work::answered(act, episode.record.id.subject()).await?;
    }
    for episode in files::of_person(&*act, tenant, file.person).await? {
        let id = episode.record.id;
        // Whoever received something is asked first: what they have rests on what goes now.
        withdrawal::erased(act, id).await?;
        for one in record::of_case::<Consent>(&*act, tenant, id).await? {
            record::remove(act, &one.record).await?;
        }
        for one in record::of_case::<Related>(&*act, tenant, id).await? {
            record::remove(act, &one.record).await?;
            order(act, one.record.person, basis).await?;
        }
        change(act, id, |case| {
            case.opened_by = None;
            if case.phase == Phase::Open {
                case.phase = Phase::Closed;
                case.closed_at = Some(now);
                case.closure = Some(Closure::DataErased);
            }
        })
        .await?;
        for one in record::of_case::<Referral>(&*act, tenant, id).await? {
            referral_word::remove_of(act, one.record.id).await?;
        }
        for one in incoming::of_case(&*act, tenant, id).await? {
            incoming::empty(act, one.record.id).await?;
        }
        for one in attachments::of_case(&*act, tenant, id).await? {
            attachments::remove(act, &one.record).await?;
        }
        for one in sealed_files::of_case(&*act, tenant, id).await? {
            sealed_files::remove(act, &one.record).await?;
        }
        look_for::remove_of_case(act, id).await?;
        own_view::remove_of_case(act, id).await?;
        let event = events::new(act, id, "erased");
        events::insert(act, &event).await?;
    }
    for one in channels::of_person(&*act, tenant, file.person).await? {
        channels::remove(act, &one.record).await?;
    }
    let nobody = Person {
        birth_year: None,
        language: Person::NOBODY.into(),
        communication: Vec::new(),
        may_be_looked_for: None,
        ..found.record
    };
    persons::update(act, &nobody, found.revision).await?;
    order(act, file.person, basis).await
}

/// Orders that a key be destroyed; someone of whom nothing was ever sealed has none.
async fn order(act: &mut Act, person: PersonId, basis: &str) -> Result<(), Refused> {
    match erase::order(act, person, basis).await {
        Ok(()) | Err(palermo_store::Error::NotFound) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
