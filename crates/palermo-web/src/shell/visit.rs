//! One request by one person: who they are, which language they read, and
//! the small things every page needs.

use super::{
    failure::Failure,
    form::{Form, ONCE_FIELD, TOKEN_FIELD},
    layout::Page,
    route::Declared,
    static_files,
};
use crate::{components::Words, state::Web};
use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, FromRequestParts, Request},
    http::{header, request::Parts},
};
use palermo_app::{
    Acting, Message, Refused,
    access::{Action, Resource},
    domain::{moment::Moment, money::Money},
    locale::{Arg, Language},
    session::Signed,
    token::Presented,
    tokens,
};
use std::{net::IpAddr, pin::Pin, sync::Arc};

/// Longest form accepted, in bytes; uploads have their own limit.
pub const LONGEST_FORM: usize = 1 << 20;

/// One request by one person.
#[derive(Clone)]
pub struct Visit {
    /// Shared state.
    pub web: Web,
    /// The route.
    pub route: Declared,
    /// Who is signed in.
    pub signed: Option<Arc<Signed>>,
    /// The program that shows a token, on routes for programs.
    pub program: Option<Arc<Presented>>,
    /// Whether a token was shown, also one that does not count.
    pub presented: bool,
    /// The language of the answer.
    pub language: Language,
    /// Whether the address named it.
    pub language_named: bool,
    /// Path and query without the language.
    pub address: String,
    /// Where the request comes from, for the throttle.
    pub source: Option<IpAddr>,
    /// What the browser calls itself, for the list of sessions.
    pub device: String,
    /// The mark of a device someone made theirs; empty without one.
    pub mark: String,
}

impl std::fmt::Debug for Visit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Visit({} {})", self.route.method, self.route.path)
    }
}

impl Visit {
    /// The person doing something.
    #[must_use]
    pub fn acting(&self) -> Acting<'_> {
        let app = self.web.app();
        match (&self.signed, &self.program) {
            (Some(signed), _) => signed.acting(app, self.language),
            (None, Some(program)) => program.acting(app, self.language),
            (None, None) => Acting::public(app, self.language),
        }
    }

    /// The same, so that this form counts once however often it is sent.
    #[must_use]
    pub fn acting_once(&self, form: &Form) -> Acting<'_> {
        let mut acting = self.acting();
        acting.once = form.once().cloned();
        acting
    }

    /// Whether a link to this should be shown.
    #[must_use]
    pub fn may(&self, action: Action, resource: &Resource) -> bool {
        let decision = self.acting().may(action, resource);
        decision.allowed || decision.wants_step_up()
    }

    /// A message.
    #[must_use]
    pub fn text(&self, id: &str) -> String {
        self.web.app().catalogue.text(self.language, id)
    }

    /// A message with values.
    #[must_use]
    pub fn format(&self, id: &str, values: &[(&str, Arg<'_>)]) -> String {
        self.web.app().catalogue.format(self.language, id, values)
    }

    /// A message the program composed.
    #[must_use]
    pub fn say(&self, message: &Message) -> String {
        message.say(&self.web.app().catalogue, self.language)
    }

    /// The same for a file: no marks of direction.
    #[must_use]
    pub fn say_plain(&self, message: &Message) -> String {
        message.say_plain(&self.web.app().catalogue, self.language)
    }

    /// The words that parts bring themselves.
    #[must_use]
    pub fn words(&self) -> Words {
        Words::load(|id| self.text(id))
    }

    /// An address of ours in the language of this page.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("/{}{path}", self.language.code())
    }

    /// The address of a static file.
    #[must_use]
    pub fn file(&self, name: &str) -> String {
        static_files::address(name)
    }

    /// Hidden fields of every form: the masked token and the request's name.
    #[must_use]
    pub fn form_fields(&self) -> String {
        let app = self.web.app();
        let secret = self.signed.as_ref().map(|signed| signed.form_secret);
        let token = tokens::form_token(app, secret.as_ref());
        let once = tokens::random_name(app);
        format!(
            "<input type=\"hidden\" name=\"{TOKEN_FIELD}\" value=\"{token}\">\
             <input type=\"hidden\" name=\"{ONCE_FIELD}\" value=\"{once}\">"
        )
    }

    /// Whether a form's token is ours and this session's.
    #[must_use]
    pub fn token_holds(&self, form: &Form) -> bool {
        let secret = self.signed.as_ref().map(|signed| signed.form_secret);
        tokens::form_token_holds(self.web.app(), secret.as_ref(), form.text(TOKEN_FIELD))
    }

    /// Begins a page.
    #[must_use]
    pub fn page(&self, title: &str) -> Page<'_> {
        Page::new(self, title)
    }

    /// Who is signed in with a session.
    ///
    /// # Errors
    /// [`Refused::SignInNeeded`] if nobody is.
    pub fn signed(&self) -> Result<&Signed, Refused> {
        self.signed.as_deref().ok_or(Refused::SignInNeeded)
    }

    /// A whole number as the reader writes it.
    #[must_use]
    pub fn whole(&self, number: usize) -> String {
        self.number(number as f64)
    }

    /// A count rounded down to multiples of a base: `10 or more`, `fewer than 5`.
    #[must_use]
    pub fn at_least(&self, count: usize, base: usize) -> String {
        match count {
            0 => self.format("month-fewer", &[("base", self.whole(base).into())]),
            _ => self.format("month-at-least", &[("count", self.whole(count).into())]),
        }
    }

    /// A number as the reader writes it.
    #[must_use]
    pub fn number(&self, number: f64) -> String {
        let own = self.signed.as_ref().is_some_and(|signed| signed.account.own_digits);
        palermo_app::locale::number(self.language, own, number)
    }

    /// An amount as the reader writes it, with the places and the code of its currency.
    #[must_use]
    pub fn money(&self, money: Money) -> String {
        let own = self.signed.as_ref().is_some_and(|signed| signed.account.own_digits);
        let places = u8::try_from(money.currency().places()).unwrap_or(2);
        let number = palermo_app::locale::fixed(self.language, own, money.number(), places);
        format!("{number}\u{a0}{}", money.currency())
    }

    /// A date as the reader writes it.
    #[must_use]
    pub fn date(&self, date: time::Date) -> String {
        let own = self.signed.as_ref().is_some_and(|signed| signed.account.own_digits);
        palermo_app::locale::date(self.language, own, date)
    }

    /// A moment as the reader writes it, in UTC.
    #[must_use]
    pub fn moment(&self, moment: Moment) -> String {
        let at = moment.at();
        let own = self.signed.as_ref().is_some_and(|signed| signed.account.own_digits);
        format!("{} UTC", palermo_app::locale::moment(self.language, own, at))
    }

    /// The name of a State in the reader's language; its code if it has none.
    #[must_use]
    pub fn state(&self, code: &str) -> String {
        match code.parse() {
            Ok(state) => self.web.app().registers.states.name(state, self.language.code()),
            Err(_) => code.to_owned(),
        }
    }

    /// The name of a mechanism in the reader's language, in English where it has none;
    /// the id where no profile has it.
    #[must_use]
    pub fn mechanism(&self, id: &str) -> String {
        let found = self.web.app().content.mechanisms().get(id);
        found.map_or_else(
            || id.to_owned(),
            |profile| profile.names.said_in(self.language.code()).to_owned(),
        )
    }

    /// The order of two texts in the reader's language.
    #[must_use]
    pub fn compare(&self, a: &str, b: &str) -> std::cmp::Ordering {
        palermo_app::locale::compare(self.language, a, b)
    }

    /// One value of the query, decoded.
    #[must_use]
    pub fn query(&self, name: &str) -> String {
        let query = self.address.split_once('?').map_or("", |(_, query)| query);
        Form::parse(query.as_bytes()).text(name).to_owned()
    }

    /// The address without its query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.address.split_once('?').map_or(&self.address, |(path, _)| path)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(Failure(Refused::Unavailable("a route was reached past the gate".into())))
    }
}

/// A visit together with the form it sends; the cross-site check has passed.
#[derive(Debug)]
pub struct Sent {
    /// The visit.
    pub visit: Visit,
    /// What was sent.
    pub form: Form,
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        Self::boxed(request).await
    }
}

impl Sent {
    /// Behind a pointer, so that each handler does not get this code anew.
    fn boxed(request: Request) -> Pin<Box<dyn Future<Output = Result<Self, Failure>> + Send>> {
        Box::pin(Self::read(request))
    }

    async fn read(request: Request) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, &()).await?;
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_none_or(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
            return Err(Failure(Refused::Declined(Message::new("error-not-a-form"))));
        }
        let body: Bytes = to_bytes(body, LONGEST_FORM)
            .await
            .map_err(|_| Failure(Refused::Declined(Message::new("error-form-too-large"))))?;
        let form = Form::parse(&body).sent_to(&visit.address, &[]);
        let told = super::cross_site::judge(&parts.headers);
        let ours = match told {
            super::cross_site::Origin::Own => true,
            super::cross_site::Origin::Foreign => false,
            super::cross_site::Origin::Untold => visit.token_holds(&form),
        };
        if !ours {
            return Err(Failure(Refused::Declined(Message::new("error-other-site"))));
        }
        if !super::kept::is_own(&visit, &form) {
            return Err(Failure(Refused::Declined(Message::new("kept-of-another"))));
        }
        Ok(Self { visit, form })
    }
}
