//! Releases in the region: prepared from a dataset, attacked, compared with
//! everything ever published, signed by two people, published, corrected,
//! retracted. What was refused is kept with its report, so that nobody tries
//! the same again unknowing.

use super::{budget, datasets, release_form, threshold};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    release::{
        files,
        prepare::{Prepared, Publishable, ReleasedTable, prepare},
        spec::{Kind, Spec, Table},
    },
};
use palermo_domain::{
    id::{DatasetId, ReleaseId, TenantId},
    knowledge::{
        columns::Columns,
        publication::{Signature, Status, retract as retracted, sign as signed},
    },
};
use palermo_stats::disclosure::{
    DisclosureError, Records, Release, difference_findings,
    dp::{Ledger, Promise},
    linked_findings,
};
use palermo_store::{
    Revision, Store, Versioned, account as accounts,
    knowledge::{self as stored, release as kept},
    register::Filed,
};

pub use super::release_form::ReleaseForm;
pub use palermo_store::knowledge::release::KeptRelease;

/// A release as it is listed.
pub type Listed = Versioned<Filed<ReleaseId, KeptRelease>>;

/// More persons than this are not drawn from in a page's time.
const MOST_PERSONS: u64 = 200_000;

/// A line for each person, for methods that work on records.
///
/// # Errors
/// When a count is hidden in the source, or there are too many persons.
fn persons(figures: &Columns, years: (u16, u16), only: &str) -> Result<Records, Refused> {
    let (year, indicator) = (figures.place("year"), figures.place("indicator"));
    let header: Vec<&str> = figures.columns().iter().map(|column| column.name.as_str()).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut all = 0_u64;
    for line in 0..figures.len() {
        let of = year.map_or("", |at| figures.word(at, line)).parse::<u16>().unwrap_or(0);
        let counted = indicator.map_or("", |at| figures.word(at, line));
        let counts = only == SEVERAL || counted == only || (counted.is_empty() && only == VICTIMS);
        if of < years.0 || of > years.1 || !counts {
            continue;
        }
        let Some(count) = figures.amount(line).exact() else {
            return Err(Refused::Declined(Message::new("data-release-hidden")));
        };
        all = all.saturating_add(count);
        if all > MOST_PERSONS {
            let message = Message::new("data-release-too-many").with("most", MOST_PERSONS);
            return Err(Refused::Declined(message));
        }
        let row: Vec<String> =
            (0..figures.columns().len()).map(|at| figures.word(at, line).to_owned()).collect();
        rows.extend((0..count).map(|_| row.clone()));
    }
    Records::from_rows(&header, &rows).map_err(not_checked)
}

/// The column that says how many persons a line stands for.
pub(super) const PERSONS: &str = "persons";

/// What counts where nothing else is said.
const VICTIMS: &str = "victims";

/// Several things at once, kept apart in every table.
const SEVERAL: &str = "several";

/// What a release of these tables counts. Unlike things are never added: a table
/// that does not keep them apart counts one of them, detected persons first.
///
/// # Errors
/// When the lines hold several things and none is detected persons.
pub(crate) fn counted(figures: &Columns, tables: &[Table]) -> Result<String, Refused> {
    if tables.iter().all(|table| table.columns.iter().any(|name| name == "indicator")) {
        return Ok(SEVERAL.to_owned());
    }
    let all = super::explore::words(figures, "indicator");
    match all.as_slice() {
        [] => Ok(VICTIMS.to_owned()),
        [one] => Ok(one.clone()),
        many if many.iter().any(|word| word == VICTIMS) => Ok(VICTIMS.to_owned()),
        _ => Err(Refused::Declined(Message::new("data-release-unlike"))),
    }
}

/// The lines of a dataset as the statistics library reads them.
///
/// # Errors
/// When a count is hidden in the source: what others hid cannot be published.
pub fn records(figures: &Columns, years: (u16, u16), only: &str) -> Result<Records, Refused> {
    let (year, indicator) = (figures.place("year"), figures.place("indicator"));
    let mut header: Vec<&str> =
        figures.columns().iter().map(|column| column.name.as_str()).collect();
    header.push(PERSONS);
    let mut rows = Vec::new();
    for line in 0..figures.len() {
        let of = year.map_or("", |at| figures.word(at, line)).parse::<u16>().unwrap_or(0);
        let counted = indicator.map_or("", |at| figures.word(at, line));
        let counts = only == SEVERAL || counted == only || (counted.is_empty() && only == VICTIMS);
        if of < years.0 || of > years.1 || !counts {
            continue;
        }
        let Some(persons) = figures.amount(line).exact() else {
            return Err(Refused::Declined(Message::new("data-release-hidden")));
        };
        let mut row: Vec<String> =
            (0..figures.columns().len()).map(|at| figures.word(at, line).to_owned()).collect();
        row.push(persons.to_string());
        rows.push(row);
    }
    Records::from_rows(&header, &rows).map_err(not_checked)
}

/// A check that cannot be carried out lets nothing out.
fn not_checked(why: DisclosureError) -> Refused {
    match why {
        DisclosureError::BudgetExceeded { left, .. } => budget::no_room(left, release_form::DELTA),
        DisclosureError::DeltaExceeded { .. } => {
            Refused::field("epsilon", Message::new("budget-delta-spent"))
        }
        why => Refused::Declined(Message::new("data-release-not-checked").with("why", why)),
    }
}

fn counts_of(release: &KeptRelease) -> Option<Release> {
    serde_json::from_value(release.counts.clone()).ok()
}

/// Everything that was ever public, retracted releases too: readers keep copies.
async fn ever_public(store: &Store) -> Result<Vec<Release>, Refused> {
    let all = kept::list(store, None).await?;
    // What researchers were given can be laid beside what is public.
    let public =
        all.iter().filter(|one| one.entry.issued.is_some() || one.entry.status == Status::Given);
    Ok(public.filter_map(|one| counts_of(&one.entry)).collect())
}

pub(crate) fn keep(
    spec: &Spec,
    prepared: &Prepared,
    dataset: Option<DatasetId>,
    at: i64,
) -> KeptRelease {
    let json = |value: &dyn erased::Json| value.json();
    let publishable = prepared.publishable.as_ref();
    KeptRelease {
        slug: spec.release.id.clone(),
        title: spec.release.title.clone(),
        status: if publishable.is_some() { Status::Prepared } else { Status::Refused },
        dataset: dataset.map(|id| id.to_string()),
        spec: json(spec),
        tables: publishable.map_or(serde_json::Value::Null, |one| json(&one.tables)),
        records: publishable
            .and_then(|one| one.records.as_ref())
            .map_or(serde_json::Value::Null, |records| json(records)),
        counts: publishable.map_or(serde_json::Value::Null, |one| json(&one.counts)),
        report: json(&prepared.report),
        signatures: Vec::new(),
        prepared_at: at,
        issued: None,
        reason: None,
        counted: VICTIMS.to_owned(),
        corrects: None,
        corrected_by: None,
        changed: None,
        titles: std::collections::BTreeMap::new(),
        editorial: None,
    }
}

mod erased {
    /// Anything that can become a document.
    pub trait Json {
        /// The document; nothing if it cannot be written.
        fn json(&self) -> serde_json::Value;
    }

    impl<T: serde::Serialize> Json for T {
        fn json(&self) -> serde_json::Value {
            serde_json::to_value(self).unwrap_or_default()
        }
    }
}

/// Notes which earlier release this one puts right, and why.
async fn puts_right(
    acting: &Acting<'_>,
    form: &ReleaseForm,
    release: &mut KeptRelease,
    tenant: TenantId,
) -> Result<(), Refused> {
    let corrects = form.corrects.trim();
    if corrects.is_empty() {
        return Ok(());
    }
    let mut problems = Problems::default();
    release.reason = Some(problems.required("why", &form.why, 1_000));
    let old = public_one(&acting.app.store, corrects).await;
    if !old.is_ok_and(|old| old.entry.status == Status::Published && old.tenant == tenant) {
        problems.add("corrects", Message::new("error-choose"));
    }
    problems.none()?;
    release.corrects = Some(corrects.to_owned());
    Ok(())
}

/// Prepares a release and keeps what came of it, also when it was refused.
///
/// # Errors
/// Every problem of the form; what access or the store refuse; nothing is kept
/// when a check cannot be carried out.
pub async fn make(acting: &Acting<'_>, form: &ReleaseForm) -> Result<ReleaseId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::PrepareRelease, &Resource::of(tenant)).await?;
    let id: DatasetId = form
        .dataset
        .parse()
        .map_err(|_| Refused::field("dataset", Message::new("error-choose")))?;
    let dataset = datasets::show(acting, id).await?.dataset;
    if dataset.entry.format.has_sums() {
        return Err(Refused::Declined(Message::new("data-release-sums")));
    }
    let about = &dataset.entry;
    let figures = datasets::figures(acting, &dataset).await?;
    if figures.is_empty() {
        return Err(Refused::field("dataset", Message::new("data-release-empty")));
    }
    let states = threshold::states(about, &figures);
    let least = threshold::least(acting.app, &states, form.kind()).await?;
    let mut spec = form.spec(about, least)?;
    spec.release.period = release_form::covered(&figures, form);
    let taken = kept::list(&acting.app.store, Some(&spec.release.id)).await?;
    if taken.iter().any(|one| one.entry.status != Status::Refused) {
        let mut problems = Problems::default();
        problems.add("slug", Message::new("data-error-slug-taken"));
        return Err(Refused::Invalid(problems));
    }
    let keeps = super::publishing::chosen_day(acting, &form.announced).await?;
    let years = form.years();
    let counted = counted(&figures, &spec.table)?;
    let of_records = matches!(spec.method.kind, Kind::Synthetic | Kind::Dp);
    let records = if of_records {
        persons(&figures, years, &counted)?
    } else {
        records(&figures, years, &counted)?
    };
    if records.is_empty() {
        return Err(Refused::field("from", Message::new("data-release-no-years")));
    }
    let earlier = ever_public(&acting.app.store).await?;
    let budget = match spec.method.kind {
        Kind::Dp => Some(
            budget::find(&acting.app.store, tenant)
                .await?
                .ok_or_else(|| Refused::Declined(Message::new("budget-none")))?,
        ),
        _ => None,
    };
    let ledger = budget.as_ref().map(budget::ledger).transpose()?;
    let (prepared, ledger) = protected(records, spec.clone(), earlier, ledger).await?;
    let mut release = keep(&spec, &prepared, Some(id), acting.now().micros());
    release.counted = counted;
    puts_right(acting, form, &mut release, tenant).await?;
    let keeps = keeps.filter(|_| prepared.publishable.is_some());
    let mut act = begin!(acting, acting.context(Action::PrepareRelease)?.about(id));
    if let (Some(budget), Some(ledger)) = (&budget, &ledger) {
        budget::spent(&mut act, budget, ledger).await?;
    }
    let made = kept::insert(&mut act, &release).await?;
    act.about(made);
    if let Some(day) = &keeps {
        super::publishing::keeps(&mut act, day, &release.slug).await?;
    }
    act.detail("verdict", prepared.report.verdict);
    act.commit(&made).await?;
    Ok(made)
}

/// The attack takes seconds of computation, so it runs beside the requests.
/// What a noisy release costs is entered before any noise is drawn: a hard stop.
async fn protected(
    records: Records,
    spec: Spec,
    earlier: Vec<Release>,
    mut ledger: Option<Ledger>,
) -> Result<(Prepared, Option<Ledger>), Refused> {
    let work = move || {
        let name = spec.release.id.clone();
        let mut spend = |epsilon: f64, delta: f64| match &mut ledger {
            Some(ledger) => {
                let promise = Promise::new(epsilon, delta)?;
                ledger.spend(&name, promise.rho_with_thresholds(), delta / 2.0)
            }
            None => Err(DisclosureError::Setting("no budget was opened".to_owned())),
        };
        let prepared = prepare(&records, &spec, &earlier, &mut spend)?;
        Ok((prepared, ledger))
    };
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|why| Refused::Unavailable(why.to_string()))?.map_err(not_checked)
}

/// Asks again what was asked when a release was prepared: a rule may have become
/// stricter since, or have been missing then.
///
/// # Errors
/// [`Refused::Declined`] when it must be prepared anew.
pub(super) async fn still_fits(
    app: &App,
    tenant: TenantId,
    release: &KeptRelease,
) -> Result<(), Refused> {
    let declined = |id: &str| Err(Refused::Declined(Message::new(id)));
    let Some(asked) = spec(release).filter(|spec| spec.check().is_ok()) else {
        return declined("release-prepare-anew");
    };
    let counts = counts_of(release);
    // Invented records that say nothing of their counts are never compared.
    if asked.method.kind == Kind::Synthetic
        && counts.is_none_or(|counts| counts.entries().is_empty())
    {
        return declined("release-prepare-anew");
    }
    let mut states = Vec::new();
    if let Some(id) = release.dataset.as_deref().and_then(|id| id.parse::<DatasetId>().ok())
        && let Some(dataset) = stored::dataset::find(&app.store, tenant, id).await?
    {
        let figures = stored::batch::figures(&app.store, tenant, id).await?;
        states = threshold::states(&dataset.entry, &figures);
    }
    let least = threshold::least(app, &states, asked.method.kind).await?;
    if asked.threshold().is_ok_and(|k| k.get() >= least) {
        Ok(())
    } else {
        declined("release-threshold-raised")
    }
}

/// Compares a release once more with everything shown since it was prepared.
///
/// # Errors
/// [`Refused::Declined`] when the two together would show a small group.
pub(super) async fn not_overtaken(store: &Store, release: &KeptRelease) -> Result<(), Refused> {
    let earlier = ever_public(store).await?;
    let k = spec(release).and_then(|spec| spec.threshold().ok());
    let (Some(counts), Some(k)) = (counts_of(release), k) else {
        return Err(Refused::Declined(Message::new("data-release-not-checked").with("why", "")));
    };
    // The sums over all of them take computation, so they run beside the requests.
    let work = move || {
        let pairs = difference_findings(&counts, &earlier, k);
        (pairs.is_empty(), linked_findings(&counts, &earlier, k))
    };
    let done = tokio::task::spawn_blocking(work).await;
    let (apart, linked) = done.map_err(|why| Refused::Unavailable(why.to_string()))?;
    if !apart || !linked.findings.is_empty() {
        return Err(Refused::Declined(Message::new("release-overtaken")));
    }
    if !linked.is_safe() {
        let with = linked.not_tried.join(", ");
        return Err(Refused::Declined(Message::new("attack-not-shown-safe").with("with", with)));
    }
    Ok(())
}

/// The releases of one's own organisation, the newest first: for those who sign.
/// The report of an attack says which cells are small, so no other office sees it.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Listed>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::SignRelease, &Resource::of(tenant)).await?;
    let mut all = kept::list(&acting.app.store, None).await?;
    all.retain(|one| one.tenant == tenant);
    all.reverse();
    Ok(all)
}

/// One release, for staff.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show(acting: &Acting<'_>, id: ReleaseId) -> Result<Listed, Refused> {
    list(acting).await?.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)
}

/// What was given to researchers, if it was.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn given(
    store: &Store,
    tenant: TenantId,
    id: ReleaseId,
) -> Result<Option<Listed>, Refused> {
    let found = kept::find(store, tenant, id).await?;
    Ok(found.filter(|one| one.entry.status == Status::Given))
}

/// The files of a release, public or not.
///
/// # Errors
/// [`Refused::NotFound`] if it has none: it was refused or taken back.
pub(super) fn files_of(release: &KeptRelease) -> Result<Vec<files::ReleaseFile>, Refused> {
    let spec = spec(release).ok_or(Refused::NotFound)?;
    let counts = counts_of(release).ok_or(Refused::NotFound)?;
    let (tables, records) = (tables(release), released_records(release));
    if tables.is_empty() && records.is_none() {
        return Err(Refused::NotFound);
    }
    let issued = release.issued.clone().unwrap_or_default();
    Ok(files::files(&spec, &Publishable { tables, records, counts }, &issued))
}

/// A file of a release that is not public: for those who sign it, and to hand
/// to researchers whose request was reviewed. Every time it stands in the log.
///
/// # Errors
/// [`Refused::NotFound`] if there is no such file, or it was refused.
pub async fn file_before(
    acting: &Acting<'_>,
    id: ReleaseId,
    name: &str,
) -> Result<Vec<u8>, Refused> {
    let found = mine(acting, id, Action::SignRelease).await?;
    let entry = &found.entry;
    let file = files_of(entry)?.into_iter().find(|file| file.name == name);
    let file = file.ok_or(Refused::NotFound)?;
    let mut context = acting.context(Action::SignRelease)?.about(id).because("file-before");
    context.idempotency = None;
    // Without an entry in the log no file is given.
    let mut act = crate::begin_unrepeated!(acting, context);
    act.detail("file", name.to_owned());
    act.detail("status", entry.status.code());
    act.commit(&()).await?;
    Ok(file.bytes)
}

pub(super) async fn mine(
    acting: &Acting<'_>,
    id: ReleaseId,
    action: Action,
) -> Result<Listed, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(action, &Resource::of(tenant)).await?;
    let found = kept::find(&acting.app.store, tenant, id).await?;
    found.ok_or(Refused::NotFound)
}

/// Signs; the second of two people publishes.
///
/// # Errors
/// What the rules, access or the store refuse.
pub async fn sign(acting: &Acting<'_>, id: ReleaseId, seen: i64) -> Result<ReleaseId, Refused> {
    let (tenant, account) = acting.member()?;
    let found = mine(acting, id, Action::SignRelease).await?;
    let mut release = found.entry.clone();
    still_fits(acting.app, tenant, &release).await?;
    super::publishing::ready(acting.app, &release).await?;
    let name = accounts::find(&acting.app.store, tenant, account).await?;
    let new = Signature {
        account,
        name: name.map(|account| account.record.name).unwrap_or_default(),
        at: acting.now().micros(),
    };
    let told = |why: palermo_domain::knowledge::publication::NotNow| {
        Refused::Declined(Message::new(&format!("release-{}", why.code())))
    };
    release.status = signed(release.status, &mut release.signatures, new).map_err(told)?;
    if release.status == Status::Published {
        // Something may have become public since it was prepared.
        not_overtaken(&acting.app.store, &release).await?;
        release.issued = Some(acting.now().date().to_string());
    }
    let today = acting.now().date().to_string();
    let published = release.status == Status::Published;
    let store = &acting.app.store;
    let old =
        if published { super::publishing::put_right(store, &release, &today).await? } else { None };
    let mut act = begin!(acting, acting.context(Action::SignRelease)?.about(id));
    kept::update(&mut act, id, &release, Revision(seen)).await?;
    if let Some((old, corrected, revision)) = old {
        kept::update(&mut act, old, &corrected, revision).await?;
        act.about(old);
    }
    act.detail("status", release.status.code());
    act.commit(&id).await?;
    Ok(id)
}

/// Takes a public release back; its address then tells why.
///
/// # Errors
/// What the rules, access or the store refuse.
pub async fn retract(
    acting: &Acting<'_>,
    id: ReleaseId,
    why: &str,
    seen: i64,
) -> Result<ReleaseId, Refused> {
    let found = mine(acting, id, Action::SignRelease).await?;
    let mut problems = Problems::default();
    let why = problems.required("why", why, 1_000);
    problems.none()?;
    let mut release = found.entry.clone();
    release.status = retracted(release.status)
        .map_err(|why| Refused::Declined(Message::new(&format!("release-{}", why.code()))))?;
    // Why it put another right, or another put it right, stays told.
    release.reason = Some(match release.reason.take() {
        Some(before) => format!("{before} / {why}"),
        None => why,
    });
    release.changed = Some(acting.now().date().to_string());
    let mut act = begin!(acting, acting.context(Action::SignRelease)?.about(id));
    kept::update(&mut act, id, &release, Revision(seen)).await?;
    act.commit(&id).await?;
    Ok(id)
}

/// What the public sees: everything that is or was public, the newest first.
///
/// # Errors
/// When the store does not answer.
pub async fn public(store: &Store) -> Result<Vec<Listed>, Refused> {
    let mut all = kept::list(store, None).await?;
    all.retain(|one| one.entry.issued.is_some());
    all.sort_by(|a, b| b.entry.issued.cmp(&a.entry.issued).then(b.id.cmp(&a.id)));
    Ok(all)
}

/// A public release by its short name.
///
/// # Errors
/// [`Refused::NotFound`] if there is none.
pub async fn public_one(store: &Store, slug: &str) -> Result<Listed, Refused> {
    let found = kept::list(store, Some(slug)).await?;
    found.into_iter().find(|one| one.entry.issued.is_some()).ok_or(Refused::NotFound)
}

/// The tables of a release; none once it was retracted.
#[must_use]
pub fn tables(release: &KeptRelease) -> Vec<ReleasedTable> {
    if release.status == Status::Retracted {
        return Vec::new();
    }
    serde_json::from_value(release.tables.clone()).unwrap_or_default()
}

/// Synthetic or noisy records of a release with their headings; none once it
/// was retracted.
#[must_use]
pub fn released_records(release: &KeptRelease) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    if release.status == Status::Retracted {
        return None;
    }
    serde_json::from_value(release.records.clone()).ok()
}

/// The State whose figures a release holds, if it is one.
///
/// # Errors
/// When the store does not answer.
pub async fn state_of(store: &Store, release: &KeptRelease) -> Result<Option<String>, Refused> {
    let Some(id) = release.dataset.as_deref().and_then(|id| id.parse::<DatasetId>().ok()) else {
        return Ok(None);
    };
    let all = palermo_store::knowledge::dataset::list(store, None).await?;
    Ok(all.into_iter().find(|one| one.id == id).and_then(|one| one.record.entry.state))
}

/// The specification of a release.
#[must_use]
pub fn spec(release: &KeptRelease) -> Option<Spec> {
    serde_json::from_value(release.spec.clone()).ok()
}
