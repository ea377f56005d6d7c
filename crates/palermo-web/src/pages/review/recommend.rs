//! Entering a recommendation, and putting one's own right.

use super::super::governance;
use crate::{
    components::{Content, Details},
    pages::{Answer, register::common::instrument_name},
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    domain::review::{AddresseeKind, Strength},
    governance::Typed,
    plan::links::{Pointed, Pointers, pointers},
    review,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/recommendations/new", Action::KeepRecommendations, ask)
        .form("/recommendations/new", Action::KeepRecommendations, make)
        .page("/recommendations/{id}/edit", Action::KeepRecommendations, edit)
        .form("/recommendations/{id}/edit", Action::KeepRecommendations, save)
}

/// The provisions the register knows, by instrument, for a menu. An article whose number
/// would not read back as one is typed.
fn known_provisions(visit: &Visit) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for instrument in visit.web.app().registers.instruments.all() {
        let name = instrument_name(visit, instrument);
        let plain = instrument.provisions.iter().filter(|one| !one.article.contains([',', '،']));
        all.extend(plain.map(|one| {
            let id = format!("{}:{}", instrument.id, one.article);
            (id, format!("{name}: {} {}", one.article, one.label))
        }));
    }
    all.sort_by(|a, b| visit.compare(&a.1, &b.1));
    all.dedup_by(|a, b| a.0 == b.0);
    all
}

/// What can be chosen, with what was recorded before and is not among it any more.
fn menu(known: &[Pointed], chosen: &[String]) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> =
        known.iter().map(|one| (one.id.clone(), one.words.clone())).collect();
    let gone = chosen.iter().filter(|id| known.iter().all(|one| one.id != **id));
    all.extend(gone.filter(|id| !id.is_empty()).map(|id| (id.clone(), id.clone())));
    all
}

/// What ties it to plans and to other recommendations: rarely chosen, closed until asked
/// for.
fn ties(visit: &Visit, plans: &Pointers, t: &Typed, problems: &Problems) -> Details {
    let tied = ["measures", "indicators", "same_as", "contradicts"];
    let fields = FormPage::new(visit, "", problems)
        .hinted("recommendation-measures-hint")
        .checkboxes(
            "measures",
            "recommendation-measures",
            menu(&plans.measures, t.list("measures")),
            t.list("measures"),
        )
        .checkboxes(
            "indicators",
            "recommendation-indicators",
            menu(&plans.indicators, t.list("indicators")),
            t.list("indicators"),
        )
        .text("same_as", "recommendation-same", "recommendation-ids-hint", t.text("same_as"))
        .text(
            "contradicts",
            "recommendation-contradicts",
            "recommendation-ids-hint",
            t.text("contradicts"),
        )
        .parts();
    let mut links = Details::new(visit.text("recommendation-links"), Content::Html(fields));
    links.open = tied
        .iter()
        .any(|name| !t.text(name).is_empty() || problems.0.iter().any(|one| one.field == *name));
    links
}

fn form_page(
    visit: &Visit,
    plans: &Pointers,
    (path, back): (&str, &str),
    t: &Typed,
    problems: &Problems,
) -> Response {
    let new = t.text("revision").is_empty();
    let mut form = FormPage::new(visit, path, problems).hidden("revision", t.text("revision"));
    if new {
        form = form.text("id", "recommendation-id", "recommendation-id-hint", t.text("id"));
    }
    let yes = vec![("yes".to_owned(), visit.text("recommendation-confidential-yes"))];
    let links = ties(visit, plans, t, problems);
    form.text("body", "recommendation-body", "recommendation-body-hint", t.text("body"))
        .text("made", "recommendation-made", "recommendation-made-hint", t.text("made"))
        .lines("text", "recommendation-text", "", t.text("text"))
        .radios(
            "strength",
            "recommendation-strength",
            governance::words(visit, "strength", Strength::ALL),
            t.text("strength"),
        )
        .radios(
            "addressee",
            "recommendation-addressee",
            governance::words(visit, "addressee", AddresseeKind::ALL),
            t.text("addressee"),
        )
        .part(governance::states(visit, "states", t.list("states"), problems))
        .text(
            "provisions",
            "recommendation-provisions",
            "recommendation-provisions-hint",
            t.text("provisions"),
        )
        .select("provision", "recommendation-provision", known_provisions(visit), "")
        .text("deadline", "recommendation-deadline", "report-day-hint", t.text("deadline"))
        .text("lead", "recommendation-lead", "recommendation-lead-hint", t.text("lead"))
        .text("themes", "recommendation-themes", "practice-themes-hint", t.text("themes"))
        .part(links)
        .text("round", "review-round", "recommendation-round-hint", t.text("round"))
        .text("source", "recommendation-source", "recommendation-source-hint", t.text("source"))
        .checkboxes("confidential", "recommendation-confidential", yes, t.list("confidential"))
        .button("form-save")
        .page(if new { "recommendation-new" } else { "recommendation-edit" }, back)
}

async fn ask(visit: Visit) -> Answer {
    let plans = pointers(&visit.acting()).await?;
    let ways = ("/recommendations/new", "/recommendations");
    Ok(form_page(&visit, &plans, ways, &Typed::default(), &Problems::default()))
}

async fn edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let typed = review::recommendation_typed(&visit.acting(), &id).await?;
    let plans = pointers(&visit.acting()).await?;
    let back = format!("/recommendations/{id}");
    let path = format!("{back}/edit");
    Ok(form_page(&visit, &plans, (&path, &back), &typed, &Problems::default()))
}

async fn keep(sent: Sent, id: Option<&str>) -> Answer {
    let Sent { visit, form } = sent;
    let typed = governance::typed(&form);
    match review::recommend(&visit.acting_once(&form), id, &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/recommendations/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            let plans = pointers(&visit.acting()).await?;
            let back = id.map_or_else(
                || "/recommendations".to_owned(),
                |id| format!("/recommendations/{id}"),
            );
            let path = id.map_or_else(
                || "/recommendations/new".to_owned(),
                |id| format!("/recommendations/{id}/edit"),
            );
            Ok(form_page(&visit, &plans, (&path, &back), &typed, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn make(sent: Sent) -> Answer {
    keep(sent, None).await
}

async fn save(Path(id): Path<String>, sent: Sent) -> Answer {
    keep(sent, Some(&id)).await
}
