// Trusted time: queued while the service is away, certified once it answers, never on the word of a service that lies.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { HATEFUL, LONG, WITH_MEDIA, permalink } from './feed/posts.mjs';
import { startFeed } from './feed/server.mjs';
import { browsers, builtExtension } from './lib/browsers.mjs';
import { HOUR, captured, caseOf, control, openCase, packOf, ref, runDue, says, shiftClock, textOf, unpack, verifyInPage, verifyOnCommandLine } from './lib/story.mjs';
import { until } from './lib/wait.mjs';

const SERVICE = 'https://tsa.exemple.fr/tsr';

for (const { name, launch } of browsers()) {
  describe(`trusted time: ${name}`, () => {
    let browser, feed, page, id;
    const capture = async (post, pieces = 1) => {
      const tab = await browser.open(permalink(post));
      await browser.clickToolbar(tab);
      const row = await captured(page, permalink(post), pieces);
      await tab.close();
      return row.id;
    };
    const timestamp = async (of) => (await caseOf(page, of)).pieces[0].timestamp;
    // A service that failed is left in peace for a while, longer each time.
    let shift = 0;
    const whenItsTurnComes = async () => {
      shift += 30 * HOUR;
      await shiftClock(page, shift);
      await runDue(page);
    };
    const trust = (pem) => page.evaluate((roots) => globalThis.temoinDemo.trustRoots(roots), pem);
    const asked = () => feed.requests().filter((r) => r.host === 'tsa.exemple.fr');

    before(async () => {
      feed = await startFeed();
      browser = await launch({ extension: builtExtension(name), feed });
    });
    after(async () => {
      await browser?.close();
      await feed?.close();
    });

    test('switched on in the settings, with the service’s address', async () => {
      await browser.grant(['https://tsa.exemple.fr/*']);
      const options = await browser.extensionPage('options.html');
      await options.waitFor((s) => !document.querySelector(s).hidden, ref('form'), 'the settings');
      await options.fill('#service', SERVICE);
      await options.fill('#second-service', '');
      await options.click(ref('trusted-time'));
      await options.waitFor(async () => (await (globalThis.browser ?? chrome).runtime.sendMessage({ kind: 'settings' })).value.trusted_time, undefined, 'the setting');
      const kept = await options.evaluate(async () => (await (globalThis.browser ?? chrome).runtime.sendMessage({ kind: 'settings' })).value);
      assert.deepEqual([kept.timestamp_service, kept.second_timestamp_service], [SERVICE, '']);
      assert.deepEqual(options.errors, []);
      await options.close();
      page = await control(browser, { newWindow: false });
      await trust(readFileSync(feed.tsaRoot, 'utf8'));
    });

    test('while the service is away the capture waits in the queue', async () => {
      feed.set({ tsa: 'off' });
      id = await capture(HATEFUL);
      await until(() => asked().length > 0, 'the first try');
      assert.equal((await timestamp(id)).state, 'queued');
      const one = await openCase(browser, id);
      assert.match(await textOf(one, ref('time')), /^En attente/);
      await one.close();
      feed.set({ tsa: 'error' });
      const before = asked().length;
      await runDue(page);
      assert.equal(asked().length, before, 'left in peace for a while');
      await whenItsTurnComes();
      assert.ok(asked().length > before);
      assert.equal((await timestamp(id)).state, 'queued', 'an error is no answer');
    });

    test('once it answers, the browser checks its signature and chain, and the time is certified', async () => {
      feed.set({ tsa: 'on' });
      await whenItsTurnComes();
      const { state, gen_time, tokens } = await timestamp(id);
      assert.equal(state, 'certified');
      assert.ok(gen_time);
      assert.deepEqual(tokens.map((token) => [token.service, token.checked]), [[SERVICE, true]]);
      assert.ok(asked().every((r) => !r.cookie && r.referer === undefined));
      const before = asked().length;
      await runDue(page);
      assert.equal(asked().length, before, 'asked once');
      const one = await openCase(browser, id);
      await says(one, ref('time'), /Le contenu existait à cette heure/);
      await one.close();
    });

    test('openssl and the verifier accept the stored token', async () => {
      const pack = await packOf(page, id);
      const dir = unpack(pack);
      const [response] = execFileSync('find', ['pieces/0001', '-name', '*.tsr'], { cwd: dir, encoding: 'utf8' }).trim().split('\n');
      assert.match(response ?? '', /\.tsr$/, 'a token in the pack');
      const query = response.replace(/\.tsr$/, '.tsq');
      const openssl = (...args) => execFileSync('openssl', ['ts', ...args], { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
      openssl('-verify', '-in', response, '-queryfile', query, '-CAfile', feed.tsaRoot);
      openssl('-verify', '-in', response, '-data', join('pieces/0001/manifest.json'), '-CAfile', feed.tsaRoot);
      for (const list of ['pieces/SHA256SUMS', 'SHA256SUMS']) openssl('-verify', '-in', `${list}.tsr`, '-data', list, '-CAfile', feed.tsaRoot);
      assert.match(execFileSync('openssl', ['dgst', '-sha256', '-verify', 'cle-publique.pem', '-signature', 'SHA256SUMS.sig', 'SHA256SUMS'], { cwd: dir, encoding: 'utf8' }), /Verified OK/);
      rmSync(dir, { recursive: true });
      const { json } = verifyOnCommandLine(pack, '--roots', feed.tsaRoot);
      const states = (report) => report.tokens.map((token) => `${token.subject} ${token.state}`);
      assert.deepEqual([json.problems, states(json), json.signature.state], [[], ['piece verified', 'pieces verified', 'pack verified'], 'verified'], JSON.stringify(json));
      assert.deepEqual(states(verifyOnCommandLine(pack).json), ['piece not_established', 'pieces not_established', 'pack not_established'], 'a root that nobody named is not trusted');
      const verifier = await browser.extensionPage('verify.html');
      const seen = await verifyInPage(verifier, pack);
      assert.equal(seen.tokens.length, 3);
      assert.notEqual(seen.verdict, 'refused');
      await verifier.close();
    });

    for (const [tsa, post] of [['lie', LONG], ['reject', WITH_MEDIA]]) {
      test(`a service that answers « ${tsa} » is reported, and certifies nothing`, async () => {
        feed.set({ tsa });
        const other = await capture(post);
        const view = await until(async () => {
          const seen = await caseOf(page, other);
          return seen.timeline.some((step) => step.kind === 'timestamp_failed') && seen;
        }, 'the report of the failure');
        assert.equal(view.pieces[0].timestamp.state, 'queued');
        assert.ok(view.pieces[0].timestamp.fault?.message, 'it says why');
        assert.equal(view.pieces[0].timestamp.gen_time, null);
        await whenItsTurnComes();
        assert.equal((await caseOf(page, other)).timeline.filter((step) => step.kind === 'timestamp_failed').length, 1, 'the same failure is written once');
        feed.set({ tsa: 'on' });
        await whenItsTurnComes();
        assert.equal((await timestamp(other)).state, 'certified', 'and the queue goes on');
      });
    }

    test('a token under a root that nobody knows is received, not certified', async () => {
      await trust('');
      await capture(HATEFUL, 2);
      const { state, tokens } = await until(async () => {
        const [, second] = (await caseOf(page, id)).pieces;
        return second?.timestamp.tokens.length > 0 && second.timestamp;
      }, 'the token of the second capture');
      assert.deepEqual([state, tokens.map((token) => token.checked)], ['received', [false]]);
    });
  });
}
