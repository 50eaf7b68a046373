// What a person agrees to at install: nothing that the browser would warn of.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { builtExtension } from './lib/browsers.mjs';
import { launch } from './lib/chromium.mjs';

const built = (browser) => JSON.parse(readFileSync(join(builtExtension(browser, 'release'), 'manifest.json'), 'utf8'));
const BOTH = ['activeTab', 'alarms', 'contextMenus', 'scripting', 'storage', 'unlimitedStorage'];

test('the release asks for exactly the permissions of the design', () => {
  assert.deepEqual(built('chromium').permissions.toSorted(), [...BOTH, 'sidePanel'].toSorted());
  assert.deepEqual(built('firefox').permissions.toSorted(), BOTH);
  for (const manifest of [built('chromium'), built('firefox')]) {
    assert.deepEqual(manifest.optional_permissions, ['notifications']);
    assert.deepEqual(manifest.optional_host_permissions, ['<all_urls>']);
    for (const key of ['host_permissions', 'content_scripts', 'web_accessible_resources', 'externally_connectable']) assert.ok(!(key in manifest), key);
  }
});

test('Chromium’s own list of warnings for the release is empty', async () => {
  const helper = mkdtempSync(join(tmpdir(), 'temoin-warnings-'));
  writeFileSync(join(helper, 'manifest.json'), JSON.stringify({ manifest_version: 3, name: 'warnings', version: '1', permissions: ['management'], background: { service_worker: 'background.js' } }));
  writeFileSync(join(helper, 'background.js'), '');
  const browser = await launch({ extension: helper });
  try {
    const warnings = (manifest) => browser.evaluateBackground((text) => chrome.management.getPermissionWarningsByManifest(text), JSON.stringify(manifest));
    const manifest = built('chromium');
    assert.deepEqual(await warnings(manifest), []);
    assert.notDeepEqual(await warnings({ ...manifest, permissions: [...manifest.permissions, 'tabs'] }), [], 'the list is not empty by mistake');
  } finally {
    await browser.close();
    rmSync(helper, { recursive: true });
  }
});
