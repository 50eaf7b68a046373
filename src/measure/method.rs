use std::sync::OnceLock;

use serde::Deserialize;

use crate::base::{Lang, data, from_data};

/// One rule of the method, printed with every table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Rule {
    /// Stable id.
    pub id: String,
    fr: String,
    en: String,
}

impl Rule {
    /// In this language.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

#[derive(Deserialize)]
struct File {
    rule: Vec<Rule>,
}

/// The method: what counts, what does not, controls, gaps.
pub fn method() -> &'static [Rule] {
    static METHOD: OnceLock<Vec<Rule>> = OnceLock::new();
    METHOD.get_or_init(|| {
        #[expect(clippy::expect_used, reason = "embedded data: a test reads the very same text")]
        from_data::<File>(data!("measure/method")).expect("the embedded method is valid").rule
    })
}

#[cfg(test)]
#[path = "../../tests/unit/measure/method.rs"]
mod tests;
