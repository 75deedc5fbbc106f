//! Tables as CSV (RFC 4180). A cell that a spreadsheet would run as a formula is kept from it.

/// A table with a byte-order mark, so that spreadsheet programs read Chinese.
#[must_use]
pub fn table(rows: &[Vec<String>]) -> String {
    let mut text = String::from('\u{feff}');
    for row in rows {
        text.push_str(&line(row));
        text.push_str("\r\n");
    }
    text
}

/// One row, without its end.
#[must_use]
pub fn line(cells: &[String]) -> String {
    cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",")
}

fn quoted(cell: &str) -> String {
    // A number with a sign is what it seems to be.
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    let cell = if is_formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::{line, table};

    #[test]
    fn cells_are_quoted_and_formulas_disarmed() {
        let check = |cell: &str, expected: &str| assert_eq!(line(&[cell.to_owned()]), expected);
        check("甲,乙", "\"甲,乙\"");
        check("说“\"好\"”", "\"说“\"\"好\"\"”\"");
        check("一\n二", "\"一\n二\"");
        for formula in ["=1+1", "+1+1", "-1+1", "@sum", "\tx", "-", "=cmd|' /C calc'!A0"] {
            check(formula, &format!("'{formula}"));
        }
        check("-12.5", "-12.5");
        check("+86", "+86");
        check("1-2", "1-2");
    }

    #[test]
    fn a_table_has_a_mark_and_ends_of_lines() {
        let rows = [vec!["编号".to_owned(), "标题".to_owned()], vec!["=1".to_owned(), String::new()]];
        assert_eq!(table(&rows), "\u{feff}编号,标题\r\n'=1,\r\n");
    }
}
