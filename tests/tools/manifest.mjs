// node manifest.mjs BROWSER [demo] > manifest.json: the source, under the overlay of the browser and of the flavour; the version is Cargo's.
// An overlay replaces a whole key: what a browser gets can be read in one place.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [browser, flavour] = process.argv.slice(2);
const layer = (name) => JSON.parse(readFileSync(join(root, 'extension', `manifest.${name}.json`), 'utf8'));
const version = /^version = "(.+)"$/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))[1];
const manifest = { ...layer('source'), version, ...layer(browser), ...(flavour === 'demo' ? layer('demo') : {}) };
process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`);
