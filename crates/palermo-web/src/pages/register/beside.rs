//! What a record itself says about the facts that editors may speak of, each with its
//! source, to stand beside what they added (R015).

use super::{
    agreements,
    common::{Body, date, english, joined, mechanism_kind, state_link, word},
    instrument::flag,
    mechanism::covered,
    members,
    profile::{how_often, language_names},
};
use crate::components::{Button, Content, Known};
use palermo_app::domain::register::{
    agreement::Agreement,
    fact::Statements,
    mechanism::{Coverage, MechanismProfile},
    model_text::ModelText,
    provenance::{Provenance, Stated},
    statement::RegisterStatement,
};

/// What is stated, or why there is none or nobody knows.
fn stated<T>(
    body: &Body<'_>,
    stated: &Stated<T>,
    given: impl FnOnce(&T) -> Option<Content>,
) -> Option<Content> {
    match stated {
        Stated::Given(value) => given(value),
        Stated::None { why, provenance } => Some(body.cell(english(body.visit, why), provenance)),
        Stated::Unknown { why } => {
            let unknown = Content::from(body.words.unknown.clone());
            let why = english(body.visit, why);
            Some(Content::Html(format!("<span class=\"p-unknown\">{unknown}</span> {why}")))
        }
    }
}

/// Each of several with its source, one a line; nothing if there are none.
fn each<'t, T: 't>(
    body: &Body<'_>,
    all: impl IntoIterator<Item = &'t T>,
    said: impl Fn(&'t T) -> (Content, &'t Provenance),
) -> Option<Content> {
    let lines = all.into_iter().map(|one| {
        let (value, provenance) = said(one);
        body.cell(value, provenance).to_string()
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| Content::Html(lines.join("<br>")))
}

fn every<T: PartialEq>(
    body: &Body<'_>,
    all: &Statements<T>,
    show: impl Fn(&T) -> Content,
) -> Option<Content> {
    each(body, all.all(), |one| (show(&one.value), &one.provenance))
}

/// What a mechanism's profile says.
pub(super) fn of_mechanism(
    body: &Body<'_>,
    found: &MechanismProfile,
    field: &str,
) -> Option<Content> {
    let visit = body.visit;
    let coverage = |one: &Coverage| Some(body.cell(covered(visit, &one.values), &one.provenance));
    match field {
        "name" => Some(Content::from(&found.names.en)),
        "kind" => Some(mechanism_kind(visit, &found.kind)),
        "members" => stated(body, &found.membership, |one| {
            Some(body.cell(members::made_up(visit, &one.composition), &one.provenance))
        }),
        "founded" => stated(body, &found.founded, |one| {
            Some(body.cell(date(visit, one.date), &one.provenance))
        }),
        "ended" => {
            found.ended.as_ref().map(|one| body.cell(date(visit, one.date), &one.provenance))
        }
        "secretariat" => stated(body, &found.secretariat, |one| {
            Some(body.cell(english(visit, &one.name), &one.provenance))
        }),
        "languages" => stated(body, &found.languages, |one| {
            Some(body.cell(language_names(&one.values), &one.provenance))
        }),
        "persons" => stated(body, &found.persons, coverage),
        "forms" => stated(body, &found.forms, coverage),
        "bodies" => stated(body, &found.bodies, |all| {
            each(body, all, |one| (english(visit, &one.name), &one.provenance))
        }),
        "cadence" => stated(body, &found.bodies, |all| {
            each(body, all, |one| {
                let name = english(visit, &one.name);
                let often = how_often(body, &one.cadence);
                (Content::Html(format!("{name}: {often}")), &one.provenance)
            })
        }),
        "plan" => stated(body, &found.plans, |all| {
            each(body, all, |one| (english(visit, &one.title), &one.provenance))
        }),
        "duties" => stated(body, &found.duties, |all| {
            each(body, all, |one| {
                let (who, what) = (english(visit, &one.who), english(visit, &one.what));
                (Content::Html(format!("{who}: {what}")), &one.provenance)
            })
        }),
        _ => None,
    }
}

/// What an agreement's entry says.
pub(super) fn of_agreement(body: &Body<'_>, found: &Agreement, field: &str) -> Option<Content> {
    let visit = body.visit;
    let dates = |all| every(body, all, |one| Content::from(date(visit, *one)));
    match field {
        "title" => every(body, &found.title, |title| english(visit, title)),
        "parties" => Some(body.cell(agreements::parties(visit, found), &found.provenance)),
        "status" => {
            let status = word(visit, "agreement-status", found.status.code());
            Some(body.cell(status, &found.provenance))
        }
        "signed" => dates(&found.signed),
        "in_force" => dates(&found.in_force),
        "ends" => dates(&found.ends),
        "monitoring" => match flag(body, &found.monitoring) {
            Known::Fact { value, source } => {
                let source = source.map(|source| source.to_string()).unwrap_or_default();
                Some(Content::Html(format!("{value} {source}")))
            }
            Known::Unknown { word, reason } => {
                let word = Content::from(word);
                Some(Content::Html(format!("<span class=\"p-unknown\">{word}</span> {reason}")))
            }
            Known::Conflict(_) => None,
        },
        _ => None,
    }
}

/// What a model text's entry says.
pub(super) fn of_model(body: &Body<'_>, found: &ModelText, field: &str) -> Option<Content> {
    let visit = body.visit;
    match field {
        "title" => every(body, &found.title, |title| english(visit, title)),
        "introduced" => every(body, &found.introduced, |on| Content::from(date(visit, *on))),
        "authors" if !found.authors.is_empty() => {
            Some(joined(found.authors.iter().map(|code| state_link(visit, code.as_str()))))
        }
        _ => None,
    }
}

/// The ways from a section to what editors added about the same.
pub(super) fn ways(body: &mut Body<'_>, added: &[RegisterStatement], fields: &[&str]) {
    for field in fields {
        if !added.iter().any(|one| one.field == *field) {
            continue;
        }
        let visit = body.visit;
        let words = format!(
            "{} – {}",
            visit.text("register-conflict"),
            word(visit, "statement-field", field)
        );
        let link = Button::link(words, format!("#s-{field}"));
        body.push(link.small().secondary());
    }
}
