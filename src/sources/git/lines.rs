//! Added and deleted lines between two versions of a file, as `git diff --numstat` counts them.
//!
//! Common beginnings and ends are cut off first, then Myers' algorithm runs on the rest. The set of paths and added
//! minus deleted equal git's; added and deleted alone may differ by git's own heuristics (measured on git's history:
//! 0.4 % of rows, mostly by one line).

use gix::bstr::ByteSlice as _;
use gix::diff::blob::{Algorithm, Diff, InternedInput};

/// Bytes that git looks at to tell text from binary (`FIRST_FEW_BYTES` in git's `xdiff-interface.c`).
const FIRST_FEW_BYTES: usize = 8000;

/// Whether git would call it binary: a NUL in its first bytes.
pub(super) fn is_binary(content: &[u8]) -> bool {
    content[..content.len().min(FIRST_FEW_BYTES)].contains(&0)
}

/// Added and deleted lines. A last line without its newline is another line than the same one with it.
pub(super) fn count(old: &[u8], new: &[u8]) -> (u32, u32) {
    let (old, new) = trim(old, new);
    if old.is_empty() || new.is_empty() {
        return (lines(new), lines(old));
    }
    let diff = Diff::compute(Algorithm::Myers, &InternedInput::new(old, new));
    (diff.count_additions(), diff.count_removals())
}

/// Cuts off whole lines that both begin or end with.
pub(super) fn trim<'a>(old: &'a [u8], new: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let same = common_start(old, new);
    if same == old.len() && same == new.len() {
        return (&[], &[]);
    }
    let head = old[..same].rfind_byte(b'\n').map_or(0, |newline| newline + 1);
    let (old, new) = (&old[head..], &new[head..]);
    let same = common_end(old, new);
    // The common end counts from the first newline inside it; what stands before belongs to a line that differs.
    let end = &old[old.len() - same..];
    let tail = end.find_byte(b'\n').map_or(0, |newline| same - newline - 1);
    (&old[..old.len() - tail], &new[..new.len() - tail])
}

/// Bytes compared at once; most of two versions is the same.
const BLOCK: usize = 64;

/// How many bytes both begin with.
pub(super) fn common_start(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.chunks_exact(BLOCK).zip(b.chunks_exact(BLOCK)).take_while(|(a, b)| a == b).count() * BLOCK;
    blocks + a[blocks..].iter().zip(&b[blocks..]).take_while(|(a, b)| a == b).count()
}

/// How many bytes both end with.
fn common_end(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.rchunks_exact(BLOCK).zip(b.rchunks_exact(BLOCK)).take_while(|(a, b)| a == b).count() * BLOCK;
    let (a, b) = (&a[..a.len() - blocks], &b[..b.len() - blocks]);
    blocks + a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count()
}

fn lines(content: &[u8]) -> u32 {
    let newlines = memchr::memchr_iter(b'\n', content).count();
    let open = usize::from(content.last().is_some_and(|last| *last != b'\n'));
    u32::try_from(newlines + open).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_last_newline_is_a_changed_line() {
        assert_eq!(count(b"a\nb", b"a\nb\n"), (1, 1));
        assert_eq!(count(b"a\nb\n", b"a\nb\nc"), (1, 0));
        assert_eq!(count(b"", b"a"), (1, 0));
        assert_eq!(count(b"a\n", b""), (0, 1));
    }

    #[test]
    fn equal_contents_have_no_lines() {
        assert_eq!(count(b"a\nb", b"a\nb"), (0, 0));
        assert_eq!(count(b"", b""), (0, 0));
    }

    #[test]
    fn a_line_that_shares_its_ends_with_its_successor_is_one_line() {
        assert_eq!(count(b"x\nab\ny\n", b"x\nacb\ny\n"), (1, 1));
        assert_eq!(count(b"a\na\n", b"a\na\na\n"), (1, 0));
        assert_eq!(count(b"one\ntwo\nthree\n", b"two\nthree\nfour\n"), (1, 1));
    }

    #[test]
    fn only_a_nul_in_the_first_bytes_makes_a_file_binary() {
        let mut content = vec![b'a'; FIRST_FEW_BYTES];
        content.push(0);
        assert!(!is_binary(&content));
        content[FIRST_FEW_BYTES - 1] = 0;
        assert!(is_binary(&content));
    }

    proptest::proptest! {
        #[test]
        fn blocks_find_the_same_common_bytes_as_one_by_one(start: Vec<u8>, a: Vec<u8>, b: Vec<u8>, end: Vec<u8>) {
            let (a, b) = ([&start[..], &a, &end].concat(), [&start[..], &b, &end].concat());
            let ahead = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
            let behind = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
            proptest::prop_assert_eq!((common_start(&a, &b), common_end(&a, &b)), (ahead, behind));
        }

        #[test]
        fn added_minus_deleted_is_the_growth_in_lines(old in "[ab\n]{0,40}", new in "[ab\n]{0,40}") {
            let (added, deleted) = count(old.as_bytes(), new.as_bytes());
            let growth = i64::from(lines(new.as_bytes())) - i64::from(lines(old.as_bytes()));
            proptest::prop_assert_eq!(i64::from(added) - i64::from(deleted), growth);
            proptest::prop_assert_eq!(added == 0 && deleted == 0, old == new);
        }
    }
}
