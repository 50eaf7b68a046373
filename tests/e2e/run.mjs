// `./build.sh run`: Chromium with the demo extension on the demo feed. With --headless it does by itself what a person would, and prints it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { HATEFUL, permalink } from './feed/posts.mjs';
import { DEMO_DIR, startFeed } from './feed/server.mjs';
import { builtExtension } from './lib/browsers.mjs';
import { launch } from './lib/chromium.mjs';
import { until } from './lib/wait.mjs';

const headless = process.argv.includes('--headless');
const say = (line) => process.stderr.write(`${line}\n`);

const feed = await startFeed();
const browser = await launch({ extension: builtExtension('chromium', 'demo'), feed, headless });
const START = 'https://x.com/__demo/';
say(`Fil de démonstration : ${START} (127.0.0.1:${feed.port})`);

if (headless) {
  try {
    await capture();
  } finally {
    await browser.close();
    await feed.close();
  }
} else {
  await browser.open(START);
  say('Ouvrez une publication, puis cliquez sur l’icône Témoin (menu des extensions). Fermez le navigateur pour finir.');
  await new Promise((closed) => browser.context.once('close', closed));
  await feed.close();
}

async function capture() {
  const tab = await browser.open(permalink(HATEFUL));
  say(`Ouvert : ${permalink(HATEFUL)}`);
  await browser.clickToolbar(tab);
  await until(() => browser.isPanelOpen(), 'the side panel');
  say('Bouton de la barre d’outils cliqué, panneau ouvert.');
  // In a window of its own: the post must stay the visible tab until its pictures are taken.
  const history = await browser.extensionPage('history.html', { newWindow: true });
  const row = await history.waitFor(async () => (await globalThis.temoinDemo?.cases())?.[0], undefined, 'a case in the history', 60_000);
  say(`Dossier : ${row.id} (${row.status}${row.partial ? ", partiel" : ""})`);
  const json = await history.evaluate((id) => globalThis.temoinDemo.caseJson(id), row.id);
  const pack = Buffer.from(await history.evaluate((id) => globalThis.temoinDemo.packBase64(id), row.id), 'base64');
  mkdirSync(DEMO_DIR, { recursive: true });
  writeFileSync(`${DEMO_DIR}case.json`, json);
  writeFileSync(`${DEMO_DIR}pack.zip`, pack);
  process.stdout.write(`${json}\n`);
  say(`Paquet : ${pack.length} octets. Requêtes reçues par le fil : ${JSON.stringify(feed.hosts())}`);
}
