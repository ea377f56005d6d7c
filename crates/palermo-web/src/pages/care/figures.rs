//! Counts across the cases of one's organisation, rounded so that they tell of
//! nobody: on a page, as CSV and as a workbook.

use crate::{
    components::{Button, Column, Content, DataTable, InsetText},
    pages::Answer,
    shell::{listing::sheet_file, visit::Visit},
};
use palermo_app::{
    care::figures::{self, Figures},
    domain::care::figures::CostRow,
    export::{Cell, Sheet},
};
use std::fmt::Write as _;

/// One table: its id, which names its message too, headings, rows.
struct Told {
    id: &'static str,
    columns: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

/// Rounded down: `10 or more`, `fewer than 5`.
fn at_least(visit: &Visit, count: usize, base: usize) -> String {
    match count {
        0 => visit.format("month-fewer", &[("base", visit.whole(base).into())]),
        _ => visit.format("month-at-least", &[("count", visit.whole(count).into())]),
    }
}

fn costs(visit: &Visit, rows: &[CostRow<String>], base: usize, family: &str) -> Vec<Vec<String>> {
    let row = |one: &CostRow<String>| {
        let total = match one.total {
            Some(total) => visit.whole(usize::try_from(total).unwrap_or(usize::MAX)),
            None => visit.text("figures-not-told"),
        };
        let class = visit.text(&format!("{family}-{}", one.class));
        vec![class, at_least(visit, one.cases_at_least, base), total]
    };
    rows.iter().map(row).collect()
}

fn told(visit: &Visit, counted: &Figures) -> Vec<Told> {
    let base = counted.base;
    let identified = counted.identified.iter().map(|((body, site), count)| {
        vec![
            visit.text(&format!("case-found-by-{body}")),
            visit.text(&format!("case-site-{site}")),
            at_least(visit, *count, base),
        ]
    });
    let permits = counted.permits.iter().map(|((year, ground, state), count)| {
        vec![
            year.to_string(),
            visit.text(&format!("care-code-permit_ground-{}", ground.code())),
            visit.text(&format!("care-code-permit_state-{}", state.code())),
            at_least(visit, *count, base),
        ]
    });
    vec![
        Told {
            id: "figures-identified",
            columns: &["figures-by", "identification-site", "figures-cases"],
            rows: identified.collect(),
        },
        Told {
            id: "figures-permits",
            columns: &["figures-year", "figures-ground", "figures-state", "figures-cases"],
            rows: permits.collect(),
        },
        Told {
            id: "figures-cost-group",
            columns: &["figures-class", "figures-cases", "figures-total"],
            rows: costs(visit, &counted.by_group, base, "month-group"),
        },
        Told {
            id: "figures-cost-service",
            columns: &["month-service", "figures-cases", "figures-total"],
            rows: costs(visit, &counted.by_service, base, "care-code-service"),
        },
    ]
}

fn why(visit: &Visit, counted: &Figures) -> String {
    visit.format(
        "figures-why",
        &[
            ("until", visit.date(counted.until.date()).into()),
            ("base", visit.whole(counted.base).into()),
        ],
    )
}

pub(super) async fn show(visit: Visit) -> Answer {
    let counted = figures::count(&visit.acting()).await?;
    let mut html = InsetText::new(why(&visit, &counted)).to_string();
    let links = ["csv", "xlsx"].map(|ending| {
        let path = visit.link(&format!("/own-figures.{ending}"));
        let words = visit.format("sheet-own", &[("kind", ending.to_uppercase().into())]);
        Button::link(words, path).secondary().to_string()
    });
    let _ = write!(html, "<div class=\"govuk-button-group\">{}</div>", links.concat());
    for one in told(&visit, &counted) {
        let caption = visit.text(one.id);
        let columns = one.columns.iter().map(|id| Column::new(visit.text(id)));
        let mut table = DataTable::new(one.id, caption.clone(), columns)
            .quiet_caption()
            .when_empty(visit.text("figures-nothing"));
        for row in one.rows {
            table.push(row.into_iter().map(Content::from));
        }
        let _ =
            write!(html, "<h2 class=\"govuk-heading-m\">{}</h2>{table}", Content::from(caption));
    }
    Ok(visit.page(&visit.text("figures-title")).html(&html))
}

async fn file(visit: Visit, workbook: bool) -> Answer {
    let counted = figures::count(&visit.acting()).await?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for one in told(&visit, &counted) {
        let caption = visit.text(one.id);
        for cells in one.rows {
            let (count, keys) = cells
                .split_last()
                .map_or((String::new(), Vec::new()), |(last, keys)| (last.clone(), keys.to_vec()));
            // Costs have cases and a sum: the cases stand with the keys.
            rows.push(vec![caption.as_str().into(), keys.join(" · ").into(), count.into()]);
        }
    }
    let notes = vec![why(&visit, &counted)];
    let sheet = Sheet {
        name: "figures".into(),
        columns: ["figures-table", "figures-class", "figures-cases"]
            .map(|id| visit.text(id))
            .to_vec(),
        rows,
        notes,
    };
    sheet_file(&visit, sheet, "own-figures", workbook)
}

pub(super) async fn csv(visit: Visit) -> Answer {
    file(visit, false).await
}

pub(super) async fn workbook(visit: Visit) -> Answer {
    file(visit, true).await
}
