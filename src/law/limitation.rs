use chrono::{Days, Months, NaiveDate};
use serde::Deserialize;

use super::{Confidence, Offence};
use crate::base::{Instant, Lang, sort};

/// How long the law leaves to prosecute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Calendar months.
    Months(u32),
    /// Calendar years.
    Years(u32),
}

impl Period {
    /// `3 mois`, `1 an`, `6 ans`.
    pub fn label(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Months(count), Lang::Fr) => format!("{count}\u{a0}mois"),
            (Self::Months(count), Lang::En) => format!("{count} month{}", plural(count)),
            (Self::Years(count), Lang::Fr) => format!("{count}\u{a0}an{}", plural(count)),
            (Self::Years(count), Lang::En) => format!("{count} year{}", plural(count)),
        }
    }

    fn months(self) -> Months {
        match self {
            Self::Months(count) => Months::new(count),
            Self::Years(count) => Months::new(count.saturating_mul(12)),
        }
    }
}

/// What starts and interrupts a period; the words stand in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    /// Law of 1881, three months: only a few acts interrupt.
    Press,
    /// Law of 1881, art. 65-3: ordinary investigation acts interrupt too.
    PressOneYear,
    /// Ordinary criminal law.
    Ordinary,
    /// From the victim's coming of age.
    Minor,
}

/// The limitation of one case. Days are `(year, month, day)` of the calendar in Paris.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limitation {
    /// Shortest plausible period: what warnings count with.
    pub period: Period,
    /// What starts and interrupts it.
    pub regime: Regime,
    /// How sure the period is.
    pub confidence: Confidence,
    /// Day of the publication.
    pub from: (i32, u32, u32),
    /// Last day on which an act that interrupts is surely in time.
    pub last_safe_day: (i32, u32, u32),
    /// Day before which nothing of the case is erased by retention: longest plausible period and six months.
    pub keep_until: (i32, u32, u32),
}

impl Limitation {
    /// Days until the last safe day, 0 on that day, negative afterwards.
    pub fn days_left(&self, now: Instant) -> i64 {
        date(self.last_safe_day).signed_duration_since(date(now.paris_day())).num_days()
    }
}

/// The limitation of an act published at `published_at`: the earliest displayed publication, never the capture.
///
/// The day of the act does not count (a period of three months from 15 March ends with 15 June), but courts and clocks
/// differ on edges: the last *safe* day is the day before, and a day-number that the last month lacks falls on its last day.
/// Weekends and holidays change nothing here: who relies on the next working day may be late.
///
/// Without an offence, three months: the shortest that the catalogue knows.
pub fn limitation(offence: Option<&Offence>, published_at: Instant) -> Limitation {
    const THREE_MONTHS: Period = Period::Months(3);
    let (period, longest, regime, confidence) = match offence.map(|offence| &offence.limitation) {
        Some(rule) => (rule.shortest, rule.longest.unwrap_or(rule.shortest), rule.regime, rule.confidence),
        None => (THREE_MONTHS, Period::Years(6), Regime::Press, Confidence::Check),
    };
    let from = date(published_at.paris_day());
    Limitation {
        period,
        regime,
        confidence,
        from: day(from),
        last_safe_day: last_safe_day(published_at, period),
        keep_until: day(later(later(from, longest.months()), Months::new(6))),
    }
}

/// Last day of a period that runs from the day of `from` in Paris.
pub fn last_safe_day(from: Instant, period: Period) -> (i32, u32, u32) {
    let from = date(from.paris_day());
    day(later(from, period.months()).checked_sub_days(Days::new(1)).unwrap_or(from))
}

/// The same while nobody has decided which of several offences it is: the shortest period counts, the longest is kept.
///
/// Three months as long as one of them is only likely to be the right one: an insult that is found not to be racist has had
/// three months, not a year.
pub fn limitation_among<'a>(
    candidates: impl IntoIterator<Item = &'a Offence>,
    published_at: Instant,
) -> Option<Limitation> {
    let mut among: Vec<Limitation> =
        candidates.into_iter().map(|offence| limitation(Some(offence), published_at)).collect();
    sort(&mut among, |one, other| one.last_safe_day.cmp(&other.last_safe_day));
    let keep_until = among.iter().map(|limit| limit.keep_until).max()?;
    let shortest = *among.first()?;
    let agreed = among.iter().all(|limit| limit.period == shortest.period);
    let confidence = if agreed { shortest.confidence } else { shortest.confidence.min(Confidence::Likely) };
    Some(Limitation { keep_until, confidence, ..shortest })
}

/// The same day-number `months` later, the last day of a month that is too short; the day itself at the end of the calendar.
fn later(date: NaiveDate, months: Months) -> NaiveDate {
    date.checked_add_months(months).unwrap_or(date)
}

fn date((year, month, day): (i32, u32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MIN)
}

fn day(date: NaiveDate) -> (i32, u32, u32) {
    use chrono::Datelike;
    (date.year(), date.month(), date.day())
}

fn plural(count: u32) -> &'static str {
    if count > 1 { "s" } else { "" }
}

#[cfg(test)]
#[path = "../../tests/unit/law/limitation.rs"]
mod tests;
