//! Coded paper forms: printed, filled in by hand, entered twice by keyboard.

use super::{super::Answer, form_choices};
use crate::{
    components::{Button, Content, InsetText, SummaryList},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    desk::parse_id,
    domain::{
        id::PaperId,
        screening::{Act, Age, Answer as Told, IndicatorSet, Means, Method, PaperState},
    },
    screening::paper::{self as papers, PaperForm},
};
use std::fmt::Write as _;

pub(super) async fn list(visit: Visit) -> Answer {
    let waiting = papers::waiting(&visit.acting()).await?;
    let mut html =
        Button::link(visit.text("screening-paper-enter"), visit.link("/screening/paper/enter"))
            .to_string();
    let title = Content::from(visit.text("screening-paper-print"));
    let _ = write!(html, "<h2 class=\"govuk-heading-m\">{title}</h2><ul class=\"govuk-list\">");
    for set in visit.web.app().registers.indicators.all() {
        for language in visit.web.app().wording.languages() {
            let href =
                visit.link(&format!("/screening/paper/sheet?set={}&in={}", set.id, language.code));
            let name = Content::from(visit.text(&format!("screening-set-{}", set.id)));
            let _ = write!(
                html,
                "<li><a class=\"govuk-link\" href=\"{href}\">{name} (<bdi>{}</bdi>)</a></li>",
                Content::from(&language.name)
            );
        }
    }
    let _ = write!(
        html,
        "<li><a class=\"govuk-link\" href=\"{}\">{}</a></li></ul>",
        visit.link("/screening/paper/opening"),
        Content::from(visit.text("screening-paper-opening"))
    );
    let title = Content::from(visit.text("screening-paper-waiting"));
    let _ = write!(html, "<h2 class=\"govuk-heading-m\">{title}</h2>");
    let may_take = visit.signed.as_ref().is_some_and(|s| {
        visit.web.app().policy.grants_of(&s.roles, Action::Screen).next().is_some()
    });
    let mut rows = SummaryList::new();
    for paper in &waiting {
        let (head, id) = (&paper.record, paper.record.id);
        let state = Content::from(visit.text(&format!("screening-paper-state-{}", head.state)));
        let take = if head.state == PaperState::Agreed && may_take {
            one_button(
                &visit,
                &format!("/screening/paper/{id}/take"),
                "screening-paper-take",
                &[],
                false,
            )
        } else {
            String::new()
        };
        rows = rows.row(&head.sheet, Content::Html(format!("<p>{state}</p>{take}")));
        if head.state != PaperState::Agreed {
            let href = visit.link(&format!("/screening/paper/{id}"));
            rows = rows.action(visit.text("screening-paper-again"), head.sheet.clone(), href);
        }
    }
    if waiting.is_empty() {
        let none = Content::from(visit.text("screening-paper-none"));
        let _ = write!(html, "<p class=\"govuk-body\">{none}</p>");
    } else {
        html.push_str(&rows.to_string());
    }
    Ok(visit.page(&visit.text("screening-paper")).back("/screening").html(&html))
}

/// One coded line to tick by hand.
fn tick_line(html: &mut String, code: &str, words: &str, boxes: &[String]) {
    let boxes: String = boxes
        .iter()
        .map(|one| format!("<td class=\"govuk-table__cell\">☐&nbsp;{one}</td>"))
        .collect();
    let _ = write!(
        html,
        "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">\
         <bdi dir=\"ltr\">{code}</bdi></th><td class=\"govuk-table__cell\">{words}</td>{boxes}</tr>"
    );
}

fn boxes_line(html: &mut String, code: &str, label: &str, options: &[(String, String)]) {
    let ticks: String = options
        .iter()
        .map(|(code, word)| {
            format!("☐&nbsp;{} <bdi dir=\"ltr\">({code})</bdi><br>", Content::from(word))
        })
        .collect();
    let _ = write!(
        html,
        "<h2 class=\"govuk-heading-s\">{} <bdi dir=\"ltr\">({code})</bdi></h2><p class=\"govuk-body\">{ticks}</p>",
        Content::from(label)
    );
}

/// The sheet of one set, to print: every question with its code and boxes.
pub(super) async fn sheet(visit: Visit) -> Answer {
    let app = visit.web.app();
    let set = app.registers.indicators.get(&visit.query("set")).ok_or(Refused::NotFound)?;
    let asked_in = visit.query("in");
    let language = app.wording.language(&asked_in).ok_or(Refused::NotFound)?;
    let child = set.age == palermo_app::domain::screening::SetAge::Child;
    let mut html = head_lines(&visit);
    let ages: Vec<_> = choices(&visit, "screening-age", Age::ALL.iter().map(|one| one.code()));
    boxes_line(&mut html, "age", &visit.text("screening-ask-age"), &ages);
    boxes_line(&mut html, "form", &visit.text("screening-ask-form"), &form_choices(&visit));
    let answers: Vec<String> = [Told::Yes, Told::No, Told::Unsure]
        .iter()
        .map(|told| Content::from(visit.text(&format!("screening-answer-{told}"))).to_string())
        .collect();
    let caption = Content::from(visit.text(&format!("screening-set-{}", set.id)));
    let _ = write!(
        html,
        "<div class=\"p-scroll\" role=\"region\" aria-labelledby=\"questions\" tabindex=\"0\">\
         <table class=\"govuk-table\">\
         <caption class=\"govuk-table__caption govuk-table__caption--m\" id=\"questions\">{caption}</caption><tbody>"
    );
    for indicator in &set.indicators {
        let question = Content::from(app.wording.question(&language.code, &indicator.code, child));
        let words = format!(
            "<span lang=\"{}\" dir=\"{}\">{question}</span>",
            language.code, language.direction
        );
        tick_line(&mut html, &indicator.code, &words, &answers);
    }
    html.push_str("</tbody></table></div>");
    if set.method == Method::Dimensions {
        let acts = choices(&visit, "element-act", Act::ALL.iter().map(|one| one.code()));
        let means = choices(&visit, "element-means", Means::ALL.iter().map(|one| one.code()));
        boxes_line(&mut html, "act", &visit.text("screening-ask-act"), &acts);
        boxes_line(&mut html, "means", &visit.text("screening-ask-means"), &means);
        boxes_line(
            &mut html,
            "purpose",
            &visit.text("screening-ask-purpose"),
            &form_choices(&visit),
        );
    }
    Ok(visit.page(&visit.text("screening-paper-sheet")).back("/screening/paper").html(&html))
}

fn head_lines(visit: &Visit) -> String {
    let line = |id: &str| {
        format!(
            "<p class=\"govuk-body\">{}: ______________________________</p>",
            Content::from(visit.text(id))
        )
    };
    format!(
        "{}{}{}",
        InsetText::new(visit.text("screening-paper-no-names")),
        line("screening-paper-number"),
        line("screening-paper-when")
    )
}

/// The sheet for opening a case: four answers, nothing else.
pub(super) async fn opening(visit: Visit) -> Answer {
    let mut html = head_lines(&visit);
    let ages = choices(&visit, "screening-age", Age::ALL.iter().map(|one| one.code()));
    let languages: Vec<_> = visit
        .web
        .app()
        .wording
        .languages()
        .iter()
        .map(|one| (one.code.clone(), one.name.clone()))
        .collect();
    let urgent = choices(
        &visit,
        "case-urgent",
        ["safe_place", "medical", "food", "danger", "child_with", "distress", "interpreter"]
            .into_iter(),
    );
    let _ = write!(
        html,
        "<h2 class=\"govuk-heading-s\">1 {}</h2><p class=\"govuk-body\">______________________________</p>",
        Content::from(visit.text("screening-opening-name"))
    );
    boxes_line(&mut html, "2", &visit.text("screening-ask-age"), &ages);
    boxes_line(&mut html, "3", &visit.text("case-language-ask"), &languages);
    boxes_line(&mut html, "4", &visit.text("screening-opening-urgent"), &urgent);
    Ok(visit.page(&visit.text("screening-paper-opening")).back("/screening/paper").html(&html))
}

fn choices(
    visit: &Visit,
    prefix: &str,
    codes: impl Iterator<Item = &'static str>,
) -> Vec<(String, String)> {
    codes.map(|code| (code.to_owned(), visit.text(&format!("{prefix}-{code}")))).collect()
}

/// The set an entry page shows: by age and form in the address.
fn chosen(visit: &Visit, form: Option<&Form>) -> Result<&'static str, Refused> {
    let name = form.map_or_else(|| visit.query("set"), |form| form.text("set").to_owned());
    ["adult_labour", "child_labour", "adult_sexual", "child_sexual"]
        .into_iter()
        .find(|id| *id == name)
        .ok_or(Refused::NotFound)
}

/// One page for the keyboard: every code a line, `1` yes, `2` no, `3` not sure,
/// empty not asked.
fn entry(
    visit: &Visit,
    action: &str,
    set: &IndicatorSet,
    typed: &Form,
    problems: &Problems,
    notice: &str,
) -> Response {
    let told: Vec<_> = [Told::Yes, Told::No, Told::Unsure]
        .iter()
        .enumerate()
        .map(|(at, told)| {
            let word = visit.text(&format!("screening-answer-{told}"));
            ((at + 1).to_string(), format!("{} {word}", at + 1))
        })
        .collect();
    let ages = choices(visit, "screening-age", Age::ALL.iter().map(|one| one.code()));
    let acts = choices(visit, "element-act", Act::ALL.iter().map(|one| one.code()));
    let means = choices(visit, "element-means", Means::ALL.iter().map(|one| one.code()));
    let mut form = FormPage::new(visit, action, problems);
    if !notice.is_empty() {
        form = form.part(InsetText::new(notice.to_owned()));
    }
    form = form
        .hidden("set", &set.id)
        .text("sheet", "screening-paper-number", "", typed.text("sheet"))
        .radios("age", "screening-ask-age", ages, typed.text("age"))
        .checkboxes("form", "screening-ask-form", form_choices(visit), typed.list("form"));
    for indicator in &set.indicators {
        form = form.part(key_line(visit, &indicator.code, &told, typed.text(&indicator.code)));
    }
    form.checkboxes("act", "screening-ask-act", acts, typed.list("act"))
        .checkboxes("means", "screening-ask-means", means, typed.list("means"))
        .checkboxes("purpose", "screening-ask-purpose", form_choices(visit), typed.list("purpose"))
        .button("form-save")
        .page("screening-paper-enter", "/screening/paper")
}

fn key_line(visit: &Visit, code: &str, told: &[(String, String)], value: &str) -> String {
    let options: String = std::iter::once(&(String::new(), "–".to_owned()))
        .chain(told)
        .map(|(key, word)| {
            let selected = if key == value { " selected" } else { "" };
            format!("<option value=\"{key}\"{selected}>{}</option>", Content::from(word))
        })
        .collect();
    let question = visit.web.app().wording.question(visit.language.code(), code, false);
    format!(
        "<div class=\"govuk-form-group\"><label class=\"govuk-label\" for=\"f-{code}\">\
         <bdi dir=\"ltr\">{code}</bdi> {}</label>\
         <select class=\"govuk-select\" id=\"f-{code}\" name=\"{code}\">{options}</select></div>",
        Content::from(question)
    )
}

fn read(form: &Form, set: &IndicatorSet) -> PaperForm {
    let mut values: Vec<(String, Vec<String>)> = ["age", "form", "act", "means", "purpose"]
        .into_iter()
        .map(|name| (name.to_owned(), form.list(name).to_vec()))
        .collect();
    for indicator in &set.indicators {
        let answer = match form.text(&indicator.code) {
            "1" => Told::Yes.code(),
            "2" => Told::No.code(),
            "3" => Told::Unsure.code(),
            other => other,
        };
        values.push((indicator.code.clone(), vec![answer.to_owned()]));
    }
    PaperForm { sheet: form.text("sheet").to_owned(), happened: None, values }
}

fn known<'v>(visit: &'v Visit, id: &str) -> Result<&'v IndicatorSet, Refused> {
    visit.web.app().registers.indicators.get(id).ok_or(Refused::NotFound)
}

pub(super) async fn ask(visit: Visit) -> Answer {
    if visit.query("set").is_empty() {
        let mut html = String::from("<ul class=\"govuk-list\">");
        for id in ["adult_labour", "child_labour", "adult_sexual", "child_sexual"] {
            let href = visit.link(&format!("/screening/paper/enter?set={id}"));
            let name = Content::from(visit.text(&format!("screening-set-{id}")));
            let _ = write!(html, "<li><a class=\"govuk-link\" href=\"{href}\">{name}</a></li>");
        }
        html.push_str("</ul>");
        let title = visit.text("screening-paper-enter");
        return Ok(visit.page(&title).back("/screening/paper").html(&html));
    }
    let set = known(&visit, chosen(&visit, None)?)?;
    let nothing = Form::default();
    Ok(entry(&visit, "/screening/paper/enter", set, &nothing, &Problems::default(), ""))
}

/// The set must be the one that age and form call for, or codes would be lost.
fn fits(visit: &Visit, form: &Form, set: &IndicatorSet) -> Result<(), Refused> {
    let forms = form.list("form").iter().filter_map(|code| code.parse().ok()).collect();
    let age = form.text("age").parse().unwrap_or(Age::Unsure);
    let called = visit.web.app().registers.indicators.called_for(&forms, age);
    match called {
        Some(other) if other.id != set.id => Err(Refused::field(
            "age",
            Message::new("screening-paper-other-set")
                .with("set", visit.text(&format!("screening-set-{}", other.id))),
        )),
        _ => Ok(()),
    }
}

pub(super) async fn enter(Sent { visit, form }: Sent) -> Answer {
    let set = known(&visit, chosen(&visit, Some(&form))?)?;
    let acting = visit.acting_once(&form);
    let result = match fits(&visit, &form, set) {
        Ok(()) => papers::enter(&acting, &read(&form, set)).await,
        Err(refused) => Err(refused),
    };
    match result {
        Ok(_) => Ok(done(&visit, "/screening/paper", "screening-paper-entered")),
        Err(Refused::Invalid(problems)) => {
            Ok(entry(&visit, "/screening/paper/enter", set, &form, &problems, ""))
        }
        Err(other) => Err(Failure(other)),
    }
}

/// The set of the first entry, without showing what was entered.
async fn set_of(visit: &Visit, id: PaperId) -> Result<String, Failure> {
    let paper = papers::show(&visit.acting(), id).await?;
    let sets = &visit.web.app().registers.indicators;
    let set = paper.first.set(sets).ok_or(Failure(Refused::NotFound))?;
    Ok(set.id.clone())
}

pub(super) async fn ask_again(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: PaperId = parse_id(&id)?;
    let paper = papers::show(&visit.acting(), id).await?;
    let set_id = set_of(&visit, id).await?;
    let set = known(&visit, &set_id)?;
    let differences = paper.second.as_ref().map(|second| {
        palermo_app::domain::screening::Paper::differences(&paper.first, second).join(", ")
    });
    let notice = differences.filter(|codes| !codes.is_empty()).map_or_else(
        || visit.text("screening-paper-blind"),
        |codes| visit.format("screening-paper-differ", &[("codes", codes.into())]),
    );
    let action = format!("/screening/paper/{id}");
    Ok(entry(&visit, &action, set, &Form::default(), &Problems::default(), &notice))
}

pub(super) async fn enter_again(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: PaperId = parse_id(&id)?;
    let set = known(&visit, chosen(&visit, Some(&form))?)?;
    let acting = visit.acting_once(&form);
    match papers::enter_again(&acting, id, &read(&form, set)).await {
        Ok(differences) if differences.is_empty() => {
            Ok(done(&visit, "/screening/paper", "screening-paper-agreed"))
        }
        Ok(_) => Ok(done(&visit, &format!("/screening/paper/{id}"), "screening-paper-differs")),
        Err(Refused::Invalid(problems)) => {
            Ok(entry(&visit, &format!("/screening/paper/{id}"), set, &form, &problems, ""))
        }
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn take(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: PaperId = parse_id(&id)?;
    let screening = papers::take_over(&visit.acting_once(&form), id).await?;
    Ok(done(&visit, &format!("/screening/{screening}"), "screening-paper-taken"))
}
