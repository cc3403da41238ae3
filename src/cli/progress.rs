//! 进度: how far a build is, while it runs and when it is over.

use std::io::IsTerminal;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::output::remark;
use crate::progress::{Done, Progress, Stage};

/// How often the line on a terminal is drawn anew.
const DRAWN: Duration = Duration::from_millis(100);
/// How often a line is printed where there is no terminal; a build that takes less prints none.
const PRINTED: Duration = Duration::from_secs(30);

/// Does `work` and shows meanwhile how far it is: one line on a terminal, else a line now and then; nothing where nothing
/// is to be shown.
pub fn shown<T>(progress: &Progress, show: bool, work: impl FnOnce() -> T) -> T {
    if !show {
        return work();
    }
    std::thread::scope(|scope| {
        // The sender goes with the work, even with one that panics.
        let (running, over) = channel::<()>();
        scope.spawn(
            move || if std::io::stderr().is_terminal() { draw(progress, &over) } else { print(progress, &over) },
        );
        let done = work();
        drop(running);
        done
    })
}

fn is_over(over: &Receiver<()>, wait: Duration) -> bool {
    over.recv_timeout(wait) != Err(RecvTimeoutError::Timeout)
}

fn draw(progress: &Progress, over: &Receiver<()>) {
    let style = ProgressStyle::with_template("{prefix} {pos}/{len} {wide_bar} {per_sec}，约剩 {eta}");
    let bar = ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut last = None;
    while !is_over(over, DRAWN) {
        let Some((stage, done)) = current(progress) else { continue };
        if last.replace(stage) != Some(stage) {
            // Another stage goes at another pace.
            bar.reset();
            bar.set_prefix(stage.name());
        }
        bar.set_length(done.expected.max(done.items));
        bar.set_position(done.items);
    }
    bar.finish_and_clear();
}

fn print(progress: &Progress, over: &Receiver<()>) {
    let start = Instant::now();
    while !is_over(over, PRINTED) {
        if let Some((stage, done)) = current(progress) {
            remark(&line(stage, done, start.elapsed()));
        }
    }
}

fn line(stage: Stage, done: Done, since: Duration) -> String {
    let of = if done.expected > 0 { format!("/{}", done.expected) } else { String::new() };
    format!("{} {}{of}，已用 {} 秒", stage.name(), done.items, since.as_secs())
}

/// The first stage that has begun and is not over.
fn current(progress: &Progress) -> Option<(Stage, Done)> {
    let mut stages = Stage::ALL.into_iter().map(|stage| (stage, progress.of(stage)));
    stages.find(|(_, done)| done.items < done.expected)
}

/// What each stage did and how long it took.
pub fn timings(progress: &Progress, whole: Duration) -> String {
    table(&Stage::ALL.map(|stage| (stage, progress.of(stage))), whole)
}

fn table(rows: &[(Stage, Done)], whole: Duration) -> String {
    let mut out = "步骤      件数         字节        秒\n".to_owned();
    for (stage, done) in rows {
        let bytes = if done.bytes == 0 { String::new() } else { format!("{:.1} MB", done.bytes as f64 / 1e6) };
        let time = done.time.as_secs_f64();
        out.push_str(&format!("{}  {:>8}  {bytes:>11}  {time:>7.2}\n", stage.name(), done.items));
    }
    out.push_str(&format!("全程                             {:>7.2}\n", whole.as_secs_f64()));
    out.push_str("读入、识别、排版、写出同时在各核进行，秒数是各核相加；排版、写出和索引同时进行。\n");
    out
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;

    #[test]
    fn timings_are_a_table() {
        let done = |items, bytes, time| Done { expected: items, items, bytes, time: Duration::from_millis(time) };
        let rows = [
            (Stage::Read, done(3475, 60_123_456, 410)),
            (Stage::Extract, done(1, 17_000, 3)),
            (Stage::Write, done(17_440, 508_300_000, 12_345)),
        ];
        assert_data_eq!(
            table(&rows, Duration::from_millis(15_678)),
            str![[r#"
步骤      件数         字节        秒
读入      3475      60.1 MB     0.41
识别         1       0.0 MB     0.00
写出     17440     508.3 MB    12.35
全程                               15.68
读入、识别、排版、写出同时在各核进行，秒数是各核相加；排版、写出和索引同时进行。

"#]]
        );
    }

    #[test]
    fn the_stage_that_is_not_over_is_shown() {
        let progress = Progress::default();
        assert_eq!(current(&progress).map(|c| c.0), None);
        progress.foresee(Stage::Read, 2);
        progress.add(Stage::Read, 1, 10);
        let (stage, done) = current(&progress).expect("it has begun");
        assert_eq!(line(stage, done, Duration::from_secs(6)), "读入 1/2，已用 6 秒");
        progress.add(Stage::Read, 1, 10);
        progress.foresee(Stage::Index, 7);
        assert_eq!(current(&progress).map(|c| c.0), Some(Stage::Index));
    }
}
