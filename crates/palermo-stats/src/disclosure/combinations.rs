//! Counting every combination of attributes up to a length.
//!
//! The count of a combination is the number of records that have all its
//! attributes. All combinations up to length L are counted by walking from
//! each attribute to the records that have it; the last two attributes are
//! counted together in a dense square, so most of the work is adding one to a
//! cell of an array that fits the processor's cache.

use super::records::Attributes;
use rayon::prelude::*;

/// A combination packed into one number: 16 bits for each attribute, the first
/// attribute highest, so that numeric order within a length is dictionary order.
pub(crate) type Key = u128;

/// The longest combination that can be counted.
pub const LONGEST: usize = 8;

// A dense square of this many attributes takes 16 MB for each thread.
const DENSE_ATTRIBUTES: usize = 2048;

pub(crate) fn pack(items: &[u16]) -> Key {
    items.iter().fold(0, |key, &item| (key << 16) | Key::from(item))
}

pub(crate) fn unpack(key: Key, length: usize) -> Vec<u16> {
    (0..length).map(|at| ((key >> (16 * (length - 1 - at))) & 0xffff) as u16).collect()
}

/// One row of the working set: its attributes and how many records share them.
type Row<'a> = (&'a [u16], u32);
/// A row and the position after the last attribute of the current prefix.
type Member = (u32, u16);

/// Counts combinations of 1 to `length` attributes that occur at least `least`
/// times. Element i of the result holds the combinations of length i + 1 in
/// ascending order. Independent of the order of records and of threads.
pub(crate) fn count(attributes: &Attributes, length: usize, least: u32) -> Vec<Vec<(Key, u32)>> {
    let rows = attributes.distinct();
    let size = attributes.names.len();
    let mut inverted: Vec<Vec<Member>> = vec![Vec::new(); size];
    for (at, (items, _)) in rows.iter().enumerate() {
        for (position, &item) in items.iter().enumerate() {
            inverted[usize::from(item)].push((at as u32, position as u16 + 1));
        }
    }
    let parts: Vec<Vec<Vec<(Key, u32)>>> = (0..size)
        .into_par_iter()
        .map_init(
            || Scratch::new(size, length),
            |scratch, first| {
                let mut out = vec![Vec::new(); length];
                let members = &inverted[first];
                let total: u32 = members.iter().map(|m| rows[m.0 as usize].1).sum();
                if total >= least.max(1) {
                    out[0].push((first as Key, total));
                    let walk = Walk { rows: &rows, size, length, least: least.max(1) };
                    walk.extend(first as Key, 1, members, scratch, &mut out);
                }
                out
            },
        )
        .collect();
    let mut merged: Vec<Vec<(Key, u32)>> =
        (0..length).map(|at| Vec::with_capacity(parts.iter().map(|p| p[at].len()).sum())).collect();
    for part in parts {
        for (into, from) in merged.iter_mut().zip(part) {
            into.extend(from);
        }
    }
    merged
}

struct Scratch {
    single: Vec<u32>,
    square: Vec<u32>,
    touched: Vec<u32>,
}

impl Scratch {
    fn new(size: usize, length: usize) -> Self {
        let dense = length >= 3 && size <= DENSE_ATTRIBUTES;
        Self {
            single: vec![0; size],
            square: if dense { vec![0; size * size] } else { Vec::new() },
            touched: Vec::new(),
        }
    }
}

struct Walk<'a> {
    rows: &'a [Row<'a>],
    size: usize,
    length: usize,
    least: u32,
}

impl Walk<'_> {
    // Combinations that start with `prefix` (of `depth` attributes) and are longer.
    fn extend(
        &self,
        prefix: Key,
        depth: usize,
        members: &[Member],
        scratch: &mut Scratch,
        out: &mut [Vec<(Key, u32)>],
    ) {
        if depth >= self.length {
            return;
        }
        if depth + 2 == self.length && !scratch.square.is_empty() {
            self.two_levels(prefix, depth, members, scratch, out);
            return;
        }
        let found = self.one_level(prefix, depth, members, scratch, out);
        if depth + 1 >= self.length {
            return;
        }
        let mut slot = vec![u32::MAX; self.size];
        let mut buckets: Vec<(u16, Vec<Member>)> = Vec::with_capacity(found.len());
        for &(item, total) in &found {
            slot[usize::from(item)] = buckets.len() as u32;
            buckets.push((item, Vec::with_capacity(total.min(1 << 16) as usize)));
        }
        for &(row, from) in members {
            for (at, &item) in self.rows[row as usize].0.iter().enumerate().skip(usize::from(from))
            {
                let bucket = slot[usize::from(item)];
                if bucket != u32::MAX {
                    buckets[bucket as usize].1.push((row, at as u16 + 1));
                }
            }
        }
        for (item, inside) in buckets {
            self.extend((prefix << 16) | Key::from(item), depth + 1, &inside, scratch, out);
        }
    }

    fn one_level(
        &self,
        prefix: Key,
        depth: usize,
        members: &[Member],
        scratch: &mut Scratch,
        out: &mut [Vec<(Key, u32)>],
    ) -> Vec<(u16, u32)> {
        for &(row, from) in members {
            let (items, weight) = self.rows[row as usize];
            for &item in &items[usize::from(from)..] {
                let cell = &mut scratch.single[usize::from(item)];
                if *cell == 0 {
                    scratch.touched.push(u32::from(item));
                }
                *cell += weight;
            }
        }
        scratch.touched.sort_unstable();
        let mut found = Vec::new();
        for &item in &scratch.touched {
            let total = std::mem::take(&mut scratch.single[item as usize]);
            if total >= self.least {
                out[depth].push(((prefix << 16) | Key::from(item), total));
                found.push((item as u16, total));
            }
        }
        scratch.touched.clear();
        found
    }

    fn two_levels(
        &self,
        prefix: Key,
        depth: usize,
        members: &[Member],
        scratch: &mut Scratch,
        out: &mut [Vec<(Key, u32)>],
    ) {
        self.one_level(prefix, depth, members, scratch, out);
        for &(row, from) in members {
            let (items, weight) = self.rows[row as usize];
            let rest = &items[usize::from(from)..];
            for (at, &left) in rest.iter().enumerate() {
                let base = usize::from(left) * self.size;
                for &right in &rest[at + 1..] {
                    let cell = base + usize::from(right);
                    let value = &mut scratch.square[cell];
                    if *value == 0 {
                        scratch.touched.push(cell as u32);
                    }
                    *value += weight;
                }
            }
        }
        scratch.touched.sort_unstable();
        for &cell in &scratch.touched {
            let total = std::mem::take(&mut scratch.square[cell as usize]);
            if total >= self.least {
                let (left, right) = (cell as usize / self.size, cell as usize % self.size);
                let key = (prefix << 32) | ((left as Key) << 16) | right as Key;
                out[depth + 1].push((key, total));
            }
        }
        scratch.touched.clear();
    }
}
