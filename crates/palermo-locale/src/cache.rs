//! Formatters made once for each thread, language and kind of digits: making one reads
//! compiled data, which is quick but not free on a page with a thousand numbers.

use crate::Language;
use icu_locale_core::Locale;
use std::{any::Any, cell::RefCell, collections::HashMap, rc::Rc};

type Key = (std::any::TypeId, Language, bool);

thread_local! {
    static MADE: RefCell<HashMap<Key, Rc<dyn Any>>> = RefCell::new(HashMap::new());
}

/// The formatter of this type for a language and its digits, made on first use.
pub(crate) fn cached<T: 'static>(
    language: Language,
    own_digits: bool,
    make: impl FnOnce(&Locale) -> Option<T>,
) -> Option<Rc<T>> {
    let key = (std::any::TypeId::of::<T>(), language, own_digits);
    let found = MADE.with_borrow(|made| made.get(&key).cloned());
    if let Some(found) = found {
        return found.downcast().ok();
    }
    let made = Rc::new(make(&locale(language, own_digits)?)?);
    MADE.with_borrow_mut(|all| all.insert(key, made.clone()));
    Some(made)
}

/// The language with its digits named, so that no default of the data decides; English with the
/// day before the month, as the documents of every mechanism write it.
fn locale(language: Language, own_digits: bool) -> Option<Locale> {
    let digits = if own_digits && language == Language::Ar { "arab" } else { "latn" };
    let code = if language == Language::En { "en-GB" } else { language.code() };
    format!("{code}-u-nu-{digits}").parse().ok()
}
