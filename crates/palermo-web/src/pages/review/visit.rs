//! The programme of a country visit: day, place, whom one meets and why. Notes of the
//! visit are a text of the experts with an access class of its own (R057).

use super::super::report::{Page, day};
use crate::{
    components::Content,
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    domain::{register::state::StateCode, review::Visit as Planned},
    review,
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/reviews/{round}/{state}/visit", Action::RunReview, ask).form(
        "/reviews/{round}/{state}/visit",
        Action::RunReview,
        save,
    )
}

/// The visit as it is planned: lines with bars as a table, others as they are.
pub(super) fn shown(visit: &Visit, page: &mut Page<'_>, planned: Option<&Planned>) {
    let Some(planned) = planned else { return };
    page.heading("review-visit");
    let on = |on| day(visit, on);
    let from = planned.from.map(on).unwrap_or_default();
    let to = planned.to.map(on).unwrap_or_default();
    page.paragraph(format!("{from} – {to}"));
    let (stops, words): (Vec<&str>, Vec<&str>) =
        planned.programme.lines().partition(|line| line.contains('|'));
    let rows = stops
        .iter()
        .map(|line| {
            let mut cells: Vec<Content> = line
                .splitn(4, '|')
                .map(|cell| Content::Html(format!("<bdi>{}</bdi>", Content::from(cell.trim()))))
                .collect();
            cells.resize(4, Content::default());
            cells
        })
        .collect();
    let heads = ["visit-when", "visit-place", "visit-whom", "visit-why"];
    page.table("programme", "review-programme", &heads, rows);
    let words = words.join("\n");
    if !words.trim().is_empty() {
        let words = Content::from(words.trim()).to_string().replace('\n', "<br>");
        page.push(format!("<p class=\"govuk-body\" dir=\"auto\">{words}</p>"));
    }
}

fn form_page(visit: &Visit, back: &str, values: [&str; 3], problems: &Problems) -> Response {
    let [from, to, programme] = values;
    FormPage::new(visit, &format!("{back}/visit"), problems)
        .text("from", "meeting-from", "report-day-hint", from)
        .text("to", "meeting-to", "report-day-hint", to)
        .lines("programme", "review-programme", "visit-programme-hint", programme)
        .button("form-save")
        .page("review-plan-visit", back)
}

async fn ask(visit: Visit, Path((round, state)): Path<(String, String)>) -> Answer {
    let found = super::adjust::running(&visit, &round, &state).await?;
    let code = found.evaluation.state;
    let planned = found.evaluation.visit.unwrap_or_default();
    let text = |on: Option<palermo_app::domain::register::day::Day>| {
        on.map(|on| on.to_string()).unwrap_or_default()
    };
    let (from, to) = (text(planned.from), text(planned.to));
    let back = format!("/reviews/{round}/{code}");
    let values = [from.as_str(), to.as_str(), planned.programme.as_str()];
    Ok(form_page(&visit, &back, values, &Problems::default()))
}

async fn save(Path((round, state)): Path<(String, String)>, Sent { visit, form }: Sent) -> Answer {
    let code: StateCode = state.parse().map_err(|_| Refused::NotFound)?;
    let back = format!("/reviews/{round}/{code}");
    let (from, to) = (form.text("from"), form.text("to"));
    let programme = form.text("programme").replace("\r\n", "\n");
    let acting = visit.acting_once(&form);
    match review::plan_visit(&acting, &round, code, from, to, &programme).await {
        Ok(()) => Ok(done(&visit, &back, "saved")),
        Err(Refused::Invalid(problems)) => {
            Ok(form_page(&visit, &back, [from, to, &programme], &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}
