//! The audit log of one's tenant: who did, saw or was refused what.

use super::{Answer, actions};
use crate::{
    components::{Column, Content, DataTable, FilterPanel, Pagination, Select, Tag},
    shell::{gate::encode, route::Routes, visit::Visit},
};
use palermo_app::{
    access::Action,
    audit::{self, Filter, Outcome},
    domain::actor::Actor,
};
use std::collections::BTreeMap;

pub(super) fn routes() -> Routes {
    Routes::new().page("/audit", Action::ReadAudit, show)
}

fn who(visit: &Visit, actor: &Actor, names: &BTreeMap<String, String>) -> String {
    match actor {
        Actor::Public => visit.text("actor-public"),
        Actor::Account { account, .. } => {
            names.get(&account.to_string()).cloned().unwrap_or_else(|| account.to_string())
        }
        Actor::Token { account, .. } => {
            let name = names.get(&account.to_string()).cloned().unwrap_or_default();
            visit.format("actor-token", &[("name", name.into())])
        }
        Actor::Operator { user, .. } => visit.format("actor-operator", &[("name", user.into())]),
        Actor::System { job } => visit.format("actor-system", &[("job", job.into())]),
    }
}

/// The actions one can look for, by their words, and the one that was asked for.
fn known_actions(visit: &Visit, asked: &str) -> Vec<(String, String)> {
    let mut codes: Vec<&str> = Action::ALL.iter().map(|action| action.code()).collect();
    if !asked.is_empty() && !codes.contains(&asked) {
        codes.push(asked);
    }
    let mut known: Vec<_> = codes
        .into_iter()
        .map(|code| (code.to_owned(), format!("{} ({code})", actions::words(visit, code))))
        .collect();
    known.sort_by(|a, b| visit.compare(&a.1, &b.1));
    known.insert(0, (String::new(), visit.text("list-all")));
    known
}

fn outcome_tag(visit: &Visit, outcome: Outcome) -> Tag {
    let colour = match outcome.code() {
        "done" => "green",
        "refused" => "red",
        _ => "blue",
    };
    Tag::coloured(visit.text(&format!("outcome-{}", outcome.code())), colour)
}

async fn show(visit: Visit) -> Answer {
    let action = visit.query("action");
    let outcome = visit.query("outcome");
    let filter = Filter {
        action: (!action.is_empty()).then(|| action.clone()),
        outcome: Outcome::from_code(&outcome),
        ..Filter::default()
    };
    let number = visit.query("page").parse().unwrap_or(1);
    let (page, names) = audit::list(&visit.acting(), &filter, number).await?;
    let outcomes = [
        ("", "list-all"),
        ("done", "outcome-done"),
        ("read", "outcome-read"),
        ("refused", "outcome-refused"),
    ]
    .map(|(code, id)| (code.to_owned(), visit.text(id)));
    let panel = FilterPanel::new(&visit.words(), visit.link("/audit"))
        .as_row()
        .field(
            Select::new("action", visit.text("audit-action"))
                .options(known_actions(&visit, &action))
                .value(&action),
        )
        .field(
            Select::new("outcome", visit.text("audit-outcome")).options(outcomes).value(&outcome),
        );
    let columns =
        ["audit-seq", "audit-when", "audit-who", "audit-action", "audit-about", "audit-outcome"]
            .map(|id| Column::new(visit.text(id)));
    let mut table = DataTable::new("audit", visit.text("audit-title"), columns)
        .quiet_caption()
        .dense()
        .when_empty(visit.text(if action.is_empty() && outcome.is_empty() {
            "audit-nothing"
        } else {
            "list-empty"
        }));
    for entry in &page.items {
        let about: Vec<String> = entry
            .subjects
            .iter()
            .map(|one| {
                let kind = Content::from(actions::object(&visit, &one.kind));
                let id = Content::from(&one.id);
                format!("{kind} <bdi class=\"p-code p-small\">{id}</bdi>")
            })
            .collect();
        let mut result = outcome_tag(&visit, entry.outcome).to_string();
        if !entry.reasons.is_empty() {
            result.push_str(&format!(" {}", Content::from(entry.reasons.join(", "))));
        }
        table.push([
            Content::from(entry.seq.to_string()),
            visit.moment(entry.recorded_at).into(),
            Content::Html(format!(
                "<bdi>{}</bdi>",
                Content::from(who(&visit, &entry.actor, &names))
            )),
            actions::with_code(&visit, &entry.action),
            Content::Html(about.join("<br>")),
            Content::Html(result),
        ]);
    }
    let pager = pager(&visit, page.paging.page, page.pages(), &action, &outcome);
    let html =
        format!("<p class=\"govuk-body\">{}</p>{panel}{table}{pager}", visit.text("audit-why"));
    Ok(visit.page(&visit.text("audit-title")).html(&html))
}

fn pager(visit: &Visit, page: u64, pages: u64, action: &str, outcome: &str) -> String {
    if pages < 2 {
        return String::new();
    }
    let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let address = |n: u32| {
        visit.link(&format!(
            "/audit?action={}&outcome={}&page={n}",
            encode(action),
            encode(outcome)
        ))
    };
    let digits = |n: u32| visit.whole(n as usize);
    Pagination::numbered(&visit.words(), small(page), small(pages), address, digits).to_string()
}
