//! Tables of tasks: a row of column names, then rows of cells, in one line each or a line for every cell.

use super::super::super::UnitRole;
use super::super::super::draft::{MeasureDraft, Place, Read, SectionDraft};
use super::super::lines::{Line, Lines, joined};
use super::super::marker::number;
use super::super::units;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Number,
    /// The task, and what is said of it.
    Text,
    Units(UnitRole),
    /// Deadlines and the like.
    Other,
}

/// A cell: a stretch of the text.
#[derive(Clone, Copy, Debug)]
struct Cell<'a> {
    start: usize,
    text: &'a str,
}

/// Reads the first table of tasks that names units; `O(n)`.
pub(super) fn read(lines: &Lines<'_>) -> Vec<SectionDraft> {
    let found = lines.lines.iter().enumerate().find_map(|(at, line)| {
        let columns = columns(&cells(line))?;
        Some((columns, rows_by_line(lines, at + 1)))
    });
    let found = found.or_else(|| {
        let (columns, from) = header_on_lines(lines)?;
        let rows = rows_by_cell(lines, from, columns.len());
        Some((columns, rows))
    });
    let Some((columns, rows)) = found else { return Vec::new() };
    let mut measures: Vec<MeasureDraft> = Vec::new();
    for row in rows {
        let seq = u32::try_from(measures.len()).unwrap_or(u32::MAX).saturating_add(1);
        measures.extend(measure(&columns, &row, seq));
    }
    if measures.is_empty() {
        return Vec::new();
    }
    vec![SectionDraft { number: None, title: Read::inferred(String::new(), 100), measures }]
}

/// The cells of a row, between wide gaps or bars.
fn cells<'a>(line: &Line<'a>) -> Vec<Cell<'a>> {
    let bar = if line.text.contains('|') { '|' } else { '\u{3000}' };
    let inner = line.text.strip_prefix('|').unwrap_or(line.text);
    let mut start = line.end() - inner.len();
    let mut cells = Vec::new();
    for text in inner.strip_suffix('|').unwrap_or(inner).split(bar) {
        let cell = text.trim_start();
        cells.push(Cell { start: start + text.len() - cell.len(), text: cell.trim_end() });
        start += text.len() + bar.len_utf8();
    }
    cells
}

/// The columns that a row names: a task and whose it is at least.
fn columns(cells: &[Cell<'_>]) -> Option<Vec<Column>> {
    if !(3..=8).contains(&cells.len()) {
        return None;
    }
    let columns: Vec<Column> = cells.iter().map(|cell| column(cell.text)).collect::<Option<_>>()?;
    let has = |wanted: fn(&Column) -> bool| columns.iter().any(wanted);
    let fits = has(|column| *column == Column::Text) && has(|column| matches!(column, Column::Units(_)));
    fits.then_some(columns)
}

/// What the name of a column says.
fn column(name: &str) -> Option<Column> {
    const TEXTS: &[&str] = &["任务", "内容", "事项", "措施", "举措", "项目", "目标", "要求", "要点", "工作"];
    const OTHERS: &[&str] =
        &["时限", "时间", "备注", "进度", "类别", "领域", "分类", "领导", "责任人", "联系人", "节点"];
    let name = joined(name);
    if name.chars().count() > 10 {
        return None;
    }
    if ["序号", "编号", "号"].contains(&name.as_str()) {
        return Some(Column::Number);
    }
    if OTHERS.iter().any(|word| name.ends_with(word)) {
        return Some(Column::Other);
    }
    if let Some(role) = units::role_of_label(&name) {
        return Some(Column::Units(role));
    }
    TEXTS.iter().any(|word| name.ends_with(word)).then_some(Column::Text)
}

/// A header whose names stand on a line each, and the line behind it.
fn header_on_lines(lines: &Lines<'_>) -> Option<(Vec<Column>, usize)> {
    let at = lines.lines.iter().position(|line| joined(line.text) == "序号")?;
    let mut columns = Vec::new();
    for line in lines.lines.get(at..)?.iter().take(8) {
        match column(line.text) {
            Some(column) => columns.push(column),
            None => break,
        }
    }
    let has_units = columns.iter().any(|column| matches!(column, Column::Units(_)));
    (columns.len() > 2 && has_units).then_some((columns.clone(), at + columns.len()))
}

/// Rows in a line each.
fn rows_by_line<'a>(lines: &Lines<'a>, from: usize) -> Vec<Vec<Cell<'a>>> {
    let rest = lines.lines.get(from..).unwrap_or(&[]);
    rest.iter().map(cells).take_while(|row| row.len() > 1).collect()
}

/// Rows whose cells stand on a line each; a row begins with the next number.
fn rows_by_cell<'a>(lines: &Lines<'a>, from: usize, width: usize) -> Vec<Vec<Cell<'a>>> {
    let mut rows: Vec<Vec<Cell<'a>>> = Vec::new();
    let mut open = false;
    for line in lines.lines.get(from..).unwrap_or(&[]) {
        let next = u32::try_from(rows.len()).ok().and_then(|count| count.checked_add(1));
        if next.is_some() && whole_number(line.text) == next {
            rows.push(vec![Cell { start: line.start, text: line.text }]);
            open = false;
            continue;
        }
        let Some(row) = rows.last_mut() else { break };
        if open && let Some(cell) = row.last_mut() {
            // A list of names runs on over its lines.
            cell.text = lines.text.get(cell.start..line.end()).unwrap_or(cell.text);
        } else if row.len() < width {
            row.push(Cell { start: line.start, text: line.text });
        } else {
            break;
        }
        open = line.text.ends_with(['、', '，']);
    }
    rows
}

fn whole_number(text: &str) -> Option<u32> {
    let text = joined(text);
    number(&text).filter(|(_, len)| *len == text.len()).map(|(number, _)| number)
}

/// The measure of a row; a row without a task or units is none.
fn measure(columns: &[Column], row: &[Cell<'_>], seq: u32) -> Option<MeasureDraft> {
    // Cells that a site left out where they run over several rows stand on the left, behind the number.
    let missing = columns.len().checked_sub(row.len())?;
    let numbered = columns.first() == Some(&Column::Number) && whole_number(row.first()?.text).is_some();
    let (first, others) = if numbered { row.split_at(1) } else { row.split_at(0) };
    let skip = missing + first.len();
    let pairs = columns.iter().zip(first).chain(columns.iter().skip(skip).zip(others));
    let mut measure = MeasureDraft {
        number: None,
        seq,
        title: Read::inferred(String::new(), 20),
        body: String::new(),
        units: Vec::new(),
    };
    let mut texts: Vec<&str> = Vec::new();
    for (column, cell) in pairs {
        match column {
            Column::Number => measure.number = whole_number(cell.text),
            Column::Text if !cell.text.is_empty() => {
                if texts.is_empty() {
                    let bare = cell.text.trim_end_matches(['。', '；']);
                    let place = Place { start: cell.start, end: cell.start + bare.len() };
                    measure.title = Read::found(joined(bare), 85, place);
                }
                texts.push(cell.text);
            }
            Column::Units(role) => {
                units::merge(&mut measure.units, &units::of_cell(cell.text, cell.start, *role))
            }
            Column::Text | Column::Other => {}
        }
    }
    // What else is said of the task is its text; a task alone is both.
    let body = if texts.len() > 1 { texts.get(1..)? } else { &texts };
    measure.body = body.iter().map(|text| joined(text)).collect::<Vec<_>>().join("\n");
    (!texts.is_empty() && !measure.units.is_empty()).then_some(measure)
}
