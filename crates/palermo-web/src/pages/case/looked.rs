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
        looked::{self, Entry},
        print,
    },
    desk::parse_id,
    document::Format,
    domain::id::CaseId,
    locale::Language,
};

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let number = visit.query("entries").parse().unwrap_or(1);
    let signed = visit.signed.as_deref();
    let (_, page, names) =
        looked::list(&visit.acting(), signed, id, purpose(&visit), number).await?;
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let e = visit.clone();
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
        .text("action", "case-action", move |entry| did(&e, entry))
        .text("why", "case-purpose", move |entry| {
            entry.purpose.map(|p| d.text(&format!("purpose-{}", p.code()))).unwrap_or_default()
        });
    let answer = list.answer(|table| {
        visit.page(&visit.text("case-who-looked")).back(&format!("/cases/{id}")).html(&table)
    })?;
    Ok(answer)
}

/// What was done, in words. An act that changed nothing opened its page or form.
fn did(visit: &Visit, entry: &Entry) -> String {
    let id = format!("looked-{}", entry.action.replace('.', "-"));
    let known = visit.web.app().catalogue.has(Language::En, &id);
    let what = visit.text(if known { &id } else { "looked-other" });
    let reads = entry.action.ends_with(".read") || entry.action.ends_with(".print");
    if entry.rows.is_empty() && !reads {
        return visit.format("looked-opened", &[("what", what.into())]);
    }
    what
}

/// The summary of a case, as a page to print.
pub(super) async fn page(visit: Visit, path: Path<String>) -> Answer {
    summary(visit, path, Format::Html).await
}

/// The same as an editable text.
pub(super) async fn text(visit: Visit, path: Path<String>) -> Answer {
    summary(visit, path, Format::Docx).await
}

/// The same typeset.
pub(super) async fn typeset(visit: Visit, path: Path<String>) -> Answer {
    summary(visit, path, Format::Pdf).await
}

async fn summary(visit: Visit, Path(id): Path<String>, format: Format) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let (acting, signed) = (visit.acting(), visit.signed()?);
    let bytes = print::summary(&acting, signed, id, purpose(&visit), format).await?;
    Ok(download(bytes, format.media_type(), "case-summary", format.code()))
}
