//! Consultations: what is asked and how taking part is kept safe; a form that asks for
//! words and nothing else; what was heard and what followed.

use super::{prose, typed, words};
use crate::{
    components::{Button, Content, InsetText, SummaryList, Tag},
    pages::{
        Answer,
        report::{Page, day, link, tag},
    },
    shell::{
        failure::Failure,
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
    desk::parse_id,
    domain::{
        governance::{Consultation, ConsultedGroup},
        id::ConsultationId,
        register::day::Day,
    },
    governance::{self, Heard, Typed},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/consultations", Action::PublicRead, list)
        .page("/consultations/new", Action::RunConsultation, ask)
        .form("/consultations/new", Action::RunConsultation, make)
        .page("/consultations/{id}", Action::PublicRead, show)
        .form("/consultations/{id}/say", Action::TakePart, say)
        .page("/consultations/{id}/thanks", Action::PublicRead, thanks)
        .page("/consultations/{id}/edit", Action::RunConsultation, edit)
        .form("/consultations/{id}/edit", Action::RunConsultation, save)
}

fn today(visit: &Visit) -> Day {
    visit.acting().now().date().into()
}

fn state_of(visit: &Visit, one: &Consultation) -> Content {
    let today = today(visit);
    if one.open_on(today) {
        tag(visit, "consultation", "open", "green")
    } else if today < one.opens {
        tag(visit, "consultation", "to-come", "blue")
    } else if one.heard.is_empty() {
        tag(visit, "consultation", "over", "grey")
    } else {
        tag(visit, "consultation", "answered", "purple")
    }
}

async fn list(visit: Visit) -> Answer {
    let all = governance::consultations(visit.web.app()).await?;
    let tenant = visit.signed.as_ref().map(|signed| Resource::of(signed.tenant.id));
    let runs = tenant.is_some_and(|own| visit.may(Action::RunConsultation, &own));
    let (a, b, c, d, e) =
        (visit.clone(), visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "consultations", &visit.text("consultations-title"), all)
        .column(
            "title",
            "consultation-title",
            |one| one.record.entry.title.clone(),
            move |one| {
                link(&a, &format!("/consultations/{}", one.record.id), &one.record.entry.title)
            },
        )
        .column(
            "by",
            "consultation-by",
            |one| one.record.entry.by.clone(),
            |one| Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.record.entry.by))),
        )
        .text("groups", "consultation-groups", move |one| {
            let names =
                one.record.entry.groups.iter().map(|group| b.text(&format!("consulted-{group}")));
            names.collect::<Vec<_>>().join(", ")
        })
        .column(
            "closes",
            "consultation-closes",
            |one| one.record.entry.closes.to_string(),
            move |one| day(&c, one.record.entry.closes).into(),
        )
        .column(
            "status",
            "report-status",
            |one| one.record.entry.heard.is_empty().to_string(),
            move |one| state_of(&d, &one.record.entry),
        )
        .filter(
            "group",
            "consultation-groups",
            words(&visit, "consulted", ConsultedGroup::ALL),
            |one, wanted| one.record.entry.groups.iter().any(|group| group.code() == wanted),
        );
    Ok(list.answer(|table| {
        let intro = Content::from(e.text("consultations-intro"));
        let mut html = format!("<p class=\"govuk-body-l\">{intro}</p>");
        if runs {
            let new = Button::link(e.text("consultation-new"), e.link("/consultations/new"));
            html.push_str(&new.to_string());
        }
        html.push_str(&table);
        e.page(&e.text("consultations-title")).back("/reviews").html(&html)
    })?)
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: ConsultationId = parse_id(&id)?;
    page(&visit, id, &Typed::default(), &Problems::default()).await
}

async fn page(visit: &Visit, id: ConsultationId, said: &Typed, problems: &Problems) -> Answer {
    let (found, _) = governance::consultation(visit.web.app(), id).await?;
    let one = &found.record.entry;
    let mut page = Page::new(visit);
    let groups: Vec<String> =
        one.groups.iter().map(|group| visit.text(&format!("consulted-{group}"))).collect();
    page.push(
        SummaryList::new()
            .row(visit.text("report-status"), state_of(visit, one))
            .row(visit.text("consultation-by"), one.by.as_str())
            .row(visit.text("consultation-groups"), groups.join(", "))
            .row(
                visit.text("consultation-time"),
                format!("{} – {}", day(visit, one.opens), day(visit, one.closes)),
            ),
    );
    page.heading("consultation-question");
    page.push(prose(&one.question));
    page.heading("consultation-safety");
    page.push(prose(&one.safety));
    page.say("consultation-safety-always");
    if !one.support.is_empty() {
        page.heading("consultation-support");
        page.push(prose(&one.support));
    }
    if one.open_on(today(visit)) {
        page.heading("consultation-say");
        page.push(say_form(visit, id, one, said, problems));
    }
    for (heading, text) in
        [("consultation-heard", &one.heard), ("consultation-followed", &one.followed)]
    {
        if !text.is_empty() {
            page.heading(heading);
            page.push(prose(text));
        }
    }
    if governance::may_run(&visit.acting(), &found) {
        let path = visit.link(&format!("/consultations/{id}/edit"));
        page.push(Button::link(visit.text("consultation-edit"), path).secondary());
        let heard = governance::heard(&visit.acting(), id).await?;
        page.push(said_so_far(visit, &heard));
    }
    let html = page.finish();
    let mut response = visit.page(&one.title).back("/consultations").html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn say_form(
    visit: &Visit,
    id: ConsultationId,
    one: &Consultation,
    said: &Typed,
    problems: &Problems,
) -> String {
    let yes = vec![("yes".to_owned(), visit.text("consultation-may-quote"))];
    FormPage::new(visit, &format!("/consultations/{id}/say"), problems)
        .lines("text", "consultation-words", "consultation-words-hint", said.text("text"))
        .hinted("consultation-as-hint")
        .select(
            "group",
            "consultation-as",
            words(visit, "consulted", &one.groups),
            said.text("group"),
        )
        .checkboxes("may_quote", "consultation-quote", yes, said.list("may_quote"))
        .button("consultation-send")
        .html()
}

/// What was said, for those who run it: words without anything that tells whose.
fn said_so_far(visit: &Visit, heard: &Heard) -> String {
    let mut page = Page::new(visit);
    page.heading("consultation-so-far");
    page.paragraph(visit.format(
        "consultation-count",
        &[("count", heard.count.into()), ("shown", visit.whole(heard.count).into())],
    ));
    let groups: Vec<String> = heard
        .groups
        .iter()
        .map(|(group, count)| {
            format!("{}: {}", visit.text(&format!("consulted-{group}")), visit.whole(*count))
        })
        .collect();
    if !groups.is_empty() {
        page.small(groups.join(" · "));
    }
    for one in &heard.words {
        let mut mark = String::new();
        if !one.may_quote {
            mark = Tag::coloured(visit.text("consultation-not-quoted"), "orange").to_string();
        }
        let text = Content::from(&one.text).to_string().replace('\n', "<br>");
        page.push(InsetText::new(Content::Html(format!(
            "<span dir=\"auto\">{text}</span> {mark}"
        ))));
    }
    page.finish()
}

async fn say(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: ConsultationId = parse_id(&id)?;
    let said = typed(&form);
    match governance::take_part(&visit.acting(), id, &said).await {
        Ok(()) => Ok(done(&visit, &format!("/consultations/{id}/thanks"), "")),
        Err(Refused::Invalid(problems)) => page(&visit, id, &said, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

async fn thanks(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: ConsultationId = parse_id(&id)?;
    governance::consultation(visit.web.app(), id).await?;
    let mut page = Page::new(&visit);
    page.say("consultation-thanks");
    let door = link(&visit, &format!("/consultations/{id}"), visit.text("consultation-back"));
    page.paragraph(door);
    let html = page.finish();
    Ok(visit.page(&visit.text("consultation-thanks-title")).html(&html))
}

fn form_page(visit: &Visit, path: &str, back: &str, t: &Typed, problems: &Problems) -> Response {
    let groups = words(visit, "consulted", ConsultedGroup::ALL);
    let new = t.text("revision").is_empty();
    let mut form = FormPage::new(visit, path, problems)
        .hidden("revision", t.text("revision"))
        .text("title", "consultation-title", "", t.text("title"))
        .lines("question", "consultation-question", "", t.text("question"))
        .checkboxes("groups", "consultation-groups", groups, t.list("groups"))
        .text("opens", "consultation-opens", "report-day-hint", t.text("opens"))
        .text("closes", "consultation-closes", "report-day-hint", t.text("closes"))
        .lines("safety", "consultation-safety", "consultation-safety-hint", t.text("safety"))
        .lines("support", "consultation-support", "consultation-support-hint", t.text("support"));
    if !new {
        form = form
            .lines("heard", "consultation-heard", "consultation-heard-hint", t.text("heard"))
            .lines("followed", "consultation-followed", "", t.text("followed"));
    }
    form.button("form-save").page(if new { "consultation-new" } else { "consultation-edit" }, back)
}

async fn ask(visit: Visit) -> Response {
    form_page(
        &visit,
        "/consultations/new",
        "/consultations",
        &Typed::default(),
        &Problems::default(),
    )
}

async fn edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: ConsultationId = parse_id(&id)?;
    let (found, typed) = governance::consultation(visit.web.app(), id).await?;
    visit.acting().allow(Action::RunConsultation, &Resource::of(found.record.tenant)).await?;
    let back = format!("/consultations/{id}");
    Ok(form_page(&visit, &format!("{back}/edit"), &back, &typed, &Problems::default()))
}

async fn make(Sent { visit, form }: Sent) -> Answer {
    let typed = typed(&form);
    match governance::keep_consultation(&visit.acting_once(&form), None, &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/consultations/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            Ok(form_page(&visit, "/consultations/new", "/consultations", &typed, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn save(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: ConsultationId = parse_id(&id)?;
    let typed = typed(&form);
    let back = format!("/consultations/{id}");
    match governance::keep_consultation(&visit.acting_once(&form), Some(id), &typed).await {
        Ok(_) => Ok(done(&visit, &back, "saved")),
        Err(Refused::Invalid(problems)) => {
            Ok(form_page(&visit, &format!("{back}/edit"), &back, &typed, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}
