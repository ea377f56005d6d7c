//! How a plan is put together and put right: its rows and indicators are added, placed
//! and taken out, and once it is adopted each such change leaves behind what stood
//! before, with the reason (R017, R021, R031).

use super::{
    PartyKind, Plan, PlanCode, PlanStatus, Row,
    amend::{AmendRefused, Amendment, Change, Decision},
    indicator::{Baseline, Indicator},
};
use crate::{coded, register::day::Day, tenant::TenantKind};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

coded! {
    /// What a change is about.
    Part {
        /// The plan as a whole.
        Plan = "plan",
        /// A row.
        Row = "row",
        /// An indicator.
        Indicator = "indicator",
    }
}

coded! {
    /// Which fact of it changed.
    Fact {
        /// It was not there before.
        Added = "added",
        /// It was taken out.
        Dropped = "dropped",
        /// Its title.
        Title = "title",
        /// Its number.
        Number = "number",
        /// The row it lies under.
        Place = "place",
        /// Whose part of the work it is.
        Tier = "tier",
        /// What an indicator looks at.
        Kind = "kind",
        /// What is counted.
        Counted = "counted",
        /// The unit.
        Unit = "unit",
        /// Which way is better.
        Direction = "direction",
        /// Breakdowns asked for.
        Breakdowns = "breakdowns",
        /// Where it begins.
        Baseline = "baseline",
        /// First and last day.
        Time = "time",
        /// The regional plan it was adopted from.
        Parent = "parent",
        /// The plan before it.
        Predecessor = "predecessor",
        /// Its phases.
        Phases = "phases",
        /// Who adopted it.
        AdoptedBy = "adopted-by",
        /// Where it stands.
        Status = "status",
        /// What it rests on, or where its values come from.
        Source = "source",
        /// The review of the plan before it.
        PredecessorReview = "predecessor-review",
        /// What the plan calls a row.
        Level = "level",
        /// Whether an indicator is in use.
        Active = "active",
        /// How often it is told.
        Frequency = "frequency",
    }
}

coded! {
    /// Which review of a plan (R030).
    ReviewKind {
        /// Half way.
        MidTerm = "mid-term",
        /// After its end.
        Final = "final",
    }
}

/// A finished review of a plan, kept with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanReview {
    /// Which.
    pub kind: ReviewKind,
    /// The day it was adopted.
    pub on: Day,
    /// The body that reviewed.
    pub by: String,
    /// What it found.
    pub conclusions: String,
    /// What the next plan should do otherwise.
    #[serde(default)]
    pub proposals: String,
    /// Address or name of the document.
    #[serde(default)]
    pub document: String,
}

/// Where a row is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Before all others.
    First,
    /// First of those under this row.
    Under(String),
    /// Beside this row, after it.
    After(String),
}

/// A place that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no place; write `first`, `under:` or `after:` with the key of a row")]
pub struct NotAPlace(pub String);

impl FromStr for Place {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        match text.split_once(':') {
            None if text == "first" => Ok(Self::First),
            Some(("under", key)) if !key.is_empty() => Ok(Self::Under(key.to_owned())),
            Some(("after", key)) if !key.is_empty() => Ok(Self::After(key.to_owned())),
            _ => Err(NotAPlace(text.to_owned())),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::First => f.write_str("first"),
            Self::Under(key) => write!(f, "under:{key}"),
            Self::After(key) => write!(f, "after:{key}"),
        }
    }
}

/// Why a row or indicator cannot be put in or taken out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviseRefused {
    /// A key that is none.
    #[error(
        "`{0}` is not a key; use up to 60 small letters, digits and hyphens, like `training-1`"
    )]
    NotAKey(String),
    /// A key that is taken.
    #[error("`{0}` is the key of another one already; choose another")]
    Taken(String),
    /// What is not there.
    #[error("`{0}` is not in the plan")]
    NotThere(String),
    /// A row under itself.
    #[error("row `{0}` cannot lie under itself")]
    UnderItself(String),
    /// A row that others hang on.
    #[error(
        "rows or indicators belong to the row `{0}`; place them elsewhere or take them out first"
    )]
    HasParts(String),
}

/// Whether a text can be the key of a row or indicator: it stands in addresses.
#[must_use]
pub fn is_key(text: &str) -> bool {
    (1..=60).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

impl Plan {
    /// A draft without rows.
    #[must_use]
    pub fn empty(code: PlanCode, title: String, from: Day, to: Day) -> Self {
        Self {
            code,
            title,
            language: "en".into(),
            mechanism: None,
            state: None,
            parent: None,
            predecessor: None,
            predecessor_review: None,
            adopted_by: String::new(),
            adopted_on: None,
            from,
            to,
            status: PlanStatus::Draft,
            source: String::new(),
            rows: Vec::new(),
            indicators: Vec::new(),
            targets: Vec::new(),
            phases: Vec::new(),
            amendments: Vec::new(),
            declared: std::collections::BTreeMap::new(),
            rates: Vec::new(),
            reviews: Vec::new(),
        }
    }

    /// The next key that is free, for rows with `row-`, for indicators with `indicator-`.
    #[must_use]
    pub fn free_key(&self, begins: &str) -> String {
        let mut number = 1_usize;
        loop {
            let key = format!("{begins}{number}");
            if self.row(&key).is_none() && self.indicator(&key).is_none() {
                return key;
            }
            number += 1;
        }
    }

    fn index_of(&self, key: &str) -> Result<usize, ReviseRefused> {
        let found = self.rows.iter().position(|row| row.key == key);
        found.ok_or_else(|| ReviseRefused::NotThere(key.to_owned()))
    }

    /// Where in the list a place is, and what it lies under. Parents stay before their
    /// children, since a row is put after the one it names.
    fn spot(&self, place: &Place) -> Result<(usize, Option<String>), ReviseRefused> {
        match place {
            Place::First => Ok((0, None)),
            Place::Under(key) => Ok((self.index_of(key)? + 1, Some(key.clone()))),
            Place::After(key) => {
                let at = self.index_of(key)?;
                Ok((at + 1, self.rows.get(at).and_then(|row| row.parent.clone())))
            }
        }
    }

    /// Where a new row stands unless said otherwise: after the last one of those at the
    /// top, or under `parent`.
    #[must_use]
    pub fn last_place(&self, parent: Option<&str>) -> Place {
        match (self.under(parent).last(), parent) {
            (Some(last), _) => Place::After(last.key.clone()),
            (None, Some(parent)) => Place::Under(parent.to_owned()),
            (None, None) => Place::First,
        }
    }

    /// Puts a new row in its place.
    ///
    /// # Errors
    /// [`ReviseRefused`]; the plan is then as it was.
    pub fn add_row(&mut self, row: Row, place: &Place) -> Result<(), ReviseRefused> {
        if !is_key(&row.key) {
            return Err(ReviseRefused::NotAKey(row.key));
        }
        if self.row(&row.key).is_some() {
            return Err(ReviseRefused::Taken(row.key));
        }
        let (at, parent) = self.spot(place)?;
        self.rows.insert(at, Row { parent, ..row });
        Ok(())
    }

    /// Puts a row with everything under it elsewhere.
    ///
    /// # Errors
    /// [`ReviseRefused`]; the plan is then as it was.
    pub fn move_row(&mut self, key: &str, place: &Place) -> Result<(), ReviseRefused> {
        self.index_of(key)?;
        let moved = self.with_below(key);
        if let Place::Under(other) | Place::After(other) = place {
            if moved.contains(other) {
                return Err(ReviseRefused::UnderItself(key.to_owned()));
            }
            self.index_of(other)?;
        }
        let rows = std::mem::take(&mut self.rows);
        let (mut block, rest): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| moved.contains(&row.key));
        self.rows = rest;
        let (at, parent) = self.spot(place)?;
        if let Some(row) = block.iter_mut().find(|row| row.key == key) {
            row.parent = parent;
        }
        self.rows.splice(at..at, block);
        Ok(())
    }

    /// Keys of a row and of everything under it.
    fn with_below(&self, key: &str) -> Vec<String> {
        let mut keys = vec![key.to_owned()];
        // Parents come before their children, so one pass finds all.
        for row in &self.rows {
            if row.parent.as_ref().is_some_and(|parent| keys.contains(parent)) {
                keys.push(row.key.clone());
            }
        }
        keys
    }

    /// Takes a row out.
    ///
    /// # Errors
    /// [`ReviseRefused::HasParts`] while rows or indicators belong to it.
    pub fn drop_row(&mut self, key: &str) -> Result<(), ReviseRefused> {
        let at = self.index_of(key)?;
        let used = self.under(Some(key)).next().is_some()
            || self.indicators.iter().any(|indicator| indicator.row == key);
        if used {
            return Err(ReviseRefused::HasParts(key.to_owned()));
        }
        self.rows.remove(at);
        Ok(())
    }

    /// Adds an indicator.
    ///
    /// # Errors
    /// [`ReviseRefused`]; the plan is then as it was.
    pub fn add_indicator(&mut self, indicator: Indicator) -> Result<(), ReviseRefused> {
        if !is_key(&indicator.key) {
            return Err(ReviseRefused::NotAKey(indicator.key));
        }
        if self.indicator(&indicator.key).is_some() {
            return Err(ReviseRefused::Taken(indicator.key));
        }
        self.index_of(&indicator.row)?;
        self.indicators.push(indicator);
        Ok(())
    }

    /// Takes an indicator out, with its targets.
    ///
    /// # Errors
    /// [`ReviseRefused::NotThere`].
    pub fn drop_indicator(&mut self, key: &str) -> Result<(), ReviseRefused> {
        if self.indicator(key).is_none() {
            return Err(ReviseRefused::NotThere(key.to_owned()));
        }
        self.indicators.retain(|indicator| indicator.key != key);
        self.targets.retain(|target| target.indicator != key);
        Ok(())
    }

    /// What differs from what stood before, of all that an adopted plan tells with a
    /// reason. Leads, money, dates and themes of rows are the work itself and change
    /// freely; so does what is written where nothing stood.
    #[must_use]
    pub fn corrections(&self, before: &Self) -> Vec<Change> {
        let mut found = self.own_corrections(before);
        let old_rows = before.rows.iter();
        for row in old_rows.filter(|row| self.row(&row.key).is_none()) {
            found.push(told(Part::Row, &row.key, Fact::Dropped, &row.title, ""));
        }
        for row in &self.rows {
            match before.row(&row.key) {
                None => found.push(told(Part::Row, &row.key, Fact::Added, "", &row.title)),
                Some(old) => row_corrections(old, row, &mut found),
            }
        }
        let old = before.indicators.iter();
        for one in old.filter(|one| self.indicator(&one.key).is_none()) {
            found.push(told(Part::Indicator, &one.key, Fact::Dropped, &one.title, ""));
        }
        for one in &self.indicators {
            match before.indicator(&one.key) {
                None => found.push(told(Part::Indicator, &one.key, Fact::Added, "", &one.title)),
                Some(old) => indicator_corrections(old, one, &mut found),
            }
        }
        found
    }

    /// What differs in the plan itself.
    fn own_corrections(&self, before: &Self) -> Vec<Change> {
        let code = |code: &Option<PlanCode>| code.as_ref().map(ToString::to_string);
        let phases = |plan: &Self| {
            let all = plan.phases.iter().map(|p| format!("{} {}–{}", p.title, p.from, p.to));
            all.collect::<Vec<_>>().join("; ")
        };
        let time = |plan: &Self| format!("{} – {}", plan.from, plan.to);
        let facts = [
            (Fact::Title, before.title.clone(), self.title.clone()),
            (Fact::Time, time(before), time(self)),
            (
                Fact::Parent,
                code(&before.parent).unwrap_or_default(),
                code(&self.parent).unwrap_or_default(),
            ),
            (
                Fact::Predecessor,
                code(&before.predecessor).unwrap_or_default(),
                code(&self.predecessor).unwrap_or_default(),
            ),
            (Fact::Phases, phases(before), phases(self)),
            (Fact::AdoptedBy, before.adopted_by.clone(), self.adopted_by.clone()),
            (Fact::Status, before.status.to_string(), self.status.to_string()),
        ];
        let review = |plan: &Self| plan.predecessor_review.clone().unwrap_or_default();
        let written = [
            (Fact::Source, before.source.clone(), self.source.clone()),
            (Fact::PredecessorReview, review(before), review(self)),
        ];
        facts
            .into_iter()
            .chain(written.into_iter().filter(|(_, from, _)| !from.is_empty()))
            .filter(|(_, from, to)| from != to)
            .map(|(fact, from, to)| told(Part::Plan, "", fact, &from, &to))
            .collect()
    }

    /// Keeps what differs from what stood before as course corrections. A draft keeps
    /// no history.
    ///
    /// # Errors
    /// [`AmendRefused`]: an adopted plan changes with a reason and who decided, a closed
    /// one not at all.
    pub fn explained(&mut self, before: &Self, decision: &Decision) -> Result<(), AmendRefused> {
        match before.status {
            PlanStatus::Draft => return Ok(()),
            PlanStatus::Closed => return Err(AmendRefused::Closed),
            PlanStatus::Adopted => {}
        }
        let changes = self.corrections(before);
        if changes.is_empty() {
            return Ok(());
        }
        if decision.reason.trim().is_empty() {
            return Err(AmendRefused::NoReason);
        }
        if decision.by.trim().is_empty() {
            return Err(AmendRefused::NobodyDecided);
        }
        self.amendments.extend(changes.into_iter().map(|change| Amendment {
            on: decision.on,
            decided_by: decision.by.clone(),
            reason: decision.reason.clone(),
            change,
        }));
        Ok(())
    }
}

fn told(part: Part, key: &str, fact: Fact, from: &str, to: &str) -> Change {
    Change::Fact { part, key: key.to_owned(), fact, from: from.to_owned(), to: to.to_owned() }
}

fn row_corrections(old: &Row, new: &Row, found: &mut Vec<Change>) {
    if old.title != new.title {
        let (row, from, to) = (new.key.clone(), old.title.clone(), new.title.clone());
        found.push(Change::Row { row, from, to });
    }
    let place = |row: &Row| row.parent.clone().unwrap_or_default();
    for (fact, from, to) in [
        (Fact::Number, old.number.clone(), new.number.clone()),
        (Fact::Place, place(old), place(new)),
        (Fact::Tier, old.tier.to_string(), new.tier.to_string()),
        (Fact::Level, old.level.clone(), new.level.clone()),
    ] {
        if from != to {
            found.push(told(Part::Row, &new.key, fact, &from, &to));
        }
    }
}

fn indicator_corrections(old: &Indicator, new: &Indicator, found: &mut Vec<Change>) {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let in_use = |one: &Indicator| String::from(if one.active { "yes" } else { "no" });
    let [often, whence, unit] = [&old.frequency, &old.source, &old.unit].map(text);
    let way = |one: &Indicator| one.direction.map(|way| way.to_string()).unwrap_or_default();
    let breakdowns = |one: &Indicator| {
        one.breakdowns.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    for (fact, from, to, written) in [
        (Fact::Title, old.title.clone(), new.title.clone(), false),
        (Fact::Place, old.row.clone(), new.row.clone(), false),
        (Fact::Kind, old.kind.to_string(), new.kind.to_string(), false),
        (Fact::Counted, old.counted.to_string(), new.counted.to_string(), false),
        (Fact::Breakdowns, breakdowns(old), breakdowns(new), false),
        (Fact::Unit, unit.clone(), text(&new.unit), unit.is_empty()),
        (Fact::Frequency, often.clone(), text(&new.frequency), often.is_empty()),
        (Fact::Source, whence.clone(), text(&new.source), whence.is_empty()),
        // Put into use it hides nothing; taken out of use it hides what was missed.
        (Fact::Active, in_use(old), in_use(new), !old.active),
        (Fact::Direction, way(old), way(new), old.direction.is_none()),
    ] {
        if from != to && !written {
            found.push(told(Part::Indicator, &new.key, fact, &from, &to));
        }
    }
    match (&old.baseline, &new.baseline) {
        (None, _) => {}
        (Some(from), Some(to)) if from == to => {}
        (Some(from), Some(to)) => found.push(Change::Baseline {
            indicator: new.key.clone(),
            from: Some(from.clone()),
            to: to.clone(),
        }),
        (Some(from), None) => {
            let from = match from {
                Baseline::Value { value, on, .. } => format!("{value} ({on})"),
                Baseline::ToBeEstablished { by, whom } => format!("{whom} ({by})"),
            };
            found.push(told(Part::Indicator, &new.key, Fact::Baseline, &from, ""));
        }
    }
}

impl From<TenantKind> for PartyKind {
    /// What kind of body an organisation of the installation is in a plan, unless said
    /// otherwise.
    fn from(kind: TenantKind) -> Self {
        match kind {
            TenantKind::Secretariat | TenantKind::ExpertBody => Self::Mechanism,
            TenantKind::Care | TenantKind::CivilSociety => Self::CivilSociety,
            TenantKind::Donor => Self::Donor,
            TenantKind::NationalCoordination
            | TenantKind::Rapporteur
            | TenantKind::Identification
            | TenantKind::Enforcement
            | TenantKind::HumanRights => Self::Government,
        }
    }
}
