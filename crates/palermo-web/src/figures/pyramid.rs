//! Two groups against one another by age.

use askama::Template;

use super::{Amount, NARROWEST, percent, pixels};
use crate::components::parts;

/// One age group.
#[derive(Clone, Debug, Default)]
pub struct AgeGroup {
    /// Its name, such as "15–17".
    pub label: String,
    /// The first group's amount.
    pub first: Amount,
    /// The second group's amount.
    pub second: Amount,
}

/// A population pyramid, oldest group on top. The first group stands where reading begins.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/figures/pyramid.html")]
pub struct Pyramid {
    /// Id of the element that names the drawing.
    pub labelled_by: String,
    /// Name of the first group.
    pub first: String,
    /// Name of the second group.
    pub second: String,
    /// The groups, youngest first.
    pub groups: Vec<AgeGroup>,
    /// The reader's language is written from right to left.
    pub rtl: bool,
}

struct Side {
    x: String,
    width: String,
    text_x: String,
    anchor: &'static str,
    class: u8,
    text: Option<String>,
}

impl Pyramid {
    fn longest(&self) -> f64 {
        self.groups
            .iter()
            .flat_map(|group| [group.first.drawn(), group.second.drawn()])
            .fold(0.0, f64::max)
    }

    /// How much of a side a text takes on the narrowest telephone, in percent.
    fn taken(&self, text: &str) -> f64 {
        let names = self.groups.iter().map(|group| pixels(&group.label, 15.0)).fold(56.0, f64::max);
        let side = ((NARROWEST - 16.0 - names) / 2.0).max(1.0);
        (pixels(text, 14.0) + 4.0) / side * 100.0
    }

    /// How much of a side bars may take, so that each leaves room for its number: intervals
    /// need more of it.
    fn room(&self) -> f64 {
        let longest = self.longest();
        let amounts = self.groups.iter().flat_map(|group| [&group.first, &group.second]);
        amounts
            .filter(|amount| amount.drawn() > 0.0)
            .map(|amount| (97.5 - self.taken(&amount.text)) * longest / amount.drawn())
            .fold(76.0, f64::min)
            .max(16.0)
    }

    fn oldest_first(&self) -> impl Iterator<Item = &AgeGroup> {
        self.groups.iter().rev()
    }

    /// The first group grows away from the middle towards where reading begins. What
    /// [`Self::room`] leaves stays free for the number; one that still does not fit is left to
    /// the table, since a number that is cut reads as another.
    fn side(&self, amount: &Amount, first: bool) -> Side {
        let longest = self.longest();
        let width = if longest > 0.0 { amount.drawn() / longest * self.room() } else { 0.0 };
        let on_left = first != self.rtl;
        let (x, text_x) =
            if on_left { (100.0 - width, 100.0 - width - 2.0) } else { (0.0, width + 2.0) };
        // Anchors follow the text's direction: the number must end at the bar on the left and
        // begin there on the right.
        let anchor = if on_left { "end" } else { "start" };
        Side {
            x: percent(x),
            width: percent(width),
            text_x: percent(text_x),
            anchor,
            class: if first { 3 } else { 1 },
            text: (width + 2.0 + self.taken(&amount.text) <= 100.0).then(|| amount.text.clone()),
        }
    }
}

parts!(Pyramid);
