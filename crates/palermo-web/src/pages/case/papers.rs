//! Documents that say who the person is, for whoever opens identity: what is
//! kept, a form to add or correct one, a button to take one away.

use super::{Answer, alike::LOOK, purpose, purpose_of, sections::Section, words_of};
use crate::{
    components::{Button, Content, SummaryList},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button, refused},
        paper,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    case::{
        self, Opened, Version,
        open::may_write,
        papers::{self, PaperForm},
    },
    desk::parse_id,
    domain::{
        case::paper::{Paper, PaperAt, PaperKind},
        id::CaseId,
        purpose::Purpose,
    },
    keys,
};
use std::fmt::Write as _;

/// What is kept, without a way to change it.
pub(super) async fn section(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let Some((kept, _)) = papers::read(opened).await? else { return Ok(None) };
    let writes = may_write(&visit.acting(), &opened.file);
    if kept.is_empty() && !writes {
        return Ok(None);
    }
    let list = kept.iter().fold(SummaryList::new(), |list, paper| {
        list.row(kind(visit, paper), Content::Html(told(visit, paper)))
    });
    let mut html = if kept.is_empty() {
        format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.text("case-paper-none")))
    } else {
        list.to_string()
    };
    if writes {
        let why = opened.file.purpose.code();
        let href = visit.link(&format!("/cases/{}/papers?for={why}", opened.file.id()));
        let _ = write!(html, "{}", Button::link(visit.text("case-paper-edit"), href).secondary());
    }
    let (title, count) = (visit.text("case-section-papers"), Some(kept.len()));
    Ok(Some(Section { id: "papers", title, html, count, ..Section::default() }))
}

fn kind(visit: &Visit, paper: &Paper) -> String {
    visit.text(&format!("case-paper-{}", paper.kind.code()))
}

/// Number, State, until when and where, a line each.
fn told(visit: &Visit, paper: &Paper) -> String {
    let number = Content::from(paper.number.as_str());
    let mut html = format!("<p class=\"govuk-body\"><bdi dir=\"ltr\">{number}</bdi></p>");
    let mut said = Vec::new();
    if !paper.state.is_empty() {
        said.push(visit.state(&paper.state));
    }
    if let Some(day) = paper.until {
        let on = visit.date(day.date());
        said.push(visit.format("case-paper-holds", &[("date", on.into())]));
    }
    said.push(visit.text(&format!("case-paper-at-{}", paper.at.code())));
    let said = Content::from(said.join(" · "));
    let _ = write!(html, "<p class=\"govuk-body\">{said}</p>");
    html
}

/// The page: the documents with their buttons, and the form.
async fn page(
    visit: &Visit,
    opened: &Opened,
    mark: Option<u32>,
    typed: Option<&PaperForm>,
    problems: &Problems,
) -> Result<Response, Failure> {
    let (id, why) = (opened.file.id(), opened.file.purpose);
    let (kept, version) = papers::read(opened).await?.ok_or(Refused::UnlockNeeded)?;
    let seen = version.0.to_string();
    let list = kept.iter().fold(SummaryList::new(), |list, paper| {
        let number = paper.mark.to_string();
        let path = format!("/cases/{id}/papers?change={number}&for={}", why.code());
        let change = Content::from(visit.text("form-change"));
        let mut body = told(visit, paper);
        let _ = write!(
            body,
            "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{}\">{change}<span class=\"govuk-visually-hidden\"> {}</span></a></p>",
            visit.link(&path).replace('&', "&amp;"),
            Content::from(kind(visit, paper)),
        );
        let fields = [("mark", &*number), ("version", &*seen), ("for", why.code())];
        let remove = format!("/cases/{id}/papers/remove");
        body.push_str(&one_button(visit, &remove, "form-remove", &fields, false));
        list.row(kind(visit, paper), Content::Html(body))
    });
    let changed = kept.iter().find(|paper| Some(paper.mark) == mark);
    let stored = changed.map(PaperForm::of).unwrap_or_default();
    let typed = typed.unwrap_or(&stored);
    let kinds: Vec<_> = PaperKind::ALL.iter().map(|one| one.code()).collect();
    let places: Vec<_> = PaperAt::ALL.iter().map(|one| one.code()).collect();
    let mut form = FormPage::new(visit, &format!("/cases/{id}/papers"), problems)
        .words("case-paper-why")
        .hidden("for", why.code())
        .hidden("version", &seen);
    if let Some(changed) = changed {
        form = form.hidden("mark", &changed.mark.to_string());
    }
    let form = form
        .select("kind", "case-paper-kind", words_of(visit, "case-paper", &kinds), &typed.kind)
        .text("number", "case-paper-number", "case-paper-number-hint", &typed.number)
        .select(
            "state",
            "case-paper-state",
            crate::pages::directory::states_with(visit, &typed.state),
            &typed.state,
        )
        .date("until", "case-paper-until", &typed.until)
        .select("at", "case-paper-at", words_of(visit, "case-paper-at", &places), &typed.at)
        .button("form-save");
    let (title, back) = (visit.text("case-paper-edit"), format!("/cases/{id}"));
    if let Some(sheet) = form.sheet("case-paper-edit", &back) {
        return Ok(sheet);
    }
    let form = form.part(paper::link(visit, visit.path())).html();
    let list = if kept.is_empty() { String::new() } else { list.to_string() };
    let hint = super::alike::hint(visit, opened).await?;
    let html = format!("{hint}{list}{form}");
    if problems.0.is_empty() {
        return Ok(visit.page(&title).back(&back).html(&html));
    }
    Ok(refused(visit, title, Some(&back), &html))
}

async fn opened(visit: &Visit, id: CaseId, why: Purpose) -> Result<Opened, Refused> {
    let signed = visit.signed.as_deref();
    case::look_for(&visit.acting(), signed, id, Action::WriteCase, why).await
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let opened = opened(&visit, id, purpose(&visit)).await?;
    let mark: Option<u32> = visit.query("change").parse().ok();
    page(&visit, &opened, mark, None, &Problems::default()).await
}

fn typed(form: &Form) -> PaperForm {
    let text = |name: &str| form.text(name).to_owned();
    PaperForm {
        kind: text("kind"),
        number: text("number"),
        state: text("state"),
        until: form.boxes("until"),
        at: text("at"),
    }
}

fn version(form: &Form) -> Version {
    Version(form.text("version").parse().unwrap_or(0))
}

pub(super) async fn save(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let (typed, why) = (typed(&form), purpose_of(&visit, &form));
    let mark: Option<u32> = form.text("mark").parse().ok();
    let acting = visit.acting_once(&form);
    let vault = keys::vault(&acting, visit.signed()?).await?;
    let which = (mark, version(&form));
    match papers::save(&acting, &vault, id, which, &typed, why).await {
        Ok(()) => Ok(done(&visit, &format!("/cases/{id}/papers{LOOK}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            let opened = opened(&visit, id, why).await?;
            page(&visit, &opened, mark, Some(&typed), &problems).await
        }
        Err(Refused::Conflict) => meanwhile(&visit, id, why, mark, Some(&typed)).await,
        Err(other) => Err(Failure(other)),
    }
}

/// Someone else wrote first: what they kept stands above, one's own in the form.
async fn meanwhile(
    visit: &Visit,
    id: CaseId,
    why: Purpose,
    mark: Option<u32>,
    typed: Option<&PaperForm>,
) -> Answer {
    let opened = opened(visit, id, why).await?;
    let mut problems = Problems::default();
    problems.add("", Message::new("case-words-theirs"));
    let mut response = page(visit, &opened, mark, typed, &problems).await?;
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}

pub(super) async fn remove(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let why = purpose_of(&visit, &form);
    let mark: u32 = form.text("mark").parse().map_err(|_| Refused::NotFound)?;
    let acting = visit.acting_once(&form);
    let vault = keys::vault(&acting, visit.signed()?).await?;
    match papers::remove(&acting, &vault, id, (mark, version(&form)), why).await {
        Ok(()) => Ok(done(&visit, &format!("/cases/{id}/papers"), "saved")),
        Err(Refused::Conflict) => meanwhile(&visit, id, why, None, None).await,
        Err(other) => Err(Failure(other)),
    }
}
