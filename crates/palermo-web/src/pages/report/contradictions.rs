//! Answers of one State to different bodies that cannot both be right: for the State at
//! once, for the bodies it answered once its time to put them right has passed (R040).

use super::common::{Page, day, link, year};
use crate::{components::Content, shell::visit::Visit};
use palermo_app::{
    Refused,
    access::{Action, Resource},
    domain::{
        register::state::StateCode,
        report::{AnswerWord, Contradiction},
    },
    report::{self, Versions},
};

/// Those of a State that touch an answer `here` means, given its questionnaire and year;
/// nothing for readers they are not for.
pub(in crate::pages) async fn shown(
    visit: &Visit,
    page: &mut Page<'_>,
    state: &str,
    here: impl Fn(&str, i32) -> bool,
) -> Result<(), Refused> {
    let acting = visit.acting();
    let may = |action, resource: &Resource| acting.may(action, resource).allowed;
    let own = may(Action::EditReport, &Resource::region().in_state(Some(state)));
    let asks = may(Action::ReceiveReports, &Resource::region())
        || may(Action::WriteFindings, &Resource::region());
    let Ok(code) = state.parse::<StateCode>() else { return Ok(()) };
    if !own && !asks {
        return Ok(());
    }
    let mut found = report::own_contradictions(&acting, code).await?;
    found.retain(|one| {
        here(&one.one.questionnaire, one.one.period)
            || here(&one.other.questionnaire, one.other.period)
    });
    let words = if own { "contradictions-words" } else { "contradictions-words-bodies" };
    table(visit, page, &found, words).await
}

/// These, after these words: each answer with the question and the way to it.
pub(super) async fn table(
    visit: &Visit,
    page: &mut Page<'_>,
    found: &[Contradiction],
    words: &str,
) -> Result<(), Refused> {
    if found.is_empty() {
        return Ok(());
    }
    let known = Versions::load(visit.web.app()).await?;
    let rows = found
        .iter()
        .map(|one| {
            vec![
                answer(visit, &known, one, true),
                answer(visit, &known, one, false),
                day(visit, one.shown_to_bodies_from).into(),
            ]
        })
        .collect();
    page.heading("contradictions-title");
    page.say(words);
    let heads = ["contradiction-one", "contradiction-other", "contradiction-shown"];
    page.table("contradictions", "contradictions-title", &heads, rows);
    Ok(())
}

fn answer(visit: &Visit, known: &Versions, of: &Contradiction, first: bool) -> Content {
    let one = if first { &of.one } else { &of.other };
    let said = match one.said.parse::<AnswerWord>() {
        Ok(word) => super::country::word(visit, word).to_string(),
        Err(_) if one.said == "confidential" => visit.text("report-confidential"),
        Err(_) => Content::from(&one.said).to_string(),
    };
    let all = known.newest(&one.questionnaire).ok();
    let question = all.and_then(|all| all.question(&one.code));
    let words = question.map(|question| question.text.say(visit.language.code()).0);
    let words = Content::from(words.unwrap_or_default());
    let name = format!("{} {}, {}", one.questionnaire, year(visit, one.period), one.code);
    let anchor = one.code.replace('.', "-");
    let path =
        format!("/reports/country/{}/{}/{}#q-{anchor}", one.questionnaire, of.state, one.period);
    Content::Html(format!(
        "<span dir=\"auto\">{words}</span><br>{said} <span class=\"p-src\">{}, {}</span>",
        link(visit, &path, name),
        Content::from(day(visit, one.given))
    ))
}
