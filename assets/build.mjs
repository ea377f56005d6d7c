// Builds everything the program serves from what lies in this folder.
//   node build.mjs OUT     writes palermo.{ltr,rtl}.css, palermo.js, favicon.svg, map/*.json
// The same input gives the same bytes: no time, no host, no random name goes in.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import postcss from "postcss";
import rtlcss from "rtlcss";
import * as sass from "sass";
import { slim } from "./slim.mjs";
import { worldMap } from "./map/world.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? path.join(here, "../crates/palermo-web/static"));

const budgets = { "palermo.ltr.css": 18_000, "palermo.rtl.css": 18_000, "palermo.js": 15_000 };

function sheet(name) {
  return sass.compile(path.join(here, "scss", name), {
    loadPaths: [path.join(here, "node_modules")],
    style: "expanded",
    sourceMap: false,
    charset: false,
  }).css;
}

function squeeze(css) {
  return sass.compileString(css, { style: "compressed", charset: false }).css + "\n";
}

function write(name, text) {
  const file = path.join(out, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  const gzip = gzipSync(text, { level: 9 }).length;
  console.log(`${name} ${Buffer.byteLength(text)} bytes, ${gzip} gzip`);
  if (budgets[name] && gzip > budgets[name]) {
    throw new Error(`\`${name}\` is ${gzip} bytes gzip; the budget is ${budgets[name]}`);
  }
}

const ltr = postcss([slim]).process(sheet("palermo.scss"), { from: undefined }).css;
const rtl = rtlcss.process(ltr) + sheet("rtl.scss");
for (const [name, css] of [["palermo.ltr.css", ltr], ["palermo.rtl.css", rtl]]) {
  const text = squeeze(css);
  if (/url\(|@import|@font-face/.test(text)) {
    throw new Error(`\`${name}\` asks for another file, which the content policy refuses`);
  }
  write(name, text);
}

const script = buildSync({
  entryPoints: [path.join(here, "js/palermo.js")],
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2018"],
  charset: "utf8",
  legalComments: "none",
  write: false,
}).outputFiles[0].text;
write("palermo.js", script);

for (const name of ["favicon.svg"]) {
  write(name, fs.readFileSync(path.join(here, "images", name), "utf8"));
}
write("map/world.json", worldMap());
write("map/meridian.json", fs.readFileSync(path.join(here, "map/meridian.json"), "utf8"));
