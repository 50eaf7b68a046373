import init, * as temoin from "./wasm/pages.js";

try {
  // Without its second voice the suggestion still speaks, and never strongly.
  const voice = fetch("./voice.bin").then((answer) => answer.arrayBuffer(), () => new ArrayBuffer(0));
  const [weights] = await Promise.all([voice, init()]);
  temoin.with_voice(new Uint8Array(weights));
  temoin.with_press(async (...parts) => (await import("./press.js")).press(...parts));
  temoin[`${document.body.dataset.page}_page`]();
} catch (error) {
  document.getElementById("start-fault").hidden = false;
  throw error;
}
