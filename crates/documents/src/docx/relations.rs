//! Which part is the document, and which parts belong to it.

use super::xml::{Step, Xml};
use crate::DocumentError::{self, Macros, NotADocument};
use crate::package::Package;
use std::collections::HashMap;

/// The name of the part that holds the document.
///
/// # Errors
/// `NotADocument` where the file is another kind of package, `Macros` where it may carry macros.
pub(crate) fn main_part(package: &mut Package<'_>) -> Result<String, DocumentError> {
    let types = package.part("[Content_Types].xml")?.ok_or(NotADocument)?;
    // Read for its shape too: a package with a malformed list of types is none.
    let mut xml = Xml::new(&types);
    loop {
        match xml.step()? {
            Step::Start(element) => {
                let kind = element.attribute("ContentType").unwrap_or_default().to_lowercase();
                if kind.contains("macroenabled") || kind.contains("vbaproject") {
                    return Err(Macros);
                }
            }
            Step::End | Step::Text(_) => {}
            Step::Over => break,
        }
    }
    let roots = package.part("_rels/.rels")?.ok_or(NotADocument)?;
    read(&roots, "")?.remove("officeDocument").ok_or(NotADocument)
}

/// Parts that belong to `part`, by the last word of their kind, such as `styles`.
pub(crate) fn of(package: &mut Package<'_>, part: &str) -> Result<HashMap<String, String>, DocumentError> {
    let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
    let slash = if folder.is_empty() { "" } else { "/" };
    match package.part(&format!("{folder}{slash}_rels/{name}.rels"))? {
        Some(relations) => read(&relations, folder),
        None => Ok(HashMap::new()),
    }
}

fn read(relations: &str, folder: &str) -> Result<HashMap<String, String>, DocumentError> {
    let mut xml = Xml::new(relations);
    let mut found = HashMap::new();
    loop {
        match xml.step()? {
            Step::Start(element) => {
                let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target"))
                else {
                    continue;
                };
                if element.attribute("TargetMode").as_deref() == Some("External") {
                    continue;
                }
                let part = match target.strip_prefix('/') {
                    Some(absolute) => absolute.to_owned(),
                    None if folder.is_empty() => target,
                    None => format!("{folder}/{target}"),
                };
                let word = kind.rsplit('/').next().unwrap_or_default().to_owned();
                found.entry(word).or_insert(part);
            }
            Step::End | Step::Text(_) => {}
            Step::Over => return Ok(found),
        }
    }
}
