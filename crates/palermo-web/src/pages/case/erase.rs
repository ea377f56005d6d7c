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
    Message, Problems, Refused,
    case::erase::{self, Erasure, GROUNDS, Standing},
    desk::parse_id,
    domain::{id::CaseId, purpose::Purpose},
};

fn page(
    visit: &Visit,
    id: CaseId,
    purpose: Purpose,
    (standing, nobody): (Standing, Option<&Message>),
    problems: &Problems,
) -> Response {
    let title = visit.text("case-erase");
    let back = format!("/cases/{id}");
    let stops = match standing {
        Standing { erased: true, .. } => Some(visit.text("error-erased-already")),
        Standing { open_matter: true, .. } => Some(visit.text("error-erase-open-matter")),
        Standing { waits: true, .. } => Some(visit.text("case-erase-waits")),
        // Nobody is asked for a reason that nobody could agree to.
        Standing { agreed: None, .. } => nobody.map(|why| visit.say(why)),
        Standing { agreed: Some(_), .. } => None,
    };
    if let Some(why) = stops {
        let html = InsetText::new(Content::from(why)).to_string();
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

/// The page as things stand now.
async fn now(visit: &Visit, id: CaseId, purpose: Purpose, problems: &Problems) -> Answer {
    let acting = visit.acting();
    let standing = erase::standing(&acting, id, purpose).await?;
    let nobody = erase::nobody_may_agree(&acting).await?;
    Ok(page(visit, id, purpose, (standing, nobody.as_ref()), problems))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    now(&visit, id, purpose(&visit), &Problems::default()).await
}

pub(super) async fn erase(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let acting = visit.acting_once(&form);
    match erase::erase(&acting, id, form.text("ground"), purpose).await {
        Ok(Erasure::Asked) => Ok(done(&visit, &format!("/cases/{id}"), "second-person-asked")),
        Ok(Erasure::Done) => Ok(done(&visit, "/cases", "person-erased")),
        Err(Refused::Invalid(problems)) => now(&visit, id, purpose, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}
