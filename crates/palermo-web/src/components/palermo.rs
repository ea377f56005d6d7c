//! Palermo's own parts: figures at a glance, cards, sourced facts, timeline, status line, foot.

use askama::Template;

use super::content::{Content, parts};
use super::words::Words;

/// A number and what it counts. Write the number for its reader before it comes here.
#[derive(Clone, Debug, Default)]
pub struct Kpi {
    /// The number.
    pub value: Content,
    /// Who or what is counted.
    pub label: Content,
    /// Change, date, or what is hidden.
    pub note: Content,
    /// `warn` or `danger`, else plain. The note must say why.
    pub tone: &'static str,
    /// Where the list behind the number is.
    pub href: String,
}

impl Kpi {
    /// A plain number.
    pub fn new(value: impl Into<Content>, label: impl Into<Content>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }

    /// A line under it.
    #[must_use]
    pub fn note(mut self, note: impl Into<Content>) -> Self {
        self.note = note.into();
        self
    }

    /// `warn` or `danger`.
    #[must_use]
    pub fn tone(mut self, tone: &'static str) -> Self {
        self.tone = tone;
        self
    }

    /// Where the list behind the number is.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }
}

/// A few numbers side by side.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/kpis.html")]
pub struct Kpis {
    /// The numbers: four at most read well.
    pub items: Vec<Kpi>,
}

impl Kpis {
    /// Numbers in their order.
    pub fn new(items: impl IntoIterator<Item = Kpi>) -> Self {
        Self { items: items.into_iter().collect() }
    }
}

/// A box that leads somewhere or sums something up.
#[derive(Clone, Debug, Default)]
pub struct Card {
    /// Title.
    pub title: Content,
    /// Where it leads; the whole card answers the pointer.
    pub href: String,
    /// Lines under the title.
    pub lines: Vec<Content>,
    /// Tags at its foot.
    pub tags: Vec<super::Tag>,
}

impl Card {
    /// A card with a title.
    pub fn new(title: impl Into<Content>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// A card that leads somewhere.
    pub fn link(title: impl Into<Content>, href: impl Into<String>) -> Self {
        Self { title: title.into(), href: href.into(), ..Self::default() }
    }

    /// One more line.
    #[must_use]
    pub fn line(mut self, line: impl Into<Content>) -> Self {
        self.lines.push(line.into());
        self
    }

    /// One more tag.
    #[must_use]
    pub fn tag(mut self, tag: super::Tag) -> Self {
        self.tags.push(tag);
        self
    }
}

/// Cards in a grid.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/cards.html")]
pub struct Cards {
    /// The cards.
    pub items: Vec<Card>,
    /// Level of the titles: 2 or 3.
    pub level: u8,
}

impl Cards {
    /// Cards under a heading of level `level - 1`.
    pub fn new(level: u8, items: impl IntoIterator<Item = Card>) -> Self {
        Self { items: items.into_iter().collect(), level }
    }
}

/// Where a fact comes from: words already in the reader's language.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/source-line.html")]
pub struct SourceLine {
    /// "Source" in the reader's language.
    pub label: String,
    /// Title of the source, with paragraph.
    pub title: Content,
    /// Where it can be read.
    pub href: String,
    /// As of when.
    pub as_of: Content,
}

impl SourceLine {
    /// A source and the date the fact was true.
    pub fn new(words: &Words, title: impl Into<Content>, as_of: impl Into<Content>) -> Self {
        Self {
            label: words.source.clone(),
            title: title.into(),
            as_of: as_of.into(),
            ..Self::default()
        }
    }

    /// Where it can be read.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }
}

/// What is known of something.
#[derive(Clone, Debug)]
pub enum Known {
    /// A fact, with its source where there is one.
    Fact {
        /// What is known.
        value: Content,
        /// Where from.
        source: Option<SourceLine>,
    },
    /// The sources do not say, and why.
    Unknown {
        /// "Unknown" in the reader's language.
        word: String,
        /// The reason.
        reason: Content,
    },
    /// Sources contradict one another: shown side by side, none preferred.
    Conflict(Vec<(Content, SourceLine)>),
}

impl Known {
    /// A fact without a source of its own.
    pub fn fact(value: impl Into<Content>) -> Self {
        Self::Fact { value: value.into(), source: None }
    }

    /// A fact with its source.
    pub fn sourced(value: impl Into<Content>, source: SourceLine) -> Self {
        Self::Fact { value: value.into(), source: Some(source) }
    }

    /// Unknown, and why.
    pub fn unknown(words: &Words, reason: impl Into<Content>) -> Self {
        Self::Unknown { word: words.unknown.clone(), reason: reason.into() }
    }
}

/// Terms with what is known of each, from where, as of when.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/definitions.html")]
pub struct Definitions {
    /// Terms and what is known.
    pub rows: Vec<(Content, Known)>,
}

impl Definitions {
    /// No rows yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One more term.
    #[must_use]
    pub fn row(mut self, term: impl Into<Content>, known: Known) -> Self {
        self.rows.push((term.into(), known));
        self
    }
}

/// One event.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// When, for its reader.
    pub date: Content,
    /// When, for machines; empty if only partly known.
    pub datetime: String,
    /// What happened.
    pub title: Content,
    /// More about it.
    pub body: Content,
    /// Not yet: drawn dotted, and the words should say so too.
    pub future: bool,
}

/// Events, one under another.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/timeline.html")]
pub struct Timeline {
    /// The events in their order.
    pub events: Vec<Event>,
    /// Level of the titles.
    pub level: u8,
}

impl Timeline {
    /// Events under a heading of level `level - 1`.
    pub fn new(level: u8, events: impl IntoIterator<Item = Event>) -> Self {
        Self { events: events.into_iter().collect(), level }
    }
}

/// A line across the very top: demonstration, preview, offline, waiting.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/status-bar.html")]
pub struct StatusBar {
    /// What one must know.
    pub content: Content,
    /// `info`, `danger`, or empty for a warning.
    pub tone: &'static str,
}

impl StatusBar {
    /// A warning line.
    pub fn new(content: impl Into<Content>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

/// The foot of every page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/footer.html")]
pub struct Footer {
    /// Label of the links.
    pub label: String,
    /// Words and addresses.
    pub links: Vec<(Content, String)>,
    /// Lines under them.
    pub notes: Vec<Content>,
}

/// Said where a list has nothing in it: why, and what one can do.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/empty.html")]
pub struct Empty {
    /// The words.
    pub content: Content,
}

impl Empty {
    /// Nothing here, and what to do about it.
    pub fn new(content: impl Into<Content>) -> Self {
        Self { content: content.into() }
    }
}

/// Contents of a page, or pages of a section, in the narrow column.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/side-navigation.html")]
pub struct SideNavigation {
    /// Label.
    pub label: String,
    /// Words, address, and whether it is the page shown.
    pub items: Vec<(Content, String, bool)>,
}

/// Warns before the session ends. The script shows it; without scripts the page for signing in
/// again keeps what was typed.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/idle-warning.html")]
pub struct IdleWarning {
    /// Seconds without a request until the session ends.
    pub idle_seconds: u32,
    /// Seconds before that when the warning shows.
    pub warn_seconds: u32,
    /// Address that answers 204 and keeps the session alive.
    pub keep_href: String,
    /// Where the page goes when the session has ended.
    pub ended_href: String,
    /// The warning.
    pub content: Content,
    /// Button that stays.
    pub stay: String,
}

parts!(
    Kpis,
    Cards,
    SourceLine,
    Definitions,
    Timeline,
    StatusBar,
    Footer,
    Empty,
    SideNavigation,
    IdleWarning,
);
