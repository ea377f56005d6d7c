//! Networks of officers across borders, with their members and meetings.

use super::{bodies::edits, link, mail_to, number, options, state_options, today, word};
use crate::{
    components::{Button, Column, Content, DataTable, Tag},
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
    access::Action,
    desk::{parse_id, parse_revision},
    directory::{self, NetworkForm},
    domain::{
        id::NetworkId,
        network::{Meeting, Network, NetworkKind, NetworkMember},
        register::{day::Day, state::StateCode},
    },
};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/networks", Action::ReadDirectory, networks)
        .page("/networks/new", Action::EditDirectory, ask_network)
        .form("/networks/new", Action::EditDirectory, new_network)
        .page("/networks/{id}", Action::ReadDirectory, network)
        .page("/networks/{id}/edit", Action::EditDirectory, ask_change_network)
        .form("/networks/{id}/edit", Action::EditDirectory, change_network)
        .download("/networks/{id}/meetings.ics", Action::ReadDirectory, meetings)
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
        })
        .filter(
            "kind",
            "network-kind",
            options(&visit, "network-kind", NetworkKind::ALL.iter().map(|k| k.code())),
            |row, wanted| row.record.entry.kind.code() == wanted,
        )
        .filter("state", "field-state", state_options(&visit), move |row, wanted| {
            let mut serving = row.record.entry.members_on(day);
            serving.any(|one| one.state.is_some_and(|state| state.as_str() == wanted))
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
    html.push_str(&unnamed(&visit, &directory::unnamed(&visit.acting(), one).await?));
    html.push_str(&members(&visit, one, day));
    html.push_str(&held(&visit, id, one));
    let keeper =
        visit.signed.as_ref().is_some_and(|signed| signed.tenant.id == found.record.tenant);
    if keeper && edits(&visit) {
        let edit =
            Button::link(visit.text("network-edit"), visit.link(&format!("/networks/{id}/edit")));
        let _ = write!(html, "{}", edit.secondary());
    }
    Ok(visit.page(&one.name).back("/networks").html(&html))
}

/// Where officers of each State were agreed: the members of the mechanism that
/// nominated nobody (R074).
fn unnamed(visit: &Visit, missing: &[StateCode]) -> String {
    if missing.is_empty() {
        return String::new();
    }
    let mut names: Vec<String> = missing.iter().map(|code| visit.state(code.as_str())).collect();
    names.sort_by(|a, b| visit.compare(a, b));
    let told = visit.format("network-nobody", &[("states", names.join(", ").into())]);
    format!("<p class=\"govuk-body\">{}</p>", Content::from(told))
}

/// Those who serve today, and how each is reached.
fn members(visit: &Visit, one: &Network, day: Day) -> String {
    let columns = [
        "network-from",
        "people-name",
        "network-title",
        "network-reached",
        "contact-host-state",
        "contact-period",
    ]
    .map(|head| Column::new(visit.text(head)));
    let mut table = DataTable::new("members", visit.text("network-members"), columns);
    let bdi = |text: &str| Content::Html(format!("<bdi>{}</bdi>", Content::from(text)));
    for member in one.members_on(day) {
        let from = member.state.map(|state| visit.state(state.as_str()));
        let speaks = || member.mechanism.as_deref().map(|id| visit.mechanism(id));
        let host = member.host_state.map(|state| visit.state(state.as_str())).unwrap_or_default();
        table.push([
            Content::from(from.or_else(speaks).unwrap_or_default()),
            bdi(&member.name),
            bdi(&member.title),
            reached(member),
            host.into(),
            period(visit, member, day),
        ]);
    }
    table.to_string()
}

/// The address for mail and the number of an officer.
fn reached(member: &NetworkMember) -> Content {
    let telephone = member.telephone.as_deref().map(|told| number(told).to_string());
    let mail = member.email.as_deref().map(|mail| mail_to(mail).to_string());
    let both: Vec<String> = telephone.into_iter().chain(mail).collect();
    Content::Html(both.join("<br>"))
}

/// The meetings, the latest first, with the file for calendars.
fn held(visit: &Visit, id: NetworkId, one: &Network) -> String {
    let mut meetings: Vec<&Meeting> = one.meetings.iter().collect();
    meetings.sort_by_key(|meeting| std::cmp::Reverse(meeting.on));
    if meetings.is_empty() {
        return String::new();
    }
    let bdi = |text: &str| Content::Html(format!("<bdi>{}</bdi>", Content::from(text)));
    let columns =
        ["network-when", "network-what", "network-where"].map(|head| Column::new(visit.text(head)));
    let mut table = DataTable::new("meetings", visit.text("network-meetings"), columns);
    for meeting in meetings {
        let mut when = visit.date(meeting.on.date());
        if let Some(until) = meeting.until.filter(|until| *until != meeting.on) {
            when = format!("{when} – {}", visit.date(until.date()));
        }
        let title = match meeting.cancelled {
            true => {
                let off = Tag::coloured(visit.text("network-cancelled"), "red");
                Content::Html(format!("{} {off}", bdi(&meeting.title)))
            }
            false => bdi(&meeting.title),
        };
        table.push([when.into(), title, bdi(&meeting.place)]);
    }
    let path = visit.link(&format!("/networks/{id}/meetings.ics"));
    let ics = Button::link(visit.text("network-ics"), path);
    format!("{table}{}", ics.secondary())
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
    let typed = NetworkForm::of(&found.record.entry, &visit.acting());
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
