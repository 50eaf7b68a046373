use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Failure;
use crate::{
    base::{Instant, from_value},
    capture::{Missing, PageSnapshot},
    evidence::FileEntry,
    port::{Staged, StoreError, Target},
};

/// A capture under way, kept at each step so that a killed worker loses nothing that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Capturing {
    pub version: u32,
    pub id: String,
    /// The worker that runs it.
    pub boot: String,
    pub gesture: String,
    pub target: Target,
    pub started_at: Instant,
    /// The user is choosing in the page; nothing has been read.
    pub picking: bool,
    /// What was read, the HTML being among the files.
    pub snapshot: Option<PageSnapshot>,
    pub files: BTreeMap<String, FileEntry>,
    /// What the capture is known to lack.
    pub missing: Vec<Missing>,
    /// Parts not reached yet: they become missing if the worker is killed.
    pub ahead: Vec<String>,
    pub page_changes: Vec<String>,
}

const VERSION: u32 = 1;

impl Capturing {
    pub fn new(id: String, boot: String, gesture: String, target: Target, started_at: Instant) -> Self {
        Self {
            version: VERSION,
            id,
            boot,
            gesture,
            target,
            started_at,
            picking: false,
            snapshot: None,
            files: BTreeMap::new(),
            missing: vec![],
            ahead: ["snapshot", "screenshot", "media", Missing::WITNESS].map(str::to_owned).into(),
            page_changes: vec![],
        }
    }

    /// `part` is no longer ahead.
    pub fn reached(&mut self, part: &str) {
        self.ahead.retain(|ahead| ahead != part);
    }

    /// Whether `part` is still to come.
    pub fn is_ahead(&self, part: &str) -> bool {
        self.ahead.iter().any(|ahead| ahead == part)
    }

    /// What is still ahead will not come, for this reason.
    pub fn give_up(&mut self, reason: &str) {
        for part in std::mem::take(&mut self.ahead) {
            self.missing.push(Missing::of(&part, reason));
        }
    }

    pub fn staged(&self) -> Result<Staged, Failure> {
        let body = serde_json::to_value(self).map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok(Staged { id: self.id.clone(), body })
    }

    pub fn read(staged: Staged) -> Result<Self, Failure> {
        Ok(from_value(&staged.body).map_err(|error| StoreError::Damaged(error.to_string()))?)
    }
}
