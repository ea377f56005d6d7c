//! Rights incidents at the protection lead's: the list, one of them with its
//! words for those who may read them, moving it on; and the counts a State's
//! rapporteur sees.

use super::Answer;
use crate::{
    components::{Column, Content, DataTable, InsetText, SummaryList, Tag},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        listing::{List, sheet_file},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    case::{
        rights_count,
        rights_lead::{self, Listed, Shown},
        vault_if_open,
    },
    desk::parse_id,
    domain::{
        case::rights_incident::{IncidentState, SafeCounts},
        id::RightsIncidentId,
    },
    export::{Cell, Sheet},
};
use std::fmt::Write as _;

fn state_tag(visit: &Visit, state: IncidentState) -> Tag {
    Tag::coloured(visit.text(&format!("case-rights-{}", state.code())), "orange")
}

fn case_link(visit: &Visit, one: &Listed) -> Option<String> {
    let case = one.case?;
    let href = visit.link(&format!("/cases/{case}"));
    let number = Content::from(palermo_app::domain::case::number(case));
    Some(format!("<a class=\"govuk-link\" href=\"{href}\"><bdi dir=\"ltr\">{number}</bdi></a>"))
}

/// All of the organisation.
pub(super) async fn list(visit: Visit) -> Answer {
    let incidents = rights_lead::list(&visit.acting()).await?;
    let of = || visit.clone();
    let (a, b, c, d, e) = (of(), of(), of(), of(), of());
    let list =
        List::new(&visit, "rights-incidents", &visit.text("nav-rights-incidents"), incidents)
            .column(
                "when",
                "case-happened",
                |one| one.incident.record.happened_at.to_string(),
                move |one| {
                    let record = &one.incident.record;
                    let href = a.link(&format!("/rights-incidents/{}", record.id));
                    let on = Content::from(a.date(record.happened_at.date()));
                    Content::Html(format!("<a class=\"govuk-link\" href=\"{href}\">{on}</a>"))
                },
            )
            .text("rule", "case-rights-rule", move |one| {
                b.text(&format!("rule-{}", one.incident.record.rule))
            })
            .text("body", "case-body", move |one| {
                c.text(&format!("case-body-{}", one.incident.record.body.code()))
            })
            .text("state", "case-referral-state", move |one| {
                d.text(&format!("case-rights-{}", one.incident.record.state.code()))
            })
            .column(
                "case",
                "case-rights-case",
                |one| one.case.map(palermo_app::domain::case::number).unwrap_or_default(),
                move |one| match case_link(&e, one) {
                    Some(link) => Content::Html(link),
                    None => Content::from(e.text("case-rights-not-yours")),
                },
            );
    let answer = list.answer(|table| {
        visit.page(&visit.text("nav-rights-incidents")).back("/cases").html(&table)
    })?;
    Ok(answer)
}

/// What became of it, with the words the reader may read.
fn steps(visit: &Visit, shown: &Shown) -> String {
    let mut list = SummaryList::new();
    for step in &shown.steps {
        let what = match step.state {
            Some(state) => state_tag(visit, state).to_string(),
            None => Content::from(visit.text("case-rights-recorded")).to_string(),
        };
        let words = match (&step.text, step.has_text) {
            (Some(text), _) => {
                let text = Content::from(text.as_str());
                format!("<p class=\"govuk-body\" dir=\"auto\">{text}</p>")
            }
            (None, true) => {
                let why = if shown.closed { "case-rights-closed-key" } else { "case-rights-team" };
                format!("<p class=\"govuk-hint\">{}</p>", Content::from(visit.text(why)))
            }
            (None, false) => String::new(),
        };
        list = list.row(
            visit.moment(step.at),
            Content::Html(format!("<p class=\"govuk-body\">{what}</p>{words}")),
        );
    }
    list.to_string()
}

fn page(visit: &Visit, shown: &Shown, form: &Form, problems: &Problems) -> Response {
    let record = &shown.listed.incident.record;
    let mut facts = SummaryList::new()
        .row(visit.text("case-happened"), visit.date(record.happened_at.date()))
        .row(visit.text("case-rights-rule"), visit.text(&format!("rule-{}", record.rule)))
        .row(visit.text("case-body"), visit.text(&format!("case-body-{}", record.body.code())))
        .row(
            visit.text("case-referral-state"),
            Content::Html(state_tag(visit, record.state).to_string()),
        );
    if let Some(link) = case_link(visit, &shown.listed) {
        facts = facts.row(visit.text("case-rights-case"), Content::Html(link));
    }
    let later: Vec<_> = record
        .state
        .later()
        .into_iter()
        .map(|state| {
            let words = visit.text(&format!("case-rights-to-{}", state.code()));
            (state.code().to_owned(), words)
        })
        .collect();
    let heading = Content::from(visit.text("case-rights-became"));
    let told = steps(visit, shown);
    let path = format!("/rights-incidents/{}", record.id);
    let page = FormPage::new(visit, &path, problems)
        .part(facts)
        .part(format!("<h2 class=\"govuk-heading-m\">{heading}</h2>{told}"));
    if later.is_empty() {
        let html = page.parts();
        let title = visit.text("case-rights-one");
        return visit.page(&title).back("/rights-incidents").html(&html);
    }
    let usual = record.state.next().map_or("", IncidentState::code);
    let typed = form.text("state");
    let typed = if typed.is_empty() { usual } else { typed };
    let page = page.radios("state", "case-rights-next", later, typed);
    let page = if shown.erased {
        page.words("case-rights-erased")
    } else {
        page.lines("words", "case-rights-done", "case-rights-done-hint", form.text("words"))
    };
    page.button("form-save").page("case-rights-one", "/rights-incidents")
}

/// One incident.
pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: RightsIncidentId = parse_id(&id)?;
    let shown = rights_lead::show(&visit.acting(), visit.signed.as_deref(), id).await?;
    Ok(page(&visit, &shown, &Form::default(), &Problems::default()))
}

/// Moves it on.
pub(super) async fn move_on(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: RightsIncidentId = parse_id(&id)?;
    let state = IncidentState::from_code(form.text("state"));
    let acting = visit.acting_once(&form);
    let vault = vault_if_open(&acting, visit.signed()?).await?;
    let words = form.text("words");
    match rights_lead::move_on(&acting, vault.as_ref(), id, state, words).await {
        Ok(()) => Ok(done(&visit, &format!("/rights-incidents/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            let shown = rights_lead::show(&visit.acting(), visit.signed.as_deref(), id).await?;
            Ok(page(&visit, &shown, &form, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

/// The lines of one table of counts: its id, the heading of its keys, its rows.
type Counted = (&'static str, &'static str, Vec<(String, String)>);

fn counted(visit: &Visit, counts: &SafeCounts) -> [Counted; 2] {
    let at_least = |count: usize| visit.at_least(count, counts.base);
    let rules = counts.by_rule.iter();
    let rules = rules.map(|(rule, n)| (visit.text(&format!("rule-{rule}")), at_least(*n)));
    let bodies = counts.by_body.iter();
    let bodies =
        bodies.map(|(body, n)| (visit.text(&format!("case-body-{}", body.code())), at_least(*n)));
    [
        ("rights-counts-rule", "case-rights-rule", rules.collect()),
        ("rights-counts-body", "case-body", bodies.collect()),
    ]
}

fn why(visit: &Visit, counts: &SafeCounts) -> String {
    let until = visit.date(counts.until.date());
    let base = visit.whole(counts.base);
    visit.format("rights-counts-why", &[("until", until.into()), ("base", base.into())])
}

/// Counts of a State's rights incidents.
pub(super) async fn counts(visit: Visit) -> Answer {
    let counts = rights_count::count(&visit.acting()).await?;
    let mut html = InsetText::new(why(&visit, &counts)).to_string();
    let href = visit.link("/rights-counts.csv");
    let words = visit.format("sheet-own", &[("kind", "CSV".into())]);
    let words = Content::from(words);
    let _ = write!(
        html,
        "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{href}\">{words}</a></p>"
    );
    for (id, key, rows) in counted(&visit, &counts) {
        let caption = visit.text(id);
        let columns = [key, "figures-cases"].map(|one| Column::new(visit.text(one)));
        let mut table = DataTable::new(id, caption.clone(), columns)
            .quiet_caption()
            .when_empty(visit.text("figures-nothing"));
        for (key, count) in rows {
            table.push([Content::from(key), Content::from(count)]);
        }
        let caption = Content::from(caption);
        let _ = write!(html, "<h2 class=\"govuk-heading-m\">{caption}</h2>{table}");
    }
    Ok(visit.page(&visit.text("nav-rights-counts")).html(&html))
}

/// The same to take away.
pub(super) async fn counts_file(visit: Visit) -> Answer {
    let counts = rights_count::count(&visit.acting()).await?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (id, _, lines) in counted(&visit, &counts) {
        let table = visit.text(id);
        for (key, count) in lines {
            rows.push(vec![table.as_str().into(), key.into(), count.into()]);
        }
    }
    let sheet = Sheet {
        name: "rights".into(),
        columns: ["figures-table", "figures-class", "figures-cases"]
            .map(|id| visit.text(id))
            .to_vec(),
        rows,
        notes: vec![why(&visit, &counts)],
    };
    sheet_file(&visit, sheet, "rights-counts", false)
}
