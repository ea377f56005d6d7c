//! The linkage schema, version 3 of the anchor: which columns go into a code,
//! how each is cut into tokens, and how many bits it sets.

use super::LinkError;
use super::tokens::Comparison;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

/// How many bits a token sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strategy {
    /// Every token sets this many.
    BitsPerToken(usize),
    /// All tokens of the value together set this many; the first ones one more
    /// where it does not divide evenly.
    BitsPerFeature(usize),
}

/// How a token chooses its bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// Keyed BLAKE2b, cut into independent indices.
    Blake,
    /// HMAC-SHA1 plus multiples of HMAC-MD5 (Schnell et al. 2011); weaker.
    Double {
        /// Re-hash when the step would be 0, which would set a single bit.
        prevent_singularity: bool,
    },
}

/// What values a column may hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Format {
    /// Text, perhaps in one case only, with bounds on its length in characters.
    Text {
        /// `upper`, `lower` or `mixed`.
        case: Case,
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: Option<usize>,
    },
    /// Whole numbers; `+13` and ` 13` become `13`.
    Integer {
        /// Smallest.
        min: i128,
        /// Largest.
        max: Option<i128>,
    },
    /// Dates in a pattern of `%Y`, `%m` and `%d`; encoded as `YYYYMMDD`.
    Date(String),
    /// One of these values.
    Enum(Vec<String>),
}

/// Case of letters a text must be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Case {
    /// Capitals alone.
    Upper,
    /// Small letters alone.
    Lower,
    /// Any.
    #[default]
    Mixed,
}

/// How a column goes into the code.
#[derive(Debug, Clone, PartialEq)]
pub struct Hashing {
    /// Tokens.
    pub comparison: Comparison,
    /// Bits per token.
    pub strategy: Strategy,
    /// Hash.
    pub hash: Hash,
    /// Value that means "not known", and what stands in its place.
    pub missing: Option<(String, String)>,
    /// Allowed values.
    pub format: Format,
}

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// Name of the column.
    pub identifier: String,
    /// Nothing where the column is ignored.
    pub hashing: Option<Hashing>,
}

/// Hash function of the key derivation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyHash {
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

/// A schema that can be followed.
///
/// # Example
/// ```
/// use palermo_stats::linkage::schema::Schema;
///
/// let schema = Schema::from_json(r#"{"version": 3,
///   "clkConfig": {"l": 1024, "kdf": {"type": "HKDF", "keySize": 64}},
///   "features": [{"identifier": "name", "format": {"type": "string", "encoding": "utf-8"},
///     "hashing": {"comparison": {"type": "ngram", "n": 2},
///       "strategy": {"bitsPerFeature": 200}, "hash": {"type": "blakeHash"}}}]}"#)?;
/// assert_eq!(schema.bits, 1024);
/// # Ok::<(), palermo_stats::linkage::LinkError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    /// Bits of a finished code.
    pub bits: usize,
    /// How often the halves of the filter are folded onto each other.
    pub xor_folds: u32,
    /// Hash of the key derivation.
    pub key_hash: KeyHash,
    /// Salt of the key derivation.
    pub salt: Vec<u8>,
    /// Context of the key derivation.
    pub info: Vec<u8>,
    /// Bytes of a key.
    pub key_size: usize,
    /// Columns, in file order.
    pub features: Vec<Feature>,
    /// Columns whose `pattern` is not checked, because this crate reads no regular expressions.
    pub unchecked_patterns: Vec<String>,
}

#[derive(Deserialize)]
struct RawSchema {
    version: u32,
    #[serde(rename = "clkConfig")]
    config: RawConfig,
    features: Vec<RawFeature>,
}

#[derive(Deserialize)]
struct RawConfig {
    l: usize,
    #[serde(default)]
    xor_folds: u32,
    kdf: RawKdf,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawKdf {
    #[serde(rename = "type")]
    kind: String,
    hash: Option<String>,
    salt: Option<String>,
    info: Option<String>,
    key_size: Option<usize>,
}

#[derive(Deserialize)]
struct RawFeature {
    identifier: String,
    #[serde(default)]
    ignored: bool,
    format: Option<RawFormat>,
    hashing: Option<RawHashing>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawFormat {
    #[serde(rename = "type")]
    kind: String,
    encoding: Option<String>,
    #[serde(default)]
    case: Case,
    pattern: Option<String>,
    min_length: Option<usize>,
    max_length: Option<usize>,
    minimum: Option<i64>,
    maximum: Option<i64>,
    format: Option<String>,
    values: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawHashing {
    comparison: RawComparison,
    strategy: RawStrategy,
    hash: Option<RawHash>,
    missing_value: Option<RawMissing>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawComparison {
    #[serde(rename = "type")]
    kind: String,
    n: Option<usize>,
    positional: Option<bool>,
    threshold_distance: Option<f64>,
    resolution: Option<u32>,
    #[serde(alias = "fractional_precision")]
    fractional_precision: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawStrategy {
    bits_per_token: Option<usize>,
    bits_per_feature: Option<usize>,
}

#[derive(Deserialize)]
struct RawHash {
    #[serde(rename = "type")]
    kind: String,
    #[serde(alias = "preventSingularity")]
    prevent_singularity: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawMissing {
    sentinel: String,
    replace_with: Option<String>,
}

fn refuse<T>(reason: impl Into<String>) -> Result<T, LinkError> {
    Err(LinkError::Schema(reason.into()))
}

impl Schema {
    /// Reads a schema, version 3.
    ///
    /// # Errors
    /// What cannot be followed, told by the column it is about.
    pub fn from_json(text: &str) -> Result<Self, LinkError> {
        let raw: RawSchema =
            serde_json::from_str(text).map_err(|reason| LinkError::Schema(reason.to_string()))?;
        if raw.version != 3 {
            return refuse(format!("it is version {}, not version 3", raw.version));
        }
        let kdf = &raw.config.kdf;
        if kdf.kind != "HKDF" {
            return refuse(format!("the key derivation `{}` is not known", kdf.kind));
        }
        let key_hash = match kdf.hash.as_deref() {
            None | Some("SHA256") => KeyHash::Sha256,
            Some("SHA512") => KeyHash::Sha512,
            Some(other) => {
                return refuse(format!("the key derivation hash `{other}` is not known"));
            }
        };
        let mut schema = Self {
            bits: raw.config.l,
            xor_folds: raw.config.xor_folds,
            key_hash,
            salt: bytes(kdf.salt.as_deref())?,
            info: bytes(kdf.info.as_deref())?,
            key_size: kdf.key_size.unwrap_or(64),
            features: Vec::new(),
            unchecked_patterns: Vec::new(),
        };
        for feature in raw.features {
            schema.add(feature)?;
        }
        schema.check()?;
        Ok(schema)
    }

    /// Bits of the filter before it is folded.
    #[must_use]
    pub fn filter_bits(&self) -> usize {
        self.bits << self.xor_folds
    }

    fn add(&mut self, raw: RawFeature) -> Result<(), LinkError> {
        let identifier = raw.identifier;
        if raw.ignored {
            self.features.push(Feature { identifier, hashing: None });
            return Ok(());
        }
        let (Some(format), Some(hashing)) = (raw.format, raw.hashing) else {
            return refuse(format!("`{identifier}` has no `format` or no `hashing`"));
        };
        if format.pattern.is_some() {
            self.unchecked_patterns.push(identifier.clone());
        }
        let about = |wrong: LinkError| match wrong {
            LinkError::Schema(reason) => LinkError::Schema(format!("`{identifier}`: {reason}")),
            other => other,
        };
        let hashing = Hashing {
            comparison: comparison(&hashing.comparison).map_err(about)?,
            strategy: strategy(&hashing.strategy).map_err(about)?,
            hash: hash(hashing.hash.as_ref()).map_err(about)?,
            missing: hashing.missing_value.map(|missing| {
                let instead = missing.replace_with.unwrap_or_else(|| missing.sentinel.clone());
                (missing.sentinel, instead)
            }),
            format: value_format(format).map_err(about)?,
        };
        self.features.push(Feature { identifier, hashing: Some(hashing) });
        Ok(())
    }

    fn check(&self) -> Result<(), LinkError> {
        if self.bits == 0
            || !self.bits.is_multiple_of(8)
            || self.xor_folds > 8
            || self.bits > 1 << 16
        {
            return refuse("the code length `l` is not a multiple of 8 up to 65536");
        }
        if self.key_size == 0 || self.key_size > 4096 {
            return refuse("the key size is not between 1 and 4096 bytes");
        }
        for feature in &self.features {
            let Some(hashing) = &feature.hashing else {
                continue;
            };
            if hashing.hash != Hash::Blake {
                continue;
            }
            if !self.filter_bits().is_power_of_two() || self.filter_bits() > 1 << 16 {
                return refuse("`blakeHash` needs a code length that is a power of two");
            }
            if self.key_size > 64 {
                return refuse("`blakeHash` takes keys of at most 64 bytes");
            }
        }
        Ok(())
    }
}

fn bytes(text: Option<&str>) -> Result<Vec<u8>, LinkError> {
    STANDARD
        .decode(text.unwrap_or_default())
        .map_err(|_| LinkError::Schema("the salt or info is not Base64".into()))
}

fn comparison(raw: &RawComparison) -> Result<Comparison, LinkError> {
    match raw.kind.as_str() {
        "exact" => Ok(Comparison::Exact),
        "ngram" => match raw.n {
            Some(n @ 1..=16) => {
                Ok(Comparison::Ngram { n, positional: raw.positional.unwrap_or(false) })
            }
            _ => refuse("the `n` of the n-grams is not between 1 and 16"),
        },
        "numeric" => {
            let places = raw.fractional_precision.unwrap_or(0);
            let distance = raw.threshold_distance.unwrap_or(0.0) * 10f64.powi(places as i32);
            let resolution = raw.resolution.unwrap_or(0);
            if !(0.5..1e15).contains(&distance.round_ties_even())
                || !(1..=10_000).contains(&resolution)
                || places > 18
            {
                return refuse(
                    "the distance or resolution of the numeric comparison is out of range",
                );
            }
            Ok(Comparison::Numeric {
                interval: distance.round_ties_even() as i128,
                resolution: i128::from(resolution),
                fractional_precision: places,
            })
        }
        other => refuse(format!("the comparison `{other}` is not known")),
    }
}

fn strategy(raw: &RawStrategy) -> Result<Strategy, LinkError> {
    match (raw.bits_per_token, raw.bits_per_feature) {
        (Some(bits @ 1..=65_536), None) => Ok(Strategy::BitsPerToken(bits)),
        (None, Some(bits @ 1..=65_536)) => Ok(Strategy::BitsPerFeature(bits)),
        _ => refuse("the strategy is not one of `bitsPerToken` and `bitsPerFeature`, 1 to 65536"),
    }
}

fn hash(raw: Option<&RawHash>) -> Result<Hash, LinkError> {
    match raw.map(|hash| hash.kind.as_str()) {
        None | Some("blakeHash") => Ok(Hash::Blake),
        Some("doubleHash") => Ok(Hash::Double {
            prevent_singularity: raw.and_then(|hash| hash.prevent_singularity).unwrap_or(false),
        }),
        Some(other) => refuse(format!("the hash `{other}` is not known")),
    }
}

fn value_format(raw: RawFormat) -> Result<Format, LinkError> {
    match raw.encoding.as_deref() {
        None | Some("utf-8" | "ascii") => {}
        Some(other) => return refuse(format!("the encoding `{other}` is not `utf-8` or `ascii`")),
    }
    match raw.kind.as_str() {
        "string" => Ok(Format::Text {
            case: raw.case,
            min: raw.min_length.unwrap_or(0),
            max: raw.max_length,
        }),
        "integer" => Ok(Format::Integer {
            min: raw.minimum.unwrap_or(0).into(),
            max: raw.maximum.map(i128::from),
        }),
        "date" => {
            let pattern = raw.format.unwrap_or_else(|| "%Y-%m-%d".into());
            let kinds: Vec<&str> = pattern.split('%').skip(1).collect();
            if kinds.len() == 3 && kinds.iter().all(|kind| kind.starts_with(['Y', 'm', 'd'])) {
                Ok(Format::Date(pattern))
            } else {
                refuse(format!("the date pattern `{pattern}` is not made of %Y, %m and %d"))
            }
        }
        "enum" => match raw.values {
            Some(values) => Ok(Format::Enum(values)),
            None => refuse("the enumeration has no `values`"),
        },
        other => refuse(format!("the format `{other}` is not known")),
    }
}
