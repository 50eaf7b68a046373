// Where things are, and the two drivers under one set of names. See README.md.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as chromium from './chromium.mjs';
import * as firefox from './firefox.mjs';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const DRIVERS = { chromium, firefox };

/** The browsers that a test file runs in: both, or the one that `BROWSER` names. */
export const browsers = () => (process.env.BROWSER ? [process.env.BROWSER] : Object.keys(DRIVERS)).map((name) => ({ name, launch: DRIVERS[name].launch }));

/** What `build.sh package` made for a browser. */
export function builtExtension(browser, flavour = 'demo') {
  const dir = `${ROOT}target/ext/${flavour}/${browser}`;
  if (!existsSync(`${dir}/manifest.json`)) throw new Error(`${dir} is missing: ./build.sh package`);
  return dir;
}
