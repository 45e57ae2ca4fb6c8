#!/usr/bin/env bash
# Plants known bugs in pallets, one after the other, and checks that the tests of each find them, and
# others all over the runtime for the fuzzer to find.
#
#   scripts/planted-bugs.sh            all of them
#   scripts/planted-bugs.sh fuzz       those of the fuzzer
#   scripts/planted-bugs.sh NAME...    some, by the names of their patches without ".patch"
#   scripts/planted-bugs.sh check      only sees whether all patches apply to the sources as they are
#
# Each patch in pallets/*/tests/planted is applied, the tests are built and run, and the patch is
# taken back, also when this is interrupted. A patch that does not apply or does not compile counts as
# a failure: it proves nothing. Needs git, and unchanged sources of what is patched.
#
# The fuzzer takes long to build. So the patches in fuzz/planted are applied together, each behind a
# switch that fuzz/planted/switch.patch brings along, and the fuzzer runs once with each switch on,
# for at most FUZZ_CALLS calls (60,000), and once with all of them off, where it must find nothing.
# FUZZ_PROFILE=release takes the ordinary build, of which most may be there already. It has the state
# checks of our pallets, but not those of the SDK's, and does not end where a sum does not fit its type.
set -euo pipefail

cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-target}"
calls="${FUZZ_CALLS:-60000}"
profile="${FUZZ_PROFILE:-fuzz}"
# What has to find the bugs of each pallet.
declare -A tests=([escrow]='--test model' [portal]='--test portal --test portal_model')
# Patches that are in the sources right now.
applied=()

stop() {
	echo "planted-bugs: $1" >&2
	exit 1
}

# Takes the planted bugs back, the last one first, and touches nothing but the files of their patches.
restore() {
	local index patch file
	for ((index = ${#applied[@]} - 1; index >= 0; index--)); do
		patch=${applied[index]}
		git apply -R "$patch" 2>/dev/null && continue
		while read -r file; do
			git checkout -q -- "$file"
		done < <(git apply --numstat "$patch" | cut -f 3)
	done
	applied=()
}
trap restore EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Sees whether all patches apply: each of a pallet alone, those of the fuzzer together.
check() {
	local patch bad=()
	for patch in pallets/*/tests/planted/*.patch; do
		git apply --check "$patch" || bad+=("$patch")
	done
	git apply --check fuzz/planted/*.patch || bad+=(fuzz/planted)
	[ ${#bad[@]} -eq 0 ] || stop "${bad[*]}: make them anew with git diff; they do not apply any more."
}

# Runs the tests of a pallet, after its name with further arguments for cargo.
run() {
	# The words of the tests are arguments of their own.
	# shellcheck disable=SC2086
	cargo test --quiet --release -p "pallet-$1" ${tests[$1]} "${@:2}" >"$log" 2>&1
}

# The pallet of a planted bug; "fuzz" for those of the fuzzer.
pallet_of() {
	if [ -f "fuzz/planted/$1.patch" ] && [ "$1" != switch ]; then
		echo fuzz
		return
	fi
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

# The names of the fuzzer's bugs.
of_the_fuzzer() {
	local patch
	for patch in fuzz/planted/*.patch; do
		[ "$patch" = fuzz/planted/switch.patch ] || basename "$patch" .patch
	done
}

build_fuzzer() {
	local choice=(--profile fuzz -p madang-fuzz --features try-runtime)
	[ "$profile" = fuzz ] || choice=(--profile "$profile" --workspace --bin madang-fuzz)
	SKIP_WASM_BUILD=1 cargo build --quiet --locked "${choice[@]}"
}

# Plants all bugs of the fuzzer, builds it, and lets it look for some of them.
fuzz() {
	local files patch name begun
	mapfile -t files < <(git apply --numstat fuzz/planted/*.patch | cut -f 3 | sort -u)
	[ -z "$(git status --porcelain -- "${files[@]}")" ] ||
		stop "${files[*]}: commit the changes or put them aside first."
	for patch in fuzz/planted/*.patch; do
		git apply --check "$patch" || stop "$patch does not apply."
		applied+=("$patch")
		git apply "$patch"
	done
	echo "planted-bugs: the fuzzer with every bug behind a switch" >&2
	build_fuzzer >"$log" 2>&1 || { tail -n 40 "$log" >&2; stop "the fuzzer does not compile."; }
	# The temporary file is there already, without the right to be run.
	install -m 700 "$target/$profile/madang-fuzz" "$fuzzer"
	restore
	[ -z "$(git status --porcelain -- "${files[@]}")" ] || stop "${files[*]} could not be restored."
	echo "planted-bugs: the fuzzer without a bug" >&2
	MADANG_PLANTED= "$fuzzer" --calls "$calls" >"$log" 2>&1 ||
		{ tail -n 40 "$log" >&2; stop "the fuzzer finds something without a planted bug."; }
	for name in "$@"; do
		echo "planted-bugs: $name" >&2
		begun=$SECONDS
		if MADANG_PLANTED=$name "$fuzzer" --calls "$calls" >"$log" 2>&1; then
			result='NOT FOUND'
			failed=1
			said=
		else
			result="found, $((SECONDS - begun)) s"
			said=$(grep -A 1 'found something' "$log" | sed -n '2p' | cut -c 1-100)
			[ -n "$said" ] || { tail -n 40 "$log" >&2; stop "the fuzzer failed without finding anything."; }
		fi
		table+=$'\n'$(printf '%-28s %-16s %s' "$name" "$result" "$said")
	done
}

if [ "$*" = check ]; then
	check
	exit
fi
names=("$@")
if [ "${names[*]}" = fuzz ]; then
	mapfile -t names < <(of_the_fuzzer)
elif [ ${#names[@]} -eq 0 ]; then
	mapfile -t names < <(of_the_fuzzer)
	for pallet in "${!tests[@]}"; do
		for patch in "pallets/$pallet/tests/planted"/*.patch; do
			[ -e "$patch" ] || stop "there is no patch for $pallet."
			names+=("$(basename "$patch" .patch)")
		done
	done
fi
pallets=()
fuzzed=()
for name in "${names[@]}"; do
	pallet=$(pallet_of "$name")
	if [ "$pallet" = fuzz ]; then
		fuzzed+=("$name")
		continue
	fi
	[[ " ${pallets[*]} " == *" $pallet "* ]] || pallets+=("$pallet")
done

log=$(mktemp)
fuzzer=$(mktemp)
trap 'restore; rm -f "$log" "$fuzzer"' EXIT

for pallet in "${pallets[@]}"; do
	ensure_unchanged "$pallet" "has changes; commit them or put them aside first."
	echo "planted-bugs: $pallet without a bug" >&2
	run "$pallet" || { tail -n 40 "$log" >&2; stop "a test fails without a planted bug."; }
done

failed=0
table=$(printf '%-28s %-16s %s' bug result 'what the test said')
[ ${#fuzzed[@]} -eq 0 ] || fuzz "${fuzzed[@]}"
for name in "${names[@]}"; do
	pallet=$(pallet_of "$name")
	[ "$pallet" != fuzz ] || continue
	patch=pallets/$pallet/tests/planted/$name.patch
	echo "planted-bugs: $name" >&2
	said=
	if git apply --numstat "$patch" | cut -f 3 | grep -qv "^pallets/$pallet/src/"; then
		result='WRONG FILES'
	elif ! git apply --check "$patch" 2>"$log"; then
		result='DOES NOT APPLY'
	else
		applied=("$patch")
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
