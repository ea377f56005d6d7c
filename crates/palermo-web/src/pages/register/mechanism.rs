//! One mechanism: everything its profile holds, with who belongs on a day.

use super::{
    beside,
    common::{Body, On, english, lookup, on, panel, refused, word},
    members, profile, recorded,
};
use crate::{
    components::{Content, Tag},
    pages::Answer,
    shell::{failure::Failure, visit::Visit},
};
use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use palermo_app::{
    Refused,
    domain::register::{
        mechanism::{Detail, MechanismProfile},
        statement::{About, RegisterStatement},
    },
};

/// An id in other letters leads to the mechanism's own address.
fn moved(visit: &Visit, id: &str) -> Response {
    let query = visit.address.split_once('?').map(|(_, query)| format!("?{query}"));
    let to = visit.link(&format!("/mechanisms/{id}{}", query.unwrap_or_default()));
    (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response()
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let app = visit.web.app();
    let shipped = app.content.mechanisms().get(&id);
    let on = on(&visit);
    let ask = lookup(&visit);
    let added = ask.statements(About::Mechanism, &id).await.map_err(refused)?;
    let recorded = ask.recorded_about(&id).await.map_err(refused)?;
    let now = ask.mechanisms_now().await.map_err(refused)?;
    let Some(found) = now.get(&id) else {
        let known = now.profiles().find(|one| one.id.as_str().eq_ignore_ascii_case(&id));
        let known = known.ok_or(Failure(Refused::NotFound))?;
        return Ok(moved(&visit, known.id.as_str()));
    };
    let members = members::of(&visit, &now, found, &on).await?;
    let before = lead(&visit, found, &added);
    let map = members::map(&visit, found, &members, &on);
    let form = panel(&visit, &on);
    let heading = members::heading(&visit, &on);
    let mut beside = Body::new(&visit);
    recorded::on_mechanism(&mut beside, shipped, &recorded);
    let beside = beside.plain();
    let after = rest(&visit, found, &on, &added);
    let absent = members::absence(&visit, found);
    let list = members::list(&visit, members);
    let answer = list.answer(|table| {
        let table = absent.unwrap_or(table);
        let html = format!("{before}{heading}{form}{map}{table}{beside}{after}");
        visit.page(&super::common::mechanism_name(&visit, found)).back("/mechanisms").html(&html)
    })?;
    Ok(answer)
}

fn lead(visit: &Visit, found: &MechanismProfile, added: &[RegisterStatement]) -> String {
    let mut body = Body::new(visit);
    let source = body.source(&found.summary.provenance);
    let summary = english(visit, &found.summary.text);
    body.push(format!("<p class=\"govuk-body-l\">{summary} {source}</p>"));
    if found.detail == Detail::Outline {
        let words = Content::from(visit.text("mechanism-outline"));
        body.push(format!("<p class=\"govuk-body\">{}</p>", Tag::coloured(words, "grey")));
    }
    profile::terms(&mut body, found, added);
    body.plain()
}

fn rest(visit: &Visit, found: &MechanismProfile, on: &On, added: &[RegisterStatement]) -> String {
    let mut body = Body::new(visit);
    profile::conflicts(&mut body, found, added);
    profile::bodies(&mut body, found);
    beside::ways(&mut body, added, &["bodies", "cadence"]);
    profile::plans(&mut body, found);
    beside::ways(&mut body, added, &["plan"]);
    profile::duties(&mut body, found);
    beside::ways(&mut body, added, &["duties"]);
    profile::rules(&mut body, found);
    profile::instruments(&mut body, found);
    profile::activities(&mut body, found, on);
    profile::remarks(&mut body, "mechanism-functions", &found.functions);
    profile::remarks(&mut body, "mechanism-capacity", &found.capacity);
    profile::others(&mut body, found);
    let speaks = super::common::date(visit, found.as_of);
    let words = visit.format("register-as-of", &[("date", speaks.into())]);
    body.paragraph(format!("{}: {words}", visit.text("mechanism-profile")));
    super::editors::on_mechanism(&mut body, found.id.as_str());
    body.finish()
}

/// Words for what a mechanism covers: `all`, `men`, `labour.begging`.
pub(super) fn covered(visit: &Visit, codes: &[String]) -> String {
    let words: Vec<String> = codes
        .iter()
        .map(|code| {
            let code = code.replace('.', "-");
            match code.as_str() {
                "women" | "men" | "children" | "sexual" | "labour" | "organs" => {
                    word(visit, "scope-gap", &code)
                }
                _ => word(visit, "covers", &code),
            }
        })
        .collect();
    palermo_app::locale::list(visit.language, &words)
}
