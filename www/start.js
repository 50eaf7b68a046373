import init, * as temoin from "./wasm/pages.js";

try {
  await init();
  temoin.with_press(async (...parts) => (await import("./press.js")).press(...parts));
  temoin[`${document.body.dataset.page}_page`]();
} catch (error) {
  document.getElementById("start-fault").hidden = false;
  throw error;
}
