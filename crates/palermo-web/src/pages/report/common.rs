//! What these pages share.

use crate::{
    components::{Column, Content, DataTable, Tag},
    shell::visit::Visit,
};
use palermo_app::domain::{
    register::day::Day,
    report::{DutyStatus, Section},
};
use std::fmt::{Display, Write as _};

/// A page being put together.
pub(in crate::pages) struct Page<'v> {
    visit: &'v Visit,
    html: String,
}

impl<'v> Page<'v> {
    /// An empty page.
    pub fn new(visit: &'v Visit) -> Self {
        Self { visit, html: String::new() }
    }

    /// One more part.
    pub fn push(&mut self, part: impl Display) -> &mut Self {
        let _ = write!(self.html, "{part}");
        self
    }

    /// A heading of a message.
    pub fn heading(&mut self, id: &str) -> &mut Self {
        let words = Content::from(self.visit.text(id));
        self.push(format!("<h2 class=\"govuk-heading-m\" id=\"{id}\">{words}</h2>"))
    }

    /// A paragraph of a message.
    pub fn say(&mut self, id: &str) -> &mut Self {
        let words = self.visit.text(id);
        self.paragraph(words)
    }

    /// A paragraph.
    pub fn paragraph(&mut self, words: impl Into<Content>) -> &mut Self {
        let words: Content = words.into();
        self.push(format!("<p class=\"govuk-body\">{words}</p>"))
    }

    /// A paragraph in small letters.
    pub fn small(&mut self, words: impl Into<Content>) -> &mut Self {
        let words: Content = words.into();
        self.push(format!("<p class=\"govuk-body-s p-muted\">{words}</p>"))
    }

    /// A list with dots; nothing if it is empty.
    pub fn list(&mut self, items: impl IntoIterator<Item = Content>) -> &mut Self {
        let items: Vec<String> = items.into_iter().map(|item| format!("<li>{item}</li>")).collect();
        if !items.is_empty() {
            self.push(format!(
                "<ul class=\"govuk-list govuk-list--bullet\">{}</ul>",
                items.concat()
            ));
        }
        self
    }

    /// A table; nothing if it has no rows.
    pub fn table(
        &mut self,
        id: &str,
        caption: &str,
        heads: &[&str],
        rows: Vec<Vec<Content>>,
    ) -> &mut Self {
        let caption = self.visit.text(caption);
        self.table_called(id, &caption, heads, rows)
    }

    /// The same with words for its caption: tables of one page each need their own.
    pub fn table_called(
        &mut self,
        id: &str,
        caption: &str,
        heads: &[&str],
        rows: Vec<Vec<Content>>,
    ) -> &mut Self {
        if rows.is_empty() {
            return self;
        }
        let columns = heads.iter().map(|head| Column::new(self.visit.text(head)));
        let mut table = DataTable::new(id, caption, columns).quiet_caption().dense();
        for row in rows {
            table.push(row);
        }
        self.push(table)
    }

    /// The markup.
    pub fn finish(self) -> String {
        self.html
    }
}

/// A link to a page of ours; its words keep their own direction.
pub(in crate::pages) fn link(visit: &Visit, path: &str, words: impl Into<Content>) -> Content {
    let words: Content = words.into();
    Content::Html(format!(
        "<a class=\"govuk-link\" href=\"{}\"><bdi>{words}</bdi></a>",
        visit.link(path)
    ))
}

/// A day as the reader writes it.
pub(in crate::pages) fn day(visit: &Visit, day: Day) -> String {
    visit.date(day.date())
}

/// A day, or nothing.
pub(super) fn maybe(visit: &Visit, on: Option<Day>) -> Content {
    on.map(|on| day(visit, on)).unwrap_or_default().into()
}

/// A year as the reader writes it.
pub(in crate::pages) fn year(visit: &Visit, year: i32) -> String {
    let own = visit.signed.as_ref().is_some_and(|signed| signed.account.own_digits);
    palermo_app::locale::year(visit.language, own, year)
}

/// The word of a family as a coloured mark.
pub(in crate::pages) fn tag(visit: &Visit, family: &str, code: &str, colour: &str) -> Content {
    Tag::coloured(visit.text(&format!("{family}-{code}")), colour).into()
}

/// How far a duty is, as a mark.
pub(super) fn duty_tag(visit: &Visit, status: DutyStatus) -> Content {
    let colour = match status {
        DutyStatus::Due => "blue",
        DutyStatus::Late => "red",
        DutyStatus::Submitted => "yellow",
        DutyStatus::Accepted => "green",
        DutyStatus::NotTracked => "grey",
    };
    tag(visit, "duty-status", status.code(), colour)
}

/// States of the region as lines of a menu, by name.
pub(in crate::pages) fn state_options(visit: &Visit) -> Vec<(String, String)> {
    let app = visit.web.app();
    let register = app.content.mechanisms();
    let demo = visit.web.settings().demo;
    let mut codes: Vec<String> = register
        .profiles()
        .flat_map(|profile| register.members_on(profile, None))
        .map(|member| member.state)
        .filter(|code| !demo || code.starts_with('X'))
        .collect();
    codes.sort();
    codes.dedup();
    let mut options: Vec<(String, String)> =
        codes.into_iter().map(|code| (code.clone(), visit.state(&code))).collect();
    options.sort_by(|a, b| visit.compare(&a.1, &b.1));
    options
}

/// A heading with words of its own.
pub(in crate::pages) fn notice_heading(words: impl Into<Content>) -> String {
    let words: Content = words.into();
    format!("<h2 class=\"govuk-heading-m\">{words}</h2>")
}

/// What to know before a section is answered; nothing where nothing is said.
pub(super) fn guidance(visit: &Visit, section: &Section) -> String {
    if section.help.is_empty() {
        return String::new();
    }
    let (text, translated) = section.help.say(visit.language.code());
    format!("<div class=\"govuk-inset-text\">{}</div>", told(visit, text, translated))
}

/// Words kept in one language, marked where the reader reads another.
pub(super) fn told(visit: &Visit, text: &str, translated: bool) -> Content {
    if translated {
        return text.into();
    }
    let mark = Content::from(visit.text("report-untranslated"));
    Content::Html(format!(
        "<bdi lang=\"en\">{}</bdi> <span class=\"p-small p-muted\">({mark})</span>",
        Content::from(text)
    ))
}
