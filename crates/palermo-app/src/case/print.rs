//! A case summary on paper: who printed it, when and why stands across every
//! page and in the log. It carries what a colleague needs, no number or address.

use super::{Opened, words};
use crate::{Acting, Refused, access::Action, session::Signed};
use palermo_domain::{id::CaseId, purpose::Purpose};
use palermo_standards::document::{Document, Tone, docx, html};

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A web page to print.
    Page,
    /// An editable text.
    Text,
}

/// The summary as bytes.
///
/// # Errors
/// As [`super::look`]; [`Refused::UnlockNeeded`] while one's key is closed.
pub async fn summary(
    acting: &Acting<'_>,
    signed: &Signed,
    id: CaseId,
    purpose: Purpose,
    form: Form,
) -> Result<Vec<u8>, Refused> {
    let opened = super::look_for(acting, Some(signed), id, Action::PrintCase, purpose).await?;
    if opened.vault.is_none() {
        return Err(Refused::UnlockNeeded);
    }
    let document = document(acting, signed, &opened).await?;
    match form {
        Form::Page => Ok(html::page(&document).into_bytes()),
        Form::Text => docx::write(&document).map_err(|e| Refused::Unavailable(e.to_string())),
    }
}

async fn document(
    acting: &Acting<'_>,
    signed: &Signed,
    opened: &Opened,
) -> Result<Document, Refused> {
    let text = |id: &str| acting.app.catalogue.format_plain(acting.language, id, &[]);
    let (case, person) = (&opened.file.case.record, &opened.file.person.record);
    let number = case.number();
    let title = acting.app.catalogue.format_plain(
        acting.language,
        "case-title",
        &[("number", number.as_str().into())],
    );
    let mut document = Document::new(title, acting.language.code());
    let now = acting.now();
    document.date = Some(now.date());
    document.publisher = Some(signed.tenant.name.clone());
    document.watermark =
        Some(format!("{} · {} · {now}", text("case-print-mark"), signed.account.name));
    document.callout(Tone::Warning, text("case-print-warning"));
    document.facts([
        (text("case-status"), text(&format!("case-status-{}", case.status.code()))),
        (text("case-age"), text(&format!("case-age-{}", person.age.code()))),
        (text("field-language"), super::open::language_name(acting, &person.language)),
        (text("case-met-at"), case.happened_at.date().to_string()),
    ]);
    document.heading(1, text("case-section-words"));
    for seen in words::read(opened).await? {
        if seen.text.trim().is_empty() {
            continue;
        }
        document.heading(2, text(&format!("case-field-{}", seen.field.code())));
        for line in seen.text.lines().filter(|line| !line.trim().is_empty()) {
            document.paragraph(line);
        }
    }
    document.heading(1, text("case-section-history"));
    for told in super::note::history(opened, 200).await? {
        let Some(words) = told.text else { continue };
        document.heading(2, told.event.happened_at.date().to_string());
        for line in words.lines().filter(|line| !line.trim().is_empty()) {
            document.paragraph(line);
        }
    }
    Ok(document)
}
