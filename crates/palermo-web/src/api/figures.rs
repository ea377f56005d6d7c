//! Figures: what was released, for everyone and without a key; imports into a
//! dataset, with a token.

use super::{
    Answer,
    answer::{Listed, one, page_of},
    asked::{Asked, Named, PageAsk},
    sent::{LARGEST_FILE, Sent},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::{
    extract::Path,
    http::Method,
    response::{IntoResponse, Response},
};
use palermo_app::{
    Message, Refused,
    access::Action,
    domain::{
        id::{BatchId, DatasetId},
        knowledge::dataset::Dataset,
        moment::Moment,
    },
    knowledge::{
        datasets, estimates,
        importing::Agreed,
        imports::{self, Sent as SentFile},
        releases::{self, Listed as Release},
        replacing,
    },
    release::{files::CAPTION, prepare::ReleasedTable},
};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(
    list,
    show,
    estimates_list,
    datasets_list,
    dataset_one,
    coverage,
    import,
    undo_import,
    remap
))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/releases", Action::PublicRead, list)
        .api(Method::GET, "/api/v1/releases/{slug}", Action::PublicRead, show)
        .api(Method::GET, "/api/v1/estimates", Action::PublicRead, estimates_list)
        .api(Method::GET, "/api/v1/datasets", Action::ReadData, datasets_list)
        .api(Method::GET, "/api/v1/datasets/{id}", Action::ReadData, dataset_one)
        .api(Method::GET, "/api/v1/datasets/{id}/coverage", Action::ReadData, coverage)
        .api(Method::POST, "/api/v1/datasets/{id}/imports", Action::ImportData, import)
        .api(
            Method::POST,
            "/api/v1/datasets/{id}/imports/{batch}/undo",
            Action::ImportData,
            undo_import,
        )
        .api(Method::POST, "/api/v1/datasets/{id}/remap", Action::ImportData, remap)
}

/// A release in a list.
#[derive(Debug, Serialize, ToSchema)]
struct ReleaseLine {
    /// Its short name.
    id: String,
    /// Its title.
    title: String,
    /// The day it became public.
    #[schema(format = Date)]
    issued: Option<String>,
    /// `published`, `corrected` or `retracted`.
    status: String,
    /// Why it was corrected or retracted.
    reason: Option<String>,
}

fn line(release: &Release) -> ReleaseLine {
    let entry = &release.entry;
    ReleaseLine {
        id: entry.slug.clone(),
        title: entry.title.clone(),
        issued: entry.issued.clone(),
        status: entry.status.code().to_owned(),
        reason: entry.reason.clone(),
    }
}

/// A release with its figures.
#[derive(Debug, Serialize, ToSchema)]
struct WholeRelease {
    /// What stands in the list.
    #[serde(flatten)]
    line: ReleaseLine,
    /// What its figures count: detected victims, not prevalence.
    caption: String,
    /// Where they come from.
    source: String,
    /// The legal definition.
    definition: String,
    /// When a person counts.
    counting_rule: String,
    /// The period.
    period: String,
    /// The licence.
    licence: String,
    /// How small numbers are protected.
    method: String,
    /// Below this nothing is shown.
    threshold: u32,
    /// Its tables; none once it was retracted.
    tables: Vec<TableOf>,
}

/// One table.
#[derive(Debug, Serialize, ToSchema)]
struct TableOf {
    /// Its short name.
    id: String,
    /// Its columns.
    columns: Vec<String>,
    /// Its lines, totals included.
    cells: Vec<CellOf>,
}

/// One line of a table.
#[derive(Debug, Serialize, ToSchema)]
struct CellOf {
    /// One value a column; empty for the total.
    values: Vec<String>,
    /// Persons; nothing where hidden.
    #[schema(minimum = 0)]
    persons: Option<u64>,
    /// `shown`, `hidden` or `rounded`.
    status: String,
}

fn table(table: ReleasedTable) -> TableOf {
    let cells = table
        .cells
        .into_iter()
        .map(|cell| CellOf {
            values: cell.values,
            persons: cell.count,
            status: cell.status.code().to_owned(),
        })
        .collect();
    TableOf { id: table.id, columns: table.columns, cells }
}

/// Every release that is or was public, the newest first.
#[utoipa::path(get, path = "/api/v1/releases", tag = "figures", params(PageAsk),
    responses((status = 200, description = "Releases", body = Listed<ReleaseLine>)))]
async fn list(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let all = releases::public(&visit.web.app().store).await?;
    page_of(&visit, all, page, |release| line(&release))
}

/// One release with its tables.
#[utoipa::path(get, path = "/api/v1/releases/{slug}", tag = "figures",
    params(("slug" = String, Path, description = "Its short name")),
    responses((status = 200, description = "The release", body = WholeRelease)))]
async fn show(visit: Visit, Named(slug): Named) -> Answer {
    let found = releases::public_one(&visit.web.app().store, &slug).await?;
    let spec = releases::spec(&found.entry).ok_or(Refused::NotFound)?;
    let tables = releases::tables(&found.entry).into_iter().map(table).collect();
    let about = spec.release.clone();
    one(&WholeRelease {
        line: line(&found),
        caption: CAPTION.to_owned(),
        source: about.source,
        definition: about.definition,
        counting_rule: about.counting_rule,
        period: about.period,
        licence: about.licence,
        method: spec.method.kind.code().to_owned(),
        threshold: spec.threshold().map_or(0, |k| k.get()),
        tables,
    })
}

/// A dataset.
#[derive(Debug, Serialize, ToSchema)]
struct DatasetLine {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// Its title.
    title: String,
    /// Who counted.
    source_type: String,
    /// Where figures come from.
    source: String,
    /// The State; nothing for several.
    state: Option<String>,
    /// The legal definition.
    definition: String,
    /// When a person counts.
    counting_rule: String,
    /// Who is not counted.
    coverage: String,
    /// What its files are.
    format: String,
}

/// Datasets, each on its own: figures of two are never added.
#[utoipa::path(get, path = "/api/v1/datasets", tag = "figures", params(PageAsk),
    responses((status = 200, description = "Datasets", body = Listed<DatasetLine>)))]
async fn datasets_list(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let all = datasets::list(&visit.acting()).await?;
    page_of(&visit, all, page, |one| dataset_line(one.record.id, one.record.entry))
}

fn dataset_line(id: DatasetId, entry: Dataset) -> DatasetLine {
    DatasetLine {
        id: id.to_string(),
        title: entry.title,
        source_type: entry.source_type.code().to_owned(),
        source: entry.source,
        state: entry.state,
        definition: entry.definition,
        counting_rule: entry.counting_rule,
        coverage: entry.coverage,
        format: entry.format.code().to_owned(),
    }
}

/// One import into a dataset.
#[derive(Debug, Serialize, ToSchema)]
struct BatchOf {
    /// Its id; with it the import can be undone.
    #[schema(format = Uuid)]
    id: String,
    /// The file's name.
    file: String,
    /// When it was taken in.
    #[schema(format = DateTime)]
    accepted: String,
    /// Lines taken.
    #[schema(minimum = 0)]
    lines: u64,
    /// Rows of the file.
    #[schema(minimum = 0)]
    rows: u64,
    /// Things to look at.
    #[schema(minimum = 0)]
    warnings: u64,
    /// Its quality, 0 to 100.
    #[schema(minimum = 0, maximum = 100)]
    quality: u32,
    /// Why it was taken out again; nothing if it counts.
    undone: Option<String>,
}

/// A dataset with its imports.
#[derive(Debug, Serialize, ToSchema)]
struct WholeDataset {
    /// What stands in the list.
    #[serde(flatten)]
    line: DatasetLine,
    /// What was imported, the newest last.
    imports: Vec<BatchOf>,
}

/// One dataset of one's own organisation with its imports.
#[utoipa::path(get, path = "/api/v1/datasets/{id}", tag = "figures",
    params(("id" = String, Path, format = Uuid, description = "The dataset")),
    responses((status = 200, description = "The dataset", body = WholeDataset)))]
async fn dataset_one(visit: Visit, Named(id): Named) -> Answer {
    let id: DatasetId = id.parse().map_err(|_| Refused::NotFound)?;
    let shown = datasets::show(&visit.acting(), id).await?;
    let imports = shown
        .batches
        .into_iter()
        .map(|(id, batch)| BatchOf {
            id: id.to_string(),
            file: batch.file,
            accepted: Moment::from_micros(batch.accepted_at).to_string(),
            lines: batch.lines,
            rows: batch.rows,
            warnings: batch.warnings,
            quality: u32::from(batch.quality.score()),
            undone: batch.undone,
        })
        .collect();
    one(&WholeDataset { line: dataset_line(id, shown.dataset.record.entry), imports })
}

/// An estimate that a named reviewer stood for.
#[derive(Debug, Serialize, ToSchema)]
struct EstimateOf {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// Its title.
    title: String,
    /// The State.
    state: String,
    /// The period.
    period: String,
    /// Who keeps each list.
    lists: String,
    /// What must hold.
    assumptions: String,
    /// The reviewer, by name.
    reviewer: Option<String>,
    /// What the reviewer wrote.
    review: Option<String>,
    /// The day it became public.
    #[schema(format = Date)]
    issued: Option<String>,
    /// Methods side by side, in steps of ten persons, with what they take for granted.
    #[schema(value_type = Object)]
    found: serde_json::Value,
}

/// Published estimates. They are no counts of detected victims and are never
/// added to them.
#[utoipa::path(get, path = "/api/v1/estimates", tag = "figures", params(PageAsk),
    responses((status = 200, description = "Estimates", body = Listed<EstimateOf>)))]
async fn estimates_list(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let all = estimates::public(&visit.web.app().store).await?;
    page_of(&visit, all, page, |one| {
        let found = serde_json::to_value(estimates::told(&one.entry)).unwrap_or_default();
        let (id, entry) = (one.record.id, one.record.entry);
        let (reviewer, review) = entry.review.map(|review| (review.named, review.words)).unzip();
        EstimateOf {
            id: id.to_string(),
            title: entry.title,
            state: entry.state,
            period: entry.period,
            lists: entry.lists,
            assumptions: entry.assumptions,
            reviewer,
            review,
            issued: entry.issued.map(|day| day.to_string()),
            found,
        }
    })
}

/// How much of one field stands under common codes.
#[derive(Debug, Serialize, ToSchema)]
struct CoverageOf {
    /// The field.
    field: String,
    /// Words under a common code.
    #[schema(minimum = 0)]
    mapped: u64,
    /// All words.
    #[schema(minimum = 0)]
    all: u64,
}

/// A word without a common code.
#[derive(Debug, Serialize, ToSchema)]
struct WordOf {
    /// The field.
    field: String,
    /// The word as written.
    word: String,
    /// Lines with it.
    #[schema(minimum = 0)]
    lines: u64,
}

/// Coverage of a dataset's words.
#[derive(Debug, Serialize, ToSchema)]
struct Covered {
    /// By field, over all imports that count.
    coverage: Vec<CoverageOf>,
    /// Every word without a code.
    unmapped: Vec<WordOf>,
}

/// How many words of a dataset stand under common codes, and those that do not.
#[utoipa::path(get, path = "/api/v1/datasets/{id}/coverage", tag = "figures",
    params(("id" = String, Path, format = Uuid, description = "The dataset")),
    responses((status = 200, description = "Coverage", body = Covered)))]
async fn coverage(visit: Visit, Named(id): Named) -> Answer {
    let id: DatasetId = id.parse().map_err(|_| Refused::NotFound)?;
    let shown = datasets::show(&visit.acting(), id).await?;
    let mut fields: std::collections::BTreeMap<String, (u64, u64)> = Default::default();
    let mut unmapped = Vec::new();
    for (_, batch) in shown.batches.iter().filter(|(_, batch)| batch.undone.is_none()) {
        for one in &batch.coverage {
            let counted = fields.entry(one.field.clone()).or_insert((0, 0));
            counted.0 += one.mapped;
            counted.1 += one.all;
        }
        unmapped.extend(batch.unmapped.iter().map(|one| WordOf {
            field: one.field.clone(),
            word: one.word.clone(),
            lines: one.lines,
        }));
    }
    let coverage = fields
        .into_iter()
        .map(|(field, (mapped, all))| CoverageOf { field, mapped, all })
        .collect();
    one(&Covered { coverage, unmapped })
}

/// A file to import.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewImport {
    /// The file's name.
    file: String,
    /// Its text: CSV in the dataset's format.
    #[serde(default)]
    content: String,
    /// Its bytes in Base64 instead of a text: a workbook, or a table packed with gzip.
    #[serde(default)]
    content_base64: Option<String>,
    /// Whether to keep what it brings; otherwise only what it would do is told.
    #[serde(default)]
    apply: bool,
    /// Whether to take the other rows if some are rejected.
    #[serde(default)]
    skip_rejected: bool,
    /// Whether lines are added although the dataset holds the same groups already.
    #[serde(default)]
    adds: bool,
    /// The batch that this file puts right: it is taken out and this takes its place.
    #[serde(default)]
    #[schema(format = Uuid)]
    replaces: Option<String>,
}

/// What an import does.
#[derive(Debug, Serialize, ToSchema)]
struct Imported {
    /// Whether it was kept.
    applied: bool,
    /// The batch it became.
    #[schema(format = Uuid)]
    batch: Option<String>,
    /// What was found: rows, lines, rejected, errors, warnings, words without a code.
    #[schema(value_type = Object)]
    plan: serde_json::Value,
}

/// Looks at a file, and with `apply` takes it in: all of it or nothing.
#[utoipa::path(post, path = "/api/v1/datasets/{id}/imports", tag = "figures",
    params(("id" = String, Path, format = Uuid, description = "The dataset")),
    request_body = NewImport,
    responses((status = 200, description = "What was found, and whether it was kept", body = Imported)))]
async fn import(Named(id): Named, Sent { call, body }: Sent<NewImport, LARGEST_FILE>) -> Answer {
    let id: DatasetId = id.parse().map_err(|_| Refused::NotFound)?;
    let replaces = body.replaces.as_deref().map(str::parse::<BatchId>).transpose();
    let replaces =
        replaces.map_err(|_| Refused::field("replaces", Message::new("error-choose")))?;
    let packed = body.content_base64.as_deref().map(imports::from_base64).transpose()?;
    let file = SentFile {
        name: &body.file,
        bytes: packed.as_deref().unwrap_or(body.content.as_bytes()),
        apply: body.apply,
        agreed: Agreed { skip_rejected: body.skip_rejected, adds: body.adds, replaces },
    };
    let done = imports::import(&call.acting(), id, &file).await?;
    let answer: Response = axum::Json(Imported {
        applied: done.batch.is_some(),
        batch: done.batch.map(|batch| batch.to_string()),
        plan: serde_json::to_value(&done.planned).unwrap_or_default(),
    })
    .into_response();
    Ok(answer)
}

/// Why an import is taken out again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UndoBody {
    /// The reason; it stays in the list of imports.
    why: String,
}

/// What was undone.
#[derive(Debug, Serialize, ToSchema)]
struct Undone {
    /// The dataset.
    #[schema(format = Uuid)]
    dataset: String,
    /// The import that does not count any more.
    #[schema(format = Uuid)]
    batch: String,
}

/// Takes an import out of its dataset again; it stays in the list with the reason.
#[utoipa::path(post, path = "/api/v1/datasets/{id}/imports/{batch}/undo", tag = "figures",
    params(("id" = String, Path, format = Uuid, description = "The dataset"),
        ("batch" = String, Path, format = Uuid, description = "The import")),
    request_body = UndoBody,
    responses((status = 200, description = "It does not count any more", body = Undone)))]
async fn undo_import(
    Path((id, batch)): Path<(String, String)>,
    Sent { call, body }: Sent<UndoBody>,
) -> Answer {
    let id: DatasetId = id.parse().map_err(|_| Refused::NotFound)?;
    let batch: BatchId = batch.parse().map_err(|_| Refused::NotFound)?;
    let dataset = datasets::undo_in(&call.acting(), id, batch, &body.why).await?;
    one(&Undone { dataset: dataset.to_string(), batch: batch.to_string() })
}

/// A word that has a code by now, in an import that came before.
#[derive(Debug, Serialize, ToSchema)]
struct LateWord {
    /// The import.
    #[schema(format = Uuid)]
    batch: String,
    /// The field.
    field: String,
    /// The word as written.
    word: String,
    /// Its code.
    code: String,
    /// Lines with it.
    lines: u64,
}

/// Whether to put codes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Remap {
    /// Whether to do it; otherwise only what it would do is told.
    #[serde(default)]
    apply: bool,
}

/// Words that got their code after their lines came in.
#[derive(Debug, Serialize, ToSchema)]
struct LateWords {
    /// Whether the codes were put in.
    applied: bool,
    /// The words, by import.
    words: Vec<LateWord>,
}

/// Reads what is in by the mapping as it stands. Each import with such words is replaced
/// by itself; undoing that brings the earlier one back.
#[utoipa::path(post, path = "/api/v1/datasets/{id}/remap", tag = "figures",
    params(("id" = String, Path, format = Uuid, description = "The dataset")),
    request_body = Remap,
    responses((status = 200, description = "Words with a code by now, and whether it was put in", body = LateWords)))]
async fn remap(Named(id): Named, Sent { call, body }: Sent<Remap>) -> Answer {
    let id: DatasetId = id.parse().map_err(|_| Refused::NotFound)?;
    let acting = call.acting();
    let seen = datasets::show(&acting, id).await?.dataset.revision.0;
    let words = replacing::preview(&acting, id)
        .await?
        .iter()
        .flat_map(|import| {
            import.changes.iter().map(move |change| LateWord {
                batch: import.batch.to_string(),
                field: change.field.clone(),
                word: change.word.clone(),
                code: change.code.clone(),
                lines: change.lines,
            })
        })
        .collect();
    if body.apply {
        replacing::apply(&acting, id, seen).await?;
    }
    one(&LateWords { applied: body.apply, words })
}
