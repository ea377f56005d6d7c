//! What someone typed into a form, and reading it: every problem is noted at once, by
//! the field's name.

use crate::{Acting, Message, Problems};
use palermo_domain::register::{day::Day, state::StateCode};
use palermo_store::Revision;
use std::{collections::BTreeMap, str::FromStr};

/// Values of a form by the name of the field, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed(BTreeMap<String, Vec<String>>);

impl Typed {
    /// The first value of a field; empty if there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// All values of a field.
    #[must_use]
    pub fn list(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Puts a value in; an empty one is none.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        let value = value.to_string();
        if !value.is_empty() {
            self.0.entry(name.to_owned()).or_default().push(value);
        }
        self
    }

    /// Puts a value in where there is one.
    #[must_use]
    pub fn with_some(self, name: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Puts several values of one field in.
    #[must_use]
    pub fn with_all(self, name: &str, values: impl IntoIterator<Item = impl ToString>) -> Self {
        values.into_iter().fold(self, |typed, value| typed.with(name, value))
    }

    /// The revision that was seen, if the form was opened on a record.
    #[must_use]
    pub fn seen(&self) -> Option<Revision> {
        self.text("revision").parse().ok().map(Revision)
    }
}

/// Reads a form, noting what is wrong.
pub(crate) struct Reader<'t> {
    typed: &'t Typed,
    pub problems: Problems,
}

impl<'t> Reader<'t> {
    pub fn new(typed: &'t Typed) -> Self {
        Self { typed, problems: Problems::default() }
    }

    pub fn required(&mut self, name: &str, longest: usize) -> String {
        self.problems.required(name, &self.typed.text(name).replace("\r\n", "\n"), longest)
    }

    pub fn bounded(&mut self, name: &str, longest: usize) -> String {
        self.problems.bounded(name, &self.typed.text(name).replace("\r\n", "\n"), longest)
    }

    /// A day, if one was typed.
    pub fn day(&mut self, name: &str) -> Option<Day> {
        let typed = self.typed.text(name).trim();
        let day = typed.parse().ok();
        if day.is_none() && !typed.is_empty() {
            self.problems.add(name, Message::new("error-report-day").with("typed", typed));
        }
        day
    }

    /// A day that must be there.
    pub fn needed_day(&mut self, name: &str) -> Option<Day> {
        if self.typed.text(name).trim().is_empty() {
            self.problems.add(name, Message::new("error-required"));
        }
        self.day(name)
    }

    /// A word of a list that must be there.
    pub fn code<T: FromStr>(&mut self, name: &str) -> Option<T> {
        let code = self.typed.text(name).parse().ok();
        if code.is_none() {
            self.problems.add(name, Message::new("error-choose"));
        }
        code
    }

    /// Several words of a list; unknown ones are left out.
    pub fn codes<T: FromStr>(&mut self, name: &str) -> Vec<T> {
        self.typed.list(name).iter().filter_map(|code| code.parse().ok()).collect()
    }

    /// A year that must be there.
    pub fn year(&mut self, name: &str) -> Option<i32> {
        let year = self.typed.text(name).trim().parse().ok();
        let year = year.filter(|year| (1990..2200).contains(year));
        if year.is_none() {
            self.problems.add(name, Message::new("error-year"));
        }
        year
    }

    /// A number that is not negative, if one was typed.
    pub fn number(&mut self, name: &str) -> Option<f64> {
        let typed = self.typed.text(name).trim().replace(char::is_whitespace, "");
        let number = typed.parse::<f64>().ok().filter(|one| one.is_finite() && *one >= 0.0);
        if number.is_none() && !typed.is_empty() {
            self.problems.add(name, Message::new("error-report-number").with("typed", typed));
        }
        number
    }

    /// A link, if one was typed: only to a page over TLS.
    pub fn link(&mut self, name: &str) -> Option<String> {
        let typed = self.bounded(name, 500);
        if !typed.is_empty() && !typed.starts_with("https://") {
            self.problems.add(name, Message::new("error-link"));
        }
        (!typed.is_empty()).then_some(typed)
    }

    fn known(&mut self, acting: &Acting<'_>, name: &str, code: &str) -> Option<StateCode> {
        let state = StateCode::typed(code).ok();
        let state = state.filter(|state| acting.app.registers.states.get(*state).is_some());
        if state.is_none() {
            self.problems.add(name, Message::new("error-unknown-state").with("code", code));
        }
        state
    }

    /// A State that must be there.
    pub fn state(&mut self, acting: &Acting<'_>, name: &str) -> Option<StateCode> {
        let typed = self.typed.text(name).trim();
        if typed.is_empty() {
            self.problems.add(name, Message::new("error-choose"));
            return None;
        }
        self.known(acting, name, typed)
    }

    /// Any number of States.
    pub fn states(&mut self, acting: &Acting<'_>, name: &str) -> Vec<StateCode> {
        let typed: Vec<&str> = self.typed.list(name).iter().map(|one| one.trim()).collect();
        let named = typed.into_iter().filter(|one| !one.is_empty());
        let mut states: Vec<StateCode> =
            named.filter_map(|one| self.known(acting, name, one)).collect();
        states.sort();
        states.dedup();
        states
    }

    /// A mechanism, if one was chosen.
    pub fn mechanism(&mut self, acting: &Acting<'_>, name: &str) -> String {
        let typed = self.bounded(name, 60);
        if !typed.is_empty() && acting.app.content.mechanisms().get(&typed).is_none() {
            self.problems.add(name, Message::new("error-choose"));
        }
        typed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_of_a_form_is_noted_at_once() {
        let typed = Typed::default().with("on", "31/02/2025").with("link", "http://page.example");
        let mut reader = Reader::new(&typed);
        let read = (
            reader.required("title", 10),
            reader.needed_day("on"),
            reader.link("link"),
            reader.year("year"),
        );
        assert_eq!(read.1, None);
        let fields: Vec<&str> = reader.problems.0.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["title", "on", "link", "year"]);
    }
}
