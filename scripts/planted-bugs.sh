#!/usr/bin/env bash
# Plants known bugs in pallets, one after the other, and checks that the tests of each find them.
#
#   scripts/planted-bugs.sh            all of them
#   scripts/planted-bugs.sh NAME...    some, by the names of their patches without ".patch"
#
# Each patch in pallets/*/tests/planted is applied, the tests are built and run, and the patch is
# taken back, also when this is interrupted. A patch that does not apply or does not compile counts as
# a failure: it proves nothing. Needs git, and unchanged sources of the pallets.
set -euo pipefail

cd "$(dirname "$0")/.."
# What has to find the bugs of each pallet.
declare -A tests=([escrow]='--test model' [portal]='--test portal --test portal_model')
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

# Runs the tests of a pallet, after its name with further arguments for cargo.
run() {
	# The words of the tests are arguments of their own.
	# shellcheck disable=SC2086
	cargo test --quiet --release -p "pallet-$1" ${tests[$1]} "${@:2}" >"$log" 2>&1
}

# The pallet of a planted bug.
pallet_of() {
	local found=(pallets/*/tests/planted/"$1".patch)
	[ -f "${found[0]}" ] || stop "there is no pallets/*/tests/planted/$1.patch."
	[ ${#found[@]} -eq 1 ] || stop "two patches are called $1."
	found=${found[0]#pallets/}
	echo "${found%%/*}"
}

ensure_unchanged() {
	[ -z "$(git status --porcelain -- "pallets/$1/src")" ] || stop "pallets/$1/src $2"
}

# The last words of a test that failed.
reason() {
	grep -A 1 'panicked at' "$log" | sed -n '2p' | cut -c 1-60 || true
}

names=("$@")
if [ ${#names[@]} -eq 0 ]; then
	for pallet in "${!tests[@]}"; do
		for patch in "pallets/$pallet/tests/planted"/*.patch; do
			[ -e "$patch" ] || stop "there is no patch for $pallet."
			names+=("$(basename "$patch" .patch)")
		done
	done
fi
pallets=()
for name in "${names[@]}"; do
	pallet=$(pallet_of "$name")
	[[ " ${pallets[*]} " == *" $pallet "* ]] || pallets+=("$pallet")
done

log=$(mktemp)
trap 'restore; rm -f "$log"' EXIT

for pallet in "${pallets[@]}"; do
	ensure_unchanged "$pallet" "has changes; commit them or put them aside first."
	echo "planted-bugs: $pallet without a bug" >&2
	run "$pallet" || { tail -n 40 "$log" >&2; stop "a test fails without a planted bug."; }
done

failed=0
table=$(printf '%-28s %-16s %s' bug result 'what the test said')
for name in "${names[@]}"; do
	pallet=$(pallet_of "$name")
	patch=pallets/$pallet/tests/planted/$name.patch
	echo "planted-bugs: $name" >&2
	said=
	if git apply --numstat "$patch" | cut -f 3 | grep -qv "^pallets/$pallet/src/"; then
		result='WRONG FILES'
	elif ! git apply --check "$patch" 2>"$log"; then
		result='DOES NOT APPLY'
	else
		applied=$patch
		git apply "$patch"
		if ! run "$pallet" --no-run; then
			result='DOES NOT COMPILE'
		elif run "$pallet"; then
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

for pallet in "${pallets[@]}"; do
	ensure_unchanged "$pallet" "could not be restored."
done
echo "$table"
exit "$failed"
