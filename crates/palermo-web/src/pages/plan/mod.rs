//! Plans of action: the list, a plan with its rows and indicators, how it stands, and
//! the forms of those who write and report.

mod about;
mod actions;
mod beside;
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
    shell::{route::Routes, visit::Visit},
};
use palermo_app::{
    access::{Action, Resource},
    domain::plan::PlanStatus,
    export::{Cell, Sheet},
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
    match visit.query("format").as_str() {
        "csv" => {
            return super::register::matrix::sheet_of(&visit, as_sheet(&plans), "plans", false);
        }
        "xlsx" => {
            return super::register::matrix::sheet_of(&visit, as_sheet(&plans), "plans", true);
        }
        _ => {}
    }
    let mut body = Body::new(&visit);
    let intro = Content::from(visit.text("plans-intro"));
    body.push(format!("<p class=\"govuk-body-l\">{intro}</p>"));
    if may_write(&visit) {
        let new = crate::components::Button::link(visit.text("plan-new"), visit.link("/plans/new"));
        body.push(new.secondary());
    }
    let count = visit.format(
        "plans-count",
        &[("count", plans.len().into()), ("shown", visit.whole(plans.len()).into())],
    );
    body.push(
        crate::components::ListTools::new(&body.words, count)
            .download("CSV", visit.link("/plans?format=csv"))
            .download("XLSX", visit.link("/plans?format=xlsx")),
    );
    let rows = plans.iter().map(|plan| {
        let entry = &plan.entry;
        let whose = match (&entry.state, &entry.mechanism) {
            (Some(state), _) => state_link(&visit, state.as_str()),
            (None, Some(mechanism)) => mechanism_link(&visit, mechanism),
            (None, None) => Content::from(""),
        };
        let time = format!("{} – {}", visit.date(entry.from.date()), visit.date(entry.to.date()));
        vec![
            plan_link(&visit, plan),
            whose,
            time.into(),
            Content::Html(status_tag(&visit, entry.status).to_string()),
        ]
    });
    let rows: Vec<Vec<Content>> = rows.collect();
    if rows.is_empty() {
        body.say("plans-none");
    }
    body.table(
        "plans",
        "plans-title",
        &["plan-title", "plan-whose", "plan-time", "plan-status"],
        rows,
    );
    let html = body.plain();
    Ok(visit.page(&visit.text("plans-title")).html(&html))
}

fn as_sheet(plans: &[PlanOf]) -> Sheet {
    let rows = plans.iter().map(|plan| {
        let entry = &plan.entry;
        let text = |value: Option<String>| Cell::Text(value.unwrap_or_default());
        vec![
            entry.code.as_str().into(),
            entry.title.as_str().into(),
            text(entry.mechanism.clone()),
            text(entry.state.map(|state| state.to_string())),
            text(entry.parent.as_ref().map(ToString::to_string)),
            entry.from.to_string().into(),
            entry.to.to_string().into(),
            entry.status.code().into(),
        ]
    });
    Sheet {
        name: "plans".into(),
        columns: ["code", "title", "mechanism", "state", "adopted_from", "from", "to", "status"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
        notes: Vec::new(),
    }
}
