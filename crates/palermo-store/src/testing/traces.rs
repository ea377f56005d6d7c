//! Looking for a word in files, in every form it could lie about in: as text
//! of three widths, folded, in hexadecimal, in base64 at each offset, as part
//! of an address, of JSON or of a page (P1).

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::BufRead,
    path::{Path, PathBuf},
};
use unicode_normalization::UnicodeNormalization;

/// The words looked for, in all their forms.
#[derive(Debug)]
pub struct Traces {
    // By first byte, so that a file is read once for each of a few bytes.
    forms: BTreeMap<u8, Vec<Vec<u8>>>,
}

impl Traces {
    /// Every form of these words. A word should be eight letters or more, and
    /// one that nothing else in the world contains.
    #[must_use]
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let all: BTreeSet<Vec<u8>> = words.into_iter().flat_map(forms).collect();
        let mut forms: BTreeMap<u8, Vec<Vec<u8>>> = BTreeMap::new();
        for form in all {
            if let Some(first) = form.first() {
                forms.entry(*first).or_default().push(form);
            }
        }
        Self { forms }
    }

    /// How many forms are looked for.
    #[must_use]
    pub fn len(&self) -> usize {
        self.forms.values().map(Vec::len).sum()
    }

    /// Whether nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// The first place where one of the words lies.
    #[must_use]
    pub fn find(&self, bytes: &[u8]) -> Option<usize> {
        self.forms.iter().find_map(|(first, forms)| find_from(bytes, *first, forms))
    }

    /// Every file under these folders (or the file itself) that holds one of
    /// the words, and how many bytes were read. What vanishes meanwhile is
    /// passed over.
    #[must_use]
    pub fn in_files(&self, places: &[PathBuf]) -> (Vec<PathBuf>, u64) {
        let (mut found, mut read, mut waiting) = (Vec::new(), 0, places.to_vec());
        while let Some(place) = waiting.pop() {
            if place.is_dir() {
                let inside = fs::read_dir(&place).into_iter().flatten().flatten();
                waiting.extend(inside.map(|entry| entry.path()));
            } else if let Ok(bytes) = fs::read(&place) {
                read += bytes.len() as u64;
                let name = place.file_name().map(|name| name.to_string_lossy().into_owned());
                let named = self.find(name.unwrap_or_default().as_bytes()).is_some();
                if named || self.find(&bytes).is_some() {
                    found.push(place);
                }
            }
        }
        (found, read)
    }
}

/// `read_until` looks for its byte with the machine's widest instructions also
/// in an unoptimised build, which a loop of our own would not.
fn find_from(bytes: &[u8], first: u8, forms: &[Vec<u8>]) -> Option<usize> {
    let mut rest = bytes;
    let mut skipped = Vec::new();
    loop {
        skipped.clear();
        let passed = rest.read_until(first, &mut skipped).ok()?;
        if passed == 0 || skipped.last() != Some(&first) {
            return None;
        }
        let at = bytes.len() - rest.len() - 1;
        if forms.iter().any(|form| bytes[at..].starts_with(form)) {
            return Some(at);
        }
    }
}

fn forms(word: &str) -> Vec<Vec<u8>> {
    let folded: String =
        word.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let mut forms = Vec::new();
    let spellings = [
        word.to_owned(),
        word.to_lowercase(),
        word.to_uppercase(),
        folded.clone(),
        folded.to_lowercase(),
        folded.to_uppercase(),
        word.nfd().collect(),
    ];
    for text in spellings {
        for bytes in widths(&text) {
            let hex = hex::encode(&bytes);
            forms.push(hex.to_uppercase().into_bytes());
            forms.push(hex.into_bytes());
            forms.extend(base64(&bytes));
            forms.push(bytes);
        }
        forms.push(percent(&text).into_bytes());
        forms.push(percent(&text).to_lowercase().into_bytes());
        forms.push(json(&text).into_bytes());
    }
    forms
}

fn widths(text: &str) -> [Vec<u8>; 3] {
    let wide = |swap: bool| {
        let units = text.encode_utf16();
        units.flat_map(|unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    [text.as_bytes().to_vec(), wide(false), wide(true)]
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b if b.is_ascii_alphanumeric() => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect()
}

/// As JSON that keeps to ASCII.
fn json(text: &str) -> String {
    text.encode_utf16()
        .map(|unit| match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
            _ => format!("\\u{unit:04x}"),
        })
        .collect()
}

/// The letters of base64, with either last two, that depend on the word alone,
/// wherever in a longer text it stands.
fn base64(bytes: &[u8]) -> Vec<Vec<u8>> {
    const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut all = Vec::new();
    for (offset, before) in [(0, 0), (1, 2), (2, 3)] {
        let bits: Vec<bool> = std::iter::repeat_n(0_u8, offset)
            .chain(bytes.iter().copied())
            .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1))
            .collect();
        for last in [b"+/", b"-_"] {
            let letters = bits.chunks_exact(6).skip(before).map(|six| {
                let value = six.iter().fold(0_usize, |value, bit| value << 1 | usize::from(*bit));
                LETTERS.get(value).copied().unwrap_or_else(|| last[value - 62])
            });
            all.push(letters.collect());
        }
    }
    all
}

/// The files of a server's database and its log of changes, for whoever may
/// read them; and what the server prints.
#[must_use]
pub fn postgres_files(data: &Path, databases: &[String]) -> Vec<PathBuf> {
    let mut places: Vec<_> = databases.iter().map(|oid| data.join("base").join(oid)).collect();
    places.push(data.join("pg_wal"));
    places.push(data.join("base/pgsql_tmp"));
    places.extend(data.parent().map(|folder| folder.join("server.log")));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_every_form() {
        let traces = Traces::of(["Quétzal-Canary"]);
        let sample = "before Quétzal-Canary after";
        let wide: Vec<u8> = sample.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = sample.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            sample.as_bytes().to_vec(),
            wide,
            big,
            sample.to_lowercase().into_bytes(),
            b"x quetzal-canary".to_vec(),
            b"QUETZAL-CANARY".to_vec(),
            hex::encode(sample).into_bytes(),
            hex::encode_upper(sample).into_bytes(),
            b"q=Qu%C3%A9tzal%2DCanary&".to_vec(),
            b"{\"a\":\"Qu\\u00e9tzal-Canary\"}".to_vec(),
            // "Quétzal-Canary" after no, one and two letters, in base64.
            b"UXXDqXR6YWwtQ2FuYXJ5".to_vec(),
            b"eFF1w6l0emFsLUNhbmFyeQ==".to_vec(),
            b"eHhRdcOpdHphbC1DYW5hcnk=".to_vec(),
        ] {
            assert!(traces.find(&bytes).is_some(), "{}", String::from_utf8_lossy(&bytes));
        }
        for other in [&b"Quetzal Canary"[..], b"", b"Q", &[b'Q'; 4_096]] {
            assert_eq!(traces.find(other), None);
        }
    }

    #[test]
    fn files_in_folders_are_read_and_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("inside")).unwrap();
        fs::write(folder.path().join("inside/a"), "… canaryword …").unwrap();
        fs::write(folder.path().join("b"), "nothing").unwrap();
        fs::write(folder.path().join("canaryword.log"), "").unwrap();
        let (found, read) = Traces::of(["CanaryWord"]).in_files(&[folder.path().to_owned()]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(read > 0);
    }
}
