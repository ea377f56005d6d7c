//! Ways between States on a map: from country to country and never to a town or a border post.
//! How many is written in the table; the width of a line tells it in four steps.

use askama::Template;

use super::{Dot, Geography, MapState, Name, RegionMap, Shape, View};
use crate::components::Content;

/// What a line stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// Persons who came this way and were found.
    #[default]
    There,
    /// The same, where the number may also be nought.
    Perhaps,
    /// Persons brought home.
    Home,
}

/// One line, or a ring where no border was crossed.
#[derive(Clone, Debug, Default)]
pub struct FlowArc {
    /// Code of the State it begins in.
    pub from: String,
    /// Code of the State it ends in.
    pub to: String,
    /// What is said of it.
    pub said: String,
    /// From 1 to 4.
    pub weight: u8,
    /// What it stands for.
    pub way: Way,
}

/// A map with ways on it.
#[derive(Clone, Debug)]
pub struct FlowMap<'a> {
    /// The map file.
    pub geography: &'a Geography,
    /// Id of the element that names the drawing.
    pub labelled_by: String,
    /// The States shown; the map is cut to them.
    pub states: Vec<MapState>,
    /// The ways, the strongest first.
    pub arcs: Vec<FlowArc>,
    /// What widths mean: way, weight, words.
    pub legend: Vec<(Way, u8, String)>,
    /// Names are written on the map.
    pub labels: bool,
    /// The reader's language is written from right to left.
    pub rtl: bool,
}

struct Line {
    path: String,
    head: String,
    class: String,
    title: String,
}

struct Ring {
    x: i32,
    y: i32,
    r: i32,
    class: String,
    title: String,
}

#[derive(Template)]
#[template(path = "components/figures/flowmap.html")]
struct Drawing<'a> {
    map: &'a FlowMap<'a>,
    height: i32,
    neighbours: Vec<String>,
    shapes: Vec<Shape>,
    dots: Vec<Dot>,
    names: Vec<Name>,
    lines: Vec<Line>,
    rings: Vec<Ring>,
    legend: Vec<(String, &'a str)>,
}

/// How far a line bends, as a share of its length: two ways between the same States part.
const BEND: f64 = 0.16;
/// Where a line begins and ends before its State's point, in units.
const BEFORE: f64 = 6.0;
const AFTER: f64 = 9.0;
/// Names stand so far above the points, so that lines do not cross them.
const LIFT: i32 = 12;

impl FlowMap<'_> {
    /// The drawing, or nothing if fewer than two States are on the map.
    pub fn draw(&self) -> Option<Content> {
        let base = RegionMap {
            geography: self.geography,
            labelled_by: self.labelled_by.clone(),
            states: self.states.clone(),
            legend: Vec::new(),
            rtl: self.rtl,
        };
        let (view, drawn) = base.drawing(LIFT)?;
        let mut lines = Vec::new();
        let mut rings = Vec::new();
        // The thinnest are drawn last, so that none disappears under another.
        for arc in &self.arcs {
            let (Some(from), Some(to)) =
                (self.point(&view, arc, &arc.from), self.point(&view, arc, &arc.to))
            else {
                continue;
            };
            let class = class(arc.way, arc.weight);
            if arc.from == arc.to {
                let r = 8 + i32::from(arc.weight) * 2;
                let (x, y) = (whole(from.0), whole(from.1));
                rings.push(Ring { x, y, r, class, title: arc.said.clone() });
            } else {
                lines.push(line(from, to, arc, class));
            }
        }
        let drawing = Drawing {
            map: self,
            height: drawn.height,
            neighbours: drawn.neighbours,
            shapes: drawn.shapes,
            dots: drawn.dots,
            names: if self.labels { drawn.names } else { Vec::new() },
            lines,
            rings,
            legend: self
                .legend
                .iter()
                .map(|(way, weight, words)| (class(*way, *weight), words.as_str()))
                .collect(),
        };
        Some(Content::html(&drawing))
    }

    fn point(&self, view: &View, arc: &FlowArc, code: &str) -> Option<(f64, f64)> {
        let (x, y) = view.label(self.geography, code)?;
        let (x, y) = (f64::from(x), f64::from(y));
        // Ways home run beside the others.
        Some(if arc.way == Way::Home { (x + 5.0, y + 5.0) } else { (x, y) })
    }
}

fn class(way: Way, weight: u8) -> String {
    let kind = match way {
        Way::There => "",
        Way::Perhaps => " p-dashed",
        Way::Home => " p-home",
    };
    format!("p-way p-way{}{kind}", weight.clamp(1, 4))
}

fn line(from: (f64, f64), to: (f64, f64), arc: &FlowArc, class: String) -> Line {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let bend = ((from.0 + to.0) / 2.0 - dy * BEND, (from.1 + to.1) / 2.0 + dx * BEND);
    let cut = |part: f64| (part / length).min(0.4);
    let (t0, t1) = (cut(BEFORE), 1.0 - cut(AFTER + f64::from(arc.weight)));
    let at = |t: f64, u: f64| -> (f64, f64) {
        // The blossom of the curve: its ends at t = u, its control point between.
        let mix = |a: f64, b: f64, c: f64| {
            (1.0 - t) * (1.0 - u) * a + ((1.0 - t) * u + t * (1.0 - u)) * b + t * u * c
        };
        (mix(from.0, bend.0, to.0), mix(from.1, bend.1, to.1))
    };
    let (start, middle, end) = (at(t0, t0), at(t0, t1), at(t1, t1));
    let path = format!(
        "M{} {}Q{} {} {} {}",
        whole(start.0),
        whole(start.1),
        whole(middle.0),
        whole(middle.1),
        whole(end.0),
        whole(end.1)
    );
    Line { path, head: head(middle, end, arc.weight), class, title: arc.said.clone() }
}

/// A small triangle where the line ends.
fn head(middle: (f64, f64), end: (f64, f64), weight: u8) -> String {
    let (dx, dy) = (end.0 - middle.0, end.1 - middle.1);
    let length = dx.hypot(dy).max(0.1);
    let (ux, uy) = (dx / length, dy / length);
    let size = 4.0 + f64::from(weight) * 1.6;
    let tip = (end.0 + ux * size, end.1 + uy * size);
    let side = size * 0.75;
    format!(
        "M{} {}L{} {}L{} {}z",
        whole(tip.0),
        whole(tip.1),
        whole(end.0 - uy * side),
        whole(end.1 + ux * side),
        whole(end.0 + uy * side),
        whole(end.1 - ux * side)
    )
}

#[allow(clippy::cast_possible_truncation)] // coordinates are bounded by the drawing's edge
fn whole(value: f64) -> i32 {
    value.round() as i32
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{super::names::Room, *};

    fn arc(from: &str, to: &str, way: Way) -> FlowArc {
        FlowArc { from: from.into(), to: to.into(), said: format!("{from} {to}"), weight: 2, way }
    }

    #[test]
    fn ways_there_ways_home_and_rings_at_home_are_told_apart() {
        let state =
            |code: &str| MapState { code: code.into(), name: code.into(), ..MapState::default() };
        let map = FlowMap {
            geography: Geography::meridian(),
            labelled_by: "t".into(),
            states: ["XAA", "XBB", "XFF"].map(state).to_vec(),
            arcs: vec![
                arc("XBB", "XAA", Way::There),
                arc("XAA", "XBB", Way::Home),
                arc("XAA", "XAA", Way::There),
                arc("XFF", "XAA", Way::Perhaps),
                arc("XZZ", "XAA", Way::There),
            ],
            legend: vec![(Way::There, 1, "1 to 9".into())],
            labels: true,
            rtl: false,
        };
        let html = map.draw().unwrap().to_string();
        assert_eq!(html.matches("p-way2 p-home").count(), 2, "a line and its head: {html}");
        assert_eq!(html.matches("<circle class=\"p-way").count(), 1, "one ring");
        assert_eq!(html.matches("p-way2 p-dashed").count(), 2, "perhaps nobody: {html}");
        assert!(!html.contains("XZZ XAA"), "a State that is not on the map has no line");
        assert!(!html.contains("NaN"));
    }

    /// What is said of a name in the drawing: `(class, x, y, words)`.
    fn names_of(html: &str) -> Vec<(bool, i32, i32, String)> {
        let number = |text: &str, name: &str| -> i32 {
            let rest = text.split(&format!("{name}=\"")).nth(1).unwrap();
            rest.split('"').next().unwrap().parse().unwrap()
        };
        html.split("<text")
            .skip(1)
            .map(|part| {
                let (tag, rest) = part.split_once('>').unwrap();
                let words = rest.split('<').next().unwrap().to_owned();
                (tag.contains("p-minor"), number(tag, " x"), number(tag, " y"), words)
            })
            .collect()
    }

    #[test]
    fn every_name_of_the_demonstration_stands_whole_and_alone_on_a_phone() {
        let codes = ["XAA", "XBB", "XCC", "XDD", "XEE", "XFF", "XGG"];
        let states = include_str!("../../../../../content/demo/states.csv");
        // Columns of the file: names in English, French, Spanish and Arabic.
        for column in 6..10 {
            let name = |code: &str| -> String {
                let line = states.lines().find(|line| line.starts_with(code)).unwrap();
                line.split(',').nth(column).unwrap().to_owned()
            };
            let state = |code: &str| MapState {
                code: code.into(),
                name: name(code),
                ..MapState::default()
            };
            let map = FlowMap {
                geography: Geography::meridian(),
                labelled_by: "t".into(),
                states: codes.map(state).to_vec(),
                arcs: vec![arc("XBB", "XAA", Way::There)],
                legend: Vec::new(),
                labels: true,
                rtl: column == 9,
            };
            let html = map.draw().unwrap().to_string();
            let height = html.split("viewBox=\"0 0 640 ").nth(1).unwrap();
            let height: i32 = height.split('"').next().unwrap().parse().unwrap();
            let names = names_of(&html);
            assert_eq!(names.len(), codes.len(), "a name is missing: {names:?}");
            assert!(names.iter().all(|name| !name.0), "a phone leaves out a name: {names:?}");
            let rooms: Vec<Room> =
                names.iter().map(|(_, x, y, words)| Room::of(words, (*x, *y), 25.0)).collect();
            for (at, room) in rooms.iter().enumerate() {
                assert!(room.inside(height), "{:?} leaves the picture", names.get(at));
                let others = rooms.iter().skip(at + 1);
                assert!(others.into_iter().all(|other| !room.touches(other)), "{names:?}");
            }
        }
    }

    #[test]
    fn a_line_there_and_a_line_back_do_not_cover_one_another() {
        let a = line((100.0, 100.0), (300.0, 100.0), &arc("a", "b", Way::There), String::new());
        let b = line((300.0, 100.0), (100.0, 100.0), &arc("b", "a", Way::There), String::new());
        assert_ne!(a.path, b.path);
        assert!(a.path.contains("Q") && !a.head.is_empty());
    }
}
