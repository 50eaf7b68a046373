use super::{App, Failure, failure::Refusal};
use crate::{capture, port::Ports, protocol::Reply};

impl<P: Ports> App<P> {
    /// How the page of a piece is built, without anybody's words.
    pub(super) async fn layout_sample(&self, id: &str, number: u32) -> Result<Reply, Failure> {
        let (case, _) = self.load(id).await?;
        let index = case.captures.iter().position(|(_, captured)| captured.piece == number).ok_or(Refusal::NoCase)?;
        let (_, captured) = case.captures.get(index).ok_or(Refusal::NoCase)?;
        let piece = self.piece(&case, index).await?;
        let (Some(file), Some(conditions)) = (piece.manifest.files.get("capture.html"), piece.conditions) else {
            return Err(Refusal::NoPost.into());
        };
        let html = self.bytes(&file.digest).await?;
        let sample = capture::layout_sample(&String::from_utf8_lossy(&html), &conditions.url, &captured.missing)?;
        Ok(Reply::LayoutSample(sample))
    }
}
