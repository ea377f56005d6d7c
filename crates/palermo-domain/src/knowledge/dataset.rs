//! A dataset: figures of one source, with its definition, its counting rule and
//! its coverage. Datasets stand side by side and are never added (R11).

use super::mapping::{Coverage, Mapping, Unmapped};
use crate::id::BatchId;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant,)* }

        impl $name {
            /// All, in the order shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// From its code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}
pub(super) use codes;

codes! {
    /// Who counted.
    SourceType {
        /// Police.
        Police = "police",
        /// Prosecution.
        Prosecution = "prosecution",
        /// Courts.
        Court = "court",
        /// Border guard or immigration.
        Border = "border",
        /// Labour inspectorate.
        Labour = "labour",
        /// Social services.
        Social = "social",
        /// Health services.
        Health = "health",
        /// Services of organisations.
        Ngo = "ngo",
        /// Hotlines.
        Hotline = "hotline",
        /// Consulates.
        Consular = "consular",
        /// Compiled by the national rapporteur.
        Rapporteur = "rapporteur",
        /// An international organisation.
        Io = "io",
        /// A survey, with a design of its own.
        Survey = "survey",
        /// Sentinel sites that count in the same way year after year.
        Sentinel = "sentinel",
    }
}

codes! {
    /// How figures come in.
    Format {
        /// The region's own template.
        Template = "template",
        /// The table of the Global Report on Trafficking in Persons.
        Glotip = "glotip",
        /// SDG 16.2.2.
        Sdg1622 = "sdg1622",
        /// Records of the Counter-Trafficking Data Collaborative.
        Ctdc = "ctdc",
        /// Cases in the Human Trafficking Case Data Standard.
        Htcds = "htcds",
        /// Any table, read through a saved mapping.
        Sheet = "sheet",
    }
}

impl SourceType {
    /// Whether figures of this source rest on a design that must be told.
    #[must_use]
    pub const fn has_design(self) -> bool {
        matches!(self, Self::Survey | Self::Sentinel)
    }
}

/// How a survey or a network of sentinel sites was made: without it its figures
/// cannot be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Design {
    /// Among whom: the population the sample stands for.
    pub population: String,
    /// How persons or sites were chosen.
    pub sampling: String,
    /// How many persons or sites, and how many answered.
    pub size: String,
    /// How uncertain the figures are.
    pub uncertainty: String,
}

impl Format {
    /// Whether a line is one person; otherwise lines hold counts and sums of counts.
    #[must_use]
    pub const fn is_records(self) -> bool {
        matches!(self, Self::Ctdc | Self::Htcds)
    }

    /// Whether lines are sums beside their parts, whose empty words mean "all".
    #[must_use]
    pub const fn has_sums(self) -> bool {
        matches!(self, Self::Glotip | Self::Sdg1622)
    }
}

/// What a dataset says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dataset {
    /// Its title.
    pub title: String,
    /// Who counted.
    pub source_type: SourceType,
    /// Where figures come from, in words.
    pub source: String,
    /// The State whose figures they are; none for several.
    pub state: Option<String>,
    /// The legal definition under which persons were counted.
    pub definition: String,
    /// When a person counts, and how often.
    pub counting_rule: String,
    /// Who is not counted.
    pub coverage: String,
    /// How its files are read.
    pub format: Format,
    /// How the columns and words of its files are understood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<Mapping>,
    /// The design of a survey or of sentinel sites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub design: Option<Design>,
}

/// One file that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// The file's name.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Rows of the file.
    pub rows: u64,
    /// Lines kept.
    pub lines: u64,
    /// Rows left out because they could not be read.
    pub rejected: u64,
    /// Warnings.
    pub warnings: u64,
    /// Words of the file that could be put under a common code, of all words.
    pub mapped: (u64, u64),
    /// When, in microseconds since 1970.
    pub accepted_at: i64,
    /// Why it was taken out again.
    pub undone: Option<String>,
    /// Quality.
    pub quality: Quality,
    /// Words without a common code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unmapped: Vec<Unmapped>,
    /// Coverage of each field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coverage: Vec<Coverage>,
    /// The batch whose place it took, which comes back when this one is taken out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<BatchId>,
}

/// How good a batch is, each part from 0 to 100. The formula is part of the
/// documentation: see the functions of [`Quality`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quality {
    /// Lines whose year, place, sex and age are given, of all lines.
    pub completeness: u8,
    /// 100 less 20 for every year between the end of the newest year told and the import.
    pub timeliness: u8,
    /// Rows without an error or a contradiction, of all rows.
    pub consistency: u8,
    /// Words under a common code, of all words.
    pub comparability: u8,
}

impl Quality {
    /// A share in whole percent, rounded down; 0 of 0 is 0.
    #[must_use]
    pub fn share(part: u64, whole: u64) -> u8 {
        let percent = part.min(whole).saturating_mul(100).checked_div(whole).unwrap_or(0);
        u8::try_from(percent).unwrap_or(100)
    }

    /// Timeliness of figures up to `newest_year`, imported in `import_year`.
    #[must_use]
    pub fn timely(newest_year: u16, import_year: u16) -> u8 {
        let late = import_year.saturating_sub(newest_year.saturating_add(1));
        u8::try_from(100_u16.saturating_sub(late.saturating_mul(20))).unwrap_or(0)
    }

    /// The mean of the four parts.
    #[must_use]
    pub fn score(self) -> u8 {
        let sum = u16::from(self.completeness)
            + u16::from(self.timeliness)
            + u16::from(self.consistency)
            + u16::from(self.comparability);
        u8::try_from(sum / 4).unwrap_or(100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn req_184_the_score_follows_its_formula() {
        let quality = Quality {
            completeness: Quality::share(3, 4),
            timeliness: Quality::timely(2023, 2026),
            consistency: Quality::share(99, 100),
            comparability: Quality::share(1, 3),
        };
        assert_eq!((quality.completeness, quality.timeliness), (75, 60));
        assert_eq!(quality.score(), 66);
        assert_eq!(Quality::share(0, 0), 0);
        assert_eq!(Quality::timely(2001, 2026), 0);
    }
}
