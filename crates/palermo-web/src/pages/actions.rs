//! Actions, and what they are about, in words. The policy, the log and tokens know
//! codes; a reader is told what they mean, and the code stands beside where someone
//! has to look it up.

use crate::{components::Content, shell::visit::Visit};
use palermo_app::locale::Language;

/// What is done, in words; the code itself if the log knows it under no other name.
pub(crate) fn words(visit: &Visit, code: &str) -> String {
    let id = format!("action-{}", code.replace('.', "-"));
    if visit.web.app().catalogue.has(Language::En, &id) { visit.text(&id) } else { code.to_owned() }
}

/// The words with the code beside them in small.
pub(crate) fn with_code(visit: &Visit, code: &str) -> Content {
    let words = words(visit, code);
    let small = format!("<code class=\"p-code p-small\">{}</code>", Content::from(code));
    if words == code {
        return Content::Html(small);
    }
    Content::Html(format!("{} {small}", Content::from(words)))
}

/// What kind of record an entry of the log is about, in words; the word of the log
/// itself for a kind it knows no longer.
pub(crate) fn object(visit: &Visit, kind: &str) -> String {
    let id = format!("object-{kind}");
    if visit.web.app().catalogue.has(Language::En, &id) { visit.text(&id) } else { kind.to_owned() }
}
