//! Desks of one's tenant.

use super::super::Answer;
use crate::{
    components::{Button, Content, SummaryList, Tag},
    shell::{
        failure::Failure,
        forms::{FormPage, done, one_button},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::{Action, Resource},
    desk::{self, DeskForm, parse_id, parse_revision},
    directory,
    domain::{
        desk::{Desk, DeskLevel},
        id::DeskId,
        service::Place,
    },
    people,
    service::{self, ServiceFilter},
};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/admin/desks", Action::ReadTenant, list)
        .page("/admin/desks/new", Action::ManageDesks, ask_new)
        .form("/admin/desks/new", Action::ManageDesks, create)
        .page("/admin/desks/{id}", Action::ReadTenant, show)
        .page("/admin/desks/{id}/edit", Action::ManageDesks, ask_edit)
        .form("/admin/desks/{id}/edit", Action::ManageDesks, edit)
        .form("/admin/desks/{id}/close", Action::ManageDesks, close)
        .form("/admin/desks/{id}/seat", Action::ManageDesks, seat)
        .form("/admin/desks/{id}/unseat", Action::ManageDesks, unseat)
}

async fn list(visit: Visit) -> Answer {
    let desks = desk::list_own(&visit.acting()).await?;
    let levels = DeskLevel::ALL
        .into_iter()
        .map(|l| (l.code().to_owned(), visit.text(&format!("desk-level-{}", l.code()))))
        .collect();
    let standing =
        ["desk-open", "desk-closed"].map(|one| (one.to_owned(), visit.text(one))).to_vec();
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "desks", &visit.text("admin-desks"), desks)
        .column(
            "name",
            "desk-name",
            |desk| desk.record.name.clone(),
            move |desk| {
                let href = a.link(&format!("/admin/desks/{}", desk.record.id));
                Content::Html(format!(
                    "<a class=\"govuk-link\" href=\"{href}\"><bdi>{}</bdi></a>",
                    Content::from(&desk.record.name)
                ))
            },
        )
        .text("level", "desk-level", move |desk| {
            b.text(&format!("desk-level-{}", desk.record.level.code()))
        })
        .text("hours", "desk-hours", |desk| desk.record.hours.clone())
        .text("languages", "desk-languages", |desk| desk.record.languages.join(", "))
        .column(
            "open",
            "desk-status",
            move |desk| c.text(if desk.record.open { "desk-open" } else { "desk-closed" }),
            move |desk| {
                let (id, colour) =
                    if desk.record.open { ("desk-open", "green") } else { ("desk-closed", "grey") };
                Tag::coloured(d.text(id), colour).into()
            },
        )
        .filter("level", "desk-level", levels, |desk, wanted| desk.record.level.code() == wanted)
        .filter("open", "desk-status", standing, |desk, wanted| {
            desk.record.open == (wanted == "desk-open")
        });
    let tenant = visit.signed()?.tenant.id;
    let new = if visit.may(Action::ManageDesks, &Resource::of(tenant)) {
        Button::link(visit.text("desk-new"), visit.link("/admin/desks/new")).to_string()
    } else {
        String::new()
    };
    let answer = list.answer(|table| {
        visit.page(&visit.text("admin-desks")).back("/admin").html(&format!("{new}{table}"))
    })?;
    Ok(answer)
}

fn desk_form(
    visit: &Visit,
    action: &str,
    title: &str,
    typed: &DeskForm,
    revision: &str,
    problems: &Problems,
) -> Response {
    let levels = DeskLevel::ALL
        .into_iter()
        .map(|l| (l.code().to_owned(), visit.text(&format!("desk-level-{}", l.code()))))
        .collect();
    FormPage::new(visit, action, problems)
        .hidden("revision", revision)
        .text("name", "desk-name", "desk-name-hint", &typed.name)
        .radios("level", "desk-level", levels, &typed.level)
        .text("state", "field-state", "field-state-hint", &typed.state)
        .text("topics", "desk-topics", "desk-topics-hint", &typed.topics)
        .text("languages", "desk-languages", "desk-languages-hint", &typed.languages)
        .text("time_zone", "desk-time-zone", "desk-time-zone-hint", &typed.time_zone)
        .text("hours", "desk-hours", "desk-hours-hint", &typed.hours)
        .text("telephone", "desk-telephone", "desk-telephone-hint", &typed.telephone)
        .button("form-save")
        .page(title, "/admin/desks")
}

fn typed(form: &crate::shell::form::Form) -> DeskForm {
    let text = |name: &str| form.text(name).to_owned();
    DeskForm {
        name: text("name"),
        level: text("level"),
        state: text("state"),
        topics: text("topics"),
        languages: text("languages"),
        time_zone: text("time_zone"),
        hours: text("hours"),
        telephone: text("telephone"),
    }
}

async fn ask_new(visit: Visit) -> Response {
    let typed = DeskForm { hours: "Mo-Fr 08:00-16:00".into(), ..DeskForm::default() };
    desk_form(&visit, "/admin/desks/new", "desk-new", &typed, "", &Problems::default())
}

async fn create(Sent { visit, form }: Sent) -> Answer {
    let typed = typed(&form);
    match desk::create(&visit.acting_once(&form), &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/admin/desks/{id}"), "desk-created")),
        Err(Refused::Invalid(problems)) => {
            Ok(desk_form(&visit, "/admin/desks/new", "desk-new", &typed, "", &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    desk_page(&visit, parse_id(&id)?, &Problems::default()).await
}

/// What one reads of a desk before anything about its members.
fn particulars(visit: &Visit, desk: &Desk) -> SummaryList {
    let telephone = desk.telephone.clone().unwrap_or_else(|| visit.text("desk-no-telephone"));
    SummaryList::new()
        .row(visit.text("desk-level"), visit.text(&format!("desk-level-{}", desk.level.code())))
        .row(
            visit.text("field-state"),
            desk.state.clone().map(|s| visit.state(&s)).unwrap_or_default(),
        )
        .row(visit.text("desk-topics"), desk.topics.join(", "))
        .row(visit.text("desk-languages"), desk.languages.join(", "))
        .row(visit.text("desk-hours"), format!("{} ({})", desk.hours, desk.time_zone))
        .row(
            visit.text("desk-telephone"),
            Content::Html(format!("<bdi dir=\"ltr\">{}</bdi>", Content::from(telephone))),
        )
}

async fn desk_page(visit: &Visit, id: DeskId, problems: &Problems) -> Answer {
    let (found, members) = desk::show(&visit.acting(), id).await?;
    let desk = &found.record;
    let mut html = particulars(visit, desk).to_string();
    let manages = visit.may(Action::ManageDesks, &Resource::of(desk.tenant));
    if manages {
        let _ = write!(
            html,
            "{}",
            Button::link(visit.text("desk-edit"), visit.link(&format!("/admin/desks/{id}/edit")))
                .secondary()
        );
    }
    let _ = write!(html, "<h2 class=\"govuk-heading-m\">{}</h2>", visit.text("desk-members"));
    let mut rows = SummaryList::new();
    for (member, name) in &members {
        let kind = visit.text(if member.alternate { "desk-alternate" } else { "desk-lead" });
        let account = member.account.to_string();
        let unseat = if manages {
            one_button(
                visit,
                &format!("/admin/desks/{id}/unseat"),
                "form-remove",
                &[("account", &account)],
                false,
            )
        } else {
            String::new()
        };
        rows = rows.row(name, Content::Html(format!("<p>{}</p>{unseat}", Content::from(kind))));
    }
    if members.is_empty() {
        let nobody = Content::from(visit.text("desk-nobody"));
        let _ = write!(html, "<p class=\"govuk-body\">{nobody}</p>");
    }
    html.push_str(&rows.to_string());
    if manages {
        html.push_str(&seat_form(visit, id, problems).await?);
        let revision = found.revision.0.to_string();
        let label = if desk.open { "desk-close" } else { "desk-reopen" };
        html.push_str(&one_button(
            visit,
            &format!("/admin/desks/{id}/close"),
            label,
            &[("revision", &revision)],
            desk.open,
        ));
    }
    let mut response = visit.page(&desk.name).back("/admin/desks").html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

async fn seat_form(visit: &Visit, id: DeskId, problems: &Problems) -> Result<String, Failure> {
    let everyone = people::list(&visit.acting()).await?;
    let options = everyone
        .into_iter()
        .map(|m| (m.account.record.id.to_string(), m.account.record.name.clone()))
        .collect();
    let kinds = vec![
        ("lead".to_owned(), visit.text("desk-lead")),
        ("alternate".to_owned(), visit.text("desk-alternate")),
    ];
    Ok(FormPage::new(visit, &format!("/admin/desks/{id}/seat"), problems)
        .select("account", "desk-seat", options, "")
        .radios("kind", "desk-seat-kind", kinds, "lead")
        .button("desk-seat-do")
        .html())
}

async fn ask_edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: DeskId = parse_id(&id)?;
    let (found, _) = desk::show(&visit.acting(), id).await?;
    let typed = DeskForm::of(&found.record);
    let revision = found.revision.0.to_string();
    Ok(desk_form(
        &visit,
        &format!("/admin/desks/{id}/edit"),
        "desk-edit",
        &typed,
        &revision,
        &Problems::default(),
    ))
}

async fn edit(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: DeskId = parse_id(&id)?;
    let typed = typed(&form);
    let revision = form.text("revision");
    let acting = visit.acting_once(&form);
    let (found, _) = desk::show(&acting, id).await?;
    match desk::change(&acting, id, &typed, found.record.open, parse_revision(revision)?).await {
        Ok(()) => Ok(done(&visit, &format!("/admin/desks/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => Ok(desk_form(
            &visit,
            &format!("/admin/desks/{id}/edit"),
            "desk-edit",
            &typed,
            revision,
            &problems,
        )),
        Err(other) => Err(Failure(other)),
    }
}

/// One press closes a contact point, after a look at what hangs on it.
async fn closing(visit: &Visit, closed: &Desk, revision: &str) -> Answer {
    let acting = visit.acting();
    let topics: Vec<String> =
        closed.topics.iter().map(|topic| desk::topic_said(&acting, topic)).collect();
    let leads = |place: &Place| match place {
        Place::Protected { through: Some(at) } => at.desk == closed.id,
        _ => false,
    };
    let filter = ServiceFilter { protected: Some(true), ..ServiceFilter::default() };
    let services = service::list(&acting, &filter).await?.into_iter();
    let services = services.map(|one| one.record.service).filter(|one| leads(&one.place));
    let services: Vec<String> = services.map(|one| one.name).collect();
    let structures = directory::list_structures(&acting, None).await?.into_iter();
    let structures = structures.map(|one| one.record.entry);
    let structures = structures.filter(|one| one.desk.is_some_and(|at| at.desk == closed.id));
    let structures: Vec<String> = structures.map(|one| one.name).collect();
    let mut rows = SummaryList::new();
    for (label, names) in [
        ("desk-topics", topics),
        ("desk-close-services", services),
        ("desk-close-structures", structures),
    ] {
        let names: Vec<String> =
            names.iter().map(|name| format!("<bdi>{}</bdi>", Content::from(name))).collect();
        if !names.is_empty() {
            rows = rows.row(visit.text(label), Content::Html(names.join("<br>")));
        }
    }
    let path = format!("/admin/desks/{}", closed.id);
    let asked = visit.format("desk-close-ask", &[("desk", closed.name.clone().into())]);
    let fields = [("revision", revision), ("sure", "yes")];
    let button = one_button(visit, &format!("{path}/close"), "desk-close", &fields, true);
    let asked = Content::from(asked);
    let html = format!("<p class=\"govuk-body-l\">{asked}</p>{rows}{button}");
    Ok(visit.page(&visit.text("desk-close")).back(&path).html(&html))
}

async fn close(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: DeskId = parse_id(&id)?;
    let acting = visit.acting_once(&form);
    let (found, _) = desk::show(&acting, id).await?;
    if found.record.open && form.text("sure") != "yes" {
        return closing(&visit, &found.record, form.text("revision")).await;
    }
    let same = DeskForm::of(&found.record);
    let seen = parse_revision(form.text("revision"))?;
    desk::change(&acting, id, &same, !found.record.open, seen).await?;
    Ok(done(&visit, &format!("/admin/desks/{id}"), "saved"))
}

async fn seat(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: DeskId = parse_id(&id)?;
    if form.text("account").is_empty() {
        let mut problems = Problems::default();
        problems.add("account", Message::new("error-choose"));
        return desk_page(&visit, id, &problems).await;
    }
    let account = parse_id(form.text("account"))?;
    let alternate = form.text("kind") == "alternate";
    desk::seat(&visit.acting_once(&form), id, account, alternate).await?;
    Ok(done(&visit, &format!("/admin/desks/{id}"), "desk-seated"))
}

async fn unseat(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: DeskId = parse_id(&id)?;
    let account = parse_id(form.text("account"))?;
    desk::unseat(&visit.acting_once(&form), id, account).await?;
    Ok(done(&visit, &format!("/admin/desks/{id}"), "desk-unseated"))
}
