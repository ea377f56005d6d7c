//! Reports among what waits for somebody: those that are due, those to be signed, and
//! requests for more time.

use super::common::{day, year};
use crate::{components::Content, shell::visit::Visit};
use palermo_app::{Refused, domain::report::DutyStatus, report};

/// One line of the list.
fn line(visit: &Visit, path: &str, words: String) -> String {
    let (words, path) = (Content::from(words), visit.link(path));
    format!("<li><a class=\"govuk-link\" href=\"{path}\">{words}</a></li>")
}

/// What waits, as lines of a list.
pub(in crate::pages) async fn waiting(visit: &Visit) -> Result<String, Refused> {
    let acting = visit.acting();
    let mut html = String::new();
    for one in report::to_sign(&acting).await? {
        let values =
            [("title", one.title.as_str().into()), ("year", year(visit, one.period).into())];
        let id = if one.signed { "work-report-send" } else { "work-report-sign" };
        let path = format!("/reports/sheets/{}", one.submission);
        html.push_str(&line(visit, &path, visit.format(id, &values)));
    }
    for one in report::owed_by_me(&acting).await? {
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
    Ok(html)
}
