use super::{App, Failure, ask::is_refusal, failure::Refusal, timestamp::When, view::permalink};
use crate::{
    base::Instant,
    case::{Case, Entry, Further, Observed, Observer},
    port::{Fetch, FetchError, Fetched, Ports},
    protocol::{Fate, Probe, Reply, StandingView},
    takedown::{self, Answer, Inquiry, Observation, Ruled, Sighting, Standing, Step},
};

/// An answer that says nothing (wall, error) is asked for again at the next alarms, this often for each due look.
const TRIES_PER_LOOK: usize = 3;

impl<P: Ports> App<P> {
    /// « Vérifier maintenant ».
    pub(super) async fn check_now(&self, id: &str) -> Result<Reply, Failure> {
        self.look(id, false).await?;
        Ok(Reply::Done)
    }

    /// What the user saw in the page.
    pub(super) async fn record_sighting(&self, id: &str, fate: Fate) -> Result<Reply, Failure> {
        if !fate.is_online() && !fate.is_gone() && !matches!(fate, Fate::LoginWall | Fate::AgeWall | Fate::Unknown) {
            return Err(Refusal::NotASight.into());
        }
        let (case, _) = self.load(id).await?;
        let platform = case.first().map(|captured| captured.platform.clone()).unwrap_or_default();
        let sighting =
            Sighting { platform, fate, would_count: fate.would_count(), marker: None, excerpt: None, note: None };
        let observed = Observed {
            by: Observer::User,
            baseline: false,
            probe: None,
            status: None,
            final_url: None,
            sighting,
            control: None,
            further: vec![],
        };
        self.record(id, &[Entry::Observed(observed)], None).await?;
        self.timestamp(id, When::Now).await?;
        self.case_reply(id).await
    }

    /// The look at capture, with the method of the later ones: without it a later « absent » would mean nothing.
    pub(super) async fn baseline(&self, id: &str) -> Result<(), Failure> {
        let (case, _) = self.load(id).await?;
        if case.observations.iter().any(|(_, seen)| seen.baseline) {
            return Ok(());
        }
        self.look(id, true).await
    }

    /// A look that the schedule asks for; the alarm comes back until it says something, or gave up.
    pub(super) async fn check_due(&self, id: &str) -> Result<(), Failure> {
        match self.look(id, false).await {
            Err(failure) if ["checks_off", "not_allowed", "paused", "by_hand_only"].contains(&failure.code()) => Ok(()),
            other => other,
        }
    }

    async fn look(&self, id: &str, baseline: bool) -> Result<(), Failure> {
        let (case, _) = self.load(id).await?;
        let probe = self.permitted(&case).await?;
        let post = self.post(&case).await?;
        let mut observed = self.observe(&case, &probe, post.as_ref().map(|post| post.text.as_str())).await?;
        observed.baseline = baseline;
        let account = post.and_then(|post| post.author.account_id);
        self.inquire(&case, account.as_deref(), &mut observed).await?;
        if observed.fate().is_gone() {
            observed.control = self.control(&case, &probe).await;
        }
        self.record(id, &[Entry::Observed(observed)], None).await?;
        if baseline { Ok(()) } else { self.timestamp(id, When::Due).await }
    }

    /// Asks who made the post disappear, where the network's parts can be asked one by one.
    async fn inquire(&self, case: &Case, account: Option<&str>, observed: &mut Observed) -> Result<(), Failure> {
        let begun = permalink(case).and_then(|permalink| Inquiry::begin(&permalink, account, &observed.sighting));
        let Some(mut inquiry) = begun else { return Ok(()) };
        while let Some(question) = inquiry.question() {
            let Ok(answer) = self.ask(&question.url, &question.origin, is_refusal).await else {
                break;
            };
            let status = answer.as_ref().ok().map(|answer| answer.status);
            let body = answer.as_ref().map(|answer| String::from_utf8_lossy(&answer.body)).unwrap_or_default();
            observed.further.push(Further { url: question.url, status });
            match inquiry.take(status, &body) {
                Step::Ask(next) => inquiry = *next,
                Step::Known(sighting) => {
                    observed.sighting = sighting;
                    return Ok(());
                }
            }
        }
        observed.sighting = inquiry.unasked();
        Ok(())
    }

    /// The probe of a case, if the user switched the checks on and granted its origin. Asked before every request.
    async fn permitted(&self, case: &Case) -> Result<Probe, Failure> {
        if !self.settings().await?.checks {
            return Err(Refusal::ChecksOff.into());
        }
        let probe = permalink(case).and_then(|permalink| takedown::probe(&permalink)).ok_or(Refusal::ByHandOnly)?;
        if !self.ports.fetch().allowed(&probe.origin).await {
            return Err(Refusal::NotAllowed.into());
        }
        Ok(probe)
    }

    async fn observe(&self, case: &Case, probe: &Probe, text: Option<&str>) -> Result<Observed, Failure> {
        let url = case.first().map(|captured| captured.permalink.as_str()).unwrap_or_default();
        let judged = |answer: &Result<Fetched, FetchError>| {
            let body = answer.as_ref().map(|answer| String::from_utf8_lossy(&answer.body)).unwrap_or_default();
            // An API answers under its own address: only a redirection away from it is a redirection.
            let final_url = answer.as_ref().ok().map(|answer| answer.final_url.as_str());
            takedown::judge(&Answer {
                url,
                final_url: final_url.filter(|final_url| *final_url != probe.url),
                status: answer.as_ref().ok().map(|answer| answer.status),
                kind: probe.kind,
                body: &body,
                text,
            })
        };
        let mut sighting = None;
        let refused = |answer: &Result<Fetched, FetchError>| {
            let seen = sighting.insert(judged(answer));
            is_refusal(answer) || matches!(seen.fate, Fate::RateLimited | Fate::BlockedBot | Fate::TempError)
        };
        let answer = self.ask(&probe.url, &probe.origin, refused).await?;
        let sighting = sighting.unwrap_or_else(|| judged(&answer));
        Ok(Observed {
            by: Observer::Probe,
            baseline: false,
            probe: Some(probe.clone()),
            status: answer.as_ref().ok().map(|answer| answer.status),
            final_url: answer.as_ref().ok().map(|answer| answer.final_url.clone()),
            sighting: unanswered(sighting, answer.err()),
            control: None,
            further: vec![],
        })
    }

    /// The positive control: another post of the same platform that was online at its last look. When it is not seen
    /// online either, the platform has changed or refuses us, and the absence proves nothing. `None` without a candidate.
    async fn control(&self, case: &Case, probe: &Probe) -> Option<bool> {
        let platform = &case.first()?.platform;
        let rows = self.rows().await.ok()?;
        for row in rows.iter().filter(|row| row.platform == *platform && row.id != case.id) {
            if !matches!(row.standing, StandingView::Online { .. }) {
                continue;
            }
            let Ok((other, _)) = self.load(&row.id).await else { continue };
            let Some(asked) = permalink(&other).and_then(|permalink| takedown::probe(&permalink)) else { continue };
            if asked.origin != probe.origin {
                continue;
            }
            let text = self.post(&other).await.ok()?.map(|post| post.text);
            return Some(self.observe(&other, &asked, text.as_deref()).await.ok()?.fate().is_online());
        }
        None
    }
}

/// No answer at all says so in its note.
fn unanswered(sighting: Sighting, error: Option<FetchError>) -> Sighting {
    match error {
        Some(error) => Sighting { note: Some(error.to_string()), ..sighting },
        None => sighting,
    }
}

/// What all looks together allow to say.
pub(super) fn standing_view(case: &Case) -> StandingView {
    let looks: Vec<Observation> = case
        .observations
        .iter()
        .map(|(at, seen)| Observation {
            at: *at,
            baseline: seen.baseline,
            by_user: seen.by == Observer::User,
            fate: seen.sighting.countable(),
            control: seen.control,
        })
        .collect();
    let rulings: Vec<Ruled> = case
        .decisions
        .iter()
        .map(|(_, decided)| Ruled { at: decided.decided_at, fate: decided.ruling.fate() })
        .collect();
    match takedown::ruled(takedown::standing(&looks), &looks, &rulings) {
        Standing::NotChecked => StandingView::NotChecked,
        Standing::ByHandOnly => StandingView::ByHandOnly,
        Standing::Unknown { last } => {
            StandingView::Unknown { fate: looks.last().map_or(Fate::Unknown, |look| look.fate), at: last }
        }
        Standing::Online { last_seen, .. } => StandingView::Online { at: last_seen },
        Standing::Unconfirmed { fate, first_gone, .. } => StandingView::Unconfirmed { fate, at: first_gone },
        Standing::Gone { fate, last_online, first_gone, counts, .. } => {
            StandingView::Gone { fate, by_moderation: counts, after: last_online, before: first_gone }
        }
    }
}

/// The first look of the schedule that has not been made: one that said something at or after its time, or that was tried
/// often enough.
pub(super) fn next_check(case: &Case) -> Option<Instant> {
    permalink(case).and_then(|permalink| takedown::probe(&permalink))?;
    let (captured_at, _) = case.captures.first()?;
    let dues = takedown::schedule(*captured_at);
    dues.into_iter().enumerate().find_map(|(index, due)| {
        let until = dues.get(index + 1).copied();
        let made: Vec<&Observed> = case
            .observations
            .iter()
            .filter(|(at, _)| *at >= due && until.is_none_or(|until| *at < until))
            .map(|(_, seen)| seen)
            .collect();
        let spoke = made.iter().any(|seen| seen.fate().is_online() || seen.fate().is_gone());
        let later = until.is_some_and(|until| case.observations.iter().any(|(at, _)| *at >= until));
        (!spoke && !later && made.len() < TRIES_PER_LOOK).then_some(due)
    })
}
