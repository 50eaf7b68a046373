// The same script in Firefox, in a sandbox of the page as content scripts have it: same bytes, same silence afterwards.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";
import { STUB, X, fixture, root, script, snapshotOf } from "./page.mjs";

let browser, server;
before(async () => {
  server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://x.test");
    const name = { "/colere_fictive/status/1990000000000000042": "x-permalink", "/home": "x-timeline", "/p/12": "hostile" }[pathname];
    if (name) response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(await fixture(`${name}.html`));
    else response.writeHead(404).end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
    protocolTimeout: 60_000,
    extraPrefsFirefox: { "network.dns.forceResolve": "127.0.0.1", "network.dns.disableIPv6": true, "intl.accept_languages": "fr-FR" },
  });
});
after(async () => {
  await browser?.close();
  server.close();
});

async function on(path, act) {
  const page = await browser.newPage();
  try {
    await page.goto(`http://x.test:${server.address().port}${path}`, { waitUntil: "domcontentloaded" });
    const sandbox = page.mainFrame().isolatedRealm();
    const run = (code) => sandbox.evaluate((text) => (0, eval)(text), code);
    await run(STUB);
    await run(script);
    const ask = (op, more = {}) => run(`ask(${JSON.stringify({ op, capture: "c1", ...more })})`);
    await act({ page, ask, sent: () => run("sent") });
  } finally {
    await page.close();
  }
}

test("Firefox reads the same bytes as Chromium", async () => {
  await on("/colere_fictive/status/1990000000000000042", async ({ ask }) => {
    assert.equal((await ask("locate", { plan: { ...X, wanted: "/status/1990000000000000042" } })).found, "post");
    const { snapshot } = await snapshotOf({ ask });
    const golden = JSON.parse(await readFile(`${root}tests/fixtures/snapshots/x-permalink.json`, "utf8"));
    assert.equal(snapshot.html, golden.html);
    assert.deepEqual(snapshot.omissions, golden.omissions);
    assert.deepEqual(Object.keys(snapshot), Object.keys(golden));
  });
});

test("no canary of a hostile page passes in Firefox either", async () => {
  await on("/p/12?token=CANARY-url-query#access_token=CANARY-url-fragment", async ({ ask }) => {
    assert.equal((await ask("locate", { plan: { ...X, permalinkSelector: null, wanted: "/author" } })).found, "post");
    const { text, snapshot } = await snapshotOf({ ask });
    assert.deepEqual(text.match(/.{60}CANARY.{30}/gi), null);
    for (const piece of ["Texte dans l’ombre", "lumière placée", "sans boîte"]) assert.ok(snapshot.html.includes(piece), piece);
  });
});

test("the picker chooses by keyboard and leaves nothing, a tall post is framed and put back", async () => {
  await on("/home", async ({ page, ask, sent }) => {
    const html = () => page.evaluate(() => document.documentElement.outerHTML);
    const before = await html();
    await ask("locate", { plan: X });
    await ask("pick");
    for (const key of ["ArrowDown", "ArrowDown", "Enter"]) await page.keyboard.press(key);
    assert.deepEqual((await sent()).map(({ event }) => event), ["picked"]);
    assert.equal(await html(), before);
    assert.match((await snapshotOf({ ask })).snapshot.html, /data-temoin-role="post">(?:(?!<\/article>)[\s\S])*on n’en veut pas ici/);
    await page.setViewport({ width: 600, height: 200 });
    const { tiles, clip } = await ask("frame", { tile: 0 });
    assert.ok(tiles > 1 && clip.height > 0);
    const restored = await ask("restore");
    assert.equal(restored.restored, true);
    assert.ok(restored.changes.includes("scrolled"));
    assert.equal(await html(), before);
    assert.deepEqual(await ask("end"), { ok: true });
  });
});
