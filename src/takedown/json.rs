use regex_lite::Regex;
use serde_json::Value;

use super::{Fate, judge::Verdict, phrase::Shown};
use crate::{
    base::{at, word},
    platform::{FateData, JsonAnswer, JsonEntry, JsonRule},
};

/// What an API answer shows about one post.
pub(super) fn verdict(body: &str, fate: &FateData, rules: &JsonAnswer, id: Option<&str>) -> Verdict {
    match serde_json::from_str::<Value>(body) {
        Ok(root) => shows(&root, fate, rules, id),
        Err(_) => Verdict::of(Fate::TempError).note("La réponse n’est pas un JSON lisible."),
    }
}

/// What an answer, or the data of a page, shows about one post.
pub(super) fn shows(root: &Value, fate: &FateData, rules: &JsonAnswer, id: Option<&str>) -> Verdict {
    let pattern = rules.id_pattern.as_deref().and_then(|pattern| Regex::new(pattern).ok());
    let ids_of = |subject: &Value| -> Vec<String> {
        let found = rules.id.iter().flat_map(|pointer| at(subject, pointer)).filter_map(word);
        let part = |text: String| match &pattern {
            Some(pattern) => Some(pattern.captures(&text)?.get(1)?.as_str().to_owned()),
            None => Some(text),
        };
        found.filter_map(part).collect()
    };
    let is_asked = |subject: &&Value| id.is_some_and(|id| ids_of(subject).iter().any(|found| found == id));
    let entry = rules.entry.as_ref().and_then(|entry| entry_of(root, entry, id?));
    let subjects: Vec<&Value> = rules.subject.iter().flat_map(|pointer| at(root, pointer)).collect();
    let subject = entry.or_else(|| subjects.iter().copied().find(is_asked).or(subjects.first().copied()));
    let Some(subject) = subject.filter(|subject| subject.is_object()) else {
        return Verdict::of(Fate::Unknown).note("La réponse ne parle pas de ce message.");
    };
    if subject.as_object().is_some_and(serde_json::Map::is_empty) {
        return Verdict::of(Fate::Unknown)
            .note("Réponse vide : le message peut être supprimé, ou en ligne mais classé sensible.");
    }
    let has_id = is_asked(&subject);
    if !has_id && !ids_of(subject).is_empty() {
        return Verdict::of(Fate::Unknown).note("La réponse parle d’un autre message.");
    }
    for rule in &rules.rules {
        if (has_id || !rule.needs_id)
            && let Some(marker) = holds(rule, subject)
        {
            return Verdict::told(&rule.fate, rule.doubt, true, rule.note.as_deref())
                .marker(marker)
                .excerpt(&subject.to_string());
        }
    }
    for text in rules.text.iter().flat_map(|pointer| at(subject, pointer)).filter_map(Value::as_str) {
        let shown = Shown::new([text]);
        if let Some(known) = fate.texts.iter().find(|known| !known.within && shown.begins(&known.text).is_some()) {
            return Verdict::said(known).excerpt(text);
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
    let first = met(&rule.at, &rule.any_of, subject)?;
    let others = rule.and.iter().map(|condition| met(&condition.at, &condition.any_of, subject));
    Some(others.collect::<Option<Vec<_>>>()?.into_iter().fold(first, |all, one| format!("{all}, {one}")))
}

fn met(pointers: &[String], any_of: &[String], subject: &Value) -> Option<String> {
    pointers.iter().find_map(|pointer| {
        let found = at(subject, pointer).into_iter();
        let mut values = found.flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice));
        let hit = values.find_map(|value| word(value).filter(|word| any_of.contains(word)))?;
        Some(format!("{pointer} = {hit}"))
    })
}
