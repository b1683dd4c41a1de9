//! A file that is hashed and whose lines are counted while it is read.

use std::collections::VecDeque;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// The file. Offsets that are asked for only grow.
pub(super) struct Counted<R> {
    inner: R,
    hash: Sha256,
    read: u64,
    /// Offsets of line breaks that were read and not asked about yet, and whether they end a line (`\n`, not `\r`).
    breaks: VecDeque<(u64, bool)>,
    line: u64,
}

impl<R: Read> Counted<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, hash: Sha256::new(), read: 0, breaks: VecDeque::new(), line: 1 }
    }

    /// The line, from 1, of the first byte at or after an offset that is no line break. The CSV reader's own count is
    /// that of the end of the record before, which with `\r\n` is one line short.
    pub(super) fn line_of(&mut self, offset: u64) -> u64 {
        let mut start = offset;
        while let Some((at, ends)) = self.breaks.front().copied().filter(|(at, _)| *at <= start) {
            self.breaks.pop_front();
            self.line += u64::from(ends);
            start += u64::from(at == start);
        }
        self.line
    }

    /// SHA-256 of the whole file, in hexadecimal; reads what is left of it.
    pub(super) fn digest(mut self) -> String {
        let mut rest = [0; 1 << 14];
        while self.inner.read(&mut rest).is_ok_and(|n| {
            self.hash.update(&rest[..n]);
            n > 0
        }) {}
        crate::sources::hex(&self.hash.finalize())
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.hash.update(&buffer[..n]);
        for at in memchr::memchr2_iter(b'\n', b'\r', &buffer[..n]) {
            self.breaks.push_back((self.read + at as u64, buffer[at] == b'\n'));
        }
        self.read += n as u64;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_counted_by_its_break_and_blank_lines_are_passed() {
        let mut file = Counted::new(&b"a\r\nb\n\nc\r\n\r\nd"[..]);
        let mut all = Vec::new();
        file.read_to_end(&mut all).unwrap();
        // Offsets as the CSV reader gives them: behind the first byte of the break.
        let lines: Vec<u64> = [0, 2, 5, 8, 12].into_iter().map(|offset| file.line_of(offset)).collect();
        assert_eq!(lines, [1, 2, 4, 6, 6]);
    }

    #[test]
    fn the_digest_is_that_of_the_whole_file_however_much_was_read() {
        let mut file = Counted::new(&b"abc"[..]);
        file.read_exact(&mut [0]).unwrap();
        assert_eq!(file.digest(), crate::sources::sha256_hex(b"abc"));
    }
}
