//! Flags of a case: at its top, and the page to set them and take them down.

use super::{Answer, purpose, purpose_of};
use crate::{
    components::{Button, Content, SummaryList, Tag},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button, refused},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    case::{
        self, Opened,
        flags::{self, FlagForm, Raised},
        open::may_write,
    },
    desk::parse_id,
    domain::id::CaseId,
};
use std::fmt::Write as _;

/// A flag as it is shown wherever it is.
pub(super) fn tag(visit: &Visit, code: &str) -> Tag {
    let acting = visit.acting();
    Tag::coloured(flags::word(&acting, code), flags::colour(&acting, code))
}

/// The flags at the top of a case, and the way to set more.
pub(super) async fn top(visit: &Visit, opened: &Opened) -> Result<String, Failure> {
    let acting = visit.acting();
    let raised = flags::of_case(&acting, opened).await?;
    let mut html = String::new();
    for one in &raised {
        let line = said(visit, one).await?;
        let tag = tag(visit, &one.flag.record.code);
        let _ = write!(html, "<div class=\"govuk-body\">{tag} {line}</div>");
    }
    if may_write(&acting, &opened.file) {
        let why = opened.file.purpose.code();
        let href = visit.link(&format!("/cases/{}/flags?for={why}", opened.file.id()));
        let link = Button::link(visit.text("case-flag-edit"), href).small().secondary();
        let _ = write!(html, "<p class=\"govuk-body\">{link}</p>");
    }
    Ok(html)
}

/// Why, by whom, since when and until when.
async fn said(visit: &Visit, one: &Raised) -> Result<String, Failure> {
    let flag = &one.flag.record;
    let names = case::staff_names(&visit.acting(), vec![flag.set_by]).await?;
    let name = names.get(&flag.set_by).cloned().unwrap_or_default();
    let since = visit.date(flag.recorded_at.date());
    let mut line = visit.format("case-flag-by", &[("name", name.into()), ("date", since.into())]);
    if let Some(until) = flag.until {
        let until = visit.date(until.date());
        line =
            format!("{line} · {}", visit.format("case-flag-until-day", &[("date", until.into())]));
    }
    let reason =
        one.reason.as_deref().map_or_else(|| visit.text("case-text-closed"), str::to_owned);
    Ok(format!(
        "<bdi dir=\"auto\">{}</bdi> <span class=\"govuk-hint\">{}</span>",
        Content::from(reason),
        Content::from(line)
    ))
}

async fn page(
    visit: &Visit,
    opened: &Opened,
    typed: &FlagForm,
    problems: &Problems,
) -> Result<Response, Failure> {
    let acting = visit.acting();
    let (id, why) = (opened.file.id(), opened.file.purpose.code());
    let mut list = SummaryList::new();
    let raised = flags::of_case(&acting, opened).await?;
    for one in &raised {
        let flag = one.flag.record.id.to_string();
        let fields = [("flag", flag.as_str()), ("for", why)];
        let path = format!("/cases/{id}/flags/lift");
        let lift = one_button(visit, &path, "case-flag-lift", &fields, false);
        let line = said(visit, one).await?;
        let tag = Content::Html(tag(visit, &one.flag.record.code).to_string());
        list = list.row(tag, Content::Html(format!("{line}{lift}")));
    }
    let kinds = flags::kinds(&acting)
        .iter()
        .map(|kind| (kind.code.clone(), flags::word(&acting, &kind.code)))
        .collect();
    let form = FormPage::new(visit, &format!("/cases/{id}/flags"), problems)
        .words("case-flag-why")
        .hidden("for", why)
        .radios("code", "case-flag", kinds, &typed.code)
        .text("reason", "case-flag-reason", "case-flag-reason-hint", &typed.reason)
        .hinted("case-flag-until-hint")
        .date("until", "case-flag-until", &typed.until)
        .button("case-flag-set")
        .html();
    let list = if raised.is_empty() { String::new() } else { list.to_string() };
    let (title, back) = (visit.text("case-flag-edit"), format!("/cases/{id}"));
    let html = format!("{list}{form}");
    if problems.0.is_empty() {
        return Ok(visit.page(&title).back(&back).html(&html));
    }
    Ok(refused(visit, title, Some(&back), &html))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let (signed, why) = (visit.signed.as_deref(), purpose(&visit));
    let opened = case::look_for(&visit.acting(), signed, id, Action::WriteCase, why).await?;
    page(&visit, &opened, &FlagForm::default(), &Problems::default()).await
}

fn typed(form: &Form) -> FlagForm {
    FlagForm {
        code: form.text("code").to_owned(),
        reason: form.text("reason").to_owned(),
        until: form.boxes("until"),
    }
}

pub(super) async fn set(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let (typed, why) = (typed(&form), purpose_of(&visit, &form));
    let acting = visit.acting_once(&form);
    let vault = case::vault_if_open(&acting, visit.signed()?).await?;
    let problems = match flags::set(&acting, vault.as_ref(), id, &typed, why).await {
        Ok(_) => return Ok(done(&visit, &format!("/cases/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => problems,
        Err(Refused::UnlockNeeded) => {
            let mut problems = Problems::default();
            problems.add("reason", Message::new("care-error-key"));
            problems
        }
        Err(other) => return Err(Failure(other)),
    };
    let signed = visit.signed.as_deref();
    let opened = case::look_for(&visit.acting(), signed, id, Action::WriteCase, why).await?;
    page(&visit, &opened, &typed, &problems).await
}

pub(super) async fn lift(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let flag = parse_id(form.text("flag"))?;
    flags::lift(&visit.acting_once(&form), id, flag, purpose_of(&visit, &form)).await?;
    Ok(done(&visit, &format!("/cases/{id}"), "saved"))
}
