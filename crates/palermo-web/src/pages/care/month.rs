//! A shelter's month end: one page to print, one workbook a donor.

use crate::{
    components::{Button, Column, Content, DataTable, InsetText, WarningText},
    pages::Answer,
    shell::{failure::Failure, listing::sheet_file, visit::Visit},
};
use axum::http::StatusCode;
use palermo_app::{
    Refused,
    care::{
        month::{self, MonthPage},
        own_ask,
    },
    domain::care::{
        month_end::{MonthEnd, Persons},
        own_view::{Question, Tally},
    },
    export::{Cell, Sheet},
};
use std::fmt::Write as _;

async fn load(visit: &Visit) -> Result<MonthPage, Failure> {
    let (month, funder) = (visit.query("month"), visit.query("funder"));
    Ok(month::end(&visit.acting(), &month, &funder).await?)
}

fn service(visit: &Visit, code: &str) -> String {
    visit.text(&format!("care-code-service-{code}"))
}

/// Services with nights and waits, as rows of cells. A wait nobody knows is no wait of
/// no days: it has no number.
fn lines(visit: &Visit, end: &MonthEnd) -> Vec<(Vec<String>, Vec<Option<u64>>)> {
    end.lines
        .iter()
        .map(|line| {
            let words = vec![
                service(visit, &line.service),
                visit.text(&format!("care-code-provider-{}", line.provider.code())),
            ];
            let count = |number: usize| Some(number as u64);
            let known = line.waits.known > 0;
            let numbers = vec![
                count(line.given),
                count(line.begun),
                count(line.ended),
                Some(line.nights),
                count(line.waits.known),
                known.then_some(line.waits.days),
                known.then_some(line.waits.longest),
            ];
            (words, numbers)
        })
        .collect()
}

const COLUMNS: [&str; 9] = [
    "month-service",
    "month-provider",
    "month-given",
    "month-begun",
    "month-ended",
    "month-nights",
    "month-waits",
    "month-wait-days",
    "month-wait-longest",
];

fn table(
    visit: &Visit,
    id: &'static str,
    caption: &str,
    columns: &[&str],
    rows: Vec<Vec<Content>>,
) -> String {
    let columns = columns.iter().enumerate().map(|(at, title)| {
        let column = Column::new(visit.text(title));
        if at > 0
            && !title.ends_with("provider")
            && !title.ends_with("reason")
            && !title.ends_with("currency")
        {
            column.numeric()
        } else {
            column
        }
    });
    let mut table = DataTable::new(id, visit.text(caption), columns)
        .quiet_caption()
        .when_empty(visit.text("month-nothing"));
    for row in rows {
        table.push(row);
    }
    format!("<h2 class=\"govuk-heading-m\">{}</h2>{table}", Content::from(visit.text(caption)))
}

fn whole(visit: &Visit, number: Option<u64>) -> Content {
    match number {
        Some(number) => visit.whole(usize::try_from(number).unwrap_or(usize::MAX)).into(),
        None => visit.text("month-wait-unknown").into(),
    }
}

/// Said while the month is not over.
fn so_far(visit: &Visit, end: &MonthEnd) -> Option<String> {
    let day = visit.date(end.so_far?.date());
    Some(visit.format("month-so-far", &[("day", day.into())]))
}

pub(super) async fn show(visit: Visit) -> Answer {
    match load(&visit).await {
        Ok(page) => shown(&visit, &page, "").await,
        // A month that is none: the last one stands below what is wrong with it.
        Err(Failure(Refused::Invalid(problems))) => {
            let page = month::end(&visit.acting(), "", &visit.query("funder")).await?;
            let wrong: String = problems.0.iter().map(|one| visit.say(&one.message)).collect();
            let wrong = WarningText::new(wrong, &visit.words()).to_string();
            let mut response = shown(&visit, &page, &wrong).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other),
    }
}

async fn shown(visit: &Visit, page: &MonthPage, above: &str) -> Answer {
    let said = own_ask::said(&visit.acting()).await?;
    let end = &page.end;
    let mut html = format!("{above}{}", pickers(visit, page));
    if let Some(told) = so_far(visit, end) {
        html.push_str(&WarningText::new(told, &visit.words()).to_string());
    }
    html.push_str(&ending(visit, page));
    let rows = lines(visit, end)
        .into_iter()
        .map(|(words, numbers)| {
            let words = words.into_iter().map(Content::from);
            words.chain(numbers.into_iter().map(|number| whole(visit, number))).collect()
        })
        .collect();
    html.push_str(&table(visit, "services", "month-services", &COLUMNS, rows));
    let rows = end.refusals.iter().map(|(code, reason, count)| {
        let why = visit.text(&format!("care-code-refusal-{}", reason.code()));
        vec![service(visit, code).into(), why.into(), visit.whole(*count).into()]
    });
    let columns = ["month-service", "month-reason", "month-count"];
    html.push_str(&table(visit, "refusals", "month-refusals", &columns, rows.collect()));
    let rows = end
        .waiting
        .iter()
        .map(|(code, count)| vec![service(visit, code).into(), visit.whole(*count).into()]);
    let columns = ["month-service", "month-count"];
    html.push_str(&table(visit, "waiting", "month-waiting", &columns, rows.collect()));
    html.push_str(&payments(visit, end));
    html.push_str(&persons(visit, end));
    html.push_str(&answers(visit, &said));
    let title = visit.format("month-title", &[("month", end.month.to_string().into())]);
    Ok(visit.page(&title).html(&html))
}

fn pickers(visit: &Visit, page: &MonthPage) -> String {
    let end = &page.end;
    let month = end.month.to_string();
    let before = end.month.before().to_string();
    let link = |month: &str, funder: &str, file: &str| {
        let funder = crate::shell::gate::encode(funder);
        visit.link(&format!("/month-end{file}?month={month}&funder={funder}"))
    };
    let now = page.funder.clone().unwrap_or_default();
    let mut html = format!(
        "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{}\">{}</a></p>",
        link(&before, &now, ""),
        Content::from(visit.format("month-before", &[("month", before.as_str().into())]))
    );
    // None that has not begun is offered; the present one says that it is not over.
    let next = end.month.next();
    if next <= page.present {
        let label = if next == page.present { "month-present" } else { "month-after" };
        let next = next.to_string();
        let _ = write!(
            html,
            "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{}\">{}</a></p>",
            link(&next, &now, ""),
            Content::from(visit.format(label, &[("month", next.as_str().into())]))
        );
    }
    let words = match &page.funder {
        Some(funder) => visit.format("month-for", &[("funder", funder.as_str().into())]),
        None => visit.text("month-for-all"),
    };
    let _ = write!(
        html,
        "<p class=\"govuk-body\">{} {}</p>",
        Content::from(words),
        Button::link(visit.text("month-workbook"), link(&month, &now, ".xlsx")).small()
    );
    if !page.funders.is_empty() {
        let mut list = String::new();
        let all = (String::new(), visit.text("month-all"));
        let each = page.funders.iter().map(|funder| (funder.clone(), funder.clone()));
        for (funder, words) in std::iter::once(all).chain(each) {
            let words = Content::from(words);
            let _ = write!(
                list,
                "<li><a class=\"govuk-link\" href=\"{}\"><bdi>{words}</bdi></a> · <a class=\"govuk-link\" href=\"{}\">XLSX<span class=\"govuk-visually-hidden\">: {words}</span></a></li>",
                link(&month, &funder, ""),
                link(&month, &funder, ".xlsx")
            );
        }
        let _ = write!(
            html,
            "<h2 class=\"govuk-heading-s\">{}</h2><ul class=\"govuk-list\">{list}</ul>",
            Content::from(visit.text("month-funders"))
        );
    }
    html
}

/// Money that ends within ninety days, with how many it concerns (R241).
fn ending(visit: &Visit, page: &MonthPage) -> String {
    let words = visit.words();
    page.ending
        .iter()
        .map(|one| {
            let then: Vec<String> =
                one.then.iter().map(|code| visit.text(&format!("care-code-then-{code}"))).collect();
            let then = if then.is_empty() { visit.text("word-unknown") } else { then.join("; ") };
            let days = usize::try_from(one.days_left).unwrap_or(0);
            let text = visit.format(
                "month-money-ends",
                &[
                    ("service", service(visit, &one.service).into()),
                    ("funder", one.funder.as_str().into()),
                    ("until", visit.date(one.until.date()).into()),
                    ("days", visit.whole(days).into()),
                    ("persons", visit.whole(one.persons).into()),
                    ("then", then.into()),
                ],
            );
            WarningText::new(text, &words).to_string()
        })
        .collect()
}

/// Awards and payments by service and currency: how many, never how much (R231).
fn payments(visit: &Visit, end: &MonthEnd) -> String {
    if end.payments.is_empty() {
        return String::new();
    }
    let rows = end.payments.iter().map(|one| {
        vec![
            service(visit, &one.service).into(),
            one.currency.to_string().into(),
            visit.whole(one.awarded).into(),
            visit.whole(one.paid).into(),
        ]
    });
    let columns = ["month-service", "figures-currency", "month-awarded", "month-paid"];
    table(visit, "payments", "month-payments", &columns, rows.collect())
}

fn persons(visit: &Visit, end: &MonthEnd) -> String {
    let rows = end.persons.iter().map(|group| {
        let count = visit.at_least(group.at_least, end.base);
        vec![visit.text(&format!("month-group-{}", group.group)).into(), count.into()]
    });
    let columns = ["month-group", "month-persons-count"];
    let table = table(visit, "persons", "month-persons", &columns, rows.collect());
    let why = visit.format(
        "month-persons-why",
        &[("half", end.half_year.to_string().into()), ("base", visit.whole(end.base).into())],
    );
    format!("{table}{}", InsetText::new(why))
}

fn answers(visit: &Visit, said: &[(Question, Option<Tally>)]) -> String {
    let rows = said.iter().map(|(question, tally)| {
        let title = visit.text(&format!("own-question-{}", question.code()));
        let cells = match tally {
            Some(tally) => [tally.yes, tally.partly, tally.no].map(|count| visit.whole(count)),
            None => std::array::from_fn(|_| visit.text("month-too-few")),
        };
        std::iter::once(Content::from(title)).chain(cells.into_iter().map(Content::from)).collect()
    });
    let columns = ["month-question", "own-reply-yes", "own-reply-partly", "own-reply-no"];
    let table = table(visit, "said", "month-said", &columns, rows.collect());
    format!("{table}{}", InsetText::new(visit.text("month-said-why")))
}

/// The same in one sheet: what a donor asks for, and nothing about anyone.
pub(super) async fn workbook(visit: Visit) -> Answer {
    let page = load(&visit).await?;
    let end = &page.end;
    let number = |number: Option<u64>| match number {
        Some(number) => Cell::Number(number as f64),
        None => Cell::Text(visit.text("month-wait-unknown")),
    };
    let mut rows: Vec<Vec<Cell>> = lines(&visit, end)
        .into_iter()
        .map(|(words, numbers)| {
            let words = words.into_iter().map(Cell::Text);
            words.chain(numbers.into_iter().map(number)).collect()
        })
        .collect();
    let short = |cells: Vec<Cell>| {
        let mut cells = cells;
        cells.resize(COLUMNS.len(), Cell::Text(String::new()));
        cells
    };
    let heading = |id: &str| short(vec![Cell::Text(visit.text(id))]);
    rows.push(heading("month-refusals"));
    for (code, reason, count) in &end.refusals {
        let why = visit.text(&format!("care-code-refusal-{}", reason.code()));
        let cells =
            vec![Cell::Text(service(&visit, code)), Cell::Text(why), Cell::Number(*count as f64)];
        rows.push(short(cells));
    }
    rows.push(heading("month-waiting"));
    for (code, count) in &end.waiting {
        let cells = vec![
            Cell::Text(service(&visit, code)),
            Cell::Text(String::new()),
            Cell::Number(*count as f64),
        ];
        rows.push(short(cells));
    }
    rows.push(heading("month-payments"));
    for one in &end.payments {
        rows.push(short(vec![
            Cell::Text(service(&visit, &one.service)),
            Cell::Text(one.currency.to_string()),
            Cell::Number(one.awarded as f64),
            Cell::Number(one.paid as f64),
        ]));
    }
    rows.push(heading("month-persons"));
    for group in &end.persons {
        let words = visit.text(&format!("month-group-{}", group.group));
        let cells = vec![
            Cell::Text(words),
            Cell::Text(end.half_year.to_string()),
            persons_cell(&visit, group),
        ];
        rows.push(short(cells));
    }
    sheet(&visit, &page, rows)
}

/// What is withheld is said in words: a zero would be a figure.
fn persons_cell(visit: &Visit, group: &Persons) -> Cell {
    match group.fewer_than {
        Some(base) => Cell::Text(visit.at_least(0, base)),
        None => Cell::Number(group.at_least as f64),
    }
}

fn sheet(visit: &Visit, page: &MonthPage, rows: Vec<Vec<Cell>>) -> Answer {
    let end = &page.end;
    let base = visit.whole(end.base);
    let mut notes = vec![visit.format(
        "month-persons-why",
        &[("half", end.half_year.to_string().into()), ("base", base.into())],
    )];
    notes.extend(so_far(visit, end));
    if let Some(funder) = &page.funder {
        notes.push(visit.format("month-for", &[("funder", funder.as_str().into())]));
    }
    let sheet = Sheet {
        name: end.month.to_string(),
        columns: COLUMNS.iter().map(|id| visit.text(id)).collect(),
        rows,
        notes,
    };
    sheet_file(visit, sheet, &format!("month-end-{}", end.month), true)
}
