//! What a file would bring to a dataset, and bringing it: the same for pages,
//! programs and the command line.

use super::{
    take::{Reading, Taken, take},
    take_formats::state_of,
    warn,
};
use crate::{App, Message, Refused};
use palermo_domain::{
    id::{BatchId, DatasetId},
    knowledge::{
        columns::Columns,
        dataset::{Batch, Dataset, Format},
        mapping::{Coverage, Unmapped},
    },
    tenant::TenantKind,
};
use palermo_locale::Language;
use palermo_standards::{
    checked::{Checked, Finding},
    glotip_flows::CitizenshipNames,
};
use palermo_store::{Act, knowledge::batch as batches};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Findings of each kind that are told; the returned sheet holds them all.
const TOLD: usize = 100;

/// Words without a code that are told.
const WORDS_TOLD: usize = 500;

/// One finding, as it is told and kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The line of the file; the heading is 1.
    pub row: u64,
    /// The column.
    pub field: String,
    /// The rule, a short fixed word.
    pub rule: String,
    /// What is wrong and what helps.
    pub message: String,
}

impl From<&Finding> for Told {
    fn from(found: &Finding) -> Self {
        Self {
            row: found.row,
            field: found.field.clone(),
            rule: found.rule.to_owned(),
            message: found.message.clone(),
        }
    }
}

/// What is wrong, in the reader's language: the sentence of its rule. Nothing in
/// English, where the words of the check itself say more.
#[must_use]
pub fn said(app: &App, language: Language, rule: &str) -> Option<String> {
    let id = format!("found-{}", rule.replace('_', "-"));
    (language != Language::En && app.catalogue.has(Language::En, &id))
        .then(|| app.catalogue.format_plain(language, &id, &[]))
}

/// What an import would do.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Planned {
    /// Whether the file is of the dataset's format at all.
    pub readable: bool,
    /// Rows of the file.
    pub rows: u64,
    /// Lines that can be taken.
    pub lines: u64,
    /// Rows that cannot.
    pub rejected: u64,
    /// Whether the same file was imported before and not undone.
    pub known: bool,
    /// Lines whose State, period, indicator and group the dataset holds already.
    #[serde(default)]
    pub overlaps: u64,
    /// Words under a common code, and all that need one.
    pub mapped: (u64, u64),
    /// Coverage by field.
    pub coverage: Vec<Coverage>,
    /// Words without a common code, the most frequent first.
    pub unmapped: Vec<Unmapped>,
    /// What the file holds.
    pub summary: serde_json::Map<String, serde_json::Value>,
    /// How often each rule was broken.
    pub error_rules: BTreeMap<String, u64>,
    /// How often each warning was given.
    pub warning_rules: BTreeMap<String, u64>,
    /// The first errors.
    pub errors: Vec<Told>,
    /// The first warnings.
    pub warnings: Vec<Told>,
}

impl Planned {
    /// Errors in all.
    #[must_use]
    pub fn all_errors(&self) -> u64 {
        self.error_rules.values().sum()
    }

    /// Warnings in all.
    #[must_use]
    pub fn all_warnings(&self) -> u64 {
        self.warning_rules.values().sum()
    }
}

/// A file that was looked at.
#[derive(Debug)]
pub struct Looked {
    /// What importing it would do.
    pub planned: Planned,
    /// Everything that was found.
    pub checked: Checked,
    /// What would be kept; nothing if the file is of another kind.
    pub bringing: Option<(Batch, Columns)>,
}

/// What is known of a dataset before a file is looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Earlier<'a> {
    /// The kind of organisation whose dataset it is: it speaks for the region, or for one
    /// State.
    pub owner: Option<TenantKind>,
    /// What was imported, the newest last.
    pub batches: &'a [(BatchId, Batch)],
    /// Its figures; nothing if the dataset is new.
    pub figures: Option<&'a Columns>,
}

/// What whoever takes a file in has agreed to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Agreed {
    /// Other rows are taken although some are rejected.
    pub skip_rejected: bool,
    /// Lines are added although the dataset holds the same group already: they
    /// are other persons.
    pub adds: bool,
    /// The import that this file puts right: it is taken out and this takes its place.
    pub replaces: Option<BatchId>,
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn rules(found: &[Finding], more: u64) -> BTreeMap<String, u64> {
    let mut rules: BTreeMap<String, u64> = Checked::by_rule(found)
        .into_iter()
        .map(|(rule, number)| (rule.to_owned(), count(number)))
        .collect();
    if more > 0 {
        rules.insert("not_listed".to_owned(), more);
    }
    rules
}

/// Looks at a file without keeping anything; `seen` is told of every ten
/// thousandth row. This computes for as long as the file is long.
#[must_use]
pub fn look(
    app: &App,
    dataset: &Dataset,
    earlier: Earlier<'_>,
    file: &str,
    bytes: &[u8],
    seen: &mut dyn FnMut(u64),
) -> Looked {
    let text = app.content.text("codes/citizenships.csv").unwrap_or_default();
    let names = CitizenshipNames::read(text);
    let with = Reading::of(dataset, &app.registers.states, &names);
    // Persons' own files have no place among invented ones (E43).
    let taken = if app.demo && dataset.format.is_records() {
        Err(Checked::refused(
            "file",
            "demonstration",
            "a demonstration takes no files about persons; everything in it is invented".to_owned(),
        ))
    } else {
        take(dataset.format, bytes, with, seen)
    };
    match taken {
        Ok(mut taken) => {
            let of_one = earlier.owner.is_some_and(|kind| !kind.speaks_for_region());
            if let Some(state) = dataset.state.as_deref().filter(|_| of_one) {
                warn::only_of(&mut taken, state, &|name| state_of(with, name));
            }
            let today = app.store.now().date();
            let month = format!("{}-{:02}", today.year(), u8::from(today.month()));
            warn::not_ahead(&mut taken, &month);
            warn::judge(&mut taken, dataset.format, dataset.state.as_deref(), earlier.figures);
            // Two records of one person look like those of two.
            let records = matches!(dataset.format, Format::Ctdc | Format::Htcds);
            let earlier = Earlier { figures: earlier.figures.filter(|_| !records), ..earlier };
            looked(app, earlier, file, bytes, taken)
        }
        Err(checked) => Looked { planned: told(&checked), checked, bringing: None },
    }
}

fn told(checked: &Checked) -> Planned {
    Planned {
        rows: checked.rows,
        summary: checked.summary.clone(),
        error_rules: rules(&checked.errors, checked.errors_not_listed),
        warning_rules: rules(&checked.warnings, checked.warnings_not_listed),
        errors: checked.errors.iter().take(TOLD).map(Told::from).collect(),
        warnings: checked.warnings.iter().take(TOLD).map(Told::from).collect(),
        ..Planned::default()
    }
}

fn looked(app: &App, earlier: Earlier<'_>, file: &str, bytes: &[u8], mut taken: Taken) -> Looked {
    let now = app.store.now();
    let year = u16::try_from(now.date().year()).unwrap_or(0);
    let sha256 = hex::encode(palermo_crypto::sha256(bytes));
    let known = earlier.batches.iter().any(|(_, old)| old.undone.is_none() && old.sha256 == sha256);
    let checked = std::mem::take(&mut taken.checked);
    let lines = count(taken.figures.len());
    let unmapped = taken.unmapped();
    let mut planned = told(&checked);
    planned.readable = true;
    planned.lines = lines;
    planned.known = known;
    planned.overlaps = earlier.figures.map_or(0, |held| warn::already_there(held, &taken.figures));
    planned.mapped = taken.mapped;
    planned.coverage = taken.coverage();
    planned.unmapped = unmapped.iter().take(WORDS_TOLD).cloned().collect();
    planned.rejected = rejected(&checked, lines);
    taken.checked = checked;
    let batch = Batch {
        file: file.to_owned(),
        sha256,
        rows: planned.rows,
        lines,
        rejected: planned.rejected,
        warnings: planned.all_warnings(),
        mapped: taken.mapped,
        accepted_at: now.micros(),
        undone: None,
        quality: taken.quality(year),
        unmapped,
        coverage: planned.coverage.clone(),
        replaces: None,
    };
    let checked = std::mem::take(&mut taken.checked);
    Looked { planned, checked, bringing: Some((batch, taken.figures)) }
}

/// Rows that brought no line because something in them is wrong; a row whose
/// line is known for a reason of its own (a rate beside counts) is none.
fn rejected(checked: &Checked, lines: u64) -> u64 {
    checked.rows.saturating_sub(lines)
}

/// What speaks against taking a file in.
///
/// # Errors
/// [`Refused::Declined`] with the reason.
pub fn may_be_taken(looked: &Looked, agreed: Agreed) -> Result<(), Refused> {
    let declined = |id: &str| Err(Refused::Declined(Message::new(id)));
    let planned = &looked.planned;
    if looked.bringing.is_none() {
        return declined("data-import-not-read");
    }
    if planned.known {
        return declined("data-import-known");
    }
    if planned.lines == 0 {
        return declined("data-import-nothing");
    }
    if planned.overlaps > 0 && !agreed.adds {
        return declined("data-import-overlaps");
    }
    if planned.rejected > 0 && !agreed.skip_rejected {
        return declined("data-import-rejected");
    }
    Ok(())
}

/// Keeps what a file brings in this act.
///
/// # Errors
/// What the store refuses.
pub async fn bring(
    act: &mut Act,
    dataset: DatasetId,
    batch: &Batch,
    figures: &Columns,
) -> Result<BatchId, Refused> {
    let made = batches::insert(act, dataset, batch, figures).await?;
    act.about(made);
    act.detail("rows", batch.rows);
    act.detail("lines", batch.lines);
    Ok(made)
}
