//! Counts across the cases of one's organisation, rounded so that they tell of
//! nobody: on a page, as CSV and as a workbook.

use crate::{
    components::{Button, Column, Content, DataTable, InsetText},
    pages::Answer,
    shell::{listing::sheet_file, visit::Visit},
};
use palermo_app::{
    Refused,
    care::figures::{self, Class, Figures},
    domain::{
        care::figures::CostRow,
        screening::bias::{BiasRow, By, NOT_SAID},
    },
    export::{Cell, Sheet},
    screening,
};
use std::fmt::Write as _;

/// One table: its id, which names its message too, headings, rows.
struct Told {
    id: &'static str,
    columns: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

fn costs(visit: &Visit, rows: &[CostRow<Class>], base: usize, family: &str) -> Vec<Vec<String>> {
    let row = |one: &CostRow<Class>| {
        let total = match one.total {
            Some(total) => visit.whole(usize::try_from(total).unwrap_or(usize::MAX)),
            None => visit.text("figures-not-told"),
        };
        let (class, currency) = &one.class;
        let class = visit.text(&format!("{family}-{class}"));
        let currency = match currency {
            Some(currency) => currency.to_string(),
            None => visit.text("figures-currency-untold"),
        };
        vec![class, currency, visit.at_least(one.cases_at_least, base), total]
    };
    rows.iter().map(row).collect()
}

/// Columns of sums by service.
const OF_SERVICES: [&str; 4] =
    ["month-service", "figures-currency", "figures-cases", "figures-total"];

fn told(visit: &Visit, counted: &Figures) -> Vec<Told> {
    let base = counted.base;
    let identified = counted.identified.iter().map(|((body, site), count)| {
        vec![
            visit.text(&format!("case-found-by-{body}")),
            visit.text(&format!("case-site-{site}")),
            visit.at_least(*count, base),
        ]
    });
    let permits = counted.permits.iter().map(|((year, ground, state), count)| {
        vec![
            year.to_string(),
            visit.text(&format!("care-code-permit_ground-{}", ground.code())),
            visit.text(&format!("care-code-permit_state-{}", state.code())),
            visit.at_least(*count, base),
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
            columns: &["figures-class", "figures-currency", "figures-cases", "figures-total"],
            rows: costs(visit, &counted.by_group, base, "month-group"),
        },
        Told {
            id: "figures-cost-service",
            columns: &OF_SERVICES,
            rows: costs(visit, &counted.by_service, base, "care-code-service"),
        },
        Told {
            id: "figures-awarded",
            columns: &OF_SERVICES,
            rows: costs(visit, &counted.awarded, base, "care-code-service"),
        },
        Told {
            id: "figures-paid",
            columns: &OF_SERVICES,
            rows: costs(visit, &counted.paid, base, "care-code-service"),
        },
    ]
}

/// Whom the questions of screening find (E32).
fn bias(visit: &Visit, rows: &[BiasRow], base: usize) -> Told {
    let group = |row: &BiasRow| match (row.by, row.group.as_str()) {
        (_, NOT_SAID) => visit.text("figures-bias-none"),
        (By::Sex, code) => visit.text(&format!("case-sex-{code}")),
        (By::Age, code) => visit.text(&format!("case-age-{code}")),
        (By::Citizenship, code) => visit.text(&format!("figures-bias-{code}")),
        (By::Form, code) => visit.text(&format!("element-form-{}", code.replace('.', "-"))),
    };
    let line = |row: &BiasRow| {
        vec![
            row.year.to_string(),
            visit.text(&format!("figures-bias-by-{}", row.by.code())),
            group(row),
            visit.at_least(row.screened_at_least, base),
            visit.at_least(row.presumed_at_least, base),
        ]
    };
    Told {
        id: "figures-bias",
        columns: &[
            "figures-year",
            "figures-bias-by",
            "figures-class",
            "figures-screened",
            "figures-presumed",
        ],
        rows: rows.iter().map(line).collect(),
    }
}

/// All tables of the page and of its files.
async fn tables(visit: &Visit, counted: &Figures) -> Result<Vec<Told>, Refused> {
    let rows = screening::bias::report(&visit.acting()).await?;
    let mut all = told(visit, counted);
    all.push(bias(visit, &rows, counted.base));
    Ok(all)
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
    for one in tables(&visit, &counted).await? {
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
    for one in tables(&visit, &counted).await? {
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
