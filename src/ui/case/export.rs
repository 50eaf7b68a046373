//! The evidence pack: made in this page, handed over as a file.

use std::rc::Rc;

use super::{
    super::{
        dom::Try,
        shell::{self, announce, ask, unexpected},
        words::{self, plural, say, say_with},
    },
    CaseBox,
};
use crate::protocol::{CaseView, Reply, Request};

impl CaseBox {
    pub(super) fn fill_export_state(&self, view: &CaseView) -> Try {
        let never = self.never_capture_chosen();
        self.set_reachable("export", never.then(|| say("why_never_export")).as_deref())?;
        let made = view.timeline.iter().filter(|step| step.kind == "exported").count() as u64;
        self.root.write("export-state", &if made == 0 { String::new() } else { plural("packs_made", made) })
    }

    pub(super) fn listen_to_export(self: &Rc<Self>) -> Try {
        self.on_press("export", |case, _| {
            Box::pin(async move {
                case.root.show("exported", false)?;
                case.root.show("export-busy", true)?;
                let answer = ask(Request::Export { case: case.id() }).await;
                case.root.show("export-busy", false)?;
                let Reply::Exported(pack) = answer? else { return Err(unexpected()) };
                let root = &case.root;
                root.write("export-name", &pack.name)?;
                let size = say_with("export_size", &[&words::size(pack.bytes), &plural("files", pack.files.into())]);
                root.write("export-size", &size)?;
                let unprinted = pack.unprinted.map(|fault| say_with("export_unprinted", &[&fault.message]));
                root.write("export-unprinted", unprinted.as_deref().unwrap_or_default())?;
                root.show("export-unprinted", unprinted.is_some())?;
                root.write("export-digest", &pack.digest.to_string())?;
                root.show("exported", true)?;
                announce(&say("export_done"))?;
                case.update(shell::ask_case(Request::Case { case: case.id() }).await?)
            })
        })?;
        self.on_press("export-copy", |case, button| {
            Box::pin(async move {
                let digest: web_sys::Element = case.root.find("export-digest")?;
                shell::copy(&digest.text_content().unwrap_or_default(), &button).await
            })
        })
    }
}
