// A panic of the background costs one answer, never a case: the next message finds a new instance that knows all that was saved.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HATEFUL, permalink } from './feed/posts.mjs';
import { startFeed } from './feed/server.mjs';
import { browsers, builtExtension } from './lib/browsers.mjs';

for (const { name, launch } of browsers()) {
  test(`the background comes back from a panic: ${name}`, async () => {
    const feed = await startFeed();
    const browser = await launch({ extension: builtExtension(name, 'demo'), feed });
    try {
      const tab = await browser.open(permalink(HATEFUL));
      await browser.clickToolbar(tab);
      const history = await browser.extensionPage('history.html', { newWindow: true });
      const ask = (request) => history.evaluate((request) => (globalThis.browser ?? chrome).runtime.sendMessage(request).then((answer) => answer ?? null, () => null), request);
      await history.waitFor(async () => (await globalThis.temoinDemo?.cases())?.length === 1, undefined, 'the case');
      await history.evaluate(() => globalThis.temoinDemo.panicNext());
      assert.equal(await Promise.race([ask({ kind: 'settings' }), history.waitFor(() => new Promise((later) => setTimeout(() => later('no answer'), 3000)), undefined, 'the silence')]).then((answer) => answer?.kind), undefined, 'the instance is broken');
      const answer = await ask({ kind: 'cases', status: null, platform: null });
      assert.equal(answer.kind, 'cases');
      assert.equal(answer.value.length, 1);
    } finally {
      await browser.close();
      await feed.close();
    }
  });
}
