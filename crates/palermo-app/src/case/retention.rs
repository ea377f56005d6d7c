//! The end of keeping (E24): a closed case is kept until its clock runs out,
//! then everything sealed is destroyed with its key and what is left names
//! nobody and still counts. Two months before, its lead is asked to offer the
//! person a copy or more time by a safe channel; without that nobody is erased.

use super::{
    CaseFile, Opened, change,
    keeping::{self, Holds},
    withdrawal,
};
use crate::{Acting, App, Refused, work};
use palermo_domain::{
    actor::Actor,
    care::{Body, body::Permit},
    case::{
        Case, Closure, Phase,
        abroad::{AbroadQuestion, NeverTold},
        alike::NotSame,
        charge::Charge,
        flag::Flag,
        keeping::{Keeping as Said, Matter},
        person::Person,
        referral::Referral,
        related::Related,
        retention::{Clock, Periods, Rule, clock, longest},
        sharing::Consent,
        team::TeamPart,
    },
    hotline::FromCall,
    id::{CaseId, Id, PersonId, TaskId, TenantId},
    moment::Moment,
    purpose::Purpose,
    register::day::Day,
    task::Task,
};
use palermo_store::{
    Act, ActContext, Begun, Db, Paging, Versioned, care,
    case::{
        attachment as attachments, background as backgrounds, channel as channels, event as events,
        file as files, incoming, look_for, note_draft as note_drafts, person as persons, record,
        referral_word, sealed_file as sealed_files, team as teams,
    },
    keys::erase,
    own_view,
    screening::kept as screening,
    task as tasks, tenant as tenants,
};
use std::time::Duration;

/// How long before the end the offer is made.
const OFFER_BEFORE: Duration = Duration::from_secs(60 * 86_400);
/// The work of offering a copy or more time.
pub(super) const OFFER: &str = "task-offer-copy";
/// The same once something held the case again: when that ends it is offered anew.
const LAPSED: &str = "task-offer-copy-before";
/// The work of looking whether what alone holds a closed case still does.
const HELD: &str = "task-keeping-held";
/// How often that is looked at.
const HELD_AGAIN: Duration = Duration::from_secs(365 * 86_400);
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
            match end_of_keeping(app, &case, periods).await? {
                Some(End::Held { by_matter }) => {
                    lapse(app, tenant, case.id).await?;
                    if by_matter {
                        still_held(app, tenant, case.id).await?;
                    }
                }
                Some(End::At(end)) if end <= now.after(OFFER_BEFORE) => {
                    match offered_at(app, tenant, case.id, end).await? {
                        None => {
                            offer(app, tenant, case.id, end).await?;
                            swept.offered += 1;
                        }
                        // Whoever is asked late has the same time as everyone.
                        Some(at) if end <= now && at.after(OFFER_BEFORE) <= now => {
                            erase_person(app, tenant, case.id).await?;
                            swept.erased += 1;
                        }
                        Some(_) => {}
                    }
                }
                Some(End::At(_)) | None => {}
            }
        }
    }
}

/// Where the clock of a closed case's person stands.
enum End {
    /// Something holds it.
    Held {
        /// Whether that is a matter of this case, and not a case that is open.
        by_matter: bool,
    },
    /// Their time is up then.
    At(Moment),
}

/// When the time of a closed case's person is up: they are kept as long as their
/// longest case. Nothing for someone erased already.
async fn end_of_keeping(app: &App, case: &Case, periods: Periods) -> Result<Option<End>, Refused> {
    let (store, tenant) = (&app.store, case.tenant);
    let person = persons::find(store, tenant, case.person).await?.map(|found| found.record);
    let Some(person) = person.filter(|person| !person.is_erased()) else { return Ok(None) };
    let mut end: Option<Moment> = None;
    let (mut held, mut by_matter) = (false, false);
    for episode in files::of_person(store, tenant, case.person).await? {
        let today = store.now().date().into();
        let holds = keeping::holds(store, tenant, episode.record.id, today).await?;
        let one = kept_until(clock(&episode.record, &person, holds.hold(), periods), &holds);
        match one.until {
            Some(until) => end = end.max(Some(until)),
            None => {
                held = true;
                by_matter |= one.rule == Rule::Pending && episode.record.id == case.id;
            }
        }
    }
    Ok(if held { Some(End::Held { by_matter }) } else { end.map(End::At) })
}

/// A clock with what was said: more time, or less, which leaves the time of the offer.
fn kept_until(clock: Clock, holds: &Holds) -> Clock {
    let offered = holds.shortened_at.map(|said| said.after(OFFER_BEFORE));
    clock.with_more(holds.more_until()).not_before(offered)
}

/// Whether only what holds a case keeps it, where its time is over: then it takes two
/// people to let it go (A8).
pub(super) async fn held_by_matters(app: &App, file: &CaseFile) -> Result<bool, Refused> {
    let case = &file.case.record;
    let (store, periods) = (&app.store, keeping::periods(app, case.tenant).await?);
    let holds = keeping::holds(store, case.tenant, case.id, store.now().date().into()).await?;
    if holds.matters.is_empty() || holds.matters.contains(&Matter::Referral) {
        return Ok(false);
    }
    let until = clock(case, &file.person.record, false, periods).until;
    Ok(until.is_some_and(|until| until <= store.now().after(OFFER_BEFORE)))
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
        let one = clock(&episode.record, person, holds.hold(), periods);
        let mut one = kept_until(one, &holds);
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

/// Work of one kind about a case, done or not.
async fn known(
    db: &dyn Db,
    tenant: TenantId,
    case: CaseId,
    kind: &str,
) -> Result<Vec<Versioned<Task>>, Refused> {
    let filter = tasks::Filter {
        subject: Some(case.subject()),
        kind: Some(kind.into()),
        ..tasks::Filter::default()
    };
    let (sort, paging) = (tasks::SortBy::default(), Paging::all());
    Ok(tasks::list(db, tenant, &filter, sort, paging).await?.items)
}

/// When it was first asked to offer a copy or more time for this end. What was asked
/// for an earlier one does not count.
async fn offered_at(
    app: &App,
    tenant: TenantId,
    case: CaseId,
    end: Moment,
) -> Result<Option<Moment>, Refused> {
    let since = end.before(OFFER_BEFORE);
    let all = known(&app.store, tenant, case, OFFER).await?;
    Ok(all.iter().map(|task| task.record.recorded_at).filter(|at| *at >= since).min())
}

/// An act of keeping, which sets work.
async fn asking(app: &App, tenant: TenantId, case: CaseId) -> Result<Option<Act>, Refused> {
    let actor = Actor::System { job: "retention".into() };
    let context = ActContext::new(tenant, actor, "retention.offer").about(case);
    Ok(match app.store.act(context).await? {
        Begun::Fresh(act) => Some(act),
        Begun::Repeated(_) => None,
    })
}

/// Sets work of whoever leads a case.
async fn set(act: &mut Act, case: CaseId, kind: &str, due: Moment) -> Result<(), Refused> {
    let tenant = act.tenant();
    let team = teams::of_case(&*act, tenant, case).await?;
    let lead = team.iter().find(|member| member.part == TeamPart::Lead && member.until.is_none());
    let task = Task {
        tenant,
        id: act.new_id::<TaskId>(),
        kind: kind.into(),
        subject: Some(case.subject()),
        note: palermo_domain::case::number(case),
        desk: None,
        assignee: lead.map(|member| member.account),
        due_at: Some(due),
        done_at: None,
        done_by: None,
        recorded_at: act.now(),
    };
    Ok(tasks::insert(act, &task).await?)
}

/// Asks whoever leads a case to offer a copy or more time, in place of what was asked
/// for an earlier end.
async fn offer(app: &App, tenant: TenantId, case: CaseId, end: Moment) -> Result<(), Refused> {
    let Some(mut act) = asking(app, tenant, case).await? else { return Ok(()) };
    for kind in [OFFER, HELD] {
        work::answered_kind(&mut act, case.subject(), kind).await?;
    }
    let least = act.now().after(OFFER_BEFORE);
    let due = end.max(least).before(Duration::from_secs(14 * 86_400));
    set(&mut act, case, OFFER, due).await?;
    Ok(act.commit(&()).await?)
}

/// What was offered counts no more while something holds the case: when that ends,
/// the person is offered a copy anew.
async fn lapse(app: &App, tenant: TenantId, case: CaseId) -> Result<(), Refused> {
    if known(&app.store, tenant, case, OFFER).await?.is_empty() {
        return Ok(());
    }
    let Some(mut act) = asking(app, tenant, case).await? else { return Ok(()) };
    for found in known(&act, tenant, case, OFFER).await? {
        let lapsed = Task {
            kind: LAPSED.into(),
            done_at: found.record.done_at.or(Some(act.now())),
            ..found.record
        };
        tasks::update(&mut act, &lapsed, found.revision).await?;
    }
    Ok(act.commit(&()).await?)
}

/// Once a year whoever leads a closed case that a matter alone holds looks whether it
/// still does: nobody else would write that it ended.
async fn still_held(app: &App, tenant: TenantId, case: CaseId) -> Result<(), Refused> {
    let since = app.store.now().before(HELD_AGAIN);
    let asked = known(&app.store, tenant, case, HELD).await?;
    if asked.iter().any(|task| task.record.done_at.is_none() || task.record.recorded_at > since) {
        return Ok(());
    }
    let Some(mut act) = asking(app, tenant, case).await? else { return Ok(()) };
    let due = act.now().after(OFFER_BEFORE);
    set(&mut act, case, HELD, due).await?;
    Ok(act.commit(&()).await?)
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
        for one in record::of_case::<NeverTold>(&*act, tenant, id).await? {
            record::remove(act, &one.record).await?;
        }
        for one in record::of_case::<AbroadQuestion>(&*act, tenant, id).await? {
            record::remove(act, &one.record).await?;
        }
        for one in note_drafts::of_case(&*act, tenant, id).await? {
            note_drafts::remove(act, &one).await?;
        }
        for one in record::of_case::<Related>(&*act, tenant, id).await? {
            record::remove(act, &one.record).await?;
            order(act, one.record.person, basis).await?;
        }
        // What was answered before there was a case lies under another key.
        for one in screening::of_case(&*act, tenant, id).await? {
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
        empty(act, id).await?;
        forget(act, id).await?;
        let event = events::new(act, id, "erased");
        events::insert(act, &event).await?;
    }
    for one in channels::of_person(&*act, tenant, file.person).await? {
        channels::remove(act, &one.record).await?;
    }
    if let Some(told) = backgrounds::find(&*act, tenant, file.person).await? {
        backgrounds::remove(act, &told.record).await?;
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

/// What was sealed for others, or kept in files, goes with the person.
async fn empty(act: &mut Act, case: CaseId) -> Result<(), Refused> {
    let tenant = act.tenant();
    for one in record::of_case::<Referral>(&*act, tenant, case).await? {
        referral_word::remove_of(act, one.record.id).await?;
    }
    for one in incoming::of_case(&*act, tenant, case).await? {
        incoming::empty(act, one.record.id).await?;
    }
    for one in attachments::of_case(&*act, tenant, case).await? {
        attachments::remove(act, &one.record).await?;
    }
    for one in sealed_files::of_case(&*act, tenant, case).await? {
        sealed_files::remove(act, &one.record).await?;
    }
    look_for::remove_of_case(act, case).await?;
    Ok(own_view::remove_of_case(act, case).await?)
}

/// What is in clear and could be laid beside a judgment or a register goes: amounts
/// with their days, the days of charges and permits but for their year, what was said
/// about keeping, flags, and what the history tells of these and of the person's own
/// particulars. What a service, a charge or a permit was still counts.
async fn forget(act: &mut Act, case: CaseId) -> Result<(), Refused> {
    let tenant = act.tenant();
    for one in care::of_case(&*act, tenant, case).await? {
        let (mut kept, before) = (one.record.clone(), one.record.body);
        match &mut kept.body {
            Body::Service(service) => {
                (service.awarded, service.awarded_on) = (None, None);
                (service.paid, service.paid_on) = (None, None);
            }
            Body::Permit(permit) => {
                for day in permit.days() {
                    *day = day.map(Day::year_starts);
                }
            }
            _ => continue,
        }
        if kept.body != before {
            care::update(act, &kept, one.revision).await?;
        }
    }
    for one in record::of_case::<Charge>(&*act, tenant, case).await? {
        let happened_at = in_its_year(one.record.happened_at);
        record::update(act, &Charge { happened_at, ..one.record }, one.revision).await?;
    }
    for one in record::of_case::<Said>(&*act, tenant, case).await? {
        record::remove(act, &one.record).await?;
    }
    for one in record::of_case::<Flag>(&*act, tenant, case).await? {
        record::remove(act, &one.record).await?;
    }
    for one in record::of_case::<NotSame>(&*act, tenant, case).await? {
        record::remove(act, &one.record).await?;
    }
    for one in record::of_case::<FromCall>(&*act, tenant, case).await? {
        record::remove(act, &one.record).await?;
    }
    for mut event in events::whole(&*act, tenant, case).await? {
        let before = event.clone();
        match event.kind.as_str() {
            "particulars-changed" => {
                event.facts.retain(|fact, _| !matches!(fact.as_str(), "from" | "to"));
            }
            "care-changed" => event.facts.retain(|fact, _| !is_beside_a_register(fact)),
            "keeping-said" | "flag-set" | "flag-lifted" => event.facts.clear(),
            "age-asked" => event.facts.retain(|fact, _| fact != super::age::YEAR),
            "charge-brought" | "charge-decided" => {
                event.happened_at = in_its_year(event.happened_at);
            }
            _ => {}
        }
        if event != before {
            events::overwrite(act, &event).await?;
        }
    }
    Ok(())
}

/// The first moment of the year something happened in.
fn in_its_year(at: Moment) -> Moment {
    Day::from(at.date()).year_starts().starts()
}

/// Whether a fact of a change tells what someone was awarded or paid, or when, or a day
/// of a permit.
fn is_beside_a_register(fact: &str) -> bool {
    let field = fact.strip_prefix("was-").or_else(|| fact.strip_prefix("now-"));
    let money = ["awarded", "awarded_on", "paid", "paid_on"];
    field.is_some_and(|field| money.contains(&field) || Permit::DAYS.contains(&field))
}

/// Orders that a key be destroyed; someone of whom nothing was ever sealed has none.
async fn order(act: &mut Act, person: PersonId, basis: &str) -> Result<(), Refused> {
    match erase::order(act, person, basis).await {
        Ok(()) | Err(palermo_store::Error::NotFound) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
