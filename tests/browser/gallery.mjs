// Photographs and checks (width, scripts, axe) the gallery that `cargo nextest run -p palermo-web -E 'test(every_part)'` writes.
//   node gallery.mjs [FOLDER] [PAGE]     pictures go to FOLDER/pictures
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL, fileURLToPath } from "node:url";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = path.resolve(process.argv[2] ?? path.join(here, "../../target/gallery"));
const only = process.argv[3];
const pictures = path.join(folder, "pictures");
fs.mkdirSync(pictures, { recursive: true });
const pages = fs.readdirSync(folder).filter((f) => f.endsWith(".html") && (!only || f.startsWith(only)));
if (pages.length === 0) throw new Error(`no pages in ${folder}`);

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
let faults = 0;
for (const file of pages) {
  for (const width of [1100, 360, 320]) {
    for (const scheme of ["light", "dark"]) {
      const context = await browser.newContext({
        viewport: { width, height: 800 },
        colorScheme: scheme,
      });
      const page = await context.newPage();
      page.on("pageerror", (error) => {
        faults += 1;
        console.error(`${file} ${width} ${scheme}: ${error}`);
      });
      await page.goto(pathToFileURL(path.join(folder, file)).href);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) {
        faults += 1;
        console.error(`${file} at ${width} px is ${wide} px wide`);
      }
      if (width !== 320) {
        await page.addScriptTag({ content: axe });
        const found = await page.evaluate((values) => axe.run(document, { runOnly: values }), rules);
        for (const fault of found.violations) {
          faults += 1;
          const at = fault.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(" · ");
          console.error(`${file} ${width} ${scheme}: ${fault.id} (${fault.impact}) at ${at}`);
        }
        const name = `${file.replace(".html", "")}-${width}-${scheme}.png`;
        await page.screenshot({ path: path.join(pictures, name), fullPage: true });
      }
      await context.close();
    }
  }
}
await browser.close();
console.log(`${pages.length} pages, ${faults} faults, pictures in ${pictures}`);
process.exit(faults ? 1 : 0);
