use std::sync::LazyLock;

use regex_lite::Regex;
use serde_json::Value;
use url::{Host, Url};

use super::{Answer, BodyKind, Fate, Sighting, judge, phrase};
use crate::platform::{self, Atproto, Permalink, host_matches};

/// The questions that follow when a network of the AT protocol no longer shows a post: is it shown under the account's
/// lasting id, does the account still stand, does the author's own host still keep the record? Only when all three are
/// answered is a removal by the network told from one by the author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    network: &'static Atproto,
    permalink: Permalink,
    first: Sighting,
    did: Option<String>,
    host: Option<String>,
    stage: Stage,
}

/// A further request, without cookies or referrer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Address to ask.
    pub url: String,
    /// Match pattern of the host permission that it needs.
    pub origin: String,
}

/// Where an answer leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To another question.
    Ask(Box<Inquiry>),
    /// To what is known now.
    Known(Sighting),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Which account a name belongs to.
    Name,
    /// Whether the post is shown under that account's lasting id: names move.
    Shown,
    /// Whether the account stands.
    Account,
    /// Where its author keeps it.
    Directory,
    /// Whether it is kept there.
    Record,
}

/// A lasting account id: `did:plc:` and 24 digits of base 32, or the name of a host.
static DID: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^did:(?:plc:[a-z2-7]{24}|web:[a-z0-9-]+(?:\.[a-z0-9-]+)+)$").ok());

impl Inquiry {
    /// Begins when a first look saw that the post is gone and not why. `account_id` is what was captured.
    pub fn begin(permalink: &Permalink, account_id: Option<&str>, first: &Sighting) -> Option<Self> {
        let network = platform::by_id(&permalink.platform)?.atproto.as_ref()?;
        if first.fate != Fate::GoneCauseUnknown || first.marker.is_none() {
            return None;
        }
        let did = [account_id, permalink.handle.as_deref()].into_iter().flatten().find(|id| is_did(id));
        Some(Self {
            network,
            permalink: permalink.clone(),
            first: first.clone(),
            stage: if did.is_some() { Stage::Shown } else { Stage::Name },
            did: did.map(str::to_owned),
            host: None,
        })
    }

    /// What to ask next.
    pub fn question(&self) -> Option<Question> {
        let (appview, did) = (&self.network.appview, self.did.as_deref().unwrap_or_default());
        let address = match self.stage {
            Stage::Name => {
                let handle = self.permalink.handle.as_deref()?;
                format!("{appview}/xrpc/com.atproto.identity.resolveHandle?handle={handle}")
            }
            Stage::Shown => format!("{appview}/xrpc/app.bsky.feed.getPosts?uris={}", self.uri()),
            Stage::Account => format!("{appview}/xrpc/app.bsky.actor.getProfile?actor={did}"),
            Stage::Directory => match did.strip_prefix("did:web:") {
                Some(host) => format!("https://{host}/.well-known/did.json"),
                None => format!("{}/{did}", self.network.directory),
            },
            Stage::Record => format!(
                "https://{}/xrpc/com.atproto.repo.getRecord?repo={did}&collection={}&rkey={}",
                self.host.as_deref()?,
                self.network.collection,
                self.permalink.id
            ),
        };
        let url = Url::parse(&address).ok()?;
        let origin = format!("{}://{}/*", url.scheme(), url.host_str()?);
        Some(Question { url: url.into(), origin })
    }

    /// Takes the answer to [`question`](Self::question): a status, none when nothing answered, and a body.
    pub fn take(self, status: Option<u16>, body: &str) -> Step {
        let json: Value = serde_json::from_str(body).unwrap_or_default();
        let text = |pointer: &str| json.pointer(pointer).and_then(Value::as_str);
        match (self.stage, status) {
            (Stage::Name, Some(200)) => match text("/did").filter(|did| is_did(did)) {
                Some(did) => Self { did: Some(did.to_owned()), ..self }.go_to(Stage::Shown),
                None => self.open("le compte n’a pas pu être retrouvé"),
            },
            (Stage::Shown, Some(200)) => match json.get("posts").and_then(Value::as_array).map(Vec::as_slice) {
                Some([]) => self.go_to(Stage::Account),
                Some([post]) if post.get("uri").and_then(Value::as_str) == Some(&self.uri()) => {
                    let marker = self.uri();
                    self.known(Fate::Online, marker, post, "Le compte a changé de nom ; le message est toujours là.")
                }
                _ => self.open("la réponse ne dit pas si le message est encore montré"),
            },
            (Stage::Account, Some(200)) if text("/did").is_some_and(|did| self.did.as_deref() == Some(did)) => {
                self.go_to(Stage::Directory)
            }
            (Stage::Directory, Some(200)) => match self.host_in(&json) {
                Some(host) => Self { host: Some(host), ..self }.go_to(Stage::Record),
                None => self.open("l’hébergeur de l’auteur n’a pas pu être trouvé"),
            },
            (Stage::Record, Some(200)) => {
                let kept = text("/uri") == Some(&self.uri()) && text("/value/$type") == Some(&self.network.collection);
                if !kept {
                    return self.open("l’hébergeur de l’auteur a répondu autre chose");
                }
                let marker = format!("{} ; {} : 200", self.marker(), self.host.as_deref().unwrap_or_default());
                self.known(
                    Fate::RemovedByPlatform,
                    marker,
                    &json,
                    "Bluesky ne montre plus ce message, que l’hébergeur de son auteur conserve : c’est Bluesky qui l’a retiré de sa vue.",
                )
            }
            (Stage::Record, Some(400 | 404)) if text("/error") == Some("RecordNotFound") => {
                let host = self.host.clone().unwrap_or_default();
                let marker = format!("{} ; {host} : RecordNotFound", self.marker());
                if self.network.own_hosts.iter().any(|pattern| host_matches(pattern, &host)) {
                    let note = "L’hébergeur, qui est Bluesky, n’a plus le message : l’auteur l’a supprimé, ou Bluesky l’a retiré aussi chez lui.";
                    self.known(Fate::GoneCauseUnknown, marker, &json, note)
                } else {
                    let note = "L’hébergeur de l’auteur, qui n’est pas Bluesky, n’a plus le message : l’auteur l’a supprimé (ou son hébergeur).";
                    self.known(Fate::DeletedByAuthor, marker, &json, note)
                }
            }
            // What the error of an account means stands in the platform's own rules.
            (Stage::Account | Stage::Record, Some(status @ 400..500)) => {
                let told = judge(&Answer {
                    url: &self.permalink.canonical,
                    final_url: None,
                    status: Some(status),
                    kind: BodyKind::Json,
                    body,
                    text: None,
                });
                match told.fate {
                    Fate::AccountSuspended | Fate::AccountGone => Step::Known(told),
                    _ => self.open("l’état du compte n’a pas pu être établi"),
                }
            }
            _ => self.open("une des adresses à interroger n’a pas répondu"),
        }
    }

    /// What is known when a question cannot be asked.
    pub fn unasked(self) -> Sighting {
        match self.open(
            "l’adresse suivante ne peut pas être interrogée (permission non donnée, ou site qui demande d’attendre)",
        ) {
            Step::Known(sighting) => sighting,
            Step::Ask(inquiry) => inquiry.first,
        }
    }

    fn go_to(self, stage: Stage) -> Step {
        Step::Ask(Box::new(Self { stage, ..self }))
    }

    /// The cause stays unknown, and why.
    fn open(self, why: &str) -> Step {
        let note = format!("Bluesky ne montre plus le message. Qui l’a retiré n’est pas établi : {why}.");
        Step::Known(Sighting { note: Some(note), ..self.first })
    }

    fn known(self, fate: Fate, marker: String, seen: &Value, note: &str) -> Step {
        Step::Known(Sighting {
            platform: self.first.platform,
            fate,
            would_count: fate.would_count(),
            marker: Some(marker),
            excerpt: Some(phrase::excerpt(&seen.to_string())),
            note: Some(note.to_owned()),
        })
    }

    fn marker(&self) -> &str {
        self.first.marker.as_deref().unwrap_or_default()
    }

    fn uri(&self) -> String {
        let did = self.did.as_deref().unwrap_or_default();
        format!("at://{did}/{}/{}", self.network.collection, self.permalink.id)
    }

    /// The host that the account's document names. It is anybody's to choose: a public name over https, or none.
    fn host_in(&self, document: &Value) -> Option<String> {
        let did = self.did.as_deref()?;
        if document.get("id").and_then(Value::as_str) != Some(did) {
            return None;
        }
        let services = document.get("service")?.as_array()?;
        let named = |service: &&Value| {
            let id = service.get("id").and_then(Value::as_str).unwrap_or_default();
            id.strip_prefix(did).unwrap_or(id) == "#atproto_pds"
        };
        let endpoint = services.iter().find(named)?.get("serviceEndpoint")?.as_str()?;
        let url = Url::parse(endpoint).ok()?;
        let plain = url.scheme() == "https" && url.port().is_none() && url.username().is_empty() && url.path() == "/";
        match url.host() {
            Some(Host::Domain(name)) if plain && name.contains('.') && !name.ends_with(".local") => {
                Some(name.to_owned())
            }
            _ => None,
        }
    }
}

fn is_did(text: &str) -> bool {
    DID.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

#[cfg(test)]
#[path = "../../tests/unit/takedown/inquiry.rs"]
mod tests;
