//! A count as statistics write it: exact, hidden as `<5`, or a sum in which
//! something is hidden. Arithmetic keeps the interval (R185): a hidden part
//! never turns into a number, and never into zero.

use serde::{Deserialize, Serialize};
use std::{fmt, ops::Add, str::FromStr};

/// A number of persons or events, from the least to the greatest possible.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Amount {
    /// The least.
    pub lower: u64,
    /// The greatest.
    pub upper: u64,
}

/// A text that is no count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no count; write a whole number such as `1204`, or `<5` for a hidden one")]
pub struct NotACount(pub String);

impl Amount {
    /// Nobody.
    pub const ZERO: Self = Self { lower: 0, upper: 0 };

    /// A count known exactly.
    #[must_use]
    pub const fn exactly(count: u64) -> Self {
        Self { lower: count, upper: count }
    }

    /// A count known to be smaller than `limit`: 0 to `limit` − 1.
    #[must_use]
    pub const fn below(limit: u64) -> Self {
        Self { lower: 0, upper: limit.saturating_sub(1) }
    }

    /// The count, if it is known exactly.
    #[must_use]
    pub const fn exact(self) -> Option<u64> {
        if self.lower == self.upper { Some(self.lower) } else { None }
    }

    /// Whether something in it is hidden.
    #[must_use]
    pub const fn is_hidden(self) -> bool {
        self.lower != self.upper
    }

    /// Whether it is certainly greater than another, whatever is hidden.
    #[must_use]
    pub const fn certainly_exceeds(self, other: Self) -> bool {
        self.lower > other.upper
    }

    /// Whether the two certainly differ.
    #[must_use]
    pub const fn certainly_differs(self, other: Self) -> bool {
        self.lower > other.upper || self.upper < other.lower
    }
}

impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            lower: self.lower.saturating_add(other.lower),
            upper: self.upper.saturating_add(other.upper),
        }
    }
}

impl std::iter::Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.exact() {
            Some(count) => write!(f, "{count}"),
            None if self.lower == 0 => write!(f, "<{}", self.upper.saturating_add(1)),
            None => write!(f, "{}–{}", self.lower, self.upper),
        }
    }
}

impl FromStr for Amount {
    type Err = NotACount;

    fn from_str(text: &str) -> Result<Self, NotACount> {
        let wrong = || NotACount(text.to_owned());
        let plain = text.trim();
        if let Some(limit) = plain.strip_prefix('<') {
            let limit = whole(limit.trim()).filter(|limit| *limit > 0).ok_or_else(wrong)?;
            return Ok(Self::below(limit));
        }
        if let Some((lower, upper)) = plain.split_once(['–', '-']) {
            let (lower, upper) = (whole(lower.trim()), whole(upper.trim()));
            return match (lower, upper) {
                (Some(lower), Some(upper)) if lower <= upper => Ok(Self { lower, upper }),
                _ => Err(wrong()),
            };
        }
        whole(plain).map(Self::exactly).ok_or_else(wrong)
    }
}

/// A whole number, perhaps with a comma or space every three digits, perhaps
/// with a fraction of zeros as spreadsheets write it.
fn whole(text: &str) -> Option<u64> {
    let text = match text.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') => whole,
        Some(_) => return None,
        None => text,
    };
    let separator = |c: char| matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}');
    let groups: Vec<&str> = text.split(separator).collect();
    let (first, rest) = groups.split_first()?;
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let grouped = rest.iter().all(|group| group.len() == 3 && digits(group));
    if !digits(first) || !grouped || (!rest.is_empty() && first.len() > 3) {
        return None;
    }
    groups.concat().parse().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        text.parse().unwrap()
    }

    #[test]
    fn req_185_a_sum_with_a_hidden_part_is_an_interval() {
        let sum: Amount = ["<5", "1,204", "7"].into_iter().map(amount).sum();
        assert_eq!(sum, Amount { lower: 1211, upper: 1215 });
        assert_eq!(sum.exact(), None);
        assert_eq!(sum.to_string(), "1211–1215");
        assert_eq!(amount("<5").to_string(), "<5");
    }

    #[test]
    fn req_185_a_comparison_says_only_what_is_certain() {
        assert!(amount("8").certainly_exceeds(amount("7")));
        assert!(!amount("<5").certainly_exceeds(amount("3")));
        assert!(amount("3").certainly_differs(amount("5–9")));
        assert!(!amount("6").certainly_differs(amount("5–9")));
    }

    #[test]
    fn counts_are_read_as_people_write_them() {
        for (written, meant) in [("2,161", 2161), ("1 204", 1204), ("303.0", 303), ("0", 0)] {
            assert_eq!(amount(written), Amount::exactly(meant), "{written}");
        }
        for wrong in ["", "-3", "abc", "1,23", "12,34,567", "3.5", "<", "<0", "9-3", "1234,567"] {
            assert!(wrong.parse::<Amount>().is_err(), "{wrong}");
        }
    }
}
