//! The cells of several releases as one system: under names that say their year, with
//! what is shown of each and every sum, those over years included.

use super::{
    aggregate::RECORD_COUNT,
    audit::{Interval, Shown},
    releases::Release,
    small::{NoAnswer, Programme},
    threshold::Threshold,
    years::{Span, YEAR, Years, column_of, divided, joined, named, parts_of},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

/// Cells of several releases.
#[derive(Debug, Clone, Default)]
pub(super) struct System {
    labels: Vec<String>,
    index: BTreeMap<String, usize>,
    shown: Vec<Shown>,
    equations: BTreeSet<(usize, Vec<usize>)>,
    /// Over which years each cell is counted, by its other attributes.
    spans: BTreeMap<String, BTreeSet<Span>>,
    /// Cells, with a column of whose values a table lists all that occur.
    listed: BTreeSet<(String, String)>,
}

/// Blocks of cells, and the least and most each cell may be.
type Hinged = (Vec<Block>, Vec<(f64, f64)>);

/// Cells that hang together; all of them on one total, perhaps, and on nothing else.
struct Block {
    cells: Vec<usize>,
    hinge: Option<usize>,
}

impl System {
    /// How many cells of a release this system has, or has over years in common with it.
    pub fn shared(&self, release: &Release) -> usize {
        let Some(years) = Years::of(release) else { return 0 };
        let known = |label: &&str| {
            let cell = years.of_cell(label);
            let (rest, span) = divided(&cell);
            let meets = |span: Span| {
                self.spans.get(&rest).is_some_and(|all| all.iter().any(|one| one.meets(span)))
            };
            self.index.contains_key(&cell) || span.is_some_and(meets)
        };
        release.labels().filter(known).count()
    }

    /// Adds a release. False, and nothing is added, when a cell in both says
    /// otherwise, or the release does not say over which time it counts.
    pub fn add(&mut self, release: &Release) -> bool {
        let Some(years) = Years::of(release) else { return false };
        let mut wider = self.clone();
        for (label, told) in release.told() {
            let cell = years.of_cell(label);
            match wider.index.get(&cell) {
                Some(&at) => match meet(wider.shown[at], told) {
                    Some(shown) => wider.shown[at] = shown,
                    None => return false,
                },
                None => {
                    let (rest, span) = divided(&cell);
                    if let Some(span) = span {
                        wider.spans.entry(rest).or_default().insert(span);
                    }
                    wider.insert(cell, told);
                }
            }
        }
        wider.sums(release, &years);
        *self = wider;
        true
    }

    fn insert(&mut self, cell: String, shown: Shown) -> usize {
        let at = self.labels.len();
        self.index.insert(cell.clone(), at);
        self.labels.push(cell);
        self.shown.push(shown);
        at
    }

    /// A cell is the sum of the cells that have one attribute more, where the
    /// release has one for every value of that column.
    fn sums(&mut self, release: &Release, years: &Years) {
        let mut values: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut children: BTreeMap<(String, &str), Vec<&str>> = BTreeMap::new();
        for label in release.labels() {
            let parts = parts_of(label);
            for (at, part) in parts.iter().enumerate() {
                let column = column_of(part);
                values.entry(column).or_default().insert(part);
                let mut rest = parts.clone();
                rest.remove(at);
                children.entry((joined(&rest), column)).or_default().push(label);
            }
        }
        for ((parent, column), labels) in children {
            let whole = values.get(column).is_some_and(|values| values.len() == labels.len());
            let parent = years.of_cell(&parent);
            let Some(&total) = self.index.get(&parent).filter(|_| whole) else { continue };
            let mut parts: Vec<usize> = labels
                .iter()
                .filter_map(|label| self.index.get(&years.of_cell(label)).copied())
                .collect();
            parts.sort_unstable();
            parts.dedup();
            // A column of one year is the year of every other cell.
            if parts.len() == labels.len() && !parts.contains(&total) {
                self.equations.insert((total, parts));
                self.listed.insert((parent, column.to_owned()));
            }
        }
    }

    /// The same with the sums over years: what is counted over several is the sum of
    /// the shorter times into which other releases divide them. A time that none of
    /// them tells by itself is one more unknown.
    pub fn with_years(&self) -> Self {
        let mut wider = self.clone();
        for (rest, spans) in &self.spans {
            for span in spans {
                let pieces = span.pieces(spans);
                let total = self.index.get(&named(rest, *span)).copied();
                let Some(total) = total.filter(|_| pieces.len() > 1) else { continue };
                let mut parts: Vec<usize> =
                    pieces.into_iter().map(|piece| wider.place(rest, piece)).collect();
                parts.sort_unstable();
                wider.equations.insert((total, parts));
            }
        }
        wider
    }

    /// Where a cell stands; added where no release tells it.
    fn place(&mut self, rest: &str, span: Span) -> usize {
        let cell = named(rest, span);
        if let Some(&at) = self.index.get(&cell) {
            return at;
        }
        let shown = if self.is_nobody(rest, span) { Shown::Exact(0) } else { Shown::Hidden };
        self.insert(cell, shown)
    }

    /// Whether a table lists all that occurs and not this.
    fn is_nobody(&self, rest: &str, span: Span) -> bool {
        let parts = parts_of(rest);
        let unlisted = (0..parts.len()).any(|at| {
            let mut others = parts.clone();
            let column = column_of(others.remove(at)).to_owned();
            self.listed.contains(&(named(&joined(&others), span), column))
        });
        let mut wider = self.spans.get(rest).into_iter().flatten().filter(|one| one.holds(span));
        unlisted || wider.any(|one| self.listed.contains(&(named(rest, *one), YEAR.to_owned())))
    }

    fn is_unknown(&self, cell: usize) -> bool {
        !matches!(self.shown[cell], Shown::Exact(_))
    }

    /// The most unknown cells that hang together.
    pub fn largest(&self) -> usize {
        self.blocks().iter().map(|block| block.cells.len()).max().unwrap_or(0)
    }

    /// More than everybody together: never narrower than what readers know.
    fn upper(&self, threshold: Threshold) -> f64 {
        let all = self.shown.iter().fold(u64::from(threshold.get()), |sum, shown| {
            sum.saturating_add(match shown {
                Shown::Exact(count) => *count,
                Shown::Between(_, most) => *most,
                Shown::Hidden => 0,
            })
        });
        all as f64
    }

    /// Unknown cells by what they hang on. What hangs on the number of all persons of
    /// one time and on nothing else is a block of its own: it learns from the others
    /// no more than that number, and tells them no more.
    fn blocks(&self) -> Vec<Block> {
        let is_total = |cell: usize| divided(&self.labels[cell]).0 == RECORD_COUNT;
        let mut apart = Groups::of(self.labels.len());
        for (total, parts) in &self.equations {
            let inner = std::iter::once(*total).chain(parts.iter().copied());
            apart.join(inner.filter(|cell| self.is_unknown(*cell) && !is_total(*cell)));
        }
        // On which totals each group hangs.
        let mut hinges: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (total, parts) in &self.equations {
            let terms = std::iter::once(*total).chain(parts.iter().copied());
            let (totals, inner): (Vec<usize>, Vec<usize>) =
                terms.filter(|cell| self.is_unknown(*cell)).partition(|cell| is_total(*cell));
            if let Some(one) = inner.first() {
                hinges.entry(apart.leader(*one)).or_default().extend(totals);
            }
        }
        let mut leaves: BTreeMap<usize, Block> = BTreeMap::new();
        for (group, totals) in &hinges {
            if let (1, Some(hinge)) = (totals.len(), totals.first()) {
                leaves.insert(*group, Block { cells: Vec::new(), hinge: Some(*hinge) });
            }
        }
        let mut whole = Groups::of(self.labels.len());
        for (total, parts) in &self.equations {
            let terms: Vec<usize> = std::iter::once(*total)
                .chain(parts.iter().copied())
                .filter(|cell| self.is_unknown(*cell))
                .collect();
            let in_leaf = terms
                .iter()
                .any(|cell| !is_total(*cell) && leaves.contains_key(&apart.leader(*cell)));
            if !in_leaf {
                whole.join(terms.into_iter());
            }
        }
        let mut cores: BTreeMap<usize, Block> = BTreeMap::new();
        for cell in (0..self.labels.len()).filter(|cell| self.is_unknown(*cell)) {
            match leaves.get_mut(&apart.leader(cell)).filter(|_| !is_total(cell)) {
                Some(leaf) => leaf.cells.push(cell),
                None => cores
                    .entry(whole.leader(cell))
                    .or_insert_with(|| Block { cells: Vec::new(), hinge: None })
                    .cells
                    .push(cell),
            }
        }
        cores.into_values().chain(leaves.into_values()).collect()
    }

    /// A block as unknowns and sums; its hinge is the last of its cells.
    fn programme(&self, block: &Block, bounds: &[(f64, f64)]) -> (Vec<usize>, Programme) {
        let cells: Vec<usize> = block.cells.iter().copied().chain(block.hinge).collect();
        let place: BTreeMap<usize, usize> =
            cells.iter().enumerate().map(|(at, cell)| (*cell, at)).collect();
        let mut sums = Vec::new();
        for (total, parts) in &self.equations {
            let (mut terms, mut right, mut elsewhere) = (Vec::new(), 0.0, false);
            let added = parts.iter().map(|part| (*part, 1.0));
            for (cell, sign) in added.chain(std::iter::once((*total, -1.0))) {
                match (self.shown[cell], place.get(&cell)) {
                    (Shown::Exact(count), _) => right -= sign * count as f64,
                    (_, Some(at)) => terms.push((*at, sign)),
                    (_, None) => elsewhere = true,
                }
            }
            if !elsewhere && !terms.is_empty() {
                sums.push((terms, right));
            }
        }
        let bounds = cells.iter().filter_map(|cell| bounds.get(*cell).copied()).collect();
        (cells, Programme { bounds, sums })
    }

    fn bounds(&self, threshold: Threshold) -> Vec<(f64, f64)> {
        let upper = self.upper(threshold);
        let of = |shown: &Shown| match shown {
            Shown::Exact(count) => (*count as f64, *count as f64),
            Shown::Between(least, most) => (*least as f64, *most as f64),
            Shown::Hidden => (0.0, upper),
        };
        self.shown.iter().map(of).collect()
    }

    /// Sums without unknowns must simply hold.
    fn holds(&self) -> bool {
        self.equations.iter().all(|(total, parts)| {
            let count = |cell: &usize| match self.shown[*cell] {
                Shown::Exact(count) => Some(count),
                _ => None,
            };
            let mut counts = parts.iter().map(count);
            let sum = counts.try_fold(0_u64, |sum, one| one.map(|one| sum.saturating_add(one)));
            match (count(total), sum) {
                (Some(total), Some(sum)) => total == sum,
                _ => true,
            }
        })
    }

    /// Whether any counts agree with all that is shown.
    ///
    /// # Errors
    /// When none do, or there is no time.
    pub fn agrees(&self, threshold: Threshold, until: Instant) -> Result<(), NoAnswer> {
        self.hinged(threshold, until).map(drop)
    }

    /// The bounds of every cell, those of totals as narrow as what hangs on them says.
    fn hinged(&self, threshold: Threshold, until: Instant) -> Result<Hinged, NoAnswer> {
        if !self.holds() {
            return Err(NoAnswer::Contradiction);
        }
        let (blocks, mut bounds) = (self.blocks(), self.bounds(threshold));
        for block in &blocks {
            let Some(hinge) = block.hinge else { continue };
            let (cells, programme) = self.programme(block, &bounds);
            programme.agrees(until)?;
            let (least, most) = programme.extent(cells.len() - 1, until)?;
            let (least, most) = (bounds[hinge].0.max(least), bounds[hinge].1.min(most));
            // Two ends that only round-off puts the wrong way round are one number.
            bounds[hinge] =
                if least > most && least - most < 1e-6 { (most, most) } else { (least, most) };
        }
        for block in blocks.iter().filter(|block| block.hinge.is_none()) {
            self.programme(block, &bounds).1.agrees(until)?;
        }
        Ok((blocks, bounds))
    }

    /// Cells that must be smaller than the threshold and may be somebody; of those
    /// named alone, where some are.
    ///
    /// # Errors
    /// When no counts agree with all that is shown, or there is no time.
    pub fn small(
        &self,
        only: Option<&BTreeSet<String>>,
        threshold: Threshold,
        until: Instant,
    ) -> Result<BTreeMap<String, Interval>, NoAnswer> {
        let (blocks, mut bounds) = self.hinged(threshold, until)?;
        let asked = |cell: usize| only.is_none_or(|only| only.contains(&self.labels[cell]));
        let hinges: BTreeSet<usize> = blocks.iter().filter_map(|block| block.hinge).collect();
        let mut out = BTreeMap::new();
        // What the others say of a total comes first; then what hangs on it.
        for block in &blocks {
            let (cells, programme) = self.programme(block, &bounds);
            let own = cells.iter().enumerate().take(block.cells.len());
            let wanted: BTreeSet<usize> =
                own.filter(|(_, cell)| asked(**cell)).map(|(at, _)| at).collect();
            for (at, interval) in programme.small(&wanted, threshold, until)? {
                out.insert(self.labels[cells[at]].clone(), interval);
            }
            for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| hinges.contains(*cell)) {
                if block.hinge.is_none() {
                    bounds[*cell] = programme.extent(at, until)?;
                }
            }
        }
        // Two rounded counts of one cell may leave a single number.
        for (cell, shown) in self.shown.iter().enumerate().filter(|(cell, _)| asked(*cell)) {
            if let Shown::Exact(count) = shown {
                let count = *count as f64;
                out.insert(self.labels[cell].clone(), Interval { least: count, most: count });
            }
        }
        out.retain(|_, interval| super::small::is_small(interval, threshold));
        Ok(out)
    }

    /// Whether what is shown of a cell already says that it is smaller than this.
    pub fn is_shown_below(&self, label: &str, threshold: Threshold) -> bool {
        self.index.get(label).is_some_and(|at| match self.shown[*at] {
            Shown::Exact(most) | Shown::Between(_, most) => most < u64::from(threshold.get()),
            Shown::Hidden => false,
        })
    }
}

/// Cells that hang together.
struct Groups(Vec<usize>);

impl Groups {
    fn of(cells: usize) -> Self {
        Self((0..cells).collect())
    }

    fn leader(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, cells: impl Iterator<Item = usize>) {
        let mut first = None;
        for cell in cells {
            let leader = self.leader(cell);
            match first {
                None => first = Some(leader),
                Some(other) => {
                    let other = self.leader(other);
                    self.0[leader] = other;
                }
            }
        }
    }
}

/// What two releases show of one cell, taken together; nothing where they
/// contradict each other.
pub(super) fn meet(one: Shown, other: Shown) -> Option<Shown> {
    let ends = |shown| match shown {
        Shown::Exact(count) => Some((count, count)),
        Shown::Between(least, most) => Some((least, most)),
        Shown::Hidden => None,
    };
    match (ends(one), ends(other)) {
        (None, _) => Some(other),
        (_, None) => Some(one),
        (Some(one), Some(other)) => {
            let (least, most) = (one.0.max(other.0), one.1.min(other.1));
            match least.cmp(&most) {
                std::cmp::Ordering::Greater => None,
                std::cmp::Ordering::Equal => Some(Shown::Exact(least)),
                std::cmp::Ordering::Less => Some(Shown::Between(least, most)),
            }
        }
    }
}
