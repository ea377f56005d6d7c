//! What an evaluation rests on: the State's reply, and what others told about it.

use super::super::report::{Page, day, link};
use crate::{
    components::{Content, Details, Tag},
    shell::visit::Visit,
};
use palermo_app::{
    Refused,
    domain::{register::state::StateCode, report::Contribution, review::Round},
    review,
};

/// Shows what the reader may see of it; nothing where there is nothing.
pub(super) async fn shown(
    visit: &Visit,
    page: &mut Page<'_>,
    round: &Round,
    state: StateCode,
) -> Result<(), Refused> {
    let basis = review::basis(&visit.acting(), round, state).await?;
    if basis.replies.is_empty() && basis.contributions.is_empty() {
        return Ok(());
    }
    page.heading("review-basis");
    for period in &basis.replies {
        let path = format!("/reports/country/{}/{state}/{period}", round.questionnaire);
        let words = visit.format("review-reply-of", &[("year", period.to_string().into())]);
        page.paragraph(link(visit, &path, words));
    }
    if !basis.contributions.is_empty() {
        let told: String =
            basis.contributions.iter().rev().map(|one| contribution(visit, one)).collect();
        page.push(Details::new(visit.text("contribute-sent"), Content::Html(told)));
    }
    Ok(())
}

fn contribution(visit: &Visit, one: &Contribution) -> String {
    let mark = if one.confidential {
        Tag::coloured(visit.text("report-confidential"), "purple").to_string()
    } else {
        String::new()
    };
    let said: String = one
        .answers
        .iter()
        .map(|(code, answer)| {
            let words = Content::from(answer.value.plain());
            format!("<li>{}: <bdi>{words}</bdi></li>", Content::from(code))
        })
        .collect();
    format!(
        "<h3 class=\"govuk-heading-s\"><bdi>{}</bdi> {mark}</h3>\
         <p class=\"govuk-body-s\"><bdi>{}</bdi> {} · {}</p><ul class=\"govuk-list\">{said}</ul>",
        Content::from(&one.from),
        Content::from(&one.questionnaire),
        Content::from(one.period.to_string()),
        Content::from(day(visit, one.on))
    )
}
