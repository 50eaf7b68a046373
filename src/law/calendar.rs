use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::base::Lang;

/// Why an office may be closed on a day. A period that ends then is not counted longer: who waits for the next working day
/// may be late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayOff {
    /// A Saturday.
    Saturday,
    /// A Sunday.
    Sunday,
    /// A public holiday in France.
    Holiday,
}

impl DayOff {
    /// `un dimanche`.
    pub fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Saturday, Lang::Fr) => "un samedi",
            (Self::Sunday, Lang::Fr) => "un dimanche",
            (Self::Holiday, Lang::Fr) => "un jour férié",
            (Self::Saturday, Lang::En) => "a Saturday",
            (Self::Sunday, Lang::En) => "a Sunday",
            (Self::Holiday, Lang::En) => "a public holiday in France",
        }
    }
}

/// Whether a day of the calendar in Paris is one on which offices are closed.
pub fn day_off((year, month, day): (i32, u32, u32)) -> Option<DayOff> {
    let date = NaiveDate::from_ymd_opt(year, month, day)?;
    if is_holiday(date) {
        return Some(DayOff::Holiday);
    }
    match date.weekday() {
        Weekday::Sat => Some(DayOff::Saturday),
        Weekday::Sun => Some(DayOff::Sunday),
        _ => None,
    }
}

/// The eleven days of the whole of France.
fn is_holiday(date: NaiveDate) -> bool {
    let fixed =
        matches!((date.month(), date.day()), (1 | 5 | 11, 1) | (5, 8) | (7, 14) | (8, 15) | (11, 11) | (12, 25));
    // Easter Monday, Ascension, Whit Monday.
    fixed
        || [1, 39, 50]
            .into_iter()
            .any(|days| easter(date.year()).and_then(|it| it.checked_add_days(Days::new(days))) == Some(date))
}

/// Easter Sunday of the Gregorian calendar (the anonymous computus).
fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let correction = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15).rem_euclid(30);
    let moon = correction - (correction / 28) * (1 - (29 / (correction + 1)) * ((21 - golden) / 11));
    let weekday = (year + year.div_euclid(4) + moon + 2 - century + century / 4).rem_euclid(7);
    let shift = moon - weekday;
    let month = 3 + (shift + 40) / 44;
    let day = shift + 28 - 31 * (month / 4);
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

#[cfg(test)]
#[path = "../../tests/unit/law/calendar.rs"]
mod tests;
