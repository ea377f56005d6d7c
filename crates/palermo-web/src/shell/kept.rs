//! What was typed, given back when nothing could be done with it: the session
//! had ended, the key was closed, someone else was faster. It goes back into
//! the page of the answer and nowhere else: into no address, log or database.
//!
//! Only a form from one of our own pages is given back; a stranger's form
//! shown again would be one click from being sent in someone's name. What is
//! given back is sealed to who typed it: whoever signs in next on the same
//! device cannot send it as theirs.

use super::{
    again,
    cross_site::{Origin, judge},
    form::{Form, ONCE_FIELD, TOKEN_FIELD, WHOSE_FIELD},
    markup::Left,
    route::{Declared, Surface},
    visit::{LONGEST_FORM, Visit},
};
use crate::components::{Button, Content};
use axum::{
    body::{Body, Bytes, to_bytes},
    http::{Method, header, request::Parts},
};
use http_body::Body as _;
use palermo_app::{Refused, access::Action, domain::id::AccountId, tokens};
use std::{fmt::Write as _, time::Duration};

/// How long a form that was given back can be sent.
const HOLDS: Duration = Duration::from_secs(12 * 3600);
const PURPOSE: &str = "form given back";

/// A form as it was sent, held while its request lasts.
pub struct Kept {
    bytes: Bytes,
    /// Whose session it came with, where that had ended.
    owner: Option<AccountId>,
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Kept({} bytes)", self.bytes.len())
    }
}

/// Reads a form so that it can be given back, and the body for whoever reads
/// it next. Files, long and foreign forms pass by unread. Nothing if the line
/// broke: half a form must not be taken for a whole one.
pub async fn read(parts: &Parts, route: &Declared, body: Body) -> Option<(Option<Kept>, Body)> {
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let form = kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    let size = body.size_hint().upper().and_then(|size| usize::try_from(size).ok());
    let ours = parts.method == Method::POST
        && route.surface == Surface::Page
        && !route.path.is_empty()
        && !is_secret(route)
        && judge(&parts.headers) == Origin::Own;
    if !ours || !form || size.is_none_or(|size| size > LONGEST_FORM) {
        return Some((None, body));
    }
    let bytes = to_bytes(body, LONGEST_FORM).await.ok()?;
    Some((Some(Kept { bytes: bytes.clone(), owner: None }), Body::from(bytes)))
}

/// Whether a form that was given back, if it is one, is sent by who typed it. Where
/// nobody is signed in the route is everyone's, or refuses by itself.
#[must_use]
pub fn is_own(visit: &Visit, form: &Form) -> bool {
    let whose = form.text(WHOSE_FIELD);
    let Some(signed) = visit.signed.as_ref().filter(|_| !whose.is_empty()) else { return true };
    owner_of(visit, whose) == Some(signed.account.id)
}

fn owner_of(visit: &Visit, whose: &str) -> Option<AccountId> {
    tokens::kept(visit.web.app(), PURPOSE, b"", whose)
}

/// Forms of secrets are typed anew.
fn is_secret(route: &Declared) -> bool {
    let typed_anew = matches!(
        route.action,
        Action::SignIn
            | Action::SecondFactor
            | Action::Unlock
            | Action::OwnView
            | Action::FetchSealedFile
    );
    typed_anew || route.path.starts_with("/admin/keys") || route.path.starts_with("/admin/recovery")
}

/// Fields that are typed anew each time.
fn hides(name: &str) -> bool {
    name.contains("passphrase") || name.contains("secret")
}

/// What forms send along without showing it.
const UNSEEN: [&str; 6] = ["revision", "seen", "for", "step", "what", "to"];

/// Whether someone typed this: no version of a form, no id of a record.
pub(super) fn is_typed(name: &str, value: &str) -> bool {
    let id = value.len() == 36
        && value.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    !id && !value.trim().is_empty() && !name.starts_with('_') && !UNSEEN.contains(&name)
}

/// Everything typed, to be read where no form takes it any more.
fn left(form: &Form) -> Vec<Left> {
    let pairs =
        form.names().flat_map(|name| form.list(name).iter().map(move |value| (name, value)));
    let typed = pairs.filter(|(name, value)| is_typed(name, value));
    typed
        .map(|(name, value)| Left { name: name.to_owned(), label: None, value: value.clone() })
        .collect()
}

/// What helps, as a message and a page of ours to open beside this one.
fn way(refused: &Refused) -> Option<(&'static str, &'static str)> {
    match refused {
        Refused::SignInNeeded => Some(("kept-sign-in", "/sign-in")),
        Refused::StepUpNeeded => Some(("kept-step-up", "/account/step-up")),
        Refused::UnlockNeeded => Some(("kept-unlock", "/account/unlock")),
        _ => None,
    }
}

impl Kept {
    /// The same, of a session that had ended.
    #[must_use]
    pub fn of(self, owner: Option<AccountId>) -> Self {
        Self { owner, ..self }
    }

    /// Who typed it: whom it was given back to before, who is signed in, or whose session
    /// had ended.
    fn whose(&self, visit: &Visit, form: &Form, refused: &Refused) -> String {
        let ended = self.owner.filter(|_| matches!(refused, Refused::SignInNeeded));
        let signed = visit.signed.as_ref().map(|signed| signed.account.id);
        let before = owner_of(visit, form.text(WHOSE_FIELD));
        let owner = before.or(signed).or(ended);
        owner.map_or_else(String::new, |owner| {
            let sealed = tokens::keep(visit.web.app(), PURPOSE, b"", &owner, HOLDS);
            format!("<input type=\"hidden\" name=\"{WHOSE_FIELD}\" value=\"{sealed}\">")
        })
    }

    /// What was typed, where the form is worth opening again: someone else was faster, or
    /// something in it is wrong.
    #[must_use]
    pub fn typed(&self, refused: &Refused) -> Option<Form> {
        let opens = matches!(refused, Refused::Conflict | Refused::Invalid(_));
        let form = opens.then(|| Form::parse(&self.bytes))?;
        let secret = form.names().any(hides);
        (!secret).then_some(form)
    }

    /// The part of the answer that gives everything back; nothing where there
    /// is nothing to give back or it would not help.
    #[must_use]
    pub fn part(&self, visit: &Visit, refused: &Refused) -> Option<String> {
        let again = way(refused).is_some()
            || matches!(refused, Refused::Unavailable(_) | Refused::TooMany(_));
        if !again && !matches!(refused, Refused::Conflict | Refused::Invalid(_)) {
            return None;
        }
        let form = Form::parse(&self.bytes);
        let told = |name: &&str| *name != TOKEN_FIELD && *name != WHOSE_FIELD;
        let names: Vec<&str> = form.names().filter(told).collect();
        if names.iter().all(|name| *name == ONCE_FIELD) || names.iter().any(|name| hides(name)) {
            return None;
        }
        let mut html = String::new();
        if let Some((message, path)) = way(refused) {
            let _ = write!(
                html,
                "<p class=\"govuk-body\"><a class=\"govuk-button\" role=\"button\" draggable=\"false\" \
                 data-module=\"govuk-button\" target=\"_blank\" rel=\"noopener\" href=\"{}\">{}</a></p>",
                visit.link(path),
                Content::from(visit.text(message)),
            );
        }
        if !again {
            let left = left(&form);
            return (!left.is_empty()).then(|| again::words(visit, &left));
        }
        let fields = fields(visit, &form, &names);
        let action = Content::from(visit.link(&visit.address)).to_string();
        let secret = visit.signed.as_ref().map(|signed| signed.form_secret);
        let token = tokens::form_token(visit.web.app(), secret.as_ref());
        let _ = write!(
            html,
            "<h2 class=\"govuk-heading-m\">{}</h2><p class=\"govuk-body\">{}</p>\
             <form method=\"post\" action=\"{}\" novalidate data-keep>\
             <input type=\"hidden\" name=\"{TOKEN_FIELD}\" value=\"{token}\">{}{fields}{}</form>",
            Content::from(visit.text("kept-title")),
            Content::from(visit.text("kept-how")),
            quoted(&action),
            self.whose(visit, &form, refused),
            Button::new(visit.text("kept-send")),
        );
        Some(html)
    }
}

/// Words to be read, and everything else unseen; the request keeps its name,
/// so that what came through after all counts once.
fn fields(visit: &Visit, form: &Form, names: &[&str]) -> String {
    let (mut html, mut number) = (String::new(), 0_usize);
    for name in names {
        let field = quoted(&Content::from(*name).to_string());
        for value in form.list(name) {
            let shown = Content::from(value).to_string();
            if name.starts_with('_') || !value.contains(char::is_whitespace) {
                let value = quoted(&shown);
                let _ = write!(html, "<input type=\"hidden\" name=\"{field}\" value=\"{value}\">");
                continue;
            }
            number += 1;
            let label = visit.format("kept-text", &[("number", visit.whole(number).into())]);
            // A line break after the tag is not part of the words.
            let _ = write!(
                html,
                "<div class=\"govuk-form-group\"><label class=\"govuk-label\" for=\"kept-{number}\">{}</label>\
                 <textarea class=\"govuk-textarea\" id=\"kept-{number}\" name=\"{field}\" rows=\"5\" \
                 dir=\"auto\" readonly>\n{shown}</textarea></div>",
                Content::from(label),
            );
        }
    }
    html
}

fn quoted(escaped: &str) -> String {
    escaped.replace('"', "&quot;")
}
