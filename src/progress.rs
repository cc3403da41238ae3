//! 进度: how far a long command is, counted by those who do the work and read by whoever shows it.
//!
//! Every count is an atomic of its own, so that threads count without waiting for each other; what is read together may
//! be of slightly different moments, which no reader of a progress bar minds.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A stage of a build, in order. Rendering, writing and indexing go on at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// 读入: content files, from disk and from the cache.
    Read,
    /// 识别: what their documents say.
    Extract,
    /// 汇总: what joins documents.
    Join,
    /// 排版: pages and data files.
    Render,
    /// 写出: the files of the site, and their bytes.
    Write,
    /// 索引: the search index.
    Index,
    /// 发布: the new site in the place of the old one.
    Publish,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Stage; 7] =
        [Stage::Read, Stage::Extract, Stage::Join, Stage::Render, Stage::Write, Stage::Index, Stage::Publish];

    /// As people say it.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Read => "读入",
            Stage::Extract => "识别",
            Stage::Join => "汇总",
            Stage::Render => "排版",
            Stage::Write => "写出",
            Stage::Index => "索引",
            Stage::Publish => "发布",
        }
    }
}

/// How far every stage is.
#[derive(Debug, Default)]
pub struct Progress {
    counters: [Counter; Stage::ALL.len()],
}

#[derive(Debug, Default)]
struct Counter {
    expected: AtomicU64,
    items: AtomicU64,
    bytes: AtomicU64,
    nanoseconds: AtomicU64,
}

/// How far one stage is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// How many items there are, where that is known; else 0.
    pub expected: u64,
    /// How many are done.
    pub items: u64,
    /// Their bytes, where bytes are counted.
    pub bytes: u64,
    /// The time that it took, that of all cores together.
    pub time: Duration,
}

impl Progress {
    /// So many items more are to be done.
    pub fn foresee(&self, stage: Stage, items: usize) {
        self.counters[stage as usize].expected.fetch_add(items as u64, Ordering::Relaxed);
    }

    /// So many items, of so many bytes, are done.
    pub fn add(&self, stage: Stage, items: usize, bytes: u64) {
        let counter = &self.counters[stage as usize];
        counter.items.fetch_add(items as u64, Ordering::Relaxed);
        counter.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Does some of a stage, and counts the time.
    pub fn time<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        let spent = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.counters[stage as usize].nanoseconds.fetch_add(spent, Ordering::Relaxed);
        done
    }

    /// How far a stage is.
    pub fn of(&self, stage: Stage) -> Done {
        let counter = &self.counters[stage as usize];
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Done {
            expected: read(&counter.expected),
            items: read(&counter.items),
            bytes: read(&counter.bytes),
            time: Duration::from_nanos(read(&counter.nanoseconds)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_is_counted_by_stage() {
        let progress = Progress::default();
        progress.foresee(Stage::Read, 3);
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| progress.time(Stage::Read, || progress.add(Stage::Read, 1, 10)));
            }
        });
        progress.time(Stage::Read, || std::thread::sleep(Duration::from_millis(2)));
        let read = progress.of(Stage::Read);
        assert_eq!((read.expected, read.items, read.bytes), (3, 2, 20));
        assert!(read.time >= Duration::from_millis(2));
        assert_eq!(progress.of(Stage::Write), Done::default());
    }
}
