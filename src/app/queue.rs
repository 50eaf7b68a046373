use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{App, Failure, capturing::Capturing, failure::Refusal};
use crate::{
    base::from_value,
    capture::without_secrets,
    platform,
    port::{CaseStore, Clock, Ports, Preferences, StoreError},
    protocol::{NextView, QueueItem, QueueState, QueueView},
};

/// Key of the list of addresses.
const QUEUE: &str = "queue";
const VERSION: u32 = 1;

/// The list as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Queue {
    version: u32,
    items: Vec<QueueItem>,
}

impl<P: Ports> App<P> {
    pub(super) async fn queue(&self) -> Result<QueueView, Failure> {
        Ok(QueueView { items: self.kept_queue().await?.items, repeated: 0 })
    }

    /// Adds the addresses of a text. One that stands on the list is not added again; one that was captured before is known,
    /// and its case goes into the dossier.
    pub(super) async fn add_addresses(&self, dossier: Option<String>, text: &str) -> Result<QueueView, Failure> {
        let found = platform::addresses(text);
        if found.is_empty() {
            return Err(Refusal::NoAddresses.into());
        }
        let held = self.held().await?;
        let mut queue = self.kept_queue().await?;
        let mut repeated = 0;
        for address in found {
            let Some(url) = canonical(&address) else { continue };
            if queue.items.iter().any(|item| item.url == url) {
                repeated += 1;
                continue;
            }
            let known = held.get(&post_of(&url)).cloned();
            let state = known.map_or(QueueState::Waiting, |case| QueueState::Known { case });
            if let (QueueState::Known { case }, Some(dossier)) = (&state, &dossier) {
                self.file(dossier, case, true).await?;
            }
            queue.items.push(QueueItem { url, dossier: dossier.clone(), state });
        }
        self.keep_queue(&queue).await?;
        Ok(QueueView { items: queue.items, repeated })
    }

    /// The next address that waits, marked as under way. One that was under way when the browser stopped is done if its capture
    /// was saved since, and waits again if it was not: none is lost, none is captured twice.
    pub(super) async fn next_address(&self) -> Result<Option<NextView>, Failure> {
        let mut queue = self.kept_queue().await?;
        let held = self.held().await?;
        let mut running = vec![];
        for staged in self.ports.cases().staged().await? {
            running.push(post_of(&Capturing::read(staged)?.target.url));
        }
        for item in &mut queue.items {
            if !matches!(item.state, QueueState::Capturing { .. }) {
                continue;
            }
            let post = post_of(&item.url);
            if let Some(case) = held.get(&post) {
                if let Some(dossier) = &item.dossier {
                    self.file(dossier, case, true).await?;
                }
                item.state = QueueState::Done { case: case.clone() };
            } else if !running.contains(&post) {
                item.state = QueueState::Waiting;
            }
        }
        let next = queue.items.iter_mut().enumerate().find(|(_, item)| item.state == QueueState::Waiting);
        let next = next.map(|(at, item)| {
            item.state = QueueState::Capturing { since: self.ports.clock().now() };
            NextView { at, url: item.url.clone() }
        });
        self.keep_queue(&queue).await?;
        Ok(next)
    }

    /// How a capture ended: its case goes into the dossier first, so that a stop between the two is made up for by
    /// [`next_address`](Self::next_address).
    pub(super) async fn settle(&self, at: usize, outcome: Result<String, String>) -> Result<QueueView, Failure> {
        let mut queue = self.kept_queue().await?;
        let Some(item) = queue.items.get_mut(at) else { return Err(Refusal::NoAddresses.into()) };
        item.state = match outcome {
            Ok(case) => {
                if let Some(dossier) = &item.dossier {
                    self.file(dossier, &case, true).await?;
                }
                QueueState::Done { case }
            }
            Err(code) => QueueState::Failed { code: code.chars().take(64).collect() },
        };
        self.keep_queue(&queue).await?;
        Ok(QueueView { items: queue.items, repeated: 0 })
    }

    pub(super) async fn retry(&self) -> Result<QueueView, Failure> {
        let mut queue = self.kept_queue().await?;
        for item in &mut queue.items {
            if matches!(item.state, QueueState::Failed { .. }) {
                item.state = QueueState::Waiting;
            }
        }
        self.keep_queue(&queue).await?;
        Ok(QueueView { items: queue.items, repeated: 0 })
    }

    pub(super) async fn clear_done(&self) -> Result<QueueView, Failure> {
        let mut queue = self.kept_queue().await?;
        queue.items.retain(|item| !matches!(item.state, QueueState::Done { .. } | QueueState::Known { .. }));
        self.keep_queue(&queue).await?;
        Ok(QueueView { items: queue.items, repeated: 0 })
    }

    /// Which case holds which post.
    async fn held(&self) -> Result<BTreeMap<(String, String), String>, Failure> {
        Ok(self.rows().await?.into_iter().map(|row| (post_of(&row.permalink), row.id)).collect())
    }

    async fn kept_queue(&self) -> Result<Queue, Failure> {
        let kept = self.ports.preferences().load(QUEUE).await?;
        let read = kept.and_then(|kept| from_value::<Queue>(&kept).ok()).filter(|queue| queue.version == VERSION);
        Ok(read.unwrap_or(Queue { version: VERSION, items: vec![] }))
    }

    async fn keep_queue(&self, queue: &Queue) -> Result<(), Failure> {
        let value = serde_json::to_value(queue).map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok(self.ports.preferences().save(QUEUE, value).await?)
    }
}

/// What tells a post apart, whatever its address: a handle in it may have changed since.
fn post_of(url: &str) -> (String, String) {
    match platform::permalink(url) {
        Ok(known) => (known.platform, known.id),
        Err(_) => (String::new(), url.to_owned()),
    }
}

/// An address as cases hold it, without what lets somebody act as the user.
fn canonical(address: &str) -> Option<String> {
    let known = platform::permalink(address).or_else(|_| platform::page(address)).ok();
    known.map(|known| known.canonical).or_else(|| without_secrets(address))
}
