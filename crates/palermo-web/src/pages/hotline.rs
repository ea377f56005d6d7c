//! The hotline: everything on one page.

mod from_call;

pub(super) use from_call::origin;

use super::{
    Answer,
    case::{acting_then, chosen_language, language_listed, note::when_typed, words_of},
    directory,
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
    case::{open::language_name, usual_purpose},
    desk::parse_id,
    domain::{
        case::UrgentNeed,
        desk::Desk,
        hotline::{Call, CallBack, Caller, HandOver},
        id::CallId,
        service::Need,
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
        .page("/hotline/{id}/case", Action::OpenCase, from_call::ask)
        .form("/hotline/{id}/case", Action::OpenCase, from_call::open)
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

async fn page(visit: &Visit, typed: &CallForm, form: &Form, problems: &Problems) -> Answer {
    let at = when_typed(visit, form);
    let acting = visit.acting();
    let calls = hotline::list(&acting).await?;
    let open = vault(visit).await?.is_some();
    let callers: Vec<_> = Caller::ALL.iter().map(|one| one.code()).collect();
    let backs: Vec<_> = CallBack::ALL.iter().map(|one| one.code()).collect();
    let (listed, chosen, other) = language_listed(visit, &typed.language);
    let mut form = FormPage::new(visit, "/hotline", problems)
        .radios(
            "caller",
            "hotline-caller",
            words_of(visit, "hotline-caller", &callers),
            &typed.caller,
        )
        .select("language", "hotline-language", listed, chosen)
        .line_on_paper()
        .text("language_other", "case-language-other", "case-language-other-hint", other)
        .select("state", "field-state", directory::states_with(visit, &typed.state), &typed.state)
        .line_on_paper()
        .radios(
            "call_back",
            "hotline-call-back",
            words_of(visit, "hotline-call-back", &backs),
            &typed.call_back,
        );
    // On paper everything is asked, whatever key is open here.
    if open || paper::wanted(visit) {
        form = sealed_words(visit, form, typed);
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

/// What was told in words, and what cannot wait: asked for while a key is open.
fn sealed_words<'v>(visit: &'v Visit, form: FormPage<'v>, typed: &CallForm) -> FormPage<'v> {
    let needs: Vec<_> = UrgentNeed::ALL.iter().map(|need| need.code()).collect();
    let needs = words_of(visit, "case-urgent", &needs);
    form.text("name", "case-field-name", "case-field-name-hint", &typed.name)
        .text("contact", "hotline-contact", "hotline-contact-hint", &typed.contact)
        .text("times", "case-channel-times", "case-channel-times-hint", &typed.times)
        .checkboxes("urgent", "case-urgent-ask", needs, &typed.urgent)
        .lines("note", "hotline-note", "hotline-note-hint", &typed.note)
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
        language: chosen_language(&form, ""),
        state: form.text("state").to_owned(),
        call_back: form.text("call_back").to_owned(),
        name: form.text("name").to_owned(),
        contact: form.text("contact").to_owned(),
        times: form.text("times").to_owned(),
        urgent: form.list("urgent").to_vec(),
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
    html.push_str(&over(&visit, &shown));
    html.push_str(&shelter(&visit, call));
    html.push_str(&case_of(&visit, &shown)?);
    let screen = visit.link("/screening/new");
    let _ = write!(html, "{}", Button::link(visit.text("screening-begin"), screen).secondary());
    Ok(visit.page(&visit.text("hotline-call")).back("/hotline").html(&html))
}

/// The way to a bed for tonight, where the caller is.
fn shelter(visit: &Visit, call: &Call) -> String {
    let need = Need::Shelter.code();
    let href = match &call.state {
        Some(state) => format!("/get-help?need={need}&state={state}"),
        None => "/get-help".to_owned(),
    };
    let words = [visit.text("help-find-title"), visit.text("need-shelter")].join(": ");
    Button::link(words, visit.link(&href)).secondary().to_string()
}

/// The case that was opened from the call or, for whoever may, the way to open it with
/// all that was told. Nothing of it is in an address.
fn case_of(visit: &Visit, shown: &hotline::Shown) -> Result<String, Failure> {
    if let Some(from) = &shown.case {
        let told = visit
            .format("hotline-case-opened", &[("moment", visit.moment(from.recorded_at).into())]);
        let href = visit.link(&format!("/cases/{}", from.case));
        let case = Button::link(visit.text("screening-case"), href).secondary();
        return Ok(format!("{}{case}", InsetText::new(told)));
    }
    let acting = visit.acting();
    let (house, _) = acting.member()?;
    let why = usual_purpose(&acting.subject.roles);
    if !acting.may_for(Action::OpenCase, &Resource::of(house), why).allowed {
        return Ok(String::new());
    }
    let href = visit.link(&format!("/hotline/{}/case", shown.call.id));
    Ok(Button::link(visit.text("case-new"), href).secondary().to_string())
}

fn facts(visit: &Visit, shown: &hotline::Shown) -> String {
    let call = &shown.call;
    let language = Content::from(language_name(&visit.acting(), &call.language));
    let mut list = SummaryList::new()
        .row(visit.text("hotline-at"), visit.moment(call.happened_at))
        .row(visit.text("hotline-caller"), visit.text(&format!("hotline-caller-{}", call.caller)))
        .row(visit.text("hotline-language"), Content::Html(format!("<bdi>{language}</bdi>")))
        .row(
            visit.text("field-state"),
            call.state.as_deref().map(|state| visit.state(state)).unwrap_or_default(),
        )
        .row(
            visit.text("hotline-call-back"),
            visit.text(&format!("hotline-call-back-{}", call.call_back)),
        );
    let told = [
        ("case-field-name", &shown.name),
        ("hotline-contact", &shown.contact),
        ("case-channel-times", &shown.times),
    ];
    for (label, text) in told {
        if let Some(text) = text {
            let text = Content::from(text);
            list = list.row(visit.text(label), Content::Html(format!("<bdi>{text}</bdi>")));
        }
    }
    if !shown.urgent.is_empty() {
        let word = |need: &UrgentNeed| visit.text(&format!("case-urgent-{}", need.code()));
        let needs: Vec<_> = shown.urgent.iter().map(word).collect();
        list = list.row(visit.text("case-urgent-ask"), needs.join(", "));
    }
    if let Some(note) = &shown.note {
        list = list.row(visit.text("hotline-note"), note.clone());
    }
    list.to_string()
}

/// The warm hand-over: the desk that took over; otherwise the desk to call, then those
/// that did not answer, to be tried again, and always that the caller does not want it.
fn over(visit: &Visit, shown: &hotline::Shown) -> String {
    if let Some(desk) = &shown.reached {
        let told = visit.format("hotline-reached-by", &[("desk", (&desk.name).into())]);
        return InsetText::new(told).to_string();
    }
    let call = &shown.call;
    let mut html = String::new();
    if call.hand_over == HandOver::Declined {
        let _ = write!(html, "{}", InsetText::new(visit.text("hotline-hand-over-declined")));
    }
    match (&shown.next, shown.tried.is_empty()) {
        (Some(desk), _) => html.push_str(&to_call(visit, call, desk)),
        (None, true) => {
            let _ = write!(html, "{}", InsetText::new(visit.text("screening-no-desk")));
        }
        (None, false) => {
            let _ = write!(html, "{}", InsetText::new(visit.text("hotline-all-tried")));
        }
    }
    if !shown.tried.is_empty() {
        let title = Content::from(visit.text("hotline-try-again"));
        let _ = write!(html, "<h3 class=\"govuk-heading-s\">{title}</h3>");
    }
    for desk in &shown.tried {
        html.push_str(&super::screening::desk_list(visit, std::slice::from_ref(desk)));
        html.push_str(&tap(visit, call, Some(desk), HandOver::Reached, "hotline-do-reached"));
    }
    if call.hand_over != HandOver::Declined {
        html.push_str(&tap(visit, call, None, HandOver::Declined, "hotline-do-declined"));
    }
    html
}

/// One tap: how it went, with which desk.
fn tap(visit: &Visit, call: &Call, desk: Option<&Desk>, how: HandOver, label: &str) -> String {
    let action = format!("/hotline/{}/hand-over", call.id);
    let desk = desk.map(|desk| desk.id.to_string()).unwrap_or_default();
    let fields = [("desk", desk.as_str()), ("how", how.code())];
    one_button(visit, &action, label, &fields, false)
}

/// The desk to call, with one tap for each way it can go.
fn to_call(visit: &Visit, call: &Call, desk: &Desk) -> String {
    let stay = Content::from(visit.text("hotline-stay"));
    let mut html = format!("<p class=\"govuk-body\">{stay}</p>");
    html.push_str(&super::screening::desk_list(visit, std::slice::from_ref(desk)));
    for (how, label) in
        [(HandOver::Reached, "hotline-do-reached"), (HandOver::NoAnswer, "hotline-do-no-answer")]
    {
        html.push_str(&tap(visit, call, Some(desk), how, label));
    }
    html
}

async fn hand_over(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CallId = parse_id(&id)?;
    let desk = match form.text("desk") {
        "" => None,
        desk => Some(parse_id(desk)?),
    };
    let how: HandOver = form.text("how").parse().map_err(|_| Refused::NotFound)?;
    hotline::hand_over(&visit.acting_once(&form), id, desk, how).await?;
    Ok(done(&visit, &format!("/hotline/{id}"), "saved"))
}
