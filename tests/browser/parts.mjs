// Tries the script of the parts on the gallery's pages, and the pages without it.
//   node parts.mjs [FOLDER]
import assert from "node:assert/strict";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = path.resolve(process.argv[2] ?? path.join(here, "../../target/gallery"));
const address = (name) => pathToFileURL(path.join(folder, name)).href;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
let done = 0;
async function on(name, settings, act) {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  await page.goto(address(name));
  await act(page, context);
  await context.close();
  done += 1;
}
const visible = (page, selector) => page.locator(selector).first().isVisible();

await on("parts-en.html", {}, async (page) => {
  assert.equal(await visible(page, "#one"), true);
  assert.equal(await visible(page, "#two"), false, "the second tab's panel is hidden");
  await page.locator("#tab_one").press("ArrowRight");
  assert.equal(await visible(page, "#two"), true, "the arrow key shows the next panel");
});
await on("parts-ar.html", {}, async (page) => {
  await page.locator("#tab_one").focus();
  await page.keyboard.press("ArrowLeft");
  assert.equal(await visible(page, "#two"), true, "in Arabic the next tab is on the left");
});
await on("parts-en.html", { javaScriptEnabled: false }, async (page) => {
  for (const part of ["#one", "#two", "#acc-content-1", "#acc-content-2"]) {
    assert.equal(await visible(page, part), true, `${part} shows without a script`);
  }
});
await on("parts-en.html", {}, async (page) => {
  assert.equal(await visible(page, "#acc-content-1"), false);
  await page.locator("#acc-heading-1").click();
  assert.equal(await visible(page, "#acc-content-1"), true);
  await page.getByRole("button", { name: "Show all sections" }).click();
  assert.equal(await visible(page, "#acc-content-2"), true);
  assert.ok(await page.getByRole("button", { name: "Hide all sections" }).isVisible());
});
await on("parts-en.html", {}, async (page) => {
  await page.fill("#note", "x".repeat(190));
  assert.ok(await page.getByText("Characters left: 10").first().isVisible());
  await page.fill("#note", "x".repeat(205));
  assert.ok(await page.getByText("Characters too many: 5").first().isVisible());
});
await on("parts-en.html", {}, async (page) => {
  await page.check("#langs-4");
  assert.equal(await page.isChecked("#langs"), false, "none of these clears the others");
  await page.check("#langs-2");
  assert.equal(await page.isChecked("#langs-4"), false);
});
await on("sign-in-en.html", {}, async (page) => {
  await page.fill("#passphrase", "four words go here");
  await page.getByRole("button", { name: "Show passphrase" }).click();
  assert.equal(await page.getAttribute("#passphrase", "type"), "text");
  await page.getByRole("button", { name: "Hide passphrase" }).click();
  assert.equal(await page.getAttribute("#passphrase", "type"), "password");
});
await on("form-en.html", {}, async (page) => {
  assert.equal(await visible(page, "#who"), false);
  await page.check("#papers-2");
  assert.equal(await visible(page, "#who"), true, "a choice reveals its question");
  const focused = await page.evaluate(() => document.activeElement.id);
  assert.equal(focused, "papers-2");
  await page.locator(".govuk-error-summary a").click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "papers");
});
await on("form-en.html", { javaScriptEnabled: false }, async (page) => {
  assert.equal(await visible(page, "#who"), true, "without a script every question shows");
});
await on("list-en.html", { viewport: { width: 360, height: 800 } }, async (page) => {
  assert.equal(await visible(page, "#navigation"), false, "the navigation is folded");
  await page.getByRole("button", { name: "Menu" }).click();
  assert.equal(await visible(page, "#navigation"), true);
  assert.equal(await visible(page, "#q"), false, "the filters are folded");
  await page.getByRole("button", { name: "Filter" }).click();
  assert.equal(await visible(page, "#q"), true);
});
await on("list-en.html", { javaScriptEnabled: false, viewport: { width: 360, height: 800 } }, async (page) => {
  assert.equal(await visible(page, "#navigation"), true);
  assert.equal(await visible(page, "#q"), true);
});

// Leaving: the page is blank within 100 ms, Back does not return, typing Shift in a word or
// slowly does not leave.
const gone = (page) => page.evaluate(() => document.body.classList.contains("p-blank"));
const toSafety = async (page) => {
  await page.evaluate(() => {
    const link = document.querySelector(".govuk-js-exit-this-page-button");
    link.href = location.href.replace("form-en", "sign-in-en");
  });
};
await on("list-en.html", {}, async (page) => {
  await page.goto(address("form-en.html"));
  await toSafety(page);
  const took = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const begin = performance.now();
        addEventListener("keyup", () => {
          if (document.body.classList.contains("p-blank")) resolve(performance.now() - begin);
        });
        for (let i = 0; i < 3; i++) {
          document.dispatchEvent(new KeyboardEvent("keydown", { key: "Shift", bubbles: true }));
          document.dispatchEvent(new KeyboardEvent("keyup", { key: "Shift", bubbles: true }));
        }
      }),
  );
  assert.ok(took < 100, `blank after ${took} ms`);
  await page.waitForURL(/sign-in-en/);
  await page.goBack();
  assert.match(page.url(), /list-en/, "the page left is not in the history");
});
await on("form-en.html", {}, async (page) => {
  await toSafety(page);
  await page.check("#papers-2");
  await page.locator("#who").pressSequentially("ABC");
  for (const key of ["Shift", "a", "Shift", "b", "Shift"]) await page.keyboard.press(key);
  assert.equal(await gone(page), false, "capitals and single presses do not leave");
  await page.keyboard.press("Shift");
  assert.equal(await gone(page), false);
});
await on("form-en.html", {}, async (page) => {
  await toSafety(page);
  await page.getByRole("button", { name: /Exit this page/ }).click();
  await page.waitForURL(/sign-in-en/);
});
await on("form-en.html", { javaScriptEnabled: false }, async (page) => {
  assert.match(await page.locator(".govuk-exit-this-page a").getAttribute("href"), /#gone/);
});

await browser.close();
console.log(`${done} checks of the parts passed`);
