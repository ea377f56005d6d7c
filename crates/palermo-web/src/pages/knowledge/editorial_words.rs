//! Titles in several languages, as forms ask for them.

use crate::shell::{form::Form, visit::Visit};
use palermo_app::{domain::knowledge::editorial::Said, locale::Language};

/// "Title (français)".
pub(super) fn title_in(visit: &Visit, code: &str) -> String {
    let own = Language::ALL.into_iter().find(|language| language.code() == code);
    let name = own.map_or(code, |language| language.own_name());
    format!("{} ({name})", visit.text("release-title"))
}

/// The titles of a form, by language.
pub(super) fn titles(form: &Form) -> Said {
    form.names()
        .filter_map(|name| {
            let code = name.strip_prefix("title-")?;
            Some((code.to_owned(), form.text(name).to_owned()))
        })
        .collect()
}
