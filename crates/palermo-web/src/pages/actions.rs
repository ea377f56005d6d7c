//! Actions, and what they are about, in words. The policy, the log and tokens know
//! codes; a reader is told what they mean, and the code stands beside where someone
//! has to look it up.

use crate::{components::Content, shell::visit::Visit};
use palermo_app::{
    case::erase::GROUNDS,
    domain::{
        account::AccountStatus, break_glass::BreakReason, compartment::Compartment, role::Role,
    },
    locale::Language,
};

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

/// Every kind of record an entry of the log can be about, with its words.
pub(crate) fn objects(visit: &Visit) -> Vec<(String, String)> {
    let ids = visit.web.app().catalogue.ids(Language::En);
    let kinds = ids.filter_map(|id| id.strip_prefix("object-"));
    kinds.map(|kind| (kind.to_owned(), object(visit, kind))).collect()
}

/// Why it was done or refused, or by which way, in words; the code itself if the log
/// knows it under no other name.
pub(crate) fn reason(visit: &Visit, code: &str) -> String {
    let (id, name) = reason_ids(code);
    if !visit.web.app().catalogue.has(Language::En, &id) {
        return code.to_owned();
    }
    match name {
        Some(name) => visit.format(&id, &[("name", visit.text(&name).into())]),
        None => visit.text(&id),
    }
}

/// The message of a reason, and that of the word it shows where the code is one of a
/// closed list with words of its own.
fn reason_ids(code: &str) -> (String, Option<String>) {
    let shown = |id: &str, family: &str| (id.to_owned(), Some(format!("{family}-{code}")));
    if Role::from_code(code).is_some() {
        shown("reason-of-role", "role")
    } else if Compartment::from_code(code).is_some() {
        shown("reason-of-key", "compartment")
    } else if AccountStatus::from_code(code).is_some() {
        shown("reason-of-status", "account-status")
    } else if BreakReason::from_code(code).is_some() {
        (format!("break-reason-{code}"), None)
    } else if GROUNDS.contains(&code) {
        (format!("case-erase-ground-{code}"), None)
    } else {
        (format!("reason-{code}"), None)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;
    use palermo_app::{domain::care::own_view::PersonsRequest, locale::Catalogue};
    use std::{collections::BTreeSet, path::Path};

    /// Codes that acts choose by a condition or are handed on, so that no call names them.
    const CHOSEN: &[&str] = &[
        "closed",
        "command-line",
        "hardware",
        "invitation-withdrawn",
        "locked-by-operator",
        "needs-second-factor",
        "needs-step-up",
        "no-grant",
        "not-signed-in",
        "opened",
        "out-of-scope",
        "purpose-not-granted",
        "root-key",
        "second-person-agreed",
        "second-person-refused",
        "sent",
        "single",
        "tries-forgotten",
        "two",
        "unknown-address",
        "wrong-code",
        "wrong-passphrase",
    ];

    /// Codes that the acts name where they write their entry.
    fn named(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                named(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            for start in ["because(\"", "refused(context, [\""] {
                for rest in text.split(start).skip(1) {
                    found.extend(rest.split('"').next().map(str::to_owned));
                }
            }
        }
    }

    #[test]
    fn every_reason_that_can_stand_in_the_log_has_words() {
        let catalogue = Catalogue::shipped().expect("the messages can be read");
        let mut codes: BTreeSet<String> = CHOSEN.iter().map(|code| (*code).to_owned()).collect();
        codes.insert("download".to_owned());
        let acts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../palermo-app/src");
        let mut written = BTreeSet::new();
        named(&acts, &mut written);
        written.retain(|code| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
        written.remove("");
        assert!(written.len() > 15, "only {written:?} were read");
        codes.extend(written);
        codes.extend(Role::ALL.iter().map(|one| one.code().to_owned()));
        codes.extend(Compartment::ALL.iter().map(|one| one.code().to_owned()));
        codes.extend(BreakReason::ALL.iter().map(|one| one.code().to_owned()));
        codes.extend(PersonsRequest::ALL.iter().map(|one| one.code().to_owned()));
        codes.extend(GROUNDS.iter().map(|one| (*one).to_owned()));
        codes.extend(["invited", "active", "suspended", "left"].map(str::to_owned));
        let mut missing = Vec::new();
        for code in codes {
            let (id, name) = reason_ids(&code);
            for id in [Some(id), name].into_iter().flatten() {
                if !Language::ALL.into_iter().all(|language| catalogue.has(language, &id)) {
                    missing.push(id);
                }
            }
        }
        assert!(missing.is_empty(), "without words in `actions.ftl`: {missing:?}");
    }
}
