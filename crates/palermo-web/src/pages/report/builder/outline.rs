//! The outline of a draft: its sections and questions in their order, what each asks for in
//! words, what is left to do, and the way to every form.

use super::{
    choices::{Menu, mapping, provisions, words},
    in_address, named, opened, outline_of,
    question_read::values,
    row_button,
};
use crate::{
    components::{Button, Content, InsetText, WarningText},
    pages::{
        Answer,
        report::{Page, link, notice_heading},
    },
    shell::{
        failure::Failure,
        forms::{done, refused},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    domain::report::{Condition, Lacking, Question, Questionnaire, Section},
    report::{self, DraftOpened},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/questionnaires/build/{draft}", Action::AuthorQuestionnaire, show)
        .form("/questionnaires/build/{draft}/move", Action::AuthorQuestionnaire, shift)
        .form("/questionnaires/build/{draft}/use", Action::AuthorQuestionnaire, put_to_use)
}

async fn show(visit: Visit, Path(draft): Path<String>) -> Answer {
    page(&visit, &draft, &Problems::default()).await
}

async fn page(visit: &Visit, draft: &str, problems: &Problems) -> Answer {
    let found = match opened(visit, draft).await {
        Ok(found) => found,
        Err(Failure(Refused::Invalid(wrong))) => return Ok(unreadable(visit, draft, &wrong)),
        Err(other) => return Err(other),
    };
    let all = &found.questionnaire;
    let elsewhere = super::choices::elsewhere(visit, all).await?;
    let menus = (provisions(visit), elsewhere);
    let mut page = Page::new(visit);
    page.push(told(visit, problems));
    head(visit, draft, &found, &mut page);
    for (at, section) in all.sections.iter().enumerate() {
        let edges = (at == 0, at + 1 == all.sections.len());
        one_section(visit, draft, all, (section, edges), &menus, &mut page);
    }
    let path = format!("{}/section", outline_of(draft));
    page.push(Button::link(visit.text("builder-section-new"), visit.link(&path)));
    let title = all.title.say(visit.language.code()).0;
    let title = visit.format("builder-outline", &[("title", title.into())]);
    let html = page.finish();
    if problems.0.is_empty() {
        return Ok(visit.page(&title).back("/questionnaires").html(&html));
    }
    Ok(refused(visit, title, Some("/questionnaires"), &html))
}

/// Problems that belong to no field here.
fn told(visit: &Visit, problems: &Problems) -> String {
    if problems.0.is_empty() {
        return String::new();
    }
    let mut page = Page::new(visit);
    page.list(problems.0.iter().map(|one| Content::from(visit.say(&one.message))));
    InsetText::new(Content::Html(page.finish())).to_string()
}

/// A text that cannot be read at all: only as text can it be put right.
fn unreadable(visit: &Visit, draft: &str, problems: &Problems) -> Response {
    let mut page = Page::new(visit);
    page.say("builder-unreadable").push(told(visit, problems));
    page.push(Button::link(visit.text("builder-as-text"), visit.link(&as_text(draft))));
    let title = visit.text("questionnaire-write");
    visit.page(&title).back("/questionnaires").html(&page.finish())
}

fn as_text(draft: &str) -> String {
    format!("/questionnaires/write?draft={draft}")
}

/// What it is, what is left to do, and what can be done with the whole of it.
fn head(visit: &Visit, draft: &str, found: &DraftOpened, page: &mut Page<'_>) {
    let all = &found.questionnaire;
    page.say("builder-outline-words");
    let mechanisms: Vec<String> = all.mechanisms.iter().map(|id| visit.mechanism(id)).collect();
    let version = visit.whole(all.version as usize);
    let values = [
        ("version", version.into()),
        ("cycle", visit.text(&format!("cycle-{}", all.cycle)).into()),
        ("who", mechanisms.join(", ").into()),
        ("source", all.source.as_str().into()),
    ];
    let about = if mechanisms.is_empty() { "builder-about-line" } else { "builder-about-line-who" };
    page.small(visit.format(about, &values));
    let path = format!("{}/about", outline_of(draft));
    let mut items = vec![link(visit, &path, visit.text("builder-about"))];
    let whole = report::check(&found.kept.record.entry).ok();
    if let Some(whole) = &whole {
        let path = format!("/questionnaires/{}/preview?draft={draft}", all.id);
        items.push(link(visit, &path, visit.text("questionnaire-preview")));
        items.push(super::super::questionnaire_life::languages(visit, whole, draft));
    }
    items.push(link(visit, &as_text(draft), visit.text("builder-as-text")));
    page.list(items);
    if whole.is_some() {
        let path = format!("{}/use", outline_of(draft));
        let seen = found.kept.revision.0.to_string();
        let mut fields = vec![("seen", seen.as_str())];
        page.say("builder-use-words");
        // Once it is in use none can be named any more: that is asked before.
        let alone = all.mechanisms.is_empty();
        if alone {
            page.push(WarningText::new(visit.text("builder-no-mechanism"), &visit.words()));
            fields.push(("alone", "yes"));
        }
        let label = if alone { "builder-use-alone" } else { "builder-use" };
        page.push(row_button(visit, &path, label, "", &fields));
    } else {
        page.push(lacking(visit, draft, found));
    }
}

/// What is left to do, each with the way to where it is done.
fn lacking(visit: &Visit, draft: &str, found: &DraftOpened) -> String {
    let all = &found.questionnaire;
    let lacks = all.lacks();
    let mut page = Page::new(visit);
    page.say("builder-lacks");
    page.list(lacks.iter().map(|(code, what)| {
        let values = [("code", code.as_str().into())];
        let words = visit.format(&format!("builder-lacks-{what}"), &values);
        let part = match (all.question(code), all.section(code)) {
            (Some(_), _) if *what != Lacking::Question => "question",
            (_, Some(_)) => "section",
            _ => return Content::from(words),
        };
        let path = format!("{}/{part}?code={}", outline_of(draft), in_address(code));
        link(visit, &path, words)
    }));
    if lacks.is_empty() {
        page.push(told(visit, &found.problems));
    }
    InsetText::new(Content::Html(page.finish())).to_string()
}

fn one_section(
    visit: &Visit,
    draft: &str,
    all: &Questionnaire,
    (section, (first, last)): (&Section, (bool, bool)),
    menus: &(Menu, Menu),
    page: &mut Page<'_>,
) {
    let language = visit.language.code();
    let title = format!("{}. {}", section.code, section.title.say(language).0);
    page.push(notice_heading(title.as_str()));
    if !section.help.is_empty() {
        page.paragraph(section.help.say(language).0);
    }
    let base = outline_of(draft);
    let code = in_address(&section.code);
    let mut acts =
        vec![door(visit, &format!("{base}/section?code={code}"), "builder-section-change", &title)];
    acts.extend(moves(visit, draft, ("section", &section.code, &title), (first, last)));
    let path = format!("{base}/remove?section={code}");
    acts.push(door(visit, &path, "builder-section-remove", &title));
    page.push(group(&acts));
    let rows =
        section.questions.iter().map(|one| row(visit, draft, all, (section, one), menus)).collect();
    let heads = [
        "questionnaire-code",
        "report-question",
        "questionnaire-kind",
        "builder-asked",
        "questionnaire-provisions",
        "builder-acts",
    ];
    page.table_called(&format!("s-{}", section.code), &title, &heads, rows);
    let path = format!("{base}/question?section={code}");
    let words = Content::Html(named(visit, "builder-question-new", &title));
    page.push(Button::link(words, visit.link(&path)).secondary());
}

fn row(
    visit: &Visit,
    draft: &str,
    all: &Questionnaire,
    (section, one): (&Section, &Question),
    menus: &(Menu, Menu),
) -> Vec<Content> {
    let base = outline_of(draft);
    let code = in_address(&one.code);
    let edges = (
        all.questions().next().is_some_and(|first| first.code == one.code),
        all.questions().last().is_some_and(|last| last.code == one.code),
    );
    let after = format!("{base}/question?section={}&after={code}", in_address(&section.code));
    let mut acts =
        vec![door(visit, &format!("{base}/question?code={code}"), "builder-change", &one.code)];
    acts.extend(moves(visit, draft, ("question", &one.code, &one.code), edges));
    acts.push(door(visit, &after, "builder-add-after", &one.code));
    acts.push(door(visit, &format!("{base}/remove?question={code}"), "builder-remove", &one.code));
    let mut about: Vec<String> = one.provisions.iter().map(|id| words(&menus.0, id)).collect();
    about.extend(one.maps.iter().map(|map| mapping(visit, &menus.1, map)));
    vec![
        Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.code))),
        one.text.say(visit.language.code()).0.into(),
        lines(&answered(visit, one)),
        one.when.as_ref().map_or_else(Content::default, |when| asked(visit, all, when).into()),
        lines(&about),
        Content::Html(group(&acts)),
    ]
}

/// How it is answered: the kind, what the kind needs, whether it must be, and evidence.
fn answered(visit: &Visit, one: &Question) -> Vec<String> {
    let language = visit.language.code();
    let mut all = vec![visit.text(&format!("kind-{}", one.kind))];
    all.extend(one.unit.clone());
    if one.minimum.is_some() || one.maximum.is_some() {
        let bound = |value: Option<f64>| value.map_or("…".to_owned(), |n| visit.number(n));
        let values = [("least", bound(one.minimum).into()), ("most", bound(one.maximum).into())];
        all.push(visit.format("builder-bounds", &values));
    }
    let named = one.options.iter().chain(&one.columns);
    let named: Vec<&str> = named.map(|(_, text)| text.say(language).0).collect();
    if !named.is_empty() {
        all.push(named.join("; "));
    }
    if let Some(total) = &one.part_of {
        all.push(visit.format("builder-part", &[("code", total.as_str().into())]));
    }
    if one.required {
        all.push(visit.text("builder-required-yes"));
    }
    all.push(visit.text(&format!("builder-evidence-{}", one.evidence)));
    all
}

/// A condition in words.
fn asked(visit: &Visit, all: &Questionnaire, when: &Condition) -> String {
    let menu = all.question(&when.question).and_then(|one| values(visit, one)).unwrap_or_default();
    let said: Vec<String> = when.values.iter().map(|one| words(&menu, one)).collect();
    let id = if when.is { "builder-when-said" } else { "builder-when-not-said" };
    let values = [("code", when.question.as_str().into()), ("values", said.join(" / ").into())];
    visit.format(id, &values)
}

fn lines(all: &[String]) -> Content {
    let all: Vec<String> = all.iter().map(|one| Content::from(one).to_string()).collect();
    Content::Html(all.join("<br>"))
}

fn group(acts: &[String]) -> String {
    format!("<div class=\"govuk-button-group\">{}</div>", acts.concat())
}

fn door(visit: &Visit, path: &str, label: &str, about: &str) -> String {
    link(visit, path, Content::Html(named(visit, label, about))).to_string()
}

/// The buttons that move a part; none at the edge.
fn moves(
    visit: &Visit,
    draft: &str,
    (of, code, about): (&str, &str, &str),
    (first, last): (bool, bool),
) -> Vec<String> {
    let path = format!("{}/move", outline_of(draft));
    let ways = [("up", "builder-up", first), ("down", "builder-down", last)];
    ways.into_iter()
        .filter(|(_, _, edge)| !*edge)
        .map(|(to, label, _)| {
            let fields = [("of", of), ("code", code), ("to", to)];
            row_button(visit, &path, label, about, &fields)
        })
        .collect()
}

async fn shift(Path(draft): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let found = opened(&visit, &draft).await?;
    let mut changed = found.questionnaire.clone();
    let (code, up) = (form.text("code"), form.text("to") == "up");
    if form.text("of") == "section" {
        changed.move_section(code, up);
    } else {
        changed.move_question(code, up);
    }
    let kept = report::change_draft(&visit.acting_once(&form), &found, &changed, None).await;
    after(&visit, &draft, kept, "questionnaire-saved").await
}

async fn put_to_use(Path(draft): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let found = opened(&visit, &draft).await?;
    let path = format!("/questionnaires/{}", found.questionnaire.id);
    // What someone else changed since it was looked at is not put to use unseen.
    let seen = form.text("seen");
    if !seen.is_empty() && seen != found.kept.revision.0.to_string() {
        return after(&visit, &draft, Err(Refused::Conflict), "builder-used").await;
    }
    if found.questionnaire.mechanisms.is_empty() && form.text("alone") != "yes" {
        let asked = palermo_app::Message::new("builder-no-mechanism");
        return after(&visit, &draft, Err(Refused::field("", asked)), "builder-used").await;
    }
    match report::use_draft(&visit.acting_once(&form), &found).await {
        Ok(()) => Ok(done(&visit, &path, "builder-used")),
        other => after(&visit, &draft, other, "builder-used").await,
    }
}

/// Back to the outline, with what was refused.
async fn after(visit: &Visit, draft: &str, kept: Result<(), Refused>, what: &str) -> Answer {
    match kept {
        Ok(()) => Ok(done(visit, &outline_of(draft), what)),
        Err(Refused::Invalid(problems)) => page(visit, draft, &problems).await,
        Err(Refused::Conflict) => {
            let mut problems = Problems::default();
            problems.add("", palermo_app::Message::new("builder-conflict"));
            page(visit, draft, &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}
