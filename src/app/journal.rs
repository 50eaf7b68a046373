use super::{App, Failure, failure::Refusal};
use crate::{
    case::{Case, Entry},
    evidence::{Record, check_chain},
    port::{CaseStore, Clock, Ports, StoreError},
    protocol::Event,
};

/// How often a writer that lost a race reads again. Races are between a page and the background: two or three suffice.
const TRIES: u32 = 5;

impl<P: Ports> App<P> {
    /// A case and its journal.
    pub(super) async fn load(&self, case: &str) -> Result<(Case, Vec<Record>), Failure> {
        let records = self.ports.cases().records(case).await?;
        if records.is_empty() {
            return Err(Refusal::NoCase.into());
        }
        Ok((Case::fold(&records)?, records))
    }

    /// Adds entries to the journal of `case`, refreshes its row, and tells the pages. `done` ends a staged capture in the
    /// same transaction.
    pub(super) async fn record(&self, case: &str, entries: &[Entry], done: Option<&str>) -> Result<Case, Failure> {
        self.record_unless(case, entries, done, |_| false).await
    }

    /// The same, unless the case as it stands says so already: of two writers that do the same thing, one writes it.
    pub(super) async fn record_unless(
        &self,
        case: &str,
        entries: &[Entry],
        done: Option<&str>,
        said: fn(&Case) -> bool,
    ) -> Result<Case, Failure> {
        let at = self.ports.clock().now();
        for attempt in 1.. {
            let mut records = self.ports.cases().records(case).await?;
            let expected = check_chain(&records)?;
            if expected.is_some() {
                let standing = Case::fold(&records)?;
                if said(&standing) {
                    return Ok(standing);
                }
            }
            let mut head = expected;
            let mut added = vec![];
            for entry in entries {
                let record = Record::next(case, head, entry.kind(), at, entry.body()?)?;
                head = Some(record.head()?);
                added.push(record);
            }
            records.extend(added.iter().cloned());
            let folded = Case::fold(&records)?;
            let row = self.row(&folded).await?;
            match self.ports.cases().append(expected, &added, &row, done).await {
                Ok(()) => {
                    self.tell(Event::Changed { case: case.to_owned() });
                    return Ok(folded);
                }
                Err(StoreError::Conflict) if attempt < TRIES => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(StoreError::Conflict.into())
    }

    pub(super) fn tell(&self, event: Event) {
        use crate::port::Audience;
        self.ports.audience().tell(event);
    }
}
