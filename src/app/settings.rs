use super::{App, Failure, failure::Refusal};
use crate::{
    base::from_value,
    port::{Ports, Preferences, StoreError},
    protocol::{Reply, Settings},
};

const KEY: &str = "settings";

impl<P: Ports> App<P> {
    pub(super) async fn settings(&self) -> Result<Settings, Failure> {
        Ok(match self.ports.preferences().load(KEY).await? {
            // Settings of another version: what is unknown falls back to "off", never to "on".
            Some(value) => from_value(&value).unwrap_or_default(),
            None => Settings::default(),
        })
    }

    pub(super) async fn save_settings(&self, settings: Settings) -> Result<Reply, Failure> {
        if settings.services().is_empty() || settings.services().iter().any(|service| !service.starts_with("https://"))
        {
            return Err(Refusal::NotHttps.into());
        }
        let value = serde_json::to_value(&settings).map_err(|error| StoreError::Failed(error.to_string()))?;
        self.ports.preferences().save(KEY, value).await?;
        Ok(Reply::Settings(settings))
    }
}
