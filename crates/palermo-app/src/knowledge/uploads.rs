//! A file sent through the browser: kept for a day at most, read beside the
//! requests, shown with its progress, agreed to or forgotten.

use super::{
    datasets::{self, Shown},
    importing::{self, Agreed, Earlier, Looked, Planned, may_be_taken},
    replacing, signals,
};
use crate::{Acting, App, Message, Refused, access::Action, begin};
use palermo_domain::{
    id::{BatchId, DatasetId, TenantId, UploadId},
    knowledge::dataset::{Batch, Dataset},
};
use palermo_locale::Language;
use palermo_standards::{
    checked::{Checked, Finding},
    mapped,
    sheet::{Cell, Sheet},
    table_file::TableFile,
};
use palermo_store::knowledge::{
    batch as kept, dataset as stored,
    upload::{self as uploads, Upload},
};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// A file that is read within this time is shown at once.
const AT_ONCE: Duration = Duration::from_millis(1_500);

/// How often progress is noted.
const NOTED: Duration = Duration::from_millis(400);

/// Nothing was noted for so long: whoever was reading is gone.
const GONE: Duration = Duration::from_secs(30);

/// Rows of a returned sheet, beside those with problems.
const WHOLE_SHEET: u64 = 20_000;

/// A file on its way with what was found in it.
#[derive(Debug)]
pub struct OnItsWay {
    /// The dataset.
    pub shown: Shown,
    /// The file.
    pub upload: Upload,
    /// What was found; nothing while it is read.
    pub planned: Option<Planned>,
}

/// Takes a file, and reads it for at most a moment before answering.
///
/// # Errors
/// What access or the store refuse.
pub async fn receive(
    acting: &Acting<'_>,
    dataset: DatasetId,
    file: &str,
    bytes: Vec<u8>,
) -> Result<UploadId, Refused> {
    let (tenant, shown) = datasets::own(acting, dataset).await?;
    datasets::takes_files(acting, &shown)?;
    let (_, account) = acting.member()?;
    let store = &acting.app.store;
    let about = TableFile::open(&bytes).map_or(0, |table| table.about());
    let upload = Upload {
        id: store.new_id(),
        dataset,
        account,
        file: file.chars().take(200).collect(),
        state: "reading".to_owned(),
        seen: 0,
        about,
        body: serde_json::Value::Null,
        touched_at: store.now(),
    };
    uploads::put(store, tenant, &upload, &bytes).await?;
    read_for_a_moment(acting.app, tenant, &upload, &shown).await;
    Ok(upload.id)
}

async fn read_for_a_moment(app: &App, tenant: TenantId, upload: &Upload, shown: &Shown) {
    let reading = Reading {
        app: app.clone(),
        tenant,
        upload: upload.clone(),
        dataset: shown.dataset.entry.clone(),
        batches: shown.batches.clone(),
    };
    let handle = tokio::spawn(reading.run());
    if tokio::time::timeout(AT_ONCE, handle).await.is_err() {
        tracing::debug!("a long file is read beside the requests");
    }
}

struct Reading {
    app: App,
    tenant: TenantId,
    upload: Upload,
    dataset: Dataset,
    batches: Vec<(BatchId, Batch)>,
}

impl Reading {
    async fn run(self) {
        let (store, tenant, id) = (self.app.store.clone(), self.tenant, self.upload.id);
        match self.planned().await {
            Ok(planned) => {
                let body = serde_json::to_value(&planned).unwrap_or_default();
                if let Err(error) = uploads::found(&store, tenant, id, "planned", body).await {
                    tracing::error!(%error, "what was found in a file cannot be noted");
                }
            }
            Err(error) => tracing::error!(%error, "a file cannot be read"),
        }
    }

    async fn planned(self) -> Result<Planned, Refused> {
        let Self { app, tenant, upload, dataset, batches } = self;
        let bytes = uploads::bytes(&app.store, tenant, upload.id).await?;
        let held = kept::figures(&app.store, tenant, upload.dataset).await?;
        let owner = datasets::kind_of(&app.store, tenant).await?;
        let seen = Arc::new(AtomicU64::new(0));
        let (counter, worker) = (seen.clone(), app.clone());
        let mut work = tokio::task::spawn_blocking(move || {
            let mut note = |rows: u64| counter.store(rows, Ordering::Relaxed);
            let earlier = Earlier { owner, batches: &batches, figures: Some(&held) };
            importing::look(&worker, &dataset, earlier, &upload.file, &bytes, &mut note).planned
        });
        loop {
            tokio::select! {
                done = &mut work => {
                    return done.map_err(|error| Refused::Unavailable(error.to_string()));
                }
                () = tokio::time::sleep(NOTED) => {
                    let rows = seen.load(Ordering::Relaxed);
                    uploads::progress(&app.store, tenant, upload.id, rows).await?;
                }
            }
        }
    }
}

/// A file on its way; one whose reader is gone is read anew.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there any more.
pub async fn show(
    acting: &Acting<'_>,
    dataset: DatasetId,
    id: UploadId,
) -> Result<OnItsWay, Refused> {
    let (tenant, shown) = datasets::own(acting, dataset).await?;
    let store = &acting.app.store;
    let found = uploads::find(store, tenant, id).await?.filter(|one| one.dataset == dataset);
    let mut upload = found.ok_or(Refused::NotFound)?;
    if upload.state == "reading" && upload.touched_at < store.now().before(GONE) {
        read_for_a_moment(acting.app, tenant, &upload, &shown).await;
        upload = uploads::find(store, tenant, id).await?.ok_or(Refused::NotFound)?;
    }
    let planned = match upload.state.as_str() {
        "planned" => Some(serde_json::from_value(upload.body.clone()).map_err(|error| {
            Refused::Unavailable(format!("what was found in a file cannot be read: {error}"))
        })?),
        _ => None,
    };
    Ok(OnItsWay { shown, upload, planned })
}

/// Files waiting for a dataset of one's own organisation.
///
/// # Errors
/// What access or the store refuse.
pub async fn waiting(acting: &Acting<'_>, dataset: DatasetId) -> Result<Vec<Upload>, Refused> {
    let (tenant, _) = datasets::own(acting, dataset).await?;
    Ok(uploads::waiting(&acting.app.store, tenant, dataset).await?)
}

/// The headings of a waiting file, to choose from.
///
/// # Errors
/// What access or the store refuse.
pub async fn headings(
    acting: &Acting<'_>,
    dataset: DatasetId,
    id: UploadId,
) -> Result<Vec<String>, Refused> {
    let (tenant, _) = datasets::own(acting, dataset).await?;
    let bytes = uploads::bytes(&acting.app.store, tenant, id).await?;
    Ok(mapped::headings(&bytes).unwrap_or_default())
}

/// Reads a file anew, after the mapping changed.
///
/// # Errors
/// What access or the store refuse.
pub async fn again(acting: &Acting<'_>, dataset: DatasetId, id: UploadId) -> Result<(), Refused> {
    let (tenant, shown) = datasets::own(acting, dataset).await?;
    let store = &acting.app.store;
    let found = uploads::find(store, tenant, id).await?.filter(|one| one.dataset == dataset);
    let upload = found.ok_or(Refused::NotFound)?;
    uploads::found(store, tenant, id, "reading", serde_json::Value::Null).await?;
    read_for_a_moment(acting.app, tenant, &upload, &shown).await;
    Ok(())
}

async fn look_again(
    acting: &Acting<'_>,
    shown: &Shown,
    upload: &Upload,
    bytes: Vec<u8>,
    replaces: Option<BatchId>,
) -> Result<Looked, Refused> {
    let app = acting.app.clone();
    let dataset = shown.dataset.entry.clone();
    let batches = replacing::others(&shown.batches, replaces);
    let (tenant, id) = (shown.dataset.tenant, shown.dataset.id);
    let held = kept::figures_without(&app.store, tenant, id, replaces).await?;
    let owner = datasets::kind_of(&app.store, shown.dataset.tenant).await?;
    let file = upload.file.clone();
    let work = tokio::task::spawn_blocking(move || {
        let earlier = Earlier { owner, batches: &batches, figures: Some(&held) };
        importing::look(&app, &dataset, earlier, &file, &bytes, &mut |_| ())
    });
    work.await.map_err(|error| Refused::Unavailable(error.to_string()))
}

/// Takes the file in, all of it or nothing, and forgets it.
///
/// # Errors
/// What access or the store refuse; [`Refused::Declined`] when it may not be taken.
pub async fn apply(
    acting: &Acting<'_>,
    dataset: DatasetId,
    id: UploadId,
    agreed: Agreed,
) -> Result<BatchId, Refused> {
    let (tenant, shown) = datasets::own(acting, dataset).await?;
    let store = &acting.app.store;
    let found = uploads::find(store, tenant, id).await?.filter(|one| one.dataset == dataset);
    let upload = found.ok_or(Refused::NotFound)?;
    let bytes = uploads::bytes(store, tenant, id).await?;
    let looked = look_again(acting, &shown, &upload, bytes, agreed.replaces).await?;
    let made = take_in(acting, &shown, &looked, agreed).await?;
    uploads::forget(store, tenant, id).await?;
    Ok(made)
}

pub(super) async fn take_in(
    acting: &Acting<'_>,
    shown: &Shown,
    looked: &Looked,
    agreed: Agreed,
) -> Result<BatchId, Refused> {
    let id = shown.dataset.id;
    // First whether the same request was carried out before: then its file is known.
    let mut act = begin!(acting, acting.context(Action::ImportData)?.about(id));
    if let Err(why) = may_be_taken(looked, agreed) {
        act.give_up().await?;
        return Err(why);
    }
    let Some((batch, figures)) = &looked.bringing else { return Err(Refused::NotFound) };
    let batch = &Batch { replaces: agreed.replaces, ..batch.clone() };
    if let Some(old) = agreed.replaces
        && let Err(why) =
            replacing::take_out(&mut act, acting.app, acting.language, (id, old), &batch.file).await
    {
        act.give_up().await?;
        return Err(why);
    }
    // Whoever took another file in meanwhile changed the dataset too: what was found
    // to stand in it already is true only as long as nobody did.
    stored::update(&mut act, id, &shown.dataset.entry, shown.dataset.revision).await?;
    let made = importing::bring(&mut act, id, batch, figures).await?;
    act.commit(&made).await?;
    let context = acting.context(Action::ImportData)?;
    if agreed.replaces.is_some() {
        signals::after_undo(acting.app, context.clone(), id).await?;
    }
    signals::after_import(acting.app, context, &shown.dataset, figures).await?;
    Ok(made)
}

/// Forgets a file nobody wants.
///
/// # Errors
/// What access or the store refuse.
pub async fn forget(acting: &Acting<'_>, dataset: DatasetId, id: UploadId) -> Result<(), Refused> {
    let (tenant, _) = datasets::own(acting, dataset).await?;
    Ok(uploads::forget(&acting.app.store, tenant, id).await?)
}

/// The file as it was sent with a column of problems in front, to go back to
/// whoever sent it.
///
/// # Errors
/// What access or the store refuse.
pub async fn returned(
    acting: &Acting<'_>,
    dataset: DatasetId,
    id: UploadId,
) -> Result<Sheet, Refused> {
    let (tenant, shown) = datasets::own(acting, dataset).await?;
    let store = &acting.app.store;
    let found = uploads::find(store, tenant, id).await?.filter(|one| one.dataset == dataset);
    let upload = found.ok_or(Refused::NotFound)?;
    let bytes = uploads::bytes(store, tenant, id).await?;
    let looked = look_again(acting, &shown, &upload, bytes.clone(), None).await?;
    let (app, language) = (acting.app.clone(), acting.language);
    let work = tokio::task::spawn_blocking(move || {
        let words = |kind: &str, one: &Finding| problem(&app, language, kind, one);
        sheet(&bytes, &looked.checked, &words)
    });
    work.await.map_err(|error| Refused::Unavailable(error.to_string()))?
}

/// One problem as whoever sent the file reads it. What the check says stands behind
/// the sentence in their language: it names the values.
fn problem(app: &App, language: Language, kind: &str, one: &Finding) -> String {
    let Some(said) = importing::said(app, language, one.rule) else {
        return format!("{kind}: {}: {}", one.field, one.message);
    };
    let kind = app.catalogue.format_plain(language, &format!("found-kind-{kind}"), &[]);
    format!("{kind}: {}: {said} ({})", one.field, one.message)
}

/// Writes the rows with what is wrong with each.
fn sheet(
    bytes: &[u8],
    checked: &Checked,
    words: &dyn Fn(&str, &Finding) -> String,
) -> Result<Sheet, Refused> {
    let mut problems: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    let errors = checked.errors.iter().map(|one| ("error", one));
    let warnings = checked.warnings.iter().map(|one| ("warning", one));
    for (kind, one) in errors.chain(warnings) {
        problems.entry(one.row).or_default().push(words(kind, one));
    }
    let mut sheet = Sheet {
        name: "problems".to_owned(),
        columns: Vec::new(),
        rows: Vec::new(),
        notes: Vec::new(),
    };
    let table = TableFile::open(bytes)
        .map_err(|_| Refused::Declined(Message::new("data-import-not-read")))?;
    let whole = table.about() <= WHOLE_SHEET;
    let mut widest = 0;
    let each = table.each(|line| {
        let found = problems.remove(&line.number);
        if whole || found.is_some() || line.number == 1 {
            let told = found.map(|all| all.join(" · ")).unwrap_or_default();
            let mut row: Vec<Cell> = vec![line.number.to_string().into(), told.into()];
            row.extend(line.cells().map(Cell::from));
            widest = widest.max(row.len());
            sheet.rows.push(row);
        }
        true
    });
    each.map_err(|_| Refused::Declined(Message::new("data-import-not-read")))?;
    for (line, all) in problems {
        sheet.rows.push(vec![line.to_string().into(), all.join(" · ").into()]);
    }
    let letters = (0..widest.saturating_sub(2)).map(|at| format!("column {}", at + 1));
    sheet.columns = ["row", "problems"].map(str::to_owned).into_iter().chain(letters).collect();
    for row in &mut sheet.rows {
        row.resize(sheet.columns.len(), "".into());
    }
    Ok(sheet)
}
