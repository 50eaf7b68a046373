// What the stories have in common: a capture from click to case, a case in the pages, a pack as files.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './browsers.mjs';
import { until } from './wait.mjs';

export const HOUR = 3_600_000;

/** Hosts that the browser asks by itself, with or without us: updates, accounts, captive portals. */
export const isBrowsersOwn = (host) => /(^|\.)(google|googleapis|gstatic|gvt1|mozilla|firefox|mozgcp)\.(com|org|net)$/.test(host);

/** The element that our pages call `name`. */
export const ref = (name) => `[data-ref="${name}"]`;

/** The history with the hooks of the demo; opened after a click, in a window of its own: the captured tab stays the visible one. */
export async function control(browser, { newWindow = true } = {}) {
  const page = await browser.extensionPage('history.html', { newWindow });
  await page.waitFor(() => globalThis.temoinDemo !== undefined, undefined, 'the hooks of the demo');
  return page;
}

export const cases = (page) => page.evaluate(() => globalThis.temoinDemo.cases());
export const caseOf = async (page, id) => JSON.parse(await page.evaluate((c) => globalThis.temoinDemo.caseJson(c), id));
export const shiftClock = (page, millis) => page.evaluate((ms) => globalThis.temoinDemo.shiftClock(ms), millis);
export const runDue = (page) => page.evaluate(() => globalThis.temoinDemo.runDue());

/** Waits until the case of `permalink` holds `pieces` captures; gives its row. */
export const captured = (page, permalink, pieces = 1) =>
  page.waitFor(async ({ permalink, pieces }) => {
    const row = (await globalThis.temoinDemo?.cases())?.find((r) => r.permalink === permalink);
    return row && JSON.parse(await globalThis.temoinDemo.caseJson(row.id)).pieces.length >= pieces && row;
  }, { permalink, pieces }, `capture ${pieces} of ${permalink}`, 60_000);

/** The captures that the panel would show. */
export const capturesUnderWay = (page) =>
  page.evaluate(async () => (await (globalThis.browser ?? chrome).runtime.sendMessage({ kind: 'panel' })).value.captures);

/** The switch of the settings page, without its permissions. With the checks on, a capture may ask for the post's own pictures. */
export const switchChecks = (page, checks) =>
  page.evaluate(async (checks) => {
    const send = (request) => (globalThis.browser ?? chrome).runtime.sendMessage(request);
    const { value: settings } = await send({ kind: 'settings' });
    await send({ kind: 'save_settings', settings: { ...settings, checks } });
  }, checks);

/** One visible text of a page, its spaces made plain. */
export const textOf = async (page, selector) => (await page.text(selector))?.replace(/[\u00a0\u202f\s]+/g, ' ').trim() ?? null;

/** Waits for a text in an element; gives the whole text. */
export const says = (page, selector, wanted) =>
  page.waitFor(({ selector, source }) => {
    const text = document.querySelector(selector)?.textContent.replace(/[\u00a0\u202f\s]+/g, ' ').trim();
    return text !== undefined && new RegExp(source).test(text) && text;
  }, { selector, source: wanted.source }, `${wanted} in ${selector}`);

/** Opens a step of the case, as a click on its title does. */
export const openStep = (page, step) => page.evaluate((s) => { document.querySelector(s).open = true; }, ref(step));

export const isShown = (page, selector) => page.evaluate((s) => {
  const element = document.querySelector(s);
  return element !== null && element.checkVisibility();
}, selector);

/** One case in the history page, in a tab. */
export async function openCase(browser, id) {
  const page = await browser.extensionPage(`history.html#case=${id}`);
  await page.waitForSelector(`${ref('case')} ${ref('standing')}`);
  return page;
}

/** Clicks « Créer le dossier de preuve » and gives the bytes of the file that the browser saved. */
export async function download(browser, page) {
  await openStep(page, 'step-export');
  if (browser.name === 'chromium') {
    const begun = page.page.waitForEvent('download');
    await page.click(ref('export'));
    const saved = await begun;
    return { name: saved.suggestedFilename(), bytes: readFileSync(await saved.path()) };
  }
  const before = new Set(readdirSync(browser.downloads));
  await page.click(ref('export'));
  const name = await until(() => {
    const names = readdirSync(browser.downloads).filter((n) => !before.has(n));
    return names.some((n) => n.endsWith('.part')) ? undefined : names.find((n) => n.endsWith('.zip') && readFileSync(join(browser.downloads, n)).length > 0);
  }, 'the download');
  return { name, bytes: readFileSync(join(browser.downloads, name)) };
}

/** The pack by the demo's hook. */
export const packOf = async (page, id) => Buffer.from(await page.evaluate((c) => globalThis.temoinDemo.packBase64(c), id), 'base64');

/** Unpacks into a new folder. */
export function unpack(bytes) {
  const dir = mkdtempSync(join(tmpdir(), 'temoin-pack-'));
  writeFileSync(join(dir, 'pack.zip'), bytes);
  execFileSync('unzip', ['-q', 'pack.zip'], { cwd: dir });
  rmSync(join(dir, 'pack.zip'));
  return dir;
}

/** `temoin verify` on the command line: `{status, json}`. */
export function verifyOnCommandLine(pack, ...options) {
  const dir = mkdtempSync(join(tmpdir(), 'temoin-verify-'));
  writeFileSync(join(dir, 'pack.zip'), pack);
  const { status, stdout, error } = spawnSync(join(ROOT, 'target/debug/temoin'), ['verify', join(dir, 'pack.zip'), ...options], { encoding: 'utf8' });
  rmSync(dir, { recursive: true });
  if (error) throw error;
  return { status, json: JSON.parse(stdout) };
}

/** Gives `bytes` to the page verify.html as a chosen file; waits for the verdict. */
export async function verifyInPage(page, bytes, name = 'pack.zip') {
  await page.evaluate(({ base64, name }) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const chosen = new DataTransfer();
    chosen.items.add(new File([bytes], name, { type: 'application/zip' }));
    const input = document.querySelector('#pack');
    input.files = chosen.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, { base64: bytes.toString('base64'), name });
  return page.waitFor((digest) => {
    if (document.querySelector('[data-ref=digest]').textContent !== digest || document.querySelector('[data-ref=verdict]').hidden) return null;
    const plain = (s) => s.replace(/[\u00a0\u202f\s]+/g, ' ').trim();
    return {
      verdict: document.querySelector('[data-ref=verdict]').dataset.verdict,
      sentence: plain(document.querySelector('[data-ref=verdict]').textContent),
      problems: [...document.querySelectorAll('[data-ref=problems] li')].map((li) => plain(li.textContent)),
      tokens: [...document.querySelectorAll('[data-ref=tokens] li')].map((li) => plain(li.textContent)),
    };
  }, sha256(bytes), 'the verdict');
}

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Everything that the extension keeps: every record of every store of IndexedDB, and `storage.local`; bytes as base64. */
export const stored = (page) => page.evaluate(async () => {
  const plain = async (value) => {
    if (value instanceof ArrayBuffer) value = new Uint8Array(value);
    if (value instanceof Blob) value = new Uint8Array(await value.arrayBuffer());
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      let text = '';
      for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
      return { base64: btoa(text) };
    }
    if (Array.isArray(value)) return Promise.all(value.map(plain));
    if (typeof value === 'object' && value !== null) return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([key, part]) => [key, await plain(part)])));
    return value;
  };
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const dump = { local: await (globalThis.browser ?? chrome).storage.local.get() };
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([done(objects.getAllKeys()), done(objects.getAll())]);
      dump[`${name}/${store}`] = await Promise.all(keys.map(async (key, at) => [await plain(key), await plain(values[at])]));
    }
    database.close();
  }
  return dump;
});

/**
 * Begins to listen for word of captures, in a page of the extension; the function given back waits for the `count`th stage that is told from now on
 * (or the first named `stage`), and gives it, or null when the capture ended before.
 */
export async function listenToStages(page) {
  await page.evaluate(() => {
    globalThis.stages = [];
    globalThis.wake = () => {};
    globalThis.hearStage ??= (message) => {
      if (message.event !== 'capture') return;
      globalThis.stages.push(message.progress.stage.stage);
      globalThis.fault = message.progress.stage.fault;
      globalThis.wake();
    };
    const { onMessage } = (globalThis.browser ?? chrome).runtime;
    if (!onMessage.hasListener(globalThis.hearStage)) onMessage.addListener(globalThis.hearStage);
  });
  return ({ count, stage }) => page.evaluate(({ count, stage }) => new Promise((resolve) => {
    const over = ['saved', 'saved_partial', 'cancelled', 'failed'];
    globalThis.wake = () => {
      const { stages } = globalThis;
      if (stage ? stages.includes(stage) : stages.length >= count) resolve(stage ?? stages[count - 1]);
      else if (over.includes(stages.at(-1))) resolve(null);
    };
    globalThis.wake();
  }), { count, stage });
}
