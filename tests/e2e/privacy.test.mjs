// What a fresh install of the release asks of the network from capture to export, and what it keeps: no request, no secret of the page.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CANARIES, withSecretQuery } from './feed/canaries.mjs';
import { FORUM_THREAD, HATEFUL, WITH_MEDIA, permalink } from './feed/posts.mjs';
import { startFeed } from './feed/server.mjs';
import { browsers, builtExtension } from './lib/browsers.mjs';
import { download, isBrowsersOwn, openCase, openStep, ref, says, stored } from './lib/story.mjs';
import { until } from './lib/wait.mjs';
import { readZip } from './lib/zip.mjs';

/** Every form in which a text may stand in stored bytes. */
const forms = (text) => {
  const utf16be = Buffer.from(text, 'utf16le').swap16();
  const plain = [Buffer.from(text), Buffer.from(text, 'utf16le'), utf16be];
  // In base64 a text has three faces, by where it begins; the edges mix with what stands beside it.
  const base64 = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).toString('base64').slice(shift ? 4 : 0, -4)).map((face) => Buffer.from(face));
  return [...plain, ...base64, Buffer.from(encodeURIComponent(text)), Buffer.from(Buffer.from(text).toString('hex'))];
};

/** Names of the canaries in a value of any shape; bytes come as `{base64}`. */
function canariesIn(value) {
  const found = new Set();
  const look = (bytes) => {
    for (const [place, canary] of Object.entries(CANARIES)) if (forms(canary).some((form) => bytes.includes(form))) found.add(place);
  };
  const walk = (part) => {
    if (typeof part === 'string') look(Buffer.from(part));
    else if (typeof part?.base64 === 'string') look(Buffer.from(part.base64, 'base64'));
    else if (typeof part === 'object' && part !== null) for (const [key, inner] of Object.entries(part)) (look(Buffer.from(key)), walk(inner));
  };
  walk(value);
  return [...found];
}

test('the search for canaries finds them', () => {
  const canary = CANARIES.script;
  for (const value of [`a${canary}b`, { deep: [{ base64: Buffer.from(`é${canary}`, 'utf16le').toString('base64') }] }, { deep: Buffer.from(`xx${canary}yy`).toString('base64') }]) assert.deepEqual(canariesIn(value), ['script']);
  assert.deepEqual(canariesIn({ a: 'CANARI' }), []);
});

for (const { name, launch } of browsers()) {
  describe(`a fresh install of the release: ${name}`, () => {
    let browser, feed;
    const asked = () => feed.requests().filter(({ host }) => !isBrowsersOwn(host)).map(({ method, host, path }) => `${method} ${host}${path}`);

    before(async () => {
      feed = await startFeed();
      browser = await launch({ extension: builtExtension(name, 'release'), feed });
    });
    after(async () => {
      await browser?.close();
      await feed?.close();
    });

    test('no request from the click to the pack', async () => {
      // Opened first: what the pages ask by themselves is asked before the count.
      const tabs = [];
      for (const url of [withSecretQuery(permalink(HATEFUL)), permalink(WITH_MEDIA)]) tabs.push(await browser.open(url));
      for (const tab of tabs) await tab.waitFor(() => [...document.images].every((image) => image.complete), undefined, 'the pictures of the page');
      const shownByThePage = asked();
      const history = await browser.extensionPage('history.html', { newWindow: true });
      const rows = () => history.evaluate(async () => (await (globalThis.browser ?? chrome).runtime.sendMessage({ kind: 'cases', status: null, platform: null })).value);
      for (const [at, tab] of tabs.entries()) {
        await browser.clickToolbar(tab);
        await until(async () => (await rows()).length === at + 1, `capture ${at + 1}`, 60_000);
      }
      const row = (await rows()).find((r) => r.permalink === permalink(HATEFUL));
      assert.deepEqual([row.demo, row.partial], [false, false]);
      const one = await openCase(browser, row.id);
      await openStep(one, 'step-qualify');
      await one.click('input[name=public][value=yes]');
      await one.click(`${ref('suggested-choices')} input`);
      await one.fill(ref('explanation'), 'Appel visant tout un groupe.');
      await one.click(ref('decide'));
      await says(one, `${ref('case')} ${ref('status')}`, /^Qualifié/);
      await one.waitForSelector('#report-field-comment');
      await one.click(`${ref('report-sent')} button[type=submit]`);
      await says(one, `${ref('case')} ${ref('status')}`, /^Signalé/);
      await openStep(one, 'step-notice');
      await one.waitForSelector('#notice-field-url, [data-ref=notice-fields] textarea');
      await one.click(ref('good-faith'));
      await one.click(`${ref('notice-sent')} button[type=submit]`);
      await says(one, `${ref('case')} ${ref('status')}`, /^Plateforme notifiée/);
      const { bytes } = await download(browser, one);
      await says(one, ref('export-digest'), /^[0-9a-f]{64}$/);
      assert.deepEqual(asked().slice(shownByThePage.length), [], 'nothing was asked');

      const files = readZip(bytes);
      assert.ok(files.size > 5);
      const found = Object.fromEntries([...files].map(([file, content]) => [file, canariesIn({ base64: content.toString('base64') })]).filter(([, places]) => places.length > 0));
      assert.deepEqual(found, {}, 'no canary in the pack');
      for (const page of [one, history]) assert.deepEqual(page.errors, []);
      await one.close();
    });

    test('no secret of the page in any stored byte', async () => {
      const tab = await browser.open(FORUM_THREAD);
      await browser.clickToolbar(tab);
      const history = await browser.extensionPage('history.html', { newWindow: true });
      const rows = () => history.evaluate(async () => (await (globalThis.browser ?? chrome).runtime.sendMessage({ kind: 'cases', status: null, platform: null })).value);
      await until(async () => (await history.evaluate(async () => (await (globalThis.browser ?? chrome).runtime.sendMessage({ kind: 'panel' })).value.captures)).some((c) => c.stage.stage === 'picking'), 'the picker');
      await tab.evaluate(() => document.querySelector('#comment-12').scrollIntoView({ block: 'center' }));
      const at = await tab.evaluate(() => {
        const { x, y } = document.querySelector('#comment-12 .texte p').getBoundingClientRect();
        return [x + 20, y + 5];
      });
      await tab.page.mouse.move(...at);
      await tab.page.mouse.click(...at);
      await until(async () => (await rows()).length === 3, 'the third case', 60_000);
      const dump = await stored(history);
      assert.ok(Object.values(dump).flat().length > 10, 'something is stored');
      assert.deepEqual(Object.keys(dump).sort(), ['local', 'temoin/blobs', 'temoin/journals', 'temoin/keys', 'temoin/rows', 'temoin/seals', 'temoin/staged']);
      const found = Object.fromEntries(Object.entries(dump).map(([store, content]) => [store, canariesIn(content)]).filter(([, places]) => places.length > 0));
      assert.deepEqual(found, {});
      assert.deepEqual(await history.evaluate(async () => [Object.keys(localStorage), Object.keys(sessionStorage), await caches.keys()]), [[], [], []], 'and nothing elsewhere');
    });
  });
}
