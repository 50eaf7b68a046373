//! The only caller of `runtime.sendMessage`: requests to the application, events from it.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::{chrome::api, host};
use crate::{
    base::{FaultView, from_value},
    protocol::{Event, Place, Reply, Request},
};

/// Asks the application, wherever it answers this request: in this page or in the background.
pub async fn send(request: Request) -> Reply {
    if request.place() == Place::Page && !answered_by_a_test() {
        return host::help(request).await;
    }
    let answer = match to_js(&request) {
        Ok(message) => api().runtime().send_message(&message).await,
        Err(error) => Err(error),
    };
    answer.ok().and_then(|answer| from_js(&answer)).unwrap_or_else(no_answer)
}

/// Calls `listener` for each event of the application, wherever it happens, until the subscription is dropped.
pub fn subscribe(listener: impl Fn(Event) + 'static) -> Subscription {
    let listener: Rc<Listener> = Rc::new(listener);
    let heard = listener.clone();
    let closure = Closure::<dyn FnMut(JsValue)>::new(move |message: JsValue| {
        if let Some(event) = from_js(&message) {
            heard(event);
        }
    });
    api().runtime().on_message().add_listener(closure.as_ref().unchecked_ref());
    HERE.with_borrow_mut(|here| here.push(Rc::downgrade(&listener)));
    Subscription { closure, _kept: listener }
}

/// Tells the open pages, this one first: the browser brings a message to every context but the one that sends it. When
/// no page is open, nobody needs to know.
pub async fn publish(event: Event) {
    let here: Vec<Rc<Listener>> = HERE.with_borrow_mut(|here| {
        here.retain(|listener| listener.strong_count() > 0);
        here.iter().filter_map(Weak::upgrade).collect()
    });
    for listener in here {
        listener(event.clone());
    }
    if let Ok(message) = to_js(&event) {
        let _nobody_listens = api().runtime().send_message(&message).await;
    }
}

/// A listener that is removed when this is dropped.
pub struct Subscription {
    closure: Closure<dyn FnMut(JsValue)>,
    _kept: Rc<Listener>,
}

type Listener = dyn Fn(Event);

thread_local! {
    /// Who listens in this context.
    static HERE: RefCell<Vec<Weak<Listener>>> = const { RefCell::new(vec![]) };
}

impl Drop for Subscription {
    fn drop(&mut self) {
        api().runtime().on_message().remove_listener(self.closure.as_ref().unchecked_ref());
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

/// In the demo flavour, a page can be shown alone, with a test that answers all of its messages.
fn answered_by_a_test() -> bool {
    cfg!(feature = "flavour-demo")
        && js_sys::Reflect::has(&js_sys::global(), &"temoinAnswers".into()).unwrap_or_default()
}

fn no_answer() -> Reply {
    Reply::Failed(FaultView {
        code: "no_answer".to_owned(),
        message: "l’extension n’a pas répondu".to_owned(),
        hint: "Réessayez ; si cela se répète, rechargez cette page.".to_owned(),
    })
}
