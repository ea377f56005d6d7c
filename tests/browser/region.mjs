// A browser at a demonstration region, and small helpers the checks share.
import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

export const address = process.env.PALERMO_ADDRESS ?? "http://127.0.0.1:8470";
export const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function open() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });
}

/** Steps into someone's role; nobody if `email` is empty. */
export async function stepIn(page, email, lang = "en") {
  if (!email) return;
  await page.goto(`${address}/${lang}/demo`);
  await page.locator(`form:has(input[value="${email}"]) button`).first().click();
  await page.waitForURL("**/work**");
}

let failed = 0;
let passed = 0;

/** One named check; a failure is told and counted, and the others still run. */
export async function check(name, work) {
  try {
    await work();
    passed += 1;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n        ${String(error.message ?? error).split("\n").slice(0, 4).join("\n        ")}`);
  }
}

export function must(condition, message) {
  if (!condition) throw new Error(message);
}

export function close() {
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exit(1);
}
