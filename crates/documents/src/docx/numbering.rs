//! Automatic numbers of paragraphs: 一、 （一） 1. stand in `numbering.xml`, not in the text.

use super::figures;
use super::styles::Styles;
use super::xml::{Element, Space, Step, Xml};
use crate::DocumentError;
use std::collections::{HashMap, HashSet};

/// Levels of a list.
const LEVELS: usize = 9;
/// Longest wording around a number that is kept, in characters; the longest real ones have ten.
const WORDING_MOST: usize = 32;
/// Links from a list to the style that defines it, and from there to a list.
const LINKS_MOST: usize = 4;

/// The lists of a document, and how far each has counted.
#[derive(Default)]
pub(crate) struct Numbering {
    definitions: HashMap<String, Definition>,
    lists: HashMap<String, List>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<String>,
}

/// An `abstractNum`: lists that share it count on.
#[derive(Default)]
struct Definition {
    levels: HashMap<usize, Level>,
    style_link: Option<String>,
}

/// A `num`: a definition, with levels of its own or another start.
#[derive(Default)]
struct List {
    definition: String,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

#[derive(Clone, Default)]
struct Level {
    start: u32,
    format: String,
    wording: String,
    /// All numbers within are 1, 2, 3.
    legal: bool,
    /// Never begins anew.
    on_and_on: bool,
    style: Option<String>,
}

impl Numbering {
    pub(crate) fn read(text: &str) -> Result<Self, DocumentError> {
        let mut xml = Xml::new(text);
        let mut numbering = Self::default();
        loop {
            match xml.step()? {
                Step::Start(element) if element.space == Space::Word => match element.name() {
                    "abstractNum" => {
                        let id = element.attribute("abstractNumId").unwrap_or_default();
                        numbering.definitions.insert(id, Definition::read(&mut xml)?);
                    }
                    "num" => {
                        let id = element.attribute("numId").unwrap_or_default();
                        numbering.lists.insert(id, List::read(&mut xml)?);
                    }
                    _ => {}
                },
                Step::Start(_) | Step::End | Step::Text(_) => {}
                Step::Over => return Ok(numbering),
            }
        }
    }

    /// The level of a list that a style belongs to.
    pub(crate) fn level_of_style(&self, list: &str, style: &str) -> Option<usize> {
        let definition = self.definitions.get(&self.lists.get(list)?.definition)?;
        definition.levels.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(at, _)| *at)
    }

    /// Counts one on and gives the number as it stands before the paragraph; empty where there is none.
    pub(crate) fn next(&mut self, list: &str, at: usize, styles: &Styles) -> String {
        self.count(list, at, styles).unwrap_or_default()
    }

    fn count(&mut self, list: &str, at: usize, styles: &Styles) -> Option<String> {
        let id = self.definition_of(list, styles)?;
        let own = self.lists.get(list)?;
        let shared = self.definitions.get(&id)?;
        let level = |at: usize| own.levels.get(&at).or_else(|| shared.levels.get(&at));
        let counters = self.counters.entry(id.clone()).or_default();
        if self.begun.insert(list.to_owned()) {
            for at in own.starts.keys() {
                if let Some(counter) = counters.get_mut(*at) {
                    *counter = None;
                }
            }
        }
        let start = |at: usize| {
            own.starts.get(&at).copied().unwrap_or_else(|| level(at).map_or(1, |level| level.start))
        };
        let counter = counters.get_mut(at)?;
        *counter = Some(counter.map_or_else(|| start(at), |count| count.saturating_add(1)));
        for (deeper, counter) in counters.iter_mut().enumerate().skip(at + 1) {
            if !level(deeper).is_some_and(|level| level.on_and_on) {
                *counter = None;
            }
        }
        let this = level(at)?;
        let figure = |at: usize| {
            let count = counters.get(at).copied().flatten().unwrap_or_else(|| start(at));
            let format = level(at).filter(|_| !this.legal).map_or("decimal", |level| &level.format);
            figures::write(format, count)
        };
        Some(if this.format == "bullet" { String::new() } else { this.write(figure) })
    }

    /// The definition behind a list, by way of a list style where it is linked to one.
    fn definition_of(&self, list: &str, styles: &Styles) -> Option<String> {
        let mut id = self.lists.get(list)?.definition.clone();
        for _ in 0..LINKS_MOST {
            let Some(style) = &self.definitions.get(&id)?.style_link else { return Some(id) };
            let (list, _) = styles.numbering(style)?;
            id = self.lists.get(list)?.definition.clone();
        }
        None
    }
}

impl Definition {
    fn read(xml: &mut Xml<'_>) -> Result<Self, DocumentError> {
        let mut definition = Self::default();
        while let Some(element) = xml.child()? {
            match element.name() {
                "lvl" => {
                    let at = position(&element);
                    definition.levels.insert(at, Level::read(xml)?);
                    continue;
                }
                "numStyleLink" => definition.style_link = element.value(),
                _ => {}
            }
            xml.skip()?;
        }
        Ok(definition)
    }
}

impl List {
    fn read(xml: &mut Xml<'_>) -> Result<Self, DocumentError> {
        let mut list = Self::default();
        while let Some(element) = xml.child()? {
            match element.name() {
                "abstractNumId" => list.definition = element.value().unwrap_or_default(),
                "lvlOverride" => {
                    list.exception(position(&element), xml)?;
                    continue;
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(list)
    }

    fn exception(&mut self, at: usize, xml: &mut Xml<'_>) -> Result<(), DocumentError> {
        while let Some(element) = xml.child()? {
            match element.name() {
                "startOverride" => {
                    self.starts.insert(at, count(&element));
                }
                "lvl" => {
                    self.levels.insert(at, Level::read(xml)?);
                    continue;
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(())
    }
}

impl Level {
    fn read(xml: &mut Xml<'_>) -> Result<Self, DocumentError> {
        let mut level = Self { start: 1, format: "decimal".to_owned(), ..Self::default() };
        while let Some(element) = xml.child()? {
            match element.name() {
                "start" => level.start = count(&element),
                "numFmt" => level.format = element.value().unwrap_or_default(),
                "lvlText" => {
                    level.wording = element.value().unwrap_or_default().chars().take(WORDING_MOST).collect();
                }
                "isLgl" => level.legal = element.is_on(),
                "lvlRestart" => level.on_and_on = element.value().as_deref() == Some("0"),
                "pStyle" => level.style = element.value(),
                _ => {}
            }
            xml.skip()?;
        }
        Ok(level)
    }

    /// Puts the numbers of the levels in place of `%1` … `%9`. What follows in Word (a tab as a rule) becomes
    /// a space, but not after a mark, where typed numbers have none either.
    fn write(&self, figure: impl Fn(usize) -> String) -> String {
        let mut text = String::new();
        let mut wording = self.wording.chars().peekable();
        while let Some(c) = wording.next() {
            let place = if c == '%' { wording.peek().and_then(|c| c.to_digit(10)) } else { None };
            match place.and_then(|place| usize::try_from(place).ok()?.checked_sub(1)) {
                Some(at) => {
                    wording.next();
                    text.push_str(&figure(at));
                }
                None => text.push(c),
            }
        }
        let text = text.trim().to_owned();
        let marked = text.ends_with(['、', '.', '．', '。', ')', '）', ':', '：', ',', '，']);
        if text.is_empty() || marked { text } else { format!("{text} ") }
    }
}

/// The attribute `ilvl`; beyond the ninth level nothing is counted.
fn position(element: &Element<'_>) -> usize {
    element.attribute("ilvl").and_then(|at| at.parse().ok()).unwrap_or(LEVELS)
}

fn count(element: &Element<'_>) -> u32 {
    element.value().and_then(|start| start.parse().ok()).unwrap_or(1)
}
