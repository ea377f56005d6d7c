//! The list of instruments, with what each leaves out.

use super::common::{date, instrument_name, link, lookup, mechanism_link, refused, word};
use crate::{
    components::{Content, Tag},
    pages::Answer,
    shell::{listing::List, route::Routes, visit::Visit},
};
use palermo_app::{
    access::Action,
    domain::register::{
        fact::Answer as Said,
        instrument::{Instrument, InstrumentKind, InstrumentRegister, ScopeItem},
        provenance::PartialDate,
    },
    locale,
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/instruments", Action::PublicRead, list).page(
        "/instruments/{id}",
        Action::PublicRead,
        super::instrument::show,
    )
}

struct Row {
    id: String,
    name: String,
    kind: InstrumentKind,
    adopted: Option<PartialDate>,
    mechanism: Option<String>,
    gaps: Vec<ScopeItem>,
}

/// What an instrument is known to leave out.
pub(super) fn gaps(found: &Instrument) -> Vec<ScopeItem> {
    ScopeItem::ALL.iter().copied().filter(|item| found.covers(*item) == Said::No).collect()
}

/// The same in words.
pub(super) fn gap_words(visit: &Visit, gaps: &[ScopeItem]) -> String {
    let words: Vec<String> =
        gaps.iter().map(|item| word(visit, "scope-gap", item.code())).collect();
    locale::list(visit.language, &words)
}

/// Every instrument as a row, by its name in the reader's language.
fn rows(visit: &Visit, register: &InstrumentRegister) -> Vec<Row> {
    let mut rows: Vec<Row> = register
        .all()
        .map(|found| Row {
            id: found.id.to_string(),
            name: instrument_name(visit, found),
            kind: found.kind,
            adopted: found.adopted.settled().map(|s| s.value),
            mechanism: found.mechanism.clone(),
            gaps: gaps(found),
        })
        .collect();
    rows.sort_by(|a, b| visit.compare(&a.name, &b.name));
    rows
}

async fn list(visit: Visit) -> Answer {
    let register = lookup(&visit).instruments_now().await.map_err(refused)?;
    let rows = rows(&visit, &register);
    let kinds = InstrumentKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), word(&visit, "instrument-kind", kind.code())))
        .collect();
    let scope = ScopeItem::ALL
        .iter()
        .map(|item| (item.code().to_owned(), word(&visit, "scope-gap", item.code())))
        .collect();
    let (a, b, c, d, e, f) =
        (visit.clone(), visit.clone(), visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "instruments", &visit.text("instruments-title"), rows)
        .column(
            "name",
            "instrument-title",
            |row| row.name.clone(),
            move |row| link(&a, &format!("/instruments/{}", row.id), &row.name),
        )
        .text("kind", "instrument-kind", move |row| word(&b, "instrument-kind", row.kind.code()))
        .column(
            "adopted",
            "instrument-adopted",
            |row| row.adopted.map(|on| on.to_string()).unwrap_or_default(),
            move |row| row.adopted.map(|on| date(&f, on)).unwrap_or_default().into(),
        )
        .column(
            "mechanism",
            "instrument-mechanism",
            |row| row.mechanism.clone().unwrap_or_default(),
            move |row| {
                row.mechanism.as_deref().map(|id| short_mechanism(&e, id)).unwrap_or_default()
            },
        )
        .column(
            "gaps",
            "instrument-scope-gaps",
            move |row| gap_words(&c, &row.gaps),
            move |row| {
                let tags = row.gaps.iter().map(|item| {
                    Tag::coloured(word(&d, "scope-gap", item.code()), "yellow").to_string()
                });
                Content::Html(tags.collect::<Vec<_>>().join(" "))
            },
        )
        .filter("kind", "instrument-kind", kinds, |row, wanted| row.kind.code() == wanted)
        .filter("without", "instrument-scope-gaps", scope, |row, wanted| {
            row.gaps.iter().any(|item| item.code() == wanted)
        });
    let intro = Content::from(visit.text("instruments-intro"));
    let matrix = link(&visit, "/matrix", visit.text("matrix-title"));
    let models = link(&visit, "/models", visit.text("model-texts-title"));
    let answer = list.answer(|table| {
        let html = format!(
            "<p class=\"govuk-body-l\">{intro}</p><p class=\"govuk-body\">{matrix} · {models}</p>{table}"
        );
        visit.page(&visit.text("instruments-title")).html(&html)
    })?;
    Ok(answer)
}

/// A mechanism by its short name, which fits into a column.
pub(super) fn short_mechanism(visit: &Visit, id: &str) -> Content {
    match visit.web.app().content.mechanisms().get(id) {
        Some(_) => link(visit, &format!("/mechanisms/{id}"), id),
        None => mechanism_link(visit, id),
    }
}
