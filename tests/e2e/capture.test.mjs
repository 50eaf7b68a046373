// The ways to a capture: picker, selection with menu, shortcut, a post taller than the window; and what a given-up choice leaves.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { PNG } from 'pngjs';
import { COMMENTS, FORUM_THREAD, LONG, POSTS, WITH_MEDIA, permalink } from './feed/posts.mjs';
import { startFeed } from './feed/server.mjs';
import { browsers, builtExtension } from './lib/browsers.mjs';
import { captured, capturesUnderWay, caseOf, cases, control, packOf, stored, switchChecks } from './lib/story.mjs';
import { until } from './lib/wait.mjs';
import { readZip } from './lib/zip.mjs';

const HOME = 'https://x.com/home';
const [CALL, OPINION] = POSTS;

for (const { name, launch } of browsers()) {
  describe(`ways to capture: ${name}`, () => {
    let browser, feed, page;
    const opened = [];
    const open = async (url) => {
      const tab = await browser.open(url);
      opened.push(tab);
      return tab;
    };
    const stage = async (wanted) => until(async () => (await capturesUnderWay(page)).find((c) => c.stage.stage === wanted), `« ${wanted} »`);
    const html = (tab) => tab.evaluate(() => document.documentElement.outerHTML);
    /** The toolbar click on a page where the person must choose; waits for the picker. */
    const pick = async (tab) => {
      await browser.clickToolbar(tab);
      return stage('picking');
    };
    const centre = (tab, text) => tab.evaluate((t) => {
      const article = [...document.querySelectorAll('article')].find((a) => a.textContent.includes(t));
      article.scrollIntoView({ block: 'center' });
      const box = article.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + Math.min(box.height / 2, 100)];
    }, text);

    before(async () => {
      feed = await startFeed();
      browser = await launch({ extension: builtExtension(name), feed });
      page = await control(browser, { newWindow: false });
    });
    // Chromium's toolbar click needs the only tab at an address.
    afterEach(async () => {
      for (const tab of opened.splice(0)) await tab.close();
    });
    after(async () => {
      await browser?.close();
      await feed?.close();
    });

    test('Escape gives up: no case, nothing stored, the page as it was', async () => {
      const before = await stored(page);
      const tab = await open(HOME);
      const untouched = await html(tab);
      await pick(tab);
      assert.notEqual(await html(tab), untouched, 'the picker shows itself');
      await tab.press('Escape');
      await stage('cancelled');
      assert.equal(await html(tab), untouched);
      assert.deepEqual(await stored(page), before);
      assert.deepEqual(await cases(page), []);
    });

    test('the mouse picks the post under it', async () => {
      const tab = await open(HOME);
      await pick(tab);
      const at = await centre(tab, 'campement, il faut');
      await tab.page.mouse.move(...at);
      await tab.page.mouse.click(...at);
      const row = await captured(page, permalink(CALL));
      assert.equal(row.partial, false, JSON.stringify((await caseOf(page, row.id)).pieces[0].missing));
      assert.equal((await caseOf(page, row.id)).pieces[0].post.text, CALL.text);
      assert.equal(await tab.url(), HOME, 'the click did not follow a link');
    });

    test('the keyboard alone picks one', async () => {
      const tab = await open(HOME);
      await pick(tab);
      const marked = () => tab.evaluate(() => document.documentElement.outerHTML.length);
      assert.ok(await marked() > 0);
      await tab.press('ArrowDown');
      await tab.press('Enter');
      const row = await until(async () => (await cases(page)).find((r) => r.permalink !== permalink(CALL)) ?? ((await caseOf(page, (await cases(page))[0].id)).pieces.length > 1 && (await cases(page))[0]), 'a capture by keyboard');
      assert.ok(POSTS.some((post) => permalink(post) === row.permalink), row.permalink);
    });

    test('a second click on the toolbar is one capture, not two', async () => {
      await switchChecks(page, true);
      const tab = await open(permalink(WITH_MEDIA));
      await Promise.all([browser.clickToolbar(tab), browser.clickToolbar(tab)]);
      const row = await captured(page, permalink(WITH_MEDIA));
      await until(async () => (await capturesUnderWay(page)).every((c) => ['saved', 'saved_partial'].includes(c.stage.stage)), 'the end of all captures');
      assert.equal((await cases(page)).filter((r) => r.permalink === permalink(WITH_MEDIA)).length, 1);
      const view = await caseOf(page, row.id);
      assert.ok(view.pieces.length === 1 || name === 'firefox' && view.pieces.length === 2, 'Firefox may give the second click after the capture');
      assert.deepEqual([...readZip(await packOf(page, row.id)).keys()].filter((file) => file.includes('/media/')), ['pieces/0001/media/1.png', 'pieces/0001/media/2.png'], `both pictures: ${JSON.stringify(view.pieces[0].missing)}`);
      await switchChecks(page, false);
    });

    test('a message of an unknown forum, by its selected words and the context menu', async () => {
      const comment = COMMENTS[2];
      const tab = await open(FORUM_THREAD);
      const select = () => tab.evaluate((n) => {
        const words = document.querySelector(`#comment-${n} .texte p`);
        getSelection().selectAllChildren(words);
        words.scrollIntoView({ block: 'center' });
      }, comment.n);
      // Chromium runs the listener without a gesture: the click before it gives the tab.
      if (name === 'chromium') await pick(tab);
      await select();
      await browser.chooseMenu(tab, 'capture', name === 'firefox' ? { selector: `#comment-${comment.n} .texte p` } : { selectionText: comment.text });
      const row = await until(async () => (await cases(page)).find((r) => r.platform === 'generic'), 'the case of the forum', 60_000);
      const view = await caseOf(page, row.id);
      assert.ok(view.pieces[0].post?.text.includes('on devrait leur interdire l’entrée'), JSON.stringify(view.pieces[0].post));
      assert.ok(!view.pieces[0].post.text.includes('Rappel de la charte'), 'not its neighbours');
      assert.ok(view.pieces[0].picture, 'with its picture');
    });

    test('the shortcut captures too', async () => {
      const tab = await open(permalink(OPINION));
      if (name === 'chromium') {
        await browser.clickToolbar(tab);
        await captured(page, permalink(OPINION));
      }
      await browser.pressShortcut(tab, 'capture');
      const row = await captured(page, permalink(OPINION), name === 'chromium' ? 2 : 1);
      assert.equal(row.partial, false);
      const files = readZip(await packOf(page, row.id));
      const conditions = [...files].filter(([file]) => file.endsWith('conditions.json')).map(([, bytes]) => JSON.parse(bytes).gesture);
      assert.ok(conditions.includes('command'), String(conditions));
    });

    test('a post taller than the window comes whole: several pictures, and one of exactly the post', async () => {
      const tab = await open(permalink(LONG));
      const before = await tab.evaluate(() => {
        document.querySelector('main').style.margin = '0'; // At the same place with and without a scroll bar.
        scrollTo(0, 40);
        return [document.documentElement.outerHTML, scrollY];
      });
      const rect = await tab.evaluate(() => {
        const { width, height } = document.querySelector('article').getBoundingClientRect();
        return { width: width * devicePixelRatio, height: height * devicePixelRatio, window: innerHeight * devicePixelRatio };
      });
      assert.ok(rect.height > rect.window, 'taller than the window');
      await browser.clickToolbar(tab);
      const row = await captured(page, permalink(LONG));
      assert.equal(row.partial, false, JSON.stringify((await caseOf(page, row.id)).pieces[0].missing));
      assert.deepEqual(await tab.evaluate(() => [document.documentElement.outerHTML, scrollY]), before, 'the page is as it was');
      const files = readZip(await packOf(page, row.id));
      const tiles = [...files.keys()].filter((file) => file.includes('/screenshot/tile-'));
      assert.ok(tiles.length >= 2, String(tiles));
      const picture = PNG.sync.read(files.get('pieces/0001/screenshot/post.png'));
      assert.ok(Math.abs(picture.width - rect.width) <= 2 && Math.abs(picture.height - rect.height) <= 2, `${picture.width}x${picture.height} for ${JSON.stringify(rect)}`);
      const box = await tab.evaluate(() => {
        for (const bar of document.querySelectorAll('header.bar, footer.demo')) bar.style.visibility = 'hidden';
        scrollTo(0, 0);
        const { x, y } = document.querySelector('article').getBoundingClientRect();
        return { x: Math.round(x * devicePixelRatio), y: Math.round(y * devicePixelRatio) };
      });
      const whole = PNG.sync.read(Buffer.from(await tab.page.screenshot({ fullPage: true })));
      const columns = Math.min(picture.width, Math.round(rect.width)) - 2;
      let other = 0;
      for (let y = 2; y < picture.height - 2; y += 1)
        for (let x = 2; x < columns; x += 1) {
          const [a, b] = [4 * (y * picture.width + x), 4 * ((y + box.y) * whole.width + x + box.x)];
          if ([0, 1, 2].some((c) => Math.abs(picture.data[a + c] - whole.data[b + c]) > 48)) other += 1;
        }
      const share = other / (columns * picture.height);
      assert.ok(share < 0.005, `${(100 * share).toFixed(2)} % of the pixels differ from the page`);
      const colours = new Set();
      for (let at = 0; at < picture.data.length; at += 4) colours.add(picture.data.readUIntBE(at, 3));
      assert.ok(colours.has(0xffffff) && colours.size > 20, 'white paper and ink');
    });
  });
}
