//! Estimates that a named reviewer stood for: how many persons may be on no
//! list, beside how many were detected, and never mixed with them (R183).

use super::{lead, link, list, paragraph};
use crate::{
    components::{Column, Content, DataTable, SummaryList},
    pages::Answer,
    shell::{asked::Asked, failure::Failure, route::Routes, visit::Visit},
};
use palermo_app::{
    access::Action,
    domain::{knowledge::research::Estimate, register::state::StateCode},
    knowledge::estimates::{self, PublicMethod},
    locale::Language,
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/figures/estimates", Action::PublicRead, show)
}

async fn show(visit: Visit) -> Answer {
    let mut asked = Asked::of(&visit);
    let register = &visit.web.app().registers.states;
    let mut all = estimates::public(&visit.web.app().store).await?;
    let state = asked.read("state", "field-state", |code| {
        let code = code.to_uppercase();
        let known = code.parse::<StateCode>().is_ok_and(|one| register.get(one).is_some());
        (known || all.iter().any(|one| one.entry.state == code)).then_some(code)
    });
    all.retain(|one| state.as_ref().is_none_or(|state| one.entry.state == *state));
    let mut html = lead(&visit, "pub-estimates-lead");
    html.push_str(&paragraph(visit.text("pub-estimates-not-detected")));
    html.push_str(&asked.told());
    if all.is_empty() {
        html.push_str(&paragraph(visit.text("pub-estimates-none")));
    }
    for one in &all {
        html.push_str(&estimate(&visit, &one.id.to_string(), &one.entry));
    }
    Ok(visit.page(&visit.text("pub-estimates-title")).back("/figures").html(&html))
}

/// The estimates of a State, as a link; nothing if there is none.
pub(super) async fn of_state(visit: &Visit, code: &str) -> Result<String, Failure> {
    let all = estimates::public(&visit.web.app().store).await?;
    if !all.iter().any(|one| one.entry.state == code) {
        return Ok(String::new());
    }
    let path = super::address("/figures/estimates", &[("state", code)]);
    Ok(paragraph(link(visit, &path, visit.text("pub-estimates-title"))))
}

/// A method in words; its code where the program has no words for it.
pub(in crate::pages) fn method_name(visit: &Visit, code: &str) -> Content {
    let id = format!("estimate-by-{code}");
    let known = code.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-');
    if known && visit.web.app().catalogue.has(Language::En, &id) {
        return visit.text(&id).into();
    }
    Content::Html(format!("<bdi lang=\"en\">{}</bdi>", Content::from(code)))
}

/// One estimate: several methods side by side, what they take for granted, and
/// who stands for it.
fn estimate(visit: &Visit, id: &str, one: &Estimate) -> String {
    let bdi = |text: &str| Content::Html(format!("<bdi>{}</bdi>", Content::from(text)));
    let english =
        |text: &str| Content::Html(format!("<bdi lang=\"en\">{}</bdi>", Content::from(text)));
    let whole = |number: u64| visit.whole(usize::try_from(number).unwrap_or(usize::MAX));
    let found = estimates::told(one);
    let heads = [
        Column::new(visit.text("estimate-method")),
        Column::new(visit.text("pub-estimates-detected")).numeric(),
        Column::new(visit.text("estimate-all")).numeric(),
        Column::new(visit.text("estimate-interval")).numeric(),
    ];
    let mut table =
        DataTable::new(format!("estimate-{id}"), visit.text("estimate-found"), heads).dense();
    for method in &found.methods {
        let PublicMethod { name, detected, estimate, interval } = method;
        let between = interval.map_or_else(
            || visit.text("estimate-no-interval"),
            |(lower, upper)| format!("\u{2066}{} – {}\u{2069}", whole(lower), whole(upper)),
        );
        table.push([
            method_name(visit, name),
            format!("\u{2066}{} – {}\u{2069}", whole(detected.0), whole(detected.1)).into(),
            estimate.map_or_else(|| visit.text("estimate-none"), whole).into(),
            between.into(),
        ]);
    }
    let mut about = SummaryList::new()
        .row(visit.text("state-name"), visit.state(&one.state))
        .row(visit.text("release-period"), one.period.as_str())
        .row(visit.text("estimate-lists"), bdi(&one.lists))
        .row(visit.text("estimate-assumptions"), bdi(&one.assumptions));
    if let Some(review) = &one.review {
        about = about
            .row(visit.text("estimate-reviewer"), bdi(&review.named))
            .row(visit.text("estimate-review"), bdi(&review.words));
    }
    if let Some(day) = one.issued {
        about = about.row(visit.text("release-issued"), visit.date(day.date()));
    }
    let spread = found.spread.map(|(low, high)| {
        paragraph(visit.format(
            "pub-estimates-spread",
            &[("low", whole(low).into()), ("high", whole(high).into())],
        ))
    });
    let spread = spread.unwrap_or_default();
    let part = |title: &str, said: &[String]| {
        if said.is_empty() {
            return String::new();
        }
        format!(
            "<h3 class=\"govuk-heading-s\">{}</h3>{}",
            Content::from(visit.text(title)),
            list(said.iter().map(|one| match estimates::taken_by(one) {
                Some(code) => Content::from(visit.text(&format!("estimate-takes-{code}"))),
                None => english(one),
            }))
        )
    };
    format!(
        "<h2 class=\"govuk-heading-m\" id=\"{id}\"><bdi>{}</bdi></h2>{table}{spread}{about}{}",
        Content::from(one.title.as_str()),
        part("estimate-taken", &found.taken),
    )
}
