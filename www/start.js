import init, * as temoin from "./wasm/pages.js";

try {
  await init();
  temoin[`${document.body.dataset.page}_page`]();
} catch (error) {
  document.getElementById("start-fault").hidden = false;
  throw error;
}
