// A page with `extension/capture.js` in an isolated world, as `scripting.executeScript` puts it there, and a stub of the runtime.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const fixture = (name) => readFile(`${root}tests/fixtures/pages/${name}`, "utf8");
const script = await readFile(`${root}extension/capture.js`, "utf8");

export const X = {
  platform: "x",
  postSelector: 'article[data-testid="tweet"]',
  permalinkSelector: 'a[href*="/status/"] > time[datetime]',
  wanted: null,
  keepAttributes: ["data-testid"],
  pageState: [],
  mediaSelector: '[data-testid="tweetPhoto"] img, video',
};
export const GENERIC = { ...X, platform: "generic", postSelector: null, permalinkSelector: null, keepAttributes: [], mediaSelector: "img, video" };

/** What the extension's world offers; `ask` sends one message as the background would. */
export const STUB = `
  globalThis.sent = [];
  globalThis.listeners = [];
  Object.defineProperty(globalThis, "chrome", { configurable: true, value: {
    runtime: {
      id: "temoin",
      getURL: (path) => "chrome-extension://temoin/" + path,
      onMessage: {
        addListener: (listener) => listeners.push(listener),
        removeListener: (listener) => { listeners = listeners.filter((other) => other !== listener); },
      },
      sendMessage: (message) => { sent.push(message); return Promise.resolve(); },
    },
    dom: { openOrClosedShadowRoot: (element) => element.shadowRoot ?? (element.localName === "closed-box" ? {} : null) },
  } });
  globalThis.ask = (message, sender = { id: "temoin" }) => new Promise((resolve) => {
    const waiting = listeners.map((listener) => listener({ temoin: 1, ...message }, sender, resolve));
    if (!waiting.includes(true)) resolve("not listened to");
  });
`;
export { script };

export const launch = (options = {}) =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromiumSandbox: false, ...options });

/** Opens `html` at `address` and puts the script in. `files` answers other addresses; everything else fails. */
export async function open(browser, address, html, { files = {}, init, ...context } = {}) {
  const owner = await browser.newContext({
    locale: "fr-FR",
    timezoneId: "Europe/Paris",
    viewport: { width: 1000, height: 700 },
    userAgent: "Mozilla/5.0 (Témoin, essai)",
    ...context,
  });
  const page = await owner.newPage();
  const requests = [];
  await owner.route("**/*", (route) => {
    const url = route.request().url();
    requests.push(url);
    if (url.split("#")[0] === address.split("#")[0]) return route.fulfill({ contentType: "text/html; charset=utf-8", body: html });
    return files[url] ? route.fulfill(files[url]) : route.abort();
  });
  if (init) await page.addInitScript(init);
  await page.goto(address, { waitUntil: "load" });
  const cdp = await owner.newCDPSession(page);
  const { frameTree } = await cdp.send("Page.getFrameTree");
  const { executionContextId } = await cdp.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "temoin" });
  const run = async (expression) => {
    const { result, exceptionDetails } = await cdp.send("Runtime.evaluate", {
      contextId: executionContextId, expression, awaitPromise: true, returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await run(STUB);
  await run(script);
  requests.length = 0;
  const ask = (op, more = {}, sender) =>
    run(`ask(${JSON.stringify({ op, capture: "c1", ...more })}${sender ? `, ${JSON.stringify(sender)}` : ""})`);
  return { page, run, ask, requests, inject: () => run(script), sent: () => run("sent"), close: () => owner.close() };
}

/** `read` and every `chunk`, put together. */
export async function snapshotOf({ ask }) {
  const { ok, length, chunks, code } = await ask("read");
  if (!ok) throw new Error(`read: ${code}`);
  let text = "";
  for (let index = 0; index < chunks; index += 1) text += (await ask("chunk", { index })).text;
  if (text.length !== length) throw new Error(`${text.length} units came of ${length}`);
  return { text, snapshot: JSON.parse(text) };
}
