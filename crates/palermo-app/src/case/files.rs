//! Files on a case. Told by their first bytes, limited in size and number,
//! pictures without metadata, sealed with the person's key in the compartment
//! care together with what they are called; every look is in the log. A
//! demonstration takes none (E43).

use super::{CaseFile, Opened, look_for, permitted, tell};
use crate::{Acting, Message, Problems, Refused, access::Action, begin, session::Signed};
use palermo_domain::{
    case::attachment::{Attachment, FileKind, LARGEST_BYTES, MOST_FILES, Media},
    compartment::Compartment,
    id::{CaseId, FileId, Id},
    purpose::Purpose,
};
use palermo_standards::picture::{self, Kind, NotTaken};
use palermo_store::{
    UnlockedVault, Versioned,
    case::{attachment as rows, event as events},
    keys::sealed::{self, Place},
};

/// Longest title, in characters.
const LONGEST_TITLE: usize = 120;

/// What someone wants to keep.
#[derive(Debug, Clone, Default)]
pub struct FileForm {
    /// What it is about.
    pub kind: String,
    /// What it is called; sealed.
    pub title: String,
    /// That whoever uploads a PDF was told what stays in it.
    pub told: bool,
}

fn place(file: &Attachment, field: &'static str) -> Place {
    Place {
        person: file.person,
        table: rows::TABLE,
        record: file.id.uuid(),
        field,
        compartment: Compartment::Care,
    }
}

fn media(kind: Kind) -> Media {
    match kind {
        Kind::Jpeg => Media::Jpeg,
        Kind::Png => Media::Png,
        Kind::WebP => Media::WebP,
        Kind::Pdf => Media::Pdf,
    }
}

fn not_taken(why: NotTaken) -> Message {
    Message::new(match why {
        NotTaken::Unknown => "files-error-kind",
        NotTaken::Damaged => "files-error-damaged",
        NotTaken::TooLarge => "files-error-pixels",
        NotTaken::Active => "files-error-active",
    })
}

/// Keeps a file.
///
/// # Errors
/// Every problem of the form at once; [`Refused::Declined`] in a demonstration
/// (E43); [`Refused::UnlockNeeded`] when the key does not open care.
pub async fn keep(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    id: CaseId,
    form: &FileForm,
    bytes: &[u8],
    purpose: Purpose,
) -> Result<FileId, Refused> {
    let file = permitted(acting, id, Action::CaseFiles, purpose).await?;
    if acting.app.demo {
        return Err(Refused::Declined(Message::new("files-not-in-demo")));
    }
    let (kind, title, found) = checked(form, bytes)?;
    let (found, kept) = found;
    let mut act = begin!(acting, file.context(acting, Action::CaseFiles)?);
    let tenant = file.case.record.tenant;
    if rows::count(&act, tenant, id).await? >= MOST_FILES as u64 {
        act.give_up().await?;
        let message = Message::new("files-error-many").with("most", MOST_FILES);
        return Err(Refused::field("file", message));
    }
    let row = Attachment {
        tenant,
        id: act.new_id(),
        case: id,
        person: file.person.record.id,
        kind,
        media: media(found),
        size: kept.len() as u64,
        recorded_at: act.now(),
        recorded_by: act.actor().account(),
    };
    act.about(row.id);
    rows::insert(&mut act, &row).await?;
    sealed::put(&mut act, vault, place(&row, "title"), title.as_bytes()).await?;
    sealed::put(&mut act, vault, place(&row, "content"), &kept).await?;
    let event = events::new(&act, id, "file-kept").with("files-kind", kind.code());
    tell(&mut act, None, row.person, event, None).await?;
    act.commit(&row.id).await?;
    Ok(row.id)
}

type Checked = (FileKind, String, (Kind, Vec<u8>));

fn checked(form: &FileForm, bytes: &[u8]) -> Result<Checked, Refused> {
    let mut problems = Problems::default();
    let title = problems.required("title", &form.title, LONGEST_TITLE);
    let kind = FileKind::from_code(&form.kind);
    if kind.is_none() {
        problems.add("kind", Message::new("error-choose"));
    }
    let mut found = None;
    if bytes.is_empty() {
        problems.add("file", Message::new("files-error-none"));
    } else if bytes.len() > LARGEST_BYTES {
        let most = LARGEST_BYTES >> 20;
        problems.add("file", Message::new("files-error-large").with("most", most));
    } else {
        match picture::without_metadata(bytes) {
            Ok((Kind::Pdf, _)) if !form.told => {
                problems.add("told", Message::new("files-error-told"));
            }
            Ok(taken) => found = Some(taken),
            Err(why) => problems.add("file", not_taken(why)),
        }
    }
    problems.none()?;
    match (kind, found) {
        (Some(kind), Some(found)) => Ok((kind, title, found)),
        _ => Err(Refused::NotFound),
    }
}

/// A file with what it is called, if the reader's key opens it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The file.
    pub file: Versioned<Attachment>,
    /// What it is called.
    pub title: Option<String>,
}

/// The files of a case, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(opened: &Opened) -> Result<Vec<Shown>, Refused> {
    let case = &opened.file.case.record;
    let mut shown = Vec::new();
    for file in rows::of_case(&opened.read, case.tenant, case.id).await? {
        let title = opened.text(place(&file.record, "title")).await?;
        shown.push(Shown { title, file });
    }
    Ok(shown)
}

/// Whether the reader may see and keep files, for the section.
#[must_use]
pub fn may(acting: &Acting<'_>, file: &CaseFile) -> bool {
    let about = super::resource(&file.case.record, &file.team, acting.now());
    acting.may_for(Action::CaseFiles, &about, file.purpose).allowed
}

/// The bytes of a file; the entry in the log names it.
///
/// # Errors
/// [`Refused::UnlockNeeded`] while one's key is closed.
pub async fn content(
    acting: &Acting<'_>,
    signed: &Signed,
    case: CaseId,
    id: FileId,
    purpose: Purpose,
) -> Result<(Media, Vec<u8>), Refused> {
    let file = permitted(acting, case, Action::CaseFiles, purpose).await?;
    let tenant = file.case.record.tenant;
    let found = rows::find(&acting.app.store, tenant, id).await?;
    let found = found.filter(|one| one.record.case == case).ok_or(Refused::NotFound)?.record;
    let vault = crate::keys::vault(acting, signed).await?;
    let mut context = file.context(acting, Action::CaseFiles)?.about(id).because("download");
    context.idempotency = None;
    let read = acting.app.store.read_personal(context).await?;
    let clear = sealed::open(&read, &vault, place(&found, "content")).await?;
    let clear = clear.ok_or(Refused::NotFound)?;
    Ok((found.media, clear.to_vec()))
}

/// Removes a file: what was sealed goes with it.
///
/// # Errors
/// [`Refused::NotFound`] if it is none of this case.
pub async fn remove(
    acting: &Acting<'_>,
    case: CaseId,
    id: FileId,
    purpose: Purpose,
) -> Result<(), Refused> {
    let file = permitted(acting, case, Action::CaseFiles, purpose).await?;
    let mut act = begin!(acting, file.context(acting, Action::CaseFiles)?.about(id));
    let found = rows::find(&act, file.case.record.tenant, id).await?;
    let Some(found) = found.filter(|one| one.record.case == case) else {
        act.give_up().await?;
        return Err(Refused::NotFound);
    };
    for field in ["title", "content"] {
        match sealed::remove(&mut act, place(&found.record, field)).await {
            Ok(()) | Err(palermo_store::Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    rows::remove(&mut act, &found.record).await?;
    let event =
        events::new(&act, case, "file-removed").with("files-kind", found.record.kind.code());
    tell(&mut act, None, file.person.record.id, event, None).await?;
    Ok(act.commit(&()).await?)
}

/// Opens the page of files.
///
/// # Errors
/// As [`super::look`].
pub async fn look(
    acting: &Acting<'_>,
    signed: &Signed,
    id: CaseId,
    purpose: Purpose,
) -> Result<Opened, Refused> {
    look_for(acting, Some(signed), id, Action::CaseFiles, purpose).await
}
