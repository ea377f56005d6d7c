//! Who is bound by what: States down, instruments across, for the members of a
//! mechanism on a day.

use super::common::{
    Body, day, instrument_name, lookup, mechanism_choice, mechanism_name, on, panel, refused, year,
};
use crate::{
    components::{Checkboxes, Choice, ListTools},
    figures::{Bound, BoundCell, BoundMatrix, Heading},
    pages::Answer,
    shell::{
        asked::Asked, failure::Failure, gate::encode, listing::sheet_file, route::Routes,
        visit::Visit,
    },
};
use palermo_app::{
    Refused,
    access::Action,
    domain::register::{
        adherence::{self, BoundRow},
        day::Day,
        instrument::Instrument,
        state::StateCode,
    },
    export::{Cell, Sheet},
};

/// Instruments shown unless others are chosen: those the documents ask about first.
const USUAL: [&str; 8] = [
    "untoc",
    "tip-protocol",
    "smuggling-protocol",
    "crc",
    "crc-opsc",
    "ilo-c29",
    "ilo-p29",
    "ilo-c182",
];

pub(super) fn routes() -> Routes {
    Routes::new().page("/matrix", Action::PublicRead, show)
}

/// The mechanism asked for, or the one of this installation.
async fn mechanism(visit: &Visit, asked: &mut Asked<'_>) -> Result<String, Failure> {
    let all = visit.web.app().content.mechanisms();
    if let Some(profile) = asked.read("mechanism", "matrix-mechanism", |id| all.get(id)) {
        return Ok(profile.id.to_string());
    }
    let own = visit.web.app().store.mechanism().await.map_err(Refused::from)?;
    // A region made without one, or whose profile is gone: the first whose members are known.
    let with_members = |id: &str| all.get(id).is_some_and(|one| one.membership.given().is_some());
    let own = own.filter(|id| with_members(id));
    let first = || all.profiles().find(|profile| profile.membership.given().is_some());
    own.or_else(|| first().map(|profile| profile.id.to_string())).ok_or(Failure(Refused::NotFound))
}

fn chosen<'v>(visit: &'v Visit, asked: &mut Asked<'_>) -> Vec<&'v Instrument> {
    let query = visit.address.split_once('?').map_or("", |(_, query)| query);
    let form = crate::shell::form::Form::parse(query.as_bytes());
    let instruments = &visit.web.app().registers.instruments;
    let mut named: Vec<&Instrument> = Vec::new();
    for id in form.list("instrument") {
        match instruments.get(id) {
            Some(one) => named.push(one),
            None => asked.not_taken(&visit.text("matrix-choose"), id),
        }
    }
    if named.is_empty() {
        USUAL.iter().filter_map(|id| instruments.get(id)).collect()
    } else {
        named
    }
}

async fn show(visit: Visit) -> Answer {
    let on = on(&visit);
    let mut asked = Asked::of(&visit);
    let id = mechanism(&visit, &mut asked).await?;
    let ask = lookup(&visit);
    let profile =
        visit.web.app().content.mechanisms().get(&id).ok_or(Failure(Refused::NotFound))?;
    let codes = ask.members(profile, on.day).await.map_err(refused)?;
    let mut states: Vec<StateCode> = codes.iter().filter_map(|code| code.parse().ok()).collect();
    states.sort_by(|a, b| visit.compare(&visit.state(a.as_str()), &visit.state(b.as_str())));
    let instruments = chosen(&visit, &mut asked);
    let mut all = Vec::new();
    for instrument in &instruments {
        all.extend(ask.adherence(&instrument.id).await.map_err(refused)?);
    }
    let ids: Vec<_> = instruments.iter().map(|instrument| instrument.id.clone()).collect();
    let rows = adherence::bound_by(&states, &ids, on.day, &all);
    let kind = visit.query("format");
    if matches!(kind.as_str(), "csv" | "xlsx") {
        let notes = asked.notes();
        return file(&visit, &instruments, &rows, (on.day, notes), kind == "xlsx");
    }
    let mut body = Body::new(&visit);
    let intro = crate::components::Content::from(visit.text("matrix-intro"));
    body.push(format!("<p class=\"govuk-body-l\">{intro}</p>"));
    let boxes = boxes(&visit, &ids.iter().map(ToString::to_string).collect::<Vec<_>>());
    let form = panel(&visit, &on)
        .field(mechanism_choice(&visit, "mechanism", "matrix-mechanism", &id))
        .field(crate::components::Details::new(
            visit.text("matrix-choose"),
            crate::components::Content::Html(boxes.to_string()),
        ));
    body.push(form);
    body.push(asked.told());
    let count = visit.format(
        "count-states",
        &[("count", rows.len().into()), ("shown", visit.whole(rows.len()).into())],
    );
    let kept = kept(&visit, &id, &instruments, &on);
    let tools = ListTools::new(&body.words, count)
        .download("CSV", format!("{kept}&format=csv"))
        .download("XLSX", format!("{kept}&format=xlsx"));
    body.push(tools);
    let title = mechanism_name(&visit, profile);
    body.push(format!(
        "<h2 class=\"govuk-heading-m\"><bdi>{}</bdi></h2>",
        crate::components::Content::from(title)
    ));
    body.push(matrix(&visit, &instruments, &rows, on.day));
    body.say("adherence-note");
    Ok(visit.page(&visit.text("matrix-title")).html(&body.plain()))
}

fn boxes(visit: &Visit, chosen: &[String]) -> Checkboxes {
    let mut all: Vec<(String, String)> = visit
        .web
        .app()
        .registers
        .instruments
        .all()
        .filter(|one| one.binding.code() != "no")
        .map(|one| (one.id.to_string(), instrument_name(visit, one)))
        .collect();
    all.sort_by(|a, b| visit.compare(&a.1, &b.1));
    let choices = all.into_iter().map(|(id, name)| Choice::new(id, name));
    let mut boxes = Checkboxes::new("instrument", visit.text("matrix-choose"), choices)
        .values(chosen.iter().cloned());
    boxes.classes.push("govuk-checkboxes--small");
    boxes
}

/// The address of this view.
fn kept(visit: &Visit, mechanism: &str, shown: &[&Instrument], on: &super::common::On) -> String {
    let mut address = visit.link(&format!("/matrix?mechanism={}&on={}", encode(mechanism), on.day));
    for instrument in shown {
        address.push_str(&format!("&instrument={}", encode(instrument.id.as_str())));
    }
    address
}

/// What one cell says.
fn cell(visit: &Visit, since: Option<Day>, signed: Option<Day>, stored: bool) -> BoundCell {
    let said = |id: &str, at: Day| visit.format(id, &[("date", day(visit, at).into())]);
    match (since, signed) {
        (Some(since), _) => BoundCell {
            bound: Bound::Party,
            mark: year(visit, since.date().year()),
            said: said("adherence-party-since", since),
        },
        (None, Some(signed)) => BoundCell {
            bound: Bound::Signed,
            mark: year(visit, signed.date().year()),
            said: said("adherence-signed-on", signed),
        },
        (None, None) if stored => BoundCell {
            bound: Bound::No,
            mark: "–".to_owned(),
            said: visit.text("adherence-neither"),
        },
        (None, None) => BoundCell {
            bound: Bound::Unknown,
            mark: "?".to_owned(),
            said: visit.text("adherence-unknown"),
        },
    }
}

/// The matrix. A column of which the register holds no act at all says so,
/// instead of claiming that nobody is bound.
fn matrix(visit: &Visit, shown: &[&Instrument], rows: &[BoundRow], on: Day) -> BoundMatrix {
    let stored: Vec<bool> = (0..shown.len())
        .map(|at| {
            rows.iter().any(|row| {
                row.since.get(at).copied().flatten().is_some()
                    || row.signed.get(at).copied().flatten().is_some()
            })
        })
        .collect();
    let columns = shown
        .iter()
        .map(|one| Heading {
            name: instrument_name(visit, one),
            full: String::new(),
            href: visit.link(&format!("/instruments/{}?on={on}", one.id)),
        })
        .collect();
    let lines = rows
        .iter()
        .map(|row| {
            let code = row.party.to_string();
            let heading = Heading {
                name: visit.state(&code),
                full: String::new(),
                href: visit.link(&format!("/states/{code}?on={on}")),
            };
            let cells = row.since.iter().zip(&row.signed).zip(&stored);
            let cells =
                cells.map(|((since, signed), stored)| cell(visit, *since, *signed, *stored));
            (heading, cells.collect())
        })
        .collect();
    let legend = [
        (Bound::Party, year(visit, 2003), "map-party"),
        (Bound::Signed, year(visit, 2000), "map-signed"),
        (Bound::No, "–".to_owned(), "map-neither"),
        (Bound::Unknown, "?".to_owned(), "adherence-unknown"),
    ];
    BoundMatrix {
        id: "bound".to_owned(),
        caption: visit.format("matrix-caption", &[("date", day(visit, on).into())]),
        corner: visit.text("state-name"),
        columns,
        rows: lines,
        legend: legend.map(|(bound, mark, id)| (bound, mark, visit.text(id))).into(),
    }
}

fn file(
    visit: &Visit,
    shown: &[&Instrument],
    rows: &[BoundRow],
    (on, not_taken): (Day, Vec<String>),
    workbook: bool,
) -> Answer {
    let mut columns = vec![visit.text("state-code"), visit.text("state-name")];
    columns.extend(shown.iter().map(|one| instrument_name(visit, one)));
    let line = |row: &BoundRow| {
        let code = row.party.to_string();
        let mut line = vec![Cell::Text(code.clone()), Cell::Text(visit.state(&code))];
        line.extend(row.since.iter().zip(&row.signed).map(|(since, signed)| {
            Cell::Text(match (since, signed) {
                (Some(since), _) => since.to_string(),
                (None, Some(signed)) => format!("{} {signed}", visit.text("map-signed")),
                (None, None) => String::new(),
            })
        }));
        line
    };
    let mut notes = vec![
        visit.format("matrix-caption", &[("date", on.to_string().into())]),
        visit.text("adherence-note"),
    ];
    notes.extend(not_taken);
    let name = visit.text("matrix-title");
    let sheet = Sheet { name, columns, rows: rows.iter().map(line).collect(), notes };
    sheet_of(visit, sheet, "matrix", workbook)
}

/// A sheet that leaves as a file of its own; a demonstration's says that it is one.
pub(in crate::pages) fn sheet_of(
    visit: &Visit,
    sheet: Sheet,
    name: &str,
    workbook: bool,
) -> Answer {
    sheet_file(visit, sheet, name, workbook)
}
