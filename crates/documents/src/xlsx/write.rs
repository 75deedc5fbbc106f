//! Templates with a head that stays, a hint for each column, lists to choose from; and lists to be saved.

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Workbook,
    Worksheet, XlsxError,
};

/// Rows below the head in which values can be chosen from a list.
const ROWS: u32 = 2_000;
/// Excel takes no longer list within a cell's rule.
const LIST_MOST: usize = 255;

/// A column of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    /// Shown beside the head.
    pub hint: String,
    /// In characters.
    pub width: u16,
    /// Values to choose from; anything where empty.
    pub choices: Vec<String>,
    /// Marked, for it has to be filled in.
    pub needed: bool,
}

/// A sheet to be filled in, and an example row where there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    pub sheet: String,
    pub columns: Vec<Column>,
    pub example: Vec<String>,
}

/// What stands in a cell of a list. No text is ever a formula, whatever it begins with.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    /// With two decimals.
    Number(f64),
    Empty,
}

/// An empty table with these columns, and an example row where there is one.
///
/// # Errors
/// Where the writer refuses it, which no column of ours can bring about.
pub fn template(sheet: &str, columns: &[Column], example: &[String]) -> Result<Vec<u8>, XlsxError> {
    let page = Page { sheet: sheet.to_owned(), columns: columns.to_vec(), example: example.to_vec() };
    templates(&[page], None)
}

/// Empty tables, and behind them a sheet of words to be read: its name, its first row being its head.
///
/// # Errors
/// Likewise.
pub fn templates(pages: &[Page], words: Option<(&str, &[Vec<String>])>) -> Result<Vec<u8>, XlsxError> {
    let mut book = book()?;
    for page in pages {
        to_fill_in(book.add_worksheet(), page)?;
    }
    if let Some((sheet, rows)) = words {
        let page = book.add_worksheet();
        page.set_name(sheet)?;
        let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        for (at, width) in (0_u16..).zip(WORDS_WIDTHS) {
            page.set_column_width(at, width)?;
        }
        for (row, cells) in (0_u32..).zip(rows) {
            let format = if row == 0 { &head() } else { &plain };
            for (at, cell) in (0_u16..).zip(cells) {
                page.write_string_with_format(row, at, cell, format)?;
            }
        }
        page.set_freeze_panes(1, 0)?;
    }
    book.save_to_buffer()
}

/// A list with its head.
///
/// # Errors
/// Where it has more rows or longer texts than a sheet takes.
pub fn list(sheet: &str, heads: &[(String, u16)], rows: &[Vec<Cell>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = book()?;
    let page = book.add_worksheet();
    page.set_name(sheet)?;
    for (at, (title, width)) in (0_u16..).zip(heads) {
        page.set_column_width(at, f64::from(*width))?;
        page.write_string_with_format(0, at, title, &head())?;
    }
    let number = Format::new().set_num_format("#,##0.00");
    for (row, cells) in (1_u32..).zip(rows) {
        for (at, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Text(text) => drop(page.write_string(row, at, text)?),
                Cell::Number(figure) => drop(page.write_number_with_format(row, at, *figure, &number)?),
                Cell::Empty => {}
            }
        }
    }
    page.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

/// An empty book that does not say when it was made: the same rows give the same bytes.
fn book() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(book)
}

/// Widths of the columns of a sheet of words, in characters.
const WORDS_WIDTHS: [f64; 5] = [14.0, 22.0, 10.0, 44.0, 70.0];

fn head() -> Format {
    Format::new()
        .set_bold()
        .set_align(FormatAlign::VerticalCenter)
        .set_border_bottom(FormatBorder::Thin)
        .set_text_wrap()
}

fn to_fill_in(sheet: &mut Worksheet, page: &Page) -> Result<(), XlsxError> {
    sheet.set_name(&page.sheet)?;
    // Figures such as telephone numbers stay as they are typed.
    let text = Format::new().set_num_format("@");
    for (at, column) in (0_u16..).zip(&page.columns) {
        let mark = if column.needed { "＊" } else { "" };
        sheet.set_column_format(at, &text)?;
        sheet.set_column_width(at, f64::from(column.width))?;
        sheet.write_with_format(0, at, format!("{}{mark}", column.title), &head())?;
        if !column.hint.is_empty() {
            sheet.insert_note(0, at, &Note::new(&column.hint))?;
        }
        let length: usize = column.choices.iter().map(|choice| choice.chars().count() + 1).sum();
        if !column.choices.is_empty() && length <= LIST_MOST {
            // A help, not a fence: a cell may name several, and whoever reads the table says what does not hold.
            let list = DataValidation::new().allow_list_strings(&column.choices)?.show_error_message(false);
            sheet.add_data_validation(1, at, ROWS, at, &list)?;
        }
        if let Some(value) = page.example.get(usize::from(at)) {
            sheet.write_with_format(1, at, value, &text)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}
