//! Cuts and flattens a part of the world for one drawing.
//!
//! Plate carrée with the middle parallel true: borders stay straight to read, no part of a
//! region is blown up, and shared arcs stay shared because each is thinned once.

use std::collections::BTreeMap;

use super::WIDTH;
use super::geography::{Geography, bare};

/// Paths count in halves of a unit.
const FINE: f64 = 2.0;
/// Points nearer to the line than this, in halves, are left out.
const THIN: f64 = 1.6;
/// Free space round the States, as a share of their extent.
const MARGIN: f64 = 0.06;

/// A closed line in whole halves.
#[derive(Clone, Debug)]
pub(super) struct Ring {
    points: Vec<(i32, i32)>,
}

/// The part of the world a drawing shows.
#[derive(Clone, Debug)]
pub(super) struct View {
    /// The meridian west of which degrees are counted on the other side.
    seam: f64,
    west: f64,
    north: f64,
    squeeze: f64,
    scale: f64,
    height: f64,
}

impl View {
    /// The view that holds the main parts of these States.
    pub fn around(geography: &Geography, codes: &[&str]) -> Option<Self> {
        let known: Vec<_> =
            codes.iter().filter_map(|code| geography.countries.get(*code)).collect();
        if known.is_empty() {
            return None;
        }
        let seam = seam(known.iter().map(|country| country.label.0).collect());
        let mut bounds = Bounds::default();
        for country in &known {
            let label = (turned(country.label.0, seam), country.label.1);
            bounds.add((label.0 - 0.4, label.1 - 0.4));
            bounds.add((label.0 + 0.4, label.1 + 0.4));
            let rings: Vec<Vec<(f64, f64)>> =
                country.rings.iter().map(|ring| walked(&geography.arcs, ring, seam)).collect();
            let main = rings.iter().map(|ring| area(ring)).fold(0.0, f64::max);
            // Overseas parts far from the rest would shrink the region to a corner.
            for ring in rings.iter().filter(|ring| area(ring) > main * 0.4) {
                for point in ring {
                    bounds.add(*point);
                }
            }
        }
        Some(Self::fitted(bounds, seam))
    }

    fn fitted(bounds: Bounds, seam: f64) -> Self {
        let north = bounds.north.min(76.0);
        let south = bounds.south.max(-58.0).min(north - 0.1);
        let squeeze = ((north + south) / 2.0).to_radians().cos().max(0.2);
        let (dx, dy) = ((bounds.east - bounds.west) * squeeze, north - south);
        let (mx, my) = (dx * MARGIN + 0.1, dy * MARGIN + 0.1);
        let (width, tall) = (dx + 2.0 * mx, dy + 2.0 * my);
        // Tall regions get their width filled with sea, flat ones a strip.
        let height = (WIDTH * tall / width).clamp(250.0, 560.0);
        let scale = (WIDTH / width).min(height / tall);
        let west = bounds.west - ((WIDTH / scale - dx) / 2.0) / squeeze;
        let top = north + (height / scale - dy) / 2.0;
        Self { seam, west, north: top, squeeze, scale, height }
    }

    /// Height of the drawing.
    pub fn height(&self) -> i32 {
        whole(self.height)
    }

    fn project(&self, (lon, lat): (f64, f64)) -> (f64, f64) {
        ((lon - self.west) * self.squeeze * self.scale, (self.north - lat) * self.scale)
    }

    /// Where the name of a State stands, if it is in view.
    pub fn label(&self, geography: &Geography, code: &str) -> Option<(i32, i32)> {
        let (lon, lat) = geography.countries.get(code)?.label;
        let (x, y) = self.project((turned(lon, self.seam), lat));
        let inside = (0.0..=WIDTH).contains(&x) && (0.0..=self.height).contains(&y);
        inside.then(|| (whole(x), whole(y)))
    }

    /// Every country in view as rings cut to it.
    pub fn paths<'a>(&self, geography: &'a Geography) -> BTreeMap<&'a str, Vec<Ring>> {
        let thinned: Vec<Vec<(f64, f64)>> =
            geography.arcs.iter().map(|arc| self.thinned(arc)).collect();
        geography
            .countries
            .iter()
            .map(|(code, country)| {
                let rings = country
                    .rings
                    .iter()
                    .filter_map(|ring| self.cut(&walked(&thinned, ring, self.seam)))
                    .collect();
                (code.as_str(), rings)
            })
            .filter(|(_, rings): &(&str, Vec<Ring>)| !rings.is_empty())
            .collect()
    }

    /// Leaves out points that no reader could see, by Douglas and Peucker.
    fn thinned(&self, arc: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let flat: Vec<(f64, f64)> = arc
            .iter()
            .map(|(lon, lat)| (lon * self.squeeze * self.scale * FINE, lat * self.scale * FINE))
            .collect();
        let mut keep = vec![false; arc.len()];
        let mut waiting = vec![(0, arc.len().saturating_sub(1))];
        while let Some((from, to)) = waiting.pop() {
            for end in [from, to] {
                if let Some(mark) = keep.get_mut(end) {
                    *mark = true;
                }
            }
            let farthest = (from + 1..to)
                .filter_map(|i| {
                    Some((i, off_line(*flat.get(i)?, *flat.get(from)?, *flat.get(to)?)))
                })
                .max_by(|a, b| a.1.total_cmp(&b.1));
            if let Some((i, distance)) = farthest
                && distance > THIN
            {
                waiting.push((from, i));
                waiting.push((i, to));
            }
        }
        arc.iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| *point).collect()
    }

    /// The ring in whole halves, cut to the drawing by Sutherland and Hodgman; nothing if it
    /// lies outside.
    fn cut(&self, ring: &[(f64, f64)]) -> Option<Ring> {
        let edge = 6.0;
        let (left, top) = (-edge, -edge);
        let (right, bottom) = (WIDTH + edge, self.height + edge);
        let mut points: Vec<(f64, f64)> = ring.iter().map(|p| self.project(*p)).collect();
        points = clipped(&points, |p| p.0 - left);
        points = clipped(&points, |p| right - p.0);
        points = clipped(&points, |p| p.1 - top);
        points = clipped(&points, |p| bottom - p.1);
        let mut fine: Vec<(i32, i32)> =
            points.iter().map(|(x, y)| (whole(x * FINE), whole(y * FINE))).collect();
        fine.dedup();
        if fine.first() == fine.last() {
            fine.pop();
        }
        (fine.len() > 2).then_some(Ring { points: fine })
    }
}

impl Ring {
    fn area(&self) -> f64 {
        let points: Vec<(f64, f64)> =
            self.points.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).collect();
        area(&points)
    }

    /// The longer side of the ring's box, in halves.
    pub fn across(&self) -> f64 {
        let mut bounds = Bounds::default();
        for (x, y) in &self.points {
            bounds.add((f64::from(*x), f64::from(*y)));
        }
        (bounds.east - bounds.west).max(bounds.north - bounds.south)
    }

    /// The ring as a path with relative steps, which compress well.
    fn path(&self, out: &mut String) {
        let mut last = (0, 0);
        for (index, (x, y)) in self.points.iter().enumerate() {
            let (dx, dy) = (x - last.0, y - last.1);
            match index {
                0 => out.push_str(&format!("M{x} {y}l")),
                _ => {
                    if index > 1 && dx >= 0 {
                        out.push(' ');
                    }
                    out.push_str(&dx.to_string());
                    if dy >= 0 {
                        out.push(' ');
                    }
                    out.push_str(&dy.to_string());
                }
            }
            last = (*x, *y);
        }
        out.push('z');
    }
}

/// All rings of a country at least so large, as one path; its largest in any case.
pub(super) fn joined(rings: &[Ring], smallest: f64) -> String {
    let largest = rings.iter().map(Ring::area).fold(0.0, f64::max);
    let mut path = String::new();
    for ring in rings.iter().filter(|ring| ring.area() >= smallest.min(largest)) {
        if ring.area() >= smallest {
            ring.path(&mut path);
        }
    }
    path
}

#[derive(Clone, Copy, Debug)]
struct Bounds {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            west: f64::INFINITY,
            east: f64::NEG_INFINITY,
            south: f64::INFINITY,
            north: f64::NEG_INFINITY,
        }
    }
}

impl Bounds {
    fn add(&mut self, (x, y): (f64, f64)) {
        self.west = self.west.min(x);
        self.east = self.east.max(x);
        self.south = self.south.min(y);
        self.north = self.north.max(y);
    }
}

/// The middle of the widest stretch of longitude without a State: there the world is cut.
fn seam(mut longitudes: Vec<f64>) -> f64 {
    longitudes.sort_by(f64::total_cmp);
    let (Some(first), Some(last)) = (longitudes.first(), longitudes.last()) else {
        return -180.0;
    };
    let mut best = (first + 360.0 - last, (last + first + 360.0) / 2.0);
    for pair in longitudes.windows(2) {
        if let [a, b] = pair
            && b - a > best.0
        {
            best = (b - a, f64::midpoint(*a, *b));
        }
    }
    if best.1 > 180.0 { best.1 - 360.0 } else { best.1 }
}

fn turned(longitude: f64, seam: f64) -> f64 {
    if longitude < seam { longitude + 360.0 } else { longitude }
}

/// The points of a ring, all on the same side of the seam.
fn walked(arcs: &[Vec<(f64, f64)>], ring: &[i32], seam: f64) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for number in ring {
        let Some(arc) = arcs.get(bare(*number)) else { continue };
        // Neighbouring arcs share their end point.
        let skip = usize::from(!points.is_empty());
        if *number < 0 {
            points.extend(arc.iter().rev().skip(skip));
        } else {
            points.extend(arc.iter().skip(skip));
        }
    }
    #[allow(clippy::cast_precision_loss)]
    let middle = points.iter().map(|p| p.0).sum::<f64>() / points.len().max(1) as f64;
    if middle < seam {
        for point in &mut points {
            point.0 += 360.0;
        }
    }
    points
}

fn area(points: &[(f64, f64)]) -> f64 {
    let next = points.iter().cycle().skip(1);
    points.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs() / 2.0
}

fn off_line(p: (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx.hypot(dy);
    if length < 1e-9 {
        return (p.0 - a.0).hypot(p.1 - a.1);
    }
    ((p.0 - a.0) * dy - (p.1 - a.1) * dx).abs() / length
}

/// The part of a closed line where `inside` is not negative.
fn clipped(points: &[(f64, f64)], inside: impl Fn(&(f64, f64)) -> f64) -> Vec<(f64, f64)> {
    let mut kept = Vec::with_capacity(points.len());
    let Some(last) = points.last() else { return kept };
    let mut previous = *last;
    for point in points {
        let (before, now) = (inside(&previous), inside(point));
        if (before < 0.0) != (now < 0.0) {
            let share = before / (before - now);
            kept.push((
                previous.0 + (point.0 - previous.0) * share,
                previous.1 + (point.1 - previous.1) * share,
            ));
        }
        if now >= 0.0 {
            kept.push(*point);
        }
        previous = *point;
    }
    kept
}

#[allow(clippy::cast_possible_truncation)] // coordinates are bounded by the drawing's edge
fn whole(value: f64) -> i32 {
    value.round() as i32
}
