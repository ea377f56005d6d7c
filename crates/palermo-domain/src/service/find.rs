//! Finding help: which services fit a person's need, in which order, and which
//! exclude them and why. Pure, and blind by its types to nationality,
//! immigration status and cooperation: [`Particulars`] has no such field (R1).

use super::{
    Freshness, Need, PLACES_HOLD_DAYS,
    eligibility::{Admission, Eligibility, Group},
    hidden::Behind,
};
use crate::{
    coded,
    hours::{self, Standing},
    id::{ServiceId, TenantId},
    moment::Moment,
    register::{day::Day, state::StateCode},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap, HashSet};

coded! {
    /// What someone says of their sex or gender.
    Sex {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
        /// Another.
        Other = "other",
    }
}

coded! {
    /// A person's age as far as it matters for help.
    AgeGroup {
        /// Below 18.
        Child = "child",
        /// 18 or older.
        Adult = "adult",
        /// In doubt: a child's rights, though not a children's dormitory by itself (R3).
        InDoubt = "in-doubt",
    }
}

coded! {
    /// How the person was exploited.
    Exploitation {
        /// Sexually.
        Sexual = "sexual",
        /// In work.
        Labour = "labour",
        /// Otherwise: begging, crime, organs, marriage, armed groups.
        Other = "other",
    }
}

coded! {
    /// What may be said of a person besides sex, age and form of exploitation.
    With {
        /// Has children along.
        Children = "children",
        /// Needs access without steps, or other help because of a disability.
        Disability = "disability",
        /// In danger of being found.
        HighRisk = "high-risk",
    }
}

/// What is known of the person, each part only if they say so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particulars {
    /// Sex or gender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Age group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<AgeGroup>,
    /// Age in years, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_years: Option<u8>,
    /// Has children along.
    #[serde(default)]
    pub with_children: bool,
    /// Needs access without steps, or other help because of a disability.
    #[serde(default)]
    pub disability: bool,
    /// How they were exploited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exploitation: Option<Exploitation>,
    /// In danger of being found.
    #[serde(default)]
    pub high_risk: bool,
    /// Languages they speak (BCP 47).
    #[serde(default)]
    pub languages: Vec<String>,
}

impl Particulars {
    /// Whether this was said of them.
    #[must_use]
    pub const fn says(&self, with: With) -> bool {
        match with {
            With::Children => self.with_children,
            With::Disability => self.disability,
            With::HighRisk => self.high_risk,
        }
    }

    /// The groups this person belongs to, as far as they said.
    #[must_use]
    pub fn groups(&self) -> Vec<Group> {
        let mut groups = Vec::new();
        let child = matches!(self.age, Some(AgeGroup::Child))
            || (self.age.is_none() && self.age_years.is_some_and(|years| years < 18));
        // In doubt a service for either fits: neither group is taken as given.
        if self.age != Some(AgeGroup::InDoubt) {
            groups.extend(match (self.sex, child) {
                (Some(Sex::Female), true) => Some(Group::Girls),
                (Some(Sex::Male), true) => Some(Group::Boys),
                (Some(Sex::Female), false) => Some(Group::Women),
                (Some(Sex::Male), false) => Some(Group::Men),
                (Some(Sex::Other), _) => Some(Group::OtherGender),
                (None, _) => None,
            });
        }
        if self.with_children {
            groups.push(Group::Families);
        }
        if self.disability {
            groups.push(Group::Disability);
        }
        groups.extend(self.exploitation.map(|form| match form {
            Exploitation::Sexual => Group::Sexual,
            Exploitation::Labour => Group::Labour,
            Exploitation::Other => Group::OtherForms,
        }));
        if self.high_risk {
            groups.push(Group::HighRisk);
        }
        groups
    }

    /// Where age is in doubt: the two groups of which admitting one is enough.
    fn either(&self) -> Option<[Group; 2]> {
        match (self.age, self.sex) {
            (Some(AgeGroup::InDoubt), Some(Sex::Female)) => Some([Group::Girls, Group::Women]),
            (Some(AgeGroup::InDoubt), Some(Sex::Male)) => Some([Group::Boys, Group::Men]),
            _ => None,
        }
    }
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// What is needed.
    pub need: Need,
    /// In which State.
    pub state: StateCode,
    /// In which town or region; anywhere in the State if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Whom it is for.
    #[serde(default)]
    pub person: Particulars,
    /// Services called without an answer: the next ones come.
    #[serde(default)]
    pub tried: Vec<ServiceId>,
}

/// The few facts of a service that matching looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Whose record it is.
    pub tenant: TenantId,
    /// The service.
    pub id: ServiceId,
    /// Areas it serves, folded to small letters without accents; empty: the whole State.
    pub areas: Vec<String>,
    /// Whether its address is protected.
    pub protected: bool,
    /// Whom it admits.
    pub eligibility: Eligibility,
    /// Whether one gets in without steps.
    pub step_free: Option<bool>,
    /// Languages spoken.
    pub languages: Vec<String>,
    /// Free places.
    pub available: Option<u32>,
    /// When these were confirmed.
    pub places_confirmed: Option<Day>,
    /// When the record was last made sure of.
    pub assured: Option<Day>,
    /// Opening hours.
    pub hours: Option<String>,
    /// Their time zone.
    pub time_zone: Option<String>,
    /// The last call within a day that nobody answered.
    pub unanswered: Option<Moment>,
    /// Whether it leads back to whoever looks: a service of their own organisation, or one
    /// that a desk of it leads to.
    pub own: bool,
}

/// The numbers that lead to services at protected addresses. Several of them
/// share the telephone of a desk: whoever called one has called them all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// The number that leads to each.
    pub of: HashMap<ServiceId, String>,
    /// Numbers that nobody answered within a day, with the last such call.
    pub silent: HashMap<String, Moment>,
    /// Numbers called without an answer in this very search.
    pub tried: BTreeSet<String>,
}

impl Lines {
    /// Lets all that a called number leads to step back together: behind the
    /// others if nobody answered there today, out of this search if it was
    /// called in it.
    pub fn step_back(&self, offers: &mut [Offer], tried: &mut Vec<ServiceId>) {
        for offer in offers {
            let Some(line) = self.of.get(&offer.id) else { continue };
            offer.unanswered = offer.unanswered.max(self.silent.get(line).copied());
            if self.tried.contains(line) && !tried.contains(&offer.id) {
                tried.push(offer.id);
            }
        }
    }
}

coded! {
    /// Why a service stands where it stands, for the person who asks.
    Because {
        /// Says it admits people like this.
        Admits = "admits",
        /// Does not say whom it admits: ask.
        AdmissionUnknown = "admission-unknown",
        /// Serves the area.
        ServesArea = "serves-area",
        /// Serves the whole State.
        ServesState = "serves-state",
        /// Serves other areas.
        OtherArea = "other-area",
        /// Open now.
        OpenNow = "open-now",
        /// Closed now.
        ClosedNow = "closed-now",
        /// Hours are not known.
        HoursUnknown = "hours-unknown",
        /// Has free places, confirmed within a week.
        PlacesFree = "places-free",
        /// Had free places, confirmed longer ago.
        PlacesOld = "places-old",
        /// Full.
        Full = "full",
        /// Speaks the language.
        SpeaksLanguage = "speaks-language",
        /// The record was made sure of within 180 days.
        Fresh = "fresh",
        /// The record is older.
        Stale = "stale",
        /// Someone called today and nobody answered.
        Unanswered = "unanswered",
    }
}

impl Because {
    /// The reason that lies in whether it is open.
    #[must_use]
    pub const fn stands(standing: Standing) -> Self {
        match standing {
            Standing::Open { .. } => Self::OpenNow,
            Standing::Closed { .. } => Self::ClosedNow,
            Standing::Unknown => Self::HoursUnknown,
        }
    }
}

/// A service that may help, with why it stands where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Whose record it is.
    pub tenant: TenantId,
    /// The service.
    pub id: ServiceId,
    /// Higher comes first.
    pub score: i32,
    /// Why.
    pub because: Vec<Because>,
    /// Whether it is open.
    pub standing: Standing,
    /// The last call within a day that nobody answered.
    pub unanswered: Option<Moment>,
}

/// A service that says it does not admit this person. Shown and kept, not
/// silently left out (R1, R079).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excluding {
    /// Whose record it is.
    pub tenant: TenantId,
    /// The service.
    pub id: ServiceId,
    /// The groups it excludes and the person belongs to.
    pub groups: Vec<Group>,
    /// Their age is outside its limits.
    pub age: bool,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Services that may help, the best first.
    pub matches: Vec<Match>,
    /// Services that exclude the person.
    pub excluding: Vec<Excluding>,
    /// Services passed over because nobody answered there.
    pub tried: usize,
    /// For whoever may not see protected services: the entries that stand for
    /// them among the matches.
    pub behind: Vec<Behind>,
    /// The area that was asked for, folded: services are shown as they are given there.
    pub area: Option<String>,
}

impl Found {
    /// Whether a service is in reach: one that serves the place and does not
    /// exclude the person. Without one an unmet need is to be filed.
    #[must_use]
    pub fn in_reach(&self) -> bool {
        let near = |one: &Match| !one.because.contains(&Because::OtherArea);
        let free = |one: &Match| !one.because.contains(&Because::Full);
        self.matches.iter().any(|one| near(one) && free(one))
    }
}

/// Finds help among these offers. `area` of `wanted` is folded like the areas
/// of the offers. The same question gets the same answer in the same order:
/// those that did not answer today come after all others, however well they fit, and for
/// a person in danger of being found protected ones before those with a public address.
/// What leads back to whoever looks comes after the others where one of these has a free
/// place: they know their own door, and ask for another.
#[must_use]
pub fn find(offers: &[Offer], wanted: &Wanted, at: Moment) -> Found {
    let today = Day::from(at.date());
    let mut stands: HashMap<(Option<&str>, Option<&str>), Standing> = HashMap::new();
    let tried: HashSet<ServiceId> = wanted.tried.iter().copied().collect();
    let free = |one: &&Offer| one.protected && one.available != Some(0);
    let guarded = offers.iter().filter(|one| wanted.person.high_risk && free(one));
    let guarded: HashSet<ServiceId> = guarded.map(|one| one.id).collect();
    let mut found = Found::default();
    for offer in offers {
        if tried.contains(&offer.id) {
            found.tried += 1;
            continue;
        }
        let (groups, age) = excluded(&offer.eligibility, &wanted.person);
        if !groups.is_empty() || age {
            found.excluding.push(Excluding { tenant: offer.tenant, id: offer.id, groups, age });
            continue;
        }
        let key = (offer.hours.as_deref(), offer.time_zone.as_deref());
        let standing = *stands.entry(key).or_insert_with(|| hours::standing(key.0, key.1, at));
        let (score, because) = weigh(offer, wanted, standing, today);
        let (tenant, id, unanswered) = (offer.tenant, offer.id, offer.unanswered);
        found.matches.push(Match { tenant, id, score, because, standing, unanswered });
    }
    let own: HashSet<ServiceId> = offers.iter().filter(|one| one.own).map(|one| one.id).collect();
    let away = |one: &Match| {
        let says = |why| one.because.contains(&why);
        let near = says(Because::PlacesFree) && !says(Because::OtherArea);
        near && one.unanswered.is_none() && !own.contains(&one.id)
    };
    let elsewhere = found.matches.iter().any(away);
    let home = |one: &Match| elsewhere && own.contains(&one.id);
    found.matches.sort_by(|a, b| {
        let silent = a.unanswered.is_some().cmp(&b.unanswered.is_some());
        // Whoever may be found is not led to an address that anyone can look up first.
        let hidden = guarded.contains(&b.id).cmp(&guarded.contains(&a.id));
        silent
            .then(hidden)
            .then(home(a).cmp(&home(b)))
            .then(b.score.cmp(&a.score))
            .then(a.id.cmp(&b.id))
    });
    found.excluding.sort_by_key(|one| one.id);
    found
}

/// The groups of this person that are excluded, and whether their age is.
fn excluded(eligibility: &Eligibility, person: &Particulars) -> (Vec<Group>, bool) {
    let says_no = |group: &Group| eligibility.says(*group) == Some(Admission::Excluded);
    let mut groups: Vec<Group> =
        person.groups().into_iter().filter(|group| group.is_matched() && says_no(group)).collect();
    if let Some(either) = person.either()
        && either.iter().all(says_no)
    {
        groups.extend(either);
    }
    // In doubt nobody is too old or too young.
    let years = person.age_years.filter(|_| person.age != Some(AgeGroup::InDoubt));
    let below = |least: u8| years.is_some_and(|years| years < least);
    let above = |most: u8| years.is_some_and(|years| years > most);
    let child_only = person.age == Some(AgeGroup::Adult)
        && eligibility.maximum_age_years.is_some_and(|most| most < 18);
    let adult_only = person.age == Some(AgeGroup::Child)
        && eligibility.minimum_age_years.is_some_and(|least| least >= 18);
    let age = eligibility.minimum_age_years.is_some_and(below)
        || eligibility.maximum_age_years.is_some_and(above)
        || child_only
        || adult_only;
    (groups, age)
}

fn weigh(offer: &Offer, wanted: &Wanted, standing: Standing, today: Day) -> (i32, Vec<Because>) {
    let mut because = Vec::new();
    let mut score = 0;
    let mut says = |why: Because, worth: i32| {
        because.push(why);
        score += worth;
    };
    let person = &wanted.person;
    let groups = person.groups();
    let admitted = |group: &Group| offer.eligibility.says(*group) == Some(Admission::Admitted);
    let either = person.either().is_none_or(|two| two.iter().any(admitted));
    if either && groups.iter().all(admitted) && !(groups.is_empty() && person.either().is_none()) {
        says(Because::Admits, 400);
    } else if !groups.is_empty() || person.either().is_some() {
        says(Because::AdmissionUnknown, 0);
    }
    match &wanted.area {
        Some(area) if offer.areas.iter().any(|one| one == area) => says(Because::ServesArea, 600),
        _ if offer.areas.is_empty() => says(Because::ServesState, 300),
        Some(_) => says(Because::OtherArea, 0),
        None => {}
    }
    match standing {
        Standing::Open { .. } => says(Because::OpenNow, 200),
        Standing::Closed { .. } => says(Because::ClosedNow, 0),
        Standing::Unknown => says(Because::HoursUnknown, 60),
    }
    let confirmed =
        offer.places_confirmed.is_some_and(|day| today <= day.plus_days(PLACES_HOLD_DAYS));
    match offer.available {
        Some(0) if confirmed => says(Because::Full, -500),
        Some(0) => says(Because::PlacesOld, -40),
        Some(_) if confirmed => says(Because::PlacesFree, 150),
        Some(_) => says(Because::PlacesOld, 40),
        None => {}
    }
    if offer.languages.iter().any(|one| person.languages.iter().any(|wanted| same(one, wanted))) {
        says(Because::SpeaksLanguage, 120);
    }
    if person.disability && offer.step_free == Some(true) {
        says(Because::Admits, 50);
    }
    match Freshness::of(offer.assured, today) {
        Freshness::Fresh => says(Because::Fresh, 80),
        Freshness::Amber => says(Because::Stale, 30),
        Freshness::Red => says(Because::Stale, 0),
    }
    if offer.unanswered.is_some() {
        says(Because::Unanswered, 0);
    }
    because.dedup();
    (score, because)
}

/// The same language, whatever its script or region.
fn same(a: &str, b: &str) -> bool {
    let first = |code: &str| code.split('-').next().unwrap_or_default().to_ascii_lowercase();
    first(a) == first(b)
}
