//! The case page in sections. Every area that knows something about a case
//! contributes one: a function that is given the visit and the opened case
//! (with the audited read and, if the reader's key is open, their vault) and
//! gives a [`Section`], or nothing for whoever may not see it. One line below
//! adds it to the page, in the order of reading.

use super::{
    abroad, beside, files, identification, keeping, look_for, never_told, papers, referrals,
    related, rights, sharing, show, task,
};
use crate::{
    components::Content,
    shell::{failure::Failure, visit::Visit},
};
use palermo_app::case::Opened;
use std::{fmt::Write as _, future::Future, pin::Pin};

/// A part of the case page.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    /// Its anchor.
    pub(crate) id: &'static str,
    /// Its heading.
    pub(crate) title: String,
    /// What is in it.
    pub(crate) html: String,
}

/// What a section is loaded with.
pub(crate) type Loading<'a> =
    Pin<Box<dyn Future<Output = Result<Option<Section>, Failure>> + Send + 'a>>;

/// A function that loads a section.
pub(crate) type Load = for<'a> fn(&'a Visit, &'a Opened) -> Loading<'a>;

/// The sections, in the order of reading: one line for each area.
pub(crate) const SECTIONS: &[Load] = &[
    |visit, opened| Box::pin(beside::charges(visit, opened)),
    |visit, opened| Box::pin(show::words(visit, opened)),
    |visit, opened| Box::pin(show::particulars(visit, opened)),
    |visit, opened| Box::pin(identification::section(visit, opened)),
    |visit, opened| Box::pin(crate::pages::care::section(visit, opened)),
    |visit, opened| Box::pin(task::section(visit, opened)),
    |visit, opened| Box::pin(beside::contact(visit, opened)),
    |visit, opened| Box::pin(papers::section(visit, opened)),
    |visit, opened| Box::pin(sharing::section(visit, opened)),
    |visit, opened| Box::pin(never_told::section(visit, opened)),
    |visit, opened| Box::pin(referrals::section(visit, opened)),
    |visit, opened| Box::pin(abroad::section(visit, opened)),
    |visit, opened| Box::pin(look_for::section(visit, opened)),
    |visit, opened| Box::pin(files::section(visit, opened)),
    |visit, opened| Box::pin(related::section(visit, opened)),
    |visit, opened| Box::pin(rights::section(visit, opened)),
    |visit, opened| Box::pin(show::team(visit, opened)),
    |visit, opened| Box::pin(keeping::section(visit, opened)),
];

/// All sections of a case, with a list of links to them.
pub(crate) async fn all(visit: &Visit, opened: &Opened) -> Result<String, Failure> {
    let (mut links, mut html) = (String::new(), String::new());
    for load in SECTIONS {
        let Some(section) = load(visit, opened).await? else { continue };
        let title = Content::from(&section.title);
        let _ =
            write!(links, "<li><a class=\"govuk-link\" href=\"#{}\">{title}</a></li>", section.id);
        let _ = write!(
            html,
            "<section aria-labelledby=\"{0}\"><h2 class=\"govuk-heading-m\" id=\"{0}\">{title}</h2>{1}</section>",
            section.id, section.html
        );
    }
    let label = Content::from(visit.text("case-sections"));
    Ok(format!(
        "<nav aria-label=\"{label}\"><ul class=\"govuk-list p-inline-list\">{links}</ul></nav>{html}"
    ))
}
