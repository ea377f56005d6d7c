//! Care: planning with a person and helping them, within a case. One file an
//! act. What may be written is decided by `palermo-domain::care` on facts read
//! *inside* the act, so that two people at once cannot undo each other's safety.

mod changed;
pub mod figures;
pub mod guardian;
mod least;
pub mod month;
pub mod own;
pub mod own_answer;
pub mod own_ask;
pub mod own_more;
mod read;
pub mod remind;
pub mod write;

pub(crate) use least::days_for;
pub use least::proposed;
pub(crate) use read::seen_of;
pub use read::{CarePage, Glance, Held, Shown, glance, held, may_see, plan};

use crate::{
    Acting, App, Message, Problems, Refused,
    access::Action,
    case::{self, CaseFile, consent_text::ConsentTexts},
    content::Content,
};
use palermo_domain::{
    care::{
        CareFacts, CareRecord, Denied,
        child::care_is_open,
        form::{Forms, Wrong},
        recovery::LEAST_DAYS,
        reintegration::{Criteria, CriteriaLists},
        standards::{InForce, StandardLists, Standards},
    },
    case::{flag::FlagList, retention::PeriodsByState},
    id::CaseId,
    purpose::Purpose,
};
use palermo_store::Versioned;

/// Forms and lists of care, read once.
#[derive(Debug, Clone)]
pub struct CareContent {
    /// Forms.
    pub forms: Forms,
    /// What each mechanism means by reintegration.
    pub criteria: CriteriaLists,
    /// What a child's return needs, by mechanism.
    pub standards: StandardLists,
    /// How long a closed case is kept, by State.
    pub keeping: PeriodsByState,
    /// The flags a case can carry.
    pub flags: FlagList,
    /// What is said before anyone agrees to sharing, by language.
    pub consent: ConsentTexts,
}

/// How long a closed case is kept.
const KEEPING: &str = "care/keeping.toml";

/// The flags a case can carry.
const FLAGS: &str = "care/flags.toml";

/// The list for mechanisms without their own.
const STANDARDS: &str = "care/return-standards.toml";

/// Lists of mechanisms that have their own.
const OWN_STANDARDS: &str = "care/return-standards/";

/// Reads the lists of standards: what ships, what an own folder lays over it, and the
/// lists of mechanisms beside it.
fn standard_lists(content: &Content, forms: &Forms) -> Result<StandardLists, String> {
    let shipped = content.shipped_text(STANDARDS).map(|text| (STANDARDS, text));
    let own = content.overlay_text(STANDARDS).map(|text| (STANDARDS, text));
    let beside = content.files(OWN_STANDARDS).filter(|(path, _)| path.ends_with(".toml"));
    let mut lists: Vec<Standards> = Vec::new();
    for (path, text) in shipped.into_iter().chain(own).chain(beside) {
        lists.push(toml::from_str(text).map_err(|error| format!("{path}: {error}"))?);
    }
    let codes = forms.lists.get("standard").map(Vec::as_slice).unwrap_or_default();
    let known = |item: &str| codes.iter().any(|code| code == item);
    StandardLists::new(lists, known).map_err(|error| format!("{STANDARDS}: {error}"))
}

/// The list of what reintegration means, for mechanisms without their own.
const CRITERIA: &str = "care/reintegration.toml";

/// Lists of mechanisms that have their own.
const OWN_CRITERIA: &str = "care/reintegration/";

/// Reads the lists of criteria, as [`standard_lists`] does.
fn criteria_lists(content: &Content, forms: &Forms) -> Result<CriteriaLists, String> {
    let shipped = content.shipped_text(CRITERIA).map(|text| (CRITERIA, text));
    let own = content.overlay_text(CRITERIA).map(|text| (CRITERIA, text));
    let beside = content.files(OWN_CRITERIA).filter(|(path, _)| path.ends_with(".toml"));
    let mut lists: Vec<Criteria> = Vec::new();
    for (path, text) in shipped.into_iter().chain(own).chain(beside) {
        lists.push(toml::from_str(text).map_err(|error| format!("{path}: {error}"))?);
    }
    let codes = forms.lists.get("criterion").map(Vec::as_slice).unwrap_or_default();
    let known = |item: &str| codes.iter().any(|code| code == item);
    CriteriaLists::new(lists, known).map_err(|error| format!("{CRITERIA}: {error}"))
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
        let forms = "forms/care.toml";
        let read = Forms::parse(&text(forms)?).map_err(|error| format!("{forms}: {error}"))?;
        Ok(Self {
            standards: standard_lists(content, &read)?,
            criteria: criteria_lists(content, &read)?,
            forms: read,
            consent: ConsentTexts::load(content)?,
            flags: FlagList::parse(&text(FLAGS)?).map_err(|error| format!("{FLAGS}: {error}"))?,
            keeping: PeriodsByState::parse(&text(KEEPING)?)
                .map_err(|error| format!("{KEEPING}: {error}"))?,
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

/// The list of standards in force for children's returns, and for which mechanism.
#[derive(Debug, Clone)]
pub struct ListInForce {
    /// The mechanism this installation works for, if it has named one.
    pub mechanism: Option<String>,
    /// Its list.
    pub list: Standards,
}

impl ListInForce {
    /// As rules read it.
    #[must_use]
    pub fn as_rules(&self) -> InForce<'_> {
        InForce { mechanism: self.mechanism.as_deref(), list: &self.list }
    }
}

/// The list of standards in force here.
///
/// # Errors
/// When the database does not answer.
pub async fn standards_in_force(app: &App) -> Result<ListInForce, Refused> {
    let mechanism = app.store.mechanism().await?;
    let list = app.care.standards.of(mechanism.as_deref()).clone();
    Ok(ListInForce { mechanism, list })
}

/// The rest of the case, as a decision needs it; whoever writes a recovery and
/// reflection period puts the days of [`days_for`] in the place of the floor.
pub(crate) fn facts<'a>(
    acting: &Acting<'_>,
    file: &CaseFile,
    others: &'a [CareRecord],
    standards: &'a ListInForce,
) -> CareFacts<'a> {
    CareFacts {
        today: acting.now().date().into(),
        child_rights: file.person.record.age.has_the_rights_of_a_child(),
        others,
        least_days: LEAST_DAYS,
        standards: standards.as_rules(),
    }
}

pub(crate) fn records(all: &[Versioned<CareRecord>]) -> Vec<CareRecord> {
    all.iter().map(|one| one.record.clone()).collect()
}

/// A refusal in the words of a form: each with its rule and source.
pub(crate) fn told(acting: &Acting<'_>, denied: &[Denied]) -> Refused {
    let mut problems = Problems::default();
    for one in denied {
        problems.add(one.field, why(acting, one));
    }
    Refused::Invalid(problems)
}

/// Why something is not allowed, with its rule and source and, where standards of a
/// child's return are meant, their names.
#[must_use]
pub fn why(acting: &Acting<'_>, denied: &Denied) -> Message {
    let mut message = Message::new(denied.message);
    if let Some(rule) = denied.rule {
        message = message.with("rule", rule.number).with("source", rule.source);
    }
    if denied.standards.is_empty() {
        return message;
    }
    let word = |code: &String| {
        acting.app.catalogue.text(acting.language, &format!("care-code-standard-{code}"))
    };
    let named: Vec<String> = denied.standards.iter().map(word).collect();
    message.with("standards", named.join("; "))
}

pub(crate) fn wrong(problems: Vec<(String, Wrong)>) -> Refused {
    let mut all = Problems::default();
    for (field, wrong) in problems {
        let message = match wrong {
            Wrong::Missing => Message::new("error-required"),
            Wrong::NotInList => Message::new("error-choose"),
            Wrong::NoDay(typed) => Message::new("error-no-such-date").with("date", typed),
            Wrong::NoNumber => Message::new("care-error-number"),
            Wrong::NoMoney(typed) => Message::new("care-error-money").with("typed", typed),
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
