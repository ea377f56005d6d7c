//! Two-way tables as networks: rows and columns are nodes, cells are edges.
//!
//! In a two-way table with margins every change that keeps all sums is a
//! circulation once the sign of the margin cells is turned (Cox 1995). How far
//! a cell can move is then a maximum flow, and the reason why it cannot move
//! further a minimum cut: both far cheaper than a linear programme.

use super::frame::Frame;

/// Which way a cell is pushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Up,
    Down,
}

const TINY: f64 = 1e-9;

/// The network of a two-way table. `up` and `down` are how far each cell may
/// move by itself; 0 for a cell that is shown.
pub(crate) struct Network {
    columns: usize,
    rows: usize,
    adjacent: Vec<Vec<usize>>,
    cells: usize,
}

/// How far a cell moves, and the cells on the minimum cut with the direction
/// in which they limit it.
pub(crate) struct Push {
    pub(crate) flow: f64,
    pub(crate) cut: Vec<(usize, Side)>,
}

impl Network {
    pub(crate) fn of(frame: &Frame) -> Option<Self> {
        let (rows, columns) = frame.two_way_shape()?;
        let mut adjacent = vec![Vec::new(); rows + columns];
        for cell in 0..rows * columns {
            adjacent[cell / columns].push(cell);
            adjacent[rows + cell % columns].push(cell);
        }
        Some(Self { columns, rows, adjacent, cells: rows * columns })
    }

    // Exactly one of the two coordinates is a margin.
    fn turned(&self, cell: usize) -> bool {
        let margin_row = cell / self.columns == self.rows - 1;
        let margin_column = cell % self.columns == self.columns - 1;
        margin_row != margin_column
    }

    fn ends(&self, cell: usize) -> (usize, usize) {
        (cell / self.columns, self.rows + cell % self.columns)
    }

    // Moving along the edge of `cell` from `node`: which side of the cell it uses.
    fn side(&self, cell: usize, node: usize) -> Side {
        if (node < self.rows) == self.turned(cell) { Side::Down } else { Side::Up }
    }

    fn terminals(&self, cell: usize, side: Side) -> (usize, usize) {
        let (row, column) = self.ends(cell);
        // A flow row → column raises an unturned cell; it must come back.
        if (side == Side::Up) == self.turned(cell) { (row, column) } else { (column, row) }
    }

    fn other(&self, cell: usize, node: usize) -> usize {
        let (row, column) = self.ends(cell);
        if node == row { column } else { row }
    }

    /// The greatest movement of `cell` to one side, up to `wanted`, when the
    /// other cells may move by `up` and `down`. The cell's own room is ignored.
    pub(crate) fn push(
        &self,
        cell: usize,
        side: Side,
        up: &[f64],
        down: &[f64],
        wanted: f64,
    ) -> Push {
        let (source, sink) = self.terminals(cell, side);
        let mut moved = vec![0.0_f64; self.cells];
        let mut flow = 0.0;
        loop {
            let (parent, reached) = self.search(cell, source, sink, up, down, &moved);
            if !reached[sink] || flow >= wanted - TINY {
                let cut = if reached[sink] { Vec::new() } else { self.cut(cell, &reached) };
                return Push { flow, cut };
            }
            let mut room = wanted - flow;
            let mut node = sink;
            while node != source {
                let (edge, from) = parent[node];
                room = room.min(self.room(edge, from, up, down, &moved));
                node = from;
            }
            node = sink;
            while node != source {
                let (edge, from) = parent[node];
                moved[edge] += if self.side(edge, from) == Side::Up { room } else { -room };
                node = from;
            }
            flow += room;
        }
    }

    fn room(&self, edge: usize, from: usize, up: &[f64], down: &[f64], moved: &[f64]) -> f64 {
        match self.side(edge, from) {
            Side::Up => up[edge] - moved[edge],
            Side::Down => down[edge] + moved[edge],
        }
    }

    fn search(
        &self,
        skip: usize,
        source: usize,
        sink: usize,
        up: &[f64],
        down: &[f64],
        moved: &[f64],
    ) -> (Vec<(usize, usize)>, Vec<bool>) {
        let mut parent = vec![(usize::MAX, usize::MAX); self.adjacent.len()];
        let mut reached = vec![false; self.adjacent.len()];
        reached[source] = true;
        let mut queue = std::collections::VecDeque::from([source]);
        while let Some(node) = queue.pop_front() {
            if node == sink {
                break;
            }
            for &edge in &self.adjacent[node] {
                let next = self.other(edge, node);
                if edge != skip && !reached[next] && self.room(edge, node, up, down, moved) > TINY {
                    reached[next] = true;
                    parent[next] = (edge, node);
                    queue.push_back(next);
                }
            }
        }
        (parent, reached)
    }

    fn cut(&self, skip: usize, reached: &[bool]) -> Vec<(usize, Side)> {
        let mut out = Vec::new();
        for cell in (0..self.cells).filter(|&cell| cell != skip) {
            let (row, column) = self.ends(cell);
            if reached[row] != reached[column] {
                let from = if reached[row] { row } else { column };
                out.push((cell, self.side(cell, from)));
            }
        }
        out
    }

    /// Opens cells, cheapest first, until `cell` can move by `wanted`: each
    /// round takes the cheapest path (hidden cells are free) and sends along it
    /// what it carries. Returns the cells to hide, or nothing when even hiding
    /// all leaves the cell fixed.
    pub(crate) fn open(
        &self,
        cell: usize,
        side: Side,
        wanted: f64,
        bounds: (&[f64], &[f64]),
        price: &[f64],
    ) -> Option<Vec<usize>> {
        let (up, down) = bounds;
        let (source, sink) = self.terminals(cell, side);
        let mut price = price.to_vec();
        let mut moved = vec![0.0_f64; self.cells];
        let mut flow = 0.0;
        let mut opened = Vec::new();
        while flow < wanted - TINY {
            let parent = self.cheapest(cell, source, sink, up, down, &moved, &price)?;
            let mut path = Vec::new();
            let mut node = sink;
            let mut room = wanted - flow;
            while node != source {
                let (edge, from) = parent[node];
                room = room.min(self.room(edge, from, up, down, &moved));
                path.push((edge, from));
                node = from;
            }
            for (edge, from) in path {
                moved[edge] += if self.side(edge, from) == Side::Up { room } else { -room };
                if price[edge] > 0.0 {
                    price[edge] = 0.0;
                    opened.push(edge);
                }
            }
            flow += room;
        }
        Some(opened)
    }

    #[allow(clippy::too_many_arguments)]
    fn cheapest(
        &self,
        skip: usize,
        source: usize,
        sink: usize,
        up: &[f64],
        down: &[f64],
        moved: &[f64],
        price: &[f64],
    ) -> Option<Vec<(usize, usize)>> {
        let nodes = self.adjacent.len();
        let mut distance = vec![f64::INFINITY; nodes];
        let mut parent = vec![(usize::MAX, usize::MAX); nodes];
        let mut settled = vec![false; nodes];
        distance[source] = 0.0;
        // Dense Dijkstra: the graph is complete bipartite.
        loop {
            let node = (0..nodes)
                .filter(|&n| !settled[n] && distance[n].is_finite())
                .min_by(|&a, &b| distance[a].total_cmp(&distance[b]))?;
            if node == sink {
                return Some(parent);
            }
            settled[node] = true;
            for &edge in &self.adjacent[node] {
                let next = self.other(edge, node);
                // A small toll keeps paths short where hidden cells make them free.
                let through = distance[node] + price[edge] + 1e-6;
                if edge != skip
                    && !settled[next]
                    && through < distance[next]
                    && price[edge].is_finite()
                    && self.room(edge, node, up, down, moved) > TINY
                {
                    distance[next] = through;
                    parent[next] = (edge, node);
                }
            }
        }
    }
}
