//! Reads a map file: arcs shared between neighbours, rings of arcs, a point for each name.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

/// Countries as rings of shared arcs, in steps of a degree.
#[derive(Clone, Debug)]
pub struct Geography {
    pub(super) arcs: Vec<Vec<(f64, f64)>>,
    pub(super) countries: BTreeMap<String, Country>,
}

#[derive(Clone, Debug)]
pub(super) struct Country {
    pub label: (f64, f64),
    /// Each ring is a list of arc numbers; `!n` is arc n backwards.
    pub rings: Vec<Vec<i32>>,
}

#[derive(Deserialize)]
struct File {
    step: f64,
    countries: BTreeMap<String, FileCountry>,
    arcs: Vec<Vec<i32>>,
}

#[derive(Deserialize)]
struct FileCountry {
    label: [f64; 2],
    rings: Vec<Vec<i32>>,
}

impl Geography {
    /// Reads a map file made by the asset build.
    ///
    /// # Errors
    /// What is wrong with the file: not JSON of this shape, or a ring naming a missing arc.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File =
            serde_json::from_str(text).map_err(|error| format!("not a map file: {error}"))?;
        let arcs: Vec<Vec<(f64, f64)>> =
            file.arcs.iter().map(|arc| unrolled(arc, file.step)).collect();
        for (code, country) in &file.countries {
            for arc in country.rings.iter().flatten() {
                if bare(*arc) >= arcs.len() {
                    return Err(format!("`{code}` names the arc `{arc}`, which is missing"));
                }
            }
        }
        let countries = file
            .countries
            .into_iter()
            .map(|(code, c)| (code, Country { label: (c.label[0], c.label[1]), rings: c.rings }))
            .collect();
        Ok(Self { arcs, countries })
    }

    /// The world: Natural Earth's countries in the reduction that ships with Palermo.
    pub fn world() -> &'static Self {
        static WORLD: OnceLock<Geography> = OnceLock::new();
        WORLD.get_or_init(|| Self::shipped(include_str!("../../../static/map/world.json")))
    }

    /// The invented Meridian region of the demonstration.
    pub fn meridian() -> &'static Self {
        static MERIDIAN: OnceLock<Geography> = OnceLock::new();
        MERIDIAN.get_or_init(|| Self::shipped(include_str!("../../../static/map/meridian.json")))
    }

    /// A shipped file that could not be read leaves an empty map, and pages show their tables
    /// alone; a test holds that this cannot happen.
    fn shipped(text: &str) -> Self {
        Self::parse(text).unwrap_or_else(|problem| {
            tracing::error!(problem, "a shipped map file cannot be read");
            Self { arcs: Vec::new(), countries: BTreeMap::new() }
        })
    }

    /// Whether the State has a place on this map.
    pub fn has(&self, code: &str) -> bool {
        self.countries.contains_key(code)
    }

    /// The codes on this map.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.countries.keys().map(String::as_str)
    }
}

/// Number of an arc whichever way it is walked.
pub(super) fn bare(arc: i32) -> usize {
    let forward = if arc < 0 { !arc } else { arc };
    usize::try_from(forward).unwrap_or(usize::MAX)
}

fn unrolled(deltas: &[i32], step: f64) -> Vec<(f64, f64)> {
    let (mut x, mut y) = (0_i32, 0_i32);
    deltas
        .chunks_exact(2)
        .map(|pair| {
            x = x.saturating_add(pair.first().copied().unwrap_or(0));
            y = y.saturating_add(pair.last().copied().unwrap_or(0));
            (f64::from(x) * step, f64::from(y) * step)
        })
        .collect()
}
