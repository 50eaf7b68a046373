// The harness, proved on an extension of thirty lines: what the other tests rest on. `node --test harness.test.mjs`; BROWSER=firefox for one.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { PNG } from 'pngjs';
import { HATEFUL, LONG, permalink } from './feed/posts.mjs';
import { startFeed } from './feed/server.mjs';
import { browsers } from './lib/browsers.mjs';
import { until } from './lib/wait.mjs';

const BACKGROUND = `
globalThis.api = globalThis.browser ?? globalThis.chrome;
globalThis.born = Math.random();
globalThis.clicks = [];
api.action.onClicked.addListener((tab) => {
  if (api.sidebarAction) api.sidebarAction.open(); else api.sidePanel.open({ windowId: tab.windowId });
  capture(tab);
});
async function capture(tab) {
  try {
    const shot = await api.tabs.captureVisibleTab(tab.windowId, { format: 'png' });
    const [{ result: articles }] = await api.scripting.executeScript({ target: { tabId: tab.id }, func: () => document.querySelectorAll('article').length });
    clicks.push({ url: tab.url, shot, articles });
  } catch (error) { clicks.push({ error: String(error) }); }
  await api.storage.local.set({ clicks });
}
api.contextMenus.removeAll().then(() => api.contextMenus.create({ id: 'post', title: 'Garder', contexts: ['all'] }));
api.contextMenus.onClicked.addListener((info, tab) => { chosen.push(['menu', info.menuItemId, tab?.url]); capture(tab); });
api.commands.onCommand.addListener((name, tab) => { chosen.push(['key', name, tab?.url]); capture(tab); });
globalThis.chosen = [];
api.runtime.onMessage.addListener((message, sender, reply) => { reply({ born }); });
`;
const PANEL = '<!DOCTYPE html><meta charset="utf-8"><title>Panneau</title><body style="background:#fa0"><h1>Bonjour</h1><button id="ask">?</button><input id="name"><output></output><script src="panel.js"></script>';
const PANEL_JS = `const api = globalThis.browser ?? globalThis.chrome;
document.querySelector('#ask').addEventListener('click', (event) => { document.querySelector('output').textContent = document.querySelector('#name').value + '/' + event.isTrusted; });`;

function minimalExtension(browser) {
  const dir = mkdtempSync(join(tmpdir(), 'temoin-minimal-'));
  const manifest = {
    manifest_version: 3, name: 'harness', version: '1.0', action: {}, permissions: ['activeTab', 'scripting', 'storage', 'contextMenus'],
    commands: { capture: { suggested_key: { default: 'Alt+Shift+T' }, description: 'Garder' } }, optional_host_permissions: ['<all_urls>'],
    ...(browser === 'chromium'
      ? { permissions: ['activeTab', 'scripting', 'storage', 'contextMenus', 'sidePanel'], background: { service_worker: 'background.js', type: 'module' }, side_panel: { default_path: 'panel.html' } }
      : { background: { scripts: ['background.js'], type: 'module' }, sidebar_action: { default_panel: 'panel.html', open_at_install: false }, browser_specific_settings: { gecko: { id: 'harness@extension', data_collection_permissions: { required: ['none'] } } } }),
  };
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(dir, 'background.js'), BACKGROUND);
  writeFileSync(join(dir, 'panel.html'), PANEL);
  writeFileSync(join(dir, 'panel.js'), PANEL_JS);
  return dir;
}

for (const { name, launch } of browsers()) {
  describe(`harness: ${name}`, () => {
    let browser, extension, feed;
    before(async () => {
      feed = await startFeed();
      extension = minimalExtension(name);
      browser = await launch({ extension, feed });
    });
    after(async () => {
      await browser?.close();
      await feed?.close();
      rmSync(extension, { recursive: true, force: true });
    });

    test('a toolbar click grants the tab: pixels and the page can be read, and the panel opens', async () => {
      const other = await browser.open('https://x.com/home');
      const tab = await browser.open(permalink(HATEFUL));
      await browser.clickToolbar(tab);
      // In a window of its own: the visible tab must stay the one that was clicked.
      const page = await browser.extensionPage('panel.html?window', { newWindow: true });
      const [click] = await page.waitFor(async () => (await (globalThis.browser ?? chrome).storage.local.get('clicks')).clicks, undefined, 'the click');
      await page.close();
      assert.equal(click.error, undefined);
      assert.equal(click.url, permalink(HATEFUL), 'the tab that was clicked, not another');
      assert.equal(click.articles, 2, 'the post and the answer that quotes it');
      const png = PNG.sync.read(Buffer.from(click.shot.split(',')[1], 'base64'));
      assert.ok(png.width > 400 && png.height > 400, `${png.width}x${png.height}`);
      assert.ok(new Set(png.data.filter((_, i) => i % 4 === 0)).size > 10, 'real pixels, not one colour');
      await other.close();
      await tab.close();
    });

    test('the shortcut and the context menu reach their listeners', async () => {
      const tab = await browser.open(permalink(LONG));
      await browser.evaluateBackground(() => {
        globalThis.clicks.length = 0;
      });
      // In Firefox both are real; in Chromium the listener is called, on a tab that a click granted before.
      if (name === 'chromium') await browser.clickToolbar(tab);
      await browser.pressShortcut(tab, 'capture');
      await browser.chooseMenu(tab, 'post');
      const wanted = name === 'chromium' ? 3 : 2;
      const clicks = await until(() => browser.evaluateBackground((n) => globalThis.clicks.length >= n && globalThis.clicks, wanted), 'the captures');
      assert.deepEqual(clicks.map((c) => c.error), Array(wanted).fill(undefined));
      assert.deepEqual(await browser.evaluateBackground(() => globalThis.chosen), [['key', 'capture', permalink(LONG)], ['menu', 'post', permalink(LONG)]]);
      await tab.close();
    });

    test('the panel answers like a page', async () => {
      const panel = await browser.panel();
      assert.equal(await panel.text('h1'), 'Bonjour');
      await panel.fill('#name', 'Zoé');
      await panel.click('#ask');
      assert.match(await panel.waitFor(() => document.querySelector('output').textContent, undefined, 'the answer'), /^Zoé\/true$/, 'typed, and clicked with a gesture');
      const png = PNG.sync.read(await panel.screenshot());
      assert.deepEqual([...png.data.subarray(4 * (png.width * (png.height - 2) + 2), 4 * (png.width * (png.height - 2) + 2) + 3)], [255, 170, 0], 'its own colour');
      assert.deepEqual(panel.errors, []);
    });

    test('the background can be asked, killed, and wakes anew', async () => {
      const first = await browser.evaluateBackground(() => globalThis.born);
      assert.equal(await browser.evaluateBackground(() => globalThis.born), first);
      assert.equal(await browser.killBackground(), 1);
      const page = await browser.extensionPage('panel.html');
      const { born } = await page.evaluate(() => (globalThis.browser ?? chrome).runtime.sendMessage({}));
      assert.notEqual(born, first);
      await page.close();
    });

    test('without a grant the background reads no site; with it, it does, through the feed', async () => {
      const ask = () => fetch('https://x.com/home', { credentials: 'omit', referrerPolicy: 'no-referrer' }).then((r) => r.status, () => 0);
      const page = await browser.extensionPage('panel.html');
      assert.equal(await page.evaluate(ask), 0);
      await page.close();
      await browser.grant(['https://x.com/*']);
      feed.reset();
      const again = await browser.extensionPage('panel.html');
      assert.equal(await again.evaluate(ask), 200);
      assert.equal(await again.evaluate(() => (globalThis.browser ?? chrome).permissions.contains({ origins: ['https://x.com/*'] })), true);
      assert.deepEqual(feed.requests().filter((r) => r.host === 'x.com').map((r) => [r.path, r.cookie, r.referer]), [['/home', false, undefined]]);
    });
  });
}
