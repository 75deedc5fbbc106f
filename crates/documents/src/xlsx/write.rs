//! A template: a head that stays, a hint for each column, lists to choose from.

use rust_xlsxwriter::{DataValidation, Format, FormatAlign, FormatBorder, Note, Workbook, XlsxError};

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

/// An empty table with these columns, and an example row where there is one.
///
/// # Errors
/// Where the writer refuses it, which no column of ours can bring about.
pub fn template(sheet: &str, columns: &[Column], example: &[String]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name(sheet)?;
    // Figures such as telephone numbers stay as they are typed.
    let text = Format::new().set_num_format("@");
    for (at, column) in (0_u16..).zip(columns) {
        let mark = if column.needed { "＊" } else { "" };
        let head = Format::new()
            .set_bold()
            .set_align(FormatAlign::VerticalCenter)
            .set_border_bottom(FormatBorder::Thin)
            .set_text_wrap();
        page.set_column_format(at, &text)?;
        page.set_column_width(at, f64::from(column.width))?;
        page.write_with_format(0, at, format!("{}{mark}", column.title), &head)?;
        if !column.hint.is_empty() {
            page.insert_note(0, at, &Note::new(&column.hint))?;
        }
        let length: usize = column.choices.iter().map(|choice| choice.chars().count() + 1).sum();
        if !column.choices.is_empty() && length <= LIST_MOST {
            // A help, not a fence: a cell may name several, and whoever reads the table says what does not hold.
            let list = DataValidation::new().allow_list_strings(&column.choices)?.show_error_message(false);
            page.add_data_validation(1, at, ROWS, at, &list)?;
        }
        if let Some(value) = example.get(usize::from(at)) {
            page.write_with_format(1, at, value, &text)?;
        }
    }
    page.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}
