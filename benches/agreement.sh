#!/usr/bin/env bash
# Holds the paths and lines that the program reads against plain git, commit by commit, over a whole history.
#
#   benches/agreement.sh REPO
#
# Paths and actions against `git log --raw --no-renames --no-ext-diff`, lines (added minus deleted) against
# `git log --numstat`, both without merges and without attributes. Needs bash, git and awk. Exit 1 when they differ in
# more than the stated exceptions: changes of mode alone that git tells apart, and submodules, of which git counts the
# id as a line.
set -euo pipefail
export LC_ALL=C TZ=UTC GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_NO_REPLACE_OBJECTS=1 GIT_ATTR_NOSYSTEM=1

repo=${1:?name a repository}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --release --quiet --example changed-paths --manifest-path "$here/Cargo.toml"
"$here/target/release/examples/changed-paths" "$repo" 1970-01-01..2100-01-01 | sort >"$work/ours"

# No attributes: an empty tree stands for those of the checkout. Names as they are; a tab or newline in one is left out on both sides.
g() { git -C "$repo" -c core.quotePath=false -c core.attributesFile=/dev/null --attr-source="$(git -C "$repo" hash-object -t tree /dev/null)" "$@"; }
g log --no-merges --raw --no-renames --no-ext-diff --no-abbrev --format='C%H' HEAD |
    awk -F'\t' '/^C/ { c = substr($0, 2); next } /^:/ { split($1, f, " "); a = f[5]; if (a == "T") a = "M"
        print c "\t" a "\t" substr(f[1], 2) "\t" f[2] "\t" f[3] "\t" f[4] "\t" $2 }' | sort >"$work/raw"
# A partial clone lacks files, and git stops at the first that it cannot compare: it goes on behind that commit.
git -C "$repo" rev-list --no-merges HEAD >"$work/rest"
skipped=0
: >"$work/numstat"
while [ -s "$work/rest" ]; do
    if g log --no-walk=unsorted --stdin --numstat --no-renames --no-ext-diff --no-textconv --format='C%H' <"$work/rest" >"$work/part" 2>"$work/err"; then
        : >"$work/rest"
        last=none
    else
        last=$(awk '/^C/ { c = substr($0, 2) } END { print c }' "$work/part")
        [ -n "$last" ] || { cat "$work/err" >&2; exit 2; }
        sed -i "1,/^$last/d" "$work/rest"
        skipped=$((skipped + 1))
    fi
    awk -F'\t' -v last="$last" '/^C/ { c = substr($0, 2); next } NF == 3 && c != last { print c "\t" $1 "\t" $2 "\t" $3 }' "$work/part" >>"$work/numstat"
    echo "$last" >>"$work/skipped"
done
sort -o "$work/numstat" "$work/numstat"
grep -vxF none "$work/skipped" | sort >"$work/incomplete" || true
echo "commits that git cannot compare for lack of a file: $skipped; their paths are left out below"
[ -s "$work/incomplete" ] && for side in ours raw; do
    awk -F'\t' 'NR == FNR { out[$1]; next } !($1 in out)' "$work/incomplete" "$work/$side" >"$work/kept" && mv "$work/kept" "$work/$side"
done

awk -F'\t' -v OFS='\t' '{ print $1, $2, $5 }' "$work/ours" | sort >"$work/our-paths"
awk -F'\t' -v OFS='\t' '{ print $1, $2, $7 }' "$work/raw" | sort >"$work/git-paths"
echo "commits $(git -C "$repo" rev-list --no-merges --count HEAD)"
echo "paths: ours $(wc -l <"$work/our-paths"), git $(wc -l <"$work/git-paths")"
echo "paths only ours $(comm -23 "$work/our-paths" "$work/git-paths" | wc -l), only git $(comm -13 "$work/our-paths" "$work/git-paths" | wc -l)"
comm -3 "$work/our-paths" "$work/git-paths" | head -20
echo "of them mode alone: $(awk -F'\t' '$5 == $6 { n++ } END { print n + 0 }' "$work/raw"), submodules: $(awk -F'\t' '$3 == "160000" || $4 == "160000" { n++ } END { print n + 0 }' "$work/raw")"

awk -F'\t' 'NR == FNR { if ($4 == "160000" || $3 == "160000") sub_[$1 FS $7]; next }
    FILENAME ~ /ours$/ { ours[$1 FS $5] = $3 FS $4; next }
    { k = $1 FS $4; n++; if (!(k in ours)) { lost++; next }
      split(ours[k], o, FS)
      if (k in sub_) { s++; next }
      if ((o[1] == "-") != ($2 == "-")) { binary++; print "binary on one side only: " k; next }
      if ($2 != "-" && o[1] - o[2] != $2 - $3) { bad++; print "added minus deleted: " k " " ours[k] " " $2 " " $3 }
      if ($2 != "-" && o[1] != $2) added++ }
    END { print "line rows: " n ", without our row " lost + 0 ", submodules " s + 0 ", binary on one side " binary + 0
          print "another added minus deleted: " bad + 0 ", another number of added lines " added + 0
          exit (lost + binary + bad > 0) }' "$work/raw" "$work/ours" "$work/numstat"
