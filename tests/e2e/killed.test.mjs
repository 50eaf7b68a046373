// The worker dies at any moment of a capture, as browsers do to idle workers: afterwards the case is whole or says what is missing, and the page is as it was.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { LONG, WITH_MEDIA, permalink } from './feed/posts.mjs';
import { startFeed } from './feed/server.mjs';
import { builtExtension } from './lib/browsers.mjs';
import { launch } from './lib/chromium.mjs';
import { capturesUnderWay, caseOf, cases, control, listenToStages, packOf, stored, switchChecks, verifyOnCommandLine } from './lib/story.mjs';
import { until } from './lib/wait.mjs';

const OVER = ['saved', 'saved_partial', 'cancelled', 'failed'];
/** More stages than any of these captures tells. */
const MOST = 16;

describe('a worker killed during a capture: chromium', () => {
  let browser, feed, page;
  before(async () => {
    feed = await startFeed();
    browser = await launch({ extension: builtExtension('chromium'), feed });
    page = await control(browser);
    await switchChecks(page, true); // So that the pictures are asked for, which is a stage too.
  });
  after(async () => {
    await browser?.close();
    await feed?.close();
  });

  const whatStands = (tab) => tab.evaluate(() => [document.documentElement.outerHTML, scrollX, scrollY, getComputedStyle(document.querySelector('header.bar')).visibility]);
  const casesOf = async (post) => (await cases(page)).filter((row) => row.permalink === permalink(post));

  /** Kills after the `count`th stage and, with `then`, one answered message later; gives false once the capture ends before. */
  async function killAfter(post, count, then) {
    const tab = await browser.open(permalink(post));
    await tab.evaluate(() => scrollTo(0, 30));
    const untouched = await whatStands(tab);
    const before = (await casesOf(post))[0];
    const pieces = before ? (await caseOf(page, before.id)).pieces.length : 0;
    const heard = await listenToStages(page);
    await browser.clickToolbar(tab);
    const stage = await heard({ count });
    if (then) await page.evaluate(() => chrome.runtime.sendMessage({ kind: 'settings' }));
    await browser.killBackground();
    if (stage === 'failed') assert.fail(`the capture failed before it was killed: ${JSON.stringify(await page.evaluate(() => globalThis.fault))}`);
    const what = `killed after stage ${count} (${stage}${then ? ', one message later' : ''})`;

    // Three questions at once wake it: what is left is finished once.
    await Promise.all([capturesUnderWay(page), capturesUnderWay(page), capturesUnderWay(page)]);
    await until(async () => (await stored(page))['temoin/staged'].length === 0, `${what}: nothing is staged any more`);
    assert.ok((await capturesUnderWay(page)).every((c) => OVER.includes(c.stage.stage)), what);
    const rows = await casesOf(post);
    assert.ok(rows.length <= 1, `${what}: ${rows.length} cases`);
    const view = rows[0] && await caseOf(page, rows[0].id);
    const added = (view?.pieces.length ?? 0) - pieces;
    assert.ok(added === 1 || (added === 0 && stage === 'locating'), `${what}: ${added} pieces`);
    if (added === 1) {
      const { missing: lacks, post: read, picture } = view.pieces.at(-1);
      // That the second witness was not asked does not make a capture partial.
      const missing = lacks.filter(({ what: part }) => part !== 'witness');
      if (missing.length === 0) assert.ok(read && picture, what);
      else assert.ok(missing.some(({ reason }) => reason === 'interrupted'), `${what}: ${JSON.stringify(missing)}`);
    }
    await until(async () => JSON.stringify(await whatStands(tab)) === JSON.stringify(untouched), `${what}: the page as it was`, 5_000);
    await tab.close();
    return stage !== null && !OVER.includes(stage);
  }

  for (const [what, post, then] of [['pictures and media', WITH_MEDIA, false], ['pictures and media, a message later', WITH_MEDIA, true], ['several tiles', LONG, false]]) {
    test(`after each stage of a capture with ${what}`, async () => {
      let count = 1;
      while (count < MOST && (await killAfter(post, count, then))) count += 1;
      assert.ok(count >= 5, `${count} stages were told`);
    });
  }

  test('the packs of all these cases check', async () => {
    for (const row of await cases(page)) {
      const { json } = verifyOnCommandLine(await packOf(page, row.id));
      assert.deepEqual([json.verdict, json.problems], ['partial', []], row.permalink);
    }
  });

  test('a worker that slept while the person chose goes on with the choice', async () => {
    const tab = await browser.open('https://x.com/home');
    await browser.clickToolbar(tab);
    await until(async () => (await capturesUnderWay(page)).some((c) => c.stage.stage === 'picking'), 'the picker');
    await browser.killBackground();
    const before = (await cases(page)).length;
    await tab.press('ArrowDown');
    await tab.press('Enter');
    await until(async () => (await cases(page)).length > before || (await stored(page))['temoin/staged'].length === 0, 'the choice');
    await until(async () => (await stored(page))['temoin/staged'].length === 0, 'the end of the capture');
    assert.deepEqual((await capturesUnderWay(page)).filter((c) => c.stage.stage === 'failed'), []);
  });
});
