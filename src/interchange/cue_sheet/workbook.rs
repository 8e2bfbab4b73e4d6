//! A sheet as a workbook: texts as texts, seconds as numbers, headings that stay in sight, and pages
//! that print.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use crate::model::CueField;
use crate::model::Sheet;

/// Widths of columns, in letters.
const WIDTH_OF_PARTIES: f64 = 36.0;
const WIDTH_OF_TITLES: f64 = 28.0;
const WIDTH_OF_CODES: f64 = 14.0;
const WIDTH_OF_NUMBERS: f64 = 8.0;

/// The sheet as a workbook with a page of remarks behind it where there are any.
pub(super) fn write(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let strong = Format::new().set_bold();
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border_bottom(FormatBorder::Thin)
        .set_align(FormatAlign::Top);
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet().set_name("Cue sheet")?;
    page.set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_header("&L&\"Arial,Bold\"Music cue sheet&R&D")
        .set_footer("&CPage &P of &N");
    let mut row = 0;
    for (before, text) in &sheet.header {
        page.write_string_with_format(row, 0, before, &strong)?;
        page.write_string(row, 2, text)?;
        row += 1;
    }
    row += 1;
    let first = row;
    for (column, it) in (0..).zip(&sheet.columns) {
        page.write_string_with_format(first, column, &it.heading, &heading)?;
        page.set_column_width(column, width(it.field))?;
    }
    page.set_freeze_panes(first + 1, 0)?;
    page.set_repeat_rows(first, first)?;
    for cells in &sheet.rows {
        row += 1;
        for (column, (it, text)) in (0..).zip(sheet.columns.iter().zip(cells)) {
            match text.parse::<f64>() {
                Ok(number) if it.field.is_number() => {
                    page.write_number_with_format(row, column, number, &cell)?;
                }
                _ => {
                    page.write_string_with_format(row, column, text, &cell)?;
                }
            }
        }
    }
    row += 2;
    for (before, text) in &sheet.totals {
        page.write_string_with_format(row, 0, before, &strong)?;
        page.write_string(row, 2, text)?;
        row += 1;
    }
    if !sheet.remarks.is_empty() {
        let page = workbook.add_worksheet().set_name("To do")?;
        page.set_column_width(0, 120)?;
        for (row, remark) in (0..).zip(&sheet.remarks) {
            page.write_string_with_format(row, 0, remark, &cell)?;
        }
    }
    workbook.save_to_buffer()
}

fn width(field: CueField) -> f64 {
    match field {
        CueField::Writers | CueField::Publishers => WIDTH_OF_PARTIES,
        CueField::Title | CueField::Artist | CueField::Album | CueField::Scene => WIDTH_OF_TITLES,
        CueField::Sequence | CueField::Seconds | CueField::Length | CueField::Usage => {
            WIDTH_OF_NUMBERS
        }
        _ => WIDTH_OF_CODES,
    }
}
