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
      await history.waitFor(async () => (await globalThis.temoinDemo?.cases())?.length === 1, undefined, 'the case');
      await history.evaluate(() => globalThis.temoinDemo.panicNext());
      // The next message breaks the instance, whoever sends it: this one, or one of the open panel. It may never be answered.
      await history.evaluate(() => { void (globalThis.browser ?? chrome).runtime.sendMessage({ kind: 'settings' }).catch(() => {}); });
      await history.waitFor(async () => (await (globalThis.browser ?? chrome).storage.local.get('demo_panic')).demo_panic === false, undefined, 'the panic');
      const known = await history.waitFor(async () => {
        const answer = (globalThis.browser ?? chrome).runtime.sendMessage({ kind: 'cases', status: null, platform: null });
        const silence = new Promise((over) => setTimeout(over, 1000));
        return (await Promise.race([answer, silence]).catch(() => null))?.value?.length;
      }, undefined, 'an answer of the new instance');
      assert.equal(known, 1);
    } finally {
      await browser.close();
      await feed.close();
    }
  });
}
