//! How others than its keeper see a service: beside what the keeper says of it, and the
//! form in which whoever coordinates or watches over its State says so (R082).

use super::{find::name, options, word};
use crate::{
    components::{Button, Content, InsetText, SummaryList, Tag},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    desk::parse_id,
    domain::{id::ServiceId, service::Outcome},
    service::{self, KeptService, ViewForm},
};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new().page("/services/{id}/assess", Action::AssessServices, ask).form(
        "/services/{id}/assess",
        Action::AssessServices,
        assess,
    )
}

/// What stands on the page of a service.
pub(super) async fn shown(visit: &Visit, found: &KeptService) -> Result<String, Refused> {
    let (acting, kept) = (visit.acting(), &found.record);
    let mut rows = SummaryList::new();
    let all = service::second_views(&acting, kept).await?;
    for view in &all {
        let one = &view.record.entry;
        let colour = if one.outcome == Outcome::Met { "green" } else { "red" };
        let tag = Tag::coloured(word(visit, "assessed", one.outcome.code()), colour);
        let values = [
            ("standard", one.standard.clone().into()),
            ("by", one.by.clone().into()),
            ("day", visit.date(one.on.date()).into()),
        ];
        let mut said =
            format!("{tag} {}", Content::from(visit.format("service-assessed", &values)));
        if let Some(until) = one.until {
            let over = until < super::today(visit);
            let id = if over { "service-assessed-ended" } else { "service-assessed-until" };
            let day = visit.format(id, &[("day", visit.date(until.date()).into())]);
            let _ = write!(said, " · {}", Content::from(day));
        }
        if !one.words.is_empty() {
            let _ = write!(said, "<br><bdi>{}</bdi>", Content::from(&one.words));
        }
        rows = rows.row(visit.text("service-assessment"), Content::Html(said));
    }
    let mut html = String::new();
    if !all.is_empty() {
        let (title, lead) = (visit.text("second-view-title"), visit.text("second-view-lead"));
        let _ = write!(
            html,
            "<h2 class=\"govuk-heading-m\">{}</h2><p class=\"govuk-body\">{}</p>{rows}",
            Content::from(title),
            Content::from(lead)
        );
    }
    if service::may_assess(&acting, kept) {
        let path = visit.link(&format!("/services/{}/assess", kept.id));
        let _ = write!(html, "{}", Button::link(visit.text("second-view-new"), path).secondary());
    }
    Ok(html)
}

/// The service one may say something of.
async fn found(visit: &Visit, id: ServiceId) -> Result<KeptService, Failure> {
    let (found, _) = service::show(&visit.acting(), id).await?;
    if !service::may_assess(&visit.acting(), &found.record) {
        return Err(Failure(Refused::NotFound));
    }
    Ok(found)
}

async fn page(
    visit: &Visit,
    found: &KeptService,
    typed: &ViewForm,
    problems: &Problems,
) -> Result<Response, Failure> {
    let one = &found.record.service;
    let back = format!("/services/{}", found.record.id);
    let names = service::binding(&visit.acting(), one).await?;
    if names.is_empty() {
        let html = InsetText::new(visit.text("second-view-none")).to_string();
        return Ok(visit.page(&visit.text("second-view-ask")).back(&back).html(&html));
    }
    let names = names.into_iter().map(|name| (name.clone(), name)).collect();
    let outcomes = options(visit, "assessed", Outcome::ALL.iter().map(|one| one.code()));
    let about = format!("{} {}", name(visit, one), visit.text("second-view-why"));
    Ok(FormPage::new(visit, &format!("{back}/assess"), problems)
        .part(InsetText::new(about))
        .select("standard", "standard-name", names, &typed.standard)
        .radios("outcome", "second-view-outcome", outcomes, &typed.outcome)
        .date("on", "second-view-on", &typed.on)
        .date("until", "second-view-until", &typed.until)
        .lines("words", "second-view-words", "", &typed.words)
        .button("form-save")
        .page("second-view-ask", &back))
}

fn typed(form: &Form) -> ViewForm {
    let text = |name: &str| form.text(name).to_owned();
    ViewForm {
        standard: text("standard"),
        outcome: text("outcome"),
        on: form.boxes("on"),
        until: form.boxes("until"),
        words: text("words"),
    }
}

async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let found = found(&visit, parse_id(&id)?).await?;
    page(&visit, &found, &ViewForm::default(), &Problems::default()).await
}

async fn assess(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: ServiceId = parse_id(&id)?;
    let typed = typed(&form);
    match service::assess(&visit.acting_once(&form), id, &typed).await {
        Ok(_) => Ok(done(&visit, &format!("/services/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            let found = found(&visit, id).await?;
            page(&visit, &found, &typed, &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}
