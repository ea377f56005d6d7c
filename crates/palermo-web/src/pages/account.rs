//! One's own account: particulars, second factors, sessions, key.

use super::Answer;
use crate::{
    components::{Button, Content, SummaryList, Tag},
    shell::{
        failure::Failure,
        forms::{FormPage, done, one_button},
        gate::set_mark,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use palermo_app::{
    Problems, Refused, access::Action, account, factors, invitation, keys, locale::Language,
    session,
};
use std::fmt::Write as _;
use zeroize::Zeroizing;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/account", Action::OwnAccount, show)
        .page("/account/edit", Action::OwnAccount, ask_edit)
        .form("/account/edit", Action::OwnAccount, edit)
        .page("/account/passphrase", Action::OwnAccount, ask_passphrase)
        .form("/account/passphrase", Action::OwnAccount, passphrase)
        .form("/account/factors/remove", Action::OwnAccount, remove_factor)
        .form("/account/sessions/end", Action::OwnAccount, end_session)
        .form("/account/sessions/end-others", Action::OwnAccount, end_others)
        .form("/account/keep", Action::OwnAccount, keep)
        .form("/account/device", Action::OwnAccount, device)
}

async fn show(visit: Visit) -> Answer {
    let signed = visit.signed()?;
    let acting = visit.acting();
    let mut html = String::new();
    let language = signed.language().unwrap_or(Language::En);
    let roles: Vec<String> =
        signed.roles.iter().map(|role| visit.text(&format!("role-{}", role.code()))).collect();
    let digits =
        if signed.account.own_digits { "account-digits-own" } else { "account-digits-western" };
    let list = SummaryList::new()
        .row(visit.text("field-name"), &signed.account.name)
        .row(visit.text("field-email"), &signed.account.email)
        .row(visit.text("account-organisation"), &signed.tenant.name)
        .row(visit.text("account-roles"), roles.join(" · "))
        .row(visit.text("field-language"), language.own_name())
        .row(visit.text("account-digits"), visit.text(digits));
    let _ = write!(
        html,
        "{list}{} {}",
        Button::link(visit.text("account-edit"), visit.link("/account/edit")).secondary(),
        Button::link(visit.text("account-change-passphrase"), visit.link("/account/passphrase"))
            .secondary()
    );
    html.push_str(&factor_section(&visit, &factors::list(&acting).await?));
    html.push_str(&super::organisation::link_button(&visit).await?);
    html.push_str(&key_section(&visit).await?);
    html.push_str(&session_section(&visit, &session::list(&acting).await?)?);
    html.push_str(&device_section(&visit).await?);
    let sign_out = one_button(&visit, "/sign-out", "nav-sign-out", &[], false);
    Ok(visit.page(&visit.text("account-title")).html(&format!("{html}{sign_out}")))
}

fn factor_section(visit: &Visit, known: &[palermo_app::account::Factor]) -> String {
    let mut html = format!("<h2 class=\"govuk-heading-l\">{}</h2>", visit.text("account-factors"));
    if visit.web.app().demo {
        let _ = write!(html, "<p class=\"govuk-body\">{}</p>", visit.text("account-factors-demo"));
        return html;
    }
    let mut list = SummaryList::new();
    for factor in known {
        let kind = visit.text(&format!("factor-{}", factor.record.kind.code()));
        let since = visit.format(
            "factor-since",
            &[("date", visit.date(factor.record.recorded_at.date()).into())],
        );
        let label = Content::from(&factor.record.label);
        let remove = one_button(
            visit,
            "/account/factors/remove",
            "form-remove",
            &[("id", &factor.record.id.to_string())],
            false,
        );
        list = list.row(kind, Content::Html(format!("<p>{label} {since}</p>{remove}")));
    }
    let _ = write!(
        html,
        "{list}{}",
        Button::link(visit.text("account-new-codes"), visit.link("/sign-in/enrol")).secondary()
    );
    // An installation without an address can bind no passkey.
    if session::ask_anyone(visit.web.app()).is_some() {
        let label = visit.text("account-new-passkey");
        let link = Button::link(label, visit.link("/account/passkey")).secondary();
        let _ = write!(html, " {link}");
    }
    html
}

/// One's own key: open or closed, and what opens it.
async fn key_section(visit: &Visit) -> Result<String, Refused> {
    let acting = visit.acting();
    let open = keys::is_open(&acting, visit.signed()?).await?;
    let ways = keys::ways(&acting).await?;
    let (id, colour) = if open { ("keys-open", "green") } else { ("keys-closed", "grey") };
    let mut html = format!(
        "<h2 class=\"govuk-heading-l\">{}</h2><p class=\"govuk-body\">{}</p><p class=\"govuk-body\">{}</p>",
        visit.text("account-key"),
        visit.text("account-key-why"),
        Tag::coloured(visit.text(id), colour)
    );
    if open {
        html.push_str(&apart(&one_button(visit, "/account/lock", "keys-lock", &[], false)));
        let passkeys = factors::list(&acting).await?;
        if passkeys.iter().any(|one| one.record.kind.code() == "passkey") {
            let label =
                if ways.passkeys.is_empty() { "passkey-key-bind" } else { "passkey-key-more" };
            let link = Button::link(visit.text(label), visit.link("/account/passkey/key"));
            let _ = write!(html, "{}", link.secondary());
        }
    } else {
        let link = Button::link(visit.text("keys-unlock"), visit.link("/account/unlock"));
        let _ = write!(html, "{}", link.secondary());
    }
    Ok(html)
}

fn session_section(visit: &Visit, sessions: &[account::Session]) -> Result<String, Refused> {
    let present = visit.signed()?.session.id;
    let mut html = format!("<h2 class=\"govuk-heading-l\">{}</h2>", visit.text("account-sessions"));
    let mut list = SummaryList::new();
    for session in sessions {
        let seen =
            visit.format("session-seen", &[("moment", visit.moment(session.seen_at).into())]);
        let mine = session.id == present;
        let end = if mine {
            Tag::new(visit.text("session-present")).to_string()
        } else {
            let id = session.id.to_string();
            one_button(visit, "/account/sessions/end", "session-end", &[("id", &id)], false)
        };
        list = list.row(&session.device, Content::Html(format!("<p>{seen}</p>{end}")));
    }
    let _ = write!(html, "{list}");
    if sessions.len() > 1 {
        let end = "/account/sessions/end-others";
        html.push_str(&apart(&one_button(visit, end, "session-end-others", &[], true)));
    }
    Ok(html)
}

/// Whether this browser is marked as its owner's, and the button for the other.
async fn device_section(visit: &Visit) -> Result<String, Refused> {
    let signed = visit.signed()?;
    let mine = session::known_device::is_mine(visit.web.app(), signed, &visit.mark).await?;
    let (state, colour, what, button) = if mine {
        ("device-mine", "green", "forget", "device-forget")
    } else {
        ("device-not-mine", "grey", "remember", "device-remember")
    };
    Ok(format!(
        "<h2 class=\"govuk-heading-l\">{}</h2><p class=\"govuk-body\">{}</p><p class=\"govuk-body\">{}</p>{}",
        visit.text("device-title"),
        visit.text("device-why"),
        Tag::coloured(visit.text(state), colour),
        apart(&one_button(visit, "/account/device", button, &[("do", what)], false))
    ))
}

/// With room below, before the next heading.
fn apart(html: &str) -> String {
    format!("<div class=\"govuk-form-group\">{html}</div>")
}

async fn device(Sent { visit, form }: Sent) -> Answer {
    let (mark, said) = if form.text("do") == "remember" {
        (session::known_device::remember(&visit.acting()).await?, "device-remembered")
    } else {
        (String::new(), "device-forgotten")
    };
    let mut response = done(&visit, "/account", said);
    response.headers_mut().insert(header::SET_COOKIE, set_mark(&mark));
    Ok(response)
}

fn edit_form(visit: &Visit, typed: &account::AccountForm, problems: &Problems) -> Response {
    let languages = Language::ALL
        .into_iter()
        .map(|language| (language.code().to_owned(), language.own_name().to_owned()))
        .collect();
    let digits = vec![
        ("western".to_owned(), visit.text("account-digits-western")),
        ("own".to_owned(), visit.text("account-digits-own")),
    ];
    FormPage::new(visit, "/account/edit", problems)
        .hidden("revision", &typed.revision)
        .text("name", "field-name", "field-name-hint", &typed.name)
        .radios("language", "field-language", languages, &typed.language)
        .radios("digits", "account-digits", digits, &typed.digits)
        .button("form-save")
        .page("account-edit", "/account")
}

async fn ask_edit(visit: Visit) -> Answer {
    let typed = account::form(&visit.acting()).await?;
    Ok(edit_form(&visit, &typed, &Problems::default()))
}

async fn edit(Sent { visit, form }: Sent) -> Answer {
    let typed = account::AccountForm {
        name: form.text("name").to_owned(),
        language: form.text("language").to_owned(),
        digits: form.text("digits").to_owned(),
        revision: form.text("revision").to_owned(),
    };
    match account::change(&visit.acting_once(&form), &typed).await {
        Ok(()) => Ok(done(&visit, "/account", "saved")),
        Err(Refused::Invalid(problems)) => Ok(edit_form(&visit, &typed, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

fn passphrase_form(visit: &Visit, problems: &Problems) -> Response {
    FormPage::new(visit, "/account/passphrase", problems)
        .passphrase("old", "field-old-passphrase", "", false)
        .passphrase("passphrase", "field-new-passphrase", "field-new-passphrase-hint", true)
        .passphrase("again", "field-again", "", true)
        .button("form-save")
        .page("account-change-passphrase", "/account")
}

async fn ask_passphrase(visit: Visit) -> Response {
    passphrase_form(&visit, &Problems::default())
}

async fn passphrase(Sent { visit, form }: Sent) -> Answer {
    let old = Zeroizing::new(form.text("old").to_owned());
    let new = Zeroizing::new(form.text("passphrase").to_owned());
    let acting = visit.acting();
    let signed = visit.signed()?;
    match invitation::change_passphrase(&acting, signed, &old, &new, form.text("again")).await {
        Ok(()) => Ok(done(&visit, "/account", "passphrase-changed")),
        Err(Refused::Invalid(problems)) => Ok(passphrase_form(&visit, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

async fn remove_factor(Sent { visit, form }: Sent) -> Answer {
    let id = palermo_app::desk::parse_id(form.text("id"))?;
    factors::remove(&visit.acting_once(&form), id).await?;
    Ok(done(&visit, "/account", "factor-removed"))
}

async fn end_session(Sent { visit, form }: Sent) -> Answer {
    let id = palermo_app::desk::parse_id(form.text("id"))?;
    session::end(&visit.acting_once(&form), id).await?;
    Ok(done(&visit, "/account", "session-ended"))
}

async fn end_others(Sent { visit, form }: Sent) -> Answer {
    session::end_others(&visit.acting_once(&form), visit.signed()?).await?;
    Ok(done(&visit, "/account", "sessions-ended"))
}

/// Answers the script that keeps a session alive: asking is enough.
async fn keep(_: Sent) -> Response {
    StatusCode::NO_CONTENT.into_response()
}
