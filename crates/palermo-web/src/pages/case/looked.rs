//! Who looked at a case, and why.

use super::{Answer, purpose};
use crate::{
    components::Content,
    shell::{
        listing::{List, download},
        visit::Visit,
    },
};
use axum::extract::Path;
use palermo_app::{
    case::{
        looked,
        print::{self, Form},
    },
    desk::parse_id,
    domain::id::CaseId,
};

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let number = visit.query("entries").parse().unwrap_or(1);
    let signed = visit.signed.as_deref();
    let (_, page, names) =
        looked::list(&visit.acting(), signed, id, purpose(&visit), number).await?;
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "looked", &visit.text("case-who-looked"), page.items)
        .column(
            "when",
            "case-happened",
            |entry| entry.recorded_at.to_string(),
            move |entry| a.moment(entry.recorded_at).into(),
        )
        .column(
            "who",
            "case-who",
            |entry| entry.actor.account().map(|id| id.to_string()).unwrap_or_default(),
            move |entry| {
                let name = entry.actor.account().and_then(|id| names.get(&id).cloned());
                let name = name.unwrap_or_else(|| b.text("case-by-palermo"));
                Content::Html(format!("<bdi>{}</bdi>", Content::from(name)))
            },
        )
        .text("what", "case-did", move |entry| c.text(&format!("outcome-{}", entry.outcome.code())))
        .text("action", "case-action", |entry| entry.action.clone())
        .text("why", "case-purpose", move |entry| {
            entry.purpose.map(|p| d.text(&format!("purpose-{}", p.code()))).unwrap_or_default()
        });
    let answer = list.answer(|table| {
        visit.page(&visit.text("case-who-looked")).back(&format!("/cases/{id}")).html(&table)
    })?;
    Ok(answer)
}

/// The summary of a case, to print.
pub(super) async fn page(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let (acting, signed) = (visit.acting(), visit.signed()?);
    let bytes = print::summary(&acting, signed, id, purpose(&visit), Form::Page).await?;
    Ok(download(bytes, "text/html; charset=utf-8", "case-summary", "html"))
}

/// The same as an editable text.
pub(super) async fn text(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let (acting, signed) = (visit.acting(), visit.signed()?);
    let bytes = print::summary(&acting, signed, id, purpose(&visit), Form::Text).await?;
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    Ok(download(bytes, kind, "case-summary", "docx"))
}
