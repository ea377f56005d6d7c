//! Recommendations of any body, with addressee and strength (R060), and which
//! of them say nearly the same (R061).

use crate::{
    coded,
    register::{day::Day, document::Problem, provenance::PartialDate, state::StateCode},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

coded! {
    /// Whom a recommendation addresses.
    AddresseeKind {
        /// One State or several, named.
        States = "states",
        /// All States of the mechanism, or all parties.
        AllStates = "all-states",
        /// Regional mechanisms.
        Mechanisms = "mechanisms",
        /// A conference or political body.
        Conference = "conference",
        /// A secretariat.
        Secretariat = "secretariat",
        /// The international community and donors.
        Community = "community",
    }
}

coded! {
    /// How strongly it is worded.
    Strength {
        /// Urges: the strongest.
        Urge = "urge",
        /// Considers that it should be done.
        Consider = "consider",
        /// Invites or encourages.
        Invite = "invite",
        /// Welcomes what was done.
        Welcome = "welcome",
    }
}

coded! {
    /// How far it is carried out: one vocabulary for all mechanisms (R063).
    RecordStatus {
        /// Nothing begun.
        NotStarted = "not-started",
        /// Planned.
        Planned = "planned",
        /// Being carried out.
        Ongoing = "ongoing",
        /// Carried out in part.
        Partly = "partly",
        /// Carried out.
        Implemented = "implemented",
        /// Dealt with satisfactorily in another way.
        SatisfactoryOther = "satisfactory-other",
        /// Not carried out.
        NotImplemented = "not-implemented",
        /// Overtaken by a later one.
        Superseded = "superseded",
        /// Nothing is known.
        NoInformation = "no-information",
    }
}

impl RecordStatus {
    /// Whether nothing is left to do.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Implemented | Self::SatisfactoryOther | Self::Superseded)
    }
}

/// A recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// Stable id, e.g. `S0-108` or `WG-12`.
    pub id: String,
    /// The body that made it.
    pub body: String,
    /// The day, month or year it was made, as written.
    pub made: String,
    /// What is recommended, in our own words.
    pub text: String,
    /// Group within its document.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// Whom it addresses.
    pub addressee: AddresseeKind,
    /// The States addressed, where named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<StateCode>,
    /// How strongly.
    pub strength: Strength,
    /// Themes, the same words everywhere.
    #[serde(default)]
    pub themes: Vec<String>,
    /// Provisions, `instrument:provision`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provisions: Vec<String>,
    /// Plan actions it is taken up by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<String>,
    /// Indicators that measure it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<String>,
    /// Recommendations marked as saying the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub same_as: Vec<String>,
    /// Recommendations marked as contradicting it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contradicts: Vec<String>,
    /// The round it came from, if one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<String>,
    /// The day by which it should be carried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Day>,
    /// The institution asked to take the lead, where the body names one; a State's own
    /// word comes before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// The day it was recorded here; nothing for those that ship.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Day>,
    /// Whether only parts of it are shown to the public.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confidential: bool,
    /// Document and place.
    pub source: String,
}

impl Recommendation {
    /// Since when it waits for a lead: the day it was recorded, or the last day of when it
    /// was made, where that is all that is known.
    #[must_use]
    pub fn since(&self) -> Option<Day> {
        self.recorded.or_else(|| PartialDate::parse(&self.made).map(PartialDate::last_day))
    }

    /// Whether nobody led it for 90 days, where it names no State (R062).
    #[must_use]
    pub fn unled(&self, today: Day) -> bool {
        self.lead.is_none()
            && self
                .since()
                .is_some_and(|day| (today.date() - day.date()).whole_days() > super::UNLED_DAYS)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    body: String,
    made: String,
    recommendation: Vec<toml::Table>,
}

/// Reads a file of recommendations: body and date stand once, on top.
///
/// # Errors
/// What is wrong with it.
pub fn read_recommendations(text: &str) -> Result<Vec<Recommendation>, Vec<Problem>> {
    let wrong = |message: String, remedy: &str| Problem {
        line: 1,
        field: "recommendation".to_owned(),
        message,
        remedy: remedy.to_owned(),
    };
    let file: File = toml::from_str(text)
        .map_err(|error| vec![wrong(error.message().to_owned(), "correct the file")])?;
    let mut problems = Vec::new();
    let mut all: Vec<Recommendation> = Vec::new();
    for mut entry in file.recommendation {
        entry.entry("body").or_insert_with(|| file.body.clone().into());
        entry.entry("made").or_insert_with(|| file.made.clone().into());
        match entry.try_into::<Recommendation>() {
            Ok(one) if all.iter().any(|other| other.id == one.id) => {
                problems.push(wrong(format!("`{}` stands twice", one.id), "give it another id"));
            }
            Ok(one) => all.push(one),
            Err(error) => problems.push(wrong(error.message().to_owned(), "correct the entry")),
        }
    }
    if problems.is_empty() { Ok(all) } else { Err(problems) }
}

/// Words too common to tell two recommendations apart.
const COMMON: [&str; 38] = [
    "the",
    "and",
    "of",
    "to",
    "in",
    "for",
    "a",
    "an",
    "on",
    "with",
    "by",
    "or",
    "as",
    "their",
    "that",
    "which",
    "should",
    "states",
    "state",
    "trafficking",
    "persons",
    "trafficked",
    "be",
    "are",
    "is",
    "from",
    "its",
    "all",
    "where",
    "including",
    "such",
    "each",
    "at",
    "who",
    "they",
    "them",
    "so",
    "regional",
];

fn words(text: &str) -> BTreeSet<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 2 && !COMMON.contains(word))
        // Plural and singular are one word here.
        .map(|word| word.strip_suffix('s').unwrap_or(word).to_owned())
        .collect()
}

/// How much two recommendations have in common, from 0 to 1, for being listed
/// as similar: shared words and shared themes.
fn likeness(a: &Recommendation, b: &Recommendation) -> f64 {
    let (wa, wb) = (words(&a.text), words(&b.text));
    let themes = |one: &Recommendation| one.themes.iter().cloned().collect::<BTreeSet<String>>();
    let (ta, tb) = (themes(a), themes(b));
    #[allow(clippy::cast_precision_loss)] // some dozen words
    let share = |common: usize, all: usize| if all == 0 { 0.0 } else { common as f64 / all as f64 };
    let words = share(wa.intersection(&wb).count(), wa.len().min(wb.len()));
    let themes = share(ta.intersection(&tb).count(), ta.union(&tb).count());
    0.6 * words + 0.4 * themes
}

/// From this likeness on, two recommendations are listed as similar.
const SIMILAR_FROM: f64 = 0.45;

/// For each recommendation those of other documents that say nearly the same,
/// the most alike first; marked ones always count.
#[must_use]
pub fn similar(all: &[Recommendation]) -> BTreeMap<&str, Vec<&str>> {
    let mut found: BTreeMap<&str, Vec<(&str, f64)>> = BTreeMap::new();
    for (at, one) in all.iter().enumerate() {
        for other in all.get(at + 1..).unwrap_or_default() {
            let marked = one.same_as.contains(&other.id) || other.same_as.contains(&one.id);
            let alike = if marked { 1.0 } else { likeness(one, other) };
            if alike >= SIMILAR_FROM && (marked || one.body != other.body) {
                found.entry(&one.id).or_default().push((&other.id, alike));
                found.entry(&other.id).or_default().push((&one.id, alike));
            }
        }
    }
    found
        .into_iter()
        .map(|(id, mut others)| {
            others.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
            (id, others.into_iter().map(|(other, _)| other).collect())
        })
        .collect()
}
