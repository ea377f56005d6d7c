//! Plans of action: the list, a plan with its rows and indicators, how it stands, and
//! the forms of those who write and report.

mod about;
mod actions;
mod beside;
mod cells;
mod drift;
mod forms;
mod indicator;
mod progress;
mod rates;
mod reporting;
mod rows;
mod show;
mod targets;
mod upload;

use super::register::common::{Body, link, mechanism_link, state_link, word};
use crate::{
    components::{Content, Tag},
    pages::Answer,
    shell::{listing::List, route::Routes, visit::Visit},
};
use palermo_app::{
    access::{Action, Resource},
    domain::plan::PlanStatus,
    plan::ask::{self, PlanOf},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/plans", Action::PublicRead, list)
        .and(show::routes())
        .and(progress::routes())
        .and(forms::routes())
        .and(about::routes())
        .and(actions::routes())
        .and(rows::routes())
        .and(indicator::routes())
        .and(reporting::routes())
        .and(upload::routes())
        .and(targets::routes())
        .and(rates::routes())
}

/// A plan's title as a link, in its own language.
fn plan_link(visit: &Visit, plan: &PlanOf) -> Content {
    let title = titled(&plan.entry.title, &plan.entry.language);
    link(visit, &format!("/plans/{}", plan.entry.code), title)
}

/// Words of a plan, which are in the language it was written in.
fn titled(words: &str, language: &str) -> Content {
    Content::Html(format!(
        "<bdi lang=\"{}\">{}</bdi>",
        Content::from(language),
        Content::from(words)
    ))
}

fn status_tag(visit: &Visit, status: PlanStatus) -> Tag {
    let colour = match status {
        PlanStatus::Draft => "yellow",
        PlanStatus::Adopted => "green",
        PlanStatus::Closed => "grey",
    };
    Tag::coloured(word(visit, "plan-stage", status.code()), colour)
}

/// Whether this person may write plans of their organisation.
fn may_write(visit: &Visit) -> bool {
    let own = visit.signed.as_ref().map(|signed| Resource::of(signed.tenant.id));
    own.is_some_and(|own| visit.may(Action::EditPlan, &own))
}

async fn list(visit: Visit) -> Answer {
    let plans = ask::list(&visit.acting()).await?;
    let mut body = Body::new(&visit);
    let intro = Content::from(visit.text("plans-intro"));
    body.push(format!("<p class=\"govuk-body-l\">{intro}</p>"));
    if may_write(&visit) {
        let new = crate::components::Button::link(visit.text("plan-new"), visit.link("/plans/new"));
        body.push(new.secondary());
    }
    let top = body.plain();
    Ok(listed(&visit, plans)
        .answer(|table| visit.page(&visit.text("plans-title")).html(&format!("{top}{table}")))?)
}

/// Whose plan it is, as its code: of a State, or of a mechanism.
fn owner(plan: &PlanOf) -> String {
    let state = plan.entry.state.map(|state| state.to_string());
    state.or_else(|| plan.entry.mechanism.clone()).unwrap_or_default()
}

/// The same in words.
fn owner_name(visit: &Visit, plan: &PlanOf) -> String {
    match (&plan.entry.state, &plan.entry.mechanism) {
        (Some(state), _) => visit.state(state.as_str()),
        (None, Some(mechanism)) => visit.mechanism(mechanism),
        (None, None) => String::new(),
    }
}

fn listed(visit: &Visit, plans: Vec<PlanOf>) -> List<'_, PlanOf> {
    let mut owners: Vec<(String, String)> = plans
        .iter()
        .map(|plan| (owner(plan), owner_name(visit, plan)))
        .filter(|(code, _)| !code.is_empty())
        .collect();
    owners.sort_by(|a, b| visit.compare(&a.1, &b.1).then_with(|| a.0.cmp(&b.0)));
    owners.dedup();
    let statuses = PlanStatus::ALL
        .iter()
        .map(|one| (one.code().to_owned(), word(visit, "plan-stage", one.code())))
        .collect();
    let (a, b, c) = (visit.clone(), visit.clone(), visit.clone());
    let (d, e, f) = (visit.clone(), visit.clone(), visit.clone());
    List::new(visit, "plans", &visit.text("plans-title"), plans)
        .column(
            "title",
            "plan-title",
            |plan| plan.entry.title.clone(),
            move |plan| plan_link(&a, plan),
        )
        .text("code", "plan-code", |plan| plan.entry.code.to_string())
        .column(
            "whose",
            "plan-whose",
            move |plan| owner_name(&b, plan),
            move |plan| match (&plan.entry.state, &plan.entry.mechanism) {
                (Some(state), _) => state_link(&c, state.as_str()),
                (None, Some(mechanism)) => mechanism_link(&c, mechanism),
                (None, None) => Content::default(),
            },
        )
        .column(
            "time",
            "plan-time",
            |plan| format!("{} – {}", plan.entry.from, plan.entry.to),
            move |plan| {
                let (from, to) = (plan.entry.from.date(), plan.entry.to.date());
                format!("{} – {}", d.date(from), d.date(to)).into()
            },
        )
        .column(
            "status",
            "plan-status",
            move |plan| word(&e, "plan-stage", plan.entry.status.code()),
            move |plan| Content::Html(status_tag(&f, plan.entry.status).to_string()),
        )
        .filter("whose", "plan-whose", owners, |plan, wanted| owner(plan) == wanted)
        .filter("status", "plan-status", statuses, |plan, wanted| {
            plan.entry.status.code() == wanted
        })
        .when_empty(visit.text("plans-none"))
}
