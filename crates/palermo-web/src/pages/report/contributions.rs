//! What others contributed beside the States, for those who may read it: the open ones for
//! everybody, confidential ones for the body that asks (R046).

use super::common::{day, link, year};
use crate::{
    components::{Content, Tag},
    pages::Answer,
    shell::{failure::Failure, listing::List, route::Routes, visit::Visit},
};
use palermo_app::{access::Action, domain::report::Contribution, report};

pub(super) fn routes() -> Routes {
    Routes::new().page("/reports/contributions", Action::PublicRead, list)
}

/// Where the contributions about a State for a year are read.
pub(super) fn path(questionnaire: &str, state: &str, period: i32) -> String {
    format!("/reports/contributions?questionnaire={questionnaire}&state={state}&period={period}")
}

/// On the page of a State's report: the way to what others said beside it.
pub(super) async fn beside(
    visit: &Visit,
    questionnaire: &str,
    state: &str,
    period: i32,
) -> Result<String, Failure> {
    let all = report::contributions(&visit.acting(), Some(questionnaire)).await?;
    let here = |one: &&Contribution| one.state.as_str() == state && one.period == period;
    let count = all.iter().filter(here).count();
    if count == 0 {
        return Ok(String::new());
    }
    let words = visit.format("report-contributions", &[("count", visit.whole(count).into())]);
    let link = link(visit, &path(questionnaire, state, period), words);
    Ok(format!("<p class=\"govuk-body\" id=\"contributions\">{link}</p>"))
}

fn choices(
    visit: &Visit,
    all: &[Contribution],
    of: impl Fn(&Contribution) -> (String, String),
) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = all.iter().map(of).collect();
    found.sort_by(|a, b| visit.compare(&a.1, &b.1));
    found.dedup();
    found
}

fn said(one: &Contribution) -> String {
    let lines =
        one.answers.iter().map(|(code, answer)| format!("{code}: {}", answer.value.plain()));
    lines.collect::<Vec<_>>().join("\n")
}

async fn list(visit: Visit) -> Answer {
    let mut all = report::contributions(&visit.acting(), None).await?;
    // A confidential one leaves in no file: not even that it was given, or by whom.
    if !visit.query("format").is_empty() {
        all.retain(|one| !one.confidential);
    }
    let states =
        choices(&visit, &all, |one| (one.state.to_string(), visit.state(one.state.as_str())));
    let asked = choices(&visit, &all, |one| (one.questionnaire.clone(), one.questionnaire.clone()));
    let years = choices(&visit, &all, |one| (one.period.to_string(), year(&visit, one.period)));
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let private = visit.text("report-confidential");
    let list = List::new(&visit, "contributions", &visit.text("contributions-title"), all)
        .text("from", "contribute-from", |one| one.from.clone())
        .column(
            "state",
            "report-state",
            move |one| a.state(one.state.as_str()),
            move |one| b.state(one.state.as_str()).into(),
        )
        .text("questionnaire", "report-questionnaire", |one| one.questionnaire.clone())
        .column(
            "period",
            "report-period",
            |one| one.period.to_string(),
            move |one| year(&c, one.period).into(),
        )
        // A confidential one is read here, and leaves in no file.
        .column(
            "said",
            "report-answer",
            {
                let private = private.clone();
                move |one: &Contribution| {
                    if one.confidential { private.clone() } else { said(one) }
                }
            },
            move |one| {
                let mark = if one.confidential {
                    Tag::coloured(private.clone(), "purple").to_string()
                } else {
                    String::new()
                };
                let lines = said(one);
                let lines: Vec<String> =
                    lines.lines().map(|line| Content::from(line).to_string()).collect();
                let words = lines.join("<br>");
                Content::Html(format!("{mark} <span dir=\"auto\">{words}</span>"))
            },
        )
        .column(
            "on",
            "report-submitted",
            |one| one.on.to_string(),
            move |one| day(&d, one.on).into(),
        )
        .filter("questionnaire", "report-questionnaire", asked, |one, wanted| {
            one.questionnaire == wanted
        })
        .filter("state", "report-state", states, |one, wanted| one.state.as_str() == wanted)
        .filter("period", "report-period", years, |one, wanted| one.period.to_string() == wanted)
        .when_empty(visit.text("contributions-none"));
    Ok(list.answer(|table| {
        let intro = Content::from(visit.text("contributions-intro"));
        let html = format!("<p class=\"govuk-body-l\">{intro}</p>{table}");
        visit.page(&visit.text("contributions-title")).back("/reports").html(&html)
    })?)
}
