//! Context from open data: what surrounds trafficking. Imported apart from
//! figures of persons, shown apart, joined by State and year only and never to
//! a person (R186).

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::ContextId,
    knowledge::{
        sharing::answers_for_figures,
        sources::{ContextSeries, ContextValue},
    },
};
use palermo_standards::table_file::TableFile;
use palermo_store::{Versioned, knowledge::context as kept, register::Filed};

/// A series as it is listed.
pub type Listed = Versioned<Filed<ContextId, ContextSeries>>;

/// Values of a series are those of States and years; more is another thing.
const MOST_VALUES: usize = 20_000;

/// What someone typed about a series.
#[derive(Debug, Clone, Default)]
pub struct ContextForm {
    /// Title.
    pub title: String,
    /// Publisher.
    pub source: String,
    /// Address or reference.
    pub reference: String,
    /// Unit.
    pub unit: String,
    /// Licence.
    pub licence: String,
}

/// Reads a table of `State`, `Year`, `Value`; other columns are refused, so
/// that nobody brings persons in by this way.
///
/// # Errors
/// Every line that cannot be read.
pub fn read(bytes: &[u8]) -> Result<Vec<ContextValue>, Vec<Message>> {
    let wrong = |why: String| vec![Message::new("context-file-wrong").with("why", why)];
    let file = TableFile::open(bytes).map_err(|why| wrong(why.to_string()))?;
    let mut header: Option<bool> = None;
    let mut values = Vec::new();
    let mut problems = Vec::new();
    let each = file.each(|line| {
        if header.is_none() {
            let names: Vec<String> = line.cells().map(str::to_lowercase).collect();
            header = Some(names == ["state", "year", "value"]);
            return header == Some(true);
        }
        let state = line.cell(0).to_uppercase();
        let known = state.len() == 3 && state.bytes().all(|b| b.is_ascii_uppercase());
        let year = line.cell(1).parse::<u16>().ok().filter(|year| (1900..=2100).contains(year));
        let value = line.cell(2).parse::<f64>().ok().filter(|value| value.is_finite());
        match (known, year, value) {
            (true, Some(year), Some(value)) => values.push(ContextValue { state, year, value }),
            _ => problems.push(Message::new("context-line-wrong").with("line", line.number)),
        }
        values.len() < MOST_VALUES && problems.len() < 20
    });
    each.map_err(|why| wrong(why.to_string()))?;
    if header != Some(true) {
        return Err(vec![Message::new("context-columns")]);
    }
    if problems.is_empty() && values.is_empty() {
        problems.push(Message::new("data-import-nothing"));
    }
    if problems.is_empty() { Ok(values) } else { Err(problems) }
}

/// Series of context.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Listed>, Refused> {
    super::datasets::reader(acting).await?;
    Ok(kept::list(&acting.app.store, None).await?)
}

/// One series.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show(acting: &Acting<'_>, id: ContextId) -> Result<Listed, Refused> {
    list(acting).await?.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)
}

/// Whether this person brings in context: every organisation reads it, so those
/// who answer for figures of many keep it.
#[must_use]
pub fn keeps(acting: &Acting<'_>) -> bool {
    acting.subject.tenant.is_some_and(|(own, kind)| {
        answers_for_figures(kind) && acting.may(Action::ImportData, &Resource::of(own)).allowed
    })
}

/// Imports a series.
///
/// # Errors
/// [`Refused::NotFound`] for other organisations; every problem of the form and the
/// file; what access or the store refuse.
pub async fn import(
    acting: &Acting<'_>,
    form: &ContextForm,
    bytes: &[u8],
) -> Result<ContextId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ImportData, &Resource::of(tenant)).await?;
    if !keeps(acting) {
        return Err(Refused::NotFound);
    }
    let mut problems = Problems::default();
    let title = problems.required("title", &form.title, 200);
    let source = problems.required("source", &form.source, 300);
    let reference = problems.required("reference", &form.reference, 500);
    let unit = problems.required("unit", &form.unit, 100);
    let licence = problems.required("licence", &form.licence, 100);
    let values = read(bytes).unwrap_or_else(|wrong| {
        wrong.into_iter().for_each(|message| problems.add("file", message));
        Vec::new()
    });
    problems.none()?;
    let retrieved = acting.now().date().into();
    let series = ContextSeries { title, source, reference, unit, licence, retrieved, values };
    let mut act = begin!(acting, acting.context(Action::ImportData)?);
    let id = kept::insert(&mut act, &series).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn req_186_context_is_of_states_and_years_and_takes_no_other_column() {
        let values = read(b"State,Year,Value\nXAA,2024,31.5\n").unwrap();
        assert_eq!(values[0].value, 31.5);
        let refused = read(b"Name,State,Year,Value\nA,XAA,2024,3\n").unwrap_err();
        assert_eq!(refused[0].id, "context-columns");
        let wrong = read(b"State,Year,Value\nXAA,24,3\nX,2024,3\n").unwrap_err();
        assert_eq!(wrong.len(), 2);
        // No dimension of figures leads to it.
        assert!(!super::super::take::DIMENSIONS.contains(&"context"));
    }
}
