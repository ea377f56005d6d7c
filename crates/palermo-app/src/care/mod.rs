//! Care: planning with a person and helping them, within a case. One file an
//! act. What may be written is decided by `palermo-domain::care` on facts read
//! *inside* the act, so that two people at once cannot undo each other's safety.

mod changed;
pub mod figures;
pub mod month;
pub mod own;
pub mod own_ask;
pub mod own_more;
mod read;
pub mod remind;
pub mod write;

pub(crate) use read::seen_of;
pub use read::{CarePage, Glance, Held, Shown, glance, held, may_see, plan};

use crate::{
    Acting, App, Message, Problems, Refused,
    access::Action,
    case::{self, CaseFile},
    content::Content,
};
use palermo_domain::{
    care::{
        CareFacts, CareRecord, Denied,
        child::care_is_open,
        form::{Forms, Wrong},
        recovery::proposed_days,
        reintegration::Criteria,
    },
    id::CaseId,
    purpose::Purpose,
};
use palermo_store::Versioned;
use serde::Deserialize;

/// Forms and lists of care, read once.
#[derive(Debug, Clone)]
pub struct CareContent {
    /// Forms.
    pub forms: Forms,
    /// What the mechanism means by reintegration.
    pub criteria: Criteria,
    /// What a child's return needs.
    pub standards: Standards,
}

/// Minimum standards of a child's return: the mechanism's list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standards {
    /// Version.
    pub version: String,
    /// Whose list.
    pub owner: String,
    /// Items.
    pub standards: Vec<String>,
}

impl CareContent {
    /// Reads the forms and lists.
    ///
    /// # Errors
    /// What is wrong in which file.
    pub fn load(content: &Content) -> Result<Self, String> {
        let text = |file: &str| {
            content.text(file).ok_or_else(|| format!("`{file}` is not there")).map(str::to_owned)
        };
        let (forms, criteria, standards) =
            ("forms/care.toml", "care/reintegration.toml", "care/return-standards.toml");
        Ok(Self {
            forms: Forms::parse(&text(forms)?).map_err(|error| format!("{forms}: {error}"))?,
            criteria: toml::from_str(&text(criteria)?)
                .map_err(|error| format!("{criteria}: {error}"))?,
            standards: toml::from_str(&text(standards)?)
                .map_err(|error| format!("{standards}: {error}"))?,
        })
    }
}

/// A case whose care one may see, or write. Children's records are closed to
/// whoever only gives one service (R128): as if they were not there.
///
/// # Errors
/// As [`case::permitted`].
pub(crate) async fn permitted(
    acting: &Acting<'_>,
    id: CaseId,
    action: Action,
    purpose: Purpose,
) -> Result<CaseFile, Refused> {
    let file = case::permitted(acting, id, action, purpose).await?;
    if !care_is_open(file.person.record.age, &acting.subject.roles) {
        return Err(Refused::NotFound);
    }
    Ok(file)
}

/// The rest of the case, as a decision needs it.
pub(crate) fn facts<'a>(
    acting: &'a Acting<'_>,
    file: &CaseFile,
    others: &'a [CareRecord],
) -> CareFacts<'a> {
    CareFacts {
        today: acting.now().date().into(),
        child_rights: file.person.record.age.has_the_rights_of_a_child(),
        others,
        least_days: least_days(acting.app),
        checklist_version: &acting.app.care.standards.version,
    }
}

/// Days a recovery and reflection period has at least here.
#[must_use]
pub fn least_days(app: &App) -> u32 {
    proposed_days(app.policy.reflection_days().into(), None, None)
}

pub(crate) fn records(all: &[Versioned<CareRecord>]) -> Vec<CareRecord> {
    all.iter().map(|one| one.record.clone()).collect()
}

/// A refusal in the words of a form: each with its rule and source.
pub(crate) fn told(denied: &[Denied]) -> Refused {
    let mut problems = Problems::default();
    for one in denied {
        let mut message = Message::new(one.message);
        if let Some(rule) = one.rule {
            message = message.with("rule", rule.number).with("source", rule.source);
        }
        problems.add(one.field, message);
    }
    Refused::Invalid(problems)
}

pub(crate) fn wrong(problems: Vec<(String, Wrong)>) -> Refused {
    let mut all = Problems::default();
    for (field, wrong) in problems {
        let message = match wrong {
            Wrong::Missing => Message::new("error-required"),
            Wrong::NotInList => Message::new("error-choose"),
            Wrong::NoDay(typed) => Message::new("error-no-such-date").with("date", typed),
            Wrong::NoNumber => Message::new("care-error-number"),
            Wrong::TooLong(length, longest) => {
                Message::new("error-too-long").with("length", length).with("longest", longest)
            }
            Wrong::NoMark => Message::new("care-error-mark"),
            Wrong::Ill(why) => return Refused::Unavailable(why),
        };
        all.add(&field, message);
    }
    Refused::Invalid(all)
}
