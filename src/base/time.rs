use std::fmt;

use chrono::{DateTime, Datelike, Offset, SecondsFormat, TimeZone, Timelike, Utc};
use chrono_tz::Europe::Paris;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Fault;

/// A moment in UTC, to the millisecond. The domain never asks for the current one: it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(DateTime<Utc>);

impl Instant {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self(DateTime::UNIX_EPOCH);

    /// `None` outside the years that the calendar can hold.
    pub fn from_millis(millis: i64) -> Option<Self> {
        DateTime::from_timestamp_millis(millis).map(Self)
    }

    /// Reads RFC 3339 (`2026-11-24T14:42:39+01:00`); what is finer than a millisecond is cut off.
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        DateTime::parse_from_rfc3339(text.trim())
            .ok()
            .and_then(|parsed| Self::from_millis(parsed.timestamp_millis()))
            .ok_or_else(|| TimeError::NotRfc3339(text.chars().take(64).collect()))
    }

    /// Reads a French date without offset (`12 mai 2026 à 18:22:10`) as Paris time; none in the hour that comes twice in autumn.
    pub fn parse_french(text: &str) -> Option<Self> {
        const MONTHS: [&str; 12] = [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ];
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().filter(|word| *word != "à").collect();
        let [day, month, year, clock] = words.as_slice() else { return None };
        let month = u32::try_from(MONTHS.iter().position(|name| name == month)?).ok()? + 1;
        let day = day.trim_end_matches("er").parse().ok()?;
        let mut clock = clock.split(':').map(str::parse);
        let (hour, minute) = (clock.next()?.ok()?, clock.next()?.ok()?);
        let second = clock.next().transpose().ok()?.unwrap_or(0);
        Paris
            .with_ymd_and_hms(year.parse().ok()?, month, day, hour, minute, second)
            .single()
            .map(|at| Self(at.to_utc()))
    }

    /// Reads the date of an HTTP header or a mail (`Tue, 24 Nov 2026 13:42:39 GMT`), and Twitter's own order of the same
    /// words (`Tue Nov 24 13:42:39 +0000 2026`).
    pub fn parse_mail(text: &str) -> Option<Self> {
        let text = text.trim();
        let reordered = match text.split(' ').collect::<Vec<_>>().as_slice() {
            [day, month, date, clock, offset, year] if !day.ends_with(',') => {
                Some(format!("{day}, {date} {month} {year} {clock} {offset}"))
            }
            _ => None,
        };
        let parsed = DateTime::parse_from_rfc2822(reordered.as_deref().unwrap_or(text)).ok()?;
        Self::from_millis(parsed.timestamp_millis())
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn millis(self) -> i64 {
        self.0.timestamp_millis()
    }

    /// The moment `millis` later (earlier when negative), held at the ends of the calendar.
    pub fn plus_millis(self, millis: i64) -> Self {
        Self::from_millis(self.millis().saturating_add(millis)).unwrap_or(self)
    }

    /// `2026-11-24T13:42:39.123Z`; the milliseconds are always there.
    pub fn rfc3339(self) -> String {
        self.0.to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    /// `24/11/2026 à 14:42:39 (heure de Paris, UTC+01:00)`: how documents print a moment beside its UTC form.
    pub fn paris(self) -> String {
        let local = Paris.from_utc_datetime(&self.0.naive_utc());
        let (day, month, year) = (local.day(), local.month(), local.year());
        let (hour, minute, second) = (local.hour(), local.minute(), local.second());
        let offset = local.offset().fix();
        format!("{day:02}/{month:02}/{year} à {hour:02}:{minute:02}:{second:02} (heure de Paris, UTC{offset})")
    }

    /// The hour of the day in Paris, 0 to 23.
    pub fn paris_hour(self) -> u32 {
        Paris.from_utc_datetime(&self.0.naive_utc()).hour()
    }

    /// The calendar day in Paris as `(year, month, day)`: limitation periods run in days of the French calendar.
    pub fn paris_day(self) -> (i32, u32, u32) {
        let local = Paris.from_utc_datetime(&self.0.naive_utc());
        (local.year(), local.month(), local.day())
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.rfc3339())
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

/// Why a text is not a moment.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TimeError {
    /// Holds the beginning of the text.
    #[error("« {0} » n’est pas une date au format RFC 3339 (ex. 2026-11-24T13:42:39Z)")]
    NotRfc3339(String),
}

impl Fault for TimeError {
    fn code(&self) -> &'static str {
        "time_not_rfc3339"
    }
}

#[cfg(test)]
#[path = "../../tests/unit/base/time.rs"]
mod tests;
