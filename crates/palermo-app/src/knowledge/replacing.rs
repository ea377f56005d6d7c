//! An import that takes the place of another, in one act: a corrected file, or the same
//! lines after more words of the source were mapped. When it is taken out again, what it
//! replaced comes back.

use super::{
    datasets::{self, Shown},
    signals,
};
use crate::{Acting, App, Message, Refused, access::Action, begin};
use palermo_domain::{
    id::{BatchId, DatasetId},
    knowledge::{
        columns::Columns,
        dataset::{Batch, Quality},
        mapping::{Mapping, Unmapped},
    },
};
use palermo_locale::Language;
use palermo_store::{
    Act, Revision,
    knowledge::{batch as batches, dataset as stored},
};

/// Where a line keeps the source's own words: `field=word; field=word`.
const WRITTEN: &str = "_written";

/// What stands in a field whose word had no code.
const UNKNOWN: &str = "unknown";

/// The imports without the one that is to be replaced.
pub(super) fn others(all: &[(BatchId, Batch)], without: Option<BatchId>) -> Vec<(BatchId, Batch)> {
    all.iter().filter(|(id, _)| Some(*id) != without).cloned().collect()
}

/// Takes out the import that another takes the place of.
///
/// # Errors
/// [`Refused::Declined`] if it is not there or was taken out already.
pub(super) async fn take_out(
    act: &mut Act,
    app: &App,
    language: Language,
    (dataset, old): (DatasetId, BatchId),
    file: &str,
) -> Result<(), Refused> {
    let found = batches::find(&*act, act.tenant(), old).await?;
    let standing = found
        .filter(|found| found.record.0 == dataset && found.record.1.undone.is_none())
        .ok_or_else(|| Refused::Declined(Message::new("data-replaced-gone")))?;
    let said = Message::new("data-replaced-by").with("file", file);
    let why = said.say_plain(&app.catalogue, language);
    batches::undo(act, old, &why, standing.revision).await?;
    act.about(old);
    act.detail("replaces", old.to_string());
    Ok(())
}

/// Brings back what an import took the place of that was just taken out; not where the same
/// file was taken in anew meanwhile, for nobody is counted twice.
///
/// # Errors
/// When the store refuses.
pub(super) async fn bring_back(
    act: &mut Act,
    dataset: DatasetId,
    before: BatchId,
) -> Result<(), Refused> {
    let held = stored::find(&*act, act.tenant(), dataset).await?.ok_or(Refused::NotFound)?;
    // Whoever takes a file in at this moment compared it with figures without these.
    stored::update(act, dataset, &held.record.entry, held.revision).await?;
    let all = batches::about(&*act, act.tenant(), dataset).await?;
    let file = all.iter().find(|(id, _)| *id == before).map(|(_, one)| one.sha256.as_str());
    let again = file.filter(|file| !file.is_empty()).is_some_and(|file| {
        let same = |one: &Batch| one.undone.is_none() && one.sha256 == file;
        all.iter().any(|(id, one)| *id != before && same(one))
    });
    if !again {
        batches::revive(act, before).await?;
        act.about(before);
    }
    Ok(())
}

/// A word of the source that has a code by now, in an import that came before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The field.
    pub field: String,
    /// The word as written.
    pub word: String,
    /// Its code.
    pub code: String,
    /// Lines with it.
    pub lines: u64,
}

/// An import whose lines would read otherwise by the mapping as it stands.
#[derive(Debug, Clone)]
pub struct Remapped {
    /// The import.
    pub batch: BatchId,
    /// What would be told of it.
    pub about: Batch,
    /// What would change.
    pub changes: Vec<Change>,
    figures: Columns,
}

/// The lines of an import by the mapping as it stands; nothing where none changes.
fn remapped(
    batch: BatchId,
    about: &Batch,
    mut figures: Columns,
    mapping: &Mapping,
) -> Option<Remapped> {
    let mut about = about.clone();
    let mut changes = Vec::new();
    for one in std::mem::take(&mut about.unmapped) {
        let Some(code) = mapping.code(&one.field, &one.word).map(str::to_owned) else {
            about.unmapped.push(one);
            continue;
        };
        let made = |written: &str| {
            let mut parts = written.split("; ").filter_map(|part| part.split_once('='));
            let has = parts.any(|(field, word)| field == one.field && word == one.word);
            has.then(|| code.clone())
        };
        let lines = figures.recode(&one.field, UNKNOWN, WRITTEN, &made);
        if lines == 0 {
            about.unmapped.push(one);
            continue;
        }
        let lines = u64::try_from(lines).unwrap_or(u64::MAX);
        for counted in about.coverage.iter_mut().filter(|counted| counted.field == one.field) {
            counted.mapped = counted.mapped.saturating_add(lines).min(counted.all);
        }
        about.mapped.0 = about.mapped.0.saturating_add(lines).min(about.mapped.1);
        changes.push(Change { code, field: one.field, word: one.word, lines });
    }
    about.quality.comparability = Quality::share(about.mapped.0, about.mapped.1);
    about.replaces = Some(batch);
    (!changes.is_empty()).then_some(Remapped { batch, about, changes, figures })
}

/// What the mapping as it stands would change in the imports that are in already.
///
/// # Errors
/// What access or the store refuse.
pub async fn preview(acting: &Acting<'_>, dataset: DatasetId) -> Result<Vec<Remapped>, Refused> {
    let (_, shown) = datasets::own(acting, dataset).await?;
    all(acting, &shown).await
}

async fn all(acting: &Acting<'_>, shown: &Shown) -> Result<Vec<Remapped>, Refused> {
    let Some(mapping) = &shown.dataset.entry.mapping else { return Ok(Vec::new()) };
    let has_code = |one: &Unmapped| mapping.code(&one.field, &one.word).is_some();
    let mut out = Vec::new();
    for (id, about) in &shown.batches {
        if about.undone.is_some() || !about.unmapped.iter().any(has_code) {
            continue;
        }
        let (id, about, mapping) = (*id, about.clone(), mapping.clone());
        let figures = batches::figures_of(&acting.app.store, shown.dataset.tenant, id).await?;
        let work = move || remapped(id, &about, figures, &mapping);
        let done = tokio::task::spawn_blocking(work).await;
        out.extend(done.map_err(|why| Refused::Unavailable(why.to_string()))?);
    }
    Ok(out)
}

/// Reads the imports that are in by the mapping as it stands: each is replaced, all in one
/// act. Taking one of them out brings back what it replaced.
///
/// # Errors
/// What access or the store refuse; [`Refused::Declined`] when nothing would change, and a
/// conflict when the dataset changed since it was seen.
pub async fn apply(
    acting: &Acting<'_>,
    dataset: DatasetId,
    seen: i64,
) -> Result<DatasetId, Refused> {
    let (_, shown) = datasets::own(acting, dataset).await?;
    let found = all(acting, &shown).await?;
    let mut act = begin!(acting, acting.context(Action::ImportData)?.about(dataset));
    if found.is_empty() {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("data-remap-none")));
    }
    stored::update(&mut act, dataset, &shown.dataset.entry, Revision(seen)).await?;
    let (mut lines, mut brought) = (0_u64, Vec::new());
    for one in found {
        let mut about = one.about;
        about.accepted_at = acting.now().micros();
        let which = (dataset, one.batch);
        take_out(&mut act, acting.app, acting.language, which, &about.file).await?;
        let made = batches::insert(&mut act, dataset, &about, &one.figures).await?;
        act.about(made);
        lines = one.changes.iter().fold(lines, |sum, change| sum.saturating_add(change.lines));
        brought.push(one.figures);
    }
    act.detail("lines", lines);
    act.commit(&dataset).await?;
    let context = acting.context(Action::ImportData)?.about(dataset);
    for figures in &brought {
        signals::after_import(acting.app, context.clone(), &shown.dataset, figures).await?;
    }
    signals::after_undo(acting.app, context, dataset).await?;
    Ok(dataset)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use palermo_domain::{
        id::Id,
        knowledge::{amount::Amount, mapping::Coverage},
    };
    use std::collections::BTreeMap;

    #[test]
    fn req_174_lines_that_came_before_a_word_was_mapped_are_read_by_it() {
        let mut figures = Columns::new(&["age", "sex", WRITTEN]);
        for (age, written, persons) in [
            (UNKNOWN, "age=under 12; sex=f", 4),
            ("adult", "age=grown", 9),
            (UNKNOWN, "age=over 60", 5),
            (UNKNOWN, "", 2),
        ] {
            figures.push(&[age, "female", written], Some(Amount::exactly(persons)));
        }
        let word = |word: &str| Unmapped { field: "age".into(), word: word.into(), lines: 1 };
        let about = Batch {
            file: "a.csv".into(),
            sha256: String::new(),
            rows: 4,
            lines: 4,
            rejected: 0,
            warnings: 0,
            mapped: (1, 3),
            accepted_at: 1,
            undone: None,
            quality: Quality::default(),
            unmapped: vec![word("under 12"), word("over 60")],
            coverage: vec![Coverage { field: "age".into(), mapped: 1, all: 3 }],
            replaces: None,
        };
        let words = BTreeMap::from([("under 12".to_owned(), "child".to_owned())]);
        let codes = BTreeMap::from([("age".to_owned(), words)]);
        let mapping = Mapping { codes, ..Mapping::default() };
        let id = BatchId::from_uuid(uuid::Uuid::nil());
        let found = remapped(id, &about, figures.clone(), &mapping).unwrap();
        let ages: Vec<&str> = (0..4).map(|line| found.figures.word(0, line)).collect();
        assert_eq!(ages, ["child", "adult", UNKNOWN, UNKNOWN]);
        assert_eq!((found.changes.len(), found.changes[0].lines), (1, 1));
        assert_eq!(found.about.unmapped, [word("over 60")]);
        assert_eq!(found.about.mapped, (2, 3));
        assert_eq!(found.about.replaces, Some(id));
        assert!(remapped(id, &about, figures, &Mapping::default()).is_none());
    }
}
