//! Styles, as far as they number paragraphs or mark a table of contents.

use super::xml::{Space, Step, Xml};
use crate::DocumentError;
use std::collections::HashMap;

/// Longest chain of styles that stand on each other; Word itself keeps to eleven.
const CHAIN_MOST: usize = 16;

/// The styles of a document by their identifier.
#[derive(Default)]
pub(crate) struct Styles {
    styles: HashMap<String, Style>,
}

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    num: Option<String>,
    level: Option<usize>,
}

impl Styles {
    pub(crate) fn read(text: &str) -> Result<Self, DocumentError> {
        let mut xml = Xml::new(text);
        let mut styles = HashMap::new();
        loop {
            match xml.step()? {
                Step::Start(element) if element.space == Space::Word && element.name() == "style" => {
                    let id = element.attribute("styleId").unwrap_or_default();
                    styles.insert(id, Style::read(&mut xml)?);
                }
                Step::Start(_) | Step::End | Step::Text(_) => {}
                Step::Over => return Ok(Self { styles }),
            }
        }
    }

    /// The numbering of a style, its own or inherited: list and, where it names one, level.
    pub(crate) fn numbering(&self, style: &str) -> Option<(&str, Option<usize>)> {
        let mut next = Some(style);
        let mut level = None;
        for _ in 0..CHAIN_MOST {
            let style = self.styles.get(next?)?;
            level = level.or(style.level);
            if let Some(num) = &style.num {
                return Some((num, level));
            }
            next = style.based_on.as_deref();
        }
        None
    }

    /// A style of the table of contents, which repeats the headings.
    pub(crate) fn is_contents(&self, style: &str) -> bool {
        self.styles.get(style).is_some_and(|style| style.name.to_lowercase().starts_with("toc "))
    }
}

impl Style {
    fn read(xml: &mut Xml<'_>) -> Result<Self, DocumentError> {
        let mut style = Self::default();
        while let Some(element) = xml.child()? {
            match element.name() {
                "name" => style.name = element.value().unwrap_or_default(),
                "basedOn" => style.based_on = element.value(),
                "pPr" => {
                    style.properties(xml)?;
                    continue;
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(style)
    }

    fn properties(&mut self, xml: &mut Xml<'_>) -> Result<(), DocumentError> {
        while let Some(element) = xml.child()? {
            if element.name() != "numPr" {
                xml.skip()?;
                continue;
            }
            while let Some(element) = xml.child()? {
                match element.name() {
                    "numId" => self.num = element.value(),
                    "ilvl" => self.level = element.value().and_then(|level| level.parse().ok()),
                    _ => {}
                }
                xml.skip()?;
            }
        }
        Ok(())
    }
}
