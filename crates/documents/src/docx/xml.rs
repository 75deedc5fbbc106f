//! XML as a row of starts, ends and texts: without document type, at most 128 deep.

use crate::DocumentError::{self, Damaged, DocumentType, TooDeep};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;
use std::borrow::Cow;

/// Deepest element that is entered.
const DEPTH_MOST: usize = 128;

/// Which vocabulary an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// WordprocessingML, transitional or strict.
    Word,
    /// Markup compatibility: choices and fallbacks.
    Compat,
    /// Any other.
    Other,
}

/// A step through the document. Empty elements come as a start and an end.
pub(crate) enum Step<'a> {
    Start(Element<'a>),
    End,
    Text(Cow<'a, str>),
    /// The end of the document.
    Over,
}

/// The start of an element.
pub(crate) struct Element<'a> {
    pub(crate) space: Space,
    start: BytesStart<'a>,
}

impl Element<'_> {
    /// Name without prefix.
    pub(crate) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// An attribute's value by its name without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        self.start
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)
            .and_then(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).ok())
            .map(Cow::into_owned)
    }

    /// The attribute `val`, which most elements of Word have.
    pub(crate) fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// A switch such as `<w:vanish/>` is on.
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.value().as_deref(), Some("0" | "false" | "off"))
    }
}

/// A reader of one part.
pub(crate) struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    depth: usize,
}

impl<'a> Xml<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    /// Goes one step on.
    pub(crate) fn step(&mut self) -> Result<Step<'a>, DocumentError> {
        loop {
            let (resolved, event) = self.reader.read_resolved_event().map_err(|_malformed| Damaged)?;
            match event {
                Event::Start(start) => {
                    let space = space(&resolved);
                    self.depth += 1;
                    if self.depth > DEPTH_MOST {
                        return Err(TooDeep);
                    }
                    return Ok(Step::Start(Element { space, start }));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Step::End);
                }
                Event::Text(text) => return Ok(Step::Text(text.into_inner())),
                Event::CData(text) => return Ok(Step::Text(text.into_inner())),
                Event::GeneralRef(entity) => {
                    let known = match entity.resolve_char_ref().map_err(|_malformed| Damaged)? {
                        Some(c) => Cow::Owned(c.to_string()),
                        None => Cow::Borrowed(named_entity(&entity)?),
                    };
                    return Ok(Step::Text(known));
                }
                Event::DocType(_) => return Err(DocumentType),
                Event::Eof if self.depth > 0 => return Err(Damaged),
                Event::Eof => return Ok(Step::Over),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    /// The next element within the one that was entered; `None` at its end. Text between is passed over.
    pub(crate) fn child(&mut self) -> Result<Option<Element<'a>>, DocumentError> {
        loop {
            match self.step()? {
                Step::Start(element) => return Ok(Some(element)),
                Step::Text(_) => {}
                Step::End | Step::Over => return Ok(None),
            }
        }
    }

    /// Passes over the rest of the element that was entered last.
    pub(crate) fn skip(&mut self) -> Result<(), DocumentError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if let Step::Over = self.step()? {
                return Err(Damaged);
            }
        }
        Ok(())
    }
}

fn named_entity(name: &str) -> Result<&'static str, DocumentError> {
    match name {
        "lt" => Ok("<"),
        "gt" => Ok(">"),
        "amp" => Ok("&"),
        "apos" => Ok("'"),
        "quot" => Ok("\""),
        _ => Err(Damaged),
    }
}

fn space(resolved: &ResolveResult<'_>) -> Space {
    match resolved {
        ResolveResult::Bound(Namespace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )) => Space::Word,
        ResolveResult::Bound(Namespace("http://schemas.openxmlformats.org/markup-compatibility/2006")) => {
            Space::Compat
        }
        ResolveResult::Bound(_) | ResolveResult::Unbound | ResolveResult::Unknown(_) => Space::Other,
    }
}
