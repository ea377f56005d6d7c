//! Model texts and who used them.

use super::common::{
    Body, date, english, joined, lookup, mechanism_link, refused, state_link, word,
};
use crate::{
    components::{Content, Definitions, Known},
    pages::Answer,
    shell::{listing::List, route::Routes, visit::Visit},
};
use axum::extract::Path;
use palermo_app::{
    Refused,
    access::Action,
    domain::register::{
        model_text::{AdoptionReport, ModelKind, ModelText, StatedCount},
        statement::About,
    },
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/models", Action::PublicRead, list).page(
        "/models/{id}",
        Action::PublicRead,
        show,
    )
}

fn title(one: &ModelText) -> String {
    one.title.settled().map_or_else(|| one.key.clone(), |title| title.value.clone())
}

/// What a source says of how many States used it, without naming them.
fn stated(visit: &Visit, one: &StatedCount) -> String {
    let count = one.states as usize;
    let said = visit.format(
        "model-text-used-by",
        &[("count", count.into()), ("shown", visit.whole(count).into())],
    );
    let when = match (one.years_after, one.on) {
        (Some(years), _) => {
            let years = years as usize;
            let values = [("count", years.into()), ("shown", visit.whole(years).into())];
            Some(visit.format("model-text-years-after", &values))
        }
        (None, Some(on)) => Some(date(visit, on)),
        (None, None) => None,
    };
    when.map_or_else(|| said.clone(), |when| format!("{said}, {when}"))
}

/// How many of the States named had used it some years after its introduction.
fn counted(visit: &Visit, (years, report): &(u16, AdoptionReport)) -> String {
    let count = report.count;
    let said = visit.format(
        "model-text-used-by",
        &[("count", count.into()), ("shown", visit.whole(count).into())],
    );
    let years = usize::from(*years);
    let values = [("count", years.into()), ("shown", visit.whole(years).into())];
    let when = visit.format("model-text-years-after", &values);
    visit.format("model-text-counted", &[("said", format!("{said}, {when}").into())])
}

/// How many States used it: those named, and numbers that sources give.
fn uses(visit: &Visit, one: &ModelText) -> String {
    let mut parts: Vec<String> = one.stated.iter().map(|count| stated(visit, count)).collect();
    if !one.adoptions.is_empty() {
        let today = palermo_app::domain::register::day::Day::from(visit.acting().now().date());
        let named = one.used_by(today).count;
        let values = [("count", named.into()), ("shown", visit.whole(named).into())];
        parts.push(visit.format("model-text-named", &values));
        parts.extend(one.used_year_by_year(today).first().map(|first| counted(visit, first)));
    }
    if parts.is_empty() { visit.text("model-text-no-use") } else { parts.join(" · ") }
}

async fn list(visit: Visit) -> Answer {
    let all = lookup(&visit).model_texts().await.map_err(refused)?;
    let kinds = ModelKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), word(&visit, "model-text-kind", kind.code())))
        .collect();
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "models", &visit.text("model-texts-title"), all)
        .column("title", "instrument-title", title, move |one| {
            super::common::link(&a, &format!("/models/{}", one.key), english(&a, &title(one)))
        })
        .text("kind", "mechanism-kind", move |one| word(&b, "model-text-kind", one.kind.code()))
        .column(
            "mechanism",
            "instrument-mechanism",
            |one| one.mechanism.clone(),
            move |one| super::instruments::short_mechanism(&c, &one.mechanism),
        )
        .text("used", "model-text-adapted-by", move |one| uses(&d, one))
        .filter("kind", "mechanism-kind", kinds, |one, wanted| one.kind.code() == wanted);
    let answer = list.answer(|table| visit.page(&visit.text("model-texts-title")).html(&table))?;
    Ok(answer)
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let all = lookup(&visit).model_texts().await.map_err(refused)?;
    let found = all.iter().find(|one| one.key == id).ok_or(Refused::NotFound)?;
    let mut body = Body::new(&visit);
    let kind = word(&visit, "model-text-kind", found.kind.code());
    let mut terms = Definitions::new()
        .row(
            visit.text("instrument-title"),
            body.statements(&found.title, |title| english(&visit, title)),
        )
        .row(visit.text("mechanism-kind"), Known::fact(kind))
        .row(
            visit.text("instrument-mechanism"),
            Known::fact(mechanism_link(&visit, &found.mechanism)),
        )
        .row(
            visit.text("model-text-introduced"),
            body.statements(&found.introduced, |on| Content::from(date(&visit, *on))),
        );
    if !found.authors.is_empty() {
        let authors = joined(found.authors.iter().map(|code| state_link(&visit, code.as_str())));
        terms = terms.row(visit.text("model-text-authors"), Known::fact(authors));
    }
    let today = palermo_app::domain::register::day::Day::from(visit.acting().now().date());
    for one in found.used_year_by_year(today) {
        terms = terms.row(visit.text("model-text-adapted-by"), Known::fact(counted(&visit, &one)));
    }
    for one in &found.stated {
        let known = body.fact(stated(&visit, one), &one.provenance);
        terms = terms.row(visit.text("model-text-adapted-by"), known);
    }
    let topics = found.topics.iter().map(|topic| word(&visit, "topic", topic.code()));
    terms = terms
        .row(visit.text("agreement-topics"), Known::fact(topics.collect::<Vec<_>>().join(" · ")));
    body.terms(terms);
    body.heading("model-text-adapted-by");
    if found.adoptions.is_empty() {
        body.say("model-text-none-named");
    }
    let rows = found.adoptions.iter().map(|one| {
        vec![
            state_link(&visit, one.state.as_str()),
            word(&visit, "model-text-use", one.used.code()).into(),
            date(&visit, one.date).into(),
            one.result.as_deref().map(|text| english(&visit, text)).unwrap_or_default(),
            body.cell("", &one.provenance),
        ]
    });
    let rows = rows.collect();
    let heads =
        ["state-name", "adherence-act", "adherence-date", "model-text-result", "register-source"];
    body.table("uses", "model-text-adapted-by", &heads, rows);
    let said = lookup(&visit).statements(About::ModelText, &id).await.map_err(refused)?;
    super::profile::added(&mut body, &said, &|body, field| {
        super::beside::of_model(body, found, field)
    });
    super::editors::on_model(&mut body, &id);
    let name = title(found);
    let html = body.finish();
    Ok(visit.page(&name).back("/models").html(&html))
}
