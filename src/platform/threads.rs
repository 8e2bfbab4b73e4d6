//! Who goes first among the threads of this process, and where they may run. On systems other than
//! Linux these do nothing: there the sound system sees to its own threads.

/// Leaves the last core to others: no thread of this process whose name begins so runs on it from
/// now on. Does nothing where there is only one core.
///
/// Fairness between busy threads is not enough for sound. A sound server, its client and the
/// callback wake one another up, each within a few milliseconds, and behind threads that compute
/// all the time each of them comes a turn late.
pub fn leave_a_core_to_others(prefix: &str) {
    #[cfg(target_os = "linux")]
    linux::leave_a_core_to_others(prefix);
    #[cfg(not(target_os = "linux"))]
    let _ = prefix;
}

/// Lets the threads whose names begin so go before others, where the system permits it. It does to
/// who may use real-time sound; for everyone else nothing changes.
pub fn put_first(prefixes: &[&str]) {
    #[cfg(target_os = "linux")]
    linux::put_first(prefixes);
    #[cfg(not(target_os = "linux"))]
    let _ = prefixes;
}

/// Lets this thread go after all others, from now on.
pub fn go_last() {
    #[cfg(target_os = "linux")]
    linux::go_last();
}

/// Lets this thread go after the window and the sound, from now on, but before what goes last.
pub fn step_back() {
    #[cfg(target_os = "linux")]
    linux::step_back();
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::path::Path;

    use rustix::process::setpriority_process;
    use rustix::thread::CpuSet;
    use rustix::thread::Pid;
    use rustix::thread::sched_getaffinity;
    use rustix::thread::sched_setaffinity;

    /// As far behind others as there is (`setpriority(2)`).
    const LAST: i32 = 19;
    /// Behind others: with a third of the share that each of them has (`sched(7)`).
    const BACK: i32 = 5;
    /// How far before others: as far as `PulseAudio`'s server goes by itself.
    const FIRST: i32 = -11;

    pub(super) fn leave_a_core_to_others(prefix: &str) {
        for id in threads_named(&[prefix]) {
            if let Err(error) = leave_a_core(id) {
                tracing::debug!("a thread may go on using every core: {error}");
            }
        }
    }

    pub(super) fn put_first(prefixes: &[&str]) {
        for id in threads_named(prefixes) {
            // Given the number of a thread, this is about that thread alone (`setpriority(2)`).
            if let Err(error) = setpriority_process(Some(id), FIRST) {
                tracing::debug!("a thread of the sound waits its turn like any other: {error}");
            }
        }
    }

    pub(super) fn go_last() {
        go_after(LAST);
    }

    pub(super) fn step_back() {
        go_after(BACK);
    }

    fn go_after(others: i32) {
        if let Err(error) = setpriority_process(None, others) {
            tracing::debug!("a thread of the background takes its turn like any other: {error}");
        }
    }

    /// Every thread has a folder, named by its number (`proc_pid_task(5)`).
    fn threads_named(prefixes: &[&str]) -> Vec<Pid> {
        let folders = fs::read_dir("/proc/self/task").into_iter().flatten();
        folders
            .flatten()
            .map(|folder| folder.path())
            .filter(|folder| {
                let name = name(folder);
                prefixes.iter().any(|prefix| name.starts_with(prefix))
            })
            .filter_map(|folder| number(&folder))
            .collect()
    }

    fn name(thread: &Path) -> String {
        fs::read_to_string(thread.join("comm")).unwrap_or_default()
    }

    fn number(thread: &Path) -> Option<Pid> {
        Pid::from_raw(thread.file_name()?.to_str()?.parse().ok()?)
    }

    fn leave_a_core(id: Pid) -> rustix::io::Result<()> {
        let mut cores = sched_getaffinity(Some(id))?;
        let last = (0..CpuSet::MAX_CPU).rev().find(|core| cores.is_set(*core));
        if let Some(last) = last
            && cores.count() > 1
        {
            cores.unset(last);
            sched_setaffinity(Some(id), &cores)?;
        }
        Ok(())
    }

    #[cfg(test)]
    mod tests {
        use std::sync::mpsc;
        use std::thread;

        use super::*;

        /// How many cores each of two threads may use after `leave_a_core_to_others("draw")`.
        fn n_cores_of(names: [&'static str; 2]) -> [u32; 2] {
            let (told, tell) = mpsc::channel();
            let waiting = names.map(|name| {
                let told = told.clone();
                let (go, wait) = mpsc::channel::<()>();
                let builder = thread::Builder::new().name(name.to_owned());
                let joined = builder.spawn(move || {
                    told.send(()).expect("the test waits");
                    wait.recv().expect("the test goes on");
                    sched_getaffinity(None).map_or(0, |cores| cores.count())
                });
                (go, joined.expect("a thread can be started"))
            });
            for _ in &waiting {
                tell.recv().expect("both have started");
            }
            leave_a_core_to_others("draw");
            waiting.map(|(go, joined)| {
                go.send(()).expect("it waits");
                joined.join().expect("it ends")
            })
        }

        #[test]
        fn only_threads_of_that_name_leave_a_core() {
            let all = sched_getaffinity(None).map_or(0, |cores| cores.count());
            let left = if all > 1 { all - 1 } else { all };
            assert_eq!(n_cores_of(["draw-0", "play-0"]), [left, all]);
        }
    }
}
