//! A row and an indicator by themselves: what a new one begins with, and what each must
//! tell to be kept, whether a form, a program or a file writes it.

use super::{
    Row, Status, Tier,
    indicator::{Baseline, Counted, Indicator, Kind},
};

/// What is wrong with one fact of a row or indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Slip {
    /// Nothing is written.
    #[error("nothing is written here")]
    Missing,
    /// More than fits.
    #[error("this has {length} characters; at most {longest} fit")]
    TooLong {
        /// Characters there are.
        length: usize,
        /// Characters that fit.
        longest: usize,
    },
    /// Characters that nobody sees.
    #[error("remove the invisible characters")]
    Invisible,
    /// It ends before it begins.
    #[error("the last day lies before the first")]
    Backwards,
    /// Not a finite number.
    #[error("this is not a number")]
    NotANumber,
    /// Part of what is counted one by one.
    #[error("what this unit counts has no parts; write a whole number without decimals")]
    Fraction,
}

/// A fact of a row or indicator that cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {slip}")]
pub struct PartProblem {
    /// Its name in forms and sheets.
    pub field: &'static str,
    /// What is wrong.
    pub slip: Slip,
}

#[derive(Default)]
struct Found(Vec<PartProblem>);

impl Found {
    fn add(&mut self, field: &'static str, slip: Slip) {
        self.0.push(PartProblem { field, slip });
    }

    /// A text of at most `longest` characters.
    fn bounded(&mut self, field: &'static str, text: &str, longest: usize) {
        let length = text.trim().chars().count();
        if length > longest {
            self.add(field, Slip::TooLong { length, longest });
        }
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
            self.add(field, Slip::Invisible);
        }
    }

    /// A text that must not be empty.
    fn required(&mut self, field: &'static str, text: &str, longest: usize) {
        if text.trim().is_empty() {
            self.add(field, Slip::Missing);
        }
        self.bounded(field, text, longest);
    }
}

impl Row {
    /// A row that says nothing yet.
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            parent: None,
            number: String::new(),
            level: "measure".into(),
            title: String::new(),
            tier: Tier::Both,
            adopted_from: None,
            lead: None,
            partners: Vec::new(),
            starts: None,
            ends: None,
            budget: None,
            allocated: None,
            funded_by: None,
            status: Status::Planned,
            themes: Vec::new(),
            tags: Vec::new(),
        }
    }

    /// Everything in it that cannot be kept, all at once.
    #[must_use]
    pub fn problems(&self) -> Vec<PartProblem> {
        let mut found = Found::default();
        found.required("title", &self.title, 600);
        found.bounded("number", &self.number, 30);
        found.required("level", &self.level, 60);
        // An organisation of the installation is named as it calls itself.
        if let Some(lead) = self.lead.as_ref().filter(|lead| lead.tenant.is_none()) {
            found.required("lead", &lead.name, 200);
        }
        for partner in self.partners.iter().filter(|partner| partner.tenant.is_none()) {
            found.required("partners", &partner.name, 200);
        }
        found.bounded("funded_by", self.funded_by.as_deref().unwrap_or_default(), 300);
        if let (Some(starts), Some(ends)) = (self.starts, self.ends)
            && ends < starts
        {
            found.add("ends", Slip::Backwards);
        }
        found.0
    }
}

impl Indicator {
    /// An indicator that says nothing yet.
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            row: String::new(),
            title: String::new(),
            kind: Kind::Operational,
            counted: Counted::Other,
            definitions: Vec::new(),
            unit: None,
            direction: None,
            frequency: None,
            source: None,
            breakdowns: Vec::new(),
            baseline: None,
            active: false,
            computed: None,
        }
    }

    /// Everything in it that cannot be kept, all at once. What it needs to be in use is
    /// told by [`Indicator::lacks`].
    #[must_use]
    pub fn problems(&self) -> Vec<PartProblem> {
        let mut found = Found::default();
        found.required("title", &self.title, 600);
        found.required("row", &self.row, 60);
        for definition in &self.definitions {
            found.bounded("definition", &definition.words, 2_000);
        }
        for (field, text, longest) in [
            ("unit", &self.unit, 100),
            ("frequency", &self.frequency, 100),
            ("source", &self.source, 600),
        ] {
            found.bounded(field, text.as_deref().unwrap_or_default(), longest);
        }
        match &self.baseline {
            Some(Baseline::Value { value, .. }) if !value.is_finite() => {
                found.add("baseline", Slip::NotANumber);
            }
            Some(Baseline::Value { .. }) if self.baseline_fits().is_err() => {
                found.add("baseline", Slip::Fraction);
            }
            Some(Baseline::ToBeEstablished { whom, .. }) => {
                found.bounded("baseline_whom", whom, 200);
            }
            _ => {}
        }
        found.0
    }
}
