//! The document's body: paragraphs, tables, text boxes.

use super::numbering::Numbering;
use super::styles::Styles;
use super::xml::{Element, Space, Step, Xml};
use crate::DocumentError::{self, TooLarge};

/// Most bytes of text; automatic numbers could make it longer than the part that it stands in.
const TEXT_MOST: usize = 24 * 1024 * 1024;

/// The text of `document.xml`.
pub(crate) fn text(document: &str, styles: &Styles, numbering: Numbering) -> Result<String, DocumentError> {
    let mut body = Body { xml: Xml::new(document), styles, numbering, size: 0 };
    let mut lines = Vec::new();
    body.blocks(&mut lines)?;
    let mut text = lines.join("\n");
    text.push('\n');
    Ok(text)
}

struct Body<'a> {
    xml: Xml<'a>,
    styles: &'a Styles,
    numbering: Numbering,
    /// Bytes of text so far.
    size: usize,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    /// Its end was deleted, so that the next paragraph goes on where it stops.
    goes_on: bool,
}

impl Body<'_> {
    /// Everything up to the end of the element that was entered.
    fn blocks(&mut self, lines: &mut Vec<String>) -> Result<(), DocumentError> {
        let mut before = String::new();
        while let Some(element) = self.xml.child()? {
            match kind(&element) {
                Kind::Paragraph => before = self.paragraph(before, lines)?,
                Kind::Table => self.table(lines)?,
                Kind::Choices => self.choices(|body| body.blocks(lines))?,
                Kind::Wrapper | Kind::Foreign | Kind::Boxed => self.blocks(lines)?,
                Kind::Run | Kind::Skipped => self.xml.skip()?,
            }
        }
        if !before.is_empty() {
            lines.push(before);
        }
        Ok(())
    }

    /// One paragraph; gives back its text where its end was deleted.
    fn paragraph(&mut self, before: String, lines: &mut Vec<String>) -> Result<String, DocumentError> {
        let mut paragraph = Paragraph { text: before, ..Paragraph::default() };
        self.inline(&mut paragraph, lines)?;
        let number = self.number(&paragraph);
        self.size += paragraph.text.len() + number.len();
        if self.size > TEXT_MOST {
            return Err(TooLarge);
        }
        if paragraph.goes_on {
            return Ok(paragraph.text);
        }
        let contents = paragraph.style.as_deref().is_some_and(|style| self.styles.is_contents(style));
        if !contents {
            let text = paragraph.text.trim_end();
            let number = if text.trim().is_empty() { "" } else { &number };
            lines.extend(format!("{number}{text}").split('\n').map(str::to_owned));
        }
        Ok(String::new())
    }

    fn number(&mut self, paragraph: &Paragraph) -> String {
        if paragraph.goes_on {
            return String::new();
        }
        let style = paragraph.style.as_deref().unwrap_or_default();
        let by_style = self.styles.numbering(style);
        let Some(list) = paragraph.list.as_deref().or(by_style.map(|(list, _)| list)) else {
            return String::new();
        };
        let level = paragraph
            .level
            .or_else(|| by_style.and_then(|(_, level)| level))
            .or_else(|| self.numbering.level_of_style(list, style))
            .unwrap_or(0);
        self.numbering.next(list, level, self.styles)
    }

    /// Runs, and what stands around them.
    fn inline(&mut self, paragraph: &mut Paragraph, lines: &mut Vec<String>) -> Result<(), DocumentError> {
        while let Some(element) = self.xml.child()? {
            match kind(&element) {
                Kind::Run => self.run(paragraph, lines)?,
                Kind::Boxed => self.blocks(lines)?,
                Kind::Choices => self.choices(|body| body.inline(paragraph, lines))?,
                Kind::Wrapper | Kind::Foreign => self.inline(paragraph, lines)?,
                Kind::Paragraph | Kind::Table => self.xml.skip()?,
                Kind::Skipped if element.name() == "pPr" => self.properties(paragraph)?,
                Kind::Skipped => self.xml.skip()?,
            }
        }
        Ok(())
    }

    fn run(&mut self, paragraph: &mut Paragraph, lines: &mut Vec<String>) -> Result<(), DocumentError> {
        let mut hidden = false;
        while let Some(element) = self.xml.child()? {
            let word = element.space == Space::Word;
            match element.name() {
                "rPr" if word => {
                    hidden = self.hidden()?;
                    continue;
                }
                "t" if word => {
                    let text = self.characters()?;
                    if !hidden {
                        paragraph.text.push_str(&text);
                    }
                    continue;
                }
                "tab" | "ptab" if word && !hidden => paragraph.text.push('\t'),
                "br" | "cr" if word && !hidden => paragraph.text.push('\n'),
                "noBreakHyphen" if word && !hidden => paragraph.text.push('-'),
                "ruby" if word => {
                    self.ruby(paragraph, lines)?;
                    continue;
                }
                "drawing" | "pict" | "object" if word => {
                    self.inline(paragraph, lines)?;
                    continue;
                }
                "AlternateContent" if element.space == Space::Compat => {
                    self.choices(|body| body.run(paragraph, lines))?;
                    continue;
                }
                _ => {}
            }
            self.xml.skip()?;
        }
        Ok(())
    }

    /// Only what the annotation stands over.
    fn ruby(&mut self, paragraph: &mut Paragraph, lines: &mut Vec<String>) -> Result<(), DocumentError> {
        while let Some(element) = self.xml.child()? {
            if element.name() == "rubyBase" {
                self.inline(paragraph, lines)?;
            } else {
                self.xml.skip()?;
            }
        }
        Ok(())
    }

    /// Text up to the end of the element that was entered.
    fn characters(&mut self) -> Result<String, DocumentError> {
        let mut text = String::new();
        loop {
            match self.xml.step()? {
                Step::Text(part) => text.push_str(&part),
                Step::Start(_) => self.xml.skip()?,
                // A break within the XML is a blank, as everywhere in it.
                Step::End | Step::Over => return Ok(text.replace(['\n', '\r'], " ")),
            }
        }
    }

    fn hidden(&mut self) -> Result<bool, DocumentError> {
        let mut hidden = false;
        while let Some(element) = self.xml.child()? {
            if element.name() == "vanish" {
                hidden = element.is_on();
            }
            self.xml.skip()?;
        }
        Ok(hidden)
    }

    fn properties(&mut self, paragraph: &mut Paragraph) -> Result<(), DocumentError> {
        while let Some(element) = self.xml.child()? {
            match element.name() {
                "pStyle" => paragraph.style = element.value(),
                "numPr" => {
                    while let Some(element) = self.xml.child()? {
                        match element.name() {
                            "numId" => paragraph.list = element.value(),
                            "ilvl" => paragraph.level = element.value().and_then(|at| at.parse().ok()),
                            _ => {}
                        }
                        self.xml.skip()?;
                    }
                    continue;
                }
                "rPr" => {
                    while let Some(element) = self.xml.child()? {
                        paragraph.goes_on |= element.name() == "del";
                        self.xml.skip()?;
                    }
                    continue;
                }
                _ => {}
            }
            self.xml.skip()?;
        }
        Ok(())
    }

    /// A text box stands twice, for new and old programs: the first choice counts, else the fallback.
    fn choices(
        &mut self,
        mut enter: impl FnMut(&mut Self) -> Result<(), DocumentError>,
    ) -> Result<(), DocumentError> {
        let mut taken = false;
        while let Some(element) = self.xml.child()? {
            if !taken && matches!(element.name(), "Choice" | "Fallback") {
                taken = true;
                enter(self)?;
            } else {
                self.xml.skip()?;
            }
        }
        Ok(())
    }

    fn table(&mut self, lines: &mut Vec<String>) -> Result<(), DocumentError> {
        while let Some(element) = self.xml.child()? {
            match element.name() {
                "tr" => self.row(lines)?,
                "tblPr" | "tblGrid" | "del" | "moveFrom" => self.xml.skip()?,
                _ => self.table(lines)?,
            }
        }
        Ok(())
    }

    fn row(&mut self, lines: &mut Vec<String>) -> Result<(), DocumentError> {
        let mut cells = Vec::new();
        let deleted = self.cells(&mut cells)?;
        if deleted {
            return Ok(());
        }
        if cells.iter().all(|cell| cell.len() <= 1) {
            let row: Vec<String> = cells.into_iter().map(|cell| cell.concat()).collect();
            lines.push(row.join("\t").trim_end().to_owned());
        } else {
            lines.extend(cells.into_iter().flatten());
        }
        Ok(())
    }

    /// The cells of a row, each with its lines that are not empty; whether the row was deleted.
    fn cells(&mut self, cells: &mut Vec<Vec<String>>) -> Result<bool, DocumentError> {
        let mut deleted = false;
        while let Some(element) = self.xml.child()? {
            match element.name() {
                "tc" => {
                    let mut cell = Vec::new();
                    self.blocks(&mut cell)?;
                    cell.retain(|line| !line.trim().is_empty());
                    cells.push(cell);
                }
                "trPr" => {
                    while let Some(element) = self.xml.child()? {
                        deleted |= element.name() == "del";
                        self.xml.skip()?;
                    }
                }
                "tblPrEx" | "del" | "moveFrom" => self.xml.skip()?,
                _ => deleted |= self.cells(cells)?,
            }
        }
        Ok(deleted)
    }
}

/// What to do with an element.
enum Kind {
    Paragraph,
    Table,
    Run,
    /// `mc:AlternateContent`.
    Choices,
    /// Content that belongs to where it stands: insertions, links, content controls.
    Wrapper,
    /// A text box.
    Boxed,
    /// Drawings, in which text boxes can stand.
    Foreign,
    /// Deleted text, properties, marks.
    Skipped,
}

fn kind(element: &Element<'_>) -> Kind {
    match element.space {
        Space::Compat => match element.name() {
            "AlternateContent" => Kind::Choices,
            _ => Kind::Skipped,
        },
        Space::Other => Kind::Foreign,
        Space::Word => match element.name() {
            "p" => Kind::Paragraph,
            "tbl" => Kind::Table,
            "r" => Kind::Run,
            "txbxContent" => Kind::Boxed,
            "document" | "body" | "sdt" | "sdtContent" | "ins" | "moveTo" | "hyperlink" | "smartTag"
            | "customXml" | "fldSimple" | "dir" | "bdo" => Kind::Wrapper,
            _ => Kind::Skipped,
        },
    }
}
