//! Everything that can be read: each operation that reads, with every name that the worlds know.

use super::secrets::Common;
use crate::proofs::hand::{Hand, Operation, encoded};

/// The word that stands in secrets and nowhere else.
const GINKGO: &str = "银杏";

/// Addresses of all that can be read.
pub(super) fn reads(hand: &Hand, common: &Common) -> Vec<String> {
    let mut paths = Vec::new();
    // An export is an event itself, which whoever reads the chain next would see; that it has the rows of the list
    // is proved beside (`tables`).
    let is_read =
        |operation: &Operation| operation.method == "GET" && operation.path != "/api/v1/needs/export";
    for operation in hand.operations().into_iter().filter(is_read) {
        let names: &[&str] = match operation.path.split('/').nth(3).unwrap_or_default() {
            "policies" => &["jinan-2023-24", "ginkgo"],
            "cycles" => &["2026", "2027"],
            "need-lists" => &["2026"],
            "accounts" => &["newcomer", "wanghaifeng"],
            "organisations" => &["yanliu"],
            "links" => &["no-such-code"],
            _ => &[],
        };
        if operation.path.contains("/needs/{name}") {
            for (name, file) in &common.needs {
                paths.push(operation.path.replace("{name}", name).replace("{id}", file));
            }
        } else if operation.path.contains('{') {
            for name in names {
                let hole = operation.path.find('{').unwrap_or_default();
                let end = operation.path.find('}').unwrap_or_default();
                let path = format!("{}{name}{}", &operation.path[..hole], &operation.path[end + 1..]);
                paths.push(path.replace("{seq}", "1").replace("{edition}", "v1"));
            }
        } else {
            paths.push(operation.path);
        }
    }
    for list in ["needs", "policies", "accounts", "organisations", "measures", "audit"] {
        paths.push(format!("/api/v1/{list}?q={}", encoded(GINKGO)));
    }
    for (list, word) in [("accounts", "newcomer"), ("needs", "0531")] {
        paths.push(format!("/api/v1/{list}?q={word}"));
    }
    for query in
        ["state=draft", "state=submitted", "unit=yanliu", "district=lixia", "sort=number", "measure=2"]
    {
        paths.push(format!("/api/v1/needs?{query}"));
    }
    paths
}
