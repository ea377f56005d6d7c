//! The person's own view: no account, no name in any title, nothing kept in
//! the browser but what closes with it. The first page says nothing about
//! whose it is; "someone is with me" closes the view and leaves only that.

mod asked;
mod held;

pub(super) use asked::askers;

use super::Answer;
use crate::{
    components::{Button, Choice, Content, Details, Radios, SummaryList},
    shell::{
        failure::Failure,
        forms::FormPage,
        gate::drop_cookie,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use palermo_app::{
    Problems, Refused,
    access::Action,
    care::{
        own::{self, Bundle, HeldConsent, HeldRecord},
        own_ask,
    },
    domain::care::own_view::{Kept, Question, Reply},
    locale::Language,
    session,
};

/// Keeps the key of an open view while the browser is open.
const COOKIE: &str = "__Host-own";

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/own", Action::OwnView, first)
        .form("/own", Action::OwnView, enter)
        .page("/own/held", Action::OwnView, held)
        .page("/own/looked", Action::OwnView, looked)
        .page("/own/sharing", Action::OwnView, sharing)
        .form("/own/sharing", Action::OwnView, take_back)
        .page("/own/ask", Action::OwnView, asked::ask)
        .form("/own/ask", Action::OwnView, asked::asked)
        .page("/own/answer", Action::OwnView, asked::with_code)
        .form("/own/answer", Action::OwnView, asked::stands)
        .page("/own/questions", Action::OwnView, questions)
        .form("/own/questions", Action::OwnView, answered)
        .page("/own/copy", Action::OwnView, copy)
        .form("/own/quiet", Action::OwnView, quiet)
        .page("/own/leave", Action::OwnView, leave)
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('=').map(str::to_owned))
}

fn with_cookie(mut response: Response, value: &str, ends: bool) -> Response {
    let age = if ends { "; Max-Age=0" } else { "" };
    let text = format!("{COOKIE}={value}; Path=/; Secure; HttpOnly; SameSite=Strict{age}");
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// A page of the view: quiet frame, exit, a line of links, "someone is with me".
fn page(visit: &Visit, title: &str, body: &str) -> Response {
    let links: String = [
        ("/own/held", "own-held"),
        ("/own/sharing", "own-sharing"),
        ("/own/looked", "own-looked"),
        ("/own/ask", "own-ask"),
        ("/own/questions", "own-questions"),
        ("/own/copy", "own-copy"),
    ]
    .into_iter()
    .map(|(path, id)| {
        format!(
            "<li><a class=\"govuk-link\" href=\"{}\">{}</a></li>",
            visit.link(path),
            Content::from(visit.text(id))
        )
    })
    .collect();
    let quiet = crate::shell::forms::one_button(visit, "/own/quiet", "own-someone", &[], false);
    let label = Content::from(visit.text("own-contents"));
    let html = format!(
        "{quiet}<nav aria-label=\"{label}\"><ul class=\"govuk-list p-inline-list\">{links}</ul></nav>{body}"
    );
    visit.page(&visit.text(title)).quiet("/own/leave").html(&html)
}

/// The open view, or the way to the first page.
async fn open(visit: &Visit, headers: &HeaderMap) -> Result<Bundle, Response> {
    let back = || Redirect::to(&visit.link("/own")).into_response();
    let Some(cookie) = cookie(headers) else { return Err(back()) };
    match own::look_at(visit.web.app(), &cookie).await {
        Ok((_, bundle)) => Ok(bundle),
        Err(Refused::NotFound) => Err(with_cookie(back(), "", true)),
        Err(other) => Err(Failure(other).into_response()),
    }
}

macro_rules! opened {
    ($visit:expr, $headers:expr) => {
        match open(&$visit, &$headers).await {
            Ok(bundle) => bundle,
            Err(response) => return Ok(response),
        }
    };
}

fn code_page(visit: &Visit, problems: &Problems) -> Response {
    let form = FormPage::new(visit, "/own", problems)
        .text("code", "own-code", "own-code-hint", "")
        .button("form-continue")
        .html();
    let mut response = visit.page(&visit.text("own-first")).quiet("/own/leave").html(&form);
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// The code; once it was right, a page about nothing where whoever is not alone says so
/// before anything is shown.
async fn first(headers: HeaderMap, visit: Visit) -> Response {
    if cookie(&headers).is_none() || open(&visit, &headers).await.is_err() {
        return code_page(&visit, &Problems::default());
    }
    let quiet = crate::shell::forms::one_button(&visit, "/own/quiet", "own-someone", &[], false);
    let on = Button::link(visit.text("form-continue"), visit.link("/own/held")).secondary();
    let html = format!("{quiet}{on}");
    visit.page(&visit.text("own-first")).quiet("/own/leave").html(&html)
}

async fn enter(Sent { visit, form }: Sent) -> Answer {
    match own::enter(visit.web.app(), form.text("code"), visit.source).await {
        Ok(key) => {
            let (_, bundle) = own::look_at(visit.web.app(), &key).await?;
            // In the person's language, if there is one of ours.
            let own = Language::ALL
                .into_iter()
                .find(|language| bundle.language.split('-').next() == Some(language.code()));
            let language = own.unwrap_or(visit.language).code();
            let to = Redirect::to(&format!("/{language}/own")).into_response();
            hand_over(&visit, &key, with_cookie(to, &key, false)).await
        }
        Err(Refused::Invalid(problems)) => Ok(code_page(&visit, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

/// Whoever is signed in here hands the device over with the view: their session ends, so
/// that nothing of theirs is behind it, and they sign in again once they have it back.
async fn hand_over(visit: &Visit, key: &str, mut response: Response) -> Answer {
    let Some(signed) = visit.signed.as_deref() else { return Ok(response) };
    if let Err(refused) = session::sign_out(&visit.acting(), signed).await {
        own::close(visit.web.app(), key).await?;
        return Err(Failure(refused));
    }
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, drop_cookie());
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(response)
}

fn text(visit: &Visit, id: &str) -> String {
    format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.text(id)))
}

fn heading(visit: &Visit, id: &str) -> String {
    format!("<h2 class=\"govuk-heading-m\">{}</h2>", Content::from(visit.text(id)))
}

fn own_words(words: &str) -> Content {
    Content::Html(format!("<p class=\"govuk-body\" dir=\"auto\">{}</p>", Content::from(words)))
}

/// Everything held: texts, then care by kind. Others' names only on the screen.
fn everything(visit: &Visit, bundle: &Bundle, with_others: bool) -> String {
    let mut list = SummaryList::new();
    // Paper that is carried about does not say which house helps.
    if with_others {
        let house = format!("<bdi>{}</bdi>", Content::from(&bundle.house));
        list = list.row(visit.text("own-house"), Content::Html(house));
    }
    list = list
        .row(
            visit.text("own-number"),
            Content::Html(format!("<bdi dir=\"ltr\">{}</bdi>", Content::from(&bundle.number))),
        )
        .row(visit.text("own-made-on"), visit.date(bundle.on.date()))
        .row(visit.text("case-age"), visit.text(&format!("case-age-{}", bundle.age)));
    list = held::first(visit, &bundle.more, list, with_others);
    for (field, words) in &bundle.texts {
        list = list.row(visit.text(&format!("case-field-{field}")), own_words(words));
    }
    let mut html = list.to_string();
    html.push_str(&heading(visit, "own-care"));
    if bundle.records.is_empty() {
        html.push_str(&text(visit, "own-care-none"));
    }
    for record in &bundle.records {
        html.push_str(&one(visit, record, with_others));
    }
    html.push_str(&held::rest(visit, &bundle.more, with_others));
    // In the copy to take away: what was said about sharing, without the buttons.
    if !with_others && !bundle.consents.is_empty() {
        html.push_str(&heading(visit, "own-sharing"));
        for consent in &bundle.consents {
            html.push_str(&self::consent(visit, &HeldConsent { holds: false, ..consent.clone() }));
        }
    }
    html
}

fn one(visit: &Visit, record: &HeldRecord, with_others: bool) -> String {
    let mut list =
        SummaryList::new().row(visit.text("own-written-on"), visit.date(record.on.date()));
    let form = visit.web.app().care.forms.of(record.kind);
    for field in form.map(|form| form.fields.as_slice()).unwrap_or_default() {
        let title = visit.text(&super::care::label(field));
        if let Some(words) = record.words.get(&field.name) {
            list = list.row(title, own_words(words));
        } else if let Some(words) = record.others.get(&field.name) {
            if with_others {
                list = list.row(title, own_words(words));
            }
        } else if let Some(value) = record.facts.get(&field.name) {
            let said = super::care::said(visit, field, value);
            if !said.is_empty() && value != &serde_json::Value::Bool(false) {
                list = list.row(title, said);
            }
        }
    }
    list.card(visit.text(&format!("care-kind-{}", record.kind.code()))).to_string()
}

async fn held(headers: HeaderMap, visit: Visit) -> Answer {
    let bundle = opened!(visit, headers);
    let kept: String = Kept::ALL
        .iter()
        .map(|kept| {
            let id = format!("own-kept-{}", kept.code());
            let words = visit.format(&id, &[("house", bundle.house.as_str().into())]);
            let words = Content::from(words);
            format!("<li>{words}</li>")
        })
        .collect();
    let kept = Content::Html(format!("<ul class=\"govuk-list govuk-list--bullet\">{kept}</ul>"));
    let html = format!(
        "{}{}{}",
        text(&visit, "own-held-why"),
        everything(&visit, &bundle, true),
        Details::new(visit.text("own-kept"), kept)
    );
    Ok(page(&visit, "own-held", &html))
}

/// What was said about sharing, and taking it back: at once, without anyone's leave.
async fn sharing(headers: HeaderMap, visit: Visit) -> Answer {
    let bundle = opened!(visit, headers);
    let mut html = text(&visit, "own-sharing-why");
    if bundle.consents.is_empty() {
        html.push_str(&text(&visit, "own-sharing-none"));
    }
    for one in &bundle.consents {
        html.push_str(&consent(&visit, one));
    }
    Ok(page(&visit, "own-sharing", &html))
}

fn consent(visit: &Visit, one: &HeldConsent) -> String {
    let name = Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.recipient)));
    let mut list = SummaryList::new()
        .row(visit.text("own-sharing-with"), name)
        .row(visit.text("case-share"), visit.text(&format!("case-share-{}", one.purpose)))
        .row(visit.text("case-answer"), visit.text(&format!("case-answer-{}", one.answer)))
        .row(visit.text("own-sharing-on"), visit.date(one.on.date()));
    if let Some(day) = one.withdrawn {
        list = list.row(visit.text("case-consent-withdrawn"), visit.date(day.date()));
        let said: Vec<String> = one
            .received
            .iter()
            .map(|(_, answer)| visit.text(&format!("withdrawal-{answer}")))
            .collect();
        let said = if said.is_empty() { visit.text("withdrawal-nobody") } else { said.join(", ") };
        list = list.row(visit.text("own-sharing-they-said"), said);
    }
    let mut html = list.to_string();
    if one.holds {
        let id = one.id.to_string();
        let fields = [("consent", id.as_str())];
        let form =
            crate::shell::forms::one_button(visit, "/own/sharing", "own-take-back", &fields, true);
        html.push_str(&form);
    }
    html
}

async fn take_back(headers: HeaderMap, Sent { visit, form }: Sent) -> Answer {
    opened!(visit, headers);
    let key = cookie(&headers).unwrap_or_default();
    let consent = palermo_app::desk::parse_id(form.text("consent"))?;
    let told = own_ask::take_back(visit.web.app(), &key, consent).await?;
    let said = visit.format("own-taken-back", &[("count", visit.whole(told).into())]);
    let html = format!("<p class=\"govuk-body\">{}</p>", Content::from(said));
    Ok(page(&visit, "own-sharing", &html))
}

async fn looked(headers: HeaderMap, visit: Visit) -> Answer {
    let bundle = opened!(visit, headers);
    let list = looks(&visit, &bundle);
    let html = format!("{}{list}", text(&visit, "own-looked-why"));
    Ok(page(&visit, "own-looked", &html))
}

/// Who did what: counted for each of them and each day, the latest first; what was
/// passed on stands alone, with its moment.
fn looks(visit: &Visit, bundle: &Bundle) -> SummaryList {
    let mut lines: Vec<(String, String, String, usize)> = Vec::new();
    for look in &bundle.looked {
        let who =
            if look.who.is_empty() { visit.text("own-look-program") } else { look.who.clone() };
        let family = look.action.split('.').next().unwrap_or_default();
        let known =
            ["looked", "refused", "case", "care", "own-view", "consent", "referral", "abroad"];
        // What has no words of its own here is named as the team's own list names it.
        let named = format!("looked-{}", look.action.replace('.', "-"));
        let words = match family {
            "passed-on" => visit.format("own-look-passed-on", &[("to", look.to.as_str().into())]),
            _ if known.contains(&family) => visit.text(&format!("own-look-{family}")),
            _ if visit.web.app().catalogue.has(Language::En, &named) => visit.text(&named),
            _ => visit.text("own-look-other"),
        };
        let day = || visit.date(look.on.date());
        let when = look.at.map_or_else(day, |at| visit.moment(at));
        let same = lines
            .iter_mut()
            .find(|(at, by, did, _)| look.at.is_none() && (at, by, did) == (&when, &who, &words));
        match same {
            Some((.., count)) => *count += 1,
            None => lines.push((when, who, words, 1)),
        }
    }
    lines.into_iter().fold(SummaryList::new(), |list, (when, who, words, count)| {
        let often = match count {
            1 => String::new(),
            count => {
                let values = [("count", count.into()), ("times", visit.whole(count).into())];
                format!(" ({})", Content::from(visit.format("own-look-times", &values)))
            }
        };
        let words = Content::from(words);
        let who = Content::from(who);
        list.row(when, Content::Html(format!("<bdi>{who}</bdi>: {words}{often}")))
    })
}

fn question_form(visit: &Visit, bundle: &Bundle, problems: &Problems) -> Response {
    let mut services: Vec<(String, String)> = Vec::new();
    for record in &bundle.records {
        let Some(code) = record.facts.get("service").and_then(|code| code.as_str()) else {
            continue;
        };
        if !services.iter().any(|(known, _)| known == code) {
            services.push((code.to_owned(), visit.text(&format!("care-code-service-{code}"))));
        }
    }
    if services.is_empty() {
        return page(visit, "own-questions", &text(visit, "own-questions-none"));
    }
    let mut form = FormPage::new(visit, "/own/questions", problems)
        .words("own-questions-why")
        .part(super::audio::questions(visit, &bundle.language))
        .select("service", "own-service", services, "");
    for question in Question::ALL {
        let choices = Reply::ALL.iter().map(|reply| {
            Choice::new(reply.code(), visit.text(&format!("own-reply-{}", reply.code())))
        });
        let title = visit.text(&format!("own-question-{}", question.code()));
        let name = format!("answer-{}", question.code());
        form = form.part(Radios::new(name, title, choices).value("skip"));
    }
    page(visit, "own-questions", &form.button("form-send").html())
}

async fn questions(headers: HeaderMap, visit: Visit) -> Answer {
    let bundle = opened!(visit, headers);
    Ok(question_form(&visit, &bundle, &Problems::default()))
}

async fn answered(headers: HeaderMap, Sent { visit, form }: Sent) -> Answer {
    let bundle = opened!(visit, headers);
    let key = cookie(&headers).unwrap_or_default();
    let replies: Vec<(Question, Reply)> = Question::ALL
        .iter()
        .filter_map(|question| {
            let reply = Reply::from_code(form.text(&format!("answer-{}", question.code())))?;
            Some((*question, reply))
        })
        .collect();
    match own_ask::answer(visit.web.app(), &key, form.text("service"), &replies).await {
        Ok(()) => Ok(page(&visit, "own-questions", &text(&visit, "own-thanks"))),
        Err(Refused::Invalid(problems)) => Ok(question_form(&visit, &bundle, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

/// A copy to take away: without the names of others.
async fn copy(headers: HeaderMap, visit: Visit) -> Answer {
    let bundle = opened!(visit, headers);
    let html = format!("{}{}", text(&visit, "own-copy-why"), everything(&visit, &bundle, false));
    Ok(page(&visit, "own-copy", &html))
}

async fn close(visit: &Visit, headers: &HeaderMap) -> Result<(), Failure> {
    match cookie(headers) {
        Some(key) => Ok(own::close(visit.web.app(), &key).await?),
        None => Ok(()),
    }
}

/// Someone is with the person: the view is closed, and a page about nothing is left.
async fn quiet(headers: HeaderMap, Sent { visit, .. }: Sent) -> Answer {
    close(&visit, &headers).await?;
    let html = text(&visit, "own-quiet-words");
    let response = visit.page(&visit.text("own-first")).quiet("/own/leave").html(&html);
    Ok(with_cookie(response, "", true))
}

/// Out, to a page that has nothing to do with this.
async fn leave(headers: HeaderMap, visit: Visit) -> Answer {
    close(&visit, &headers).await?;
    let out = Redirect::to(&crate::shell::layout::exit_address(&visit)).into_response();
    let mut response = with_cookie(out, "", true);
    let clear = HeaderValue::from_static("\"cache\"");
    response.headers_mut().insert("clear-site-data", clear);
    Ok(response)
}
