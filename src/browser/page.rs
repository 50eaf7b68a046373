//! What one of our pages may ask of the browser, besides the application: words, clipboard, permissions, tabs, pictures.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{
    chrome::api,
    host,
    message::{from_js, to_js},
};
use crate::{base::Lang, evidence::Digest};

/// The text of `_locales` for `key`, `values` in the place of `$1`, `$2`…; empty when there is none.
pub fn text(key: &str, values: &[&str]) -> String {
    api().i18n().message(key, &values.iter().map(|value| JsValue::from_str(value)).collect::<Array>())
}

/// The language of the browser's own texts.
pub fn lang() -> Lang {
    if api().i18n().language().starts_with("en") { Lang::En } else { Lang::Fr }
}

/// Whether these origins (match patterns) are granted.
pub async fn has_permission(origins: &[String]) -> bool {
    let Ok(wanted) = origins_js(origins) else { return false };
    api().permissions().contains(&wanted).await.is_ok_and(|answer| answer.is_truthy())
}

/// Asks the user for these origins. Call it first in a click's listener: after an await the gesture is lost.
pub fn ask_permission(origins: &[String]) -> impl Future<Output = bool> + use<> {
    let asked = origins_js(origins).and_then(|wanted| api().permissions().request(&wanted));
    async move {
        match asked {
            Ok(promise) => JsFuture::from(promise).await.is_ok_and(|answer| answer.is_truthy()),
            Err(_) => false,
        }
    }
}

/// Asks the user for notifications; to be called first in a click's listener.
pub fn ask_notifications() -> impl Future<Output = bool> {
    let wanted = to_js(&serde_json::json!({ "permissions": ["notifications"] }));
    let asked = wanted.and_then(|wanted| api().permissions().request(&wanted));
    async move {
        match asked {
            Ok(promise) => JsFuture::from(promise).await.is_ok_and(|answer| answer.is_truthy()),
            Err(_) => false,
        }
    }
}

/// Keeps bytes as a blob; none when there is no room.
pub async fn keep(bytes: &[u8]) -> Option<Digest> {
    host::keep(bytes).await
}

/// The files that were dropped on an element.
pub fn dropped_files(event: &web_sys::Event) -> Option<web_sys::FileList> {
    event.dyn_ref::<web_sys::DragEvent>()?.data_transfer()?.files().filter(|files| files.length() > 0)
}

/// Opens one of our pages (`history.html#case=…`) or an address in a new tab.
pub async fn open(address: &str) {
    let url = if address.contains("://") { address.to_owned() } else { api().runtime().url(address) };
    if let Ok(properties) = to_js(&serde_json::json!({ "url": url })) {
        let _refused = api().tabs().create(&properties).await;
    }
}

/// A tab that we opened for an address of a list; closed when told so.
pub struct OpenedTab {
    /// Its id.
    pub tab: i32,
    /// Id of its window.
    pub window: i32,
}

impl OpenedTab {
    /// Opens an address and waits until it is loaded, half a minute at most; none when the browser refused.
    pub async fn open(url: &str, in_front: bool) -> Option<Self> {
        #[derive(serde::Deserialize)]
        struct Tab {
            id: i32,
            #[serde(rename = "windowId")]
            window: i32,
            status: Option<String>,
        }
        let properties = to_js(&serde_json::json!({ "url": url, "active": in_front })).ok()?;
        let opened: Tab = from_js(&api().tabs().create(&properties).await.ok()?)?;
        for _ in 0..150 {
            gloo::timers::future::TimeoutFuture::new(200).await;
            let now: Tab = from_js(&api().tabs().get(opened.id).await.ok()?)?;
            if now.status.as_deref() == Some("complete") {
                break;
            }
        }
        Some(Self { tab: opened.id, window: opened.window })
    }

    /// Closes it.
    pub async fn close(self) {
        let _closed_already = api().tabs().remove(self.tab).await;
    }
}

/// Lets some time pass.
pub async fn pause(millis: u32) {
    gloo::timers::future::TimeoutFuture::new(millis).await;
}

/// Copies a text; false when the browser refused.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}

/// Hands a file to the user: a link to a blob, clicked by us. No permission is needed, the browser's own download begins.
pub fn save(name: &str, media_type: &str, bytes: &[u8]) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Some(url) = BlobUrl::of_bytes(bytes, media_type) else { return };
    let Ok(link) = document.create_element("a").map(|link| link.unchecked_into::<web_sys::HtmlAnchorElement>()) else {
        return;
    };
    link.set_href(url.as_str());
    link.set_download(name);
    link.click();
    // The browser reads the blob after the click: give it the time of a large pack.
    gloo::timers::callback::Timeout::new(60_000, move || drop(url)).forget();
}

/// The bytes of a stored blob as an address for `img[src]`, released when this is dropped.
pub struct BlobUrl(String);

impl BlobUrl {
    /// `None` when the blob is not there, or no longer what its digest says.
    pub async fn of(digest: &Digest, media_type: &str) -> Option<Self> {
        Self::of_bytes(&host::blob(digest).await?, media_type)
    }

    /// An address for these bytes.
    pub fn of_bytes(bytes: &[u8], media_type: &str) -> Option<Self> {
        let parts = Array::of1(&Uint8Array::from(bytes));
        let options = web_sys::BlobPropertyBag::new();
        options.set_type(media_type);
        let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
        web_sys::Url::create_object_url_with_blob(&blob).ok().map(Self)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for BlobUrl {
    fn drop(&mut self) {
        let _already_gone = web_sys::Url::revoke_object_url(&self.0);
    }
}

/// The bytes of a file that the user chose or dropped.
pub async fn file_bytes(file: &web_sys::File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(Uint8Array::new(buffer.dyn_ref::<js_sys::ArrayBuffer>()?).to_vec())
}

/// The version that the manifest declares.
pub fn version() -> String {
    #[derive(serde::Deserialize)]
    struct Manifest {
        version: String,
    }
    from_js::<Manifest>(&api().runtime().manifest()).map(|manifest| manifest.version).unwrap_or_default()
}

fn origins_js(origins: &[String]) -> Result<JsValue, JsValue> {
    to_js(&serde_json::json!({ "origins": origins }))
}
