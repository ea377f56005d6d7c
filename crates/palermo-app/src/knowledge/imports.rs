//! A file a program sends: looked at, and taken in if it says so.

use super::{
    datasets,
    importing::{self, Planned},
    uploads::take_in,
};
use crate::{Acting, Refused};
use palermo_domain::id::{BatchId, DatasetId};

/// A file as it was sent.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Whether to keep what it brings.
    pub apply: bool,
    /// Whether to take the other rows if some are rejected.
    pub skip_rejected: bool,
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
    let app = acting.app.clone();
    let (dataset, batches) = (shown.dataset.entry.clone(), shown.batches.clone());
    let (name, bytes) = (file.name.to_owned(), file.bytes.to_vec());
    let work = tokio::task::spawn_blocking(move || {
        importing::look(&app, &dataset, &batches, &name, &bytes, &mut |_| ())
    });
    let looked = work.await.map_err(|error| Refused::Unavailable(error.to_string()))?;
    let batch = if file.apply {
        Some(take_in(acting, &shown, &looked, file.skip_rejected).await?)
    } else {
        None
    };
    Ok(Done { planned: looked.planned, batch })
}
