use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;

use super::{
    chrome::api,
    message::{from_js, to_js},
};
use crate::{
    capture::PagePlan,
    port::{Bracket, Frame, Located, MediaAnswer, Page, PageError, Restored, Target},
};

/// `capture.js` in the top frame of a tab.
pub struct ScriptedPage;

impl Page for ScriptedPage {
    async fn locate(&self, target: &Target, capture: &str, plan: &PagePlan) -> Result<Located, PageError> {
        #[derive(Deserialize)]
        struct Answer {
            found: String,
        }
        let injection = json!({ "target": { "tabId": target.tab }, "files": ["capture.js"] });
        let injection = to_js(&injection).map_err(|_| PageError::Refused)?;
        api().scripting().execute(&injection).await.map_err(|_| PageError::Refused)?;
        let answer: Answer = call(target, capture, "locate", json!({ "plan": plan })).await?;
        Ok(if answer.found == "post" { Located::Post } else { Located::Choose })
    }

    async fn pick(&self, target: &Target, capture: &str) -> Result<(), PageError> {
        call::<Value>(target, capture, "pick", json!({})).await.map(|_| ())
    }

    async fn read(&self, target: &Target, capture: &str) -> Result<String, PageError> {
        #[derive(Deserialize)]
        struct Whole {
            chunks: u32,
        }
        #[derive(Deserialize)]
        struct Chunk {
            text: String,
        }
        let whole: Whole = call(target, capture, "read", json!({})).await?;
        let mut snapshot = String::new();
        for index in 0..whole.chunks {
            let chunk: Chunk = call(target, capture, "chunk", json!({ "index": index })).await?;
            snapshot.push_str(&chunk.text);
        }
        Ok(snapshot)
    }

    async fn frame(&self, target: &Target, capture: &str, tile: u32) -> Result<Frame, PageError> {
        let state: State = call(target, capture, "frame", json!({ "tile": tile })).await?;
        let ratio: f64 = state.viewport.device_pixel_ratio.parse().unwrap_or(1.0);
        let device = |css: f64| (css * ratio).round().max(0.0) as u32;
        let clip = state.clip.clone().unwrap_or_default();
        Ok(Frame {
            tiles: state.tiles.unwrap_or(1),
            x: device(clip.x),
            y: device(clip.y),
            width: device(clip.width),
            height: device(clip.height),
            offset_y: device(state.offset_y.unwrap_or(0.0)),
            bracket: state.bracket(),
        })
    }

    async fn bracket(&self, target: &Target, capture: &str) -> Result<Bracket, PageError> {
        Ok(call::<State>(target, capture, "bracket", json!({})).await?.bracket())
    }

    async fn restore(&self, target: &Target, capture: &str) -> Result<Restored, PageError> {
        call(target, capture, "restore", json!({})).await
    }

    async fn media(&self, target: &Target, capture: &str, index: u32, ask: bool) -> Result<MediaAnswer, PageError> {
        #[derive(Deserialize)]
        struct Answer {
            count: u32,
            #[serde(default)]
            url: String,
            #[serde(default, rename = "type")]
            media_type: String,
            base64: Option<String>,
            missing: Option<String>,
        }
        let answer: Answer = call(target, capture, "media", json!({ "index": index, "ask": ask })).await?;
        let bytes = answer.base64.and_then(|text| STANDARD.decode(text).ok());
        let content = match bytes {
            Some(bytes) => Ok((answer.media_type, bytes)),
            None => Err(answer.missing.unwrap_or_else(|| "unreadable".to_owned())),
        };
        Ok(MediaAnswer { count: answer.count, url: answer.url, content })
    }

    async fn end(&self, target: &Target, capture: &str) {
        let _already_gone = call::<Value>(target, capture, "end", json!({})).await;
    }
}

/// What the script says of the page around a picture. Lengths in CSS pixels.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct State {
    tiles: Option<u32>,
    document: Document,
    visible: bool,
    viewport: Window,
    rect: Area,
    clip: Option<Area>,
    offset_y: Option<f64>,
    text_digest: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    href: String,
    time_origin: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Window {
    device_pixel_ratio: String,
}

#[derive(Clone, Default, Deserialize)]
struct Area {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl State {
    fn bracket(self) -> Bracket {
        let Area { x, y, width, height } = self.rect;
        Bracket {
            href: self.document.href,
            time_origin: self.document.time_origin.to_string(),
            visible: self.visible,
            rect: format!("{x},{y},{width},{height}"),
            text_digest: self.text_digest.to_string(),
        }
    }
}

/// One message to the script and its answer.
async fn call<T: DeserializeOwned>(
    target: &Target,
    capture: &str,
    op: &str,
    mut message: Value,
) -> Result<T, PageError> {
    #[derive(Deserialize)]
    struct Outcome {
        ok: bool,
        code: Option<String>,
    }
    message["temoin"] = json!(1);
    message["op"] = json!(op);
    message["capture"] = json!(capture);
    let broken = |_: JsValue| PageError::Gone;
    let (message, top_frame) = (to_js(&message).map_err(broken)?, to_js(&json!({ "frameId": 0 })).map_err(broken)?);
    let answer = api().tabs().send_message(target.tab, &message, &top_frame).await.map_err(broken)?;
    match from_js::<Outcome>(&answer) {
        Some(Outcome { ok: true, .. }) => {
            from_js(&answer).ok_or_else(|| PageError::Script(format!("réponse inattendue à « {op} »")))
        }
        Some(Outcome { code, .. }) => Err(PageError::Script(code.unwrap_or_default())),
        None => Err(PageError::Gone),
    }
}
