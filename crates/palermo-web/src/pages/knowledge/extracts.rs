//! Extracts for researchers: what was asked by staff and from outside, its
//! review, what was given, its deletion.

use super::{id, link, paragraph, sharing::parts};
use crate::{
    components::{Button, Content, SummaryList, Tag, WarningText},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button, refused, summary},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    domain::{
        id::ExtractId,
        knowledge::sharing::{Extract, ExtractStatus},
    },
    knowledge::extracts::{self, ExtractForm, Listed, ReviewForm},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/extracts", Action::ManageExtracts, list)
        .page("/extracts/new", Action::ManageExtracts, ask_new)
        .form("/extracts/new", Action::ManageExtracts, create)
        .page("/extracts/{id}", Action::ManageExtracts, show)
        .form("/extracts/{id}", Action::ManageExtracts, step)
        .form("/extracts/{id}/review", Action::SignRelease, review)
}

/// Who wrote it down, or the day it came from outside.
fn asked_by(visit: &Visit, entry: &Extract) -> String {
    match (&entry.asked, entry.came) {
        (Some(by), _) => by.name.clone(),
        (None, Some(day)) => {
            visit.format("extract-from-outside", &[("day", visit.date(day.date()).into())])
        }
        (None, None) => String::new(),
    }
}

fn tag(visit: &Visit, status: ExtractStatus) -> Tag {
    let colour = match status {
        ExtractStatus::Asked => "yellow",
        ExtractStatus::Refused => "red",
        ExtractStatus::Approved => "blue",
        ExtractStatus::Given => "purple",
        ExtractStatus::Deleted => "grey",
    };
    Tag::coloured(visit.text(&format!("extract-{}", status.code())), colour)
}

async fn list(visit: Visit) -> Answer {
    let rows = extracts::list(&visit.acting()).await?;
    let (a, b) = (visit.clone(), visit.clone());
    let (c, d) = (visit.clone(), visit.clone());
    let list = List::new(&visit, "extracts", &visit.text("extracts-title"), rows)
        .column(
            "title",
            "release-title",
            |one| one.entry.title.clone(),
            move |one| link(&a, &format!("/extracts/{}", one.id), one.entry.title.as_str()),
        )
        .text("institution", "extract-institution", |one| one.entry.institution.clone())
        .text("asked", "extract-asked-by", move |one| asked_by(&d, &one.entry))
        .column(
            "status",
            "release-status",
            move |one| b.text(&format!("extract-{}", one.entry.status.code())),
            move |one| tag(&c, one.entry.status).into(),
        )
        .text("delete", "extract-delete-by", |one| one.entry.delete_by.to_string())
        .when_empty(visit.text("extracts-none"));
    let path = visit.link("/extracts/new");
    let top = format!(
        "{}{}",
        paragraph(visit.text("extracts-lead")),
        Button::link(visit.text("extract-new"), path)
    );
    let answer = list.answer(|table| {
        visit.page(&visit.text("extracts-title")).back("/publish").html(&format!("{top}{table}"))
    })?;
    Ok(answer)
}

fn form(visit: &Visit, typed: &ExtractForm, problems: &Problems) -> Response {
    let page = FormPage::new(visit, "/extracts/new", problems).words("extracts-lead");
    asked(page, typed).button("form-save").page("extract-new", "/extracts")
}

async fn ask_new(visit: Visit) -> Response {
    form(&visit, &ExtractForm::default(), &Problems::default())
}

/// What was typed about a request, by staff or from outside.
pub(in crate::pages) fn typed(form: &Form) -> ExtractForm {
    let text = |name: &str| form.text(name).to_owned();
    ExtractForm {
        title: text("title"),
        institution: text("institution"),
        purpose: text("purpose"),
        figures: text("figures"),
        ethics: text("ethics"),
        delete_by: parts(form, "delete_by"),
    }
}

/// The questions about a request, the same for staff and from outside.
pub(in crate::pages) fn asked<'a>(form: FormPage<'a>, typed: &ExtractForm) -> FormPage<'a> {
    form.text("title", "release-title", "", &typed.title)
        .text("institution", "extract-institution", "extract-institution-hint", &typed.institution)
        .lines("purpose", "extract-purpose", "", &typed.purpose)
        .lines("figures", "extract-figures", "", &typed.figures)
        .text("ethics", "extract-ethics", "", &typed.ethics)
        .date("delete_by", "extract-delete-by", &typed.delete_by)
}

async fn create(Sent { visit, form: sent }: Sent) -> Answer {
    let typed = typed(&sent);
    match extracts::ask(&visit.acting_once(&sent), &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/extracts/{id}"), "signal-changed")),
        Err(Refused::Invalid(problems)) => Ok(form(&visit, &typed, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

/// What stands below the particulars: what was typed, and what is wrong with it.
#[derive(Default)]
struct Below {
    /// A review somebody typed.
    review: ReviewForm,
    /// The release somebody chose.
    release: String,
    /// Problems beside fields.
    problems: Problems,
    /// Why a step was refused.
    declined: Option<String>,
}

async fn show(visit: Visit, Path(extract): Path<String>) -> Answer {
    let extract: ExtractId = id(&extract)?;
    shown(&visit, extract, &Below::default()).await
}

async fn shown(visit: &Visit, extract: ExtractId, below: &Below) -> Answer {
    let found = extracts::show(&visit.acting(), extract).await?;
    let entry = &found.entry;
    let mut html = String::new();
    if !below.problems.0.is_empty() {
        html.push_str(&summary(visit, &below.problems, called).to_string());
    }
    if let Some(words) = &below.declined {
        html.push_str(&WarningText::new(words.clone(), &visit.words()).to_string());
    }
    if entry.overdue(visit.acting().now().date().into()) {
        let words = visit.text("extract-overdue");
        html.push_str(&WarningText::new(words, &visit.words()).to_string());
    }
    let release = extracts::release_title(&visit.acting(), entry).await?;
    html.push_str(&particulars(visit, entry, release).to_string());
    html.push_str(&next(visit, &found, below).await?);
    if below.problems.0.is_empty() {
        return Ok(visit.page(&entry.title).back("/extracts").html(&html));
    }
    Ok(refused(visit, entry.title.clone(), Some("/extracts"), &html))
}

/// What a field of the steps is called.
fn called(field: &str) -> &'static str {
    match field {
        "words" => "extract-review",
        "agrees" => "extract-agrees",
        "answer" => "extract-answer",
        "release" => "extract-release",
        _ => "release-status",
    }
}

fn particulars(visit: &Visit, entry: &Extract, title: Option<String>) -> SummaryList {
    let mut about = SummaryList::new()
        .row(visit.text("release-status"), Content::from(tag(visit, entry.status)))
        .row(visit.text("extract-institution"), entry.institution.as_str())
        .row(visit.text("extract-purpose"), entry.purpose.as_str())
        .row(visit.text("extract-figures"), entry.figures.as_str())
        .row(visit.text("extract-ethics"), entry.ethics.as_str())
        .row(visit.text("extract-asked-by"), asked_by(visit, entry))
        .row(visit.text("extract-delete-by"), visit.date(entry.delete_by.date()));
    if let Some((by, words)) = &entry.review {
        about = about.row(visit.text("extract-review"), format!("{}: {words}", by.name));
    }
    if let Some(answer) = &entry.answer {
        about = about.row(visit.text("extract-answer"), answer.as_str());
    }
    if let Some(release) = entry.release {
        let path = format!("/publish/{release}");
        let title = title.unwrap_or_else(|| visit.text("extract-files"));
        about = about.row(visit.text("extract-release"), link(visit, &path, title));
    }
    if let Some(day) = entry.deleted {
        about = about.row(visit.text("extract-deleted"), visit.date(day.date()));
    }
    about
}

/// The step that follows.
async fn next(visit: &Visit, found: &Listed, below: &Below) -> Result<String, Failure> {
    let path = format!("/extracts/{}", found.id);
    let revision = found.revision.0.to_string();
    let form =
        |path: &str| FormPage::new(visit, path, &below.problems).hidden("revision", &revision);
    Ok(match found.entry.status {
        ExtractStatus::Asked => {
            let review = &below.review;
            let answers = [("yes", "word-yes"), ("no", "word-no")];
            let answers = answers.map(|(code, id)| (code.to_owned(), visit.text(id))).to_vec();
            let chosen = review.agrees.map_or("", |yes| if yes { "yes" } else { "no" });
            let mut form = form(&format!("{path}/review"))
                .lines("words", "extract-review", "extract-review-hint", &review.words)
                .radios("agrees", "extract-agrees", answers, chosen);
            if found.entry.asked.is_none() {
                form =
                    form.lines("answer", "extract-answer", "extract-answer-hint", &review.answer);
            }
            form.button("extract-review-save").below()
        }
        ExtractStatus::Approved => {
            let choices = extracts::choices(&visit.acting()).await?;
            form(&path)
                .hidden("what", "give")
                .select("release", "extract-release", choices, &below.release)
                .button("extract-give")
                .below()
        }
        ExtractStatus::Given => {
            let mut html = String::new();
            if let Some(release) = found.entry.release {
                let words = visit.text("extract-files");
                html.push_str(&paragraph(link(visit, &format!("/publish/{release}"), words)));
            }
            let fields = [("revision", revision.as_str()), ("what", "deleted")];
            html.push_str(&one_button(visit, &path, "extract-confirm-deleted", &fields, false));
            html
        }
        ExtractStatus::Refused | ExtractStatus::Deleted => String::new(),
    })
}

async fn after(
    visit: &Visit,
    extract: ExtractId,
    result: Result<ExtractId, Refused>,
    mut below: Below,
) -> Answer {
    match result {
        Ok(_) => return Ok(done(visit, &format!("/extracts/{extract}"), "signal-changed")),
        Err(Refused::Declined(message)) => below.declined = Some(visit.say(&message)),
        Err(Refused::Invalid(problems)) => below.problems = problems,
        Err(other) => return Err(Failure(other)),
    }
    shown(visit, extract, &below).await
}

async fn review(Path(extract): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let extract: ExtractId = id(&extract)?;
    let seen = form.text("revision").parse().unwrap_or(0);
    let review = ReviewForm {
        words: form.text("words").to_owned(),
        agrees: match form.text("agrees") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        answer: form.text("answer").to_owned(),
    };
    let result = extracts::review(&visit.acting_once(&form), extract, &review, seen).await;
    after(&visit, extract, result, Below { review, ..Below::default() }).await
}

async fn step(Path(extract): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let extract: ExtractId = id(&extract)?;
    let seen = form.text("revision").parse().unwrap_or(0);
    let acting = visit.acting_once(&form);
    let release = form.text("release").to_owned();
    let result = match form.text("what") {
        "give" => extracts::give(&acting, extract, &release, seen).await,
        _ => extracts::deleted(&acting, extract, seen).await,
    };
    after(&visit, extract, result, Below { release, ..Below::default() }).await
}
