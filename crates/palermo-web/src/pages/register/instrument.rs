//! One instrument: what it says, what it leaves out, who joined it by a day,
//! and which members of a mechanism did not.

use super::{
    common::{
        Body, On, date, day, english, instrument_link, instrument_name, link, lookup,
        mechanism_choice, mechanism_link, on, panel, refused, state_link, word, year,
    },
    profile,
    states::{in_years, standing, ticks},
};
use crate::{
    components::{Content, Definitions, FilterPanel, Known, Table},
    figures::{Figure, Span, SpanRow, Spans},
    pages::Answer,
    shell::{asked::Asked, failure::Failure, listing::List, visit::Visit},
};
use axum::extract::Path;
use palermo_app::{
    Refused,
    domain::register::{
        adherence::{self, Act, Adherence},
        fact::Answer as Said,
        instrument::{Flag, Instrument, InstrumentRegister, ScopeItem},
        provenance::PartialDate,
        ratification::RatificationReport,
        recorded::RecordedFact,
        statement::{About, RegisterStatement},
    },
    locale::Direction,
    register::{ask::AskRefused, list_parties::PartiesReport},
};
use std::collections::BTreeMap;

/// Parties drawn one by one, at most; of more only the table by year is shown.
const LONGEST_TIMELINE: usize = 40;

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let app = visit.web.app();
    let ask = lookup(&visit);
    let now = ask.instruments_now().await.map_err(refused)?;
    let found = now.get(&id).ok_or(Failure(Refused::NotFound))?;
    let recorded = ask.recorded_about(&id).await.map_err(refused)?;
    let on = on(&visit);
    let all = ask.adherence(&found.id).await.map_err(refused)?;
    let added = ask.statements(About::Instrument, &id).await.map_err(refused)?;
    let reports = ask.obstacles(Some(&found.id)).await.map_err(refused)?;
    let named = recommended(&visit, found).await?;
    let before = lead(&visit, found, &added, &recorded);
    let everything = ask.recorded().await.map_err(refused)?;
    let all_recorded: Vec<RecordedFact> = everything.into_iter().map(|one| one.recorded).collect();
    let mut related = Body::new(&visit);
    relations(&mut related, &now, found, &all_recorded);
    let related = related.plain();
    let after = rest(&visit, found, (&all, &reports), &related, (&on, &named));
    let title = instrument_name(&visit, found);
    let mut asked = Asked::of(&visit);
    let known = |id: &str| app.content.mechanisms().get(id);
    let of = asked.read("missing", "instrument-missing-of", known);
    let wanted = of.map(|profile| profile.id.to_string()).unwrap_or_default();
    let form = format!("{}{}", form(&visit, &on, &wanted), asked.told());
    let page = |html: String| {
        visit.page(&title).back("/instruments").html(&format!("{before}{html}{after}"))
    };
    if let Some(profile) = of {
        // Where no member is known on that day, nobody can be missing, which is
        // not the same as everyone being a party.
        let known = match ask.members(profile, on.day).await {
            Ok(members) => !members.is_empty(),
            Err(AskRefused::NoMembers(_)) => false,
            Err(other) => return Err(refused(other)),
        };
        let missing = if known {
            ask.missing(&id, on.day, &wanted).await.map_err(refused)?.missing
        } else {
            Vec::new()
        };
        let nobody = if known { "instrument-nobody-missing" } else { "instrument-no-members-then" };
        let rows = missing.iter().map(|code| absent(&visit, code.as_str(), &all, &reports, &on));
        let list = missing_list(&visit, rows.collect()).when_empty(visit.text(nobody));
        let head = missing_head(&visit, &wanted, &on, all.is_empty());
        return Ok(list.answer(|table| page(format!("{head}{form}{table}")))?);
    }
    let report = ask.parties(&id, on.day, visit.language.code()).await.map_err(refused)?;
    let head = parties_head(&visit, &report, &all, &on);
    let list = parties_list(&visit, report);
    Ok(list.answer(|table| page(format!("{head}{form}{table}")))?)
}

fn form(visit: &Visit, on: &On, missing: &str) -> FilterPanel {
    panel(visit, on).field(mechanism_choice(visit, "missing", "instrument-missing-of", missing))
}

fn lead(
    visit: &Visit,
    found: &Instrument,
    added: &[RegisterStatement],
    recorded: &[RecordedFact],
) -> String {
    let mut body = Body::new(visit);
    let dates = |all| body.statements(all, |one| Content::from(date(visit, *one)));
    let kind = word(visit, "instrument-kind", found.kind.code());
    let mut terms = Definitions::new()
        .row(
            visit.text("instrument-title"),
            body.statements(&found.title, |title| english(visit, title)),
        )
        .row(visit.text("instrument-kind"), Known::fact(kind))
        .row(
            visit.text("instrument-binding"),
            Known::fact(word(visit, "answer", found.binding.code())),
        )
        .row(visit.text("instrument-adopted"), dates(&found.adopted));
    if !found.opened.is_empty() {
        terms = terms.row(visit.text("instrument-opened"), dates(&found.opened));
    }
    terms = terms.row(visit.text("instrument-in-force"), dates(&found.in_force));
    if !found.ended.is_empty() {
        terms = terms.row(visit.text("mechanism-until"), dates(&found.ended));
    }
    if let Some(depositary) = &found.depositary {
        let value = Known::fact(english(visit, depositary));
        terms = terms.row(visit.text("instrument-depositary"), value);
    }
    if let Some(mechanism) = &found.mechanism {
        let value = Known::fact(mechanism_link(visit, mechanism));
        terms = terms.row(visit.text("instrument-mechanism"), value);
    }
    let definition = flag(&body, &found.palermo_definition);
    terms = terms.row(visit.text("instrument-definition"), definition);
    body.terms(terms);
    scope(&mut body, found, recorded);
    if !added.is_empty() {
        body.heading("register-conflict");
        let all: Vec<&RegisterStatement> = added.iter().collect();
        profile::editors(&mut body, &all, &|body, field| own_value(body, found, field));
    }
    body.plain()
}

/// What the entry itself says about a field editors may speak of, with its source.
fn own_value(body: &Body<'_>, found: &Instrument, field: &str) -> Option<Content> {
    let visit = body.visit;
    let dates = match field {
        "title" => {
            let said = found.title.settled()?;
            return Some(body.cell(english(visit, &said.value), &said.provenance));
        }
        "depositary" => return found.depositary.as_ref().map(|one| english(visit, one)),
        "adopted" => &found.adopted,
        "opened" => &found.opened,
        "in_force" => &found.in_force,
        _ => return None,
    };
    let said = dates.settled()?;
    Some(body.cell(date(visit, said.value), &said.provenance))
}

/// An answer with its reason and source.
pub(super) fn flag(body: &Body<'_>, flag: &Flag) -> Known {
    let visit = body.visit;
    let answer = Content::from(word(visit, "answer", flag.answer.code()));
    let why = flag.why.as_deref().map(|why| format!(": {}", english(visit, why)));
    let value = Content::Html(format!("{answer}{}", why.unwrap_or_default()));
    match (&flag.provenance, flag.answer) {
        (Some(provenance), _) => body.fact(value, provenance),
        (None, Said::Unknown) => body.unknown(flag.why.as_deref().unwrap_or_default()),
        (None, _) => Known::fact(value),
    }
}

/// What it covers, item by item, each with its source.
fn scope(body: &mut Body<'_>, found: &Instrument, recorded: &[RecordedFact]) {
    let visit = body.visit;
    body.heading("instrument-scope-gaps");
    let gaps = super::instruments::gaps(found);
    let words = if gaps.is_empty() {
        visit.text("instrument-no-gap-known")
    } else {
        super::instruments::gap_words(visit, &gaps)
    };
    body.paragraph(words);
    let shipped = visit.web.app().registers.instruments.get(found.id.as_str());
    let mut terms = Definitions::new();
    for item in ScopeItem::ALL {
        let term = word(visit, "scope-gap", item.code());
        let said = shipped.and_then(|shipped| shipped.scope.get(item));
        terms = terms.row(term, super::recorded::scope(body, said, *item, recorded));
    }
    let details = terms.to_string();
    body.details(visit.text("instrument-covers"), details);
}

fn parties_head(visit: &Visit, report: &PartiesReport, all: &[Adherence], on: &On) -> String {
    let mut body = Body::new(visit);
    let shown = day(visit, on.day);
    let title = visit.format("instrument-parties-on", &[("date", shown.into())]);
    body.push(format!(
        "<h2 class=\"govuk-heading-m\" id=\"parties\">{}: {}</h2>",
        Content::from(title),
        Content::from(visit.whole(report.count))
    ));
    if all.is_empty() {
        body.say("adherence-nothing-stored");
    } else {
        body.say("adherence-note");
    }
    let signed = adherence::signatories_on(&report.instrument, on.day, all);
    if !signed.is_empty() {
        let names = signed.iter().map(|(code, at)| {
            let state = state_link(visit, code.as_str());
            Content::Html(format!("{state} ({})", Content::from(day(visit, *at))))
        });
        let names = super::common::joined(names).to_string();
        let count = visit.whole(signed.len());
        let summary = format!("{}: {count}", visit.text("instrument-signatories"));
        body.details(summary, format!("<p class=\"govuk-body\">{names}</p>"));
    }
    body.plain()
}

fn parties_list(
    visit: &Visit,
    report: PartiesReport,
) -> List<'_, palermo_app::register::list_parties::PartyShown> {
    let mut parties = report.parties;
    parties.sort_by(|a, b| visit.compare(&a.name, &b.name));
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let mut acts: Vec<Act> = parties.iter().map(|one| one.act).collect();
    acts.sort_unstable();
    acts.dedup();
    let acts = acts.iter().map(|act| (act.code().to_owned(), word(visit, "act", act.code())));
    let acts: Vec<(String, String)> = acts.collect();
    List::new(visit, "parties", &visit.text("instrument-parties"), parties)
        .column(
            "party",
            "adherence-party",
            |row| row.name.clone(),
            move |row| state_link(&a, row.party.as_str()),
        )
        .text("code", "state-code", |row| row.party.to_string())
        .text("act", "adherence-act", move |row| word(&b, "act", row.act.code()))
        .column(
            "date",
            "adherence-bound",
            |row| row.date.to_string(),
            move |row| day(&c, row.date).into(),
        )
        .column(
            "in-force",
            "adherence-in-force",
            |row| row.entry_into_force.map(|on| on.to_string()).unwrap_or_default(),
            move |row| row.entry_into_force.map(|on| day(&d, on)).unwrap_or_default().into(),
        )
        .filter("act", "adherence-act", acts, |row, wanted| row.act.code() == wanted)
        .keep("on")
        .unsearched()
}

/// A member that is no party.
struct Absent {
    code: String,
    name: String,
    standing: String,
    since: String,
    obstacle: String,
}

fn absent(
    visit: &Visit,
    code: &str,
    all: &[Adherence],
    reports: &[RatificationReport],
    on: &On,
) -> Absent {
    let own = all.iter().find(|one| one.party.as_str() == code);
    let (standing, since) = own.map_or_else(
        || (visit.text("adherence-neither"), String::new()),
        |one| standing(visit, one, on.day),
    );
    let last = reports
        .iter()
        .rev()
        .find(|report| report.state.as_str() == code && report.reported <= on.day);
    let obstacle = last.map(|report| reported(visit, report)).unwrap_or_default();
    Absent { code: code.to_owned(), name: visit.state(code), standing, since, obstacle }
}

/// Stage and obstacles of a report in words.
pub(super) fn reported(visit: &Visit, report: &RatificationReport) -> String {
    let stage = report.stage.map(|stage| word(visit, "stage", stage.code()));
    let kinds = report.obstacles.iter().map(|kind| word(visit, "obstacle", kind.code()));
    stage.into_iter().chain(kinds).collect::<Vec<_>>().join(" · ")
}

fn missing_head(visit: &Visit, wanted: &str, on: &On, untold: bool) -> String {
    let mut body = Body::new(visit);
    body.heading("instrument-missing");
    let name = mechanism_link(visit, wanted);
    let shown = Content::from(day(visit, on.day));
    body.paragraph(Content::Html(format!("{name} · {shown}")));
    if untold {
        body.say("adherence-nothing-stored");
    }
    body.plain()
}

fn missing_list(visit: &Visit, rows: Vec<Absent>) -> List<'_, Absent> {
    let a = visit.clone();
    List::new(visit, "missing", &visit.text("instrument-missing"), rows)
        .column("state", "state-name", |row| row.name.clone(), move |row| state_link(&a, &row.code))
        .text("code", "state-code", |row| row.code.clone())
        .text("standing", "mechanism-status", |row| row.standing.clone())
        .text("since", "adherence-date", |row| row.since.clone())
        .text("obstacle", "obstacle-title", |row| row.obstacle.clone())
        .keep("on")
        .keep("missing")
        .unsearched()
}

fn rest(
    visit: &Visit,
    found: &Instrument,
    (all, reports): (&[Adherence], &[RatificationReport]),
    related: &str,
    (on, named): (&On, &[Content]),
) -> String {
    let mut body = Body::new(visit);
    timeline(&mut body, found, all, on);
    reservations(&mut body, all, on);
    obstacles(&mut body, reports);
    body.push(related);
    provisions(&mut body, found);
    if !named.is_empty() {
        body.heading("plan-recommendations");
        body.paragraph(super::common::joined(named.iter().cloned()));
    }
    super::editors::on_instrument(&mut body, found.id.as_str());
    body.finish()
}

/// How many joined, year by year, up to the day of the page.
fn timeline(body: &mut Body<'_>, found: &Instrument, all: &[Adherence], on: &On) {
    let visit = body.visit;
    let events = adherence::timeline(&found.id, all);
    let mut by_year: BTreeMap<i32, (usize, usize)> = BTreeMap::new();
    for event in events.iter().filter(|event| event.date <= on.day) {
        let slot = by_year.entry(event.date.date().year()).or_default();
        slot.0 += usize::from(event.act.binds());
        slot.1 = event.parties;
    }
    let (Some((first, _)), false) = (by_year.first_key_value(), by_year.len() < 2) else { return };
    let from = f64::from(*first);
    let to = in_years(on.day).ceil();
    let mut table = Table::new(
        visit.text("timeline-title"),
        [
            visit.text("timeline-year"),
            visit.text("timeline-joining"),
            visit.text("instrument-parties"),
        ],
    );
    for (at, (joining, parties)) in &by_year {
        table.push([year(visit, *at), visit.whole(*joining), visit.whole(*parties)]);
    }
    let id = "joining";
    let drawing = joining(body, id, all, on, from, to);
    let figure = Figure::new(&body.words, id, visit.text("timeline-title"), drawing, table);
    body.push(figure);
}

/// The first to join, one row each, while they are few enough to be told apart.
fn joining(body: &Body<'_>, id: &str, all: &[Adherence], on: &On, from: f64, to: f64) -> Content {
    let visit = body.visit;
    let mut rows: Vec<(f64, SpanRow)> = all
        .iter()
        .filter_map(|one| {
            let bound = one.bound_on(on.day)?;
            let since = in_years(bound.date);
            let signed = one.signed_by(on.day).map(|act| in_years(act.date));
            let mut spans = Vec::new();
            if let Some(signed) = signed.filter(|signed| *signed < since) {
                let text = String::new();
                spans.push(Span { from: signed, to: Some(since), class: 4, text, open: false });
            }
            let text = year(visit, bound.date.date().year());
            spans.push(Span { from: since, to: None, class: 2, text, open: false });
            Some((since, SpanRow { label: visit.state(one.party.as_str()), spans }))
        })
        .collect();
    if rows.len() > LONGEST_TIMELINE {
        return Content::default();
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let spans = Spans {
        labelled_by: Figure::title_id(id),
        from,
        to,
        ticks: ticks(visit, from, to),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        legend: vec![(4, visit.text("map-signed")), (2, visit.text("map-party"))],
        rtl: visit.language.direction() == Direction::Rtl,
    };
    Content::html(&spans)
}

/// Where an act was read, and up to when that source speaks.
pub(super) fn sourced(visit: &Visit, (source, as_of): (&str, PartialDate)) -> Content {
    let words = format!("{source}, {}", date(visit, as_of));
    Content::Html(format!("<span class=\"p-src\">{}</span>", english(visit, &words)))
}

fn reservations(body: &mut Body<'_>, all: &[Adherence], on: &On) {
    let visit = body.visit;
    let rows: Vec<Vec<Content>> = all
        .iter()
        .flat_map(|one| one.reservations_on(on.day).map(move |act| (one, act)))
        .map(|(one, act)| {
            vec![
                state_link(visit, one.party.as_str()),
                word(visit, "act", act.act.code()).into(),
                day(visit, act.date).into(),
                act.detail.as_deref().map(|text| english(visit, text)).unwrap_or_default(),
                sourced(visit, one.source_of(act)),
            ]
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    body.heading("adherence-reservations");
    let heads = [
        "adherence-party",
        "adherence-act",
        "adherence-date",
        "mechanism-about",
        "register-source",
    ];
    body.table("reservations", "adherence-reservations", &heads, rows);
}

fn obstacles(body: &mut Body<'_>, reports: &[RatificationReport]) {
    if reports.is_empty() {
        return;
    }
    let visit = body.visit;
    body.heading("state-obstacles");
    let rows =
        reports.iter().rev().map(|report| {
            let mut words: Vec<Content> = Vec::new();
            words.extend(report.words.as_deref().map(Content::from));
            words.extend(report.help_wanted.as_deref().map(|help| {
                Content::from(format!("{}: {help}", visit.text("obstacle-help-wanted")))
            }));
            vec![
                state_link(visit, report.state.as_str()),
                reported(visit, report).into(),
                super::common::joined(words),
                Content::Html(format!(
                    "{} <span class=\"p-src\">{}</span>",
                    Content::from(day(visit, report.reported)),
                    Content::from(&report.source)
                )),
            ]
        });
    let rows = rows.collect();
    let heads = ["state-name", "obstacle-title", "mechanism-about", "register-source"];
    body.table("obstacles", "state-obstacles", &heads, rows);
}

/// How it stands to others, each with every source that says so.
fn relations(
    body: &mut Body<'_>,
    register: &InstrumentRegister,
    found: &Instrument,
    recorded: &[RecordedFact],
) {
    let visit = body.visit;
    let related = register.related(&found.id);
    if related.is_empty() {
        return;
    }
    body.heading("instrument-relations");
    let rows = related.into_iter().map(|(kind, other)| {
        let shipped = &visit.web.app().registers.instruments;
        let own = shipped
            .get(found.id.as_str())
            .and_then(|own| own.relations.iter().find(|r| r.to == *other && r.kind.code() == kind));
        let back = shipped.get(other.as_str()).and_then(|other| {
            other.relations.iter().find(|r| r.to == found.id && r.kind.inverse() == kind)
        });
        let source = own.or(back).map(|relation| body.cell("", &relation.provenance));
        let beside =
            super::recorded::relation_sources(body, found, (kind, other.as_str()), recorded);
        vec![
            word(visit, "instrument-relation", kind).into(),
            instrument_link(visit, other.as_str()),
            super::common::joined(source.into_iter().chain(beside)),
        ]
    });
    let rows = rows.collect();
    let heads = ["mechanism-about", "instrument-title", "register-source"];
    body.table("relations", "instrument-relations", &heads, rows);
}

/// Recommendations that name a provision of the instrument, as this reader may see them
/// (R061).
async fn recommended(visit: &Visit, found: &Instrument) -> Result<Vec<Content>, Refused> {
    let acting = visit.acting();
    let mut all = palermo_app::review::recommendations(visit.web.app()).await?;
    all.retain(|one| {
        let mut named = one.recommendation.provisions.iter().filter_map(|id| id.split_once(':'));
        let names = named.any(|(instrument, _)| instrument.trim() == found.id.as_str());
        names && palermo_app::review::reads(&acting, one)
    });
    let shown = all.iter().map(|one| {
        let r = &one.recommendation;
        let door = link(visit, &format!("/recommendations/{}", r.id), r.id.as_str());
        let provisions = Content::from(r.provisions.join(", "));
        Content::Html(format!("{door} <span class=\"p-src\"><bdi>{provisions}</bdi></span>"))
    });
    Ok(shown.collect())
}

fn provisions(body: &mut Body<'_>, found: &Instrument) {
    if found.provisions.is_empty() {
        return;
    }
    let visit = body.visit;
    body.heading("instrument-provisions");
    let rows = found.provisions.iter().map(|one| {
        let topics: Vec<String> =
            one.topics.iter().map(|topic| word(visit, "topic", topic.code())).collect();
        vec![
            Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.article))),
            english(visit, &one.label),
            topics.join(" · ").into(),
        ]
    });
    let rows = rows.collect();
    let heads = ["law-article", "instrument-provision", "instrument-topic"];
    body.table("provisions", "instrument-provisions", &heads, rows);
    let laws = link(visit, "/laws", visit.text("law-gap-matrix"));
    body.paragraph(laws);
}
