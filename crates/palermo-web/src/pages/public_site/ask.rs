//! Asking for an extract from outside, without an account, and following what
//! became of it by the link that only whoever asked has.

use super::{heading, lead, list, paragraph};
use crate::{
    components::{Content, SummaryList, WarningText},
    pages::{
        Answer,
        knowledge::extracts::{asked, typed},
    },
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        listing::download,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Problems, Refused,
    access::Action,
    domain::knowledge::sharing::{Extract, ExtractStatus},
    knowledge::extract_requests::{self as requests, RequestForm},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/figures/ask", Action::AskExtract, ask)
        .form("/figures/ask", Action::AskExtract, send)
        .page("/extract-requests/{word}", Action::AskExtract, follow)
        .form("/extract-requests/{word}", Action::AskExtract, deleted)
        .download("/extract-requests/{word}/files/{file}", Action::AskExtract, file)
}

async fn form(visit: &Visit, sent: &RequestForm, problems: &Problems) -> Answer {
    let keepers = requests::keepers(visit.web.app()).await?;
    let keepers = keepers.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let page = FormPage::new(visit, "/figures/ask", problems)
        .words("extract-ask-lead")
        .words("extract-ask-public-first")
        .hinted("extract-keeper-hint")
        .select("keeper", "extract-keeper", keepers, &sent.keeper);
    Ok(asked(page, &sent.about)
        .email("email", "extract-email", &sent.email)
        .words("extract-email-words")
        .button("extract-ask-send")
        .page("extract-ask-title", "/figures"))
}

async fn ask(visit: Visit) -> Answer {
    form(&visit, &RequestForm::default(), &Problems::default()).await
}

fn request(sent: &Form) -> RequestForm {
    RequestForm {
        about: typed(sent),
        keeper: sent.text("keeper").to_owned(),
        email: sent.text("email").to_owned(),
    }
}

async fn send(Sent { visit, form: sent }: Sent) -> Answer {
    let request = request(&sent);
    match requests::ask(&visit.acting_once(&sent), &request, visit.source).await {
        Ok(word) => Ok(done(&visit, &format!("/extract-requests/{word}"), "extract-asked")),
        Err(Refused::Invalid(problems)) => form(&visit, &request, &problems).await,
        Err(Refused::Declined(message)) => {
            let mut problems = Problems::default();
            problems.add("keeper", message);
            form(&visit, &request, &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn follow(visit: Visit, Path(word): Path<String>) -> Answer {
    let found = requests::follow(visit.web.app(), &word).await?;
    let entry = &found.extract;
    let mut html = lead(&visit, "extract-keep-link");
    if entry.overdue(visit.acting().now().date().into()) {
        let words = visit.text("extract-please-delete");
        html.push_str(&WarningText::new(words, &visit.words()).to_string());
    }
    html.push_str(&particulars(&visit, entry).to_string());
    if !found.files.is_empty() {
        html.push_str(&heading(&visit, "extract-fetch"));
        html.push_str(&paragraph(visit.text("extract-fetch-words")));
        html.push_str(&list(found.files.iter().map(|name| {
            let path = visit.link(&format!("/extract-requests/{word}/files/{name}"));
            let name = Content::from(name);
            let link = format!("<a class=\"govuk-link\" href=\"{path}\"><bdi>{name}</bdi></a>");
            Content::Html(link)
        })));
    }
    if entry.status == ExtractStatus::Given {
        let path = format!("/extract-requests/{word}");
        html.push_str(&one_button(&visit, &path, "extract-we-deleted", &[], false));
    }
    Ok(visit.page(&visit.text("extract-request-title")).back("/figures").html(&html))
}

fn particulars(visit: &Visit, entry: &Extract) -> SummaryList {
    let status = visit.text(&format!("extract-{}", entry.status.code()));
    let mut about = SummaryList::new()
        .row(visit.text("release-status"), status)
        .row(visit.text("release-title"), entry.title.as_str())
        .row(visit.text("extract-figures"), entry.figures.as_str())
        .row(visit.text("extract-delete-by"), visit.date(entry.delete_by.date()));
    if let Some(answer) = &entry.answer {
        about = about.row(visit.text("extract-answer"), answer.as_str());
    }
    if let Some(day) = entry.deleted {
        about = about.row(visit.text("extract-deleted"), visit.date(day.date()));
    }
    about
}

async fn deleted(Path(word): Path<String>, Sent { visit, .. }: Sent) -> Answer {
    requests::confirm_deleted(visit.web.app(), &word).await?;
    Ok(done(&visit, &format!("/extract-requests/{word}"), "extract-deletion-noted"))
}

async fn file(visit: Visit, Path((word, name)): Path<(String, String)>) -> Answer {
    let bytes = requests::fetch(visit.web.app(), &word, &name).await?;
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    let kind = crate::pages::knowledge::media_type(ending);
    Ok(download(bytes, kind, stem, ending))
}
