// Draws extension/icons/*.png from icon.svg with Chromium: node tests/tools/icons.mjs (only after the drawing changed; the pictures are committed).
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { chromium } = createRequire(join(root, 'tests/e2e/package.json'))('playwright-core');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', chromiumSandbox: false });
const svg = readFileSync(join(root, 'extension/icons/icon.svg'), 'utf8');
for (const size of [16, 32, 48, 128]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  writeFileSync(join(root, `extension/icons/${size}.png`), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
