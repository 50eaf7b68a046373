use serde_json::Value;

use super::{Fate, judge::Verdict, phrase::Shown};
use crate::platform::{FateData, JsonAnswer, JsonEntry, JsonRule};

/// What an API answer shows about one post.
pub(super) fn verdict(body: &str, fate: &FateData, rules: &JsonAnswer, id: Option<&str>) -> Verdict {
    let Ok(root) = serde_json::from_str::<Value>(body) else {
        return Verdict::of(Fate::TempError).note("La réponse n’est pas un JSON lisible.");
    };
    let found = rules.entry.as_ref().and_then(|entry| entry_of(&root, entry, id?));
    let subject = found.or_else(|| rules.subject.iter().find_map(|pointer| root.pointer(pointer)));
    let Some(subject) = subject.filter(|subject| subject.is_object()) else {
        return Verdict::of(Fate::Unknown).note("La réponse ne parle pas de ce message.");
    };
    if subject.as_object().is_some_and(serde_json::Map::is_empty) {
        return Verdict::of(Fate::Unknown)
            .note("Réponse vide : le message peut être supprimé, ou en ligne mais classé sensible.");
    }
    let ids: Vec<String> = rules.id.iter().filter_map(|pointer| word(subject.pointer(pointer)?)).collect();
    let has_id = id.is_some_and(|id| ids.iter().any(|found| found == id));
    if !ids.is_empty() && !has_id {
        return Verdict::of(Fate::Unknown).note("La réponse parle d’un autre message.");
    }
    for rule in &rules.rules {
        if (has_id || !rule.needs_id)
            && let Some(marker) = holds(rule, subject)
        {
            let verdict = Verdict::word(&rule.fate).marker(marker).excerpt(&subject.to_string());
            return match &rule.note {
                Some(note) => verdict.note(note),
                None => verdict,
            };
        }
    }
    for text in rules.text.iter().filter_map(|pointer| subject.pointer(pointer)?.as_str()) {
        let shown = Shown::new([text]);
        if let Some(known) = fate.texts.iter().find(|known| shown.begins(&known.text).is_some()) {
            return Verdict::word(&known.fate).marker(known.text.clone()).excerpt(text);
        }
    }
    if !has_id {
        return Verdict::of(Fate::Unknown)
            .excerpt(&subject.to_string())
            .note("La réponse ne contient ni le message, ni la raison de son absence.");
    }
    let id = id.unwrap_or_default();
    let latest = rules.versions.iter().find_map(|pointer| subject.pointer(pointer)?.as_array()?.last().and_then(word));
    match latest {
        Some(latest) if latest != id => Verdict::of(Fate::Edited)
            .marker(format!("id {latest}"))
            .note("Le message a été modifié depuis : la version actuelle porte un autre identifiant."),
        _ => Verdict::of(Fate::Online).marker(format!("id {id}")),
    }
}

/// Finds an entry anywhere in the answer, without recursion.
fn entry_of<'a>(root: &'a Value, entry: &JsonEntry, id: &str) -> Option<&'a Value> {
    let wanted = entry.value.replace("{id}", id);
    let mut waiting = vec![root];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(items) => waiting.extend(items.iter().rev()),
            Value::Object(fields) => {
                if fields.get(&entry.key).and_then(Value::as_str) == Some(&wanted) {
                    return value.pointer(&entry.then);
                }
                waiting.extend(fields.values().filter(|inner| inner.is_array() || inner.is_object()));
            }
            _ => {}
        }
    }
    None
}

fn holds(rule: &JsonRule, subject: &Value) -> Option<String> {
    rule.at.iter().find_map(|pointer| {
        let value = subject.pointer(pointer)?;
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        let hit = values.iter().filter_map(word).find(|word| rule.any_of.contains(word))?;
        Some(format!("{pointer} = {hit}"))
    })
}

/// A text, or a number as text.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
