//! A map of a mechanism's States, shaded by what is known of each.
//!
//! Borders are those of the map file a mechanism chose; the page must show its disclaimer with
//! the figure. Nothing on a map is a link: the table beside it has them, so that a reader
//! without sight or pointer misses nothing.

use std::collections::BTreeMap;

use askama::Template;

use crate::components::Content;

mod flows;
mod geography;
mod names;
mod view;

pub use flows::{FlowArc, FlowMap, Way};
pub use geography::Geography;
use view::View;

/// How strongly a State is filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shade {
    /// Known to be none: the ground of the scale.
    #[default]
    None,
    /// First step.
    Light,
    /// Second step.
    Middle,
    /// Third step.
    Strong,
    /// Fourth step.
    Full,
}

impl Shade {
    fn step(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Light => 1,
            Self::Middle => 2,
            Self::Strong => 3,
            Self::Full => 4,
        }
    }
}

/// One State on the map.
#[derive(Clone, Debug, Default)]
pub struct MapState {
    /// Three-letter code, as in the map file.
    pub code: String,
    /// Its name for this reader.
    pub name: String,
    /// What is said of it, such as "party since 2002".
    pub said: String,
    /// How strongly it is filled.
    pub shade: Shade,
    /// Drawn with a dashed border, as the mechanism's settings ask.
    pub dashed: bool,
}

/// A map of some States and their neighbours.
#[derive(Clone, Debug)]
pub struct RegionMap<'a> {
    /// The map file.
    pub geography: &'a Geography,
    /// Id of the element that names the drawing.
    pub labelled_by: String,
    /// The States shown; the map is cut to them.
    pub states: Vec<MapState>,
    /// What each shade means, for the legend.
    pub legend: Vec<(Shade, String)>,
    /// The reader's language is written from right to left.
    pub rtl: bool,
}

pub(crate) struct Shape {
    pub path: String,
    pub class: String,
    pub title: String,
}

pub(crate) struct Dot {
    pub x: i32,
    pub y: i32,
    pub class: String,
    pub title: String,
}

pub(crate) struct Name {
    pub x: i32,
    pub y: i32,
    pub text: String,
    /// Hidden on small screens, where it would run into another.
    pub minor: bool,
}

#[derive(Template)]
#[template(path = "components/figures/map.html")]
struct Drawing<'a> {
    map: &'a RegionMap<'a>,
    height: i32,
    neighbours: Vec<String>,
    shapes: Vec<Shape>,
    dots: Vec<Dot>,
    names: Vec<Name>,
    shades: Vec<(u8, &'a str)>,
}

/// Width of the drawing in its own units; paths count in halves of one.
pub(crate) const WIDTH: f64 = 640.0;
/// Smallest area, in square halves, at which a neighbour's island is drawn.
const SMALLEST_NEIGHBOUR: f64 = 60.0;
/// The same for a State of the map.
const SMALLEST_PART: f64 = 14.0;
/// A State smaller than this across gets a circle instead, in halves.
const SMALLEST_STATE: f64 = 18.0;

impl RegionMap<'_> {
    /// The drawing, or nothing if no State is on the map: then show the table alone.
    pub fn draw(&self) -> Option<Content> {
        let (_, drawing) = self.drawing(0)?;
        Some(Content::html(&drawing))
    }

    /// The view and what is drawn in it, with names so far above their States' points.
    fn drawing(&self, lift: i32) -> Option<(View, Drawing<'_>)> {
        let codes: Vec<&str> = self.states.iter().map(|state| state.code.as_str()).collect();
        let view = View::around(self.geography, &codes)?;
        let paths = view.paths(self.geography);
        let mut shapes = Vec::new();
        let mut dots = Vec::new();
        for state in &self.states {
            self.draw_state(state, &view, &paths, &mut shapes, &mut dots);
        }
        // A name must not cover the circle it belongs to.
        let lifted: Vec<(i32, i32)> = dots.iter().map(|dot| (dot.x, dot.y)).collect();
        let neighbours = paths
            .iter()
            .filter(|(code, _)| !codes.contains(code))
            .map(|(_, rings)| view::joined(rings, SMALLEST_NEIGHBOUR))
            .filter(|path| !path.is_empty())
            .collect();
        let drawing = Drawing {
            map: self,
            height: view.height(),
            neighbours,
            shapes,
            dots,
            names: self.names(&view, &lifted, lift),
            shades: self.legend.iter().map(|(s, words)| (s.step(), words.as_str())).collect(),
        };
        Some((view, drawing))
    }

    fn draw_state(
        &self,
        state: &MapState,
        view: &View,
        paths: &BTreeMap<&str, Vec<view::Ring>>,
        shapes: &mut Vec<Shape>,
        dots: &mut Vec<Dot>,
    ) {
        let title = match state.said.as_str() {
            "" => state.name.clone(),
            said => format!("{}: {said}", state.name),
        };
        let mut class = format!("p-s{}", state.shade.step());
        let rings = paths.get(state.code.as_str());
        let widest =
            rings.map_or(0.0, |rings| rings.iter().map(view::Ring::across).fold(0.0, f64::max));
        if widest < SMALLEST_STATE {
            if let Some((x, y)) = view.label(self.geography, &state.code) {
                dots.push(Dot { x, y, class, title });
            }
            return;
        }
        if state.dashed {
            class.push_str(" p-dashed");
        }
        let path = rings.map(|rings| view::joined(rings, SMALLEST_PART)).unwrap_or_default();
        shapes.push(Shape { path, class, title });
    }

    /// Names that do not run into one another, in the order of the States.
    fn names(&self, view: &View, circles: &[(i32, i32)], lift: i32) -> Vec<Name> {
        let wanted = self.states.iter().filter_map(|state| {
            let (x, y) = view.label(self.geography, &state.code)?;
            let clear = if circles.contains(&(x, y)) { 9 } else { 0 };
            Some(((x, y - clear - lift), state.name.as_str()))
        });
        names::placed(wanted, view.height())
    }
}
