//! Finding what somebody means from a few letters of it.

/// How well `needle` fits `hay`, or `None` if its letters do not occur there in order. Letters
/// that follow one another, or that begin a word, count more; so do shorter texts.
pub fn fuzzy_score(needle: &str, hay: &str) -> Option<i32> {
    let hay: Vec<char> = hay.chars().flat_map(char::to_lowercase).collect();
    let needle: Vec<char> = needle
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    if needle.is_empty() {
        return Some(0);
    }
    let best = (0..hay.len())
        .filter(|&start| hay.get(start) == needle.first())
        .filter_map(|start| score_from(&needle, &hay, start))
        .max()?;
    Some(best - i32::try_from(hay.len()).unwrap_or(i32::MAX).min(60) / 6)
}

/// The score of taking each letter at its first place from `start` on.
fn score_from(needle: &[char], hay: &[char], start: usize) -> Option<i32> {
    let mut score = 0;
    let mut at = start;
    let mut previous = None;
    for letter in needle {
        let found = at + hay.get(at..)?.iter().position(|c| c == letter)?;
        let begins_word = found == 0 || !hay[found - 1].is_alphanumeric();
        score += 4;
        if begins_word {
            score += 8;
        }
        if previous.is_some_and(|previous| previous + 1 == found) {
            score += 6;
        }
        if found == 0 {
            score += 4;
        }
        previous = Some(found);
        at = found + 1;
    }
    Some(score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_must_occur_in_order() {
        assert!(fuzzy_score("plc", "Place on scene").is_some());
        assert_eq!(fuzzy_score("cpl", "Place"), None);
        assert_eq!(fuzzy_score("", "Anything"), Some(0));
    }

    #[test]
    fn beginnings_of_words_win() {
        let initials = fuzzy_score("ls", "Loop scene");
        assert!(initials > fuzzy_score("ls", "Tools"));
    }

    #[test]
    fn what_is_typed_in_full_wins_over_scattered_letters() {
        let whole = fuzzy_score("undo", "Undo");
        assert!(whole > fuzzy_score("undo", "Unfold all sections on"));
    }

    #[test]
    fn case_and_spaces_do_not_matter() {
        assert_eq!(
            fuzzy_score("Loop Scene", "loop scene"),
            fuzzy_score("loopscene", "loop scene")
        );
    }
}
