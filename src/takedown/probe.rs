use url::Url;

use super::{BodyKind, Probe};
use crate::platform::{self, Permalink, ProbeTemplate};

/// The request that tells what became of a post; none when its platform has no way to ask without an account.
pub fn probe(permalink: &Permalink) -> Option<Probe> {
    let serves = |template: &&ProbeTemplate| template.of.is_empty() || template.of.contains(&permalink.kind);
    let platform = platform::by_id(&permalink.platform)?;
    let template = platform.probes.iter().find(serves)?;
    let mut url = Url::parse(&permalink.fill(&template.url)?).ok()?;
    url.set_fragment(None);
    let origin = format!("{}://{}/*", url.scheme(), url.host_str()?);
    let kind = if template.kind == "json" { BodyKind::Json } else { BodyKind::Html };
    let also = platform.atproto.as_ref().map(|network| network.origins.clone()).unwrap_or_default();
    Some(Probe { url: url.into(), origin, kind, also })
}
