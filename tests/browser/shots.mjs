// Takes pictures of pages for people to look at: node shots.mjs OUT path …
// PALERMO_ADDRESS names the demonstration; PALERMO_AS someone to step in as.
import { chromium } from "playwright-core";
import { mkdirSync } from "node:fs";

const [out, ...paths] = process.argv.slice(2);
const address = process.env.PALERMO_ADDRESS ?? "http://127.0.0.1:8470";
mkdirSync(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"],
});
for (const [lang, width, scheme] of [["en", 1100, "light"], ["ar", 360, "light"], ["en", 360, "dark"]]) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
  const page = await context.newPage();
  if (process.env.PALERMO_AS) {
    await page.goto(`${address}/${lang}/demo`);
    await page.locator(`form:has(input[value="${process.env.PALERMO_AS}"]) button`).click();
    await page.waitForURL("**/work");
  }
  for (const path of paths) {
    await page.goto(`${address}/${lang}${path}`);
    const name = `${path.replaceAll(/[^a-z0-9]+/gi, "_")}_${lang}_${width}_${scheme}.png`;
    await page.screenshot({ path: `${out}/${name}`, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    console.log(name, wide > 0 ? `SCROLLS SIDEWAYS by ${wide}` : "");
  }
  await context.close();
}
await browser.close();
