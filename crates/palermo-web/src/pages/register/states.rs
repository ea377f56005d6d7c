//! States: the list, and what each belongs to, is bound by and has agreed.

use super::common::{
    Body, On, date, day, english, instrument_link, instrument_name, joined, link, lookup, on,
    panel, refused, word, year,
};
use crate::{
    components::{Content, Definitions, Known, Table},
    figures::{Figure, Span, SpanRow, Spans},
    pages::Answer,
    shell::{failure::Failure, listing::List, route::Routes, visit::Visit},
};
use axum::extract::Path;
use palermo_app::{
    Refused,
    access::{Action, Resource},
    domain::{
        desk::Desk,
        register::{
            adherence::Adherence,
            agreement::Agreement,
            day::Day,
            law::LawEntry,
            mechanism::{Dates, MechanismRegister, MembershipOf},
            state::{StateEntry, StateKind},
            statement::About,
        },
    },
    locale::Direction,
};
use std::collections::BTreeMap;

pub(super) fn routes() -> Routes {
    Routes::new().page("/states", Action::PublicRead, list).page(
        "/states/{code}",
        Action::PublicRead,
        show,
    )
}

struct Row {
    code: String,
    name: String,
    kind: StateKind,
    mechanisms: usize,
}

/// The entries shown: in a demonstration also the invented ones, but no States
/// that are no more unless asked for.
fn entries(visit: &Visit) -> Vec<&StateEntry> {
    visit.web.app().registers.states.all().collect()
}

async fn list(visit: Visit) -> Answer {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let register = lookup(&visit).mechanisms_now().await.map_err(refused)?;
    for profile in register.profiles() {
        for member in register.belonging_on(profile, profile.as_of_day()) {
            *counts.entry(member.state).or_default() += 1;
        }
    }
    let mut rows: Vec<Row> = entries(&visit)
        .into_iter()
        .map(|entry| Row {
            code: entry.code.to_string(),
            name: entry.name(visit.language.code()).to_owned(),
            kind: entry.kind,
            mechanisms: counts.get(entry.code.as_str()).copied().unwrap_or_default(),
        })
        .collect();
    let asked = visit.query("kind");
    if !StateKind::ALL.iter().any(|kind| kind.code() == asked) {
        rows.retain(|row| row.kind == StateKind::State);
    }
    rows.sort_by(|a, b| visit.compare(&a.name, &b.name));
    let kinds = StateKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), word(&visit, "state-kind", kind.code())))
        .collect();
    let (a, b) = (visit.clone(), visit.clone());
    let list = List::new(&visit, "states", &visit.text("states-title"), rows)
        .column(
            "name",
            "state-name",
            |row| row.name.clone(),
            move |row| link(&a, &format!("/states/{}", row.code), &row.name),
        )
        .text("code", "state-code", |row| row.code.clone())
        .text("kind", "mechanism-kind", move |row| word(&b, "state-kind", row.kind.code()))
        .number("mechanisms", "state-mechanisms", |row| row.mechanisms as f64)
        .filter("kind", "mechanism-kind", kinds, |row, wanted| row.kind.code() == wanted);
    let intro = Content::from(visit.text("states-intro"));
    let answer = list.answer(|table| {
        let html = format!("<p class=\"govuk-body-l\">{intro}</p>{table}");
        visit.page(&visit.text("states-title")).html(&html)
    })?;
    Ok(answer)
}

async fn show(visit: Visit, Path(code): Path<String>) -> Answer {
    let app = visit.web.app();
    let parsed = code.parse().map_err(|_| Failure(Refused::NotFound))?;
    let entry = app.registers.states.get(parsed).ok_or(Failure(Refused::NotFound))?;
    let on = on(&visit);
    let ask = lookup(&visit);
    let adherence = ask.adherence_of(parsed).await.map_err(refused)?;
    let laws = ask.laws(Some(parsed)).await.map_err(refused)?;
    let mut agreements = ask.agreements().await.map_err(refused)?;
    agreements.retain(|one| one.states().any(|state| state == parsed));
    let desks = ask.contact_points(parsed).await.map_err(refused)?;
    let now = ask.mechanisms_now().await.map_err(refused)?;
    let belongs = now.mechanisms_of(&code, Some(on.day));
    let recorded = ask.recorded_of(parsed).await.map_err(refused)?;
    let mut body = Body::new(&visit);
    names(&mut body, entry);
    contact_points(&mut body, &desks, &code);
    let form = panel(&visit, &on);
    body.push(form);
    mechanisms(&mut body, &now, (&belongs, &code), &on);
    super::recorded::on_state(&mut body, &code, &recorded);
    activities(&mut body, &now, &code, &on);
    bound_by(&mut body, &adherence, &on);
    timeline(&mut body, &belongs, &adherence, on.day);
    agreed(&mut body, &agreements);
    law(&mut body, &laws, &code);
    let said = ask.statements(About::State, &code).await.map_err(refused)?;
    super::profile::added(&mut body, &said, &|body, field| match field {
        "name" => Some(Content::from(body.visit.state(&code))),
        _ => None,
    });
    super::editors::on_state(&mut body, &code);
    let html = body.finish();
    Ok(visit.page(&visit.state(&code)).back("/states").html(&html))
}

fn names(body: &mut Body<'_>, entry: &StateEntry) {
    let visit = body.visit;
    let formal = entry.formal.get(visit.language.code()).or_else(|| entry.formal.get("en"));
    let mut terms =
        Definitions::new().row(visit.text("state-code"), Known::fact(entry.code.to_string())).row(
            visit.text("mechanism-kind"),
            Known::fact(word(visit, "state-kind", entry.kind.code())),
        );
    if let Some(formal) = formal {
        terms = terms.row(visit.text("state-formal"), Known::fact(formal));
    }
    let others: Vec<Content> = visit
        .web
        .app()
        .registers
        .states
        .names_of(entry.code)
        .filter(|alias| matches!(alias.kind.code(), "former" | "short" | "initials"))
        .filter(|alias| !entry.names.values().any(|name| *name == alias.name))
        .map(|alias| Content::Html(format!("<bdi>{}</bdi>", Content::from(&alias.name))))
        .collect();
    if !others.is_empty() {
        terms = terms.row(visit.text("state-other-names"), Known::fact(joined(others)));
    }
    body.terms(terms);
}

fn contact_points(body: &mut Body<'_>, desks: &[Desk], code: &str) {
    let visit = body.visit;
    let reads = visit.signed.is_some() && visit.may(Action::ReadDirectory, &Resource::region());
    body.heading("state-contact");
    if desks.is_empty() {
        body.say("state-no-contact");
    }
    let rows = desks.iter().map(|desk| {
        let languages = desk.languages.join(", ");
        let hours = format!("{} ({})", desk.hours, desk.time_zone);
        vec![
            if reads {
                link(visit, &format!("/contact-points/{}", desk.id), desk.name.as_str())
            } else {
                Content::Html(format!("<bdi>{}</bdi>", Content::from(&desk.name)))
            },
            Content::Html(format!("<bdi dir=\"ltr\">{}</bdi>", Content::from(hours))),
            Content::Html(format!("<bdi dir=\"ltr\">{}</bdi>", Content::from(languages))),
        ]
    });
    let rows = rows.collect();
    let heads = ["desk-name", "desk-hours", "desk-languages"];
    body.table("contact-points", "state-contact", &heads, rows);
    let help = link(visit, &format!("/get-help/{code}"), visit.text("state-get-help"));
    body.paragraph(help);
}

/// The activities of mechanisms this State had chosen to take part in by the day (R004).
fn activities(body: &mut Body<'_>, now: &MechanismRegister, code: &str, on: &On) {
    let visit = body.visit;
    let all =
        now.profiles().flat_map(|profile| profile.activities.iter().map(move |one| (profile, one)));
    let mut rows = Vec::new();
    for (profile, one) in all {
        let Some(joined) = one.joined.given().and_then(|all| {
            all.iter().find(|joined| {
                joined.state == code
                    && joined.from.or(one.from).is_none_or(|from| from.first_day() <= on.day)
                    && joined.to.or(one.to).is_none_or(|to| on.day <= to.last_day())
            })
        }) else {
            continue;
        };
        let name = super::common::mechanism_name(visit, profile);
        let since = joined.from.or(one.from).map(|from| date(visit, from));
        rows.push(vec![
            english(visit, &one.title),
            link(visit, &format!("/mechanisms/{}", profile.id), name),
            since.unwrap_or_default().into(),
            body.cell("", &one.provenance),
        ]);
    }
    if rows.is_empty() {
        return;
    }
    body.heading("mechanism-activities");
    let heads = ["mechanism-about", "mechanism-name", "mechanism-since", "register-source"];
    body.table("activities", "mechanism-activities", &heads, rows);
}

fn mechanisms(
    body: &mut Body<'_>,
    now: &MechanismRegister,
    (belongs, code): (&[MembershipOf], &str),
    on: &On,
) {
    let visit = body.visit;
    body.heading("state-mechanisms");
    if belongs.is_empty() {
        body.say("state-no-mechanism");
    }
    let rows = belongs.iter().map(|one| {
        let profile = now.get(one.id.as_str());
        let since = match (one.from, one.dates) {
            (Some(from), Dates::Known) => date(visit, from),
            _ => visit.text("timeline-undated"),
        };
        let sources = profile.map(|profile| now.sources_of(profile, code, on.day));
        let source = super::members::sources(body, &sources.unwrap_or_default());
        let href = format!("/mechanisms/{}{}", one.id, on.query());
        let name = profile.map_or_else(
            || one.name.clone(),
            |profile| super::common::mechanism_name(visit, profile),
        );
        vec![
            link(visit, &href, name),
            word(visit, "member", one.status.code()).into(),
            since.into(),
            one.to.map(|to| date(visit, to)).unwrap_or_default().into(),
            source,
        ]
    });
    let rows = rows.collect();
    let heads = [
        "mechanism-name",
        "mechanism-status",
        "mechanism-since",
        "mechanism-until",
        "register-source",
    ];
    body.table("mechanisms", "state-mechanisms", &heads, rows);
}

fn bound_by(body: &mut Body<'_>, adherence: &[Adherence], on: &On) {
    let visit = body.visit;
    body.heading("state-bound-by");
    body.say("adherence-note");
    if adherence.is_empty() {
        body.say("adherence-nothing-stored");
    }
    let rows = adherence.iter().map(|one| {
        let (status, since) = standing(visit, one, on.day);
        let found = visit.web.app().registers.instruments.get(one.instrument.as_str());
        let in_force = found
            .and_then(|found| one.in_force_from(on.day, &found.party_rule()))
            .map(|from| day(visit, from));
        let counts = one.bound_on(on.day).or_else(|| one.signed_by(on.day));
        let told = counts.map(|act| one.source_of(act));
        let (source, as_of) = told.unwrap_or((one.source.as_str(), one.as_of));
        let source = format!("{source}, {}", date(visit, as_of));
        vec![
            instrument_link(visit, one.instrument.as_str()),
            status.into(),
            since.into(),
            in_force.unwrap_or_default().into(),
            Content::Html(format!("<span class=\"p-src\">{}</span>", english(visit, &source))),
        ]
    });
    let rows = rows.collect();
    let heads = [
        "nav-instruments",
        "adherence-act",
        "adherence-date",
        "adherence-in-force",
        "register-source",
    ];
    body.table("bound-by", "state-bound-by", &heads, rows);
}

/// What a State's acts amount to on a day: the word, and the date of the act.
pub(super) fn standing(visit: &Visit, one: &Adherence, on: Day) -> (String, String) {
    if let Some(bound) = one.bound_on(on) {
        return (word(visit, "act", bound.act.code()), day(visit, bound.date));
    }
    let left = one
        .acts
        .iter()
        .filter(|act| act.act.code() == "withdrawal")
        .map(|act| act.until.unwrap_or(act.date))
        .filter(|left| *left <= on)
        .max();
    if let Some(left) = left {
        return (word(visit, "act", "withdrawal"), day(visit, left));
    }
    match one.signed_by(on) {
        Some(signed) => (visit.text("instrument-signatories"), day(visit, signed.date)),
        None => (visit.text("adherence-neither"), String::new()),
    }
}

/// A day as years with a fraction.
pub(super) fn in_years(on: Day) -> f64 {
    let date = on.date();
    f64::from(date.year()) + (f64::from(date.ordinal()) - 1.0) / 365.25
}

/// Axis marks between two years, about six of them.
pub(super) fn ticks(visit: &Visit, from: f64, to: f64) -> Vec<(f64, String)> {
    let step = [1, 2, 5, 10, 20, 50, 100]
        .into_iter()
        .find(|step| (to - from) / f64::from(*step) <= 6.0)
        .unwrap_or(100);
    let first = (from / f64::from(step)).ceil() as i32;
    let last = (to / f64::from(step)).floor() as i32;
    (first..=last).map(|n| n * step).map(|at| (f64::from(at), year(visit, at))).collect()
}

fn timeline(body: &mut Body<'_>, belongs: &[MembershipOf], adherence: &[Adherence], on: Day) {
    let visit = body.visit;
    let now = in_years(on);
    let mut rows: Vec<(f64, SpanRow)> = Vec::new();
    let mut table = Table::new(
        visit.text("timeline-title"),
        [
            visit.text("agreement-title"),
            visit.text("mechanism-since"),
            visit.text("mechanism-until"),
        ],
    );
    for one in belongs {
        let Some(from) = one.from else { continue };
        let since = in_years(from.first_day());
        let label = one.id.to_string();
        table.push([
            label.clone(),
            date(visit, from),
            one.to.map(|to| date(visit, to)).unwrap_or_default(),
        ]);
        let to = one.to.map(|to| in_years(to.last_day()));
        let text = year(visit, from.first_day().date().year());
        let span = Span { from: since, to, class: 1, text, open: one.dates == Dates::Unknown };
        rows.push((since, SpanRow { label, spans: vec![span] }));
    }
    for one in adherence {
        let Some(bound) = one.bound_on(on) else { continue };
        let since = in_years(bound.date);
        let found = visit.web.app().registers.instruments.get(one.instrument.as_str());
        let label =
            found.map_or_else(|| one.instrument.to_string(), |found| instrument_name(visit, found));
        table.push([label.clone(), day(visit, bound.date), String::new()]);
        let text = year(visit, bound.date.date().year());
        let span = Span { from: since, to: None, class: 2, text, open: false };
        rows.push((since, SpanRow { label, spans: vec![span] }));
    }
    if rows.is_empty() {
        return;
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let from = rows.first().map_or(now, |first| first.0).floor();
    let id = "timeline";
    let spans = Spans {
        labelled_by: Figure::title_id(id),
        from,
        to: now.ceil(),
        ticks: ticks(visit, from, now.ceil()),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        legend: vec![(1, visit.text("state-mechanisms")), (2, visit.text("state-bound-by"))],
        rtl: visit.language.direction() == Direction::Rtl,
    };
    let title = visit.text("timeline-title");
    let figure = Figure::new(&body.words, id, title, Content::html(&spans), table);
    body.push(figure);
}

fn agreed(body: &mut Body<'_>, agreements: &[Agreement]) {
    let visit = body.visit;
    if agreements.is_empty() {
        return;
    }
    body.heading("state-agreements");
    let rows = agreements.iter().map(|one| {
        vec![
            super::agreements::title_link(visit, one),
            super::agreements::parties(visit, one),
            word(visit, "agreement-status", one.status.code()).into(),
            Content::Html(body.source(&one.provenance).to_string()),
        ]
    });
    let rows = rows.collect();
    let heads = ["agreement-title", "agreement-parties", "agreement-status", "register-source"];
    body.table("agreements", "state-agreements", &heads, rows);
}

fn law(body: &mut Body<'_>, laws: &[LawEntry], code: &str) {
    let visit = body.visit;
    body.heading("state-law");
    if laws.is_empty() {
        body.say("law-nothing-entered");
    }
    let rows = laws.iter().map(|one| {
        vec![
            word(visit, "topic", one.topic.code()).into(),
            word(visit, "answer", one.provided.code()).into(),
            super::laws::place(one),
            body.cell("", &one.provenance),
        ]
    });
    let rows = rows.collect();
    let heads = ["law-topic", "law-answer", "law-article", "register-source"];
    body.table("laws", "state-law", &heads, rows);
    let all = link(visit, &format!("/laws?state={code}"), visit.text("law-gap-matrix"));
    body.paragraph(all);
}
