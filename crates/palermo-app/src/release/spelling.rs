//! One way of writing for the cells of all releases. A file with `Form` and `Begging`
//! counts the same people as one with `form` and `begging`, and as one that has the
//! words of a language in place of the codes; whoever compares them must see that.

use super::words::PLACES;
use crate::knowledge::take::DIMENSIONS;
use palermo_locale::{Catalogue, Language};
use palermo_stats::disclosure::Release;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

/// The words of the languages that ship: read once.
static SHIPPED: LazyLock<Spelling> = LazyLock::new(|| {
    Catalogue::shipped().map_or_else(|_| Spelling::default(), |shipped| Spelling::of(&shipped))
});

/// Codes by the words for them.
#[derive(Debug, Default)]
pub struct Spelling {
    columns: BTreeMap<String, BTreeSet<String>>,
    values: BTreeMap<String, BTreeSet<String>>,
}

/// The one code that a word stands for.
fn only(codes: Option<&BTreeSet<String>>) -> Option<&String> {
    codes.filter(|codes| codes.len() == 1).and_then(BTreeSet::first)
}

fn folded(written: &str) -> String {
    written.trim().to_lowercase()
}

/// The dimension of that name, a mark before it or not.
fn dimension(name: &str) -> Option<&'static str> {
    DIMENSIONS.into_iter().find(|one| one.trim_start_matches('_') == name.trim_start_matches('_'))
}

impl Spelling {
    /// The words of the languages that ship.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn of(catalogue: &Catalogue) -> Self {
        let mut out = Self::default();
        for language in Language::ALL {
            for id in catalogue.ids(language) {
                let word = || folded(&catalogue.format_plain(language, id, &[]));
                if let Some(name) = id.strip_prefix("dim-").and_then(dimension) {
                    out.columns.entry(word()).or_default().insert(name.to_owned());
                }
                if let Some(code) = id.strip_prefix("fig-") {
                    out.values.entry(word()).or_default().insert(code.replace('-', "_"));
                }
            }
        }
        out
    }

    /// A heading as all releases write it.
    pub(super) fn column(&self, heading: &str) -> String {
        let heading = folded(heading);
        let known = dimension(&heading).map(str::to_owned);
        known.or_else(|| only(self.columns.get(&heading)).cloned()).unwrap_or(heading)
    }

    /// Whether a heading, as all releases write it, is one of ours.
    #[must_use]
    pub fn knows(heading: &str) -> bool {
        dimension(heading).is_some()
    }

    /// An attribute `column:value` as all releases write it.
    #[must_use]
    pub fn part(&self, part: &str) -> String {
        let Some((heading, value)) = part.split_once(':') else { return folded(part) };
        let column = self.column(heading);
        let value = value.trim();
        let of_three = value.len() == 3 && value.bytes().all(|b| b.is_ascii_alphabetic());
        if of_three && PLACES.contains(&column.as_str()) {
            return format!("{column}:{}", value.to_uppercase());
        }
        let word = value.to_lowercase();
        let code = only(self.values.get(&word)).filter(|_| Self::knows(&column)).unwrap_or(&word);
        // Some messages name the column before the code.
        let code = code.strip_prefix(&format!("{column}_")).unwrap_or(code);
        format!("{column}:{code}")
    }

    /// A release as all releases are written; nothing where two of its cells would
    /// become one.
    #[must_use]
    pub fn release(&self, release: &Release) -> Option<Release> {
        release.respelt(&|part| self.part(part))
    }

    /// Whether two releases, written as all are, cannot be laid beside each other: they
    /// may speak of the same time, no heading of the one is one of the other, and at
    /// least one is none of ours, so that nobody here knows what it means.
    #[must_use]
    pub fn cannot_compare(new: &Release, earlier: &Release) -> bool {
        let (own, theirs) = (new.columns(), earlier.columns());
        let strange = own.iter().chain(&theirs).any(|heading| !Self::knows(heading));
        let both = !own.is_empty() && !theirs.is_empty();
        both && strange && own.is_disjoint(&theirs) && new.may_meet(earlier)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn req_191_capitals_and_words_are_the_same_cell_as_their_codes() {
        let part = |part: &str| Spelling::shipped().part(part);
        for (written, code) in [
            ("Form:Begging", "form:begging"),
            ("FORM:Forced begging", "form:begging"),
            ("Form of exploitation:forced labour", "form:labour"),
            ("YEAR:2024", "year:2024"),
            ("State:xff", "state:XFF"),
            ("channel:in_person", "channel:in_person"),
            ("Ward:North", "ward:north"),
        ] {
            assert_eq!(part(written), code, "{written}");
        }
    }

    #[test]
    fn req_191_headings_of_which_nobody_knows_what_they_mean_are_not_compared() {
        let release = |label: &str, period: &str| {
            Release::exact("one", vec![(label.to_owned(), 20)]).over(period, Vec::new())
        };
        let ours = release("form:labour", "2024");
        for (label, period, cannot) in [
            ("art:labour", "2024/2025", true),
            ("art:labour", "2025", false),
            ("sex:male", "2024", false),
            ("form:begging", "2024", false),
        ] {
            let found = Spelling::cannot_compare(&release(label, period), &ours);
            assert_eq!(found, cannot, "{label} {period}");
        }
    }
}
