//! The indicator sets of `content/indicators/`.

use crate::content::{Content, ContentRefused, FileProblem};
use palermo_domain::{
    register::document::Problem,
    screening::{IndicatorSet, IndicatorSets},
};

const FOLDER: &str = "indicators/";

/// Reads every indicator set, with a deployment's own on top.
///
/// # Errors
/// Every problem in every file.
pub fn load(content: &Content) -> Result<IndicatorSets, ContentRefused> {
    let mut sets = Vec::new();
    let mut problems = Vec::new();
    for (path, text) in content.files(FOLDER).filter(|(path, _)| path.ends_with(".toml")) {
        let file = || path.to_owned();
        match IndicatorSet::parse(text) {
            Ok(set) if path == format!("{FOLDER}{}.toml", set.id) => sets.push(set),
            Ok(set) => problems.push(FileProblem {
                file: file(),
                problem: Problem {
                    line: 1,
                    field: "id".to_owned(),
                    message: format!("the file describes the set `{}`", set.id),
                    remedy: format!("call it `{}.toml`", set.id),
                },
            }),
            Err(found) => problems
                .extend(found.into_iter().map(|problem| FileProblem { file: file(), problem })),
        }
    }
    if problems.is_empty() {
        Ok(IndicatorSets::new(sets))
    } else {
        Err(ContentRefused::Wrong(problems))
    }
}
