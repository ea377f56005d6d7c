//! A file a program sends: looked at, and taken in if it says so.

use super::{
    datasets,
    importing::{self, Agreed, Earlier, Planned},
    replacing,
    uploads::take_in,
};
use crate::{Acting, Message, Refused};
use base64::Engine as _;
use palermo_domain::id::{BatchId, DatasetId};
use palermo_store::knowledge::batch as kept;

/// A file as it was sent.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Whether to keep what it brings.
    pub apply: bool,
    /// What whoever sent it has agreed to.
    pub agreed: Agreed,
}

/// The bytes of a file that was sent as text: a workbook, or a packed table.
///
/// # Errors
/// [`Refused::Invalid`] if it is not Base64.
pub fn from_base64(text: &str) -> Result<Vec<u8>, Refused> {
    let plain: String = text.chars().filter(|letter| !letter.is_ascii_whitespace()).collect();
    base64::engine::general_purpose::STANDARD
        .decode(plain)
        .map_err(|_| Refused::field("content_base64", Message::new("data-error-base64")))
}

/// What came of it.
#[derive(Debug)]
pub struct Done {
    /// What was found.
    pub planned: Planned,
    /// What it became, if it was kept.
    pub batch: Option<BatchId>,
}

/// Looks at a file, and with `apply` takes it in: all of it or nothing.
///
/// # Errors
/// What access or the store refuse; [`Refused::Declined`] when it may not be taken.
pub async fn import(acting: &Acting<'_>, id: DatasetId, file: &Sent<'_>) -> Result<Done, Refused> {
    let (_, shown) = datasets::own(acting, id).await?;
    datasets::takes_files(acting, &shown)?;
    let app = acting.app.clone();
    let replaces = file.agreed.replaces;
    let dataset = shown.dataset.entry.clone();
    let batches = replacing::others(&shown.batches, replaces);
    let held = kept::figures_without(&app.store, shown.dataset.tenant, id, replaces).await?;
    let owner = datasets::kind_of(&app.store, shown.dataset.tenant).await?;
    let (name, bytes) = (file.name.to_owned(), file.bytes.to_vec());
    let work = tokio::task::spawn_blocking(move || {
        let earlier = Earlier { owner, batches: &batches, figures: Some(&held) };
        importing::look(&app, &dataset, earlier, &name, &bytes, &mut |_| ())
    });
    let looked = work.await.map_err(|error| Refused::Unavailable(error.to_string()))?;
    let batch =
        if file.apply { Some(take_in(acting, &shown, &looked, file.agreed).await?) } else { None };
    Ok(Done { planned: looked.planned, batch })
}
