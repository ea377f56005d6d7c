//! An organisation's own sign-in: described by its administrator, used at the
//! sign-in page, linked by each member for themselves.

use super::{Answer, sign_in::onward};
use crate::{
    components::{Button, Content},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        gate::onward as remember,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    organisation::{self, Back, ProviderForm},
    ports::{ProviderAnswer, ProviderSettings},
    session::SignedIn,
};

/// The cookie of a sign-in that has begun: gone when the browser comes back.
const COOKIE: &str = "__Host-palermo-elsewhere";

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/sign-in/organisation/{id}", Action::SignIn, start)
        .page("/sign-in/back", Action::SignIn, back)
        .page("/account/organisation/{id}", Action::OwnAccount, start_link)
        .page("/admin/sign-in", Action::ManageSignIn, ask)
        .form("/admin/sign-in", Action::ManageSignIn, save)
}

/// Buttons for the sign-in page, one for each organisation that has its own.
pub(super) async fn buttons(visit: &Visit) -> String {
    let offered = match organisation::offered(visit.web.app()).await {
        Ok(offered) => offered,
        Err(error) => {
            tracing::error!(%error, "sign-ins of organisations could not be listed");
            return String::new();
        }
    };
    offered
        .iter()
        .map(|one| {
            let text = visit.format("organisation-sign-in", &[("name", (&one.name).into())]);
            let path = format!("/sign-in/organisation/{}", one.id);
            format!("<p>{}</p>", Button::link(text, visit.link(&path)).secondary())
        })
        .collect()
}

/// The link by which a member links their account, where there is one.
pub(super) async fn link_button(visit: &Visit) -> Result<String, Refused> {
    let Some(own) = organisation::own(&visit.acting()).await? else { return Ok(String::new()) };
    let text = visit.format("organisation-link", &[("name", (&own.name).into())]);
    let path = visit.link(&format!("/account/organisation/{}", own.id));
    Ok(Button::link(text, path).secondary().to_string())
}

fn leave(address: &str, kept: &str) -> Response {
    let mut response = Redirect::to(address).into_response();
    let cookie = format!("{COOKIE}={kept}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}

async fn start(visit: Visit, Path(id): Path<String>) -> Answer {
    let (address, kept) = organisation::start(visit.web.app(), &id, None).await?;
    Ok(leave(&address, &kept))
}

async fn start_link(visit: Visit, Path(id): Path<String>) -> Answer {
    let signed = visit.signed()?;
    let (address, kept) = organisation::start(visit.web.app(), &id, Some(signed)).await?;
    Ok(leave(&address, &kept))
}

fn kept(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('=').map(str::to_owned))
}

async fn back(visit: Visit, headers: HeaderMap) -> Answer {
    let none = || Failure(Refused::Declined(Message::new("error-organisation-sign-in")));
    let kept = kept(&headers).ok_or_else(none)?;
    let query = visit.address.split_once('?').map_or("", |(_, query)| query);
    let sent = Form::parse(query.as_bytes());
    let one = |name: &str| (!sent.text(name).is_empty()).then(|| sent.text(name).to_owned());
    let answer = ProviderAnswer {
        state: one("state"),
        code: one("code"),
        error: one("error"),
        iss: one("iss"),
    };
    let app = visit.web.app();
    let signed = visit.signed.as_deref();
    let found = organisation::back(app, &kept, answer, signed, &visit.device, visit.source).await?;
    let mut response = match found {
        Back::Linked => done(&visit, "/account", "organisation-linked"),
        Back::SignedIn(SignedIn::Done(signed)) => onward(&visit, &signed, "/work"),
        Back::SignedIn(SignedIn::SecondFactor(signed)) => {
            onward(&visit, &signed, &remember("/sign-in/second", "/work"))
        }
        Back::SignedIn(SignedIn::EnrolFirst(signed)) => onward(&visit, &signed, "/sign-in/enrol"),
    };
    let gone = format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    if let Ok(value) = HeaderValue::from_str(&gone) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

fn form(visit: &Visit, typed: &ProviderForm, problems: &Problems) -> Response {
    let hint = if typed.has_secret { "provider-secret-kept" } else { "provider-secret-hint" };
    let tick = |on: bool| if on { vec!["yes".to_owned()] } else { Vec::new() };
    let yes = |id: &str| vec![("yes".to_owned(), visit.text(id))];
    let redirect = Content::from(visit.text("provider-redirect"));
    let known = &typed.settings;
    FormPage::new(visit, "/admin/sign-in", problems)
        .words("provider-why")
        .part(format!(
            "<p class=\"govuk-body\">{redirect} <code class=\"p-code\" dir=\"ltr\">/sign-in/back</code></p>"
        ))
        .hidden("revision", &typed.revision)
        .text("name", "provider-name", "provider-name-hint", &typed.name)
        .text("issuer", "provider-issuer", "provider-issuer-hint", &known.issuer)
        .text("authorization_endpoint", "provider-authorization", "", &known.authorization_endpoint)
        .text("token_endpoint", "provider-token", "", &known.token_endpoint)
        .text("jwks_uri", "provider-keys", "", &known.jwks_uri)
        .text("client_id", "provider-client", "", &known.client_id)
        .passphrase("secret", "provider-secret", hint, true)
        .text("claim", "provider-claim", "provider-claim-hint", &known.claim)
        .lines("values", "provider-values", "provider-values-hint", &typed.values)
        .checkboxes(
            "second_factor",
            "provider-second",
            yes("provider-second-yes"),
            &tick(known.second_factor),
        )
        .checkboxes("open", "provider-open", yes("provider-open-yes"), &tick(typed.open))
        .button("form-save")
        .page("admin-sign-in", "/admin")
}

async fn ask(visit: Visit) -> Answer {
    let typed = organisation::form(&visit.acting()).await?;
    Ok(form(&visit, &typed, &Problems::default()))
}

async fn save(Sent { visit, form: sent }: Sent) -> Answer {
    let text = |name: &str| sent.text(name).trim().to_owned();
    let typed = ProviderForm {
        name: text("name"),
        settings: ProviderSettings {
            issuer: text("issuer"),
            authorization_endpoint: text("authorization_endpoint"),
            token_endpoint: text("token_endpoint"),
            jwks_uri: text("jwks_uri"),
            client_id: text("client_id"),
            claim: text("claim"),
            second_factor: sent.ticked("second_factor"),
            ..ProviderSettings::default()
        },
        values: sent.text("values").to_owned(),
        secret: text("secret"),
        open: sent.ticked("open"),
        revision: text("revision"),
        has_secret: false,
    };
    match organisation::save(&visit.acting_once(&sent), &typed).await {
        Ok(()) => Ok(done(&visit, "/admin", "provider-saved")),
        Err(Refused::Invalid(problems)) => Ok(form(&visit, &typed, &problems)),
        Err(other) => Err(Failure(other)),
    }
}
