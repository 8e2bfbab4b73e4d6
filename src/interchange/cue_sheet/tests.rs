//! Sheets as their readers see them, and the templates that come with the program.

use calamine::{Data, Reader, Xlsx};

use super::*;
use crate::model::CueColumn;
use crate::model::CueField;

fn sheet() -> Sheet {
    let column = |(heading, field): (&str, CueField)| CueColumn {
        heading: heading.to_owned(),
        field,
    };
    let text = str::to_owned;
    Sheet {
        title: text("Promise – 203"),
        header: vec![
            (text("Series"), text("Promise")),
            (text("Network"), text("")),
        ],
        columns: [
            ("Seq", CueField::Sequence),
            ("Title", CueField::Title),
            ("Timing", CueField::Length),
            ("Writers", CueField::Writers),
        ]
        .map(column)
        .into(),
        rows: vec![
            ["1", "=Tide, \"again\"", "0:32", "A (C) 50 % PRS\nB (A)"]
                .map(text)
                .into(),
            ["2", "海辺", "1:05", ""].map(text).into(),
        ],
        totals: vec![(text("Total music"), text("1:37"))],
        remarks: vec![text("1M2 “海辺”: no writer is named")],
    }
}

#[test]
fn a_table_holds_the_head_the_cues_and_the_sums() {
    let bytes = write(SheetFormat::Csv, &sheet()).expect("it can be written");
    let text = String::from_utf8(bytes).expect("it is text");
    assert_eq!(
        text,
        "\u{feff}Series,Promise\r\nNetwork,\r\n\"\"\r\nSeq,Title,Timing,Writers\r\n\
         1,\"'=Tide, \"\"again\"\"\",0:32,\"A (C) 50 % PRS\nB (A)\"\r\n2,海辺,1:05,\r\n\"\"\r\n\
         Total music,1:37\r\n"
    );
}

#[test]
fn data_has_numbers_as_numbers_and_parties_one_by_one() {
    let bytes = write(SheetFormat::Json, &sheet()).expect("it can be written");
    let value: serde_json::Value = serde_json::from_slice(&bytes).expect("it is JSON");
    assert_eq!(value["cues"][0]["sequence"], 1);
    assert_eq!(value["cues"][0]["title"], "=Tide, \"again\"");
    assert_eq!(value["cues"][0]["writers"][1], "B (A)");
    assert_eq!(value["header"]["Series"], "Promise");
}

#[test]
fn a_workbook_has_texts_as_texts_and_numbers_as_numbers() {
    let bytes = write(SheetFormat::Xlsx, &sheet()).expect("it can be written");
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("it is a workbook");
    let cells = book.worksheet_range("Cue sheet").expect("it is there");
    assert_eq!(cells.get_value((4, 0)), Some(&Data::Float(1.0)));
    assert_eq!(
        cells.get_value((4, 1)),
        Some(&Data::String("=Tide, \"again\"".to_owned()))
    );
    assert_eq!(
        cells.get_value((5, 2)),
        Some(&Data::String("1:05".to_owned()))
    );
    let remarks = book.worksheet_range("To do").expect("it is there");
    assert_eq!(remarks.height(), 1);
}

#[test]
fn the_templates_that_come_with_the_program_can_be_read() {
    let templates = built_in().expect("they can be read");
    let names: Vec<&str> = templates.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["us", "uk", "list"]);
}

#[test]
fn a_word_that_means_nothing_is_named_with_those_that_do() {
    let refused = template(
        "{\"name\": \"x\", \"header\": [], \"columns\": [[\"A\", \"tittle\"]], \"codes\": []}",
    );
    let said = refused.expect_err("there is no such field").to_string();
    assert!(
        said.contains("“tittle”") && said.contains("title"),
        "{said}"
    );
}
