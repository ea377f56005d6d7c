//! The additive structure of a table: its cells and which sum to which.

use super::aggregate::RECORD_COUNT;
use super::error::DisclosureError;

/// One cell is the sum of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equation {
    /// The cell that is the sum.
    pub total: usize,
    /// The cells that are added.
    pub parts: Vec<usize>,
}

impl Equation {
    /// The cells with their signs: parts +1, total −1.
    pub(crate) fn terms(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.parts.iter().map(|&part| (part, 1.0)).chain(std::iter::once((self.total, -1.0)))
    }
}

/// Cells and equations of a table, or of several tables that share cells
/// (linked tables): everything that reasons about a table needs only these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    labels: Vec<String>,
    equations: Vec<Equation>,
    // Rows and columns with margins, when the frame is one two-way table.
    shape: Option<(usize, usize)>,
}

impl Frame {
    /// A frame from cells and equations, for linked or hierarchical tables.
    ///
    /// ```
    /// use palermo_stats::disclosure::{Equation, Frame};
    /// // A total, two regions, and the districts of the first region.
    /// let cells = ["all", "north", "south", "north-1", "north-2"].map(String::from);
    /// let frame = Frame::new(cells.to_vec(), vec![
    ///     Equation { total: 0, parts: vec![1, 2] },
    ///     Equation { total: 1, parts: vec![3, 4] },
    /// ])?;
    /// assert_eq!(frame.len(), 5);
    /// # Ok::<(), palermo_stats::disclosure::DisclosureError>(())
    /// ```
    ///
    /// # Errors
    /// When an equation names a cell that does not exist, has no parts, or
    /// names a cell twice.
    pub fn new(labels: Vec<String>, equations: Vec<Equation>) -> Result<Self, DisclosureError> {
        for (at, equation) in equations.iter().enumerate() {
            let mut cells: Vec<usize> = equation.terms().map(|term| term.0).collect();
            cells.sort_unstable();
            let repeated = cells.windows(2).any(|pair| pair[0] == pair[1]);
            if equation.parts.is_empty() || repeated || cells.iter().any(|&c| c >= labels.len()) {
                return Err(DisclosureError::Inconsistent(format!(
                    "equation {} names no cell, the same cell twice, or a cell that does not exist",
                    at + 1
                )));
            }
        }
        Ok(Self { labels, equations, shape: None })
    }

    /// The cross-classification of several dimensions with all margins. Cells
    /// run with the last dimension fastest; in each dimension the total comes
    /// after the categories. A label joins the attributes with `;` in byte
    /// order, and the grand total is `record_count`.
    ///
    /// # Errors
    /// When a dimension has no category, or there are more than 4 million cells.
    pub fn with_margins(dimensions: &[Vec<String>]) -> Result<Self, DisclosureError> {
        let cells = dimensions
            .iter()
            .try_fold(1_usize, |cells, d| cells.checked_mul(d.len() + 1))
            .filter(|&cells| cells <= 4_000_000)
            .ok_or_else(|| {
                DisclosureError::TooLarge("the table has more than 4 million cells".to_owned())
            })?;
        if dimensions.is_empty() || dimensions.iter().any(Vec::is_empty) {
            return Err(DisclosureError::Inconsistent(
                "every dimension of a table needs a category".to_owned(),
            ));
        }
        let mut labels = Vec::with_capacity(cells);
        let mut equations = Vec::new();
        for cell in 0..cells {
            let at = coordinates(cell, dimensions);
            let mut parts: Vec<&str> = at
                .iter()
                .zip(dimensions)
                .filter_map(|(&position, d)| d.get(position).map(String::as_str))
                .collect();
            parts.sort_unstable();
            labels.push(if parts.is_empty() { RECORD_COUNT.to_owned() } else { parts.join(";") });
            let mut stride = 1;
            for (axis, d) in dimensions.iter().enumerate().rev() {
                if at[axis] == d.len() {
                    let parts = (1..=d.len()).rev().map(|back| cell - back * stride).collect();
                    equations.push(Equation { total: cell, parts });
                }
                stride *= d.len() + 1;
            }
        }
        let shape = match dimensions {
            [rows, columns] => Some((rows.len() + 1, columns.len() + 1)),
            _ => None,
        };
        Ok(Self { labels, equations, shape })
    }

    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are no cells.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The labels of the cells.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The equations.
    #[must_use]
    pub fn equations(&self) -> &[Equation] {
        &self.equations
    }

    /// Rows and columns, margins included, when this is one two-way table.
    #[must_use]
    pub fn two_way_shape(&self) -> Option<(usize, usize)> {
        self.shape
    }

    /// Checks that the counts fulfil every equation.
    ///
    /// # Errors
    /// Naming the first total that is not the sum of its parts.
    pub fn check(&self, counts: &[u64]) -> Result<(), DisclosureError> {
        if counts.len() != self.len() {
            return Err(DisclosureError::Inconsistent(format!(
                "`{}` counts for `{}` cells",
                counts.len(),
                self.len()
            )));
        }
        for equation in &self.equations {
            let sum =
                equation.parts.iter().try_fold(0_u64, |sum, &part| sum.checked_add(counts[part]));
            if sum != Some(counts[equation.total]) {
                return Err(DisclosureError::Inconsistent(format!(
                    "`{}` is not the sum of its parts",
                    self.labels[equation.total]
                )));
            }
        }
        Ok(())
    }
}

fn coordinates(mut cell: usize, dimensions: &[Vec<String>]) -> Vec<usize> {
    let mut at = vec![0; dimensions.len()];
    for (axis, d) in dimensions.iter().enumerate().rev() {
        at[axis] = cell % (d.len() + 1);
        cell /= d.len() + 1;
    }
    at
}
