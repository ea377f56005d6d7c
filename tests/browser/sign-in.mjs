// Ways to come in, tried on a real region: one-time codes, passkeys in
// Chromium's virtual authenticator (as second factor, alone, and to open one's
// key), and an organisation's own sign-in at an issuer that runs in this file.
// Starts its own region; PALERMO names the program.
import { spawn, spawnSync } from "node:child_process";
import { createHash, createHmac, generateKeyPairSync, sign } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, close, must, open } from "./region.mjs";

const program = process.env.PALERMO ?? new URL("../../target/debug/palermo", import.meta.url).pathname;
const port = Number(process.env.PALERMO_PORT ?? 8571);
const issuerPort = port + 1;
// Passkeys are bound to a name, so the region is asked for by name here.
const address = `http://localhost:${port}`;
const issuer = `http://127.0.0.1:${issuerPort}`;
const admin = "admin@region.example";
const passphrase = "seven copper lanterns over water";
const folder = mkdtempSync(join(tmpdir(), "palermo-sign-in-"));
const environment = { ...process.env, PALERMO_ALLOW_ROOT: "1", PALERMO_ALLOW_DEBUG_BUILD: "1" };
const place = ["--data", join(folder, "data"), "--key-file", join(folder, "root.key")];

writeFileSync(join(folder, "passphrase"), `${passphrase}\n`);
chmodSync(join(folder, "passphrase"), 0o600);
const made = spawnSync(program, ["init", "--mechanism", "ECOWAS", "--admin-email", admin, "--admin-passphrase-file", join(folder, "passphrase"), ...place], { env: environment, encoding: "utf8" });
must(made.status === 0, made.stderr);
const server = spawn(program, ["serve", ...place, "--listen", `127.0.0.1:${port}`, "--address", address, "--sign-in-host", `127.0.0.1:${issuerPort}`], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
await new Promise((ready, failed) => {
  server.stdout.on("data", (text) => String(text).includes("listening") && ready());
  server.on("exit", (status) => failed(new Error(`the region ended with ${status}`)));
});

/** The six digits of an authenticator (RFC 6238) at this moment, never twice the same step. */
let lastStep = 0;
async function oneTimeCode(letters) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...letters.replace(/[^A-Z2-7]/gi, "").toUpperCase()].map((c) => alphabet.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  let step = Math.floor(Date.now() / 30000);
  while (step <= lastStep) {
    await new Promise((later) => setTimeout(later, 1000));
    step = Math.floor(Date.now() / 30000);
  }
  lastStep = step;
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", key).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

// An invented provider: one person, who is always signed in there.
const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const codes = new Map();
let person = { sub: "person-7", tid: "T-1", amr: ["pwd"] };
const provider = createServer((request, response) => {
  const url = new URL(request.url, issuer);
  const json = (value, status = 200) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value));
  };
  if (url.pathname === "/authorize") {
    const asked = url.searchParams;
    const code = `code-${codes.size}`;
    codes.set(code, { challenge: asked.get("code_challenge"), nonce: asked.get("nonce") });
    const back = new URL(asked.get("redirect_uri"));
    back.searchParams.set("code", code);
    back.searchParams.set("state", asked.get("state"));
    response.writeHead(302, { location: back.href });
    return response.end();
  }
  if (url.pathname === "/keys") {
    return json({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k1", use: "sig" }] });
  }
  let body = "";
  request.on("data", (part) => { body += part; });
  request.on("end", () => {
    const form = new URLSearchParams(body);
    const begun = codes.get(form.get("code"));
    codes.delete(form.get("code"));
    const proof = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
    if (!begun || proof !== begun.challenge) return json({ error: "invalid_grant" }, 400);
    const now = Math.floor(Date.now() / 1000);
    const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = { iss: issuer, aud: "palermo", iat: now, exp: now + 300, nonce: begun.nonce, ...person };
    const signed = `${part({ alg: "EdDSA", kid: "k1" })}.${part(claims)}`;
    const token = `${signed}.${sign(null, Buffer.from(signed), privateKey).toString("base64url")}`;
    json({ access_token: "unused", token_type: "Bearer", expires_in: 300, id_token: token });
  });
});
await new Promise((ready) => provider.listen(issuerPort, "127.0.0.1", ready));

const browser = await open();
const context = await browser.newContext();
const page = await context.newPage();
const devtools = await context.newCDPSession(page);
let secret = "";

const send = () => page.locator("main form button:not([type]), main form button[type=submit]").first().click();
async function typePassphrase() {
  await page.goto(`${address}/en/sign-in`);
  await page.fill("#email", admin);
  await page.fill("#passphrase", passphrase);
  await send();
}
async function signOut() {
  await page.goto(`${address}/en/account`);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL("**done=signed-out");
}

await check("the first sign-in sets up one-time codes and nothing else is possible before", async () => {
  await typePassphrase();
  await page.waitForURL("**/sign-in/enrol**");
  await page.goto(`${address}/en/admin`);
  must(page.url().includes("/sign-in/enrol?to="), `a session with a passphrase alone reached ${page.url()}`);
  secret = await page.locator("details .p-code").textContent();
  await page.fill("#code", await oneTimeCode(secret));
  await send();
  must((await page.locator("ol.p-code li").count()) === 10, "no recovery codes");
  await page.getByRole("button", { name: "Continue" }).first().click();
  await page.waitForURL("**/sign-in/second?to=**");
  await page.fill("#code", await oneTimeCode(secret));
  await page.getByRole("button", { name: "Continue" }).first().click();
  // On to where one wanted to go before the second factor was set up.
  await page.waitForURL((url) => url.pathname === "/en/admin");
});

await devtools.send("WebAuthn.enable");
const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
  options: { protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, hasPrf: true },
});

await check("a passkey is made, and lets itself be used to open the key", async () => {
  await page.goto(`${address}/en/account/passkey`);
  await page.fill("#label", "work telephone");
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await page.waitForURL("**/account/passkey/key**");
  await page.getByRole("button", { name: "Let a passkey open my key" }).click();
  await page.waitForURL("**done=passkey-opens");
  must((await page.textContent("main")).includes("work telephone"), "the passkey is not listed");
  const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
  must(credentials.length === 1 && credentials[0].isResidentCredential, "the authenticator holds no discoverable passkey");
});

await check("after closing, the passkey opens the key", async () => {
  await page.getByRole("button", { name: "Close my key" }).click();
  await page.waitForURL("**done=key-closed");
  await page.goto(`${address}/en/account/unlock`);
  await page.getByRole("button", { name: "Open with a passkey" }).click();
  await page.waitForURL("**done=key-opened");
  must((await page.textContent("main")).includes("your key is open"), "the key is closed");
});

await check("a passkey stands in for the code as second factor", async () => {
  await signOut();
  await typePassphrase();
  await page.waitForURL("**/sign-in/second**");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL((url) => url.pathname === "/en/work");
});

await check("a passkey alone signs in and opens the key", async () => {
  await signOut();
  await page.goto(`${address}/en/sign-in`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL((url) => url.pathname === "/en/work");
  await page.goto(`${address}/en/account`);
  must((await page.textContent("main")).includes("your key is open"), "the key is closed");
});

await check("an authenticator that does not verify its user lets nobody in alone", async () => {
  await signOut();
  // The same passkey on a device of its own: after a few failures to verify its user an
  // authenticator locks itself, and this one is needed again below.
  const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
  const other = await browser.newContext();
  const elsewhere = await other.newPage();
  const tools = await other.newCDPSession(elsewhere);
  await tools.send("WebAuthn.enable");
  const { authenticatorId: weak } = await tools.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: false, automaticPresenceSimulation: true },
  });
  await tools.send("WebAuthn.addCredential", { authenticatorId: weak, credential: credentials[0] });
  await elsewhere.goto(`${address}/en/sign-in`);
  await elsewhere.getByRole("button", { name: "Sign in with a passkey" }).click();
  await elsewhere.locator(".p-passkey [role=alert]").filter({ hasText: "passkey" }).first().waitFor();
  must(!elsewhere.url().includes("/work"), "it was let in");
  await other.close();
});

await check("without a script no passkey is offered, and codes still work", async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const still = await plain.newPage();
  await still.goto(`${address}/en/sign-in`);
  must(!(await still.locator(".p-passkey").isVisible()), "a passkey is offered");
  await still.fill("#email", admin);
  await still.fill("#passphrase", passphrase);
  await still.locator("main form button[type=submit], main form button:not([type])").first().click();
  await still.fill("#code", await oneTimeCode(secret));
  await still.getByRole("button", { name: "Continue" }).first().click();
  await still.waitForURL((url) => url.pathname === "/en/work");
  await plain.close();
});

await check("an administrator describes the organisation's own sign-in; a foreign host is refused", async () => {
  await page.goto(`${address}/en/sign-in`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL((url) => url.pathname === "/en/work");
  await page.goto(`${address}/en/admin/sign-in`);
  const fields = { name: "Invented Offices", issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: "https://elsewhere.example/token", jwks_uri: `${issuer}/keys`, client_id: "palermo", claim: "tid", values: "T-1" };
  for (const [name, value] of Object.entries(fields)) await page.fill(`#${name}`, value);
  await page.locator("input[name=open]").check();
  await page.getByRole("button", { name: "Save" }).click();
  must((await page.locator(".govuk-error-summary").textContent()).includes("elsewhere.example"), "a host nobody allowed was taken");
  await page.fill("#token_endpoint", `${issuer}/token`);
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForURL("**done=provider-saved");
});

// Names that people typed are kept apart for either direction of writing by marks one does not see: hence patterns.
await check("whom the provider knows but nobody linked is not let in", async () => {
  const other = await browser.newContext();
  const stranger = await other.newPage();
  await stranger.goto(`${address}/en/sign-in`);
  await stranger.getByRole("button", { name: /Sign in through .*Invented Offices/ }).click();
  must((await stranger.textContent("main")).includes("No account is linked"), await stranger.textContent("main"));
  await other.close();
});

await check("a member links the account, comes in through the organisation, and shows the second factor here", async () => {
  await page.goto(`${address}/en/account`);
  await page.getByRole("button", { name: /Link with .*Invented Offices/ }).click();
  await page.waitForURL("**done=organisation-linked");
  await signOut();
  await page.goto(`${address}/en/sign-in`);
  await page.getByRole("button", { name: /Sign in through .*Invented Offices/ }).click();
  await page.waitForURL("**/sign-in/second**");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL((url) => url.pathname === "/en/work");
});

await check("someone the provider does not admit stays outside", async () => {
  await signOut();
  person = { ...person, tid: "T-2" };
  await page.goto(`${address}/en/sign-in`);
  await page.getByRole("button", { name: /Sign in through .*Invented Offices/ }).click();
  must((await page.textContent("main")).includes("did not let you through"), "it let them through");
  person = { ...person, tid: "T-1" };
});

await browser.close();
provider.close();
server.kill("SIGTERM");
rmSync(folder, { recursive: true, force: true });
close();
