use wasm_bindgen_futures::spawn_local;

use super::{message, page};
use crate::{
    port::{Audience, Download},
    protocol::Event,
};

/// A link to a blob, clicked by us: no permission is needed, the browser's own download begins.
pub struct PageDownload;

impl Download for PageDownload {
    async fn save(&self, name: &str, media_type: &str, bytes: &[u8]) {
        page::save(name, media_type, bytes);
    }
}

/// The open pages, by message.
pub struct OpenPages;

impl Audience for OpenPages {
    fn tell(&self, event: Event) {
        spawn_local(message::publish(event));
    }
}
