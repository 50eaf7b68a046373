use super::{App, Failure, capturing::Capturing, failure::Refusal};
use crate::{
    base::Fault,
    port::{CaseStore, Page, Ports},
};

impl<P: Ports> App<P> {
    /// Finishes what a killed worker left behind: a capture becomes a partial case that says what is missing. One that
    /// waits for the user's choice goes on waiting, since the page still holds the picker.
    pub async fn recover(&self) -> Result<(), Failure> {
        if self.recovering.replace(true) {
            return Ok(());
        }
        let done = self.finish_interrupted().await;
        self.recovering.set(false);
        done
    }

    async fn finish_interrupted(&self) -> Result<(), Failure> {
        // Purges come first: a capture of the same post must not be finished.
        for staged in self.ports.cases().staged().await? {
            if let Some(case) = Self::purge_asked(&staged) {
                self.destroy(case).await?;
            }
        }
        for staged in self.ports.cases().staged().await? {
            let mut capturing = Capturing::read(staged)?;
            if capturing.boot == self.boot || capturing.picking {
                continue;
            }
            self.ports.page().end(&capturing.target, &capturing.id).await;
            capturing.boot = self.boot.clone();
            capturing.give_up("interrupted");
            match self.seal(&mut capturing).await {
                Err(failure) if failure.code() == Refusal::Withheld.code() => {}
                sealed => drop(sealed?),
            }
        }
        Ok(())
    }

    /// After a start of the browser no picker is left in any page.
    pub async fn recover_after_start(&self) -> Result<(), Failure> {
        for staged in self.ports.cases().staged().await? {
            if Self::purge_asked(&staged).is_none()
                && let capturing = Capturing::read(staged)?
                && capturing.picking
            {
                self.ports.cases().unstage(&capturing.id).await?;
            }
        }
        self.recover().await
    }
}
