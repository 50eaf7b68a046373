//! What is counted, for the bench and for the folds of the training.

use std::collections::BTreeMap;

use serde_json::Value;

/// Categories that say « hateful »: a protected ground or a crime against humanity, terrorism, discrimination, a pack.
pub fn is_hateful(answer: &Value) -> bool {
    let code = answer["code"].as_str().unwrap_or_default();
    match code {
        "NONE" | "INJ_SIMPLE" | "DIFF_SIMPLE" => false,
        "MENACE" | "HARC" | "DOX" => answer.get("ground").is_some(),
        _ => true,
    }
}

#[derive(Default, Clone, Copy)]
struct Count {
    tp: u32,
    fp: u32,
    tn: u32,
    fn_: u32,
}

impl Count {
    fn add(&mut self, truth: bool, said: bool) {
        match (truth, said) {
            (true, true) => self.tp += 1,
            (false, true) => self.fp += 1,
            (false, false) => self.tn += 1,
            (true, false) => self.fn_ += 1,
        }
    }

    fn line(self) -> String {
        let ratio = |a: u32, b: u32| if b == 0 { f64::NAN } else { f64::from(a) / f64::from(b) };
        let f1 = |tp: u32, fp: u32, fn_: u32| ratio(2 * tp, 2 * tp + fp + fn_);
        let all = self.tp + self.fp + self.tn + self.fn_;
        format!(
            "n {all:5}  acc {:.3}  macro-F1 {:.3}  precision {:.3}  recall {:.3}  FPR {:.3}",
            ratio(self.tp + self.tn, all),
            (f1(self.tp, self.fp, self.fn_) + f1(self.tn, self.fn_, self.fp)) / 2.0,
            ratio(self.tp, self.tp + self.fp),
            ratio(self.tp, self.tp + self.fn_),
            ratio(self.fp, self.fp + self.tn),
        )
    }
}

/// FNV-1a of the template (or the id): templates do not cross the line.
pub fn is_held_out(row: &Value) -> bool {
    let key = row["template_component"].as_str().or(row["id"].as_str()).unwrap_or_default();
    key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
        >> 33
        & 1
        == 1
}

#[derive(Default)]
pub struct Tally {
    all: Count,
    strong: Count,
    by: BTreeMap<(&'static str, String), Count>,
    /// Suggestions by their first reason and state: how many, how many on hateful or illegal text.
    reasons: BTreeMap<String, (u32, u32)>,
    legal: BTreeMap<String, (u32, u32, u32)>,
    accused: (u32, u32),
    /// Illegal items, and those of them that get any category.
    noticed: (u32, u32),
    grounds: (u32, u32),
}

impl Tally {
    /// Counts the row; true when the answer is wrong.
    pub fn add(&mut self, row: &Value, answer: &Value) -> bool {
        let truth = row["hateful"] == 1;
        let said = is_hateful(answer);
        let mut wrong = truth != said;
        self.all.add(truth, said);
        self.strong.add(truth, said && answer["state"] == "strong");
        if answer["state"] != "none" {
            let reason = answer["suggestions"][0]["because"][0]["code"].as_str().unwrap_or_default();
            let entry =
                self.reasons.entry(format!("{reason} {}", answer["state"].as_str().unwrap_or_default())).or_default();
            *entry = (entry.0 + 1, entry.1 + u32::from(truth));
        }
        for key in ["functionality", "target", "source"] {
            if let Some(value) = row[key].as_str() {
                self.by.entry((key, value.to_owned())).or_default().add(truth, said);
            }
        }
        if let Some(expected) = row["expected"].as_str() {
            let right =
                |code: &Value| *code == expected || row["also_ok"].as_array().is_some_and(|also| also.contains(code));
            let top1 = right(&answer["code"]);
            let top2 =
                answer["suggestions"].as_array().is_some_and(|all| all.iter().any(|s| right(&s["code"]))) || top1;
            let entry = self.legal.entry(expected.to_owned()).or_default();
            *entry = (entry.0 + 1, entry.1 + u32::from(top1), entry.2 + u32::from(top2));
            wrong = !top1;
            if expected == "NONE" {
                self.accused = (self.accused.0 + 1, self.accused.1 + u32::from(answer["state"] != "none"));
            } else {
                self.noticed = (self.noticed.0 + 1, self.noticed.1 + u32::from(answer["state"] != "none"));
            }
            if let Some(ground) =
                row["ground"].as_str().filter(|ground| *ground != "none" && top1 && expected != "NONE")
            {
                let same = answer["ground"].as_str().is_some_and(|said| family(said) == family(ground));
                self.grounds = (self.grounds.0 + 1, self.grounds.1 + u32::from(same));
            }
        }
        wrong
    }

    pub fn print(&self) {
        println!("all            {}", self.all.line());
        println!("strong only    {}", self.strong.line());
        for ((key, value), count) in &self.by {
            println!("{key:>13} {value:24.24} {}", count.line());
        }
        let shares: Vec<f64> = self
            .by
            .iter()
            .filter(|((key, _), count)| *key == "target" && count.tp + count.fp + count.tn + count.fn_ >= 20)
            .map(|(_, count)| f64::from(count.tp + count.tn) / f64::from(count.tp + count.fp + count.tn + count.fn_))
            .collect();
        if let (Some(least), Some(most)) =
            (shares.iter().copied().reduce(f64::min), shares.iter().copied().reduce(f64::max))
        {
            println!("gap of accuracy between targets (n of 20 and more): {:.3}", most - least);
        }
        for (reason, (n, right)) in &self.reasons {
            println!("       reason {reason:36} n {n:4}  on hateful text {:.3}", f64::from(*right) / f64::from(*n));
        }
        if self.legal.is_empty() {
            return;
        }
        let (mut all, mut top1, mut top2) = (0, 0, 0);
        for (code, (n, first, second)) in &self.legal {
            println!("         code {code:12} n {n:3}  top-1 {first:3}  top-2 {second:3}");
            if code != "NONE" {
                (all, top1, top2) = (all + n, top1 + first, top2 + second);
            }
        }
        let ratio = |a: u32, b: u32| f64::from(a) / f64::from(b.max(1));
        println!("illegal: top-1 {:.3} top-2 {:.3} (n {all})", ratio(top1, all), ratio(top2, all));
        println!("illegal: any category {:.3}", ratio(self.noticed.1, self.noticed.0));
        println!("lawful: any category {:.3} (n {})", ratio(self.accused.1, self.accused.0), self.accused.0);
        println!("ground list right where the code is: {:.3}", ratio(self.grounds.1, self.grounds.0));
    }
}

/// The statute's list of a ground, in the engine's words or in the set's.
fn family(ground: &str) -> char {
    match ground {
        "origin" | "ethnicity" | "nation" | "race" | "religion" => 'A',
        _ => 'B',
    }
}
