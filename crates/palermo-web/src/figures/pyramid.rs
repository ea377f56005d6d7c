//! Two groups against one another by age.

use askama::Template;

use super::{Amount, percent};
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
}

impl Pyramid {
    fn longest(&self) -> f64 {
        self.groups
            .iter()
            .flat_map(|group| [group.first.drawn(), group.second.drawn()])
            .fold(0.0, f64::max)
    }

    /// How much of a side bars may take: intervals need more room for their text.
    fn room(&self) -> f64 {
        let texts = self.groups.iter().flat_map(|group| [&group.first.text, &group.second.text]);
        if texts.map(|text| text.chars().count()).max() > Some(5) { 52.0 } else { 76.0 }
    }

    fn oldest_first(&self) -> impl Iterator<Item = &AgeGroup> {
        self.groups.iter().rev()
    }

    /// The first group grows away from the middle towards where reading begins. What
    /// [`Self::room`] leaves stays free for the number.
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
        }
    }
}

parts!(Pyramid);
