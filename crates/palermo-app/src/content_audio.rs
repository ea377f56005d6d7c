//! Recordings in a deployment's own content: `audio/<language>/<name>.<ending>`,
//! so that what must be said before someone agrees can be heard in any language,
//! also one nobody writes. None ship with the program: a voice is a person's,
//! and a machine's is no substitute for one.

use super::{Content, ContentRefused, LARGEST_FILE_BYTES};
use std::{collections::BTreeMap, path::Path};

/// The folder.
pub(super) const FOLDER: &str = "audio";

/// Kinds of sound browsers play, by the ending of the file.
const KINDS: [(&str, &str); 5] = [
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("wav", "audio/wav"),
];

/// A recording there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// The language spoken (BCP 47).
    pub language: String,
    /// The file's name.
    pub name: String,
}

fn kind(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    KINDS.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind)
}

/// Reads the recordings of a folder of content.
pub(super) fn read(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, ContentRefused> {
    let mut files = BTreeMap::new();
    read_languages(&folder.join(FOLDER), &mut files)
        .map_err(|reason| ContentRefused::Unreadable { folder: folder.join(FOLDER), reason })?;
    Ok(files)
}

fn read_languages(folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), String> {
    if !folder.is_dir() {
        return Ok(());
    }
    let entries = |folder: &Path| -> Result<Vec<std::fs::DirEntry>, String> {
        let all = std::fs::read_dir(folder).map_err(|error| error.to_string())?;
        all.map(|entry| entry.map_err(|error| error.to_string())).collect()
    };
    for language in entries(folder)? {
        let tag = language.file_name().to_string_lossy().into_owned();
        let is_folder = language.file_type().is_ok_and(|kind| kind.is_dir());
        if tag.starts_with('.') {
            continue;
        }
        if !is_folder || !crate::desk::is_language(&tag) {
            return Err(format!("`{FOLDER}/{tag}` is no folder named after a language"));
        }
        for entry in entries(&language.path())? {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let path = format!("{tag}/{name}");
            let length = entry.metadata().map_err(|error| error.to_string())?.len();
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            if kind(&name).is_none() || !is_file {
                return Err(format!("`{FOLDER}/{path}` is none of mp3, m4a, ogg, opus, wav"));
            }
            if length > LARGEST_FILE_BYTES {
                return Err(format!("`{FOLDER}/{path}` has {length} bytes, too many"));
            }
            let bytes = std::fs::read(entry.path()).map_err(|e| format!("`{path}`: {e}"))?;
            files.insert(path, bytes);
        }
    }
    Ok(())
}

impl Content {
    /// The recording of a text in a language, or in its language without region.
    #[must_use]
    pub fn audio(&self, language: &str, text: &str) -> Option<Recording> {
        let plain = language.split('-').next().unwrap_or(language);
        [language, plain].into_iter().find_map(|tag| {
            let start = format!("{tag}/{text}.");
            let path = self.audio.keys().find(|path| path.starts_with(&start))?;
            let (language, name) = path.split_once('/')?;
            Some(Recording { language: language.to_owned(), name: name.to_owned() })
        })
    }

    /// The bytes of a recording, with their kind.
    #[must_use]
    pub fn audio_file(&self, language: &str, name: &str) -> Option<(&'static str, &[u8])> {
        let bytes = self.audio.get(&format!("{language}/{name}"))?;
        Some((kind(name)?, bytes))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_found_by_its_language_and_a_strange_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("audio/wo");
        std::fs::create_dir_all(&own).unwrap();
        std::fs::write(own.join("consent.mp3"), b"ID3").unwrap();
        let content = Content::load(Some(folder.path()), false).unwrap();
        let found = content.audio("wo-SN", "consent").unwrap();
        assert_eq!((found.language.as_str(), found.name.as_str()), ("wo", "consent.mp3"));
        assert_eq!(content.audio_file("wo", "consent.mp3"), Some(("audio/mpeg", &b"ID3"[..])));
        assert_eq!(content.audio("tr", "consent"), None);
        std::fs::write(own.join("notes.txt"), b"").unwrap();
        let refused = Content::load(Some(folder.path()), false).unwrap_err().to_string();
        assert!(refused.contains("audio/wo/notes.txt"), "{refused}");
    }
}
