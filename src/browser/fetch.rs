use gloo::timers::callback::Timeout;
use js_sys::{ArrayBuffer, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
};

use super::{chrome::api, message::to_js};
use crate::port::{Fetch, FetchError, Fetched};

/// A probe's answer or a token is never larger.
const MOST_BYTES: usize = 8 << 20;
/// A worker is stopped when an answer takes longer than this.
const PATIENCE_MILLIS: u32 = 25_000;

/// `fetch()` without cookies, referrer or cache.
pub struct BrowserFetch;

impl Fetch for BrowserFetch {
    async fn allowed(&self, origin: &str) -> bool {
        let Ok(wanted) = to_js(&serde_json::json!({ "origins": [origin] })) else { return false };
        api().permissions().contains(&wanted).await.is_ok_and(|answer| answer.is_truthy())
    }

    async fn get(&self, url: &str) -> Result<Fetched, FetchError> {
        send(url, &RequestInit::new()).await
    }

    async fn post(&self, url: &str, content_type: &str, body: &[u8]) -> Result<Fetched, FetchError> {
        let init = RequestInit::new();
        init.set_method("POST");
        init.set_body(&Uint8Array::from(body));
        if let Ok(headers) = Headers::new()
            && headers.set("content-type", content_type).is_ok()
        {
            init.set_headers(&headers);
        }
        send(url, &init).await
    }
}

async fn send(url: &str, init: &RequestInit) -> Result<Fetched, FetchError> {
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Follow);
    let abort = AbortController::new().ok();
    init.set_signal(abort.as_ref().map(AbortController::signal).as_ref());
    let _until_the_answer = Timeout::new(PATIENCE_MILLIS, move || {
        if let Some(abort) = abort {
            abort.abort();
        }
    });
    let no_answer = |_: JsValue| FetchError::NoAnswer(url.to_owned());
    let response: Response =
        JsFuture::from(fetch(url, init).map_err(no_answer)?).await.map_err(no_answer)?.unchecked_into();
    let buffer = response.array_buffer().map_err(no_answer)?;
    let body = Uint8Array::new(&JsFuture::from(buffer).await.map_err(no_answer)?.unchecked_into::<ArrayBuffer>());
    if body.length() as usize > MOST_BYTES {
        return Err(FetchError::TooLarge(url.to_owned()));
    }
    let retry_after = response.headers().get("retry-after").ok().flatten();
    Ok(Fetched { status: response.status(), final_url: response.url(), retry_after, body: body.to_vec() })
}

/// The global `fetch`, of a worker or of a page.
fn fetch(url: &str, init: &RequestInit) -> Result<Promise, JsValue> {
    let global = js_sys::global();
    let fetch: Function = Reflect::get(&global, &"fetch".into())?.dyn_into()?;
    fetch.call2(&global, &url.into(), init)?.dyn_into()
}
