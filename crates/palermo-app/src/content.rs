//! What ships inside the program and changes by mechanism, country or year:
//! the files of `content/`. A deployment may lay its own folder over them, with
//! the same names; a file there replaces the shipped one or adds to them, and
//! everything is validated when it is loaded.
//!
//! Two things an overlay cannot do. It never replaces a file of `policy/`:
//! narrowing rights is the policy's own business, which asks for the overlay's
//! file by [`Content::overlay_text`]. And it never lowers a floor that a shipped
//! profile sets (R4).

#[path = "content_audio.rs"]
mod audio;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use palermo_domain::register::document::Problem;
use palermo_domain::register::mechanism::{MechanismProfile, MechanismRegister};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../content"]
struct Shipped;

pub use audio::Recording;

/// Profiles of the mechanisms that exist.
const MECHANISMS: &str = "mechanisms/";

/// Profiles of the invented mechanisms of the demonstration.
const DEMO_MECHANISMS: &str = "demo/mechanisms/";

/// Nothing in `content/` is near this size; a larger file is a mistake.
const LARGEST_FILE_BYTES: u64 = 8 * 1024 * 1024;

/// Folders within folders of an overlay that are looked into.
const DEEPEST_FOLDER: usize = 6;

/// The files of `policy/` that an overlay may have.
const OWN_POLICY: [&str; 2] = ["policy/roles.toml", "policy/banned-passphrases.txt"];

/// Rules that only ever go up.
const FLOORS: [&str; 2] = ["reflection_days", "publication_threshold"];

/// The files of `content/`, with a deployment's own on top, and what was read
/// from them.
#[derive(Clone, Debug)]
pub struct Content {
    shipped: BTreeMap<String, Cow<'static, str>>,
    overlay: BTreeMap<String, String>,
    audio: BTreeMap<String, Vec<u8>>,
    states: BTreeSet<String>,
    mechanisms: MechanismRegister,
}

/// What is wrong with one file of `content/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileProblem {
    /// The file, from the folder `content/` or the overlay.
    pub file: String,
    /// What is wrong in it.
    pub problem: Problem,
}

impl fmt::Display for FileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.problem)
    }
}

/// Content that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ContentRefused {
    /// The overlay cannot be read.
    #[error("the folder of your own content, `{}`, cannot be read: {reason}", folder.display())]
    Unreadable {
        /// The folder or a file in it.
        folder: PathBuf,
        /// Why.
        reason: String,
    },
    /// Files are wrong; all problems at once.
    #[error("{}", listed(.0))]
    Wrong(Vec<FileProblem>),
}

fn listed(problems: &[FileProblem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

impl Content {
    /// What ships with the program.
    ///
    /// # Errors
    /// A shipped file that is wrong, which only a damaged build has.
    pub fn shipped() -> Result<Self, ContentRefused> {
        Self::load(None, false)
    }

    /// What ships with the program, with a deployment's folder on top if it has
    /// one, and with the invented mechanisms if this is the demonstration.
    ///
    /// # Errors
    /// A folder that cannot be read, or every problem in every file.
    pub fn load(overlay: Option<&Path>, demo: bool) -> Result<Self, ContentRefused> {
        let (content, problems) = Self::read(overlay, demo)?;
        if problems.is_empty() { Ok(content) } else { Err(ContentRefused::Wrong(problems)) }
    }

    /// As [`Content::load`], but goes on where profiles are wrong, with the
    /// shipped ones in their place, so that all problems can be told together.
    pub(crate) fn read(
        overlay: Option<&Path>,
        demo: bool,
    ) -> Result<(Self, Vec<FileProblem>), ContentRefused> {
        let has_own = overlay.is_some();
        let audio = overlay.map(audio::read).transpose()?.unwrap_or_default();
        let overlay = overlay.map(read_overlay).transpose()?.unwrap_or_default();
        let mut content = Self {
            shipped: shipped_files(),
            overlay,
            audio,
            states: BTreeSet::new(),
            mechanisms: MechanismRegister::default(),
        };
        content.states = content.state_codes(demo);
        let problems = match content.read_mechanisms(demo) {
            Ok(mechanisms) => {
                content.mechanisms = mechanisms;
                Vec::new()
            }
            Err(problems) => {
                if has_own {
                    content.mechanisms = Self::load(None, demo)?.mechanisms;
                }
                problems
            }
        };
        Ok((content, problems))
    }

    /// Files of the overlay that nothing reads: in a folder that Palermo does
    /// not know, or of another name than the few an overlay's policy has.
    #[must_use]
    pub fn unread(&self) -> Vec<&str> {
        let known = |path: &str| {
            if is_policy(path) {
                return OWN_POLICY.contains(&path);
            }
            let folder = path.split_once('/').map(|(folder, _)| format!("{folder}/"));
            folder.is_some_and(|folder| self.shipped.keys().any(|one| one.starts_with(&folder)))
        };
        self.overlay.keys().map(String::as_str).filter(|path| !known(path)).collect()
    }

    /// How many files the overlay has.
    #[must_use]
    pub fn overlay_files(&self) -> usize {
        self.overlay.len()
    }

    /// The text of a file, e.g. `states/states.csv`: the deployment's own if it
    /// has one, except for `policy/`, where it is always the shipped one.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        if !is_policy(path)
            && let Some(own) = self.overlay.get(path)
        {
            return Some(own);
        }
        self.shipped.get(path).map(AsRef::as_ref)
    }

    /// The text of a file as it ships, whatever lies over it.
    #[must_use]
    pub fn shipped_text(&self, path: &str) -> Option<&str> {
        self.shipped.get(path).map(AsRef::as_ref)
    }

    /// The deployment's own text of a file, if it has one.
    #[must_use]
    pub fn overlay_text(&self, path: &str) -> Option<&str> {
        self.overlay.get(path).map(String::as_str)
    }

    /// Every file in a folder and below, e.g. `instruments/`, by path, as
    /// [`Content::text`] gives it.
    pub fn files<'c>(&'c self, folder: &str) -> impl Iterator<Item = (&'c str, &'c str)> {
        let added = self
            .overlay
            .keys()
            .filter(|path| !self.shipped.contains_key(*path) && !is_policy(path));
        let mut paths: Vec<&str> = self
            .shipped
            .keys()
            .chain(added)
            .map(String::as_str)
            .filter(|path| path.starts_with(folder))
            .collect();
        paths.sort_unstable();
        paths.into_iter().filter_map(|path| Some((path, self.text(path)?)))
    }

    /// The mechanisms.
    #[must_use]
    pub const fn mechanisms(&self) -> &MechanismRegister {
        &self.mechanisms
    }

    /// Whether a code is that of a State or area in `states/states.csv`, or one
    /// that ISO 3166 leaves to users.
    #[must_use]
    pub fn knows_state(&self, code: &str) -> bool {
        is_user_assigned(code) || self.states.contains(code)
    }

    /// Whether a list of States names this code.
    #[must_use]
    pub fn lists_state(&self, code: &str) -> bool {
        self.states.contains(code)
    }

    /// The first column of the list of States; in a demonstration of the
    /// invented ones too.
    fn state_codes(&self, demo: bool) -> BTreeSet<String> {
        let lists: &[&str] =
            if demo { &["states/states.csv", "demo/states.csv"] } else { &["states/states.csv"] };
        let texts = lists.iter().map(|list| self.text(list).unwrap_or_default());
        let lines = texts.flat_map(|text| text.lines().skip(1));
        lines.filter_map(|line| line.split(',').next()).map(str::to_owned).collect()
    }

    /// Reads one profile as the register would, with the States known here.
    ///
    /// # Errors
    /// Every problem in it.
    pub fn check_mechanism(&self, text: &str) -> Result<MechanismProfile, Vec<Problem>> {
        let profile = MechanismProfile::parse(text)?;
        let unknown = profile.unknown_states(text, |code| self.knows_state(code));
        if unknown.is_empty() { Ok(profile) } else { Err(unknown) }
    }

    fn read_mechanisms(&self, demo: bool) -> Result<MechanismRegister, Vec<FileProblem>> {
        let mut profiles = Vec::new();
        let mut problems = Vec::new();
        let folders: &[&str] = if demo { &[MECHANISMS, DEMO_MECHANISMS] } else { &[MECHANISMS] };
        for (path, text) in folders.iter().flat_map(|folder| self.files(folder)) {
            if !path.ends_with(".toml") {
                continue;
            }
            let file = || path.to_owned();
            match self.check_mechanism(text) {
                Ok(profile) => {
                    problems.extend(named_otherwise(path, &profile));
                    problems.extend(self.lowered(path, &profile));
                    profiles.push(profile);
                }
                Err(found) => {
                    problems.extend(
                        found.into_iter().map(|problem| FileProblem { file: file(), problem }),
                    );
                }
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        MechanismRegister::new(profiles).map_err(|found| {
            let file = || MECHANISMS.to_owned();
            found.into_iter().map(|problem| FileProblem { file: file(), problem }).collect()
        })
    }

    /// Floors of the shipped profile that the deployment's own lowers or drops.
    fn lowered(&self, path: &str, own: &MechanismProfile) -> Vec<FileProblem> {
        if !self.overlay.contains_key(path) {
            return Vec::new();
        }
        let Some(Ok(shipped)) = self.shipped.get(path).map(|text| MechanismProfile::parse(text))
        else {
            return Vec::new();
        };
        let value = |profile: &MechanismProfile, key: &str| {
            profile.rules.items().iter().find(|rule| rule.key == key).map(|rule| rule.value)
        };
        FLOORS
            .iter()
            .filter_map(|key| Some((key, value(&shipped, key)?)))
            .filter(|(key, floor)| value(own, key).is_none_or(|value| value < *floor))
            .map(|(key, floor)| FileProblem {
                file: path.to_owned(),
                problem: Problem {
                    line: 1,
                    field: "rules".to_owned(),
                    message: format!(
                        "`{key}` is lower than the {floor} of the shipped profile, or gone"
                    ),
                    remedy: format!("set it to {floor} or more"),
                },
            })
            .collect()
    }
}

fn named_otherwise(path: &str, profile: &MechanismProfile) -> Option<FileProblem> {
    let wanted = profile.id.file_name();
    (path.rsplit('/').next() != Some(wanted.as_str())).then(|| FileProblem {
        file: path.to_owned(),
        problem: Problem {
            line: 1,
            field: "id".to_owned(),
            message: format!("the file of `{}` has another name", profile.id),
            remedy: format!("call it `{wanted}`"),
        },
    })
}

fn is_policy(path: &str) -> bool {
    path.starts_with("policy/")
}

/// Codes that ISO 3166 leaves to users, which the demonstration's States bear.
fn is_user_assigned(code: &str) -> bool {
    let letters = code.as_bytes();
    let capitals = letters.len() == 3 && letters.iter().all(u8::is_ascii_uppercase);
    let range = match letters {
        [b'X', _, _] => true,
        [b'Q', second, _] => *second >= b'M',
        _ => false,
    };
    capitals && range
}

fn shipped_files() -> BTreeMap<String, Cow<'static, str>> {
    let text = |path: Cow<'static, str>| {
        let text = match Shipped::get(&path)?.data {
            Cow::Borrowed(bytes) => Cow::Borrowed(std::str::from_utf8(bytes).ok()?),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).ok()?),
        };
        Some((path.into_owned(), text))
    };
    Shipped::iter().filter_map(text).collect()
}

fn read_overlay(folder: &Path) -> Result<BTreeMap<String, String>, ContentRefused> {
    let mut files = BTreeMap::new();
    read_folder(folder, "", 0, &mut files)
        .map_err(|reason| ContentRefused::Unreadable { folder: folder.to_owned(), reason })?;
    Ok(files)
}

fn read_folder(
    folder: &Path,
    prefix: &str,
    depth: usize,
    files: &mut BTreeMap<String, String>,
) -> Result<(), String> {
    if depth > DEEPEST_FOLDER {
        return Err(format!("`{prefix}` lies too deep"));
    }
    for entry in std::fs::read_dir(folder).map_err(|error| error.to_string())? {
        let entry = entry.map_err(|error| error.to_string())?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        // Editors and version control leave hidden files behind.
        if name.starts_with('.') {
            continue;
        }
        // A link could lead out of the folder, so `file_type` does not follow it.
        let kind = entry.file_type().map_err(|error| error.to_string())?;
        if kind.is_dir() && path == audio::FOLDER {
            // Sound is no text: read apart.
            continue;
        }
        if kind.is_dir() {
            read_folder(&entry.path(), &format!("{path}/"), depth + 1, files)?;
        } else if kind.is_file() {
            files.insert(path.clone(), read_file(&entry, &path)?);
        } else {
            return Err(format!("`{path}` is neither a file nor a folder"));
        }
    }
    Ok(())
}

fn read_file(entry: &std::fs::DirEntry, path: &str) -> Result<String, String> {
    let length = entry.metadata().map_err(|error| error.to_string())?.len();
    if length > LARGEST_FILE_BYTES {
        return Err(format!(
            "`{path}` has {length} bytes, more than the {LARGEST_FILE_BYTES} allowed"
        ));
    }
    std::fs::read_to_string(entry.path()).map_err(|error| format!("`{path}`: {error}"))
}
