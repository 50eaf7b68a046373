// The typesetter's module gives the bytes that the native build gives: the pack is a pure function of its input, wherever it is made.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'node:test';

const file = (path) => readFileSync(new URL(`../../${path}`, import.meta.url));
const folder = 'target/ext/release/chromium';

test('the module sets the proof to the same bytes as the native build', async () => {
  const pdf = await import(new URL(`../../${folder}/wasm/pdf.js`, import.meta.url));
  await pdf.default({ module_or_path: file(`${folder}/wasm/pdf_bg.wasm`) });
  const fonts = pdf.font_files().map((name) => new Uint8Array(file(`${folder}/fonts/${name}`)));
  const json = file('tests/golden/epreuve.json').toString().trimEnd();
  const made = pdf.typeset(json, [new TextEncoder().encode('abc')], fonts);
  assert.equal(createHash('sha256').update(made).digest('hex'), file('tests/golden/epreuve.sha256').toString().trim());
});
