//! Every message a page or an act asks for exists. Ids are strings, so the compiler cannot
//! know; this reads the sources instead.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use palermo_app::locale::{Catalogue, Language};
use palermo_web::components::Words;

/// Strings that look like messages and are not.
const NOT_MESSAGES: &[&str] = &[
    "sec-fetch-site",
    "when-text",
    "tenant-administrator",
    // Kinds of events of a case, names of files and lists, reasons in the log.
    "case-summary",
    "channel-added",
    "channel-changed",
    "channel-removed",
    "help-first",
    "invitation-withdrawn",
    "mechanism-profiles",
    "rights-incident",
    "rights-incident-moved",
    "rights-incidents",
    "second-person-agreed",
    "second-person-asked",
    "second-person-refused",
    "task-",
    "task-dropped",
];

/// Families that name messages and nothing else.
const FAMILIES: &[&str] = &[
    "account",
    "actor",
    "admin",
    "agreement",
    "agreements",
    "api",
    "audit",
    "case",
    "channel",
    "compartment",
    "delivery",
    "desk",
    "done",
    "enrol",
    "error",
    "failure",
    "field",
    "footer",
    "form",
    "help",
    "hotline",
    "identification",
    "import",
    "instrument",
    "instruments",
    "invitation",
    "law",
    "laws",
    "list",
    "matrix",
    "mechanism",
    "mechanisms",
    "nav",
    "outcome",
    "passkey",
    "people",
    "recover",
    "recovery",
    "register",
    "renew",
    "rights",
    "role",
    "scope",
    "screening",
    "second",
    "session",
    "states",
    "step",
    "task",
    "tenant",
    "timeline",
    "token",
    "work",
];

fn sources() -> Vec<(PathBuf, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    let mut waiting = vec![
        crates.join("palermo-web/src/pages"),
        crates.join("palermo-web/src/shell"),
        crates.join("palermo-web/src/api"),
        crates.join("palermo-web/templates"),
        crates.join("palermo-app/src"),
    ];
    while let Some(folder) = waiting.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "components" {
                    waiting.push(path);
                }
            } else if !name.contains("test") && (name.ends_with(".rs") || name.ends_with(".html")) {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path, without_tests(&text)));
            }
        }
    }
    assert!(!files.is_empty(), "no sources were found");
    files
}

/// Tests may name messages that do not exist on purpose.
fn without_tests(text: &str) -> String {
    text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

/// Every literal of small letters, digits, hyphens and low lines, with what stands before it.
fn literals(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('"').map(|at| from + at) {
        let Some(close) = text[open + 1..].find('"').map(|at| open + 1 + at) else { break };
        let inside = &text[open + 1..close];
        let plain = !inside.is_empty()
            && inside
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
        if plain {
            let mut start = open.saturating_sub(24);
            while !text.is_char_boundary(start) {
                start += 1;
            }
            found.push((&text[start..open], inside));
            from = close + 1;
        } else {
            from = open + 1;
        }
    }
    found
}

fn family(id: &str) -> &str {
    id.split('-').next().unwrap_or_default()
}

fn asked_for(before: &str) -> bool {
    let before = before.trim_end();
    let direct = ["text(", "format(", "words(", "Message::new("];
    direct.iter().any(|call| before.ends_with(call)) && !before.ends_with("form.text(")
}

#[test]
fn every_message_asked_for_exists() {
    let catalogue = Catalogue::shipped().expect("the messages can be read");
    // What a page says after an act is asked for without its family; a family of words is asked
    // for with a code, as `word(visit, family, code)`.
    let has = |id: &str| {
        catalogue.has(Language::En, id)
            || catalogue.has(Language::En, &format!("done-{id}"))
            || catalogue.ids(Language::En).any(|known| known.starts_with(&format!("{id}-")))
    };
    let mut missing = BTreeSet::new();
    let mut checked = 0;
    for (path, text) in sources() {
        let page = path.to_string_lossy().contains("/palermo-web/");
        for (before, id) in literals(&text) {
            let done = before.contains("done(") && before.trim_end().ends_with(',');
            let message = id.contains('-')
                && (asked_for(before) || done || (page && FAMILIES.contains(&family(id))));
            if message && !NOT_MESSAGES.contains(&id) {
                checked += 1;
                if !has(id) {
                    missing.insert(format!("`{id}` in {}", path.display()));
                }
            }
        }
    }
    let missing: Vec<String> = missing.into_iter().collect();
    assert!(missing.is_empty(), "{} messages are missing:\n{}", missing.len(), missing.join("\n"));
    assert!(checked > 100, "only {checked} messages were found in the sources");
}

#[test]
fn every_family_of_messages_made_from_a_code_has_messages() {
    let catalogue = Catalogue::shipped().expect("the messages can be read");
    let mut wanting = Vec::new();
    for (path, text) in sources() {
        let mut rest = text.as_str();
        while let Some(at) = rest.find("text(&format!(\"") {
            rest = &rest[at + "text(&format!(\"".len()..];
            let prefix: &str = rest.split('{').next().unwrap_or_default();
            if prefix.ends_with('-')
                && !catalogue.ids(Language::En).any(|id| id.starts_with(prefix))
            {
                wanting.push(format!("`{prefix}…` in {}", path.display()));
            }
        }
    }
    assert!(wanting.is_empty(), "{}", wanting.join("\n"));
}

#[test]
fn every_card_of_the_administration_says_what_it_is_for() {
    let catalogue = Catalogue::shipped().expect("the messages can be read");
    let (_, text) = sources()
        .into_iter()
        .find(|(path, _)| path.ends_with("pages/admin/mod.rs"))
        .expect("the page of the administration");
    let cards: Vec<&str> = literals(&text)
        .into_iter()
        .map(|(_, id)| id)
        .filter(|id| id.starts_with("admin-"))
        .collect();
    let missing: Vec<&&str> =
        cards.iter().filter(|id| !catalogue.has(Language::En, &format!("{id}-why"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(cards.len() > 5, "{cards:?}");
}

#[test]
fn every_rule_of_rights_is_said_to_people() {
    let catalogue = Catalogue::shipped().expect("the messages can be read");
    for rule in palermo_app::domain::safeguard::RULES {
        assert!(catalogue.has(Language::En, rule.message), "`{}` is missing", rule.message);
    }
}

#[test]
fn every_code_of_a_closed_list_has_its_word() {
    use palermo_app::domain::{role::Role, tenant::TenantKind};
    let catalogue = Catalogue::shipped().expect("the messages can be read");
    let mut ids: Vec<String> =
        Role::ALL.iter().map(|role| format!("role-{}", role.code())).collect();
    ids.extend(TenantKind::ALL.iter().map(|kind| format!("tenant-kind-{}", kind.code())));
    let missing: Vec<&String> = ids.iter().filter(|id| !catalogue.has(Language::En, id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_action_of_the_policy_has_its_words() {
    use palermo_app::access::Action;
    let catalogue = Catalogue::shipped().expect("the messages can be read");
    let missing: Vec<String> = Action::ALL
        .iter()
        .map(|action| format!("action-{}", action.code().replace('.', "-")))
        .filter(|id| !Language::ALL.into_iter().all(|language| catalogue.has(language, id)))
        .collect();
    assert!(missing.is_empty(), "without words in `actions.ftl`: {missing:?}");
}

#[test]
fn every_kind_of_record_has_its_words_in_the_log() {
    let catalogue = Catalogue::shipped().expect("the messages can be read");
    let ids = include_str!("../../palermo-domain/src/id.rs");
    let kinds: Vec<&str> =
        ids.split("Id, \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(kinds.len() > 90, "only {} kinds were read", kinds.len());
    let missing: Vec<String> = kinds
        .into_iter()
        .chain(["identity-provider", "instrument", "month"])
        .map(|kind| format!("object-{kind}"))
        .filter(|id| !Language::ALL.into_iter().all(|language| catalogue.has(language, id)))
        .collect();
    assert!(missing.is_empty(), "without words in `actions.ftl`: {missing:?}");
}

#[test]
fn every_page_named_in_the_preview_of_a_role_exists_and_has_a_title() {
    let catalogue = Catalogue::shipped().expect("the messages can be read");
    let (_, declared) = palermo_web::routes().finish();
    let source = include_str!("../src/pages/admin/titles.rs");
    let table = source.split("const TITLES").nth(1).and_then(|rest| rest.split("];").next());
    let mut before = "";
    let mut checked = 0;
    for pair in table.expect("the table of titles").split('(').skip(2) {
        let mut parts = pair.split('"');
        let (path, id) = (parts.nth(1).unwrap(), parts.nth(1).unwrap());
        assert!(before < path, "`{path}` stands after `{before}`");
        assert!(declared.iter().any(|route| route.path == path), "`{path}` is no page");
        assert!(catalogue.has(Language::En, id), "`{id}` is missing");
        (before, checked) = (path, checked + 1);
    }
    assert!(checked > 150, "only {checked} titles were read");
}

#[test]
fn the_words_of_the_parts_exist() {
    let catalogue = Catalogue::shipped().expect("the messages can be read");
    let missing: Vec<&&str> =
        Words::IDS.iter().filter(|id| !catalogue.has(Language::En, id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let words = Words::load(|id| catalogue.text(Language::En, id));
    assert!(words.up_to_characters.contains("%{count}"));
}
