use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlAnchorElement;

use super::{message, page::BlobUrl};
use crate::{
    port::{Audience, Download},
    protocol::Event,
};

/// A link to a blob, clicked by us: no permission is needed, the browser's own download begins.
pub struct PageDownload;

impl Download for PageDownload {
    async fn save(&self, name: &str, media_type: &str, bytes: &[u8]) {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        let Some(url) = BlobUrl::of_bytes(bytes, media_type) else { return };
        let Ok(link) = document.create_element("a").map(|link| link.unchecked_into::<HtmlAnchorElement>()) else {
            return;
        };
        link.set_href(url.as_str());
        link.set_download(name);
        link.click();
        // The browser reads the blob after the click: give it the time of a large pack.
        gloo::timers::callback::Timeout::new(60_000, move || drop(url)).forget();
    }
}

/// The open pages, by message.
pub struct OpenPages;

impl Audience for OpenPages {
    fn tell(&self, event: Event) {
        spawn_local(message::publish(event));
    }
}
