//! Hooks of the demo flavour, as `globalThis.temoinDemo` in its pages: what the demo run and the tests need in order to read
//! a case and to let days go by. They do not exist in the release flavour.

use base64::{Engine, engine::general_purpose::STANDARD};
use js_sys::{Function, Object, Promise, Reflect};
use serde_json::json;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;

use super::{
    demo::{ask_for_panic, shift_clock, synchronise, trust_roots},
    host::app,
    message::to_js,
};
use crate::{
    port::StoreError,
    protocol::{Reply, Request},
};

/// Puts the hooks in place when the module of the pages starts.
#[wasm_bindgen(start)]
pub fn install() {
    let hooks = Object::new();
    hook(&hooks, "cases", |_| future_to_promise(cases()));
    hook(&hooks, "caseJson", |case| future_to_promise(case_json(case)));
    hook(&hooks, "packBase64", |case| future_to_promise(pack_base64(case)));
    hook(&hooks, "shiftClock", |millis| future_to_promise(shift(millis)));
    hook(&hooks, "runDue", |_| future_to_promise(run_due()));
    hook(&hooks, "trustRoots", |pem| future_to_promise(trust(pem)));
    hook(&hooks, "panicNext", |_| future_to_promise(panic_next()));
    let _installed = Reflect::set(&js_sys::global(), &"temoinDemo".into(), &hooks);
}

async fn cases() -> Result<JsValue, JsValue> {
    match app().handle(Request::Cases { status: None, platform: None }).await {
        Reply::Cases(rows) => to_js(&rows),
        other => Err(text(&json!(other))),
    }
}

async fn case_json(case: JsValue) -> Result<JsValue, JsValue> {
    match app().handle(Request::Case { case: case.as_string().unwrap_or_default() }).await {
        Reply::Case(view) => Ok(text(&json!(view))),
        other => Err(text(&json!(other))),
    }
}

async fn pack_base64(case: JsValue) -> Result<JsValue, JsValue> {
    match app().pack(&case.as_string().unwrap_or_default()).await {
        Ok(pack) => Ok(STANDARD.encode(pack.bytes).into()),
        Err(failure) => Err(text(&json!(failure.into_view()))),
    }
}

async fn shift(millis: JsValue) -> Result<JsValue, JsValue> {
    done(shift_clock(millis.as_f64().unwrap_or_default() as i64).await)
}

async fn trust(pem: JsValue) -> Result<JsValue, JsValue> {
    done(trust_roots(pem.as_string().unwrap_or_default()).await)
}

async fn panic_next() -> Result<JsValue, JsValue> {
    done(ask_for_panic(true).await)
}

fn done(result: Result<(), StoreError>) -> Result<JsValue, JsValue> {
    result.map(|()| JsValue::UNDEFINED).map_err(|error| error.to_string().into())
}

async fn run_due() -> Result<JsValue, JsValue> {
    synchronise().await;
    app().run_due().await.map_err(|failure| text(&json!(failure.into_view())))?;
    Ok(JsValue::UNDEFINED)
}

fn hook(hooks: &Object, name: &str, call: impl Fn(JsValue) -> Promise + 'static) {
    let closure = Closure::<dyn Fn(JsValue) -> Promise>::new(call);
    // Lives as long as the page.
    let function: Function = closure.into_js_value().unchecked_into();
    let _set = Reflect::set(hooks, &name.into(), &function);
}

fn text(value: &serde_json::Value) -> JsValue {
    value.to_string().into()
}
