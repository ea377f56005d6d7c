//! The end of the rights of a child on pages: what shows it, asked in a form, and the
//! question that waits for its second person (R3).

use super::{show::paragraphs, words_of};
use crate::{
    components::{Button, Content, InsetText},
    shell::{failure::Failure, forms::FormPage, visit::Visit},
};
use palermo_app::{
    Problems,
    case::{
        Opened,
        age::{self, Saved},
    },
    domain::{
        case::{age::AgeGround, person::AgeGroup},
        id::PersonId,
    },
};
use std::fmt::Write as _;

/// What is said when a form with an age was saved.
pub(super) const fn done_as(saved: Saved) -> &'static str {
    match saved {
        Saved::Done => "saved",
        Saved::SecondAsked => "age-asked",
    }
}

/// What shows that someone with the rights of a child is an adult after all (R3).
pub(super) fn shown_adult<'a>(
    visit: &'a Visit,
    form: FormPage<'a>,
    age_was: &str,
    (ground, words): (&str, &str),
    problems: &Problems,
) -> FormPage<'a> {
    // Someone may have written meanwhile that they are a child.
    let asked = problems.0.iter().any(|one| one.field.starts_with("age_"));
    if age_was == AgeGroup::Adult.code() && !asked {
        return form;
    }
    let grounds: Vec<_> = AgeGround::ALL.iter().map(|ground| ground.code()).collect();
    form.words("case-age-shown-why")
        .radios(
            "age_ground",
            "case-age-ground",
            words_of(visit, "case-age-ground", &grounds),
            ground,
        )
        .lines("age_words", "case-age-words", "case-age-words-hint", words)
}

/// The question that waits for its second person: who asks, by what, in which words.
pub(super) async fn waits(
    visit: &Visit,
    opened: &Opened,
    person: PersonId,
) -> Result<String, Failure> {
    let Some(found) = age::waits(&visit.acting(), opened, person).await? else {
        return Ok(String::new());
    };
    let one = &found.question;
    let ground = visit.text(&format!("case-age-ground-{}", found.ground.code()));
    let told = visit.format(
        "case-age-waits",
        &[
            ("name", one.asked_by.as_str().into()),
            ("at", visit.moment(one.approval.record.recorded_at).into()),
            ("ground", ground.into()),
        ],
    );
    let mut html = Content::from(told).to_string();
    if let Some(words) = &found.words {
        html.push_str(&paragraphs(words));
    }
    if one.mine_to_decide {
        let href = visit.link("/work/approvals?state=asked");
        let _ = write!(html, "{}", Button::link(visit.text("case-age-decide"), href).secondary());
    }
    Ok(InsetText::new(Content::Html(html)).to_string())
}
