// A dossier, from its name to its table: the page as a person walks it, and what it says while nothing was notified.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { COUNTER_SPEECH, HATEFUL, permalink } from './feed/posts.mjs';
import { startFeed } from './feed/server.mjs';
import { browsers, builtExtension } from './lib/browsers.mjs';
import { captured, caseOf, cases, control, ref, says } from './lib/story.mjs';

const AXE = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

for (const { name, launch } of browsers()) {
  describe(`a dossier: ${name}`, () => {
    let browser, feed, history, page;
    const open = () => page.evaluate(() => document.querySelectorAll('main details').forEach((box) => { box.open = true; }));

    before(async () => {
      feed = await startFeed();
      browser = await launch({ extension: builtExtension(name), feed });
      history = await control(browser, { newWindow: false });
      for (const post of [HATEFUL, COUNTER_SPEECH]) {
        const tab = await browser.open(permalink(post));
        await browser.clickToolbar(tab);
        await captured(history, permalink(post));
        await tab.close();
      }
      page = await browser.extensionPage('campaign.html');
      await page.waitFor((s) => document.querySelector(s)?.offsetParent !== null, ref('create'), 'the page');
    });
    after(async () => {
      await browser?.close();
      await feed?.close();
    });

    test('is created, takes the cases, and says that there is nothing to measure yet', async () => {
      await page.fill(ref('name'), 'Essai de novembre');
      await page.click(ref('create-button'));
      await says(page, 'main', /Essai de novembre/);
      await open();
      await page.waitFor((s) => document.querySelectorAll(`${s} input`).length === 2, ref('candidates'), 'the cases to choose from');
      await page.evaluate((s) => document.querySelectorAll(`${s} input`).forEach((box) => box.click()), ref('candidates'));
      await page.click(ref('add-button'));
      await says(page, ref('summary'), /2 affaires.*notifiées et comptées : 0/);
      assert.match(await page.text('main'), /Rien à mesurer pour l’instant/);
      const [row] = await cases(history);
      const view = await caseOf(history, row.id);
      assert.ok(view.timeline.some((step) => step.kind === 'filed'), 'the journal says so');
    });

    test('is frozen once, and has no violation of accessibility nor a line too wide', async () => {
      await page.click(ref('freeze'));
      await says(page, 'main', /Liste figée le \d\d\/\d\d\/\d{4}.* : 2 sur 2 présentes/);
      await open();
      for (const width of [1280, 320]) {
        await page.resize(width, 800);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width} px`);
      }
      await page.resize(1280, 800);
      // Our policy lets no script in: the driver evaluates in the page.
      await page.evaluate(new Function(`${AXE}; globalThis.axe = axe;`));
      const violations = await page.evaluate(async () => (await globalThis.axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(', ')}`));
      assert.deepEqual(violations, []);
      assert.deepEqual(page.errors, []);
    });
  });
}
