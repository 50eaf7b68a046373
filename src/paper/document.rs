use serde::{Deserialize, Serialize};

use crate::base::{Instant, Lang};

/// What is to be printed. Pictures and attached files stand beside the text, so that both can cross to another context apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    pub(super) title: String,
    pub(super) lang: Lang,
    pub(super) subject: Option<String>,
    pub(super) id: String,
    pub(super) date: Instant,
    pub(super) header: String,
    pub(super) footer: String,
    pub(super) mark: Option<String>,
    pub(super) blocks: Vec<Block>,
    pub(super) attachments: Vec<Attachment>,
    /// Bytes of pictures and attachments, by index.
    #[serde(skip)]
    pub(super) blobs: Vec<Vec<u8>>,
}

/// A file inside the PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub(super) name: String,
    pub(super) media_type: String,
    pub(super) description: String,
    pub(super) blob: usize,
}

/// One thing below the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// Level 1 to 3; also a bookmark.
    Heading {
        /// 1 to 3; no level is left out on the way down.
        level: u8,
        /// What it says.
        text: String,
    },
    /// Plain text.
    Paragraph(Text),
    /// The sentence under a title.
    Lead(Text),
    /// Small print.
    Small(Text),
    /// Somebody's exact words, set apart; their own direction, their own lines.
    Quote(String),
    /// Label beside value, one per line.
    Fields(Vec<(String, Text)>),
    /// Rows under a header that is repeated on each page.
    Table {
        /// Widths and titles.
        columns: Vec<Column>,
        /// One cell per column.
        rows: Vec<Vec<Cell>>,
    },
    /// A list with bullets, or with numbers.
    List {
        /// Numbers instead of bullets.
        numbered: bool,
        /// One entry each.
        items: Vec<Text>,
    },
    /// To be copied into a terminal: long lines are wrapped to the eye only.
    Code(String),
    /// Something the reader must not miss.
    Callout {
        /// Alarming rather than informative.
        alert: bool,
        /// In bold.
        title: String,
        /// Beneath.
        text: Text,
    },
    /// A PNG or a JPEG, no larger than the page and the height allow.
    Picture {
        /// Index of its bytes.
        blob: usize,
        /// Said to who cannot see it.
        alt: String,
        /// Printed below.
        caption: Text,
        /// In points.
        height: f32,
    },
    /// Room for a signature or a hand-written line, in points.
    Gap(f32),
    /// What follows begins a page.
    NewPage,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its header.
    pub title: String,
    /// Its share of the width.
    pub share: f32,
}

/// What stands in one place of a table.
pub type Cell = Text;

/// Text with its emphases.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text(pub Vec<Span>);

/// Text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub(super) text: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) bold: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) mono: bool,
    #[serde(default)]
    pub(super) ink: Ink,
}

/// Colour of a text by its meaning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ink {
    /// As the rest.
    #[default]
    Normal,
    /// Of less weight.
    Faint,
    /// What the eye should find.
    Accent,
    /// What it must find.
    Alert,
}

impl Document {
    /// An empty one.
    pub fn new(title: &str, lang: Lang) -> Self {
        Self {
            title: title.to_owned(),
            lang,
            subject: None,
            id: title.to_owned(),
            date: Instant::EPOCH,
            header: String::new(),
            footer: String::new(),
            mark: None,
            blocks: vec![],
            attachments: vec![],
            blobs: vec![],
        }
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What it is about, for the properties of the file.
    pub fn subject(&mut self, subject: &str) {
        self.subject = Some(subject.to_owned());
    }

    /// The date that the file carries (a PDF/A must have one): of what it tells, not of its making.
    pub fn dated(&mut self, date: Instant) {
        self.date = date;
    }

    /// What tells this document from all others, as the digest of what it is made of.
    pub fn identified(&mut self, id: &str) {
        id.clone_into(&mut self.id);
    }

    /// The lines at the top (from the second page on) and at the bottom of each page, left of its number.
    pub fn running(&mut self, header: &str, footer: &str) {
        header.clone_into(&mut self.header);
        footer.clone_into(&mut self.footer);
    }

    /// A word across each page.
    pub fn mark(&mut self, word: &str) {
        self.mark = Some(word.to_owned());
    }

    /// Adds a block.
    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// Adds a heading.
    pub fn heading(&mut self, level: u8, text: &str) {
        self.push(Block::Heading { level, text: text.to_owned() });
    }

    /// Adds a paragraph.
    pub fn text(&mut self, text: impl Into<Text>) {
        self.push(Block::Paragraph(text.into()));
    }

    /// Adds small print.
    pub fn small(&mut self, text: impl Into<Text>) {
        self.push(Block::Small(text.into()));
    }

    /// Adds a picture.
    pub fn picture(&mut self, bytes: Vec<u8>, alt: &str, caption: impl Into<Text>, height: f32) {
        let blob = self.blob(bytes);
        self.push(Block::Picture { blob, alt: alt.to_owned(), caption: caption.into(), height });
    }

    /// Puts a file inside; of two with one name the first is kept. Folders of its name become dashes, since readers write no folder.
    pub fn attach(&mut self, name: &str, media_type: &str, description: &str, bytes: Vec<u8>) {
        let blob = self.blob(bytes);
        self.attachments.push(Attachment {
            name: name.replace(['/', '\\'], "-"),
            media_type: media_type.to_owned(),
            description: description.to_owned(),
            blob,
        });
    }

    /// The bytes that cross beside the text.
    pub fn blobs(&self) -> &[Vec<u8>] {
        &self.blobs
    }

    /// The other end of the crossing.
    pub fn with_blobs(mut self, blobs: Vec<Vec<u8>>) -> Self {
        self.blobs = blobs;
        self
    }

    fn blob(&mut self, bytes: Vec<u8>) -> usize {
        self.blobs.push(bytes);
        self.blobs.len() - 1
    }
}

impl Block {
    /// Labels and values.
    pub fn fields<L: Into<String>, T: Into<Text>>(fields: impl IntoIterator<Item = (L, T)>) -> Self {
        Self::Fields(fields.into_iter().map(|(label, value)| (label.into(), value.into())).collect())
    }

    /// A table; each column is its title and its share of the width.
    pub fn table(columns: &[(&str, f32)], rows: Vec<Vec<Cell>>) -> Self {
        let columns = columns.iter().map(|(title, share)| Column { title: (*title).to_owned(), share: *share });
        Self::Table { columns: columns.collect(), rows }
    }

    /// A list with bullets.
    pub fn bullets<T: Into<Text>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List { numbered: false, items: items.into_iter().map(Into::into).collect() }
    }

    /// A list with numbers.
    pub fn numbers<T: Into<Text>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List { numbered: true, items: items.into_iter().map(Into::into).collect() }
    }
}

impl Text {
    /// All of it in bold.
    pub fn bold(mut self) -> Self {
        self.0.iter_mut().for_each(|span| span.bold = true);
        self
    }

    /// All of it in letters of one width: digests, commands.
    pub fn mono(mut self) -> Self {
        self.0.iter_mut().for_each(|span| span.mono = true);
        self
    }

    /// All of it in a colour.
    pub fn ink(mut self, ink: Ink) -> Self {
        self.0.iter_mut().for_each(|span| span.ink = ink);
        self
    }

    /// This, then that.
    pub fn then(mut self, more: impl Into<Self>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    /// The characters alone.
    pub fn plain(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(vec![Span { text, bold: false, mono: false, ink: Ink::Normal }])
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}
