//! Files of figures at the command line, by whoever runs the installation.

use super::{
    datasets::{Listed, kind_of},
    importing::{self, Agreed, Earlier, Looked, Planned, may_be_taken},
    replacing, signals,
};
use crate::{App, Message, Refused, access::Action};
use palermo_domain::{
    actor::Actor,
    id::BatchId,
    knowledge::{
        dataset::{Batch, Dataset, Format, SourceType},
        mapping::Mapping,
        sharing::answers_for_figures,
    },
};
use palermo_locale::Language;
use palermo_store::{
    ActContext, Begun,
    knowledge::{batch as batches, dataset as datasets},
    register::Filed,
};
use serde::Serialize;

/// A file and what to do with it.
#[derive(Debug)]
pub struct FiguresFile<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Its name.
    pub name: &'a str,
    /// What it is meant to be.
    pub format: Format,
    /// The dataset: its id or its title.
    pub dataset: &'a str,
    /// What a dataset that is not there yet would say of itself.
    pub new: Option<Dataset>,
    /// How its columns are understood; kept with the dataset.
    pub mapping: Option<Mapping>,
    /// Whether to store it.
    pub apply: bool,
    /// What whoever runs the command has agreed to.
    pub agreed: Agreed,
}

/// What came of it.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The dataset's id; nothing if it is not there yet.
    pub dataset: Option<String>,
    /// Its title.
    pub title: String,
    /// Whether the file was stored.
    pub applied: bool,
    /// The batch it became; with this id it can be undone.
    pub batch: Option<String>,
    /// What was found.
    #[serde(flatten)]
    pub planned: Planned,
}

/// Why a file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum FiguresRefused {
    /// Nobody answers for the region's figures yet.
    #[error("nobody answers for the figures of this installation yet; run `palermo init` first")]
    NoHouse,
    /// The dataset is not there.
    #[error("no dataset is called `{asked}`{}", known(.titles))]
    NoDataset {
        /// What was asked for.
        asked: String,
        /// The titles there are.
        titles: Vec<String>,
    },
    /// Its files are of another kind.
    #[error(
        "`{title}` takes files of the kind `{takes}`, not `{asked}`; import into another dataset, or open one with --create"
    )]
    OtherKind {
        /// The dataset.
        title: String,
        /// What it takes.
        takes: &'static str,
        /// What was asked for.
        asked: &'static str,
    },
    /// Several datasets have the title.
    #[error("several datasets are called `{0}`; give the id")]
    Several(String),
    /// The mapping cannot be used.
    #[error("the mapping cannot be used: {0}")]
    Mapping(String),
    /// Nothing was stored; carries what was found.
    #[error("nothing was stored")]
    NotTaken(Box<Report>, Refused),
    /// Refused by the store.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl From<palermo_store::Error> for FiguresRefused {
    fn from(error: palermo_store::Error) -> Self {
        Self::Refused(error.into())
    }
}

fn known(titles: &[String]) -> String {
    if titles.is_empty() {
        return "; there is none yet. Open it with --create".to_owned();
    }
    let shown: Vec<String> = titles.iter().take(10).map(|title| format!("`{title}`")).collect();
    format!("; there are {}. Open a new one with --create", shown.join(", "))
}

/// What a dataset of published figures says of itself, where its publisher
/// says it already.
#[must_use]
pub fn published(format: Format, title: &str, state: Option<&str>) -> Option<Dataset> {
    let (source_type, source, definition, counting_rule, coverage) = match format {
        Format::Glotip => (
            SourceType::Io,
            "UNODC, table of the Global Report on Trafficking in Persons",
            "The law of each reporting country; most follow the Palermo Protocol, some do not",
            "Detected victims a year, as national authorities report them",
            "Countries that answered the questionnaire; cells below 5 are hidden",
        ),
        Format::Sdg1622 => (
            SourceType::Rapporteur,
            "National reporting on SDG indicator 16.2.2",
            "The law of the reporting country",
            "Detected victims a year",
            "Victims who came to the notice of an authority",
        ),
        Format::Ctdc => (
            SourceType::Io,
            "Counter-Trafficking Data Collaborative, global dataset",
            "The definitions of the contributing organisations",
            "One record a person, in the year of registration",
            "Persons assisted by contributing organisations; made coarse or synthetic before publication",
        ),
        Format::Htcds => (
            SourceType::Ngo,
            "Cases in the Human Trafficking Case Data Standard",
            "The definition of the organisation that recorded them",
            "One record a case",
            "Cases of the contributing organisation",
        ),
        Format::Template | Format::Sheet => return None,
    };
    Some(Dataset {
        title: title.to_owned(),
        source_type,
        source: source.to_owned(),
        state: state.map(str::to_owned),
        definition: definition.to_owned(),
        counting_rule: counting_rule.to_owned(),
        coverage: coverage.to_owned(),
        format,
        mapping: None,
        design: None,
    })
}

async fn find(app: &App, file: &FiguresFile<'_>) -> Result<Option<Listed>, FiguresRefused> {
    let all = datasets::list(&app.store, None).await?;
    let titles: Vec<String> = all.iter().map(|one| one.entry.title.clone()).collect();
    let mut found: Vec<Listed> = all
        .into_iter()
        .filter(|one| one.id.to_string() == file.dataset || one.entry.title == file.dataset)
        .collect();
    match (found.len(), &file.new) {
        (0, Some(_)) => Ok(None),
        (0, None) => Err(FiguresRefused::NoDataset { asked: file.dataset.to_owned(), titles }),
        (1, _) => {
            let one = found.remove(0);
            if one.entry.format != file.format {
                return Err(FiguresRefused::OtherKind {
                    title: one.entry.title.clone(),
                    takes: one.entry.format.code(),
                    asked: file.format.code(),
                });
            }
            Ok(Some(one))
        }
        _ => Err(FiguresRefused::Several(file.dataset.to_owned())),
    }
}

/// Looks at a file, and with `apply` takes it in: dataset, mapping and figures
/// in one act. `seen` is told of every ten thousandth row.
///
/// # Errors
/// [`FiguresRefused`]; whatever the reason, nothing was stored.
pub async fn import(
    app: &App,
    file: &FiguresFile<'_>,
    user: &str,
    seen: &mut (dyn FnMut(u64) + Send),
) -> Result<Report, FiguresRefused> {
    let found = find(app, file).await?;
    let mut about = match (&found, &file.new) {
        (Some(one), _) => one.entry.clone(),
        (None, Some(new)) => new.clone(),
        (None, None) => return Err(FiguresRefused::NoHouse),
    };
    if let Some(mapping) = &file.mapping {
        mapping.check().map_err(|wrong| {
            let all: Vec<String> = wrong.iter().map(ToString::to_string).collect();
            FiguresRefused::Mapping(all.join("; "))
        })?;
        about.mapping = Some(mapping.clone());
    }
    let replaces = file.agreed.replaces;
    let (about_earlier, held) = match &found {
        Some(one) => {
            let all = batches::about(&app.store, one.tenant, one.id).await?;
            let held = batches::figures_without(&app.store, one.tenant, one.id, replaces).await?;
            (replacing::others(&all, replaces), Some(held))
        }
        None => (Vec::new(), None),
    };
    let owner = match found.as_ref().map(|one| one.tenant).or_else(|| app.store.house()) {
        Some(tenant) => kind_of(&app.store, tenant).await?,
        None => None,
    };
    if about.format.is_records() && owner.is_some_and(|kind| !answers_for_figures(kind)) {
        return Err(Refused::Declined(Message::new("data-error-records")).into());
    }
    let earlier = Earlier { owner, batches: &about_earlier, figures: held.as_ref() };
    let looked = importing::look(app, &about, earlier, file.name, file.bytes, seen);
    let mut report = Report {
        dataset: found.as_ref().map(|one| one.id.to_string()),
        title: about.title.clone(),
        applied: false,
        batch: None,
        planned: looked.planned.clone(),
    };
    if !file.apply {
        return Ok(report);
    }
    if let Err(why) = may_be_taken(&looked, file.agreed) {
        return Err(FiguresRefused::NotTaken(Box::new(report), why));
    }
    let (id, batch) = store(app, found.as_ref(), &about, &looked, (user, replaces)).await?;
    report.applied = true;
    report.dataset = Some(id);
    report.batch = Some(batch.to_string());
    Ok(report)
}

async fn store(
    app: &App,
    found: Option<&Listed>,
    about: &Dataset,
    looked: &Looked,
    (user, replaces): (&str, Option<BatchId>),
) -> Result<(String, BatchId), FiguresRefused> {
    let house = app.store.house().ok_or(FiguresRefused::NoHouse)?;
    let tenant = found.map_or(house, |one| one.tenant);
    let actor = Actor::Operator { user: user.to_owned(), account: None };
    let context = ActContext::new(tenant, actor, Action::ImportData.code());
    let Begun::Fresh(mut act) = app.store.act(context.clone()).await? else {
        return Err(Refused::Unavailable("an act without a name was repeated".to_owned()).into());
    };
    let id = match found {
        Some(one) => {
            // Always, so that nobody takes another file in at the same time unseen.
            datasets::update(&mut act, one.id, about, one.revision).await?;
            one.id
        }
        None => datasets::insert(&mut act, about).await?,
    };
    act.about(id);
    let Some((batch, figures)) = &looked.bringing else { return Err(Refused::NotFound.into()) };
    let batch = &Batch { replaces, ..batch.clone() };
    if let Some(old) = replaces
        && let Err(why) =
            replacing::take_out(&mut act, app, Language::En, (id, old), &batch.file).await
    {
        act.give_up().await?;
        return Err(why.into());
    }
    let made = importing::bring(&mut act, id, batch, figures).await?;
    act.commit(&made).await?;
    let filed = Filed { tenant, id, entry: about.clone() };
    if replaces.is_some() {
        signals::after_undo(app, context.clone(), id).await?;
    }
    signals::after_import(app, context, &filed, figures).await?;
    Ok((id.to_string(), made))
}

/// What came of taking an import out.
#[derive(Debug, Serialize)]
pub struct Undone {
    /// The dataset's id.
    pub dataset: String,
    /// Its title.
    pub title: String,
    /// The import.
    pub batch: String,
}

/// Takes an import out of its dataset again; it stays in the list with the reason.
///
/// # Errors
/// [`Refused::NotFound`] if no dataset has such an import, or it was taken out before.
pub async fn undo(app: &App, batch: BatchId, why: &str, user: &str) -> Result<Undone, Refused> {
    let why = why.trim();
    if why.is_empty() {
        return Err(Refused::field("why", Message::new("error-required")));
    }
    for dataset in datasets::list(&app.store, None).await? {
        let Some(found) = batches::find(&app.store, dataset.tenant, batch).await? else {
            continue;
        };
        if found.record.0 != dataset.id || found.record.1.undone.is_some() {
            continue;
        }
        let actor = Actor::Operator { user: user.to_owned(), account: None };
        let context = ActContext::new(dataset.tenant, actor, Action::ImportData.code())
            .about(batch)
            .about(dataset.id);
        let Begun::Fresh(mut act) = app.store.act(context.clone()).await? else {
            return Err(Refused::Unavailable("an act without a name was repeated".to_owned()));
        };
        batches::undo(&mut act, batch, why, found.revision).await?;
        if let Some(before) = found.record.1.replaces {
            replacing::bring_back(&mut act, dataset.id, before).await?;
        }
        act.commit(&batch).await?;
        signals::after_undo(app, context, dataset.id).await?;
        return Ok(Undone {
            dataset: dataset.id.to_string(),
            title: dataset.entry.title.clone(),
            batch: batch.to_string(),
        });
    }
    Err(Refused::NotFound)
}
