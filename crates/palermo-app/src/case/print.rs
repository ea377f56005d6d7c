//! A case summary on paper: who printed it, when and why stands across every
//! page and in the log. What it says is in `summary`.

use super::summary;
use crate::{Acting, Refused, access::Action, document::Format, session::Signed};
use palermo_domain::{id::CaseId, purpose::Purpose};

/// The summary as bytes. The look is in the log before anything is read.
///
/// # Errors
/// As [`super::look`]; [`Refused::UnlockNeeded`] while one's key is closed;
/// [`Refused::NotFound`] for a form this program does not make.
pub async fn summary(
    acting: &Acting<'_>,
    signed: &Signed,
    id: CaseId,
    purpose: Purpose,
    form: Format,
) -> Result<Vec<u8>, Refused> {
    if !acting.app.can_make(form) {
        return Err(Refused::NotFound);
    }
    let opened = super::look_for(acting, Some(signed), id, Action::PrintCase, purpose).await?;
    if opened.vault.is_none() {
        return Err(Refused::UnlockNeeded);
    }
    let document = summary::document(acting, signed, &opened).await?;
    Ok(acting.app.make(&document, form).await?)
}
