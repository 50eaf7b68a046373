//! From blocks to pages: what goes where, and to which part of the structure it belongs.

use super::{
    Block, Cell, Column, Document, Fonts, Ink, Text,
    line::{Base, Line, set},
    theme::{
        ACCENT, ALERT, ALERT_PANEL, BODY, CODE, FLOOR, LABEL, LEAD, LEFT, PANEL, QUOTE, RULE, Rgb, SMALL, Size, TOP,
        WIDTH, heading,
    },
};

/// Number of an element of the structure.
pub(super) type Node = usize;

/// An element of the structure; the root is number 0.
pub(super) struct Element {
    pub role: Role,
    pub parent: Node,
}

#[derive(Clone)]
pub(super) enum Role {
    Root,
    Heading(u8, String),
    Paragraph,
    BlockQuote,
    Code,
    List { numbered: bool },
    Item,
    Label,
    Body,
    Table,
    Row,
    HeaderCell { row: bool },
    Cell,
    Figure(String),
}

/// Something drawn at a place of a page; without an element it is decoration.
pub(super) struct Op {
    pub element: Option<Node>,
    pub x: f32,
    pub y: f32,
    pub what: What,
}

pub(super) enum What {
    Line(Line),
    Fill { width: f32, height: f32, colour: Rgb },
    Picture { blob: usize, width: f32, height: f32 },
}

/// A heading, as the bookmarks show it.
pub(super) struct Bookmark {
    pub level: u8,
    pub text: String,
    pub page: usize,
    pub y: f32,
}

pub(super) struct Pages {
    pub pages: Vec<Vec<Op>>,
    pub elements: Vec<Element>,
    pub bookmarks: Vec<Bookmark>,
}

/// How much smaller a picture may become in order to stay on its page.
const SHRINK: f32 = 0.55;

/// Size in pixels of a picture that can be drawn.
pub(super) type Measure<'a> = &'a dyn Fn(usize) -> Option<(u32, u32)>;

pub(super) fn flow(document: &Document, fonts: &Fonts, measure: Measure<'_>) -> Pages {
    let faces = fonts.faces();
    let pages =
        Pages { pages: vec![vec![]], elements: vec![Element { role: Role::Root, parent: 0 }], bookmarks: vec![] };
    let mut flow = Flow { faces: &faces, measure, pages, y: TOP };
    for (index, block) in document.blocks.iter().enumerate() {
        flow.block(block, document.blocks.get(index + 1));
    }
    flow.pages
}

struct Flow<'a> {
    faces: &'a [rustybuzz::Face<'a>],
    measure: Measure<'a>,
    pages: Pages,
    y: f32,
}

/// A panel behind lines.
#[derive(Clone, Copy)]
struct Panel {
    ground: Rgb,
    bar: Rgb,
    pad: f32,
}

impl Flow<'_> {
    fn block(&mut self, block: &Block, next: Option<&Block>) {
        match block {
            Block::Heading { level, text } => self.heading(*level, text, next),
            Block::Paragraph(text) => self.paragraph(text, BODY, 6.0),
            Block::Lead(text) => self.paragraph(text, LEAD, 10.0),
            Block::Small(text) => self.paragraph(text, SMALL, 5.0),
            Block::Quote(text) => self.quote(text),
            Block::Fields(fields) => self.fields(fields),
            Block::Table { columns, rows } => self.table(columns, rows),
            Block::List { numbered, items } => self.list(*numbered, items),
            Block::Code(text) => self.code(text),
            Block::Callout { alert, title, text } => self.callout(*alert, title, text),
            Block::Picture { blob, alt, caption, height } => self.picture(*blob, alt, caption, *height),
            Block::Gap(height) => self.y += height,
            Block::NewPage => {
                if !self.at_top() {
                    self.turn();
                }
            }
        }
    }

    fn heading(&mut self, level: u8, text: &str, next: Option<&Block>) {
        let size = heading(level);
        let ink = if level <= 2 { Ink::Accent } else { Ink::Normal };
        let lines = self.lines(&Text::from(text).bold().ink(ink), size, WIDTH);
        let height = height(&lines);
        let before = match level {
            1 => 0.0,
            2 => 20.0,
            _ => 11.0,
        };
        if !self.at_top() {
            self.y += before;
        }
        // A heading never stands alone at the foot of a page.
        let least = match next {
            Some(Block::Picture { blob, height, .. }) => {
                self.scaled(*blob, *height).map_or(0.0, |(_, height)| height * SHRINK) + 20.0
            }
            _ => 52.0,
        };
        self.need(height + least);
        if level == 2 && !self.at_top() {
            self.fill(LEFT, self.y - 5.0, WIDTH, 0.6, RULE);
        }
        let page = self.pages.pages.len() - 1;
        self.pages.bookmarks.push(Bookmark { level, text: text.to_owned(), page, y: self.y });
        let element = self.element(Role::Heading(level, text.to_owned()), 0);
        self.place(lines, LEFT, element);
        self.y += if level == 3 { 2.0 } else { 6.0 };
    }

    fn paragraph(&mut self, text: &Text, size: Size, after: f32) {
        let lines = self.lines(text, size, WIDTH);
        let element = self.element(Role::Paragraph, 0);
        self.pour(lines, LEFT, element);
        self.y += after;
    }

    fn quote(&mut self, text: &str) {
        let lines = set(self.faces, &Text::from(text), QUOTE, WIDTH - 34.0, Base::Text);
        let element = self.element(Role::BlockQuote, 0);
        let element = self.element(Role::Paragraph, element);
        self.panel(lines, element, Panel { ground: PANEL, bar: ACCENT, pad: 10.0 });
    }

    fn code(&mut self, text: &str) {
        let lines = self.lines(&Text::from(text).mono(), CODE, WIDTH - 24.0);
        let paragraph = self.element(Role::Paragraph, 0);
        let element = self.element(Role::Code, paragraph);
        self.panel(lines, element, Panel { ground: PANEL, bar: RULE, pad: 6.0 });
    }

    fn callout(&mut self, alert: bool, title: &str, text: &Text) {
        let (ground, bar) = if alert { (ALERT_PANEL, ALERT) } else { (PANEL, ACCENT) };
        let ink = if alert { Ink::Alert } else { Ink::Accent };
        let mut lines = self.lines(&Text::from(title).bold().ink(ink), BODY, WIDTH - 34.0);
        lines.extend(self.lines(text, BODY, WIDTH - 34.0));
        let element = self.element(Role::Paragraph, 0);
        self.panel(lines, element, Panel { ground, bar, pad: 9.0 });
    }

    /// Lines on a ground with a bar at their left, over as many pages as they need.
    fn panel(&mut self, lines: Vec<Line>, element: Node, panel: Panel) {
        self.y += 3.0;
        let mut lines = lines.into_iter().peekable();
        while let Some(first) = lines.peek() {
            let least = first.height * if lines.len() > 1 { 2.0 } else { 1.0 };
            self.need(least + 2.0 * panel.pad);
            let mut part = vec![];
            let mut tall = 2.0 * panel.pad;
            while let Some(line) = lines.next_if(|line| part.is_empty() || self.y + tall + line.height <= FLOOR) {
                tall += line.height;
                part.push(line);
            }
            self.fill(LEFT, self.y, WIDTH, tall, panel.ground);
            self.fill(LEFT, self.y, 2.4, tall, panel.bar);
            let below = self.y + tall;
            self.y += panel.pad;
            self.place(part, LEFT + 14.0, element);
            self.y = below;
            if lines.peek().is_some() {
                self.turn();
            }
        }
        self.y += 9.0;
    }

    fn list(&mut self, numbered: bool, items: &[Text]) {
        const INDENT: f32 = 16.0;
        let list = self.element(Role::List { numbered }, 0);
        for (text, number) in items.iter().zip(1..) {
            let item = self.element(Role::Item, list);
            let label = self.element(Role::Label, item);
            let body = self.element(Role::Body, item);
            let mark = if numbered { format!("{number}.") } else { "•".to_owned() };
            let marks = self.lines(&Text::from(mark).ink(Ink::Accent), BODY, INDENT);
            let lines = self.lines(text, BODY, WIDTH - INDENT);
            self.need(height(&lines).min(2.0 * BODY.1));
            let top = self.y;
            self.place(marks, LEFT + 2.0, label);
            self.y = top;
            self.pour(lines, LEFT + INDENT, body);
            self.y += 3.0;
        }
        self.y += 4.0;
    }

    fn fields(&mut self, fields: &[(String, Text)]) {
        const LABELS: f32 = 128.0;
        let table = self.element(Role::Table, 0);
        for (label, value) in fields {
            let row = self.element(Role::Row, table);
            let header = self.element(Role::HeaderCell { row: true }, row);
            let cell = self.element(Role::Cell, row);
            let label = Text::from(label.as_str()).ink(Ink::Faint);
            let cells = vec![
                (LEFT, self.lines(&label, LABEL, LABELS - 12.0), header),
                (LEFT + LABELS, self.lines(value, BODY, WIDTH - LABELS), cell),
            ];
            self.row(cells, 1.5, None);
        }
        self.y += 6.0;
    }

    fn table(&mut self, columns: &[Column], rows: &[Vec<Cell>]) {
        const GAP: f32 = 10.0;
        let shares: f32 = columns.iter().map(|column| column.share).sum::<f32>().max(0.01);
        let mut places = vec![];
        let mut x = LEFT;
        for column in columns {
            let wide = (WIDTH + GAP) * column.share / shares;
            places.push((x, (wide - GAP).max(12.0)));
            x += wide;
        }
        let table = self.element(Role::Table, 0);
        let head = |flow: &mut Self, row: Option<Node>| {
            let mut cells = vec![];
            for (column, (x, wide)) in columns.iter().zip(&places) {
                let title = Text::from(column.title.as_str()).bold().ink(Ink::Accent);
                let element = row.map(|row| flow.element(Role::HeaderCell { row: false }, row));
                cells.push((*x, flow.lines(&title, SMALL, *wide), element));
            }
            let tall = cells.iter().map(|(_, lines, _)| height(lines)).fold(0.0, f32::max);
            let top = flow.y;
            for (x, lines, element) in cells {
                flow.y = top;
                flow.place_as(lines, x, element);
            }
            flow.y = top + tall + 3.0;
            flow.fill(LEFT, flow.y, WIDTH, 0.9, ACCENT);
            flow.y += 4.0;
        };
        self.need(58.0);
        let row = self.element(Role::Row, table);
        head(self, Some(row));
        for row in rows {
            let element = self.element(Role::Row, table);
            let mut cells = vec![];
            for (text, (x, wide)) in row.iter().zip(&places) {
                let cell = self.element(Role::Cell, element);
                cells.push((*x, self.lines(text, SMALL, *wide), cell));
            }
            self.row(cells, 3.0, Some(&|flow: &mut Self| head(flow, None)));
            self.fill(LEFT, self.y, WIDTH, 0.4, RULE);
            self.y += 3.0;
        }
        self.y += 8.0;
    }

    /// Cells side by side: on the next page when they fit there whole, else cut wherever the page ends.
    fn row(&mut self, cells: Vec<(f32, Vec<Line>, Node)>, after: f32, head: Option<&dyn Fn(&mut Self)>) {
        let tall = cells.iter().map(|(_, lines, _)| height(lines)).fold(0.0, f32::max);
        if self.y + tall > FLOOR && tall < (FLOOR - TOP) / 2.0 {
            self.turn();
            if let Some(head) = head {
                head(self);
            }
        }
        let mut cells: Vec<_> =
            cells.into_iter().map(|(x, lines, element)| (x, lines.into_iter().peekable(), element)).collect();
        loop {
            let top = self.y;
            let mut below = top;
            for (x, lines, element) in &mut cells {
                self.y = top;
                let mut part = vec![];
                let mut end = top;
                while let Some(line) = lines.next_if(|line| end + line.height <= FLOOR || end <= TOP) {
                    end += line.height;
                    part.push(line);
                }
                self.place(part, *x, *element);
                below = below.max(self.y);
            }
            self.y = below;
            if cells.iter_mut().all(|(_, lines, _)| lines.peek().is_none()) {
                break;
            }
            self.turn();
            if let Some(head) = head {
                head(self);
            }
        }
        self.y += after;
    }

    fn picture(&mut self, blob: usize, alt: &str, caption: &Text, most: f32) {
        let Some((width, height)) = self.scaled(blob, most) else {
            let unreadable = Text::from("[image illisible par ce document : ").then(alt).then("]").ink(Ink::Faint);
            self.paragraph(&unreadable, SMALL, 5.0);
            return self.paragraph(caption, SMALL, 10.0);
        };
        let caption = self.lines(caption, SMALL, WIDTH);
        let beneath = 5.0 + self::height(&caption);
        let room = FLOOR - self.y - beneath - 2.0;
        // Rather a little smaller here than alone on the next page.
        let scale = if room < height && room >= height * SHRINK { room / height } else { 1.0 };
        let (width, height) = (width * scale, height * scale);
        self.need(height + beneath + 2.0);
        let element = self.element(Role::Figure(alt.to_owned()), 0);
        let y = self.y;
        self.op(Some(element), LEFT, y, What::Picture { blob, width, height });
        for (x, y, width, height) in [
            (LEFT, y, width, 0.5),
            (LEFT, y + height - 0.5, width, 0.5),
            (LEFT, y, 0.5, height),
            (LEFT + width - 0.5, y, 0.5, height),
        ] {
            self.fill(x, y, width, height, RULE);
        }
        self.y += height + 5.0;
        let element = self.element(Role::Paragraph, 0);
        self.place(caption, LEFT, element);
        self.y += 10.0;
    }

    /// Size on the page: no larger than at 96 dots per inch.
    fn scaled(&self, blob: usize, most: f32) -> Option<(f32, f32)> {
        let (width, height) = (self.measure)(blob).filter(|(width, height)| *width > 0 && *height > 0)?;
        let (width, height) = (width as f32, height as f32);
        let most = most.min(FLOOR - TOP - 60.0);
        let scale = (WIDTH / width).min(most / height).min(0.75);
        Some((width * scale, height * scale))
    }

    /// Lines one below the other, never a single one of several alone on a page.
    fn pour(&mut self, lines: Vec<Line>, x: f32, element: Node) {
        let count = lines.len();
        for (index, line) in lines.into_iter().enumerate() {
            let together = match count - index {
                2 => 2.0,
                _ if index == 0 && count > 1 => 2.0,
                _ => 1.0,
            };
            self.need(line.height * together);
            self.place(vec![line], x, element);
        }
    }

    fn place(&mut self, lines: Vec<Line>, x: f32, element: Node) {
        self.place_as(lines, x, Some(element));
    }

    fn place_as(&mut self, lines: Vec<Line>, x: f32, element: Option<Node>) {
        for line in lines {
            let (height, y) = (line.height, self.y);
            self.op(element, x, y, What::Line(line));
            self.y += height;
        }
    }

    fn fill(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Rgb) {
        self.op(None, x, y, What::Fill { width, height, colour });
    }

    fn op(&mut self, element: Option<Node>, x: f32, y: f32, what: What) {
        if let Some(page) = self.pages.pages.last_mut() {
            page.push(Op { element, x, y, what });
        }
    }

    fn element(&mut self, role: Role, parent: Node) -> Node {
        self.pages.elements.push(Element { role, parent });
        self.pages.elements.len() - 1
    }

    fn lines(&self, text: &Text, size: Size, width: f32) -> Vec<Line> {
        set(self.faces, text, size, width, Base::Left)
    }

    fn need(&mut self, height: f32) {
        if self.y + height > FLOOR && !self.at_top() {
            self.turn();
        }
    }

    fn at_top(&self) -> bool {
        self.y <= TOP
    }

    fn turn(&mut self) {
        self.pages.pages.push(vec![]);
        self.y = TOP;
    }
}

fn height(lines: &[Line]) -> f32 {
    lines.iter().map(|line| line.height).sum()
}
