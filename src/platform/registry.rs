use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use regex_lite::Regex;

use super::Permalink;
use super::data::{
    Atproto, Channel, Data, FateData, FormData, IdTimeRule, OverlayData, ProbeTemplate, Reader, WitnessTemplate,
};
use crate::base::{data, from_data, gather};

/// The data files, in the order in which hosts are tried; the platform of last resort stands last.
pub(super) const FILES: [&str; 20] = [
    data!("platform/x"),
    data!("platform/facebook"),
    data!("platform/instagram"),
    data!("platform/threads"),
    data!("platform/youtube"),
    data!("platform/tiktok"),
    data!("platform/bluesky"),
    data!("platform/reddit"),
    data!("platform/jeuxvideo"),
    data!("platform/telegram"),
    data!("platform/dailymotion"),
    data!("platform/linkedin"),
    data!("platform/twitch"),
    data!("platform/snapchat"),
    data!("platform/discord"),
    data!("platform/vk"),
    data!("platform/odysee"),
    data!("platform/mastodon"),
    data!("platform/pixelfed"),
    data!("platform/generic"),
];

/// What one platform is. Read once from its data file, never changed.
#[derive(Debug, Clone)]
pub struct Platform {
    /// Stem of the data file: `x`, `generic`, …
    pub id: String,
    /// Name for people.
    pub name: String,
    /// How to read a post from a page.
    pub reader: Reader,
    /// Accounts of a post beside the page, the nearest first.
    pub witnesses: Vec<WitnessTemplate>,
    /// Requests that tell a post's fate.
    pub probes: Vec<ProbeTemplate>,
    /// What answers mean.
    pub fate: FateData,
    /// Where to ask further when a post of this network is no longer shown.
    pub atproto: Option<Atproto>,
    /// Where notices go, the best first.
    pub channels: Vec<Channel>,
    /// How an id tells its time.
    pub id_time: Option<IdTimeRule>,
    pub(super) hosts: Vec<String>,
    pub(super) mirrors: Vec<String>,
    pub(super) reserved: Vec<String>,
    pub(super) drop_params: Vec<String>,
    pub(super) hashbang: bool,
    pub(super) any_host: bool,
    pub(super) local_ids: bool,
    pub(super) aliases: Vec<(Regex, String)>,
    pub(super) forms: Vec<Form>,
    pub(super) overlays: Vec<Overlay>,
}

/// One shape of address, ready to match.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub kind: String,
    pub hosts: Vec<String>,
    pub path: Regex,
    pub fragment: Option<Regex>,
    pub query: Vec<(String, Regex)>,
    pub post: bool,
    pub what: Option<String>,
    pub id: Option<String>,
    pub canonical: String,
    pub inner: Option<String>,
    pub time: bool,
    pub named_hosts: bool,
}

/// What parameters of a post's address may name inside it, ready to match.
#[derive(Debug, Clone)]
pub(super) struct Overlay {
    pub kind: String,
    pub of: Vec<String>,
    pub query: Vec<(String, Regex)>,
    pub canonical: String,
}

impl Platform {
    /// Whether this is the platform of last resort.
    pub fn is_generic(&self) -> bool {
        self.hosts.is_empty()
    }

    /// Hosts whose pages belong to the platform, as the data writes them.
    pub fn hosts(&self) -> &[String] {
        &self.hosts
    }

    /// Kinds of posts that its addresses may name.
    pub fn kinds(&self) -> BTreeSet<&str> {
        let posts = self.forms.iter().filter(|form| form.post && form.inner.is_none()).map(|form| &form.kind);
        gather(posts.chain(self.overlays.iter().map(|overlay| &overlay.kind)).map(String::as_str))
    }

    /// Whether an address names something by parameters of its post's address, so that an answer may speak of the post.
    pub fn is_inside(&self, permalink: &Permalink) -> bool {
        self.overlays.iter().any(|overlay| overlay.kind == permalink.kind)
    }

    /// Whether two addresses of this platform name the same post.
    pub fn same_post(&self, one: &Permalink, other: &Permalink) -> bool {
        one.id == other.id && (!self.local_ids || one.canonical.eq_ignore_ascii_case(&other.canonical))
    }

    /// Whether the host serves this platform's own pages (a mirror does not).
    pub fn owns(&self, host: &str) -> bool {
        self.hosts.iter().any(|pattern| host_matches(pattern, host))
    }

    /// Whether the host shows this platform's posts, its own pages or a mirror's.
    pub fn shows(&self, host: &str) -> bool {
        self.owns(host) || self.mirrors.iter().any(|pattern| host_matches(pattern, host))
    }
}

/// Every platform, the generic one last.
pub fn all() -> &'static [Platform] {
    static ALL: LazyLock<Vec<Platform>> = LazyLock::new(|| {
        // A file that does not parse fails the test of this module; it cannot reach a user.
        FILES.iter().filter_map(|text| load(text).ok()).collect()
    });
    &ALL
}

/// The platform of that id.
pub fn by_id(id: &str) -> Option<&'static Platform> {
    all().iter().find(|platform| platform.id == id)
}

/// The platform of last resort.
pub fn generic() -> Option<&'static Platform> {
    all().iter().find(|platform| platform.is_generic())
}

/// The platform whose pages or posts that host shows.
pub(super) fn by_host(host: &str) -> Option<&'static Platform> {
    let host = host.trim_end_matches('.');
    all().iter().find(|platform| platform.shows(host))
}

/// Reads one data file.
pub(super) fn load(text: &str) -> Result<Platform, DataError> {
    let data: Data = from_data(text).map_err(DataError::Shape)?;
    let forms = data.forms.iter().map(compile).collect::<Result<_, _>>()?;
    let overlays = data.overlays.iter().map(compile_overlay).collect::<Result<_, _>>()?;
    let aliases = data.aliases.into_iter().map(|alias| Ok((regex(&alias.pattern)?, alias.url)));
    Ok(Platform {
        id: data.id,
        name: data.name,
        reader: data.reader,
        witnesses: data.witnesses,
        probes: data.probes,
        fate: data.fate,
        atproto: data.atproto,
        channels: data.channels,
        id_time: data.id_time,
        hosts: data.hosts,
        mirrors: data.mirrors,
        reserved: data.reserved,
        drop_params: data.drop_params,
        hashbang: data.hashbang,
        any_host: data.any_host,
        local_ids: data.local_ids,
        aliases: aliases.collect::<Result<_, _>>()?,
        forms,
        overlays,
    })
}

/// Why a data file cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum DataError {
    #[error("{0}")]
    Shape(String),
    #[error("`{0}`: {1}")]
    Pattern(String, regex_lite::Error),
}

fn compile(form: &FormData) -> Result<Form, DataError> {
    Ok(Form {
        kind: form.kind.clone(),
        hosts: form.hosts.clone(),
        path: regex(&form.path)?,
        fragment: form.fragment.as_deref().map(regex).transpose()?,
        query: queries(&form.query)?,
        post: form.post,
        what: form.what.clone(),
        id: form.id.clone(),
        canonical: form.canonical.clone(),
        inner: form.inner.clone(),
        time: form.time,
        named_hosts: form.named_hosts,
    })
}

fn compile_overlay(overlay: &OverlayData) -> Result<Overlay, DataError> {
    Ok(Overlay {
        kind: overlay.kind.clone(),
        of: overlay.of.clone(),
        query: queries(&overlay.query)?,
        canonical: overlay.canonical.clone(),
    })
}

fn queries(wanted: &BTreeMap<String, String>) -> Result<Vec<(String, Regex)>, DataError> {
    wanted.iter().map(|(name, text)| Ok((name.clone(), regex(text)?))).collect()
}

fn regex(text: &str) -> Result<Regex, DataError> {
    Regex::new(text).map_err(|error| DataError::Pattern(text.to_owned(), error))
}

/// `x.com` itself, `*.x.com` what stands below it, `nitter.*` a first label under any domain.
pub fn host_matches(pattern: &str, host: &str) -> bool {
    if let Some(domain) = pattern.strip_prefix("*.") {
        return host.strip_suffix(domain).is_some_and(|front| front.len() > 1 && front.ends_with('.'));
    }
    if let Some(label) = pattern.strip_suffix(".*") {
        return host.strip_prefix(label).is_some_and(|rest| rest.starts_with('.'));
    }
    host == pattern
}
