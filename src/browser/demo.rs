//! Hooks of the demo flavour, as `globalThis.temoinDemo` in its pages: what the demo run and the tests need in order to read
//! a case and to let days go by. They do not exist in the release flavour.

use std::cell::Cell;

use base64::{Engine, engine::general_purpose::STANDARD};
use js_sys::{Function, Object, Promise, Reflect};
use serde_json::json;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;

use super::{host::app, message::to_js, preferences::LocalPreferences};
use crate::{
    port::Preferences,
    protocol::{Reply, Request},
};

const CLOCK: &str = "demo_clock_shift_millis";
const PANIC: &str = "demo_panic";

thread_local! {
    static SHIFT: Cell<i64> = const { Cell::new(0) };
}

/// How far the demo's clock is ahead.
pub fn clock_shift() -> i64 {
    SHIFT.get()
}

/// Breaks this instance, if a test asked for it: the next one must know all that was saved.
#[expect(clippy::panic, reason = "to see that the background survives a panic, there must be one")]
pub async fn panic_if_asked() {
    if LocalPreferences.load(PANIC).await == Ok(Some(json!(true))) && ask_for_panic(false).await.is_ok() {
        panic!("asked for by a test");
    }
}

async fn ask_for_panic(asked: bool) -> Result<JsValue, JsValue> {
    LocalPreferences.save(PANIC, json!(asked)).await.map_err(|error| error.to_string())?;
    Ok(JsValue::UNDEFINED)
}

/// Takes over the clock of the other contexts.
pub async fn synchronise() {
    if let Ok(Some(shift)) = LocalPreferences.load(CLOCK).await {
        SHIFT.set(shift.as_i64().unwrap_or_default());
    }
}

/// Puts the hooks in place when the module starts.
#[wasm_bindgen(start)]
pub fn install() {
    let hooks = Object::new();
    hook(&hooks, "cases", |_| future_to_promise(cases()));
    hook(&hooks, "caseJson", |case| future_to_promise(case_json(case)));
    hook(&hooks, "packBase64", |case| future_to_promise(pack_base64(case)));
    hook(&hooks, "shiftClock", |millis| future_to_promise(shift_clock(millis)));
    hook(&hooks, "runDue", |_| future_to_promise(run_due()));
    hook(&hooks, "panicNext", |_| future_to_promise(ask_for_panic(true)));
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

async fn shift_clock(millis: JsValue) -> Result<JsValue, JsValue> {
    let shift = millis.as_f64().unwrap_or_default() as i64;
    LocalPreferences.save(CLOCK, json!(shift)).await.map_err(|error| error.to_string())?;
    SHIFT.set(shift);
    Ok(JsValue::UNDEFINED)
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
