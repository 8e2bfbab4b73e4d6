//! The search box cut into pieces: what stands between blanks, in quotes, before a colon.

/// One piece between blanks.
pub(super) struct Piece {
    pub(super) is_negated: bool,
    /// What stands before the first colon.
    pub(super) field: Option<String>,
    /// What stands after it, or everything; a field may have several, with commas between.
    pub(super) values: Vec<Value>,
}

/// A value, in quotes or not.
#[derive(Default)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) is_quoted: bool,
}

/// The pieces of `text`, in its order.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut letters = text.chars().peekable();
    loop {
        while letters.next_if(|c| c.is_whitespace()).is_some() {}
        if letters.peek().is_none() {
            return pieces;
        }
        let is_negated = letters.next_if_eq(&'-').is_some();
        let mut field = None;
        let mut values = Vec::new();
        let mut value = Value::default();
        while let Some(letter) = letters.next_if(|c| !c.is_whitespace()) {
            match letter {
                '"' | '“' | '”' => {
                    value.is_quoted = true;
                    let is_end = |c: &char| matches!(c, '"' | '“' | '”');
                    while let Some(inside) = letters.next_if(|c| !is_end(c)) {
                        value.text.push(inside);
                    }
                    // One that is not closed yet goes to the end.
                    letters.next();
                }
                ':' if field.is_none() && !value.is_quoted => {
                    field = Some(std::mem::take(&mut value.text));
                }
                ',' if field.is_some() => values.push(std::mem::take(&mut value)),
                letter => value.text.push(letter),
            }
        }
        values.push(value);
        pieces.push(Piece {
            is_negated,
            field,
            values,
        });
    }
}
