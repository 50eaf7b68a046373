use std::f64::consts::PI;

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// The token that X's syndication asks for: JavaScript's `((Number(id)/1e15)*Math.PI).toString(36).replace(/(0+|\.)/g, '')`.
pub(super) fn syndication(id: &str) -> Option<String> {
    let id: f64 = id.bytes().all(|byte| byte.is_ascii_digit()).then(|| id.parse().ok())??;
    let (whole, fraction) = base_36((id / 1e15) * PI)?;
    Some(whole.into_iter().chain(fraction).map(char::from).filter(|digit| *digit != '0').collect())
}

/// Digits before and after the point, exactly as V8 prints them: the shortest that still tell this number from its neighbours.
///
/// None beyond 2^53, where JavaScript prints otherwise; ids stay far below.
fn base_36(value: f64) -> Option<(Vec<u8>, Vec<u8>)> {
    if !(0.0..9_007_199_254_740_992.0).contains(&value) {
        return None;
    }
    let mut whole = value.floor();
    let mut fraction = value - whole;
    let mut delta = (0.5 * (value.next_up() - value)).max(0f64.next_up());
    let mut after: Vec<u8> = vec![];
    if fraction >= delta {
        loop {
            fraction *= 36.0;
            delta *= 36.0;
            let digit = fraction.floor();
            after.push(digit as u8);
            fraction -= digit;
            if (fraction > 0.5 || (fraction == 0.5 && digit % 2.0 == 1.0)) && fraction + delta > 1.0 {
                // Rounds up, and carries as far as needed.
                loop {
                    match after.pop() {
                        None => {
                            whole += 1.0;
                            break;
                        }
                        Some(35) => {}
                        Some(last) => {
                            after.push(last + 1);
                            break;
                        }
                    }
                }
                break;
            }
            if fraction < delta {
                break;
            }
        }
    }
    let mut rest = whole as u64;
    let mut before = vec![];
    loop {
        before.push((rest % 36) as u8);
        rest /= 36;
        if rest == 0 {
            break;
        }
    }
    before.reverse();
    let print =
        |digits: Vec<u8>| digits.into_iter().filter_map(|digit| DIGITS.get(usize::from(digit)).copied()).collect();
    Some((print(before), print(after)))
}

#[cfg(test)]
#[path = "../../tests/unit/platform/token.rs"]
mod tests;
