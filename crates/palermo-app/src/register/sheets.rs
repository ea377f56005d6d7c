//! Registers as lists to take away: parties, advocacy lists, gap matrix,
//! agreements, scope of instruments.

use super::list_parties::{MissingReport, PartiesReport};
use palermo_domain::register::{
    agreement::Agreement,
    day::Day,
    instrument::{InstrumentRegister, ScopeItem},
    law::{LawCell, LawEntry, Provided, matrix},
    model_text::ModelText,
    state::{StateCode, StateRegister},
    topic::Topic,
};
use palermo_standards::sheet::{Cell, Sheet};

fn sheet(name: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Sheet {
    let columns = columns.iter().map(|c| (*c).to_owned()).collect();
    Sheet { name: name.to_owned(), columns, rows, notes: Vec::new() }
}

fn text(value: Option<impl ToString>) -> Cell {
    Cell::Text(value.map(|v| v.to_string()).unwrap_or_default())
}

/// The parties to an instrument on a day.
#[must_use]
pub fn parties(report: &PartiesReport) -> Sheet {
    let rows = report.parties.iter().map(|p| {
        vec![
            p.party.to_string().into(),
            p.name.as_str().into(),
            p.kind.into(),
            p.act.to_string().into(),
            p.date.to_string().into(),
            text(p.entry_into_force),
        ]
    });
    let name = format!("{} {}", report.instrument, report.on);
    sheet(&name, &["party", "name", "kind", "act", "date", "entry_into_force"], rows.collect())
}

/// The members of a mechanism that are no party: a list for advocacy (R006).
#[must_use]
pub fn missing(report: &MissingReport, states: &StateRegister, language: &str) -> Sheet {
    let row = |code: &StateCode| {
        vec![
            code.to_string().into(),
            states.name(*code, language).into(),
            report.mechanism.as_str().into(),
            report.instrument.to_string().into(),
            report.on.to_string().into(),
        ]
    };
    let columns = ["state", "name", "mechanism", "instrument", "not_party_on"];
    sheet(
        &format!("not party {}", report.mechanism),
        &columns,
        report.missing.iter().map(row).collect(),
    )
}

/// The gap matrix: one row for each State and topic, with article and source
/// in each (R014).
#[must_use]
pub fn law_cells(
    codes: &[StateCode],
    entries: &[LawEntry],
    states: &StateRegister,
    language: &str,
) -> Sheet {
    let mut rows = Vec::new();
    for row in matrix(codes, entries) {
        for cell in &row.cells {
            let asked = Topic::OF_NATIONAL_LAW.iter().find(|(topic, _)| *topic == cell.topic);
            let mut line: Vec<Cell> = vec![
                row.state.to_string().into(),
                states.name(row.state, language).into(),
                cell.topic.to_string().into(),
                text(asked.map(|(_, article)| article)),
                cell.provided.to_string().into(),
                if cell.disputed { "yes" } else { "no" }.into(),
            ];
            line.extend(cell_evidence(cell));
            rows.push(line);
        }
    }
    let columns = [
        "state",
        "name",
        "topic",
        "asked_by",
        "provided",
        "sources_differ",
        "law",
        "article",
        "words",
        "source",
        "as_of",
    ];
    sheet("national law", &columns, rows)
}

/// Every entry of a cell side by side, joined by a bar.
fn cell_evidence(cell: &LawCell<'_>) -> Vec<Cell> {
    let joined = |of: &dyn Fn(&LawEntry) -> Option<String>| {
        let told: Vec<String> = cell.entries.iter().map(|e| of(e).unwrap_or_default()).collect();
        Cell::Text(if told.iter().all(String::is_empty) { String::new() } else { told.join(" | ") })
    };
    vec![
        joined(&|e| e.law.clone()),
        joined(&|e| e.article.clone()),
        joined(&|e| e.words.clone()),
        joined(&|e| Some(e.provenance.source.clone())),
        joined(&|e| Some(e.provenance.as_of.to_string())),
    ]
}

/// The gap matrix at a glance: a row for each State, a column for each topic;
/// in each cell the answer with its article and source.
#[must_use]
pub fn law_matrix(
    codes: &[StateCode],
    entries: &[LawEntry],
    states: &StateRegister,
    language: &str,
) -> Sheet {
    let mut columns = vec!["state".to_owned(), "name".to_owned()];
    columns.extend(Topic::OF_NATIONAL_LAW.iter().map(|(topic, _)| topic.to_string()));
    columns.push("gaps".to_owned());
    let rows = matrix(codes, entries).into_iter().map(|row| {
        let gaps = u32::try_from(row.gaps().count()).unwrap_or(u32::MAX);
        let mut line: Vec<Cell> =
            vec![row.state.to_string().into(), states.name(row.state, language).into()];
        line.extend(row.cells.iter().map(|cell| at_a_glance(cell).into()));
        line.push(Cell::Number(gaps.into()));
        line
    });
    Sheet { name: "gap matrix".to_owned(), columns, rows: rows.collect(), notes: Vec::new() }
}

fn at_a_glance(cell: &LawCell<'_>) -> String {
    let evidence: Vec<String> = cell
        .entries
        .iter()
        .map(|e| {
            let place = [e.law.as_deref(), e.article.as_deref()];
            let place: Vec<&str> = place.into_iter().flatten().collect();
            let source = format!("{}, {}", e.provenance.source, e.provenance.as_of);
            if place.is_empty() { source } else { format!("{} ({source})", place.join(" ")) }
        })
        .collect();
    match (cell.provided, evidence.is_empty()) {
        (Provided::Unknown, true) => Provided::Unknown.to_string(),
        (provided, _) => format!("{provided}: {}", evidence.join(" | ")),
    }
}

/// Agreements with what one asks about them (R010–R012).
#[must_use]
pub fn agreements(all: &[Agreement], on: Day) -> Sheet {
    let rows = all.iter().map(|a| {
        let parties: Vec<String> = a.parties.iter().map(ToString::to_string).collect();
        let subject: Vec<&str> = a.subject.iter().map(|t| t.code()).collect();
        let (opened, closed) = a.cases_handled();
        vec![
            a.key.as_str().into(),
            text(a.title.settled().map(|t| &t.value)),
            a.kind().to_string().into(),
            a.form.to_string().into(),
            parties.join(" ").into(),
            text(a.facilitated_by.as_ref()),
            subject.join(" ").into(),
            a.status.to_string().into(),
            text(a.signed.settled().map(|d| d.value)),
            a.monitoring.answer.to_string().into(),
            text(a.needs_assessment.as_ref().map(|n| &n.title)),
            a.in_mandates().to_string().into(),
            a.in_national_budget().to_string().into(),
            text(a.last_review(on).and_then(|r| r.held)),
            text(a.next_review().map(|r| r.due)),
            opened.to_string().into(),
            closed.to_string().into(),
            a.provenance.source.as_str().into(),
            a.provenance.as_of.to_string().into(),
        ]
    });
    let columns = [
        "id",
        "title",
        "kind",
        "form",
        "parties",
        "facilitated_by",
        "subject",
        "status",
        "signed",
        "monitoring_clause",
        "needs_assessment",
        "in_mandates",
        "in_national_budget",
        "last_review",
        "next_review",
        "cases_opened",
        "cases_closed",
        "source",
        "as_of",
    ];
    sheet("agreements", &columns, rows.collect())
}

/// What each instrument covers (R008, R009).
#[must_use]
pub fn scope(instruments: &InstrumentRegister) -> Sheet {
    let mut columns = vec!["id", "kind", "name", "palermo_definition"];
    columns.extend(ScopeItem::ALL.iter().map(|item| item.code()));
    let rows = instruments.all().map(|i| {
        let mut row: Vec<Cell> = vec![
            i.id.to_string().into(),
            i.kind.to_string().into(),
            i.short.as_str().into(),
            i.palermo_definition.answer.to_string().into(),
        ];
        row.extend(ScopeItem::ALL.iter().map(|item| i.covers(*item).to_string().into()));
        row
    });
    sheet("scope", &columns, rows.collect())
}

/// Who used which model text, and numbers that sources give (R013).
#[must_use]
pub fn adoptions(models: &[ModelText]) -> Sheet {
    let mut rows = Vec::new();
    for model in models {
        for a in &model.adoptions {
            rows.push(vec![
                model.key.as_str().into(),
                a.state.to_string().into(),
                Cell::Number(1.0),
                a.used.to_string().into(),
                a.date.to_string().into(),
                a.provenance.source.as_str().into(),
            ]);
        }
        if model.adoptions.is_empty() && model.stated.is_empty() {
            let mut row: Vec<Cell> = vec![model.key.as_str().into(), "".into(), Cell::Number(0.0)];
            row.extend(["no use known", "", ""].map(Cell::from));
            rows.push(row);
        }
        for stated in &model.stated {
            let when = stated.years_after.map(|years| match years {
                1 => "1 year after introduction".to_owned(),
                years => format!("{years} years after introduction"),
            });
            rows.push(vec![
                model.key.as_str().into(),
                "not named".into(),
                Cell::Number(stated.states.into()),
                "used".into(),
                text(when.or_else(|| stated.on.map(|on| on.to_string()))),
                stated.provenance.source.as_str().into(),
            ]);
        }
    }
    sheet("model texts", &["model_text", "state", "states", "use", "when", "source"], rows)
}

#[cfg(test)]
#[path = "sheets_tests.rs"]
mod tests;
