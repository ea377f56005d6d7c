//! Needs for assistance, collected from every answer of every State, each with the way
//! back to where it was stated (R044).

use super::common::{day, link, year};
use crate::{
    components::Content,
    pages::Answer,
    shell::{listing::List, route::Routes, visit::Visit},
};
use palermo_app::{
    access::{Action, Resource},
    report::{self, Standing},
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/needs", Action::PublicRead, list)
}

async fn list(visit: Visit) -> Answer {
    let receives = visit.may(Action::ReceiveReports, &Resource::region());
    let which = if receives { Standing::Submitted } else { Standing::Accepted };
    let all = report::needs(visit.web.app(), which, visit.language.code()).await?;
    let mut states: Vec<(String, String)> =
        all.iter().map(|one| (one.state.to_string(), visit.state(one.state.as_str()))).collect();
    states.sort_by(|a, b| visit.compare(&a.1, &b.1));
    states.dedup();
    let mut sections: Vec<(String, String)> =
        all.iter().map(|one| (one.section.clone(), one.section.clone())).collect();
    sections.sort();
    sections.dedup();
    let mut years: Vec<(String, String)> =
        all.iter().map(|one| (one.period.to_string(), year(&visit, one.period))).collect();
    years.sort_by(|a, b| b.cmp(a));
    years.dedup();
    let (a, b, c, d, e) =
        (visit.clone(), visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "needs", &visit.text("needs-title"), all)
        .column(
            "state",
            "report-state",
            move |one| a.state(one.state.as_str()),
            move |one| b.state(one.state.as_str()).into(),
        )
        .column(
            "need",
            "report-need",
            |one| one.need.clone(),
            |one| Content::Html(format!("<span dir=\"auto\">{}</span>", Content::from(&one.need))),
        )
        .text("section", "report-section", |one| one.section.clone())
        .column(
            "answer",
            "needs-answer",
            |one| one.id.clone(),
            move |one| link(&c, &one.link, format!("{} {}", one.questionnaire, one.code)),
        )
        .column(
            "period",
            "report-period",
            |one| one.period.to_string(),
            move |one| year(&d, one.period).into(),
        )
        .column(
            "stated",
            "needs-stated",
            |one| one.stated.to_string(),
            move |one| day(&e, one.stated).into(),
        )
        .filter("state", "report-state", states, |one, wanted| one.state.as_str() == wanted)
        .filter("section", "report-section", sections, |one, wanted| one.section == wanted)
        .filter("period", "report-period", years, |one, wanted| one.period.to_string() == wanted);
    Ok(list.answer(|table| {
        let intro = Content::from(visit.text("needs-intro"));
        let html = format!("<p class=\"govuk-body-l\">{intro}</p>{table}");
        visit.page(&visit.text("needs-title")).back("/reports").html(&html)
    })?)
}
