//! Plans that ship as files, and lists of what a national plan should have.

use crate::{
    content::{Content, FileProblem},
    register::in_file,
};
use palermo_domain::plan::{checks::ElementList, template::Template};

/// What was read from `content/plans/`.
#[derive(Debug, Clone, Default)]
pub struct PlanFiles {
    /// Plans of the documents, by code.
    pub templates: Vec<Template>,
    /// Elements that mechanisms ask of national plans.
    pub elements: Vec<ElementList>,
}

impl PlanFiles {
    /// Reads and checks every file; what is wrong goes to `problems`.
    #[must_use]
    pub fn load(content: &Content, problems: &mut Vec<FileProblem>) -> Self {
        let mut files = Self::default();
        for (path, text) in content.files("plans/").filter(|(path, _)| path.ends_with(".toml")) {
            if path.starts_with("plans/elements/") {
                match toml::from_str(text) {
                    Ok(list) => files.elements.push(list),
                    Err(error) => problems.push(in_file(path, "element", &error.to_string())),
                }
                continue;
            }
            match Template::parse(text) {
                Ok(template) if path == format!("plans/{}.toml", template.id) => {
                    files.templates.push(template);
                }
                Ok(template) => {
                    let wrong =
                        format!("the file describes `{0}`; call it `plans/{0}.toml`", template.id);
                    problems.push(in_file(path, "id", &wrong));
                }
                Err(wrong) => problems.push(in_file(path, "row", &wrong.to_string())),
            }
        }
        files
    }

    /// The plan with this code.
    #[must_use]
    pub fn template(&self, id: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.id.as_str() == id)
    }
}
