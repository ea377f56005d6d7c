//! Files on a case: keeping them, reading them, letting them go.

use super::{Answer, purpose, purpose_of, sections::Section, words_of};
use crate::{
    components::{Button, Content, InsetText, SummaryList},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        upload::Uploaded,
        visit::{Sent, Visit},
    },
};
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use palermo_app::{
    Problems, Refused,
    case::{
        Opened,
        files::{self, FileForm},
    },
    desk::parse_id,
    domain::{
        case::attachment::{FileKind, LARGEST_BYTES},
        id::{CaseId, FileId},
        purpose::Purpose,
    },
    keys,
};
use std::fmt::Write as _;

/// The files of a case, by what they are called.
pub(super) async fn section(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let acting = visit.acting();
    if !files::may(&acting, &opened.file) {
        return Ok(None);
    }
    let id = opened.file.id();
    let count = files::of_case(opened).await?.len();
    let told = visit.format("files-count", &[("count", visit.whole(count).into())]);
    let href = visit.link(&format!("/cases/{id}/files?for={}", opened.file.purpose.code()));
    let html = format!(
        "<p class=\"govuk-body\">{}</p>{}",
        Content::from(told),
        Button::link(visit.text("files-open"), href).secondary()
    );
    let (title, count) = (visit.text("files-title"), Some(count));
    Ok(Some(Section { id: "files", title, html, count, ..Section::default() }))
}

fn listed(visit: &Visit, id: CaseId, purpose: Purpose, all: &[files::Shown]) -> String {
    if all.is_empty() {
        return format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.text("files-none")));
    }
    let mut list = SummaryList::new();
    for one in all {
        let file = &one.file.record;
        let kind = visit.text(&format!("files-kind-{}", file.kind.code()));
        let title = one.title.clone().unwrap_or_else(|| visit.text("case-text-closed"));
        let size = visit.whole(usize::try_from(file.size.div_ceil(1024)).unwrap_or(0));
        let facts = visit.format(
            "files-facts",
            &[
                ("kind", kind.into()),
                ("size", size.into()),
                ("at", visit.moment(file.recorded_at).into()),
            ],
        );
        let href = visit.link(&format!("/cases/{id}/files/{}?for={}", file.id, purpose.code()));
        let name = file.id.to_string();
        let fields = [("file", name.as_str()), ("for", purpose.code())];
        let body = format!(
            "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{href}\"><bdi>{}</bdi></a></p>{}",
            Content::from(title),
            one_button(visit, &format!("/cases/{id}/files/remove"), "files-remove", &fields, true)
        );
        list = list.row(facts, Content::Html(body));
    }
    list.to_string()
}

fn page(
    visit: &Visit,
    id: CaseId,
    purpose: Purpose,
    all: &[files::Shown],
    form: &Form,
    problems: &Problems,
) -> Response {
    let mut html = listed(visit, id, purpose, all);
    if visit.web.app().demo {
        let _ = write!(html, "{}", InsetText::new(visit.text("files-not-in-demo")));
    } else {
        let kinds: Vec<_> = FileKind::ALL.iter().map(|kind| kind.code()).collect();
        let most = visit.whole(LARGEST_BYTES >> 20);
        let limits = visit.format("files-limits", &[("most", most.into())]);
        let told = vec![("yes".to_owned(), visit.text("files-told-pdf"))];
        html.push_str(
            &FormPage::new(visit, &format!("/cases/{id}/files"), problems)
                .part(format!(
                    "<h2 class=\"govuk-heading-m\">{}</h2><p class=\"govuk-body\">{}</p>",
                    Content::from(visit.text("files-add")),
                    Content::from(limits)
                ))
                .hidden("for", purpose.code())
                .file("file", "files-file", "files-file-hint")
                .text("title", "files-name", "files-name-hint", form.text("title"))
                .select(
                    "kind",
                    "files-kind",
                    words_of(visit, "files-kind", &kinds),
                    form.text("kind"),
                )
                .checkboxes("told", "files-told", told, form.list("told"))
                .button("files-keep")
                .html(),
        );
    }
    let mut response =
        visit.page(&visit.text("files-title")).back(&format!("/cases/{id}")).html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let (id, purpose) = (parse_id(&id)?, purpose(&visit));
    let opened = files::look(&visit.acting(), visit.signed()?, id, purpose).await?;
    let all = files::of_case(&opened).await?;
    Ok(page(&visit, id, purpose, &all, &Form::default(), &Problems::default()))
}

pub(super) async fn keep(
    Path(id): Path<String>,
    Uploaded { visit, form, file, .. }: Uploaded,
) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let acting = visit.acting_once(&form);
    let typed = FileForm {
        kind: form.text("kind").to_owned(),
        title: form.text("title").to_owned(),
        told: form.ticked("told"),
    };
    let vault = keys::vault(&acting, visit.signed()?).await?;
    match files::keep(&acting, &vault, id, &typed, &file, purpose).await {
        Ok(_) => Ok(done(&visit, &format!("/cases/{id}/files"), "file-kept")),
        Err(Refused::Invalid(problems)) => {
            let opened = files::look(&visit.acting(), visit.signed()?, id, purpose).await?;
            let all = files::of_case(&opened).await?;
            Ok(page(&visit, id, purpose, &all, &form, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

/// The file to keep. Always as an attachment, under the strict policy of every
/// answer: whatever is in it, no browser runs it in our name.
pub(super) async fn take(visit: Visit, Path((id, file)): Path<(String, String)>) -> Answer {
    let (case, id): (CaseId, FileId) = (parse_id(&id)?, parse_id(&file)?);
    let (media, bytes) =
        files::content(&visit.acting(), visit.signed()?, case, id, purpose(&visit)).await?;
    let short: String = id.to_string().chars().take(8).collect();
    let name = format!("attachment; filename=\"{short}.{}\"", media.ending());
    Ok((
        [(header::CONTENT_TYPE, media.code().to_owned()), (header::CONTENT_DISPOSITION, name)],
        bytes,
    )
        .into_response())
}

pub(super) async fn remove(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let file = parse_id(form.text("file"))?;
    let purpose = purpose_of(&visit, &form);
    files::remove(&visit.acting_once(&form), id, file, purpose).await?;
    Ok(done(&visit, &format!("/cases/{id}/files"), "file-removed"))
}
