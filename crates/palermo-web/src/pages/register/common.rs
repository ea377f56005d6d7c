//! What the pages of the registers share: dates in the address, facts with
//! their sources, names as links, English words marked as such.

use crate::{
    components::{
        Button, Column, Content, DataTable, Definitions, Details, FilterPanel, Input, Known,
        Select, SourceLine, Words,
    },
    shell::{failure::Failure, visit::Visit},
};
use palermo_app::{
    App, Refused,
    domain::register::{
        day::Day,
        fact::Statements,
        mechanism::{Cadence, MechanismProfile},
        provenance::{Confidence, DOCUMENTS, PartialDate, Provenance, Stated},
    },
    locale::{self, Language},
    register::ask::{AskRefused, Lookup},
};
use std::fmt::{Display, Write as _};

/// Questions to the registers of this program.
pub(in crate::pages) fn lookup(visit: &Visit) -> Lookup<'_> {
    let app: &App = visit.web.app();
    Lookup::of(app)
}

/// A question that cannot be answered, as pages tell it.
pub(in crate::pages) fn refused(why: AskRefused) -> Failure {
    Failure(match why {
        AskRefused::Refused(refused) => refused,
        AskRefused::NoInstrument { .. } | AskRefused::NoMechanism(_) | AskRefused::NoMembers(_) => {
            Refused::NotFound
        }
    })
}

/// The day a page speaks of.
#[derive(Debug, Clone, Copy)]
pub(in crate::pages) struct On {
    /// The day asked for, or today.
    pub day: Day,
    /// Whether the address named one.
    pub named: bool,
    /// Whether it named something that is no day.
    pub wrong: bool,
}

/// Reads `?on=` of the address; today if there is none.
pub(in crate::pages) fn on(visit: &Visit) -> On {
    let typed = visit.query("on");
    let today = Day::from(visit.acting().now().date());
    match typed.trim().parse() {
        Ok(day) => On { day, named: true, wrong: false },
        Err(_) => On { day: today, named: false, wrong: !typed.trim().is_empty() },
    }
}

impl On {
    /// The same day for a link; nothing if the address named none.
    pub fn query(&self) -> String {
        if self.named { format!("?on={}", self.day) } else { String::new() }
    }
}

/// The form that asks for a day, with what else the view needs.
pub(in crate::pages) fn panel(visit: &Visit, on: &On) -> FilterPanel {
    let words = visit.words();
    let mut panel = FilterPanel::new(&words, visit.link(visit.path())).as_row();
    panel.title = visit.text("adherence-on");
    panel.apply = visit.text("adherence-show");
    let wrong = on
        .wrong
        .then(|| visit.format("register-wrong-day", &[("typed", visit.query("on").into())]));
    let input = Input::new("on", visit.text("adherence-on-label"))
        .value(on.day.to_string())
        .kind("date")
        .error(wrong)
        .words(&words);
    panel.field(input)
}

/// A choice of mechanisms for a form that leads to the same page.
pub(in crate::pages) fn mechanism_choice(
    visit: &Visit,
    name: &str,
    label: &str,
    chosen: &str,
) -> Select {
    let mut options: Vec<(String, String)> = visit
        .web
        .app()
        .content
        .mechanisms()
        .profiles()
        .filter(|profile| profile.membership.given().is_some())
        .map(|profile| (profile.id.to_string(), mechanism_name(visit, profile)))
        .collect();
    options.sort_by(|a, b| visit.compare(&a.1, &b.1));
    let none = std::iter::once((String::new(), visit.text("form-choose")));
    Select::new(name, visit.text(label)).options(none.chain(options)).value(chosen)
}

/// A mechanism's name in the reader's language, in English where it has none.
pub(in crate::pages) fn mechanism_name(visit: &Visit, profile: &MechanismProfile) -> String {
    profile.names.said_in(visit.language.code()).to_owned()
}

/// A mechanism by its id: its name as a link, or the id alone if no profile has it.
pub(in crate::pages) fn mechanism_link(visit: &Visit, id: &str) -> Content {
    match visit.web.app().content.mechanisms().get(id) {
        Some(profile) => {
            let name = mechanism_name(visit, profile);
            let path = format!("/mechanisms/{id}");
            if profile.names.others.contains_key(visit.language.code()) {
                link(visit, &path, name)
            } else {
                link(visit, &path, english(visit, &name))
            }
        }
        None => id.into(),
    }
}

/// An instrument by its id: its name as a link, or the id alone.
pub(in crate::pages) fn instrument_link(visit: &Visit, id: &str) -> Content {
    match visit.web.app().registers.instruments.get(id) {
        Some(found) => link(visit, &format!("/instruments/{id}"), instrument_name(visit, found)),
        None => id.into(),
    }
}

/// The name people use for an instrument, in the reader's language where it has one.
pub(in crate::pages) fn instrument_name(
    visit: &Visit,
    found: &palermo_app::domain::register::instrument::Instrument,
) -> String {
    found.names.get(visit.language.code()).unwrap_or(&found.short).clone()
}

/// A State's name as a link to its page.
pub(in crate::pages) fn state_link(visit: &Visit, code: &str) -> Content {
    link(visit, &format!("/states/{code}"), visit.state(code))
}

/// A link to a page of ours; its words keep their own direction.
pub(in crate::pages) fn link(visit: &Visit, path: &str, words: impl Into<Content>) -> Content {
    let words: Content = words.into();
    Content::Html(format!(
        "<a class=\"govuk-link\" href=\"{}\"><bdi>{words}</bdi></a>",
        visit.link(path)
    ))
}

/// Words that are kept in English only, marked so for readers of other languages.
pub(in crate::pages) fn english(visit: &Visit, text: &str) -> Content {
    if visit.language == Language::En {
        return text.into();
    }
    Content::Html(format!("<bdi lang=\"en\">{}</bdi>", Content::from(text)))
}

/// What kind of mechanism it is, in the reader's language where it has a word for it;
/// a profile of a deployment may bring a kind of its own.
pub(in crate::pages) fn mechanism_kind(visit: &Visit, kind: &str) -> Content {
    kind_word(visit, kind).map_or_else(|| english(visit, kind), Content::from)
}

/// The same as plain text, for menus and files.
pub(in crate::pages) fn mechanism_kind_text(visit: &Visit, kind: &str) -> String {
    kind_word(visit, kind).unwrap_or_else(|| kind.to_owned())
}

fn kind_word(visit: &Visit, kind: &str) -> Option<String> {
    let signs = kind.to_lowercase();
    let parts = signs.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let id = format!("mechanism-kind-{}", parts.collect::<Vec<_>>().join("-"));
    visit.web.app().catalogue.has(Language::En, &id).then(|| visit.text(&id))
}

/// A date known to the year, the month or the day, as the reader writes it.
pub(in crate::pages) fn date(visit: &Visit, date: PartialDate) -> String {
    let own = visit.signed.as_ref().is_some_and(|signed| signed.account.own_digits);
    let first = date.first_day().date();
    match date.to_string().len() {
        4 => locale::year(visit.language, own, first.year()),
        7 => locale::month(visit.language, own, first),
        _ => visit.date(first),
    }
}

/// A day as the reader writes it.
pub(in crate::pages) fn day(visit: &Visit, day: Day) -> String {
    visit.date(day.date())
}

/// A year as the reader writes it.
pub(in crate::pages) fn year(visit: &Visit, year: i32) -> String {
    let own = visit.signed.as_ref().is_some_and(|signed| signed.account.own_digits);
    locale::year(visit.language, own, year)
}

/// The word for a code: `family-code`.
pub(in crate::pages) fn word(visit: &Visit, family: &str, code: &str) -> String {
    visit.text(&format!("{family}-{code}"))
}

/// Parts side by side, with commas of the reader's language where it has them.
pub(in crate::pages) fn joined(parts: impl IntoIterator<Item = Content>) -> Content {
    let texts: Vec<String> = parts.into_iter().map(|part| part.to_string()).collect();
    Content::Html(texts.join(" · "))
}

/// A body of a page being put together from sections.
pub(in crate::pages) struct Body<'v> {
    /// For whom.
    pub visit: &'v Visit,
    /// Words of the parts.
    pub words: Words,
    html: String,
}

impl<'v> Body<'v> {
    /// An empty body.
    pub fn new(visit: &'v Visit) -> Self {
        Self { visit, words: visit.words(), html: String::new() }
    }

    /// One more part.
    pub fn push(&mut self, part: impl Display) {
        let _ = write!(self.html, "{part}");
    }

    /// A heading with the id of its message, so that it can be pointed to.
    pub fn heading(&mut self, id: &str) {
        let words = Content::from(self.visit.text(id));
        let _ = write!(self.html, "<h2 class=\"govuk-heading-m\" id=\"{id}\">{words}</h2>");
    }

    /// A paragraph.
    pub fn paragraph(&mut self, words: impl Into<Content>) {
        let words: Content = words.into();
        let _ = write!(self.html, "<p class=\"govuk-body\">{words}</p>");
    }

    /// A paragraph of a message.
    pub fn say(&mut self, id: &str) {
        self.paragraph(self.visit.text(id));
    }

    /// Terms with what is known of each; nothing if there are none.
    pub fn terms(&mut self, terms: Definitions) {
        if !terms.rows.is_empty() {
            self.push(terms);
        }
    }

    /// A plain table; nothing if it has no rows.
    pub fn table(&mut self, id: &str, caption: &str, heads: &[&str], rows: Vec<Vec<Content>>) {
        if rows.is_empty() {
            return;
        }
        let columns = heads.iter().map(|head| Column::new(self.visit.text(head)));
        let mut table =
            DataTable::new(id, self.visit.text(caption), columns).quiet_caption().dense();
        for row in rows {
            table.push(row);
        }
        self.push(table);
    }

    /// What follows is closed until asked for.
    pub fn details(&mut self, summary: impl Into<Content>, content: impl Display) {
        let details = Details::new(summary, Content::Html(content.to_string()));
        self.push(details);
    }

    /// How sources are cited, closed, and the finished body.
    pub fn finish(mut self) -> String {
        let documents = documents(self.visit);
        self.details(self.visit.text("register-documents"), documents);
        self.html
    }

    /// The body as it is.
    pub fn plain(self) -> String {
        self.html
    }

    /// Where a fact comes from.
    pub fn source(&self, provenance: &Provenance) -> SourceLine {
        let shown = date(self.visit, provenance.as_of);
        let as_of = self.visit.format("register-as-of", &[("date", shown.into())]);
        let cited = if provenance.source == "GK" {
            self.visit.text("register-general-knowledge").into()
        } else {
            english(self.visit, &provenance.source)
        };
        SourceLine::new(&self.words, cited, as_of)
    }

    /// A value with its remark, how sure it is where not certain, and whether it is disputed.
    pub fn remarked(&self, value: impl Into<Content>, provenance: &Provenance) -> Content {
        let mut html = value.into().to_string();
        if let Some(note) = &provenance.note {
            let note = english(self.visit, note);
            let _ = write!(html, " <span class=\"p-small p-muted\">({note})</span>");
        }
        if matches!(provenance.confidence, Confidence::Medium | Confidence::Low) {
            let sure = word(self.visit, "register-sure", provenance.confidence.code());
            let _ = write!(html, " <span class=\"p-small p-muted\">{}</span>", Content::from(sure));
        }
        if let Some(disputed) = &provenance.disputed {
            let link = Button::link(self.visit.text("register-conflict"), format!("#s-{disputed}"));
            let _ = write!(html, "<br>{}", link.small().secondary());
        }
        Content::Html(html)
    }

    /// A fact with its source.
    pub fn fact(&self, value: impl Into<Content>, provenance: &Provenance) -> Known {
        Known::sourced(self.remarked(value, provenance), self.source(provenance))
    }

    /// A value in a cell, with its source under it.
    pub fn cell(&self, value: impl Into<Content>, provenance: &Provenance) -> Content {
        let value = self.remarked(value, provenance);
        Content::Html(format!("{value} {}", self.source(provenance)))
    }

    /// Unknown, with the reason.
    pub fn unknown(&self, why: &str) -> Known {
        Known::unknown(&self.words, english(self.visit, why))
    }

    /// What is stated about something that can be given, denied or unknown.
    pub fn stated<T>(&self, stated: &Stated<T>, given: impl FnOnce(&T) -> Known) -> Known {
        match stated {
            Stated::Given(value) => given(value),
            Stated::None { why, provenance } => {
                let none = Content::from(self.visit.text("word-none"));
                let why = english(self.visit, why);
                self.fact(Content::Html(format!("{none}: {why}")), provenance)
            }
            Stated::Unknown { why } => self.unknown(why),
        }
    }

    /// Why a list is empty: a paragraph, or nothing if it is given.
    pub fn absence<T>(&mut self, stated: &Stated<T>) {
        match stated {
            Stated::Given(_) => {}
            Stated::None { why, provenance } => {
                let why = english(self.visit, why);
                let source = self.source(provenance);
                let none = Content::from(self.visit.text("word-none"));
                self.paragraph(Content::Html(format!("{none}: {why} {source}")));
            }
            Stated::Unknown { why } => {
                let unknown = Content::from(self.words.unknown.clone());
                let why = english(self.visit, why);
                self.paragraph(Content::Html(format!(
                    "<span class=\"p-unknown\">{unknown}</span> <span class=\"p-src\">{why}</span>"
                )));
            }
        }
    }

    /// All statements about one fact, side by side, the preferred one marked.
    pub fn statements<T: PartialEq>(
        &self,
        all: &Statements<T>,
        show: impl Fn(&T) -> Content,
    ) -> Known {
        match all.all() {
            [] => self.unknown_untold(),
            [one] => self.fact(show(&one.value), &one.provenance),
            several => Known::Conflict(
                several
                    .iter()
                    .map(|said| {
                        let value = self.remarked(show(&said.value), &said.provenance);
                        (self.marked(value, said.preferred), self.source(&said.provenance))
                    })
                    .collect(),
            ),
        }
    }

    /// A value, marked if the register follows it.
    pub fn marked(&self, value: Content, preferred: bool) -> Content {
        if !preferred {
            return value;
        }
        let tag = crate::components::Tag::coloured(self.visit.text("register-preferred"), "green");
        Content::Html(format!("{value} {tag}"))
    }

    /// Unknown because no source of the register says.
    pub fn unknown_untold(&self) -> Known {
        Known::unknown(&self.words, self.visit.text("adherence-unknown"))
    }

    /// How often something happens.
    pub fn cadence(&self, cadence: Cadence) -> String {
        let shown = |number: u32| self.visit.whole(number as usize);
        let (times, years) = (cadence.times, cadence.years);
        let values = [
            ("times", times.into()),
            ("years", years.into()),
            ("shown", if years == 1 { shown(times) } else { shown(years) }.into()),
        ];
        match (times, years) {
            (_, 1) => self.visit.format("cadence-a-year", &values),
            (1, _) => self.visit.format("cadence-every", &values),
            _ => self.visit.format(
                "cadence-times",
                &[("times", shown(times).into()), ("years", shown(years).into())],
            ),
        }
    }
}

/// What the keys of documents stand for.
fn documents(visit: &Visit) -> String {
    let mut list = String::from("<dl class=\"govuk-body-s\">");
    for (key, what) in DOCUMENTS {
        let what = english(visit, what);
        let _ = write!(list, "<dt><bdi>{key}</bdi></dt><dd>{what}</dd>");
    }
    list.push_str("</dl>");
    list
}
