//! Invented persons on two lists, with the slips that real lists have, so that
//! speed and quality can be measured without anybody's data.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// One row: given name, surname, date of birth, sex, nationality; and the number
/// of the person, by which links are judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InventedPerson {
    /// The five values, in the order above.
    pub values: Vec<String>,
    /// The same number on both lists is the same person.
    pub person: usize,
}

/// Two lists of `size` persons, half of them on both, whose second entry has
/// slips: about one name in four, one date in six, one nationality in 25.
///
/// # Example
/// ```
/// let (ours, theirs) = palermo_stats::linkage::invented_lists(100, 1);
/// let both = theirs.iter().filter(|row| row.person < 100).count();
/// assert_eq!((ours.len(), theirs.len(), both), (100, 100, 50));
/// ```
#[must_use]
pub fn invented_lists(size: usize, seed: u64) -> (Vec<InventedPerson>, Vec<InventedPerson>) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let row =
        |random: &mut ChaCha8Rng, person| InventedPerson { values: person_values(random), person };
    let ours: Vec<InventedPerson> = (0..size).map(|person| row(&mut random, person)).collect();
    let mut theirs: Vec<InventedPerson> = ours.iter().take(size / 2).cloned().collect();
    for entry in &mut theirs {
        slip(&mut random, &mut entry.values);
    }
    for person in size..2 * size - theirs.len() {
        theirs.push(row(&mut random, person));
    }
    for last in (1..theirs.len()).rev() {
        theirs.swap(last, random.random_range(0..=last));
    }
    (ours, theirs)
}

/// A rank below `ranks`, small ones more often (Zipf with exponent 0.9, nearly).
fn rank(random: &mut ChaCha8Rng, ranks: usize) -> usize {
    let top = ((ranks + 1) as f64).powf(0.1);
    let place = 1.0 + random.random::<f64>() * (top - 1.0);
    (place.powi(10) as usize).saturating_sub(1).min(ranks - 1)
}

fn name(random: &mut ChaCha8Rng, salt: usize) -> String {
    const SYLLABLES: [&str; 20] = [
        "ka", "mi", "ro", "sha", "tu", "len", "gor", "pi", "va", "ndo", "es", "li", "yum", "ba",
        "hri", "zo", "mar", "te", "qu", "fi",
    ];
    const ENDINGS: [&str; 12] =
        ["", "ov", "in", "escu", "a", "ez", "ali", "son", "ye", "ko", "ova", "e"];
    let base = rank(random, 60) + salt;
    let part = |number: usize| SYLLABLES.get(number % 20).copied().unwrap_or("ka");
    let ending = ENDINGS.get(random.random_range(0..12)).copied().unwrap_or("");
    let third = if base.is_multiple_of(3) { part(base / 3 + 11) } else { "" };
    let text = format!("{}{}{third}{ending}", part(base * 7 + base / 20), part(base * 3 + 5));
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn person_values(random: &mut ChaCha8Rng) -> Vec<String> {
    let surname = if random.random_bool(0.026) { String::new() } else { name(random, 137) };
    let born = format!(
        "{}-{:02}-{:02}",
        random.random_range(1960..2015),
        random.random_range(1..13),
        random.random_range(1..29)
    );
    let sex = if random.random_bool(0.64) { "F" } else { "M" };
    let nationality = format!("N{:02}", rank(random, 60));
    vec![name(random, 0), surname, born, sex.into(), nationality]
}

fn slip(random: &mut ChaCha8Rng, values: &mut [String]) {
    if random.random_bool(0.015) {
        values.swap(0, 1);
    }
    for name in values.iter_mut().take(2) {
        if random.random_bool(0.25) {
            misspell(random, name);
        }
    }
    let year = random.random_range(1960..2015);
    let day = random.random_range(1..29);
    let chance: f64 = random.random();
    if let Some(born) = values.get_mut(2) {
        if chance < 0.11 {
            born.truncate(8);
            born.push_str(&format!("{day:02}"));
        } else if chance < 0.165 {
            born.replace_range(..4, &year.to_string());
        }
    }
    if random.random_bool(0.01)
        && let Some(sex) = values.get_mut(3)
    {
        *sex = if sex == "F" { "M".into() } else { "F".into() };
    }
    let other = format!("N{:02}", rank(random, 60));
    if random.random_bool(0.045)
        && let Some(nationality) = values.get_mut(4)
    {
        *nationality = other;
    }
}

/// One letter added, left out, replaced, or exchanged with its neighbour.
fn misspell(random: &mut ChaCha8Rng, text: &mut String) {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 2 {
        return;
    }
    let place = random.random_range(0..letters.len() - 1);
    let letter = char::from(b'a' + random.random_range(0..26u8));
    match random.random_range(0..4) {
        0 => letters.insert(place, letter),
        1 => {
            letters.remove(place);
        }
        2 => {
            if let Some(wrong) = letters.get_mut(place) {
                *wrong = letter;
            }
        }
        _ => letters.swap(place, place + 1),
    }
    *text = letters.into_iter().collect();
}
