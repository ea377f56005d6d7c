// The whole path of a newcomer and of several roles, in a real browser.
import { address, check, close, must, open, stepIn } from "./region.mjs";

const browser = await open();
const within = async (options, work) => {
  const context = await browser.newContext(options);
  try {
    await work(await context.newPage(), context);
  } finally {
    await context.close();
  }
};

await check("the start page greets in four languages and directions", () =>
  within({}, async (page) => {
    for (const [lang, dir] of [["en", "ltr"], ["fr", "ltr"], ["es", "ltr"], ["ar", "rtl"]]) {
      await page.goto(`${address}/${lang}/`);
      must((await page.getAttribute("html", "dir")) === dir, `${lang} is written ${dir}`);
      must((await page.locator("h1").count()) === 1, `${lang} has one heading`);
      must((await page.locator(".p-bar").count()) === 1, `${lang} has the demonstration's banner`);
    }
  }));

await check("no cookie and no storage before sign-in, and no request to elsewhere", () =>
  within({}, async (page, context) => {
    const elsewhere = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(address) && !request.url().startsWith("data:")) elsewhere.push(request.url());
    });
    for (const path of ["/en/", "/en/mechanisms", "/en/help", "/en/sign-in"]) await page.goto(address + path);
    must((await context.cookies()).length === 0, "a cookie was set");
    must((await page.evaluate(() => localStorage.length + sessionStorage.length)) === 0, "something was stored");
    must(elsewhere.length === 0, `requests went to ${elsewhere}`);
  }));

await check("exit this page leaves at once, with the key and without a script", async () => {
  await within({}, async (page) => {
    await page.goto(`${address}/en/help`);
    for (let i = 0; i < 3; i += 1) await page.keyboard.press("Shift");
    await page.waitForURL("**/leave", { timeout: 3000 });
  });
  await within({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${address}/en/help`);
    await page.locator(".govuk-exit-this-page a").first().click();
    await page.waitForURL("**/leave");
  });
});

await check("signing in by typing works without a script, and a wrong passphrase keeps the address", () =>
  within({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${address}/en/sign-in`);
    await page.fill("#email", "omar@secretariat.meridian.example");
    await page.fill("#passphrase", "this is not the passphrase");
    await page.locator("main form button[type=submit], main form button:not([type])").first().click();
    must((await page.locator(".govuk-error-summary").count()) === 1, "no error summary");
    must((await page.inputValue("#email")) === "omar@secretariat.meridian.example", "the address was lost");
    await page.fill("#passphrase", "meridian lantern harbour demo");
    await page.locator("main form button[type=submit], main form button:not([type])").first().click();
    await page.waitForURL("**/work**");
  }));

await check("an administrator opens a desk; a mistake loses nothing typed", () =>
  within({}, async (page) => {
    await stepIn(page, "ruth@harbourhouse.example");
    await page.goto(`${address}/en/admin/desks/new`);
    await page.fill("#name", "مكتب الليل & Nuit");
    await page.fill("#state", "QQQQ");
    await page.fill("#time_zone", "Atlantic/Azores");
    await page.locator("main form .govuk-button").first().click();
    must((await page.locator(".govuk-error-summary li").count()) >= 2, "not every problem was named");
    must((await page.inputValue("#name")) === "مكتب الليل & Nuit", "the name was lost");
    await page.fill("#state", "XAA");
    await page.locator("input[name=level][value=national]").check();
    await page.locator("main form .govuk-button").first().click();
    await page.waitForURL("**/admin/desks/*done=desk-created");
    must((await page.textContent("h1")).includes("مكتب الليل & Nuit"), "the desk has another name");
    await page.goto(`${address}/en/admin/desks?q=nuit`);
    must((await page.locator("#desks tbody tr, table tbody tr").count()) === 1, "search does not find it");
  }));

await check("a role change asks for the factor again, then counts at once", () =>
  within({}, async (page) => {
    await stepIn(page, "ruth@harbourhouse.example");
    await page.goto(`${address}/en/admin/people`);
    await page.getByRole("link", { name: "Greta Moll" }).click();
    await page.selectOption("#role", "interpreter");
    await page.getByRole("button", { name: "Give" }).first().click();
    must((await page.locator("main").textContent()).includes("nterpreter"), "the role is not there");
  }));

await check("what one may not see answers as if it were not there", () =>
  within({}, async (page) => {
    await stepIn(page, "signe@northway.example");
    const audit = await page.goto(`${address}/en/audit`);
    const nothing = await page.goto(`${address}/en/no-such-page`);
    must(audit.status() === 404 && nothing.status() === 404, `answered ${audit.status()} and ${nothing.status()}`);
  }));

await check("the warning before a session ends can keep it alive", () =>
  within({}, async (page) => {
    await stepIn(page, "ruth@harbourhouse.example");
    const box = page.locator(".p-idle");
    must((await box.count()) === 1, "there is no warning on the page");
    const answer = await page.evaluate(async () => {
      const where = document.querySelector(".p-idle").dataset.keep;
      return (await fetch(where, { method: "POST", credentials: "same-origin" })).status;
    });
    must(answer === 204, `answered ${answer}`);
  }));

await check("signing out ends the session and Back shows nothing", () =>
  within({}, async (page, context) => {
    await stepIn(page, "ruth@harbourhouse.example");
    await page.goto(`${address}/en/account`);
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.waitForURL("**done=signed-out");
    await page.goBack();
    must(!(await page.content()).includes("ruth@harbourhouse.example"), "the account page came back");
    must((await context.cookies()).length === 0, "the cookie is still there");
  }));

await check("no page scrolls sideways at 320 px", () =>
  within({ viewport: { width: 320, height: 700 } }, async (page) => {
    await stepIn(page, "omar@secretariat.meridian.example", "ar");
    const wide = [];
    for (const path of ["/", "/work", "/mechanisms", "/states", "/instruments", "/agreements", "/laws", "/admin", "/admin/people", "/account", "/help", "/rights"]) {
      for (const lang of ["en", "ar"]) {
        await page.goto(`${address}/${lang}${path}`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (over > 0) wide.push(`${lang}${path} by ${over}`);
      }
    }
    must(wide.length === 0, wide.join(", "));
  }));

await check("a text is saved as it is typed, and the button works after that", () =>
  within({}, async (page) => {
    await stepIn(page, "ewa@lodestar.example");
    await page.goto(`${address}/en/reviews/lodestar-r2/XAA`);
    const form = page.locator("form[data-draft]:has(input[value='visit-notes'])");
    const open = () => form.evaluate((one) => (one.closest("details").open = true));
    await open();
    const before = await form.locator("input[name=revision]").inputValue();
    await form.locator("textarea").press("End");
    await form.locator("textarea").pressSequentially(" Asked again.");
    await form.locator("[data-said]", { hasText: "Saved" }).waitFor({ timeout: 15000 });
    must((await form.locator("input[name=revision]").inputValue()) !== before, "the revision stayed");
    await form.locator("textarea").pressSequentially(" Twice.");
    await form.locator("button").click();
    await page.waitForURL("**/lodestar-r2/XAA?**");
    await open();
    must((await form.locator("textarea").inputValue()).includes("Asked again. Twice."), "words were lost");
  }));

await browser.close();
close();
