//! What changed between two versions of a text, word by word: what is gone, what is
//! new, what stayed.

use crate::coded;
use serde::Serialize;

coded! {
    /// How a piece of text stands between two versions.
    Piece {
        /// In both.
        Same = "same",
        /// In the old one only.
        Gone = "gone",
        /// In the new one only.
        New = "new",
    }
}

/// A run of words with how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// How it stands.
    pub piece: Piece,
    /// The words, with the space after them.
    pub text: String,
}

/// Words beyond which two texts are told as all gone and all new: the table of lengths
/// would be larger than the answer is worth.
const LONGEST: usize = 3_000;

/// Compares two texts word by word, by the longest common subsequence.
#[must_use]
pub fn compare(old: &str, new: &str) -> Vec<Compared> {
    let (mut a, mut b): (Vec<&str>, Vec<&str>) = (words(old), words(new));
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let same_head: Vec<&str> = a.drain(..head).collect();
    b.drain(..head);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let same_tail: Vec<&str> = a.split_off(a.len() - tail);
    b.truncate(b.len() - tail);
    let mut told = Told::default();
    same_head.into_iter().for_each(|word| told.say(Piece::Same, word));
    if a.len() > LONGEST || b.len() > LONGEST {
        a.iter().for_each(|word| told.say(Piece::Gone, word));
        b.iter().for_each(|word| told.say(Piece::New, word));
    } else {
        middle(&a, &b, &mut told);
    }
    same_tail.into_iter().for_each(|word| told.say(Piece::Same, word));
    told.0
}

fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

#[derive(Default)]
struct Told(Vec<Compared>);

impl Told {
    fn say(&mut self, piece: Piece, word: &str) {
        match self.0.last_mut() {
            Some(last) if last.piece == piece => last.text.push_str(word),
            _ => self.0.push(Compared { piece, text: word.to_owned() }),
        }
    }
}

fn middle(a: &[&str], b: &[&str], told: &mut Told) {
    // lengths[i][j]: longest common subsequence of a[i..] and b[j..].
    let width = b.len() + 1;
    let mut lengths = vec![0_u16; (a.len() + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    for (i, x) in a.iter().enumerate().rev() {
        for (j, y) in b.iter().enumerate().rev() {
            let length = |i: usize, j: usize| lengths.get(at(i, j)).copied().unwrap_or(0);
            let longest = if x == y {
                length(i + 1, j + 1) + 1
            } else {
                length(i + 1, j).max(length(i, j + 1))
            };
            if let Some(place) = lengths.get_mut(at(i, j)) {
                *place = longest;
            }
        }
    }
    let length = |i: usize, j: usize| lengths.get(at(i, j)).copied().unwrap_or(0);
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) if x == y => {
                told.say(Piece::Same, x);
                (i, j) = (i + 1, j + 1);
            }
            (Some(x), other) if other.is_none() || length(i + 1, j) >= length(i, j + 1) => {
                told.say(Piece::Gone, x);
                i += 1;
            }
            (_, Some(y)) => {
                told.say(Piece::New, y);
                j += 1;
            }
            (_, None) => i += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> String {
        compare(old, new)
            .into_iter()
            .map(|one| match one.piece {
                Piece::Same => one.text,
                Piece::Gone => format!("[-{}]", one.text),
                Piece::New => format!("[+{}]", one.text),
            })
            .collect()
    }

    #[test]
    fn what_changed_is_told_word_by_word() {
        assert_eq!(told("the law is new", "the law is new"), "the law is new");
        assert_eq!(told("the law is new", "the law is old "), "the law is [-new][+old ]");
        assert_eq!(told("a b c", "a x b c"), "a [+x ]b c");
        assert_eq!(told("", "all new"), "[+all new]");
        assert_eq!(told("all gone", ""), "[-all gone]");
    }

    #[test]
    fn both_versions_can_be_put_together_again_from_what_is_told() {
        let (old, new) = ("one two three four two", "two four three two five");
        let pieces = compare(old, new);
        let side = |gone: Piece| -> String {
            pieces.iter().filter(|p| p.piece != gone).map(|p| p.text.as_str()).collect()
        };
        assert_eq!(side(Piece::New), old);
        assert_eq!(side(Piece::Gone), new);
    }
}
