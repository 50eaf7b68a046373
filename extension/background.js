// The few lines that the browser starts. Everything else is Rust; see src/browser/background.rs.
// Listeners are registered synchronously, or a woken worker would miss the event that woke it.
import init, * as temoin from "./wasm/core.js";

const api = globalThis.browser ?? chrome;
let ready;

/** Runs `call` once the module is there. After a panic the instance is worthless: the next call gets a new one. */
async function run(call) {
  ready ??= init();
  try {
    await ready;
    return await call();
  } catch (error) {
    renew(error);
    throw error;
  }
}

function renew(error) {
  if (error instanceof WebAssembly.RuntimeError && ready) temoin.__wbg_reset_state();
}

// The panel must open in the first synchronous statement: after an await the gesture is lost.
function openPanel(tab) {
  if (api.sidePanel) api.sidePanel.open({ windowId: tab.windowId });
  else api.sidebarAction.open();
}

api.action.onClicked.addListener((tab) => {
  openPanel(tab);
  run(() => temoin.gesture("action", tab));
});

// The entries of the context menu, each with the kind of its gesture.
const MENU = { capture: "context_menu", text_only: "text_only", address_only: "address_only" };

api.contextMenus.onClicked.addListener((info, tab) => {
  openPanel(tab);
  // The address stands in what was clicked, even where the tab does not tell its own.
  const { id, windowId, url = info.pageUrl } = tab;
  run(() => temoin.gesture(MENU[info.menuItemId], { id, windowId, url }, info.linkUrl));
});

api.commands.onCommand.addListener((_name, tab) => {
  openPanel(tab);
  run(() => temoin.gesture("command", tab));
});

api.runtime.onMessage.addListener((message, sender, answer) => {
  run(() => temoin.message(message, sender)).then(answer, () => answer());
  return true;
});

api.alarms.onAlarm.addListener(() => run(() => temoin.alarm()));

// There only where the user allowed notifications; the id of one says which case it is about.
api.notifications?.onClicked.addListener((id) => api.tabs.create({ url: api.runtime.getURL(`history.html#${id}`) }));

api.runtime.onStartup.addListener(() => run(() => temoin.started()));

api.runtime.onInstalled.addListener(({ reason }) => {
  api.contextMenus.removeAll();
  for (const id in MENU) api.contextMenus.create({ id, title: api.i18n.getMessage(`menu_${id}`), contexts: ["all"] });
  run(() => temoin.started());
  if (reason === "install") api.tabs.create({ url: api.runtime.getURL("welcome.html") });
});

// A panic inside a future does not reject the promise of its call: it surfaces here.
globalThis.addEventListener("error", ({ error }) => renew(error));
globalThis.addEventListener("unhandledrejection", ({ reason }) => renew(reason));
