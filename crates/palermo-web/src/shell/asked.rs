//! What an address asks for that is none of the choices: the page is shown without it
//! and says so, rather than passing over it in silence.

use super::{failure::without_marks, visit::Visit};
use crate::components::{Content, InsetText};

/// Marks that a page repeats what its address says: such a page goes out uncompressed.
pub const MARK: &str = "data-not-taken";

/// Signs of a value that are repeated; the rest of a longer one is no help to anyone.
const SIGNS: usize = 40;

/// The filters of an address, read one after the other.
///
/// A [`List`](super::listing::List) tells by itself what is no choice of its own filters.
/// A page that reads its address otherwise does it like this:
///
/// ```ignore
/// let mut asked = Asked::of(&visit);
/// let state = asked.read("state", "report-state", |typed| typed.parse::<StateCode>().ok());
/// // …
/// body.push(asked.told()); // above what is shown without it
/// list = asked.notes().into_iter().fold(list, List::note); // and in its files
/// ```
pub struct Asked<'a> {
    visit: &'a Visit,
    told: Vec<String>,
}

impl<'a> Asked<'a> {
    /// Nothing read yet.
    #[must_use]
    pub fn of(visit: &'a Visit) -> Self {
        Self { visit, told: Vec::new() }
    }

    /// What the address says of `name`, as `known` reads it; `label` is the message of what
    /// the filter is called. Nothing where the address says nothing, or nothing that is known.
    pub fn read<T>(
        &mut self,
        name: &str,
        label: &str,
        known: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let typed = self.visit.query(name);
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        let found = known(typed);
        if found.is_none() {
            let called = self.visit.text(label);
            self.not_taken(&called, typed);
        }
        found
    }

    /// Notes that a value is no choice of the filter called so in the reader's words.
    pub fn not_taken(&mut self, called: &str, typed: &str) {
        let mut value: String = typed.chars().filter(|sign| !sign.is_control()).collect();
        if let Some((at, _)) = value.char_indices().nth(SIGNS) {
            value.truncate(at);
            value.push('…');
        }
        let values = [("value", value.into()), ("filter", called.to_owned().into())];
        self.told.push(self.visit.format("list-not-taken", &values));
    }

    /// What was not taken, to stand above what is shown; empty if everything was.
    #[must_use]
    pub fn told(&self) -> String {
        if self.told.is_empty() {
            return String::new();
        }
        let lines: Vec<String> =
            self.told.iter().map(|line| Content::from(line).to_string()).collect();
        let inset = InsetText::new(Content::Html(lines.join("<br>")));
        format!("<div {MARK}>{inset}</div>")
    }

    /// The same for a file.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        self.told.iter().map(|line| without_marks(line)).collect()
    }
}
