//! A sheet as text: a table for spreadsheets (RFC 4180), and data for programs.

use csv::{Terminator, WriterBuilder};
use serde_json::{Map, Value, json};

use crate::interchange::table::safe;
use crate::model::CueField;
use crate::model::Sheet;

/// The sheet as a table, with the head above it and the sums below it. It begins with a byte-order
/// mark, without which Excel takes UTF-8 for the code page of the machine.
pub(super) fn csv(sheet: &Sheet) -> Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let pair = |pair: &(String, String)| [safe(&pair.0), safe(&pair.1)];
    for line in &sheet.header {
        writer.write_record(pair(line))?;
    }
    writer.write_record([""])?;
    writer.write_record(sheet.columns.iter().map(|column| safe(&column.heading)))?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|cell| safe(cell)))?;
    }
    writer.write_record([""])?;
    for line in &sheet.totals {
        writer.write_record(pair(line))?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}

/// The sheet as an object: the head by heading, the cues by field.
pub(super) fn json(sheet: &Sheet) -> Result<Vec<u8>, serde_json::Error> {
    let pairs = |pairs: &[(String, String)]| {
        let pairs = pairs.iter();
        let object: Map<String, Value> = pairs
            .map(|(heading, text)| (heading.clone(), text.as_str().into()))
            .collect();
        object
    };
    let cue = |row: &Vec<String>| {
        let cells = sheet.columns.iter().zip(row);
        let object: Map<String, Value> = cells
            .map(|(column, text)| (word(column.field).to_owned(), value(column.field, text)))
            .collect();
        object
    };
    let cues: Vec<_> = sheet.rows.iter().map(cue).collect();
    let mut bytes = serde_json::to_vec_pretty(&json!({
        "title": sheet.title,
        "header": pairs(&sheet.header),
        "cues": cues,
        "totals": pairs(&sheet.totals),
        "remarks": sheet.remarks,
    }))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn word(field: CueField) -> &'static str {
    let found = CueField::WORDS.iter().find(|(known, _)| *known == field);
    found.map_or("", |(_, word)| word)
}

/// Numbers are numbers, and parties are one each.
fn value(field: CueField, text: &str) -> Value {
    match field {
        CueField::Writers | CueField::Publishers => text.lines().collect(),
        field if field.is_number() => text.parse::<i64>().map_or(Value::Null, Value::from),
        _ => text.into(),
    }
}
