//! From a file of any format to harmonised figures: the same dimensions and
//! codes for all, what was written kept beside them.

use palermo_domain::{
    knowledge::{
        columns::Columns,
        dataset::{Format, Quality},
    },
    register::state::StateRegister,
};
use palermo_standards::{
    checked::Checked,
    ctdc::{self, Ctdc},
    glotip::{self, Age, Dimension, Indicator, Sex},
    glotip_check,
    glotip_flows::{self, CitizenshipNames},
    htcds, sdg1622, sdg1622_check, template,
};

/// The dimensions, in the order in which they are stored. One that begins with
/// `_` says something of a line and divides nobody.
pub const DIMENSIONS: [&str; 14] = [
    "year",
    "_period",
    "state",
    "indicator",
    "form",
    "sex",
    "age",
    "citizenship",
    "means",
    "recruiter",
    "origin",
    "destination",
    "_written",
    "transit",
];

/// What a file brought.
#[derive(Debug)]
pub struct Taken {
    /// The figures.
    pub figures: Columns,
    /// What was found in the file.
    pub checked: Checked,
    /// Words put under a common code, and all words that need one.
    pub mapped: (u64, u64),
    /// The newest year.
    pub newest_year: Option<u16>,
}

impl Taken {
    fn new(checked: Checked) -> Self {
        Self { figures: Columns::new(&DIMENSIONS), checked, mapped: (0, 0), newest_year: None }
    }

    fn year(&mut self, year: u16) {
        self.newest_year = self.newest_year.max(Some(year));
    }

    /// Quality by the documented formula, imported in this year.
    #[must_use]
    pub fn quality(&self, import_year: u16) -> Quality {
        let place = |name: &str| self.figures.place(name);
        let wanted: Vec<usize> = ["year", "state"].iter().filter_map(|name| place(name)).collect();
        let lines = self.figures.len();
        let full = (0..lines)
            .filter(|line| wanted.iter().all(|at| !self.figures.word(*at, *line).is_empty()))
            .count();
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let bad = count(self.checked.errors.len()) + self.checked.errors_not_listed;
        Quality {
            completeness: Quality::share(count(full), count(lines)),
            timeliness: self.newest_year.map_or(0, |year| Quality::timely(year, import_year)),
            consistency: Quality::share(self.checked.rows.saturating_sub(bad), self.checked.rows),
            comparability: if self.mapped.1 == 0 {
                100
            } else {
                Quality::share(self.mapped.0, self.mapped.1)
            },
        }
    }
}

/// Reads a file of a format.
///
/// # Errors
/// A [`Checked`] that says why it is not one.
pub fn take(
    format: Format,
    bytes: &[u8],
    states: &StateRegister,
    names: &CitizenshipNames,
    state: Option<&str>,
) -> Result<Taken, Checked> {
    match format {
        Format::Template => own(bytes),
        Format::Glotip => glotip(bytes, states, names),
        Format::Sdg1622 => sdg(bytes, state),
        Format::Ctdc => Ok(ctdc(ctdc::read(bytes, |_| ())?)),
        Format::Htcds => cases(bytes, state),
    }
}

fn own(bytes: &[u8]) -> Result<Taken, Checked> {
    let filled = template::read(bytes)?;
    let mut taken = Taken::new(filled.checked);
    for row in &filled.rows {
        let word = |at: usize| row.words[at].as_str();
        let year = word(1).get(..4).unwrap_or_default();
        let month = if word(1).len() > 4 { word(1) } else { "" };
        let indicator = if word(2).is_empty() { "victims" } else { word(2) };
        taken.figures.push(
            &[
                year,
                month,
                word(0),
                indicator,
                word(3),
                word(4),
                word(5),
                word(6),
                word(7),
                word(8),
                word(9),
                word(10),
                "",
                word(11),
            ],
            Some(row.persons),
        );
        if let Ok(year) = year.parse() {
            taken.year(year);
        }
        taken.mapped = (taken.mapped.0 + 1, taken.mapped.1 + 1);
    }
    Ok(taken)
}

fn glotip(
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
            taken.mapped.1 += 1;
            taken.mapped.0 += u64::from(code.is_some());
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

fn sdg(bytes: &[u8], state: Option<&str>) -> Result<Taken, Checked> {
    let file = sdg1622::read(bytes)?;
    let mut taken = Taken::new(sdg1622_check::of(&file));
    for seen in &file.observations {
        let sdg1622::Value::Count(amount) = seen.value else { continue };
        let part = |at: Option<usize>| at.and_then(|at| seen.parts.get(&at));
        let sex = part(file.sex).map(|text| sex_code(text));
        let age = part(file.age).map(|text| age_code(text));
        taken.mapped.1 += u64::from(sex.is_some()) + u64::from(age.is_some());
        taken.mapped.0 += u64::from(sex.is_some_and(|code| code != "unknown"))
            + u64::from(age.as_ref().is_some_and(|code| code == "child" || code == "adult"));
        // Parts of other kinds are kept as written and divide nobody here.
        let others = seen.parts.keys().any(|at| Some(*at) != file.sex && Some(*at) != file.age);
        if others {
            continue;
        }
        let year = seen.year.to_string();
        let age = age.unwrap_or_default();
        let area = state.unwrap_or(&seen.area);
        taken.figures.push(
            &[&year, "", area, "victims", "", sex.unwrap_or(""), &age, "", "", "", "", "", ""],
            Some(amount),
        );
        taken.year(seen.year);
    }
    Ok(taken)
}

fn sex_code(text: &str) -> &'static str {
    match text.to_lowercase().as_str() {
        "female" | "f" | "women" | "woman" | "femme" | "girls" => "female",
        "male" | "m" | "men" | "man" | "homme" | "boys" => "male",
        "other" => "other",
        _ => "unknown",
    }
}

/// An age band of a State keeps its own words where it is neither all children
/// nor all adults.
fn age_code(text: &str) -> String {
    match text.to_lowercase().as_str() {
        "children" | "child" | "0 to 17" | "0-17" | "under 18" | "y0t17" => "child".to_owned(),
        "adults" | "adult" | "18 and over" | "18+" | "18 & above" | "y_ge18" => "adult".to_owned(),
        _ => text.to_owned(),
    }
}

/// The word of a record's flags: the first that is set, or several.
fn flags<'w>(file: &Ctdc, line: usize, all: &[(&str, &'w str)]) -> &'w str {
    let mut set = all.iter().filter(|(name, _)| {
        file.column(name).is_some_and(|column| column.words[usize::from(column.codes[line])] == "1")
    });
    match (set.next(), set.next()) {
        (None, _) => "",
        (Some((_, word)), None) => word,
        (Some(_), Some(_)) => "several",
    }
}

fn ctdc(file: Ctdc) -> Taken {
    let mut taken = Taken::new(file.checked.clone());
    let word = |name: &str, line: usize| -> &str {
        file.column(name)
            .map_or("", |column| column.words[usize::from(column.codes[line])].as_str())
    };
    let lines = file.columns.first().map_or(0, |column| column.codes.len());
    for line in 0..lines {
        let year = word("yearOfRegistration", line);
        let sex = match word("gender", line) {
            "Woman" | "Female" => "female",
            "Man" | "Male" => "male",
            "" => match word("Woman", line) {
                "1" => "female",
                _ => "",
            },
            _ => "other",
        };
        let age = match word("ageBroad", line) {
            "0--8" | "9--17" => "child",
            "" => "",
            _ => "adult",
        };
        let form = flags(
            &file,
            line,
            &[
                ("isSexualExploit", "sexual"),
                ("isForcedLabour", "labour"),
                ("isOtherExploit", "other"),
            ],
        );
        let means = flags(&file, line, &MEANS);
        let recruiter = flags(&file, line, &RECRUITERS);
        let three = |code: &str| {
            palermo_standards::iso_areas::alpha_2(code)
                .map_or(code.to_owned(), |area| area.alpha_3.to_owned())
        };
        let citizenship = three(word("citizenship", line));
        let place = three(word("CountryOfExploitation", line));
        taken.figures.push(
            &[
                year,
                "",
                &place,
                "victims",
                form,
                sex,
                age,
                &citizenship,
                means,
                recruiter,
                "",
                "",
                "",
            ],
            None,
        );
        if let Ok(year) = year.parse() {
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

fn cases(bytes: &[u8], state: Option<&str>) -> Result<Taken, Checked> {
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
