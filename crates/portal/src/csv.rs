//! Tables as CSV (RFC 4180), with a byte-order mark so that spreadsheet programs read Chinese.

/// Writes a table; cells that a spreadsheet would run as formulas are kept from it.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let mut text = String::from('\u{feff}');
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

fn quoted(cell: &str) -> String {
    let cell =
        if cell.starts_with(['=', '+', '-', '@', '\t']) { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn cells_are_quoted_and_formulas_disarmed() {
        let rows =
            vec![vec!["甲,乙".to_owned(), "说“\"好\"”".to_owned()], vec!["=1+1".to_owned(), String::new()]];
        assert_eq!(table(&rows), "\u{feff}\"甲,乙\",\"说“\"\"好\"\"”\"\r\n'=1+1,\r\n");
    }
}
