use js_sys::Array;
use serde_json::json;
use wasm_bindgen::JsValue;

use super::{chrome::api, message::to_js};
use crate::{
    port::Notifier,
    protocol::{DeadlineKind, Reminder},
};

/// `chrome.notifications`, an optional permission: the object is there only once it is granted.
pub struct BrowserNotifier;

impl Notifier for BrowserNotifier {
    async fn allowed(&self) -> bool {
        api().notifications().is_some()
    }

    async fn remind(&self, reminder: &Reminder, days_left: i64) {
        let Some(notifications) = api().notifications() else { return };
        let key = match reminder.kind {
            DeadlineKind::Limitation => "remind_limitation",
            DeadlineKind::InternalComplaint => "remind_internal_complaint",
            DeadlineKind::ConnectionData => "remind_connection_data",
        };
        let values = [reminder.day.split('-').rev().collect::<Vec<_>>().join("/"), days_left.to_string()];
        let values: Array = values.iter().map(|value| JsValue::from_str(value)).collect();
        let options = json!({
            "type": "basic",
            "iconUrl": api().runtime().url("icons/128.png"),
            "title": api().i18n().message("remind_title", &Array::new()),
            "message": api().i18n().message(key, &values),
        });
        if let Ok(options) = to_js(&options) {
            // The id says which case a click opens.
            let _shown_or_not = notifications.create(&format!("case={}", reminder.case), &options).await;
        }
    }
}
