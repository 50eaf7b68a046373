//! The words of the pages: texts by key, codes turned into texts, moments and numbers as people read them.

use js_sys::{Date, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::JsValue;

use super::dom::{Scope, Try};
use crate::{
    base::{FaultView, Instant, Lang},
    browser::page,
    protocol::{CaseRow, Digest, Fate, Ground, OffenceView, StandingView},
};

/// The text for `key`.
pub fn say(key: &str) -> String {
    page::text(key, &[])
}

/// The text for `key`, with values for `$1`, `$2`…
pub fn say_with(key: &str, values: &[&str]) -> String {
    page::text(key, values)
}

/// The text for `<family>_<code>`, if this version knows the code.
pub fn family(family: &str, code: &str) -> Option<String> {
    let text = page::text(&format!("{family}_{}", code.replace(['-', ':', '/', '.'], "_")), &[]);
    (!text.is_empty()).then_some(text)
}

/// The text for `<key>_one` or `<key>_many`, with the number for `$1`.
pub fn plural(key: &str, number: u64) -> String {
    let one = match page::lang() {
        Lang::Fr => number < 2,
        Lang::En => number == 1,
    };
    page::text(&format!("{key}_{}", if one { "one" } else { "many" }), &[&integer(number)])
}

/// Writes a text that comes from data in French: in another language its translation, else the French, marked as such
/// for those who listen to the page.
pub fn write_data(scope: &Scope, name: &str, translated: Option<String>, french: &str) -> Try {
    match (page::lang(), translated) {
        (Lang::Fr, _) => scope.write(name, french),
        (Lang::En, Some(text)) => scope.write(name, &text),
        (Lang::En, None) => {
            scope.set(name, "lang", "fr")?;
            scope.write(name, french)
        }
    }
}

/// The code that a value without content has in JSON.
pub fn code(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

/// What went wrong, and what to do: the fault's own French, which may name things; in English its translation by code.
pub fn fault(fault: &FaultView) -> (String, String) {
    let translated = family("error", &fault.code).filter(|_| page::lang() == Lang::En || fault.message.is_empty());
    match translated {
        Some(text) => (text, family("hint", &fault.code).unwrap_or_default()),
        None => (fault.message.clone(), fault.hint.clone()),
    }
}

/// The same text with a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The label in the language of the page.
pub fn offence_label(offence: &OffenceView) -> String {
    match page::lang() {
        Lang::En if !offence.label_en.is_empty() => offence.label_en.clone(),
        _ => offence.label_fr.clone(),
    }
}

/// The ground in words.
pub fn ground(ground: Ground) -> String {
    family("ground", &code(&ground)).unwrap_or_default()
}

/// The platform's name.
pub fn platform(id: &str) -> String {
    family("platform", id).unwrap_or_else(|| id.to_owned())
}

/// What became of a post, in one line that claims no more than is proved.
pub fn standing(standing: &StandingView) -> String {
    let named = |fate: &Fate| family("fate", &code(fate)).unwrap_or_default();
    match standing {
        StandingView::NotChecked => say("standing_not_checked"),
        StandingView::Online { at } => say_with("standing_online", &[&short(*at)]),
        StandingView::Unconfirmed { fate, at } => say_with("standing_unconfirmed", &[&short(*at), &named(fate)]),
        StandingView::Unknown { fate, at } => say_with("standing_unknown", &[&short(*at), &named(fate)]),
        StandingView::ByHandOnly => say("standing_by_hand_only"),
        StandingView::Gone { fate, by_moderation, after, before } => {
            let when = match after {
                Some(after) => say_with("between", &[&short(*after), &short(*before)]),
                None => say_with("at_latest", &[&short(*before)]),
            };
            say_with(gone_key(*fate, *by_moderation), &[&when])
        }
    }
}

/// The same for a row of the history, in hours since the notice, else since the capture: `retiré par la plateforme entre 24 h et 31 h`.
pub fn line(row: &CaseRow) -> String {
    let since = row.notified_at.unwrap_or(row.captured_at);
    let lasted = |at: Instant| u64::try_from(at.millis() - since.millis()).ok();
    match &row.standing {
        StandingView::Online { .. } => family("fate", "online").unwrap_or_default(),
        StandingView::Gone { fate, by_moderation, after, before } => {
            let when = match (after.and_then(lasted), lasted(*before)) {
                (Some(from), Some(until)) => say_with("between_hours", &[&span(from, false), &span(until, true)]),
                (None, Some(until)) => say_with("within_hours", &[&span(until, true)]),
                (_, None) => say("before_notice"),
            };
            say_with(gone_key(*fate, *by_moderation), &[&when])
        }
        other => standing(other),
    }
}

/// `31 h`, `12 j`: an interval is never said to be narrower than it is.
fn span(millis: u64, up: bool) -> String {
    const HOUR: u64 = 3_600_000;
    let whole = |unit: u64| if up { millis.div_ceil(unit) } else { millis / unit };
    match whole(HOUR) {
        hours if hours < 96 => say_with("hours", &[&integer(hours)]),
        _ => say_with("days", &[&integer(whole(24 * HOUR))]),
    }
}

/// « retiré par la plateforme » is said only of a proved effect of moderation.
fn gone_key(fate: Fate, by_moderation: bool) -> &'static str {
    match (fate, by_moderation) {
        (Fate::AccountSuspended, true) => "gone_account_suspended",
        (Fate::WithheldGeo, true) => "gone_withheld_geo",
        (Fate::RemovedByCommunityMod, true) => "gone_removed_by_community_mod",
        (_, true) => "gone_removed_by_platform",
        (Fate::DeletedByAuthor, false) => "gone_deleted_by_author",
        (Fate::AccountGone, false) => "gone_account_gone",
        (Fate::Private, false) => "gone_private",
        (_, false) => "gone_cause_unknown",
    }
}

/// `24 novembre 2026 à 14:42:39 (Paris, UTC+01:00)`.
pub fn paris(at: Instant) -> String {
    let options = long("Europe/Paris");
    set(&options, "timeZoneName", "longOffset");
    say_with("time_paris", &[&formatted(at, &options)])
}

/// `24 novembre 2026 à 13:42:39 UTC`.
pub fn utc(at: Instant) -> String {
    let options = long("UTC");
    set(&options, "timeZoneName", "short");
    formatted(at, &options)
}

/// `24/11/2026 14:42`, in Paris.
pub fn short(at: Instant) -> String {
    let options = Object::new();
    set(&options, "timeZone", "Europe/Paris");
    set(&options, "dateStyle", "short");
    set(&options, "timeStyle", "short");
    formatted(at, &options)
}

/// A calendar day (`2027-11-23`) as people write it.
pub fn day(day: &str) -> String {
    let options = Object::new();
    set(&options, "timeZone", "UTC");
    set(&options, "dateStyle", "long");
    Instant::parse(&format!("{day}T12:00:00Z")).map_or_else(|_| day.to_owned(), |at| formatted(at, &options))
}

/// What a `datetime-local` field holds, read on the device's clock; none when it is empty or not a date.
pub fn local_moment(value: &str) -> Option<Instant> {
    let millis = Date::parse(value);
    if value.is_empty() || !millis.is_finite() {
        return None;
    }
    #[allow(clippy::cast_possible_truncation)]
    Instant::from_millis(millis as i64)
}

/// The first and last digits of a digest: enough to compare by eye.
pub fn abridged(digest: &Digest) -> String {
    let whole = digest.to_string();
    let head: String = whole.chars().take(8).collect();
    let tail: String = whole.chars().skip(56).collect();
    format!("{head}…{tail}")
}

/// A size in bytes, as people read it.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => plural("bytes", bytes),
        1_000..1_000_000 => say_with("kilobytes", &[&integer(bytes.div_ceil(1_000))]),
        _ => say_with("megabytes", &[&integer(bytes.div_ceil(1_000_000))]),
    }
}

/// A number with the language's separators.
pub fn integer(number: u64) -> String {
    #[allow(clippy::cast_precision_loss)]
    let number = js_sys::Number::from(number as f64);
    number.to_locale_string(locale()).into()
}

/// A number with at most one decimal, as the language writes it.
pub fn decimal(number: f64) -> String {
    js_sys::Number::from(number).to_locale_string(locale()).into()
}

fn locale() -> &'static str {
    match page::lang() {
        Lang::Fr => "fr-FR",
        Lang::En => "en-GB",
    }
}

fn long(zone: &str) -> Object {
    let options = Object::new();
    for (name, value) in [
        ("timeZone", zone),
        ("day", "numeric"),
        ("month", "long"),
        ("year", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("second", "2-digit"),
    ] {
        set(&options, name, value);
    }
    options
}

fn set(options: &Object, name: &str, value: &str) {
    let _always_works = Reflect::set(options, &name.into(), &value.into());
}

fn formatted(at: Instant, options: &Object) -> String {
    #[allow(clippy::cast_precision_loss)]
    let date = Date::new(&JsValue::from_f64(at.millis() as f64));
    date.to_locale_string(locale(), options).into()
}
