//! Deadlines: on the page, in a calendar file, and announced by the background when the user allowed it.

use super::{App, Failure, view::code};
use crate::{
    base::{Instant, Lang, from_value},
    case::{Case, Deadline, DeadlineKind, deadlines},
    notice::{CalendarDay, calendar, due_words},
    port::{Clock, Download, Notifier, Ports, Preferences, StoreError},
    protocol::{DueView, Reminder, Reply},
};

const KEY: &str = "reminders";
/// Days before the last safe day at which a deadline is announced.
const ANNOUNCED: [i64; 3] = [1, 7, 30];
const DAY: i64 = 86_400_000;

impl<P: Ports> App<P> {
    /// The deadlines of one case, or of all, as a file for the user's own calendar.
    pub(super) async fn calendar(&self, case: Option<&str>, lang: Lang) -> Result<Reply, Failure> {
        let now = self.ports.clock().now();
        let mut ids: Vec<String> = case.map(str::to_owned).into_iter().collect();
        if case.is_none() {
            ids.extend(self.rows().await?.into_iter().map(|row| row.id));
        }
        let mut days = vec![];
        for id in ids {
            let (case, _) = self.load(&id).await?;
            for deadline in deadlines(&case) {
                let (title, note) = due_words(&code(&deadline.kind), lang);
                let captured = case.captures.first().map(|(at, _)| *at).unwrap_or(now);
                days.push((uid(&case, &deadline), deadline, format!("{title} ({})", day_of(captured)), note));
            }
        }
        let entries: Vec<CalendarDay<'_>> = days
            .iter()
            .map(|(uid, deadline, summary, description)| CalendarDay {
                uid,
                day: deadline.day,
                summary,
                description,
                alarms: &[30, 7],
            })
            .collect();
        let text = calendar(&entries, now);
        self.ports.download().save("temoin-echeances.ics", "text/calendar;charset=utf-8", text.as_bytes()).await;
        Ok(Reply::Done)
    }

    /// Announces what is near. Called by the alarm: it reads only what a page has put down for it.
    pub(super) async fn remind(&self) -> Result<(), Failure> {
        if !self.ports.notifier().allowed().await {
            return Ok(());
        }
        let now = self.ports.clock().now();
        let mut reminders = self.reminders().await?;
        let mut changed = false;
        for reminder in &mut reminders {
            let left = days_left(&reminder.day, now);
            let due = ANNOUNCED.into_iter().find(|before| left <= *before).filter(|_| left >= 0);
            if due.is_some_and(|before| reminder.said.is_none_or(|said| said > before)) {
                self.ports.notifier().remind(reminder, left).await;
                reminder.said = due;
                changed = true;
            }
        }
        if changed { self.keep_reminders(&reminders).await } else { Ok(()) }
    }

    /// The deadlines of a case as the page shows them; what the background announces is brought up to date.
    pub(super) async fn due_views(&self, case: &Case) -> Result<Vec<DueView>, Failure> {
        let now = self.ports.clock().now();
        let found = deadlines(case);
        let mut reminders = self.reminders().await?;
        let before = reminders.clone();
        let said = |kind, day: &str| {
            let known = before.iter().find(|known| known.case == case.id && known.kind == kind && known.day == day);
            known.and_then(|known| known.said)
        };
        reminders.retain(|reminder| reminder.case != case.id);
        reminders.extend(found.iter().map(|deadline| {
            let day = written(deadline.day);
            Reminder { case: case.id.clone(), kind: deadline.kind, said: said(deadline.kind, &day), day }
        }));
        if reminders != before {
            self.keep_reminders(&reminders).await?;
        }
        Ok(found
            .into_iter()
            .map(|deadline| {
                let day = written(deadline.day);
                DueView { kind: deadline.kind, days_left: days_left(&day, now), day }
            })
            .collect())
    }

    async fn reminders(&self) -> Result<Vec<Reminder>, Failure> {
        Ok(match self.ports.preferences().load(KEY).await? {
            Some(value) => from_value(&value).unwrap_or_default(),
            None => vec![],
        })
    }

    async fn keep_reminders(&self, reminders: &[Reminder]) -> Result<(), Failure> {
        let value = serde_json::to_value(reminders).map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok(self.ports.preferences().save(KEY, value).await?)
    }
}

/// Whole days from today in Paris to a day written `2027-11-23`; far away when it is not one.
fn days_left(day: &str, now: Instant) -> i64 {
    let noon = |day: &str| Instant::parse(&format!("{day}T12:00:00Z")).map(Instant::millis);
    match (noon(day), noon(&day_of(now))) {
        (Ok(then), Ok(today)) => (then - today).div_euclid(DAY),
        _ => i64::MAX,
    }
}

fn day_of(at: Instant) -> String {
    written(at.paris_day())
}

fn written((year, month, day): (i32, u32, u32)) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

fn uid(case: &Case, deadline: &Deadline) -> String {
    let kind = match deadline.kind {
        DeadlineKind::Limitation => "limitation",
        DeadlineKind::InternalComplaint => "complaint",
        DeadlineKind::ConnectionData => "data",
    };
    format!("{}-{kind}-{}", case.id, written(deadline.day))
}
