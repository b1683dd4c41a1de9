//! One version of an object made from another: the instructions that packs store.
//!
//! Format: <https://git-scm.com/docs/gitformat-pack#_deltified_representation>.

/// Sizes of the base and of the new version.
pub(super) fn sizes(delta: &[u8]) -> Option<(u64, u64)> {
    let (base, rest) = size(delta)?;
    Some((base, size(rest)?.0))
}

/// Writes the new version over `out`; `None` for instructions that do not fit the base or the sizes they state.
pub(super) fn apply(base: &[u8], delta: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let (base_size, rest) = size(delta)?;
    let (size, mut rest) = size(rest)?;
    if base_size != base.len() as u64 {
        return None;
    }
    let size = usize::try_from(size).ok()?;
    out.clear();
    while let Some((operation, tail)) = rest.split_first() {
        rest = match operation {
            0 => return None,
            copy if copy & 0x80 != 0 => {
                let (from, length, tail) = operands(*copy, tail)?;
                out.extend_from_slice(base.get(from..from.checked_add(length)?)?);
                tail
            }
            insert => {
                let (new, tail) = tail.split_at_checked(usize::from(*insert))?;
                out.extend_from_slice(new);
                tail
            }
        };
        if out.len() > size {
            return None;
        }
    }
    (out.len() == size).then_some(())
}

/// A number in groups of seven bits, lowest first.
fn size(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0;
    for (at, byte) in bytes.iter().enumerate().take(9) {
        value |= u64::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((value, &bytes[at + 1..]));
        }
    }
    None
}

/// Offset and length of a copy: the low bits of the operation say which of their bytes follow.
fn operands(operation: u8, mut rest: &[u8]) -> Option<(usize, usize, &[u8])> {
    let mut number = |bits: std::ops::Range<u32>| {
        let mut value = 0;
        for (shift, bit) in bits.enumerate() {
            if operation >> bit & 1 != 0 {
                let (byte, tail) = rest.split_first()?;
                value |= usize::from(*byte) << (8 * shift);
                rest = tail;
            }
        }
        Some(value)
    };
    let (from, length) = (number(0..4)?, number(4..7)?);
    Some((from, if length == 0 { 0x10000 } else { length }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(base: &[u8], delta: &[u8]) -> Option<Vec<u8>> {
        let mut out = b"left over".to_vec();
        apply(base, delta, &mut out).map(|()| out)
    }

    #[test]
    fn copies_and_insertions_make_the_new_version() {
        let delta = [5, 6, 0x90, 2, 2, b'X', b'Y', 0x91, 3, 2];
        assert_eq!(sizes(&delta), Some((5, 6)));
        assert_eq!(applied(b"abcde", &delta).as_deref(), Some(&b"abXYde"[..]));
    }

    #[test]
    fn a_copy_without_a_length_takes_64_kib() {
        let base = vec![7; 0x10001];
        assert_eq!(applied(&base, &[0x81, 0x80, 4, 0x80, 0x80, 4, 0x81, 1]).map(|out| out.len()), Some(0x10000));
    }

    #[test]
    fn instructions_that_do_not_fit_are_refused() {
        for delta in [
            &[][..],
            &[5],
            &[4, 1, 1, b'x'],       // another base
            &[5, 1, 0],             // the reserved operation
            &[5, 2, 1, b'x'],       // too short
            &[5, 1, 2, b'x', b'y'], // too long
            &[5, 3, 3, b'x'],       // cut off
            &[5, 2, 0x91, 4, 2],    // beyond the base
            &[5, 1, 0x91],          // cut off inside the operands
            &[0xff; 12],            // a size without an end
        ] {
            assert_eq!(applied(b"abcde", delta), None, "{delta:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_fail(base: Vec<u8>, delta: Vec<u8>) {
            let _ = applied(&base, &delta);
        }
    }
}
