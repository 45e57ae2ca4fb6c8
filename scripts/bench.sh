# The verb `bench` of the task runner, which sources this and has set `build` and `target`: measures
# the figures of docs/performance.md, part by part.

# The parts, in their order. Each writes a file of its name into the folder of the figures.
PARTS=(machine declared database ratios honesty growth routes throughput queries memory)

# Those of them that are benchmarks of cargo, by the names that they have there.
BENCHES=(machine declared database ratios honesty growth route)

bench_stop() {
	echo "./task bench: $1" >&2
	exit 2
}

# Builds all that measures and all that is measured, so that nothing is compiled beside a measurement.
build_benches() {
	local choice=() name
	for name in "${BENCHES[@]}"; do
		choice+=(--bench "$name")
	done
	cargo build "${build[@]}" --bins --features madang-load/stock-runtime
	cargo bench --workspace --locked --no-run "${choice[@]}"
}

# measure_part PART [ARGUMENTS]: measures one part.
measure_part() {
	local part=$1
	shift
	case "$part" in
		throughput | queries | memory) "$target/release/madang-load" "$part" "$@" ;;
		routes) cargo bench --workspace --locked --bench route -- "$@" ;;
		*) cargo bench --workspace --locked --bench "$part" -- "$@" ;;
	esac
}

bench() {
	local parts=() arguments=() failed=() folder=figures
	local argument part begin figures
	for argument in "$@"; do
		case "$argument" in
			--list)
				printf '%s\n' "${PARTS[@]}"
				return
				;;
			--check) arguments+=(--check) ;;
			--dry)
				arguments+=(--dry)
				# What a dry run writes must never be taken for figures.
				folder=dry-figures
				;;
			*)
				[[ " ${PARTS[*]} " == *" $argument "* ]] ||
					bench_stop "there is no part '$argument'; --list tells which there are"
				parts+=("$argument")
				;;
		esac
	done
	[ ${#parts[@]} -gt 0 ] || parts=("${PARTS[@]}")

	build_benches
	# Benchmarks run in the folder of their crate, so the path has to be absolute.
	figures="$(realpath "$target")/$folder"
	for part in "${parts[@]}"; do
		echo "== $part"
		rm -f "$figures/$part.json"
		begin=$SECONDS
		MADANG_FIGURES="$figures" measure_part "$part" "${arguments[@]}" || failed+=("$part")
		echo "== $part took $((SECONDS - begin)) s"
	done
	if [ "$folder" = figures ]; then
		"$target/release/madang-report" "$figures" docs/performance.md || failed+=("the report")
	fi
	if [ ${#failed[@]} -gt 0 ]; then
		printf './task bench: failed: %s\n' "${failed[@]}" >&2
		return 1
	fi
}
