#!/usr/bin/env bash
# Times reading a history against what people would use instead, in turn, and prints ratios.
#
#   benches/history.sh REPO [PAIRS]
#
# Whole history, with line counts, against `git log --numstat`; the newest 1,000 changes against PyDriller, where Python
# has it (pip install pydriller). The audit does more than its peers: it checks every commit, looks for marks, measures,
# judges and writes the report. Needs bash, git, awk and GNU time (/usr/bin/time).
set -euo pipefail
export LC_ALL=C TZ=UTC GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null

repo=${1:?name a repository}
pairs=${2:-3}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --release --quiet --manifest-path "$here/Cargo.toml"
countersign=$here/target/release/countersign
[ -x /usr/bin/time ] || { echo "needs GNU time at /usr/bin/time" >&2; exit 2; }

# measure NAME COMMAND…: appends "wall processor peak" in seconds, seconds and MiB.
measure() {
    local name=$1
    shift
    /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$@" >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
    awk '{ print $1, $2 + $3, $4 / 1024 }' "$work/time" >>"$work/$name"
}

median() { sort -n -k"$2" "$work/$1" | awk -v c="$2" '{ v[NR] = $c } END { print (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }'; }

# compare TITLE A B: medians of A and B and their ratios.
compare() {
    local column word
    printf '%s\n' "$1"
    for column in 1 2 3; do
        word=$(echo 'wall-s processor-s peak-MiB' | cut -d' ' -f$column)
        awk -v w="$word" -v a="$(median "$2" $column)" -v b="$(median "$3" $column)" \
            'BEGIN { printf "  %-12s  %-12.2f %-12.2f  ratio %.3f, 1 / ratio %.2f\n", w, a, b, a / b, b / a }'
    done
}

period() { # FROM UNTIL as seconds, in whole days
    printf '%s..%s' "$(date -ud "@$1" +%F)" "$(date -ud "@$(($2 + 86400))" +%F)"
}

oldest=$(git -C "$repo" log --format=%ct HEAD | sort -n | sed -n 1p)
newest=$(git -C "$repo" log --format=%ct HEAD | sort -n | sed -n '$p')
[ "$oldest" -gt 0 ] || oldest=86400
whole=$(period "$oldest" "$newest")
printf '%s commits, %s\n' "$(git -C "$repo" rev-list --count HEAD)" "$whole"

audit() { measure "$1" "$countersign" audit "$repo" --period "$2" --out "$work/report"; }

audit warm "$whole"
for _ in $(seq "$pairs"); do
    audit audit "$whole"
    measure log git -C "$repo" log --numstat --no-renames --format=%H HEAD
done
compare "whole history: countersign audit, git log --numstat" audit log

quarter=$(period $((newest - 90 * 86400)) "$newest")
for _ in $(seq "$pairs"); do audit quarter "$quarter"; done
printf 'last 90 days (%s): wall %s s, processor %s s, peak %s MiB\n' "$quarter" "$(median quarter 1)" "$(median quarter 2)" "$(median quarter 3)"

if python3 -c 'import pydriller' 2>/dev/null; then
    # PyDriller takes the newest 1,000 changes; the audit the days that hold them, which are some more.
    git -C "$repo" log --no-merges -n 1000 --format=%H HEAD >"$work/hashes"
    from=$(git -C "$repo" log --no-merges -n 1000 --format=%ct HEAD | sort -n | sed -n 1p)
    cat >"$work/driller.py" <<'PYTHON'
import sys
from pydriller import Repository
wanted = open(sys.argv[2]).read().split()
added = deleted = 0
for commit in Repository(sys.argv[1], only_commits=wanted).traverse_commits():
    for file in commit.modified_files:
        added += file.added_lines
        deleted += file.deleted_lines
print(added, deleted)
PYTHON
    for _ in $(seq "$pairs"); do
        audit newest "$(period "$from" "$newest")"
        measure driller python3 "$work/driller.py" "$repo" "$work/hashes"
    done
    compare "newest 1,000 changes: countersign audit, PyDriller" newest driller
else
    echo "PyDriller is not installed here: that comparison is skipped"
fi
