//! Where names stand on a map: whole inside the drawing, and none over another, with the
//! large letters of a phone too.

use super::{Name, WIDTH};

/// Height of letters in units of the drawing: on a wide page, and on a phone, where the
/// drawing shrinks and the letters must not (`_figures.scss`).
const WIDE: f64 = 14.0;
const SMALL: f64 = 25.0;
/// Half the width of a letter, as a share of its height.
const HALF_LETTER: f64 = 0.29;
/// What letters such as `g` need under their line.
const BELOW: i32 = 4;
/// How far aside and how far up or down a name may move from its own place.
const ASIDE: [i32; 9] = [0, -12, 12, -24, 24, -36, 36, -48, 48];
const LINES: [i32; 7] = [0, -10, 10, -20, 20, -30, 30];

/// The room a name takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Room {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Room {
    /// Room of a name centred at `x` on the line `y`, with letters so high.
    pub fn of(text: &str, (x, y): (i32, i32), letters: f64) -> Self {
        let half = half_width(text, letters);
        let (x, bottom) = (f64::from(x), f64::from(y + BELOW));
        Self { left: x - half, top: f64::from(y) - letters, right: x + half, bottom }
    }

    pub fn inside(&self, height: i32) -> bool {
        self.left >= 0.0
            && self.right <= WIDTH
            && self.top >= 0.0
            && self.bottom <= f64::from(height)
    }

    pub fn touches(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// Half of what a name takes in width, with a little air.
fn half_width(text: &str, letters: f64) -> f64 {
    #[allow(clippy::cast_precision_loss)] // names are short
    let count = text.chars().count() as f64;
    count * letters * HALF_LETTER + 3.0
}

/// Room taken by names with letters of one height.
struct Taken {
    letters: f64,
    height: i32,
    rooms: Vec<Room>,
}

impl Taken {
    fn new(letters: f64, height: i32) -> Self {
        Self { letters, height, rooms: Vec::new() }
    }

    /// Whether a name may stand there: inside the drawing and over no other.
    fn free(&self, text: &str, at: (i32, i32)) -> bool {
        let room = Room::of(text, at, self.letters);
        room.inside(self.height) && !self.rooms.iter().any(|other| room.touches(other))
    }

    fn take(&mut self, text: &str, at: (i32, i32)) {
        self.rooms.push(Room::of(text, at, self.letters));
    }

    /// The free place nearest to where a name belongs.
    fn nearest(&self, text: &str, at: (i32, i32), also: &Self) -> Option<(i32, i32)> {
        let (x, y) = self.drawn_in(text, at);
        let places = LINES.iter().flat_map(|dy| ASIDE.iter().map(move |dx| (*dx, *dy)));
        places
            .map(|(dx, dy)| (dx.abs() + dy.abs(), (x + dx, y + dy)))
            .filter(|(_, place)| self.free(text, *place) && also.free(text, *place))
            .min_by_key(|(far, _)| *far)
            .map(|(_, place)| place)
    }

    /// A place near the edge moved in, until the whole name is inside.
    fn drawn_in(&self, text: &str, (x, y): (i32, i32)) -> (i32, i32) {
        let half = up(half_width(text, self.letters));
        let (first, last) = (half, up(WIDTH) - half);
        let (top, bottom) = (up(self.letters), self.height - BELOW);
        let x = if first <= last { x.clamp(first, last) } else { x };
        (x, if top <= bottom { y.clamp(top, bottom) } else { y })
    }
}

/// Finds a place for each name, in the order of importance. One that finds none with the
/// letters of a phone is marked minor and shown on wide pages alone.
pub(super) fn placed<'a>(
    wanted: impl IntoIterator<Item = ((i32, i32), &'a str)>,
    height: i32,
) -> Vec<Name> {
    let mut wide = Taken::new(WIDE, height);
    let mut small = Taken::new(SMALL, height);
    let mut names = Vec::new();
    for (at, text) in wanted {
        let everywhere = small.nearest(text, at, &wide);
        let minor = everywhere.is_none();
        let Some(place) = everywhere.or_else(|| wide.nearest(text, at, &wide)) else { continue };
        wide.take(text, place);
        if !minor {
            small.take(text, place);
        }
        names.push(Name { x: place.0, y: place.1, text: text.to_owned(), minor });
    }
    names
}

#[allow(clippy::cast_possible_truncation)] // bounded by the drawing's edge
fn up(value: f64) -> i32 {
    value.ceil() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(names: &[Name], letters: f64, height: i32) {
        let rooms: Vec<Room> =
            names.iter().map(|name| Room::of(&name.text, (name.x, name.y), letters)).collect();
        for (at, room) in rooms.iter().enumerate() {
            assert!(room.inside(height), "`{}` leaves the drawing", names[at].text);
            for (other, second) in rooms.iter().enumerate().skip(at + 1) {
                let (one, two) = (&names[at].text, &names[other].text);
                assert!(!room.touches(second), "`{one}` runs into `{two}`");
            }
        }
    }

    #[test]
    fn neighbours_move_aside_and_a_name_at_the_edge_moves_in() {
        let wanted = [((100, 60), "Bremora"), ((204, 50), "Cadrinth"), ((620, 8), "Fenlua")];
        let names = placed(wanted, 300);
        assert_eq!(names.len(), 3);
        assert!(names.iter().all(|name| !name.minor));
        assert_eq!((names[0].x, names[0].y), (100, 60), "the first stays where it belongs");
        apart(&names, SMALL, 300);
        apart(&names, WIDE, 300);
    }

    #[test]
    fn a_name_without_room_on_a_phone_is_minor_and_stays_on_wide_pages() {
        let wanted = [((40, 26), "Avelmar"), ((45, 40), "Bremora")];
        let names = placed(wanted, 60);
        apart(&names, WIDE, 60);
        let shown: Vec<bool> = names.iter().map(|name| name.minor).collect();
        assert!(shown.first() == Some(&false), "{shown:?}");
    }
}
