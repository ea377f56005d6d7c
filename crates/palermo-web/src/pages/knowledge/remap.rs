//! A mapping of a source's words, applied to the imports that came before it.

use super::{dimension, id, paragraph, table, value};
use crate::{
    components::{Content, NotificationBanner},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{done, one_button},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Refused,
    access::Action,
    domain::{id::DatasetId, moment::Moment},
    knowledge::{
        datasets,
        replacing::{self, Remapped},
    },
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/data/{id}/remap", Action::ImportData, ask).form(
        "/data/{id}/remap",
        Action::ImportData,
        apply,
    )
}

async fn ask(visit: Visit, Path(dataset): Path<String>) -> Answer {
    preview(&visit, id(&dataset)?, None).await
}

/// What would change in each import, and the button that does it.
async fn preview(visit: &Visit, dataset: DatasetId, refused: Option<String>) -> Answer {
    let shown = datasets::show(&visit.acting(), dataset).await?;
    let found = replacing::preview(&visit.acting(), dataset).await?;
    let mut html = String::new();
    if let Some(said) = refused {
        html.push_str(&NotificationBanner::notice(said, &visit.words()).to_string());
    }
    if found.is_empty() {
        html.push_str(&paragraph(visit.text("data-remap-none")));
    } else {
        html.push_str(&paragraph(visit.text("data-remap-words")));
        html.push_str(&changes(visit, &found));
        let action = format!("/data/{dataset}/remap");
        let revision = shown.dataset.revision.0.to_string();
        let fields = [("revision", revision.as_str())];
        html.push_str(&one_button(visit, &action, "data-remap-apply", &fields, false));
    }
    let back = format!("/data/{dataset}");
    let answer: Response = visit.page(&visit.text("data-remap")).back(&back).html(&html);
    Ok(answer)
}

fn changes(visit: &Visit, found: &[Remapped]) -> String {
    let rows = found.iter().flat_map(|one| {
        let when = visit.moment(Moment::from_micros(one.about.accepted_at));
        one.changes.iter().map(move |change| {
            vec![
                Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.about.file))),
                when.clone().into(),
                dimension(visit, &change.field).into(),
                Content::Html(format!("<bdi>{}</bdi>", Content::from(&change.word))),
                value(visit, &change.field, &change.code).into(),
                visit.whole(usize::try_from(change.lines).unwrap_or(usize::MAX)).into(),
            ]
        })
    });
    let heads = [
        "data-remap-file",
        "data-when",
        "import-field",
        "data-word",
        "data-remap-code",
        "data-lines-with",
    ];
    table(visit, "remap", "data-remap", &heads, rows.collect())
}

async fn apply(Path(dataset): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let dataset: DatasetId = id(&dataset)?;
    let seen = form.text("revision").parse().unwrap_or(0);
    match replacing::apply(&visit.acting_once(&form), dataset, seen).await {
        Ok(_) => Ok(done(&visit, &format!("/data/{dataset}"), "remapped")),
        Err(Refused::Declined(message)) => {
            preview(&visit, dataset, Some(visit.say(&message))).await
        }
        Err(other) => Err(Failure(other)),
    }
}
