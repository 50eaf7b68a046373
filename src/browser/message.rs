//! The only caller of `runtime.sendMessage`: requests to the application, events from it.

use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::{chrome::api, host};
use crate::{
    base::{FaultView, from_value},
    protocol::{Event, Reply, Request},
};

/// Asks the application, wherever it runs for this request: in this page or in the background.
pub async fn send(request: Request) -> Reply {
    if request.runs_in_page() {
        return host::handle(request).await;
    }
    let answer = match to_js(&request) {
        Ok(message) => api().runtime().send_message(&message).await,
        Err(error) => Err(error),
    };
    answer.ok().and_then(|answer| from_js(&answer)).unwrap_or_else(no_answer)
}

/// Calls `listener` for each event of the background, until the subscription is dropped.
pub fn subscribe(mut listener: impl FnMut(Event) + 'static) -> Subscription {
    let closure = Closure::<dyn FnMut(JsValue)>::new(move |message: JsValue| {
        if let Some(event) = from_js(&message) {
            listener(event);
        }
    });
    api().runtime().on_message().add_listener(closure.as_ref().unchecked_ref());
    Subscription(closure)
}

/// Tells the open pages; when none is open, nobody needs to know.
pub async fn publish(event: Event) {
    if let Ok(message) = to_js(&event) {
        let _nobody_listens = api().runtime().send_message(&message).await;
    }
}

/// A listener that is removed when this is dropped.
pub struct Subscription(Closure<dyn FnMut(JsValue)>);

impl Drop for Subscription {
    fn drop(&mut self) {
        api().runtime().on_message().remove_listener(self.0.as_ref().unchecked_ref());
    }
}

/// As a message carries it.
pub fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let value = serde_json::to_value(value).map_err(|error| JsValue::from(error.to_string()))?;
    value.serialize(&Serializer::json_compatible()).map_err(JsValue::from)
}

/// Reads what [`to_js`] wrote; anything else is no message of ours.
pub fn from_js<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    let value: serde_json::Value = serde_wasm_bindgen::from_value(value.clone()).ok()?;
    from_value(&value).ok()
}

fn no_answer() -> Reply {
    Reply::Failed(FaultView {
        code: "no_answer".to_owned(),
        message: "l’extension n’a pas répondu".to_owned(),
        hint: "Réessayez ; si cela se répète, rechargez cette page.".to_owned(),
    })
}
