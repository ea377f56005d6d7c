//! A plan from a file: whole, written like the plans that ship (TOML), or line by line
//! from a sheet (CSV, XLSX) into a draft. What would change is told first.

use super::{
    about::{self, insert},
    ask,
    change::{edit_without, fits},
    rows::{Out, settled},
};
use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
};
use palermo_domain::{
    money::Money,
    plan::{
        Party, PartyKind, Plan, PlanCode, PlanStatus, Row, Tier,
        amend::AmendRefused,
        indicator::{Baseline, Counted, Definition, Indicator, Kind, Target},
        part::PartProblem,
        revise::{ReviseRefused, is_key},
        template::Template,
    },
    register::{day::Day, state::StateCode},
};
use palermo_standards::table_file::{Line, TableFile};
use serde::Serialize;
use std::{fmt, str::FromStr};

/// Headings a sheet may have, read by name in any order. `what` says what a line is:
/// `row` (also if it is empty), `indicator` or `target`.
pub const COLUMNS: [&str; 29] = [
    "what",
    "key",
    "parent",
    "number",
    "level",
    "title",
    "tier",
    "lead",
    "lead_kind",
    "starts",
    "ends",
    "budget",
    "allocated",
    "funded_by",
    "themes",
    "tags",
    "kind",
    "counted",
    "definition",
    "unit",
    "direction",
    "frequency",
    "source",
    "breakdowns",
    "baseline",
    "baseline_on",
    "state",
    "period",
    "value",
];

/// A line that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadLine {
    /// Line of the file.
    pub line: u64,
    /// Heading.
    pub field: String,
    /// What is wrong.
    pub why: String,
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}: {}", self.line, self.field, self.why)
    }
}

/// What a file would do, or did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanImport {
    /// The plan.
    pub plan: PlanCode,
    /// Whether it is a new one.
    pub new: bool,
    /// Rows that were not there.
    pub rows_added: usize,
    /// Rows that differ.
    pub rows_changed: usize,
    /// Rows that are gone.
    pub rows_dropped: usize,
    /// Indicators that were not there.
    pub indicators_added: usize,
    /// Indicators that differ.
    pub indicators_changed: usize,
    /// Indicators that are gone.
    pub indicators_dropped: usize,
    /// Targets of the plan afterwards.
    pub targets: usize,
    /// Lines that cannot be taken; with any of them nothing is stored.
    pub rejected: Vec<BadLine>,
    /// Whether it was stored.
    pub applied: bool,
}

impl PlanImport {
    fn of(before: Option<&Plan>, after: &Plan, rejected: Vec<BadLine>) -> Self {
        let rows = |plan: &Plan| plan.rows.clone();
        let indicators = |plan: &Plan| plan.indicators.clone();
        let (old_rows, old) = before.map(|plan| (rows(plan), indicators(plan))).unwrap_or_default();
        let row = |key: &str| old_rows.iter().find(|row| row.key == key);
        let indicator = |key: &str| old.iter().find(|one| one.key == key);
        let changed = |new: &&Row| row(&new.key).is_some_and(|old| old != *new);
        let altered = |new: &&Indicator| indicator(&new.key).is_some_and(|old| old != *new);
        Self {
            plan: after.code.clone(),
            new: before.is_none(),
            rows_added: after.rows.iter().filter(|new| row(&new.key).is_none()).count(),
            rows_changed: after.rows.iter().filter(changed).count(),
            rows_dropped: old_rows.iter().filter(|old| after.row(&old.key).is_none()).count(),
            indicators_added: after
                .indicators
                .iter()
                .filter(|new| indicator(&new.key).is_none())
                .count(),
            indicators_changed: after.indicators.iter().filter(altered).count(),
            indicators_dropped: old
                .iter()
                .filter(|old| after.indicator(&old.key).is_none())
                .count(),
            targets: after.targets.len(),
            rejected,
            applied: false,
        }
    }

    /// The same in lines.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "{}{}: rows +{} ~{} -{}, indicators +{} ~{} -{}, {} targets",
            self.plan,
            if self.new { " (new)" } else { "" },
            self.rows_added,
            self.rows_changed,
            self.rows_dropped,
            self.indicators_added,
            self.indicators_changed,
            self.indicators_dropped,
            self.targets
        )];
        lines.extend(self.rejected.iter().map(ToString::to_string));
        lines.push(if self.applied { "stored" } else { "nothing stored" }.to_owned());
        lines
    }
}

/// A file and where it goes.
#[derive(Debug, Clone, Copy)]
pub struct PlanFile<'f> {
    /// Its bytes.
    pub bytes: &'f [u8],
    /// Whether it is TOML; else a sheet.
    pub toml: bool,
    /// Code of the plan; of a TOML file the one it names unless told otherwise.
    pub plan: Option<&'f str>,
    /// Whether to store it.
    pub apply: bool,
}

fn unreadable(why: impl ToString) -> Refused {
    Refused::Declined(Message::new("plan-error-problem").with("why", why.to_string()))
}

/// Imports a plan of one's own organisation: a new one, or into a draft.
///
/// # Errors
/// [`Refused`]: of an adopted plan nothing is replaced by a file.
pub async fn import(acting: &Acting<'_>, file: &PlanFile<'_>) -> Result<PlanImport, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EditPlan, &Resource::of(tenant)).await?;
    let template = if file.toml {
        let text = std::str::from_utf8(file.bytes).map_err(unreadable)?;
        Some(Template::parse(text).map_err(unreadable)?)
    } else {
        None
    };
    let code = match (file.plan, &template) {
        (Some(code), _) => code.parse::<PlanCode>().map_err(unreadable)?,
        (None, Some(template)) => template.id.clone(),
        (None, None) => {
            return Err(Refused::field("plan", Message::new("error-required")));
        }
    };
    let before = match ask::find(acting, code.as_str()).await {
        Ok(found) => {
            acting.allow(Action::EditPlan, &Resource::of(found.tenant)).await?;
            if found.entry.status != PlanStatus::Draft {
                return Err(Refused::Declined(Message::new("plan-error-not-draft")));
            }
            Some(found)
        }
        Err(Refused::NotFound) => None,
        Err(other) => return Err(other),
    };
    let old = before.as_ref().map(|found| &found.entry);
    let (after, rejected) = match (&template, old) {
        (Some(template), old) => (tied(acting, template, &code, old).await?, Vec::new()),
        (None, Some(old)) => from_sheet(old, file.bytes)?,
        (None, None) => return Err(Refused::NotFound),
    };
    for indicator in &after.indicators {
        fits(indicator)?;
    }
    let mut told = PlanImport::of(old, &after, rejected);
    if !file.apply || !told.rejected.is_empty() {
        return Ok(told);
    }
    match &before {
        None => {
            insert(acting, &after).await?;
        }
        Some(found) => {
            let out = gone(&found.entry, &after);
            edit_without(acting, code.as_str(), Some(found.revision), &out, |plan| {
                *plan = after;
                Ok(())
            })
            .await?;
        }
    }
    told.applied = true;
    Ok(told)
}

/// What a file over a draft takes out.
fn gone<'p>(old: &'p Plan, new: &Plan) -> Vec<Out<'p>> {
    let rows = old.rows.iter().filter(|row| new.row(&row.key).is_none());
    let indicators = old.indicators.iter().filter(|one| new.indicator(&one.key).is_none());
    rows.map(|row| Out::Row(&row.key))
        .chain(indicators.map(|one| Out::Indicator(&one.key)))
        .collect()
}

/// The plan a file describes; of a draft that is there, whose it is stays.
fn whole(
    acting: &Acting<'_>,
    template: &Template,
    code: &PlanCode,
    old: Option<&Plan>,
) -> Result<Plan, Refused> {
    if let Some(id) = &template.mechanism
        && acting.app.content.mechanisms().get(id).is_none()
    {
        return Err(unreadable(format!("there is no mechanism `{id}`")));
    }
    let drawn = template.plan(code.clone(), template.from, template.last_day());
    Ok(match old {
        Some(old) => Plan {
            state: old.state,
            mechanism: drawn.mechanism.clone().or_else(|| old.mechanism.clone()),
            parent: old.parent.clone(),
            declared: old.declared.clone(),
            rates: old.rates.clone(),
            ..drawn
        },
        None => {
            let state = about::own_state(acting);
            if state.is_none() && drawn.mechanism.is_none() {
                return Err(unreadable("say whose plan it is: `mechanism`"));
            }
            Plan { state, ..drawn }
        }
    })
}

/// The same, with what a draft knows of its rows that the file does not say, and with the
/// organisations named as they call themselves.
async fn tied(
    acting: &Acting<'_>,
    template: &Template,
    code: &PlanCode,
    old: Option<&Plan>,
) -> Result<Plan, Refused> {
    let mut plan = whole(acting, template, code, old)?;
    parts(&plan)?;
    let mut rows = Vec::with_capacity(plan.rows.len());
    for mut row in std::mem::take(&mut plan.rows) {
        let known = old.and_then(|old| old.row(&row.key));
        keep_ties(&mut row, known);
        rows.push(settled(acting, row).await?);
    }
    plan.rows = rows;
    Ok(plan)
}

/// Refuses a file with the first row or indicator that cannot be kept, by its key.
fn parts(plan: &Plan) -> Result<(), Refused> {
    let rows = plan.rows.iter().map(|row| (&row.key, row.problems()));
    let indicators = plan.indicators.iter().map(|one| (&one.key, one.problems()));
    for (key, problems) in rows.chain(indicators) {
        if !is_key(key) {
            return Err(unreadable(ReviseRefused::NotAKey(key.clone())));
        }
        if let Some(problem) = problems.first() {
            return Err(unreadable(format!("`{key}`: {problem}")));
        }
    }
    for target in &plan.targets {
        let fits = plan.indicator(&target.indicator).map_or(Ok(()), |one| one.fits(target.value));
        fits.map_err(|why| {
            unreadable(format!("target of `{}`, {}: {why}", target.indicator, target.period))
        })?;
    }
    Ok(())
}

/// Where a row came from and which organisations lead it and help: names alone do not say
/// the one, and the other is not a file's to say.
fn keep_ties(row: &mut Row, before: Option<&Row>) {
    row.adopted_from = before.and_then(|before| before.adopted_from.clone());
    let parties = || before.into_iter().flat_map(|row| row.lead.iter().chain(&row.partners));
    for own in row.lead.iter_mut().chain(&mut row.partners).filter(|own| own.tenant.is_none()) {
        own.tenant = parties().find(|party| party.name == own.name).and_then(|party| party.tenant);
    }
}

/// Reads a sheet over a draft: lines with a key that is there change it, others are added.
fn from_sheet(old: &Plan, bytes: &[u8]) -> Result<(Plan, Vec<BadLine>), Refused> {
    let table = TableFile::open(bytes).map_err(unreadable)?;
    let mut plan = old.clone();
    let mut rejected = Vec::new();
    let mut columns: Option<Vec<Option<usize>>> = None;
    table
        .each(|line| {
            match &columns {
                None => columns = headings(line),
                Some(places) if !line.is_empty() => {
                    let told = Told { line, places };
                    if let Err(bad) = told.put(&mut plan) {
                        rejected.push(bad);
                    }
                }
                Some(_) => {}
            }
            true
        })
        .map_err(unreadable)?;
    if columns.is_none() {
        return Err(unreadable("the file has no line with the headings `key` and `title`"));
    }
    if rejected.is_empty()
        && let Some(problem) = plan.problems().into_iter().next()
    {
        return Err(unreadable(problem));
    }
    Ok((plan, rejected))
}

/// Where each heading stands, if this is the line of headings.
fn headings(line: &Line<'_>) -> Option<Vec<Option<usize>>> {
    let place = |name: &str| {
        (0..line.len()).find(|&column| line.cell(column).trim().eq_ignore_ascii_case(name))
    };
    place("key")?;
    place("title")?;
    Some(COLUMNS.iter().map(|name| place(name)).collect())
}

/// One line of the sheet.
struct Told<'l> {
    line: &'l Line<'l>,
    places: &'l [Option<usize>],
}

impl Told<'_> {
    fn place(&self, name: &str) -> Option<usize> {
        let at = COLUMNS.iter().position(|column| *column == name)?;
        self.places.get(at).copied().flatten()
    }

    /// What stands under a heading; nothing if the sheet has no such heading.
    fn cell(&self, name: &str) -> Option<&str> {
        self.place(name).map(|column| self.line.cell(column).trim())
    }

    fn text(&self, name: &str) -> &str {
        self.cell(name).unwrap_or_default()
    }

    fn bad(&self, field: &str, why: impl ToString) -> BadLine {
        BadLine { line: self.line.number, field: field.to_owned(), why: why.to_string() }
    }

    /// The first thing a row or indicator must not say or lacks.
    fn sound(&self, problems: &[PartProblem]) -> Result<(), BadLine> {
        let Some(PartProblem { field, slip }) = problems.first() else { return Ok(()) };
        Err(self.bad(if *field == "row" { "parent" } else { field }, slip))
    }

    /// A value under a heading: what is written, or `old` if the sheet has no such heading.
    fn parsed<T: FromStr<Err: fmt::Display>>(
        &self,
        name: &str,
        old: Option<T>,
    ) -> Result<Option<T>, BadLine> {
        match self.cell(name) {
            None => Ok(old),
            Some("") => Ok(None),
            Some(text) => text.parse::<T>().map(Some).map_err(|why| self.bad(name, why)),
        }
    }

    fn words<T: FromStr<Err: fmt::Display>>(
        &self,
        name: &str,
        old: Vec<T>,
    ) -> Result<Vec<T>, BadLine> {
        let Some(text) = self.cell(name) else { return Ok(old) };
        text.split([' ', ',', ';', '،'])
            .filter(|word| !word.is_empty())
            .map(|word| word.parse::<T>().map_err(|why| self.bad(name, why)))
            .collect()
    }

    fn optional(&self, name: &str, old: Option<String>) -> Option<String> {
        self.cell(name).map_or(old, |text| Some(text.to_owned()).filter(|text| !text.is_empty()))
    }

    fn put(&self, plan: &mut Plan) -> Result<(), BadLine> {
        match self.text("what") {
            "" | "row" => self.put_row(plan),
            "indicator" => self.put_indicator(plan),
            "target" => self.put_target(plan),
            _ => Err(self.bad("what", "write row, indicator or target")),
        }
    }

    fn put_row(&self, plan: &mut Plan) -> Result<(), BadLine> {
        let key = self.text("key");
        let old = plan.row(key).cloned();
        let there = old.is_some();
        let old = old.unwrap_or_else(|| Row::new(key));
        let lead = match self.cell("lead") {
            None => old.lead,
            Some("") => None,
            Some(name) => {
                let same = old.lead.filter(|lead| lead.name == name);
                let kind = self.parsed::<PartyKind>("lead_kind", same.as_ref().map(|p| p.kind))?;
                let kind = kind.ok_or_else(|| self.bad("lead_kind", "say what kind of body"))?;
                let tenant = same.and_then(|lead| lead.tenant);
                Some(Party { name: name.to_owned(), kind, tenant })
            }
        };
        let parent = self.optional("parent", old.parent.clone());
        let row = Row {
            parent: parent.clone(),
            number: self.cell("number").map_or(old.number, str::to_owned),
            level: self.cell("level").filter(|l| !l.is_empty()).map_or(old.level, str::to_owned),
            title: self.cell("title").map_or(old.title, str::to_owned),
            tier: self.parsed("tier", Some(old.tier))?.unwrap_or(Tier::Both),
            lead,
            starts: self.parsed::<Day>("starts", old.starts)?,
            ends: self.parsed::<Day>("ends", old.ends)?,
            budget: self.parsed::<Money>("budget", old.budget)?,
            allocated: self.parsed::<Money>("allocated", old.allocated)?,
            funded_by: self.optional("funded_by", old.funded_by),
            themes: self.words("themes", old.themes)?,
            tags: self.words("tags", old.tags)?,
            key: old.key,
            adopted_from: old.adopted_from,
            partners: old.partners,
            status: old.status,
        };
        self.sound(&row.problems())?;
        let place = plan.last_place(parent.as_deref());
        if !there {
            return plan.add_row(row, &place).map_err(|why| self.bad("key", why));
        }
        let moved = old.parent != parent;
        if let Some(found) = plan.rows.iter_mut().find(|found| found.key == row.key) {
            *found = Row { parent: old.parent, ..row };
        }
        if moved {
            return plan.move_row(key, &place).map_err(|why| self.bad("parent", why));
        }
        Ok(())
    }

    fn put_indicator(&self, plan: &mut Plan) -> Result<(), BadLine> {
        let key = self.text("key");
        let old = plan.indicator(key).cloned();
        let there = old.is_some();
        let old = old.unwrap_or_else(|| Indicator::new(key));
        let baseline = self.baseline(&old)?;
        let mut definitions = old.definitions;
        if let Some(words) = self.cell("definition").filter(|words| !words.is_empty()) {
            match definitions.last_mut() {
                Some(last) => words.clone_into(&mut last.words),
                None => definitions.push(Definition {
                    version: 1,
                    words: words.to_owned(),
                    since: None,
                }),
            }
        }
        let indicator = Indicator {
            row: self.optional("parent", Some(old.row)).unwrap_or_default(),
            title: self.cell("title").map_or(old.title, str::to_owned),
            kind: self.parsed("kind", Some(old.kind))?.unwrap_or(Kind::Operational),
            counted: self.parsed("counted", Some(old.counted))?.unwrap_or(Counted::Other),
            unit: self.optional("unit", old.unit),
            direction: self.parsed("direction", old.direction)?,
            frequency: self.optional("frequency", old.frequency),
            source: self.optional("source", old.source),
            breakdowns: self.words("breakdowns", old.breakdowns)?,
            baseline,
            key: old.key,
            definitions,
            active: old.active,
            computed: old.computed,
        };
        self.sound(&indicator.problems())?;
        plan.targets_fit(&indicator).map_err(|why| self.bad("unit", why))?;
        if let Some(direction) = indicator.direction {
            let mut checked = indicator.clone();
            checked.set_direction(direction).map_err(|why| self.bad("direction", why))?;
        }
        if !there {
            return plan.add_indicator(indicator).map_err(|why| self.bad("key", why));
        }
        if let Some(found) = plan.indicators.iter_mut().find(|one| one.key == indicator.key) {
            *found = indicator;
        }
        Ok(())
    }

    fn baseline(&self, old: &Indicator) -> Result<Option<Baseline>, BadLine> {
        let text = self.text("baseline");
        if text.is_empty() {
            return Ok(old.baseline.clone());
        }
        let value = super::sheet::number(text).map_err(|why| self.bad("baseline", why))?;
        let on = self.parsed::<Day>("baseline_on", None)?;
        let on = on.ok_or_else(|| self.bad("baseline_on", "say on which day it was measured"))?;
        Ok(Some(Baseline::Value { value, on, version: old.measured_by(value, on) }))
    }

    fn state(&self) -> Result<Option<StateCode>, BadLine> {
        let typed = self.text("state");
        if typed.is_empty() {
            return Ok(None);
        }
        StateCode::typed(typed).map(Some).map_err(|why| self.bad("state", why))
    }

    fn put_target(&self, plan: &mut Plan) -> Result<(), BadLine> {
        let period = self.parsed("period", None)?;
        let period = period.ok_or_else(|| self.bad("period", "write 2026, 2026-H1 or 2026-Q3"))?;
        let value = super::sheet::number(self.text("value"));
        let target = Target {
            indicator: self.text("key").to_owned(),
            state: self.state()?,
            period,
            value: value.map_err(|why| self.bad("value", why))?,
        };
        match plan.set_target(target) {
            Ok(()) | Err(AmendRefused::NoChange) => Ok(()),
            Err(why @ AmendRefused::Fraction(_)) => Err(self.bad("value", why)),
            Err(why) => Err(self.bad("key", why)),
        }
    }
}
