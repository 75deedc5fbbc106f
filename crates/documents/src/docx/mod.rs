//! The text of a `.docx`: paragraphs as lines, automatic numbers written out.
//!
//! Tables give a line a row, cells apart by tabs, or their paragraphs where a cell has several. Deleted and
//! hidden text, notes, headers, footers, the table of contents and field codes are left out.

mod body;
mod figures;
mod numbering;
mod relations;
mod styles;
mod xml;

use crate::DocumentError;
use crate::package::Package;
use numbering::Numbering;
use styles::Styles;

/// Reads the text of a `.docx`.
///
/// # Errors
/// What is wrong with it; a hostile file is refused before its parts are looked at.
pub fn text(bytes: &[u8]) -> Result<String, DocumentError> {
    let mut package = Package::open(bytes)?;
    let main = relations::main_part(&mut package)?;
    let related = relations::of(&mut package, &main)?;
    let mut part = |kind: &str| match related.get(kind) {
        Some(name) => package.part(name),
        None => Ok(None),
    };
    let styles = match part("styles")? {
        Some(xml) => Styles::read(&xml)?,
        None => Styles::default(),
    };
    let numbering = match part("numbering")? {
        Some(xml) => Numbering::read(&xml)?,
        None => Numbering::default(),
    };
    let document = package.part(&main)?.ok_or(DocumentError::NotADocument)?;
    body::text(&document, &styles, numbering)
}
