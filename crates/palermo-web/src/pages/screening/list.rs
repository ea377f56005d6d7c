//! One's own screenings, the page before the first question, and notices.

use super::{super::Answer, address, desk_list, form_word};
use crate::{
    components::{Button, Content, SummaryList, WarningText},
    shell::{
        forms::{FormPage, done},
        listing::List,
        visit::{Sent, Visit},
    },
};
use palermo_app::{
    Problems,
    screening::{ask, list, reach},
};
use std::fmt::Write as _;

pub(super) async fn show(visit: Visit) -> Answer {
    let acting = visit.acting();
    let (drafts, decided) = (list::in_progress(&acting).await?, list::decided(&acting).await?);
    let mut head =
        Button::link(visit.text("screening-begin"), visit.link("/screening/new")).to_string();
    if !drafts.is_empty() {
        let title = Content::from(visit.text("screening-in-progress"));
        let _ = write!(head, "<h2 class=\"govuk-heading-m\">{title}</h2>");
        let mut rows = SummaryList::new();
        for draft in &drafts {
            let begun = visit.moment(draft.record.recorded_at);
            let until = visit.moment(draft.record.expires_at);
            rows = rows
                .row(
                    visit.format("screening-begun", &[("at", begun.into())]),
                    visit.format("screening-kept-until", &[("until", until.into())]),
                )
                .action(
                    visit.text("screening-go-on"),
                    String::new(),
                    visit.link(&address(draft.record.id, "")),
                );
        }
        head.push_str(&rows.to_string());
    }
    head.push_str(&further(&visit));
    let outcomes = palermo_app::domain::screening::Outcome::ALL
        .iter()
        .map(|one| (one.code().to_owned(), visit.text(&format!("screening-outcome-{one}"))))
        .collect();
    let (a, b, c, d, e) =
        (visit.clone(), visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let table = List::new(&visit, "screenings", &visit.text("screening-decided"), decided)
        .column(
            "at",
            "screening-decided-at",
            |one| one.record.recorded_at.to_string(),
            move |one| {
                let href = a.link(&address(one.record.id, "/left"));
                let at = Content::from(a.moment(one.record.recorded_at));
                Content::Html(format!("<a class=\"govuk-link\" href=\"{href}\">{at}</a>"))
            },
        )
        .text("outcome", "screening-ask-outcome", move |one| {
            b.text(&format!("screening-outcome-{}", one.record.outcome))
        })
        .text("age", "screening-ask-age", move |one| {
            c.text(&format!("screening-age-{}", one.record.age))
        })
        .text("form", "screening-ask-form", move |one| {
            one.record.forms.iter().map(|form| form_word(&d, *form)).collect::<Vec<_>>().join(", ")
        })
        .text("met", "screening-definition", move |one| {
            e.text(if one.record.definition_met { "screening-met" } else { "screening-not-met" })
        })
        .filter("outcome", "screening-ask-outcome", outcomes, |one, wanted| {
            one.record.outcome.code() == wanted
        });
    Ok(table.answer(|table| {
        visit.page(&visit.text("screening-title")).html(&format!("{head}{table}"))
    })?)
}

/// Ways to notices and paper forms.
fn further(visit: &Visit) -> String {
    [("screening-notices", "/screening/notices"), ("screening-paper", "/screening/paper")]
        .map(|(id, path)| {
            let (href, words) = (visit.link(path), Content::from(visit.text(id)));
            format!(
                "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{href}\">{words}</a></p>"
            )
        })
        .concat()
}

/// Before the first question: who can be called, and how to begin (E35).
pub(super) async fn before(visit: Visit) -> Answer {
    let acting = visit.acting();
    let state = acting.subject.state.clone();
    let mut html = String::new();
    if reach::gap(&acting).await?.is_some() {
        let place = state.as_deref().map(|code| visit.state(code)).unwrap_or_default();
        let told = visit.format("screening-no-service", &[("state", place.into())]);
        let _ = write!(html, "{}", WarningText::new(told, &visit.words()));
    }
    let desks = reach::duty_desks(&acting, state.as_deref()).await?;
    let title = Content::from(visit.text("screening-duty-desks"));
    let _ = write!(html, "<h2 class=\"govuk-heading-m\">{title}</h2>{}", desk_list(&visit, &desks));
    let rules = ["screening-before-safe", "screening-before-free", "screening-before-help"];
    let items: String =
        rules.iter().map(|id| format!("<li>{}</li>", Content::from(visit.text(id)))).collect();
    let _ = write!(html, "<ul class=\"govuk-list govuk-list--bullet\">{items}</ul>");
    let form = FormPage::new(&visit, "/screening/new", &Problems::default())
        .button("screening-start")
        .html();
    html.push_str(&form);
    Ok(visit.page(&visit.text("screening-before")).back("/screening").html(&html))
}

pub(super) async fn start(Sent { visit, form }: Sent) -> Answer {
    let id = ask::start(&visit.acting_once(&form)).await?;
    Ok(done(&visit, &address(id, "/ask/language"), ""))
}

pub(super) async fn notices(visit: Visit) -> Answer {
    let all = list::left_without_identity(&visit.acting()).await?;
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let table = List::new(&visit, "notices", &visit.text("screening-notices"), all)
        .text("month", "screening-month", |one| one.record.month.clone())
        .text("state", "field-state", move |one| {
            one.record.state.as_deref().map(|code| a.state(code)).unwrap_or_default()
        })
        .text("age", "screening-ask-age", move |one| {
            b.text(&format!("screening-age-{}", one.record.age))
        })
        .text("form", "screening-ask-form", move |one| {
            one.record.forms.iter().map(|form| form_word(&c, *form)).collect::<Vec<_>>().join(", ")
        })
        .text("outcome", "screening-ask-outcome", move |one| {
            d.text(&format!("screening-outcome-{}", one.record.outcome))
        })
        .note(visit.text("screening-notices-why"));
    Ok(table.answer(|table| {
        visit.page(&visit.text("screening-notices")).back("/screening").html(&table)
    })?)
}
