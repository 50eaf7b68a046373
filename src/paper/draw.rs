use std::num::NonZeroU16;

use krilla::{
    Document as Pdf, SerializeSettings,
    color::rgb,
    configure::{Accessibility, Archival, Configuration, ConfigurationBuilder},
    destination::XyzDestination,
    embed::{AssociationKind, EmbeddedFile, MimeType},
    error::KrillaError,
    geom::{PathBuilder, Point, Rect, Size, Transform},
    image::Image,
    metadata::{DateTime, Metadata, TextDirection},
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node as Branch, TableHeaderScope, Tag, TagGroup,
        TagKind, TagTree,
    },
};

use super::{
    Document, Fonts, Ink, Text,
    flow::{Bookmark, Element, Op, Pages, Role, What, flow},
    line::{Base, Line, set},
    theme::{FLOOR, FOOTER, LEFT, MARK, PAGE, RULE, Rgb, Size as TextSize, TOP, WIDTH},
};
use crate::base::{Fault, Instant, Lang};

/// Makes the PDF.
pub fn typeset(document: &Document, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let pictures: Vec<Option<Image>> = document.blobs.iter().map(|bytes| picture(bytes)).collect();
    match render(document, fonts, &pictures, archival()) {
        // A picture that its head announces and its body does not hold.
        Err(KrillaError::Image(..)) => render(document, fonts, &[], archival()),
        // What the rules of PDF/A forbid is no reason to have no document at all.
        Err(KrillaError::Validation(_)) => render(document, fonts, &pictures, Configuration::default()),
        other => other,
    }
    .or_else(|_| render(document, fonts, &[], Configuration::default()))
    .map_err(|error| PaperError::Pdf(error.to_string()))
}

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The font of the text.
    #[error("la police « {0} » est introuvable ou illisible")]
    Font(&'static str),
    /// A limit of the format.
    #[error("le PDF n’a pas pu être produit : {0}")]
    Pdf(String),
}

impl Fault for PaperError {
    fn code(&self) -> &'static str {
        match self {
            Self::Font(_) => "paper_font",
            Self::Pdf(_) => "paper_pdf",
        }
    }
}

/// PDF/A-3a and PDF/UA-1 together: the library refuses what they forbid.
fn archival() -> Configuration {
    ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .unwrap_or_default()
}

fn picture(bytes: &[u8]) -> Option<Image> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Image::from_png(bytes.to_vec().into(), false).ok(),
        [0xff, 0xd8, ..] => Image::from_jpeg(bytes.to_vec().into(), false).ok(),
        _ => None,
    }
}

fn render(
    document: &Document,
    fonts: &Fonts,
    pictures: &[Option<Image>],
    configuration: Configuration,
) -> Result<Vec<u8>, KrillaError> {
    let measure = |blob: usize| pictures.get(blob)?.as_ref().map(Image::size);
    let Pages { pages, elements, bookmarks } = flow(document, fonts, &measure);
    let mut pdf = Pdf::new_with(SerializeSettings { configuration, enable_tagging: true, ..Default::default() });
    let mut drawn: Vec<Vec<Identifier>> = elements.iter().map(|_| vec![]).collect();
    let frame = Frame { document, fonts, total: pages.len() };
    for (number, ops) in pages.into_iter().enumerate() {
        let Some(settings) = PageSettings::from_wh(PAGE.0, PAGE.1) else { continue };
        let mut page = pdf.start_page_with(settings);
        let mut surface = page.surface();
        frame.mark(&mut surface);
        for op in ops {
            let identifier = draw(&mut surface, fonts, pictures, &op);
            if let Some((element, identifier)) = op.element.zip(identifier) {
                drawn[element].push(identifier);
            }
        }
        frame.margins(&mut surface, number);
    }
    pdf.set_metadata(metadata(document));
    pdf.set_outline(outline(&bookmarks));
    pdf.set_tag_tree(tree(&elements, drawn));
    embed(&mut pdf, document);
    pdf.finish()
}

/// What stands on every page.
struct Frame<'a> {
    document: &'a Document,
    fonts: &'a Fonts,
    total: usize,
}

impl Frame<'_> {
    /// The word across the page, beneath the text.
    fn mark(&self, surface: &mut Surface<'_>) {
        let Some(word) = &self.document.mark else { return };
        let faces = self.fonts.faces();
        let size = 62.0;
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Watermark)));
        surface.push_transform(&Transform::from_rotate_at(-52.0, PAGE.0 / 2.0, PAGE.1 / 2.0));
        for line in set(&faces, &Text::from(word.as_str()).bold(), TextSize(size, size), 2000.0, Base::Left) {
            let x = (PAGE.0 - line.width) / 2.0;
            // As a drawing: it is not part of the text.
            for run in &line.runs {
                let Some(font) = self.fonts.font(run.font) else { continue };
                paint(surface, MARK);
                let start = Point::from_xy(x + run.x, PAGE.1 / 2.0 + line.baseline - size / 2.0);
                surface.draw_glyphs(start, &run.glyphs, font.clone(), &run.text, run.size, true);
            }
        }
        surface.pop();
        surface.end_tagged();
    }

    fn margins(&self, surface: &mut Surface<'_>, number: usize) {
        let faces = self.fonts.faces();
        let small = |content: &str| set(&faces, &Text::from(content).ink(Ink::Faint), FOOTER, WIDTH, Base::Left);
        if number > 0 && !self.document.header.is_empty() {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Header)));
            for line in small(&self.document.header).iter().take(1) {
                text(surface, self.fonts, line, LEFT, TOP - 30.0);
            }
            rectangle(surface, LEFT, TOP - 16.0, WIDTH, 0.4, RULE);
            surface.end_tagged();
        }
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
        rectangle(surface, LEFT, FLOOR + 18.0, WIDTH, 0.4, RULE);
        for line in small(&self.document.footer).iter().take(1) {
            text(surface, self.fonts, line, LEFT, FLOOR + 24.0);
        }
        for line in small(&format!("{} / {}", number + 1, self.total)) {
            text(surface, self.fonts, &line, LEFT + WIDTH - line.width, FLOOR + 24.0);
        }
        surface.end_tagged();
    }
}

fn draw(surface: &mut Surface<'_>, fonts: &Fonts, pictures: &[Option<Image>], op: &Op) -> Option<Identifier> {
    let tag = match op.element {
        Some(_) => ContentTag::Other,
        None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
    };
    if let What::Line(Line { runs, .. }) = &op.what
        && runs.is_empty()
    {
        return None;
    }
    let identifier = surface.start_tagged(tag);
    match &op.what {
        What::Line(line) => text(surface, fonts, line, op.x, op.y),
        What::Fill { width, height, colour } => rectangle(surface, op.x, op.y, *width, *height, *colour),
        What::Picture { blob, width, height } => {
            let image = pictures.get(*blob).and_then(Clone::clone);
            if let (Some(image), Some(size)) = (image, Size::from_wh(*width, *height)) {
                surface.push_transform(&Transform::from_translate(op.x, op.y));
                surface.draw_image(image, size);
                surface.pop();
            }
        }
    }
    surface.end_tagged();
    Some(identifier)
}

fn text(surface: &mut Surface<'_>, fonts: &Fonts, line: &Line, x: f32, y: f32) {
    for run in &line.runs {
        let Some(font) = fonts.font(run.font) else { continue };
        paint(surface, run.colour);
        let start = Point::from_xy(x + run.x, y + line.baseline);
        surface.draw_glyphs(start, &run.glyphs, font.clone(), &run.text, run.size, false);
    }
}

fn rectangle(surface: &mut Surface<'_>, x: f32, y: f32, width: f32, height: f32, colour: Rgb) {
    let mut path = PathBuilder::new();
    let Some(rectangle) = Rect::from_xywh(x, y, width, height) else { return };
    path.push_rect(rectangle);
    if let Some(path) = path.finish() {
        paint(surface, colour);
        surface.draw_path(&path);
    }
}

fn paint(surface: &mut Surface<'_>, (red, green, blue): Rgb) {
    surface.set_fill(Some(Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }));
}

fn metadata(document: &Document) -> Metadata {
    let mut metadata = Metadata::new()
        .title(cut(&document.title))
        .language(match document.lang {
            Lang::Fr => "fr-FR".to_owned(),
            Lang::En => "en".to_owned(),
        })
        .creator("Témoin".to_owned())
        .producer("Témoin".to_owned())
        .document_id(document.id.clone())
        .text_direction(TextDirection::LeftToRight)
        .creation_date(date(document.date));
    if let Some(subject) = &document.subject {
        metadata = metadata.description(cut(subject));
    }
    metadata
}

/// Shorter than the longest string that the format takes.
fn cut(text: &str) -> String {
    text.chars().take(4000).collect()
}

fn date(moment: Instant) -> DateTime {
    let text = moment.rfc3339();
    let mut numbers = text.split(|symbol: char| !symbol.is_ascii_digit()).map(|part| part.parse::<u16>().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    let year = next();
    let mut small = || u8::try_from(next()).unwrap_or(0);
    let (month, day, hour, minute, second) = (small(), small(), small(), small(), small());
    DateTime::new(year)
        .month(month)
        .day(day)
        .hour(hour)
        .minute(minute)
        .second(second)
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

fn outline(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    let mut rest = bookmarks;
    while let Some(node) = branch(&mut rest, 0) {
        outline.push_child(node);
    }
    outline
}

/// The first bookmark with all that stand below it.
fn branch(rest: &mut &[Bookmark], above: u8) -> Option<OutlineNode> {
    let (first, after) = rest.split_first().filter(|(first, _)| first.level > above)?;
    *rest = after;
    let place = XyzDestination::new(first.page, Point::from_xy(0.0, (first.y - 12.0).max(0.0)));
    let mut node = OutlineNode::new(cut(&first.text), place).with_open(first.level == 1);
    while let Some(child) = branch(rest, first.level) {
        node.push_child(child);
    }
    Some(node)
}

/// The structure; children stand after their parents, so it is built from the end.
fn tree(elements: &[Element], drawn: Vec<Vec<Identifier>>) -> TagTree {
    let mut children: Vec<Vec<Branch>> =
        drawn.into_iter().map(|identifiers| identifiers.into_iter().map(Branch::from).collect()).collect();
    for (index, element) in elements.iter().enumerate().skip(1).rev() {
        let mut own = std::mem::take(&mut children[index]);
        // Groups were pushed last first.
        if own.iter().any(|branch| matches!(branch, Branch::Group(_))) {
            own.reverse();
        }
        if let Some(kind) = kind(&element.role)
            && !own.is_empty()
        {
            children[element.parent].push(TagGroup::with_children(kind, own).into());
        }
    }
    let mut root = std::mem::take(&mut children[0]);
    root.reverse();
    TagTree::from(root)
}

fn kind(role: &Role) -> Option<TagKind> {
    Some(match role {
        Role::Root => return None,
        Role::Heading(level, text) => Tag::Hn(NonZeroU16::new(u16::from(*level))?, Some(cut(text))).into(),
        Role::Paragraph => Tag::P.into(),
        Role::BlockQuote => Tag::BlockQuote.into(),
        Role::Code => Tag::Code.into(),
        Role::List { numbered: true } => Tag::L(ListNumbering::Decimal).into(),
        Role::List { numbered: false } => Tag::L(ListNumbering::Disc).into(),
        Role::Item => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::Body => Tag::LBody.into(),
        Role::Table => Tag::Table.into(),
        Role::Row => Tag::TR.into(),
        Role::HeaderCell { row: true } => Tag::TH(TableHeaderScope::Row).into(),
        Role::HeaderCell { row: false } => Tag::TH(TableHeaderScope::Column).into(),
        Role::Cell => Tag::TD.into(),
        Role::Figure(alt) => Tag::Figure(Some(cut(alt))).into(),
    })
}

fn embed(pdf: &mut Pdf, document: &Document) {
    for file in &document.attachments {
        let Some(bytes) = document.blobs.get(file.blob) else { continue };
        // Of two files with one name the library keeps the first.
        let _ = pdf.embed_file(EmbeddedFile {
            path: file.name.clone(),
            mime_type: MimeType::new(&file.media_type).or_else(|| MimeType::new("application/octet-stream")),
            description: Some(cut(&file.description)),
            association_kind: AssociationKind::Supplement,
            data: bytes.clone().into(),
            modification_date: Some(date(document.date)),
            compress: None,
            location: None,
        });
    }
}
