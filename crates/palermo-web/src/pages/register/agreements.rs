//! Agreements between States, mechanisms and third countries.

use super::{
    common::{
        Body, On, date, day, english, joined, link, lookup, mechanism_link, on, refused,
        state_link, word,
    },
    instrument::flag,
    mechanisms::state_options,
};
use crate::{
    components::{Content, Definitions, Known, Tag},
    pages::Answer,
    shell::{failure::Failure, listing::List, route::Routes, visit::Visit},
};
use axum::extract::Path;
use palermo_app::{
    Refused,
    access::Action,
    domain::register::{
        agreement::{Agreement, AgreementParty, AgreementStatus, InBudget, Review},
        fact::Answer as Said,
        statement::About,
    },
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/agreements", Action::PublicRead, list).page(
        "/agreements/{id}",
        Action::PublicRead,
        show,
    )
}

/// Its title in words; the short name where sources differ and nobody chose.
pub(super) fn title(one: &Agreement) -> String {
    one.title.settled().map_or_else(|| one.key.clone(), |title| title.value.clone())
}

/// Its title as a link to its page.
pub(super) fn title_link(visit: &Visit, one: &Agreement) -> Content {
    link(visit, &format!("/agreements/{}", one.key), english(visit, &title(one)))
}

/// A party as a link.
fn party(visit: &Visit, party: &AgreementParty) -> Content {
    match party {
        AgreementParty::State(code) => state_link(visit, code.as_str()),
        AgreementParty::Mechanism(id) => mechanism_link(visit, id),
    }
}

/// Its parties as links.
pub(super) fn parties(visit: &Visit, one: &Agreement) -> Content {
    joined(one.parties.iter().map(|one| party(visit, one)))
}

fn party_words(visit: &Visit, one: &Agreement) -> String {
    let words = one.parties.iter().map(|party| match party {
        AgreementParty::State(code) => visit.state(code.as_str()),
        AgreementParty::Mechanism(id) => id.clone(),
    });
    words.collect::<Vec<_>>().join(", ")
}

async fn list(visit: Visit) -> Answer {
    let all = lookup(&visit).agreements().await.map_err(refused)?;
    let states = all.iter().flat_map(|one| one.states().map(|code| code.to_string()));
    let parties_known = state_options(&visit, states.collect::<Vec<_>>());
    let statuses = AgreementStatus::ALL
        .iter()
        .map(|s| (s.code().to_owned(), word(&visit, "agreement-status", s.code())))
        .collect();
    let clauses = [Said::Yes, Said::No, Said::Partly, Said::Unknown]
        .iter()
        .map(|answer| (answer.code().to_owned(), word(&visit, "answer", answer.code())))
        .chain([("none".to_owned(), visit.text("agreement-without-monitoring"))])
        .collect();
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let (e, f, g) = (visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "agreements", &visit.text("agreements-title"), all)
        .column("title", "agreement-title", title, move |one| title_link(&a, one))
        .text("kind", "agreement-kind", move |one| word(&b, "agreement-kind", one.form.code()))
        .column(
            "parties",
            "agreement-parties",
            move |one| party_words(&c, one),
            move |one| parties(&d, one),
        )
        .text("status", "agreement-status", move |one| {
            word(&e, "agreement-status", one.status.code())
        })
        .column(
            "signed",
            "agreement-signed",
            |one| one.signed.settled().map(|s| s.value.to_string()).unwrap_or_default(),
            move |one| one.signed.settled().map(|s| date(&g, s.value)).unwrap_or_default().into(),
        )
        .text("monitoring", "agreement-monitoring", move |one| {
            word(&f, "answer", one.monitoring.answer.code())
        })
        .filter("state", "agreement-parties", parties_known, |one, wanted| {
            one.states().any(|code| code.as_str() == wanted)
        })
        .filter("status", "agreement-status", statuses, |one, wanted| one.status.code() == wanted)
        .filter("monitoring", "agreement-monitoring", clauses, |one, wanted| match wanted {
            "none" => matches!(one.monitoring.answer, Said::No | Said::Unknown),
            wanted => one.monitoring.answer.code() == wanted,
        });
    let intro = Content::from(visit.text("agreements-intro"));
    let new = super::editors::new_agreement(&visit);
    let models = link(&visit, "/models", visit.text("model-texts-title"));
    let answer = list.answer(|table| {
        let html = format!(
            "<p class=\"govuk-body-l\">{intro}</p><p class=\"govuk-body\">{models}</p>{new}{table}"
        );
        visit.page(&visit.text("agreements-title")).html(&html)
    })?;
    Ok(answer)
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let all = lookup(&visit).agreements().await.map_err(refused)?;
    let found = all.iter().find(|one| one.key == id).ok_or(Failure(Refused::NotFound))?;
    let on = on(&visit);
    let mut body = Body::new(&visit);
    particulars(&mut body, found);
    implementation(&mut body, found, &on);
    let said = lookup(&visit).statements(About::Agreement, &id).await.map_err(refused)?;
    super::profile::added(&mut body, &said, &|body, field| {
        super::beside::of_agreement(body, found, field)
    });
    let entered = lookup(&visit).entered_agreement(&id).await.map_err(refused)?;
    super::editors::on_agreement(&mut body, found, entered.map(|one| one.tenant));
    let html = body.finish();
    Ok(visit.page(&title(found)).back("/agreements").html(&html))
}

fn particulars(body: &mut Body<'_>, found: &Agreement) {
    let visit = body.visit;
    let dates = |all| body.statements(all, |one| Content::from(date(visit, *one)));
    let parties = body.fact(parties(visit, found), &found.provenance);
    let status = Tag::new(word(visit, "agreement-status", found.status.code()));
    let mut terms = Definitions::new()
        .row(
            visit.text("agreement-title"),
            body.statements(&found.title, |title| english(visit, title)),
        )
        .row(visit.text("agreement-parties"), parties)
        .row(
            visit.text("agreement-form"),
            Known::fact(word(visit, "agreement-form", found.kind().code())),
        )
        .row(
            visit.text("agreement-kind"),
            Known::fact(word(visit, "agreement-kind", found.form.code())),
        )
        .row(visit.text("agreement-status"), Known::fact(Content::Html(status.to_string())))
        .row(visit.text("agreement-signed"), dates(&found.signed))
        .row(visit.text("instrument-in-force"), dates(&found.in_force));
    if !found.ends.is_empty() {
        terms = terms.row(visit.text("mechanism-until"), dates(&found.ends));
    }
    if let Some(helper) = &found.facilitated_by {
        let value = Known::fact(mechanism_link(visit, helper));
        terms = terms.row(visit.text("agreement-facilitated"), value);
    }
    let topics = found.subject.iter().map(|topic| word(visit, "topic", topic.code()));
    let topics = topics.collect::<Vec<_>>().join(" · ");
    if !topics.is_empty() {
        terms = terms.row(visit.text("agreement-topics"), Known::fact(topics));
    }
    for (id, list) in [("agreement-sops", &found.sops), ("agreement-bodies", &found.bodies)] {
        if !list.is_empty() {
            let value = joined(list.iter().map(|text| english(visit, text)));
            terms = terms.row(visit.text(id), Known::fact(value));
        }
    }
    let monitoring = flag(body, &found.monitoring);
    terms = terms.row(visit.text("agreement-monitoring"), monitoring);
    let needs = match &found.needs_assessment {
        Some(needs) => {
            let value = format!("{} ({})", needs.title, date(visit, needs.finished));
            body.fact(english(visit, &value), &needs.provenance)
        }
        None if found.needs_an_assessment() => Known::fact(visit.text("agreement-needs-missing")),
        None => Known::fact(visit.text("word-none")),
    };
    terms = terms.row(visit.text("agreement-needs"), needs);
    body.terms(terms);
    if let Some(note) = &found.note {
        body.paragraph(english(visit, note));
    }
}

fn review(body: &Body<'_>, review: Option<&Review>, held: bool) -> Known {
    let visit = body.visit;
    match review {
        Some(review) => {
            let when = if held { review.held.unwrap_or(review.due) } else { review.due };
            let outcome = review.outcome.as_deref().map(|text| english(visit, text));
            Known::fact(joined([Some(day(visit, when).into()), outcome].into_iter().flatten()))
        }
        None => body.unknown_untold(),
    }
}

/// What parties say of its place in their budgets, or in mandates.
fn places(body: &Body<'_>, mut terms: Definitions, told: &[InBudget], label: &str) -> Definitions {
    let visit = body.visit;
    for one in told {
        let answer = Content::from(word(visit, "answer", one.answer.code()));
        let line = one.line.as_deref().map(|line| english(visit, line));
        let value =
            joined([Some(party(visit, &one.party)), Some(answer), line].into_iter().flatten());
        let known = match &one.provenance {
            Some(provenance) => body.fact(value, provenance),
            None => Known::fact(value),
        };
        terms = terms.row(visit.text(label), known);
    }
    terms
}

/// Reviews, places in budgets and mandates, what was done, how many cases.
fn implementation(body: &mut Body<'_>, found: &Agreement, on: &On) {
    let visit = body.visit;
    body.heading("agreement-implementation");
    let budget = word(visit, "answer", found.in_national_budget().code());
    let mut terms = Definitions::new()
        .row(visit.text("agreement-last-review"), review(body, found.last_review(on.day), true))
        .row(visit.text("agreement-next-review"), review(body, found.next_review(), false))
        .row(visit.text("agreement-in-budget"), Known::fact(budget));
    terms = places(body, terms, &found.budgets, "agreement-budget-line");
    let mandates = word(visit, "answer", found.in_mandates().code());
    terms = terms.row(visit.text("agreement-in-mandate"), Known::fact(mandates));
    terms = places(body, terms, &found.mandates, "agreement-mandate-text");
    if !found.cases.is_empty() {
        let (opened, closed) = found.cases_handled();
        let values = [
            ("opened", visit.number(opened as f64).into()),
            ("closed", visit.number(closed as f64).into()),
        ];
        let words = visit.format("agreement-cases", &values);
        terms = terms.row(visit.text("agreement-cases-title"), Known::fact(words));
    }
    body.terms(terms);
    let rows = found.activities.iter().map(|one| {
        vec![
            date(visit, one.date).into(),
            word(visit, "agreement-event", one.kind.code()).into(),
            body.cell(english(visit, &one.what), &one.provenance),
        ]
    });
    let rows = rows.collect();
    let heads = ["adherence-date", "agreement-kind", "mechanism-about"];
    body.table("activities", "agreement-implementation", &heads, rows);
}
