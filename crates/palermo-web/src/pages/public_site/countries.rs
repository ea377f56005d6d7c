//! One State for everyone: its released figures, what binds it, whom to call,
//! which help is listed, which reports were accepted.

use super::{
    address,
    figure::{self, Drawn, Grid},
    heading, lead, link, list, paragraph, release_links,
};
use crate::{
    components::{Content, Definitions, Known, Table, TableCell},
    figures::Figure,
    pages::{
        Answer,
        register::common::{instrument_name, lookup, mechanism_name, refused},
    },
    shell::{failure::Failure, route::Routes, visit::Visit},
};
use axum::extract::Path;
use palermo_app::{
    Refused,
    access::Action,
    domain::{
        register::{adherence::Adherence, day::Day, state::StateCode},
        service::Need,
    },
    public_site::{
        figures::{self, PublicFigures},
        view::{self, PublicView},
    },
    report::{self, Standing},
    service::{self, HelpOfState},
};
use std::fmt::Write as _;

/// Instruments whose status is told first.
pub(super) const FIRST: &str = "tip-protocol";

pub(super) fn routes() -> Routes {
    Routes::new().page("/figures/countries", Action::PublicRead, all).page(
        "/figures/countries/{code}",
        Action::PublicRead,
        show,
    )
}

async fn all(visit: Visit) -> Answer {
    let members = super::members(&visit).await?;
    let mut html = lead(&visit, "pub-countries-lead");
    html.push_str(&list(
        members
            .iter()
            .map(|code| link(&visit, &format!("/figures/countries/{code}"), visit.state(code))),
    ));
    if members.is_empty() {
        html.push_str(&paragraph(link(&visit, "/states", visit.text("states-title"))));
    }
    Ok(visit.page(&visit.text("pub-countries-title")).back("/figures").html(&html))
}

async fn show(visit: Visit, Path(code): Path<String>) -> Answer {
    let app = visit.web.app();
    let state: StateCode = code.parse().map_err(|_| Failure(Refused::NotFound))?;
    app.registers.states.get(state).ok_or(Failure(Refused::NotFound))?;
    let figures = figures::load(&app.store).await?;
    let help = service::of_state(&visit.acting(), state).await?;
    let adherence = lookup(&visit).adherence_of(state).await.map_err(refused)?;
    let reports = accepted(&visit, state).await?;
    let name = visit.state(&code);
    let mut html = lead(&visit, "pub-country-lead");
    html.push_str(&detected(&visit, &figures, &code));
    html.push_str(&super::estimates::of_state(&visit, &code).await?);
    html.push_str(&bound(&visit, &adherence, &code));
    html.push_str(&call(&visit, &help, &code));
    html.push_str(&coverage(&visit, &help, &code));
    html.push_str(&heading(&visit, "pub-reports"));
    html.push_str(&if reports.is_empty() {
        paragraph(visit.text("pub-no-reports"))
    } else {
        list(reports.iter().map(|(path, words)| link(&visit, path, words.as_str())))
    });
    html.push_str(&belongs(&visit, &code));
    Ok(visit.page(&name).back("/figures/countries").html(&html))
}

/// The released numbers of a State: by form where a release crosses the two,
/// else the State's total, over the years.
pub(super) fn figure_view(figures: &PublicFigures, code: &str) -> Option<PublicView> {
    let own = |name: &str| vec![(name.to_owned(), code.to_owned())];
    for (source, about) in figures.sources.iter().enumerate() {
        if about.counted != "victims" {
            continue;
        }
        let for_all = about.state.is_none();
        let has_state = view::words(figures, source, "state").iter().any(|one| one == code);
        let only = match (for_all, has_state) {
            (_, true) => own("state"),
            (false, false) if about.state.as_deref() == Some(code) => Vec::new(),
            _ => continue,
        };
        let crosses = |names: &[&str]| figures.of(source).any(|table| table.crosses(names));
        let with: &[&str] = if only.is_empty() { &["form"] } else { &["form", "state"] };
        let across = if crosses(with) { "form".to_owned() } else { String::new() };
        return Some(PublicView {
            source,
            by: "year".to_owned(),
            across,
            only,
            ..PublicView::default()
        });
    }
    None
}

fn detected(visit: &Visit, figures: &PublicFigures, code: &str) -> String {
    let mut html = heading(visit, "pub-detected");
    let Some(view) = figure_view(figures, code) else {
        html.push_str(&paragraph(visit.text("pub-nothing-released")));
        return html;
    };
    let points = view.points(figures);
    if points.is_empty() {
        html.push_str(&paragraph(visit.text("pub-nothing-released")));
        return html;
    }
    let whole = PublicView { across: String::new(), ..view.clone() };
    let totals = whole.points(figures);
    let (grid, total_grid) = (
        Grid::of(visit, ["", "year", &view.across], &points),
        Grid::of(visit, ["", "year", ""], &totals),
    );
    let drawn = Drawn {
        visit,
        by: "year",
        across: &view.across,
        per: "",
        grid: &grid,
        totals: &total_grid,
    };
    let source = &figures.sources[view.source];
    let mut parts = vec![("source", source.key.as_str()), ("by", "year")];
    parts.push(("across", if view.across.is_empty() { "-" } else { &view.across }));
    parts.extend(view.only.iter().map(|(name, word)| (name.as_str(), word.as_str())));
    let at = |kind: &str| figure::file_address(visit, "/figures/explore", &parts, kind);
    let title = visit.format("pub-country-figure", &[("state", visit.state(code).into())]);
    let explore = link(visit, &address("/figures/explore", &parts), visit.text("pub-look-closer"));
    let fig = Figure::new(
        &visit.words(),
        "detected",
        title,
        drawn.drawing("detected", false),
        drawn.table(),
    )
    .level(3)
    .note(visit.text("fig-detected"))
    .note(visit.text("pub-intervals"))
    .note(format!("{}: {}.", visit.text("data-source"), source.source))
    .note(format!("{}: {}.", visit.text("data-definition"), source.definition))
    .note(explore)
    .download("CSV", at("csv"))
    .download("XLSX", at("xlsx"))
    .download("SVG", at("svg"));
    let releases = release_links(visit, view.releases(figures));
    let _ = write!(
        html,
        "{fig}<p class=\"govuk-body\">{}: {releases}</p>",
        Content::from(visit.text("pub-releases"))
    );
    html
}

/// What binds the State: the Protocol first, then the rest on its own page.
fn bound(visit: &Visit, adherence: &[Adherence], code: &str) -> String {
    let today = Day::from(visit.web.app().store.now().date());
    let mut html = heading(visit, "state-bound-by");
    let mut table = Table::new("", [visit.text("nav-instruments"), visit.text("adherence-date")]);
    let mut bound: Vec<(&Adherence, String)> = adherence
        .iter()
        .filter_map(|one| {
            let act = one.bound_on(today)?;
            Some((one, visit.date(act.date.date())))
        })
        .collect();
    bound.sort_by_key(|(one, _)| one.instrument.as_str() != FIRST);
    let says_protocol = bound.iter().any(|(one, _)| one.instrument.as_str() == FIRST);
    if !says_protocol {
        html.push_str(&paragraph(visit.text("pub-not-party")));
    }
    for (one, since) in bound.iter().take(8) {
        let found = visit.web.app().registers.instruments.get(one.instrument.as_str());
        let name = found.map_or_else(|| one.instrument.to_string(), |f| instrument_name(visit, f));
        table.push([
            TableCell::from(link(visit, &format!("/instruments/{}", one.instrument), name)),
            since.as_str().into(),
        ]);
    }
    if !bound.is_empty() {
        let _ = write!(html, "{table}");
    }
    let path = format!("/states/{code}");
    html.push_str(&paragraph(link(visit, &path, visit.text("pub-all-treaties"))));
    html
}

fn call(visit: &Visit, help: &HelpOfState, code: &str) -> String {
    let mut html = heading(visit, "pub-call");
    let mut terms = Definitions::new();
    for hotline in help.hotlines.iter().take(4) {
        let numbers: Vec<String> = hotline
            .numbers()
            .iter()
            .map(|phone| crate::pages::directory::number(&phone.number).to_string())
            .collect();
        let name = Content::Html(format!("<bdi>{}</bdi>", Content::from(&hotline.name)));
        terms = terms.row(name, Known::fact(Content::Html(numbers.join(" · "))));
    }
    if help.hotlines.is_empty() {
        html.push_str(&paragraph(visit.text("pub-no-hotline")));
    } else {
        let _ = write!(html, "{terms}");
    }
    let path = format!("/get-help/{code}");
    html.push_str(&paragraph(link(visit, &path, visit.text("pub-help-page"))));
    html
}

/// Which kinds of help are listed, and which stand at protected addresses.
fn coverage(visit: &Visit, help: &HelpOfState, code: &str) -> String {
    let mut html = heading(visit, "pub-coverage");
    html.push_str(&paragraph(visit.text("pub-coverage-words")));
    let mut table = Table::new("", [visit.text("pub-help-kind"), visit.text("pub-help-listed")]);
    let mut none = Vec::new();
    for need in Need::ALL.iter().filter(|need| !matches!(need, Need::Hotline | Need::Other)) {
        let word = visit.text(&format!("need-{}", need.code()));
        let count = help.services.iter().filter(|one| one.need == *need).count();
        let protected = help.protected.contains(need);
        match (count, protected) {
            (0, false) => none.push(word),
            (0, true) => table.push([TableCell::from(word), visit.text("pub-protected").into()]),
            (count, _) => {
                let words = visit.format(
                    "pub-services",
                    &[("count", count.into()), ("shown", visit.whole(count).into())],
                );
                table.push([TableCell::from(word), words.into()]);
            }
        }
    }
    if !table.rows.is_empty() {
        let _ = write!(html, "{table}");
    }
    if !none.is_empty() {
        let words = visit.format("pub-not-listed", &[("kinds", none.join(" · ").into())]);
        html.push_str(&paragraph(words));
    }
    let path = format!("/services?state={code}");
    html.push_str(&paragraph(link(visit, &path, visit.text("pub-services-page"))));
    html
}

/// Reports of the State that were accepted: address and words, the newest first.
pub(super) async fn accepted(
    visit: &Visit,
    state: StateCode,
) -> Result<Vec<(String, String)>, Failure> {
    let app = visit.web.app();
    let mut found = Vec::new();
    for (id, all) in report::readable(app).await? {
        let title = all.title.say(visit.language.code()).0.to_owned();
        for ((of, period), _) in report::standing(app, &id, None, Standing::Accepted).await? {
            if of == state {
                let path = format!("/reports/country/{id}/{state}/{period}");
                found.push((period, path, format!("{title}, {period}")));
            }
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
    Ok(found.into_iter().map(|(_, path, words)| (path, words)).collect())
}

fn belongs(visit: &Visit, code: &str) -> String {
    let app = visit.web.app();
    let today = Day::from(app.store.now().date());
    let register = app.content.mechanisms();
    let all = register.mechanisms_of(code, Some(today));
    if all.is_empty() {
        return String::new();
    }
    let mut html = heading(visit, "state-mechanisms");
    html.push_str(&list(all.iter().take(12).map(|one| {
        let profile = register.get(one.id.as_str());
        let name = profile.map_or_else(|| one.name.clone(), |p| mechanism_name(visit, p));
        link(visit, &format!("/mechanisms/{}", one.id), name)
    })));
    html
}
