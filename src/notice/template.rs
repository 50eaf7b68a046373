use serde::Deserialize;

/// A sentence with named placeholders. Filled in one pass: a value is never read as a template.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Template(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Words(String),
    Slot(Slot),
}

/// What a sentence can speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Slot {
    Offence,
    Basis,
    Quote,
    Text,
    Because,
    Account,
    Explanation,
    Published,
    Seen,
    Url,
    Id,
    Host,
    Name,
    Representative,
    Grounds,
    Email,
    Victim,
    Public,
    Evident,
    Platform,
    Today,
    Reported,
    Notified,
    Receipt,
    Decision,
    Complaint,
    LastSafeDay,
    Seal,
    Law,
}

impl Template {
    /// Reads `text`; every brace belongs to a known placeholder.
    pub(super) fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut parts = vec![];
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            if before.contains('}') {
                return Err(TemplateError::StrayBrace(text.to_owned()));
            }
            let (name, after) = after.split_once('}').ok_or_else(|| TemplateError::StrayBrace(text.to_owned()))?;
            if !before.is_empty() {
                parts.push(Part::Words(before.to_owned()));
            }
            parts.push(Part::Slot(Slot::named(name)?));
            rest = after;
        }
        if rest.contains('}') {
            return Err(TemplateError::StrayBrace(text.to_owned()));
        }
        if !rest.is_empty() {
            parts.push(Part::Words(rest.to_owned()));
        }
        Ok(Self(parts))
    }

    /// Whether it speaks of exactly `slots`: one that lacks would drop a fact, one too much would leave a hole.
    pub(super) fn require(&self, slots: &[Slot]) -> Result<(), TemplateError> {
        let mut found: Vec<_> = self.slots().collect();
        let mut wanted = slots.to_vec();
        found.sort();
        wanted.sort();
        if found == wanted { Ok(()) } else { Err(TemplateError::Slots { found, wanted }) }
    }

    /// The sentence, with `values` for its placeholders.
    pub(super) fn fill(&self, values: &[(Slot, &str)]) -> String {
        let mut filled = String::new();
        for part in &self.0 {
            match part {
                Part::Words(words) => filled.push_str(words),
                Part::Slot(slot) => {
                    filled.push_str(values.iter().find(|(name, _)| name == slot).map_or("", |(_, value)| value));
                }
            }
        }
        filled
    }

    /// The sentence, unless a placeholder has no value: what is not known is not said.
    pub(super) fn fill_whole(&self, values: &[(Slot, &str)]) -> Option<String> {
        let known = |slot| values.iter().any(|(name, value)| *name == slot && !value.is_empty());
        self.slots().all(known).then(|| self.fill(values))
    }

    fn slots(&self) -> impl Iterator<Item = Slot> {
        self.0.iter().filter_map(|part| match part {
            Part::Slot(slot) => Some(*slot),
            Part::Words(_) => None,
        })
    }
}

impl TryFrom<String> for Template {
    type Error = TemplateError;

    fn try_from(text: String) -> Result<Self, TemplateError> {
        Self::parse(&text)
    }
}

impl Slot {
    fn named(name: &str) -> Result<Self, TemplateError> {
        use serde::de::{IntoDeserializer, value::Error};
        Self::deserialize(IntoDeserializer::<Error>::into_deserializer(name))
            .map_err(|_| TemplateError::Unknown(name.to_owned()))
    }
}

/// Why a sentence is no template. Only an editor of the data meets it.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(super) enum TemplateError {
    #[error("accolade isolée dans « {0} »")]
    StrayBrace(String),
    #[error("champ inconnu : {{{0}}}")]
    Unknown(String),
    #[error("champs {found:?}, attendus {wanted:?}")]
    Slots { found: Vec<Slot>, wanted: Vec<Slot> },
    #[error("{0}")]
    Toml(String),
}

#[cfg(test)]
#[path = "../../tests/unit/notice/template.rs"]
mod tests;
