//! The formats others publish, put under the region's dimensions and codes.

use super::take::{Reading, Taken};
use palermo_domain::register::state::StateRegister;
use palermo_standards::{
    checked::{Checked, Finding},
    ctdc::Ctdc,
    glotip::{self, Age, Dimension, Indicator, Sex},
    glotip_check,
    glotip_flows::{self, CitizenshipNames},
    htcds, sdg1622, sdg1622_check,
};
use std::collections::{BTreeMap, BTreeSet};

/// The State a name stands for.
pub(super) fn state_of(with: Reading<'_>, name: &str) -> Option<String> {
    with.states
        .resolve(name, None)
        .ok()
        .map(|code| code.to_string())
        .or_else(|| with.names.code(name))
}

pub(super) fn glotip(
    bytes: &[u8],
    states: &StateRegister,
    names: &CitizenshipNames,
) -> Result<Taken, Checked> {
    let table = glotip::read(bytes)?;
    let mut taken = Taken::new(glotip_check::of(&table));
    let mut resolver = glotip_flows::Names::new(states, names);
    for row in &table.rows {
        let year = row.year.to_string();
        let indicator = match row.indicator {
            // Citizens brought home are counted apart from those found.
            _ if row.dimension == Dimension::Repatriation => "repatriated",
            Indicator::Victims => "victims",
            Indicator::Offences => "offences",
            Indicator::FormalContact => "formal_contact",
            Indicator::Prosecuted => "prosecuted",
            Indicator::Convicted => "convicted",
        };
        let form = match (row.dimension, row.category.as_str()) {
            (Dimension::Form, "Sexual exploitation") => "sexual",
            (Dimension::Form, "Forced labour") => "labour",
            (Dimension::Form, _) => "other",
            _ => "",
        };
        let named = matches!(row.dimension, Dimension::Citizenship | Dimension::Repatriation);
        let code = if named { resolver.citizenship(row) } else { None };
        if named {
            taken.word("citizenship", &row.category, code.is_some());
        }
        let code = code.unwrap_or_else(|| "unknown".to_owned());
        let citizenship = if row.dimension == Dimension::Citizenship { code.as_str() } else { "" };
        let origin = if row.dimension == Dimension::Repatriation { code.as_str() } else { "" };
        let sex = match row.sex {
            Sex::Total => "",
            Sex::Female => "female",
            Sex::Male => "male",
            Sex::Other => "other",
            Sex::Unknown => "unknown",
        };
        let age = match row.age {
            Age::Total => "",
            Age::Children => "child",
            Age::Adults => "adult",
            Age::Unknown => "unknown",
        };
        let area = if row.area.is_empty() { row.country.as_str() } else { row.area.as_str() };
        let written = if named { row.category.as_str() } else { "" };
        taken.figures.push(
            &[&year, "", area, indicator, form, sex, age, citizenship, "", "", origin, "", written],
            Some(row.amount),
        );
        taken.year(row.year);
    }
    Ok(taken)
}

pub(super) fn sdg(bytes: &[u8], state: Option<&str>) -> Result<Taken, Checked> {
    let file = sdg1622::read(bytes)?;
    let mut taken = Taken::new(sdg1622_check::of(&file));
    let (rates, bands) = (sdg1622_check::rates(&file), bands(&file));
    let value = file.headings.get(file.value).map_or("Value", String::as_str);
    for line in &file.empty {
        taken.checked.warn(Finding::new(*line, value, "no_value", "no value, so no count"));
    }
    for seen in &file.observations {
        let amount = match seen.value {
            sdg1622::Value::Count(amount) if !rates.contains(&seen.line) => amount,
            _ => {
                let words =
                    "a rate, or a number among rates: it counts no persons and is not taken";
                taken.checked.error(Finding::new(seen.line, value, "rate", words));
                continue;
            }
        };
        let part = |at: Option<usize>| at.and_then(|at| seen.parts.get(&at));
        let sex = part(file.sex).map(|text| sex_code(text));
        let written = part(file.age);
        let age = written.map_or("", |text| sdg1622::age_code(text).unwrap_or(text));
        if let (Some(code), Some(text)) = (sex, part(file.sex)) {
            taken.word("sex", text, code != "unknown");
        }
        if let Some(text) = written {
            taken.word("age", text, sdg1622::age_code(text).is_some());
        }
        if let Some(finding) = left_out(&file, seen, &bands) {
            taken.checked.warn(finding);
            continue;
        }
        let year = seen.year.to_string();
        let area = state.unwrap_or(&seen.area);
        let written = written.map_or("", String::as_str);
        taken.figures.push(
            &[&year, "", area, "victims", "", sex.unwrap_or(""), age, "", "", "", "", "", written],
            Some(amount),
        );
        taken.rows.push(seen.line);
        taken.year(seen.year);
    }
    taken.checked.sort();
    Ok(taken)
}

/// The age bands of each code that stand in one place of the file.
type Bands<'f> = BTreeMap<(String, &'static str), BTreeSet<&'f str>>;

/// Where an observation stands, whatever its age.
fn place_of(file: &sdg1622::Sdg1622, seen: &sdg1622::Observation) -> String {
    let others: Vec<_> = seen.parts.iter().filter(|(at, _)| Some(**at) != file.age).collect();
    format!("{:?}", (seen.year, &seen.area, &seen.series, &seen.unit, others))
}

fn bands(file: &sdg1622::Sdg1622) -> Bands<'_> {
    let mut all = Bands::new();
    for seen in &file.observations {
        let Some(word) = file.age.and_then(|at| seen.parts.get(&at)) else { continue };
        if let Some(code) = sdg1622::age_code(word) {
            all.entry((place_of(file, seen), code)).or_default().insert(word);
        }
    }
    all
}

/// Why an observation brings no line: it divides persons in a way that is not known
/// here, or another age beside it counts them already.
fn left_out(
    file: &sdg1622::Sdg1622,
    seen: &sdg1622::Observation,
    bands: &Bands<'_>,
) -> Option<Finding> {
    let heading = |at: usize| file.headings.get(at).map_or("", String::as_str);
    // Parts of other kinds divide nobody here.
    let other = seen.parts.keys().find(|at| Some(**at) != file.sex && Some(**at) != file.age);
    if let Some(at) = other {
        let words = "persons divided by this column are counted in the rows without it";
        return Some(Finding::new(seen.line, heading(*at), "other_breakdown", words));
    }
    let at = file.age?;
    let own = seen.parts.get(&at)?;
    // A band on both sides of 18 keeps its word and has no code.
    let code = sdg1622::age_code(own)?;
    let years = sdg1622::band(own)?;
    let words = bands.get(&(place_of(file, seen), code))?;
    let wider = words.iter().find(|word| match sdg1622::band(word) {
        Some(wide) => wide != years && wide.0 <= years.0 && years.1 <= wide.1,
        None => **word != own.as_str(),
    })?;
    let words = format!("`{wider}` beside it counts these persons already");
    Some(Finding::new(seen.line, heading(at), "age_within_another", words))
}

fn sex_code(text: &str) -> &'static str {
    match text.to_lowercase().as_str() {
        "female" | "f" | "women" | "woman" | "femme" | "girls" => "female",
        "male" | "m" | "men" | "man" | "homme" | "boys" => "male",
        "other" => "other",
        _ => "unknown",
    }
}

/// Columns of yes and no that stand for words of one field.
struct Flags<'f> {
    /// Codes of a column, the code of its `1`, and the word it stands for.
    columns: Vec<(&'f [u16], u16, &'static str)>,
}

impl<'f> Flags<'f> {
    fn of(file: &'f Ctdc, all: &[(&str, &'static str)]) -> Self {
        let columns = all
            .iter()
            .filter_map(|(name, word)| {
                let column = file.column(name)?;
                let yes = column.words.iter().position(|word| word == "1")?;
                Some((column.codes.as_slice(), u16::try_from(yes).ok()?, *word))
            })
            .collect();
        Self { columns }
    }

    /// The word that is set, or several.
    fn word(&self, line: usize) -> &'static str {
        let mut found = "";
        for (codes, yes, word) in &self.columns {
            if codes.get(line) == Some(yes) && found != *word {
                if !found.is_empty() {
                    return "several";
                }
                found = word;
            }
        }
        found
    }
}

/// A column whose few words are translated once.
struct Translated<'f> {
    codes: &'f [u16],
    words: Vec<String>,
}

impl<'f> Translated<'f> {
    fn of(file: &'f Ctdc, name: &str, translate: impl Fn(&str) -> String) -> Option<Self> {
        let column = file.column(name)?;
        let words = column.words.iter().map(|word| translate(word)).collect();
        Some(Self { codes: &column.codes, words })
    }

    fn word(one: Option<&Self>, line: usize) -> &str {
        one.and_then(|one| one.words.get(usize::from(*one.codes.get(line)?)))
            .map_or("", String::as_str)
    }
}

/// Words for sex as the generations write them.
fn ctdc_sex(word: &str) -> String {
    match word {
        "Woman" | "Female" => "female",
        "Man" | "Male" => "male",
        "" => "",
        _ => "other",
    }
    .to_owned()
}

fn ctdc_age(word: &str) -> String {
    match word {
        "0--8" | "9--17" => "child",
        "" => "",
        _ => "adult",
    }
    .to_owned()
}

fn three(code: &str) -> String {
    palermo_standards::iso_areas::alpha_2(code)
        .map_or(code.to_owned(), |area| area.alpha_3.to_owned())
}

pub(super) fn ctdc(file: &Ctdc) -> Taken {
    let mut taken = Taken::new(file.checked.clone());
    let plain = |name: &str| Translated::of(file, name, str::to_owned);
    let year = plain("yearOfRegistration");
    let sex = Translated::of(file, "gender", ctdc_sex).or_else(|| {
        Translated::of(file, "Woman", |word| if word == "1" { "female" } else { "" }.to_owned())
    });
    let age = Translated::of(file, "ageBroad", ctdc_age);
    let citizenship = Translated::of(file, "citizenship", three);
    let place = Translated::of(file, "CountryOfExploitation", three);
    let form = Flags::of(
        file,
        &[("isSexualExploit", "sexual"), ("isForcedLabour", "labour"), ("isOtherExploit", "other")],
    );
    let (means, recruiter) = (Flags::of(file, &MEANS), Flags::of(file, &RECRUITERS));
    let lines = file.columns.first().map_or(0, |column| column.codes.len());
    for line in 0..lines {
        taken.figures.push(
            &[
                Translated::word(year.as_ref(), line),
                "",
                Translated::word(place.as_ref(), line),
                "victims",
                form.word(line),
                Translated::word(sex.as_ref(), line),
                Translated::word(age.as_ref(), line),
                Translated::word(citizenship.as_ref(), line),
                means.word(line),
                recruiter.word(line),
            ],
            None,
        );
    }
    for word in year.iter().flat_map(|one| &one.words) {
        if let Ok(year) = word.parse() {
            taken.year(year);
        }
    }
    taken
}

const MEANS: [(&str, &str); 14] = [
    ("meansOfControlDebtBondage", "debt"),
    ("meansDebtBondageEarnings", "debt"),
    ("Means Debt Bondage Earnings", "debt"),
    ("meansOfControlThreats", "threats"),
    ("meansThreats", "threats"),
    ("Means Threats", "threats"),
    ("meansOfControlPhysicalAbuse", "violence"),
    ("meansAbusePsyPhySex", "violence"),
    ("Means Abuse", "violence"),
    ("meansOfControlFalsePromises", "deception"),
    ("meansFalsePromises", "deception"),
    ("Means False Promises", "deception"),
    ("meansWithholdDocs", "documents"),
    ("meansDrugsAlcohol", "drugs"),
];

const RECRUITERS: [(&str, &str); 8] = [
    ("recruiterRelationIntimatePartner", "partner"),
    ("Recruiter Relation Intimate Partner", "partner"),
    ("recruiterRelationFriend", "friend"),
    ("Recruiter Relation Friend", "friend"),
    ("recruiterRelationFamily", "family"),
    ("Recruiter Relation Family", "family"),
    ("recruiterRelationOther", "other"),
    ("Recruiter Relation Other", "other"),
];

pub(super) fn cases(bytes: &[u8], state: Option<&str>) -> Result<Taken, Checked> {
    let file = htcds::read(bytes)?;
    let mut taken = Taken::new(file.checked);
    for case in &file.cases {
        let codes = |name: &str| case.codes.get(name).map_or(&[][..], Vec::as_slice);
        let form = match codes("vic_TypeOfExploitation") {
            [] => "",
            [one] => match one.as_str() {
                "SexualExploitation" => "sexual",
                "ForcedLabour" | "Servitude" | "ChildLabour" => "labour",
                "ForcedMarriage" => "marriage",
                "ForcedBegging" => "begging",
                "OrganRemoval" => "organs",
                _ => "other",
            },
            _ => "several",
        };
        let sex = match codes("prs_Gender").first().map(String::as_str) {
            Some("Feminine" | "TransgenderFeminine") => "female",
            Some("Masculine" | "TransgenderMasculine") => "male",
            Some("NonConforming") => "other",
            _ => "",
        };
        let citizenship = codes("prs_Citizenship").first().map_or("", String::as_str);
        taken.figures.push(
            &[
                "",
                "",
                state.unwrap_or(""),
                "victims",
                form,
                sex,
                "",
                citizenship,
                "",
                "",
                "",
                "",
                "",
            ],
            None,
        );
    }
    Ok(taken)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn req_175_nothing_of_a_file_of_rates_is_taken_as_persons_and_each_row_says_why() {
        let file = b"Year,Sex,Groups of persons,Value\n2014,Women,,12\n2014,Men,,10.4\n2015,,,\n";
        let taken = sdg(file, Some("XAA")).unwrap();
        assert_eq!(taken.figures.len(), 0);
        let errors: Vec<_> = taken.checked.errors.iter().map(|one| (one.row, one.rule)).collect();
        assert_eq!(errors, [(2, "rate"), (3, "rate")]);
        assert!(taken.checked.warnings.iter().any(|one| (one.row, one.rule) == (4, "no_value")));
    }

    #[test]
    fn req_175_bands_below_and_above_eighteen_have_codes_and_keep_their_words() {
        let file = b"Year,Age,Units,Value\n2020,,Number,60\n2020,0 to 17,Number,30\n2020,0 to 14,Number,20\n2020,18 to 24,Number,20\n2020,15 to 24,Number,9\n2020,Age not known,Number,10\n";
        let taken = sdg(file, Some("XAA")).unwrap();
        let word = |name: &str, line| taken.figures.word(taken.figures.place(name).unwrap(), line);
        let ages: Vec<_> = (0..5).map(|line| (word("age", line), word("_written", line))).collect();
        assert_eq!(
            ages,
            [
                ("", ""),
                ("child", "0 to 17"),
                ("adult", "18 to 24"),
                ("15 to 24", "15 to 24"),
                ("unknown", "Age not known"),
            ]
        );
        assert_eq!(taken.rows, [2, 3, 5, 6, 7]);
    }
}
