import init, * as temoin from "./wasm/verify.js";

try {
  await init();
  temoin.verify_page();
} catch (error) {
  document.getElementById("start-fault").hidden = false;
  throw error;
}
