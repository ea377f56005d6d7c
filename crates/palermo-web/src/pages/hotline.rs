//! The hotline: everything on one page.

use super::{
    Answer,
    case::{acting_then, note::when_typed},
};
use crate::{
    components::{Button, Content, InsetText, SummaryList, WarningText},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        listing::List,
        paper,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    case::usual_purpose,
    desk::parse_id,
    domain::{
        desk::Desk,
        hotline::{Call, CallBack, Caller, HandOver},
        id::CallId,
    },
    hotline::{self, CallForm},
    keys,
};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/hotline", Action::AnswerHotline, ask)
        .form("/hotline", Action::AnswerHotline, note)
        .page("/hotline/{id}", Action::AnswerHotline, show)
        .form("/hotline/{id}/hand-over", Action::AnswerHotline, hand_over)
}

/// What the reader's key opens; nothing while it is closed.
async fn vault(visit: &Visit) -> Result<Option<palermo_app::hotline::Vault>, Failure> {
    let Ok(signed) = visit.signed() else { return Ok(None) };
    match keys::vault(&visit.acting(), signed).await {
        Ok(vault) => Ok(Some(vault)),
        Err(Refused::UnlockNeeded) => Ok(None),
        Err(other) => Err(Failure(other)),
    }
}

fn words(visit: &Visit, prefix: &str, codes: &[&str]) -> Vec<(String, String)> {
    let word = |code: &&str| ((*code).to_owned(), visit.text(&format!("{prefix}-{code}")));
    codes.iter().map(word).collect()
}

async fn page(visit: &Visit, typed: &CallForm, form: &Form, problems: &Problems) -> Answer {
    let at = when_typed(visit, form);
    let acting = visit.acting();
    let calls = hotline::list(&acting).await?;
    let open = vault(visit).await?.is_some();
    let callers: Vec<_> = Caller::ALL.iter().map(|one| one.code()).collect();
    let backs: Vec<_> = CallBack::ALL.iter().map(|one| one.code()).collect();
    let mut form = FormPage::new(visit, "/hotline", problems)
        .radios("caller", "hotline-caller", words(visit, "hotline-caller", &callers), &typed.caller)
        .text("language", "hotline-language", "hotline-language-hint", &typed.language)
        .text("state", "field-state", "field-state-hint", &typed.state)
        .radios(
            "call_back",
            "hotline-call-back",
            words(visit, "hotline-call-back", &backs),
            &typed.call_back,
        );
    // On paper everything is asked, whatever key is open here.
    if open || paper::wanted(visit) {
        form = form
            .lines("contact", "hotline-contact", "hotline-contact-hint", &typed.contact)
            .lines("note", "hotline-note", "hotline-note-hint", &typed.note);
    } else {
        let unlock = format!(
            "{} <a class=\"govuk-link\" href=\"{}\">{}</a>",
            Content::from(visit.text("hotline-locked")),
            visit.link("/account"),
            Content::from(visit.text("hotline-unlock")),
        );
        form = form.part(InsetText::new(Content::Html(unlock)));
    }
    if let Some(sheet) = form.sheet("hotline-title", "/hotline") {
        return Ok(sheet);
    }
    let form = form.part(at).button("form-save").part(paper::link(visit, "/hotline")).html();
    let mut response = table(visit, calls, &form)?;
    if !problems.0.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn table(
    visit: &Visit,
    calls: Vec<palermo_app::hotline::Kept>,
    form: &str,
) -> Result<Response, Failure> {
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(visit, "calls", &visit.text("hotline-calls"), calls)
        .column(
            "at",
            "hotline-at",
            |call| call.record.happened_at.to_string(),
            move |call| {
                let href = a.link(&format!("/hotline/{}", call.record.id));
                let at = Content::from(a.moment(call.record.happened_at));
                Content::Html(format!("<a class=\"govuk-link\" href=\"{href}\">{at}</a>"))
            },
        )
        .text("caller", "hotline-caller", move |call| {
            b.text(&format!("hotline-caller-{}", call.record.caller))
        })
        .text("back", "hotline-call-back", move |call| {
            c.text(&format!("hotline-call-back-{}", call.record.call_back))
        })
        .text("over", "hotline-hand-over", move |call| {
            d.text(&format!("hotline-hand-over-{}", call.record.hand_over))
        })
        .filter(
            "over",
            "hotline-hand-over",
            HandOver::ALL
                .iter()
                .map(|one| (one.code().to_owned(), visit.text(&format!("hotline-hand-over-{one}"))))
                .collect(),
            |call, wanted| call.record.hand_over.code() == wanted,
        );
    Ok(list
        .answer(|table| visit.page(&visit.text("hotline-title")).html(&format!("{form}{table}")))?)
}

async fn ask(visit: Visit) -> Answer {
    let state = visit.signed()?.tenant.state.clone().unwrap_or_default();
    let typed = CallForm { state, ..CallForm::default() };
    page(&visit, &typed, &Form::default(), &Problems::default()).await
}

async fn note(Sent { visit, form }: Sent) -> Answer {
    let typed = CallForm {
        caller: form.text("caller").to_owned(),
        language: form.text("language").to_owned(),
        state: form.text("state").to_owned(),
        call_back: form.text("call_back").to_owned(),
        contact: form.text("contact").to_owned(),
        note: form.text("note").to_owned(),
    };
    let vault = vault(&visit).await?;
    let acting = match acting_then(&visit, &form) {
        Ok(acting) => acting,
        Err(problems) => return page(&visit, &typed, &form, &problems).await,
    };
    match hotline::note(&acting, vault.as_ref(), &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/hotline/{id}"), "hotline-noted")),
        Err(Refused::Invalid(problems)) => page(&visit, &typed, &form, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CallId = parse_id(&id)?;
    let vault = vault(&visit).await?;
    let shown = hotline::show(&visit.acting(), vault.as_ref(), id).await?;
    let call = &shown.call;
    let mut html = String::new();
    if !call.call_back.is_allowed() {
        let words = visit.text("hotline-do-not-call");
        let _ = write!(html, "{}", WarningText::new(words, &visit.words()));
    }
    html.push_str(&facts(&visit, &shown));
    let title = Content::from(visit.text("hotline-hand-over"));
    let _ = write!(html, "<h2 class=\"govuk-heading-m\">{title}</h2>");
    match (&shown.reached, &shown.next) {
        (Some(desk), _) => {
            let told = visit.format("hotline-reached-by", &[("desk", (&desk.name).into())]);
            let _ = write!(html, "{}", InsetText::new(told));
        }
        (None, Some(desk)) => html.push_str(&to_call(&visit, call, desk)),
        (None, None) => {
            let _ = write!(html, "{}", InsetText::new(visit.text("screening-no-desk")));
        }
    }
    html.push_str(&case_of(&visit, call)?);
    let screen = visit.link("/screening/new");
    let _ = write!(html, "{}", Button::link(visit.text("screening-begin"), screen).secondary());
    Ok(visit.page(&visit.text("hotline-call")).back("/hotline").html(&html))
}

/// A case can be opened from the call, in the language that was spoken; what was said
/// stays with the call, which is kept apart.
fn case_of(visit: &Visit, call: &Call) -> Result<String, Failure> {
    let acting = visit.acting();
    let (house, _) = acting.member()?;
    let why = usual_purpose(&acting.subject.roles);
    if !acting.may_for(Action::OpenCase, &Resource::of(house), why).allowed {
        return Ok(String::new());
    }
    let language = crate::shell::gate::encode(&call.language);
    let href = visit.link(&format!("/cases/new?language={language}"));
    Ok(Button::link(visit.text("case-new"), href).secondary().to_string())
}

fn facts(visit: &Visit, shown: &hotline::Shown) -> String {
    let call = &shown.call;
    let mut list = SummaryList::new()
        .row(visit.text("hotline-at"), visit.moment(call.happened_at))
        .row(visit.text("hotline-caller"), visit.text(&format!("hotline-caller-{}", call.caller)))
        .row(visit.text("hotline-language"), call.language.clone())
        .row(
            visit.text("field-state"),
            call.state.as_deref().map(|state| visit.state(state)).unwrap_or_default(),
        )
        .row(
            visit.text("hotline-call-back"),
            visit.text(&format!("hotline-call-back-{}", call.call_back)),
        );
    // A number that must not be called is not shown as one to call (E12).
    if let Some(contact) = &shown.contact {
        list = list.row(visit.text("hotline-contact"), contact.clone());
    }
    if let Some(note) = &shown.note {
        list = list.row(visit.text("hotline-note"), note.clone());
    }
    list.to_string()
}

/// The desk to call, with one tap for each way it can go.
fn to_call(visit: &Visit, call: &Call, desk: &Desk) -> String {
    let stay = Content::from(visit.text("hotline-stay"));
    let mut html = format!("<p class=\"govuk-body\">{stay}</p>");
    html.push_str(&super::screening::desk_list(visit, std::slice::from_ref(desk)));
    let (action, id) = (format!("/hotline/{}/hand-over", call.id), desk.id.to_string());
    for (how, label) in [
        (HandOver::Reached, "hotline-do-reached"),
        (HandOver::NoAnswer, "hotline-do-no-answer"),
        (HandOver::Declined, "hotline-do-declined"),
    ] {
        let fields = [("desk", id.as_str()), ("how", how.code())];
        html.push_str(&one_button(visit, &action, label, &fields, false));
    }
    html
}

async fn hand_over(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CallId = parse_id(&id)?;
    let desk = parse_id(form.text("desk"))?;
    let how: HandOver = form.text("how").parse().map_err(|_| Refused::NotFound)?;
    hotline::hand_over(&visit.acting_once(&form), id, Some(desk), how).await?;
    Ok(done(&visit, &format!("/hotline/{id}"), "saved"))
}
