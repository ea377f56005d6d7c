//! Rights incidents: what was done to a person although a rule forbids it. In
//! any state of a case, by whoever may write in it.

use super::{Answer, happened, note::when_wrong, purpose, purpose_of, sections::Section, words_of};
use crate::{
    components::{Button, Content, SummaryList, Tag},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    case::{
        Opened, look_for,
        open::may_write,
        rights::{self, IncidentForm},
        vault_if_open,
    },
    desk::parse_id,
    domain::{case::rights_incident::ByBody, id::CaseId, purpose::Purpose, safeguard::RULES},
};
use std::fmt::Write as _;

/// The rights incidents of a case.
pub(super) async fn section(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let incidents = rights::of_case(opened).await?;
    let id = opened.file.id();
    let mut list = SummaryList::new();
    for one in &incidents {
        let incident = &one.record;
        let tag =
            Tag::coloured(visit.text(&format!("case-rights-{}", incident.state.code())), "orange");
        let rule = visit.text(&format!("rule-{}", incident.rule));
        let body = visit.text(&format!("case-body-{}", incident.body.code()));
        list = list.row(
            visit.date(incident.happened_at.date()),
            Content::Html(format!(
                "<p class=\"govuk-body\">{tag} {}</p><p class=\"govuk-body\">{}</p>",
                Content::from(body),
                Content::from(rule)
            )),
        );
    }
    let mut html = if incidents.is_empty() { String::new() } else { list.to_string() };
    if may_write(&visit.acting(), &opened.file) {
        let href = visit.link(&format!("/cases/{id}/rights"));
        let button = Button::link(visit.text("case-rights-record"), href).secondary();
        let href = visit.link(&format!("/cases/{id}/charge"));
        let charge = Button::link(visit.text("case-charge-add"), href).secondary();
        let _ = write!(html, "{button}{charge}");
    }
    let title = visit.text("case-section-rights");
    let count = Some(incidents.len());
    let section = Section { id: "rights", title, html, count, ..Section::default() };
    Ok((!section.html.is_empty()).then_some(section))
}

/// The twelve rules as choices.
fn rules(visit: &Visit) -> Vec<(String, String)> {
    RULES.iter().map(|rule| (rule.number.to_string(), visit.text(rule.message))).collect()
}

fn page(visit: &Visit, id: CaseId, purpose: Purpose, form: &Form, problems: &Problems) -> Response {
    let bodies: Vec<_> = ByBody::ALL.iter().map(|body| body.code()).collect();
    FormPage::new(visit, &format!("/cases/{id}/rights"), problems)
        .words("case-rights-why")
        .hidden("for", purpose.code())
        .radios("rule", "case-rights-rule", rules(visit), form.text("rule"))
        .select("body", "case-body", words_of(visit, "case-body", &bodies), form.text("body"))
        .lines("words", "case-rights-words", "case-rights-words-hint", form.text("words"))
        .part(when_wrong(visit, form, problems))
        .button("case-rights-save")
        .on_paper()
        .page("case-rights-record", &format!("/cases/{id}"))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    let signed = visit.signed.as_deref();
    look_for(&visit.acting(), signed, id, Action::RecordRightsIncident, purpose).await?;
    Ok(page(&visit, id, purpose, &Form::default(), &Problems::default()))
}

pub(super) async fn record(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let mut problems = Problems::default();
    let typed = IncidentForm {
        rule: form.text("rule").to_owned(),
        body: form.text("body").to_owned(),
        happened: happened(&form, &mut problems),
        words: form.text("words").to_owned(),
    };
    if !problems.0.is_empty() {
        return Ok(page(&visit, id, purpose, &form, &problems));
    }
    let acting = visit.acting_once(&form);
    let vault = vault_if_open(&acting, visit.signed()?).await?;
    match rights::record_incident(&acting, vault.as_ref(), id, &typed, purpose).await {
        Ok(_) => Ok(done(&visit, &format!("/cases/{id}"), "case-rights-recorded")),
        Err(Refused::Invalid(problems)) => Ok(page(&visit, id, purpose, &form, &problems)),
        Err(other) => Err(Failure(other)),
    }
}
