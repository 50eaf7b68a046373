use serde::{Deserialize, Serialize};

use super::{ReadError, witness};
use crate::platform;

/// What `capture.js` needs to know about a page, as plain data: the script itself knows no platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PagePlan {
    /// Id of the platform.
    pub platform: String,
    /// CSS list of elements that are posts; empty when any element may be one.
    pub post_selector: String,
    /// Inside a post, CSS of the link that carries its own address; empty when there is none.
    pub permalink_selector: String,
    /// What that link's path contains in the post that the page is about; none when the page is not about one post.
    pub wanted: Option<String>,
    /// Attributes to keep beyond the standard ones of HTML; a final `*` stands for a family.
    pub keep_attributes: Vec<String>,
    /// The page's own data of which parts may be kept.
    pub page_state: Vec<KeptState>,
    /// CSS list of pictures and videos inside a post.
    pub media_selector: String,
}

/// What may be kept of the data in a script of the page: the values at these addresses, and nothing else. What stands
/// beside them may tell of the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptState {
    /// CSS selector of the script.
    pub css: String,
    /// What stands before the JSON in it.
    pub after: String,
    /// JSON pointers from the root.
    pub paths: Vec<String>,
}

/// Says how to find and serialise a post on the page at `url`.
pub fn plan(url: &str) -> Result<PagePlan, ReadError> {
    let place = platform::place(url).map_err(ReadError::Url)?;
    let reader = &place.platform.reader;
    // Any element of an unknown page may be the post, and a mirror's page has another layout: the person designates it.
    let known = place.own && !place.platform.is_generic();
    let wanted =
        place.permalink.as_ref().filter(|_| known).and_then(|permalink| permalink.fill(reader.wanted.as_deref()?));
    Ok(PagePlan {
        platform: place.platform.id.clone(),
        post_selector: if known { reader.post.clone() } else { String::new() },
        // A post whose own element carries its address has links to it too, as a rule.
        permalink_selector: reader.permalink.clone().filter(|css| known && css != ":scope").unwrap_or_default(),
        wanted,
        keep_attributes: reader.keep_attributes.clone(),
        page_state: place.platform.witnesses.iter().filter(|_| known).filter_map(witness::kept).collect(),
        media_selector: reader.media.iter().map(|media| media.css.as_str()).collect::<Vec<_>>().join(", "),
    })
}
