//! Why an act was not carried out, told so that a page, the API and the
//! command line can each say it in their way.

use palermo_domain::{register::day::Day, safeguard::Rule};
use palermo_locale::{Arg, Catalogue, Language};
use palermo_store::Error as StoreError;
use serde::{Deserialize, Serialize};

/// A message by its id, with the values it shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Id in the message files.
    pub id: String,
    /// Values by name.
    pub values: Vec<(String, String)>,
}

impl Message {
    /// A message without values.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self { id: id.to_owned(), values: Vec::new() }
    }

    /// What was typed for a day is none, or nothing was.
    #[must_use]
    pub fn no_day(typed: &str) -> Self {
        if typed.trim().is_empty() {
            Self::new("error-required")
        } else {
            Self::new("error-report-day").with("typed", typed)
        }
    }

    /// What was chosen for a State is none, or nothing was.
    #[must_use]
    pub fn no_state(code: &str) -> Self {
        if code.trim().is_empty() {
            Self::new("error-choose-state")
        } else {
            Self::new("error-unknown-state").with("code", code)
        }
    }

    /// The same, showing a value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.values.push((name.to_owned(), value.to_string()));
        self
    }

    /// The same, naming the rule of rights it comes from and that rule's source.
    #[must_use]
    pub fn by(self, rule: Rule) -> Self {
        self.with("rule", rule.number).with("source", rule.source)
    }

    /// The message in a language.
    #[must_use]
    pub fn say(&self, catalogue: &Catalogue, language: Language) -> String {
        let values: Vec<(&str, Arg<'_>)> =
            self.values.iter().map(|(name, value)| (name.as_str(), Arg::from(value))).collect();
        catalogue.format(language, &self.id, &values)
    }

    /// The same for a terminal or a file: no marks of direction.
    #[must_use]
    pub fn say_plain(&self, catalogue: &Catalogue, language: Language) -> String {
        let values: Vec<(&str, Arg<'_>)> =
            self.values.iter().map(|(name, value)| (name.as_str(), Arg::from(value))).collect();
        catalogue.format_plain(language, &self.id, &values)
    }
}

/// One field of a form that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong and what would be right.
    pub message: Message,
}

/// Every problem of a form at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Problems(pub Vec<FieldProblem>);

impl Problems {
    /// Notes a problem.
    pub fn add(&mut self, field: &str, message: Message) {
        self.0.push(FieldProblem { field: field.to_owned(), message });
    }

    /// Takes a text that must not be empty, trimmed, of at most `longest` characters.
    pub fn required(&mut self, field: &str, text: &str, longest: usize) -> String {
        let text = text.trim();
        if text.is_empty() {
            self.add(field, Message::new("error-required"));
        }
        self.bounded(field, text, longest)
    }

    /// Takes a text of at most `longest` characters, trimmed.
    pub fn bounded(&mut self, field: &str, text: &str, longest: usize) -> String {
        let text = text.trim();
        let length = text.chars().count();
        if length > longest {
            let message =
                Message::new("error-too-long").with("length", length).with("longest", longest);
            self.add(field, message);
        }
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
            self.add(field, Message::new("error-control-characters"));
        }
        text.to_owned()
    }

    /// Takes a day typed in three boxes: day, month, year. None if all are empty.
    pub fn day(&mut self, field: &str, typed: &[String; 3]) -> Option<Day> {
        let [day, month, year] = typed.each_ref().map(|part| part.trim());
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return None;
        }
        let read = || Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
        let read = read();
        if day.is_empty() || month.is_empty() || year.is_empty() {
            self.add(field, Message::new("error-date-parts"));
        } else if read.is_none() {
            let typed = format!("{day}/{month}/{year}");
            self.add(field, Message::new("error-no-such-date").with("date", typed));
        }
        read
    }

    /// Goes on only if there were none.
    ///
    /// # Errors
    /// [`Refused::Invalid`] with all problems noted so far.
    pub fn none(self) -> Result<(), Refused> {
        if self.0.is_empty() { Ok(()) } else { Err(Refused::Invalid(self)) }
    }
}

/// Why an act was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Not there, or not for this person: the two answer alike.
    #[error("there is no such record")]
    NotFound,
    /// Nobody has signed in.
    #[error("sign in first")]
    SignInNeeded,
    /// The second factor must be shown (again).
    #[error("show your second factor first")]
    StepUpNeeded,
    /// One's own key must be opened first.
    #[error("unlock your key first")]
    UnlockNeeded,
    /// The form cannot be taken as it is.
    #[error("some answers need correcting")]
    Invalid(Problems),
    /// Someone else changed the record in the meantime.
    #[error("someone else changed this record in the meantime")]
    Conflict,
    /// Something about the whole act, not one field.
    #[error("{}", .0.id)]
    Declined(Message),
    /// A rule of rights forbids it.
    #[error(transparent)]
    Forbidden(#[from] palermo_domain::safeguard::Forbidden),
    /// Too many tries; after so many seconds again.
    #[error("too many tries; wait {0} seconds")]
    TooMany(u64),
    /// Something Palermo depends on did not work. The text is for the log.
    #[error("{0}")]
    Unavailable(String),
}

impl Refused {
    /// A form with one problem.
    #[must_use]
    pub fn field(field: &str, message: Message) -> Self {
        let mut problems = Problems::default();
        problems.add(field, message);
        Self::Invalid(problems)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound | StoreError::OtherTenant => Self::NotFound,
            StoreError::Conflict => Self::Conflict,
            StoreError::Duplicate => Self::Declined(Message::new("error-duplicate")),
            StoreError::Dependent => Self::Declined(Message::new("error-dependent")),
            StoreError::KeyReused => Self::Declined(Message::new("error-form-reused")),
            StoreError::Erased => Self::Declined(Message::new("error-erased")),
            StoreError::Locked(_) => Self::UnlockNeeded,
            StoreError::Unstorable { column } => {
                Self::field(column, Message::new("error-control-characters"))
            }
            other => Self::Unavailable(describe(&other)),
        }
    }
}

/// The error with its causes, for the operator's log. Holds no personal data:
/// the store's errors name columns and codes, never values.
fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
