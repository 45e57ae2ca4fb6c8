#!/usr/bin/env bash
# Plants known bugs in pallet-escrow, one after the other, and checks that the model test finds each.
#
#   scripts/planted-bugs.sh            all of them
#   scripts/planted-bugs.sh NAME...    some, by the names of their patches without ".patch"
#
# Each patch in pallets/escrow/tests/planted is applied, the test is built and run, and the patch is
# taken back, also when this is interrupted. A patch that does not apply or does not compile counts as
# a failure: it proves nothing. Needs git, and an unchanged pallets/escrow/src.
set -euo pipefail

cd "$(dirname "$0")/.."
sources=pallets/escrow/src
patches=pallets/escrow/tests/planted
applied=

stop() {
	echo "planted-bugs: $1" >&2
	exit 1
}

# Takes the planted bug back, and touches nothing but the files of its patch.
restore() {
	[ -n "$applied" ] || return 0
	local patch=$applied file
	applied=
	git apply -R "$patch" 2>/dev/null && return 0
	while read -r file; do
		git checkout -q -- "$file"
	done < <(git apply --numstat "$patch" | cut -f 3)
}
trap restore EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

run() {
	cargo test --quiet --release -p pallet-escrow --test model "$@" >"$log" 2>&1
}

# The last words of a test that failed.
reason() {
	grep -A 1 'panicked at' "$log" | sed -n '2p' | cut -c 1-60 || true
}

[ -z "$(git status --porcelain -- "$sources")" ] ||
	stop "$sources has changes; commit them or put them aside first."

names=("$@")
if [ ${#names[@]} -eq 0 ]; then
	for patch in "$patches"/*.patch; do
		[ -e "$patch" ] || stop "there is no patch in $patches."
		names+=("$(basename "$patch" .patch)")
	done
fi

log=$(mktemp)
trap 'restore; rm -f "$log"' EXIT

echo "planted-bugs: without a bug" >&2
run || { tail -n 40 "$log" >&2; stop "the model test fails without a planted bug."; }

failed=0
table=$(printf '%-28s %-16s %s' bug result 'what the test said')
for name in "${names[@]}"; do
	patch=$patches/$name.patch
	[ -f "$patch" ] || stop "there is no $patch."
	echo "planted-bugs: $name" >&2
	said=
	if git apply --numstat "$patch" | cut -f 3 | grep -qv "^$sources/"; then
		result='WRONG FILES'
	elif ! git apply --check "$patch" 2>"$log"; then
		result='DOES NOT APPLY'
	else
		applied=$patch
		git apply "$patch"
		if ! run --no-run; then
			result='DOES NOT COMPILE'
		elif run; then
			result='NOT FOUND'
		else
			result=found
			said=$(reason)
		fi
		restore
	fi
	[ "$result" = found ] || failed=1
	table+=$'\n'$(printf '%-28s %-16s %s' "$name" "$result" "$said")
done

[ -z "$(git status --porcelain -- "$sources")" ] || stop "$sources could not be restored."
echo "$table"
exit "$failed"
