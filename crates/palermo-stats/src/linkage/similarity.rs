//! How alike two texts are.
//!
//! Libraries differ in Jaro–Winkler: here, as in DuckDB and rapidfuzz, the
//! bonus for a common beginning is given only where Jaro's value exceeds 0.7.
//! All functions work on Unicode scalar values; bring texts into one normal form
//! and case first.

/// Longest text for which no memory is asked for.
const SHORT: usize = 64;

/// Jaro's similarity (JASA 84:414, 1989), 0 to 1; 1 for two empty texts.
///
/// # Example
/// ```
/// use palermo_stats::linkage::similarity::{jaro, letters};
///
/// // The example of Winkler (1990).
/// let found = jaro(&letters("martha"), &letters("marhta"));
/// assert!((found - 0.944_444_444).abs() < 1e-9);
/// ```
#[must_use]
pub fn jaro(x: &[char], y: &[char]) -> f64 {
    if x.is_empty() || y.is_empty() {
        return if x.is_empty() && y.is_empty() { 1.0 } else { 0.0 };
    }
    let (mut short_x, mut short_y) = ([false; SHORT], [false; SHORT]);
    let (mut long_x, mut long_y) = (Vec::new(), Vec::new());
    let in_x = flags(&mut short_x, &mut long_x, x.len());
    let in_y = flags(&mut short_y, &mut long_y, y.len());
    let reach = (x.len().max(y.len()) / 2).saturating_sub(1);
    let mut matches = 0usize;
    for (i, (letter, matched)) in x.iter().zip(in_x.iter_mut()).enumerate() {
        let first = i.saturating_sub(reach);
        let window = y.iter().zip(in_y.iter_mut()).skip(first);
        for (other, taken) in window.take(i + reach + 1 - first) {
            if !*taken && other == letter {
                (*taken, *matched) = (true, true);
                matches += 1;
                break;
            }
        }
    }
    if matches == 0 {
        return 0.0;
    }
    let transposed = if x == y {
        0
    } else {
        kept(x, in_x).zip(kept(y, in_y)).filter(|(x, y)| x != y).count() / 2
    };
    let m = matches as f64;
    (m / x.len() as f64 + m / y.len() as f64 + (m - transposed as f64) / m) / 3.0
}

/// Letters that have a partner, in their order.
fn kept<'a>(text: &'a [char], kept: &'a [bool]) -> impl Iterator<Item = &'a char> {
    text.iter().zip(kept).filter(|(_, kept)| **kept).map(|(letter, _)| letter)
}

fn flags<'a>(short: &'a mut [bool], long: &'a mut Vec<bool>, length: usize) -> &'a mut [bool] {
    if length <= SHORT {
        return short.get_mut(..length).unwrap_or_default();
    }
    long.resize(length, false);
    long
}

/// Jaro–Winkler (1990): Jaro's value, and where it exceeds 0.7 a tenth of what
/// is missing to 1 for each of up to four common first letters.
///
/// ```
/// use palermo_stats::linkage::similarity::{jaro_winkler, letters};
///
/// assert!((jaro_winkler(&letters("martha"), &letters("marhta")) - 0.961_111_111).abs() < 1e-9);
/// ```
#[must_use]
pub fn jaro_winkler(x: &[char], y: &[char]) -> f64 {
    let jaro = jaro(x, y);
    if jaro <= 0.7 {
        return jaro;
    }
    let common = x.iter().zip(y).take(4).take_while(|(x, y)| x == y).count();
    jaro + 0.1 * common as f64 * (1.0 - jaro)
}

/// Levenshtein's distance: fewest insertions, deletions and replacements.
///
/// ```
/// use palermo_stats::linkage::similarity::{letters, levenshtein};
///
/// assert_eq!(levenshtein(&letters("kitten"), &letters("sitting")), 3);
/// ```
#[must_use]
pub fn levenshtein(x: &[char], y: &[char]) -> usize {
    let (mut short, mut long) = ([0usize; SHORT], Vec::new());
    let row = if y.len() < SHORT {
        short.get_mut(..=y.len()).unwrap_or_default()
    } else {
        long.resize(y.len() + 1, 0);
        long.as_mut_slice()
    };
    row.iter_mut().enumerate().for_each(|(place, cell)| *cell = place);
    for (i, letter) in x.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (other, cell) in y.iter().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            left = (diagonal + usize::from(letter != other)).min(above + 1).min(left + 1);
            diagonal = above;
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// Damerau–Levenshtein distance without restriction: exchanges of neighbours
/// count one, and letters may be edited again afterwards.
///
/// ```
/// use palermo_stats::linkage::similarity::{damerau_levenshtein, letters};
///
/// assert_eq!(damerau_levenshtein(&letters("ca"), &letters("abc")), 2);
/// ```
#[must_use]
pub fn damerau_levenshtein(x: &[char], y: &[char]) -> usize {
    let (width, far) = (y.len() + 2, x.len() + y.len());
    let mut table = vec![far; (x.len() + 2) * width];
    let at = |i: usize, j: usize| i * width + j;
    let read = |table: &[usize], i, j| table.get(at(i, j)).copied().unwrap_or(far);
    let write = |table: &mut [usize], i, j, value| {
        if let Some(cell) = table.get_mut(at(i, j)) {
            *cell = value;
        }
    };
    (0..=x.len()).for_each(|i| write(&mut table, i + 1, 1, i));
    (0..=y.len()).for_each(|j| write(&mut table, 1, j + 1, j));
    let mut last_row: std::collections::HashMap<char, usize> = std::collections::HashMap::new();
    for (i, letter) in x.iter().enumerate() {
        let mut last_column = 0;
        for (j, other) in y.iter().enumerate() {
            let seen = last_row.get(other).copied().unwrap_or(0);
            let exchange = read(&table, seen, last_column) + (i - seen) + 1 + (j - last_column);
            let same = letter == other;
            let best = (read(&table, i + 1, j + 1) + usize::from(!same))
                .min(read(&table, i + 2, j + 1) + 1)
                .min(read(&table, i + 1, j + 2) + 1)
                .min(exchange);
            if same {
                last_column = j + 1;
            }
            write(&mut table, i + 2, j + 2, best);
        }
        last_row.insert(*letter, i + 1);
    }
    read(&table, x.len() + 1, y.len() + 1)
}

/// The letters of a text, as the comparators take them.
#[must_use]
pub fn letters(text: &str) -> Vec<char> {
    text.chars().collect()
}
