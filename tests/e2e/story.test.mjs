// The main job, from the click to « plus en ligne » and a pack that checks, in both browsers. Each test goes on where the one before ended.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { COUNTER_SPEECH, HATEFUL, permalink } from './feed/posts.mjs';
import { startFeed } from './feed/server.mjs';
import { browsers, builtExtension, ROOT } from './lib/browsers.mjs';
import {
  captured, caseOf, cases, control, download, HOUR, isBrowsersOwn, isShown, openCase, openStep, ref, runDue, says, sha256, shiftClock, textOf, unpack, verifyInPage, verifyOnCommandLine,
} from './lib/story.mjs';
import { readZip, writeZip } from './lib/zip.mjs';

const PROBED = 'https://cdn.syndication.twimg.com/*';
/** In the case, not in the list that stands beside it. */
const STANDING = `${ref('case')} ${ref('standing')}`;
const SHOTS = `${ROOT}target/shots/`;

for (const { name, launch } of browsers()) {
  describe(`the main job: ${name}`, () => {
    let browser, feed, id, pack;

    before(async () => {
      mkdirSync(SHOTS, { recursive: true });
      feed = await startFeed();
      browser = await launch({ extension: builtExtension(name), feed });
    });
    after(async () => {
      await browser?.close();
      await feed?.close();
    });

    test('a click on the toolbar captures the post and shows what it may be', async () => {
      const tab = await browser.open(permalink(HATEFUL));
      await browser.clickToolbar(tab);
      const page = await control(browser);
      const row = await captured(page, permalink(HATEFUL));
      id = row.id;
      assert.deepEqual([row.platform, row.status, row.partial, row.demo], ['x', 'captured', false, true]);
      const view = await caseOf(page, id);
      assert.equal(view.pieces[0].post.text, HATEFUL.text);
      assert.equal(view.pieces[0].post.author.handle.replace('@', ''), HATEFUL.author.handle);
      await page.close();

      const panel = await browser.panel();
      await panel.waitForSelector(ref('case'));
      assert.equal(await panel.evaluate((s) => document.querySelector(s).closest('.sensitive').inert, ref('text')), true, 'veiled at first');
      await panel.click(ref('veil'));
      assert.equal(await panel.evaluate((s) => document.querySelector(s).closest('.sensitive').inert, ref('text')), false);
      assert.equal(await panel.text(ref('text')), HATEFUL.text);
      await panel.waitFor((s) => document.querySelector(s).naturalWidth > 100, ref('picture'), 'the picture of the post');
      assert.match(await textOf(panel, `${ref('suggestions')} ${ref('label')}`), /\S/);
      assert.ok(await panel.evaluate((s) => [...document.querySelectorAll(s)].some((quote) => quote.textContent.includes('chasser')), `${ref('suggestions')} ${ref('quote')}`), 'the words that it rests on');
      assert.match(await textOf(panel, ref('time')), /non certifiée/);
      assert.match(await textOf(panel, ref('report-why')), /Décidez d’abord/);
      await panel.screenshot(`${SHOTS}panel-${name}.png`);
      assert.deepEqual(panel.errors, []);
    });

    test('an answer, a decision, and the report to PHAROS is ready to copy', async () => {
      const panel = await browser.panel();
      await panel.click('input[name=public][value=yes]');
      await panel.waitFor((s) => document.querySelectorAll(`${s} input`).length > 0, ref('suggested-choices'), 'what is suggested');
      await panel.click(`${ref('suggested-choices')} input`);
      assert.match(await panel.evaluate((s) => document.querySelector(s).value, ref('words')), /chasser/, 'the words are proposed');
      await panel.fill(ref('explanation'), 'Appel visant tout un groupe.');
      await panel.click(ref('decide'));
      await says(panel, ref('status'), /^Qualifié/);

      const fields = await panel.waitFor((s) => {
        const fields = Object.fromEntries([...document.querySelectorAll(`${s} textarea`)].map((field) => [field.id.replace('report-field-', ''), field.value]));
        return fields.comment ? fields : null;
      }, ref('report-fields'), 'the fields of the report');
      assert.match(fields.url, new RegExp(HATEFUL.id));
      assert.match(fields.author, new RegExp(HATEFUL.author.handle));
      assert.ok(fields.comment.includes('Appel visant tout un groupe.'), fields.comment);
      assert.ok(fields.category && fields.observed, JSON.stringify(fields));
      assert.match(await panel.evaluate((s) => document.querySelector(s).href, ref('report-link')), /^https:\/\/(www\.)?internet-signalement\.gouv\.fr/);

      const button = `${ref('report-fields')} .copy-field:has(#report-field-url) ${ref('copy')}`;
      await panel.click(button);
      await panel.waitFor((s) => document.querySelector(s).hasAttribute('data-copied'), button, 'the sign that it was copied');
      assert.equal(await textOf(panel, ref('said')), 'Copié');
      assert.equal(await panel.evaluate((s) => document.querySelector(s).elements['report-at'].value, ref('report-sent')), '');
      await panel.fill(ref('report-reference'), 'P-2026-42');
      await panel.click(`${ref('report-sent')} button[type=submit]`);
      await says(panel, ref('reports'), /P-2026-42/);
      await says(panel, ref('status'), /^Signalé à PHAROS/);
    });

    test('the notice has the form’s own fields; good faith is the person’s to say', async () => {
      const panel = await browser.panel();
      await panel.waitFor((s) => document.querySelectorAll(`${s} textarea`).length >= 3, ref('notice-fields'), 'the fields of the notice');
      const link = new URL(await panel.evaluate((s) => document.querySelector(s).href, ref('notice-prefilled')));
      assert.equal(link.origin, 'https://help.x.com');
      assert.ok([...link.searchParams.values()].some((value) => value.includes(HATEFUL.id)), link.href);
      assert.equal(await panel.evaluate((s) => document.querySelector(s).checked, ref('good-faith')), false, 'never ticked for the person');
      const sent = `${ref('notice-sent')} button[type=submit]`;
      await panel.click(sent);
      await says(panel, ref('notice-fault'), /bonne foi/);
      assert.equal(await textOf(panel, ref('status')), 'Signalé à PHAROS', 'nothing was recorded');
      await panel.click(ref('good-faith'));
      await panel.click(sent);
      await says(panel, ref('status'), /^Plateforme notifiée/);
      await says(panel, ref('notices'), /\d{4}/);
      assert.deepEqual(panel.errors, []);
    });

    test('what was copied is what the person pastes', async () => {
      const page = await openCase(browser, id);
      await openStep(page, 'step-report');
      await page.waitForSelector('#report-field-comment');
      const comment = await page.evaluate(() => document.querySelector('#report-field-comment').value);
      await page.click(`.copy-field:has(#report-field-comment) ${ref('copy')}`);
      await page.waitFor((s) => document.querySelector(s).hasAttribute('data-copied'), `.copy-field:has(#report-field-comment) ${ref('copy')}`, 'the copy');
      await openStep(page, 'step-qualify');
      await page.evaluate((s) => { document.querySelector(s).value = ''; }, ref('explanation'));
      await page.click(ref('explanation'));
      await page.page.keyboard.down('Control');
      await page.page.keyboard.press('v');
      await page.page.keyboard.up('Control');
      await page.waitFor(({ s, comment }) => document.querySelector(s).value === comment, { s: ref('explanation'), comment }, 'the pasted text');
      await page.close();
    });

    test('the history lists the case, filters, and tells its story in order', async () => {
      const tab = await browser.open(permalink(COUNTER_SPEECH));
      await browser.clickToolbar(tab);
      const page = await control(browser);
      await captured(page, permalink(COUNTER_SPEECH));
      const shown = () => page.evaluate(() => [...document.querySelectorAll('tbody tr')].map((row) => row.querySelector('[data-ref=permalink]').textContent));
      await page.waitFor(() => document.querySelectorAll('tbody tr').length === 2, undefined, 'two lines');
      const choose = (what, value) => page.evaluate(({ s, value }) => {
        document.querySelector(s).value = value;
        document.querySelector(s).dispatchEvent(new Event('change', { bubbles: true }));
      }, { s: ref(what), value });
      await choose('filter-status', 'notified');
      assert.deepEqual(await shown(), [permalink(HATEFUL).replace('https://', '')]);
      await choose('filter-status', 'set_aside');
      assert.ok(await isShown(page, ref('no-match')));
      await page.click(ref('reset'));
      assert.equal((await shown()).length, 2);
      assert.deepEqual(await page.evaluate((s) => [...document.querySelector(s).options].map((o) => o.value), ref('filter-platform')), ['', 'x']);
      await choose('filter-platform', 'x');
      assert.equal((await shown()).length, 2);
      const view = await caseOf(page, id);
      assert.deepEqual(view.timeline.map((step) => step.kind), ['captured', 'sealed', 'qualified', 'reported', 'notice_sent']);
      await page.close();
      const one = await openCase(browser, id);
      await openStep(one, 'step-journal');
      const lines = await one.evaluate((s) => [...document.querySelectorAll(`${s} li`)].map((li) => li.textContent), ref('timeline'));
      assert.equal(lines.length, 5);
      assert.match(lines[0], /Publication capturée/);
      assert.match(lines[4], /Notification envoyée/);
      assert.deepEqual(one.errors, []);
      await one.close();
    });

    test('a first look, once the person allows it, sees the post online', async () => {
      feed.reset();
      await browser.grant([PROBED]);
      const page = await control(browser);
      const other = (await cases(page)).find((row) => row.permalink === permalink(COUNTER_SPEECH));
      await page.close();
      for (const looked of [other.id, id]) {
        const one = await openCase(browser, looked);
        await openStep(one, 'step-follow');
        assert.match(await textOf(one, STANDING), /^jamais vérifié/);
        await one.click(ref('check'));
        await says(one, STANDING, /^en ligne \(vu le \d/);
        await one.close();
      }
      const asked = feed.requests().filter(({ host }) => !isBrowsersOwn(host));
      assert.deepEqual(asked.map((r) => [r.host, r.cookie, r.referer]), Array(2).fill(['cdn.syndication.twimg.com', false, undefined]), 'without cookies or referrer, and nothing else');
    });

    test('walls, errors and empty answers never count as removed', async () => {
      const page = await control(browser);
      const one = await openCase(browser, id);
      const states = {
        empty: [{ posts: { [HATEFUL.id]: '404' } }, { posts: { [HATEFUL.id]: 'online' } }],
        limited: [{ limited: true }, { limited: false }],
        ...Object.fromEntries(['error', 'bot', 'login', 'off'].map((probe) => [probe, [{ probe }, { probe: 'on' }]])),
      };
      let looks = (await caseOf(page, id)).observations.length;
      let hours = 0;
      for (const [state, [on, off]] of Object.entries(states)) {
        feed.set(on);
        // A host that refused is left in peace for a while: three hours later it is asked again.
        await shiftClock(page, (hours += 3) * HOUR);
        await openStep(one, 'step-follow');
        await one.click(ref('check'));
        looks += 1;
        await one.waitFor(({ s, looks }) => document.querySelectorAll(`${s} li`).length === looks, { s: ref('observations'), looks }, `the look at « ${state} »`);
        feed.set(off);
        const view = await caseOf(page, id);
        const { fate, would_count } = view.observations.at(-1).sighting;
        assert.ok(['temp_error', 'rate_limited', 'blocked_bot', 'login_wall', 'unknown'].includes(fate), `${state}: ${fate}`);
        assert.equal(would_count, false, state);
        assert.equal(view.row.standing.standing, 'online', `${state}: ${JSON.stringify(view.row.standing)}`);
      }
      await one.close();
      await page.close();
    });

    test('the post disappears: to be confirmed after a day, gone after two, with its interval', async () => {
      const page = await control(browser);
      feed.set({ posts: { [HATEFUL.id]: 'removed' } });
      await shiftClock(page, 25 * HOUR);
      await runDue(page);
      const standing = async () => (await cases(page)).find((row) => row.id === id).standing;
      assert.deepEqual([(await standing()).standing, (await standing()).fate], ['unconfirmed', 'removed_by_platform']);
      const one = await openCase(browser, id);
      assert.match(await textOf(one, STANDING), /à confirmer/);

      await shiftClock(page, 50 * HOUR);
      await runDue(page);
      const gone = await standing();
      assert.deepEqual([gone.standing, gone.fate, gone.by_moderation], ['gone', 'removed_by_platform', true]);
      assert.match(await says(one, STANDING, /^retiré par la plateforme entre le \d.* et le \d/), /retiré/);
      assert.equal((await cases(page)).find((row) => row.id !== id).standing.standing, 'online', 'the control is still there');
      const view = await caseOf(page, id);
      assert.ok(view.observations.slice(-2).every((seen) => seen.sighting.marker), 'each with its marker');
      await page.screenshot(`${SHOTS}history-${name}.png`);
      await one.screenshot(`${SHOTS}case-${name}.png`);
      assert.deepEqual([page.errors, one.errors], [[], []]);
      await one.close();
      await page.close();
    });

    test('the pack unzips, and checks with sha256sum and on the command line', async () => {
      const one = await openCase(browser, id);
      const saved = await download(browser, one);
      await says(one, ref('export-digest'), /^[0-9a-f]{64}$/);
      assert.equal(await one.text(ref('export-digest')), sha256(saved.bytes), 'the page shows the digest of the file');
      assert.equal(await one.text(ref('export-name')), saved.name);
      assert.match(saved.name, /^temoin-\d{4}-\d{2}-\d{2}-x-[0-9a-f]{8}\.zip$/);
      await one.close();
      pack = saved.bytes;
      const dir = unpack(pack);
      const sums = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: dir, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
      assert.ok(sums.trim().split('\n').every((line) => line.endsWith(': OK')), sums);
      for (const file of ['pieces/0001/capture.html', 'pieces/0001/screenshot/post.png', 'pieces/0001/post.json', 'journal.jsonl']) assert.match(sums, new RegExp(file));
      const pdf = readFileSync(`${dir}/LISEZMOI.pdf`);
      assert.ok(pdf.subarray(0, 8).equals(Buffer.from('%PDF-1.7')) && pdf.includes('<pdfaid:part>3</pdfaid:part>'), 'the document for people');
      const { status, json } = verifyOnCommandLine(pack);
      assert.deepEqual([status, json.verdict, json.problems], [1, 'partial', []], JSON.stringify(json));
      rmSync(dir, { recursive: true });
    });

    test('the verifier’s page refuses by name what was changed, lost, added or renamed', async () => {
      const page = await browser.extensionPage('verify.html');
      const whole = await verifyInPage(page, pack);
      assert.equal(whole.verdict, 'partial');
      assert.match(whole.sentence, /^En partie établi/);
      assert.deepEqual(whole.problems, []);
      assert.deepEqual(writeZip(readZip(pack), pack), pack, 'the forger’s tool leaves no trace of its own');
      const harm = {
        changed: ['pieces/0001/capture.html', (files, file) => {
          const bytes = Buffer.from(files.get(file));
          bytes[bytes.length >> 1] ^= 1;
          files.set(file, bytes);
        }],
        missing: ['pieces/0001/screenshot/tile-1.png', (files, file) => assert.ok(files.delete(file))],
        added: ['pieces/0001/ajout.txt', (files, file) => files.set(file, Buffer.from('ajout'))],
        renamed: ['pieces/0001/post-2.json', (files, file) => {
          files.set(file, files.get('pieces/0001/post.json'));
          files.delete('pieces/0001/post.json');
        }],
      };
      for (const [what, [file, change]] of Object.entries(harm)) {
        const files = readZip(pack);
        change(files, file);
        const forged = writeZip(files, pack);
        const seen = await verifyInPage(page, forged, `${what}.zip`);
        assert.equal(seen.verdict, 'refused', what);
        assert.ok(seen.problems.some((problem) => problem.includes(file)), `${what}: ${JSON.stringify(seen.problems)}`);
        const { status, json } = verifyOnCommandLine(forged);
        assert.deepEqual([status, json.verdict], [1, 'refused'], what);
        assert.ok(json.problems.some((problem) => problem.file === file), `${what}: ${JSON.stringify(json.problems)}`);
      }
      assert.deepEqual(page.errors, []);
      await page.close();
    });
  });
}
