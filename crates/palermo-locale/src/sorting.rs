//! The order of names in a reader's language, and lists of them.

use crate::{Language, cache::cached};
use icu_collator::{CollatorBorrowed, options::CollatorOptions};
use icu_list::{
    ListFormatter,
    options::{ListFormatterOptions, ListLength},
};
use std::cmp::Ordering;

/// Which of two names comes first. Names that differ only in case or accents stay apart.
#[must_use]
pub fn compare(language: Language, a: &str, b: &str) -> Ordering {
    let collator = cached::<CollatorBorrowed<'static>>(language, false, |locale| {
        icu_collator::Collator::try_new(locale.into(), CollatorOptions::default()).ok()
    });
    match collator {
        Some(collator) => collator.compare(a, b).then_with(|| a.cmp(b)),
        None => a.cmp(b),
    }
}

/// Sorts by name.
pub fn sort_by_name<T>(language: Language, items: &mut [T], name: impl Fn(&T) -> &str) {
    items.sort_by(|a, b| compare(language, name(a), name(b)));
}

/// "A, B and C".
#[must_use]
pub fn list<S: AsRef<str>>(language: Language, items: &[S]) -> String {
    let names: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    let formatter = cached(language, false, |locale| {
        let options = ListFormatterOptions::default().with_length(ListLength::Wide);
        ListFormatter::try_new_and(locale.into(), options).ok()
    });
    match formatter {
        Some(formatter) => formatter.format(names.iter()).to_string(),
        None => names.join(", "),
    }
}
