//! The case page in sections. Every area that knows something about a case
//! contributes one: a function that is given the visit and the opened case
//! (with the audited read and, if the reader's key is open, their vault) and
//! gives a [`Section`], or nothing for whoever may not see it. One line below
//! adds it to the page, under the heading it belongs to.
//!
//! A section is folded away. It opens for an address that leads into it, and stands
//! open while something in it waits or is overdue; what warns stands unfolded on top
//! of the page (P4, E12, R3), and so does the little that matters now.

use super::{
    abroad, beside, files, guardian_word, identification, keeping, look_for, never_told, papers,
    referral_section, related, rights, sharing, show, task,
};
use crate::{
    components::{Content, SummaryList},
    shell::{failure::Failure, visit::Visit},
};
use palermo_app::case::Opened;
use std::{fmt::Write as _, future::Future, pin::Pin};

/// A part of the case page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Section {
    /// Its anchor.
    pub(crate) id: &'static str,
    /// Its heading.
    pub(crate) title: String,
    /// What is in it.
    pub(crate) html: String,
    /// How many things are in it, said beside its heading.
    pub(crate) count: Option<usize>,
    /// Whether something in it waits or is overdue: then it stands open.
    pub(crate) open: bool,
    /// Warnings: on top of the page, never folded.
    pub(crate) alert: String,
    /// What of it matters now: lines of the list on top.
    pub(crate) now: Vec<(String, Content)>,
}

/// What a section is loaded with.
pub(crate) type Loading<'a> =
    Pin<Box<dyn Future<Output = Result<Option<Section>, Failure>> + Send + 'a>>;

/// A function that loads a section.
pub(crate) type Load = for<'a> fn(&'a Visit, &'a Opened) -> Loading<'a>;

const PERSON: &[Load] = &[
    |visit, opened| Box::pin(show::words(visit, opened)),
    |visit, opened| Box::pin(show::particulars(visit, opened)),
    |visit, opened| Box::pin(beside::contact(visit, opened)),
    |visit, opened| Box::pin(identification::section(visit, opened)),
    |visit, opened| Box::pin(papers::section(visit, opened)),
    |visit, opened| Box::pin(related::section(visit, opened)),
];

const CARE: &[Load] = &[
    |visit, opened| Box::pin(guardian_word::section(visit, opened)),
    |visit, opened| Box::pin(task::section(visit, opened)),
    |visit, opened| Box::pin(crate::pages::care::section(visit, opened)),
];

const SHARING: &[Load] = &[
    |visit, opened| Box::pin(sharing::section(visit, opened)),
    |visit, opened| Box::pin(never_told::section(visit, opened)),
];

const REFERRALS: &[Load] = &[
    |visit, opened| Box::pin(referral_section::section(visit, opened)),
    |visit, opened| Box::pin(abroad::section(visit, opened)),
    |visit, opened| Box::pin(look_for::section(visit, opened)),
];

const SAFETY: &[Load] = &[
    |visit, opened| Box::pin(beside::charges(visit, opened)),
    |visit, opened| Box::pin(rights::section(visit, opened)),
];

const FILE: &[Load] = &[
    |visit, opened| Box::pin(show::team(visit, opened)),
    |visit, opened| Box::pin(files::section(visit, opened)),
    |visit, opened| Box::pin(keeping::section(visit, opened)),
];

/// Headings with their anchors, and the sections under each, in the order of reading:
/// one line for each area.
const GROUPS: &[(&str, &str, &[Load])] = &[
    ("part-person", "case-group-person", PERSON),
    ("part-care", "case-group-care", CARE),
    ("part-sharing", "case-group-sharing", SHARING),
    ("part-referrals", "case-group-referrals", REFERRALS),
    ("part-safety", "case-group-safety", SAFETY),
    ("part-file", "case-group-file", FILE),
];

/// What all sections together put on the page.
#[derive(Debug, Default)]
pub(super) struct All {
    /// Warnings, on top.
    pub(super) alerts: String,
    /// What matters now.
    now: Vec<(String, Content)>,
    /// Links to the headings.
    links: String,
    /// The sections under their headings.
    html: String,
    /// Whether anyone was asked for a service yet.
    pub(super) referred: bool,
}

/// Loads every section of a case, each once.
pub(super) async fn load(visit: &Visit, opened: &Opened) -> Result<All, Failure> {
    let mut all = All::default();
    for (id, title, sections) in GROUPS {
        let mut html = String::new();
        for load in *sections {
            let Some(section) = load(visit, opened).await? else { continue };
            all.referred |= section.id == "referrals" && section.count.is_some_and(|n| n > 0);
            html.push_str(&fold(visit, &section, 3));
            all.alerts.push_str(&section.alert);
            all.now.extend(section.now);
        }
        if html.is_empty() {
            continue;
        }
        let title = Content::from(visit.text(title));
        all.link(id, &title);
        let _ = write!(all.html, "<h2 class=\"govuk-heading-m\" id=\"{id}\">{title}</h2>{html}");
    }
    Ok(all)
}

impl All {
    fn link(&mut self, id: &str, title: &Content) {
        let _ = write!(self.links, "<li><a class=\"govuk-link\" href=\"#{id}\">{title}</a></li>");
    }

    /// One more section at the end, with a heading of its own: the history.
    pub(super) fn ends_with(&mut self, visit: &Visit, section: Section) {
        self.link(section.id, &Content::from(&section.title));
        self.html.push_str(&fold(visit, &section, 2));
        self.now.extend(section.now);
    }

    /// The list of what matters now.
    pub(super) fn matters(&self, visit: &Visit) -> String {
        let rows = self.now.iter().cloned();
        let list = rows.fold(SummaryList::new(), |list, (label, said)| list.row(label, said));
        if self.now.is_empty() {
            return String::new();
        }
        let title = Content::from(visit.text("case-now"));
        format!("<h2 class=\"govuk-heading-m\" id=\"now\">{title}</h2>{list}")
    }

    /// The sections with a short list of contents.
    pub(super) fn folded(&self, visit: &Visit) -> String {
        let label = Content::from(visit.text("case-sections"));
        format!(
            "<nav class=\"p-noprint\" aria-label=\"{label}\"><ul class=\"govuk-list p-inline-list\">{}</ul></nav>{}",
            self.links, self.html
        )
    }
}

/// A section under its folded heading. The anchor is inside what is folded, so that a
/// browser led to it opens it.
fn fold(visit: &Visit, section: &Section, level: u8) -> String {
    let Section { id, html, .. } = section;
    let title = Content::from(&section.title);
    let count = section
        .count
        .map(|count| format!(" <bdi>({})</bdi>", visit.whole(count)))
        .unwrap_or_default();
    let open = if section.open { " open" } else { "" };
    let size = if level == 2 { "m" } else { "s" };
    format!(
        "<details class=\"p-fold\"{open}><summary><h{level} class=\"govuk-heading-{size}\" id=\"{id}-title\">{title}{count}</h{level}></summary><section class=\"p-fold-in\" id=\"{id}\" aria-labelledby=\"{id}-title\">{html}</section></details>"
    )
}
