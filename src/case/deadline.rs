use serde::{Deserialize, Serialize};

use super::{Case, Decision, Recourse, Ruling};
use crate::{
    base::sort,
    law::{self, Period},
};

/// A day after which something can no longer be done, or no longer surely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// What ends.
    pub kind: DeadlineKind,
    /// Last safe day in Paris.
    pub day: (i32, u32, u32),
}

/// What ends on a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// The limitation period, by the shortest plausible one.
    Limitation,
    /// The internal complaint of DSA art. 20: at least six months after the decision.
    InternalComplaint,
    /// What providers keep of the connection by which it was published: one year.
    ConnectionData,
}

/// The deadlines of a case, soonest first. None runs for what the user decided to be no offence.
pub fn deadlines(case: &Case) -> Vec<Deadline> {
    let mut found = vec![];
    let decided = case.qualified.as_ref().map(|(_, qualified)| &qualified.decision);
    let published = case.captures.iter().filter_map(|(_, captured)| captured.published_at).min();
    if let (Some(Decision::Offence { offence, .. }), Some(published)) = (decided, published) {
        let limitation = law::limitation(law::catalogue().offence(offence), published);
        found.push(Deadline { kind: DeadlineKind::Limitation, day: limitation.last_safe_day });
        let day = law::last_safe_day(published, Period::Years(1));
        found.push(Deadline { kind: DeadlineKind::ConnectionData, day });
    }
    for (_, decided) in &case.decisions {
        let open = matches!(decided.ruling, Ruling::Kept | Ruling::Limited | Ruling::Unclear);
        let contested = case
            .complaints
            .iter()
            .any(|(_, sent)| sent.recourse == Recourse::Internal && sent.sent_at >= decided.decided_at);
        if open && !contested && decided.complaint.is_none() {
            let day = law::last_safe_day(decided.decided_at, Period::Months(6));
            found.push(Deadline { kind: DeadlineKind::InternalComplaint, day });
        }
    }
    sort(&mut found, |one, other| one.day.cmp(&other.day).then(one.kind.cmp(&other.kind)));
    found
}

#[cfg(test)]
#[path = "../../tests/unit/case/deadline.rs"]
mod tests;
