//! The attempt to rebuild the records from the tables, within a bound. All
//! tables at once where the kinds of people are few enough; else in groups of
//! tables, and what was left out is told to those who sign.

use super::{report::Rebuilt, spec::Spec};
use palermo_stats::disclosure::{
    DisclosureError, JointTables, PublishableTable, Records, Shown, TablePlan, reconstruct,
};
use std::collections::{BTreeMap, BTreeSet};

/// All tables together are attacked up to so many kinds of people.
const MOST_KINDS: usize = 220;

/// A group of tables is attacked up to so many.
const MOST_IN_A_GROUP: usize = 64;

/// Tries to rebuild the records. Nobody may be singled out: then
/// [`Rebuilt::singled_out`] is not 0 and the release is refused.
///
/// # Errors
/// When the tables contradict each other or the solver gives up.
pub(super) fn rebuild(
    records: &Records,
    spec: &Spec,
    joint: &JointTables,
    safe: &PublishableTable,
    k: u32,
) -> Result<Rebuilt, DisclosureError> {
    let (kinds, _) = joint.published(safe.cells());
    if joint.kinds() > 0 && kinds <= MOST_KINDS {
        let (solved, singled_out) = attack(joint, safe.cells(), k)?;
        return Ok(Rebuilt::Tried { kinds, solved, singled_out });
    }
    in_groups(records, spec, joint, safe, k)
}

fn in_groups(
    records: &Records,
    spec: &Spec,
    joint: &JointTables,
    safe: &PublishableTable,
    k: u32,
) -> Result<Rebuilt, DisclosureError> {
    let (groups, mut left_out) = groups(records, &spec.plans())?;
    let all = joint.kinds();
    if groups.is_empty() {
        return Ok(Rebuilt::NotTried { kinds: all });
    }
    let shown = shown_of(joint, safe);
    let (mut solved, mut singled_out, mut tried) = (0, 0, 0);
    for group in &groups {
        let part = JointTables::of(records, group, spec.input.count.as_deref())?;
        let cells = cells_of(&part, &shown);
        match attack(&part, &cells, k) {
            Ok(found) => {
                solved += found.0;
                singled_out += found.1;
                tried += 1;
            }
            // What the solver gives up on was not tried, and that is told.
            Err(DisclosureError::Solver(_)) => {
                left_out.extend(group.iter().map(|plan| plan.name.clone()));
            }
            Err(why) => return Err(why),
        }
    }
    Ok(Rebuilt::InGroups { kinds: all, groups: tried, left_out, solved, singled_out })
}

/// Tables side by side as long as their kinds stay few; names of those that
/// are too large even alone.
fn groups(
    records: &Records,
    plans: &[TablePlan],
) -> Result<(Vec<Vec<TablePlan>>, Vec<String>), DisclosureError> {
    let mut groups: Vec<Vec<TablePlan>> = Vec::new();
    let mut left_out = Vec::new();
    for plan in plans {
        let kinds_with = |group: &[TablePlan]| {
            let mut columns: BTreeSet<&str> = plan.columns.iter().map(String::as_str).collect();
            columns.extend(group.iter().flat_map(|one| one.columns.iter().map(String::as_str)));
            kinds(records, &columns)
        };
        if kinds_with(&[])? > MOST_IN_A_GROUP {
            left_out.push(plan.name.clone());
            continue;
        }
        let with_last = match groups.last() {
            Some(last) => kinds_with(last)? <= MOST_IN_A_GROUP,
            None => false,
        };
        match groups.last_mut().filter(|_| with_last) {
            Some(last) => last.push(plan.clone()),
            None => groups.push(vec![plan.clone()]),
        }
    }
    Ok((groups, left_out))
}

/// Combinations of the values of these columns, whether anybody has them or not.
fn kinds(records: &Records, columns: &BTreeSet<&str>) -> Result<usize, DisclosureError> {
    let mut all = 1_usize;
    for name in columns {
        let chosen = records.select(&[*name])?;
        let codes: BTreeSet<u16> =
            chosen.columns().iter().flat_map(|column| column.codes().iter().copied()).collect();
        all = all.saturating_mul(codes.len().max(1));
    }
    Ok(all)
}

/// What is shown of each table's cells, by table and values.
type ShownOf = BTreeMap<(String, Vec<String>), Shown>;

fn shown_of(joint: &JointTables, safe: &PublishableTable) -> ShownOf {
    let mut shown = ShownOf::new();
    for table in joint.tables() {
        for (values, cell) in &table.cells {
            shown.insert((table.plan.name.clone(), values.clone()), safe.cells()[*cell]);
        }
    }
    shown
}

fn cells_of(part: &JointTables, shown: &ShownOf) -> Vec<Shown> {
    let mut cells = vec![Shown::Hidden; part.raw().frame().len()];
    for table in part.tables() {
        for (values, cell) in &table.cells {
            if let Some(one) = shown.get(&(table.plan.name.clone(), values.clone())) {
                cells[*cell] = *one;
            }
        }
    }
    cells
}

/// Kinds whose number is known exactly, and kinds of 1 to k − 1 people.
fn attack(joint: &JointTables, cells: &[Shown], k: u32) -> Result<(usize, usize), DisclosureError> {
    let (kinds, published) = joint.published(cells);
    let most = cells
        .iter()
        .filter_map(|cell| match cell {
            Shown::Exact(count) => Some(*count),
            Shown::Between(_, most) => Some(*most),
            Shown::Hidden => None,
        })
        .max()
        .unwrap_or(0);
    let found = reconstruct(kinds, &published, most, k)?;
    Ok((found.solved, found.small_groups.len()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{
        super::prepare::{Prepared, prepare},
        *,
    };

    fn plan(name: &str, columns: &[&str]) -> TablePlan {
        TablePlan {
            name: name.to_owned(),
            columns: columns.iter().map(|one| (*one).to_owned()).collect(),
        }
    }

    #[test]
    fn small_tables_are_attacked_in_groups_and_a_large_one_is_named() {
        let mut text = "a,b,c\n".to_owned();
        for row in 0..200 {
            text.push_str(&format!("a{},b{},c{}\n", row % 5, row % 12, row % 70));
        }
        let records = Records::from_csv(text.as_bytes()).unwrap();
        let plans = [plan("one", &["a"]), plan("two", &["a", "b"]), plan("three", &["c"])];
        let (found, left_out) = groups(&records, &plans).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].len(), 2);
        assert_eq!(left_out, ["three"]);
    }

    /// Seventy days beside three characters of which each two are crossed: too many kinds
    /// to attack at once. Every cell counts nobody or many; `last` are those of whom the
    /// three tables together tell all three characters.
    fn in_three_tables(last: usize) -> Prepared {
        let kinds = [
            ("a1,b2,c1", 100),
            ("a1,b2,c2", 80),
            ("a2,b1,c1", 90),
            ("a2,b1,c2", 77),
            ("a2,b2,c1", last),
            ("a2,b2,c2", 73 - last),
        ];
        let persons = kinds.iter().flat_map(|(kind, count)| std::iter::repeat_n(*kind, *count));
        let mut text = "a,b,c,d\n".to_owned();
        for (at, kind) in persons.enumerate() {
            text.push_str(&format!("{kind},d{}\n", at % 70));
        }
        let records = Records::from_csv(text.as_bytes()).unwrap();
        let mut about =
            "[release]\nid = \"crossed\"\ntitle = \"Crossed\"\n[method]\nk = 5\n".to_owned();
        for columns in ["a\",\"b", "a\",\"c", "b\",\"c", "d"] {
            let id = columns.replace("\",\"", "-");
            about.push_str(&format!("[[table]]\nid = \"{id}\"\ncolumns = [\"{columns}\"]\n"));
        }
        let spec = Spec::read(&about).unwrap();
        let mut none = |_: f64, _: f64| Err(DisclosureError::Setting("no budget".to_owned()));
        prepare(&records, &spec, &[], &mut none).unwrap()
    }

    #[test]
    fn a_group_of_tables_that_singles_somebody_out_is_refused_and_a_clean_one_is_not() {
        for (last, fits) in [(3, false), (13, true)] {
            let prepared = in_three_tables(last);
            assert_eq!(prepared.publishable.is_some(), fits, "{last}");
            let Rebuilt::InGroups { kinds, groups, left_out, singled_out, .. } =
                &prepared.report.rebuilt
            else {
                panic!("{:?}", prepared.report.rebuilt)
            };
            assert!(*kinds > MOST_KINDS, "{kinds}");
            assert_eq!(*groups, 1, "{last}");
            assert_eq!(*left_out, ["d"], "what was not attacked is told");
            assert_eq!(*singled_out > 0, !fits, "{last}");
        }
    }
}
