//! A State's own figures in the shapes others ask for: SDG 16.2.2 as Open SDG
//! CSV and as SDMX-CSV 2.0, and the table of the Global Report. What is hidden
//! is written as `<5` where the shape knows it and left out where it does not:
//! never as zero.

use crate::{delimited, glotip, iso_areas};
use palermo_domain::knowledge::amount::Amount;

/// One count of a State and a year. An empty word means "all".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Count {
    /// The State, three letters.
    pub area: String,
    /// The year.
    pub year: String,
    /// `female`, `male`, `other`, `unknown`, or empty.
    pub sex: String,
    /// `child`, `adult`, `unknown`, or empty.
    pub age: String,
    /// Code of a form of exploitation, or empty.
    pub form: String,
    /// Persons.
    pub amount: Amount,
}

/// In which shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `Year,Sex,Age,Units,Value` of a national Open SDG site.
    OpenSdg,
    /// SDMX-CSV 2.0 on the global dataflow of the SDGs.
    SdmxCsv,
    /// The thirteen columns of the Global Report's table.
    Glotip,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Self; 3] = [Self::OpenSdg, Self::SdmxCsv, Self::Glotip];

    /// A short fixed word, part of file names and addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OpenSdg => "open-sdg",
            Self::SdmxCsv => "sdmx-csv",
            Self::Glotip => "glotip",
        }
    }

    /// From its code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The kind under which `palermo validate` checks it.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::OpenSdg | Self::SdmxCsv => "sdg1622",
            Self::Glotip => "glotip",
        }
    }
}

/// Writes the counts of one State; `source` stands in the column of sources.
#[must_use]
pub fn write(shape: Shape, counts: &[Count], country: &str, source: &str) -> Vec<u8> {
    let mut counts = counts.to_vec();
    counts.sort_by(|a, b| key(a).cmp(&key(b)));
    let lines = match shape {
        Shape::OpenSdg => open_sdg(&counts),
        Shape::SdmxCsv => sdmx(&counts),
        Shape::Glotip => table(&counts, country, source),
    };
    delimited::write(&lines)
}

fn key(one: &Count) -> (&str, &str, &str, &str, &str) {
    (&one.area, &one.year, &one.form, &one.sex, &one.age)
}

fn line(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// Only breakdowns by sex and age belong to the indicator.
fn of_indicator(one: &&Count) -> bool {
    one.form.is_empty() && !matches!(one.sex.as_str(), "other" | "unknown") && one.age != "unknown"
}

fn open_sdg(counts: &[Count]) -> Vec<Vec<String>> {
    let mut lines = vec![line(&["Year", "Sex", "Age", "Units", "Value"])];
    for one in counts.iter().filter(of_indicator) {
        let sex = match one.sex.as_str() {
            "female" => "Female",
            "male" => "Male",
            _ => "",
        };
        let age = match one.age.as_str() {
            "child" => "Under 18",
            "adult" => "18 and over",
            _ => "",
        };
        let value = one.amount.to_string();
        lines.push(line(&[&one.year, sex, age, "Number", &value]));
    }
    lines
}

/// Dimensions and attributes of the dataflow `IAEG-SDGs:DF_SDG_GLH`.
const SDMX: [&str; 22] = [
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
    "FREQ",
    "REPORTING_TYPE",
    "SERIES",
    "REF_AREA",
    "SEX",
    "AGE",
    "URBANISATION",
    "INCOME_WEALTH_QUANTILE",
    "EDUCATION_LEV",
    "OCCUPATION",
    "CUST_BREAKDOWN",
    "COMPOSITE_BREAKDOWN",
    "DISABILITY_STATUS",
    "ACTIVITY",
    "PRODUCT",
    "TIME_PERIOD",
    "OBS_VALUE",
    "UNIT_MEASURE",
    "NATURE",
];

fn sdmx(counts: &[Count]) -> Vec<Vec<String>> {
    let mut lines = vec![line(&SDMX)];
    for one in counts.iter().filter(of_indicator) {
        // A masked observation is absent here, not zero.
        let Some(count) = one.amount.exact() else { continue };
        let area = iso_areas::alpha_3(&one.area)
            .map_or_else(|| one.area.clone(), |area| format!("{:03}", area.number));
        let sex = match one.sex.as_str() {
            "female" => "F",
            "male" => "M",
            _ => "_T",
        };
        let age = match one.age.as_str() {
            "child" => "Y0T17",
            "adult" => "Y_GE18",
            _ => "_T",
        };
        let value = count.to_string();
        lines.push(line(&[
            "dataflow",
            "IAEG-SDGs:DF_SDG_GLH(1.0)",
            "I",
            "A",
            "N",
            "VC_HTF_DETV",
            &area,
            sex,
            age,
            "_T",
            "_T",
            "_T",
            "_T",
            "_T",
            "_T",
            "_T",
            "_T",
            "_T",
            &one.year,
            &value,
            "NUMBER",
            "C",
        ]));
    }
    lines
}

fn table(counts: &[Count], country: &str, source: &str) -> Vec<Vec<String>> {
    let mut lines = vec![line(&glotip::COLUMNS)];
    for one in counts {
        let (dimension, category) = match one.form.as_str() {
            "" => ("Total", "Total"),
            "sexual" => ("by form of exploitation", "Sexual exploitation"),
            "labour" => ("by form of exploitation", "Forced labour"),
            _ => ("by form of exploitation", "Other forms of exploitation"),
        };
        let sex = match one.sex.as_str() {
            "female" => "Female",
            "male" => "Male",
            "other" => "Other",
            "unknown" => "Unknown",
            _ => "Total",
        };
        let age = match one.age.as_str() {
            "child" => "0 to 17 years",
            "adult" => "18 years or over",
            "unknown" => "Unknown",
            _ => "Total",
        };
        let value = match one.amount.exact() {
            Some(count) => count.to_string(),
            None => format!("<{}", one.amount.upper.saturating_add(1)),
        };
        let area = &one.area;
        lines.push(line(&[
            area,
            country,
            "",
            "",
            "Detected trafficking victims",
            dimension,
            category,
            sex,
            age,
            &one.year,
            "Counts",
            &value,
            source,
        ]));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{checked::Checked, glotip_check, sdg1622_check};

    fn counts() -> Vec<Count> {
        let one = |sex: &str, age: &str, form: &str, amount| Count {
            area: "BEN".to_owned(),
            year: "2025".to_owned(),
            sex: sex.to_owned(),
            age: age.to_owned(),
            form: form.to_owned(),
            amount,
        };
        let exactly = Amount::exactly;
        vec![
            one("", "", "", exactly(60)),
            one("female", "", "", exactly(40)),
            one("male", "", "", exactly(20)),
            one("female", "child", "", exactly(10)),
            one("female", "adult", "", exactly(30)),
            one("male", "child", "", Amount::below(5)),
            one("", "", "labour", exactly(35)),
            one("", "", "sexual", exactly(25)),
        ]
    }

    fn check(shape: Shape, bytes: &[u8]) -> Checked {
        match shape {
            Shape::Glotip => glotip_check::check(bytes),
            _ => sdg1622_check::check(bytes),
        }
    }

    #[test]
    fn req_198_every_shape_withstands_our_own_checks() {
        for shape in Shape::ALL {
            let bytes = write(shape, &counts(), "Benin", "National rapporteur");
            let checked = check(shape, &bytes);
            assert!(checked.errors.is_empty(), "{shape:?}: {:?}", checked.errors);
            assert!(checked.rows >= 5, "{shape:?}");
        }
    }

    #[test]
    fn req_198_what_is_hidden_is_never_written_as_zero() {
        let text =
            |shape| String::from_utf8_lossy(&write(shape, &counts(), "Benin", "")).into_owned();
        assert!(text(Shape::Glotip).contains(",<5,"));
        assert!(text(Shape::OpenSdg).contains("Male,Under 18,Number,<5"));
        let sdmx = text(Shape::SdmxCsv);
        assert!(sdmx.starts_with("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REPORTING_TYPE,SERIES"));
        assert!(sdmx.contains(",204,F,Y0T17,") && !sdmx.contains(",204,M,Y0T17,"), "{sdmx}");
    }
}
