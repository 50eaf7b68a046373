use std::{
    cell::RefCell,
    collections::BTreeMap,
    future::poll_fn,
    task::{Poll, Waker},
};

use url::Url;

use super::{App, Failure, failure::Refusal};
use crate::{
    base::from_value,
    port::{Clock, Entropy, Fetch, FetchError, Fetched, Ports, Preferences, StoreError},
    takedown::Pause,
};

/// Where the pauses of all hosts are kept: they outlive the worker and the browser.
const KEY: &str = "pauses";

/// Hosts that are being asked, and who waits for them: one request at a time to each.
#[derive(Default)]
pub(super) struct Turns(RefCell<BTreeMap<String, Vec<Waker>>>);

impl Turns {
    async fn take(&self, host: &str) -> Turn<'_> {
        poll_fn(|context| match self.0.borrow_mut().get_mut(host) {
            Some(waiting) => {
                waiting.push(context.waker().clone());
                Poll::Pending
            }
            None => Poll::Ready(()),
        })
        .await;
        self.0.borrow_mut().insert(host.to_owned(), vec![]);
        Turn { turns: self, host: host.to_owned() }
    }
}

struct Turn<'a> {
    turns: &'a Turns,
    host: String,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        for waiting in self.turns.0.borrow_mut().remove(&self.host).into_iter().flatten() {
            waiting.wake();
        }
    }
}

impl<P: Ports> App<P> {
    /// One polite request: in its turn, not before the host may be asked again, and only as long as the user grants its
    /// origin. `refused` says whether the answer, or none, is a refusal: then the host is left alone for longer each time.
    pub(super) async fn ask(
        &self,
        url: &str,
        origin: &str,
        refused: impl FnOnce(&Result<Fetched, FetchError>) -> bool,
    ) -> Result<Result<Fetched, FetchError>, Failure> {
        let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let _turn = self.turns.take(&host).await;
        let before = self.pauses().await?.get(&host).copied();
        if before.is_some_and(|pause| self.ports.clock().now() < pause.until) {
            return Err(Refusal::Paused.into());
        }
        if !self.ports.fetch().allowed(origin).await {
            return Err(Refusal::NotAllowed.into());
        }
        let answer = self.ports.fetch().get(url).await;
        let after = refused(&answer).then(|| {
            let retry_after = answer.as_ref().ok().and_then(|answer| answer.retry_after.as_deref());
            let [a, b, c, d, e, f, g, h, ..] = self.ports.entropy().random();
            Pause::after(before, self.ports.clock().now(), retry_after, u64::from_le_bytes([a, b, c, d, e, f, g, h]))
        });
        if before != after {
            self.keep_pause(&host, after).await?;
        }
        Ok(answer)
    }

    async fn pauses(&self) -> Result<BTreeMap<String, Pause>, Failure> {
        let kept = self.ports.preferences().load(KEY).await?;
        // What another version wrote is forgotten: the host will say again that it is asked too often.
        Ok(kept.and_then(|kept| from_value(&kept).ok()).unwrap_or_default())
    }

    async fn keep_pause(&self, host: &str, pause: Option<Pause>) -> Result<(), Failure> {
        let now = self.ports.clock().now();
        let mut pauses = self.pauses().await?;
        // A day after its end a pause says nothing any more.
        pauses.retain(|_, pause| pause.until.plus_millis(24 * 3_600_000) > now);
        match pause {
            Some(pause) => pauses.insert(host.to_owned(), pause),
            None => pauses.remove(host),
        };
        let value = serde_json::to_value(&pauses).map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok(self.ports.preferences().save(KEY, value).await?)
    }
}

/// Whether a host's answer alone says that it does not want to be asked now.
pub(super) fn is_refusal(answer: &Result<Fetched, FetchError>) -> bool {
    answer.as_ref().map_or(true, |answer| matches!(answer.status, 403 | 429 | 500..))
}
