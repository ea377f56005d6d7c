//! What a program asks for: names in the path and parameters after it. Each
//! is checked, and what is wrong with them is told all at once, by name.

use super::Stop;
use crate::shell::{failure::Malformed, form::Form, visit::Visit};
use axum::{
    extract::{FromRequestParts, Path},
    http::{StatusCode, request::Parts},
};
use palermo_app::{
    Message, Problems, Refused,
    domain::register::{day::Day, state::StateCode},
};
use std::{collections::BTreeSet, ops::RangeInclusive, str::FromStr};
use utoipa::IntoParams;

/// Longest name of a record in an address, in bytes.
const LONGEST_NAME: usize = 200;
/// Longest text to look for, in characters.
const LONGEST_TEXT: usize = 200;

/// The name of a record, from the path. What cannot be one is not found.
#[derive(Debug)]
pub(super) struct Named(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Stop> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(name)) if name.len() <= LONGEST_NAME => Ok(Self(name)),
            _ => Err(Refused::NotFound.into()),
        }
    }
}

/// The parameters an operation takes.
pub(super) trait Ask: Sized {
    /// Reads them all.
    fn read(reader: &mut Reader<'_>) -> Self;
}

/// No parameters: whatever is sent is not known.
impl Ask for () {
    fn read(_: &mut Reader<'_>) -> Self {}
}

/// Two sets of parameters in one query.
impl<A: Ask, B: Ask> Ask for (A, B) {
    fn read(reader: &mut Reader<'_>) -> Self {
        (A::read(reader), B::read(reader))
    }
}

/// The parameters, read and checked.
#[derive(Debug)]
pub(super) struct Asked<T>(pub T);

impl<T: Ask, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Stop> {
        let visit = Visit::from_request_parts(parts, state).await?;
        let form = Form::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let mut reader =
            Reader { visit: &visit, form: &form, known: Vec::new(), problems: Problems::default() };
        let asked = T::read(&mut reader);
        reader.finish()?;
        Ok(Self(asked))
    }
}

/// Reads parameters one by one, noting which there are and what is wrong.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    visit: &'a Visit,
    form: &'a Form,
    known: Vec<&'static str>,
    problems: Problems,
}

impl<'a> Reader<'a> {
    /// The parameter as it was sent; none if it was not.
    fn sent(&mut self, name: &'static str) -> Option<&'a str> {
        self.known.push(name);
        let values = self.form.list(name);
        if values.len() > 1 {
            self.problems.add(name, Message::new("api-parameter-twice"));
        }
        values.first().map(String::as_str)
    }

    /// What `read` makes of it, if it was sent.
    pub fn parsed<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&str) -> Result<T, Message>,
    ) -> Option<T> {
        match read(self.sent(name)?) {
            Ok(value) => Some(value),
            Err(message) => {
                self.problems.add(name, message);
                None
            }
        }
    }

    /// A text to look for; an empty one looks for nothing.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        let sent = self.sent(name)?;
        let text = self.problems.bounded(name, sent, LONGEST_TEXT);
        (!text.is_empty()).then_some(text)
    }

    /// The id of a record.
    pub fn id<T: FromStr>(&mut self, name: &'static str) -> Option<T> {
        self.parsed(name, |sent| {
            let wrong = || Message::new("api-not-an-id").with("value", shortened(sent));
            sent.parse().ok().ok_or_else(wrong)
        })
    }

    /// A day of the calendar, `2009-04-16`.
    pub fn day(&mut self, name: &'static str) -> Option<Day> {
        self.parsed(name, day)
    }

    /// A State of the register by its code.
    pub fn state(&mut self, name: &'static str) -> Option<StateCode> {
        let states = &self.visit.web.app().registers.states;
        self.parsed(name, |sent| {
            let code = StateCode::typed(sent).ok().filter(|code| states.get(*code).is_some());
            code.ok_or_else(|| Message::new("error-unknown-state").with("code", shortened(sent)))
        })
    }

    /// The id of a mechanism of the register, in capitals or small letters.
    pub fn mechanism(&mut self, name: &'static str) -> Option<String> {
        let register = self.visit.web.app().content.mechanisms();
        self.parsed(name, |sent| {
            let ids = || register.profiles().map(|one| one.id.as_str());
            let known = ids().find(|id| id.eq_ignore_ascii_case(sent)).map(str::to_owned);
            known.ok_or_else(|| {
                let words = ids().collect::<Vec<_>>().join(", ");
                Message::new("api-not-a-word").with("words", words)
            })
        })
    }

    /// Words that stand in the kind of at least one mechanism.
    pub fn mechanism_kind(&mut self, name: &'static str) -> Option<String> {
        let text = self.text(name)?;
        let wanted = text.to_lowercase();
        let profiles = self.visit.web.app().content.mechanisms().profiles();
        let kinds: BTreeSet<&str> = profiles.map(|one| one.kind.as_str()).collect();
        if kinds.iter().any(|kind| kind.to_lowercase().contains(&wanted)) {
            return Some(text);
        }
        let words = kinds.into_iter().collect::<Vec<_>>().join(", ");
        self.problems.add(name, Message::new("api-not-a-word").with("words", words));
        None
    }

    /// One word of a closed list.
    pub fn word<T: Copy>(
        &mut self,
        name: &'static str,
        all: &[T],
        code: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        self.parsed(name, |sent| {
            all.iter().copied().find(|value| code(*value) == sent).ok_or_else(|| {
                let words: Vec<_> = all.iter().map(|value| code(*value)).collect();
                Message::new("api-not-a-word").with("words", words.join(", "))
            })
        })
    }

    /// Any words of a closed list, sent once for each.
    pub fn words<T: Copy>(
        &mut self,
        name: &'static str,
        all: &[T],
        code: impl Fn(T) -> &'static str,
    ) -> Vec<T> {
        self.known.push(name);
        let mut found = Vec::new();
        for sent in self.form.list(name) {
            let Some(value) = all.iter().copied().find(|value| code(*value) == sent.as_str())
            else {
                let words: Vec<_> = all.iter().map(|value| code(*value)).collect();
                let message = Message::new("api-not-a-word").with("words", words.join(", "));
                self.problems.add(name, message);
                return Vec::new();
            };
            found.push(value);
        }
        found
    }

    /// Values of one parameter, parted by commas or spaces.
    pub fn each<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&str) -> Result<T, Message>,
    ) -> Vec<T> {
        let values = self.parsed(name, |sent| {
            let parts = sent.split(|c: char| c == ',' || c.is_whitespace());
            parts.filter(|part| !part.is_empty()).map(read).collect::<Result<Vec<T>, Message>>()
        });
        values.unwrap_or_default()
    }

    /// A whole number within bounds, or what is meant if none was sent.
    pub fn number(
        &mut self,
        name: &'static str,
        otherwise: u32,
        bounds: RangeInclusive<u32>,
    ) -> u32 {
        self.number_if_sent(name, bounds).unwrap_or(otherwise)
    }

    /// A whole number within bounds, if one was sent.
    pub fn number_if_sent(
        &mut self,
        name: &'static str,
        bounds: RangeInclusive<u32>,
    ) -> Option<u32> {
        let read = |sent: &str| {
            let number = sent.parse().ok().filter(|number| bounds.contains(number));
            number.ok_or_else(|| {
                Message::new("api-not-a-number")
                    .with("least", bounds.start())
                    .with("most", bounds.end())
            })
        };
        self.parsed(name, read)
    }

    /// Goes on only if nothing was wrong and nothing was sent that is not known:
    /// a parameter with a slip in its name would otherwise change nothing, unseen.
    fn finish(mut self) -> Result<(), Malformed> {
        for name in self.form.names().filter(|name| !self.known.contains(name)) {
            self.problems.add(&shortened(name), Message::new("api-unknown-parameter"));
        }
        if self.problems.0.is_empty() {
            return Ok(());
        }
        let message = Message::new("api-parameters");
        Err(Malformed { status: StatusCode::BAD_REQUEST, message, problems: self.problems })
    }
}

/// Reads a day of the calendar.
pub(super) fn day(sent: &str) -> Result<Day, Message> {
    sent.parse().map_err(|_| Message::new("api-not-a-day").with("value", shortened(sent)))
}

/// What was sent, short enough to be shown.
pub(super) fn shortened(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// Which page of a list.
#[derive(Debug, Clone, Copy, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PageAsk {
    /// Which page, from 1.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100_000, default = 1)]
    pub page: u32,
    /// How many entries on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200, default = 50)]
    pub size: u32,
}

impl Ask for PageAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        let page = reader.number("page", 1, 1..=100_000);
        Self { page, size: reader.number("size", 50, 1..=200) }
    }
}

/// A day to look at.
#[derive(Debug, Clone, Copy, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct DayAsk {
    /// On this day; left out, the day up to which each profile speaks.
    #[param(value_type = Option<String>, format = Date)]
    pub on: Option<Day>,
}

impl Ask for DayAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self { on: reader.day("on") }
    }
}
