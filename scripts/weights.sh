# The verb `weights` of the task runner, which sources this and has set `build`, `benchmarks` and
# `target`: the SDK's bencher measures every call of the runtime.

# Pallets of the SDK whose benchmarks make hundreds of accounts or items before every repeat.
SLOW=pallet_collator_selection,pallet_nfts

# bench_pallets RUN ARGUMENTS: runs the bencher on some pallets, in the folder of the results.
bench_pallets() (
	# The generated files repeat the command, so it names no folder of this machine, and is the same in
	# every run.
	PATH="$(realpath "$target")/release:$PATH"
	mkdir -p "$measured/$1"
	cd "$measured/$1"
	shift
	ln -sf ../"$wasm" ../weights.hbs .
	madang-bencher --runtime "$wasm" --genesis-builder runtime --genesis-builder-preset development \
		--extrinsic '*' --wasm-execution compiled --steps 10 --min-duration 0 \
		--default-pov-mode measured --template weights.hbs --output . "$@"
)

# measure_weights RUNS REPEATS [PALLET...]: measures some pallets in so many runs, and leaves the generated
# files in $measured. Without a pallet it measures all of them, the slow ones in the last run only.
measure_weights() {
	local runs=$1 repeats=$2 run
	shift 2
	local pallets=(--pallet '*' --exclude-pallets "$SLOW")
	[ $# -eq 0 ] || pallets=(--pallet "$(IFS=,; echo "$*")")
	local wasm=madang_runtime_benchmarks.compact.compressed.wasm
	cargo build "${build[@]}" --bin madang-bencher --features madang-bencher/bencher
	# Like the test of the benchmarks, so that nothing is compiled twice for them.
	cargo test "${benchmarks[@]}" --no-run

	measured="$(realpath "$target")/weights"
	rm -rf "$measured"
	mkdir -p "$measured"
	cp "$target/release/wbuild/madang-runtime/$wasm" scripts/weights.hbs "$measured"
	for ((run = 1; run <= runs; run++)); do
		bench_pallets "$run" "${pallets[@]}" --repeat "$repeats"
	done
	[ $# -gt 0 ] || bench_pallets "$runs" --pallet "$SLOW" --repeat "$repeats"

	local file
	for file in "$measured/$runs"/*.rs; do
		file=${file##*/}
		awk -f scripts/least.awk "$measured"/*/"$file" | awk -f scripts/proof.awk >"$measured/$file"
	done
}

weights_stop() {
	echo "./task weights: $1" >&2
	exit 2
}

weights() {
	local pallet
	if [ "${1:-}" = --check ]; then
		[ $# -eq 1 ] || weights_stop "--check looks at every pallet; call it without anything else"
		# Reads, writes and proofs do not change from run to run, so few repeats will do.
		measure_weights 1 2
		MEASURED_WEIGHTS="$measured" SKIP_WASM_BUILD=1 cargo test "${build[@]}" --test weights -- \
			--ignored --exact a_new_run_costs_no_more
		return
	fi
	# Files of single pallets are then younger than the others, and say so in their heads.
	for pallet in "$@"; do
		[ -f "runtime/src/weights/$pallet.rs" ] ||
			weights_stop "'$pallet' is neither --check nor a file in runtime/src/weights"
	done
	measure_weights 8 3 "$@"
	cp "$measured"/*.rs runtime/src/weights/
}
