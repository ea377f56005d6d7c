//! An answer given elsewhere, offered beside the question that asks the same.

use super::{common::day, country::unit};
use crate::{
    components::{Button, Content, InsetText},
    shell::visit::Visit,
};
use palermo_app::domain::report::{AnswerKind, Proposal};

/// An answer given elsewhere, with its age and source and a button to take it.
pub(super) fn offer(
    visit: &Visit,
    (kind, period): (AnswerKind, i32),
    field: &str,
    proposal: &Proposal,
) -> String {
    let said = match proposal.answer.value.word() {
        Some(word) => visit.text(&format!("answer-word-{word}")),
        None => proposal.answer.value.plain(),
    };
    let days = usize::try_from(proposal.age_days).unwrap_or(0);
    let words = visit.format(
        "answer-offered",
        &[
            ("said", said.into()),
            ("place", format!("{} {}", proposal.questionnaire, proposal.code).into()),
            ("period", proposal.period.to_string().into()),
            ("relation", visit.text(&format!("map-{}", proposal.kind)).into()),
            ("day", day(visit, proposal.given).into()),
            ("days", visit.whole(days).into()),
        ],
    );
    let take = Button::new(visit.text("answer-take")).secondary().small().sends(
        "take",
        format!("{field}={}/{}/{}", proposal.questionnaire, proposal.period, proposal.code),
    );
    // Where both questions set a standard and the two differ, the stricter is told (R040).
    let stricter = proposal.stricter.as_ref().map(|one| {
        let value = format!("{} {}", visit.number(one.value), unit(visit, &one.unit));
        let values = [("value", value.into()), ("source", one.source.as_str().into())];
        Content::from(visit.format("answer-stricter", &values)).to_string()
    });
    let stricter = stricter.map(|words| format!("<br>{words}")).unwrap_or_default();
    let other = other_year(visit, (kind, period), proposal.period);
    let words = Content::from(words);
    InsetText::new(Content::Html(format!("{words} {other}{take}{stricter}"))).to_string()
}

/// Figures are those of a year: where one is offered for another, that is said before it is
/// taken.
fn other_year(visit: &Visit, (kind, period): (AnswerKind, i32), given: i32) -> String {
    if given == period || !matches!(kind, AnswerKind::Number | AnswerKind::Money) {
        return String::new();
    }
    let values = [("given", given.to_string().into()), ("asked", period.to_string().into())];
    let words = Content::from(visit.format("answer-other-year", &values));
    format!("<br><strong>{words}</strong><br>")
}
