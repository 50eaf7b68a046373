//! « Vérifications du jour »: the looks that are due and that only a person can make.

use super::{App, Failure};
use crate::{
    base::{Instant, sort},
    case::{Case, Observer, Status},
    platform,
    port::{Clock, Fetch, Ports},
    protocol::{CaseRow, Reply, StandingView},
    takedown,
};

impl<P: Ports> App<P> {
    pub(super) async fn by_hand(&self) -> Result<Reply, Failure> {
        let now = self.ports.clock().now();
        let checks = self.settings().await?.checks;
        let mut due = vec![];
        for row in self.rows().await? {
            let waits = row.hand_check.is_some_and(|at| at <= now) && row.status != Status::SetAside;
            if waits && !(checks && self.machine_looks(&row, now).await) {
                due.push(row);
            }
        }
        sort(&mut due, |one: &CaseRow, other| one.hand_check.cmp(&other.hand_check).then(one.id.cmp(&other.id)));
        Ok(Reply::Cases(due))
    }

    /// Whether a request will be made for this look: the post can be asked for, the user allowed it, and it has not been tried in vain.
    async fn machine_looks(&self, row: &CaseRow, now: Instant) -> bool {
        if row.standing == StandingView::ByHandOnly || row.next_check.is_none_or(|due| due > now) {
            return false;
        }
        let probe = platform::permalink(&row.permalink).ok().and_then(|permalink| takedown::probe(&permalink));
        match probe {
            Some(probe) => self.ports.fetch().allowed(&probe.origin).await,
            None => false,
        }
    }
}

/// The first look of the schedule for which nobody has seen anything: what a machine saw counts, and so does what a person could not tell.
pub(super) fn next_hand_check(case: &Case) -> Option<Instant> {
    if matches!(super::check::standing_view(case), StandingView::Gone { .. }) {
        return None;
    }
    let (captured_at, _) = case.captures.first()?;
    let told = |at: Instant| {
        case.observations.iter().any(|(seen_at, seen)| {
            let fate = seen.fate();
            *seen_at >= at && (seen.by == Observer::User || fate.is_online() || fate.is_gone())
        })
    };
    takedown::schedule(*captured_at).into_iter().find(|due| !told(*due))
}
