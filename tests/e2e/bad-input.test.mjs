// Pages that cannot be captured, or only in part: a clear sentence in the panel, and nothing is lost.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { HATEFUL, LONG, permalink } from './feed/posts.mjs';
import { startFeed } from './feed/server.mjs';
import { browsers, builtExtension } from './lib/browsers.mjs';
import { captured, capturesUnderWay, caseOf, cases, control, listenToStages, openCase, ref, stored, textOf } from './lib/story.mjs';
import { until } from './lib/wait.mjs';

const CLOSED = { chromium: ['chrome://version/', 'view-source:https://x.com/home'], firefox: ['https://addons.mozilla.org/'] };

for (const { name, launch } of browsers()) {
  describe(`bad input: ${name}`, () => {
    let browser, feed, page;
    before(async () => {
      feed = await startFeed();
      browser = await launch({ extension: builtExtension(name), feed });
      page = await control(browser, { newWindow: false });
    });
    after(async () => {
      await browser?.close();
      await feed?.close();
    });

    for (const url of CLOSED[name]) {
      test(`${url}: the panel says why, and what to do`, async () => {
        const tab = await browser.open(url);
        await browser.clickToolbar(tab);
        const { stage } = await until(async () => (await capturesUnderWay(page)).find((c) => c.stage.stage === 'failed'), 'the failure');
        assert.ok(stage.fault.message && stage.fault.hint, JSON.stringify(stage));
        const panel = await browser.panel();
        await panel.waitFor((s) => document.querySelector(s)?.textContent.includes('La capture n’a pas abouti'), ref('stage'), 'the sentence');
        assert.match(await textOf(panel, ref('stage')), /^La capture n’a pas abouti : \S/);
        assert.ok((await textOf(panel, ref('hint'))).length > 5);
        assert.deepEqual([await cases(page), (await stored(page))['temoin/staged']], [[], []]);
        assert.deepEqual(panel.errors, []);
        await tab.close();
      });
    }

    test('a page that allows itself nothing is captured all the same', async () => {
      feed.set({ csp: 'none' });
      const tab = await browser.open(permalink(HATEFUL));
      await browser.clickToolbar(tab);
      const row = await captured(page, permalink(HATEFUL));
      feed.set({ csp: 'page' });
      const [piece] = (await caseOf(page, row.id)).pieces;
      assert.equal(piece.post.text, HATEFUL.text);
      assert.ok(piece.picture);
      assert.ok(piece.missing.every((missing) => missing.what.startsWith('media') || missing.what === 'witness'), JSON.stringify(piece.missing));
      await tab.close();
    });

    test('a tab closed half-way leaves what was read, and says what is missing', async () => {
      const tab = await browser.open(permalink(LONG));
      const heard = await listenToStages(page);
      await browser.clickToolbar(tab);
      assert.equal(await heard({ stage: 'picturing' }), 'picturing');
      await tab.close();
      const row = await captured(page, permalink(LONG));
      assert.equal(row.partial, true);
      const view = await caseOf(page, row.id);
      assert.equal(view.pieces[0].post.text, LONG.text, 'the text had been read');
      assert.ok(view.pieces[0].missing.some((missing) => missing.what === 'screenshot'), JSON.stringify(view.pieces[0].missing));
      const one = await openCase(browser, row.id);
      assert.match(await textOf(one, ref('missing')), /\S/);
      await one.close();
    });

    test('a timeline of ten thousand posts: the choice and the capture work', async () => {
      const tab = await browser.open('https://x.com/home');
      await tab.evaluate(() => {
        const cells = [...document.querySelectorAll('[data-testid="cellInnerDiv"]')];
        const all = document.createDocumentFragment();
        for (let at = 0; at < 10_000; at += 1) all.append(cells[at % cells.length].cloneNode(true));
        cells[0].parentElement.append(all);
      });
      await browser.clickToolbar(tab);
      await until(async () => (await capturesUnderWay(page)).some((c) => c.stage.stage === 'picking'), 'the picker');
      const before = new Map(await Promise.all((await cases(page)).map(async (row) => [row.id, (await caseOf(page, row.id)).pieces.length])));
      await tab.press('ArrowDown');
      await tab.press('Enter');
      await until(async () => {
        for (const row of await cases(page)) if ((await caseOf(page, row.id)).pieces.length > (before.get(row.id) ?? 0)) return true;
        return false;
      }, 'the capture', 60_000);
      await tab.close();
    });

    test('a tab closed while choosing leaves nothing behind', async () => {
      const tab = await browser.open('https://x.com/home');
      await browser.clickToolbar(tab);
      await until(async () => (await capturesUnderWay(page)).some((c) => c.stage.stage === 'picking'), 'the picker');
      const before = (await cases(page)).length;
      await tab.close();
      await until(async () => (await capturesUnderWay(page)).every((c) => c.stage.stage !== 'picking'), 'the end of the choice');
      assert.equal((await cases(page)).length, before);
      assert.deepEqual((await stored(page))['temoin/staged'], []);
    });
  });
}
