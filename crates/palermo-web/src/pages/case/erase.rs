//! Erasing a person before their time is up: one asks, another agrees.

use super::{Answer, purpose, purpose_of, words_of};
use crate::{
    components::{Content, InsetText, WarningText},
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    case::erase::{self, Erasure, GROUNDS, Standing},
    desk::parse_id,
    domain::{id::CaseId, purpose::Purpose},
};

fn page(
    visit: &Visit,
    id: CaseId,
    purpose: Purpose,
    standing: Standing,
    problems: &Problems,
) -> Response {
    let title = visit.text("case-erase");
    let back = format!("/cases/{id}");
    let stops = match standing {
        Standing { erased: true, .. } => Some("error-erased-already"),
        Standing { open_matter: true, .. } => Some("error-erase-open-matter"),
        Standing { waits: true, .. } => Some("case-erase-waits"),
        _ => None,
    };
    if let Some(why) = stops {
        let html = InsetText::new(Content::from(visit.text(why))).to_string();
        return visit.page(&title).back(&back).html(&html);
    }
    let form = FormPage::new(visit, &format!("{back}/erase"), problems)
        .part(WarningText::new(visit.text("case-erase-why"), &visit.words()))
        .words(if standing.agreed.is_some() { "case-erase-agreed" } else { "case-erase-two" })
        .hidden("for", purpose.code());
    let form = match standing.agreed {
        Some(ground) => form
            .part(InsetText::new(visit.text(&format!("case-erase-ground-{ground}"))))
            .button("case-erase-now"),
        None => form
            .select(
                "ground",
                "case-erase-ground",
                words_of(visit, "case-erase-ground", &GROUNDS),
                "",
            )
            .button("case-erase-ask"),
    };
    form.page("case-erase", &back)
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    let standing = erase::standing(&visit.acting(), id, purpose).await?;
    Ok(page(&visit, id, purpose, standing, &Problems::default()))
}

pub(super) async fn erase(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let acting = visit.acting_once(&form);
    match erase::erase(&acting, id, form.text("ground"), purpose).await {
        Ok(Erasure::Asked) => Ok(done(&visit, &format!("/cases/{id}"), "second-person-asked")),
        Ok(Erasure::Done) => Ok(done(&visit, "/cases", "person-erased")),
        Err(Refused::Invalid(problems)) => {
            let standing = erase::standing(&acting, id, purpose).await?;
            Ok(page(&visit, id, purpose, standing, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}
