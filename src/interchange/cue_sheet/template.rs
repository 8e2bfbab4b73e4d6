//! Templates of cue sheets as JSON: those that come with the program, and a show's own.

use serde::Deserialize;

use crate::model::CodeRule;
use crate::model::CueColumn;
use crate::model::CueField;
use crate::model::CueTemplate;
use crate::model::Function;
use crate::model::HeaderLine;
use crate::model::Rounding;
use crate::model::Shares;
use crate::model::Sight;
use crate::model::Voice;
use crate::time::Ticks;

/// The templates that come with the program, the usual one first, by what they go by on the command
/// line.
const BUILT_IN: [(&str, &str); 3] = [
    ("us", include_str!("../../../assets/cue-sheets/us.json")),
    ("uk", include_str!("../../../assets/cue-sheets/uk.json")),
    ("list", include_str!("../../../assets/cue-sheets/list.json")),
];

/// Why a template was not read.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// It is no JSON, or lacks something.
    #[error("the template cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// It has a word that means nothing.
    #[error("the template says “{word}” where it should say {expected}")]
    Word {
        /// The word.
        word: String,
        /// What would mean something.
        expected: String,
    },
}

/// A template as its file has it.
#[derive(Deserialize)]
struct File {
    name: String,
    #[serde(default)]
    shares: String,
    #[serde(default)]
    rounding: String,
    #[serde(default)]
    merge_gap_seconds: f64,
    header: Vec<(String, String)>,
    columns: Vec<(String, String)>,
    codes: Vec<Rule>,
}

#[derive(Deserialize)]
struct Rule {
    function: Option<String>,
    sight: Option<String>,
    voice: Option<String>,
    code: String,
}

/// The templates that come with the program: what each goes by, and the template.
///
/// # Errors
///
/// Never, as a test reads them all.
pub fn built_in() -> Result<Vec<(&'static str, CueTemplate)>, TemplateError> {
    BUILT_IN
        .into_iter()
        .map(|(name, text)| Ok((name, template(text)?)))
        .collect()
}

/// Reads a template.
///
/// # Errors
///
/// Fails when it is no JSON, lacks something, or has a word that means nothing.
pub fn template(text: &str) -> Result<CueTemplate, TemplateError> {
    let file: File = serde_json::from_str(text)?;
    let shares = [
        ("", Shares::TwoAccounts),
        ("two-accounts", Shares::TwoAccounts),
        ("one-account", Shares::OneAccount),
    ];
    let roundings = [
        ("", Rounding::Nearest),
        ("nearest", Rounding::Nearest),
        ("up", Rounding::Up),
        ("down", Rounding::Down),
    ];
    let line = |(heading, field): (String, String)| HeaderLine { heading, field };
    let column = |(heading, field): (String, String)| {
        let fields = CueField::WORDS.map(|(field, word)| (word, field));
        let field = meant(&field, &fields)?;
        Ok::<_, TemplateError>(CueColumn { heading, field })
    };
    Ok(CueTemplate {
        name: file.name,
        shares: meant(&file.shares, &shares)?,
        rounding: meant(&file.rounding, &roundings)?,
        merge_gap: Ticks::nearest_to_secs(file.merge_gap_seconds.clamp(0.0, 3600.0)),
        header: file.header.into_iter().map(line).collect(),
        columns: file
            .columns
            .into_iter()
            .map(column)
            .collect::<Result<_, _>>()?,
        codes: file.codes.into_iter().map(rule).collect::<Result<_, _>>()?,
    })
}

fn rule(rule: Rule) -> Result<CodeRule, TemplateError> {
    let functions = [
        ("background", Function::Background),
        ("featured", Function::Featured),
        ("opening", Function::OpeningTheme),
        ("closing", Function::ClosingTheme),
        ("theme", Function::Theme),
        ("logo", Function::Logo),
    ];
    let sights = [
        ("unseen", Sight::Unseen),
        ("performers", Sight::Performers),
        ("source", Sight::Source),
    ];
    let voices = [
        ("instrumental", Voice::Instrumental),
        ("vocal", Voice::Vocal),
    ];
    Ok(CodeRule {
        function: rule
            .function
            .map(|word| meant(&word, &functions))
            .transpose()?,
        sight: rule.sight.map(|word| meant(&word, &sights)).transpose()?,
        voice: rule.voice.map(|word| meant(&word, &voices)).transpose()?,
        code: rule.code,
    })
}

/// What a word means.
fn meant<T: Copy>(word: &str, words: &[(&str, T)]) -> Result<T, TemplateError> {
    let found = words.iter().find(|(known, _)| *known == word);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let known = words.iter().map(|(known, _)| *known);
        TemplateError::Word {
            word: word.to_owned(),
            expected: known
                .filter(|it| !it.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
        }
    })
}
