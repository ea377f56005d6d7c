//! How a source's own columns and words are understood: read, changed, kept
//! with the dataset.

use super::datasets;
use crate::{Acting, Message, Problems, Refused, access::Action, begin};
use palermo_domain::{
    id::DatasetId,
    knowledge::mapping::{FIELDS, Mapping},
};
use palermo_standards::{iso_areas, template};
use palermo_store::{Revision, knowledge::dataset as datasets_kept};
use std::collections::BTreeMap;

/// What someone typed about a mapping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MappingForm {
    /// Field → heading.
    pub columns: BTreeMap<String, String>,
    /// Field → one value for all lines.
    pub always: BTreeMap<String, String>,
    /// Lines `field: word = code`.
    pub codes: String,
    /// Further words: field, word, code.
    pub more: Vec<(String, String, String)>,
}

impl MappingForm {
    /// The form for a mapping as it stands.
    #[must_use]
    pub fn of(mapping: &Mapping) -> Self {
        let mut codes = String::new();
        for (field, words) in &mapping.codes {
            for (word, code) in words {
                codes.push_str(&format!("{field}: {word} = {code}\n"));
            }
        }
        Self {
            columns: mapping.columns.clone(),
            always: mapping.always.clone(),
            codes,
            more: Vec::new(),
        }
    }

    /// The mapping, checked.
    ///
    /// # Errors
    /// Every problem at once.
    pub fn parse(&self) -> Result<Mapping, Refused> {
        let mut problems = Problems::default();
        let filled = |all: &BTreeMap<String, String>| -> BTreeMap<String, String> {
            all.iter()
                .map(|(field, text)| (field.clone(), text.trim().to_owned()))
                .filter(|(_, text)| !text.is_empty())
                .collect()
        };
        let mut mapping = Mapping {
            columns: filled(&self.columns),
            always: filled(&self.always),
            codes: BTreeMap::new(),
        };
        for (number, line) in (1_usize..).zip(self.codes.lines()) {
            if line.trim().is_empty() {
                continue;
            }
            let parts = line.split_once(':').and_then(|(field, rest)| {
                let (word, code) = rest.rsplit_once('=')?;
                Some((field.trim(), word.trim(), code.trim()))
            });
            match parts {
                Some((field, word, code)) if fits(field, code) && !word.is_empty() => {
                    let words = mapping.codes.entry(field.to_owned()).or_default();
                    words.insert(word.to_owned(), code.to_owned());
                }
                _ => {
                    let message = Message::new("mapping-line-wrong")
                        .with("number", number)
                        .with("line", line.chars().take(60).collect::<String>());
                    problems.add("codes", message);
                }
            }
        }
        for (field, word, code) in self.more.iter().filter(|(_, _, code)| !code.is_empty()) {
            if fits(field, code) {
                let words = mapping.codes.entry(field.clone()).or_default();
                words.insert(word.clone(), code.clone());
            } else {
                let message = Message::new("mapping-no-code").with("code", code);
                problems.add("codes", message);
            }
        }
        for (field, code) in &mapping.always {
            if field != "period" && !fits(field, code) {
                let message = Message::new("mapping-no-code").with("code", code);
                problems.add(&format!("always-{field}"), message);
            }
        }
        if let Err(wrong) = mapping.check() {
            for one in wrong {
                problems.add("col-state", Message::new("mapping-wrong").with("why", one));
            }
        }
        problems.none()?;
        Ok(mapping)
    }
}

/// A mapping from a file an operator wrote.
///
/// # Errors
/// What cannot be read in it, with its place.
pub fn from_toml(text: &str) -> Result<Mapping, String> {
    toml::from_str(text).map_err(|why| why.to_string())
}

/// Whether a code may stand in a field.
fn fits(field: &str, code: &str) -> bool {
    if !FIELDS.contains(&field) {
        return false;
    }
    if let Some(list) = template::codes(field) {
        return list.contains(&code);
    }
    let of_a_user =
        code.len() == 3 && code.starts_with('X') && code.bytes().all(|b| b.is_ascii_uppercase());
    matches!(field, "state" | "citizenship" | "origin" | "destination")
        && (of_a_user || code == "unknown" || iso_areas::alpha_3(code).is_some())
}

/// Keeps a mapping with its dataset.
///
/// # Errors
/// Every problem of the form; what access or the store refuse.
pub async fn save(
    acting: &Acting<'_>,
    id: DatasetId,
    form: &MappingForm,
    seen: i64,
) -> Result<DatasetId, Refused> {
    let (_, shown) = datasets::own(acting, id).await?;
    let mapping = form.parse()?;
    let mut dataset = shown.dataset.entry.clone();
    dataset.mapping = Some(mapping);
    let mut act = begin!(acting, acting.context(Action::ImportData)?.about(id));
    datasets_kept::update(&mut act, id, &dataset, Revision(seen)).await?;
    act.detail("mapping", true);
    act.commit(&id).await?;
    Ok(id)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    fn form() -> MappingForm {
        let text = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
        };
        MappingForm {
            columns: text(&[("period", "Jahr"), ("sex", "G"), ("form", "")]),
            always: text(&[("state", "XAA")]),
            codes: "sex: w = female\nsex: m = male\n".to_owned(),
            more: vec![("form".to_owned(), "Arbeit".to_owned(), "labour".to_owned())],
        }
    }

    #[test]
    fn req_174_a_mapping_is_read_from_its_form_and_shown_in_it_again() {
        let mapping = form().parse().unwrap();
        assert_eq!(mapping.code("form", "arbeit"), Some("labour"));
        assert_eq!(mapping.columns.len(), 2);
        assert_eq!(MappingForm::of(&mapping).parse().unwrap(), mapping);
    }

    #[test]
    fn a_code_that_is_none_is_named_with_its_line() {
        let mut form = form();
        form.codes.push_str("sex: d = diverse\nnonsense\n");
        let Err(Refused::Invalid(problems)) = form.parse() else { panic!("taken") };
        assert_eq!(problems.0.len(), 2);
        assert_eq!(problems.0[0].message.values[0].1, "3");
    }
}
