//! States side by side, by name. Nothing here sorts by a number, and the page
//! says why (E30).

use super::{
    countries::{FIRST, accepted, figure_view},
    figure, lead, link, paragraph,
};
use crate::{
    components::{
        Checkboxes, Choice, Column, Content, DataTable, Details, FilterPanel, ListTools, TableCell,
    },
    pages::{
        Answer,
        knowledge::sheet_file,
        register::common::{lookup, refused},
    },
    shell::{failure::Failure, form::Form, gate::encode, route::Routes, visit::Visit},
};
use palermo_app::{
    access::Action,
    domain::{
        knowledge::amount::Amount,
        register::{day::Day, state::StateCode},
        service::Need,
    },
    public_site::{
        figures::{self, PublicFigures},
        view::PublicView,
    },
    service,
    standards::sheet::{Cell, Sheet},
};

/// Kinds of help that are looked for.
const KINDS: usize = Need::ALL.len() - 2;

pub(super) fn routes() -> Routes {
    Routes::new().page("/figures/compare", Action::PublicRead, show)
}

struct Row {
    code: String,
    name: String,
    party_since: Option<String>,
    hotlines: usize,
    kinds: usize,
    report: Option<(String, String)>,
    years: Vec<(String, Amount)>,
}

async fn show(visit: Visit) -> Answer {
    let members = super::members(&visit).await?;
    let query = visit.address.split_once('?').map_or("", |(_, query)| query);
    let asked = Form::parse(query.as_bytes());
    let chosen: Vec<String> = asked
        .list("state")
        .iter()
        .map(|code| code.to_uppercase())
        .filter(|code| members.contains(code))
        .collect();
    let codes: Vec<String> =
        members.iter().filter(|code| chosen.is_empty() || chosen.contains(code)).cloned().collect();
    let figures = figures::load(&visit.web.app().store).await?;
    let mut rows = Vec::new();
    for code in &codes {
        rows.push(row(&visit, &figures, code).await?);
    }
    if let kind @ ("csv" | "xlsx") = visit.query("format").as_str() {
        return sheet_file(&visit, sheet(&visit, &rows), "states", kind == "xlsx");
    }
    let mut html = lead(&visit, "pub-compare-lead");
    html.push_str(&paragraph(visit.text("pub-never-ranked")));
    let panel = panel(&visit, &members, &codes).to_string();
    let choose = Details::new(visit.text("pub-which-states"), Content::Html(panel));
    html.push_str(&choose.to_string());
    let query: Vec<String> = chosen.iter().map(|code| format!("state={}", encode(code))).collect();
    let at = |kind: &str| {
        let mut parts = query.clone();
        parts.push(format!("format={kind}"));
        visit.link(&format!("/figures/compare?{}", parts.join("&")))
    };
    let count = visit.format(
        "list-count",
        &[("count", rows.len().into()), ("shown", visit.whole(rows.len()).into())],
    );
    let tools = ListTools::new(&visit.words(), count)
        .download("CSV", at("csv"))
        .download("XLSX", at("xlsx"));
    html.push_str(&tools.to_string());
    html.push_str(&table(&visit, &rows).to_string());
    html.push_str(&paragraph(visit.text("fig-detected")));
    html.push_str(&paragraph(visit.text("pub-compare-words")));
    Ok(visit.page(&visit.text("pub-compare-title")).back("/figures").html(&html))
}

async fn row(visit: &Visit, figures: &PublicFigures, code: &str) -> Result<Row, Failure> {
    let state: StateCode = code.parse().map_err(|_| palermo_app::Refused::NotFound)?;
    let help = service::of_state(&visit.acting(), state).await?;
    let today = Day::from(visit.web.app().store.now().date());
    let adherence = lookup(visit).adherence_of(state).await.map_err(refused)?;
    let party_since = adherence
        .iter()
        .find(|one| one.instrument.as_str() == FIRST)
        .and_then(|one| one.bound_on(today))
        .map(|act| visit.date(act.date.date()));
    let listed = |need: &&Need| {
        !matches!(need, Need::Hotline | Need::Other)
            && (help.protected.contains(need) || help.services.iter().any(|s| s.need == **need))
    };
    let years = figure_view(figures, code).map_or_else(Vec::new, |view| {
        let whole = PublicView { across: String::new(), ..view };
        whole.points(figures).into_iter().map(|point| (point.row, point.amount)).collect()
    });
    Ok(Row {
        code: code.to_owned(),
        name: visit.state(code),
        party_since,
        hotlines: help.hotlines.len(),
        kinds: Need::ALL.iter().filter(listed).count(),
        report: accepted(visit, state).await?.into_iter().next(),
        years,
    })
}

fn panel(visit: &Visit, members: &[String], codes: &[String]) -> FilterPanel {
    let choices = members.iter().map(|code| Choice::new(code.clone(), visit.state(code)));
    let boxes = Checkboxes::new("state", visit.text("pub-which-states"), choices)
        .values(codes.iter().cloned());
    FilterPanel::new(&visit.words(), visit.link("/figures/compare")).field(boxes)
}

fn table(visit: &Visit, rows: &[Row]) -> DataTable {
    let heads = [
        Column::new(visit.text("state-name")),
        Column::new(visit.text("pub-party-since")),
        Column::new(visit.text("pub-hotlines")).numeric(),
        Column::new(visit.text("pub-kinds")).numeric(),
        Column::new(visit.text("pub-newest-report")),
        Column::new(visit.text("pub-detected")),
    ];
    let mut table =
        DataTable::new("compare", visit.text("pub-compare-title"), heads).quiet_caption();
    for row in rows {
        let kinds = format!("{} / {}", visit.whole(row.kinds), visit.whole(KINDS));
        let report = row.report.as_ref().map_or_else(
            || Content::from(visit.text("pub-none-accepted")),
            |(path, words)| link(visit, path, words.as_str()),
        );
        let line = if row.years.is_empty() {
            Content::from(visit.text("pub-nothing-released"))
        } else {
            figure::spark(visit, &row.name, &row.years)
        };
        table.push([
            TableCell::from(link(visit, &format!("/figures/countries/{}", row.code), &row.name)),
            row.party_since.clone().unwrap_or_else(|| visit.text("pub-no-party")).into(),
            figure::number(&visit.whole(row.hotlines)),
            figure::number(&kinds),
            report.into(),
            line.into(),
        ]);
    }
    table
}

fn sheet(visit: &Visit, rows: &[Row]) -> Sheet {
    let columns = [
        "state",
        "name",
        "protocol_since",
        "hotlines",
        "kinds_of_help",
        "newest_report",
        "year",
        "lower",
        "upper",
    ];
    // Counts are far below 2^53.
    #[allow(clippy::cast_precision_loss)]
    let number = |count: u64| match count {
        u64::MAX => "".into(),
        count => Cell::Number(count as f64),
    };
    let small = |count: usize| number(u64::try_from(count).unwrap_or(u64::MAX));
    let lines = rows
        .iter()
        .map(|row| {
            let (year, amount) = row.years.last().cloned().unwrap_or_default();
            let told = !row.years.is_empty();
            let end = |count: u64| if told { number(count) } else { "".into() };
            vec![
                row.code.as_str().into(),
                row.name.as_str().into(),
                row.party_since.clone().unwrap_or_default().into(),
                small(row.hotlines),
                small(row.kinds),
                row.report.as_ref().map(|(_, words)| words.clone()).unwrap_or_default().into(),
                year.into(),
                end(amount.lower),
                end(amount.upper),
            ]
        })
        .collect();
    let mut notes = vec![visit.text("pub-never-ranked"), visit.text("fig-detected")];
    if visit.web.settings().demo {
        notes.push(visit.text("demo-banner"));
    }
    Sheet {
        name: visit.text("pub-compare-title"),
        columns: columns.map(str::to_owned).to_vec(),
        rows: lines,
        notes,
    }
}
