//! The files of the page: joined, named by their content, packed.

use anyhow::{Context, Result, bail};
use brotli::enc::BrotliEncoderParams;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

use super::PACKAGE;

const INDEX: &str = "index.html";
const STYLES: &str = "app.css";
const START: &str = "start.js";

/// One file: its path within the page, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asset {
    pub(super) name: String,
    pub(super) content: Vec<u8>,
}

/// What is written by hand: the first page and the style sheet, whose layers are joined in their order.
pub(super) fn sources(root: &Path) -> Result<Vec<Asset>> {
    let shared = |name: &str| root.join("styles").join(name);
    let mut layers = vec![shared("tokens.css"), shared("base.css"), shared("primitives.css")];
    layers.extend(
        files(&root.join("web/styles"))?
            .into_iter()
            .filter(|file| file.extension().is_some_and(|end| end == "css")),
    );
    layers.push(shared("print.css"));
    let mut styles = Vec::new();
    for layer in layers {
        styles.extend(std::fs::read(&layer).with_context(|| format!("cannot read {}", layer.display()))?);
    }
    let (styles, shapes) = shapes(&String::from_utf8(styles).context("a style sheet is no UTF-8")?);
    let index = root.join("web").join(INDEX);
    let index = std::fs::read(&index).with_context(|| format!("cannot read {}", index.display()))?;
    let styles = Asset { name: STYLES.to_owned(), content: styles.into_bytes() };
    Ok([Asset { name: INDEX.to_owned(), content: index }, styles].into_iter().chain(shapes).collect())
}

/// Pictures within the style sheet become files of their own: the page's content policy lets none be inline.
fn shapes(styles: &str) -> (String, Vec<Asset>) {
    const BEGIN: &str = "url(\"data:image/svg+xml,";
    let mut parts = styles.split(BEGIN);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    let mut found: Vec<Asset> = Vec::new();
    for part in parts {
        let Some((picture, rest)) = part.split_once("\")") else {
            kept.push_str(BEGIN);
            kept.push_str(part);
            continue;
        };
        let content = picture.replace("%3C", "<").replace("%3E", ">").replace("%23", "#").into_bytes();
        let name = format!("shapes/{}.svg", short(&content));
        kept.push_str(&format!("url(\"{name}\"){rest}"));
        if found.iter().all(|asset| asset.name != name) {
            found.push(Asset { name, content });
        }
    }
    (kept, found)
}

/// Every file of a folder, those of its folders too.
pub(super) fn read(folder: &Path) -> Result<Vec<Asset>> {
    let mut found = Vec::new();
    for path in files(folder)? {
        let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        let content = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        found.push(Asset { name, content });
    }
    Ok(found)
}

/// The finished page: what the first page names is named by its content, so that browsers may keep it for ever.
/// Scripts and WASM files name each other in a circle: they share a folder that is named by all of them.
pub(super) fn page(glue: Vec<Asset>, sources: &[Asset]) -> Result<Vec<Asset>> {
    let has = |name: &str| glue.iter().any(|asset| asset.name == name);
    let (script, code) = (format!("{PACKAGE}.js"), format!("{PACKAGE}_bg.wasm"));
    if !has(&script) || !has(&code) {
        bail!("the page lacks its script or its WASM file");
    }
    let folder = folder(&glue);
    let mut page = vec![start(&format!("{folder}/{script}"), &format!("{folder}/{code}"))];
    let mut index = None;
    for asset in sources {
        match asset.name.as_str() {
            INDEX => {
                index = Some(String::from_utf8(asset.content.clone()).context("web/index.html is no UTF-8")?)
            }
            _ => page.push(asset.clone()),
        }
    }
    let mut index = index.context("the page lacks its first page")?;
    for asset in page.iter_mut().filter(|asset| !asset.name.contains('/')) {
        let name = named(asset);
        index = index.replace(&format!("/{}\"", asset.name), &format!("/{name}\""));
        asset.name = name;
    }
    for needed in [START, STYLES] {
        if index.contains(&format!("/{needed}\"")) || !index.contains(&named_like(needed)) {
            bail!("web/index.html does not ask for {needed}");
        }
    }
    page.extend(glue.into_iter().map(|asset| Asset { name: format!("{folder}/{}", asset.name), ..asset }));
    page.push(Asset { name: INDEX.to_owned(), content: index.into_bytes() });
    Ok(page)
}

/// Changes with any of the files.
fn folder(glue: &[Asset]) -> String {
    let all: String = glue.iter().map(|asset| format!("{} {}\n", asset.name, hash(&asset.content))).collect();
    format!("code.{}", short(all.as_bytes()))
}

/// A page without a script of its own in the HTML, so that the content policy can forbid those.
fn start(script: &str, code: &str) -> Asset {
    let content = format!(
        "import start from \"./{script}\";\nstart({{ module_or_path: new URL(\"./{code}\", import.meta.url) }});\n"
    );
    Asset { name: START.to_owned(), content: content.into_bytes() }
}

/// `app.css` → `app.0123456789abcdef.css`.
fn named(asset: &Asset) -> String {
    let hash = short(&asset.content);
    match asset.name.rsplit_once('.') {
        Some((stem, end)) => format!("{stem}.{hash}.{end}"),
        None => format!("{}.{hash}", asset.name),
    }
}

/// What stands before the hash in a name.
fn named_like(name: &str) -> String {
    name.rsplit_once('.').map_or_else(|| name.to_owned(), |(stem, _)| format!("/{stem}."))
}

/// SHA-256 in hexadecimal figures.
pub(super) fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Enough of it to tell files apart.
fn short(content: &[u8]) -> String {
    hash(content).chars().take(16).collect()
}

/// The same in Brotli.
pub(super) fn packed(content: &[u8], quality: i32) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let parameters =
        BrotliEncoderParams { quality, size_hint: content.len(), ..BrotliEncoderParams::default() };
    brotli::BrotliCompress(&mut &*content, &mut packed, &parameters).context("cannot pack")?;
    Ok(packed)
}

/// Files in a folder and below, in the order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut entries: Vec<PathBuf> =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            found.extend(files(&entry)?);
        } else {
            found.push(entry);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{Asset, files, folder, packed, page, shapes, short, sources};

    fn asset(name: &str, content: &str) -> Asset {
        Asset { name: name.to_owned(), content: content.as_bytes().to_vec() }
    }

    fn text(page: &[Asset], name: &str) -> String {
        let found =
            page.iter().find(|asset| asset.name == name).unwrap_or_else(|| panic!("no {name} in {page:?}"));
        String::from_utf8(found.content.clone()).unwrap()
    }

    #[test]
    fn the_first_page_names_files_by_their_content() {
        let glue = vec![
            asset("ronghe-web.js", "js"),
            asset("ronghe-web_bg.wasm", "wasm"),
            asset("snippets/a/inline0.js", "snippet"),
        ];
        let index = "<link href=\"/app/assets/app.css\"><script src=\"/app/assets/start.js\">";
        let made = page(glue.clone(), &[asset("index.html", index), asset("app.css", "css")]).unwrap();
        let (code, start) = (folder(&glue), &made[0]);
        assert!(text(&made, &start.name).contains(&format!("./{code}/ronghe-web_bg.wasm")), "{start:?}");
        assert!(text(&made, &start.name).contains(&format!("./{code}/ronghe-web.js")), "{start:?}");
        assert_eq!(
            text(&made, "index.html"),
            format!(
                "<link href=\"/app/assets/app.{}.css\"><script src=\"/app/assets/start.{}.js\">",
                short(b"css"),
                short(&start.content)
            )
        );
        assert_eq!(text(&made, &format!("{code}/snippets/a/inline0.js")), "snippet");
        let other = vec![asset("ronghe-web.js", "js"), asset("ronghe-web_bg.wasm", "another")];
        assert_ne!(folder(&other), code);
        let refused = page(glue, &[asset("index.html", "<p>"), asset("app.css", "css")])
            .map_err(|error| error.to_string());
        assert_eq!(refused, Err("web/index.html does not ask for start.js".to_owned()));
    }

    #[test]
    fn layers_are_joined_in_their_order() {
        let root = tempfile::tempdir().unwrap();
        for (path, content) in [
            ("styles/tokens.css", "t"),
            ("styles/base.css", "b"),
            ("styles/primitives.css", "p"),
            ("styles/print.css", "."),
            ("web/styles/b.css", "2"),
            ("web/styles/a.css", "1"),
            ("web/styles/notes.md", "no"),
            ("web/index.html", "<p>"),
        ] {
            let path = root.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        assert_eq!(sources(root.path()).unwrap(), [asset("index.html", "<p>"), asset("app.css", "tbp12.")]);
        assert_eq!(files(&root.path().join("web")).unwrap().len(), 4);
    }

    #[test]
    fn pictures_leave_the_style_sheet() {
        let styles = "a{b:url(\"data:image/svg+xml,%3Csvg fill='%23000'/%3E\")}c{d:e}";
        let (kept, found) = shapes(styles);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].content, b"<svg fill='#000'/>");
        assert_eq!(kept, format!("a{{b:url(\"{}\")}}c{{d:e}}", found[0].name));
        assert_eq!(shapes(&kept), (kept.clone(), Vec::new()));
    }

    #[test]
    fn packed_is_smaller_and_comes_back() {
        let content = "词 word ".repeat(1000).into_bytes();
        let small = packed(&content, 9).unwrap();
        assert!(small.len() * 20 < content.len(), "{} bytes", small.len());
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut small.as_slice(), &mut back).unwrap();
        assert_eq!(back, content);
    }
}
