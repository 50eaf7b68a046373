//! Typed bindings of the few extension calls that we use. Firefox's `browser` and Chromium's `chrome` both answer with promises.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

/// The extension API of this browser.
pub fn api() -> Api {
    let global = js_sys::global();
    ["browser", "chrome"]
        .into_iter()
        .filter_map(|name| Reflect::get(&global, &name.into()).ok())
        .find(|found| Reflect::get(found, &"runtime".into()).is_ok_and(|runtime| !runtime.is_undefined()))
        .unwrap_or(JsValue::UNDEFINED)
        .unchecked_into()
}

#[wasm_bindgen]
extern "C" {
    /// `chrome`.
    pub type Api;
    #[wasm_bindgen(method, getter)]
    pub fn runtime(this: &Api) -> Runtime;
    #[wasm_bindgen(method, getter)]
    pub fn i18n(this: &Api) -> I18n;
    #[wasm_bindgen(method, getter)]
    pub fn tabs(this: &Api) -> Tabs;
    #[wasm_bindgen(method, getter)]
    pub fn scripting(this: &Api) -> Scripting;
    #[wasm_bindgen(method, getter)]
    pub fn storage(this: &Api) -> Storage;
    #[wasm_bindgen(method, getter)]
    pub fn permissions(this: &Api) -> Permissions;
    #[wasm_bindgen(method, getter)]
    pub fn alarms(this: &Api) -> Alarms;
    /// Absent until the permission is granted.
    #[wasm_bindgen(method, getter)]
    pub fn notifications(this: &Api) -> Option<Notifications>;

    /// `chrome.runtime`.
    pub type Runtime;
    #[wasm_bindgen(method, getter)]
    pub fn id(this: &Runtime) -> String;
    #[wasm_bindgen(method, js_name = getURL)]
    pub fn url(this: &Runtime, path: &str) -> String;
    #[wasm_bindgen(method, js_name = getManifest)]
    pub fn manifest(this: &Runtime) -> JsValue;
    #[wasm_bindgen(method, catch, js_name = sendMessage)]
    pub async fn send_message(this: &Runtime, message: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, js_name = onMessage)]
    pub fn on_message(this: &Runtime) -> Event;

    /// A `chrome.events.Event`.
    pub type Event;
    #[wasm_bindgen(method, js_name = addListener)]
    pub fn add_listener(this: &Event, listener: &Function);
    #[wasm_bindgen(method, js_name = removeListener)]
    pub fn remove_listener(this: &Event, listener: &Function);

    /// `chrome.i18n`.
    pub type I18n;
    #[wasm_bindgen(method, js_name = getMessage)]
    pub fn message(this: &I18n, key: &str, values: &js_sys::Array) -> String;
    #[wasm_bindgen(method, js_name = getUILanguage)]
    pub fn language(this: &I18n) -> String;

    /// `chrome.tabs`.
    pub type Tabs;
    #[wasm_bindgen(method, catch)]
    pub async fn create(this: &Tabs, properties: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub async fn remove(this: &Tabs, tab: i32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub async fn get(this: &Tabs, tab: i32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = sendMessage)]
    pub async fn send_message(this: &Tabs, tab: i32, message: &JsValue, options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = captureVisibleTab)]
    pub async fn capture_visible(this: &Tabs, window: i32, options: &JsValue) -> Result<JsValue, JsValue>;

    /// `chrome.scripting`.
    pub type Scripting;
    #[wasm_bindgen(method, catch, js_name = executeScript)]
    pub async fn execute(this: &Scripting, injection: &JsValue) -> Result<JsValue, JsValue>;

    /// `chrome.storage`.
    pub type Storage;
    #[wasm_bindgen(method, getter)]
    pub fn local(this: &Storage) -> StorageArea;

    /// `chrome.storage.local`.
    pub type StorageArea;
    #[wasm_bindgen(method, catch)]
    pub async fn get(this: &StorageArea, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub async fn set(this: &StorageArea, items: &JsValue) -> Result<JsValue, JsValue>;

    /// `chrome.permissions`.
    pub type Permissions;
    #[wasm_bindgen(method, catch)]
    pub async fn contains(this: &Permissions, permissions: &JsValue) -> Result<JsValue, JsValue>;
    /// Must be called before the first await of a click's listener, hence no async here.
    #[wasm_bindgen(method, catch)]
    pub fn request(this: &Permissions, permissions: &JsValue) -> Result<Promise, JsValue>;

    /// `chrome.notifications`.
    pub type Notifications;
    #[wasm_bindgen(method, catch)]
    pub async fn create(this: &Notifications, id: &str, options: &JsValue) -> Result<JsValue, JsValue>;

    /// `chrome.alarms`.
    pub type Alarms;
    #[wasm_bindgen(method, catch)]
    pub async fn create(this: &Alarms, name: &str, info: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub async fn clear(this: &Alarms, name: &str) -> Result<JsValue, JsValue>;
}
