//! Signals and their joint responses. A signal goes to people as a task, first
//! to those who protect and to the rapporteur; they dismiss it with a reason, or
//! answer it with a joint response that the host State agreed to and an
//! organisation takes part in. Enforcement sees it after that, and no finer than
//! a release shows.

use super::{
    signal_tasks,
    watching::{Watch, judge, judge_until, months_of},
};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    public_site::figures,
};
use palermo_domain::{
    actor::Actor,
    desk::DeskLevel,
    id::{AccountId, DatasetId, DeskId, Id, SignalId, TenantId},
    knowledge::{
        columns::Columns,
        dataset::Dataset,
        signal::{Coarse, JointResponse, Signal, SignalStatus, Step},
    },
    role::Role,
    task::Task,
    tenant::TenantKind,
};
use palermo_store::{
    ActContext, Begun, Paging, Revision, Store, Versioned, account as accounts, desk as desks,
    knowledge::{batch as batches, dataset as datasets, signal as signals},
    register::Filed,
    role as roles, task as tasks, tenant as tenants,
};
use std::{collections::BTreeSet, time::Duration};

/// A signal as it is listed.
pub type Listed1 = Versioned<Filed<SignalId, Signal>>;

/// Days within which somebody should have looked.
const DAYS_TO_LOOK: u64 = 5;

/// Earlier months of a batch that are judged anew.
const MOST_LATE: usize = 3;

/// Desks of one organisation that are told.
const MOST_DESKS: usize = 6;

/// Looks at a dataset that just grew, writes down what is new, and tells those
/// who protect.
pub(super) async fn after_import(
    app: &App,
    mut context: ActContext,
    dataset: &Filed<DatasetId, Dataset>,
    brought: &Columns,
) -> Result<usize, Refused> {
    let store = &app.store;
    let figures = batches::figures(store, dataset.tenant, dataset.id).await?;
    let found = seen(&figures, &months_of(brought), &dataset.id.to_string());
    if found.is_empty() {
        return Ok(0);
    }
    let known = signals::list(store, None).await?;
    let new: Vec<&Signal> = found
        .iter()
        .filter(|one| {
            !known
                .iter()
                .any(|old| old.entry.series == one.series && old.entry.period == one.period)
        })
        .collect();
    if new.is_empty() {
        return Ok(0);
    }
    context.idempotency = None;
    let Begun::Fresh(mut act) = store.act(context).await? else { return Ok(0) };
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
    why: &str,
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
        signal.reason = Some(why.to_owned());
        act.about(one.id);
        signals::update(&mut act, one.id, &signal, one.revision).await?;
    }
    act.commit(&gone.len()).await?;
    for one in gone {
        signal_tasks::close(store, one.id, signal_tasks::LOOK).await?;
    }
    Ok(())
}

/// The States a signal speaks of.
fn states(signal: &Signal) -> BTreeSet<String> {
    let (state, dimension, word) = signal.parts();
    let mut all = BTreeSet::from([state.to_owned()]);
    if matches!(dimension, "route" | "citizenship" | "state") {
        all.extend(word.split('>').map(str::to_owned));
    }
    all.retain(|code| code.len() == 3);
    all
}

/// Sets a task for each desk that protects in a State concerned, and for the
/// rapporteur, the human rights institution and the secretariat. Enforcement is
/// not among them. The task says no more than that there is something to look at.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn tell(store: &Store, id: SignalId, signal: &Signal) -> Result<(), Refused> {
    const FIRST: [TenantKind; 5] = [
        TenantKind::Secretariat,
        TenantKind::NationalCoordination,
        TenantKind::Rapporteur,
        TenantKind::HumanRights,
        TenantKind::Care,
    ];
    let concerned = states(signal);
    for kind in FIRST {
        let filter = tenants::Filter { kind: Some(kind), ..tenants::Filter::default() };
        for tenant in tenants::list(store, &filter, Paging::all()).await?.items {
            let tenant = tenant.record;
            let here = tenant.state.as_ref().is_some_and(|state| concerned.contains(state));
            let always = matches!(kind, TenantKind::Secretariat | TenantKind::Rapporteur);
            if here || always {
                set_task(store, tenant.id, id, signal).await?;
            }
        }
    }
    Ok(())
}

async fn set_task(
    store: &Store,
    tenant: TenantId,
    id: SignalId,
    signal: &Signal,
) -> Result<(), Refused> {
    let filter =
        desks::Filter { tenant: Some(tenant), open: Some(true), ..desks::Filter::default() };
    let page = desks::list(store, &filter, desks::SortBy::default(), Paging::all()).await?;
    let mut to: Vec<(Option<DeskId>, Option<AccountId>)> = page
        .items
        .into_iter()
        .filter(|desk| desk.record.level != DeskLevel::Hotspot)
        .take(MOST_DESKS)
        .map(|desk| (Some(desk.record.id), None))
        .collect();
    if to.is_empty() {
        for role in [Role::NationalRapporteur, Role::HumanRightsInstitution, Role::Secretariat] {
            let held = roles::holders(store, tenant, role, store.now()).await?;
            to.extend(held.first().map(|one| (None, Some(one.record.account))));
        }
    }
    if to.is_empty() {
        return Ok(());
    }
    let actor = Actor::System { job: "watch".into() };
    let context = ActContext::new(tenant, actor, "signal.tell").about(id);
    let Begun::Fresh(mut act) = store.act(context).await? else { return Ok(()) };
    for (desk, assignee) in to {
        let task = Task {
            tenant,
            id: act.new_id(),
            kind: signal_tasks::LOOK.into(),
            subject: Some(id.subject()),
            note: signal.period.clone(),
            desk,
            assignee,
            due_at: Some(act.now().after(Duration::from_secs(DAYS_TO_LOOK * 86_400))),
            done_at: None,
            done_by: None,
            recorded_at: act.now(),
        };
        tasks::insert(&mut act, &task).await?;
    }
    Ok(act.commit(&()).await?)
}

/// All signals, the newest first.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Listed1>, Refused> {
    acting.allow(Action::ReadSignals, &Resource::region()).await?;
    let mut all = signals::list(&acting.app.store, None).await?;
    all.reverse();
    Ok(all)
}

/// One signal.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show(acting: &Acting<'_>, id: SignalId) -> Result<Listed1, Refused> {
    list(acting).await?.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)
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

/// A dataset with what is watched in it.
#[derive(Debug)]
pub struct Trends {
    /// The dataset.
    pub dataset: super::datasets::Listed,
    /// When its newest batch was accepted, in microseconds since 1970.
    pub accepted_at: i64,
    /// The series.
    pub watch: Watch,
}

/// What is watched, as it stands now: each own dataset with months, the one whose
/// batch came last first.
///
/// # Errors
/// What access or the store refuse.
pub async fn trends(acting: &Acting<'_>) -> Result<Vec<Trends>, Refused> {
    let tenant = super::datasets::reader(acting).await?;
    let store = &acting.app.store;
    let mut out = Vec::new();
    for dataset in datasets::list(store, None).await? {
        if dataset.tenant != tenant || dataset.entry.format.has_sums() {
            continue;
        }
        let about = batches::about(store, dataset.tenant, dataset.id).await?;
        let kept = about.iter().filter(|(_, batch)| batch.undone.is_none());
        let Some(accepted_at) = kept.map(|(_, batch)| batch.accepted_at).max() else { continue };
        let watch = judge(&batches::figures(store, dataset.tenant, dataset.id).await?);
        if !watch.months.is_empty() {
            out.push(Trends { dataset, accepted_at, watch });
        }
    }
    out.sort_by_key(|one| std::cmp::Reverse((one.accepted_at, one.watch.all.len())));
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
    let seen = show(acting, id).await?;
    let answers = [Step::Consented, Step::Declined].map(Step::code);
    if seen.tenant != tenant || answers.contains(&form.what.as_str()) {
        return Err(Refused::NotFound);
    }
    let name = name_of(acting).await?;
    let signal = changed(acting, &seen.entry, form, &name)?;
    let mut act = begin!(acting, acting.context(Action::TriageSignals)?.about(id));
    signals::update(&mut act, id, &signal, Revision(form.revision)).await?;
    act.detail("step", form.what.clone());
    act.commit(&id).await?;
    let store = &acting.app.store;
    if signal.status != SignalStatus::New {
        signal_tasks::close(store, id, signal_tasks::LOOK).await?;
    }
    if form.what == "propose" {
        signal_tasks::ask_host(store, id, &signal).await?;
    }
    Ok(id)
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
    let seen = show(acting, id).await?;
    let host = seen.entry.response.as_ref().map(|response| response.host.clone());
    let resource = Resource::region().in_state(host.as_deref());
    acting.allow(Action::AnswerJointResponse, &resource).await?;
    if !answers_for_host(acting, &seen.entry) {
        return Err(Refused::NotFound);
    }
    let to = Step::from_code(&form.what)
        .filter(|step| matches!(step, Step::Consented | Step::Declined))
        .ok_or(Refused::NotFound)?;
    let name = name_of(acting).await?;
    let mut signal = seen.entry.clone();
    let mut problems = Problems::default();
    let words = problems.required("consent", &form.consent, 300);
    problems.none()?;
    let Some(response) = &mut signal.response else { return Err(Refused::NotFound) };
    response.consent = Some(words);
    step(response, to, &name, acting)?;
    let action = Action::AnswerJointResponse.code();
    let mut context = ActContext::new(seen.tenant, acting.actor.clone(), action).about(id);
    context.idempotency.clone_from(&acting.once);
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
        (code, Some(response)) => {
            let to = Step::from_code(code).ok_or(Refused::NotFound)?;
            further(response, to, form, &mut problems);
            if problems.0.is_empty() {
                step(response, to, name, acting)?;
            }
        }
        _ => return Err(Refused::NotFound),
    }
    problems.none()?;
    Ok(signal)
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
