//! What national law provides for, topic by topic, and where it leaves a gap.

use super::{
    common::{Body, english, link, lookup, refused, state_link, word},
    matrix::sheet_of,
    mechanisms::state_options,
};
use crate::{
    components::{Column, Content, DataTable, FilterPanel, ListTools, Pagination, Select, Tag},
    pages::Answer,
    shell::{asked::Asked, gate::encode, route::Routes, visit::Visit},
};
use palermo_app::{
    access::Action,
    domain::register::{
        law::{LawCell, LawEntry, LawRow, Provided, matrix},
        state::{StateCode, StateKind},
        topic::Topic,
    },
    export::Sheet,
    register::{ask::Lookup, sheets},
};

/// States on a page of the matrix.
const ROWS: usize = 25;

pub(super) fn routes() -> Routes {
    Routes::new().page("/laws", Action::PublicRead, show)
}

/// Law and article of an entry.
pub(super) fn place(one: &LawEntry) -> Content {
    let parts: Vec<&str> =
        [&one.law, &one.article].into_iter().flatten().map(String::as_str).collect();
    let html = format!("<bdi>{}</bdi>", Content::from(parts.join(", ")));
    let words =
        one.words.as_deref().map(|words| format!("<br><bdi>{}</bdi>", Content::from(words)));
    Content::Html(format!("{html}{}", words.unwrap_or_default()))
}

/// The States of the view: those of a mechanism, one alone, or those with an entry.
async fn states(
    visit: &Visit,
    ask: &Lookup<'_>,
    entries: &[LawEntry],
    asked: &mut Asked<'_>,
) -> Vec<StateCode> {
    let register = &visit.web.app().registers.states;
    let mechanisms = visit.web.app().content.mechanisms();
    let known = |code: &str| {
        let code = code.to_uppercase().parse::<StateCode>().ok();
        code.filter(|one| register.get(*one).is_some())
    };
    let one = asked.read("state", "state-name", known);
    let profile = asked.read("mechanism", "matrix-mechanism", |id| mechanisms.get(id));
    if let Some(one) = one {
        return vec![one];
    }
    let on = super::common::on(visit).day;
    let mut codes: Vec<StateCode> = match profile {
        Some(profile) => match ask.members(profile, on).await {
            Ok(members) => members.iter().filter_map(|code| code.parse().ok()).collect(),
            Err(_) => Vec::new(),
        },
        None => register
            .all()
            .filter(|state| state.kind == StateKind::State)
            .map(|state| state.code)
            .filter(|code| !code.is_user_assigned() || visit.web.settings().demo)
            .filter(|code| entries.is_empty() || entries.iter().any(|one| one.state == *code))
            .collect(),
    };
    if visit.web.settings().demo && profile.is_none() && entries.is_empty() {
        codes.retain(|code| code.is_user_assigned());
    }
    codes.sort_by(|a, b| visit.compare(&visit.state(a.as_str()), &visit.state(b.as_str())));
    codes
}

async fn show(visit: Visit) -> Answer {
    let ask = lookup(&visit);
    let entries = ask.laws(None).await.map_err(refused)?;
    let mut asked = Asked::of(&visit);
    let codes = states(&visit, &ask, &entries, &mut asked).await;
    let register = &visit.web.app().registers.states;
    let language = visit.language.code();
    let noted = |mut sheet: Sheet| {
        sheet.notes.extend(asked.notes());
        sheet
    };
    match visit.query("format").as_str() {
        "csv" => {
            let cells = sheets::law_cells(&codes, &entries, register, language);
            return sheet_of(&visit, noted(cells), "laws", false);
        }
        "xlsx" => {
            let matrix = sheets::law_matrix(&codes, &entries, register, language);
            return sheet_of(&visit, noted(matrix), "laws", true);
        }
        _ => {}
    }
    let mut body = Body::new(&visit);
    let intro = Content::from(visit.text("laws-intro"));
    body.push(format!("<p class=\"govuk-body-l\">{intro}</p>"));
    body.push(super::editors::new_law(&visit));
    let form = filters(&visit, &entries);
    body.push(form);
    body.push(asked.told());
    let address = |extra: &str| {
        let (mechanism, state) = (visit.query("mechanism"), visit.query("state"));
        visit.link(&format!(
            "/laws?mechanism={}&state={}{extra}",
            encode(&mechanism),
            encode(&state)
        ))
    };
    let count = visit.format(
        "count-states",
        &[("count", codes.len().into()), ("shown", visit.whole(codes.len()).into())],
    );
    let tools = ListTools::new(&body.words, count)
        .download("CSV", address("&format=csv"))
        .download("XLSX", address("&format=xlsx"));
    body.push(tools);
    let rows = matrix(&codes, &entries);
    if let [only] = rows.as_slice() {
        one_state(&mut body, only);
    } else {
        let pages = rows.len().div_ceil(ROWS).max(1);
        let page = visit.query("page").parse::<usize>().unwrap_or(1).clamp(1, pages);
        let shown: Vec<&LawRow<'_>> = rows.iter().skip((page - 1) * ROWS).take(ROWS).collect();
        body.push(grid(&visit, &shown));
        legend(&mut body);
        if pages > 1 {
            let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            let at = |number: u32| address(&format!("&page={number}"));
            let digits = |number: u32| visit.whole(number as usize);
            let pager = Pagination::numbered(&body.words, small(page), small(pages), at, digits);
            body.push(pager);
        }
    }
    let html = body.finish();
    Ok(visit.page(&visit.text("laws-title")).html(&html))
}

fn filters(visit: &Visit, entries: &[LawEntry]) -> FilterPanel {
    let known = entries.iter().map(|one| one.state.to_string());
    let register = visit.web.app().content.mechanisms();
    let members = register.profiles().flat_map(|p| register.members_on(p, None));
    let codes = known.chain(members.map(|member| member.state)).collect::<Vec<_>>();
    let all = std::iter::once((String::new(), visit.text("list-all")));
    let state = Select::new("state", visit.text("state-name"))
        .options(all.chain(state_options(visit, codes)))
        .value(visit.query("state"));
    let wanted = visit.query("mechanism");
    let choice = super::common::mechanism_choice(visit, "mechanism", "matrix-mechanism", &wanted);
    FilterPanel::new(&visit.words(), visit.link("/laws")).as_row().field(choice).field(state)
}

/// How a cell is written in the grid: a mark that is no colour alone.
fn mark(provided: Provided) -> (&'static str, &'static str) {
    match provided {
        Provided::Yes => ("✓", "yes"),
        Provided::Partly => ("~", "signed"),
        Provided::Bill => ("…", "signed"),
        Provided::No => ("✗", "no"),
        Provided::Unknown => ("?", "unknown"),
    }
}

fn marked(visit: &Visit, cell: &LawCell<'_>) -> Content {
    let (mark, class) = mark(cell.provided);
    let said = Content::from(word(visit, "answer", cell.provided.code()));
    // One cell tells its article in full; its State's page tells everything.
    let places: Vec<String> = cell
        .entries
        .iter()
        .map(|one| {
            let place = place(one);
            let source = Content::from(&one.provenance.source);
            format!("{place} <span class=\"p-src\">{source}</span>")
        })
        .collect();
    let disputed = if cell.disputed { " ≠" } else { "" };
    Content::Html(format!(
        "<span class=\"p-mark p-mark--{class}\"><span aria-hidden=\"true\">{mark}{disputed}</span>\
         <span class=\"govuk-visually-hidden\">{said}</span></span> {}",
        places.join("<br>")
    ))
}

fn grid(visit: &Visit, rows: &[&LawRow<'_>]) -> DataTable {
    let topics = Topic::OF_NATIONAL_LAW.iter();
    let heads = std::iter::once(visit.text("state-name"))
        .chain(topics.map(|(topic, _)| word(visit, "topic", topic.code())))
        .map(Column::new);
    let mut table = DataTable::new("laws", visit.text("law-gap-matrix"), heads)
        .quiet_caption()
        .dense()
        .when_empty(visit.text("law-nothing-entered"));
    for row in rows {
        let code = row.state.to_string();
        let name = link(visit, &format!("/laws?state={code}"), visit.state(&code));
        let told = row.cells.iter().any(|cell| !cell.entries.is_empty());
        if !told {
            // Where nothing was entered, one word says it for all topics.
            let mut cell: crate::components::TableCell = visit.text("law-nothing-entered").into();
            cell.colspan = u32::try_from(row.cells.len()).ok();
            table.push([crate::components::TableCell::from(name), cell]);
            continue;
        }
        table.push(std::iter::once(name).chain(row.cells.iter().map(|cell| marked(visit, cell))));
    }
    table
}

fn legend(body: &mut Body<'_>) {
    let visit = body.visit;
    let items = Provided::ALL.iter().map(|provided| {
        let (mark, class) = mark(*provided);
        let said = Content::from(word(visit, "answer", provided.code()));
        format!("<li><span class=\"p-mark p-mark--{class}\" aria-hidden=\"true\">{mark}</span> {said}</li>")
    });
    let html: String = items.collect();
    body.push(format!("<ul class=\"p-legend\">{html}</ul>"));
}

/// One State: a row for each topic, with the article that asks for it.
fn one_state(body: &mut Body<'_>, row: &LawRow<'_>) {
    let visit = body.visit;
    let state = state_link(visit, row.state.as_str());
    body.push(format!("<h2 class=\"govuk-heading-m\">{state}</h2>"));
    let gaps = row.gaps().count();
    body.paragraph(format!("{}: {}", visit.text("law-gaps"), visit.whole(gaps)));
    let rows = row.cells.iter().map(|cell| {
        let asked = Topic::OF_NATIONAL_LAW.iter().find(|(topic, _)| *topic == cell.topic);
        let colour = match cell.provided {
            Provided::Yes => "green",
            Provided::Partly | Provided::Bill => "yellow",
            Provided::No => "red",
            Provided::Unknown => "grey",
        };
        let answer = word(visit, "answer", cell.provided.code());
        let mut said = Tag::coloured(answer, colour).to_string();
        if cell.disputed {
            said.push_str(&format!(" {}", Content::from(visit.text("register-conflict"))));
        }
        let entries =
            cell.entries.iter().map(|one| body.cell(place(one), &one.provenance).to_string());
        vec![
            word(visit, "topic", cell.topic.code()).into(),
            asked.map(|(_, article)| english(visit, article)).unwrap_or_default(),
            Content::Html(said),
            Content::Html(entries.collect::<Vec<_>>().join("<br>")),
        ]
    });
    let rows = rows.collect();
    let heads = ["law-topic", "law-asked-by", "law-answer", "law-article"];
    body.table("laws", "law-gap-matrix", &heads, rows);
}
