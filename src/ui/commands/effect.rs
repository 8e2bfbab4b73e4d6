//! What each command amounts to at the moment, or that it can't be done now.

use super::Command;
use crate::app::Action;
use crate::app::App;
use crate::app::EpisodeAction;
use crate::app::FileAction;
use crate::app::Focus;
use crate::app::Line;
use crate::app::ListAction;
use crate::app::MeasuringAction;
use crate::app::Names;
use crate::app::Nudge;
use crate::app::PoolAction;
use crate::app::RowStep;
use crate::app::Settings;
use crate::app::ThemeChoice;
use crate::app::TimelineAction;
use crate::app::TransportAction;
use crate::audio::Direction;
use crate::model::Rating;
use crate::model::SceneId;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::ops::place::Target;
use crate::ops::search::Query;
use crate::time::Ticks;
use crate::ui::panels::timeline::TimelineCommand;

/// The most and the least that everything can be turned up, in hundredths of a decibel.
const VOLUME_RANGE: (i32, i32) = (-6000, 600);
/// How much louder or softer one press makes everything, in hundredths of a decibel.
const VOLUME_STEP: i32 = 100;

/// What a command does.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Asks something of the core.
    Act(Vec<Action>),
    /// Changes what is seen.
    View(ViewRequest),
}

/// Something about the window that the core does not know of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewRequest {
    /// Shows or hides the pool.
    TogglePool,
    /// Shows or hides the inspector.
    ToggleInspector,
    /// Lists the pool in columns, or in rows again.
    TogglePoolTable,
    /// Shows or hides the artwork in the pool.
    TogglePoolArtwork,
    /// Opens the palette.
    Palette,
    /// Puts the cursor into the search box.
    FocusSearch,
    /// Opens the dialog for a new episode.
    NewEpisode,
    /// Opens the dialog for writing a scene as a sound file.
    Export,
    /// Opens the preferences.
    Settings,
    /// Says how sound has fared.
    Diagnostics,
    /// Shows or hides the list of shortcuts.
    Shortcuts,
    /// Says what this program is.
    About,
    /// Changes how large everything is.
    Scale(UiScale),
    /// Something about what the timeline shows.
    Timeline(TimelineCommand),
    /// Closes the window.
    Quit,
}

/// How the size of the interface changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UiScale {
    /// One step larger.
    Larger,
    /// One step smaller.
    Smaller,
    /// As the system has it.
    Normal,
}

impl Command {
    /// What it does now; nothing when it can't be done now.
    pub fn effect(self, app: &App) -> Option<Effect> {
        if let Some(request) = self.view_request(app) {
            return Some(Effect::View(request));
        }
        let actions = self.actions(app)?;
        (!actions.is_empty()).then_some(Effect::Act(actions))
    }

    fn view_request(self, app: &App) -> Option<ViewRequest> {
        let with_show = |request| app.show().map(|_| request);
        let with_cut = |request| app.open_cut().map(|_| ViewRequest::Timeline(request));
        match self {
            Self::Settings => Some(ViewRequest::Settings),
            Self::Quit => Some(ViewRequest::Quit),
            Self::Find => with_show(ViewRequest::FocusSearch),
            Self::NewEpisode => with_show(ViewRequest::NewEpisode),
            Self::Export => {
                let is_something = app.scene_at_hand().is_some() || app.slot_at_hand().is_some();
                is_something.then_some(ViewRequest::Export)
            }
            Self::SetIn => with_cut(TimelineCommand::RangeIn),
            Self::SetOut => with_cut(TimelineCommand::RangeOut),
            Self::NewScene => with_cut(TimelineCommand::AddScene),
            Self::ZoomIn => with_cut(TimelineCommand::ZoomIn),
            Self::ZoomOut => with_cut(TimelineCommand::ZoomOut),
            Self::ZoomToFit => with_cut(TimelineCommand::FitEpisode),
            Self::ZoomToScene => with_cut(TimelineCommand::FitScene),
            Self::ClearRange => with_cut(TimelineCommand::ClearRange),
            Self::Magnet => with_cut(TimelineCommand::ToggleMagnet),
            Self::Follow => with_cut(TimelineCommand::CycleFollow),
            Self::Palette => Some(ViewRequest::Palette),
            Self::TogglePool => with_show(ViewRequest::TogglePool),
            Self::ToggleInspector => with_show(ViewRequest::ToggleInspector),
            Self::PoolTable => with_show(ViewRequest::TogglePoolTable),
            Self::PoolArtwork => with_show(ViewRequest::TogglePoolArtwork),
            Self::LargerInterface => Some(ViewRequest::Scale(UiScale::Larger)),
            Self::SmallerInterface => Some(ViewRequest::Scale(UiScale::Smaller)),
            Self::NormalInterface => Some(ViewRequest::Scale(UiScale::Normal)),
            Self::Diagnostics => Some(ViewRequest::Diagnostics),
            Self::Shortcuts => Some(ViewRequest::Shortcuts),
            Self::About => Some(ViewRequest::About),
            _ => None,
        }
    }

    fn actions(self, app: &App) -> Option<Vec<Action>> {
        let action = match self {
            Self::NewShow => Action::File(FileAction::NewDialog),
            Self::OpenShow => Action::File(FileAction::OpenDialog),
            Self::OpenDemo => Action::File(FileAction::OpenDemo),
            Self::ThemeDark => settings(app, |s| s.theme = ThemeChoice::Dark)?,
            Self::ThemeLight => settings(app, |s| s.theme = ThemeChoice::Light)?,
            Self::ThemeSystem => settings(app, |s| s.theme = ThemeChoice::System)?,
            Self::Level => settings(app, |s| s.is_levelled = !s.is_levelled)?,
            Self::Louder => settings(app, |s| set_volume(s, s.volume + VOLUME_STEP))?,
            Self::Softer => settings(app, |s| set_volume(s, s.volume - VOLUME_STEP))?,
            Self::CloseNotices => {
                let ids = app.notices().iter().map(|notice| notice.id);
                return Some(ids.map(Action::CloseNotice).collect());
            }
            Self::CancelJobs => {
                let jobs = app.jobs();
                let jobs = jobs.iter().map(|job| Action::CancelJob(job.id));
                let measuring = app.measuring().map(|_| MeasuringAction::Cancel);
                return Some(jobs.chain(measuring.map(Action::Measuring)).collect());
            }
            _ => return self.actions_in_show(app),
        };
        Some(vec![action])
    }

    /// What needs an open show.
    fn actions_in_show(self, app: &App) -> Option<Vec<Action>> {
        let session = app.session()?;
        let action = match self {
            Self::ResetDemo => Action::File(FileAction::ResetDemo),
            Self::Save => Action::File(FileAction::Save),
            Self::RevealShow => Action::File(FileAction::Reveal),
            Self::Undo => session.undo_label().map(|_| Action::Undo)?,
            Self::Redo => session.redo_label().map(|_| Action::Redo)?,
            Self::Delete => {
                let is_something = app.selection().focus() != Focus::Nothing;
                is_something.then_some(Action::Timeline(TimelineAction::RemoveFocused))?
            }
            Self::LetGo => let_go(app)?,
            Self::AddFiles => Action::Pool(PoolAction::AddFilesDialog),
            Self::AddFolder => Action::Pool(PoolAction::AddFolderDialog),
            Self::ReviewList => Action::Pool(PoolAction::ReviewListDialog),
            Self::Relink => Action::Pool(PoolAction::RelinkDialog),
            Self::PauseMeasuring => Action::Measuring(if app.is_measuring_paused() {
                MeasuringAction::Resume
            } else {
                app.measuring()?;
                MeasuringAction::Pause
            }),
            Self::FindDuplicates => Action::Pool(PoolAction::FindDuplicates),
            Self::CollectMedia => Action::Pool(PoolAction::CollectMedia),
            _ => {
                return self
                    .actions_in_pool(app)
                    .or_else(|| self.actions_in_cut(app));
            }
        };
        Some(vec![action])
    }

    /// What needs tracks in the pool.
    fn actions_in_pool(self, app: &App) -> Option<Vec<Action>> {
        let rows = app.pool().rows();
        let selected = app.selection().tracks();
        let chosen = || (!selected.is_empty()).then(|| selected.to_vec());
        let act = |action| Some(vec![Action::Pool(action)]);
        match self {
            Self::SelectAll => {
                (!rows.is_empty()).then(|| vec![Action::Pool(PoolAction::SelectAll)])
            }
            Self::ExportList => {
                (!rows.is_empty()).then(|| vec![Action::Pool(PoolAction::ExportListDialog)])
            }
            Self::FindSimilar => {
                let query = Query {
                    similar: Some(app.selection().lead()?),
                    ..app.pool().query().of_everything()
                };
                act(PoolAction::Find(query))
            }
            Self::NewList => act(PoolAction::List(ListAction::New(chosen()?))),
            Self::KeepSearch => {
                let query = app.pool().query();
                let is_something = !query.as_text().is_empty();
                is_something.then(|| vec![Action::Pool(PoolAction::List(ListAction::Keep))])
            }
            Self::ShowAll => {
                let query = app.pool().query();
                let all = query.of_everything();
                (*query != all).then(|| vec![Action::Pool(PoolAction::Find(all))])
            }
            Self::RowUp => step(app, RowStep::Up),
            Self::RowDown => step(app, RowStep::Down),
            Self::ExtendUp => act(PoolAction::Select(extended(app, RowStep::Up)?)),
            Self::ExtendDown => act(PoolAction::Select(extended(app, RowStep::Down)?)),
            Self::PlaceOnScene => {
                let scene = app.transport().armed()?;
                app.open_cut()?;
                let mut tracks = chosen()?;
                // The leading one was selected last, and becomes the pick.
                tracks.reverse();
                let place = TimelineAction::Place(tracks, Target::Scene(scene));
                Some(vec![Action::Timeline(place)])
            }
            Self::PlayTrack if app.transport().armed().is_none() => {
                let lead = app.selection().lead()?;
                Some(vec![Action::Transport(TransportAction::Press(lead))])
            }
            Self::TryInPlace => {
                app.open_cut()?;
                let lead = app.selection().lead()?;
                Some(vec![Action::Transport(TransportAction::Try(lead))])
            }
            Self::MeasureAgain => {
                let again = MeasuringAction::Again(chosen()?);
                Some(vec![Action::Measuring(again)])
            }
            Self::Rate(stars) => act(PoolAction::Rate(chosen()?, Rating::new(stars))),
            Self::TapTempo => act(PoolAction::Tap(app.track_at_hand()?)),
            Self::DownbeatHere => {
                let track = app.track_at_hand()?;
                let here = Some(app.moment_at_hand(track)?);
                let field = TrackField::DownbeatByHand(here);
                act(PoolAction::Set(vec![track], field))
            }
            Self::State(state) => act(PoolAction::Set(chosen()?, TrackField::State(state))),
            Self::RevealTrack => act(PoolAction::Reveal(app.selection().lead()?)),
            _ => None,
        }
    }

    /// What needs an open cut, or something that plays.
    fn actions_in_cut(self, app: &App) -> Option<Vec<Action>> {
        let transport = app.transport();
        let is_running = transport.state().is_running();
        let cut = app.open_cut();
        let on_cut = |action| cut.map(|_| Action::Timeline(action));
        let on_episode = |action| cut.map(|_| Action::Episode(action));
        let can_play = cut.is_some() || app.selection().lead().is_some();
        let can_move = cut.is_some() || matches!(transport.line(), Line::Track(_));
        let play = |action| can_play.then_some(Action::Transport(action));
        let go = |action| can_move.then_some(Action::Transport(action));
        let action = match self {
            Self::Import => on_episode(EpisodeAction::ImportDialog),
            Self::ChooseGuide => on_episode(EpisodeAction::GuideDialog),
            Self::RemoveGuide => {
                cut.and_then(|(_, _, cut)| cut.guide.as_ref())?;
                on_episode(EpisodeAction::RemoveGuide)
            }
            Self::ExportTimeline(format) => on_episode(EpisodeAction::ExportTimelineDialog(format)),
            Self::RemoveEpisode => {
                let episode = cut?.0.episode;
                on_episode(EpisodeAction::Remove(episode))
            }
            Self::AddMarker => on_cut(TimelineAction::AddMarker(None)),
            Self::PreviousScene => arm_beside(app, RowStep::Up),
            Self::NextScene => arm_beside(app, RowStep::Down),
            Self::Toggle => play(TransportAction::Toggle),
            Self::ShuttleOn => play(TransportAction::Shuttle(Direction::Forwards)),
            Self::ShuttleBack => go(TransportAction::Shuttle(Direction::Backwards)),
            Self::Pause if is_running => play(TransportAction::Toggle),
            Self::Stop => go(TransportAction::Stop),
            Self::PlayScene => {
                let scene = transport.armed()?;
                play(TransportAction::PlayScene(scene))
            }
            Self::PlayRange => {
                transport.range()?;
                play(TransportAction::PlayRange)
            }
            Self::PlayAroundMarker => {
                transport.next_marker(cut?.2)?;
                play(TransportAction::PlayAroundMarker)
            }
            Self::Round => {
                cut.map(|_| Action::Transport(TransportAction::ToggleRound(Names::Shown)))
            }
            Self::BlindRound => {
                cut.map(|_| Action::Transport(TransportAction::ToggleRound(Names::Hidden)))
            }
            Self::Judge(opinion) => {
                let is_heard = transport.turn().is_some() || has_pick(app);
                is_heard.then_some(Action::Timeline(TimelineAction::Judge(opinion)))
            }
            Self::SecondBack => go(TransportAction::Jog(Nudge::Seconds(-1))),
            Self::SecondOn => go(TransportAction::Jog(Nudge::Seconds(1))),
            Self::FrameBack => go(TransportAction::Jog(Nudge::Frames(-1))),
            Self::FrameOn => go(TransportAction::Jog(Nudge::Frames(1))),
            Self::GoToStart => match transport.line() {
                Line::Track(track) if is_running => {
                    go(TransportAction::PlayFrom(track, Ticks::ZERO))
                }
                _ => cut.map(|_| Action::Transport(TransportAction::Seek(Ticks::ZERO))),
            },
            Self::GoToEnd => cut.map(|(_, _, cut)| {
                let last = cut.length - cut.timebase.rate().frame_length();
                Action::Transport(TransportAction::Seek(last.max(Ticks::ZERO)))
            }),
            Self::PreviousMarker => cut.map(|_| Action::Transport(TransportAction::PreviousMarker)),
            Self::NextMarker => cut.map(|_| Action::Transport(TransportAction::NextMarker)),
            Self::Loop => cut.map(|_| Action::Transport(TransportAction::ToggleLoop)),
            Self::Guide => cut.map(|_| Action::Transport(TransportAction::ToggleGuide)),
            Self::GuideAlone => cut.map(|_| Action::Transport(TransportAction::ToggleGuideAlone)),
            Self::Mono => Some(Action::Transport(TransportAction::ToggleMono)),
            Self::NudgeEarlier => on_cut(TimelineAction::Nudge(Nudge::Frames(-1))),
            Self::NudgeLater => on_cut(TimelineAction::Nudge(Nudge::Frames(1))),
            Self::NudgeEarlierBySecond => on_cut(TimelineAction::Nudge(Nudge::Seconds(-1))),
            Self::NudgeLaterBySecond => on_cut(TimelineAction::Nudge(Nudge::Seconds(1))),
            Self::NudgeEarlierByBeat => on_cut(TimelineAction::Nudge(Nudge::Beats(-1))),
            Self::NudgeLaterByBeat => on_cut(TimelineAction::Nudge(Nudge::Beats(1))),
            Self::Pick(number) => on_cut(TimelineAction::PickNumber(usize::from(number))),
            _ => None,
        };
        Some(vec![action?])
    }
}

/// The settings with one of them changed, if that changes anything.
fn settings(app: &App, change: impl FnOnce(&mut Settings)) -> Option<Action> {
    let mut changed = app.settings().clone();
    change(&mut changed);
    (changed != *app.settings()).then(|| Action::Settings(Box::new(changed)))
}

/// Whether the slot that keys act on has a pick.
fn has_pick(app: &App) -> bool {
    let slot = app.slot_at_hand();
    let cut = app.open_cut().map(|(_, _, cut)| cut);
    slot.zip(cut)
        .is_some_and(|(slot, cut)| cut.slot(slot).is_some_and(|slot| slot.picked().is_some()))
}

fn set_volume(settings: &mut Settings, volume: i32) {
    settings.volume = volume.clamp(VOLUME_RANGE.0, VOLUME_RANGE.1);
}

fn let_go(app: &App) -> Option<Action> {
    if app.transport().armed().is_some() {
        return Some(Action::Transport(TransportAction::Arm(None)));
    }
    match app.selection().focus() {
        Focus::Nothing => None,
        Focus::Tracks => Some(Action::Pool(PoolAction::Select(Vec::new()))),
        Focus::Scene(_) | Focus::Marker(_) | Focus::Slot(..) => Some(Action::Focus(Focus::Nothing)),
    }
}

fn step(app: &App, step: RowStep) -> Option<Vec<Action>> {
    let is_possible = !app.pool().rows().is_empty();
    is_possible.then(|| vec![Action::Transport(TransportAction::Step(step))])
}

/// The selection with the row beside the leading one as the new leading one.
fn extended(app: &App, step: RowStep) -> Option<Vec<TrackId>> {
    let rows = app.pool().rows();
    let lead = app.selection().lead()?;
    let here = app.pool().position(lead)?;
    let there = match step {
        RowStep::Up => here.checked_sub(1)?,
        RowStep::Down => here + 1,
    };
    let next = *rows.get(there)?;
    let mut tracks = app.selection().tracks().to_vec();
    if tracks.contains(&next) {
        // Going back over rows that are selected lets go of them again.
        tracks.retain(|id| *id != lead && *id != next);
    }
    tracks.push(next);
    Some(tracks)
}

/// Arms the scene before or after the armed one, or the one nearest to the playhead.
fn arm_beside(app: &App, step: RowStep) -> Option<Action> {
    let (_, _, cut) = app.open_cut()?;
    let scenes = cut.scenes();
    let armed = app.transport().armed();
    let here = armed.and_then(|armed| scenes.iter().position(|(id, _)| *id == armed));
    let chosen: Option<SceneId> = match (here, step) {
        (Some(here), RowStep::Up) => here.checked_sub(1),
        (Some(here), RowStep::Down) => Some(here + 1),
        (None, step) => {
            let playhead = app.playhead();
            match step {
                RowStep::Up => scenes.iter().rposition(|(_, s)| s.span.start() <= playhead),
                RowStep::Down => scenes.iter().position(|(_, s)| s.span.end() > playhead),
            }
        }
    }
    .and_then(|index| scenes.get(index))
    .map(|(id, _)| *id);
    Some(Action::Transport(TransportAction::Arm(Some(chosen?))))
}
