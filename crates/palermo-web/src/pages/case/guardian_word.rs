//! What a guardian leaves for the team on a child's behalf (R3).

use super::{Answer, purpose, purpose_of, sections::Section, words_of};
use crate::{
    components::{Button, Content, InsetText},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done_with_words},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    case::{
        self, Opened,
        guardian_word::{self, WordForm},
    },
    desk::parse_id,
    domain::{
        case::guardian_word::{GuardianAbout, GuardianAnswer},
        id::CaseId,
        purpose::Purpose,
    },
    keys,
};

/// The way to say something, for the guardian alone: what was said stands in the history.
pub(super) async fn section(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    if !case::may(&visit.acting(), &opened.file, Action::SpeakForChild) {
        return Ok(None);
    }
    let (id, why) = (opened.file.id(), opened.file.purpose.code());
    let href = visit.link(&format!("/cases/{id}/guardian?for={why}"));
    let html = format!(
        "<p class=\"govuk-body\">{}</p>{}",
        Content::from(visit.text("case-guardian-why")),
        Button::link(visit.text("case-guardian-say"), href)
    );
    let title = visit.text("case-guardian-title");
    Ok(Some(Section { id: "guardian", title, html, open: true, ..Section::default() }))
}

fn page(visit: &Visit, id: CaseId, purpose: Purpose, form: &Form, problems: &Problems) -> Response {
    let abouts: Vec<_> = GuardianAbout::ALL.iter().map(|one| one.code()).collect();
    let answers: Vec<_> = GuardianAnswer::ALL.iter().map(|one| one.code()).collect();
    FormPage::new(visit, &format!("/cases/{id}/guardian"), problems)
        .words("case-guardian-why")
        .hidden("for", purpose.code())
        .radios(
            "about",
            "case-guardian-about",
            words_of(visit, "case-guardian-about", &abouts),
            form.text("about"),
        )
        .hinted("case-guardian-answer-hint")
        .radios(
            "answer",
            "case-guardian-answer",
            words_of(visit, "case-guardian-answer", &answers),
            form.text("answer"),
        )
        .lines("words", "case-guardian-words", "case-guardian-words-hint", form.text("words"))
        .button("case-guardian-send")
        .page("case-guardian-title", &format!("/cases/{id}"))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    if let Some(why) = guardian_word::cannot(&visit.acting(), id, purpose).await? {
        let html = InsetText::new(visit.say(&why)).to_string();
        let title = visit.text("case-guardian-title");
        return Ok(visit.page(&title).back(&format!("/cases/{id}")).html(&html));
    }
    Ok(page(&visit, id, purpose, &Form::default(), &Problems::default()))
}

pub(super) async fn say(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let text = |name: &str| form.text(name).to_owned();
    let typed = WordForm { about: text("about"), answer: text("answer"), words: text("words") };
    let acting = visit.acting_once(&form);
    let vault = keys::vault(&acting, visit.signed()?).await?;
    match guardian_word::say(&acting, &vault, id, &typed, purpose).await {
        Ok(_) => {
            let case = format!("/cases/{id}");
            Ok(done_with_words(&visit, &case, "guardian-said", &typed.words))
        }
        Err(Refused::Invalid(problems)) => Ok(page(&visit, id, purpose, &form, &problems)),
        Err(other) => Err(Failure(other)),
    }
}
