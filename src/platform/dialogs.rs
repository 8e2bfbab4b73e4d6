//! File dialogs that never hold the window up: asking returns at once, the answer comes later.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::Sender;
use std::sync::mpsc::channel;

/// What a dialog asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskKind {
    /// One file that is there.
    OpenFile,
    /// Files that are there.
    OpenFiles,
    /// A folder that is there.
    OpenFolder,
    /// A place for a new file.
    SaveFile,
}

/// A question for a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Tells the answer which question it belongs to.
    pub id: u64,
    /// What is asked for.
    pub kind: AskKind,
    /// The dialog's title.
    pub title: String,
    /// What the files to choose from are called, and their extensions in lower case.
    pub filter: Option<(String, Vec<String>)>,
    /// The name suggested for a new file.
    pub suggested: String,
}

/// The answer to a question. No paths: it was called off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Which question.
    pub id: u64,
    /// What was chosen.
    pub paths: Vec<PathBuf>,
}

/// Whoever asks the user for paths.
pub trait Dialogs {
    /// Asks; a question asked while another is open is dropped.
    fn ask(&mut self, ask: Ask);
    /// The answer, once there is one.
    fn poll(&mut self) -> Option<Answer>;
}

/// The system's own dialogs.
pub struct SystemDialogs {
    wake: Arc<dyn Fn() + Send + Sync>,
    is_open: bool,
    sender: Sender<Answer>,
    answers: Receiver<Answer>,
}

impl SystemDialogs {
    /// Dialogs that call `wake` when they are answered.
    pub fn new(wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        // Unbounded, but there is never more than one dialog open.
        let (sender, answers) = channel();
        Self {
            wake,
            is_open: false,
            sender,
            answers,
        }
    }
}

impl Dialogs for SystemDialogs {
    fn ask(&mut self, ask: Ask) {
        if self.is_open {
            return;
        }
        let mut dialog = rfd::AsyncFileDialog::new().set_title(&ask.title);
        if let Some((name, extensions)) = &ask.filter {
            // The portal's filters tell upper from lower case.
            let both: Vec<String> = extensions
                .iter()
                .flat_map(|ext| [ext.clone(), ext.to_uppercase()])
                .collect();
            dialog = dialog.add_filter(name, &both);
        }
        if !ask.suggested.is_empty() {
            dialog = dialog.set_file_name(&ask.suggested);
        }
        // The question is put on this thread, as macOS demands; another thread waits for the
        // answer.
        let one = |file: Option<rfd::FileHandle>| file.into_iter().collect();
        let question: std::pin::Pin<Box<dyn Future<Output = Vec<rfd::FileHandle>> + Send>> =
            match ask.kind {
                AskKind::OpenFile => {
                    let answer = dialog.pick_file();
                    Box::pin(async move { one(answer.await) })
                }
                AskKind::OpenFiles => {
                    let answer = dialog.pick_files();
                    Box::pin(async move { answer.await.unwrap_or_default() })
                }
                AskKind::OpenFolder => {
                    let answer = dialog.pick_folder();
                    Box::pin(async move { one(answer.await) })
                }
                AskKind::SaveFile => {
                    let answer = dialog.save_file();
                    Box::pin(async move { one(answer.await) })
                }
            };
        let sender = self.sender.clone();
        let wake = Arc::clone(&self.wake);
        let waiter = std::thread::Builder::new().name("dialog".to_owned());
        let spawned = waiter.spawn(move || {
            let files = pollster::block_on(question);
            let paths = files.iter().map(|file| file.path().to_owned()).collect();
            // The receiver is only gone when the program is ending.
            drop(sender.send(Answer { id: ask.id, paths }));
            wake();
        });
        match spawned {
            Ok(_) => self.is_open = true,
            Err(error) => tracing::error!("no thread for a file dialog: {error}"),
        }
    }

    fn poll(&mut self) -> Option<Answer> {
        let answer = self.answers.try_recv().ok()?;
        self.is_open = false;
        Some(answer)
    }
}
