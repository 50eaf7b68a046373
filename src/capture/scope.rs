use std::collections::BTreeSet;

use ego_tree::NodeId;
use regex_lite::Regex;
use scraper::{ElementRef, Selector};

use super::text;
use crate::{
    base::Instant,
    platform::{Pick, Whitespace},
};

/// One post's part of the page: its element without what belongs to other posts (quoted, nested).
pub(super) struct Scope<'a> {
    root: ElementRef<'a>,
    others: BTreeSet<NodeId>,
}

impl<'a> Scope<'a> {
    pub fn new(root: ElementRef<'a>) -> Self {
        Self { root, others: BTreeSet::new() }
    }

    /// Leaves out what stands in these elements.
    pub fn without(mut self, elements: &[ElementRef<'a>]) -> Self {
        self.others.extend(elements.iter().flat_map(|element| element.descendants().map(|node| node.id())));
        self
    }

    /// Elements that the selector finds, in the order of the document. A selector that does not parse finds nothing; the data's test names it.
    pub fn all(&self, css: &str) -> Vec<ElementRef<'a>> {
        if css == ":scope" {
            return vec![self.root];
        }
        let Ok(selector) = Selector::parse(css) else { return vec![] };
        self.root.select(&selector).filter(|element| !self.others.contains(&element.id())).collect()
    }

    pub fn first(&self, css: &str) -> Option<ElementRef<'a>> {
        let selector = Selector::parse(css).ok()?;
        self.root.select(&selector).find(|element| !self.others.contains(&element.id()))
    }

    /// The text that an element of this scope shows.
    pub fn text(&self, element: ElementRef<'a>, whitespace: Whitespace) -> String {
        text::shown(*element, &self.others, whitespace)
    }

    pub fn root_text(&self, whitespace: Whitespace) -> String {
        self.text(self.root, whitespace)
    }

    /// The first of these places that gives something.
    pub fn pick(&self, picks: &[Pick]) -> Option<String> {
        picks.iter().find_map(|pick| {
            let pattern = match &pick.pattern {
                Some(pattern) => Some(Regex::new(pattern).ok()?),
                None => None,
            };
            let value = |element: ElementRef<'a>| {
                let raw = match &pick.attr {
                    Some(name) => element.attr(name)?.to_owned(),
                    None => self.text(element, Whitespace::Collapse),
                };
                let value = match &pattern {
                    Some(pattern) => pattern.captures(&raw)?.get(1)?.as_str().to_owned(),
                    None => raw,
                };
                let value = match pick.french_date {
                    true => Instant::parse_french(&value)?.rfc3339(),
                    false => value,
                };
                let value = value.trim();
                (!value.is_empty()).then(|| value.to_owned())
            };
            let found = self.all(&pick.css);
            match pick.last {
                true => found.into_iter().rev().find_map(value),
                false => found.into_iter().find_map(value),
            }
        })
    }
}
