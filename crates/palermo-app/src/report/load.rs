//! Questionnaires, rounds and recommendations that ship as files, read once
//! at start and checked against each other.

use crate::content::{Content, FileProblem};
use palermo_domain::{
    register::{
        adherence::{Act, Adherence, DatedAct},
        document::Problem,
        instrument::InstrumentId,
        provenance::PartialDate,
        state::StateCode,
    },
    report::{Questionnaire, read, translate},
    review::{Recommendation, Round, read_recommendations, read_round},
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Folder of questionnaires; translations lie in a folder of their language.
pub const QUESTIONNAIRES: &str = "questionnaires/";

/// What was read from `questionnaires/`, `rounds/`, `recommendations/` and
/// `adherence/`.
#[derive(Debug, Clone, Default)]
pub struct Reporting {
    /// Questionnaires by id, the newest version of each.
    pub questionnaires: BTreeMap<String, Questionnaire>,
    /// Earlier versions that answers were given to, from `ID-vVERSION.toml`.
    pub earlier: BTreeMap<(String, u32), Questionnaire>,
    /// Rounds.
    pub rounds: Vec<Round>,
    /// Recommendations.
    pub recommendations: Vec<Recommendation>,
    /// Dates of adherence used for the order of rounds until a list is imported.
    pub adherence: Vec<Adherence>,
}

impl Reporting {
    /// Reads and checks everything.
    pub(crate) fn load(content: &Content, problems: &mut Vec<FileProblem>) -> Self {
        let mut all = Self::default();
        all.read_questionnaires(content, problems);
        for (path, text) in toml_files(content, "rounds/") {
            keep(path, read_round(text).map(|round| all.rounds.push(round)), problems);
        }
        for (path, text) in toml_files(content, "recommendations/") {
            let read = read_recommendations(text).map(|some| all.recommendations.extend(some));
            keep(path, read, problems);
        }
        // The invented dates are of an instrument no real State has joined.
        for folder in ["adherence/", "demo/adherence/"] {
            for (path, text) in toml_files(content, folder) {
                keep(path, read_adherence(text).map(|some| all.adherence.extend(some)), problems);
            }
        }
        problems.extend(all.unknown());
        all
    }

    fn read_questionnaires(&mut self, content: &Content, problems: &mut Vec<FileProblem>) {
        let (own, translations): (Vec<_>, Vec<_>) = toml_files(content, QUESTIONNAIRES)
            .partition(|(path, _)| path.matches('/').count() == 1);
        for (path, text) in own {
            match read(text) {
                Ok(one) if format!("{QUESTIONNAIRES}{}.toml", one.versioned()) == path => {
                    self.earlier.insert((one.id.clone(), one.version), one);
                }
                Ok(one) if format!("{QUESTIONNAIRES}{}.toml", one.id) != path => {
                    let message = format!("the file describes `{}`", one.id);
                    let remedy = format!("call it `{}.toml`", one.id);
                    problems.push(problem(path, "id", message, remedy));
                }
                Ok(one) => {
                    self.questionnaires.insert(one.id.clone(), one);
                }
                Err(found) => keep(path, Err(found), problems),
            }
        }
        for (path, text) in translations {
            let mut parts = path.trim_start_matches(QUESTIONNAIRES).split('/');
            let (language, id) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
            let id = id.trim_end_matches(".toml");
            let found = match self.questionnaires.get_mut(id) {
                Some(newest) => Some(newest),
                None => self.earlier.values_mut().find(|one| one.versioned() == id),
            };
            match found {
                Some(all) => keep(path, translate(all, language, text), problems),
                None => {
                    let message = "it translates no questionnaire".to_owned();
                    let remedy = "give it the name of the questionnaire's file".to_owned();
                    problems.push(problem(path, "", message, remedy));
                }
            }
        }
    }

    /// Questions and recommendations that are pointed to and not there.
    fn unknown(&self) -> Vec<FileProblem> {
        let mut problems = Vec::new();
        for all in self.questionnaires.values() {
            let file = format!("{QUESTIONNAIRES}{}.toml", all.id);
            for question in all.questions() {
                for map in &question.maps {
                    let there = self
                        .questionnaires
                        .get(&map.questionnaire)
                        .is_some_and(|other| other.question(&map.code).is_some());
                    if !there {
                        let message =
                            format!("`{}:{}` is no question", map.questionnaire, map.code);
                        let field = format!("question {}: maps", question.code);
                        problems.push(problem(&file, &field, message, "correct the code".into()));
                    }
                }
            }
        }
        let ids: BTreeSet<&str> = self.recommendations.iter().map(|one| one.id.as_str()).collect();
        for one in &self.recommendations {
            for other in one.same_as.iter().chain(&one.contradicts) {
                if !ids.contains(other.as_str()) {
                    let message = format!("`{other}` is no recommendation");
                    let remedy = "correct the id".into();
                    problems.push(problem("recommendations/", &one.id, message, remedy));
                }
            }
        }
        for round in &self.rounds {
            if !self.questionnaires.contains_key(&round.questionnaire) {
                let message = format!("`{}` is no questionnaire", round.questionnaire);
                let file = format!("rounds/{}.toml", round.id);
                problems.push(problem(&file, "questionnaire", message, "correct the id".into()));
            }
        }
        problems
    }
}

fn toml_files<'c>(content: &'c Content, folder: &str) -> impl Iterator<Item = (&'c str, &'c str)> {
    content.files(folder).filter(|(path, _)| path.ends_with(".toml"))
}

fn problem(file: &str, field: &str, message: String, remedy: String) -> FileProblem {
    let problem = Problem { line: 1, field: field.to_owned(), message, remedy };
    FileProblem { file: file.to_owned(), problem }
}

fn keep(path: &str, read: Result<(), Vec<Problem>>, problems: &mut Vec<FileProblem>) {
    if let Err(found) = read {
        let file = path.to_owned();
        problems
            .extend(found.into_iter().map(|problem| FileProblem { file: file.clone(), problem }));
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AdherenceFile {
    instrument: String,
    source: String,
    as_of: String,
    acts: Vec<String>,
}

/// Reads acts written as `MDA r 2006-05-19`: `s`, `r` or `a`.
fn read_adherence(text: &str) -> Result<Vec<Adherence>, Vec<Problem>> {
    let wrong = |line: &str, message: String| {
        vec![Problem {
            line: 1,
            field: line.to_owned(),
            message,
            remedy: "write acts like `MDA r 2006-05-19`".to_owned(),
        }]
    };
    let file: AdherenceFile =
        toml::from_str(text).map_err(|error| wrong("", error.message().to_owned()))?;
    let instrument: InstrumentId =
        file.instrument.parse().map_err(|_| wrong("instrument", file.instrument.clone()))?;
    let as_of = PartialDate::parse(&file.as_of)
        .ok_or_else(|| wrong("as_of", format!("`{}` is no date", file.as_of)))?;
    file.acts
        .iter()
        .map(|line| {
            let parts: Vec<&str> = line.split(' ').collect();
            let [party, letter, day] = parts.as_slice() else {
                return Err(wrong(line, "three words are needed".to_owned()));
            };
            let party: StateCode =
                party.parse().map_err(|error| wrong(line, format!("{error}")))?;
            let date = day.parse().map_err(|error| wrong(line, format!("{error}")))?;
            let act = match *letter {
                "s" => Act::Signature,
                "r" => Act::Ratification,
                "a" => Act::Accession,
                other => return Err(wrong(line, format!("`{other}` is no act"))),
            };
            Ok(Adherence {
                instrument: instrument.clone(),
                party,
                acts: vec![DatedAct::new(act, date)],
                entry_into_force: None,
                source: file.source.clone(),
                as_of,
            })
        })
        .collect()
}
