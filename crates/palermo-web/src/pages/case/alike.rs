//! The hint that a case of one's own may be about the same person. It is shown
//! once a case was opened or a name written, stops nothing, and is answered by
//! saying that they are not the same.

use super::{Answer, purpose_of};
use crate::{
    components::{Content, InsetText, SummaryList},
    shell::{
        failure::Failure,
        forms::{done, one_button},
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    case::{Opened, alike, open::may_write},
    desk::parse_id,
    domain::id::CaseId,
};

/// What the address of a case ends with where like names are looked for.
pub(super) const LOOK: &str = "?alike=look";

/// The hint, where a name was just written.
pub(super) async fn hint(visit: &Visit, opened: &Opened) -> Result<String, Failure> {
    if visit.query("alike") != "look" || !may_write(&visit.acting(), &opened.file) {
        return Ok(String::new());
    }
    let found = alike::hints(&visit.acting(), visit.signed()?, opened).await?;
    if found.is_empty() {
        return Ok(String::new());
    }
    let (id, why) = (opened.file.id(), opened.file.purpose.code());
    let list = found.iter().fold(SummaryList::new(), |list, row| {
        let case = &row.case.record;
        let (other, number) = (case.id.to_string(), case.number());
        let href = visit.link(&format!("/cases/{other}"));
        let name = Content::from(row.name.clone().unwrap_or_default());
        let path = format!("/cases/{id}/not-same");
        let fields = [("other", other.as_str()), ("for", why)];
        let button = one_button(visit, &path, "case-alike-not", &fields, false);
        let link =
            format!("<a class=\"govuk-link\" href=\"{href}\"><bdi dir=\"ltr\">{number}</bdi></a>");
        list.row(Content::Html(link), Content::Html(format!("<bdi>{name}</bdi>{button}")))
    });
    let why = Content::from(visit.text("case-alike-why"));
    let html = format!("<p class=\"govuk-body\">{why}</p>{list}");
    Ok(InsetText::new(Content::Html(html)).to_string())
}

pub(super) async fn not_same(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let other: CaseId = parse_id(form.text("other"))?;
    alike::not_same(&visit.acting_once(&form), id, other, purpose_of(&visit, &form)).await?;
    Ok(done(&visit, &format!("/cases/{id}{LOOK}"), "saved"))
}
