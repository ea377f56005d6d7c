// Draws the invented Meridian region: nodes and borders by hand, coastlines roughened
// with a fixed seed. Run by hand when the region changes: node map/meridian.mjs
import fs from "node:fs";
import { compact } from "./world.mjs";

// Degrees on an empty ocean far from any land, so that nobody takes it for a place.
const n = {
  a: [-38.0, -30.0], b: [-34.5, -29.2], c: [-30.8, -29.6], d: [-27.6, -30.6], e: [-25.4, -32.6],
  f: [-25.8, -35.2], g: [-27.8, -37.2], h: [-31.0, -38.2], i: [-34.4, -37.6], j: [-37.4, -35.8],
  k: [-39.2, -33.0], p: [-35.2, -32.0], q: [-31.6, -32.4], r: [-28.8, -33.6], s: [-33.6, -34.8],
  t: [-30.0, -35.6],
};
const coast = 0.34;
const border = 0.18;
const arcs = {
  ab: ["a", "b", coast], bc: ["b", "c", coast], cd: ["c", "d", coast], de: ["d", "e", coast],
  ef: ["e", "f", coast], fg: ["f", "g", coast], gh: ["g", "h", coast], hi: ["h", "i", coast],
  ij: ["i", "j", coast], jk: ["j", "k", coast], ka: ["k", "a", coast],
  bp: ["b", "p", border], kp: ["k", "p", border], pq: ["p", "q", border], cq: ["c", "q", border],
  qr: ["q", "r", border], ps: ["p", "s", border],
  st: ["s", "t", border], rt: ["r", "t", border], is: ["i", "s", border], gt: ["g", "t", border],
};
const rings = {
  XBB: ["ab", "bp", "-kp", "ka"],
  XCC: ["bc", "cq", "-pq", "-bp"],
  XAA: ["cd", "de", "ef", "fg", "gt", "-rt", "-qr", "-cq"],
  XDD: ["kp", "ps", "-is", "ij", "jk"],
  XGG: ["pq", "qr", "rt", "-st", "-ps"],
  XEE: ["is", "st", "-gt", "gh", "hi"],
};
const islands = {
  XFF: [[-22.6, -30.6, 0.42], [-21.5, -31.5, 0.28], [-22.4, -32.2, 0.2], [-20.9, -30.5, 0.16]],
};

let state = 20_251_103;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};
function rough(a, b, size, depth) {
  if (depth === 0) return [b];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const bend = (random() - 0.5) * size * length;
  const m = [
    (a[0] + b[0]) / 2 - ((b[1] - a[1]) / length) * bend,
    (a[1] + b[1]) / 2 + ((b[0] - a[0]) / length) * bend,
  ];
  return [...rough(a, m, size, depth - 1), ...rough(m, b, size, depth - 1)];
}

const drawn = [];
const number = {};
for (const [name, [from, to, size]] of Object.entries(arcs)) {
  number[name] = drawn.length;
  drawn.push([n[from], ...rough(n[from], n[to], size * 1.5, size === coast ? 5 : 4)]);
}
const shapes = new Map();
for (const [name, ring] of Object.entries(rings)) {
  const indexes = ring.map((a) => (a.startsWith("-") ? ~number[a.slice(1)] : number[a]));
  shapes.set(name, [indexes]);
}
for (const [code, list] of Object.entries(islands)) {
  for (const [x, y, radius] of list) {
    const ring = [];
    for (let k = 0; k < 18; k++) {
      const r = radius * (0.72 + random() * 0.5);
      const angle = (k / 18) * 2 * Math.PI;
      ring.push([x + r * 1.25 * Math.cos(angle), y + r * 0.8 * Math.sin(angle)]);
    }
    ring.push(ring[0]);
    shapes.set(code, [...(shapes.get(code) ?? []), [drawn.length]]);
    drawn.push(ring);
  }
}
const labels = {
  XAA: [-27.4, -33.2], XBB: [-36.6, -31.2], XCC: [-33.1, -30.9], XDD: [-36.3, -34.4],
  XEE: [-31.6, -36.7], XFF: [-22.2, -31.3], XGG: [-31.9, -33.8],
};
fs.writeFileSync(new URL("./meridian.json", import.meta.url), compact(drawn, shapes, labels));
