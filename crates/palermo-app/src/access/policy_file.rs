//! Reads the file of a policy: what it grants, and every problem in it with
//! its line.

use super::{
    Action, Assurance, Scope,
    policy::{Grant, Policy, SessionLimits},
};
use palermo_domain::{
    compartment::Compartment,
    purpose::Purpose,
    register::{
        document::{Problem, nearest},
        finding::line_of,
    },
    role::Role,
    safeguard::{Forbidden, overlay},
    tenant::TenantKind,
};
use serde::Deserialize;
use std::{collections::BTreeMap, time::Duration};
use toml::Spanned;

/// What stands in a file, as far as it is right.
pub(super) struct Read {
    pub(super) policy: Policy,
    pub(super) lines: Lines,
}

/// Where in the file it stands.
pub(super) struct Lines {
    /// One for each grant of the policy.
    pub(super) grants: Vec<usize>,
    pub(super) opens: BTreeMap<Role, usize>,
    pub(super) sessions: BTreeMap<String, usize>,
    /// None if the file is silent.
    pub(super) publication_threshold: Option<usize>,
    /// None if the file is silent.
    pub(super) reflection_days: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    grant: Vec<FileGrant>,
    #[serde(default)]
    opens: BTreeMap<String, Spanned<Vec<String>>>,
    #[serde(default)]
    session: BTreeMap<String, FileSession>,
    publication_threshold: Option<Spanned<u32>>,
    reflection_days: Option<Spanned<u16>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileGrant {
    roles: Spanned<Vec<String>>,
    actions: Vec<Spanned<String>>,
    scope: Scope,
    #[serde(default)]
    tenant_kinds: Vec<TenantKind>,
    #[serde(default)]
    purposes: Vec<Purpose>,
    assurance: Option<Assurance>,
    step_up_minutes: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSession {
    idle_minutes: Spanned<u64>,
    absolute_hours: u64,
}

/// Reads a file; nothing if it is no policy at all. Whatever is wrong is added
/// to the problems, and left out of what is read.
pub(super) fn read(text: &str, problems: &mut Vec<Problem>) -> Option<Read> {
    let file: File = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            problems.push(Problem {
                line: line_of(text, error.span().map_or(0, |span| span.start)),
                field: String::new(),
                message: error.message().replace('\n', ", "),
                remedy: "correct this line; `content/policy/roles.toml` shows how it is written"
                    .to_owned(),
            });
            return None;
        }
    };
    let (mut grants, mut lines) = (Vec::new(), Vec::new());
    for (index, entry) in file.grant.iter().enumerate() {
        for (grant, line) in expand(text, index, entry, problems) {
            grants.push(grant);
            lines.push(line);
        }
    }
    let opens = compartments(text, &file.opens, problems);
    let sessions = file.session.iter().map(|(name, file)| (name.clone(), limits(file))).collect();
    let session_lines = file.session.iter();
    let session_lines = session_lines
        .map(|(name, file)| (name.clone(), line_of(text, file.idle_minutes.span().start)));
    let lines = Lines {
        grants: lines,
        opens: opens.iter().map(|(role, (_, line))| (*role, *line)).collect(),
        sessions: session_lines.collect(),
        publication_threshold: line_of_value(text, file.publication_threshold.as_ref()),
        reflection_days: line_of_value(text, file.reflection_days.as_ref()),
    };
    let floors = floors(&file, &lines, problems);
    let policy = Policy {
        grants,
        opens: opens.into_iter().map(|(role, (held, _))| (role, held)).collect(),
        sessions,
        publication_threshold: floors.0,
        reflection_days: floors.1,
    };
    Some(Read { policy, lines })
}

fn line_of_value<T>(text: &str, value: Option<&Spanned<T>>) -> Option<usize> {
    value.map(|value| line_of(text, value.span().start))
}

fn limits(file: &FileSession) -> SessionLimits {
    SessionLimits {
        idle: Duration::from_secs(file.idle_minutes.get_ref().saturating_mul(60)),
        absolute: Duration::from_secs(file.absolute_hours.saturating_mul(3600)),
    }
}

/// Threshold and period; the floors themselves where the file goes below.
fn floors(file: &File, lines: &Lines, problems: &mut Vec<Problem>) -> (u32, u16) {
    let (threshold, days) = (overlay::PUBLICATION_THRESHOLD_FLOOR, overlay::REFLECTION_DAYS_FLOOR);
    let mut below = |line: Option<usize>, field: &str, why: &Forbidden, floor: u32| {
        problems.push(Problem {
            line: line.unwrap_or(1),
            field: field.to_owned(),
            message: why.to_string(),
            remedy: format!("set it to {floor} or more"),
        });
    };
    let given = file.publication_threshold.as_ref().map_or(threshold, |value| *value.get_ref());
    let threshold = overlay::publication_threshold(given).unwrap_or_else(|why| {
        below(lines.publication_threshold, "publication_threshold", &why, threshold);
        threshold
    });
    let given = file.reflection_days.as_ref().map_or(days, |value| *value.get_ref());
    let days = overlay::reflection_days(given).unwrap_or_else(|why| {
        below(lines.reflection_days, "reflection_days", &why, u32::from(days));
        days
    });
    (threshold, days)
}

fn expand(
    text: &str,
    index: usize,
    entry: &FileGrant,
    problems: &mut Vec<Problem>,
) -> Vec<(Grant, usize)> {
    let field = format!("grant {}", index + 1);
    let line = line_of(text, entry.roles.span().start);
    let mut roles = Vec::new();
    for code in entry.roles.get_ref() {
        match Role::from_code(code) {
            Some(role) => roles.push(role),
            None => problems.push(no_role(line, &field, code)),
        }
    }
    let mut grants = Vec::new();
    for code in &entry.actions {
        let (code, line) = (code.get_ref(), line_of(text, code.span().start));
        let Some(action) = Action::from_code(code) else {
            problems.push(Problem {
                line,
                field: field.clone(),
                message: format!("`{code}` is not an action"),
                remedy: no_action(code),
            });
            continue;
        };
        grants.extend(roles.iter().map(|role| {
            let grant = Grant {
                role: *role,
                action,
                scope: entry.scope,
                tenant_kinds: entry.tenant_kinds.clone(),
                purposes: entry.purposes.clone(),
                assurance: entry.assurance.unwrap_or(Assurance::Two),
                step_up_minutes: entry.step_up_minutes,
            };
            (grant, line)
        }));
    }
    grants
}

fn no_role(line: usize, field: &str, code: &str) -> Problem {
    Problem {
        line,
        field: field.to_owned(),
        message: format!("`{code}` is not a role"),
        remedy: one_of(Role::ALL.iter().map(|role| role.code())),
    }
}

/// There are too many actions to list.
fn no_action(code: &str) -> String {
    let near = nearest(code, Action::ALL.iter().map(|action| action.code()));
    near.map_or_else(
        || "use one that `content/policy/roles.toml` names".to_owned(),
        |near| format!("did you mean `{near}`?"),
    )
}

/// The words there are, as a remedy.
pub(super) fn one_of<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words: Vec<_> = words.map(|word| format!("`{word}`")).collect();
    format!("use one of {}", words.join(", "))
}

/// What a role may open and no more, as a remedy.
pub(super) fn keep_to(held: &[Compartment]) -> String {
    if held.is_empty() {
        return "remove this line: the role opens nothing".to_owned();
    }
    let held: Vec<_> = held.iter().map(|one| format!("`{}`", one.code())).collect();
    format!("keep to {}", held.join(", "))
}

fn compartments(
    text: &str,
    opens: &BTreeMap<String, Spanned<Vec<String>>>,
    problems: &mut Vec<Problem>,
) -> BTreeMap<Role, (Vec<Compartment>, usize)> {
    let mut checked = BTreeMap::new();
    for (role_code, codes) in opens {
        let (field, line) = (format!("opens.{role_code}"), line_of(text, codes.span().start));
        let Some(role) = Role::from_code(role_code) else {
            problems.push(no_role(line, &field, role_code));
            continue;
        };
        let mut held = Vec::new();
        for code in codes.get_ref() {
            let wrong = match Compartment::from_code(code) {
                None => (
                    format!("`{code}` is not a compartment"),
                    one_of(Compartment::ALL.iter().map(|one| one.code())),
                ),
                Some(compartment) => match overlay::may_open(role, compartment) {
                    Ok(()) => {
                        held.push(compartment);
                        continue;
                    }
                    Err(why) => (why.to_string(), keep_to(role.may_hold())),
                },
            };
            let (message, remedy) = wrong;
            problems.push(Problem { line, field: field.clone(), message, remedy });
        }
        checked.insert(role, (held, line));
    }
    checked
}
