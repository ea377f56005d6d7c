//! Editing the texts of a case. If someone else wrote meanwhile, both texts are
//! shown and the editor decides; nothing is lost.

use super::{
    Answer,
    alike::LOOK,
    purpose, purpose_of,
    show::{EDITABLE, paragraphs},
};
use crate::{
    components::{Content, InsetText},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use palermo_app::{
    Problems, Refused,
    case::{
        Version,
        words::{self, Field, Saved, Seen},
    },
    desk::parse_id,
    domain::{id::CaseId, purpose::Purpose},
    keys,
};

fn page(
    visit: &Visit,
    id: CaseId,
    purpose: Purpose,
    texts: &[Seen],
    theirs: &[Seen],
    problems: &Problems,
) -> Response {
    let mut form =
        FormPage::new(visit, &format!("/cases/{id}/words"), problems).hidden("for", purpose.code());
    for seen in texts {
        let code = seen.field.code();
        let other = theirs.iter().find(|other| other.field == seen.field);
        if let Some(other) = other {
            form = form.part(InsetText::new(Content::Html(format!(
                "<h2 class=\"govuk-heading-s\">{}</h2>{}",
                Content::from(visit.text("case-words-theirs")),
                paragraphs(&other.text)
            ))));
        }
        // After a conflict the editor has seen the other version too.
        let version = other.map_or(seen.version, |other| other.version);
        form = form.hidden(&format!("{code}_version"), &version.0.to_string());
        let label = format!("case-field-{code}");
        let hint = format!("case-field-{code}-hint");
        form = if seen.field == Field::Name {
            form.text(code, &label, &hint, &seen.text)
        } else {
            form.lines(code, &label, &hint, &seen.text)
        };
    }
    form.button("form-save").on_paper().page("case-words-edit", &format!("/cases/{id}"))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    let (_, texts) = words::edit(&visit.acting(), visit.signed()?, id, purpose).await?;
    Ok(page(&visit, id, purpose, &texts, &[], &Problems::default()))
}

fn typed(form: &Form) -> Vec<Seen> {
    EDITABLE
        .into_iter()
        .filter_map(|field| {
            let version = form.text(&format!("{}_version", field.code())).parse().ok()?;
            let text = form.text(field.code()).replace("\r\n", "\n");
            Some(Seen { field, text, version: Version(version) })
        })
        .collect()
}

pub(super) async fn save(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let texts = typed(&form);
    let acting = visit.acting_once(&form);
    let vault = keys::vault(&acting, visit.signed()?).await?;
    match words::save(&acting, &vault, id, &texts, purpose).await {
        Ok(Saved::Done) => {
            let named = |seen: &Seen| seen.field == Field::Name && !seen.text.trim().is_empty();
            let look = if texts.iter().any(named) { LOOK } else { "" };
            Ok(done(&visit, &format!("/cases/{id}{look}"), "saved"))
        }
        Ok(Saved::Theirs(theirs)) => {
            let mut problems = Problems::default();
            for other in &theirs {
                problems.add(other.field.code(), words::conflict());
            }
            let mut response = page(&visit, id, purpose, &texts, &theirs, &problems);
            *response.status_mut() = StatusCode::CONFLICT;
            Ok(response)
        }
        Err(Refused::Invalid(problems)) => Ok(page(&visit, id, purpose, &texts, &[], &problems)),
        Err(other) => Err(Failure(other)),
    }
}
