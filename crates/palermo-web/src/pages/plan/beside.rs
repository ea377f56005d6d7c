//! What stands beside the actions and indicators of a plan: recommendations they take up
//! and reviews of what they did to people's rights, with the answers (R061, R236).

use crate::{
    components::{Content, Details},
    pages::register::common::{day, link},
    shell::visit::Visit,
};
use palermo_app::{
    Refused,
    access::{Action, Resource},
    domain::plan::{PlanCode, Row},
    plan::links::name,
    review::{self, ImpactShown, Recommended},
};

/// What points at the plans, as this reader may see it.
#[derive(Default)]
pub(super) struct Beside {
    recommendations: Vec<Recommended>,
    impacts: Vec<ImpactShown>,
}

impl Beside {
    /// Reads it once for a page.
    pub async fn of(visit: &Visit) -> Result<Self, Refused> {
        let acting = visit.acting();
        let mut recommendations = review::recommendations(visit.web.app()).await?;
        recommendations.retain(|one| {
            let tied = !one.recommendation.measures.is_empty()
                || !one.recommendation.indicators.is_empty();
            tied && review::reads(&acting, one)
        });
        let mut impacts = review::impact_reviews(&visit.acting()).await?;
        impacts.retain(|one| one.review.measure_id.is_some());
        Ok(Self { recommendations, impacts })
    }

    /// Links to the recommendations that an indicator measures; empty if there are none.
    pub fn of_indicator(&self, visit: &Visit, plan: &PlanCode, key: &str) -> Vec<Content> {
        let id = name(plan, key);
        let tied = |one: &&Recommended| one.recommendation.indicators.contains(&id);
        self.recommendations.iter().filter(tied).map(|one| recommended(visit, one)).collect()
    }

    /// What stands beside an action, as markup; empty if nothing does.
    pub fn of_row(&self, visit: &Visit, plan: &PlanCode, row: &Row) -> String {
        let id = name(plan, &row.key);
        let tied = |one: &&Recommended| one.recommendation.measures.contains(&id);
        let links: Vec<String> = self
            .recommendations
            .iter()
            .filter(tied)
            .map(|one| recommended(visit, one).to_string())
            .collect();
        let mut html = String::new();
        if !links.is_empty() {
            let words = Content::from(visit.text("plan-recommendations"));
            html = format!("<p class=\"govuk-body-s\">{words}: {}</p>", links.join(" · "));
        }
        let about = |one: &&ImpactShown| one.review.measure_id.as_ref() == Some(&id);
        for one in self.impacts.iter().filter(about) {
            html.push_str(&impact(visit, one));
        }
        html
    }
}

fn recommended(visit: &Visit, one: &Recommended) -> Content {
    let id = &one.recommendation.id;
    link(visit, &format!("/recommendations/{id}"), id.as_str())
}

/// The findings and the answers to them (R236).
fn impact(visit: &Visit, one: &ImpactShown) -> String {
    let record = &one.review;
    let by = format!("{}, {}", record.by, day(visit, record.on));
    let said = |text: &str, by: &str| {
        format!(
            "<p class=\"govuk-body-s\"><bdi>{}</bdi> <span class=\"p-src\"><bdi>{}</bdi></span></p>",
            Content::from(text),
            Content::from(by)
        )
    };
    let mut html = said(&record.findings, &by);
    if one.answers.is_empty() {
        let words = Content::from(visit.text("impact-unanswered"));
        html.push_str(&format!("<p class=\"govuk-body-s\">{words}</p>"));
    } else {
        let words = Content::from(visit.text("impact-answers"));
        html.push_str(&format!("<p class=\"govuk-body-s\"><strong>{words}</strong></p>"));
    }
    for answer in &one.answers {
        let by = format!("{}, {}", answer.by, day(visit, answer.on));
        html.push_str(&said(&answer.text, &by));
    }
    let summary = format!("{}: {by}", visit.text("plan-impact"));
    Details::new(summary, Content::Html(html)).to_string()
}

/// The way to a new review of an action, for those who open reviews; nothing for others.
pub(super) fn door(visit: &Visit, plan: &PlanCode, row: &Row) -> Option<String> {
    if !visit.may(Action::OpenImpactReview, &Resource::region()) {
        return None;
    }
    let path = format!("/impact/new?action={plan}:{}", row.key);
    Some(link(visit, &path, visit.text("plan-impact-open")).to_string())
}
