// Every platform of the feed, as a table: a capture by the real gesture and what it read, then what the checks (or a person) make of a wall and of a disappearance.
// One browser for all; each test goes on where the one before ended.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { STORIES } from './feed/platforms/index.mjs';
import { startFeed } from './feed/server.mjs';
import { browsers, builtExtension } from './lib/browsers.mjs';
import { captured, capturesUnderWay, caseOf, cases, control, HOUR, openCase, openStep, ref, runDue, says, shiftClock, switchChecks, textOf } from './lib/story.mjs';
import { until } from './lib/wait.mjs';

const STANDING = `${ref('case')} ${ref('standing')}`;
const BY_HAND = STORIES.filter((story) => story.byHand);
const WALLED = STORIES.filter((story) => story.wall && !story.control);
const LEAVING = STORIES.filter((story) => story.gone && !story.control);
const instant = (text) => text && Date.parse(text);

for (const { name, launch } of browsers()) {
  describe(`every platform: ${name}`, () => {
    let browser, feed, page;
    /** How far the demo's clock is ahead. */
    let hours = 0;
    const ids = {};
    const rowOf = async ({ key }) => (await cases(page)).find((row) => row.id === ids[key]);
    const viewOf = ({ key }) => caseOf(page, ids[key]);
    /** « Vérifier maintenant » */
    const checkNow = ({ key }) => page.evaluate((id) => (globalThis.browser ?? chrome).runtime.sendMessage({ kind: 'check', case: id }), ids[key]);
    const all = (stories, state) => feed.set({ posts: Object.fromEntries(stories.map((story) => [story.key, state(story)])) });

    before(async () => {
      feed = await startFeed();
      browser = await launch({ extension: builtExtension(name), feed });
      await browser.grant([...new Set(STORIES.flatMap((story) => story.probe ?? []))]);
      page = await control(browser, { newWindow: false });
      await switchChecks(page, true);
    });
    after(async () => {
      await browser?.close();
      await feed?.close();
    });

    for (const story of STORIES)
      test(`${story.key}: the gesture captures the post that the address names, and it is read`, async () => {
        const tab = await browser.open(story.open);
        if (story.gesture.select) await tab.evaluate((css) => getSelection().selectAllChildren(document.querySelector(css)), story.gesture.select);
        await browser.clickToolbar(tab);
        if (story.gesture === 'pick') {
          await until(async () => (await capturesUnderWay(page)).some((c) => c.stage.stage === 'picking'), 'the choice');
          await tab.press('ArrowDown');
          await tab.press('Enter');
        }
        const row = await captured(page, story.permalink);
        ids[story.key] = row.id;
        await tab.close();
        const view = await viewOf(story);
        const [{ post, picture, missing }] = view.pieces;
        const read = {
          platform: post.platform, reader: post.reader, id: post.id, permalink: post.permalink, handle: post.author.handle ?? undefined, name: post.author.display_name ?? undefined, account: post.author.account_id ?? undefined,
          text: post.text, at: instant(post.published_at) ?? undefined, media: post.media.map((m) => m.url), missing: post.missing.map((m) => `${m.what}/${m.reason}`),
        };
        assert.deepEqual(read, {
          platform: story.platform, reader: story.platform, id: story.id ?? post.id, permalink: story.permalink, handle: story.handle, name: story.name, account: story.account,
          text: story.text, at: instant(story.at), media: story.media, missing: story.missing,
        });
        if (story.createdFromId) assert.equal(Math.floor(instant(post.created_from_id) / 1000), Math.floor(instant(story.createdFromId) / 1000));
        assert.ok(picture, 'with its picture');
        assert.deepEqual(missing.map((m) => `${m.what}/${m.reason}`), [...(story.lacks ?? []), ...story.missing], 'what the whole capture lacks');
      });

    for (const story of STORIES.filter((other) => !other.byHand))
      test(`${story.key}: the look at capture saw it`, async () => {
        const [look] = (await page.waitFor(async (id) => {
          const view = JSON.parse(await globalThis.temoinDemo.caseJson(id));
          return view.observations.length > 0 && view;
        }, ids[story.key], 'the baseline')).observations;
        assert.deepEqual([look.baseline, look.sighting.fate], [true, story.baseline ?? 'online'], JSON.stringify(look));
      });

    test('after a day, what stands between the checks and the posts is no removal', async () => {
      // A host that refused one question is left alone for a while: of each, one post at a time.
      const seen = {};
      const turns = Map.groupBy(WALLED, ({ probe }) => (seen[probe] = (seen[probe] ?? 0) + 1));
      hours = 25;
      for (const [turn, stories] of turns) {
        all(stories, (story) => story.wall[0]);
        await shiftClock(page, hours * HOUR);
        if (turn === 1) await runDue(page);
        else for (const story of stories) await checkNow(story);
        for (const story of stories) {
          const { observations, row } = await viewOf(story);
          const { fate, would_count } = observations.find((look) => !look.baseline && look.sighting.fate !== 'online')?.sighting ?? observations.at(-1).sighting;
          assert.deepEqual([fate, would_count], [story.wall[1], false], `${story.key}: ${JSON.stringify(observations.at(-1))}`);
          assert.equal(row.standing.standing, 'online', story.key);
        }
        all(stories, () => 'online');
        hours += 3;
      }
    });

    test('the posts disappear: to be confirmed', async () => {
      all(LEAVING, (story) => story.gone[0]);
      hours = 40;
      await shiftClock(page, hours * HOUR);
      await runDue(page);
      for (const story of LEAVING) {
        const { standing } = await rowOf(story);
        assert.deepEqual([standing.standing, standing.fate], ['unconfirmed', story.gone[1]], `${story.key}: ${JSON.stringify((await viewOf(story)).observations.at(-1))}`);
      }
    });

    test('a second sighting a day later, with a positive control: gone, and by whom only where it was said', async () => {
      hours = 65;
      await shiftClock(page, hours * HOUR);
      await runDue(page);
      for (const story of LEAVING) {
        const { standing } = await rowOf(story);
        if (story.confirmed === false) assert.equal(standing.standing, 'unconfirmed', story.key);
        else assert.deepEqual([standing.standing, standing.fate, standing.by_moderation], ['gone', story.gone[1], /^removed/.test(story.gone[1])], `${story.key}: ${JSON.stringify((await viewOf(story)).observations.at(-1))}`);
      }
      for (const story of STORIES.filter((other) => other.control)) assert.equal((await rowOf(story)).standing.standing, 'online', story.key);
    });

    test('the history says so, in words', async () => {
      await page.reload();
      await page.waitForSelector('tbody tr');
      const said = Object.fromEntries(await page.evaluate(() => [...document.querySelectorAll('tbody tr')].map((row) => [row.querySelector('[data-ref=permalink]').textContent, row.textContent.replace(/\s+/g, ' ')])));
      for (const story of LEAVING.filter((other) => other.confirmed !== false)) {
        const line = said[story.permalink.replace('https://', '')];
        const words = { removed_by_platform: /retiré par la plateforme/i, removed_by_community_mod: /retiré par la modération/i, deleted_by_author: /supprimé par son auteur/i, gone_cause_unknown: /introuvable, cause inconnue/i }[story.gone[1]];
        assert.match(line ?? '', words, story.key);
      }
      assert.deepEqual(page.errors, []);
    });

    test('each kind of disappearance is seen for what it is, and no wall for any', async () => {
      const states = ['limited', 'error', 'bot', 'off'];
      const walls = ['rate_limited', 'temp_error', 'blocked_bot'];
      const look = async (story, state) => {
        feed.set({ posts: { [story.key]: state } });
        hours += 3; // A host that refused is left alone for a while.
        await shiftClock(page, hours * HOUR);
        await checkNow(story);
        return (await viewOf(story)).observations.at(-1).sighting;
      };
      for (const story of LEAVING) {
        for (const [state, fate] of Object.entries(story.kinds)) assert.equal((await look(story, state)).fate, fate, `${story.key}: ${state}`);
        for (const state of states) {
          const seen = await look(story, state);
          assert.ok(walls.includes(seen.fate) && !seen.would_count, `${story.key}: ${state}: ${JSON.stringify(seen)}`);
        }
        feed.set({ posts: { [story.key]: story.gone[0] } });
      }
    });

    for (const story of BY_HAND)
      test(`${story.key}: only a person can look, and two looks a day apart say gone`, async () => {
        const { standing } = await rowOf(story);
        assert.equal(standing.standing, story.probe ? 'by_hand_only' : 'not_checked');
        const one = await openCase(browser, ids[story.key]);
        await openStep(one, 'step-follow');
        if (story.probe) assert.match(await textOf(one, STANDING), /à la main/);
        const note = async (fate, looks) => {
          await openStep(one, 'step-follow');
          await one.evaluate(({ s, fate }) => { document.querySelector(s).value = fate; }, { s: ref('fate'), fate });
          await one.click(`${ref('sighting')} button[type=submit]`);
          await one.waitFor(({ s, looks }) => document.querySelectorAll(`${s} li`).length === looks, { s: ref('observations'), looks }, `the look « ${fate} »`);
          return (await rowOf(story)).standing;
        };
        const looks = (await viewOf(story)).observations.length;
        assert.equal((await note('online', looks + 1)).standing, 'online');
        assert.equal((await note('login_wall', looks + 2)).standing, 'online', 'a wall is no removal');
        assert.equal((await note(story.byHand, looks + 3)).standing, 'unconfirmed');
        hours += 25;
        await shiftClock(page, hours * HOUR);
        const gone = await note(story.byHand, looks + 4);
        assert.deepEqual([gone.standing, gone.fate, gone.by_moderation], ['gone', story.byHand, false]);
        await says(one, STANDING, /^introuvable, cause inconnue/);
        assert.deepEqual(one.errors, []);
        await one.close();
      });
  });
}
