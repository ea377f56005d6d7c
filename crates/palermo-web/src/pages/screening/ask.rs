//! The pages that ask.

use super::{super::Answer, address, form_choices, result};
use crate::{
    components::{Button, Content, Details, InsetText, SummaryList, Tag},
    shell::{
        failure::Failure,
        forms::{FormPage, done, one_button},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use palermo_app::{
    Problems, Refused,
    desk::{parse_id, parse_revision},
    domain::{
        id::ScreeningId,
        screening::{Answer as Told, Dimension, Draft, IndicatorSet, Step},
    },
    locale::Language,
    screening::{
        ask::{self, Asked},
        wording::AskingLanguage,
    },
};
use std::fmt::Write as _;

/// After so many questions a break is offered (E34).
const BREAK_EVERY: usize = 15;

fn step_of(asked: &Asked, set: &IndicatorSet, name: &str) -> Result<Step, Failure> {
    asked.draft.step(set, name).ok_or(Failure(Refused::NotFound))
}

pub(super) async fn show(visit: Visit, Path((id, step)): Path<(String, String)>) -> Answer {
    let id: ScreeningId = parse_id(&id)?;
    let asked = ask::load(&visit.acting(), id).await?;
    let set = asked.set(visit.web.app())?;
    let step = step_of(&asked, set, &step)?;
    Ok(page(&visit, &asked, set, &step, &Problems::default()))
}

pub(super) async fn answer(
    Path((id, step)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let id: ScreeningId = parse_id(&id)?;
    let acting = visit.acting_once(&form);
    let asked = ask::load(&acting, id).await?;
    let set = asked.set(visit.web.app())?;
    let step = step_of(&asked, set, &step)?;
    match ask::answer(&acting, &asked, &step, form.list("answer")).await {
        Ok(draft) => {
            // The set may be another one now: age and form decide it.
            let set =
                Asked { head: asked.head.clone(), draft: draft.clone() }.set(visit.web.app())?;
            let next = match draft.after(set, &step) {
                Some(next) => address(id, &format!("/ask/{next}")),
                None => address(id, ""),
            };
            Ok(done(&visit, &next, ""))
        }
        Err(Refused::Invalid(problems)) => {
            let mut response = page(&visit, &asked, set, &step, &problems);
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(Failure(other)),
    }
}

fn page(
    visit: &Visit,
    asked: &Asked,
    set: &IndicatorSet,
    step: &Step,
    problems: &Problems,
) -> Response {
    let id = asked.head.record.id;
    let steps = asked.draft.steps(set);
    let at = steps.iter().position(|one| one == step).unwrap_or(0) + 1;
    let title = visit.format(
        "screening-question-of",
        &[("n", visit.whole(at).into()), ("all", visit.whole(steps.len()).into())],
    );
    let back = asked
        .draft
        .before(set, step)
        .map_or_else(|| address(id, ""), |before| address(id, &format!("/ask/{before}")));
    let mut html = String::new();
    if at > 1 && at % BREAK_EVERY == 0 {
        let _ = write!(html, "{}", InsetText::new(visit.text("screening-break")));
    }
    html.push_str(&match step {
        Step::Indicator(code) => indicator(visit, asked, step, code, problems),
        other => choice(visit, asked, other, problems),
    });
    let _ = write!(
        html,
        "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{}\">{}</a></p>",
        visit.link(&address(id, "")),
        Content::from(visit.text("screening-to-overview")),
    );
    visit.page(&title).back(&back).html(&html)
}

fn asking<'v>(visit: &'v Visit, draft: &Draft) -> Option<&'v AskingLanguage> {
    visit.web.app().wording.language(&draft.language)
}

/// A word in the person's language and, where it is another, the officer's.
fn both(visit: &Visit, language: Option<&AskingLanguage>, id: &str) -> String {
    let own = visit.text(id);
    let theirs = language
        .and_then(|one| Language::from_code(&one.code))
        .filter(|one| *one != visit.language)
        .map(|one| (visit.web.app().catalogue.text(one, id), one));
    match theirs {
        Some((text, one)) => format!(
            "<span lang=\"{}\" dir=\"{}\">{}</span> · {}",
            one.code(),
            one.direction().code(),
            Content::from(text),
            Content::from(own)
        ),
        None => Content::from(own).to_string(),
    }
}

fn indicator(visit: &Visit, asked: &Asked, step: &Step, code: &str, problems: &Problems) -> String {
    let draft = &asked.draft;
    let (wording, child) = (&visit.web.app().wording, draft.age().has_rights_of_a_child());
    let language = asking(visit, draft);
    let officer = visit.language.code();
    let mut head = String::new();
    if let Some(dimension) = code.split('.').next() {
        let name = Content::from(visit.text(&format!("screening-dimension-{dimension}")));
        let _ = write!(head, "<span class=\"govuk-caption-l\">{name}</span>");
    }
    if let Some(language) = language {
        let text = Content::from(wording.question(&language.code, code, child));
        let _ = write!(
            head,
            "<h2 class=\"govuk-heading-l\" lang=\"{}\" dir=\"{}\">{text}</h2>",
            language.code, language.direction
        );
    }
    if language.is_none_or(|language| language.code != officer) {
        let text = Content::from(wording.question(officer, code, child));
        let _ = write!(head, "<p class=\"govuk-body-l\">{text}</p>");
    }
    if let Some(told) = draft.answers.get(code) {
        let word = visit.text(&format!("screening-answer-{told}"));
        let _ = write!(head, "<p class=\"govuk-body\">{}</p>", Tag::coloured(word, "blue"));
    }
    let id = asked.head.record.id;
    let mut form = FormPage::new(visit, &address(id, &format!("/ask/{step}")), problems);
    form = form.part(head).part("<div class=\"govuk-button-group\">");
    for told in [Told::Yes, Told::No, Told::Unsure] {
        let words = both(visit, language, &format!("screening-answer-{told}"));
        let button = Button::new(Content::Html(words)).sends("answer", told.code());
        form = form.part(button);
    }
    let skip = both(visit, language, "screening-skip");
    let skip = Button::new(Content::Html(skip)).secondary().sends("answer", Told::NotAsked.code());
    let how = Details::new(
        visit.text("screening-how-to-ask"),
        Content::Html(format!(
            "<p class=\"govuk-body\">{}</p><p class=\"govuk-body\">{}</p>",
            Content::from(wording.how_to_ask(officer, code)),
            Content::from(visit.text("screening-how-always")),
        )),
    );
    form.part(skip).part("</div>").part(how).html()
}

fn choice(visit: &Visit, asked: &Asked, step: &Step, problems: &Problems) -> String {
    let draft = &asked.draft;
    let id = asked.head.record.id;
    let form = FormPage::new(visit, &address(id, &format!("/ask/{step}")), problems);
    let words = |prefix: &str, codes: &[&'static str]| -> Vec<(String, String)> {
        let word =
            |code: &&'static str| ((*code).to_owned(), visit.text(&format!("{prefix}-{code}")));
        codes.iter().map(word).collect()
    };
    use palermo_app::domain::screening::{Act, Age, Means};
    let form = match step {
        Step::Language => {
            let languages = visit.web.app().wording.languages();
            let options = languages.iter().map(|one| (one.code.clone(), one.name.clone()));
            form.radios("answer", "screening-ask-language", options.collect(), &draft.language)
        }
        Step::Age => {
            let codes: Vec<_> = Age::ALL.iter().map(|age| age.code()).collect();
            let age = draft.age.map_or("", |age| age.code());
            form.radios("answer", "screening-ask-age", words("screening-age", &codes), age)
                .words("screening-ask-age-why")
        }
        Step::Act => {
            let codes: Vec<_> = Act::ALL.iter().map(|one| one.code()).collect();
            let chosen: Vec<_> = draft.elements.acts.iter().map(ToString::to_string).collect();
            form.checkboxes("answer", "screening-ask-act", words("element-act", &codes), &chosen)
        }
        Step::Means => {
            let codes: Vec<_> = Means::ALL.iter().map(|one| one.code()).collect();
            let chosen: Vec<_> = draft.elements.means.iter().map(ToString::to_string).collect();
            let form = form.checkboxes(
                "answer",
                "screening-ask-means",
                words("element-means", &codes),
                &chosen,
            );
            if draft.age().has_rights_of_a_child() {
                form.words("screening-means-not-needed")
            } else {
                form
            }
        }
        Step::Purpose => {
            let chosen: Vec<_> = draft.elements.purposes.iter().map(ToString::to_string).collect();
            form.checkboxes("answer", "screening-ask-purpose", form_choices(visit), &chosen)
        }
        Step::Form | Step::Indicator(_) => {
            let chosen: Vec<_> = draft.forms.iter().map(ToString::to_string).collect();
            form.checkboxes("answer", "screening-ask-form", form_choices(visit), &chosen)
                .words("screening-ask-form-why")
        }
    };
    form.button("form-continue").html()
}

pub(super) async fn overview(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: ScreeningId = parse_id(&id)?;
    let asked = ask::load(&visit.acting(), id).await?;
    let set = asked.set(visit.web.app())?;
    let draft = &asked.draft;
    let mut html = String::new();
    let until = visit.moment(asked.head.record.expires_at);
    let kept = visit.format("screening-kept-until", &[("until", until.into())]);
    let _ = write!(html, "<p class=\"govuk-body\">{}</p>", Content::from(kept));
    if let Some(next) = draft.resume(set) {
        let go_on = visit.link(&address(id, &format!("/ask/{next}")));
        let _ = write!(html, "{}", Button::link(visit.text("screening-go-on"), go_on));
    }
    html.push_str(&topics(&visit, id, draft, set));
    let assessment = draft.screening(set).assess(set);
    html.push_str(&result::so_far(&visit, &assessment, set));
    let decide = visit.link(&address(id, "/decide"));
    let _ = write!(html, "{}", Button::link(visit.text("screening-to-decision"), decide));
    html.push_str(&one_button(
        &visit,
        &address(id, "/give-up"),
        "screening-give-up",
        &[("revision", &asked.head.revision.0.to_string())],
        true,
    ));
    Ok(visit.page(&visit.text("screening-title")).back("/screening").html(&html))
}

/// What was asked so far, topic by topic, each with a way to it.
fn topics(visit: &Visit, id: ScreeningId, draft: &Draft, set: &IndicatorSet) -> String {
    let change = visit.text("form-change");
    let to = |step: &str| visit.link(&address(id, &format!("/ask/{step}")));
    let language = asking(visit, draft).map(|one| one.name.clone()).unwrap_or_default();
    let words = |codes: Vec<String>, prefix: &str| {
        let words =
            codes.iter().map(|code| visit.text(&format!("{prefix}-{}", code.replace('.', "-"))));
        words.collect::<Vec<_>>().join(", ")
    };
    let strings = |codes: &mut dyn Iterator<Item = String>| codes.collect::<Vec<_>>();
    let forms = strings(&mut draft.forms.iter().map(ToString::to_string));
    let acts = strings(&mut draft.elements.acts.iter().map(ToString::to_string));
    let means = strings(&mut draft.elements.means.iter().map(ToString::to_string));
    let purposes = strings(&mut draft.elements.purposes.iter().map(ToString::to_string));
    let mut list = SummaryList::new();
    let mut row = |label: &str, value: String, step: &str| {
        let label = visit.text(label);
        list = std::mem::take(&mut list).row(label.clone(), value).action(
            change.clone(),
            label,
            to(step),
        );
    };
    row("screening-ask-language", language, "language");
    row("screening-ask-age", visit.text(&format!("screening-age-{}", draft.age())), "age");
    row("screening-ask-form", words(forms, "element-form"), "form");
    for dimension in Dimension::ALL {
        let own = || set.indicators.iter().filter(|one| one.dimension == Some(*dimension));
        let Some(first) = own().next() else { continue };
        let told = own().filter(|one| draft.answers.contains_key(&one.code)).count();
        let value = visit.format(
            "screening-told-of",
            &[("told", visit.whole(told).into()), ("all", visit.whole(own().count()).into())],
        );
        row(&format!("screening-dimension-{dimension}"), value, &first.code);
    }
    row("screening-ask-act", words(acts, "element-act"), "act");
    row("screening-ask-means", words(means, "element-means"), "means");
    row("screening-ask-purpose", words(purposes, "element-form"), "purpose");
    list.to_string()
}

pub(super) async fn give_up(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: ScreeningId = parse_id(&id)?;
    let seen = parse_revision(form.text("revision"))?;
    ask::give_up(&visit.acting_once(&form), id, seen).await?;
    Ok(done(&visit, "/screening", "screening-given-up"))
}
