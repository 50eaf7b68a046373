use serde_json::Value;

use super::{Author, Page, Post, reader, scope::Scope};
use crate::{
    base::{Instant, at, word},
    platform::{PageState, Place},
};

impl Page {
    /// The data that the page keeps as JSON in a script.
    pub fn state(&self, state: &PageState) -> Option<Value> {
        Scope::new(self.html.root_element()).all(&state.css).into_iter().find_map(|script| {
            let text: String = script.text().collect();
            let (_, json) = text.split_once(&state.after)?;
            serde_json::Deserializer::from_str(json).into_iter::<Value>().next()?.ok()
        })
    }
}

/// The post that the page's own data describes, when it is the one that the address names.
pub(super) fn post(page: &Page, place: &Place) -> Option<Post> {
    let reader = &place.platform.reader;
    let (state, permalink) = (reader.state.as_ref()?, place.permalink.as_ref()?);
    let root = page.state(state)?;
    let find = |pointers: &[String]| {
        let found = pointers.iter().flat_map(|pointer| at(&root, pointer)).filter_map(word);
        found.map(|text| text.trim().to_owned()).find(|text| !text.is_empty())
    };
    if find(&state.id)? != permalink.id {
        return None;
    }
    let mut missing = vec![];
    let published_at = find(&state.time).and_then(|time| match time.parse::<i64>() {
        Ok(seconds) => Instant::from_millis(seconds.checked_mul(1000)?),
        Err(_) => reader::moment(&time, &mut missing),
    });
    let mut post = Post {
        platform: permalink.platform.clone(),
        id: permalink.id.clone(),
        permalink: permalink.canonical.clone(),
        author: Author {
            display_name: find(&state.display_name),
            handle: find(&state.handle).map(|handle| handle.trim_start_matches('@').to_owned()),
            account_id: find(&state.account_id),
        },
        text: find(&state.text).unwrap_or_default(),
        lang: find(&state.lang),
        published_at,
        created_from_id: permalink.created_at,
        media: vec![],
        quoted: None,
        in_reply_to: None,
        audience: None,
        counters: vec![],
        reader: place.platform.id.clone(),
        missing,
    };
    reader::note_expected(&mut post, &place.platform.reader);
    Some(post)
}
