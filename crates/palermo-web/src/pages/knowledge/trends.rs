//! What is watched, as it stands with the batch that was accepted last: place,
//! form, citizenship and route by month. Counted anew at every request.

use super::{dimension, link, paragraph, signals::series};
use crate::{
    components::{Column, Content, DataTable, FilterPanel, Kpi, Kpis, Select, TableCell, Tag},
    figures::Sparkline,
    pages::Answer,
    shell::{asked::Asked, route::Routes, visit::Visit},
};
use palermo_app::{
    access::{Action, Resource},
    domain::moment::Moment,
    knowledge::{
        trends::{self, Trends},
        watching::{Watched, whole},
    },
    locale::Direction,
};

/// Series shown of each kind: by name.
const MOST: usize = 60;

/// Kinds of series, in the order shown.
const KINDS: [&str; 4] = ["state", "form", "citizenship", "route"];

pub(super) fn routes() -> Routes {
    Routes::new().page("/trends", Action::ReadData, show)
}

async fn show(visit: Visit) -> Answer {
    let all = trends::trends(&visit.acting()).await?;
    let page = visit.page(&visit.text("trends-title"));
    let mut asked = Asked::of(&visit);
    let wanted = asked
        .read("dataset", "data-name", |id| all.iter().find(|one| one.dataset.id.to_string() == id));
    let chosen = wanted.or(all.first());
    let Some(trends) = chosen else {
        return Ok(page.back(back(&visit)).html(&paragraph(visit.text("trends-none"))));
    };
    let mut html =
        format!("<p class=\"govuk-body-l\">{}</p>", Content::from(visit.text("trends-lead")));
    html.push_str(&panel(&visit, &all, trends).to_string());
    html.push_str(&asked.told());
    html.push_str(&at_a_glance(&visit, trends).to_string());
    html.push_str(&paragraph(visit.text("fig-detected")));
    for kind in KINDS {
        html.push_str(&table(&visit, trends, kind));
    }
    Ok(page.back(back(&visit)).html(&html))
}

fn panel(visit: &Visit, all: &[Trends], chosen: &Trends) -> FilterPanel {
    let options =
        all.iter().map(|one| (one.dataset.id.to_string(), one.dataset.entry.title.clone()));
    FilterPanel::new(&visit.words(), visit.link("/trends")).as_row().field(
        Select::new("dataset", visit.text("data-name"))
            .options(options)
            // A title begins where its own language begins, whatever the page's.
            .attribute("dir", "auto")
            .value(chosen.dataset.id.to_string()),
    )
}

fn may_read_signals(visit: &Visit) -> bool {
    visit.may(Action::ReadSignals, &Resource::region())
}

/// The page above: that of signals for those who may read them.
fn back(visit: &Visit) -> &'static str {
    if may_read_signals(visit) { "/signals" } else { "/data" }
}

fn at_a_glance(visit: &Visit, trends: &Trends) -> Kpis {
    let watch = &trends.watch;
    let judged = watch.all.iter().filter(|one| one.verdict.is_some()).count();
    let raised = watch.all.iter().filter(|one| one.signal).count();
    let linked = trends.raised.len();
    let accepted = visit.moment(Moment::from_micros(trends.accepted_at));
    let mut signals = Kpi::new(visit.whole(raised), visit.text("trends-raised"))
        .note(visit.format("trends-raised-note", &[("count", visit.whole(linked).into())]));
    if may_read_signals(visit) {
        signals = signals.href(visit.link("/signals"));
    }
    if raised > 0 {
        signals = signals.tone("warn");
    }
    Kpis::new([
        Kpi::new(
            watch.months.last().cloned().unwrap_or_default(),
            visit.text("trends-newest-month"),
        )
        .note(visit.format("trends-accepted", &[("when", accepted.into())])),
        Kpi::new(visit.whole(judged), visit.text("trends-watched")).note(visit.format(
            "trends-wolf",
            &[("expected", visit.number((watch.false_alarms * 100.0).round() / 100.0).into())],
        )),
        signals,
    ])
}

fn table(visit: &Visit, trends: &Trends, kind: &str) -> String {
    let watch = &trends.watch;
    let mut rows: Vec<(String, &Watched)> = watch
        .all
        .iter()
        .filter(|one| one.series.name.split(':').next() == Some(kind))
        .map(|one| (series(visit, &format!("{} {}", one.series.state, one.series.name)), one))
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    rows.sort_by(|a, b| visit.compare(&a.0, &b.0));
    let title = match kind {
        "route" => visit.text("signal-route"),
        "state" => visit.text("signal-place"),
        other => dimension(visit, other),
    };
    let heads = [
        Column::new(visit.text("signal-series")),
        Column::new(visit.text("signal-status")),
        Column::new(visit.text("trends-two-years")),
        Column::new(visit.text("signal-observed")).numeric(),
        Column::new(visit.text("trends-expected")).numeric(),
        Column::new(visit.text("trends-threshold")).numeric(),
    ];
    let mut table =
        DataTable::new(format!("trends-{kind}"), title.clone(), heads).quiet_caption().dense();
    let tenth = |number: Option<f64>| {
        number.map_or_else(|| "–".to_owned(), |number| visit.number((number * 10.0).round() / 10.0))
    };
    for (name, one) in rows.into_iter().take(MOST) {
        let newest = one.series.counts.last().copied().unwrap_or(0.0);
        let count = usize::try_from(whole(newest)).unwrap_or(usize::MAX);
        table.push([
            TableCell::from(name.as_str()),
            status(visit, trends, one).into(),
            line(visit, &name, &watch.history(&one.series)).into(),
            TableCell::number(visit.whole(count)),
            TableCell::number(tenth(one.verdict.and_then(|verdict| verdict.expected))),
            TableCell::number(tenth(one.verdict.and_then(|verdict| verdict.upper))),
        ]);
    }
    format!("<h2 class=\"govuk-heading-m\">{}</h2>{table}", Content::from(title))
}

/// How a series stands; what is above its threshold leads to its signal, or says that
/// none was raised.
fn status(visit: &Visit, trends: &Trends, one: &Watched) -> Content {
    if !one.signal {
        return Content::from(match one.verdict {
            None => Tag::coloured(visit.text("trends-too-short"), "grey"),
            Some(_) => Tag::coloured(visit.text("trends-quiet"), "green"),
        });
    }
    let tag = Tag::coloured(visit.text("trends-above"), "red");
    let below = match trends.signal(&format!("{} {}", one.series.state, one.series.name)) {
        Some(id) if may_read_signals(visit) => {
            link(visit, &format!("/signals/{id}"), visit.text("trends-signal"))
        }
        Some(_) => Content::from(visit.text("trends-signal-of-others")),
        None => Content::from(visit.text("trends-none-raised")),
    };
    Content::Html(format!("{tag}<br><span class=\"p-small\">{below}</span>"))
}

fn line(visit: &Visit, name: &str, history: &[(String, u64)]) -> Content {
    let whole = |count: u64| visit.whole(usize::try_from(count).unwrap_or(usize::MAX));
    let told: Vec<String> =
        history.iter().map(|(month, count)| format!("{month}: {}", whole(*count))).collect();
    // Counts of persons are far below 2^53.
    #[allow(clippy::cast_precision_loss)]
    let values = history.iter().map(|(_, count)| Some(*count as f64)).collect();
    let end = |one: Option<&(String, u64)>| one.map(|(_, count)| whole(*count)).unwrap_or_default();
    let line = Sparkline {
        label: format!("{name}: {}", told.join(", ")),
        values,
        first: end(history.first()),
        last: end(history.last()),
        rtl: visit.language.direction() == Direction::Rtl,
    };
    Content::Html(line.to_string())
}
