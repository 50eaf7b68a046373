use super::{Digits, IdTime, IdTimeRule, Unit};
use crate::base::Instant;

const BASE64URL: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BASE32SORT: &str = "234567abcdefghijklmnopqrstuvwxyz";

/// Instagram's codes of private posts carry this many characters more.
const SECRET: usize = 28;

impl IdTimeRule {
    /// The creation time that an id carries, in whole numbers only: an id does not fit a float.
    pub fn read(&self, id: &str) -> Option<(Instant, IdTime)> {
        let number = self.number(id).filter(|number| *number >= self.min_id)?;
        let units = i64::try_from(number.checked_shr(self.shift)?).ok()?;
        let millis = match self.unit {
            Unit::Second => units.checked_mul(1000)?,
            Unit::Millisecond => units,
            Unit::Microsecond => units / 1000,
        };
        Some((Instant::from_millis(millis.checked_add(self.epoch_ms)?)?, self.meaning))
    }

    /// The number that an id writes; none when it is none of this platform's.
    pub(super) fn number(&self, id: &str) -> Option<u64> {
        match self.digits {
            Digits::Decimal => id.bytes().all(|byte| byte.is_ascii_digit()).then(|| id.parse().ok())?,
            Digits::Base64url => {
                let public = id.len().checked_sub(SECRET).filter(|rest| *rest > 0).and_then(|rest| id.get(..rest));
                digits(public.unwrap_or(id), BASE64URL)
            }
            Digits::Base32sort => digits(id, BASE32SORT).filter(|_| id.len() == 13),
        }
    }
}

fn digits(id: &str, alphabet: &str) -> Option<u64> {
    let base = u64::try_from(alphabet.len()).ok()?;
    id.chars().try_fold(0u64, |number, digit| {
        number.checked_mul(base)?.checked_add(u64::try_from(alphabet.find(digit)?).ok()?)
    })
}
