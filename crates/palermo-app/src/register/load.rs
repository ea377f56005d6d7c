//! The registers that ship as files: States, instruments, agreements and model
//! texts, read once at start and checked against each other.

use crate::content::{Content, ContentRefused, FileProblem};
use palermo_domain::register::{
    agreement::{self, Agreement, AgreementParty},
    document::Problem,
    instrument::{self, Instrument, InstrumentRegister},
    model_text::{self, ModelText},
    state::{StateCode, StateRegister},
};
use palermo_domain::screening::IndicatorSets;
use palermo_standards::state_list;

/// What was read from `states/`, `instruments/`, `agreements/` and
/// `model-texts/`.
#[derive(Debug, Clone, Default)]
pub struct Registers {
    /// States, areas and party organisations with their names.
    pub states: StateRegister,
    /// Instruments.
    pub instruments: InstrumentRegister,
    /// Agreements the documents name.
    pub agreements: Vec<Agreement>,
    /// Model texts.
    pub model_texts: Vec<ModelText>,
    /// Plans of the documents, as structures to begin with, and what is asked of
    /// national plans.
    pub plans: crate::plan::templates::PlanFiles,
    /// Indicator sets for screening.
    pub indicators: IndicatorSets,
    /// Questionnaires, rounds, recommendations.
    pub reporting: crate::report::Reporting,
}

impl Registers {
    /// Reads and checks everything; in a demonstration with its invented States.
    ///
    /// # Errors
    /// Every problem in every file.
    pub fn load(content: &Content, demo: bool) -> Result<Self, ContentRefused> {
        let mut problems = Vec::new();
        let states =
            states(content, demo).map_err(|problem| ContentRefused::Wrong(vec![problem]))?;
        let read = read_all(
            content,
            "instruments/",
            instrument::read,
            |i: &Instrument| i.id.to_string(),
            &mut problems,
        );
        let agreements = read_all(
            content,
            "agreements/",
            agreement::read,
            |a: &Agreement| a.key.clone(),
            &mut problems,
        );
        let model_texts = read_all(
            content,
            "model-texts/",
            model_text::read,
            |m: &ModelText| m.key.clone(),
            &mut problems,
        );
        let instruments = InstrumentRegister::new(read).unwrap_or_else(|refused| {
            problems.push(in_file("instruments/", "relation", &refused.to_string()));
            InstrumentRegister::default()
        });
        let indicators = match crate::screening::sets::load(content) {
            Ok(indicators) => indicators,
            Err(ContentRefused::Wrong(found)) => {
                problems.extend(found);
                IndicatorSets::default()
            }
            Err(other) => return Err(other),
        };
        let reporting = crate::report::Reporting::load(content, &mut problems);
        let plans = crate::plan::templates::PlanFiles::load(content, &mut problems);
        let registers =
            Self { states, instruments, agreements, model_texts, plans, indicators, reporting };
        problems.extend(registers.strangers(content));
        if problems.is_empty() { Ok(registers) } else { Err(ContentRefused::Wrong(problems)) }
    }

    /// States and mechanisms that files name and no register knows.
    fn strangers(&self, content: &Content) -> Vec<FileProblem> {
        let mut problems = Vec::new();
        let mut state = |file: String, code: StateCode| {
            if self.states.get(code).is_none() {
                let wrong =
                    format!("`{code}` is not in the list of States; correct the code or add it");
                problems.push(in_file(&file, "state", &wrong));
            }
        };
        for agreement in &self.agreements {
            agreement
                .states()
                .for_each(|code| state(format!("agreements/{}.toml", agreement.key), code));
        }
        for model in &self.model_texts {
            let adopting = model.adoptions.iter().map(|a| a.state);
            let all = model.authors.iter().copied().chain(adopting);
            all.for_each(|code| state(format!("model-texts/{}.toml", model.key), code));
        }
        for (file, id) in self.mechanisms_named() {
            if content.mechanisms().get(&id).is_none() {
                let wrong = format!("no profile describes the mechanism `{id}`; correct the id");
                problems.push(in_file(&file, "mechanism", &wrong));
            }
        }
        problems
    }

    fn mechanisms_named(&self) -> Vec<(String, String)> {
        let instruments = self
            .instruments
            .all()
            .filter_map(|i| Some((format!("instruments/{}.toml", i.id), i.mechanism.clone()?)));
        let models = self
            .model_texts
            .iter()
            .map(|m| (format!("model-texts/{}.toml", m.key), m.mechanism.clone()));
        let agreements = self.agreements.iter().flat_map(|a| {
            let file = format!("agreements/{}.toml", a.key);
            let parties = a.parties.iter().filter_map(|party| match party {
                AgreementParty::Mechanism(id) => Some(id.clone()),
                AgreementParty::State(_) => None,
            });
            parties
                .chain(a.facilitated_by.clone())
                .map(move |id| (file.clone(), id))
                .collect::<Vec<_>>()
        });
        instruments.chain(models).chain(agreements).collect()
    }
}

fn states(content: &Content, demo: bool) -> Result<StateRegister, FileProblem> {
    let bytes = |path: &str| content.text(path).unwrap_or_default().as_bytes();
    let wrong = |error: &dyn ToString| in_file("states/states.csv", "", &error.to_string());
    let own = state_list::read(bytes("states/states.csv"), bytes("states/aliases.csv"))
        .map_err(|e| wrong(&e))?;
    if !demo {
        return Ok(own);
    }
    let invented = state_list::read(bytes("demo/states.csv"), b"").map_err(|e| wrong(&e))?;
    own.with(invented).map_err(|e| wrong(&e))
}

pub(crate) fn in_file(file: &str, field: &str, said: &str) -> FileProblem {
    let (message, remedy) = said.split_once("; ").unwrap_or((said, "correct the file"));
    let problem = Problem {
        line: 1,
        field: field.to_owned(),
        message: message.to_owned(),
        remedy: remedy.to_owned(),
    };
    FileProblem { file: file.to_owned(), problem }
}

/// Reads every TOML file of a folder; a file must bear the id it describes.
fn read_all<T>(
    content: &Content,
    folder: &str,
    read: impl Fn(&str) -> Result<T, Vec<Problem>>,
    id: impl Fn(&T) -> String,
    problems: &mut Vec<FileProblem>,
) -> Vec<T> {
    let mut all = Vec::new();
    for (path, text) in content.files(folder).filter(|(path, _)| path.ends_with(".toml")) {
        match read(text) {
            Ok(one) => {
                let named = format!("{folder}{}.toml", id(&one));
                if named != path {
                    let wrong = format!("the file describes `{}`; call it `{named}`", id(&one));
                    problems.push(in_file(path, "id", &wrong));
                }
                all.push(one);
            }
            Err(found) => problems.extend(
                found.into_iter().map(|problem| FileProblem { file: path.to_owned(), problem }),
            ),
        }
    }
    all
}
