// Firefox by WebDriver BiDi (Puppeteer). What a person does outside of a page (toolbar, sidebar, permission) goes through the browser's own script scope.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { executable } from './executable.mjs';
import { until, within } from './wait.mjs';

const UUID = '7e301000-0000-4000-8000-000000000001';

/** `{extension, feed, headless?}` → a `Firefox`. */
export async function launch({ extension, feed, headless = true }) {
  const id = JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8')).browser_specific_settings.gecko.id;
  const downloads = mkdtempSync(join(tmpdir(), 'temoin-firefox-'));
  const driver = await puppeteer.launch({
    browser: 'firefox', executablePath: executable('FIREFOX'), headless, acceptInsecureCerts: true, protocolTimeout: 60_000, defaultViewport: null,
    args: ['--remote-allow-system-access', '--width=1280', '--height=900'],
    extraPrefsFirefox: {
      ...(feed ? { 'network.dns.forceResolve': '127.0.0.1', 'network.dns.disableIPv6': true, 'network.socket.forcePort': `443=${feed.port};80=${feed.port}` } : {}),
      'extensions.webextensions.uuids': JSON.stringify({ [id]: UUID }),
      'extensions.webextOptionalPermissionPrompts': false,
      'browser.download.folderList': 2, 'browser.download.dir': downloads,
      'intl.locale.requested': 'fr', 'intl.accept_languages': 'fr, en',
    },
  });
  const browser = new Firefox(driver, id, downloads);
  await browser.start(extension);
  return browser;
}

class Firefox {
  name = 'firefox';

  constructor(driver, id, downloads) {
    Object.assign(this, { driver, id, downloads, base: `moz-extension://${UUID}/` });
  }

  async start(extension) {
    await this.driver.installExtension(extension);
    this.chrome = await chromeScope(this.driver, this.id);
    await until(() => this.chrome(`return ["running", "suspended", "stopped"].includes(ext.backgroundState)`), 'the background of the extension');
  }

  /** `newWindow`: the tab that was visible stays so. */
  async open(url, { newWindow = false } = {}) {
    const tab = new Tab(await this.driver.newPage(newWindow ? { type: 'window' } : undefined));
    await tab.goto(url);
    return tab;
  }

  /** A page of the extension in a tab. */
  extensionPage = (path, options) => this.open(this.base + path, options);

  /** A real click on the toolbar button, with the gesture and `activeTab` that come with it. */
  async clickToolbar(tab) {
    await tab.page.bringToFront();
    await this.chrome('await ExtensionParent.apiManager.global.browserActionFor(ext).triggerAction(window)');
  }

  /** The shortcut of `command`, as the browser runs it when the keys are pressed: with gesture and `activeTab`. */
  async pressShortcut(tab, command) {
    await tab.page.bringToFront();
    await this.chrome(`
      const keys = [...document.querySelectorAll('[id*="ext-keyset"] key')].filter((key) => key.closest("keyset").id.includes(ExtensionCommon.makeWidgetId(ext.id)));
      const at = Object.keys(ext.manifest.commands).indexOf(${JSON.stringify(command)});
      if (!keys[at]) throw new Error("no shortcut " + ${JSON.stringify(command)});
      keys[at].doCommand();`);
  }

  /** Opens the context menu on `selector` and chooses our entry `menuItemId`: with gesture and `activeTab`. */
  async chooseMenu(tab, menuItemId, { selector = 'body' } = {}) {
    await tab.page.bringToFront();
    const shown = this.chrome(`
      const menu = document.getElementById("contentAreaContextMenu");
      if (menu.state !== "open") await new Promise((resolve) => menu.addEventListener("popupshown", resolve, { once: true }));
      const entry = [...menu.querySelectorAll("menuitem, menu")].find((item) => item.id.endsWith("-menuitem-_" + ${JSON.stringify(menuItemId)}) || item.id.endsWith("-menuitem-" + ${JSON.stringify(menuItemId)}));
      if (!entry) throw new Error("no entry: " + [...menu.querySelectorAll("[id*=menuitem]")].map((item) => item.id).filter((id) => id.includes(ExtensionCommon.makeWidgetId(ext.id))).join(", "));
      // Several entries of one extension stand in a menu of its own.
      const own = entry.closest("menupopup");
      if (own !== menu) {
        const opened = new Promise((resolve) => own.addEventListener("popupshown", resolve, { once: true }));
        own.parentElement.openMenu(true);
        await opened;
      }
      own.activateItem(entry);`);
    await (await tab.page.$(selector)).click({ button: 'right' });
    await shown;
  }

  /** The sidebar once it is open. */
  async panel() {
    await until(() => this.isPanelOpen(), 'the sidebar');
    return new FrameTab(this.chrome, SIDEBAR);
  }

  isPanelOpen = () => this.chrome(`return ${SIDEBAR} !== undefined && window.SidebarController.isOpen`);

  /** Opens the sidebar as the browser's own menu does. */
  openPanel = () => this.chrome('await window.SidebarController.show(ExtensionCommon.makeWidgetId(ext.id) + "-sidebar-action")');

  /** Runs `fn(arg)` in the background; wakes it first. */
  async evaluateBackground(fn, arg) {
    await this.chrome('await ext.wakeupBackground?.()');
    return new FrameTab(this.chrome, BACKGROUND).evaluate(fn, arg);
  }

  /** As the browser does when the event page was idle. */
  async killBackground() {
    return this.chrome('const was = ext.backgroundState === "running"; await ext.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true }); return was ? 1 : 0');
  }

  grant = (origins) => this.chrome(`await ExtensionPermissions.add(ext.id, { permissions: [], origins: ${JSON.stringify(origins)}, data_collection: [] }, ext)`);

  async close() {
    await this.driver.close();
    rmSync(this.downloads, { recursive: true, force: true, maxRetries: 5 });
  }
}

const SIDEBAR = '[...ext.views].find((view) => view.viewType === "sidebar")?.xulBrowser';
const BACKGROUND = 'ext.backgroundContext?.xulBrowser';

/** A function that runs a script in the window of the browser itself, with `ext` = the extension; values cross as JSON. */
async function chromeScope(driver, id) {
  const { connection } = driver;
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const context = tree.result.contexts[0].context;
  return async (script) => {
    const { result } = await within(connection.send('script.callFunction', {
      target: { context }, awaitPromise: true, arguments: [],
      functionDeclaration: `async () => {
        const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
        const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
        const { ExtensionCommon } = ChromeUtils.importESModule("resource://gre/modules/ExtensionCommon.sys.mjs");
        const ext = WebExtensionPolicy.getByID(${JSON.stringify(id)}).extension;
        return JSON.stringify(await (async () => { ${script} })());
      }`,
    }), script);
    if (result.type === 'exception') throw new Error(result.exceptionDetails.text);
    return result.result.type === 'string' ? JSON.parse(result.result.value) : undefined;
  };
}

/** What tests do with a page, by the same names in both browsers. */
class Tab {
  constructor(page) {
    this.page = page;
    this.errors = [];
    page.on('pageerror', (error) => this.errors.push(error.message));
  }

  url = () => this.page.evaluate(() => location.href);
  evaluate = (fn, arg) => within(this.page.evaluate(fn, ...(arg === undefined ? [] : [arg])), 'the page');
  waitFor = (fn, arg, what = String(fn), timeout = undefined) => until(() => this.evaluate(fn, arg), what, timeout);
  waitForSelector = (selector) => this.waitFor((s) => document.querySelector(s) !== null, selector, selector);
  text = (selector) => this.evaluate((s) => document.querySelector(s)?.textContent ?? null, selector);
  press = (key) => this.page.keyboard.press(key);
  resize = (width, height) => this.page.setViewport({ width, height });
  focus = () => this.page.bringToFront();
  screenshot = (path) => this.page.screenshot({ path });
  close = () => this.page.close();

  async click(selector) {
    await this.waitForSelector(selector);
    // Where a person would scroll to: an element behind a bar that sticks to the edge counts as visible for the driver.
    await this.evaluate((s) => document.querySelector(s).scrollIntoView({ block: 'center' }), selector);
    await (await this.page.$(selector)).click();
  }

  async fill(selector, text) {
    await this.click(selector);
    await this.evaluate((s) => document.querySelector(s).select?.(), selector);
    // Typing nothing would leave what was selected.
    if (text === '') await this.page.keyboard.press('Backspace');
    else await this.page.keyboard.type(text);
  }

  /** Puppeteer is never told that a page of an extension has loaded: the page is asked. */
  async goto(url) {
    if (!url.startsWith('moz-extension:')) return this.page.goto(url, { waitUntil: 'load' });
    this.page.goto(url).catch(() => {});
    return this.#loaded(url.split('#')[0]);
  }

  async reload() {
    const url = await this.url();
    if (!url.startsWith('moz-extension:')) return this.page.reload({ waitUntil: 'load' });
    await this.evaluate(() => {
      globalThis.beforeReload = true;
      location.reload();
    });
    await this.waitFor(() => globalThis.beforeReload === undefined && document.readyState === 'complete', undefined, `reload of ${url}`);
  }

  #loaded = (url) => this.waitFor((u) => location.href.startsWith(u) && document.readyState === 'complete', url, url);
}

/** A document that BiDi does not show (sidebar, background): reached by a frame script. `where` is a script for its browser element. */
class FrameTab {
  constructor(chrome, where) {
    Object.assign(this, { chrome, where, errors: [] });
  }

  evaluate(fn, arg) {
    const source = `(async () => JSON.stringify(await (${fn})(${JSON.stringify(arg) ?? ''})))()`;
    return this.#frame(`
      const sandbox = new Cu.Sandbox(content.window, { sandboxPrototype: content.window, wantXrays: false });
      Promise.resolve(Cu.evalInSandbox(${JSON.stringify(source)}, sandbox)).then((value) => reply({ value }), (error) => reply({ error: String(error) }));`);
  }

  /** Runs a privileged script in the process of the document; it must call `reply({value})` or `reply({error})`. */
  #frame(body) {
    const frameScript = `{ const reply = (answer) => sendAsyncMessage("temoin:answer", answer); try { ${body} } catch (error) { reply({ error: String(error) }); } }`;
    return within(this.chrome(`
      const browser = ${this.where};
      if (!browser) throw new Error("no such document");
      const answer = await new Promise((resolve) => {
        const listener = (message) => { browser.messageManager.removeMessageListener("temoin:answer", listener); resolve(message.data); };
        browser.messageManager.addMessageListener("temoin:answer", listener);
        browser.messageManager.loadFrameScript("data:application/javascript;charset=utf-8," + encodeURIComponent(${JSON.stringify(frameScript)}), false);
      });
      if (answer.error) throw new Error(answer.error);
      return answer.value === undefined ? undefined : JSON.parse(answer.value);`), 'the document');
  }

  url = () => this.evaluate(() => location.href);
  waitFor = (fn, arg, what = String(fn), timeout = undefined) => until(() => this.evaluate(fn, arg), what, timeout);
  waitForSelector = (selector) => this.waitFor((s) => document.querySelector(s) !== null, selector, selector);
  text = (selector) => this.evaluate((s) => document.querySelector(s)?.textContent ?? null, selector);

  /** A mouse click: a gesture for the page, as a person's. */
  async click(selector) {
    const [x, y] = await this.waitFor((s) => {
      const element = document.querySelector(s);
      if (!element) return null;
      element.scrollIntoView({ block: 'center' });
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.height > 0 ? [box.x + box.width / 2, box.y + box.height / 2] : null;
    }, selector, `something to click: ${selector}`);
    await this.#frame(`for (const type of ["mousedown", "mouseup"]) content.window.synthesizeMouseEvent(type, ${x}, ${y}, { button: 0, clickCount: 1 }, {}); reply({});`);
  }

  async fill(selector, text) {
    await this.click(selector);
    await this.evaluate((s) => document.querySelector(s).select?.(), selector);
    await this.#frame(`
      const tip = Cc["@mozilla.org/text-input-processor;1"].createInstance(Ci.nsITextInputProcessor);
      tip.beginInputTransactionForTests(content.window);
      for (const key of ${JSON.stringify([...text])}) {
        const event = new content.window.KeyboardEvent("keydown", { key });
        tip.keydown(event);
        tip.keyup(event);
      }
      reply({});`);
  }

  async screenshot(path) {
    const data = await this.chrome(`
      const browser = ${this.where};
      const bitmap = await browser.browsingContext.currentWindowGlobal.drawSnapshot(null, 1, "rgb(255,255,255)");
      const canvas = document.createElementNS("http://www.w3.org/1999/xhtml", "canvas");
      canvas.width = bitmap.width; canvas.height = bitmap.height;
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
      return canvas.toDataURL("image/png").split(",")[1];`);
    const bytes = Buffer.from(data, 'base64');
    if (path) writeFileSync(path, bytes);
    return bytes;
  }
}
