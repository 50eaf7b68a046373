use std::sync::LazyLock;

use regex_lite::Regex;

use super::data::{Channel, Data, FateData, FormData, IdTimeRule, ProbeTemplate, Reader};
use crate::base::{data, from_data};

/// The data files, in the order in which hosts are tried; the platform of last resort stands last.
const FILES: [&str; 2] = [data!("platform/x"), data!("platform/generic")];

/// What one platform is. Read once from its data file, never changed.
#[derive(Debug, Clone)]
pub struct Platform {
    /// Stem of the data file: `x`, `generic`, …
    pub id: String,
    /// Name for people.
    pub name: String,
    /// How to read a post from a page.
    pub reader: Reader,
    /// Requests that tell a post's fate.
    pub probes: Vec<ProbeTemplate>,
    /// What answers mean.
    pub fate: FateData,
    /// Where notices go, the best first.
    pub channels: Vec<Channel>,
    /// How an id tells its time.
    pub id_time: Option<IdTimeRule>,
    pub(super) hosts: Vec<String>,
    pub(super) mirrors: Vec<String>,
    pub(super) reserved: Vec<String>,
    pub(super) drop_params: Vec<String>,
    pub(super) hashbang: bool,
    pub(super) forms: Vec<Form>,
}

/// One shape of address, ready to match.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub kind: String,
    pub hosts: Vec<String>,
    pub path: Regex,
    pub query: Vec<(String, Regex)>,
    pub post: bool,
    pub what: Option<String>,
    pub canonical: String,
}

impl Platform {
    /// Whether this is the platform of last resort.
    pub fn is_generic(&self) -> bool {
        self.hosts.is_empty()
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
    Ok(Platform {
        id: data.id,
        name: data.name,
        reader: data.reader,
        probes: data.probes,
        fate: data.fate,
        channels: data.channels,
        id_time: data.id_time,
        hosts: data.hosts,
        mirrors: data.mirrors,
        reserved: data.reserved,
        drop_params: data.drop_params,
        hashbang: data.hashbang,
        forms,
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
    let regex = |text: &String| Regex::new(text).map_err(|error| DataError::Pattern(text.clone(), error));
    Ok(Form {
        kind: form.kind.clone(),
        hosts: form.hosts.clone(),
        path: regex(&form.path)?,
        query: form.query.iter().map(|(name, text)| Ok((name.clone(), regex(text)?))).collect::<Result<_, _>>()?,
        post: form.post,
        what: form.what.clone(),
        canonical: form.canonical.clone(),
    })
}

/// `x.com` itself, `*.x.com` what stands below it, `nitter.*` a first label under any domain.
pub(super) fn host_matches(pattern: &str, host: &str) -> bool {
    if let Some(domain) = pattern.strip_prefix("*.") {
        return host.strip_suffix(domain).is_some_and(|front| front.len() > 1 && front.ends_with('.'));
    }
    if let Some(label) = pattern.strip_suffix(".*") {
        return host.strip_prefix(label).is_some_and(|rest| rest.starts_with('.'));
    }
    host == pattern
}
