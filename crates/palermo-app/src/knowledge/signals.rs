//! Signals and their joint responses. A signal goes to people as a task, first
//! to those who protect and to the rapporteur; they dismiss it with a reason, or
//! answer it with a joint response that the host State agreed to and an
//! organisation takes part in. Enforcement sees it after that, and no finer than
//! a release shows.

use super::{
    signal_tasks, threshold,
    watching::{judge, judge_until, months_of},
};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    public_site::figures,
    register::ask::Lookup,
    release::spec::Kind,
};
use palermo_domain::{
    actor::Actor,
    id::{DatasetId, SignalId, TenantId},
    knowledge::{
        columns::Columns,
        dataset::Dataset,
        sharing::{answers_for_figures, triages as may_triage},
        signal::{Coarse, JointResponse, Signal, SignalStatus, Step},
    },
    register::day::Day,
};
use palermo_store::{
    ActContext, Begun, Revision, Store, Versioned, account as accounts,
    knowledge::{batch as batches, signal as signals},
    register::Filed,
    tenant as tenants,
};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use super::signal_tasks::tell;

/// A signal as it is listed.
pub type Listed1 = Versioned<Filed<SignalId, Signal>>;

/// Earlier months of a batch that are judged anew.
const MOST_LATE: usize = 3;

/// Why a signal was dismissed whose figures were taken out again: a message, as
/// the words of whoever took them out are for readers of the dataset.
pub const FIGURES_GONE: &str = "signal-figures-gone";

/// Looks at a dataset that just grew, writes down what is new, and tells those
/// who protect. Those who only send figures raise nothing: the small numbers of a
/// shelter would be read in the whole region (E40).
pub(super) async fn after_import(
    app: &App,
    mut context: ActContext,
    dataset: &Filed<DatasetId, Dataset>,
    brought: &Columns,
) -> Result<usize, Refused> {
    let store = &app.store;
    let owner = tenants::find(store, dataset.tenant).await?;
    if !owner.is_some_and(|owner| answers_for_figures(owner.record.kind)) {
        return Ok(0);
    }
    let figures = batches::figures(store, dataset.tenant, dataset.id).await?;
    let found = seen(&figures, &months_of(brought), &dataset.id.to_string());
    if found.is_empty() {
        return Ok(0);
    }
    context.idempotency = None;
    let Begun::Fresh(mut act) = store.act(context).await? else { return Ok(0) };
    // Read within the act: of two imports at once the second sees what the first raised.
    let known = signals::list(&act, None).await?;
    let new: Vec<&Signal> = found
        .iter()
        .filter(|one| {
            // What another organisation counted says nothing of these figures.
            !known.iter().any(|old| {
                old.tenant == dataset.tenant
                    && old.entry.series == one.series
                    && old.entry.period == one.period
            })
        })
        .collect();
    if new.is_empty() {
        act.give_up().await?;
        return Ok(0);
    }
    let mut made = Vec::new();
    for signal in &new {
        let id = signals::insert(&mut act, signal).await?;
        act.about(id);
        made.push((id, *signal));
    }
    act.commit(&new.len()).await?;
    for (id, signal) in made {
        tell(store, id, signal).await?;
    }
    Ok(new.len())
}

/// Signals of the newest month, and of earlier ones that a batch spoke of: a State
/// that reports late is watched as well.
fn seen(figures: &Columns, brought: &[String], dataset: &str) -> Vec<Signal> {
    let newest = judge(figures);
    let last = newest.months.last().cloned();
    let mut found = newest.signals(dataset);
    let late = brought.iter().rev().filter(|month| Some(*month) != last.as_ref());
    for month in late.take(MOST_LATE) {
        found.extend(judge_until(figures, Some(month)).signals(dataset));
    }
    found
}

/// Takes back what nobody looked at yet and the figures no longer say, after a
/// batch was taken out.
///
/// # Errors
/// What the store refuses.
pub(super) async fn after_undo(
    app: &App,
    mut context: ActContext,
    dataset: DatasetId,
) -> Result<(), Refused> {
    let store = &app.store;
    let figures = batches::figures(store, context.tenant, dataset).await?;
    let id = dataset.to_string();
    let mut gone = Vec::new();
    for one in signals::list(store, Some(SignalStatus::New.code())).await? {
        let of_this = one.entry.dataset.as_deref() == Some(id.as_str());
        if !of_this || one.tenant != context.tenant {
            continue;
        }
        let still = judge_until(&figures, Some(&one.entry.period)).signals(&id);
        let same =
            |other: &Signal| other.series == one.entry.series && other.period == one.entry.period;
        if !still.iter().any(same) {
            gone.push(one);
        }
    }
    if gone.is_empty() {
        return Ok(());
    }
    context.idempotency = None;
    let Begun::Fresh(mut act) = store.act(context).await? else { return Ok(()) };
    for one in &gone {
        let mut signal = one.entry.clone();
        signal.status = SignalStatus::Dismissed;
        signal.reason = Some(FIGURES_GONE.to_owned());
        act.about(one.id);
        signals::update(&mut act, one.id, &signal, one.revision).await?;
    }
    act.commit(&gone.len()).await?;
    for one in gone {
        signal_tasks::close(store, one.id, signal_tasks::LOOK).await?;
    }
    Ok(())
}

/// Does what an act on a signal left undone when the server stopped or somebody
/// ticked a task at that moment: takes back signals of figures that are gone, asks
/// the host State, closes tasks. For the hourly job; however often it runs, nothing
/// is done twice.
///
/// # Errors
/// When the store does not answer.
pub async fn catch_up(app: &App) -> Result<(), Refused> {
    let store = &app.store;
    let new = signals::list(store, Some(SignalStatus::New.code())).await?;
    let of: BTreeSet<(TenantId, DatasetId)> = new
        .iter()
        .filter_map(|one| Some((one.tenant, one.entry.dataset.as_ref()?.parse().ok()?)))
        .collect();
    for (tenant, dataset) in of {
        let batches = batches::about(store, tenant, dataset).await?;
        if batches.iter().any(|(_, batch)| batch.undone.is_some()) {
            let actor = Actor::System { job: "watch".into() };
            let context = ActContext::new(tenant, actor, "signal.tell").about(dataset);
            after_undo(app, context, dataset).await?;
        }
    }
    for one in signals::list(store, None).await? {
        if one.entry.status == SignalStatus::New {
            continue;
        }
        signal_tasks::ask_host(store, one.id, &one.entry).await?;
        signal_tasks::close(store, one.id, signal_tasks::LOOK).await?;
        let step = one.entry.response.as_ref().map(|response| response.step);
        if step != Some(Step::Proposed) {
            signal_tasks::close(store, one.id, signal_tasks::ANSWER).await?;
        }
    }
    Ok(())
}

/// All signals, the newest first; those of another organisation's figures in
/// numbers rounded to the threshold.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Listed1>, Refused> {
    acting.allow(Action::ReadSignals, &Resource::region()).await?;
    let mut all = signals::list(&acting.app.store, None).await?;
    all.reverse();
    let mut least: BTreeMap<String, u32> = BTreeMap::new();
    for one in &mut all {
        if reads_exactly(acting, one.tenant) {
            continue;
        }
        let state = one.entry.parts().0.to_owned();
        let step = if let Some(step) = least.get(&state) {
            *step
        } else {
            let of = (!state.is_empty()).then(|| state.clone());
            let found = threshold::least(acting.app, of.as_slice(), Kind::Round).await?;
            least.insert(state, found);
            found
        };
        one.record.entry = one.entry.rounded(step);
    }
    Ok(all)
}

/// Whether this person reads the exact figures behind signals of an organisation.
#[must_use]
pub fn reads_exactly(acting: &Acting<'_>, owner: TenantId) -> bool {
    acting.may(Action::ReadData, &Resource::of(owner)).allowed
}

/// Whether this person triages the signals of an organisation.
#[must_use]
pub fn triages(acting: &Acting<'_>, owner: TenantId) -> bool {
    acting.subject.tenant.is_some_and(|(own, kind)| {
        may_triage(kind, own == owner)
            && acting.may(Action::TriageSignals, &Resource::of(own)).allowed
    })
}

/// One signal, as [`list`] shows it.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show(acting: &Acting<'_>, id: SignalId) -> Result<Listed1, Refused> {
    list(acting).await?.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)
}

/// One signal as it is kept, to change it.
async fn kept(acting: &Acting<'_>, id: SignalId) -> Result<Listed1, Refused> {
    acting.allow(Action::ReadSignals, &Resource::region()).await?;
    let all = signals::list(&acting.app.store, None).await?;
    all.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)
}

/// What enforcement sees: signals after triage, no finer than a release shows.
///
/// # Errors
/// What access or the store refuse.
pub async fn triaged(acting: &Acting<'_>) -> Result<Vec<Coarse>, Refused> {
    acting.allow(Action::ReadTriagedSignals, &Resource::region()).await?;
    let store = &acting.app.store;
    let released: Vec<Vec<String>> =
        figures::load(store).await?.tables.into_iter().map(|table| table.table.columns).collect();
    let mut all = signals::list(store, None).await?;
    all.reverse();
    let mut out: Vec<Coarse> = all.iter().filter_map(|one| one.entry.coarse(&released)).collect();
    out.dedup();
    Ok(out)
}

/// What someone does about a signal.
#[derive(Debug, Clone, Default)]
pub struct TriageForm {
    /// `dismiss`, `propose`, or the next step of the response.
    pub what: String,
    /// The reason of a dismissal.
    pub reason: String,
    /// The host State.
    pub host: String,
    /// Who may be stopped.
    pub stopped: String,
    /// Who may be turned back.
    pub turned_back: String,
    /// Who may be exposed.
    pub exposed: String,
    /// What is done so that nobody is harmed.
    pub rights_note: String,
    /// The team.
    pub team: String,
    /// The organisation that assists.
    pub ngo: String,
    /// Which office agreed, or why not, in the host State's words.
    pub consent: String,
    /// What was done.
    pub report: String,
    /// Persons assisted.
    pub assisted: String,
    /// Persons refused entry.
    pub refused_entry: String,
    /// Lessons.
    pub lessons: String,
    /// The public may read the lessons.
    pub lessons_public: bool,
    /// The revision seen.
    pub revision: i64,
}

/// Dismisses a signal, proposes a joint response, or takes it a step further.
/// The host State's answer is not among the steps: it gives that itself.
///
/// # Errors
/// Every problem of the form; what the rules refuse.
pub async fn triage(
    acting: &Acting<'_>,
    id: SignalId,
    form: &TriageForm,
) -> Result<SignalId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::TriageSignals, &Resource::of(tenant)).await?;
    let seen = kept(acting, id).await?;
    let answers = [Step::Consented, Step::Declined].map(Step::code);
    if !triages(acting, seen.tenant) || answers.contains(&form.what.as_str()) {
        return Err(Refused::NotFound);
    }
    let name = name_of(acting).await?;
    let signal = changed(acting, &seen.entry, form, &name)?;
    if form.what == "propose" {
        host_is_member(acting, form).await?;
    }
    let mut act = begin!(acting, context_of(acting, seen.tenant, Action::TriageSignals).about(id));
    signals::update(&mut act, id, &signal, Revision(form.revision)).await?;
    act.detail("step", form.what.clone());
    act.commit(&id).await?;
    let store = &acting.app.store;
    if form.what == "propose" {
        signal_tasks::ask_host(store, id, &signal).await?;
    }
    if signal.status != SignalStatus::New {
        signal_tasks::close(store, id, signal_tasks::LOOK).await?;
    }
    Ok(id)
}

/// An act on a signal stands in the log of the organisation whose signal it is.
fn context_of(acting: &Acting<'_>, owner: TenantId, action: Action) -> ActContext {
    let mut context = ActContext::new(owner, acting.actor.clone(), action.code());
    context.idempotency.clone_from(&acting.once);
    context.happened_at = acting.happened;
    context
}

/// Whether this person answers for the host State of a proposed response.
#[must_use]
pub fn answers_for_host(acting: &Acting<'_>, signal: &Signal) -> bool {
    let proposed = signal.response.as_ref().filter(|response| response.step == Step::Proposed);
    proposed.is_some_and(|response| {
        acting.subject.state.as_deref() == Some(response.host.as_str())
            && acting
                .may(
                    Action::AnswerJointResponse,
                    &Resource::region().in_state(Some(&response.host)),
                )
                .allowed
    })
}

/// The host State agrees or declines, through its own focal point.
///
/// # Errors
/// [`Refused::NotFound`] for anybody else; every problem of the form.
pub async fn answer(
    acting: &Acting<'_>,
    id: SignalId,
    form: &TriageForm,
) -> Result<SignalId, Refused> {
    let seen = kept(acting, id).await?;
    let host = seen.entry.response.as_ref().map(|response| response.host.clone());
    let resource = Resource::region().in_state(host.as_deref());
    acting.allow(Action::AnswerJointResponse, &resource).await?;
    if !answers_for_host(acting, &seen.entry) {
        return Err(Refused::NotFound);
    }
    let to =
        Step::from_code(&form.what).filter(|step| matches!(step, Step::Consented | Step::Declined));
    let name = name_of(acting).await?;
    let mut signal = seen.entry.clone();
    let mut problems = Problems::default();
    let words = problems.required("consent", &form.consent, 300);
    if to.is_none() {
        problems.add("what", Message::new("error-choose"));
    }
    problems.none()?;
    let Some(to) = to else { return Err(Refused::NotFound) };
    let Some(response) = &mut signal.response else { return Err(Refused::NotFound) };
    response.consent = Some(words);
    step(response, to, &name, acting)?;
    let context = context_of(acting, seen.tenant, Action::AnswerJointResponse).about(id);
    let mut act = begin!(acting, context);
    signals::update(&mut act, id, &signal, Revision(form.revision)).await?;
    act.detail("step", to.code());
    act.commit(&id).await?;
    signal_tasks::close(&acting.app.store, id, signal_tasks::ANSWER).await?;
    Ok(id)
}

async fn name_of(acting: &Acting<'_>) -> Result<String, Refused> {
    let (tenant, account) = acting.member()?;
    let found = accounts::find(&acting.app.store, tenant, account).await?;
    Ok(found.map(|account| account.record.name).unwrap_or_default())
}

fn step(
    response: &mut JointResponse,
    to: Step,
    name: &str,
    acting: &Acting<'_>,
) -> Result<(), Refused> {
    response
        .advance(to)
        .map_err(|why| Refused::Declined(Message::new(&format!("signal-{}", why.code()))))?;
    response.taken.push((to, name.to_owned(), acting.now().micros()));
    Ok(())
}

fn changed(
    acting: &Acting<'_>,
    seen: &Signal,
    form: &TriageForm,
    name: &str,
) -> Result<Signal, Refused> {
    let mut signal = seen.clone();
    let mut problems = Problems::default();
    let open = signal.takes_proposal();
    match (form.what.as_str(), &mut signal.response) {
        ("dismiss", _) if open => {
            signal.reason = Some(problems.required("reason", &form.reason, 1_000));
            signal.status = SignalStatus::Dismissed;
            signal.triaged = Some((name.to_owned(), acting.now().micros()));
        }
        ("propose", declined) if open => {
            let mut next = proposed(acting, form, name, &mut problems);
            // What was proposed before and declined stays told.
            let mut taken = declined.take().map(|old| old.taken).unwrap_or_default();
            taken.append(&mut next.taken);
            next.taken = taken;
            signal.response = Some(next);
            signal.status = SignalStatus::Answered;
            signal.triaged = Some((name.to_owned(), acting.now().micros()));
        }
        (code, Some(response)) if !matches!(code, "dismiss" | "propose") => {
            let to = Step::from_code(code).ok_or(Refused::NotFound)?;
            further(response, to, form, &mut problems);
            if problems.0.is_empty() {
                step(response, to, name, acting)?;
            }
        }
        // Somebody else did something about it since this page was read.
        ("dismiss" | "propose", _) => return Err(Refused::Conflict),
        _ => return Err(Refused::NotFound),
    }
    problems.none()?;
    Ok(signal)
}

/// A joint response is proposed to a State that takes part in the mechanism: nobody
/// else has a focal point here who could agree.
async fn host_is_member(acting: &Acting<'_>, form: &TriageForm) -> Result<(), Refused> {
    let app = acting.app;
    let id = app.store.mechanism().await?;
    let Some(profile) = id.and_then(|id| app.content.mechanisms().get(&id)) else {
        return Ok(());
    };
    let host = form.host.trim().to_uppercase();
    let today = Day::from(acting.now().date());
    let members = Lookup::of(app).members(profile, today).await;
    if members.is_ok_and(|all| !all.is_empty() && !all.contains(&host)) {
        let message = Message::new("response-host-no-member").with("code", &host);
        return Err(Refused::field("host", message));
    }
    Ok(())
}

fn proposed(
    acting: &Acting<'_>,
    form: &TriageForm,
    name: &str,
    problems: &mut Problems,
) -> JointResponse {
    let host = problems.required("host", &form.host.trim().to_uppercase(), 3);
    if !host.is_empty() && !acting.app.content.knows_state(&host) {
        problems.add("host", Message::new("error-unknown-state").with("code", &host));
    }
    JointResponse {
        host,
        stopped: problems.required("stopped", &form.stopped, 2_000),
        turned_back: problems.required("turned_back", &form.turned_back, 2_000),
        exposed: problems.required("exposed", &form.exposed, 2_000),
        rights_note: problems.required("rights_note", &form.rights_note, 4_000),
        team: problems.bounded("team", &form.team, 1_000),
        ngo: problems.bounded("ngo", &form.ngo, 200),
        step: Step::Proposed,
        consent: None,
        assisted: None,
        refused_entry: None,
        lessons: None,
        lessons_public: false,
        report: String::new(),
        taken: vec![(Step::Proposed, name.to_owned(), acting.now().micros())],
    }
}

fn further(response: &mut JointResponse, to: Step, form: &TriageForm, problems: &mut Problems) {
    match to {
        Step::Composed => {
            response.team = problems.required("team", &form.team, 1_000);
            response.ngo = problems.required("ngo", &form.ngo, 200);
        }
        Step::Reported => {
            let mut count = |field: &str, text: &str| {
                let count = text.trim().parse::<u64>().ok();
                if count.is_none() {
                    problems.add(field, Message::new("data-error-count"));
                }
                count
            };
            response.assisted = count("assisted", &form.assisted);
            response.refused_entry = count("refused_entry", &form.refused_entry);
            response.report = problems.required("report", &form.report, 4_000);
        }
        Step::Closed => {
            response.lessons = Some(problems.required("lessons", &form.lessons, 4_000));
            response.lessons_public = form.lessons_public;
        }
        Step::Proposed | Step::Consented | Step::Deployed | Step::Declined => {}
    }
}

/// What was learnt, as the library shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// The host State.
    pub host: String,
    /// The year of the signal.
    pub year: String,
    /// The words.
    pub words: String,
}

/// Lessons of closed responses that the public may read.
///
/// # Errors
/// When the store does not answer.
pub async fn public_lessons(store: &Store) -> Result<Vec<Lesson>, Refused> {
    let all = signals::list(store, Some(SignalStatus::Answered.code())).await?;
    let lessons = all.into_iter().filter_map(|one| {
        let year = one.entry.period.get(..4).unwrap_or_default().to_owned();
        let response = one.record.entry.response?;
        let shared = response.step == Step::Closed && response.lessons_public;
        let words = response.lessons.filter(|words| shared && !words.is_empty())?;
        Some(Lesson { host: response.host, year, words })
    });
    Ok(lessons.collect())
}
