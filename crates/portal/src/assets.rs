//! The style sheet and the icon, within the binary, named by their content so that they are kept for ever.

use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// The layers in their order, joined to one file: a page asks for one style sheet.
pub(crate) const CSS: &str = concat!(
    include_str!("../../../styles/tokens.css"),
    include_str!("../../../styles/base.css"),
    include_str!("../../../styles/primitives.css"),
    include_str!("../styles/portal.css"),
    include_str!("../styles/matrix.css"),
    include_str!("../styles/register.css"),
    include_str!("../../../styles/print.css"),
);

/// Two ripples whose overlap is a leaf.
pub(crate) const ICON: &str = include_str!("../assets/icon.svg");

/// The picture of the first page: springs and a willow.
pub(crate) const WATER: &str = include_str!("../assets/water.svg.html");

/// Where the style sheet stands.
pub(crate) static CSS_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/assets/portal.{}.css", short_hash(CSS)));

/// Sixteen figures of the hash of `text`.
pub(crate) fn short_hash(text: &str) -> String {
    ronghe_domain::audit::hex(&Sha256::digest(text)).chars().take(16).collect()
}
