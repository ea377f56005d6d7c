//! Passkeys of one's own account: made, and allowed to open one's key. The
//! script fills in the hidden answer; without it the pages say what else helps.

use super::Answer;
use crate::{
    components::{Button, Content, InsetText},
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::response::Response;
use palermo_app::{Message, Problems, Refused, access::Action, factors, keys};
use serde_json::Value as Json;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/account/passkey", Action::OwnAccount, ask_make)
        .form("/account/passkey", Action::OwnAccount, make)
        .page("/account/passkey/key", Action::Unlock, ask_bind)
        .form("/account/passkey/key", Action::Unlock, bind)
}

/// A challenge and the sealed state that comes back with the answer.
pub(super) type Offer = (Json, String);

/// The part of a form the script works on: a button that asks the browser, and
/// the hidden answer. Hidden until the script shows it; before that, words
/// that say so.
pub(super) fn part(visit: &Visit, kind: &str, label: &str, offer: &Offer) -> String {
    let options = Content::from(offer.0.to_string()).to_string().replace('"', "&quot;");
    let failed = Content::from(visit.text("passkey-failed")).to_string().replace('"', "&quot;");
    format!(
        "<input type=\"hidden\" name=\"state\" value=\"{}\">\
         <input type=\"hidden\" name=\"answer\" value=\"\">\
         <div class=\"p-passkey\" data-passkey=\"{kind}\" data-options=\"{options}\" \
         data-failed=\"{failed}\" hidden>{}<p class=\"govuk-error-message\" role=\"alert\" hidden></p></div>",
        offer.1,
        Button::new(visit.text(label)).secondary()
    )
}

/// A form of one button that asks for a passkey.
pub(super) fn asking<'a>(
    visit: &'a Visit,
    action: &str,
    label: &str,
    offer: &Offer,
) -> FormPage<'a> {
    FormPage::new(visit, action, &Problems::default()).part(part(visit, "get", label, offer))
}

/// What stands on a page that is no use without the script.
fn without_script(visit: &Visit) -> String {
    format!("<noscript>{}</noscript>", InsetText::new(visit.text("passkey-needs-script")))
}

async fn make_form(visit: &Visit, problems: &Problems, label: &str) -> Result<Response, Refused> {
    let offer = match factors::offer_passkey(&visit.acting(), visit.signed()?).await {
        Ok(offer) => offer,
        // No address was given to this installation, so no passkey can be bound to it.
        Err(Refused::Unavailable(_)) => {
            return Err(Refused::Declined(Message::new("error-no-passkeys-here")));
        }
        Err(other) => return Err(other),
    };
    Ok(FormPage::new(visit, "/account/passkey", problems)
        .words("passkey-why")
        .part(without_script(visit))
        .text("label", "passkey-label", "passkey-label-hint", label)
        .part(part(visit, "create", "passkey-make", &offer))
        .page("account-new-passkey", "/account"))
}

async fn ask_make(visit: Visit) -> Answer {
    Ok(make_form(&visit, &Problems::default(), "").await?)
}

async fn make(Sent { visit, form }: Sent) -> Answer {
    let acting = visit.acting();
    let signed = visit.signed()?;
    let (state, answer, label) = (form.text("state"), form.text("answer"), form.text("label"));
    match factors::keep_passkey(&acting, signed, state, answer, label).await {
        Ok(true) => Ok(done(&visit, "/account/passkey/key", "passkey-made")),
        Ok(false) => Ok(done(&visit, "/account", "passkey-made")),
        Err(Refused::Declined(message)) => {
            let mut problems = Problems::default();
            problems.add("label", message);
            Ok(make_form(&visit, &problems, label).await?)
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn ask_bind(visit: Visit) -> Answer {
    let acting = visit.acting();
    let signed = visit.signed()?;
    let ways = keys::ways(&acting).await?;
    if ways.has_key && !keys::is_open(&acting, signed).await? {
        return Err(Failure(Refused::UnlockNeeded));
    }
    let offer = factors::ask_passkey(&acting, signed).await?;
    let why = visit.text("passkey-key-why");
    let html = format!(
        "<p class=\"govuk-body-l\">{why}</p>{}{}<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{}\">{}</a></p>",
        without_script(&visit),
        asking(&visit, "/account/passkey/key", "passkey-key-bind", &offer).html(),
        visit.link("/account"),
        visit.text("passkey-key-later")
    );
    Ok(visit.page(&visit.text("passkey-key-title")).back("/account").html(&html))
}

async fn bind(Sent { visit, form }: Sent) -> Answer {
    let (state, answer) = (form.text("state"), form.text("answer"));
    let bound = keys::bind_passkey(&visit.acting(), visit.signed()?, state, answer).await?;
    let what = match bound {
        keys::Passkey::Opens => "passkey-opens",
        keys::Passkey::NoPrf => "passkey-no-prf",
    };
    Ok(done(&visit, "/account", what))
}
