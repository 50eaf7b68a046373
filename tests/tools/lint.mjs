// node lint.mjs FOLDER: web-ext lint with warnings as errors, but for one that does not concern us, named here with its reason.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const KNOWN = {
  // The manifest makes no claim to Android (no `gecko_android`; there is no sidebar there), and Firefox 140 for the desktop knows the key.
  KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION: /"browser_specific_settings\.gecko\.data_collection_permissions"/,
};

const webExt = join(fileURLToPath(new URL('../e2e/', import.meta.url)), 'node_modules/.bin/web-ext');
const { stdout, stderr } = spawnSync(webExt, ['lint', '--no-config-discovery', '--output', 'json', '--source-dir', process.argv[2]], { encoding: 'utf8' });
let report;
try {
  report = JSON.parse(stdout);
} catch {
  process.stderr.write(`web-ext gave no report\n${stdout}${stderr}`);
  process.exit(1);
}
const faults = [...report.errors, ...report.warnings].filter((fault) => !KNOWN[fault.code]?.test(fault.description));
for (const { code, message, description, file, line } of faults) process.stderr.write(`${file ?? ''}:${line ?? ''} ${code}: ${message} ${description}\n`);
process.exit(faults.length === 0 ? 0 : 1);
