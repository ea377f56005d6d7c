//! The list of mechanisms.

use super::common::{
    date, english, link, lookup, mechanism_kind, mechanism_kind_text, mechanism_name, refused, word,
};
use crate::{
    pages::Answer,
    shell::{listing::List, route::Routes, visit::Visit},
};
use palermo_app::{
    access::Action,
    domain::register::{
        mechanism::{Composition, FoundingType, MechanismProfile, MechanismRegister},
        provenance::PartialDate,
        state::StateCode,
    },
};
use std::collections::BTreeSet;

pub(super) fn routes() -> Routes {
    Routes::new().page("/mechanisms", Action::PublicRead, list).page(
        "/mechanisms/{id}",
        Action::PublicRead,
        super::mechanism::show,
    )
}

/// A mechanism in the list.
struct Row {
    id: String,
    name: String,
    in_english: bool,
    kind: String,
    founded: Option<PartialDate>,
    founding: Vec<FoundingType>,
    states: BTreeSet<String>,
    members: Option<usize>,
}

async fn row(
    visit: &Visit,
    register: &MechanismRegister,
    profile: &MechanismProfile,
) -> Result<Row, crate::shell::failure::Failure> {
    let day = profile.as_of_day();
    let parties = matches!(
        profile.membership.given().map(|m| &m.composition),
        Some(Composition::PartiesTo(_))
    );
    let (states, members) = if parties {
        let all = lookup(visit).members(profile, day).await.map_err(refused)?;
        (all.iter().cloned().collect(), Some(all.len()))
    } else {
        let belonging = register.belonging_on(profile, day);
        let told = profile.membership.given().is_some();
        let members = told.then(|| register.members_on(profile, None).len());
        (belonging.into_iter().map(|member| member.state).collect(), members)
    };
    Ok(Row {
        id: profile.id.to_string(),
        name: mechanism_name(visit, profile),
        in_english: !profile.names.others.contains_key(visit.language.code()),
        kind: profile.kind.clone(),
        founded: profile.founded.given().map(|f| f.date),
        founding: profile.founding.iter().map(|f| f.founding_type).collect(),
        states,
        members,
    })
}

async fn list(visit: Visit) -> Answer {
    let mut rows = Vec::new();
    let register = lookup(&visit).mechanisms_now().await.map_err(refused)?;
    for profile in register.profiles() {
        rows.push(row(&visit, &register, profile).await?);
    }
    rows.sort_by(|a, b| visit.compare(&a.name, &b.name));
    let kinds: BTreeSet<String> = rows.iter().map(|row| row.kind.clone()).collect();
    let kinds = kinds.into_iter().map(|kind| {
        let words = mechanism_kind_text(&visit, &kind);
        (kind, words)
    });
    let mut kinds: Vec<(String, String)> = kinds.collect();
    kinds.sort_by(|a, b| visit.compare(&a.1, &b.1));
    let foundings = FoundingType::ALL
        .iter()
        .map(|f| (f.code().to_owned(), word(&visit, "founding", f.code())))
        .collect();
    let states = state_options(&visit, rows.iter().flat_map(|row| row.states.iter().cloned()));
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let e = visit.clone();
    let list = List::new(&visit, "mechanisms", &visit.text("mechanisms-title"), rows)
        .column(
            "name",
            "mechanism-name",
            |row| row.name.clone(),
            move |row| {
                let path = format!("/mechanisms/{}", row.id);
                let name = &row.name;
                if row.in_english {
                    link(&a, &path, english(&a, name))
                } else {
                    link(&a, &path, name)
                }
            },
        )
        .text("id", "mechanism-short", |row| row.id.clone())
        .column(
            "kind",
            "mechanism-kind",
            move |row| mechanism_kind_text(&e, &row.kind),
            move |row| mechanism_kind(&b, &row.kind),
        )
        .text("founding", "mechanism-founding-type", move |row| {
            let first = row.founding.first();
            first.map(|f| word(&c, "founding", f.code())).unwrap_or_default()
        })
        .column(
            "founded",
            "mechanism-founded",
            |row| row.founded.map(|on| on.to_string()).unwrap_or_default(),
            move |row| row.founded.map(|on| date(&d, on)).unwrap_or_default().into(),
        )
        .count("members", "mechanism-members", |row| row.members)
        .filter("kind", "mechanism-kind", kinds, |row, wanted| row.kind == wanted)
        .filter("founding", "mechanism-founding-type", foundings, |row, wanted| {
            row.founding.iter().any(|f| f.code() == wanted)
        })
        .filter("state", "state-name", states, |row, wanted| row.states.contains(wanted));
    let intro = crate::components::Content::from(visit.text("mechanisms-intro"));
    let answer = list.answer(|table| {
        let html = format!("<p class=\"govuk-body-l\">{intro}</p>{table}");
        visit.page(&visit.text("mechanisms-title")).html(&html)
    })?;
    Ok(answer)
}

/// States as lines of a menu, by name, each once.
pub(super) fn state_options(
    visit: &Visit,
    codes: impl IntoIterator<Item = String>,
) -> Vec<(String, String)> {
    let codes: BTreeSet<String> = codes.into_iter().collect();
    let known = codes.into_iter().filter(|code| code.parse::<StateCode>().is_ok());
    let mut options: Vec<(String, String)> =
        known.map(|code| (code.clone(), visit.state(&code))).collect();
    options.sort_by(|a, b| visit.compare(&a.1, &b.1));
    options
}
