use std::collections::BTreeMap;

use super::{
    clock::{Span, spans},
    state::{Look, Timeline},
};
use crate::{
    base::Instant,
    case::{Case, Decision, Entry, Notifier, Observer},
    law::Ground,
    takedown::Fate,
};

/// The moment of a notice that the user left at « now » is that of its entry, to this.
const AT_ONCE: i64 = 60_000;

/// One post that was notified: what a measurement counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What tells it apart.
    pub key: Key,
    /// Cases that speak of it.
    pub cases: Vec<String>,
    /// In which quality the notice was sent.
    pub notifier: Option<Notifier>,
    /// Ground of the offence.
    pub ground: Option<Ground>,
    /// Offence.
    pub offence: String,
    /// When the notice was sent.
    pub notice_at: Instant,
    /// Further notices for the same post by the same sender: reminders, not counted.
    pub repeated: u64,
    /// Looks that say something.
    pub looks: Vec<Look>,
    /// When the platform confirmed receipt.
    pub acknowledged_at: Option<Instant>,
    /// When it decided.
    pub decided_at: Option<Instant>,
    /// Whether that decision left the post as it was.
    pub refused: bool,
    /// The first coder's answer and the second's.
    pub codings: Option<(String, String)>,
    /// Dossiers on whose frozen list it stands, and since when.
    pub frozen: BTreeMap<String, Instant>,
    /// Made by the demo flavour.
    pub demo: bool,
}

/// What tells an item apart: members who bring the same notice bring it once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Id of the platform.
    pub platform: String,
    /// Id of the post.
    pub post: String,
    /// Id of the sender; none in journals of earlier versions.
    pub sender: Option<String>,
    /// Day of the notice in Paris.
    pub day: (i32, u32, u32),
}

/// Why a case is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unmeasured {
    /// No notice was sent.
    NotNotified,
    /// No offence was chosen, or the choice was taken back: not a valid item.
    SetAside,
    /// Already gone when last seen before the notice.
    NotThere,
    /// The device's clock contradicts itself where the notice was recorded.
    Undated,
}

impl Item {
    /// What a case brings to a measurement.
    pub fn of(case: &Case) -> Result<Self, Unmeasured> {
        let (_, notice) = case.notices.first().ok_or(Unmeasured::NotNotified)?;
        let decided = case.qualified.as_ref().map(|(_, qualified)| &qualified.decision);
        let Some(Decision::Offence { offence, ground, .. }) = decided else { return Err(Unmeasured::SetAside) };
        let captured = case.first().ok_or(Unmeasured::NotNotified)?;
        let spans = spans(case);
        let span = |seq: u64| spans.get(&seq).copied().unwrap_or(Span { from: i64::MIN, to: i64::MAX });
        let undated = case.steps.iter().any(|step| {
            matches!(&step.entry, Some(Entry::NoticeSent(sent)) if sent == notice)
                && (step.at.millis() - notice.sent_at.millis()).abs() <= AT_ONCE
                && !span(step.seq).is_exact()
        });
        if undated {
            return Err(Unmeasured::Undated);
        }
        let mut item = Self {
            key: Key {
                platform: captured.platform.clone(),
                post: captured.post_id.clone(),
                sender: notice.sender.as_ref().map(|sender| sender.id.clone()),
                day: notice.sent_at.paris_day(),
            },
            cases: vec![case.id.clone()],
            notifier: notice.sender.as_ref().map(|sender| sender.kind),
            ground: *ground,
            offence: offence.clone(),
            notice_at: notice.sent_at,
            repeated: case.notices.len() as u64 - 1,
            looks: vec![],
            acknowledged_at: None,
            decided_at: None,
            refused: false,
            codings: case.codings.last().map(|(_, coded)| (answer(decided), answer(Some(&coded.decision)))),
            frozen: case.frozen.iter().map(|(dossier, (at, _))| (dossier.clone(), *at)).collect(),
            demo: case.captures.iter().any(|(_, captured)| captured.demo),
        };
        // A check that does not even see the post at capture can never say that it is gone.
        let blind = case.observations.iter().any(|(_, seen)| seen.baseline && !seen.fate().is_online());
        for step in &case.steps {
            let span = span(step.seq);
            match &step.entry {
                Some(Entry::Captured(_)) => {
                    item.looks.push(Look { span, fate: Fate::Online, sure: true, decided: false });
                }
                Some(Entry::Observed(seen)) => {
                    let by_user = seen.by == Observer::User;
                    let fate = seen.sighting.countable();
                    if (by_user || !blind) && (fate.is_online() || fate.is_gone()) {
                        let sure = by_user || seen.control == Some(true);
                        item.looks.push(Look { span, fate, sure, decided: false });
                    }
                }
                _ => {}
            }
        }
        if item.timeline().was_gone(item.notice_at.millis()) { Err(Unmeasured::NotThere) } else { Ok(item) }
    }

    /// The same notice, as another pack tells of it.
    pub fn merge(&mut self, other: Self) {
        self.notice_at = self.notice_at.min(other.notice_at);
        self.repeated = self.repeated.max(other.repeated);
        self.looks.extend(other.looks);
        self.acknowledged_at = earliest(self.acknowledged_at, other.acknowledged_at);
        if other.decided_at.is_some() && earliest(self.decided_at, other.decided_at) == other.decided_at {
            self.refused = other.refused;
        }
        self.decided_at = earliest(self.decided_at, other.decided_at);
        self.notifier = self.notifier.or(other.notifier);
        self.ground = self.ground.or(other.ground);
        self.codings = self.codings.take().or(other.codings);
        for (dossier, at) in other.frozen {
            let since = self.frozen.entry(dossier).or_insert(at);
            *since = at.min(*since);
        }
        self.demo |= other.demo;
        self.cases.extend(other.cases);
        self.cases.sort();
        self.cases.dedup();
    }

    /// Its looks in order.
    pub fn timeline(&self) -> Timeline {
        Timeline::of(&self.looks)
    }
}

fn earliest(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    [one, other].into_iter().flatten().min()
}

/// A decision as coders are compared: the offence, or that there is none.
fn answer(decision: Option<&Decision>) -> String {
    match decision {
        Some(Decision::Offence { offence, .. }) => offence.clone(),
        Some(Decision::Lawful { .. }) | None => String::new(),
    }
}

#[cfg(test)]
#[path = "../../tests/unit/measure/item.rs"]
mod tests;
