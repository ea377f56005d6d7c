//! Questions to a person's State of origin (E17, E18): written, agreed to by a second
//! person, sent as a letter whose words tell nothing, and what came of it.

use super::{Answer, leaving::assess, purpose, purpose_of, sections::Section, words_of};
use crate::{
    components::{BackLink, Button, Content, InsetText, SummaryList, Tag},
    pages::directory::states_with,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        visit::{Sent, Visit},
    },
};
use axum::{
    extract::Path,
    response::{Html, IntoResponse, Response},
};
use palermo_app::{
    FieldProblem, Message, Problems, Refused,
    access::{Action, Resource},
    case::{
        self, Opened,
        abroad::{self, AbroadForm, FOR, Letter, Second, Shown},
        referral::may_send,
    },
    desk::parse_id,
    domain::{
        case::abroad::{AbroadAnswer, AbroadAsk, AbroadTerm, Competence},
        id::{AbroadQuestionId, CaseId},
        purpose::Purpose,
        safeguard::abroad::Lacking,
    },
    locale::Language,
};
use std::fmt::Write as _;

fn may(visit: &Visit, opened: &Opened) -> bool {
    let house = Resource::of(opened.file.case.record.tenant);
    visit.may(Action::AskAbroad, &house) && may_send(&visit.acting(), &opened.file)
}

/// What was asked of a State of origin, and where it stands.
pub(super) async fn section(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    if !may(visit, opened) {
        return Ok(None);
    }
    let id = opened.file.id();
    let all = abroad::of_case(&visit.acting(), opened).await?;
    let mut list = SummaryList::new();
    for one in &all {
        let body = Content::from(&one.question.record.body);
        let state = Content::from(visit.state(&one.question.record.state));
        let label = Content::Html(format!("<bdi>{body}</bdi> ({state})"));
        list = list.row(label, Content::Html(stands(visit, opened, one)));
    }
    let mut html =
        format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.text("abroad-why")));
    if !all.is_empty() {
        let _ = write!(html, "{list}");
    }
    let href = visit.link(&format!("/cases/{id}/abroad"));
    let _ = write!(html, "{}", Button::link(visit.text("abroad-new"), href).secondary());
    let (title, count) = (visit.text("abroad-title"), Some(all.len()));
    Ok(Some(Section { id: "abroad", title, html, count, ..Section::default() }))
}

/// Where one question stands, and what can be done with it now.
fn stands(visit: &Visit, opened: &Opened, one: &Shown) -> String {
    let (question, id) = (&one.question.record, opened.file.id());
    let asks: Vec<_> =
        question.asks.iter().map(|ask| visit.text(&format!("abroad-ask-{}", ask.code()))).collect();
    let colour = match one.second {
        Second::Waits => "blue",
        Second::Agreed => "green",
        Second::Used | Second::Over => "grey",
    };
    let tag = Tag::coloured(visit.text(&format!("abroad-second-{}", one.second.code())), colour);
    let mut html = format!("<p class=\"govuk-body\">{tag} {}</p>", Content::from(asks.join(", ")));
    let named = question.id.to_string();
    let fields = [("question", named.as_str()), ("for", opened.file.purpose.code())];
    let button = |path: &str, label: &str| {
        one_button(visit, &format!("/cases/{id}/abroad/{path}"), label, &fields, false)
    };
    match one.second {
        Second::Waits => html.push_str(&read(visit, id, &named, "abroad-draft")),
        Second::Agreed => {
            html.push_str(&read(visit, id, &named, "abroad-draft"));
            html.push_str(&button("send", "abroad-send"));
        }
        Second::Over => html.push_str(&button("again", "abroad-again")),
        Second::Used => {
            html.push_str(&read(visit, id, &named, "abroad-letter"));
            match question.answer {
                Some(answer) => {
                    let said = visit.text(&format!("abroad-answer-{}", answer.code()));
                    let _ = write!(html, "<p class=\"govuk-body\">{}</p>", Content::from(said));
                }
                None => {
                    let href = format!("/cases/{id}/abroad/answered?question={named}");
                    let link = Button::link(visit.text("abroad-came"), visit.link(&href));
                    let _ = write!(html, "{}", link.secondary().small());
                }
            }
        }
    }
    html
}

/// The way to a letter.
fn read(visit: &Visit, id: CaseId, question: &str, label: &str) -> String {
    let href = visit.link(&format!("/cases/{id}/abroad/{question}"));
    Button::link(visit.text(label), href).secondary().small().to_string()
}

fn page(
    visit: &Visit,
    id: CaseId,
    purpose: Purpose,
    form: &Form,
    (problems, above): (&Problems, &str),
) -> Response {
    let codes = |family: &str, codes: Vec<&str>| words_of(visit, family, &codes);
    let asks = codes("abroad-ask", AbroadAsk::ALL.iter().map(|one| one.code()).collect());
    let terms = codes("abroad-term", AbroadTerm::ALL.iter().map(|one| one.code()).collect());
    let competences =
        codes("abroad-competence", Competence::ALL.iter().map(|one| one.code()).collect());
    let fors = codes("case-share", FOR.iter().map(|one| one.code()).collect());
    let languages =
        Language::ALL.iter().map(|one| (one.code().to_owned(), one.own_name().to_owned()));
    FormPage::new(visit, &format!("/cases/{id}/abroad"), problems)
        .part(above)
        .part(InsetText::new(visit.text("abroad-explained")))
        .hidden("for", purpose.code())
        .select("state", "report-state", states_with(visit, form.text("state")), form.text("state"))
        .text("body", "abroad-body", "abroad-body-hint", form.text("body"))
        .radios("competence", "abroad-competence", competences, form.text("competence"))
        .checkboxes("asks", "abroad-asks", asks, form.list("asks"))
        .radios("purpose", "case-share", fors, form.text("purpose"))
        .hinted("abroad-terms-hint")
        .checkboxes("terms", "abroad-terms", terms, form.list("terms"))
        .text("name", "abroad-name", "abroad-name-hint", form.text("name"))
        .text("sender", "abroad-sender", "abroad-sender-hint", form.text("sender"))
        .select("language", "abroad-language", languages.collect(), form.text("language"))
        .button("abroad-ask-second")
        .on_paper()
        .page("abroad-new", &format!("/cases/{id}"))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    case::permitted(&visit.acting(), id, Action::SendReferral, purpose).await?;
    Ok(page(&visit, id, purpose, &Form::default(), (&Problems::default(), "")))
}

pub(super) async fn write(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let text = |name: &str| form.text(name).to_owned();
    let typed = AbroadForm {
        state: text("state"),
        body: text("body"),
        competence: text("competence"),
        asks: form.list("asks").to_vec(),
        purpose: text("purpose"),
        terms: form.list("terms").to_vec(),
        sender: text("sender"),
        language: text("language"),
        name: text("name"),
    };
    let acting = visit.acting_once(&form);
    let vault = case::vault_if_open(&acting, visit.signed()?).await?;
    match abroad::ask(&acting, vault.as_ref(), id, &typed, purpose).await {
        // The letter as it will read, at once.
        Ok(new) => Ok(done(&visit, &format!("/cases/{id}/abroad/{new}"), "abroad-asked")),
        Err(Refused::Invalid(problems)) => {
            let risk = |one: &FieldProblem| one.message.id == Lacking::Risk.message();
            let write =
                if problems.0.iter().any(risk) { assess(&visit, id) } else { String::new() };
            Ok(page(&visit, id, purpose, &form, (&problems, write.as_str())))
        }
        // Without the person's yes to this body nothing typed is lost.
        Err(Refused::Forbidden(why)) => {
            let mut problems = Problems::default();
            problems.add("body", Message::new("abroad-lacks-consent").by(why.rule));
            Ok(page(&visit, id, purpose, &form, (&problems, "")))
        }
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn send(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let question: AbroadQuestionId = parse_id(form.text("question"))?;
    let purpose = purpose_of(&visit, &form);
    abroad::send(&visit.acting_once(&form), id, question, purpose).await?;
    Ok(done(&visit, &format!("/cases/{id}/abroad/{question}"), "abroad-sent"))
}

pub(super) async fn again(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let question: AbroadQuestionId = parse_id(form.text("question"))?;
    let purpose = purpose_of(&visit, &form);
    abroad::ask_again(&visit.acting_once(&form), id, question, purpose).await?;
    Ok(done(&visit, &format!("/cases/{id}"), "abroad-asked"))
}

/// What came of a question, with what the body wrote.
fn came_page(visit: &Visit, id: CaseId, form: &Form, problems: &Problems) -> Response {
    let codes: Vec<_> = AbroadAnswer::ALL.iter().map(|one| one.code()).collect();
    let answers = words_of(visit, "abroad-answer", &codes);
    FormPage::new(visit, &format!("/cases/{id}/abroad/answered"), problems)
        .hidden("for", purpose_of(visit, form).code())
        .hidden("question", form.text("question"))
        .radios("answer", "abroad-came", answers, form.text("answer"))
        .lines("words", "abroad-came-words", "abroad-came-words-hint", form.text("words"))
        .button("form-save")
        .page("abroad-came", &format!("/cases/{id}"))
}

pub(super) async fn came(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let why = purpose(&visit);
    case::permitted(&visit.acting(), id, Action::SendReferral, why).await?;
    let form = Form::default()
        .with("question", &[visit.query("question")])
        .with("for", &[why.code().to_owned()]);
    Ok(came_page(&visit, id, &form, &Problems::default()))
}

pub(super) async fn answered(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let question: AbroadQuestionId = parse_id(form.text("question"))?;
    let purpose = purpose_of(&visit, &form);
    let acting = visit.acting_once(&form);
    let vault = case::vault_if_open(&acting, visit.signed()?).await?;
    let said = (form.text("answer"), form.text("words"));
    match abroad::answered(&acting, vault.as_ref(), id, question, said, purpose).await {
        Ok(()) => Ok(done(&visit, &format!("/cases/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => Ok(came_page(&visit, id, &form, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

/// The letter as it will read, before it is sent.
fn draft(visit: &Visit, id: CaseId, letter: &Letter) -> Response {
    let (code, direction) = (letter.language.code(), letter.language.direction().code());
    let parts = [&letter.title, &letter.to].into_iter().chain(&letter.paragraphs);
    let mut text = String::new();
    for words in parts.chain([&letter.from]) {
        let _ = write!(text, "<p class=\"govuk-body\">{}</p>", Content::from(words));
    }
    let why = Content::from(visit.text("abroad-draft-why"));
    let html = format!(
        "<p class=\"govuk-body\">{why}</p>\
         <div class=\"govuk-inset-text\" lang=\"{code}\" dir=\"{direction}\">{text}</div>"
    );
    visit.page(&visit.text("abroad-draft")).back(&format!("/cases/{id}")).html(&html)
}

/// The letter, in its own language and direction, and alone: the frame of our pages says
/// on every printed sheet what this program is for (E18).
pub(super) async fn letter(visit: Visit, Path((id, question)): Path<(String, String)>) -> Answer {
    let (id, question): (CaseId, AbroadQuestionId) = (parse_id(&id)?, parse_id(&question)?);
    let (acting, signed) = (visit.acting(), visit.signed()?);
    let why = purpose(&visit);
    let opened = case::look_for(&acting, Some(signed), id, Action::SendReferral, why).await?;
    if let Some(unsent) = abroad::draft(&acting, &opened, question).await? {
        return Ok(draft(&visit, id, &unsent));
    }
    let letter = abroad::letter(&acting, &opened, question).await?;
    let (code, direction) = (letter.language.code(), letter.language.direction().code());
    let title = Content::from(letter.title.as_str());
    let style = Content::from(visit.file(&format!("palermo.{direction}.css")));
    let mut html = format!(
        "<!DOCTYPE html><html lang=\"{code}\" dir=\"{direction}\" class=\"govuk-template\"><head>\
         <meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><link rel=\"stylesheet\" href=\"{style}\"></head>\
         <body class=\"govuk-template__body\"><div class=\"govuk-width-container\">{}\
         <main class=\"govuk-main-wrapper\"><h1 class=\"govuk-heading-l\">{title}</h1>",
        beside(&visit, &format!("/cases/{id}")),
    );
    let mut line = |words: &str| {
        let _ = write!(html, "<p class=\"govuk-body\">{}</p>", Content::from(words));
    };
    line(&letter.to);
    letter.paragraphs.iter().for_each(|one| line(one));
    line(&letter.from);
    html.push_str("</main></div></body></html>");
    Ok(Html(html).into_response())
}

/// What stands on the screen beside the letter and on no sheet: the way back, and that
/// it was sent.
fn beside(visit: &Visit, path: &str) -> String {
    let (code, direction) = (visit.language.code(), visit.language.direction().code());
    let back = BackLink::new(&visit.words(), visit.link(path));
    let sent = match visit.query("done").as_str() {
        "abroad-sent" => visit.text("done-abroad-sent"),
        _ => String::new(),
    };
    let sent = Content::from(sent);
    format!(
        "<nav class=\"p-noprint\" lang=\"{code}\" dir=\"{direction}\">{back}\
         <p class=\"govuk-body\">{sent}</p></nav>"
    )
}
