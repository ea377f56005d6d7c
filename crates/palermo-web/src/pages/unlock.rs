//! Opening and closing one's own key: by passphrase, by a vault passphrase of
//! its own, or by a passkey.

use super::{Answer, passkeys::asking};
use crate::{
    components::InsetText,
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::response::Response;
use palermo_app::{
    Problems, Refused,
    access::Action,
    factors,
    keys::{self, PassphraseWay, Ways},
};
use zeroize::Zeroizing;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/account/unlock", Action::Unlock, ask)
        .form("/account/unlock", Action::Unlock, unlock)
        .form("/account/unlock/passkey", Action::Unlock, by_passkey)
        .form("/account/lock", Action::Unlock, lock)
}

async fn form(visit: &Visit, problems: &Problems, to: &str) -> Result<Response, Refused> {
    let acting = visit.acting();
    let ways = keys::ways(&acting).await?;
    let mut html = passkey_part(visit, &ways, to).await?;
    let form = FormPage::new(visit, "/account/unlock", problems).hidden("to", to);
    let form = match ways.passphrase {
        PassphraseWay::SignIn => {
            let why = if ways.has_key { "keys-unlock-why" } else { "keys-unlock-first" };
            form.words(why).passphrase("passphrase", "field-passphrase", "", false)
        }
        PassphraseWay::Vault => form.words("keys-unlock-vault").passphrase(
            "passphrase",
            "field-vault-passphrase",
            "",
            false,
        ),
        PassphraseWay::Choose => form
            .words("keys-unlock-choose")
            .passphrase("passphrase", "field-vault-passphrase", "field-new-passphrase-hint", true)
            .passphrase("again", "field-again", "", true),
        PassphraseWay::None => {
            html.push_str(&InsetText::new(visit.text("keys-unlock-passkey-only")).to_string());
            return Ok(visit.page(&visit.text("keys-unlock-title")).back("/account").html(&html));
        }
    };
    let html = format!("{html}{}", form.button("keys-unlock").html());
    let mut response = visit.page(&visit.text("keys-unlock-title")).back("/account").html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

async fn passkey_part(visit: &Visit, ways: &Ways, to: &str) -> Result<String, Refused> {
    if ways.passkeys.is_empty() {
        return Ok(String::new());
    }
    match factors::ask_passkey(&visit.acting(), visit.signed()?).await {
        Ok(offer) => Ok(asking(visit, "/account/unlock/passkey", "keys-unlock-by-passkey", &offer)
            .hidden("to", to)
            .html()),
        Err(Refused::NotFound | Refused::Unavailable(_)) => Ok(String::new()),
        Err(other) => Err(other),
    }
}

async fn ask(visit: Visit) -> Answer {
    Ok(form(&visit, &Problems::default(), &visit.query("to")).await?)
}

fn back_to(visit: &Visit, to: &str) -> Response {
    if to.is_empty() {
        return done(visit, "/account", "key-opened");
    }
    let to = crate::shell::gate::destination(visit, to);
    axum::response::IntoResponse::into_response(axum::response::Redirect::to(&to))
}

async fn unlock(Sent { visit, form: sent }: Sent) -> Answer {
    let passphrase = Zeroizing::new(sent.text("passphrase").to_owned());
    let acting = visit.acting();
    match keys::unlock(&acting, visit.signed()?, &passphrase, sent.text("again")).await {
        Ok(()) => Ok(back_to(&visit, sent.text("to"))),
        Err(Refused::Invalid(problems)) => Ok(form(&visit, &problems, sent.text("to")).await?),
        Err(other) => Err(Failure(other)),
    }
}

async fn by_passkey(Sent { visit, form: sent }: Sent) -> Answer {
    let acting = visit.acting();
    let (state, answer) = (sent.text("state"), sent.text("answer"));
    match keys::unlock_by_passkey(&acting, visit.signed()?, state, answer).await {
        Ok(()) => Ok(back_to(&visit, sent.text("to"))),
        Err(Refused::Declined(message)) => {
            let mut problems = Problems::default();
            problems.add("passphrase", message);
            Ok(form(&visit, &problems, sent.text("to")).await?)
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn lock(Sent { visit, .. }: Sent) -> Answer {
    keys::lock(&visit.acting(), visit.signed()?).await?;
    Ok(done(&visit, "/account", "key-closed"))
}
