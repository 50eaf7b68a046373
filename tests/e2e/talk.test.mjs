// The conversation by keyboard alone, and what may not be held: nothing of it is left in any store. Each test goes on where the one before ended.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { HATEFUL, WITH_MEDIA, permalink } from './feed/posts.mjs';
import { startFeed } from './feed/server.mjs';
import { browsers, builtExtension } from './lib/browsers.mjs';
import { captured, caseOf, cases, control, isShown, openStep, ref, says, stored, textOf } from './lib/story.mjs';
import { until } from './lib/wait.mjs';

for (const { name, launch } of browsers()) {
  describe(`the conversation: ${name}`, () => {
    let browser, feed;

    before(async () => {
      feed = await startFeed();
      browser = await launch({ extension: builtExtension(name), feed });
    });
    after(async () => {
      await browser?.close();
      await feed?.close();
    });

    const press = (page, key) => page.press(key);
    /** The panel in a tab of its own: its keyboard can be driven in both browsers. */
    const openPanel = () => browser.extensionPage('panel.html', { newWindow: true });
    const focused = (page, selector) => page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector);

    /** Tab, and nothing else, until the keyboard is there. */
    async function tabTo(page, selector) {
      for (let at = 0; at < 120; at += 1) {
        await press(page, 'Tab');
        if (await focused(page, selector)) return;
      }
      assert.fail(`the keyboard does not reach ${selector}`);
    }

    /** The offence that is suggested first, once it is `wanted`. */
    const suggests = (page, wanted) => says(page, `${ref('suggestions')} ${ref('label')}`, wanted);

    test('answers by digit change the suggestion at once; the decision stands beside it', async () => {
      const tab = await browser.open(permalink(HATEFUL));
      await browser.clickToolbar(tab);
      const page = await control(browser);
      const { id } = await captured(page, permalink(HATEFUL));
      const panel = await openPanel();
      await panel.waitForSelector(ref('case'));
      await suggests(panel, /Provocation publique.*origine/);
      assert.ok(await panel.evaluate((s) => [...document.querySelectorAll(`${s} mark`)].some((mark) => mark.textContent.includes('chasser')), ref('talk-text')), 'the words in the text');
      assert.match(await textOf(panel, ref('elements')), /appel ou une exhortation.*réuni/);
      assert.match(await textOf(panel, ref('limit-day')), /Dernier jour sûr : 17 novembre 2027 \(1 an\)/);
      assert.match(await textOf(panel, ref('limit-does-not')), /plainte simple/);
      assert.match(await textOf(panel, ref('statutes')), /auront provoqué à la discrimination/);

      await tabTo(panel, 'input[name=ground]');
      await press(panel, '8');
      await suggests(panel, /Provocation publique.*sexe/);
      assert.ok(await focused(panel, 'input[name=call]'), 'on to the next question');
      await press(panel, '2');
      await suggests(panel, /Injure publique.*sexe/);
      await press(panel, '1');
      await suggests(panel, /Diffamation publique.*sexe/);
      await press(panel, '1');
      assert.ok(await focused(panel, 'input[name=decision]'), 'on to the decision');
      await press(panel, 'b');
      await tabTo(panel, ref('explanation'));
      await panel.page.keyboard.type('Un fait faux, affirmé de tout un groupe.');
      await tabTo(panel, ref('decide'));
      await press(panel, 'Enter');
      await says(panel, ref('status'), /^Qualifié/);

      const { qualified } = await caseOf(page, id);
      assert.deepEqual([qualified.decision.offence, qualified.decision.ground], ['diffamation_publique_sexe_orientation_handicap', 'gender_identity']);
      assert.equal(qualified.suggested, 'diffamation_publique_sexe_orientation_handicap');
      assert.deepEqual([qualified.facts.public, qualified.facts.answers], [true, { ground: 'gender_identity', call: false, fact: true }]);
      assert.deepEqual(panel.errors, []);
      await panel.close();
      await page.close();
      await tab.close();
    });

    test('content that may not be held goes at once, by keyboard, and nothing is left of it', async () => {
      const tab = await browser.open(permalink(WITH_MEDIA));
      await browser.clickToolbar(tab);
      const page = await control(browser);
      const { id } = await captured(page, permalink(WITH_MEDIA));
      const blobs = async () => Object.entries(await stored(page)).find(([store]) => store.endsWith('/blobs'))[1];
      const before = (await blobs()).length;
      const panel = await openPanel();
      await says(panel, ref('talk-text'), /conseil municipal/);
      await tabTo(panel, 'input[name=decision]');
      await press(panel, 'a');
      assert.match(await textOf(panel, ref('never')), /3018/);
      assert.equal((await blobs()).length, before, 'a choice erases nothing');
      await tabTo(panel, ref('never-erase'));
      await press(panel, 'Enter');
      await panel.waitForSelector('.case.withheld');
      await openStep(panel, 'step-qualify');
      assert.ok(await isShown(panel, ref('never-gone')));
      for (const gone of ['talk', 'post', 'never-erase', 'decision-choices']) assert.equal(await isShown(panel, ref(gone)), false, gone);
      await openStep(panel, 'step-report');
      await panel.waitFor((s) => document.querySelector(s)?.value.includes('/status/'), '#report-field-url', 'the report');
      assert.deepEqual(panel.errors, []);
      await panel.close();

      const view = await caseOf(page, id);
      assert.deepEqual(view.timeline.map((step) => step.kind).slice(-2), ['qualified', 'purged']);
      assert.equal(view.row.permalink, permalink(WITH_MEDIA));
      const dump = await stored(page);
      const held = dump[Object.keys(dump).find((store) => store.endsWith('/blobs'))];
      for (const [, value] of held) {
        const bytes = Buffer.from(value.content.base64, 'base64');
        assert.ok(!bytes.includes('conseil municipal') && !bytes.includes('pbs.twimg.com/media/FpDessin'), 'no text, no HTML');
      }
      assert.ok(!JSON.stringify({ ...dump, blobs: undefined }).includes('hystériques'), 'no excerpt either');
      assert.deepEqual(dump[Object.keys(dump).find((store) => store.endsWith('/staged'))], []);
      await page.close();
    });

    test('the menu keeps an address alone, and the text alone', async () => {
      const page = await control(browser, { newWindow: false });
      const address = 'https://forum.exemple.fr/sujet/42-fermeture-de-la-piscine';
      const tab = await browser.open(address);
      await browser.chooseMenu(tab, 'address_only');
      const row = await until(async () => (await cases(page)).find((r) => r.permalink.startsWith(address)), 'the address', 30_000);
      const view = await caseOf(page, row.id);
      assert.deepEqual(view.timeline.map((step) => step.kind), ['address_kept', 'qualified']);
      assert.deepEqual([view.pieces, view.withheld, row.excerpt], [[], true, '']);

      const post = await browser.open(permalink(HATEFUL));
      if (name === 'chromium') {
        // Chromium runs the listener without a gesture: the click before it gives the tab.
        await browser.clickToolbar(post);
        await captured(page, permalink(HATEFUL), 2);
      }
      const pieces = name === 'chromium' ? 3 : 2;
      await browser.chooseMenu(post, 'text_only');
      const known = await captured(page, permalink(HATEFUL), pieces);
      const piece = (await caseOf(page, known.id)).pieces.at(-1);
      assert.equal(piece.picture, null);
      assert.equal(piece.post.text, HATEFUL.text);
      await page.close();
    });
  });
}
