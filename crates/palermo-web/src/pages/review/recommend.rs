//! Entering a recommendation, and putting one's own right.

use super::super::governance;
use crate::{
    components::{Content, Details},
    pages::Answer,
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
    review,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/recommendations/new", Action::KeepRecommendations, ask)
        .form("/recommendations/new", Action::KeepRecommendations, make)
        .page("/recommendations/{id}/edit", Action::KeepRecommendations, edit)
        .form("/recommendations/{id}/edit", Action::KeepRecommendations, save)
}

fn form_page(visit: &Visit, path: &str, back: &str, t: &Typed, problems: &Problems) -> Response {
    let new = t.text("revision").is_empty();
    let mut form = FormPage::new(visit, path, problems).hidden("revision", t.text("revision"));
    if new {
        form = form.text("id", "recommendation-id", "recommendation-id-hint", t.text("id"));
    }
    let yes = vec![("yes".to_owned(), visit.text("recommendation-confidential-yes"))];
    // What ties it to others is rarely typed: closed until asked for.
    let tied = ["measures", "indicators", "same_as", "contradicts"];
    let fields = FormPage::new(visit, "", problems)
        .text(
            "measures",
            "recommendation-measures",
            "recommendation-measures-hint",
            t.text("measures"),
        )
        .text(
            "indicators",
            "recommendation-indicators",
            "recommendation-ids-hint",
            t.text("indicators"),
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

async fn ask(visit: Visit) -> Response {
    let (path, back) = ("/recommendations/new", "/recommendations");
    form_page(&visit, path, back, &Typed::default(), &Problems::default())
}

async fn edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let typed = review::recommendation_typed(&visit.acting(), &id).await?;
    let back = format!("/recommendations/{id}");
    Ok(form_page(&visit, &format!("{back}/edit"), &back, &typed, &Problems::default()))
}

async fn keep(sent: Sent, id: Option<&str>) -> Answer {
    let Sent { visit, form } = sent;
    let typed = governance::typed(&form);
    match review::recommend(&visit.acting_once(&form), id, &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/recommendations/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            let back = id.map_or_else(
                || "/recommendations".to_owned(),
                |id| format!("/recommendations/{id}"),
            );
            let path = id.map_or_else(
                || "/recommendations/new".to_owned(),
                |id| format!("/recommendations/{id}/edit"),
            );
            Ok(form_page(&visit, &path, &back, &typed, &problems))
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
