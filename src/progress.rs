//! What a person who waits sees: which repository, how many commits, how long. Only on a terminal, only on stderr.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};

use crate::sources::Progress;

/// A line per piece of work, with a bar where the number of steps is known.
#[derive(Default)]
pub struct Bars {
    current: Mutex<Option<ProgressBar>>,
    shown: bool,
}

impl Bars {
    /// Shown when stderr is a terminal.
    pub fn for_stderr() -> Self {
        Self { current: Mutex::new(None), shown: std::io::stderr().is_terminal() }
    }

    fn with(&self, act: impl FnOnce(&mut Option<ProgressBar>)) {
        act(&mut self.current.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Progress for Bars {
    fn begin(&self, what: &str, total: Option<u64>) {
        if !self.shown {
            return;
        }
        let bar = ProgressBar::no_length().with_finish(ProgressFinish::AndLeave);
        let template = match total {
            Some(total) => {
                bar.set_length(total);
                "{msg:<32!} {bar:24} {human_pos} of {human_len}  {elapsed}"
            }
            None => "{msg:<32!} {spinner} {human_pos} commits  {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        // The name comes from the plan; a control character in it must not reach the terminal.
        bar.set_message(crate::error::printable(what));
        bar.enable_steady_tick(Duration::from_millis(120));
        self.with(|current| *current = Some(bar));
    }

    fn advance(&self, steps: u64) {
        self.with(|current| {
            if let Some(bar) = current {
                bar.inc(steps);
            }
        });
    }

    fn end(&self) {
        self.with(|current| {
            if let Some(bar) = current.take() {
                bar.finish();
            }
        });
    }
}
