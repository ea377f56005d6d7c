//! Datasets: what each says of itself, its figures, and what was imported.

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::{BatchId, DatasetId, TenantId},
    knowledge::{
        columns::Columns,
        dataset::{Batch, Dataset, Design, Format, SourceType},
        sharing::answers_for_figures,
    },
    tenant::TenantKind,
};
use palermo_store::{
    Store, Versioned,
    knowledge::{batch as batches, dataset as datasets},
    register::Filed,
    tenant as tenants,
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
    /// The design of a survey or of sentinel sites.
    pub design: Design,
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
        match format {
            None => problems.add("format", Message::new("error-choose")),
            Some(format) if !formats(acting).contains(&format) => {
                problems.add("format", Message::new("data-error-records"));
            }
            Some(_) => {}
        }
        let design = match source_type {
            Some(source) if source.has_design() => Some(Design {
                population: problems.required("population", &self.design.population, 1_000),
                sampling: problems.required("sampling", &self.design.sampling, 1_000),
                size: problems.required("size", &self.design.size, 500),
                uncertainty: problems.bounded("uncertainty", &self.design.uncertainty, 1_000),
            }),
            _ => None,
        };
        let mut state = self.state.trim().to_uppercase();
        if !state.is_empty() && !acting.app.content.knows_state(&state) {
            problems.add("state", Message::new("error-unknown-state").with("code", &state));
        }
        // An organisation of a State brings figures of that State; one that speaks for the
        // region has its seat in one and brings those of all.
        let regional = acting.subject.tenant.is_some_and(|(_, kind)| kind.speaks_for_region());
        if let Some(own) = acting.subject.state.as_deref().filter(|_| !regional) {
            if state.is_empty() {
                own.clone_into(&mut state);
            } else if state != own {
                problems.add("state", Message::new("data-error-own-state").with("code", own));
            }
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
            mapping: None,
            design,
        })
    }
}

/// The formats in which this person's organisation keeps figures. Lines about
/// single persons are kept by those who answer for figures of many; others send
/// counts, as records of a person stand in their cases, where they can be erased.
#[must_use]
pub fn formats(acting: &Acting<'_>) -> Vec<Format> {
    let office = acting.subject.tenant.is_some_and(|(_, kind)| answers_for_figures(kind));
    Format::ALL.iter().copied().filter(|format| office || !format.is_records()).collect()
}

/// Whether files may come into this dataset.
///
/// # Errors
/// [`Refused::Declined`] when its lines are about single persons and the
/// organisation keeps none.
pub(super) fn takes_files(acting: &Acting<'_>, shown: &Shown) -> Result<(), Refused> {
    if formats(acting).contains(&shown.dataset.entry.format) {
        Ok(())
    } else {
        Err(Refused::Declined(Message::new("data-error-records")))
    }
}

/// The kind of an organisation.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn kind_of(
    store: &Store,
    tenant: TenantId,
) -> Result<Option<TenantKind>, Refused> {
    Ok(tenants::find(store, tenant).await?.map(|found| found.record.kind))
}

/// The datasets of one's own organisation.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Listed>, Refused> {
    let tenant = reader(acting).await?;
    let mut all = datasets::list(&acting.app.store, None).await?;
    all.retain(|one| one.tenant == tenant);
    Ok(all)
}

/// The organisation whose exact figures somebody reads: their own. Figures of
/// others reach them as releases, or under a sharing protocol (E40).
pub(super) async fn reader(acting: &Acting<'_>) -> Result<TenantId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReadData, &Resource::of(tenant)).await?;
    Ok(tenant)
}

/// A dataset with its batches.
#[derive(Debug)]
pub struct Shown {
    /// The dataset.
    pub dataset: Listed,
    /// What was imported, the newest last.
    pub batches: Vec<(BatchId, Batch)>,
}

/// One dataset of one's own organisation. Asking for another's is refused and
/// stands in the log.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show(acting: &Acting<'_>, id: DatasetId) -> Result<Shown, Refused> {
    reader(acting).await?;
    let dataset = find(acting, id).await?;
    acting.allow(Action::ReadData, &Resource::of(dataset.tenant)).await?;
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
    acting.allow(Action::ReadData, &Resource::of(dataset.tenant)).await?;
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

pub(super) async fn own(acting: &Acting<'_>, id: DatasetId) -> Result<(TenantId, Shown), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ImportData, &Resource::of(tenant)).await?;
    let shown = show(acting, id).await?;
    // Only the organisation that answers for a dataset changes it.
    if shown.dataset.tenant != tenant {
        return Err(Refused::NotFound);
    }
    Ok((tenant, shown))
}

/// Takes a batch out again, if it is one of this dataset.
///
/// # Errors
/// [`Refused::NotFound`] if it is another's; what access or the store refuse.
pub async fn undo_in(
    acting: &Acting<'_>,
    dataset: DatasetId,
    batch: BatchId,
    why: &str,
) -> Result<DatasetId, Refused> {
    let (tenant, _) = acting.member()?;
    let found = batches::find(&acting.app.store, tenant, batch).await?;
    if found.is_none_or(|found| found.record.0 != dataset) {
        return Err(Refused::NotFound);
    }
    undo(acting, batch, why).await
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
    // First whether the same request was carried out before: then it is undone already.
    let mut act = begin!(acting, acting.context(Action::ImportData)?.about(batch).about(dataset));
    if found.record.1.undone.is_some() {
        act.give_up().await?;
        return Err(Refused::field("why", Message::new("data-undone-already")));
    }
    batches::undo(&mut act, batch, &why, revision).await?;
    if let Some(before) = found.record.1.replaces {
        super::replacing::bring_back(&mut act, dataset, before).await?;
    }
    act.commit(&dataset).await?;
    let context = acting.context(Action::ImportData)?.about(dataset);
    super::signals::after_undo(acting.app, context, dataset).await?;
    Ok(dataset)
}
