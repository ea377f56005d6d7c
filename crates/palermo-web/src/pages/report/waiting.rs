//! Reports and reviews among what waits for somebody: reports that are due, those to be
//! signed, requests for more time, steps of reviews.

use super::{
    common::{day, year},
    contributions, duties,
};
use crate::{components::Content, shell::visit::Visit};
use palermo_app::{
    Refused,
    domain::{
        report::DutyStatus,
        review::{Stage, StepOwed, StepStatus},
    },
    report::{self, Owed},
    review,
};

/// One line of the list.
fn line(visit: &Visit, path: &str, words: String) -> String {
    let (words, path) = (Content::from(words), visit.link(path));
    format!("<li><a class=\"govuk-link\" href=\"{path}\">{words}</a></li>")
}

/// What waits, as lines of a list, and how many of them are late.
pub(in crate::pages) async fn waiting(visit: &Visit) -> Result<(String, usize), Refused> {
    let acting = visit.acting();
    let mut html = String::new();
    for one in report::to_sign(&acting).await? {
        let values =
            [("title", one.title.as_str().into()), ("year", year(visit, one.period).into())];
        let id = if one.signed { "work-report-send" } else { "work-report-sign" };
        let path = format!("/reports/sheets/{}", one.submission);
        html.push_str(&line(visit, &path, visit.format(id, &values)));
    }
    let owed = report::owed_by_me(&acting).await?;
    for one in &owed {
        let of = &one.obligation.of;
        let values = [
            ("title", one.title.as_str().into()),
            ("year", year(visit, of.period).into()),
            ("day", day(visit, of.due).into()),
        ];
        let late = one.obligation.status == DutyStatus::Late;
        let asked = of.questionnaire.as_deref().unwrap_or_default();
        let (path, id) = match (one.begun, late) {
            (Some(begun), true) => (format!("/reports/sheets/{begun}"), "work-report-go-on-late"),
            (Some(begun), false) => (format!("/reports/sheets/{begun}"), "work-report-go-on"),
            (None, late) => {
                let path = format!("/reports/new?questionnaire={asked}&period={}", of.period);
                (path, if late { "work-report-begin-late" } else { "work-report-begin" })
            }
        };
        html.push_str(&line(visit, &path, visit.format(id, &values)));
    }
    for one in report::open_extensions(&acting).await? {
        let state = visit.state(one.asked.state.as_str());
        let values =
            [("state", state.as_str().into()), ("day", day(visit, one.asked.wanted).into())];
        let path = format!("/reports/extensions/{}", one.id);
        html.push_str(&line(visit, &path, visit.format("work-extension", &values)));
    }
    html.push_str(&contributed(visit).await?);
    let (lines, mut late) = steps(visit, &owed).await?;
    html.push_str(&lines);
    late += owed.iter().filter(|one| one.obligation.status == DutyStatus::Late).count();
    Ok((html, late))
}

/// Reports that came in and nobody received, as lines of a list, and how many.
pub(in crate::pages) async fn to_receive(visit: &Visit) -> Result<(String, usize), Refused> {
    let acting = visit.acting();
    let today = acting.now().date();
    let all = report::to_receive(&acting).await?;
    let lines = all
        .iter()
        .map(|one| {
            let days = (today - one.submitted.date()).whole_days();
            let values = [
                ("state", visit.state(one.state.as_str()).into()),
                ("title", one.title.as_str().into()),
                ("year", year(visit, one.period).into()),
                ("days", usize::try_from(days).unwrap_or(0).into()),
            ];
            let (asked, state) = (&one.questionnaire, one.state);
            let path = format!("/reports/country/{asked}/{state}/{}", one.period);
            line(visit, &path, visit.format("work-receive", &values))
        })
        .collect();
    Ok((lines, all.len()))
}

/// What others contributed lately, for those who are to read it.
async fn contributed(visit: &Visit) -> Result<String, Refused> {
    let all = report::new_contributions(&visit.acting()).await?;
    Ok(all
        .iter()
        .map(|(one, title)| {
            let values = [
                ("from", one.from.as_str().into()),
                ("state", visit.state(one.state.as_str()).into()),
                ("title", title.as_str().into()),
                ("year", year(visit, one.period).into()),
            ];
            let path = contributions::path(&one.questionnaire, one.state.as_str(), one.period);
            line(visit, &path, visit.format("work-contribution", &values))
        })
        .collect())
}

/// Steps of reviews that wait for the reader. A reply that is told as a report that is due
/// is not told again.
async fn steps(visit: &Visit, owed: &[Owed]) -> Result<(String, usize), Refused> {
    let acting = visit.acting();
    let all = review::steps_for_me(&acting).await?;
    let told = |step: &StepOwed| {
        step.stage == Stage::Questionnaire
            && owed.iter().any(|one| {
                let of = &one.obligation.of;
                of.questionnaire == step.questionnaire
                    && Some(&of.mechanism) == step.mechanism.as_ref()
            })
    };
    let own = acting.subject.state.clone().unwrap_or_default();
    let sheets = if own.is_empty() { Vec::new() } else { report::sheets(&acting).await? };
    let (mut html, mut late) = (String::new(), 0);
    for one in all.iter().filter(|one| !told(one)) {
        late += usize::from(one.status == StepStatus::Overdue && one.due.is_some());
        let id = match (one.status, one.due) {
            (_, None) => "work-review",
            (StepStatus::Overdue, _) => "work-review-late",
            (_, Some(_)) => "work-review-due",
        };
        let state = visit.state(one.state.as_str());
        let values = [
            ("what", duties::todo(visit, one).into()),
            ("title", one.title.as_str().into()),
            ("state", state.into()),
            ("day", one.due.map(|due| day(visit, due)).unwrap_or_default().into()),
        ];
        let mine = one.state.as_str() == own;
        let path = if mine { duties::step_page(one, &sheets) } else { one.page.clone() };
        html.push_str(&line(visit, &path, visit.format(id, &values)));
    }
    Ok((html, late))
}
