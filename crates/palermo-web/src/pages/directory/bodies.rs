//! Structures: whom to call, who sits in them, what is missing. Networks are [`super::networks`].

use super::{hours_and, link, number, options, standing, state_options, today, word};
use crate::{
    components::{Button, Column, Content, DataTable, SummaryList, Tag},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::{self, parse_id, parse_revision},
    directory::{self, KeptStructure, StructureForm},
    domain::{
        desk::answers::Candidate,
        id::{DeskId, StructureId},
        structure::{Sector, Structure, StructureKind},
    },
    export, service,
};
use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write as _,
    sync::Arc,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/structures", Action::PublicRead, structures)
        .page("/structures/new", Action::EditDirectory, ask_structure)
        .form("/structures/new", Action::EditDirectory, new_structure)
        .page("/structures/{id}", Action::PublicRead, structure)
        .page("/structures/{id}/edit", Action::EditDirectory, ask_change_structure)
        .form("/structures/{id}/edit", Action::EditDirectory, change_structure)
}

/// Whether this person may enter anything here.
pub(super) fn edits(visit: &Visit) -> bool {
    visit.signed.as_ref().is_some_and(|signed| {
        let own = Resource::of(signed.tenant.id).in_state(signed.tenant.state.as_deref());
        visit.may(Action::EditDirectory, &own)
    })
}

fn lacks(visit: &Visit, one: &Structure) -> Vec<String> {
    let said = one.check();
    said.into_iter()
        .map(|lack| match lack.code().strip_prefix("sector-") {
            Some(sector) => visit.format(
                "structure-lacks-sector",
                &[("sector", word(visit, "sector", sector).into())],
            ),
            None => word(visit, "structure-lacks", &lack.code()),
        })
        .collect()
}

fn tags(lacks: Vec<String>) -> Content {
    let tags = lacks.into_iter().map(|one| Tag::coloured(one, "yellow").to_string());
    Content::Html(tags.collect::<Vec<_>>().join(" "))
}

/// Without the marks that keep a value from changing the direction around it:
/// files need none.
fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

/// The districts and towns that structures name, to choose from.
fn areas(rows: &[KeptStructure]) -> Vec<(String, String)> {
    let all: BTreeSet<&String> = rows.iter().flat_map(|row| &row.record.entry.areas).collect();
    all.into_iter().map(|area| (area.clone(), area.clone())).collect()
}

/// The contact point that answers for a structure, if this reader may know of it.
fn desk_of<'a>(desks: &'a HashMap<DeskId, Candidate>, one: &Structure) -> Option<&'a Candidate> {
    desks.get(&one.desk?.desk)
}

/// The column that says whom to call.
fn whom_to_call<'v>(
    list: List<'v, KeptStructure>,
    desks: Arc<HashMap<DeskId, Candidate>>,
) -> List<'v, KeptStructure> {
    let known = Arc::clone(&desks);
    list.column(
        "call",
        "structure-desk",
        move |row| {
            let desk = desk_of(&known, &row.record.entry).map(|one| &one.desk);
            let telephone = desk.and_then(|desk| desk.telephone.as_ref());
            let parts = desk.map(|desk| &desk.name).into_iter().chain(telephone);
            parts.map(String::as_str).collect::<Vec<_>>().join(", ")
        },
        move |row| {
            let Some(one) = desk_of(&desks, &row.record.entry) else { return Content::from("") };
            let telephone = one.desk.telephone.as_deref().map(number).unwrap_or_default();
            let name = Content::from(&one.desk.name);
            Content::Html(format!("<bdi>{name}</bdi><br>{telephone}"))
        },
    )
}

async fn structures(visit: Visit) -> Answer {
    let mut rows = directory::list_structures(&visit.acting(), None).await?;
    let day = today(&visit);
    if visit.query("ended") != "yes" {
        rows.retain(|row| !row.record.entry.ended(day));
    }
    let desks = Arc::new(directory::desks(&visit.acting()).await?);
    let (areas, whole) = (areas(&rows), visit.text("service-whole-state"));
    let v = || visit.clone();
    let (a, b, c, d, e) = (v(), v(), v(), v(), v());
    let list = List::new(&visit, "structures", &visit.text("structures-title"), rows)
        .column(
            "name",
            "structure-name",
            |row| row.record.entry.name.clone(),
            move |row| link(&a, &format!("/structures/{}", row.record.id), &row.record.entry.name),
        )
        .text("kind", "structure-kind", move |row| {
            word(&b, "structure-kind", row.record.entry.kind.code())
        })
        .text("state", "field-state", move |row| c.state(row.record.entry.state.as_str()))
        .text("areas", "contact-areas", move |row| match row.record.entry.areas.is_empty() {
            true => whole.clone(),
            false => row.record.entry.areas.join(", "),
        })
        .column(
            "missing",
            "structure-missing",
            {
                let d = d.clone();
                move |row| plain(&lacks(&d, &row.record.entry).join(", "))
            },
            move |row| tags(lacks(&d, &row.record.entry)),
        )
        .filter("state", "field-state", state_options(&visit), |row, wanted| {
            row.record.entry.state.as_str() == wanted
        })
        .filter(
            "kind",
            "structure-kind",
            options(&visit, "structure-kind", StructureKind::ALL.iter().map(|k| k.code())),
            |row, wanted| row.record.entry.kind.code() == wanted,
        )
        .filter("area", "contact-areas", areas, |row, wanted| {
            row.record.entry.covers(wanted.trim(), export::fold)
        })
        .filter(
            "ended",
            "structure-ended",
            vec![("yes".to_owned(), visit.text("structure-ended-too"))],
            |_, _| true,
        );
    let list = whom_to_call(list, desks);
    let new = if edits(&visit) {
        Button::link(visit.text("structure-new"), visit.link("/structures/new")).to_string()
    } else {
        String::new()
    };
    let lead = Content::from(visit.text("structures-lead"));
    let answer = list.answer(|table| {
        let html = format!("<p class=\"govuk-body\">{lead}</p>{new}{table}");
        e.page(&e.text("structures-title")).back("/directory").html(&html)
    })?;
    Ok(answer)
}

async fn structure(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: StructureId = parse_id(&id)?;
    let found = directory::show_structure(&visit.acting(), id).await?;
    let one = &found.record.entry;
    let mut html = String::new();
    if one.ended(today(&visit)) {
        let _ = write!(html, "{} ", Tag::coloured(visit.text("structure-has-ended"), "grey"));
    }
    for lack in lacks(&visit, one) {
        let _ = write!(html, "{} ", Tag::coloured(lack, "yellow"));
    }
    let bdi = |text: &str| Content::Html(format!("<bdi>{}</bdi>", Content::from(text)));
    let mut rows = SummaryList::new()
        .row(visit.text("structure-kind"), word(&visit, "structure-kind", one.kind.code()))
        .row(visit.text("field-state"), visit.state(one.state.as_str()));
    rows = call(&visit, one, rows).await?;
    if one.since.is_some() || one.until.is_some() {
        let [since, until] = [one.since, one.until]
            .map(|day| day.map(|day| visit.date(day.date())).unwrap_or_default());
        rows = rows.row(visit.text("contact-period"), format!("{since} – {until}"));
    }
    for (title, text) in [
        ("contact-areas", one.areas.join(", ")),
        ("structure-basis", one.basis.clone()),
        ("register-source", one.source.clone()),
    ] {
        if !text.is_empty() {
            rows = rows.row(visit.text(title), bdi(&text));
        }
    }
    let _ = write!(html, "{rows}");
    html.push_str(&seats(&visit, one));
    let keeper =
        visit.signed.as_ref().is_some_and(|signed| signed.tenant.id == found.record.tenant);
    if keeper && directory::may_edit(&visit.acting(), one.state.as_str()) {
        let edit = Button::link(
            visit.text("structure-edit"),
            visit.link(&format!("/structures/{id}/edit")),
        );
        let _ = write!(html, "{}", edit.secondary());
    }
    Ok(visit.page(&one.name).back("/structures").html(&html))
}

/// Whom to call: the contact point of the structure, else the numbers of its State.
async fn call(visit: &Visit, one: &Structure, rows: SummaryList) -> Result<SummaryList, Failure> {
    let acting = visit.acting();
    let desks = directory::desks(&acting).await?;
    let Some(found) = desk_of(&desks, one) else {
        let path = format!("/get-help/{}", one.state);
        let numbers = link(visit, &path, visit.text("help-state-page"));
        return Ok(rows.row(visit.text("structure-desk"), numbers));
    };
    let desk = &found.desk;
    let name = match service::sees_protected(&acting) {
        true => link(visit, &format!("/contact-points/{}", desk.id), &desk.name),
        false => Content::Html(format!("<bdi>{}</bdi>", Content::from(&desk.name))),
    };
    let telephone = desk.telephone.as_deref().map(number).unwrap_or_default();
    let stands = standing(visit, found.standing(acting.now()), Some(&desk.time_zone));
    let hours = hours_and(visit, &desk.hours, Some(&desk.time_zone), &stands);
    Ok(rows
        .row(visit.text("structure-desk"), Content::Html(format!("{name} {telephone}")))
        .row(visit.text("desk-hours"), hours))
}

/// Who sits in it, and the share of women where every seat says.
fn seats(visit: &Visit, one: &Structure) -> String {
    if one.seats.is_empty() {
        return String::new();
    }
    let bdi = |text: &str| Content::Html(format!("<bdi>{}</bdi>", Content::from(text)));
    let heads = ["structure-sector", "structure-seat", "structure-women", "structure-men"];
    let columns = heads.map(|head| Column::new(visit.text(head)));
    let mut table = DataTable::new("seats", visit.text("structure-seats"), columns);
    let count =
        |n: Option<u32>| n.map_or_else(|| visit.text("word-unknown"), |n| visit.whole(n as usize));
    for seat in &one.seats {
        table.push([
            Content::from(word(visit, "sector", seat.sector.code())),
            bdi(&seat.name),
            count(seat.women).into(),
            count(seat.men).into(),
        ]);
    }
    let Some((women, men)) = one.by_sex() else { return table.to_string() };
    let values = [
        ("women", visit.whole(women as usize).into()),
        ("men", visit.whole(men as usize).into()),
        ("share", visit.whole((women * 100 / (women + men)) as usize).into()),
    ];
    let told = Content::from(visit.format("structure-by-sex", &values));
    format!("{table}<p class=\"govuk-body\">{told}</p>")
}

async fn structure_form(
    visit: &Visit,
    action: &str,
    title: &str,
    typed: &StructureForm,
    revision: &str,
    problems: &Problems,
) -> Result<Response, Failure> {
    let told = desk::told(&visit.acting()).await?;
    let mut desks: Vec<(String, String)> =
        told.into_iter().map(|(one, _)| (one.desk.id.to_string(), one.desk.name)).collect();
    desks.sort_by(|a, b| visit.compare(&a.1, &b.1));
    let sectors = options(visit, "sector", Sector::ALL.iter().map(|s| s.code()));
    let listed = sectors
        .iter()
        .map(|(code, words)| format!("{code}: {words}"))
        .collect::<Vec<_>>()
        .join(" · ");
    Ok(FormPage::new(visit, action, problems)
        .hidden("revision", revision)
        .text("name", "structure-name", "", &typed.name)
        .select(
            "kind",
            "structure-kind",
            options(visit, "structure-kind", StructureKind::ALL.iter().map(|k| k.code())),
            &typed.kind,
        )
        .select("state", "field-state", state_options(visit), &typed.state)
        .text("areas", "contact-areas", "service-areas-hint", &typed.areas)
        .hinted("structure-desk-hint")
        .select("desk", "structure-desk", desks, &typed.desk)
        .text("basis", "structure-basis", "", &typed.basis)
        .lines("seats", "structure-seats", "structure-seats-hint", &typed.seats)
        .part(format!("<p class=\"govuk-body-s\"><bdi>{}</bdi></p>", Content::from(listed)))
        .text("since", "contact-from", "contact-day-hint", &typed.since)
        .text("until", "contact-until", "", &typed.until)
        .text("source", "register-source", "", &typed.source)
        .button("form-save")
        .page(title, "/structures"))
}

fn typed_structure(form: &Form) -> StructureForm {
    let text = |name: &str| form.text(name).to_owned();
    StructureForm {
        name: text("name"),
        kind: text("kind"),
        state: text("state"),
        areas: text("areas"),
        basis: text("basis"),
        since: text("since"),
        until: text("until"),
        seats: text("seats"),
        desk: text("desk"),
        source: text("source"),
    }
}

async fn ask_structure(visit: Visit) -> Answer {
    if !edits(&visit) {
        return Err(Failure(Refused::NotFound));
    }
    let state = visit.signed()?.tenant.state.clone().unwrap_or_default();
    let typed = StructureForm { state, ..StructureForm::default() };
    let none = Problems::default();
    structure_form(&visit, "/structures/new", "structure-new", &typed, "", &none).await
}

async fn new_structure(Sent { visit, form }: Sent) -> Answer {
    let typed = typed_structure(&form);
    match directory::enter_structure(&visit.acting_once(&form), &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/structures/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            structure_form(&visit, "/structures/new", "structure-new", &typed, "", &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn ask_change_structure(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: StructureId = parse_id(&id)?;
    let found = directory::show_structure(&visit.acting(), id).await?;
    if !directory::may_edit(&visit.acting(), found.record.entry.state.as_str()) {
        return Err(Failure(Refused::NotFound));
    }
    let typed = StructureForm::of(&found.record.entry);
    let action = format!("/structures/{id}/edit");
    let (seen, none) = (found.revision.0.to_string(), Problems::default());
    structure_form(&visit, &action, "structure-edit", &typed, &seen, &none).await
}

async fn change_structure(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: StructureId = parse_id(&id)?;
    let typed = typed_structure(&form);
    let seen = parse_revision(form.text("revision"))?;
    match directory::change_structure(&visit.acting_once(&form), id, &typed, seen).await {
        Ok(()) => Ok(done(&visit, &format!("/structures/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            let action = format!("/structures/{id}/edit");
            let seen = form.text("revision");
            structure_form(&visit, &action, "structure-edit", &typed, seen, &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}
