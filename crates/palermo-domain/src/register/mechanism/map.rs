//! How a mechanism wants its States drawn: which map file, whose borders are
//! dashed, by which names, under which disclaimer, or not at all. A map takes
//! sides whether it wants to or not, so the mechanism decides.

use crate::register::document::Table;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a mechanism decided about maps. `[map]` of its profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MapSettings {
    /// Whether maps are drawn; if not, tables say the same.
    pub show: bool,
    /// The map file: `world`, `meridian`, or one under `maps/` of the content folder.
    pub file: String,
    /// States whose borders are dashed, by code.
    pub dashed: Vec<String>,
    /// Names on the map other than those of the register, by code and language.
    pub names: BTreeMap<String, BTreeMap<String, String>>,
    /// Whether names are written on the map.
    pub labels: bool,
    /// The disclaimer in each language; the usual one where there is none.
    pub disclaimer: BTreeMap<String, String>,
}

impl Default for MapSettings {
    fn default() -> Self {
        Self {
            show: true,
            file: "world".to_owned(),
            dashed: Vec::new(),
            names: BTreeMap::new(),
            labels: true,
            disclaimer: BTreeMap::new(),
        }
    }
}

impl MapSettings {
    /// The name of a State on the map in a language, if the mechanism chose one.
    #[must_use]
    pub fn name(&self, code: &str, language: &str) -> Option<&str> {
        let names = self.names.get(code)?;
        names.get(language).or_else(|| names.get("en")).map(String::as_str)
    }

    /// The mechanism's own disclaimer in a language.
    #[must_use]
    pub fn disclaimer(&self, language: &str) -> Option<&str> {
        self.disclaimer.get(language).or_else(|| self.disclaimer.get("en")).map(String::as_str)
    }
}

pub(super) fn map(root: &Table<'_>) -> Option<MapSettings> {
    if !root.has("map") {
        return None;
    }
    let table = root.table("map")?;
    let usual = MapSettings::default();
    let file = table.opt_text("file").unwrap_or(usual.file);
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    if !file.chars().all(plain) {
        table.problem(
            "file",
            format!("`{file}` is no name of a map file"),
            "write `world`, or the name of a file under `maps/` without `.json`",
        );
    }
    let mut names = BTreeMap::new();
    for row in table.tables("names") {
        let state = row.text("state");
        let said = languages(&row, &["state"]);
        row.finish(&[]);
        names.extend(state.map(|state| (state, said)));
    }
    let disclaimer = table.table("disclaimer").map(|said| {
        let words = languages(&said, &[]);
        said.finish(&[]);
        words
    });
    let settings = MapSettings {
        show: table.opt_flag("show").unwrap_or(true),
        file,
        dashed: table.texts("dashed"),
        names,
        labels: table.opt_flag("labels").unwrap_or(true),
        disclaimer: disclaimer.unwrap_or_default(),
    };
    table.finish(&[]);
    Some(settings)
}

/// Texts by language code.
fn languages(table: &Table<'_>, others: &[&str]) -> BTreeMap<String, String> {
    let is_language = |key: &String| {
        (2..=3).contains(&key.len())
            && key.bytes().all(|b| b.is_ascii_lowercase())
            && !others.contains(&key.as_str())
    };
    let keys: Vec<String> = table.keys().into_iter().filter(is_language).collect();
    keys.into_iter().filter_map(|key| table.opt_text(&key).map(|text| (key, text))).collect()
}
