//! Structures with what is missing in them, networks with their meetings.

use super::{link, options, state_options, today, word};
use crate::{
    components::{Button, Column, Content, DataTable, SummaryList, Tag},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        listing::{List, download},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::{parse_id, parse_revision},
    directory::{self, NetworkForm, StructureForm},
    domain::{
        id::{NetworkId, StructureId},
        network::{NetworkKind, NetworkMember},
        register::day::Day,
        structure::{Sector, Structure, StructureKind},
    },
    export,
};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/structures", Action::PublicRead, structures)
        .page("/structures/new", Action::EditDirectory, ask_structure)
        .form("/structures/new", Action::EditDirectory, new_structure)
        .page("/structures/{id}", Action::PublicRead, structure)
        .page("/structures/{id}/edit", Action::EditDirectory, ask_change_structure)
        .form("/structures/{id}/edit", Action::EditDirectory, change_structure)
        .page("/networks", Action::ReadDirectory, networks)
        .page("/networks/new", Action::EditDirectory, ask_network)
        .form("/networks/new", Action::EditDirectory, new_network)
        .page("/networks/{id}", Action::ReadDirectory, network)
        .page("/networks/{id}/edit", Action::EditDirectory, ask_change_network)
        .form("/networks/{id}/edit", Action::EditDirectory, change_network)
        .download("/networks/{id}/meetings.ics", Action::ReadDirectory, meetings)
}

/// Whether this person may enter anything here.
fn edits(visit: &Visit) -> bool {
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

/// Without the marks that keep a value from changing the direction around it:
/// files need none.
fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

async fn structures(visit: Visit) -> Answer {
    let mut rows = directory::list_structures(&visit.acting(), None).await?;
    let area = visit.query("area");
    if !area.trim().is_empty() {
        rows.retain(|row| row.record.entry.covers(area.trim(), export::fold));
    }
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
        .text("areas", "contact-areas", |row| row.record.entry.areas.join(", "))
        .column(
            "missing",
            "structure-missing",
            {
                let d = d.clone();
                move |row| plain(&lacks(&d, &row.record.entry).join(", "))
            },
            move |row| {
                let tags = lacks(&d, &row.record.entry).into_iter();
                Content::Html(
                    tags.map(|one| Tag::coloured(one, "yellow").to_string())
                        .collect::<Vec<_>>()
                        .join(" "),
                )
            },
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
        .keep("area");
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
    for lack in lacks(&visit, one) {
        let _ = write!(html, "{} ", Tag::coloured(lack, "yellow"));
    }
    let bdi = |text: &str| Content::Html(format!("<bdi>{}</bdi>", Content::from(text)));
    let mut rows = SummaryList::new()
        .row(visit.text("structure-kind"), word(&visit, "structure-kind", one.kind.code()))
        .row(visit.text("field-state"), visit.state(one.state.as_str()));
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
    if !one.seats.is_empty() {
        let heads = ["structure-sector", "structure-seat", "structure-women", "structure-men"];
        let columns = heads.map(|head| Column::new(visit.text(head)));
        let mut table = DataTable::new("seats", visit.text("structure-seats"), columns);
        let count = |n: Option<u32>| {
            n.map_or_else(|| visit.text("word-unknown"), |n| visit.whole(n as usize))
        };
        for seat in &one.seats {
            table.push([
                Content::from(word(&visit, "sector", seat.sector.code())),
                bdi(&seat.name),
                count(seat.women).into(),
                count(seat.men).into(),
            ]);
        }
        let _ = write!(html, "{table}");
    }
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

fn structure_form(
    visit: &Visit,
    action: &str,
    title: &str,
    typed: &StructureForm,
    revision: &str,
    problems: &Problems,
) -> Response {
    let sectors = options(visit, "sector", Sector::ALL.iter().map(|s| s.code()));
    let listed = sectors
        .iter()
        .map(|(code, words)| format!("{code}: {words}"))
        .collect::<Vec<_>>()
        .join(" · ");
    FormPage::new(visit, action, problems)
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
        .text("basis", "structure-basis", "", &typed.basis)
        .lines("seats", "structure-seats", "structure-seats-hint", &typed.seats)
        .part(format!("<p class=\"govuk-body-s\"><bdi>{}</bdi></p>", Content::from(listed)))
        .text("since", "contact-from", "contact-day-hint", &typed.since)
        .text("until", "contact-until", "", &typed.until)
        .text("source", "register-source", "", &typed.source)
        .button("form-save")
        .page(title, "/structures")
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
        source: text("source"),
    }
}

async fn ask_structure(visit: Visit) -> Answer {
    if !edits(&visit) {
        return Err(Failure(Refused::NotFound));
    }
    let state = visit.signed()?.tenant.state.clone().unwrap_or_default();
    let typed = StructureForm { state, ..StructureForm::default() };
    Ok(structure_form(&visit, "/structures/new", "structure-new", &typed, "", &Problems::default()))
}

async fn new_structure(Sent { visit, form }: Sent) -> Answer {
    let typed = typed_structure(&form);
    match directory::enter_structure(&visit.acting_once(&form), &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/structures/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            Ok(structure_form(&visit, "/structures/new", "structure-new", &typed, "", &problems))
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
    Ok(structure_form(
        &visit,
        &action,
        "structure-edit",
        &typed,
        &found.revision.0.to_string(),
        &Problems::default(),
    ))
}

async fn change_structure(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: StructureId = parse_id(&id)?;
    let typed = typed_structure(&form);
    let seen = parse_revision(form.text("revision"))?;
    match directory::change_structure(&visit.acting_once(&form), id, &typed, seen).await {
        Ok(()) => Ok(done(&visit, &format!("/structures/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            let action = format!("/structures/{id}/edit");
            Ok(structure_form(
                &visit,
                &action,
                "structure-edit",
                &typed,
                form.text("revision"),
                &problems,
            ))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn networks(visit: Visit) -> Answer {
    let rows = directory::list_networks(&visit.acting()).await?;
    let day = today(&visit);
    let (a, b) = (visit.clone(), visit.clone());
    let list = List::new(&visit, "networks", &visit.text("networks-title"), rows)
        .column(
            "name",
            "network-name",
            |row| row.record.entry.name.clone(),
            move |row| link(&a, &format!("/networks/{}", row.record.id), &row.record.entry.name),
        )
        .text("kind", "network-kind", move |row| {
            word(&b, "network-kind", row.record.entry.kind.code())
        })
        .count("members", "network-members", move |row| {
            Some(row.record.entry.members_on(day).count())
        })
        .count("meetings", "network-meetings-year", move |row| {
            Some(row.record.entry.meetings_in_year(day) as usize)
        });
    let new = if edits(&visit) {
        Button::link(visit.text("network-new"), visit.link("/networks/new")).to_string()
    } else {
        String::new()
    };
    let answer = list.answer(|table| {
        visit.page(&visit.text("networks-title")).back("/directory").html(&format!("{new}{table}"))
    })?;
    Ok(answer)
}

async fn network(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: NetworkId = parse_id(&id)?;
    let found = directory::show_network(&visit.acting(), id).await?;
    let one = &found.record.entry;
    let day = today(&visit);
    let mut html = format!("<p class=\"govuk-body\"><bdi>{}</bdi></p>", Content::from(&one.about));
    for over in one.too_many(day) {
        let values = [
            ("state", visit.state(over.state.as_str()).into()),
            ("count", visit.whole(over.nominated as usize).into()),
            ("most", visit.whole(over.most as usize).into()),
        ];
        let _ =
            write!(html, "{} ", Tag::coloured(visit.format("network-too-many", &values), "red"));
    }
    if one.meets_too_rarely(day) {
        let _ = write!(html, "{}", Tag::coloured(visit.text("network-too-rare"), "yellow"));
    }
    let columns =
        ["network-from", "people-name", "network-title", "contact-host-state", "contact-period"]
            .map(|head| Column::new(visit.text(head)));
    let mut table = DataTable::new("members", visit.text("network-members"), columns);
    let bdi = |text: &str| Content::Html(format!("<bdi>{}</bdi>", Content::from(text)));
    for member in one.members_on(day) {
        let from = member.state.map(|state| visit.state(state.as_str()));
        let host = member.host_state.map(|state| visit.state(state.as_str())).unwrap_or_default();
        table.push([
            Content::from(from.or_else(|| member.mechanism.clone()).unwrap_or_default()),
            bdi(&member.name),
            bdi(&member.title),
            host.into(),
            period(&visit, member, day),
        ]);
    }
    let _ = write!(html, "{table}");
    let mut meetings: Vec<_> = one.meetings.iter().collect();
    meetings.sort_by_key(|meeting| std::cmp::Reverse(meeting.on));
    if !meetings.is_empty() {
        let columns = ["network-when", "network-what", "network-where"]
            .map(|head| Column::new(visit.text(head)));
        let mut table = DataTable::new("meetings", visit.text("network-meetings"), columns);
        for meeting in meetings {
            table.push([
                visit.date(meeting.on.date()).into(),
                bdi(&meeting.title),
                bdi(&meeting.place),
            ]);
        }
        let ics = Button::link(
            visit.text("network-ics"),
            visit.link(&format!("/networks/{id}/meetings.ics")),
        );
        let _ = write!(html, "{table}{}", ics.secondary());
    }
    let keeper =
        visit.signed.as_ref().is_some_and(|signed| signed.tenant.id == found.record.tenant);
    if keeper && edits(&visit) {
        let edit =
            Button::link(visit.text("network-edit"), visit.link(&format!("/networks/{id}/edit")));
        let _ = write!(html, "{}", edit.secondary());
    }
    Ok(visit.page(&one.name).back("/networks").html(&html))
}

/// The days of a nomination or posting, and whether they end soon.
fn period(visit: &Visit, member: &NetworkMember, today: Day) -> Content {
    let date = |day: Option<Day>| day.map(|day| visit.date(day.date())).unwrap_or_default();
    if member.from.is_none() && member.until.is_none() {
        return Content::from("");
    }
    let words = Content::from(format!("{} – {}", date(member.from), date(member.until)));
    let soon = match member.posting_ends(today) {
        Some(_) => Tag::coloured(visit.text("memorandum-ends"), "orange").to_string(),
        None => String::new(),
    };
    Content::Html(format!("{words} {soon}"))
}

fn network_form(
    visit: &Visit,
    action: &str,
    title: &str,
    typed: &NetworkForm,
    revision: &str,
    problems: &Problems,
) -> Response {
    FormPage::new(visit, action, problems)
        .hidden("revision", revision)
        .text("name", "network-name", "", &typed.name)
        .select(
            "kind",
            "network-kind",
            options(visit, "network-kind", NetworkKind::ALL.iter().map(|k| k.code())),
            &typed.kind,
        )
        .text("mechanism", "network-mechanism", "network-mechanism-hint", &typed.mechanism)
        .lines("about", "network-about", "", &typed.about)
        .text("most_per_state", "network-most", "", &typed.most_per_state)
        .text("meetings_per_year", "network-per-year", "", &typed.meetings_per_year)
        .lines("members", "network-members", "network-members-hint", &typed.members)
        .lines("meetings", "network-meetings", "network-meetings-hint", &typed.meetings)
        .button("form-save")
        .page(title, "/networks")
}

fn typed_network(form: &Form) -> NetworkForm {
    let text = |name: &str| form.text(name).to_owned();
    NetworkForm {
        name: text("name"),
        kind: text("kind"),
        mechanism: text("mechanism"),
        about: text("about"),
        most_per_state: text("most_per_state"),
        meetings_per_year: text("meetings_per_year"),
        members: text("members"),
        meetings: text("meetings"),
    }
}

async fn ask_network(visit: Visit) -> Answer {
    if !edits(&visit) {
        return Err(Failure(Refused::NotFound));
    }
    Ok(network_form(
        &visit,
        "/networks/new",
        "network-new",
        &NetworkForm::default(),
        "",
        &Problems::default(),
    ))
}

async fn new_network(Sent { visit, form }: Sent) -> Answer {
    let typed = typed_network(&form);
    match directory::keep_network(&visit.acting_once(&form), None, &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/networks/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            Ok(network_form(&visit, "/networks/new", "network-new", &typed, "", &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn ask_change_network(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: NetworkId = parse_id(&id)?;
    let found = directory::show_network(&visit.acting(), id).await?;
    if !edits(&visit) || visit.signed()?.tenant.id != found.record.tenant {
        return Err(Failure(Refused::NotFound));
    }
    let typed = NetworkForm::of(&found.record.entry);
    let action = format!("/networks/{id}/edit");
    Ok(network_form(
        &visit,
        &action,
        "network-edit",
        &typed,
        &found.revision.0.to_string(),
        &Problems::default(),
    ))
}

async fn change_network(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: NetworkId = parse_id(&id)?;
    let typed = typed_network(&form);
    let seen = parse_revision(form.text("revision"))?;
    match directory::keep_network(&visit.acting_once(&form), Some((id, seen)), &typed).await {
        Ok(_) => Ok(done(&visit, &format!("/networks/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            let action = format!("/networks/{id}/edit");
            Ok(network_form(
                &visit,
                &action,
                "network-edit",
                &typed,
                form.text("revision"),
                &problems,
            ))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn meetings(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: NetworkId = parse_id(&id)?;
    let found = directory::show_network(&visit.acting(), id).await?;
    let bytes = directory::meetings_calendar(&found.record.entry, visit.acting().now());
    Ok(download(bytes, "text/calendar; charset=utf-8", "meetings", "ics"))
}
