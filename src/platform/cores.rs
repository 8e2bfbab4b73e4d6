//! Which processor cores threads may use.

/// Leaves the last core to others: no thread of this process whose name begins so runs on it from
/// now on. Does nothing where there is only one core, and on systems other than Linux.
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

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::path::Path;

    use rustix::thread::CpuSet;
    use rustix::thread::Pid;
    use rustix::thread::sched_getaffinity;
    use rustix::thread::sched_setaffinity;

    pub(super) fn leave_a_core_to_others(prefix: &str) {
        // Every thread has a folder here, named by its number (proc_pid_task(5)).
        let Ok(threads) = fs::read_dir("/proc/self/task") else {
            return;
        };
        for thread in threads.flatten() {
            if name(&thread.path()).starts_with(prefix)
                && let Some(id) = number(&thread.path())
                && let Err(error) = leave_a_core(id)
            {
                tracing::debug!("a thread may go on using every core: {error}");
            }
        }
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
