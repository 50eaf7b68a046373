//! What `background.js` calls: the user's gesture, messages, alarms, starts.

use serde::Deserialize;
use serde_json::json;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{
    chrome::api,
    host::app,
    message::{from_js, to_js},
};
use crate::{app::Gesture, port::Target, protocol::Request};

/// How often queued timestamps and due looks are tried.
const ALARM_MINUTES: f64 = 15.0;

/// The user asked for a capture of `tab` by `kind` of gesture; `link` is the address of the link that was clicked, if one was.
#[wasm_bindgen]
pub async fn gesture(kind: String, tab: JsValue, link: Option<String>) {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Tab {
        id: i32,
        window_id: i32,
        #[serde(default)]
        url: String,
    }
    recover().await;
    if let Some(Tab { id, window_id, url }) = from_js(&tab) {
        app().gesture(Gesture { kind, target: Target { tab: id, window: window_id, url }, link }).await;
    }
}

/// A message: a request of one of our pages, or word from the script of a capture that waits for the user's choice.
/// Anything else is dropped.
#[wasm_bindgen]
pub async fn message(message: JsValue, sender: JsValue) -> JsValue {
    let Some(sender) = from_js::<Sender>(&sender) else { return JsValue::UNDEFINED };
    if sender.id.as_deref() != Some(&api().runtime().id()) {
        return JsValue::UNDEFINED;
    }
    recover().await;
    if sender.is_our_page() {
        let Some(request) = from_js::<Request>(&message) else { return JsValue::UNDEFINED };
        let reply = app().attend(request).await;
        return to_js(&reply).unwrap_or(JsValue::UNDEFINED);
    }
    if let Some(word) = from_js::<Word>(&message)
        && word.temoin == 1
        && sender.is_top_frame_of(app().picking_tab(&word.capture).await)
    {
        match word.event {
            Choice::Picked => app().picked(&word.capture).await,
            Choice::Cancelled => app().pick_cancelled(&word.capture).await,
        }
    }
    JsValue::UNDEFINED
}

/// The alarm rang.
#[wasm_bindgen]
pub async fn alarm() {
    recover().await;
    let _tried_again_at_the_next = app().run_due().await;
}

/// The extension was installed or updated, or the browser started.
#[wasm_bindgen]
pub async fn started() {
    let _kept_for_the_next_wake = app().recover_after_start().await;
    if let Ok(info) = to_js(&json!({ "periodInMinutes": ALARM_MINUTES })) {
        let _unchanged = api().alarms().create("due", &info).await;
    }
}

/// What a killed worker left behind is finished before anything else; if that fails, it is kept for the next wake.
async fn recover() {
    #[cfg(feature = "flavour-demo")]
    {
        super::demo::panic_if_asked().await;
        super::demo::synchronise().await;
    }
    let _kept_for_the_next_wake = app().recover().await;
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sender {
    id: Option<String>,
    url: Option<String>,
    tab: Option<SenderTab>,
    frame_id: Option<i32>,
}

#[derive(Deserialize)]
struct SenderTab {
    id: i32,
}

impl Sender {
    fn is_our_page(&self) -> bool {
        self.url.as_deref().is_some_and(|url| url.starts_with(&api().runtime().url("")))
    }

    fn is_top_frame_of(&self, target: Option<Target>) -> bool {
        target
            .is_some_and(|target| self.frame_id == Some(0) && self.tab.as_ref().is_some_and(|tab| tab.id == target.tab))
    }
}

/// What the script tells unasked: nothing but the user's choice.
#[derive(Deserialize)]
struct Word {
    temoin: u32,
    event: Choice,
    capture: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Choice {
    Picked,
    Cancelled,
}
