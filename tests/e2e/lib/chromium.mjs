// Chromium by Playwright. Official Chrome ignores --load-extension; Chromium does not.
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { executable } from './executable.mjs';
import { until, within } from './wait.mjs';

/** `{extension, feed, headless?, extraExtensions?}` → a `Chromium`. */
export async function launch({ extension, feed, headless = true, extraExtensions = [] }) {
  const browser = new Chromium({ extension, feed, headless, extraExtensions, profile: mkdtempSync(join(tmpdir(), 'temoin-chromium-')) });
  await browser.start();
  return browser;
}

class Chromium {
  name = 'chromium';

  constructor(options) {
    this.options = options;
  }

  async start() {
    const { extension, feed, headless, extraExtensions, profile } = this.options;
    const extensions = [extension, ...extraExtensions].join(',');
    this.context = await chromium.launchPersistentContext(profile, {
      executablePath: executable('CHROMIUM'), headless: false, chromiumSandbox: false, ignoreHTTPSErrors: true, viewport: null,
      // On Linux the language of the browser's own texts, hence of the extension, comes from here.
      env: { ...process.env, LC_ALL: 'fr_FR.UTF-8', LANGUAGE: 'fr' },
      ignoreDefaultArgs: ['--disable-extensions'],
      args: [
        ...(headless ? ['--headless=new'] : []), '--no-sandbox', '--enable-unsafe-extension-debugging', '--window-size=1280,900', '--lang=fr', '--disable-features=AutofillServerCommunication',
        `--disable-extensions-except=${extensions}`, `--load-extension=${extensions}`,
        ...(feed ? [`--host-resolver-rules=MAP * 127.0.0.1:${feed.port}, EXCLUDE 127.0.0.1`, '--ignore-certificate-errors'] : []),
      ],
    });
    this.cdp = await this.context.browser().newBrowserCDPSession();
    const own = await until(() => this.#worker(this.options.extension), 'the service worker of the extension');
    this.id = new URL(own.url()).host;
    this.base = `chrome-extension://${this.id}/`;
  }

  /** A worker is known by its extension's manifest name only from inside; with one extension there is one. */
  async #worker(dir) {
    const workers = this.context.serviceWorkers();
    if (workers.length < 2) return workers[0];
    const manifest = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'));
    for (const worker of workers) {
      const version = await worker.evaluate(() => JSON.stringify([chrome.runtime.getManifest().version, chrome.runtime.getManifest().permissions]));
      if (version === JSON.stringify([manifest.version, manifest.permissions])) return worker;
    }
    return undefined;
  }

  /** `newWindow`: the tab that was visible stays so. */
  async open(url, { newWindow = false } = {}) {
    const tab = new Tab(await (newWindow ? this.#newWindow() : this.context.newPage()));
    await tab.goto(url);
    return tab;
  }

  async #newWindow() {
    const opened = this.context.waitForEvent('page');
    await this.cdp.send('Target.createTarget', { url: 'about:blank', newWindow: true });
    return opened;
  }

  /** A page of the extension in a tab. */
  extensionPage = (path, options) => this.open(this.base + path, options);

  /** A real click on the toolbar button, with the gesture and `activeTab` that come with it. */
  async clickToolbar(tab) {
    await tab.page.bringToFront();
    await this.cdp.send('Extensions.triggerAction', { id: this.id, targetId: await this.#tabTarget(tab.page) });
  }

  /** What the shortcut runs. Without a screen no key reaches the browser: the listener is called, with no gesture (`activeTab` only if a click gave it before). */
  async pressShortcut(tab, command) {
    await this.#dispatch(tab, (args) => chrome.tabs.query({ active: true, lastFocusedWindow: true }).then((tabs) => chrome.commands.onCommand.dispatch(args.command, tabs[0])), { command });
  }

  /** What the entry `menuItemId` of the context menu runs; the same limits. */
  async chooseMenu(tab, menuItemId, info = {}) {
    await this.#dispatch(tab, (args) => chrome.tabs.query({ active: true, lastFocusedWindow: true }).then((tabs) => chrome.contextMenus.onClicked.dispatch({ menuItemId: args.menuItemId, editable: false, pageUrl: args.url, ...args.info }, tabs[0])), { menuItemId, info });
  }

  async #dispatch(tab, fn, args) {
    await tab.page.bringToFront();
    await this.evaluateBackground(fn, { ...args, url: tab.url() });
  }

  async #tabTarget(page) {
    const session = await this.context.newCDPSession(page);
    const { targetInfo } = await session.send('Target.getTargetInfo');
    await session.detach();
    const { targetInfos } = await this.cdp.send('Target.getTargets', { filter: [{}] });
    const self = targetInfos.find((t) => t.targetId === targetInfo.targetId);
    const tabs = targetInfos.filter((t) => t.type === 'tab' && (self.parentId === undefined || t.targetId === self.parentId) && t.url === self.url);
    if (tabs.length !== 1) throw new Error(`${tabs.length} tabs show ${self.url}: the toolbar click needs exactly one`);
    return tabs[0].targetId;
  }

  /** The side panel once it is open: driven like a tab, though the browser counts it as none. */
  async panel(path = 'panel.html') {
    const target = await until(async () => {
      const { targetInfos } = await this.cdp.send('Target.getTargets', { filter: [{}] });
      const tabs = new Set(this.context.pages().map((p) => p.url()));
      return targetInfos.find((t) => t.type === 'page' && t.url.startsWith(this.base + path) && !tabs.has(t.url));
    }, 'the side panel');
    return PanelTab.attach(this.cdp, target.targetId);
  }

  async isPanelOpen(path = 'panel.html') {
    const { targetInfos } = await this.cdp.send('Target.getTargets', { filter: [{}] });
    return targetInfos.some((t) => t.type === 'page' && t.url.startsWith(this.base + path));
  }

  /** Runs `fn(arg)` in the background. */
  async evaluateBackground(fn, arg) {
    const worker = await until(() => this.#worker(this.options.extension), 'a running service worker');
    return within(worker.evaluate(fn, arg), 'the service worker');
  }

  /** As the browser does when the worker was idle: the instance is gone at once, wherever it is. */
  async killBackground() {
    const { targetInfos } = await this.cdp.send('Target.getTargets', { filter: [{}] });
    const workers = targetInfos.filter((t) => t.type === 'service_worker' && t.url.startsWith(this.base));
    const killed = new Set(workers.map((worker) => worker.targetId));
    // A worker that is starting does not hear it at once, and a message may have woken the next one already: the same one is asked until it is gone.
    await until(async () => {
      const { targetInfos: alive } = await this.cdp.send('Target.getTargets', { filter: [{}] });
      const left = alive.filter((t) => killed.has(t.targetId));
      for (const { targetId } of left) await this.cdp.send('Target.closeTarget', { targetId }).catch(() => {});
      return left.length === 0;
    }, 'the end of the worker');
    return workers.length;
  }

  /** Grants optional origins. The browser's own question cannot be seen without a screen, so the answer is written into the profile: this starts the browser anew. */
  async grant(origins) {
    const { id } = this;
    await this.context.close();
    const file = ['Preferences', 'Secure Preferences'].map((name) => join(this.options.profile, 'Default', name))
      .find((path) => existsSync(path) && JSON.parse(readFileSync(path, 'utf8')).extensions?.settings?.[id]);
    if (!file) throw new Error('the profile does not know the extension');
    const preferences = JSON.parse(readFileSync(file, 'utf8'));
    const settings = preferences.extensions.settings[id];
    for (const name of ['active_permissions', 'granted_permissions', 'runtime_granted_permissions']) {
      const set = (settings[name] ??= { api: [], manifest_permissions: [], explicit_host: [], scriptable_host: [] });
      set.explicit_host = [...new Set([...(set.explicit_host ?? []), ...origins])];
    }
    writeFileSync(file, JSON.stringify(preferences));
    await this.start();
  }

  async close() {
    await this.context.close();
    rmSync(this.options.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What tests do with a page, by the same names in both browsers. */
class Tab {
  constructor(page) {
    this.page = page;
    this.errors = [];
    page.on('pageerror', (error) => this.errors.push(error.message));
  }

  url = () => this.page.url();
  evaluate = (fn, arg) => within(this.page.evaluate(fn, arg), 'the page');
  waitFor = (fn, arg, what = String(fn), timeout = undefined) => until(() => this.evaluate(fn, arg), what, timeout);
  waitForSelector = (selector) => this.waitFor((s) => document.querySelector(s) !== null, selector, selector);
  text = (selector) => this.evaluate((s) => document.querySelector(s)?.textContent ?? null, selector);
  click = (selector) => this.page.click(selector);
  fill = (selector, text) => this.page.fill(selector, text);
  press = (key) => this.page.keyboard.press(key);
  goto = (url) => this.page.goto(url, { waitUntil: 'load' });
  reload = () => this.page.reload({ waitUntil: 'load' });
  resize = (width, height) => this.page.setViewportSize({ width, height });
  focus = () => this.page.bringToFront();
  screenshot = (path) => this.page.screenshot({ path });
  close = () => this.page.close();
}

/** A target that Playwright does not take for a page, spoken to in plain CDP. */
class PanelTab {
  static async attach(cdp, targetId) {
    const panel = new PanelTab();
    const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: false });
    Object.assign(panel, { cdp, targetId, sessionId, waiting: new Map(), sent: 0, errors: [] });
    cdp.on('Target.receivedMessageFromTarget', (event) => {
      if (event.sessionId !== sessionId) return;
      const message = JSON.parse(event.message);
      if (message.method === 'Runtime.exceptionThrown') panel.errors.push(message.params.exceptionDetails.exception?.description ?? message.params.exceptionDetails.text);
      panel.waiting.get(message.id)?.(message);
      panel.waiting.delete(message.id);
    });
    await panel.send('Runtime.enable');
    return panel;
  }

  async send(method, params = {}) {
    const id = ++this.sent;
    const answer = new Promise((resolve) => this.waiting.set(id, resolve));
    await this.cdp.send('Target.sendMessageToTarget', { sessionId: this.sessionId, message: JSON.stringify({ id, method, params }) });
    const { result, error } = await within(answer, `the panel (${method})`);
    if (error) throw new Error(error.message);
    return result;
  }

  async evaluate(fn, arg) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression: `(${fn})(${JSON.stringify(arg) ?? ''})`, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  url = () => this.evaluate(() => location.href);
  waitFor = (fn, arg, what = String(fn), timeout = undefined) => until(() => this.evaluate(fn, arg), what, timeout);
  waitForSelector = (selector) => this.waitFor((s) => document.querySelector(s) !== null, selector, selector);
  text = (selector) => this.evaluate((s) => document.querySelector(s)?.textContent ?? null, selector);

  /** A mouse click: a gesture for the page, as a person's. */
  async click(selector) {
    const at = await this.waitFor((s) => {
      const element = document.querySelector(s);
      if (!element) return null;
      element.scrollIntoView({ block: 'center' });
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.height > 0 ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
    }, selector, `something to click: ${selector}`);
    for (const type of ['mousePressed', 'mouseReleased']) await this.send('Input.dispatchMouseEvent', { type, ...at, button: 'left', clickCount: 1 });
  }

  async fill(selector, text) {
    await this.click(selector);
    await this.evaluate((s) => document.querySelector(s).select?.(), selector);
    await this.send('Input.insertText', { text });
  }

  async press(key) {
    const text = key === 'Enter' ? '\r' : key === 'Space' ? ' ' : undefined;
    const codes = { Enter: 13, Tab: 9, Escape: 27, ' ': 32, Space: 32 };
    for (const type of ['keyDown', 'keyUp']) await this.send('Input.dispatchKeyEvent', { type, key: key === 'Space' ? ' ' : key, code: key, windowsVirtualKeyCode: codes[key], ...(type === 'keyDown' && text ? { text } : {}) });
  }

  async screenshot(path) {
    const { data } = await this.send('Page.captureScreenshot', { format: 'png' });
    const bytes = Buffer.from(data, 'base64');
    if (path) writeFileSync(path, bytes);
    return bytes;
  }

  close = () => this.cdp.send('Target.closeTarget', { targetId: this.targetId });
}
