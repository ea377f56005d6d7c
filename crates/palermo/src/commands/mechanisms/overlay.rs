//! Checks an installation's own content as `serve` would read it: the file of
//! a policy, or a whole folder.

use super::{Checked, NO, Streams, WRONG_USE, write_json};
use palermo_app::{
    Parts,
    access::Policy,
    check_policy as problems_of,
    content::{Content, ContentRefused, FileProblem},
};
use serde_json::json;
use std::{io::Write, path::Path};

/// Whether a file is a policy rather than a profile.
pub(super) fn is_policy(file: &Path, text: &str) -> bool {
    file.file_name().is_some_and(|name| name == "roles.toml") || Policy::is_meant_by(text)
}

/// Checks the file of a policy against the one that ships.
pub(super) fn check_policy<O: Write, E: Write>(
    content: &Content,
    file: &Path,
    text: &str,
    json: bool,
    to: &mut Streams<O, E>,
) -> anyhow::Result<u8> {
    let problems = problems_of(content, text).err().unwrap_or_default();
    if json {
        let file = file.display().to_string();
        write_json(&mut to.out, &Checked { file, id: None, problems: &problems })?;
    } else if problems.is_empty() {
        writeln!(to.out, "{}: a policy, no problem", file.display())?;
    }
    for problem in &problems {
        writeln!(to.err, "{}: {problem}", file.display())?;
    }
    Ok(if problems.is_empty() { 0 } else { NO })
}

/// Checks a folder of own content: every file that the program reads, all
/// problems at once.
pub(super) fn check<O: Write, E: Write>(
    folder: &Path,
    demo: bool,
    json: bool,
    to: &mut Streams<O, E>,
) -> anyhow::Result<u8> {
    let (problems, unread, files) = match Parts::checked(Some(folder), demo) {
        Ok(Parts { content, .. }) => {
            let unread: Vec<String> = content.unread().into_iter().map(str::to_owned).collect();
            (Vec::new(), unread, content.overlay_files())
        }
        Err(ContentRefused::Wrong(problems)) => (problems, Vec::new(), 0),
        Err(unreadable) => {
            writeln!(to.err, "{unreadable}")?;
            return Ok(WRONG_USE);
        }
    };
    if json {
        let told: Vec<_> = problems.iter().map(as_json).collect();
        let folder = folder.display().to_string();
        write_json(&mut to.out, &json!({ "folder": folder, "problems": told, "unread": unread }))?;
    } else if problems.is_empty() {
        writeln!(
            to.out,
            "{}: {} files read, no problem",
            folder.display(),
            files.saturating_sub(unread.len())
        )?;
    }
    for file in &unread {
        let path = folder.join(file);
        writeln!(
            to.err,
            "note: {}: nothing reads this file; its folder or name is not one of the shipped content",
            path.display()
        )?;
    }
    for problem in &problems {
        writeln!(to.err, "{}: {}", folder.join(&problem.file).display(), problem.problem)?;
    }
    Ok(if problems.is_empty() { 0 } else { NO })
}

fn as_json(problem: &FileProblem) -> serde_json::Value {
    let FileProblem { file, problem } = problem;
    json!({
        "file": file,
        "line": problem.line,
        "field": problem.field,
        "message": problem.message,
        "remedy": problem.remedy,
    })
}
