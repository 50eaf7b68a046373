//! The whole journal in readable words.

use web_sys::Element;

use super::{
    super::{
        dom::Try,
        words::{self, family, plural},
    },
    CaseBox,
};
use crate::protocol::{CaseView, StepView};

impl CaseBox {
    pub(super) fn fill_journal(&self, view: &CaseView) -> Try {
        self.root.write("journal-state", &plural("entries", view.timeline.len() as u64))?;
        self.root.fill("timeline", "timeline-step", &view.timeline, |row, step| {
            let at: Element = row.find("at")?;
            at.set_text_content(Some(&words::paris(step.at)));
            row.set("at", "datetime", &step.at.rfc3339())?;
            row.write("what", &family("step", &step.kind).unwrap_or_else(|| step.kind.replace('_', " ")))?;
            row.write("detail", &self.detail(view, step))
        })
    }

    /// A code of the journal in words; an address, a reference or a digest stays as it is.
    fn detail(&self, view: &CaseView, step: &StepView) -> String {
        let words = match step.kind.as_str() {
            "qualified" => {
                family("outcome", &step.detail).or_else(|| self.known(view, &step.detail).map(words::offence_label))
            }
            "observed" => family("fate", &step.detail),
            _ => None,
        };
        words.unwrap_or_else(|| step.detail.clone())
    }
}
