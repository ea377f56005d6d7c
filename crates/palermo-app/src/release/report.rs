//! What an attacker could and could not learn from a release, alone and
//! together with all earlier ones. For the office that releases: the report
//! says which cells are small, so it is not published.

use super::{spec::Spec, words::Reader};
use palermo_stats::disclosure::{Finding, LengthQuality, Linked, Release};
use serde::Serialize;
use std::{collections::BTreeMap, fmt::Write as _};

/// The verdict on what withstood every attack.
const PUBLISHABLE: &str = "publishable";

/// A hidden or rounded cell, and what a reader can work out about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hidden {
    /// The cell.
    pub cell: String,
    /// The least a reader can prove.
    pub least: u64,
    /// The most.
    pub most: u64,
}

/// A difference to an earlier release that shows a small group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The larger cell, with its release.
    pub outer: String,
    /// What is taken away from it.
    pub inner: String,
    /// The least number of people left.
    pub least: i64,
    /// The most.
    pub most: i64,
}

impl Difference {
    /// From what the statistics library found.
    #[must_use]
    pub fn of(finding: &Finding) -> Self {
        Self {
            outer: finding.outer.clone(),
            inner: finding.inner.clone(),
            least: finding.least,
            most: finding.most,
        }
    }
}

/// The attempt to rebuild the records from the tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "attack")]
pub enum Rebuilt {
    /// The release has no tables of counts.
    DoesNotApply,
    /// Too many kinds of people to try in reasonable time.
    NotTried {
        /// How many.
        kinds: usize,
    },
    /// Tried by integer programming.
    Tried {
        /// Kinds of people: combinations of all columns.
        kinds: usize,
        /// Kinds whose number is known exactly.
        solved: usize,
        /// Kinds known to hold 1 to k − 1 people.
        singled_out: usize,
    },
    /// Tried for groups of tables, because all together have too many kinds.
    InGroups {
        /// Kinds of people of all tables together; 0 for too many to count.
        kinds: usize,
        /// Groups of tables that were attacked.
        groups: usize,
        /// Tables too large even alone.
        left_out: Vec<String>,
        /// Kinds whose number is known exactly, over all groups.
        solved: usize,
        /// Kinds known to hold 1 to k − 1 people.
        singled_out: usize,
    },
}

impl Rebuilt {
    /// Kinds of people that were singled out.
    #[must_use]
    pub const fn singled_out(&self) -> usize {
        match self {
            Self::DoesNotApply | Self::NotTried { .. } => 0,
            Self::Tried { singled_out, .. } | Self::InGroups { singled_out, .. } => *singled_out,
        }
    }

    /// Whether all tables were attacked together, as an attacker would.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        matches!(self, Self::DoesNotApply | Self::Tried { .. })
    }
}

/// A value that whole classes of people share, so that belonging to the class gives it away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
    /// The value.
    pub value: String,
    /// How many classes.
    pub classes: usize,
}

/// The report.
#[derive(Debug, Clone, Serialize)]
pub struct AttackReport {
    /// The release.
    pub release: String,
    /// `publishable` or `refused`.
    pub verdict: &'static str,
    /// The way of protecting.
    pub method: &'static str,
    /// The threshold.
    pub k: u32,
    /// Cells of all tables, shared ones once.
    pub cells: usize,
    /// Cells of 1 to k − 1 people.
    pub small_cells: usize,
    /// Cells an attacker could work out; the release is refused if there is one.
    pub exposed: Vec<String>,
    /// Cells not shown exactly, with what can be proved about them.
    pub hidden: Vec<Hidden>,
    /// The narrowest of these intervals.
    pub narrowest_interval: Option<u64>,
    /// Cells known to be zero: nobody was of that kind.
    pub known_zero: usize,
    /// Earlier releases this one was compared with.
    pub compared_with: Vec<String>,
    /// Earlier releases of which no heading is known here, so that nothing could be
    /// compared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_compared: Vec<String>,
    /// Differences that show a small group.
    pub differences: Vec<Difference>,
    /// What this release and earlier ones of the same people tell together.
    pub linked: Linked,
    /// The attempt to rebuild the records.
    pub rebuilt: Rebuilt,
    /// Values that whole classes share.
    pub shared: Vec<Shared>,
    /// Synthetic records: combinations shown of fewer than k people.
    pub leaked: usize,
    /// Synthetic records: combinations shown that nobody has.
    pub fabricated: usize,
    /// Synthetic records: how close they are, by length of combination.
    pub quality: Vec<LengthQuality>,
    /// Noisy release: its privacy loss.
    pub epsilon: Option<f64>,
    /// Noisy release: its delta.
    pub delta: Option<f64>,
    /// What an attacker could learn, in sentences.
    pub could_learn: Vec<String>,
    /// What an attacker could not learn, in sentences.
    pub could_not_learn: Vec<String>,
    /// What would help, if it was refused.
    pub remedies: Vec<String>,
    /// The cells it names, by their codes, in a reader's words.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, String>,
}

impl AttackReport {
    /// A report about to be filled.
    #[must_use]
    pub fn new(spec: &Spec, earlier: &[Release]) -> Self {
        Self {
            release: spec.release.id.clone(),
            verdict: "refused",
            method: spec.method.kind.code(),
            k: spec.threshold().map_or(0, |k| k.get()),
            cells: 0,
            small_cells: 0,
            exposed: Vec::new(),
            hidden: Vec::new(),
            narrowest_interval: None,
            known_zero: 0,
            compared_with: earlier.iter().map(|release| release.name().to_owned()).collect(),
            not_compared: Vec::new(),
            differences: Vec::new(),
            linked: Linked::default(),
            rebuilt: Rebuilt::DoesNotApply,
            shared: Vec::new(),
            leaked: 0,
            fabricated: 0,
            quality: Vec::new(),
            epsilon: None,
            delta: None,
            could_learn: Vec::new(),
            could_not_learn: Vec::new(),
            remedies: Vec::new(),
            words: BTreeMap::new(),
        }
    }

    /// Says the cells it names in a reader's words, beside their codes.
    pub fn in_words(&mut self, reader: &Reader<'_>) {
        let cells = self.exposed.iter().chain(self.hidden.iter().map(|one| &one.cell));
        let cells = cells.chain(self.linked.findings.iter().map(|one| &one.cell));
        let mut words: BTreeMap<String, String> =
            cells.map(|cell| (cell.clone(), reader.cell(cell))).collect();
        let sides = self.differences.iter().flat_map(|one| [&one.outer, &one.inner]);
        words.extend(sides.map(|side| (side.clone(), reader.side(side))));
        words.retain(|code, said| code != said);
        self.words = words;
        self.conclude(self.verdict == PUBLISHABLE);
    }

    /// A cell as its sentences name it: in words, where somebody gave them, and by its code.
    fn named(&self, code: &str) -> String {
        match self.words.get(code) {
            Some(words) => format!("{words} (`{code}`)"),
            None => format!("`{code}`"),
        }
    }

    /// Writes the sentences and the verdict.
    pub fn conclude(&mut self, publishable: bool) {
        self.verdict = if publishable { PUBLISHABLE } else { "refused" };
        self.could();
        if publishable {
            self.could_not();
        } else {
            self.remedy();
        }
    }

    /// What each cell that is given away tells.
    fn given_away(&self) -> Vec<String> {
        let mut out = Vec::new();
        for cell in &self.exposed {
            out.push(format!("{} could be worked out from the other cells", self.named(cell)));
        }
        for found in &self.differences {
            // Where the second is the larger one, it is told first: no group is below zero.
            let (outer, inner, least, most) = if found.most < 0 {
                let (least, most) = (found.most.saturating_neg(), found.least.saturating_neg());
                (&found.inner, &found.outer, least, most)
            } else {
                (&found.outer, &found.inner, found.least, found.most)
            };
            let (outer, inner) = (self.named(outer), self.named(inner));
            let left = people(least.unsigned_abs(), most.unsigned_abs());
            out.push(format!(
                "{outer} less {inner} leaves {left}: who knows what changed learns the rest about them"
            ));
        }
        for found in &self.linked.findings {
            out.push(format!(
                "{} could be worked out by laying this release beside {}: {}",
                self.named(&found.cell),
                quoted(&self.linked.with),
                people(found.least, found.most)
            ));
        }
        if !self.not_compared.is_empty() {
            out.push(format!(
                "this release could not be compared with {}: both may count the people of the same time, and no heading of the one is a heading of the other",
                quoted(&self.not_compared)
            ));
        }
        if !self.linked.not_tried.is_empty() {
            out.push(format!(
                "this release could not be shown to be safe beside {}: sums over all of them take more computing than there is time for, and what was not tried is not taken for safe",
                quoted(&self.linked.not_tried)
            ));
        }
        out
    }

    fn could(&mut self) {
        let k = self.k;
        let mut out = self.given_away();
        let singled_out = self.rebuilt.singled_out();
        if singled_out > 0 {
            out.push(format!(
                "{singled_out} kinds of people with 1 to {} members could be rebuilt by combining the tables",
                k.saturating_sub(1)
            ));
        }
        if let Rebuilt::Tried { kinds, solved: solved @ 1.., .. } = &self.rebuilt {
            out.push(format!(
                "the number of people in {solved} of {kinds} kinds is known exactly, none of them a small group unless said above"
            ));
        }
        if self.leaked > 0 {
            out.push(format!("{} combinations of fewer than {k} people are shown", self.leaked));
        }
        if self.known_zero > 0 {
            out.push(format!(
                "{} cells are known to be zero: nobody was recorded there",
                self.known_zero
            ));
        }
        for shared in &self.shared {
            out.push(format!(
                "in table `{}`, everybody in {} classes has `{}` = `{}`: belonging to the class gives it away",
                shared.table, shared.classes, shared.column, shared.value
            ));
        }
        self.could_learn = out;
    }

    fn could_not(&mut self) {
        let k = self.k;
        let mut out = Vec::new();
        match (self.method, self.epsilon) {
            ("dp", Some(epsilon)) => out.push(format!(
                "whether any one person is in the records, beyond a factor of e^{epsilon} (delta {}), whatever else is known",
                self.delta.unwrap_or(0.0)
            )),
            ("synthetic", _) => out.push(format!(
                "any combination of values of fewer than {k} people; no line is a real person's"
            )),
            _ => {
                out.push(format!("any count of 1 to {}, from all tables together", k.saturating_sub(1)));
                if let Some(narrowest) = self.narrowest_interval {
                    out.push(format!(
                        "the number in any of the {} cells that are hidden or rounded: at least {} values remain possible for each",
                        self.hidden.len(),
                        narrowest + 1
                    ));
                }
            }
        }
        match self.compared_with.len() {
            0 => out.push("(no earlier release was given to compare with)".to_owned()),
            _ if self.method == "dp" => {}
            n => out.push(format!(
                "a group of 1 to {} people from the difference to any of {n} earlier releases",
                k.saturating_sub(1)
            )),
        }
        if !self.linked.with.is_empty() {
            out.push(format!(
                "any count of 1 to {} from sums over this release and {}, by linear programming",
                k.saturating_sub(1),
                quoted(&self.linked.with)
            ));
        }
        match &self.rebuilt {
            Rebuilt::Tried { kinds, .. } => out.push(format!(
                "anybody singled out by rebuilding the records: {kinds} kinds of people were tried by integer programming"
            )),
            Rebuilt::NotTried { kinds } => out.push(format!(
                "(rebuilding the records was not tried: {kinds} kinds of people are too many; the bounds above were proved by linear programming)"
            )),
            Rebuilt::InGroups { groups, left_out, .. } => {
                out.push(format!(
                    "anybody singled out by rebuilding the records from any one of {groups} groups of tables, by integer programming"
                ));
                out.push(format!(
                    "(all tables together were not tried, they have too many kinds of people{}; the bounds above were proved by linear programming)",
                    if left_out.is_empty() { String::new() } else { format!("; too large even alone: {}", left_out.join(", ")) }
                ));
            }
            Rebuilt::DoesNotApply => {}
        }
        self.could_not_learn = out;
    }

    fn remedy(&mut self) {
        let mut out = Vec::new();
        if !self.linked.findings.is_empty() {
            out.push("leave out the table that shows what an earlier release hides, join small categories, or release rounded counts (in the specification: `kind = \"round\"`)".to_owned());
        }
        if !self.not_compared.is_empty() {
            out.push("give the columns the headings of the earlier release, or leave it out of `--against` if it counts other people".to_owned());
        }
        if !self.linked.not_tried.is_empty() {
            out.push("release fewer or smaller tables, so that every sum over them and earlier releases can be tried".to_owned());
        }
        if !self.exposed.is_empty() {
            out.push(
                "join small categories, or release rounded counts (in the specification: `kind = \"round\"`)".to_owned(),
            );
        }
        if !self.differences.is_empty() {
            out.push("release rounded counts (in the specification: `kind = \"round\"`), or wait until the change is larger than a small group".to_owned());
        }
        if self.rebuilt.singled_out() > 0 {
            out.push(
                "leave out one of the tables, cross fewer columns, or release rounded counts"
                    .to_owned(),
            );
        }
        if self.leaked > 0 {
            out.push("raise k, or take out columns".to_owned());
        }
        self.remedies = out;
    }

    /// The report as text in Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("# What an attacker could learn: {}\n\n", self.release);
        let _ = writeln!(
            out,
            "Verdict: **{}** · method {} · threshold {} · {} cells, {} of them small\n",
            self.verdict, self.method, self.k, self.cells, self.small_cells
        );
        out.push_str(
            "Keep this report in the office that releases; it is not part of the release.\n",
        );
        section(&mut out, "Could learn", &self.could_learn);
        section(&mut out, "Could not learn", &self.could_not_learn);
        section(&mut out, "What would help", &self.remedies);
        section(&mut out, "Compared with", &self.compared_with);
        if !self.hidden.is_empty() {
            out.push_str(
                "\n## Cells not shown exactly\n\n| cell | a reader can prove |\n|---|---|\n",
            );
            for cell in &self.hidden {
                let name = self.named(&cell.cell);
                let _ = writeln!(out, "| {name} | {} to {} |", cell.least, cell.most);
            }
        }
        out
    }
}

/// A number of people between two bounds, in a sentence.
fn people(least: u64, most: u64) -> String {
    match (least, most) {
        (1, 1) => "1 person".to_owned(),
        (least, most) if least == most => format!("{least} people"),
        (least, most) => format!("{least} to {most} people"),
    }
}

/// Names of releases in a sentence.
fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn section(out: &mut String, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let _ = write!(out, "\n## {title}\n\n");
    for line in lines {
        let _ = writeln!(out, "- {line}");
    }
}
