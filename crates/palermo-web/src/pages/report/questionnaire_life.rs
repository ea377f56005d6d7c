//! A questionnaire before and after it is used: read as a State will see it, its words in
//! other languages, and taken out of use with the reason.

use super::{
    common::{Page, link, told},
    section::value_field,
};
use crate::{
    components::{Button, Content, Input, Textarea},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done, one_button},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Message, Problems, Refused,
    access::{Action, Resource},
    desk::parse_id,
    domain::{
        id::QuestionnaireDraftId,
        report::{Answer as Given, Question, Questionnaire, WordOf, WordSlot, read_value},
    },
    locale::Language,
    report::{self, AnswerForm, word_field},
};
use std::collections::BTreeMap;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/questionnaires/{id}/preview", Action::PublicRead, preview)
        .page("/questionnaires/{id}/retire", Action::AuthorQuestionnaire, ask_retire)
        .form("/questionnaires/{id}/retire", Action::AuthorQuestionnaire, retire)
        .page("/questionnaires/{id}/words/{language}", Action::AuthorQuestionnaire, ask_words)
        .form("/questionnaires/{id}/words/{language}", Action::AuthorQuestionnaire, save_words)
}

/// What can be done with a questionnaire, for its page; `draft` for one not in use yet.
pub(super) async fn doors(
    visit: &Visit,
    all: &Questionnaire,
    page: &mut Page<'_>,
) -> Result<(), Failure> {
    let id = &all.id;
    let known = report::Versions::load(visit.web.app()).await?;
    if let Some(why) = known.retired(id) {
        let values = [("day", super::day(visit, why.on).into()), ("why", why.why.as_str().into())];
        page.paragraph(visit.format("questionnaire-retired", &values));
    }
    let path = format!("/questionnaires/{id}/preview");
    let mut items = vec![link(visit, &path, visit.text("questionnaire-preview"))];
    if visit.may(Action::AuthorQuestionnaire, &Resource::region()) {
        let path = format!("/questionnaires/write?from={id}");
        items.push(link(visit, &path, visit.text("questionnaire-copy")));
        let next = [("from", id.as_str())];
        let next = one_button(visit, "/questionnaires/build", "builder-next", &next, false);
        items.push(Content::Html(next));
        if known.retired(id).is_none() {
            let path = format!("/questionnaires/{id}/retire");
            items.push(link(visit, &path, visit.text("questionnaire-retire")));
        }
        items.push(languages(visit, all, ""));
    }
    page.list(items);
    Ok(())
}

/// The way to the words of each language, with how much of them there is.
pub(super) fn languages(visit: &Visit, all: &Questionnaire, draft: &str) -> Content {
    let links: Vec<String> = Language::ALL
        .into_iter()
        .filter(|one| one.code() != "en")
        .map(|one| {
            let path = format!("/questionnaires/{}/words/{}", all.id, one.code());
            let path = if draft.is_empty() { path } else { format!("{path}?draft={draft}") };
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to 100
            let share = (all.translated(one.code()) * 100.0).floor() as usize;
            let name = link(visit, &path, one.own_name());
            format!("{name} {}%", Content::from(visit.whole(share)))
        })
        .collect();
    let label = Content::from(visit.text("translate-into"));
    Content::Html(format!("{label}: {}", links.join(" · ")))
}

/// The questionnaire asked for: the one that stands, or a draft of one's own.
async fn wanted(visit: &Visit, id: &str, draft: &str) -> Result<Questionnaire, Failure> {
    if draft.is_empty() {
        return Ok(report::questionnaire(visit.web.app(), id).await.map_err(Refused::from)?);
    }
    let kept = super::questionnaires::kept(visit, draft).await?;
    match report::check(&kept.record.entry) {
        Ok(all) => Ok(all),
        Err(_) => Err(Failure(Refused::Declined(Message::new("error-questionnaire-unread")))),
    }
}

/// The answers somebody tries: nothing of them is kept.
fn tried(visit: &Visit, all: &Questionnaire) -> BTreeMap<String, Given> {
    let read = |question: &Question| {
        let typed = visit.query(&format!("a-{}", question.code));
        let codes = |named: &[(String, palermo_app::domain::report::Texts)]| {
            named.iter().map(|(code, _)| code.clone()).collect::<Vec<_>>()
        };
        let (options, columns) = (codes(&question.options), codes(&question.columns));
        let value = read_value(question.kind, &options, &columns, &[typed]).ok()?;
        Some((question.code.clone(), Given::of(value)))
    };
    all.questions().filter_map(read).collect()
}

async fn preview(visit: Visit, Path(id): Path<String>) -> Answer {
    let draft = visit.query("draft");
    let all = wanted(&visit, &id, &draft).await?;
    let language = visit.language.code();
    let section = visit.query("section");
    let section = all.section(&section).or_else(|| all.sections.first());
    let section = section.ok_or(Refused::NotFound)?;
    let answers = tried(&visit, &all);
    let mut html = String::new();
    let asked: Vec<&Question> = all.asked(section, &answers).collect();
    for question in &asked {
        let field = format!("a-{}", question.code);
        let (text, translated) = question.text.say(language);
        let label = Content::Html(format!(
            "<bdi>{}</bdi> {}",
            Content::from(&question.code),
            told(&visit, text, translated)
        ));
        let value = visit.query(&field);
        let shown = AnswerForm { value: vec![value], ..AnswerForm::default() };
        html.push_str(&value_field(&visit, question, &field, label, &shown, None));
    }
    // What was tried in other sections goes along: conditions may rest on it.
    for question in all.questions().filter(|one| !asked.iter().any(|shown| shown.code == one.code))
    {
        let field = format!("a-{}", question.code);
        let value = visit.query(&field);
        if !value.is_empty() {
            html.push_str(&hidden(&field, &value));
        }
    }
    html.push_str(&hidden("draft", &draft));
    let buttons = all.sections.iter().map(|one| {
        let title = format!("{}. {}", one.code, one.title.say(language).0);
        let button = Button::new(title).small().sends("section", one.code.as_str());
        let button = if one.code == section.code { button } else { button.secondary() };
        button.to_string()
    });
    let again = Button::new(visit.text("questionnaire-preview-again"))
        .sends("section", section.code.as_str());
    let mut page = Page::new(&visit);
    page.say("questionnaire-preview-words");
    if all.translated(language) < 1.0 {
        page.small(visit.text("report-partly-translated"));
    }
    let title = format!("{}. {}", section.code, section.title.say(language).0);
    let action = visit.link(&format!("/questionnaires/{}/preview", all.id));
    page.push(format!("<form method=\"get\" action=\"{action}\" novalidate>"));
    page.push(format!("<div class=\"govuk-button-group\">{}</div>", buttons.collect::<String>()));
    page.push(super::notice_heading(title)).push(super::common::guidance(&visit, section));
    page.push(html).push(again).push("</form>");
    let title =
        visit.format("questionnaire-preview-title", &[("title", all.title.say(language).0.into())]);
    let back = if draft.is_empty() {
        format!("/questionnaires/{id}")
    } else {
        super::builder::outline_of(&draft)
    };
    let html = page.finish();
    Ok(visit.page(&title).back(&back).html(&html))
}

fn hidden(name: &str, value: &str) -> String {
    let value = Content::from(value).to_string().replace('"', "&quot;");
    format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">")
}

async fn ask_retire(visit: Visit, Path(id): Path<String>) -> Answer {
    retire_page(&visit, &id, "", &Problems::default()).await
}

async fn retire_page(visit: &Visit, id: &str, why: &str, problems: &Problems) -> Answer {
    let known = report::questionnaires(visit.web.app()).await?;
    let all = known.get(id).ok_or(Refused::NotFound)?;
    let title = all.title.say(visit.language.code()).0;
    let form = FormPage::new(visit, &format!("/questionnaires/{id}/retire"), problems)
        .part(super::notice_heading(title))
        .words("questionnaire-retire-words")
        .lines("why", "questionnaire-retire-why", "questionnaire-retire-hint", why)
        .warning_button("questionnaire-retire");
    Ok(form.page("questionnaire-retire", &format!("/questionnaires/{id}")))
}

async fn retire(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let why = form.text("why");
    match report::retire(&visit.acting_once(&form), &id, why).await {
        Ok(()) => Ok(done(&visit, &format!("/questionnaires/{id}"), "questionnaire-retired")),
        Err(Refused::Invalid(problems)) => retire_page(&visit, &id, why, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

/// What stands in the form of words.
struct Typed {
    slots: Vec<WordSlot>,
    read: bool,
    revision: String,
}

async fn opened(
    visit: &Visit,
    id: &str,
    draft: &str,
    language: &str,
) -> Result<report::WordsOpened, Failure> {
    let draft: Option<QuestionnaireDraftId> =
        if draft.is_empty() { None } else { Some(parse_id(draft)?) };
    Ok(report::words_opened(&visit.acting(), id, draft, language).await?)
}

async fn ask_words(visit: Visit, Path((id, language)): Path<(String, String)>) -> Answer {
    let draft = visit.query("draft");
    let found = opened(&visit, &id, &draft, &language).await?;
    let typed = Typed { slots: found.slots.clone(), read: false, revision: found.revision.clone() };
    words_page(&visit, &found, (&draft, &language), &typed, &Problems::default())
}

fn words_page(
    visit: &Visit,
    found: &report::WordsOpened,
    (draft, language): (&str, &str),
    typed: &Typed,
    problems: &Problems,
) -> Answer {
    let into = Language::from_code(language).ok_or(Refused::NotFound)?;
    let all = &found.questionnaire;
    let path = format!("/questionnaires/{}/words/{language}", all.id);
    let mut form = FormPage::new(visit, &path, problems)
        .words("questionnaire-translate-words")
        .hidden("draft", draft)
        .hidden("revision", &typed.revision);
    for slot in &typed.slots {
        form = form.part(word(visit, slot, language, problems));
    }
    if all.machine_translated.contains(language) {
        let yes = vec![("yes".to_owned(), visit.text("questionnaire-words-read"))];
        let ticked: Vec<String> = typed.read.then(|| "yes".to_owned()).into_iter().collect();
        form = form.checkboxes("read", "questionnaire-words-who", yes, &ticked);
    }
    let html = form.button("form-save").html();
    let values = [
        ("title", all.title.say(visit.language.code()).0.into()),
        ("language", into.own_name().into()),
    ];
    let title = visit.format("questionnaire-translate-title", &values);
    let back = if draft.is_empty() {
        format!("/questionnaires/{}", all.id)
    } else {
        super::builder::outline_of(draft)
    };
    let back = back.as_str();
    if problems.0.is_empty() {
        return Ok(visit.page(&title).back(back).html(&html));
    }
    let title = visit.format("form-title-error", &[("title", title.into())]);
    Ok(crate::shell::forms::refused(visit, title, Some(back), &html))
}

/// One place: the English words as its label, and a box for those of the language.
fn word(visit: &Visit, slot: &WordSlot, language: &str, problems: &Problems) -> String {
    let name = word_field(slot);
    let said = problems.0.iter().filter(|one| one.field == name).map(|one| visit.say(&one.message));
    let said: Vec<String> = said.collect();
    let error = (!said.is_empty()).then(|| said.join(" "));
    let code = if slot.of == WordOf::Title { "" } else { slot.code.as_str() };
    let label = Content::Html(format!(
        "<bdi>{}</bdi> <span lang=\"en\" dir=\"ltr\">{}</span>",
        Content::from(code),
        Content::from(&slot.original)
    ));
    let words = visit.words();
    if matches!(slot.of, WordOf::Question | WordOf::Help | WordOf::Guidance) {
        let area = Textarea::new(name, label).value(&slot.said).rows(2).error(error).words(&words);
        let area = area.to_string();
        return area.replacen(
            "<textarea",
            &format!("<textarea lang=\"{language}\" dir=\"auto\""),
            1,
        );
    }
    let input = Input::new(name, label).value(&slot.said).error(error).words(&words).to_string();
    input.replacen("<input", &format!("<input lang=\"{language}\" dir=\"auto\""), 1)
}

async fn save_words(
    Path((id, language)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let draft = form.text("draft").to_owned();
    let found = opened(&visit, &id, &draft, &language).await?;
    let mut slots = found.slots.clone();
    for slot in &mut slots {
        let said = form.text(&word_field(slot)).trim().replace("\r\n", "\n");
        slot.said = said;
    }
    let (read, revision) = (form.ticked("read"), form.text("revision").to_owned());
    let mut typed = Typed { slots, read, revision };
    let acting = visit.acting_once(&form);
    let seen = (typed.read, typed.revision.as_str());
    match report::save_words(&acting, found, &language, &typed.slots, seen).await {
        Ok(()) => {
            let ending = if draft.is_empty() { String::new() } else { format!("?draft={draft}") };
            let path = format!("/questionnaires/{id}/words/{language}{ending}");
            Ok(done(&visit, &path, "questionnaire-saved"))
        }
        Err(Refused::Invalid(problems)) => {
            let found = opened(&visit, &id, &draft, &language).await?;
            words_page(&visit, &found, (&draft, &language), &typed, &problems)
        }
        Err(Refused::Conflict) => {
            // Nothing typed is lost; saving once more keeps it.
            let found = opened(&visit, &id, &draft, &language).await?;
            typed.revision.clone_from(&found.revision);
            let mut problems = Problems::default();
            problems.add("", Message::new("questionnaire-conflict"));
            words_page(&visit, &found, (&draft, &language), &typed, &problems)
        }
        Err(other) => Err(Failure(other)),
    }
}
