//! The coded facts of each kind of record. A body is read from what a form
//! gave ([`super::form`]); a missing answer is a missing answer, never a "no".

use super::{
    CareKind, Standing,
    child::{BestInterests, Guardian, Interview, ReturnChecklist},
    codes,
    recovery::Recovery,
    reintegration::{FollowUp, Progress},
};
use crate::{
    money::{Currency, Money},
    register::day::Day,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Days a plan is looked at again after, if no other is named.
pub const REVIEW_DAYS: i64 = 90;
/// Days before a date at which it counts as due.
const SOON_DAYS: i64 = 14;

codes! {
    /// Whether the provider is the State's, and who pays it (fn 146 of the background paper).
    ProviderKind {
        State = "state", "State";
        StateFundedNgo = "state_funded_ngo", "NGO funded by the State";
        Ngo = "ngo", "NGO";
        Io = "io", "International organisation";
        Private = "private", "Private";
        Mixed = "mixed", "Mixed";
    }
}

codes! {
    /// What became of a need.
    NeedState {
        Open = "open", "Open";
        Planned = "planned", "A service is planned";
        Met = "met", "Met";
        Partly = "partly", "Partly met";
        NoService = "no_service", "No service within reach (unmet)";
        NotWanted = "not_wanted", "The person does not want help with it";
    }
}

codes! {
    /// What came of a service.
    Outcome {
        Completed = "completed", "Completed as planned";
        PartlyDone = "partly", "Partly";
        PersonLeft = "person_left", "The person chose to leave";
        Moved = "moved", "Continued elsewhere";
        Refused = "refused", "The provider refused";
        FundsEnded = "funds_ended", "The money ended";
        Lost = "lost_contact", "Contact was lost";
    }
}

codes! {
    /// Why a provider refused. A refusal is recorded with who was excluded (R1).
    Refusal {
        Full = "full", "No capacity";
        NotEligible = "not_eligible", "Outside eligibility";
        Sex = "sex", "Does not admit this sex";
        Age = "age", "Does not admit this age";
        Children = "children", "Cannot take children";
        Security = "security", "Security level";
        Language = "language", "No language";
        Distance = "distance", "Distance";
        Funding = "funding", "No funding";
        Conflict = "conflict", "Conflict of interest";
        Other = "other", "Other";
    }
}

codes! {
    /// How far a permit has come.
    PermitState {
        Advised = "advised", "Explained to the person";
        Applied = "applied", "Applied for";
        Granted = "granted", "Given";
        Renewed = "renewed", "Renewed";
        Refused = "refused", "Refused";
        Appealed = "appealed", "Refusal contested";
        NotWanted = "not_wanted", "The person does not want it";
    }
}

codes! {
    /// Ground of a permit.
    PermitGround {
        Reflection = "reflection", "Recovery and reflection period";
        Personal = "personal", "Personal situation";
        Cooperation = "cooperation", "Cooperation with the authorities";
        ChildBestInterest = "child_best_interest", "Best interests of the child";
        Asylum = "asylum", "International protection";
        Humanitarian = "humanitarian", "Humanitarian, permanent";
        Compensation = "compensation", "To pursue compensation";
        FreeMovement = "free_movement", "Right of free movement within the region";
        Citizen = "citizen", "Citizen of the State";
    }
}

codes! {
    /// How grave a risk is.
    RiskLevel {
        Low = "low", "Low";
        Medium = "medium", "Medium";
        High = "high", "High";
        Stop = "stop", "Stop factor";
    }
}

codes! {
    /// Whose risk was assessed.
    RiskOf {
        Person = "person", "The person";
        Family = "family", "Family or others close to the person";
        Both = "both", "Both";
    }
}

codes! {
    /// An answer to "is there a lawyer?".
    LegalAidState {
        Assigned = "assigned", "A lawyer is assigned";
        Asked = "asked", "Asked for, not yet assigned";
        NoneFree = "none_free", "No lawyer free of charge is within reach";
        NotWanted = "not_wanted", "The person does not want one now";
        Ended = "ended", "Ended";
    }
}

/// What the person wishes stands sealed beside it, in their own words (R101).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Since when.
    pub on: Day,
    /// When it is looked at again.
    pub review_on: Option<Day>,
    /// Steps the person skips; none is a condition of another (R111).
    #[serde(default)]
    pub skipped: Vec<String>,
    /// How a child learns (R129).
    pub education: Option<String>,
    /// Who looks after a child from day to day (R129).
    pub care: Option<String>,
}

/// Something the person needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// In terms of the service that would meet it.
    pub service: String,
    /// What became of it.
    pub state: NeedState,
    /// Since when.
    pub on: Day,
    /// Whether it cannot wait.
    #[serde(default)]
    pub urgent: bool,
}

/// Something done for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// What.
    pub service: String,
    /// By what kind of provider.
    pub provider: ProviderKind,
    /// When it was asked for: the wait counts from here (R102).
    pub asked_on: Option<Day>,
    /// First day.
    pub started_on: Option<Day>,
    /// Last day; a night counts if it was begun before it.
    pub ended_on: Option<Day>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// Why the provider refused.
    pub refusal: Option<Refusal>,
    /// Whether a person stays there overnight.
    #[serde(default)]
    pub overnight: bool,
    /// Who pays: an organisation's or scheme's code, never a person.
    pub funder: Option<String>,
    /// Last day paid for (R241).
    pub funded_until: Option<Day>,
    /// What would happen then.
    pub then: Option<String>,
    /// What it has cost so far (R113).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// What was awarded to the person, as it was told (R231).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awarded: Option<Money>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awarded_on: Option<Day>,
    /// What the person has received of it so far, perhaps in another currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<Money>,
    /// When it came last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_on: Option<Day>,
}

/// Services that pay something out to the person.
const PAYING: [&str; 2] = ["compensation", "economic"];

/// Whether a service is one that pays something out to the person.
#[must_use]
pub fn paying(service: &str) -> bool {
    PAYING.contains(&service)
}

/// What a service cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cost {
    /// An amount in its currency.
    In(Money),
    /// Whole units of the organisation's money, from before a currency was asked.
    Untold(u32),
}

impl Cost {
    /// Whole units.
    #[must_use]
    pub fn whole(self) -> u64 {
        match self {
            Self::In(money) => money.whole(),
            Self::Untold(units) => u64::from(units),
        }
    }

    /// The currency, where it was told.
    #[must_use]
    pub const fn currency(self) -> Option<Currency> {
        match self {
            Self::In(money) => Some(money.currency()),
            Self::Untold(_) => None,
        }
    }
}

/// Leave to stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permit {
    /// Ground.
    pub ground: PermitGround,
    /// How far it has come.
    pub state: PermitState,
    /// When it was applied for.
    pub applied_on: Option<Day>,
    /// When it was decided.
    pub decided_on: Option<Day>,
    /// First day it holds.
    pub valid_from: Option<Day>,
    /// Last day it holds; none if permanent.
    pub valid_until: Option<Day>,
    /// Last day on which a refusal can be contested (R12).
    pub contest_until: Option<Day>,
}

impl Permit {
    /// The fields that hold a day.
    pub const DAYS: [&str; 5] =
        ["applied_on", "decided_on", "valid_from", "valid_until", "contest_until"];

    /// Its days, to be changed, in the order of [`Self::DAYS`].
    pub fn days(&mut self) -> impl Iterator<Item = &mut Option<Day>> {
        [
            &mut self.applied_on,
            &mut self.decided_on,
            &mut self.valid_from,
            &mut self.valid_until,
            &mut self.contest_until,
        ]
        .into_iter()
    }
}

/// Whether there is a lawyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalAid {
    /// How it stands.
    pub state: LegalAidState,
    /// Since when.
    pub on: Day,
    /// Whether the person pays nothing.
    #[serde(default)]
    pub free: bool,
}

/// What was explained (R106).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Information {
    /// When.
    pub on: Day,
    /// In which language.
    pub language: String,
    /// What.
    pub items: Vec<String>,
    /// With an interpreter.
    #[serde(default)]
    pub interpreter: bool,
}

/// What threatens the person (R108).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// Whose.
    pub of: RiskOf,
    /// When it was assessed.
    pub on: Day,
    /// What was found.
    pub factors: Vec<String>,
    /// How grave altogether: decided by a person, never added up (E31).
    pub level: RiskLevel,
    /// Whether the person sees it so too.
    pub person_agrees: Option<String>,
    /// Until when it holds; a return needs one that still does (R5).
    pub valid_until: Day,
    /// When it is looked at again.
    pub review_on: Option<Day>,
}

/// What is done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SafetyPlan {
    /// Since when.
    pub on: Day,
    /// What it holds.
    pub measures: Vec<String>,
    /// Family and others it protects too.
    #[serde(default)]
    pub family: bool,
    /// When it is looked at again.
    pub review_on: Day,
}

/// The days that matter for plans, reminders and counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Days {
    /// When it began, or will.
    pub starts: Option<Day>,
    /// Last day, if it has one.
    pub ends: Option<Day>,
    /// When someone should look at it.
    pub due: Option<Day>,
}

macro_rules! bodies {
    ($($kind:ident($of:ty),)*) => {
        /// The coded facts of a record.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind", content = "facts", rename_all = "kebab-case")]
        pub enum Body { $(#[doc = concat!("See [`", stringify!($of), "`].")] $kind($of),)* }

        impl Body {
            /// What kind of record it is.
            #[must_use]
            pub const fn kind(&self) -> CareKind {
                match self { $(Self::$kind(_) => CareKind::$kind,)* }
            }

            /// Reads the coded facts of a record of this kind.
            ///
            /// # Errors
            /// When a fact is missing, of another type or unknown.
            pub fn read(kind: CareKind, facts: Map<String, Value>) -> Result<Self, Ill> {
                let facts = Value::Object(facts);
                let read = match kind {
                    $(CareKind::$kind => serde_json::from_value(facts).map(Self::$kind),)*
                };
                read.map_err(|error| Ill(error.to_string()))
            }

            /// The coded facts as a form gives and shows them.
            #[must_use]
            pub fn facts(&self) -> Map<String, Value> {
                let value = match self { $(Self::$kind(body) => serde_json::to_value(body),)* };
                match value {
                    Ok(Value::Object(facts)) => {
                        facts.into_iter().filter(|(_, fact)| !fact.is_null()).collect()
                    }
                    _ => Map::new(),
                }
            }
        }
    };
}

bodies! {
    Plan(Plan),
    Need(Need),
    Service(Service),
    Recovery(Recovery),
    Permit(Permit),
    LegalAid(LegalAid),
    Information(Information),
    Risk(Risk),
    SafetyPlan(SafetyPlan),
    Progress(Progress),
    FollowUp(FollowUp),
    Guardian(Guardian),
    BestInterests(BestInterests),
    Interview(Interview),
    ReturnChecklist(ReturnChecklist),
}

/// Facts that do not make a record of their kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("these facts do not make a record: {0}")]
pub struct Ill(pub String);

impl Body {
    /// The days that matter for plans, reminders and counts.
    #[must_use]
    pub fn days(&self) -> Days {
        let days = |starts, ends, due| Days { starts, ends, due };
        match self {
            Self::Plan(one) => {
                days(Some(one.on), None, one.review_on.or(Some(one.on.plus_days(REVIEW_DAYS))))
            }
            Self::Need(one) => days(Some(one.on), None, None),
            Self::Service(one) => {
                let due = one.ended_on.is_none().then_some(one.funded_until).flatten();
                days(one.started_on.or(one.asked_on), one.ended_on, due)
            }
            Self::Recovery(one) => days(Some(one.starts_on), Some(one.last_day()), None),
            Self::Permit(one) => days(
                one.valid_from.or(one.decided_on).or(one.applied_on),
                one.valid_until,
                one.contest_until.filter(|_| one.state == PermitState::Refused).or(one.valid_until),
            ),
            Self::LegalAid(one) => days(Some(one.on), None, None),
            Self::Information(one) => days(Some(one.on), Some(one.on), None),
            Self::Risk(one) => {
                days(Some(one.on), Some(one.valid_until), one.review_on.or(Some(one.valid_until)))
            }
            Self::SafetyPlan(one) => days(Some(one.on), None, Some(one.review_on)),
            Self::Progress(one) => days(Some(one.on), Some(one.on), None),
            Self::FollowUp(one) => {
                days(Some(one.due_on), one.done_on, one.done_on.is_none().then_some(one.due_on))
            }
            Self::Guardian(one) => days(Some(one.appointed_on), one.gone_on(), None),
            Self::BestInterests(one) => days(Some(one.on), one.decided_on, one.review_on),
            Self::Interview(one) => days(Some(one.on), Some(one.on), None),
            Self::ReturnChecklist(one) => days(Some(one.on), None, None),
        }
    }

    /// How the record stands on a day.
    #[must_use]
    pub fn standing(&self, today: Day) -> Standing {
        let Days { starts, ends, due } = self.days();
        match (starts, ends, due) {
            (_, Some(end), _) if end < today => Standing::Over,
            (_, _, Some(due)) if due < today => Standing::Overdue,
            (_, _, Some(due)) if due <= today.plus_days(SOON_DAYS) => Standing::Due,
            (Some(start), ..) if start > today => Standing::Planned,
            (None, ..) => Standing::Planned,
            _ => Standing::Running,
        }
    }
}

impl Need {
    /// Whether something is still to be done about it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !matches!(self.state, NeedState::Met | NeedState::NotWanted)
    }
}

impl Service {
    /// Whether it is asked for or given on a day: nothing came of it yet, and its last
    /// day is not over.
    #[must_use]
    pub fn goes_on(&self, day: Day) -> bool {
        self.outcome.is_none() && self.ended_on.is_none_or(|end| day <= end)
    }
}

impl Permit {
    /// Whether it was given.
    #[must_use]
    pub const fn holds(&self) -> bool {
        matches!(self.state, PermitState::Granted | PermitState::Renewed)
    }

    /// Whether it was refused, and nobody contested that yet.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        matches!(self.state, PermitState::Refused)
    }
}

impl Risk {
    /// Whether it holds on a day (R5).
    #[must_use]
    pub fn holds_on(&self, day: Day) -> bool {
        self.on <= day && day <= self.valid_until
    }
}
