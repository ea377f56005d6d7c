//! Translations of a report's answers: the original beside each field, and a mark on
//! what is missing, out of date or made by a machine (R051).

use super::common::{Page, link, tag};
use crate::{
    components::{Checkboxes, Choice, Content, Textarea},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Problems, Refused,
    access::Action,
    desk::parse_id,
    domain::{
        id::SubmissionId,
        report::{Translated, Value},
    },
    locale::Language,
    report::{self, Opened, ToTranslate, TranslationForm},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/reports/sheets/{id}/translate/{language}", Action::WriteSection, show)
        .form("/reports/sheets/{id}/translate/{language}", Action::WriteSection, save)
}

/// Links to the other languages of the report, for its page.
pub(super) fn doors(visit: &Visit, opened: &Opened) -> String {
    let id = opened.sheet.record.id;
    let own = &opened.sheet.record.entry.language;
    let links: Vec<String> = Language::ALL
        .into_iter()
        .filter(|one| one.code() != own)
        .map(|one| {
            let path = format!("/reports/sheets/{id}/translate/{}", one.code());
            link(visit, &path, one.own_name()).to_string()
        })
        .collect();
    let label = Content::from(visit.text("translate-into"));
    format!("<p class=\"govuk-body\">{label}: {}</p>", links.join(" · "))
}

fn mark(visit: &Visit, stands: Translated) -> Content {
    let colour = match stands {
        Translated::Wordless | Translated::Done => "green",
        Translated::Missing => "red",
        Translated::Stale => "orange",
        Translated::Machine => "yellow",
    };
    tag(visit, "translation", stands.code(), colour)
}

async fn show(visit: Visit, Path((id, language)): Path<(String, String)>) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    page(&visit, id, &language, &Problems::default(), &[]).await
}

async fn page(
    visit: &Visit,
    id: SubmissionId,
    language: &str,
    problems: &Problems,
    typed: &[(String, TranslationForm)],
) -> Answer {
    let into = Language::from_code(language).ok_or(Refused::NotFound)?;
    let (opened, lines) = report::to_translate(&visit.acting(), id, language).await?;
    let original = opened.sheet.record.entry.language.clone();
    if original == language {
        return Err(Failure(Refused::NotFound));
    }
    let count = |stands: Translated| lines.iter().filter(|one| one.stands == stands).count();
    let done = count(Translated::Done) + count(Translated::Machine);
    let mut page = Page::new(visit);
    page.say("translate-words");
    page.paragraph(visit.format(
        "translate-progress",
        &[("n", visit.whole(done).into()), ("of", visit.whole(lines.len()).into())],
    ));
    let path = format!("/reports/sheets/{id}/translate/{language}");
    let mut form = FormPage::new(visit, &path, problems);
    for one in &lines {
        let typed = typed.iter().find(|(code, _)| *code == one.code).map(|(_, form)| form);
        form = form.part(line(visit, &opened, one, (&original, language), typed));
    }
    if lines.is_empty() {
        page.say("translate-nothing");
    } else {
        page.push(form.button("form-save").html());
    }
    let title = visit.format("translate-title", &[("language", into.own_name().into())]);
    let html = page.finish();
    let mut response = visit.page(&title).back(&format!("/reports/sheets/{id}")).html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// One answer: the original, and fields for its words.
fn line(
    visit: &Visit,
    opened: &Opened,
    one: &ToTranslate,
    (original, language): (&str, &str),
    typed: Option<&TranslationForm>,
) -> String {
    let words = visit.words();
    let question = opened.questionnaire.question(&one.code);
    let text = question.map(|q| q.text.say(visit.language.code()).0.to_owned()).unwrap_or_default();
    let shown = typed.cloned().unwrap_or_else(|| {
        one.translation.as_ref().map_or_else(TranslationForm::default, |kept| TranslationForm {
            value: kept.value.clone(),
            explanation: kept.explanation.clone(),
            machine: kept.machine,
        })
    });
    let code = Content::from(&one.code);
    let mut html = format!(
        "<section><h2 class=\"govuk-heading-s\"><bdi>{code}</bdi> {} {}</h2>",
        Content::from(text),
        mark(visit, one.stands)
    );
    let quote = |text: &str| {
        let text = Content::from(text).to_string().replace('\n', "<br>");
        format!(
            "<blockquote class=\"govuk-inset-text\" lang=\"{original}\" dir=\"auto\">{text}</blockquote>"
        )
    };
    let area = |name: String, label: &str, value: &str| {
        let label = format!("{} {}", one.code, visit.text(label));
        let area = Textarea::new(name, label).value(value).rows(3).words(&words).to_string();
        area.replacen("<textarea", &format!("<textarea lang=\"{language}\" dir=\"auto\""), 1)
    };
    if let (true, Value::Text(value)) = (one.worded, &one.answer.value) {
        html.push_str(&quote(value));
        html.push_str(&area(format!("v_{}", one.code), "report-answer", &shown.value));
    }
    if !one.answer.explanation.is_empty() {
        html.push_str(&quote(&one.answer.explanation));
        html.push_str(&area(format!("e_{}", one.code), "answer-explanation", &shown.explanation));
    }
    let choice = Choice::new("yes", visit.text("translate-machine"));
    let mut boxes = Checkboxes::single(format!("m_{}", one.code), choice);
    if shown.machine {
        boxes = boxes.values(["yes"]);
    }
    html.push_str(&boxes.to_string());
    html.push_str("</section>");
    html
}

async fn save(Path((id, language)): Path<(String, String)>, Sent { visit, form }: Sent) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    let acting = visit.acting();
    let (_, lines) = report::to_translate(&acting, id, &language).await?;
    let mut problems = Problems::default();
    let mut typed = Vec::new();
    for one in &lines {
        let words = TranslationForm {
            value: form.text(&format!("v_{}", one.code)).replace("\r\n", "\n"),
            explanation: form.text(&format!("e_{}", one.code)).replace("\r\n", "\n"),
            machine: form.ticked(&format!("m_{}", one.code)),
        };
        match report::translate(&acting, id, &one.code, &language, &words).await {
            Ok(()) => {}
            Err(Refused::Invalid(found)) => problems.0.extend(found.0),
            // A line that is not one's own to write is left alone.
            Err(Refused::NotFound) => {}
            Err(other) => return Err(Failure(other)),
        }
        typed.push((one.code.clone(), words));
    }
    if problems.0.is_empty() {
        let path = format!("/reports/sheets/{id}/translate/{language}");
        return Ok(done(&visit, &path, "saved"));
    }
    page(&visit, id, &language, &problems, &typed).await
}
