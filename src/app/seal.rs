use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

use super::{App, Failure};
use crate::{
    base::{Instant, from_value},
    evidence::{Digest, PublicKey},
    pack::Stamp,
    port::{Clock, Ports, Preferences, SealStore, Signer, StoreError},
    protocol::{DeviceKeyView, KeyView, Reply},
};

/// Where the keys that this device had are written down: apart from the key itself, so that its loss shows.
const KEYS: &str = "device_keys";

/// The seals over one list of digests, as kept.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Kept {
    /// DER, in base64.
    #[serde(default)]
    signature: Option<String>,
    #[serde(default)]
    stamps: Vec<KeptStamp>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct KeptStamp {
    service: String,
    request: String,
    response: String,
}

impl<P: Ports> App<P> {
    /// The signature of the device's key over a list, made once.
    pub(super) async fn signature(&self, list: &[u8]) -> Result<Vec<u8>, Failure> {
        let digest = Digest::of(list);
        let mut kept = self.kept_seals(&digest).await?;
        if let Some(signature) = kept.signature.as_ref().and_then(|text| STANDARD.decode(text).ok()) {
            return Ok(signature);
        }
        let signature = self.ports.signer().sign(list).await?;
        kept.signature = Some(STANDARD.encode(&signature));
        self.keep_seals(&digest, &kept).await?;
        Ok(signature)
    }

    /// Tokens of `services` over a list, each made once; those that do not answer are left out.
    pub(super) async fn stamps(&self, list: &[u8], services: &[String]) -> Result<Vec<Stamp>, Failure> {
        let digest = Digest::of(list);
        let mut kept = self.kept_seals(&digest).await?;
        let mut stamps = vec![];
        for service in services {
            if let Some(stamp) = kept.stamps.iter().find(|stamp| stamp.service == *service).and_then(KeptStamp::read) {
                stamps.push(stamp);
                continue;
            }
            let Ok(answer) = self.ask_time(service, &digest).await else { continue };
            let stamp = Stamp { service: service.clone(), request: answer.request, response: answer.response };
            kept.stamps.push(KeptStamp {
                service: service.clone(),
                request: STANDARD.encode(&stamp.request),
                response: STANDARD.encode(&stamp.response),
            });
            self.keep_seals(&digest, &kept).await?;
            stamps.push(stamp);
        }
        Ok(stamps)
    }

    /// The device's key, made when there is none: at the first pack, or because it was lost.
    pub(super) async fn device_key(&self) -> Result<PublicKey, Failure> {
        let key = match self.ports.signer().key().await? {
            Some(key) => key,
            None => self.ports.signer().create().await?,
        };
        self.write_down(&key).await?;
        Ok(key)
    }

    /// The key, and those before it.
    pub(super) async fn device_key_view(&self) -> Result<Reply, Failure> {
        let key = self.device_key().await?;
        let mut keys = self.keys().await?;
        let present = keys.pop().ok_or_else(|| StoreError::Damaged(key.fingerprint().to_string()))?;
        Ok(Reply::DeviceKey(DeviceKeyView { present, earlier: keys }))
    }

    /// « Nouvelle clé »: the old one is gone; what it signed still verifies, since each pack holds its public half.
    pub(super) async fn new_key(&self) -> Result<Reply, Failure> {
        let key = self.ports.signer().create().await?;
        self.write_down(&key).await?;
        self.device_key_view().await
    }

    async fn keys(&self) -> Result<Vec<KeyView>, Failure> {
        let kept = self.ports.preferences().load(KEYS).await?;
        Ok(kept.and_then(|kept| from_value(&kept).ok()).unwrap_or_default())
    }

    async fn write_down(&self, key: &PublicKey) -> Result<(), Failure> {
        let mut keys = self.keys().await?;
        let fingerprint = key.fingerprint();
        if keys.last().is_some_and(|last| last.fingerprint == fingerprint) {
            return Ok(());
        }
        let since: Instant = self.ports.clock().now();
        keys.push(KeyView { fingerprint, since });
        let value = serde_json::to_value(&keys).map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok(self.ports.preferences().save(KEYS, value).await?)
    }

    async fn kept_seals(&self, digest: &Digest) -> Result<Kept, Failure> {
        let kept = self.ports.seals().seals(digest).await?;
        Ok(kept.and_then(|kept| from_value(&kept).ok()).unwrap_or_default())
    }

    async fn keep_seals(&self, digest: &Digest, kept: &Kept) -> Result<(), Failure> {
        let value = serde_json::to_value(kept).map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok(self.ports.seals().put_seals(digest, &value).await?)
    }
}

impl KeptStamp {
    fn read(&self) -> Option<Stamp> {
        let request = STANDARD.decode(&self.request).ok()?;
        let response = STANDARD.decode(&self.response).ok()?;
        Some(Stamp { service: self.service.clone(), request, response })
    }
}
