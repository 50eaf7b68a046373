use std::collections::BTreeMap;

use regex_lite::Regex;
use url::Url;

use super::{Channel, Permalink, Reader, grammar::named, token};
use crate::base::gather;

impl Permalink {
    /// Puts what this address says into a template's `{id}`, `{handle}`, `{host}`, `{canonical}` (or, as the value of a parameter, `{canonical_encoded}`);
    /// and the `{token}` that X's syndication asks for; none when the template asks for more.
    pub fn fill(&self, template: &str) -> Option<String> {
        fill(template, &self.values(template))
    }

    /// The same where the template is a regular expression.
    pub fn fill_pattern(&self, template: &str) -> Option<String> {
        let mut values = self.values(template);
        values.values_mut().for_each(|value| *value = regex_lite::escape(value));
        fill(template, &values)
    }

    fn values(&self, template: &str) -> BTreeMap<String, String> {
        let host = Url::parse(&self.canonical).ok().and_then(|url| url.host_str().map(str::to_owned));
        let encoded = url::form_urlencoded::byte_serialize(self.canonical.as_bytes()).collect();
        let mut values: BTreeMap<_, _> = gather([
            ("id".to_owned(), self.id.clone()),
            ("canonical".to_owned(), self.canonical.clone()),
            ("canonical_encoded".to_owned(), encoded),
        ]);
        if template.contains("{token}") {
            values.extend(token::syndication(&self.id).map(|token| ("token".to_owned(), token)));
        }
        values.extend(host.map(|host| ("host".to_owned(), host)));
        values.extend(self.handle.iter().map(|handle| ("handle".to_owned(), handle.clone())));
        values
    }
}

impl Reader {
    /// The address that an attribute of a post's element stands for.
    pub fn address(&self, value: &str) -> Option<String> {
        let Some(pattern) = &self.permalink_pattern else { return Some(value.to_owned()) };
        let found = named(&Regex::new(pattern).ok()?, value)?;
        fill(self.permalink_url.as_deref()?, &found)
    }
}

impl Channel {
    /// The form's address, filled as far as the platform allows; none when there is no form.
    pub fn address(&self, permalink: &Permalink) -> Option<String> {
        let mut url = Url::parse(self.url.as_deref()?).ok()?;
        for param in &self.prefill {
            if let Some(value) = permalink.fill(&param.value) {
                url.query_pairs_mut().append_pair(&param.name, &value);
            }
        }
        Some(url.into())
    }
}

/// Puts values into `{name}` places; none when one is not known.
pub(super) fn fill(template: &str, values: &BTreeMap<String, String>) -> Option<String> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(values.get(name)?);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}
