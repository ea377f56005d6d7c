//! What someone types about a release, read into a specification.

use super::{releases::PERSONS, take::DIMENSIONS};
use crate::{
    Message, Problems, Refused,
    release::spec::{About, Input, Kind, Method, Spec, Table},
};
use palermo_domain::knowledge::{columns::Columns, dataset::Dataset, publication::is_too_fine};

/// The probability outside the promise of a noisy release.
pub(super) const DELTA: f64 = 1e-6;

/// What someone typed about a release.
#[derive(Debug, Clone, Default)]
pub struct ReleaseForm {
    /// The dataset.
    pub dataset: String,
    /// Short name for addresses.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Tables: dimensions joined by `*`, tables divided by commas or lines.
    pub tables: String,
    /// `suppress`, `round`, `synthetic` or `dp`.
    pub method: String,
    /// Threshold; empty for the least the rules allow.
    pub k: String,
    /// First year.
    pub from: String,
    /// Last year.
    pub to: String,
    /// Privacy loss of a noisy release.
    pub epsilon: String,
    /// Dimensions no group may give away by all sharing one value (S6), divided
    /// by commas.
    pub sensitive: String,
    /// Short name of the release it puts right; empty for none.
    pub corrects: String,
    /// Why: readers of both will see it.
    pub why: String,
    /// The announcement of the calendar that it keeps; empty for none.
    pub announced: String,
}

/// The years a release speaks of: as they were typed, and where nothing was, the
/// first and the last the figures hold. A release that does not say its years
/// can be laid beside no other.
pub(super) fn covered(figures: &Columns, form: &ReleaseForm) -> String {
    let (first, last) = form.years();
    let at = figures.place("year");
    let held = (0..figures.len())
        .filter_map(|line| figures.word(at?, line).parse::<u16>().ok())
        .filter(|year| (first..=last).contains(year));
    let ends = held.fold(None, |ends: Option<(u16, u16)>, year| {
        Some(ends.map_or((year, year), |(from, to)| (from.min(year), to.max(year))))
    });
    let or_typed = |typed: &str, held: Option<u16>| match (typed.trim(), held) {
        ("", Some(year)) => year.to_string(),
        (typed, _) => typed.to_owned(),
    };
    let from = or_typed(&form.from, ends.map(|(from, _)| from));
    let to = or_typed(&form.to, ends.map(|(_, to)| to));
    format!("{from}/{to}")
}

impl ReleaseForm {
    /// Which way small numbers are to be protected.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.method.as_str() {
            "round" => Kind::Round,
            "synthetic" => Kind::Synthetic,
            "dp" => Kind::Dp,
            _ => Kind::Suppress,
        }
    }

    /// The specification; `least` is the least threshold the rules allow.
    ///
    /// # Errors
    /// Every problem of the form at once.
    pub(super) fn spec(&self, dataset: &Dataset, least: u32) -> Result<Spec, Refused> {
        let mut problems = Problems::default();
        let slug = problems.required("slug", &self.slug, 60).to_lowercase();
        let title = problems.required("title", &self.title, 200);
        let table = self.tables(&mut problems);
        let sensitive = self.sensitive(&table, &mut problems);
        self.asked_years(&mut problems);
        let kind = self.kind();
        let of_records = matches!(kind, Kind::Synthetic | Kind::Dp);
        // A record tells all columns of all tables in one row.
        let all: Vec<&str> =
            table.iter().flat_map(|one| one.columns.iter().map(String::as_str)).collect();
        if of_records && is_too_fine(&all) && !table.iter().any(|one| is_too_fine(&one.columns)) {
            problems.add("tables", Message::new("data-error-too-fine"));
        }
        let epsilon = self.epsilon.trim().parse::<f64>().ok().filter(|e| *e > 0.0 && *e <= 10.0);
        if kind == Kind::Dp && epsilon.is_none() {
            problems.add("epsilon", Message::new("data-error-epsilon"));
        }
        let typed = self.k.trim();
        let k = if typed.is_empty() { Some(least) } else { typed.parse::<u32>().ok() };
        if k.is_none_or(|k| k < least) {
            problems.add("k", Message::new("data-error-threshold").with("least", least));
        }
        problems.none()?;
        let spec = Spec {
            release: About {
                id: slug,
                title,
                publisher: String::new(),
                source: dataset.source.clone(),
                definition: dataset.definition.clone(),
                counting_rule: dataset.counting_rule.clone(),
                period: [self.from.trim(), self.to.trim()].join("/"),
                licence: "CC-BY-4.0".to_owned(),
            },
            method: Method {
                kind,
                k,
                epsilon: epsilon.filter(|_| kind == Kind::Dp),
                delta: (kind == Kind::Dp).then_some(DELTA),
                ..Method::default()
            },
            input: Input { count: (!of_records).then(|| PERSONS.to_owned()), sensitive },
            table,
        };
        spec.check().map_err(|why| {
            Refused::field("slug", Message::new("data-error-spec").with("why", why))
        })?;
        Ok(spec)
    }

    /// The first and the last year; all where nothing is typed.
    pub(super) fn years(&self) -> (u16, u16) {
        let year = |text: &str, other: u16| text.trim().parse().unwrap_or(other);
        (year(&self.from, 0), year(&self.to, 9_999))
    }

    fn asked_years(&self, problems: &mut Problems) {
        for (field, text) in [("from", self.from.trim()), ("to", self.to.trim())] {
            let fits = text.parse::<u16>().is_ok_and(|year| (1900..=2100).contains(&year));
            if !text.is_empty() && !fits {
                problems.add(field, Message::new("data-error-year"));
            }
        }
        let (from, to) = self.years();
        if from > to {
            problems.add("to", Message::new("data-error-year-order"));
        }
    }

    fn tables(&self, problems: &mut Problems) -> Vec<Table> {
        let mut tables = Vec::new();
        for line in self.tables.split([',', '\n']).map(str::trim).filter(|line| !line.is_empty()) {
            let columns: Vec<String> =
                line.split(['*', '×']).map(|word| word.trim().to_owned()).collect();
            if let Some(strange) = columns.iter().find(|name| !DIMENSIONS.contains(&name.as_str()))
            {
                problems.add("tables", Message::new("data-error-dimension").with("name", strange));
            }
            if is_too_fine(&columns) {
                problems.add("tables", Message::new("data-error-too-fine"));
            }
            let id = columns.join("-").replace('_', "");
            tables.push(Table { id, title: String::new(), columns });
        }
        if tables.is_empty() {
            problems.add("tables", Message::new("error-required"));
        }
        tables
    }

    /// Sensitive dimensions; each must stand in a table beside another one, or
    /// nothing could be compared.
    fn sensitive(&self, tables: &[Table], problems: &mut Problems) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for name in self.sensitive.split([',', '\n']).map(str::trim).filter(|name| !name.is_empty())
        {
            let crossed = tables.iter().any(|table| {
                table.columns.len() > 1 && table.columns.iter().any(|one| one == name)
            });
            if !crossed {
                let message = Message::new("data-error-sensitive").with("name", name);
                problems.add("sensitive", message);
            } else if !all.iter().any(|known| known == name) {
                all.push(name.to_owned());
            }
        }
        all
    }
}
