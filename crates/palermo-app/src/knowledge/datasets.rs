//! Datasets and what is imported into them: a plan with counts and row errors
//! first, then one act, and undo.

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    knowledge::take::{Taken, take},
};
use palermo_domain::{
    id::{BatchId, DatasetId, TenantId},
    knowledge::{
        columns::Columns,
        dataset::{Batch, Dataset, Format, SourceType},
    },
};
use palermo_standards::{checked::Checked, glotip_flows::CitizenshipNames};
use palermo_store::{
    Versioned,
    knowledge::{batch as batches, dataset as datasets},
    register::Filed,
};

/// A dataset as it is listed.
pub type Listed = Versioned<Filed<DatasetId, Dataset>>;

/// What someone typed about a dataset.
#[derive(Debug, Clone, Default)]
pub struct DatasetForm {
    /// Title.
    pub title: String,
    /// Code of the kind of source.
    pub source_type: String,
    /// Source in words.
    pub source: String,
    /// State, alpha-3 or empty.
    pub state: String,
    /// Legal definition.
    pub definition: String,
    /// Counting rule.
    pub counting_rule: String,
    /// Coverage.
    pub coverage: String,
    /// Code of the format.
    pub format: String,
}

impl DatasetForm {
    fn parse(&self, acting: &Acting<'_>) -> Result<Dataset, Refused> {
        let mut problems = Problems::default();
        let title = problems.required("title", &self.title, 200);
        let source = problems.required("source", &self.source, 500);
        let definition = problems.required("definition", &self.definition, 2_000);
        let counting_rule = problems.required("counting_rule", &self.counting_rule, 2_000);
        let coverage = problems.bounded("coverage", &self.coverage, 2_000);
        let source_type = SourceType::from_code(&self.source_type);
        if source_type.is_none() {
            problems.add("source_type", Message::new("error-choose"));
        }
        let format = Format::from_code(&self.format);
        if format.is_none() {
            problems.add("format", Message::new("error-choose"));
        }
        let state = self.state.trim().to_uppercase();
        if !state.is_empty() && !acting.app.content.knows_state(&state) {
            problems.add("state", Message::new("error-unknown-state").with("code", &state));
        }
        problems.none()?;
        let (Some(source_type), Some(format)) = (source_type, format) else {
            return Err(Refused::NotFound);
        };
        let state = (!state.is_empty()).then_some(state);
        Ok(Dataset {
            title,
            source_type,
            source,
            state,
            definition,
            counting_rule,
            coverage,
            format,
        })
    }
}

/// All datasets of the installation.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Listed>, Refused> {
    acting.allow(Action::ReadData, &Resource::region()).await?;
    Ok(datasets::list(&acting.app.store, None).await?)
}

/// A dataset with its batches.
#[derive(Debug)]
pub struct Shown {
    /// The dataset.
    pub dataset: Listed,
    /// What was imported, the newest last.
    pub batches: Vec<(BatchId, Batch)>,
}

/// One dataset.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show(acting: &Acting<'_>, id: DatasetId) -> Result<Shown, Refused> {
    acting.allow(Action::ReadData, &Resource::region()).await?;
    let dataset = find(acting, id).await?;
    let batches = batches::about(&acting.app.store, dataset.tenant, id).await?;
    Ok(Shown { dataset, batches })
}

pub(crate) async fn find(acting: &Acting<'_>, id: DatasetId) -> Result<Listed, Refused> {
    let all = datasets::list(&acting.app.store, None).await?;
    all.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)
}

/// The figures of a dataset, exact: for own staff.
///
/// # Errors
/// What access or the store refuse.
pub async fn figures(acting: &Acting<'_>, dataset: &Listed) -> Result<Columns, Refused> {
    acting.allow(Action::ReadData, &Resource::region()).await?;
    Ok(batches::figures(&acting.app.store, dataset.tenant, dataset.id).await?)
}

/// Opens a dataset in one's own organisation.
///
/// # Errors
/// Every problem of the form at once.
pub async fn create(acting: &Acting<'_>, form: &DatasetForm) -> Result<DatasetId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ImportData, &Resource::of(tenant)).await?;
    let dataset = form.parse(acting)?;
    let mut act = begin!(acting, acting.context(Action::ImportData)?);
    let id = datasets::insert(&mut act, &dataset).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// What an import would do, or did.
#[derive(Debug)]
pub struct Plan {
    /// What was found in the file.
    pub checked: Checked,
    /// Lines that would be kept.
    pub lines: usize,
    /// Words under a common code, and all words that need one.
    pub mapped: (u64, u64),
    /// What would be told of the batch.
    pub batch: Option<Batch>,
    /// The file was imported before and not undone.
    pub known: bool,
}

fn read(acting: &Acting<'_>, dataset: &Dataset, bytes: &[u8]) -> Result<Taken, Checked> {
    let app = acting.app;
    let text = app.content.text("codes/citizenships.csv").unwrap_or_default();
    let names = CitizenshipNames::read(text);
    take(dataset.format, bytes, &app.registers.states, &names, dataset.state.as_deref())
}

fn about(acting: &Acting<'_>, taken: &Taken, file: &str, bytes: &[u8]) -> Batch {
    let now = acting.now();
    let year = u16::try_from(now.date().year()).unwrap_or(0);
    let checked = &taken.checked;
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let lines = count(taken.figures.len());
    Batch {
        file: file.to_owned(),
        sha256: hex::encode(palermo_crypto::sha256(bytes)),
        rows: checked.rows,
        lines,
        rejected: checked.rows.saturating_sub(lines),
        warnings: count(checked.warnings.len()) + checked.warnings_not_listed,
        mapped: taken.mapped,
        accepted_at: now.micros(),
        undone: None,
        quality: taken.quality(year),
    }
}

/// Looks at a file without keeping anything.
///
/// # Errors
/// What access or the store refuse.
pub async fn plan(
    acting: &Acting<'_>,
    id: DatasetId,
    file: &str,
    bytes: &[u8],
) -> Result<Plan, Refused> {
    let (_, shown) = own(acting, id).await?;
    Ok(planned(acting, &shown, file, bytes).0)
}

fn planned(acting: &Acting<'_>, shown: &Shown, file: &str, bytes: &[u8]) -> (Plan, Option<Taken>) {
    match read(acting, &shown.dataset.entry, bytes) {
        Ok(mut taken) => {
            let batch = about(acting, &taken, file, bytes);
            let known = shown
                .batches
                .iter()
                .any(|(_, old)| old.undone.is_none() && old.sha256 == batch.sha256);
            let plan = Plan {
                checked: std::mem::take(&mut taken.checked),
                lines: taken.figures.len(),
                mapped: taken.mapped,
                batch: Some(batch),
                known,
            };
            (plan, Some(taken))
        }
        Err(checked) => {
            (Plan { checked, lines: 0, mapped: (0, 0), batch: None, known: false }, None)
        }
    }
}

async fn own(acting: &Acting<'_>, id: DatasetId) -> Result<(TenantId, Shown), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ImportData, &Resource::of(tenant)).await?;
    let shown = show(acting, id).await?;
    // Only the organisation that answers for a dataset changes it.
    if shown.dataset.tenant != tenant {
        return Err(Refused::NotFound);
    }
    Ok((tenant, shown))
}

/// Takes a file in, all of it or nothing. With rejected rows it is taken only
/// if `skip_rejected` says so.
///
/// # Errors
/// What access or the store refuse; [`Refused::Declined`] when the file may not
/// be taken.
pub async fn import(
    acting: &Acting<'_>,
    id: DatasetId,
    file: &str,
    bytes: &[u8],
    skip_rejected: bool,
) -> Result<BatchId, Refused> {
    let (_, shown) = own(acting, id).await?;
    let (plan, taken) = planned(acting, &shown, file, bytes);
    let (Some(batch), Some(taken)) = (plan.batch, taken) else {
        return Err(Refused::Declined(Message::new("data-import-not-read")));
    };
    if plan.known {
        return Err(Refused::Declined(Message::new("data-import-known")));
    }
    if taken.figures.is_empty() {
        return Err(Refused::Declined(Message::new("data-import-nothing")));
    }
    if batch.rejected > 0 && !skip_rejected {
        return Err(Refused::Declined(Message::new("data-import-rejected")));
    }
    let mut act = begin!(acting, acting.context(Action::ImportData)?.about(id));
    let made = batches::insert(&mut act, id, &batch, &taken.figures).await?;
    act.detail("rows", batch.rows);
    act.detail("lines", batch.lines);
    act.commit(&made).await?;
    super::signals::after_import(acting, &shown.dataset).await?;
    Ok(made)
}

/// Takes a batch out again.
///
/// # Errors
/// What access or the store refuse.
pub async fn undo(acting: &Acting<'_>, batch: BatchId, why: &str) -> Result<DatasetId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ImportData, &Resource::of(tenant)).await?;
    let mut problems = Problems::default();
    let why = problems.required("why", why, 500);
    problems.none()?;
    let found = batches::find(&acting.app.store, tenant, batch).await?;
    let found = found.ok_or(Refused::NotFound)?;
    let (dataset, revision) = (found.record.0, found.revision);
    let mut act = begin!(acting, acting.context(Action::ImportData)?.about(batch).about(dataset));
    batches::undo(&mut act, batch, &why, revision).await?;
    act.commit(&dataset).await?;
    Ok(dataset)
}
