// The typesetter and its fonts, loaded by the first document that a page makes. It stays as long as the page: a case and its letters need it again.
import init, { font_files, typeset } from "./wasm/pdf.js";

let ready;

async function load() {
  await init();
  const file = async (name) => new Uint8Array(await (await fetch(`./fonts/${name}`)).arrayBuffer());
  return Promise.all(font_files().map(file));
}

export async function press(json, blobs) {
  ready ??= load();
  return typeset(json, blobs, await ready);
}
