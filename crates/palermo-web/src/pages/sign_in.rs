//! Coming in and going out: passphrase, second factor, invitation, recovery.

use super::{Answer, passkeys};
use crate::{
    components::{Button, Content, Details, InsetText},
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        gate::{self, destination, drop_cookie, set_cookie},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use palermo_app::{
    Problems, Refused,
    access::Action,
    factors, invitation, recovery,
    session::{self, Credentials, Proof, Signed, SignedIn},
};
use zeroize::Zeroizing;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/sign-in", Action::SignIn, ask)
        .form("/sign-in", Action::SignIn, sign_in)
        .form("/sign-in/passkey", Action::SignIn, by_passkey)
        .page("/sign-in/second", Action::SecondFactor, ask_second)
        .form("/sign-in/second", Action::SecondFactor, second)
        .page("/sign-in/enrol", Action::SecondFactor, ask_enrol)
        .form("/sign-in/enrol", Action::SecondFactor, enrol)
        .form("/sign-out", Action::SecondFactor, sign_out)
        .page("/leave", Action::PublicRead, leave)
        .page("/invitation/{token}", Action::SignIn, ask_accept)
        .form("/invitation/{token}", Action::SignIn, accept)
        .page("/recover", Action::SignIn, ask_recover)
        .form("/recover", Action::SignIn, recover)
        .page("/recover/{token}", Action::SignIn, ask_new)
        .form("/recover/{token}", Action::SignIn, renew)
        .page("/account/step-up", Action::SecondFactor, ask_step_up)
        .form("/account/step-up", Action::SecondFactor, step_up)
}

/// Leads on with the cookie of a session.
pub(super) fn onward(visit: &Visit, signed: &Signed, to: &str) -> Response {
    let mut response = Redirect::to(&destination(visit, to)).into_response();
    response.headers_mut().insert(header::SET_COOKIE, set_cookie(signed));
    response
}

async fn sign_in_form(visit: &Visit, email: &str, to: &str, problems: &Problems) -> Response {
    let mut form = FormPage::new(visit, "/sign-in", problems)
        .hidden("to", to)
        .email("email", "field-email", email)
        .passphrase("passphrase", "field-passphrase", "", false)
        .button("nav-sign-in");
    let lost = format!(
        "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{}\">{}</a></p>",
        visit.link("/recover"),
        Content::from(visit.text("recover-link"))
    );
    form = form.part(lost);
    let elsewhere = super::organisation::buttons(visit).await;
    let html = format!("{}{}{elsewhere}", form.html(), passkey_alone(visit, to));
    let page = visit.page(&visit.text("nav-sign-in")).back("/");
    if problems.0.is_empty() {
        return page.html(&html);
    }
    let mut response = page.failed().html(&html);
    *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    response
}

/// Signing in with a passkey and nothing else, where this installation has them.
fn passkey_alone(visit: &Visit, to: &str) -> String {
    let Some(offer) = session::ask_anyone(visit.web.app()) else { return String::new() };
    let form = passkeys::asking(visit, "/sign-in/passkey", "sign-in-passkey", &offer);
    form.hidden("to", to).html()
}

async fn by_passkey(Sent { visit, form }: Sent) -> Answer {
    let (state, answer) = (form.text("state"), form.text("answer"));
    let app = visit.web.app();
    match session::sign_in_by_passkey(app, state, answer, &visit.device, visit.source).await {
        Ok(signed) => Ok(onward(&visit, &signed, form.text("to"))),
        Err(Refused::Declined(message)) => {
            let mut problems = Problems::default();
            problems.add("email", message);
            Ok(sign_in_form(&visit, "", form.text("to"), &problems).await)
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn ask(visit: Visit) -> Response {
    sign_in_form(&visit, "", &visit.query("to"), &Problems::default()).await
}

async fn sign_in(Sent { visit, form }: Sent) -> Answer {
    let typed = Credentials {
        email: form.text("email").to_owned(),
        passphrase: Zeroizing::new(form.text("passphrase").to_owned()),
        device: visit.device.clone(),
        mark: visit.mark.clone(),
        source: visit.source,
    };
    let to = form.text("to");
    match session::sign_in(visit.web.app(), typed).await {
        Ok(SignedIn::Done(signed)) => Ok(onward(&visit, &signed, to)),
        Ok(SignedIn::SecondFactor(signed)) => {
            Ok(onward(&visit, &signed, &gate::onward("/sign-in/second", to)))
        }
        Ok(SignedIn::EnrolFirst(signed)) => {
            Ok(onward(&visit, &signed, &gate::onward("/sign-in/enrol", to)))
        }
        Err(Refused::Declined(message)) => {
            let mut problems = Problems::default();
            problems.add("passphrase", message);
            Ok(sign_in_form(&visit, form.text("email"), to, &problems).await)
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn second_form(
    visit: &Visit,
    action: &str,
    title: &str,
    to: &str,
    problems: &Problems,
) -> Answer {
    let acting = visit.acting();
    let signed = visit.signed()?;
    let mut form = FormPage::new(visit, action, problems).hidden("to", to);
    if visit.web.app().demo {
        form = form.passphrase("passphrase", "field-passphrase", "step-up-demo-hint", false);
        return Ok(form.button("form-continue").page(title, "/account"));
    }
    if let Ok((challenge, state)) = factors::ask_passkey(&acting, signed).await {
        form = form.part(passkeys::part(visit, "get", "second-use-passkey", &(challenge, state)));
    }
    form = form.code("code", "second-code", "second-code-hint").button("form-continue");
    let other = FormPage::new(visit, action, &Problems::default())
        .hidden("to", to)
        .text("recovery", "second-recovery", "second-recovery-hint", "")
        .button("form-continue");
    let details = Details::new(visit.text("second-lost"), Content::Html(other.html()));
    let html = format!("{}{details}", form.html());
    let mut response = visit.page(&visit.text(title)).html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

async fn ask_second(visit: Visit) -> Answer {
    let signed = visit.signed()?;
    let known = factors::list(&visit.acting()).await?;
    let to = visit.query("to");
    if known.is_empty() && !visit.web.app().demo {
        return Ok(onward(&visit, signed, &gate::onward("/sign-in/enrol", &to)));
    }
    second_form(&visit, "/sign-in/second", "second-title", &to, &Problems::default()).await
}

async fn second(Sent { visit, form }: Sent) -> Answer {
    prove(&visit, &form, "/sign-in/second", "second-title").await
}

async fn prove(
    visit: &Visit,
    form: &crate::shell::form::Form,
    action: &str,
    title: &str,
) -> Answer {
    let signed = visit.signed()?;
    let acting = visit.acting();
    let proof = if !form.text("answer").is_empty() {
        let (state, answer) =
            factors::ceremony_answer(&acting, signed, form.text("state"), form.text("answer"))?;
        Some(Proof::Passkey { answer, state })
    } else if !form.text("recovery").is_empty() {
        Some(Proof::RecoveryCode(form.text("recovery").to_owned()))
    } else if visit.web.app().demo {
        None
    } else {
        Some(Proof::OneTimeCode(form.text("code").to_owned()))
    };
    match session::step_up(&acting, signed, proof.as_ref(), form.text("passphrase")).await {
        Ok(fresh) => Ok(onward(visit, &fresh, form.text("to"))),
        Err(Refused::Declined(message)) => {
            let mut problems = Problems::default();
            let field = if visit.web.app().demo { "passphrase" } else { "code" };
            problems.add(field, message);
            second_form(visit, action, title, form.text("to"), &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn ask_step_up(visit: Visit) -> Answer {
    second_form(
        &visit,
        "/account/step-up",
        "step-up-title",
        &visit.query("to"),
        &Problems::default(),
    )
    .await
}

async fn step_up(Sent { visit, form }: Sent) -> Answer {
    prove(&visit, &form, "/account/step-up", "step-up-title").await
}

async fn ask_enrol(visit: Visit) -> Answer {
    enrol_form(&visit, None, &visit.query("to"), &Problems::default())
}

fn enrol_form(visit: &Visit, state: Option<&str>, to: &str, problems: &Problems) -> Answer {
    let signed = visit.signed()?;
    let acting = visit.acting();
    let (offer, state) = match state.and_then(|s| factors::offered_again(&acting, signed, s)) {
        Some(again) => again,
        None => factors::offer_codes(&acting, signed)?,
    };
    let picture = Content::Html(offer.picture.clone());
    let form = FormPage::new(visit, "/sign-in/enrol", problems)
        .hidden("state", &state)
        .hidden("to", to)
        .words("enrol-why")
        .part(format!("<div class=\"p-qr\">{picture}</div>"))
        .code("code", "second-code", "enrol-code-hint")
        .part(Details::new(
            visit.text("enrol-by-hand"),
            Content::Html(format!("<p class=\"p-code\">{}</p>", Content::from(&offer.letters))),
        ))
        .button("form-continue");
    Ok(form.page("enrol-title", "/"))
}

async fn enrol(Sent { visit, form }: Sent) -> Answer {
    let signed = visit.signed()?;
    let acting = visit.acting();
    let (state, to) = (form.text("state"), form.text("to"));
    let codes = match factors::keep_codes(&acting, signed, state, form.text("code")).await {
        Ok(codes) => codes,
        Err(Refused::Invalid(problems)) => return enrol_form(&visit, Some(state), to, &problems),
        Err(other) => return Err(Failure(other)),
    };
    let list: String = codes.iter().map(|code| format!("<li>{code}</li>")).collect();
    let html = format!(
        "{}<ol class=\"govuk-list govuk-list--number p-code\">{list}</ol><p class=\"govuk-body\">{}</p>{}",
        InsetText::new(visit.text("enrol-codes-why")),
        Content::from(visit.text("enrol-next-code")),
        Button::link(visit.text("form-continue"), visit.link(&gate::onward("/sign-in/second", to)))
    );
    Ok(visit.page(&visit.text("enrol-codes-title")).html(&html))
}

async fn sign_out(Sent { visit, .. }: Sent) -> Answer {
    session::sign_out(&visit.acting(), visit.signed()?).await?;
    let mut response = done(&visit, "/", "signed-out");
    response.headers_mut().insert(header::SET_COOKIE, drop_cookie());
    Ok(response)
}

/// Where "Exit this page" goes: a page that says nothing, with nothing kept.
async fn leave() -> Response {
    let html = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Weather</title>\
                <meta name=\"viewport\" content=\"width=device-width\"></head><body></body></html>";
    let mut response = axum::response::Html(html).into_response();
    let headers = response.headers_mut();
    headers.insert(header::SET_COOKIE, drop_cookie());
    headers.insert(
        header::HeaderName::from_static("clear-site-data"),
        header::HeaderValue::from_static("\"cache\", \"cookies\", \"storage\""),
    );
    response
}

/// The form of an open invitation, with the organisation and the roles it is for.
async fn accept_form(visit: &Visit, token: &str, name: &str, problems: &Problems) -> Answer {
    let app = visit.web.app();
    let found = match invitation::open(app, token).await {
        Ok(found) => found.record,
        Err(Refused::NotFound) => return Ok(dead_invitation(visit)),
        Err(other) => return Err(Failure(other)),
    };
    let roles: Vec<String> =
        found.roles.iter().map(|role| visit.text(&format!("role-{}", role.code()))).collect();
    let organisation = invitation::organisation(app, &found).await?;
    let whereto = [("organisation", organisation.into()), ("roles", roles.join(" · ").into())];
    let whereto = Content::from(visit.format("invitation-to", &whereto));
    let whom = visit.format("invitation-for", &[("email", found.email.as_str().into())]);
    let whom = Content::from(whom);
    let name = if name.is_empty() && problems.0.is_empty() { found.name.as_str() } else { name };
    Ok(FormPage::new(visit, &format!("/invitation/{token}"), problems)
        .words("invitation-why")
        .part(format!("<p class=\"govuk-body\">{whereto}</p><p class=\"govuk-body\">{whom}</p>"))
        .text("name", "field-name", "field-name-hint", name)
        .passphrase("passphrase", "field-new-passphrase", "field-new-passphrase-hint", true)
        .passphrase("again", "field-again", "", true)
        .button("invitation-accept")
        .page("invitation-title", "/"))
}

/// The same words for a link that was used, taken back, is too old or never was.
fn dead_invitation(visit: &Visit) -> Response {
    let html = format!(
        "<p class=\"govuk-body-l\">{}</p>{}",
        Content::from(visit.text("invitation-dead")),
        Button::link(visit.text("nav-sign-in"), visit.link("/sign-in")).secondary()
    );
    let mut response = visit.page(&visit.text("failure-title-not-found")).html(&html);
    *response.status_mut() = axum::http::StatusCode::NOT_FOUND;
    response
}

async fn ask_accept(visit: Visit, Path(token): Path<String>) -> Answer {
    accept_form(&visit, &token, "", &Problems::default()).await
}

async fn accept(Path(token): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let passphrase = Zeroizing::new(form.text("passphrase").to_owned());
    let by = visit.signed.as_deref().map(|signed| signed.account.id);
    let (app, name, again) = (visit.web.app(), form.text("name"), form.text("again"));
    match invitation::accept(app, by, &token, name, &passphrase, again).await {
        Ok(_) => Ok(done(&visit, "/sign-in", "invitation-accepted")),
        Err(Refused::Invalid(problems)) => accept_form(&visit, &token, name, &problems).await,
        Err(Refused::NotFound) => Ok(dead_invitation(&visit)),
        Err(other) => Err(Failure(other)),
    }
}

async fn ask_recover(visit: Visit) -> Response {
    recover_form(&visit, "", "", &Problems::default())
}

fn recover_form(visit: &Visit, email: &str, reason: &str, problems: &Problems) -> Response {
    FormPage::new(visit, "/recover", problems)
        .words("recover-why")
        .email("email", "field-email", email)
        .lines("reason", "recover-reason", "recover-reason-hint", reason)
        .button("recover-ask")
        .page("recover-title", "/sign-in")
}

async fn recover(Sent { visit, form }: Sent) -> Answer {
    let (email, reason) = (form.text("email"), form.text("reason"));
    match recovery::ask(visit.web.app(), email, reason, visit.source).await {
        Ok(()) => Ok(done(&visit, "/sign-in", "recovery-asked")),
        Err(Refused::Invalid(problems)) => Ok(recover_form(&visit, email, reason, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

/// The same words for a link that was used, was ended, is too old or never was.
fn dead_recovery(visit: &Visit) -> Response {
    let html = format!(
        "<p class=\"govuk-body-l\">{}</p>{} {}",
        Content::from(visit.text("recovery-dead")),
        Button::link(visit.text("nav-sign-in"), visit.link("/sign-in")),
        Button::link(visit.text("recover-link"), visit.link("/recover")).secondary()
    );
    let mut response = visit.page(&visit.text("recovery-dead-title")).html(&html);
    *response.status_mut() = axum::http::StatusCode::NOT_FOUND;
    response
}

fn renew_form(visit: &Visit, token: &str, problems: &Problems) -> Response {
    FormPage::new(visit, &format!("/recover/{token}"), problems)
        .words("renew-why")
        .passphrase("passphrase", "field-new-passphrase", "field-new-passphrase-hint", true)
        .passphrase("again", "field-again", "", true)
        .button("form-save")
        .page("renew-title", "/sign-in")
}

async fn ask_new(visit: Visit, Path(token): Path<String>) -> Answer {
    match recovery::open(visit.web.app(), &token).await {
        Ok(_) => Ok(renew_form(&visit, &token, &Problems::default())),
        Err(Refused::NotFound) => Ok(dead_recovery(&visit)),
        Err(other) => Err(Failure(other)),
    }
}

async fn renew(Path(token): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let passphrase = Zeroizing::new(form.text("passphrase").to_owned());
    match recovery::complete(visit.web.app(), &token, &passphrase, form.text("again")).await {
        Ok(()) => Ok(done(&visit, "/sign-in", "passphrase-renewed")),
        Err(Refused::Invalid(problems)) => Ok(renew_form(&visit, &token, &problems)),
        Err(Refused::NotFound | Refused::Declined(_)) => Ok(dead_recovery(&visit)),
        Err(other) => Err(Failure(other)),
    }
}
