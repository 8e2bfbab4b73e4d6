//! Who changed what and when: the document keeps it with every change.

use automerge::Author;
use automerge::ChangeMetadata;

use crate::model::Moment;

/// Who makes changes, and on which machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// Their name, as they write it.
    pub name: String,
    /// The machine's name.
    pub machine: String,
}

impl Who {
    /// The name and the machine on a line each: how the document keeps them.
    pub(super) fn to_author(&self) -> Author<'static> {
        Author::from(format!("{}\n{}", self.name, self.machine).into_bytes())
    }

    fn from_author(author: &Author<'_>) -> Self {
        let text = String::from_utf8_lossy(author.as_bytes());
        let (name, machine) = text.split_once('\n').unwrap_or((&text, ""));
        Self {
            name: name.to_owned(),
            machine: machine.to_owned(),
        }
    }
}

/// One change in the history of a show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Who made it, if they said.
    pub who: Option<Who>,
    /// When, to the second, by their clock.
    pub when: Moment,
    /// What it was, in the words of whoever made it.
    pub label: String,
}

impl LogEntry {
    pub(super) fn of(change: &ChangeMetadata<'_>, author: Option<&Author<'_>>) -> Self {
        Self {
            who: author.map(Who::from_author),
            when: Moment::from_unix_millis(change.timestamp.saturating_mul(1000)),
            label: change.message.as_deref().unwrap_or_default().to_owned(),
        }
    }
}
