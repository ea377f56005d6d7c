//! Contact points: the list, who answers now, one card, and keeping them true.

use super::{
    freshness, hours_and, languages, link, number, options, standing, state_asked, state_options,
    to_call, today, word,
};
use crate::{
    components::{Button, Content, FilterPanel, InsetText, Select, SummaryList, Tag},
    pages::Answer,
    shell::{
        asked::Asked,
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        listing::{List, download},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::{self, PointForm, parse_id},
    directory,
    domain::{
        desk::{
            DeskLevel,
            answers::{Answering, Candidate},
            contact::{ContactPoint, PointKind},
        },
        hours,
        id::DeskId,
        register::state::StateCode,
        service::Freshness,
    },
    service::{self, ToCall},
};
use std::{collections::BTreeMap, fmt::Write as _};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/contact-points", Action::ReadDirectory, list)
        .page("/contact-points/{id}", Action::ReadDirectory, show)
        .download("/contact-points/{id}/card.vcf", Action::ReadDirectory, card)
        .page("/contact-points/confirm/{token}", Action::ConfirmContact, ask_confirm)
        .form("/contact-points/confirm/{token}", Action::ConfirmContact, confirm_by_link)
        .form("/contact-points/{id}/confirm", Action::ReadDirectory, confirm)
        .page("/admin/desks/{id}/contact", Action::ManageDesks, ask_edit)
        .form("/admin/desks/{id}/contact", Action::ManageDesks, edit)
        .form("/admin/desks/{id}/ask", Action::ManageDesks, ask_now)
}

fn fresh(visit: &Visit, point: Option<&ContactPoint>) -> Freshness {
    point.map_or(Freshness::Amber, |point| point.freshness(visit.acting().now()))
}

/// The same as a tag: what nobody confirmed yet is not called old.
fn confirmed(visit: &Visit, point: Option<&ContactPoint>) -> Tag {
    match point.and_then(|point| point.confirmed) {
        None => Tag::coloured(visit.text("freshness-never"), "orange"),
        Some(_) => freshness(visit, fresh(visit, point)),
    }
}

fn stands(visit: &Visit, one: &Candidate) -> Content {
    if !one.holds(today(visit)) {
        return Content::Html(Tag::coloured(visit.text("contact-not-serving"), "grey").to_string());
    }
    standing(visit, one.standing(visit.acting().now()), Some(&one.desk.time_zone))
}

/// Codes of the topics desks are competent for, with their names.
fn topics(visit: &Visit, rows: &[Row]) -> Vec<(String, String)> {
    let acting = visit.acting();
    let all = rows.iter().flat_map(|(one, _)| &one.desk.topics);
    let named: BTreeMap<String, String> = all
        .map(|said| (desk::topic_code(acting.app, said), desk::topic_said(&acting, said)))
        .collect();
    let mut named: Vec<(String, String)> = named.into_iter().collect();
    named.sort_by(|a, b| visit.compare(&a.1, &b.1));
    named
}

/// The topics of a desk in the reader's words.
fn topics_said(visit: &Visit, one: &Candidate) -> String {
    let acting = visit.acting();
    let said = one.desk.topics.iter().map(|topic| desk::topic_said(&acting, topic));
    said.collect::<Vec<_>>().join(", ")
}

/// The State a post abroad is in.
fn host(one: &Candidate) -> Option<&str> {
    one.point.as_ref().and_then(|point| point.host_state.as_deref())
}

type Row = (Candidate, String);

fn kind(one: &Candidate) -> PointKind {
    one.point.as_ref().map_or(PointKind::Other, |point| point.kind)
}

/// The filters of the list.
fn narrowed<'v>(
    list: List<'v, Row>,
    visit: &Visit,
    topics: Vec<(String, String)>,
) -> List<'v, Row> {
    list.filter("state", "field-state", state_options(visit), |(one, _), wanted| {
        one.desk.state.as_deref() == Some(wanted)
    })
    .filter("host", "contact-host-state", state_options(visit), |(one, _), wanted| {
        host(one) == Some(wanted)
    })
    .filter("topic", "desk-topics", topics, {
        let v = visit.clone();
        move |(one, _), wanted| {
            let acting = v.acting();
            one.desk.topics.iter().any(|said| desk::topic_code(acting.app, said) == wanted)
        }
    })
    .filter(
        "level",
        "desk-level",
        options(visit, "desk-level", DeskLevel::ALL.iter().map(|l| l.code())),
        |(one, _), wanted| one.desk.level.code() == wanted,
    )
    .filter(
        "kind",
        "contact-kind",
        options(visit, "contact-kind", PointKind::ALL.iter().map(|k| k.code())),
        move |(one, _), wanted| kind(one).code() == wanted,
    )
    .filter(
        "fresh",
        "contact-confirmed",
        options(visit, "freshness", Freshness::ALL.iter().map(|f| f.code())),
        {
            let v = visit.clone();
            move |(one, _), wanted| fresh(&v, one.point.as_ref()).code() == wanted
        },
    )
}

async fn list(visit: Visit) -> Answer {
    let rows = desk::directory(&visit.acting()).await?;
    let topics = topics(&visit, &rows);
    let now = answering(&visit, &topics).await?;
    let v = || visit.clone();
    let (a, b, c, d, e, f) = (v(), v(), v(), v(), v(), v());
    let (g, h, i) = (v(), v(), v());
    let list = List::new(&visit, "contact-points", &visit.text("contacts-title"), rows)
        .column(
            "name",
            "desk-name",
            |(one, _)| one.desk.name.clone(),
            move |(one, _)| link(&a, &format!("/contact-points/{}", one.desk.id), &one.desk.name),
        )
        .column(
            "telephone",
            "desk-telephone",
            |(one, _)| one.desk.telephone.clone().unwrap_or_default(),
            |(one, _)| one.desk.telephone.as_deref().map(number).unwrap_or_default(),
        )
        .text("organisation", "service-organisation", |(_, organisation)| organisation.clone())
        .text("state", "field-state", move |(one, _)| {
            one.desk.state.as_deref().map(|state| b.state(state)).unwrap_or_default()
        })
        .text("kind", "contact-kind", move |(one, _)| word(&c, "contact-kind", kind(one).code()))
        .text("city", "service-city", |(one, _)| {
            one.point.as_ref().map(|point| point.city.clone()).unwrap_or_default()
        })
        .text("host", "contact-host-state", move |(one, _)| {
            host(one).map(|state| g.state(state)).unwrap_or_default()
        })
        .text("areas", "contact-areas", |(one, _)| {
            one.point.as_ref().map(|point| point.areas.join(", ")).unwrap_or_default()
        })
        .text("topics", "desk-topics", move |(one, _)| topics_said(&h, one))
        .text("languages", "desk-languages", move |(one, _)| languages(&i, &one.desk.languages))
        .column(
            "hours",
            "desk-hours",
            |(one, _)| format!("{} ({})", one.desk.hours, one.desk.time_zone),
            move |(one, _)| stands(&d, one),
        )
        .column(
            "confirmed",
            "contact-confirmed",
            move |(one, _)| {
                let at = one.point.as_ref().and_then(|point| point.confirmed);
                at.map(|at| at.date().to_string()).unwrap_or_default()
            },
            move |(one, _)| Content::Html(confirmed(&e, one.point.as_ref()).to_string()),
        );
    let list = narrowed(list, &visit, topics);
    let answer = list.answer(|table| {
        f.page(&f.text("contacts-title")).back("/directory").html(&format!("{now}{table}"))
    })?;
    Ok(answer)
}

/// "Who answers now?", for the State, topic and level of the address.
async fn answering(visit: &Visit, topics: &[(String, String)]) -> Result<String, Failure> {
    let state = state_asked(visit);
    let topic = visit.query("for");
    let code = desk::topic_code(visit.web.app(), &topic);
    let mut asked = Asked::of(visit);
    let known = |_: &str| topics.iter().any(|(known, _)| *known == code).then_some(topic.trim());
    let sought = asked.read("for", "answers-topic", known).unwrap_or_default();
    let level = asked.read("at", "desk-level", DeskLevel::from_code);
    let kind = asked.read("of", "contact-kind", |typed| typed.parse().ok());
    let choose = std::iter::once((String::new(), visit.text("form-choose")));
    let any = || std::iter::once((String::new(), visit.text("list-all")));
    let levels = options(visit, "desk-level", DeskLevel::ALL.iter().map(|l| l.code()));
    let kinds = options(visit, "contact-kind", PointKind::ALL.iter().map(|k| k.code()));
    let mut panel = FilterPanel::new(&visit.words(), visit.link("/contact-points"))
        .as_row()
        .field(
            Select::new("state", visit.text("field-state"))
                .id("now-state")
                .options(choose.chain(state_options(visit)))
                .value(state.map(|s| s.to_string()).unwrap_or_default()),
        )
        .field(
            Select::new("for", visit.text("answers-topic"))
                .id("now-for")
                .options(any().chain(topics.iter().cloned()))
                .value(code),
        )
        .field(
            Select::new("at", visit.text("desk-level"))
                .id("now-at")
                .options(any().chain(levels))
                .value(visit.query("at")),
        )
        .field(
            Select::new("of", visit.text("contact-kind"))
                .id("now-of")
                .options(any().chain(kinds))
                .value(visit.query("of")),
        );
    panel.title = visit.text("answers-title");
    panel.apply = visit.text("answers-do");
    let mut html = format!(
        "<h2 class=\"govuk-heading-m\">{}</h2>{panel}{}",
        Content::from(visit.text("answers-title")),
        asked.told()
    );
    let Some(state) = state.filter(|_| visit.address.contains('?')) else { return Ok(html) };
    let sought = desk::Sought { topic: sought, level, kind };
    let answer = desk::answers_now(&visit.acting(), state, sought).await?;
    let inset = answer_said(visit, state, &answer).await?;
    let _ = write!(html, "{}", InsetText::new(inset));
    Ok(html)
}

/// The desk that answers or opens first; where it is closed or has no
/// telephone, the number at which someone answers now.
async fn answer_said(
    visit: &Visit,
    state: StateCode,
    answer: &desk::Answer,
) -> Result<Content, Failure> {
    let id = match &answer.answering {
        Answering::Now { alternate: true, .. } => "answers-alternate",
        Answering::Now { .. } => "answers-now",
        Answering::Deputy { .. } => "answers-deputy",
        Answering::Later { .. } => "answers-later",
        Answering::HoursUnknown { .. } => "answers-hours-unknown",
        Answering::Nobody => "answers-nobody",
    };
    let mut html = Content::from(visit.text(id)).to_string();
    if let Some(desk) = &answer.desk {
        let telephone = desk.telephone.as_deref().map(number).unwrap_or_default();
        let name = link(visit, &format!("/contact-points/{}", desk.id), &desk.name);
        html = format!("<strong>{name}</strong> {telephone}<br>{html}");
        if answer.fresh != Some(Freshness::Fresh) {
            // It may have moved since: said before anyone relies on it.
            let _ = write!(html, " {}", confirmed(visit, answer.point.as_ref()));
        }
        if let Answering::Later { .. } = answer.answering {
            let now = visit.acting().now();
            let stands = hours::standing(Some(&desk.hours), Some(&desk.time_zone), now);
            let _ = write!(html, "<br>{}", standing(visit, stands, Some(&desk.time_zone)));
        }
    }
    let numbers = service::numbers_to_call(&visit.acting(), state, answer.desk.as_ref()).await?;
    let other = numbers.first().filter(|one| !matches!(one, ToCall::Asked(_)));
    if let Some(other) = other {
        let why = match &answer.desk {
            None => "answers-call",
            Some(desk) if desk.telephone.is_none() => "answers-no-number",
            Some(_) => "answers-other-number",
        };
        let words = Content::from(visit.text(why));
        let _ = write!(html, "<br>{words} {}", to_call(visit, other));
    }
    Ok(Content::Html(html))
}

fn card_rows(visit: &Visit, one: &Candidate, organisation: &str) -> SummaryList {
    let desk = &one.desk;
    let bdi = |text: &str| Content::Html(format!("<bdi>{}</bdi>", Content::from(text)));
    let mut rows = SummaryList::new()
        .row(visit.text("service-organisation"), bdi(organisation))
        .row(visit.text("desk-level"), word(visit, "desk-level", desk.level.code()))
        .row(
            visit.text("field-state"),
            desk.state.as_deref().map(|s| visit.state(s)).unwrap_or_default(),
        )
        .row(visit.text("desk-topics"), bdi(&topics_said(visit, one)))
        .row(visit.text("desk-languages"), bdi(&languages(visit, &desk.languages)))
        .row(
            visit.text("desk-hours"),
            hours_and(visit, &desk.hours, Some(&desk.time_zone), &stands(visit, one)),
        );
    if let Some(telephone) = &desk.telephone {
        rows = rows.row(visit.text("desk-telephone"), number(telephone));
    }
    let Some(point) = &one.point else { return rows };
    rows = rows.row(visit.text("contact-kind"), word(visit, "contact-kind", point.kind.code()));
    let text = |rows: SummaryList, id: &str, text: &str| {
        if text.is_empty() { rows } else { rows.row(visit.text(id), bdi(text)) }
    };
    rows = text(rows, "contact-competence", &point.competence);
    let host = point.host_state.as_deref().map(|code| visit.state(code)).unwrap_or_default();
    rows = text(rows, "contact-host-state", &host);
    rows = text(rows, "service-city", &point.city);
    rows = text(rows, "contact-areas", &point.areas.join(", "));
    for channel in &point.channels {
        let words = word(visit, "channel-kind", channel.kind.code());
        rows = rows.row(
            words,
            Content::Html(format!("<bdi dir=\"ltr\">{}</bdi>", Content::from(&channel.address))),
        );
    }
    if let (Some(from), until) = (point.from, point.until) {
        let until = until.map(|day| visit.date(day.date())).unwrap_or_default();
        rows = rows
            .row(visit.text("contact-period"), format!("{} – {until}", visit.date(from.date())));
    }
    let when = point
        .confirmed
        .map(|at| visit.date(at.date()))
        .unwrap_or_else(|| visit.text("word-unknown"));
    let tag = confirmed(visit, Some(point));
    rows.row(
        visit.text("contact-confirmed"),
        Content::Html(format!("{} {tag}", Content::from(when))),
    )
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: DeskId = parse_id(&id)?;
    let (one, organisation) = desk::show_point(&visit.acting(), id).await?;
    let mut html = card_rows(&visit, &one, &organisation).to_string();
    let deputy = one.point.as_ref().and_then(|point| point.deputy);
    let staffed = match (one.leads, one.alternates) {
        (0, 0) => None,
        (0, _) => Some("contact-only-alternate"),
        (_, 0) if deputy.is_none() => Some("contact-no-alternate"),
        _ => None,
    };
    if let Some(words) = staffed {
        let _ = write!(
            html,
            "<p class=\"govuk-body\">{}</p>",
            Tag::coloured(visit.text(words), "yellow")
        );
    }
    if let Some(deputy) = deputy {
        let (other, _) = desk::show_point(&visit.acting(), deputy).await?;
        let shown = link(&visit, &format!("/contact-points/{deputy}"), &other.desk.name);
        let _ = write!(
            html,
            "<p class=\"govuk-body\">{}: {shown}</p>",
            Content::from(visit.text("contact-deputy"))
        );
    }
    let vcard = Button::link(
        visit.text("contact-card"),
        visit.link(&format!("/contact-points/{id}/card.vcf")),
    );
    let _ = write!(html, "{}", vcard.secondary());
    if let Some(signed) = visit.signed.as_ref().filter(|signed| signed.tenant.id == one.desk.tenant)
    {
        let manages = visit.may(Action::ManageDesks, &Resource::of(signed.tenant.id));
        if manages || visit.acting().subject.desks.contains(&id) {
            html.push_str(&one_button(
                &visit,
                &format!("/contact-points/{id}/confirm"),
                "contact-confirm",
                &[],
                false,
            ));
        }
        if manages {
            let edit = Button::link(
                visit.text("contact-edit"),
                visit.link(&format!("/admin/desks/{id}/contact")),
            );
            let _ = write!(html, "{}", edit.secondary());
            html.push_str(&one_button(
                &visit,
                &format!("/admin/desks/{id}/ask"),
                "contact-ask",
                &[],
                false,
            ));
            html.push_str(&history(&visit, id).await?);
        }
    }
    Ok(visit.page(&one.desk.name).back("/contact-points").html(&html))
}

/// Who sat here: the office remembers.
async fn history(visit: &Visit, id: DeskId) -> Result<String, Failure> {
    let all = desk::history(&visit.acting(), id).await?;
    if all.is_empty() {
        return Ok(String::new());
    }
    let mut rows = SummaryList::new();
    for (tenure, name) in all {
        let until = tenure
            .until
            .map(|at| visit.date(at.date()))
            .unwrap_or_else(|| visit.text("contact-still"));
        let kind = visit.text(if tenure.alternate { "desk-alternate" } else { "desk-lead" });
        rows = rows.row(name, format!("{kind}, {} – {until}", visit.date(tenure.from.date())));
    }
    let title = Content::from(visit.text("contact-history"));
    Ok(format!("<h2 class=\"govuk-heading-m\">{title}</h2>{rows}"))
}

async fn card(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: DeskId = parse_id(&id)?;
    let (one, organisation) = desk::show_point(&visit.acting(), id).await?;
    let bytes = directory::card(&visit.acting(), &one, &organisation);
    Ok(download(bytes, "text/vcard; charset=utf-8", "contact-point", "vcf"))
}

/// The page a letter leads to: one press confirms. A program that only follows
/// links, as mail filters do, changes nothing.
async fn ask_confirm(visit: Visit, Path(token): Path<String>) -> Answer {
    let (desk, point) = desk::asked_about(visit.web.app(), &token).await?;
    let candidate = Candidate { desk, point, leads: 0, alternates: 0 };
    let rows = card_rows(&visit, &candidate, "");
    let form =
        FormPage::new(&visit, &format!("/contact-points/confirm/{token}"), &Problems::default())
            .button("contact-confirm");
    let lead = Content::from(visit.text("contact-confirm-lead"));
    let html = format!(
        "<p class=\"govuk-body-l\">{lead}</p>{rows}{}<p class=\"govuk-body-s\">{}</p>",
        form.html(),
        Content::from(visit.text("contact-confirm-else"))
    );
    Ok(visit.page(&candidate.desk.name).html(&html))
}

async fn confirm_by_link(Path(token): Path<String>, Sent { visit, .. }: Sent) -> Answer {
    desk::confirm_by_link(visit.web.app(), &token).await?;
    Ok(done(&visit, "/", "contact-confirmed"))
}

async fn confirm(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: DeskId = parse_id(&id)?;
    desk::confirm(&visit.acting_once(&form), id).await?;
    Ok(done(&visit, &format!("/contact-points/{id}"), "contact-confirmed"))
}

async fn ask_now(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: DeskId = parse_id(&id)?;
    desk::ask_one(&visit.acting_once(&form), id).await?;
    Ok(done(&visit, &format!("/contact-points/{id}"), "contact-asked"))
}

async fn point_form(
    visit: &Visit,
    id: DeskId,
    typed: &PointForm,
    seen: &str,
    problems: &Problems,
) -> Result<Response, Failure> {
    let own = desk::list_own(&visit.acting()).await?;
    let others = own.into_iter().filter(|one| one.record.id != id);
    let desks = others.map(|one| (one.record.id.to_string(), one.record.name)).collect();
    Ok(FormPage::new(visit, &format!("/admin/desks/{id}/contact"), problems)
        .hidden("seen", seen)
        .select(
            "kind",
            "contact-kind",
            options(visit, "contact-kind", PointKind::ALL.iter().map(|k| k.code())),
            &typed.kind,
        )
        .lines("competence", "contact-competence", "", &typed.competence)
        .select("host_state", "contact-host-state", state_options(visit), &typed.host_state)
        .text("city", "service-city", "", &typed.city)
        .text("areas", "contact-areas", "service-areas-hint", &typed.areas)
        .lines("channels", "contact-channels", "contact-channels-hint", &typed.channels)
        .select("deputy", "contact-deputy", desks, &typed.deputy)
        .text("from", "contact-from", "contact-day-hint", &typed.from)
        .text("until", "contact-until", "", &typed.until)
        .text("confirm_to", "contact-confirm-to", "contact-confirm-to-hint", &typed.confirm_to)
        .button("form-save")
        .page("contact-edit", &format!("/admin/desks/{id}")))
}

async fn ask_edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: DeskId = parse_id(&id)?;
    desk::show(&visit.acting(), id).await?;
    let known = desk::known(&visit.acting(), id).await?;
    let typed = known.as_ref().map(PointForm::of).unwrap_or_default();
    point_form(&visit, id, &typed, &typed.mark(), &Problems::default()).await
}

fn typed(form: &Form) -> PointForm {
    let text = |name: &str| form.text(name).to_owned();
    PointForm {
        kind: text("kind"),
        competence: text("competence"),
        host_state: text("host_state"),
        city: text("city"),
        areas: text("areas"),
        channels: text("channels"),
        deputy: text("deputy"),
        from: text("from"),
        until: text("until"),
        confirm_to: text("confirm_to"),
    }
}

async fn edit(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: DeskId = parse_id(&id)?;
    let typed = typed(&form);
    let seen = form.text("seen");
    match desk::describe(&visit.acting_once(&form), id, &typed, seen).await {
        Ok(()) => Ok(done(&visit, &format!("/admin/desks/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => point_form(&visit, id, &typed, seen, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}
